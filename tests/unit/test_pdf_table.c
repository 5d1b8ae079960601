/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "unit.h"
#include "pdf_fixture.h"

/* A table of n text columns, laid out; the caller releases list and flow. */
static void lay_texts(pdf_flow *f, const char *const *cell, size_t rows, size_t n, const pdf_table_opts *o, pdf_list *l)
{
    kam_table *t = kam_table_new();
    kam_err err = KAM_ERR_INIT;
    for (size_t i = 0; i < n; i++) {
        kam_column *c = kam_table_add_column(t, o->cols[i].name, KAM_TEXT, NULL);
        for (size_t r = 0; r < rows; r++) kam_col_push_text(c, cell[r * n + i]);
    }
    kam_table_seal(t);
    assert_int_equal(pdf_flow_table(f, t, o, &err), KAM_OK);
    lay_out(f, l);
    assert_int_equal(count_clashes(l), 0);
    kam_table_unref(t);
}

static size_t count_at(const pdf_list *l, double x)
{
    size_t n = 0;
    for (size_t i = 0; i < l->pages[0].n; i++)
        if (l->pages[0].v[i].kind == PDF_OP_TEXT && fabs(l->pages[0].v[i].x - x) < 0.01) n++;
    return n;
}

/* 200 and 400 Han characters side by side, weights the wrong way round: both columns become as high
 * as each other. Three columns of equal texts stay as they were asked for. */
static void test_widths_make_low_rows(void **state)
{
    (void)state;
    static const pdf_col c[] = {{.name = "a", .label = "A", .weight = 2}, {.name = "b", .label = "B", .weight = 1}};
    char shorter[200 * 3 + 1], longer[400 * 3 + 1];
    for (size_t i = 0; i < 200; i++) memcpy(shorter + 3 * i, "短", 3);
    for (size_t i = 0; i < 400; i++) memcpy(longer + 3 * i, "长", 3);
    shorter[600] = longer[1200] = '\0';
    const char *cells[] = {shorter, longer};
    pdf_flow *f = pdf_flow_new(&(pdf_doc_opts){.lang = PDF_ZH});
    pdf_list l;
    lay_texts(f, cells, 1, 2, &(pdf_table_opts){.cols = c, .n_cols = 2}, &l);
    const pdf_op *a = find_text(&l.pages[0], "A"), *b = find_text(&l.pages[0], "B");
    size_t na = count_at(&l, a->x) - 1, nb = count_at(&l, b->x) - 1;
    assert_true(na + 1 >= nb && nb + 1 >= na);
    pdf_list_release(&l);
    pdf_flow_free(f);
    const char *same[] = {longer, longer};
    f = pdf_flow_new(&(pdf_doc_opts){.lang = PDF_ZH});
    lay_texts(f, same, 1, 2, &(pdf_table_opts){.cols = (pdf_col[]){{.name = "a", .label = "A"}, {.name = "b", .label = "B"}}, .n_cols = 2}, &l);
    a = find_text(&l.pages[0], "A"), b = find_text(&l.pages[0], "B");
    assert_true(fabs((b->x - a->x) * 2 - (l.page_w - pdf_theme_screen()->margin_left - pdf_theme_screen()->margin_right)) < 0.5);
    pdf_list_release(&l);
    pdf_flow_free(f);
}

/* Two long texts alike and a shorter one: the two can only become lower together. */
static void test_equal_texts_grow_together(void **state)
{
    (void)state;
    static const pdf_col c[] = {{.name = "a", .label = "A"}, {.name = "b", .label = "B"}, {.name = "d", .label = "D"}};
    char longer[120 * 3 + 1], shorter[40 * 3 + 1];
    for (size_t i = 0; i < 120; i++) memcpy(longer + 3 * i, "长", 3);
    for (size_t i = 0; i < 40; i++) memcpy(shorter + 3 * i, "短", 3);
    longer[360] = shorter[120] = '\0';
    const char *cells[] = {longer, longer, shorter};
    pdf_flow *f = pdf_flow_new(&(pdf_doc_opts){.lang = PDF_ZH});
    pdf_list l;
    lay_texts(f, cells, 1, 3, &(pdf_table_opts){.cols = c, .n_cols = 3}, &l);
    size_t na = count_at(&l, find_text(&l.pages[0], "A")->x) - 1, nd = count_at(&l, find_text(&l.pages[0], "D")->x) - 1;
    assert_true(na <= 7); /* thirds would make 8 and 3; 280 characters of 9 pt in 446 pt are 5.7 lines */
    assert_true(nd >= 4);
    pdf_list_release(&l);
    pdf_flow_free(f);
}

/* Cells cut to a number of lines by the room they have: with room for all nothing is cut. */
static void test_cells_cut_to_lines(void **state)
{
    (void)state;
    const char *cells[] = {"一二三四五六七八九十，一二三四五六七八九十，一二三四五六七八九十", "one two three four five six seven"};
    for (int lines = 0; lines <= 3; lines++) {
        pdf_col c[] = {{.name = "a", .label = "A", .width_pt = 70, .lines = lines}, {.name = "b", .label = "B", .weight = 1, .lines = lines}};
        pdf_flow *f = pdf_flow_new(&(pdf_doc_opts){.lang = PDF_ZH});
        pdf_list l;
        lay_texts(f, cells, 1, 2, &(pdf_table_opts){.cols = c, .n_cols = 2}, &l);
        const pdf_op *a = find_text(&l.pages[0], "A");
        size_t got = count_at(&l, a->x) - 1, cut = 0;
        for (size_t i = 0; i < l.pages[0].n; i++)
            cut += l.pages[0].v[i].kind == PDF_OP_TEXT && strstr(l.pages[0].v[i].text, "…") != NULL;
        assert_int_equal(cut, lines > 0);
        if (lines) assert_int_equal(got, lines);
        else assert_true(got > 3);
        assert_non_null(find_text(&l.pages[0], cells[1])); /* fits: whole */
        pdf_list_release(&l);
        pdf_flow_free(f);
    }
}

/* The label of a sum runs on over the empty cells beside it: its column stays as narrow as its codes. A sum of nothing known is no zero. */
static void test_label_of_sums_runs_on(void **state)
{
    (void)state;
    static const pdf_col c[] = {{.name = "no", .label = "No"}, {.name = "name", .label = "Name", .weight = 1}, {.name = "v", .label = "V", .total = true},
                                {.name = "w", .label = "W", .total = true}};
    kam_table *t = kam_table_new();
    kam_col_push_text(kam_table_add_column(t, "no", KAM_TEXT, NULL), "D1");
    kam_col_push_text(kam_table_add_column(t, "name", KAM_TEXT, NULL), "a name");
    kam_col_push_missing(kam_table_add_column(t, "v", KAM_INT, NULL));
    kam_col_push_int(kam_table_add_column(t, "w", KAM_INT, NULL), 0);
    kam_table_seal(t);
    pdf_flow *f = pdf_flow_new(&(pdf_doc_opts){.lang = PDF_EN});
    kam_err err = KAM_ERR_INIT;
    assert_int_equal(pdf_flow_table(f, t, &(pdf_table_opts){.cols = c, .n_cols = 4, .totals_label = "Of those that are listed"}, &err), KAM_OK);
    pdf_list l;
    lay_out(f, &l);
    const pdf_op *no = find_text(&l.pages[0], "No"), *name = find_text(&l.pages[0], "Name"), *sum = find_text(&l.pages[0], "Of those that are listed");
    assert_non_null(sum); /* on one line */
    assert_true(name->x - no->x < sum->w);
    size_t dashes = 0, zeros = 0;
    for (size_t i = 0; i < l.pages[0].n; i++) {
        const pdf_op *op = &l.pages[0].v[i];
        if (op->kind != PDF_OP_TEXT) continue;
        dashes += strcmp(op->text, "–") == 0, zeros += strcmp(op->text, "0") == 0;
    }
    assert_int_equal(dashes, 2);
    assert_int_equal(zeros, 2);
    pdf_list_release(&l);
    pdf_flow_free(f);
    kam_table_unref(t);
}

/* A tile's label that is too long takes two lines; only what needs a third is cut. */
static void test_tiles_wrap_their_words(void **state)
{
    (void)state;
    const pdf_tile tiles[] = {{"Revenue, last 365 days", "1", "winning circle 0 of 4", PDF_TONE_BAD}, {"B", "2", NULL, PDF_TONE_NONE},
                              {"C", "3", NULL, PDF_TONE_NONE}, {"D", "4", NULL, PDF_TONE_NONE}, {"E", "5", NULL, PDF_TONE_NONE}};
    pdf_flow *f = pdf_flow_new(&(pdf_doc_opts){.lang = PDF_EN});
    pdf_flow_tiles(f, tiles, 5);
    pdf_list l;
    lay_out(f, &l);
    assert_int_equal(count_clashes(&l), 0);
    for (size_t i = 0; i < l.pages[0].n; i++)
        assert_false(l.pages[0].v[i].kind == PDF_OP_TEXT && strstr(l.pages[0].v[i].text, "…"));
    pdf_list_release(&l);
    pdf_flow_free(f);
}

/* A paragraph of one line is 15.2 points high with 6 below it, 4.5 at least: of 33, which fill a page, two or three more find room there.
 * So no last page holds one or two; gaps that need not change do not. */
static void test_last_page_is_drawn_in(void **state)
{
    (void)state;
    bool usual = false, tight = false;
    for (int n = 5; n < 60; n++) {
        pdf_flow *f = pdf_flow_new(&(pdf_doc_opts){.lang = PDF_EN});
        for (int i = 0; i < n; i++) pdf_flow_paragraph(f, "fill");
        pdf_list l;
        lay_out(f, &l);
        double y[80];
        size_t on_last = 0, on_first = 0;
        for (size_t p = 0; p < l.n_pages; p++)
            for (const pdf_op *op = l.pages[p].v; op < l.pages[p].v + l.pages[p].n; op++) {
                if (op->kind != PDF_OP_TEXT || strcmp(op->text, "fill") != 0) continue;
                if (p == 0) y[on_first++] = op->y;
                on_last += p + 1 == l.n_pages;
            }
        assert_true(l.n_pages < 2 || on_last > 2);
        double step = y[1] - y[0], last = y[on_first - 1] - y[on_first - 2];
        assert_true(fabs(step - last) < 1e-6 && step > 19.7 && step < 21.3);
        *(step > 21.2 ? &usual : &tight) = true;
        pdf_list_release(&l);
        pdf_flow_free(f);
    }
    assert_true(usual && tight);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_widths_make_low_rows),
        cmocka_unit_test(test_equal_texts_grow_together),
        cmocka_unit_test(test_cells_cut_to_lines),
        cmocka_unit_test(test_label_of_sums_runs_on),
        cmocka_unit_test(test_tiles_wrap_their_words),
        cmocka_unit_test(test_last_page_is_drawn_in),
    };
    return cmocka_run_group_tests_name("pdf_table", tests, NULL, NULL);
}

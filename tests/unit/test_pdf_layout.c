/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "unit.h"
#include "pdf_fixture.h"

static kam_table *rows_table(size_t n, const char *name)
{
    kam_table *t = kam_table_new();
    kam_column *no = kam_table_add_column(t, "no", KAM_INT, NULL), *nm = kam_table_add_column(t, "name", KAM_TEXT, NULL);
    kam_column *v = kam_table_add_column(t, "value", KAM_REAL, NULL), *w = kam_table_add_column(t, "other", KAM_REAL, NULL);
    for (size_t i = 0; i < n; i++) {
        kam_col_push_int(no, (int64_t)i + 1);
        kam_col_push_text(nm, name);
        kam_col_push_real(v, (double)(i * 37 % 101) - (i % 7 == 3 ? 60 : 0));
        kam_col_push_real(w, (double)(i * 53 % 89));
    }
    kam_table_seal(t);
    return t;
}

static const pdf_col cols[] = {{.name = "no", .label = "HEAD#"}, {.name = "name", .label = "HEADNAME"}, {.name = "value", .label = "HEADVALUE", .total = true}};

static void add_rows(pdf_flow *f, size_t n, const char *name)
{
    kam_table *t = rows_table(n, name);
    kam_err err = KAM_ERR_INIT;
    assert_int_equal(pdf_flow_table(f, t, &(pdf_table_opts){.cols = cols, .n_cols = 3, .totals_label = "TOTAL"}, &err), KAM_OK);
    kam_table_unref(t);
}

static void test_table_repeats_its_head(void **state)
{
    (void)state;
    pdf_flow *f = pdf_flow_new(NULL);
    add_rows(f, 200, "华瑞");
    pdf_list l;
    lay_out(f, &l);
    assert_true(l.n_pages >= 4);
    size_t rows = 0;
    for (size_t p = 0; p < l.n_pages; p++) {
        const pdf_op *head = find_text(&l.pages[p], "HEADNAME");
        assert_non_null(head);
        size_t on_page = 0;
        for (size_t i = 0; i < l.pages[p].n; i++) {
            const pdf_op *op = &l.pages[p].v[i];
            if (op->kind != PDF_OP_TEXT || strcmp(op->text, "华瑞") != 0) continue;
            assert_true(op->y > head->y);
            on_page++;
        }
        assert_true(on_page >= 2); /* neither a head nor a last row stands alone */
        rows += on_page;
    }
    assert_int_equal(rows, 200);
    assert_null(find_text(&l.pages[0], "TOTAL"));
    assert_non_null(find_text(&l.pages[l.n_pages - 1], "TOTAL"));
    assert_int_equal(count_clashes(&l), 0);
    pdf_list_release(&l);
    pdf_flow_free(f);
}

static const pdf_op *find_on(const pdf_list *l, const char *text, size_t *page)
{
    for (size_t p = 0; p < l->n_pages; p++) {
        const pdf_op *op = find_text(&l->pages[p], text);
        *page = p;
        if (op) return op;
    }
    return NULL;
}

/* Portrait, a landscape section that fills its width, portrait again; turning twice makes no empty page. */
static void test_turned_pages(void **state)
{
    (void)state;
    pdf_flow *f = pdf_flow_new(&(pdf_doc_opts){.lang = PDF_EN, .header_right = "INTERNAL"});
    pdf_flow_heading(f, 1, "One");
    assert_true(pdf_flow_turn(f, true));
    pdf_flow_heading(f, 1, "Map");
    add_rows(f, 40, "x");
    assert_true(pdf_flow_turn(f, true) && pdf_flow_turn(f, false));
    pdf_flow_heading(f, 1, "Two");
    double w = 1;
    pdf_flow_columns_begin(f, 1, &w);
    assert_false(pdf_flow_turn(f, true));
    pdf_flow_columns_end(f);
    assert_true(pdf_flow_turn(f, true)); /* nothing follows: no page */
    pdf_list l;
    lay_out(f, &l);
    size_t a = 0, b = 0, c = 0;
    assert_non_null(find_on(&l, "One", &a));
    assert_non_null(find_on(&l, "Map", &b));
    assert_non_null(find_on(&l, "Two", &c));
    assert_true(a == 0 && b == 1 && c == l.n_pages - 1 && c > b);
    const pdf_theme *th = pdf_theme_screen();
    for (size_t p = 0; p < l.n_pages; p++) {
        bool wide = p >= b && p < c;
        const pdf_ops *o = &l.pages[p];
        assert_int_equal(o->page_w > o->page_h, wide);
        double right = o->page_w - th->margin_right, most = 0; /* head and foot reach to the margin of their own page */
        for (size_t i = 0; i < o->n; i++)
            if (o->v[i].kind == PDF_OP_TEXT) most = fmax(most, o->v[i].x + o->v[i].w);
        assert_true(fabs(most - right) < 0.01);
        for (size_t i = 0; i < o->n; i++)
            if (o->v[i].kind == PDF_OP_TEXT && strcmp(o->v[i].text, "INTERNAL") == 0)
                assert_true(fabs(o->v[i].x + o->v[i].w - right) < 0.01);
    }
    assert_int_equal(l.marks[1].page, b);
    assert_int_equal(count_clashes(&l), 0);
    pdf_list_release(&l);
    pdf_flow_free(f);
}

/* 4 rows of group g, 3 of h, 1 of g again: three subtotals, by hand 0+1+2+3, 4+5+6, 7; total 28. */
static void test_subtotals(void **state)
{
    (void)state;
    static const pdf_col two[] = {{.name = "name", .label = "N"}, {.name = "v", .label = "V", .total = true}};
    kam_table *t = kam_table_new();
    kam_column *g = kam_table_add_column(t, "g", KAM_TEXT, NULL), *n = kam_table_add_column(t, "name", KAM_TEXT, NULL);
    kam_column *v = kam_table_add_column(t, "v", KAM_INT, NULL);
    for (int i = 0; i < 8; i++) {
        kam_col_push_text(g, i < 4 || i == 7 ? "g" : "h");
        kam_col_push_text(n, "row");
        kam_col_push_int(v, i);
    }
    kam_table_seal(t);
    pdf_flow *f = pdf_flow_new(&(pdf_doc_opts){.lang = PDF_EN, .no_page_numbers = true});
    kam_err err = KAM_ERR_INIT;
    assert_int_equal(pdf_flow_table(f, t, &(pdf_table_opts){.cols = two, .n_cols = 2, .subtotal_col = "nope"}, &err), KAM_NOTFOUND);
    kam_err_clear(&err);
    assert_int_equal(pdf_flow_table(f, t, &(pdf_table_opts){.cols = two, .n_cols = 2, .subtotal_col = "g", .totals_label = "all"}, &err), KAM_OK);
    kam_table_unref(t);
    pdf_list l;
    lay_out(f, &l);
    static const char *const want[] = {"N", "V", "row", "0", "row", "1", "row", "2", "row", "3", "subtotal g", "6", "row", "4", "row", "5",
                                       "row", "6", "subtotal h", "15", "row", "7", "subtotal g", "7", "all", "28"};
    size_t k = 0;
    for (size_t i = 0; i < l.pages[0].n; i++) {
        if (l.pages[0].v[i].kind != PDF_OP_TEXT) continue;
        assert_true(k < COUNT_OF(want));
        assert_string_equal(l.pages[0].v[i].text, want[k++]);
    }
    assert_int_equal(k, COUNT_OF(want));
    assert_int_equal(count_clashes(&l), 0);
    pdf_list_release(&l);
    pdf_flow_free(f);
}

/* Texts refer forward and backward; a reference to nothing is a fault. */
static void test_page_references(void **state)
{
    (void)state;
    pdf_flow *f = pdf_flow_new(&(pdf_doc_opts){.lang = PDF_EN, .no_page_numbers = true});
    pdf_flow_markup(f, true);
    pdf_flow_heading(f, 1, "One");
    pdf_flow_name(f, "one");
    pdf_flow_paragraph(f, "see **page {page:two}**, \\{page:two}, {page:");
    for (int i = 0; i < 11; i++) pdf_flow_page_break(f), pdf_flow_paragraph(f, "filler");
    pdf_flow_heading(f, 1, "Two");
    pdf_flow_name(f, "two");
    pdf_flow_list(f, PDF_BULLETS, (const char *const[]){"back to {page:one}"}, 1);
    pdf_list l;
    lay_out(f, &l);
    assert_int_equal(l.n_pages, 12);
    assert_non_null(find_text(&l.pages[0], "page 12"));
    assert_non_null(find_text(&l.pages[0], ", {page:two}, {page:"));
    assert_non_null(find_text(&l.pages[11], "back to 1"));
    assert_int_equal(count_clashes(&l), 0);
    pdf_list_release(&l);
    pdf_flow_paragraph(f, "{page:three}");
    lay_out(f, &l);
    assert_non_null(find_text(&l.pages[11], "?"));
    kam_str out = KAM_STR_INIT;
    assert_int_equal(pdf_list_faults(&l, true, &out), 1);
    assert_string_equal(out.s, "a text refers to the page of \"three\"; no heading has that name\n");
    pdf_list_release(&l);
    pdf_flow_paragraph(f, "{page:three} {page:ones} {page:ones}"); /* each once, with what is near to it */
    lay_out(f, &l);
    kam_str_clear(&out);
    assert_int_equal(pdf_list_faults(&l, true, &out), 2);
    assert_string_equal(out.s, "a text refers to the page of \"three\"; no heading has that name\n"
                               "a text refers to the page of \"ones\"; no heading has that name (did you mean \"one\"?)\n");
    kam_str_clear(&out);
    pdf_mark_escape(&out, "{page:one}");
    assert_string_equal(out.s, "\\{page:one}");
    kam_str_release(&out);
    pdf_list_release(&l);
    pdf_flow_free(f);
}

static void test_theme_values(void **state)
{
    (void)state;
    pdf_theme th = *pdf_theme_screen();
    kam_err err = KAM_ERR_INIT;
    assert_int_equal(pdf_theme_set(&th, "accent", "#7A1f2B", &err), KAM_OK);
    assert_int_equal(th.accent, 0x7A1F2B);
    assert_int_equal(pdf_theme_set(&th, "margin-left", "25.4", &err), KAM_OK);
    assert_true(fabs(th.margin_left - 72) < 1e-9);
    assert_int_equal(pdf_theme_set(&th, "ragged", "1", &err), KAM_OK);
    assert_true(th.ragged);
    const char *const bad[][2] = {{"acent", "#000000"}, {"accent", "7a1f2b"}, {"accent", "#7a1f2"}, {"accent", "#7a1f2g"}, {"body", "3"},
                                  {"body", "x"}, {"margin-top", "200"}, {"hatch", "2"}};
    for (size_t i = 0; i < COUNT_OF(bad); i++) {
        assert_int_equal(pdf_theme_set(&th, bad[i][0], bad[i][1], &err), KAM_USAGE);
        assert_string_equal(err.word[1], bad[i][0]);
        kam_err_clear(&err);
    }
    /* ragged: no room is added between Han */
    pdf_flow *f = pdf_flow_new(&(pdf_doc_opts){.theme = &th});
    pdf_flow_paragraph(f, "一二三四五六七八九十一二三四五，六七八九十一二三四五六七八九十一二三四五六七（八九十一二三四五）六七八九十一二三四五六七八九十一二三四五六七八九十");
    pdf_list l;
    lay_out(f, &l);
    for (size_t i = 0; i < l.pages[0].n; i++) {
        const pdf_op *op = &l.pages[0].v[i];
        for (size_t k = 0; op->kind == PDF_OP_TEXT && op->adj && k < op->n_chars; k++)
            assert_true(op->adj[k] == 0 || op->adj[k] == PDF_GAP || op->adj[k] == PDF_SQUEEZE);
    }
    pdf_list_release(&l);
    pdf_flow_free(f);
}

/* Push the heading down point by point: it is never the last thing on its page, nor is a single line of the
 * paragraph under it, nor comes a single line over. */
static void test_no_lonely_heading(void **state)
{
    (void)state;
    const char *para = "一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十"
                       "一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十";
    for (int gap = 500; gap < 720; gap += 5) {
        pdf_flow *f = pdf_flow_new(NULL);
        pdf_flow_paragraph(f, "top");
        pdf_flow_spacer(f, gap);
        pdf_flow_heading(f, 1, "HEADING");
        pdf_flow_paragraph(f, para);
        pdf_list l;
        lay_out(f, &l);
        size_t page = find_text(&l.pages[0], "HEADING") ? 0 : 1;
        const pdf_op *head = find_text(&l.pages[page], "HEADING");
        assert_non_null(head);
        assert_true(lowest_body(&l, page, pdf_theme_screen()) > head->y + 30); /* at least two lines under it */
        if (page == 0 && l.n_pages == 2) {
            size_t over = 0;
            for (size_t i = 0; i < l.pages[1].n; i++)
                if (l.pages[1].v[i].kind == PDF_OP_TEXT && l.pages[1].v[i].size == pdf_theme_screen()->body_pt) over++;
            assert_true(over >= 2);
        }
        pdf_list_release(&l);
        pdf_flow_free(f);
    }
}

static void test_contents_tell_the_page(void **state)
{
    (void)state;
    pdf_flow *f = pdf_flow_new(&(pdf_doc_opts){.lang = PDF_EN});
    pdf_flow_toc(f, NULL, 2);
    pdf_flow_page_break(f);
    pdf_flow_heading(f, 1, "First");
    pdf_flow_page_break(f);
    pdf_flow_page_break(f); /* an empty page is not made */
    pdf_flow_heading(f, 2, "Second");
    pdf_flow_heading(f, 3, "Third, not listed");
    pdf_flow_paragraph(f, "text");
    pdf_list l;
    lay_out(f, &l);
    assert_int_equal(l.n_pages, 3);
    assert_int_equal(l.n_marks, 3);
    assert_int_equal(l.marks[0].page, 1);
    assert_int_equal(l.marks[1].page, 2);
    assert_non_null(find_text(&l.pages[0], "Contents"));
    assert_non_null(find_text(&l.pages[0], "2"));
    assert_non_null(find_text(&l.pages[0], "3"));
    size_t links = 0;
    for (size_t i = 0; i < l.pages[0].n; i++) links += l.pages[0].v[i].kind == PDF_OP_LINK;
    assert_int_equal(links, 2);
    assert_non_null(find_text(&l.pages[2], "page 3 of 3"));
    pdf_list_release(&l);
    pdf_flow_free(f);
}

/* Nine pages and contents beyond eight: they stand, and push what they list a page on; beyond nine they are left out, as is a
 * list beyond a length the document has only with its contents. */
static void test_contents_of_long_documents(void **state)
{
    (void)state;
    static const size_t beyond[] = {8, 9, 0};
    for (size_t k = 0; k < 3; k++) {
        pdf_flow *f = pdf_flow_new(&(pdf_doc_opts){.lang = PDF_EN});
        pdf_flow_toc(f, NULL, 2);
        pdf_flow_toc_beyond(f, beyond[k]);
        for (int i = 0; i < 9; i++) {
            pdf_flow_page_break(f);
            pdf_flow_heading(f, 1, "Heading");
        }
        pdf_list l;
        lay_out(f, &l);
        bool there = find_text(&l.pages[0], "Contents") != NULL;
        assert_int_equal(there, beyond[k] != 9);
        assert_int_equal(l.n_pages, there ? 10 : 9);
        assert_int_equal(l.marks[8].page, there ? 9 : 8);
        if (there) assert_non_null(find_text(&l.pages[0], "10"));
        pdf_list_release(&l);
        pdf_flow_free(f);
    }
}

static void test_columns(void **state)
{
    (void)state;
    for (int lines = 3; lines < 60; lines += 28) { /* on one page; taller than a page */
        pdf_flow *f = pdf_flow_new(NULL);
        pdf_flow_columns_begin(f, 2, NULL);
        pdf_flow_paragraph(f, "LEFT");
        pdf_flow_answer_lines(f, NULL, lines);
        pdf_flow_columns_next(f);
        pdf_flow_paragraph(f, "RIGHT");
        pdf_flow_columns_end(f);
        pdf_flow_paragraph(f, "AFTER");
        pdf_list l;
        lay_out(f, &l);
        const pdf_op *left = find_text(&l.pages[0], "LEFT");
        const pdf_op *right = find_text(&l.pages[0], "RIGHT"), *after = find_text(&l.pages[l.n_pages - 1], "AFTER");
        assert_true(left && right && after && right->x > left->x + 100 && right->y == left->y && after->x == left->x);
        assert_int_equal(l.n_pages, lines < 20 ? 1 : lines < 40 ? 2 : 3); /* 31 and 59 lines of 8.5 mm; a body is 251 mm high */
        if (lines < 20) assert_true(after->y > right->y);
        pdf_list_release(&l);
        pdf_flow_free(f);
    }
}

/* A cell taller than a page is continued, not lost. */
/* Columns taller than a page: 80 paragraphs at the left, a table of 120 rows at the right. Every one stands once, left and right
 * in their own halves, both on more than one page; the table's head is repeated; the paragraph behind them is behind all. */
static void test_tall_columns_break(void **state)
{
    (void)state;
    pdf_flow *f = pdf_flow_new(&(pdf_doc_opts){.lang = PDF_EN});
    pdf_flow_heading(f, 1, "Before");
    pdf_flow_columns_begin(f, 2, NULL);
    for (int i = 0; i < 80; i++) pdf_flow_paragraph(f, "left");
    pdf_flow_columns_next(f);
    add_rows(f, 120, "right");
    pdf_flow_columns_end(f);
    pdf_flow_paragraph(f, "behind");
    pdf_list l;
    lay_out(f, &l);
    size_t left = 0, right = 0, heads = 0, behind = 0;
    for (size_t p = 0; p < l.n_pages; p++) {
        double lowest = 0, behind_y = 0;
        for (size_t i = 0; i < l.pages[p].n; i++) {
            const pdf_op *op = &l.pages[p].v[i];
            if (op->kind != PDF_OP_TEXT) continue;
            bool is_left = strcmp(op->text, "left") == 0, is_right = strcmp(op->text, "right") == 0;
            left += is_left, right += is_right, heads += strcmp(op->text, "HEADNAME") == 0;
            if (is_left) assert_true(op->x < l.page_w / 2);
            if (is_right) assert_true(op->x > l.page_w / 2);
            if (is_left || is_right) lowest = fmax(lowest, op->y), assert_true(behind == 0);
            if (strcmp(op->text, "behind") == 0) behind++, behind_y = op->y;
        }
        assert_true(behind_y == 0 || behind_y > lowest);
        assert_true(lowest <= l.page_h - f->theme.margin_bottom);
    }
    assert_int_equal(left, 80);
    assert_int_equal(right, 120);
    assert_int_equal(behind, 1);
    assert_true(l.n_pages >= 3 && heads >= l.n_pages - 1);
    assert_non_null(find_text(&l.pages[0], "left")); /* the row begins where it stands, not on a new page */
    assert_int_equal(count_clashes(&l), 0);
    pdf_list_release(&l);
    pdf_flow_free(f);
}

/* Where the lines of a text of Latin words stand: the left edge of its first line and its right edge, against the body's. */
static void test_alignment(void **state)
{
    (void)state;
    const char *latin = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
                        "seventeen eighteen nineteen twenty twenty-one twenty-two";
    const struct {
        pdf_para how;
        bool justified, ragged; /* of the theme */
        bool at_left, at_right;
    } way[] = {{PDF_PARA_AUTO, false, false, true, false},    {PDF_PARA_AUTO, true, false, true, true},
               {PDF_PARA_AUTO, true, true, true, false},      {PDF_PARA_JUSTIFIED, false, true, true, true},
               {PDF_PARA_RAGGED, true, false, true, false},   {PDF_PARA_RIGHT, false, false, false, true},
               {PDF_PARA_CENTRE, true, false, false, false}};
    for (size_t i = 0; i < COUNT_OF(way); i++) {
        pdf_theme th = *pdf_theme_screen();
        th.justified = way[i].justified, th.ragged = way[i].ragged;
        pdf_flow *f = pdf_flow_new(&(pdf_doc_opts){.lang = PDF_EN, .theme = &th});
        pdf_flow_align(f, way[i].how);
        pdf_flow_paragraph(f, latin);
        pdf_list l;
        lay_out(f, &l);
        const pdf_op *op = &l.pages[0].v[0];
        double right = l.page_w - th.margin_right;
        assert_int_equal(op->kind, PDF_OP_TEXT);
        assert_int_equal(fabs(op->x - th.margin_left) < 0.1, way[i].at_left);
        assert_int_equal(fabs(op->x + op->w - right) < 0.2, way[i].at_right);
        pdf_list_release(&l);
        pdf_flow_free(f);
    }
}

/* Numbers have 19 pt before their text, dots 15; a level is 17 pt. A list that goes on counts on. */
static void test_nested_lists(void **state)
{
    (void)state;
    pdf_flow *f = pdf_flow_new(&(pdf_doc_opts){.lang = PDF_EN});
    const char *const items[] = {"alpha", "beta"}, *const sub[] = {"gamma"}, *const more[] = {"delta"};
    pdf_flow_list_at(f, 2, 5); /* no list yet: nothing happens */
    pdf_flow_list(f, PDF_NUMBERS, items, 2);
    pdf_flow_list(f, PDF_BULLETS, sub, 1);
    pdf_flow_list_at(f, 2, 1);
    pdf_flow_list(f, PDF_BULLETS, sub, 1);
    pdf_flow_list_at(f, 9, 1); /* the third level is the last */
    pdf_flow_list(f, PDF_NUMBERS, more, 1);
    pdf_flow_list_at(f, 1, 3);
    pdf_list l;
    lay_out(f, &l);
    const pdf_ops *o = &l.pages[0];
    double left = f->theme.margin_left, at[2] = {0};
    size_t n = 0;
    for (size_t i = 0; i < o->n; i++)
        if (o->v[i].kind == PDF_OP_TEXT && strcmp(o->v[i].text, "gamma") == 0 && n < 2) at[n++] = o->v[i].x - left;
    assert_int_equal(n, 2);
    assert_true(fabs(find_text(o, "beta")->x - left - 19) < 1e-6 && fabs(at[0] - 32) < 1e-6 && fabs(at[1] - 49) < 1e-6);
    assert_true(find_text(o, "1.") && find_text(o, "2.") && find_text(o, "3.") && !find_text(o, "4."));
    assert_true(fabs(find_text(o, "3.")->y - find_text(o, "delta")->y) < 1e-6);
    assert_int_equal(count_clashes(&l), 0);
    pdf_list_release(&l);
    pdf_flow_free(f);
}

/* However many paragraphs stand before it: a paragraph at the foot of a page stays there alone, unless kept. */
static void test_keep(void **state)
{
    (void)state;
    bool apart = false; /* the test can fail: without keep it happens */
    for (int fill = 20; fill < 60; fill++)
        for (int kept = 0; kept < 2; kept++) {
            pdf_flow *f = pdf_flow_new(&(pdf_doc_opts){.lang = PDF_EN});
            for (int i = 0; i < fill; i++) pdf_flow_paragraph(f, "fill");
            pdf_flow_paragraph(f, "KEPT");
            if (kept) pdf_flow_keep(f);
            pdf_flow_paragraph(f, "NEXT");
            for (int i = 0; i < 15; i++) pdf_flow_paragraph(f, "tail"); /* a last page with little on it would be drawn in */
            pdf_list l;
            lay_out(f, &l);
            for (size_t p = 0; kept && p < l.n_pages; p++)
                assert_int_equal(find_text(&l.pages[p], "KEPT") != NULL, find_text(&l.pages[p], "NEXT") != NULL);
            if (!kept && l.n_pages > 1 && find_text(&l.pages[0], "KEPT") && !find_text(&l.pages[0], "NEXT")) apart = true;
            pdf_list_release(&l);
            pdf_flow_free(f);
        }
    assert_true(apart);
}

/* Small print under a table is never alone at the top of a page, wherever the table ends; a paragraph may be. */
static void test_small_print_stays_with_its_table(void **state)
{
    (void)state;
    bool apart = false;
    for (size_t n = 20; n < 60; n++)
        for (int small = 0; small < 2; small++) {
            pdf_flow *f = pdf_flow_new(&(pdf_doc_opts){.lang = PDF_EN});
            add_rows(f, n, "row");
            if (small) pdf_flow_small(f, "REST");
            else pdf_flow_paragraph(f, "REST");
            pdf_list l;
            lay_out(f, &l);
            for (size_t p = 0; p < l.n_pages; p++) {
                bool alone = find_text(&l.pages[p], "REST") && !find_text(&l.pages[p], "TOTAL");
                assert_false(small && alone);
                apart = apart || alone;
            }
            pdf_list_release(&l);
            pdf_flow_free(f);
        }
    assert_true(apart);
}

static void test_tall_row_breaks(void **state)
{
    (void)state;
    kam_str long_text = KAM_STR_INIT;
    for (int i = 0; i < 3000; i++) kam_str_add(&long_text, "字");
    kam_table *t = kam_table_new();
    kam_column *a = kam_table_add_column(t, "a", KAM_TEXT, NULL), *b = kam_table_add_column(t, "b", KAM_TEXT, NULL);
    kam_col_push_text(a, "short");
    kam_col_push_text(b, kam_str_cstr(&long_text));
    kam_table_seal(t);
    pdf_flow *f = pdf_flow_new(NULL);
    pdf_col two[] = {{.name = "a", .width_pt = 60}, {.name = "b", .width_pt = 220}};
    kam_err err = KAM_ERR_INIT;
    assert_int_equal(pdf_flow_table(f, t, &(pdf_table_opts){.cols = two, .n_cols = 2}, &err), KAM_OK);
    pdf_list l;
    lay_out(f, &l);
    size_t chars = 0;
    for (size_t p = 0; p < l.n_pages; p++)
        for (size_t i = 0; i < l.pages[p].n; i++)
            if (l.pages[p].v[i].kind == PDF_OP_TEXT && strncmp(l.pages[p].v[i].text, "字", 3) == 0) chars += l.pages[p].v[i].n_chars;
    assert_int_equal(chars, 3000);
    assert_true(l.n_pages >= 2);
    assert_int_equal(count_clashes(&l), 0);
    pdf_list_release(&l);
    pdf_flow_free(f);
    kam_table_unref(t);
    kam_str_release(&long_text);
}

static void add_everything(pdf_flow *f, size_t n, const char *name)
{
    kam_err err = KAM_ERR_INIT;
    kam_table *t = rows_table(n, name);
    pdf_flow_title(f, &(pdf_title){name, name, name, (pdf_fact[]){{name, name}, {name, name}, {name, name}}, 3});
    pdf_flow_tiles(f, (pdf_tile[]){{name, name, name, PDF_TONE_UP}, {name, "1", NULL, PDF_TONE_NONE}, {name, name, name, PDF_TONE_BAD}}, 3);
    pdf_flow_toc(f, NULL, 3);
    pdf_flow_heading(f, 1, name);
    pdf_flow_note(f, PDF_NOTE_GOOD, name, name);
    pdf_flow_list(f, PDF_NUMBERS, (const char *[]){name, name}, 2);
    pdf_flow_choices(f, name, (const char *[]){name, name, "yes", "no"}, 4);
    assert_int_equal(pdf_flow_table(f, t, &(pdf_table_opts){.cols = cols, .n_cols = 3, .zebra = true, .caption = name}, &err), KAM_OK);
    pdf_bar_opts bar = {.label_col = "name", .value_cols = {"value", "other"}, .series = {name, name}, .n_values = 2, .caption = name, .axis = name};
    assert_int_equal(pdf_flow_bar(f, t, &bar, &err), KAM_OK);
    bar.stacked = true;
    assert_int_equal(pdf_flow_bar(f, t, &bar, &err), KAM_OK);
    bar.vertical = true;
    assert_int_equal(pdf_flow_bar(f, t, &bar, &err), KAM_OK);
    assert_int_equal(pdf_flow_funnel(f, t, &(pdf_funnel_opts){.label_col = "name", .value_col = "other", .second_col = "value", .rate_label = name, .caption = name}, &err), KAM_OK);
    assert_int_equal(pdf_flow_quadrant(f, t, &(pdf_quadrant_opts){.x_col = "value", .y_col = "other", .label_col = "name", .x_label = name, .y_label = name, .corner = {name, name, name, name}}, &err), KAM_OK);
    assert_int_equal(pdf_flow_line(f, t, &(pdf_line_opts){.x_col = "no", .value_cols = {"value", "other"}, .n_values = 2, .series = {name, name}, .x_label = name, .y_label = name}, &err), KAM_OK);
    kam_table_unref(t);
}

static void test_nothing_overlaps(void **state)
{
    (void)state;
    const char *names[] = {"甲", "华瑞精密制造有限公司（上海）智能装备与工业互联网事业部华东大区第三分公司采购与供应链管理中心二零二六年度战略合作框架协议执行办公室项目联合工作组暨技术委员会综合秘书处",
                           "A", "Consolidated International Precision Manufacturing and Automation Holdings (Asia Pacific) Limited"};
    const size_t sizes[] = {0, 1, 3, 60};
    for (size_t k = 0; k < COUNT_OF(names); k++)
        for (size_t s = 0; s < COUNT_OF(sizes); s++) {
            if (sizes[s] > 20 && strlen(names[k]) > 20) continue; /* funnels of 60 stages with 80-character names */
            pdf_flow *f = pdf_flow_new(&(pdf_doc_opts){.lang = k < 2 ? PDF_ZH : PDF_EN, .title = names[k], .header_left = names[k],
                                                       .header_right = names[k], .footer_left = names[k]});
            add_everything(f, sizes[s], names[k]);
            pdf_list l;
            lay_out(f, &l);
            size_t bad = count_clashes(&l);
            if (bad) fail_msg("%zu clashes with %zu rows of \"%s\"", bad, sizes[s], names[k]);
            pdf_list_release(&l);
            pdf_flow_free(f);
        }
}

static void test_large_table(void **state)
{
    (void)state;
    pdf_flow *f = pdf_flow_new(&(pdf_doc_opts){.lang = PDF_EN});
    add_rows(f, 2000, "Huarui Precision");
    pdf_list l;
    lay_out(f, &l);
    assert_true(l.n_pages > 30 && l.n_pages < 80);
    pdf_list_release(&l);
    pdf_flow_free(f);
}

static void test_limits_and_errors(void **state)
{
    (void)state;
    kam_err err = KAM_ERR_INIT;
    pdf_flow *f = pdf_flow_new(NULL);
    kam_table *t = rows_table(2, "x");
    assert_int_equal(pdf_flow_table(f, t, &(pdf_table_opts){.cols = (pdf_col[]){{.name = "nope"}}, .n_cols = 1}, &err), KAM_NOTFOUND);
    assert_string_equal(err.word[0], "column");
    assert_string_equal(err.word[1], "nope");
    assert_int_equal(pdf_flow_bar(f, t, &(pdf_bar_opts){.label_col = "no", .value_cols = {"name"}, .n_values = 1}, NULL), KAM_USAGE);
    assert_int_equal(pdf_flow_bar(f, t, &(pdf_bar_opts){.label_col = "no"}, NULL), KAM_USAGE);
    assert_int_equal(f->n, 0); /* a failed call leaves the flow as it was */
    for (int i = 0; i < PDF_MAX_PAGES + 2; i++) {
        pdf_flow_paragraph(f, "x");
        pdf_flow_page_break(f);
    }
    pdf_list l;
    kam_err_clear(&err);
    assert_int_equal(pdf_layout_run(f, pdf_metrics_synthetic(), &l, &err), KAM_LIMIT);
    kam_table_unref(t);
    pdf_flow_free(f);
}

static int heavy_advance(void *ctx, uint32_t cp, bool bold)
{
    const pdf_metrics *m = pdf_metrics_synthetic();
    int w = m->advance(ctx, cp, false);
    return bold ? w * 5 / 4 : w;
}

/* Two names of 60 letters that cannot be broken beside a day, a number and a short bold text: the names give way, the others keep their
 * line; the number's head wraps once. In a font whose bold is a quarter wider, a bold column is measured as it is set. */
static void test_short_columns_keep_their_line(void **state)
{
    (void)state;
    static const pdf_col c[] = {{.name = "a", .label = "A"}, {.name = "b", .label = "B", .weight = 2}, {.name = "day", .label = "Day"},
                                {.name = "n", .label = "Number of days"}, {.name = "s", .label = "S", .bold = true}};
    char name[61];
    memset(name, 'n', 60);
    name[60] = '\0';
    kam_table *t = kam_table_new();
    kam_col_push_text(kam_table_add_column(t, "a", KAM_TEXT, NULL), name);
    kam_col_push_text(kam_table_add_column(t, "b", KAM_TEXT, NULL), name);
    kam_col_push_int(kam_table_add_column(t, "day", KAM_DAY, NULL), 20000); /* 2024-10-04 */
    kam_col_push_int(kam_table_add_column(t, "n", KAM_INT, NULL), 7);
    kam_col_push_text(kam_table_add_column(t, "s", KAM_TEXT, NULL), "repeat buyer");
    kam_table_seal(t);
    pdf_flow *f = pdf_flow_new(&(pdf_doc_opts){.lang = PDF_EN});
    kam_err err = KAM_ERR_INIT;
    assert_int_equal(pdf_flow_table(f, t, &(pdf_table_opts){.cols = c, .n_cols = 5}, &err), KAM_OK);
    pdf_metrics m = *pdf_metrics_synthetic();
    m.advance = heavy_advance;
    pdf_list l;
    assert_int_equal(pdf_layout_run(f, &m, &l, &err), KAM_OK);
    const pdf_op *a = find_text(&l.pages[0], "A"), *b = find_text(&l.pages[0], "B"), *day = find_text(&l.pages[0], "Day");
    assert_non_null(find_text(&l.pages[0], "2024-10-04"));
    assert_non_null(find_text(&l.pages[0], "repeat buyer"));
    assert_non_null(find_text(&l.pages[0], "of days")); /* two even lines */
    assert_true(a && b && day && day->x - b->x > b->x - a->x); /* the weight of B counts also when room is short */
    assert_int_equal(count_clashes(&l), 0);
    pdf_list_release(&l);
    pdf_flow_free(f);
    kam_table_unref(t);
}

static void test_empty_flow_is_one_page(void **state)
{
    (void)state;
    pdf_flow *f = pdf_flow_new(NULL);
    pdf_list l;
    lay_out(f, &l);
    assert_int_equal(l.n_pages, 1);
    pdf_list_release(&l);
    pdf_flow_free(f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_table_repeats_its_head),
        cmocka_unit_test(test_turned_pages),
        cmocka_unit_test(test_subtotals),
        cmocka_unit_test(test_page_references),
        cmocka_unit_test(test_theme_values),
        cmocka_unit_test(test_no_lonely_heading),
        cmocka_unit_test(test_contents_tell_the_page), cmocka_unit_test(test_contents_of_long_documents),
        cmocka_unit_test(test_columns),
        cmocka_unit_test(test_tall_columns_break),
        cmocka_unit_test(test_alignment),
        cmocka_unit_test(test_nested_lists),
        cmocka_unit_test(test_keep),
        cmocka_unit_test(test_small_print_stays_with_its_table),
        cmocka_unit_test(test_tall_row_breaks),
        cmocka_unit_test(test_nothing_overlaps),
        cmocka_unit_test(test_large_table),
        cmocka_unit_test(test_limits_and_errors),
        cmocka_unit_test(test_short_columns_keep_their_line),
        cmocka_unit_test(test_empty_flow_is_one_page),
    };
    return cmocka_run_group_tests_name("pdf_layout", tests, NULL, NULL);
}

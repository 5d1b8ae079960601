/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "unit.h"
#include "pdf_fixture.h"
#include "pdf_tag.h"

/* label, value: one missing */
static kam_table *regions(void)
{
    kam_table *t = kam_table_new();
    kam_column *label = kam_table_add_column(t, "label", KAM_TEXT, NULL), *value = kam_table_add_column(t, "value", KAM_INT, NULL);
    kam_col_push_text(label, "North"), kam_col_push_int(value, 3);
    kam_col_push_text(label, "South"), kam_col_push_missing(value);
    kam_col_push_text(label, "East"), kam_col_push_int(value, 5);
    kam_table_seal(t);
    return t;
}

static const pdf_tag *nth(const pdf_list *l, pdf_tag_kind kind, size_t n)
{
    for (size_t i = 0; i < l->n_tags; i++)
        if (l->tags[i].kind == kind && n-- == 0) return &l->tags[i];
    return NULL;
}

static pdf_flow *flow_of(pdf_lang lang, bool tagged)
{
    return pdf_flow_new(&(pdf_doc_opts){.lang = lang, .tagged = tagged, .header_left = "head"});
}

/* Of three values all are told; of thirteen, how many, the highest and the lowest. */
static void test_figures_in_words(void **state)
{
    (void)state;
    kam_err err = KAM_ERR_INIT;
    kam_table *t = regions(), *many = kam_table_new(), *none = kam_table_new();
    kam_column *value = kam_table_add_column(many, "value", KAM_INT, NULL);
    kam_column *label = kam_table_add_column(many, "label", KAM_TEXT, NULL);
    for (int i = 0; i < 13; i++) kam_col_push_int(value, i == 4 ? 40 : i), kam_col_push_text(label, i == 4 ? "Peak" : i ? "Other" : "Foot");
    kam_table_add_column(none, "value", KAM_INT, NULL), kam_table_add_column(none, "label", KAM_TEXT, NULL);
    kam_table_seal(many), kam_table_seal(none);
    const pdf_bar_opts o = {.label_col = "label", .value_cols = {"value"}, .n_values = 1, .caption = "Regions"};
    static const char *const want[2][3] = {
        {"Regions。柱形图，3 项：North 3，South 缺失，East 5。", "Regions。柱形图，13 项：最高 Peak 40，最低 Foot 0。", "Regions。没有记录。"},
        {"Regions. Bar chart, 3 items: North 3, South missing, East 5.", "Regions. Bar chart, 13 items: highest Peak 40, lowest Foot 0.",
         "Regions. Nothing on record."}};
    for (int k = 0; k < 2; k++) {
        pdf_flow *f = flow_of(k ? PDF_EN : PDF_ZH, true);
        pdf_list l;
        assert_int_equal(pdf_flow_bar(f, t, &o, &err), KAM_OK);
        assert_int_equal(pdf_flow_bar(f, many, &o, &err), KAM_OK);
        assert_int_equal(pdf_flow_bar(f, none, &o, &err), KAM_OK);
        lay_out(f, &l);
        for (size_t i = 0; i < 3; i++) assert_string_equal(nth(&l, PDF_TAG_FIGURE, i)->alt, want[k][i]);
        pdf_list_release(&l);
        pdf_flow_free(f);
    }
    kam_table_unref(t), kam_table_unref(many), kam_table_unref(none);
}

/* Levels 3, 1, 3, 2, 3 are told as 1, 1, 2, 2, 3: none is skipped, and what stands deeper stays so. */
static void test_headings_skip_no_level(void **state)
{
    (void)state;
    static const int level[] = {3, 1, 3, 2, 3}, want[] = {1, 1, 2, 2, 3};
    pdf_flow *f = flow_of(PDF_EN, true);
    pdf_list l;
    for (size_t i = 0; i < 5; i++) pdf_flow_heading(f, level[i], "Heading");
    lay_out(f, &l);
    size_t k = 0;
    for (size_t i = 1; i < l.n_tags; i++) {
        assert_int_equal(l.tags[i].kind, PDF_TAG_H1 + want[k++] - 1);
        assert_int_equal(l.tags[i].parent, 0);
    }
    assert_int_equal(k, 5);
    pdf_list_release(&l);
    pdf_flow_free(f);
}

/* Text of the body belongs to an element, the running head to none; without the option nothing does, and all else is the same. */
static void test_every_text_has_its_element(void **state)
{
    (void)state;
    static const char *const items[] = {"one", "two"};
    kam_err err = KAM_ERR_INIT;
    kam_table *t = regions();
    kam_str dump[2] = {KAM_STR_INIT, KAM_STR_INIT};
    for (int tagged = 0; tagged < 2; tagged++) {
        pdf_flow *f = flow_of(PDF_EN, tagged);
        pdf_list l;
        pdf_flow_title(f, &(pdf_title){.title = "Title", .facts = &(pdf_fact){"Owner", "Li"}, .n_facts = 1});
        pdf_flow_paragraph(f, "Words.");
        pdf_flow_list(f, PDF_NUMBERS, items, 2);
        pdf_flow_note(f, PDF_NOTE_WARN, "Mind", "this");
        assert_int_equal(pdf_flow_table(f, t, &(pdf_table_opts){.caption = "Table"}, &err), KAM_OK);
        lay_out(f, &l);
        for (size_t i = 0; i < l.pages[0].n; i++) {
            const pdf_op *op = &l.pages[0].v[i];
            if (op->kind != PDF_OP_TEXT || strncmp(op->text, "page ", 5) == 0) continue;
            assert_int_equal(op->tag != 0, tagged && strcmp(op->text, "head") != 0);
        }
        pdf_list_dump(&l, &dump[tagged]);
        pdf_list_release(&l);
        pdf_flow_free(f);
    }
    assert_string_equal(kam_str_cstr(&dump[0]), kam_str_cstr(&dump[1]));
    kam_str_release(&dump[0]), kam_str_release(&dump[1]);
    kam_table_unref(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_figures_in_words),
        cmocka_unit_test(test_headings_skip_no_level),
        cmocka_unit_test(test_every_text_has_its_element),
    };
    return cmocka_run_group_tests_name("pdf_tag", tests, NULL, NULL);
}

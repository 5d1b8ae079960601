/* SPDX-License-Identifier: GPL-3.0-or-later */
/* J7: what differs between two answers, and nothing else. */
#include "unit.h"
#include "calc_build.h"
#include "calc_compare.h"

static const char *const keys[] = {"period", "rep", NULL}, *const measures[] = {"weighted", "p10", NULL};

static void money(void **state)
{
    (void)state;
    kam_table *a = build_table("period:text rep:text weighted:money p10:money", "overdue|R1|5|-\n2025-01|R1|100|10\n2025-01|-|7|7\n2025-03|R1|9|9"), *t;
    kam_table *b = build_table("period:text rep:text weighted:money p10:money", "2025-01|-|7|7\n2025-01|R1|150|10\n2025-02|R1|-|3\noverdue|R1|5|1");
    assert_int_equal(calc_compare_money(a, b, keys, measures, CALC_EN, &t, NULL), KAM_OK);
    static const struct { const char *period, *rep, *measure, *before, *after, *difference; } want[] = {
        {"2025-01", "R1", "weighted", "1.00", "1.50", "0.50"}, {"2025-02", "R1", "p10", "-", "0.03", "-"},
        {"overdue", "R1", "p10", "-", "0.01", "-"},            {"2025-03", "R1", "weighted", "0.09", "-", "-"},
        {"2025-03", "R1", "p10", "0.09", "-", "-"}};
    assert_int_equal(kam_table_rows(t), COUNT_OF(want));
    for (size_t i = 0; i < COUNT_OF(want); i++) {
        assert_cell(t, i, "period", want[i].period);
        assert_cell(t, i, "rep", want[i].rep);
        assert_cell(t, i, "measure", want[i].measure);
        assert_cell(t, i, "before", want[i].before);
        assert_cell(t, i, "after", want[i].after);
        assert_cell(t, i, "difference", want[i].difference);
    }
    kam_table_unref(t);
    assert_int_equal(calc_compare_money(a, a, keys, measures, CALC_EN, &t, NULL), KAM_OK); /* the same twice */
    assert_int_equal(kam_table_rows(t), 0);
    assert_string_equal(kam_table_note(t, 0), "no difference to the committed state");
    kam_table_unref(t);
    kam_table *empty = build_table("period:text rep:text weighted:money p10:money", "");
    assert_int_equal(calc_compare_money(empty, empty, keys, measures, CALC_ZH, &t, NULL), KAM_OK);
    assert_string_equal(kam_table_note(t, 0), "与已提交的状态没有差别");
    kam_table_unref(t);
    kam_table_unref(empty);
    kam_table *months = build_table("period:text weighted:money p10:money", "2025-01|1|1"), *others = build_table("period:text weighted:money p10:money", "2025-01|2|1");
    assert_int_equal(calc_compare_money(months, others, keys, measures, CALC_EN, &t, NULL), KAM_OK); /* without the second key */
    assert_int_equal(kam_table_index(t, "rep"), -1);
    assert_cell(t, 0, "difference", "0.01");
    kam_table_unref(t);
    static const char *const absent[] = {"target", NULL};
    kam_err err = KAM_ERR_INIT;
    assert_int_equal(calc_compare_money(a, b, keys, absent, CALC_EN, &t, &err), KAM_CALC);
    kam_table_unref(months);
    kam_table_unref(others);
    kam_table_unref(a);
    kam_table_unref(b);
}

static void text(void **state)
{
    (void)state;
    kam_table *a = build_table("account:text name:text class:text why:text", "A|Ann|A|x\nB|Bob|B|y\nC|Cid|-|z\nD|Dot|C|gone"), *t;
    kam_table *b = build_table("account:text name:text class:text why:text", "C|Cid|C|now\nB|Bob|A|bought\nA|Ann|A|x\nE|Eve|C|new");
    assert_int_equal(calc_compare_text(a, b, "account", "class", CALC_EN, &t, NULL), KAM_OK);
    static const struct { const char *account, *before, *after, *why; } want[] = {
        {"C", "-", "C", "now"}, {"B", "B", "A", "bought"}, {"E", "-", "C", "new"}, {"D", "C", "-", "-"}};
    assert_int_equal(kam_table_rows(t), COUNT_OF(want));
    for (size_t i = 0; i < COUNT_OF(want); i++) {
        assert_cell(t, i, "account", want[i].account);
        assert_cell(t, i, "before", want[i].before);
        assert_cell(t, i, "after", want[i].after);
        assert_cell(t, i, "why", want[i].why);
    }
    kam_table_unref(t);
    assert_int_equal(calc_compare_text(a, b, "account", "grade", CALC_EN, &t, NULL), KAM_CALC);
    kam_table_unref(a);
    kam_table_unref(b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(money), cmocka_unit_test(text)};
    return cmocka_run_group_tests_name("calc_compare", tests, NULL, NULL);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* C8. D = 2025-12-31. */
#include "unit.h"
#include "calc_build.h"
#include "calc_levels.h"

#define NOTES "row:int date:day level:text kind:text aim:text delivered:text"

/* A: basic use delivered (an older note said otherwise, an undated one is older still), expected safety looked for only, nothing beyond; a note
 * after D and one of a strange level do not count. B: beyond delivered, kind unknown. C: nothing. */
static kam_table *notes(void)
{
    return build_table(NOTES, "0|2025-05-01|basic|use|works|on time\n0|2025-04-01|basic|use|works|-\n0|-|basic|use|old|old\n"
                              "0|2025-05-01|expected|safety|no stops|-\n0|2026-01-01|beyond|opportunity|-|joint project\n"
                              "0|2025-05-01|strange|use|-|-\n1|2025-01-01|beyond|-|-|a fair\n9|2025-01-01|beyond|-|-|x\n-|2025-01-01|beyond|-|-|x");
}

static void by_hand(void **state)
{
    (void)state;
    kam_table *acc = build_accounts("A B C"), *n = notes(), *t;
    calc_levels_params p = {day_of("2025-12-31"), CALC_EN};
    calc_facts f = {.accounts = acc};
    assert_int_equal(calc_levels_accounts(&f, n, &p, &t, NULL), KAM_OK);
    static const char *const want[3][7] = {{"1", "1", "0", "1", "use;safety", "expected;beyond", "0.3333333333333333"},
                                           {"0", "0", "1", "1", "-", "basic;expected", "0.3333333333333333"},
                                           {"0", "0", "0", "0", "-", "basic;expected;beyond", "0"}};
    static const char *const column[] = {"basic", "expected", "beyond", "delivered", "kinds", "missing", "coverage"};
    for (size_t i = 0; i < 3; i++)
        for (size_t k = 0; k < 7; k++) assert_cell(t, i, column[k], want[i][k]);
    assert_string_equal(kam_table_note(t, 1), "notes whose level is not known and that were left out: 1");
    kam_table_unref(t);

    assert_int_equal(calc_levels_account(&f, n, 0, &p, &t, NULL), KAM_OK);
    assert_int_equal(kam_table_rows(t), 3);
    assert_cell(t, 0, "delivered", "on time");
    assert_cell(t, 0, "gap", "0");
    assert_cell(t, 1, "aim", "no stops");
    assert_cell(t, 1, "why", "it looks for something and we deliver nothing");
    assert_cell(t, 2, "level", "beyond");
    assert_cell(t, 2, "why", "no note on this level: ask what it looks for");
    kam_table_unref(t);

    assert_int_equal(calc_levels_measures(&f, n, &p, &t, NULL), KAM_OK);
    assert_float_equal(real_of(t, row_where(t, "measure", "noted"), "value"), 2.0 / 3, 1e-12);
    assert_float_equal(real_of(t, row_where(t, "measure", "covered_basic"), "value"), 0.5, 1e-12);
    assert_float_equal(real_of(t, row_where(t, "measure", "covered_expected"), "value"), 0, 0);
    assert_cell(t, row_where(t, "measure", "kind_use"), "n", "2");
    kam_table_unref(t);
    kam_table_unref(n);
    kam_table_unref(acc);
}

/* The order of the rows does not matter where days differ. */
static void property(void **state)
{
    (void)state;
    kam_table *acc = build_accounts("A B C"), *n = notes(), *back = reversed_table(n), *t, *u;
    calc_levels_params p = {day_of("2025-12-31"), CALC_EN};
    calc_facts f = {.accounts = acc};
    assert_int_equal(calc_levels_accounts(&f, n, &p, &t, NULL), KAM_OK);
    assert_int_equal(calc_levels_accounts(&f, back, &p, &u, NULL), KAM_OK);
    assert_null(difference(t, u, "account"));
    kam_table_unref(t);
    kam_table_unref(u);
    kam_table_unref(back);
    kam_table_unref(n);
    kam_table_unref(acc);
}

static void nobody(void **state)
{
    (void)state;
    kam_table *acc = build_accounts(""), *t;
    calc_levels_params p = {day_of("2025-12-31"), CALC_ZH};
    calc_facts f = {.accounts = acc};
    assert_int_equal(calc_levels_accounts(&f, NULL, &p, &t, NULL), KAM_OK);
    assert_int_equal(kam_table_rows(t), 0);
    kam_table_unref(t);
    assert_int_equal(calc_levels_measures(&f, NULL, &p, &t, NULL), KAM_OK);
    assert_cell(t, 0, "value", "-");
    kam_table_unref(t);
    kam_table_unref(acc);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(by_hand), cmocka_unit_test(property), cmocka_unit_test(nobody)};
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}

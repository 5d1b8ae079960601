/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Retention by period and cohort. */
#include "unit.h"
#include "calc_build.h"
#include "calc_retention.h"

/* D = 2023-06-30, by year. A buys 2020-03-01 (100) and never again: lost 2021-03-02 (365 days of silence end 2021-03-01).
 * B buys monthly-ish 2020-05-01 (300), 2021-01-10 (300), 2021-12-01 (300), 2022-11-01 (300): gap 254+325+335 = 914/3 = 304.67, × 3 = 914: ours on D.
 * C buys 2020-06-01 (50), lost 2021-06-02, won back 2022-02-01 (80), mean gap 610 days, × 3 = 1830: ours on D. */
static void fixture(kam_table **acc, kam_ledger *l)
{
    *acc = build_accounts("A B C D");
    *l = build_ledger("2020-03-01 100\n2020-05-01 300 2021-01-10 300 2021-12-01 300 2022-11-01 300\n2020-06-01 50 2022-02-01 80\n\n");
}

static void periods(void **state)
{
    (void)state;
    kam_table *acc, *t;
    kam_ledger l;
    fixture(&acc, &l);
    calc_retention_params p = CALC_RETENTION_PARAMS(day_of("2023-06-30"), CALC_EN, CALC_BY_YEAR);
    assert_int_equal(calc_retention_periods(&(calc_facts){.accounts = acc, .ledger = &l}, &p, &t, NULL), KAM_OK);
    static const char *const column[] = {"period", "opening", "new", "won_back", "lost", "closing", "kept", "partial"};
    static const char *const want[4][8] = {{"2020", "0", "3", "0", "0", "3", "0", "0"}, {"2021", "3", "0", "0", "2", "1", "1", "0"},
                                           {"2022", "1", "0", "1", "0", "2", "1", "0"}, {"2023", "2", "0", "0", "0", "2", "2", "1"}};
    assert_int_equal(kam_table_rows(t), 4);
    for (size_t i = 0; i < 4; i++)
        for (size_t k = 0; k < 8; k++) assert_cell(t, i, column[k], want[i][k]);
    assert_cell(t, 0, "retention", "-"); /* nobody at the beginning: no rate */
    assert_float_equal(real_of(t, 1, "retention"), 1.0 / 3, 1e-12);
    assert_float_equal(real_of(t, 1, "defection"), 2.0 / 3, 1e-12);
    /* Wilson at 80 %, z = 1.2815516, k = 1, n = 3: (1/3 + z²/6 ± z √(2/27 + z²/36)) / (1 + z²/3) = .1058, .6788 */
    assert_float_equal(real_of(t, 1, "retention_low"), 0.105777, 1e-5);
    assert_float_equal(real_of(t, 1, "retention_high"), 0.678817, 1e-5);
    /* Opening of 2021: revenue of the 365 days to 2020-12-31: 100 + 300 + 50 minor units; lost 150. R = 300/450 = 2/3. se² = Σ v²(k − R)²/450² =
     * (300²(1/3)² + (100² + 50²)(2/3)²)/202500 = (10000 + 5555.556)/202500 = .0768176; se = .277160; half = .355195; cut at 1. */
    assert_cell(t, 1, "value", "4.50");
    assert_cell(t, 1, "value_lost", "1.50");
    assert_float_equal(real_of(t, 1, "value_retention"), 2.0 / 3, 1e-12);
    assert_float_equal(real_of(t, 1, "value_low"), 0.666667 - 0.355195, 1e-4);
    assert_float_equal(real_of(t, 1, "value_high"), 1, 0);
    assert_cell(t, 2, "value_low", "-"); /* one account of value */
    assert_cell(t, 3, "until", "2023-06-30");
    kam_table_unref(t);
    kam_table_unref(acc);
    kam_ledger_release(&l);
}

/* Cohort 2020. Year 1 of each account ends 364 days after its first purchase: everybody is ours then by the rule. B bought again in it (2021-01-10), A and C
 * did not. Year 2 ends 2022-02-28, 2022-04-30, 2022-05-30: A lost; B ours; C won back on 2022-02-01, in its year 2 (from 2021-06-01): ours and active.
 * Year 3 (to 2023-02-28, 2023-04-30, 2023-05-30): B active (2022-11-01), C ours, not active. */
static void cohorts(void **state)
{
    (void)state;
    kam_table *acc, *t;
    kam_ledger l;
    fixture(&acc, &l);
    calc_retention_params p = CALC_RETENTION_PARAMS(day_of("2023-06-30"), CALC_ZH, CALC_BY_YEAR);
    assert_int_equal(calc_retention_cohorts(&(calc_facts){.accounts = acc, .ledger = &l}, &p, &t, NULL), KAM_OK);
    static const char *const column[] = {"cohort", "age", "accounts", "kept", "active", "first_value", "value"};
    static const char *const want[3][7] = {{"2020", "1", "3", "3", "1", "7.50", "7.50"}, {"2020", "2", "3", "2", "2", "7.50", "3.80"},
                                           {"2020", "3", "3", "2", "1", "7.50", "3.00"}};
    assert_int_equal(kam_table_rows(t), 3);
    for (size_t i = 0; i < 3; i++)
        for (size_t k = 0; k < 7; k++) assert_cell(t, i, column[k], want[i][k]);
    assert_float_equal(real_of(t, 1, "value_retention"), 380.0 / 750, 1e-12);
    kam_table_unref(t);
    kam_table_unref(acc);
    kam_ledger_release(&l);
}

/* opening + new + won back − lost = closing = the next opening, whatever the spans; and the spans agree on who is ours at the end. */
static void bucket_holds(void **state)
{
    (void)state;
    uint64_t seed = 11;
    kam_day asof = day_of("2025-12-31");
    kam_ledger l = random_ledger(300, asof, &seed);
    kam_table *acc = random_accounts(300);
    int64_t closing[3], ours = 0;
    for (size_t i = 0; i < 300; i++) ours += calc_spell_ours(&l, i, &(calc_spell_rule){200, 1.5}, asof);
    for (int by = 0; by < 3; by++) {
        calc_retention_params p = CALC_RETENTION_PARAMS(asof, CALC_EN, (calc_span)by);
        kam_table *t;
        p.rule = (calc_spell_rule){200, 1.5};
        assert_int_equal(calc_retention_periods(&(calc_facts){.accounts = acc, .ledger = &l}, &p, &t, NULL), KAM_OK);
        size_t n = kam_table_rows(t);
        const kam_column *opening = kam_table_find(t, "opening"), *end = kam_table_find(t, "closing"), *fresh = kam_table_find(t, "new");
        int64_t new_ones = 0;
        for (size_t i = 0; i < n; i++) {
            if (i) assert_int_equal(kam_col_int(opening, i), kam_col_int(end, i - 1));
            new_ones += kam_col_int(fresh, i);
            assert_true(kam_col_int(kam_table_find(t, "kept"), i) <= kam_col_int(opening, i));
        }
        assert_true(new_ones <= 300);
        closing[by] = kam_col_int(end, n - 1);
        kam_table_unref(t);
    }
    assert_int_equal(closing[0], closing[1]);
    assert_int_equal(closing[1], closing[2]);
    assert_int_equal(closing[2], ours);
    kam_table_unref(acc);
    kam_ledger_release(&l);
}

static void nothing(void **state)
{
    (void)state;
    kam_table *acc = build_accounts(""), *t;
    kam_ledger l = build_ledger("");
    calc_retention_params p = CALC_RETENTION_PARAMS(day_of("2025-12-31"), CALC_EN, CALC_BY_MONTH);
    calc_facts f = {.accounts = acc, .ledger = &l};
    assert_int_equal(calc_retention_periods(&f, &p, &t, NULL), KAM_OK);
    assert_int_equal(kam_table_rows(t), 0);
    kam_table_unref(t);
    assert_int_equal(calc_retention_cohorts(&f, &p, &t, NULL), KAM_OK);
    assert_int_equal(kam_table_rows(t), 0);
    kam_table_unref(t);
    kam_table_unref(acc);
    kam_ledger_release(&l);
    acc = build_accounts("A"); /* one account that only returned something */
    l = build_ledger("2025-01-01 -10\n");
    f = (calc_facts){.accounts = acc, .ledger = &l};
    assert_int_equal(calc_retention_periods(&f, &p, &t, NULL), KAM_OK);
    assert_int_equal(kam_table_rows(t), 0);
    kam_table_unref(t);
    kam_table_unref(acc);
    kam_ledger_release(&l);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(periods), cmocka_unit_test(cohorts), cmocka_unit_test(bucket_holds), cmocka_unit_test(nothing)};
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* F1 and F2. D = 2025-12-31. */
#include "unit.h"
#include "calc_build.h"
#include "calc_satisfaction.h"
#include <math.h>

#define ANSWERS "row:int survey:int date:day expectation:real perceived:real recommend:real buy_again:flag named_first:flag favourable:flag"

/* A: 7→8, then 7→6 (dissatisfied, change −2). B: as expected. C: above. D: a mark missing: never judged. E: two on one day, the worse counts. */
static kam_table *answers(void)
{
    return build_table(ANSWERS, "0|1|2025-02-01|7|8|10|1|1|1\n0|2|2025-11-01|7|6|5|0|0|0\n1|3|2025-03-01|7|7|9|1|0|1\n2|4|2025-10-01|5|9|7|1|-|-\n3|5|2025-10-01|5|-|6|1|-|-\n"
                                "4|6|2025-09-01|5|7|-|-|-|-\n4|7|2025-09-01|5|4|-|-|-|-\n0|8|2026-01-01|5|9|10|1|1|1\n9|9|2025-01-01|5|5|-|-|-|-\n5|10|2024-01-01|5|5|10|1|1|1");
}

static void accounts(void **state)
{
    (void)state;
    kam_table *acc = build_accounts("A B C D E F"), *in = answers(), *t;
    calc_facts f = {.accounts = acc};
    calc_satisfaction_params p = CALC_SATISFACTION_PARAMS(day_of("2025-12-31"), CALC_EN);
    assert_int_equal(calc_satisfaction_accounts(&f, in, &p, &t, NULL), KAM_OK);
    static const char *const column[] = {"account", "class", "gap", "change", "surveys", "previous"};
    static const char *const want[5][6] = {{"A", "dissatisfied", "-1", "-2", "2", "2025-02-01"}, {"E", "dissatisfied", "-1", "-", "2", "-"},
                                           {"B", "satisfied", "0", "-", "1", "-"}, {"F", "satisfied", "0", "-", "1", "-"}, {"C", "delighted", "4", "-", "1", "-"}};
    assert_int_equal(kam_table_rows(t), 5);
    for (size_t i = 0; i < 5; i++)
        for (size_t k = 0; k < 6; k++) assert_cell(t, i, column[k], want[i][k]);
    assert_string_equal(cell_of(t, 0, "why"), "perceived 6, expected 7; the gap was 1 on 2025-02-01");
    assert_string_equal(kam_table_note(t, 0), "1 of 6 accounts were never asked");
    kam_table *back = reversed_table(in), *r;
    assert_int_equal(calc_satisfaction_accounts(&f, back, &p, &r, NULL), KAM_OK);
    assert_null(difference(t, r, "account"));
    kam_table_unref(r);
    kam_table_unref(back);
    kam_table_unref(t);
    kam_table_unref(in);
    kam_table_unref(acc);
}

/* 2025-Q1: A +1, B 0: mean 0.5, s² = 0.5, t(1 df, 90 %) = 3.0776835, half = 3.0776835 × √(0.5/2) = 1.5388418. Q3: E alone: no interval. */
static void over_time(void **state)
{
    (void)state;
    kam_table *acc = build_accounts("A B C D E F"), *in = answers(), *t;
    calc_satisfaction_params p = CALC_SATISFACTION_PARAMS(day_of("2025-12-31"), CALC_EN);
    assert_int_equal(calc_satisfaction_time(&(calc_facts){.accounts = acc}, in, &p, &t, NULL), KAM_OK);
    assert_int_equal(kam_table_rows(t), 4);
    assert_cell(t, 0, "period", "2024-Q1");
    assert_cell(t, 1, "period", "2025-Q1");
    assert_cell(t, 1, "accounts", "2");
    assert_float_equal(real_of(t, 1, "gap"), 0.5, 1e-12);
    assert_float_equal(real_of(t, 1, "gap_low"), 0.5 - 1.5388418, 1e-6);
    assert_cell(t, 1, "delighted", "1");
    assert_cell(t, 2, "gap", "-1");
    assert_cell(t, 2, "gap_low", "-");
    assert_cell(t, 3, "accounts", "2"); /* A's second and C */
    kam_table_unref(t);
    p.by = CALC_BY_YEAR; /* of 2025 an account counts once: A −1, B 0, C 4, E −1 */
    assert_int_equal(calc_satisfaction_time(&(calc_facts){.accounts = acc}, in, &p, &t, NULL), KAM_OK);
    assert_cell(t, 1, "accounts", "4");
    assert_float_equal(real_of(t, 1, "gap"), 0.5, 1e-12);
    kam_table_unref(t);
    kam_table_unref(in);
    kam_table_unref(acc);
}

/* delivery 9/4 and 7/6 → 8, 5; manual 2/8 → 2, 8; price 6/8 → 6, 8; colour 2/3. Mean importance (8+2+6+2)/4 = 4.5, mean perceived (5+8+8+3)/4 = 6. */
static void factors(void **state)
{
    (void)state;
    kam_table *acc = build_accounts("A B"), *t;
    kam_table *in = build_table("row:int date:day factor:text importance:real expectation:real perceived:real",
                                "0|2025-10-01|delivery|9|8|4\n0|2025-02-01|delivery|1|1|1\n1|2025-10-01|delivery|7|-|6\n0|2025-10-01|manual|2|-|8\n0|2025-10-01|price|6|8|8\n"
                                "0|2025-10-01|colour|2|-|3\n0|2024-10-01|old|9|9|1\n0|2025-10-01|unasked|-|-|5\n0|2026-01-01|late|9|9|1");
    calc_satisfaction_params p = CALC_SATISFACTION_PARAMS(day_of("2025-12-31"), CALC_EN);
    assert_int_equal(calc_satisfaction_factors(&(calc_facts){.accounts = acc}, in, &p, &t, NULL), KAM_OK);
    static const char *const want[5][3] = {{"delivery", "improve", "2"}, {"price", "keep", "1"}, {"colour", "later", "1"}, {"manual", "less", "1"}, {"unasked", "-", "1"}};
    assert_int_equal(kam_table_rows(t), 5);
    for (size_t i = 0; i < 5; i++) {
        assert_cell(t, i, "factor", want[i][0]);
        assert_cell(t, i, "class", want[i][1]);
        assert_cell(t, i, "accounts", want[i][2]);
    }
    assert_float_equal(real_of(t, 0, "importance"), 8, 1e-12);
    assert_float_equal(real_of(t, 0, "gap"), -4, 1e-12); /* the one whose expectation is known */
    kam_table_unref(t);
    kam_table_unref(in);
    kam_table_unref(acc);
}

/* Windows: (2023-12-31, 2024-12-30] and (2024-12-31 …]. A bought in both, B in the first, C in the second, D never. Of A and C, A referred. */
static void rates(void **state)
{
    (void)state;
    kam_table *acc = build_accounts("A B C D E F"), *in = answers(), *t, *referrals = build_table("row:int date:day", "0|2025-06-01\n1|2025-06-01\n2|2024-06-01\n2|2026-01-01");
    kam_ledger l = build_ledger("2024-05-01 100 2025-05-01 100\n2024-05-01 100\n2025-05-01 100\n\n2024-05-01 -5\n\n");
    calc_satisfaction_params p = CALC_SATISFACTION_PARAMS(day_of("2025-12-31"), CALC_EN);
    calc_facts f = {.accounts = acc, .ledger = &l, .referrals = referrals};
    assert_int_equal(calc_satisfaction_rates(&f, in, &p, &t, NULL), KAM_OK);
    static const struct {
        const char *measure;
        double value;
        const char *n;
    } want[] = {{"repurchase", 0.5, "2"}, {"buy_again", 0.75, "4"}, {"referral", 0.5, "2"}, {"named_first", 0, "2"}, {"favourable", 0.5, "2"},
                {"nps", -25, "4"}, {"promoters", 0.25, "4"}, {"detractors", 0.5, "4"}, {"gap", 0.5, "4"}, {"dissatisfied", 0.5, "4"}};
    for (size_t i = 0; i < sizeof want / sizeof *want; i++) {
        size_t r = row_where(t, "measure", want[i].measure);
        assert_float_equal(real_of(t, r, "value"), want[i].value, 1e-9);
        assert_cell(t, r, "n", want[i].n);
    }
    /* Wilson at 80 %, k = 3, n = 4: z² = 1.6423744: (.75 + .2052968 ± 1.2815516 √(.1875/4 + .0256621)) / 1.4105936 = .67724 ± .24471 */
    size_t r = row_where(t, "measure", "buy_again");
    assert_float_equal(real_of(t, r, "low"), 0.43253, 1e-4);
    assert_float_equal(real_of(t, r, "high"), 0.92191, 1e-4);
    kam_table_unref(t);
    kam_table_unref(in);
    kam_table_unref(referrals);
    kam_table_unref(acc);
    kam_ledger_release(&l);
}

/* 70 promoters, 10 detractors of 100 at 95 %: p = 70.75/103, d = 10.75/103, mid = .582524, var = (p + d − mid²)/103, half = 1.959964 × √(.791262 − .339334)/√103
 * = 1.959964 × .066239 = .129826. */
static void nps(void **state)
{
    (void)state;
    double v, low, high;
    assert_true(calc_nps(70, 10, 100, 0.95, &v, &low, &high));
    assert_float_equal(v, 60, 1e-12);
    assert_float_equal(low, 45.2698, 2e-3);
    assert_float_equal(high, 71.2350, 2e-3);
    assert_true(calc_nps(5, 0, 5, 0.95, &v, &low, &high)); /* all promoters: the plain interval would have no length */
    assert_float_equal(v, 100, 0);
    assert_true(low < 60 && high <= 100);
    assert_false(calc_nps(0, 0, 0, 0.95, &v, &low, &high));
    double m;
    assert_true(calc_mean_interval(3, 9, 1, 0.95, &m, &low, &high));
    assert_true(isnan(low) && isnan(high));
    assert_false(calc_mean_interval(0, 0, 0, 0.95, &m, &low, &high));
}

static void nothing(void **state)
{
    (void)state;
    kam_table *acc = build_accounts(""), *t;
    kam_ledger l = build_ledger("");
    calc_facts f = {.accounts = acc, .ledger = &l};
    calc_satisfaction_params p = CALC_SATISFACTION_PARAMS(day_of("2025-12-31"), CALC_ZH);
    kam_rc (*const all[])(const calc_facts *, const kam_table *, const calc_satisfaction_params *, kam_table **, kam_err *) = {
        calc_satisfaction_accounts, calc_satisfaction_time, calc_satisfaction_factors};
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(all[i](&f, NULL, &p, &t, NULL), KAM_OK);
        assert_int_equal(kam_table_rows(t), 0);
        kam_table_unref(t);
    }
    assert_int_equal(calc_satisfaction_rates(&f, NULL, &p, &t, NULL), KAM_OK);
    for (size_t i = 0; i < kam_table_rows(t); i++) assert_cell(t, i, "value", "-"); /* n = 0 is missing, not 0 */
    assert_int_equal(kam_table_rows(t), 10);
    kam_table_unref(t);
    kam_table_unref(acc);
    kam_ledger_release(&l);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(accounts), cmocka_unit_test(over_time), cmocka_unit_test(factors), cmocka_unit_test(rates), cmocka_unit_test(nps),
                                       cmocka_unit_test(nothing)};
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* C7 collections. D = 2025-06-30. */
#include "unit.h"
#include "calc_build.h"
#include "calc_collect.h"
#include "calc_special.h"
#include <math.h>

#define PAYMENTS "row:int invoice_no:text date:day due:day paid_on:day amount:money"
#define HABITS "row:int storage_capacity:real pay_day:int"

static void pay_days(void **state)
{
    (void)state;
    assert_int_equal(calc_pay_day(day_of("2025-06-10"), 10), day_of("2025-06-10"));
    assert_int_equal(calc_pay_day(day_of("2025-06-11"), 10), day_of("2025-07-10"));
    assert_int_equal(calc_pay_day(day_of("2025-02-01"), 31), day_of("2025-02-28"));
    assert_int_equal(calc_pay_day(day_of("2025-12-31"), 1), day_of("2026-01-01"));
    assert_int_equal(calc_pay_day(day_of("2024-02-29"), 30), day_of("2024-02-29"));
}

/* Delays {2, 4} and {8, 12, 10}: within = (2 + 8)/(5 − 2) = 10/3; grand mean 36/5 = 7.2, between groups 2·(3−7.2)² + 3·(10−7.2)² = 58.8;
 * n0 = (5 − 13/5)/1 = 2.4; between = (58.8 − 10/3)/2.4 = 23.1111. Weights 1/(23.1111 + 10/6), 1/(23.1111 + 10/9). */
static void pooling_by_hand(void **state)
{
    (void)state;
    const double n[] = {2, 3, 0}, sum[] = {6, 30, 0}, squares[] = {20, 308, 0};
    calc_delays d;
    calc_delays_fit(3, n, sum, squares, &d);
    assert_float_equal(d.within, 10.0 / 3, 1e-12);
    assert_float_equal(d.between, 23.111111111, 1e-8);
    double w1 = 1 / (208.0 / 9 + 10.0 / 6), w2 = 1 / (208.0 / 9 + 10.0 / 9);
    assert_float_equal(d.mean, (3 * w1 + 10 * w2) / (w1 + w2), 1e-9);
    double r = d.within / d.between, sd;
    assert_float_equal(calc_delays_usual(&d, 2, 6, &sd), (2 * 3 + r * d.mean) / (2 + r), 1e-9);
    assert_float_equal(sd * sd, d.within + 1 / (2 / d.within + 1 / d.between), 1e-9);
    assert_float_equal(calc_delays_usual(&d, 0, 0, NULL), d.mean, 1e-12);
}

static void limits(void **state)
{
    (void)state;
    calc_delays d;
    const double none[] = {0, 0}, one[] = {1, 0}, sum[] = {5, 0}, sq[] = {25, 0};
    calc_delays_fit(2, none, none, none, &d);
    assert_true(isnan(calc_delays_usual(&d, 0, 0, NULL)));
    calc_delays_fit(2, one, sum, sq, &d); /* one invoice of one account */
    double sd;
    assert_float_equal(calc_delays_usual(&d, 1, 5, &sd), 5, 1e-12);
    assert_true(isnan(sd));
    const double n2[] = {2, 2}, s2[] = {6, 6}, q2[] = {20, 20}; /* equal means: nothing between accounts */
    calc_delays_fit(2, n2, s2, q2, &d);
    assert_float_equal(d.between, 0, 0);
    assert_float_equal(calc_delays_usual(&d, 2, 40, NULL), 3, 1e-12);
    const double q0[] = {18, 18}; /* and nothing within either */
    calc_delays_fit(2, n2, s2, q0, &d);
    assert_float_equal(calc_delays_usual(&d, 2, 6, &sd), 3, 1e-12);
    assert_float_equal(sd, 0, 0);
}

/* Truth known: account means N(6, 5²), payments N(mean, 4²). The range of one payment holds 80 %, and the pooled mean is nearer. */
static void known_truth(void **state)
{
    (void)state;
    enum { N = 4000 };
    static double n[N], sum[N], squares[N], mean[N], next[N];
    calc_rng r;
    calc_rng_seed(&r, 21);
    for (int i = 0; i < N; i++) {
        mean[i] = 6 + 5 * calc_rng_normal(&r);
        n[i] = (int)(8 * calc_rng_uniform(&r));
        sum[i] = squares[i] = 0;
        for (int j = 0; j < (int)n[i]; j++) {
            double delay = mean[i] + 4 * calc_rng_normal(&r);
            sum[i] += delay;
            squares[i] += delay * delay;
        }
        next[i] = mean[i] + 4 * calc_rng_normal(&r);
    }
    calc_delays d;
    calc_delays_fit(N, n, sum, squares, &d);
    assert_float_equal(d.within, 16, 1.0);
    assert_float_equal(d.between, 25, 3.0);
    double covered = 0, own = 0, pooled = 0, z = calc_normal_quantile(0.9);
    for (int i = 0; i < N; i++) {
        double sd, usual = calc_delays_usual(&d, n[i], sum[i], &sd);
        covered += fabs(next[i] - usual) <= z * sd;
        if (n[i] < 1) continue;
        own += pow(sum[i] / n[i] - mean[i], 2);
        pooled += pow(usual - mean[i], 2);
    }
    assert_float_equal(covered / N, 0.8, 4 * sqrt(0.16 / N));
    assert_true(pooled < own);
}

static void open_invoices(void **state)
{
    (void)state;
    kam_table *acc = build_accounts("A B C"), *t, *u;
    kam_table *payments = build_table(PAYMENTS, "0|F1|2025-01-01|2025-02-01|2025-02-03|100\n0|F2|2025-02-01|2025-03-01|2025-03-05|100\n"
                                                "0|F3|2025-05-01|2025-06-25|-|300\n0|F4|2025-06-01|2025-07-20|2025-07-01|50\n0|F5|2025-05-01|2025-06-01|-|-20\n"
                                                "1|F6|2025-01-01|2025-02-01|2025-02-09|70\n1|-|2025-03-01|2025-04-01|2025-04-13|70\n1|F7|2025-03-01|2025-04-01|2025-04-11|70\n"
                                                "1|F8|2025-03-01|2025-05-01|-|900");
    kam_table *habits = build_table(HABITS, "0|-|5\n2|-|31");
    calc_collect_params p = CALC_COLLECT_PARAMS(day_of("2025-06-30"), CALC_EN);
    calc_facts f = {.accounts = acc};
    assert_int_equal(calc_collect_invoices(&f, payments, habits, &p, &t, NULL), KAM_OK);
    assert_int_equal(kam_table_rows(t), 3); /* a credit note is no claim; F4 was paid after D, so it is open on D */
    assert_cell(t, 0, "invoice_no", "F8");
    assert_cell(t, 0, "class", "chase");
    assert_cell(t, 0, "late_days", "60");
    assert_cell(t, 0, "paid", "3");
    assert_cell(t, 0, "expected", "2025-05-11"); /* about 10 days late */
    assert_cell(t, 1, "invoice_no", "F3");
    assert_cell(t, 1, "expected", "2025-07-05"); /* 06-25 and about 3 days, moved to the 5th */
    assert_cell(t, 1, "class", "due");
    assert_cell(t, 1, "pay_day", "5");
    assert_cell(t, 2, "class", "not-due");
    p.days = 10;
    assert_int_equal(calc_collect_invoices(&f, payments, habits, &p, &u, NULL), KAM_OK);
    assert_int_equal(kam_table_rows(u), 2);
    kam_table_unref(u);
    kam_table_unref(t);
    p.days = -1;
    assert_int_equal(calc_collect_payers(&f, payments, habits, &p, &t, NULL), KAM_OK);
    assert_int_equal(kam_table_rows(t), 3);
    assert_cell(t, 0, "open", "2");
    assert_cell(t, 0, "open_amount", "3.50");
    assert_cell(t, 0, "late_amount", "3.00");
    assert_cell(t, 0, "mean_delay", "3");
    assert_cell(t, 2, "mean_delay", "-"); /* C: a pay day, but no invoice */
    assert_cell(t, 2, "next_expected", "-");
    kam_table_unref(t);
    kam_table_unref(payments);
    /* Nobody ever paid: only a pay day can tell; nothing at all is an empty table. */
    payments = build_table(PAYMENTS, "0|F3|2025-05-01|2025-06-25|-|300\n1|F8|2025-03-01|2025-05-01|-|900");
    assert_int_equal(calc_collect_invoices(&f, payments, habits, &p, &t, NULL), KAM_OK);
    assert_cell(t, 0, "expected", "2025-07-05");
    assert_cell(t, 1, "expected", "-");
    kam_table_unref(t);
    assert_int_equal(calc_collect_invoices(&f, NULL, NULL, &p, &t, NULL), KAM_OK);
    assert_int_equal(kam_table_rows(t), 0);
    kam_table_unref(t);
    kam_table_unref(payments);
    kam_table_unref(habits);
    kam_table_unref(acc);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(pay_days), cmocka_unit_test(pooling_by_hand), cmocka_unit_test(limits),
                                       cmocka_unit_test(known_truth), cmocka_unit_test(open_invoices)};
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}

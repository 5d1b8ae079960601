/* SPDX-License-Identifier: GPL-3.0-or-later */
/* F3. D = 2025-12-31; halves: recent from 2025-07-05, prior from 2025-01-06. */
#include "unit.h"
#include "calc_build.h"
#include "calc_silence.h"

/* A: complaints 2025-01-01 and 2025-02-01 (gap 31, × 3 = 93 < 180), silent 333 days; orders 85 of 100: exactly the ratio, falls: alarm.
 * B: the same, orders 86 of 100: warning. C: 2025-01-01, 2025-07-04: silent 180 = not more than 3 × 184 = 552: talking. D: one complaint: no habit.
 * E: no order before: no trend, warning. F: lost (bought 2020): left out. G never complained. */
static void classes(void **state)
{
    (void)state;
    kam_table *acc = build_accounts("A B C D E F G"), *t, *sum;
    kam_ledger l = build_ledger("2025-03-01 100 2025-08-01 85\n2025-03-01 100 2025-08-01 86\n2025-03-01 100 2025-08-01 10\n2025-08-01 10\n2025-08-01 10\n2020-01-01 10\n2025-08-01 10\n");
    kam_table *complaints = build_table("row:int date:day", "0|2025-02-01\n0|2025-01-01\n1|2025-01-01\n1|2025-02-01\n2|2025-01-01\n2|2025-07-04\n3|2025-01-01\n"
                                                            "4|2025-01-01\n4|2025-01-01\n5|2020-02-01\n5|2020-03-01\n3|2026-01-01\n9|2025-01-01");
    kam_table *surveys = build_table("row:int date:day expectation:real perceived:real", "0|2025-05-01|7|5\n0|2025-05-01|7|9\n0|2025-01-01|7|7\n1|2025-05-01|7|-\n");
    calc_silence_params p = CALC_SILENCE_PARAMS(day_of("2025-12-31"), CALC_EN);
    calc_facts f = {.accounts = acc, .ledger = &l, .complaints = complaints, .surveys = surveys};
    assert_int_equal(calc_silence(&f, &p, &t, NULL), KAM_OK);
    static const char *const want[5][4] = {{"A", "alarm", "333", "180"}, {"E", "warning", "364", "180"}, {"B", "warning", "333", "180"}, {"C", "talking", "180", "552"},
                                           {"D", "no-habit", "364", "-"}};
    static const char *const column[] = {"account", "class", "silent_days", "silent_after"};
    assert_int_equal(kam_table_rows(t), 5);
    for (size_t i = 0; i < 5; i++)
        for (size_t k = 0; k < 4; k++) assert_cell(t, i, column[k], want[i][k]);
    assert_float_equal(real_of(t, 0, "order_ratio"), 0.85, 1e-12);
    assert_cell(t, 0, "last_gap", "-2"); /* of one day the worst */
    assert_cell(t, 2, "last_gap", "-");  /* one mark missing */
    assert_cell(t, 1, "order_ratio", "-");
    assert_string_equal(cell_of(t, 0, "why"), "complained 2 times, silent for 333 days, more than 180; orders at 85 % of the 180 days before");
    assert_string_equal(kam_table_note(t, 1), "left out: 1 accounts that complained and are not (or no longer) ours");
    assert_int_equal(calc_class_summary(t, "class", "recent_revenue", calc_silence_classes, &sum, NULL), KAM_OK);
    assert_cell(sum, 1, "count", "2");
    kam_table_unref(sum);
    kam_table_unref(t);
    /* One day longer without a complaint is needed than the rule allows: 552 days after 2025-07-04. */
    p.quiet_gaps = 0;
    p.quiet_days = 179;
    assert_int_equal(calc_silence(&f, &p, &t, NULL), KAM_OK);
    assert_cell(t, row_where(t, "account", "C"), "class", "alarm");
    kam_table_unref(t);
    kam_table_unref(surveys);
    kam_table_unref(complaints);
    kam_table_unref(acc);
    kam_ledger_release(&l);
}

/* The order of rows changes nothing. */
static void order_of_rows(void **state)
{
    (void)state;
    uint64_t seed = 5;
    kam_day asof = day_of("2025-12-31");
    kam_ledger l = random_ledger(80, asof, &seed);
    kam_table *acc = random_accounts(80), *t, *r;
    kam_str rows = KAM_STR_INIT;
    for (int i = 0; i < 300; i++) {
        char day[KAM_DATE_MAX];
        kam_day_format(asof - (kam_day)(rnd(&seed) % 900), day);
        kam_str_addf(&rows, "%d|%s\n", (int)(rnd(&seed) % 80), day);
    }
    kam_table *complaints = build_table("row:int date:day", kam_str_cstr(&rows)), *back = reversed_table(complaints);
    calc_silence_params p = CALC_SILENCE_PARAMS(asof, CALC_ZH);
    assert_int_equal(calc_silence(&(calc_facts){.accounts = acc, .ledger = &l, .complaints = complaints}, &p, &t, NULL), KAM_OK);
    assert_int_equal(calc_silence(&(calc_facts){.accounts = acc, .ledger = &l, .complaints = back}, &p, &r, NULL), KAM_OK);
    assert_true(kam_table_rows(t) > 20);
    assert_null(difference(t, r, "account"));
    kam_table_unref(t);
    kam_table_unref(r);
    kam_table_unref(back);
    kam_table_unref(complaints);
    kam_table_unref(acc);
    kam_ledger_release(&l);
    kam_str_release(&rows);
}

static void nothing(void **state)
{
    (void)state;
    kam_table *acc = build_accounts(""), *t;
    kam_ledger l = build_ledger("");
    calc_silence_params p = CALC_SILENCE_PARAMS(day_of("2025-12-31"), CALC_EN);
    assert_int_equal(calc_silence(&(calc_facts){.accounts = acc, .ledger = &l}, &p, &t, NULL), KAM_OK);
    assert_int_equal(kam_table_rows(t), 0);
    kam_table_unref(t);
    kam_table_unref(acc);
    kam_ledger_release(&l);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(classes), cmocka_unit_test(order_of_rows), cmocka_unit_test(nothing)};
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}

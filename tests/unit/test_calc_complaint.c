/* SPDX-License-Identifier: GPL-3.0-or-later */
/* C5. D = 2025-12-31. */
#include "unit.h"
#include "calc_build.h"
#include "calc_complaint.h"

#define COMPLAINTS "row:int date:day resolved_on:day owner:text"

/* Annual revenue by hand: A bought 300 in all since 2025-11-01, less than a year: 300. B bought 1461 + 1461 since 2021-12-31: 2025-12-31 is
 * day 1462 of it, 1462/365.25 years, 2922 / (1462/365.25) = 730.0. C has only a refund: the mean of A and B, 515. */
static void fixture(kam_table **acc, kam_ledger *l, kam_table **complaints)
{
    *acc = build_accounts("A B C D");
    *l = build_ledger("2025-11-01 100 2025-12-01 200\n2021-12-31 1461 2025-03-05 1461\n2025-05-05 -50\n2020-01-01 5 2020-01-02 -5\n");
    *complaints = build_table(COMPLAINTS, "0|2025-12-20|-|R1\n0|2025-12-10|-|-\n1|2025-03-01|2025-03-04|R2\n2|2025-12-31|2026-01-05|-\n"
                                          "9|2025-01-01|-|-\n1|2026-01-01|-|-");
}

static void prices(void **state)
{
    (void)state;
    kam_table *acc, *complaints, *t, *m;
    kam_ledger l;
    fixture(&acc, &l, &complaints);
    calc_facts f = {.accounts = acc, .ledger = &l, .complaints = complaints};
    calc_complaint_params p = CALC_COMPLAINT_PARAMS(day_of("2025-12-31"), CALC_EN);
    p.factor = 10;
    assert_int_equal(calc_complaint_register(&f, &p, &t, NULL), KAM_OK);
    assert_int_equal(kam_table_rows(t), 4); /* an unknown account and a complaint after D are not there */
    static const char *const want[4][6] = {{"B", "3", "0", "account", "7.30", "73.00"}, {"A", "21", "1", "account", "3.00", "30.00"},
                                           {"A", "11", "1", "account", "3.00", "30.00"}, {"C", "0", "1", "portfolio", "5.15", "51.50"}};
    static const char *const column[] = {"account", "days", "open", "revenue_of", "annual_revenue", "upper_bound"};
    for (size_t i = 0; i < 4; i++)
        for (size_t k = 0; k < 6; k++) assert_cell(t, i, column[k], want[i][k]);
    assert_cell(t, 3, "resolved_on", "-"); /* resolved after D: still open on D */
    kam_table_unref(t);

    assert_int_equal(calc_complaint_accounts(&f, &p, &t, NULL), KAM_OK);
    assert_cell(t, 0, "account", "C"); /* 5.15 is more than 3.00 */
    assert_cell(t, 1, "account", "A");
    assert_cell(t, 1, "open", "2");
    assert_cell(t, 1, "oldest_open", "2025-12-10");
    assert_cell(t, 1, "upper_bound", "30.00"); /* once, though two are open */
    assert_cell(t, 2, "account", "B");
    assert_cell(t, 2, "upper_bound", "-");
    kam_table_unref(t);

    assert_int_equal(calc_complaint_measures(&f, &p, &m, NULL), KAM_OK);
    assert_float_equal(real_of(m, row_where(m, "measure", "open_upper_bound"), "value"), 81.5, 1e-4); /* 30 + 51.5 */
    assert_float_equal(real_of(m, row_where(m, "measure", "open_complaints"), "value"), 3, 0);
    assert_float_equal(real_of(m, row_where(m, "measure", "people_touched"), "value"), 50, 0);
    assert_float_equal(real_of(m, row_where(m, "measure", "chances_if_settled"), "value"), 16, 0);
    kam_table_unref(m);
    kam_table_unref(acc);
    kam_table_unref(complaints);
    kam_ledger_release(&l);
}

/* Six complaints 200 days before D; every account bought before. Speeds 3 (fast), 4 (normal), 10 (slow), 11 (late), unresolved. A purchase on
 * the day of the complaint is before it; one on the 90th day after counts, on the 91st does not. 2025-06-14 + 90 = 2025-09-12. */
static void recovery(void **state)
{
    (void)state;
    kam_table *acc = build_accounts("A B C D E F G");
    kam_ledger l = build_ledger("2025-01-01 9 2025-09-12 9\n2025-01-01 9 2025-09-13 9\n2025-06-14 9\n2025-01-01 9 2025-07-01 9\n2025-01-01 9 2025-07-01 -9\n"
                                "2025-07-01 9\n2025-01-01 9\n");
    kam_table *complaints = build_table(COMPLAINTS, "0|2025-06-14|2025-06-17|-\n1|2025-06-14|2025-06-18|-\n2|2025-06-14|2025-06-24|-\n"
                                                    "3|2025-06-14|2025-06-25|-\n4|2025-06-14|-|-\n5|2025-06-14|-|-\n6|2025-12-01|-|-"), *t;
    calc_complaint_params p = CALC_COMPLAINT_PARAMS(day_of("2025-12-31"), CALC_EN);
    assert_int_equal(calc_complaint_recovery(&(calc_facts){.accounts = acc, .ledger = &l, .complaints = complaints}, &p, &t, NULL), KAM_OK);
    static const char *const want[6][3] = {{"fast", "1", "1"}, {"normal", "1", "0"}, {"slow", "1", "0"}, {"late", "1", "1"},
                                           {"unresolved", "1", "0"}, {"total", "5", "2"}};
    for (size_t i = 0; i < 6; i++) {
        assert_cell(t, i, "class", want[i][0]);
        assert_cell(t, i, "complaints", want[i][1]);
        assert_cell(t, i, "repurchased", want[i][2]);
    }
    assert_float_equal(real_of(t, 5, "share"), 0.4, 1e-12);
    /* Wilson at 80 %: z = 1.2815516, k = 2, n = 5: (.4 + z²/10 ± z·sqrt(.4·.6/5 + z²/100)) / (1 + z²/5) = .1799, .6696 */
    assert_float_equal(real_of(t, 5, "low"), 0.179873, 1e-5);
    assert_float_equal(real_of(t, 5, "high"), 0.669579, 1e-5);
    assert_cell(t, 4, "quoted", "-");
    assert_string_equal(kam_table_note(t, 1), "left out: 1 complaints not yet 90 days old, 1 of accounts that had not bought before");
    kam_table_unref(t);
    kam_table_unref(complaints);
    kam_table_unref(acc);
    kam_ledger_release(&l);
}

static void nothing(void **state)
{
    (void)state;
    kam_table *acc = build_accounts(""), *t;
    kam_ledger l = build_ledger("");
    calc_complaint_params p = CALC_COMPLAINT_PARAMS(day_of("2025-12-31"), CALC_ZH);
    calc_facts f = {.accounts = acc, .ledger = &l};
    assert_int_equal(calc_complaint_register(&f, &p, &t, NULL), KAM_OK);
    assert_int_equal(kam_table_rows(t), 0);
    kam_table_unref(t);
    assert_int_equal(calc_complaint_measures(&f, &p, &t, NULL), KAM_OK);
    assert_float_equal(real_of(t, row_where(t, "measure", "open_upper_bound"), "value"), 0, 0);
    kam_table_unref(t);
    assert_int_equal(calc_complaint_recovery(&f, &p, &t, NULL), KAM_OK);
    assert_cell(t, 5, "share", "-");
    kam_table_unref(t);
    kam_table_unref(acc);
    kam_ledger_release(&l);
    /* A complaint where nobody ever bought: no revenue of anyone, no price, and not 0. */
    acc = build_accounts("A");
    l = build_ledger("\n");
    kam_table *complaints = build_table(COMPLAINTS, "0|2025-12-20|-|R1");
    f = (calc_facts){.accounts = acc, .ledger = &l, .complaints = complaints};
    assert_int_equal(calc_complaint_register(&f, &p, &t, NULL), KAM_OK);
    assert_cell(t, 0, "upper_bound", "-");
    assert_cell(t, 0, "revenue_of", "-");
    kam_table_unref(t);
    assert_int_equal(calc_complaint_measures(&f, &p, &t, NULL), KAM_OK);
    assert_cell(t, row_where(t, "measure", "open_upper_bound"), "value", "-");
    kam_table_unref(t);
    kam_table_unref(complaints);
    kam_table_unref(acc);
    kam_ledger_release(&l);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(prices), cmocka_unit_test(recovery), cmocka_unit_test(nothing)};
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}

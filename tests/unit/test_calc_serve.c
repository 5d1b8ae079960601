/* SPDX-License-Identifier: GPL-3.0-or-later */
/* C4. D = 2025-12-31, window 365: it begins on 2025-01-01. */
#include "unit.h"
#include "calc_build.h"
#include "calc_serve.h"

#define FLOWS "row:int date:day amount:money kind:text"

/* By hand (minor units):
 *   A  revenue 1000, margin 400; serve 50, attract 30         -> profit 320, of 1000: .32
 *   B  revenue 500, margin 100; maintain 150                  -> -50
 *   C  bought nothing; a cost of kind unknown, 20             -> -20
 *   D  its only day has no known margin                       -> missing
 *   E  margin 80 on one day, unknown on another; won in the window for 10 -> 70
 * Peak 320 + 70 = 390, total 390 - 70 = 320, eaten 70: 70/390. */
static void fixture(kam_table **acc, kam_ledger *l, kam_table **flows)
{
    *acc = build_accounts("A B C D E");
    *l = build_ledger("2024-12-31 777/700 2025-01-01 600/250 2025-12-31 400/150\n2025-03-01 500/100\n\n2025-03-01 900/?\n"
                      "2025-02-01 200/80 2025-02-02 100/?\n");
    *flows = build_table(FLOWS, "0|2025-06-01|-50|serve\n0|2025-12-31|-30|attract\n0|2024-12-31|-999|serve\n1|2025-01-01|-150|maintain\n"
                                "2|2025-05-05|-20|-\n4|2025-04-04|-10|acquisition\n0|2023-01-01|-500|acquisition\n9|2025-04-04|-10|serve\n"
                                "-|2025-04-04|-10|serve");
}

static void by_hand(void **state)
{
    (void)state;
    kam_table *acc, *flows, *t, *m, *w;
    kam_ledger l;
    fixture(&acc, &l, &flows);
    calc_facts f = {.accounts = acc, .ledger = &l};
    calc_serve_params p = CALC_SERVE_PARAMS(day_of("2025-12-31"), CALC_EN);
    assert_int_equal(calc_serve(&f, flows, &p, &t, NULL), KAM_OK);
    static const struct {
        const char *account, *rank, *profit, *service, *acquisition, *unknown;
    } want[] = {{"A", "1", "3.20", "0.80", "0.00", "0"}, {"E", "2", "0.70", "0.00", "0.10", "1"}, {"C", "3", "-0.20", "0.20", "0.00", "0"},
                {"B", "4", "-0.50", "1.50", "0.00", "0"}, {"D", "-", "-", "0.00", "0.00", "1"}};
    for (size_t i = 0; i < COUNT_OF(want); i++) {
        assert_cell(t, i, "account", want[i].account);
        assert_cell(t, i, "rank", want[i].rank);
        assert_cell(t, i, "profit", want[i].profit);
        assert_cell(t, i, "service_cost", want[i].service);
        assert_cell(t, i, "acquisition", want[i].acquisition);
        assert_cell(t, i, "unknown_days", want[i].unknown);
    }
    assert_cell(t, 0, "attract", "0.30");
    assert_cell(t, 0, "serve", "0.50");
    assert_float_equal(real_of(t, 0, "profit_margin"), 0.32, 1e-12);
    assert_float_equal(real_of(t, 3, "peak_share"), -50.0 / 390, 1e-12);
    assert_cell(t, 2, "profit_margin", "-"); /* nothing bought */
    assert_cell(t, 4, "margin", "-");
    assert_string_equal(kam_table_note(t, 1), "days whose margin is unknown and left out: 2; accounts without any known margin: 1");

    assert_int_equal(calc_serve_measures(t, &p, &m, NULL), KAM_OK);
    assert_float_equal(real_of(m, row_where(m, "measure", "peak_profit"), "value"), 3.90, 1e-12);
    assert_float_equal(real_of(m, row_where(m, "measure", "eaten"), "value"), 0.70, 1e-12);
    assert_cell(m, row_where(m, "measure", "eaten"), "n", "2");
    assert_float_equal(real_of(m, row_where(m, "measure", "eaten_share"), "value"), 70.0 / 390, 1e-12);
    assert_float_equal(real_of(m, row_where(m, "measure", "peak_accounts"), "value"), 0.5, 1e-12); /* A and E of four known */
    assert_cell(m, row_where(m, "measure", "unknown_profit"), "n", "1");

    assert_int_equal(calc_serve_whale(t, &p, &w, NULL), KAM_OK);
    assert_int_equal(kam_table_rows(w), 5);
    static const char *const cumulative[] = {"0.00", "3.20", "3.90", "3.70", "3.20"};
    for (size_t i = 0; i < 5; i++) {
        assert_cell(w, i, "cumulative", cumulative[i]);
        assert_cell(w, i, "peak", i == 2 ? "1" : "0");
    }
    assert_cell(w, 0, "account", "-");
    assert_cell(w, 2, "account", "E");
    p.curve_points = 1; /* thinned: start, peak, end */
    kam_table_unref(w);
    assert_int_equal(calc_serve_whale(t, &p, &w, NULL), KAM_OK);
    assert_int_equal(kam_table_rows(w), 3);
    assert_cell(w, 1, "peak", "1");
    kam_table_unref(w);
    kam_table_unref(m);
    kam_table_unref(t);
    kam_table_unref(acc);
    kam_table_unref(flows);
    kam_ledger_release(&l);
}

static void nobody_and_losers_only(void **state)
{
    (void)state;
    kam_table *acc = build_accounts(""), *t, *m, *w;
    kam_ledger l = build_ledger("");
    calc_serve_params p = CALC_SERVE_PARAMS(day_of("2025-12-31"), CALC_ZH);
    assert_int_equal(calc_serve(&(calc_facts){.accounts = acc, .ledger = &l}, NULL, &p, &t, NULL), KAM_OK);
    assert_int_equal(kam_table_rows(t), 0);
    assert_int_equal(calc_serve_measures(t, &p, &m, NULL), KAM_OK);
    assert_cell(m, row_where(m, "measure", "eaten_share"), "value", "-");
    assert_int_equal(calc_serve_whale(t, &p, &w, NULL), KAM_OK);
    assert_int_equal(kam_table_rows(w), 1);
    kam_table_unref(w);
    kam_table_unref(m);
    kam_table_unref(t);
    kam_table_unref(acc);
    kam_ledger_release(&l);
    /* One account that only costs: the peak is 0 at rank 0, and shares of it are not defined. */
    acc = build_accounts("A");
    l = build_ledger("\n");
    kam_table *flows = build_table(FLOWS, "0|2025-06-01|-50|serve");
    assert_int_equal(calc_serve(&(calc_facts){.accounts = acc, .ledger = &l}, flows, &p, &t, NULL), KAM_OK);
    assert_cell(t, 0, "profit", "-0.50");
    assert_cell(t, 0, "peak_share", "-");
    assert_int_equal(calc_serve_whale(t, &p, &w, NULL), KAM_OK);
    assert_cell(w, 0, "peak", "1");
    assert_cell(w, 1, "peak", "0");
    kam_table_unref(w);
    kam_table_unref(t);
    kam_table_unref(flows);
    kam_table_unref(acc);
    kam_ledger_release(&l);
}

/* Profit adds up whatever the order of accounts; the peak is never below the end. */
static void property(void **state)
{
    (void)state;
    uint64_t seed = 11;
    kam_table *acc = random_accounts(200), *t, *r, *back = reversed_table(acc), *m;
    kam_ledger l = random_ledger(200, day_of("2025-12-31"), &seed), rl = reversed_ledger(&l);
    calc_serve_params p = CALC_SERVE_PARAMS(day_of("2025-12-31"), CALC_EN);
    assert_int_equal(calc_serve(&(calc_facts){.accounts = acc, .ledger = &l}, NULL, &p, &t, NULL), KAM_OK);
    assert_int_equal(calc_serve(&(calc_facts){.accounts = back, .ledger = &rl}, NULL, &p, &r, NULL), KAM_OK);
    assert_null(difference(t, r, "account"));
    int64_t margin = sum_of(t, "margin");
    assert_int_equal(sum_of(t, "profit"), margin);
    assert_int_equal(calc_serve_measures(t, &p, &m, NULL), KAM_OK);
    assert_true(real_of(m, row_where(m, "measure", "peak_profit"), "value") >= real_of(m, row_where(m, "measure", "profit"), "value"));
    kam_table_unref(m);
    kam_table_unref(t);
    kam_table_unref(r);
    kam_table_unref(acc);
    kam_table_unref(back);
    kam_ledger_release(&l);
    kam_ledger_release(&rl);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(by_hand), cmocka_unit_test(nobody_and_losers_only), cmocka_unit_test(property)};
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}

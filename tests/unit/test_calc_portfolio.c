/* SPDX-License-Identifier: GPL-3.0-or-later */
/* E8 the portfolio, E9 sources. D = 2025-12-31, the window begins 2025-01-01, the one before 2024-01-02. */
#include "unit.h"
#include <math.h>
#include "calc_build.h"
#include "calc_lifecycle.h"
#include "calc_portfolio.h"

static void measures(void **state)
{
    (void)state;
    /* window revenue 6.00, 3.00, 1.00, 0; before 4.00, 4.00, 0, 2.00: total 10 against 10; key accounts A and D */
    kam_table *acc = build_accounts("A B C D"), *key = build_table("class:text", "key\nordinary\nordinary\nkey"), *t;
    kam_ledger l = build_ledger("2024-06-01 400 2025-01-01 600\n2024-12-31 400 2025-12-31 300\n2025-05-01 100\n2024-01-02 200\n");
    calc_facts f = {.accounts = acc, .ledger = &l};
    calc_portfolio_params p = CALC_PORTFOLIO_PARAMS(day_of("2025-12-31"), CALC_EN);
    p.has_market = true;
    p.market = 0.35;
    assert_int_equal(calc_portfolio(&f, key, &p, &t, NULL), KAM_OK);
    static const struct { const char *name; double value; } want[] = {
        {"accounts", 4}, {"customers", 3}, {"revenue", 10}, {"growth", 0}, {"key_accounts", 2}, {"key_count_share", .5}, {"key_revenue_share", .6},
        {"key_growth", 0}, {"other_growth", 0}, {"herfindahl", .46}, {"effective_accounts", 1 / .46}, {"top_1_share", .6}, {"top_5_share", 1}, {"market_share", .35}};
    for (size_t k = 0; k < COUNT_OF(want); k++) {
        double got = real_of(t, row_where(t, "measure", want[k].name), "value");
        if (fabs(got - want[k].value) > 1e-12) fail_msg("%s is %.17g, not %.17g", want[k].name, got, want[k].value);
    }
    assert_cell(t, row_where(t, "measure", "market_rule"), "reading", "healthy"); /* 60 % ≥ 50 */
    kam_table_unref(t);
    assert_int_equal(calc_portfolio_by_key(&f, key, &p, &t, NULL), KAM_OK);
    assert_cell(t, 0, "revenue", "6.00");
    assert_cell(t, 0, "prior_revenue", "6.00");
    assert_cell(t, 1, "revenue_share", "0.4");
    assert_int_equal(sum_of(t, "count"), 4);
    assert_int_equal(sum_of(t, "revenue"), 1000);
    kam_table_unref(t);
    /* Without key rows and market share these are missing, and one is told how to set it. */
    p.has_market = false;
    assert_int_equal(calc_portfolio(&f, NULL, &p, &t, NULL), KAM_OK);
    assert_cell(t, row_where(t, "measure", "key_revenue_share"), "value", "-");
    assert_true(strstr(kam_table_note(t, 0), "market-share") != NULL);
    kam_table_unref(t);
    kam_table_unref(acc);
    kam_table_unref(key);
    kam_ledger_release(&l);
}

static void market_rule(void **state)
{
    (void)state;
    calc_portfolio_params p = CALC_PORTFOLIO_PARAMS(day_of("2025-12-31"), CALC_EN);
    static const struct { double market, key; const char *word; } want[] = {
        {.30, .50, "healthy"}, {.40, .55, "healthy"}, {.35, .45, "opening"}, {.35, .40, "thin"}, {.35, .10, "thin"}, {.60, .40, "right"}, {.60, .45, "right"},
        {.60, .46, "dependent"}, {.70, .30, "thin"}, {.60, .35, "right"}, {.29, .90, "no-rule"}, {.50, .50, "no-rule"}};
    for (size_t k = 0; k < COUNT_OF(want); k++) assert_string_equal(calc_market_rule(want[k].key, want[k].market, &p), want[k].word);
}

static void flow(void **state)
{
    (void)state;
    kam_table *before = build_table("account:text name:text phase:text window_revenue:money",
                                    "A|a|relationship|1000\nB|b|relationship|500\nC|c|relationship|300\nD|d|lost|0\nE|e|potential|0\nG|g|relationship|70");
    kam_table *after = build_table("account:text name:text phase:text window_revenue:money",
                                   "A|a|relationship|1200\nB|b|lost|-10\nC|c|relationship|100\nD|d|relationship|80\nE|e|potential|0\nF|f|relationship|40\nG|g|relationship|70"), *t;
    calc_portfolio_params p = CALC_PORTFOLIO_PARAMS(day_of("2025-12-31"), CALC_EN);
    assert_int_equal(calc_portfolio_flow(before, after, &p, &t, NULL), KAM_OK);
    /* opening 4: 18.70; new F .40; won back D .80; grown A 2.00; shrunk C 2.00; lost B 5.00; closing 5: 14.90 */
    static const char *const want[][3] = {{"opening", "4", "18.70"}, {"new", "1", "0.40"}, {"won-back", "1", "0.80"}, {"grown", "-", "2.00"},
                                          {"shrunk", "-", "2.00"}, {"lost", "1", "5.00"}, {"closing", "5", "14.90"}};
    for (size_t i = 0; i < COUNT_OF(want); i++) {
        assert_cell(t, i, "flow", want[i][0]);
        assert_cell(t, i, "count", want[i][1]);
        assert_cell(t, i, "value", want[i][2]);
    }
    kam_table_unref(t);
    assert_int_equal(calc_portfolio_moves(before, after, &t, NULL), KAM_OK);
    assert_int_equal(kam_table_rows(t), 5); /* G stayed at the same value, E never was a customer */
    assert_cell(t, row_where(t, "account", "B"), "change", "-5.00");
    assert_cell(t, row_where(t, "account", "F"), "flow", "new");
    kam_table_unref(t);
    kam_table_unref(before);
    kam_table_unref(after);
}

/* On any portfolio and any two days the statement adds up, by count and by value. */
static void adds_up(void **state)
{
    (void)state;
    uint64_t seed = 11;
    for (int round = 0; round < 20; round++) {
        kam_day asof = day_of("2025-12-31");
        kam_table *acc = random_accounts(120), *before, *after, *t;
        kam_ledger l = random_ledger(120, asof, &seed);
        calc_facts f = {.accounts = acc, .ledger = &l};
        kam_day since = asof - 20 * (round + 1);
        kam_ledger then = KAM_LEDGER_INIT;
        size_t cap = 0;
        then.start = kam_calloc(l.n_accounts + 1, sizeof *then.start);
        for (size_t i = 0; i < l.n_accounts; i++) {
            for (size_t k = l.start[i]; k < l.start[i + 1]; k++) {
                char amount[64];
                if (l.day[k] > since) continue;
                snprintf(amount, sizeof amount, "%lld/%lld", (long long)l.net_minor[k], (long long)l.margin_minor[k]);
                build_entry(&then, &cap, l.day[k], amount);
            }
            then.start[++then.n_accounts] = then.n_entries;
        }
        calc_lifecycle_params pa = CALC_LIFECYCLE_PARAMS(asof, CALC_EN), pb = CALC_LIFECYCLE_PARAMS(since, CALC_EN);
        calc_facts g = {.accounts = acc, .ledger = &then};
        assert_int_equal(calc_lifecycle(&f, &pa, &after, NULL), KAM_OK);
        assert_int_equal(calc_lifecycle(&g, &pb, &before, NULL), KAM_OK);
        calc_portfolio_params p = CALC_PORTFOLIO_PARAMS(asof, CALC_EN);
        assert_int_equal(calc_portfolio_flow(before, after, &p, &t, NULL), KAM_OK);
        const kam_column *n = kam_table_find(t, "count"), *v = kam_table_find(t, "value");
        enum { OPENING, NEW, BACK, GROWN, SHRUNK, LOST, CLOSING };
        assert_int_equal(kam_col_int(n, OPENING) + kam_col_int(n, NEW) + kam_col_int(n, BACK) - kam_col_int(n, LOST), kam_col_int(n, CLOSING));
        assert_int_equal(kam_col_int(v, OPENING) + kam_col_int(v, NEW) + kam_col_int(v, BACK) + kam_col_int(v, GROWN) - kam_col_int(v, SHRUNK) - kam_col_int(v, LOST),
                         kam_col_int(v, CLOSING));
        kam_table_unref(t);
        kam_table_unref(before);
        kam_table_unref(after);
        kam_table_unref(acc);
        kam_ledger_release(&l);
        kam_ledger_release(&then);
    }
}

static void sources(void **state)
{
    (void)state;
    kam_table *acc = build_table("account:text name:text source:text known_since:day acquisition_cost:money",
                                 "A|a|fair|2024-01-01|1000\nB|b|fair|2024-01-01|2000\nC|c|fair|2024-01-01|3001\nD|d|-|2024-01-01|-\nE|e|web|2024-01-01|500\nF|f|web|2024-01-01|-"), *t;
    kam_ledger l = build_ledger("2024-01-11 5 2025-02-01 7\n2024-01-31 5\n\n2025-01-01 9\n2024-01-06 1\n\n");
    calc_facts f = {.accounts = acc, .ledger = &l};
    calc_portfolio_params p = CALC_PORTFOLIO_PARAMS(day_of("2025-12-31"), CALC_EN);
    assert_int_equal(calc_portfolio_sources(&f, &p, &t, NULL), KAM_OK);
    assert_int_equal(kam_table_rows(t), 3);
    assert_cell(t, 0, "source", "fair"); /* two customers */
    assert_cell(t, 0, "n", "3");
    assert_cell(t, 0, "revenue", "0.07");
    assert_cell(t, 0, "days_to_first", "20"); /* 10 and 30 */
    assert_cell(t, 0, "cost_per_customer", "30.01"); /* 60.01 ÷ 2 rounded half up */
    assert_true(fabs(real_of(t, 0, "yield") - 2.0 / 3) < 1e-12);
    assert_true(real_of(t, 0, "yield_low") < 2.0 / 3 && real_of(t, 0, "yield_high") > 2.0 / 3);
    assert_cell(t, 1, "source", "web");
    assert_cell(t, 1, "cost_per_customer", "-"); /* one cost is not noted */
    assert_cell(t, 1, "cost_n", "1");
    assert_cell(t, 2, "source", "-"); /* not noted: last of equally many */
    assert_cell(t, 2, "cost", "-");
    assert_int_equal(sum_of(t, "n"), 6);
    kam_table_unref(t);
    kam_table_unref(acc);
    kam_ledger_release(&l);
}

static void nobody(void **state)
{
    (void)state;
    kam_table *acc = build_table("account:text name:text source:text known_since:day acquisition_cost:money", ""), *t;
    kam_table *none = build_table("account:text name:text phase:text window_revenue:money", "");
    kam_ledger l = build_ledger("");
    calc_facts f = {.accounts = acc, .ledger = &l};
    calc_portfolio_params p = CALC_PORTFOLIO_PARAMS(day_of("2025-12-31"), CALC_ZH);
    assert_int_equal(calc_portfolio(&f, NULL, &p, &t, NULL), KAM_OK);
    assert_cell(t, row_where(t, "measure", "herfindahl"), "value", "-");
    assert_cell(t, row_where(t, "measure", "growth"), "value", "-");
    kam_table_unref(t);
    assert_int_equal(calc_portfolio_sources(&f, &p, &t, NULL), KAM_OK);
    assert_int_equal(kam_table_rows(t), 0);
    kam_table_unref(t);
    assert_int_equal(calc_portfolio_flow(none, none, &p, &t, NULL), KAM_OK);
    assert_int_equal(sum_of(t, "accounts"), 0);
    kam_table_unref(t);
    kam_table_unref(none);
    kam_table_unref(acc);
    kam_ledger_release(&l);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(measures), cmocka_unit_test(market_rule), cmocka_unit_test(flow),
                                       cmocka_unit_test(adds_up),  cmocka_unit_test(sources),     cmocka_unit_test(nobody)};
    return cmocka_run_group_tests_name("calc_portfolio", tests, NULL, NULL);
}

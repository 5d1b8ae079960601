/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A12: lenses of a key account. D = 2025-12-31. */
#include "unit.h"
#include "calc_build.h"
#include "calc_key.h"

#define ACCOUNTS "account:text name:text key_account:flag key_reason:text annual_spend:money"

/* Ten accounts with a margin, so the top 20 % are two: A 1,000 and B 900; C 900 is tied with B and passes too. After service cost: A 1,000 − 950
 * = 50, B 900, C 900, D 800, …: the second largest of ten is 900: B and C. Loyal: A (two purchase days, all its wallet) and D.
 * A passes margin and loyalty; B and C margin and profit; D loyalty only: ordinary. E is named with a reason, F without one. */
static void lenses(void **state)
{
    (void)state;
    kam_table *acc = build_table(ACCOUNTS, "A|a|0|-|100000\nB|b|-|-|-\nC|c|0|-|-\nD|d|0|-|80000\nE|e|1|reference|-\nF|f|1|-|-\nG|g|0|why|-\n"
                                           "H|h|0|-|-\nI|i|0|-|-\nJ|j|0|-|-\nK|k|0|-|-");
    kam_ledger l = build_ledger("2025-02-01 50000 2025-03-01 50000\n2025-02-01 90000\n2025-02-01 90000\n2025-02-01 40000 2025-03-01 40000\n2025-02-01 700\n"
                                "2025-02-01 600\n2025-02-01 500\n2025-02-01 400\n2025-02-01 300\n2025-02-01 200\n2024-12-31 999999\n");
    kam_table *costs = build_table("row:int date:day kind:text amount:money", "0|2025-04-01|attract|95000\n1|2024-12-31|serve|99999\n-|2025-04-01|serve|1"), *t, *s;
    calc_facts f = {.accounts = acc, .ledger = &l, .service_costs = costs};
    calc_key_params p = CALC_KEY_PARAMS(day_of("2025-12-31"), CALC_EN);
    assert_int_equal(calc_key(&f, &p, &t, NULL), KAM_OK);
    static const char want[] = "kkkokoooooo";
    for (size_t i = 0; i < 11; i++)
        if (cell_of(t, i, "class")[0] != want[i]) fail_msg("account %c: %s", (char)('A' + i), cell_of(t, i, "why"));
    assert_cell(t, 0, "why", "margin in the top 20 %; loyal on the ladder");
    assert_cell(t, 0, "by_profit", "0");
    assert_cell(t, 0, "profit", "50.00");
    assert_cell(t, 1, "why", "margin in the top 20 %; margin after service cost in the top 20 %");
    assert_cell(t, 3, "lenses", "1");
    assert_cell(t, 3, "why", "loyal on the ladder");
    assert_cell(t, 4, "why", "named by us: reference");
    assert_cell(t, 5, "named", "0");
    assert_cell(t, 5, "why", "named, but without a reason");
    assert_cell(t, 6, "why", "no lens of three passed"); /* a reason alone is no naming */
    assert_cell(t, 0, "by_revenue", "-");
    assert_true(calc_key_row(t, 0) && !calc_key_row(t, 3));
    assert_true(calc_key_has(t, "E") && !calc_key_has(t, "K") && !calc_key_has(t, "Z") && !calc_key_has(t, ""));
    assert_int_equal(calc_class_summary(t, "class", "window_revenue", calc_key_classes, &s, NULL), KAM_OK);
    assert_cell(s, 0, "count", "4");
    kam_table_unref(s);
    kam_table_unref(t);
    p.has_revenue = true;
    p.revenue_minor = 80000;
    p.ladder.lang = CALC_ZH;
    p.min_lenses = 3;
    assert_int_equal(calc_key(&f, &p, &t, NULL), KAM_OK);
    assert_cell(t, 3, "class", "key"); /* exactly the setting */
    assert_cell(t, 3, "why", "忠诚阶梯：忠诚客户；销售额 800.00");
    assert_cell(t, 6, "by_revenue", "0");
    kam_table_unref(t);
    kam_ledger_release(&l);
    kam_table_unref(acc);
    kam_table_unref(costs);
}

/* One account is the top of itself; nobody; an account whose margins are all unknown has no view through two lenses. */
static void few(void **state)
{
    (void)state;
    kam_table *acc = build_accounts("A B"), *t;
    kam_ledger l = build_ledger("2025-02-01 100/?\n2025-02-01 100/30\n");
    calc_key_params p = CALC_KEY_PARAMS(day_of("2025-12-31"), CALC_EN);
    assert_int_equal(calc_key(&(calc_facts){.accounts = acc, .ledger = &l}, &p, &t, NULL), KAM_OK);
    assert_cell(t, 0, "by_margin", "-");
    assert_cell(t, 0, "window_margin", "-");
    assert_cell(t, 0, "class", "ordinary");
    assert_cell(t, 1, "class", "key");
    kam_table_unref(t);
    kam_ledger_release(&l);
    kam_table_unref(acc);
    acc = build_accounts("");
    l = build_ledger("");
    assert_int_equal(calc_key(&(calc_facts){.accounts = acc, .ledger = &l}, &p, &t, NULL), KAM_OK);
    assert_int_equal(kam_table_rows(t), 0);
    assert_false(calc_key_has(t, "A"));
    kam_table_unref(t);
    kam_ledger_release(&l);
    kam_table_unref(acc);
}

/* A larger share never makes an account ordinary that was key; equal margins share one fate. */
static void property(void **state)
{
    (void)state;
    uint64_t seed = 11;
    for (int round = 0; round < 30; round++) {
        kam_str codes = KAM_STR_INIT, lines = KAM_STR_INIT;
        enum { N = 40 };
        int64_t amount[N];
        for (int i = 0; i < N; i++) {
            amount[i] = (int64_t)(rnd(&seed) % 15) * 100;
            kam_str_addf(&codes, "%sA%02d", i ? " " : "", i);
            kam_str_addf(&lines, "2025-02-01 %lld\n", (long long)amount[i]);
        }
        kam_table *acc = build_accounts(kam_str_cstr(&codes)), *t[2];
        kam_ledger l = build_ledger(kam_str_cstr(&lines));
        for (int k = 0; k < 2; k++) {
            calc_key_params p = CALC_KEY_PARAMS(day_of("2025-12-31"), CALC_EN);
            p.share = k ? 0.4 : 0.2;
            assert_int_equal(calc_key(&(calc_facts){.accounts = acc, .ledger = &l}, &p, &t[k], NULL), KAM_OK);
        }
        for (size_t i = 0; i < N; i++) {
            assert_true(!calc_key_row(t[0], i) || calc_key_row(t[1], i));
            for (size_t j = 0; j < N; j++)
                if (amount[i] == amount[j]) assert_true(calc_key_row(t[0], i) == calc_key_row(t[0], j));
        }
        kam_table_unref(t[0]);
        kam_table_unref(t[1]);
        kam_ledger_release(&l);
        kam_table_unref(acc);
        kam_str_release(&codes);
        kam_str_release(&lines);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(lenses), cmocka_unit_test(few), cmocka_unit_test(property)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}

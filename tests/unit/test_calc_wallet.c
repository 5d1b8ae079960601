/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Share of wallet and white space, by hand. */
#include "unit.h"
/* after unit.h */
#include "calc_build.h"
#include "calc_wallet.h"
#include "calc_white.h"
#include "sales_build.h"
#include <math.h>

/* D = 2025-12-31, window 365: (2024-12-31, 2025-12-31]. A: 300 now, 200 before of 1000: .3, .2, gap 700, growing (1.5). B: 100 now, 100
 * before, no spend: stable. C: nothing now, 50 before of 500: 0, .1, declining. D: 900 now of 600: 1.5, gap 0, growing from nothing.
 * E: never. Portfolio over A, C, D: (300 + 0 + 900)/2100. */
static void wallet(void **state)
{
    (void)state;
    kam_table *acc = build_table("account:text name:text annual_spend:money", "A|a|1000\nB|b|-\nC|c|500\nD|d|600\nE|e|0"), *t, *m;
    kam_ledger l = build_ledger("2024-01-05 90 2024-12-31 110 2025-01-01 120 2025-12-31 180 2026-01-01 999\n"
                                "2024-06-01 100 2025-06-01 100\n2024-06-01 50\n2025-06-01 900\n\n");
    calc_facts f = {.accounts = acc, .ledger = &l};
    calc_wallet_params p = CALC_WALLET_PARAMS(day_of("2025-12-31"), CALC_EN);
    assert_int_equal(calc_wallet(&f, &p, &t, NULL), KAM_OK);
    static const struct { const char *ours, *share, *before, *gap, *trend; } want[] = {
        {"3.00", "0.3", "0.2", "7.00", "growing"}, {"1.00", "-", "-", "-", "stable"}, {"0.00", "0", "0.1", "5.00", "declining"},
        {"9.00", "1.5", "0", "0.00", "growing"}, {"0.00", "-", "-", "-", "-"}};
    for (size_t i = 0; i < COUNT_OF(want); i++) {
        assert_cell(t, i, "ours", want[i].ours);
        assert_cell(t, i, "share", want[i].share);
        assert_cell(t, i, "share_before", want[i].before);
        assert_cell(t, i, "gap", want[i].gap);
        assert_cell(t, i, "trend", want[i].trend);
    }
    assert_int_equal(kam_table_notes(t), 2);
    assert_string_equal(kam_table_note(t, 0), "2 of 5 accounts have no annual spend on record");
    assert_int_equal(calc_wallet_measures(t, &p, &m, NULL), KAM_OK);
    assert_true(fabs(real_of(m, row_where(m, "measure", "share"), "value") - 1200.0 / 2100) < 1e-12);
    assert_true(fabs(real_of(m, row_where(m, "measure", "growing"), "value") - .5) < 1e-12);
    assert_cell(m, row_where(m, "measure", "share"), "n", "3");
    assert_true(real_of(m, row_where(m, "measure", "spend"), "value") == 21);
    kam_table_unref(m);
    kam_table_unref(t);
    /* half a year: 180 of the year's spend, as a year: 180·365/182 ÷ 1000 */
    p.window_days = 182;
    assert_int_equal(calc_wallet(&f, &p, &t, NULL), KAM_OK);
    assert_true(fabs(real_of(t, 0, "share") - 180 * 365.0 / 182 / 1000) < 1e-12);
    kam_table_unref(t);
    kam_table_unref(acc);
    kam_ledger_release(&l);
    acc = build_accounts("");
    l = build_ledger("");
    f = (calc_facts){.accounts = acc, .ledger = &l};
    assert_int_equal(calc_wallet(&f, &p, &t, NULL), KAM_OK);
    assert_int_equal(calc_wallet_measures(t, &p, &m, NULL), KAM_OK);
    assert_cell(m, 0, "value", "-");
    kam_table_unref(m);
    kam_table_unref(t);
    kam_table_unref(acc);
    kam_ledger_release(&l);
}

#define PROFILE "account:text name:text industry:text kind:text ownership:text region:text source:text employees:int annual_spend:money exit_cost:real"
#define OPPS "row:int product:text opportunity:text result:text"
#define RIVALS "row:int product:text competitor:text date:day"

/* Exit cost alone tells accounts apart: A 1, B 2, C 4, D 8. Products P Q R. In the window A bought P for 100, B P for 300 and Q for 50,
 * C Q for 70 (and P long ago), D nothing. */
static void white(void **state)
{
    (void)state;
    kam_table *acc = build_accounts("A B C D"), *products = build_products("P Q R"), *t, *g;
    kam_table *profile = build_table(PROFILE, "A|a|-|-|-|-|-|-|-|1\nB|b|-|-|-|-|-|-|-|2\nC|c|-|-|-|-|-|-|-|4\nD|d|-|-|-|-|-|-|-|8");
    kam_table *opps = build_table(OPPS, "2|P|O1|open\n0|Q|O2|open\n0|P|O3|open\n3|R|O4|won\n9|R|O5|open\n1|ZZ|O6|open");
    kam_table *rivals = build_table(RIVALS, "3|P|K1|2025-01-10\n3|P|K2|2025-02-10\n3|Q|K1|2024-01-10\n2|P|K1|2025-03-01");
    kam_sales s = build_sales(3, "0 2025-03-01 10000\n0 2025-03-01 30000 1 2025-04-01 5000\n0 2023-03-01 99 1 2025-05-01 7000\n\n");
    calc_holdings h;
    calc_look look;
    calc_white_params p = {.asof = day_of("2025-06-30"), .lang = CALC_EN, .window_days = 365, .look = CALC_LOOK_PARAMS(CALC_EN), .only = SIZE_MAX};
    p.look.neighbours = 2;
    calc_holdings_build(&s, p.asof, 365, &h);
    assert_int_equal(calc_look_build(profile, p.look.weight, &look, NULL), KAM_OK);
    const calc_white_in in = {.accounts = acc, .products = products, .holdings = &h, .opportunities = opps, .rivals = rivals, .look = &look};
    assert_int_equal(calc_white(&in, &p, &t, NULL), KAM_OK);
    assert_int_equal(kam_table_rows(t), 12);
    static const struct { const char *state, *amount, *estimate, *n; } want[12] = {
        {"sold", "100.00", "-", "-"}, {"open", "-", "60.00", "2"}, {"untouched", "-", "-", "0"},      /* A: B and C are nearest */
        {"sold", "300.00", "-", "-"}, {"sold", "50.00", "-", "-"}, {"untouched", "-", "-", "0"},
        {"open", "-", "200.00", "2"}, {"sold", "70.00", "-", "-"}, {"untouched", "-", "-", "0"},      /* C: B and A */
        {"competitor", "-", "300.00", "1"}, {"untouched", "-", "60.00", "2"}, {"untouched", "-", "-", "0"}}; /* D: C and B */
    for (size_t i = 0; i < 12; i++) {
        assert_cell(t, i, "state", want[i].state);
        assert_cell(t, i, "amount", want[i].amount);
        assert_cell(t, i, "estimate", want[i].estimate);
        assert_cell(t, i, "n", want[i].n);
    }
    assert_cell(t, 6, "last_purchase", "2023-03-01");
    assert_cell(t, 6, "opportunity", "O1");
    assert_cell(t, 6, "competitor", "K1");
    assert_cell(t, 9, "competitor", "K2"); /* the last one */
    assert_cell(t, 0, "opportunity", "O3");
    g = calc_white_grid(t, CALC_EN);
    assert_int_equal(kam_table_rows(g), 4);
    assert_cell(g, 0, "P", "●");
    assert_cell(g, 0, "Q", "◐");
    assert_cell(g, 3, "P", "×");
    assert_cell(g, 3, "R", "·");
    assert_cell(g, 3, "estimate", "360.00");
    assert_cell(g, 1, "estimate", "-");
    kam_table_unref(g);
    kam_table_unref(t);
    const uint8_t only_q[3] = {0, 1, 0};
    p.products = only_q;
    p.only = 3;
    assert_int_equal(calc_white(&in, &p, &t, NULL), KAM_OK);
    assert_int_equal(kam_table_rows(t), 1);
    assert_cell(t, 0, "product", "Q");
    assert_cell(t, 0, "estimate", "60.00");
    kam_table_unref(t);
    p.only = 4; /* beyond the last: no rows, and a grid of none */
    assert_int_equal(calc_white(&in, &p, &t, NULL), KAM_OK);
    g = calc_white_grid(t, CALC_ZH);
    assert_int_equal(kam_table_rows(g), 0);
    kam_table_unref(g);
    kam_table_unref(t);
    calc_look_release(&look);
    calc_holdings_release(&h);
    kam_sales_release(&s);
    kam_table_unref(acc);
    kam_table_unref(products);
    kam_table_unref(profile);
    kam_table_unref(opps);
    kam_table_unref(rivals);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(wallet), cmocka_unit_test(white)};
    return cmocka_run_group_tests_name("calc_wallet", tests, NULL, NULL);
}

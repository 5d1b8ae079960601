/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cross-selling: holdings, rules with their lags, offers, by hand. The mining itself is tested in test_calc_rules.c. */
#include "unit.h"
/* after unit.h */
#include "calc_build.h"
#include "calc_cross.h"
#include "sales_build.h"
#include <math.h>

static void holdings(void **state)
{
    (void)state;
    /* product 0: bought twice and returned; 1: only a return; 2: after the as-of day */
    kam_sales s = build_sales(4, "0 2025-01-10 500 0 2025-06-01 300 0 2025-06-20 -100 1 2025-03-01 -50 2 2025-07-01 900 3 2025-06-30 1\n\n");
    calc_holdings h;
    calc_holdings_build(&s, day_of("2025-06-30"), 90, &h);
    assert_int_equal(h.n, 2);
    assert_int_equal(h.start[1], 2);
    assert_int_equal(h.start[2], 2);
    const calc_holding *x = calc_holdings_find(&h, 0, 0);
    assert_non_null(x);
    assert_int_equal(x->first, day_of("2025-01-10"));
    assert_int_equal(x->last, day_of("2025-06-01"));
    assert_int_equal(x->days, 2);
    assert_int_equal(x->window_days, 1);
    assert_int_equal(x->window_minor, 200);
    assert_null(calc_holdings_find(&h, 0, 1));
    assert_null(calc_holdings_find(&h, 0, 2));
    assert_non_null(calc_holdings_find(&h, 0, 3));
    assert_null(calc_holdings_find(&h, 1, 0));
    calc_holdings_release(&h);
    kam_sales_release(&s);
}

/* Six accounts A0–A5: product 0 on 1 Jan, then product 1 after 10, 20, 30, 40, 50 days, A5 not at all; six others buy product 2
 * alone. Of accounts: n = 12, with 0: 6, with 1: 5, both 5. together: p = C(6,5)·C(6,0)/C(12,5) = 6/792; three products
 * frequent: 3 tests, q = 18/792 = .0227. then 0→1: nobody has 1 first, so the same table, 6 tests: q = 36/792 = .0455. */
static const char SIX[] = "0 2025-01-01 5 1 2025-01-11 5\n0 2025-01-01 5 1 2025-01-21 5\n0 2025-01-01 5 1 2025-01-31 5\n"
                          "0 2025-01-01 5 1 2025-02-10 5\n0 2025-01-01 5 1 2025-02-20 5\n0 2025-01-01 5\n"
                          "2 2025-01-01 5\n2 2025-01-01 5\n2 2025-01-01 5\n2 2025-01-01 5\n2 2025-01-01 5\n2 2025-01-01 5\n";

static void rules_and_offers(void **state)
{
    (void)state;
    kam_sales s = build_sales(3, SIX);
    kam_table *products = build_products("P Q R"), *accounts = build_accounts("A0 A1 A2 A3 A4 A5 B0 B1 B2 B3 B4 B5"), *t;
    calc_cross_params p = CALC_CROSS_PARAMS(day_of("2025-06-30"), CALC_EN);
    calc_cross c;
    assert_int_equal(calc_cross_build(&s, &p, &c, NULL), KAM_OK);
    assert_int_equal(c.n, 3); /* together both ways, then one way */
    t = calc_cross_rules(&c, products);
    assert_int_equal(kam_table_rows(t), 3);
    size_t then = row_where(t, "pattern", "then");
    assert_int_equal(then, 2); /* the larger q comes last */
    assert_cell(t, then, "product", "P");
    assert_cell(t, then, "next", "Q");
    assert_cell(t, then, "count", "5");
    assert_cell(t, then, "base", "6");
    assert_cell(t, then, "lag_days", "30");
    assert_cell(t, then, "lag_n", "5");
    assert_true(fabs(real_of(t, then, "p") - 6.0 / 792) < 1e-12);
    assert_true(fabs(real_of(t, then, "q") - 36.0 / 792) < 1e-12);
    assert_true(fabs(real_of(t, then, "confidence") - 5.0 / 6) < 1e-12);
    assert_true(fabs(real_of(t, then, "lift") - 2) < 1e-12);       /* (5/6) ÷ (5/12) */
    assert_true(fabs(real_of(t, 0, "q") - 18.0 / 792) < 1e-12);
    assert_true(fabs(real_of(t, 0, "support") - 5.0 / 12) < 1e-12);
    /* Q → P: everybody with Q has P; no account has P after Q: no lag */
    size_t back = row_where(t, "product", "Q");
    assert_true(real_of(t, back, "confidence") == 1);
    assert_cell(t, back, "lag_days", "-");
    kam_table_unref(t);

    /* A5 alone lacks Q: due 30 days after its first P. `then` and `together` have one confidence: then is named. */
    assert_int_equal(calc_cross_offers(&c, accounts, products, SIZE_MAX, &t, NULL), KAM_OK);
    assert_int_equal(kam_table_rows(t), 1);
    assert_cell(t, 0, "account", "A5");
    assert_cell(t, 0, "product", "Q");
    assert_cell(t, 0, "because", "P");
    assert_cell(t, 0, "pattern", "then");
    assert_cell(t, 0, "due", "2025-01-31");
    assert_cell(t, 0, "overdue", "1");
    assert_cell(t, 0, "why", "5 of 6 accounts that bought Product P and not yet this bought it later, usually after 30 days");
    kam_table_unref(t);
    assert_int_equal(calc_cross_offers(&c, accounts, products, 0, &t, NULL), KAM_OK);
    assert_int_equal(kam_table_rows(t), 0); /* A0 has both */
    kam_table_unref(t);
    calc_cross_release(&c);

    p.q = .04; /* the sequence no longer passes */
    assert_int_equal(calc_cross_build(&s, &p, &c, NULL), KAM_OK);
    assert_int_equal(c.n, 2);
    calc_cross_release(&c);
    p.q = .05;
    p.asof = day_of("2025-01-25"); /* only two had bought Q by then */
    assert_int_equal(calc_cross_build(&s, &p, &c, NULL), KAM_OK);
    assert_int_equal(c.n, 0);
    calc_cross_release(&c);
    kam_table_unref(products);
    kam_table_unref(accounts);
    kam_sales_release(&s);
}

/* Baskets of a day: nobody buys both on one day, so no pair; and a pair where everybody does. */
static void day_baskets(void **state)
{
    (void)state;
    kam_sales s = build_sales(3, SIX);
    calc_cross_params p = CALC_CROSS_PARAMS(day_of("2025-06-30"), CALC_EN);
    p.basket = CALC_BASKET_DAY;
    calc_cross c;
    assert_int_equal(calc_cross_build(&s, &p, &c, NULL), KAM_OK);
    assert_int_equal(c.baskets, 17);
    assert_int_equal(c.buyers, 12);
    assert_int_equal(c.n, 1); /* the sequence is one of accounts */
    assert_true(c.rule[0].then);
    calc_cross_release(&c);
    kam_sales_release(&s);
    s = build_sales(3, "0 2025-01-01 5 0 2025-01-02 5 0 2025-01-03 5 1 2025-01-01 5 1 2025-01-02 5 1 2025-01-03 5 1 2025-01-04 -5\n"
                       "2 2025-01-01 5 2 2025-01-02 5 2 2025-01-03 5 2 2025-01-04 5 2 2025-01-05 5\n");
    /* 8 baskets, 3 with both: p = 1/C(8,3) = 1/56; three frequent products: q = 3/56 = .054 */
    p.q = .06;
    assert_int_equal(calc_cross_build(&s, &p, &c, NULL), KAM_OK);
    assert_int_equal(c.n, 2);
    assert_int_equal(c.baskets, 8);
    assert_true(fabs(c.rule[0].q - 3.0 / 56) < 1e-12);
    assert_int_equal(c.rule[0].n_lag, 0);
    calc_cross_release(&c);
    kam_sales_release(&s);
}

static void nobody(void **state)
{
    (void)state;
    static const char *const worlds[] = {"", "\n\n", "0 2025-01-01 5\n"};
    static const char *const codes[] = {"", "A B", "A"};
    for (size_t k = 0; k < COUNT_OF(worlds); k++) {
        kam_sales s = build_sales(1, worlds[k]);
        kam_table *products = build_products("P"), *accounts = build_accounts(codes[k]), *t;
        calc_cross_params p = CALC_CROSS_PARAMS(day_of("2025-06-30"), CALC_ZH);
        p.min_support = 1;
        calc_cross c;
        assert_int_equal(calc_cross_build(&s, &p, &c, NULL), KAM_OK);
        t = calc_cross_rules(&c, products);
        assert_int_equal(kam_table_rows(t), 0);
        kam_table_unref(t);
        assert_int_equal(calc_cross_offers(&c, accounts, products, SIZE_MAX, &t, NULL), KAM_OK);
        assert_int_equal(kam_table_rows(t), 0);
        assert_int_equal(kam_table_notes(t), 1);
        kam_table_unref(t);
        calc_cross_release(&c);
        kam_table_unref(products);
        kam_table_unref(accounts);
        kam_sales_release(&s);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(holdings), cmocka_unit_test(rules_and_offers), cmocka_unit_test(day_baskets),
                                       cmocka_unit_test(nobody)};
    return cmocka_run_group_tests_name("calc_cross", tests, NULL, NULL);
}

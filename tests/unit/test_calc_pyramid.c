/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A2. */
#include "unit.h"
#include "calc_build.h"
#include "calc_pyramid.h"
#include <math.h>

#define ITEMS "key:text name:text basis:money bought:flag"
#define ASOF day_of("2025-12-31")

/* n items of basis n … 1, codes K001 … in shuffled order of value. */
static kam_table *stairs(int n)
{
    kam_str rows = KAM_STR_INIT;
    for (int i = 0; i < n; i++) {
        int v = (i * 7) % n + 1; /* a permutation while 7 does not divide n */
        kam_str_addf(&rows, "K%03d|n|%d|1\n", n - v, v * 100);
    }
    kam_table *t = build_table(ITEMS, kam_str_cstr(&rows));
    kam_str_release(&rows);
    return t;
}

static int64_t count_of(const kam_table *summary, const char *cls)
{
    return kam_col_int(kam_table_find(summary, "count"), row_where(summary, "class", cls));
}

static void cuts(void **state)
{
    (void)state;
    /* n, then how many top, major, ordinary, small: 50 is .5 → 1, 2.5 → 3, 10; 150 is 1.5 → 2, 7.5 → 8, 30 */
    static const int want[][5] = {{1, 1, 0, 0, 0}, {2, 1, 1, 0, 0}, {3, 1, 1, 1, 0},    {4, 1, 1, 1, 1},
                                  {50, 1, 2, 7, 40}, {100, 1, 4, 15, 80}, {150, 2, 6, 22, 120}};
    for (size_t i = 0; i < COUNT_OF(want); i++) {
        kam_table *items = stairs(want[i][0]), *t, *s;
        calc_pyramid_params p = CALC_PYRAMID_PARAMS(ASOF, CALC_EN);
        assert_int_equal(calc_pyramid(items, &p, &t, NULL), KAM_OK);
        assert_int_equal(calc_pyramid_summary(t, &p, &s, NULL), KAM_OK);
        for (int k = 0; k < 4; k++) assert_int_equal(count_of(s, calc_pyramid_classes[k]), want[i][k + 1]);
        assert_cell(t, 0, "account", "K000"); /* the largest */
        assert_cell(t, 0, "rank", "1");
        kam_table_unref(s);
        kam_table_unref(t);
        kam_table_unref(items);
    }
}

static void ties_and_leftovers(void **state)
{
    (void)state;
    kam_table *items = build_table(ITEMS, "D|d|500|1\nC|c|500|1\nB|b|500|1\nA|a|500|1\n"
                                          "Z|z|0|1\nY|y|-300|1\nX|x|-|1\nW|w|-|0\nV|v|0|0"),
              *t, *s, *m;
    calc_pyramid_params p = CALC_PYRAMID_PARAMS(ASOF, CALC_EN);
    assert_int_equal(calc_pyramid(items, &p, &t, NULL), KAM_OK);
    /* equal values at the cut: the code decides */
    static const char *const want[][2] = {{"A", "top"}, {"B", "major"}, {"C", "ordinary"}, {"D", "small"}, {"V", "inactive"},
                                          {"W", "inactive"}, {"X", "-"}, {"Y", "small"}, {"Z", "small"}};
    for (size_t i = 0; i < COUNT_OF(want); i++) {
        assert_cell(t, i, "account", want[i][0]);
        assert_cell(t, i, "class", want[i][1]);
    }
    assert_cell(t, 0, "percentile", "50"); /* all four share the mid-rank */
    assert_cell(t, 3, "percentile", "50");
    assert_cell(t, 1, "cumulative_share", "0.5");
    assert_cell(t, 1, "why", "rank 2 of 4; major goes to rank 2");
    assert_cell(t, 3, "why", "rank 4 of 4, after rank 3");
    assert_cell(t, 7, "why", "bought, but the basis is -3.00");
    assert_int_equal(calc_pyramid_summary(t, &p, &s, NULL), KAM_OK);
    assert_int_equal(kam_table_rows(s), 6);
    assert_cell(s, 3, "count", "3");       /* small: D, Y, Z */
    assert_cell(s, 3, "basis", "5.00");    /* only D's */
    assert_cell(s, 3, "basis_share", "0.25");
    assert_cell(s, 5, "class", "unknown");
    assert_cell(s, 5, "count", "1");
    assert_string_equal(kam_table_note(s, 0), "left out of the shares: 3 with a basis of 0 or less, -3.00 together");
    assert_int_equal(calc_pyramid_measures(t, &p, &m, NULL), KAM_OK);
    assert_cell(m, row_where(m, "measure", "excluded"), "value", "-3");
    assert_cell(m, row_where(m, "measure", "excluded"), "n", "3");
    assert_cell(m, row_where(m, "measure", "unknown"), "n", "2");
    assert_cell(m, row_where(m, "measure", "gini"), "value", "0");
    kam_table_unref(m);
    kam_table_unref(s);
    kam_table_unref(t);
    kam_table_unref(items);
}

static void concentration(void **state)
{
    (void)state;
    /* 10 items 1 … 10, total 55. Best 20 % = 19/55; 80 % (44) needs 10+9+8+7+6+5 = 45: 6 of 10. Gini = 2·385/(10·55) − 1.1 = .3 */
    kam_table *items = stairs(10), *t, *m, *c;
    calc_pyramid_params p = CALC_PYRAMID_PARAMS(ASOF, CALC_ZH);
    assert_int_equal(calc_pyramid(items, &p, &t, NULL), KAM_OK);
    assert_int_equal(calc_pyramid_measures(t, &p, &m, NULL), KAM_OK);
    assert_true(fabs(real_of(m, row_where(m, "measure", "pareto_share"), "value") - 19.0 / 55.0) < 1e-12);
    assert_cell(m, row_where(m, "measure", "pareto_accounts"), "value", "0.6");
    assert_true(fabs(real_of(m, row_where(m, "measure", "gini"), "value") - 0.3) < 1e-12);
    assert_cell(m, row_where(m, "measure", "total"), "value", "55");
    kam_table_unref(m);
    kam_table_unref(t);
    kam_table_unref(items);
    /* the goal reached exactly is reached: 80 of 100 by one of two */
    items = build_table(ITEMS, "a|a|8000|1\nb|b|2000|1");
    assert_int_equal(calc_pyramid(items, &p, &t, NULL), KAM_OK);
    assert_int_equal(calc_pyramid_measures(t, &p, &m, NULL), KAM_OK);
    assert_cell(m, row_where(m, "measure", "pareto_accounts"), "value", "0.5");
    assert_cell(m, row_where(m, "measure", "pareto_share"), "value", "0.8");
    kam_table_unref(m);
    kam_table_unref(t);
    kam_table_unref(items);
    /* whale: 60, 30, 0, −20 (total 70): 60/70, 90/70, 90/70, 1 */
    items = build_table(ITEMS, "a|a|6000|1\nb|b|-2000|1\nc|c|3000|1\nd|d|0|0");
    assert_int_equal(calc_pyramid(items, &p, &t, NULL), KAM_OK);
    assert_int_equal(calc_pyramid_curve(t, &p, false, &c, NULL), KAM_OK);
    assert_int_equal(kam_table_rows(c), 5);
    assert_cell(c, 0, "cumulative", "0.00");
    assert_cell(c, 2, "cumulative", "90.00");
    assert_true(fabs(real_of(c, 2, "cumulative_share") - 90.0 / 70.0) < 1e-12);
    assert_cell(c, 4, "cumulative_share", "1");
    kam_table_unref(c);
    assert_int_equal(calc_pyramid_curve(t, &p, true, &c, NULL), KAM_OK);
    assert_int_equal(kam_table_rows(c), 3);
    kam_table_unref(c);
    p.curve_points = 2;
    assert_int_equal(calc_pyramid_curve(t, &p, false, &c, NULL), KAM_OK);
    assert_int_equal(kam_table_rows(c), 3);
    assert_cell(c, 1, "rank", "2");
    kam_table_unref(c);
    kam_table_unref(t);
    kam_table_unref(items);
}

static void bases(void **state)
{
    (void)state;
    kam_table *acc = build_accounts("A B C D"), *t;
    /* A: 100 of margin 40, and a line of unknown margin; B: all unknown; C: only before the window; D nothing */
    kam_ledger l = build_ledger("2025-05-01 10000/4000 2025-06-01 5000/?\n2025-05-01 700/?\n2024-01-01 900/300\n\n");
    calc_facts f = {.accounts = acc, .ledger = &l};
    calc_pyramid_params p = CALC_PYRAMID_PARAMS(ASOF, CALC_EN);
    assert_int_equal(calc_pyramid_items(&f, &p, &t, NULL), KAM_OK);
    assert_cell(t, 0, "basis", "150.00");
    assert_cell(t, 2, "basis", "0.00");
    assert_cell(t, 2, "bought", "0");
    assert_string_equal(kam_table_note(t, 0), "basis: revenue of the last 365 days to 2025-12-31");
    kam_table_unref(t);
    p.basis = CALC_PYRAMID_MARGIN;
    assert_int_equal(calc_pyramid_items(&f, &p, &t, NULL), KAM_OK);
    assert_cell(t, 0, "basis", "40.00");
    assert_cell(t, 1, "basis", "-");
    assert_cell(t, 1, "bought", "1");
    assert_cell(t, 3, "basis", "0.00");
    kam_table_unref(t);
    p.basis = CALC_PYRAMID_LIFETIME;
    f.lifetime = build_table("row:int value:money", "2|9900\n1|-\n7|1");
    assert_int_equal(calc_pyramid_items(&f, &p, &t, NULL), KAM_OK);
    assert_cell(t, 2, "basis", "99.00");
    assert_cell(t, 2, "bought", "1"); /* ever */
    assert_cell(t, 3, "bought", "0");
    assert_cell(t, 0, "basis", "-");
    kam_table_unref(t);
    kam_table_unref((kam_table *)f.lifetime);
    kam_ledger_release(&l);
    l = build_ledger("2025-05-01 10000\n\n\n\n");
    p.basis = CALC_PYRAMID_MARGIN;
    assert_int_equal(calc_pyramid_items(&f, &p, &t, NULL), KAM_OK);
    assert_cell(t, 0, "basis", "100.00");
    assert_string_equal(kam_table_note(t, 0), "basis: revenue of the last 365 days to 2025-12-31, because no cost is on record");
    kam_table_unref(t);
    kam_table_unref(acc);
    kam_ledger_release(&l);
}

static void empty(void **state)
{
    (void)state;
    kam_table *items = build_table(ITEMS, ""), *t, *s, *m, *c;
    calc_pyramid_params p = CALC_PYRAMID_PARAMS(ASOF, CALC_EN);
    p.key_name = "product";
    assert_int_equal(calc_pyramid(items, &p, &t, NULL), KAM_OK);
    assert_string_equal(kam_col_name(kam_table_column(t, 0)), "product");
    assert_int_equal(calc_pyramid_summary(t, &p, &s, NULL), KAM_OK);
    assert_int_equal(kam_table_rows(s), 5);
    assert_int_equal(sum_of(s, "count"), 0);
    assert_int_equal(calc_pyramid_measures(t, &p, &m, NULL), KAM_OK);
    assert_cell(m, 0, "value", "-");
    assert_int_equal(calc_pyramid_curve(t, &p, true, &c, NULL), KAM_OK);
    assert_int_equal(kam_table_rows(c), 0);
    kam_table_unref(c);
    kam_table_unref(m);
    kam_table_unref(s);
    kam_table_unref(t);
    kam_table_unref(items);
}

static void partition_and_order(void **state)
{
    (void)state;
    enum { N = 237 };
    uint64_t seed = 11;
    kam_table *acc = random_accounts(N), *back = reversed_table(acc), *ia, *ib, *a, *b, *s;
    kam_ledger l = random_ledger(N, ASOF, &seed), r = reversed_ledger(&l);
    calc_facts f = {.accounts = acc, .ledger = &l}, g = {.accounts = back, .ledger = &r};
    calc_pyramid_params p = CALC_PYRAMID_PARAMS(ASOF, CALC_EN);
    assert_int_equal(calc_pyramid_items(&f, &p, &ia, NULL), KAM_OK);
    assert_int_equal(calc_pyramid_items(&g, &p, &ib, NULL), KAM_OK);
    assert_int_equal(calc_pyramid(ia, &p, &a, NULL), KAM_OK);
    assert_int_equal(calc_pyramid(ib, &p, &b, NULL), KAM_OK);
    assert_null(difference(a, b, "account"));
    assert_int_equal(calc_pyramid_summary(a, &p, &s, NULL), KAM_OK);
    assert_int_equal(sum_of(s, "count"), N);
    double share = 0;
    for (size_t i = 0; i < kam_table_rows(s); i++) share += real_of(s, i, "basis_share");
    assert_true(fabs(share - 1.0) < 1e-12);
    kam_table_unref(s);
    kam_table_unref(a);
    kam_table_unref(b);
    kam_table_unref(ia);
    kam_table_unref(ib);
    kam_table_unref(acc);
    kam_table_unref(back);
    kam_ledger_release(&l);
    kam_ledger_release(&r);
}

/* Ten items 1000 … 100 (minor units, by 100), codes A … J in that order; cut 1, 2, 3 (the least), so A top, B major, C ordinary, the rest small.
 * D (700): the last of the level above is C with 800; D comes after C, so a tie would lose: 801. It has no level below.
 * C (800): rises with 901 (past B with 900), falls below D with 699 (a tie at 700 would win: C before D). */
static void places(void **state)
{
    (void)state;
    kam_table *items = build_table("key:text name:text basis:money bought:flag",
                                   "A|A|1000|1\nB|B|900|1\nC|C|800|1\nD|D|700|1\nE|E|600|1\nF|F|500|1\nG|G|400|1\nH|H|300|1\n"
                                   "I|I|200|1\nJ|J|100|1\nK|K|-|0"), *t;
    calc_pyramid_params p = CALC_PYRAMID_PARAMS(ASOF, CALC_EN);
    calc_pyramid_place at;
    assert_int_equal(calc_pyramid(items, &p, &t, NULL), KAM_OK);
    calc_pyramid_find(t, 3, &p, &at);
    assert_int_equal(at.n, 10);
    assert_int_equal(at.cut[0], 1);
    assert_int_equal(at.cut[1], 2);
    assert_int_equal(at.cut[2], 3);
    assert_int_equal(at.level, 3);
    assert_true(at.can_rise && !at.can_fall);
    assert_int_equal(at.rise_to, 801);
    assert_int_equal(at.rise_past, 2);
    calc_pyramid_find(t, 2, &p, &at);
    assert_int_equal(at.level, 2);
    assert_int_equal(at.rise_to, 901);
    assert_int_equal(at.fall_to, 699);
    assert_int_equal(at.fall_past, 3);
    calc_pyramid_find(t, 0, &p, &at);
    assert_true(!at.can_rise && at.can_fall);
    assert_int_equal(at.fall_to, 899);
    /* one minor unit decides */
    assert_string_equal(calc_pyramid_if(t, 3, 801, &p), "ordinary");
    assert_string_equal(calc_pyramid_if(t, 3, 800, &p), "small");
    assert_string_equal(calc_pyramid_if(t, 2, 700, &p), "ordinary");
    assert_string_equal(calc_pyramid_if(t, 2, 699, &p), "small");
    assert_string_equal(calc_pyramid_if(t, 3, 0, &p), "small");
    assert_string_equal(calc_pyramid_if(t, 10, 5000, &p), "top"); /* K, which has not bought */
    kam_table_unref(t);
    kam_table_unref(items);
}

/* With the basis found just sufficient the class is another one; one unit less and it is the same. Ties included. */
static void places_agree_with_the_method(void **state)
{
    (void)state;
    uint64_t seed = 3;
    enum { N = 120 };
    kam_str rows = KAM_STR_INIT;
    for (int i = 0; i < N; i++) kam_str_addf(&rows, "%sK%03d|x|%d|1", i ? "\n" : "", i, 1 + (int)(rnd(&seed) % 60));
    kam_table *items = build_table("key:text name:text basis:money bought:flag", kam_str_cstr(&rows)), *t;
    calc_pyramid_params p = CALC_PYRAMID_PARAMS(ASOF, CALC_EN);
    assert_int_equal(calc_pyramid(items, &p, &t, NULL), KAM_OK);
    const kam_column *class = kam_table_find(t, "class");
    for (size_t r = 0; r < N; r++) {
        calc_pyramid_place at;
        const char *now = kam_col_text(class, r);
        calc_pyramid_find(t, r, &p, &at);
        assert_string_equal(calc_pyramid_if(t, r, kam_col_int(kam_table_find(t, "basis"), r), &p), now);
        if (at.can_rise) {
            assert_string_not_equal(calc_pyramid_if(t, r, at.rise_to, &p), now);
            assert_string_equal(calc_pyramid_if(t, r, at.rise_to - 1, &p), now);
        }
        if (at.can_fall && at.fall_to > 0) {
            assert_string_not_equal(calc_pyramid_if(t, r, at.fall_to, &p), now);
            assert_string_equal(calc_pyramid_if(t, r, at.fall_to + 1, &p), now);
        }
    }
    kam_table_unref(t);
    kam_table_unref(items);
    kam_str_release(&rows);
}

/* Ties, nothing left of what was bought, no purchase: each account has by itself the row it has among all. */
static void one_among_all(void **state)
{
    (void)state;
    kam_table *acc = build_accounts("A B C D E F G H"), *nobody = kam_table_pick(acc, NULL, 0), *items, *t, *one;
    kam_ledger l = build_ledger("2025-03-01 500\n2025-03-01 700\n2025-03-01 500\n2025-03-01 500\n2024-03-01 900\n2025-04-01 100 2025-05-01 -300\n"
                                "2025-06-01 12\n\n");
    calc_facts f = {.accounts = acc, .ledger = &l}, g = {.accounts = nobody, .ledger = &l};
    for (int basis = CALC_PYRAMID_REVENUE; basis <= CALC_PYRAMID_MARGIN; basis++) {
        calc_pyramid_params p = CALC_PYRAMID_PARAMS(ASOF, CALC_EN);
        p.basis = (calc_pyramid_basis)basis;
        assert_int_equal(calc_pyramid_items(&f, &p, &items, NULL), KAM_OK);
        assert_int_equal(calc_pyramid(items, &p, &t, NULL), KAM_OK);
        assert_int_equal(kam_table_rows(t), 8);
        for (size_t i = 0; i < 8; i++) {
            kam_table *own = kam_table_pick(acc, &i, 1);
            calc_facts alone = {.accounts = own, .ledger = &l};
            assert_int_equal(calc_pyramid_one(&alone, i, &p, &one, NULL), KAM_OK);
            assert_row_of(t, row_where(t, "account", kam_col_text(kam_table_column(own, 0), 0)), one);
            kam_table_unref(one);
            kam_table_unref(own);
        }
        assert_int_equal(calc_pyramid_one(&g, SIZE_MAX, &p, &one, NULL), KAM_OK);
        assert_row_of(t, SIZE_MAX, one);
        kam_table_unref(one);
        kam_table_unref(t);
        kam_table_unref(items);
    }
    kam_table_unref(nobody);
    kam_table_unref(acc);
    kam_ledger_release(&l);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(places), cmocka_unit_test(places_agree_with_the_method),
        cmocka_unit_test(cuts),  cmocka_unit_test(ties_and_leftovers), cmocka_unit_test(concentration),
        cmocka_unit_test(one_among_all),
        cmocka_unit_test(bases), cmocka_unit_test(empty),              cmocka_unit_test(partition_and_order),
    };
    return cmocka_run_group_tests_name("calc_pyramid", tests, NULL, NULL);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A3. D = 2025-12-31. */
#include "unit.h"
#include "calc_build.h"
#include "calc_rfm.h"
#include <math.h>

#define PARAMS CALC_RFM_PARAMS(day_of("2025-12-31"), CALC_EN)

/* Five accounts; recency 0 10 20 30 40 (mean 20), frequency 4 3 1 1 1 (mean 2), monetary 100 500 300 200 400 (mean 300).
 * E's first purchase and its refund are outside and inside the window: only the refund counts, and only in sums. */
static const char *const five = "2025-03-01 100 2025-04-01 100 2025-05-01 100 2025-12-31 100\n" /* A R+F+M− */
                                "2025-06-01 500 2025-07-01 700 2025-12-21 300\n"                /* B R+F+M+ */
                                "2025-12-11 300\n"                                              /* C R = F− M= → R+F−M+ */
                                "2025-12-01 200\n"                                              /* D R−F−M− */
                                "2024-01-01 900 2025-02-02 -50 2025-11-21 400\n"                /* E R−F−M+ */
                                "2024-12-31 100\n"                                              /* F one day too old */
                                "2025-05-05 0 2025-06-06 -10\n";                                /* G no purchase day */

static void segments_and_scores(void **state)
{
    (void)state;
    kam_table *acc = build_accounts("A B C D E F G"), *t, *s, *m;
    kam_ledger l = build_ledger(five);
    calc_facts f = {.accounts = acc, .ledger = &l};
    calc_rfm_params p = PARAMS;
    assert_int_equal(calc_rfm(&f, &p, &t, NULL), KAM_OK);
    /* F: three equal lowest of five, mid-rank 2: 1 + floor(5 · 1.5 / 5) = 2 */
    static const struct { const char *account, *class, *recency, *frequency, *monetary, *cell; } want[] = {
        {"A", "general-value", "0", "4", "1.00", "551"}, {"B", "value", "10", "3", "5.00", "445"},
        {"C", "develop", "20", "1", "3.00", "323"},      {"D", "general-win-back", "30", "1", "2.00", "222"},
        {"E", "win-back", "40", "1", "4.00", "124"}};
    assert_int_equal(kam_table_rows(t), COUNT_OF(want));
    for (size_t i = 0; i < COUNT_OF(want); i++) {
        assert_cell(t, i, "account", want[i].account);
        assert_cell(t, i, "class", want[i].class);
        assert_cell(t, i, "recency", want[i].recency);
        assert_cell(t, i, "frequency", want[i].frequency);
        assert_cell(t, i, "monetary", want[i].monetary);
        assert_cell(t, i, "cell", want[i].cell);
    }
    assert_cell(t, 4, "window_revenue", "3.50");
    assert_cell(t, 1, "why", "last bought 10 days ago (mean 20), 3 purchase days (mean 2), 5.00 a day (mean 3.00)");
    assert_int_equal(calc_rfm_measures(t, &p, &m, NULL), KAM_OK);
    assert_cell(m, 0, "value", "5");
    assert_cell(m, 1, "value", "20");
    assert_cell(m, 2, "value", "2");
    assert_cell(m, 3, "value", "3");
    assert_int_equal(calc_class_summary(t, "class", "window_revenue", calc_rfm_classes, &s, NULL), KAM_OK);
    assert_int_equal(kam_table_rows(s), 8);
    assert_int_equal(sum_of(s, "count"), 5);
    kam_table_unref(m);
    kam_table_unref(s);
    kam_table_unref(t);
    kam_table_unref(acc);
    kam_ledger_release(&l);
}

static void all_equal_and_none(void **state)
{
    (void)state;
    /* Equal counts as above: all of them, or a single one, are `value`, in the middle cell. The mean of 33.33… must not
     * fall above its equal parts: three purchase days of 100/3 each. */
    kam_table *acc = build_accounts("A B C"), *t;
    kam_ledger l = build_ledger("2025-06-01 33 2025-06-02 33 2025-06-03 34\n2025-06-01 33 2025-06-02 33 2025-06-03 34\n"
                                "2025-06-01 33 2025-06-02 33 2025-06-03 34\n");
    calc_facts f = {.accounts = acc, .ledger = &l};
    calc_rfm_params p = PARAMS;
    assert_int_equal(calc_rfm(&f, &p, &t, NULL), KAM_OK);
    for (size_t i = 0; i < 3; i++) {
        assert_cell(t, i, "class", "value");
        assert_cell(t, i, "cell", "333");
    }
    kam_table_unref(t);
    kam_table_unref(acc);
    kam_ledger_release(&l);

    acc = build_accounts("A");
    l = build_ledger("2025-12-31 1\n");
    assert_int_equal(calc_rfm(&(calc_facts){.accounts = acc, .ledger = &l}, &p, &t, NULL), KAM_OK);
    assert_cell(t, 0, "class", "value");
    assert_cell(t, 0, "cell", "333");
    kam_table_unref(t);
    kam_ledger_release(&l);
    l = build_ledger("2024-01-01 1\n");
    assert_int_equal(calc_rfm(&(calc_facts){.accounts = acc, .ledger = &l}, &p, &t, NULL), KAM_OK);
    assert_int_equal(kam_table_rows(t), 0);
    kam_table *m;
    assert_int_equal(calc_rfm_measures(t, &p, &m, NULL), KAM_OK);
    assert_cell(m, 0, "value", "0");
    assert_cell(m, 1, "value", "-");
    kam_table_unref(m);
    kam_table_unref(t);
    kam_table_unref(acc);
    kam_ledger_release(&l);
}

static void partition_and_order(void **state)
{
    (void)state;
    enum { N = 400 };
    uint64_t seed = 17;
    kam_day asof = day_of("2025-12-31");
    kam_table *acc = random_accounts(N), *back = reversed_table(acc), *a, *b, *s;
    kam_ledger l = random_ledger(N, asof, &seed), r = reversed_ledger(&l);
    calc_facts f = {.accounts = acc, .ledger = &l}, g = {.accounts = back, .ledger = &r};
    calc_rfm_params p = PARAMS;
    assert_int_equal(calc_rfm(&f, &p, &a, NULL), KAM_OK);
    assert_int_equal(calc_rfm(&g, &p, &b, NULL), KAM_OK);
    assert_null(difference(a, b, "account"));
    assert_int_equal(calc_class_summary(a, "class", NULL, calc_rfm_classes, &s, NULL), KAM_OK);
    assert_int_equal(kam_table_rows(s), 8); /* no row `unknown` */
    assert_int_equal(sum_of(s, "count"), kam_table_rows(a));
    /* Scores never fall when the value rises. */
    static const char *const of[][2] = {{"frequency", "f"}, {"monetary", "m"}, {"recency", "r"}};
    for (int k = 0; k < 3; k++) {
        const kam_column *v = kam_table_find(a, of[k][0]), *sc = kam_table_find(a, of[k][1]);
        for (size_t i = 0; i < kam_table_rows(a); i++)
            for (size_t j = 0; j < kam_table_rows(a); j++) {
                int64_t x = kam_col_int(v, i), y = kam_col_int(v, j), sx = kam_col_int(sc, i), sy = kam_col_int(sc, j);
                if (k == 2) x = -x, y = -y;
                if (x > y) assert_true(sx >= sy);
                if (x == y && k != 1) continue;
                if (x == y) assert_int_equal(sx, sy);
            }
    }
    kam_table_unref(s);
    kam_table_unref(a);
    kam_table_unref(b);
    kam_table_unref(acc);
    kam_table_unref(back);
    kam_ledger_release(&l);
    kam_ledger_release(&r);
}

/* The five of above: sums 100, 10, 1500 over 5. D (30, 1, 200) is general-win-back. With a purchase of 400 today D has (0, 2, 300):
 * sums 70, 11, 1600, means 14, 2.2, 320: R+ F− M−, general-develop. With one of 800: (0, 2, 500), means 14, 2.2, 360: develop. F, which is
 * not in the population, with (0, 1, 100): sums 100, 11, 1600 over 6, means 16.7, 1.83, 266.7: R+ F− M−. */
static void other_values(void **state)
{
    (void)state;
    kam_table *acc = build_accounts("A B C D E F G");
    kam_ledger l = build_ledger(five);
    calc_facts f = {.accounts = acc, .ledger = &l};
    calc_rfm_params p = PARAMS;
    calc_rfm_sums sums;
    calc_rfm_values d, x = {0, 2, 300}, y = {0, 2, 500}, z = {0, 1, 100};
    assert_int_equal(calc_rfm_population(&f, &p, &sums, NULL), KAM_OK);
    assert_int_equal(sums.n, 5);
    assert_int_equal(sums.recency, 100);
    assert_int_equal(sums.frequency, 10);
    assert_true(fabs(sums.monetary - 1500) < 1e-9);
    assert_true(calc_rfm_of(&l, 3, &p, &d));
    assert_false(calc_rfm_of(&l, 5, &p, &z));
    z = (calc_rfm_values){0, 1, 100};
    calc_rfm_sides s = calc_rfm_compare(&d, &sums);
    assert_true(!s.r && !s.f && !s.m);
    assert_string_equal(calc_rfm_segment(s), "general-win-back");
    assert_string_equal(calc_rfm_if(&sums, &d, &d), "general-win-back"); /* nothing changed */
    assert_string_equal(calc_rfm_if(&sums, &d, &x), "general-develop");
    assert_string_equal(calc_rfm_if(&sums, &d, &y), "develop");
    assert_string_equal(calc_rfm_if(&sums, NULL, &z), "general-develop");
    kam_table_unref(acc);
    kam_ledger_release(&l);
}

/* One account, with everybody's ledger, has the row it has among all: each of the seven, and one that is not there. */
static void one_among_all(void **state)
{
    (void)state;
    static const char *const code[] = {"A", "B", "C", "D", "E", "F", "G"};
    kam_table *acc = build_accounts("A B C D E F G"), *nobody = kam_table_pick(acc, NULL, 0), *t, *one;
    kam_ledger l = build_ledger(five);
    calc_facts f = {.accounts = acc, .ledger = &l}, g = {.accounts = nobody, .ledger = &l};
    calc_rfm_params p = PARAMS;
    assert_int_equal(calc_rfm(&f, &p, &t, NULL), KAM_OK);
    for (size_t i = 0; i < COUNT_OF(code); i++) {
        kam_table *own = kam_table_pick(acc, &i, 1);
        calc_facts alone = {.accounts = own, .ledger = &l};
        assert_int_equal(calc_rfm_one(&alone, i, &p, &one, NULL), KAM_OK);
        assert_row_of(t, i < 5 ? i : SIZE_MAX, one); /* F and G are not of the population */
        kam_table_unref(one);
        kam_table_unref(own);
    }
    assert_int_equal(calc_rfm_one(&g, SIZE_MAX, &p, &one, NULL), KAM_OK);
    assert_row_of(t, SIZE_MAX, one);
    kam_table_unref(one);
    kam_table_unref(t);
    kam_table_unref(nobody);
    kam_table_unref(acc);
    kam_ledger_release(&l);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(segments_and_scores),
        cmocka_unit_test(all_equal_and_none),
        cmocka_unit_test(other_values),
        cmocka_unit_test(partition_and_order),
        cmocka_unit_test(one_among_all),
    };
    return cmocka_run_group_tests_name("calc_rfm", tests, NULL, NULL);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A10: k-means with its silhouette, segments by columns and by crossing, the four rules. D = 2025-12-31. */
#include "unit.h"
#include "calc_build.h"
#include "calc_segment.h"
#include <math.h>

#define assert_near(got, want) assert_true(fabs((got) - (want)) < 1e-9)

/* 0 1 | 10 12: with k = 2 the middles are .5 and 11, inertia 2·.25 + 2·1 = 2.5. Silhouettes: 0: a 1, b 11 → 10/11; 1: a 1, b 10 → 9/10;
 * 10: a 2, b 9.5 → 7.5/9.5; 12: a 2, b 11.5 → 9.5/11.5. */
static void by_hand(void **state)
{
    (void)state;
    const double x[] = {10, 0, 12, 1};
    calc_kmeans_spec spec = CALC_KMEANS_SPEC;
    calc_kmeans m;
    spec.k = 2;
    calc_kmeans_fit(x, 4, 1, &spec, &m);
    assert_int_equal(m.k, 2);
    assert_near(m.inertia, 2.5);
    assert_near(m.centroid[0], 0.5); /* equal sizes: the smaller middle first */
    assert_near(m.centroid[1], 11);
    assert_int_equal(m.of[0], 1);
    assert_int_equal(m.of[1], 0);
    double want = (10.0 / 11 + 9.0 / 10 + 7.5 / 9.5 + 9.5 / 11.5) / 4;
    assert_near(m.silhouette, want);
    assert_near(calc_silhouette(x, 4, 1, m.of, 2), want);
    calc_kmeans_release(&m);
    spec.k = 0;
    calc_kmeans_fit(x, 4, 1, &spec, &m);
    assert_int_equal(m.k, 2); /* and that is the best k */
    calc_kmeans_release(&m);
}

static void degenerate(void **state)
{
    (void)state;
    calc_kmeans_spec spec = CALC_KMEANS_SPEC;
    calc_kmeans m;
    calc_kmeans_fit(NULL, 0, 2, &spec, &m);
    assert_int_equal(m.k, 0);
    calc_kmeans_release(&m);
    const double one[] = {3, 4};
    calc_kmeans_fit(one, 1, 2, &spec, &m);
    assert_int_equal(m.k, 1);
    assert_true(isnan(m.silhouette));
    calc_kmeans_release(&m);
    const double same[] = {1, 1, 1, 1, 1};
    spec.k = 3; /* not more clusters than distinct points */
    calc_kmeans_fit(same, 5, 1, &spec, &m);
    assert_int_equal(m.k, 1);
    assert_int_equal(m.size[0], 5);
    assert_near(m.inertia, 0);
    calc_kmeans_release(&m);
    const double two[] = {1, 1, 7};
    calc_kmeans_fit(two, 3, 1, &spec, &m);
    assert_int_equal(m.k, 2);
    calc_kmeans_release(&m);
}

/* Three clouds: found whatever the order of the rows, the same with the same seed, also when only a sample chooses k. */
static void clouds(void **state)
{
    (void)state;
    enum { N = 300 };
    uint64_t seed = 5;
    double *x = kam_calloc(2 * N, sizeof *x), *turned = kam_calloc(2 * N, sizeof *x);
    for (size_t i = 0; i < N; i++)
        for (size_t j = 0; j < 2; j++) {
            double middle = (i % 3 == 1) ? 10 : (i % 3 == 2) ? (j ? -10 : 10) : 0;
            x[2 * i + j] = middle + (double)(rnd(&seed) % 1000) / 500.0;
            turned[2 * (N - 1 - i) + j] = x[2 * i + j];
        }
    for (int k = 0; k < 2; k++) {
        calc_kmeans_spec spec = CALC_KMEANS_SPEC;
        calc_kmeans a, b;
        if (k) spec.sample = 60;
        calc_kmeans_fit(x, N, 2, &spec, &a);
        calc_kmeans_fit(turned, N, 2, &spec, &b);
        assert_int_equal(a.k, 3);
        assert_int_equal(b.k, 3);
        assert_true(a.silhouette > 0.8);
        for (size_t i = 0; i < N; i++) {
            assert_int_equal(a.of[i], a.of[i % 3]);
            assert_int_equal(a.of[i], b.of[N - 1 - i]);
        }
        calc_kmeans_release(&a);
        calc_kmeans_release(&b);
    }
    kam_free(x);
    kam_free(turned);
}

#define ACCOUNTS "account:text name:text industry:text employees:int kind:text known_since:day annual_spend:money"

typedef struct world {
    kam_table *accounts, *reach, *costs;
    kam_ledger ledger;
} world;

/* Four small buyers (revenue 10 each), two large (1,000 and 1,200), one that never bought, one lapsed. */
static world build(void)
{
    return (world){.accounts = build_table(ACCOUNTS, "A|a|Chips|50|company|-|-\nB|b|Chips|50|company|-|-\n"
                                                     "C|c|-|500|company|-|-\nD|d|-|500|-|-|-\nE|e|Chips|5000|company|-|-\n"
                                                     "F|f|Chips|5000|company|-|-\nG|g|-|-|company|-|-\nH|h|-|5000|company|-|-"),
                   .reach = build_table("row:int contacts:int", "0|1\n1|2\n4|3"),
                   .ledger = build_ledger("2025-02-01 500 2025-12-01 500\n2025-02-01 500 2025-12-01 500\n2025-02-01 500 2025-12-01 500\n"
                                          "2025-02-01 500 2025-12-01 500\n2025-01-06 40000 2025-12-30 60000\n2025-01-06 60000 2025-12-30 60000\n\n2020-01-01 100\n")};
}

static void drop(world *w)
{
    kam_table_unref(w->accounts);
    kam_table_unref(w->reach);
    kam_ledger_release(&w->ledger);
}

static void grouped(void **state)
{
    (void)state;
    world w = build();
    kam_table *t, *s;
    calc_segment_params p = CALC_SEGMENT_PARAMS(day_of("2025-12-31"), CALC_EN);
    calc_segment_facts x = {w.reach, NULL, NULL};
    p.n_columns = 2;
    p.columns[0] = calc_segment_column_find("mean_purchase"); /* missing for G and H */
    p.columns[1] = calc_segment_column_find("window_revenue");
    p.kmeans.k = 2;
    assert_int_equal(calc_segment(&(calc_facts){.accounts = w.accounts, .ledger = &w.ledger}, &x, &p, &t, &s, NULL), KAM_OK);
    static const char *const want[] = {"S1", "S1", "S1", "S1", "S2", "S2", "-", "-"};
    for (size_t i = 0; i < 8; i++) assert_cell(t, i, "class", want[i]);
    assert_cell(t, 0, "distance", "0"); /* the four are alike */
    assert_cell(t, 6, "why", "not grouped: mean of a purchase day is unknown");
    /* S1: 4 of 6 accounts, 40 of 2,240: pull (40/4)/(2240/6) = .0268 ≤ 1/1.5; reach 2 of 4. S2: prior (D−360, D−180] begins on
     * 2025-01-06: 400 + 600 = 1,000; recent 1,200: +.2. */
    assert_cell(s, 0, "count", "4");
    assert_near(real_of(s, 0, "share"), 4.0 / 6);
    assert_cell(s, 0, "value", "40.00");
    assert_near(real_of(s, 0, "pull"), 10 / (2240.0 / 6));
    assert_near(real_of(s, 0, "reach"), 0.5);
    assert_near(real_of(s, 0, "spread"), 0);
    assert_near(real_of(s, 1, "growth"), 0.2);
    assert_cell(s, 0, "usable", "1");
    assert_cell(s, 1, "reachable", "1"); /* one of two */
    assert_cell(s, 1, "tied", "1");
    assert_cell(s, 1, "description", "mean of a purchase day high (550.00 against 186.67); revenue in the window high (1,100.00 against 373.33)");
    assert_string_equal(kam_table_note(t, 1), "2 of 8 accounts lack one of the columns and are in no segment");
    double share = 0;
    for (size_t i = 0; i < kam_table_rows(s); i++) share += real_of(s, i, "share");
    assert_near(share, 1);
    kam_table_unref(t);
    kam_table_unref(s);
    p.min_reach = 0.51;
    p.min_share = 0.7;
    p.lang = CALC_ZH;
    assert_int_equal(calc_segment(&(calc_facts){.accounts = w.accounts, .ledger = &w.ledger}, &x, &p, &t, &s, NULL), KAM_OK);
    assert_cell(s, 0, "large_enough", "0"); /* .67 of the accounts, .02 of the value */
    assert_cell(s, 1, "large_enough", "1"); /* .33 of the accounts, .98 of the value */
    assert_cell(s, 0, "usable", "0");
    assert_cell(t, 6, "why", "未分组：每购买日平均额未知");
    kam_table_unref(t);
    kam_table_unref(s);
    drop(&w);
}

static void crossed(void **state)
{
    (void)state;
    world w = build();
    kam_table *t, *s;
    calc_segment_params p = CALC_SEGMENT_PARAMS(day_of("2025-12-31"), CALC_EN);
    const char *grade[] = {"small", "small", "small", "small", "top", "major", "inactive", NULL};
    calc_segment_facts x = {w.reach, grade, NULL};
    p.n_cross = 2;
    p.cross[0] = calc_segment_criterion_find("industry");
    p.cross[1] = calc_segment_criterion_find("size");
    assert_int_equal(calc_segment(&(calc_facts){.accounts = w.accounts, .ledger = &w.ledger}, &x, &p, &t, &s, NULL), KAM_OK);
    assert_cell(t, 0, "class", "Chips × 小型 | Chips × small");
    assert_cell(t, 2, "class", "未知 × 中型 | unknown × medium");
    assert_cell(t, 4, "class", "Chips × 大型 | Chips × large");
    assert_cell(t, 6, "class", "未知 × 未知 | unknown × unknown");
    assert_int_equal(kam_table_rows(s), 5);
    int64_t count = 0;
    for (size_t i = 0; i < kam_table_rows(s); i++) count += kam_col_int(kam_table_find(s, "count"), i);
    assert_int_equal(count, 8); /* every account is in a cell */
    size_t large = row_where(s, "segment", "Chips × 大型 | Chips × large");
    assert_cell(s, large, "value", "2200.00");
    assert_near(real_of(s, large, "reach"), 0.5);
    kam_table_unref(t);
    kam_table_unref(s);
    p.n_cross = 1;
    p.cross[0] = calc_segment_criterion_find("grade");
    assert_int_equal(calc_segment(&(calc_facts){.accounts = w.accounts, .ledger = &w.ledger}, &x, &p, &t, NULL, NULL), KAM_OK);
    assert_cell(t, 0, "class", "小客户 | small account");
    assert_cell(t, 4, "class", "重要客户 | VIP");
    assert_cell(t, 7, "class", "未知 | unknown");
    kam_table_unref(t);
    drop(&w);
    assert_null(calc_segment_column_find("revenue"));
    assert_null(calc_segment_criterion_find("sise"));
}

static void empty_and_one(void **state)
{
    (void)state;
    calc_segment_params p = CALC_SEGMENT_PARAMS(day_of("2025-12-31"), CALC_EN);
    calc_segment_facts x = {NULL, NULL, NULL};
    kam_table *acc = build_accounts(""), *t, *s;
    kam_ledger l = build_ledger("");
    assert_int_equal(calc_segment(&(calc_facts){.accounts = acc, .ledger = &l}, &x, &p, &t, &s, NULL), KAM_OK);
    assert_int_equal(kam_table_rows(t), 0);
    assert_int_equal(kam_table_rows(s), 0);
    kam_table_unref(t);
    kam_table_unref(s);
    kam_ledger_release(&l);
    kam_table_unref(acc);
    acc = build_accounts("A");
    l = build_ledger("2025-03-01 100\n");
    assert_int_equal(calc_segment(&(calc_facts){.accounts = acc, .ledger = &l}, &x, &p, &t, &s, NULL), KAM_OK);
    assert_cell(t, 0, "class", "S1");
    assert_cell(s, 0, "description", "like the average");
    assert_cell(s, 0, "tied", "0");
    assert_cell(s, 0, "reach", "0");
    kam_table_unref(t);
    kam_table_unref(s);
    kam_ledger_release(&l);
    kam_table_unref(acc);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(by_hand), cmocka_unit_test(degenerate), cmocka_unit_test(clouds),
                                       cmocka_unit_test(grouped), cmocka_unit_test(crossed),    cmocka_unit_test(empty_and_one)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}

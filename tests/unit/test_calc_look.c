/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Likeness by hand, missing values, ties, and properties of the standardisation. */
#include "unit.h"
/* after unit.h */
#include "calc_build.h"
#include "calc_look.h"
#include <math.h>

#define PROFILE "account:text name:text industry:text kind:text ownership:text region:text source:text employees:int annual_spend:money exit_cost:real"
static const double ONE[CALC_LOOK_COLUMNS] = {1, 1, 1, 1, 1, 1, 1, 1};

/* Industry X X Y Y: of 12 ordered pairs 4 agree, so a difference counts 2 ÷ (8/12) = 3. Exit cost 1 3 5 -: mean 3, sd 2, z −1 0 1.
 * Everything else says nothing. A–B: (0 + 1)/2 = .5, coverage 1. A–C: (3 + 4)/2 = 3.5. A–D: 3/1, coverage .5. */
static const char FOUR[] = "A|a|X|-|-|-|-|-|-|1\nB|b|X|-|-|-|-|-|-|3\nC|c|Y|-|-|-|-|-|-|5\nD|d|Y|-|-|-|-|-|-|-";

static void distances(void **state)
{
    (void)state;
    kam_table *t = build_table(PROFILE, FOUR);
    calc_look l;
    double d2, coverage;
    assert_int_equal(calc_look_build(t, ONE, &l, NULL), KAM_OK);
    assert_true(l.total == 2);
    assert_true(calc_look_distance2(&l, 0, 1, &d2, &coverage));
    assert_true(fabs(d2 - .5) < 1e-12 && coverage == 1);
    assert_true(calc_look_distance2(&l, 0, 2, &d2, &coverage));
    assert_true(fabs(d2 - 3.5) < 1e-12);
    assert_true(calc_look_distance2(&l, 3, 0, &d2, &coverage));
    assert_true(fabs(d2 - 3) < 1e-12 && coverage == .5);
    calc_look_release(&l);
    /* weights 3 and 1 for industry and exit cost: A–C (9 + 4)/4 = 3.25; weight 0 leaves a column out */
    const double weights[CALC_LOOK_COLUMNS] = {3, 1, 1, 1, 1, 1, 1, 1}, none[CALC_LOOK_COLUMNS] = {0, 1, 1, 1, 1, 1, 1, 1};
    assert_int_equal(calc_look_build(t, weights, &l, NULL), KAM_OK);
    assert_true(calc_look_distance2(&l, 0, 2, &d2, &coverage));
    assert_true(fabs(d2 - 3.25) < 1e-12);
    calc_look_release(&l);
    assert_int_equal(calc_look_build(t, none, &l, NULL), KAM_OK);
    assert_false(calc_look_distance2(&l, 0, 3, &d2, &coverage)); /* nothing known of both */
    calc_look_release(&l);
    kam_table_unref(t);
}

static void ranking(void **state)
{
    (void)state;
    kam_table *t = build_table(PROFILE, FOUR), *r, *d;
    calc_look l;
    calc_look_params p = CALC_LOOK_PARAMS(CALC_EN);
    assert_int_equal(calc_look_build(t, ONE, &l, NULL), KAM_OK);
    const uint8_t role[4] = {1, 2, 2, 2}; /* A is the group */
    assert_int_equal(calc_look_rank(&l, role, &p, &r, NULL), KAM_OK);
    assert_int_equal(kam_table_rows(r), 3);
    assert_cell(r, 0, "account", "B");
    assert_true(fabs(real_of(r, 0, "likeness") - .75) < 1e-12); /* 1 − .5/2 */
    assert_cell(r, 0, "columns", "industry, exit_cost");
    assert_cell(r, 0, "why", "same industry (X); exit cost 3, there 1");
    assert_cell(r, 1, "account", "D"); /* 3 before 3.5 */
    assert_cell(r, 1, "coverage", "0.5");
    assert_cell(r, 1, "columns", "-");
    assert_cell(r, 1, "why", "no column is closer than chance");
    assert_cell(r, 2, "account", "C");
    assert_true(fabs(real_of(r, 2, "likeness") + .75) < 1e-12);
    kam_table_unref(r);
    p.coverage = .6;
    assert_int_equal(calc_look_rank(&l, role, &p, &r, NULL), KAM_OK);
    assert_int_equal(kam_table_rows(r), 2);
    assert_int_equal(kam_table_notes(r), 2); /* one could not be compared */
    kam_table_unref(r);
    p.top = 1;
    assert_int_equal(calc_look_rank(&l, role, &p, &r, NULL), KAM_OK);
    assert_int_equal(kam_table_rows(r), 1);
    kam_table_unref(r);
    /* what the columns add sums to the likeness: .5·1 (industry) + .5·(1 − 1/2) = .75 */
    assert_int_equal(calc_look_detail(&l, role, &p, 1, &d, NULL), KAM_OK);
    assert_int_equal(kam_table_rows(d), CALC_LOOK_COLUMNS);
    assert_true(fabs(real_of(d, 0, "adds") - .5) < 1e-12);
    assert_true(fabs(real_of(d, 7, "adds") - .25) < 1e-12);
    assert_cell(d, 1, "adds", "-");
    assert_cell(d, 7, "nearest_value", "1");
    kam_table_unref(d);
    assert_int_equal(calc_look_detail(&l, role, &p, 0, &d, NULL), KAM_OK); /* of the group itself: no candidate */
    assert_int_equal(kam_table_rows(d), 0);
    kam_table_unref(d);
    calc_look_release(&l);
    kam_table_unref(t);
}

/* Texts in both languages show the reader's half, keys their Chinese word. */
static void both_languages(void **state)
{
    (void)state;
    kam_table *t = build_table(PROFILE, "A|a|-|company|-|-|-|-|-|-\nB|b|-|company|-|-|-|-|-|-\nC|c|-|consumer|-|-|-|-|-|-"), *r;
    calc_look l;
    calc_look_params p = CALC_LOOK_PARAMS(CALC_ZH);
    const uint8_t role[3] = {1, 2, 0};
    assert_int_equal(calc_look_build(t, ONE, &l, NULL), KAM_OK);
    assert_int_equal(calc_look_rank(&l, role, &p, &r, NULL), KAM_OK);
    assert_cell(r, 0, "why", "类型相同（企业）");
    kam_table_unref(r);
    calc_look_release(&l);
    kam_table_unref(t);
}

static void nobody(void **state)
{
    (void)state;
    static const char *const worlds[] = {"", "A|a|X|-|-|-|-|7|-|-", "A|a|-|-|-|-|-|-|-|-\nB|b|-|-|-|-|-|-|-|-", "A|a|X|-|-|-|-|7|-|-\nB|b|X|-|-|-|-|7|-|-"};
    for (size_t k = 0; k < COUNT_OF(worlds); k++) {
        kam_table *t = build_table(PROFILE, worlds[k]), *r;
        calc_look l;
        calc_look_params p = CALC_LOOK_PARAMS(CALC_ZH);
        const uint8_t role[2] = {1, 2}, alone[2] = {2, 2};
        assert_int_equal(calc_look_build(t, ONE, &l, NULL), KAM_OK);
        assert_int_equal(calc_look_rank(&l, role, &p, &r, NULL), KAM_OK);
        assert_int_equal(kam_table_rows(r), 0); /* nothing that differs: nothing to compare */
        kam_table_unref(r);
        assert_int_equal(calc_look_rank(&l, alone, &p, &r, NULL), KAM_OK);
        assert_int_equal(kam_table_rows(r), 0);
        kam_table_unref(r);
        calc_look_release(&l);
        kam_table_unref(t);
    }
    kam_table *bad = build_table("account:text name:text", "A|a");
    calc_look l;
    kam_err err = KAM_ERR_INIT;
    assert_int_equal(calc_look_build(bad, ONE, &l, &err), KAM_CALC);
    assert_string_equal(err.word[0], "NODATA");
    kam_table_unref(bad);
}

static kam_table *random_profiles(size_t n, uint64_t *seed)
{
    kam_str rows = KAM_STR_INIT;
    for (size_t i = 0; i < n; i++) {
        kam_str_addf(&rows, "A%03zu|x|", i);
        for (int k = 0; k < 5; k++) {
            if (rnd(seed) % 10 == 0) kam_str_add(&rows, "-|");
            else kam_str_addf(&rows, "w%d|", (int)(rnd(seed) % (uint64_t)(2 + k)));
        }
        kam_str_addf(&rows, "%d|%d|%d\n", (int)(rnd(seed) % 5000), (int)(rnd(seed) % 900000), (int)(rnd(seed) % 11));
    }
    kam_table *t = build_table(PROFILE, kam_str_cstr(&rows));
    kam_str_release(&rows);
    return t;
}

/* The heap finds what sorting all distances finds; ties go by the order of the group. */
static void nearest_of_all(void **state)
{
    (void)state;
    uint64_t seed = 3;
    enum { N = 120 };
    kam_table *t = random_profiles(N, &seed);
    calc_look l;
    size_t group[N], at[N];
    double d2[N];
    assert_int_equal(calc_look_build(t, ONE, &l, NULL), KAM_OK);
    for (size_t i = 0; i < N; i++) group[i] = i;
    for (size_t a = 0; a < N; a += 7) {
        size_t n = calc_look_nearest(&l, a, group, N, 9, 0, at, d2);
        assert_int_equal(n, 9);
        for (size_t i = 0; i < n; i++) {
            assert_true(at[i] != a);
            assert_true(i == 0 || d2[i - 1] < d2[i] || (d2[i - 1] == d2[i] && at[i - 1] < at[i]));
        }
        for (size_t b = 0; b < N; b++) { /* nobody outside is nearer */
            double d, c;
            bool in = b == a;
            for (size_t i = 0; i < n; i++) in |= at[i] == b;
            if (!in) assert_true(calc_look_distance2(&l, a, b, &d, &c) && d >= d2[n - 1]);
        }
        assert_int_equal(calc_look_nearest(&l, a, group, N, N, 0, at, d2), N - 1);
    }
    /* standardised: the mean of d² over all pairs, column by column, is 2 */
    for (int k = 0; k < CALC_LOOK_COLUMNS; k++) {
        double weight[CALC_LOOK_COLUMNS] = {0}, sum = 0, pairs = 0;
        calc_look one;
        weight[k] = 1;
        assert_int_equal(calc_look_build(t, weight, &one, NULL), KAM_OK);
        for (size_t a = 0; a < N; a++)
            for (size_t b = 0; b < a; b++) {
                double d, c;
                if (calc_look_distance2(&one, a, b, &d, &c)) sum += d, pairs++;
            }
        assert_true(fabs(sum / pairs - 2) < 1e-9);
        calc_look_release(&one);
    }
    /* a larger group than the sample is taken evenly and said */
    uint8_t role[N];
    for (size_t i = 0; i < N; i++) role[i] = i % 2 ? 1 : 2;
    calc_look_params p = CALC_LOOK_PARAMS(CALC_EN);
    p.sample = 10;
    kam_table *r;
    assert_int_equal(calc_look_rank(&l, role, &p, &r, NULL), KAM_OK);
    assert_int_equal(kam_table_rows(r), N / 2);
    assert_non_null(strstr(kam_table_note(r, 0), "60 accounts in the group, 10 of them taken evenly"));
    kam_table_unref(r);
    calc_look_release(&l);
    kam_table_unref(t);
}

/* A few of the space and one more: distances are those of the whole space, whoever takes the place. */
static void few_and_one_more(void **state)
{
    (void)state;
    kam_table *t = build_table(PROFILE, "A|a|X|p|-|N|-|10|10000|1\nB|b|X|q|-|S|-|20|-|3\nC|c|Y|-|-|N|-|90|5000|5\nD|d|Z|q|-|-|-|-|700|-\n"
                                        "E|e|-|-|-|-|-|-|-|-\nF|f|Y|p|-|N|-|15|10000|2");
    static const size_t group[] = {1, 2, 5};
    kam_table *profiles = kam_table_pick(t, group, 3);
    calc_look l, few;
    assert_int_equal(calc_look_build(t, ONE, &l, NULL), KAM_OK);
    calc_look_few(&l, group, 3, profiles, &few);
    assert_int_equal(few.n, 4);
    for (size_t a = 0; a < l.n; a++) {
        kam_table *one = kam_table_pick(t, &a, 1);
        assert_int_equal(calc_look_put(&few, one, NULL), KAM_OK);
        for (size_t i = 0; i < 3; i++) {
            double x = 0, y = 0, cx = 0, cy = 0;
            const bool known = calc_look_distance2(&l, a, group[i], &x, &cx);
            assert_int_equal(calc_look_distance2(&few, 3, i, &y, &cy), known);
            assert_true(x == y && cx == cy);
        }
        kam_table_unref(one);
    }
    calc_look_release(&few);
    calc_look_release(&l);
    kam_table_unref(profiles);
    kam_table_unref(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(distances), cmocka_unit_test(ranking), cmocka_unit_test(both_languages), cmocka_unit_test(nobody),
                                       cmocka_unit_test(nearest_of_all), cmocka_unit_test(few_and_one_more)};
    return cmocka_run_group_tests_name("calc_look", tests, NULL, NULL);
}

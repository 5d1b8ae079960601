/* SPDX-License-Identifier: GPL-3.0-or-later */
/* D3: the distribution against brute force and against seeded simulation, then the rows. D = 2025-11-10. */
#include "unit.h"
#include "calc_build.h"
#include "calc_forecast.h"
#include <math.h>

#define OPPS "row:int opportunity:text result:text stage:text opened_on:day closed_on:day expected_close:day amount:money rep:text"

static void by_hand(void **state)
{
    (void)state;
    /* 100 with 1/2, 300 with 1/4, 50 for sure, 70 never: 50 (3/8) 150 (3/8) 350 (1/8) 450 (1/8) */
    const int64_t amount[] = {100, 300, 50, 70};
    const double prob[] = {0.5, 0.25, 1.0, 0.0};
    calc_dist d = CALC_DIST_INIT;
    calc_dist_sum(0, amount, prob, 4, 1000, &d);
    static const struct { int64_t v; double p; } want[] = {{50, 0.375}, {150, 0.375}, {350, 0.125}, {450, 0.125}};
    assert_int_equal(d.n, 4);
    for (size_t i = 0; i < 4; i++) {
        assert_int_equal(d.value[i], want[i].v);
        assert_true(fabs(d.p[i] - want[i].p) < 1e-15);
    }
    assert_int_equal(calc_dist_quantile(&d, 0.375), 50); /* reached exactly */
    assert_int_equal(calc_dist_quantile(&d, 0.376), 150);
    assert_int_equal(calc_dist_quantile(&d, 0.9), 450);
    assert_true(fabs(calc_dist_at_least(&d, 150) - 0.625) < 1e-15);
    assert_true(fabs(calc_dist_at_least(&d, 151) - 0.25) < 1e-15);
    assert_true(calc_dist_at_least(&d, 451) == 0.0);
    calc_dist_release(&d);
    const int64_t twins[] = {100, 100, 100};
    const double half[] = {0.5, 0.5, 0.5};
    calc_dist_sum(0, twins, half, 3, 1000, &d); /* equal totals are one value: 1/8 3/8 3/8 1/8 */
    assert_int_equal(d.n, 4);
    assert_true(fabs(d.p[1] - 0.375) < 1e-15 && d.value[1] == 100);
    calc_dist_release(&d);
    calc_dist_sum(700, NULL, NULL, 0, 1000, &d);
    assert_int_equal(d.n, 1);
    assert_int_equal(calc_dist_quantile(&d, 0.1), 700);
    calc_dist_release(&d);
}

/* 14 terms are convolved; all 16384 outcomes are the reference. */
static void against_brute_force(void **state)
{
    (void)state;
    enum { N = 14 };
    uint64_t seed = 5;
    for (int round = 0; round < 5; round++) {
        int64_t amount[N], base = 1234;
        double prob[N];
        for (int i = 0; i < N; i++) {
            amount[i] = 2500 * (1 + (int64_t)(rnd(&seed) % 40));
            prob[i] = 0.05 + 0.9 * rnd_unit(&seed);
        }
        calc_dist d = CALC_DIST_INIT;
        calc_dist_sum(base, amount, prob, N, 100000, &d);
        assert_int_equal(d.step, 1);
        double *p = kam_calloc(41 * N, sizeof *p), all = 0; /* in units of 2500 */
        for (unsigned s = 0; s < 1u << N; s++) {
            double q = 1;
            int64_t sum = 0;
            for (int i = 0; i < N; i++) {
                q *= s >> i & 1 ? prob[i] : 1 - prob[i];
                sum += s >> i & 1 ? amount[i] : 0;
            }
            p[sum / 2500] += q;
        }
        for (size_t k = 0; k < d.n; k++) {
            assert_true(fabs(d.p[k] - p[(d.value[k] - base) / 2500]) < 1e-14);
            all += d.p[k];
        }
        assert_true(fabs(all - 1.0) < 1e-12);
        kam_free(p);
        calc_dist_release(&d);
    }
}

static void against_simulation(void **state)
{
    (void)state;
    enum { N = 60, DRAWS = 1000000 };
    uint64_t seed = 9;
    int64_t amount[N];
    double prob[N];
    for (int i = 0; i < N; i++) {
        amount[i] = 1 + (int64_t)(rnd(&seed) % 10000000); /* no common divisor: rounded to a grid */
        prob[i] = (double)(1 + rnd(&seed) % 9) / 10.0;
    }
    calc_dist d = CALC_DIST_INIT;
    calc_dist_sum(0, amount, prob, N, 100000, &d);
    assert_true(d.step > 1);
    double mean = 0, var = 0, want_mean = 0, want_var = 0;
    for (size_t k = 0; k < d.n; k++) mean += d.p[k] * (double)d.value[k];
    for (size_t k = 0; k < d.n; k++) var += d.p[k] * pow((double)d.value[k] - mean, 2);
    for (int i = 0; i < N; i++) {
        want_mean += prob[i] * (double)amount[i];
        want_var += prob[i] * (1 - prob[i]) * (double)amount[i] * (double)amount[i];
    }
    /* amounts are rounded so that the mean is kept: it is off by less than a step */
    assert_true(fabs(mean - want_mean) < (double)d.step);
    assert_true(fabs(var / want_var - 1) < 1e-4);
    int64_t q[3] = {calc_dist_quantile(&d, 0.1), calc_dist_quantile(&d, 0.5), calc_dist_quantile(&d, 0.9)};
    int below[3] = {0};
    for (int s = 0; s < DRAWS; s++) {
        int64_t sum = 0;
        for (int i = 0; i < N; i++) sum += rnd_unit(&seed) < prob[i] ? amount[i] : 0;
        for (int k = 0; k < 3; k++) below[k] += sum <= q[k];
    }
    /* Four standard errors of a share of a million draws: 4·√(.09/10⁶) = .0012 at the tails, .0020 at the median; and .0003 for the
     * three cells an outcome may have been rounded by. */
    static const double want[3] = {0.1, 0.5, 0.9}, within[3] = {0.0015, 0.0023, 0.0015};
    for (int k = 0; k < 3; k++) assert_true(fabs((double)below[k] / DRAWS - want[k]) < within[k]);
    calc_dist_release(&d);
}

/* 2000 terms without a common divisor: mean and variance are those of the sum, all mass is there, and the 10, 50 and 90 % points
 * lie where the normal law puts them (mean ± 1.28155 σ; a sum of 2000 is normal to a few thousandths of σ). */
static void two_thousand(void **state)
{
    (void)state;
    enum { N = 2000 };
    uint64_t seed = 4;
    int64_t *amount = kam_calloc(N, sizeof *amount);
    double *prob = kam_calloc(N, sizeof *prob), mean = 0, var = 0, got_mean = 0, got_var = 0, all = 0;
    for (int i = 0; i < N; i++) {
        amount[i] = 1 + (int64_t)(rnd(&seed) % 500000000);
        prob[i] = (double)(1 + rnd(&seed) % 9) / 10.0;
        mean += prob[i] * (double)amount[i];
        var += prob[i] * (1 - prob[i]) * (double)amount[i] * (double)amount[i];
    }
    calc_dist d = CALC_DIST_INIT;
    calc_dist_sum(0, amount, prob, N, 100000, &d);
    for (size_t k = 0; k < d.n; k++) {
        all += d.p[k];
        got_mean += d.p[k] * (double)d.value[k];
    }
    for (size_t k = 0; k < d.n; k++) got_var += d.p[k] * pow((double)d.value[k] - got_mean, 2);
    assert_true(fabs(all - 1) < 1e-9);
    assert_true(fabs(got_mean - mean) < (double)d.step);
    assert_true(fabs(got_var / var - 1) < 1e-3);
    static const double z[3] = {-1.28155, 0, 1.28155}, q[3] = {0.1, 0.5, 0.9};
    for (int k = 0; k < 3; k++)
        assert_true(fabs((double)calc_dist_quantile(&d, q[k]) - (mean + z[k] * sqrt(var))) < 0.01 * sqrt(var));
    calc_dist_release(&d);
    kam_free(amount);
    kam_free(prob);
}

static size_t cells_allowed; /* 0: as always */
static kam_table *forecast_of(const char *opps, const char *targets, bool by_rep)
{
    calc_facts f = {.opportunities = build_table(OPPS, opps)};
    kam_table *goal = targets ? build_table("period:text rep:text amount:money", targets) : NULL, *t;
    calc_forecast_params p = CALC_FORECAST_PARAMS(day_of("2025-11-10"), CALC_EN);
    p.by_rep = by_rep;
    if (cells_allowed) p.max_cells = cells_allowed;
    assert_int_equal(calc_forecast(&f, goal, &p, &t, NULL), KAM_OK);
    kam_table_unref((kam_table *)f.opportunities);
    kam_table_unref(goal);
    return t;
}

static const char *const deals =
    "0|a|won|won|2025-01-01|2025-11-05|2025-12-01|100000|r1\n"      /* committed in November, whatever was expected */
    "0|b|won|won|2025-01-01|2025-10-31|-|900000|r1\n"               /* last month: past */
    "0|c|open|proposal|2025-01-01|-|2025-11-10|20000|r1\n"          /* expected today: November */
    "0|d|open|negotiation|2025-01-01|-|2025-11-30|30000|r2\n"       /* 70 % */
    "0|e|open|lead|2025-01-01|-|2025-11-09|5000|r1\n"               /* overdue */
    "0|f|open|intent|2025-01-01|-|-|7000|-\n"                       /* undated, nobody's */
    "0|g|open|negotiation|2025-01-01|-|2026-01-15|-|r2\n"           /* no amount */
    "0|h|lost|lead|2025-01-01|2025-11-01|2025-12-01|800000|r1\n"
    "0|i|open|-|2025-01-01|-|2025-12-31|1000|r1";                   /* stage unknown: a lead */

static void rows(void **state)
{
    (void)state;
    kam_table *t = forecast_of(deals, "2025-11|r1|115000\n2025-11|r2|40000\n2025-11|-|999\n2026-02|r2|50000\n2025-10|r1|7\n2026|r1|7", false);
    static const char *const want[][10] = {
        /* period, count, no_amount, committed, weighted, p10, p50, p90, target, gap */
        {"overdue", "1", "0", "0.00", "5.00", "-", "-", "-", "-", "-"},
        {"undated", "1", "0", "0.00", "21.00", "-", "-", "-", "-", "-"},
        {"2025-11", "2", "0", "1000.00", "1310.00", "1000.00", "1300.00", "1500.00", "1550.00", "240.00"},
        {"2025-12", "1", "0", "0.00", "1.00", "0.00", "0.00", "0.00", "-", "-"},
        {"2026-01", "1", "1", "0.00", "-", "-", "-", "-", "-", "-"},
        {"2026-02", "0", "0", "0.00", "0.00", "0.00", "0.00", "0.00", "500.00", "500.00"}};
    static const char *const names[] = {"period", "count", "no_amount", "committed", "weighted", "p10", "p50", "p90", "target", "gap"};
    assert_int_equal(kam_table_rows(t), COUNT_OF(want));
    assert_int_equal(kam_table_index(t, "rep"), -1);
    for (size_t i = 0; i < COUNT_OF(want); i++)
        for (size_t k = 0; k < COUNT_OF(names); k++) assert_cell(t, i, names[k], want[i][k]);
    assert_true(real_of(t, 2, "p_target") == 0.0);
    assert_string_equal(kam_table_note(t, 0), "won before this month and left out: 1");
    kam_table_unref(t);

    t = forecast_of(deals, "2025-11|r1|115000\n2025-11|r2|40000", true);
    assert_int_equal(kam_table_rows(t), 6);
    assert_cell(t, 1, "rep", "-");
    assert_cell(t, 2, "rep", "r1");
    assert_cell(t, 2, "p10", "1000.00");
    assert_cell(t, 2, "p50", "1000.00"); /* ½ exactly */
    assert_cell(t, 2, "p90", "1200.00");
    assert_cell(t, 2, "p_target", "0.5"); /* 1000 + 200 ≥ 1150 */
    assert_cell(t, 3, "rep", "r2");
    assert_cell(t, 3, "p50", "300.00");
    assert_cell(t, 3, "gap", "190.00");
    kam_table_unref(t);
    t = forecast_of("", NULL, true);
    assert_int_equal(kam_table_rows(t), 0);
    kam_table_unref(t);
}

/* 14 deals a month (beyond 12 sums go over a grid) of amounts without a common step, 1000 cells allowed: both months are
 * rounded, and one sentence says so. One such month has a sentence of its own; where the grid is fine enough there is none. */
static void one_note_of_rounding(void **state)
{
    (void)state;
    kam_str one = KAM_STR_INIT, two = KAM_STR_INIT;
    for (int i = 0; i < 14; i++) {
        kam_str_addf(&one, "%s0|a%d|open|proposal|2025-01-01|-|2025-11-20|%d|r1", i ? "\n" : "", i, 100003 + 7919 * i);
        kam_str_addf(&two, "\n0|b%d|open|lead|2025-01-01|-|2025-12-20|%d|r1", i, 300007 + 7919 * i);
    }
    cells_allowed = 1000;
    kam_table *t = forecast_of(kam_str_cstr(&one), NULL, false);
    assert_int_equal(kam_table_notes(t), 1);
    assert_non_null(strstr(kam_table_note(t, 0), "distribution of 2025-11 rounded to steps of "));
    kam_table_unref(t);
    kam_str_add(&one, kam_str_cstr(&two));
    t = forecast_of(kam_str_cstr(&one), NULL, false);
    assert_int_equal(kam_table_notes(t), 1);
    assert_non_null(strstr(kam_table_note(t, 0), "2 distributions, 2025-11 to 2025-12, rounded to steps of at most "));
    kam_table_unref(t);
    cells_allowed = 100000000;
    t = forecast_of(kam_str_cstr(&one), NULL, false);
    assert_int_equal(kam_table_notes(t), 0);
    kam_table_unref(t);
    cells_allowed = 0;
    kam_str_release(&one);
    kam_str_release(&two);
}

/* The lines behind the same deals: what is past or lost is in none; what each counts, by hand. */
static void lines(void **state)
{
    (void)state;
    kam_table *acc = build_accounts("A"), *t;
    calc_facts f = {.accounts = acc, .opportunities = build_table(OPPS, deals)};
    calc_forecast_params p = CALC_FORECAST_PARAMS(day_of("2025-11-10"), CALC_EN);
    assert_int_equal(calc_forecast_lines(&f, &p, &t, NULL), KAM_OK);
    static const char *const names[] = {"opportunity", "period", "rep", "result", "date", "amount", "probability", "weighted"};
    static const char *const want[][8] = {{"a", "2025-11", "r1", "won", "2025-11-05", "1000.00", "1", "1000.00"},
                                          {"c", "2025-11", "r1", "open", "2025-11-10", "200.00", "0.5", "100.00"},
                                          {"d", "2025-11", "r2", "open", "2025-11-30", "300.00", "0.7", "210.00"},
                                          {"e", "overdue", "r1", "open", "2025-11-09", "50.00", "0.1", "5.00"},
                                          {"f", "undated", "-", "open", "-", "70.00", "0.3", "21.00"},
                                          {"g", "2026-01", "r2", "open", "2026-01-15", "-", "0.7", "-"},
                                          {"i", "2025-12", "r1", "open", "2025-12-31", "10.00", "0.1", "1.00"}};
    assert_int_equal(kam_table_rows(t), COUNT_OF(want));
    for (size_t i = 0; i < COUNT_OF(want); i++) {
        assert_cell(t, i, "account", "A");
        for (size_t k = 0; k < COUNT_OF(names); k++) assert_cell(t, i, names[k], want[i][k]);
    }
    kam_table_unref(t);
    kam_table_unref((kam_table *)f.opportunities);
    f.opportunities = NULL; /* none on record */
    assert_int_equal(calc_forecast_lines(&f, &p, &t, NULL), KAM_OK);
    assert_int_equal(kam_table_rows(t), 0);
    kam_table_unref(t);
    kam_table_unref(acc);
}

static void edges(void **state)
{
    (void)state;
    kam_table *t = forecast_of("0|a|won|won|2025-01-01|2025-11-10|-|100|-\n"    /* closed on D, nobody's */
                               "0|b|won|won|2025-01-01|-|-|100|r1\n"            /* nobody knows when: in no month */
                               "0|c|open|strange|2025-01-01|-|2025-11-20|1000|-\n" /* no stage we know: a lead */
                               "0|d|open|won|2025-01-01|-|2025-11-20|10|r1\n"   /* the stage says won, the result not yet */
                               "0|e|open|lead|2025-01-01|-|2025-11-20|-|-", NULL, true);
    assert_int_equal(kam_table_rows(t), 2);
    assert_cell(t, 0, "rep", "r1");
    assert_cell(t, 0, "committed", "0.00");
    assert_cell(t, 0, "p10", "0.10");
    assert_cell(t, 1, "rep", "-"); /* no owner last */
    assert_cell(t, 1, "count", "2");
    assert_cell(t, 1, "no_amount", "1");
    assert_cell(t, 1, "committed", "1.00");
    assert_cell(t, 1, "weighted", "2.00");
    kam_table_unref(t);

    /* Re-estimated from history: one lead in two closed ones was won, prior 10 % of 20 cases: 3/22 of 2200.00 */
    calc_facts f = {.opportunities = build_table(OPPS, "0|a|won|won|2024-01-01|2024-02-01|-|1|r\n0|b|lost|lead|2024-01-01|2024-02-01|-|1|r\n"
                                                       "0|c|open|lead|2025-01-01|-|2025-12-01|220000|r")};
    f.stages = build_table("opportunity:int date:day stage:text", "0|2024-01-01|lead");
    calc_forecast_params p = CALC_FORECAST_PARAMS(day_of("2025-11-10"), CALC_EN);
    p.funnel.reestimate = true;
    assert_int_equal(calc_forecast(&f, NULL, &p, &t, NULL), KAM_OK);
    assert_cell(t, 0, "period", "2025-12");
    assert_cell(t, 0, "weighted", "300.00");
    kam_table_unref(t);
    kam_table_unref((kam_table *)f.opportunities);
    kam_table_unref((kam_table *)f.stages);
}

static void sums_and_order(void **state)
{
    (void)state;
    uint64_t seed = 21;
    kam_str text = KAM_STR_INIT;
    static const char *const stages[] = {"lead", "intent", "proposal", "negotiation"};
    static const double prob[] = {0.1, 0.3, 0.5, 0.7};
    double weighted = 0;
    for (int i = 0; i < 400; i++) {
        int stage = (int)(rnd(&seed) % 4), amount = (int)(rnd(&seed) % 1000000);
        kam_str_addf(&text, "0|O%d|open|%s|2025-01-01|-|2025-%02d-15|%d|r%d\n", i, stages[stage], 10 + (int)(rnd(&seed) % 3), amount,
                     (int)(rnd(&seed) % 5));
        weighted += prob[stage] * amount;
    }
    kam_table *opps = build_table(OPPS, kam_str_cstr(&text)), *back = reversed_table(opps), *a, *b;
    calc_facts f = {.opportunities = opps}, g = {.opportunities = back};
    calc_forecast_params p = CALC_FORECAST_PARAMS(day_of("2025-11-10"), CALC_EN);
    assert_int_equal(calc_forecast(&f, NULL, &p, &a, NULL), KAM_OK);
    assert_int_equal(calc_forecast(&g, NULL, &p, &b, NULL), KAM_OK);
    assert_int_equal(sum_of(a, "count"), 400);
    assert_true(fabs((double)sum_of(a, "weighted") - weighted) < (double)kam_table_rows(a));
    for (size_t i = 0; i < kam_table_rows(a); i++) {
        for (size_t k = 0; k < kam_table_columns(a); k++) {
            const char *name = kam_col_name(kam_table_column(a, k));
            assert_string_equal(cell_of(a, i, name), cell_of(b, i, name));
        }
        if (cell_of(a, i, "p10")[0] != '-') {
            assert_true(real_of(a, i, "p10") <= real_of(a, i, "p50"));
            assert_true(real_of(a, i, "p50") <= real_of(a, i, "p90"));
        }
    }
    kam_table_unref(a);
    kam_table_unref(b);
    kam_table_unref(opps);
    kam_table_unref(back);
    kam_str_release(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(by_hand), cmocka_unit_test(against_brute_force), cmocka_unit_test(against_simulation), cmocka_unit_test(two_thousand),
        cmocka_unit_test(rows), cmocka_unit_test(one_note_of_rounding), cmocka_unit_test(lines), cmocka_unit_test(edges),               cmocka_unit_test(sums_and_order),
    };
    return cmocka_run_group_tests_name("calc_forecast", tests, NULL, NULL);
}

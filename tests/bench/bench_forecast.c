/* SPDX-License-Identifier: GPL-3.0-or-later */
/* bench_forecast: a month with 2,000 open opportunities (argument: how many) must take less than 50 ms. The amounts have no common
 * divisor, so that the grid is as fine as it gets; first the distribution alone, then calc_forecast as the command runs it. */
#include "calc_forecast.h"
#include "kam_mem.h"
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static uint64_t next(uint64_t *x)
{
    *x ^= *x << 13;
    *x ^= *x >> 7;
    *x ^= *x << 17;
    return *x;
}

static void distribution(size_t n)
{
    uint64_t seed = 88172645463325252u;
    int64_t *amount = kam_calloc(n, sizeof *amount);
    double *prob = kam_calloc(n, sizeof *prob), best = 1e9;
    for (size_t i = 0; i < n; i++) {
        amount[i] = 1 + (int64_t)(next(&seed) % 500000000);
        prob[i] = (double)(1 + next(&seed) % 9) / 10.0;
    }
    calc_dist d = CALC_DIST_INIT;
    for (int round = 0; round < 5; round++) {
        double start = now();
        calc_dist_sum(0, amount, prob, n, 100000, &d);
        double took = now() - start;
        if (took < best) best = took;
        if (round == 4) printf("distribution of %zu terms: %.1f ms, %zu cells of %lld\n", n, best * 1e3, d.n, (long long)d.step);
        calc_dist_release(&d);
    }
    kam_free(amount);
    kam_free(prob);
}

static kam_table *opportunities(size_t n)
{
    static const char *const stage[] = {"lead", "intent", "proposal", "negotiation"};
    uint64_t seed = 11;
    kam_table *t = kam_table_new();
    kam_column *row = kam_table_add_column(t, "row", KAM_INT, NULL), *code = kam_table_add_column(t, "opportunity", KAM_TEXT, NULL),
               *result = kam_table_add_column(t, "result", KAM_TEXT, NULL), *at = kam_table_add_column(t, "stage", KAM_TEXT, NULL),
               *opened = kam_table_add_column(t, "opened_on", KAM_DAY, NULL), *closed = kam_table_add_column(t, "closed_on", KAM_DAY, NULL),
               *close = kam_table_add_column(t, "expected_close", KAM_DAY, NULL),
               *amount = kam_table_add_column(t, "amount", KAM_MONEY, NULL), *rep = kam_table_add_column(t, "rep", KAM_TEXT, NULL);
    for (size_t i = 0; i < n; i++) {
        char name[24];
        snprintf(name, sizeof name, "O%05zu", i);
        kam_col_push_int(row, 0);
        kam_col_push_text(code, name);
        kam_col_push_text(result, "open");
        kam_col_push_text(at, stage[next(&seed) % 4]);
        kam_col_push_int(opened, 20000);
        kam_col_push_missing(closed);
        kam_col_push_int(close, 20454 + (int64_t)(next(&seed) % 28));
        kam_col_push_int(amount, 1 + (int64_t)(next(&seed) % 500000000));
        kam_col_push_text(rep, "R1");
    }
    kam_table_seal(t);
    return t;
}

int main(int argc, char **argv)
{
    size_t n = argc > 1 ? strtoul(argv[1], NULL, 10) : 2000;
    distribution(n);
    kam_table *o = opportunities(n), *t = NULL;
    calc_facts f = {.opportunities = o};
    calc_forecast_params p = CALC_FORECAST_PARAMS(20454, CALC_EN);
    double best = 1e9;
    for (int round = 0; round < 5; round++) {
        double start = now();
        if (calc_forecast(&f, NULL, &p, &t, NULL) != KAM_OK) return 1;
        double took = now() - start;
        if (took < best) best = took;
        kam_table_unref(t);
    }
    printf("forecast of a month with %zu open opportunities: %.1f ms (limit for 2000: 50 ms)\n", n, best * 1e3);
    kam_table_unref(o);
    return 0;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How long the value models take on 1,000,000 simulated customers of two years, times rounded to days (argument: how
 * many). One line a step: seconds, and for fits the distinct rows and evaluations. */
#include "btyd_bench.h"
#include "calc_value.h"
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t); /* one thread: processor time is what it takes on a free core */
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

int main(int argc, char **argv)
{
    const size_t n = argc > 1 ? (size_t)strtoul(argv[1], NULL, 10) : 1000000;
    static const double par[4] = {.243, 4.414 * 7, .793, 2.426};
    double t0 = now();
    kam_ledger l = bench_ledger(n, par);
    printf("%zu accounts, %zu purchase days (simulated in %.2f s)\n", l.n_accounts, l.n_entries, now() - t0);
    calc_summary s;
    t0 = now();
    calc_summary_build(&l, 727, CALC_UNIT_DAY, CALC_BASIS_AMOUNT, 2, &s);
    printf("%-28s %7.3f s\n", "ledger to summary", now() - t0);
    const calc_btyd_data d = {s.n, s.x, s.tx, s.T};
    calc_btyd_fit bg = {0};
    for (int m = 0; m < CALC_BTYD_MODELS; m++) {
        calc_btyd_fit f;
        t0 = now();
        if (calc_btyd_fit_model(&d, (calc_btyd_model)m, &f, NULL) != KAM_OK) return 1;
        printf("%-12s fit             %7.3f s  %zu groups, %d evaluations, %s, r %.4f alpha %.3f\n",
               calc_btyd_model_name(f.model), now() - t0, f.n_groups, f.evaluations, calc_fit_flag_name(f.flag),
               f.param[0], f.param[1]);
        if (m == CALC_BTYD_BG) bg = f;
    }
    calc_spend_fit g;
    t0 = now();
    if (calc_spend_fit_model(s.n, s.spend_days, s.spend, &g, NULL) != KAM_OK) return 1;
    printf("%-28s %7.3f s  %zu accounts, %d evaluations\n", "gamma-gamma fit", now() - t0, g.n_accounts, g.evaluations);
    const calc_value_spec spec = {12, 30.4375, .008, .8, 2};
    calc_value_scores v;
    t0 = now();
    if (calc_value_score(&s, &bg, &g, &spec, &v, NULL) != KAM_OK) return 1;
    printf("%-28s %7.3f s\n", "scores with intervals", now() - t0);
    calc_value_scores_release(&v);
    calc_equity e;
    t0 = now();
    if (calc_value_equity(&s, &bg, &g, &spec, 1, 2000, &e, NULL) != KAM_OK) return 1;
    printf("%-28s %7.3f s\n", "equity with interval", now() - t0);
    calc_summary_release(&s);
    kam_ledger_release(&l);
    return 0;
}

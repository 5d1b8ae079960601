/* SPDX-License-Identifier: GPL-3.0-or-later */
/* btyd_bench: a seeded ledger of BG/NBD customers for benchmarks. */
#ifndef BTYD_BENCH_H
#define BTYD_BENCH_H
#include "calc_special.h"
#include "kam_ledger.h"
#include "kam_mem.h"
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

/* First purchases on days 0 … 363, lives observed to day 727, parameters in days, Gamma-Gamma amounts. */
static inline kam_ledger bench_ledger(size_t n, const double par[4])
{
    kam_ledger l = KAM_LEDGER_INIT;
    size_t cap = 0, cap_net = 0;
    calc_rng r;
    calc_rng_seed(&r, 1);
    l.n_accounts = n;
    l.start = kam_calloc(n + 1, sizeof *l.start);
    for (size_t i = 0; i < n; i++) {
        const double rate = calc_rng_gamma(&r, par[0]) / par[1], p = calc_rng_beta(&r, par[2], par[3]);
        const double nu = calc_rng_gamma(&r, 3.74) / 15.44;
        double t = floor(364 * calc_rng_uniform(&r));
        int32_t last = -1;
        l.start[i] = l.n_entries;
        for (bool first = true; t < 728; first = false) {
            const int64_t amount = (int64_t)ceil(100 * calc_rng_gamma(&r, 6.25) / nu);
            if ((int32_t)t != last) {
                KAM_GROW(l.day, cap, l.n_entries + 1);
                KAM_GROW(l.net_minor, cap_net, l.n_entries + 1);
                l.day[l.n_entries] = last = (int32_t)t;
                l.net_minor[l.n_entries++] = 0;
            }
            l.net_minor[l.n_entries - 1] += amount;
            l.lines++;
            if (!first && calc_rng_uniform(&r) < p) break;
            t += calc_rng_exp(&r) / rate;
        }
    }
    l.start[n] = l.n_entries;
    return l;
}
#endif

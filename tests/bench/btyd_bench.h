/* SPDX-License-Identifier: GPL-3.0-or-later */
/* btyd_bench: seeded BG/NBD customers for benchmarks, as lines of a log or as a ledger; and the clock. */
#ifndef BTYD_BENCH_H
#define BTYD_BENCH_H
#include "calc_special.h"
#include "kam_ledger.h"
#include "kam_mem.h"
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <time.h>

/* Processor time of this process, all of it in one thread: what a step takes on a free core, whoever else is busy. */
static inline double bench_now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

/* Lines of one customer come one after the other, days ascending. */
typedef void (*bench_line_fn)(void *ctx, size_t customer, int32_t day, int64_t amount_minor);

/* First purchases on days 0 … 363, lives observed to day 727, parameters in days, Gamma-Gamma amounts. */
static inline void bench_lives(size_t n, const double par[4], bench_line_fn fn, void *ctx)
{
    calc_rng r;
    calc_rng_seed(&r, 1);
    for (size_t i = 0; i < n; i++) {
        const double rate = calc_rng_gamma(&r, par[0]) / par[1], p = calc_rng_beta(&r, par[2], par[3]);
        const double nu = calc_rng_gamma(&r, 3.74) / 15.44;
        double t = floor(364 * calc_rng_uniform(&r));
        for (bool first = true; t < 728; first = false) {
            fn(ctx, i, (int32_t)t, (int64_t)ceil(100 * calc_rng_gamma(&r, 6.25) / nu));
            if (!first && calc_rng_uniform(&r) < p) break;
            t += calc_rng_exp(&r) / rate;
        }
    }
}

typedef struct bench_netting {
    kam_ledger l;
    size_t cap, cap_net, next; /* next: the first customer without a start yet */
} bench_netting;

static inline void bench_net(void *ctx, size_t customer, int32_t day, int64_t amount_minor)
{
    bench_netting *b = ctx;
    kam_ledger *l = &b->l;
    if (customer == b->next) l->start[b->next++] = l->n_entries;
    if (l->n_entries == l->start[customer] || l->day[l->n_entries - 1] != day) {
        KAM_GROW(l->day, b->cap, l->n_entries + 1);
        KAM_GROW(l->net_minor, b->cap_net, l->n_entries + 1);
        l->day[l->n_entries] = day;
        l->net_minor[l->n_entries++] = 0;
    }
    l->net_minor[l->n_entries - 1] += amount_minor;
    l->lines++;
}

static inline kam_ledger bench_ledger(size_t n, const double par[4])
{
    bench_netting b = {.l = KAM_LEDGER_INIT};
    b.l.n_accounts = n;
    b.l.start = kam_calloc(n + 1, sizeof *b.l.start);
    bench_lives(n, par, bench_net, &b);
    b.l.start[n] = b.l.n_entries;
    return b.l;
}
#endif

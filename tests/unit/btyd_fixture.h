/* SPDX-License-Identifier: GPL-3.0-or-later */
/* btyd_fixture: logs for the tests of the value models: the public CDNOW sample where the shared data folder is
 * beside the source tree, and simulated customers whose truth is known. Include after unit.h. */
#ifndef BTYD_FIXTURE_H
#define BTYD_FIXTURE_H
#include "calc_btyd.h"
#include "calc_special.h"
#include "calc_summary.h"
#include "kam_date.h"
#include "kam_mem.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Relative agreement: |a − b| ≤ 10^−digits·|b|. */
#define ASSERT_DIGITS(a, b, digits)                                                                          \
    do {                                                                                                     \
        const double a_ = (a), b_ = (b);                                                                     \
        if (!(fabs(a_ - b_) <= pow(10, -(digits)) * fabs(b_)))                                               \
            fail_msg("%s:%d: %s = %.15g, expected %.15g", __FILE__, __LINE__, #a, a_, b_);                   \
    } while (0)
#define ASSERT_NEAR(a, b, tolerance)                                                                         \
    do {                                                                                                     \
        const double a_ = (a), b_ = (b);                                                                     \
        if (!(fabs(a_ - b_) <= (tolerance)))                                                                 \
            fail_msg("%s:%d: %s = %.15g, expected %.15g", __FILE__, __LINE__, #a, a_, b_);                   \
    } while (0)

/* Under a sanitizer or valgrind: fewer rounds. */
static inline bool slow_memory(void) { return getenv("KAM_SLOW_MEMORY") != NULL; }

typedef struct log_row {
    int id;
    int32_t day;
    int64_t minor;
} log_row;

static inline int log_row_order(const void *a, const void *b)
{
    const log_row *p = a, *q = b;
    if (p->id != q->id) return p->id < q->id ? -1 : 1;
    return (p->day > q->day) - (p->day < q->day);
}

/* Rows → ledger, netted by account and day. */
static inline kam_ledger ledger_of_rows(log_row *row, size_t n)
{
    kam_ledger l = KAM_LEDGER_INIT;
    qsort(row, n, sizeof *row, log_row_order);
    l.start = kam_calloc(n + 2, sizeof *l.start);
    l.day = kam_calloc(n + 1, sizeof *l.day);
    l.net_minor = kam_calloc(n + 1, sizeof *l.net_minor);
    for (size_t i = 0; i < n; i++) {
        const bool new_account = i == 0 || row[i].id != row[i - 1].id;
        if (new_account) l.start[l.n_accounts++] = l.n_entries;
        if (new_account || row[i].day != row[i - 1].day) l.day[l.n_entries++] = row[i].day;
        l.net_minor[l.n_entries - 1] += row[i].minor;
    }
    l.start[l.n_accounts] = l.n_entries;
    l.lines = n;
    return l;
}

static inline FILE *open_shared(const char *name)
{
    const char *src = getenv("KAM_SRCDIR");
    char path[1024];
    snprintf(path, sizeof path, "%s/../shared/data/%s", src ? src : ".", name);
    return fopen(path, "r");
}

/* false: no shared data. */
static inline bool read_cdnow(kam_ledger *out)
{
    FILE *f = open_shared("cdnow_sample_log.csv");
    char line[256];
    if (!f) return false;
    log_row *row = NULL;
    size_t n = 0, cap = 0;
    while (fgets(line, sizeof line, f)) {
        int id, y, m, d;
        double sales;
        if (sscanf(line, "%d,%d-%d-%d,%lf", &id, &y, &m, &d, &sales) != 5) continue;
        KAM_GROW(row, cap, n + 1);
        row[n++] = (log_row){id, (int32_t)kam_day_from_ymd(y, m, d), (int64_t)llround(sales * 100)};
    }
    fclose(f);
    *out = ledger_of_rows(row, n);
    kam_free(row);
    return true;
}

/* Simulated records of n accounts from the model's own assumptions, ages uniform in [age_min, age_max], times rounded
 * to multiples of `grain` (0: exact). spend may be NULL: Gamma-Gamma means of the repeat purchases. */
typedef struct sim {
    size_t n;
    int32_t *x;
    double *tx, *T, *spend, *rate, *leave; /* leave: p (BG, MBG) or mu (Pareto) */
    uint8_t *alive;
} sim;

static inline sim simulate(calc_btyd_model model, const double *par, size_t n, double age_min, double age_max,
                           double grain, uint64_t seed)
{
    sim s = {n, kam_calloc(n, sizeof(int32_t)), kam_calloc(n, sizeof(double)), kam_calloc(n, sizeof(double)),
             kam_calloc(n, sizeof(double)), kam_calloc(n, sizeof(double)), kam_calloc(n, sizeof(double)),
             kam_calloc(n, 1)};
    calc_rng r;
    calc_rng_seed(&r, seed);
    for (size_t i = 0; i < n; i++) {
        double T = age_min + (age_max - age_min) * calc_rng_uniform(&r), t = 0, last = 0, death = INFINITY;
        if (grain > 0) T = fmax(grain, round(T / grain) * grain);
        const double rate = calc_rng_gamma(&r, par[0]) / par[1];
        double leave = 0;
        int x = 0;
        bool alive = true;
        if (model == CALC_BTYD_PARETO) {
            leave = calc_rng_gamma(&r, par[2]) / par[3];
            death = calc_rng_exp(&r) / leave;
        } else if (model != CALC_BTYD_NBD) {
            leave = calc_rng_beta(&r, par[2], par[3]);
            if (model == CALC_BTYD_MBG) alive = calc_rng_uniform(&r) >= leave;
        }
        while (alive) {
            t += calc_rng_exp(&r) / rate;
            if (t > T || t > death) break;
            const double at = grain > 0 ? ceil(t / grain) * grain : t; /* same-day purchases merge */
            if (x == 0 || at > last) x++;
            last = fmin(at, T);
            if (model == CALC_BTYD_BG || model == CALC_BTYD_MBG) alive = calc_rng_uniform(&r) >= leave;
        }
        if (death < T) alive = false;
        s.x[i] = x;
        s.tx[i] = last;
        s.T[i] = T;
        s.rate[i] = rate;
        s.leave[i] = leave;
        s.alive[i] = alive;
    }
    return s;
}

static inline void sim_release(sim *s)
{
    kam_free(s->x);
    kam_free(s->tx);
    kam_free(s->T);
    kam_free(s->spend);
    kam_free(s->rate);
    kam_free(s->leave);
    kam_free(s->alive);
}

/* Let simulated account i live on for t: its purchases in that time; s->alive is kept. All clocks are memoryless, so
 * stretches follow one another. */
static inline int sim_live(sim *s, calc_btyd_model model, size_t i, double t, calc_rng *r)
{
    double now = 0, death = INFINITY;
    int n = 0;
    if (!s->alive[i]) return 0;
    if (model == CALC_BTYD_PARETO) death = calc_rng_exp(r) / s->leave[i];
    for (;;) {
        now += calc_rng_exp(r) / s->rate[i];
        if (now > fmin(t, death)) break;
        n++;
        if ((model == CALC_BTYD_BG || model == CALC_BTYD_MBG) && calc_rng_uniform(r) < s->leave[i]) {
            s->alive[i] = 0;
            return n;
        }
    }
    if (death < t) s->alive[i] = 0;
    return n;
}
#endif

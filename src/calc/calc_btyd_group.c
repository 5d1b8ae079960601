/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows grouped by distinct (x, t_x, T), and groups prepared for the fit. Open-addressing hash tables on the bits of
 * the numbers: O(n), and the order of first appearance keeps the result deterministic. */
#include "calc_btyd_int.h"
#include "kam_mem.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

static uint64_t bits(double v)
{
    uint64_t u;
    memcpy(&u, &v, sizeof u);
    return u;
}

static uint64_t mix(uint64_t h)
{
    h ^= h >> 32;
    h *= 0xd6e8feb86659fd93u;
    h ^= h >> 32;
    h *= 0xd6e8feb86659fd93u;
    return h ^ (h >> 32);
}

static kam_rc check_row(const calc_btyd_data *d, size_t i, kam_err *err)
{
    const double tx = d->tx[i], T = d->T[i];
    if (isfinite(tx) && isfinite(T) && tx >= 0 && tx <= T && T < 1e12 && !(d->x[i] == 0 && tx > 0)) return KAM_OK;
    kam_err_set(err, KAM_DATA,
                "row %zu is not a purchase record (x = %d, t_x = %g, T = %g): needs 0 <= t_x <= T, and t_x = 0 where "
                "x = 0",
                i + 1, (int)d->x[i], tx, T);
    kam_err_word(err, "btyd");
    return KAM_DATA;
}

typedef struct key {
    double tx, T, weight;
    int32_t x;
} key;

typedef struct finder {
    uint32_t *slot;
    size_t mask;
    key *k; /* the groups so far, one cache line each rather than four */
    size_t n, cap;
} finder;

static uint64_t hash_of(int32_t x, double tx, double T)
{
    return mix(bits(T) ^ mix(bits(tx) + (uint64_t)(uint32_t)x * 0x9e3779b97f4a7c15u)); /* a sum would collide: ages are whole days */
}

static uint32_t group_of(finder *f, uint64_t h, int32_t x, double tx, double T)
{
    for (;; h++) {
        const uint32_t s = f->slot[h & f->mask];
        if (s == UINT32_MAX) break;
        if (f->k[s].x == x && f->k[s].tx == tx && f->k[s].T == T) return s;
    }
    KAM_GROW(f->k, f->cap, f->n + 1);
    f->k[f->n] = (key){tx, T, 0, x};
    return f->slot[h & f->mask] = (uint32_t)f->n++;
}

/* Accounts come in no useful order, so every look-up misses the cache twice; a batch lets the misses overlap. */
enum { BATCH = 64 };

static void group_batch(finder *f, const calc_btyd_data *d, size_t from, size_t to, calc_btyd_groups *g)
{
    uint64_t h[BATCH];
    for (size_t i = from; i < to; i++) {
        h[i - from] = hash_of(d->x[i], d->tx[i] + 0.0, d->T[i] + 0.0); /* + 0.0: no negative zero */
        __builtin_prefetch(&f->slot[h[i - from] & f->mask]);
    }
    for (size_t i = from; i < to; i++) {
        const uint32_t s = f->slot[h[i - from] & f->mask];
        if (s != UINT32_MAX) __builtin_prefetch(&f->k[s]);
    }
    for (size_t i = from; i < to; i++) {
        g->of[i] = UINT32_MAX;
        if (d->x[i] < 0) continue;
        const uint32_t s = group_of(f, h[i - from], d->x[i], d->tx[i] + 0.0, d->T[i] + 0.0);
        g->of[i] = s;
        f->k[s].weight += 1;
        g->n_accounts++;
        if (d->x[i] > 0) g->n_repeaters++;
    }
}

static void unpack(const finder *f, calc_btyd_groups *g)
{
    const size_t room = f->n ? f->n : 1;
    g->n = f->n;
    g->x = kam_alloc(room * sizeof *g->x);
    g->tx = kam_alloc(room * sizeof *g->tx);
    g->T = kam_alloc(room * sizeof *g->T);
    g->weight = kam_alloc(room * sizeof *g->weight);
    for (size_t i = 0; i < f->n; i++) {
        g->x[i] = f->k[i].x;
        g->tx[i] = f->k[i].tx;
        g->T[i] = f->k[i].T;
        g->weight[i] = f->k[i].weight;
    }
}

kam_rc calc_btyd_group(const calc_btyd_data *d, calc_btyd_groups *out, kam_err *err)
{
    if (d->n >= UINT32_MAX / 4) return kam_err_set(err, KAM_LIMIT, "too many accounts for one model (%zu)", d->n);
    for (size_t i = 0; i < d->n; i++) {
        if (d->x[i] < 0) continue;
        const kam_rc rc = check_row(d, i, err);
        if (rc != KAM_OK) return rc;
    }
    calc_btyd_groups g = CALC_BTYD_GROUPS_INIT;
    size_t size = 64;
    while (size < 2 * d->n) size *= 2;
    finder f = {kam_alloc(size * sizeof *f.slot), size - 1, NULL, 0, 0};
    memset(f.slot, 0xff, size * sizeof *f.slot);
    g.of = kam_alloc((d->n ? d->n : 1) * sizeof *g.of);
    for (size_t i = 0; i < d->n; i += BATCH) group_batch(&f, d, i, i + BATCH < d->n ? i + BATCH : d->n, &g);
    unpack(&f, &g);
    kam_free(f.slot);
    kam_free(f.k);
    *out = g;
    return KAM_OK;
}

void calc_btyd_groups_release(calc_btyd_groups *g)
{
    kam_free(g->x);
    kam_free(g->tx);
    kam_free(g->T);
    kam_free(g->weight);
    kam_free(g->of);
    *g = (calc_btyd_groups)CALC_BTYD_GROUPS_INIT;
}

/* --- distinct values --------------------------------------------------------------------------------------- */
static int by_value(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

typedef struct distinct {
    double *v;
    size_t n, cap;
    uint32_t *slot;
    size_t slots;
} distinct;

static void distinct_rehash(distinct *d)
{
    kam_free(d->slot);
    d->slot = kam_alloc(d->slots * sizeof *d->slot);
    memset(d->slot, 0xff, d->slots * sizeof *d->slot);
    for (size_t i = 0; i < d->n; i++) {
        uint64_t h = mix(bits(d->v[i]));
        while (d->slot[h & (d->slots - 1)] != UINT32_MAX) h++;
        d->slot[h & (d->slots - 1)] = (uint32_t)i;
    }
}

static uint32_t distinct_add(distinct *d, double v)
{
    uint64_t h = mix(bits(v));
    for (;; h++) {
        const uint32_t s = d->slot[h & (d->slots - 1)];
        if (s == UINT32_MAX) break;
        if (d->v[s] == v) return s;
    }
    KAM_GROW(d->v, d->cap, d->n + 1);
    d->v[d->n] = v;
    d->slot[h & (d->slots - 1)] = (uint32_t)d->n++;
    if (2 * d->n > d->slots) {
        d->slots *= 2;
        distinct_rehash(d);
    }
    return (uint32_t)(d->n - 1);
}

static void distinct_init(distinct *d)
{
    *d = (distinct){NULL, 0, 0, NULL, 256};
    distinct_rehash(d);
}

/* Sort the values and return old index → new index. */
static uint32_t *distinct_sort(distinct *d)
{
    double *old = kam_alloc((d->n ? d->n : 1) * sizeof *old);
    uint32_t *to = kam_alloc((d->n ? d->n : 1) * sizeof *to);
    memcpy(old, d->v, d->n * sizeof *old);
    if (d->n) qsort(d->v, d->n, sizeof *d->v, by_value);
    distinct_rehash(d);
    for (size_t i = 0; i < d->n; i++) to[i] = distinct_add(d, old[i]);
    kam_free(old);
    return to;
}

void calc_btyd_prep_build(const calc_btyd_groups *g, calc_btyd_prep *p)
{
    *p = (calc_btyd_prep){0};
    const size_t room = g->n ? g->n : 1;
    p->n = g->n;
    p->ix = kam_alloc(room * sizeof *p->ix);
    p->itx = kam_alloc(room * sizeof *p->itx);
    p->iT = kam_alloc(room * sizeof *p->iT);
    p->w = kam_alloc(room * sizeof *p->w);
    for (size_t i = 0; i < g->n; i++) {
        p->sum_w += p->w[i] = g->weight[i];
        p->sum_x += g->weight[i] * g->x[i];
        p->sum_T += g->weight[i] * g->T[i];
    }
    p->repeaters = (double)g->n_repeaters;
    p->scale = p->sum_T > 0 ? p->sum_T / p->sum_w : 1;
    distinct dx, dt;
    distinct_init(&dx);
    distinct_init(&dt);
    for (size_t i = 0; i < g->n; i++) {
        p->ix[i] = distinct_add(&dx, g->x[i]);
        p->itx[i] = distinct_add(&dt, g->tx[i] / p->scale);
        p->iT[i] = distinct_add(&dt, g->T[i] / p->scale);
    }
    uint32_t *tox = distinct_sort(&dx), *tot = distinct_sort(&dt);
    p->xs = dx.v;
    p->nx = dx.n;
    p->ts = dt.v;
    p->nt = dt.n;
    p->wx = kam_calloc(p->nx ? p->nx : 1, sizeof *p->wx);
    p->wT = kam_calloc(p->nt ? p->nt : 1, sizeof *p->wT);
    p->xT = kam_calloc(p->nt ? p->nt : 1, sizeof *p->xT);
    for (size_t i = 0; i < g->n; i++) {
        p->ix[i] = tox[p->ix[i]];
        p->itx[i] = tot[p->itx[i]];
        p->iT[i] = tot[p->iT[i]];
        p->wx[p->ix[i]] += p->w[i];
        p->wT[p->iT[i]] += p->w[i];
        p->xT[p->iT[i]] += p->w[i] * p->xs[p->ix[i]];
    }
    kam_free(tox);
    kam_free(tot);
    kam_free(dx.slot);
    kam_free(dt.slot);
}

void calc_btyd_prep_release(calc_btyd_prep *p)
{
    kam_free(p->ix);
    kam_free(p->itx);
    kam_free(p->iT);
    kam_free(p->w);
    kam_free(p->xs);
    kam_free(p->ts);
    kam_free(p->wx);
    kam_free(p->wT);
    kam_free(p->xT);
    for (int k = 0; k < 2; k++) {
        calc_btyd_pairs *l = k ? &p->pairs_x : &p->pairs_T;
        kam_free(l->ix);
        kam_free(l->it);
        kam_free(l->of);
    }
    *p = (calc_btyd_prep){0};
}

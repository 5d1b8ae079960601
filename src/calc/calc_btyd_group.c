/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows grouped by distinct (x, t_x, T), and groups prepared for the fit. The distinct numbers are found by a hash table
 * on their bits, small enough for the nearest cache where times are whole days; then rows are sorted by the ranks of x,
 * T, t_x digit by digit (O(n)), so that equal ones stand together and neighbours share what depends on x and T. */
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

static void distinct_release(distinct *d)
{
    kam_free(d->v);
    kam_free(d->slot);
}

/* Sort the values and return old index → new index. */
static uint32_t *distinct_sort(distinct *d)
{
    double *old = kam_alloc((d->n ? d->n : 1) * sizeof *old);
    uint32_t *to = kam_alloc((d->n ? d->n : 1) * sizeof *to);
    if (d->n) memcpy(old, d->v, d->n * sizeof *old);
    if (d->n) qsort(d->v, d->n, sizeof *d->v, by_value);
    distinct_rehash(d);
    for (size_t i = 0; i < d->n; i++) to[i] = distinct_add(d, old[i]);
    kam_free(old);
    return to;
}

/* --- groups -------------------------------------------------------------------------------------------------- */
enum { BY_TX, BY_T, BY_X, KEYS, DIGIT = 11 };

typedef struct item {
    uint32_t key[KEYS], row;
} item;

/* Rows that take part, with the provisional numbers of their values. */
static kam_rc items_read(const calc_btyd_data *d, item *a, size_t *n, distinct *x, distinct *t, kam_err *err)
{
    for (size_t i = 0; i < d->n; i++) {
        if (d->x[i] < 0) continue;
        const kam_rc rc = check_row(d, i, err);
        if (rc != KAM_OK) return rc;
        item *p = &a[(*n)++];
        p->key[BY_TX] = distinct_add(t, d->tx[i] + 0.0); /* + 0.0: no negative zero */
        p->key[BY_T] = distinct_add(t, d->T[i] + 0.0);
        p->key[BY_X] = distinct_add(x, d->x[i]);
        p->row = (uint32_t)i;
    }
    return KAM_OK;
}

static void items_rank(item *a, size_t n, distinct *x, distinct *t)
{
    uint32_t *rank_x = distinct_sort(x), *rank_t = distinct_sort(t);
    for (size_t i = 0; i < n; i++) {
        a[i].key[BY_TX] = rank_t[a[i].key[BY_TX]];
        a[i].key[BY_T] = rank_t[a[i].key[BY_T]];
        a[i].key[BY_X] = rank_x[a[i].key[BY_X]];
    }
    kam_free(rank_x);
    kam_free(rank_t);
}

/* One stable pass by a digit; false when all are alike in it. */
static bool items_pass(const item *a, item *b, size_t n, int key, int shift)
{
    enum { BUCKETS = 1 << DIGIT };
    uint32_t at[BUCKETS] = {0}, sum = 0;
    for (size_t i = 0; i < n; i++) at[a[i].key[key] >> shift & (BUCKETS - 1)]++;
    if (at[a[0].key[key] >> shift & (BUCKETS - 1)] == n) return false;
    for (int k = 0; k < BUCKETS; k++) {
        const uint32_t c = at[k];
        at[k] = sum;
        sum += c;
    }
    for (size_t i = 0; i < n; i++) b[at[a[i].key[key] >> shift & (BUCKETS - 1)]++] = a[i];
    return true;
}

/* By x, then T, then t_x, then row. */
static void items_sort(item **a, size_t n, size_t n_x, size_t n_t)
{
    if (n == 0) return;
    item *b = kam_alloc(n * sizeof *b);
    for (int key = 0; key < KEYS; key++)
        for (int shift = 0; ((key == BY_X ? n_x : n_t) - 1) >> shift > 0; shift += DIGIT) {
            if (!items_pass(*a, b, n, key, shift)) continue;
            item *t = *a;
            *a = b;
            b = t;
        }
    kam_free(b);
}

static bool same(const item *p, const item *q)
{
    return p->key[BY_TX] == q->key[BY_TX] && p->key[BY_T] == q->key[BY_T] && p->key[BY_X] == q->key[BY_X];
}

static void groups_fill(const item *a, size_t n, const distinct *x, const distinct *t, calc_btyd_groups *g)
{
    for (size_t i = 0; i < n; i++) g->n += i == 0 || !same(&a[i], &a[i - 1]);
    const size_t room = g->n ? g->n : 1;
    g->x = kam_alloc(room * sizeof *g->x);
    g->tx = kam_alloc(room * sizeof *g->tx);
    g->T = kam_alloc(room * sizeof *g->T);
    g->weight = kam_alloc(room * sizeof *g->weight);
    g->ix = kam_alloc(room * sizeof *g->ix);
    g->itx = kam_alloc(room * sizeof *g->itx);
    g->iT = kam_alloc(room * sizeof *g->iT);
    size_t k = 0;
    for (size_t i = 0, end; i < n; i = end, k++) {
        for (end = i; end < n && same(&a[i], &a[end]); end++) g->of[a[end].row] = (uint32_t)k;
        g->ix[k] = a[i].key[BY_X];
        g->itx[k] = a[i].key[BY_TX];
        g->iT[k] = a[i].key[BY_T];
        g->x[k] = (int32_t)x->v[g->ix[k]];
        g->tx[k] = t->v[g->itx[k]];
        g->T[k] = t->v[g->iT[k]];
        g->weight[k] = (double)(end - i);
        if (g->x[k] > 0) g->n_repeaters += end - i;
    }
    g->n_accounts = n;
}

kam_rc calc_btyd_group(const calc_btyd_data *d, calc_btyd_groups *out, kam_err *err)
{
    if (d->n >= UINT32_MAX / 4) return kam_err_set(err, KAM_LIMIT, "too many accounts for one model (%zu)", d->n);
    distinct x, t;
    size_t n = 0;
    item *a = kam_alloc((d->n + 1) * sizeof *a);
    distinct_init(&x);
    distinct_init(&t);
    const kam_rc rc = items_read(d, a, &n, &x, &t, err);
    if (rc == KAM_OK) {
        calc_btyd_groups g = CALC_BTYD_GROUPS_INIT;
        items_rank(a, n, &x, &t);
        items_sort(&a, n, x.n, t.n);
        g.of = kam_alloc((d->n + 1) * sizeof *g.of);
        for (size_t i = 0; n < d->n && i < d->n; i++) g.of[i] = UINT32_MAX;
        groups_fill(a, n, &x, &t, &g);
        g.nx = x.n;
        g.nt = t.n;
        g.xs = x.v;
        g.ts = t.v;
        x.v = t.v = NULL;
        *out = g;
    }
    kam_free(a);
    distinct_release(&x);
    distinct_release(&t);
    return rc;
}

void calc_btyd_groups_release(calc_btyd_groups *g)
{
    kam_free(g->x);
    kam_free(g->tx);
    kam_free(g->T);
    kam_free(g->weight);
    kam_free(g->of);
    kam_free(g->ix);
    kam_free(g->itx);
    kam_free(g->iT);
    kam_free(g->xs);
    kam_free(g->ts);
    *g = (calc_btyd_groups)CALC_BTYD_GROUPS_INIT;
}

/* --- groups prepared for the fit ----------------------------------------------------------------------------- */
/* Sums by distinct x and by distinct time. */
static void prep_sums(calc_btyd_prep *p)
{
    p->wx = kam_calloc(p->nx ? p->nx : 1, sizeof *p->wx);
    p->wT = kam_calloc(p->nt ? p->nt : 1, sizeof *p->wT);
    p->xT = kam_calloc(p->nt ? p->nt : 1, sizeof *p->xT);
    for (size_t i = 0; i < p->n; i++) {
        p->wx[p->ix[i]] += p->w[i];
        p->wT[p->iT[i]] += p->w[i];
        p->xT[p->iT[i]] += p->w[i] * p->xs[p->ix[i]];
    }
}

static void prep_alloc(calc_btyd_prep *p, size_t n)
{
    const size_t room = n ? n : 1;
    p->n = n;
    p->ix = kam_alloc(room * sizeof *p->ix);
    p->itx = kam_alloc(room * sizeof *p->itx);
    p->iT = kam_alloc(room * sizeof *p->iT);
    p->w = kam_alloc(room * sizeof *p->w);
}

void calc_btyd_prep_build(const calc_btyd_groups *g, calc_btyd_prep *p)
{
    *p = (calc_btyd_prep){.nx = g->nx, .nt = g->nt};
    prep_alloc(p, g->n);
    for (size_t i = 0; i < g->n; i++) {
        p->sum_w += p->w[i] = g->weight[i];
        p->sum_x += g->weight[i] * g->x[i];
        p->sum_tx += g->weight[i] * g->tx[i];
        p->sum_T += g->weight[i] * g->T[i];
    }
    p->repeaters = (double)g->n_repeaters;
    p->scale = p->sum_T > 0 ? p->sum_T / p->sum_w : 1;
    if (g->n > 0) {
        memcpy(p->ix, g->ix, g->n * sizeof *p->ix);
        memcpy(p->itx, g->itx, g->n * sizeof *p->itx);
        memcpy(p->iT, g->iT, g->n * sizeof *p->iT);
    }
    p->xs = kam_alloc((g->nx + 1) * sizeof *p->xs);
    p->ts = kam_alloc((g->nt + 1) * sizeof *p->ts);
    for (size_t i = 0; i < g->nx; i++) p->xs[i] = g->xs[i];
    for (size_t i = 0; i < g->nt; i++) p->ts[i] = g->ts[i] / p->scale;
    prep_sums(p);
}

/* A lattice rather than every step-th group: among the accounts of one x it takes every step-th day, shifted from age
 * to age, so that no kind of account is missed, heavy groups included. A step that shares a factor with the shifts would
 * leave whole ages out. */
void calc_btyd_prep_sample(const calc_btyd_prep *p, uint32_t step, calc_btyd_prep *out)
{
    *out = (calc_btyd_prep){.nx = p->nx, .nt = p->nt, .xs = p->xs, .ts = p->ts, .scale = p->scale, .lent = true,
                            .progress = p->progress};
    prep_alloc(out, p->n);
    while (step % 3 == 0 || step % 5 == 0) step++;
    size_t n = 0;
    for (size_t i = 0; i < p->n; i++) {
        if ((p->itx[i] + 5 * p->iT[i] + 3 * p->ix[i]) % step != 0) continue;
        out->ix[n] = p->ix[i];
        out->itx[n] = p->itx[i];
        out->iT[n] = p->iT[i];
        out->w[n++] = p->w[i];
    }
    out->n = n;
    prep_sums(out);
    for (size_t i = 0; i < n; i++) {
        const double x = p->xs[out->ix[i]];
        out->sum_w += out->w[i];
        out->sum_x += out->w[i] * x;
        out->sum_tx += out->w[i] * p->ts[out->itx[i]] * p->scale;
        out->sum_T += out->w[i] * p->ts[out->iT[i]] * p->scale;
        if (x > 0) out->repeaters += out->w[i];
    }
}

void calc_btyd_prep_forget(calc_btyd_prep *p)
{
    uint32_t **const of_groups[] = {&p->ix, &p->itx, &p->iT, &p->pairs_x.of, &p->pairs_T.of};
    for (size_t i = 0; i < sizeof of_groups / sizeof *of_groups; i++) {
        kam_free(*of_groups[i]);
        *of_groups[i] = NULL;
    }
    kam_free(p->w);
    p->w = NULL;
    p->n = 0;
    p->progress = NULL;
}

void calc_btyd_prep_release(calc_btyd_prep *p)
{
    if (p->lent) p->xs = p->ts = NULL;
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

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calc_rules.h"
#include "kam_mem.h"
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_errno.h>
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#define LAST 0x80000000u /* bit of an entry: the last one of its basket */

double calc_fisher_greater(uint32_t k, uint32_t n1, uint32_t n, uint32_t t)
{
    if (k == 0) return 1;
    if (k > n1 || k > t || n1 > n || t > n) return 0;
    gsl_error_handler_t *old = gsl_set_error_handler_off();
    double p = gsl_cdf_hypergeometric_Q(k - 1, n1, n - n1, t);
    gsl_set_error_handler(old);
    return p < 0 ? 0 : p > 1 || isnan(p) ? 1 : p;
}

typedef struct ranked {
    double p;
    size_t at;
} ranked;

static int by_p(const void *a, const void *b)
{
    const ranked *x = a, *y = b;
    if (x->p != y->p) return x->p < y->p ? -1 : 1;
    return x->at < y->at ? -1 : x->at > y->at;
}

void calc_fdr(const double *p, size_t n, double m, double *q)
{
    ranked *r = kam_calloc(n + 1, sizeof *r);
    for (size_t i = 0; i < n; i++) r[i] = (ranked){p[i], i};
    qsort(r, n, sizeof *r, by_p);
    double best = 1;
    for (size_t i = n; i-- > 0;) {
        double v = r[i].p * m / (double)(i + 1);
        if (v < best) best = v;
        q[r[i].at] = best;
    }
    kam_free(r);
}

/* --- the data, renumbered --------------------------------------------------------------------------------------- */

typedef struct world {
    size_t n, f, n_entries; /* baskets, frequent items, entries of these */
    uint32_t min;
    uint32_t *name;   /* f: the caller's number */
    uint32_t *count;  /* f: baskets with it */
    uint32_t *item;   /* n_entries, LAST bit at the end of each basket */
    int32_t *when;    /* n_entries or NULL */
    uint32_t *first;  /* n_entries, sequences only: where the entry's basket begins */
    size_t *list;     /* f + 1: its places … */
    uint32_t *place;  /* … in `item` */
} world;

static void world_release(world *w)
{
    kam_free(w->name);
    kam_free(w->count);
    kam_free(w->item);
    kam_free(w->when);
    kam_free(w->first);
    kam_free(w->list);
    kam_free(w->place);
}

typedef struct counted {
    uint32_t name, count;
} counted;

static int by_count(const void *a, const void *b)
{
    const counted *x = a, *y = b;
    if (x->count != y->count) return x->count > y->count ? -1 : 1;
    return x->name < y->name ? -1 : x->name > y->name;
}

/* Which items are frequent; number[item] = its new number + 1, 0: dropped. */
static uint32_t *renumber(const calc_baskets *b, world *w)
{
    uint32_t *number = kam_calloc(b->n_items + 1, sizeof *number);
    for (size_t k = b->start[0]; k < b->start[b->n]; k++) number[b->item[k]]++;
    counted *c = kam_calloc(b->n_items + 1, sizeof *c);
    for (size_t i = 0; i < b->n_items; i++)
        if (number[i] >= w->min) c[w->f++] = (counted){(uint32_t)i, number[i]};
    qsort(c, w->f, sizeof *c, by_count);
    memset(number, 0, b->n_items * sizeof *number);
    w->name = kam_calloc(w->f + 1, sizeof *w->name);
    w->count = kam_calloc(w->f + 1, sizeof *w->count);
    for (size_t i = 0; i < w->f; i++) {
        w->name[i] = c[i].name;
        w->count[i] = c[i].count;
        w->n_entries += c[i].count;
        number[c[i].name] = (uint32_t)i + 1;
    }
    kam_free(c);
    return number;
}

static int by_number(const void *a, const void *b)
{
    const uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return x < y ? -1 : x > y;
}

/* Baskets are short as a rule. */
static void sort_numbers(uint32_t *v, size_t n)
{
    if (n > 32) {
        qsort(v, n, sizeof *v, by_number);
        return;
    }
    for (size_t i = 1; i < n; i++) {
        uint32_t x = v[i];
        size_t k = i;
        for (; k > 0 && v[k - 1] > x; k--) v[k] = v[k - 1];
        v[k] = x;
    }
}

/* Baskets are packed one after the other, those of pairs by number, and each item gets the list of its places. */
static void build(const calc_baskets *b, int sequences, kam_progress *progress, world *w)
{
    uint32_t *number = renumber(b, w);
    w->item = kam_alloc((w->n_entries + 1) * sizeof *w->item);
    w->place = kam_alloc((w->n_entries + 1) * sizeof *w->place);
    if (sequences) {
        w->when = kam_alloc((w->n_entries + 1) * sizeof *w->when);
        w->first = kam_alloc((w->n_entries + 1) * sizeof *w->first);
    }
    w->list = kam_calloc(w->f + 2, sizeof *w->list);
    for (size_t i = 0; i < w->f; i++) w->list[i + 1] = w->list[i] + w->count[i];
    size_t *next = kam_calloc(w->f + 1, sizeof *next), at = 0;
    for (size_t i = 0; i < b->n && (i % 16384 || !kam_progress_stopped(progress)); i++) {
        size_t from = at;
        for (size_t k = b->start[i]; k < b->start[i + 1]; k++) {
            uint32_t j = number[b->item[k]];
            if (!j--) continue;
            if (sequences) {
                w->when[at] = b->when[k];
                w->first[at] = (uint32_t)from;
            }
            w->item[at++] = j;
        }
        if (!sequences) sort_numbers(w->item + from, at - from);
        for (size_t k = from; k < at; k++) w->place[w->list[w->item[k]] + next[w->item[k]]++] = (uint32_t)k;
        if (at > from) w->item[at - 1] |= LAST;
    }
    kam_free(next);
    kam_free(number);
}

/* --- counting -------------------------------------------------------------------------------------------------------- */

/* Counters of one item's partners, and which of them are in use. */
typedef struct tally {
    uint32_t *with;   /* pairs: common baskets; sequences: the partner came later */
    uint32_t *before; /* sequences: the partner came before or with it */
    uint32_t *used;
    size_t n_used;
} tally;

static inline void touch(tally *t, uint32_t j)
{
    if (!(t->with[j] | t->before[j])) t->used[t->n_used++] = j;
}

static void count_pairs(const world *w, uint32_t x, tally *t)
{
    /* Numbers rise in a basket: a pair is counted from its more frequent item. */
    for (size_t k = w->list[x]; k < w->list[x + 1]; k++)
        for (uint32_t i = w->place[k]; !(w->item[i] & LAST);) {
            uint32_t j = w->item[++i] & ~LAST;
            touch(t, j);
            t->with[j]++;
        }
}

static void count_sequences(const world *w, uint32_t x, tally *t)
{
    for (size_t k = w->list[x]; k < w->list[x + 1]; k++) {
        uint32_t at = w->place[k];
        for (uint32_t i = w->first[at];; i++) {
            uint32_t j = w->item[i] & ~LAST;
            if (j != x) {
                touch(t, j);
                if (w->when[i] > w->when[at]) t->with[j]++;
                else t->before[j]++;
            }
            if (w->item[i] & LAST) break;
        }
    }
}

typedef struct found {
    calc_rule *rule;
    size_t n, cap, supported;
} found;

/* Test the partners of one item that reach the minimum support more often than chance has it. */
static void keep(const world *w, uint32_t x, int sequences, double limit, tally *t, found *f)
{
    for (size_t i = 0; i < t->n_used; i++) {
        uint32_t j = t->used[i], n_xy = t->with[j], before = t->before[j];
        t->with[j] = t->before[j] = 0;
        if (n_xy < w->min) continue;
        f->supported++;
        uint32_t n = (uint32_t)w->n - before, n_x = w->count[x] - before, n_y = w->count[j] - before;
        if ((double)n_xy * n <= (double)n_x * n_y) continue; /* not more often than chance */
        double p = calc_fisher_greater(n_xy, n_x, n, n_y);
        if (p > limit) continue; /* its q is at least p, and a larger p lowers nobody's q below the limit */
        KAM_GROW(f->rule, f->cap, f->n + 1);
        uint32_t a = w->name[x], b = w->name[j];
        bool swap = !sequences && a > b;
        f->rule[f->n++] = (calc_rule){swap ? b : a, swap ? a : b, w->count[swap ? j : x], w->count[swap ? x : j], n_xy, before, p, 1};
    }
    t->n_used = 0;
}

static int by_items(const void *a, const void *b)
{
    const calc_rule *x = a, *y = b;
    if (x->x != y->x) return x->x < y->x ? -1 : 1;
    return x->y < y->y ? -1 : x->y > y->y;
}

/* q-values over all tests; the rules that pass stay, by x and y. */
static void correct(found *f, double tests, double limit)
{
    double *p = kam_calloc(f->n + 1, sizeof *p), *q = kam_calloc(f->n + 1, sizeof *q);
    for (size_t i = 0; i < f->n; i++) p[i] = f->rule[i].p;
    calc_fdr(p, f->n, tests, q);
    size_t n = 0;
    for (size_t i = 0; i < f->n; i++) {
        f->rule[i].q = q[i];
        if (q[i] <= limit) f->rule[n++] = f->rule[i];
    }
    f->n = n;
    kam_free(p);
    kam_free(q);
    if (n) qsort(f->rule, n, sizeof *f->rule, by_items);
}

kam_rc calc_rules_mine(const calc_baskets *b, const calc_rules_params *p, int sequences, calc_rules *out, kam_err *err)
{
    KAM_ASSERT(!sequences || b->when || b->n == 0);
    if (b->n >= LAST || (b->n && b->start[b->n] >= LAST)) {
        kam_err_set(err, KAM_LIMIT, "rules: more than %u baskets or entries; narrow the period or the products", LAST - 1);
        return kam_err_word(err, "baskets");
    }
    double min = p->min_support < 1 ? ceil(p->min_support * (double)b->n) : ceil(p->min_support);
    world w = {.n = b->n, .min = min < 1 ? 1 : min > 4e9 ? 4000000000u : (uint32_t)min};
    found f = {NULL, 0, 0, 0};
    kam_rc rc = KAM_OK;
    if (b->n) build(b, sequences, p->progress, &w);
    tally t = {kam_calloc(w.f + 1, sizeof *t.with), kam_calloc(w.f + 1, sizeof *t.before), kam_calloc(w.f + 1, sizeof *t.used), 0};
    for (uint32_t x = 0; x < w.f; x++) {
        rc = kam_progress_step(p->progress, "rules", x, w.f, err); /* one item may have a million places */
        if (rc != KAM_OK) break;
        if (sequences) count_sequences(&w, x, &t);
        else count_pairs(&w, x, &t);
        keep(&w, x, sequences, p->q, &t, &f);
    }
    double tests = (double)w.f * ((double)w.f - 1) / (sequences ? 1 : 2);
    if (rc == KAM_OK) {
        correct(&f, tests, p->q);
        *out = (calc_rules){f.n, f.rule, b->n, w.f, f.supported, w.f ? tests : 0};
    } else {
        kam_free(f.rule);
    }
    kam_free(t.with);
    kam_free(t.before);
    kam_free(t.used);
    world_release(&w);
    return rc;
}

void calc_rules_release(calc_rules *r)
{
    kam_free(r->rule);
    *r = (calc_rules)CALC_RULES_INIT;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The exact distribution of base + Σ amount·Bernoulli(p). Certain and impossible terms go into the base first. A few
 * terms are enumerated in minor units; many are convolved on a grid of their greatest common divisor, or on a coarser one. */
#include "calc_forecast.h"
#include "kam_mem.h"
#include <stdbool.h>
#include <stdlib.h>

enum { ENUMERATE_UP_TO = 12 /* 4096 totals */, LEAST_CELLS = 1000 };
#define MAX_WORK 4e8 /* cells touched: about half a second */

typedef struct mass {
    int64_t value;
    double p;
} mass;

static int by_value(const void *a, const void *b)
{
    int64_t x = ((const mass *)a)->value, y = ((const mass *)b)->value;
    return (x > y) - (x < y);
}

static int64_t gcd(int64_t a, int64_t b)
{
    while (b) {
        int64_t r = a % b;
        a = b;
        b = r;
    }
    return a;
}

static void push_mass(calc_dist *d, int64_t value, double p)
{
    if (d->n && d->value[d->n - 1] == value) {
        d->p[d->n - 1] += p;
        return;
    }
    d->value[d->n] = value;
    d->p[d->n++] = p;
}

static void enumerate(int64_t base, const int64_t *amount, const double *prob, size_t n, calc_dist *out)
{
    size_t all = (size_t)1 << n;
    mass *m = kam_calloc(all, sizeof *m);
    m[0] = (mass){base, 1.0};
    for (size_t i = 0, have = 1; i < n; i++, have *= 2) {
        for (size_t k = 0; k < have; k++) {
            m[have + k] = (mass){m[k].value + amount[i], m[k].p * prob[i]};
            m[k].p *= 1.0 - prob[i];
        }
    }
    qsort(m, all, sizeof *m, by_value);
    out->value = kam_calloc(all, sizeof *out->value);
    out->p = kam_calloc(all, sizeof *out->p);
    for (size_t k = 0; k < all; k++) push_mass(out, m[k].value, m[k].p);
    kam_free(m);
}

/* Cells each term moves the total by. On a grid coarser than the amounts each is rounded down or up, whichever keeps the mean of
 * the sum: rounding all to the nearest lets the errors of thousands of terms add up. */
static size_t *grid_jumps(const int64_t *amount, const double *prob, size_t n, int64_t step)
{
    size_t *jump = kam_calloc(n, sizeof *jump);
    double off = 0.0; /* mean lost so far, in steps */
    for (size_t i = 0; i < n; i++) {
        int64_t whole = amount[i] / step;
        double rest = (double)(amount[i] % step) / (double)step;
        double down = off + prob[i] * rest, up = off - prob[i] * (1.0 - rest);
        bool rounds_up = rest > 0.0 && (up < 0 ? -up : up) < (down < 0 ? -down : down);
        jump[i] = (size_t)whole + rounds_up;
        off = rest > 0.0 ? rounds_up ? up : down : off;
    }
    return jump;
}

/* The cells [lo, hi] of `from` after one more term, into `to`; the new window is [lo, hi + jump]. Ranges without a branch inside,
 * so that the compiler can use vectors. */
static void add_term(const double *restrict from, double *restrict to, size_t lo, size_t hi, size_t jump, double prob)
{
    size_t both = lo + jump, k;
    const double stay = 1.0 - prob;
    if (both > hi) {
        for (k = lo; k <= hi; k++) to[k] = from[k] * stay;
        for (; k < both; k++) to[k] = 0.0;
    } else {
        for (k = lo; k < both; k++) to[k] = from[k] * stay;
        for (; k <= hi; k++) to[k] = from[k] * stay + from[k - jump] * prob;
    }
    for (; k <= hi + jump; k++) to[k] = from[k - jump] * prob;
}

/* Cells at the ends that hold less are dropped: all of them together weigh less than 1e-11. */
#define NOTHING 1e-20

static void convolve(int64_t base, const int64_t *amount, const double *prob, size_t n, size_t max_cells, calc_dist *out)
{
    int64_t common = 0;
    double total = 0.0;
    for (size_t i = 0; i < n; i++) {
        common = gcd(common, amount[i]);
        total += (double)amount[i];
    }
    int64_t step = common;
    if ((double)n * (double)max_cells > MAX_WORK) max_cells = (size_t)(MAX_WORK / (double)n);
    if (max_cells < LEAST_CELLS) max_cells = LEAST_CELLS;
    if (total / (double)common > (double)max_cells) {
        step = (int64_t)(total / (double)max_cells) + 1;
        out->step = step;
    }
    size_t *jump = grid_jumps(amount, prob, n, step), cells = 1, lo = 0, hi = 0;
    for (size_t i = 0; i < n; i++) cells += jump[i];
    double *p = kam_calloc(cells, sizeof *p), *q = kam_calloc(cells, sizeof *q);
    p[0] = 1.0;
    for (size_t i = 0; i < n; i++) {
        if (jump[i] == 0) continue; /* less than a step: does not move the total */
        add_term(p, q, lo, hi, jump[i], prob[i]);
        hi += jump[i];
        while (lo < hi && q[lo] < NOTHING) lo++;
        while (hi > lo && q[hi] < NOTHING) hi--;
        double *swap = p;
        p = q;
        q = swap;
    }
    out->value = kam_calloc(hi - lo + 1, sizeof *out->value);
    out->p = kam_calloc(hi - lo + 1, sizeof *out->p);
    for (size_t k = lo; k <= hi; k++)
        if (p[k] > 0.0) push_mass(out, base + (int64_t)k * step, p[k]);
    kam_free(jump);
    kam_free(p);
    kam_free(q);
}

void calc_dist_sum(int64_t base, const int64_t *amount, const double *prob, size_t n, size_t max_cells, calc_dist *out)
{
    int64_t *a = kam_calloc(n, sizeof *a);
    double *p = kam_calloc(n, sizeof *p);
    size_t m = 0;
    for (size_t i = 0; i < n; i++) {
        if (prob[i] >= 1.0) base += amount[i];
        else if (prob[i] > 0.0 && amount[i] > 0) {
            a[m] = amount[i];
            p[m++] = prob[i];
        }
    }
    *out = (calc_dist)CALC_DIST_INIT;
    if (m <= ENUMERATE_UP_TO) enumerate(base, a, p, m, out);
    else convolve(base, a, p, m, max_cells, out);
    kam_free(a);
    kam_free(p);
}

void calc_dist_release(calc_dist *d)
{
    kam_free(d->value);
    kam_free(d->p);
    *d = (calc_dist)CALC_DIST_INIT;
}

int64_t calc_dist_quantile(const calc_dist *d, double q)
{
    double sum = 0.0;
    for (size_t k = 0; k < d->n; k++) {
        sum += d->p[k];
        if (sum >= q - 1e-12) return d->value[k]; /* a sum that is q on paper */
    }
    return d->n ? d->value[d->n - 1] : 0;
}

double calc_dist_at_least(const calc_dist *d, int64_t x)
{
    double sum = 0.0;
    for (size_t k = d->n; k-- > 0 && d->value[k] >= x;) sum += d->p[k];
    return sum > 1.0 ? 1.0 : sum;
}

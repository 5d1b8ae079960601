/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How well a score tells events from the rest, and whether a probability keeps what it says. */
#include "calc_logit.h"
#include "calc_rank.h"
#include "kam_mem.h"
#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>

typedef struct placement {
    double sum, sum2;
    size_t n;
} placement;

/* DeLong's placements: of each event the share of non-events below it, of each non-event the share of events above it. */
static void place(const int64_t *all, const int64_t *own, size_t n_own, size_t n_other, bool below, placement *v)
{
    v->n = n_own;
    v->sum = v->sum2 = 0;
    for (size_t i = 0; i < n_own; i++) {
        double x = 0.5 * (double)(all[i] - own[i]) / (double)n_other;
        if (!below) x = 1 - x;
        v->sum += x;
        v->sum2 += x * x;
    }
}

static double variance(const placement *v)
{
    double n = (double)v->n;
    return v->n > 1 ? fmax(0, v->sum2 - v->sum * v->sum / n) / (n - 1) : NAN;
}

bool calc_auc(const double *score, const uint8_t *y, size_t n, double level, double *auc, double *low, double *high)
{
    size_t count[2] = {0, 0}, at[2] = {0, 0};
    for (size_t i = 0; i < n; i++) count[y[i] != 0]++;
    *low = *high = NAN;
    if (!count[0] || !count[1]) return false;
    int64_t *all = kam_calloc(n, sizeof *all), *pooled[2], *own[2];
    double *part[2];
    placement v[2];
    calc_midrank2(score, n, all);
    for (int c = 0; c < 2; c++) {
        pooled[c] = kam_calloc(count[c], sizeof *pooled[c]);
        own[c] = kam_calloc(count[c], sizeof *own[c]);
        part[c] = kam_calloc(count[c], sizeof *part[c]);
    }
    for (size_t i = 0; i < n; i++) {
        int c = y[i] != 0;
        pooled[c][at[c]] = all[i];
        part[c][at[c]++] = score[i];
    }
    for (int c = 0; c < 2; c++) {
        calc_midrank2(part[c], count[c], own[c]);
        place(pooled[c], own[c], count[c], count[1 - c], c == 1, &v[c]);
    }
    *auc = v[1].sum / (double)count[1];
    if (count[0] > 1 && count[1] > 1) {
        double se = sqrt(variance(&v[0]) / (double)count[0] + variance(&v[1]) / (double)count[1]);
        double half = gsl_cdf_ugaussian_Pinv(0.5 + level / 2) * se;
        *low = fmax(0, *auc - half);
        *high = fmin(1, *auc + half);
    }
    for (int c = 0; c < 2; c++) {
        kam_free(part[c]);
        kam_free(own[c]);
        kam_free(pooled[c]);
    }
    kam_free(all);
    return true;
}

typedef struct pair {
    double p;
    uint8_t y;
} pair;

static int by_prediction(const void *a, const void *b)
{
    double x = ((const pair *)a)->p, y = ((const pair *)b)->p;
    return (x > y) - (x < y);
}

size_t calc_calibrate(const double *predicted, const uint8_t *y, size_t n, size_t bins, calc_calibration *out)
{
    pair *v = kam_calloc(n + 1, sizeof *v);
    size_t made = 0, i = 0;
    for (size_t k = 0; k < n; k++) v[k] = (pair){predicted[k], y[k] != 0};
    qsort(v, n, sizeof *v, by_prediction);
    while (i < n && made < bins) {
        size_t end = i + (n - i) / (bins - made); /* what is left, shared out among the groups that are left */
        if (end == i) end++;
        if (made + 1 == bins) end = n;
        while (end < n && !(v[end].p > v[end - 1].p)) end++;
        calc_calibration b = {.n = end - i, .from = v[i].p, .to = v[end - 1].p};
        for (; i < end; i++) {
            b.predicted += v[i].p;
            b.events += v[i].y;
        }
        b.predicted /= (double)b.n;
        out[made++] = b;
    }
    kam_free(v);
    return made;
}

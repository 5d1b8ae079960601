/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calc_rank.h"
#include "kam_err.h"
#include "kam_mem.h"
#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>

typedef struct ranked {
    double v;
    size_t at;
} ranked;

static int by_value(const void *a, const void *b)
{
    double x = ((const ranked *)a)->v, y = ((const ranked *)b)->v;
    return (x > y) - (x < y);
}

static int by_double(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

void calc_midrank2(const double *x, size_t n, int64_t *rank2)
{
    ranked *r = kam_calloc(n, sizeof *r);
    for (size_t i = 0; i < n; i++) r[i] = (ranked){x[i], i};
    qsort(r, n, sizeof *r, by_value);
    for (size_t i = 0; i < n;) {
        size_t j = i;
        while (j < n && r[j].v == r[i].v) j++;
        /* ranks i+1 … j, twice their mean */
        for (size_t k = i; k < j; k++) rank2[r[k].at] = (int64_t)(i + 1 + j);
        i = j;
    }
    kam_free(r);
}

int calc_rank_score(int64_t rank2, size_t n, int parts)
{
    return 1 + (int)((parts * (rank2 - 1)) / (2 * (int64_t)n));
}

bool calc_median(double *x, size_t n, double *out)
{
    if (n == 0) return false;
    qsort(x, n, sizeof *x, by_double);
    *out = n % 2 ? x[n / 2] : (x[n / 2 - 1] + x[n / 2]) / 2.0;
    return true;
}

bool calc_wilson(double k, double n, double level, double *low, double *high)
{
    if (!(n > 0)) return false;
    double z = gsl_cdf_ugaussian_Pinv(0.5 + level / 2.0), p = k / n;
    double centre = (p + z * z / (2 * n)) / (1 + z * z / n);
    double half = z / (1 + z * z / n) * sqrt(p * (1 - p) / n + z * z / (4 * n * n));
    *low = k == 0 ? 0.0 : fmax(0.0, centre - half);
    *high = k == n ? 1.0 : fmin(1.0, centre + half);
    return true;
}

typedef struct stay {
    int64_t time;
    uint8_t event;
} stay;

static int by_time(const void *a, const void *b)
{
    int64_t x = ((const stay *)a)->time, y = ((const stay *)b)->time;
    return (x > y) - (x < y);
}

bool calc_km_median(const int64_t *time, const uint8_t *event, size_t n, int64_t *out)
{
    stay *s = kam_calloc(n, sizeof *s);
    for (size_t i = 0; i < n; i++) s[i] = (stay){time[i], event[i]};
    qsort(s, n, sizeof *s, by_time);
    double alive = 1.0;
    bool found = false;
    for (size_t i = 0; i < n && !found;) {
        size_t j = i, deaths = 0;
        for (; j < n && s[j].time == s[i].time; j++) deaths += s[j].event;
        alive *= 1.0 - (double)deaths / (double)(n - i);
        if (deaths && alive <= 0.5 + 1e-12) { /* 1e-12: products of fractions that are ½ on paper */
            *out = s[i].time;
            found = true;
        }
        i = j;
    }
    kam_free(s);
    return found;
}

bool calc_gini(double *x, size_t n, double *out)
{
    qsort(x, n, sizeof *x, by_double);
    double sum = 0.0, weighted = 0.0;
    for (size_t i = 0; i < n; i++) {
        sum += x[i];
        weighted += (double)(i + 1) * x[i];
    }
    if (!(sum > 0)) return false;
    double g = 2.0 * weighted / ((double)n * sum) - ((double)n + 1.0) / (double)n;
    *out = g < 0 ? 0.0 : g; /* rounding of equal values */
    return true;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* calc_kmeans: k-means with k-means++ seeding (Arthur & Vassilvitskii 2007, "k-means++: the advantages of careful seeding") and the
 * silhouette (Rousseeuw 1987) to choose k, on points as rows of an array.
 *
 * The result hangs on the points and the seed, not on the order of the rows: points are sorted by value before anything is
 * drawn. x: n rows of d finite values each, row after row. Lent.
 */
#ifndef CALC_KMEANS_H
#define CALC_KMEANS_H
#include "kam_progress.h"
#include <stddef.h>
#include <stdint.h>

typedef struct calc_kmeans_spec {
    int k;            /* clusters; 0: by silhouette among 2 … max_k */
    int max_k;        /* 8 */
    size_t sample;    /* 2,000: points drawn for seeding and silhouette when there are more */
    int restarts;     /* 8: seedings tried on the sample, the least inertia is kept */
    int iterations;   /* 100: at most so many rounds */
    uint64_t seed;
    kam_progress *progress; /* NULL: cannot be stopped. When it says stop, what comes out is whole but of no use: the caller asks again */
} calc_kmeans_spec;
#define CALC_KMEANS_SPEC {0, 8, 2000, 8, 100, 1, NULL}

typedef struct calc_kmeans {
    int k;              /* clusters found: not more than there are distinct points; 0 without points */
    int32_t *of;        /* n: cluster of each point, numbered by size descending, then by centroid */
    double *centroid;   /* k × d */
    size_t *size;       /* k */
    double inertia;     /* Σ squared distance to the own centroid */
    double silhouette;  /* mean, on the sample; NaN with fewer than two clusters */
} calc_kmeans;

/* O(n log n + n·k·d·rounds + sample²·d·max_k). */
void calc_kmeans_fit(const double *x, size_t n, size_t d, const calc_kmeans_spec *spec, calc_kmeans *out);
void calc_kmeans_release(calc_kmeans *m);
/* Mean silhouette of a clustering; a cluster of one counts 0. NaN with fewer than two clusters. O(n²·d). */
double calc_silhouette(const double *x, size_t n, size_t d, const int32_t *of, int k);
#endif

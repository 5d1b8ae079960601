/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calc_kmeans.h"
#include "calc_special.h"
#include "kam_mem.h"
#include "kam_sort.h"
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

static double distance2(const double *a, const double *b, size_t d)
{
    double sum = 0;
    for (size_t j = 0; j < d; j++) sum += (a[j] - b[j]) * (a[j] - b[j]);
    return sum;
}

/* --- points in order of their values --------------------------------------------------------------------------------- */

typedef struct place {
    const double *p;
    size_t at, d;
} place;

static int by_point(const void *a, const void *b)
{
    const place *x = a, *y = b;
    for (size_t j = 0; j < x->d; j++)
        if (x->p[j] != y->p[j]) return x->p[j] < y->p[j] ? -1 : 1;
    return (x->at > y->at) - (x->at < y->at); /* equal points: any order gives the same clusters */
}

static place *sorted_places(const double *x, size_t n, size_t d, const kam_progress *watch)
{
    place *p = kam_calloc(n + 1, sizeof *p);
    for (size_t i = 0; i < n; i++) p[i] = (place){x + i * d, i, d};
    kam_sort(p, n, sizeof *p, by_point, watch);
    return p;
}

static size_t count_distinct(const place *p, size_t n, size_t enough)
{
    size_t k = n > 0;
    for (size_t i = 1; i < n && k < enough; i++) k += memcmp(p[i].p, p[i - 1].p, p[i].d * sizeof(double)) != 0;
    return k;
}

/* --- Lloyd's rounds -------------------------------------------------------------------------------------------------- */

typedef struct cloud {
    const double *x;
    size_t n, d;
    kam_progress *progress;
} cloud;


static int nearest(const double *p, const double *centroid, int k, size_t d, double *dist)
{
    int best = 0;
    double least = INFINITY;
    for (int c = 0; c < k; c++) {
        double v = distance2(p, centroid + (size_t)c * d, d);
        if (v < least) {
            least = v;
            best = c;
        }
    }
    *dist = least;
    return best;
}

/* A cluster nobody is near takes the point that is worst off. */
static void refill(const cloud *c, int k, double *centroid, int32_t *of, size_t *size)
{
    for (int e = 0; e < k; e++) {
        if (size[e]) continue;
        size_t worst = 0;
        double most = -1;
        for (size_t i = 0; i < c->n; i++) {
            double v = distance2(c->x + i * c->d, centroid + (size_t)of[i] * c->d, c->d);
            if (size[of[i]] > 1 && v > most) {
                most = v;
                worst = i;
            }
        }
        size[of[worst]]--;
        of[worst] = e;
        size[e] = 1;
        memcpy(centroid + (size_t)e * c->d, c->x + worst * c->d, c->d * sizeof(double));
    }
}

static void move_centroids(const cloud *c, int k, double *centroid, const int32_t *of, const size_t *size)
{
    memset(centroid, 0, (size_t)k * c->d * sizeof *centroid);
    for (size_t i = 0; i < c->n; i++)
        for (size_t j = 0; j < c->d; j++) centroid[(size_t)of[i] * c->d + j] += c->x[i * c->d + j];
    for (int e = 0; e < k; e++)
        for (size_t j = 0; j < c->d; j++) centroid[(size_t)e * c->d + j] /= (double)size[e];
}

/* Until nobody changes, or inertia falls by less than a millionth. Returns inertia. */
static double lloyd(const cloud *c, int k, double *centroid, int32_t *of, size_t *size, int rounds)
{
    double before = INFINITY, inertia = 0;
    for (int r = 0; r < rounds; r++) {
        size_t changed = 0;
        inertia = 0;
        memset(size, 0, (size_t)k * sizeof *size);
        for (size_t i = 0; i < c->n; i++) {
            double v;
            if (i % 4096 == 0 && kam_progress_stopped(c->progress)) return inertia;
            int best = nearest(c->x + i * c->d, centroid, k, c->d, &v);
            changed += r == 0 || of[i] != best;
            of[i] = best;
            size[best]++;
            inertia += v;
        }
        refill(c, k, centroid, of, size);
        if (changed == 0 || before - inertia <= 1e-6 * inertia) break;
        before = inertia;
        move_centroids(c, k, centroid, of, size);
    }
    return inertia;
}

/* k-means++: each further centroid drawn with a chance proportional to the squared distance to the nearest one so far. */
static void seed_centroids(const cloud *c, int k, calc_rng *rng, double *centroid, double *far)
{
    size_t first = (size_t)(calc_rng_uniform(rng) * (double)c->n);
    memcpy(centroid, c->x + (first < c->n ? first : c->n - 1) * c->d, c->d * sizeof(double));
    for (size_t i = 0; i < c->n; i++) far[i] = INFINITY;
    for (int e = 1; e < k; e++) {
        double sum = 0;
        for (size_t i = 0; i < c->n; i++) {
            double v = distance2(c->x + i * c->d, centroid + (size_t)(e - 1) * c->d, c->d);
            if (v < far[i]) far[i] = v;
            sum += far[i];
        }
        double want = calc_rng_uniform(rng) * sum, seen = 0;
        size_t chosen = c->n;
        for (size_t i = 0; i < c->n; i++) {
            if (far[i] <= 0) continue;
            chosen = i;
            seen += far[i];
            if (seen > want) break;
        }
        memcpy(centroid + (size_t)e * c->d, c->x + (chosen < c->n ? chosen : 0) * c->d, c->d * sizeof(double));
    }
}

/* Best of several seedings on a cloud of moderate size. */
static double best_fit(const cloud *c, int k, const calc_kmeans_spec *spec, double *centroid, int32_t *of)
{
    size_t cells = (size_t)k * c->d;
    double *trial = kam_calloc(cells + 1, sizeof *trial), *far = kam_calloc(c->n + 1, sizeof *far), best = INFINITY;
    int32_t *mine = kam_calloc(c->n + 1, sizeof *mine);
    size_t *size = kam_calloc((size_t)k + 1, sizeof *size);
    calc_rng rng;
    calc_rng_seed(&rng, spec->seed * 1000003u + (uint64_t)k);
    for (int r = 0; r < spec->restarts && !kam_progress_stopped(c->progress); r++) {
        seed_centroids(c, k, &rng, trial, far);
        double inertia = lloyd(c, k, trial, mine, size, spec->iterations);
        if (!(inertia < best)) continue;
        best = inertia;
        memcpy(centroid, trial, cells * sizeof *trial);
        memcpy(of, mine, c->n * sizeof *mine);
    }
    kam_free(trial);
    kam_free(far);
    kam_free(mine);
    kam_free(size);
    return best;
}

/* --- silhouette ------------------------------------------------------------------------------------------------------- */

static double silhouette_of(const double *x, size_t n, size_t d, const int32_t *of, int k, const size_t *size, size_t i, double *sum)
{
    if (size[of[i]] < 2) return 0;
    memset(sum, 0, (size_t)k * sizeof *sum);
    for (size_t j = 0; j < n; j++) sum[of[j]] += sqrt(distance2(x + i * d, x + j * d, d));
    double own = sum[of[i]] / (double)(size[of[i]] - 1), other = INFINITY;
    for (int c = 0; c < k; c++)
        if (c != of[i] && size[c] && sum[c] / (double)size[c] < other) other = sum[c] / (double)size[c];
    double most = own > other ? own : other;
    return most > 0 ? (other - own) / most : 0;
}

static double silhouette(const double *x, size_t n, size_t d, const int32_t *of, int k, kam_progress *progress)
{
    size_t *size = kam_calloc((size_t)k + 1, sizeof *size), used = 0;
    double *sum = kam_calloc((size_t)k + 1, sizeof *sum), total = 0;
    for (size_t i = 0; i < n; i++) used += size[of[i]]++ == 0;
    for (size_t i = 0; i < n && used > 1 && (i % 64 || !kam_progress_stopped(progress)); i++) total += silhouette_of(x, n, d, of, k, size, i, sum);
    kam_free(size);
    kam_free(sum);
    return used > 1 ? total / (double)n : NAN;
}

double calc_silhouette(const double *x, size_t n, size_t d, const int32_t *of, int k) { return silhouette(x, n, d, of, k, NULL); }

/* --- the whole -------------------------------------------------------------------------------------------------------- */

/* Points drawn without replacement (Knuth's selection sampling), in order; all when there are not more. */
static double *draw_sample(const place *p, size_t n, size_t d, const calc_kmeans_spec *spec, size_t *m)
{
    size_t want = n < spec->sample ? n : spec->sample, k = 0;
    double *s = kam_calloc(want * d + 1, sizeof *s);
    calc_rng rng;
    calc_rng_seed(&rng, spec->seed);
    for (size_t i = 0; i < n && k < want; i++)
        if (want == n || calc_rng_uniform(&rng) * (double)(n - i) < (double)(want - k)) memcpy(s + k++ * d, p[i].p, d * sizeof *s);
    *m = k;
    return s;
}

/* The k with the highest silhouette, the smaller one of equals; *centroid is that of the choice. */
static int choose(const cloud *s, size_t distinct, const calc_kmeans_spec *spec, double *centroid, double *found)
{
    int from = spec->k > 0 ? spec->k : 2, to = spec->k > 0 ? spec->k : spec->max_k, chosen = 0;
    if (spec->k == 0 && (size_t)to >= distinct) to = (int)distinct - 1;
    if (spec->k > 0 && (size_t)from > distinct) from = to = (int)distinct;
    if (from > to) from = to = 1;
    double *trial = kam_calloc((size_t)to * s->d + 1, sizeof *trial), best = -INFINITY;
    int32_t *of = kam_calloc(s->n + 1, sizeof *of);
    *found = NAN;
    for (int k = from; k <= to; k++) {
        best_fit(s, k, spec, trial, of);
        double v = silhouette(s->x, s->n, s->d, of, k, s->progress);
        if (chosen && !(v > best + 1e-12)) continue;
        best = isnan(v) ? -INFINITY : v;
        *found = v;
        chosen = k;
        memcpy(centroid, trial, (size_t)k * s->d * sizeof *trial);
    }
    kam_free(trial);
    kam_free(of);
    return chosen;
}

typedef struct rank {
    size_t size;
    const double *centroid;
    size_t d;
    int was;
} rank;

static int by_size(const void *a, const void *b)
{
    const rank *x = a, *y = b;
    if (x->size != y->size) return x->size > y->size ? -1 : 1;
    for (size_t j = 0; j < x->d; j++)
        if (x->centroid[j] != y->centroid[j]) return x->centroid[j] < y->centroid[j] ? -1 : 1;
    return x->was - y->was;
}

/* Number the clusters by size and give them to the points in their own order. */
static void number(const double *centroid, const int32_t *of, const place *p, size_t n, size_t d, calc_kmeans *m)
{
    rank *r = kam_calloc((size_t)m->k + 1, sizeof *r);
    int32_t *now = kam_calloc((size_t)m->k + 1, sizeof *now);
    for (int c = 0; c < m->k; c++) r[c] = (rank){0, centroid + (size_t)c * d, d, c};
    for (size_t i = 0; i < n; i++) r[of[i]].size++;
    qsort(r, (size_t)m->k, sizeof *r, by_size);
    for (int c = 0; c < m->k; c++) {
        now[r[c].was] = c;
        m->size[c] = r[c].size;
        memcpy(m->centroid + (size_t)c * d, r[c].centroid, d * sizeof(double));
    }
    for (size_t i = 0; i < n; i++) m->of[p[i].at] = now[of[i]];
    kam_free(r);
    kam_free(now);
}

void calc_kmeans_fit(const double *x, size_t n, size_t d, const calc_kmeans_spec *spec, calc_kmeans *out)
{
    int most = spec->k > spec->max_k ? spec->k : spec->max_k;
    place *p = sorted_places(x, n, d, spec->progress);
    size_t distinct = count_distinct(p, n, (size_t)most + 1), m = 0;
    calc_kmeans r = {.of = kam_calloc(n + 1, sizeof *r.of), .silhouette = NAN};
    double *sample = draw_sample(p, n, d, spec, &m), *centroid = kam_calloc((size_t)most * d + 1, sizeof *centroid);
    if (n > 0) r.k = choose(&(cloud){sample, m, d, spec->progress}, count_distinct(p, n, distinct), spec, centroid, &r.silhouette);
    r.centroid = kam_calloc((size_t)r.k * d + 1, sizeof *r.centroid);
    r.size = kam_calloc((size_t)r.k + 1, sizeof *r.size);
    if (n > 0) {
        double *all = kam_calloc(n * d + 1, sizeof *all);
        int32_t *of = kam_calloc(n + 1, sizeof *of);
        for (size_t i = 0; i < n; i++) memcpy(all + i * d, p[i].p, d * sizeof *all);
        r.inertia = lloyd(&(cloud){all, n, d, spec->progress}, r.k, centroid, of, r.size, spec->iterations);
        number(centroid, of, p, n, d, &r);
        kam_free(all);
        kam_free(of);
    }
    kam_free(sample);
    kam_free(centroid);
    kam_free(p);
    *out = r;
}

void calc_kmeans_release(calc_kmeans *m)
{
    kam_free(m->of);
    kam_free(m->centroid);
    kam_free(m->size);
    *m = (calc_kmeans){0};
}

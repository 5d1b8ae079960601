/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calc_logit.h"
#include "kam_mem.h"
#include <gsl/gsl_errno.h>
#include <gsl/gsl_linalg.h>
#include <math.h>
#include <string.h>

enum { M = CALC_LOGIT_MAX + 1, ITERATIONS = 100 };

/* The columns in use, standardised once: z has 1 in its first column. */
typedef struct design {
    size_t n, q; /* q: columns with the intercept */
    double *z;
    uint8_t *y;
    size_t at[M]; /* original column of z's column (from 1) */
    kam_progress *progress;
} design;

static bool taken(const calc_logit_data *d, size_t i) { return !d->use || d->use[i]; }

static void moments(const calc_logit_data *d, calc_logit *m)
{
    double sum[CALC_LOGIT_MAX] = {0}, sq[CALC_LOGIT_MAX] = {0};
    size_t known[CALC_LOGIT_MAX] = {0};
    for (size_t i = 0; i < d->n; i++) {
        if (!taken(d, i)) continue;
        m->n++;
        m->events += d->y[i] != 0;
        for (size_t j = 0; j < d->p; j++) {
            double v = d->x[i * d->p + j];
            if (isnan(v)) continue;
            known[j]++;
            sum[j] += v;
        }
    }
    for (size_t j = 0; j < d->p; j++) m->mean[j] = known[j] ? sum[j] / (double)known[j] : 0;
    for (size_t i = 0; i < d->n; i++) { /* a second pass: Σx² − n·mean² drowns where the mean is large */
        if (!taken(d, i)) continue;
        for (size_t j = 0; j < d->p; j++) {
            double v = d->x[i * d->p + j] - m->mean[j];
            if (!isnan(v)) sq[j] += v * v;
        }
    }
    for (size_t j = 0; j < d->p; j++) {
        m->sd[j] = known[j] ? sqrt(sq[j] / (double)known[j]) : 0;
        m->used[j] = m->sd[j] > 1e-12 * (1 + fabs(m->mean[j]));
        m->known[j] = m->n ? (double)known[j] / (double)m->n : 0;
    }
}

static void design_init(const calc_logit_data *d, const calc_logit *m, design *z)
{
    z->n = m->n;
    z->q = 1;
    for (size_t j = 0; j < d->p; j++)
        if (m->used[j]) z->at[z->q++] = j;
    z->z = kam_calloc(z->n * z->q + 1, sizeof *z->z);
    z->y = kam_calloc(z->n + 1, 1);
    size_t k = 0;
    for (size_t i = 0; i < d->n; i++) {
        if (!taken(d, i)) continue;
        double *row = z->z + k * z->q;
        row[0] = 1;
        for (size_t j = 1; j < z->q; j++) {
            double v = d->x[i * d->p + z->at[j]];
            row[j] = isnan(v) ? 0 : (v - m->mean[z->at[j]]) / m->sd[z->at[j]];
        }
        z->y[k++] = d->y[i] != 0;
    }
}

/* log(1 + e^η) without overflow. */
static double softplus(double eta) { return eta > 0 ? eta + log1p(exp(-eta)) : log1p(exp(eta)); }
static double logistic(double eta) { return eta >= 0 ? 1 / (1 + exp(-eta)) : exp(eta) / (1 + exp(eta)); }

/* Mean log-likelihood less the penalty; gradient and mean information (without the penalty) where wanted. */
static double objective(const design *d, const double *b, double lambda, double *g, double H[M][M], double *loglik)
{
    double sum = 0;
    if (g) {
        memset(g, 0, M * sizeof *g);
        memset(H, 0, M * sizeof *H);
    }
    for (size_t i = 0; i < d->n && (i % 16384 || !kam_progress_stopped(d->progress)); i++) {
        const double *z = d->z + i * d->q;
        double eta = 0;
        for (size_t j = 0; j < d->q; j++) eta += b[j] * z[j];
        sum += (d->y[i] ? eta : 0) - softplus(eta);
        if (!g) continue;
        double p = logistic(eta), r = (double)d->y[i] - p, w = p * (1 - p);
        for (size_t j = 0; j < d->q; j++) {
            double wz = w * z[j];
            g[j] += r * z[j];
            for (size_t k = 0; k <= j; k++) H[j][k] += wz * z[k];
        }
    }
    if (loglik) *loglik = sum;
    double n = (double)d->n, f = sum / n;
    for (size_t j = 1; j < d->q; j++) f -= 0.5 * lambda * b[j] * b[j];
    for (size_t j = 0; g && j < d->q; j++) {
        g[j] = g[j] / n - (j ? lambda * b[j] : 0);
        for (size_t k = 0; k <= j; k++) H[j][k] = H[k][j] = H[j][k] / n;
    }
    return f;
}

/* (H + λ) factored; false: not positive definite. */
static bool factor(const double H[M][M], size_t q, double lambda, gsl_matrix *A)
{
    for (size_t j = 0; j < q; j++)
        for (size_t k = 0; k < q; k++) gsl_matrix_set(A, j, k, H[j][k] + (j == k && j ? lambda : 0));
    double largest = 0;
    for (size_t j = 0; j < q; j++) largest = fmax(largest, gsl_matrix_get(A, j, j));
    if (gsl_linalg_cholesky_decomp1(A)) return false;
    for (size_t j = 0; j < q; j++) /* a pivot lost to rounding: columns that repeat each other */
        if (!(gsl_matrix_get(A, j, j) > 1e-7 * sqrt(largest))) return false;
    return true;
}

/* One Newton step with halving; the largest movement, or a negative number when there is no step. */
static double step(const design *d, double lambda, double *b, double *f, gsl_matrix *A, gsl_vector *v)
{
    double g[M], H[M][M], trial[M], most = 0;
    *f = objective(d, b, lambda, g, H, NULL);
    if (!factor((const double(*)[M])H, d->q, lambda, A)) return -1;
    for (size_t j = 0; j < d->q; j++) gsl_vector_set(v, j, g[j]);
    gsl_linalg_cholesky_svx(A, v);
    double gain = 0; /* twice what the step promises */
    for (size_t j = 0; j < d->q; j++) gain += g[j] * gsl_vector_get(v, j);
    /* With a penalty the optimum is finite, and where columns nearly repeat each other their rounding may move the step for ever. Without one a
     * promise that small may be the tail of a coefficient on its way to infinity: then only the movement counts. */
    if (lambda > 0 && gain < 1e-15) return 0;
    for (double t = 1; t > 1e-6; t /= 2) {
        for (size_t j = 0; j < d->q; j++) trial[j] = b[j] + t * gsl_vector_get(v, j);
        double next = objective(d, trial, lambda, NULL, NULL, NULL);
        if (!(next >= *f - 1e-13)) continue;
        for (size_t j = 0; j < d->q; j++) {
            most = fmax(most, fabs(trial[j] - b[j]));
            b[j] = trial[j];
        }
        return most;
    }
    return 0;
}

/* Standard errors by the sandwich (H + λ)⁻¹ H (H + λ)⁻¹ / n; factors H + λ again. */
static bool errors(const design *d, const double *b, double lambda, gsl_matrix *A, double *se, double *loglik)
{
    double g[M], H[M][M];
    objective(d, b, lambda, g, H, loglik);
    if (!factor((const double(*)[M])H, d->q, lambda, A) || gsl_linalg_cholesky_invert(A)) return false;
    for (size_t j = 0; j < d->q; j++) {
        double var = 0;
        for (size_t k = 0; k < d->q; k++)
            for (size_t l = 0; l < d->q; l++) var += gsl_matrix_get(A, j, k) * H[k][l] * gsl_matrix_get(A, l, j);
        se[j] = sqrt(fmax(0, var) / (double)d->n);
    }
    return true;
}

static kam_rc not_identified(kam_err *err)
{
    kam_err_set(err, KAM_CALC, "logistic regression: the data do not determine the coefficients (the classes are separated or columns repeat each other); use a penalty above 0");
    return kam_err_word(err, "UNIDENTIFIED");
}

static kam_rc solve(const design *d, calc_logit *m, double *b, kam_err *err)
{
    gsl_error_handler_t *before = gsl_set_error_handler_off(); /* a matrix that is not positive definite is an answer, no abort */
    gsl_matrix *A = gsl_matrix_alloc(d->q, d->q);
    gsl_vector *v = gsl_vector_alloc(d->q);
    double f, se[M] = {0}, moved = 1;
    for (m->iterations = 0; m->iterations < ITERATIONS && moved > 1e-10 && !kam_progress_stopped(d->progress); m->iterations++) {
        moved = step(d, m->lambda, b, &f, A, v);
        if (moved < 0) break;
        for (size_t j = 0; j < d->q && moved >= 0; j++)
            if (fabs(b[j]) > 50) moved = -1; /* a coefficient of 50 standard deviations is on its way to infinity */
        if (moved < 0) break;
    }
    bool ok = moved >= 0 && moved <= 1e-10 && errors(d, b, m->lambda, A, se, &m->log_likelihood);
    gsl_vector_free(v);
    gsl_matrix_free(A);
    gsl_set_error_handler(before);
    if (kam_progress_stopped(d->progress)) return kam_progress_step(d->progress, "fit", 0, 0, err);
    if (!ok) return not_identified(err);
    m->b0 = b[0];
    m->se0 = se[0];
    for (size_t j = 1; j < d->q; j++) {
        m->beta[d->at[j]] = b[j];
        m->se[d->at[j]] = se[j];
    }
    return KAM_OK;
}

kam_rc calc_logit_fit(const calc_logit_data *d, double lambda, const calc_logit *start, calc_logit *out, kam_err *err)
{
    KAM_ASSERT(d->p <= CALC_LOGIT_MAX);
    calc_logit m = {.p = d->p, .lambda = lambda};
    design z;
    double b[M] = {0};
    moments(d, &m);
    if (m.events == 0 || m.events == m.n) {
        kam_err_set(err, KAM_CALC, "logistic regression: all %zu rows are of one class", m.n);
        return kam_err_word(err, "NODATA");
    }
    design_init(d, &m, &z);
    z.progress = d->progress;
    b[0] = log((double)m.events / (double)(m.n - m.events));
    for (size_t j = 1; start && j < z.q; j++) b[j] = start->beta[z.at[j]];
    kam_rc rc = kam_progress_step(d->progress, "fit", 0, 0, err);
    if (!rc) rc = solve(&z, &m, b, err);
    kam_free(z.z);
    kam_free(z.y);
    if (!rc) *out = m;
    return rc;
}

double calc_logit_part(const calc_logit *m, size_t j, double x)
{
    return m->used[j] && !isnan(x) ? m->beta[j] * (x - m->mean[j]) / m->sd[j] : 0;
}

double calc_logit_predict(const calc_logit *m, const double *x)
{
    double eta = m->b0;
    for (size_t j = 0; j < m->p; j++) eta += calc_logit_part(m, j, x[j]);
    return logistic(eta);
}

/* --- choice of the penalty ------------------------------------------------------------------------------------------- */

static double deviance(const calc_logit *m, const calc_logit_data *d, const uint8_t *out)
{
    double sum = 0;
    for (size_t i = 0; i < d->n; i++) {
        if (!out[i]) continue;
        double p = calc_logit_predict(m, d->x + i * d->p);
        p = fmin(fmax(p, 1e-15), 1 - 1e-15);
        sum -= 2 * (d->y[i] ? log(p) : log1p(-p));
    }
    return sum;
}

kam_rc calc_logit_choose(const calc_logit_data *d, const uint8_t *fold, int folds, const double *lambda, size_t n, kam_progress *progress,
                         double *best, double *least, kam_err *err)
{
    uint8_t *in = kam_calloc(d->n + 1, 1), *out = kam_calloc(d->n + 1, 1);
    double *sum = kam_calloc(n + 1, sizeof *sum);
    size_t rows = 0, chosen = n;
    kam_rc rc = KAM_OK;
    for (int k = 0; k < folds && !rc; k++) {
        calc_logit fit = {0};
        calc_logit_data part = {d->n, d->p, d->x, d->y, in, progress};
        size_t left = 0, fitted = 0;
        double dev[64];
        for (size_t i = 0; i < d->n; i++) {
            in[i] = taken(d, i) && fold[i] != k;
            out[i] = taken(d, i) && fold[i] == k;
            left += out[i];
        }
        for (; fitted < n && fitted < 64 && left && !rc; fitted++) {
            rc = kam_progress_step(progress, "cross-validation", (uint64_t)k * n + fitted, (uint64_t)folds * n, err);
            if (rc || calc_logit_fit(&part, lambda[fitted], fitted ? &fit : NULL, &fit, NULL)) break;
            dev[fitted] = deviance(&fit, d, out);
        }
        if (!rc && kam_progress_stopped(progress)) rc = kam_progress_step(progress, "cross-validation", 0, 0, err);
        if (rc || fitted < n) continue;
        rows += left;
        for (size_t l = 0; l < n; l++) sum[l] += dev[l];
    }
    for (size_t l = 0; l < n && rows; l++)
        if (chosen == n || sum[l] < sum[chosen]) chosen = l;
    if (!rc && chosen < n) {
        *best = lambda[chosen];
        if (least) *least = sum[chosen] / (double)rows;
    } else if (!rc) {
        kam_err_set(err, KAM_CALC, "cross-validation: no part of the rows has both classes");
        rc = kam_err_word(err, "NODATA");
    }
    kam_free(sum);
    kam_free(out);
    kam_free(in);
    return rc;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Gamma-Gamma, fitted in coordinates whose walls are the model's limits: e0 = ln(p·v/q) the common level, e1 = ln p
 * (an account's purchases are alike where it is large), e2 = ln q (accounts are alike where it is large). With
 * y = m·x/v, each account gives
 *   lnΓ(px+q) − lnΓ(px) − lnΓ(q) + px·ln(y/(1+y)) − q·ln(1+y) − ln m. */
#include "calc_spend.h"
#include "calc_newton.h"
#include "calc_special.h"
#include "kam_mem.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { P3 = CALC_SPEND_PARAMS };
static const double wall_lo[P3] = {-30, -14, -14}, wall_hi[P3] = {30, 14, 14};

const char *calc_spend_flag_name(calc_spend_flag f)
{
    static const char *const name[] = {"ok", "few-accounts", "equal-accounts", "constant-spend", "heavy-tail"};
    return name[f];
}

const char *calc_spend_param_name(int i)
{
    static const char *const name[] = {"p", "q", "v"};
    return name[i];
}

/* Accounts with the same number of purchases: of them only s = m·x (m scaled by the observed mean) enters the passes. */
typedef struct spend_class {
    double x, sum_ln_s;
    size_t first, n; /* its values: s[first … first+n) */
} spend_class;

typedef struct spend_data {
    double *s;
    spend_class *class;
    size_t n, n_classes;
    double scale, sum_ln_m;
    calc_newton_watch watch;
} spend_data;

/* Σ ln v as the logarithm of a product, one call for some hundreds of values. Values near the ends of the range, and those
 * just above 1 for which log1p is exact, are for the caller to add by themselves. */
typedef struct log_sum {
    double sum, product;
} log_sum;

static inline void log_sum_add(log_sum *l, double v) /* 1e-100 < v < 1e100 */
{
    l->product *= v;
    if (l->product > 1e180 || l->product < 1e-180) {
        l->sum += log(l->product);
        l->product = 1;
    }
}

/* Of one class: Σ ln(1+y), Σ w, Σ w(1−w) with y = s/v, w = y/(1+y). */
typedef struct class_sums {
    double L, w, ww;
} class_sums;

static class_sums sum_class(const double *s, size_t n, double inverse_v)
{
    class_sums t = {0, 0, 0};
    log_sum l = {0, 1};
    for (size_t i = 0; i < n; i++) {
        const double y = s[i] * inverse_v, u = 1 / (1 + y), w = y * u;
        if (y > 0.02 && y < 1e90) log_sum_add(&l, 1 + y);
        else l.sum += log1p(y);
        t.w += w;
        t.ww += w * u;
    }
    t.L = l.sum + log(l.product);
    return t;
}

/* Gradient and Hessian in (ln p, ln q, ln v), then turned into e-coordinates. */
static void objective(void *ctx, const double *e, double *f, double *g, double H[][CALC_NEWTON_MAX])
{
    spend_data *d = ctx;
    if (!calc_newton_pass(&d->watch, P3, f, g, H)) return;
    const double lnp = e[1], lnq = e[2], lnv = e[0] - e[1] + e[2];
    const double p = exp(lnp), q = exp(lnq), iv = exp(-lnv);
    const double lgq = calc_ln_gamma(q), psq = calc_digamma(q), trq = calc_trigamma(q);
    double sum = 0, gp = 0, gq = 0, gv = 0, pp = 0, pq = 0, pv = 0, qq = 0, qv = 0, vv = 0;
    for (size_t k = 0; k < d->n_classes; k++) {
        const spend_class *c = &d->class[k];
        const double x = c->x, n = (double)c->n, px = p * x;
        const double lb = px < 1e3 && q < 1e3 ? calc_ln_gamma(px + q) - calc_ln_gamma(px) - lgq : -calc_ln_beta(px, q);
        const double ps1 = calc_digamma(px + q), t1 = calc_trigamma(px + q);
        const class_sums t = sum_class(d->s + c->first, c->n, iv);
        const double lw = c->sum_ln_s - n * lnv - t.L; /* Σ ln w */
        sum += n * lb + px * lw - q * t.L;
        gp += x * (n * (ps1 - calc_digamma(px)) + lw);
        gq += n * (ps1 - psq) - t.L;
        gv += q * t.w - px * (n - t.w); /* in ln v: dL = −w, d ln y = −1 */
        pp += n * x * x * (t1 - calc_trigamma(px));
        pq += n * x * t1;
        pv -= x * (n - t.w);
        qq += n * (t1 - trq);
        qv += t.w;
        vv -= (px + q) * t.ww;
    }
    *f = sum - d->sum_ln_m;
    const double gl[3] = {p * gp, q * gq, gv};
    const double Hl[3][3] = {{p * gp + p * p * pp, p * q * pq, p * pv},
                             {p * q * pq, q * gq + q * q * qq, q * qv},
                             {p * pv, q * qv, vv}};
    static const double J[3][3] = {{0, 1, 0}, {0, 0, 1}, {1, -1, 1}}; /* d(ln p, ln q, ln v)/d e */
    for (int i = 0; i < 3; i++) {
        g[i] = 0;
        for (int k = 0; k < 3; k++) g[i] += J[k][i] * gl[k];
        for (int j = 0; j < 3; j++) {
            H[i][j] = 0;
            for (int k = 0; k < 3; k++)
                for (int l = 0; l < 3; l++) H[i][j] += J[k][i] * Hl[k][l] * J[l][j];
        }
    }
}

typedef struct spend_row {
    int32_t x;
    double m;
} spend_row;

static int by_x(const void *a, const void *b)
{
    const spend_row *p = a, *q = b;
    if (p->x != q->x) return p->x < q->x ? -1 : 1;
    return (p->m > q->m) - (p->m < q->m);
}

/* By x: counting where x is small, as it nearly always is. */
static spend_row *sort_rows(spend_row *row, size_t n)
{
    enum { SMALL = 4096 };
    size_t first[SMALL + 1] = {0};
    for (size_t i = 0; i < n; i++) {
        if (row[i].x >= SMALL) {
            qsort(row, n, sizeof *row, by_x);
            return row;
        }
        first[row[i].x + 1]++;
    }
    for (size_t k = 0; k < SMALL; k++) first[k + 1] += first[k];
    spend_row *out = kam_alloc((n + 1) * sizeof *out);
    for (size_t i = 0; i < n; i++) out[first[row[i].x]++] = row[i];
    kam_free(row);
    return out;
}

/* Sorted rows into classes; m scaled by the mean of all. */
static void classify_rows(const spend_row *row, size_t n, double mean, spend_data *d)
{
    size_t cap = 0;
    d->s = kam_alloc((n + 1) * sizeof *d->s);
    for (size_t i = 0; i < n;) {
        KAM_GROW(d->class, cap, d->n_classes + 1);
        spend_class *c = &d->class[d->n_classes++];
        log_sum l = {0, 1};
        *c = (spend_class){row[i].x, 0, i, 0};
        for (; i < n && row[i].x == c->x; i++) {
            const double m = fmax(row[i].m / mean, 1e-290);
            if (m > 1e-90 && m < 1e90) log_sum_add(&l, m);
            else l.sum += log(m);
            d->s[i] = m * c->x;
        }
        c->n = i - c->first;
        const double ln_m = l.sum + log(l.product);
        c->sum_ln_s = ln_m + (double)c->n * log(c->x);
        d->sum_ln_m += ln_m;
    }
}

static void gather(size_t n, const int32_t *days, const double *spend, spend_data *d, calc_spend_fit *fit)
{
    double sm = 0, sx = 0, smm = 0, sxx = 0, smx = 0;
    spend_row *row = kam_alloc((n ? n : 1) * sizeof *row);
    for (size_t i = 0; i < n; i++) {
        if (days[i] <= 0 || !(spend[i] > 0) || !isfinite(spend[i])) continue;
        row[d->n++] = (spend_row){days[i], spend[i]};
        sm += spend[i];
        sx += days[i];
    }
    fit->n_accounts = d->n;
    if (d->n > 0) {
        const double N = (double)d->n, mm = sm / N, mx = sx / N;
        for (size_t i = 0; i < d->n; i++) {
            const double a = row[i].m - mm, b = row[i].x - mx;
            smm += a * a;
            sxx += b * b;
            smx += a * b;
        }
        row = sort_rows(row, d->n);
        classify_rows(row, d->n, mm, d);
        d->scale = mm;
        fit->observed_mean = mm;
        fit->has_correlation = smm > 0 && sxx > 0;
        if (fit->has_correlation) fit->correlation = smx / sqrt(smm * sxx);
    }
    kam_free(row);
}

static void spend_data_release(spend_data *d)
{
    kam_free(d->s);
    kam_free(d->class);
}

static void fill(const calc_newton *s, const spend_data *d, calc_spend_fit *fit)
{
    static const double J[3][3] = {{0, 1, 0}, {0, 0, 1}, {1, -1, 1}};
    const double ln[3] = {s->v[1], s->v[2], s->v[0] - s->v[1] + s->v[2]};
    for (int i = 0; i < P3; i++) {
        fit->param[i] = exp(ln[i]);
        for (int j = 0; j < P3; j++) {
            fit->cov_log[i][j] = 0;
            for (int k = 0; k < P3; k++)
                for (int l = 0; l < P3; l++) fit->cov_log[i][j] += J[i][k] * s->cov[k][l] * J[j][l];
        }
    }
    fit->param[2] *= d->scale;
    const bool inner = s->pd && !s->active[0] && !s->active[1] && !s->active[2];
    for (int i = 0; i < P3; i++) {
        fit->has_se[i] = inner;
        fit->std_error[i] = inner ? fit->param[i] * sqrt(fmax(0, fit->cov_log[i][i])) : 0;
    }
    fit->log_likelihood = s->f - (double)d->n * log(d->scale);
    fit->aic = 2 * P3 - 2 * fit->log_likelihood;
    fit->evaluations = s->evaluations;
    const double p = fit->param[0], q = fit->param[1], v = fit->param[2];
    if (s->active[2] && s->v[2] >= wall_hi[2]) fit->flag = CALC_SPEND_EQUAL;
    else if (s->active[1] && s->v[1] >= wall_hi[1]) fit->flag = CALC_SPEND_CONSTANT;
    else if (q <= 1.02) fit->flag = CALC_SPEND_HEAVY_TAIL;
    fit->population_mean = q > 1.02 ? p * v / (q - 1) : fit->observed_mean;
}

static void maximise(spend_data *d, calc_newton *best)
{
    static const double start[3][2] = {{1.5, 1.2}, {0.0, 2.0}, {3.0, 0.5}};
    for (int k = 0; k < 3; k++) {
        calc_newton s;
        memset(&s, 0, sizeof s);
        s.n = P3;
        memcpy(s.lo, wall_lo, sizeof wall_lo);
        memcpy(s.hi, wall_hi, sizeof wall_hi);
        s.v[0] = 0;
        s.v[1] = start[k][0];
        s.v[2] = start[k][1];
        if (k > 0) s.evaluations = best->evaluations;
        calc_newton_maximise(&s, objective, d);
        for (int i = 1; i < 3; i++) { /* levelling off towards a wall: compare with the wall itself */
            if (s.v[i] < 6) continue;
            calc_newton w = s;
            w.v[i] = w.lo[i] = w.hi[i] = wall_hi[i];
            calc_newton_maximise(&w, objective, d);
            s.evaluations = w.evaluations;
            if (w.f < s.f - 1e-6) continue;
            w.active[i] = true;
            s = w;
        }
        const int total = s.evaluations;
        if (k == 0 || s.f > best->f + 1e-9) *best = s;
        best->evaluations = total;
        const bool inner = best->converged && best->pd && !best->active[1] && !best->active[2];
        if (inner && d->n > 2000) break;
    }
}

kam_rc calc_spend_fit_asking(size_t n, const int32_t *days, const double *spend, kam_progress *progress, calc_spend_fit *fit, kam_err *err)
{
    calc_spend_fit f;
    spend_data d = {.scale = 1, .watch = {progress, 0, KAM_OK, err}};
    kam_rc rc = KAM_OK;
    memset(&f, 0, sizeof f);
    gather(n, days, spend, &d, &f);
    if (d.n == 0) {
        spend_data_release(&d);
        kam_err_set(err, KAM_CALC, "no account has a repeat purchase of positive value, so the value of a purchase "
                                   "cannot be estimated");
        kam_err_word(err, "NODATA");
        return KAM_CALC;
    }
    if (d.n < 3) {
        f.flag = CALC_SPEND_FEW;
        f.population_mean = f.observed_mean;
        f.param[0] = 1;
        f.param[1] = exp(wall_hi[2]);
        f.param[2] = f.observed_mean * (f.param[1] - 1);
    } else {
        calc_newton s = {0};
        maximise(&d, &s);
        fill(&s, &d, &f);
        rc = d.watch.rc;
    }
    spend_data_release(&d);
    if (rc == KAM_OK) *fit = f;
    return rc;
}

kam_rc calc_spend_fit_model(size_t n, const int32_t *days, const double *spend, calc_spend_fit *fit, kam_err *err)
{
    return calc_spend_fit_asking(n, days, spend, NULL, fit, err);
}

kam_rc calc_spend_fit_given(double p, double q, double v, calc_spend_fit *fit, kam_err *err)
{
    const double par[P3] = {p, q, v};
    calc_spend_fit f;
    memset(&f, 0, sizeof f);
    for (int i = 0; i < P3; i++) {
        if (!(par[i] > 0) || !isfinite(par[i])) {
            kam_err_set(err, KAM_USAGE, "parameter %s of the spend model must be a positive number",
                        calc_spend_param_name(i));
            kam_err_word(err, "lifetime-value");
            return KAM_USAGE;
        }
        f.param[i] = par[i];
    }
    f.flag = q > 1.02 ? CALC_SPEND_OK : CALC_SPEND_HEAVY_TAIL;
    f.population_mean = f.observed_mean = q > 1.02 ? p * v / (q - 1) : v; /* v·p is the scale; no mean exists */
    *fit = f;
    return KAM_OK;
}

double calc_spend_expected(const calc_spend_fit *f, int32_t days, double spend)
{
    const double p = f->param[0], q = f->param[1], v = f->param[2];
    if (days <= 0 || !(spend > 0)) return f->population_mean;
    const double den = p * days + q - 1;
    if (den < 0.02 * p * days) return spend; /* the posterior has no mean: its own mean is what is known */
    return p * (v + spend * days) / den;
}

bool calc_spend_variance(const calc_spend_fit *f, int32_t days, double spend, double *of_purchase, double *of_mean)
{
    const double p = f->param[0], q = f->param[1], n = days > 0 && spend > 0 ? days : 0;
    const double shape = p * n + q; /* ν ~ Gamma(shape, v + n·m), account mean = p/ν, one purchase ~ Gamma(p, ν) */
    if (!(shape > 2.02)) return false;
    const double mean = calc_spend_expected(f, days, spend), m2 = mean * mean;
    *of_mean = m2 / (shape - 2);
    *of_purchase = m2 * ((shape - 1) / (shape - 2)) / p + *of_mean;
    return true;
}

double calc_spend_loglik1(const calc_spend_fit *f, int32_t days, double spend)
{
    const double p = f->param[0], q = f->param[1], v = f->param[2], y = spend * days / v, L = log1p(y);
    return -calc_ln_beta(p * days, q) + p * days * (log(y) - L) - q * L - log(spend);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calc_rhythm.h"
#include "calc_newton.h"
#include "calc_special.h"
#include "kam_mem.h"
#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Walls of ln a: one gap of the portfolio's weighs as a thousandth of an own one, or as a hundred thousand. */
static const double LN_A_LOW = -6.9, LN_A_HIGH = 11.5;
static const double K_LOW = 0.02, K_HIGH = 1e4;

void calc_rhythm_add(calc_rhythm_series *s, double gap, double units)
{
    s->n++;
    s->days += gap;
    s->units += units;
    s->spread += gap * gap / units;
}

/* Q of one series: with w_j = q_j·n/Σq it is n·Σq·Σ(g²/q)/S² − n. */
static double dispersion(const calc_rhythm_series *s)
{
    return fmax(0, s->n * s->units * s->spread / (s->days * s->days) - s->n);
}

/* A pseudo series of two random gaps, so that a few gaps that happen to be equal do not claim to be clockwork. */
static double pseudo(double k) { return 2 / (2 * k + 1); }

/* How many series have how many gaps: what depends on the number alone is computed once for each. */
typedef struct sizes {
    int32_t n, *gaps;
    double *series;
} sizes;

static int by_gaps(const void *a, const void *b)
{
    const int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;
    return (x > y) - (x < y);
}

static void count_sizes(size_t n, const calc_rhythm_series *s, sizes *out)
{
    int32_t *all = kam_calloc(n + 1, sizeof *all), k = 0;
    double *series = kam_calloc(n + 1, sizeof *series);
    size_t m = 0;
    for (size_t i = 0; i < n; i++)
        if (s[i].n > 0) all[m++] = s[i].n;
    qsort(all, m, sizeof *all, by_gaps);
    for (size_t i = 0; i < m; i++) {
        if (i == 0 || all[i] != all[k - 1]) all[k++] = all[i]; /* k ≤ i: what is overwritten was read */
        series[k - 1]++;
    }
    *out = (sizes){k, all, series};
}

static double expected_dispersion(const sizes *z, double k)
{
    double sum = pseudo(k);
    for (int32_t i = 0; i < z->n; i++) sum += z->series[i] * z->gaps[i] * (z->gaps[i] - 1.0) / (k * z->gaps[i] + 1);
    return sum;
}

static bool fit_shape(size_t n, const calc_rhythm_series *s, const sizes *z, double *k)
{
    double want = pseudo(1), lo = log(K_LOW), hi = log(K_HIGH);
    bool any = false;
    for (size_t i = 0; i < n; i++) {
        if (s[i].n < 2) continue;
        any = true;
        want += dispersion(&s[i]);
    }
    *k = 1;
    if (!any) return false;
    for (int i = 0; i < 60 && hi - lo > 1e-12; i++) { /* falling in k */
        double mid = (lo + hi) / 2;
        if (expected_dispersion(z, exp(mid)) > want) lo = mid;
        else hi = mid;
    }
    *k = exp((lo + hi) / 2);
    return true;
}

typedef struct pool {
    size_t n;
    const calc_rhythm_series *s;
    const sizes *z;
    double k;
    calc_newton_watch *watch;
} pool;

/* ln likelihood of the S in v0 = ln a, v1 = ln(b/a). What hangs on the numbers of gaps is summed by them. */
static void pool_objective(void *ctx, const double *v, double *f, double *g, double H[][CALC_NEWTON_MAX])
{
    const pool *p = ctx;
    if (!calc_newton_pass(p->watch, 2, f, g, H)) return;
    const double a = exp(v[0]), b = a * exp(v[1]), lga = calc_ln_gamma(a), da = calc_digamma(a), ta = calc_trigamma(a), lb = log(b), k = p->k;
    double sum = 0, fa = 0, fb = 0, faa = 0, fab = 0, fbb = 0;
    for (int32_t i = 0; i < p->z->n; i++) {
        const double A = a + k * p->z->gaps[i], w = p->z->series[i];
        sum += w * (calc_ln_gamma(A) - lga - (A - a) * lb);
        fa += w * (calc_digamma(A) - da);
        faa += w * (calc_trigamma(A) - ta);
        fb += w * a / b;
        fab += w / b;
        fbb -= w * a / (b * b);
    }
    for (size_t i = 0; i < p->n; i++) {
        if (p->s[i].n < 1) continue;
        const double A = a + k * p->s[i].n, l = log1p(p->s[i].days / b), c = 1 / (b + p->s[i].days);
        sum -= A * l;
        fa -= l;
        fb -= A * c;
        fab -= c;
        fbb += A * c * c;
    }
    *f = sum;
    g[0] = a * fa + b * fb;
    g[1] = b * fb;
    H[0][0] = g[0] + a * a * faa + 2 * a * b * fab + b * b * fbb;
    H[0][1] = H[1][0] = g[1] + a * b * fab + b * b * fbb;
    H[1][1] = g[1] + b * b * fbb;
}

/* The best of three starts; of `middle`, ln of a typical S a gap over k. */
static void maximise(const pool *p, double middle, calc_newton *best)
{
    for (int start = 0; start < 3; start++) {
        calc_newton w;
        memset(&w, 0, sizeof w);
        w.n = 2;
        w.lo[0] = LN_A_LOW;
        w.hi[0] = LN_A_HIGH;
        w.lo[1] = middle - 12;
        w.hi[1] = middle + 12;
        w.v[0] = log(p->k) + (start == 0 ? 1 : start == 1 ? -1 : 4);
        w.v[0] = fmin(LN_A_HIGH - 0.1, fmax(LN_A_LOW + 0.1, w.v[0]));
        w.v[1] = middle;
        calc_newton_maximise(&w, pool_objective, (void *)(uintptr_t)p);
        if (start == 0 || w.f > best->f + 1e-9) *best = w;
    }
}

/* Of many series a part, spread evenly, finds where the optimum lies; all of them go on from there. */
static void maximise_all(const pool *p, double middle, calc_newton *best)
{
    enum { PART = 2000 };
    const size_t step = p->n / PART;
    if (step < 2) {
        maximise(p, middle, best);
        return;
    }
    calc_rhythm_series *some = kam_calloc(p->n / step + 1, sizeof *some);
    sizes z;
    pool part = {0, some, &z, p->k, p->watch};
    for (size_t i = 0; i < p->n; i += step) some[part.n++] = p->s[i];
    count_sizes(part.n, some, &z);
    maximise(&part, middle, best);
    for (int i = 0; i < 2; i++) best->v[i] = fmin(best->hi[i] - 0.1, fmax(best->lo[i] + 0.1, best->v[i]));
    calc_newton_maximise(best, pool_objective, (void *)(uintptr_t)p);
    kam_free(some);
    kam_free(z.gaps);
    kam_free(z.series);
}

kam_rc calc_rhythm_fit_asking(size_t n, const calc_rhythm_series *s, kam_progress *progress, calc_rhythm_fit *fit, kam_err *err)
{
    calc_newton_watch u = {progress, 0, KAM_OK, err};
    calc_rhythm_fit f = {1, 0, 0, 0, 0, false, CALC_RHYTHM_OK};
    double log_mean = 0;
    for (size_t i = 0; i < n; i++) {
        if (s[i].n < 1) continue;
        f.n_series++;
        f.n_gaps += (size_t)s[i].n;
        log_mean += log(s[i].days / s[i].n);
    }
    sizes z;
    calc_newton best;
    count_sizes(n, s, &z);
    f.k_known = fit_shape(n, s, &z, &f.k);
    if (f.n_series < 2) {
        /* Nothing to pool with: a prior of one thousandth of a gap, at the mean that is there. */
        f.flag = f.n_series ? CALC_RHYTHM_FEW : CALC_RHYTHM_NONE;
        f.a = f.k * 1e-3;
        f.b = f.n_series ? exp(log_mean) * 1e-3 : 0;
    } else {
        const pool p = {n, s, &z, f.k, &u};
        maximise_all(&p, log_mean / (double)f.n_series - log(f.k), &best);
        f.a = exp(best.v[0]);
        f.b = f.a * exp(best.v[1]);
        if (best.v[0] >= LN_A_HIGH - 1e-6) f.flag = CALC_RHYTHM_ALIKE;
        else if (best.v[0] <= LN_A_LOW + 1e-6) f.flag = CALC_RHYTHM_APART;
    }
    kam_free(z.gaps);
    kam_free(z.series);
    if (u.rc == KAM_OK) *fit = f;
    return u.rc;
}

void calc_rhythm_fit_model(size_t n, const calc_rhythm_series *s, calc_rhythm_fit *fit)
{
    calc_rhythm_fit_asking(n, s, NULL, fit, NULL);
}

double calc_rhythm_prior_gaps(const calc_rhythm_fit *f) { return f->a / f->k; }
double calc_rhythm_prior_days(const calc_rhythm_fit *f) { return f->a > 0 ? f->k * f->b / f->a : NAN; }

/* Quantile of the beta-prime variable of u and v: Newton steps on the logarithm inside a bracket, from the gamma
 * approximation. The gamma quantile over v − 1 or so is right for large v. */
static double beta_prime_quantile(double u, double v, double p)
{
    double lo = -745, hi = 709, y = log(fmax(calc_gamma_quantile(u, p), 1e-300) / fmax(v - 0.5, 0.3));
    const double ln_b = calc_ln_beta(u, v);
    for (int i = 0; i < 200; i++) {
        const double x = calc_sigmoid(y), q = calc_sigmoid(-y);
        const double f = (x < 0.5 ? gsl_cdf_beta_P(x, u, v) : 1 - gsl_cdf_beta_P(q, v, u)) - p;
        if (!isfinite(f)) break; /* the continued fraction gave up: the approximation has to do */
        if (f > 0) hi = y;
        else lo = y;
        const double slope = exp(-u * calc_softplus(-y) - v * calc_softplus(y) - ln_b); /* density of y */
        const double step = f / slope, bend = (u * q - v * x) * step / 2; /* Halley's: the density bends by u·q − v·x */
        double next = y - (fabs(bend) < 0.5 ? step / (1 - bend) : step);
        if (!(next > lo && next < hi)) next = (lo + hi) / 2;
        if (fabs(next - y) < 1e-5) return exp(next); /* a step of third order: what is left is 1e-15 or so */
        y = next;
    }
    return exp(y);
}

calc_rhythm_next calc_rhythm_expect(const calc_rhythm_fit *f, const calc_rhythm_series *s, double w, double level)
{
    const double own = f->k * s->n, p = calc_rhythm_prior_gaps(f), scale = f->b + s->days;
    calc_rhythm_next r = {NAN, NAN, NAN, s->n / (s->n + p)};
    if (!(scale > 0)) return r;
    r.days = f->k * w * scale / (f->a + own);
    r.low = scale * beta_prime_quantile(f->k * w, f->a + own, (1 - level) / 2);
    r.high = scale * beta_prime_quantile(f->k * w, f->a + own, (1 + level) / 2);
    return r;
}

double calc_rhythm_longer(const calc_rhythm_fit *f, const calc_rhythm_series *s, double w, double days)
{
    const double scale = f->b + s->days;
    if (!(scale > 0)) return NAN;
    if (!(days > 0)) return 1;
    const double u = f->k * w, v = f->a + f->k * s->n;
    return days < scale ? gsl_cdf_beta_Q(days / (scale + days), u, v) : gsl_cdf_beta_P(scale / (scale + days), v, u);
}

double calc_rhythm_still(const calc_rhythm_fit *f, const calc_rhythm_series *s, double w, double days)
{
    const double scale = f->b + s->days, longer = calc_rhythm_longer(f, s, w, days);
    if (!(longer > 1e-12)) return NAN; /* such a silence is not in the model */
    return fmax(0, scale * beta_prime_quantile(f->k * w, f->a + f->k * s->n, 1 - longer / 2) - days);
}

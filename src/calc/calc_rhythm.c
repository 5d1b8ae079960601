/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calc_rhythm.h"
#include "calc_newton.h"
#include "calc_special.h"
#include "kam_mem.h"
#include <gsl/gsl_cdf.h>
#include <math.h>
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

static double expected_dispersion(size_t n, const calc_rhythm_series *s, double k)
{
    double sum = pseudo(k);
    for (size_t i = 0; i < n; i++)
        if (s[i].n > 1) sum += (double)s[i].n * (s[i].n - 1) / (k * s[i].n + 1);
    return sum;
}

static bool fit_shape(size_t n, const calc_rhythm_series *s, double *k)
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
        if (expected_dispersion(n, s, exp(mid)) > want) lo = mid;
        else hi = mid;
    }
    *k = exp((lo + hi) / 2);
    return true;
}

typedef struct pool {
    size_t n;
    const calc_rhythm_series *s;
    double k;
    kam_progress *progress;
    uint64_t passes;
    kam_rc rc;
    kam_err *err;
} pool;

/* ln likelihood of the S in v0 = ln a, v1 = ln(b/a). */
static void pool_objective(void *ctx, const double *v, double *f, double *g, double H[][CALC_NEWTON_MAX])
{
    pool *p = ctx;
    if (p->rc == KAM_OK) p->rc = kam_progress_step(p->progress, "fit", p->passes++, 0, p->err);
    if (p->rc != KAM_OK) { /* no step betters this, so the search ends without another pass */
        *f = NAN;
        g[0] = g[1] = H[0][0] = H[0][1] = H[1][0] = H[1][1] = 0;
        return;
    }
    const double a = exp(v[0]), b = a * exp(v[1]), lga = calc_ln_gamma(a), da = calc_digamma(a), ta = calc_trigamma(a), lb = log(b);
    double sum = 0, fa = 0, fb = 0, faa = 0, fab = 0, fbb = 0, A = a, lgA = lga, dA = da, tA = ta;
    int32_t of = 0; /* gaps the functions of A were computed for; neighbours often agree */
    for (size_t i = 0; i < p->n; i++) {
        if (p->s[i].n < 1) continue;
        if (p->s[i].n != of) {
            of = p->s[i].n;
            A = a + p->k * of;
            lgA = calc_ln_gamma(A);
            dA = calc_digamma(A);
            tA = calc_trigamma(A);
        }
        const double c = b + p->s[i].days, l = log1p(p->s[i].days / b);
        sum += lgA - lga - a * l - (A - a) * (lb + l);
        fa += dA - da - l;
        fb += a / b - A / c;
        faa += tA - ta;
        fab += 1 / b - 1 / c;
        fbb += A / (c * c) - a / (b * b);
    }
    *f = sum;
    g[0] = a * fa + b * fb;
    g[1] = b * fb;
    H[0][0] = g[0] + a * a * faa + 2 * a * b * fab + b * b * fbb;
    H[0][1] = H[1][0] = g[1] + a * b * fab + b * b * fbb;
    H[1][1] = g[1] + b * b * fbb;
}

kam_rc calc_rhythm_fit_asking(size_t n, const calc_rhythm_series *s, kam_progress *progress, calc_rhythm_fit *fit, kam_err *err)
{
    calc_rhythm_fit f = {1, 0, 0, 0, 0, false, CALC_RHYTHM_OK};
    double log_mean = 0;
    for (size_t i = 0; i < n; i++) {
        if (s[i].n < 1) continue;
        f.n_series++;
        f.n_gaps += (size_t)s[i].n;
        log_mean += log(s[i].days / s[i].n);
    }
    f.k_known = fit_shape(n, s, &f.k);
    if (f.n_series < 2) {
        /* Nothing to pool with: a prior of one thousandth of a gap, at the mean that is there. */
        f.flag = f.n_series ? CALC_RHYTHM_FEW : CALC_RHYTHM_NONE;
        f.a = f.k * 1e-3;
        f.b = f.n_series ? exp(log_mean) * 1e-3 : 0;
        *fit = f;
        return KAM_OK;
    }
    const double middle = log_mean / (double)f.n_series - log(f.k);
    pool p = {n, s, f.k, progress, 0, KAM_OK, err};
    calc_newton best, w;
    for (int start = 0; start < 3; start++) {
        memset(&w, 0, sizeof w);
        w.n = 2;
        w.lo[0] = LN_A_LOW;
        w.hi[0] = LN_A_HIGH;
        w.lo[1] = middle - 12;
        w.hi[1] = middle + 12;
        w.v[0] = log(f.k) + (start == 0 ? 1 : start == 1 ? -1 : 4);
        w.v[0] = fmin(LN_A_HIGH - 0.1, fmax(LN_A_LOW + 0.1, w.v[0]));
        w.v[1] = middle;
        calc_newton_maximise(&w, pool_objective, &p);
        if (p.rc != KAM_OK) return p.rc;
        if (start == 0 || w.f > best.f + 1e-9) best = w;
    }
    f.a = exp(best.v[0]);
    f.b = f.a * exp(best.v[1]);
    if (best.v[0] >= LN_A_HIGH - 1e-6) f.flag = CALC_RHYTHM_ALIKE;
    else if (best.v[0] <= LN_A_LOW + 1e-6) f.flag = CALC_RHYTHM_APART;
    *fit = f;
    return KAM_OK;
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
        double next = y - f / slope;
        if (!(next > lo && next < hi)) next = (lo + hi) / 2;
        if (fabs(next - y) < 1e-9) return exp(next);
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

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* C1 past value, C2 contractual formulas, sBG. */
#include "calc_value.h"
#include "calc_newton.h"
#include "calc_special.h"
#include "kam_mem.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

double calc_discount_month(double discount_year) { return expm1(log1p(discount_year) / 12); }

uint64_t calc_value_past(const kam_ledger *l, const calc_flows *flows, kam_day asof, calc_basis basis,
                         double discount_year, double *out_minor)
{
    const double rate = log1p(discount_year) / 365.25;
    uint64_t unknown = 0;
    if (!l->margin_minor) basis = CALC_BASIS_AMOUNT;
    for (size_t i = 0; i < l->n_accounts; i++) {
        double sum = 0;
        for (size_t k = l->start[i]; k < l->start[i + 1] && l->day[k] <= asof; k++) {
            if (basis == CALC_BASIS_MARGIN && l->margin_missing && l->margin_missing[k]) {
                unknown++;
                continue;
            }
            const int64_t v = basis == CALC_BASIS_MARGIN ? l->margin_minor[k] : l->net_minor[k];
            sum += (double)v * exp(rate * (double)(asof - l->day[k]));
        }
        out_minor[i] = sum;
    }
    for (size_t k = 0; flows && k < flows->n; k++)
        if (flows->day[k] <= asof && flows->account[k] < l->n_accounts)
            out_minor[flows->account[k]] += (double)flows->amount_minor[k] * exp(rate * (double)(asof - flows->day[k]));
    return unknown;
}

/* --- C2 ---------------------------------------------------------------------------------------------------------- */
static kam_rc usage(kam_err *err, const char *what)
{
    kam_err_set(err, KAM_USAGE, "%s", what);
    kam_err_word(err, "lifetime-value");
    return KAM_USAGE;
}

static kam_rc check_contract(double m, double r, double d, kam_err *err)
{
    if (!isfinite(m)) return usage(err, "the margin of a period must be a number");
    if (!(r >= 0 && r <= 1)) return usage(err, "retention must lie between 0 and 1");
    if (!(d > -1 && isfinite(d))) return usage(err, "the discount rate must be greater than -1");
    return KAM_OK;
}

kam_rc calc_contract_growing(double m, double r, double d, double g, double *out, kam_err *err)
{
    const kam_rc rc = check_contract(m, r, d, err);
    if (rc != KAM_OK) return rc;
    if (!(g > -1 && isfinite(g))) return usage(err, "growth must be greater than -1");
    if (!(r * (1 + g) < 1 + d))
        return usage(err, "the value is endless: retention times growth must stay below 1 + discount; give a horizon");
    *out = m * r / (1 + d - r * (1 + g));
    return KAM_OK;
}

kam_rc calc_contract_endless(double m, double r, double d, double *out, kam_err *err)
{
    return calc_contract_growing(m, r, d, 0, out, err);
}

kam_rc calc_contract_horizon(double m, double r, double d, int periods, double *out, kam_err *err)
{
    const kam_rc rc = check_contract(m, r, d, err);
    if (rc != KAM_OK) return rc;
    if (periods < 0) return usage(err, "the number of periods must not be negative");
    /* geometric sum q + q² + … + q^n, also at q = 1 */
    const double q = r / (1 + d), lq = log(q);
    double sum;
    if (q == 0) sum = 0;
    else if (fabs(lq) * periods < 1e-9) sum = periods;
    else sum = q * expm1(periods * lq) / expm1(lq);
    if (!isfinite(m * sum)) return usage(err, "the value over this horizon is too large to represent");
    *out = m * sum;
    return KAM_OK;
}

/* --- sBG: P(ends at t) = a/(a+b+t−1)·Π_{j<t−1} (b+j)/(a+b+j), survival Π_{j<t} (b+j)/(a+b+j) ------------------ */
typedef struct sbg_alike {
    int32_t periods;
    uint8_t ended;
    double count;
} sbg_alike;

typedef struct sbg_counts { /* distinct contracts: a pass over a million of them is one over a few hundred */
    size_t n;
    sbg_alike *of;
} sbg_counts;

static int by_periods(const void *x, const void *y)
{
    const sbg_alike *a = x, *b = y;
    if (a->ended != b->ended) return a->ended < b->ended ? -1 : 1;
    return (a->periods > b->periods) - (a->periods < b->periods);
}

static sbg_counts sbg_group(size_t n, const int32_t *periods, const uint8_t *ended)
{
    sbg_counts c = {0, kam_calloc(n + 1, sizeof *c.of)};
    for (size_t i = 0; i < n; i++) c.of[i] = (sbg_alike){periods[i], ended[i] != 0, 1};
    qsort(c.of, n, sizeof *c.of, by_periods);
    for (size_t i = 0; i < n; i++) {
        if (c.n && by_periods(&c.of[c.n - 1], &c.of[i]) == 0) c.of[c.n - 1].count += 1;
        else c.of[c.n++] = c.of[i];
    }
    return c;
}

/* e0 = logit(a/(a+b)), e1 = ln(a+b): the walls are "none ends" and "all alike". */
static void sbg_objective(void *ctx, const double *e, double *f, double *g, double H[][CALC_NEWTON_MAX])
{
    const sbg_counts *c = ctx;
    const double la = e[1] - calc_softplus(-e[0]), lb = e[1] - calc_softplus(e[0]);
    const double a = exp(la), b = exp(lb);
    double sum = 0, ga = 0, gb = 0, aa = 0, ab = 0, bb = 0;
    for (size_t i = 0; i < c->n; i++) {
        const double t = c->of[i].periods, k = c->of[i].count;
        if (t <= 0) continue;
        const bool over = c->of[i].ended;
        const calc_rising rb = calc_ln_rising(b, over ? t - 1 : t), rc = calc_ln_rising(a + b, t);
        sum += k * (rb.f - rc.f + (over ? la : 0));
        ga += k * (-a * rc.d1 + (over ? 1 : 0));
        gb += k * b * (rb.d1 - rc.d1);
        aa += k * (-a * rc.d1 - a * a * rc.d2);
        ab += k * -a * b * rc.d2;
        bb += k * (b * (rb.d1 - rc.d1) + b * b * (rb.d2 - rc.d2));
    }
    const double p = calc_sigmoid(e[0]), q = calc_sigmoid(-e[0]);
    *f = sum;
    g[0] = q * ga - p * gb;
    g[1] = ga + gb;
    H[0][0] = q * q * aa - 2 * p * q * ab + p * p * bb - p * q * (ga + gb);
    H[0][1] = H[1][0] = q * (aa + ab) - p * (ab + bb);
    H[1][1] = aa + 2 * ab + bb;
}

static void sbg_fill(const calc_newton *s, calc_sbg_fit *f)
{
    const double p = calc_sigmoid(s->v[0]), q = calc_sigmoid(-s->v[0]), n = exp(s->v[1]);
    f->a = p * n;
    f->b = q * n;
    f->log_likelihood = s->f;
    f->aic = 4 - 2 * s->f;
    f->has_se = s->pd && !s->active[0] && !s->active[1];
    if (f->has_se) {
        const double v00 = s->cov[0][0], v01 = s->cov[0][1], v11 = s->cov[1][1];
        f->se_a = f->a * sqrt(q * q * v00 + 2 * q * v01 + v11);
        f->se_b = f->b * sqrt(p * p * v00 - 2 * p * v01 + v11);
    }
    if (s->active[0]) f->flag = s->v[0] < 0 ? CALC_FIT_NO_DROPOUT : CALC_FIT_POLAR_DROPOUT;
    else if (s->active[1]) f->flag = s->v[1] > 0 ? CALC_FIT_EQUAL_DROPOUT : CALC_FIT_POLAR_DROPOUT;
}

kam_rc calc_sbg_fit_model(size_t n, const int32_t *periods, const uint8_t *ended, calc_sbg_fit *fit, kam_err *err)
{
    calc_sbg_fit f;
    memset(&f, 0, sizeof f);
    for (size_t i = 0; i < n; i++) {
        if (periods[i] < 0 || (ended[i] && periods[i] == 0)) {
            kam_err_set(err, KAM_DATA, "contract %zu: an ended contract needs at least one period", i + 1);
            kam_err_word(err, "contract");
            return KAM_DATA;
        }
        if (periods[i] == 0) continue;
        f.n++;
        if (ended[i]) f.ended++;
    }
    if (f.n == 0) {
        kam_err_set(err, KAM_CALC, "no contract has come up for renewal yet, so retention cannot be estimated");
        kam_err_word(err, "NODATA");
        return KAM_CALC;
    }
    const sbg_counts c = sbg_group(n, periods, ended);
    calc_newton best, s;
    for (int k = 0; k < 4; k++) { /* the last start is the wall of equal contracts */
        memset(&s, 0, sizeof s);
        s.n = 2;
        s.lo[0] = s.lo[1] = -18;
        s.hi[0] = 18;
        s.hi[1] = 18;
        s.v[0] = k == 0 ? -1 : k == 1 ? -3 : 0;
        s.v[1] = k == 3 ? 18 : k == 0 ? 1 : k == 1 ? 3 : -1;
        if (k == 3) s.lo[1] = 18;
        calc_newton_maximise(&s, sbg_objective, (void *)(uintptr_t)&c);
        if (k == 3) s.active[1] = true;
        if (k == 0 || s.f > best.f + (k == 3 ? -1e-6 : 1e-9)) best = s;
    }
    kam_free(c.of);
    sbg_fill(&best, &f);
    *fit = f;
    return KAM_OK;
}

double calc_sbg_survival(const calc_sbg_fit *f, int32_t t)
{
    return t <= 0 ? 1 : exp(calc_ln_rising(f->b, t).f - calc_ln_rising(f->a + f->b, t).f);
}

double calc_sbg_retention(const calc_sbg_fit *f, int32_t t)
{
    return t <= 0 ? 1 : (f->b + (t - 1)) / (f->a + f->b + (t - 1));
}

/* Σ_{k≥1} S(n+k)/S(n)/(1+d)^k: Σ_k (b+n)_k/(a+b+n)_k·v^k. */
kam_rc calc_sbg_residual(const calc_sbg_fit *f, int32_t survived, double d, double *out, kam_err *err)
{
    if (!(d > 0) || !isfinite(d) || survived < 0)
        return usage(err, "the residual lifetime needs a discount rate above 0");
    const double v = 1 / (1 + d), b = f->b + survived, c = f->a + b;
    double term = 1, sum = 0;
    for (double k = 0; k < 1e7; k += 1) {
        term *= (b + k) / (c + k) * v;
        sum += term;
        if (term * v < 1e-15 * sum * (1 - v)) break;
    }
    *out = sum;
    return KAM_OK;
}

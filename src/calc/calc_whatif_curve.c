/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a portfolio buys in the next t units, as one curve. Every lever asks for it at dozens of times; each costs a series for every
 * (x, T), so it is computed at a few Chebyshev points only. The rate M(t)/t is regular where ln(1 + t/scale) is: the nearest
 * singularities of E lie at t = −(scale + T) and beyond, half a turn away. */
#include "calc_whatif_int.h"
#include <math.h>

enum { FIRST = 8 };
static const double AT_ONCE = 1e-9; /* the rate now: over so short a time, in units of the scale */

static double rate_at(const whatif_pairs *p, const calc_btyd_fit *fit, double t)
{
    double sum = 0;
    for (size_t k = 0; k < p->by.n; k++) {
        if (k % 1024 == 0 && kam_progress_stopped(p->progress)) break;
        if (p->money[k] != 0) sum += p->money[k] * exp(calc_btyd_log_mean_alive(fit, p->by.x[k], p->by.T[k], t));
    }
    return sum / t;
}

static double time_of(const whatif_curve *c, double z) /* z = 1: now, −1: the end */
{
    return c->scale * fmax(AT_ONCE, expm1(log1p(c->until / c->scale) * (1 - z) / 2));
}

/* Coefficients of the polynomial through the n + 1 extrema of T_n. */
static void fill(whatif_curve *c, const double *f, int n)
{
    c->n = n;
    for (int j = 0; j <= n; j++) {
        double sum = 0;
        for (int i = 0; i <= n; i++) sum += f[i] * cos(M_PI * j * i / n) * (i == 0 || i == n ? 0.5 : 1);
        c->coef[j] = sum * 2 / n * (j == 0 || j == n ? 0.5 : 1);
    }
}

static bool settled(const whatif_curve *c, double near)
{
    double most = 0, last = 0;
    for (int j = 0; j <= c->n; j++) most = fmax(most, fabs(c->coef[j]));
    for (int j = c->n - 2; j <= c->n; j++) last = fmax(last, fabs(c->coef[j]));
    return last <= near * most;
}

void whatif_curve_build(const whatif_pairs *p, const calc_btyd_fit *fit, double until, double near, whatif_curve *out)
{
    double f[WHATIF_CURVE_MAX + 1], scale = fit->param[1], young = INFINITY;
    if (fit->model == CALC_BTYD_PARETO) scale = fmin(scale, fit->param[3]);
    for (size_t k = 0; k < p->by.n; k++) young = fmin(young, p->by.T[k]);
    out->scale = p->by.n ? scale + young : 1;
    out->until = until;
    for (int n = FIRST; n <= WHATIF_CURVE_MAX; n *= 2) {
        for (int i = n; i >= 0; i--) { /* the points of n/2 are every second of n */
            if (n > FIRST && i % 2 == 0) f[i] = f[i / 2];
            else f[i] = rate_at(p, fit, time_of(out, cos(M_PI * i / n)));
        }
        fill(out, f, n);
        if (settled(out, near)) return;
    }
}

double whatif_curve_at(const whatif_curve *c, double t)
{
    const double z = 1 - 2 * log1p(t / c->scale) / log1p(c->until / c->scale);
    double b1 = 0, b2 = 0;
    for (int j = c->n; j > 0; j--) {
        const double b = 2 * z * b1 - b2 + c->coef[j];
        b2 = b1;
        b1 = b;
    }
    return t * (z * b1 - b2 + c->coef[0]);
}

double whatif_equity(const whatif_curve *c, const calc_value_spec *spec, double pace, double discount_year)
{
    const double step = exp(-log1p(discount_year) / 12);
    double before = 0, sum = 0, v = 1;
    for (int k = 1; k <= spec->horizon_months; k++) {
        const double now = whatif_curve_at(c, pace * k * spec->month_units);
        v *= step;
        sum += (now - before) * v;
        before = now;
    }
    return sum / pace;
}

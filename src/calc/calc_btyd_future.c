/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The distribution of an account's future purchases, whichever model, and what follows from it. */
#include "calc_btyd_int.h"
#include "calc_special.h"
#include "kam_mem.h"
#include <math.h>
#include <string.h>

/* 16-point Gauss–Legendre on [−1, 1], positive half. */
static const double gl_x[8] = {0.0950125098376374402, 0.2816035507792589132, 0.4580167776572273863,
                               0.6178762444026437484, 0.7554044083550030339, 0.8656312023878317439,
                               0.9445750230732325761, 0.9894009349916499326};
static const double gl_w[8] = {0.1894506104550684963, 0.1826034150449235889, 0.1691565193950025382,
                               0.1495959888165767321, 0.1246289712555338721, 0.0951585116824927848,
                               0.0622535239386478929, 0.0271524594117540949};

/* A factor of a product that starts below what a double can hold: v·e^scale, scale ≤ 0 until it fits. */
typedef struct carried {
    double v, scale;
} carried;

static carried carried_start(double ln)
{
    return ln > -600 ? (carried){exp(ln), 0} : (carried){1, ln};
}

static void carried_times(carried *c, double factor)
{
    c->v *= factor;
    if (c->scale == 0 || (c->v < 1e250 && c->v > 1e-250)) return;
    const double ln = log(c->v) + c->scale;
    *c = carried_start(ln);
}

static double carried_value(const carried *c)
{
    if (c->scale == 0) return c->v;
    return c->scale < -1400 ? 0 : exp(log(c->v) + c->scale); /* v stays below e^600 */
}

/* One node of the integral below: add its share of every P(X > k). */
static void pareto_node(double R, double w, double weight, double *sf, size_t n)
{
    const double z = -expm1(-w);
    carried pm = carried_start(-R * w + log(weight));
    for (size_t k = 0; k < n; k++) {
        const double kk = (double)k;
        sf[k] += (R + kk) * carried_value(&pm);
        carried_times(&pm, (R + kk) / (kk + 1) * z);
    }
}

/* Pareto/NBD, alive at T: the (k+1)-th purchase comes at u and the account is still there then,
 *   P(X > k) = ∫ S(u) f_{k+1}(u) du,  S(u) = ((β+T)/(β+T+u))^s,  w = ln(1+u/A):  f du = (R+k)·NB_k(w) dw. */
static void pareto_tail(const double *par, int32_t x, double T, double t, double *sf, size_t n)
{
    const double R = par[0] + x, A = par[1] + T, B = par[3] + T, W = log1p(t / A);
    const double widest = W / (1 + fmin(400, W / 1.5 + sqrt(R * t / A) / 3));
    memset(sf, 0, n * sizeof *sf);
    for (double at = 0, u0 = 0, gone = 0; at < W * (1 - 1e-15) && gone < 60;) {
        /* short where S falls fast, and never longer than its singularity at u = −B is away */
        const double near = (B + u0) / (A + u0);
        const double h = fmin(W - at, fmin(widest, fmin(near, 4 * near / par[2])));
        for (int i = 0; i < 16; i++) {
            const double w = at + h / 2 * (1 + (i < 8 ? -gl_x[i] : gl_x[i - 8])), u = A * expm1(w);
            pareto_node(R, w, h / 2 * gl_w[i & 7] * exp(-par[2] * log1p(u / B)), sf, n);
        }
        at += h;
        u0 = A * expm1(at);
        gone = par[2] * log1p(u0 / B);
    }
}

size_t calc_btyd_alive_tail(const calc_btyd_fit *f, int32_t x, double T, double t, double eps, double *sf, size_t max)
{
    if (f->model == CALC_BTYD_BG || f->model == CALC_BTYD_MBG)
        return calc_bg_alive_tail(f->param, f->model == CALC_BTYD_MBG, x, T, t, eps, sf, max, NULL, NULL);
    const double nbd[P4] = {f->param[0], f->param[1], 0, 1}; /* a = 0: nobody leaves */
    size_t n = calc_bg_alive_tail(nbd, false, x, T, t, eps, sf, max, NULL, NULL);
    if (f->model == CALC_BTYD_PARETO) pareto_tail(f->param, x, T, t, sf, n); /* drop-out only shortens the tail */
    return n;
}

double calc_btyd_pmf(const calc_btyd_fit *f, int32_t x, double tx, double T, double t, double *pmf, size_t n)
{
    if (n == 0) return 1;
    memset(pmf, 0, n * sizeof *pmf);
    if (!(t > 0)) {
        pmf[0] = 1;
        return 0;
    }
    const double alive = calc_btyd_p_alive(f, x, tx, T);
    const size_t m = calc_btyd_alive_tail(f, x, T, t, 1e-14, pmf, n);
    double above = 1; /* P(X > k−1) */
    for (size_t k = 0; k < n; k++) {
        const double here = k < m ? alive * pmf[k] : 0;
        pmf[k] = fmax(0, above - here);
        above = here;
    }
    return above;
}

/* P(N ≥ k) of a negative binomial whose mass at k is given: the complement where that keeps its digits, else the
 * tail, all terms positive. */
static double nb_upper(double r, double odds, int32_t k, double at_k)
{
    const double z = odds / (1 + odds);
    double below = 0, term = exp(-r * log1p(odds));
    for (int32_t j = 0; j < k; j++) {
        below += term;
        term *= (r + j) / (j + 1.0) * z;
    }
    if (below < 0.999 || z > 0.9999) return fmax(at_k, 1 - below);
    double sum = 0;
    term = at_k;
    for (double j = k; term > 1e-17 * sum; j += 1) {
        sum += term;
        term *= (r + j) / (j + 1) * z;
    }
    return sum;
}

/* P(X(t) = k) of a new account by the papers' closed forms in logarithms (BG, MBG, NBD), so that small masses keep
 * their digits; by the distribution above for Pareto/NBD. */
double calc_btyd_pmf_new(const calc_btyd_fit *f, int32_t k, double t)
{
    if (k < 0) return 0;
    if (!(t > 0)) return k == 0;
    const double r = f->param[0], alpha = f->param[1], z = t / (alpha + t);
    if (f->model == CALC_BTYD_PARETO) {
        const size_t n = (size_t)k + 1;
        double *sf = kam_calloc(n + 1, sizeof *sf);
        pareto_tail(f->param, 0, 0, t, sf, n);
        const double v = k == 0 ? 1 - sf[0] : sf[k - 1] - sf[k];
        kam_free(sf);
        return fmax(0, v);
    }
    const double ln_nb = calc_ln_rising(r, k).f - calc_ln_gamma(k + 1.0) - r * log1p(t / alpha) + k * log(z);
    if (f->model == CALC_BTYD_NBD) return exp(ln_nb);
    const double a = f->param[2], b = f->param[3], c = k + (f->model == CALC_BTYD_MBG ? 1.0 : 0.0);
    const double ln_stay = calc_ln_rising(b, c).f - calc_ln_rising(a + b, c).f;
    double v = exp(ln_nb + ln_stay);
    if (c > 0) { /* left exactly at the k-th purchase, which came before t: P(N ≥ k), a regularised beta function */
        const double sum = nb_upper(r, t / alpha, k, exp(ln_nb));
        v += exp(ln_stay + log(a / (b + (c - 1)))) * sum;
    }
    return v;
}

/* e^z E_s(z), the scaled generalised exponential integral: Lentz's fraction for z ≥ 1; below, the integral of
 * e^(−z u)(1+u)^(−s) over u ≥ 0 by trapezoid in u = exp(y − e^−y), which converges for every s > 0. */
static double scaled_expint(double s, double z)
{
    if (z >= 1) {
        double b = z + s, c = 1e300, d = 1 / b, h = d;
        for (int i = 1; i < 100000; i++) {
            const double a = -i * (s - 1 + i);
            b += 2;
            d = 1 / (a * d + b);
            c = b + a / c;
            const double del = c * d;
            h *= del;
            if (fabs(del - 1) < 1e-16) break;
        }
        return h;
    }
    double sum = 0;
    const double step = 1.0 / 64;
    for (double y = -5; y < 800; y += step) {
        const double em = exp(-y), u = exp(y - em);
        const double v = exp(-z * u - s * log1p(u)) * u * (1 + em);
        sum += v;
        if (y > 0 && v < 1e-18 * sum) break;
    }
    return sum * step;
}

kam_rc calc_btyd_dert(const calc_btyd_fit *f, int32_t x, double tx, double T, double delta, double *out, kam_err *err)
{
    if (!(delta > 0) || !isfinite(delta)) {
        kam_err_set(err, KAM_USAGE, "the endless residual needs a discount rate above 0");
        kam_err_word(err, "lifetime-value");
        return KAM_USAGE;
    }
    const double rate = (f->param[0] + x) / (f->param[1] + T);
    if (f->model == CALC_BTYD_NBD) {
        *out = rate / delta;
        return KAM_OK;
    }
    if (f->model != CALC_BTYD_PARETO) {
        kam_err_set(err, KAM_USAGE, "the endless residual is defined for pareto-nbd and nbd only; use a horizon");
        kam_err_word(err, "lifetime-value");
        return KAM_USAGE;
    }
    const double B = f->param[3] + T;
    *out = calc_btyd_p_alive(f, x, tx, T) * rate * B * scaled_expint(f->param[2], delta * B);
    return KAM_OK;
}

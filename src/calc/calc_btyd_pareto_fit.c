/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Log-likelihood of Pareto/NBD with closed-form gradient and Hessian in ln(r), ln(α), ln(s), ln(β).
 *
 * ln L = [NBD part] − s ln(1+T/β) + ln S, and S (one over P(alive)) integrates over the day y an account left,
 *   S = 1 + ∫_{t_x}^{T} e^{g(y)} dy,  g = ln s − ln(β+y) + (r+x) ln((α+T)/(α+y)) + s ln((β+T)/(β+y)).
 * Every term is positive and every derivative of g is elementary, so S and its derivatives come from one pass of
 * Gauss–Legendre over ln(β+y), in panels short enough that g falls by at most a few units in each. This holds at the
 * limits too (r, α → ∞; s, β → ∞), where the hypergeometric series would need millions of terms. */
#include "calc_btyd_int.h"
#include "calc_special.h"
#include "kam_mem.h"
#include <math.h>
#include <string.h>

enum { NODES = 8 };
/* 8-point Gauss–Legendre on [−1, 1]. */
static const double gl_x[NODES] = {-0.9602898564975362317, -0.7966664774136267396, -0.5255324099163289858,
                                   -0.1834346424956498049, 0.1834346424956498049,  0.5255324099163289858,
                                   0.7966664774136267396,  0.9602898564975362317};
static const double gl_w[NODES] = {0.1012285362903762591, 0.2223810344533744705, 0.3137066458778872873,
                                   0.3626837833783619830, 0.3626837833783619830, 0.3137066458778872873,
                                   0.2223810344533744705, 0.1012285362903762591};

typedef struct par {
    double r, alpha, s, beta;
} par;

/* Σ of the integrand e^{g−G} and of its first and second derivatives. */
typedef struct moments {
    double m, d[P4], dd[P4][P4];
} moments;

static void add_node(const par *p, double rx, double T, double y, double G, double dw, moments *m)
{
    const double ay = p->alpha + y, by = p->beta + y, aT = p->alpha + T, bT = p->beta + T, rest = T - y;
    const double lr = log1p(rest / ay), lb = log1p(rest / by);
    const double e = exp(rx * lr + p->s * lb - G) * p->s * dw; /* dy/(β+y) = dw */
    const double a1 = -p->alpha * rest / (aT * ay), b1 = -(p->beta / by) * (rest / bT);
    const double a2 = p->alpha * (T / (aT * aT) - y / (ay * ay)), b2 = p->beta / bT * (T / bT) - p->beta / by * (y / by); /* no square of a β of 1e-289 */
    const double d[P4] = {p->r * lr, rx * a1, 1 + p->s * lb, p->s * b1 - p->beta / by};
    m->m += e;
    for (int i = 0; i < P4; i++) {
        m->d[i] += e * d[i];
        for (int j = 0; j <= i; j++) m->dd[i][j] += e * d[i] * d[j];
    }
    m->dd[0][0] += e * p->r * lr;
    m->dd[1][0] += e * p->r * a1;
    m->dd[1][1] += e * rx * a2;
    m->dd[2][2] += e * p->s * lb;
    m->dd[3][2] += e * p->s * b1;
    m->dd[3][3] += e * (p->s * b2 - p->beta / by * (y / by));
}

/* −dg/dw at y, w = ln(β+y): how fast the integrand falls. */
static double fall(const par *p, double rx, double y) { return rx * (p->beta + y) / (p->alpha + y) + p->s; }

static void integrate(const par *p, double rx, double tx, double T, double G, moments *m)
{
    const double end = log1p((T - tx) / (p->beta + tx)), b0 = p->beta + tx;
    double w = 0, fallen = 0, y0 = tx;
    memset(m, 0, sizeof *m);
    while (w < end * (1 - 1e-15) && fallen < 50) {
        double h = fmin(end - w, 3.0 / fmax(fall(p, rx, y0), 1e-3));
        /* α+y vanishes left of the panel: it must not be nearer than the panel is long. In w it vanishes ln((α+y)/(β+y)) to the
         * right and half a turn aside: where β is very small that is far away, and the panel may be as much longer, once β/(β+y) of the
         * derivatives has died away. */
        const double near = (p->alpha + y0) / (p->beta + y0);
        h = fmin(h, fmax(0.75 * fmin(1, near), fmin(0.3 * log(near), 0.75 + 0.3 * log1p(y0 / p->beta))));
        double y1 = tx + b0 * expm1(w + h);
        while (fall(p, rx, y1) * h > 4.5) {
            h /= 2;
            y1 = tx + b0 * expm1(w + h);
        }
        for (int k = 0; k < NODES; k++) {
            const double y = fmin(T, tx + b0 * expm1(w + h / 2 * (1 + gl_x[k])));
            add_node(p, rx, T, y, G, h / 2 * gl_w[k], m);
        }
        fallen += h * fmin(fall(p, rx, y0), fall(p, rx, y1));
        w += h;
        y0 = y1;
    }
}

/* w·ln S of one group added to f, g, H. */
static void add_group(const par *p, double x, double tx, double T, double weight, double *f, double *g,
                      double H[][CALC_NEWTON_MAX])
{
    if (!(T > tx)) return; /* S = 1 */
    const double rx = p->r + x;
    const double G = rx * log1p((T - tx) / (p->alpha + tx)) + p->s * log1p((T - tx) / (p->beta + tx));
    moments m;
    integrate(p, rx, tx, T, G, &m);
    const double all = m.m + exp(-G), inv = 1 / all;
    *f += weight * (G + log(all));
    for (int i = 0; i < P4; i++) {
        g[i] += weight * m.d[i] * inv;
        for (int j = 0; j <= i; j++) H[i][j] += weight * (m.dd[i][j] * inv - m.d[i] * inv * m.d[j] * inv);
    }
}

double calc_pareto_ln_integral(const double *v, int32_t x, double tx, double T)
{
    const par p = {v[0], v[1], v[2], v[3]};
    if (!(T > tx)) return 0;
    const double rx = p.r + x;
    const double G = rx * log1p((T - tx) / (p.alpha + tx)) + p.s * log1p((T - tx) / (p.beta + tx));
    moments m;
    integrate(&p, rx, tx, T, G, &m);
    return G + log(m.m + exp(-G));
}

void calc_pareto_loglik(const calc_btyd_prep *q, const double *lnpar, double *f, double *g,
                        double H[][CALC_NEWTON_MAX])
{
    const par p = {exp(lnpar[0]), exp(lnpar[1]), exp(lnpar[2]), exp(lnpar[3])};
    memset(g, 0, sizeof(double) * P4);
    memset(H, 0, sizeof(double) * CALC_NEWTON_MAX * CALC_NEWTON_MAX);
    calc_nbd_loglik(q, lnpar, f, g, H);
    H[0][1] = 0; /* the lower triangle is summed, then mirrored */
    for (size_t i = 0; i < q->nt; i++) {
        const double t = q->ts[i], L = log1p(t / p.beta), h = t / (p.beta + t), w = q->wT[i];
        *f -= w * p.s * L;
        g[2] -= w * p.s * L;
        g[3] += w * p.s * h;
        H[2][2] -= w * p.s * L;
        H[3][2] += w * p.s * h;
        H[3][3] -= w * p.s * h * (1 - h);
    }
    const double nat[P4] = {p.r, p.alpha, p.s, p.beta};
    const bool done = calc_pareto_tables(q, nat, f, g, H);
    for (size_t i = 0; !done && i < q->n && (i % 1024 || !kam_progress_stopped(q->progress)); i++)
        add_group(&p, q->xs[q->ix[i]], q->ts[q->itx[i]], q->ts[q->iT[i]], q->w[i], f, g, H);
    for (int i = 0; i < P4; i++)
        for (int j = 0; j < i; j++) H[j][i] = H[i][j];
}

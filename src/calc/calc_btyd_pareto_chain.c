/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The pair tables of the Pareto/NBD likelihood where its series are long: α and β far apart, and the limits (s, β → ∞; all
 * drop out alike). From time t on two clocks run, that of the next purchase (rate (r+x)/(α+y)) and that of leaving
 * (s/(β+y)); A and B are the chances that the one or the other strikes first,
 *   A(x,t) = ∫_t^∞ (r+x)/(α+y) e^{−G} dy,  B(x,t) = ∫_t^∞ s/(β+y) e^{−G} dy,  A + B = 1,
 *   G = (r+x) ln((α+y)/(α+t)) + s ln((β+y)/(β+t)),
 * which are the two terms of the positive-term form (e^A, e^B there). Along the distinct times they obey
 *   B(t_k) = ∫_{t_k}^{t_k+1} + e^{−G(t_k, t_k+1)} B(t_k+1),
 * so that a short Gauss–Legendre panel a time and x gives all of them with their derivatives, every term positive. */
#include "calc_btyd_int.h"
#include "kam_mem.h"
#include <math.h>
#include <string.h>

enum { SECOND = 10, RR = 0, AR = 1, AA = 2, SR = 3, SA = 4, SS = 5, BR = 6, BA = 7, BS = 8, BB = 9 };
static const int row_of[SECOND] = {0, 1, 1, 2, 2, 2, 3, 3, 3, 3}, col_of[SECOND] = {0, 0, 1, 0, 1, 2, 0, 1, 2, 3};

/* Positive half of the 4- and 8-point rules on [−1, 1]. */
static const double x4[2] = {0.3399810435848562648, 0.8611363115940525752}, w4[2] = {0.6521451548625461426, 0.3478548451374538574};
static const double x8[4] = {0.1834346424956498049, 0.5255324099163289858, 0.7966664774136267396, 0.9602898564975362317};
static const double w8[4] = {0.3626837833783619830, 0.3137066458778872873, 0.2223810344533744705, 0.1012285362903762591};

typedef struct par {
    double r, alpha, s, beta, rx;
} par;

/* A value with its derivatives in ln r, ln α, ln s, ln β (second: lower triangle, row by row). */
typedef struct moments {
    double m, d[P4], dd[SECOND];
} moments;

static void add(moments *o, double e, const double *d, const double *dd)
{
    o->m += e;
    for (int i = 0; i < P4; i++) o->d[i] += e * d[i];
    for (int k = 0; k < SECOND; k++) o->dd[k] += e * (dd[k] + d[row_of[k]] * d[col_of[k]]);
}

/* −G from t0 to y and its derivatives; lb = ln((β+y)/(β+t0)). */
static double decay(const par *p, double t0, double y, double lb, double *d, double *dd)
{
    const double ay = p->alpha + y, by = p->beta + y, a0 = p->alpha + t0, b0 = p->beta + t0;
    const double lr = log1p((y - t0) / a0), a1 = p->alpha * (y - t0) / (ay * a0), b1 = p->beta / by * ((y - t0) / b0);
    memset(dd, 0, sizeof(double) * SECOND);
    d[0] = -p->r * lr;
    d[1] = p->rx * a1;
    d[2] = -p->s * lb;
    d[3] = p->s * b1;
    dd[RR] = d[0];
    dd[AR] = p->r * a1;
    dd[AA] = p->rx * a1 * (1 - p->alpha / ay - p->alpha / a0); /* of α/(α+t): t/(α+t) times itself */
    dd[SS] = d[2];
    dd[BS] = d[3];
    dd[BB] = p->s * b1 * (1 - p->beta / by - p->beta / b0);
    return -p->rx * lr - p->s * lb;
}

static void add_node(const par *p, double t0, double v, double dv, moments *A, moments *B)
{
    const double y = t0 + (p->beta + t0) * expm1(v), ay = p->alpha + y, by = p->beta + y;
    double d[P4], dd[SECOND];
    const double e = exp(decay(p, t0, y, v, d, dd)) * dv; /* dy = (β+y) dv */
    const double ra = p->r / p->rx, ha = p->alpha / ay, hb = p->beta / by;
    double dA[P4] = {d[0] + ra, d[1] - ha, d[2], d[3]}, ddA[SECOND];
    memcpy(ddA, dd, sizeof ddA);
    ddA[RR] += ra * (1 - ra);
    ddA[AA] -= ha * (1 - ha);
    add(A, e * p->rx * (by / ay), dA, ddA);
    d[2] += 1;
    d[3] -= hb;
    dd[BB] -= hb * (1 - hb);
    add(B, e * p->s, d, dd);
}

/* How fast e^{−G} falls with ln(β+y). */
static double fall(const par *p, double y) { return p->rx * (p->beta + y) / (p->alpha + y) + p->s; }

/* Adds the integrals from t0 to t1 (may be infinite), both seen from t0. */
static void add_between(const par *p, double t0, double t1, moments *A, moments *B)
{
    const double b0 = p->beta + t0, end = isinf(t1) ? INFINITY : log1p((t1 - t0) / b0);
    double v = 0, fallen = 0, y = t0;
    while (v < end * (1 - 1e-15) && fallen < 50) {
        /* α+y vanishes left of the panel, no nearer than this; or, where β is very small, far to the right (calc_btyd_pareto_fit.c) */
        const double far = (p->alpha + y) / (p->beta + y), near = fmin(1, far);
        double h = fmin(end - v, fmin(2 / fall(p, y), fmax(0.4 * near, fmin(0.3 * log(far), 0.4 + 0.3 * log1p(y / p->beta)))));
        double y1 = t0 + b0 * expm1(v + h);
        while (fall(p, y1) * h > 3) {
            h /= 2;
            y1 = t0 + b0 * expm1(v + h);
        }
        const bool small = fall(p, y) * h < 0.25 && h < 0.1 * near;
        for (int k = 0; k < (small ? 2 : 4); k++) {
            const double at = small ? x4[k] : x8[k], w = h / 2 * (small ? w4[k] : w8[k]);
            add_node(p, t0, v + h / 2 * (1 - at), w, A, B);
            add_node(p, t0, v + h / 2 * (1 + at), w, A, B);
        }
        fallen += h * fmin(fall(p, y), fall(p, y1));
        v += h;
        y = y1;
    }
}

/* o += e^{−G} · next, with derivatives. */
static void carry(double e, const double *d, const double *dd, const moments *next, moments *o)
{
    o->m += e * next->m;
    for (int i = 0; i < P4; i++) o->d[i] += e * (next->d[i] + d[i] * next->m);
    for (int k = 0; k < SECOND; k++) {
        const int i = row_of[k], j = col_of[k];
        o->dd[k] += e * (next->dd[k] + d[i] * next->d[j] + d[j] * next->d[i] + (dd[k] + d[i] * d[j]) * next->m);
    }
}

static void logarithm(const moments *m, calc_pareto_pair *o)
{
    o->l = log(m->m);
    for (int i = 0; i < P4; i++) o->d[i] = m->d[i] / m->m;
    for (int k = 0; k < SECOND; k++) o->dd[k] = m->dd[k] / m->m - o->d[row_of[k]] * o->d[col_of[k]];
}

/* where[which][it]: 1 + number of the pair (this x, it), 0: none. */
static void chain_of_x(const calc_btyd_prep *q, const par *p, uint32_t *const where[2], calc_pareto_pair *A,
                       calc_pareto_pair *B)
{
    moments next[2];
    bool begun = false;
    size_t first = 0;
    while (first < q->nt && !where[0][first] && !where[1][first]) first++;
    for (size_t k = q->nt; k-- > first;) {
        if (!begun && !where[0][k] && !where[1][k]) continue;
        const double t = q->ts[k];
        moments m[2];
        memset(m, 0, sizeof m);
        add_between(p, t, begun ? q->ts[k + 1] : INFINITY, &m[0], &m[1]);
        if (begun) {
            double d[P4], dd[SECOND];
            const double to = q->ts[k + 1], e = exp(decay(p, t, to, log1p((to - t) / (p->beta + t)), d, dd));
            carry(e, d, dd, &next[0], &m[0]);
            carry(e, d, dd, &next[1], &m[1]);
        }
        memcpy(next, m, sizeof m);
        begun = true;
        if (where[0][k]) logarithm(&m[0], &A[where[0][k] - 1]);
        if (where[1][k]) logarithm(&m[1], &B[where[1][k] - 1]);
    }
}

bool calc_pareto_chain(const calc_btyd_prep *q, const double *param, calc_pareto_pair *A, calc_pareto_pair *B)
{
    const size_t cells = q->nx * q->nt;
    /* worth it where most cells are pairs; and where nearly nothing ever happens the last integral ends beyond what a double holds: it
     * takes 50/(r + s) in ln(β+y) */
    if (cells > 8 * (q->pairs_T.n + q->pairs_x.n) || param[0] + param[2] < 0.08) return false;
    uint32_t *where = kam_calloc(2 * cells + 1, sizeof *where);
    for (size_t i = 0; i < q->pairs_T.n; i++) where[q->pairs_T.ix[i] * q->nt + q->pairs_T.it[i]] = (uint32_t)i + 1;
    for (size_t i = 0; i < q->pairs_x.n; i++) where[cells + q->pairs_x.ix[i] * q->nt + q->pairs_x.it[i]] = (uint32_t)i + 1;
    for (size_t x = 0; x < q->nx; x++) {
        if (kam_progress_stopped(q->progress)) { /* nobody will look at it, but it is read */
            memset(A, 0, q->pairs_T.n * sizeof *A);
            memset(B, 0, q->pairs_x.n * sizeof *B);
            break;
        }
        const par p = {param[0], param[1], param[2], param[3], param[0] + q->xs[x]};
        uint32_t *const rows[2] = {where + x * q->nt, where + cells + x * q->nt};
        chain_of_x(q, &p, rows, A, B);
    }
    kam_free(where);
    return true;
}

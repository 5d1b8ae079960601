/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The Pareto/NBD likelihood at speed. In the positive-term form (calc_btyd_pareto.c) S = e^{A(x,T)} + e^{B(x,t_x)+Δ}:
 * the two hypergeometric series depend on (x, T) and on (x, t_x) only, of which there are far fewer than groups, so they
 * and their derivatives are tabulated once an evaluation, and the pass over the groups adds a softplus, as for BG/NBD.
 * With u, c, z the arguments of F(1,u;c;z) = Σ t_n, t_n = (u)_n/(c)_n zⁿ,
 *   ∂ ln t_n/∂u = Σ_{k<n} 1/(u+k) = U,  ∂ ln t_n/∂c = −Σ_{k<n} 1/(c+k) = −C,  ∂t_n/∂z = n t_n/z. */
#include "calc_btyd_int.h"
#include "calc_special.h"
#include "kam_mem.h"
#include <math.h>
#include <string.h>

#define Z_MAX 0.98   /* beyond it a series has hundreds of terms */
#define Z_CHAIN 0.85 /* beyond it the chain is faster, where it can be had */
enum { CELLS_MAX = 4000000 };

/* --- which pairs occur ---------------------------------------------------------------------------------------------- */
static uint32_t pair_of(uint32_t *cell, size_t nt, calc_btyd_pairs *l, size_t *cap, uint32_t ix, uint32_t it)
{
    uint32_t *c = &cell[(size_t)ix * nt + it];
    if (*c == 0) {
        if (l->n == *cap) {
            *cap = *cap ? *cap * 2 : 256;
            l->ix = kam_reallocarray(l->ix, *cap, sizeof *l->ix);
            l->it = kam_reallocarray(l->it, *cap, sizeof *l->it);
        }
        l->ix[l->n] = ix;
        l->it[l->n] = it;
        *c = (uint32_t)++l->n;
    }
    return *c - 1;
}

void calc_btyd_prep_pairs(calc_btyd_prep *p)
{
    const size_t cells = p->nx * p->nt;
    if (p->pairs_T.of || cells > CELLS_MAX) return;
    uint32_t *cell = kam_alloc((cells + 1) * sizeof *cell);
    for (int which = 0; which < 2; which++) {
        calc_btyd_pairs *l = which ? &p->pairs_x : &p->pairs_T;
        size_t cap = 0;
        memset(cell, 0, (cells + 1) * sizeof *cell);
        l->of = kam_alloc((p->n + 1) * sizeof *l->of);
        for (size_t i = 0; i < p->n; i++)
            l->of[i] = pair_of(cell, p->nt, l, &cap, p->ix[i], which ? p->itx[i] : p->iT[i]);
    }
    kam_free(cell);
}

/* --- the series with its derivatives --------------------------------------------------------------------------------- */
typedef struct series {
    double f, u, c, z, uu, uc, cc, uz, cz, zz;
} series;

static series sum_series(double u, double c, double z)
{
    series s = {1, 0, 0, 0, 0, 0, 0, 0, 0, 0};
    double t = 1, over_z = 0, U = 0, C = 0, U2 = 0, C2 = 0; /* over_z = t_n/z */
    const double stop = 1e-16 * (1 - z);
    for (double n = 1;; n += 1) {
        const double a = u + n - 1, b = c + n - 1, inv = 1 / (a * b), ia = b * inv, ib = a * inv, ratio = a * ib;
        const double over_z2 = over_z * ratio; /* t_n/z²; 0 at n = 1, where n(n−1) is */
        over_z = t * ratio;
        t = over_z * z;
        U += ia;
        C += ib;
        U2 += ia * ia;
        C2 += ib * ib;
        s.f += t;
        s.u += t * U;
        s.c -= t * C;
        s.uu += t * (U * U - U2);
        s.uc -= t * U * C;
        s.cc += t * (C * C + C2);
        const double nz = n * over_z;
        s.z += nz;
        s.uz += nz * U;
        s.cz -= nz * C;
        s.zz += n * (n - 1) * over_z2;
        if (over_z * (1 + n) * (1 + n) < stop * s.f) return s;
    }
}

/* --- one pair: l = ln of its term, with gradient and Hessian (lower triangle) in ln r, ln α, ln s, ln β ------------------ */
typedef calc_pareto_pair pair;
static const int row_of[10] = {0, 1, 1, 2, 2, 2, 3, 3, 3, 3}, col_of[10] = {0, 0, 1, 0, 1, 2, 0, 1, 2, 3};

typedef struct par {
    double r, alpha, s, beta;
} par;

/* big, small: indices of the larger and the smaller of α, β among the parameters (1 and 3). */
static void series_part(const par *p, double x, double t, bool at_T, pair *o)
{
    const bool up = p->alpha >= p->beta;
    const double rx = p->r + x, hi = up ? p->alpha : p->beta, lo = up ? p->beta : p->alpha, ht = hi + t;
    const double u = up ? rx + (at_T ? 1 : 0) : p->s + (at_T ? 0 : 1), z = (hi - lo) / ht, y = (lo + t) / ht; /* 1 − z */
    const series f = sum_series(u, rx + p->s + 1, z);
    const int ih = up ? 1 : 3, il = up ? 3 : 1, iu = up ? 0 : 2;
    double ud[P4] = {0}, cd[P4] = {p->r, 0, p->s, 0}, zd[P4] = {0}, zdd[P4][P4] = {{0}};
    ud[iu] = up ? p->r : p->s;
    const double h = hi / ht, w = lo / ht;
    zd[ih] = h * y;
    zd[il] = -w;
    zdd[ih][ih] = h * y * (1 - 2 * h);
    zdd[1][3] = zdd[3][1] = h * w;
    zdd[il][il] = -w;
    const double inv = 1 / f.f;
    for (int i = 0; i < P4; i++) o->d[i] = (f.u * ud[i] + f.c * cd[i] + f.z * zd[i]) * inv;
    for (int k = 0; k < 10; k++) {
        const int i = row_of[k], j = col_of[k];
        double v = f.uu * ud[i] * ud[j] + f.uc * (ud[i] * cd[j] + ud[j] * cd[i]) + f.cc * cd[i] * cd[j] +
                   f.uz * (ud[i] * zd[j] + ud[j] * zd[i]) + f.cz * (cd[i] * zd[j] + cd[j] * zd[i]) +
                   f.zz * zd[i] * zd[j] + f.z * zdd[i][j];
        if (i == j) v += f.u * ud[i] + f.c * cd[i]; /* second derivative of e^θ is itself */
        o->dd[k] = v * inv - o->d[i] * o->d[j];
    }
    o->l = log(f.f);
}

enum { RR = 0, AR = 1, AA = 2, SR = 3, SA = 4, SS = 5, BR = 6, BA = 7, BS = 8, BB = 9 };

/* ± (ln(β+t) − ln(α+t)) */
static void add_ratio(const par *p, double t, double sign, pair *o)
{
    const double ha = p->alpha / (p->alpha + t), hb = p->beta / (p->beta + t);
    o->l += sign * log((p->beta + t) / (p->alpha + t));
    o->d[1] -= sign * ha;
    o->d[3] += sign * hb;
    o->dd[AA] -= sign * ha * (1 - ha);
    o->dd[BB] += sign * hb * (1 - hb);
}

static void pair_fill(const par *p, double x, double t, bool at_T, pair *o)
{
    const bool up = p->alpha >= p->beta;
    const double rx = p->r + x, q = rx + p->s, ir = p->r / rx, qr = p->r / q, qs = p->s / q;
    series_part(p, x, t, at_T, o);
    if (at_T && up) add_ratio(p, t, 1, o);
    if (!at_T && !up) add_ratio(p, t, -1, o);
    o->l -= log(q); /* − ln q */
    o->d[0] -= qr;
    o->d[2] -= qs;
    o->dd[RR] -= qr * (1 - qr);
    o->dd[SS] -= qs * (1 - qs);
    o->dd[SR] += qr * qs;
    if (at_T) { /* + ln(r+x) */
        o->l += log(rx);
        o->d[0] += ir;
        o->dd[RR] += ir * (1 - ir);
    } else { /* + ln s */
        o->l += log(p->s);
        o->d[2] += 1;
    }
}

/* --- the pass over the groups ------------------------------------------------------------------------------------------ */
typedef struct tables {
    pair *A, *B;
    double *la, *ha, *lb, *hb; /* by distinct time: ln(1+t/α), t/(α+t), the same for β */
    double *sA, *sB;           /* by pair: Σ w·(1−σ) and Σ w·σ */
} tables;

static void groups_pass(const calc_btyd_prep *q, const par *p, tables *t, double *f, double *g, double *H)
{
    double f0 = 0, D[P4] = {0}, h[10] = {0}, rr = 0, ar = 0, aa = 0, ss = 0, bs = 0, bb = 0;
    for (size_t i = 0; i < q->n; i++) {
        const uint32_t a = q->pairs_T.of[i], b = q->pairs_x.of[i], iT = q->iT[i], ix = q->itx[i];
        const pair *A = &t->A[a], *B = &t->B[b];
        const double rx = p->r + q->xs[q->ix[i]], w = q->w[i];
        const double la = t->la[iT] - t->la[ix], lb = t->lb[iT] - t->lb[ix];
        const double ha = t->ha[iT] - t->ha[ix], hb = t->hb[iT] - t->hb[ix];
        const double y = B->l - A->l + rx * la + p->s * lb;
        const double e = exp(-fabs(y)), inv = 1 / (1 + e), sig = y >= 0 ? inv : e * inv, s = w * sig, v = w * e * inv * inv;
        f0 += w * ((y > 0 ? y : 0) + log1p(e));
        t->sA[a] += w - s;
        t->sB[b] += s;
        const double dr = p->r * la, da = -rx * ha, ds = p->s * lb, db = -p->s * hb;
        D[0] += s * dr;
        D[1] += s * da;
        D[2] += s * ds;
        D[3] += s * db;
        rr += s * dr;
        ar -= s * p->r * ha;
        aa += s * rx * ha * (1 - t->ha[iT] - t->ha[ix]);
        ss += s * ds;
        bs -= s * p->s * hb;
        bb += s * p->s * hb * (1 - t->hb[iT] - t->hb[ix]);
        const double y0 = B->d[0] - A->d[0] + dr, y1 = B->d[1] - A->d[1] + da, y2 = B->d[2] - A->d[2] + ds,
                     y3 = B->d[3] - A->d[3] + db;
        const double v0 = v * y0, v1 = v * y1, v2 = v * y2;
        h[RR] += v0 * y0;
        h[AR] += v0 * y1;
        h[AA] += v1 * y1;
        h[SR] += v0 * y2;
        h[SA] += v1 * y2;
        h[SS] += v2 * y2;
        h[BR] += v0 * y3;
        h[BA] += v1 * y3;
        h[BS] += v2 * y3;
        h[BB] += v * y3 * y3;
    }
    h[RR] += rr;
    h[AR] += ar;
    h[AA] += aa;
    h[SS] += ss;
    h[BS] += bs;
    h[BB] += bb;
    *f += f0;
    for (int i = 0; i < P4; i++) g[i] += D[i];
    for (int k = 0; k < 10; k++) H[k] += h[k];
}

static void add_pairs(const calc_btyd_pairs *l, const pair *v, const double *weight, double *g, double *H)
{
    for (size_t i = 0; i < l->n; i++) {
        for (int k = 0; k < P4; k++) g[k] += weight[i] * v[i].d[k];
        for (int k = 0; k < 10; k++) H[k] += weight[i] * v[i].dd[k];
    }
}

static void fill_by_series(const calc_btyd_prep *q, const par *p, tables *t)
{
    const calc_btyd_pairs *a = &q->pairs_T, *b = &q->pairs_x;
    for (size_t i = 0; i < a->n; i++) pair_fill(p, q->xs[a->ix[i]], q->ts[a->it[i]], true, &t->A[i]);
    for (size_t i = 0; i < b->n; i++) pair_fill(p, q->xs[b->ix[i]], q->ts[b->it[i]], false, &t->B[i]);
}

bool calc_pareto_tables(const calc_btyd_prep *q, const double *param, double *f, double *g,
                        double H[][CALC_NEWTON_MAX])
{
    const par p = {param[0], param[1], param[2], param[3]};
    const double hi = fmax(p.alpha, p.beta), lo = fmin(p.alpha, p.beta);
    if (!q->pairs_T.of || q->nt == 0) return false;
    const double z = (hi - lo) / (hi + q->ts[0]);
    const size_t nA = q->pairs_T.n, nB = q->pairs_x.n, nt = q->nt;
    tables t;
    t.A = kam_alloc((nA + nB + 1) * sizeof *t.A);
    t.B = t.A + nA;
    if (z <= Z_CHAIN || !calc_pareto_chain(q, param, t.A, t.B)) {
        if (z > Z_MAX) {
            kam_free(t.A);
            return false;
        }
        fill_by_series(q, &p, &t);
    }
    t.sA = kam_calloc(nA + nB + 4 * nt + 1, sizeof *t.sA);
    t.sB = t.sA + nA;
    t.la = t.sB + nB;
    t.ha = t.la + nt;
    t.lb = t.ha + nt;
    t.hb = t.lb + nt;
    for (size_t i = 0; i < nt; i++) {
        const double v = q->ts[i];
        t.la[i] = log1p(v / p.alpha);
        t.ha[i] = v / (p.alpha + v);
        t.lb[i] = log1p(v / p.beta);
        t.hb[i] = v / (p.beta + v);
    }
    double low[10] = {0}, f1 = 0, g1[P4] = {0};
    groups_pass(q, &p, &t, &f1, g1, low);
    for (size_t i = 0; i < q->n; i++) f1 += q->w[i] * t.A[q->pairs_T.of[i]].l;
    add_pairs(&q->pairs_T, t.A, t.sA, g1, low);
    add_pairs(&q->pairs_x, t.B, t.sB, g1, low);
    *f += f1;
    for (int i = 0; i < P4; i++) g[i] += g1[i];
    for (int k = 0; k < 10; k++) H[row_of[k]][col_of[k]] += low[k];
    kam_free(t.A);
    kam_free(t.sA);
    return true;
}

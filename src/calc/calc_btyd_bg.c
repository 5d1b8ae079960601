/* SPDX-License-Identifier: GPL-3.0-or-later */
/* BG/NBD and MBG/NBD. With k = x (BG) or x + 1 (MBG) chances to leave lived through,
 *   ln L = ln (r)_x − r ln(1+T/α) − x ln(α+T) + ln (b)_k − ln (a+b)_k + softplus(y),
 *   y    = ln a − ln(b+k−1) + (r+x)(ln(1+T/α) − ln(1+t_x/α))                      (absent where k = 0),
 * which is FHL 2005 eq. 6 without a difference of large numbers, so it stays exact where r, α or a, b run off
 * together to infinity. softplus(y) is the only term that needs a pass over the groups. */
#include "calc_btyd_int.h"
#include "calc_special.h"
#include "kam_mem.h"
#include <math.h>
#include <string.h>

/* ln (v)_{x+more} with derivatives for every distinct x; ascending, so neighbours share their products. */
static void rising_table(double v, const double *xs, size_t n, double more, calc_rising *out)
{
    calc_rising at = {0, 0, 0};
    double have = 0;
    for (size_t i = 0; i < n; i++) {
        const double need = xs[i] + more;
        if (need - have > 64) {
            at = calc_ln_rising(v, need);
        } else {
            for (double j = have; j < need; j += 1) {
                const double u = v + j, inv = 1 / u;
                at.f += log(u);
                at.d1 += inv;
                at.d2 -= inv * inv;
            }
        }
        have = need;
        out[i] = at;
    }
}

/* ln(1+t/α) and h = t/(α+t) for every distinct time. */
static void time_tables(const calc_btyd_prep *p, double alpha, double *L, double *h)
{
    for (size_t i = 0; i < p->nt; i++) {
        L[i] = log1p(p->ts[i] / alpha);
        h[i] = p->ts[i] / (alpha + p->ts[i]);
    }
}

/* The purchase part common to all: Σ ln (r)_x − r L(T) − x (ln α + L(T)), by tables. */
static void purchase_part(const calc_btyd_prep *p, double r, double ln_alpha, const double *L, const double *h,
                          const calc_rising *rr, double *f, double *g, double H[][CALC_NEWTON_MAX])
{
    double sf = 0, d1 = 0, d2 = 0;
    for (size_t i = 0; i < p->nx; i++) {
        sf += p->wx[i] * rr[i].f;
        d1 += p->wx[i] * rr[i].d1;
        d2 += p->wx[i] * rr[i].d2;
    }
    double sL = 0, sxL = 0, sh = 0, sxh1 = 0, shh = 0;
    for (size_t i = 0; i < p->nt; i++) {
        sL += p->wT[i] * L[i];
        sxL += p->xT[i] * (ln_alpha + L[i]);
        sh += p->wT[i] * h[i];
        sxh1 += p->xT[i] * (1 - h[i]);
        shh += (r * p->wT[i] + p->xT[i]) * h[i] * (1 - h[i]);
    }
    *f = sf - r * sL - sxL;
    g[0] = r * (d1 - sL);
    g[1] = r * sh - sxh1;
    H[0][0] = r * (d1 - sL) + r * r * d2;
    H[0][1] = H[1][0] = r * sh;
    H[1][1] = -shh;
}

void calc_nbd_loglik(const calc_btyd_prep *p, const double *lnpar, double *f, double *g,
                     double H[][CALC_NEWTON_MAX])
{
    calc_rising *rr = kam_alloc((p->nx + 1) * sizeof *rr);
    double *L = kam_alloc((2 * p->nt + 1) * sizeof *L), *h = L + p->nt;
    rising_table(exp(lnpar[0]), p->xs, p->nx, 0, rr);
    time_tables(p, exp(lnpar[1]), L, h);
    purchase_part(p, exp(lnpar[0]), lnpar[1], L, h, rr, f, g, H);
    kam_free(L);
    kam_free(rr);
}

/* The drop-out part that depends on x alone: Σ ln (b)_k − ln (a+b)_k. */
static void dropout_part(const calc_btyd_prep *p, double a, double b, const calc_rising *rb, const calc_rising *rc,
                         double *f, double *g, double H[][CALC_NEWTON_MAX])
{
    double ga = 0, gb = 0, haa = 0, hbb = 0;
    for (size_t i = 0; i < p->nx; i++) {
        const double w = p->wx[i];
        *f += w * (rb[i].f - rc[i].f);
        ga -= w * rc[i].d1;
        gb += w * (rb[i].d1 - rc[i].d1);
        haa -= w * rc[i].d2;
        hbb += w * (rb[i].d2 - rc[i].d2);
    }
    g[2] = a * ga;
    g[3] = b * gb;
    H[2][2] = a * ga + a * a * haa;
    H[2][3] = H[3][2] = a * b * haa;
    H[3][3] = b * gb + b * b * hbb;
}

typedef struct left_row { /* per distinct x */
    double rx, c, yb, ybb;
} left_row;

/* Σ w·softplus(y) and its derivatives: the pass over the groups. */
static void left_part(const calc_btyd_prep *p, double r, const double *L, const double *h, const left_row *row,
                      uint32_t first, double *f, double *g, double H[][CALC_NEWTON_MAX])
{
    double s0 = 0, prod = 1, gr = 0, gl = 0, ga = 0, gb = 0;
    double rr = 0, rl = 0, ra = 0, rb = 0, ll = 0, la = 0, lb = 0, aa = 0, ab = 0, bb = 0;
    for (size_t i = 0; i < p->n; i++) {
        const uint32_t ix = p->ix[i];
        if (ix < first) continue;
        const left_row *q = &row[ix];
        const uint32_t iT = p->iT[i], it = p->itx[i];
        const double dL = L[iT] - L[it], dh = h[iT] - h[it];
        const double y = q->c + q->rx * dL;
        const double e = exp(-fabs(y)), inv = 1 / (1 + e);
        const double sig = y >= 0 ? inv : e * inv;
        const double w = p->w[i], s = w * sig, v = w * e * inv * inv;
        s0 += w * (y > 0 ? y : 0);
        if (w == 1 && e > 1e-8) { /* Σ ln(1+e) as the logarithm of a product: a third of the loop otherwise */
            prod *= 1 + e;
            if (prod > 1e290) {
                s0 += log(prod);
                prod = 1;
            }
        } else {
            s0 += w * log1p(e);
        }
        const double yr = r * dL, yl = -q->rx * dh, vr = v * yr, vl = v * yl;
        gr += s * yr;
        gl += s * yl;
        ga += s;
        gb += s * q->yb;
        rr += s * yr + vr * yr;
        rl += vr * yl - s * r * dh;
        ra += vr;
        rb += vr * q->yb;
        ll += s * q->rx * dh * (1 - h[iT] - h[it]) + vl * yl;
        la += vl;
        lb += vl * q->yb;
        aa += v;
        ab += v * q->yb;
        bb += s * q->ybb + v * q->yb * q->yb;
    }
    const double add[4][4] = {{rr, rl, ra, rb}, {rl, ll, la, lb}, {ra, la, aa, ab}, {rb, lb, ab, bb}};
    const double gadd[4] = {gr, gl, ga, gb};
    *f += s0 + log(prod);
    for (int i = 0; i < 4; i++) {
        g[i] += gadd[i];
        for (int j = 0; j < 4; j++) H[i][j] += add[i][j];
    }
}

void calc_bg_loglik(const calc_btyd_prep *p, bool modified, const double *lnpar, double *f, double *g,
                    double H[][CALC_NEWTON_MAX])
{
    const double r = exp(lnpar[0]), alpha = exp(lnpar[1]), a = exp(lnpar[2]), b = exp(lnpar[3]);
    const double more = modified ? 1 : 0;
    calc_rising *rr = kam_alloc((3 * p->nx + 1) * sizeof *rr), *rb = rr + p->nx, *rc = rb + p->nx;
    double *L = kam_alloc((2 * p->nt + 1) * sizeof *L), *h = L + p->nt;
    left_row *row = kam_alloc((p->nx + 1) * sizeof *row);
    rising_table(r, p->xs, p->nx, 0, rr);
    rising_table(b, p->xs, p->nx, more, rb);
    rising_table(a + b, p->xs, p->nx, more, rc);
    time_tables(p, alpha, L, h);
    for (size_t i = 0; i < p->nx; i++) {
        const double m = b + (p->xs[i] + more - 1);
        row[i] = (left_row){r + p->xs[i], lnpar[2] - log(m), -b / m, -b * (m - b) / (m * m)};
    }
    memset(H, 0, sizeof(double) * CALC_NEWTON_MAX * CALC_NEWTON_MAX);
    purchase_part(p, r, lnpar[1], L, h, rr, f, g, H);
    dropout_part(p, a, b, rb, rc, f, g, H);
    const uint32_t first = !modified && p->nx > 0 && p->xs[0] == 0;
    left_part(p, r, L, h, row, first, f, g, H);
    kam_free(row);
    kam_free(L);
    kam_free(rr);
}

double calc_nbd_loglik1(const double *par, int32_t x, double T)
{
    return calc_ln_rising(par[0], x).f - par[0] * log1p(T / par[1]) - x * log(par[1] + T);
}

double calc_bg_ln_alive(const double *par, bool modified, int32_t x, double tx, double T)
{
    const double k = x + (modified ? 1.0 : 0.0);
    if (k == 0) return 0;
    /* ln((α+T)/(α+t_x)) from the difference, exact when t_x is close to T */
    return -calc_softplus(log(par[2] / (par[3] + (k - 1))) + (par[0] + x) * log1p((T - tx) / (par[1] + tx)));
}

double calc_bg_loglik1(const double *par, bool modified, int32_t x, double tx, double T)
{
    const double k = x + (modified ? 1.0 : 0.0);
    return calc_nbd_loglik1(par, x, T) + calc_ln_rising(par[3], k).f - calc_ln_rising(par[2] + par[3], k).f -
           calc_bg_ln_alive(par, modified, x, tx, T);
}

/* --- the future -------------------------------------------------------------------------------------------------
 * Given alive at T, the rate is Gamma(R = r+x, A = α+T) and the chance to leave after each purchase Beta(a, b+k),
 * independently. If N is the number of purchases an account that never left would make in t (negative binomial,
 * z = t/(A+t)), the k-th purchase is made and survived into independently, so
 *   P(X > j) = P(N > j) · E[q^j],   E[q^j] = (b+k)_j/(a+b+k)_j,   E[X] = Σ_j P(X > j):
 * all terms positive, no pole at a = 1 or a+b+x = 1, nothing to overflow. It equals the 2F1 form of the papers. */
size_t calc_bg_alive_tail(const double *par, bool modified, int32_t x, double T, double t, double eps, double *sf,
                          size_t max, double *sum, double *alive_end)
{
    const double R = par[0] + x, A = par[1] + T, b = par[3] + x + (modified ? 1 : 0), c = par[2] + b;
    const double z = t / (A + t), ln0 = -R * log1p(t / A);
    double pm = 1, scale = ln0, tail, surv = 1, total = 0, alive = 0;
    if (scale > -600) {
        pm = exp(ln0);
        scale = 0;
    }
    tail = -expm1(ln0); /* P(N > 0) */
    size_t j = 0;
    for (; j < max; j++) {
        const double v = tail * surv;
        if (sf) sf[j] = v;
        total += v;
        if (scale == 0) alive += pm * surv;
        const double jn = (double)j;
        surv *= (b + jn) / (c + jn);
        pm *= (R + jn) / (jn + 1) * z;
        if (scale < 0 && pm > 1e250) { /* an underflown start is carried in `scale` until it can be represented */
            if (scale + log(pm) > -600) {
                pm = exp(log(pm) + scale);
                scale = 0;
            } else {
                scale += log(1e250);
                pm *= 1e-250;
            }
        }
        if (scale == 0) tail = fmax(0, tail - pm);
        /* what is left is at most tail·surv/(1−ratio) once the mass is past its mode */
        const double ratio = (R + jn + 1) / (jn + 2) * z;
        if (ratio < 1 && scale == 0) {
            const double beyond = pm * ratio / (1 - ratio);
            const double rest = fmin(tail, beyond + 1e-18 * total) * surv / (1 - ratio);
            if (rest < eps * total || tail <= 0 || beyond < 1e-17 * total) {
                j++;
                break;
            }
        }
    }
    if (sum) *sum = total;
    if (alive_end) *alive_end = fmin(1, alive);
    return j;
}

/* E[X] = E[h(p)], h(p) = (1−(1+pt/A)^−R)/p over p ~ Beta(a, b'): trapezoid over u, logit p = y0 + w·sinh u. Used where
 * the series needs too many terms; accuracy near 1e-13. */
static double mean_by_quadrature(double a, double b, double R, double s)
{
    const double y0 = log(a / b), w = fmin(sqrt(1 / a + 1 / b), 3.0), lnB = calc_ln_beta(a, b);
    double best = 0;
    for (int level = 0; level < 5; level++) {
        const int n = 120 << level;
        const double U = 8.0, du = 2 * U / n;
        double sum = 0;
        for (int i = 0; i <= n; i++) {
            const double u = -U + i * du, y = y0 + w * sinh(u);
            const double lp = -calc_softplus(-y), lq = -calc_softplus(y), p = exp(lp);
            const double v = -R * log1p(p * s);
            const double lh = p * s * R < 1e-9 ? log(R * s) : log(-expm1(v)) - lp;
            sum += exp(a * lp + b * lq - lnB + lh) * w * cosh(u);
        }
        sum *= du;
        if (level > 0 && fabs(sum - best) <= 1e-13 * sum) return sum;
        best = sum;
    }
    return best;
}

double calc_bg_log_mean_alive(const double *par, bool modified, int32_t x, double T, double t)
{
    if (!(t > 0)) return -INFINITY;
    const double R = par[0] + x, A = par[1] + T, s = t / A;
    if (s > 60 || R * s > 1000)
        return log(mean_by_quadrature(par[2], par[3] + x + (modified ? 1 : 0), R, s));
    double sum;
    calc_bg_alive_tail(par, modified, x, T, t, 1e-16, NULL, 200000, &sum, NULL);
    return log(sum);
}

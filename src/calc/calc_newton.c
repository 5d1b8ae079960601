/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calc_newton.h"
#include <math.h>
#include <string.h>

enum { N = CALC_NEWTON_MAX, MAX_STEPS = 200 };
#define MU_MAX 1e12

bool calc_newton_pass(calc_newton_watch *w, int n, double *f, double *g, double H[][N])
{
    if (w->rc == KAM_OK) w->rc = kam_progress_step(w->progress, "fit", w->passes++, 0, w->err);
    if (w->rc == KAM_OK) return true;
    *f = NAN;
    memset(g, 0, (size_t)n * sizeof *g);
    memset(H, 0, (size_t)n * sizeof *H);
    return false;
}

bool calc_newton_solve(int n, const double A[][N], const double *b, double *x)
{
    double L[N][N], y[N];
    for (int i = 0; i < n; i++) {
        for (int j = 0; j <= i; j++) {
            double s = A[i][j];
            for (int k = 0; k < j; k++) s -= L[i][k] * L[j][k];
            if (i == j) {
                if (!(s > 1e-14 * fabs(A[i][i]) && s > 0)) return false;
                L[i][i] = sqrt(s);
            } else {
                L[i][j] = s / L[j][j];
            }
        }
    }
    for (int i = 0; i < n; i++) {
        double s = b[i];
        for (int k = 0; k < i; k++) s -= L[i][k] * y[k];
        y[i] = s / L[i][i];
    }
    for (int i = n - 1; i >= 0; i--) {
        double s = y[i];
        for (int k = i + 1; k < n; k++) s -= L[k][i] * x[k];
        x[i] = s / L[i][i];
    }
    return true;
}

typedef struct point {
    double f, g[N], H[N][N];
} point;

/* −H + mu·diag on the free coordinates, packed. Returns how many are free. */
static int pack(const calc_newton *s, const point *p, double mu, double A[N][N], double *b, int *map)
{
    int m = 0;
    for (int i = 0; i < s->n; i++)
        if (!s->active[i]) map[m++] = i;
    for (int i = 0; i < m; i++) {
        b[i] = p->g[map[i]];
        for (int j = 0; j < m; j++) A[i][j] = -p->H[map[i]][map[j]];
        if (mu > 0) A[i][i] += mu * fmax(fabs(p->H[map[i]][map[i]]), 1e-8 * (1 + fabs(p->g[map[i]])));
    }
    return m;
}

static void mark_active(calc_newton *s, const point *p)
{
    for (int i = 0; i < s->n; i++)
        s->active[i] = (s->v[i] >= s->hi[i] && p->g[i] >= 0) || (s->v[i] <= s->lo[i] && p->g[i] <= 0);
}

/* Newton step with damping mu; false when the matrix is not positive definite. dec = gᵀ(−H)⁻¹g: twice the
 * expected gain, and the squared distance to the optimum in standard errors. */
static bool step_of(const calc_newton *s, const point *p, double mu, double *step, double *dec)
{
    double A[N][N], b[N], x[N];
    int map[N];
    const int m = pack(s, p, mu, A, b, map);
    memset(step, 0, sizeof(double) * N);
    *dec = 0;
    if (m == 0) return true;
    if (!calc_newton_solve(m, (const double(*)[N])A, b, x)) return false;
    double longest = 0;
    for (int i = 0; i < m; i++) {
        step[map[i]] = x[i];
        *dec += x[i] * b[i];
        longest = fmax(longest, fabs(x[i]));
    }
    if (longest > 4) /* coordinates are logarithms: a factor of 50 is far enough for one step */
        for (int i = 0; i < m; i++) step[map[i]] *= 4 / longest;
    return isfinite(*dec);
}

static void move(const calc_newton *s, const double *step, double *v)
{
    for (int i = 0; i < s->n; i++) v[i] = fmin(fmax(s->v[i] + step[i], s->lo[i]), s->hi[i]);
}

static void evaluate(calc_newton *s, calc_newton_fn fn, void *ctx, const double *v, point *p)
{
    fn(ctx, v, &p->f, p->g, p->H);
    s->evaluations++;
}

/* Undamped steps near the optimum, kept as long as the decrement falls. */
static void polish(calc_newton *s, calc_newton_fn fn, void *ctx, point *p, double dec)
{
    for (int i = 0; i < 4 && dec > 1e-18; i++) {
        double step[N], v[N], d2;
        if (!step_of(s, p, 0, step, &dec)) return;
        move(s, step, v);
        point q;
        evaluate(s, fn, ctx, v, &q);
        double keep[N];
        memcpy(keep, s->v, sizeof keep);
        memcpy(s->v, v, sizeof(double) * (size_t)s->n);
        if (!isfinite(q.f) || !step_of(s, &q, 0, step, &d2) || d2 >= dec) {
            memcpy(s->v, keep, sizeof keep);
            return;
        }
        *p = q;
        dec = d2;
    }
}

static void covariance(calc_newton *s, const point *p)
{
    double A[N][N], b[N];
    int map[N];
    const int m = pack(s, p, 0, A, b, map);
    memset(s->cov, 0, sizeof s->cov);
    s->pd = true;
    for (int j = 0; j < m && s->pd; j++) {
        double e[N] = {0}, x[N];
        e[j] = 1;
        s->pd = calc_newton_solve(m, (const double(*)[N])A, e, x);
        for (int i = 0; i < m && s->pd; i++) s->cov[map[i]][map[j]] = x[i];
    }
    if (!s->pd) memset(s->cov, 0, sizeof s->cov);
}

void calc_newton_maximise(calc_newton *s, calc_newton_fn fn, void *ctx)
{
    point p, q;
    double mu = 0, step[N], v[N], dec = 0;
    for (int i = 0; i < s->n; i++) s->v[i] = fmin(fmax(s->v[i], s->lo[i]), s->hi[i]);
    evaluate(s, fn, ctx, s->v, &p);
    s->converged = false;
    for (int it = 0; it < MAX_STEPS; it++) {
        mark_active(s, &p);
        while (mu < MU_MAX && !step_of(s, &p, mu, step, &dec)) mu = mu > 0 ? mu * 4 : 1e-3;
        if (!(mu < MU_MAX)) break;
        if (mu == 0 && dec < 1e-7) {
            polish(s, fn, ctx, &p, dec);
            s->converged = true;
            break;
        }
        move(s, step, v);
        evaluate(s, fn, ctx, v, &q);
        if (isfinite(q.f) && q.f > p.f) {
            memcpy(s->v, v, sizeof(double) * (size_t)s->n);
            p = q;
            mu = mu < 1e-3 ? 0 : mu / 8;
        } else {
            if (dec < 1e-9 * (1 + fabs(p.f)) && mu > 1e4) { /* no step gains: rounding is all that is left */
                s->converged = true;
                break;
            }
            mu = mu > 0 ? mu * 8 : 1e-3;
            if (mu > MU_MAX) break;
        }
    }
    mark_active(s, &p);
    s->f = p.f;
    covariance(s, &p);
}

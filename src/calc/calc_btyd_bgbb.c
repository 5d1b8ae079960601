/* SPDX-License-Identifier: GPL-3.0-or-later */
/* L = Σ_m e^{l_m} over the number m of periods lived, m = t_x … n, with
 *   l_m = ln (α)_x + ln (β)_{m−x} − ln (α+β)_m + ln (δ)_m − ln (γ+δ)_m + [m < n]·(ln γ − ln(γ+δ+m)):
 * products only, so nothing overflows, and the derivatives are posterior means over m. */
#include "calc_btyd_bgbb.h"
#include "calc_newton.h"
#include "calc_special.h"
#include <math.h>
#include <string.h>

enum { P4 = 4 };

typedef struct term { /* l_m with derivatives in ln of the four parameters */
    double l, d[P4], dd[P4][P4];
} term;

/* ln (v)_k and its derivatives in ln v: first v·d1, second v·d1 + v²·d2. */
static double first(double v, const calc_rising *r) { return v * r->d1; }
static double second(double v, const calc_rising *r) { return v * r->d1 + v * v * r->d2; }

static void add_pair(term *t, int i, double a, double b, const calc_rising *c)
{
    /* −ln (a+b)_k in ln a, ln b */
    t->l -= c->f;
    t->d[i] -= a * c->d1;
    t->d[i + 1] -= b * c->d1;
    t->dd[i][i] -= a * c->d1 + a * a * c->d2;
    t->dd[i + 1][i + 1] -= b * c->d1 + b * b * c->d2;
    t->dd[i + 1][i] -= a * b * c->d2;
}

static void term_at(const double *v, int x, int m, int n, term *t)
{
    const calc_rising ra = calc_ln_rising(v[0], x), rb = calc_ln_rising(v[1], m - x), rd = calc_ln_rising(v[3], m);
    const calc_rising rab = calc_ln_rising(v[0] + v[1], m), rgd = calc_ln_rising(v[2] + v[3], m < n ? m + 1 : m);
    memset(t, 0, sizeof *t);
    t->l = ra.f + rb.f + rd.f;
    t->d[0] = first(v[0], &ra);
    t->dd[0][0] = second(v[0], &ra);
    t->d[1] = first(v[1], &rb);
    t->dd[1][1] = second(v[1], &rb);
    t->d[3] = first(v[3], &rd);
    t->dd[3][3] = second(v[3], &rd);
    add_pair(t, 0, v[0], v[1], &rab);
    add_pair(t, 2, v[2], v[3], &rgd);
    if (m < n) {
        t->l += log(v[2]);
        t->d[2] += 1;
    }
}

/* ln L of one row with gradient and Hessian (lower triangle) in ln(parameters). */
static double row_loglik(const double *v, int x, int tx, int n, double *g, double H[P4][P4])
{
    double top = -INFINITY, sum = 0, gs[P4] = {0}, Hs[P4][P4] = {{0}};
    for (int m = tx; m <= n; m++) {
        term t;
        term_at(v, x, m, n, &t);
        if (t.l > top) { /* keep the sums relative to the largest term */
            const double scale = exp(top - t.l);
            sum *= scale;
            for (int i = 0; i < P4; i++) {
                gs[i] *= scale;
                for (int j = 0; j <= i; j++) Hs[i][j] *= scale;
            }
            top = t.l;
        }
        const double e = exp(t.l - top);
        sum += e;
        for (int i = 0; i < P4; i++) {
            gs[i] += e * t.d[i];
            for (int j = 0; j <= i; j++) Hs[i][j] += e * (t.dd[i][j] + t.d[i] * t.d[j]);
        }
    }
    for (int i = 0; i < P4; i++) {
        g[i] = gs[i] / sum;
        for (int j = 0; j <= i; j++) H[i][j] = Hs[i][j] / sum - g[i] * (gs[j] / sum);
    }
    return top + log(sum);
}

/* --- fit: e0, e2 the logits of the mean chances, e1, e3 the logarithms of the sums ------------------------------------ */
static void to_param(const double *e, double *v)
{
    for (int k = 0; k < 4; k += 2) {
        v[k] = exp(e[k + 1] - calc_softplus(-e[k]));
        v[k + 1] = exp(e[k + 1] - calc_softplus(e[k]));
    }
}

static void jacobian(const double *e, double J[P4][P4])
{
    memset(J, 0, sizeof(double) * P4 * P4);
    for (int k = 0; k < 4; k += 2) {
        J[k][k] = calc_sigmoid(-e[k]);
        J[k + 1][k] = -calc_sigmoid(e[k]);
        J[k][k + 1] = J[k + 1][k + 1] = 1;
    }
}

static void objective(void *ctx, const double *e, double *f, double *g, double H[][CALC_NEWTON_MAX])
{
    const calc_bgbb_data *d = ctx;
    double v[P4], gl[P4] = {0}, Hl[P4][P4] = {{0}}, J[P4][P4];
    to_param(e, v);
    *f = 0;
    for (size_t r = 0; r < d->n; r++) {
        const double w = d->weight ? d->weight[r] : 1;
        double gr[P4], Hr[P4][P4];
        if (w == 0) continue;
        *f += w * row_loglik(v, d->x[r], d->tx[r], d->periods[r], gr, Hr);
        for (int i = 0; i < P4; i++) {
            gl[i] += w * gr[i];
            for (int j = 0; j <= i; j++) Hl[i][j] += w * Hr[i][j];
        }
    }
    for (int i = 0; i < P4; i++)
        for (int j = 0; j < i; j++) Hl[j][i] = Hl[i][j];
    jacobian(e, J);
    for (int i = 0; i < P4; i++) {
        g[i] = 0;
        for (int k = 0; k < P4; k++) g[i] += J[k][i] * gl[k];
        for (int j = 0; j < P4; j++) {
            H[i][j] = 0;
            for (int k = 0; k < P4; k++)
                for (int l = 0; l < P4; l++) H[i][j] += J[k][i] * Hl[k][l] * J[l][j];
        }
    }
    for (int k = 0; k < 4; k += 2) H[k][k] -= (gl[k] + gl[k + 1]) * calc_sigmoid(e[k]) * calc_sigmoid(-e[k]);
}

static calc_fit_flag flag_of(const calc_newton *s)
{
    if (s->active[2] && s->v[2] < 0) return CALC_FIT_NO_DROPOUT;
    if ((s->active[2] && s->v[2] > 0) || (s->active[3] && s->v[3] < 0)) return CALC_FIT_POLAR_DROPOUT;
    if (s->active[1] && s->v[1] > 0) return s->active[3] ? CALC_FIT_EQUAL_BOTH : CALC_FIT_EQUAL_RATE;
    if (s->active[3]) return CALC_FIT_EQUAL_DROPOUT;
    return s->active[0] || s->active[1] || !s->pd || !s->converged ? CALC_FIT_FLAT : CALC_FIT_OK;
}

static void fill(const calc_newton *s, calc_bgbb_fit *f)
{
    double J[P4][P4];
    to_param(s->v, f->param);
    jacobian(s->v, J);
    for (int i = 0; i < P4; i++)
        for (int j = 0; j < P4; j++)
            for (int k = 0; k < P4; k++)
                for (int l = 0; l < P4; l++) f->cov_log[i][j] += J[i][k] * s->cov[k][l] * J[j][l];
    for (int i = 0; i < P4; i++) {
        f->has_se[i] = s->pd && !s->active[i & 2] && !s->active[(i & 2) + 1];
        if (f->has_se[i]) f->std_error[i] = f->param[i] * sqrt(fmax(0, f->cov_log[i][i]));
    }
    f->log_likelihood = s->f;
    f->aic = 8 - 2 * s->f;
    f->flag = flag_of(s);
}

static kam_rc check_rows(const calc_bgbb_data *d, kam_err *err)
{
    double accounts = 0, bought = 0;
    for (size_t r = 0; r < d->n; r++) {
        const int32_t x = d->x[r], tx = d->tx[r], n = d->periods[r];
        const double w = d->weight ? d->weight[r] : 1;
        if (x < 0 || tx < x || n < tx || n > 100000 || (x == 0) != (tx == 0) || !(w >= 0 && isfinite(w))) {
            kam_err_set(err, KAM_DATA,
                        "row %zu is not a record of purchases by period (x = %d, t_x = %d of %d): needs "
                        "0 <= x <= t_x <= n, and t_x = 0 exactly where x = 0",
                        r + 1, (int)x, (int)tx, (int)n);
            kam_err_word(err, "bgbb");
            return KAM_DATA;
        }
        if (n > 0) accounts += w;
        bought += w * x;
    }
    if (accounts > 0 && bought > 0) return KAM_OK;
    kam_err_set(err, KAM_CALC, "no account has bought in any of the periods, so the model cannot be fitted");
    kam_err_word(err, "NODATA");
    return KAM_CALC;
}

kam_rc calc_bgbb_fit_model(const calc_bgbb_data *d, calc_bgbb_fit *fit, kam_err *err)
{
    static const double start[4][P4] = {{0, .7, -1.5, 1.2}, {-1.5, 2, -3, 3}, {1.5, 1, -.5, 0}, {0, 4, -2, 4}};
    const kam_rc rc = check_rows(d, err);
    if (rc != KAM_OK) return rc;
    calc_newton best, s;
    calc_bgbb_fit f;
    memset(&f, 0, sizeof f);
    for (int k = 0; k < 4; k++) {
        memset(&s, 0, sizeof s);
        s.n = P4;
        for (int i = 0; i < P4; i++) {
            s.lo[i] = -18;
            s.hi[i] = 18;
            s.v[i] = start[k][i];
        }
        calc_newton_maximise(&s, objective, (void *)(uintptr_t)d);
        for (int i = 0; i < P4; i++) { /* levelling off: compare with the wall itself */
            if (fabs(s.v[i]) < 6) continue;
            calc_newton w = s;
            w.v[i] = w.lo[i] = w.hi[i] = s.v[i] > 0 ? 18 : -18;
            calc_newton_maximise(&w, objective, (void *)(uintptr_t)d);
            if (!(w.f >= s.f - 1e-6)) continue;
            w.active[i] = true;
            s = w;
        }
        f.evaluations += s.evaluations;
        if (k == 0 || s.f > best.f + 1e-9) best = s;
    }
    fill(&best, &f);
    *fit = f;
    return KAM_OK;
}

kam_rc calc_bgbb_fit_given(const double param[4], calc_bgbb_fit *fit, kam_err *err)
{
    calc_bgbb_fit f;
    memset(&f, 0, sizeof f);
    for (int i = 0; i < P4; i++) {
        if (!(param[i] > 0) || !isfinite(param[i])) {
            kam_err_set(err, KAM_USAGE, "the four parameters of the BG/BB model must be positive numbers");
            kam_err_word(err, "bgbb");
            return KAM_USAGE;
        }
        f.param[i] = param[i];
    }
    *fit = f;
    return KAM_OK;
}

/* --- scores ------------------------------------------------------------------------------------------------------------ */
double calc_bgbb_loglik1(const calc_bgbb_fit *f, int32_t x, int32_t tx, int32_t n)
{
    double g[P4], H[P4][P4];
    return row_loglik(f->param, x, tx, n, g, H);
}

/* ln of the likelihood's share of an account alive through period n: l_n. */
static double ln_alive_term(const calc_bgbb_fit *f, int32_t x, int32_t n)
{
    const double *v = f->param;
    return calc_ln_rising(v[0], x).f + calc_ln_rising(v[1], n - x).f - calc_ln_rising(v[0] + v[1], n).f +
           calc_ln_rising(v[3], n).f - calc_ln_rising(v[2] + v[3], n).f;
}

double calc_bgbb_p_alive(const calc_bgbb_fit *f, int32_t x, int32_t tx, int32_t n, int32_t ahead)
{
    const double now = ln_alive_term(f, x, n) - calc_bgbb_loglik1(f, x, tx, n), d = f->param[3] + n;
    return exp(fmin(0, now) + calc_ln_rising(d, ahead).f - calc_ln_rising(d + f->param[2], ahead).f);
}

/* Σ_{k=1…periods} v^k (δ+n)_k/(γ+δ+n)_k; periods < 0: for ever. */
static double survival_sum(const calc_bgbb_fit *f, int32_t n, int32_t periods, double v)
{
    const double d = f->param[3] + n, gd = f->param[2] + d;
    double t = 1, sum = 0;
    for (double k = 0; periods < 0 || k < periods; k += 1) {
        t *= v * (d + k) / (gd + k);
        sum += t;
        if (t < 1e-17 * sum * (1 - v) || k > 1e8) break;
    }
    return sum;
}

double calc_bgbb_expected(const calc_bgbb_fit *f, int32_t x, int32_t tx, int32_t n, int32_t periods)
{
    const double rate = (f->param[0] + x) / (f->param[0] + f->param[1] + n);
    return calc_bgbb_p_alive(f, x, tx, n, 0) * rate * survival_sum(f, n, periods > 0 ? periods : 0, 1);
}

kam_rc calc_bgbb_dert(const calc_bgbb_fit *f, int32_t x, int32_t tx, int32_t n, double d, double *out, kam_err *err)
{
    if (!(d > 0) || !isfinite(d)) {
        kam_err_set(err, KAM_USAGE, "the endless residual needs a discount rate above 0");
        kam_err_word(err, "bgbb");
        return KAM_USAGE;
    }
    const double rate = (f->param[0] + x) / (f->param[0] + f->param[1] + n);
    *out = calc_bgbb_p_alive(f, x, tx, n, 0) * rate * survival_sum(f, n, -1, 1 / (1 + d));
    return KAM_OK;
}

double calc_bgbb_expected_new(const calc_bgbb_fit *f, int32_t periods)
{
    return f->param[0] / (f->param[0] + f->param[1]) * survival_sum(f, 0, periods > 0 ? periods : 0, 1);
}

double calc_bgbb_pmf_new(const calc_bgbb_fit *f, int32_t x, int32_t periods)
{
    double sum = 0;
    if (x < 0 || x > periods) return 0;
    for (int32_t m = x; m <= periods; m++) { /* lived m periods, bought x times in them in any order */
        term t;
        term_at(f->param, x, m, periods, &t);
        sum += exp(t.l - calc_ln_beta(x + 1.0, m - x + 1.0) - log(m + 1.0));
    }
    return sum;
}

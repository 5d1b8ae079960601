/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fitting. The search runs in coordinates in which every known limit of the models is a wall of a box:
 *   e0 = ln(r/α) mean purchase rate          e2 = logit(a/(a+b)), or ln(s·y) drop-out by the mean age
 *   e1 = ln r    likeness of the accounts    e3 = ln(a+b), or ln y, y = ln(1 + 1/β)
 * r, α → ∞ is e1 at its upper wall, a, b → ∞ is e3 at its upper wall (s, β → ∞: at its lower one), no drop-out is e2 at its
 * lower wall, and an optimum there is found, held and named instead of being a "failure to converge". Times are scaled by
 * the mean age, so the walls and the starts do not know the unit.
 *
 * Why y: of Pareto/NBD e^{−s·y} is the share alive at age 1, the mean age. Where some leave at once and the others never,
 * s → 0 and β → 0 while this share stays: in ln β a ridge that bends away without end (β = e^{−c/s}), here the straight
 * line e3 → ∞. Its wall is β = e^{−665}, the smallest that a double holds; s there is a 665th of the drop-out. */
#include "calc_btyd_int.h"
#include "calc_special.h"
#include <math.h>
#include <string.h>

typedef struct search {
    const calc_btyd_prep *p;
    calc_btyd_model model;
    calc_newton_watch *watch;
} search;

enum { STARTS = 7, QUICK = 5 /* the starts from here on are for lives that are short */, MANY = 40000 /* groups */, SAMPLE = 8000 };
static const double wall_lo[2][P4] = {{-30, -18, -23, -18}, {-30, -18, -23, -23}}; /* the second row: Pareto/NBD */
static const double wall_hi[2][P4] = {{30, 18.4, 23, 23}, {30, 18.4, 23, 6.5}};

static const double *lowest(const search *c) { return wall_lo[c->model == CALC_BTYD_PARETO]; }
static const double *highest(const search *c) { return wall_hi[c->model == CALC_BTYD_PARETO]; }

static void to_log(calc_btyd_model m, const double *e, double *lp)
{
    lp[0] = e[1];
    lp[1] = e[1] - e[0];
    if (m == CALC_BTYD_NBD) return;
    if (m == CALC_BTYD_PARETO) {
        const double y = exp(e[3]);
        lp[2] = e[2] - e[3];
        lp[3] = y > 36 ? -y : -log(expm1(y));
    } else {
        lp[2] = e[3] - calc_softplus(-e[2]);
        lp[3] = e[3] - calc_softplus(e[2]);
    }
}

/* −d ln β / d e3 = y (1 + β): 1 for large β, y for small. */
static double pareto_slope(const double *e)
{
    const double y = exp(e[3]);
    return y / -expm1(-y);
}

/* Jacobian d ln(par) / d e. */
static void jacobian(calc_btyd_model m, const double *e, double J[P4][P4])
{
    memset(J, 0, sizeof(double) * P4 * P4);
    J[0][1] = 1;
    J[1][0] = -1;
    J[1][1] = 1;
    if (m == CALC_BTYD_NBD) return;
    if (m == CALC_BTYD_PARETO) {
        J[2][2] = 1;
        J[2][3] = -1;
        J[3][3] = -pareto_slope(e);
    } else {
        J[2][3] = J[3][3] = 1;
        J[2][2] = calc_sigmoid(-e[2]);
        J[3][2] = -calc_sigmoid(e[2]);
    }
}

static void objective(void *ctx, const double *e, double *f, double *g, double H[][CALC_NEWTON_MAX])
{
    const search *s = ctx;
    double lp[P4] = {0}, gl[P4] = {0}, Hl[P4][CALC_NEWTON_MAX], J[P4][P4];
    memset(Hl, 0, sizeof Hl);
    if (!calc_newton_pass(s->watch, P4, f, g, H)) return;
    to_log(s->model, e, lp);
    switch (s->model) {
    case CALC_BTYD_PARETO: calc_pareto_loglik(s->p, lp, f, gl, Hl); break;
    case CALC_BTYD_NBD: calc_nbd_loglik(s->p, lp, f, gl, Hl); break;
    default: calc_bg_loglik(s->p, s->model == CALC_BTYD_MBG, lp, f, gl, Hl);
    }
    jacobian(s->model, e, J);
    const int n = calc_btyd_n_params(s->model);
    for (int i = 0; i < n; i++) {
        g[i] = 0;
        for (int k = 0; k < n; k++) g[i] += J[k][i] * gl[k];
        for (int j = 0; j < n; j++) {
            H[i][j] = 0;
            for (int k = 0; k < n; k++)
                for (int l = 0; l < n; l++) H[i][j] += J[k][i] * Hl[k][l] * J[l][j];
        }
    }
    if (s->model == CALC_BTYD_BG || s->model == CALC_BTYD_MBG)
        H[2][2] -= (gl[2] + gl[3]) * calc_sigmoid(e[2]) * calc_sigmoid(-e[2]);
    if (s->model == CALC_BTYD_PARETO) { /* d² ln β / d e3² = y (1 + β) (y β − 1) */
        const double y = exp(e[3]);
        H[3][3] += gl[3] * pareto_slope(e) * (y / expm1(y) - 1);
    }
}

static void start_at(calc_newton *s, const search *c, int which)
{
    static const double shape[STARTS] = {-0.4, 1.1, -1.6, -2.0, 2.5, 1.4, -0.4};
    static const double bg2[STARTS] = {-1.1, -3.0, 0.0, 1.0, -2.0, 3.5, 2.0}, bg3[STARTS] = {1.1, 3.4, -0.3, -2.0, 4.0, 0.5, -1.0};
    static const double pa2[STARTS] = {0.0, -2.0, 1.5, 3.0, -1.0, 3.5, 2.0}, pa3[STARTS] = {-0.4, 2.0, -1.4, -2.0, 4.0, 0.5, -1.0};
    const bool pareto = c->model == CALC_BTYD_PARETO;
    s->v[0] = log(c->p->sum_x / c->p->sum_T * c->p->scale) + 0.3;
    /* Where nearly everybody leaves at once, the rate is that of the time in which they bought, not of all the time. */
    if (which >= QUICK && c->p->sum_tx > 0) s->v[0] = log(c->p->sum_x / c->p->sum_tx * c->p->scale);
    s->v[1] = shape[which];
    s->v[2] = bg2[which];
    s->v[3] = bg3[which];
    if (pareto) { /* given as ln(s/β) and ln s */
        s->v[3] = log(log1p(exp(pa2[which] - pa3[which])));
        s->v[2] = pa3[which] + s->v[3];
    }
}

static void open_box(calc_newton *s, const search *c)
{
    memset(s, 0, sizeof *s);
    s->n = calc_btyd_n_params(c->model);
    memcpy(s->lo, lowest(c), sizeof s->lo);
    memcpy(s->hi, highest(c), sizeof s->hi);
}

/* An optimum far out in a direction in which the likelihood only levels off is compared with the wall itself. */
static void try_wall(calc_newton *best, const search *c, int i, double at)
{
    calc_newton s = *best;
    s.v[i] = s.lo[i] = s.hi[i] = at;
    calc_newton_maximise(&s, objective, (void *)(uintptr_t)c);
    best->evaluations = s.evaluations;
    if (!isfinite(s.f) || s.f < best->f - 1e-6) return;
    s.active[i] = true;
    *best = s;
}

static void try_walls(calc_newton *best, const search *c)
{
    const bool two = c->model == CALC_BTYD_NBD;
    const double *lo = lowest(c), *hi = highest(c);
    if (best->v[1] > 4.6) try_wall(best, c, 1, hi[1]);
    if (two) return;
    if (best->v[2] < -7) try_wall(best, c, 2, lo[2]);
    if (best->v[2] > 7) try_wall(best, c, 2, hi[2]);
    if (best->v[3] > (c->model == CALC_BTYD_PARETO ? 2 : 4.6)) try_wall(best, c, 3, hi[3]);
    if (best->v[3] < -4.6) try_wall(best, c, 3, lo[3]);
}

/* Is a direction so flat that a factor of 150 either way explains the data as well? Of Pareto/NBD that is asked of s/β and of s. */
static bool flat(const calc_newton *s, const search *c)
{
    for (int i = 0; i < s->n; i++)
        if ((i < 2 || c->model != CALC_BTYD_PARETO) && s->cov[i][i] > 25) return true;
    if (c->model != CALC_BTYD_PARETO) return false;
    const double b = pareto_slope(s->v) - 1; /* ln(s/β) = e2 + b·e3, ln s = e2 − e3, to first order */
    return s->cov[2][2] + 2 * b * s->cov[2][3] + b * b * s->cov[3][3] > 25 || s->cov[2][2] - 2 * s->cov[2][3] + s->cov[3][3] > 25;
}

static calc_fit_flag flag_of(const calc_newton *s, const search *c)
{
    const int turned = c->model == CALC_BTYD_PARETO; /* e3 runs the other way */
    bool up[P4] = {false}, down[P4] = {false};
    for (int i = 0; i < s->n; i++) {
        const bool high = s->active[i] && s->v[i] >= highest(c)[i], low = s->active[i] && s->v[i] <= lowest(c)[i];
        up[i] = i == 3 && turned ? low : high;
        down[i] = i == 3 && turned ? high : low;
    }
    if (down[2]) return CALC_FIT_NO_DROPOUT;
    if (up[2] || down[3]) return CALC_FIT_POLAR_DROPOUT;
    if (up[1] && up[3]) return CALC_FIT_EQUAL_BOTH;
    if (up[1]) return CALC_FIT_EQUAL_RATE;
    if (up[3]) return CALC_FIT_EQUAL_DROPOUT;
    if (up[0] || down[0] || down[1] || !s->pd || !s->converged) return CALC_FIT_FLAT;
    return flat(s, c) ? CALC_FIT_FLAT : CALC_FIT_OK;
}

static void fill(const calc_newton *s, const search *c, calc_btyd_fit *fit)
{
    double lp[P4] = {0}, J[P4][P4];
    const int n = s->n;
    to_log(c->model, s->v, lp);
    jacobian(c->model, s->v, J);
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++) {
            fit->cov_log[i][j] = 0;
            for (int k = 0; k < n; k++)
                for (int l = 0; l < n; l++) fit->cov_log[i][j] += J[i][k] * s->cov[k][l] * J[j][l];
        }
    const bool pair[2] = {s->pd && !s->active[0] && !s->active[1], s->pd && n == 4 && !s->active[2] && !s->active[3]};
    for (int i = 0; i < n; i++) {
        fit->param[i] = exp(lp[i]);
        if (i % 2 == 1 && (i == 1 || c->model == CALC_BTYD_PARETO)) fit->param[i] *= c->p->scale;
        fit->has_se[i] = pair[i / 2];
        fit->std_error[i] = fit->has_se[i] ? fit->param[i] * sqrt(fmax(0, fit->cov_log[i][i])) : 0;
    }
    fit->log_likelihood = s->f - c->p->sum_x * log(c->p->scale);
    fit->aic = 2 * n - 2 * fit->log_likelihood;
    fit->evaluations = s->evaluations;
}

/* No repeat purchase at all, or one account: one common rate, nobody leaves. */
static void fill_common_rate(const search *c, double rate, calc_fit_flag flag, calc_btyd_fit *fit)
{
    calc_newton s;
    double g[P4], H[P4][CALC_NEWTON_MAX];
    open_box(&s, c);
    s.v[0] = log(rate * c->p->scale);
    s.v[1] = highest(c)[1];
    s.v[2] = lowest(c)[2];
    s.v[3] = c->model == CALC_BTYD_PARETO ? lowest(c)[3] : 0;
    objective((void *)(uintptr_t)c, s.v, &s.f, g, H);
    s.evaluations = 1;
    s.cov[0][0] = 1 / fmax(c->p->sum_x, 0.5); /* of ln(rate), Poisson */
    fill(&s, c, fit);
    fit->flag = flag;
}

/* Where there are very many groups, an even sample of some thousands of them says nearly where the optimum is, at a
 * hundredth of the cost. Taken only when it lies well inside the box: near a wall the sample may mislead. */
static bool sampled_start(const search *c, double *v)
{
    if (c->p->n < MANY) return false;
    calc_btyd_prep p;
    calc_newton s;
    const search sub = {&p, c->model, c->watch};
    calc_btyd_prep_sample(c->p, (uint32_t)(c->p->n / SAMPLE), &p);
    bool inside = p.repeaters > 0;
    if (inside) {
        if (c->model == CALC_BTYD_PARETO) calc_btyd_prep_pairs(&p);
        open_box(&s, &sub);
        start_at(&s, &sub, 0);
        calc_newton_maximise(&s, objective, (void *)(uintptr_t)&sub);
        inside = s.converged && s.pd;
        for (int i = 0; i < s.n; i++) {
            inside = inside && !s.active[i] && s.cov[i][i] < 1;
            v[i] = s.v[i];
        }
    }
    calc_btyd_prep_release(&p);
    return inside;
}

/* The NBD's optimum. Held: each model has the NBD within it, and none may be less likely. Free, for Pareto/NBD: as it is, but for a few that
 * leave at once. */
static void start_at_nbd(calc_newton *s, const search *c, bool held)
{
    const search nbd = {c->p, CALC_BTYD_NBD, c->watch};
    calc_newton best = {.f = NAN}, t;
    for (int k = 0; k < STARTS; k++) {
        open_box(&t, &nbd);
        start_at(&t, &nbd, k);
        calc_newton_maximise(&t, objective, (void *)(uintptr_t)&nbd);
        if (k == 0 || t.f > best.f) best = t;
    }
    s->v[0] = best.v[0];
    s->v[1] = best.v[1];
    if (held) {
        s->v[2] = s->hi[2] = s->lo[2];
        s->v[3] = s->lo[3] = s->hi[3] = 0; /* says nothing where nobody leaves */
    } else {
        s->v[2] = -2;
        s->v[3] = 5;
    }
}

static void fit_prepared(const search *c, calc_btyd_fit *fit)
{
    if (c->p->repeaters == 0) {
        fill_common_rate(c, 0.5 / c->p->sum_T, CALC_FIT_NO_REPEAT, fit);
        return;
    }
    if (c->p->sum_w == 1) {
        fill_common_rate(c, c->p->sum_x / c->p->sum_T, CALC_FIT_ONE_ACCOUNT, fit);
        return;
    }
    calc_newton best, s;
    calc_fit_flag flag = CALC_FIT_FLAT;
    int evaluations = 0;
    double near[P4] = {0};
    const int from = sampled_start(c, near) ? -1 : 0;
    const int held = c->model == CALC_BTYD_NBD ? -2 : STARTS, starts = STARTS + (held > 0) + (c->model == CALC_BTYD_PARETO);
    for (int k = from; k < starts; k++) {
        open_box(&s, c);
        if (k >= 0 && k < STARTS) start_at(&s, c, k);
        else memcpy(s.v, near, sizeof near);
        if (k >= STARTS) start_at_nbd(&s, c, k == held);
        calc_newton_maximise(&s, objective, (void *)(uintptr_t)c);
        if (k == held) s.active[2] = true;
        else try_walls(&s, c);
        evaluations += s.evaluations;
        if (c->watch->rc != KAM_OK) return;
        const bool again = k > from && best.converged && s.converged && fabs(s.f - best.f) < 1e-6;
        if (k == from || !isfinite(best.f) || (s.converged && !best.converged && s.f > best.f - 1e-6) || s.f > best.f + 1e-9) {
            best = s;
            flag = flag_of(&best, c);
        }
        fit->starts = k - from + 1;
        if (flag == CALC_FIT_OK && c->p->n > 2000) break; /* other starts only where they are cheap or needed */
        if (again && c->p->n > MANY) break;               /* a limit, and two starts lead there */
    }
    fill(&best, c, fit);
    fit->evaluations = evaluations;
    fit->flag = flag;
}

static kam_rc check_data(const calc_btyd_groups *g, kam_err *err)
{
    for (size_t i = 0; i < g->n; i++)
        if (g->T[i] > 0) return KAM_OK;
    kam_err_set(err, KAM_CALC,
                "there is no account to fit a purchase model to: none has bought before the last day of the data "
                "(choose a later -asof, or import purchases)");
    kam_err_word(err, "NODATA");
    return KAM_CALC;
}

static kam_rc fit_groups(const calc_btyd_groups *g, calc_btyd_prep *p, calc_btyd_model m, kam_progress *progress, calc_btyd_fit *fit,
                         kam_err *err)
{
    if (m == CALC_BTYD_PARETO) calc_btyd_prep_pairs(p);
    p->progress = progress;
    calc_btyd_fit f;
    memset(&f, 0, sizeof f);
    f.model = m;
    f.n_params = calc_btyd_n_params(m);
    f.n_accounts = g->n_accounts;
    f.n_repeaters = g->n_repeaters;
    f.n_groups = g->n;
    calc_newton_watch w = {progress, 0, KAM_OK, err};
    const search c = {p, m, &w};
    fit_prepared(&c, &f);
    if (w.rc == KAM_OK) *fit = f;
    return w.rc;
}

kam_rc calc_btyd_fit_model(const calc_btyd_data *d, calc_btyd_model model, calc_btyd_fit *fit, kam_err *err)
{
    calc_btyd_groups g;
    kam_rc rc = calc_btyd_group(d, &g, err);
    if (rc != KAM_OK) return rc;
    rc = check_data(&g, err);
    if (rc == KAM_OK) {
        calc_btyd_prep p;
        calc_btyd_prep_build(&g, &p);
        rc = fit_groups(&g, &p, model, d->progress, fit, err);
        calc_btyd_prep_release(&p);
    }
    calc_btyd_groups_release(&g);
    return rc;
}

kam_rc calc_btyd_fit_best(const calc_btyd_data *d, calc_btyd_fit *best, calc_btyd_fit all[3], kam_err *err)
{
    static const calc_btyd_model order[3] = {CALC_BTYD_BG, CALC_BTYD_MBG, CALC_BTYD_PARETO};
    calc_btyd_groups g;
    kam_rc rc = calc_btyd_group(d, &g, err);
    if (rc != KAM_OK) return rc;
    rc = check_data(&g, err);
    if (rc == KAM_OK) {
        calc_btyd_prep p;
        calc_btyd_fit f[3];
        calc_btyd_prep_build(&g, &p);
        int pick = 0;
        for (int i = 0; i < 3 && rc == KAM_OK; i++) {
            rc = fit_groups(&g, &p, order[i], d->progress, &f[i], err);
            if (rc == KAM_OK && f[i].aic < f[pick].aic - 1e-6) pick = i;
        }
        calc_btyd_prep_release(&p);
        if (rc == KAM_OK) *best = f[pick];
        if (rc == KAM_OK && all) memcpy(all, f, sizeof f);
    }
    calc_btyd_groups_release(&g);
    return rc;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* P(alive) of all groups at one set of parameters, from tables over the distinct x, times and (x, time) pairs: one
 * exponential a group. Agrees with calc_btyd_p_alive to the rounding of the logarithms, (r+x) times 1e-16. */
#include "calc_btyd_int.h"
#include "calc_special.h"
#include "kam_mem.h"
#include <math.h>

static double bg_one(const double *par, double more, double x, double c, double between)
{
    return x + more == 0 ? 1 : calc_sigmoid(-(c + (par[0] + x) * between));
}

static double bg_leaving(const double *par, double more, double x) { return log(par[2] / (par[3] + (x + more - 1))); }

static void bg_alive(const double *par, bool modified, double alpha, const calc_btyd_prep *p, double *out)
{
    double *L = kam_alloc((p->nt + p->nx + 1) * sizeof *L), *c = L + p->nt;
    const double more = modified ? 1 : 0;
    for (size_t i = 0; i < p->nt; i++) L[i] = log1p(p->ts[i] / alpha);
    for (size_t i = 0; i < p->nx; i++) c[i] = bg_leaving(par, more, p->xs[i]);
    for (size_t i = 0; i < p->n; i++) out[i] = bg_one(par, more, p->xs[p->ix[i]], c[p->ix[i]], L[p->iT[i]] - L[p->itx[i]]);
    kam_free(L);
}

/* ln c_T and ln c_x (calc_btyd_pareto.c) of all pairs; false when they cannot be had at a fair price. */
static bool pair_logs(const double *par, const calc_btyd_prep *p, double *cT, double *cx)
{
    const calc_btyd_pairs *a = &p->pairs_T, *b = &p->pairs_x;
    if (!a->of || p->nt == 0) return false;
    if (fabs(par[1] - par[3]) <= 0.9 * (fmax(par[1], par[3]) + p->ts[0])) {
        for (size_t i = 0; i < a->n; i++) cT[i] = log(calc_pareto_c_T(par, p->xs[a->ix[i]], p->ts[a->it[i]]));
        for (size_t i = 0; i < b->n; i++) cx[i] = log(calc_pareto_c_x(par, p->xs[b->ix[i]], p->ts[b->it[i]]));
        return true;
    }
    calc_pareto_pair *pair = kam_alloc((a->n + b->n + 1) * sizeof *pair);
    const bool ok = calc_pareto_chain(p, par, pair, pair + a->n);
    for (size_t i = 0; ok && i < a->n; i++) cT[i] = pair[i].l;
    for (size_t i = 0; ok && i < b->n; i++) cx[i] = pair[a->n + i].l;
    kam_free(pair);
    return ok;
}

/* 1/P(alive) = c_T + c_x·Y_x/Y_T; share = 1/c_T, la and lb the differences of ln(1+t/α) and ln(1+t/β). */
static double pareto_one(const double *par, double x, double cT, double cx, double share, double la, double lb)
{
    const double y = cx - cT + (par[0] + x) * la + par[2] * lb;
    return fmin(1, share * calc_sigmoid(-y));
}

static void pareto_alive(const double *par, const calc_btyd_prep *p, double *out)
{
    const size_t nT = p->pairs_T.n, nx = p->pairs_x.n;
    double *cT = kam_alloc((2 * nT + nx + 2 * p->nt + 1) * sizeof *cT), *share = cT + nT, *cx = share + nT, *la = cx + nx,
           *lb = la + p->nt;
    if (!pair_logs(par, p, cT, cx)) {
        for (size_t i = 0; i < p->n; i++)
            out[i] = exp(calc_pareto_ln_alive(par, (int32_t)p->xs[p->ix[i]], p->ts[p->itx[i]], p->ts[p->iT[i]]));
        kam_free(cT);
        return;
    }
    for (size_t i = 0; i < nT; i++) share[i] = exp(-cT[i]);
    for (size_t i = 0; i < p->nt; i++) {
        la[i] = log1p(p->ts[i] / par[1]);
        lb[i] = log1p(p->ts[i] / par[3]);
    }
    for (size_t i = 0; i < p->n; i++) {
        const uint32_t iT = p->iT[i], it = p->itx[i], a = p->pairs_T.of[i];
        out[i] = pareto_one(par, p->xs[p->ix[i]], cT[a], cx[p->pairs_x.of[i]], share[a], la[iT] - la[it], lb[iT] - lb[it]);
    }
    kam_free(cT);
}

static void scaled(const calc_btyd_fit *f, double scale, double par[P4])
{
    par[0] = f->param[0];
    par[1] = f->param[1] / scale;
    par[2] = f->param[2];
    par[3] = f->model == CALC_BTYD_PARETO ? f->param[3] / scale : f->param[3];
}

void calc_btyd_alive_all(const calc_btyd_fit *f, const calc_btyd_prep *p, double *out)
{
    double par[P4];
    scaled(f, p->scale, par);
    switch (f->model) {
    case CALC_BTYD_NBD:
        for (size_t i = 0; i < p->n; i++) out[i] = 1;
        break;
    case CALC_BTYD_PARETO: pareto_alive(par, p, out); break;
    default:
        bg_alive(par, f->model == CALC_BTYD_MBG, par[1], p, out);
    }
}

double *calc_btyd_alive_logs(const calc_btyd_fit *f, const calc_btyd_prep *p)
{
    double par[P4], *logs;
    if (f->model != CALC_BTYD_PARETO) return NULL;
    scaled(f, p->scale, par);
    logs = kam_alloc((p->pairs_T.n + p->pairs_x.n + 1) * sizeof *logs);
    if (pair_logs(par, p, logs, logs + p->pairs_T.n)) return logs;
    kam_free(logs);
    return NULL;
}

/* Which pair (x, time) is; they are few thousands. */
static size_t pair_at(const calc_btyd_prep *p, const calc_btyd_pairs *l, double x, double time)
{
    for (size_t i = 0; i < l->n; i++)
        if (p->xs[l->ix[i]] == x && p->ts[l->it[i]] == time) return i;
    KAM_BUG("no account is like this one");
}

double calc_btyd_alive_one(const calc_btyd_fit *f, const calc_btyd_prep *p, const double *logs, int32_t repeat, double tx, double T)
{
    double par[P4];
    const double x = repeat, at_x = tx / p->scale, at_T = T / p->scale;
    scaled(f, p->scale, par);
    const double la = log1p(at_T / par[1]) - log1p(at_x / par[1]);
    if (f->model == CALC_BTYD_NBD) return 1;
    if (f->model != CALC_BTYD_PARETO) {
        const double more = f->model == CALC_BTYD_MBG;
        return bg_one(par, more, x, bg_leaving(par, more, x), la);
    }
    if (!logs) return exp(calc_pareto_ln_alive(par, repeat, at_x, at_T));
    const double cT = logs[pair_at(p, &p->pairs_T, x, at_T)], cx = logs[p->pairs_T.n + pair_at(p, &p->pairs_x, x, at_x)];
    return pareto_one(par, x, cT, cx, exp(-cT), la, log1p(at_T / par[3]) - log1p(at_x / par[3]));
}

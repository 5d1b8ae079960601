/* SPDX-License-Identifier: GPL-3.0-or-later */
/* P(alive) of all groups at one set of parameters, from tables over the distinct x, times and (x, time) pairs: one
 * exponential a group. Agrees with calc_btyd_p_alive to the rounding of the logarithms, (r+x) times 1e-16. */
#include "calc_btyd_int.h"
#include "calc_special.h"
#include "kam_mem.h"
#include <math.h>

static void bg_alive(const double *par, bool modified, double alpha, const calc_btyd_prep *p, double *out)
{
    double *L = kam_alloc((p->nt + p->nx + 1) * sizeof *L), *c = L + p->nt;
    const double more = modified ? 1 : 0;
    for (size_t i = 0; i < p->nt; i++) L[i] = log1p(p->ts[i] / alpha);
    for (size_t i = 0; i < p->nx; i++) c[i] = log(par[2] / (par[3] + (p->xs[i] + more - 1)));
    for (size_t i = 0; i < p->n; i++) {
        const double x = p->xs[p->ix[i]];
        out[i] = x + more == 0 ? 1 : calc_sigmoid(-(c[p->ix[i]] + (par[0] + x) * (L[p->iT[i]] - L[p->itx[i]])));
    }
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

/* 1/P(alive) = c_T + c_x·Y_x/Y_T. */
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
        const double y = cx[p->pairs_x.of[i]] - cT[a] + (par[0] + p->xs[p->ix[i]]) * (la[iT] - la[it]) + par[2] * (lb[iT] - lb[it]);
        out[i] = fmin(1, share[a] * calc_sigmoid(-y));
    }
    kam_free(cT);
}

void calc_btyd_alive_all(const calc_btyd_fit *f, const calc_btyd_prep *p, double *out)
{
    const double par[P4] = {f->param[0], f->param[1] / p->scale, f->param[2],
                            f->model == CALC_BTYD_PARETO ? f->param[3] / p->scale : f->param[3]};
    switch (f->model) {
    case CALC_BTYD_NBD:
        for (size_t i = 0; i < p->n; i++) out[i] = 1;
        break;
    case CALC_BTYD_PARETO: pareto_alive(par, p, out); break;
    default:
        bg_alive(par, f->model == CALC_BTYD_MBG, par[1], p, out);
    }
}

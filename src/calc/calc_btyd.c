/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names of models and parameters, and the scores of one account, whichever model. */
#include "calc_btyd.h"
#include "calc_btyd_int.h"
#include "calc_special.h"
#include <math.h>
#include <string.h>

static const struct {
    const char *name, *param[P4];
} model[CALC_BTYD_MODELS] = {
    {"bg-nbd", {"r", "alpha", "a", "b"}},
    {"mbg-nbd", {"r", "alpha", "a", "b"}},
    {"pareto-nbd", {"r", "alpha", "s", "beta"}},
    {"nbd", {"r", "alpha", NULL, NULL}},
};

const char *calc_btyd_model_name(calc_btyd_model m) { return model[m].name; }
int calc_btyd_n_params(calc_btyd_model m) { return m == CALC_BTYD_NBD ? 2 : 4; }
const char *calc_btyd_param_name(calc_btyd_model m, int i) { return model[m].param[i]; }

const char *calc_fit_flag_name(calc_fit_flag f)
{
    static const char *const name[] = {"ok",         "no-repeat",  "one-account",   "no-dropout", "equal-dropout",
                                       "equal-rate", "equal-both", "polar-dropout", "flat"};
    return name[f];
}

kam_rc calc_btyd_fit_given(calc_btyd_model m, const double *param, calc_btyd_fit *fit, kam_err *err)
{
    calc_btyd_fit f;
    memset(&f, 0, sizeof f);
    f.model = m;
    f.n_params = calc_btyd_n_params(m);
    for (int i = 0; i < f.n_params; i++) {
        if (!(param[i] > 0) || !isfinite(param[i])) {
            kam_err_set(err, KAM_USAGE, "parameter %s of %s must be a positive number", model[m].param[i],
                        model[m].name);
            kam_err_word(err, "lifetime-value");
            return KAM_USAGE;
        }
        f.param[i] = param[i];
    }
    *fit = f;
    return KAM_OK;
}

static bool is_mbg(const calc_btyd_fit *f) { return f->model == CALC_BTYD_MBG; }

double calc_btyd_loglik1(const calc_btyd_fit *f, int32_t x, double tx, double T)
{
    switch (f->model) {
    case CALC_BTYD_PARETO: return calc_pareto_loglik1(f->param, x, tx, T);
    case CALC_BTYD_NBD: return calc_nbd_loglik1(f->param, x, T);
    default: return calc_bg_loglik1(f->param, is_mbg(f), x, tx, T);
    }
}

double calc_btyd_log_p_alive(const calc_btyd_fit *f, int32_t x, double tx, double T)
{
    switch (f->model) {
    case CALC_BTYD_PARETO: return calc_pareto_ln_alive(f->param, x, tx, T);
    case CALC_BTYD_NBD: return 0;
    default: return calc_bg_ln_alive(f->param, is_mbg(f), x, tx, T);
    }
}

double calc_btyd_p_alive(const calc_btyd_fit *f, int32_t x, double tx, double T)
{
    return exp(calc_btyd_log_p_alive(f, x, tx, T));
}

/* Pareto/NBD: the drop-out rate given alive at T is Gamma(s, β+T). */
static double stay(const calc_btyd_fit *f, int32_t x, double T, double t)
{
    double v = 1;
    if (f->model == CALC_BTYD_PARETO) return exp(-f->param[2] * log1p(t / (f->param[3] + T)));
    if (f->model != CALC_BTYD_NBD) calc_bg_alive_tail(f->param, is_mbg(f), x, T, t, 1e-15, NULL, 100000, NULL, &v);
    return v;
}

double calc_btyd_p_alive_ahead(const calc_btyd_fit *f, int32_t x, double tx, double T, double t)
{
    const double now = calc_btyd_p_alive(f, x, tx, T);
    return t > 0 ? now * stay(f, x, T, t) : now;
}

double calc_btyd_log_mean_alive(const calc_btyd_fit *f, int32_t x, double T, double t)
{
    switch (f->model) {
    case CALC_BTYD_PARETO: return calc_pareto_log_mean_alive(f->param, x, T, t);
    case CALC_BTYD_NBD: return log((f->param[0] + x) / (f->param[1] + T)) + log(t);
    default: return calc_bg_log_mean_alive(f->param, is_mbg(f), x, T, t);
    }
}

double calc_btyd_log_expected(const calc_btyd_fit *f, int32_t x, double tx, double T, double t)
{
    if (!(t > 0)) return -INFINITY;
    return calc_btyd_log_p_alive(f, x, tx, T) + calc_btyd_log_mean_alive(f, x, T, t);
}

double calc_btyd_expected(const calc_btyd_fit *f, int32_t x, double tx, double T, double t)
{
    return exp(calc_btyd_log_expected(f, x, tx, T, t));
}

/* A new account is the record (0, 0, 0): for MBG/NBD it may leave right after its first purchase. */
double calc_btyd_expected_new(const calc_btyd_fit *f, double t) { return calc_btyd_expected(f, 0, 0, 0, t); }

kam_rc calc_btyd_loglik(const calc_btyd_fit *fit, const calc_btyd_data *d, double *ll, kam_err *err)
{
    calc_btyd_groups g;
    const kam_rc rc = calc_btyd_group(d, &g, err);
    if (rc != KAM_OK) return rc;
    double sum = 0;
    for (size_t i = 0; i < g.n; i++) sum += g.weight[i] * calc_btyd_loglik1(fit, g.x[i], g.tx[i], g.T[i]);
    calc_btyd_groups_release(&g);
    *ll = sum;
    return KAM_OK;
}

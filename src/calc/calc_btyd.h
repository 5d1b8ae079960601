/* SPDX-License-Identifier: GPL-3.0-or-later */
/* calc_btyd: how often and how long do accounts that sign no contract go on buying? ("buy till you die")
 *
 * Models (rates and times in one unit, any unit):
 *   BG/NBD      r, alpha, a, b     Fader, Hardie & Lee 2005, "Counting Your Customers the Easy Way"
 *   MBG/NBD     r, alpha, a, b     Batislam, Denizel & Filiztekin 2007; an account may also leave after its first buy
 *   Pareto/NBD  r, alpha, s, beta  Schmittlein, Morrison & Colombo 1987
 *   NBD         r, alpha           Ehrenberg 1959; nobody ever leaves
 * Maximum likelihood by a damped Newton method in log parameters with closed-form derivatives over the distinct
 * (x, t_x, T); see calc_btyd_fit.c. The answer does not depend on the unit of time.
 *
 * A fit always ends in finite numbers when there is at least one account of age > 0. Where the data cannot
 * identify the model, `flag` says why and the parameters are those of the limit named there. */
#ifndef CALC_BTYD_H
#define CALC_BTYD_H
#include "kam_err.h"
#include "kam_progress.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum { CALC_BTYD_BG, CALC_BTYD_MBG, CALC_BTYD_PARETO, CALC_BTYD_NBD, CALC_BTYD_MODELS } calc_btyd_model;
enum { CALC_BTYD_PARAMS = 4 };

const char *calc_btyd_model_name(calc_btyd_model m);             /* "bg-nbd" … */
int calc_btyd_n_params(calc_btyd_model m);                       /* 4 or 2 */
const char *calc_btyd_param_name(calc_btyd_model m, int i);      /* "r", "alpha", … */

/* Why a fit is not an ordinary inner optimum. Text for people is made from the name (message id
 * "btyd.flag.<name>"). */
typedef enum {
    CALC_FIT_OK,
    CALC_FIT_NO_REPEAT,     /* no account bought twice: a common small rate (½ purchase over all ages) is used */
    CALC_FIT_ONE_ACCOUNT,   /* one account: its own mean rate is used, no drop-out */
    CALC_FIT_NO_DROPOUT,    /* the data show no drop-out: the parameters are those of the NBD */
    CALC_FIT_EQUAL_DROPOUT, /* all accounts drop out alike: a, b (or s, beta) → ∞, the ratio is what counts */
    CALC_FIT_EQUAL_RATE,    /* all accounts buy at the same rate: r, alpha → ∞, the ratio is what counts */
    CALC_FIT_EQUAL_BOTH,    /* both of the last two */
    CALC_FIT_POLAR_DROPOUT, /* an account leaves at once or never: a, b (or s) → 0, or beta → 0 */
    CALC_FIT_FLAT           /* a ridge: several parameter sets explain the data equally well */
} calc_fit_flag;
const char *calc_fit_flag_name(calc_fit_flag f); /* "ok", "no-repeat", "one-account", "no-dropout" … */

/* What is fitted and scored: n accounts; x < 0 marks an account to leave out. Lent. 0 ≤ tx ≤ T; x = 0 has tx = 0. */
typedef struct calc_btyd_data {
    size_t n;
    const int32_t *x;
    const double *tx, *T;
    kam_progress *progress; /* asked at every pass over the data; NULL: a fit cannot be stopped */
} calc_btyd_data;

typedef struct calc_btyd_fit {
    calc_btyd_model model;
    int n_params;
    double param[CALC_BTYD_PARAMS];
    bool has_se[CALC_BTYD_PARAMS];         /* false: not defined (a boundary, or a flat direction) */
    double std_error[CALC_BTYD_PARAMS];    /* delta method */
    double cov_log[CALC_BTYD_PARAMS][CALC_BTYD_PARAMS]; /* covariance of ln(parameter); a direction held at
                                                              a limit has variance 0 */
    double log_likelihood, aic;
    size_t n_accounts, n_repeaters, n_groups; /* groups: distinct (x, t_x, T) */
    int evaluations, starts;
    calc_fit_flag flag;
} calc_btyd_fit;

/* Fit one model. KAM_CALC NODATA when no account has an age > 0; KAM_DATA when a row is not valid (says which);
 * KAM_INTERRUPT when the progress says so. */
kam_rc calc_btyd_fit_model(const calc_btyd_data *d, calc_btyd_model model, calc_btyd_fit *fit, kam_err *err);

/* Fit BG/NBD, MBG/NBD and Pareto/NBD and keep the one with the least AIC (ties: that order); all[] (may be NULL)
 * gets the three. */
kam_rc calc_btyd_fit_best(const calc_btyd_data *d, calc_btyd_fit *best, calc_btyd_fit all[3], kam_err *err);

/* A fit from given parameters (published ones, or a saved model): no standard errors, log-likelihood unset. */
kam_rc calc_btyd_fit_given(calc_btyd_model model, const double *param, calc_btyd_fit *fit, kam_err *err);

/* Log-likelihood at the fit's parameters over all accounts of d. */
kam_rc calc_btyd_loglik(const calc_btyd_fit *fit, const calc_btyd_data *d, double *ll, kam_err *err);

/* --- one account; finite for every valid (x, t_x, T, parameters) ------------------------------------------- */
double calc_btyd_loglik1(const calc_btyd_fit *f, int32_t x, double tx, double T);
double calc_btyd_log_p_alive(const calc_btyd_fit *f, int32_t x, double tx, double T); /* ln P, ≤ 0 */
double calc_btyd_p_alive(const calc_btyd_fit *f, int32_t x, double tx, double T);
/* P(alive at T + t | record up to T), whatever is bought in between. */
double calc_btyd_p_alive_ahead(const calc_btyd_fit *f, int32_t x, double tx, double T, double t);
/* Expected purchases in (T, T+t] given the record; and its logarithm (right where the value underflows). */
double calc_btyd_expected(const calc_btyd_fit *f, int32_t x, double tx, double T, double t);
double calc_btyd_log_expected(const calc_btyd_fit *f, int32_t x, double tx, double T, double t);
/* Expected repeat purchases of a new account in (0, t], and P(X(t) = k). */
double calc_btyd_expected_new(const calc_btyd_fit *f, double t);
double calc_btyd_pmf_new(const calc_btyd_fit *f, int32_t k, double t);
/* Distribution of purchases in (T, T+t] given the record: pmf[0..n-1]; the rest of the mass is returned. */
double calc_btyd_pmf(const calc_btyd_fit *f, int32_t x, double tx, double T, double t, double *pmf, size_t n);
/* Discounted expected residual purchases, continuous rate delta per unit of time, endless horizon (Pareto/NBD and
 * NBD only; KAM_USAGE else). */
kam_rc calc_btyd_dert(const calc_btyd_fit *f, int32_t x, double tx, double T, double delta, double *out, kam_err *err);

/* --- rows grouped by distinct (x, t_x, T), in the order of x, T, t_x ------------------------------------------ */
typedef struct calc_btyd_groups {
    size_t n;
    int32_t *x;
    double *tx, *T, *weight; /* weight = accounts in the group */
    uint32_t *of;            /* of[i] = group of account i, UINT32_MAX when it is left out */
    size_t n_accounts, n_repeaters;
    size_t nx, nt;           /* the distinct x and the distinct times, ascending, and where those of a group are */
    double *xs, *ts;
    uint32_t *ix, *itx, *iT;
} calc_btyd_groups;
#define CALC_BTYD_GROUPS_INIT {0, NULL, NULL, NULL, NULL, NULL, 0, 0, 0, 0, NULL, NULL, NULL, NULL, NULL}
kam_rc calc_btyd_group(const calc_btyd_data *d, calc_btyd_groups *out, kam_err *err);
void calc_btyd_groups_release(calc_btyd_groups *g);
#endif

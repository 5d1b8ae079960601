/* SPDX-License-Identifier: GPL-3.0-or-later */
/* calc_value_int: the parameter uncertainty of a fit as a few points, shared by scores and equity. */
#ifndef CALC_VALUE_INT_H
#define CALC_VALUE_INT_H
#include "calc_value.h"

enum { CALC_POINTS_MAX = 2 * CALC_BTYD_PARAMS };

/* Spherical cubature of degree 3 over the asymptotic normal distribution of the log-parameters: the mean over the
 * points of any function is right to second order, which is what the delta method gives, without derivatives.
 * n = 0 when the fit carries no covariance. */
typedef struct calc_points {
    int n;
    calc_btyd_fit at[CALC_POINTS_MAX]; /* 2i and 2i+1 lie opposite each other … */
    double reach[CALC_POINTS_MAX];     /* … this many standard deviations from the estimate */
} calc_points;
void calc_points_build(const calc_btyd_fit *fit, calc_points *out);

/* Slopes of ln E[M] of an account in the logarithms of the spend model's parameters; 0 where it does not hang on them. */
void calc_spend_log_slope(const calc_spend_fit *f, double days, double spend, double slope[CALC_SPEND_PARAMS]);

/* Variance of ln E[M] of an account from the covariance of the spend fit. */
double calc_spend_log_variance(const calc_spend_fit *f, double days, double spend);

/* Moments of the relative spend: within = E[var(M)]/E[M]², between = Var(account mean)/E[M]². */
void calc_spend_relative(const calc_spend_fit *f, double days, double *within, double *between);

/* Discounted expected purchases of an account that is alive, Σ_k (E(k)−E(k−1))/(1+d)^k; *plain gets E(horizon). */
double calc_discounted_alive(const calc_btyd_fit *fit, const calc_value_spec *spec, int32_t x, double T, double *plain);

kam_rc calc_value_check(const calc_summary *s, const calc_value_spec *spec, kam_err *err);
#endif

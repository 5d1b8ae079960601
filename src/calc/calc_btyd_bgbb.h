/* SPDX-License-Identifier: GPL-3.0-or-later */
/* calc_btyd_bgbb: the beta-geometric/beta-binomial model (Fader, Hardie & Shang 2010): in each of n periods an account
 * buys or does not (a yearly fair, a donation drive, a monthly box), and leaves for good at the start of a period with
 * its own probability. Parameters alpha, beta (buying), gamma, delta (leaving). No command uses it yet.
 *
 * Rows are (x purchases, in t_x the last one, of n periods, count of accounts); 0 ≤ x ≤ t_x ≤ n, t_x = 0 only with
 * x = 0. Cost O(Σ n) per evaluation. */
#ifndef CALC_BTYD_BGBB_H
#define CALC_BTYD_BGBB_H
#include "calc_btyd.h"
#include "kam_err.h"

typedef struct calc_bgbb_data {
    size_t n;
    const int32_t *x, *tx, *periods;
    const double *weight; /* accounts in the row; NULL: 1 each */
} calc_bgbb_data;

typedef struct calc_bgbb_fit {
    double param[4], std_error[4], cov_log[4][4]; /* alpha, beta, gamma, delta */
    bool has_se[4];
    double log_likelihood, aic;
    int evaluations;
    calc_fit_flag flag;
} calc_bgbb_fit;

kam_rc calc_bgbb_fit_model(const calc_bgbb_data *d, calc_bgbb_fit *fit, kam_err *err);
kam_rc calc_bgbb_fit_given(const double param[4], calc_bgbb_fit *fit, kam_err *err);

double calc_bgbb_loglik1(const calc_bgbb_fit *f, int32_t x, int32_t tx, int32_t n);
/* P(alive in period n + ahead | record); ahead ≥ 0. */
double calc_bgbb_p_alive(const calc_bgbb_fit *f, int32_t x, int32_t tx, int32_t n, int32_t ahead);
/* Expected purchases in the next `periods` periods, and discounted for ever at d > 0 a period. */
double calc_bgbb_expected(const calc_bgbb_fit *f, int32_t x, int32_t tx, int32_t n, int32_t periods);
kam_rc calc_bgbb_dert(const calc_bgbb_fit *f, int32_t x, int32_t tx, int32_t n, double d, double *out, kam_err *err);
double calc_bgbb_expected_new(const calc_bgbb_fit *f, int32_t periods);
double calc_bgbb_pmf_new(const calc_bgbb_fit *f, int32_t x, int32_t periods);
#endif

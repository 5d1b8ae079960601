/* SPDX-License-Identifier: GPL-3.0-or-later */
/* calc_spend: the mean value of a purchase by the Gamma-Gamma model (Fader & Hardie 2013, note 025). Values are in
 * major units of the currency; spend is taken as independent of how often an account buys (see `correlation`).
 * Parameters p, q, v(gamma). Accounts without a positive spend take no part in the fit. */
#ifndef CALC_SPEND_H
#define CALC_SPEND_H
#include "calc_btyd.h"
#include "kam_err.h"
#include "kam_progress.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { CALC_SPEND_PARAMS = 3 };

typedef enum {
    CALC_SPEND_OK,
    CALC_SPEND_FEW,        /* fewer than three accounts with spend: the plain mean of all purchases is used */
    CALC_SPEND_EQUAL,      /* accounts do not differ: everyone's expectation is the common mean (q, v → ∞) */
    CALC_SPEND_CONSTANT,   /* an account always spends the same: its own mean is its expectation (p → ∞) */
    CALC_SPEND_HEAVY_TAIL  /* q ≤ 1: the population mean is not finite; the observed mean stands in for accounts
                              without spend */
} calc_spend_flag;
const char *calc_spend_flag_name(calc_spend_flag f);

typedef struct calc_spend_fit {
    double param[CALC_SPEND_PARAMS]; /* p, q, v */
    bool has_se[CALC_SPEND_PARAMS];
    double std_error[CALC_SPEND_PARAMS];
    double cov_log[CALC_SPEND_PARAMS][CALC_SPEND_PARAMS];
    double log_likelihood, aic;
    double population_mean; /* p·v/(q−1), or the stand-in named by the flag */
    double observed_mean;   /* mean over accounts, major units */
    double correlation;     /* of spend and number of purchases, over fitted accounts (independence check) */
    bool has_correlation;
    size_t n_accounts;      /* with spend */
    int evaluations;
    calc_spend_flag flag;
} calc_spend_fit;

const char *calc_spend_param_name(int i); /* "p", "q", "v" */

/* Fit to n accounts: days[i] purchases of mean value spend[i]; rows with days ≤ 0 or spend ≤ 0 are left out.
 * KAM_CALC NODATA when none is left. */
kam_rc calc_spend_fit_model(size_t n, const int32_t *days, const double *spend, calc_spend_fit *fit, kam_err *err);
/* The same, asking at each pass whether to go on: KAM_INTERRUPT leaves *fit untouched. */
kam_rc calc_spend_fit_asking(size_t n, const int32_t *days, const double *spend, kam_progress *progress, calc_spend_fit *fit, kam_err *err);
kam_rc calc_spend_fit_given(double p, double q, double v, calc_spend_fit *fit, kam_err *err);

/* Expected value of a purchase of an account with `days` observed purchases of mean `spend` (0, 0: unknown account:
 * the population mean). Always finite and > 0. */
double calc_spend_expected(const calc_spend_fit *f, int32_t days, double spend);
/* Variance of one future purchase's value, and of the account's mean, given its record; false when not finite. */
bool calc_spend_variance(const calc_spend_fit *f, int32_t days, double spend, double *of_purchase, double *of_mean);
double calc_spend_loglik1(const calc_spend_fit *f, int32_t days, double spend);
#endif

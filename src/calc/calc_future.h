/* SPDX-License-Identifier: GPL-3.0-or-later */
/* calc_future: what the purchase models say of the time ahead, beside the accounts table of calc_value.h: survival t ahead, a new account's
 * curve, endless residual value, months ahead, the distribution of counts, and the comparison of models.
 *
 * Tables are new and sealed, the caller unrefs. Money in minor units; times in the unit of the fit. spend may be NULL where it says so:
 * money cells are then missing. */
#ifndef CALC_FUTURE_H
#define CALC_FUTURE_H
#include "calc_text.h"
#include "calc_value.h"

/* P(alive at T + t | alive at T), t ≥ 0. BG/NBD: E[(1 + p z)^-(r+x)] with p ~ beta(a, b+x), z = t/(alpha+T), is F(r+x, a; a+b+x; -z); summed by
 * that of Pfaff's two transforms whose leading parameter is smaller: (1+z)^-a F(a, a+b-r; a+b+x; z/(1+z)) or (1+z)^-(r+x) F(r+x, b+x;
 * a+b+x; z/(1+z)); where both would be long, the general way of calc_btyd. */
double calc_future_stay(const calc_btyd_fit *f, int32_t x, double T, double t);

/* -ahead: the table of accounts (one row an account of the summary) with one column more, p_alive_ahead REAL: still a customer t units after
 * the end of the fit. */
kam_table *calc_future_ahead(const kam_table *accounts, const calc_summary *s, const calc_btyd_fit *fit, double t);

/* -show new: month INT (0 … horizon) of an account that buys first on day 0: expected_purchases REAL (repeat purchases so far), low, high
 * REAL; value MONEY (their discounted value so far), value_low, value_high MONEY. low and high hold the uncertainty of the parameters: log-normal
 * with the slopes between opposite cubature points (calc_value_int.h), the spend model's delta variance added for money. */
kam_table *calc_future_new(const calc_btyd_fit *fit, const calc_spend_fit *spend, const calc_value_spec *spec, const kam_table *like);

/* -show residual, one row an account: account TEXT, p_alive REAL, residual_purchases REAL (discounted), expected_value MONEY, residual_value
 * MONEY, endless FLAG. Without end where the model has it (Pareto/NBD, NBD: DERT of Fader, Hardie & Lee 2005, continuous rate ln(1+d)), else
 * discounted by month within the horizon. KAM_USAGE: endless with a rate ≤ 0. */
kam_rc calc_future_residual(const kam_table *accounts, const calc_summary *s, const calc_btyd_fit *fit, const calc_spend_fit *spend,
                            const calc_value_spec *spec, double discount_year, kam_table **out, kam_err *err);

/* -show months: month INT (1 … horizon), until DAY, expected_purchases REAL (in that month), value MONEY (discounted), cumulative MONEY, cumulative_purchases
 * REAL; of all accounts, or of account `only` (SIZE_MAX: all). */
kam_rc calc_future_months(const calc_summary *s, const calc_btyd_fit *fit, const calc_spend_fit *spend, const calc_value_spec *spec,
                          size_t only, const kam_table *like, kam_table **out, kam_err *err);

/* -show counts: purchases INT, probability REAL, at_least REAL of account i within the horizon, until less than 0.0001 is left; at the parameters'
 * estimates. KAM_CALC NODATA: it never bought. */
kam_rc calc_future_counts(const calc_summary *s, const calc_btyd_fit *fit, const calc_value_spec *spec, size_t i, kam_table **out,
                          kam_err *err);

/* -show models: by AIC: model TEXT, parameters INT, log_likelihood REAL, aic REAL, aic_difference REAL (from the best), weight REAL (Akaike, to four decimals), flag TEXT
 * (calc_fit_flag_name), chosen FLAG; notes say why. fits: one a model, CALC_BTYD_MODELS of them; chosen: which is used. */
kam_table *calc_future_models(const calc_btyd_fit *fits, calc_btyd_model chosen, bool by_aic, calc_lang lang);
#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* calc_value: what an account is worth: C1 past value, C2 contractual formulas, sBG retention, C3 value of accounts
 * without a contract (calc_btyd × calc_spend, discounted over a horizon), customer equity.
 *
 * Money results are doubles in *minor* units (names end in _minor) so that the caller only rounds; spends enter in
 * major units as in calc_spend. Discount rates are fractions a year unless named otherwise. */
#ifndef CALC_VALUE_H
#define CALC_VALUE_H
#include "calc_btyd.h"
#include "calc_spend.h"
#include "calc_summary.h"
#include "calc_text.h"
#include "kam_ledger.h"
#include "kam_progress.h"
#include "kam_table.h"

/* Monthly rate that compounds to the yearly one: (1+d)^(1/12) − 1. d > −1. */
double calc_discount_month(double discount_year);

/* --- C1 past value ------------------------------------------------------------------------------------------ */
/* Other dated money of accounts: service costs and acquisition costs as *negative* amounts. account[k] is the
 * index in the ledger's order; rows after `asof` are left out. Lent. */
typedef struct calc_flows {
    size_t n;
    const size_t *account;
    const kam_day *day;
    const int64_t *amount_minor;
} calc_flows;
/* Σ margin (amount when the basis or the ledger says so) and flows up to asof, each compounded to asof at
 * (1+d)^(days/365.25). out_minor is l->n_accounts long. flows may be NULL. Returns the number of days whose margin is
 * unknown and were left out. */
uint64_t calc_value_past(const kam_ledger *l, const calc_flows *flows, kam_day asof, calc_basis basis,
                         double discount_year, double *out_minor);

/* --- C2 contractual ------------------------------------------------------------------------------------------ */
/* m a period, retention r in [0, 1], discount d > 0 a period. Payments at the *end* of each period, the first
 * one survived with probability r: Σ_{k≥1} m·r^k/(1+d)^k = m·r/(1+d−r). KAM_USAGE for values outside; r = 1 with
 * d = 0 diverges and is refused. */
kam_rc calc_contract_endless(double m, double r, double d, double *out, kam_err *err);
kam_rc calc_contract_horizon(double m, double r, double d, int periods, double *out, kam_err *err);
/* Margin grows by g a period (m, m(1+g), …): m·r/(1+d−r(1+g)); refused unless r(1+g) < 1+d. */
kam_rc calc_contract_growing(double m, double r, double d, double g, double *out, kam_err *err);

/* sBG (Fader & Hardie 2007, "How to Project Customer Retention"): churn probability a beta(a, b) mixture. Input:
 * for every contract the number of renewals it lived through and whether it has ended. */
typedef struct calc_sbg_fit {
    double a, b, se_a, se_b, log_likelihood, aic;
    bool has_se;
    size_t n, ended;
    calc_fit_flag flag; /* OK, NO_DROPOUT (none ended), EQUAL_DROPOUT (a, b → ∞), POLAR_DROPOUT */
} calc_sbg_fit;
/* periods[i] ≥ 1: a contract that ended did so at its periods[i]-th renewal; one still running has survived
 * periods[i] of them (0 = not yet up for renewal, carries no information). */
kam_rc calc_sbg_fit_model(size_t n, const int32_t *periods, const uint8_t *ended, calc_sbg_fit *fit, kam_err *err);
double calc_sbg_survival(const calc_sbg_fit *f, int32_t t);
double calc_sbg_retention(const calc_sbg_fit *f, int32_t t); /* of those alive after t−1 renewals, t ≥ 1 */
/* Discounted expected residual lifetime (periods) of a contract that has survived `survived` renewals. */
kam_rc calc_sbg_residual(const calc_sbg_fit *f, int32_t survived, double discount_period, double *out, kam_err *err);

/* --- C3 without a contract ------------------------------------------------------------------------------------ */
typedef struct calc_value_spec {
    int horizon_months;    /* ≥ 1, ≤ 1200 */
    double month_units;    /* length of a month in the unit of the fit, e.g. 30.4375 / unit_days */
    double discount_month; /* fraction a month, > −1 */
    double level;          /* of the intervals, e.g. 0.8; in (0, 1) */
    int exponent;          /* minor digits of the currency */
    kam_progress *progress; /* asked while accounts are scored; NULL: cannot be stopped */
} calc_value_spec;

/* One array element per account, in the order of the summary. known[i] = 0: nothing can be said (x = -1). */
typedef struct calc_value_scores {
    size_t n;
    uint8_t *known;
    double *p_alive;
    double *expected, *expected_low, *expected_high;      /* purchases in the horizon */
    double *value_minor;                                  /* expected value of one purchase; 0 without a spend fit */
    double *future_minor, *future_low_minor, *future_high_minor; /* discounted, over the horizon */
    bool has_value;                                       /* a spend fit was given */
} calc_value_scores;
#define CALC_VALUE_SCORES_INIT {0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, false}

/* Scores of all accounts. spend may be NULL. Intervals hold process and parameter uncertainty (predictive
 * distribution of counts × moment-matched spend; delta method for the parameters). */
kam_rc calc_value_score(const calc_summary *s, const calc_btyd_fit *fit, const calc_spend_fit *spend,
                        const calc_value_spec *spec, calc_value_scores *out, kam_err *err);
/* The same of some accounts of a portfolio, to the last bit what scoring all of it says of them: the frame holds what must be known of the
 * others, kilobytes a thousand distinct times. NULL: s is all of it. calc_value_frame_build: KAM_INTERRUPT, KAM_DATA. */
typedef struct calc_value_frame calc_value_frame;
kam_rc calc_value_frame_build(const calc_summary *all, const calc_btyd_fit *fit, kam_progress *progress, calc_value_frame **out, kam_err *err);
void calc_value_frame_free(calc_value_frame *f); /* f may be NULL */
kam_rc calc_value_score_within(const calc_value_frame *f, const calc_summary *s, const calc_btyd_fit *fit, const calc_spend_fit *spend,
                               const calc_value_spec *spec, calc_value_scores *out, kam_err *err);
void calc_value_scores_release(calc_value_scores *v);

/* Discounted expected purchases Σ_k (E(k)−E(k−1))/(1+d)^k of one account (times the expected spend: its value). */
double calc_value_discounted(const calc_btyd_fit *fit, const calc_value_spec *spec, int32_t x, double tx, double T);

/* Customer equity: sum of future values of all accounts, with an interval from seeded draws of parameters, lives and
 * purchases (the same seed gives the same interval). */
typedef struct calc_equity {
    size_t n, n_alive_half; /* accounts scored; of them with P(alive) ≥ ½ */
    double p_alive_sum;
    double expected, expected_low, expected_high;
    double future_minor, future_low_minor, future_high_minor;
    int draws;
} calc_equity;
kam_rc calc_value_equity(const calc_summary *s, const calc_btyd_fit *fit, const calc_spend_fit *spend,
                         const calc_value_spec *spec, uint64_t seed, int draws, calc_equity *out, kam_err *err);

/* --- as tables (new, sealed, the caller unrefs) ---------------------------------------------------------------- */
/* The accounts table of `lifetime-value`: account (text, column 0 of `accounts`, the table that came with
 * the ledger), repeat_purchases int, last_purchase_at day, age real, p_alive real, expected_purchases real,
 * expected_purchases_low real, expected_purchases_high real, expected_value money, future_value money, future_low,
 * future_high, past_value (money; missing where past_minor is NULL), lifetime_value money. Accounts that never
 * bought have missing cells but for past_value. The arrays of v are freed one by one, as their columns are made (known stays); account is
 * shared with `accounts`. */
kam_table *calc_value_table(const kam_table *accounts, const calc_summary *s, calc_value_scores *v, const double *past_minor,
                            const char *currency, int exponent);
/* -show model / -show spend: parameter text, estimate real, std_error real, low real, high real; then the rows
 * log_likelihood and aic (model), and population_mean, observed_mean, correlation, accounts (spend). low/high:
 * log-normal interval of the level. */
kam_table *calc_btyd_fit_table(const calc_btyd_fit *fit, double level);
/* limit: from which absolute correlation of value and number of purchases the note warns; its interval by Fisher's z. */
kam_table *calc_spend_fit_table(const calc_spend_fit *fit, double level, double limit, calc_lang lang);
/* -show portfolio: measure text, value real, low real, high real, n int. */
kam_table *calc_equity_table(const calc_equity *e, int exponent);
#endif

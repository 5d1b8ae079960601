/* SPDX-License-Identifier: GPL-3.0-or-later */
/* calc_campaign: G6, what a mailing brought: responses, and orders of the accounts it touched against those it did not.
 *
 * Touched: an account with a person to whom it was sent up to D; its days are (first sent, first sent + N], cut at D. Untouched: every other account known
 * by then; its days begin with the mailing's date, else with the first day anything was sent. An account orders when it has a purchase day in its days.
 * Rates carry Wilson intervals, their difference Newcombe's (1998, method 10, from the two Wilson intervals). Revenue: per account the net of its days
 * less the net of as many days before (so that large customers being chosen is no success of the mailing), mean of the touched minus mean of
 * the untouched with Welch's interval; times the touched it is the uplift. Nobody was drawn by lot: a difference is no proof.
 * Ratios with denominator 0, and intervals of fewer than two accounts, are missing. O(entries) a mailing. */
#ifndef CALC_CAMPAIGN_H
#define CALC_CAMPAIGN_H
#include "calc_facts.h"
#include "calc_text.h"
#include "kam_date.h"

typedef struct calc_campaign_in {
    calc_facts facts;            /* accounts (known_since), ledger */
    const kam_table *mailings;   /* mailing, name, date, cost */
    const kam_table *recipients; /* row, mailing, contact, sent_on, responded */
} calc_campaign_in;

typedef struct calc_campaign_params {
    kam_day asof;
    calc_lang lang;
    int days;     /* N; setting campaign-days */
    double level; /* of the intervals; setting level */
} calc_campaign_params;
#define CALC_CAMPAIGN_PARAMS(asof, lang) {(asof), (lang), 60, 0.8}

/* One row a mailing, by code: mailing · name TEXT · date DAY · cost MONEY · contacts · accounts · responses INT · response_rate · order_rate ·
 * order_rate_rest · difference · difference_low · difference_high REAL · uplift · uplift_low · uplift_high · cost_per_order MONEY · complete FLAG (N
 * days have passed for every touched account). */
kam_rc calc_campaign(const calc_campaign_in *in, const calc_campaign_params *p, kam_table **out, kam_err *err);
/* Measures of one mailing (row of `mailings`): contacts, accounts, untouched, responses, response_rate, order_rate, order_rate_rest,
 * difference, revenue, revenue_rest (change an account), uplift_account, uplift, cost, cost_per_contact, cost_per_response,
 * cost_per_order, cost_per_extra_order, return (uplift ÷ cost); money in major units. */
kam_rc calc_campaign_measures(const calc_campaign_in *in, const calc_campaign_params *p, size_t mailing, kam_table **out, kam_err *err);
/* One row an account that counts: account · name TEXT · touched · responded FLAG · from · until DAY · orders INT (purchase days) · revenue ·
 * before · change MONEY. */
kam_rc calc_campaign_accounts(const calc_campaign_in *in, const calc_campaign_params *p, size_t mailing, kam_table **out, kam_err *err);

/* Newcombe's interval of k1/n1 − k0/n0. false: a group is empty. */
bool calc_newcombe(double k1, double n1, double k0, double n0, double level, double *low, double *high);
/* Welch's interval of the difference of two means from n, mean and sum of squared deviations each. false: fewer than two in a group. */
bool calc_welch(double n1, double m1, double q1, double n0, double m0, double q0, double level, double *low, double *high);
#endif

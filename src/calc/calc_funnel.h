/* SPDX-License-Identifier: GPL-3.0-or-later */
/* calc_funnel: D2, the sales funnel 销售漏斗.
 *
 * Reads facts: accounts (for names; the pool), opportunities, stages.
 * A *stay* runs from the day an opportunity enters a stage to the day it enters another or closes (an event); of an open one to
 * D (censored). Equal stages in a row are one stay; the stages of one day: the last row counts. An opportunity without a
 * stage change stands in its `stage` (missing: lead) since it was opened.
 * stuck = open and longer in its stage than stuck_factor × the stage's Kaplan–Meier median stay.
 * conversion = of opportunities that were in the stage and left it, the share that reached a later one (jumps count; won
 * is the last). An opportunity that came back and stands there now has left only if it had reached a later one.
 */
#ifndef CALC_FUNNEL_H
#define CALC_FUNNEL_H
#include "calc_class.h"
#include "calc_facts.h"
#include "kam_date.h"

enum { CALC_STAGES = 5 }; /* lead intent proposal negotiation won */
extern const char *const calc_stage_keys[];
int calc_stage_index(const char *stage); /* −1: not a stage */
const char *calc_stage_name(int stage, calc_lang lang); /* "proposal", "方案" */

typedef struct calc_funnel_params {
    kam_day asof;
    calc_lang lang;
    int window_days;                  /* 365: closed ones counted in the row `won`; setting window */
    double probability[CALC_STAGES];  /* .10 .30 .50 .70 1; setting stage-probability */
    double stuck_factor;              /* 2; setting funnel-stuck-factor */
    double prior_cases;               /* 20 pseudo-cases; setting funnel-prior-cases */
    bool reestimate;                  /* false: the settings; true: probability from history */
    double level;                     /* 0.95 */
} calc_funnel_params;
#define CALC_FUNNEL_PARAMS(asof, lang) {(asof), (lang), 365, {0.10, 0.30, 0.50, 0.70, 1.0}, 2.0, 20.0, false, 0.95}

/* One row a stage, first `pool` (accounts without an open opportunity and without a purchase day in the window; ledger
 * NULL: without an open opportunity), then lead … won:
 * stage TEXT, count INT, amount MONEY, no_amount INT (opportunities without one), probability REAL, weighted MONEY,
 * age REAL (median days open ones have been in the stage), median_stay REAL, stuck INT, conversion REAL,
 * conversion_low REAL, conversion_high REAL, left INT (n of the conversion). O(opportunities + stages log). */
kam_rc calc_funnel(const calc_facts *f, const calc_funnel_params *p, kam_table **out, kam_err *err);

/* One row an open opportunity, in input order: opportunity TEXT, name TEXT, account TEXT, stage TEXT, why TEXT, amount
 * MONEY, probability REAL, weighted MONEY, age INT (days in the stage), median_stay REAL, stuck FLAG (missing when the
 * median is), expected_close DAY, rep TEXT. */
kam_rc calc_funnel_opportunities(const calc_facts *f, const calc_funnel_params *p, kam_table **out, kam_err *err);

/* Probability of winning by stage in use: settings, or (prior_cases·prior + won) / (prior_cases + closed) over closed
 * opportunities that were in the stage; `won` stays 1. */
kam_rc calc_funnel_probability(const calc_facts *f, const calc_funnel_params *p, double out[CALC_STAGES], kam_err *err);
#endif

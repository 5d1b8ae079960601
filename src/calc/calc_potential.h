/* SPDX-License-Identifier: GPL-3.0-or-later */
/* calc_potential: A8, the potential of organisations 价值潜力: the card `potential`, eight criteria 0–10 with weights.
 *
 * growth is measured where two comparable periods exist: 10 × mid-rank share of calc_growth among the accounts that have it.
 * class: high (score ≥ high), low (score < low), else middle; missing: nothing known. The two borders are ours; DOMAIN gives
 * the card only. Reads facts: accounts, ledger.
 */
#ifndef CALC_POTENTIAL_H
#define CALC_POTENTIAL_H
#include "calc_marks.h"

enum { CALC_POTENTIAL_CRITERIA = 8 };
typedef struct calc_potential_params {
    kam_day asof;
    calc_lang lang;
    int trend_days;    /* 180; setting lifecycle-trend-days */
    double weights[CALC_POTENTIAL_CRITERIA]; /* 1 each; setting potential-weights */
    double high, low;  /* 7, 4; settings potential-high, potential-low */
} calc_potential_params;
#define CALC_POTENTIAL_PARAMS(asof, lang) {(asof), (lang), 180, {1, 1, 1, 1, 1, 1, 1, 1}, 7, 4}

extern const char *const calc_potential_classes[]; /* high middle low */

/* marks: of the card `potential`, as entered; gets the measured growth. Out, by account: account, name, class, why TEXT ·
 * potential REAL · coverage REAL · expansion, research, market_power, strategy, culture, technology_cycle, growth, deciders REAL
 * (marks) · growth_rate REAL (measured). O(n log n). */
kam_rc calc_potential(const calc_facts *f, const calc_potential_params *p, calc_marks *marks, kam_table **out, kam_err *err);
#endif

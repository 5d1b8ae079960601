/* SPDX-License-Identifier: GPL-3.0-or-later */
/* calc_feeling: B9, behaviour × feeling 行为×感觉 of any number of accounts.
 *
 * Inputs, all as of D:
 * accounts   one row an account:  account TEXT code · name TEXT · recent MONEY (net of the window (D − W, D]) · before MONEY (net
 *            of the window before it) · purchase_days INT (in the window) · annual_spend MONEY (what it spends a year in our
 *            category, from everyone) · exit_cost REAL 0–10 · survey_gap REAL (perceived − expected of its last survey in the
 *            window) · survey_on DAY
 * attitudes  (NULL: none) one row a person with a known attitude:  row INT (in accounts) · attitude REAL · authority REAL
 *
 * Behaviour: the account *buys* when it bought in the window and either its share of wallet is ≥ wallet_share, or the window's
 * revenue is ≥ trend × that of the window before; who has neither a known share nor a window before buys.
 * Feeling: it *likes* us when its last survey of the window says perceived ≥ expected: its own word goes before ours. Without
 * a survey, when the mean attitude of its people, weighted by max(authority, 1), is > 0. Neither: missing.
 * (A reading of DOMAIN B9, see HACKING.) */
#ifndef CALC_FEELING_H
#define CALC_FEELING_H
#include "calc_class.h"
#include "kam_date.h"

typedef struct calc_feeling_params {
    calc_lang lang;
    int window_days;     /* 365; setting window */
    double wallet_share; /* 0.5; setting feeling-wallet-share */
    double trend;        /* 0.85; setting lifecycle-declining-ratio */
    double exit_cost;    /* 3: below it leaving is easy; setting exit-cost-low */
} calc_feeling_params;
#define CALC_FEELING_PARAMS(lang) {(lang), 365, 0.5, 0.85, 5.0}

extern const char *const calc_feeling_classes[]; /* sound captive unfinished none */

/* One row an account, input order: account TEXT, name TEXT, feeling TEXT (sound|captive|unfinished|none; missing: feeling unknown),
 * why TEXT, buys FLAG, likes FLAG, recent MONEY, before MONEY, trend REAL, wallet_share REAL, survey_gap REAL, survey_on DAY,
 * attitude REAL, people INT (with an attitude), exit_cost REAL, at_risk FLAG (captive and exit cost known and below the border; missing:
 * captive with an unknown exit cost). O(accounts + attitudes). */
kam_rc calc_feeling(const kam_table *accounts, const kam_table *attitudes, const calc_feeling_params *p, kam_table **out,
                    kam_err *err);
#endif

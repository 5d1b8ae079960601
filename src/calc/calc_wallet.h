/* SPDX-License-Identifier: GPL-3.0-or-later */
/* calc_wallet: G5, share of wallet 客户份额: what an account buys of us against what it spends in our category.
 *
 * ours = net of the window (D−window, D], before = net of the window before it; share = ours × 365/window ÷ annual_spend,
 * share_before likewise (the annual spend carries no date, so one value serves both), change = the difference, gap = annual
 * spend − ours × 365/window, missing without a spend and 0 where we sell more than is said to be spent. trend: ours against before
 * by the ratios of A4 (growing ≥ 1.15, declining ≤ 0.85, else stable; from nothing to something is growing; missing when neither
 * window has a positive net). Reads facts: accounts (annual_spend), ledger. */
#ifndef CALC_WALLET_H
#define CALC_WALLET_H
#include "calc_facts.h"
#include "calc_text.h"
#include "kam_date.h"

typedef struct calc_wallet_params {
    kam_day asof;
    calc_lang lang;
    int window_days;        /* 365; setting window */
    double growing_ratio;   /* 1.15; setting lifecycle-growing-ratio */
    double declining_ratio; /* 0.85; setting lifecycle-declining-ratio */
} calc_wallet_params;
#define CALC_WALLET_PARAMS(asof, lang) {(asof), (lang), 365, 1.15, 0.85}

/* One row an account, in the order of `accounts`: account · name TEXT · ours · before · annual_spend MONEY · share · share_before ·
 * change REAL · gap MONEY · trend TEXT growing|stable|declining. Notes: accounts without a spend, accounts whose spend is below
 * what we sold. O(accounts + entries). */
kam_rc calc_wallet(const calc_facts *f, const calc_wallet_params *p, kam_table **out, kam_err *err);
/* Measures over the accounts whose spend is known: share (Σ ours a year ÷ Σ spend), share_before, ours, spend, gap (major units), known
 * (share of all accounts), and growing, stable, declining (shares of those with a trend). */
kam_rc calc_wallet_measures(const kam_table *rows, const calc_wallet_params *p, kam_table **out, kam_err *err);
#endif

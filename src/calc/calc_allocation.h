/* SPDX-License-Identifier: GPL-3.0-or-later */
/* calc_allocation: E4, accounts put up for bids 竞标 and bids scored.
 *
 * Up for bids: the accounts calc_coverage_accounts calls unowned or unworked. A bid is scored 0–100 by three marks, each 0–100:
 *   yield   100 × (mid-rank − ½) ÷ n of the window revenue of the accounts the bidder owns, among reps who own any; who owns none: missing
 *   load    100 × room ÷ the most a rep may be given, after taking the account (calc_rep_most); none left: 0 and the bid cannot win
 *   sector  100 × share of the accounts the bidder owns that are of the account's industry; industry unknown or none owned: missing
 * score = weighted mean of the known marks; coverage = share of the weight that is known. Rank by score among bids that can win; ties by
 * rep code.
 */
#ifndef CALC_ALLOCATION_H
#define CALC_ALLOCATION_H
#include "calc_coverage.h"

typedef struct calc_bid_params {
    calc_lang lang;
    int high;          /* 40: setting load-high */
    double weight[3];  /* 40 30 30: setting bid-weights: yield, load, sector */
} calc_bid_params;
#define CALC_BID_PARAMS(lang) {(lang), 40, {40, 30, 30}}

/* bids: row INT · rep TEXT · date DAY · plan TEXT. accounts: account, name, industry TEXT (opt). owners, reps as in calc_coverage.h. revenue: MONEY of
 * the window, one an account in order (column window_revenue). Out, by account, then rank: account, name, rep TEXT · rank INT (missing: cannot win) ·
 * score, coverage, yield, load, sector REAL · room INT (now) · can_win FLAG · date DAY · plan TEXT · why TEXT. O(bids · accounts). */
kam_rc calc_bids(const kam_table *bids, const kam_table *accounts, const kam_table *owners, const kam_table *reps, const kam_table *revenue,
                 const calc_bid_params *p, kam_table **out, kam_err *err);

/* The accounts up for bids: rows of `coverage` (calc_coverage_accounts) that are unowned or unworked, worth most first: account, name TEXT ·
 * status TEXT · owner TEXT · industry TEXT · window_revenue MONEY · last_contact DAY · bids INT · why TEXT. */
kam_rc calc_up_for_bids(const kam_table *coverage, const kam_table *accounts, const kam_table *revenue, const kam_table *bids,
                        kam_table **out, kam_err *err);
#endif

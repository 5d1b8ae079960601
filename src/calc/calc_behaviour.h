/* SPDX-License-Identifier: GPL-3.0-or-later */
/* calc_behaviour: F7, satisfaction as behaviour: six marks measured from what an account does, each yes, no or missing.
 *
 * W = the window (D − w, D], B = the window before (D − 2w, D − w].
 *  more     buys more and longer: bought in both, and net(W) > net(B). Missing when its first purchase is younger than 2w: B was not whole.
 *  lines    buys other lines: bought a product category (the product where it has none) in W for the first time, having bought named
 *           products before W. Missing without those.
 *  speaks   speaks well: referred somebody in W, or its latest answer in W was favourable, or recommends with a promoter's mark. Missing
 *           without a referral and without an answer to either question.
 *  price    less price-sensitive: paid at least the share of list price in W that it paid in B. Missing where either is unknown.
 *  ideas    brought a suggestion in W (interaction kind `suggestion`). Missing without any interaction in W.
 *  cheaper  cheaper to deal with: (maintain + serve) ÷ net in W below that of B. Missing without costs on record in either, or net ≤ 0.
 *
 * Reads facts: accounts, ledger, referrals, service_costs. Further tables (store_query_care.c): answers as in calc_satisfaction.h ·
 * lines: row INT, line TEXT, first DAY (first purchase of that line) · prices: row INT, paid, list MONEY (of W), paid_before, list_before
 * MONEY (of B) · contacts: row INT, date DAY, kind TEXT. */
#ifndef CALC_BEHAVIOUR_H
#define CALC_BEHAVIOUR_H
#include "calc_class.h"
#include "calc_facts.h"
#include "kam_date.h"

enum { CALC_MARK_MORE, CALC_MARK_LINES, CALC_MARK_SPEAKS, CALC_MARK_PRICE, CALC_MARK_IDEAS, CALC_MARK_CHEAPER, CALC_MARK_COUNT };
extern const char *const calc_behaviour_marks[]; /* more lines speaks price ideas cheaper */

typedef struct calc_behaviour_params {
    kam_day asof;
    calc_lang lang;
    int window_days; /* 365; setting window */
    double promoter; /* 9; setting nps-promoter */
} calc_behaviour_params;
#define CALC_BEHAVIOUR_PARAMS(asof, lang) {(asof), (lang), 365, 9}

typedef struct calc_behaviour_in {
    const kam_table *answers, *lines, *prices, *contacts;
} calc_behaviour_in;

/* One row an account that has bought up to D, by yes descending, known descending, code: account, name, more, lines, speaks, price, ideas,
 * cheaper FLAG, yes INT, known INT, share REAL (yes ÷ known), why TEXT (the marks that are yes, in words). */
kam_rc calc_behaviour(const calc_facts *f, const calc_behaviour_in *in, const calc_behaviour_params *p, kam_table **out, kam_err *err);
#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* calc_cross: G1, cross-selling: what accounts that bought X buy with it or next, and what to offer whom.
 *
 * Two patterns, mined and tested by calc_rules: `together` (in one basket: all that an account ever bought, or all it bought on
 * one day) and `then` (an account's first purchase of Y on a later day than its first of X). A purchase is a day with net > 0.
 * Of a pair both directions are rules; they share the test. Of `then` the base are the accounts that did not have Y before or on the
 * day of X: confidence = of those with X the share that bought Y later, lift = that ÷ the share with Y among all of them.
 * Usual lag: the median of days from the first X to the first Y over the accounts with Y after X (over 1,000 of them, evenly
 * taken, where there are more). Due: the account's first purchase of X plus the usual lag.
 * An offer is a product the account has never bought, for the rule with the highest confidence (then lift, then SKU) whose X it has.
 * Time: mining, then O(Σ rules of the products held). Products are numbered as in the products table of kam_sales. */
#ifndef CALC_CROSS_H
#define CALC_CROSS_H
#include "calc_holding.h"
#include "calc_rules.h"
#include "calc_text.h"
#include "kam_table.h"

typedef enum { CALC_BASKET_ACCOUNT, CALC_BASKET_DAY } calc_basket;

typedef struct calc_cross_params {
    kam_day asof;
    calc_lang lang;
    calc_basket basket;
    double min_support; /* as calc_rules; of day baskets for `together` with CALC_BASKET_DAY, else of accounts that bought */
    double q;           /* 0.05; setting cross-sell-q */
    int top;            /* offers an account; setting cross-sell-offers */
    kam_progress *progress;
} calc_cross_params;
#define CALC_CROSS_PARAMS(asof, lang) {(asof), (lang), CALC_BASKET_ACCOUNT, 3, 0.05, 3, NULL}

typedef struct calc_cross_rule {
    uint32_t x, y;
    bool then;
    uint32_t n_x, n_y, n_xy, n; /* the base the confidence and lift stand on */
    double support, confidence, lift, p, q;
    uint32_t n_lag;             /* accounts with y after x */
    int64_t lag_days;           /* defined for n_lag > 0 */
} calc_cross_rule;

typedef struct calc_cross {
    calc_cross_params p;
    calc_holdings h;
    size_t n;
    calc_cross_rule *rule; /* by x, then falling confidence */
    size_t *first;         /* n_products + 1: rules of x */
    size_t baskets, buyers;
} calc_cross;

/* KAM_INTERRUPT, KAM_LIMIT. Nobody bought: no rules. */
kam_rc calc_cross_build(const kam_sales *s, const calc_cross_params *p, calc_cross *out, kam_err *err);
void calc_cross_release(calc_cross *c);

/* One row a rule, best first (q, then falling lift): pattern TEXT together|then · product · product_name · next · next_name
 * TEXT · count INT (n_xy) · base INT (n_x) · support · confidence · lift · p · q REAL · lag_days INT · lag_n INT. */
kam_table *calc_cross_rules(const calc_cross *c, const kam_table *products);
/* One row an offer, by account and rank: account · name TEXT · rank INT · product · product_name TEXT · because · because_name
 * TEXT · pattern TEXT · confidence · lift · q REAL · lag_days INT · due DAY · overdue FLAG (missing without due) · why TEXT.
 * `only`: the place of one account, or SIZE_MAX: all. KAM_CALC NODATA: a column is absent. */
kam_rc calc_cross_offers(const calc_cross *c, const kam_table *accounts, const kam_table *products, size_t only, kam_table **out,
                         kam_err *err);
#endif

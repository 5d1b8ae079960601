/* SPDX-License-Identifier: GPL-3.0-or-later */
/* calc_portfolio: E8, the portfolio as a whole, and E9, where accounts came from.
 *
 * Concentration over accounts with window revenue > 0, s = share: Herfindahl = Σ s² (Hirschman 1945), effective number = 1 ÷ it.
 * The rule that reads key share (of revenue) together with our market share, in per cent: with a market share in [low_from, low_to] a
 * key share from `healthy` on is `healthy`, from above `opening` on an `opening`, else `thin`; with a market share from `high_from` on, a key share
 * within ± near of `right` is `right`, above it `dependent`, below it `thin`; between and below there is no rule (`no-rule`).
 * The flow: customers are the accounts in A4's phase relationship; between two days opening + new + won-back − lost = closing by count, and
 * opening + new + won-back + grown − shrunk − lost = closing by value (window revenue of each day; what is lost is the value it had).
 */
#ifndef CALC_PORTFOLIO_H
#define CALC_PORTFOLIO_H
#include "calc_facts.h"
#include "calc_text.h"
#include "kam_date.h"

typedef struct calc_portfolio_params {
    kam_day asof, since;                 /* since: the flow's first day */
    calc_lang lang;
    int window_days;                     /* 365 */
    bool has_market;                     /* setting market-share is set */
    double market;                       /* share, 0 … 1 */
    double low[4];                       /* 30 40 40 50: setting market-rule-low: market from, to; opening above, healthy from */
    double high[3];                      /* 60 40 5: setting market-rule-high: market from; right at; ± points */
} calc_portfolio_params;
#define CALC_PORTFOLIO_PARAMS(asof, lang) {(asof), (asof) - 365, (lang), 365, false, 0, {30, 40, 40, 50}, {60, 40, 5}}

/* "healthy", "opening", "thin", "right", "dependent", "no-rule". Shares 0 … 1. */
const char *calc_market_rule(double key_share, double market, const calc_portfolio_params *p);

/* Measures (calc_class.h): accounts, customers (bought in the window), revenue (major units), growth (against the window before), key_accounts,
 * key_count_share (Wilson), key_revenue_share, key_growth, other_growth, herfindahl, effective_accounts, top_1_share, top_5_share, top_10_share,
 * market_share, market_rule (reading). Growth is missing when the window before has no revenue, shares when this one has none.
 * Reads facts accounts, ledger; key: rows of calc_key in the order of accounts (NULL: key measures missing). O(n log n). */
kam_rc calc_portfolio(const calc_facts *f, const kam_table *key, const calc_portfolio_params *p, kam_table **out, kam_err *err);

/* By key, a row each for key and ordinary: class TEXT · count INT · share REAL · revenue MONEY · revenue_share REAL · prior_revenue MONEY · growth REAL. */
kam_rc calc_portfolio_by_key(const calc_facts *f, const kam_table *key, const calc_portfolio_params *p, kam_table **out, kam_err *err);

/* before, after: rows of calc_lifecycle of the two days, by code. Out, in this order: flow TEXT opening, new, won-back, grown, shrunk, lost,
 * closing · count INT (missing for grown and shrunk, which change no count) · value MONEY · accounts INT (concerned) · why TEXT. */
kam_rc calc_portfolio_flow(const kam_table *before, const kam_table *after, const calc_portfolio_params *p, kam_table **out, kam_err *err);
/* The accounts behind it: account, name, flow TEXT · before, after, change MONEY. Kept at the same value are left out. By flow, then account. */
kam_rc calc_portfolio_moves(const kam_table *before, const kam_table *after, kam_table **out, kam_err *err);

/* E9, one row a source (missing: not on record), most customers first: source TEXT · n INT (accounts) · customers INT (ever bought) · yield REAL
 * (customers ÷ n) · yield_low, yield_high REAL (Wilson 95 %) · revenue MONEY (window) · cost MONEY (Σ acquisition cost) · cost_n INT (known) ·
 * cost_per_customer MONEY (cost ÷ customers, where every cost is known) · days_to_first REAL (median, known since → first purchase) · days_n INT.
 * accounts need source TEXT, known_since DAY, acquisition_cost MONEY. */
kam_rc calc_portfolio_sources(const calc_facts *f, const calc_portfolio_params *p, kam_table **out, kam_err *err);
#endif

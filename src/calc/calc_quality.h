/* SPDX-License-Identifier: GPL-3.0-or-later */
/* calc_quality: A6, good and poor customers 优质/劣质客户.
 *
 * The card `quality` (calc_card.h): five criteria 0–10, weights renormalised over what is known. What data can answer is
 * measured, mark = 10 × mid-rank share among the accounts that have the value:
 *   margin-payment   mean of margin rate (window) and payment delay (reversed), of those known
 *   cost-to-serve    cost to maintain and serve ÷ revenue of the window (reversed)
 *   loyalty          mean of P(alive) and growth (last trend_days against the trend_days before), of those known
 * Poor flags: small-slice (revenue at or below the middle of the buyers and a cost to serve above serve_share of it), bad-debt
 * (noted, or at least stop_invoices overdue invoices: the stop rule), off-strategy (noted), unhappy (entered on the card
 * `risks`, or perceived < expectation in each of the last unhappy_surveys surveys).
 * class: poor (a poor flag, or quality < poor), good (quality ≥ good), else fair; missing: nothing known and no flag.
 * Large (rank by window revenue within large_share of the buyers) is not the same as good; risks of large accounts only:
 * financial (a receivable older than receivable_days, or receivables > receivable_share of the annual revenue), profit
 * (margin rate < profit_ratio × the portfolio's), management (an exception of the window nobody approved), churn
 * (a competitor's order, advert or rumour of the window not marked false, `makes-itself` entered on the card `risks`, or P(alive) fell by
 * > churn_drop since churn_days ago). Small may be good: small by revenue (not large), quality ≥ good and (lifetime-value
 * percentile ≥ small_percentile or growth ≥ small_growth).
 * Reads facts: accounts (bad_debt, off_strategy), ledger, invoices, surveys, service_costs, sightings.
 */
#ifndef CALC_QUALITY_H
#define CALC_QUALITY_H
#include "calc_marks.h"

enum { CALC_QUALITY_CRITERIA = 5 };
typedef struct calc_quality_params {
    kam_day asof;
    calc_lang lang;
    int window_days;        /* 365; setting window */
    int trend_days;         /* 180; setting lifecycle-trend-days */
    double weights[CALC_QUALITY_CRITERIA]; /* 25/25/20/20/10; setting quality-weights */
    double good, poor;      /* 7, 3; settings quality-good, quality-poor */
    double serve_share;     /* 0.2; setting quality-serve-share */
    int stop_invoices;      /* 3; setting quality-stop-invoices */
    int unhappy_surveys;    /* 3; setting quality-unhappy-surveys */
    double entered_risk;    /* 7; setting quality-entered-risk: a mark of the card `risks` from which it counts */
    double large_share;     /* 0.2; setting large-share */
    int receivable_days;    /* 90; setting receivable-days */
    double receivable_share; /* 0.3; setting receivable-share */
    double profit_ratio;    /* 0.5; setting risk-margin-ratio */
    double churn_drop;      /* 0.2; setting risk-alive-drop */
    int churn_days;         /* 90; setting risk-alive-days */
    double small_percentile; /* 80; setting small-good-percentile */
    double small_growth;    /* 0.3; setting small-good-growth */
} calc_quality_params;
#define CALC_QUALITY_PARAMS(asof, lang) \
    {(asof), (lang), 365, 180, {25, 25, 20, 20, 10}, 7, 3, 0.2, 3, 3, 7, 0.2, 90, 0.3, 0.5, 0.2, 90, 80, 0.3}

/* What quality reads beside the facts; NULL: none. Arrays are as long as the accounts, NaN: missing. Lent. */
typedef struct calc_quality_facts {
    const kam_table *payments;   /* row INT · invoices INT · delay_days INT */
    const kam_table *exceptions; /* row INT · date DAY · approved FLAG */
    const calc_marks *risks;     /* of the card `risks` */
    const double *p_alive, *p_alive_before, *lifetime_minor;
} calc_quality_facts;

extern const char *const calc_quality_classes[]; /* good fair poor */

/* marks: of the card `quality`, as entered; gets the measured ones. Out, one row an account in the order of `accounts`:
 * account, name, class, why TEXT · quality REAL · coverage REAL · buying_power, margin_payment, cost_to_serve, loyalty,
 * teaches REAL (marks) · how TEXT (of the five marks in this order: m measured, e entered, - missing) · small_slice, bad_debt,
 * off_strategy, unhappy FLAG · large FLAG · risk_financial, risk_profit, risk_management, risk_churn FLAG (missing: not large, or
 * unknown) · small_good FLAG · window_revenue MONEY · margin_rate, payment_delay, serve_rate, p_alive, p_alive_before, growth,
 * lifetime_percentile REAL (P(alive) to nine digits, so that no order hangs on the unit of time the model was fitted in) · overdue INT (invoices) · receivable MONEY. O(n log n + rows).
 * Summary: calc_class_summary(out, "class", "window_revenue", calc_quality_classes). */
kam_rc calc_quality(const calc_facts *f, const calc_quality_facts *q, const calc_quality_params *p, calc_marks *marks,
                    kam_table **out, kam_err *err);
/* Measures: good, fair, poor, unknown (counts), share_good and share_poor (Wilson 95 %), quality_mean, coverage_mean,
 * revenue_good and revenue_poor (share of the window's revenue), large_at_risk (n = large), small_good (n = not large). */
kam_rc calc_quality_measures(const kam_table *rows, kam_table **out, kam_err *err);
#endif

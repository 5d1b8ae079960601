/* SPDX-License-Identifier: GPL-3.0-or-later */
/* calc_forecast: D3, the monthly forecast with the exact distribution of each month's total.
 *
 * Reads facts: opportunities (row, opportunity, result, stage, closed_on, expected_close, amount, rep); stages only for
 * re-estimated probabilities. targets table (NULL: none): period TEXT (YYYY-MM) · rep TEXT · amount MONEY; rows with a
 * missing rep are account targets and are left out.
 * Rows: `overdue` (open, expected close < D) and `undated` (open, none), which go to no month, then the months from D's month on.
 * committed = won opportunities closed in the month; an open one whose expected close is in the month comes in with the probability
 * of its stage, independent of the others: the total is committed + a sum of Bernoulli terms, computed by enumeration
 * (≤ 12 terms) or by convolution on a money grid: exact when the amounts' greatest common divisor allows max_cells, else
 * rounded to a grid step so that the mean is kept, which a note names; cells at the ends under 1e-20 are dropped. Quantile = smallest total with P(X ≤ total) ≥ q.
 */
#ifndef CALC_FORECAST_H
#define CALC_FORECAST_H
#include "calc_funnel.h"

typedef struct calc_forecast_params {
    kam_day asof;
    calc_lang lang;
    calc_funnel_params funnel; /* probabilities */
    bool by_rep;               /* true: a row a month and rep; false: a row a month */
    double q[3];               /* 0.10 0.50 0.90 → columns p10 p50 p90 */
    size_t max_cells;          /* 100000: of the money grid; fewer when a group has thousands of terms */
} calc_forecast_params;
#define CALC_FORECAST_PARAMS(asof, lang) \
    {(asof), (lang), CALC_FUNNEL_PARAMS((asof), (lang)), true, {0.10, 0.50, 0.90}, 100000}

/* Out: period TEXT (overdue | undated | YYYY-MM; ascending, those two first), rep TEXT (only by_rep; missing: no owner), count INT
 * (open), no_amount INT (open without an amount: in no sum), committed MONEY, weighted MONEY (committed + Σ probability ×
 * amount), p10 MONEY, p50 MONEY, p90 MONEY (missing for overdue and undated), target MONEY, gap MONEY (target − weighted),
 * p_target REAL (chance to reach the target). Where no deal of the row has an amount, the sums from weighted on are missing. Months with a target and nothing else appear too.
 * O(opportunities log + Σ groups terms · cells). */
kam_rc calc_forecast(const calc_facts *f, const kam_table *targets, const calc_forecast_params *p, kam_table **out,
                     kam_err *err);

/* What the rows are the sums of, a line an opportunity that goes into one: opportunity TEXT, account TEXT, period TEXT, rep
 * TEXT, result TEXT (open, won), stage TEXT, date DAY (expected close; closing of a won one), amount MONEY, probability REAL (1
 * when won), weighted MONEY (missing without an amount); in input order. O(opportunities). */
kam_rc calc_forecast_lines(const calc_facts *f, const calc_forecast_params *p, kam_table **out, kam_err *err);

/* The distribution itself: of base + Σ amount[i]·Bernoulli(prob[i]); amounts ≥ 0, minor units. value ascending with
 * P(X = value) > 0. Caller releases. step = 1 when exact, else the rounding step in minor units. */
typedef struct calc_dist {
    size_t n;
    int64_t *value;
    double *p;
    int64_t step;
} calc_dist;
#define CALC_DIST_INIT {0, NULL, NULL, 1}
void calc_dist_sum(int64_t base, const int64_t *amount, const double *prob, size_t n, size_t max_cells, calc_dist *out);
void calc_dist_release(calc_dist *d);
int64_t calc_dist_quantile(const calc_dist *d, double q);
double calc_dist_at_least(const calc_dist *d, int64_t x);
#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* calc_backtest: D8 = J8, past forecasts against what came true.
 *
 * Reads facts: accounts (currency), opportunities and stages as of D; and `values`, the dated history behind them:
 *   opportunity INT (row in opportunities) · date DAY · attribute TEXT (amount, expected_close, owner, forecast) · amount MONEY ·
 *   day DAY · rep TEXT · probability REAL; of one opportunity in order of date and entry.
 * Because stages and values are dated, what `forecast` said on a day O ≤ D is computed again from what was known on O
 * (calc_history_at): source recomputed, an origin a month, its eve, for the month `ahead` later. Source kept takes the
 * probabilities that were kept on their days (attribute forecast) instead.
 * Came true: event in-month, won within the month it was forecast for (months not over on D are left out); event ever, won at
 * all (every open one of the origin; those still open on D are left out).
 * Brier = mean (p − outcome)²; bias = mean p − share that came true (positive: too hopeful). One opportunity counts once an origin, so
 * the intervals (Wilson) are narrower than the truth where the same deal is forecast again and again; a note says so.
 */
#ifndef CALC_BACKTEST_H
#define CALC_BACKTEST_H
#include "calc_forecast.h"

typedef enum { CALC_EVENT_IN_MONTH, CALC_EVENT_EVER } calc_event;
extern const char *const calc_event_keys[]; /* "in-month" "ever" NULL */

typedef struct calc_backtest_params {
    calc_forecast_params forecast; /* probabilities, points, language; its asof is D */
    calc_event event;
    bool kept;      /* false: recomputed */
    int ahead;      /* 0: the month beginning on the day after the origin */
    kam_day since;  /* first origin not before */
    double level;   /* 0.95 */
} calc_backtest_params;
#define CALC_BACKTEST_PARAMS(asof, lang) \
    {CALC_FORECAST_PARAMS((asof), (lang)), CALC_EVENT_IN_MONTH, false, 0, INT64_MIN, 0.95}

/* opportunities and stages as they were known on day O, in the shapes of calc_facts, rows re-numbered, and forecast REAL (kept on O itself); `place` (caller frees with
 * kam_free; one entry a row of *opps) is the row in f->opportunities. O(opportunities + stages + values). */
kam_rc calc_history_at(const calc_facts *f, const kam_table *values, kam_day day, kam_table **opps, kam_table **stages,
                       size_t **place, kam_err *err);

/* One row a forecast, by origin, opportunity: origin DAY, opportunity TEXT, account TEXT, period TEXT (month it was forecast for; missing:
 * none), stage TEXT, rep TEXT, probability REAL, amount MONEY, came_true FLAG, error REAL (squared). O(origins · history). */
kam_rc calc_backtest(const calc_facts *f, const kam_table *values, const calc_backtest_params *p, kam_table **out, kam_err *err);

/* From the above. by TEXT (all, stage, rep), group TEXT, n INT, deals INT (different opportunities), predicted REAL, observed REAL,
 * observed_low, observed_high REAL, bias REAL, brier REAL, brier_base REAL (of always saying the share observed), predicted_amount
 * MONEY (Σ p·amount), won_amount MONEY. First all, then stages in order, then reps by code (group missing: no owner). */
kam_rc calc_backtest_scores(const kam_table *forecasts, const calc_backtest_params *p, kam_table **out, kam_err *err);
/* One row a tenth of probability that occurs: p_from, p_to REAL, n INT, predicted, observed, observed_low, observed_high REAL. */
kam_rc calc_backtest_calibration(const kam_table *forecasts, const calc_backtest_params *p, kam_table **out, kam_err *err);
/* One row a month that is over, recomputed: period TEXT, origin DAY, count INT, weighted, p10, p50, p90, actual (won in the month) MONEY,
 * surprise MONEY (of it by opportunities not forecast for the month), error MONEY (weighted − actual), inside FLAG (p10 ≤ actual ≤ p90). */
kam_rc calc_backtest_months(const calc_facts *f, const kam_table *values, const calc_backtest_params *p, kam_table **out,
                            kam_err *err);
#endif

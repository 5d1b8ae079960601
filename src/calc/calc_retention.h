/* SPDX-License-Identifier: GPL-3.0-or-later */
/* calc_retention: F3, who stays: retention 保留率 and defection 流失率 by period of the calendar and by acquisition cohort, by count and
 * by value, with intervals.
 *
 * Ours and lost are A4's, day by day (calc_spell.h). Of a period (t0, t1]:
 *   opening + new + won_back − lost = closing      (the leaky bucket of E8; an identity a test holds)
 * kept = accounts of the opening that were not lost in the period; retention = kept / opening, defection its complement, both with the
 * Wilson score interval. Value of an account = its net revenue of the window_days up to t0, never below 0; value retention =
 * kept value / opening value, a ratio estimate whose interval is the linearised one (Cochran, Sampling Techniques, 6.4):
 * se² = Σ v²(k − R)² / (Σ v)², k 1 where kept; cut to 0 … 1, missing with fewer than two accounts of value.
 * A period not yet over on D is shown up to D and marked `partial`.
 *
 * Cohorts: accounts by the calendar year, quarter or month of their first purchase day. Year k of an account are the 365 days from
 * (k − 1) × 365 days after its first purchase on; only accounts that have lived all of it by D count. kept = ours on its last day,
 * active = bought in it again (in year 1: a second time); value = the net revenue of the year against that of the first.
 *
 * Reads facts: accounts, ledger. */
#ifndef CALC_RETENTION_H
#define CALC_RETENTION_H
#include "calc_class.h"
#include "calc_facts.h"
#include "calc_spell.h"
#include "kam_date.h"

typedef enum { CALC_BY_MONTH, CALC_BY_QUARTER, CALC_BY_YEAR } calc_span;

typedef struct calc_retention_params {
    kam_day asof;
    calc_lang lang;
    calc_span by;
    calc_spell_rule rule;
    int window_days; /* 365; setting window */
    double level;    /* 0.8; setting level */
} calc_retention_params;
#define CALC_RETENTION_PARAMS(asof, lang, by) {(asof), (lang), (by), {365, 3.0}, 365, 0.8}

/* "2026", "2026-Q2", "2026-06"; first day of the span a day lies in, and of the span after it. */
enum { CALC_SPAN_MAX = 16 };
void calc_span_name(calc_span by, kam_day day, char out[CALC_SPAN_MAX]);
kam_day calc_span_start(calc_span by, kam_day day);
kam_day calc_span_after(calc_span by, kam_day day);

/* One row a period from that of the first purchase to that of D: period TEXT, from DAY, until DAY, partial FLAG, opening INT, new INT, won_back
 * INT, lost INT, closing INT, kept INT, retention REAL, retention_low, retention_high, defection REAL, value MONEY (of the opening),
 * value_lost MONEY, value_retention REAL, value_low, value_high REAL. No purchase: no rows. O(entries + periods). */
kam_rc calc_retention_periods(const calc_facts *f, const calc_retention_params *p, kam_table **out, kam_err *err);

/* One row a cohort and year lived by any of it: cohort TEXT, age INT (year k), accounts INT, kept INT, retention REAL, retention_low, retention_high,
 * active INT, active_share REAL, active_low, active_high, first_value MONEY, value MONEY, value_retention REAL (value of the year ÷ that
 * of year 1). O(entries + accounts · years · log cells). */
kam_rc calc_retention_cohorts(const calc_facts *f, const calc_retention_params *p, kam_table **out, kam_err *err);
#endif

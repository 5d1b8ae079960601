/* SPDX-License-Identifier: GPL-3.0-or-later */
/* calc_silence: F3, silence 沉默: a customer that used to complain no longer does. That is a warning, with falling orders an alarm.
 *
 * Used to complain = at least habit_complaints complaints up to D. Silent = no complaint for more than max(quiet_days,
 * quiet_gaps × own mean gap between its complaints). Falling orders = net of the last trend_days ≤ declining_ratio × net of the
 * trend_days before, as in A4 (nothing before: no trend, missing). Only accounts that are ours on D (A4: bought, not lost): a
 * lost one has gone, its silence warns of nothing; they are counted in a note.
 *
 * class  alarm      silent, and orders fall
 *        warning    silent
 *        talking    used to complain and still does
 *        no-habit   complained, but too seldom to miss it
 * Silence may be content: the gap of the latest survey stands beside it.
 * Reads facts: accounts, ledger, complaints (row, date), surveys (row, date, expectation, perceived). */
#ifndef CALC_SILENCE_H
#define CALC_SILENCE_H
#include "calc_class.h"
#include "calc_facts.h"
#include "calc_spell.h"
#include "kam_date.h"

typedef struct calc_silence_params {
    kam_day asof;
    calc_lang lang;
    int habit;              /* 2; setting silence-complaints */
    int quiet_days;         /* 180; setting silence-days */
    double quiet_gaps;      /* 3; setting silence-gaps */
    int trend_days;         /* 180; setting lifecycle-trend-days */
    double declining_ratio; /* 0.85; setting lifecycle-declining-ratio */
    calc_spell_rule rule;   /* settings lifecycle-lost-days, lifecycle-lost-gaps */
} calc_silence_params;
#define CALC_SILENCE_PARAMS(asof, lang) {(asof), (lang), 2, 180, 3.0, 180, 0.85, {365, 3.0}}

extern const char *const calc_silence_classes[]; /* alarm warning talking no-habit */

/* One row an account of ours that ever complained, by class in the order above, then days of silence descending, then code: account,
 * name, class, why TEXT, complaints INT, last_complaint DAY, silent_days INT, silent_after REAL (days allowed; missing without a habit),
 * recent_revenue MONEY, prior_revenue MONEY, order_ratio REAL, last_gap REAL (perceived − expected, latest survey). Summary: calc_class_summary
 * with basis recent_revenue. O(entries of these accounts + complaints + surveys, sorted). */
kam_rc calc_silence(const calc_facts *f, const calc_silence_params *p, kam_table **out, kam_err *err);
#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* calc_lifecycle: A4, the life cycle 生命周期, horizontal (phase) and, inside relationship, vertical.
 *
 * Rule: DOMAIN A4. phase potential | selling | relationship | lost; class = the phase, except in relationship, where it is
 * the first that fits of new, no-value, problem, growing, declining, stable.
 * Reads facts: accounts, ledger, opportunities, complaints, invoices, surveys, service_costs.
 * Choices: silent = D − last purchase day. No-value asks for a *known* window margin: one line of the window without a known
 * margin makes it missing (when no cost is known anywhere, the amount stands for it and a note says so). Nothing bought
 * in the window is a margin of 0.
 */
#ifndef CALC_LIFECYCLE_H
#define CALC_LIFECYCLE_H
#include "calc_class.h"
#include "calc_facts.h"
#include "kam_date.h"

typedef struct calc_lifecycle_params {
    kam_day asof;
    calc_lang lang;
    int window_days;      /* 365; setting window */
    int lost_days;        /* 365; setting lifecycle-lost-days */
    double lost_gaps;     /* 3 × own mean gap; setting lifecycle-lost-gaps */
    int new_days;         /* 180; setting lifecycle-new-days */
    int complaint_days;   /* 14; setting lifecycle-complaint-days */
    int overdue_days;     /* 30; setting lifecycle-overdue-days */
    int trend_days;       /* 180; setting lifecycle-trend-days: compares two halves of so many days */
    double growing_ratio; /* 1.15; setting lifecycle-growing-ratio */
    double declining_ratio; /* 0.85; setting lifecycle-declining-ratio */
} calc_lifecycle_params;
#define CALC_LIFECYCLE_PARAMS(asof, lang) {(asof), (lang), 365, 365, 3.0, 180, 14, 30, 180, 1.15, 0.85}

/* Out, one row an account in the order of `accounts`: account TEXT, name TEXT, class TEXT, why TEXT, phase TEXT,
 * first_purchase DAY, last_purchase DAY, silent_days INT, lost_after REAL (days of silence allowed), winning_back FLAG (lost
 * with an open opportunity), window_revenue MONEY, window_margin MONEY, service_cost MONEY (maintain + serve in the
 * window), recent_revenue MONEY (last trend_days), prior_revenue MONEY (the trend_days before).
 * Summary: calc_class_summary(out, "class", "window_revenue", calc_lifecycle_classes) or by "phase" with
 * calc_lifecycle_phases. O(accounts + entries + rows). */
kam_rc calc_lifecycle(const calc_facts *f, const calc_lifecycle_params *p, kam_table **out, kam_err *err);
#endif

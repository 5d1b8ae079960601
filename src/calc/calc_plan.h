/* SPDX-License-Identifier: GPL-3.0-or-later */
/* calc_plan: D3, each rep's plan of a month: deals to move, visits agreed, actions due.
 *
 * `deals` is calc_funnel_opportunities on D. A deal is to be moved when its expected close is in the month (close), has passed (overdue),
 * is unknown (undated), or when it is stuck; the first that fits. `steps`: row INT (account) · kind TEXT (visit action) · due DAY · rep TEXT ·
 * what TEXT · opportunity TEXT · record INT: visits due within the month, actions due by its end, overdue ones too. Accounts as in facts.
 */
#ifndef CALC_PLAN_H
#define CALC_PLAN_H
#include "calc_funnel.h"

typedef struct calc_plan_params {
    kam_day asof;
    calc_lang lang;
    kam_day first, last; /* of the month, inclusive */
} calc_plan_params;

/* rep TEXT (missing: nobody), kind TEXT (deal visit action), due DAY, account TEXT, opportunity TEXT, what TEXT, status TEXT (close overdue
 * undated stuck; due overdue), amount MONEY, weighted MONEY, record INT (interaction or action). By rep, kind, due (unknown last). */
kam_rc calc_plan(const calc_facts *f, const kam_table *deals, const kam_table *steps, const calc_plan_params *p, kam_table **out,
                 kam_err *err);
#endif

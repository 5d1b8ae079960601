/* SPDX-License-Identifier: GPL-3.0-or-later */
/* calc_desk: F5, the complaint desk 投诉台: open, age, owner, outcome, and four clocks.
 *
 * Clocks run from the day of the complaint: a progress call, the written result, the visit, filed as a lesson. A clock is
 *   met      done on or before date + days          late     done after that
 *   running  not done, that day not passed on D     overdue  not done, passed
 * class  overdue  a clock is overdue
 *        running  not resolved, or not filed, and nothing overdue
 *        closed   resolved and every clock done
 * due and next: the earliest due clock not done; without one (all four done, unresolved) missing.
 * The price is C5's upper bound (calc_complaint.h), of complaints not resolved.
 *
 * Reads facts: accounts, ledger, complaints. cases (store_query_cases): row INT · complaint INT · date DAY · topic TEXT · owner TEXT ·
 * progress_on, written_on, visited_on, filed_on, resolved_on DAY · resolution, lesson, notes TEXT; days after D missing. */
#ifndef CALC_DESK_H
#define CALC_DESK_H
#include "calc_complaint.h"

enum { CALC_DESK_PROGRESS, CALC_DESK_WRITTEN, CALC_DESK_VISIT, CALC_DESK_FILED, CALC_DESK_CLOCKS };

typedef struct calc_desk_params {
    calc_complaint_params price; /* asof, lang, level, factor; its written, visit and filed are clocks 1–3 */
    int progress;                /* 1; setting complaint-progress-days */
    const char *search;          /* only cases whose topic, resolution, lesson or notes hold this text (ASCII case folded); NULL: all */
} calc_desk_params;

extern const char *const calc_desk_classes[]; /* overdue running closed */
extern const char *const calc_desk_clocks[];  /* progress written visit filed */
extern const char *const calc_desk_states[];  /* met late running overdue */

/* One row a complaint, by class in the order above, then due day (missing last), then number: complaint INT, account, name, class, date, topic,
 * owner, age_days INT (to the resolution, or so far), due DAY, next TEXT, progress, written, visit, filed TEXT (states), resolved_on DAY,
 * resolution, lesson TEXT, upper_bound MONEY. O(entries + n log n). */
kam_rc calc_desk(const calc_facts *f, const kam_table *cases, const calc_desk_params *p, kam_table **out, kam_err *err);

/* One row a clock, of the rows of calc_desk: clock TEXT, days INT, complaints, met, late, running, overdue INT, share REAL (met of those whose
 * day has come or that are done: met ÷ (met + late + overdue)), low, high REAL (Wilson). */
kam_rc calc_desk_by_clock(const kam_table *rows, const calc_desk_params *p, kam_table **out, kam_err *err);

/* One row an owner, by code, missing last: owner TEXT, complaints, open, overdue INT, oldest_open DAY, median_days REAL (Kaplan–Meier median
 * days to the resolution, open ones censored; missing when fewer than half are resolved). */
kam_rc calc_desk_by_owner(const kam_table *rows, const calc_desk_params *p, kam_table **out, kam_err *err);
#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* calc_yield: A1, classify -by yield (default): yielding 产出 A, incubating 孵化 B, potential 潜在 C.
 *
 * Rule (DOMAIN A1): A = a purchase day in (D−window, D]; B = not A, and an open opportunity at stage intent or later
 * or progress (outcome advance or order) in (D−progress_days, D]; C = the rest.
 * Reads facts: accounts, ledger, opportunities, progress.
 */
#ifndef CALC_YIELD_H
#define CALC_YIELD_H
#include "calc_class.h"
#include "calc_facts.h"
#include "kam_date.h"

typedef struct calc_yield_params {
    kam_day asof;
    calc_lang lang;
    int window_days;   /* 365; setting window */
    int progress_days; /* 180; setting yield-progress-days */
} calc_yield_params;
#define CALC_YIELD_PARAMS(asof, lang) {(asof), (lang), 365, 180}

/* Out, one row an account in the order of `accounts`: account TEXT, name TEXT, class TEXT, why TEXT, last_purchase DAY
 * (last purchase day ever), window_revenue MONEY (Σ net in the window), open_amount MONEY (Σ known amounts of open
 * opportunities: 0 without any, missing when none of them has an amount), lapsed FLAG (not A and bought before).
 * Summary: calc_class_summary(out, "class", "window_revenue", calc_yield_classes). O(accounts + entries + rows). */
kam_rc calc_yield(const calc_facts *f, const calc_yield_params *p, kam_table **out, kam_err *err);

/* Shape of the funnel C→B→A (measures table): count_a … count_c, share_a … share_c (Wilson 95 %), lapsed, and
 * `diagnosis` whose reading is barren|healthy|starved|blocked, with a note saying it in words. An empty portfolio has
 * zeros and no diagnosis row. */
kam_rc calc_yield_measures(const kam_table *rows, const calc_yield_params *p, kam_table **out, kam_err *err);

/* "barren", "healthy", "starved", "blocked"; NULL when all are 0. */
const char *calc_yield_diagnosis(int64_t a, int64_t b, int64_t c);
#endif

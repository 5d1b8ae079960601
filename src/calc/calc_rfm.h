/* SPDX-License-Identifier: GPL-3.0-or-later */
/* calc_rfm: A3, recency, frequency, monetary: 5×5×5 scores and eight segments.
 *
 * Population: accounts with a purchase day in (D−window, D]. Recency = days since the last, frequency = purchase days,
 * monetary = mean net of those purchase days. Scores by mid-ranks in `parts` parts, recency reversed (5 = most recent).
 * Segments by raw value against the population's mean, equal counts as above (R+: not longer ago than the mean).
 * Reads facts: accounts, ledger.
 */
#ifndef CALC_RFM_H
#define CALC_RFM_H
#include "calc_class.h"
#include "calc_facts.h"
#include "kam_date.h"

typedef struct calc_rfm_params {
    kam_day asof;
    calc_lang lang;
    int window_days; /* 365; setting window */
    int parts;       /* 5 */
} calc_rfm_params;
#define CALC_RFM_PARAMS(asof, lang) {(asof), (lang), 365, 5}

/* Out, one row an account of the population, in the order of `accounts`: account TEXT, name TEXT, class TEXT, why TEXT,
 * recency INT (days), frequency INT (purchase days), monetary MONEY, r INT, f INT, m INT, cell TEXT ("545"),
 * window_revenue MONEY (Σ net in the window, days with net ≤ 0 too).
 * Summary: calc_class_summary(out, "class", "window_revenue", calc_rfm_classes). O(entries + n log n). */
kam_rc calc_rfm(const calc_facts *f, const calc_rfm_params *p, kam_table **out, kam_err *err);

/* The row of one account among all of them. f->accounts holds that account alone (or none: no row then), f->ledger everybody; `row` is its place
 * there. O(entries). */
kam_rc calc_rfm_one(const calc_facts *f, size_t row, const calc_rfm_params *p, kam_table **out, kam_err *err);

/* One account's three values, and sums over the population. calc_rfm_population: O(entries). */
typedef struct calc_rfm_values {
    int64_t recency, frequency;
    double monetary; /* minor units */
} calc_rfm_values;
typedef struct calc_rfm_sums {
    int64_t n, recency, frequency;
    double monetary;
} calc_rfm_sums;
kam_rc calc_rfm_population(const calc_facts *f, const calc_rfm_params *p, calc_rfm_sums *out, kam_err *err);
/* Values of one account; false: not in the population. */
bool calc_rfm_of(const kam_ledger *l, size_t account, const calc_rfm_params *p, calc_rfm_values *out);
/* Which of R, F, M count as the better side (+) against the means of `sums`; and the segment, into calc_rfm_classes. */
typedef struct calc_rfm_sides {
    bool r, f, m;
} calc_rfm_sides;
calc_rfm_sides calc_rfm_compare(const calc_rfm_values *x, const calc_rfm_sums *sums);
const char *calc_rfm_segment(calc_rfm_sides s);
/* Segment of an account whose values become x in a population that loses `was` (NULL: it was not in it) for x. */
const char *calc_rfm_if(const calc_rfm_sums *sums, const calc_rfm_values *was, const calc_rfm_values *x);

/* Measures: population, mean_recency, mean_frequency, mean_monetary (major units). */
kam_rc calc_rfm_measures(const kam_table *rows, const calc_rfm_params *p, kam_table **out, kam_err *err);
#endif

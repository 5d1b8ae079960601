/* SPDX-License-Identifier: GPL-3.0-or-later */
/* calc_assess: D1, qualification of an opportunity by the card `opportunity` (calc_card.h): twenty criteria in four questions, marks −1, 0
 * (unknown) or +1.
 *
 * `marks`: criterion TEXT · opponent TEXT (missing: ours) · date DAY · mark REAL · control TEXT (yes partly no) · evidence TEXT, the latest of
 * each; rows of criteria the card does not have are passed over. A criterion without a mark is unknown and counts as 0.
 * Verdict: walk-away if question 1 or 4 sums < 0; pursue if every question sums ≥ pursue_sum and at most max_unknown marks are unknown; else
 * qualify. Work on first: unknown and negative marks, those in our control before partly, unsaid, and not; negative before unknown; then in
 * the card's order.
 */
#ifndef CALC_ASSESS_H
#define CALC_ASSESS_H
#include "calc_card.h"
#include "kam_err.h"
#include "kam_table.h"

enum { CALC_QUESTIONS = 4, CALC_CRITERIA = 20 };
extern const char *const calc_verdict_keys[]; /* walk-away qualify pursue, NULL */

typedef struct calc_assess_params {
    calc_lang lang;
    double pursue_sum; /* 2; setting assess-pursue-sum */
    int max_unknown;   /* 5; setting assess-max-unknown */
} calc_assess_params;
#define CALC_ASSESS_PARAMS(lang) {(lang), 2, 5}

typedef struct calc_assessment {
    double mark[CALC_CRITERIA]; /* NaN: missing */
    int control[CALC_CRITERIA]; /* 0 yes 1 partly 2 not said 3 no */
    size_t row[CALC_CRITERIA];  /* in marks; SIZE_MAX: none */
    double sum[CALC_QUESTIONS];
    size_t unknown;             /* missing or 0 */
    const char *verdict;
    size_t work[CALC_CRITERIA], n_work; /* criteria to work on, in order */
} calc_assessment;
/* opponent NULL: our card. KAM_CALC NODATA: a column of marks is absent. */
kam_rc calc_assess(const kam_table *marks, const char *opponent, const calc_assess_params *p, calc_assessment *out, kam_err *err);

/* Sums, unknown and verdict anew from the marks of *a, which the caller may have changed (what if). */
void calc_assess_judge(calc_assessment *a, const calc_assess_params *p);

/* The card: question, criterion TEXT keys, name TEXT, mark REAL (missing: not marked), control TEXT, date DAY, evidence TEXT, ask TEXT. */
kam_rc calc_assess_card(const kam_table *marks, const char *opponent, const calc_assess_params *p, kam_table **out, kam_err *err);
/* One row: opportunity TEXT (as given) · verdict TEXT · why TEXT · sum_opportunity, sum_compete, sum_win, sum_worth REAL · unknown INT · work_on
 * TEXT (the first three, in words; missing: nothing). */
kam_rc calc_assess_verdict(const kam_table *marks, const char *opportunity, const calc_assess_params *p, kam_table **out, kam_err *err);
/* question, criterion, name TEXT, then a REAL column a side: ours and each code of `sides` (NULL-terminated); after the criteria of a question a row with its sums
 * (criterion missing). */
kam_rc calc_assess_compare(const kam_table *marks, const char *const *sides, const calc_assess_params *p, kam_table **out, kam_err *err);
/* What to work on, first things first: place INT, criterion, name TEXT, mark REAL, control TEXT, advice TEXT. */
kam_rc calc_assess_work(const kam_table *marks, const calc_assess_params *p, kam_table **out, kam_err *err);
#endif

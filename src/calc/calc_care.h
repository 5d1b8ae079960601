/* SPDX-License-Identifier: GPL-3.0-or-later */
/* calc_care: E11, care by grade 分级关怀: what each grade of the pyramid (A2) was promised, and whether it was kept.
 *
 * Promises by grade top, major, ordinary, small a year: visits (visits and meetings), days to the first answer to a complaint, a sponsor,
 * attentions (calls, mails, mailings). Visits and attentions are those of the window, promised in proportion to it and to how much of it the
 * account was known, rounded down. The answer is the slowest of the window's complaints; an unanswered one counts its days so far. An account without a
 * purchase in the window (inactive) has no promise. */
#ifndef CALC_CARE_H
#define CALC_CARE_H
#include "calc_text.h"
#include "kam_date.h"
#include "kam_err.h"
#include "kam_table.h"

enum { CALC_GRADES = 4 };

typedef struct calc_care_params {
    kam_day asof;
    calc_lang lang;
    int window_days;                /* 365 */
    double visits[CALC_GRADES];     /* 12 6 2 1: setting care-visits */
    double answer[CALC_GRADES];     /* 1 2 3 5: setting care-answer-days */
    double sponsor[CALC_GRADES];    /* 1 1 0 0: setting care-sponsor */
    double attentions[CALC_GRADES]; /* 6 4 2 1: setting care-attentions */
} calc_care_params;
#define CALC_CARE_PARAMS(asof, lang) {(asof), (lang), 365, {12, 6, 2, 1}, {1, 2, 3, 5}, {1, 1, 0, 0}, {6, 4, 2, 1}}

/* As of D: accounts (account, name, known_since), pyramid (rows of calc_pyramid in the order of accounts), owners, work and mailed of the window. */
typedef struct calc_care_in {
    const kam_table *accounts, *pyramid, *owners, *work, *mailed;
} calc_care_in;

/* One row an account with a grade: account, name TEXT · class TEXT (grade) · kept FLAG · visits, visits_promised, attentions, attentions_promised INT ·
 * answer_days REAL (missing: no complaint) · answer_promised REAL · sponsor TEXT · sponsor_promised FLAG · broken TEXT (visits, attentions, answer,
 * sponsor; missing: none) · why TEXT. O(rows). */
kam_rc calc_care(const calc_care_in *in, const calc_care_params *p, kam_table **out, kam_err *err);
/* Of its rows, one a grade: class TEXT · accounts INT · kept INT · share REAL · visits_promised INT (a year) · answer_promised REAL · attentions_promised
 * INT · sponsor_promised FLAG. */
kam_rc calc_care_summary(const kam_table *rows, const calc_care_params *p, kam_table **out, kam_err *err);
#endif

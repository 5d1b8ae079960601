/* SPDX-License-Identifier: GPL-3.0-or-later */
/* calc_competence: E10, the competence card 胜任力 of a representative, with the training its low marks suggest.
 *
 * Score = mean of the known marks (calc_card competence, 0–10); coverage = share of the criteria that are marked; a mark below `low` is low and names
 * the training of its criterion. Nobody marked: the score is missing. */
#ifndef CALC_COMPETENCE_H
#define CALC_COMPETENCE_H
#include "calc_text.h"
#include "kam_date.h"
#include "kam_err.h"
#include "kam_table.h"

typedef struct calc_competence_params {
    calc_lang lang;
    double low; /* 6: setting competence-low */
} calc_competence_params;
#define CALC_COMPETENCE_PARAMS(lang) {(lang), 6}

/* reps: rep, name TEXT, by rep; marks: store_query_rep_marks (rep TEXT · criterion TEXT · date DAY · mark REAL). Out, one row a rep: rep, name TEXT ·
 * score, coverage REAL · weakest TEXT (criterion; of equal ones the first of the card) · training TEXT (missing: none needed or nothing marked) · why
 * TEXT. */
kam_rc calc_competence(const kam_table *reps, const kam_table *marks, const calc_competence_params *p, kam_table **out, kam_err *err);
/* One rep's card, one row a criterion: criterion TEXT · name TEXT (in words) · mark REAL · date DAY · low FLAG (missing: not marked) · training TEXT. */
kam_rc calc_competence_card(const kam_table *marks, const char *rep, const calc_competence_params *p, kam_table **out, kam_err *err);
#endif

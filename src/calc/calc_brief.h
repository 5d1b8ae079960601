/* SPDX-License-Identifier: GPL-3.0-or-later */
/* calc_brief: what a visit brief (D7) finds in the record of talks: objections with the answers that worked, what the customer raised
 * again and again, and how to meet a rumour.
 *
 * `interactions` of one account ≤ D: id INT · date DAY · kind TEXT · topic TEXT · objections TEXT · answers TEXT; several objections or
 * answers are separated by ';' or '；', and are paired when there are as many of each.
 */
#ifndef CALC_BRIEF_H
#define CALC_BRIEF_H
#include "calc_text.h"
#include "kam_date.h"
#include "kam_err.h"
#include "kam_table.h"

typedef struct calc_brief_params {
    kam_day asof;
    calc_lang lang;
    int window_days; /* 365 */
    int repeat;      /* 2: a topic raised so often is repeated; setting brief-repeat */
} calc_brief_params;

/* objection TEXT · times INT · last DAY · answer TEXT (of the latest interaction that has one; missing: none on record) · answered_in INT ·
 * last_in INT (interactions). Those of the window, most often first, then latest, then text. O(n log n). */
kam_rc calc_brief_objections(const kam_table *interactions, const calc_brief_params *p, kam_table **out, kam_err *err);
/* topic TEXT · times INT · last DAY · last_in INT: what the customer raised at least `repeat` times in the window: objections, and topics of
 * complaints and suggestions. Same order. */
kam_rc calc_brief_repeated(const kam_table *interactions, const calc_brief_params *p, kam_table **out, kam_err *err);
/* Advice for a rumour that is "true", "false" or anything else (unknown). Never NULL. */
const char *calc_rumour_advice(const char *truth, calc_lang lang);
#endif

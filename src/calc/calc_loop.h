/* SPDX-License-Identifier: GPL-3.0-or-later */
/* calc_loop: E7, the four-step loop value → differentiate → strategy → monitor 四步循环: which accounts lack a current step.
 *
 * A step is current when its newest record is dated in (D − days, D], days by step:
 *   value          a value note (C8), or a mark on the cards quality, potential or fit
 *   differentiate  a mark on the card discipline, or the account's wanted relation (B10) or sponsor assessed
 *   strategy       a plan text, or an objective agreed with the customer
 *   monitor        a debriefed contact, a survey, or an action done
 * The next step is the first that is not current. */
#ifndef CALC_LOOP_H
#define CALC_LOOP_H
#include "calc_text.h"
#include "kam_date.h"
#include "kam_err.h"
#include "kam_table.h"

enum { CALC_LOOP_STEPS = 4 };
extern const char *const calc_loop_keys[]; /* value differentiate strategy monitor */

typedef struct calc_loop_params {
    kam_day asof;
    calc_lang lang;
    double days[CALC_LOOP_STEPS]; /* 365 365 365 90: setting loop-days */
} calc_loop_params;
#define CALC_LOOP_PARAMS(asof, lang) {(asof), (lang), {365, 365, 365, 90}}

/* accounts: account, name. steps: store_query_loop (row INT · step TEXT · date DAY · source TEXT). Out, one row an account: account, name TEXT ·
 * value, differentiate, strategy, monitor DAY (newest record; missing: none) · current INT (steps, of 4) · next_step TEXT (missing: all current) ·
 * why TEXT. O(rows). */
kam_rc calc_loop(const kam_table *accounts, const kam_table *steps, const calc_loop_params *p, kam_table **out, kam_err *err);
#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* calc_people: the people of one account as calc_stakeholder's files see them; for calc's own .c files. Lends its
 * columns from the input table. */
#ifndef CALC_PEOPLE_H
#define CALC_PEOPLE_H
#include "calc_stakeholder.h"
#include "calc_use.h"

enum { P_CONTACT, P_NAME, P_TITLE, P_REPORTS, P_KNOWN, P_PLACEHOLDER, P_MEANS, P_LAYER, P_ROLE, P_ACCOUNT_ROLE, P_AUTHORITY,
       P_PARTICIPATION, P_ATTITUDE, P_ORG_NEED, P_ORG_FIT, P_PERSON_NEED, P_PERSON_FIT, P_MET, P_VISIT, P_CHANGED, P_ACTIONS,
       P_COLS };
enum { CALC_ROLES = 5 }; /* decider gatekeeper purchaser user coach; the first four are buyers */
extern const calc_text calc_role_names[CALC_ROLES];

typedef struct calc_crowd {
    const kam_column *c[P_COLS];
    size_t n;
    const calc_stakeholder_params *p;
} calc_crowd;

kam_rc calc_crowd_open(const calc_people *f, const calc_stakeholder_params *p, calc_crowd *out, kam_err *err);
bool calc_crowd_placeholder(const calc_crowd *w, size_t i);
bool calc_crowd_has_role(const calc_crowd *w, size_t i, const char *role);
bool calc_crowd_core(const calc_crowd *w, size_t i); /* a known person with authority ≥ cut or a buyer's role */
bool calc_crowd_met_since(const calc_crowd *w, size_t i, kam_day day);
bool calc_crowd_met_lately(const calc_crowd *w, size_t i);
const char *calc_crowd_quadrant(const calc_crowd *w, size_t i);     /* NULL: a mark is missing */
const char *calc_crowd_relationship(double org, double person, double cut);
void calc_crowd_name(kam_str *names, const calc_crowd *w, size_t i); /* appended with a separator */

/* Row of a contact code, SIZE_MAX when absent. `order`: rows by code (calc_crowd_order, caller frees). O(log n). */
size_t *calc_crowd_order(const calc_crowd *w);
size_t calc_crowd_find(const calc_crowd *w, const size_t *order, const char *contact);

/* Influence of everybody (see calc_stakeholder.h); known[i] = 0 where nothing is known about it. Arrays of length n. */
kam_rc calc_crowd_influence(const calc_crowd *w, const calc_people *f, double *influence, uint8_t *known, kam_err *err);
#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* calc_people: the people of one account as calc_stakeholder's files see them; for calc's own .c files. Lends its
 * columns from the input table. */
#ifndef CALC_PEOPLE_H
#define CALC_PEOPLE_H
#include "calc_stakeholder.h"
#include "calc_use.h"

enum { P_CONTACT, P_NAME, P_TITLE, P_REPORTS, P_KNOWN, P_PLACEHOLDER, P_MEANS, P_LAYER, P_ROLE, P_ACCOUNT_ROLE, P_AUTHORITY,
       P_PARTICIPATION, P_ATTITUDE, P_ORG_NEED, P_ORG_FIT, P_PERSON_NEED, P_PERSON_FIT, P_MET, P_VISIT, P_CHANGED, P_ACTIONS,
       P_THINKING, P_WIN, P_NAME_EN, P_COLS };
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
/* What a sentence calls a person: in English the English name, where there is one; without a name the code. Lent. */
const char *calc_crowd_called(const calc_crowd *w, size_t i);
void calc_crowd_name(kam_str *names, const calc_crowd *w, size_t i); /* appended with a separator */

/* Row of a contact code, SIZE_MAX when absent. `order`: rows by code (calc_crowd_order, caller frees). O(log n). */
size_t *calc_crowd_order(const calc_crowd *w);
size_t calc_crowd_find(const calc_crowd *w, const size_t *order, const char *contact);

/* Lines among these people, from who follows to who is followed: reporting ones first, by row, then influence ones in the
 * order of the table; none from a person to itself. *out is the caller's (kam_free). O(n log n). */
typedef struct calc_line {
    size_t from, to;
    bool influence;
} calc_line;
kam_rc calc_crowd_lines(const calc_crowd *w, const calc_people *f, const size_t *order, calc_line **out, size_t *count,
                        kam_err *err);

/* The lines as roads that can be walked either way, without those between two people in conflict. */
typedef struct calc_roads {
    size_t n, *start; /* neighbours of i: to[start[i]] … to[start[i + 1] − 1], by code */
    size_t *to;
    bool *influence; /* an influence line, else a reporting line */
    bool *follows;   /* i follows the neighbour (reports to, listens to), else the other way round */
} calc_roads;
kam_rc calc_roads_open(const calc_crowd *w, const calc_people *f, calc_roads *out, kam_err *err);
void calc_roads_release(calc_roads *r);
/* Breadth first from the `n_from` rows of `from`: steps[i] (SIZE_MAX: out of reach) and before[i], the row one comes from
 * (SIZE_MAX: a start); before may be NULL. O(n + lines). */
void calc_roads_walk(const calc_roads *r, const size_t *from, size_t n_from, size_t *steps, size_t *before);
/* Place of the road from a to b in the arrays; SIZE_MAX: none. */
size_t calc_roads_find(const calc_roads *r, size_t a, size_t b);

/* Best disposed first: attitude, then met last, then code. Rows of known people with an attitude ≥ `least`; *n of them;
 * the caller frees. */
size_t *calc_crowd_disposed(const calc_crowd *w, double least, size_t *n);

/* Influence of everybody (see calc_stakeholder.h); known[i] = 0 where nothing is known about it. Arrays of length n. */
kam_rc calc_crowd_influence(const calc_crowd *w, const calc_people *f, double *influence, uint8_t *known, kam_err *err);
#endif

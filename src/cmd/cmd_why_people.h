/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_why_people: why stakeholder-map says what it says (J1 for B1–B10 and J4). The explanations stand in three files: of
 * persons (cmd_why_people.c), of seats, roles and flags (cmd_why_people_seats.c), of the account (cmd_why_people_account.c).
 * What they share is here. */
#ifndef CMD_WHY_PEOPLE_H
#define CMD_WHY_PEOPLE_H
#include "cmd_stakeholder_map.h"
#include "kam_str.h"

typedef struct people_why {
    cmd_why *w;
    cmd_session *s;
    const cmd_map_args *a;
    cmd_map m;
    char day[KAM_DATE_MAX]; /* D as text */
    kam_str try;            /* scratch of cmd_wp_try */
} people_why;

typedef kam_rc (*people_why_fn)(people_why *x, kam_err *err);

/* The most persons, records or flags one answer lists; what is left out is counted in a note. */
enum { CMD_WP_MANY = 20 };

/* --- reading the people ------------------------------------------------------------------------------------------- */
size_t cmd_wp_people(const people_why *x);
size_t cmd_wp_row(const people_why *x, const char *contact); /* SIZE_MAX: not among them */
const char *cmd_wp_text(const people_why *x, const char *column, size_t row); /* NULL: missing */
bool cmd_wp_real(const people_why *x, const char *column, size_t row, double *out); /* days and flags too */
bool cmd_wp_placeholder(const people_why *x, size_t row);
bool cmd_wp_role(const people_why *x, size_t row, const char *role);

/* --- saying ------------------------------------------------------------------------------------------------------- */
/* The assessment in force, with its record; says that there is none. The item is the attribute's name. */
kam_rc cmd_wp_assessed(people_why *x, const char *contact, const char *attribute, kam_err *err);
/* The last visit and the last meeting with the contact. */
kam_rc cmd_wp_met(people_why *x, const char *contact, kam_err *err);
/* The commands of a change, as by printf; lent until the next call. */
const char *cmd_wp_try(people_why *x, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* "contact assess {C} … -date D -quiet", for the opportunity asked about if any; `options` as typed. */
const char *cmd_wp_try_assess(people_why *x, const char *contact, const char *options);
/* A key as people read it: ("quadrant", "owner") → 拥有者; the key itself where there is no word. */
const char *cmd_wp_word(const people_why *x, const char *kind, const char *key);
void cmd_wp_left_out(people_why *x, size_t n); /* a note when n > 0 */

/* --- the explanations --------------------------------------------------------------------------------------------- */
kam_rc cmd_wp_layers(people_why *x, kam_err *err);
kam_rc cmd_wp_roles(people_why *x, kam_err *err);
kam_rc cmd_wp_circle(people_why *x, kam_err *err);
kam_rc cmd_wp_flags(people_why *x, kam_err *err);
kam_rc cmd_wp_account_relationship(people_why *x, kam_err *err);
kam_rc cmd_wp_feeling(people_why *x, kam_err *err);
kam_rc cmd_wp_relation(people_why *x, kam_err *err);
kam_rc cmd_wp_coverage(people_why *x, kam_err *err);
#endif

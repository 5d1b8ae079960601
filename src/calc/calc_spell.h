/* SPDX-License-Identifier: GPL-3.0-or-later */
/* calc_spell: when an account was ours and when it was lost, by the rule of the life cycle (A4), day by day.
 *
 * Lost = the first day on which A4 says so: the last purchase day + max(lost_days, lost_gaps × own mean gap between the purchase
 * days up to then) + 1, rounded down to a whole day before the 1 is added; with one purchase day lost_days alone. An account stays
 * lost until it buys. A spell is a time between the first purchase (or the purchase that won it back) and the loss that ends it.
 * A test holds it against calc_lifecycle on every day. Pure; O(entries of the account). */
#ifndef CALC_SPELL_H
#define CALC_SPELL_H
#include "kam_date.h"
#include "kam_ledger.h"
#include <stdbool.h>

typedef struct calc_spell_rule {
    int lost_days;    /* 365; setting lifecycle-lost-days */
    double lost_gaps; /* 3; setting lifecycle-lost-gaps */
} calc_spell_rule;

enum { CALC_SPELL_NEVER = INT32_MAX }; /* not lost up to the as-of day */

typedef struct calc_spell {
    kam_day from; /* first purchase day of the spell */
    kam_day lost; /* first lost day ≤ asof; CALC_SPELL_NEVER: still ours on asof */
} calc_spell;

/* One account's spells, one after the other: start with {0}, call until false. */
typedef struct calc_spell_walk {
    size_t at;              /* next entry */
    bool begun;
    kam_day first, last;    /* first purchase day ever, last one seen */
    int64_t days;           /* purchase days seen */
} calc_spell_walk;
bool calc_spell_next(const kam_ledger *l, size_t account, const calc_spell_rule *r, kam_day asof, calc_spell_walk *w, calc_spell *out);

/* Is the account ours on `day`: it has bought and is not lost? Walks again, O(entries). */
bool calc_spell_ours(const kam_ledger *l, size_t account, const calc_spell_rule *r, kam_day day);
/* First lost day after a last purchase, given what was bought up to it. */
kam_day calc_spell_lost_day(const calc_spell_rule *r, kam_day first, kam_day last, int64_t days);
#endif

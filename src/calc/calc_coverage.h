/* SPDX-License-Identifier: GPL-3.0-or-later */
/* calc_coverage: E1 load of our people and E2 executive sponsors 高层支持者.
 *
 * Inputs (store_query, store_query_run; `row` is the place in accounts):
 *   accounts  account TEXT · name TEXT · known_since DAY            key      rows of calc_key in the order of accounts (NULL: unknown)
 *   owners    row · owner TEXT · sponsor TEXT (both opt)            reps     rep TEXT · name TEXT · executive FLAG · capacity INT, by rep
 *   touched   row · date DAY (last interaction but complaints)      work     interactions of the window (store_query_work)
 *   opportunities  row · opportunity TEXT · result TEXT (sponsors only)
 * Nothing is dated after D. A sponsor's duty call is an interaction marked so, by the sponsor, at the account; it is overdue when
 * none fell in (D − duty_days, D]. Called on: accounts unworked = owned, not touched in (D − unworked_days, D], and known for longer.
 */
#ifndef CALC_COVERAGE_H
#define CALC_COVERAGE_H
#include "calc_text.h"
#include "kam_date.h"
#include "kam_err.h"
#include "kam_table.h"

typedef struct calc_coverage_in {
    const kam_table *accounts, *key, *owners, *reps, *touched, *work, *opportunities;
} calc_coverage_in;

typedef struct calc_coverage_params {
    kam_day asof;
    calc_lang lang;
    int low, high;     /* 30, 40: settings load-low, load-high */
    int unworked_days; /* 180: setting unworked-days */
    int duty_days;     /* 90: setting duty-call-days */
    int window_days;   /* 365: setting window */
} calc_coverage_params;
#define CALC_COVERAGE_PARAMS(asof, lang) {(asof), (lang), 30, 40, 180, 90, 365}

/* Accounts above which a rep carries too much: the lower of own capacity and `high`. */
int64_t calc_rep_limit(bool has_capacity, int64_t capacity, int high);
/* Most accounts a rep may be given: own capacity; where none is noted `high`. */
int64_t calc_rep_most(bool has_capacity, int64_t capacity, int high);

/* One row a rep who owns accounts or is no executive, by code: rep, name TEXT · accounts INT · key_accounts INT (missing: key NULL) ·
 * capacity INT · room INT (calc_rep_most − accounts; negative: above it) · status TEXT (over: above capacity or load-high; under: below
 * load-low, or below capacity where that is lower; within) · unworked INT · last_contact DAY (of any of them) · why TEXT; last a row
 * without rep when accounts have no owner: accounts = how many, status `unowned`. O(accounts + reps log). */
kam_rc calc_coverage_reps(const calc_coverage_in *in, const calc_coverage_params *p, kam_table **out, kam_err *err);

/* One row an account: account, name, owner, sponsor TEXT · status TEXT (owned, unworked, unowned) · key FLAG · last_contact DAY · days INT
 * (since then; missing: never) · why TEXT. */
kam_rc calc_coverage_accounts(const calc_coverage_in *in, const calc_coverage_params *p, kam_table **out, kam_err *err);

/* E2, one row an executive or sponsor: rep, name TEXT · accounts INT (sponsored) · duty_calls INT (made in the window) · overdue INT ·
 * deals INT (open at these accounts) · deals_followed INT (of those, met about by the sponsor in the window) · escalated INT (complaints of the
 * window at any account whose owner is this person) · settled INT (of those, resolved) · hours REAL (with customers, in the window; missing: no
 * hours noted) · hours_per_account REAL · why TEXT. */
kam_rc calc_coverage_sponsors(const calc_coverage_in *in, const calc_coverage_params *p, kam_table **out, kam_err *err);

/* One row a sponsored account, overdue ones first, the latest of them ahead: account, name, sponsor TEXT · last_call DAY · due_on DAY · overdue_days INT (0: not
 * due) · status TEXT (overdue, kept) · why TEXT. Never called: due today. */
kam_rc calc_coverage_duty(const calc_coverage_in *in, const calc_coverage_params *p, kam_table **out, kam_err *err);
#endif

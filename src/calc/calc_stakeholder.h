/* SPDX-License-Identifier: GPL-3.0-or-later */
/* calc_stakeholder: B1–B5 and the reporting tree with influence (B8) of ONE account.
 *
 * Inputs, all as of D (latest assessment ≤ D; one given for the opportunity asked about overrides the general one):
 * people         one row a contact of the account that has not left (left_on missing or > D), by code:
 *                  contact TEXT · name TEXT · title TEXT · reports_to TEXT (contact code) · known_since DAY ·
 *                  placeholder FLAG (missing: 0) · has_means FLAG (an email or phone is on record) ·
 *                  layer TEXT image|decision|implementation|use · buying_role TEXT decider|gatekeeper|purchaser|user|coach,
 *                  several separated by blanks or commas · account_role TEXT (opt) · authority REAL 0–10 ·
 *                  participation REAL 0–10 · attitude REAL −5…+5 · org_need TEXT · org_fit REAL 0–10 ·
 *                  person_need TEXT power|achievement|recognition|acceptance|order|safety · person_fit REAL 0–10 ·
 *                  last_met DAY (last visit or meeting with this contact) · last_visit DAY (last visit) ·
 *                  role_changed DAY (latest day a buying role, account role or layer differed from the one before; missing:
 *                  never) · open_actions INT (actions on this contact open on D; missing: 0)
 * links          (NULL: none) one row a line inside the account on D:  contact TEXT · other TEXT · kind TEXT
 *                influence|conflict. An influence line goes from who is influenced (contact) to who influences (other), as
 *                `reports to` does.
 * opportunities  (NULL: none) open ones of the account:  opportunity TEXT · name TEXT · competitor_facts INT
 *                (competitors named on it + sightings at the account ≤ D)
 */
#ifndef CALC_STAKEHOLDER_H
#define CALC_STAKEHOLDER_H
#include "calc_class.h"
#include "kam_date.h"

typedef struct calc_people {
    const kam_table *people, *links, *opportunities;
    bool has_policy_review;
    kam_day policy_review; /* last review ≤ D of a policy note on the account's industry or region */
} calc_people;
#define CALC_PEOPLE_INIT {NULL, NULL, NULL, false, 0}

typedef struct calc_stakeholder_params {
    kam_day asof;
    calc_lang lang;
    double cut;           /* 5: low/high border of authority, participation and fits; setting stakeholder-cut */
    int met_days;         /* 90; setting stakeholder-met-days */
    int new_days;         /* 90: a person known for no longer is new; setting stakeholder-new-days */
    double bad_attitude;  /* −2; setting stakeholder-bad-attitude */
    int policy_days;      /* 180; setting stakeholder-policy-days */
    double coach_attitude;/* 1: a coach candidate's least attitude; setting stakeholder-coach-attitude */
    double influence_share; /* 0.5 */
} calc_stakeholder_params;
#define CALC_STAKEHOLDER_PARAMS(asof, lang) {(asof), (lang), 5.0, 90, 90, -2.0, 180, 1.0, 0.5}

/* Main view, input order: contact TEXT, name TEXT, title TEXT, layer TEXT, buying_role TEXT, quadrant TEXT
 * (champion|owner|adviser|approver; missing: a mark is), attitude REAL, influence REAL, last_met DAY, relationship TEXT
 * (outsider|friend|supplier|partner), authority REAL, participation REAL, placeholder FLAG, why TEXT. */
kam_rc calc_people_map(const calc_people *f, const calc_stakeholder_params *p, kam_table **out, kam_err *err);

/* B1, one row a layer and `unknown` (only if any): layer TEXT, known INT, met INT (last met_days), share_met REAL, seats INT
 * (placeholders), names TEXT. */
kam_rc calc_people_layers(const calc_people *f, const calc_stakeholder_params *p, kam_table **out, kam_err *err);

/* B2, one row a role (decider gatekeeper purchaser user coach): buying_role TEXT, known INT, met INT, names TEXT. */
kam_rc calc_people_roles(const calc_people *f, const calc_stakeholder_params *p, kam_table **out, kam_err *err);

/* B2, coach candidates, best first (attitude, then need for achievement, then last met, then code): rank INT, contact TEXT,
 * name TEXT, attitude REAL, achievement FLAG, last_met DAY, coach FLAG (is one already), why TEXT. */
kam_rc calc_people_coaches(const calc_people *f, const calc_stakeholder_params *p, kam_table **out, kam_err *err);

/* B3, the four quadrants: quadrant TEXT, authority TEXT (low|high), participation TEXT (low|high), count INT, names TEXT;
 * row `unknown` only if any. */
kam_rc calc_people_grid(const calc_people *f, const calc_stakeholder_params *p, kam_table **out, kam_err *err);

/* B4: contact TEXT, name TEXT, org_need TEXT, org_fit REAL, person_need TEXT, person_fit REAL, relationship TEXT, weight REAL;
 * last row contact missing = the account: means weighted by max(authority, 1), of each fit separately. */
kam_rc calc_people_needs(const calc_people *f, const calc_stakeholder_params *p, kam_table **out, kam_err *err);

/* B5 red flags 雷区, in the order of their numbers: flag TEXT (1 2 3 4a 4b 5 6 7 8 9), kind TEXT (role-unfilled
 * information-missing no-coach never-visited not-met role-changed new-person no-competitor-info hostile no-policy-review),
 * contact TEXT, name TEXT, opportunity TEXT, evidence TEXT, next_step TEXT. Never visited at all and never met is 4a only. */
kam_rc calc_people_flags(const calc_people *f, const calc_stakeholder_params *p, kam_table **out, kam_err *err);

/* B8 reporting tree, depth first, roots and siblings by code; people in a cycle or reporting to nobody in the table are roots:
 * depth INT, contact TEXT, name TEXT, title TEXT, reports_to TEXT, buying_role TEXT, attitude REAL, authority REAL,
 * influence REAL, placeholder FLAG, line TEXT (the drawn tree, "├─ 王芳"). */
kam_rc calc_people_tree(const calc_people *f, const calc_stakeholder_params *p, kam_table **out, kam_err *err);
#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* calc_stakeholder: B1–B8, B10 and J4 of ONE account (B9: calc_feeling.h).
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
 * levels         (NULL: none) what is noted of our people with theirs, any order:  rep TEXT code · rep_name TEXT ·
 *                contact TEXT · date DAY ≤ D · present TEXT vendor|credible-source|problem-solver|trusted-adviser ·
 *                wanted TEXT (the same four)
 * history        (NULL: none) every general assessment ≤ D of the marks below, of everybody who was ever there, by date,
 *                then order of entry:  contact TEXT · name TEXT · attribute TEXT org_fit|person_fit|authority ·
 *                date DAY · mark REAL · from DAY (known since; missing: always) · until DAY (left on; missing: still there)
 * relations      (NULL: none) assessments of the account ≤ D, by date, then order of entry:  attribute TEXT
 *                relation_present|relation_wanted · date DAY · value TEXT trade|preferred|cooperation|alliance ·
 *                by TEXT · evidence TEXT
 */
#ifndef CALC_STAKEHOLDER_H
#define CALC_STAKEHOLDER_H
#include "calc_class.h"
#include "kam_date.h"

typedef struct calc_people {
    const kam_table *people, *links, *opportunities, *levels, *history, *relations;
    bool has_policy_review;
    kam_day policy_review; /* last review ≤ D of a policy note on the account's industry or region */
} calc_people;
#define CALC_PEOPLE_INIT {NULL, NULL, NULL, NULL, NULL, NULL, false, 0}

typedef struct calc_stakeholder_params {
    kam_day asof;
    calc_lang lang;
    double cut;           /* 5: low/high border of authority, participation and fits; setting stakeholder-cut */
    int met_days;         /* 90; setting stakeholder-met-days */
    int new_days;         /* 90: a person known for no longer is new; setting stakeholder-new-days */
    double bad_attitude;  /* −2; setting stakeholder-bad-attitude */
    int policy_days;      /* 180; setting stakeholder-policy-days */
    double coach_attitude;/* 1: a coach candidate's least attitude; setting stakeholder-coach-attitude */
    double influence_share; /* 0.5: of it a person passes on; setting stakeholder-influence-share, < 1 */
    double circle_attitude; /* 1: least attitude in the winning circle; setting winning-circle-attitude */
    int coaches, influencers, deciders; /* 1, 2, 1: its seats; settings winning-circle-coaches … */
    int route_days;         /* 14: days an introduction takes; setting route-step-days */
} calc_stakeholder_params;
#define CALC_STAKEHOLDER_PARAMS(asof, lang) {(asof), (lang), 5.0, 90, 90, -2.0, 180, 1.0, 0.5, 1.0, 1, 2, 1, 14}

/* Main view, input order: contact TEXT, name TEXT, title TEXT, layer TEXT, buying_role TEXT, quadrant TEXT
 * (champion|owner|adviser|approver; missing: a mark is), attitude REAL, influence REAL, last_met DAY, relationship TEXT
 * (outsider|friend|supplier|partner), authority REAL, participation REAL, placeholder FLAG, why TEXT. */
kam_rc calc_people_map(const calc_people *f, const calc_stakeholder_params *p, kam_table **out, kam_err *err);

/* B1, one row a layer and `unknown` (only if any): layer TEXT, known INT, met INT (last met_days), share_met REAL, seats INT
 * (placeholders), names TEXT. */
kam_rc calc_people_layers(const calc_people *f, const calc_stakeholder_params *p, kam_table **out, kam_err *err);

/* B2, one row a role (decider gatekeeper purchaser user coach): buying_role TEXT, known INT, met INT, names TEXT. */
kam_rc calc_people_roles(const calc_people *f, const calc_stakeholder_params *p, kam_table **out, kam_err *err);

/* B2, coach candidates, best first (attitude, then need for achievement, then access: fewest lines to a decider, then last
 * met, then code): rank INT, contact TEXT, name TEXT, attitude REAL, achievement FLAG, access INT (missing: no decider
 * within reach), last_met DAY, coach FLAG (is one already), win TEXT (how our win is theirs), why TEXT. */
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
 * line TEXT (the drawn tree, "├─ 王芳"), title TEXT, buying_role TEXT, attitude REAL, authority REAL, influence REAL, scaled REAL
 * (0–100, of the most influential; for display), follows TEXT (names whose word counts with this person: influence lines),
 * conflicts TEXT (names), placeholder FLAG, depth INT, contact TEXT, name TEXT, reports_to TEXT. */
kam_rc calc_people_tree(const calc_people *f, const calc_stakeholder_params *p, kam_table **out, kam_err *err);

/* B8, what reaches a person from those who follow, a row a line that points at the contact: contact TEXT, name TEXT, over TEXT
 * (reporting|influence), influence REAL, lines INT (outgoing ones of that person), passes REAL (share × influence ÷ lines). */
kam_rc calc_people_influence(const calc_people *f, const calc_stakeholder_params *p, const char *contact, kam_table **out, kam_err *err);

/* B6, the winning circle 1+2+1: the assignment of one person to one seat that fills most seats. Seats: coaches (role
 * coach), influencers (authority < cut: in turn one of the user side, role user, and one of the technical or financial
 * side, role gatekeeper or purchaser; a single one may be of either), deciders (role decider). Whoever sits was met in
 * the last met_days and has attitude ≥ circle_attitude. One row a seat, in that order: seat TEXT (coach|user-side|technical-side|
 * influencer|decider), filled FLAG, contact TEXT, name TEXT, attitude REAL, last_met DAY, why TEXT, next_step TEXT. Of an empty
 * seat contact is who comes nearest and why says what is missing; contact missing: nobody is left who holds the role. Of
 * two who fit the better disposed is asked first. A note says how many seats are filled. O(seats · people). */
kam_rc calc_people_circle(const calc_people *f, const calc_stakeholder_params *p, kam_table **out, kam_err *err);

/* B6, route to each empty seat: from the best-disposed known person the shortest way over reporting and influence lines,
 * walked either way but never between two people in conflict, to somebody who holds the role (a placeholder too). One row an
 * introduction: seat TEXT, step INT, from TEXT, from_name TEXT, to TEXT, to_name TEXT, over TEXT (reporting|influence|direct), by DAY
 * (D + step · route_days), why TEXT. No way leads there: one row `direct` without from. Nobody holds the role: one row
 * without to, whom to ask. O(seats · (people + lines)). */
kam_rc calc_people_route(const calc_people *f, const calc_stakeholder_params *p, kam_table **out, kam_err *err);

/* B7, what to prepare for a talk, a row a point: contact TEXT, name TEXT, thinking TEXT A|B|C|D (missing: not known; one
 * row says what to do then), point TEXT. By row of people, placeholders left out. */
kam_rc calc_people_talk(const calc_people *f, const calc_stakeholder_params *p, kam_table **out, kam_err *err);
/* B7, walk-round checklist of a meeting of these contacts (codes): a row a question, by preference: thinking TEXT, point
 * TEXT, names TEXT (who of those present thinks so). Only the preferences of those present; all four when one of them is
 * not known, whom a note names. KAM_NOTFOUND: a contact is not among the people. */
kam_rc calc_people_meeting(const calc_people *f, const calc_stakeholder_params *p, const char *const *contact, size_t n,
                           kam_table **out, kam_err *err);

/* J4, our people × theirs, by contact, then rep: contact TEXT, name TEXT, title TEXT, placeholder FLAG, rep TEXT, rep_name TEXT,
 * present TEXT, wanted TEXT (latest noted of each), steps INT (levels to climb; missing: one of the two is), date DAY (of the
 * present level), next_step TEXT (what the next level asks of us). A person none of us looks after has one row without rep. A note: how
 * many are looked after, how many steps there are to climb. O(n log n). */
kam_rc calc_people_coverage(const calc_people *f, const calc_stakeholder_params *p, kam_table **out, kam_err *err);

/* B4 over time: the account's relationship on each day on which a mark of somebody changed it: date DAY, org_fit REAL, person_fit
 * REAL, relationship TEXT, people INT (with a fit known), changed TEXT (names of those assessed that day). On every day the
 * same as the last row of calc_people_needs as of that day without an opportunity, placeholders apart. O(days · people). */
kam_rc calc_people_course(const calc_people *f, const calc_stakeholder_params *p, kam_table **out, kam_err *err);

/* B10, one row: relation_present TEXT, present_on DAY, present_evidence TEXT, relation_wanted TEXT, wanted_on DAY,
 * wanted_evidence TEXT, steps INT (from present up to wanted; missing: one is; negative: we want less), next_step TEXT. */
kam_rc calc_people_relation(const calc_people *f, const calc_stakeholder_params *p, kam_table **out, kam_err *err);
#endif

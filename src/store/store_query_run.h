/* SPDX-License-Identifier: GPL-3.0-or-later */
/* store_query_run: what the questions on running the portfolio read (DOMAIN E, J2, J3), as tables in the shapes of the
 * headers of calc/ that take them. As in store_query.h: nothing dated after the day is read, what ended after it is still
 * open, `row` INT is the account's place in store_query_accounts of the same day, tables are new, sealed, sorted by row, the
 * caller unrefs. Each is one indexed query. */
#ifndef STORE_QUERY_RUN_H
#define STORE_QUERY_RUN_H
#include "store_query.h"

/* Interactions after the day `after`: row INT · date DAY · kind TEXT · rep TEXT · executive FLAG · activity TEXT · hours REAL · cost
 * MONEY · prepared FLAG · debriefed FLAG · duty_call FLAG · resolved_on DAY · has_resolution FLAG · owner TEXT (of the complaint) ·
 * answered_on DAY (first of progress call, written result, visit, resolution) · opportunity TEXT · own FLAG (the rep owned the account on
 * that day; missing: no rep, or nobody owned it) · interaction INT. */
kam_rc store_query_work(store *s, kam_day asof, kam_day after, kam_table **out, kam_err *err);
/* Of these only what the audit reads: visits after the day `after` and all complaints, with row, date, kind, prepared, debriefed, resolved_on,
 * has_resolution, interaction. */
kam_rc store_query_audited(store *s, kam_day asof, kam_day after, kam_table **out, kam_err *err);
/* row INT · date DAY: last interaction but complaints; accounts without one are left out. */
kam_rc store_query_touched(store *s, kam_day asof, kam_table **out, kam_err *err);
/* row INT · kind, industry, region, ownership, source, known_since, employees, annual_spend, pay_day FLAG (is it on record?) ·
 * contacts INT · bad_debt FLAG. Every account. The attributes of an account carry no date. */
kam_rc store_query_profile(store *s, kam_day asof, kam_table **out, kam_err *err);
/* row INT: accounts of whose people anything was noted up to the day. */
kam_rc store_query_assessed(store *s, kam_day asof, kam_table **out, kam_err *err);
/* row INT · section TEXT · date DAY: latest plan text of each section. */
kam_rc store_query_plan(store *s, kam_day asof, kam_table **out, kam_err *err);
/* row INT · due DAY · done_on DAY · open FLAG · owner TEXT · has_due FLAG · action INT. Dropped ones are left out. */
kam_rc store_query_actions(store *s, kam_day asof, kam_table **out, kam_err *err);
/* row INT · date DAY · likelihood REAL · effect REAL · has_answer FLAG · open FLAG · risk INT. One without a date counts always. */
kam_rc store_query_risks(store *s, kam_day asof, kam_table **out, kam_err *err);
/* row INT · objective TEXT · measurable FLAG (measure and target are set) · owner TEXT · agreed_on DAY */
kam_rc store_query_objectives(store *s, kam_day asof, kam_table **out, kam_err *err);
/* row INT · date DAY: latest post-mortem. */
kam_rc store_query_post_mortems(store *s, kam_day asof, kam_table **out, kam_err *err);
/* row INT · rep TEXT · date DAY · plan TEXT: latest bid of each rep for an account. */
kam_rc store_query_bids(store *s, kam_day asof, kam_table **out, kam_err *err);
/* row INT · date DAY: a mailing sent to a contact of the account after the day `after`. */
kam_rc store_query_mailed(store *s, kam_day asof, kam_day after, kam_table **out, kam_err *err);
/* E7: row INT · step TEXT (value, differentiate, strategy, monitor) · date DAY · source TEXT (entity): the latest record of each kind. */
kam_rc store_query_loop(store *s, kam_day asof, kam_table **out, kam_err *err);
/* Latest marks of reps on a card: rep TEXT · criterion TEXT · date DAY · mark REAL. By rep, criterion. */
kam_rc store_query_rep_marks(store *s, kam_day asof, const char *card, kam_table **out, kam_err *err);

/* --- plan versions (J6, calc_version.h) --------------------------------------------------------------------------------- */
/* kind · object · name · field · value TEXT · since DAY · by TEXT: what the records say of one account on the day, value by value; a value
 * that is missing has no row. Days are ISO, money is decimal in the database's currency, numbers are in their shortest form. What no
 * record dates (due and dropped actions, objectives, titles) is as it stands now. */
kam_rc store_query_plan_state(store *s, kam_day asof, const char *account, kam_table **out, kam_err *err);
/* number INT · snapshot, account, account_name TEXT · date DAY · name, note TEXT · facts INT: snapshots dated ≤ D, of one account or (NULL) of
 * all. By account, number. */
kam_rc store_query_plan_snapshots(store *s, kam_day asof, const char *account, kam_table **out, kam_err *err);
/* What a snapshot (by code) keeps, in the shape of store_query_plan_state, as it was kept. */
kam_rc store_query_plan_facts(store *s, kam_day asof, const char *snapshot, kam_table **out, kam_err *err);
#endif

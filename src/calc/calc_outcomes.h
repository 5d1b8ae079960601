/* SPDX-License-Identifier: GPL-3.0-or-later */
/* calc_outcomes: D4, a talk is judged by what the customer does.
 *
 * Reads facts: accounts, opportunities; talks table: row INT · date DAY · kind TEXT · rep TEXT · outcome TEXT (order advance
 * continuation refusal) · opportunity TEXT code · confirmed FLAG · next_step TEXT · next_on DAY · interaction INT; rows with another
 * outcome are passed over. Progress = order or advance; advance rate = progress ÷ talks with an outcome, with a Wilson interval.
 * Flags: continuation-only, an open opportunity that was talked about in the last continuation_days and each time only kind words
 * came of it (a talk counts for the opportunity it names); unconfirmed, an advance in the window without written confirmation (a
 * missing answer is none).
 */
#ifndef CALC_OUTCOMES_H
#define CALC_OUTCOMES_H
#include "calc_facts.h"
#include "calc_text.h"
#include "kam_date.h"

enum { CALC_OUTCOMES = 4 }; /* order advance continuation refusal */
extern const char *const calc_outcome_keys[]; /* NULL-terminated */

typedef enum { CALC_OUTCOMES_ALL, CALC_OUTCOMES_REP, CALC_OUTCOMES_ACCOUNT } calc_outcomes_by;
typedef struct calc_outcomes_params {
    kam_day asof;
    calc_lang lang;
    int window_days;       /* 365 */
    int continuation_days; /* 60; setting continuation-days */
    double level;          /* 0.95 */
} calc_outcomes_params;
#define CALC_OUTCOMES_PARAMS(asof, lang) {(asof), (lang), 365, 60, 0.95}

/* One row a rep (missing: not noted) or account that has talks, or one for all: rep TEXT, or account TEXT and name TEXT; talks INT,
 * orders, advances, continuations, refusals INT, advance_rate, advance_low, advance_high REAL, unconfirmed INT. By key. */
kam_rc calc_outcomes(const calc_facts *f, const kam_table *talks, calc_outcomes_by by, const calc_outcomes_params *p,
                     kam_table **out, kam_err *err);
/* One row an open opportunity: opportunity, name, account TEXT, rep TEXT, talks INT (of the last continuation_days), continuations INT,
 * last_talk DAY, last_progress DAY, flag TEXT (continuation-only or missing), why TEXT. In input order. */
kam_rc calc_outcomes_deals(const calc_facts *f, const kam_table *talks, const calc_outcomes_params *p, kam_table **out,
                           kam_err *err);
/* Both kinds of flags: flag TEXT, account TEXT, opportunity TEXT, rep TEXT, date DAY (of the talk; of the last one), evidence TEXT,
 * next_step TEXT, interaction INT. continuation-only first, then by date. */
kam_rc calc_outcomes_flags(const calc_facts *f, const kam_table *talks, const calc_outcomes_params *p, kam_table **out,
                           kam_err *err);
#endif

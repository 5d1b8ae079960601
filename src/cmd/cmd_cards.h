/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_cards: the methods on score cards (A6–A8, A11) and key accounts (A12) run on the open database: for `classify`, `card show` and
 * `why`. What a run holds lives until cmd_card_run_release. */
#ifndef CMD_CARDS_H
#define CMD_CARDS_H
#include "calc_discipline.h"
#include "calc_fit.h"
#include "calc_key.h"
#include "calc_potential.h"
#include "calc_quality.h"
#include "calc_segment.h"
#include "cmd_facts.h"

typedef struct cmd_card_run {
    cmd_facts facts;
    kam_table *marks_table;   /* marks of the method's card, as entered (store_query_marks) */
    calc_marks marks;         /* with the measured ones */
    double weights[16];       /* of the card's criteria, from its setting */
    bool weighted;
    kam_table *rows;          /* the classification */
    kam_table *risks_table, *capability_table;
    calc_marks risks, capability;
} cmd_card_run;
#define CMD_CARD_RUN_INIT {CMD_FACTS_INIT, NULL, CALC_MARKS_INIT, {0}, false, NULL, NULL, NULL, CALC_MARKS_INIT, CALC_MARKS_INIT}

/* window 0: the setting. KAM_CALC and the store's errors; a purchase model that cannot be fitted leaves P(alive) and lifetime value
 * missing. */
kam_rc cmd_quality_run(cmd_session *s, kam_day asof, int window, cmd_card_run *out, kam_err *err);
/* The quality of one account with the setting's window; NaN: missing, or not known on the day. That of all of them is kept: it is a rank among them. */
kam_rc cmd_quality_of(cmd_session *s, kam_day asof, int64_t account, double *out, kam_err *err);
kam_rc cmd_potential_run(cmd_session *s, kam_day asof, cmd_card_run *out, kam_err *err);
kam_rc cmd_fit_run(cmd_session *s, kam_day asof, int window, cmd_card_run *out, kam_err *err);
kam_rc cmd_discipline_run(cmd_session *s, kam_day asof, cmd_card_run *out, kam_err *err);
/* The run behind a card: quality, potential, fit, capability, discipline or any other card of accounts (its marks only, no rows). */
kam_rc cmd_card_run_of(cmd_session *s, const calc_card *card, kam_day asof, cmd_card_run *out, kam_err *err);
void cmd_card_run_release(cmd_card_run *r);

void cmd_quality_params(cmd_session *s, kam_day asof, int window, calc_quality_params *p);
void cmd_potential_params(cmd_session *s, kam_day asof, calc_potential_params *p);
void cmd_fit_params(cmd_session *s, kam_day asof, calc_fit_params *p);
void cmd_segment_params(cmd_session *s, kam_day asof, int window, calc_segment_params *p);
void cmd_key_params(cmd_session *s, kam_day asof, int window, calc_key_params *p);
/* Weights of a card from its setting into out[card->n]; false: it has none, and out holds the criteria's own. */
bool cmd_card_weights(cmd_session *s, const calc_card *card, double *out);

/* A12: who is a key account, and by which lens (calc_key.h); by code. The caller unrefs. */
kam_rc cmd_key_rows(cmd_session *s, kam_day asof, int window, kam_table **rows, kam_err *err);
/* The rows of t whose `account` is key; a new table. t needs a column `account`. */
kam_table *cmd_key_only(const kam_table *t, const kam_table *key_rows);
#endif

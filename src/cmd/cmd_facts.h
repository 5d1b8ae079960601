/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_facts: what the portfolio questions read, fetched from the store in the shape calc wants, and their thresholds read
 * from the settings. The glue between store_query and calc, written once for all questions. */
#ifndef CMD_FACTS_H
#define CMD_FACTS_H
#include "calc_facts.h"
#include "calc_feeling.h"
#include "calc_forecast.h"
#include "calc_ladder.h"
#include "calc_lifecycle.h"
#include "calc_pyramid.h"
#include "calc_rfm.h"
#include "calc_stakeholder.h"
#include "calc_yield.h"
#include "cmd_session.h"
#include "store_query.h"

/* `calc` points into `held`; release after use. `which` as in store_query.h (STORE_F_…). */
typedef struct cmd_facts {
    store_facts held;
    calc_facts calc;
} cmd_facts;
#define CMD_FACTS_INIT {STORE_FACTS_INIT, CALC_FACTS_INIT}
kam_rc cmd_facts_load(cmd_session *s, kam_day asof, unsigned which, cmd_facts *out, kam_err *err);
/* One account among all: tables of it alone, the ledger of everybody, *row its place there (store_facts_among). Only where cmd_facts_narrow says so:
 * not in a batch on a small portfolio, which has all tables at hand. */
bool cmd_facts_narrow(cmd_session *s);
kam_rc cmd_facts_among(cmd_session *s, kam_day asof, const cmd_ref *account, unsigned which, cmd_facts *out, size_t *row, kam_err *err);
void cmd_facts_release(cmd_facts *f);

/* From here to the end of the command that runs, the store holds this account only (nothing when none was given), or those
 * with an opportunity: for answers that do not depend on the others. store.h says more. */
void cmd_scope_account(cmd_session *s, const cmd_ref *account);
void cmd_scope_deals(cmd_session *s);
void cmd_scope_all(cmd_session *s); /* as at the beginning */

calc_lang cmd_facts_lang(const cmd_session *s);

/* Thresholds: the settings of the database, else DOMAIN's defaults. `window` 0 reads the setting `window`. */
void cmd_yield_params(cmd_session *s, kam_day asof, int window, calc_yield_params *p);
void cmd_pyramid_params(cmd_session *s, kam_day asof, int window, calc_pyramid_params *p);
void cmd_rfm_params(cmd_session *s, kam_day asof, int window, calc_rfm_params *p);
void cmd_lifecycle_params(cmd_session *s, kam_day asof, int window, calc_lifecycle_params *p);
void cmd_ladder_params(cmd_session *s, kam_day asof, int window, calc_ladder_params *p);
void cmd_stakeholder_params(cmd_session *s, kam_day asof, calc_stakeholder_params *p);
void cmd_feeling_params(cmd_session *s, calc_feeling_params *p);
void cmd_funnel_params(cmd_session *s, kam_day asof, int window, calc_funnel_params *p);

/* Rows of t whose text column equals the value; a new sealed table, the caller unrefs. */
kam_table *cmd_rows_where(const kam_table *t, const char *column, const char *value);
/* Keep the rows of *t whose text column has the value (value NULL: all of them); takes the reference and gives another. */
void cmd_rows_keep(kam_table **t, const char *column, const char *value);
/* The same for the rows in which the column has any value. */
void cmd_rows_keep_known(kam_table **t, const char *column);
#endif

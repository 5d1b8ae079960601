/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_deals: what the questions on opportunities (D1–D11) share: their thresholds, and the footnote that names the settings. */
#ifndef CMD_DEALS_H
#define CMD_DEALS_H
#include "calc_assess.h"
#include "calc_backtest.h"
#include "calc_outcomes.h"
#include "calc_sale.h"
#include "calc_watch.h"
#include "calc_winloss.h"
#include "cmd_facts.h"
#include "cmd_spec.h"
#include "cmd_why.h"

void cmd_outcomes_params(cmd_session *s, kam_day asof, int window, calc_outcomes_params *p);
void cmd_watch_params(cmd_session *s, kam_day asof, calc_watch_params *p);
void cmd_assess_params(cmd_session *s, calc_assess_params *p);
void cmd_kind_params(cmd_session *s, kam_day asof, calc_kind_params *p);


/* What the explanations have to know of a handler's arguments (defined beside the handlers). */
kam_day cmd_assess_asof(const void *args);
kam_day cmd_outcomes_asof(const void *args);
int cmd_outcomes_window(const void *args);
kam_day cmd_watch_asof(const void *args);
kam_day cmd_phase_asof(const void *args);
kam_day cmd_factors_asof(const void *args);
const char *cmd_factors_opportunity(const void *args);
kam_day cmd_kind_asof(const void *args);
kam_day cmd_brief_asof(const void *args);
const char *cmd_brief_account(const void *args);
/* The closed opportunities that win-loss was asked about. */
kam_rc cmd_win_loss_closed(cmd_session *s, const void *args, kam_table **out, kam_err *err);

/* How a result came about (cmd_why_deals.c); `args` as the command's handler got them. */
kam_rc cmd_call_outcomes_why(cmd_session *s, const void *args, cmd_why *w, kam_err *err);
kam_rc cmd_competitor_watch_why(cmd_session *s, const void *args, cmd_why *w, kam_err *err);
kam_rc cmd_win_loss_why(cmd_session *s, const void *args, cmd_why *w, kam_err *err);
/* Of its rates; `deals` as calc_winloss_deals gives them (cmd_why_past.c). */
kam_rc cmd_win_loss_rates_why(cmd_why *w, const kam_table *deals, kam_err *err);
kam_rc cmd_buying_phase_why(cmd_session *s, const void *args, cmd_why *w, kam_err *err);
kam_rc cmd_buying_factors_why(cmd_session *s, const void *args, cmd_why *w, kam_err *err);
kam_rc cmd_deal_kind_why(cmd_session *s, const void *args, cmd_why *w, kam_err *err);
kam_rc cmd_visit_brief_why(cmd_session *s, const void *args, cmd_why *w, kam_err *err);
kam_rc cmd_assess_opportunity_why(cmd_session *s, const void *args, cmd_why *w, kam_err *err);
#endif

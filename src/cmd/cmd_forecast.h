/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_forecast: what the views of `forecast` (cmd_funnel.c) share. */
#ifndef CMD_FORECAST_H
#define CMD_FORECAST_H
#include "cmd_facts.h"
#include "cmd_spec.h"
#include "cmd_why.h"

enum { CMD_PAST_SCORES, CMD_PAST_CALIBRATION, CMD_PAST_MONTHS, CMD_PAST_DEALS };
typedef struct forecast_args {
    int by;
    cmd_ref account, rep;
    bool reestimate, plan, backtest, compare;
    int show, event, source;
    int64_t ahead;
    kam_day since;
    const char *month;
    kam_day asof;
} cmd_forecast_args;
extern const char *const cmd_forecast_show[], *const cmd_forecast_source[];

/* Probabilities as asked for. */
void cmd_forecast_params(cmd_session *s, const cmd_forecast_args *a, calc_forecast_params *p);
/* The months as of a->asof. */
kam_rc cmd_forecast_months(cmd_session *s, const cmd_forecast_args *a, kam_table **out, kam_err *err);
/* -plan, -backtest, -compare. */
kam_rc cmd_forecast_plan(cmd_session *s, const cmd_forecast_args *a, kam_table **out, kam_err *err);
kam_rc cmd_forecast_past(cmd_session *s, const cmd_forecast_args *a, kam_table **out, kam_err *err);
kam_rc cmd_forecast_compare(cmd_session *s, const cmd_forecast_args *a, kam_table **out, kam_err *err);
/* How rows of -plan and -backtest came about (cmd_why_past.c). */
kam_rc cmd_forecast_plan_why(const cmd_forecast_args *a, cmd_why *w, kam_err *err);
kam_rc cmd_forecast_past_why(cmd_session *s, const cmd_forecast_args *a, cmd_why *w, kam_err *err);
/* KAM_USAGE unless options that go together were given. */
kam_rc cmd_forecast_check(const cmd_forecast_args *a, kam_err *err);

/* Ask twice inside a what-if: cmd_look_back_begin, the question, cmd_look_back_end gives the committed state's answer. KAM_USAGE outside
 * one. */
kam_rc cmd_look_back_begin(cmd_session *s, const char *command, kam_err *err);
void cmd_look_back_end(cmd_session *s);

/* Facts with only one account's, or one rep's, opportunities and their stages (NULL: any). */
void cmd_only_deals(cmd_facts *f, const char *account, const char *rep);
#endif

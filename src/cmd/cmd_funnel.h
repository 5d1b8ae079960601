/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_funnel: what `funnel` and `forecast` and their explanations (cmd_why_funnel.c) share. */
#ifndef CMD_FUNNEL_H
#define CMD_FUNNEL_H
#include "cmd_facts.h"
#include "cmd_forecast.h"
#include "cmd_why.h"

enum { CMD_FUNNEL_STAGES, CMD_FUNNEL_OPPORTUNITIES }; /* of -show */
struct funnel_args {
    int show;
    cmd_ref account, rep;
    bool reestimate;
    int64_t window;
    kam_day asof;
};

/* Where an opportunity stands, why it is or is not stuck; what a stage is the sum of. */
kam_rc cmd_funnel_why(cmd_session *s, const void *args, cmd_why *w, kam_err *err);
/* What a month is the sum of: its deals with stage, probability and amount. */
kam_rc cmd_forecast_why(cmd_session *s, const void *args, cmd_why *w, kam_err *err);
#endif

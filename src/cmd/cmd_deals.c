/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cmd_deals.h"
#include "kam_mem.h"
#include "store_setting.h"

static void read_days(cmd_session *s, const char *name, int *out)
{
    int64_t v;
    if (store_setting_int(cmd_session_store(s), name, &v)) *out = (int)v;
}

void cmd_outcomes_params(cmd_session *s, kam_day asof, int window, calc_outcomes_params *p)
{
    *p = (calc_outcomes_params)CALC_OUTCOMES_PARAMS(asof, cmd_facts_lang(s));
    if (window > 0) p->window_days = window;
    else read_days(s, "window", &p->window_days);
    read_days(s, "continuation-days", &p->continuation_days);
}

void cmd_watch_params(cmd_session *s, kam_day asof, calc_watch_params *p)
{
    *p = (calc_watch_params)CALC_WATCH_PARAMS(asof, cmd_facts_lang(s));
    read_days(s, "owned-watch-days", &p->current_days);
    read_days(s, "watch-list-days", &p->every_days);
    read_days(s, "watch-answer-days", &p->answer_days);
}

void cmd_kind_params(cmd_session *s, kam_day asof, calc_kind_params *p)
{
    *p = (calc_kind_params)CALC_KIND_PARAMS(asof, cmd_facts_lang(s));
    read_days(s, "window", &p->window_days);
    read_days(s, "key-sale-days", &p->long_cycle_days);
    read_days(s, "key-sale-deciders", &p->many_deciders);
    read_days(s, "key-sale-repeats", &p->many_repeats);
}

void cmd_assess_params(cmd_session *s, calc_assess_params *p)
{
    double least;
    *p = (calc_assess_params)CALC_ASSESS_PARAMS(cmd_facts_lang(s));
    if (store_setting_real(cmd_session_store(s), "assess-pursue-sum", &least)) p->pursue_sum = least;
    read_days(s, "assess-max-unknown", &p->max_unknown);
}

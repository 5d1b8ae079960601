/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_call_outcomes: D4, what came of our talks, judged by what the customer does. */
#include "cmd_deals.h"
#include "cmd_value.h"
#include <stddef.h>

enum { SHOW_RATES, SHOW_OPPORTUNITIES, SHOW_FLAGS };
static const char *const SHOW[] = {"rates", "opportunities", "flags", NULL};
static const char *const BY[] = {"all", "rep", "account", NULL}; /* as calc_outcomes_by */
static const cmd_setting SETTINGS[] = {{"window", "-show rates,flags"}, {"continuation-days", "-show opportunities,flags"}, CMD_SETTINGS_END};

struct outcomes_args {
    int show, by;
    cmd_ref account, rep;
    int64_t window;
    kam_day asof;
};

static kam_rc run(cmd_session *s, const void *args, cmd_value *out, kam_err *err)
{
    const struct outcomes_args *a = args;
    cmd_facts f = CMD_FACTS_INIT;
    calc_outcomes_params p;
    kam_table *talks = NULL, *t = NULL;
    kam_rc rc = cmd_facts_load(s, a->asof, STORE_F_OPPORTUNITIES, &f, err);
    if (rc) return rc;
    cmd_outcomes_params(s, a->asof, (int)a->window, &p);
    rc = store_query_talks(cmd_session_store(s), a->asof, &talks, err);
    if (!rc)
        rc = a->show == SHOW_OPPORTUNITIES ? calc_outcomes_deals(&f.calc, talks, &p, &t, err)
             : a->show == SHOW_FLAGS       ? calc_outcomes_flags(&f.calc, talks, &p, &t, err)
                                           : calc_outcomes(&f.calc, talks, (calc_outcomes_by)a->by, &p, &t, err);
    kam_table_unref(talks);
    cmd_facts_release(&f);
    if (rc) return rc;
    if (kam_table_find(t, "account")) cmd_rows_keep(&t, "account", a->account.code);
    if (kam_table_find(t, "rep")) cmd_rows_keep(&t, "rep", a->rep.code);
    cmd_value_take_table(out, t);
    return KAM_OK;
}

kam_day cmd_outcomes_asof(const void *args) { return ((const struct outcomes_args *)args)->asof; }
int cmd_outcomes_window(const void *args) { return (int)((const struct outcomes_args *)args)->window; }

static const cmd_arg args_[] = {
    {.name = "-show", .kind = CMD_ENUM, .offset = offsetof(struct outcomes_args, show), .values = SHOW, .def = "rates",
     .help = {"rates; open opportunities with what was said of them; or what is flagged", "比率；进行中商机的谈话情况；或预警清单"}},
    {.name = "-by", .kind = CMD_ENUM, .offset = offsetof(struct outcomes_args, by), .values = BY, .def = "rep",
     .help = {"rates of all, by rep or by account", "合计、按客户经理或按客户"}},
    {.name = "-account", .kind = CMD_REF, .offset = offsetof(struct outcomes_args, account), .of = "account",
     .help = {"only this account (where rows have one)", "只看该客户（行内有客户时）"}},
    {.name = "-rep", .kind = CMD_REF, .offset = offsetof(struct outcomes_args, rep), .of = "rep",
     .help = {"only this rep (where rows have one)", "只看该客户经理（行内有客户经理时）"}},
    {.name = "-window", .kind = CMD_INT, .offset = offsetof(struct outcomes_args, window), .def = "0", .setting = "window", .min = 0, .max = 36500,
     .help = {"days of talks counted; 0: the setting `window`", "统计的天数；0 为设置 window"}},
    CMD_ARG_ASOF(struct outcomes_args),
    CMD_ARGS_END};
static const cmd_column columns[] = {
    {"rep", KAM_TEXT, {"who talked; missing: not noted", "谈话人；空为未注明"}, "-by rep"},
    {"account", KAM_TEXT, {"the account", "客户"}, "-by account"},
    {"name", KAM_TEXT, {"its name", "名称"}, "-by account"},
    {"talks", KAM_INT, {"talks with an outcome (n)", "有结果的谈话数 n"}, NULL},
    {"orders", KAM_INT, {"the customer ordered", "下了订单"}, "rates"},
    {"advances", KAM_INT, {"agreed on a concrete action", "约定了具体行动"}, "rates"},
    {"continuations", KAM_INT, {"kind words, no action: not progress", "只有好话、没有行动：不算进展"}, NULL},
    {"refusals", KAM_INT, {"refused", "拒绝"}, "rates"},
    {"advance_rate", KAM_REAL, {"share of orders and advances", "进展率：订单与进展的比例"}, "rates"},
    {"advance_low", KAM_REAL, {"its 95 % interval (Wilson), low", "95 % 区间下限（Wilson）"}, "rates"},
    {"advance_high", KAM_REAL, {"high", "上限"}, "rates"},
    {"unconfirmed", KAM_INT, {"advances without written confirmation", "未书面确认的进展数"}, "rates"},
    {"opportunity", KAM_TEXT, {"the opportunity talked about", "所谈商机"}, "opportunities, flags"},
    {"last_talk", KAM_DAY, {"last talk about it", "最近谈话"}, "opportunities"},
    {"last_progress", KAM_DAY, {"last order or advance", "最近进展"}, "opportunities"},
    {"flag", KAM_TEXT, {"continuation-only, unconfirmed", "只有延续、未确认"}, "opportunities, flags"},
    {"why", KAM_TEXT, {"in words", "说明"}, "opportunities"},
    {"date", KAM_DAY, {"day of the talk", "谈话日期"}, "flags"},
    {"evidence", KAM_TEXT, {"what the flag rests on", "预警依据"}, "flags"},
    {"next_step", KAM_TEXT, {"what was agreed", "约定的下一步"}, "flags"},
    {"interaction", KAM_INT, {"number of the interaction", "接触编号"}, "flags"},
    CMD_COLUMNS_END};
#define SETUP                                                                                                             \
    "account add ACME -name Acme; rep add R1 -name Rita; opportunity add D1 -account ACME -opened_on 2025-05-01\n"        \
    "interaction add -account ACME -date 2025-05-20 -kind visit -rep R1 -outcome advance -next_step trial\n"              \
    "interaction add -account ACME -date 2025-06-02 -kind call -rep R1 -opportunity D1 -outcome continuation"
static const cmd_example examples[] = {
    {{"One of two talks moved something.", "两次谈话中一次有进展。"}, "table select [call-outcomes] rep talks advance_rate unconfirmed",
     "rep\ttalks\tadvance_rate\tunconfirmed\nR1\t2\t0.5\t1"},
    {{"Kind words only, and nothing in writing.", "只有好话；没有书面确认。"}, "table select [call-outcomes -show flags] flag opportunity date",
     "flag\topportunity\tdate\ncontinuation-only\tD1\t2025-06-02\nunconfirmed\t\t2025-05-20"},
    CMD_EXAMPLES_END};
const cmd_spec cmd_call_outcomes_spec = {
    .name = "call-outcomes",
    .summary = {"what came of our talks, judged by what the customer does", "谈话成效：以客户的行动判断"},
    .detail = {"An order or an advance (a concrete action agreed) is progress; a continuation (kind words) is not. An open opportunity "
               "that was talked about in the last days (setting continuation-days) with nothing but continuations is flagged, and so is an "
               "advance that nobody confirmed in writing. A talk counts for the opportunity it names.",
               "订单与进展（约定了具体行动）才算前进，延续（只有好话）不算。进行中的商机在近期（设置 continuation-days）只有延续者预警；"
               "进展没有书面确认者预警。谈话计入其写明的商机。"},
    .effect = CMD_READS,
    .args_size = sizeof(struct outcomes_args),
    .args = args_,
    .columns = columns,
    .setup = SETUP,
    .examples = examples,
    .run = run,
    .why = cmd_call_outcomes_why, .settings = SETTINGS,
    .topic = "questions"};

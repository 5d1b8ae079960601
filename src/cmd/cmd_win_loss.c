/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_win_loss: D10, reasons and lessons of closed opportunities and the rates they make. */
#include "cmd_deals.h"
#include "cmd_value.h"
#include <stddef.h>

enum { SHOW_RATES, SHOW_DEALS, SHOW_MISSING };
static const char *const SHOW[] = {"rates", "deals", "missing", NULL};

struct winloss_args {
    int show, by;
    cmd_ref account;
    int64_t window;
    kam_day asof;
};

/* The closed ones, and what the rates are made of too. */
static kam_rc closed(cmd_session *s, const struct winloss_args *a, const calc_winloss_params *p, cmd_facts *f, kam_table **deals, kam_err *err)
{
    kam_table *notes = NULL, *rivals = NULL;
    cmd_scope_deals(s);
    kam_rc rc = cmd_facts_load(s, a->asof, STORE_F_OPPORTUNITIES | STORE_F_STAGES, f, err);
    if (rc) return rc;
    rc = store_query_deal_notes(cmd_session_store(s), a->asof, f->held.opportunities, &notes, err);
    if (!rc) rc = store_query_deal_rivals(cmd_session_store(s), f->held.opportunities, &rivals, err);
    if (!rc) rc = calc_winloss_deals(&f->calc, notes, rivals, p, deals, err);
    if (!rc) cmd_rows_keep(deals, "account", a->account.code);
    kam_table_unref(notes);
    kam_table_unref(rivals);
    return rc;
}

static calc_winloss_params params(cmd_session *s, const struct winloss_args *a)
{
    calc_winloss_params p = CALC_WINLOSS_PARAMS(a->asof, cmd_facts_lang(s));
    p.window_days = (int)a->window;
    return p;
}

kam_rc cmd_win_loss_closed(cmd_session *s, const void *args, kam_table **out, kam_err *err)
{
    cmd_facts f = CMD_FACTS_INIT;
    calc_winloss_params p = params(s, args);
    kam_rc rc = closed(s, args, &p, &f, out, err);
    cmd_facts_release(&f);
    return rc;
}

static kam_rc run(cmd_session *s, const void *args, cmd_value *out, kam_err *err)
{
    const struct winloss_args *a = args;
    cmd_facts f = CMD_FACTS_INIT;
    calc_winloss_params p = params(s, a);
    kam_table *deals = NULL, *t = NULL;
    kam_rc rc = closed(s, a, &p, &f, &deals, err);
    if (!rc && a->show == SHOW_RATES) rc = calc_winloss(&f.calc, deals, (calc_winloss_by)a->by, &p, &t, err);
    else if (!rc) t = kam_table_ref(deals);
    if (!rc && a->show == SHOW_MISSING) cmd_rows_keep_known(&t, "flag");
    kam_table_unref(deals);
    cmd_facts_release(&f);
    if (!rc) cmd_value_take_table(out, t);
    return rc;
}

static const cmd_arg args_[] = {
    {.name = "-show", .kind = CMD_ENUM, .offset = offsetof(struct winloss_args, show), .values = SHOW, .def = "rates",
     .help = {"rates; every closed opportunity; or those that lack a reason or lesson", "比率；全部已结商机；或缺原因、教训者"}},
    {.name = "-by", .kind = CMD_ENUM, .offset = offsetof(struct winloss_args, by), .values = calc_winloss_by_keys, .def = "reason",
     .help = {"what the rates are grouped by", "按什么分组"}},
    {.name = "-account", .kind = CMD_REF, .offset = offsetof(struct winloss_args, account), .of = "account", .help = {"only this account", "只看该客户"}},
    {.name = "-window", .kind = CMD_INT, .offset = offsetof(struct winloss_args, window), .def = "0", .min = 0, .max = 36500,
     .help = {"closed in the last so many days; 0: all", "最近多少天内关闭者；0 为全部"}},
    CMD_ARG_ASOF(struct winloss_args),
    CMD_ARGS_END};
static const cmd_column columns[] = {
    {"result", KAM_TEXT, {"won or lost", "赢单或丢单"}, "-by reason, deals"},
    {"reason", KAM_TEXT, {"as written down; missing: nobody did", "记录的原因；空为未写"}, "-by reason, deals"},
    {"competitor", KAM_TEXT, {"who took part; missing: nobody known", "参与的对手；空为不详"}, "-by competitor"},
    {"stage", KAM_TEXT, {"of those that were in it", "到过该阶段者"}, "-by stage"},
    {"rep", KAM_TEXT, {"owner", "客户经理"}, "-by rep"},
    {"n", KAM_INT, {"how many", "数量 n"}, "rates"},
    {"share", KAM_REAL, {"of all won, or of all lost", "占赢单（或丢单）的比例"}, "-by reason"},
    {"won", KAM_INT, {"won", "赢单"}, "rates"},
    {"lost", KAM_INT, {"lost", "丢单"}, "rates"},
    {"win_rate", KAM_REAL, {"won ÷ closed", "赢单率"}, "rates"},
    {"win_low", KAM_REAL, {"its 95 % interval (Wilson), low", "95 % 区间下限"}, "rates"},
    {"win_high", KAM_REAL, {"high", "上限"}, "rates"},
    {"won_amount", KAM_MONEY, {"amount won", "赢单金额"}, "rates"},
    {"lost_amount", KAM_MONEY, {"amount lost", "丢单金额"}, "rates"},
    {"lost_here", KAM_INT, {"lost while standing in it", "在该阶段丢单"}, "-by stage"},
    {"opportunity", KAM_TEXT, {"code", "商机编码"}, "deals, missing"},
    {"closed_on", KAM_DAY, {"day it was closed", "关闭日期"}, "deals, missing"},
    {"cycle_days", KAM_INT, {"days from opening to closing", "从建立到关闭的天数"}, "deals, missing"},
    {"last_stage", KAM_TEXT, {"stage it stood in last", "最后所处阶段"}, "deals, missing"},
    {"lesson", KAM_TEXT, {"what it taught us", "教训"}, "deals, missing"},
    {"flag", KAM_TEXT, {"no-reason, no-lesson, no-reason-no-lesson", "缺原因、缺教训、两者皆缺"}, "deals, missing"},
    CMD_COLUMNS_END};
#define SETUP                                                                                                             \
    "account add ACME -name Acme; competitor add K1 -name Rival\n"                                                         \
    "opportunity add D1 -account ACME -opened_on 2025-01-01 -closed_on 2025-03-01 -result lost -reason price -competitors K1\n" \
    "opportunity add D2 -account ACME -opened_on 2025-01-01 -closed_on 2025-04-01 -result won -reason pilot -lesson {trial first}"
static const cmd_example examples[] = {
    {{"Why we won and lost.", "赢与输的原因。"}, "table select [win-loss] result reason n share", "result\treason\tn\tshare\nwon\tpilot\t1\t1\nlost\tprice\t1\t1"},
    {{"Closed without a lesson.", "关闭而没有教训。"}, "table select [win-loss -show missing] opportunity flag", "opportunity\tflag\nD1\tno-lesson"},
    CMD_EXAMPLES_END};
const cmd_spec cmd_win_loss_spec = {
    .name = "win-loss",
    .summary = {"why opportunities were won and lost: reasons, lessons, rates by reason, competitor, stage, rep", "得失总结：原因、教训，按原因、对手、阶段、客户经理的比率"},
    .detail = {"Every closed opportunity should carry a reason and a lesson (`opportunity set CODE -reason … -lesson …`); -show missing lists "
               "those that do not. Rates have their n and a Wilson interval. An opportunity with several rivals counts for each.",
               "每个已结商机都应写明原因与教训（opportunity set 编码 -reason … -lesson …），-show missing 列出缺少者。比率附 n 与 Wilson 区间。"
               "有多个对手的商机对每个对手各计一次。"},
    .effect = CMD_READS,
    .args_size = sizeof(struct winloss_args),
    .args = args_,
    .columns = columns,
    .setup = SETUP,
    .examples = examples,
    .run = run,
    .why = cmd_win_loss_why,
    .topic = "questions"};

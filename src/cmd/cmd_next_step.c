/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_next_step: E7, the four-step loop: which accounts lack a current step of value, differentiate, strategy, monitor. */
#include "cmd_run.h"
#include "cmd_value.h"
#include <stddef.h>

struct step_args {
    kam_day asof; /* first: cmd_run_asof */
    cmd_ref account;
    bool key, lacking;
};

static kam_rc run(cmd_session *s, const void *args, cmd_value *out, kam_err *err)
{
    const struct step_args *a = args;
    cmd_run r;
    calc_loop_params p;
    kam_table *t = NULL;
    cmd_loop_params(s, a->asof, &p);
    kam_rc rc = cmd_run_load(s, a->asof, 0, CMD_RUN_BIT(CMD_RUN_STEPS), 0, &r, err);
    if (rc) return rc;
    rc = calc_loop(r.facts.held.accounts, r.t[CMD_RUN_STEPS], &p, &t, err);
    cmd_run_release(&r);
    if (!rc) cmd_rows_keep(&t, "account", a->account.code);
    if (!rc && a->lacking) cmd_rows_keep_known(&t, "next_step");
    if (!rc) rc = cmd_run_keep_key(s, &t, a->key, a->asof, err);
    if (rc) kam_table_unref(t);
    else cmd_value_take_table(out, t);
    return rc;
}

static const cmd_arg args_[] = {
    {.name = "-account", .kind = CMD_REF, .offset = offsetof(struct step_args, account), .of = "account", .help = {"only this account", "只看该客户"}},
    {.name = "-lacking", .kind = CMD_FLAG, .offset = offsetof(struct step_args, lacking), .help = {"only accounts that lack a current step", "只看缺少有效步骤的客户"}},
    {.name = "-key", .kind = CMD_FLAG, .offset = offsetof(struct step_args, key), .help = {"only key accounts (A12)", "只看大客户（A12）"}},
    CMD_ARG_ASOF(struct step_args),
    CMD_ARGS_END};
static const cmd_column columns[] = {
    {"account", KAM_TEXT, {"code", "客户编码"}, NULL},
    {"name", KAM_TEXT, {"name", "客户名称"}, NULL},
    {"value", KAM_DAY, {"newest value note, or mark on quality, potential or fit", "最近的价值记录或评分"}, NULL},
    {"differentiate", KAM_DAY, {"newest wanted relation, sponsor, or mark on discipline", "最近的目标关系、高层支持者或价值法则评分"}, NULL},
    {"strategy", KAM_DAY, {"newest plan text or agreed objective", "最近的计划文字或商定的目标"}, NULL},
    {"monitor", KAM_DAY, {"newest debriefed contact, survey or action done", "最近的复盘接触、调查或完成的行动"}, NULL},
    {"current", KAM_INT, {"steps that are current, of 4", "有效步骤数（共 4）"}, NULL},
    {"next_step", KAM_TEXT, {"first step that is not current; missing: none", "第一个无效的步骤；空为无"}, NULL},
    {"why", KAM_TEXT, {"in words, with what to do", "说明与做法"}, NULL},
    CMD_COLUMNS_END};
static const cmd_setting settings[] = {
    {"loop-days", NULL},
    CMD_SETTINGS_END};
static const cmd_example examples[] = {
    {{"Where is the loop broken?", "循环断在哪里？"}, "table select [next-step] account value strategy current next_step",
     "account\tvalue\tstrategy\tcurrent\tnext_step\nACME\t2025-02-01\t\t1\tdifferentiate"},
    CMD_EXAMPLES_END};
const cmd_spec cmd_next_step_spec = {
    .name = "next-step",
    .summary = {"the four-step loop value, differentiate, strategy, monitor: who lacks a current step", "四步循环（价值、区分、策略、监控）：谁缺少有效的一步"},
    .detail = {"A step is current while its newest record is younger than the setting loop-days (365/365/365/90). The next step is the first that is not: there is no use "
               "in watching an account nobody has a strategy for.",
               "最近记录不超过设置 loop-days（365/365/365/90）天即为有效。下一步是第一个无效的步骤：没有策略的客户，监控也没有意义。"},
    .effect = CMD_READS,
    .args_size = sizeof(struct step_args),
    .args = args_,
    .columns = columns,
    .setup = "account add ACME -name Acme -known_since 2023-01-01; value-note add -account ACME -date 2025-02-01 -level basic",
    .examples = examples,
    .run = run,
    .why = cmd_next_step_why,
    .settings = settings,
    .topic = "questions"};

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_effort_mix: E3, where time and money go, against the chosen model of effort. */
#include "cmd_run.h"
#include "cmd_value.h"
#include "kam_mem.h"
#include <stddef.h>

enum { BY_ACTIVITY, BY_REP, BY_ACCOUNT };
static const char *const BY[] = {"activity", "rep", "account", NULL};

struct effort_args {
    kam_day asof; /* first: cmd_run_asof */
    int by;
    cmd_ref rep, account;
    int64_t window;
};

/* The work of one rep, or at one account. */
static void keep_work(const cmd_run *r, const struct effort_args *a, kam_table **work)
{
    cmd_rows_keep(work, "rep", a->rep.code);
    if (!a->account.id) return;
    size_t row = cmd_run_row(r, a->account.code), n = 0, *keep = kam_calloc(kam_table_rows(*work) + 1, sizeof *keep);
    const kam_column *c = kam_table_find(*work, "row");
    for (size_t i = 0; row != SIZE_MAX && i < kam_table_rows(*work); i++)
        if ((size_t)kam_col_int(c, i) == row) keep[n++] = i;
    kam_table *t = kam_table_pick(*work, keep, n);
    kam_free(keep);
    kam_table_unref(*work);
    *work = t;
}

static kam_rc run(cmd_session *s, const void *args, cmd_value *out, kam_err *err)
{
    const struct effort_args *a = args;
    cmd_run r;
    calc_effort_params p;
    kam_table *t = NULL;
    cmd_effort_params(s, a->asof, a->window, &p);
    kam_rc rc = cmd_run_load(s, a->asof, 0, CMD_RUN_BIT(CMD_RUN_WORK) | CMD_RUN_BIT(CMD_RUN_REPS), p.window_days, &r, err);
    if (rc) return rc;
    keep_work(&r, a, &r.t[CMD_RUN_WORK]);
    if (a->by == BY_ACTIVITY) rc = calc_effort_mix(r.t[CMD_RUN_WORK], &p, &t, err);
    else rc = calc_effort_by(r.t[CMD_RUN_WORK], a->by == BY_REP ? r.t[CMD_RUN_REPS] : r.facts.held.accounts, a->by == BY_REP, &p, &t, err);
    cmd_run_release(&r);
    if (!rc) cmd_value_take_table(out, t);
    return rc;
}

static const cmd_arg args_[] = {
    {.name = "-by", .kind = CMD_ENUM, .offset = offsetof(struct effort_args, by), .values = BY, .def = "activity",
     .help = {"activity: the mix; rep, account: one row each", "activity 投入比例；rep、account 各一行"}},
    {.name = "-rep", .kind = CMD_REF, .offset = offsetof(struct effort_args, rep), .of = "rep", .help = {"only this person's work", "只看此人的投入"}},
    {.name = "-account", .kind = CMD_REF, .offset = offsetof(struct effort_args, account), .of = "account", .help = {"only at this account", "只看对该客户的投入"}},
    {.name = "-window", .kind = CMD_INT, .offset = offsetof(struct effort_args, window), .def = "0", .min = 0, .max = 36500,
     .help = {"days looked back; 0: the setting `window`", "回看天数；0 为设置 window"}},
    CMD_ARG_ASOF(struct effort_args),
    CMD_ARGS_END};
static const cmd_column columns[] = {
    {"activity", KAM_TEXT, {"selection, process, administration, support; unknown: no activity noted", "大客户选择、营销过程、销售管理、支持；unknown 为未记录"}, "-by activity"},
    {"rep", KAM_TEXT, {"code", "客户经理编码"}, "-by rep"},
    {"account", KAM_TEXT, {"code", "客户编码"}, "-by account"},
    {"name", KAM_TEXT, {"name", "名称"}, "-by rep, account"},
    {"interactions", KAM_INT, {"how many", "接触次数"}, NULL},
    {"hours", KAM_REAL, {"hours noted (by rep and account: without support)", "记录的小时（按人、按客户时不含支持）"}, NULL},
    {"hours_share", KAM_REAL, {"of the three activities' hours", "占三类工时的比例"}, "-by activity"},
    {"cost", KAM_MONEY, {"money noted", "费用"}, NULL},
    {"cost_share", KAM_REAL, {"of the three activities' money", "占三类费用的比例"}, "-by activity"},
    {"model_share", KAM_REAL, {"what the chosen model gives it", "选定模式的比例"}, "-by activity"},
    {"gap", KAM_REAL, {"hours_share − model_share", "与模式之差"}, "-by activity"},
    {"selection", KAM_REAL, {"share of hours", "大客户选择所占工时"}, "-by rep, account"},
    {"process", KAM_REAL, {"share of hours", "营销过程所占工时"}, "-by rep, account"},
    {"administration", KAM_REAL, {"share of hours", "销售管理所占工时"}, "-by rep, account"},
    {"support_hours", KAM_REAL, {"hours by others than the owner", "负责人以外的人的工时"}, "-by rep, account"},
    {"nearest", KAM_TEXT, {"nearest of the three models", "最接近的模式"}, "-by rep, account"},
    {"distance", KAM_REAL, {"points from the chosen model (root mean square)", "与选定模式的距离（百分点）"}, "-by rep, account"},
    {"why", KAM_TEXT, {"in words", "说明"}, NULL},
    CMD_COLUMNS_END};
static const cmd_setting settings[] = {
    {"effort-model", NULL},
    {"effort-models", NULL},
    {"effort-support", "-by activity"},
    {"window", NULL},
    CMD_SETTINGS_END};
static const cmd_example examples[] = {
    {{"The mix against 40/30/30.", "与 40/30/30 比较。"}, "table select [effort-mix] activity hours hours_share model_share gap",
     "activity\thours\thours_share\tmodel_share\tgap\nselection\t2\t0.25\t0.4\t-0.15000000000000002\nprocess\t6\t0.75\t0.3\t0.45\nadministration\t0\t0\t0.3\t-0.3\n"
     "support\t4\t0.5\t0.3\t0.2"},
    {{"Which model is it nearest to?", "最接近哪种模式？"}, "table get [effort-mix -by rep] 0 nearest", "10/80/10"},
    CMD_EXAMPLES_END};
const cmd_spec cmd_effort_mix_spec = {
    .name = "effort-mix",
    .summary = {"time and money by selection, selling process and sales administration against the chosen model", "投入比例：选择、过程、管理的时间与费用，与选定模式比较"},
    .detail = {"Counts the hours and cost of interactions by their -activity. Work of the account's owner (or where nobody owns it) makes the mix; work of others "
               "is support and comes on top, its share is of the three together. The setting effort-model is the chosen one (40/30/30; others in use "
               "20/60/20 and 10/80/10), effort-support what support each takes (30, 30, 10 per cent).",
               "按接触的 -activity 统计工时与费用。客户负责人的投入（无人负责时为全部）构成比例；他人的投入为支持，另计，其比例以三类之和为基数。"
               "设置 effort-model 为选定的模式（40/30/30，另有 20/60/20 与 10/80/10），effort-support 为各模式所需支持（30、30、10）。"},
    .effect = CMD_READS,
    .args_size = sizeof(struct effort_args),
    .args = args_,
    .columns = columns,
    .setup = "rep add R1 -name Ann; rep add R2 -name Bob; account add ACME -name Acme -known_since 2023-01-01\n"
             "assessment add account ACME owner 2024-01-01 -value R1\n"
             "foreach {rep activity hours} {R1 selection 2 R1 process 6 R2 process 4} {\n"
             "interaction add -account ACME -date 2025-06-01 -kind call -rep $rep -activity $activity -hours $hours}",
    .examples = examples,
    .run = run,
    .why = cmd_effort_why,
    .settings = settings,
    .topic = "questions"};

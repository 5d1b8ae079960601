/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_coverage: E1 and E2, who looks after whom: load of our people, accounts without one, sponsors and their duty calls. */
#include "cmd_run.h"
#include "cmd_value.h"
#include <stddef.h>

enum { VIEW_REPS, VIEW_ACCOUNTS, VIEW_SPONSORS, VIEW_DUTY };
static const char *const VIEW[] = {"reps", "accounts", "sponsors", "duty", NULL};

struct coverage_args {
    kam_day asof; /* first: cmd_run_asof */
    int view;
    cmd_ref rep;
    bool key;
};

static calc_coverage_in input(const cmd_run *r)
{
    return (calc_coverage_in){.accounts = r->facts.held.accounts, .key = r->t[CMD_RUN_KEY], .owners = r->t[CMD_RUN_OWNERS], .reps = r->t[CMD_RUN_REPS],
                              .touched = r->t[CMD_RUN_TOUCHED], .work = r->t[CMD_RUN_WORK], .opportunities = r->facts.held.opportunities};
}

kam_rc cmd_coverage_accounts(cmd_session *s, kam_day asof, cmd_run *r, kam_table **out, kam_err *err)
{
    calc_coverage_params p;
    calc_coverage_in in = input(r);
    cmd_coverage_params(s, asof, &p);
    return calc_coverage_accounts(&in, &p, out, err);
}

static kam_rc run(cmd_session *s, const void *args, cmd_value *out, kam_err *err)
{
    static kam_rc (*const view[])(const calc_coverage_in *, const calc_coverage_params *, kam_table **, kam_err *) = {
        calc_coverage_reps, calc_coverage_accounts, calc_coverage_sponsors, calc_coverage_duty};
    static const char *const rep_column[] = {"rep", "owner", "rep", "sponsor"};
    const struct coverage_args *a = args;
    unsigned tables = CMD_RUN_BIT(CMD_RUN_OWNERS) | CMD_RUN_BIT(CMD_RUN_REPS) | CMD_RUN_BIT(CMD_RUN_TOUCHED) | CMD_RUN_BIT(CMD_RUN_KEY);
    if (a->view >= VIEW_SPONSORS) tables |= CMD_RUN_BIT(CMD_RUN_WORK);
    if (a->key && a->view != VIEW_ACCOUNTS && a->view != VIEW_DUTY) return cmd_run_usage(err, "coverage", "-key goes with -view accounts or duty");
    cmd_run r;
    calc_coverage_params p;
    kam_table *t = NULL;
    kam_rc rc = cmd_run_load(s, a->asof, STORE_F_OPPORTUNITIES, tables, 0, &r, err);
    if (rc) return rc;
    cmd_coverage_params(s, a->asof, &p);
    calc_coverage_in in = input(&r);
    rc = view[a->view](&in, &p, &t, err);
    if (!rc) cmd_rows_keep(&t, rep_column[a->view], a->rep.code);
    if (!rc) rc = cmd_run_keep_key(s, &t, a->key, a->asof, err);
    cmd_run_release(&r);
    if (rc) kam_table_unref(t);
    else cmd_value_take_table(out, t);
    return rc;
}

static const cmd_arg args_[] = {
    {.name = "-view", .kind = CMD_ENUM, .offset = offsetof(struct coverage_args, view), .values = VIEW, .def = "reps",
     .help = {"reps: load of each; accounts: who looks after each; sponsors: what executives do; duty: duty calls made and due",
              "reps 各人负荷；accounts 各客户由谁负责；sponsors 高层支持者的投入；duty 例行拜访"}},
    {.name = "-rep", .kind = CMD_REF, .offset = offsetof(struct coverage_args, rep), .of = "rep", .help = {"only this person", "只看此人"}},
    {.name = "-key", .kind = CMD_FLAG, .offset = offsetof(struct coverage_args, key),
     .help = {"accounts, duty: only key accounts (A12)", "accounts、duty：只看大客户（A12）"}},
    CMD_ARG_ASOF(struct coverage_args),
    CMD_ARGS_END};
static const cmd_column columns[] = {
    {"rep", KAM_TEXT, {"code; missing in the row of accounts without an owner", "编码；无人负责的一行为空"}, "reps, sponsors"},
    {"name", KAM_TEXT, {"name", "姓名（名称）"}, NULL},
    {"accounts", KAM_INT, {"accounts owned (sponsors: sponsored)", "负责（支持）的客户数"}, "reps, sponsors"},
    {"key_accounts", KAM_INT, {"of them key accounts (A12)", "其中的大客户（A12）"}, "reps"},
    {"capacity", KAM_INT, {"own capacity, where noted", "本人容量"}, "reps"},
    {"room", KAM_INT, {"accounts that may be added; negative: too many", "还可接的客户数；负数为超额"}, "reps"},
    {"status", KAM_TEXT, {"reps: over, under, within, unowned; accounts: owned, unworked, unowned; duty: overdue, kept",
                          "reps：超额、不足、适中、无人负责；accounts：有人负责、无人经营、无人负责；duty：逾期、已履行"}, "reps, accounts, duty"},
    {"unworked", KAM_INT, {"owned but not touched for long", "有人负责而久未接触"}, "reps"},
    {"last_contact", KAM_DAY, {"last contact with the account (any of the rep's)", "最近接触"}, "reps, accounts"},
    {"account", KAM_TEXT, {"code", "客户编码"}, "accounts, duty"},
    {"owner", KAM_TEXT, {"who owns it", "负责人"}, "accounts"},
    {"sponsor", KAM_TEXT, {"executive sponsor", "高层支持者"}, "accounts, duty"},
    {"key", KAM_FLAG, {"is a key account", "是否大客户"}, "accounts"},
    {"days", KAM_INT, {"days since the last contact", "距最近接触天数"}, "accounts"},
    {"duty_calls", KAM_INT, {"duty calls made in the window", "统计期内例行拜访次数"}, "sponsors"},
    {"overdue", KAM_INT, {"accounts whose duty call is overdue", "例行拜访逾期的客户数"}, "sponsors"},
    {"deals", KAM_INT, {"open opportunities at these accounts", "这些客户进行中的商机"}, "sponsors"},
    {"deals_followed", KAM_INT, {"of them met about by the sponsor in the window", "其中由其亲自跟进的"}, "sponsors"},
    {"escalated", KAM_INT, {"complaints of the window this person was given", "统计期内上报给其处理的投诉"}, "sponsors"},
    {"settled", KAM_INT, {"of them resolved", "其中已解决的"}, "sponsors"},
    {"hours", KAM_REAL, {"hours with customers in the window", "统计期内与客户相处的小时"}, "sponsors"},
    {"hours_per_account", KAM_REAL, {"a sponsored account", "平均每个客户的小时"}, "sponsors"},
    {"last_call", KAM_DAY, {"sponsor's last duty call", "最近一次例行拜访"}, "duty"},
    {"due_on", KAM_DAY, {"next one due", "下次应不晚于"}, "duty"},
    {"overdue_days", KAM_INT, {"days it is late", "逾期天数"}, "duty"},
    {"why", KAM_TEXT, {"in words", "说明"}, NULL},
    CMD_COLUMNS_END};
static const cmd_setting settings[] = {
    {"key-account-share", "-view reps,accounts"},
    {"key-account-lenses", "-view reps,accounts"},
    {"key-account-revenue", "-view reps,accounts"},
    {"load-low", "-view reps"},
    {"load-high", "-view reps"},
    {"unworked-days", "-view reps,accounts"},
    {"duty-call-days", "-view sponsors,duty"},
    {"window", "-view sponsors"},
    CMD_SETTINGS_END};
static const cmd_example examples[] = {
    {{"Load of each, and what nobody owns.", "各人负荷，以及无人负责的客户。"}, "table select [coverage] rep accounts capacity room status",
     "rep\taccounts\tcapacity\troom\tstatus\nR1\t2\t1\t-1\tover\n\t1\t\t\tunowned"},
    {{"Which accounts does nobody look after?", "哪些客户没有人管？"}, "table select [table where [coverage -view accounts] {$status ne \"owned\"}] account status why",
     "account\tstatus\twhy\nBETA\tunworked\towned by R1, never touched\nCORP\tunowned\tnobody owns it"},
    CMD_EXAMPLES_END};
const cmd_spec cmd_coverage_spec = {
    .name = "coverage",
    .summary = {"who looks after whom: load of our people, accounts without an owner, sponsors and duty calls", "覆盖：各人负荷、无人负责的客户、高层支持者与例行拜访"},
    .detail = {"Load counts the accounts each owns (assessment `owner`) against the settings load-low and load-high (30 and 40) and the own capacity; "
               "over is above the lower of capacity and load-high. An account is unworked when its owner has not touched it for unworked-days. "
               "A sponsor (assessment `sponsor`) owes a duty call every duty-call-days: an interaction with -duty_call 1.",
               "负荷为各人负责的客户数（评估 owner），与设置 load-low、load-high（30、40）及本人容量相比；超过容量与 load-high 中较低者为超额。"
               "负责人超过 unworked-days 天没有接触的客户为无人经营。高层支持者（评估 sponsor）每 duty-call-days 天应有一次例行拜访：带 -duty_call 1 的接触。"},
    .effect = CMD_READS,
    .args_size = sizeof(struct coverage_args),
    .args = args_,
    .columns = columns,
    .setup = "rep add R1 -name Ann -capacity 1\n"
             "foreach a {ACME BETA CORP} {account add $a -name $a -known_since 2023-01-01}\n"
             "foreach a {ACME BETA} {assessment add account $a owner 2024-01-01 -value R1}\n"
             "interaction add -account ACME -date 2025-06-01 -kind visit -rep R1",
    .examples = examples,
    .run = run,
    .why = cmd_coverage_why,
    .settings = settings,
    .topic = "questions"};

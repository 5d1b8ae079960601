/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_completeness: J3, what an account plan lacks, section by section; of one account or of all. */
#include "cmd_run.h"
#include "cmd_value.h"
#include <stddef.h>

struct complete_args {
    kam_day asof; /* first: cmd_run_asof */
    cmd_ref account;
    bool each, key;
};

static kam_rc work_out(cmd_session *s, const struct complete_args *a, kam_table **out, kam_err *err)
{
    cmd_run r;
    kam_table *circle = NULL;
    const calc_complete_params p = {a->asof, cmd_facts_lang(s)};
    unsigned tables = CMD_RUN_BIT(CMD_RUN_PROFILE) | CMD_RUN_BIT(CMD_RUN_PLAN) | CMD_RUN_BIT(CMD_RUN_OWNERS) | CMD_RUN_BIT(CMD_RUN_OBJECTIVES) |
                      CMD_RUN_BIT(CMD_RUN_ACTIONS) | CMD_RUN_BIT(CMD_RUN_RISKS) | CMD_RUN_BIT(CMD_RUN_STEPS);
    kam_rc rc = cmd_run_load(s, a->asof, STORE_F_OPPORTUNITIES, tables, 0, &r, err);
    if (rc) return rc;
    size_t row = a->each ? SIZE_MAX : cmd_run_row(&r, a->account.code);
    if (!a->each && row == SIZE_MAX) {
        char date[KAM_DATE_MAX];
        kam_day_format(a->asof, date);
        kam_err_set(err, KAM_CALC, "completeness: %.100s was not known on %s", a->account.code, date);
        rc = kam_err_word(err, "NODATA");
    }
    if (!rc) rc = cmd_run_circle(s, &r, row, &circle, err);
    if (!rc) {
        const calc_complete_in in = {.accounts = r.facts.held.accounts, .profile = r.t[CMD_RUN_PROFILE], .plan = r.t[CMD_RUN_PLAN], .circle = circle,
                                     .owners = r.t[CMD_RUN_OWNERS], .opportunities = r.facts.held.opportunities, .objectives = r.t[CMD_RUN_OBJECTIVES],
                                     .actions = r.t[CMD_RUN_ACTIONS], .risks = r.t[CMD_RUN_RISKS], .steps = r.t[CMD_RUN_STEPS]};
        rc = a->each ? calc_complete_each(&in, &p, out, err) : calc_complete(&in, row, &p, out, err);
    }
    kam_table_unref(circle);
    cmd_run_release(&r);
    return rc;
}

kam_rc cmd_completeness_sections(cmd_session *s, kam_day asof, const char *account, kam_table **out, kam_err *err)
{
    const struct complete_args a = {.asof = asof, .account = {1, account}};
    return work_out(s, &a, out, err);
}

static kam_rc run(cmd_session *s, const void *args, cmd_value *out, kam_err *err)
{
    const struct complete_args *a = args;
    kam_table *t = NULL;
    if (a->each == (a->account.id != 0))
        return cmd_run_usage(err, "completeness", a->each ? "an account, or -each for all of them, not both" : "which account? completeness ACCOUNT, or completeness -each");
    if (a->key && !a->each) return cmd_run_usage(err, "completeness", "-key goes with -each");
    cmd_scope_account(s, &a->account);
    kam_rc rc = work_out(s, a, &t, err);
    if (!rc) rc = cmd_run_keep_key(s, &t, a->key, a->asof, err);
    if (rc) kam_table_unref(t);
    else cmd_value_take_table(out, t);
    return rc;
}

static const cmd_arg args_[] = {
    {.name = "account", .kind = CMD_REF, .offset = offsetof(struct complete_args, account), .of = "account", .help = {"the account", "客户"}},
    {.name = "-each", .kind = CMD_FLAG, .offset = offsetof(struct complete_args, each), .help = {"all accounts, one row each", "全部客户，每个一行"}},
    {.name = "-key", .kind = CMD_FLAG, .offset = offsetof(struct complete_args, key), .help = {"-each: only key accounts (A12)", "-each：只看大客户（A12）"}},
    CMD_ARG_ASOF(struct complete_args),
    CMD_ARGS_END};
static const cmd_column columns[] = {
    {"section", KAM_TEXT, {"section of the plan", "计划章节"}, "ACCOUNT"},
    {"filled", KAM_INT, {"items on record", "已有项数"}, NULL},
    {"needed", KAM_INT, {"items asked for", "应有项数"}, NULL},
    {"share", KAM_REAL, {"filled ÷ needed", "完成比例"}, NULL},
    {"status", KAM_TEXT, {"complete, part, missing", "完整、部分、缺失"}, "ACCOUNT"},
    {"missing", KAM_TEXT, {"what is missing, in words", "缺什么"}, "ACCOUNT"},
    {"account", KAM_TEXT, {"code", "客户编码"}, "-each"},
    {"name", KAM_TEXT, {"name", "客户名称"}, "-each"},
    {"profile", KAM_REAL, {"share of the section", "档案"}, "-each"},
    {"environment", KAM_REAL, {"share of the section", "环境"}, "-each"},
    {"value_chain", KAM_REAL, {"share of the section", "价值链"}, "-each"},
    {"needs", KAM_REAL, {"share of the section", "需求"}, "-each"},
    {"relationships", KAM_REAL, {"share of the section", "关系图"}, "-each"},
    {"opportunities", KAM_REAL, {"share of the section", "商机"}, "-each"},
    {"objectives", KAM_REAL, {"share of the section", "目标"}, "-each"},
    {"actions", KAM_REAL, {"share of the section", "行动"}, "-each"},
    {"risks", KAM_REAL, {"share of the section", "风险"}, "-each"},
    {"weakest", KAM_TEXT, {"section that lacks most", "最薄弱的章节"}, "-each"},
    CMD_COLUMNS_END};
static const cmd_setting settings[] = {
    {"stakeholder-cut", NULL},
    {"stakeholder-met-days", NULL},
    {"winning-circle-attitude", NULL},
    {"winning-circle-coaches", NULL},
    {"winning-circle-deciders", NULL},
    {"winning-circle-influencers", NULL},
    CMD_SETTINGS_END};
static const cmd_example examples[] = {
    {{"What does the plan lack?", "计划还缺什么？"}, "table select [table head [completeness ACME] 3] section filled needed missing",
     "section\tfilled\tneeded\tmissing\nprofile\t2\t9\tkind, region, ownership, source, employees, annual spend in our category, a text on the account\n"
     "environment\t6\t6\t\nvalue-chain\t0\t3\tchoose the value, provide the value, tell the value"},
    {{"Who has the thinnest plan?", "谁的计划最薄？"}, "table select [completeness -each] account filled needed weakest", "account\tfilled\tneeded\tweakest\nACME\t8\t29\tvalue-chain"},
    CMD_EXAMPLES_END};
const cmd_spec cmd_completeness_spec = {
    .name = "completeness",
    .summary = {"what an account plan lacks, section by section", "客户计划各章节还缺什么"},
    .detail = {"Nine sections: profile, environment, value chain, needs, relationships, opportunities, objectives, actions, risks. Plan texts fill items by their "
               "section: profile, environment (or environment-customer, -customers, -competitors, -intermediaries, -suppliers, -ourselves), value (or "
               "value-choose, -provide, -tell), needs, strategy. What is asked of each of several (owners, due dates) is asked only where there is one.",
               "九个章节：档案、环境、价值链、需求、关系图、商机、目标、行动、风险。计划文字按章节填入：profile、environment（或 environment-customer、-customers、"
               "-competitors、-intermediaries、-suppliers、-ourselves）、value（或 value-choose、-provide、-tell）、needs、strategy。对每一条的要求（负责人、期限）只在有条目时才问。"},
    .effect = CMD_READS,
    .args_size = sizeof(struct complete_args),
    .args = args_,
    .columns = columns,
    .setup = "account add ACME -name Acme -known_since 2023-01-01 -industry Food; plan-text add ACME environment 2025-01-01 -text {as of now}",
    .examples = examples,
    .run = run,
    .why = cmd_completeness_why,
    .settings = settings,
    .topic = "questions"};

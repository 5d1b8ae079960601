/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_care: E11, care by grade: promised visits, attentions, answers and sponsors, kept or not, by account. */
#include "cmd_run.h"
#include "cmd_value.h"
#include <stddef.h>

struct care_args {
    kam_day asof; /* first: cmd_run_asof */
    cmd_ref account;
    bool summary, broken, key;
};

/* The account's grade among all, and beside it no more than what is on record of it. *alone stays false where that cannot be had. */
static kam_rc load_alone(cmd_session *s, const struct care_args *a, unsigned tables, int64_t days, cmd_run *r, bool *alone, kam_err *err)
{
    *alone = false;
    if (!a->account.id || a->summary || a->key || !cmd_facts_narrow(s)) return KAM_OK;
    cmd_facts f = CMD_FACTS_INIT;
    calc_pyramid_params p;
    kam_table *grade = NULL;
    size_t row = SIZE_MAX;
    kam_rc rc = cmd_facts_among(s, a->asof, &a->account, STORE_F_FEW, &f, &row, err);
    if (rc) return rc;
    cmd_pyramid_params(s, a->asof, 0, &p);
    rc = calc_pyramid_one(&f.calc, row, &p, &grade, err);
    cmd_facts_release(&f);
    if (!rc && kam_table_rows(grade) == 1) {
        cmd_scope_account(s, &a->account);
        rc = cmd_run_load(s, a->asof, 0, tables & ~CMD_RUN_BIT(CMD_RUN_PYRAMID), days, r, err);
        cmd_scope_all(s);
        if (!rc) {
            r->t[CMD_RUN_PYRAMID] = kam_table_ref(grade);
            *alone = true;
        }
    }
    kam_table_unref(grade);
    return rc;
}

static kam_rc run(cmd_session *s, const void *args, cmd_value *out, kam_err *err)
{
    const struct care_args *a = args;
    cmd_run r;
    calc_care_params p;
    kam_table *rows = NULL, *t = NULL;
    cmd_care_params(s, a->asof, &p);
    unsigned tables = CMD_RUN_BIT(CMD_RUN_PYRAMID) | CMD_RUN_BIT(CMD_RUN_OWNERS) | CMD_RUN_BIT(CMD_RUN_WORK) | CMD_RUN_BIT(CMD_RUN_MAILED);
    bool alone;
    kam_rc rc = load_alone(s, a, tables, p.window_days, &r, &alone, err);
    if (!rc && !alone) rc = cmd_run_load(s, a->asof, 0, tables, p.window_days, &r, err);
    if (rc) return rc;
    const calc_care_in in = {.accounts = r.facts.held.accounts, .pyramid = r.t[CMD_RUN_PYRAMID], .owners = r.t[CMD_RUN_OWNERS], .work = r.t[CMD_RUN_WORK],
                             .mailed = r.t[CMD_RUN_MAILED]};
    rc = calc_care(&in, &p, &rows, err);
    cmd_run_release(&r);
    if (!rc) cmd_rows_keep(&rows, "account", a->account.code);
    if (!rc) rc = cmd_run_keep_key(s, &rows, a->key, a->asof, err);
    if (!rc && a->broken) cmd_rows_keep_known(&rows, "broken");
    if (!rc) rc = a->summary ? calc_care_summary(rows, &p, &t, err) : (t = kam_table_ref(rows), KAM_OK);
    kam_table_unref(rows);
    if (!rc) cmd_value_take_table(out, t);
    return rc;
}

static const cmd_arg args_[] = {
    {.name = "-account", .kind = CMD_REF, .offset = offsetof(struct care_args, account), .of = "account", .help = {"only this account (graded among all)", "只看该客户（仍在全体中分级）"}},
    {.name = "-summary", .kind = CMD_FLAG, .offset = offsetof(struct care_args, summary), .help = {"one row a grade", "每级一行"}},
    {.name = "-broken", .kind = CMD_FLAG, .offset = offsetof(struct care_args, broken), .help = {"only accounts with a promise not kept", "只看承诺未兑现的客户"}},
    {.name = "-key", .kind = CMD_FLAG, .offset = offsetof(struct care_args, key), .help = {"only key accounts (A12)", "只看大客户（A12）"}},
    CMD_ARG_ASOF(struct care_args),
    CMD_ARGS_END};
static const cmd_column columns[] = {
    {"account", KAM_TEXT, {"code", "客户编码"}, "without -summary"},
    {"name", KAM_TEXT, {"name", "客户名称"}, "without -summary"},
    {"class", KAM_TEXT, {"grade (A2)", "等级（A2）"}, NULL},
    {"accounts", KAM_INT, {"accounts of the grade", "该级客户数"}, "-summary"},
    {"kept", KAM_INT, {"everything promised was kept (a flag; with -summary how many)", "承诺均已兑现（-summary 时为客户数）"}, NULL},
    {"share", KAM_REAL, {"kept ÷ accounts", "兑现比例"}, "-summary"},
    {"visits", KAM_INT, {"visits and meetings of the window", "统计期内拜访与会议"}, "without -summary"},
    {"visits_promised", KAM_INT, {"promised (with -summary a year)", "承诺次数（-summary 时为每年）"}, NULL},
    {"attentions", KAM_INT, {"calls, mails and mailings", "电话、邮件与邮寄"}, "without -summary"},
    {"attentions_promised", KAM_INT, {"promised", "承诺次数"}, NULL},
    {"answer_days", KAM_REAL, {"slowest first answer to a complaint", "投诉首次答复最慢天数"}, "without -summary"},
    {"answer_promised", KAM_REAL, {"promised days", "承诺天数"}, NULL},
    {"sponsor", KAM_TEXT, {"executive sponsor", "高层支持者"}, "without -summary"},
    {"sponsor_promised", KAM_FLAG, {"a sponsor is promised", "承诺高层支持者"}, NULL},
    {"broken", KAM_TEXT, {"visits, attentions, answer, sponsor: what was not kept", "未兑现的承诺"}, "without -summary"},
    {"why", KAM_TEXT, {"in words", "说明"}, "without -summary"},
    CMD_COLUMNS_END};
static const cmd_setting settings[] = {
    {"care-visits", NULL},
    {"care-attentions", NULL},
    {"care-answer-days", NULL},
    {"care-sponsor", NULL},
    {"window", NULL},
    {"pyramid-split", NULL},
    CMD_SETTINGS_END};
static const cmd_example examples[] = {
    {{"Was what we promised kept?", "承诺兑现了吗？"}, "table select [care] account class kept visits visits_promised broken",
     "account\tclass\tkept\tvisits\tvisits_promised\tbroken\nACME\ttop\t0\t1\t12\tvisits, attentions, sponsor"},
    {{"By grade.", "按等级。"}, "table select [table head [care -summary] 1] class accounts kept visits_promised", "class\taccounts\tkept\tvisits_promised\ntop\t1\t0\t12"},
    CMD_EXAMPLES_END};
const cmd_spec cmd_care_spec = {
    .name = "care",
    .summary = {"care by grade: promised visits, attentions, answers and sponsors, kept or not", "分级关怀：承诺的拜访、关怀、答复与高层支持者是否兑现"},
    .detail = {"What each grade of the pyramid (A2) is promised stands in the settings care-visits, care-attentions, care-answer-days and care-sponsor, four numbers each: top, "
               "major, ordinary, small. Promises a year are taken in proportion to the window and to the time the account was known. An unanswered complaint counts "
               "its days so far. Accounts that bought nothing in the window have no grade and no promise.",
               "金字塔（A2）各级的承诺见设置 care-visits、care-attentions、care-answer-days、care-sponsor，各四个数：重要、主要、普通、小。"
               "每年的承诺按统计期及相识时间折算。尚未答复的投诉按已过天数计。统计期内没有购买的客户没有等级，也没有承诺。"},
    .effect = CMD_READS,
    .args_size = sizeof(struct care_args),
    .args = args_,
    .columns = columns,
    .setup = "account add ACME -name Acme -known_since 2023-01-01; transaction add -account ACME -date 2025-05-02 -amount 1200\n"
             "interaction add -account ACME -date 2025-06-01 -kind visit",
    .examples = examples,
    .run = run,
    .why = cmd_care_why,
    .settings = settings,
    .topic = "questions"};

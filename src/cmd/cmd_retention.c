/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_retention: F3, who stays: by period of the calendar and by the cohort of the first purchase, by count and value. */
#include "cmd_care.h"
#include "cmd_value.h"
#include <stddef.h>

static const char *const BY[] = {"month", "quarter", "year", "cohort", NULL};
static const char *const SPAN[] = {"month", "quarter", "year", NULL}; /* in the order of calc_span */
enum { BY_COHORT = 3 };

struct retention_args {
    int by, cohort;
    int64_t window;
    kam_day asof;
};

static kam_rc run(cmd_session *s, const void *args, cmd_value *out, kam_err *err)
{
    const struct retention_args *a = args;
    bool cohort = a->by == BY_COHORT;
    calc_retention_params p = CALC_RETENTION_PARAMS(a->asof, cmd_facts_lang(s), (calc_span)(cohort ? a->cohort : a->by));
    cmd_facts f = CMD_FACTS_INIT;
    kam_table *t = NULL;
    cmd_spell_rule(s, &p.rule);
    cmd_care_days(s, "window", &p.window_days);
    cmd_care_real(s, "level", &p.level);
    if (a->window > 0) p.window_days = (int)a->window;
    kam_rc rc = cmd_facts_load(s, a->asof, STORE_F_LEDGER, &f, err);
    if (!rc) rc = cohort ? calc_retention_cohorts(&f.calc, &p, &t, err) : calc_retention_periods(&f.calc, &p, &t, err);
    cmd_facts_release(&f);
    if (!rc) cmd_value_take_table(out, t);
    return rc;
}

kam_day cmd_retention_asof(const void *args) { return ((const struct retention_args *)args)->asof; }

static const cmd_arg spec_args[] = {
    {.name = "-by", .kind = CMD_ENUM, .offset = offsetof(struct retention_args, by), .values = BY, .def = "year",
     .help = {"periods of the calendar, or cohort: by the period of the first purchase", "按日历期间；或 cohort 按首购时期分组"}},
    {.name = "-cohort", .kind = CMD_ENUM, .offset = offsetof(struct retention_args, cohort), .values = SPAN, .def = "year",
     .help = {"length of a cohort, with -by cohort", "与 -by cohort 同用：一组的时长"}},
    {.name = "-window", .kind = CMD_INT, .offset = offsetof(struct retention_args, window), .def = "0", .min = 0, .max = 36500,
     .help = {"days before a period that make an account's value; 0: the setting `window`", "期初之前多少天的收入为客户价值；0 为设置 window"}},
    CMD_ARG_ASOF(struct retention_args),
    CMD_ARGS_END};

static const cmd_column columns[] = {
    {"period", KAM_TEXT, {"the period", "期间"}, "periods"},
    {"from", KAM_DAY, {"its first day", "首日"}, "periods"},
    {"until", KAM_DAY, {"its last day, at most the as-of day", "末日，不晚于截止日期"}, "periods"},
    {"partial", KAM_FLAG, {"not over on the as-of day", "截止日期时尚未结束"}, "periods"},
    {"opening", KAM_INT, {"accounts ours at the beginning", "期初客户数"}, "periods"},
    {"new", KAM_INT, {"bought for the first time", "首次购买"}, "periods"},
    {"won_back", KAM_INT, {"lost before, bought again", "挽回"}, "periods"},
    {"lost", KAM_INT, {"called lost in it", "流失"}, "periods"},
    {"closing", KAM_INT, {"opening + new + won back − lost", "期末 = 期初 + 新增 + 挽回 − 流失"}, "periods"},
    {"kept", KAM_INT, {"of the opening (cohort: ours at the end of the year)", "期初客户中保留的（cohort 时为当年末仍属我方）"}, NULL},
    {"retention", KAM_REAL, {"kept ÷ opening", "保留率"}, NULL},
    {"retention_low", KAM_REAL, {"low end of the Wilson interval", "Wilson 区间下限"}, NULL},
    {"retention_high", KAM_REAL, {"high end", "区间上限"}, NULL},
    {"defection", KAM_REAL, {"1 − retention", "流失率"}, "periods"},
    {"value", KAM_MONEY, {"revenue of the window before, of the opening (cohort: of the year)", "期初客户此前统计期的收入（cohort 时为当年收入）"}, NULL},
    {"value_lost", KAM_MONEY, {"of that, of the accounts lost", "其中流失客户的"}, "periods"},
    {"value_retention", KAM_REAL, {"share of the value kept (cohort: against the first year)", "价值保留率（cohort 时与首年相比）"}, NULL},
    {"value_low", KAM_REAL, {"low end of its interval", "区间下限"}, "periods"},
    {"value_high", KAM_REAL, {"high end", "区间上限"}, "periods"},
    {"cohort", KAM_TEXT, {"period of the first purchase", "首购时期"}, "-by cohort"},
    {"age", KAM_INT, {"year since the first purchase", "首购后第几年"}, "-by cohort"},
    {"accounts", KAM_INT, {"accounts that have lived all of it", "满该年的客户数"}, "-by cohort"},
    {"active", KAM_INT, {"bought again in it", "当年再次购买"}, "-by cohort"},
    {"active_share", KAM_REAL, {"share of these", "占比"}, "-by cohort"},
    {"active_low", KAM_REAL, {"low end of the Wilson interval", "Wilson 区间下限"}, "-by cohort"},
    {"active_high", KAM_REAL, {"high end", "区间上限"}, "-by cohort"},
    {"first_value", KAM_MONEY, {"revenue of their first years", "首年收入"}, "-by cohort"},
    CMD_COLUMNS_END};

static const cmd_setting settings[] = {
    {"lifecycle-lost-days", NULL},
    {"lifecycle-lost-gaps", NULL},
    {"level", NULL},
    {"window", "-by month,quarter,year"},
    CMD_SETTINGS_END};

static const cmd_example examples[] = {
    {{"year by year", "逐年"}, "table select [retention] period opening new lost closing retention",
     "period\topening\tnew\tlost\tclosing\tretention\n2023\t0\t2\t0\t2\t\n2024\t2\t0\t1\t1\t0.5\n2025\t1\t0\t0\t1\t1"},
    {{"by cohort", "按首购分组"}, "table select [retention -by cohort] cohort age accounts kept active", "cohort\tage\taccounts\tkept\tactive\n2023\t1\t2\t2\t1\n2023\t2\t2\t1\t1"},
    CMD_EXAMPLES_END};

const cmd_spec cmd_retention_spec = {
    .name = "retention",
    .summary = {"retention and defection by period and by cohort of the first purchase, by count and value, with intervals", "保留率与流失率：按期间、按首购分组，按数量与价值，附区间"},
    .detail = {"Lost is the first day on which the life cycle says so (settings lifecycle-lost-days, lifecycle-lost-gaps), so a loss shows late. Opening + new + won back − "
               "lost = closing. Rates carry Wilson intervals, shares of value linearised ones (setting level). A cohort's year k counts only accounts that have lived all "
               "of it; `active` is what a rule of silence cannot hide.",
               "流失以生命周期首次判定之日为准（设置 lifecycle-lost-days、lifecycle-lost-gaps），因此显现较晚。期初 + 新增 + 挽回 − 流失 = 期末。比率附 Wilson 区间，"
               "价值占比附线性化区间（设置 level）。分组的第 k 年只计满该年的客户；active 不受沉默规则掩盖。"},
    .effect = CMD_READS,
    .args_size = sizeof(struct retention_args),
    .args = spec_args,
    .columns = columns,
    .setup = "account add ACME -name Acme; account add BETA -name Beta; transaction add -account ACME -date 2023-02-01 -amount 100; "
             "transaction add -account ACME -date 2023-09-01 -amount 100; transaction add -account ACME -date 2024-08-01 -amount 50; "
             "transaction add -account BETA -date 2023-03-01 -amount 70",
    .examples = examples,
    .run = run,
    .why = cmd_retention_why,
    .settings = settings,
    .topic = "questions"};

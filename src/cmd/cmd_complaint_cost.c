/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_complaint_cost: C5, what stands behind a complaint, and does a quick answer bring the customer back? */
#include "calc_complaint.h"
#include "cmd_care.h"
#include "cmd_facts.h"
#include "cmd_spec.h"
#include "cmd_value.h"
#include "cmd_worth.h"
#include "kam_mem.h"
#include "store_setting.h"
#include <stddef.h>

static const char *const SHOW[] = {"register", "accounts", "measures", "recovery", NULL};

void cmd_complaint_params(cmd_session *s, kam_day asof, calc_complaint_params *p)
{
    store *db = cmd_session_store(s);
    *p = (calc_complaint_params)CALC_COMPLAINT_PARAMS(asof, cmd_facts_lang(s));
    const struct {
        const char *name;
        int *to;
    } days[] = {{"complaint-written-days", &p->written}, {"complaint-visit-days", &p->visit}, {"complaint-filed-days", &p->filed},
                {"recovery-days", &p->follow_days}};
    int64_t v;
    for (size_t i = 0; i < sizeof days / sizeof *days; i++)
        if (store_setting_int(db, days[i].name, &v)) *days[i].to = (int)v;
    store_setting_real(db, "complaint-factor", &p->factor);
    store_setting_real(db, "word-of-mouth-good", &p->good);
    store_setting_real(db, "word-of-mouth-bad", &p->bad);
    store_setting_real(db, "service-recovery", &p->quoted);
    store_setting_real(db, "level", &p->level);
}

/* Rows of t whose flag or count `open` is not 0. */
static kam_table *only_open(kam_table *t)
{
    const kam_column *open = kam_table_find(t, "open");
    size_t n = 0, *rows = kam_calloc(kam_table_rows(t) + 1, sizeof *rows);
    for (size_t i = 0; i < kam_table_rows(t); i++)
        if (kam_col_int(open, i)) rows[n++] = i;
    kam_table *picked = kam_table_pick(t, rows, n);
    kam_free(rows);
    kam_table_unref(t);
    return picked;
}

static kam_rc check(const cmd_complaint_args *a, kam_err *err)
{
    if (a->show <= CMD_COMPLAINT_ACCOUNTS || (!a->account.id && !a->open)) return KAM_OK;
    kam_err_set(err, KAM_USAGE, "complaint-cost: -account and -open belong to -show register or accounts");
    return kam_err_word(err, "complaint-cost");
}

static kam_rc run(cmd_session *s, const void *args, cmd_value *out, kam_err *err)
{
    static kam_rc (*const answer[])(const calc_facts *, const calc_complaint_params *, kam_table **, kam_err *) = {
        calc_complaint_register, calc_complaint_accounts, calc_complaint_measures, calc_complaint_recovery};
    const cmd_complaint_args *a = args;
    cmd_facts f = CMD_FACTS_INIT;
    calc_complaint_params p;
    kam_table *t = NULL;
    cmd_complaint_params(s, a->asof, &p);
    kam_rc rc = check(a, err);
    if (!rc) rc = cmd_facts_load(s, a->asof, STORE_F_LEDGER | STORE_F_COMPLAINTS, &f, err);
    if (!rc) rc = answer[a->show](&f.calc, &p, &t, err);
    cmd_facts_release(&f);
    if (rc) return rc;
    if (a->open) t = only_open(t);
    cmd_rows_keep(&t, "account", a->account.code);
    cmd_value_take_table(out, t);
    return KAM_OK;
}

static const cmd_arg spec_args[] = {
    {.name = "-account", .kind = CMD_REF, .offset = offsetof(cmd_complaint_args, account), .of = "account",
     .help = {"only this account", "只看该客户"}},
    {.name = "-open", .kind = CMD_FLAG, .offset = offsetof(cmd_complaint_args, open),
     .help = {"only open complaints, or accounts that have one", "只看未结投诉，或有未结投诉的客户"}},
    {.name = "-show", .kind = CMD_ENUM, .offset = offsetof(cmd_complaint_args, show), .values = SHOW, .def = "register",
     .help = {"register: every complaint priced; accounts; measures: what is open, word of mouth; recovery: bought again, by speed of answer",
              "register 逐件标价；accounts 按客户；measures 未结合计与口碑；recovery 按答复快慢看再次购买"}},
    CMD_ARG_ASOF(cmd_complaint_args),
    CMD_ARGS_END};

static const cmd_column columns[] = {
    {"account", KAM_TEXT, {"code of the account", "客户编码"}, "register, accounts"},
    {"name", KAM_TEXT, {"its name", "名称"}, "register, accounts"},
    {"date", KAM_DAY, {"day of the complaint", "投诉日期"}, "register"},
    {"resolved_on", KAM_DAY, {"day it was resolved; missing while open", "解决日期；未结则缺失"}, "register"},
    {"days", KAM_INT, {"days to the resolution, or open so far", "解决用时，或未结至今的天数"}, "register"},
    {"open", KAM_FLAG, {"not resolved (accounts: how many)", "未结（accounts 时为件数）"}, "register, accounts"},
    {"owner", KAM_TEXT, {"who deals with it", "负责人"}, "register"},
    {"complaints", KAM_INT, {"how many", "件数"}, "accounts, recovery"},
    {"oldest_open", KAM_DAY, {"day of the oldest open one", "最早未结投诉的日期"}, "accounts"},
    {"annual_revenue", KAM_MONEY, {"mean annual revenue", "年均销售额"}, "register, accounts"},
    {"revenue_of", KAM_TEXT, {"account: its own; portfolio: the mean of all, because it has none", "account 自身；portfolio 自身没有而取全体平均"}, "register, accounts"},
    {"upper_bound", KAM_MONEY, {"annual revenue × factor", "年均销售额 × 系数"}, "register, accounts"},
    {"class", KAM_TEXT, {"speed of the answer: fast, normal, slow, late, unresolved, total", "答复快慢：fast、normal、slow、late、unresolved、total"}, "recovery"},
    {"within_days", KAM_INT, {"resolved within so many days", "在此天数内解决"}, "recovery"},
    {"repurchased", KAM_INT, {"of these, bought again in time", "其中按期再次购买"}, "recovery"},
    {"share", KAM_REAL, {"share that bought again", "再次购买占比"}, "recovery"},
    {"low", KAM_REAL, {"low end of the Wilson interval", "Wilson 区间下限"}, "recovery, measures"},
    {"high", KAM_REAL, {"high end", "区间上限"}, "recovery, measures"},
    {"quoted", KAM_REAL, {"share usually quoted", "通行说法"}, "recovery"},
    {"measure", KAM_TEXT, {"what is measured", "指标"}, "measures"},
    {"value", KAM_REAL, {"its value", "值"}, "measures"},
    CMD_COLUMNS_END};

/* Thresholds read; cmd_uses.h. */
static const cmd_setting settings[] = {
    {"complaint-factor", "-show register,accounts,measures"},
    {"word-of-mouth-good", "-show measures"},
    {"word-of-mouth-bad", "-show measures"},
    {"service-recovery", "-show recovery"},
    {"level", "-show recovery"},
    {"complaint-written-days", "-show recovery"},
    {"complaint-visit-days", "-show recovery"},
    {"complaint-filed-days", "-show recovery"},
    {"recovery-days", "-show recovery"},
    CMD_SETTINGS_END};

static const cmd_example examples[] = {
    {{"what stands behind the open complaint", "未结投诉背后是什么"}, "table select [complaint-cost] account days open annual_revenue upper_bound",
     "account\tdays\topen\tannual_revenue\tupper_bound\nACME\t20\t1\t1200.00\t30000.00"},
    {{"and the whole portfolio", "全体合计"}, "table get [table where [complaint-cost -show measures] {$measure eq \"people_touched\"}] 0 value", "25"},
    CMD_EXAMPLES_END};

const cmd_spec cmd_complaint_cost_spec = {
    .name = "complaint-cost",
    .summary = {"the price of complaints: an upper bound, word of mouth, and whether a quick answer brings customers back", "投诉的代价：上限、口碑，以及快速答复能否留住客户"},
    .detail = {"A complaint is priced at the account's mean annual revenue (the portfolio's where it has none) times the setting complaint-factor: "
               "an upper bound on what may stand behind one dissatisfied customer, no forecast. An account counts once in sums. Word of mouth "
               "is another picture of the same thing: never multiply both. -show recovery puts our own repurchase rates beside the share usually "
               "quoted, with n and interval.",
               "投诉按客户年均销售额（没有则取全体平均）乘以设置 complaint-factor 标价：这是一个不满客户背后可能损失的上限，并非预测。合计时同一客户只计一次。"
               "口碑是同一件事的另一种说法：两者不可相乘。-show recovery 把自己的再购率（附样本数与区间）与通行说法并列。"},
    .effect = CMD_READS,
    .args_size = sizeof(cmd_complaint_args),
    .args = spec_args,
    .columns = columns,
    .setup = "account add ACME -name Acme -known_since 2023-01-01; transaction add -account ACME -date 2025-05-02 -amount 1200; "
             "interaction add -account ACME -date 2025-06-10 -kind complaint",
    .examples = examples,
    .run = run,
    .why = cmd_complaint_why,
    .settings = settings,
    .topic = "questions"};

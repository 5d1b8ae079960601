/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_cost_to_serve: C4, what is left after what it costs to serve an account, and who eats the profit? */
#include "calc_serve.h"
#include "cmd_facts.h"
#include "cmd_spec.h"
#include "cmd_value.h"
#include "cmd_worth.h"
#include "store_setting.h"
#include <stddef.h>

static const char *const SHOW[] = {"accounts", "whale", "measures", NULL};

static void params(cmd_session *s, const cmd_serve_args *a, calc_serve_params *p)
{
    int64_t window = a->window;
    *p = (calc_serve_params)CALC_SERVE_PARAMS(a->asof, cmd_facts_lang(s));
    if (window > 0 || store_setting_int(cmd_session_store(s), "window", &window)) p->window_days = (int)window;
}

static kam_rc rows_of(cmd_session *s, const calc_serve_params *p, kam_table **rows, kam_err *err)
{
    cmd_facts f = CMD_FACTS_INIT;
    kam_table *flows = NULL;
    kam_rc rc = cmd_facts_load(s, p->asof, STORE_F_LEDGER, &f, err);
    if (!rc) rc = store_query_flows(cmd_session_store(s), p->asof, &flows, err);
    if (!rc) rc = calc_serve(&f.calc, flows, p, rows, err);
    kam_table_unref(flows);
    cmd_facts_release(&f);
    return rc;
}

/* Without -kinds the four kinds of service cost are left to the total. */
static kam_table *without_kinds(kam_table *rows)
{
    static const char *const KEEP[] = {"account", "name", "rank", "revenue", "margin", "service_cost", "acquisition", "profit",
                                       "profit_margin", "peak_share", "unknown_days"};
    size_t cols[sizeof KEEP / sizeof *KEEP];
    for (size_t i = 0; i < sizeof KEEP / sizeof *KEEP; i++) cols[i] = (size_t)kam_table_index(rows, KEEP[i]);
    kam_table *t = kam_table_select(rows, cols, sizeof KEEP / sizeof *KEEP);
    kam_table_unref(rows);
    return t;
}

static kam_rc check(const cmd_serve_args *a, kam_err *err)
{
    if (a->show == CMD_SERVE_ACCOUNTS || (!a->account.id && !a->kinds)) return KAM_OK;
    kam_err_set(err, KAM_USAGE, "cost-to-serve: -account and -kinds belong to -show accounts");
    return kam_err_word(err, "cost-to-serve");
}

static kam_rc run(cmd_session *s, const void *args, cmd_value *out, kam_err *err)
{
    const cmd_serve_args *a = args;
    calc_serve_params p;
    kam_table *rows = NULL, *result = NULL;
    kam_rc rc = check(a, err);
    params(s, a, &p);
    if (!rc) rc = rows_of(s, &p, &rows, err);
    if (rc) return rc;
    if (a->show == CMD_SERVE_WHALE) rc = calc_serve_whale(rows, &p, &result, err);
    else if (a->show == CMD_SERVE_MEASURES) rc = calc_serve_measures(rows, &p, &result, err);
    else {
        result = a->account.id ? cmd_rows_where(rows, "account", a->account.code) : kam_table_ref(rows);
        if (!a->kinds) result = without_kinds(result);
    }
    kam_table_unref(rows);
    if (!rc) cmd_value_take_table(out, result);
    return rc;
}

static const cmd_arg spec_args[] = {
    {.name = "-account", .kind = CMD_REF, .offset = offsetof(cmd_serve_args, account), .of = "account",
     .help = {"only this account (ranked among all)", "只看该客户（仍在全体中排名）"}},
    {.name = "-window", .kind = CMD_INT, .offset = offsetof(cmd_serve_args, window), .setting = "window", .def = "0", .min = 0, .max = 36500,
     .help = {"days looked back; 0: the setting `window` (365)", "回看天数；0 为设置 window（365）"}},
    {.name = "-kinds", .kind = CMD_FLAG, .offset = offsetof(cmd_serve_args, kinds),
     .help = {"service cost by kind too: attract, promote, maintain, serve", "并列出服务成本的四类：吸引、推广、维护、服务"}},
    {.name = "-show", .kind = CMD_ENUM, .offset = offsetof(cmd_serve_args, show), .values = SHOW, .def = "accounts",
     .help = {"accounts, best profit first; whale: cumulative profit up to its peak and down again; measures: totals, peak, what the losers eat",
              "accounts 按利润排列的客户；whale 累计利润的鲸鱼曲线；measures 合计、峰值与被吃掉的利润"}},
    CMD_ARG_ASOF(cmd_serve_args),
    CMD_ARGS_END};

static const cmd_column columns[] = {
    {"account", KAM_TEXT, {"code of the account", "客户编码"}, "accounts, whale"},
    {"name", KAM_TEXT, {"its name", "名称"}, "accounts"},
    {"rank", KAM_INT, {"place by profit", "按利润的名次"}, "accounts, whale"},
    {"revenue", KAM_MONEY, {"net revenue of the window", "统计期净销售额"}, "accounts"},
    {"margin", KAM_MONEY, {"known margin; missing when none is known", "已知毛利；全部未知则缺失"}, "accounts"},
    {"service_cost", KAM_MONEY, {"service cost of every kind", "各类服务成本之和"}, "accounts"},
    {"acquisition", KAM_MONEY, {"acquisition cost, if it falls into the window", "落在统计期内的获客成本"}, "accounts"},
    {"profit", KAM_MONEY, {"margin less service and acquisition cost", "毛利减服务与获客成本"}, "accounts, whale"},
    {"profit_margin", KAM_REAL, {"profit / revenue", "利润 / 收入"}, "accounts"},
    {"peak_share", KAM_REAL, {"profit as a share of the peak; negative: what it eats", "占峰值利润之比；负数即吃掉的份额"}, "accounts, whale"},
    {"unknown_days", KAM_INT, {"days whose margin is unknown, left out", "毛利未知而未计入的日数"}, "accounts"},
    {"cumulative", KAM_MONEY, {"profit of this and all better accounts", "至此名次的累计利润"}, "whale"},
    {"account_share", KAM_REAL, {"share of accounts so far", "至此名次的客户占比"}, "whale"},
    {"peak", KAM_FLAG, {"the last account that earns: the curve's top", "最后一个盈利客户：曲线顶点"}, "whale"},
    CMD_COLUMNS_END};

/* Thresholds read; cmd_uses.h. */
static const cmd_setting settings[] = {
    {"window", NULL},
    {"default-margin", NULL},
    CMD_SETTINGS_END};

static const cmd_example examples[] = {
    {{"who earns, and who eats it", "谁赚，谁吃掉"}, "table select [cost-to-serve] account profit peak_share",
     "account\tprofit\tpeak_share\nACME\t370.00\t1\nBETA\t-20.00\t-0.05405405405405406"},
    {{"the top of the whale curve", "鲸鱼曲线的顶点"}, "table get [table where [cost-to-serve -show whale] {$peak}] 0 account", "ACME"},
    CMD_EXAMPLES_END};

const cmd_spec cmd_cost_to_serve_spec = {
    .name = "cost-to-serve",
    .summary = {"profit per account after what it costs to win and serve it, and who eats the profit", "服务成本：扣除服务与获客成本后的客户利润，谁吃掉利润"},
    .detail = {"Profit of the window = known margin - service cost - acquisition cost if the account became known within the window. The accounts "
               "are ranked by profit; added up in that order the profit climbs to a peak and then falls: what lies behind the peak is eaten "
               "by accounts that cost more than they bring. A margin that is unknown stays missing and is counted in a note.",
               "统计期利润 = 已知毛利 - 服务成本 - 统计期内相识客户的获客成本。客户按利润排列并逐个累加：利润先升至峰值再回落，峰值之后即被入不敷出的客户吃掉的部分。"
               "毛利未知者保持缺失，并在附注中计数。"},
    .effect = CMD_READS,
    .args_size = sizeof(cmd_serve_args),
    .args = spec_args,
    .columns = columns,
    .setup = "account add ACME -name Acme -known_since 2023-01-01; account add BETA -name Beta -known_since 2023-01-01; "
             "transaction add -account ACME -date 2025-05-02 -amount 1000 -cost 600; service-cost add -account ACME -date 2025-05-03 -amount 30 -kind serve; "
             "transaction add -account BETA -date 2025-05-02 -amount 100 -cost 80; service-cost add -account BETA -date 2025-05-03 -amount 40 -kind maintain",
    .examples = examples,
    .run = run,
    .why = cmd_serve_why,
    .settings = settings,
    .topic = "questions"};

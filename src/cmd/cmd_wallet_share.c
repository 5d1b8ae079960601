/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_wallet_share: G5, share of wallet, account by account and of the portfolio. */
#include "cmd_next.h"
#include "cmd_spec.h"
#include "cmd_value.h"
#include <stddef.h>

static const char *const SHOW[] = {"accounts", "measures", NULL};

void cmd_wallet_params(cmd_session *s, kam_day asof, int64_t window, calc_wallet_params *p)
{
    *p = (calc_wallet_params)CALC_WALLET_PARAMS(asof, cmd_facts_lang(s));
    p->window_days = window > 0 ? (int)window : cmd_next_int(s, "window");
    p->growing_ratio = cmd_next_real(s, "lifecycle-growing-ratio");
    p->declining_ratio = cmd_next_real(s, "lifecycle-declining-ratio");
}

static kam_rc run(cmd_session *s, const void *args, cmd_value *out, kam_err *err)
{
    const cmd_wallet_args *a = args;
    if (a->show == CMD_WALLET_MEASURES && a->account.id) return cmd_next_usage("wallet-share", "-account belongs to -show accounts", err);
    cmd_facts f = CMD_FACTS_INIT;
    calc_wallet_params p;
    kam_table *t = NULL, *shown = NULL;
    kam_rc rc = cmd_facts_load(s, a->asof, STORE_F_LEDGER, &f, err);
    if (rc) return rc;
    cmd_wallet_params(s, a->asof, a->window, &p);
    rc = calc_wallet(&f.calc, &p, &t, err);
    if (!rc && a->show == CMD_WALLET_MEASURES) rc = calc_wallet_measures(t, &p, &shown, err);
    else if (!rc) shown = a->account.id ? cmd_rows_where(t, "account", a->account.code) : kam_table_ref(t);
    kam_table_unref(t);
    cmd_facts_release(&f);
    if (!rc) cmd_value_take_table(out, shown);
    return rc;
}

static const cmd_arg spec_args[] = {
    {.name = "-account", .kind = CMD_REF, .offset = offsetof(cmd_wallet_args, account), .of = "account", .help = {"only this account", "只看该客户"}},
    {.name = "-window", .setting = "window", .kind = CMD_INT, .offset = offsetof(cmd_wallet_args, window), .def = "0", .min = 0, .max = 36500,
     .help = {"days looked back; 0: the setting `window` (365)", "回看天数；0 为设置 window（365）"}},
    {.name = "-show", .kind = CMD_ENUM, .offset = offsetof(cmd_wallet_args, show), .values = SHOW, .def = "accounts",
     .help = {"accounts, or measures of the portfolio", "客户，或全体指标"}},
    CMD_ARG_ASOF(cmd_wallet_args),
    CMD_ARGS_END};

static const cmd_column columns[] = {
    {"account", KAM_TEXT, {"the account", "客户"}, "accounts"},
    {"name", KAM_TEXT, {"its name", "名称"}, "accounts"},
    {"ours", KAM_MONEY, {"net bought of us in the window", "期内向我方的净购买额"}, "accounts"},
    {"before", KAM_MONEY, {"the same in the window before", "前一期净购买额"}, "accounts"},
    {"annual_spend", KAM_MONEY, {"what it spends a year in our category", "品类年支出"}, "accounts"},
    {"share", KAM_REAL, {"ours a year ÷ annual spend", "客户份额"}, "accounts"},
    {"share_before", KAM_REAL, {"the same for the window before", "前一期份额"}, "accounts"},
    {"change", KAM_REAL, {"share − share_before", "份额变化"}, "accounts"},
    {"gap", KAM_MONEY, {"what it spends elsewhere a year", "每年花在别处的金额"}, "accounts"},
    {"trend", KAM_TEXT, {"growing, stable or declining", "成长、稳定或衰退"}, "accounts"},
    {"measure", KAM_TEXT, {"share, share_before, ours, spend, gap, known, growing, stable, declining", "指标"}, "measures"},
    {"value", KAM_REAL, {"its value", "值"}, "measures"},
    {"low", KAM_REAL, {"not used", "未用"}, "measures"},
    {"high", KAM_REAL, {"not used", "未用"}, "measures"},
    {"n", KAM_INT, {"accounts it stands on", "样本数"}, "measures"},
    {"reading", KAM_TEXT, {"not used", "未用"}, "measures"},
    CMD_COLUMNS_END};

static const cmd_example examples[] = {
    {{"600 of 2,000 this year, 400 the year before", "今年 2000 中的 600，去年 400"},
     "table select [wallet-share] account share share_before gap trend",
     "account\tshare\tshare_before\tgap\ttrend\nACME\t0.3\t0.2\t1400.00\tgrowing\nBETA\t\t\t\t"},
    CMD_EXAMPLES_END};

static const cmd_setting used[] = {
    {"window", NULL},
    {"lifecycle-growing-ratio", NULL},
    {"lifecycle-declining-ratio", NULL},
    CMD_SETTINGS_END};

const cmd_spec cmd_wallet_share_spec = {
    .name = "wallet-share",
    .summary = {"share of wallet: ours against what an account spends in our category, and its trend", "客户份额：我方销售占客户品类年支出之比及趋势"},
    .detail = {"The annual spend is one entered figure without a date and serves both windows; where we sold more than it says, a note tells that it "
               "is out of date. Without it share and gap are missing, never zero.",
               "品类年支出为录入的单一数字，不带日期，两期共用；若我方销售已超过它，附注会指出该数字过时。没有它时份额与差额缺失，绝不当作零。"},
    .effect = CMD_READS,
    .args_size = sizeof(cmd_wallet_args),
    .args = spec_args,
    .columns = columns,
    .setup = "account add ACME -name Acme -known_since 2023-01-01 -annual_spend 2000; account add BETA -name Beta -known_since 2023-01-01; "
             "transaction add -account ACME -date 2025-05-02 -amount 600; transaction add -account ACME -date 2024-05-02 -amount 400",
    .settings = used,
    .examples = examples,
    .run = run,
    .why = cmd_wallet_why,
    .topic = "questions"};

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_lifetime_value: C1–C3, what are accounts worth? The record; the answers are in cmd_lifetime_contract.c and
 * cmd_lifetime_show.c. */
#include "cmd_lifetime_args.h"
#include <math.h>
#include <stddef.h>

static const char *const MODEL[] = {"auto", "bg-nbd", "mbg-nbd", "pareto-nbd", "contractual", NULL};
/* In the order of MODEL; the last is no model of this family. */
static const int MODEL_ID[] = {CMD_LIFETIME_AUTO, CALC_BTYD_BG, CALC_BTYD_MBG, CALC_BTYD_PARETO, 0};
static const char *const UNIT[] = {"day", "week", "month", NULL};
static const char *const VALUE[] = {"amount", "margin", NULL};
static const char *const SHOW[] = {"accounts", "model", "spend", "fit", "portfolio", "tracking", "holdout",
                                  "new", "residual", "months", "counts", "models", NULL};
static kam_rc usage(kam_err *err, const char *why)
{
    kam_err_set(err, KAM_USAGE, "lifetime-value: %s", why);
    return kam_err_word(err, "lifetime-value");
}
kam_rc cmd_lifetime_spec_of(cmd_session *s, const struct lifetime_args *a, cmd_lifetime_spec *spec, int *show, kam_err *err)
{
    cmd_lifetime_defaults(s, a->asof, spec);
    spec->model = MODEL_ID[a->model];
    if (a->unit >= 0) spec->unit = (calc_unit)a->unit;
    spec->basis = a->value == 0 ? CALC_BASIS_AMOUNT : CALC_BASIS_MARGIN;
    if (a->horizon != CMD_UNSET_INT) spec->horizon_months = (int)a->horizon;
    if (!isnan(a->discount)) spec->discount_year = a->discount;
    if (!isnan(a->level)) spec->level = a->level;
    if (!isnan(a->ahead) && a->show > LIFETIME_ACCOUNTS) return usage(err, "-ahead belongs to -show accounts");
    *show = a->show < 0 ? (a->holdout != CMD_UNSET_DAY ? LIFETIME_HOLDOUT : LIFETIME_ACCOUNTS) : a->show;
    if (a->holdout == CMD_UNSET_DAY)
        return *show == LIFETIME_HOLDOUT ? usage(err, "-show holdout needs -holdout DATE, the last day used for fitting") : KAM_OK;
    if (a->holdout >= a->asof) return usage(err, "-holdout must be a day before the as-of date");
    spec->end = a->holdout;
    return KAM_OK;
}

static kam_rc run(cmd_session *s, const void *args, cmd_value *out, kam_err *err)
{
    const struct lifetime_args *a = args;
    cmd_lifetime_spec spec;
    cmd_lifetime l;
    int show = LIFETIME_ACCOUNTS;
    kam_table *result = NULL;
    kam_rc rc = cmd_lifetime_spec_of(s, a, &spec, &show, err);
    if (rc) return rc;
    if (a->model == LIFETIME_CONTRACTUAL) {
        bool formula = a->margin != CMD_UNSET_INT || !isnan(a->retention);
        if (formula && (a->margin == CMD_UNSET_INT || isnan(a->retention))) return usage(err, "-margin and -retention go together");
        return formula ? cmd_lifetime_formula(s, a, spec.discount_year, spec.horizon_months, out, err)
                       : cmd_lifetime_contracts(s, a, spec.discount_year, out, err);
    }
    if (a->margin != CMD_UNSET_INT || !isnan(a->retention)) return usage(err, "-margin and -retention belong to -model contractual");
    rc = a->account.id && show == LIFETIME_ACCOUNTS && cmd_facts_narrow(s) ? cmd_lifetime_fit_one(s, &spec, &a->account, &l, err)
                                                                           : cmd_lifetime_fit(s, &spec, &l, err);
    if (rc) return rc;
    rc = cmd_lifetime_show(s, a, &l, &spec, show, &result, err);
    cmd_lifetime_release(&l);
    if (!rc) cmd_value_take_table(out, result);
    return rc;
}

static const cmd_arg spec_args[] = {
    {.name = "-account", .kind = CMD_REF, .offset = offsetof(struct lifetime_args, account), .of = "account",
     .help = {"only this account (the model is fitted to all)", "只看该客户（模型仍用全部客户拟合）"}},
    {.name = "-model", .kind = CMD_ENUM, .offset = offsetof(struct lifetime_args, model), .values = MODEL, .def = "auto",
     .help = {"auto: the best by AIC; contractual: from contracts, or from -margin and -retention",
              "auto 按 AIC 选优；contractual 依据合同记录或 -margin 与 -retention"}},
    {.name = "-horizon", .kind = CMD_INT, .offset = offsetof(struct lifetime_args, horizon), .setting = "horizon", .min = 1, .max = 1200,
     .help = {"months ahead (default: the setting `horizon`, 36)", "展望月数（默认设置 horizon，36）"}},
    {.name = "-unit", .kind = CMD_ENUM, .offset = offsetof(struct lifetime_args, unit), .setting = "time-unit", .values = UNIT,
     .help = {"unit of times and rates (default: the setting `time-unit`, week)", "时间单位（默认设置 time-unit，周）"}},
    {.name = "-discount", .kind = CMD_REAL, .offset = offsetof(struct lifetime_args, discount), .setting = "discount", .min = -0.5, .max = 10,
     .help = {"rate a year (default: the setting `discount`, 0.10)", "年折现率（默认设置 discount，0.10）"}},
    {.name = "-value", .kind = CMD_ENUM, .offset = offsetof(struct lifetime_args, value), .values = VALUE, .def = "margin",
     .help = {"what a purchase is worth; amount is used when no cost is known anywhere", "每次购买的价值；全无成本时以金额代替"}},
    {.name = "-level", .kind = CMD_REAL, .offset = offsetof(struct lifetime_args, level), .setting = "level", .min = 0.01, .max = 0.999,
     .help = {"level of the intervals (default: the setting `level`, 0.8)", "区间水平（默认设置 level，0.8）"}},
    {.name = "-ahead", .kind = CMD_REAL, .offset = offsetof(struct lifetime_args, ahead), .min = 0, .max = 1e6,
     .help = {"also the probability of being a customer still after so many units more", "并给出再过这么多单位时间后仍为客户的概率"}},
    {.name = "-holdout", .kind = CMD_DATE, .offset = offsetof(struct lifetime_args, holdout),
     .help = {"last day used for fitting; the rest up to the as-of date tests it", "拟合所用的最后一天；其后至截止日期用于检验"}},
    {.name = "-margin", .kind = CMD_MONEY, .offset = offsetof(struct lifetime_args, margin),
     .help = {"contractual: margin a year", "合同型：每年毛利"}},
    {.name = "-retention", .kind = CMD_REAL, .offset = offsetof(struct lifetime_args, retention), .min = 0, .max = 1,
     .help = {"contractual: share that stays a year", "合同型：年保留率"}},
    {.name = "-growth", .kind = CMD_REAL, .offset = offsetof(struct lifetime_args, growth), .min = -1, .max = 10,
     .help = {"contractual: growth of the margin a year", "合同型：毛利年增长率"}},
    {.name = "-show", .kind = CMD_ENUM, .offset = offsetof(struct lifetime_args, show), .values = SHOW,
     .help = {"accounts; model and spend (parameters); fit, tracking, holdout (checks); portfolio (customer equity); new (a new account's curve); "
              "residual (what is left, endless where the model has it); months (by month); counts (distribution of one account's purchases); "
              "models (compared by AIC)",
              "accounts 客户；model、spend 参数；fit、tracking、holdout 检验；portfolio 客户资产；new 新客户曲线；residual 剩余价值（模型允许则不设期限）；"
              "months 逐月；counts 单个客户购买次数的分布；models 按 AIC 比较模型"}},
    CMD_ARG_ASOF(struct lifetime_args),
    CMD_ARGS_END};
static const cmd_column columns[] = {
    {"account", KAM_TEXT, {"code of the account", "客户编码"}, "accounts"},
    {"repeat_purchases", KAM_INT, {"purchase days after the first", "重复购买日数"}, "accounts"},
    {"last_purchase_at", KAM_DAY, {"last purchase day", "最近购买日"}, "accounts"},
    {"age", KAM_REAL, {"time since the first purchase, in the unit", "自首次购买以来（按单位）"}, "accounts"},
    {"p_alive", KAM_REAL, {"probability that it is still a customer", "仍为客户的概率"}, "accounts"},
    {"expected_purchases", KAM_REAL, {"purchases expected within the horizon", "展望期内预期购买次数"}, "accounts"},
    {"expected_purchases_low", KAM_REAL, {"low end of the interval", "区间下限"}, "accounts"},
    {"expected_purchases_high", KAM_REAL, {"high end", "区间上限"}, "accounts"},
    {"expected_value", KAM_MONEY, {"value of one purchase", "每次购买的预期价值"}, "accounts"},
    {"future_value", KAM_MONEY, {"discounted value within the horizon", "展望期内折现价值"}, "accounts"},
    {"future_low", KAM_MONEY, {"low end of the interval", "区间下限"}, "accounts"},
    {"future_high", KAM_MONEY, {"high end", "区间上限"}, "accounts"},
    {"past_value", KAM_MONEY, {"margin less costs so far, compounded (C1)", "过去价值（毛利减成本，复利计）"}, "accounts"},
    {"lifetime_value", KAM_MONEY, {"past + future", "终身价值 = 过去 + 未来"}, "accounts"},
    {"parameter", KAM_TEXT, {"of the model; then log_likelihood and aic", "参数；其后为对数似然与 AIC"}, "model, spend"},
    {"estimate", KAM_REAL, {"maximum likelihood", "极大似然估计"}, "model, spend"},
    {"std_error", KAM_REAL, {"standard error", "标准误"}, "model, spend"},
    {"low", KAM_REAL, {"low end of the interval", "区间下限"}, "model, spend, portfolio, new"},
    {"high", KAM_REAL, {"high end", "区间上限"}, "model, spend, portfolio, new"},
    {"actual", KAM_INT, {"accounts with so many repeat purchases; purchases of the period", "有此重复购买次数的客户数；该期购买次数"}, "fit, tracking"},
    {"expected", KAM_REAL, {"the same by the model", "模型的预期"}, "fit, tracking"},
    {"chi_square", KAM_REAL, {"(actual − expected)² / expected", "（实际 − 预期）² / 预期"}, "fit"},
    {"period", KAM_INT, {"week (month with -unit month) since the earliest first purchase", "自最早首次购买起的周（-unit month 时为月）"}, "tracking"},
    {"until", KAM_DAY, {"last day of the period", "该期最后一天"}, "tracking"},
    {"cumulative_actual", KAM_INT, {"purchases up to that day", "至该日累计购买"}, "tracking"},
    {"cumulative_expected", KAM_REAL, {"the same by the model", "模型的累计预期"}, "tracking"},
    {"in_fit", KAM_FLAG, {"the period was used for fitting", "该期用于拟合"}, "tracking"},
    {"accounts", KAM_INT, {"accounts with so many purchases before", "此前有此购买次数的客户数"}, "holdout"},
    {"actual_mean", KAM_REAL, {"their mean purchases afterwards", "其后人均购买次数"}, "holdout"},
    {"expected_mean", KAM_REAL, {"the same by the model", "模型的预期"}, "holdout"},
    {"mae", KAM_REAL, {"mean absolute error of an account's count", "单个客户次数的平均绝对误差"}, "holdout"},
    {"rmse", KAM_REAL, {"root mean square error", "均方根误差"}, "holdout"},
    {"covered", KAM_REAL, {"share of counts inside the interval", "落在区间内的比例"}, "holdout"},
    {"p_alive_ahead", KAM_REAL, {"probability that it is still a customer after -ahead units more", "再过 -ahead 个单位后仍为客户的概率"}, "accounts with -ahead"},
    {"month", KAM_INT, {"months from now (new: from the first purchase)", "从现在起的月数（new：自首次购买起）"}, "new, months"},
    {"value", KAM_MONEY, {"discounted value (new: so far; months: of that month)", "折现价值（new 为累计；months 为当月）"}, "new, months"},
    {"cumulative", KAM_MONEY, {"discounted value so far", "累计折现价值"}, "months"},
    {"residual_purchases", KAM_REAL, {"discounted purchases still to come", "尚余购买次数（折现）"}, "residual"},
    {"residual_value", KAM_MONEY, {"their value", "其价值"}, "residual"},
    {"endless", KAM_FLAG, {"without a horizon", "不设期限"}, "residual"},
    {"purchases", KAM_INT, {"how many within the horizon", "展望期内购买次数"}, "counts"},
    {"probability", KAM_REAL, {"of exactly so many", "恰为此数的概率"}, "counts"},
    {"at_least", KAM_REAL, {"of so many or more", "不少于此数的概率"}, "counts"},
    {"model", KAM_TEXT, {"bg-nbd, mbg-nbd, pareto-nbd; nbd: nobody leaves", "bg-nbd、mbg-nbd、pareto-nbd；nbd：无人流失"}, "models"},
    {"aic_difference", KAM_REAL, {"AIC above the best", "与最优之差"}, "models"},
    {"weight", KAM_REAL, {"Akaike weight: share of support", "Akaike 权重"}, "models"},
    {"chosen", KAM_FLAG, {"the one in use", "所采用"}, "models"},
    CMD_COLUMNS_END};
static const cmd_setting settings[] = {
    {"horizon", NULL},
    {"discount", NULL},
    {"level", "-model auto,bg-nbd,mbg-nbd,pareto-nbd"},
    {"time-unit", "-model auto,bg-nbd,mbg-nbd,pareto-nbd"},
    {"default-margin", "-model auto,bg-nbd,mbg-nbd,pareto-nbd"},
    {"significance", "-show fit"},
    {"spend-correlation", "-show spend"},
    CMD_SETTINGS_END};
static const cmd_example examples[] = {
    {{"80 % retention, 10 % discount: 2.67 times the yearly margin", "保留率八成、折现一成：年毛利的 2.67 倍"},
     "format %.2f [table get [lifetime-value -model contractual -margin 1 -retention 0.8 -discount 0.1] 0 value]", "2.67"},
    {{"without buyers there is nothing to fit", "没有购买记录则无法拟合"}, "lifetime-value", "error: KAM CALC NODATA"},
    CMD_EXAMPLES_END};
const cmd_spec cmd_lifetime_value_spec = {
    .name = "lifetime-value",
    .summary = {"what accounts are worth: past value, expected purchases and value with intervals", "客户终身价值：过去价值、预期购买与价值及其区间"},
    .detail = {"How often and how long accounts go on buying is estimated by BG/NBD, MBG/NBD or Pareto/NBD, the value of a purchase by "
               "Gamma-Gamma; lifetime value = past + discounted future within the horizon. Purchases of one day are one. Where the data "
               "cannot tell the parameters, the result says so.",
               "用 BG/NBD、MBG/NBD 或 Pareto/NBD 估计购买频率与存续，用 Gamma-Gamma 估计每次价值；终身价值 = 过去 + 展望期内折现的未来。"
               "同日购买合并为一次。数据不足以识别参数时会说明。"},
    .effect = CMD_READS,
    .args_size = sizeof(struct lifetime_args),
    .args = spec_args,
    .columns = columns,
    .examples = examples,
    .run = run,
    .why = cmd_lifetime_why,
    .settings = settings,
    .topic = "questions"};

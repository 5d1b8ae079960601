/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_lifetime_value: C1–C3, what are accounts worth? */
#include "calc_btyd_check.h"
#include "cmd_lifetime.h"
#include "cmd_spec.h"
#include "cmd_value.h"
#include "kam_mem.h"
#include "kam_money.h"
#include "kam_str.h"
#include "store_setting.h"
#include <math.h>
#include <stddef.h>

static const char *const MODEL[] = {"auto", "bg-nbd", "mbg-nbd", "pareto-nbd", "contractual", NULL};
/* In the order of MODEL; the last is no model of this family. */
static const int MODEL_ID[] = {CMD_LIFETIME_AUTO, CALC_BTYD_BG, CALC_BTYD_MBG, CALC_BTYD_PARETO, 0};
enum { MODEL_CONTRACTUAL = 4 };
static const char *const UNIT[] = {"day", "week", "month", NULL};
static const char *const VALUE[] = {"amount", "margin", NULL};
enum { SHOW_ACCOUNTS, SHOW_MODEL, SHOW_SPEND, SHOW_FIT, SHOW_PORTFOLIO, SHOW_TRACKING, SHOW_HOLDOUT };
static const char *const SHOW[] = {"accounts", "model", "spend", "fit", "portfolio", "tracking", "holdout", NULL};
enum { EQUITY_SEED = 20050501, EQUITY_DRAWS = 400 };

struct lifetime_args {
    cmd_ref account;
    int model, unit, value, show;
    int64_t horizon, margin;
    double discount, level, retention, growth;
    kam_day holdout, asof;
};

static kam_rc usage(kam_err *err, const char *why)
{
    kam_err_set(err, KAM_USAGE, "lifetime-value: %s", why);
    return kam_err_word(err, "lifetime-value");
}

/* --- C2: contracts -------------------------------------------------------------------------------------------- */
static void measure(kam_column **c, const char *name, double value, bool known)
{
    kam_col_push_text(c[0], name);
    if (known) kam_col_push_real(c[1], value);
    else kam_col_push_missing(c[1]);
}

/* By formula from -margin and -retention: one period is a year, the discount is that of a year. */
static kam_rc contract_formula(cmd_session *s, const struct lifetime_args *a, double discount, cmd_value *out, kam_err *err)
{
    double m = kam_money_to_major(a->margin, cmd_session_exponent(s)), endless, horizon, growing = 0;
    int periods = (int)((a->horizon + 11) / 12);
    kam_rc rc = calc_contract_endless(m, a->retention, discount, &endless, err);
    if (!rc) rc = calc_contract_horizon(m, a->retention, discount, periods, &horizon, err);
    if (!rc && !isnan(a->growth)) rc = calc_contract_growing(m, a->retention, discount, a->growth, &growing, err);
    if (rc) return rc;
    kam_table *t = kam_table_new();
    kam_column *c[] = {kam_table_add_column(t, "measure", KAM_TEXT, "measure.measure"),
                       kam_table_add_column(t, "value", KAM_REAL, "measure.value")};
    measure(c, "endless", endless, true);
    measure(c, "horizon", horizon, true);
    measure(c, "growing", growing, !isnan(a->growth));
    kam_table_add_note(t, cmd_session_say(s, (cmd_text){
        "margin at the end of each year, the first one survived with the retention rate: m·r/(1+d−r) (C2)",
        "每年末收取，首期以保留率计：m·r/(1+d−r)（C2）"}));
    kam_table_seal(t);
    cmd_value_take_table(out, t);
    return KAM_OK;
}

/* From contract records: renewals lived through give a shifted-beta-geometric retention. */
static kam_rc contract_fit(const kam_table *contracts, calc_sbg_fit *fit, kam_err *err)
{
    size_t n = kam_table_rows(contracts), m = 0;
    int32_t *periods = kam_calloc(n + 1, sizeof *periods);
    uint8_t *ended = kam_calloc(n + 1, sizeof *ended);
    const kam_column *lived = kam_table_find(contracts, "periods"), *over = kam_table_find(contracts, "ended");
    for (size_t i = 0; i < n; i++) {
        bool end = kam_col_int(over, i) != 0;
        int64_t k = kam_col_int(lived, i);
        if (end && k < 1) k = 1;
        periods[m] = (int32_t)k;
        ended[m++] = end;
    }
    kam_rc rc = calc_sbg_fit_model(m, periods, ended, fit, err);
    kam_free(periods);
    kam_free(ended);
    return rc;
}

static double period_discount(const char *period, double year)
{
    double months = kam_streq(period, "month") ? 1 : kam_streq(period, "quarter") ? 3 : 12;
    return pow(1 + year, months / 12) - 1;
}

static kam_rc contract_records(cmd_session *s, const struct lifetime_args *a, double discount, cmd_value *out, kam_err *err)
{
    kam_table *contracts = NULL, *accounts = NULL;
    calc_sbg_fit fit;
    kam_rc rc = store_query_contracts(cmd_session_store(s), a->asof, &contracts, err);
    if (!rc) rc = store_query_accounts(cmd_session_store(s), a->asof, &accounts, err);
    if (!rc && !kam_table_rows(contracts)) {
        kam_err_set(err, KAM_CALC, "lifetime-value: no contracts on or before the as-of date; add some (`contract add`) or give "
                                   "-margin and -retention");
        rc = kam_err_word(err, "NODATA");
    }
    if (!rc) rc = contract_fit(contracts, &fit, err);
    if (rc) {
        kam_table_unref(contracts);
        kam_table_unref(accounts);
        return rc;
    }
    kam_table *t = kam_table_new();
    kam_table_set_currency(t, cmd_session_currency(s), cmd_session_exponent(s));
    kam_column *account = kam_table_add_column(t, "account", KAM_TEXT, "account.code"),
               *contract = kam_table_add_column(t, "contract", KAM_TEXT, "contract.code"),
               *price = kam_table_add_column(t, "price", KAM_MONEY, "contract.price"),
               *survived = kam_table_add_column(t, "periods", KAM_INT, "lifetime.periods"),
               *ended = kam_table_add_column(t, "ended", KAM_FLAG, "lifetime.ended"),
               *retention = kam_table_add_column(t, "retention", KAM_REAL, "lifetime.retention"),
               *residual = kam_table_add_column(t, "residual_periods", KAM_REAL, "lifetime.residual_periods"),
               *future = kam_table_add_column(t, "future_value", KAM_MONEY, "lifetime.future_value");
    const kam_column *code = kam_table_find(accounts, "account");
    for (size_t i = 0; !rc && i < kam_table_rows(contracts); i++) {
        const char *who = kam_col_text(code, (size_t)kam_col_int(kam_table_find(contracts, "row"), i));
        if (a->account.id && !kam_streq(who, a->account.code)) continue;
        int32_t k = (int32_t)kam_col_int(kam_table_find(contracts, "periods"), i);
        bool over = kam_col_int(kam_table_find(contracts, "ended"), i) != 0;
        double d = period_discount(kam_col_text(kam_table_find(contracts, "period"), i), discount), left = 0;
        if (!over) rc = calc_sbg_residual(&fit, k, d, &left, err);
        if (rc) break;
        int64_t minor = kam_col_int(kam_table_find(contracts, "price"), i);
        kam_col_push_text(account, who);
        kam_col_push_from(contract, kam_table_find(contracts, "contract"), i);
        kam_col_push_from(price, kam_table_find(contracts, "price"), i);
        kam_col_push_int(survived, k);
        kam_col_push_int(ended, over);
        if (over) kam_col_push_missing(retention);
        else kam_col_push_real(retention, calc_sbg_retention(&fit, k + 1));
        kam_col_push_real(residual, left);
        kam_col_push_int(future, (int64_t)llround((double)minor * left));
    }
    kam_table_unref(contracts);
    kam_table_unref(accounts);
    if (fit.flag != CALC_FIT_OK) {
        kam_str note = KAM_STR_INIT;
        kam_str_addf(&note, "sBG: %s", calc_fit_flag_name(fit.flag));
        kam_table_add_note(t, kam_str_cstr(&note));
        kam_str_release(&note);
    }
    kam_table_seal(t);
    if (rc) kam_table_unref(t);
    else cmd_value_take_table(out, t);
    return rc;
}

/* --- what the model says of itself -------------------------------------------------------------------------------- */
/* In the order of calc_fit_flag. */
static const cmd_text FLAG_TEXT[] = {
    [CALC_FIT_OK] = {"", ""},
    [CALC_FIT_NO_REPEAT] = {"no account bought twice: a common small rate is assumed; do not rank accounts by these figures",
                            "没有客户重复购买：假定一个共同的低频率；不要据此给客户排名"},
    [CALC_FIT_ONE_ACCOUNT] = {"one account only: its own mean rate is used and no drop-out is assumed",
                              "只有一个客户：用其自身平均频率，并假定不会流失"},
    [CALC_FIT_NO_DROPOUT] = {"these data show no drop-out: the figures are those of the model without churn",
                             "数据中看不出流失：数值取自无流失的模型"},
    [CALC_FIT_EQUAL_DROPOUT] = {"all accounts drop out alike in these data: two parameters run off together and only their ratio counts",
                                "数据中各客户流失倾向相同：两个参数一同趋于无穷，只有其比值有意义"},
    [CALC_FIT_EQUAL_RATE] = {"all accounts buy at the same rate in these data: r and alpha run off together and only their ratio counts",
                             "数据中各客户购买频率相同：r 与 alpha 一同趋于无穷，只有其比值有意义"},
    [CALC_FIT_EQUAL_BOTH] = {"all accounts buy at the same rate and drop out alike in these data: only ratios of the parameters count",
                             "数据中各客户购买频率与流失倾向都相同：只有参数之比有意义"},
    [CALC_FIT_POLAR_DROPOUT] = {"in these data an account leaves at once or never: a parameter runs to 0",
                                "数据中客户要么立即流失要么从不流失：某个参数趋于 0"},
    [CALC_FIT_FLAT] = {"several parameter sets explain these data equally well: trust the expectations, not the single parameters",
                       "多组参数对数据的解释一样好：可信的是预期值，而非单个参数"},
};

/* The same table with a line saying which model speaks and what it cannot tell. Takes t. */
static kam_table *with_model_notes(cmd_session *s, const struct lifetime_args *a, const cmd_lifetime *l, kam_table *t)
{
    kam_table *noted = kam_table_new();
    kam_str b = KAM_STR_INIT;
    kam_table_set_currency(noted, kam_table_currency(t), kam_table_exponent(t));
    if (kam_table_title(t)) kam_table_set_title(noted, kam_table_title(t));
    for (size_t i = 0; i < kam_table_columns(t); i++) kam_table_share_column(noted, kam_table_column(t, i), NULL);
    for (size_t i = 0; i < kam_table_notes(t); i++) kam_table_add_note(noted, kam_table_note(t, i));
    kam_str_addf(&b, "%s %s", cmd_session_say(s, (cmd_text){"model:", "模型："}), calc_btyd_model_name(l->fit.model));
    if (MODEL_ID[a->model] == CMD_LIFETIME_AUTO) kam_str_add(&b, cmd_session_say(s, (cmd_text){" (least AIC)", "（AIC 最小）"}));
    kam_table_add_note(noted, kam_str_cstr(&b));
    if (l->fit.flag != CALC_FIT_OK) kam_table_add_note(noted, cmd_session_say(s, FLAG_TEXT[l->fit.flag]));
    if (l->amount_for_margin)
        kam_table_add_note(noted, cmd_session_say(s, (cmd_text){"no cost is known anywhere: amounts stand for margins",
                                                                "全无成本数据：以金额代替毛利"}));
    kam_table_seal(noted);
    kam_str_release(&b);
    kam_table_unref(t);
    return noted;
}

/* --- C3 --------------------------------------------------------------------------------------------------------- */
static kam_rc equity(cmd_session *s, const cmd_lifetime *l, kam_table **out, kam_err *err)
{
    calc_equity e;
    kam_rc rc = calc_value_equity(&l->summary, &l->fit, l->has_spend ? &l->spend : NULL, &l->value, EQUITY_SEED, EQUITY_DRAWS,
                                  &e, err);
    if (!rc) *out = calc_equity_table(&e, cmd_session_exponent(s));
    return rc;
}

static kam_rc spend_table(cmd_session *s, const cmd_lifetime *l, double level, kam_table **out, kam_err *err)
{
    if (!l->has_spend) {
        kam_err_set(err, KAM_CALC, "lifetime-value: no account has a repeat purchase with a positive value, so the value of a "
                                   "purchase cannot be estimated");
        return kam_err_word(err, "NODATA");
    }
    double limit = 0.2;
    store_setting_real(cmd_session_store(s), "spend-correlation", &limit);
    *out = calc_spend_fit_table(&l->spend, level, limit, cmd_facts_lang(s));
    return KAM_OK;
}

static kam_rc accounts(cmd_session *s, const cmd_lifetime *l, const cmd_lifetime_spec *spec, const struct lifetime_args *a,
                       kam_table **out, kam_err *err)
{
    kam_table *all = NULL;
    kam_rc rc = cmd_lifetime_accounts(s, l, spec, &all, err);
    if (rc) return rc;
    *out = a->account.id ? cmd_rows_where(all, "account", a->account.code) : kam_table_ref(all);
    kam_table_unref(all);
    return KAM_OK;
}

static kam_rc shown(cmd_session *s, const struct lifetime_args *a, const cmd_lifetime *l, const cmd_lifetime_spec *spec,
                    int show, kam_table **out, kam_err *err)
{
    const kam_ledger *ledger = l->facts.calc.ledger;
    calc_check_spec check = {cmd_facts_lang(s), 0.05};
    store_setting_real(cmd_session_store(s), "significance", &check.significance);
    switch (show) {
    case SHOW_MODEL: *out = calc_btyd_fit_table(&l->fit, a->level); return KAM_OK;
    case SHOW_SPEND: return spend_table(s, l, a->level, out, err);
    case SHOW_FIT: *out = calc_btyd_check_counts(&l->fit, &l->data, &check); return KAM_OK;
    case SHOW_PORTFOLIO: return equity(s, l, out, err);
    case SHOW_TRACKING: *out = calc_btyd_check_tracking(&l->fit, &l->summary, ledger, spec->asof, &check); return KAM_OK;
    case SHOW_HOLDOUT: *out = calc_btyd_check_holdout(&l->fit, &l->summary, ledger, spec->asof, a->level, &check); return KAM_OK;
    default: return accounts(s, l, spec, a, out, err);
    }
}

static kam_rc spec_of(cmd_session *s, const struct lifetime_args *a, cmd_lifetime_spec *spec, int *show, kam_err *err)
{
    cmd_lifetime_defaults(s, a->asof, spec);
    spec->model = MODEL_ID[a->model];
    spec->unit = (calc_unit)a->unit;
    spec->basis = a->value == 0 ? CALC_BASIS_AMOUNT : CALC_BASIS_MARGIN;
    if (a->horizon != CMD_UNSET_INT) spec->horizon_months = (int)a->horizon;
    if (!isnan(a->discount)) spec->discount_year = a->discount;
    spec->level = a->level;
    *show = a->show < 0 ? (a->holdout != CMD_UNSET_DAY ? SHOW_HOLDOUT : SHOW_ACCOUNTS) : a->show;
    if (a->holdout == CMD_UNSET_DAY)
        return *show == SHOW_HOLDOUT ? usage(err, "-show holdout needs -holdout DATE, the last day used for fitting") : KAM_OK;
    if (a->holdout >= a->asof) return usage(err, "-holdout must be a day before the as-of date");
    spec->end = a->holdout;
    return KAM_OK;
}

static kam_rc run(cmd_session *s, const void *args, cmd_value *out, kam_err *err)
{
    const struct lifetime_args *a = args;
    cmd_lifetime_spec spec;
    cmd_lifetime l;
    int show;
    kam_table *result = NULL;
    kam_rc rc = spec_of(s, a, &spec, &show, err);
    if (rc) return rc;
    if (a->model == MODEL_CONTRACTUAL) {
        struct lifetime_args b = *a;
        b.horizon = spec.horizon_months;
        bool formula = a->margin != CMD_UNSET_INT || !isnan(a->retention);
        if (formula && (a->margin == CMD_UNSET_INT || isnan(a->retention))) return usage(err, "-margin and -retention go together");
        return formula ? contract_formula(s, &b, spec.discount_year, out, err) : contract_records(s, &b, spec.discount_year, out, err);
    }
    if (a->margin != CMD_UNSET_INT || !isnan(a->retention)) return usage(err, "-margin and -retention belong to -model contractual");
    rc = cmd_lifetime_fit(s, &spec, &l, err);
    if (rc) return rc;
    rc = shown(s, a, &l, &spec, show, &result, err);
    if (!rc) result = with_model_notes(s, a, &l, result);
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
    {.name = "-horizon", .kind = CMD_INT, .offset = offsetof(struct lifetime_args, horizon), .min = 1, .max = 1200,
     .help = {"months ahead (default: the setting `horizon`, 36)", "展望月数（默认设置 horizon，36）"}},
    {.name = "-unit", .kind = CMD_ENUM, .offset = offsetof(struct lifetime_args, unit), .values = UNIT, .def = "week",
     .help = {"unit of times and rates", "时间单位"}},
    {.name = "-discount", .kind = CMD_REAL, .offset = offsetof(struct lifetime_args, discount), .min = -0.5, .max = 10,
     .help = {"rate a year (default: the setting `discount`, 0.10)", "年折现率（默认设置 discount，0.10）"}},
    {.name = "-value", .kind = CMD_ENUM, .offset = offsetof(struct lifetime_args, value), .values = VALUE, .def = "margin",
     .help = {"what a purchase is worth; amount is used when no cost is known anywhere", "每次购买的价值；全无成本时以金额代替"}},
    {.name = "-level", .kind = CMD_REAL, .offset = offsetof(struct lifetime_args, level), .def = "0.8", .min = 0.01, .max = 0.999,
     .help = {"level of the intervals", "区间水平"}},
    {.name = "-holdout", .kind = CMD_DATE, .offset = offsetof(struct lifetime_args, holdout),
     .help = {"last day used for fitting; the rest up to the as-of date tests it", "拟合所用的最后一天；其后至截止日期用于检验"}},
    {.name = "-margin", .kind = CMD_MONEY, .offset = offsetof(struct lifetime_args, margin),
     .help = {"contractual: margin a year", "合同型：每年毛利"}},
    {.name = "-retention", .kind = CMD_REAL, .offset = offsetof(struct lifetime_args, retention), .min = 0, .max = 1,
     .help = {"contractual: share that stays a year", "合同型：年保留率"}},
    {.name = "-growth", .kind = CMD_REAL, .offset = offsetof(struct lifetime_args, growth), .min = -1, .max = 10,
     .help = {"contractual: growth of the margin a year", "合同型：毛利年增长率"}},
    {.name = "-show", .kind = CMD_ENUM, .offset = offsetof(struct lifetime_args, show), .values = SHOW,
     .help = {"accounts; model and spend (parameters); fit, tracking, holdout (checks); portfolio (customer equity)",
              "accounts 客户；model、spend 参数；fit、tracking、holdout 检验；portfolio 客户资产"}},
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
    {"low", KAM_REAL, {"low end of the interval", "区间下限"}, "model, spend, portfolio"},
    {"high", KAM_REAL, {"high end", "区间上限"}, "model, spend, portfolio"},
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
    CMD_COLUMNS_END};
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
    .topic = "questions"};

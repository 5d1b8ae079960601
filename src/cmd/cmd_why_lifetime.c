/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_why_lifetime: what an account's lifetime value is made of (J1 for C1–C3): what its record is to the model, which model
 * was chosen and why, what the portfolio adds to its own mean, what is behind the past value; and what a purchase today, or
 * its last one left out, would do. */
#include "cmd_alone.h"
#include "cmd_lifetime_args.h"
#include "kam_mem.h"
#include "kam_money.h"
#include <math.h>
#include <string.h>

struct asked {
    cmd_session *s;
    cmd_why *w;
    const struct lifetime_args *a;
    cmd_lifetime_spec spec;
    cmd_lifetime l;
    size_t row;
    int exponent;
    const char *code;
    calc_flows flows; /* the account's own, as account 0 */
    double served, acquired; /* their sums, nominal: service costs, acquisition */
};

/* One account as the model sees it, and what it makes of it. */
struct estimate {
    int32_t x, spend_days;
    double tx, T, spend;
    double p_alive, expected, discounted, value_minor, future_minor, past_minor;
    bool bought;
};

static calc_arg money(const struct asked *q, double minor) { return calc_arg_money(llround(minor), q->exponent); }

static cmd_text unit_name(const struct asked *q)
{
    static const cmd_text names[] = {{"days", "天"}, {"weeks", "周"}, {"months", "月"}};
    return names[q->spec.unit];
}

static const char *unit(const struct asked *q) { return cmd_session_say(q->s, unit_name(q)); }

static struct estimate estimate(const struct asked *q, const kam_ledger *one, const calc_value_spec *v, double discount)
{
    calc_summary sum;
    struct estimate e = {0};
    const calc_btyd_fit *fit = &q->l.fit;
    calc_summary_build(one, q->spec.end, q->spec.unit, q->spec.basis, q->exponent, &sum);
    e.bought = sum.x[0] >= 0;
    e.x = sum.x[0];
    e.tx = sum.tx[0];
    e.T = sum.T[0];
    e.spend_days = sum.spend_days[0];
    e.spend = sum.spend[0];
    calc_summary_release(&sum);
    calc_value_past(one, &q->flows, q->spec.asof, q->spec.basis, discount, &e.past_minor);
    if (!e.bought) return e;
    e.p_alive = calc_btyd_p_alive(fit, e.x, e.tx, e.T);
    e.expected = calc_btyd_expected(fit, e.x, e.tx, e.T, v->horizon_months * v->month_units);
    e.discounted = calc_value_discounted(fit, v, e.x, e.tx, e.T);
    if (q->l.has_spend) e.value_minor = calc_spend_expected(&q->l.spend, e.spend_days, e.spend) * pow(10, q->exponent);
    e.future_minor = e.discounted * e.value_minor;
    return e;
}

/* --- the model --------------------------------------------------------------------------------------------------------- */

static void model(const struct asked *q)
{
    const calc_btyd_fit *fit = &q->l.fit;
    kam_str b = KAM_STR_INIT;
    for (size_t i = 0; i < q->l.n_tried; i++) {
        if (q->l.tried[i].model == fit->model) continue;
        calc_arg more = calc_arg_real(q->l.tried[i].aic - fit->aic, 1);
        kam_str_addf(&b, "%s%s +%s", b.len ? cmd_session_say(q->s, (cmd_text){", ", "，"}) : "", calc_btyd_model_name(q->l.tried[i].model), more.buf);
    }
    static const cmd_text item = {"model of purchases", "购买模型"};
    if (b.len)
        cmd_why_fact(q->w, item, calc_btyd_model_name(fit->model), q->spec.end, NULL,
                     (cmd_text){"fitted to {1} accounts; the least AIC of three: {2}; the others: {3}", "用 {1} 个客户拟合；三者中 AIC 最小：{2}；其余：{3}"},
                     CMD_WHY_ARGS(calc_arg_int((int64_t)fit->n_accounts), calc_arg_real(fit->aic, 1), calc_arg_text(kam_str_cstr(&b))));
    else
        cmd_why_fact(q->w, item, calc_btyd_model_name(fit->model), q->spec.end, NULL,
                     (cmd_text){"asked for with -model; fitted to {1} accounts, AIC {2}", "由 -model 指定；用 {1} 个客户拟合，AIC {2}"},
                     CMD_WHY_ARGS(calc_arg_int((int64_t)fit->n_accounts), calc_arg_real(fit->aic, 1)));
    kam_str_clear(&b);
    for (int i = 0; i < fit->n_params; i++) {
        char num[32]; /* four digits are enough to recognise it; -show model has all */
        snprintf(num, sizeof num, "%.4g", fit->param[i]);
        kam_str_addf(&b, "%s%s = %s", i ? ", " : "", calc_btyd_param_name(fit->model, i), num);
    }
    cmd_text flag = cmd_lifetime_flag(fit);
    cmd_why_fact(q->w, (cmd_text){"its parameters", "其参数"}, kam_str_cstr(&b), q->spec.end, NULL,
                 flag.en[0] ? flag : (cmd_text){"time in {1}; the same for all accounts", "时间单位为{1}；所有客户相同"}, CMD_WHY_ARGS(calc_arg_text(unit(q))));
    kam_str_release(&b);
}

/* --- the account's record ---------------------------------------------------------------------------------------------- */

static kam_rc transaction_of(const struct asked *q, kam_day day, kam_str *out, kam_err *err)
{
    char date[KAM_DATE_MAX];
    kam_day_format(day, date);
    store_where where[] = {{"account", STORE_EQ, q->code}, {"date", STORE_EQ, date}};
    return cmd_why_source(q->w, "transaction", where, 2, NULL, out, err);
}

static kam_rc record(const struct asked *q, const struct estimate *e, kam_err *err)
{
    kam_day first = q->l.summary.first_day[q->row], last = q->l.summary.last_day[q->row];
    kam_str begun = KAM_STR_INIT, ended = KAM_STR_INIT;
    kam_rc rc = transaction_of(q, first, &begun, err);
    if (!rc) rc = transaction_of(q, last, &ended, err);
    char num[KAM_NUM_MAX];
    calc_arg u = calc_arg_text(unit(q)), gap = calc_arg_real(e->x > 0 ? e->tx / e->x : 0, 1);
    cmd_why_input_int(q->w, (cmd_text){"repeat purchase days (x)", "重复购买日数（x）"}, e->x, last, kam_str_cstr(&ended));
    calc_arg tx = calc_arg_real(e->tx, 2), T = calc_arg_real(e->T, 2);
    cmd_why_fact(q->w, (cmd_text){"last purchase after (t_x)", "最近购买于（t_x）"}, tx.buf, last, kam_str_cstr(&ended),
                 (cmd_text){"{1} after the first", "自首次起（{1}）"}, CMD_WHY_ARGS(u));
    cmd_why_fact(q->w, (cmd_text){"age (T)", "客龄（T）"}, T.buf, first, kam_str_cstr(&begun), (cmd_text){"{1} since the first purchase", "自首次购买起（{1}）"},
                 CMD_WHY_ARGS(u));
    kam_format_real(e->p_alive, num);
    calc_arg silent = calc_arg_real(e->T - e->tx, 1), alive = calc_arg_real(e->p_alive, 4);
    cmd_why_fact(q->w, (cmd_text){"P(alive)", "仍为客户的概率"}, alive.buf, q->spec.end, kam_str_cstr(&ended),
                 e->x > 0 ? (cmd_text){"silent for {1} {2}; its usual gap is {3}", "已沉默 {1} {2}；其通常间隔 {3}"}
                          : (cmd_text){"silent for {1} {2} since its only purchase day", "自唯一的购买日起已沉默 {1} {2}"}, CMD_WHY_ARGS(silent, u, gap));
    calc_arg expected = calc_arg_real(e->expected, 3);
    cmd_why_fact(q->w, (cmd_text){"purchases expected", "预期购买次数"}, expected.buf, q->spec.asof, NULL,
                 (cmd_text){"within {1} months; discounted, they count as {2}", "{1} 个月内；折现后相当于 {2} 次"},
                 CMD_WHY_ARGS(calc_arg_int(q->l.value.horizon_months), calc_arg_real(e->discounted, 3)));
    kam_str_release(&begun);
    kam_str_release(&ended);
    return rc;
}

/* How far its own mean is pulled to the portfolio's by Gamma-Gamma. */
static void spend(const struct asked *q, const struct estimate *e)
{
    static const cmd_text item = {"value of a purchase", "每次购买价值"};
    if (!q->l.has_spend) {
        cmd_why_fact(q->w, item, NULL, CMD_UNSET_DAY, NULL,
                     (cmd_text){"no account has a repeat purchase with a positive value, so it is unknown", "没有一个客户的重复购买有正的价值，故未知"}, NULL, 0);
        return;
    }
    double unit_minor = pow(10, q->exponent), all = q->l.spend.population_mean * unit_minor, own = e->spend * unit_minor;
    char value[KAM_CELL_MAX];
    kam_money_format(llround(e->value_minor), q->exponent, value);
    bool margin = q->spec.basis == CALC_BASIS_MARGIN && !q->l.amount_for_margin;
    calc_arg what = calc_arg_text(cmd_session_say(q->s, margin ? (cmd_text){"margin", "毛利"} : (cmd_text){"amount", "金额"}));
    if (e->spend_days == 0)
        cmd_why_fact(q->w, item, value, q->spec.end, NULL,
                     (cmd_text){"no repeat purchase with a known {2} of its own, so the portfolio's mean {1} stands in",
                                "自身没有{2}已知的重复购买，故取全体平均 {1}"}, CMD_WHY_ARGS(money(q, all), what));
    else
        cmd_why_fact(q->w, item, value, q->spec.end, NULL,
                     (cmd_text){"{6} per purchase day: its own mean {1} of {2} days, pulled by {3} ({5}) to the portfolio's {4} (Gamma-Gamma)",
                                "每购买日{6}：自身 {2} 日平均 {1}，向全体平均 {4} 拉近 {3}（{5}）（Gamma-Gamma）"},
                     CMD_WHY_ARGS(money(q, own), calc_arg_int(e->spend_days), money(q, fabs(e->value_minor - own)), money(q, all),
                                  fabs(all - own) > 0.5 ? calc_arg_pct((e->value_minor - own) / (all - own)) : calc_arg_text("0 %"), what));
}

/* Money at its nominal value: margins of the ledger, or one kind of flows. */
static double nominal_margin(const struct asked *q, const kam_ledger *one, size_t *unknown)
{
    double sum = 0;
    *unknown = 0;
    bool margin = q->spec.basis == CALC_BASIS_MARGIN && one->margin_minor;
    for (size_t k = 0; k < one->n_entries; k++) {
        if (margin && one->margin_missing[k]) ++*unknown;
        else sum += (double)(margin ? one->margin_minor[k] : one->net_minor[k]);
    }
    return sum;
}

static kam_rc past(const struct asked *q, const kam_ledger *one, const struct estimate *e, kam_err *err)
{
    char value[KAM_CELL_MAX], date[KAM_DATE_MAX];
    size_t unknown;
    double margin = nominal_margin(q, one, &unknown), left = margin - q->served - q->acquired;
    kam_day_format(q->spec.asof, date);
    kam_money_format(llround(margin), q->exponent, value);
    if (unknown)
        cmd_why_fact(q->w, (cmd_text){"past margin", "过去毛利"}, value, q->spec.asof, NULL,
                     (cmd_text){"left out, because a cost is unknown: {1} purchase days", "因成本未知而未计：{1} 个购买日"},
                     CMD_WHY_ARGS(calc_arg_int((int64_t)unknown)));
    else cmd_why_input(q->w, (cmd_text){"past margin", "过去毛利"}, value, q->spec.asof, NULL);
    store_where where[] = {{"account", STORE_EQ, q->code}, {"date", STORE_LE, date}};
    size_t found;
    kam_rc rc = cmd_why_records(q->w, (cmd_text){"one of the newest service costs", "最近的服务成本之一"}, "service-cost", where, 2, "amount",
                                "date", 3, &found, err);
    kam_str account = KAM_STR_INIT;
    kam_str_addf(&account, "account %s", q->code);
    kam_money_format(llround(q->served), q->exponent, value);
    cmd_why_input(q->w, (cmd_text){"service costs together", "服务成本合计"}, value, q->spec.asof, NULL);
    kam_money_format(llround(q->acquired), q->exponent, value);
    cmd_why_input(q->w, (cmd_text){"acquisition cost", "获客成本"}, q->acquired != 0 ? value : NULL, CMD_UNSET_DAY, kam_str_cstr(&account));
    kam_money_format(llround(e->past_minor), q->exponent, value);
    cmd_why_fact(q->w, (cmd_text){"past value", "过去价值"}, value, q->spec.asof, NULL,
                 (cmd_text){"margin less costs is {1}; compounding each to the day at {2} a year adds {3} (C1)",
                            "毛利减成本为 {1}；各按年 {2} 复利至当日，加 {3}（C1）"},
                 CMD_WHY_ARGS(money(q, left), calc_arg_pct(q->spec.discount_year), money(q, e->past_minor - left)));
    kam_str_release(&account);
    return rc;
}

/* --- what would change it ------------------------------------------------------------------------------------------------ */

static void effect(const struct asked *q, const kam_str *try, cmd_text sentence, calc_arg first, const struct estimate *then)
{
    cmd_why_change(q->w, kam_str_cstr(try), sentence,
                   CMD_WHY_ARGS(first, calc_arg_real(then->p_alive, 4), calc_arg_real(then->expected, 2), money(q, then->future_minor),
                                money(q, then->future_minor + then->past_minor)));
}

static void purchase_today(const struct asked *q, const struct estimate *e)
{
    cmd_alone one;
    char date[KAM_DATE_MAX], amount[KAM_CELL_MAX];
    kam_str try = KAM_STR_INIT;
    if (q->spec.end != q->spec.asof || (e->bought && q->l.summary.last_day[q->row] == q->spec.end)) return; /* of one day, purchases are one */
    double minor = e->value_minor > 0.5 ? e->value_minor : q->l.has_spend ? q->l.spend.population_mean * pow(10, q->exponent) : 100;
    cmd_alone_take(&q->l.facts, q->row, &one);
    cmd_alone_buy(&one, q->spec.asof, llround(minor));
    struct estimate then = estimate(q, &one.ledger, &q->l.value, q->spec.discount_year);
    cmd_alone_release(&one);
    kam_day_format(q->spec.asof, date);
    kam_money_format(llround(minor), q->exponent, amount);
    cmd_why_try(&try, "transaction add", "-account", q->code, "-date", date, "-amount", amount,
                q->l.facts.calc.ledger->margin_minor ? "-cost" : NULL, "0", NULL);
    effect(q, &try, (cmd_text){"a purchase today that brings {1}: P(alive) {2}, purchases expected {3}, future value {4}, lifetime value {5} (as the model stands)",
                               "今日一次带来 {1} 的购买：仍为客户的概率 {2}，预期购买 {3}，未来价值 {4}，终身价值 {5}（按现有模型）"}, money(q, minor), &then);
    kam_str_release(&try);
}

static void without_last(const struct asked *q, const struct estimate *e)
{
    cmd_alone one;
    kam_str try = KAM_STR_INIT;
    if (e->x < 1 || q->spec.end != q->spec.asof) return;
    kam_day last = q->l.summary.last_day[q->row];
    cmd_alone_take(&q->l.facts, q->row, &one);
    cmd_alone_until(&one, last - 1);
    struct estimate then = estimate(q, &one.ledger, &q->l.value, q->spec.discount_year);
    cmd_alone_release(&one);
    cmd_why_try_remove(&try, "transaction", cmd_why_code(q->w), last, NULL);
    effect(q, &try, (cmd_text){"without its purchase of {1}: P(alive) {2}, purchases expected {3}, future value {4}, lifetime value {5} (as the model stands)",
                               "若没有 {1} 的购买：仍为客户的概率 {2}，预期购买 {3}，未来价值 {4}，终身价值 {5}（按现有模型）"}, calc_arg_day(last), &then);
    kam_str_release(&try);
}

/* The settings: a year's horizon (or three), where no option stands in their place. */
static void other_horizon(const struct asked *q, const kam_ledger *one)
{
    if (q->a->horizon != CMD_UNSET_INT) return;
    calc_value_spec v = q->l.value;
    v.horizon_months = v.horizon_months == 12 ? 36 : 12;
    struct estimate then = estimate(q, one, &v, q->spec.discount_year);
    char months[16];
    kam_str try = KAM_STR_INIT;
    snprintf(months, sizeof months, "%d", v.horizon_months);
    cmd_why_try(&try, "setting set", "horizon", months, NULL);
    effect(q, &try, (cmd_text){"with a horizon of {1} months: P(alive) {2}, purchases expected {3}, future value {4}, lifetime value {5}",
                               "期限为 {1} 个月时：仍为客户的概率 {2}，预期购买 {3}，未来价值 {4}，终身价值 {5}"}, calc_arg_text(months), &then);
    kam_str_release(&try);
}

/* --- C1 and C3 ------------------------------------------------------------------------------------------------------------- */

static kam_rc read_flows(struct asked *q, size_t **account, kam_day **day, int64_t **amount, kam_err *err)
{
    kam_table *t = NULL;
    kam_rc rc = store_query_flows(cmd_session_store(q->s), q->spec.asof, &t, err);
    if (rc) return rc;
    size_t n = kam_table_rows(t), k = 0;
    *account = kam_calloc(n + 1, sizeof **account);
    *day = kam_calloc(n + 1, sizeof **day);
    *amount = kam_calloc(n + 1, sizeof **amount);
    const kam_column *row = kam_table_find(t, "row"), *date = kam_table_find(t, "date"), *money = kam_table_find(t, "amount"),
                     *kind = kam_table_find(t, "kind");
    for (size_t i = 0; i < n; i++) {
        if ((size_t)kam_col_int(row, i) != q->row) continue;
        (*day)[k] = kam_col_int(date, i);
        (*amount)[k++] = kam_col_int(money, i);
        double *sum = kam_streq(kam_col_text(kind, i), "acquisition") ? &q->acquired : &q->served;
        if (kam_col_int(date, i) <= q->spec.asof) *sum -= (double)kam_col_int(money, i);
    }
    q->flows = (calc_flows){k, *account, *day, *amount};
    kam_table_unref(t);
    return KAM_OK;
}

static kam_rc account(struct asked *q, kam_err *err)
{
    size_t *of = NULL;
    kam_day *day = NULL;
    int64_t *amount = NULL;
    cmd_alone one;
    kam_rc rc = read_flows(q, &of, &day, &amount, err);
    if (rc) return rc;
    cmd_alone_take(&q->l.facts, q->row, &one);
    struct estimate e = estimate(q, &one.ledger, &q->l.value, q->spec.discount_year);
    model(q);
    if (e.bought) {
        rc = record(q, &e, err);
        spend(q, &e);
    } else
        cmd_why_fact(q->w, (cmd_text){"purchase days", "购买日数"}, "0", q->spec.end, NULL,
                     (cmd_text){"it has not bought up to {1}: nothing can be said of its future, and unknown is not zero",
                                "截至 {1} 没有购买：无从判断未来，未知不等于零"}, CMD_WHY_ARGS(calc_arg_day(q->spec.end)));
    if (!rc) rc = past(q, &one.ledger, &e, err);
    purchase_today(q, &e);
    without_last(q, &e);
    if (e.bought) other_horizon(q, &one.ledger);
    cmd_alone_release(&one);
    kam_free(of);
    kam_free(day);
    kam_free(amount);
    return rc;
}

/* The settings that were read, or the options in their place. */
static void settings(const struct asked *q)
{
    char num[KAM_NUM_MAX];
    snprintf(num, sizeof num, "%lld", (long long)q->a->horizon);
    cmd_why_setting_or(q->w, "horizon", "-horizon", q->a->horizon == CMD_UNSET_INT ? NULL : num);
    kam_format_real(isnan(q->a->discount) ? 0 : q->a->discount, num);
    cmd_why_setting_or(q->w, "discount", "-discount", isnan(q->a->discount) ? NULL : num);
    kam_format_real(isnan(q->a->level) ? 0 : q->a->level, num);
    cmd_why_setting_or(q->w, "level", "-level", isnan(q->a->level) ? NULL : num);
    static const char *const units[] = {"day", "week", "month"};
    cmd_why_setting_or(q->w, "time-unit", "-unit", q->a->unit < 0 ? NULL : units[q->a->unit]);
    cmd_why_setting(q->w, "default-margin");
}

static kam_rc without_contract(struct asked *q, kam_err *err)
{
    cmd_why_rule(q->w, "C3", (cmd_text){"lifetime value without a contract", "无合同客户的终身价值"},
                 (cmd_text){"past value (C1) + purchases expected within the horizon, discounted, × value of a purchase",
                            "过去价值（C1）+ 期限内折现的预期购买次数 × 每次购买价值"});
    settings(q);
    if (cmd_why_rows(q->w) == 0) return KAM_OK;
    kam_rc rc = cmd_lifetime_fit(q->s, &q->spec, &q->l, err);
    if (rc) return rc;
    q->row = cmd_alone_row(&q->l.facts, q->code);
    if (q->row != SIZE_MAX) rc = account(q, err);
    cmd_lifetime_release(&q->l);
    return rc;
}

/* --- C2 --------------------------------------------------------------------------------------------------------------------- */

static void contract_change(const struct asked *q, const char *contract, bool ended)
{
    char date[KAM_DATE_MAX];
    kam_str try = KAM_STR_INIT;
    kam_day_format(q->spec.asof, date);
    cmd_why_try(&try, "contract set", contract, "-end", ended ? "" : date, NULL);
    cmd_why_change(q->w, kam_str_cstr(&try),
                   ended ? (cmd_text){"were contract {1} still running, it would have a future value", "若合同 {1} 仍在履行，则有未来价值"}
                         : (cmd_text){"if contract {1} ended today, nothing of it would lie ahead", "若合同 {1} 今日终止，则再无未来价值"},
                   CMD_WHY_ARGS(calc_arg_text(contract)));
    kam_str_release(&try);
}

static void contract_row(const struct asked *q, size_t row)
{
    const kam_table *t = cmd_why_table(q->w);
    char cell[KAM_CELL_MAX];
    const char *contract = kam_col_text(kam_table_find(t, "contract"), row);
    bool ended = kam_col_int(kam_table_find(t, "ended"), row) != 0;
    double periods = kam_col_real(kam_table_find(t, "periods"), row), retention = kam_col_real(kam_table_find(t, "retention"), row),
           residual = kam_col_real(kam_table_find(t, "residual_periods"), row);
    kam_str source = KAM_STR_INIT;
    kam_str_addf(&source, "contract %s", contract);
    const char *price = kam_table_cell(t, (size_t)kam_table_index(t, "price"), row, cell);
    if (ended)
        cmd_why_fact(q->w, (cmd_text){"price a period", "每期价格"}, price, q->spec.asof, kam_str_cstr(&source),
                     (cmd_text){"the contract ended after {1} periods: nothing lies ahead", "合同在 {1} 期后终止：再无未来价值"},
                     CMD_WHY_ARGS(calc_arg_real(periods, 0)));
    else
        cmd_why_fact(q->w, (cmd_text){"price a period", "每期价格"}, price, q->spec.asof, kam_str_cstr(&source),
                     (cmd_text){"lived through {1} periods; {2} of such contracts stay the next; discounted, {3} periods lie ahead",
                                "已历 {1} 期；此类合同 {2} 会续下一期；折现后还有 {3} 期"},
                     CMD_WHY_ARGS(calc_arg_real(periods, 0), calc_arg_pct(retention), calc_arg_real(residual, 3)));
    contract_change(q, contract, ended);
    kam_str_release(&source);
}

static kam_rc contracts(const struct asked *q, kam_err *err)
{
    kam_table *all = NULL;
    calc_sbg_fit fit;
    char num[64];
    cmd_why_rule(q->w, "C2", (cmd_text){"lifetime value by contract", "按合同的终身价值"},
                 (cmd_text){"price of a period × discounted periods ahead; how many stay is estimated from how long all contracts lasted (sBG)",
                            "每期价格 × 折现的剩余期数；保留率由全部合同的历时估计（sBG）"});
    kam_format_real(isnan(q->a->discount) ? 0 : q->a->discount, num);
    cmd_why_setting_or(q->w, "discount", "-discount", isnan(q->a->discount) ? NULL : num);
    kam_rc rc = store_query_contracts(cmd_session_store(q->s), q->spec.asof, &all, err);
    if (!rc) rc = cmd_lifetime_sbg(all, &fit, err);
    kam_table_unref(all);
    if (rc) return rc;
    snprintf(num, sizeof num, "a = %.4g, b = %.4g", fit.a, fit.b);
    cmd_why_fact(q->w, (cmd_text){"model of retention", "保留模型"}, num, q->spec.asof, NULL,
                 (cmd_text){"sBG, fitted to {1} contracts, {2} of them ended", "sBG，用 {1} 份合同拟合，其中 {2} 份已终止"},
                 CMD_WHY_ARGS(calc_arg_int((int64_t)fit.n), calc_arg_int((int64_t)fit.ended)));
    for (size_t i = 0; i < cmd_why_rows(q->w); i++) contract_row(q, cmd_why_row(q->w, i));
    return KAM_OK;
}

kam_rc cmd_lifetime_why(cmd_session *s, const void *args, cmd_why *w, kam_err *err)
{
    struct asked q = {.s = s, .w = w, .a = args, .exponent = cmd_session_exponent(s), .code = cmd_why_code(w)};
    int show;
    kam_rc rc = cmd_lifetime_spec_of(s, q.a, &q.spec, &show, err);
    if (rc) return rc;
    if (!kam_streq(cmd_why_kind(w), "account") || show != LIFETIME_ACCOUNTS ||
        (q.a->model == LIFETIME_CONTRACTUAL && q.a->margin != CMD_UNSET_INT)) {
        kam_err_set(err, KAM_USAGE, "why: ask about one account's lifetime-value, without -show, -holdout, -margin and -retention");
        return kam_err_word(err, "why");
    }
    return q.a->model == LIFETIME_CONTRACTUAL ? contracts(&q, err) : without_contract(&q, err);
}

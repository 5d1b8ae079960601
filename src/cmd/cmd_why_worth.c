/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_why_worth: how a profit, the price of a complaint, an expected order or payment, a level of value and the worth of a lever
 * came about (J1 for C4–C8). What a change leads to is the method run again on what it changes. */
#include "calc_collect.h"
#include "calc_levels.h"
#include "cmd_alone.h"
#include "cmd_care.h"
#include "cmd_value.h"
#include "cmd_worth.h"
#include "kam_mem.h"
#include "kam_money.h"
#include "store_setting.h"
#include <math.h>
#include <string.h>

enum { NEWEST = 3 }; /* records shown of each kind */

static kam_rc usage(kam_err *err, const char *sentence)
{
    kam_err_set(err, KAM_USAGE, "why: %s", sentence);
    return kam_err_word(err, "why");
}

static calc_arg money(cmd_session *s, double minor) { return calc_arg_money(llround(minor), cmd_session_exponent(s)); }

static const char *money_text(cmd_session *s, double minor, char buf[KAM_CELL_MAX])
{
    kam_money_format(llround(minor), cmd_session_exponent(s), buf);
    return buf;
}

static const char *day_text(kam_day d, char buf[KAM_DATE_MAX])
{
    kam_day_format(d, buf);
    return buf;
}

/* Records of the account dated in (after, until]. */
static kam_rc dated(cmd_why *w, cmd_text item, const char *entity, kam_day after, kam_day until, const char *value, kam_err *err)
{
    char from[KAM_DATE_MAX], to[KAM_DATE_MAX];
    store_where where[] = {{"account", STORE_EQ, cmd_why_code(w)}, {"date", STORE_LE, day_text(until, to)}, {"date", STORE_GT, day_text(after, from)}};
    return cmd_why_records(w, item, entity, where, 3, value, "date", NEWEST, NULL, err);
}

/* A cell with the record it stands in. */
static void cell(cmd_why *w, cmd_text item, const char *column, kam_day day, const char *entity)
{
    kam_str source = KAM_STR_INIT;
    if (entity) kam_str_addf(&source, "%s %s", entity, cmd_why_code(w));
    cmd_why_input(w, item, cmd_why_cell(w, column), day, entity ? kam_str_cstr(&source) : NULL);
    kam_str_release(&source);
}

/* --- C4 ------------------------------------------------------------------------------------------------------------------ */

/* What would bring the profit to just the other side of nothing. */
static void other_side(cmd_session *s, cmd_why *w, const cmd_serve_args *a)
{
    double profit;
    char date[KAM_DATE_MAX], amount[KAM_CELL_MAX];
    kam_str try = KAM_STR_INIT;
    if (!cmd_why_number(w, "profit", &profit)) return;
    const double step = fabs(profit) + 1;
    day_text(a->asof, date);
    money_text(s, step, amount);
    if (profit >= 0) {
        cmd_why_try(&try, "service-cost add", "-account", cmd_why_code(w), "-date", date, "-amount", amount, "-kind", "serve", NULL);
        cmd_why_change(w, kam_str_cstr(&try), (cmd_text){"costing {1} more to serve, it would eat profit: {2}", "服务成本再多 {1}，即由盈转亏：{2}"},
                       CMD_WHY_ARGS(money(s, step), money(s, profit - step)));
    } else {
        cmd_why_try(&try, "transaction add", "-account", cmd_why_code(w), "-date", date, "-amount", amount, "-cost", "0", NULL);
        cmd_why_change(w, kam_str_cstr(&try), (cmd_text){"a purchase that brings {1} would make it earn: {2}", "再有一次毛利 {1} 的购买即转为盈利：{2}"},
                       CMD_WHY_ARGS(money(s, step), money(s, profit + step)));
    }
    kam_str_release(&try);
}

kam_rc cmd_serve_why(cmd_session *s, const void *args, cmd_why *w, kam_err *err)
{
    const cmd_serve_args *a = args;
    int64_t days = a->window;
    char window[32];
    if (!kam_streq(cmd_why_kind(w), "account") || a->show == CMD_SERVE_MEASURES) return usage(err, "ask about one account's profit, without -show measures");
    if (days <= 0) store_setting_int(cmd_session_store(s), "window", &days);
    snprintf(window, sizeof window, "%lld", (long long)days);
    cmd_why_rule(w, "C4", (cmd_text){"cost to serve", "服务成本"},
                 (cmd_text){"profit of the window = known margin − service cost − acquisition cost if it falls into the window; ranked by it",
                            "统计期利润 = 已知毛利 − 服务成本 − 统计期内的获客成本；按利润排名"});
    cmd_why_setting_or(w, "window", "-window", a->window > 0 ? window : NULL);
    cmd_why_setting(w, "default-margin");
    if (cmd_why_rows(w) == 0) return KAM_OK;
    kam_rc rc = dated(w, (cmd_text){"one of the newest purchases", "最近的购买之一"}, "transaction", a->asof - days, a->asof, "amount", err);
    if (!rc) rc = dated(w, (cmd_text){"one of the newest service costs", "最近的服务成本之一"}, "service-cost", a->asof - days, a->asof, "amount", err);
    if (a->show == CMD_SERVE_ACCOUNTS) {
        cell(w, (cmd_text){"margin of the window", "统计期毛利"}, "margin", a->asof, NULL);
        cell(w, (cmd_text){"service costs together", "服务成本合计"}, "service_cost", a->asof, NULL);
        cell(w, (cmd_text){"acquisition cost in the window", "统计期内获客成本"}, "acquisition", a->asof, "account");
        cell(w, (cmd_text){"purchase days of unknown margin, left out", "毛利未知而未计的购买日"}, "unknown_days", a->asof, NULL);
    }
    cell(w, (cmd_text){"as a share of the peak of all", "占全体峰值的比例"}, "peak_share", a->asof, NULL);
    if (!rc) other_side(s, w, a);
    return rc;
}

/* --- C5 ------------------------------------------------------------------------------------------------------------------ */

static double bound_of(const calc_facts *f, const calc_complaint_params *p, kam_err *err)
{
    kam_table *t = NULL;
    double v = NAN;
    if (calc_complaint_accounts(f, p, &t, err) == KAM_OK && kam_table_rows(t)) {
        const kam_column *c = kam_table_find(t, "upper_bound");
        if (!kam_col_missing(c, 0)) v = kam_col_real(c, 0);
    }
    kam_table_unref(t);
    return v;
}

/* Another purchase, another factor: the bound of the account alone, when it has a revenue of its own. */
static kam_rc other_bounds(cmd_session *s, cmd_why *w, const cmd_complaint_args *a, const calc_complaint_params *p, kam_err *err)
{
    cmd_facts f = CMD_FACTS_INIT;
    cmd_alone one;
    char date[KAM_DATE_MAX], amount[KAM_CELL_MAX];
    kam_rc rc = cmd_facts_load(s, a->asof, STORE_F_LEDGER | STORE_F_COMPLAINTS, &f, err);
    if (rc) return rc;
    size_t row = cmd_alone_row(&f, cmd_why_code(w));
    if (row == SIZE_MAX) {
        cmd_facts_release(&f);
        return KAM_OK;
    }
    cmd_alone_take(&f, row, &one);
    cmd_alone_days bought = cmd_alone_bought(&one.ledger, 0);
    const int64_t more = bought.net_minor > 0 ? bought.net_minor : 100000;
    cmd_alone_buy(&one, a->asof, more);
    double then = bound_of(&one.facts, p, err);
    if (!isnan(then)) {
        kam_str try = KAM_STR_INIT;
        cmd_why_try(&try, "transaction add", "-account", cmd_why_code(w), "-date", day_text(a->asof, date), "-amount", money_text(s, (double)more, amount), NULL);
        cmd_why_change(w, kam_str_cstr(&try), (cmd_text){"having bought {1} more, it would stand for at most {2}", "若再购买 {1}，上限为 {2}"},
                       CMD_WHY_ARGS(money(s, (double)more), money(s, then)));
        kam_str_release(&try);
    }
    cmd_alone_release(&one);
    cmd_facts_release(&f);
    return KAM_OK;
}

/* Its open complaints settled today. */
static kam_rc settle(cmd_session *s, cmd_why *w, const cmd_complaint_args *a, kam_err *err)
{
    char date[KAM_DATE_MAX], key[KAM_CELL_MAX];
    store_where where[] = {{"account", STORE_EQ, cmd_why_code(w)}, {"kind", STORE_EQ, "complaint"}, {"date", STORE_LE, day_text(a->asof, date)},
                           {"resolved_on", STORE_MISSING, NULL}};
    store_query q = {.where = where, .n_where = 4};
    kam_table *t = NULL;
    kam_str try = KAM_STR_INIT;
    kam_rc rc = store_list(cmd_session_store(s), store_entity_find("interaction"), &q, &t, err);
    if (rc) return rc;
    for (size_t i = 0; i < kam_table_rows(t); i++)
        cmd_why_try(&try, "interaction set", kam_table_cell(t, 0, i, key), "-resolved_on", date, "-resolution", cmd_session_say(s, (cmd_text){"settled", "已了结"}), NULL);
    if (try.len)
        cmd_why_change(w, kam_str_cstr(&try),
                       a->show == CMD_COMPLAINT_ACCOUNTS ? (cmd_text){"settled today, nothing open stands behind it any more", "今日了结，则再无未结投诉的代价"}
                                                         : (cmd_text){"settled today, it would be open no longer; the price stays what it stood for", "今日了结，则不再未结；标价仍为其代表的上限"},
                       NULL, 0);
    kam_str_release(&try);
    kam_table_unref(t);
    return KAM_OK;
}

static void other_factor(cmd_session *s, cmd_why *w, double factor)
{
    double bound, other = factor == 10 ? 5 : 10;
    char num[KAM_NUM_MAX];
    if (!(factor > 0) || !cmd_why_number(w, "upper_bound", &bound)) return;
    kam_str try = KAM_STR_INIT;
    kam_format_real(other, num);
    cmd_why_try(&try, "setting set", "complaint-factor", num, NULL);
    cmd_why_change(w, kam_str_cstr(&try), (cmd_text){"at a factor of {1} it would be {2}", "系数为 {1} 时上限为 {2}"},
                   CMD_WHY_ARGS(calc_arg_text(num), money(s, bound / factor * other)));
    kam_str_release(&try);
}

kam_rc cmd_complaint_why(cmd_session *s, const void *args, cmd_why *w, kam_err *err)
{
    const cmd_complaint_args *a = args;
    calc_complaint_params p;
    char date[KAM_DATE_MAX];
    if (!kam_streq(cmd_why_kind(w), "account") || a->show > CMD_COMPLAINT_ACCOUNTS)
        return usage(err, "ask about one account's complaints, with -show register or accounts");
    cmd_complaint_params(s, a->asof, &p);
    cmd_why_rule(w, "C5", (cmd_text){"price of a complaint", "投诉的代价"},
                 (cmd_text){"mean annual revenue of the account (the portfolio's where it has none) × factor: an upper bound, no forecast",
                            "客户年均销售额（没有则取全体平均）× 系数：上限，并非预测"});
    cmd_why_setting(w, "complaint-factor");
    if (cmd_why_rows(w) == 0) return KAM_OK;
    store_where where[] = {{"account", STORE_EQ, cmd_why_code(w)}, {"kind", STORE_EQ, "complaint"}, {"date", STORE_LE, day_text(a->asof, date)}};
    kam_rc rc = cmd_why_records(w, (cmd_text){"complaint", "投诉"}, "interaction", where, 3, "resolved_on", "date", 2 * NEWEST, NULL, err);
    store_where bought[] = {where[0], where[2]};
    if (!rc) rc = cmd_why_records(w, (cmd_text){"one of the newest purchases", "最近的购买之一"}, "transaction", bought, 2, "amount", "date", NEWEST, NULL, err);
    const char *of = cmd_why_cell(w, "revenue_of");
    const bool own = of && kam_streq(of, "account");
    const char *revenue = cmd_why_cell(w, "annual_revenue");
    cmd_why_fact(w, (cmd_text){"annual revenue", "年均销售额"}, revenue, a->asof, NULL,
                 own ? (cmd_text){"its own, over the years since its first purchase, at least one", "自身：自首次购买起的年数平均，至少一年"}
                     : (cmd_text){"it has none of its own: the mean of those that have", "自身没有：取有销售额者的平均"}, NULL, 0);
    if (!rc) rc = settle(s, w, a, err);
    if (!rc && cmd_why_cell(w, "upper_bound")) rc = other_bounds(s, w, a, &p, err);
    if (own) other_factor(s, w, p.factor);
    return rc;
}

/* --- C6 ------------------------------------------------------------------------------------------------------------------ */

/* The handler once more with another horizon, which stands for the setting. */
static kam_rc other_horizon(cmd_session *s, const cmd_what_if_args *a, cmd_why *w, kam_err *err)
{
    cmd_what_if_args b = *a;
    int64_t now = 36;
    cmd_value v = {NULL};
    kam_table *t = NULL;
    char months[16];
    if (a->horizon != CMD_UNSET_INT || a->model == CMD_WHAT_IF_CONTRACTUAL) return KAM_OK;
    store_setting_int(cmd_session_store(s), "horizon", &now);
    b.horizon = now == 12 ? 36 : 12;
    const char *column = a->show == CMD_WHAT_IF_EFFECT ? "difference" : "value";
    kam_rc rc = cmd_what_if_spec.run(s, &b, &v, err);
    if (!rc) rc = cmd_value_table_get(s, v.obj, &t, err);
    if (!rc) {
        const kam_column *key = kam_table_column(t, 0), *c = kam_table_find(t, column);
        for (size_t i = 0; i < kam_table_rows(t); i++) {
            if (!kam_streq(kam_col_text(key, i), cmd_why_code(w)) || kam_col_missing(c, i)) continue;
            kam_str try = KAM_STR_INIT;
            snprintf(months, sizeof months, "%lld", (long long)b.horizon);
            cmd_why_try(&try, "setting set", "horizon", months, NULL);
            cmd_why_change(w, kam_str_cstr(&try), (cmd_text){"over {1} months it would be {2}", "展望 {1} 个月时为 {2}"},
                           CMD_WHY_ARGS(calc_arg_text(months), money(s, kam_col_real(c, i))));
            kam_str_release(&try);
        }
    }
    kam_table_unref(t);
    if (v.obj) Tcl_DecrRefCount(v.obj);
    return rc;
}

static void rates(cmd_session *s, cmd_why *w)
{
    double keep = 0.5, advantage;
    char num[KAM_NUM_MAX];
    store_setting_real(cmd_session_store(s), "keep-success", &keep);
    cmd_why_setting(w, "keep-acquire-cost-ratio");
    cmd_why_setting(w, "keep-success");
    cmd_why_setting(w, "acquire-success");
    if (!kam_streq(cmd_why_code(w), "keep") || !cmd_why_number(w, "advantage", &advantage)) return;
    kam_str try = KAM_STR_INIT;
    kam_format_real(keep / 2, num);
    cmd_why_try(&try, "setting set", "keep-success", num, NULL);
    cmd_why_change(w, kam_str_cstr(&try), (cmd_text){"if only {1} of the attempts at keeping succeed, the advantage is {2}", "若留客努力的成功率只有 {1}，相对获客的倍数为 {2}"},
                   CMD_WHY_ARGS(calc_arg_pct(keep / 2), calc_arg_real(advantage / 2, 4)));
    kam_str_release(&try);
}

kam_rc cmd_what_if_why(cmd_session *s, const void *args, cmd_why *w, kam_err *err)
{
    const cmd_what_if_args *a = args;
    char num[KAM_NUM_MAX];
    const bool keep = a->show == CMD_WHAT_IF_KEEP, bought = a->model != CMD_WHAT_IF_CONTRACTUAL;
    if (!kam_streq(cmd_why_kind(w), keep ? "way" : "lever")) return usage(err, "what-if knows levers (retention, margin, discount, together, acquisition) and ways (keep, acquire), no objects");
    if (keep)
        cmd_why_rule(w, "C6", (cmd_text){"keep against acquire", "留客与获客"},
                     (cmd_text){"equity gained by one success ÷ what it costs: attempts it takes × cost of one", "一次成功所得的客户资产 ÷ 其成本（所需努力次数 × 每次成本）"});
    else
        cmd_why_rule(w, "C6", (cmd_text){"what if", "杠杆"},
                     (cmd_text){"customer equity by the fitted model with the lever changed − without; points of retention multiply every account's hazard of leaving by one factor",
                                "改变杠杆后的客户资产 − 现值，均由拟合模型算得；保留率的百分点即把每个客户的流失强度乘以同一系数"});
    const char *const shown[2][5] = {{"from", "to", "before", "after", "n"}, {"success_rate", "attempt_cost", "cost", "value", "n"}};
    static const cmd_text item[2][5] = {
        {{"today", "现值"}, {"after the change", "变动后"}, {"customer equity today", "现有客户资产"}, {"customer equity after", "变动后客户资产"}, {"accounts or contracts", "客户或合同数"}},
        {{"share of attempts that succeed", "成功率"}, {"cost of one attempt", "每次努力的成本"}, {"cost of one success", "每次成功的成本"}, {"equity gained by one success", "每次成功所得"}, {"accounts", "客户数"}}};
    for (int i = 0; i < 5; i++) cmd_why_input(w, item[keep][i], cmd_why_cell(w, shown[keep][i]), a->asof, NULL);
    snprintf(num, sizeof num, "%lld", (long long)a->horizon);
    if (bought) cmd_why_setting_or(w, "horizon", "-horizon", a->horizon == CMD_UNSET_INT ? NULL : num);
    cmd_why_setting(w, "discount");
    if (bought && !keep) {
        kam_format_real(isnan(a->level) ? 0 : a->level, num);
        cmd_why_setting_or(w, "level", "-level", isnan(a->level) ? NULL : num);
    }
    if (bought) cmd_why_setting(w, "default-margin");
    if (keep) rates(s, w);
    return other_horizon(s, a, w, err);
}

/* --- C7 ------------------------------------------------------------------------------------------------------------------ */

static kam_rc after_order(cmd_session *s, const cmd_next_args *a, cmd_why *w, kam_err *err)
{
    cmd_facts f = CMD_FACTS_INIT;
    calc_next_params p;
    calc_next_then then;
    kam_table *quantities = NULL;
    cmd_next_params(s, a, &p);
    kam_rc rc = cmd_facts_load(s, a->asof, STORE_F_LEDGER, &f, err);
    if (!rc) rc = store_query_quantities(cmd_session_store(s), a->asof, &quantities, err);
    size_t row = rc ? SIZE_MAX : cmd_alone_row(&f, cmd_why_code(w));
    double last = 0, units = 1, latest = 0;
    cmd_why_number(w, "last_purchase", &last);
    const char *cell_of = cmd_why_cell(w, "product");
    char *product = cell_of ? kam_strdup(cell_of) : NULL;
    if (product) cmd_why_number(w, "last_quantity", &units);
    if (row != SIZE_MAX && (kam_day)last < a->asof && units > 0) {
        rc = calc_next_if(&f.calc, quantities, &p, row, product, units, a->asof, &then, err);
        cmd_alone_days bought = cmd_alone_bought(f.calc.ledger, row);
        if (!rc && then.known) {
            char date[KAM_DATE_MAX], amount[KAM_CELL_MAX], many[KAM_NUM_MAX];
            kam_str try = KAM_STR_INIT;
            kam_format_real(units, many);
            cmd_why_try(&try, "transaction add", "-account", cmd_why_code(w), "-date", day_text(a->asof, date), "-amount",
                        money_text(s, (double)bought.last_net_minor, amount), product ? "-product" : NULL, product, "-quantity", many, NULL);
            cmd_why_change(w, kam_str_cstr(&try),
                           (cmd_text){"an order like the last one today: {1}, the next expected on {2} (as the rhythm of all stands)",
                                      "今日照上次再订一次：{1}，下次预计 {2}（按现有全体节奏）"},
                           CMD_WHY_ARGS(calc_arg_text(cmd_why_label(w, "next-purchase.class", then.class_)), calc_arg_day(then.expected)));
            kam_str_release(&try);
        }
    }
    if (!rc && row != SIZE_MAX && cmd_why_number(w, "latest", &latest) && (kam_day)latest >= a->asof) {
        rc = calc_next_if(&f.calc, quantities, &p, row, NULL, 0, (kam_day)latest + 1, &then, err);
        if (!rc && then.known)
            cmd_why_change(w, NULL, (cmd_text){"without an order until {1} it is {2} then", "至 {1} 仍无订单则为{2}"},
                           CMD_WHY_ARGS(calc_arg_day((kam_day)latest + 1), calc_arg_text(cmd_why_label(w, "next-purchase.class", then.class_))));
    }
    kam_free(product);
    kam_table_unref(quantities);
    cmd_facts_release(&f);
    return rc;
}

static kam_rc call(cmd_session *s, const cmd_next_args *a, cmd_why *w, kam_err *err)
{
    double last = 0;
    char date[KAM_DATE_MAX];
    cmd_why_rule(w, "C7", (cmd_text){"rice-jar rule", "米缸法则"},
                 (cmd_text){"last quantity ÷ own rate of use, else own mean gap, pooled with the portfolio; waiting before the range, due in it, overdue after it, "
                            "lost when silent beyond all but a share of gaps",
                            "最近购量 ÷ 自身用速，数量未知则用自身平均间隔，并与全体部分合并；区间之前为等待，之内为到期，之后为过期，沉默超过间隔分布的末端为流失"});
    cmd_why_setting(w, "next-purchase-lost");
    if (cmd_why_rows(w) == 0) return KAM_OK;
    const bool known = cmd_why_number(w, "last_purchase", &last);
    const kam_day day = known ? (kam_day)last : CMD_UNSET_DAY;
    const char *product = cmd_why_cell(w, "product");
    char *of = product ? kam_strdup(product) : NULL;
    store_where where[] = {{"account", STORE_EQ, cmd_why_code(w)}, {"date", STORE_EQ, known ? day_text(day, date) : ""}, {"product", STORE_EQ, of}};
    kam_rc rc = known ? cmd_why_records(w, (cmd_text){"the last order", "最近的订单"}, "transaction", where, of ? 3 : 2, of ? "quantity" : "amount", "date",
                                        NEWEST, NULL, err)
                      : KAM_OK;
    kam_free(of);
    cell(w, (cmd_text){"own gaps", "自身间隔数"}, "gaps", day, NULL);
    cell(w, (cmd_text){"days the last order lasts at the own rate", "按自身用速可用天数"}, "own_days", day, NULL);
    cell(w, (cmd_text){"pooled with the portfolio", "与全体合并后"}, "days", day, NULL);
    cell(w, (cmd_text){"weight of the own record", "自身记录的权重"}, "own_weight", day, NULL);
    cell(w, (cmd_text){"expected", "预计"}, "expected", a->asof, NULL);
    cell(w, (cmd_text){"earliest", "最早"}, "earliest", a->asof, NULL);
    cell(w, (cmd_text){"latest", "最晚"}, "latest", a->asof, NULL);
    return rc ? rc : after_order(s, a, w, err);
}

/* The lines of an open invoice, paid today. */
static kam_rc paid_today(cmd_session *s, const cmd_next_args *a, cmd_why *w, const char *no, const char *due, kam_err *err)
{
    char date[KAM_DATE_MAX], key[KAM_CELL_MAX];
    store_where where[] = {{"account", STORE_EQ, cmd_why_code(w)}, {"due_on", STORE_EQ, due}, {"paid_on", STORE_MISSING, NULL},
                           {"invoice_no", no ? STORE_EQ : STORE_MISSING, no}};
    store_query q = {.where = where, .n_where = 4};
    kam_table *t = NULL;
    kam_str try = KAM_STR_INIT;
    kam_rc rc = store_list(cmd_session_store(s), store_entity_find("transaction"), &q, &t, err);
    if (rc) return rc;
    day_text(a->asof, date);
    for (size_t i = 0; i < kam_table_rows(t); i++) cmd_why_try(&try, "transaction set", kam_table_cell(t, 0, i, key), "-paid_on", date, NULL);
    if (try.len) cmd_why_change(w, kam_str_cstr(&try), (cmd_text){"paid today, it is waited for no longer", "今日付清，则不再列为待收"}, NULL, 0);
    kam_str_release(&try);
    kam_table_unref(t);
    return KAM_OK;
}

static void other_pay_day(const cmd_next_args *a, cmd_why *w)
{
    double due, usual;
    const char *now = cmd_why_cell(w, "pay_day"), *day = now && kam_streq(now, "15") ? "20" : "15";
    if (a->show != CMD_NEXT_COLLECTIONS || !cmd_why_number(w, "due", &due) || !cmd_why_number(w, "usual_delay", &usual)) return;
    kam_str try = KAM_STR_INIT;
    cmd_why_try(&try, "account set", cmd_why_code(w), "-pay_day", day, NULL);
    cmd_why_change(w, kam_str_cstr(&try), (cmd_text){"with a usual pay day of the {1}th it would be expected on {2}", "若惯常付款日为每月 {1} 日，则预计 {2}"},
                   CMD_WHY_ARGS(calc_arg_text(day), calc_arg_day(calc_pay_day((kam_day)due + llround(usual), day[0] == '1' ? 15 : 20))));
    kam_str_release(&try);
}

static kam_rc payment(cmd_session *s, const cmd_next_args *a, cmd_why *w, kam_err *err)
{
    char date[KAM_DATE_MAX];
    kam_rc rc = KAM_OK;
    cmd_why_rule(w, "C7", (cmd_text){"collections", "收款"},
                 (cmd_text){"expected = due day + usual delay, moved to the usual pay day where one is known; not-due until the due day, due within its habit, chase after it",
                            "预计 = 到期日 + 惯常延迟，若有惯常付款日则顺延至该日；到期前为未到期，习惯范围内为到期，超出则应催收"});
    if (cmd_why_rows(w) == 0) return KAM_OK;
    cell(w, (cmd_text){"usual pay day", "惯常付款日"}, "pay_day", CMD_UNSET_DAY, "account");
    store_where where[] = {{"account", STORE_EQ, cmd_why_code(w)}, {"paid_on", STORE_LE, day_text(a->asof, date)}, {"due_on", STORE_PRESENT, NULL}};
    rc = cmd_why_records(w, (cmd_text){"one of the newest paid invoices: paid on", "最近已付发票之一：付款日"}, "transaction", where, 3, "paid_on", "date", NEWEST, NULL, err);
    cell(w, (cmd_text){"paid invoices", "已付发票数"}, "paid", a->asof, NULL);
    cell(w, (cmd_text){"own mean delay", "自身平均延迟"}, "mean_delay", a->asof, NULL);
    cell(w, (cmd_text){"usual delay, pooled with all", "惯常延迟（与全体合并）"}, "usual_delay", a->asof, NULL);
    if (a->show != CMD_NEXT_COLLECTIONS || rc) return rc;
    cell(w, (cmd_text){"due", "到期日"}, "due", a->asof, NULL);
    cell(w, (cmd_text){"expected", "预计"}, "expected", a->asof, NULL);
    cell(w, (cmd_text){"latest", "最晚"}, "latest", a->asof, NULL);
    const char *c = cmd_why_cell(w, "invoice_no");
    char *no = c ? kam_strdup(c) : NULL;
    c = cmd_why_cell(w, "due");
    char *due = c ? kam_strdup(c) : NULL;
    if (due) rc = paid_today(s, a, w, no, due, err);
    other_pay_day(a, w);
    kam_free(no);
    kam_free(due);
    return rc;
}

kam_rc cmd_purchase_why(cmd_session *s, const void *args, cmd_why *w, kam_err *err)
{
    const cmd_next_args *a = args;
    char num[KAM_NUM_MAX];
    if (!kam_streq(cmd_why_kind(w), "account") || a->show == CMD_NEXT_RHYTHM)
        return usage(err, "ask about one account's next order or payment, not about the rhythm of all");
    kam_format_real(isnan(a->level) ? 0 : a->level, num);
    cmd_why_setting_or(w, "level", "-level", isnan(a->level) ? NULL : num);
    return a->show == CMD_NEXT_CALLS ? call(s, a, w, err) : payment(s, a, w, err);
}

/* --- C8 ------------------------------------------------------------------------------------------------------------------ */

static bool within(const char *list, const char *word)
{
    size_t n = strlen(word);
    for (const char *p = list; p && (p = strstr(p, word)); p += n)
        if ((p == list || p[-1] == ';') && (p[n] == ';' || !p[n])) return true;
    return false;
}

/* Levels that are not covered, joined by ";": a cell, or the rows with a gap. The caller frees; empty: none. */
static char *uncovered(cmd_why *w, bool by_level)
{
    kam_str b = KAM_STR_INIT;
    const kam_table *t = cmd_why_table(w);
    const char *missing = by_level ? NULL : cmd_why_cell(w, "missing");
    const kam_column *level = kam_table_find(t, "level"), *delivered = kam_table_find(t, "delivered");
    if (missing) kam_str_add(&b, missing);
    for (int k = 0; by_level && k < CALC_LEVELS; k++) {
        bool covered = false;
        for (size_t i = 0; i < kam_table_rows(t); i++) covered |= kam_streq(kam_col_text(level, i), calc_level_names[k]) && !kam_col_missing(delivered, i);
        if (!covered) kam_str_addf(&b, "%s%s", b.len ? ";" : "", calc_level_names[k]);
    }
    char *out = kam_strdup(kam_str_cstr(&b));
    kam_str_release(&b);
    return out;
}

static void deliver(cmd_session *s, cmd_why *w, kam_day asof, const char *missing)
{
    char date[KAM_DATE_MAX];
    int covered = 0, first = -1;
    for (int k = 0; k < CALC_LEVELS; k++) {
        const bool gap = within(missing, calc_level_names[k]);
        covered += !gap;
        if (gap && first < 0) first = k;
    }
    kam_str try = KAM_STR_INIT;
    if (first >= 0) {
        cmd_why_try(&try, "value-note add", "-account", cmd_why_code(w), "-date", day_text(asof, date), "-level", calc_level_names[first], "-kind", "use",
                    "-delivered", cmd_session_say(s, (cmd_text){"what we do", "我们所做的"}), NULL);
        cmd_why_change(w, kam_str_cstr(&try), (cmd_text){"a note of what we deliver on the level {1} would cover {2} of 3 levels", "若写明{1}层次的给予，即覆盖三层中的 {2} 层"},
                       CMD_WHY_ARGS(calc_arg_text(cmd_why_label(w, "value-levels.level", calc_level_names[first])), calc_arg_int(covered + 1)));
    } else {
        cmd_why_try_remove(&try, "value-note", cmd_why_code(w), CMD_UNSET_DAY, "level = basic");
        cmd_why_change(w, kam_str_cstr(&try), (cmd_text){"without its notes on the level {1}, {2} of 3 levels would be covered", "若没有{1}层次的记录，即覆盖三层中的 {2} 层"},
                       CMD_WHY_ARGS(calc_arg_text(cmd_why_label(w, "value-levels.level", "basic")), calc_arg_int(covered - 1)));
    }
    kam_str_release(&try);
}

kam_rc cmd_levels_why(cmd_session *s, const void *args, cmd_why *w, kam_err *err)
{
    const cmd_levels_args *a = args;
    char date[KAM_DATE_MAX];
    if (!kam_streq(cmd_why_kind(w), "account") || a->show == CMD_LEVELS_MEASURES || (a->account.id && a->account.id != cmd_why_id(w)))
        return usage(err, "ask about one account's levels of value, without -show measures");
    cmd_why_rule(w, "C8", (cmd_text){"levels of value", "价值层次"},
                 (cmd_text){"a level is covered when a note on it says what we deliver; of notes on one level and kind the latest counts",
                            "某层次有记录写明我们的给予即为覆盖；同一层次与种类以最新记录为准"});
    if (cmd_why_rows(w) == 0) return KAM_OK;
    kam_rc rc = KAM_OK;
    for (int k = 0; k < CALC_LEVELS && !rc; k++) {
        store_where where[] = {{"account", STORE_EQ, cmd_why_code(w)}, {"level", STORE_EQ, calc_level_names[k]}, {"date", STORE_LE, day_text(a->asof, date)}};
        store_where undated[] = {where[0], where[1], {"date", STORE_MISSING, NULL}};
        const char *label = cmd_why_label(w, "value-levels.level", calc_level_names[k]);
        size_t found = 0, more = 0;
        rc = cmd_why_records(w, (cmd_text){label, label}, "value-note", where, 3, "delivered", "date", 2 * NEWEST, &found, err);
        if (!rc) rc = cmd_why_records(w, (cmd_text){label, label}, "value-note", undated, 3, "delivered", NULL, 2 * NEWEST, &more, err);
        if (!rc && found + more == 0) cmd_why_input(w, (cmd_text){label, label}, NULL, CMD_UNSET_DAY, NULL);
    }
    char *missing = uncovered(w, a->account.id != 0);
    if (!rc) deliver(s, w, a->asof, missing);
    kam_free(missing);
    return rc;
}

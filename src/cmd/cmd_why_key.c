/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_why_key: why an account is key, by which lens (J1 for A12), and why it is in its segment (A10). */
#include "cmd_why_card.h"
#include "kam_mem.h"
#include <string.h>

static bool flag_on(const cmd_why *w, const char *column)
{
    double v = 0;
    return cmd_why_number(w, column, &v) && v != 0;
}

static void input_cell(cmd_why *w, cmd_text item, const char *column, const char *source)
{
    cmd_why_input(w, item, cmd_why_cell(w, column), CMD_UNSET_DAY, source);
}

/* --- A12 --------------------------------------------------------------------------------------------------------------- */

static void key_changes(cmd_why *w, kam_day from)
{
    kam_str try = KAM_STR_INIT;
    const char *column = cmd_why_column(w);
    bool lens = column && strncmp(column, "by_", 3) == 0, on = kam_streq(cmd_why_cell(w, "class"), "key");
    if (lens || kam_streq(column, "lenses")) on = lens ? flag_on(w, column) : flag_on(w, "by_margin");
    if (on) {
        cmd_why_add_try(&try, "account set {%s} -key_account 0", cmd_why_code(w));
        cmd_why_try_remove(&try, "transaction", cmd_why_code(w), kam_streq(column, "by_loyalty") ? CMD_UNSET_DAY : from + 1, NULL);
        cmd_why_change(w, kam_str_cstr(&try), (cmd_text){"without being named and without its purchases of the window it would be ordinary",
                                                         "若未被指定且统计期内没有购买，则为非大客户"}, NULL, 0);
    } else if (lens || kam_streq(column, "lenses")) {
        char date[KAM_DATE_MAX], before[KAM_DATE_MAX];
        kam_day_format(from + 1, before);
        kam_day_format(from + 2, date);
        cmd_why_add_try(&try, "transaction add -account {%s} -date %s -amount 100000000 -cost 0", cmd_why_code(w), before);
        cmd_why_add_try(&try, "transaction add -account {%s} -date %s -amount 100000000 -cost 0", cmd_why_code(w), date);
        if (kam_streq(column, "by_loyalty")) {
            cmd_why_add_try(&try, "account set {%s} -annual_spend 100000000", cmd_why_code(w));
            cmd_why_try_remove(&try, "sighting", cmd_why_code(w), CMD_UNSET_DAY, NULL);
        }
        if (kam_streq(column, "by_revenue")) cmd_why_add_try(&try, "setting set key-account-revenue 100000000");
        cmd_why_change(w, kam_str_cstr(&try), (cmd_text){"two large purchases, and its whole wallet, would pass the lens", "两笔大额购买并占其全部份额即可达到"},
                       NULL, 0);
    } else {
        cmd_why_add_try(&try, "account set {%s} -key_account 1 -key_reason {strategic meaning}", cmd_why_code(w));
        cmd_why_change(w, kam_str_cstr(&try), (cmd_text){"naming it with a reason would make it key", "说明理由并指定，即为大客户"}, NULL, 0);
    }
    kam_str_release(&try);
}

kam_rc cmd_why_key(cmd_session *s, const cmd_classify_args *a, cmd_why *w, kam_err *err)
{
    calc_key_params p;
    kam_str account = KAM_STR_INIT;
    cmd_key_params(s, a->asof, (int)a->window, &p);
    cmd_why_rule(w, "A12", (cmd_text){"key account", "大客户界定"},
                 (cmd_text){"named by us with a reason; or enough of three lenses: margin in the top share, loyal or higher on the ladder, margin "
                            "after service cost in the top share; or revenue from a setting on",
                            "由我们指定并有理由；或达到三个标准中的足够个数：毛利居前、忠诚阶梯达到忠诚及以上、扣除服务成本后的毛利居前；或销售额达到设置值"});
    kam_str_addf(&account, "account %s", cmd_why_code(w));
    input_cell(w, (cmd_text){"named with a reason", "指定并有理由"}, "named", kam_str_cstr(&account));
    input_cell(w, (cmd_text){"reason", "理由"}, "reason", kam_str_cstr(&account));
    input_cell(w, (cmd_text){"margin of the window", "统计期毛利"}, "window_margin", NULL);
    input_cell(w, (cmd_text){"margin in the top share", "毛利居前"}, "by_margin", NULL);
    input_cell(w, (cmd_text){"rung of the ladder", "忠诚阶梯"}, "ladder", "classify -by ladder");
    input_cell(w, (cmd_text){"service cost of the window", "统计期服务成本"}, "service_cost", NULL);
    input_cell(w, (cmd_text){"margin after service cost in the top share", "扣除服务成本后的毛利居前"}, "by_profit", NULL);
    input_cell(w, (cmd_text){"revenue of the window", "统计期销售额"}, "window_revenue", NULL);
    kam_rc rc = cmd_why_recent(w, (cmd_text){"purchase", "购买"}, "transaction", "amount", a->asof, p.ladder.window_days, 3, err);
    if (!rc)
        rc = cmd_why_recent(w, (cmd_text){"service cost", "服务成本"}, "service-cost", "amount", a->asof, p.ladder.window_days, 3, err);
    cmd_why_setting(w, "key-account-lenses");
    cmd_why_setting(w, "key-account-revenue");
    cmd_why_setting(w, "key-account-share");
    cmd_why_setting(w, "ladder-loyal-share");
    cmd_why_setting(w, "window");
    key_changes(w, a->asof - p.ladder.window_days);
    kam_str_release(&account);
    return rc;
}

/* --- A10 --------------------------------------------------------------------------------------------------------------- */

static bool from_account(const char *column)
{
    return kam_streq(column, "employees") || kam_streq(column, "annual_spend") || kam_streq(column, "known_days");
}

/* What takes the account out of its segment: a column it no longer has. */
static void leave_segment(cmd_why *w, const calc_segment_params *p, bool grouped)
{
    kam_str try = KAM_STR_INIT;
    const char *column = p->n_columns ? p->columns[0]->key : "recency";
    if (!grouped) {
        char date[KAM_DATE_MAX], first[KAM_DATE_MAX];
        kam_day_format(p->asof, date);
        kam_day_format(p->asof - 2 * p->trend_days - 30, first);
        const char *code = cmd_why_code(w);
        cmd_why_add_try(&try, "account set {%s} -known_since %s -employees 100 -annual_spend 100000", code, first);
        cmd_why_add_try(&try, "transaction add -account {%s} -date %s -amount 100 -cost 50", code, first);
        kam_day_format(p->asof - p->trend_days - 30, first);
        cmd_why_add_try(&try, "transaction add -account {%s} -date %s -amount 100 -cost 50", code, first);
        cmd_why_add_try(&try, "transaction add -account {%s} -date %s -amount 100 -cost 50", code, date);
        cmd_why_add_try(&try, "service-cost add -account {%s} -date %s -amount 10 -kind serve", code, date);
        cmd_why_change(w, kam_str_cstr(&try), (cmd_text){"with what is missing on record it would be grouped", "补齐所缺数据即可分组"}, NULL, 0);
    } else if (from_account(column)) {
        cmd_why_add_try(&try, "account set {%s} -employees {} -annual_spend {} -known_since {}", cmd_why_code(w));
        cmd_why_change(w, kam_str_cstr(&try), (cmd_text){"without what the account says of itself it would be in no segment", "若客户资料缺失，则不在任何细分中"},
                       NULL, 0);
    } else {
        cmd_why_try_remove(&try, "transaction", cmd_why_code(w), CMD_UNSET_DAY, NULL);
        cmd_why_change(w, kam_str_cstr(&try), (cmd_text){"without its purchases it would be in no segment, or in that of those who buy nothing",
                                                         "若没有购买，则不在任何细分中，或归入未购买者的细分"}, NULL, 0);
    }
    kam_str_release(&try);
}

/* Another value of the first criterion than the cell's words say. */
static void leave_cell(cmd_why *w, const calc_segment_params *p)
{
    kam_str try = KAM_STR_INIT;
    const char *c = p->cross[0]->id, *code = cmd_why_code(w), *cell = cmd_why_cell(w, "class");
    if (!cell) cell = "";
    if (kam_streq(c, "key") && strstr(cell, "no key account"))
        cmd_why_add_try(&try, "account set {%s} -key_account 1 -key_reason {strategic meaning}", code);
    else if (kam_streq(c, "key")) {
        cmd_why_add_try(&try, "account set {%s} -key_account 0", code);
        cmd_why_try_remove(&try, "transaction", code, CMD_UNSET_DAY, NULL);
    } else if (kam_streq(c, "grade") && strstr(cell, "inactive")) {
        char date[KAM_DATE_MAX];
        kam_day_format(p->asof, date);
        cmd_why_add_try(&try, "transaction add -account {%s} -date %s -amount 100000000", code, date);
    } else if (kam_streq(c, "grade")) cmd_why_try_remove(&try, "transaction", code, CMD_UNSET_DAY, NULL);
    else if (kam_streq(c, "size")) cmd_why_add_try(&try, "account set {%s} -employees %s", code, strstr(cell, "large") ? "1" : "100000000");
    else if (kam_streq(c, "kind")) cmd_why_add_try(&try, "account set {%s} -kind %s", code, strstr(cell, "consumer") ? "company" : "consumer");
    else if (kam_streq(c, "ownership"))
        cmd_why_add_try(&try, "account set {%s} -ownership %s", code, strstr(cell, "listed") ? "private" : "listed");
    else cmd_why_add_try(&try, "account set {%s} -%s {%s}", code, c, strstr(cell, "elsewhere") ? "nowhere" : "elsewhere");
    cmd_why_change(w, kam_str_cstr(&try), (cmd_text){"another value of the first criterion would put it into another cell", "第一个标准取另一值即归入另一单元"},
                   NULL, 0);
    kam_str_release(&try);
}

kam_rc cmd_why_segments(cmd_session *s, const cmd_classify_args *a, cmd_why *w, kam_err *err)
{
    calc_segment_params p;
    kam_rc rc = cmd_segment_options(s, a, a->asof, &p, err);
    if (rc) return rc;
    cmd_why_rule(w, "A10", (cmd_text){"segments", "市场细分"},
                 p.n_cross ? (cmd_text){"accounts with the same value of each criterion are a segment", "各标准取值相同的客户为一个细分"}
                           : (cmd_text){"k-means on standardised columns: each account belongs to the segment whose middle is nearest",
                                        "对标准化的列作 k 均值聚类：每个客户归入中心最近的细分"});
    const kam_table *t = cmd_why_table(w);
    for (size_t j = 4; j < kam_table_columns(t); j++) {
        const char *name = kam_col_name(kam_table_column(t, j));
        const calc_segment_column *c = calc_segment_column_find(name);
        if (c) cmd_why_input(w, (cmd_text){c->name.en, c->name.zh}, cmd_why_cell(w, name), CMD_UNSET_DAY, NULL);
    }
    kam_str account = KAM_STR_INIT;
    kam_str_addf(&account, "account %s", cmd_why_code(w));
    for (size_t j = 0; j < p.n_cross; j++)
        cmd_why_input(w, (cmd_text){p.cross[j]->en, p.cross[j]->zh}, cmd_why_cell(w, "class"), CMD_UNSET_DAY, kam_str_cstr(&account));
    kam_str_release(&account);
    if (!p.n_cross) cmd_why_input(w, (cmd_text){"distance to the middle of its segment", "到细分中心的距离"}, cmd_why_cell(w, "distance"), CMD_UNSET_DAY, NULL);
    rc = cmd_why_recent(w, (cmd_text){"purchase", "购买"}, "transaction", "amount", a->asof, p.window_days, 3, err);
    cmd_why_setting(w, "window");
    cmd_why_setting(w, p.n_cross ? "segment-size" : "segment-max");
    if (!p.n_cross) cmd_why_setting(w, "segment-sample");
    cmd_why_setting(w, "segment-distinct");
    if (p.n_cross) leave_cell(w, &p);
    else leave_segment(w, &p, cmd_why_cell(w, "class") != NULL);
    return rc;
}

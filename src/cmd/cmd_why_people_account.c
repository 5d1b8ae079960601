/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Why of the account: its relationship (B4), behaviour × feeling (B9), relation type (B10), coverage by our people (J4). */
#include "cmd_why_people.h"
#include "kam_mem.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* --- B4 of the account ------------------------------------------------------------------------------------------------ */

static double weight_of(const people_why *x, size_t row)
{
    double v;
    return cmd_wp_real(x, "authority", row, &v) ? fmax(v, 1) : 1;
}

/* Weighted mean of a fit; NaN: nobody's is known. */
static double mean_fit(const people_why *x, const char *fit, double *weights)
{
    double sum = 0, v;
    *weights = 0;
    for (size_t i = 0; i < cmd_wp_people(x); i++) {
        if (cmd_wp_placeholder(x, i) || !cmd_wp_real(x, fit, i, &v)) continue;
        sum += weight_of(x, i) * v;
        *weights += weight_of(x, i);
    }
    return *weights > 0 ? sum / *weights : NAN;
}

/* The fewest marks, those of most weight first, that bring the mean to the other side of the border. */
static void change_mean(people_why *x, const char *fit, cmd_text sentence)
{
    double weights, mean = mean_fit(x, fit, &weights), cut = x->m.params.cut, v;
    if (isnan(mean)) return;
    bool up = mean < cut;
    double sum = mean * weights, mark = up ? 10 : 0;
    size_t n = cmd_wp_people(x), moved = 0;
    bool *done = kam_calloc(n + 1, sizeof *done);
    char options[64], buf[KAM_NUM_MAX];
    kam_str b = KAM_STR_INIT;
    kam_format_real(mark, buf);
    snprintf(options, sizeof options, "-%s %s", fit, buf);
    while ((sum / weights >= cut) == !up && moved < CMD_WP_MANY) {
        size_t best = SIZE_MAX;
        double most = 0;
        for (size_t i = 0; i < n; i++) {
            if (done[i] || cmd_wp_placeholder(x, i) || !cmd_wp_real(x, fit, i, &v)) continue;
            double gain = weight_of(x, i) * fabs(mark - v);
            if (gain > most) {
                most = gain;
                best = i;
            }
        }
        if (best == SIZE_MAX) break;
        done[best] = true;
        cmd_wp_real(x, fit, best, &v);
        sum += weight_of(x, best) * (mark - v);
        moved++;
        kam_str_addf(&b, "%s%s", b.len ? "; " : "", cmd_wp_try_assess(x, cmd_wp_text(x, "contact", best), options));
    }
    if (moved && (sum / weights >= cut) == up)
        cmd_why_change(x->w, kam_str_cstr(&b), sentence, CMD_WHY_ARGS(calc_arg_int((int64_t)moved), calc_arg_real(mark, 1)));
    kam_str_release(&b);
    kam_free(done);
}

kam_rc cmd_wp_account_relationship(people_why *x, kam_err *err)
{
    static const char *const mark[] = {"org_fit", "person_fit", "authority"};
    cmd_why_rule(x->w, "B4", (cmd_text){"relationship of the account", "客户整体关系"},
                 (cmd_text){"the mean of each fit over people, weighted by max(authority, 1), missing ones left out; then as for a person: outsider, friend, supplier, partner",
                            "各满足度分别按 max（权力，1） 加权平均，缺失不计；再按个人规则：局外人、朋友、供应商、伙伴"});
    if (x->a->view == CMD_VIEW_COURSE)
        cmd_why_note(x->w, (cmd_text){"its course: the same on each day on which somebody's mark changed it", "走势：在评估变动的每一天按同样规则计算"}, NULL, 0);
    size_t n = cmd_wp_people(x), said = 0, more = 0;
    kam_rc rc = KAM_OK;
    for (size_t i = 0; i < n && !rc; i++) {
        if (cmd_wp_placeholder(x, i)) continue;
        if (said++ >= CMD_WP_MANY) more++;
        else
            for (int k = 0; k < 3 && !rc; k++) rc = cmd_wp_assessed(x, cmd_wp_text(x, "contact", i), mark[k], err);
    }
    if (rc) return rc;
    cmd_wp_left_out(x, more);
    cmd_why_setting(x->w, "stakeholder-cut");
    change_mean(x, "org_fit", (cmd_text){"a fit to the organisation of {2} with {1} people would bring the mean over the border", "有 {1} 人的组织需要满足度为 {2}，平均值即越过分界"});
    change_mean(x, "person_fit", (cmd_text){"a fit to the person of {2} with {1} people would bring the mean over the border", "有 {1} 人的个人需要满足度为 {2}，平均值即越过分界"});
    return KAM_OK;
}

/* --- B9 --------------------------------------------------------------------------------------------------------------- */

static bool cell(const kam_table *t, const char *column, double *out)
{
    const kam_column *c = kam_table_find(t, column);
    if (kam_col_missing(c, 0)) return false;
    *out = kam_col_real(c, 0);
    return true;
}

static void say_buying(people_why *x, const kam_table *t, const calc_feeling_params *p)
{
    static const struct {
        const char *column;
        cmd_text item;
    } sums[] = {{"recent", {"revenue of the window", "本期收入"}}, {"before", {"revenue of the window before", "上期收入"}}};
    char from[KAM_DATE_MAX], to[KAM_DATE_MAX];
    double v;
    for (int k = 0; k < 2; k++) {
        kam_day end = x->a->asof - k * p->window_days;
        kam_str source = KAM_STR_INIT;
        kam_day_format(end - p->window_days + 1, from);
        kam_day_format(end, to);
        kam_str_addf(&source, "transaction %s..%s", from, to);
        if (cell(t, sums[k].column, &v)) cmd_why_input_money(x->w, sums[k].item, (int64_t)v, end, kam_str_cstr(&source));
        else cmd_why_input(x->w, sums[k].item, NULL, end, kam_str_cstr(&source));
        kam_str_release(&source);
    }
    kam_str account = KAM_STR_INIT;
    kam_str_addf(&account, "account %s", x->a->account.code);
    cmd_why_input_real(x->w, (cmd_text){"share of wallet", "客户份额"}, cell(t, "wallet_share", &v) ? v : NAN, x->a->asof, kam_str_cstr(&account));
    cmd_why_input_real(x->w, (cmd_text){"exit cost", "逃离代价"}, cell(t, "exit_cost", &v) ? v : NAN, CMD_UNSET_DAY, kam_str_cstr(&account));
    kam_str_release(&account);
}

static kam_rc say_liking(people_why *x, const calc_feeling_params *p, kam_err *err)
{
    char from[KAM_DATE_MAX];
    size_t found = 0, said = 0, more = 0;
    kam_day_format(x->a->asof - p->window_days, from);
    store_where where[] = {{"account", STORE_EQ, x->a->account.code}, {"date", STORE_GT, from}, {"date", STORE_LE, x->day},
                           {"expectation", STORE_PRESENT, NULL}, {"perceived", STORE_PRESENT, NULL}};
    kam_rc rc = cmd_why_records(x->w, (cmd_text){"last survey, perceived", "最近调查的感知"}, "survey", where, 5, "perceived", "date", 1, &found, err);
    if (!rc && found) rc = cmd_why_records(x->w, (cmd_text){"last survey, expected", "最近调查的期望"}, "survey", where, 5, "expectation", "date", 1, NULL, err);
    for (size_t i = 0; i < cmd_wp_people(x) && !found && !rc; i++) {
        double v;
        if (cmd_wp_placeholder(x, i) || !cmd_wp_real(x, "attitude", i, &v)) continue;
        if (said++ >= CMD_WP_MANY) more++;
        else rc = cmd_wp_assessed(x, cmd_wp_text(x, "contact", i), "attitude", err);
    }
    if (!rc && !found && !said) cmd_why_input(x->w, (cmd_text){"survey of the window, or an attitude", "统计期内的调查或态度"}, NULL, CMD_UNSET_DAY, NULL);
    cmd_wp_left_out(x, more);
    return rc;
}

static void change_feeling(people_why *x, const kam_table *t, const calc_feeling_params *p)
{
    double buys = 0, likes = 0, recent = 0, before = 0, exit_cost;
    bool known = cell(t, "likes", &likes), like = known && likes != 0;
    cell(t, "buys", &buys);
    cell(t, "recent", &recent);
    cell(t, "before", &before);
    cmd_why_change(x->w, cmd_wp_try(x, "survey add -account {%s} -date %s -expectation 5 -perceived %d -quiet", x->a->account.code, x->day, like ? 4 : 6),
                   like ? (cmd_text){"a survey with less perceived than expected would say that it does not like us", "若有调查显示感知低于期望，即为不喜欢"}
                        : (cmd_text){"a survey with more perceived than expected would say that it likes us", "若有调查显示感知高于期望，即为喜欢"},
                   NULL, 0);
    if (buys != 0) {
        kam_str try = KAM_STR_INIT;
        cmd_why_try_remove(&try, "transaction", x->a->account.code, x->a->asof - p->window_days + 1, NULL);
        cmd_why_change(x->w, kam_str_cstr(&try), (cmd_text){"no purchase from {1} on would say that it does not buy", "若自 {1} 起没有购买，即为不购买"},
                       CMD_WHY_ARGS(calc_arg_day(x->a->asof - p->window_days + 1)));
        kam_str_release(&try);
    } else {
        double minor = fmax(1, ceil(p->trend * before - recent) + 1);
        calc_arg amount = calc_arg_money((int64_t)minor, cmd_session_exponent(x->s));
        cmd_why_change(x->w, cmd_wp_try(x, "transaction add -account {%s} -date %s -amount %s -quiet", x->a->account.code, x->day, amount.buf),
                       (cmd_text){"a purchase of {1} more would say that it buys", "再购买 {1} 即为在购买"}, &amount, 1);
    }
    if (buys != 0 && known && !like) {
        bool low = cell(t, "exit_cost", &exit_cost) && exit_cost < p->exit_cost;
        cmd_why_change(x->w, cmd_wp_try(x, "account set {%s} -exit_cost %d -quiet", x->a->account.code, low ? 10 : 0),
                       low ? (cmd_text){"a high exit cost would make it less easy to lose", "逃离代价高则不易流失"} : (cmd_text){"a low exit cost would make it easy to lose", "逃离代价低则容易流失"}, NULL, 0);
    }
}

kam_rc cmd_wp_feeling(people_why *x, kam_err *err)
{
    static const char *const settings[] = {"window", "feeling-wallet-share", "lifecycle-declining-ratio", "exit-cost-low"};
    calc_feeling_params p;
    kam_table *t = NULL;
    cmd_why_rule(x->w, "B9", (cmd_text){"behaviour × feeling", "行为×感觉"},
                 (cmd_text){"buys: bought in the window, and share of wallet or revenue against the window before is high enough (where neither is known, buying will do); likes "
                            "us: the last survey of the window says perceived ≥ expected, without one the mean attitude is above 0; sound, captive (buys without liking), "
                            "unfinished (likes, does not buy), none",
                            "购买：统计期内有购买，且客户份额或与上期相比的收入达到界限（两者皆未知时有购买即可）；喜欢：最近调查感知不低于期望，没有调查则平均态度大于 0；"
                            "良好、无奈（买而不喜）、欠缺（喜而不买）、无"});
    cmd_feeling_params(x->s, &p);
    kam_rc rc = cmd_map_feeling(x->s, x->a->account.code, x->a->asof, &t, err);
    if (rc) return rc;
    say_buying(x, t, &p);
    rc = say_liking(x, &p, err);
    for (size_t i = 0; !rc && i < sizeof settings / sizeof *settings; i++) cmd_why_setting(x->w, settings[i]);
    if (!rc) change_feeling(x, t, &p);
    kam_table_unref(t);
    return rc;
}

/* --- B10 -------------------------------------------------------------------------------------------------------------- */

static const char *text0(const kam_table *t, const char *column)
{
    const kam_column *c = kam_table_find(t, column);
    return kam_col_missing(c, 0) ? NULL : kam_col_text(c, 0);
}

/* Write a value for the day, whether or not there is one already. */
static const char *try_relation(people_why *x, const kam_table *t, const char *value)
{
    double on;
    bool same = cell(t, "present_on", &on) && (kam_day)on == x->a->asof;
    return cmd_wp_try(x, "assessment %s account {%s} relation_present %s -value %s -quiet", same ? "set" : "add", x->a->account.code, x->day, value);
}

kam_rc cmd_wp_relation(people_why *x, kam_err *err)
{
    static const char *const attribute[] = {"relation_present", "relation_wanted"};
    static const cmd_text item[] = {{"relation now", "现有关系"}, {"relation wanted", "目标关系"}};
    kam_table *t = NULL;
    cmd_why_rule(x->w, "B10", (cmd_text){"relation type", "关系类型"},
                 (cmd_text){"the latest noted of each, present and wanted; the steps lie between trade, preferred supplier, cooperation and alliance",
                            "现有与目标各取最新记录；级差按买卖、优先供应、合作、战略联盟计"});
    kam_rc rc = calc_people_relation(&x->m.people, &x->m.params, &t, err);
    for (int k = 0; k < 2 && !rc; k++) {
        store_where where[] = {{"subject_kind", STORE_EQ, "account"}, {"subject", STORE_EQ, x->a->account.code}, {"attribute", STORE_EQ, attribute[k]}, {"date", STORE_LE, x->day}};
        size_t found = 0;
        rc = cmd_why_records(x->w, item[k], "assessment", where, 4, "value", "date", 1, &found, err);
        if (!rc && !found) cmd_why_input(x->w, item[k], NULL, CMD_UNSET_DAY, NULL);
    }
    if (!rc) {
        const char *other = kam_streq(text0(t, "relation_present"), "cooperation") ? "alliance" : "cooperation";
        cmd_why_change(x->w, try_relation(x, t, other), (cmd_text){"a newer note that it is {1} would take its place", "更新的记录为 {1} 则取而代之"}, CMD_WHY_ARGS(calc_arg_text(cmd_wp_word(x, "relation_type", other))));
    }
    kam_table_unref(t);
    return rc;
}

/* --- J4 --------------------------------------------------------------------------------------------------------------- */

static bool about(const people_why *x, const kam_table *t, size_t i)
{
    const char *kind = cmd_why_kind(x->w);
    const kam_column *c = kam_table_find(t, kind);
    return !c || (!kam_col_missing(c, i) && kam_streq(kam_col_text(c, i), cmd_why_code(x->w)));
}

static kam_rc say_levels(people_why *x, const char *contact, const char *rep, kam_err *err)
{
    store_where where[] = {{"contact", STORE_EQ, contact}, {"rep", STORE_EQ, rep}, {"date", STORE_LE, x->day}};
    kam_rc rc = cmd_why_records(x->w, (cmd_text){"present level", "现有层次"}, "relationship", where, 3, "present", "date", 2, NULL, err);
    return rc ? rc : cmd_why_records(x->w, (cmd_text){"wanted level", "目标层次"}, "relationship", where, 3, "wanted", "date", 2, NULL, err);
}

static void change_level(people_why *x, const kam_table *t, size_t i)
{
    const kam_column *rep = kam_table_find(t, "rep"), *present = kam_table_find(t, "present"), *date = kam_table_find(t, "date");
    const char *contact = kam_col_text(kam_table_find(t, "contact"), i);
    if (kam_col_missing(rep, i)) {
        cmd_why_change(x->w, cmd_wp_try(x, "rep add R-new -name ? -quiet; relationship add R-new {%s} %s -present vendor -wanted trusted-adviser -quiet", contact, x->day),
                       (cmd_text){"a relationship of one of ours with {1} would be shown", "我方有人与 {1} 建立关系即显示"}, CMD_WHY_ARGS(calc_arg_text(kam_col_text(kam_table_find(t, "name"), i))));
        return;
    }
    const char *level = !kam_col_missing(present, i) && kam_streq(kam_col_text(present, i), "problem-solver") ? "trusted-adviser" : "problem-solver";
    bool same = !kam_col_missing(date, i) && (kam_day)kam_col_int(date, i) == x->a->asof;
    cmd_why_change(x->w, cmd_wp_try(x, "relationship %s {%s} {%s} %s -present %s -quiet", same ? "set" : "add", kam_col_text(rep, i), contact, x->day, level),
                   (cmd_text){"a newer note of {1} would take its place", "更新的记录 {1} 则取而代之"}, CMD_WHY_ARGS(calc_arg_text(cmd_wp_word(x, "known_level", level))));
}

kam_rc cmd_wp_coverage(people_why *x, kam_err *err)
{
    kam_table *t = NULL;
    size_t said = 0, more = 0;
    cmd_why_rule(x->w, "J4", (cmd_text){"our people × theirs", "我方人员×客户方人员"},
                 (cmd_text){"of each pair the latest level noted, present and wanted; steps to climb lie between vendor, credible source, problem solver and trusted adviser",
                            "每对人员各取最新记录的现有与目标层次；级差按供货者、可信来源、问题解决者、可信顾问计"});
    kam_rc rc = calc_people_coverage(&x->m.people, &x->m.params, &t, err);
    for (size_t i = 0; !rc && i < kam_table_rows(t); i++) {
        if (!about(x, t, i)) continue;
        if (said++ >= CMD_WP_MANY) {
            more++;
            continue;
        }
        const kam_column *rep = kam_table_find(t, "rep");
        const char *contact = kam_col_text(kam_table_find(t, "contact"), i);
        if (kam_col_missing(rep, i)) {
            kam_str source = KAM_STR_INIT;
            kam_str_addf(&source, "contact %s", contact);
            cmd_why_input(x->w, (cmd_text){"one of ours", "我方人员"}, NULL, CMD_UNSET_DAY, kam_str_cstr(&source));
            kam_str_release(&source);
        } else {
            rc = say_levels(x, contact, kam_col_text(rep, i), err);
        }
        if (!rc && said == 1) change_level(x, t, i);
    }
    cmd_wp_left_out(x, more);
    kam_table_unref(t);
    return rc;
}

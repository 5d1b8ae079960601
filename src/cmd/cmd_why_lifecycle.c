/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_why_lifecycle: why an account is at its point of the life cycle (J1 for A4): the rules in their order up to the first
 * that fits, each with what it found, and what would make it another class. What a change makes is found by running the
 * method on the account alone. */
#include "cmd_alone.h"
#include "cmd_classify.h"
#include "kam_mem.h"
#include <math.h>
#include <string.h>

struct asked {
    cmd_session *s;
    cmd_why *w;
    calc_lifecycle_params p;
    const cmd_facts *f;
    size_t row;
    int exponent;
    const cmd_classify_args *a;
    const char *code, *class;
    cmd_alone_days bought;
};

/* What the rule `problem` found: the records, as `ENTITY ID`; empty: none. */
struct troubles {
    kam_str complaint, invoice, survey;
    double expectation;
    kam_day survey_day;
};

static calc_arg money(const struct asked *q, double minor) { return calc_arg_money(llround(minor), q->exponent); }

static double number(const struct asked *q, const char *column)
{
    double v;
    return cmd_why_number(q->w, column, &v) ? v : NAN;
}

/* --- the records ----------------------------------------------------------------------------------------------------- */

/* The oldest row of a table of facts that belongs to the account; SIZE_MAX: none. */
static size_t oldest(const struct asked *q, const kam_table *t, const char *day_column)
{
    size_t best = SIZE_MAX;
    const kam_column *row = kam_table_find(t, "row"), *day = kam_table_find(t, day_column), *end = kam_table_find(t, "resolved_on");
    for (size_t i = 0; i < kam_table_rows(t); i++) {
        if ((size_t)kam_col_int(row, i) != q->row || kam_col_missing(day, i) || (end && !kam_col_missing(end, i))) continue;
        if (best == SIZE_MAX || kam_col_int(day, i) < kam_col_int(day, best)) best = i;
    }
    return best;
}

/* The record of that day whose end is open on the as-of day: without one, or with a later one. */
static kam_rc open_record(const struct asked *q, const char *entity, const char *day_field, kam_day day, const char *end_field,
                          const char *kind, kam_str *out, kam_err *err)
{
    char on[KAM_DATE_MAX], asof[KAM_DATE_MAX];
    store_where where[] = {{"account", STORE_EQ, q->code}, {day_field, STORE_EQ, cmd_classify_day(day, on)},
                           {end_field, STORE_MISSING, NULL}, {"kind", STORE_EQ, kind}};
    size_t n = kind ? 4 : 3;
    kam_rc rc = cmd_why_source(q->w, entity, where, n, NULL, out, err);
    if (rc || out->len) return rc;
    where[2] = (store_where){end_field, STORE_GT, cmd_classify_day(q->p.asof, asof)};
    return cmd_why_source(q->w, entity, where, n, NULL, out, err);
}

static kam_rc check_complaint(const struct asked *q, struct troubles *t, bool *met, kam_err *err)
{
    cmd_why_setting(q->w, "lifecycle-complaint-days");
    const kam_table *c = q->f->held.complaints;
    size_t i = oldest(q, c, "date");
    kam_day day = i == SIZE_MAX ? CMD_UNSET_DAY : kam_col_int(kam_table_find(c, "date"), i);
    kam_rc rc = KAM_OK;
    *met = i != SIZE_MAX && q->p.asof - day > q->p.complaint_days;
    if (i != SIZE_MAX) rc = open_record(q, "interaction", "date", day, "resolved_on", "complaint", &t->complaint, err);
    static const cmd_text item = {"problem: an old open complaint", "问题：久未解决的投诉"};
    if (i == SIZE_MAX)
        cmd_why_check(q->w, item, CMD_WHY_NO, CMD_UNSET_DAY, NULL, (cmd_text){"no complaint is open", "没有未了结的投诉"}, NULL, 0);
    else
        cmd_why_check(q->w, item, *met, day, kam_str_cstr(&t->complaint),
                      (cmd_text){"open for {1} days; a problem after {2}", "已 {1} 天未了结；超过 {2} 天为问题"},
                      CMD_WHY_ARGS(calc_arg_int(q->p.asof - day), calc_arg_int(q->p.complaint_days)));
    if (!*met) kam_str_clear(&t->complaint);
    return rc;
}

static kam_rc check_invoice(const struct asked *q, struct troubles *t, bool *met, kam_err *err)
{
    cmd_why_setting(q->w, "lifecycle-overdue-days");
    const kam_table *c = q->f->held.invoices;
    size_t i = oldest(q, c, "due");
    kam_day day = i == SIZE_MAX ? CMD_UNSET_DAY : kam_col_int(kam_table_find(c, "due"), i);
    kam_rc rc = KAM_OK;
    *met = i != SIZE_MAX && q->p.asof - day > q->p.overdue_days;
    if (i != SIZE_MAX) rc = open_record(q, "transaction", "due_on", day, "paid_on", NULL, &t->invoice, err);
    static const cmd_text item = {"problem: an invoice long overdue", "问题：逾期已久的发票"};
    if (i == SIZE_MAX)
        cmd_why_check(q->w, item, CMD_WHY_NO, CMD_UNSET_DAY, NULL, (cmd_text){"no invoice is unpaid", "没有未付的发票"}, NULL, 0);
    else if (day >= q->p.asof)
        cmd_why_check(q->w, item, CMD_WHY_NO, day, kam_str_cstr(&t->invoice),
                      (cmd_text){"the oldest unpaid invoice is due {1}", "最早的未付发票 {1} 到期"}, CMD_WHY_ARGS(calc_arg_day(day)));
    else
        cmd_why_check(q->w, item, *met, day, kam_str_cstr(&t->invoice),
                      (cmd_text){"due {3}, {1} days overdue; a problem after {2}", "{3} 到期，逾期 {1} 天；超过 {2} 天为问题"},
                      CMD_WHY_ARGS(calc_arg_int(q->p.asof - day), calc_arg_int(q->p.overdue_days), calc_arg_day(day)));
    if (!*met) kam_str_clear(&t->invoice);
    return rc;
}

/* The latest survey; of one day the one furthest below what was expected, as the method takes it. */
static size_t last_survey(const struct asked *q)
{
    const kam_table *t = q->f->held.surveys;
    const kam_column *row = kam_table_find(t, "row"), *day = kam_table_find(t, "date"), *e = kam_table_find(t, "expectation"),
                     *p = kam_table_find(t, "perceived");
    size_t best = SIZE_MAX;
    for (size_t i = 0; i < kam_table_rows(t); i++) {
        if ((size_t)kam_col_int(row, i) != q->row) continue;
        if (best != SIZE_MAX && kam_col_int(day, i) < kam_col_int(day, best)) continue;
        if (best != SIZE_MAX && kam_col_int(day, i) == kam_col_int(day, best) &&
            kam_col_real(p, i) - kam_col_real(e, i) >= kam_col_real(p, best) - kam_col_real(e, best)) continue;
        best = i;
    }
    return best;
}

static kam_rc check_survey(const struct asked *q, struct troubles *t, bool *met, kam_err *err)
{
    static const cmd_text item = {"problem: perceived below what was expected", "问题：感知低于期望"};
    const kam_table *c = q->f->held.surveys;
    size_t i = last_survey(q);
    *met = false;
    if (i == SIZE_MAX) {
        cmd_why_check(q->w, item, CMD_WHY_NO, CMD_UNSET_DAY, NULL, (cmd_text){"no survey with both marks", "没有两项分数俱全的调查"}, NULL, 0);
        return KAM_OK;
    }
    char on[KAM_DATE_MAX], e[KAM_NUM_MAX], p[KAM_NUM_MAX];
    double expectation = kam_col_real(kam_table_find(c, "expectation"), i), perceived = kam_col_real(kam_table_find(c, "perceived"), i);
    kam_day day = kam_col_int(kam_table_find(c, "date"), i);
    kam_format_real(expectation, e);
    kam_format_real(perceived, p);
    store_where where[] = {{"account", STORE_EQ, q->code}, {"date", STORE_EQ, cmd_classify_day(day, on)},
                           {"expectation", STORE_EQ, e}, {"perceived", STORE_EQ, p}};
    kam_rc rc = cmd_why_source(q->w, "survey", where, 4, NULL, &t->survey, err);
    *met = perceived < expectation;
    cmd_why_check(q->w, item, *met, day, kam_str_cstr(&t->survey), (cmd_text){"perceived {1}, expected {2}", "感知 {1}，期望 {2}"},
                  CMD_WHY_ARGS(calc_arg_real(perceived, 2), calc_arg_real(expectation, 2)));
    t->expectation = expectation;
    t->survey_day = day;
    if (!*met) kam_str_clear(&t->survey);
    return rc;
}

/* --- the rules in their order; each says what it found and whether it was met -------------------------------------------- */

static kam_rc check_never_bought(const struct asked *q, kam_err *err)
{
    const kam_table *o = q->f->held.opportunities;
    const kam_column *row = kam_table_find(o, "row"), *code = kam_table_find(o, "opportunity"), *result = kam_table_find(o, "result"),
                     *opened = kam_table_find(o, "opened_on");
    size_t first = SIZE_MAX;
    (void)err;
    for (size_t i = 0; i < kam_table_rows(o); i++)
        if ((size_t)kam_col_int(row, i) == q->row && kam_streq(kam_col_text(result, i), "open") && first == SIZE_MAX) first = i;
    kam_str source = KAM_STR_INIT;
    if (first != SIZE_MAX) kam_str_addf(&source, "opportunity %s", kam_col_text(code, first));
    cmd_why_check(q->w, (cmd_text){"selling: never bought, an open opportunity", "销售：从未购买，有未结商机"}, first != SIZE_MAX,
                  first != SIZE_MAX && !kam_col_missing(opened, first) ? kam_col_int(opened, first) : CMD_UNSET_DAY,
                  source.len ? kam_str_cstr(&source) : NULL,
                  first != SIZE_MAX ? (cmd_text){"no purchase on record; the opportunity is open", "没有购买记录；商机未结"}
                                    : (cmd_text){"no purchase on record and no open opportunity", "没有购买记录，也没有未结商机"}, NULL, 0);
    if (first == SIZE_MAX)
        cmd_why_check(q->w, (cmd_text){"potential: never bought", "潜在：从未购买"}, CMD_WHY_YES, CMD_UNSET_DAY, NULL,
                      (cmd_text){"nothing else fits", "其他都不符合"}, NULL, 0);
    kam_str_release(&source);
    return KAM_OK;
}

static bool check_lost(const struct asked *q, const char *source)
{
    cmd_why_setting(q->w, "lifecycle-lost-days");
    cmd_why_setting(q->w, "lifecycle-lost-gaps");
    double silent = number(q, "silent_days"), after = number(q, "lost_after");
    int64_t n = q->bought.n;
    double gap = n > 1 ? (double)(q->bought.last - q->bought.first) / (double)(n - 1) : NAN;
    bool met = silent > after;
    static const cmd_text item = {"lost: silent for too long", "流失：沉默过久"};
    if (isnan(gap))
        cmd_why_check(q->w, item, met, q->bought.last, source,
                      (cmd_text){"silent for {1} days; lost after {2} (one purchase day, so there is no gap of its own)",
                                 "已 {1} 天没有购买；超过 {2} 天为流失（只有一个购买日，没有自身间隔）"},
                      CMD_WHY_ARGS(calc_arg_real(silent, 0), calc_arg_real(after, 1)));
    else
        cmd_why_check(q->w, item, met, q->bought.last, source,
                      (cmd_text){"silent for {1} days; lost after {2}, the greater of {3} days and {4} × its own mean gap of {5} days",
                                 "已 {1} 天没有购买；超过 {2} 天为流失，即 {3} 天与 {4} × 自身平均间隔 {5} 天中较大者"},
                      CMD_WHY_ARGS(calc_arg_real(silent, 0), calc_arg_real(after, 1), calc_arg_int(q->p.lost_days),
                                   calc_arg_real(q->p.lost_gaps, 2), calc_arg_real(gap, 1)));
    return met;
}

static bool check_new(const struct asked *q, const char *source)
{
    cmd_why_setting(q->w, "lifecycle-new-days");
    int64_t age = q->p.asof - q->bought.first;
    cmd_why_check(q->w, (cmd_text){"new: first bought not long ago", "新客户：首次购买不久"}, age <= q->p.new_days, q->bought.first, source,
                  (cmd_text){"first bought {1} days ago; new up to {2}", "首次购买在 {1} 天前；{2} 天以内为新客户"},
                  CMD_WHY_ARGS(calc_arg_int(age), calc_arg_int(q->p.new_days)));
    return age <= q->p.new_days;
}

static bool check_no_value(const struct asked *q)
{
    cmd_classify_why_window(q->w, q->a);
    cmd_why_setting(q->w, "default-margin");
    double margin = number(q, "window_margin"), cost = number(q, "service_cost");
    static const cmd_text item = {"no value: nothing left after service", "无价值：扣除服务后没有剩余"};
    if (isnan(margin)) {
        cmd_why_check(q->w, item, CMD_WHY_UNKNOWN, CMD_UNSET_DAY, NULL,
                      (cmd_text){"the margin of the last {1} days is unknown: a purchase without a known cost; missing is not no value",
                                 "最近 {1} 天的毛利未知：有购买的成本未知；未知不等于无价值"}, CMD_WHY_ARGS(calc_arg_int(q->p.window_days)));
        return false;
    }
    cmd_why_check(q->w, item, margin - cost <= 0, q->p.asof, NULL,
                  (cmd_text){"margin of the last {1} days {2}, cost to maintain and serve {3}, left {4}",
                             "最近 {1} 天毛利 {2}，维护与服务成本 {3}，剩余 {4}"},
                  CMD_WHY_ARGS(calc_arg_int(q->p.window_days), money(q, margin), money(q, cost), money(q, margin - cost)));
    return margin - cost <= 0;
}

static void check_trend(const struct asked *q)
{
    cmd_why_setting(q->w, "lifecycle-trend-days");
    cmd_why_setting(q->w, "lifecycle-growing-ratio");
    cmd_why_setting(q->w, "lifecycle-declining-ratio");
    double recent = number(q, "recent_revenue"), prior = number(q, "prior_revenue");
    calc_arg span = calc_arg_int(q->p.trend_days);
    if (q->p.asof - q->bought.first < 2 * (int64_t)q->p.trend_days) {
        cmd_why_check(q->w, (cmd_text){"growing or declining", "成长或衰退"}, CMD_WHY_NO, q->bought.first, NULL,
                      (cmd_text){"first bought {1} days ago; a trend needs {2}", "首次购买在 {1} 天前；趋势需要 {2} 天"},
                      CMD_WHY_ARGS(calc_arg_int(q->p.asof - q->bought.first), calc_arg_int(2 * (int64_t)q->p.trend_days)));
    } else {
        static const cmd_text said = {"last {1} days {2}, the {1} days before {3}: {4}; the border is {5}",
                                      "最近 {1} 天 {2}，此前 {1} 天 {3}：{4}；界限为 {5}"};
        calc_arg rate = prior > 0 ? calc_arg_pct(recent / prior) : calc_arg_text("–");
        cmd_why_check(q->w, (cmd_text){"growing", "成长"}, kam_streq(q->class, "growing"), q->p.asof, NULL, said,
                      CMD_WHY_ARGS(span, money(q, recent), money(q, prior), rate, calc_arg_pct(q->p.growing_ratio)));
        if (!kam_streq(q->class, "growing"))
            cmd_why_check(q->w, (cmd_text){"declining", "衰退"}, kam_streq(q->class, "declining"), q->p.asof, NULL, said,
                          CMD_WHY_ARGS(span, money(q, recent), money(q, prior), rate, calc_arg_pct(q->p.declining_ratio)));
    }
    if (kam_streq(q->class, "stable"))
        cmd_why_check(q->w, (cmd_text){"stable", "稳定"}, CMD_WHY_YES, q->p.asof, NULL, (cmd_text){"nothing else fits", "其他都不符合"}, NULL, 0);
}

static kam_rc check_bought(const struct asked *q, struct troubles *t, kam_err *err)
{
    char first[KAM_DATE_MAX], last[KAM_DATE_MAX];
    store_where on_first[] = {{"account", STORE_EQ, q->code}, {"date", STORE_EQ, cmd_classify_day(q->bought.first, first)}},
                on_last[] = {{"account", STORE_EQ, q->code}, {"date", STORE_EQ, cmd_classify_day(q->bought.last, last)}};
    kam_str begun = KAM_STR_INIT, ended = KAM_STR_INIT;
    kam_rc rc = cmd_why_source(q->w, "transaction", on_first, 2, NULL, &begun, err);
    if (!rc) rc = cmd_why_source(q->w, "transaction", on_last, 2, NULL, &ended, err);
    bool met = rc || check_lost(q, kam_str_cstr(&ended)) || check_new(q, kam_str_cstr(&begun)) || check_no_value(q);
    kam_str_release(&begun);
    kam_str_release(&ended);
    bool any = false;
    if (!met) {
        rc = check_complaint(q, t, &any, err);
        bool more = any; /* the first that fits decides; the others are looked at as well, for what has to be settled */
        if (!rc) rc = check_invoice(q, t, &any, err);
        more |= any;
        if (!rc) rc = check_survey(q, t, &any, err);
        met = more | any;
    }
    if (!rc && !met) check_trend(q);
    return rc;
}

/* --- what would change it ------------------------------------------------------------------------------------------------ */

/* The class of the account alone, into out; "" when it cannot be told. */
static void class_alone(const struct asked *q, const cmd_alone *one, char out[32])
{
    kam_table *t = NULL;
    out[0] = '\0';
    if (calc_lifecycle(&one->facts, &q->p, &t, NULL) != KAM_OK) return;
    snprintf(out, 32, "%s", kam_col_text(kam_table_find(t, "class"), 0));
    kam_table_unref(t);
}

static const char *class_name(const struct asked *q, const char *key) { return cmd_why_label(q->w, "classify.lifecycle.class", key); }

static void buy(const struct asked *q, kam_day day, double minor, cmd_text sentence)
{
    char date[KAM_DATE_MAX], amount[KAM_CELL_MAX], then[32];
    cmd_alone one;
    if (!(fabs(minor) < 9e15) || llround(minor) == 0) return;
    cmd_alone_take(q->f, q->row, &one);
    cmd_alone_buy(&one, day, llround(minor));
    class_alone(q, &one, then);
    cmd_alone_release(&one);
    if (!then[0] || kam_streq(then, q->class)) return;
    kam_str try = KAM_STR_INIT;
    bool costs = q->f->calc.ledger->margin_minor != NULL; /* a purchase without a cost would leave the margin unknown */
    cmd_classify_day(day, date);
    cmd_classify_money(q->s, llround(minor), amount);
    cmd_why_try(&try, "transaction add", "-account", q->code, "-date", date, "-amount", amount, costs ? "-cost" : NULL, "0", NULL);
    cmd_why_change(q->w, kam_str_cstr(&try), sentence,
                   CMD_WHY_ARGS(money(q, fabs(minor)), calc_arg_day(day), calc_arg_text(class_name(q, then))));
    kam_str_release(&try);
}

/* "interaction 17" → 17 */
static const char *key_of(const kam_str *source) { return strchr(source->s, ' ') + 1; }

/* What decided settled, and what else would keep it a problem. Settling takes one record of a kind at a time, so that further
 * ones of the same kind are counted. */
static void settle(const struct asked *q, const struct troubles *t)
{
    char date[KAM_DATE_MAX], mark[KAM_NUM_MAX], then[32];
    cmd_alone one;
    kam_str try = KAM_STR_INIT, where = KAM_STR_INIT;
    cmd_alone_take(q->f, q->row, &one);
    cmd_classify_day(q->p.asof, date);
    if (t->complaint.len) {
        kam_str_addf(&where, "foreach k [interaction list -where {account = %s} -where {kind = complaint} -where {resolved_on missing}] "
                             "{interaction set [dict get $k id] -resolved_on %s -resolution settled}", q->code, date);
        one.facts.complaints = NULL;
    }
    if (t->invoice.len) {
        kam_str_addf(&where, "%sforeach k [transaction list -where {account = %s} -where {due_on present} -where {paid_on missing}] "
                             "{transaction set [dict get $k id] -paid_on %s}", where.len ? "; " : "", q->code, date);
        one.facts.invoices = NULL;
    }
    if (where.len) kam_str_add(&try, kam_str_cstr(&where));
    if (t->survey.len) {
        kam_format_real(t->expectation, mark);
        if (t->survey_day == q->p.asof) /* of one day the worst counts */
            cmd_why_try(&try, "survey set", key_of(&t->survey), "-perceived", mark, NULL);
        else cmd_why_try(&try, "survey add", "-account", q->code, "-date", date, "-expectation", mark, "-perceived", mark, NULL);
        one.facts.surveys = NULL;
    }
    class_alone(q, &one, then);
    cmd_alone_release(&one);
    if (then[0] && !kam_streq(then, q->class))
        cmd_why_change(q->w, kam_str_cstr(&try),
                       (cmd_text){"with what is a problem settled today it would be {1}", "若问题今日解决，则为{1}"},
                       CMD_WHY_ARGS(calc_arg_text(class_name(q, then))));
    kam_str_release(&try);
    kam_str_release(&where);
}

static void change_trend(const struct asked *q)
{
    double recent = number(q, "recent_revenue"), prior = number(q, "prior_revenue");
    static const cmd_text more = {"{1} more bought today would make it {3}", "今日再购买 {1} 即为{3}"},
                          less = {"{1} returned today would make it {3}", "今日退货 {1} 即为{3}"};
    if (q->p.asof - q->bought.first < 2 * (int64_t)q->p.trend_days) {
        buy(q, q->p.asof - 2 * (int64_t)q->p.trend_days, 100, (cmd_text){"had it first bought on {2} or before: {3}", "若首次购买不晚于 {2}：{3}"});
        return;
    }
    double up = ceil(q->p.growing_ratio * fmax(prior, 0) - recent), down = floor(q->p.declining_ratio * prior - recent);
    if (!kam_streq(q->class, "growing")) buy(q, q->p.asof, fmax(up, 1), more);
    if (!kam_streq(q->class, "declining") && prior > 0) buy(q, q->p.asof, fmin(down, -1), less);
    if (kam_streq(q->class, "growing") && prior <= 0) buy(q, q->p.asof, -recent, less);
    if (kam_streq(q->class, "growing") && prior > 0) buy(q, q->p.asof, fmin(up - 1, -1), less);
    if (kam_streq(q->class, "declining") && prior > 0) buy(q, q->p.asof, down + 1, more);
}

static void changes(const struct asked *q, const struct troubles *t)
{
    char date[KAM_DATE_MAX];
    kam_str try = KAM_STR_INIT;
    double usual = q->bought.n ? (double)q->bought.net_minor / (double)q->bought.n : 100;
    static const cmd_text today = {"a purchase of {1} on {2} would make it {3}", "{2} 购买 {1} 即为{3}"};
    const char *class = q->class;
    if (kam_streq(class, "potential")) {
        cmd_why_try(&try, "opportunity add", "WHY-1", "-account", q->code, "-opened_on", cmd_classify_day(q->p.asof, date), NULL);
        cmd_why_change(q->w, kam_str_cstr(&try), (cmd_text){"an open opportunity would make it {1}", "有未结商机即为{1}"},
                       CMD_WHY_ARGS(calc_arg_text(class_name(q, "selling"))));
    }
    if (q->bought.n == 0 || kam_streq(class, "lost")) buy(q, q->p.asof, usual, today);
    else if (kam_streq(class, "new"))
        buy(q, q->p.asof - q->p.new_days - 1, 100, (cmd_text){"had it first bought on {2} or before: {3}", "若首次购买不晚于 {2}：{3}"});
    else if (kam_streq(class, "no-value"))
        buy(q, q->p.asof, number(q, "service_cost") - number(q, "window_margin") + 1,
            (cmd_text){"{1} more margin would make it {3}", "毛利再多 {1} 即为{3}"});
    else if (kam_streq(class, "problem")) settle(q, t);
    else change_trend(q);
    kam_str_release(&try);
}

/* --- together --------------------------------------------------------------------------------------------------------------- */

static kam_rc explain(struct asked *q, kam_err *err)
{
    struct troubles t = {KAM_STR_INIT, KAM_STR_INIT, KAM_STR_INIT, 0, 0};
    q->bought = cmd_alone_bought(q->f->calc.ledger, q->row);
    kam_rc rc = q->bought.n ? check_bought(q, &t, err) : check_never_bought(q, err);
    char from[KAM_DATE_MAX], to[KAM_DATE_MAX];
    cmd_classify_day(q->p.asof - q->p.window_days, from);
    cmd_classify_day(q->p.asof, to);
    store_where where[] = {{"account", STORE_EQ, q->code}, {"date", STORE_GT, from}, {"date", STORE_LE, to}};
    if (!rc && q->bought.n)
        rc = cmd_why_records(q->w, (cmd_text){"one of the newest purchases", "最近的购买之一"}, "transaction", where, 3, "amount", "date", 3,
                             NULL, err);
    if (!rc)
        rc = cmd_why_records(q->w, (cmd_text){"one of the newest service costs", "最近的服务成本之一"}, "service-cost", where, 3, "amount",
                             "date", 3, NULL, err);
    if (!rc) changes(q, &t);
    kam_str_release(&t.complaint);
    kam_str_release(&t.invoice);
    kam_str_release(&t.survey);
    return rc;
}

kam_rc cmd_why_lifecycle(cmd_session *s, const cmd_classify_args *a, cmd_why *w, kam_err *err)
{
    cmd_facts f = CMD_FACTS_INIT;
    struct asked q = {.s = s, .a = a, .w = w, .f = &f, .exponent = cmd_session_exponent(s), .code = cmd_why_code(w)};
    const char *cell = cmd_why_cell(w, "class");
    char class[32];
    snprintf(class, sizeof class, "%s", cell ? cell : "");
    q.class = class;
    cmd_lifecycle_params(s, a->asof, (int)a->window, &q.p);
    cmd_why_rule(w, "A4", (cmd_text){"life cycle", "客户生命周期"},
                 (cmd_text){"the first that fits of selling, potential; lost; new, no-value, problem, growing, declining, stable",
                            "依次看销售、潜在；流失；新客户、无价值、问题、成长、衰退、稳定，取第一个符合的"});
    if (cmd_why_rows(w) == 0) return KAM_OK;
    kam_rc rc = cmd_facts_load(s, a->asof, STORE_F_LEDGER | STORE_F_OPPORTUNITIES | STORE_F_COMPLAINTS | STORE_F_INVOICES |
                               STORE_F_SURVEYS | STORE_F_SERVICE_COSTS, &f, err);
    if (rc) return rc;
    q.row = cmd_alone_row(&f, q.code);
    if (q.row != SIZE_MAX) rc = explain(&q, err);
    cmd_facts_release(&f);
    return rc;
}

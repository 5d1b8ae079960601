/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_why_quality: why an account is good or poor, and how each mark, flag and risk came about (J1 for A6). */
#include "cmd_why_card.h"
#include "kam_mem.h"
#include <math.h>
#include <string.h>

/* What an explanation needs at hand. */
typedef struct quality_why {
    cmd_why *w;
    cmd_card_run r;
    calc_quality_params p;
    size_t row;
    long long id;
    char day[KAM_DATE_MAX]; /* D */
    kam_str try;
} quality_why;

static double number(const quality_why *q, const char *column)
{
    double v;
    return cmd_why_number(q->w, column, &v) ? v : NAN;
}

static bool on(const quality_why *q, const char *column) { return number(q, column) == 1; }

/* --- inputs ----------------------------------------------------------------------------------------------------------- */

static kam_rc unpaid(quality_why *q, kam_err *err)
{
    store_where missing[] = {{"account", STORE_EQ, cmd_why_code(q->w)}, {"date", STORE_LE, q->day}, {"due_on", STORE_PRESENT, NULL},
                             {"paid_on", STORE_MISSING, NULL}};
    store_where later[] = {missing[0], missing[1], missing[2], {"paid_on", STORE_GT, q->day}};
    cmd_text item = {"unpaid invoice", "未付发票"};
    kam_rc rc = cmd_why_records(q->w, item, "transaction", missing, 4, "amount", "date", 5, NULL, err);
    return rc ? rc : cmd_why_records(q->w, item, "transaction", later, 4, "amount", "date", 5, NULL, err);
}

static kam_rc records(quality_why *q, kam_err *err)
{
    kam_day d = q->p.asof;
    int window = q->p.window_days;
    kam_rc rc = cmd_why_recent(q->w, (cmd_text){"purchase", "购买"}, "transaction", "amount", d, window, 3, err);
    if (!rc) rc = unpaid(q, err);
    if (!rc) rc = cmd_why_recent(q->w, (cmd_text){"service cost", "服务成本"}, "service-cost", "amount", d, window, 3, err);
    if (!rc) rc = cmd_why_recent(q->w, (cmd_text){"perceived in a survey", "调查中的感知"}, "survey", "perceived", d, 0, (size_t)q->p.unhappy_surveys, err);
    if (!rc) rc = cmd_why_recent(q->w, (cmd_text){"exception", "例外"}, "exception", "what", d, window, 3, err);
    if (!rc) rc = cmd_why_recent(q->w, (cmd_text){"competitor seen", "竞争动态"}, "sighting", "kind", d, window, 3, err);
    return rc;
}

static void measured(quality_why *q)
{
    static const struct {
        const char *column;
        cmd_text item;
    } cells[] = {
        {"window_revenue", {"revenue of the window", "统计期销售额"}},   {"margin_rate", {"margin rate", "毛利率"}},
        {"payment_delay", {"mean delay of payment, days", "平均付款拖延天数"}}, {"serve_rate", {"cost to serve ÷ revenue", "服务成本占收入"}},
        {"p_alive", {"P(alive)", "活跃概率"}},                        {"p_alive_before", {"P(alive) before", "此前的活跃概率"}},
        {"growth", {"growth", "增长率"}},                            {"lifetime_percentile", {"percentile of lifetime value", "终身价值百分位"}},
        {"overdue", {"overdue invoices", "逾期发票数"}},               {"receivable", {"receivable", "应收款"}},
        {"large", {"large by revenue", "按销售额为大"}},
    };
    kam_str account = KAM_STR_INIT;
    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++)
        cmd_why_input(q->w, cells[i].item, cmd_why_cell(q->w, cells[i].column), q->p.asof, NULL);
    kam_str_addf(&account, "account %s", cmd_why_code(q->w));
    cmd_why_input(q->w, (cmd_text){"bad debt (noted or stop rule)", "坏账（记录或停供）"}, cmd_why_cell(q->w, "bad_debt"), q->p.asof, kam_str_cstr(&account));
    cmd_why_input(q->w, (cmd_text){"off strategy", "偏离战略"}, cmd_why_cell(q->w, "off_strategy"), q->p.asof, kam_str_cstr(&account));
    kam_str_release(&account);
}

/* The settings a question used, after the column it asks about. */
static const struct {
    const char *column, *setting;
} used[] = {
    {"class", "quality-good"}, {"class", "quality-poor"}, {"class", "quality-weights"}, {"class", "quality-serve-share"},
    {"class", "quality-stop-invoices"}, {"class", "quality-unhappy-surveys"}, {"class", "quality-entered-risk"},
    {"class", "lifecycle-trend-days"}, {"quality", "quality-weights"}, {"quality", "lifecycle-trend-days"}, {"coverage", "quality-weights"},
    {"loyalty", "lifecycle-trend-days"}, {"small_slice", "quality-serve-share"}, {"bad_debt", "quality-stop-invoices"},
    {"unhappy", "quality-unhappy-surveys"}, {"unhappy", "quality-entered-risk"}, {"large", "large-share"},
    {"risk_financial", "large-share"}, {"risk_financial", "receivable-days"}, {"risk_financial", "receivable-share"},
    {"risk_profit", "large-share"}, {"risk_profit", "risk-margin-ratio"}, {"risk_management", "large-share"},
    {"risk_churn", "large-share"}, {"risk_churn", "risk-alive-drop"}, {"risk_churn", "risk-alive-days"},
    {"risk_churn", "quality-entered-risk"}, {"small_good", "large-share"}, {"small_good", "quality-good"},
    {"small_good", "small-good-percentile"}, {"small_good", "small-good-growth"}, {"small_good", "quality-weights"},
};

static void settings(quality_why *q)
{
    for (size_t i = 0; i < sizeof used / sizeof *used; i++)
        if (kam_streq(used[i].column, cmd_why_column(q->w))) cmd_why_setting(q->w, used[i].setting);
    cmd_why_setting(q->w, "window");
}

/* --- commands that change one thing ------------------------------------------------------------------------------------ */

static void remove_all(quality_why *q, const char *entity) { cmd_why_try_remove(&q->try, entity, cmd_why_code(q->w), CMD_UNSET_DAY, NULL); }
static void no_service_cost(quality_why *q) { remove_all(q, "service-cost"); }

static void pay_all(quality_why *q)
{
    cmd_why_add_try(&q->try, "account set {%s} -bad_debt 0", cmd_why_code(q->w));
    char day[KAM_DATE_MAX];
    kam_day_format(q->p.asof, day);
    cmd_why_add_try(&q->try, "foreach unpaid {{paid_on missing} {paid_on > %s}} {foreach k [transaction list -where {account = %s} -where {due_on present} "
                    "-where $unpaid] {transaction set [dict get $k id] -paid_on [dict get $k date] -quiet}}", day, cmd_why_code(q->w));
}

static void content(quality_why *q)
{
    cmd_why_set_mark(q->w, &q->try, "risks", "unhappy", 0, q->p.asof);
    cmd_why_add_try(&q->try, "survey add -account {%s} -date %s -expectation 5 -perceived 6", cmd_why_code(q->w), q->day);
}

/* A purchase of this much on D, in minor units; may be negative. */
static void buy(quality_why *q, double minor)
{
    calc_arg a = calc_arg_money((int64_t)llround(minor), cmd_session_exponent(cmd_why_session(q->w)));
    cmd_why_add_try(&q->try, "transaction add -account {%s} -date %s -amount %s", cmd_why_code(q->w), q->day, a.buf);
}

static double largest_revenue(const quality_why *q)
{
    const kam_column *c = kam_table_find(q->r.rows, "window_revenue");
    double most = 0;
    for (size_t i = 0; i < kam_col_rows(c); i++)
        if (kam_col_real(c, i) > most) most = kam_col_real(c, i);
    return most;
}

static void fire(quality_why *q, cmd_text sentence)
{
    cmd_why_change(q->w, kam_str_cstr(&q->try), sentence, NULL, 0);
    kam_str_clear(&q->try);
}

/* --- changes of the class ----------------------------------------------------------------------------------------------- */

static void cure(quality_why *q)
{
    if (on(q, "small_slice")) no_service_cost(q);
    if (on(q, "bad_debt")) pay_all(q);
    if (on(q, "off_strategy")) cmd_why_add_try(&q->try, "account set {%s} -off_strategy 0", cmd_why_code(q->w));
    if (on(q, "unhappy")) content(q);
    if (number(q, "quality") < q->p.poor) cmd_why_add_try(&q->try, "setting set quality-poor 0");
    fire(q, (cmd_text){"without what makes it poor it would not be", "消除使其成为劣质的因素，即不再为劣质"});
}

/* Would the best marks in what people enter make it good? */
static bool best_marks(const quality_why *q, double *total)
{
    const calc_card *card = q->r.marks.card;
    double marks[CALC_QUALITY_CRITERIA], coverage;
    for (size_t k = 0; k < card->n; k++)
        marks[k] = calc_marks_how(&q->r.marks, q->row, k) == CALC_MARK_MEASURED ? calc_marks_of(&q->r.marks, q->row)[k] : 10;
    return calc_card_score(card, q->p.weights, marks, total, &coverage) && *total >= q->p.good;
}

static void improve(quality_why *q)
{
    double total;
    const calc_card *card = q->r.marks.card;
    if (best_marks(q, &total)) {
        for (size_t k = 0; k < card->n; k++)
            if (calc_marks_how(&q->r.marks, q->row, k) != CALC_MARK_MEASURED)
                cmd_why_set_mark(q->w, &q->try, "quality", card->criteria[k].key, 10, q->p.asof);
        fire(q, (cmd_text){"with the best mark in each criterion people enter it would be good", "人工评分的各项均为满分即为优质"});
        return;
    }
    char border[KAM_NUM_MAX];
    double quality = number(q, "quality");
    kam_format_real(floor(quality * 100) / 100, border);
    cmd_why_add_try(&q->try, "setting set quality-good %s", border);
    fire(q, (cmd_text){"what people enter cannot make it good; only a lower border would", "仅靠人工评分不足以成为优质；须降低分界"});
}

static void class_changes(quality_why *q)
{
    const char *cell = cmd_why_cell(q->w, "class");
    char class = cell ? cell[0] : '\0';
    if (class == '\0') {
        cmd_why_set_mark(q->w, &q->try, "quality", "buying-power", 5, q->p.asof);
        fire(q, (cmd_text){"one mark would give it a class", "有一项评分即有类别"});
    } else if (class == 'p') cure(q);
    if (class == 'f') improve(q);
    if (class != 'p') {
        cmd_why_add_try(&q->try, "account set {%s} -off_strategy 1", cmd_why_code(q->w));
        fire(q, (cmd_text){"noting that it pulls us off our strategy would make it poor", "若记录其偏离战略，则为劣质"});
    }
}

/* --- changes of one flag ------------------------------------------------------------------------------------------------ */

static void slice(quality_why *q, bool is)
{
    if (is) no_service_cost(q);
    else {
        double one = 1;
        for (int e = cmd_session_exponent(cmd_why_session(q->w)); e > 0; e--) one *= 10;
        buy(q, one - number(q, "window_revenue"));
        cmd_why_add_try(&q->try, "service-cost add -account {%s} -date %s -amount 1000000 -kind serve", cmd_why_code(q->w), q->day);
    }
}

static void debt(quality_why *q, bool is)
{
    if (is) pay_all(q);
    else cmd_why_add_try(&q->try, "account set {%s} -bad_debt 1", cmd_why_code(q->w));
}

static void strategy(quality_why *q, bool is) { cmd_why_add_try(&q->try, "account set {%s} -off_strategy %d", cmd_why_code(q->w), !is); }

static void unhappy(quality_why *q, bool is)
{
    if (is) content(q);
    else cmd_why_set_mark(q->w, &q->try, "risks", "unhappy", 10, q->p.asof);
}

static void size(quality_why *q, bool is) { buy(q, is ? -number(q, "window_revenue") : largest_revenue(q) + 100); }

/* A risk of an account that is not large needs it to be large first. */
static void make_large(quality_why *q)
{
    if (!on(q, "large")) size(q, false);
}

static void financial(quality_why *q, bool is)
{
    make_large(q);
    if (is) pay_all(q);
    else {
        calc_arg a = calc_arg_money((int64_t)(largest_revenue(q) * 2 + 100), cmd_session_exponent(cmd_why_session(q->w)));
        cmd_why_add_try(&q->try, "transaction add -account {%s} -date %s -amount %s -due_on %s", cmd_why_code(q->w), q->day, a.buf, q->day);
    }
}

static void profit(quality_why *q, bool is)
{
    make_large(q);
    cmd_why_add_try(&q->try, "setting set risk-margin-ratio %d", is ? 0 : 10);
}

static void management(quality_why *q, bool is)
{
    make_large(q);
    if (is) remove_all(q, "exception");
    else cmd_why_add_try(&q->try, "exception add -account {%s} -date %s -what {extra rebate}", cmd_why_code(q->w), q->day);
}

static void churn(quality_why *q, bool is)
{
    make_large(q);
    if (is) {
        remove_all(q, "sighting");
        cmd_why_add_try(&q->try, "setting set risk-alive-drop 1");
    }
    cmd_why_set_mark(q->w, &q->try, "risks", "makes-itself", is ? 0 : 10, q->p.asof);
}

static void small_good(quality_why *q, bool is)
{
    if (is) cmd_why_add_try(&q->try, "setting set quality-good 10");
    else cmd_why_add_try(&q->try, "setting set quality-good 0; setting set small-good-percentile 0; setting set small-good-growth -1");
}

static void score(quality_why *q, bool is)
{
    (void)is;
    double now = calc_marks_of(&q->r.marks, q->row)[CALC_QUALITY_CRITERIA - 1];
    cmd_why_set_mark(q->w, &q->try, "quality", "teaches", now == 10 ? 0 : 10, q->p.asof);
}

static void buying(quality_why *q, bool is)
{
    (void)is;
    double now = calc_marks_of(&q->r.marks, q->row)[0];
    cmd_why_set_mark(q->w, &q->try, "quality", "buying-power", now == 10 ? 0 : 10, q->p.asof);
}

/* What is missing becomes known; with everything entered known, what was entered becomes missing. */
static void coverage(quality_why *q, bool is)
{
    (void)is;
    bool whole = !isnan(calc_marks_of(&q->r.marks, q->row)[0]) && !isnan(calc_marks_of(&q->r.marks, q->row)[CALC_QUALITY_CRITERIA - 1]);
    if (whole)
        cmd_why_add_try(&q->try, "foreach k [mark list -where {subject_kind = account} -where {subject = %s} -where {card = quality}] "
                        "{mark remove account {%s} quality [dict get $k criterion] [dict get $k date] -quiet}", cmd_why_code(q->w), cmd_why_code(q->w));
    else {
        cmd_why_set_mark(q->w, &q->try, "quality", "buying-power", 5, q->p.asof);
        cmd_why_set_mark(q->w, &q->try, "quality", "teaches", 5, q->p.asof);
    }
}

/* Without its purchases a measured mark falls back on the entered one. */
static void no_data(quality_why *q, bool is)
{
    (void)is;
    remove_all(q, "transaction");
    remove_all(q, "service-cost");
    cmd_why_set_mark(q->w, &q->try, "quality", "margin-payment", 9.75, q->p.asof);
    cmd_why_set_mark(q->w, &q->try, "quality", "cost-to-serve", 9.75, q->p.asof);
    cmd_why_set_mark(q->w, &q->try, "quality", "loyalty", 9.75, q->p.asof);
}

typedef void (*toggle)(quality_why *q, bool is);
static const struct {
    const char *column;
    cmd_text name, rule;
    toggle turn;
    cmd_text when_on, when_off; /* what the change is, of a flag that is raised or not; of a score both are the same */
} columns[] = {
    {"quality", {"quality", "质量分"},
     {"mean of the known marks by weight; what data answer is 10 × mid-rank share among all accounts that have the value",
      "已知评分的加权平均；数据能回答的为 10×中位秩占比（在有该值的客户中）"}, score,
     {"another mark for what it teaches us moves the mean", "促使进步的评分不同，平均即不同"},
     {"another mark for what it teaches us moves the mean", "促使进步的评分不同，平均即不同"}},
    {"coverage", {"coverage", "已知比例"}, {"share of the weight that is known", "已知标准的权重占比"}, coverage,
     {"marks given or taken away change what is known", "增加或去掉评分即改变已知比例"},
     {"marks given or taken away change what is known", "增加或去掉评分即改变已知比例"}},
    {"teaches", {"teaches us", "促使进步"}, {"entered", "录入"}, score,
     {"another mark", "另给评分"},
     {"another mark", "另给评分"}},
    {"buying_power", {"buying power", "购买力"}, {"entered", "录入"}, buying,
     {"another mark", "另给评分"},
     {"another mark", "另给评分"}},
    {"margin_payment", {"margin and payment", "毛利与付款"},
     {"mean of the marks of margin rate and (reversed) payment delay; entered where neither is known", "毛利率与付款拖延（反向）评分的平均；均未知则取录入值"}, no_data,
     {"without data the entered mark counts", "没有数据时以录入的评分为准"},
     {"without data the entered mark counts", "没有数据时以录入的评分为准"}},
    {"cost_to_serve", {"cost to serve", "服务成本"}, {"cost to maintain and serve ÷ revenue, reversed", "维护与服务成本占收入之比，反向"}, no_data,
     {"without data the entered mark counts", "没有数据时以录入的评分为准"},
     {"without data the entered mark counts", "没有数据时以录入的评分为准"}},
    {"loyalty", {"loyalty", "忠诚"}, {"mean of the marks of P(alive) and growth", "活跃概率与增长评分的平均"}, no_data,
     {"without data the entered mark counts", "没有数据时以录入的评分为准"},
     {"without data the entered mark counts", "没有数据时以录入的评分为准"}},
    {"small_slice", {"small slice", "小份额高成本"},
     {"revenue at or below the middle of the buyers and cost to serve above its share of it, or costs without revenue",
      "销售额不高于购买者的中位数且服务成本占比过高，或只有成本没有收入"}, slice,
     {"without its service costs it would not be flagged", "若没有服务成本则不再预警"},
     {"buying next to nothing at a high cost to serve would raise the flag", "采购极少而服务成本很高即预警"}},
    {"bad_debt", {"bad debt", "坏账"}, {"noted, or enough overdue invoices: the stop rule", "已记录，或逾期发票达到停供规则"}, debt,
     {"with everything paid and no bad debt noted it would be clear", "全部付清且无坏账记录即解除"},
     {"noting bad debt would raise the flag", "记录坏账即预警"}},
    {"off_strategy", {"off strategy", "偏离战略"}, {"noted on the account", "记录在客户资料中"}, strategy,
     {"without the note it would be clear", "取消记录即解除"},
     {"noting it on the account would raise the flag", "记录在客户资料中即预警"}},
    {"unhappy", {"unhappy", "始终不满"},
     {"entered on the card `risks`, or perceived below expectation in each of the last surveys", "在评分卡 risks 上录入，或最近几次调查均低于期望"}, unhappy,
     {"a survey that meets expectations, and no mark on the card `risks`, would clear it", "有一次达到期望的调查且评分卡 risks 上无此评分即解除"},
     {"a mark of 10 on the card `risks` would raise the flag", "评分卡 risks 上评 10 分即预警"}},
    {"large", {"large", "大"}, {"revenue in the top share of the buyers", "销售额居购买者前列"}, size,
     {"had it bought nothing net it would not be large", "净采购为零则不再为大"},
     {"buying more than the largest would make it large", "采购额超过最大者即为大"}},
    {"risk_financial", {"financial risk", "资金风险"},
     {"of a large account: a receivable too old, or receivables too high against a year's revenue", "大额客户：应收款过久或占年收入过高"}, financial,
     {"with everything paid the risk would be gone", "全部付清则风险消除"},
     {"an unpaid invoice of twice the largest revenue would be a risk", "有一张为最大销售额两倍的未付发票即为风险"}},
    {"risk_profit", {"profit risk", "利润风险"}, {"of a large account: margin rate too far below the portfolio's", "大额客户：毛利率远低于全体"}, profit,
     {"a lower border against the portfolio's rate would clear it", "降低与全体毛利率之比的分界即解除"},
     {"a higher border against the portfolio's rate would raise it", "提高与全体毛利率之比的分界即为风险"}},
    {"risk_management", {"management risk", "管理风险"}, {"of a large account: an exception of the window nobody approved", "大额客户：统计期内有未经批准的例外"}, management,
     {"without exceptions the risk would be gone", "没有例外则风险消除"},
     {"an exception nobody approved would be a risk", "有一项未经批准的例外即为风险"}},
    {"risk_churn", {"churn risk", "流失风险"},
     {"of a large account: a competitor seen, may make it itself, or P(alive) fell too far", "大额客户：见到竞争对手、可能自制或活跃概率大幅下降"}, churn,
     {"with no competitor seen, no plan to make it itself and any fall of P(alive) allowed it would be gone", "未见竞争对手、无自制可能且放宽活跃概率下降的分界则解除"},
     {"if it were likely to make it itself it would be a risk", "若很可能自制即为风险"}},
    {"small_good", {"small but good", "小而好"},
     {"not large, quality from the border on, and lifetime value or growth high", "不大，质量分达到分界，且终身价值或增长高"}, small_good,
     {"a higher border of quality would end it", "提高质量分界即不再是"},
     {"lower borders of quality, lifetime value and growth would make it so, if it buys and is not large", "若有购买且不大，降低质量、终身价值与增长的分界即是"}},
};

static bool column_change(quality_why *q)
{
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
        if (!kam_streq(columns[i].column, cmd_why_column(q->w))) continue;
        bool is = on(q, columns[i].column);
        cmd_why_rule(q->w, "A6", columns[i].name, columns[i].rule);
        columns[i].turn(q, is);
        fire(q, is ? columns[i].when_on : columns[i].when_off);
        return true;
    }
    return false;
}

kam_rc cmd_why_quality(cmd_session *s, const cmd_classify_args *a, cmd_why *w, kam_err *err)
{
    quality_why q = {.w = w, .id = (long long)cmd_why_id(w), .try = KAM_STR_INIT};
    kam_day_format(a->asof, q.day);
    cmd_quality_params(s, a->asof, (int)a->window, &q.p);
    kam_rc rc = cmd_quality_run(s, a->asof, (int)a->window, &q.r, err);
    if (rc) return rc;
    q.row = cmd_why_account_row(w, q.r.facts.held.accounts);
    if (q.row != SIZE_MAX) {
        if (!column_change(&q)) {
            cmd_why_rule(w, "A6", (cmd_text){"good and poor customers", "优质与劣质客户"},
                         (cmd_text){"poor: a poor flag, or quality below its border; good: quality from the border on; else fair",
                                    "有劣质预警或质量分低于下界为劣质；质量分达到上界为优质；其余为一般"});
            class_changes(&q);
        }
        cmd_why_marks(w, &q.r.marks, q.r.marks_table, q.row);
        cmd_why_marks(w, &q.r.risks, q.r.risks_table, q.row);
        measured(&q);
        rc = records(&q, err);
        settings(&q);
    }
    kam_str_release(&q.try);
    cmd_card_run_release(&q.r);
    return rc;
}

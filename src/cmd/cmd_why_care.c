/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_why_care: why an account is content or not, silent, at risk, and why a complaint stands where it stands (J1 for F1–F5, F7). */
#include "cmd_care.h"
#include "cmd_why.h"
#include "cmd_why_card.h"
#include "kam_mem.h"
#include <math.h>

static void say_settings(cmd_why *w, const char *const *names)
{
    for (; *names; names++) cmd_why_setting(w, *names);
}

static const char *day_text(kam_day d, char buf[KAM_DATE_MAX])
{
    kam_day_format(d, buf);
    return buf;
}

static void fire(cmd_why *w, kam_str *try, cmd_text sentence)
{
    cmd_why_change(w, kam_str_cstr(try), sentence, NULL, 0);
    kam_str_release(try);
}

static void no_row(cmd_why *w)
{
    cmd_why_note(w, (cmd_text){"it has no row in this answer", "本结果中没有它"}, NULL, 0);
}

/* --- satisfaction ----------------------------------------------------------------------------------------------------- */

static kam_rc why_gap(cmd_why *w, const cmd_satisfaction_args *a, kam_err *err)
{
    char day[KAM_DATE_MAX];
    double last;
    cmd_why_rule(w, "F1", (cmd_text){"gap", "差距"},
                 (cmd_text){"perceived − expected of the latest survey: below 0 dissatisfied, 0 satisfied, above 0 delighted", "最近调查的感知减期望：小于 0 不满意，等于 0 满意，大于 0 惊喜"});
    kam_rc rc = cmd_why_recent(w, (cmd_text){"expected in a survey", "调查中的期望"}, "survey", "expectation", a->asof, 0, 3, err);
    if (!rc) rc = cmd_why_recent(w, (cmd_text){"perceived in a survey", "调查中的感知"}, "survey", "perceived", a->asof, 0, 3, err);
    if (rc) return rc;
    bool content = kam_streq(cmd_why_cell(w, "class"), "delighted") || kam_streq(cmd_why_cell(w, "class"), "satisfied");
    bool today = cmd_why_number(w, "date", &last) && (kam_day)last == a->asof;
    if (today && !content) { /* of one day the worst counts: a better answer on the same day changes nothing */
        cmd_why_change(w, NULL, (cmd_text){"a better survey on a later day", "此后某日有更好的调查"}, NULL, 0);
        return KAM_OK;
    }
    kam_str try = KAM_STR_INIT;
    kam_str_addf(&try, "survey add -account {%s} -date %s -expectation 5 -perceived %d", cmd_why_code(w), day_text(a->asof, day), content ? 4 : 6);
    fire(w, &try, content ? (cmd_text){"a survey below expectation would make it dissatisfied", "一次低于期望的调查会使其不满意"}
                          : (cmd_text){"a survey above expectation would make it delighted", "一次高于期望的调查会使其惊喜"});
    return KAM_OK;
}

static kam_rc why_behaviour(cmd_why *w, const cmd_satisfaction_args *a, int window, kam_err *err)
{
    static const char *const settings[] = {"window", "nps-promoter", NULL};
    static const struct {
        const char *column;
        cmd_text item;
    } marks[] = {{"more", {"buys more and longer", "买得更多更久"}},  {"lines", {"buys other lines", "购买其他品类"}},
                 {"speaks", {"speaks well of us", "说我们的好话"}},   {"price", {"less price-sensitive", "价格不敏感"}},
                 {"ideas", {"brings ideas", "提出建议"}},             {"cheaper", {"cheaper to deal with", "交易成本更低"}}};
    char day[KAM_DATE_MAX];
    cmd_why_rule(w, "F7", (cmd_text){"behaviour", "行为"},
                 (cmd_text){"six marks, the window against the one before; what cannot be measured is missing", "六项，统计期与此前一个统计期比较；无法衡量即缺失"});
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) cmd_why_input(w, marks[i].item, cmd_why_cell(w, marks[i].column), a->asof, NULL);
    kam_rc rc = cmd_why_recent(w, (cmd_text){"purchase", "购买"}, "transaction", "amount", a->asof, window, 3, err);
    if (!rc) rc = cmd_why_recent(w, (cmd_text){"service cost", "服务成本"}, "service-cost", "amount", a->asof, window, 3, err);
    if (rc) return rc;
    say_settings(w, settings);
    double ideas;
    if (cmd_why_number(w, "ideas", &ideas) && ideas > 0) return KAM_OK;
    kam_str try = KAM_STR_INIT;
    kam_str_addf(&try, "interaction add -account {%s} -date %s -kind suggestion", cmd_why_code(w), day_text(a->asof, day));
    fire(w, &try, (cmd_text){"a suggestion of theirs would be one mark more", "客户提出一项建议即多一项"});
    return KAM_OK;
}

kam_rc cmd_satisfaction_why(cmd_session *s, const void *args, cmd_why *w, kam_err *err)
{
    const cmd_satisfaction_args *a = args;
    calc_satisfaction_params p;
    cmd_satisfaction_params(s, a->asof, (int)a->window, &p);
    if (!cmd_why_rows(w)) no_row(w);
    return a->show == CMD_SAT_BEHAVIOUR ? why_behaviour(w, a, p.window_days, err) : why_gap(w, a, err);
}

/* --- silence ---------------------------------------------------------------------------------------------------------- */

kam_rc cmd_silence_why(cmd_session *s, const void *args, cmd_why *w, kam_err *err)
{
    static const char *const settings[] = {"silence-complaints", "silence-days", "silence-gaps", "lifecycle-trend-days", "lifecycle-declining-ratio",
                                           "lifecycle-lost-days", "lifecycle-lost-gaps", NULL};
    const cmd_silence_args *a = args;
    calc_silence_params p;
    char day[KAM_DATE_MAX];
    kam_str try = KAM_STR_INIT;
    cmd_silence_params(s, a->asof, &p);
    cmd_why_rule(w, "F3", (cmd_text){"silence", "沉默"},
                 (cmd_text){"used to complain, and has not for longer than it ever takes: warning; with falling orders: alarm", "从前投诉，如今沉默超过应有时间：预警；订单又下降：警报"});
    store_where where[] = {{"account", STORE_EQ, cmd_why_code(w)}, {"kind", STORE_EQ, "complaint"}, {"date", STORE_LE, day_text(a->asof, day)}};
    kam_rc rc = cmd_why_records(w, (cmd_text){"complaint", "投诉"}, "interaction", where, 3, "topic", "date", 5, NULL, err);
    if (!rc) rc = cmd_why_recent(w, (cmd_text){"purchase", "购买"}, "transaction", "amount", a->asof, 2 * p.trend_days, 5, err);
    if (rc) return rc;
    say_settings(w, settings);
    const char *cls = cmd_why_cell(w, "class");
    if (!cls) {
        no_row(w);
        kam_str_release(&try);
    } else if (kam_streq(cls, "talking")) {
        kam_str_add(&try, "setting set silence-days 1; setting set silence-gaps 0");
        double silent;
        if (cmd_why_number(w, "silent_days", &silent) && silent > 1)
            fire(w, &try, (cmd_text){"were a day without a complaint silence already, it would be silent", "若一天没有投诉就算沉默，则已沉默"});
        else kam_str_release(&try);
    } else if (kam_streq(cls, "no-habit")) {
        kam_str_add(&try, "setting set silence-complaints 1");
        fire(w, &try, (cmd_text){"were one complaint a habit, it could be missed", "若一次投诉即算习惯，则可判断其沉默"});
    } else {
        kam_str_addf(&try, "interaction add -account {%s} -date %s -kind complaint", cmd_why_code(w), day);
        fire(w, &try, (cmd_text){"a complaint would break the silence", "一次投诉即打破沉默"});
    }
    return KAM_OK;
}

/* --- complaints ------------------------------------------------------------------------------------------------------- */

kam_rc cmd_complaints_why(cmd_session *s, const void *args, cmd_why *w, kam_err *err)
{
    static const char *const settings[] = {"complaint-progress-days", "complaint-written-days", "complaint-visit-days", "complaint-filed-days",
                                           "complaint-factor", NULL};
    static const struct {
        const char *column, *field;
        cmd_text item;
    } clocks[] = {{"progress", "progress_on", {"progress call", "进度通报"}}, {"written", "written_on", {"written result", "书面答复"}},
                  {"visit", "visited_on", {"visit", "回访"}},               {"filed", "filed_on", {"filed as a lesson", "归档为教训"}}};
    const cmd_complaints_args *a = args;
    char day[KAM_DATE_MAX], id[32];
    double number;
    (void)s;
    cmd_why_rule(w, "F5", (cmd_text){"complaint desk", "投诉台"},
                 (cmd_text){"four clocks from the day of the complaint; overdue: one is not done and its time is over; closed: resolved and all four done",
                            "自投诉之日起四个时钟；逾期：有一个未完成且已过期；已结：已解决且四项完成"});
    say_settings(w, settings);
    if (!cmd_why_number(w, "complaint", &number)) {
        no_row(w);
        return KAM_OK;
    }
    snprintf(id, sizeof id, "%.0f", number);
    store_where where[] = {{"id", STORE_EQ, id}};
    for (size_t i = 0; i < sizeof clocks / sizeof *clocks; i++) {
        kam_str source = KAM_STR_INIT;
        kam_str_addf(&source, "interaction %s", id);
        cmd_why_input(w, clocks[i].item, cmd_why_cell(w, clocks[i].column), CMD_UNSET_DAY, kam_str_cstr(&source));
        kam_str_release(&source);
        kam_rc rc = cmd_why_records(w, clocks[i].item, "interaction", where, 1, clocks[i].field, "date", 1, NULL, err);
        if (rc) return rc;
    }
    kam_str try = KAM_STR_INIT;
    day_text(a->asof, day);
    bool closed = kam_streq(cmd_why_cell(w, "class"), "closed");
    if (closed) kam_str_addf(&try, "interaction set %s -filed_on {}", id);
    else
        kam_str_addf(&try, "interaction set %s -progress_on %s -written_on %s -visited_on %s -filed_on %s -resolved_on %s -resolution {%s}", id, day, day, day, day, day,
                     "settled");
    fire(w, &try, closed ? (cmd_text){"taken out of the file it would be on the desk again", "取消归档则重回投诉台"}
                         : (cmd_text){"all four done and resolved it would be closed", "四项完成并解决后即为已结"});
    return KAM_OK;
}

/* --- churn-risk ------------------------------------------------------------------------------------------------------- */

static void trait_inputs(cmd_why *w, const kam_table *t, kam_day asof)
{
    const kam_column *trait = kam_table_find(t, "trait"), *meaning = kam_table_find(t, "meaning"), *part = kam_table_find(t, "contribution");
    kam_str text = KAM_STR_INIT;
    for (size_t i = 0; i < kam_table_rows(t); i++) {
        calc_arg v = calc_arg_real(kam_col_real(part, i), 3);
        kam_str_clear(&text);
        kam_str_addf(&text, "%s (%s%s)", kam_col_text(meaning, i), kam_col_real(part, i) > 0 ? "+" : "", v.buf);
        const char *key = kam_col_text(trait, i);
        cmd_why_input(w, (cmd_text){key, key}, kam_str_cstr(&text), asof, NULL);
    }
    kam_str_release(&text);
}

static kam_rc traits(cmd_session *s, cmd_why *w, kam_day asof, kam_err *err)
{
    cmd_churn_input c;
    calc_churn_params p;
    calc_churn_model m;
    kam_table *t = NULL;
    cmd_churn_params(s, asof, &p);
    kam_rc rc = cmd_churn_load(s, asof, &c, err);
    if (rc) return rc;
    rc = calc_churn_fit(&c.in, &p, &m, err);
    if (!rc) rc = calc_churn_reasons(&c.in, &p, &m, cmd_why_account_row(w, c.facts.held.accounts), &t, err);
    if (!rc) trait_inputs(w, t, asof);
    kam_table_unref(t);
    cmd_churn_release(&c);
    return rc;
}

/* Another border would move it into another class; the borders are where the class stops being a matter of the account. */
static void borders(cmd_why *w, double risk, const char *cls)
{
    kam_str try = KAM_STR_INIT;
    if (kam_streq(cls, "low")) {
        kam_str_add(&try, "setting set churn-watch 0");
        fire(w, &try, (cmd_text){"were every risk watched, it would be watched", "若任何风险都须关注，则须关注"});
    } else if (kam_streq(cls, "watch")) {
        kam_str_addf(&try, "setting set churn-high %.6f", floor(risk * 1e6) / 1e6);
        fire(w, &try, (cmd_text){"were the border its own risk, it would be high", "若以其自身风险为界，则为高"});
    } else if (risk < 1) {
        kam_str_add(&try, "setting set churn-high 1");
        fire(w, &try, (cmd_text){"were only certainty high, it would not be high", "若只有必然流失才算高，则不为高"});
    }
}

kam_rc cmd_churn_risk_why(cmd_session *s, const void *args, cmd_why *w, kam_err *err)
{
    static const char *const settings[] = {"churn-high", "churn-watch", "churn-horizon-days", "churn-min-lost", "churn-sample", "churn-holdout", "churn-lambda", "window",
                                           "lifecycle-trend-days", "lifecycle-lost-days", "lifecycle-lost-gaps", NULL};
    const cmd_churn_args *a = args;
    double risk, p_alive;
    char day[KAM_DATE_MAX];
    bool model = a->show != CMD_CHURN_ALIVE;
    cmd_why_rule(w, "F4", (cmd_text){"churn", "流失"},
                 model ? (cmd_text){"probability to be called lost within the horizon, by logistic regression on the traits of the lost; in brackets what each adds to the log odds",
                                    "以流失者特征的逻辑回归估计期限内判为流失的概率；括号内为各项对对数几率的贡献"}
                       : (cmd_text){"1 − P(alive) of the model of purchases", "1 − 购买模型的活跃概率"});
    if (!cmd_why_rows(w)) {
        no_row(w);
        return KAM_OK;
    }
    kam_rc rc = model ? traits(s, w, a->asof, err) : KAM_OK;
    if (!rc) rc = cmd_why_recent(w, (cmd_text){"purchase", "购买"}, "transaction", "amount", a->asof, 0, 3, err);
    if (rc) return rc;
    bool known = cmd_why_number(w, "p_alive", &p_alive);
    if (known) cmd_why_input_real(w, (cmd_text){"P(alive)", "活跃概率"}, p_alive, a->asof, NULL);
    say_settings(w, settings);
    if (!cmd_why_number(w, "risk", &risk)) risk = known ? 1 - p_alive : NAN;
    if (isnan(risk)) return KAM_OK;
    if (kam_streq(cmd_why_column(w), "class")) borders(w, risk, cmd_why_cell(w, "class"));
    else if (kam_streq(cmd_why_column(w), "risk")) {
        kam_str try = KAM_STR_INIT;
        kam_str_addf(&try, "transaction add -account {%s} -date %s -amount 1000", cmd_why_code(w), day_text(a->asof, day));
        fire(w, &try, (cmd_text){"a purchase would change it", "一次购买会改变它"});
    }
    return KAM_OK;
}

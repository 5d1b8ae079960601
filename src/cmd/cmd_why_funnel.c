/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_why_funnel: why an opportunity stands where it stands and is or is not stuck (J1 for D2), and what a month of the forecast
 * is the sum of (J1 for D3). */
#include "cmd_funnel.h"
#include "kam_mem.h"
#include "kam_money.h"
#include <math.h>
#include <string.h>

struct asked {
    cmd_session *s;
    cmd_why *w;
    kam_day asof;
    bool reestimate;
    calc_funnel_params p; /* probabilities as used */
    double given[CALC_STAGES]; /* as the setting has them */
    int exponent;
};

static const char *stage_name(const struct asked *q, int stage) { return calc_stage_name(stage, cmd_facts_lang(q->s)); }

static const char *day_text(kam_day d, char buf[KAM_DATE_MAX])
{
    kam_day_format(d, buf);
    return buf;
}

static const char *money_text(const struct asked *q, int64_t minor, char buf[KAM_CELL_MAX])
{
    kam_money_format(minor, q->exponent, buf);
    return buf;
}

/* The latest assessment of an opportunity, as a row with its key. */
static kam_rc assessed(const struct asked *q, cmd_text item, const char *opportunity, const char *attribute, kam_err *err)
{
    char to[KAM_DATE_MAX];
    store_where where[] = {{"subject_kind", STORE_EQ, "opportunity"}, {"subject", STORE_EQ, opportunity},
                           {"attribute", STORE_EQ, attribute}, {"date", STORE_LE, day_text(q->asof, to)}};
    size_t found;
    kam_rc rc = cmd_why_records(q->w, item, "assessment", where, 4, "value", "date", 1, &found, err);
    if (!rc && !found) cmd_why_input(q->w, item, NULL, CMD_UNSET_DAY, NULL);
    return rc;
}

static kam_rc records(const struct asked *q, const char *opportunity, kam_err *err)
{
    char to[KAM_DATE_MAX];
    size_t found;
    store_where stages[] = {{"opportunity", STORE_EQ, opportunity}, {"date", STORE_LE, day_text(q->asof, to)}};
    kam_rc rc = cmd_why_records(q->w, (cmd_text){"stage", "阶段"}, "stage-change", stages, 2, "stage", "date", 1, &found, err);
    if (!rc && !found)
        cmd_why_fact(q->w, (cmd_text){"stage", "阶段"}, NULL, CMD_UNSET_DAY, NULL,
                     (cmd_text){"no stage change is on record: it stands at {1} since it was opened", "没有阶段变更记录：自建立起处于{1}"},
                     CMD_WHY_ARGS(calc_arg_text(stage_name(q, 0))));
    if (!rc) rc = assessed(q, (cmd_text){"amount", "金额"}, opportunity, "amount", err);
    if (!rc) rc = assessed(q, (cmd_text){"expected close", "预计成交日"}, opportunity, "expected_close", err);
    return rc ? rc : assessed(q, (cmd_text){"owner", "负责人"}, opportunity, "owner", err);
}

/* "setting stage-probability", or how history moved it. */
static void probability(const struct asked *q, int stage)
{
    calc_arg value = calc_arg_real(q->p.probability[stage], 4);
    cmd_text item = {"probability of winning", "赢单概率"};
    if (q->reestimate && stage < CALC_STAGES - 1)
        cmd_why_fact(q->w, item, value.buf, q->asof, NULL,
                     (cmd_text){"at {1} by history: the setting's {2} counts as {3} cases beside the closed ones that were there",
                                "{1}阶段，按历史：设置值 {2} 作 {3} 个案例，与经过该阶段的已结商机合计"},
                     CMD_WHY_ARGS(calc_arg_text(stage_name(q, stage)), calc_arg_real(q->given[stage], 4), calc_arg_real(q->p.prior_cases, 1)));
    else
        cmd_why_fact(q->w, item, value.buf, q->asof, NULL, (cmd_text){"at {1}, by the setting stage-probability", "{1}阶段，按设置 stage-probability"},
                     CMD_WHY_ARGS(calc_arg_text(stage_name(q, stage))));
}

static void settings(const struct asked *q, bool stuck)
{
    cmd_why_setting(q->w, "stage-probability");
    if (stuck) cmd_why_setting(q->w, "funnel-stuck-factor");
    if (q->reestimate) cmd_why_setting(q->w, "funnel-prior-cases");
}

/* `VERB add …` or `VERB set …`, whichever the day's record asks for. */
static kam_rc put_assessment(const struct asked *q, const char *opportunity, const char *attribute, const char *value, kam_str *try,
                             kam_err *err)
{
    char today[KAM_DATE_MAX];
    kam_str there = KAM_STR_INIT;
    day_text(q->asof, today);
    store_where where[] = {{"subject_kind", STORE_EQ, "opportunity"}, {"subject", STORE_EQ, opportunity},
                           {"attribute", STORE_EQ, attribute}, {"date", STORE_EQ, today}};
    kam_rc rc = cmd_why_source(q->w, "assessment", where, 4, NULL, &there, err);
    cmd_why_try(try, there.len ? "assessment set" : "assessment add", "opportunity", opportunity, attribute, today, "-value", value, NULL);
    kam_str_release(&there);
    return rc;
}

static kam_rc put_stage(const struct asked *q, const char *opportunity, int stage, kam_str *try, kam_err *err)
{
    char today[KAM_DATE_MAX];
    kam_str there = KAM_STR_INIT;
    day_text(q->asof, today);
    store_where where[] = {{"opportunity", STORE_EQ, opportunity}, {"date", STORE_EQ, today}};
    kam_rc rc = cmd_why_source(q->w, "stage-change", where, 2, NULL, &there, err);
    cmd_why_try(try, there.len ? "stage-change set" : "stage-change add", opportunity, today, "-stage", calc_stage_keys[stage], NULL);
    kam_str_release(&there);
    return rc;
}

/* --- D2: an opportunity ------------------------------------------------------------------------------------------------ */

static void stuck(const struct asked *q, const kam_table *t, size_t row, int stage)
{
    static const cmd_text item = {"stuck: in its stage for too long", "停滞：在阶段停留过久"};
    const kam_column *age = kam_table_find(t, "age"), *median = kam_table_find(t, "median_stay"), *flag = kam_table_find(t, "stuck");
    bool known = !kam_col_missing(age, row);
    kam_day since = known ? q->asof - kam_col_int(age, row) : CMD_UNSET_DAY;
    if (kam_col_missing(flag, row))
        cmd_why_check(q->w, item, CMD_WHY_UNKNOWN, since, NULL,
                      kam_col_missing(median, row)
                          ? (cmd_text){"too few have left {1} for a usual stay to be known", "离开过{1}阶段的商机太少，无法知道通常停留"}
                          : (cmd_text){"since when it is at {1} is not on record", "没有进入{1}阶段的日期"},
                      CMD_WHY_ARGS(calc_arg_text(stage_name(q, stage))));
    else
        cmd_why_check(q->w, item, kam_col_int(flag, row) != 0, since, NULL,
                      (cmd_text){"{1} days at {2}; stuck after {3} = {4} × the median stay of {5} days", "在{2}阶段 {1} 天；超过 {3} 天即停滞 = {4} × 停留中位数 {5} 天"},
                      CMD_WHY_ARGS(calc_arg_int(kam_col_int(age, row)), calc_arg_text(stage_name(q, stage)),
                                   calc_arg_real(q->p.stuck_factor * kam_col_real(median, row), 1), calc_arg_real(q->p.stuck_factor, 2),
                                   calc_arg_real(kam_col_real(median, row), 1)));
}

static kam_rc next_stage(const struct asked *q, const char *opportunity, int stage, bool amount, double minor, kam_err *err)
{
    kam_str try = KAM_STR_INIT;
    kam_rc rc = KAM_OK;
    if (stage + 1 < CALC_STAGES - 1) {
        rc = put_stage(q, opportunity, stage + 1, &try, err);
        double p = q->p.probability[stage + 1];
        cmd_why_change(q->w, kam_str_cstr(&try),
                       (cmd_text){"{4} at {1} from today: a probability of {2}, a weighted amount of {3}, and not stuck",
                                  "若 {4} 今日进入{1}阶段：概率 {2}，加权金额 {3}，且不停滞"},
                       CMD_WHY_ARGS(calc_arg_text(stage_name(q, stage + 1)), calc_arg_real(p, 4),
                                    amount ? calc_arg_money(llround(p * minor), q->exponent) : calc_arg_text(NULL),
                                    calc_arg_text(opportunity)));
    } else {
        char today[KAM_DATE_MAX];
        cmd_why_try(&try, "opportunity set", opportunity, "-result", "won", "-closed_on", day_text(q->asof, today), NULL);
        cmd_why_change(q->w, kam_str_cstr(&try), (cmd_text){"{1} won today leaves the open ones", "若 {1} 今日成交，则不再是未结商机"},
                       CMD_WHY_ARGS(calc_arg_text(opportunity)));
    }
    kam_str_release(&try);
    return rc;
}

static kam_rc opportunity(const struct asked *q, size_t row, kam_err *err)
{
    const kam_table *t = cmd_why_table(q->w);
    const char *code = kam_col_text(kam_table_find(t, "opportunity"), row);
    const kam_column *amount = kam_table_find(t, "amount");
    int stage = calc_stage_index(kam_col_text(kam_table_find(t, "stage"), row));
    stuck(q, t, row, stage);
    kam_rc rc = records(q, code, err);
    probability(q, stage);
    return rc ? rc : next_stage(q, code, stage, !kam_col_missing(amount, row), kam_col_real(amount, row), err);
}

/* --- D2: a stage --------------------------------------------------------------------------------------------------------- */

/* The largest `most` rows of a table by a money column. */
enum { MOST = 10 };
static size_t largest(const kam_table *t, const size_t *rows, size_t n, const char *column, size_t out[MOST])
{
    const kam_column *c = kam_table_find(t, column);
    size_t k = 0;
    for (size_t i = 0; i < n; i++) {
        int64_t v = kam_col_missing(c, rows[i]) ? INT64_MIN : kam_col_int(c, rows[i]);
        size_t at = k;
        while (at > 0 && v > (kam_col_missing(c, out[at - 1]) ? INT64_MIN : kam_col_int(c, out[at - 1]))) at--;
        if (at >= MOST) continue;
        if (k < MOST) k++;
        for (size_t j = k - 1; j > at; j--) out[j] = out[j - 1];
        out[at] = rows[i];
    }
    return k;
}

/* The deals that make up a row, the largest first; further ones are counted. */
static void deals(const struct asked *q, const kam_table *t, const size_t *rows, size_t n)
{
    size_t most[MOST], k = largest(t, rows, n, "amount", most);
    const kam_column *code = kam_table_find(t, "opportunity"), *stage = kam_table_find(t, "stage"), *amount = kam_table_find(t, "amount"),
                     *p = kam_table_find(t, "probability"), *weighted = kam_table_find(t, "weighted"), *result = kam_table_find(t, "result"),
                     *date = kam_table_find(t, "date");
    if (!date) date = kam_table_find(t, "expected_close");
    for (size_t i = 0; i < k; i++) {
        size_t r = most[i];
        char value[KAM_CELL_MAX];
        kam_str source = KAM_STR_INIT;
        kam_str_addf(&source, "opportunity %s", kam_col_text(code, r));
        bool won = result && kam_streq(kam_col_text(result, r), "won"), has = !kam_col_missing(amount, r);
        int at = kam_col_missing(stage, r) ? 0 : calc_stage_index(kam_col_text(stage, r));
        if (has) money_text(q, kam_col_int(weighted, r), value);
        cmd_why_fact(q->w, won ? (cmd_text){"won deal", "已成交商机"} : (cmd_text){"open deal, weighted", "未结商机（加权）"}, has ? value : NULL,
                     kam_col_missing(date, r) ? CMD_UNSET_DAY : kam_col_int(date, r), kam_str_cstr(&source),
                     won   ? (cmd_text){"counts whole: {3}", "全额计入：{3}"}
                     : has ? (cmd_text){"at {1}: {2} of {3}", "{1}阶段：{3} 的 {2}"}
                           : (cmd_text){"at {1}, {2}; its amount is not on record, so it is in no sum", "{1}阶段，{2}；金额没有记录，不计入合计"},
                     CMD_WHY_ARGS(calc_arg_text(stage_name(q, at < 0 ? 0 : at)), calc_arg_pct(kam_col_real(p, r)),
                                  calc_arg_money(has ? kam_col_int(amount, r) : 0, q->exponent)));
        kam_str_release(&source);
    }
    if (n > k)
        cmd_why_note(q->w, (cmd_text){"{1} further, smaller deals are in it too", "另有 {1} 个较小的商机"}, CMD_WHY_ARGS(calc_arg_int((int64_t)(n - k))));
}

static kam_rc stage_row(const struct asked *q, const cmd_facts *f, kam_err *err)
{
    kam_table *t = NULL;
    int stage = calc_stage_index(cmd_why_code(q->w));
    kam_rc rc = calc_funnel_opportunities(&f->calc, &q->p, &t, err);
    if (rc) return rc;
    size_t n = 0, *rows = kam_calloc(kam_table_rows(t) + 1, sizeof *rows), most[MOST];
    for (size_t i = 0; i < kam_table_rows(t); i++)
        if (kam_streq(kam_col_text(kam_table_find(t, "stage"), i), cmd_why_code(q->w))) rows[n++] = i;
    deals(q, t, rows, n);
    if (stage >= 0) probability(q, stage);
    static const struct {
        const char *column;
        cmd_text item;
    } shown[] = {{"median_stay", {"median stay (days)", "停留中位数（天）"}}, {"stuck", {"stuck", "停滞数"}},
                 {"conversion", {"share that reached a later stage", "到达更后阶段的比例"}}, {"left", {"of so many that left it", "离开数"}}};
    for (size_t i = 0; i < sizeof shown / sizeof *shown; i++) cmd_why_input_cell(q->w, shown[i].item, shown[i].column, q->asof);
    if (largest(t, rows, n, "amount", most) && stage >= 0)
        rc = next_stage(q, kam_col_text(kam_table_find(t, "opportunity"), most[0]), stage, !kam_col_missing(kam_table_find(t, "amount"), most[0]),
                        kam_col_real(kam_table_find(t, "amount"), most[0]), err);
    else cmd_why_change(q->w, NULL, (cmd_text){"an opportunity at this stage would change it", "有商机进入该阶段即会改变"}, NULL, 0);
    kam_free(rows);
    kam_table_unref(t);
    return rc;
}

static kam_rc wrong(kam_err *err, const char *why)
{
    kam_err_set(err, KAM_USAGE, "why: %s", why);
    return kam_err_word(err, "why");
}

/* Probabilities as the command takes them; facts are loaded. */
static kam_rc prepare(struct asked *q, cmd_facts *f, int window, kam_err *err)
{
    cmd_funnel_params(q->s, q->asof, window, &q->p);
    memcpy(q->given, q->p.probability, sizeof q->given);
    if (!q->reestimate) return KAM_OK;
    q->p.reestimate = true;
    kam_rc rc = calc_funnel_probability(&f->calc, &q->p, q->p.probability, err);
    q->p.reestimate = false;
    return rc;
}

kam_rc cmd_funnel_why(cmd_session *s, const void *args, cmd_why *w, kam_err *err)
{
    const struct funnel_args *a = args;
    cmd_facts f = CMD_FACTS_INIT;
    struct asked q = {.s = s, .w = w, .asof = a->asof, .reestimate = a->reestimate, .exponent = cmd_session_exponent(s)};
    bool by_stage = a->show == CMD_FUNNEL_STAGES;
    if (by_stage && !kam_streq(cmd_why_kind(w), "stage"))
        return wrong(err, "ask about a stage (why proposal funnel), or about an opportunity with -show opportunities");
    kam_rc rc = cmd_facts_load(s, a->asof, STORE_F_LEDGER | STORE_F_OPPORTUNITIES | STORE_F_STAGES, &f, err);
    if (rc) return rc;
    rc = prepare(&q, &f, (int)a->window, err);
    if (a->account.id || a->rep.id) cmd_only_deals(&f, a->account.id ? a->account.code : NULL, a->rep.id ? a->rep.code : NULL);
    cmd_why_rule(w, "D2", (cmd_text){"sales funnel", "销售漏斗"},
                 (cmd_text){"every open opportunity stands at its latest stage and counts with that stage's probability; it is stuck when it is there "
                            "for longer than a multiple of the stage's median stay",
                            "未结商机处于其最近的阶段，按该阶段概率加权；停留超过该阶段停留中位数的若干倍即为停滞"});
    settings(&q, true);
    if (!rc && by_stage) rc = stage_row(&q, &f, err);
    for (size_t i = 0; !rc && !by_stage && i < cmd_why_rows(w) && i < MOST; i++) rc = opportunity(&q, cmd_why_row(w, i), err);
    cmd_facts_release(&f);
    return rc;
}

/* --- D3 ---------------------------------------------------------------------------------------------------------------------- */

/* Rows of the lines that belong to the subject, and those of the result they went into. */
static size_t subject_lines(const struct asked *q, const kam_table *lines, size_t *rows)
{
    const kam_column *c = kam_table_find(lines, cmd_why_kind(q->w));
    size_t n = 0;
    for (size_t i = 0; c && i < kam_table_rows(lines); i++)
        if (!kam_col_missing(c, i) && kam_streq(kam_col_text(c, i), cmd_why_code(q->w))) rows[n++] = i;
    return n;
}

static void pick_results(const struct asked *q, const kam_table *lines, const size_t *rows, size_t n)
{
    const kam_table *t = cmd_why_table(q->w);
    const kam_column *period = kam_table_find(t, "period"), *rep = kam_table_find(t, "rep"), *in = kam_table_find(lines, "period"),
                     *of = kam_table_find(lines, "rep");
    size_t k = 0, *picked = kam_calloc(kam_table_rows(t) + 1, sizeof *picked);
    for (size_t r = 0; r < kam_table_rows(t); r++)
        for (size_t i = 0; i < n; i++)
            if (kam_streq(kam_col_text(period, r), kam_col_text(in, rows[i])) &&
                (!rep || kam_streq(kam_col_text(rep, r), kam_col_text(of, rows[i])))) {
                picked[k++] = r;
                break;
            }
    cmd_why_pick(q->w, picked, k);
    kam_free(picked);
}

static kam_rc targets(const struct asked *q, kam_err *err)
{
    const char *period = cmd_why_code(q->w);
    double v;
    size_t found = 0;
    if (!cmd_why_number(q->w, "target", &v)) return KAM_OK;
    cmd_why_input_cell(q->w, (cmd_text){"target", "目标"}, "target", CMD_UNSET_DAY);
    store_where where[] = {{"period", STORE_EQ, period}, {"rep", STORE_PRESENT, NULL}};
    kam_rc rc = cmd_why_records(q->w, (cmd_text){"a target of the month", "当月目标之一"}, "target", where, 2, "amount", NULL, 5, &found, err);
    if (!rc && found == 0)
        cmd_why_note(q->w, (cmd_text){"the target is the month's part of one for the quarter or year", "该目标为季度或年度目标中当月的部分"}, NULL, 0);
    return rc;
}

static void distribution(const struct asked *q)
{
    static const struct {
        const char *column;
        cmd_text item;
    } shown[] = {{"committed", {"won in the month", "当月已成交"}}, {"p10", {"10 % point", "10 % 分位"}}, {"p50", {"median", "中位"}},
                 {"p90", {"90 % point", "90 % 分位"}}, {"p_target", {"chance to reach the target", "达标概率"}}};
    for (size_t i = 0; i < sizeof shown / sizeof *shown; i++)
        if (cmd_why_cell(q->w, shown[i].column)) cmd_why_input_cell(q->w, shown[i].item, shown[i].column, q->asof);
}

/* The largest open deal goes to another month, or gets one. */
static kam_rc move_deal(const struct asked *q, const kam_table *lines, const size_t *rows, size_t n, kam_err *err)
{
    size_t k = 0, *open = kam_calloc(n + 1, sizeof *open), most[MOST];
    for (size_t i = 0; i < n; i++)
        if (kam_streq(kam_col_text(kam_table_find(lines, "result"), rows[i]), "open") &&
            !kam_col_missing(kam_table_find(lines, "amount"), rows[i])) open[k++] = rows[i];
    k = largest(lines, open, k, "amount", most);
    kam_free(open);
    if (k == 0) {
        cmd_why_change(q->w, NULL, (cmd_text){"an open deal with an amount that is expected then would change it", "预计当时成交且有金额的商机会改变它"}, NULL, 0);
        return KAM_OK;
    }
    const char *code = kam_col_text(kam_table_find(lines, "opportunity"), most[0]);
    const kam_column *date = kam_table_find(lines, "date"), *weighted = kam_table_find(lines, "weighted");
    kam_day from = kam_col_missing(date, most[0]) || kam_col_int(date, most[0]) < q->asof ? q->asof : kam_col_int(date, most[0]);
    kam_day to = kam_day_add_months(from, 1);
    char value[KAM_DATE_MAX];
    kam_str try = KAM_STR_INIT;
    kam_rc rc = put_assessment(q, code, "expected_close", day_text(to, value), &try, err);
    cmd_why_change(q->w, kam_str_cstr(&try), (cmd_text){"{1} expected on {2} instead would take {3} of weighted amount out of this", "若 {1} 改为预计 {2} 成交，则此处加权金额减少 {3}"},
                   CMD_WHY_ARGS(calc_arg_text(code), calc_arg_day(to), calc_arg_money(kam_col_int(weighted, most[0]), q->exponent)));
    kam_str_release(&try);
    return rc;
}

static kam_rc explain_forecast(const struct asked *q, const kam_table *lines, kam_err *err)
{
    size_t *rows = kam_calloc(kam_table_rows(lines) + 1, sizeof *rows), n = subject_lines(q, lines, rows);
    const char *kind = cmd_why_kind(q->w);
    kam_rc rc = KAM_OK;
    if (!kam_streq(kind, "period")) pick_results(q, lines, rows, n);
    if (kam_streq(kind, "opportunity") && n) {
        int stage = kam_col_missing(kam_table_find(lines, "stage"), rows[0]) ? 0 : calc_stage_index(kam_col_text(kam_table_find(lines, "stage"), rows[0]));
        rc = records(q, cmd_why_code(q->w), err);
        probability(q, stage < 0 ? 0 : stage);
    }
    deals(q, lines, rows, n);
    if (n == 0 && kam_streq(kind, "opportunity"))
        cmd_why_note(q->w, (cmd_text){"it was lost, or won before this month: it goes into no row", "已丢单，或在本月之前成交：不计入任何行"}, NULL, 0);
    else if (n == 0)
        cmd_why_note(q->w, (cmd_text){"no open deal and none won from this month on goes into it", "其中没有未结商机，也没有本月起成交的商机"}, NULL, 0);
    if (kam_streq(kind, "period")) {
        distribution(q);
        if (!rc) rc = targets(q, err);
    }
    if (!rc) rc = move_deal(q, lines, rows, n, err);
    kam_free(rows);
    return rc;
}

kam_rc cmd_forecast_why(cmd_session *s, const void *args, cmd_why *w, kam_err *err)
{
    const struct forecast_args *a = args;
    cmd_facts f = CMD_FACTS_INIT;
    kam_table *lines = NULL;
    struct asked q = {.s = s, .w = w, .asof = a->asof, .reestimate = a->reestimate, .exponent = cmd_session_exponent(s)};
    if (a->compare) return wrong(err, "ask about a month, without -compare");
    if (a->plan) return cmd_forecast_plan_why(a, w, err);
    if (a->backtest) return cmd_forecast_past_why(s, a, w, err);
    if (kam_streq(cmd_why_kind(w), "contact") || kam_streq(cmd_why_kind(w), "product"))
        return wrong(err, "ask about a month (why 2026-09 forecast), an opportunity, an account or a rep");
    kam_rc rc = cmd_facts_load(s, a->asof, STORE_F_OPPORTUNITIES | STORE_F_STAGES, &f, err);
    if (rc) return rc;
    rc = prepare(&q, &f, 0, err);
    if (a->account.id) cmd_only_deals(&f, a->account.code, NULL);
    cmd_why_rule(w, "D3", (cmd_text){"monthly forecast", "月度预测"},
                 (cmd_text){"an open opportunity comes in the month of its expected close with the probability of its stage, or not at all, independently "
                            "of the others; expected before the as-of day it is overdue, without a date undated, and goes to no month",
                            "未结商机以其阶段概率在预计月份成交，彼此独立；预计日早于截止日期为逾期，没有日期为未定，均不计入月份"});
    settings(&q, false);
    calc_forecast_params p = CALC_FORECAST_PARAMS(a->asof, cmd_facts_lang(s));
    p.funnel = q.p;
    if (!rc) rc = calc_forecast_lines(&f.calc, &p, &lines, err);
    if (!rc) rc = explain_forecast(&q, lines, err);
    kam_table_unref(lines);
    cmd_facts_release(&f);
    return rc;
}

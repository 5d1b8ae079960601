/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Opportunities and targets become lines (period, rep, what); sorted, each run of one period and rep is a row. */
#include "calc_forecast.h"
#include "calc_use.h"
#include "kam_mem.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const calc_text note_grid = {"forecast.grid", "distribution of {1} rounded to steps of {2} for each opportunity",
                                    "{1} 的分布按每个商机 {2} 的步长取整计算"};
static const calc_text note_grids = {"forecast.grids", "{1} distributions, {2} to {3}, rounded to steps of at most {4} for each opportunity",
                                     "{2} 至 {3} 的 {1} 个分布按每个商机至多 {4} 的步长取整计算"};
static const calc_text note_past = {"forecast.past", "won before this month and left out: {1}", "本月之前成交、未计入：{1} 个"};

typedef enum { LINE_OPEN, LINE_WON, LINE_TARGET } line_kind;
enum { PERIOD_OVERDUE = INT32_MIN, PERIOD_UNDATED = INT32_MIN + 1 }; /* else the month's number: year · 12 + month − 1 */

typedef struct line {
    int32_t period;
    uint8_t kind;
    bool has_amount;
    size_t row; /* of the opportunity */
    const char *rep; /* NULL: no owner, or all reps together */
    int64_t amount;
    double prob;
} line;

typedef struct lines {
    line *at;
    size_t n, cap;
} lines;

static int32_t month_of(kam_day d)
{
    int y, m, day;
    kam_day_to_ymd(d, &y, &m, &day);
    return y * 12 + m - 1;
}

static int by_group(const void *a, const void *b)
{
    const line *x = a, *y = b;
    if (x->period != y->period) return x->period < y->period ? -1 : 1;
    int cmp = x->rep && y->rep ? strcmp(x->rep, y->rep) : (x->rep == NULL) - (y->rep == NULL); /* no owner last */
    if (cmp) return cmp;
    if (x->kind != y->kind) return x->kind < y->kind ? -1 : 1;
    if (x->amount != y->amount) return x->amount < y->amount ? -1 : 1; /* sums must not depend on the order of rows */
    return (x->prob > y->prob) - (x->prob < y->prob);
}

static void add_line(lines *l, line x)
{
    KAM_GROW(l->at, l->cap, l->n + 1);
    l->at[l->n++] = x;
}

static kam_rc read_opportunities(const calc_facts *f, const calc_forecast_params *p, lines *l, int64_t *past, kam_err *err)
{
    enum { RESULT, STAGE, CLOSED, EXPECTED, AMOUNT, REP, COLS };
    static const calc_use want[COLS] = {{"result", KAM_TEXT, false},  {"stage", KAM_TEXT, false},
                                        {"closed_on", KAM_DAY, false}, {"expected_close", KAM_DAY, false},
                                        {"amount", KAM_MONEY, false}, {"rep", KAM_TEXT, false}};
    const kam_column *c[COLS];
    double prob[CALC_STAGES];
    memcpy(prob, p->funnel.probability, sizeof prob);
    kam_rc rc = calc_use_table(f->opportunities, "opportunities", want, COLS, c, err);
    if (!rc && p->funnel.reestimate) rc = calc_funnel_probability(f, &p->funnel, prob, err);
    if (rc) return rc;
    int32_t this_month = month_of(p->asof);
    for (size_t r = 0, rows = calc_use_rows(f->opportunities); r < rows; r++) {
        bool won = calc_text_is(c[RESULT], r, "won"), dated = calc_known(c[EXPECTED], r);
        line x = {.kind = won ? LINE_WON : LINE_OPEN, .has_amount = calc_known(c[AMOUNT], r), .row = r,
                  .rep = p->by_rep ? calc_text_at(c[REP], r) : NULL};
        x.amount = x.has_amount ? kam_col_int(c[AMOUNT], r) : 0;
        if (won) {
            if (!calc_known(c[CLOSED], r) || kam_col_int(c[CLOSED], r) > p->asof) continue;
            x.period = month_of(kam_col_int(c[CLOSED], r));
            if (x.period < this_month) {
                ++*past;
                continue;
            }
        } else if (calc_text_is(c[RESULT], r, "open")) {
            int stage = calc_known(c[STAGE], r) ? calc_stage_index(kam_col_text(c[STAGE], r)) : 0;
            int64_t expected = dated ? kam_col_int(c[EXPECTED], r) : 0;
            x.prob = prob[stage < 0 ? 0 : stage];
            x.period = !dated ? PERIOD_UNDATED : expected < p->asof ? PERIOD_OVERDUE : month_of(expected);
        } else continue;
        add_line(l, x);
    }
    return KAM_OK;
}

/* "YYYY-MM" to the month's number; false: another kind of period (a year, a quarter). */
static bool month_parse(const char *s, int32_t *out)
{
    char day[KAM_DATE_MAX];
    kam_day d;
    if (strlen(s) != 7) return false;
    snprintf(day, sizeof day, "%.7s-01", s);
    if (!kam_day_parse(day, &d)) return false;
    *out = month_of(d);
    return true;
}

static kam_rc read_targets(const kam_table *targets, const calc_forecast_params *p, lines *l, kam_err *err)
{
    static const calc_use want[] = {{"period", KAM_TEXT, false}, {"rep", KAM_TEXT, false}, {"amount", KAM_MONEY, false}};
    const kam_column *c[3];
    kam_rc rc = calc_use_table(targets, "targets", want, 3, c, err);
    if (rc) return rc;
    int32_t this_month = month_of(p->asof);
    for (size_t r = 0, rows = calc_use_rows(targets); r < rows; r++) {
        line x = {.kind = LINE_TARGET, .has_amount = true, .rep = p->by_rep ? calc_text_at(c[1], r) : NULL};
        if (!calc_known(c[0], r) || !calc_known(c[1], r) || !calc_known(c[2], r)) continue;
        if (!month_parse(kam_col_text(c[0], r), &x.period) || x.period < this_month) continue;
        x.amount = kam_col_int(c[2], r);
        add_line(l, x);
    }
    return KAM_OK;
}

enum { OUT_PERIOD, OUT_REP, OUT_COUNT, OUT_NO_AMOUNT, OUT_COMMITTED, OUT_WEIGHTED, OUT_P10, OUT_P50, OUT_P90, OUT_TARGET,
       OUT_GAP, OUT_P_TARGET, OUT_COLS };
static const calc_col out_cols[OUT_COLS] = {
    {"period", KAM_TEXT, "forecast.period"},       {"rep", KAM_TEXT, "forecast.rep"},
    {"count", KAM_INT, "forecast.count"},          {"no_amount", KAM_INT, "forecast.no_amount"},
    {"committed", KAM_MONEY, "forecast.committed"}, {"weighted", KAM_MONEY, "forecast.weighted"},
    {"p10", KAM_MONEY, "forecast.p10"},            {"p50", KAM_MONEY, "forecast.p50"},
    {"p90", KAM_MONEY, "forecast.p90"},            {"target", KAM_MONEY, "forecast.target"},
    {"gap", KAM_MONEY, "forecast.gap"},            {"p_target", KAM_REAL, "forecast.p_target"},
};

static void period_name(int32_t period, char out[32])
{
    if (period == PERIOD_OVERDUE) snprintf(out, 32, "overdue");
    else if (period == PERIOD_UNDATED) snprintf(out, 32, "undated");
    else snprintf(out, 32, "%04d-%02d", period / 12, period % 12 + 1);
}

/* The sums of one group of lines, and its open terms as arrays of length `terms`. */
typedef struct group {
    int64_t count, deals, no_amount, committed, target; /* deals: open and won */
    double weighted;
    bool has_target;
    size_t terms;
} group;

static group sum_group(const line *at, size_t n, int64_t *amount, double *prob)
{
    group g = {0};
    for (size_t i = 0; i < n; i++) {
        const line *x = &at[i];
        if (x->kind == LINE_TARGET) {
            g.has_target = true;
            g.target += x->amount;
            continue;
        }
        g.deals++;
        if (!x->has_amount) g.no_amount++;
        if (x->kind == LINE_WON) g.committed += x->amount;
        else {
            g.count++;
            amount[g.terms] = x->amount;
            prob[g.terms++] = x->prob;
            g.weighted += x->prob * (double)x->amount;
        }
    }
    g.weighted += (double)g.committed;
    return g;
}

/* The distributions that were rounded, for one sentence about all of them. */
typedef struct rounded {
    int64_t count, step; /* the largest */
    int32_t first, last; /* periods; they come in order */
} rounded;

static void say_rounded(kam_table *t, calc_lang lang, const rounded *r)
{
    char first[32], last[32];
    if (!r->count) return;
    period_name(r->first, first);
    period_name(r->last, last);
    calc_arg step = calc_arg_money(r->step, kam_table_exponent(t));
    if (r->count == 1) calc_note_say(t, lang, &note_grid, CALC_ARGS(calc_arg_text(first), step));
    else calc_note_say(t, lang, &note_grids, CALC_ARGS(calc_arg_int(r->count), calc_arg_text(first), calc_arg_text(last), step));
}

static void push_group(const line *at, size_t n, const calc_forecast_params *p, kam_column **c, int64_t *amount, double *prob,
                       rounded *r)
{
    group g = sum_group(at, n, amount, prob);
    char name[32];
    bool known = g.deals == 0 || g.no_amount < g.deals; /* a sum of nothing but unknown amounts is unknown */
    bool month = known && at->period != PERIOD_OVERDUE && at->period != PERIOD_UNDATED;
    int64_t weighted = llround(g.weighted);
    period_name(at->period, name);
    kam_col_push_text(c[OUT_PERIOD], name);
    if (p->by_rep) kam_col_push_text(c[OUT_REP], at->rep);
    kam_col_push_int(c[OUT_COUNT], g.count);
    kam_col_push_int(c[OUT_NO_AMOUNT], g.no_amount);
    kam_col_push_int(c[OUT_COMMITTED], g.committed);
    calc_push_opt(c[OUT_WEIGHTED], known, weighted);
    calc_dist d = CALC_DIST_INIT;
    if (month) {
        calc_dist_sum(g.committed, amount, prob, g.terms, p->max_cells, &d);
        if (d.step > 1) {
            if (r->count++ == 0) r->first = at->period;
            r->last = at->period;
            if (d.step > r->step) r->step = d.step;
        }
    }
    for (int k = 0; k < 3; k++) calc_push_opt(c[OUT_P10 + k], month, month ? calc_dist_quantile(&d, p->q[k]) : 0);
    calc_push_opt(c[OUT_TARGET], g.has_target, g.target);
    calc_push_opt(c[OUT_GAP], g.has_target && known, g.target - weighted);
    kam_col_push_real(c[OUT_P_TARGET], g.has_target && month ? calc_dist_at_least(&d, g.target) : NAN);
    calc_dist_release(&d);
}

kam_rc calc_forecast(const calc_facts *f, const kam_table *targets, const calc_forecast_params *p, kam_table **out,
                     kam_err *err)
{
    lines l = {NULL, 0, 0};
    int64_t past = 0;
    kam_rc rc = read_opportunities(f, p, &l, &past, err);
    if (!rc) rc = read_targets(targets, p, &l, err);
    if (rc) {
        kam_free(l.at);
        return rc;
    }
    if (l.n) qsort(l.at, l.n, sizeof *l.at, by_group);
    kam_column *all[OUT_COLS], **c = all;
    calc_col cols[OUT_COLS];
    size_t k = 0;
    for (int i = 0; i < OUT_COLS; i++)
        if (i != OUT_REP || p->by_rep) cols[k++] = out_cols[i];
    kam_table *t = calc_out_new("forecast", f->opportunities ? f->opportunities : f->accounts, cols, k, c);
    if (!p->by_rep) { /* the columns behind rep move up */
        for (int i = OUT_COLS - 1; i > OUT_REP; i--) all[i] = all[i - 1];
        all[OUT_REP] = NULL;
    }
    int64_t *amount = kam_calloc(l.n, sizeof *amount);
    double *prob = kam_calloc(l.n, sizeof *prob);
    rounded r = {0, 0, 0, 0};
    for (size_t i = 0, j; i < l.n; i = j) {
        for (j = i + 1; j < l.n && l.at[j].period == l.at[i].period && kam_streq(l.at[j].rep, l.at[i].rep);) j++;
        push_group(l.at + i, j - i, p, c, amount, prob, &r);
    }
    say_rounded(t, p->lang, &r);
    if (past) calc_note_say(t, p->lang, &note_past, CALC_ARGS(calc_arg_int(past)));
    kam_table_seal(t);
    kam_free(amount);
    kam_free(prob);
    kam_free(l.at);
    *out = t;
    return KAM_OK;
}

enum { LINE_CODE, LINE_ACCOUNT, LINE_PERIOD, LINE_REP, LINE_RESULT, LINE_STAGE, LINE_DATE, LINE_AMOUNT, LINE_PROBABILITY,
       LINE_WEIGHTED, LINE_COLS };
static const calc_col line_cols[LINE_COLS] = {
    {"opportunity", KAM_TEXT, "funnel.opportunity"}, {"account", KAM_TEXT, "classify.account"},
    {"period", KAM_TEXT, "forecast.period"},         {"rep", KAM_TEXT, "funnel.rep"},
    {"result", KAM_TEXT, "opportunity.result"},      {"stage", KAM_TEXT, "funnel.stage"},
    {"date", KAM_DAY, "funnel.expected_close"},      {"amount", KAM_MONEY, "funnel.amount"},
    {"probability", KAM_REAL, "funnel.probability"}, {"weighted", KAM_MONEY, "funnel.weighted"},
};

static void push_line(const line *x, const kam_column *const o[7], const kam_column *codes, size_t accounts, kam_column **c)
{
    char name[32];
    bool won = x->kind == LINE_WON;
    size_t account = calc_row_at(o[1], x->row, accounts);
    period_name(x->period, name);
    kam_col_push_from(c[LINE_CODE], o[0], x->row);
    if (account == SIZE_MAX) kam_col_push_missing(c[LINE_ACCOUNT]);
    else kam_col_push_from(c[LINE_ACCOUNT], codes, account);
    kam_col_push_text(c[LINE_PERIOD], name);
    kam_col_push_from(c[LINE_REP], o[2], x->row);
    kam_col_push_text(c[LINE_RESULT], won ? "won" : "open");
    kam_col_push_from(c[LINE_STAGE], o[3], x->row);
    kam_col_push_from(c[LINE_DATE], won ? o[5] : o[4], x->row);
    kam_col_push_from(c[LINE_AMOUNT], o[6], x->row);
    kam_col_push_real(c[LINE_PROBABILITY], won ? 1.0 : x->prob);
    calc_push_opt(c[LINE_WEIGHTED], x->has_amount, llround((won ? 1.0 : x->prob) * (double)x->amount));
}

kam_rc calc_forecast_lines(const calc_facts *f, const calc_forecast_params *p, kam_table **out, kam_err *err)
{
    static const calc_use want[] = {{"opportunity", KAM_TEXT, false}, {"row", KAM_INT, false},   {"rep", KAM_TEXT, false},
                                    {"stage", KAM_TEXT, false},       {"expected_close", KAM_DAY, false},
                                    {"closed_on", KAM_DAY, false},    {"amount", KAM_MONEY, false}};
    const kam_column *o[CALC_COUNT(want)], *acc[CALC_ACC_COLS];
    lines l = {NULL, 0, 0};
    int64_t past = 0;
    size_t accounts;
    kam_rc rc = calc_use_accounts(f, false, acc, &accounts, err);
    if (!rc) rc = calc_use_table(f->opportunities, "opportunities", want, CALC_COUNT(want), o, err);
    if (!rc) rc = read_opportunities(f, p, &l, &past, err);
    if (!rc) {
        kam_column *c[LINE_COLS];
        kam_table *t = calc_out_new("forecast.lines", f->accounts, line_cols, LINE_COLS, c);
        for (size_t i = 0; i < l.n; i++) push_line(&l.at[i], o, acc[CALC_ACC_CODE], accounts, c);
        kam_table_seal(t);
        *out = t;
    }
    kam_free(l.at);
    return rc;
}

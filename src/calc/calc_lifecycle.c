/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calc_lifecycle.h"
#include "calc_use.h"
#include "kam_mem.h"
#include <math.h>
#include <string.h>

#define SAY(name, id, en, zh) static const calc_text name = {"lifecycle." id, en, zh}
SAY(why_potential, "potential", "never bought, no open opportunity", "从未购买，没有未结商机");
SAY(why_selling, "selling", "never bought, open opportunity {1}", "从未购买，有未结商机 {1}");
SAY(why_lost, "lost", "silent for {1} days, more than {2}", "已 {1} 天没有购买，超过 {2} 天");
SAY(why_winning, "winning-back", "silent for {1} days, more than {2}; winning back with opportunity {3}",
    "已 {1} 天没有购买，超过 {2} 天；正以商机 {3} 挽回");
SAY(why_new, "new", "first bought {1} days ago, at most {2}", "首次购买在 {1} 天前，不超过 {2} 天");
SAY(why_no_value, "no-value", "margin of the last {1} days {2}, cost to maintain and serve {3}: nothing left",
    "最近 {1} 天毛利 {2}，维护与服务成本 {3}：没有剩余");
SAY(why_complaint, "complaint", "complaint of {1} open for {2} days", "{1} 的投诉已 {2} 天未了结");
SAY(why_invoice, "invoice", "invoice due {1} unpaid for {2} days", "{1} 到期的发票逾期 {2} 天未付");
SAY(why_survey, "survey", "survey of {1}: perceived {2} below expected {3}", "{1} 的调查：感知 {2} 低于期望 {3}");
SAY(why_growing, "growing", "last {1} days at {2} of the {1} days before", "最近 {1} 天为此前 {1} 天的 {2}");
SAY(why_growing_new, "growing-from-nothing", "bought in the last {1} days, nothing in the {1} days before",
    "最近 {1} 天有购买，此前 {1} 天没有");
SAY(why_quiet, "quiet", "nothing bought in the last {1} days, nor in the {1} days before", "最近 {1} 天与此前 {1} 天都没有购买");
SAY(why_young, "young", "first bought less than {1} days ago: no trend yet", "首次购买不到 {1} 天：尚无趋势");
SAY(note_no_cost, "no-cost", "no cost is on record: the amount stands for the margin", "没有成本记录：以销售额代替毛利");

/* Facts of one account beside its purchases; days are 0 where the flag is unset. */
typedef struct troubles {
    bool open, complaint, invoice, survey;
    uint32_t opportunity; /* row of the open one with the smallest code */
    int32_t complaint_day, due, survey_day;
    double expectation, perceived;
    int64_t service_cost;
} troubles;

typedef struct reader {
    const calc_facts *f;
    const calc_lifecycle_params *p;
    size_t n;
    troubles *tr;
    const kam_column *code;
} reader;

static kam_rc read_opportunities(reader *d, kam_err *err)
{
    static const calc_use want[] = {{"row", KAM_INT, false}, {"opportunity", KAM_TEXT, false}, {"result", KAM_TEXT, false}};
    const kam_column *c[3];
    kam_rc rc = calc_use_table(d->f->opportunities, "opportunities", want, 3, c, err);
    if (rc) return rc;
    d->code = c[1];
    for (size_t r = 0, rows = calc_use_rows(d->f->opportunities); r < rows; r++) {
        size_t i = calc_row_at(c[0], r, d->n);
        if (i == SIZE_MAX || !calc_text_is(c[2], r, "open")) continue;
        troubles *x = &d->tr[i];
        if (!x->open || strcmp(kam_col_text(c[1], r), kam_col_text(c[1], x->opportunity)) < 0) x->opportunity = (uint32_t)r;
        x->open = true;
    }
    return KAM_OK;
}

/* Complaints and invoices are alike: the oldest that had no end on D. */
static kam_rc read_unsettled(reader *d, const kam_table *t, const char *what, const char *from, const char *until,
                             kam_err *err)
{
    const calc_use want[] = {{"row", KAM_INT, false}, {from, KAM_DAY, false}, {until, KAM_DAY, false}};
    const kam_column *c[3];
    bool complaints = t == d->f->complaints;
    kam_rc rc = calc_use_table(t, what, want, 3, c, err);
    if (rc) return rc;
    for (size_t r = 0, rows = calc_use_rows(t); r < rows; r++) {
        size_t i = calc_row_at(c[0], r, d->n);
        if (i == SIZE_MAX || !calc_known(c[1], r)) continue;
        if (calc_known(c[2], r) && kam_col_int(c[2], r) <= d->p->asof) continue;
        int64_t day = kam_col_int(c[1], r);
        bool *has = complaints ? &d->tr[i].complaint : &d->tr[i].invoice;
        int32_t *oldest = complaints ? &d->tr[i].complaint_day : &d->tr[i].due;
        if (!*has || day < *oldest) *oldest = (int32_t)day;
        *has = true;
    }
    return KAM_OK;
}

static kam_rc read_surveys(reader *d, kam_err *err)
{
    static const calc_use want[] = {{"row", KAM_INT, false}, {"date", KAM_DAY, false}, {"expectation", KAM_REAL, false},
                                    {"perceived", KAM_REAL, false}};
    const kam_column *c[4];
    kam_rc rc = calc_use_table(d->f->surveys, "surveys", want, 4, c, err);
    if (rc) return rc;
    for (size_t r = 0, rows = calc_use_rows(d->f->surveys); r < rows; r++) {
        size_t i = calc_row_at(c[0], r, d->n);
        if (i == SIZE_MAX || !calc_known(c[1], r) || !calc_known(c[2], r) || !calc_known(c[3], r)) continue;
        troubles *x = &d->tr[i];
        int64_t day = kam_col_int(c[1], r);
        double e = kam_col_real(c[2], r), s = kam_col_real(c[3], r);
        if (day > d->p->asof || (x->survey && day < x->survey_day)) continue;
        /* several on one day: the worst, so that the order of rows does not matter */
        if (x->survey && day == x->survey_day && s - e >= x->perceived - x->expectation) continue;
        x->survey = true;
        x->survey_day = (int32_t)day;
        x->expectation = e;
        x->perceived = s;
    }
    return KAM_OK;
}

static kam_rc read_costs(reader *d, kam_err *err)
{
    static const calc_use want[] = {{"row", KAM_INT, false}, {"date", KAM_DAY, false}, {"kind", KAM_TEXT, false},
                                    {"amount", KAM_MONEY, false}};
    const kam_column *c[4];
    kam_rc rc = calc_use_table(d->f->service_costs, "service_costs", want, 4, c, err);
    if (rc) return rc;
    for (size_t r = 0, rows = calc_use_rows(d->f->service_costs); r < rows; r++) {
        size_t i = calc_row_at(c[0], r, d->n);
        if (i == SIZE_MAX || !calc_known(c[1], r) || !calc_known(c[3], r)) continue;
        int64_t day = kam_col_int(c[1], r);
        if (day > d->p->asof || day <= d->p->asof - d->p->window_days) continue;
        if (calc_text_is(c[2], r, "maintain") || calc_text_is(c[2], r, "serve")) d->tr[i].service_cost += kam_col_int(c[3], r);
    }
    return KAM_OK;
}

static kam_rc read_troubles(reader *d, kam_err *err)
{
    kam_rc rc = read_opportunities(d, err);
    if (!rc) rc = read_unsettled(d, d->f->complaints, "complaints", "date", "resolved_on", err);
    if (!rc) rc = read_unsettled(d, d->f->invoices, "invoices", "due", "paid_on", err);
    if (!rc) rc = read_surveys(d, err);
    if (!rc) rc = read_costs(d, err);
    return rc;
}

/* What the rules look at, for one account. */
typedef struct state {
    calc_buys b;
    const troubles *tr;
    int64_t silent, recent, prior;
    double lost_after;
    bool margin_known;
} state;

static const char *say(kam_column *why, kam_str *buf, calc_lang lang, const char *cls, const calc_text *s, const calc_arg *a,
                       size_t n)
{
    calc_push_say(why, buf, lang, s, a, n);
    return cls;
}

static const char *problem(const reader *d, const state *s, kam_column *why, kam_str *buf)
{
    const calc_lifecycle_params *p = d->p;
    const troubles *x = s->tr;
    if (x->complaint && p->asof - x->complaint_day > p->complaint_days)
        return say(why, buf, p->lang, "problem", &why_complaint,
                   CALC_ARGS(calc_arg_day(x->complaint_day), calc_arg_int(p->asof - x->complaint_day)));
    if (x->invoice && p->asof - x->due > p->overdue_days)
        return say(why, buf, p->lang, "problem", &why_invoice, CALC_ARGS(calc_arg_day(x->due), calc_arg_int(p->asof - x->due)));
    if (x->survey && x->perceived < x->expectation)
        return say(why, buf, p->lang, "problem", &why_survey,
                   CALC_ARGS(calc_arg_day(x->survey_day), calc_arg_real(x->perceived, 1), calc_arg_real(x->expectation, 1)));
    return NULL;
}

static const char *trend(const reader *d, const state *s, kam_column *why, kam_str *buf)
{
    const calc_lifecycle_params *p = d->p;
    calc_arg span = calc_arg_int(p->trend_days);
    if (p->asof - s->b.first < 2 * (int64_t)p->trend_days)
        return say(why, buf, p->lang, "stable", &why_young, CALC_ARGS(calc_arg_int(2 * (int64_t)p->trend_days)));
    if (s->prior <= 0) {
        if (s->recent > 0) return say(why, buf, p->lang, "growing", &why_growing_new, CALC_ARGS(span));
        return say(why, buf, p->lang, "stable", &why_quiet, CALC_ARGS(span));
    }
    /* 1e-12: 1.15 × 100 is 114.99… in binary */
    double recent = (double)s->recent, prior = (double)s->prior, slack = 1e-12 * prior;
    const char *cls = recent >= p->growing_ratio * prior - slack     ? "growing"
                      : recent <= p->declining_ratio * prior + slack ? "declining"
                                                                     : "stable";
    return say(why, buf, p->lang, cls, &why_growing, CALC_ARGS(span, calc_arg_pct(recent / prior)));
}

/* Pushes `why`, sets the phase, returns the class. */
static const char *decide(const reader *d, const state *s, kam_column *why, kam_str *buf, const char **phase)
{
    const calc_lifecycle_params *p = d->p;
    const troubles *x = s->tr;
    const char *opp = x->open ? kam_col_text(d->code, x->opportunity) : NULL;
    if (s->b.days == 0) {
        *phase = x->open ? "selling" : "potential";
        if (x->open) return say(why, buf, p->lang, *phase, &why_selling, CALC_ARGS(calc_arg_text(opp)));
        return say(why, buf, p->lang, *phase, &why_potential, NULL, 0);
    }
    if ((double)s->silent > s->lost_after) {
        *phase = "lost";
        return say(why, buf, p->lang, *phase, x->open ? &why_winning : &why_lost,
                   CALC_ARGS(calc_arg_int(s->silent), calc_arg_real(s->lost_after, 1), calc_arg_text(opp)));
    }
    *phase = "relationship";
    if (p->asof - s->b.first <= p->new_days)
        return say(why, buf, p->lang, "new", &why_new, CALC_ARGS(calc_arg_int(p->asof - s->b.first), calc_arg_int(p->new_days)));
    if (s->margin_known && s->b.window_margin - x->service_cost <= 0) {
        int exponent = kam_table_exponent(d->f->accounts);
        return say(why, buf, p->lang, "no-value", &why_no_value,
                   CALC_ARGS(calc_arg_int(p->window_days), calc_arg_money(s->b.window_margin, exponent),
                             calc_arg_money(x->service_cost, exponent)));
    }
    const char *cls = problem(d, s, why, buf);
    return cls ? cls : trend(d, s, why, buf);
}

static void look(const reader *d, size_t i, state *s)
{
    const calc_lifecycle_params *p = d->p;
    calc_buys_scan(d->f->ledger, i, p->asof, p->window_days, &s->b);
    s->tr = &d->tr[i];
    s->margin_known = s->b.window_no_margin == 0;
    s->recent = calc_net_between(d->f->ledger, i, p->asof - p->trend_days, p->asof);
    s->prior = calc_net_between(d->f->ledger, i, p->asof - 2 * (int64_t)p->trend_days, p->asof - p->trend_days);
    s->silent = s->b.days ? p->asof - s->b.last : 0;
    s->lost_after = p->lost_days;
    if (s->b.days > 1) /* the mean gap between purchase days */
        s->lost_after = fmax(s->lost_after, p->lost_gaps * (double)(s->b.last - s->b.first) / (double)(s->b.days - 1));
}

enum { OUT_ACCOUNT, OUT_NAME, OUT_CLASS, OUT_WHY, OUT_PHASE, OUT_FIRST, OUT_LAST, OUT_SILENT, OUT_LOST_AFTER, OUT_WINNING,
       OUT_REVENUE, OUT_MARGIN, OUT_COST, OUT_RECENT, OUT_PRIOR, OUT_COLS };
static const calc_col out_cols[OUT_COLS] = {
    {"account", KAM_TEXT, "classify.account"},
    {"name", KAM_TEXT, "classify.name"},
    {"class", KAM_TEXT, "classify.class"},
    {"why", KAM_TEXT, "classify.why"},
    {"phase", KAM_TEXT, "classify.lifecycle.phase"},
    {"first_purchase", KAM_DAY, "classify.first_purchase"},
    {"last_purchase", KAM_DAY, "classify.last_purchase"},
    {"silent_days", KAM_INT, "classify.lifecycle.silent_days"},
    {"lost_after", KAM_REAL, "classify.lifecycle.lost_after"},
    {"winning_back", KAM_FLAG, "classify.lifecycle.winning_back"},
    {"window_revenue", KAM_MONEY, "classify.window_revenue"},
    {"window_margin", KAM_MONEY, "classify.lifecycle.window_margin"},
    {"service_cost", KAM_MONEY, "classify.lifecycle.service_cost"},
    {"recent_revenue", KAM_MONEY, "classify.lifecycle.recent_revenue"},
    {"prior_revenue", KAM_MONEY, "classify.lifecycle.prior_revenue"},
};

static void push_row(const reader *d, const state *s, kam_column **c, kam_str *buf)
{
    const char *phase, *cls = decide(d, s, c[OUT_WHY], buf, &phase);
    bool bought = s->b.days > 0;
    kam_col_push_text(c[OUT_CLASS], cls);
    kam_col_push_text(c[OUT_PHASE], phase);
    calc_push_opt(c[OUT_FIRST], bought, s->b.first);
    calc_push_opt(c[OUT_LAST], bought, s->b.last);
    calc_push_opt(c[OUT_SILENT], bought, s->silent);
    if (bought) kam_col_push_real(c[OUT_LOST_AFTER], s->lost_after);
    else kam_col_push_missing(c[OUT_LOST_AFTER]);
    kam_col_push_int(c[OUT_WINNING], strcmp(phase, "lost") == 0 && s->tr->open);
    kam_col_push_int(c[OUT_REVENUE], s->b.window_net);
    calc_push_opt(c[OUT_MARGIN], s->margin_known, s->b.window_margin);
    kam_col_push_int(c[OUT_COST], s->tr->service_cost);
    kam_col_push_int(c[OUT_RECENT], s->recent);
    kam_col_push_int(c[OUT_PRIOR], s->prior);
}

kam_rc calc_lifecycle(const calc_facts *f, const calc_lifecycle_params *p, kam_table **out, kam_err *err)
{
    const kam_column *acc[CALC_ACC_COLS];
    reader d = {f, p, 0, NULL, NULL};
    kam_rc rc = calc_use_accounts(f, true, acc, &d.n, err);
    if (rc) return rc;
    d.tr = kam_calloc(d.n, sizeof *d.tr);
    rc = read_troubles(&d, err);
    if (rc) {
        kam_free(d.tr);
        return rc;
    }
    kam_column *c[OUT_COLS];
    kam_table *t = calc_out_new("classify.lifecycle", f->accounts, out_cols, OUT_COLS, c);
    kam_str buf = KAM_STR_INIT;
    for (size_t i = 0; i < d.n && calc_goes_on(t, i, d.n); i++) {
        state s;
        look(&d, i, &s);
        kam_col_push_from(c[OUT_ACCOUNT], acc[CALC_ACC_CODE], i);
        kam_col_push_from(c[OUT_NAME], acc[CALC_ACC_NAME], i);
        push_row(&d, &s, c, &buf);
    }
    if (!f->ledger->margin_minor && d.n) calc_note_say(t, p->lang, &note_no_cost, NULL, 0);
    kam_str_release(&buf);
    kam_free(d.tr);
    return calc_out_done(t, out, err);
}

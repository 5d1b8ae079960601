/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calc_quality_int.h"
#include "calc_rank.h"
#include "kam_mem.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

const char *const calc_quality_classes[] = {"good", "fair", "poor", NULL};

#define SAY(name, id, en, zh) static const calc_text name = {"quality." id, en, zh}
SAY(why_score, "score", "quality {1} of 10, from {2} of the card", "质量分 {1}（满分 10），依据评分卡的 {2}");
SAY(why_nothing, "nothing", "nothing is known of it yet", "目前一无所知");
SAY(flag_slice, "small-slice", "buys little but costs much to serve", "采购少而服务成本高");
SAY(flag_debt, "bad-debt", "bad debt is noted", "已记录坏账");
SAY(flag_stop, "stop", "{1} invoices are overdue: stop delivering", "逾期发票 {1} 张：应停止供货");
SAY(flag_strategy, "off-strategy", "pulls us off our strategy", "使我们偏离战略");
SAY(flag_unhappy, "unhappy", "unhappy after every effort", "百般努力仍不满意");
SAY(note_no_costs, "no-costs", "no cost is known, so margin rates are missing", "没有任何成本，毛利率缺失");
SAY(note_unknown, "unknown", "accounts without any known criterion and without a flag: {1}", "没有任何已知标准也没有预警的客户：{1} 个");

enum {
    O_ACCOUNT, O_NAME, O_CLASS, O_WHY, O_QUALITY, O_COVERAGE, O_MARK, O_HOW = O_MARK + CALC_QUALITY_CRITERIA, O_SLICE, O_DEBT,
    O_STRATEGY, O_UNHAPPY, O_LARGE, O_FINANCIAL, O_PROFIT, O_MANAGEMENT, O_CHURN, O_SMALL_GOOD, O_REVENUE, O_RATE, O_DELAY,
    O_SERVE, O_ALIVE, O_ALIVE_BEFORE, O_GROWTH, O_PERCENTILE, O_OVERDUE, O_RECEIVABLE, O_COLS
};
static const calc_col out_cols[O_COLS] = {
    {"account", KAM_TEXT, "classify.account"},
    {"name", KAM_TEXT, "classify.name"},
    {"class", KAM_TEXT, "quality.class"},
    {"why", KAM_TEXT, "classify.why"},
    {"quality", KAM_REAL, "quality.quality"},
    {"coverage", KAM_REAL, "card.coverage"},
    {"buying_power", KAM_REAL, "quality.buying_power"},
    {"margin_payment", KAM_REAL, "quality.margin_payment"},
    {"cost_to_serve", KAM_REAL, "quality.cost_to_serve"},
    {"loyalty", KAM_REAL, "quality.loyalty"},
    {"teaches", KAM_REAL, "quality.teaches"},
    {"how", KAM_TEXT, "quality.how"},
    {"small_slice", KAM_FLAG, "quality.small_slice"},
    {"bad_debt", KAM_FLAG, "quality.bad_debt"},
    {"off_strategy", KAM_FLAG, "quality.off_strategy"},
    {"unhappy", KAM_FLAG, "quality.unhappy"},
    {"large", KAM_FLAG, "quality.large"},
    {"risk_financial", KAM_FLAG, "quality.risk_financial"},
    {"risk_profit", KAM_FLAG, "quality.risk_profit"},
    {"risk_management", KAM_FLAG, "quality.risk_management"},
    {"risk_churn", KAM_FLAG, "quality.risk_churn"},
    {"small_good", KAM_FLAG, "quality.small_good"},
    {"window_revenue", KAM_MONEY, "classify.window_revenue"},
    {"margin_rate", KAM_REAL, "quality.margin_rate"},
    {"payment_delay", KAM_REAL, "quality.payment_delay"},
    {"serve_rate", KAM_REAL, "quality.serve_rate"},
    {"p_alive", KAM_REAL, "quality.p_alive"},
    {"p_alive_before", KAM_REAL, "quality.p_alive_before"},
    {"growth", KAM_REAL, "quality.growth"},
    {"lifetime_percentile", KAM_REAL, "quality.lifetime_percentile"},
    {"overdue", KAM_INT, "quality.overdue"},
    {"receivable", KAM_MONEY, "quality.receivable"},
};

/* --- flags --------------------------------------------------------------------------------------------------------- */

static bool entered_risk(const quality_work *w, size_t i, const char *key)
{
    if (!w->q->risks) return false;
    const calc_card *card = w->q->risks->card;
    double v = calc_marks_of(w->q->risks, i)[calc_card_criterion(card, key) - card->criteria];
    return !isnan(v) && v >= w->p->entered_risk;
}

static int descending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x < y) - (x > y);
}

/* Middle and large border of the revenues of those who bought in the window; equal revenues are on the same side. */
static void revenue_borders(const quality_work *w, double *middle, double *large)
{
    double *v = kam_calloc(w->n + 1, sizeof *v);
    size_t k = 0;
    for (size_t i = 0; i < w->n; i++)
        if (w->a[i].revenue > 0) v[k++] = (double)w->a[i].revenue;
    *middle = -1;
    *large = INFINITY;
    if (k) {
        qsort(v, k, sizeof *v, descending);
        size_t top = (size_t)floor(w->p->large_share * (double)k + 0.5);
        *large = v[top > 1 ? top - 1 : 0];
        *middle = k % 2 ? v[k / 2] : (v[k / 2 - 1] + v[k / 2]) / 2;
    }
    kam_free(v);
}

static void raise_flags(quality_work *w)
{
    double middle, large;
    revenue_borders(w, &middle, &large);
    for (size_t i = 0; i < w->n && calc_goes_on(w->f->accounts, i, w->n); i++) {
        quality_fact *x = &w->a[i];
        bool little = x->revenue > 0 && (double)x->revenue <= middle && x->serve_rate > w->p->serve_share;
        x->small_slice = little || (x->bought && x->revenue <= 0 && x->serve_cost > 0);
        x->bad_debt = x->debt_noted || x->overdue >= w->p->stop_invoices;
        x->is_unhappy = entered_risk(w, i, "unhappy") || x->unhappy >= w->p->unhappy_surveys;
        x->large = x->revenue > 0 && (double)x->revenue >= large;
    }
}

static const char *class_of(const quality_work *w, const quality_fact *x, bool known, double quality)
{
    if (x->small_slice || x->bad_debt || x->off_strategy || x->is_unhappy) return "poor";
    if (!known) return NULL;
    return quality >= w->p->good ? "good" : quality < w->p->poor ? "poor" : "fair";
}

/* --- output -------------------------------------------------------------------------------------------------------- */

static void add_flag(kam_str *why, calc_lang lang, bool on, const calc_text *t, const calc_arg *args, size_t n)
{
    if (!on) return;
    if (why->len) kam_str_add(why, lang == CALC_ZH ? "；" : "; ");
    calc_say(why, lang, t, args, n);
}

static void push_class(const quality_work *w, kam_column **c, const quality_fact *x, bool known, double quality, double coverage)
{
    kam_str why = KAM_STR_INIT;
    calc_lang lang = w->p->lang;
    kam_col_push_text(c[O_CLASS], class_of(w, x, known, quality));
    add_flag(&why, lang, x->small_slice, &flag_slice, NULL, 0);
    if (x->overdue >= w->p->stop_invoices) add_flag(&why, lang, true, &flag_stop, CALC_ARGS(calc_arg_int(x->overdue)));
    else add_flag(&why, lang, x->debt_noted, &flag_debt, NULL, 0);
    add_flag(&why, lang, x->off_strategy, &flag_strategy, NULL, 0);
    add_flag(&why, lang, x->is_unhappy, &flag_unhappy, NULL, 0);
    add_flag(&why, lang, known, &why_score, CALC_ARGS(calc_arg_real(quality, 1), calc_arg_pct(coverage)));
    add_flag(&why, lang, why.len == 0, &why_nothing, NULL, 0);
    kam_col_push_text(c[O_WHY], kam_str_cstr(&why));
    kam_str_release(&why);
}

static void push_marks(kam_column **c, const calc_marks *m, size_t i)
{
    char how[2 * CALC_QUALITY_CRITERIA];
    for (size_t k = 0; k < CALC_QUALITY_CRITERIA; k++) {
        calc_mark_how h = calc_marks_how(m, i, k);
        kam_col_push_real(c[O_MARK + k], calc_marks_of(m, i)[k]);
        how[2 * k] = h == CALC_MARK_MEASURED ? 'm' : h == CALC_MARK_ENTERED ? 'e' : '-';
        how[2 * k + 1] = ' ';
    }
    kam_col_push_textn(c[O_HOW], how, sizeof how - 1);
}

static void push_risks(const quality_work *w, kam_column **c, size_t i)
{
    const quality_fact *x = &w->a[i];
    const calc_quality_params *p = w->p;
    double annual = (double)x->revenue * 365.0 / p->window_days;
    bool financial = x->has_receivable && (p->asof - x->oldest > p->receivable_days || (double)x->receivable > p->receivable_share * annual);
    bool rates = !isnan(x->margin_rate) && !isnan(w->portfolio_rate);
    calc_push_opt(c[O_FINANCIAL], x->large, financial);
    calc_push_opt(c[O_PROFIT], x->large && rates, rates && x->margin_rate < p->profit_ratio * w->portfolio_rate);
    calc_push_opt(c[O_MANAGEMENT], x->large, x->violations > 0);
    calc_push_opt(c[O_CHURN], x->large, x->sighted || entered_risk(w, i, "makes-itself") || x->before - x->alive > p->churn_drop);
}

static void push_facts(const quality_work *w, kam_column **c, size_t i, double percentile)
{
    const quality_fact *x = &w->a[i];
    kam_col_push_int(c[O_REVENUE], x->revenue);
    kam_col_push_real(c[O_RATE], x->margin_rate);
    kam_col_push_real(c[O_DELAY], x->delay);
    kam_col_push_real(c[O_SERVE], x->serve_rate);
    kam_col_push_real(c[O_ALIVE], x->alive);
    kam_col_push_real(c[O_ALIVE_BEFORE], x->before);
    kam_col_push_real(c[O_GROWTH], x->growth);
    kam_col_push_real(c[O_PERCENTILE], percentile);
    kam_col_push_int(c[O_OVERDUE], x->overdue);
    kam_col_push_int(c[O_RECEIVABLE], x->receivable);
}

static size_t push_rows(const quality_work *w, const kam_table *t, const kam_column *const acc[], const calc_marks *marks, kam_column **c)
{
    const calc_quality_params *p = w->p;
    double *percentile = kam_calloc(w->n + 1, sizeof *percentile);
    size_t unknown = 0;
    for (size_t i = 0; i < w->n; i++) percentile[i] = w->q->lifetime_minor ? w->q->lifetime_minor[i] : NAN;
    calc_rank_marks(percentile, w->n, 100, false, percentile);
    for (size_t i = 0; i < w->n && calc_goes_on(t, i, w->n); i++) {
        const quality_fact *x = &w->a[i];
        double quality = NAN, coverage = 0;
        bool known = calc_card_score(marks->card, p->weights, calc_marks_of(marks, i), &quality, &coverage);
        bool small = x->revenue > 0 && !x->large, growing = x->growth >= p->small_growth;
        kam_col_push_from(c[O_ACCOUNT], acc[CALC_ACC_CODE], i);
        kam_col_push_from(c[O_NAME], acc[CALC_ACC_NAME], i);
        push_class(w, c, x, known, quality, coverage);
        unknown += class_of(w, x, known, quality) == NULL;
        kam_col_push_real(c[O_QUALITY], known ? quality : NAN);
        kam_col_push_real(c[O_COVERAGE], coverage);
        push_marks(c, marks, i);
        kam_col_push_int(c[O_SLICE], x->small_slice);
        kam_col_push_int(c[O_DEBT], x->bad_debt);
        kam_col_push_int(c[O_STRATEGY], x->off_strategy);
        kam_col_push_int(c[O_UNHAPPY], x->is_unhappy);
        kam_col_push_int(c[O_LARGE], x->large);
        push_risks(w, c, i);
        kam_col_push_int(c[O_SMALL_GOOD], small && known && quality >= p->good && (growing || percentile[i] >= p->small_percentile));
        push_facts(w, c, i, percentile[i]);
    }
    kam_free(percentile);
    return unknown;
}

kam_rc calc_quality(const calc_facts *f, const calc_quality_facts *q, const calc_quality_params *p, calc_marks *marks,
                    kam_table **out, kam_err *err)
{
    const kam_column *acc[CALC_ACC_COLS];
    quality_work w = {.f = f, .q = q, .p = p};
    kam_rc rc = calc_use_accounts(f, true, acc, &w.n, err);
    if (rc) return rc;
    KAM_ASSERT(marks->card->n == CALC_QUALITY_CRITERIA && marks->n == w.n);
    w.a = kam_calloc(w.n + 1, sizeof *w.a);
    rc = calc_quality_collect(&w, err);
    if (!rc) {
        kam_column *c[O_COLS];
        kam_table *t = calc_out_new("quality.title", f->accounts, out_cols, O_COLS, c);
        calc_quality_mark(&w, marks);
        raise_flags(&w);
        size_t unknown = push_rows(&w, t, acc, marks, c);
        if (w.no_costs) calc_note_say(t, p->lang, &note_no_costs, NULL, 0);
        if (unknown) calc_note_say(t, p->lang, &note_unknown, CALC_ARGS(calc_arg_int((int64_t)unknown)));
        rc = calc_out_done(t, out, err);
    }
    kam_free(w.a);
    return rc;
}

/* --- measures ------------------------------------------------------------------------------------------------------ */

static void add_share(calc_measures *m, const char *name, int64_t k, int64_t n)
{
    double low, high;
    if (!calc_wilson((double)k, (double)n, 0.95, &low, &high)) return;
    calc_measures_range(m, name, (double)k / (double)n, low, high, n);
}

kam_rc calc_quality_measures(const kam_table *rows, kam_table **out, kam_err *err)
{
    enum { CLASS, QUALITY, COVERAGE, REVENUE, LARGE, FINANCIAL, PROFIT, MANAGEMENT, CHURN, SMALL_GOOD, COLS };
    static const calc_use want[COLS] = {
        {"class", KAM_TEXT, false},           {"quality", KAM_REAL, false},        {"coverage", KAM_REAL, false},
        {"window_revenue", KAM_MONEY, false}, {"large", KAM_FLAG, false},          {"risk_financial", KAM_FLAG, false},
        {"risk_profit", KAM_FLAG, false},     {"risk_management", KAM_FLAG, false}, {"risk_churn", KAM_FLAG, false},
        {"small_good", KAM_FLAG, false}};
    const kam_column *c[COLS];
    kam_rc rc = calc_use_table(rows, "rows", want, COLS, c, err);
    if (rc) return rc;
    int64_t count[4] = {0}, n = (int64_t)kam_table_rows(rows), large = 0, at_risk = 0, small_good = 0, scored = 0;
    double quality = 0, coverage = 0, revenue[4] = {0}, all = 0;
    for (size_t i = 0; i < (size_t)n; i++) {
        int k = 0;
        while (k < 3 && !calc_text_is(c[CLASS], i, calc_quality_classes[k])) k++;
        count[k]++;
        revenue[k] += kam_col_real(c[REVENUE], i);
        all += kam_col_real(c[REVENUE], i);
        coverage += kam_col_real(c[COVERAGE], i);
        scored += calc_known(c[QUALITY], i);
        quality += kam_col_real(c[QUALITY], i);
        large += kam_col_int(c[LARGE], i);
        at_risk += kam_col_int(c[FINANCIAL], i) || kam_col_int(c[PROFIT], i) || kam_col_int(c[MANAGEMENT], i) || kam_col_int(c[CHURN], i);
        small_good += kam_col_int(c[SMALL_GOOD], i);
    }
    calc_measures m;
    calc_measures_start(&m, "quality.measures", rows);
    static const char *const names[] = {"good", "fair", "poor", "unknown"};
    for (int k = 0; k < 4; k++) calc_measures_value(&m, names[k], (double)count[k], n);
    add_share(&m, "share_good", count[0], n);
    add_share(&m, "share_poor", count[2], n);
    calc_measures_value(&m, "quality_mean", scored ? quality / (double)scored : NAN, scored);
    calc_measures_value(&m, "coverage_mean", n ? coverage / (double)n : NAN, n);
    calc_measures_value(&m, "revenue_good", all > 0 ? revenue[0] / all : NAN, count[0]);
    calc_measures_value(&m, "revenue_poor", all > 0 ? revenue[2] / all : NAN, count[2]);
    calc_measures_value(&m, "large_at_risk", (double)at_risk, large);
    calc_measures_value(&m, "small_good", (double)small_good, n - large);
    kam_table_seal(m.t);
    *out = m.t;
    return KAM_OK;
}

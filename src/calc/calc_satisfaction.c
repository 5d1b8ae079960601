/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calc_satisfaction.h"
#include "calc_use.h"
#include "kam_mem.h"
#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

const char *const calc_satisfaction_classes[] = {"dissatisfied", "satisfied", "delighted", NULL};
const char *const calc_factor_classes[] = {"improve", "keep", "later", "less", NULL};

#define SAY(name, id, en, zh) static const calc_text name = {"satisfaction." id, en, zh}
SAY(why_first, "first", "perceived {1}, expected {2}", "感知 {1}，期望 {2}");
SAY(why_change, "change", "perceived {1}, expected {2}; the gap was {3} on {4}", "感知 {1}，期望 {2}；{4} 时差距为 {3}");
SAY(note_never, "never", "{1} of {2} accounts were never asked", "{2} 个客户中有 {1} 个从未调查");
SAY(note_once, "once", "an account counts once a period, with its latest survey; intervals at {1} (setting level)", "同一客户每期只计一次，取最近一次调查；区间水平 {1}（设置 level）");
SAY(note_factor, "factor", "latest marks of each account in the last {1} days (setting window); borders: mean importance {2}, mean perceived {3}",
    "取各客户最近 {1} 天（设置 window）内的最新评分；分界：重要性均值 {2}，感知均值 {3}");

/* --- small statistics ----------------------------------------------------------------------------------------------- */

bool calc_mean_interval(double sum, double sum2, int64_t n, double level, double *mean, double *low, double *high)
{
    *low = *high = NAN;
    if (n <= 0) return false;
    *mean = sum / (double)n;
    if (n == 1) return true;
    double var = fmax(0, sum2 - sum * *mean) / (double)(n - 1);
    double half = gsl_cdf_tdist_Pinv(0.5 + level / 2, (double)(n - 1)) * sqrt(var / (double)n);
    *low = *mean - half;
    *high = *mean + half;
    return true;
}

typedef struct mean {
    double sum, sum2;
    int64_t n;
} mean;

static void add(mean *m, double x)
{
    if (isnan(x)) return;
    m->sum += x;
    m->sum2 += x * x;
    m->n++;
}

static double mean_of(const mean *m) { return m->n ? m->sum / (double)m->n : NAN; }

static void push_interval(kam_column **c, const mean *m, double level)
{
    double mid = NAN, low, high;
    if (!calc_mean_interval(m->sum, m->sum2, m->n, level, &mid, &low, &high)) mid = NAN;
    kam_col_push_real(c[0], mid);
    kam_col_push_real(c[1], low);
    kam_col_push_real(c[2], high);
}

/* --- surveys -------------------------------------------------------------------------------------------------------- */

enum { A_ROW, A_SURVEY, A_DATE, A_EXPECTATION, A_PERCEIVED, A_RECOMMEND, A_AGAIN, A_FIRST, A_FAVOUR, A_COLS };
static const calc_use answer_cols[A_COLS] = {
    {"row", KAM_INT, false},       {"survey", KAM_INT, false},   {"date", KAM_DAY, false},    {"expectation", KAM_REAL, true}, {"perceived", KAM_REAL, true},
    {"recommend", KAM_REAL, true}, {"buy_again", KAM_FLAG, true}, {"named_first", KAM_FLAG, true}, {"favourable", KAM_FLAG, true}};

typedef struct survey {
    size_t row, source;
    int64_t day, id;
    double expectation, perceived, gap;
} survey;

/* By account, then day; of one day the worst last, so that the last of an account is the one that counts. */
static int by_account(const void *a, const void *b)
{
    const survey *x = a, *y = b;
    if (x->row != y->row) return x->row < y->row ? -1 : 1;
    if (x->day != y->day) return x->day < y->day ? -1 : 1;
    if (x->gap > y->gap) return -1;
    if (x->gap < y->gap) return 1;
    return x->id < y->id ? -1 : x->id > y->id;
}

/* Surveys with both marks up to D, sorted; the caller frees. */
static kam_rc surveys(const kam_table *answers, size_t n_accounts, kam_day asof, survey **out, size_t *n, kam_err *err)
{
    const kam_column *c[A_COLS];
    kam_rc rc = calc_use_table(answers, "answers", answer_cols, A_COLS, c, err);
    if (rc) return rc;
    survey *s = kam_calloc(calc_use_rows(answers) + 1, sizeof *s);
    *n = 0;
    for (size_t r = 0, rows = calc_use_rows(answers); r < rows; r++) {
        size_t i = calc_row_at(c[A_ROW], r, n_accounts);
        if (i == SIZE_MAX || !calc_known(c[A_DATE], r) || kam_col_int(c[A_DATE], r) > asof) continue;
        if (!calc_known(c[A_EXPECTATION], r) || !calc_known(c[A_PERCEIVED], r)) continue;
        double e = kam_col_real(c[A_EXPECTATION], r), v = kam_col_real(c[A_PERCEIVED], r);
        s[(*n)++] = (survey){i, r, kam_col_int(c[A_DATE], r), kam_col_int(c[A_SURVEY], r), e, v, v - e};
    }
    qsort(s, *n, sizeof *s, by_account);
    *out = s;
    return KAM_OK;
}

static int class_of(double gap) { return gap < 0 ? 0 : gap > 0 ? 2 : 1; }

typedef struct verdict {
    const survey *last, *before; /* before: on an earlier day, NULL: none */
    int64_t surveys;
    const char *code;
} verdict;

static int worst_first(const void *a, const void *b)
{
    const verdict *x = a, *y = b;
    if (x->last->gap < y->last->gap) return -1;
    if (x->last->gap > y->last->gap) return 1;
    return strcmp(x->code, y->code);
}

static const calc_col account_cols[] = {
    {"account", KAM_TEXT, "classify.account"},      {"name", KAM_TEXT, "classify.name"},         {"class", KAM_TEXT, "classify.class"},
    {"why", KAM_TEXT, "classify.why"},              {"date", KAM_DAY, "satisfaction.date"},      {"age_days", KAM_INT, "satisfaction.age_days"},
    {"survey", KAM_INT, "satisfaction.survey"},     {"expectation", KAM_REAL, "survey.expectation"}, {"perceived", KAM_REAL, "survey.perceived"},
    {"gap", KAM_REAL, "satisfaction.gap"},          {"previous", KAM_DAY, "satisfaction.previous"}, {"change", KAM_REAL, "satisfaction.change"},
    {"surveys", KAM_INT, "satisfaction.surveys"}};

static void push_verdict(kam_column **c, kam_str *buf, const kam_column *name, const verdict *v, const calc_satisfaction_params *p)
{
    const survey *s = v->last;
    calc_arg perceived = calc_arg_real(s->perceived, 1), expected = calc_arg_real(s->expectation, 1);
    kam_col_push_text(c[0], v->code);
    kam_col_push_from(c[1], name, s->row);
    kam_col_push_text(c[2], calc_satisfaction_classes[class_of(s->gap)]);
    if (v->before)
        calc_push_say(c[3], buf, p->lang, &why_change, CALC_ARGS(perceived, expected, calc_arg_real(v->before->gap, 1), calc_arg_day(v->before->day)));
    else calc_push_say(c[3], buf, p->lang, &why_first, CALC_ARGS(perceived, expected));
    kam_col_push_int(c[4], s->day);
    kam_col_push_int(c[5], p->asof - s->day);
    kam_col_push_int(c[6], s->id);
    kam_col_push_real(c[7], s->expectation);
    kam_col_push_real(c[8], s->perceived);
    kam_col_push_real(c[9], s->gap);
    calc_push_opt(c[10], v->before, v->before ? v->before->day : 0);
    kam_col_push_real(c[11], v->before ? s->gap - v->before->gap : NAN);
    kam_col_push_int(c[12], v->surveys);
}

kam_rc calc_satisfaction_accounts(const calc_facts *f, const kam_table *answers, const calc_satisfaction_params *p, kam_table **out, kam_err *err)
{
    const kam_column *acc[CALC_ACC_COLS];
    kam_column *c[CALC_COUNT(account_cols)];
    survey *s = NULL;
    size_t n, m, k = 0;
    kam_rc rc = calc_use_accounts(f, false, acc, &n, err);
    if (!rc) rc = surveys(answers, n, p->asof, &s, &m, err);
    if (rc) return rc;
    verdict *v = kam_calloc(n + 1, sizeof *v);
    for (size_t lo = 0, hi; lo < m; lo = hi, k++) {
        for (hi = lo; hi < m && s[hi].row == s[lo].row; hi++) v[k].surveys++;
        v[k].last = &s[hi - 1];
        v[k].code = kam_col_text(acc[CALC_ACC_CODE], s[lo].row);
        for (size_t i = hi; i-- > lo && !v[k].before;)
            if (s[i].day < v[k].last->day) v[k].before = &s[i];
    }
    qsort(v, k, sizeof *v, worst_first);
    kam_str buf = KAM_STR_INIT;
    kam_table *t = calc_out_new("satisfaction.accounts", f->accounts, account_cols, CALC_COUNT(account_cols), c);
    for (size_t i = 0; i < k && calc_goes_on(t, i, k); i++) push_verdict(c, &buf, acc[CALC_ACC_NAME], &v[i], p);
    calc_note_say(t, p->lang, &note_never, CALC_ARGS(calc_arg_int((int64_t)(n - k)), calc_arg_int((int64_t)n)));
    kam_str_release(&buf);
    kam_free(v);
    kam_free(s);
    return calc_out_done(t, out, err);
}

/* --- over time ------------------------------------------------------------------------------------------------------ */

typedef struct period {
    kam_day start;
    mean expectation, perceived, gap;
    int64_t n[3];
} period;

/* Surveys that count in their period (the last of each account and period) come first; their number. */
static size_t keep_latest(survey *s, size_t m, calc_span by)
{
    size_t k = 0;
    for (size_t i = 0; i < m; i++)
        if (i + 1 == m || s[i + 1].row != s[i].row || calc_span_start(by, s[i + 1].day) != calc_span_start(by, s[i].day)) s[k++] = s[i];
    return k;
}

static int by_day(const void *a, const void *b)
{
    const survey *x = a, *y = b;
    return x->day < y->day ? -1 : x->day > y->day ? 1 : by_account(a, b);
}

static void push_period(kam_column **c, const period *x, const calc_satisfaction_params *p)
{
    char name[CALC_SPAN_MAX];
    calc_span_name(p->by, x->start, name);
    kam_col_push_text(c[0], name);
    kam_col_push_int(c[1], x->gap.n);
    kam_col_push_real(c[2], mean_of(&x->expectation));
    kam_col_push_real(c[3], mean_of(&x->perceived));
    push_interval(&c[4], &x->gap, p->level);
    for (int i = 0; i < 3; i++) kam_col_push_int(c[7 + i], x->n[i]);
    kam_col_push_real(c[10], (double)x->n[2] / (double)x->gap.n);
}

kam_rc calc_satisfaction_time(const calc_facts *f, const kam_table *answers, const calc_satisfaction_params *p, kam_table **out, kam_err *err)
{
    static const calc_col cols[] = {
        {"period", KAM_TEXT, "retention.period"},        {"accounts", KAM_INT, "satisfaction.accounts_asked"}, {"expectation", KAM_REAL, "survey.expectation"},
        {"perceived", KAM_REAL, "survey.perceived"},     {"gap", KAM_REAL, "satisfaction.gap"},      {"gap_low", KAM_REAL, "measures.low"},
        {"gap_high", KAM_REAL, "measures.high"},         {"dissatisfied", KAM_INT, "satisfaction.class.dissatisfied"},
        {"satisfied", KAM_INT, "satisfaction.class.satisfied"}, {"delighted", KAM_INT, "satisfaction.class.delighted"},
        {"delighted_share", KAM_REAL, "satisfaction.delighted_share"}};
    const kam_column *acc[CALC_ACC_COLS];
    kam_column *c[CALC_COUNT(cols)];
    survey *s = NULL;
    size_t n, m;
    kam_rc rc = calc_use_accounts(f, false, acc, &n, err);
    if (!rc) rc = surveys(answers, n, p->asof, &s, &m, err);
    if (rc) return rc;
    m = keep_latest(s, m, p->by);
    qsort(s, m, sizeof *s, by_day);
    kam_table *t = calc_out_new("satisfaction.time", f->accounts, cols, CALC_COUNT(cols), c);
    for (size_t lo = 0, hi; lo < m; lo = hi) {
        period x = {.start = calc_span_start(p->by, s[lo].day)};
        for (hi = lo; hi < m && calc_span_start(p->by, s[hi].day) == x.start; hi++) {
            add(&x.expectation, s[hi].expectation);
            add(&x.perceived, s[hi].perceived);
            add(&x.gap, s[hi].gap);
            x.n[class_of(s[hi].gap)]++;
        }
        push_period(c, &x, p);
    }
    calc_note_say(t, p->lang, &note_once, CALC_ARGS(calc_arg_pct(p->level)));
    kam_table_seal(t);
    kam_free(s);
    *out = t;
    return KAM_OK;
}

/* --- factors -------------------------------------------------------------------------------------------------------- */

typedef struct mark {
    const char *factor;
    size_t row;
    int64_t day;
    double importance, expectation, perceived;
    size_t source;
} mark;

static double real_at(const kam_column *c, size_t r) { return calc_known(c, r) ? kam_col_real(c, r) : NAN; }

/* By factor, account, day; the later row of a day counts. */
static int by_factor(const void *a, const void *b)
{
    const mark *x = a, *y = b;
    int k = strcmp(x->factor, y->factor);
    if (k) return k;
    if (x->row != y->row) return x->row < y->row ? -1 : 1;
    if (x->day != y->day) return x->day < y->day ? -1 : 1;
    return x->source < y->source ? -1 : 1;
}

typedef struct factor {
    const char *key;
    mean importance, expectation, perceived, gap;
    int cls; /* -1: unknown */
} factor;

static kam_rc marks(const kam_table *factors, size_t n, const calc_satisfaction_params *p, mark **out, size_t *m, kam_err *err)
{
    static const calc_use want[] = {{"row", KAM_INT, false}, {"date", KAM_DAY, false}, {"factor", KAM_TEXT, false}, {"importance", KAM_REAL, true},
                                    {"expectation", KAM_REAL, true}, {"perceived", KAM_REAL, true}};
    const kam_column *c[CALC_COUNT(want)];
    kam_rc rc = calc_use_table(factors, "factors", want, CALC_COUNT(want), c, err);
    if (rc) return rc;
    mark *x = kam_calloc(calc_use_rows(factors) + 1, sizeof *x);
    *m = 0;
    for (size_t r = 0, rows = calc_use_rows(factors); r < rows; r++) {
        size_t i = calc_row_at(c[0], r, n);
        if (i == SIZE_MAX || !calc_known(c[1], r) || !calc_known(c[2], r)) continue;
        int64_t day = kam_col_int(c[1], r);
        if (day > p->asof || day <= p->asof - p->window_days) continue;
        x[(*m)++] = (mark){kam_col_text(c[2], r), i, day, real_at(c[3], r), real_at(c[4], r), real_at(c[5], r), r};
    }
    qsort(x, *m, sizeof *x, by_factor);
    *out = x;
    return KAM_OK;
}

static int factor_order(const void *a, const void *b)
{
    const factor *x = a, *y = b;
    int cx = x->cls < 0 ? 9 : x->cls, cy = y->cls < 0 ? 9 : y->cls;
    if (cx != cy) return cx - cy;
    double ix = mean_of(&x->importance), iy = mean_of(&y->importance);
    if (ix > iy) return -1;
    if (ix < iy) return 1;
    return strcmp(x->key, y->key);
}

/* Factors of the sorted marks, an account counting once with its latest; their number, in a block the caller frees. */
static factor *gather(const mark *x, size_t m, size_t *n)
{
    factor *f = kam_calloc(m + 1, sizeof *f);
    *n = 0;
    for (size_t i = 0; i < m; i++) {
        bool next_same = i + 1 < m && strcmp(x[i + 1].factor, x[i].factor) == 0;
        if (next_same && x[i + 1].row == x[i].row) continue;
        factor *y = &f[*n];
        y->key = x[i].factor;
        add(&y->importance, x[i].importance);
        add(&y->expectation, x[i].expectation);
        add(&y->perceived, x[i].perceived);
        add(&y->gap, x[i].perceived - x[i].expectation);
        if (!next_same) (*n)++;
    }
    return f;
}

kam_rc calc_satisfaction_factors(const calc_facts *f, const kam_table *factors, const calc_satisfaction_params *p, kam_table **out, kam_err *err)
{
    static const calc_col cols[] = {
        {"factor", KAM_TEXT, "satisfaction.factor"},       {"class", KAM_TEXT, "satisfaction.factor_class"}, {"accounts", KAM_INT, "satisfaction.accounts_asked"},
        {"importance", KAM_REAL, "satisfaction.importance"}, {"expectation", KAM_REAL, "survey.expectation"}, {"perceived", KAM_REAL, "survey.perceived"},
        {"gap", KAM_REAL, "satisfaction.gap"},             {"gap_low", KAM_REAL, "measures.low"},            {"gap_high", KAM_REAL, "measures.high"}};
    const kam_column *acc[CALC_ACC_COLS];
    kam_column *c[CALC_COUNT(cols)];
    mark *x = NULL;
    mean importance = {0, 0, 0}, perceived = {0, 0, 0};
    size_t n, m, k;
    kam_rc rc = calc_use_accounts(f, false, acc, &n, err);
    if (!rc) rc = marks(factors, n, p, &x, &m, err);
    if (rc) return rc;
    factor *y = gather(x, m, &k);
    for (size_t i = 0; i < k; i++) {
        add(&importance, mean_of(&y[i].importance));
        add(&perceived, mean_of(&y[i].perceived));
    }
    for (size_t i = 0; i < k; i++) {
        double a = mean_of(&y[i].importance), b = mean_of(&y[i].perceived);
        /* 1e-9: a mean of means is not exact in binary */
        bool important = a >= mean_of(&importance) - 1e-9, strong = b >= mean_of(&perceived) - 1e-9;
        y[i].cls = isnan(a) || isnan(b) ? -1 : important ? strong : strong ? 3 : 2;
    }
    qsort(y, k, sizeof *y, factor_order);
    kam_table *t = calc_out_new("satisfaction.factors", f->accounts, cols, CALC_COUNT(cols), c);
    for (size_t i = 0; i < k; i++) {
        int64_t asked = y[i].perceived.n > y[i].importance.n ? y[i].perceived.n : y[i].importance.n;
        kam_col_push_text(c[0], y[i].key);
        kam_col_push_text(c[1], y[i].cls < 0 ? NULL : calc_factor_classes[y[i].cls]);
        kam_col_push_int(c[2], asked);
        kam_col_push_real(c[3], mean_of(&y[i].importance));
        kam_col_push_real(c[4], mean_of(&y[i].expectation));
        kam_col_push_real(c[5], mean_of(&y[i].perceived));
        push_interval(&c[6], &y[i].gap, p->level);
    }
    if (k)
        calc_note_say(t, p->lang, &note_factor, CALC_ARGS(calc_arg_int(p->window_days), calc_arg_real(mean_of(&importance), 2), calc_arg_real(mean_of(&perceived), 2)));
    kam_table_seal(t);
    kam_free(y);
    kam_free(x);
    *out = t;
    return KAM_OK;
}

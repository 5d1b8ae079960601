/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calc_retention.h"
#include "calc_rank.h"
#include "calc_use.h"
#include "kam_mem.h"
#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

static const calc_text note_rule = {"retention.rule", "lost: the first day of silence for more than max({1} days, {2} × own mean gap) (settings lifecycle-lost-days, lifecycle-lost-gaps); intervals at {3} (setting level)",
                                    "流失：沉默首次超过 max（{1} 天，{2} × 自身平均间隔）之日（设置 lifecycle-lost-days、lifecycle-lost-gaps）；区间水平 {3}（设置 level）"};
static const calc_text note_late = {"retention.late", "a loss shows only after {1} days of silence: a period's losses stopped buying at least that long before",
                                    "流失要沉默 {1} 天后才显现：某期流失的客户至少在那么久以前就已停止购买"};
static const calc_text note_cohort = {"retention.cohort", "year k of an account begins (k − 1) × 365 days after its first purchase; only accounts that have lived all of it count; active: bought in it again; nobody is lost in year 1 by the rule",
                                      "第 k 年自各客户首购后（k − 1）× 365 天起；只计已满该年的客户；active 指当年再次购买；按规则第 1 年内无人流失"};

/* --- spans of the calendar -------------------------------------------------------------------------------------- */

kam_day calc_span_start(calc_span by, kam_day day)
{
    int y, m, d;
    kam_day_to_ymd(day, &y, &m, &d);
    if (by == CALC_BY_YEAR) m = 1;
    if (by == CALC_BY_QUARTER) m -= (m - 1) % 3;
    return kam_day_from_ymd(y, m, 1);
}

kam_day calc_span_after(calc_span by, kam_day day)
{
    return kam_day_add_months(calc_span_start(by, day), by == CALC_BY_YEAR ? 12 : by == CALC_BY_QUARTER ? 3 : 1);
}

void calc_span_name(calc_span by, kam_day day, char out[CALC_SPAN_MAX])
{
    int y, m, d;
    kam_day_to_ymd(day, &y, &m, &d);
    y = y < 0 ? 0 : y % 10000;
    if (by == CALC_BY_YEAR) snprintf(out, CALC_SPAN_MAX, "%04d", y);
    else if (by == CALC_BY_QUARTER) snprintf(out, CALC_SPAN_MAX, "%04d-Q%d", y, (unsigned)(m - 1) % 12 / 3 + 1);
    else snprintf(out, CALC_SPAN_MAX, "%04d-%02d", y, m);
}

/* --- periods ---------------------------------------------------------------------------------------------------- */

typedef struct bucket {
    kam_day start, after; /* [start, after) of the calendar */
    int64_t opening, fresh, won_back, lost, kept;
    double value, value_kept;
    double vv, vk, kk; /* Σ v², Σ v²k, over accounts of the opening: k is 0 or 1, so k² = k */
    int64_t valued;
} bucket;

/* Periods from the first purchase to D; their number. */
static bucket *periods(const kam_ledger *l, const calc_retention_params *p, size_t *n)
{
    kam_day first = p->asof + 1;
    for (size_t i = 0; i < l->n_accounts; i++)
        for (size_t k = l->start[i]; k < l->start[i + 1] && l->day[k] < first; k++)
            if (l->net_minor[k] > 0) {
                first = l->day[k];
                break;
            }
    bucket *b = NULL;
    size_t cap = 0;
    *n = 0;
    for (kam_day d = first; d <= p->asof; d = b[*n - 1].after) {
        KAM_GROW(b, cap, *n + 1);
        b[(*n)++] = (bucket){.start = calc_span_start(p->by, d), .after = calc_span_after(p->by, d)};
    }
    return b;
}

static size_t find(const bucket *b, size_t n, kam_day day)
{
    size_t lo = 0, hi = n;
    while (hi - lo > 1) {
        size_t mid = lo + (hi - lo) / 2;
        if (b[mid].start <= day) lo = mid;
        else hi = mid;
    }
    return lo;
}

/* Sliding net of the window before each opening, one pass over the account's days. */
typedef struct slide {
    size_t in, out;
    double sum;
} slide;

static double value_at(const kam_ledger *l, size_t account, slide *s, kam_day until, int window)
{
    for (; s->in < l->start[account + 1] && l->day[s->in] <= until; s->in++) s->sum += (double)l->net_minor[s->in];
    for (; s->out < s->in && l->day[s->out] <= until - window; s->out++) s->sum -= (double)l->net_minor[s->out];
    return fmax(0, s->sum);
}

static void open_with(bucket *b, double value, bool kept)
{
    b->opening++;
    b->kept += kept;
    b->value += value;
    if (value > 0) b->valued++;
    b->vv += value * value;
    if (!kept) return;
    b->value_kept += value;
    b->vk += value * value;
}

static void count_account(const kam_ledger *l, size_t i, const calc_retention_params *p, bucket *b, size_t n)
{
    calc_spell_walk w = {0};
    calc_spell s;
    slide v = {l->start[i], l->start[i], 0};
    for (bool first = true; calc_spell_next(l, i, &p->rule, p->asof, &w, &s); first = false) {
        size_t k = find(b, n, s.from);
        if (first) b[k].fresh++;
        else b[k].won_back++;
        bool lost = s.lost != CALC_SPELL_NEVER;
        size_t end = lost ? find(b, n, s.lost) : n; /* the period it is lost in */
        if (lost) b[end].lost++;
        for (k++; k < n && k <= end; k++) open_with(&b[k], value_at(l, i, &v, b[k].start - 1, p->window_days), k != end);
    }
}

static void push_share(kam_column **c, int64_t k, int64_t n, double level)
{
    double low = NAN, high = NAN;
    if (!calc_wilson((double)k, (double)n, level, &low, &high)) low = high = NAN;
    kam_col_push_real(c[0], n ? (double)k / (double)n : NAN);
    kam_col_push_real(c[1], low);
    kam_col_push_real(c[2], high);
}

/* Kept value / value: c[0] the ratio, c[1] and c[2] its linearised interval. */
static void push_value(kam_column **c, const bucket *b, double level)
{
    double r = b->value > 0 ? b->value_kept / b->value : NAN, half = NAN;
    if (b->valued > 1) {
        /* Σ v²(k − R)² with k ∈ {0, 1}: kept ones weigh (1 − R)², lost ones R² */
        double ss = b->vk * (1 - r) * (1 - r) + (b->vv - b->vk) * r * r;
        half = gsl_cdf_ugaussian_Pinv(0.5 + level / 2) * sqrt(fmax(0, ss)) / b->value;
    }
    kam_col_push_real(c[0], r);
    kam_col_push_real(c[1], isnan(half) ? half : fmax(0, r - half)); /* fmax would turn a missing half into 0 */
    kam_col_push_real(c[2], isnan(half) ? half : fmin(1, r + half));
}

enum { P_PERIOD, P_FROM, P_UNTIL, P_PARTIAL, P_OPENING, P_NEW, P_BACK, P_LOST, P_CLOSING, P_KEPT, P_RETENTION, P_DEFECTION = P_RETENTION + 3,
       P_VALUE, P_VALUE_LOST, P_VALUE_RETENTION, P_COLS = P_VALUE_RETENTION + 3 };
static const calc_col period_cols[P_COLS] = {
    {"period", KAM_TEXT, "retention.period"},         {"from", KAM_DAY, "retention.from_day"},
    {"until", KAM_DAY, "retention.until_day"},            {"partial", KAM_FLAG, "retention.partial"},
    {"opening", KAM_INT, "retention.opening"},        {"new", KAM_INT, "retention.new"},
    {"won_back", KAM_INT, "retention.won_back"},      {"lost", KAM_INT, "retention.lost"},
    {"closing", KAM_INT, "retention.closing"},        {"kept", KAM_INT, "retention.kept"},
    {"retention", KAM_REAL, "retention.rate"},        {"retention_low", KAM_REAL, "retention.rate_low"},
    {"retention_high", KAM_REAL, "retention.rate_high"},    {"defection", KAM_REAL, "retention.defection"},
    {"value", KAM_MONEY, "retention.value"},          {"value_lost", KAM_MONEY, "retention.value_lost"},
    {"value_retention", KAM_REAL, "retention.value_rate"}, {"value_low", KAM_REAL, "retention.value_rate_low"},
    {"value_high", KAM_REAL, "retention.value_rate_high"}};

static void push_period(kam_column **c, const bucket *b, const calc_retention_params *p)
{
    char name[CALC_SPAN_MAX];
    bool partial = b->after - 1 > p->asof;
    calc_span_name(p->by, b->start, name);
    kam_col_push_text(c[P_PERIOD], name);
    kam_col_push_int(c[P_FROM], b->start);
    kam_col_push_int(c[P_UNTIL], partial ? p->asof : b->after - 1);
    kam_col_push_int(c[P_PARTIAL], partial);
    kam_col_push_int(c[P_OPENING], b->opening);
    kam_col_push_int(c[P_NEW], b->fresh);
    kam_col_push_int(c[P_BACK], b->won_back);
    kam_col_push_int(c[P_LOST], b->lost);
    kam_col_push_int(c[P_CLOSING], b->opening + b->fresh + b->won_back - b->lost);
    kam_col_push_int(c[P_KEPT], b->kept);
    push_share(&c[P_RETENTION], b->kept, b->opening, p->level);
    kam_col_push_real(c[P_DEFECTION], b->opening ? (double)(b->opening - b->kept) / (double)b->opening : NAN);
    kam_col_push_int(c[P_VALUE], llround(b->value));
    kam_col_push_int(c[P_VALUE_LOST], llround(b->value - b->value_kept));
    push_value(&c[P_VALUE_RETENTION], b, p->level);
}

static void notes(kam_table *t, const calc_retention_params *p)
{
    calc_note_say(t, p->lang, &note_rule, CALC_ARGS(calc_arg_int(p->rule.lost_days), calc_arg_real(p->rule.lost_gaps, 2), calc_arg_pct(p->level)));
}

kam_rc calc_retention_periods(const calc_facts *f, const calc_retention_params *p, kam_table **out, kam_err *err)
{
    const kam_column *acc[CALC_ACC_COLS];
    kam_column *c[P_COLS];
    size_t n, m;
    kam_rc rc = calc_use_accounts(f, true, acc, &n, err);
    if (rc) return rc;
    bucket *b = periods(f->ledger, p, &m);
    for (size_t i = 0; i < n && m; i++) count_account(f->ledger, i, p, b, m);
    kam_table *t = calc_out_new("retention.periods", f->accounts, period_cols, P_COLS, c);
    for (size_t k = 0; k < m; k++) push_period(c, &b[k], p);
    notes(t, p);
    calc_note_say(t, p->lang, &note_late, CALC_ARGS(calc_arg_int(p->rule.lost_days)));
    kam_table_seal(t);
    kam_free(b);
    *out = t;
    return KAM_OK;
}

/* --- cohorts ------------------------------------------------------------------------------------------------------ */

enum { YEAR_DAYS = 365 };
typedef struct cell {
    kam_day cohort; /* first day of the span of the first purchase */
    int age;
    int64_t accounts, kept, active;
    double first_value, value;
} cell;

/* Was the account ours on `day`? The walk goes on from spell to spell, so days must ascend. */
typedef struct presence {
    calc_spell_walk walk;
    calc_spell spell;
    bool has;
} presence;

static bool ours_on(const kam_ledger *l, size_t i, const calc_retention_params *p, presence *a, kam_day day)
{
    while (a->has && a->spell.lost <= day) a->has = calc_spell_next(l, i, &p->rule, p->asof, &a->walk, &a->spell);
    return a->has && a->spell.from <= day;
}

/* Cells by cohort then age; grown as cohorts come. */
typedef struct grid {
    cell *at;
    size_t n, cap;
} grid;

static int by_cohort(const cell *a, kam_day cohort, int age)
{
    if (a->cohort != cohort) return a->cohort < cohort ? -1 : 1;
    return a->age < age ? -1 : a->age > age;
}

static cell *grid_cell(grid *g, kam_day cohort, int age)
{
    size_t lo = 0, hi = g->n;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        if (by_cohort(&g->at[mid], cohort, age) < 0) lo = mid + 1;
        else hi = mid;
    }
    if (lo < g->n && by_cohort(&g->at[lo], cohort, age) == 0) return &g->at[lo];
    KAM_GROW(g->at, g->cap, g->n + 1);
    memmove(g->at + lo + 1, g->at + lo, (g->n - lo) * sizeof *g->at);
    g->n++;
    g->at[lo] = (cell){.cohort = cohort, .age = age};
    return &g->at[lo];
}

/* A purchase day in [from, until] other than the first one of all? */
static bool active(const kam_ledger *l, size_t i, kam_day from, kam_day until, kam_day first)
{
    size_t lo = l->start[i], hi = l->start[i + 1];
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        if (l->day[mid] < from) lo = mid + 1;
        else hi = mid;
    }
    for (; lo < l->start[i + 1] && l->day[lo] <= until; lo++)
        if (l->net_minor[lo] > 0 && l->day[lo] != first) return true;
    return false;
}

static void cohort_account(const kam_ledger *l, size_t i, const calc_retention_params *p, grid *g)
{
    presence a = {.has = false};
    a.has = calc_spell_next(l, i, &p->rule, p->asof, &a.walk, &a.spell);
    if (!a.has) return;
    kam_day first = a.spell.from, cohort = calc_span_start(p->by, first);
    double opening = (double)calc_net_between(l, i, first - 1, first + YEAR_DAYS - 1);
    for (int age = 1; first + (kam_day)age * YEAR_DAYS - 1 <= p->asof; age++) {
        kam_day end = first + (kam_day)age * YEAR_DAYS - 1, from = end - YEAR_DAYS + 1;
        cell *x = grid_cell(g, cohort, age);
        x->accounts++;
        x->kept += ours_on(l, i, p, &a, end);
        x->active += active(l, i, from, end, first);
        x->first_value += opening;
        x->value += (double)calc_net_between(l, i, from - 1, end);
    }
}

enum { C_COHORT, C_AGE, C_ACCOUNTS, C_KEPT, C_RETENTION, C_ACTIVE = C_RETENTION + 3, C_SHARE, C_FIRST = C_SHARE + 3, C_VALUE, C_RATE, C_COLS };
static const calc_col cohort_cols[C_COLS] = {
    {"cohort", KAM_TEXT, "retention.cohort"},       {"age", KAM_INT, "retention.age"},
    {"accounts", KAM_INT, "retention.accounts"},    {"kept", KAM_INT, "retention.kept"},
    {"retention", KAM_REAL, "retention.rate"},      {"retention_low", KAM_REAL, "retention.rate_low"},
    {"retention_high", KAM_REAL, "retention.rate_high"},  {"active", KAM_INT, "retention.active"},
    {"active_share", KAM_REAL, "retention.active_share"}, {"active_low", KAM_REAL, "retention.active_share_low"},
    {"active_high", KAM_REAL, "retention.active_share_high"},     {"first_value", KAM_MONEY, "retention.first_value"},
    {"value", KAM_MONEY, "retention.value_year"},   {"value_retention", KAM_REAL, "retention.value_rate"}};

kam_rc calc_retention_cohorts(const calc_facts *f, const calc_retention_params *p, kam_table **out, kam_err *err)
{
    const kam_column *acc[CALC_ACC_COLS];
    kam_column *c[C_COLS];
    grid g = {NULL, 0, 0};
    size_t n;
    kam_rc rc = calc_use_accounts(f, true, acc, &n, err);
    if (rc) return rc;
    for (size_t i = 0; i < n; i++) cohort_account(f->ledger, i, p, &g);
    kam_table *t = calc_out_new("retention.cohorts", f->accounts, cohort_cols, C_COLS, c);
    for (size_t k = 0; k < g.n; k++) {
        const cell *x = &g.at[k];
        char name[CALC_SPAN_MAX];
        calc_span_name(p->by, x->cohort, name);
        kam_col_push_text(c[C_COHORT], name);
        kam_col_push_int(c[C_AGE], x->age);
        kam_col_push_int(c[C_ACCOUNTS], x->accounts);
        kam_col_push_int(c[C_KEPT], x->kept);
        push_share(&c[C_RETENTION], x->kept, x->accounts, p->level);
        kam_col_push_int(c[C_ACTIVE], x->active);
        push_share(&c[C_SHARE], x->active, x->accounts, p->level);
        kam_col_push_int(c[C_FIRST], llround(x->first_value));
        kam_col_push_int(c[C_VALUE], llround(x->value));
        kam_col_push_real(c[C_RATE], x->first_value > 0 ? x->value / x->first_value : NAN);
    }
    notes(t, p);
    calc_note_say(t, p->lang, &note_cohort, NULL, 0);
    kam_table_seal(t);
    kam_free(g.at);
    *out = t;
    return KAM_OK;
}

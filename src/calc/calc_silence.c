/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calc_silence.h"
#include "calc_use.h"
#include "kam_mem.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

const char *const calc_silence_classes[] = {"alarm", "warning", "talking", "no-habit", NULL};
enum { ALARM, WARNING, TALKING, NO_HABIT };

#define SAY(name, id, en, zh) static const calc_text name = {"silence." id, en, zh}
SAY(why_alarm, "alarm", "complained {1} times, silent for {2} days, more than {3}; orders at {4} of the {5} days before",
    "曾投诉 {1} 次，已沉默 {2} 天，超过 {3} 天；订单为此前 {5} 天的 {4}");
SAY(why_warning, "warning", "complained {1} times, silent for {2} days, more than {3}", "曾投诉 {1} 次，已沉默 {2} 天，超过 {3} 天");
SAY(why_talking, "talking", "last complained {1} days ago, within {2}", "最近一次投诉在 {1} 天前，未超过 {2} 天");
SAY(why_no_habit, "no-habit", "{1} complaints, fewer than {2}: no habit to miss", "投诉 {1} 次，少于 {2} 次：不算惯于投诉");
SAY(note_rule, "rule", "silent: no complaint for more than max({1} days, {2} × own mean gap between complaints), after at least {3} complaints (settings silence-days, silence-gaps, silence-complaints); falling: at most {4} of the {5} days before (lifecycle-declining-ratio, lifecycle-trend-days)",
    "沉默：至少投诉过 {3} 次，且超过 max（{1} 天，{2} × 自身平均投诉间隔）没有投诉（设置 silence-days、silence-gaps、silence-complaints）；下降：不超过此前 {5} 天的 {4}（lifecycle-declining-ratio、lifecycle-trend-days）");
SAY(note_lost, "lost", "left out: {1} accounts that complained and are not (or no longer) ours", "未计入：投诉过但不是（或不再是）我方的客户 {1} 个");

typedef struct voice {
    size_t row;
    const char *code;
    int64_t complaints, first, last;
    int64_t survey_day;
    double gap; /* NAN: no survey */
    int cls;
    int64_t silent;
    double after, recent, prior;
} voice;

static kam_rc hear(const calc_facts *f, const calc_silence_params *p, size_t n, voice *v, kam_err *err)
{
    static const calc_use want[] = {{"row", KAM_INT, false}, {"date", KAM_DAY, false}};
    static const calc_use survey[] = {{"row", KAM_INT, false}, {"date", KAM_DAY, false}, {"expectation", KAM_REAL, false}, {"perceived", KAM_REAL, false}};
    const kam_column *c[4];
    kam_rc rc = calc_use_table(f->complaints, "complaints", want, 2, c, err);
    if (rc) return rc;
    for (size_t r = 0, rows = calc_use_rows(f->complaints); r < rows; r++) {
        size_t i = calc_row_at(c[0], r, n);
        if (i == SIZE_MAX || !calc_known(c[1], r) || kam_col_int(c[1], r) > p->asof) continue;
        int64_t day = kam_col_int(c[1], r);
        if (!v[i].complaints || day < v[i].first) v[i].first = day;
        if (!v[i].complaints || day > v[i].last) v[i].last = day;
        v[i].complaints++;
    }
    rc = calc_use_table(f->surveys, "surveys", survey, 4, c, err);
    if (rc) return rc;
    for (size_t r = 0, rows = calc_use_rows(f->surveys); r < rows; r++) {
        size_t i = calc_row_at(c[0], r, n);
        if (i == SIZE_MAX || !calc_known(c[1], r) || !calc_known(c[2], r) || !calc_known(c[3], r) || kam_col_int(c[1], r) > p->asof) continue;
        int64_t day = kam_col_int(c[1], r);
        double gap = kam_col_real(c[3], r) - kam_col_real(c[2], r);
        /* several on one day: the worst, so that the order of rows does not matter */
        if (!isnan(v[i].gap) && (day < v[i].survey_day || (day == v[i].survey_day && gap >= v[i].gap))) continue;
        v[i].survey_day = day;
        v[i].gap = gap;
    }
    return KAM_OK;
}

static void judge(const calc_facts *f, const calc_silence_params *p, voice *v)
{
    v->silent = p->asof - v->last;
    v->recent = (double)calc_net_between(f->ledger, v->row, p->asof - p->trend_days, p->asof);
    v->prior = (double)calc_net_between(f->ledger, v->row, p->asof - 2 * (int64_t)p->trend_days, p->asof - p->trend_days);
    v->after = NAN;
    v->cls = NO_HABIT;
    if (v->complaints < p->habit) return;
    double gap = v->complaints > 1 ? (double)(v->last - v->first) / (double)(v->complaints - 1) : 0;
    v->after = fmax(p->quiet_days, p->quiet_gaps * gap);
    v->cls = TALKING;
    if (!((double)v->silent > v->after)) return;
    /* 1e-12: 0.85 × 100 is not exact in binary */
    v->cls = v->prior > 0 && v->recent <= p->declining_ratio * v->prior + 1e-12 * v->prior ? ALARM : WARNING;
}

static int worst_first(const void *a, const void *b)
{
    const voice *x = a, *y = b;
    if (x->cls != y->cls) return x->cls < y->cls ? -1 : 1;
    if (x->silent != y->silent) return x->silent > y->silent ? -1 : 1;
    return strcmp(x->code, y->code);
}

static void push_why(kam_column *c, kam_str *buf, const calc_silence_params *p, const voice *v)
{
    calc_arg times = calc_arg_int(v->complaints), silent = calc_arg_int(v->silent), after = calc_arg_real(v->after, 1);
    switch (v->cls) {
    case ALARM:
        calc_push_say(c, buf, p->lang, &why_alarm, CALC_ARGS(times, silent, after, calc_arg_pct(v->recent / v->prior), calc_arg_int(p->trend_days)));
        break;
    case WARNING: calc_push_say(c, buf, p->lang, &why_warning, CALC_ARGS(times, silent, after)); break;
    case TALKING: calc_push_say(c, buf, p->lang, &why_talking, CALC_ARGS(silent, after)); break;
    default: calc_push_say(c, buf, p->lang, &why_no_habit, CALC_ARGS(times, calc_arg_int(p->habit)));
    }
}

static const calc_col cols[] = {
    {"account", KAM_TEXT, "classify.account"},               {"name", KAM_TEXT, "classify.name"},
    {"class", KAM_TEXT, "classify.class"},                   {"why", KAM_TEXT, "classify.why"},
    {"complaints", KAM_INT, "silence.complaints"},           {"last_complaint", KAM_DAY, "silence.last_complaint"},
    {"silent_days", KAM_INT, "silence.silent_days"},         {"silent_after", KAM_REAL, "silence.silent_after"},
    {"recent_revenue", KAM_MONEY, "classify.lifecycle.recent_revenue"}, {"prior_revenue", KAM_MONEY, "classify.lifecycle.prior_revenue"},
    {"order_ratio", KAM_REAL, "silence.order_ratio"},        {"last_gap", KAM_REAL, "silence.last_gap"}};

static void push_voice(kam_column **c, const kam_column *name, kam_str *buf, const calc_silence_params *p, const voice *v)
{
    kam_col_push_text(c[0], v->code);
    kam_col_push_from(c[1], name, v->row);
    kam_col_push_text(c[2], calc_silence_classes[v->cls]);
    push_why(c[3], buf, p, v);
    kam_col_push_int(c[4], v->complaints);
    kam_col_push_int(c[5], v->last);
    kam_col_push_int(c[6], v->silent);
    kam_col_push_real(c[7], v->after);
    kam_col_push_int(c[8], llround(v->recent));
    kam_col_push_int(c[9], llround(v->prior));
    kam_col_push_real(c[10], v->prior > 0 ? v->recent / v->prior : NAN);
    kam_col_push_real(c[11], v->gap);
}

kam_rc calc_silence(const calc_facts *f, const calc_silence_params *p, kam_table **out, kam_err *err)
{
    const kam_column *acc[CALC_ACC_COLS];
    kam_column *c[CALC_COUNT(cols)];
    kam_str buf = KAM_STR_INIT;
    size_t n, m = 0;
    int64_t gone = 0;
    kam_rc rc = calc_use_accounts(f, true, acc, &n, err);
    if (rc) return rc;
    voice *v = kam_calloc(n + 1, sizeof *v);
    for (size_t i = 0; i < n; i++) v[i].gap = NAN;
    rc = hear(f, p, n, v, err);
    for (size_t i = 0; i < n && !rc; i++) {
        if (!v[i].complaints) continue;
        if (!calc_spell_ours(f->ledger, i, &p->rule, p->asof)) {
            gone++;
            continue;
        }
        voice x = v[i];
        x.row = i;
        x.code = kam_col_text(acc[CALC_ACC_CODE], i);
        judge(f, p, &x);
        v[m++] = x;
    }
    if (!rc) {
        qsort(v, m, sizeof *v, worst_first);
        kam_table *t = calc_out_new("silence", f->accounts, cols, CALC_COUNT(cols), c);
        for (size_t k = 0; k < m && calc_goes_on(t, k, m); k++) push_voice(c, acc[CALC_ACC_NAME], &buf, p, &v[k]);
        calc_note_say(t, p->lang, &note_rule, CALC_ARGS(calc_arg_int(p->quiet_days), calc_arg_real(p->quiet_gaps, 2), calc_arg_int(p->habit),
                                                        calc_arg_pct(p->declining_ratio), calc_arg_int(p->trend_days)));
        if (gone) calc_note_say(t, p->lang, &note_lost, CALC_ARGS(calc_arg_int(gone)));
        rc = calc_out_done(t, out, err);
    }
    kam_str_release(&buf);
    kam_free(v);
    return rc;
}

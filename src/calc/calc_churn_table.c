/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the model says, as tables. */
#include "calc_churn_int.h"
#include "calc_rank.h"
#include "kam_mem.h"
#include "kam_sort.h"
#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

const char *const calc_churn_classes[] = {"high", "watch", "low", NULL};

/* What a trait's value means, {1} the value as people say it. */
static const calc_text meaning[CALC_TRAITS] = {
    {"churn.silence", "silent for {1} days", "已沉默 {1} 天"},
    {"churn.gap-ratio", "silence {1} × its own mean gap", "沉默为自身平均间隔的 {1} 倍"},
    {"churn.frequency", "purchase days in the window: {1}", "统计期内购买 {1} 天"},
    {"churn.trend", "order trend {1} (−1 … 1)", "订单趋势 {1}（−1 … 1）"},
    {"churn.revenue", "revenue of the window {1}", "统计期销售额 {1}"},
    {"churn.tenure", "customer for {1} days", "成为客户 {1} 天"},
    {"churn.complaints", "complaints in the window: {1}", "统计期内投诉 {1} 件"},
    {"churn.unresolved", "complaints unresolved: {1}", "未解决投诉 {1} 件"},
    {"churn.gap", "last survey: perceived − expected {1}", "最近调查：感知 − 期望为 {1}"},
    {"churn.overdue", "invoices overdue: {1}", "逾期发票 {1} 张"},
    {"churn.rivals", "orders or adverts of rivals seen: {1}", "见到竞争对手订单或广告 {1} 次"},
    {"churn.contacts", "contacts in the window: {1}", "统计期内接触 {1} 次"}};
static const calc_text meaning_unknown = {"churn.unknown", "unknown: taken as average", "未知：按平均值处理"};
static const calc_text meaning_base = {"churn.base", "an account average in everything", "各项均为平均的客户"};
static const calc_text meaning_total = {"churn.total", "sum: risk {1}", "合计：风险 {1}"};
static const calc_text part_text = {"churn.part", "{1} ({2}{3})", "{1}（{2}{3}）"};
static const calc_text why_alive = {"churn.alive", "silent for {1} days; P(alive) {2}", "已沉默 {1} 天；活跃概率 {2}"};
static const calc_text why_no_alive = {"churn.no-alive", "silent for {1} days; P(alive) unknown", "已沉默 {1} 天；活跃概率未知"};

static const calc_text note_model = {"churn.model", "risk: to be called lost by A4 within {1} days; logistic regression on {2} rows, {3} of them lost, λ {4}{5}; holdout AUC {6}",
                                     "风险：{1} 天内按 A4 判为流失；逻辑回归 {2} 行，其中流失 {3} 行，λ {4}{5}；留出样本 AUC {6}"};
static const calc_text word_chosen = {"churn.chosen", " (by cross-validation)", "（交叉验证）"};
static const calc_text word_untested = {"churn.untested", "unknown", "未知"};
static const calc_text note_parts = {"churn.parts", "in brackets the contribution to the log odds against an account average in everything; a likeness to those lost before, no cause",
                                     "括号内为相对平均客户的对数几率贡献；说明与以往流失者相像，不代表因果"};
static const calc_text note_classes = {"churn.classes", "high from {1}, watch from {2} (settings churn-high, churn-watch)", "{1} 起为高，{2} 起为关注（设置 churn-high、churn-watch）"};
static const calc_text note_few = {"churn.few", "{1} losses for {2} traits: fewer than ten a trait, so read single coefficients with care", "{2} 项特征只有 {1} 次流失：每项不足十次，单个系数须谨慎解读"};
static const calc_text note_sample = {"churn.sample", "fitted on a sample of {1} of {2} rows (setting churn-sample)", "在 {2} 行中抽取 {1} 行拟合（设置 churn-sample）"};
static const calc_text note_panel = {"churn.panel", "panel: periods of {2} days: {1}; accounts: {3}; traits from what was dated up to the beginning of each; holdout of whole accounts", "面板：{1} 期，每期 {2} 天，{3} 个客户；特征只取各期起点及以前的数据；留出样本以客户为单位"};

static calc_arg plain_arg(const churn_data *d, int k, double v)
{
    if (k == CALC_TRAIT_REVENUE) return calc_arg_money(llround(v * d->unit), kam_table_exponent(d->in->facts->accounts));
    return calc_arg_real(v, k == CALC_TRAIT_TREND || k == CALC_TRAIT_GAP_RATIO ? 2 : 1);
}

static void say_trait(const churn_data *d, kam_str *out, int k, double v)
{
    if (isnan(v)) calc_say(out, d->p->lang, &meaning_unknown, NULL, 0);
    else calc_say(out, d->p->lang, &meaning[k], CALC_ARGS(plain_arg(d, k, v)));
}

static void notes(kam_table *t, const calc_churn_params *p, const calc_churn_model *m)
{
    calc_note_say(t, p->lang, &note_model,
                  CALC_ARGS(calc_arg_int(p->horizon_days), calc_arg_int((int64_t)m->used_rows), calc_arg_int((int64_t)m->used_lost), calc_arg_real(m->fit.lambda, 6),
                            calc_arg_text(m->chosen ? (p->lang == CALC_ZH ? word_chosen.zh : word_chosen.en) : ""),
                            m->tested ? calc_arg_real(m->auc, 3) : calc_arg_text(p->lang == CALC_ZH ? word_untested.zh : word_untested.en)));
    if (m->used_rows < m->rows)
        calc_note_say(t, p->lang, &note_sample, CALC_ARGS(calc_arg_int((int64_t)m->used_rows), calc_arg_int((int64_t)m->rows)));
    int64_t used = 0;
    for (size_t j = 0; j < m->fit.p; j++) used += m->fit.used[j];
    if ((int64_t)m->used_lost < 10 * used)
        calc_note_say(t, p->lang, &note_few, CALC_ARGS(calc_arg_int((int64_t)m->used_lost), calc_arg_int(used)));
}

/* --- accounts ------------------------------------------------------------------------------------------------------- */

typedef struct scored {
    size_t row;
    double risk, alive, order;
    const char *code;
} scored;

static int riskiest(const void *a, const void *b)
{
    const scored *x = a, *y = b;
    if (isnan(x->order) != isnan(y->order)) return isnan(x->order) ? 1 : -1;
    if (x->order > y->order) return -1;
    if (x->order < y->order) return 1;
    return strcmp(x->code, y->code);
}

/* The indices of the three largest contributions by size; fewer where fewer are not 0. */
static int top(const double *part, int best[3])
{
    int n = 0;
    for (int k = 0; k < CALC_TRAITS; k++) {
        if (!(fabs(part[k]) > 0)) continue;
        int at = n < 3 ? n : 3;
        while (at > 0 && fabs(part[k]) > fabs(part[best[at - 1]])) at--;
        if (at >= 3) continue;
        for (int j = n < 3 ? n : 2; j > at; j--) best[j] = best[j - 1];
        best[at] = k;
        if (n < 3) n++;
    }
    return n;
}

static void say_why(const churn_data *d, const calc_churn_model *m, const double *x, const double *plain, kam_str *out)
{
    double part[CALC_TRAITS];
    int best[3];
    kam_str one = KAM_STR_INIT;
    for (int k = 0; k < CALC_TRAITS; k++) part[k] = calc_logit_part(&m->fit, (size_t)k, x[k]);
    int n = top(part, best);
    kam_str_clear(out);
    for (int i = 0; i < n; i++) {
        kam_str_clear(&one);
        say_trait(d, &one, best[i], plain[best[i]]);
        if (i) kam_str_add(out, d->p->lang == CALC_ZH ? "；" : "; ");
        calc_say(out, d->p->lang, &part_text, CALC_ARGS(calc_arg_text(kam_str_cstr(&one)), calc_arg_text(part[best[i]] > 0 ? "+" : ""), calc_arg_real(part[best[i]], 2)));
    }
    kam_str_release(&one);
}

static const calc_col account_cols[] = {
    {"account", KAM_TEXT, "classify.account"},        {"name", KAM_TEXT, "classify.name"},          {"class", KAM_TEXT, "churn-risk.class"},
    {"why", KAM_TEXT, "classify.why"},                {"risk", KAM_REAL, "churn-risk.risk"},        {"p_alive", KAM_REAL, "lifetime.p_alive"},
    {"last_purchase", KAM_DAY, "churn-risk.last_purchase"}, {"silent_days", KAM_INT, "silence.silent_days"},
    {"window_revenue", KAM_MONEY, "churn-risk.window_revenue"}, {"at_risk", KAM_MONEY, "churn-risk.at_risk"}};

static void push_scored(const churn_data *d, const calc_churn_model *m, kam_column **c, kam_str *buf, const scored *s)
{
    const calc_churn_params *p = d->p;
    double x[CALC_TRAITS], plain[CALC_TRAITS];
    calc_buys b;
    calc_buys_scan(d->in->facts->ledger, s->row, p->asof, p->window_days, &b);
    calc_arg silent = calc_arg_int(p->asof - b.last);
    kam_col_push_text(c[0], s->code);
    kam_col_push_from(c[1], d->acc[CALC_ACC_NAME], s->row);
    kam_col_push_text(c[2], isnan(s->order) ? NULL : calc_churn_classes[s->order >= p->high ? 0 : s->order >= p->watch ? 1 : 2]);
    if (m) {
        churn_traits(d, s->row, p->asof, x, plain);
        say_why(d, m, x, plain, buf);
        kam_col_push_text(c[3], kam_str_cstr(buf));
    } else if (isnan(s->alive)) calc_push_say(c[3], buf, p->lang, &why_no_alive, CALC_ARGS(silent));
    else calc_push_say(c[3], buf, p->lang, &why_alive, CALC_ARGS(silent, calc_arg_pct(s->alive)));
    kam_col_push_real(c[4], s->risk);
    kam_col_push_real(c[5], s->alive);
    kam_col_push_int(c[6], b.last);
    kam_col_push_int(c[7], p->asof - b.last);
    kam_col_push_int(c[8], b.window_net);
    calc_push_opt(c[9], !isnan(s->order), isnan(s->order) ? 0 : llround(s->order * (b.window_net > 0 ? (double)b.window_net : 0)));
}

kam_rc calc_churn_accounts(const calc_churn_in *in, const calc_churn_params *p, const calc_churn_model *m, const double *p_alive,
                           kam_table **out, kam_err *err)
{
    churn_data d;
    kam_column *c[CALC_COUNT(account_cols)];
    size_t n = 0;
    kam_rc rc = churn_data_init(in, p, &d, err);
    if (rc) return rc;
    scored *s = kam_calloc(d.n + 1, sizeof *s);
    for (size_t i = 0; i < d.n && !rc; i++) {
        double x[CALC_TRAITS];
        if (i % 4096 == 0) rc = kam_progress_step(p->progress, "risk", i, d.n, err);
        if (!calc_spell_ours(in->facts->ledger, i, &p->rule, p->asof)) continue;
        scored y = {i, NAN, p_alive ? p_alive[i] : NAN, NAN, kam_col_text(d.acc[CALC_ACC_CODE], i)};
        if (m) {
            churn_traits(&d, i, p->asof, x, NULL);
            y.order = y.risk = calc_logit_predict(&m->fit, x);
        } else y.order = 1 - y.alive;
        s[n++] = y;
    }
    if (!rc) {
        kam_str buf = KAM_STR_INIT;
        kam_sort(s, n, sizeof *s, riskiest, p->progress);
        kam_table *t = calc_out_new(m ? "churn-risk.accounts" : "churn-risk.alive", in->facts->accounts, account_cols, CALC_COUNT(account_cols), c);
        for (size_t k = 0; k < n && (k % 4096 || !kam_progress_stopped(p->progress)); k++) push_scored(&d, m, c, &buf, &s[k]);
        if (m) {
            notes(t, p, m);
            calc_note_say(t, p->lang, &note_parts, NULL, 0);
        }
        calc_note_say(t, p->lang, &note_classes, CALC_ARGS(calc_arg_pct(p->high), calc_arg_pct(p->watch)));
        kam_table_seal(t);
        kam_str_release(&buf);
        rc = kam_progress_step(p->progress, "risk", n, n, err);
        if (rc) kam_table_unref(t);
        else *out = t;
    }
    kam_free(s);
    churn_data_release(&d);
    return rc;
}

/* --- one account's reasons -------------------------------------------------------------------------------------------- */

static const calc_col reason_cols[] = {
    {"trait", KAM_TEXT, "churn-risk.trait"},          {"meaning", KAM_TEXT, "churn-risk.meaning"},     {"value", KAM_REAL, "churn-risk.value"},
    {"standardised", KAM_REAL, "churn-risk.standardised"}, {"coefficient", KAM_REAL, "churn-risk.coefficient"}, {"contribution", KAM_REAL, "churn-risk.contribution"}};

static void push_end(kam_column **c, kam_str *buf, const char *key, calc_lang lang, const calc_text *t, calc_arg a, double v)
{
    kam_col_push_text(c[0], key);
    calc_push_say(c[1], buf, lang, t, &a, 1);
    for (int k = 2; k < 5; k++) kam_col_push_missing(c[k]);
    kam_col_push_real(c[5], v);
}

static void push_reasons(const churn_data *d, const calc_churn_model *m, size_t account, kam_column **c)
{
    double x[CALC_TRAITS], plain[CALC_TRAITS], part[CALC_TRAITS], sum = m->fit.b0;
    bool done[CALC_TRAITS] = {false};
    kam_str buf = KAM_STR_INIT;
    churn_traits(d, account, d->p->asof, x, plain);
    for (int k = 0; k < CALC_TRAITS; k++) sum += part[k] = calc_logit_part(&m->fit, (size_t)k, x[k]);
    for (int i = 0; i < CALC_TRAITS; i++) {
        int at = -1;
        for (int k = 0; k < CALC_TRAITS; k++)
            if (!done[k] && (at < 0 || fabs(part[k]) > fabs(part[at]))) at = k;
        done[at] = true;
        kam_str_clear(&buf);
        say_trait(d, &buf, at, plain[at]);
        kam_col_push_text(c[0], calc_trait_names[at]);
        kam_col_push_text(c[1], kam_str_cstr(&buf));
        kam_col_push_real(c[2], plain[at]);
        kam_col_push_real(c[3], m->fit.used[at] ? (x[at] - m->fit.mean[at]) / m->fit.sd[at] : NAN);
        kam_col_push_real(c[4], m->fit.used[at] ? m->fit.beta[at] : NAN);
        kam_col_push_real(c[5], part[at]);
    }
    push_end(c, &buf, "base", d->p->lang, &meaning_base, calc_arg_text(""), m->fit.b0);
    push_end(c, &buf, "total", d->p->lang, &meaning_total, calc_arg_pct(1 / (1 + exp(-sum))), sum);
    kam_str_release(&buf);
}

kam_rc calc_churn_reasons(const calc_churn_in *in, const calc_churn_params *p, const calc_churn_model *m, size_t account, kam_table **out,
                          kam_err *err)
{
    churn_data d;
    kam_column *c[CALC_COUNT(reason_cols)];
    kam_rc rc = churn_data_init(in, p, &d, err);
    if (rc) return rc;
    kam_table *t = calc_out_new("churn-risk.reasons", in->facts->accounts, reason_cols, CALC_COUNT(reason_cols), c);
    if (account < d.n && calc_spell_ours(in->facts->ledger, account, &p->rule, p->asof)) push_reasons(&d, m, account, c);
    notes(t, p, m);
    calc_note_say(t, p->lang, &note_parts, NULL, 0);
    kam_table_seal(t);
    churn_data_release(&d);
    *out = t;
    return KAM_OK;
}

/* --- the model ------------------------------------------------------------------------------------------------------ */

kam_rc calc_churn_model_table(const calc_churn_in *in, const calc_churn_params *p, const calc_churn_model *m, kam_table **out)
{
    static const calc_col cols[] = {
        {"trait", KAM_TEXT, "churn-risk.trait"},  {"coefficient", KAM_REAL, "churn-risk.coefficient"}, {"std_error", KAM_REAL, "churn-risk.std_error"},
        {"low", KAM_REAL, "measures.low"},        {"high", KAM_REAL, "measures.high"},                 {"odds_ratio", KAM_REAL, "churn-risk.odds_ratio"},
        {"mean", KAM_REAL, "churn-risk.mean"},    {"sd", KAM_REAL, "churn-risk.sd"},                   {"known", KAM_REAL, "churn-risk.known"},
        {"used", KAM_FLAG, "churn-risk.used"}};
    kam_column *c[CALC_COUNT(cols)];
    const calc_logit *f = &m->fit;
    double z = gsl_cdf_ugaussian_Pinv(0.5 + p->level / 2);
    kam_table *t = calc_out_new("churn-risk.model", in->facts->accounts, cols, CALC_COUNT(cols), c);
    for (size_t j = 0; j <= f->p; j++) {
        bool base = j == f->p, used = base || f->used[j];
        double b = !used ? NAN : base ? f->b0 : f->beta[j], se = !used ? NAN : base ? f->se0 : f->se[j];
        kam_col_push_text(c[0], base ? "base" : calc_trait_names[j]);
        kam_col_push_real(c[1], b);
        kam_col_push_real(c[2], se);
        kam_col_push_real(c[3], b - z * se);
        kam_col_push_real(c[4], b + z * se);
        kam_col_push_real(c[5], base ? NAN : exp(b));
        kam_col_push_real(c[6], base || f->known[j] <= 0 ? NAN : f->mean[j]);
        kam_col_push_real(c[7], base || f->known[j] <= 0 ? NAN : f->sd[j]);
        kam_col_push_real(c[8], base ? NAN : f->known[j]);
        kam_col_push_int(c[9], used);
    }
    notes(t, p, m);
    calc_note_say(t, p->lang, &note_panel, CALC_ARGS(calc_arg_int((int64_t)m->periods), calc_arg_int(p->horizon_days), calc_arg_int((int64_t)m->accounts)));
    kam_table_seal(t);
    *out = t;
    return KAM_OK;
}

kam_rc calc_churn_measures(const calc_churn_in *in, const calc_churn_params *p, const calc_churn_model *m, kam_table **out)
{
    calc_measures t;
    calc_measures_start(&t, "churn-risk.measures", in->facts->accounts);
    int64_t tested = (int64_t)m->test_rows;
    calc_measures_range(&t, "auc", m->tested ? m->auc : NAN, m->auc_low, m->auc_high, tested);
    calc_measures_value(&t, "brier", m->brier, tested);
    calc_measures_value(&t, "brier_base", m->brier_base, tested);
    calc_measures_value(&t, "lambda", m->fit.lambda, (int64_t)m->train_rows);
    const struct {
        const char *name;
        size_t v;
    } counts[] = {{"periods", m->periods}, {"accounts", m->accounts}, {"rows", m->rows}, {"lost", m->lost}, {"used_rows", m->used_rows},
                  {"train_rows", m->train_rows}, {"train_lost", m->train_lost}, {"test_rows", m->test_rows}, {"test_lost", m->test_lost}};
    for (size_t i = 0; i < CALC_COUNT(counts); i++) calc_measures_value(&t, counts[i].name, (double)counts[i].v, (int64_t)m->rows);
    notes(t.t, p, m);
    kam_table_seal(t.t);
    *out = t.t;
    return KAM_OK;
}

kam_rc calc_churn_calibration(const calc_churn_in *in, const calc_churn_params *p, const calc_churn_model *m, kam_table **out)
{
    static const calc_col cols[] = {
        {"group", KAM_INT, "churn-risk.group"},       {"from", KAM_REAL, "churn-risk.from_risk"}, {"to", KAM_REAL, "churn-risk.to_risk"},
        {"predicted", KAM_REAL, "churn-risk.predicted"}, {"accounts", KAM_INT, "churn-risk.rows"}, {"lost", KAM_INT, "churn-risk.lost"},
        {"observed", KAM_REAL, "churn-risk.observed"}, {"low", KAM_REAL, "measures.low"},          {"high", KAM_REAL, "measures.high"}};
    kam_column *c[CALC_COUNT(cols)];
    kam_table *t = calc_out_new("churn-risk.calibration", in->facts->accounts, cols, CALC_COUNT(cols), c);
    for (size_t k = 0; k < m->bins; k++) {
        const calc_calibration *b = &m->bin[k];
        double low = NAN, high = NAN;
        if (!calc_wilson((double)b->events, (double)b->n, p->level, &low, &high)) low = high = NAN;
        kam_col_push_int(c[0], (int64_t)k + 1);
        kam_col_push_real(c[1], b->from);
        kam_col_push_real(c[2], b->to);
        kam_col_push_real(c[3], b->predicted);
        kam_col_push_int(c[4], (int64_t)b->n);
        kam_col_push_int(c[5], (int64_t)b->events);
        kam_col_push_real(c[6], (double)b->events / (double)b->n);
        kam_col_push_real(c[7], low);
        kam_col_push_real(c[8], high);
    }
    notes(t, p, m);
    kam_table_seal(t);
    *out = t;
    return KAM_OK;
}

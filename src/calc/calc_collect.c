/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calc_collect.h"
#include "calc_special.h"
#include "calc_use.h"
#include "kam_mem.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const calc_text note_rule = {"collect.rule", "expected = due day + usual delay, moved to the account's usual pay day where it is known; as of {1}, range at level {2} (setting level)",
                                    "预计 = 到期日 + 惯常延迟，若有惯常付款日则顺延至该日；截至 {1}，区间水平 {2}（设置 level）"};
static const calc_text note_pool = {"collect.pool", "{1} paid invoices of {2} accounts: mean delay {3} days; the portfolio counts as {4} own invoices",
                                    "{2} 个客户已付发票 {1} 张：平均延迟 {3} 天；全体相当于客户自身 {4} 张发票"};
static const calc_text note_alike = {"collect.alike", "{1} paid invoices of {2} accounts: mean delay {3} days; accounts do not differ beyond chance",
                                     "{2} 个客户已付发票 {1} 张：平均延迟 {3} 天；客户之间的差异不超过偶然"};
static const calc_text note_none = {"collect.none", "no paid invoice with a due date is on record: without a usual pay day nothing can be expected",
                                    "没有带到期日的已付发票：未知惯常付款日则无从预计"};

/* --- delays, pooled -------------------------------------------------------------------------------------------------- */
void calc_delays_fit(size_t accounts, const double *n, const double *sum, const double *squares, calc_delays *out)
{
    calc_delays d = {NAN, NAN, 0, 0, 0};
    double N = 0, total = 0, within = 0, n2 = 0, between = 0;
    for (size_t i = 0; i < accounts; i++) {
        if (!(n[i] > 0)) continue;
        d.accounts++;
        N += n[i];
        n2 += n[i] * n[i];
        total += sum[i];
        within += fmax(0, squares[i] - sum[i] * sum[i] / n[i]);
    }
    d.n = (size_t)N;
    if (!d.n) {
        *out = d;
        return;
    }
    double I = (double)d.accounts, grand = total / N;
    for (size_t i = 0; i < accounts; i++)
        if (n[i] > 0) between += n[i] * pow(sum[i] / n[i] - grand, 2);
    if (N > I) d.within = within / (N - I);
    if (N > I && I > 1) d.between = fmax(0, (between / (I - 1) - d.within) / ((N - n2 / N) / (I - 1)));
    double weight = 0, mean = 0;
    for (size_t i = 0; i < accounts; i++) {
        if (!(n[i] > 0)) continue;
        double v = isnan(d.within) ? 1 : d.between + d.within / n[i], w = v > 0 ? 1 / v : 1;
        weight += w;
        mean += w * sum[i] / n[i];
    }
    d.mean = mean / weight;
    *out = d;
}

/* Own invoices the portfolio counts as: within / between; INFINITY when accounts do not differ, 0 when one never varies. */
static double prior_invoices(const calc_delays *d)
{
    if (isnan(d->within)) return 1; /* no replicate: half own, half portfolio */
    return d->between > 0 ? d->within / d->between : d->within > 0 || d->accounts > 1 ? INFINITY : 0;
}

double calc_delays_usual(const calc_delays *d, double n, double sum, double *sd)
{
    if (sd) *sd = NAN;
    if (!d->n) return NAN;
    double r = prior_invoices(d), own = isinf(r) ? 0 : n + r > 0 ? n / (n + r) : 0;
    if (sd && !isnan(d->within)) *sd = sqrt(d->within + (1 - own) * d->between);
    return own > 0 ? own * (sum / n) + (1 - own) * d->mean : d->mean;
}

kam_day calc_pay_day(kam_day d, int day_of_month)
{
    kam_day start = kam_day_month_start(d);
    for (int m = 0; m < 3; m++) {
        kam_day first = kam_day_add_months(start, m), last = kam_day_add_months(start, m + 1) - 1;
        kam_day pay = first + day_of_month - 1 < last ? first + day_of_month - 1 : last;
        if (pay >= d) return pay;
    }
    KAM_BUG("no pay day within three months");
}

/* --- invoices ---------------------------------------------------------------------------------------------------------- */
typedef struct invoice {
    size_t row, source;
    const char *code;
    int64_t due, expected, earliest, latest;
    bool has_expected, has_range;
} invoice;

enum { IN_ROW, IN_NO, IN_DATE, IN_DUE, IN_PAID, IN_AMOUNT, IN_COLS };

typedef struct work {
    const kam_column *acc[CALC_ACC_COLS], *in[IN_COLS];
    size_t n, n_open;
    double *paid, *sum, *squares; /* by account */
    int *pay_day;                 /* by account; 0: unknown */
    uint8_t *seen;
    invoice *open;
    calc_delays delays;
} work;

static void work_release(work *w)
{
    kam_free(w->paid);
    kam_free(w->sum);
    kam_free(w->squares);
    kam_free(w->pay_day);
    kam_free(w->seen);
    kam_free(w->open);
}

static int by_expected(const void *a, const void *b)
{
    const invoice *x = a, *y = b;
    if (x->has_expected != y->has_expected) return x->has_expected ? -1 : 1;
    if (x->expected != y->expected) return x->expected < y->expected ? -1 : 1;
    int k = strcmp(x->code, y->code);
    if (k) return k;
    if (x->due != y->due) return x->due < y->due ? -1 : 1;
    return x->source < y->source ? -1 : x->source > y->source;
}

static kam_rc read_habits(const kam_table *t, work *w, kam_err *err)
{
    static const calc_use want[] = {{"row", KAM_INT, false}, {"pay_day", KAM_INT, false}};
    const kam_column *c[2];
    kam_rc rc = calc_use_table(t, "habits", want, 2, c, err);
    for (size_t r = 0; !rc && r < calc_use_rows(t); r++) {
        size_t i = calc_row_at(c[0], r, w->n);
        int64_t day = calc_known(c[1], r) ? kam_col_int(c[1], r) : 0;
        if (i == SIZE_MAX || day < 1 || day > 31) continue;
        w->pay_day[i] = (int)day;
        w->seen[i] = 1;
    }
    return rc;
}

static kam_rc read_payments(const kam_table *t, const calc_collect_params *p, work *w, kam_err *err)
{
    static const calc_use want[IN_COLS] = {{"row", KAM_INT, false}, {"invoice_no", KAM_TEXT, true}, {"date", KAM_DAY, false},
                                           {"due", KAM_DAY, false}, {"paid_on", KAM_DAY, false},    {"amount", KAM_MONEY, false}};
    kam_rc rc = calc_use_table(t, "payments", want, IN_COLS, w->in, err);
    size_t cap = 0;
    for (size_t r = 0; !rc && r < calc_use_rows(t); r++) {
        size_t i = calc_row_at(w->in[IN_ROW], r, w->n);
        if (i == SIZE_MAX || !calc_known(w->in[IN_DUE], r)) continue;
        int64_t due = kam_col_int(w->in[IN_DUE], r), paid = kam_col_int(w->in[IN_PAID], r);
        w->seen[i] = 1;
        if (calc_known(w->in[IN_PAID], r) && paid <= p->asof) {
            double delay = (double)(paid - due);
            w->paid[i]++;
            w->sum[i] += delay;
            w->squares[i] += delay * delay;
        } else if (calc_known(w->in[IN_AMOUNT], r) && kam_col_int(w->in[IN_AMOUNT], r) > 0) {
            KAM_GROW(w->open, cap, w->n_open + 1);
            w->open[w->n_open++] = (invoice){.row = i, .source = r, .code = kam_col_text(w->acc[CALC_ACC_CODE], i), .due = due};
        }
    }
    return rc;
}

static void expect(const work *w, const calc_collect_params *p, invoice *x)
{
    double sd, usual = calc_delays_usual(&w->delays, w->paid[x->row], w->sum[x->row], &sd), z = calc_normal_quantile((1 + p->level) / 2);
    int pay = w->pay_day[x->row];
    if (isnan(usual) && !pay) return;
    x->has_expected = true;
    x->expected = x->due + (isnan(usual) ? 0 : llround(usual));
    x->has_range = !isnan(usual) && !isnan(sd);
    if (x->has_range) {
        x->earliest = x->due + llround(usual - z * sd);
        x->latest = x->due + llround(usual + z * sd);
    }
    if (pay) x->expected = calc_pay_day(x->expected, pay);
}

static kam_rc work_build(const calc_facts *f, const kam_table *payments, const kam_table *habits, const calc_collect_params *p, work *w, kam_err *err)
{
    memset(w, 0, sizeof *w);
    kam_rc rc = calc_use_accounts(f, false, w->acc, &w->n, err);
    if (rc) return rc;
    w->paid = kam_calloc(w->n + 1, sizeof *w->paid);
    w->sum = kam_calloc(w->n + 1, sizeof *w->sum);
    w->squares = kam_calloc(w->n + 1, sizeof *w->squares);
    w->pay_day = kam_calloc(w->n + 1, sizeof *w->pay_day);
    w->seen = kam_calloc(w->n + 1, sizeof *w->seen);
    rc = read_habits(habits, w, err);
    if (!rc) rc = read_payments(payments, p, w, err);
    if (rc) {
        work_release(w);
        return rc;
    }
    calc_delays_fit(w->n, w->paid, w->sum, w->squares, &w->delays);
    for (size_t k = 0; k < w->n_open; k++) expect(w, p, &w->open[k]);
    if (w->n_open) qsort(w->open, w->n_open, sizeof *w->open, by_expected);
    return KAM_OK;
}

static void say_notes(kam_table *t, const work *w, const calc_collect_params *p)
{
    const calc_delays *d = &w->delays;
    calc_note_say(t, p->lang, &note_rule, CALC_ARGS(calc_arg_day(p->asof), calc_arg_pct(p->level)));
    double r = prior_invoices(d);
    calc_arg n = calc_arg_int((int64_t)d->n), accounts = calc_arg_int((int64_t)d->accounts), mean = calc_arg_real(d->n ? d->mean : 0, 1);
    if (!d->n) calc_note_say(t, p->lang, &note_none, NULL, 0);
    else if (isinf(r)) calc_note_say(t, p->lang, &note_alike, CALC_ARGS(n, accounts, mean));
    else calc_note_say(t, p->lang, &note_pool, CALC_ARGS(n, accounts, mean, calc_arg_real(r, 1)));
}

static const char *class_of(const invoice *x, kam_day asof)
{
    if (asof <= x->due) return "not-due";
    if (x->has_range) return asof > x->latest && asof > x->expected ? "chase" : "due";
    return x->has_expected && asof > x->expected ? "chase" : "due";
}

kam_rc calc_collect_invoices(const calc_facts *f, const kam_table *payments, const kam_table *habits, const calc_collect_params *p,
                             kam_table **out, kam_err *err)
{
    static const calc_col cols[] = {
        {"account", KAM_TEXT, "classify.account"},       {"name", KAM_TEXT, "classify.name"},
        {"class", KAM_TEXT, "next-purchase.state"},      {"invoice_no", KAM_TEXT, "transaction.invoice_no"},
        {"date", KAM_DAY, "next-purchase.date"},         {"due", KAM_DAY, "next-purchase.due"},
        {"amount", KAM_MONEY, "next-purchase.amount"},   {"late_days", KAM_INT, "next-purchase.late_days"},
        {"pay_day", KAM_INT, "account.pay_day"},         {"paid", KAM_INT, "next-purchase.paid"},
        {"mean_delay", KAM_REAL, "next-purchase.mean_delay"}, {"usual_delay", KAM_REAL, "next-purchase.usual_delay"},
        {"expected", KAM_DAY, "next-purchase.expected_pay"},  {"earliest", KAM_DAY, "next-purchase.earliest"},
        {"latest", KAM_DAY, "next-purchase.latest"}};
    work w;
    kam_rc rc = work_build(f, payments, habits, p, &w, err);
    if (rc) return rc;
    kam_column *c[CALC_COUNT(cols)];
    kam_table *t = calc_out_new("next-purchase.collections", f->accounts, cols, CALC_COUNT(cols), c);
    for (size_t k = 0; k < w.n_open; k++) {
        const invoice *x = &w.open[k];
        if (p->days >= 0 && (!x->has_expected || x->expected > p->asof + p->days)) continue;
        double n = w.paid[x->row], sum = w.sum[x->row];
        kam_col_push_text(c[0], x->code);
        kam_col_push_from(c[1], w.acc[CALC_ACC_NAME], x->row);
        kam_col_push_text(c[2], class_of(x, p->asof));
        kam_col_push_text(c[3], calc_text_at(w.in[IN_NO], x->source));
        kam_col_push_from(c[4], w.in[IN_DATE], x->source);
        kam_col_push_int(c[5], x->due);
        kam_col_push_from(c[6], w.in[IN_AMOUNT], x->source);
        kam_col_push_int(c[7], p->asof > x->due ? p->asof - x->due : 0);
        calc_push_opt(c[8], w.pay_day[x->row] > 0, w.pay_day[x->row]);
        kam_col_push_int(c[9], (int64_t)n);
        kam_col_push_real(c[10], n > 0 ? sum / n : NAN);
        kam_col_push_real(c[11], calc_delays_usual(&w.delays, n, sum, NULL));
        calc_push_opt(c[12], x->has_expected, x->expected);
        calc_push_opt(c[13], x->has_range, x->earliest);
        calc_push_opt(c[14], x->has_range, x->latest);
    }
    say_notes(t, &w, p);
    kam_table_seal(t);
    work_release(&w);
    *out = t;
    return KAM_OK;
}

typedef struct owed {
    int64_t open, amount, late, next;
    bool has_next;
} owed;

static owed *owed_by_account(const work *w, const calc_collect_params *p)
{
    owed *o = kam_calloc(w->n + 1, sizeof *o);
    for (size_t k = 0; k < w->n_open; k++) { /* by expected day: the first is the next */
        const invoice *x = &w->open[k];
        owed *a = &o[x->row];
        int64_t amount = kam_col_int(w->in[IN_AMOUNT], x->source);
        if (!a->has_next && x->has_expected) {
            a->next = x->expected;
            a->has_next = true;
        }
        a->open++;
        a->amount += amount;
        if (p->asof > x->due) a->late += amount;
    }
    return o;
}

kam_rc calc_collect_payers(const calc_facts *f, const kam_table *payments, const kam_table *habits, const calc_collect_params *p,
                           kam_table **out, kam_err *err)
{
    static const calc_col cols[] = {
        {"account", KAM_TEXT, "classify.account"},            {"name", KAM_TEXT, "classify.name"},
        {"pay_day", KAM_INT, "account.pay_day"},              {"paid", KAM_INT, "next-purchase.paid"},
        {"mean_delay", KAM_REAL, "next-purchase.mean_delay"}, {"usual_delay", KAM_REAL, "next-purchase.usual_delay"},
        {"low", KAM_REAL, "measures.low"},                    {"high", KAM_REAL, "measures.high"},
        {"open", KAM_INT, "next-purchase.open"},              {"open_amount", KAM_MONEY, "next-purchase.open_amount"},
        {"late_amount", KAM_MONEY, "next-purchase.late_amount"}, {"next_expected", KAM_DAY, "next-purchase.next_expected"}};
    work w;
    kam_rc rc = work_build(f, payments, habits, p, &w, err);
    if (rc) return rc;
    owed *o = owed_by_account(&w, p);
    kam_column *c[CALC_COUNT(cols)];
    kam_table *t = calc_out_new("next-purchase.payers", f->accounts, cols, CALC_COUNT(cols), c);
    double z = calc_normal_quantile((1 + p->level) / 2);
    for (size_t i = 0; i < w.n; i++) {
        if (!w.seen[i] || (p->days >= 0 && (!o[i].has_next || o[i].next > p->asof + p->days))) continue;
        double sd, usual = calc_delays_usual(&w.delays, w.paid[i], w.sum[i], &sd);
        kam_col_push_from(c[0], w.acc[CALC_ACC_CODE], i);
        kam_col_push_from(c[1], w.acc[CALC_ACC_NAME], i);
        calc_push_opt(c[2], w.pay_day[i] > 0, w.pay_day[i]);
        kam_col_push_int(c[3], (int64_t)w.paid[i]);
        kam_col_push_real(c[4], w.paid[i] > 0 ? w.sum[i] / w.paid[i] : NAN);
        kam_col_push_real(c[5], usual);
        kam_col_push_real(c[6], usual - z * sd);
        kam_col_push_real(c[7], usual + z * sd);
        kam_col_push_int(c[8], o[i].open);
        kam_col_push_int(c[9], o[i].amount);
        kam_col_push_int(c[10], o[i].late);
        calc_push_opt(c[11], o[i].has_next, o[i].next);
    }
    say_notes(t, &w, p);
    kam_table_seal(t);
    kam_free(o);
    work_release(&w);
    *out = t;
    return KAM_OK;
}

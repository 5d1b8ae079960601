/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calc_rfm.h"
#include "calc_rank.h"
#include "calc_use.h"
#include "kam_mem.h"
#include <math.h>
#include <stdio.h>

static const calc_text why_means = {
    "rfm.means",
    "last bought {1} days ago (mean {2}), {3} purchase days (mean {4}), {5} a day (mean {6})",
    "{1} 天前购买（平均 {2}），购买日 {3} 个（平均 {4}），每购买日 {5}（平均 {6}）",
};

typedef struct buyer {
    size_t account;
    int64_t revenue;
    calc_rfm_values v;
} buyer;

static bool values_of(const kam_ledger *l, size_t account, const calc_rfm_params *p, calc_rfm_values *out, int64_t *revenue)
{
    calc_buys b;
    calc_buys_scan(l, account, p->asof, p->window_days, &b);
    if (b.window_days == 0) return false;
    *out = (calc_rfm_values){p->asof - b.last, b.window_days, (double)b.window_bought / (double)b.window_days};
    *revenue = b.window_net;
    return true;
}

bool calc_rfm_of(const kam_ledger *l, size_t account, const calc_rfm_params *p, calc_rfm_values *out)
{
    int64_t revenue;
    return values_of(l, account, p, out, &revenue);
}

static void sums_add(calc_rfm_sums *m, const calc_rfm_values *x, int sign)
{
    m->n += sign;
    m->recency += sign * x->recency;
    m->frequency += sign * x->frequency;
    m->monetary += sign * x->monetary;
}

/* who NULL: only the sums. */
static size_t read_buyers(const calc_facts *f, const calc_rfm_params *p, size_t accounts, buyer *who, calc_rfm_sums *m)
{
    size_t n = 0;
    *m = (calc_rfm_sums){0};
    for (size_t i = 0; i < accounts; i++) {
        buyer x = {.account = i};
        if (!values_of(f->ledger, i, p, &x.v, &x.revenue)) continue;
        if (who) who[n] = x;
        n++;
        sums_add(m, &x.v, 1);
    }
    return n;
}

kam_rc calc_rfm_population(const calc_facts *f, const calc_rfm_params *p, calc_rfm_sums *out, kam_err *err)
{
    const kam_column *acc[CALC_ACC_COLS];
    size_t accounts;
    kam_rc rc = calc_use_accounts(f, true, acc, &accounts, err);
    if (!rc) read_buyers(f, p, accounts, NULL, out);
    return rc;
}

/* Whole numbers are compared as such; the mean of equal amounts may be off by the last bit. */
calc_rfm_sides calc_rfm_compare(const calc_rfm_values *x, const calc_rfm_sums *m)
{
    return (calc_rfm_sides){x->recency * m->n <= m->recency, x->frequency * m->n >= m->frequency,
                            x->monetary >= m->monetary / (double)m->n * (1 - 1e-12)};
}

const char *calc_rfm_segment(calc_rfm_sides s)
{
    return calc_rfm_classes[(s.m ? 0 : 4) + (s.r ? 0 : 2) + (s.f ? 0 : 1)];
}

const char *calc_rfm_if(const calc_rfm_sums *sums, const calc_rfm_values *was, const calc_rfm_values *x)
{
    calc_rfm_sums m = *sums;
    if (was) sums_add(&m, was, -1);
    sums_add(&m, x, 1);
    return calc_rfm_segment(calc_rfm_compare(x, &m));
}

enum { OUT_ACCOUNT, OUT_NAME, OUT_CLASS, OUT_WHY, OUT_RECENCY, OUT_FREQUENCY, OUT_MONETARY, OUT_R, OUT_F, OUT_M, OUT_CELL,
       OUT_REVENUE, OUT_COLS };
static const calc_col out_cols[OUT_COLS] = {
    {"account", KAM_TEXT, "classify.account"},
    {"name", KAM_TEXT, "classify.name"},
    {"class", KAM_TEXT, "classify.class"},
    {"why", KAM_TEXT, "classify.why"},
    {"recency", KAM_INT, "classify.rfm.recency"},
    {"frequency", KAM_INT, "classify.rfm.frequency"},
    {"monetary", KAM_MONEY, "classify.rfm.monetary"},
    {"r", KAM_INT, "classify.rfm.r"},
    {"f", KAM_INT, "classify.rfm.f"},
    {"m", KAM_INT, "classify.rfm.m"},
    {"cell", KAM_TEXT, "classify.rfm.cell"},
    {"window_revenue", KAM_MONEY, "classify.window_revenue"},
};

/* Scores of the whole population: score[3·i] r, f, m. */
static void scores(const buyer *who, size_t n, int parts, const kam_progress *watch, int *score)
{
    double *x = kam_calloc(n, sizeof *x);
    int64_t *rank2 = kam_calloc(n, sizeof *rank2);
    for (int k = 0; k < 3 && !kam_progress_stopped(watch); k++) {
        for (size_t i = 0; i < n; i++)
            x[i] = k == 0 ? -(double)who[i].v.recency : k == 1 ? (double)who[i].v.frequency : who[i].v.monetary;
        calc_midrank2(x, n, rank2);
        for (size_t i = 0; i < n; i++) score[3 * i + (size_t)k] = calc_rank_score(rank2[i], n, parts);
    }
    kam_free(x);
    kam_free(rank2);
}

/* What a row says beside the account's own values. */
typedef struct told {
    const calc_rfm_params *p;
    calc_rfm_sums sums;
    int exponent;
    calc_arg mean[3];
} told;

static told tell(const calc_facts *f, const calc_rfm_params *p, const calc_rfm_sums *m)
{
    const double share = m->n ? 1.0 / (double)m->n : 0.0;
    const int exponent = kam_table_exponent(f->accounts);
    return (told){p, *m, exponent,
                  {calc_arg_real((double)m->recency * share, 1), calc_arg_real((double)m->frequency * share, 1),
                   calc_arg_money(llround(m->monetary * share), exponent)}};
}

static void push_buyer(kam_column **c, kam_str *buf, const told *of, const kam_column *const acc[], size_t account, const buyer *who, const int s[3])
{
    const calc_rfm_values *x = &who->v;
    char cell[40];
    snprintf(cell, sizeof cell, "%d%d%d", s[0], s[1], s[2]);
    kam_col_push_from(c[OUT_ACCOUNT], acc[CALC_ACC_CODE], account);
    kam_col_push_from(c[OUT_NAME], acc[CALC_ACC_NAME], account);
    kam_col_push_text(c[OUT_CLASS], calc_rfm_segment(calc_rfm_compare(x, &of->sums)));
    calc_push_say(c[OUT_WHY], buf, of->p->lang, &why_means,
                  CALC_ARGS(calc_arg_int(x->recency), of->mean[0], calc_arg_int(x->frequency), of->mean[1],
                            calc_arg_money(llround(x->monetary), of->exponent), of->mean[2]));
    kam_col_push_int(c[OUT_RECENCY], x->recency);
    kam_col_push_int(c[OUT_FREQUENCY], x->frequency);
    kam_col_push_int(c[OUT_MONETARY], llround(x->monetary));
    for (int k = 0; k < 3; k++) kam_col_push_int(c[OUT_R + k], s[k]);
    kam_col_push_text(c[OUT_CELL], cell);
    kam_col_push_int(c[OUT_REVENUE], who->revenue);
}

kam_rc calc_rfm(const calc_facts *f, const calc_rfm_params *p, kam_table **out, kam_err *err)
{
    const kam_column *acc[CALC_ACC_COLS];
    size_t accounts;
    kam_rc rc = calc_use_accounts(f, true, acc, &accounts, err);
    if (rc) return rc;
    buyer *who = kam_calloc(accounts, sizeof *who);
    calc_rfm_sums m;
    size_t n = read_buyers(f, p, accounts, who, &m);
    int *score = kam_calloc(3 * n, sizeof *score);
    scores(who, n, p->parts, kam_table_watch(f->accounts), score);
    kam_column *c[OUT_COLS];
    kam_table *t = calc_out_new("classify.rfm", f->accounts, out_cols, OUT_COLS, c);
    kam_str buf = KAM_STR_INIT;
    const told of = tell(f, p, &m);
    for (size_t i = 0; i < n && calc_goes_on(t, i, n); i++) push_buyer(c, &buf, &of, acc, who[i].account, &who[i], &score[3 * i]);
    kam_str_release(&buf);
    kam_free(score);
    kam_free(who);
    return calc_out_done(t, out, err);
}

/* Twice the mid-rank of each of its three values: those below it, and half of those equal. */
static void ranks_of(const buyer *who, size_t n, const calc_rfm_values *x, int64_t rank2[3])
{
    size_t less[3] = {0}, equal[3] = {0};
    for (size_t i = 0; i < n; i++) {
        const calc_rfm_values *v = &who[i].v;
        less[0] += v->recency > x->recency; /* the most recent come last */
        equal[0] += v->recency == x->recency;
        less[1] += v->frequency < x->frequency;
        equal[1] += v->frequency == x->frequency;
        less[2] += v->monetary < x->monetary;
        equal[2] += v->monetary == x->monetary;
    }
    for (int k = 0; k < 3; k++) rank2[k] = (int64_t)(2 * less[k] + equal[k] + 1);
}

kam_rc calc_rfm_one(const calc_facts *f, size_t row, const calc_rfm_params *p, kam_table **out, kam_err *err)
{
    const kam_column *acc[CALC_ACC_COLS];
    size_t accounts;
    KAM_ASSERT(f->ledger);
    kam_rc rc = calc_use_accounts(f, false, acc, &accounts, err);
    if (rc) return rc;
    kam_column *c[OUT_COLS];
    kam_table *t = calc_out_new("classify.rfm", f->accounts, out_cols, OUT_COLS, c);
    buyer mine = {.account = row};
    if (accounts == 1 && values_of(f->ledger, row, p, &mine.v, &mine.revenue)) {
        buyer *who = kam_calloc(f->ledger->n_accounts, sizeof *who);
        calc_rfm_sums m;
        const size_t n = read_buyers(f, p, f->ledger->n_accounts, who, &m);
        int64_t rank2[3];
        int score[3];
        kam_str buf = KAM_STR_INIT;
        ranks_of(who, n, &mine.v, rank2);
        for (int k = 0; k < 3; k++) score[k] = calc_rank_score(rank2[k], n, p->parts);
        const told of = tell(f, p, &m);
        push_buyer(c, &buf, &of, acc, 0, &mine, score);
        kam_str_release(&buf);
        kam_free(who);
    }
    return calc_out_done(t, out, err);
}

kam_rc calc_rfm_measures(const kam_table *rows, const calc_rfm_params *p, kam_table **out, kam_err *err)
{
    (void)p;
    static const calc_use want[] = {{"recency", KAM_INT, false}, {"frequency", KAM_INT, false}, {"monetary", KAM_MONEY, false}};
    static const char *const names[] = {"mean_recency", "mean_frequency", "mean_monetary"};
    const kam_column *in[3];
    kam_rc rc = calc_use_table(rows, "rows", want, 3, in, err);
    if (rc) return rc;
    size_t n = kam_table_rows(rows);
    calc_measures m;
    calc_measures_start(&m, "classify.rfm.measures", rows);
    calc_measures_value(&m, "population", (double)n, (int64_t)n);
    for (int k = 0; k < 3; k++) {
        double sum = 0.0, unit = k == 2 ? pow(10.0, kam_table_exponent(rows)) : 1.0;
        for (size_t i = 0; i < n; i++) sum += kam_col_real(in[k], i);
        calc_measures_value(&m, names[k], n ? sum / (double)n / unit : NAN, (int64_t)n);
    }
    kam_table_seal(m.t);
    *out = m.t;
    return KAM_OK;
}

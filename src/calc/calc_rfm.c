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
    int64_t recency, frequency, revenue;
    double monetary; /* minor units */
} buyer;

typedef struct means {
    size_t n;
    int64_t recency_sum, frequency_sum;
    double recency, frequency, monetary;
} means;

static size_t read_buyers(const calc_facts *f, const calc_rfm_params *p, size_t accounts, buyer *who, means *m)
{
    size_t n = 0;
    double money = 0.0;
    *m = (means){0};
    for (size_t i = 0; i < accounts; i++) {
        calc_buys b;
        calc_buys_scan(f->ledger, i, p->asof, p->window_days, &b);
        if (b.window_days == 0) continue;
        buyer x = {i, p->asof - b.last, b.window_days, b.window_net, (double)b.window_bought / (double)b.window_days};
        who[n++] = x;
        m->recency_sum += x.recency;
        m->frequency_sum += x.frequency;
        money += x.monetary;
    }
    m->n = n;
    if (n) {
        m->recency = (double)m->recency_sum / (double)n;
        m->frequency = (double)m->frequency_sum / (double)n;
        m->monetary = money / (double)n;
    }
    return n;
}

/* Index into calc_rfm_classes. Whole numbers are compared as such; the mean of equal amounts may be off by the last bit. */
static int segment(const buyer *x, const means *m)
{
    bool r = x->recency * (int64_t)m->n <= m->recency_sum;
    bool f = x->frequency * (int64_t)m->n >= m->frequency_sum;
    bool money = x->monetary >= m->monetary * (1 - 1e-12);
    return (money ? 0 : 4) + (r ? 0 : 2) + (f ? 0 : 1);
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
static void scores(const buyer *who, size_t n, int parts, int *score)
{
    double *x = kam_calloc(n, sizeof *x);
    int64_t *rank2 = kam_calloc(n, sizeof *rank2);
    for (int k = 0; k < 3; k++) {
        for (size_t i = 0; i < n; i++)
            x[i] = k == 0 ? -(double)who[i].recency : k == 1 ? (double)who[i].frequency : who[i].monetary;
        calc_midrank2(x, n, rank2);
        for (size_t i = 0; i < n; i++) score[3 * i + (size_t)k] = calc_rank_score(rank2[i], n, parts);
    }
    kam_free(x);
    kam_free(rank2);
}

kam_rc calc_rfm(const calc_facts *f, const calc_rfm_params *p, kam_table **out, kam_err *err)
{
    const kam_column *acc[CALC_ACC_COLS];
    size_t accounts;
    kam_rc rc = calc_use_accounts(f, true, acc, &accounts, err);
    if (rc) return rc;
    buyer *who = kam_calloc(accounts, sizeof *who);
    means m;
    size_t n = read_buyers(f, p, accounts, who, &m);
    int *score = kam_calloc(3 * n, sizeof *score), exponent = kam_table_exponent(f->accounts);
    scores(who, n, p->parts, score);
    kam_column *c[OUT_COLS];
    kam_table *t = calc_out_new("classify.rfm", f->accounts, out_cols, OUT_COLS, c);
    kam_str buf = KAM_STR_INIT;
    calc_arg mean[3] = {calc_arg_real(m.recency, 1), calc_arg_real(m.frequency, 1),
                        calc_arg_money(llround(m.monetary), exponent)};
    for (size_t i = 0; i < n; i++) {
        const buyer *x = &who[i];
        const int *s = &score[3 * i];
        char cell[40];
        snprintf(cell, sizeof cell, "%d%d%d", s[0], s[1], s[2]);
        kam_col_push_from(c[OUT_ACCOUNT], acc[CALC_ACC_CODE], x->account);
        kam_col_push_from(c[OUT_NAME], acc[CALC_ACC_NAME], x->account);
        kam_col_push_text(c[OUT_CLASS], calc_rfm_classes[segment(x, &m)]);
        calc_push_say(c[OUT_WHY], &buf, p->lang, &why_means,
                      CALC_ARGS(calc_arg_int(x->recency), mean[0], calc_arg_int(x->frequency), mean[1],
                                calc_arg_money(llround(x->monetary), exponent), mean[2]));
        kam_col_push_int(c[OUT_RECENCY], x->recency);
        kam_col_push_int(c[OUT_FREQUENCY], x->frequency);
        kam_col_push_int(c[OUT_MONETARY], llround(x->monetary));
        for (int k = 0; k < 3; k++) kam_col_push_int(c[OUT_R + k], s[k]);
        kam_col_push_text(c[OUT_CELL], cell);
        kam_col_push_int(c[OUT_REVENUE], x->revenue);
    }
    kam_table_seal(t);
    kam_str_release(&buf);
    kam_free(score);
    kam_free(who);
    *out = t;
    return KAM_OK;
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

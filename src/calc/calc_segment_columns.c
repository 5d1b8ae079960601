/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A10: the columns accounts can be grouped by, measured and standardised. */
#include "calc_marks.h"
#include "calc_segment_int.h"
#include "kam_mem.h"
#include <math.h>
#include <string.h>

enum { C_RECENCY, C_DAYS, C_REVENUE, C_MEAN, C_MARGIN, C_GROWTH, C_SERVE, C_WALLET, C_EMPLOYEES, C_SPEND, C_KNOWN, N_COLUMNS };
static const calc_segment_column columns[N_COLUMNS] = {
    [C_RECENCY] = {"recency", {"recency", "days since the last purchase", "距最近购买天数"}, false},
    [C_DAYS] = {"purchase_days", {"purchase_days", "purchase days", "购买日数"}, false},
    [C_REVENUE] = {"window_revenue", {"window_revenue", "revenue in the window", "统计期销售额"}, true},
    [C_MEAN] = {"mean_purchase", {"mean_purchase", "mean of a purchase day", "每购买日平均额"}, true},
    [C_MARGIN] = {"margin_rate", {"margin_rate", "margin rate", "毛利率"}, false},
    [C_GROWTH] = {"growth", {"growth", "growth", "增长率"}, false},
    [C_SERVE] = {"serve_rate", {"serve_rate", "cost to serve", "服务成本率"}, false},
    [C_WALLET] = {"wallet_share", {"wallet_share", "share of wallet", "客户份额"}, false},
    [C_EMPLOYEES] = {"employees", {"employees", "employees", "员工数"}, false},
    [C_SPEND] = {"annual_spend", {"annual_spend", "spend in our category", "品类年支出"}, true},
    [C_KNOWN] = {"known_days", {"known_days", "days known", "相识天数"}, false},
};

const calc_segment_column *calc_segment_columns(size_t *n)
{
    *n = N_COLUMNS;
    return columns;
}

const calc_segment_column *calc_segment_column_find(const char *key)
{
    for (size_t i = 0; i < N_COLUMNS; i++)
        if (kam_streq(columns[i].key, key)) return &columns[i];
    return NULL;
}

typedef struct source {
    const kam_column *known_since, *annual_spend, *employees;
    int64_t *serve;
    bool *serve_known;
} source;

static double ratio(double a, double b) { return b > 0 ? a / b : NAN; }

static double measure(const segment_work *w, const source *s, size_t i, const calc_buys *b, size_t which)
{
    const calc_segment_params *p = w->p;
    double v = NAN;
    switch (which) {
    case C_RECENCY: return b->days ? (double)(p->asof - b->last) : NAN;
    case C_DAYS: return (double)b->window_days;
    case C_REVENUE: return (double)b->window_net;
    case C_MEAN: return ratio((double)b->window_bought, (double)b->window_days);
    case C_MARGIN: calc_margin_rate(w->f->ledger, i, p->asof, p->window_days, &v, NULL, NULL); return v;
    case C_GROWTH: calc_growth(w->f->ledger, i, p->asof, p->trend_days, &v); return v;
    case C_SERVE: return s->serve_known[i] ? ratio((double)s->serve[i], (double)b->window_net) : NAN;
    case C_WALLET:
        return calc_known(s->annual_spend, i) ? ratio((double)b->window_net, kam_col_real(s->annual_spend, i) * p->window_days / 365.0) : NAN;
    case C_EMPLOYEES: return calc_known(s->employees, i) ? kam_col_real(s->employees, i) : NAN;
    case C_SPEND: return calc_known(s->annual_spend, i) ? kam_col_real(s->annual_spend, i) : NAN;
    default: return calc_known(s->known_since, i) ? (double)(p->asof - kam_col_int(s->known_since, i)) : NAN;
    }
}

static kam_rc read_serve(const segment_work *w, source *s, kam_err *err)
{
    static const calc_use want[] = {
        {"row", KAM_INT, false}, {"date", KAM_DAY, false}, {"kind", KAM_TEXT, false}, {"amount", KAM_MONEY, false}};
    const kam_column *c[4];
    kam_rc rc = calc_use_table(w->f->service_costs, "service_costs", want, 4, c, err);
    for (size_t r = 0, rows = rc ? 0 : calc_use_rows(w->f->service_costs); r < rows; r++) {
        size_t i = calc_row_at(c[0], r, w->n);
        if (i == SIZE_MAX || !calc_known(c[1], r) || !calc_known(c[3], r)) continue;
        int64_t day = kam_col_int(c[1], r);
        if (day <= w->p->asof - w->p->window_days || day > w->p->asof) continue;
        s->serve_known[i] = true;
        if (calc_text_is(c[2], r, "maintain") || calc_text_is(c[2], r, "serve")) s->serve[i] += kam_col_int(c[3], r);
    }
    return rc;
}

static bool complete(const segment_work *w, size_t i)
{
    for (size_t j = 0; j < w->d; j++)
        if (isnan(w->x[i * w->d + j])) return false;
    return true;
}

/* Two passes, so that large means lose no digits; a column that does not vary is 0 everywhere. */
static void standardise(segment_work *w)
{
    bool whole = w->p->n_cross == 0; /* crossing needs no complete accounts */
    for (size_t j = 0; j < w->d; j++) {
        double sum = 0, squares = 0;
        size_t k = 0;
        for (size_t i = 0; i < w->n; i++) {
            if (isnan(w->x[i * w->d + j]) || (whole && !complete(w, i))) continue;
            sum += w->x[i * w->d + j];
            k++;
        }
        w->mean[j] = k ? sum / (double)k : NAN;
        for (size_t i = 0; i < w->n; i++) {
            double v = w->x[i * w->d + j] - w->mean[j];
            if (!isnan(v) && (!whole || complete(w, i))) squares += v * v;
        }
        double deviation = k ? sqrt(squares / (double)k) : 0;
        for (size_t i = 0; i < w->n; i++) {
            double v = w->x[i * w->d + j] - w->mean[j];
            w->z[i * w->d + j] = isnan(v) ? NAN : deviation > 0 ? v / deviation : 0;
        }
    }
    for (size_t i = 0; whole && i < w->n; i++) {
        if (complete(w, i)) continue;
        w->left_out++;
        for (size_t j = 0; j < w->d; j++) w->z[i * w->d + j] = NAN;
    }
}

kam_rc calc_segment_measure(segment_work *w, kam_err *err)
{
    static const calc_use want[] = {{"known_since", KAM_DAY, true}, {"annual_spend", KAM_MONEY, true}, {"employees", KAM_INT, true}};
    const kam_column *c[3];
    kam_rc rc = calc_use_table(w->f->accounts, "accounts", want, 3, c, err);
    if (rc) return rc;
    source s = {c[0], c[1], c[2], kam_calloc(w->n + 1, sizeof *s.serve), kam_calloc(w->n + 1, sizeof *s.serve_known)};
    rc = read_serve(w, &s, err);
    for (size_t i = 0; !rc && i < w->n; i++) {
        calc_buys b;
        kam_day asof = w->p->asof;
        int days = w->p->trend_days;
        calc_buys_scan(w->f->ledger, i, asof, w->p->window_days, &b);
        w->revenue[i] = b.window_net;
        w->recent[i] = calc_net_between(w->f->ledger, i, asof - days, asof);
        w->prior[i] = calc_net_between(w->f->ledger, i, asof - 2 * days, asof - days);
        for (size_t j = 0; j < w->d; j++) w->x[i * w->d + j] = measure(w, &s, i, &b, (size_t)(w->col[j] - columns));
    }
    if (!rc) standardise(w);
    kam_free(s.serve);
    kam_free(s.serve_known);
    return rc;
}

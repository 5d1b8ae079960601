/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calc_serve.h"
#include "calc_use.h"
#include "kam_mem.h"
#include "kam_sort.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const calc_text note_window = {"serve.window", "of the last {1} days to {2}; setting window", "截至 {2} 的最近 {1} 天；设置 window"};
static const calc_text note_unknown = {"serve.unknown", "days whose margin is unknown and left out: {1}; accounts without any known margin: {2}",
                                       "毛利未知而未计入的日数：{1}；毛利全部未知的客户数：{2}"};
static const calc_text note_no_cost = {"serve.no-cost", "no cost of goods is known anywhere: amounts stand for margins",
                                       "全无商品成本数据：以金额代替毛利"};
static const calc_text note_no_service = {"serve.no-service", "no service cost is on record in the window: profit is margin less acquisition",
                                          "统计期内没有服务成本记录：利润即毛利减获客成本"};
static const calc_text note_acquisition = {"serve.acquisition", "acquisition cost counts when the account became known within the window: {1} accounts",
                                           "获客成本计入在统计期内相识的客户：{1} 个"};

enum { ATTRACT, PROMOTE, MAINTAIN, SERVE, KINDS };
static const char *const KIND[KINDS] = {"attract", "promote", "maintain", "serve"};

typedef struct worth {
    const char *code;
    size_t row;
    int64_t revenue, margin, cost[KINDS], service, acquisition, profit, unknown_days;
    bool known, acquired;
} worth;

static int best_first(const void *a, const void *b)
{
    const worth *x = a, *y = b;
    if (x->known != y->known) return x->known ? -1 : 1;
    if (x->known && x->profit != y->profit) return x->profit > y->profit ? -1 : 1;
    return strcmp(x->code, y->code);
}

static kam_rc add_flows(const kam_table *flows, const calc_serve_params *p, worth *w, size_t n, kam_err *err)
{
    static const calc_use want[] = {{"row", KAM_INT, false}, {"date", KAM_DAY, false}, {"amount", KAM_MONEY, false}, {"kind", KAM_TEXT, false}};
    const kam_column *c[4];
    kam_rc rc = calc_use_table(flows, "flows", want, 4, c, err);
    if (rc) return rc;
    for (size_t r = 0, rows = calc_use_rows(flows); r < rows; r++) {
        size_t i = calc_row_at(c[0], r, n);
        if (i == SIZE_MAX || !calc_known(c[1], r) || !calc_known(c[2], r)) continue;
        kam_day day = kam_col_int(c[1], r);
        if (day > p->asof || day <= p->asof - p->window_days) continue;
        int64_t cost = -kam_col_int(c[2], r);
        if (calc_text_is(c[3], r, "acquisition")) {
            w[i].acquisition += cost;
            w[i].acquired = true;
            continue;
        }
        w[i].service += cost;
        for (int k = 0; k < KINDS; k++)
            if (calc_text_is(c[3], r, KIND[k])) w[i].cost[k] += cost;
    }
    return KAM_OK;
}

enum { OUT_ACCOUNT, OUT_NAME, OUT_RANK, OUT_REVENUE, OUT_MARGIN, OUT_KIND, OUT_SERVICE = OUT_KIND + KINDS, OUT_ACQUISITION, OUT_PROFIT,
       OUT_PROFIT_MARGIN, OUT_PEAK_SHARE, OUT_UNKNOWN, OUT_COLS };
static const calc_col out_cols[OUT_COLS] = {
    {"account", KAM_TEXT, "classify.account"},
    {"name", KAM_TEXT, "classify.name"},
    {"rank", KAM_INT, "cost-to-serve.rank"},
    {"revenue", KAM_MONEY, "cost-to-serve.revenue"},
    {"margin", KAM_MONEY, "cost-to-serve.margin"},
    {"attract", KAM_MONEY, "cost-to-serve.attract"},
    {"promote", KAM_MONEY, "cost-to-serve.promote"},
    {"maintain", KAM_MONEY, "cost-to-serve.maintain"},
    {"serve", KAM_MONEY, "cost-to-serve.serve"},
    {"service_cost", KAM_MONEY, "cost-to-serve.service_cost"},
    {"acquisition", KAM_MONEY, "cost-to-serve.acquisition"},
    {"profit", KAM_MONEY, "cost-to-serve.profit"},
    {"profit_margin", KAM_REAL, "cost-to-serve.profit_margin"},
    {"peak_share", KAM_REAL, "cost-to-serve.peak_share"},
    {"unknown_days", KAM_INT, "cost-to-serve.unknown_days"},
};

static void push_account(kam_column **c, const worth *w, const kam_column *name, size_t place, double peak)
{
    kam_col_push_text(c[OUT_ACCOUNT], w->code);
    kam_col_push_from(c[OUT_NAME], name, w->row);
    calc_push_opt(c[OUT_RANK], w->known, (int64_t)place + 1);
    kam_col_push_int(c[OUT_REVENUE], w->revenue);
    calc_push_opt(c[OUT_MARGIN], w->known, w->margin);
    for (int k = 0; k < KINDS; k++) kam_col_push_int(c[OUT_KIND + k], w->cost[k]);
    kam_col_push_int(c[OUT_SERVICE], w->service);
    kam_col_push_int(c[OUT_ACQUISITION], w->acquisition);
    calc_push_opt(c[OUT_PROFIT], w->known, w->profit);
    kam_col_push_real(c[OUT_PROFIT_MARGIN], w->known && w->revenue > 0 ? (double)w->profit / (double)w->revenue : NAN);
    kam_col_push_real(c[OUT_PEAK_SHARE], w->known && peak > 0 ? (double)w->profit / peak : NAN);
    kam_col_push_int(c[OUT_UNKNOWN], w->unknown_days);
}

static void say_notes(kam_table *t, const calc_facts *f, const calc_serve_params *p, const worth *w, size_t n)
{
    int64_t days = 0, lost = 0, acquired = 0, service = 0;
    for (size_t i = 0; i < n; i++) {
        days += w[i].unknown_days;
        lost += !w[i].known;
        acquired += w[i].acquired;
        service += w[i].service != 0;
    }
    calc_note_say(t, p->lang, &note_window, CALC_ARGS(calc_arg_int(p->window_days), calc_arg_day(p->asof)));
    if (!f->ledger->margin_minor) calc_note_say(t, p->lang, &note_no_cost, NULL, 0);
    else if (days) calc_note_say(t, p->lang, &note_unknown, CALC_ARGS(calc_arg_int(days), calc_arg_int(lost)));
    if (!service) calc_note_say(t, p->lang, &note_no_service, NULL, 0);
    calc_note_say(t, p->lang, &note_acquisition, CALC_ARGS(calc_arg_int(acquired)));
}

kam_rc calc_serve(const calc_facts *f, const kam_table *flows, const calc_serve_params *p, kam_table **out, kam_err *err)
{
    const kam_column *acc[CALC_ACC_COLS], *name;
    size_t n;
    kam_rc rc = calc_use_accounts(f, true, acc, &n, err);
    if (rc) return rc;
    name = acc[CALC_ACC_NAME];
    worth *w = kam_calloc(n + 1, sizeof *w);
    for (size_t i = 0; i < n; i++) {
        calc_buys b;
        calc_buys_scan(f->ledger, i, p->asof, p->window_days, &b);
        w[i].code = kam_col_text(acc[CALC_ACC_CODE], i);
        w[i].row = i;
        w[i].revenue = b.window_net;
        w[i].margin = b.window_margin;
        w[i].unknown_days = b.window_no_margin;
        w[i].known = b.window_entries == 0 || b.window_no_margin < b.window_entries;
    }
    rc = add_flows(flows, p, w, n, err);
    if (rc) {
        kam_free(w);
        return rc;
    }
    double peak = 0;
    for (size_t i = 0; i < n; i++) {
        w[i].profit = w[i].margin - w[i].service - w[i].acquisition;
        if (w[i].known && w[i].profit > 0) peak += (double)w[i].profit;
    }
    kam_sort(w, n, sizeof *w, best_first, kam_table_watch(f->accounts));
    kam_column *c[OUT_COLS];
    kam_table *t = calc_out_new("cost-to-serve", f->accounts, out_cols, OUT_COLS, c);
    for (size_t i = 0; i < n && calc_goes_on(t, i, n); i++) push_account(c, &w[i], name, i, peak);
    say_notes(t, f, p, w, n);
    kam_free(w);
    return calc_out_done(t, out, err);
}

/* What the curve and the measures read of the rows, best first. */
typedef struct sums {
    const kam_column *account, *profit;
    size_t known, earning, losing;
    double peak, total;
} sums;

static kam_rc read_rows(const kam_table *rows, sums *s, kam_err *err)
{
    static const calc_use want[] = {{"account", KAM_TEXT, false}, {"profit", KAM_MONEY, false}};
    const kam_column *c[2];
    kam_rc rc = calc_use_table(rows, "rows", want, 2, c, err);
    if (rc) return rc;
    *s = (sums){c[0], c[1], 0, 0, 0, 0, 0};
    for (size_t i = 0, n = calc_use_rows(rows); i < n; i++) {
        if (!calc_known(s->profit, i)) continue;
        int64_t v = kam_col_int(s->profit, i);
        s->known++;
        s->total += (double)v;
        if (v > 0) s->earning++, s->peak += (double)v;
        if (v < 0) s->losing++;
    }
    return KAM_OK;
}

kam_rc calc_serve_whale(const kam_table *rows, const calc_serve_params *p, kam_table **out, kam_err *err)
{
    static const calc_col cols[] = {
        {"rank", KAM_INT, "cost-to-serve.rank"},        {"account", KAM_TEXT, "classify.account"},
        {"account_share", KAM_REAL, "cost-to-serve.account_share"}, {"profit", KAM_MONEY, "cost-to-serve.profit"},
        {"cumulative", KAM_MONEY, "cost-to-serve.cumulative"},      {"peak_share", KAM_REAL, "cost-to-serve.cumulative_peak"},
        {"peak", KAM_FLAG, "cost-to-serve.peak"}};
    sums s;
    kam_rc rc = read_rows(rows, &s, err);
    if (rc) return rc;
    kam_column *c[CALC_COUNT(cols)];
    kam_table *t = calc_out_new("cost-to-serve.whale", rows, cols, CALC_COUNT(cols), c);
    size_t points = p->curve_points > 0 ? (size_t)p->curve_points : 1, step = (s.known + points - 1) / points;
    int64_t sum = 0;
    for (size_t k = 0; k <= s.known; k++) { /* rows with a known profit come first, best first */
        int64_t v = k ? kam_col_int(s.profit, k - 1) : 0;
        bool peak = k == s.earning;
        sum += v;
        if (!peak && k != s.known && step > 1 && k % step) continue;
        kam_col_push_int(c[0], (int64_t)k);
        kam_col_push_text(c[1], k ? kam_col_text(s.account, k - 1) : NULL);
        kam_col_push_real(c[2], s.known ? (double)k / (double)s.known : NAN);
        calc_push_opt(c[3], k > 0, v);
        kam_col_push_int(c[4], sum);
        kam_col_push_real(c[5], s.peak > 0 ? (double)sum / s.peak : NAN);
        kam_col_push_int(c[6], peak);
    }
    for (size_t i = 0; i < kam_table_notes(rows); i++) kam_table_add_note(t, kam_table_note(rows, i));
    kam_table_seal(t);
    *out = t;
    return KAM_OK;
}

static double total_of(const kam_table *rows, const char *column)
{
    const kam_column *c = kam_table_find(rows, column);
    double sum = 0;
    for (size_t i = 0; c && i < kam_col_rows(c); i++) sum += (double)kam_col_int(c, i);
    return sum;
}

kam_rc calc_serve_measures(const kam_table *rows, const calc_serve_params *p, kam_table **out, kam_err *err)
{
    static const char *const TOTAL[] = {"revenue", "margin", "attract", "promote", "maintain", "serve", "service_cost", "acquisition"};
    (void)p;
    sums s;
    kam_rc rc = read_rows(rows, &s, err);
    if (rc) return rc;
    double unit = pow(10.0, kam_table_exponent(rows)), n = (double)s.known, revenue = total_of(rows, "revenue");
    int64_t all = (int64_t)kam_table_rows(rows), known = (int64_t)s.known;
    calc_measures m;
    calc_measures_start(&m, "cost-to-serve.measures", rows);
    for (size_t i = 0; i < CALC_COUNT(TOTAL); i++)
        calc_measures_value(&m, TOTAL[i], total_of(rows, TOTAL[i]) / unit, i == 1 ? known : all);
    calc_measures_value(&m, "profit", s.total / unit, known);
    calc_measures_value(&m, "serve_ratio", revenue > 0 ? total_of(rows, "service_cost") / revenue : NAN, all);
    calc_measures_value(&m, "peak_profit", s.peak / unit, (int64_t)s.earning);
    calc_measures_value(&m, "peak_accounts", s.known ? (double)s.earning / n : NAN, known);
    calc_measures_value(&m, "eaten", (s.peak - s.total) / unit, (int64_t)s.losing);
    calc_measures_value(&m, "eaten_share", s.peak > 0 ? (s.peak - s.total) / s.peak : NAN, (int64_t)s.losing);
    calc_measures_value(&m, "unknown_profit", NAN, all - known);
    for (size_t i = 0; i < kam_table_notes(rows); i++) kam_table_add_note(m.t, kam_table_note(rows, i));
    kam_table_seal(m.t);
    *out = m.t;
    return KAM_OK;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calc_key.h"
#include "calc_card.h"
#include "calc_use.h"
#include "kam_mem.h"
#include "kam_sort.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

const char *const calc_key_classes[] = {"key", "ordinary", NULL};

#define SAY(name, id, en, zh) static const calc_text name = {"key." id, en, zh}
SAY(why_named, "named", "named by us: {1}", "由我们指定：{1}");
SAY(why_no_reason, "no-reason", "named, but without a reason", "已指定，但没有理由");
SAY(why_margin, "margin", "margin in the top {1}", "毛利居前 {1}");
SAY(why_loyalty, "loyalty", "{1} on the ladder", "忠诚阶梯：{1}");
SAY(why_profit, "profit", "margin after service cost in the top {1}", "扣除服务成本后的毛利居前 {1}");
SAY(why_revenue, "revenue", "revenue of {1}", "销售额 {1}");
SAY(why_none, "none", "no lens of three passed", "三个标准均未达到");

static const calc_text rungs[] = {{"loyal", "loyal", "忠诚客户"}, {"member", "member", "成员"}, {"advocate", "advocate", "拥护者"}};

/* What one account has; NaN: unknown. */
typedef struct view {
    int64_t revenue, cost;
    double margin, profit;
    const calc_text *rung; /* NULL: below loyal */
    bool flagged, by_margin, by_profit, by_revenue;
} view;

static kam_rc read_costs(const calc_facts *f, const calc_key_params *p, view *v, size_t n, kam_err *err)
{
    static const calc_use want[] = {{"row", KAM_INT, false}, {"date", KAM_DAY, false}, {"amount", KAM_MONEY, false}};
    const kam_column *c[3];
    kam_day asof = p->ladder.asof;
    kam_rc rc = calc_use_table(f->service_costs, "service_costs", want, 3, c, err);
    for (size_t r = 0, rows = rc ? 0 : calc_use_rows(f->service_costs); r < rows; r++) {
        size_t i = calc_row_at(c[0], r, n);
        if (i == SIZE_MAX || !calc_known(c[1], r) || !calc_known(c[2], r)) continue;
        int64_t day = kam_col_int(c[1], r);
        if (day > asof - p->ladder.window_days && day <= asof) v[i].cost += kam_col_int(c[2], r);
    }
    return rc;
}

static int descending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x < y) - (x > y);
}

/* The value of place max(1, round(share · n)) among those > 0; infinite when there is none. */
static double top_border(const view *v, size_t n, bool profit, double share, double *scratch, const kam_progress *watch)
{
    size_t k = 0;
    for (size_t i = 0; i < n; i++) {
        double x = profit ? v[i].profit : v[i].margin;
        if (x > 0) scratch[k++] = x;
    }
    if (k == 0) return INFINITY;
    kam_sort(scratch, k, sizeof *scratch, descending, watch);
    size_t top = (size_t)floor(share * (double)k + 0.5);
    return scratch[top > 1 ? top - 1 : 0];
}

static void look(const calc_facts *f, const calc_key_params *p, const kam_table *ladder, view *v, size_t n)
{
    const kam_column *rung = kam_table_find(ladder, "class");
    double *scratch = kam_calloc(n + 1, sizeof *scratch);
    for (size_t i = 0; i < n && calc_goes_on(ladder, i, n); i++) {
        calc_buys b;
        calc_buys_scan(f->ledger, i, p->ladder.asof, p->ladder.window_days, &b);
        v[i].revenue = b.window_net;
        v[i].margin = b.window_entries && b.window_no_margin == b.window_entries ? NAN : (double)b.window_margin;
        v[i].profit = v[i].margin - (double)v[i].cost;
        for (size_t k = 0; k < CALC_COUNT(rungs); k++)
            if (calc_text_is(rung, i, rungs[k].id)) v[i].rung = &rungs[k];
        v[i].by_revenue = p->has_revenue && b.window_net >= p->revenue_minor;
    }
    const kam_progress *watch = kam_table_watch(f->accounts);
    double margin = top_border(v, n, false, p->share, scratch, watch), profit = top_border(v, n, true, p->share, scratch, watch);
    for (size_t i = 0; i < n; i++) {
        v[i].by_margin = v[i].margin >= margin;
        v[i].by_profit = v[i].profit >= profit;
    }
    kam_free(scratch);
}

enum { O_ACCOUNT, O_NAME, O_CLASS, O_WHY, O_LENSES, O_NAMED, O_MARGIN, O_LOYALTY, O_PROFIT, O_REVENUE, O_REASON, O_LADDER, O_WINDOW,
       O_WINDOW_MARGIN, O_COST, O_AFTER, O_COLS };
static const calc_col out_cols[O_COLS] = {
    {"account", KAM_TEXT, "classify.account"},
    {"name", KAM_TEXT, "classify.name"},
    {"class", KAM_TEXT, "key.class"},
    {"why", KAM_TEXT, "classify.why"},
    {"lenses", KAM_INT, "key.lenses"},
    {"named", KAM_FLAG, "key.named"},
    {"by_margin", KAM_FLAG, "key.by_margin"},
    {"by_loyalty", KAM_FLAG, "key.by_loyalty"},
    {"by_profit", KAM_FLAG, "key.by_profit"},
    {"by_revenue", KAM_FLAG, "key.by_revenue"},
    {"reason", KAM_TEXT, "key.reason"},
    {"ladder", KAM_TEXT, "key.ladder"},
    {"window_revenue", KAM_MONEY, "classify.window_revenue"},
    {"window_margin", KAM_MONEY, "key.window_margin"},
    {"service_cost", KAM_MONEY, "key.service_cost"},
    {"profit", KAM_MONEY, "key.profit"},
};

static void add(kam_str *why, calc_lang lang, const calc_text *t, const calc_arg *args, size_t n)
{
    if (why->len) kam_str_add(why, lang == CALC_ZH ? "；" : "; ");
    calc_say(why, lang, t, args, n);
}

static void push_why(kam_column *c, const calc_key_params *p, const view *v, const char *reason, int exponent)
{
    calc_lang lang = p->ladder.lang;
    kam_str why = KAM_STR_INIT;
    if (p->terse) {
        kam_col_push_missing(c);
        return;
    }
    if (v->flagged && reason) add(&why, lang, &why_named, CALC_ARGS(calc_arg_text(reason)));
    if (v->flagged && !reason) add(&why, lang, &why_no_reason, NULL, 0);
    if (v->by_margin) add(&why, lang, &why_margin, CALC_ARGS(calc_arg_pct(p->share)));
    if (v->rung) add(&why, lang, &why_loyalty, CALC_ARGS(calc_arg_text(calc_card_text(v->rung, lang))));
    if (v->by_profit) add(&why, lang, &why_profit, CALC_ARGS(calc_arg_pct(p->share)));
    if (v->by_revenue) add(&why, lang, &why_revenue, CALC_ARGS(calc_arg_money(v->revenue, exponent)));
    if (why.len == 0) add(&why, lang, &why_none, NULL, 0);
    kam_col_push_text(c, kam_str_cstr(&why));
    kam_str_release(&why);
}

static void push_row(kam_column **c, const calc_key_params *p, const view *v, const char *reason, const char *ladder, int exponent)
{
    int lenses = v->by_margin + (v->rung != NULL) + v->by_profit;
    bool named = v->flagged && reason, known = !isnan(v->margin);
    kam_col_push_text(c[O_CLASS], named || lenses >= p->min_lenses || v->by_revenue ? "key" : "ordinary");
    push_why(c[O_WHY], p, v, reason, exponent);
    kam_col_push_int(c[O_LENSES], lenses);
    kam_col_push_int(c[O_NAMED], named);
    calc_push_opt(c[O_MARGIN], known, v->by_margin);
    kam_col_push_int(c[O_LOYALTY], v->rung != NULL);
    calc_push_opt(c[O_PROFIT], known, v->by_profit);
    calc_push_opt(c[O_REVENUE], p->has_revenue, v->by_revenue);
    kam_col_push_text(c[O_REASON], reason);
    kam_col_push_text(c[O_LADDER], ladder);
    kam_col_push_int(c[O_WINDOW], v->revenue);
    calc_push_opt(c[O_WINDOW_MARGIN], known, known ? (int64_t)v->margin : 0);
    kam_col_push_int(c[O_COST], v->cost);
    calc_push_opt(c[O_AFTER], known, known ? (int64_t)v->profit : 0);
}

kam_rc calc_key(const calc_facts *f, const calc_key_params *p, kam_table **out, kam_err *err)
{
    static const calc_use want[] = {{"key_account", KAM_FLAG, true}, {"key_reason", KAM_TEXT, true}};
    const kam_column *acc[CALC_ACC_COLS], *in[2];
    kam_table *ladder = NULL;
    size_t n;
    kam_rc rc = calc_use_accounts(f, true, acc, &n, err);
    if (!rc) rc = calc_use_table(f->accounts, "accounts", want, 2, in, err);
    calc_ladder_params rungs_only = p->ladder;
    rungs_only.terse = true;
    if (!rc) rc = calc_ladder(f, &rungs_only, &ladder, err);
    if (rc) return rc;
    view *v = kam_calloc(n + 1, sizeof *v);
    rc = read_costs(f, p, v, n, err);
    if (!rc) {
        look(f, p, ladder, v, n);
        kam_column *c[O_COLS];
        kam_table *t = calc_out_new("key.title", f->accounts, out_cols, O_COLS, c);
        const kam_column *rung = kam_table_find(ladder, "class");
        for (size_t i = 0; i < n && calc_goes_on(t, i, n); i++) {
            const char *reason = calc_text_at(in[1], i);
            v[i].flagged = calc_known(in[0], i) && kam_col_int(in[0], i);
            kam_col_push_from(c[O_ACCOUNT], acc[CALC_ACC_CODE], i);
            kam_col_push_from(c[O_NAME], acc[CALC_ACC_NAME], i);
            push_row(c, p, &v[i], reason && *reason ? reason : NULL, calc_text_at(rung, i), kam_table_exponent(f->accounts));
        }
        rc = calc_out_done(t, out, err);
    }
    kam_free(v);
    kam_table_unref(ladder);
    return rc;
}

bool calc_key_row(const kam_table *rows, size_t row)
{
    return calc_text_is(kam_table_find(rows, "class"), row, "key");
}

bool calc_key_has(const kam_table *rows, const char *account)
{
    const kam_column *code = kam_table_find(rows, "account");
    size_t lo = 0, hi = kam_table_rows(rows);
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        int cmp = strcmp(kam_col_text(code, mid), account);
        if (cmp == 0) return calc_key_row(rows, mid);
        if (cmp < 0) lo = mid + 1;
        else hi = mid;
    }
    return false;
}

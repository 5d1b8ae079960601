/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lines from two sources, sorted, written out. */
#include "calc_plan.h"
#include "calc_use.h"
#include "kam_mem.h"
#include <stdlib.h>
#include <string.h>

static const calc_text what_deal[4] = {
    {"plan.close", "bring it to a close from stage {1} ({2})", "推动成交，现处{1}阶段（{2}）"},
    {"plan.overdue", "expected on {3}, still at stage {1}: a new date or an end", "预计 {3} 成交，仍在{1}阶段：重定日期或了结"},
    {"plan.undated", "at stage {1} without an expected close: give it a date", "处于{1}阶段，没有预计成交日：补上日期"},
    {"plan.stuck", "stuck at stage {1} for {4} days: move it or drop it", "在{1}阶段停滞 {4} 天：推动或放弃"}};
static const char *const deal_status[4] = {"close", "overdue", "undated", "stuck"};
enum { KIND_DEAL, KIND_VISIT, KIND_ACTION };
static const char *const kinds[] = {"deal", "visit", "action"};

enum { D_CODE, D_NAME, D_ACCOUNT, D_STAGE, D_AMOUNT, D_PROBABILITY, D_WEIGHTED, D_AGE, D_STUCK, D_EXPECTED, D_REP, D_COLS };
static const calc_use deal_use[D_COLS] = {
    {"opportunity", KAM_TEXT, false}, {"name", KAM_TEXT, false},         {"account", KAM_TEXT, false}, {"stage", KAM_TEXT, false},
    {"amount", KAM_MONEY, false},     {"probability", KAM_REAL, false},  {"weighted", KAM_MONEY, false}, {"age", KAM_INT, false},
    {"stuck", KAM_FLAG, false},       {"expected_close", KAM_DAY, false}, {"rep", KAM_TEXT, false}};
enum { S_ROW, S_KIND, S_DUE, S_REP, S_WHAT, S_OPP, S_RECORD, S_COLS };
static const calc_use step_use[S_COLS] = {{"row", KAM_INT, false}, {"kind", KAM_TEXT, false}, {"due", KAM_DAY, false}, {"rep", KAM_TEXT, false},
                                          {"what", KAM_TEXT, false}, {"opportunity", KAM_TEXT, false}, {"record", KAM_INT, true}};

typedef struct line {
    const char *rep;
    int kind, status;
    bool has_due;
    kam_day due;
    size_t at;
} line;

static int in_order(const void *a, const void *b)
{
    const line *x = a, *y = b;
    int cmp = x->rep && y->rep ? strcmp(x->rep, y->rep) : (x->rep == NULL) - (y->rep == NULL);
    if (cmp) return cmp;
    if (x->kind != y->kind) return x->kind - y->kind;
    if (x->has_due != y->has_due) return x->has_due ? -1 : 1;
    if (x->due != y->due) return x->due < y->due ? -1 : 1;
    return (x->at > y->at) - (x->at < y->at);
}

/* 0 close, 1 overdue, 2 undated, 3 stuck; −1: nothing to do this month. */
static int deal_line(const kam_column **d, size_t r, const calc_plan_params *p)
{
    if (!calc_known(d[D_EXPECTED], r)) return 2;
    kam_day expected = kam_col_int(d[D_EXPECTED], r);
    if (expected < p->asof) return 1;
    if (expected >= p->first && expected <= p->last) return 0;
    return calc_known(d[D_STUCK], r) && kam_col_int(d[D_STUCK], r) ? 3 : -1;
}

enum { O_REP, O_KIND, O_DUE, O_ACCOUNT, O_OPP, O_WHAT, O_STATUS, O_AMOUNT, O_WEIGHTED, O_RECORD, O_COLS };
static const calc_col out_cols[O_COLS] = {
    {"rep", KAM_TEXT, "funnel.rep"},              {"kind", KAM_TEXT, "plan.kind"},            {"due", KAM_DAY, "plan.due"},
    {"account", KAM_TEXT, "classify.account"},    {"opportunity", KAM_TEXT, "funnel.opportunity"}, {"what", KAM_TEXT, "plan.what"},
    {"status", KAM_TEXT, "plan.status"},          {"amount", KAM_MONEY, "funnel.amount"},     {"weighted", KAM_MONEY, "funnel.weighted"},
    {"record", KAM_INT, "plan.record"}};

static void push_deal(const line *l, const kam_column **d, const calc_plan_params *p, kam_column **c, kam_str *b)
{
    int stage = calc_stage_index(kam_col_text(d[D_STAGE], l->at));
    kam_col_push_from(c[O_ACCOUNT], d[D_ACCOUNT], l->at);
    kam_col_push_from(c[O_OPP], d[D_CODE], l->at);
    calc_push_say(c[O_WHAT], b, p->lang, &what_deal[l->status],
                  CALC_ARGS(calc_arg_text(calc_stage_name(stage < 0 ? 0 : stage, p->lang)), calc_arg_pct(kam_col_real(d[D_PROBABILITY], l->at)),
                            calc_arg_day(l->due), calc_arg_int(kam_col_int(d[D_AGE], l->at))));
    kam_col_push_text(c[O_STATUS], deal_status[l->status]);
    kam_col_push_from(c[O_AMOUNT], d[D_AMOUNT], l->at);
    kam_col_push_from(c[O_WEIGHTED], d[D_WEIGHTED], l->at);
    kam_col_push_missing(c[O_RECORD]);
}

static void push_step(const line *l, const kam_column **s, const kam_column *account, size_t accounts, kam_column **c)
{
    size_t row = calc_row_at(s[S_ROW], l->at, accounts);
    if (row == SIZE_MAX) kam_col_push_missing(c[O_ACCOUNT]);
    else kam_col_push_from(c[O_ACCOUNT], account, row);
    kam_col_push_from(c[O_OPP], s[S_OPP], l->at);
    kam_col_push_from(c[O_WHAT], s[S_WHAT], l->at);
    kam_col_push_text(c[O_STATUS], l->status ? "overdue" : "due");
    kam_col_push_missing(c[O_AMOUNT]);
    kam_col_push_missing(c[O_WEIGHTED]);
    calc_push_opt(c[O_RECORD], calc_known(s[S_RECORD], l->at), s[S_RECORD] ? kam_col_int(s[S_RECORD], l->at) : 0);
}

static size_t collect(const kam_column **d, size_t deals, const kam_column **s, size_t steps, const calc_plan_params *p, line *out)
{
    size_t n = 0;
    for (size_t r = 0; r < deals; r++) {
        int status = deal_line(d, r, p);
        bool dated = calc_known(d[D_EXPECTED], r);
        if (status >= 0) out[n++] = (line){calc_text_at(d[D_REP], r), KIND_DEAL, status, dated, dated ? kam_col_int(d[D_EXPECTED], r) : 0, r};
    }
    for (size_t r = 0; r < steps; r++) {
        if (!calc_known(s[S_DUE], r) || kam_col_int(s[S_DUE], r) > p->last) continue;
        kam_day due = kam_col_int(s[S_DUE], r);
        bool visit = calc_text_is(s[S_KIND], r, "visit");
        if (visit && due < p->first) continue;
        out[n++] = (line){calc_text_at(s[S_REP], r), visit ? KIND_VISIT : KIND_ACTION, due < p->asof, true, due, r};
    }
    return n;
}

kam_rc calc_plan(const calc_facts *f, const kam_table *deals, const kam_table *steps, const calc_plan_params *p, kam_table **out,
                 kam_err *err)
{
    const kam_column *acc[CALC_ACC_COLS], *d[D_COLS], *s[S_COLS];
    size_t accounts;
    kam_rc rc = calc_use_accounts(f, false, acc, &accounts, err);
    if (!rc) rc = calc_use_table(deals, "opportunities", deal_use, D_COLS, d, err);
    if (!rc) rc = calc_use_table(steps, "steps", step_use, S_COLS, s, err);
    if (rc) return rc;
    line *l = kam_calloc(calc_use_rows(deals) + calc_use_rows(steps) + 1, sizeof *l);
    size_t n = collect(d, calc_use_rows(deals), s, calc_use_rows(steps), p, l);
    if (n) qsort(l, n, sizeof *l, in_order);
    kam_column *c[O_COLS];
    kam_table *t = calc_out_new("plan", f->accounts, out_cols, O_COLS, c);
    kam_str b = KAM_STR_INIT;
    for (size_t i = 0; i < n; i++) {
        kam_col_push_text(c[O_REP], l[i].rep);
        kam_col_push_text(c[O_KIND], kinds[l[i].kind]);
        calc_push_opt(c[O_DUE], l[i].has_due, l[i].due);
        if (l[i].kind == KIND_DEAL) push_deal(&l[i], d, p, c, &b);
        else push_step(&l[i], s, acc[CALC_ACC_CODE], accounts, c);
    }
    kam_table_seal(t);
    kam_str_release(&b);
    kam_free(l);
    *out = t;
    return KAM_OK;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calc_yield.h"
#include "calc_funnel.h"
#include "calc_rank.h"
#include "calc_use.h"
#include "kam_mem.h"
#include <string.h>

static const calc_text why_bought = {"yield.bought", "bought on {1}, within the last {2} days",
                                     "{1} 有购买，在最近 {2} 天之内"};
static const calc_text why_open = {"yield.open", "open opportunity {1} at stage {2}", "未结商机 {1}，处于{2}阶段"};
static const calc_text why_advance = {"yield.advance", "agreed on a concrete step on {1}", "{1} 的接触取得进展"};
static const calc_text why_order = {"yield.order", "an interaction of {1} ended in an order", "{1} 的接触得到订单"};
static const calc_text why_lapsed = {"yield.lapsed", "last bought on {1}, no progress since", "上次购买在 {1}，此后没有进展"};
static const calc_text why_early = {"yield.early", "never bought, open opportunity {1} is only a lead",
                                    "从未购买，未结商机 {1} 只是潜在阶段"};
static const calc_text why_nothing = {"yield.nothing", "never bought, no opportunity and no progress",
                                      "从未购买，没有商机，也没有进展"};

/* What the opportunities and interactions of an account say. */
typedef struct hopes {
    int64_t amount;
    uint32_t open, with_amount;
    int8_t stage;    /* of the furthest open opportunity; −1: no open one */
    uint8_t order;   /* the newest progress was an order */
    uint32_t best;   /* its row */
    int32_t progress; /* day of the newest progress, 0 with has_progress unset */
    bool has_progress;
} hopes;

static kam_rc read_opportunities(const calc_facts *f, size_t n, hopes *h, const kam_column **code, kam_err *err)
{
    enum { ROW, CODE, RESULT, STAGE, AMOUNT, COLS };
    static const calc_use want[COLS] = {{"row", KAM_INT, false},     {"opportunity", KAM_TEXT, false},
                                        {"result", KAM_TEXT, false}, {"stage", KAM_TEXT, false},
                                        {"amount", KAM_MONEY, false}};
    const kam_column *c[COLS];
    kam_rc rc = calc_use_table(f->opportunities, "opportunities", want, COLS, c, err);
    if (rc) return rc;
    *code = c[CODE];
    for (size_t r = 0, rows = calc_use_rows(f->opportunities); r < rows; r++) {
        size_t i = calc_row_at(c[ROW], r, n);
        if (i == SIZE_MAX || !calc_text_is(c[RESULT], r, "open")) continue;
        hopes *x = &h[i];
        x->open++;
        if (calc_known(c[AMOUNT], r)) {
            x->with_amount++;
            x->amount += kam_col_int(c[AMOUNT], r);
        }
        int stage = calc_known(c[STAGE], r) ? calc_stage_index(kam_col_text(c[STAGE], r)) : 0;
        if (stage < 0) stage = 0;
        /* equally far ones: the smaller code, whatever the order of the rows */
        if (x->open == 1 || stage > x->stage ||
            (stage == x->stage && strcmp(kam_col_text(c[CODE], r), kam_col_text(c[CODE], x->best)) < 0)) {
            x->stage = (int8_t)stage;
            x->best = (uint32_t)r;
        }
    }
    return KAM_OK;
}

static kam_rc read_progress(const calc_facts *f, const calc_yield_params *p, size_t n, hopes *h, kam_err *err)
{
    enum { ROW, DATE, OUTCOME, COLS };
    static const calc_use want[COLS] = {{"row", KAM_INT, false}, {"date", KAM_DAY, false}, {"outcome", KAM_TEXT, false}};
    const kam_column *c[COLS];
    kam_rc rc = calc_use_table(f->progress, "progress", want, COLS, c, err);
    if (rc) return rc;
    for (size_t r = 0, rows = calc_use_rows(f->progress); r < rows; r++) {
        size_t i = calc_row_at(c[ROW], r, n);
        if (i == SIZE_MAX || !calc_known(c[DATE], r)) continue;
        bool order = calc_text_is(c[OUTCOME], r, "order");
        int64_t day = kam_col_int(c[DATE], r);
        if (!order && !calc_text_is(c[OUTCOME], r, "advance")) continue;
        if (day <= p->asof - p->progress_days || day > p->asof) continue;
        if (h[i].has_progress && (day < h[i].progress || (day == h[i].progress && !order))) continue;
        h[i].has_progress = true;
        h[i].progress = (int32_t)day;
        h[i].order = order;
    }
    return KAM_OK;
}

enum { OUT_ACCOUNT, OUT_NAME, OUT_CLASS, OUT_WHY, OUT_LAST, OUT_REVENUE, OUT_OPEN, OUT_LAPSED, OUT_COLS };
static const calc_col out_cols[OUT_COLS] = {
    {"account", KAM_TEXT, "classify.account"},
    {"name", KAM_TEXT, "classify.name"},
    {"class", KAM_TEXT, "classify.class"},
    {"why", KAM_TEXT, "classify.why"},
    {"last_purchase", KAM_DAY, "classify.last_purchase"},
    {"window_revenue", KAM_MONEY, "classify.window_revenue"},
    {"open_amount", KAM_MONEY, "classify.yield.open_amount"},
    {"lapsed", KAM_FLAG, "classify.yield.lapsed"},
};

static char push_class(kam_column **c, kam_str *buf, const calc_yield_params *p, const calc_buys *b, const hopes *h,
                       const kam_column *code)
{
    char cls = b->window_days ? 'A' : (h->open && h->stage >= 1) || h->has_progress ? 'B' : 'C';
    kam_col_push_textn(c[OUT_CLASS], &cls, 1);
    kam_column *why = c[OUT_WHY];
    const char *opp = h->open ? kam_col_text(code, h->best) : NULL;
    if (cls == 'A')
        calc_push_say(why, buf, p->lang, &why_bought, CALC_ARGS(calc_arg_day(b->last), calc_arg_int(p->window_days)));
    else if (h->open && h->stage >= 1)
        calc_push_say(why, buf, p->lang, &why_open,
                      CALC_ARGS(calc_arg_text(opp), calc_arg_text(calc_stage_name(h->stage, p->lang))));
    else if (cls == 'B')
        calc_push_say(why, buf, p->lang, h->order ? &why_order : &why_advance, CALC_ARGS(calc_arg_day(h->progress)));
    else if (b->days) calc_push_say(why, buf, p->lang, &why_lapsed, CALC_ARGS(calc_arg_day(b->last)));
    else if (h->open) calc_push_say(why, buf, p->lang, &why_early, CALC_ARGS(calc_arg_text(opp)));
    else calc_push_say(why, buf, p->lang, &why_nothing, NULL, 0);
    return cls;
}

kam_rc calc_yield(const calc_facts *f, const calc_yield_params *p, kam_table **out, kam_err *err)
{
    const kam_column *acc[CALC_ACC_COLS], *code = NULL;
    size_t n;
    kam_rc rc = calc_use_accounts(f, true, acc, &n, err);
    if (rc) return rc;
    hopes *h = kam_calloc(n, sizeof *h);
    for (size_t i = 0; i < n; i++) h[i].stage = -1;
    rc = read_opportunities(f, n, h, &code, err);
    if (!rc) rc = read_progress(f, p, n, h, err);
    if (rc) {
        kam_free(h);
        return rc;
    }
    kam_column *c[OUT_COLS];
    kam_table *t = calc_out_new("classify.yield", f->accounts, out_cols, OUT_COLS, c);
    kam_str buf = KAM_STR_INIT;
    for (size_t i = 0; i < n && calc_goes_on(t, i, n); i++) {
        calc_buys b;
        calc_buys_scan(f->ledger, i, p->asof, p->window_days, &b);
        kam_col_push_from(c[OUT_ACCOUNT], acc[CALC_ACC_CODE], i);
        kam_col_push_from(c[OUT_NAME], acc[CALC_ACC_NAME], i);
        char cls = push_class(c, &buf, p, &b, &h[i], code);
        calc_push_opt(c[OUT_LAST], b.days > 0, b.last);
        kam_col_push_int(c[OUT_REVENUE], b.window_net);
        calc_push_opt(c[OUT_OPEN], h[i].open == 0 || h[i].with_amount > 0, h[i].amount);
        kam_col_push_int(c[OUT_LAPSED], cls != 'A' && b.days > 0);
    }
    kam_str_release(&buf);
    kam_free(h);
    return calc_out_done(t, out, err);
}

const char *calc_yield_diagnosis(int64_t a, int64_t b, int64_t c)
{
    if (a + b + c == 0) return NULL;
    if (a == 0) return "barren";
    if (c >= b && b >= a) return "healthy";
    return c < (a > b ? a : b) ? "starved" : "blocked";
}

static const calc_text diagnoses[] = {
    {"barren", "barren: nobody has bought in the window", "无产出：统计期内没有客户购买"},
    {"healthy", "healthy: each class feeds the one after it", "健康：潜在不少于孵化，孵化不少于产出"},
    {"starved", "starved: too few potential customers at the top; prospect", "缺粮：顶端潜在客户太少，应开拓新客户"},
    {"blocked", "blocked: little is incubating; today's output has no successor", "断层：孵化太少，今天的产出后继无人"},
};

kam_rc calc_yield_measures(const kam_table *rows, const calc_yield_params *p, kam_table **out, kam_err *err)
{
    static const calc_use want[] = {{"class", KAM_TEXT, false}, {"lapsed", KAM_FLAG, false}};
    const kam_column *in[2];
    kam_rc rc = calc_use_table(rows, "rows", want, 2, in, err);
    if (rc) return rc;
    int64_t count[3] = {0}, lapsed = 0, n = (int64_t)kam_table_rows(rows);
    for (size_t i = 0; i < (size_t)n; i++) {
        char k = kam_col_text(in[0], i)[0];
        if (k >= 'A' && k <= 'C') count[k - 'A']++;
        lapsed += kam_col_int(in[1], i);
    }
    calc_measures m;
    calc_measures_start(&m, "classify.yield.measures", rows);
    static const char *const names[] = {"count_a", "count_b", "count_c"}, *const shares[] = {"share_a", "share_b", "share_c"};
    for (int k = 0; k < 3; k++) calc_measures_value(&m, names[k], (double)count[k], n);
    for (int k = 0; n && k < 3; k++) {
        double low, high;
        calc_wilson((double)count[k], (double)n, 0.95, &low, &high);
        calc_measures_range(&m, shares[k], (double)count[k] / (double)n, low, high, n);
    }
    calc_measures_value(&m, "lapsed", (double)lapsed, n);
    const char *word = calc_yield_diagnosis(count[0], count[1], count[2]);
    if (word) {
        calc_measures_word(&m, "diagnosis", word);
        for (size_t k = 0; k < CALC_COUNT(diagnoses); k++)
            if (strcmp(diagnoses[k].id, word) == 0) calc_note_say(m.t, p->lang, &diagnoses[k], NULL, 0);
    }
    kam_table_seal(m.t);
    *out = m.t;
    return KAM_OK;
}

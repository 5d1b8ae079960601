/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Everything is derived from stays (who stood where from when to when): built once per call by walking the stage
 * changes of each opportunity in order of time. */
#include "calc_funnel.h"
#include "calc_rank.h"
#include "calc_use.h"
#include "kam_mem.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

const char *const calc_stage_keys[] = {"lead", "intent", "proposal", "negotiation", "won", NULL};
static const calc_text stage_names[CALC_STAGES] = {{"lead", "lead", "潜在"},
                                                   {"intent", "intent", "意向"},
                                                   {"proposal", "proposal", "方案"},
                                                   {"negotiation", "negotiation", "商务谈判"},
                                                   {"won", "won", "成交"}};
static const calc_text why_age = {"funnel.age", "{1} days at stage {2}; half of the others leave within {3}",
                                  "在{2}阶段已 {1} 天；半数商机在 {3} 天内离开"};
static const calc_text why_stuck = {"funnel.stuck", "{1} days at stage {2}, more than {4} × the median stay of {3}",
                                    "在{2}阶段已 {1} 天，超过停留中位数 {3} 天的 {4} 倍"};
static const calc_text why_no_median = {"funnel.no-median", "{1} days at stage {2}; too few have left it to know a usual stay",
                                        "在{2}阶段已 {1} 天；离开过此阶段的商机太少，无法知道通常停留"};
static const calc_text note_history = {"funnel.history", "probabilities re-estimated from closed opportunities, prior worth {1} cases",
                                       "概率由已结商机重新估计，先验相当于 {1} 个案例"};

int calc_stage_index(const char *stage)
{
    for (int k = 0; k < CALC_STAGES; k++)
        if (strcmp(stage, calc_stage_keys[k]) == 0) return k;
    return -1;
}

const char *calc_stage_name(int stage, calc_lang lang)
{
    KAM_ASSERT(stage >= 0 && stage < CALC_STAGES);
    return lang == CALC_ZH ? stage_names[stage].zh : stage_names[stage].en;
}

enum { ROW, CODE, NAME, RESULT, STAGE, OPENED, CLOSED, EXPECTED, AMOUNT, REP, OPP_COLS };
typedef enum { OPEN, WON, LOST } result;

typedef struct change {
    size_t opp, row;
    int64_t day;
    int stage;
} change;

/* What the walk leaves about an opportunity. `seen` and `later` have a bit a stage. */
typedef struct deal {
    result result;
    int stage;       /* where it stands or stood last */
    int64_t since;   /* of that stay */
    bool since_known;
    uint8_t seen, later; /* stages it was in; of these, the ones after which it reached a later one */
} deal;

typedef struct stays { /* finished and running stays of one stage */
    int64_t *time;
    uint8_t *event;
    size_t n, cap, event_cap;
} stays;

typedef struct book {
    const kam_column *c[OPP_COLS];
    size_t n;
    deal *deal;
    stays stay[CALC_STAGES];
    bool has_median[CALC_STAGES];
    int64_t median[CALC_STAGES];
} book;

static int in_time(const void *a, const void *b)
{
    const change *x = a, *y = b;
    if (x->opp != y->opp) return x->opp < y->opp ? -1 : 1;
    if (x->day != y->day) return x->day < y->day ? -1 : 1;
    return (x->row > y->row) - (x->row < y->row);
}

static kam_rc read_changes(const calc_facts *f, const calc_funnel_params *p, size_t opps, change **out, size_t *count,
                           kam_err *err)
{
    static const calc_use want[] = {{"opportunity", KAM_INT, false}, {"date", KAM_DAY, false}, {"stage", KAM_TEXT, false}};
    const kam_column *c[3];
    kam_rc rc = calc_use_table(f->stages, "stages", want, 3, c, err);
    if (rc) return rc;
    size_t rows = calc_use_rows(f->stages), n = 0;
    change *ch = kam_calloc(rows, sizeof *ch);
    for (size_t r = 0; r < rows; r++) {
        size_t i = calc_row_at(c[0], r, opps);
        int stage = calc_known(c[2], r) ? calc_stage_index(kam_col_text(c[2], r)) : -1;
        if (i == SIZE_MAX || stage < 0 || !calc_known(c[1], r) || kam_col_int(c[1], r) > p->asof) continue;
        ch[n++] = (change){i, r, kam_col_int(c[1], r), stage};
    }
    qsort(ch, n, sizeof *ch, in_time);
    *out = ch;
    *count = n;
    return KAM_OK;
}

static void add_stay(stays *s, int64_t days, bool event)
{
    KAM_GROW(s->time, s->cap, s->n + 1);
    KAM_GROW(s->event, s->event_cap, s->n + 1);
    s->time[s->n] = days < 0 ? 0 : days;
    s->event[s->n++] = event;
}

static void enter(book *b, deal *d, int stage, int64_t day, bool day_known)
{
    for (int k = 0; k < stage; k++)
        if (d->seen & (1u << k)) d->later |= (uint8_t)(1u << k);
    d->seen |= (uint8_t)(1u << stage);
    if (d->stage >= 0 && d->since_known && day_known) add_stay(&b->stay[d->stage], day - d->since, true);
    d->stage = stage;
    d->since = day;
    d->since_known = day_known;
}

/* Walk opportunity i through its changes ch[0..n). */
static void walk(book *b, size_t i, const change *ch, size_t n, const calc_funnel_params *p)
{
    deal *d = &b->deal[i];
    d->stage = -1;
    d->result = calc_text_is(b->c[RESULT], i, "won") ? WON : calc_text_is(b->c[RESULT], i, "lost") ? LOST : OPEN;
    bool closed_known = calc_known(b->c[CLOSED], i) && kam_col_int(b->c[CLOSED], i) <= p->asof;
    int64_t closed = closed_known ? kam_col_int(b->c[CLOSED], i) : 0;
    for (size_t k = 0; k < n; k++) {
        if (k + 1 < n && ch[k + 1].day == ch[k].day) continue; /* of one day the last counts */
        if (ch[k].stage != d->stage) enter(b, d, ch[k].stage, ch[k].day, true);
    }
    if (n == 0) {
        int stage = calc_known(b->c[STAGE], i) ? calc_stage_index(kam_col_text(b->c[STAGE], i)) : 0;
        bool known = calc_known(b->c[OPENED], i);
        enter(b, d, stage < 0 ? 0 : stage, known ? kam_col_int(b->c[OPENED], i) : 0, known);
    }
    const int last = CALC_STAGES - 1;
    if (d->result == WON && d->stage != last) enter(b, d, last, closed, closed_known);
    else if (d->result == LOST && d->since_known && closed_known) add_stay(&b->stay[d->stage], closed - d->since, true);
    else if (d->result == OPEN && d->since_known) add_stay(&b->stay[d->stage], p->asof - d->since, false);
}

static void book_release(book *b)
{
    kam_free(b->deal);
    for (int k = 0; k < CALC_STAGES; k++) {
        kam_free(b->stay[k].time);
        kam_free(b->stay[k].event);
    }
}

static kam_rc book_open(const calc_facts *f, const calc_funnel_params *p, book *b, kam_err *err)
{
    static const calc_use want[OPP_COLS] = {
        {"row", KAM_INT, false},       {"opportunity", KAM_TEXT, false}, {"name", KAM_TEXT, true},
        {"result", KAM_TEXT, false},   {"stage", KAM_TEXT, false},       {"opened_on", KAM_DAY, false},
        {"closed_on", KAM_DAY, false}, {"expected_close", KAM_DAY, false}, {"amount", KAM_MONEY, false},
        {"rep", KAM_TEXT, false}};
    *b = (book){.n = calc_use_rows(f->opportunities)};
    change *ch = NULL;
    size_t changes = 0;
    kam_rc rc = calc_use_table(f->opportunities, "opportunities", want, OPP_COLS, b->c, err);
    if (!rc) rc = read_changes(f, p, b->n, &ch, &changes, err);
    if (rc) return rc;
    b->deal = kam_calloc(b->n, sizeof *b->deal);
    for (size_t i = 0, k = 0; i < b->n; i++) {
        size_t from = k;
        while (k < changes && ch[k].opp == i) k++;
        walk(b, i, ch + from, k - from, p);
    }
    kam_free(ch);
    for (int k = 0; k < CALC_STAGES; k++)
        b->has_median[k] = k < CALC_STAGES - 1 && calc_km_median(b->stay[k].time, b->stay[k].event, b->stay[k].n, &b->median[k]);
    return KAM_OK;
}

static void probabilities(const book *b, const calc_funnel_params *p, double out[CALC_STAGES])
{
    memcpy(out, p->probability, CALC_STAGES * sizeof *out);
    if (!p->reestimate) return;
    for (int k = 0; k < CALC_STAGES - 1; k++) {
        double won = 0, closed = 0;
        for (size_t i = 0; i < b->n; i++) {
            if (!(b->deal[i].seen & (1u << k)) || b->deal[i].result == OPEN) continue;
            closed++;
            won += b->deal[i].result == WON;
        }
        if (p->prior_cases + closed > 0) out[k] = (p->prior_cases * p->probability[k] + won) / (p->prior_cases + closed);
    }
}

kam_rc calc_funnel_probability(const calc_facts *f, const calc_funnel_params *p, double out[CALC_STAGES], kam_err *err)
{
    book b;
    kam_rc rc = book_open(f, p, &b, err);
    if (rc) return rc;
    probabilities(&b, p, out);
    book_release(&b);
    return KAM_OK;
}

static bool is_stuck(const book *b, const deal *d, const calc_funnel_params *p)
{
    return b->has_median[d->stage] && d->since_known &&
           (double)(p->asof - d->since) > p->stuck_factor * (double)b->median[d->stage];
}

/* Accounts that are neither being worked on nor buying. */
static kam_rc count_pool(const calc_facts *f, const book *b, const calc_funnel_params *p, int64_t *pool, kam_err *err)
{
    const kam_column *acc[CALC_ACC_COLS];
    size_t n;
    kam_rc rc = calc_use_accounts(f, f->ledger != NULL, acc, &n, err);
    if (rc) return rc;
    uint8_t *busy = kam_calloc(n, 1);
    for (size_t i = 0; i < b->n; i++) {
        size_t row = calc_row_at(b->c[ROW], i, n);
        if (row != SIZE_MAX && b->deal[i].result == OPEN) busy[row] = 1;
    }
    *pool = 0;
    for (size_t i = 0; i < n; i++) {
        calc_buys buys = {0};
        if (f->ledger) calc_buys_scan(f->ledger, i, p->asof, p->window_days, &buys);
        *pool += !busy[i] && buys.window_days == 0;
    }
    kam_free(busy);
    return KAM_OK;
}

typedef struct stage_sums {
    int64_t count, amount, no_amount, stuck, left, later;
    double weighted, age;
    bool has_age;
} stage_sums;

static bool counts_here(const book *b, size_t i, int stage, const calc_funnel_params *p)
{
    const deal *d = &b->deal[i];
    if (d->stage != stage || d->result == LOST) return false;
    if (d->result == OPEN) return true;
    return calc_known(b->c[CLOSED], i) && kam_col_int(b->c[CLOSED], i) > p->asof - p->window_days;
}

static stage_sums sum_stage(const book *b, int stage, double probability, const calc_funnel_params *p, double *scratch)
{
    stage_sums s = {0};
    size_t ages = 0;
    for (size_t i = 0; i < b->n; i++) {
        const deal *d = &b->deal[i];
        if (d->seen & (1u << stage)) {
            bool later = d->later & (1u << stage), here = d->result == OPEN && d->stage == stage;
            s.left += later || !here;
            s.later += later;
        }
        if (!counts_here(b, i, stage, p)) continue;
        s.count++;
        if (calc_known(b->c[AMOUNT], i)) s.amount += kam_col_int(b->c[AMOUNT], i);
        else s.no_amount++;
        if (d->result != OPEN) continue;
        s.stuck += is_stuck(b, d, p);
        if (d->since_known) scratch[ages++] = (double)(p->asof - d->since);
    }
    s.weighted = probability * (double)s.amount;
    s.has_age = calc_median(scratch, ages, &s.age);
    return s;
}

enum { OUT_STAGE, OUT_COUNT, OUT_AMOUNT, OUT_NO_AMOUNT, OUT_PROBABILITY, OUT_WEIGHTED, OUT_AGE, OUT_MEDIAN, OUT_STUCK,
       OUT_CONVERSION, OUT_LOW, OUT_HIGH, OUT_LEFT, OUT_COLS };
static const calc_col out_cols[OUT_COLS] = {
    {"stage", KAM_TEXT, "funnel.stage"},
    {"count", KAM_INT, "funnel.count"},
    {"amount", KAM_MONEY, "funnel.amount"},
    {"no_amount", KAM_INT, "funnel.no_amount"},
    {"probability", KAM_REAL, "funnel.probability"},
    {"weighted", KAM_MONEY, "funnel.weighted"},
    {"age", KAM_REAL, "funnel.age"},
    {"median_stay", KAM_REAL, "funnel.median_stay"},
    {"stuck", KAM_INT, "funnel.stuck"},
    {"conversion", KAM_REAL, "funnel.conversion"},
    {"conversion_low", KAM_REAL, "funnel.conversion_low"},
    {"conversion_high", KAM_REAL, "funnel.conversion_high"},
    {"left", KAM_INT, "funnel.left"},
};

static void push_stage(const book *b, int k, double probability, const calc_funnel_params *p, kam_column **c, double *scratch)
{
    const bool won = k == CALC_STAGES - 1;
    stage_sums s = sum_stage(b, k, probability, p, scratch);
    double low = NAN, high = NAN;
    if (!won) calc_wilson((double)s.later, (double)s.left, p->level, &low, &high);
    kam_col_push_text(c[OUT_STAGE], calc_stage_keys[k]);
    kam_col_push_int(c[OUT_COUNT], s.count);
    calc_push_opt(c[OUT_AMOUNT], s.count == 0 || s.no_amount < s.count, s.amount);
    kam_col_push_int(c[OUT_NO_AMOUNT], s.no_amount);
    kam_col_push_real(c[OUT_PROBABILITY], probability);
    calc_push_opt(c[OUT_WEIGHTED], s.count == 0 || s.no_amount < s.count, llround(s.weighted));
    kam_col_push_real(c[OUT_AGE], s.has_age ? s.age : NAN);
    kam_col_push_real(c[OUT_MEDIAN], b->has_median[k] ? (double)b->median[k] : NAN);
    calc_push_opt(c[OUT_STUCK], b->has_median[k], s.stuck);
    kam_col_push_real(c[OUT_CONVERSION], !won && s.left ? (double)s.later / (double)s.left : NAN);
    kam_col_push_real(c[OUT_LOW], low);
    kam_col_push_real(c[OUT_HIGH], high);
    calc_push_opt(c[OUT_LEFT], !won, s.left);
}

kam_rc calc_funnel(const calc_facts *f, const calc_funnel_params *p, kam_table **out, kam_err *err)
{
    book b;
    int64_t pool;
    kam_rc rc = book_open(f, p, &b, err);
    if (rc) return rc;
    rc = count_pool(f, &b, p, &pool, err);
    if (rc) {
        book_release(&b);
        return rc;
    }
    kam_column *c[OUT_COLS];
    kam_table *t = calc_out_new("funnel", f->accounts, out_cols, OUT_COLS, c);
    double prob[CALC_STAGES], *scratch = kam_calloc(b.n, sizeof *scratch);
    probabilities(&b, p, prob);
    kam_col_push_text(c[OUT_STAGE], "pool");
    kam_col_push_int(c[OUT_COUNT], pool);
    for (int k = OUT_AMOUNT; k < OUT_COLS; k++) kam_col_push_missing(c[k]);
    for (int k = 0; k < CALC_STAGES; k++) push_stage(&b, k, prob[k], p, c, scratch);
    if (p->reestimate) calc_note_say(t, p->lang, &note_history, CALC_ARGS(calc_arg_real(p->prior_cases, 1)));
    kam_table_seal(t);
    kam_free(scratch);
    book_release(&b);
    *out = t;
    return KAM_OK;
}

enum { DET_CODE, DET_NAME, DET_ACCOUNT, DET_STAGE, DET_WHY, DET_AMOUNT, DET_PROBABILITY, DET_WEIGHTED, DET_AGE, DET_MEDIAN,
       DET_STUCK, DET_EXPECTED, DET_REP, DET_COLS };
static const calc_col detail_cols[DET_COLS] = {
    {"opportunity", KAM_TEXT, "funnel.opportunity"},
    {"name", KAM_TEXT, "funnel.name"},
    {"account", KAM_TEXT, "classify.account"},
    {"stage", KAM_TEXT, "funnel.stage"},
    {"why", KAM_TEXT, "classify.why"},
    {"amount", KAM_MONEY, "funnel.amount"},
    {"probability", KAM_REAL, "funnel.probability"},
    {"weighted", KAM_MONEY, "funnel.weighted"},
    {"age", KAM_INT, "funnel.age"},
    {"median_stay", KAM_REAL, "funnel.median_stay"},
    {"stuck", KAM_FLAG, "funnel.is_stuck"},
    {"expected_close", KAM_DAY, "funnel.expected_close"},
    {"rep", KAM_TEXT, "funnel.rep"},
};

static void push_or_missing(kam_column *to, const kam_column *from, size_t row)
{
    if (from) kam_col_push_from(to, from, row);
    else kam_col_push_missing(to);
}

static void push_detail(const book *b, size_t i, const kam_column *codes, size_t accounts, const calc_funnel_params *p,
                        const double *prob, kam_column **c, kam_str *buf)
{
    const deal *d = &b->deal[i];
    size_t row = calc_row_at(b->c[ROW], i, accounts);
    bool median = b->has_median[d->stage], amount = calc_known(b->c[AMOUNT], i), stuck = is_stuck(b, d, p);
    int64_t age = p->asof - d->since, money = amount ? kam_col_int(b->c[AMOUNT], i) : 0;
    kam_col_push_from(c[DET_CODE], b->c[CODE], i);
    push_or_missing(c[DET_NAME], b->c[NAME], i);
    push_or_missing(c[DET_ACCOUNT], row == SIZE_MAX ? NULL : codes, row);
    kam_col_push_text(c[DET_STAGE], calc_stage_keys[d->stage]);
    calc_push_say(c[DET_WHY], buf, p->lang, !median ? &why_no_median : stuck ? &why_stuck : &why_age,
                  CALC_ARGS(d->since_known ? calc_arg_int(age) : calc_arg_text(NULL),
                            calc_arg_text(calc_stage_name(d->stage, p->lang)), calc_arg_int(b->median[d->stage]),
                            calc_arg_real(p->stuck_factor, 2)));
    calc_push_opt(c[DET_AMOUNT], amount, money);
    kam_col_push_real(c[DET_PROBABILITY], prob[d->stage]);
    calc_push_opt(c[DET_WEIGHTED], amount, llround(prob[d->stage] * (double)money));
    calc_push_opt(c[DET_AGE], d->since_known, age);
    kam_col_push_real(c[DET_MEDIAN], median ? (double)b->median[d->stage] : NAN);
    calc_push_opt(c[DET_STUCK], median && d->since_known, stuck);
    kam_col_push_from(c[DET_EXPECTED], b->c[EXPECTED], i);
    kam_col_push_from(c[DET_REP], b->c[REP], i);
}

kam_rc calc_funnel_opportunities(const calc_facts *f, const calc_funnel_params *p, kam_table **out, kam_err *err)
{
    const kam_column *acc[CALC_ACC_COLS];
    size_t n;
    book b;
    kam_rc rc = calc_use_accounts(f, false, acc, &n, err);
    if (!rc) rc = book_open(f, p, &b, err);
    if (rc) return rc;
    double prob[CALC_STAGES];
    probabilities(&b, p, prob);
    kam_column *c[DET_COLS];
    kam_table *t = calc_out_new("funnel.opportunities", f->accounts, detail_cols, DET_COLS, c);
    kam_str buf = KAM_STR_INIT;
    for (size_t i = 0; i < b.n; i++)
        if (b.deal[i].result == OPEN) push_detail(&b, i, acc[CALC_ACC_CODE], n, p, prob, c, &buf);
    kam_str_release(&buf);
    kam_table_seal(t);
    book_release(&b);
    *out = t;
    return KAM_OK;
}

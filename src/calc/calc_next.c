/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calc_next.h"
#include "calc_use.h"
#include "kam_mem.h"
#include "kam_sort.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

const char *const calc_next_classes[] = {"waiting", "due", "overdue", "lost", NULL};
enum { WAITING, DUE, OVERDUE, LOST };

static const calc_text why_quantity = {"next.quantity", "bought {1} of {2} on {3}, uses {4} a day", "{3} 购 {2} {1} 件，日用 {4} 件"};
static const calc_text why_gaps = {"next.gaps", "buys every {1} days ({2} own gaps)", "每 {1} 天购买一次（自身间隔 {2} 个）"};
static const calc_text why_portfolio = {"next.portfolio", "bought once; the portfolio's gap of {1} days stands in", "只购买过一次；采用全体间隔 {1} 天"};
static const calc_text note_rule = {"next.rule", "rice-jar rule as of {1}: last quantity ÷ own rate of use, else own mean gap; pooled with the portfolio; range at level {2} (setting level)",
                                    "米缸法则，截至 {1}：最近购量 ÷ 自身用速，数量未知则用自身平均间隔；与全体部分合并；区间水平 {2}（设置 level）"};
static const calc_text note_pool = {"next.pool", "the portfolio counts as {1} own gaps of {2} days for accounts, {3} of {4} days for products",
                                    "全体相当于客户自身 {1} 个 {2} 天的间隔；产品为 {3} 个 {4} 天的间隔"};
static const calc_text note_lost = {"next.lost", "no longer waited for: {1} accounts silent beyond all but {2} of gaps (setting next-purchase-lost); -all shows them",
                                    "不再等待：{1} 个客户的沉默超过间隔分布的末 {2}（设置 next-purchase-lost）；-all 可列出"};
static const calc_text note_capacity = {"next.capacity", "the proposed quantity is the mean own order, never above the storage capacity: {1} accounts are capped",
                                        "建议数量为自身平均购量，且不超过仓储能力：{1} 个客户受限"};

/* One account and product, or one account's purchase days. */
typedef struct line {
    calc_rhythm_series s;
    const char *product; /* NULL: by gaps */
    int64_t last;
    double last_units, orders, all_units; /* orders: number of them; all_units: Σ of those before the last */
    bool parts;                           /* some quantity was not a whole number */
} line;

/* Orders with the same record are expected alike, and the sentence about them is the same. */
typedef struct alike {
    int32_t n;                /* gaps; −1: free */
    double days;
    calc_rhythm_next next;
    uint32_t why;             /* 1 + the row with the sentence about it */
} alike;
typedef struct memo {
    size_t used, slots;       /* slots: a power of two */
    alike *at;
} memo;

enum { NEVER = INT32_MIN };
typedef struct work {
    const kam_column *acc[CALC_ACC_COLS];
    size_t n, n_lines;
    calc_rhythm_series *gaps; /* n, of the account's purchase days */
    int32_t *last;            /* n, its last one, or NEVER */
    line *lines;              /* products, by account */
    size_t *first;            /* n + 1: products of account i are lines[first[i] … first[i+1]) */
    double *capacity;         /* n; NAN: unknown */
    calc_rhythm_fit by_gaps, by_products;
    memo memo;                /* of by_gaps */
} work;

static void work_release(work *w)
{
    kam_free(w->gaps);
    kam_free(w->last);
    kam_free(w->lines);
    kam_free(w->first);
    kam_free(w->capacity);
    kam_free(w->memo.at);
}

/* Place of this record, free or taken. */
static alike *memo_find(const memo *m, int32_t n, double days)
{
    uint64_t bits;
    memcpy(&bits, &days, sizeof bits);
    uint64_t h = (bits ^ (uint64_t)n * 0x9e3779b97f4a7c15u) * 0xff51afd7ed558ccdu;
    for (h ^= h >> 32;; h++) {
        alike *a = &m->at[h & (m->slots - 1)];
        if (a->n < 0 || (a->n == n && a->days == days)) return a;
    }
}

static void memo_grow(memo *m)
{
    const memo old = *m;
    m->slots = old.slots ? 2 * old.slots : 1024;
    m->at = kam_alloc(m->slots * sizeof *m->at);
    for (size_t i = 0; i < m->slots; i++) m->at[i].n = -1;
    for (size_t i = 0; i < old.slots; i++)
        if (old.at[i].n >= 0) *memo_find(m, old.at[i].n, old.at[i].days) = old.at[i];
    kam_free(old.at);
}

/* What the account's purchase days let expect; valid until the next call. */
static alike *expect(work *w, const calc_rhythm_series *s, double level)
{
    memo *m = &w->memo;
    if (2 * m->used >= m->slots) memo_grow(m);
    alike *a = memo_find(m, s->n, s->days);
    if (a->n >= 0) return a;
    *a = (alike){s->n, s->days, calc_rhythm_expect(&w->by_gaps, s, 1, level), 0};
    m->used++;
    return a;
}

static void read_gaps(const kam_ledger *l, kam_day asof, work *w)
{
    for (size_t i = 0; i < w->n; i++) {
        w->last[i] = NEVER;
        for (size_t k = l->start[i]; k < l->start[i + 1] && l->day[k] <= asof; k++) {
            if (l->net_minor[k] <= 0) continue;
            if (w->last[i] != NEVER) calc_rhythm_add(&w->gaps[i], (double)(l->day[k] - w->last[i]), 1);
            w->last[i] = (int32_t)l->day[k];
        }
    }
}

/* The order held back until the next one shows how long it lasted; a return is taken off it. */
static void take_day(line *x, int64_t day, double units)
{
    x->parts |= units != floor(units);
    if (units <= 0) {
        x->last_units += x->orders > 0 ? units : 0;
        return;
    }
    if (x->orders > 0 && x->last_units > 0) {
        calc_rhythm_add(&x->s, (double)(day - x->last), x->last_units);
        x->all_units += x->last_units;
    } else if (x->orders > 0) x->orders--; /* all of it came back: it never was an order */
    x->orders++;
    x->last = day;
    x->last_units = units;
}

static kam_rc read_products(const kam_table *t, kam_day asof, work *w, kam_err *err)
{
    static const calc_use want[] = {{"row", KAM_INT, false}, {"product", KAM_TEXT, false}, {"date", KAM_DAY, false}, {"quantity", KAM_REAL, false}};
    const kam_column *c[4];
    kam_rc rc = calc_use_table(t, "quantities", want, 4, c, err);
    if (rc) return rc;
    size_t rows = calc_use_rows(t), cap = 0, at = SIZE_MAX;
    const char *product = NULL;
    for (size_t r = 0; r < rows; r++) {
        if (!calc_goes_on(t, r, rows)) return kam_progress_step(kam_table_watch(t), "rows", r, rows, err);
        size_t i = calc_row_at(c[0], r, w->n);
        if (i == SIZE_MAX || !calc_known(c[1], r) || !calc_known(c[2], r) || !calc_known(c[3], r) || kam_col_int(c[2], r) > asof) continue;
        const char *name = kam_col_text(c[1], r);
        if (i != at || strcmp(name, product) != 0) {
            KAM_GROW(w->lines, cap, w->n_lines + 1);
            w->lines[w->n_lines++] = (line){.product = name, .last = INT64_MIN};
            w->first[i + 1]++; /* a count for now */
            at = i;
            product = name;
        }
        take_day(&w->lines[w->n_lines - 1], kam_col_int(c[2], r), kam_col_real(c[3], r));
    }
    for (size_t i = 0; i < w->n; i++) w->first[i + 1] += w->first[i];
    return KAM_OK;
}

static kam_rc read_capacity(const kam_table *t, work *w, kam_err *err)
{
    static const calc_use want[] = {{"row", KAM_INT, false}, {"storage_capacity", KAM_REAL, false}};
    const kam_column *c[2];
    kam_rc rc = calc_use_table(t, "habits", want, 2, c, err);
    for (size_t i = 0; i < w->n; i++) w->capacity[i] = NAN;
    for (size_t r = 0; !rc && r < calc_use_rows(t); r++) {
        size_t i = calc_row_at(c[0], r, w->n);
        if (i != SIZE_MAX && calc_known(c[1], r)) w->capacity[i] = kam_col_real(c[1], r);
    }
    return rc;
}

static kam_rc fit_products(const line *x, size_t n, kam_progress *progress, calc_rhythm_fit *fit, kam_err *err)
{
    calc_rhythm_series *s = kam_calloc(n + 1, sizeof *s);
    for (size_t i = 0; i < n; i++) s[i] = x[i].s;
    kam_rc rc = calc_rhythm_fit_asking(n, s, progress, fit, err);
    kam_free(s);
    return rc;
}

static kam_rc work_build(const calc_facts *f, const kam_table *quantities, const kam_table *habits, const calc_next_params *p, work *w,
                         kam_err *err)
{
    memset(w, 0, sizeof *w);
    kam_rc rc = calc_use_accounts(f, true, w->acc, &w->n, err);
    if (rc) return rc;
    w->gaps = kam_calloc(w->n + 1, sizeof *w->gaps);
    w->last = kam_calloc(w->n + 1, sizeof *w->last);
    w->first = kam_calloc(w->n + 2, sizeof *w->first);
    w->capacity = kam_calloc(w->n + 1, sizeof *w->capacity);
    read_gaps(f->ledger, p->asof, w);
    rc = read_products(quantities, p->asof, w, err);
    if (!rc) rc = read_capacity(habits, w, err);
    if (!rc && p->frame) {
        w->by_gaps = p->frame->by_gaps;
        w->by_products = p->frame->by_products;
        return KAM_OK;
    }
    if (!rc) rc = calc_rhythm_fit_asking(w->n, w->gaps, p->progress, &w->by_gaps, err);
    if (!rc) rc = fit_products(w->lines, w->n_lines, p->progress, &w->by_products, err);
    if (rc) work_release(w);
    return rc;
}

/* --- one account's next order ------------------------------------------------------------------------------------------ */
typedef struct call {
    size_t row;
    const line *of;           /* of which product; NULL: by the account's purchase days */
    const calc_rhythm_series *s;
    int64_t last;
    calc_rhythm_next next;
    double w; /* last order against the usual one */
    int64_t expected, earliest, latest;
    int class_;
} call;

static double size_of(const line *x) { return x->s.n > 0 ? x->last_units * x->s.n / x->s.units : 1; }

/* of NULL: by the purchase days of account i. */
static call call_of(work *w, size_t i, const line *of, bool lost, const calc_next_params *p)
{
    call c = {.row = i, .of = of, .s = of ? &of->s : &w->gaps[i], .last = of ? of->last : w->last[i], .w = of ? size_of(of) : 1};
    c.next = of ? calc_rhythm_expect(&w->by_products, c.s, c.w, p->level) : expect(w, c.s, p->level)->next;
    bool known = isfinite(c.next.days) && c.next.days < 1e6 && c.next.high < 1e6;
    c.expected = known ? c.last + llround(fmax(1, c.next.days)) : INT64_MIN;
    c.earliest = known ? c.last + llround(fmax(1, c.next.low)) : INT64_MIN;
    c.latest = known ? c.last + llround(fmax(1, c.next.high)) : INT64_MIN;
    if (!known) c.class_ = WAITING;
    else if (lost) c.class_ = LOST;
    else c.class_ = p->asof < c.earliest ? WAITING : p->asof <= c.latest ? DUE : OVERDUE;
    return c;
}

static double still_of(const work *w, const line *x, const calc_next_params *p)
{
    return calc_rhythm_still(&w->by_products, &x->s, size_of(x), (double)(p->asof - x->last));
}

/* By the products it buys again and again: the one that is likeliest to be next, given how long each was not bought; else (NULL) by the days
 * on which it bought anything. If these say that it is lost, no product says otherwise. A product that may be next is not lost. */
static const line *product_next(const work *w, size_t i, const calc_next_params *p)
{
    const line *next = NULL;
    double soonest = -1; /* of the one found so far, once it has to be compared */
    for (size_t k = w->first[i]; k < w->first[i + 1]; k++) {
        const line *x = &w->lines[k];
        if (x->s.n < 1 || !(x->last_units > 0) ||
            calc_rhythm_longer(&w->by_products, &x->s, size_of(x), (double)(p->asof - x->last)) < fmax(p->lost, 1e-12)) /* no such silence */
            continue;
        if (!next) {
            next = x;
            continue;
        }
        if (soonest < 0) soonest = still_of(w, next, p);
        double still = still_of(w, x, p);
        if (still < soonest || (still == soonest && strcmp(x->product, next->product) < 0)) {
            soonest = still;
            next = x;
        }
    }
    return next;
}

static call next_of(work *w, size_t i, const calc_next_params *p)
{
    bool lost = calc_rhythm_longer(&w->by_gaps, &w->gaps[i], 1, (double)(p->asof - w->last[i])) < p->lost;
    const line *product = lost ? NULL : product_next(w, i, p);
    return call_of(w, i, product, lost && !product, p);
}

/* What is kept of a call until all are known. */
typedef struct slot {
    int64_t expected;
    const line *of;
    uint32_t row;
    bool lost;
} slot;

/* Accounts are in the order of their codes. */
static int by_day(const void *a, const void *b)
{
    const slot *x = a, *y = b;
    bool known_x = x->expected != INT64_MIN, known_y = y->expected != INT64_MIN;
    if (known_x != known_y) return known_x ? -1 : 1;
    if (x->expected != y->expected) return x->expected < y->expected ? -1 : 1;
    return (x->row > y->row) - (x->row < y->row);
}

enum { OUT_ACCOUNT, OUT_NAME, OUT_CLASS, OUT_WHY, OUT_BASIS, OUT_PRODUCT, OUT_LAST, OUT_LAST_QUANTITY, OUT_GAPS, OUT_OWN_DAYS, OUT_DAYS,
       OUT_OWN_WEIGHT, OUT_EXPECTED, OUT_EARLIEST, OUT_LATEST, OUT_OVERDUE, OUT_QUANTITY, OUT_CAPACITY, OUT_COLS };
static const calc_col out_cols[OUT_COLS] = {
    {"account", KAM_TEXT, "classify.account"},
    {"name", KAM_TEXT, "classify.name"},
    {"class", KAM_TEXT, "next-purchase.state"},
    {"why", KAM_TEXT, "classify.why"},
    {"basis", KAM_TEXT, "next-purchase.basis"},
    {"product", KAM_TEXT, "classify.product"},
    {"last_purchase", KAM_DAY, "classify.last_purchase"},
    {"last_quantity", KAM_REAL, "next-purchase.last_quantity"},
    {"gaps", KAM_INT, "next-purchase.gaps"},
    {"own_days", KAM_REAL, "next-purchase.own_days"},
    {"days", KAM_REAL, "next-purchase.days"},
    {"own_weight", KAM_REAL, "next-purchase.own_weight"},
    {"expected", KAM_DAY, "next-purchase.expected"},
    {"earliest", KAM_DAY, "next-purchase.earliest"},
    {"latest", KAM_DAY, "next-purchase.latest"},
    {"overdue", KAM_FLAG, "next-purchase.overdue"},
    {"quantity", KAM_REAL, "next-purchase.quantity"},
    {"storage_capacity", KAM_REAL, "account.storage_capacity"},
};

static void say_why(work *w, kam_column *c, const call *k, const calc_next_params *p)
{
    kam_str buf = KAM_STR_INIT;
    const line *x = k->of;
    if (p->terse) {
        kam_col_push_missing(c);
        return;
    }
    if (x) {
        calc_push_say(c, &buf, p->lang, &why_quantity,
                      CALC_ARGS(calc_arg_real(x->last_units, 2), calc_arg_text(x->product), calc_arg_day(x->last),
                                calc_arg_real(x->last_units / k->next.days, 2)));
        kam_str_release(&buf);
        return;
    }
    if (!k->s->n && !isfinite(k->next.days)) {
        kam_col_push_missing(c);
        return;
    }
    alike *a = expect(w, k->s, p->level);
    if (a->why) {
        kam_col_push_again(c, a->why - 1);
        return;
    }
    a->why = (uint32_t)kam_col_rows(c) + 1;
    if (k->s->n) calc_push_say(c, &buf, p->lang, &why_gaps, CALC_ARGS(calc_arg_real(k->next.days, 1), calc_arg_int(k->s->n)));
    else calc_push_say(c, &buf, p->lang, &why_portfolio, CALC_ARGS(calc_arg_real(k->next.days, 1)));
    kam_str_release(&buf);
}

/* The mean own order, in whole units where it never bought parts of one, and never more than the jar holds. */
static double proposed(const line *x, double room, bool *capped)
{
    if (!x) return NAN;
    double usual = (x->all_units + x->last_units) / x->orders;
    if (!x->parts) usual = fmax(1, round(usual));
    *capped = usual > room; /* false where the room is unknown */
    if (!*capped) return usual;
    return x->parts ? room : floor(room);
}

static void push_call(work *w, kam_column **c, const call *k, const calc_next_params *p, int64_t *capped)
{
    const line *x = k->of;
    double room = w->capacity[k->row];
    bool cut = false;
    double quantity = proposed(x, room, &cut);
    bool known = k->expected != INT64_MIN;
    kam_col_push_from(c[OUT_ACCOUNT], w->acc[CALC_ACC_CODE], k->row);
    kam_col_push_from(c[OUT_NAME], w->acc[CALC_ACC_NAME], k->row);
    kam_col_push_text(c[OUT_CLASS], known ? calc_next_classes[k->class_] : NULL);
    say_why(w, c[OUT_WHY], k, p);
    kam_col_push_text(c[OUT_BASIS], x ? "quantity" : k->s->n ? "gaps" : "portfolio");
    kam_col_push_text(c[OUT_PRODUCT], x ? x->product : NULL);
    kam_col_push_int(c[OUT_LAST], k->last);
    kam_col_push_real(c[OUT_LAST_QUANTITY], x ? x->last_units : NAN);
    kam_col_push_int(c[OUT_GAPS], k->s->n);
    kam_col_push_real(c[OUT_OWN_DAYS], k->s->n ? k->s->days / k->s->n * k->w : NAN);
    kam_col_push_real(c[OUT_DAYS], k->next.days);
    kam_col_push_real(c[OUT_OWN_WEIGHT], k->next.own_weight);
    calc_push_opt(c[OUT_EXPECTED], known, k->expected);
    calc_push_opt(c[OUT_EARLIEST], known, k->earliest);
    calc_push_opt(c[OUT_LATEST], known, k->latest);
    calc_push_opt(c[OUT_OVERDUE], known, k->expected < p->asof);
    kam_col_push_real(c[OUT_QUANTITY], quantity);
    kam_col_push_real(c[OUT_CAPACITY], room);
    *capped += cut;
}

static void say_notes(kam_table *t, const calc_next_frame *all, const calc_next_params *p)
{
    const calc_rhythm_fit *g = &all->by_gaps, *q = &all->by_products;
    calc_note_say(t, p->lang, &note_rule, CALC_ARGS(calc_arg_day(p->asof), calc_arg_pct(p->level)));
    if (g->flag != CALC_RHYTHM_NONE && g->flag != CALC_RHYTHM_FEW && q->flag != CALC_RHYTHM_NONE && q->flag != CALC_RHYTHM_FEW)
        calc_note_say(t, p->lang, &note_pool,
                      CALC_ARGS(calc_arg_real(calc_rhythm_prior_gaps(g), 1), calc_arg_real(calc_rhythm_prior_days(g), 1),
                                calc_arg_real(calc_rhythm_prior_gaps(q), 1), calc_arg_real(calc_rhythm_prior_days(q), 1)));
    if (all->lost && !p->all) calc_note_say(t, p->lang, &note_lost, CALC_ARGS(calc_arg_int(all->lost), calc_arg_pct(p->lost)));
    if (all->products) calc_note_say(t, p->lang, &note_capacity, CALC_ARGS(calc_arg_int(all->capped)));
}

kam_rc calc_next_calls(const calc_facts *f, const kam_table *quantities, const kam_table *habits, const calc_next_params *p,
                       kam_table **out, kam_err *err)
{
    work w;
    kam_rc rc = work_build(f, quantities, habits, p, &w, err);
    if (rc) return rc;
    slot *calls = kam_alloc((w.n + 1) * sizeof *calls);
    size_t n = 0;
    int64_t lost = 0, capped = 0;
    for (size_t i = 0; i < w.n; i++) {
        if (i % 256 == 0 && (rc = kam_progress_step(p->progress, "score", i, w.n, err)) != KAM_OK) break;
        if (w.last[i] == NEVER) continue;
        call c = next_of(&w, i, p);
        lost += c.class_ == LOST;
        if (c.class_ == LOST && !p->all) continue;
        if (p->days >= 0 && (c.expected == INT64_MIN || c.expected > p->asof + p->days)) continue;
        calls[n++] = (slot){c.expected, c.of, (uint32_t)i, c.class_ == LOST};
    }
    if (rc == KAM_OK && n) kam_sort(calls, n, sizeof *calls, by_day, p->progress);
    kam_column *c[OUT_COLS];
    kam_table *t = calc_out_new("next-purchase", f->accounts, out_cols, OUT_COLS, c);
    for (size_t k = 0; rc == KAM_OK && k < OUT_COLS; k++) kam_col_reserve(c[k], p->only == SIZE_MAX ? n : 1);
    for (size_t i = 0; i < n && rc == KAM_OK; i++) {
        if (i % 1024 == 0) rc = kam_progress_step(p->progress, "rows", i, n, err);
        if (p->only != SIZE_MAX && calls[i].row != p->only) { /* counted, not shown */
            bool cut = false;
            proposed(calls[i].of, w.capacity[calls[i].row], &cut);
            capped += cut;
            continue;
        }
        call k = call_of(&w, calls[i].row, calls[i].of, calls[i].lost, p);
        push_call(&w, c, &k, p, &capped);
    }
    const calc_next_frame mine = {w.by_gaps, w.by_products, w.n_lines > 0, lost, capped}, *all = p->frame ? p->frame : &mine;
    say_notes(t, all, p);
    if (p->learn) *p->learn = *all;
    kam_table_seal(t);
    kam_free(calls);
    work_release(&w);
    if (rc == KAM_OK) *out = t;
    else kam_table_unref(t);
    return rc;
}

static void order_today(work *w, size_t row, const char *product, double units, kam_day today)
{
    int32_t *last = &w->last[row];
    if (*last != NEVER && *last < today) calc_rhythm_add(&w->gaps[row], (double)(today - *last), 1);
    *last = (int32_t)today;
    for (size_t k = w->first[row]; product && k < w->first[row + 1]; k++)
        if (strcmp(w->lines[k].product, product) == 0 && w->lines[k].last < today) take_day(&w->lines[k], today, units);
}

kam_rc calc_next_if(const calc_facts *f, const kam_table *quantities, const calc_next_params *p, size_t row, const char *product,
                    double units, kam_day on, calc_next_then *out, kam_err *err)
{
    work w;
    calc_next_params then = *p;
    kam_rc rc = work_build(f, quantities, NULL, p, &w, err);
    if (rc) return rc;
    KAM_ASSERT(row < w.n);
    then.asof = on;
    if (units > 0) order_today(&w, row, product, units, p->asof);
    *out = (calc_next_then){.known = false};
    if (w.last[row] != NEVER) {
        call c = next_of(&w, row, &then);
        if (c.expected != INT64_MIN) *out = (calc_next_then){calc_next_classes[c.class_], c.of ? c.of->product : NULL, c.expected, true};
    }
    work_release(&w);
    return KAM_OK;
}

static void push_fit(calc_measures *m, const calc_rhythm_fit *f, const char *typical, const char *prior, const char *shape)
{
    bool pooled = f->flag != CALC_RHYTHM_NONE && f->flag != CALC_RHYTHM_FEW;
    calc_measures_value(m, typical, f->n_series ? calc_rhythm_prior_days(f) : NAN, (int64_t)f->n_gaps);
    calc_measures_value(m, prior, pooled ? calc_rhythm_prior_gaps(f) : NAN, (int64_t)f->n_series);
    calc_measures_value(m, shape, f->k_known ? f->k : NAN, (int64_t)f->n_gaps);
}

kam_rc calc_next_rhythm(const calc_facts *f, const kam_table *quantities, const calc_next_params *p, kam_table **out, kam_err *err)
{
    work w;
    kam_rc rc = work_build(f, quantities, NULL, p, &w, err);
    if (rc) return rc;
    calc_measures m;
    calc_measures_start(&m, "next-purchase.rhythm", f->accounts);
    push_fit(&m, &w.by_gaps, "gaps_typical", "gaps_prior", "gaps_shape");
    push_fit(&m, &w.by_products, "products_typical", "products_prior", "products_shape");
    calc_note_say(m.t, p->lang, &note_rule, CALC_ARGS(calc_arg_day(p->asof), calc_arg_pct(p->level)));
    kam_table_seal(m.t);
    work_release(&w);
    *out = m.t;
    return KAM_OK;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calc_cross.h"
#include "calc_rank.h"
#include "calc_use.h"
#include "kam_mem.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* --- baskets ------------------------------------------------------------------------------------------------------- */

typedef struct pile {
    calc_baskets b;
    size_t *start;
    uint32_t *item;
    int32_t *when;
} pile;

static void pile_release(pile *k)
{
    kam_free(k->start);
    kam_free(k->item);
    kam_free(k->when);
}

/* A basket an account that bought: what it holds, with the first day of each. */
static pile account_baskets(const calc_holdings *h)
{
    pile k = {.start = kam_calloc(h->n_accounts + 1, sizeof *k.start), .item = kam_alloc((h->n + 1) * sizeof *k.item),
              .when = kam_alloc((h->n + 1) * sizeof *k.when)};
    for (size_t a = 0; a < h->n_accounts; a++) {
        if (h->start[a] == h->start[a + 1]) continue;
        for (size_t i = h->start[a]; i < h->start[a + 1]; i++) {
            k.item[i] = h->at[i].product;
            k.when[i] = h->at[i].first;
        }
        k.start[++k.b.n] = h->start[a + 1];
    }
    k.b = (calc_baskets){k.b.n, h->n_products, k.start, k.item, k.when};
    return k;
}

typedef struct bought {
    int32_t day;
    uint32_t product;
} bought;

static int by_day(const void *x, const void *y)
{
    const bought *a = x, *b = y;
    if (a->day != b->day) return a->day < b->day ? -1 : 1;
    return a->product < b->product ? -1 : a->product > b->product;
}

/* A basket an account and purchase day. */
static pile day_baskets(const kam_sales *s, kam_day asof, kam_progress *progress)
{
    pile k = {.start = kam_calloc(s->n_lines + 1, sizeof *k.start), .item = kam_alloc((s->n_lines + 1) * sizeof *k.item)};
    bought *v = NULL;
    size_t cap = 0, at = 0;
    for (size_t a = 0; a < s->n_accounts && (a % 16384 || !kam_progress_stopped(progress)); a++) {
        size_t n = 0;
        for (size_t i = s->start[a]; i < s->start[a + 1]; i++) {
            if (s->net_minor[i] <= 0 || s->day[i] > asof) continue;
            KAM_GROW(v, cap, n + 1);
            v[n++] = (bought){s->day[i], s->product[i]};
        }
        if (n) qsort(v, n, sizeof *v, by_day);
        for (size_t i = 0; i < n; i++) {
            k.item[at++] = v[i].product;
            if (i + 1 == n || v[i + 1].day != v[i].day) k.start[++k.b.n] = at;
        }
    }
    kam_free(v);
    k.b = (calc_baskets){k.b.n, s->n_products, k.start, k.item, NULL};
    return k;
}

/* --- rules ----------------------------------------------------------------------------------------------------------- */

static calc_cross_rule directed(const calc_rule *r, bool then, bool turned, size_t baskets)
{
    calc_cross_rule d = {.x = turned ? r->y : r->x, .y = turned ? r->x : r->y, .then = then, .n_xy = r->n_xy, .p = r->p, .q = r->q};
    d.n_x = (turned ? r->n_y : r->n_x) - r->n_before;
    d.n_y = (turned ? r->n_x : r->n_y) - r->n_before;
    d.n = (uint32_t)baskets - r->n_before;
    d.support = (double)d.n_xy / (double)baskets;
    d.confidence = (double)d.n_xy / d.n_x;
    d.lift = (double)d.n_xy * d.n / ((double)d.n_x * d.n_y); /* the same both ways */
    return d;
}

static int by_x(const void *p, const void *q)
{
    const calc_cross_rule *a = p, *b = q;
    if (a->x != b->x) return a->x < b->x ? -1 : 1;
    if (a->confidence != b->confidence) return a->confidence > b->confidence ? -1 : 1;
    if (a->y != b->y) return a->y < b->y ? -1 : 1;
    return (int)a->then - (int)b->then;
}

static void add_rules(calc_cross *c, size_t *cap, const calc_rules *r, bool then)
{
    for (size_t i = 0; i < r->n; i++)
        for (int turned = 0; turned < (then ? 1 : 2); turned++) {
            KAM_GROW(c->rule, *cap, c->n + 1);
            c->rule[c->n++] = directed(&r->rule[i], then, turned, r->n_baskets);
        }
}

enum { LAG_SAMPLE = 1000 }; /* a median of so many is known to 2 % of its rank */

/* What pass does with each account in which y came after x: count it, or note every `step`-th lag. */
typedef struct lags {
    uint32_t *seen, *step;
    size_t *from, *filled;
    double *days;
} lags;

static void walk(calc_cross *c, lags *l, bool note)
{
    int32_t *first = kam_calloc(c->h.n_products + 1, sizeof *first);
    uint8_t *has = kam_calloc(c->h.n_products + 1, 1);
    for (size_t a = 0; a < c->h.n_accounts && (a % 4096 || !kam_progress_step(c->p.progress, "lags", a, c->h.n_accounts, NULL)); a++) {
        size_t from = c->h.start[a], to = c->h.start[a + 1];
        for (size_t i = from; i < to; i++) has[c->h.at[i].product] = 1, first[c->h.at[i].product] = c->h.at[i].first;
        for (size_t i = from; i < to; i++) {
            uint32_t x = c->h.at[i].product;
            for (size_t k = c->first[x]; k < c->first[x + 1]; k++) {
                uint32_t y = c->rule[k].y;
                if (!has[y] || first[y] <= first[x]) continue;
                if (!note) c->rule[k].n_lag++;
                else if (l->seen[k]++ % l->step[k] == 0) l->days[l->from[k] + l->filled[k]++] = first[y] - first[x];
            }
        }
        for (size_t i = from; i < to; i++) has[c->h.at[i].product] = 0;
    }
    kam_free(first);
    kam_free(has);
}

static void usual_lags(calc_cross *c)
{
    walk(c, NULL, false);
    lags l = {kam_calloc(c->n + 1, sizeof *l.seen), kam_calloc(c->n + 1, sizeof *l.step), kam_calloc(c->n + 1, sizeof *l.from),
              kam_calloc(c->n + 1, sizeof *l.filled), NULL};
    for (size_t k = 0; k < c->n; k++) {
        uint32_t n = c->rule[k].n_lag;
        l.step[k] = n > LAG_SAMPLE ? (n + LAG_SAMPLE - 1) / LAG_SAMPLE : 1;
        l.from[k + 1] = l.from[k] + (n > LAG_SAMPLE ? LAG_SAMPLE : n);
    }
    l.days = kam_alloc((l.from[c->n] + 1) * sizeof *l.days);
    walk(c, &l, true);
    for (size_t k = 0; k < c->n; k++) {
        double median;
        if (calc_median(l.days + l.from[k], l.filled[k], &median)) c->rule[k].lag_days = llround(median);
    }
    kam_free(l.seen);
    kam_free(l.step);
    kam_free(l.from);
    kam_free(l.filled);
    kam_free(l.days);
}

kam_rc calc_cross_build(const kam_sales *s, const calc_cross_params *p, calc_cross *out, kam_err *err)
{
    calc_cross c = {.p = *p};
    calc_holdings_build(s, p->asof, 1, &c.h);
    const calc_rules_params rp = {p->min_support, p->q, p->progress};
    calc_rules together = CALC_RULES_INIT, then = CALC_RULES_INIT;
    pile accounts = account_baskets(&c.h), days = {0};
    if (p->basket == CALC_BASKET_DAY) days = day_baskets(s, p->asof, p->progress);
    kam_rc rc = calc_rules_mine(p->basket == CALC_BASKET_DAY ? &days.b : &accounts.b, &rp, 0, &together, err);
    if (rc == KAM_OK) rc = calc_rules_mine(&accounts.b, &rp, 1, &then, err);
    if (rc == KAM_OK) {
        size_t cap = 0;
        c.baskets = p->basket == CALC_BASKET_DAY ? days.b.n : accounts.b.n;
        c.buyers = accounts.b.n;
        add_rules(&c, &cap, &together, false);
        add_rules(&c, &cap, &then, true);
        if (c.n) qsort(c.rule, c.n, sizeof *c.rule, by_x);
        c.first = kam_calloc(c.h.n_products + 2, sizeof *c.first);
        for (size_t k = 0; k < c.n; k++) c.first[c.rule[k].x + 1]++;
        for (size_t i = 0; i < c.h.n_products; i++) c.first[i + 1] += c.first[i];
        usual_lags(&c);
        rc = kam_progress_step(p->progress, "lags", c.h.n_accounts, c.h.n_accounts, err);
    }
    if (rc == KAM_OK) *out = c;
    else calc_cross_release(&c);
    calc_rules_release(&together);
    calc_rules_release(&then);
    pile_release(&accounts);
    pile_release(&days);
    return rc;
}

void calc_cross_release(calc_cross *c)
{
    calc_holdings_release(&c->h);
    kam_free(c->rule);
    kam_free(c->first);
    c->rule = NULL;
    c->first = NULL;
    c->n = 0;
}

/* --- tables ------------------------------------------------------------------------------------------------------------ */

static const char *pattern(const calc_cross_rule *r) { return r->then ? "then" : "together"; }

static int by_strength(const void *p, const void *q)
{
    const calc_cross_rule *a = *(const calc_cross_rule *const *)p, *b = *(const calc_cross_rule *const *)q;
    if (a->q != b->q) return a->q < b->q ? -1 : 1;
    if (a->lift != b->lift) return a->lift > b->lift ? -1 : 1;
    return by_x(a, b);
}

static const calc_text note_base = {"cross.base", "{1} baskets, {2} accounts that bought; minimum support {3}; q ≤ {4} over all pairs of frequent products",
                                    "{1} 个购物篮，{2} 个购买过的客户；最低支持度 {3}；对全部频繁产品对校正后 q ≤ {4}"};

static void add_note(const calc_cross *c, kam_table *t)
{
    calc_note_say(t, c->p.lang, &note_base, CALC_ARGS(calc_arg_int((int64_t)c->baskets), calc_arg_int((int64_t)c->buyers),
                                                      calc_arg_real(c->p.min_support, 6), calc_arg_real(c->p.q, 6)));
}

kam_table *calc_cross_rules(const calc_cross *c, const kam_table *products)
{
    static const calc_col cols[] = {
        {"pattern", KAM_TEXT, "cross.pattern"},   {"product", KAM_TEXT, "cross.product"}, {"product_name", KAM_TEXT, "cross.product_name"},
        {"next", KAM_TEXT, "cross.next"},         {"next_name", KAM_TEXT, "cross.next_name"}, {"count", KAM_INT, "cross.count"},
        {"base", KAM_INT, "cross.base"},          {"support", KAM_REAL, "cross.support"}, {"confidence", KAM_REAL, "cross.confidence"},
        {"lift", KAM_REAL, "cross.lift"},         {"p", KAM_REAL, "cross.p"},             {"q", KAM_REAL, "cross.q"},
        {"lag_days", KAM_INT, "cross.lag_days"},  {"lag_n", KAM_INT, "cross.lag_n"}};
    kam_column *o[CALC_COUNT(cols)];
    kam_table *t = calc_out_new("cross.rules", products, cols, CALC_COUNT(cols), o);
    const kam_column *code = kam_table_find(products, "product"), *name = kam_table_find(products, "name");
    const calc_cross_rule **v = kam_calloc(c->n + 1, sizeof *v);
    for (size_t i = 0; i < c->n; i++) v[i] = &c->rule[i];
    if (c->n) qsort(v, c->n, sizeof *v, by_strength);
    for (size_t i = 0; i < c->n; i++) {
        const calc_cross_rule *r = v[i];
        kam_col_push_text(o[0], pattern(r));
        kam_col_push_from(o[1], code, r->x);
        kam_col_push_from(o[2], name, r->x);
        kam_col_push_from(o[3], code, r->y);
        kam_col_push_from(o[4], name, r->y);
        kam_col_push_int(o[5], r->n_xy);
        kam_col_push_int(o[6], r->n_x);
        kam_col_push_real(o[7], r->support);
        kam_col_push_real(o[8], r->confidence);
        kam_col_push_real(o[9], r->lift);
        kam_col_push_real(o[10], r->p);
        kam_col_push_real(o[11], r->q);
        calc_push_opt(o[12], r->n_lag > 0, r->lag_days);
        kam_col_push_int(o[13], r->n_lag);
    }
    kam_free(v);
    add_note(c, t);
    kam_table_seal(t);
    return t;
}

/* The best offers of one account: rules of what it holds whose other product it does not. */
typedef struct offers {
    const calc_cross_rule **best; /* by product y */
    uint32_t *used;               /* products with an offer */
    size_t n;
} offers;

static bool better(const calc_cross_rule *a, const calc_cross_rule *b)
{
    if (a->confidence != b->confidence) return a->confidence > b->confidence;
    if (a->lift != b->lift) return a->lift > b->lift;
    return a->x < b->x || (a->x == b->x && a->then && !b->then);
}

static void collect(const calc_cross *c, size_t a, offers *f)
{
    f->n = 0;
    for (size_t i = c->h.start[a]; i < c->h.start[a + 1]; i++) {
        uint32_t x = c->h.at[i].product;
        for (size_t k = c->first[x]; k < c->first[x + 1]; k++) {
            const calc_cross_rule *r = &c->rule[k];
            if (calc_holdings_find(&c->h, a, r->y)) continue;
            if (!f->best[r->y]) f->used[f->n++] = r->y;
            else if (!better(r, f->best[r->y])) continue;
            f->best[r->y] = r;
        }
    }
}

static const calc_text why_then = {"cross.then", "{1} of {2} accounts that bought {3} and not yet this bought it later{4}",
                                   "买过{3}、当时尚无此产品的 {2} 个客户中，{1} 个后来买了{4}"};
static const calc_text why_together = {"cross.together", "{1} of {2} baskets with {3} hold this as well{4}", "含{3}的 {2} 个购物篮中，{1} 个也有此产品{4}"};
static const calc_text usual_lag = {"cross.lag", ", usually after {1} days", "，通常在 {1} 天之后"};

static void push_why(kam_column *out, kam_str *buf, const calc_cross *c, const calc_cross_rule *r, const char *x_name)
{
    kam_str lag = KAM_STR_INIT;
    if (r->n_lag) calc_say(&lag, c->p.lang, &usual_lag, CALC_ARGS(calc_arg_int(r->lag_days)));
    calc_push_say(out, buf, c->p.lang, r->then ? &why_then : &why_together,
                  CALC_ARGS(calc_arg_int(r->n_xy), calc_arg_int(r->n_x), calc_arg_text(x_name), calc_arg_text(kam_str_cstr(&lag))));
    kam_str_release(&lag);
}

static const calc_col offer_cols[] = {
    {"account", KAM_TEXT, "cross.account"}, {"name", KAM_TEXT, "cross.name"}, {"rank", KAM_INT, "cross.rank"},
    {"product", KAM_TEXT, "cross.offer"}, {"product_name", KAM_TEXT, "cross.product_name"}, {"because", KAM_TEXT, "cross.because"},
    {"because_name", KAM_TEXT, "cross.because_name"}, {"pattern", KAM_TEXT, "cross.pattern"}, {"confidence", KAM_REAL, "cross.confidence"},
    {"lift", KAM_REAL, "cross.lift"}, {"q", KAM_REAL, "cross.q"}, {"lag_days", KAM_INT, "cross.lag_days"}, {"due", KAM_DAY, "cross.due"},
    {"overdue", KAM_FLAG, "cross.overdue"}, {"why", KAM_TEXT, "cross.why"}};

typedef struct offer_out {
    const calc_cross *c;
    const kam_column *account[CALC_ACC_COLS], *code, *name;
    kam_column *o[CALC_COUNT(offer_cols)];
    kam_str buf;
} offer_out;

static void push_offer(offer_out *w, size_t a, int rank, const calc_cross_rule *r)
{
    const calc_holding *x = calc_holdings_find(&w->c->h, a, r->x);
    int64_t due = x->first + r->lag_days;
    kam_col_push_from(w->o[0], w->account[CALC_ACC_CODE], a);
    kam_col_push_from(w->o[1], w->account[CALC_ACC_NAME], a);
    kam_col_push_int(w->o[2], rank);
    kam_col_push_from(w->o[3], w->code, r->y);
    kam_col_push_from(w->o[4], w->name, r->y);
    kam_col_push_from(w->o[5], w->code, r->x);
    kam_col_push_from(w->o[6], w->name, r->x);
    kam_col_push_text(w->o[7], pattern(r));
    kam_col_push_real(w->o[8], r->confidence);
    kam_col_push_real(w->o[9], r->lift);
    kam_col_push_real(w->o[10], r->q);
    calc_push_opt(w->o[11], r->n_lag > 0, r->lag_days);
    calc_push_opt(w->o[12], r->n_lag > 0, due);
    calc_push_opt(w->o[13], r->n_lag > 0, due < w->c->p.asof);
    push_why(w->o[14], &w->buf, w->c, r, kam_col_text(w->name, r->x));
}

kam_rc calc_cross_offers(const calc_cross *c, const kam_table *accounts, const kam_table *products, size_t only, kam_table **out,
                         kam_err *err)
{
    static const calc_use want[] = {{"product", KAM_TEXT, false}, {"name", KAM_TEXT, false}};
    const kam_column *in[2];
    size_t n;
    offer_out w = {.c = c, .buf = KAM_STR_INIT};
    const calc_facts facts = {.accounts = accounts};
    kam_rc rc = calc_use_accounts(&facts, false, w.account, &n, err);
    if (!rc) rc = calc_use_table(products, "products", want, 2, in, err);
    if (rc) return rc;
    KAM_ASSERT(n == c->h.n_accounts);
    w.code = in[0];
    w.name = in[1];
    kam_table *t = calc_out_new("cross.offers", accounts, offer_cols, CALC_COUNT(offer_cols), w.o);
    offers f = {kam_calloc(c->h.n_products + 1, sizeof *f.best), kam_calloc(c->h.n_products + 1, sizeof *f.used), 0};
    for (size_t a = only == SIZE_MAX ? 0 : only; a < n && (only == SIZE_MAX || a == only); a++) {
        if (a % 1024 == 0 && (rc = kam_progress_step(c->p.progress, "offers", a, n, err)) != KAM_OK) break;
        collect(c, a, &f);
        for (int rank = 1; rank <= c->p.top; rank++) { /* few: pick the best so many times */
            const calc_cross_rule *top = NULL;
            for (size_t i = 0; i < f.n; i++) {
                const calc_cross_rule *r = f.best[f.used[i]];
                if (r && (!top || r->confidence > top->confidence || (r->confidence == top->confidence &&
                          (r->lift > top->lift || (r->lift == top->lift && r->y < top->y))))) top = r;
            }
            if (!top) break;
            push_offer(&w, a, rank, top);
            f.best[top->y] = NULL;
        }
        for (size_t i = 0; i < f.n; i++) f.best[f.used[i]] = NULL;
    }
    kam_free(f.best);
    kam_free(f.used);
    kam_str_release(&w.buf);
    add_note(c, t);
    kam_table_seal(t);
    if (rc == KAM_OK) *out = t;
    else kam_table_unref(t);
    return rc;
}

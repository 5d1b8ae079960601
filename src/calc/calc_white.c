/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calc_white.h"
#include "calc_rank.h"
#include "calc_use.h"
#include "kam_mem.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* --- what stands in opportunities ----------------------------------------------------------------------------------- */

/* An open or lost opportunity of a cell. */
typedef struct deal {
    size_t account, product, row;
    bool lost;
} deal;

static int by_cell(const void *p, const void *q)
{
    const deal *a = p, *b = q;
    if (a->account != b->account) return a->account < b->account ? -1 : 1;
    if (a->product != b->product) return a->product < b->product ? -1 : 1;
    return a->row < b->row ? -1 : a->row > b->row;
}

typedef struct sku {
    const char *s;
    size_t at;
} sku;

static int by_sku(const void *p, const void *q) { return strcmp(((const sku *)p)->s, ((const sku *)q)->s); }

static size_t product_at(const sku *v, size_t n, const char *code)
{
    const sku key = {code, 0}, *hit = code && n ? bsearch(&key, v, n, sizeof *v, by_sku) : NULL;
    return hit ? hit->at : SIZE_MAX;
}

typedef struct world {
    const calc_white_in *in;
    const calc_white_params *p;
    const kam_column *account[CALC_ACC_COLS], *product[2], *opp[4], *rival[4];
    size_t n, n_products;
    deal *deal;
    size_t n_deals, cap;
    calc_white_group own;   /* found here */
    const calc_white_group *group;
    size_t *at;             /* neighbours of the account at hand */
    double *d2;
    size_t n_near;
    double *spend;          /* scratch */
} world;

static kam_rc use(world *w, kam_err *err)
{
    static const calc_use products[] = {{"product", KAM_TEXT, false}, {"name", KAM_TEXT, false}};
    static const calc_use opportunities[] = {{"row", KAM_INT, false}, {"product", KAM_TEXT, false}, {"opportunity", KAM_TEXT, false},
                                             {"result", KAM_TEXT, false}};
    static const calc_use rivals[] = {{"row", KAM_INT, false}, {"product", KAM_TEXT, false}, {"competitor", KAM_TEXT, false}, {"date", KAM_DAY, false}};
    const calc_facts f = {.accounts = w->in->accounts};
    kam_rc rc = calc_use_accounts(&f, false, w->account, &w->n, err);
    if (!rc) rc = calc_use_table(w->in->products, "products", products, 2, w->product, err);
    if (!rc) rc = calc_use_table(w->in->opportunities, "opportunities", opportunities, 4, w->opp, err);
    if (!rc) rc = calc_use_table(w->in->rivals, "rivals", rivals, 4, w->rival, err);
    return rc;
}

static void add_deal(world *w, size_t account, size_t product, size_t row, bool lost)
{
    if (account == SIZE_MAX || product == SIZE_MAX) return;
    KAM_GROW(w->deal, w->cap, w->n_deals + 1);
    w->deal[w->n_deals++] = (deal){account, product, row, lost};
}

static void read_deals(world *w)
{
    sku *v = kam_calloc(w->n_products + 1, sizeof *v);
    for (size_t i = 0; i < w->n_products; i++) v[i] = (sku){kam_col_text(w->product[0], i), i};
    if (w->n_products) qsort(v, w->n_products, sizeof *v, by_sku);
    for (size_t i = 0; i < calc_use_rows(w->in->opportunities); i++)
        if (calc_text_is(w->opp[3], i, "open"))
            add_deal(w, calc_row_at(w->opp[0], i, w->n), product_at(v, w->n_products, calc_text_at(w->opp[1], i)), i, false);
    for (size_t i = 0; i < calc_use_rows(w->in->rivals); i++) {
        if (!calc_known(w->rival[3], i)) continue;
        int64_t day = kam_col_int(w->rival[3], i);
        if (day > w->p->asof || day <= w->p->asof - w->p->window_days) continue;
        add_deal(w, calc_row_at(w->rival[0], i, w->n), product_at(v, w->n_products, calc_text_at(w->rival[1], i)), i, true);
    }
    if (w->n_deals) qsort(w->deal, w->n_deals, sizeof *w->deal, by_cell);
    kam_free(v);
}

/* The first open and the last lost opportunity of a cell; NULL: none. *from moves on over the cells before it. */
static void deals_of(const world *w, size_t account, size_t product, size_t *from, const deal **open, const deal **lost)
{
    *open = *lost = NULL;
    while (*from < w->n_deals && (w->deal[*from].account < account || (w->deal[*from].account == account && w->deal[*from].product < product)))
        ++*from;
    for (size_t i = *from; i < w->n_deals && w->deal[i].account == account && w->deal[i].product == product; i++) {
        if (w->deal[i].lost) *lost = &w->deal[i];
        else if (!*open) *open = &w->deal[i];
    }
}

/* --- estimates ---------------------------------------------------------------------------------------------------------- */

void calc_white_customers(const calc_holdings *h, int most, calc_white_group *out)
{
    calc_white_group g = {kam_calloc(h->n_accounts + 1, sizeof *g.row), 0, 0};
    for (size_t i = 0; i < h->n_accounts; i++) {
        bool buys = false;
        for (size_t k = h->start[i]; k < h->start[i + 1]; k++) buys |= h->at[k].window_days > 0;
        if (buys) g.row[g.m++] = i;
    }
    g.all = g.m;
    const size_t sample = (size_t)(most > 0 ? most : 1);
    for (size_t i = 0; g.m > sample && i < sample; i++) g.row[i] = g.row[i * g.m / sample];
    if (g.m > sample) g.m = sample;
    *out = g;
}

/* Median of what the neighbours that buy it spent; false: none does. */
static bool estimate(world *w, size_t product, double *median, int64_t *n)
{
    size_t k = 0;
    for (size_t i = 0; i < w->n_near; i++) {
        const calc_holding *x = calc_holdings_find(w->in->holdings, w->at[i], (uint32_t)product);
        if (x && x->window_days && x->window_minor > 0) w->spend[k++] = (double)x->window_minor;
    }
    *n = (int64_t)k;
    return calc_median(w->spend, k, median);
}

static const calc_col cols[] = {
    {"account", KAM_TEXT, "white.account"}, {"name", KAM_TEXT, "white.name"}, {"product", KAM_TEXT, "white.product"},
    {"product_name", KAM_TEXT, "white.product_name"}, {"state", KAM_TEXT, "white.state"}, {"amount", KAM_MONEY, "white.amount"},
    {"last_purchase", KAM_DAY, "white.last_purchase"}, {"opportunity", KAM_TEXT, "white.opportunity"}, {"competitor", KAM_TEXT, "white.competitor"},
    {"estimate", KAM_MONEY, "white.estimate"}, {"n", KAM_INT, "white.n"}, {"of", KAM_INT, "white.of"}};
enum { ACCOUNT, NAME, PRODUCT, PRODUCT_NAME, STATE, AMOUNT, LAST, OPPORTUNITY, COMPETITOR, ESTIMATE, N, OF };

static void push_cell(world *w, kam_column **c, size_t a, size_t product, size_t *from)
{
    const deal *open, *lost;
    deals_of(w, a, product, from, &open, &lost);
    const calc_holding *x = calc_holdings_find(w->in->group ? w->in->own : w->in->holdings, a, (uint32_t)product);
    bool sold = x && x->window_days;
    double median = 0;
    int64_t n = 0;
    bool known = !sold && estimate(w, product, &median, &n);
    kam_col_push_from(c[ACCOUNT], w->account[CALC_ACC_CODE], a);
    kam_col_push_from(c[NAME], w->account[CALC_ACC_NAME], a);
    kam_col_push_from(c[PRODUCT], w->product[0], product);
    kam_col_push_from(c[PRODUCT_NAME], w->product[1], product);
    kam_col_push_text(c[STATE], sold ? "sold" : open ? "open" : lost ? "competitor" : "untouched");
    calc_push_opt(c[AMOUNT], sold, sold ? x->window_minor : 0);
    calc_push_opt(c[LAST], x != NULL, x ? x->last : 0);
    kam_col_push_text(c[OPPORTUNITY], open ? calc_text_at(w->opp[2], open->row) : NULL);
    kam_col_push_text(c[COMPETITOR], lost ? calc_text_at(w->rival[2], lost->row) : NULL);
    calc_push_opt(c[ESTIMATE], known, llround(median));
    calc_push_opt(c[N], !sold, n);
    calc_push_opt(c[OF], !sold, (int64_t)w->n_near);
}

static const calc_text note_near = {"white.near", "estimates: median over the {1} nearest of {2} customers that buy the product{3}; n of them do",
                                    "估计值：{2} 个在购客户{3}中最近 {1} 家里购买该产品者的中位数，n 为其家数"};
static const calc_text note_sample = {"white.sample", " ({1} of these taken evenly)", "（等距抽取 {1} 个）"};

static void add_note(const world *w, kam_table *t)
{
    kam_str sample = KAM_STR_INIT;
    const calc_white_group *g = w->group;
    if (g->m < g->all) calc_say(&sample, w->p->lang, &note_sample, CALC_ARGS(calc_arg_int((int64_t)g->m)));
    calc_note_say(t, w->p->lang, &note_near, CALC_ARGS(calc_arg_int(w->p->look.neighbours), calc_arg_int((int64_t)g->all), calc_arg_text(kam_str_cstr(&sample))));
    kam_str_release(&sample);
}

kam_rc calc_white(const calc_white_in *in, const calc_white_params *p, kam_table **out, kam_err *err)
{
    world w = {.in = in, .p = p, .n_products = kam_table_rows(in->products)};
    kam_column *c[CALC_COUNT(cols)];
    kam_rc rc = use(&w, err);
    if (rc) return rc;
    KAM_ASSERT(in->group ? w.n <= 1 && in->look->n == in->group->m + 1 : in->holdings->n_accounts == w.n && in->look->n == w.n);
    size_t k = (size_t)(p->look.neighbours > 0 ? p->look.neighbours : 1), from = 0;
    w.at = kam_calloc(k, sizeof *w.at);
    w.d2 = kam_calloc(k, sizeof *w.d2);
    w.spend = kam_calloc(k, sizeof *w.spend);
    read_deals(&w);
    if (!in->group) calc_white_customers(in->holdings, p->look.sample, &w.own);
    w.group = in->group ? in->group : &w.own;
    size_t *rows = w.group->row, *few = in->group ? kam_calloc(w.group->m + 1, sizeof *few) : NULL; /* the group's rows, or the places of its few */
    for (size_t i = 0; few && i < w.group->m; i++) few[i] = i;
    if (few) rows = few;
    kam_table *t = calc_out_new("white.title", in->accounts, cols, CALC_COUNT(cols), c);
    for (size_t a = p->only == SIZE_MAX ? 0 : p->only; a < w.n && (p->only == SIZE_MAX || a == p->only) && !rc; a++) {
        w.n_near = calc_look_nearest(in->look, in->group ? in->place : a, rows, w.group->m, k, p->look.coverage, w.at, w.d2);
        for (size_t i = 0; i < w.n_products; i++)
            if (!p->products || p->products[i]) push_cell(&w, c, a, i, &from);
        if (a % 64 == 0) rc = kam_progress_step(p->look.progress, "whitespace", a, w.n, err);
    }
    add_note(&w, t);
    kam_table_seal(t);
    if (!rc) *out = t;
    else kam_table_unref(t);
    kam_free(w.deal);
    kam_free(w.own.row);
    kam_free(few);
    kam_free(w.at);
    kam_free(w.d2);
    kam_free(w.spend);
    return rc;
}

static const calc_text note_signs = {"white.signs", "● sold in the window   ◐ open opportunity   × lost to a competitor   · untouched", "● 期内已售   ◐ 进行中商机   × 被竞争对手拿走   · 未触及"};

kam_table *calc_white_grid(const kam_table *rows, calc_lang lang)
{
    const kam_column *account = kam_table_find(rows, "account"), *name = kam_table_find(rows, "name"), *product = kam_table_find(rows, "product"),
                     *label = kam_table_find(rows, "product_name"), *state = kam_table_find(rows, "state"), *worth = kam_table_find(rows, "estimate");
    size_t n = kam_table_rows(rows), width = 0;
    while (width < n && (width == 0 || strcmp(kam_col_text(account, width), kam_col_text(account, 0)) == 0)) width++;
    static const calc_col head[] = {{"account", KAM_TEXT, "white.account"}, {"name", KAM_TEXT, "white.name"}};
    kam_column *c[2], **cell = kam_calloc(width + 1, sizeof *cell);
    kam_table *t = calc_out_new("white.grid", rows, head, 2, c);
    for (size_t k = 0; k < width; k++) {
        kam_str unique = KAM_STR_INIT; /* a product may be called "account" */
        kam_str_add(&unique, kam_col_text(product, k));
        while (kam_table_find(t, kam_str_cstr(&unique)) || strcmp(kam_str_cstr(&unique), "estimate") == 0) kam_str_addc(&unique, '_');
        cell[k] = kam_table_add_column(t, kam_str_cstr(&unique), KAM_TEXT, kam_col_text(label, k));
        kam_str_release(&unique);
    }
    kam_column *sum = kam_table_add_column(t, "estimate", KAM_MONEY, "white.estimate");
    for (size_t i = 0; i < n; i += width) {
        int64_t total = 0;
        bool any = false;
        kam_col_push_from(c[0], account, i);
        kam_col_push_from(c[1], name, i);
        for (size_t k = 0; k < width; k++) {
            const char *s = kam_col_text(state, i + k);
            kam_col_push_text(cell[k], *s == 's' ? "●" : *s == 'o' ? "◐" : *s == 'c' ? "×" : "·");
            if (kam_col_missing(worth, i + k)) continue;
            total += kam_col_int(worth, i + k);
            any = true;
        }
        calc_push_opt(sum, any, total);
    }
    for (size_t i = 0; i < kam_table_notes(rows); i++) kam_table_add_note(t, kam_table_note(rows, i));
    calc_note_say(t, lang, &note_signs, NULL, 0);
    kam_table_seal(t);
    kam_free(cell);
    return t;
}

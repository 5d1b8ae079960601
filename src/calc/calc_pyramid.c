/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calc_pyramid.h"
#include "calc_rank.h"
#include "calc_use.h"
#include "kam_mem.h"
#include "kam_sort.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const calc_text note_revenue = {"pyramid.revenue", "basis: revenue of the last {1} days to {2}",
                                       "依据：截至 {2} 的最近 {1} 天的销售额"};
static const calc_text note_margin = {"pyramid.margin", "basis: margin of the last {1} days to {2}; lines without a known cost: {3}",
                                      "依据：截至 {2} 的最近 {1} 天的毛利；成本未知的交易行：{3}"};
static const calc_text note_no_cost = {"pyramid.no-cost", "basis: revenue of the last {1} days to {2}, because no cost is on record",
                                       "依据：截至 {2} 的最近 {1} 天的销售额（没有成本记录，以销售额代替毛利）"};
static const calc_text note_lifetime = {"pyramid.lifetime", "basis: lifetime value on {1}", "依据：{1} 的客户终身价值"};
static const calc_text note_excluded = {"pyramid.excluded", "left out of the shares: {1} with a basis of 0 or less, {2} together",
                                        "未计入占比：{1} 个依据不大于零，合计 {2}"};
static const calc_text why_rank = {"pyramid.rank", "rank {1} of {2}; {3} goes to rank {4}", "第 {1} 名，共 {2} 名；{3}到第 {4} 名为止"};
static const calc_text why_tail = {"pyramid.tail", "rank {1} of {2}, after rank {3}", "第 {1} 名，共 {2} 名，在第 {3} 名之后"};
static const calc_text why_not_positive = {"pyramid.not-positive", "bought, but the basis is {1}", "有购买，但依据为 {1}"};
static const calc_text why_unknown = {"pyramid.unknown", "bought, but the basis is unknown", "有购买，但依据未知"};
static const calc_text why_inactive = {"pyramid.inactive", "no purchase", "没有购买"};
static const calc_text grades[] = {{"top", "top", "重要客户"}, {"major", "major", "主要客户"}, {"ordinary", "ordinary", "普通客户"}};

static kam_rc lifetime_values(const calc_facts *f, size_t n, int64_t *value, uint8_t *known, kam_err *err)
{
    static const calc_use want[] = {{"row", KAM_INT, false}, {"value", KAM_MONEY, false}};
    const kam_column *c[2];
    kam_rc rc = calc_use_table(f->lifetime, "lifetime", want, 2, c, err);
    if (rc) return rc;
    for (size_t r = 0, rows = calc_use_rows(f->lifetime); r < rows; r++) {
        size_t i = calc_row_at(c[0], r, n);
        if (i == SIZE_MAX || !calc_known(c[1], r)) continue;
        value[i] = kam_col_int(c[1], r);
        known[i] = 1;
    }
    return KAM_OK;
}

static void items_notes(kam_table *t, const calc_facts *f, const calc_pyramid_params *p)
{
    calc_arg window = calc_arg_int(p->window_days), day = calc_arg_day(p->asof);
    if (p->basis == CALC_PYRAMID_LIFETIME) calc_note_say(t, p->lang, &note_lifetime, CALC_ARGS(day));
    else if (p->basis == CALC_PYRAMID_REVENUE) calc_note_say(t, p->lang, &note_revenue, CALC_ARGS(window, day));
    else if (!f->ledger->margin_minor) calc_note_say(t, p->lang, &note_no_cost, CALC_ARGS(window, day));
    else
        calc_note_say(t, p->lang, &note_margin,
                      CALC_ARGS(window, day, calc_arg_int((int64_t)f->ledger->lines_no_cost)));
}

typedef struct basis_of_one {
    int64_t basis;
    bool known, bought, ever; /* bought: in the window */
} basis_of_one;

/* Revenue or margin of the account in this row of the ledger. */
static basis_of_one basis_of(const kam_ledger *l, size_t row, const calc_pyramid_params *p)
{
    calc_buys b;
    calc_buys_scan(l, row, p->asof, p->window_days, &b);
    const bool revenue = p->basis == CALC_PYRAMID_REVENUE;
    return (basis_of_one){revenue ? b.window_net : b.window_margin, revenue || b.window_entries == 0 || b.window_no_margin < b.window_entries,
                          b.window_days > 0, b.days > 0};
}

enum { ITEM_KEY, ITEM_NAME, ITEM_BASIS, ITEM_BOUGHT, ITEM_COLS };
static kam_table *items_table(const calc_facts *f, kam_column *c[ITEM_COLS])
{
    static const calc_col cols[ITEM_COLS] = {{"key", KAM_TEXT, "classify.account"}, {"name", KAM_TEXT, "classify.name"},
                                             {"basis", KAM_MONEY, "classify.pyramid.basis"}, {"bought", KAM_FLAG, "classify.pyramid.bought"}};
    return calc_out_new("classify.pyramid.items", f->accounts, cols, ITEM_COLS, c);
}

static void push_item(kam_column *c[ITEM_COLS], const kam_column *const acc[], size_t account, const basis_of_one *b)
{
    kam_col_push_from(c[ITEM_KEY], acc[CALC_ACC_CODE], account);
    kam_col_push_from(c[ITEM_NAME], acc[CALC_ACC_NAME], account);
    calc_push_opt(c[ITEM_BASIS], b->known, b->basis);
    kam_col_push_int(c[ITEM_BOUGHT], b->bought);
}

kam_rc calc_pyramid_items(const calc_facts *f, const calc_pyramid_params *p, kam_table **out, kam_err *err)
{
    const kam_column *acc[CALC_ACC_COLS];
    size_t n;
    kam_rc rc = calc_use_accounts(f, true, acc, &n, err);
    if (rc) return rc;
    bool lifetime = p->basis == CALC_PYRAMID_LIFETIME;
    int64_t *value = kam_calloc(n, sizeof *value);
    uint8_t *known = kam_calloc(n, sizeof *known);
    if (lifetime) rc = lifetime_values(f, n, value, known, err);
    if (rc) {
        kam_free(value);
        kam_free(known);
        return rc;
    }
    kam_column *c[ITEM_COLS];
    kam_table *t = items_table(f, c);
    for (size_t i = 0; i < n && calc_goes_on(t, i, n); i++) {
        const basis_of_one b = basis_of(f->ledger, i, p);
        if (lifetime) push_item(c, acc, i, &(basis_of_one){value[i], known[i], b.ever, b.ever});
        else push_item(c, acc, i, &b);
    }
    items_notes(t, f, p);
    kam_free(value);
    kam_free(known);
    return calc_out_done(t, out, err);
}

typedef struct item {
    int64_t basis;
    size_t row;
    const char *key;
} item;

static int best_first(const void *a, const void *b)
{
    const item *x = a, *y = b;
    if (x->basis != y->basis) return x->basis > y->basis ? -1 : 1;
    return strcmp(x->key, y->key);
}

static int by_key(const void *a, const void *b) { return strcmp(((const item *)a)->key, ((const item *)b)->key); }

/* round(share·n), half up, against shares like .05 that binary cannot hold. */
static size_t cut_at(double share, size_t n, size_t least)
{
    double r = floor(share * (double)n + 0.5 + 1e-9);
    return r > (double)least ? (size_t)r : least;
}

static void cuts(const calc_pyramid_params *p, size_t n, size_t cut[3])
{
    cut[0] = cut_at(p->top, n, 1);
    cut[1] = cut_at(p->major, n, 2);
    cut[2] = cut_at(p->ordinary, n, 3);
}

enum { OUT_KEY, OUT_NAME, OUT_CLASS, OUT_WHY, OUT_RANK, OUT_BASIS, OUT_SHARE, OUT_CUMULATIVE, OUT_PERCENTILE, OUT_COLS };

static kam_table *pyramid_table(const kam_table *items, const calc_pyramid_params *p, kam_column **c)
{
    const char *key = p->key_name ? p->key_name : "account";
    const char *label = strcmp(key, "product") == 0 ? "classify.product" : strcmp(key, "rep") == 0 ? "classify.rep" : "classify.account";
    const calc_col cols[OUT_COLS] = {
        {key, KAM_TEXT, label},
        {"name", KAM_TEXT, "classify.name"},
        {"class", KAM_TEXT, "classify.class"},
        {"why", KAM_TEXT, "classify.why"},
        {"rank", KAM_INT, "classify.pyramid.rank"},
        {"basis", KAM_MONEY, "classify.pyramid.basis"},
        {"basis_share", KAM_REAL, "classify.pyramid.basis_share"},
        {"cumulative_share", KAM_REAL, "classify.pyramid.cumulative_share"},
        {"percentile", KAM_REAL, "classify.pyramid.percentile"},
    };
    return calc_out_new("classify.pyramid", items, cols, OUT_COLS, c);
}

/* Where an item with a basis above 0 stands among n such. */
typedef struct place {
    size_t n, at, first, last; /* its place, from 0; first … last − 1 have the same basis */
    double sum, total;         /* of the bases up to it, of all */
    const size_t *cut;
} place;

static void push_place(kam_column **c, kam_str *buf, const calc_pyramid_params *p, const item *it, const kam_column *name, const place *at)
{
    size_t k = 0;
    while (k < 3 && at->at + 1 > at->cut[k]) k++;
    kam_col_push_text(c[OUT_KEY], it->key);
    kam_col_push_from(c[OUT_NAME], name, it->row);
    kam_col_push_text(c[OUT_CLASS], calc_pyramid_classes[k]);
    calc_arg rank = calc_arg_int((int64_t)at->at + 1), of = calc_arg_int((int64_t)at->n);
    if (p->terse) kam_col_push_missing(c[OUT_WHY]);
    else if (k < 3)
        calc_push_say(c[OUT_WHY], buf, p->lang, &why_rank,
                      CALC_ARGS(rank, of, calc_arg_text(p->lang == CALC_ZH ? grades[k].zh : grades[k].en),
                                calc_arg_int((int64_t)at->cut[k])));
    else calc_push_say(c[OUT_WHY], buf, p->lang, &why_tail, CALC_ARGS(rank, of, calc_arg_int((int64_t)at->cut[2])));
    kam_col_push_int(c[OUT_RANK], (int64_t)at->at + 1);
    kam_col_push_int(c[OUT_BASIS], it->basis);
    kam_col_push_real(c[OUT_SHARE], (double)it->basis / at->total);
    kam_col_push_real(c[OUT_CUMULATIVE], at->at + 1 == at->n ? 1.0 : at->sum / at->total);
    double ascending = (double)at->n - ((double)at->first + (double)at->last - 1.0) / 2.0; /* mid-rank, 1 = smallest */
    kam_col_push_real(c[OUT_PERCENTILE], 100.0 * (ascending - 0.5) / (double)at->n);
}

static void push_ranked(const kam_table *t, const kam_column *name, const calc_pyramid_params *p, kam_column **c, const item *it, size_t n)
{
    size_t cut[3];
    cuts(p, n, cut);
    place at = {.n = n, .cut = cut};
    for (size_t i = 0; i < n; i++) at.total += (double)it[i].basis;
    kam_str buf = KAM_STR_INIT;
    for (size_t i = 0; i < n && calc_goes_on(t, i, n); i++) {
        if (i == at.last) { /* a run of equal values */
            for (at.first = i; at.last < n && it[at.last].basis == it[i].basis;) at.last++;
        }
        at.at = i;
        at.sum += (double)it[i].basis;
        push_place(c, &buf, p, &it[i], name, &at);
    }
    kam_str_release(&buf);
}

static void push_rest(const kam_table *t, const kam_column *const in[4], const kam_table *items, const calc_pyramid_params *p, kam_column **c,
                      const item *it, size_t n)
{
    kam_str buf = KAM_STR_INIT;
    for (size_t i = 0; i < n && calc_goes_on(t, i, n); i++) {
        size_t r = it[i].row;
        bool known = calc_known(in[2], r), bought = kam_col_int(in[3], r) != 0;
        kam_col_push_text(c[OUT_KEY], it[i].key);
        kam_col_push_from(c[OUT_NAME], in[1], r);
        kam_col_push_text(c[OUT_CLASS], !bought ? "inactive" : known ? "small" : NULL);
        if (p->terse) kam_col_push_missing(c[OUT_WHY]);
        else if (!bought) calc_push_say(c[OUT_WHY], &buf, p->lang, &why_inactive, NULL, 0);
        else if (!known) calc_push_say(c[OUT_WHY], &buf, p->lang, &why_unknown, NULL, 0);
        else
            calc_push_say(c[OUT_WHY], &buf, p->lang, &why_not_positive,
                          CALC_ARGS(calc_arg_money(kam_col_int(in[2], r), kam_table_exponent(items))));
        kam_col_push_missing(c[OUT_RANK]);
        calc_push_opt(c[OUT_BASIS], known, kam_col_int(in[2], r));
        kam_col_push_missing(c[OUT_SHARE]);
        kam_col_push_missing(c[OUT_CUMULATIVE]);
        kam_col_push_missing(c[OUT_PERCENTILE]);
    }
    kam_str_release(&buf);
}

kam_rc calc_pyramid(const kam_table *items, const calc_pyramid_params *p, kam_table **out, kam_err *err)
{
    static const calc_use want[] = {{"key", KAM_TEXT, false}, {"name", KAM_TEXT, false}, {"basis", KAM_MONEY, false},
                                    {"bought", KAM_FLAG, false}};
    const kam_column *in[4];
    KAM_ASSERT(items);
    kam_rc rc = calc_use_table(items, "items", want, 4, in, err);
    if (rc) return rc;
    size_t total = kam_table_rows(items), n = 0, rest = total;
    item *it = kam_calloc(total, sizeof *it); /* ranked from the front, the rest from the back */
    for (size_t r = 0; r < total; r++) {
        item x = {kam_col_int(in[2], r), r, kam_col_text(in[0], r)};
        if (calc_known(in[2], r) && x.basis > 0) it[n++] = x;
        else it[--rest] = x;
    }
    kam_sort(it, n, sizeof *it, best_first, kam_table_watch(items));
    kam_sort(it + n, total - n, sizeof *it, by_key, kam_table_watch(items));
    kam_column *c[OUT_COLS];
    kam_table *t = pyramid_table(items, p, c);
    push_ranked(t, in[1], p, c, it, n);
    push_rest(t, in, items, p, c, it + n, total - n);
    for (size_t i = 0; i < kam_table_notes(items); i++) kam_table_add_note(t, kam_table_note(items, i));
    kam_free(it);
    return calc_out_done(t, out, err);
}

/* Counted instead of sorted: rows are in the order of codes, by which ties go. Sums of whole cents are the same in any order, up to 2^53 of them. */
static bool place_of(const calc_facts *f, size_t row, const calc_pyramid_params *p, const basis_of_one *mine, place *out)
{
    const kam_progress *watch = kam_table_watch(f->accounts);
    size_t greater = 0, equal = 0, before = 0;
    *out = (place){0};
    for (size_t i = 0; i < f->ledger->n_accounts; i++) {
        if (i % 4096 == 0 && kam_progress_stopped(watch)) return false;
        const basis_of_one b = basis_of(f->ledger, i, p);
        if (!b.known || b.basis <= 0) continue;
        out->n++;
        out->total += (double)b.basis;
        if (b.basis > mine->basis) greater++, out->sum += (double)b.basis;
        else if (b.basis == mine->basis) equal++, before += i < row;
    }
    out->at = greater + before;
    out->first = greater;
    out->last = greater + equal;
    out->sum += (double)(before + 1) * (double)mine->basis;
    return true;
}

kam_rc calc_pyramid_one(const calc_facts *f, size_t row, const calc_pyramid_params *p, kam_table **out, kam_err *err)
{
    const kam_column *acc[CALC_ACC_COLS];
    size_t n;
    KAM_ASSERT(f->ledger && p->basis != CALC_PYRAMID_LIFETIME);
    kam_rc rc = calc_use_accounts(f, false, acc, &n, err);
    if (rc) return rc;
    kam_column *in[ITEM_COLS], *c[OUT_COLS];
    kam_table *items = items_table(f, in), *t = pyramid_table(items, p, c);
    if (n == 1) {
        const basis_of_one mine = basis_of(f->ledger, row, p);
        push_item(in, acc, 0, &mine);
        kam_table_seal(items);
        const item it = {mine.basis, 0, kam_col_text(in[ITEM_KEY], 0)};
        const bool ranked = mine.known && mine.basis > 0;
        size_t cut[3];
        place at;
        if (!ranked) push_rest(t, (const kam_column *const *)in, items, p, c, &it, 1);
        else if (place_of(f, row, p, &mine, &at)) {
            kam_str buf = KAM_STR_INIT;
            cuts(p, at.n, cut);
            at.cut = cut;
            push_place(c, &buf, p, &it, in[ITEM_NAME], &at);
            kam_str_release(&buf);
        }
    }
    kam_table_unref(items);
    items_notes(t, f, p);
    return calc_out_done(t, out, err);
}

void calc_pyramid_find(const kam_table *rows, size_t row, const calc_pyramid_params *p, calc_pyramid_place *out)
{
    const kam_column *key = kam_table_column(rows, OUT_KEY), *rank = kam_table_column(rows, OUT_RANK),
                     *basis = kam_table_column(rows, OUT_BASIS);
    *out = (calc_pyramid_place){0};
    while (out->n < kam_table_rows(rows) && calc_known(rank, out->n)) out->n++;
    cuts(p, out->n, out->cut);
    while (out->level < 3 && row + 1 > out->cut[out->level]) out->level++;
    /* Ranks are rows: the ranked come first, best first. A tie goes to the smaller key. Levels may be empty. */
    for (int k = out->level - 1; k >= 0 && !out->can_rise; k--) {
        if (out->cut[k] == 0 || (k > 0 && out->cut[k] == out->cut[k - 1])) continue;
        out->rise_past = out->cut[k] - 1;
        bool tie_wins = strcmp(kam_col_text(key, row), kam_col_text(key, out->rise_past)) < 0;
        out->rise_to = kam_col_int(basis, out->rise_past) + !tie_wins;
        out->can_rise = true;
    }
    if (out->level < 3 && out->cut[out->level] < out->n) {
        out->fall_past = out->cut[out->level];
        bool tie_loses = strcmp(kam_col_text(key, row), kam_col_text(key, out->fall_past)) > 0;
        out->fall_to = kam_col_int(basis, out->fall_past) - !tie_loses;
        out->can_fall = true;
    }
}

const char *calc_pyramid_if(const kam_table *rows, size_t row, int64_t basis, const calc_pyramid_params *p)
{
    const kam_column *key = kam_table_column(rows, OUT_KEY), *rank = kam_table_column(rows, OUT_RANK),
                     *b = kam_table_column(rows, OUT_BASIS);
    size_t n = 1, before = 0, cut[3];
    if (basis <= 0) return "small";
    for (size_t i = 0; i < kam_table_rows(rows) && calc_known(rank, i); i++) {
        if (i == row) continue;
        int64_t other = kam_col_int(b, i);
        n++;
        before += other > basis || (other == basis && strcmp(kam_col_text(key, i), kam_col_text(key, row)) < 0);
    }
    cuts(p, n, cut);
    int level = 0;
    while (level < 3 && before + 1 > cut[level]) level++;
    return calc_pyramid_classes[level];
}

/* Known bases of the rows, best first where the rows are; sums of the excluded. */
typedef struct bases {
    double *x; /* positive ones, descending, minor units */
    size_t n, unknown, excluded;
    int64_t excluded_sum;
} bases;

static kam_rc read_bases(const kam_table *rows, bases *b, kam_err *err)
{
    static const calc_use want[] = {{"basis", KAM_MONEY, false}};
    const kam_column *c[1];
    kam_rc rc = calc_use_table(rows, "rows", want, 1, c, err);
    if (rc) return rc;
    size_t total = kam_table_rows(rows);
    *b = (bases){kam_calloc(total, sizeof *b->x), 0, 0, 0, 0};
    for (size_t i = 0; i < total; i++) {
        if (!calc_known(c[0], i)) {
            b->unknown++;
            continue;
        }
        int64_t v = kam_col_int(c[0], i);
        if (v > 0) b->x[b->n++] = (double)v;
        else {
            b->excluded++;
            b->excluded_sum += v;
        }
    }
    return KAM_OK;
}

kam_rc calc_pyramid_summary(const kam_table *rows, const calc_pyramid_params *p, kam_table **out, kam_err *err)
{
    enum { COL_CLASS, COL_BASIS, COL_KEY };
    const kam_column *in[2];
    static const calc_use want[] = {{"class", KAM_TEXT, false}, {"basis", KAM_MONEY, false}};
    kam_rc rc = calc_use_table(rows, "rows", want, 2, in, err);
    if (rc) return rc;
    /* The same rows with a basis ≤ 0 as missing: class_summary leaves missing cells out. */
    static const calc_col cols[] = {{"class", KAM_TEXT, NULL}, {"basis", KAM_MONEY, NULL}};
    kam_column *c[2];
    kam_table *t = calc_out_new("classify.pyramid", rows, cols, 2, c);
    int64_t excluded = 0, sum = 0;
    for (size_t i = 0, n = kam_table_rows(rows); i < n; i++) {
        bool known = calc_known(in[COL_BASIS], i);
        int64_t v = kam_col_int(in[COL_BASIS], i);
        kam_col_push_from(c[COL_CLASS], in[COL_CLASS], i);
        calc_push_opt(c[COL_BASIS], known && v > 0, v);
        if (known && v <= 0) excluded++, sum += v;
    }
    for (size_t i = 0; i < kam_table_notes(rows); i++) kam_table_add_note(t, kam_table_note(rows, i));
    if (sum != 0)
        calc_note_say(t, p->lang, &note_excluded,
                      CALC_ARGS(calc_arg_int(excluded), calc_arg_money(sum, kam_table_exponent(rows))));
    kam_table_seal(t);
    rc = calc_class_summary(t, "class", "basis", calc_pyramid_classes, out, err);
    kam_table_unref(t);
    return rc;
}

kam_rc calc_pyramid_measures(const kam_table *rows, const calc_pyramid_params *p, kam_table **out, kam_err *err)
{
    bases b;
    kam_rc rc = read_bases(rows, &b, err);
    if (rc) return rc;
    double unit = pow(10.0, kam_table_exponent(rows)), gini = NAN, total = 0.0, held = NAN, need = NAN;
    if (!calc_gini(b.x, b.n, &gini)) gini = NAN; /* also sorts, ascending */
    for (size_t i = 0; i < b.n; i++) total += b.x[i];
    if (b.n) {
        size_t best = cut_at(p->pareto_share, b.n, 1), k = 0;
        double sum = 0.0;
        held = 0.0;
        for (size_t i = 0; i < best && i < b.n; i++) held += b.x[b.n - 1 - i];
        held /= total;
        while (k < b.n && sum < p->pareto_goal * total * (1 - 1e-12)) sum += b.x[b.n - 1 - k++];
        need = (double)k / (double)b.n;
    }
    calc_measures m;
    calc_measures_start(&m, "classify.pyramid.measures", rows);
    calc_measures_value(&m, "pareto_share", held, (int64_t)b.n);
    calc_measures_value(&m, "pareto_accounts", need, (int64_t)b.n);
    calc_measures_value(&m, "gini", gini, (int64_t)b.n);
    calc_measures_value(&m, "total", total / unit, (int64_t)b.n);
    calc_measures_value(&m, "excluded", (double)b.excluded_sum / unit, (int64_t)b.excluded);
    calc_measures_value(&m, "unknown", NAN, (int64_t)b.unknown);
    for (size_t i = 0; i < kam_table_notes(rows); i++) kam_table_add_note(m.t, kam_table_note(rows, i));
    kam_table_seal(m.t);
    kam_free(b.x);
    *out = m.t;
    return KAM_OK;
}

kam_rc calc_pyramid_curve(const kam_table *rows, const calc_pyramid_params *p, bool positive_only, kam_table **out,
                          kam_err *err)
{
    static const calc_use want[] = {{"basis", KAM_MONEY, false}};
    const kam_column *in[1];
    kam_rc rc = calc_use_table(rows, "rows", want, 1, in, err);
    if (rc) return rc;
    size_t total = kam_table_rows(rows), n = 0;
    item *it = kam_calloc(total, sizeof *it);
    int64_t net = 0, sum = 0;
    for (size_t i = 0; i < total; i++) {
        int64_t v = kam_col_int(in[0], i);
        if (!calc_known(in[0], i) || (positive_only && v <= 0)) continue;
        it[n++] = (item){v, i, ""};
        net += v;
    }
    qsort(it, n, sizeof *it, best_first);
    static const calc_col cols[] = {{"rank", KAM_INT, "classify.pyramid.rank"},
                                    {"account_share", KAM_REAL, "classify.pyramid.account_share"},
                                    {"cumulative", KAM_MONEY, "classify.pyramid.cumulative"},
                                    {"cumulative_share", KAM_REAL, "classify.pyramid.cumulative_share"}};
    kam_column *c[CALC_COUNT(cols)];
    kam_table *t = calc_out_new(positive_only ? "classify.pyramid.pareto" : "classify.pyramid.whale", rows, cols, CALC_COUNT(cols), c);
    size_t points = p->curve_points > 0 && (size_t)p->curve_points < n ? (size_t)p->curve_points : n, done = 0;
    for (size_t k = 0; n && k <= points; k++) {
        size_t rank = (size_t)((double)k * (double)n / (double)points + 0.5);
        for (; done < rank; done++) sum += it[done].basis;
        kam_col_push_int(c[0], (int64_t)rank);
        kam_col_push_real(c[1], (double)rank / (double)n);
        kam_col_push_int(c[2], sum);
        if (net > 0) kam_col_push_real(c[3], (double)sum / (double)net);
        else kam_col_push_missing(c[3]);
    }
    kam_table_seal(t);
    kam_free(it);
    *out = t;
    return KAM_OK;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store_ledger.h"

#include "store_asof.h"
#include "store_db.h"
#include "store_query_int.h"
#include "store_setting.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { SLOTS = 4, NARROW = 4 }; /* of all accounts; of some of them, which are soon read again */
#define DAY_UNKNOWN INT32_MIN
#define DAY_NEVER INT32_MAX

typedef struct {
    bool used, lines; /* the lines were read */
    uint64_t version, tick;
    store_scope scope;
    bool has_default;
    double default_margin;
    store_asof a;
} ledger_slot;

typedef struct {
    ledger_slot slot[SLOTS + NARROW];
    uint64_t tick;
} ledger_cache;

static size_t find_id(const int64_t *id, size_t n, int64_t want) /* n: absent */
{
    size_t lo = 0, hi = n;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        if (id[mid] < want) lo = mid + 1;
        else hi = mid;
    }
    return lo < n && id[lo] == want ? lo : n;
}

/* --- all accounts, by id ------------------------------------------------------------------------------------ */

typedef struct {
    int32_t known; /* known since, DAY_UNKNOWN */
    int32_t first; /* first dated record found so far, DAY_NEVER */
    size_t from;   /* its entries, in the order of the scan, end where those of the next begin */
} account_row;

typedef struct {
    size_t n, cap, cap_id;
    int64_t *id;      /* ascending */
    account_row *row; /* n, and one more when the lines have been read */
} account_set;

static void account_set_release(account_set *p)
{
    kam_free(p->id);
    kam_free(p->row);
}

static kam_rc account_add(void *ctx, int n, sqlite3_value **v, kam_err *err)
{
    account_set *p = ctx;
    (void)n, (void)err;
    KAM_GROW(p->id, p->cap_id, p->n + 1);
    KAM_GROW(p->row, p->cap, p->n + 2);
    p->id[p->n] = sqlite3_value_int64(v[0]);
    p->row[p->n++] = (account_row){
        sqlite3_value_type(v[1]) == SQLITE_NULL ? DAY_UNKNOWN : (int32_t)sqlite3_value_int64(v[1]), DAY_NEVER, 0};
    return KAM_OK;
}

static kam_rc account_set_read(store *s, account_set *p, kam_err *err)
{
    KAM_GROW(p->row, p->cap, 1);
    return store_each(s, "SELECT kam_each(id, known_since_day) FROM (SELECT id, known_since_day FROM accounts WHERE {scope:id} ORDER BY id)",
                      account_add, p, err);
}

/* Where an account is in the set; n: absent. Ids are usually without gaps. */
static size_t account_place(const account_set *p, int64_t id)
{
    if (p->n > 0 && p->id[p->n - 1] - p->id[0] == (int64_t)p->n - 1)
        return id >= p->id[0] && id <= p->id[p->n - 1] ? (size_t)(id - p->id[0]) : p->n;
    return find_id(p->id, p->n, id);
}

/* --- unit costs of products ---------------------------------------------------------------------------------- */

kam_rc store_unit_costs_read(store *s, store_unit_costs *p, kam_err *err)
{
    sqlite3_stmt *st = NULL;
    bool row = false;
    kam_rc rc = store_prepare(
        s, "SELECT id, unit_cost_minor FROM products WHERE unit_cost_minor IS NOT NULL ORDER BY id", &st, err);
    while (rc == KAM_OK && (rc = store_step(s, st, &row, err)) == KAM_OK && row) {
        KAM_GROW(p->id, p->cap, p->n + 1);
        KAM_GROW(p->cost_minor, p->cap_cost, p->n + 1);
        p->id[p->n] = sqlite3_column_int64(st, 0);
        p->cost_minor[p->n++] = sqlite3_column_int64(st, 1);
    }
    if (st) store_done(st);
    return rc;
}

bool store_unit_cost(const store_unit_costs *p, int64_t product, double quantity, int64_t *cost_minor)
{
    size_t k = find_id(p->id, p->n, product);
    if (k == p->n) return false;
    double cost = quantity * (double)p->cost_minor[k];
    if (!(fabs(cost) < 9e18)) return false;
    *cost_minor = llround(cost);
    return true;
}

void store_unit_costs_release(store_unit_costs *p)
{
    kam_free(p->id);
    kam_free(p->cost_minor);
    *p = (store_unit_costs){0, 0, 0, NULL, NULL};
}

/* --- the scan ----------------------------------------------------------------------------------------------- */

/* Lines without a cost but with a product, in the order of the main scan. */
typedef struct {
    sqlite3_stmt *st; /* NULL: nothing to read, or at the end */
    int64_t account, day;
} uncosted;

typedef struct {
    store *s;
    kam_day asof;
    account_set all;
    store_unit_costs costs;
    uncosted un;
    bool has_default;
    double default_margin;
    kam_ledger l; /* entries in the order of ids */
    size_t cap;
    bool any_margin;
    /* the account and day being read */
    int64_t account, day; /* account -1: none yet */
    size_t at;            /* the account's place in `all`, or the next one's */
    bool skip, open, unordered;
    int64_t net, margin, open_default;
    uint64_t n_open; /* lines whose cost the row itself does not tell */
    uint32_t *place; /* of each row of the result: which of `all` it is */
} scan;

static int64_t default_margin(const scan *c, int64_t amount)
{
    return c->has_default ? (int64_t)llround((double)amount * c->default_margin) : 0;
}

static kam_rc uncosted_next(scan *c, kam_err *err)
{
    bool row = false;
    if (!c->un.st) return KAM_OK;
    kam_rc rc = store_step(c->s, c->un.st, &row, err);
    if (rc == KAM_OK && row) {
        c->un.account = sqlite3_column_int64(c->un.st, 0);
        c->un.day = sqlite3_column_int64(c->un.st, 1);
        return KAM_OK;
    }
    store_done(c->un.st);
    c->un.st = NULL;
    return rc;
}

static kam_rc uncosted_start(scan *c, kam_err *err)
{
    if (c->costs.n == 0) return KAM_OK;
    kam_rc rc = store_prepare(c->s,
                              "SELECT account_id, day, product_id, quantity, amount_minor FROM transactions "
                              "WHERE {scope:account_id} AND cost_minor IS NULL AND product_id IS NOT NULL ORDER BY account_id, day",
                              &c->un.st, err);
    return rc == KAM_OK ? uncosted_next(c, err) : rc;
}

/* Lines of this account and day that the product's unit cost settles. */
static kam_rc settle_by_product(scan *c, int64_t account, int64_t day, kam_err *err)
{
    kam_rc rc = KAM_OK;
    while (rc == KAM_OK && c->un.st && (c->un.account < account || (c->un.account == account && c->un.day < day)))
        rc = uncosted_next(c, err);
    while (rc == KAM_OK && c->un.st && c->un.account == account && c->un.day == day) {
        int64_t amount = sqlite3_column_int64(c->un.st, 4), cost = 0;
        if (c->n_open > 0 && sqlite3_column_type(c->un.st, 3) != SQLITE_NULL &&
            store_unit_cost(&c->costs, sqlite3_column_int64(c->un.st, 2), sqlite3_column_double(c->un.st, 3), &cost)) {
            c->margin += amount - cost;
            c->open_default -= default_margin(c, amount);
            c->n_open--;
            c->any_margin = true;
        }
        rc = uncosted_next(c, err);
    }
    return rc;
}

static kam_rc end_day(scan *c, int64_t account, int64_t day, kam_err *err)
{
    kam_rc rc = c->n_open > 0 ? settle_by_product(c, account, day, err) : KAM_OK;
    kam_ledger *l = &c->l;
    if (l->n_entries == c->cap) {
        c->cap = c->cap ? c->cap * 2 : 4096;
        l->day = kam_reallocarray(l->day, c->cap, sizeof *l->day);
        l->net_minor = kam_reallocarray(l->net_minor, c->cap, sizeof *l->net_minor);
        l->margin_minor = kam_reallocarray(l->margin_minor, c->cap, sizeof *l->margin_minor);
        l->margin_missing = kam_reallocarray(l->margin_missing, c->cap, sizeof *l->margin_missing);
    }
    bool missing = c->n_open > 0 && !c->has_default;
    if (c->n_open > 0 && c->has_default) {
        c->margin += c->open_default;
        c->any_margin = true;
    }
    l->lines_no_cost += c->n_open;
    l->day[l->n_entries] = (int32_t)day;
    l->net_minor[l->n_entries] = c->net;
    l->margin_minor[l->n_entries] = missing ? 0 : c->margin;
    l->margin_missing[l->n_entries++] = missing;
    c->net = c->margin = c->open_default = 0;
    c->n_open = 0;
    return rc;
}

/* Does this account count on the as-of day, as far as "known since" tells? */
static bool too_early(const scan *c, size_t i)
{
    return c->all.row[i].known != DAY_UNKNOWN && c->all.row[i].known > c->asof;
}

static void next_account(scan *c, int64_t account, int64_t day)
{
    account_set *p = &c->all;
    while (c->at < p->n && p->id[c->at] < account) p->row[++c->at].from = c->l.n_entries;
    const bool there = c->at < p->n && p->id[c->at] == account;
    if (there) p->row[c->at].first = (int32_t)day;
    c->skip = !there || too_early(c, c->at);
    c->account = account;
}

/* One line of the log; account, day, amount, cost. */
static kam_rc line(void *ctx, int n, sqlite3_value **v, kam_err *err)
{
    scan *c = ctx;
    (void)n;
    const int64_t a = sqlite3_value_int64(v[0]), d = sqlite3_value_int64(v[1]);
    if (a != c->account || d != c->day) {
        if (a < c->account || (a == c->account && d < c->day)) {
            c->unordered = true;
            return KAM_DATABASE; /* scan_lines asks again */
        }
        const kam_rc rc = c->open ? end_day(c, c->account, c->day, err) : KAM_OK;
        if (rc != KAM_OK) return rc;
        if (a != c->account) next_account(c, a, d);
        c->day = d;
        c->open = !c->skip && d <= c->asof;
    }
    if (!c->open) return KAM_OK;
    const int64_t amount = sqlite3_value_int64(v[2]);
    c->net += amount;
    c->l.lines++;
    if (sqlite3_value_type(v[3]) != SQLITE_NULL) {
        c->margin += amount - sqlite3_value_int64(v[3]);
        c->any_margin = true;
    } else {
        c->n_open++;
        c->open_default += default_margin(c, amount);
    }
    return KAM_OK;
}

static kam_rc scan_rows(scan *c, const char *sql, kam_err *err)
{
    c->l.n_entries = 0;
    c->l.lines = c->l.lines_no_cost = 0;
    c->any_margin = c->open = c->unordered = false;
    c->account = c->day = -1;
    c->at = 0;
    c->net = c->margin = c->open_default = 0;
    c->n_open = 0;
    kam_rc rc = uncosted_start(c, err);
    if (rc == KAM_OK) rc = store_each(c->s, sql, line, c, err);
    if (rc == KAM_OK && c->open) rc = end_day(c, c->account, c->day, err);
    while (c->at < c->all.n) c->all.row[++c->at].from = c->l.n_entries;
    if (c->un.st) store_done(c->un.st);
    c->un.st = NULL;
    return rc;
}

/* The covering index gives the rows in its order, though nobody promises it; asking for that order costs a third more. */
static kam_rc scan_lines(scan *c, kam_err *err)
{
    kam_rc rc = scan_rows(c, "SELECT kam_each(account_id, day, amount_minor, cost_minor) FROM transactions WHERE {scope:account_id}", err);
    if (!c->unordered) return rc;
    for (size_t i = 0; i < c->all.n; i++) c->all.row[i].first = DAY_NEVER;
    rc = scan_rows(c,
                   "SELECT kam_each(account_id, day, amount_minor, cost_minor) FROM (SELECT account_id, day, "
                   "amount_minor, cost_minor FROM transactions WHERE {scope:account_id} ORDER BY account_id, day)",
                   err);
    KAM_ASSERT(!c->unordered);
    return rc;
}

/* --- who counts --------------------------------------------------------------------------------------------- */

/* First dated records of other kinds, of every entity that belongs to an account and must have a day. */
static kam_rc other_records(scan *c, kam_err *err)
{
    size_t n = 0;
    const store_entity *e = store_entities(&n);
    kam_rc rc = KAM_OK;
    for (size_t i = 0; i < n && rc == KAM_OK; i++) {
        const store_field *account = store_field_find(&e[i], "account"), *day = NULL;
        for (size_t k = 0; k < e[i].n_fields && !day; k++)
            if (e[i].fields[k].kind == STORE_DAY && (e[i].fields[k].flags & STORE_REQUIRED)) day = &e[i].fields[k];
        if (!account || !day || account->kind != STORE_REF || strcmp(e[i].name, "transaction") == 0) continue;
        kam_str sql = KAM_STR_INIT;
        sqlite3_stmt *st = NULL;
        bool row = false;
        kam_str_addf(&sql, "SELECT %s, min(%s) FROM %s WHERE {scope:%s} GROUP BY 1", account->column, day->column, e[i].table, account->column);
        rc = store_prepare(c->s, sql.s, &st, err);
        kam_str_release(&sql);
        while (rc == KAM_OK && (rc = store_step(c->s, st, &row, err)) == KAM_OK && row) {
            size_t k = account_place(&c->all, sqlite3_column_int64(st, 0));
            int32_t d = (int32_t)sqlite3_column_int64(st, 1);
            if (k < c->all.n && d < c->all.row[k].first) c->all.row[k].first = d;
        }
        if (st) store_done(st);
    }
    return rc;
}

static bool counts(const scan *c, size_t i)
{
    const account_row *r = &c->all.row[i];
    if (r->known != DAY_UNKNOWN) return r->known <= c->asof;
    return r->first <= c->asof || r->first == DAY_NEVER;
}

static kam_rc find_first_records(scan *c, kam_err *err)
{
    for (size_t i = 0; i < c->all.n; i++)
        if (c->all.row[i].known == DAY_UNKNOWN && c->all.row[i].first > c->asof) return other_records(c, err);
    return KAM_OK;
}

typedef struct {
    int64_t *id;
    size_t n;
} id_list;

static kam_rc id_add(void *ctx, int n, sqlite3_value **v, kam_err *err)
{
    id_list *l = ctx;
    (void)n, (void)err;
    l->id[l->n++] = sqlite3_value_int64(v[0]);
    return KAM_OK;
}

/* Ids and codes follow no common order, so each look at an account misses the cache; asked for some rows ahead, the
 * misses overlap. */
enum { AHEAD = 16 };

/* Within the loops over accounts, which move memory and nothing else. */
static bool stopped(const scan *c, size_t i)
{
    return i % 4096 == 0 && kam_progress_stopped(c->s->progress);
}

/* Ids in the order of codes; the index on the code holds all that is read. */
static kam_rc order_by_code(scan *c, store_asof *a, kam_err *err)
{
    id_list l = {kam_alloc((c->all.n + 1) * sizeof *l.id), 0};
    a->id = l.id;
    kam_rc rc = store_each(c->s, "SELECT kam_each(id) FROM (SELECT id FROM accounts WHERE {scope:id} ORDER BY code)", id_add, &l, err);
    if (rc != KAM_OK) return rc;
    KAM_ASSERT(l.n == c->all.n && l.n < UINT32_MAX); /* one state of the data */
    c->place = kam_alloc((l.n + 1) * sizeof *c->place);
    for (size_t k = 0; k < l.n && !stopped(c, k); k++) c->place[k] = (uint32_t)account_place(&c->all, l.id[k]);
    for (size_t k = 0; k < l.n; k++) {
        if (stopped(c, k)) return KAM_OK; /* build asks again */
        if (k + AHEAD < l.n) __builtin_prefetch(&c->all.row[c->place[k + AHEAD]]);
        const uint32_t i = c->place[k];
        if (!counts(c, i)) continue;
        a->id[a->n] = l.id[k];
        c->place[a->n++] = i;
    }
    return KAM_OK;
}

static int by_id(const void *x, const void *y)
{
    const int64_t a = *(const int64_t *)x, b = *(const int64_t *)y;
    return a < b ? -1 : a > b;
}

static void index_ids(store_asof *a)
{
    int64_t top = 0;
    for (size_t i = 0; i < a->n; i++)
        if (a->id[i] > top) top = a->id[i];
    if (top < (int64_t)(8 * a->n + 65536)) {
        a->n_dense = (size_t)top + 1;
        a->dense = kam_calloc(a->n_dense, sizeof *a->dense);
        for (size_t i = 0; i < a->n; i++) a->dense[a->id[i]] = (uint32_t)i + 1;
        return;
    }
    int64_t(*pair)[2] = kam_calloc(a->n, sizeof *pair);
    for (size_t i = 0; i < a->n; i++) pair[i][0] = a->id[i], pair[i][1] = (int64_t)i;
    qsort(pair, a->n, sizeof *pair, by_id);
    a->sorted = kam_calloc(a->n, sizeof *a->sorted);
    a->sorted_row = kam_calloc(a->n, sizeof *a->sorted_row);
    for (size_t i = 0; i < a->n; i++) a->sorted[i] = pair[i][0], a->sorted_row[i] = (uint32_t)pair[i][1];
    kam_free(pair);
}

/* Entries [from, to) of the account of row r in the order of ids. */
static size_t entries_of(const scan *c, size_t r, size_t *from)
{
    const account_row *p = &c->all.row[c->place[r]];
    *from = p[0].from;
    return p[1].from - p[0].from;
}

static void copy_entries(const scan *c, const store_asof *a, const kam_ledger *from, kam_ledger *to)
{
    for (size_t r = 0; r < a->n && !stopped(c, r); r++) {
        size_t src, next;
        if (r + AHEAD < a->n && entries_of(c, r + AHEAD, &next) > 0) {
            __builtin_prefetch(&from->day[next]);
            __builtin_prefetch(&from->net_minor[next]);
        }
        const size_t n = entries_of(c, r, &src), dst = to->start[r];
        for (size_t k = 0; k < n; k++) {
            to->day[dst + k] = from->day[src + k];
            to->net_minor[dst + k] = from->net_minor[src + k];
        }
        if (!c->any_margin || n == 0) continue;
        memcpy(to->margin_minor + dst, from->margin_minor + src, n * sizeof *to->margin_minor);
        memcpy(to->margin_missing + dst, from->margin_missing + src, n * sizeof *to->margin_missing);
    }
}

/* The entries from the order of ids into that of codes; where both agree, as after an import, nothing moves. */
static void order_entries(scan *c, store_asof *a)
{
    kam_ledger *from = &c->l, *to = &a->ledger;
    *to = *from;
    to->n_accounts = a->n;
    to->start = kam_alloc((a->n + 1) * sizeof *to->start);
    bool same = true;
    size_t k = 0;
    for (size_t r = 0; r < a->n; r++) {
        if (stopped(c, r)) break;
        if (r + AHEAD < a->n) __builtin_prefetch(&c->all.row[c->place[r + AHEAD]]);
        size_t src;
        const size_t n = entries_of(c, r, &src);
        if (n > 0 && src != k) same = false;
        to->start[r] = k;
        k += n;
    }
    to->start[a->n] = k;
    if (kam_progress_stopped(c->s->progress)) { /* `from` stays and is released with the scan */
        kam_free(to->start);
        *to = (kam_ledger)KAM_LEDGER_INIT;
        return;
    }
    KAM_ASSERT(k == from->n_entries);
    if (c->any_margin && !to->margin_minor) { /* no entry here, but costs elsewhere: known, and empty */
        to->margin_minor = from->margin_minor = kam_zalloc(sizeof *to->margin_minor);
        to->margin_missing = from->margin_missing = kam_zalloc(sizeof *to->margin_missing);
    }
    if (!c->any_margin) {
        kam_free(from->margin_minor);
        kam_free(from->margin_missing);
        to->margin_minor = from->margin_minor = NULL;
        to->margin_missing = from->margin_missing = NULL;
    }
    if (!same) {
        to->day = kam_alloc((k + 1) * sizeof *to->day);
        to->net_minor = kam_alloc((k + 1) * sizeof *to->net_minor);
        if (c->any_margin) {
            to->margin_minor = kam_alloc((k + 1) * sizeof *to->margin_minor);
            to->margin_missing = kam_alloc((k + 1) * sizeof *to->margin_missing);
        }
        copy_entries(c, a, from, to);
        kam_ledger_release(from);
    }
    *from = (kam_ledger)KAM_LEDGER_INIT;
}

static void asof_release(store_asof *a)
{
    kam_ledger_release(&a->ledger);
    kam_free(a->id);
    kam_free(a->dense);
    kam_free(a->sorted);
    kam_free(a->sorted_row);
}

/* Is a cost known of any line whatever, also of accounts outside the scope? Methods then wait for a margin instead of taking
 * the amount for it, so this must not depend on whom is asked about. */
#define KNOWN_THEN "t.day <= ?1 AND NOT EXISTS (SELECT 1 FROM accounts a WHERE a.id = t.account_id AND a.known_since_day > ?1) LIMIT 1"
static const query_col any[] = {{"any", KAM_INT}};

static kam_rc costs_of_lines(store *s, kam_day asof, kam_table **out, kam_err *err)
{
    return query_plain(s, asof, NULL, 0, "SELECT 1 FROM transactions t WHERE t.cost_minor IS NOT NULL AND " KNOWN_THEN, any, 1, out, err);
}

static kam_rc costs_of_products(store *s, kam_day asof, kam_table **out, kam_err *err)
{
    return query_plain(s, asof, NULL, 0,
                       "SELECT 1 FROM transactions t JOIN products p ON p.id = t.product_id WHERE t.cost_minor IS NULL AND t.quantity IS NOT NULL "
                       "AND p.unit_cost_minor IS NOT NULL AND " KNOWN_THEN, any, 1, out, err);
}

static kam_rc lines_at_all(store *s, kam_day asof, kam_table **out, kam_err *err)
{
    return query_plain(s, asof, NULL, 0, "SELECT 1 FROM transactions t WHERE " KNOWN_THEN, any, 1, out, err);
}

static kam_rc any_cost(const scan *c, bool *out, kam_err *err)
{
    kam_rc rc = query_any(c->s, costs_of_lines, c->asof, out, err);
    if (rc == KAM_OK && !*out && c->costs.n > 0) rc = query_any(c->s, costs_of_products, c->asof, out, err);
    if (rc == KAM_OK && !*out && c->has_default) rc = query_any(c->s, lines_at_all, c->asof, out, err);
    return rc;
}

/* Which accounts with a deal count, from their deals alone: a deal opened up to the day is a record up to the day. *told: no account needs
 * its other records. */
static kam_rc first_deals(scan *c, bool *told, kam_err *err)
{
    sqlite3_stmt *st = NULL;
    bool row = false;
    kam_rc rc = store_prepare(c->s, "SELECT account_id, min(opened_day) FROM opportunities GROUP BY account_id", &st, err);
    while (rc == KAM_OK && (rc = store_step(c->s, st, &row, err)) == KAM_OK && row) {
        const size_t k = account_place(&c->all, sqlite3_column_int64(st, 0));
        if (k < c->all.n) c->all.row[k].first = (int32_t)sqlite3_column_int64(st, 1);
    }
    if (st) store_done(st);
    for (size_t i = 0; i < c->all.n; i++)
        if (c->all.row[i].known == DAY_UNKNOWN && c->all.row[i].first > c->asof) return rc;
    *told = true;
    for (size_t i = 0; i <= c->all.n; i++) c->all.row[i].from = 0;
    return rc;
}

/* The lines, and who counts; without `lines` only the latter. */
static kam_rc read_lines(scan *c, bool *lines, kam_err *err)
{
    bool told = false;
    kam_rc rc = *lines ? KAM_OK : first_deals(c, &told, err);
    if (rc != KAM_OK || told) return rc;
    *lines = true;
    for (size_t i = 0; i < c->all.n; i++) c->all.row[i].first = DAY_NEVER;
    store_scan_total(c->s, "transactions");
    rc = store_unit_costs_read(c->s, &c->costs, err);
    if (rc == KAM_OK) rc = scan_lines(c, err);
    if (rc == KAM_OK && !c->any_margin && store_scope_get(c->s).kind != STORE_SCOPE_ALL) rc = any_cost(c, &c->any_margin, err);
    store_scan_total(c->s, NULL);
    return rc == KAM_OK ? find_first_records(c, err) : rc;
}

/* *lines: whether they are wanted, and whether they were read. */
static kam_rc build(store *s, kam_day asof, bool has_default, double margin, bool *lines, store_asof *out, kam_err *err)
{
    scan c = {.s = s, .asof = asof, .has_default = has_default, .default_margin = margin, .l = KAM_LEDGER_INIT};
    store_asof a = {.asof = asof, .ledger = KAM_LEDGER_INIT};
    kam_rc rc = account_set_read(s, &c.all, err);
    if (rc == KAM_OK) rc = read_lines(&c, lines, err);
    if (rc == KAM_OK) rc = order_by_code(&c, &a, err);
    if (rc == KAM_OK) rc = kam_progress_step(s->progress, "database", 0, 0, err);
    if (rc == KAM_OK) order_entries(&c, &a);
    if (rc == KAM_OK) rc = kam_progress_step(s->progress, "database", 0, 0, err);
    if (rc == KAM_OK) index_ids(&a);
    if (rc == KAM_OK) *out = a;
    else asof_release(&a);
    kam_ledger_release(&c.l);
    account_set_release(&c.all);
    kam_free(c.place);
    store_unit_costs_release(&c.costs);
    return rc;
}

/* --- the cache ---------------------------------------------------------------------------------------------- */

static void slot_clear(ledger_slot *k)
{
    asof_release(&k->a);
    *k = (ledger_slot){.used = false};
}

static void cache_drop(void *p)
{
    ledger_cache *c = p;
    for (size_t i = 0; c && i < SLOTS + NARROW; i++)
        if (c->slot[i].used) slot_clear(&c->slot[i]);
    kam_free(c);
}

/* lines: the ledger is wanted too. */
static kam_rc get(store *s, kam_day asof, bool lines, const store_asof **out, kam_err *err)
{
    void **place = store_cache(s, cache_drop);
    if (!*place) *place = kam_zalloc(sizeof(ledger_cache));
    ledger_cache *c = *place;
    double margin = 0;
    bool has = store_setting_real(s, "default-margin", &margin);
    uint64_t version = store_facts_version(s);
    const store_scope scope = store_scope_get(s);
    const bool narrow = scope.kind != STORE_SCOPE_ALL;
    ledger_slot *oldest = &c->slot[narrow ? SLOTS : 0];
    for (size_t i = 0; i < SLOTS + NARROW; i++) {
        ledger_slot *k = &c->slot[i];
        if (k->used && k->version != version) slot_clear(k);
        if ((i >= SLOTS) != narrow) continue;
        if (k->used && (k->lines || !lines) && k->a.asof == asof && k->scope.kind == scope.kind && k->scope.account == scope.account && k->has_default == has && (!has || k->default_margin == margin)) {
            k->tick = ++c->tick;
            *out = &k->a;
            return KAM_OK;
        }
        if (!k->used || (oldest->used && k->tick < oldest->tick)) oldest = k;
    }
    store_asof a;
    bool own = false;
    kam_rc rc = store_snapshot_begin(s, &own, err);
    if (rc != KAM_OK) return rc;
    rc = build(s, asof, has, margin, &lines, &a, err);
    store_snapshot_end(s, own);
    if (rc != KAM_OK) return rc;
    if (oldest->used) slot_clear(oldest);
    *oldest = (ledger_slot){true, lines, version, ++c->tick, scope, has, margin, a};
    *out = &oldest->a;
    return KAM_OK;
}

kam_rc store_asof_get(store *s, kam_day asof, const store_asof **out, kam_err *err)
{
    return get(s, asof, store_scope_get(s).kind != STORE_SCOPE_DEALS, out, err);
}

int64_t store_asof_row(const store_asof *a, int64_t id)
{
    if (a->dense) return id >= 0 && (uint64_t)id < a->n_dense ? (int64_t)a->dense[id] - 1 : STORE_NO_ROW;
    size_t k = find_id(a->sorted, a->n, id);
    return a->sorted && k < a->n ? (int64_t)a->sorted_row[k] : STORE_NO_ROW;
}

kam_rc store_ledger(store *s, kam_day asof, const kam_ledger **out, kam_err *err)
{
    const store_asof *a = NULL;
    kam_rc rc = get(s, asof, true, &a, err);
    if (rc == KAM_OK) *out = &a->ledger;
    return rc;
}

bool store_ledger_row(store *s, kam_day asof, int64_t account_id, size_t *row)
{
    const store_asof *a = NULL;
    if (store_asof_get(s, asof, &a, NULL) != KAM_OK) return false;
    int64_t r = store_asof_row(a, account_id);
    if (r != STORE_NO_ROW) *row = (size_t)r;
    return r != STORE_NO_ROW;
}

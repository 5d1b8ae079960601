/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Transactions by account and product (kam_sales.h): one scan in the order they lie in, a distribution by account, a sort
 * within each. */
#include "store_next.h"
#include "store_db.h"
#include "store_query_int.h"
#include <stdlib.h>

typedef struct line {
    uint32_t account, product;
    int32_t day;
    int64_t net;
} line;

typedef struct lines {
    line *v;
    size_t n, cap;
    uint64_t read, no_product;
} lines;

static kam_rc read_products(store *s, kam_table **products, query_ids *ids, kam_err *err)
{
    static const query_col cols[] = {{"product", KAM_TEXT}, {"name", KAM_TEXT}, {"name_en", KAM_TEXT}, {"category", KAM_TEXT},
                                     {"list_price", KAM_MONEY}, {"id", KAM_INT}};
    static const size_t shown[] = {0, 1, 2, 3, 4};
    kam_table *t = NULL;
    kam_rc rc = query_plain(s, 0, NULL, 0, "SELECT code, name, name_en, category, list_price_minor, id FROM products ORDER BY code",
                            QUERY_COLS(cols), &t, err);
    if (rc != KAM_OK) return rc;
    query_ids_init(ids, kam_table_find(t, "id"));
    *products = kam_table_select(t, shown, 5);
    kam_table_unref(t);
    return KAM_OK;
}

typedef struct reading {
    const store_asof *a;
    const query_ids *products;
    kam_day asof;
    lines *l;
} reading;

/* account, product, day, amount */
static kam_rc sale(void *ctx, int n, sqlite3_value **v, kam_err *err)
{
    const reading *r = ctx;
    lines *l = r->l;
    (void)n, (void)err;
    const int64_t day = sqlite3_value_int64(v[2]);
    if (day > r->asof) return KAM_OK;
    const int64_t account = store_asof_row(r->a, sqlite3_value_int64(v[0]));
    if (account == STORE_NO_ROW) return KAM_OK;
    l->read++;
    const int64_t product = sqlite3_value_type(v[1]) == SQLITE_NULL ? -1 : query_ids_row(r->products, sqlite3_value_int64(v[1]));
    if (product < 0) {
        l->no_product++;
        return KAM_OK;
    }
    KAM_GROW(l->v, l->cap, l->n + 1);
    l->v[l->n++] = (line){(uint32_t)account, (uint32_t)product, (int32_t)day, sqlite3_value_int64(v[3])};
    return KAM_OK;
}

static kam_rc read_lines(store *s, kam_day asof, const query_ids *ids, lines *l, kam_err *err)
{
    reading r = {NULL, ids, asof, l};
    kam_rc rc = store_asof_get(s, asof, &r.a, err);
    if (rc != KAM_OK) return rc;
    return store_each(s, "SELECT kam_each(account_id, product_id, day, amount_minor) FROM transactions WHERE {scope:account_id}", sale, &r, err);
}

static int by_product_day(const void *x, const void *y)
{
    const line *a = x, *b = y;
    if (a->product != b->product) return a->product < b->product ? -1 : 1;
    return a->day < b->day ? -1 : a->day > b->day;
}

static bool stopped(const store *s, size_t i)
{
    return i % 4096 == 0 && kam_progress_stopped(s->progress);
}

/* Lines to their accounts, sorted and netted there; of no use when told to stop. */
static void distribute(const store *s, const lines *l, size_t n_accounts, kam_sales *out)
{
    size_t *to = kam_calloc(n_accounts + 1, sizeof *to);
    line *v = kam_alloc((l->n + 1) * sizeof *v);
    for (size_t i = 0; i < l->n && !stopped(s, i); i++) to[l->v[i].account + 1]++;
    for (size_t i = 0; i < n_accounts; i++) to[i + 1] += to[i];
    for (size_t i = 0; i < l->n && !stopped(s, i); i++) v[to[l->v[i].account]++] = l->v[i]; /* to[i] ends as the end of account i */
    out->start = kam_calloc(n_accounts + 1, sizeof *out->start);
    out->product = kam_alloc((l->n + 1) * sizeof *out->product);
    out->day = kam_alloc((l->n + 1) * sizeof *out->day);
    out->net_minor = kam_alloc((l->n + 1) * sizeof *out->net_minor);
    size_t at = 0;
    for (size_t a = 0; a < n_accounts && !stopped(s, a); a++) {
        size_t from = a ? to[a - 1] : 0;
        if (to[a] > from) qsort(v + from, to[a] - from, sizeof *v, by_product_day);
        for (size_t i = from; i < to[a]; i++) {
            if (i > from && by_product_day(&v[i], &v[i - 1]) == 0) {
                out->net_minor[at - 1] += v[i].net;
                continue;
            }
            out->product[at] = v[i].product;
            out->day[at] = v[i].day;
            out->net_minor[at++] = v[i].net;
        }
        out->start[a + 1] = at;
    }
    out->n_accounts = n_accounts;
    out->n_lines = at;
    kam_free(v);
    kam_free(to);
}

kam_rc store_sales(store *s, kam_day asof, kam_sales *out, kam_table **products, kam_err *err)
{
    query_ids ids = {0, NULL};
    lines l = {NULL, 0, 0, 0, 0};
    kam_table *t = NULL;
    const store_asof *a = NULL;
    bool own = false;
    kam_rc rc = store_snapshot_begin(s, &own, err);
    if (rc != KAM_OK) return rc;
    rc = read_products(s, &t, &ids, err);
    if (rc == KAM_OK) rc = read_lines(s, asof, &ids, &l, err);
    if (rc == KAM_OK) rc = store_asof_get(s, asof, &a, err);
    store_snapshot_end(s, own);
    if (rc == KAM_OK) {
        *out = (kam_sales)KAM_SALES_INIT;
        distribute(s, &l, a->n, out);
        out->n_products = kam_table_rows(t);
        out->read = l.read;
        out->no_product = l.no_product;
        rc = kam_progress_step(s->progress, "database", 0, 0, err);
        if (rc != KAM_OK) kam_sales_release(out);
    }
    if (rc == KAM_OK) *products = t;
    else kam_table_unref(t);
    query_ids_release(&ids);
    kam_free(l.v);
    return rc;
}

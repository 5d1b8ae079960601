/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Quantities and payments of C7, which are most lines of the log: one scan in the order of their numbers, a distribution by account, a sort
 * within each. SQLite would sort them all, with their texts. */
#include "kam_mem.h"
#include "store_db.h"
#include "store_int.h"
#include "store_query_int.h"
#include <stdlib.h>
#include <string.h>

#define NO_DAY INT32_MIN

typedef struct line {
    uint32_t account, at; /* row of the account; place in the scan */
    int32_t day, due, paid;
    size_t text;          /* product by its place in the list; invoice number by its place in `chars`, 0: none */
    union {
        double units;
        int64_t minor;
    } u;
} line;

typedef struct lines {
    const store_asof *a;
    kam_day asof;
    const query_ids *products;
    line *v;
    size_t n, cap;
    char *chars;
    size_t n_chars, cap_chars;
    size_t *start; /* by account, once distributed */
} lines;

static void lines_release(lines *l)
{
    kam_free(l->v);
    kam_free(l->chars);
    kam_free(l->start);
}

static line *next_line(lines *l, sqlite3_value *account, sqlite3_value *day)
{
    const int64_t d = sqlite3_value_int64(day), row = d <= l->asof ? store_asof_row(l->a, sqlite3_value_int64(account)) : STORE_NO_ROW;
    if (row == STORE_NO_ROW) return NULL;
    KAM_GROW(l->v, l->cap, l->n + 1);
    l->v[l->n] = (line){.account = (uint32_t)row, .at = (uint32_t)l->n, .day = (int32_t)d};
    return &l->v[l->n++];
}

static bool stopped(const store *s, size_t i)
{
    return i % 4096 == 0 && kam_progress_stopped(s->progress);
}

/* Lines of one account together, otherwise as they were; of no use when told to stop. */
static void distribute(const store *s, lines *l)
{
    const size_t n = l->a->n;
    line *v = kam_alloc((l->n + 1) * sizeof *v);
    size_t *to = kam_calloc(n + 2, sizeof *to);
    for (size_t i = 0; i < l->n && !stopped(s, i); i++) to[l->v[i].account + 1]++;
    for (size_t i = 0; i < n; i++) to[i + 1] += to[i];
    for (size_t i = 0; i < l->n && !stopped(s, i); i++) v[to[l->v[i].account]++] = l->v[i];
    for (size_t i = n; i > 0; i--) to[i] = to[i - 1];
    to[0] = 0;
    kam_free(l->v);
    l->v = v;
    l->start = to;
}

/* What was made, unless told to stop meanwhile. */
static kam_rc hand_over(store *s, kam_table *t, kam_table **out, kam_err *err)
{
    const kam_rc rc = kam_progress_step(s->progress, "database", 0, 0, err);
    if (rc == KAM_OK) *out = t;
    else kam_table_unref(t);
    return rc;
}

/* Reads with `fn` on one state of the data. */
static kam_rc read_lines(store *s, kam_day asof, const char *sql, store_each_fn fn, lines *l, kam_err *err)
{
    l->asof = asof;
    kam_rc rc = store_asof_get(s, asof, &l->a, err);
    if (rc == KAM_OK) rc = store_each(s, sql, fn, l, err);
    if (rc == KAM_OK) distribute(s, l);
    return rc == KAM_OK ? kam_progress_step(s->progress, "database", 0, 0, err) : rc;
}

/* --- quantities ------------------------------------------------------------------------------------------------------ */

static kam_rc quantity_line(void *ctx, int n, sqlite3_value **v, kam_err *err)
{
    lines *l = ctx;
    (void)n, (void)err;
    const int64_t product = query_ids_row(l->products, sqlite3_value_int64(v[1]));
    line *x = product >= 0 ? next_line(l, v[0], v[2]) : NULL;
    if (!x) return KAM_OK;
    x->text = (size_t)product;
    x->u.units = sqlite3_value_double(v[3]);
    return KAM_OK;
}

static int by_product(const void *a, const void *b)
{
    const line *x = a, *y = b;
    if (x->text != y->text) return x->text < y->text ? -1 : 1;
    if (x->day != y->day) return x->day < y->day ? -1 : 1;
    return x->at < y->at ? -1 : x->at > y->at;
}

static kam_table *quantity_table(store *s, const lines *l, const kam_column *code)
{
    static const query_col cols[] = {{"row", KAM_INT}, {"product", KAM_TEXT}, {"date", KAM_DAY}, {"quantity", KAM_REAL}};
    kam_table *t = query_table(s, QUERY_COLS(cols));
    kam_column *const c[] = {query_column(t, 0), query_column(t, 1), query_column(t, 2), query_column(t, 3)};
    for (size_t a = 0; a < l->a->n && !stopped(s, a); a++) {
        const size_t from = l->start[a], to = l->start[a + 1];
        if (to - from > 1) qsort(l->v + from, to - from, sizeof *l->v, by_product);
        for (size_t i = from; i < to;) {
            const line *x = &l->v[i];
            double units = 0;
            for (; i < to && l->v[i].text == x->text && l->v[i].day == x->day; i++) units += l->v[i].u.units;
            kam_col_push_int(c[0], (int64_t)a);
            kam_col_push_from(c[1], code, x->text);
            kam_col_push_int(c[2], x->day);
            kam_col_push_real(c[3], units);
        }
    }
    kam_table_seal(t);
    return t;
}

kam_rc store_query_quantities(store *s, kam_day asof, kam_table **out, kam_err *err)
{
    static const query_col cols[] = {{"id", KAM_INT}, {"code", KAM_TEXT}};
    kam_table *products = NULL;
    query_ids ids = {0, NULL};
    lines l = {.products = &ids};
    bool own = false;
    kam_rc rc = store_snapshot_begin(s, &own, err);
    if (rc != KAM_OK) return rc;
    rc = query_plain(s, asof, NULL, 0, "SELECT id, code FROM products ORDER BY id", QUERY_COLS(cols), &products, err);
    if (rc == KAM_OK) {
        query_ids_init(&ids, kam_table_find(products, "id"));
#define QUANTITIES "SELECT kam_each(account_id, product_id, day, quantity) FROM transactions "
#define THERE "product_id IS NOT NULL AND quantity IS NOT NULL"
        rc = read_lines(s, asof,
                        store_scope_get(s).kind == STORE_SCOPE_ALL ? QUANTITIES "NOT INDEXED WHERE " THERE : QUANTITIES "WHERE {scope:account_id} AND " THERE,
                        quantity_line, &l, err);
#undef QUANTITIES
#undef THERE
    }
    if (rc == KAM_OK) rc = hand_over(s, quantity_table(s, &l, kam_table_find(products, "code")), out, err);
    store_snapshot_end(s, own);
    query_ids_release(&ids);
    kam_table_unref(products);
    lines_release(&l);
    return rc;
}

/* --- payments -------------------------------------------------------------------------------------------------------- */

static kam_rc payment_line(void *ctx, int n, sqlite3_value **v, kam_err *err)
{
    lines *l = ctx;
    (void)n, (void)err;
    line *x = next_line(l, v[0], v[1]);
    if (!x) return KAM_OK;
    const bool paid = sqlite3_value_type(v[3]) != SQLITE_NULL && sqlite3_value_int64(v[3]) <= l->asof;
    x->due = (int32_t)sqlite3_value_int64(v[2]);
    x->paid = paid ? (int32_t)sqlite3_value_int64(v[3]) : NO_DAY;
    x->u.minor = sqlite3_value_int64(v[4]);
    const char *no = (const char *)sqlite3_value_text(v[5]);
    if (!no) return KAM_OK;
    const size_t len = strlen(no) + 1;
    if (l->n_chars == 0) l->n_chars = 1; /* place 0 means none */
    KAM_GROW(l->chars, l->cap_chars, l->n_chars + len);
    memcpy(l->chars + l->n_chars, no, len);
    x->text = l->n_chars;
    l->n_chars += len;
    return KAM_OK;
}

/* Lines sorted together with the texts they mean. */
typedef struct bill {
    const char *no;
    const line *of;
    int64_t minor, first; /* sum; place of the first line in the scan */
    int32_t day;
} bill;

static int compare_text(const char *a, const char *b)
{
    return !a || !b ? (a != NULL) - (b != NULL) : strcmp(a, b);
}

/* Lines of one invoice together: by due day and number, paid with paid; without a number each is one of its own. */
static int by_invoice(const void *a, const void *b)
{
    const bill *x = a, *y = b;
    if (x->of->due != y->of->due) return x->of->due < y->of->due ? -1 : 1;
    const int k = compare_text(x->no, y->no);
    if (k) return k;
    if (x->no && x->of->paid != y->of->paid) return x->of->paid < y->of->paid ? -1 : 1;
    return x->first < y->first ? -1 : x->first > y->first;
}

static int in_order(const void *a, const void *b)
{
    const bill *x = a, *y = b;
    if (x->of->due != y->of->due) return x->of->due < y->of->due ? -1 : 1;
    const int k = compare_text(x->no, y->no);
    return k ? k : x->first < y->first ? -1 : x->first > y->first;
}

static size_t join(bill *b, size_t n)
{
    size_t k = 0;
    for (size_t i = 0; i < n; i++) {
        bill *last = k ? &b[k - 1] : NULL;
        if (last && b[i].no && last->no && last->of->due == b[i].of->due && last->of->paid == b[i].of->paid && strcmp(last->no, b[i].no) == 0) {
            last->minor += b[i].minor;
            if (b[i].day < last->day) last->day = b[i].day;
        } else {
            b[k++] = b[i];
        }
    }
    return k;
}

static void push_optional(kam_column *c, int32_t day)
{
    if (day == NO_DAY) kam_col_push_missing(c);
    else kam_col_push_int(c, day);
}

static kam_table *payment_table(store *s, const lines *l)
{
    static const query_col cols[] = {{"row", KAM_INT}, {"invoice_no", KAM_TEXT}, {"date", KAM_DAY},
                                     {"due", KAM_DAY}, {"paid_on", KAM_DAY},     {"amount", KAM_MONEY}};
    kam_table *t = query_table(s, QUERY_COLS(cols));
    kam_column *c[6];
    bill *b = NULL;
    size_t cap = 0;
    for (size_t i = 0; i < 6; i++) c[i] = query_column(t, i);
    for (size_t a = 0; a < l->a->n && !stopped(s, a); a++) {
        size_t n = l->start[a + 1] - l->start[a];
        if (n == 0) continue;
        KAM_GROW(b, cap, n);
        for (size_t i = 0; i < n; i++) {
            const line *x = &l->v[l->start[a] + i];
            b[i] = (bill){x->text ? l->chars + x->text : NULL, x, x->u.minor, x->at, x->day};
        }
        if (n > 1) qsort(b, n, sizeof *b, by_invoice);
        n = join(b, n);
        if (n > 1) qsort(b, n, sizeof *b, in_order);
        for (size_t i = 0; i < n; i++) {
            kam_col_push_int(c[0], (int64_t)a);
            kam_col_push_text(c[1], b[i].no);
            kam_col_push_int(c[2], b[i].day);
            kam_col_push_int(c[3], b[i].of->due);
            push_optional(c[4], b[i].of->paid);
            kam_col_push_int(c[5], b[i].minor);
        }
    }
    kam_free(b);
    kam_table_seal(t);
    return t;
}

kam_rc store_query_payments(store *s, kam_day asof, kam_table **out, kam_err *err)
{
    lines l = {.products = NULL};
    bool own = false;
    kam_rc rc = store_snapshot_begin(s, &own, err);
    if (rc != KAM_OK) return rc;
    rc = read_lines(s, asof,
                    "SELECT kam_each(account_id, day, due_day, paid_day, amount_minor, invoice_no) FROM transactions NOT INDEXED WHERE due_day IS NOT NULL",
                    payment_line, &l, err);
    if (rc == KAM_OK) rc = hand_over(s, payment_table(s, &l), out, err);
    store_snapshot_end(s, own);
    lines_release(&l);
    return rc;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What products, reps and acquisition are worth: items of the pyramid, flows of past value. */
#include "store_query_int.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const query_col item_cols[] = {
    {"key", KAM_TEXT}, {"name", KAM_TEXT}, {"basis", KAM_MONEY}, {"bought", KAM_FLAG}};

static void push_item(kam_table *t, const char *key, const char *name, bool known, int64_t basis, bool bought)
{
    kam_col_push_text(query_column(t, 0), key);
    kam_col_push_text(query_column(t, 1), name);
    if (known) kam_col_push_int(query_column(t, 2), basis);
    else kam_col_push_missing(query_column(t, 2));
    kam_col_push_int(query_column(t, 3), bought);
}

/* --- products ------------------------------------------------------------------------------------------------- */

typedef struct {
    int64_t product, day, amount, margin;
    bool known;
} product_line;

static int cmp_line(const void *x, const void *y)
{
    const product_line *a = x, *b = y;
    if (a->product != b->product) return a->product < b->product ? -1 : 1;
    return a->day < b->day ? -1 : a->day > b->day;
}

typedef struct {
    product_line *v;
    size_t n, cap;
} product_lines;

/* No join: the planner would walk the table in the order of the products. */
static kam_rc read_product_lines(store *s, kam_day asof, int window_days, product_lines *l, kam_err *err)
{
    const store_asof *a = NULL;
    store_unit_costs costs = {0, 0, 0, NULL, NULL};
    sqlite3_stmt *st = NULL;
    bool row = false;
    double rate = 0;
    bool has_rate = store_setting_real(s, "default-margin", &rate);
    kam_rc rc = store_asof_get(s, asof, &a, err);
    if (rc == KAM_OK) rc = store_unit_costs_read(s, &costs, err);
    if (rc == KAM_OK)
        rc = store_prepare(s,
            "SELECT account_id, product_id, day, amount_minor, cost_minor, quantity FROM transactions "
            "WHERE day <= ?1 AND day > ?2", &st, err);
    if (rc == KAM_OK) {
        sqlite3_bind_int64(st, 1, asof);
        sqlite3_bind_int64(st, 2, asof - window_days);
    }
    while (rc == KAM_OK && (rc = store_step(s, st, &row, err)) == KAM_OK && row) {
        if (sqlite3_column_type(st, 1) == SQLITE_NULL) continue;
        if (store_asof_row(a, sqlite3_column_int64(st, 0)) == STORE_NO_ROW) continue;
        int64_t amount = sqlite3_column_int64(st, 3), cost = 0;
        product_line x = {sqlite3_column_int64(st, 1), sqlite3_column_int64(st, 2), amount, 0, true};
        bool quantity = sqlite3_column_type(st, 5) != SQLITE_NULL;
        if (sqlite3_column_type(st, 4) != SQLITE_NULL) x.margin = amount - sqlite3_column_int64(st, 4);
        else if (quantity && store_unit_cost(&costs, x.product, sqlite3_column_double(st, 5), &cost))
            x.margin = amount - cost;
        else if (has_rate) x.margin = llround((double)amount * rate);
        else x.known = false;
        KAM_GROW(l->v, l->cap, l->n + 1);
        l->v[l->n++] = x;
    }
    if (st) store_done(st);
    store_unit_costs_release(&costs);
    return rc;
}

static kam_rc product_items(store *s, kam_day asof, int window_days, bool margin, kam_table **out, kam_err *err)
{
    product_lines l = {NULL, 0, 0};
    sqlite3_stmt *st = NULL;
    bool row = false;
    kam_rc rc = read_product_lines(s, asof, window_days, &l, err);
    if (rc == KAM_OK) rc = store_prepare(s, "SELECT id, code, name FROM products ORDER BY code", &st, err);
    if (rc != KAM_OK) {
        kam_free(l.v);
        return rc;
    }
    if (l.n) qsort(l.v, l.n, sizeof *l.v, cmp_line);
    kam_table *t = query_table(s, QUERY_COLS(item_cols));
    while ((rc = store_step(s, st, &row, err)) == KAM_OK && row) {
        int64_t id = sqlite3_column_int64(st, 0), basis = 0, net = 0;
        bool bought = false, any = false, lines = false;
        size_t lo = 0, hi = l.n;
        while (lo < hi) {
            size_t mid = lo + (hi - lo) / 2;
            if (l.v[mid].product < id) lo = mid + 1;
            else hi = mid;
        }
        for (size_t i = lo; i < l.n && l.v[i].product == id; i++) {
            if (i == lo || l.v[i].day != l.v[i - 1].day) net = 0;
            net += l.v[i].amount;
            bool last = i + 1 == l.n || l.v[i + 1].product != id || l.v[i + 1].day != l.v[i].day;
            bought |= last && net > 0;
            lines = true;
            if (margin && !l.v[i].known) continue;
            basis += margin ? l.v[i].margin : l.v[i].amount;
            any = true;
        }
        push_item(t, (const char *)sqlite3_column_text(st, 1), (const char *)sqlite3_column_text(st, 2), any || !lines,
                  basis, bought);
    }
    store_done(st);
    kam_free(l.v);
    kam_table_seal(t);
    if (rc == KAM_OK) *out = t;
    else kam_table_unref(t);
    return rc;
}

/* --- reps ----------------------------------------------------------------------------------------------------- */

typedef struct {
    int64_t basis;
    bool known, lines, bought;
} rep_sum;

static void add_account(const kam_ledger *l, size_t row, kam_day asof, int window_days, bool margin, rep_sum *sum)
{
    for (size_t k = l->start[row]; k < l->start[row + 1]; k++) {
        if (l->day[k] <= asof - window_days) continue;
        sum->lines = true;
        sum->bought |= l->net_minor[k] > 0;
        if (margin && (!l->margin_minor || l->margin_missing[k])) continue;
        sum->basis += margin ? l->margin_minor[k] : l->net_minor[k];
        sum->known = true;
    }
}

static kam_rc rep_items(store *s, kam_day asof, int window_days, bool margin, kam_table **out, kam_err *err)
{
    kam_table *reps = NULL, *owners = NULL;
    const kam_ledger *l = NULL;
    kam_rc rc = store_query_reps(s, asof, &reps, err);
    if (rc == KAM_OK) rc = store_query_owners(s, asof, &owners, err);
    if (rc == KAM_OK) rc = store_ledger(s, asof, &l, err);
    if (rc == KAM_OK) {
        kam_table *t = query_table(s, QUERY_COLS(item_cols));
        const kam_column *code = kam_table_find(reps, "rep"), *name = kam_table_find(reps, "name");
        const kam_column *row = kam_table_find(owners, "row"), *owner = kam_table_find(owners, "owner");
        for (size_t i = 0; i < kam_table_rows(reps); i++) {
            rep_sum sum = {0, false, false, false};
            for (size_t k = 0; k < kam_table_rows(owners); k++)
                if (!kam_col_missing(owner, k) && strcmp(kam_col_text(owner, k), kam_col_text(code, i)) == 0)
                    add_account(l, (size_t)kam_col_int(row, k), asof, window_days, margin, &sum);
            push_item(t, kam_col_text(code, i), kam_col_text(name, i), sum.known || !sum.lines, sum.basis, sum.bought);
        }
        kam_table_seal(t);
        *out = t;
    }
    kam_table_unref(reps);
    kam_table_unref(owners);
    return rc;
}

kam_rc store_query_items(store *s, kam_day asof, const char *of, int window_days, bool margin, kam_table **out,
                         kam_err *err)
{
    if (kam_streq(of, "product")) return product_items(s, asof, window_days, margin, out, err);
    if (kam_streq(of, "rep")) return rep_items(s, asof, window_days, margin, out, err);
    return kam_err_set(err, KAM_USAGE, "there is no pyramid of \"%s\": it is of product or rep", of ? of : "");
}

/* --- flows ---------------------------------------------------------------------------------------------------- */

kam_rc store_query_flows(store *s, kam_day asof, kam_table **out, kam_err *err)
{
    static const query_col cols[] = {{"row", KAM_INT}, {"date", KAM_DAY}, {"amount", KAM_MONEY}, {"kind", KAM_TEXT}};
    kam_table *costs = NULL, *acquired = NULL;
    const kam_ledger *l = NULL;
    kam_rc rc = store_ledger(s, asof, &l, err);
    if (rc == KAM_OK)
        rc = query_by_account(s, asof,
            "SELECT account_id, day, -amount_minor, kind FROM service_costs WHERE {scope:account_id} AND day <= ?1 ORDER BY day, id",
            QUERY_COLS(cols), &costs, err);
    if (rc == KAM_OK)
        rc = query_by_account(s, asof,
            "SELECT id, known_since_day, -acquisition_cost_minor, 'acquisition' FROM accounts "
            "WHERE {scope:id} AND acquisition_cost_minor IS NOT NULL", QUERY_COLS(cols), &acquired, err);
    if (rc == KAM_OK) {
        kam_table *t = query_table(s, QUERY_COLS(cols));
        for (size_t i = 0; i < kam_table_rows(costs); i++)
            for (size_t c = 0; c < 4; c++) kam_col_push_from(query_column(t, c), kam_table_column(costs, c), i);
        for (size_t i = 0; i < kam_table_rows(acquired); i++) {
            size_t row = (size_t)kam_col_int(kam_table_column(acquired, 0), i);
            for (size_t c = 0; c < 4; c++) {
                const kam_column *from = kam_table_column(acquired, c);
                if (c != 1 || !kam_col_missing(from, i)) kam_col_push_from(query_column(t, c), from, i);
                else if (l->start[row] < l->start[row + 1]) kam_col_push_int(query_column(t, c), l->day[l->start[row]]);
                else kam_col_push_int(query_column(t, c), asof);
            }
        }
        kam_table_seal(t);
        *out = t;
    }
    kam_table_unref(costs);
    kam_table_unref(acquired);
    return rc;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Opportunities, stages, targets, owners, contracts. */
#include "store_query_int.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* --- opportunities ------------------------------------------------------------------------------------------- */

kam_rc store_query_opportunities(store *s, kam_day asof, kam_table **out, kam_err *err)
{
    static const query_col cols[] = {
        {"row", KAM_INT},          {"opportunity", KAM_TEXT},    {"name", KAM_TEXT},  {"result", KAM_TEXT},
        {"stage", KAM_TEXT},       {"opened_on", KAM_DAY},       {"closed_on", KAM_DAY}, {"expected_close", KAM_DAY},
        {"amount", KAM_MONEY},     {"rep", KAM_TEXT},            {"product", KAM_TEXT}, {"reason", KAM_TEXT},
        {"opportunity_id", KAM_INT},
    };
    enum { N = sizeof cols / sizeof *cols };
    const store_asof *a = NULL;
    sqlite3_stmt *st = NULL;
    bool row = false;
    kam_rc rc = store_asof_get(s, asof, &a, err);
    if (rc == KAM_OK)
        rc = store_prepare(s,
            "SELECT o.account_id, o.code, o.name, CASE WHEN o.closed_day > ?1 THEN 'open' ELSE o.result END, "
            "(SELECT c.stage FROM stage_changes c WHERE c.opportunity_id = o.id AND c.day <= ?1 "
            "ORDER BY c.day DESC, c.id DESC LIMIT 1), "
            "o.opened_day, CASE WHEN o.closed_day <= ?1 AND o.result <> 'open' THEN o.closed_day END, "
            QUERY_LATEST("value_day", "expected_close") ", "
            QUERY_LATEST("value_minor", "amount") ", "
            "(SELECT r.code FROM reps r WHERE r.id = " QUERY_LATEST("value_rep_id", "owner") "), "
            "(SELECT p.code FROM products p WHERE p.id = o.product_id), "
            "CASE WHEN o.closed_day > ?1 THEN NULL ELSE o.reason END, o.id "
            "FROM opportunities o WHERE {scope-deal:o.account_id} AND o.opened_day <= ?1 ORDER BY o.code", &st, err);
    if (rc != KAM_OK) return rc;
    sqlite3_bind_int64(st, 1, asof);
    kam_table *t = query_table(s, cols, N);
    while ((rc = store_step(s, st, &row, err)) == KAM_OK && row) {
        int64_t r = store_asof_row(a, sqlite3_column_int64(st, 0));
        if (r == STORE_NO_ROW) continue;
        kam_col_push_int(query_column(t, 0), r);
        for (size_t i = 1; i < N; i++) query_push(t, i, cols[i].type, st, (int)i);
    }
    store_done(st);
    kam_table_seal(t);
    if (rc == KAM_OK) *out = t;
    else kam_table_unref(t);
    return rc;
}

kam_rc store_query_stages(store *s, kam_day asof, kam_table **out, kam_err *err)
{
    static const query_col cols[] = {{"opportunity", KAM_INT}, {"date", KAM_DAY}, {"stage", KAM_TEXT}};
    kam_table *opps = NULL;
    sqlite3_stmt *st = NULL;
    bool row = false;
    query_ids ids;
    kam_rc rc = query_kept(s, store_query_opportunities, asof, &opps, err);
    if (rc == KAM_OK)
        rc = store_prepare(s,
            "SELECT c.opportunity_id, c.day, c.stage FROM stage_changes c JOIN opportunities o ON o.id = c.opportunity_id "
            "WHERE {scope-deal:o.account_id} AND c.day <= ?1 ORDER BY o.code, c.day, c.id", &st, err);
    if (rc != KAM_OK) {
        kam_table_unref(opps);
        return rc;
    }
    sqlite3_bind_int64(st, 1, asof);
    query_ids_init(&ids, kam_table_find(opps, "opportunity_id"));
    kam_table *t = query_table(s, QUERY_COLS(cols));
    while ((rc = store_step(s, st, &row, err)) == KAM_OK && row) {
        int64_t r = query_ids_row(&ids, sqlite3_column_int64(st, 0));
        if (r < 0) continue;
        kam_col_push_int(query_column(t, 0), r);
        query_push(t, 1, KAM_DAY, st, 1);
        query_push(t, 2, KAM_TEXT, st, 2);
    }
    store_done(st);
    query_ids_release(&ids);
    kam_table_unref(opps);
    kam_table_seal(t);
    if (rc == KAM_OK) *out = t;
    else kam_table_unref(t);
    return rc;
}

/* --- targets ------------------------------------------------------------------------------------------------- */

/* A month's share of a target; the finest period on record for the same rep or account wins. */
typedef struct {
    char *rep, *account; /* NULL: missing */
    int month;           /* year × 12 + month − 1 */
    int months;          /* of the period it comes from: 1, 3, 12 */
    int64_t amount_minor;
} target_share;

typedef struct {
    target_share *v;
    size_t n, cap;
    kam_arena arena;
} target_list;

static bool period_parse(const char *p, int *first, int *months)
{
    int y = 0, k = 0;
    char tail = 0;
    if (sscanf(p, "%4d-Q%1d%c", &y, &k, &tail) == 2 && k >= 1 && k <= 4) *first = y * 12 + (k - 1) * 3, *months = 3;
    else if (sscanf(p, "%4d-%2d%c", &y, &k, &tail) == 2 && k >= 1 && k <= 12) *first = y * 12 + k - 1, *months = 1;
    else if (strlen(p) == 4 && sscanf(p, "%4d%c", &y, &tail) == 1) *first = y * 12, *months = 12;
    else return false;
    return true;
}

static int cmp_text(const char *a, const char *b)
{
    return strcmp(a ? a : "", b ? b : "");
}

static int cmp_share(const void *x, const void *y)
{
    const target_share *a = x, *b = y;
    int c = a->month - b->month;
    if (c == 0) c = cmp_text(a->rep, b->rep);
    if (c == 0) c = cmp_text(a->account, b->account);
    return c ? c : a->months - b->months;
}

static void target_split(target_list *l, const char *period, const char *rep, const char *account, int64_t amount)
{
    int first = 0, months = 0;
    if (!period || !period_parse(period, &first, &months)) return;
    for (int m = 0; m < months; m++) {
        int64_t share = amount / months;
        if (m == months - 1) share = amount - share * (months - 1);
        KAM_GROW(l->v, l->cap, l->n + 1);
        l->v[l->n++] = (target_share){rep ? kam_arena_strdup(&l->arena, rep) : NULL,
                                      account ? kam_arena_strdup(&l->arena, account) : NULL, first + m, months, share};
    }
}

kam_rc store_query_targets(store *s, kam_table **out, kam_err *err)
{
    static const query_col cols[] = {
        {"period", KAM_TEXT}, {"rep", KAM_TEXT}, {"account", KAM_TEXT}, {"amount", KAM_MONEY}};
    target_list l = {.arena = KAM_ARENA_INIT};
    sqlite3_stmt *st = NULL;
    bool row = false;
    kam_rc rc = store_prepare(s,
        "SELECT t.period, r.code, a.code, t.amount_minor FROM targets t LEFT JOIN reps r ON r.id = t.rep_id "
        "LEFT JOIN accounts a ON a.id = t.account_id ORDER BY t.id", &st, err);
    if (rc != KAM_OK) return rc;
    while ((rc = store_step(s, st, &row, err)) == KAM_OK && row)
        target_split(&l, (const char *)sqlite3_column_text(st, 0), (const char *)sqlite3_column_text(st, 1),
                     (const char *)sqlite3_column_text(st, 2), sqlite3_column_int64(st, 3));
    store_done(st);
    if (rc == KAM_OK) {
        kam_table *t = query_table(s, QUERY_COLS(cols));
        if (l.n) qsort(l.v, l.n, sizeof *l.v, cmp_share);
        for (size_t i = 0; i < l.n; i++) {
            const target_share *v = &l.v[i];
            char period[32];
            if (i > 0 && v->month == v[-1].month && cmp_text(v->rep, v[-1].rep) == 0 &&
                cmp_text(v->account, v[-1].account) == 0)
                continue;
            snprintf(period, sizeof period, "%04d-%02d", v->month / 12, v->month % 12 + 1);
            kam_col_push_text(query_column(t, 0), period);
            kam_col_push_text(query_column(t, 1), v->rep);
            kam_col_push_text(query_column(t, 2), v->account);
            kam_col_push_int(query_column(t, 3), v->amount_minor);
        }
        kam_table_seal(t);
        *out = t;
    }
    kam_free(l.v);
    kam_arena_release(&l.arena);
    return rc;
}

/* --- owners and reps ------------------------------------------------------------------------------------------ */

/* The latest of each, as they stand in the index of assessments: by account, attribute and day. */
kam_rc store_query_owners(store *s, kam_day asof, kam_table **out, kam_err *err)
{
    static const query_col cols[] = {{"row", KAM_INT}, {"owner", KAM_TEXT}, {"sponsor", KAM_TEXT}};
    return query_latest_two(s, asof,
        "SELECT a.subject_id, a.attribute = 'sponsor', r.code FROM assessments a JOIN reps r ON r.id = a.value_rep_id WHERE a.subject_kind = 'account' "
        "AND {scope:a.subject_id} AND a.attribute IN ('owner', 'sponsor') AND a.opportunity_id IS NULL AND a.day <= ?1 "
        "ORDER BY a.subject_id, a.attribute, a.day", /* one a day */
        cols, out, err);
}

/* The row of `reps`, which is in order of code; SIZE_MAX: none. */
static size_t rep_row(const kam_column *code, const char *rep)
{
    size_t low = 0, high = kam_col_rows(code);
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        int c = strcmp(kam_col_text(code, mid), rep);
        if (c == 0) return mid;
        if (c < 0) low = mid + 1;
        else high = mid;
    }
    return SIZE_MAX;
}

/* How many accounts each of them owns. O(accounts · log(reps)). */
static int64_t *owned_by(const kam_table *reps, const kam_table *owners)
{
    const kam_column *owner = kam_table_find(owners, "owner"), *code = kam_table_column(reps, 0);
    int64_t *n = kam_calloc(kam_table_rows(reps) + 1, sizeof *n);
    for (size_t k = 0; k < kam_table_rows(owners); k++) {
        size_t i = kam_col_missing(owner, k) ? SIZE_MAX : rep_row(code, kam_col_text(owner, k));
        if (i != SIZE_MAX) n[i]++;
    }
    return n;
}

kam_rc store_query_reps(store *s, kam_day asof, kam_table **out, kam_err *err)
{
    static const query_col cols[] = {{"rep", KAM_TEXT},       {"name", KAM_TEXT},    {"title", KAM_TEXT},
                                     {"executive", KAM_FLAG}, {"capacity", KAM_INT}, {"accounts", KAM_INT}};
    kam_table *owners = NULL, *reps = NULL;
    kam_rc rc = store_query_owners(s, asof, &owners, err);
    if (rc == KAM_OK)
        rc = query_plain(s, asof, NULL, 0, "SELECT code, name, title, executive, capacity FROM reps ORDER BY code", cols,
                         5, &reps, err);
    if (rc == KAM_OK) {
        kam_table *t = query_table(s, QUERY_COLS(cols));
        int64_t *n = owned_by(reps, owners);
        for (size_t i = 0; i < kam_table_rows(reps); i++) {
            for (size_t c = 0; c < 5; c++) kam_col_push_from(query_column(t, c), kam_table_column(reps, c), i);
            kam_col_push_int(query_column(t, 5), n[i]);
        }
        kam_free(n);
        kam_table_seal(t);
        *out = t;
    }
    kam_table_unref(owners);
    kam_table_unref(reps);
    return rc;
}

/* --- contracts ------------------------------------------------------------------------------------------------ */

static int period_months(const char *period)
{
    if (!period) return 0;
    return strcmp(period, "month") == 0 ? 1 : strcmp(period, "quarter") == 0 ? 3
           : strcmp(period, "half-year") == 0 ? 6 : strcmp(period, "year") == 0 ? 12 : 0;
}

/* Whole periods in [start, end): the k-th is over when the same day of the month has come round again. */
static int64_t whole_periods(kam_day start, kam_day end, int months)
{
    int y0, m0, d0, y1, m1, d1;
    kam_day_to_ymd(start, &y0, &m0, &d0);
    kam_day_to_ymd(end, &y1, &m1, &d1);
    int64_t k = ((y1 - y0) * 12 + m1 - m0) / months;
    while (k > 0 && kam_day_add_months(start, (int)k * months) > end) k--;
    while (kam_day_add_months(start, (int)(k + 1) * months) <= end) k++;
    return k < 0 ? 0 : k;
}

kam_rc store_query_contracts(store *s, kam_day asof, kam_table **out, kam_err *err)
{
    static const query_col cols[] = {{"row", KAM_INT},     {"contract", KAM_TEXT}, {"start", KAM_DAY},
                                     {"end", KAM_DAY},     {"price", KAM_MONEY},   {"period", KAM_TEXT},
                                     {"renewal", KAM_DAY}, {"periods", KAM_INT},   {"ended", KAM_FLAG}};
    kam_table *raw = NULL;
    kam_rc rc = query_by_account(s, asof,
        "SELECT account_id, code, start_day, CASE WHEN end_day <= ?1 THEN end_day END, price_minor, period, renewal_day "
        "FROM contracts WHERE start_day <= ?1 ORDER BY code", cols, 7, &raw, err);
    if (rc != KAM_OK) return rc;
    kam_table *t = query_table(s, QUERY_COLS(cols));
    const kam_column *start = kam_table_column(raw, 2), *end = kam_table_column(raw, 3), *period = kam_table_column(raw, 5);
    for (size_t i = 0; i < kam_table_rows(raw); i++) {
        bool ended = !kam_col_missing(end, i);
        int months = kam_col_missing(period, i) ? 0 : period_months(kam_col_text(period, i));
        kam_day until = ended ? kam_col_int(end, i) + 1 : asof; /* the last day still belongs to it */
        for (size_t c = 0; c < 7; c++) kam_col_push_from(query_column(t, c), kam_table_column(raw, c), i);
        if (months) kam_col_push_int(query_column(t, 7), whole_periods(kam_col_int(start, i), until, months));
        else kam_col_push_missing(query_column(t, 7));
        kam_col_push_int(query_column(t, 8), ended);
    }
    kam_table_unref(raw);
    kam_table_seal(t);
    *out = t;
    return KAM_OK;
}

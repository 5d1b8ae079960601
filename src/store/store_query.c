/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the tables share, and the facts that are one statement each. */
#include "kam_err.h"
#include "kam_mem.h"
#include "store_db.h"
#include "store_query_int.h"

#include <stdlib.h>
#include <string.h>

/* --- statements into tables ---------------------------------------------------------------------------------- */

kam_table *query_table(store *s, const query_col *cols, size_t n)
{
    kam_table *t = kam_table_new();
    kam_table_set_currency(t, store_currency(s), store_exponent(s));
    kam_table_set_watch(t, s->progress);
    for (size_t i = 0; i < n; i++) kam_table_add_column(t, cols[i].name, cols[i].type, NULL);
    return t;
}

/* The table is being built here, so its columns are ours to write. */
kam_column *query_column(kam_table *t, size_t i)
{
    return (kam_column *)kam_table_column(t, i);
}

void query_push(kam_table *t, size_t i, kam_type type, sqlite3_stmt *st, int c)
{
    kam_column *col = query_column(t, i);
    if (sqlite3_column_type(st, c) == SQLITE_NULL) kam_col_push_missing(col);
    else if (type == KAM_TEXT) kam_col_push_text(col, (const char *)sqlite3_column_text(st, c));
    else if (type == KAM_REAL) kam_col_push_real(col, sqlite3_column_double(st, c));
    else kam_col_push_int(col, sqlite3_column_int64(st, c));
}

static kam_rc start(store *s, kam_day asof, const char *sql, sqlite3_stmt **st, kam_err *err)
{
    kam_rc rc = store_prepare(s, sql, st, err);
    if (rc == KAM_OK && sqlite3_bind_parameter_count(*st) > 0) sqlite3_bind_int64(*st, 1, asof);
    return rc;
}

/* Sorted by columns, and nothing when told to stop. */
static kam_rc sorted(store *s, kam_table *t, const size_t *key, size_t n_keys, kam_table **out, kam_err *err)
{
    kam_table_seal(t);
    size_t *order = kam_table_order(t, key, NULL, n_keys);
    kam_table *picked = kam_table_pick(t, order, kam_table_rows(t));
    kam_free(order);
    kam_table_unref(t);
    const kam_rc rc = kam_progress_step(s->progress, "database", 0, 0, err);
    if (rc == KAM_OK) *out = picked;
    else kam_table_unref(picked);
    return rc;
}

kam_rc query_by_account_sorted(store *s, kam_day asof, const char *text, int64_t number, const char *sql, const query_col *cols, size_t n,
                               const size_t *key, size_t n_keys, kam_table **out, kam_err *err)
{
    const store_asof *a = NULL;
    sqlite3_stmt *st = NULL;
    bool row = false;
    kam_rc rc = store_asof_get(s, asof, &a, err);
    if (rc == KAM_OK) rc = start(s, asof, sql, &st, err);
    if (rc != KAM_OK) return rc;
    if (text) sqlite3_bind_text(st, 2, text, -1, SQLITE_STATIC);
    else if (sqlite3_bind_parameter_count(st) > 1) sqlite3_bind_int64(st, 2, number);
    kam_table *t = query_table(s, cols, n);
    while ((rc = store_step(s, st, &row, err)) == KAM_OK && row) {
        int64_t r = store_asof_row(a, sqlite3_column_int64(st, 0));
        if (r == STORE_NO_ROW) continue;
        kam_col_push_int(query_column(t, 0), r);
        for (size_t i = 1; i < n; i++) query_push(t, i, cols[i].type, st, (int)i);
    }
    store_done(st);
    if (rc == KAM_OK) return sorted(s, t, key, n_keys, out, err);
    kam_table_unref(t);
    return rc;
}

kam_rc query_by_account_with(store *s, kam_day asof, const char *text, int64_t number, const char *sql, const query_col *cols, size_t n,
                             kam_table **out, kam_err *err)
{
    static const size_t by_row[] = {0};
    return query_by_account_sorted(s, asof, text, number, sql, cols, n, by_row, 1, out, err);
}

kam_rc query_by_account(store *s, kam_day asof, const char *sql, const query_col *cols, size_t n, kam_table **out,
                        kam_err *err)
{
    return query_by_account_with(s, asof, NULL, 0, sql, cols, n, out, err);
}

kam_rc query_by_day(store *s, kam_day asof, int64_t number, const char *sql, const query_col *cols, size_t n, kam_table **out, kam_err *err)
{
    static const size_t by_row_and_day[] = {0, 1};
    KAM_ASSERT(cols[1].type == KAM_DAY);
    return query_by_account_sorted(s, asof, NULL, number, sql, cols, n, by_row_and_day, 2, out, err);
}

static void push_two(kam_table *t, int64_t row, const kam_str two[2])
{
    kam_col_push_int(query_column(t, 0), row);
    for (int i = 0; i < 2; i++) kam_col_push_text(query_column(t, (size_t)i + 1), two[i].len ? two[i].s : NULL);
}

kam_rc query_latest_two(store *s, kam_day asof, const char *sql, const query_col cols[3], kam_table **out, kam_err *err)
{
    static const size_t by_row[] = {0};
    const store_asof *a = NULL;
    sqlite3_stmt *st = NULL;
    bool row = false;
    kam_str two[2] = {KAM_STR_INIT, KAM_STR_INIT};
    int64_t at = -1, id = -1; /* the account the two are of: its row and id */
    kam_rc rc = store_asof_get(s, asof, &a, err);
    if (rc == KAM_OK) rc = start(s, asof, sql, &st, err);
    if (rc != KAM_OK) return rc;
    kam_table *t = query_table(s, cols, 3);
    while ((rc = store_step(s, st, &row, err)) == KAM_OK && row) {
        const int64_t next = sqlite3_column_int64(st, 0);
        if (next != id) {
            if (at >= 0) push_two(t, at, two);
            id = next;
            const int64_t r = store_asof_row(a, id);
            at = r == STORE_NO_ROW ? -1 : r;
            kam_str_clear(&two[0]);
            kam_str_clear(&two[1]);
        }
        kam_str *of = &two[sqlite3_column_int(st, 1) != 0];
        kam_str_clear(of);
        kam_str_add(of, (const char *)sqlite3_column_text(st, 2));
    }
    if (at >= 0) push_two(t, at, two);
    store_done(st);
    kam_str_release(&two[0]);
    kam_str_release(&two[1]);
    if (rc == KAM_OK) return sorted(s, t, by_row, 1, out, err);
    kam_table_unref(t);
    return rc;
}

kam_rc query_plain(store *s, kam_day asof, const char *const *text, size_t n_text, const char *sql,
                   const query_col *cols, size_t n, kam_table **out, kam_err *err)
{
    sqlite3_stmt *st = NULL;
    bool row = false;
    kam_rc rc = start(s, asof, sql, &st, err);
    if (rc != KAM_OK) return rc;
    for (size_t i = 0; i < n_text; i++)
        if (text[i]) sqlite3_bind_text(st, (int)i + 2, text[i], -1, SQLITE_STATIC);
    kam_table *t = query_table(s, cols, n);
    while ((rc = store_step(s, st, &row, err)) == KAM_OK && row)
        for (size_t i = 0; i < n; i++) query_push(t, i, cols[i].type, st, (int)i);
    store_done(st);
    kam_table_seal(t);
    if (rc == KAM_OK) *out = t;
    else kam_table_unref(t);
    return rc;
}

static int by_id(const void *x, const void *y)
{
    const int64_t a = ((const int64_t *)x)[0], b = ((const int64_t *)y)[0];
    return a < b ? -1 : a > b;
}

void query_ids_init(query_ids *q, const kam_column *ids)
{
    q->n = kam_col_rows(ids);
    q->pair = kam_calloc(q->n + 1, sizeof *q->pair);
    for (size_t i = 0; i < q->n; i++) {
        q->pair[i][0] = kam_col_int(ids, i);
        q->pair[i][1] = (int64_t)i;
    }
    qsort(q->pair, q->n, sizeof *q->pair, by_id);
}

int64_t query_ids_row(const query_ids *q, int64_t id)
{
    const int64_t key[2] = {id, 0};
    const int64_t *hit = q->n ? bsearch(key, q->pair, q->n, sizeof *q->pair, by_id) : NULL;
    return hit ? hit[1] : -1;
}

void query_ids_release(query_ids *q)
{
    kam_free(q->pair);
    q->pair = NULL;
    q->n = 0;
}

/* --- accounts ----------------------------------------------------------------------------------------------- */

/* Rows in the order of ids into that of codes; place[r]: where row r stands now. */
static kam_table *in_place(kam_table *t, const size_t *place)
{
    const size_t n = kam_table_rows(t);
    size_t same = 0;
    while (same < n && place[same] == same) same++;
    if (same == n || kam_progress_stopped(kam_table_watch(t))) return t;
    kam_table *out = kam_table_pick(t, place, n);
    kam_table_unref(t);
    return out;
}

kam_rc query_accounts(store *s, kam_day asof, const char *sql, const query_col *cols, size_t n, kam_table **out, kam_err *err)
{
    const store_asof *a = NULL;
    sqlite3_stmt *st = NULL;
    bool row = false;
    kam_rc rc = store_asof_get(s, asof, &a, err);
    if (rc == KAM_OK) rc = start(s, asof, sql, &st, err);
    if (rc != KAM_OK) return rc;
    kam_table *t = query_table(s, cols, n);
    size_t *place = kam_calloc(a->n + 1, sizeof *place), k = 0;
    const size_t numbered = strcmp(cols[0].name, "row") == 0; /* its first column is none of the statement's */
    store_scan_total(s, "accounts");
    while ((rc = store_step(s, st, &row, err)) == KAM_OK && row) {
        const int64_t r = store_asof_row(a, sqlite3_column_int64(st, (int)(n - numbered)));
        if (r == STORE_NO_ROW) continue;
        place[r] = k++;
        if (numbered) kam_col_push_int(query_column(t, 0), r);
        for (size_t i = numbered; i < n; i++) query_push(t, i, cols[i].type, st, (int)(i - numbered));
    }
    store_scan_total(s, NULL);
    store_done(st);
    kam_table_seal(t);
    if (rc == KAM_OK) t = in_place(t, place);
    if (rc == KAM_OK) rc = kam_progress_step(s->progress, "database", 0, 0, err);
    if (rc == KAM_OK) *out = t;
    else kam_table_unref(t);
    kam_free(place);
    return rc;
}

static kam_rc few_of_accounts(store *s, kam_day asof, kam_table **out, kam_err *err)
{
    static const query_col cols[] = {{"account", KAM_TEXT}, {"name", KAM_TEXT}, {"known_since", KAM_DAY}, {"member_since", KAM_DAY},
                                     {"acquisition_cost", KAM_MONEY}};
    return query_accounts(s, asof, "SELECT code, name, known_since_day, CASE WHEN member_since_day <= ?1 THEN member_since_day END, acquisition_cost_minor, id FROM accounts WHERE {scope:id} ORDER BY id", QUERY_COLS(cols),
                          out, err);
}

kam_rc store_query_accounts(store *s, kam_day asof, kam_table **out, kam_err *err)
{
    static const query_col cols[] = {
        {"account", KAM_TEXT}, {"name", KAM_TEXT},     {"known_since", KAM_DAY}, {"member_since", KAM_DAY},
        {"annual_spend", KAM_MONEY}, {"name_en", KAM_TEXT}, {"kind", KAM_TEXT}, {"industry", KAM_TEXT},
        {"region", KAM_TEXT}, {"source", KAM_TEXT}, {"acquisition_cost", KAM_MONEY}, {"ownership", KAM_TEXT},
        {"employees", KAM_INT}, {"bad_debt", KAM_FLAG}, {"off_strategy", KAM_FLAG}, {"key_account", KAM_FLAG},
        {"key_reason", KAM_TEXT},
    };
    return query_accounts(s, asof,
                          "SELECT code, name, known_since_day, CASE WHEN member_since_day <= ?1 THEN member_since_day END, "
                          "annual_spend_minor, name_en, kind, industry, region, source, acquisition_cost_minor, "
                          "ownership, employees, bad_debt, off_strategy, key_account, key_reason, id "
                          "FROM accounts WHERE {scope:id} ORDER BY id", QUERY_COLS(cols), out, err);
}

/* --- one statement each --------------------------------------------------------------------------------------- */

kam_rc store_query_progress(store *s, kam_day asof, kam_table **out, kam_err *err)
{
    static const query_col cols[] = {{"row", KAM_INT}, {"date", KAM_DAY}, {"outcome", KAM_TEXT}};
    return query_by_day(s, asof, 0,
                            "SELECT account_id, day, outcome FROM interactions "
                            "WHERE {scope:account_id} AND day <= ?1 AND outcome IN ('advance', 'order') ORDER BY id",
                            QUERY_COLS(cols), out, err);
}

kam_rc store_query_interactions(store *s, kam_day asof, kam_table **out, kam_err *err)
{
    static const query_col cols[] = {{"row", KAM_INT},   {"date", KAM_DAY},   {"kind", KAM_TEXT},
                                     {"rep", KAM_TEXT},  {"outcome", KAM_TEXT}, {"hours", KAM_REAL},
                                     {"cost", KAM_MONEY}, {"activity", KAM_TEXT}, {"interaction", KAM_INT}};
    return query_by_day(s, asof, 0,
                            "SELECT i.account_id, i.day, i.kind, r.code, i.outcome, i.hours, i.cost_minor, i.activity, i.id "
                            "FROM interactions i LEFT JOIN reps r ON r.id = i.rep_id WHERE {scope:i.account_id} AND i.day <= ?1 "
                            "ORDER BY i.id",
                            QUERY_COLS(cols), out, err);
}

kam_rc store_query_complaints(store *s, kam_day asof, kam_table **out, kam_err *err)
{
    static const query_col cols[] = {
        {"row", KAM_INT}, {"date", KAM_DAY}, {"resolved_on", KAM_DAY}, {"owner", KAM_TEXT}};
    return query_by_day(s, asof, 0,
                            "SELECT i.account_id, i.day, CASE WHEN i.resolved_day <= ?1 THEN i.resolved_day END, r.code "
                            "FROM interactions i LEFT JOIN reps r ON r.id = i.complaint_owner_id "
                            "WHERE {scope:i.account_id} AND i.kind = 'complaint' AND i.day <= ?1 ORDER BY i.id",
                            QUERY_COLS(cols), out, err);
}

kam_rc store_query_invoices(store *s, kam_day asof, kam_table **out, kam_err *err)
{
    static const query_col cols[] = {{"row", KAM_INT},  {"due", KAM_DAY},         {"paid_on", KAM_DAY},
                                     {"date", KAM_DAY}, {"invoice_no", KAM_TEXT}, {"amount", KAM_MONEY}};
    return query_by_day(s, asof, 0,
                            "SELECT account_id, due_day, NULL, day, invoice_no, amount_minor FROM transactions "
                            "WHERE {scope:account_id} AND due_day IS NOT NULL AND day <= ?1 AND (paid_day IS NULL OR paid_day > ?1) "
                            "ORDER BY id",
                            QUERY_COLS(cols), out, err);
}

kam_rc store_query_surveys(store *s, kam_day asof, kam_table **out, kam_err *err)
{
    static const query_col cols[] = {{"row", KAM_INT}, {"date", KAM_DAY}, {"expectation", KAM_REAL},
                                     {"perceived", KAM_REAL}, {"contact", KAM_TEXT}};
    return query_by_day(s, asof, 0,
                            "SELECT v.account_id, v.day, v.expectation, v.perceived, c.code FROM surveys v "
                            "LEFT JOIN contacts c ON c.id = v.contact_id WHERE {scope:v.account_id} AND v.day <= ?1 AND v.expectation IS NOT NULL "
                            "AND v.perceived IS NOT NULL ORDER BY v.id",
                            QUERY_COLS(cols), out, err);
}

kam_rc store_query_service_costs(store *s, kam_day asof, kam_table **out, kam_err *err)
{
    static const query_col cols[] = {{"row", KAM_INT}, {"date", KAM_DAY}, {"kind", KAM_TEXT}, {"amount", KAM_MONEY}};
    return query_by_day(s, asof, 0,
                            "SELECT account_id, day, kind, amount_minor FROM service_costs WHERE {scope:account_id} AND day <= ?1 "
                            "ORDER BY id",
                            QUERY_COLS(cols), out, err);
}

kam_rc store_query_sightings(store *s, kam_day asof, kam_table **out, kam_err *err)
{
    static const query_col cols[] = {{"row", KAM_INT}, {"date", KAM_DAY}, {"kind", KAM_TEXT}, {"truth", KAM_TEXT},
                                     {"competitor", KAM_TEXT}};
    return query_by_day(s, asof, 0,
                            "SELECT g.account_id, g.day, g.kind, g.truth, c.code FROM sightings g "
                            "LEFT JOIN competitors c ON c.id = g.competitor_id WHERE {scope:g.account_id} AND g.day <= ?1 ORDER BY g.id",
                            QUERY_COLS(cols), out, err);
}

kam_rc store_query_referrals(store *s, kam_day asof, kam_table **out, kam_err *err)
{
    static const query_col cols[] = {{"row", KAM_INT}, {"date", KAM_DAY}, {"referred", KAM_TEXT}};
    return query_by_day(s, asof, 0,
                            "SELECT f.account_id, f.day, a.code FROM referrals f "
                            "LEFT JOIN accounts a ON a.id = f.referred_id WHERE {scope:f.account_id} AND f.day <= ?1 ORDER BY f.id",
                            QUERY_COLS(cols), out, err);
}

static kam_rc any_member(store *s, kam_day asof, kam_table **out, kam_err *err)
{
    static const query_col cols[] = {{"any", KAM_INT}};
    return query_plain(s, asof, NULL, 0, "SELECT 1 FROM accounts WHERE member_since_day <= ?1 LIMIT 1", QUERY_COLS(cols), out, err);
}

kam_rc store_query_programme(store *s, kam_day asof, bool *out, kam_err *err)
{
    return query_any(s, any_member, asof, out, err);
}

/* --- all together --------------------------------------------------------------------------------------------- */

static void forget_kept(store *s)
{
    for (size_t i = 0; i < s->n_kept; i++) kam_table_unref(s->kept[i].table);
    s->n_kept = 0;
}

/* Room for one more: tables of single accounts go first, which are asked for less often than those of all deals and cost less. */
static void make_room(store *s)
{
    enum { MOST_TABLES = 64 };
    size_t n = 0;
    if (s->n_kept < MOST_TABLES) return;
    for (size_t i = 0; i < s->n_kept; i++) {
        if (s->kept[i].scope.kind == STORE_SCOPE_ACCOUNT) kam_table_unref(s->kept[i].table);
        else s->kept[n++] = s->kept[i];
    }
    s->n_kept = n;
    if (n == MOST_TABLES) forget_kept(s);
}

/* Of deals, all reports of a night ask; of all accounts, only what is small. */
static size_t most_rows(store_scope scope) { return scope.kind == STORE_SCOPE_DEALS ? 400000 : 100000; }

kam_rc query_kept(store *s, store_load_fn *load, kam_day asof, kam_table **out, kam_err *err)
{
    const bool may = !s->real;
    const store_scope scope = store_scope_get(s);
    const uint64_t version = may ? store_facts_version(s) : 0;
    if (may && version != s->kept_version) forget_kept(s);
    if (may) s->kept_version = version;
    for (size_t i = 0; may && i < s->n_kept; i++)
        if (s->kept[i].load == load && s->kept[i].asof == asof && s->kept[i].scope.kind == scope.kind && s->kept[i].scope.account == scope.account)
            return *out = kam_table_ref(s->kept[i].table), KAM_OK;
    kam_rc rc = load(s, asof, out, err);
    if (rc != KAM_OK || !may || kam_table_rows(*out) > most_rows(scope) || kam_progress_stopped(s->progress)) return rc;
    make_room(s);
    KAM_GROW(s->kept, s->cap_kept, s->n_kept + 1);
    s->kept[s->n_kept++] = (store_kept){load, asof, scope, kam_table_ref(*out)};
    return KAM_OK;
}

kam_rc query_any(store *s, store_load_fn *load, kam_day asof, bool *out, kam_err *err)
{
    const store_scope scope = s->scope;
    kam_table *t = NULL;
    s->scope = (store_scope){STORE_SCOPE_ALL, 0};
    const kam_rc rc = query_kept(s, load, asof, &t, err);
    s->scope = scope;
    if (rc == KAM_OK) *out = kam_table_rows(t) > 0;
    kam_table_unref(t);
    return rc;
}

kam_rc store_facts_load(store *s, kam_day asof, unsigned which, store_facts *out, kam_err *err)
{
    store_facts f = STORE_FACTS_INIT;
    const struct {
        unsigned bit;
        store_load_fn *load;
        kam_table **to;
    } parts[] = {
        {STORE_F_OPPORTUNITIES, store_query_opportunities, &f.opportunities},
        {STORE_F_STAGES, store_query_stages, &f.stages},
        {STORE_F_PROGRESS, store_query_progress, &f.progress},
        {STORE_F_COMPLAINTS, store_query_complaints, &f.complaints},
        {STORE_F_INVOICES, store_query_invoices, &f.invoices},
        {STORE_F_SURVEYS, store_query_surveys, &f.surveys},
        {STORE_F_SERVICE_COSTS, store_query_service_costs, &f.service_costs},
        {STORE_F_SIGHTINGS, store_query_sightings, &f.sightings},
        {STORE_F_REFERRALS, store_query_referrals, &f.referrals},
    };
    bool own = false;
    kam_rc rc = store_snapshot_begin(s, &own, err);
    if (rc != KAM_OK) return rc;
    rc = query_kept(s, which & STORE_F_FEW ? few_of_accounts : store_query_accounts, asof, &f.accounts, err);
    for (size_t i = 0; rc == KAM_OK && i < sizeof parts / sizeof *parts; i++)
        if (which & parts[i].bit) rc = query_kept(s, parts[i].load, asof, parts[i].to, err);
    if (rc == KAM_OK && (which & STORE_F_LEDGER)) rc = store_ledger(s, asof, &f.ledger, err);
    store_snapshot_end(s, own);
    if (rc == KAM_OK) *out = f;
    else store_facts_release(&f);
    return rc;
}

kam_rc store_facts_among(store *s, kam_day asof, int64_t account, unsigned which, store_facts *out, size_t *row, kam_err *err)
{
    const store_scope outer = store_scope_get(s);
    const store_asof *all = NULL;
    bool own = false;
    kam_rc rc = store_snapshot_begin(s, &own, err);
    if (rc != KAM_OK) return rc;
    KAM_ASSERT(outer.kind == STORE_SCOPE_ALL && store_scope_followed(s));
    rc = store_asof_get(s, asof, &all, err);
    if (rc == KAM_OK) {
        const int64_t r = store_asof_row(all, account);
        *row = r == STORE_NO_ROW ? SIZE_MAX : (size_t)r;
        store_scope_set(s, (store_scope){STORE_SCOPE_ACCOUNT, account});
        rc = store_facts_load(s, asof, which & ~(unsigned)STORE_F_LEDGER, out, err);
        store_scope_set(s, outer);
    }
    if (rc == KAM_OK) out->ledger = &all->ledger; /* the scope has slots of its own in the cache */
    store_snapshot_end(s, own);
    return rc;
}

void store_facts_release(store_facts *f)
{
    kam_table *const t[] = {f->accounts, f->opportunities, f->stages, f->progress, f->complaints, f->invoices,
                            f->surveys, f->service_costs, f->sightings, f->referrals};
    for (size_t i = 0; i < sizeof t / sizeof *t; i++) kam_table_unref(t[i]);
    *f = (store_facts)STORE_FACTS_INIT;
}

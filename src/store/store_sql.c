/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SQL of the user. An authorizer decides what it may do, while it is prepared; the journal needs no help, since the capture
 * sees every row. The authorizer hangs on the handle from the start and lets all pass when no guard stands: setting one
 * makes SQLite prepare every kept statement anew, a tenth of the time of a report. */
#include "kam_utf8.h"
#include "store_db.h"
#include <string.h>

typedef struct store_guard {
    bool write, wrote;
    const char *refused; /* why, static */
    const store_entity *only; /* of whose table it reads */
    bool others;              /* and of which else */
} guard;

static bool own_table(const char *name)
{
    return strcmp(name, "change_entries") == 0 || strcmp(name, "change_rows") == 0 || strncmp(name, "sqlite_", 7) == 0 ||
           strcmp(name, "settings") == 0 || strcmp(name, "name_initials") == 0;
}

static void note_table(guard *g, const char *table)
{
    const store_entity *e = table ? store_entity_of_table(table) : NULL;
    if (!e || (g->only && g->only != e)) g->others = true;
    else g->only = e;
}

int store_authorize(void *ctx, int action, const char *a, const char *b, const char *c, const char *d)
{
    guard *g = ((store *)ctx)->guard;
    (void)c, (void)d;
    if (!g) return SQLITE_OK;
    switch (action) {
    case SQLITE_READ:
        note_table(g, a);
        return SQLITE_OK;
    case SQLITE_SELECT: case SQLITE_RECURSIVE:
        return SQLITE_OK;
    case SQLITE_FUNCTION:
        if (b && (sqlite3_stricmp(b, "load_extension") == 0 || sqlite3_stricmp(b, "writefile") == 0)) break;
        return SQLITE_OK;
    case SQLITE_PRAGMA: /* those that tell about tables */
        if (a && (strcmp(a, "table_info") == 0 || strcmp(a, "table_xinfo") == 0 || strcmp(a, "index_list") == 0 ||
                  strcmp(a, "index_info") == 0 || strcmp(a, "table_list") == 0 || strcmp(a, "foreign_key_list") == 0))
            return SQLITE_OK;
        g->refused = "this PRAGMA is not allowed";
        return SQLITE_DENY;
    case SQLITE_INSERT: case SQLITE_UPDATE: case SQLITE_DELETE:
        if (!g->write) {
            g->refused = "it writes; use sql -write";
            return SQLITE_DENY;
        }
        g->wrote = true;
        if (!own_table(a)) return SQLITE_OK;
        g->refused = strcmp(a, "settings") == 0 ? "settings are changed with the command setting"
                                                : "kamsh's own tables cannot be written";
        return SQLITE_DENY;
    case SQLITE_TRANSACTION: case SQLITE_SAVEPOINT:
        g->refused = "transactions are controlled with begin, commit and rollback";
        return SQLITE_DENY;
    case SQLITE_ATTACH: case SQLITE_DETACH:
        g->refused = "other databases cannot be attached";
        return SQLITE_DENY;
    default:
        break;
    }
    if (!g->refused) g->refused = "changing the schema is not allowed";
    return SQLITE_DENY;
}

static kam_rc refused(const char *why, kam_err *err)
{
    kam_err_set(err, KAM_USAGE, "sql: %s", why);
    return kam_err_word(err, "sql");
}

static bool only_blank(const char *tail)
{
    for (; *tail; tail++) {
        if (*tail == ' ' || *tail == '\t' || *tail == '\n' || *tail == '\r' || *tail == ';') continue;
        if (tail[0] == '-' && tail[1] == '-') {
            while (*tail && *tail != '\n') tail++;
            if (!*tail) return true;
            continue;
        }
        return false;
    }
    return true;
}

static kam_rc prepare(store *s, const char *query, bool write, sqlite3_stmt **st, kam_err *err)
{
    guard g = {.write = write};
    const char *tail;
    s->guard = &g;
    int rc = sqlite3_prepare_v2(s->db, query, -1, st, &tail);
    s->guard = NULL;
    if (rc == SQLITE_AUTH || (rc != SQLITE_OK && g.refused)) return refused(g.refused ? g.refused : "not allowed", err);
    if (rc == SQLITE_ERROR) {
        int at = sqlite3_error_offset(s->db);
        char *said = kam_strdup(sqlite3_errmsg(s->db));
        kam_err_set(err, KAM_USAGE, "%s", said);
        if (at >= 0) kam_err_append(err, " (at character %d)", at + 1);
        store_sql_near(s, query, said, err);
        kam_free(said);
        kam_err_prefix(err, "sql: ");
        return kam_err_word(err, "sql");
    }
    if (rc != SQLITE_OK) return store_sql_error(s, rc, "sql", err);
    if (!*st) return refused("there is no statement in it", err);
    if (!only_blank(tail)) return refused("only one statement at a time", err);
    if (write && !g.wrote && !sqlite3_stmt_readonly(*st)) return refused("this statement is not allowed", err); /* VACUUM */
    if (!write && !sqlite3_stmt_readonly(*st)) return refused("it writes; use sql -write", err);
    store_scan_total(s, g.only && !g.others ? g.only->table : NULL);
    return KAM_OK;
}

static kam_rc bind_values(store *s, sqlite3_stmt *st, store_bind_fn bind, void *ctx, kam_err *err)
{
    (void)s;
    for (int i = 1; i <= sqlite3_bind_parameter_count(st); i++) {
        const char *name = sqlite3_bind_parameter_name(st, i), *text = NULL;
        bool as_text = false;
        if (!name || (name[0] != ':' && name[0] != '@')) return refused("parameters are written :name", err);
        if (!bind || !bind(ctx, name + 1, &text, &as_text)) {
            kam_err_set(err, KAM_NOTFOUND, "sql: there is no variable %s for %s", name + 1, name);
            kam_err_word(err, "variable");
            return kam_err_word(err, name + 1);
        }
        long long n;
        double r;
        if (!text) sqlite3_bind_null(st, i);
        else if (!as_text && kam_parse_int(text, &n)) sqlite3_bind_int64(st, i, n);
        else if (!as_text && kam_parse_real(text, &r)) sqlite3_bind_double(st, i, r);
        else sqlite3_bind_text(st, i, text, -1, SQLITE_TRANSIENT);
    }
    return KAM_OK;
}

/* --- typing the result --- */

static bool suffix_type(const char *name, kam_type *t)
{
    if (!name) return false;
    if (kam_str_ends(name, "_day") || strcmp(name, "day") == 0) *t = KAM_DAY;
    else if (kam_str_ends(name, "_minor")) *t = KAM_MONEY;
    else return false;
    return true;
}

/* The field a result column comes from, NULL for an expression. */
static const store_field *origin_field(sqlite3_stmt *st, int i)
{
    const char *table = sqlite3_column_table_name(st, i), *column = sqlite3_column_origin_name(st, i);
    const store_entity *e = table ? store_entity_of_table(table) : NULL;
    for (size_t k = 0; e && k < e->n_fields; k++)
        if (kam_streq(e->fields[k].column, column)) return &e->fields[k];
    return NULL;
}

/* In few pieces of memory: a million small ones take too long to give back when somebody waits for ^C. */
typedef struct cell {
    int type; /* as SQLite has it */
    union {
        int64_t i;
        double real;
        size_t at; /* in the chars; ended by 0 */
    } v;
} cell;

typedef struct result {
    int n;
    kam_type *type;
    bool *known;             /* by name; else by the values met */
    struct cell *cells;      /* row by row, while the types are not known yet */
    size_t n_rows, cap;
    char *chars;             /* of the texts */
    size_t n_chars, cap_chars;
} result;

static void declared_types(sqlite3_stmt *st, result *r)
{
    for (int i = 0; i < r->n; i++) {
        const store_field *f = origin_field(st, i);
        const char *origin = sqlite3_column_origin_name(st, i), *decl = sqlite3_column_decltype(st, i);
        r->type[i] = KAM_INT;
        if (f && f->kind == STORE_FLAG) r->type[i] = KAM_FLAG;
        else if (origin && suffix_type(origin, &r->type[i])) ;
        else if (!origin && suffix_type(sqlite3_column_name(st, i), &r->type[i])) ;
        else if (decl && strcmp(decl, "TEXT") == 0) r->type[i] = KAM_TEXT;
        else if (decl && strcmp(decl, "REAL") == 0) r->type[i] = KAM_REAL;
        else if (decl && strcmp(decl, "INTEGER") == 0) r->type[i] = KAM_INT;
        else continue;
        r->known[i] = true;
    }
}

/* A value that does not fit the type widens it: int → real → text; a day or money that is no integer is what it is. */
static void widen(result *r, sqlite3_stmt *st)
{
    for (int i = 0; i < r->n; i++) {
        int t = sqlite3_column_type(st, i);
        if (t == SQLITE_NULL || t == SQLITE_INTEGER || r->type[i] == KAM_TEXT) continue;
        if (t == SQLITE_FLOAT && r->type[i] != KAM_REAL) r->type[i] = KAM_REAL;
        if (t == SQLITE_TEXT || t == SQLITE_BLOB) r->type[i] = KAM_TEXT;
    }
}

static void keep_text(result *r, sqlite3_stmt *st, int i, cell *c)
{
    char *clean = c->type == SQLITE_BLOB ? NULL : kam_utf8_repair((const char *)sqlite3_column_text(st, i), (size_t)sqlite3_column_bytes(st, i), NULL);
    const char *text = clean ? clean : "(binary)";
    const size_t len = strlen(text) + 1;
    KAM_GROW(r->chars, r->cap_chars, r->n_chars + len);
    memcpy(r->chars + r->n_chars, text, len);
    c->v.at = r->n_chars;
    r->n_chars += len;
    kam_free(clean);
}

static void keep_row(result *r, sqlite3_stmt *st)
{
    const size_t n = (size_t)r->n;
    KAM_GROW(r->cells, r->cap, (r->n_rows + 1) * n);
    cell *row = r->cells + r->n_rows++ * n;
    for (int i = 0; i < r->n; i++) {
        row[i].type = sqlite3_column_type(st, i);
        if (row[i].type == SQLITE_INTEGER) row[i].v.i = sqlite3_column_int64(st, i);
        else if (row[i].type == SQLITE_FLOAT) row[i].v.real = sqlite3_column_double(st, i);
        else if (row[i].type != SQLITE_NULL) keep_text(r, st, i, &row[i]);
    }
}

/* A number in a column of texts, as SQLite writes it. */
static void push_number(kam_column *c, const cell *x)
{
    char *text = x->type == SQLITE_INTEGER ? sqlite3_mprintf("%lld", (long long)x->v.i) : sqlite3_mprintf("%!.15g", x->v.real);
    if (!text) KAM_BUG("out of memory in SQLite");
    kam_col_push_text(c, text);
    sqlite3_free(text);
}

static void push_value(kam_column *c, const result *r, const cell *x)
{
    const bool whole = x->type == SQLITE_INTEGER;
    if (x->type == SQLITE_NULL) kam_col_push_missing(c);
    else if (x->type == SQLITE_TEXT || x->type == SQLITE_BLOB) kam_col_push_text(c, r->chars + x->v.at);
    else if (kam_col_type(c) == KAM_TEXT) push_number(c, x);
    else if (kam_col_type(c) == KAM_REAL) kam_col_push_real(c, whole ? (double)x->v.i : x->v.real);
    else kam_col_push_int(c, x->v.i);
}

static void release_rows(result *r)
{
    kam_free(r->cells);
    kam_free(r->chars);
    kam_free(r->type);
    kam_free(r->known);
}

/* Two columns of one name get _2, _3 … */
static kam_column *add_column(kam_table *t, const char *name, kam_type type)
{
    kam_str s = KAM_STR_INIT;
    kam_str_add(&s, *name ? name : "column");
    for (int k = 2; kam_table_find(t, kam_str_cstr(&s)); k++) {
        kam_str_clear(&s);
        kam_str_addf(&s, "%s_%d", *name ? name : "column", k);
    }
    kam_column *c = kam_table_add_column(t, s.s, type, NULL);
    kam_str_release(&s);
    return c;
}

static kam_table *new_table(store *s)
{
    kam_table *t = kam_table_new();
    kam_table_set_currency(t, store_currency(s), store_exponent(s));
    kam_table_set_watch(t, s->progress);
    return t;
}

static kam_rc fetch(store *s, sqlite3_stmt *st, kam_table **out, kam_err *err)
{
    result r = {.n = sqlite3_column_count(st)};
    r.type = kam_calloc((size_t)r.n, sizeof *r.type);
    r.known = kam_calloc((size_t)r.n, sizeof *r.known);
    declared_types(st, &r);
    int rc;
    while ((rc = sqlite3_step(st)) == SQLITE_ROW) {
        widen(&r, st);
        keep_row(&r, st);
    }
    if (rc != SQLITE_DONE) {
        release_rows(&r);
        return store_sql_error(s, rc, "sql", err);
    }
    kam_table *t = new_table(s);
    kam_rc asked = KAM_OK;
    for (int i = 0; i < r.n; i++) {
        kam_column *c = add_column(t, sqlite3_column_name(st, i), r.type[i]);
        for (size_t k = 0; k < r.n_rows && !asked && !(asked = kam_table_step(t, "sql", k, r.n_rows, err)); k++)
            push_value(c, &r, &r.cells[k * (size_t)r.n + (size_t)i]);
    }
    release_rows(&r);
    if (asked) {
        kam_table_unref(t);
        return asked;
    }
    kam_table_seal(t);
    *out = t;
    return KAM_OK;
}

/* Does it sort without an index? */
static bool sorts(store *s, const char *query)
{
    kam_str sql = KAM_STR_INIT;
    sqlite3_stmt *st = NULL;
    bool found = false;
    kam_str_addf(&sql, "EXPLAIN QUERY PLAN %s", query);
    if (sqlite3_prepare_v2(s->db, sql.s, -1, &st, NULL) == SQLITE_OK)
        while (!found && sqlite3_step(st) == SQLITE_ROW) {
            const char *step = (const char *)sqlite3_column_text(st, 3);
            found = step && strstr(step, "TEMP B-TREE");
        }
    sqlite3_finalize(st);
    kam_str_release(&sql);
    return found;
}

/* SQLite's sorter takes as much memory as the page cache may, and sorts that in one go, deaf to interrupts (half a second for a million
 * names). In pieces of 4 MB it is no slower. */
static void sort_in_pieces(store *s, bool on)
{
    sqlite3_exec(s->db, on ? "PRAGMA cache_size = -4096" : "PRAGMA cache_size = -65536", NULL, NULL, NULL);
}

kam_rc store_sql(store *s, const char *query, store_bind_fn bind, void *ctx, bool write, kam_table **out, kam_err *err)
{
    sqlite3_stmt *st = NULL;
    if (write) {
        kam_rc rc = store_need_entry(s, err);
        if (rc != KAM_OK) return rc;
    }
    kam_rc rc = prepare(s, query, write, &st, err);
    if (rc == KAM_OK) rc = bind_values(s, st, bind, ctx, err);
    int before = sqlite3_total_changes(s->db);
    kam_table *t = NULL;
    const bool pieces = rc == KAM_OK && !write && s->level == 0 && sorts(s, query);
    if (pieces) sort_in_pieces(s, true);
    if (rc == KAM_OK) rc = fetch(s, st, &t, err);
    if (rc == KAM_OK && sqlite3_column_count(st) == 0) {
        kam_table_unref(t);
        t = new_table(s);
        kam_column *c = kam_table_add_column(t, "changed", KAM_INT, NULL);
        kam_col_push_int(c, sqlite3_total_changes(s->db) - before);
        kam_table_seal(t);
    }
    sqlite3_finalize(st);
    if (pieces) sort_in_pieces(s, false);
    store_scan_total(s, NULL);
    if (write) store_setting_forget(s);
    if (rc == KAM_OK) *out = t;
    return rc;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* store_int: what the files of store/ share; included nowhere else.
 *
 * Statements: `?1 ?2` with bound values only. store_prepare caches by text (persistent statements, reset and
 * cleared when handed out); the caller never finalizes a cached one, and calls store_done when through. */
#ifndef STORE_INT_H
#define STORE_INT_H
#include "kam_mem.h"
#include "kam_str.h"
#include "store.h"
#ifndef SQLITE_ENABLE_PREUPDATE_HOOK
#define SQLITE_ENABLE_PREUPDATE_HOOK 1 /* declares the hook the journal rests on; configure checks that it exists */
#endif
#include <sqlite3.h>

sqlite3 *store_db(store *s);

/* SQLite's last error as a kam_err ("what" begins the message). Maps BUSY, LOCKED, INTERRUPT, FULL, IOERR,
 * READONLY, CANTOPEN, NOTADB, CORRUPT and constraint failures. */
kam_rc store_sql_error(store *s, int sqlite_rc, const char *what, kam_err *err);

/* The same for another connection, which works on `path`. */
kam_rc store_sql_error_at(sqlite3 *db, const char *path, int sqlite_rc, const char *what, kam_err *err);
kam_rc store_exec(store *s, const char *sql, kam_err *err); /* one or more statements without values */
/* Cached. "{scope:COLUMN}" in the text stands for the condition that this account's id is within the scope
 * (store.h), "{scope-deal:COLUMN}" for the same in a row that belongs to an opportunity. */
kam_rc store_prepare(store *s, const char *sql, sqlite3_stmt **out, kam_err *err);
/* Steps: *row says whether there is a row. */
kam_rc store_step(store *s, sqlite3_stmt *st, bool *row, kam_err *err);
/* Steps a statement that gives no rows, then resets it. */
kam_rc store_run(store *s, sqlite3_stmt *st, kam_err *err);
void store_done(sqlite3_stmt *st);
/* First column of the first row as an integer; *found false (may be NULL) when none. */
kam_rc store_get_int(store *s, const char *sql, int64_t *out, bool *found, kam_err *err);

/* A long scan without a call of store_step and of sqlite3_column_… a value: SQLite hands each row to fn as the arguments
 * of an aggregate, which halves what a row costs. sql is "SELECT kam_each(a, b, …) FROM …"; v holds n values, valid
 * until fn returns; fn may use other statements, but not store_each. The order is that of the rows, which SQLite
 * promises only where a subquery sorts them. An error of fn ends the scan and is returned. */
typedef kam_rc (*store_each_fn)(void *ctx, int n, sqlite3_value **v, kam_err *err);
kam_rc store_each(store *s, const char *sql, store_each_fn fn, void *ctx, kam_err *err);

/* Several reading statements on one state of the data, whatever other processes commit meanwhile. *own: this call began
 * it (false inside a transaction, which is one state anyway); give it to _end. */
kam_rc store_snapshot_begin(store *s, bool *own, kam_err *err);
void store_snapshot_end(store *s, bool own);

/* --- a row of an entity, fast path (used by store_add/_set and by import) --- */
/* One converted value. kind of storage: null, int, real, text (owned by the row's arena until the next clear), or
 * a list of ids (REFS). */
typedef struct store_cell {
    enum { STORE_C_ABSENT, STORE_C_NULL, STORE_C_INT, STORE_C_REAL, STORE_C_TEXT, STORE_C_IDS } type;
    int64_t i;
    double r;
    const char *text;
    const int64_t *ids;
    size_t n_ids;
} store_cell;
/* A writer for one entity: prepared statements, reference cache (name -> id), scratch arena. Cells are indexed as
 * e->fields. Make one per import; reuse for every row. */
typedef struct store_writer store_writer;
store_writer *store_writer_new(store *s, const store_entity *e);
void store_writer_free(store_writer *w);
void store_writer_clear(store_writer *w); /* all cells absent, scratch freed; keeps caches and statements */
/* Convert and keep one value. "" and NULL: missing. Unknown reference: KAM_NOTFOUND. */
kam_rc store_writer_put(store_writer *w, size_t field, const char *text, kam_err *err);
const store_cell *store_writer_cell(const store_writer *w, size_t field);
/* Insert the row (defaults filled, required and one-of checked, cycles refused). *id: its number. */
kam_rc store_writer_insert(store_writer *w, int64_t *id, kam_err *err);
/* Change the fields put since clear in row id. *changed false: all were equal already (nothing written). */
kam_rc store_writer_update(store_writer *w, int64_t id, bool *changed, kam_err *err);
/* Number of the row whose fields `fields` equal the cells put (missing equals missing); 0 when none,
 * KAM_CONSTRAINT "ambiguous" when several. n = 0: by the entity's key. */
kam_rc store_writer_find(store_writer *w, const size_t *fields, size_t n, int64_t *id, kam_err *err);
/* Number of the object that text names in a REF field; *id 0: unknown (no error, no search for near names: import asks
 * this a million times). */
kam_rc store_writer_ref(store_writer *w, size_t field, const char *text, int64_t *id, kam_err *err);
/* Tell the cache of a REF field about an object just made (import -create), instead of forgetting all of it. */
void store_writer_learn(store_writer *w, size_t field, const char *text, int64_t id);
/* Forget cached references (after objects of other entities were made by other means). */
void store_writer_forget(store_writer *w);

/* --- import into an empty table: what is cheaper to index afterwards (the covering index, sort keys) is dropped before and built
 * after; both inside the entry --- */
kam_rc store_bulk_begin(store *s, const store_entity *e, bool *dropped, kam_err *err);
kam_rc store_bulk_end(store *s, const store_entity *e, bool dropped, kam_err *err);

/* --- row savepoints that the journal follows (a rejected row is taken back whole) --- */
kam_rc store_mark(store *s, kam_err *err);
kam_rc store_mark_release(store *s, kam_err *err);
kam_rc store_mark_rollback(store *s, kam_err *err);

/* Table whose columns are these fields (label, currency set), unsealed; storeio fills it. */
kam_table *store_field_table(store *s, const store_entity *e, const size_t *fields, size_t n);
/* SQL expression that yields field f of entity e as stored text/number for output, row alias "t". */
void store_field_expr(const store_entity *e, const store_field *f, kam_str *out);
/* Append column i of the current row to c, typed by kind. */
void store_push(kam_column *c, sqlite3_stmt *st, int i);
kam_rc store_need_entry(store *s, kam_err *err); /* KAM_BUG outside an entry; KAM_IO when read-only */
void store_touch(store *s);                      /* the data changed */

/* A place for results derived from the data (store_ledger): *slot starts NULL; drop(*slot) is called when the store
 * closes. Whoever uses it compares store_version himself. One user only. */
void **store_cache(store *s, void (*drop)(void *));
#endif

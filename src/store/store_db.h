/* SPDX-License-Identifier: GPL-3.0-or-later */
/* store_db: the inside of a `store`, for the files that keep it (store.c, store_schema.c, store_change*.c,
 * store_setting.c, store_sql.c) and their white-box tests.
 *
 * Transactions. SQLite's own are used for the outermost level, savepoints named k1, k2 … below; `level` counts them.
 * Three kinds of levels nest: the user's begin, journal entries and marks (row savepoints, dry runs). */
#ifndef STORE_DB_H
#define STORE_DB_H
#include "store_int.h"
#include "store_setting.h"

enum { STORE_APPLICATION_ID = 0x4b414d53 /* "KAMS" */, STORE_SCHEMA_VERSION = 6, STORE_BUSY_MS = 5000 };

/* A table whose changes are journaled: an entity's, or the link table of a STORE_REFS field. */
typedef struct store_jtable {
    const char *name;            /* SQL */
    const store_entity *entity;  /* owner */
    const store_field *refs;     /* NULL, or the field whose link table this is */
    int name_column, key_column; /* of what is found by name: where name and sort_key stand in the table; else -1 */
} store_jtable;

/* A record of the journal: n rows first..last of one table, inserted (I), changed (U) or removed (D).
 * Images of U and D lie in the blob (store_image.h). */
typedef struct store_jrec {
    int table;
    char op;
    int64_t first, last, n;
    size_t off, len;
} store_jrec;

/* Rows first..last of a table to be spelled anew (name NULL), or what row first was called before (store_initials.c). */
typedef struct store_touched {
    int table;
    int64_t first, last;
    const char *name, *key;
} store_touched;

typedef struct store_capture {
    bool on;
    store_jrec *rec;
    size_t n, cap;
    char *blob;
    size_t len, blob_cap;
    size_t last_table;
    size_t *tail; /* per table: 1 + index of its newest record, 0: none */
    store_touched *touched;
    size_t n_touched, touched_cap;
    kam_arena names;
} store_capture;

typedef struct store_mark_state {
    size_t n, len;
    size_t *tail;       /* copy */
    store_jrec *tails;  /* the records the tails point at, as they were */
} store_mark_state;

typedef kam_rc store_load_fn(store *s, kam_day asof, kam_table **out, kam_err *err);
typedef struct store_kept { /* what was read before */
    store_load_fn *load;
    kam_day asof;
    store_scope scope;
    kam_table *table;
} store_kept;

typedef struct store_stmt {
    uint64_t hash;
    char *sql;
    sqlite3_stmt *st;
} store_stmt;

struct store {
    sqlite3 *db;
    char *path;       /* NULL: temporary */
    bool readonly, immutable;
    kam_progress *progress;
    kam_err progress_err;
    int64_t scan_total; /* rows the running statement goes through once, for the telling; 0: unknown */
    store_stmt *stmt;
    size_t n_stmt, stmt_cap;

    uint64_t version;
    int64_t data_version; /* PRAGMA data_version when version was last told */
    int changed;          /* sqlite3_total_changes then */
    uint64_t facts, facts_at; /* store_facts_version, and the version it is of */

    store_jtable *tables;
    size_t n_tables;

    int level;        /* open SQLite levels */
    int user_depth;
    int entry_depth;
    int64_t entry_now_s;
    char *entry_who, *entry_command;
    store_capture cap;
    store_mark_state *marks; /* one per open mark or nested level */
    size_t n_marks, marks_cap;

    sqlite3 *real;    /* the database proper while db is a what-if copy */
    int what_if_depth; /* user_depth at which what-if began */
    int real_level;
    bool real_readonly;

    char **setting;   /* values by index of store_settings, NULL: default */
    bool setting_loaded;
    int setting_exponent; /* decimals of the currency, asked for with every amount */
    uint64_t setting_version;

    void *cache;
    void (*cache_drop)(void *);

    struct store_guard *guard; /* of the user's SQL that is being prepared, NULL: none (store_sql.c) */
    store_scope scope; /* as set; store_scope_get says what is followed */
    bool held;        /* store_hold */
    bool held_many;   /* with more accounts than are read all together for a question about one */
    store_kept *kept; /* tables of this version of the data (store_query.c) */
    uint64_t kept_version;
    size_t n_kept, cap_kept;
    struct store_each *each; /* the store_each that runs, NULL: none */
};

/* --- store_scope.c --- */
/* The statement with "{scope:COLUMN}" replaced; `sql` itself when there is none, else lent by `text`. */
const char *store_scope_text(const store *s, const char *sql, kam_str *text);
int store_scope_function(store *s, sqlite3 *db); /* SQLite's result */

/* --- store.c --- */
kam_rc store_level_begin(store *s, bool write, kam_err *err);
kam_rc store_level_commit(store *s, kam_err *err);
void store_level_rollback(store *s);
void store_forget_statements(store *s);
kam_rc store_configure(store *s, sqlite3 *db, kam_err *err);
/* The next statement goes once through this table (one of ours, by its name in SQL; NULL: nothing is known), so that progress has a total. */
void store_scan_total(store *s, const char *table);
int store_authorize(void *store_, int action, const char *a, const char *b, const char *c, const char *d); /* store_sql.c */
/* Behind the error: tables or columns that a wrong one of the query may have been meant to be; message: what SQLite said of it. */
void store_sql_near(store *s, const char *query, const char *message, kam_err *err); /* store_sql_near.c */

/* --- store_schema.c --- */
typedef struct store_migration {
    int to;          /* user_version after it */
    const char *sql; /* statements */
} store_migration;
/* All DDL of the newest schema, generated from the field table. */
void store_schema_ddl(kam_str *out);
/* DDL of the indexes of the transactions that a bulk import drops; drop: the DROP statements. */
void store_schema_bulk_indexes(bool drop, kam_str *out);
void store_schema_sort_key_index(const store_entity *e, kam_str *out);
kam_rc store_schema_prepare(store *s, kam_err *err); /* identify; create or migrate */
kam_rc store_schema_migrate(store *s, const store_migration *steps, size_t n, kam_err *err);
void store_schema_tables(store *s); /* fills s->tables */
/* Name of the link table of a STORE_REFS field, and of its owner column. */
void store_link_table(const store_entity *e, const store_field *f, kam_str *out);
void store_link_owner(const store_entity *e, kam_str *out);
const char *store_code_column(const store_entity *e); /* "code" or NULL when it has none */

/* --- store_change.c --- */
void store_capture_init(store *s);
void store_capture_release(store *s);
void store_capture_clear(store *s);
void store_capture_mark(store *s);    /* push the present state */
void store_capture_drop(store *s);    /* pop, keep what came since */
void store_capture_restore(store *s); /* pop, forget what came since */
kam_rc store_capture_flush(store *s, int64_t entry, kam_err *err);
/* The entry itself and its records, within the transaction. */
kam_rc store_entry_write(store *s, int64_t *entry, kam_err *err);

/* --- store_initials.c --- */
void store_initials_captured(store *s, int op, int table, int64_t old_row, int64_t new_row);
/* Before the transaction of an entry ends: spell what it touched. */
kam_rc store_initials_refresh(store *s, kam_err *err);
kam_rc store_initials_rebuild(store *s, kam_err *err); /* all names */
/* Do the spellings of one table differ from what its names call for? So they do after another program wrote names. One scan of
 * both; constant memory. */
kam_rc store_initials_stale(store *s, const store_jtable *t, bool *stale, kam_err *err);

/* Remove a database file with all that SQLite puts beside it. */
void store_unlink(const char *path);

/* --- store_transaction.c --- */
kam_rc store_copy_database(store *s, sqlite3 *from, sqlite3 *to, const char *to_path, kam_err *err);

/* --- store_undo.c --- */
void store_when_text(int64_t s_utc, char out[32]); /* UTC, ISO 8601 */
kam_rc store_column_names(store *s, const char *table, char ***names, int *n, kam_err *err); /* free: store_free_names */
void store_free_names(char **names, int n);

/* --- store_setting.c --- */
void store_setting_forget(store *s);
void store_setting_release(store *s);

/* --- store_row.c --- */
kam_rc store_resolve(store *s, const store_entity *e, const char *text, int64_t *id, kam_err *err);
/* As store_resolve; *id 0 and KAM_OK when unknown. */
kam_rc store_resolve_quiet(store *s, const store_entity *e, const char *text, int64_t *id, kam_err *err);
kam_rc store_not_found(store *s, const store_entity *e, const char *text, kam_err *err);
/* Key text of row id ("A001", "C001 C002 influence", "12"); caller frees. */
char *store_object_text(store *s, const store_entity *e, int64_t id);
kam_rc store_bad(const store_entity *e, const store_field *f, const char *rule, const char *value, kam_err *err,
                 const char *fmt, ...) __attribute__((format(printf, 6, 7)));
#endif

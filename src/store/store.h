/* SPDX-License-Identifier: GPL-3.0-or-later */
/* store: the database, opened and closed, its transactions, and record keeping by the table of fields.
 *
 * One `store` is one SQLite connection, used from one thread. Opaque; create with store_open, destroy with
 * store_close. No clock is read here: whoever writes passes the time (store_stamp).
 *
 * Writing. Every write happens inside a journal entry: store_entry_begin … store_entry_commit (or _rollback);
 * calling a writing function outside one is a bug and aborts, except with STORE_DRYRUN, which needs none and
 * leaves no trace. Between the two any number of writes may happen; they are one undo step and one transaction.
 * Entries nest (the inner one joins the outer; rolling the inner back undoes its part only). The user's
 * begin/commit/rollback wrap entries.
 *
 * Text in, tables out. Values come as text per field name and are validated and converted by kind; tables carry
 * typed columns named by field and labelled by the message id ENTITY.FIELD. Errors:
 *   KAM_USAGE       unknown field, entity or operator (nearest names), a field given twice, a read-only field
 *   KAM_NOTFOUND    unknown object; words: entity, name (nearest names in the message)
 *   KAM_CONSTRAINT  missing required, bad value, out of range, duplicate, cycle, still referred to;
 *                   words: rule (required|value|range|duplicate|cycle|referenced|one_of|readonly), ENTITY.FIELD, value
 *   KAM_BUSY        another process holds the database; words: path
 *   KAM_IO          cannot read or write, disk full, read-only; words: path
 *   KAM_DATABASE    not a database, damaged, made by a newer kamsh; words: notadb|corrupt|newer|foreign|…, path
 *   KAM_INTERRUPT   store_interrupt was called or the progress object says stop */
#ifndef STORE_H
#define STORE_H
#include "kam_date.h"
#include "kam_err.h"
#include "kam_progress.h"
#include "kam_table.h"
#include "store_field.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct store store;

/* --- open and close ------------------------------------------------------------------------------------- */
enum {
    STORE_OPEN_READONLY = 1 << 0, /* writes nothing; falls back to immutable=1 where the folder is not writable */
    STORE_OPEN_CREATE = 1 << 1    /* make the file when it does not exist (else KAM_NOTFOUND) */
};
/* path NULL: a private temporary database that vanishes with the process. The schema is made or migrated. */
kam_rc store_open(const char *path, unsigned flags, store **out, kam_err *err);
/* Rolls back what is open, checkpoints, frees. s may be NULL. An error is a report only: s is gone anyway. */
kam_rc store_close(store *s, kam_err *err);
const char *store_path(const store *s);     /* NULL: temporary */
bool store_readonly(const store *s);
bool store_dirty(const store *s);           /* temporary and holds records: would be lost */
/* Rises with every change of the data, by us or by another process (checked when called). For caches. */
uint64_t store_version(store *s);
/* The same for what is kept of answers: does not rise with what is written between store_aside_begin and store_aside_end, which no answer is made
 * of (copies of answers, say). It rises all the same when another process changed the data meanwhile, or somebody asked for it. */
uint64_t store_facts_version(store *s);
typedef struct store_aside {
    uint64_t facts;
    int64_t data_version;
} store_aside;
store_aside store_aside_begin(store *s);
void store_aside_end(store *s, store_aside begun);
/* One snapshot from here to the close, for a process that reads a copy nobody writes to: no locks and no looking for changes
 * with every statement. */
kam_rc store_hold(store *s, kam_err *err);
/* Which accounts questions are about (store_query.h, store_ledger.h). Until it is set again, every table and the ledger hold these accounts only (rows are counted among them), and the
 * statements read no more than that: what is asked of one account must not cost a scan of a million. Only for questions whose
 * answer for an account does not depend on the others. Not followed by a held store (store_hold) of up to 1,000 accounts, which reads
 * everything once and is asked of account after account. */
typedef enum store_scope_kind {
    STORE_SCOPE_ALL,
    STORE_SCOPE_ACCOUNT, /* one */
    STORE_SCOPE_DEALS    /* those with an opportunity, open or not */
} store_scope_kind;
typedef struct store_scope {
    store_scope_kind kind;
    int64_t account; /* its id, else 0 */
} store_scope;
bool store_scope_followed(const store *s);
store_scope store_scope_get(const store *s);
void store_scope_set(store *s, store_scope scope);
void store_set_progress(store *s, kam_progress *p); /* lent; NULL: none. Polled inside long statements */
void store_interrupt(store *s);             /* async-signal-safe: the running statement ends with KAM_INTERRUPT */

/* Copy everything into a new or replaced file, atomically (written beside, synced, renamed), mode 0600. A WAL
 * source may go on being used. force: an existing file may be replaced. */
kam_rc store_backup(store *s, const char *path, bool force, kam_err *err);
/* The same; a temporary store then goes on as that file. */
kam_rc store_save(store *s, const char *path, bool force, kam_err *err);
/* Columns: check, object, problem. Empty when all is well: integrity, foreign keys, kamsh's own rules. */
kam_rc store_check(store *s, kam_table **out, kam_err *err);
kam_rc store_check_said(store *s, bool chinese, kam_table **out, kam_err *err); /* the problems in Chinese, too */
/* Makes anew what is derived from the records: indexes, and the spellings of names. Columns: part, count. Not journaled: no record
 * changes. In one transaction; what is damaged beyond that stays, and store_check says so. */
kam_rc store_repair(store *s, kam_table **out, kam_err *err);
/* Columns: measure, value (text): path, size, version, currency, asof, journal, and the count of every entity. */
kam_rc store_info(store *s, kam_table **out, kam_err *err);

/* --- journal entries and transactions ------------------------------------------------------------------- */
typedef struct store_stamp {
    int64_t now_s;       /* seconds since 1970-01-01 UTC, from the caller's clock */
    const char *who;     /* user name or NULL */
    const char *command; /* the command as typed (cut at 1,000 bytes) or NULL */
} store_stamp;
kam_rc store_entry_begin(store *s, const store_stamp *stamp, kam_err *err);
/* *entry (may be NULL): its number, 0 when nothing was changed (no entry is kept then) or when nested. On failure
 * the entry is rolled back. */
kam_rc store_entry_commit(store *s, int64_t *entry, kam_err *err);
void store_entry_rollback(store *s);
bool store_entry_open(const store *s);
/* Records the open entry has removed so far. */
int64_t store_entry_removed(const store *s);
/* What the open entry changed up to now, for a dry run: entity, action (add, set, remove), object, field, before, after; one row
 * a changed field, an added or removed record in one row without a field ("field=value; …"). At most `limit` rows (0: 1,000);
 * *more (may be NULL): rows of the database that are changed and not listed. Nothing is written. The table is not
 * sealed yet: the caller adds his notes and seals it. */
kam_rc store_entry_difference(store *s, size_t limit, kam_table **out, int64_t *more, kam_err *err);

/* The user's begin, commit, rollback; they nest as savepoints. what_if: everything until the matching rollback
 * happens on a private in-memory copy, other processes are not held up, and commit is refused. */
kam_rc store_begin(store *s, bool what_if, kam_err *err);
kam_rc store_commit(store *s, kam_err *err);
kam_rc store_rollback(store *s, kam_err *err);
int store_depth(const store *s); /* open user transactions */
bool store_in_what_if(const store *s);
/* Inside a what-if: from now on the committed state is read; called again, the copy. Between the two nothing may be written. */
void store_look_back(store *s);

/* Take back (or redo) the last n entries, newest first, as one transaction. *out (may be NULL) lists them:
 * entry, when, command, rows. KAM_CONSTRAINT "changed-since" when rows were changed by something else since. */
kam_rc store_undo(store *s, size_t n, kam_table **out, kam_err *err);
kam_rc store_redo(store *s, size_t n, kam_table **out, kam_err *err);
/* Records that store_undo (redo: store_redo) of the last n entries, or store_undo_entry of `entry` (else 0), would remove. */
kam_rc store_undo_removes(store *s, size_t n, bool redo, int64_t entry, int64_t *count, kam_err *err);
/* Take back one entry out of order: refused, naming the later entry, when later entries touched its rows. */
kam_rc store_undo_entry(store *s, int64_t entry, kam_table **out, kam_err *err);

typedef struct store_changes_query {
    int64_t since_s;      /* 0: all; else entries at or after */
    const char *entity;   /* NULL: all */
    const char *object;   /* NULL: all; else key text of the object as listed */
    int64_t entry;        /* 0: all; else only this one */
    size_t limit;         /* 0: 1,000 rows */
} store_changes_query;
/* Columns: entry int, when text (UTC, ISO 8601), who, command, state (done, undone), entity, action (add, set,
 * remove), object, before, after ("field=value; …"). Newest first. A long run of added rows is one row. */
kam_rc store_changes(store *s, const store_changes_query *q, kam_table **out, kam_err *err);

/* --- records -------------------------------------------------------------------------------------------- */
typedef struct store_value {
    const char *name; /* field */
    const char *text; /* NULL: missing (clears in store_set). "" clears too, except for text kinds in store_set */
} store_value;

enum {
    STORE_DRYRUN = 1 << 0,  /* validate and report, change nothing */
    STORE_CASCADE = 1 << 1  /* store_remove: also what refers to it (required) or unlink it (optional) */
};

/* *diff (may be NULL): entity, action, object, field, before, after; one row per changed field (remove: one per
 * removed record). *object (may be NULL): key text of the record, caller frees with kam_free; also with DRYRUN. */
kam_rc store_add(store *s, const store_entity *e, const store_value *values, size_t n, unsigned flags,
                 char **object, kam_table **diff, kam_err *err);
/* key: the key fields by name (STORE_E_AUTO: id). For entities with a code one value whose name is the code field;
 * its text may also be a unique name (zh or en). Missing optional key fields are left out or NULL. */
kam_rc store_set(store *s, const store_entity *e, const store_value *key, size_t n_key,
                 const store_value *values, size_t n, unsigned flags, kam_table **diff, kam_err *err);
kam_rc store_remove(store *s, const store_entity *e, const store_value *key, size_t n_key, unsigned flags,
                    kam_table **diff, kam_err *err);
/* One row, every field. */
kam_rc store_get(store *s, const store_entity *e, const store_value *key, size_t n_key, kam_table **out,
                 kam_err *err);

typedef enum {
    STORE_EQ, STORE_NE, STORE_LT, STORE_LE, STORE_GT, STORE_GE,
    STORE_CONTAINS, /* ~  text contains (ASCII case folded) */
    STORE_MISSING, STORE_PRESENT
} store_op;
typedef struct store_where {
    const char *field;
    store_op op;
    const char *text; /* converted by the field's kind */
} store_where;
typedef struct store_query {
    const store_where *where; /* all must hold; a missing value satisfies only MISSING and NE */
    size_t n_where;
    const char *const *columns; /* NULL: all but the hidden ones */
    size_t n_columns;
    const char *const *sort; /* field, "-field" for descending; then by key */
    size_t n_sort;
    size_t limit; /* 0: all */
} store_query;
/* q may be NULL: everything, by key. Entities change and setting are listed too. */
kam_rc store_list(store *s, const store_entity *e, const store_query *q, kam_table **out, kam_err *err);

/* One condition as typed: "region = 华东", "known_since>=2024-01-01", "name ~ 华", "industry missing",
 * "industry present". Operators = == != < <= > >= ~. Parts point into buf, a copy the caller frees (kam_free). */
kam_rc store_where_parse(const store_entity *e, const char *text, store_where *out, char **buf, kam_err *err);

/* Number of a record (its row id) and its code, by code or by a unique name, name_en or sort key.
 * code (may be NULL): caller frees. KAM_NOTFOUND with the nearest names; KAM_CONSTRAINT "ambiguous" when several
 * objects bear the name. For entities with a code. */
kam_rc store_lookup(store *s, const store_entity *e, const char *name, int64_t *id, char **code, kam_err *err);
/* The English name (field name_en) of the record with this code, provided that its name is `name`; NULL where there is
 * no such record, or none of that name, or it has no English name. For entities with a code and the two fields. code NULL: of all records of that
 * name (the first hundred), if they have the same English name. Caller frees. */
bool store_has_english(store *s, const store_entity *e); /* has any of its records an English name? At once. */
kam_rc store_english_name(store *s, const store_entity *e, const char *code, const char *name, char **out, kam_err *err);
/* Columns: code, name, name_en. Objects whose code, name, name_en, sort key or other spelling (store_initials.c) begins with
 * prefix, each once, at most limit (0: all): first those found by code, then by name …, each group in order. *more (may
 * be NULL): how many further ones match; they are counted up to STORE_COMPLETE_SEEN a group, *many: there are more than
 * that. Takes the same time whatever the number of objects. KAM_USAGE for an entity without a code. */
enum { STORE_COMPLETE_SEEN = 1000 };
kam_rc store_complete(store *s, const store_entity *e, const char *prefix, size_t limit, kam_table **out, size_t *more, bool *many,
                      kam_err *err);
/* Columns: key, note. The records of an entity whose key is a number (STORE_E_AUTO), newest first, of which the number, the date, a
 * label, the first text, or the name, code or sort key of an object they are about begins with prefix; note says what they are.
 * Only the newest STORE_COMPLETE_NEWEST records are looked at (*many: there may be older ones). KAM_USAGE for other entities. */
enum { STORE_COMPLETE_NEWEST = 5000 };
kam_rc store_complete_record(store *s, const store_entity *e, const char *prefix, bool zh, size_t limit, kam_table **out, size_t *more,
                             bool *many, kam_err *err);
/* Columns: key, note (""). The values that field f of the key has in records whose other key fields are as given (names of
 * fields and texts as typed; an object that is not there: none). Of at most STORE_COMPLETE_NEWEST records. */
kam_rc store_complete_key(store *s, const store_entity *e, const store_field *f, const store_value *given, size_t n, const char *prefix,
                          size_t limit, kam_table **out, size_t *more, kam_err *err);
/* Columns: key, note (""). The different values of a text field that begin with prefix, or whose English half does ("中文 |
 * English"); of one line and at most STORE_COMPLETE_COLUMNS wide. Of at most STORE_COMPLETE_ROWS records, in pieces
 * spread over the table, so that it takes less than 20 ms whatever there is. *more as in store_complete. */
enum { STORE_COMPLETE_ROWS = 20000, STORE_COMPLETE_COLUMNS = 60 };
kam_rc store_complete_value(store *s, const store_entity *e, const store_field *f, const char *prefix, size_t limit, kam_table **out,
                            size_t *more, bool *many, kam_err *err);
/* Columns: table, column: what the user's SQL may name, in the order of the schema. */
kam_rc store_schema_names(store *s, kam_table **out, kam_err *err);
kam_rc store_count(store *s, const store_entity *e, int64_t *n, kam_err *err);

/* --- SQL of the user ------------------------------------------------------------------------------------ */
/* Called for every ":name" of the query; answer false when there is no such variable. Text is lent until the
 * next call; a NULL text binds NULL. Text that is wholly a number binds as a number unless compared as text is
 * wanted: set *as_text. */
typedef bool (*store_bind_fn)(void *ctx, const char *name, const char **text, bool *as_text);
/* One statement. Read-only unless write is set (then inside an entry; journaled). A result column is typed by the
 * suffix (_day, _minor) of its origin column or else of its alias, and by a declared flag; its name loses no
 * suffix. Writing statements without rows return a table of one row: changed. ATTACH, PRAGMA writes, transaction
 * control, DDL and writes to kamsh's own tables are refused. */
kam_rc store_sql(store *s, const char *query, store_bind_fn bind, void *ctx, bool write, kam_table **out,
                 kam_err *err);
#endif

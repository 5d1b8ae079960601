/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Capturing changes: SQLite's preupdate hook tells of every row that is inserted, updated or removed while an entry
 * is open, whoever caused it (a record command, an import, `sql -write`). One mechanism, no writer can forget it.
 *
 * Inserted rows are not copied: neighbouring row numbers of one table make one record (a million imported rows are
 * one line of the journal). Removed rows keep all their values, updated rows the old and new values of the columns
 * that differ. Records lie in memory until the entry commits; then they are written beside the entry.
 *
 * A record may grow only while it is its table's newest: so, per table, taking records back in reverse order meets
 * exactly the states the rows went through. Across tables order does not matter: foreign keys are checked when all is
 * back. */
#include "store_db.h"
#include "kam_utf8.h"
#include "store_image.h"
#include <string.h>

enum { CHUNK = 64 * 1024 };

void store_capture_clear(store *s)
{
    store_capture *c = &s->cap;
    c->n = 0;
    c->len = 0;
    c->n_touched = 0;
    kam_arena_release(&c->names);
    c->names = (kam_arena)KAM_ARENA_INIT;
    memset(c->tail, 0, s->n_tables * sizeof *c->tail);
}

static store_jrec *tail_of(store_capture *c, int table)
{
    return c->tail[table] ? &c->rec[c->tail[table] - 1] : NULL;
}

static store_jrec *new_record(store_capture *c, int table, char op, int64_t row)
{
    KAM_GROW(c->rec, c->cap, c->n + 1);
    c->rec[c->n] = (store_jrec){table, op, row, row, 0, c->len, 0};
    c->tail[table] = ++c->n;
    return &c->rec[c->n - 1];
}

static void captured_insert(store_capture *c, int table, int64_t row)
{
    store_jrec *r = tail_of(c, table);
    if (!r || r->op != 'I' || row != r->last + 1) r = new_record(c, table, 'I', row);
    r->last = row;
    r->n++;
}

/* The record that takes the image now lying between `from` and the end of the blob. Images of one record are
 * contiguous: another table's image in between ends it. */
static void captured_image(store_capture *c, int table, char op, int64_t row, size_t from)
{
    store_jrec *r = tail_of(c, table);
    if (!r || r->op != op || r->off + r->len != from || r->len >= CHUNK) {
        r = new_record(c, table, op, row);
        r->off = from;
    }
    if (row < r->first) r->first = row;
    if (row > r->last) r->last = row;
    r->n++;
    r->len = c->len - r->off;
}

static void captured_remove(store_capture *c, sqlite3 *db, int table, int64_t row)
{
    size_t from = c->len;
    int n = sqlite3_preupdate_count(db);
    store_image_int(c, row);
    store_image_int(c, n);
    for (int i = 0; i < n; i++) {
        sqlite3_value *v;
        sqlite3_preupdate_old(db, i, &v);
        store_image_value(c, v);
    }
    captured_image(c, table, 'D', row, from);
}

static bool same_value(sqlite3_value *a, sqlite3_value *b)
{
    int t = sqlite3_value_type(a), u = sqlite3_value_type(b);
    if (t == SQLITE_INTEGER && u == SQLITE_INTEGER) return sqlite3_value_int64(a) == sqlite3_value_int64(b);
    /* A whole number in a REAL column may be told as an integer on one side. */
    if ((t == SQLITE_INTEGER || t == SQLITE_FLOAT) && (u == SQLITE_INTEGER || u == SQLITE_FLOAT))
        return !(sqlite3_value_double(a) < sqlite3_value_double(b)) && !(sqlite3_value_double(a) > sqlite3_value_double(b));
    if (t != u) return false;
    if (t == SQLITE_NULL) return true;
    int n = sqlite3_value_bytes(a);
    return n == sqlite3_value_bytes(b) &&
           (n == 0 || memcmp(sqlite3_value_blob(a), sqlite3_value_blob(b), (size_t)n) == 0);
}

static void captured_update(store_capture *c, sqlite3 *db, int table, int64_t row)
{
    size_t from = c->len;
    int n = sqlite3_preupdate_count(db), differ = 0;
    sqlite3_value *old, *new;
    for (int i = 0; i < n; i++) {
        sqlite3_preupdate_old(db, i, &old);
        sqlite3_preupdate_new(db, i, &new);
        differ += !same_value(old, new);
    }
    if (differ == 0) return;
    store_image_int(c, row);
    store_image_int(c, differ);
    for (int i = 0; i < n; i++) {
        sqlite3_preupdate_old(db, i, &old);
        sqlite3_preupdate_new(db, i, &new);
        if (same_value(old, new)) continue;
        store_image_int(c, i);
        store_image_value(c, old);
        store_image_value(c, new);
    }
    captured_image(c, table, 'U', row, from);
}

static int table_index(store *s, const char *name)
{
    size_t last = s->cap.last_table; /* rows come in runs */
    if (strcmp(s->tables[last].name, name) == 0) return (int)last;
    for (size_t i = 0; i < s->n_tables; i++)
        if (strcmp(s->tables[i].name, name) == 0) {
            s->cap.last_table = i;
            return (int)i;
        }
    return -1;
}

static void on_change(void *ctx, sqlite3 *db, int op, char const *database, char const *name, sqlite3_int64 old_row,
                      sqlite3_int64 new_row)
{
    store *s = ctx;
    if (!s->cap.on || strcmp(database, "main") != 0) return;
    int table = table_index(s, name);
    if (table < 0) return;
    if (s->tables[table].name_column >= 0) store_initials_captured(s, op, table, old_row, new_row);
    if (op == SQLITE_INSERT) captured_insert(&s->cap, table, new_row);
    else if (op == SQLITE_DELETE) captured_remove(&s->cap, db, table, old_row);
    else if (old_row == new_row) captured_update(&s->cap, db, table, old_row);
    else { /* the row number itself was changed */
        captured_remove(&s->cap, db, table, old_row);
        captured_insert(&s->cap, table, new_row);
    }
}

void store_capture_init(store *s)
{
    if (!s->cap.tail) s->cap.tail = kam_calloc(s->n_tables, sizeof *s->cap.tail);
    sqlite3_preupdate_hook(s->db, on_change, s);
}

void store_capture_release(store *s)
{
    kam_free(s->cap.rec);
    kam_free(s->cap.blob);
    kam_free(s->cap.tail);
    kam_free(s->cap.touched);
    kam_arena_release(&s->cap.names);
    while (s->n_marks > 0) store_capture_drop(s);
    kam_free(s->marks);
}

/* --- marks: a savepoint's view of the capture --- */

void store_capture_mark(store *s)
{
    store_capture *c = &s->cap;
    KAM_GROW(s->marks, s->marks_cap, s->n_marks + 1);
    store_mark_state *m = &s->marks[s->n_marks++];
    *m = (store_mark_state){c->n, c->len, NULL, NULL};
    m->tail = kam_alloc(s->n_tables * sizeof *m->tail);
    memcpy(m->tail, c->tail, s->n_tables * sizeof *m->tail);
    m->tails = kam_alloc(s->n_tables * sizeof *m->tails);
    for (size_t i = 0; i < s->n_tables; i++)
        if (c->tail[i]) m->tails[i] = c->rec[c->tail[i] - 1];
}

void store_capture_drop(store *s)
{
    store_mark_state *m = &s->marks[--s->n_marks];
    kam_free(m->tail);
    kam_free(m->tails);
}

void store_capture_restore(store *s)
{
    store_capture *c = &s->cap;
    const store_mark_state *m = &s->marks[s->n_marks - 1];
    c->n = m->n;
    c->len = m->len;
    memcpy(c->tail, m->tail, s->n_tables * sizeof *c->tail);
    for (size_t i = 0; i < s->n_tables; i++)
        if (c->tail[i]) c->rec[c->tail[i] - 1] = m->tails[i];
    store_capture_drop(s);
}

kam_rc store_capture_flush(store *s, int64_t entry, kam_err *err)
{
    store_capture *c = &s->cap;
    sqlite3_stmt *st;
    kam_rc rc = store_prepare(s,
                              "INSERT INTO change_rows (entry_id, tbl, op, first_row, last_row, n, image)"
                              " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                              &st, err);
    for (size_t i = 0; i < c->n && rc == KAM_OK; i++) {
        const store_jrec *r = &c->rec[i];
        sqlite3_bind_int64(st, 1, entry);
        sqlite3_bind_text(st, 2, s->tables[r->table].name, -1, SQLITE_STATIC);
        sqlite3_bind_text(st, 3, &r->op, 1, SQLITE_STATIC);
        sqlite3_bind_int64(st, 4, r->first);
        sqlite3_bind_int64(st, 5, r->last);
        sqlite3_bind_int64(st, 6, r->n);
        if (r->op == 'I') sqlite3_bind_null(st, 7);
        else sqlite3_bind_blob64(st, 7, c->blob + r->off, r->len, SQLITE_STATIC);
        rc = store_run(s, st, err);
    }
    if (rc == KAM_OK) store_done(st);
    return rc;
}

/* --- entries --- */

kam_rc store_need_entry(store *s, kam_err *err)
{
    if (s->readonly) {
        kam_err_set(err, KAM_IO, "%s is open for reading only; open it without -readonly to change it", s->path);
        return kam_err_word(err, s->path);
    }
    if (s->entry_depth == 0) KAM_BUG("a write outside a journal entry");
    return KAM_OK;
}

bool store_entry_open(const store *s)
{
    return s->entry_depth > 0;
}

kam_rc store_entry_begin(store *s, const store_stamp *stamp, kam_err *err)
{
    if (s->readonly) {
        kam_err_set(err, KAM_IO, "%s is open for reading only; open it without -readonly to change it", s->path);
        return kam_err_word(err, s->path);
    }
    kam_rc rc = store_level_begin(s, true, err);
    if (rc != KAM_OK) return rc;
    if (s->entry_depth++ > 0) {
        store_capture_mark(s);
        return KAM_OK;
    }
    store_setting_forget(s); /* another process may have set some before the database became ours */
    store_capture_clear(s);
    s->cap.on = true;
    s->entry_now_s = stamp->now_s;
    kam_free(s->entry_who);
    kam_free(s->entry_command);
    s->entry_who = kam_strdup(stamp->who);
    s->entry_command = stamp->command ? kam_strndup(stamp->command, 1000) : NULL;
    if (s->entry_command) { /* the cut may have halved a character */
        char *clean = kam_utf8_repair(s->entry_command, strlen(s->entry_command), NULL);
        kam_free(s->entry_command);
        s->entry_command = clean;
    }
    return KAM_OK;
}

/* What was undone can no longer be redone once something new is written. */
kam_rc store_entry_write(store *s, int64_t *entry, kam_err *err)
{
    sqlite3_stmt *st;
    kam_rc rc = store_exec(s, "UPDATE change_entries SET state = 2 WHERE state = 1", err);
    if (rc == KAM_OK)
        rc = store_prepare(s,
                           "INSERT INTO change_entries (at_s, who, command, state, schema) VALUES (?1, ?2, ?3, 0, ?4)",
                           &st, err);
    if (rc != KAM_OK) return rc;
    sqlite3_bind_int64(st, 1, s->entry_now_s);
    sqlite3_bind_text(st, 2, s->entry_who, -1, SQLITE_STATIC);
    sqlite3_bind_text(st, 3, s->entry_command, -1, SQLITE_STATIC);
    sqlite3_bind_int(st, 4, STORE_SCHEMA_VERSION);
    rc = store_run(s, st, err);
    store_done(st);
    if (rc != KAM_OK) return rc;
    *entry = sqlite3_last_insert_rowid(s->db);
    return store_capture_flush(s, *entry, err);
}

kam_rc store_entry_commit(store *s, int64_t *entry, kam_err *err)
{
    KAM_ASSERT(s->entry_depth > 0);
    int64_t id = 0;
    if (s->entry_depth > 1) {
        s->entry_depth--;
        store_capture_drop(s);
        kam_rc rc = store_level_commit(s, err);
        if (rc == KAM_OK && entry) *entry = 0;
        return rc;
    }
    KAM_ASSERT(s->n_marks == 0);
    s->cap.on = false;
    s->entry_depth = 0;
    kam_rc rc = kam_progress_step(s->progress, "database", 0, 0, err); /* what was computed until ^C is not to be kept */
    if (rc == KAM_OK && s->cap.n > 0) rc = store_entry_write(s, &id, err);
    if (rc == KAM_OK) rc = store_initials_refresh(s, err);
    if (rc != KAM_OK) store_level_rollback(s);
    else rc = store_level_commit(s, err);
    store_capture_clear(s);
    if (rc == KAM_OK && entry) *entry = id;
    if (rc == KAM_OK && id) s->version++;
    return rc;
}

void store_entry_rollback(store *s)
{
    KAM_ASSERT(s->entry_depth > 0);
    s->entry_depth--;
    store_level_rollback(s);
    if (s->entry_depth > 0) {
        store_capture_restore(s);
        return;
    }
    KAM_ASSERT(s->n_marks == 0);
    s->cap.on = false;
    store_capture_clear(s);
}

kam_rc store_mark(store *s, kam_err *err)
{
    kam_rc rc = store_level_begin(s, true, err);
    if (rc == KAM_OK) store_capture_mark(s);
    return rc;
}

kam_rc store_mark_release(store *s, kam_err *err)
{
    store_capture_drop(s);
    return store_level_commit(s, err);
}

kam_rc store_mark_rollback(store *s, kam_err *err)
{
    bool lost = sqlite3_get_autocommit(s->db) != 0;
    store_level_rollback(s);
    store_capture_restore(s);
    if (lost) {
        kam_err_set(err, KAM_IO, "the whole transaction was rolled back after an error; nothing was kept");
        return kam_err_word(err, s->path ? s->path : "temporary");
    }
    return KAM_OK;
}

kam_rc store_bulk_begin(store *s, const store_entity *e, bool *dropped, kam_err *err)
{
    int64_t any = 0;
    *dropped = false;
    bool transactions = strcmp(e->name, "transaction") == 0;
    if (!transactions && !(e->flags & STORE_E_NAMED)) return KAM_OK;
    kam_str sql = KAM_STR_INIT;
    kam_str_addf(&sql, "SELECT EXISTS (SELECT 1 FROM %s)", e->table);
    kam_rc rc = store_get_int(s, sql.s, &any, NULL, err);
    kam_str_clear(&sql);
    if (rc == KAM_OK && !any) {
        if (transactions) store_schema_bulk_indexes(true, &sql);
        else kam_str_addf(&sql, "DROP INDEX IF EXISTS %s_sort_key", e->table); /* those on names are needed to find references */
        rc = store_exec(s, sql.s, err);
        *dropped = rc == KAM_OK;
    }
    kam_str_release(&sql);
    return rc;
}

kam_rc store_bulk_end(store *s, const store_entity *e, bool dropped, kam_err *err)
{
    if (!dropped) return KAM_OK;
    kam_str sql = KAM_STR_INIT;
    if (e && (e->flags & STORE_E_NAMED)) store_schema_sort_key_index(e, &sql);
    else store_schema_bulk_indexes(false, &sql);
    kam_rc rc = store_exec(s, sql.s, err);
    kam_str_release(&sql);
    return rc;
}

int64_t store_entry_removed(const store *s)
{
    int64_t n = 0;
    for (size_t i = 0; i < s->cap.n; i++)
        if (s->cap.rec[i].op == 'D' && !s->tables[s->cap.rec[i].table].refs) n += s->cap.rec[i].n;
    return n;
}

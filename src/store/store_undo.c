/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Undo and redo: an entry's records are taken back newest first; what that does is captured like any other change and
 * replaces the records. So an undone entry holds what redoing needs, and redo is the same function.
 *
 * Before a row is touched it is compared with what the entry left: a row changed by something else since (an
 * outside program, or a later entry when undone out of order) refuses the whole undo. Foreign keys are deferred, as the
 * order across tables is not kept; what is violated in the end refuses it too. */
#include "store_image.h"
#include <stdio.h>
#include <string.h>

enum { BULK_ROWS = 50000 };

typedef struct flip {
    store *s;
    int64_t entry;
    bool dropped; /* the transactions' indexes */
} flip;

static kam_rc changed_since(flip *f, const store_jtable *t, int64_t row, kam_err *err)
{
    char *object = t->refs ? NULL : store_object_text(f->s, t->entity, row);
    char number[32];
    snprintf(number, sizeof number, "%lld", (long long)f->entry);
    kam_err_set(err, KAM_CONSTRAINT,
                "entry %s cannot be taken back: %s %s was changed by something else since (changes -entity %s)", number,
                t->entity->name, object ? object : "(a list of it)", t->entity->name);
    kam_err_word(err, "changed-since");
    kam_err_word(err, number);
    kam_free(object);
    return KAM_CONSTRAINT;
}

static kam_rc bad_image(flip *f, kam_err *err)
{
    kam_err_set(err, KAM_DATABASE, "the journal entry %lld is damaged; run database check", (long long)f->entry);
    kam_err_word(err, "corrupt");
    return kam_err_word(err, f->s->path);
}

/* A big change of the transactions is quicker without their indexes. */
static kam_rc drop_indexes(flip *f, const store_jtable *t, int64_t n, kam_err *err)
{
    if (f->dropped || n < BULK_ROWS || strcmp(t->name, "transactions") != 0) return KAM_OK;
    int64_t rows = 0;
    kam_rc rc = store_get_int(f->s, "SELECT count(*) FROM transactions", &rows, NULL, err);
    if (rc != KAM_OK || (rows > 0 && n * 2 < rows)) return rc;
    kam_str sql = KAM_STR_INIT;
    store_schema_bulk_indexes(true, &sql);
    rc = store_exec(f->s, sql.s, err);
    kam_str_release(&sql);
    f->dropped = rc == KAM_OK;
    return rc;
}

static kam_rc take_back_insert(flip *f, const store_jtable *t, int64_t first, int64_t last, int64_t n, kam_err *err)
{
    kam_str sql = KAM_STR_INIT;
    sqlite3_stmt *st;
    bool row;
    kam_rc rc = drop_indexes(f, t, n, err);
    kam_str_addf(&sql, "SELECT count(*) FROM %s WHERE id BETWEEN ?1 AND ?2", t->name);
    if (rc == KAM_OK) rc = store_prepare(f->s, sql.s, &st, err);
    if (rc == KAM_OK) {
        sqlite3_bind_int64(st, 1, first);
        sqlite3_bind_int64(st, 2, last);
        rc = store_step(f->s, st, &row, err);
        if (rc == KAM_OK && sqlite3_column_int64(st, 0) != n) rc = changed_since(f, t, first, err);
        store_done(st);
    }
    kam_str_clear(&sql);
    kam_str_addf(&sql, "DELETE FROM %s WHERE id BETWEEN ?1 AND ?2", t->name);
    if (rc == KAM_OK) rc = store_prepare(f->s, sql.s, &st, err);
    if (rc == KAM_OK) {
        sqlite3_bind_int64(st, 1, first);
        sqlite3_bind_int64(st, 2, last);
        rc = store_run(f->s, st, err);
        store_done(st);
    }
    kam_str_release(&sql);
    return rc;
}

kam_rc store_column_names(store *s, const char *table, char ***names, int *n, kam_err *err)
{
    sqlite3_stmt *st;
    kam_rc rc = store_prepare(s, "SELECT name FROM pragma_table_info(?1) ORDER BY cid", &st, err);
    if (rc != KAM_OK) return rc;
    sqlite3_bind_text(st, 1, table, -1, SQLITE_STATIC);
    size_t cap = 0, k = 0;
    bool row;
    *names = NULL;
    while ((rc = store_step(s, st, &row, err)) == KAM_OK && row) {
        KAM_GROW(*names, cap, k + 1);
        (*names)[k++] = kam_strdup((const char *)sqlite3_column_text(st, 0));
    }
    store_done(st);
    *n = (int)k;
    return rc;
}

void store_free_names(char **names, int n)
{
    for (int i = 0; i < n; i++) kam_free(names[i]);
    kam_free(names);
}

/* INSERT of the first n columns; later ones did not exist when the image was made and take their default. */
static void insert_sql(const char *table, char **names, int n, kam_str *sql)
{
    kam_str_clear(sql);
    kam_str_addf(sql, "INSERT INTO %s (", table);
    for (int i = 0; i < n; i++) kam_str_addf(sql, "%s%s", i ? ", " : "", names[i]);
    kam_str_add(sql, ") VALUES (");
    for (int i = 0; i < n; i++) kam_str_addf(sql, "%s?%d", i ? ", " : "", i + 1);
    kam_str_add(sql, ")");
}

static kam_rc take_back_remove(flip *f, const store_jtable *t, store_image_reader *r, kam_err *err)
{
    char **names;
    int n_names, prepared = -1;
    kam_str sql = KAM_STR_INIT;
    sqlite3_stmt *st = NULL;
    kam_rc rc = store_column_names(f->s, t->name, &names, &n_names, err);
    while (rc == KAM_OK && r->p < r->end) {
        int64_t row = store_image_read_int(r), n = store_image_read_int(r);
        if (r->bad || n < 1 || n > n_names) {
            rc = bad_image(f, err);
            break;
        }
        if (n != prepared) {
            if (st) store_done(st);
            insert_sql(t->name, names, (int)n, &sql);
            rc = store_prepare(f->s, sql.s, &st, err);
            if (rc != KAM_OK) break;
            prepared = (int)n;
        }
        for (int i = 0; i < n; i++) {
            store_image_cell v = store_image_read(r);
            store_image_bind(st, i + 1, &v);
        }
        if (r->bad) rc = bad_image(f, err);
        else {
            kam_err own = KAM_ERR_INIT;
            rc = store_run(f->s, st, &own);
            if (rc == KAM_CONSTRAINT) rc = changed_since(f, t, row, err);
            else if (rc != KAM_OK && err && err->code == KAM_OK) *err = own;
        }
    }
    if (st) store_done(st);
    kam_str_release(&sql);
    store_free_names(names, n_names);
    return rc;
}

typedef struct delta {
    int column;
    store_image_cell old, new;
} delta;

/* Compare the row with the new values, then put the old ones back. */
static kam_rc restore_row(flip *f, const store_jtable *t, int64_t row, const delta *d, int n, char **names, kam_err *err)
{
    kam_str select = KAM_STR_INIT, update = KAM_STR_INIT;
    sqlite3_stmt *st;
    bool found;
    for (int i = 0; i < n; i++) {
        kam_str_addf(&select, "%s%s", i ? ", " : "SELECT ", names[d[i].column]);
        kam_str_addf(&update, "%s%s = ?%d", i ? ", " : " SET ", names[d[i].column], i + 1);
    }
    kam_str_addf(&select, " FROM %s WHERE id = ?1", t->name);
    kam_str sql = KAM_STR_INIT;
    kam_str_addf(&sql, "UPDATE %s%s WHERE id = ?%d", t->name, update.s, n + 1);
    kam_rc rc = store_prepare(f->s, select.s, &st, err);
    if (rc == KAM_OK) {
        sqlite3_bind_int64(st, 1, row);
        rc = store_step(f->s, st, &found, err);
        bool same = found;
        for (int i = 0; i < n && same && rc == KAM_OK; i++) same = store_image_equals(st, i, &d[i].new);
        store_done(st);
        if (rc == KAM_OK && !same) rc = changed_since(f, t, row, err);
    }
    if (rc == KAM_OK) rc = store_prepare(f->s, sql.s, &st, err);
    if (rc == KAM_OK) {
        for (int i = 0; i < n; i++) store_image_bind(st, i + 1, &d[i].old);
        sqlite3_bind_int64(st, n + 1, row);
        rc = store_run(f->s, st, err);
        store_done(st);
    }
    kam_str_release(&select);
    kam_str_release(&update);
    kam_str_release(&sql);
    return rc;
}

/* Rows of one record in reverse: the same row may occur twice. */
static kam_rc take_back_update(flip *f, const store_jtable *t, store_image_reader *r, kam_err *err)
{
    char **names;
    int n_names;
    struct {
        int64_t row;
        size_t at;
        int n;
    } *rows = NULL;
    delta *d = NULL;
    size_t n_rows = 0, rows_cap = 0, nd = 0, d_cap = 0;
    kam_rc rc = store_column_names(f->s, t->name, &names, &n_names, err);
    while (rc == KAM_OK && r->p < r->end && !r->bad) {
        int64_t row = store_image_read_int(r), n = store_image_read_int(r);
        if (r->bad || n < 1 || n > n_names) {
            r->bad = true;
            break;
        }
        KAM_GROW(rows, rows_cap, n_rows + 1);
        rows[n_rows].row = row;
        rows[n_rows].at = nd;
        rows[n_rows++].n = (int)n;
        for (int i = 0; i < n; i++) {
            KAM_GROW(d, d_cap, nd + 1);
            int64_t column = store_image_read_int(r);
            if (column < 0 || column >= n_names) r->bad = true;
            d[nd].column = (int)column;
            d[nd].old = store_image_read(r);
            d[nd++].new = store_image_read(r);
        }
    }
    if (rc == KAM_OK && r->bad) rc = bad_image(f, err);
    for (size_t i = n_rows; rc == KAM_OK && i-- > 0;)
        rc = restore_row(f, t, rows[i].row, d + rows[i].at, rows[i].n, names, err);
    kam_free(rows);
    kam_free(d);
    store_free_names(names, n_names);
    return rc;
}

static kam_rc take_back_record(flip *f, int64_t id, kam_err *err)
{
    store *s = f->s;
    sqlite3_stmt *st;
    bool row;
    kam_rc rc = store_prepare(s, "SELECT tbl, op, first_row, last_row, n, image FROM change_rows WHERE id = ?1", &st, err);
    if (rc != KAM_OK) return rc;
    sqlite3_bind_int64(st, 1, id);
    rc = store_step(s, st, &row, err);
    if (rc != KAM_OK) return rc;
    const store_jtable *t = NULL;
    for (size_t i = 0; i < s->n_tables; i++)
        if (strcmp(s->tables[i].name, (const char *)sqlite3_column_text(st, 0)) == 0) t = &s->tables[i];
    char op = (char)*sqlite3_column_text(st, 1);
    int64_t first = sqlite3_column_int64(st, 2), last = sqlite3_column_int64(st, 3), n = sqlite3_column_int64(st, 4);
    size_t len = (size_t)sqlite3_column_bytes(st, 5);
    unsigned char *image = kam_alloc(len + 1);
    if (len) memcpy(image, sqlite3_column_blob(st, 5), len);
    store_done(st); /* an index cannot be dropped while a statement is under way */
    store_image_reader r = {image, image + len, false};
    if (!t) rc = bad_image(f, err);
    else if (op == 'I') rc = take_back_insert(f, t, first, last, n, err);
    else if (op == 'D') rc = take_back_remove(f, t, &r, err);
    else rc = take_back_update(f, t, &r, err);
    kam_free(image);
    return rc;
}

static kam_rc record_ids(store *s, int64_t entry, int64_t **ids, size_t *n, int64_t *removed, kam_err *err)
{
    sqlite3_stmt *st;
    bool row;
    size_t cap = 0;
    *ids = NULL;
    *n = 0;
    *removed = 0;
    kam_rc rc = store_prepare(s, "SELECT id, tbl, op, n FROM change_rows WHERE entry_id = ?1 ORDER BY id DESC", &st, err);
    if (rc != KAM_OK) return rc;
    sqlite3_bind_int64(st, 1, entry);
    while ((rc = store_step(s, st, &row, err)) == KAM_OK && row) {
        KAM_GROW(*ids, cap, *n + 1);
        (*ids)[(*n)++] = sqlite3_column_int64(st, 0);
        if (strcmp((const char *)sqlite3_column_text(st, 1), "transactions") == 0 && *sqlite3_column_text(st, 2) == 'D')
            *removed += sqlite3_column_int64(st, 3);
    }
    store_done(st);
    return rc;
}

static kam_rc replace_records(store *s, int64_t entry, int state, kam_err *err)
{
    sqlite3_stmt *st;
    kam_rc rc = store_prepare(s, "DELETE FROM change_rows WHERE entry_id = ?1", &st, err);
    if (rc != KAM_OK) return rc;
    sqlite3_bind_int64(st, 1, entry);
    rc = store_run(s, st, err);
    if (rc == KAM_OK) rc = store_capture_flush(s, entry, err);
    if (rc == KAM_OK) rc = store_prepare(s, "UPDATE change_entries SET state = ?2 WHERE id = ?1", &st, err);
    if (rc != KAM_OK) return rc;
    sqlite3_bind_int64(st, 1, entry);
    sqlite3_bind_int(st, 2, state);
    return store_run(s, st, err);
}

/* Take entry back and keep the way forth in its place. */
static kam_rc flip_entry(store *s, int64_t entry, int state, int64_t *rows, kam_err *err)
{
    flip f = {s, entry, false};
    int64_t *ids, removed;
    size_t n;
    int violated = 0, high;
    kam_rc rc = record_ids(s, entry, &ids, &n, &removed, err);
    store_capture_clear(s);
    s->cap.on = true;
    const store_jtable transactions = {"transactions", NULL, NULL, -1, -1};
    if (rc == KAM_OK && removed) rc = drop_indexes(&f, &transactions, removed, err);
    for (size_t i = 0; rc == KAM_OK && i < n; i++) {
        rc = take_back_record(&f, ids[i], err);
        if (rc == KAM_OK) rc = kam_progress_step(s->progress, "undo", i, n, err);
    }
    s->cap.on = false;
    kam_free(ids);
    *rows = 0;
    for (size_t i = 0; i < s->cap.n; i++) *rows += s->cap.rec[i].n;
    if (rc == KAM_OK && f.dropped) rc = store_bulk_end(s, NULL, true, err);
    if (rc == KAM_OK) {
        sqlite3_db_status(s->db, SQLITE_DBSTATUS_DEFERRED_FKS, &violated, &high, 0);
        if (violated) {
            kam_err_set(err, KAM_CONSTRAINT, "entry %lld cannot be taken back: records made since refer to its records",
                        (long long)entry);
            rc = kam_err_word(err, "changed-since");
        }
    }
    if (rc == KAM_OK) rc = replace_records(s, entry, state, err);
    if (rc == KAM_OK) rc = store_initials_refresh(s, err);
    store_capture_clear(s);
    return rc;
}

/* --- the commands --- */

void store_when_text(int64_t s_utc, char out[32])
{
    int64_t day = s_utc / 86400, sec = s_utc % 86400;
    if (sec < 0) {
        sec += 86400;
        day--;
    }
    char d[KAM_DATE_MAX] = "";
    if (day >= KAM_DAY_MIN && day <= KAM_DAY_MAX) kam_day_format(day, d);
    snprintf(out, 32, "%sT%02d:%02d:%02dZ", d, (int)(sec / 3600), (int)(sec / 60 % 60), (int)(sec % 60));
}

typedef struct undo_table {
    kam_table *t;
    kam_column *entry, *when, *command, *rows;
} undo_table;

static undo_table undo_table_new(void)
{
    undo_table u = {.t = kam_table_new()};
    u.entry = kam_table_add_column(u.t, "entry", KAM_INT, "change.entry");
    u.when = kam_table_add_column(u.t, "when", KAM_TEXT, "change.when");
    u.command = kam_table_add_column(u.t, "command", KAM_TEXT, "change.command");
    u.rows = kam_table_add_column(u.t, "rows", KAM_INT, NULL);
    return u;
}

static kam_rc undo_one(store *s, undo_table *u, int64_t entry, bool redo, kam_err *err)
{
    sqlite3_stmt *st;
    bool row;
    int64_t rows = 0;
    char when[32];
    kam_rc rc = flip_entry(s, entry, redo ? 0 : 1, &rows, err);
    if (rc == KAM_OK) rc = store_prepare(s, "SELECT at_s, command FROM change_entries WHERE id = ?1", &st, err);
    if (rc != KAM_OK) return rc;
    sqlite3_bind_int64(st, 1, entry);
    rc = store_step(s, st, &row, err);
    if (rc == KAM_OK) {
        store_when_text(sqlite3_column_int64(st, 0), when);
        kam_col_push_int(u->entry, entry);
        kam_col_push_text(u->when, when);
        kam_col_push_text(u->command, (const char *)sqlite3_column_text(st, 1));
        kam_col_push_int(u->rows, rows);
    }
    store_done(st);
    return rc;
}

static kam_rc begin_undo(store *s, kam_err *err)
{
    if (s->readonly) {
        kam_err_set(err, KAM_IO, "%s is open for reading only; open it without -readonly to change it", s->path);
        return kam_err_word(err, s->path);
    }
    if (s->entry_depth > 0) KAM_BUG("undo inside a journal entry");
    kam_rc rc = store_level_begin(s, true, err);
    if (rc == KAM_OK && (rc = store_exec(s, "PRAGMA defer_foreign_keys = ON", err)) != KAM_OK) store_level_rollback(s);
    return rc;
}

static kam_rc end_undo(store *s, kam_rc rc, undo_table *u, kam_table **out, kam_err *err)
{
    if (rc == KAM_OK) rc = store_exec(s, "PRAGMA defer_foreign_keys = OFF", err);
    if (rc != KAM_OK) store_level_rollback(s);
    else rc = store_level_commit(s, err);
    store_capture_clear(s);
    store_setting_forget(s);
    s->version++;
    if (rc == KAM_OK && out) {
        kam_table_seal(u->t);
        *out = u->t;
    } else kam_table_unref(u->t);
    return rc;
}

static kam_rc undo_or_redo(store *s, size_t n, bool redo, kam_table **out, kam_err *err)
{
    kam_rc rc = begin_undo(s, err);
    if (rc != KAM_OK) return rc;
    undo_table u = undo_table_new();
    for (size_t i = 0; i < n && rc == KAM_OK; i++) {
        int64_t entry = 0;
        bool found = false;
        rc = store_get_int(s,
                           redo ? "SELECT id FROM change_entries WHERE state = 1 ORDER BY id LIMIT 1"
                                : "SELECT id FROM change_entries WHERE state = 0 ORDER BY id DESC LIMIT 1",
                           &entry, &found, err);
        if (rc != KAM_OK) break;
        if (!found) {
            if (i > 0) break;
            kam_err_set(err, KAM_NOTFOUND, redo ? "nothing to redo" : "nothing to undo: the journal is empty");
            kam_err_word(err, "change");
            rc = KAM_NOTFOUND;
            break;
        }
        rc = undo_one(s, &u, entry, redo, err);
    }
    return end_undo(s, rc, &u, out, err);
}

kam_rc store_undo(store *s, size_t n, kam_table **out, kam_err *err)
{
    return undo_or_redo(s, n, false, out, err);
}

kam_rc store_redo(store *s, size_t n, kam_table **out, kam_err *err)
{
    return undo_or_redo(s, n, true, out, err);
}

/* The rows of a record: a range (I), or those of its images (U, D). */
typedef struct row_set {
    int64_t first, last, *rows;
    size_t n, cap;
    bool listed;
} row_set;

static row_set rows_of(sqlite3_stmt *st, int column)
{
    row_set s = {.first = sqlite3_column_int64(st, column + 1), .last = sqlite3_column_int64(st, column + 2)};
    char op = (char)*sqlite3_column_text(st, column);
    s.listed = op != 'I';
    const unsigned char *p = sqlite3_column_blob(st, column + 3);
    store_image_reader r = {p, p ? p + sqlite3_column_bytes(st, column + 3) : NULL, false};
    while (s.listed && r.p < r.end && !r.bad) {
        int64_t row = store_image_read_int(&r), n = store_image_read_int(&r);
        KAM_GROW(s.rows, s.cap, s.n + 1);
        s.rows[s.n++] = row;
        for (int64_t i = 0; i < n && !r.bad; i++) {
            if (op == 'U') {
                store_image_read_int(&r);
                store_image_read(&r);
            }
            store_image_read(&r);
        }
    }
    return s;
}

static bool in_set(const row_set *s, int64_t row)
{
    if (row < s->first || row > s->last) return false;
    for (size_t i = 0; s->listed && i < s->n; i++)
        if (s->rows[i] == row) return true;
    return !s->listed;
}

static bool sets_meet(const row_set *a, const row_set *b)
{
    const row_set *few = a->listed ? a : b, *other = few == a ? b : a;
    if (!few->listed) return a->first <= b->last && b->first <= a->last;
    for (size_t i = 0; i < few->n; i++)
        if (in_set(other, few->rows[i])) return true;
    return false;
}

/* The first later entry that touched a row of this one, 0: none. */
static kam_rc later_entry(store *s, int64_t entry, int64_t *later, kam_err *err)
{
    sqlite3_stmt *st;
    bool row;
    *later = 0;
    kam_rc rc = store_prepare(s,
                              "SELECT b.entry_id, a.op, a.first_row, a.last_row, a.image, b.op, b.first_row, b.last_row, b.image"
                              " FROM change_rows a JOIN change_rows b ON b.tbl = a.tbl"
                              " AND b.first_row <= a.last_row AND b.last_row >= a.first_row"
                              " JOIN change_entries e ON e.id = b.entry_id"
                              " WHERE a.entry_id = ?1 AND b.entry_id > ?1 AND e.state = 0 ORDER BY b.entry_id",
                              &st, err);
    if (rc != KAM_OK) return rc;
    sqlite3_bind_int64(st, 1, entry);
    while (*later == 0 && (rc = store_step(s, st, &row, err)) == KAM_OK && row) {
        row_set a = rows_of(st, 1), b = rows_of(st, 5);
        if (sets_meet(&a, &b)) *later = sqlite3_column_int64(st, 0);
        kam_free(a.rows);
        kam_free(b.rows);
    }
    store_done(st);
    return rc;
}

static kam_rc find_entry(store *s, int64_t entry, kam_err *err)
{
    sqlite3_stmt *st;
    bool row;
    char number[32];
    snprintf(number, sizeof number, "%lld", (long long)entry);
    kam_rc rc = store_prepare(s, "SELECT 1 FROM change_entries WHERE id = ?1 AND state = 0", &st, err);
    if (rc != KAM_OK) return rc;
    sqlite3_bind_int64(st, 1, entry);
    rc = store_step(s, st, &row, err);
    store_done(st);
    if (rc != KAM_OK || row) return rc;
    kam_err_set(err, KAM_NOTFOUND, "there is no journal entry %s to take back (see changes)", number);
    kam_err_word(err, "change");
    kam_err_word(err, number);
    return KAM_NOTFOUND;
}

kam_rc store_undo_entry(store *s, int64_t entry, kam_table **out, kam_err *err)
{
    kam_rc rc = begin_undo(s, err);
    if (rc != KAM_OK) return rc;
    undo_table u = undo_table_new();
    int64_t later = 0;
    rc = find_entry(s, entry, err);
    if (rc == KAM_OK) rc = later_entry(s, entry, &later, err);
    if (rc == KAM_OK && later) {
        char number[32];
        snprintf(number, sizeof number, "%lld", (long long)later);
        kam_err_set(err, KAM_CONSTRAINT, "entry %lld cannot be taken back: entry %s changed its records since; undo that first",
                    (long long)entry, number);
        kam_err_word(err, "changed-since");
        kam_err_word(err, number);
        rc = KAM_CONSTRAINT;
    }
    if (rc == KAM_OK) rc = undo_one(s, &u, entry, false, err);
    return end_undo(s, rc, &u, out, err);
}

/* What an entry added is what taking it back removes; an undone entry holds the way forth in the same form. Lists that
 * belong to a record are part of it. */
kam_rc store_undo_removes(store *s, size_t n, bool redo, int64_t entry, int64_t *count, kam_err *err)
{
    sqlite3_stmt *st;
    bool row;
    *count = 0;
    kam_rc rc = store_prepare(s,
                              entry  ? "SELECT tbl, sum(n) FROM change_rows WHERE op = 'I' AND entry_id = ?1 GROUP BY tbl"
                              : redo ? "SELECT tbl, sum(n) FROM change_rows WHERE op = 'I' AND entry_id IN "
                                       "(SELECT id FROM change_entries WHERE state = 1 ORDER BY id LIMIT ?1) GROUP BY tbl"
                                     : "SELECT tbl, sum(n) FROM change_rows WHERE op = 'I' AND entry_id IN "
                                       "(SELECT id FROM change_entries WHERE state = 0 ORDER BY id DESC LIMIT ?1) GROUP BY tbl",
                              &st, err);
    if (rc != KAM_OK) return rc;
    sqlite3_bind_int64(st, 1, entry ? entry : (int64_t)n);
    while ((rc = store_step(s, st, &row, err)) == KAM_OK && row) {
        const char *name = (const char *)sqlite3_column_text(st, 0);
        for (size_t i = 0; i < s->n_tables; i++)
            if (!s->tables[i].refs && strcmp(s->tables[i].name, name) == 0) *count += sqlite3_column_int64(st, 1);
    }
    store_done(st);
    return rc;
}

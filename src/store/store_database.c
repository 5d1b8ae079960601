/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The database as a whole: backup, save, check, info. */
#include "store_db.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static kam_rc io_error(const char *path, const char *what, int e, kam_err *err)
{
    kam_err_set(err, KAM_IO, "%s %s: %s", what, path, strerror(e));
    return kam_err_word(err, path);
}

static int sync_file(const char *path)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) return -1;
    int rc = fsync(fd);
    close(fd);
    return rc;
}

/* `path` is what the user named, `file` what is written now. */
static kam_rc copy_to(store *s, const char *path, const char *file, kam_err *err)
{
    sqlite3 *to = NULL;
    int rc = sqlite3_open_v2(file, &to, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, NULL);
    kam_rc out = rc == SQLITE_OK ? KAM_OK : store_sql_error_at(to, path, rc, "copy", err);
    if (out == KAM_OK) {
        sqlite3_exec(to, "PRAGMA synchronous = OFF", NULL, NULL, NULL); /* synced once, below */
        out = store_copy_database(s, s->db, to, path, err);
    }
    /* The copied header says WAL; a copy at rest needs no -wal beside it. */
    if (out == KAM_OK && (rc = sqlite3_exec(to, "PRAGMA journal_mode = DELETE", NULL, NULL, NULL)) != SQLITE_OK)
        out = store_sql_error_at(to, path, rc, "copy", err);
    sqlite3_close(to);
    return out;
}

kam_rc store_backup(store *s, const char *path, bool force, kam_err *err)
{
    struct stat st, own;
    bool exists = stat(path, &st) == 0;
    if (exists && s->path && stat(s->path, &own) == 0 && st.st_dev == own.st_dev && st.st_ino == own.st_ino) {
        kam_err_set(err, KAM_CONSTRAINT, "%s is the open database itself; name another file", path);
        kam_err_word(err, "exists");
        return kam_err_word(err, path);
    }
    /* -force must not put a file in the place of a device or a folder. */
    if (exists && !S_ISREG(st.st_mode)) return io_error(path, "cannot write", S_ISDIR(st.st_mode) ? EISDIR : EINVAL, err);
    if (exists && !force) {
        kam_err_set(err, KAM_CONSTRAINT, "%s exists already; name another file or use -force", path);
        kam_err_word(err, "exists");
        return kam_err_word(err, path);
    }
    kam_str tmp = KAM_STR_INIT;
    kam_str_addf(&tmp, "%s.new-%ld", path, (long)getpid());
    int fd = open(tmp.s, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0) {
        kam_rc rc = io_error(path, "cannot write", errno, err);
        kam_str_release(&tmp);
        return rc;
    }
    close(fd);
    kam_rc rc = copy_to(s, path, tmp.s, err);
    if (rc == KAM_OK && sync_file(tmp.s) != 0) rc = io_error(path, "cannot write", errno, err);
    if (rc == KAM_OK && rename(tmp.s, path) != 0) rc = io_error(path, "cannot write", errno, err);
    if (rc != KAM_OK) store_unlink(tmp.s);
    else { /* the name itself must last, too */
        char *slash = strrchr(tmp.s, '/');
        if (slash) slash[1] = '\0';
        (void)sync_file(slash ? tmp.s : ".");
    }
    kam_str_release(&tmp);
    return rc;
}

kam_rc store_save(store *s, const char *path, bool force, kam_err *err)
{
    if (s->user_depth > 0 || s->entry_depth > 0) {
        kam_err_set(err, KAM_USAGE, "database save: a transaction is open; commit or rollback first");
        return kam_err_word(err, "database save");
    }
    kam_rc rc = store_backup(s, path, force, err);
    if (rc != KAM_OK || s->path) return rc;
    /* Go on as that file. */
    store *file;
    rc = store_open(path, 0, &file, err);
    if (rc != KAM_OK) return rc;
    store_forget_statements(s);
    store_forget_statements(file);
    sqlite3 *old = s->db;
    s->db = file->db;
    file->db = old;
    s->path = file->path;
    file->path = NULL;
    s->version++;
    store_setting_forget(s);
    sqlite3_progress_handler(old, 0, NULL, NULL);
    store_capture_init(s);
    store_set_progress(s, s->progress);
    rc = store_configure(s, s->db, err); /* kam_each must know this store, not the one that goes */
    kam_rc closed = store_close(file, rc == KAM_OK ? err : NULL);
    return rc == KAM_OK ? closed : rc;
}

bool store_dirty(const store *s)
{
    if (s->path) return false;
    int64_t n = 0;
    store_get_int((store *)(uintptr_t)s, "SELECT EXISTS (SELECT 1 FROM change_entries WHERE state = 0)", &n, NULL, NULL);
    return n != 0;
}

/* --- check --- */

typedef struct check_table {
    kam_table *t;
    kam_column *check, *object, *problem;
    bool chinese;
} check_table;

static void found(check_table *c, const char *check, const char *object, const char *problem)
{
    kam_col_push_text(c->check, check);
    kam_col_push_text(c->object, object);
    kam_col_push_text(c->problem, problem);
}

static kam_rc check_integrity(store *s, check_table *c, kam_err *err)
{
    sqlite3_stmt *st;
    bool row;
    kam_rc rc = store_prepare(s, "PRAGMA integrity_check(100)", &st, err);
    if (rc != KAM_OK) return rc;
    while ((rc = store_step(s, st, &row, err)) == KAM_OK && row) {
        const char *t = (const char *)sqlite3_column_text(st, 0);
        if (!kam_streq(t, "ok")) found(c, "integrity", NULL, t);
    }
    store_done(st);
    return rc;
}

static kam_rc check_foreign_keys(store *s, check_table *c, kam_err *err)
{
    sqlite3_stmt *st;
    bool row;
    kam_rc rc = store_prepare(s, "SELECT \"table\", rowid, parent FROM pragma_foreign_key_check LIMIT 1000", &st, err);
    if (rc != KAM_OK) return rc;
    while ((rc = store_step(s, st, &row, err)) == KAM_OK && row) {
        kam_err text = KAM_ERR_INIT;
        kam_err_set(&text, KAM_DATA, "row %lld refers to a missing row of %.100s", (long long)sqlite3_column_int64(st, 1),
                    (const char *)sqlite3_column_text(st, 2));
        found(c, "reference", (const char *)sqlite3_column_text(st, 0), kam_err_text(&text, c->chinese));
    }
    store_done(st);
    return rc;
}

/* Rows for which a condition holds break a rule. */
static kam_rc check_rows(store *s, check_table *c, const store_entity *e, const char *rule, const char *where,
                         const char *problem, kam_err *err)
{
    kam_str sql = KAM_STR_INIT;
    sqlite3_stmt *st;
    bool row;
    kam_str_addf(&sql, "SELECT t.id FROM %s AS t WHERE %s LIMIT 100", e->table, where);
    kam_rc rc = store_prepare(s, sql.s, &st, err);
    kam_str_release(&sql);
    if (rc != KAM_OK) return rc;
    while ((rc = store_step(s, st, &row, err)) == KAM_OK && row) {
        char *name = store_object_text(s, e, sqlite3_column_int64(st, 0));
        kam_str object = KAM_STR_INIT;
        kam_str_addf(&object, "%s %s", e->name, name);
        found(c, rule, object.s, problem);
        kam_str_release(&object);
        kam_free(name);
    }
    store_done(st);
    return rc;
}

static kam_rc check_field(store *s, check_table *c, const store_entity *e, const store_field *f, kam_err *err)
{
    kam_str where = KAM_STR_INIT;
    kam_err problem = KAM_ERR_INIT; /* for its two languages */
    const char *rule = NULL;
    char lo[KAM_NUM_MAX], hi[KAM_NUM_MAX];
    if (f->kind == STORE_ENUM) {
        rule = "value";
        kam_str_addf(&where, "t.%s IS NOT NULL AND t.%s NOT IN (", f->column, f->column);
        for (const store_enum *v = f->values; v->name; v++) kam_str_addf(&where, "%s'%s'", v == f->values ? "" : ", ", v->name);
        kam_str_add(&where, ")");
        kam_err_set(&problem, KAM_DATA, "%.60s is none of its values", f->name);
    } else if ((f->flags & STORE_RANGED) && f->kind != STORE_MONEY) {
        rule = "range";
        kam_format_real(f->lo, lo);
        kam_format_real(f->hi, hi);
        kam_str_addf(&where, "t.%s < %s OR t.%s > %s", f->column, lo, f->column, hi);
        kam_err_set(&problem, KAM_DATA, "%.60s is not between %s and %s", f->name, lo, hi);
    } else if (f->kind == STORE_SUBJECT) {
        const store_field *kind = store_field_find(e, f->ref);
        rule = "reference";
        for (const store_enum *v = kind->values; v->name; v++) {
            const store_entity *x = store_entity_find(v->name);
            if (x) kam_str_addf(&where, "%s(t.%s = '%s' AND t.%s NOT IN (SELECT id FROM %s))", where.len ? " OR " : "",
                                kind->column, v->name, f->column, x->table);
        }
        kam_err_set(&problem, KAM_DATA, "%.60s refers to nothing", f->name);
    } else if (f->kind == STORE_DAY) {
        rule = "range";
        kam_str_addf(&where, "t.%s < %d OR t.%s > %d", f->column, KAM_DAY_MIN, f->column, KAM_DAY_MAX);
        kam_err_set(&problem, KAM_DATA, "%.60s is no day of the calendar", f->name);
    } else if (f->kind == STORE_REF && !(f->flags & STORE_KEY) && kam_streq(f->ref, e->name)) {
        rule = "cycle";
        kam_str_addf(&where,
                     "EXISTS (WITH RECURSIVE up(id) AS (SELECT t.%s UNION SELECT x.%s FROM up JOIN %s AS x ON x.id = up.id)"
                     " SELECT 1 FROM up WHERE up.id = t.id)",
                     f->column, f->column, e->table);
        kam_err_set(&problem, KAM_DATA, "following %.60s leads back to itself", f->name);
    }
    if (kam_streq(e->name, "interaction") && kam_streq(f->name, "resolution")) {
        rule = "outcome";
        kam_str_add(&where, "t.kind = 'complaint' AND t.resolved_day IS NOT NULL AND t.resolution IS NULL");
        kam_err_clear(&problem);
        kam_err_set(&problem, KAM_DATA, "a resolved complaint without a resolution");
    }
    kam_rc rc = rule ? check_rows(s, c, e, rule, where.s, kam_err_text(&problem, c->chinese), err) : KAM_OK;
    kam_str_release(&where);
    return rc;
}

static kam_rc check_spellings(store *s, check_table *c, kam_err *err)
{
    kam_rc rc = KAM_OK;
    if (s->cap.n_touched > 0) return KAM_OK; /* an open entry spells its names when it ends */
    for (size_t i = 0; i < s->n_tables && rc == KAM_OK; i++) {
        bool stale = false;
        if (s->tables[i].name_column < 0) continue;
        rc = store_initials_stale(s, &s->tables[i], &stale, err);
        kam_err text = KAM_ERR_INIT;
        kam_err_set(&text, KAM_DATA, "another program changed names: completion by initials is out of date; database repair brings it up to date");
        if (stale) found(c, "spelling", s->tables[i].entity->name, kam_err_text(&text, c->chinese));
    }
    return rc;
}

kam_rc store_repair(store *s, kam_table **out, kam_err *err)
{
    int64_t indexes = 0, spellings = 0;
    kam_rc rc = store_begin(s, false, err);
    if (rc != KAM_OK) return rc;
    rc = store_exec(s, "REINDEX", err);
    if (rc == KAM_OK) rc = store_initials_rebuild(s, err);
    if (rc == KAM_OK) rc = store_get_int(s, "SELECT count(*) FROM sqlite_schema WHERE type = 'index'", &indexes, NULL, err);
    if (rc == KAM_OK) rc = store_get_int(s, "SELECT count(*) FROM name_initials", &spellings, NULL, err);
    if (rc == KAM_OK) rc = store_commit(s, err);
    else store_rollback(s, NULL);
    if (rc != KAM_OK) return rc;
    kam_table *t = kam_table_new();
    kam_column *part = kam_table_add_column(t, "part", KAM_TEXT, NULL), *rows = kam_table_add_column(t, "count", KAM_INT, NULL);
    kam_col_push_text(part, "indexes");
    kam_col_push_int(rows, indexes);
    kam_col_push_text(part, "spellings");
    kam_col_push_int(rows, spellings);
    kam_table_seal(t);
    *out = t;
    return KAM_OK;
}

kam_rc store_check(store *s, kam_table **out, kam_err *err)
{
    return store_check_said(s, false, out, err);
}

kam_rc store_check_said(store *s, bool chinese, kam_table **out, kam_err *err)
{
    check_table c = {.t = kam_table_new(), .chinese = chinese};
    c.check = kam_table_add_column(c.t, "check", KAM_TEXT, NULL);
    c.object = kam_table_add_column(c.t, "object", KAM_TEXT, NULL);
    c.problem = kam_table_add_column(c.t, "problem", KAM_TEXT, NULL);
    size_t n;
    const store_entity *e = store_entities(&n);
    kam_rc rc = check_integrity(s, &c, err);
    if (rc == KAM_OK) rc = check_foreign_keys(s, &c, err);
    for (size_t i = 0; i < n && rc == KAM_OK; i++) {
        if (strcmp(e[i].name, "change") == 0) continue;
        for (size_t j = 0; j < e[i].n_fields && rc == KAM_OK; j++) rc = check_field(s, &c, &e[i], &e[i].fields[j], err);
    }
    if (rc == KAM_OK) rc = check_spellings(s, &c, err);
    kam_table_seal(c.t);
    if (rc == KAM_OK) *out = c.t;
    else kam_table_unref(c.t);
    return rc;
}

/* --- info --- */

static void info_int(kam_column *m, kam_column *v, const char *name, int64_t x)
{
    char b[32];
    snprintf(b, sizeof b, "%lld", (long long)x);
    kam_col_push_text(m, name);
    kam_col_push_text(v, b);
}

kam_rc store_info(store *s, kam_table **out, kam_err *err)
{
    kam_table *t = kam_table_new();
    kam_column *m = kam_table_add_column(t, "measure", KAM_TEXT, NULL), *v = kam_table_add_column(t, "value", KAM_TEXT, NULL);
    int64_t x = 0, y = 0;
    kam_col_push_text(m, "path");
    kam_col_push_text(v, s->path ? s->path : "(temporary)");
    kam_col_push_text(m, "mode");
    kam_col_push_text(v, s->immutable ? "read-only, immutable" : s->readonly ? "read-only" : "read and write");
    kam_rc rc = store_get_int(s, "PRAGMA page_count", &x, NULL, err);
    if (rc == KAM_OK) rc = store_get_int(s, "PRAGMA page_size", &y, NULL, err);
    info_int(m, v, "bytes", x * y);
    if (rc == KAM_OK) rc = store_get_int(s, "PRAGMA user_version", &x, NULL, err);
    info_int(m, v, "version", x);
    kam_col_push_text(m, "currency");
    kam_col_push_text(v, store_currency(s));
    kam_col_push_text(m, "asof");
    kam_col_push_text(v, store_setting_text(s, "asof"));
    if (rc == KAM_OK) rc = store_get_int(s, "SELECT count(*) FROM change_entries", &x, NULL, err);
    info_int(m, v, "journal", x);
    size_t n;
    const store_entity *e = store_entities(&n);
    for (size_t i = 0; i < n && rc == KAM_OK; i++) {
        if (strcmp(e[i].name, "change") == 0) continue;
        rc = store_count(s, &e[i], &x, err);
        info_int(m, v, e[i].name, x);
    }
    kam_table_seal(t);
    if (rc == KAM_OK) *out = t;
    else kam_table_unref(t);
    return rc;
}

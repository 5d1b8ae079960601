/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Opening and closing, statements, errors, nesting of transactions.
 *
 * How a file is opened: our own open(2) with O_EXCL makes it 0600 before SQLite sees it (WAL and shared memory
 * inherit the mode). Then the header is read at once, so that every way a file can be wrong shows here and as one
 * error. A read-only file in WAL mode whose folder cannot be written has no shared memory to work with: if there is
 * no -wal file beside it nobody is writing, and immutable=1 is right. */
#include "store_db.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

sqlite3 *store_db(store *s)
{
    return s->db;
}

const char *store_path(const store *s)
{
    return s->path;
}

bool store_readonly(const store *s)
{
    return s->readonly;
}

/* --- errors and statements --- */

static const struct {
    int code;
    kam_rc rc;
    const char *word, *why;
} sqlite_errors[] = {
    {SQLITE_BUSY, KAM_BUSY, NULL, KAM_MSG("another process holds the database; try again when it has finished")},
    {SQLITE_LOCKED, KAM_BUSY, NULL, KAM_MSG("another statement holds the database; try again when it has finished")},
    {SQLITE_INTERRUPT, KAM_INTERRUPT, NULL, KAM_MSG("interrupted")},
    {SQLITE_FULL, KAM_IO, NULL, KAM_MSG("the disk is full; nothing was kept; make room and try again")},
    {SQLITE_IOERR, KAM_IO, NULL, KAM_MSG("reading or writing the file failed; nothing was kept; check the disk")},
    {SQLITE_READONLY, KAM_IO, NULL, KAM_MSG("it cannot be written; check its rights and those of its folder, or open it with -readonly")},
    {SQLITE_CANTOPEN, KAM_IO, NULL, KAM_MSG("it or its write-ahead log cannot be opened; check the rights of the file and its folder, or open it with -readonly")},
    {SQLITE_PERM, KAM_IO, NULL, KAM_MSG("no permission; check the rights of the file and its folder")},
    {SQLITE_NOTADB, KAM_DATABASE, "notadb", KAM_MSG("it is not a database; name a file made by kamsh")},
    {SQLITE_CORRUPT, KAM_DATABASE, "corrupt", KAM_MSG("the file is damaged; go back to a backup")},
    {SQLITE_TOOBIG, KAM_LIMIT, "size", KAM_MSG("a value or statement is too big")},
    {SQLITE_CONSTRAINT, KAM_CONSTRAINT, "rule", NULL},
    {SQLITE_AUTH, KAM_USAGE, "sql", NULL},
};

kam_rc store_sql_error(store *s, int sqlite_rc, const char *what, kam_err *err)
{
    if ((sqlite_rc & 0xff) == SQLITE_INTERRUPT && s->progress_err.code != KAM_OK) {
        if (err && err->code == KAM_OK) *err = s->progress_err;
        kam_err_clear(&s->progress_err);
        return KAM_INTERRUPT;
    }
    return store_sql_error_at(s->db, s->path ? s->path : "the temporary database", sqlite_rc, what, err);
}

kam_rc store_sql_error_at(sqlite3 *db, const char *path, int sqlite_rc, const char *what, kam_err *err)
{
    const char *msg = db ? sqlite3_errmsg(db) : sqlite3_errstr(sqlite_rc);
    int system = db ? sqlite3_system_errno(db) : 0;
    if (sqlite_rc == SQLITE_NOMEM) KAM_BUG("out of memory in SQLite");
    for (size_t i = 0; i < sizeof sqlite_errors / sizeof *sqlite_errors; i++) {
        if (sqlite_errors[i].code != (sqlite_rc & 0xff)) continue;
        kam_rc rc = sqlite_errors[i].rc;
        if (rc == KAM_INTERRUPT) kam_err_set(err, rc, "interrupted");
        else if ((sqlite_rc & 0xff) == SQLITE_IOERR && system)
            kam_err_set(err, rc, "%s: %s: %s (%s)", what, path, sqlite_errors[i].why, strerror(system));
        else if (sqlite_errors[i].why) kam_err_set(err, rc, "%s: %s: %s", what, path, sqlite_errors[i].why);
        else kam_err_set(err, rc, "%s: %s", what, msg);
        if (sqlite_errors[i].word) kam_err_word(err, sqlite_errors[i].word);
        if (rc == KAM_IO || rc == KAM_BUSY || rc == KAM_DATABASE) kam_err_word(err, path);
        return rc;
    }
    kam_err_set(err, KAM_DATABASE, "%s: %s", what, msg);
    kam_err_word(err, "sql");
    return KAM_DATABASE;
}

kam_rc store_exec(store *s, const char *sql, kam_err *err)
{
    int rc = sqlite3_exec(s->db, sql, NULL, NULL, NULL);
    return rc == SQLITE_OK ? KAM_OK : store_sql_error(s, rc, "database", err);
}

static uint64_t hash_text(const char *t)
{
    uint64_t h = 1469598103934665603u;
    for (; *t; t++) h = (h ^ (unsigned char)*t) * 1099511628211u;
    return h;
}

static kam_rc prepare(store *s, const char *sql, sqlite3_stmt **out, kam_err *err)
{
    uint64_t h = hash_text(sql);
    for (size_t i = 0; i < s->n_stmt; i++) {
        store_stmt *c = &s->stmt[i];
        if (c->hash != h || strcmp(c->sql, sql) != 0 || sqlite3_stmt_busy(c->st)) continue;
        sqlite3_reset(c->st);
        sqlite3_clear_bindings(c->st);
        sqlite3_stmt_status(c->st, SQLITE_STMTSTATUS_FULLSCAN_STEP, 1);
        *out = c->st;
        return KAM_OK;
    }
    sqlite3_stmt *st;
    int rc = sqlite3_prepare_v3(s->db, sql, -1, SQLITE_PREPARE_PERSISTENT, &st, NULL);
    if (rc != SQLITE_OK) return store_sql_error(s, rc, "database", err);
    KAM_GROW(s->stmt, s->stmt_cap, s->n_stmt + 1);
    s->stmt[s->n_stmt++] = (store_stmt){h, kam_strdup(sql), st};
    *out = st;
    return KAM_OK;
}

kam_rc store_prepare(store *s, const char *sql, sqlite3_stmt **out, kam_err *err)
{
    kam_str text = KAM_STR_INIT;
    kam_rc rc = prepare(s, store_scope_text(s, sql, &text), out, err);
    kam_str_release(&text);
    return rc;
}

void store_forget_statements(store *s)
{
    for (size_t i = 0; i < s->n_stmt; i++) {
        sqlite3_finalize(s->stmt[i].st);
        kam_free(s->stmt[i].sql);
    }
    s->n_stmt = 0;
}

kam_rc store_step(store *s, sqlite3_stmt *st, bool *row, kam_err *err)
{
    int rc = sqlite3_step(st);
    *row = rc == SQLITE_ROW;
    if (rc == SQLITE_ROW || rc == SQLITE_DONE) return KAM_OK;
    kam_rc out = store_sql_error(s, rc, "database", err);
    sqlite3_reset(st);
    return out;
}

kam_rc store_run(store *s, sqlite3_stmt *st, kam_err *err)
{
    bool row;
    kam_rc rc;
    do rc = store_step(s, st, &row, err);
    while (rc == KAM_OK && row);
    sqlite3_reset(st);
    return rc;
}

void store_done(sqlite3_stmt *st)
{
    if (!st) return;
    sqlite3_reset(st);
    sqlite3_clear_bindings(st);
}

struct store_each {
    store_each_fn fn;
    void *ctx;
    kam_err *err;
    kam_rc rc;
};

static void each_step(sqlite3_context *c, int n, sqlite3_value **v)
{
    struct store_each *e = ((store *)sqlite3_user_data(c))->each;
    if (e && e->rc == KAM_OK) e->rc = e->fn(e->ctx, n, v, e->err);
    if (!e || e->rc != KAM_OK) sqlite3_result_error(c, "kam_each is for kamsh itself", -1);
}

static void each_end(sqlite3_context *c)
{
    sqlite3_result_null(c);
}

kam_rc store_each(store *s, const char *sql, store_each_fn fn, void *ctx, kam_err *err)
{
    sqlite3_stmt *st;
    kam_rc rc = store_prepare(s, sql, &st, err);
    if (rc != KAM_OK) return rc;
    KAM_ASSERT(!s->each);
    struct store_each e = {fn, ctx, err, KAM_OK};
    s->each = &e;
    int got;
    do got = sqlite3_step(st);
    while (got == SQLITE_ROW);
    s->each = NULL;
    rc = e.rc;
    if (rc == KAM_OK && got != SQLITE_DONE) rc = store_sql_error(s, got, "database", err);
    store_done(st);
    return rc;
}

kam_rc store_get_int(store *s, const char *sql, int64_t *out, bool *found, kam_err *err)
{
    sqlite3_stmt *st;
    bool row = false;
    kam_rc rc = store_prepare(s, sql, &st, err);
    if (rc == KAM_OK) rc = store_step(s, st, &row, err);
    if (rc != KAM_OK) return rc;
    if (row) *out = sqlite3_column_int64(st, 0);
    if (found) *found = row;
    store_done(st);
    return KAM_OK;
}

/* --- nesting --- */

kam_rc store_level_begin(store *s, bool write, kam_err *err)
{
    char sql[40];
    if (s->level > 0 && sqlite3_get_autocommit(s->db)) {
        kam_err_set(err, KAM_IO, "the open transaction was lost after an earlier error; end it with rollback");
        return kam_err_word(err, s->path ? s->path : "temporary");
    }
    if (s->level == 0) snprintf(sql, sizeof sql, write && !s->readonly ? "BEGIN IMMEDIATE" : "BEGIN");
    else snprintf(sql, sizeof sql, "SAVEPOINT k%d", s->level);
    kam_rc rc = store_exec(s, sql, err);
    if (rc == KAM_OK) s->level++;
    return rc;
}

kam_rc store_level_commit(store *s, kam_err *err)
{
    char sql[40];
    KAM_ASSERT(s->level > 0);
    if (s->level == 1) snprintf(sql, sizeof sql, "COMMIT");
    else snprintf(sql, sizeof sql, "RELEASE k%d", s->level - 1);
    kam_rc rc = store_exec(s, sql, err);
    if (rc != KAM_OK) {
        store_level_rollback(s);
        return rc;
    }
    s->level--;
    return KAM_OK;
}

void store_level_rollback(store *s)
{
    char sql[80];
    KAM_ASSERT(s->level > 0);
    s->level--;
    s->version++;
    store_setting_forget(s);
    if (sqlite3_get_autocommit(s->db)) return; /* SQLite rolled everything back itself: full disk, I/O error */
    if (s->level == 0) snprintf(sql, sizeof sql, "ROLLBACK");
    else snprintf(sql, sizeof sql, "ROLLBACK TO k%d; RELEASE k%d", s->level, s->level);
    sqlite3_exec(s->db, sql, NULL, NULL, NULL);
}

kam_rc store_snapshot_begin(store *s, bool *own, kam_err *err)
{
    *own = s->level == 0;
    return *own ? store_level_begin(s, false, err) : KAM_OK;
}

/* Nothing was written, so there is nothing that could fail. */
void store_snapshot_end(store *s, bool own)
{
    if (own) (void)store_level_commit(s, NULL);
}

/* --- versions, progress --- */

kam_rc store_hold(store *s, kam_err *err)
{
    kam_rc rc = s->level == 0 ? store_level_begin(s, false, err) : KAM_OK;
    if (rc == KAM_OK) {
        store_version(s); /* reads, and the snapshot stands */
        s->held = s->readonly;
        int64_t any;
        rc = store_get_int(s, "SELECT 1 FROM accounts LIMIT 1 OFFSET 1000", &any, &s->held_many, err);
    }
    return rc;
}

uint64_t store_version(store *s)
{
    if (s->held && !s->real) return s->version;
    int64_t dv = s->data_version;
    store_get_int(s, "PRAGMA data_version", &dv, NULL, NULL);
    int changed = sqlite3_total_changes(s->db);
    if (dv != s->data_version || changed != s->changed) s->version++;
    s->data_version = dv;
    s->changed = changed;
    return s->version;
}

uint64_t store_facts_version(store *s)
{
    const uint64_t version = store_version(s);
    if (version != s->facts_at) s->facts++;
    s->facts_at = version;
    return s->facts;
}

store_aside store_aside_begin(store *s)
{
    const uint64_t facts = store_facts_version(s);
    return (store_aside){facts, s->data_version};
}

void store_aside_end(store *s, store_aside begun)
{
    const uint64_t version = store_version(s);
    if (!s->real && s->facts == begun.facts && s->data_version == begun.data_version) s->facts_at = version;
}

void store_touch(store *s)
{
    s->version++;
}

void **store_cache(store *s, void (*drop)(void *))
{
    s->cache_drop = drop;
    return &s->cache;
}

/* Rows that the running statements went through without an index to lead them, as SQLite counts them. */
static int64_t rows_scanned(sqlite3 *db)
{
    int64_t n = 0;
    for (sqlite3_stmt *st = sqlite3_next_stmt(db, NULL); st; st = sqlite3_next_stmt(db, st))
        if (sqlite3_stmt_busy(st)) n += (uint32_t)sqlite3_stmt_status(st, SQLITE_STMTSTATUS_FULLSCAN_STEP, 0);
    return n;
}

void store_scan_total(store *s, const char *table)
{
    kam_str sql = KAM_STR_INIT;
    s->scan_total = 0;
    if (!table || !s->progress || !s->progress->tell) return;
    kam_str_addf(&sql, "SELECT max(rowid) FROM %s", table);
    sqlite3_stmt *st = NULL;
    if (sqlite3_prepare_v2(s->db, sql.s, -1, &st, NULL) == SQLITE_OK && sqlite3_step(st) == SQLITE_ROW) s->scan_total = sqlite3_column_int64(st, 0);
    sqlite3_finalize(st);
    kam_str_release(&sql);
}

static int on_progress(void *ctx)
{
    store *s = ctx;
    if (s->progress_err.code != KAM_OK) kam_err_clear(&s->progress_err);
    const int64_t done = s->progress->tell ? rows_scanned(s->db) : 0;
    const int64_t total = s->scan_total >= done ? s->scan_total : 0; /* one that goes round again knows no end */
    return kam_progress_step(s->progress, "database", (uint64_t)done, (uint64_t)total, &s->progress_err) != KAM_OK;
}

void store_set_progress(store *s, kam_progress *p)
{
    s->progress = p;
    sqlite3_progress_handler(s->db, 10000, p ? on_progress : NULL, s);
}

void store_interrupt(store *s)
{
    if (s && s->db) sqlite3_interrupt(s->db);
}

/* --- open and close --- */

kam_rc store_configure(store *s, sqlite3 *db, kam_err *err)
{
    sqlite3_extended_result_codes(db, 1);
    sqlite3_busy_timeout(db, STORE_BUSY_MS);
    sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_FKEY, 1, NULL);
    sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    sqlite3_db_config(db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    sqlite3_db_config(db, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
    sqlite3_db_config(db, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
    sqlite3_set_authorizer(db, store_authorize, s);
    int rc = sqlite3_exec(db, "PRAGMA cache_size = -65536; PRAGMA secure_delete = FAST;", NULL, NULL, NULL);
    if (rc == SQLITE_OK)
        rc = sqlite3_create_function_v2(db, "kam_each", -1, SQLITE_UTF8 | SQLITE_DIRECTONLY, s, NULL, each_step, each_end,
                                        NULL);
    if (rc == SQLITE_OK) rc = store_scope_function(s, db);
    return rc == SQLITE_OK ? KAM_OK : store_sql_error(s, rc, "open", err);
}

/* Missing file: say so, with what is near in its folder. */
static kam_rc missing_file(const char *path, kam_err *err)
{
    const char *slash = strrchr(path, '/');
    char *dir = slash ? kam_strndup(path, (size_t)(slash - path) + 1) : kam_strdup("./");
    char **names = NULL;
    size_t n = 0, cap = 0;
    DIR *d = opendir(dir);
    for (struct dirent *e; d && n < 2000 && (e = readdir(d));)
        if (e->d_name[0] != '.') {
            KAM_GROW(names, cap, n + 1);
            names[n++] = kam_strdup(e->d_name);
        }
    if (d) closedir(d);
    kam_err_set(err, KAM_NOTFOUND, "the database %s does not exist", path);
    kam_err_nearest(err, slash ? slash + 1 : path, (const char *const *)names, n);
    kam_err_append(err, "; --create makes a new one");
    kam_err_word(err, "database");
    kam_err_word(err, path);
    for (size_t i = 0; i < n; i++) kam_free(names[i]);
    kam_free(names);
    kam_free(dir);
    return KAM_NOTFOUND;
}

static kam_rc io_error(const char *path, const char *what, int e, kam_err *err)
{
    kam_err_set(err, KAM_IO, "%s %s: %s", what, path, strerror(e));
    kam_err_word(err, path);
    return KAM_IO;
}

/* The file exists afterwards (or is an error), is no folder, and can be read. *made: it did not exist before. */
static kam_rc check_file(const char *path, unsigned flags, bool *made, kam_err *err)
{
    struct stat st;
    *made = false;
    if (stat(path, &st) != 0) {
        if (errno != ENOENT) return io_error(path, "cannot open", errno, err);
        if (!(flags & STORE_OPEN_CREATE) || (flags & STORE_OPEN_READONLY)) return missing_file(path, err);
        int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
        if (fd < 0 && errno != EEXIST) return io_error(path, "cannot make", errno, err);
        if (fd >= 0) close(fd);
        *made = fd >= 0;
        return KAM_OK;
    }
    if (S_ISDIR(st.st_mode)) return io_error(path, "cannot open", EISDIR, err);
    if (!S_ISREG(st.st_mode)) return io_error(path, "cannot open (not a regular file)", EINVAL, err);
    if (access(path, R_OK) != 0) return io_error(path, "cannot read", errno, err);
    return KAM_OK;
}

static char *immutable_uri(const char *path)
{
    kam_str u = KAM_STR_INIT;
    kam_str_add(&u, "file:");
    for (const unsigned char *p = (const unsigned char *)path; *p; p++) {
        if (*p == '?' || *p == '#' || *p == '%' || *p < 33 || *p > 126) kam_str_addf(&u, "%%%02X", *p);
        else kam_str_addc(&u, (char)*p);
    }
    kam_str_add(&u, "?immutable=1");
    return kam_str_detach(&u);
}

static kam_rc open_handle(store *s, const char *name, int flags, kam_err *err)
{
    int rc = sqlite3_open_v2(name, &s->db, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, NULL);
    if (rc != SQLITE_OK) return store_sql_error(s, rc, "open", err);
    kam_rc out = store_configure(s, s->db, err);
    if (out != KAM_OK) return out;
    /* The first read of the file: wrong header, missing log, no rights all show here. */
    rc = sqlite3_exec(s->db, "SELECT count(*) FROM sqlite_schema", NULL, NULL, NULL);
    return rc == SQLITE_OK ? KAM_OK : store_sql_error(s, rc, "open", err);
}

static void drop_handle(store *s)
{
    store_forget_statements(s);
    sqlite3_close(s->db);
    s->db = NULL;
}

static bool wal_exists(const char *path)
{
    kam_str w = KAM_STR_INIT;
    kam_str_addf(&w, "%s-wal", path);
    struct stat st;
    bool yes = stat(w.s, &st) == 0 && st.st_size > 0;
    kam_str_release(&w);
    return yes;
}

static kam_rc open_readonly(store *s, kam_err *err)
{
    kam_err first = KAM_ERR_INIT;
    kam_rc rc = open_handle(s, s->path, SQLITE_OPEN_READONLY, &first);
    if (rc == KAM_IO && !wal_exists(s->path)) {
        drop_handle(s);
        char *uri = immutable_uri(s->path);
        s->immutable = true;
        rc = open_handle(s, uri, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, err);
        kam_free(uri);
        return rc;
    }
    if (rc != KAM_OK && err && err->code == KAM_OK) *err = first;
    return rc;
}

void store_unlink(const char *path)
{
    static const char *const end[] = {"", "-wal", "-shm", "-journal"};
    for (size_t i = 0; i < sizeof end / sizeof *end; i++) {
        kam_str name = KAM_STR_INIT;
        kam_str_addf(&name, "%s%s", path, end[i]);
        unlink(name.s);
        kam_str_release(&name);
    }
}

static kam_rc open_file(store *s, unsigned flags, bool *made, kam_err *err)
{
    kam_rc rc = check_file(s->path, flags, made, err);
    if (rc != KAM_OK) return rc;
    if (s->readonly) return open_readonly(s, err);
    if (access(s->path, W_OK) != 0) return io_error(s->path, "cannot write (-readonly opens it for reading)", errno, err);
    rc = open_handle(s, s->path, SQLITE_OPEN_READWRITE, err);
    if (rc != KAM_OK) return rc;
    /* Whose file it is, before anything in it is touched. */
    int64_t id = 0, tables = 0;
    rc = store_get_int(s, "PRAGMA application_id", &id, NULL, err);
    if (rc == KAM_OK) rc = store_get_int(s, "SELECT count(*) FROM sqlite_schema", &tables, NULL, err);
    if (rc == KAM_OK && (id == STORE_APPLICATION_ID || (id == 0 && tables == 0)))
        rc = store_exec(s, "PRAGMA journal_mode = WAL", err);
    return rc;
}

kam_rc store_open(const char *path, unsigned flags, store **out, kam_err *err)
{
    store *s = kam_zalloc(sizeof *s);
    s->path = kam_strdup(path);
    s->readonly = path && (flags & STORE_OPEN_READONLY);
    s->version = 1;
    store_schema_tables(s);
    kam_rc rc;
    bool made = false;
    if (path) rc = open_file(s, flags, &made, err);
    else {
        rc = open_handle(s, "", SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, err);
        if (rc == KAM_OK) rc = store_exec(s, "PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF", err);
    }
    if (rc == KAM_OK) rc = store_schema_prepare(s, err);
    if (rc != KAM_OK) {
        kam_err ignored = KAM_ERR_INIT;
        store_close(s, &ignored);
        if (made) store_unlink(path); /* it could not be laid out, on a full disk for one */
        return rc;
    }
    store_capture_init(s);
    store_version(s);
    *out = s;
    return KAM_OK;
}

static void free_store(store *s)
{
    if (s->cache && s->cache_drop) s->cache_drop(s->cache);
    for (size_t i = 0; i < s->n_tables; i++)
        if (s->tables[i].refs) kam_free((char *)(uintptr_t)s->tables[i].name);
    kam_free(s->tables);
    store_capture_release(s);
    store_setting_release(s);
    kam_free(s->entry_who);
    kam_free(s->entry_command);
    kam_free(s->stmt);
    for (size_t i = 0; i < s->n_kept; i++) kam_table_unref(s->kept[i].table);
    kam_free(s->kept);
    kam_free(s->path);
    kam_free(s);
}

kam_rc store_close(store *s, kam_err *err)
{
    if (!s) return KAM_OK;
    kam_rc rc = KAM_OK;
    store_forget_statements(s);
    if (s->real) {
        sqlite3_close(s->db);
        s->db = s->real;
        s->level = s->real_level;
    }
    if (s->db) {
        sqlite3_progress_handler(s->db, 0, NULL, NULL);
        if (!sqlite3_get_autocommit(s->db)) sqlite3_exec(s->db, "ROLLBACK", NULL, NULL, NULL);
        if (s->path && !s->readonly) { /* BUSY only means that another process goes on using it */
            int q = sqlite3_wal_checkpoint_v2(s->db, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
            if (q != SQLITE_OK && q != SQLITE_BUSY && q != SQLITE_LOCKED) rc = store_sql_error(s, q, "close", err);
        }
        int q = sqlite3_close(s->db);
        if (q != SQLITE_OK) KAM_BUG("a statement was left open: %s", sqlite3_errstr(q));
    }
    free_store(s);
    return rc;
}

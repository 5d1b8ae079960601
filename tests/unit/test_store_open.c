/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files: made, opened again, wrong in every way, locked, read-only, migrated, backed up, a disk that is full. */
#include "store_db.h"
#include "store_fixture.h"
#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static char dir[100];

static const char *path_of(const char *name)
{
    static char p[4][400];
    static int k;
    k = (k + 1) & 3;
    snprintf(p[k], sizeof p[k], "%s/%s", dir, name);
    return p[k];
}

static int make_dir(void **state)
{
    (void)state;

    snprintf(dir, sizeof dir, P_tmpdir "/kamsh-store-XXXXXX");
    return mkdtemp(dir) ? 0 : -1;
}

static int remove_dir(void **state)
{
    (void)state;
    char command[300];
    snprintf(command, sizeof command, "chmod -R u+w '%s'; rm -rf '%s'", dir, dir);
    return system(command);
}

static void write_file(const char *path, const char *bytes, size_t n)
{
    int fd = open(path, O_CREAT | O_TRUNC | O_WRONLY, 0600);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, bytes, n), (ssize_t)n);
    close(fd);
}

static store *make(const char *name)
{
    store *s;
    FX_OK(store_open(path_of(name), STORE_OPEN_CREATE, &s, err));
    return s;
}

static void made_and_opened(void **state)
{
    (void)state;
    struct stat st;
    store *s = make("a.kam");
    umask(0);
    assert_int_equal(stat(path_of("a.kam"), &st), 0);
    assert_int_equal(st.st_mode & 0777, 0600);
    fx_add(s, "rep", "code=R1", "name=x");
    assert_int_equal(stat(path_of("a.kam-wal"), &st), 0);
    assert_int_equal(st.st_mode & 0777, 0600);
    assert_false(store_dirty(s));
    fx_close(s);
    assert_int_not_equal(stat(path_of("a.kam-wal"), &st), 0); /* checkpointed and gone */
    FX_OK(store_open(path_of("a.kam"), 0, &s, err));
    assert_int_equal(fx_count(s, "rep"), 1);
    kam_table *t;
    FX_OK(store_info(s, &t, err));
    assert_string_equal(fx_cell(t, "value", 0), path_of("a.kam"));
    kam_table_unref(t);
    fx_close(s);
}

static void wrong_files(void **state)
{
    (void)state;
    store *s = NULL;
    FX_FAILS(store_open(path_of("none.kam"), 0, &s, err), KAM_NOTFOUND, "database");
    FX_FAILS(store_open(path_of("none.kam"), STORE_OPEN_READONLY | STORE_OPEN_CREATE, &s, err), KAM_NOTFOUND, "database");
    FX_FAILS(store_open(dir, 0, &s, err), KAM_IO, dir);
    FX_FAILS(store_open(path_of("no/such/folder.kam"), STORE_OPEN_CREATE, &s, err), KAM_IO, NULL);
    char text[5000];
    memset(text, 'x', sizeof text);
    write_file(path_of("text.kam"), text, sizeof text);
    FX_FAILS(store_open(path_of("text.kam"), 0, &s, err), KAM_DATABASE, "notadb");
    FX_FAILS(store_open(path_of("text.kam"), STORE_OPEN_READONLY, &s, err), KAM_DATABASE, "notadb");
    write_file(path_of("short.kam"), "hello", 5);
    FX_FAILS(store_open(path_of("short.kam"), 0, &s, err), KAM_DATABASE, "notadb");
    sqlite3 *db;
    sqlite3_open(path_of("other.db"), &db);
    sqlite3_exec(db, "CREATE TABLE x (a); INSERT INTO x VALUES (1)", NULL, NULL, NULL);
    sqlite3_close(db);
    FX_FAILS(store_open(path_of("other.db"), 0, &s, err), KAM_DATABASE, "foreign");
    struct stat st;
    assert_int_not_equal(stat(path_of("other.db-wal"), &st), 0); /* and was left alone */
    fx_close(make("new.kam"));
    sqlite3_open(path_of("new.kam"), &db);
    sqlite3_exec(db, "PRAGMA user_version = 99", NULL, NULL, NULL);
    sqlite3_close(db);
    FX_FAILS(store_open(path_of("new.kam"), 0, &s, err), KAM_DATABASE, "newer");
    write_file(path_of("empty.kam"), "", 0);
    FX_FAILS(store_open(path_of("empty.kam"), STORE_OPEN_READONLY, &s, err), KAM_DATABASE, "empty");
    FX_OK(store_open(path_of("empty.kam"), 0, &s, err));
    fx_close(s);
    assert_ptr_equal(s, s);
    kam_err said = KAM_ERR_INIT; /* a slip in the name */
    assert_int_equal(store_open(path_of("enpty.kam"), 0, &s, &said), KAM_NOTFOUND);
    assert_non_null(strstr(said.msg, "empty.kam"));
}

/* A page overwritten in the middle: said as damage, by check or by the read that meets it. */
static void damaged(void **state)
{
    (void)state;
    store *s = make("bad.kam");
    for (int i = 0; i < 300; i++) {
        char code[20];
        snprintf(code, sizeof code, "code=R%03d", i);
        fx_add(s, "rep", code, "name=somebody with a name");
    }
    fx_close(s);
    int fd = open(path_of("bad.kam"), O_WRONLY);
    struct stat st;
    fstat(fd, &st);
    char junk[4096];
    memset(junk, 0xA5, sizeof junk);
    for (off_t at = 4096; at < st.st_size; at += 4096) assert_int_equal(pwrite(fd, junk, sizeof junk, at), 4096);
    close(fd);
    kam_err said = KAM_ERR_INIT;
    kam_rc rc = store_open(path_of("bad.kam"), 0, &s, &said);
    if (rc == KAM_OK) {
        kam_table *t = NULL;
        rc = store_list(s, ENT("rep"), NULL, &t, &said);
        store_close(s, NULL);
    }
    assert_int_equal(rc, KAM_DATABASE);
    assert_string_equal(said.word[0], "corrupt");
}

static void locked(void **state)
{
    (void)state;
    store *a = make("lock.kam"), *b;
    FX_OK(store_open(path_of("lock.kam"), 0, &b, err));
    sqlite3_busy_timeout(store_db(b), 20);
    FX_OK(store_entry_begin(a, STAMP("a"), err));
    FX_FAILS(store_entry_begin(b, STAMP("b"), err), KAM_BUSY, path_of("lock.kam"));
    assert_int_equal(fx_count(b, "rep"), 0); /* reading goes on */
    uint64_t version = store_version(b);
    assert_int_equal(store_version(b), version);
    store_value v[] = {{"code", "R1"}, {"name", "x"}};
    FX_OK(store_add(a, ENT("rep"), v, 2, 0, NULL, NULL, err));
    FX_OK(store_entry_commit(a, NULL, err));
    assert_true(store_version(b) > version); /* another's change is noticed */
    assert_int_equal(fx_count(b, "rep"), 1);
    fx_add(b, "rep", "code=R2", "name=x");
    fx_close(a);
    fx_close(b);
}

static void read_only(void **state)
{
    (void)state;
    store *s = make("ro.kam");
    fx_add(s, "rep", "code=R1", "name=x");
    fx_close(s);
    FX_OK(store_open(path_of("ro.kam"), STORE_OPEN_READONLY, &s, err));
    assert_int_equal(fx_count(s, "rep"), 1);
    FX_FAILS(store_entry_begin(s, STAMP("x"), err), KAM_IO, path_of("ro.kam"));
    FX_FAILS(store_undo(s, 1, NULL, err), KAM_IO, path_of("ro.kam"));
    FX_OK(store_begin(s, true, err)); /* what-if is allowed: nothing is written */
    fx_add(s, "rep", "code=R2", "name=x");
    assert_int_equal(fx_count(s, "rep"), 2);
    FX_OK(store_rollback(s, err));
    assert_true(store_readonly(s));
    fx_close(s);
}

/* A folder that cannot be written, as another user (root may write everywhere). */
static void read_only_folder(void **state)
{
    (void)state;
    if (geteuid() != 0) SKIP_BECAUSE("needs root to become another user");
    store *s = make("folder.kam");
    fx_add(s, "rep", "code=R1", "name=x");
    fx_close(s);
    char sub[300];
    snprintf(sub, sizeof sub, "%s/sub", dir);
    mkdir(sub, 0755);
    char file[340];
    snprintf(file, sizeof file, "%s/folder.kam", sub);
    rename(path_of("folder.kam"), file);
    chmod(file, 0644);
    chmod(dir, 0755);
    pid_t pid = fork();
    if (pid == 0) {
        kam_err said = KAM_ERR_INIT;
        store *c = NULL;
        if (setgid(65534) != 0 || setuid(65534) != 0) _exit(9);
        if (store_open(file, 0, &c, &said) != KAM_IO || !strstr(said.msg, "-readonly")) _exit(1);
        int64_t n = 0;
        if (store_open(file, STORE_OPEN_READONLY, &c, NULL) != KAM_OK) _exit(2);
        if (store_count(c, ENT("rep"), &n, NULL) != KAM_OK || n != 1) _exit(3);
        store_close(c, NULL);
        kam_err_clear(&said);
        char made[360];
        snprintf(made, sizeof made, "%s/x.kam", sub);
        if (store_open(made, STORE_OPEN_CREATE, &c, &said) != KAM_IO) _exit(4);
        _exit(0);
    }
    int status;
    waitpid(pid, &status, 0);
    assert_int_equal(status, 0);
}

/* What each schema brought, taken away again: a database of today becomes one of that time. */
static const struct {
    int version;
    const char *sql;
} brought[] = {
    {6, "ALTER TABLE plan_texts DROP COLUMN audience"},
    {5, "DROP TABLE plan_facts; DROP TABLE plan_snapshots"},
    {4, "DROP TABLE name_initials"},
    {3, "DROP TABLE segment_members; DROP TABLE segments"},
    {2, "ALTER TABLE marks DROP COLUMN by_who"},
};

static void make_old(store *s, int version)
{
    kam_str sql = KAM_STR_INIT;
    for (size_t i = 0; i < sizeof brought / sizeof *brought && brought[i].version > version; i++) kam_str_addf(&sql, "%s; ", brought[i].sql);
    kam_str_addf(&sql, "PRAGMA user_version = %d", version);
    FX_OK(store_exec(s, sql.s, err));
    kam_str_release(&sql);
}

/* A database of the first schema becomes, on opening, what a new one is: the same tables, columns and indexes. */
static void brought_up_to_date(void **state)
{
    (void)state;
    static const char schema[] = "SELECT sum(length(name) * 1000003) + count(*) FROM (SELECT name FROM sqlite_schema UNION ALL "
                                 "SELECT c.name FROM sqlite_schema t, pragma_table_info(t.name) c)";
    store *s = make("v1.kam");
    int64_t before = 0, old = 0, after = 1, version = 0;
    fx_add(s, "rep", "code=R1", "name=x");
    FX_OK(store_get_int(s, schema, &before, NULL, err));
    make_old(s, 1);
    FX_OK(store_get_int(s, schema, &old, NULL, err));
    assert_int_not_equal(old, before);
    char *path = kam_strdup(store_path(s));
    fx_close(s);
    FX_OK(store_open(path, 0, &s, err));
    kam_free(path);
    FX_OK(store_get_int(s, "PRAGMA user_version", &version, NULL, err));
    assert_int_equal(version, STORE_SCHEMA_VERSION);
    FX_OK(store_get_int(s, schema, &after, NULL, err));
    assert_int_equal(after, before);
    fx_add(s, "segment", "code=S1", "name=x");
    assert_int_equal(fx_count(s, "rep"), 1);
    fx_close(s);
}

static void migrations(void **state)
{
    (void)state;
    store *s = make("old.kam");
    fx_add(s, "rep", "code=R1", "name=x");
    const store_migration good[] = {{STORE_SCHEMA_VERSION + 1, "ALTER TABLE reps ADD COLUMN shoe_size INTEGER; UPDATE reps SET shoe_size = 43"},
                                    {STORE_SCHEMA_VERSION + 2, "CREATE TABLE extra (id INTEGER PRIMARY KEY) STRICT"}};
    const store_migration bad[] = {{STORE_SCHEMA_VERSION + 3, "ALTER TABLE reps ADD COLUMN hat INTEGER; INSERT INTO nowhere VALUES (1)"}};
    FX_OK(store_schema_migrate(s, good, 2, err));
    FX_OK(store_schema_migrate(s, good, 2, err)); /* twice does nothing */
    int64_t version = 0, hat = 1;
    FX_FAILS(store_schema_migrate(s, bad, 1, err), KAM_DATABASE, NULL);
    FX_OK(store_get_int(s, "PRAGMA user_version", &version, NULL, err));
    assert_int_equal(version, STORE_SCHEMA_VERSION + 2); /* the failed step left nothing */
    FX_OK(store_get_int(s, "SELECT count(*) FROM pragma_table_info('reps') WHERE name = 'hat'", &hat, NULL, err));
    assert_int_equal(hat, 0);
    /* images made before the column came can still be put back */
    FX_OK(fx_remove_rc(s, "rep", "R1", 0, err));
    FX_OK(store_undo(s, 2, NULL, err));
    FX_OK(store_redo(s, 1, NULL, err));
    assert_int_equal(fx_count(s, "rep"), 1);
    fx_close(s);
}

/* A database of schema 1, whose marks did not say who gave them: opened, it is brought up to date, old marks and their journal are
 * whole, and new ones say it. */
static void from_schema_1(void **state)
{
    (void)state;
    store *s = make("one.kam");
    fx_add(s, "account", "code=A", "name=x");
    fx_add(s, "mark", "subject_kind=account", "subject=A", "card=quality", "criterion=teaches", "date=2024-01-01", "mark=4");
    make_old(s, 1);
    FX_OK(store_close(s, err));
    FX_FAILS(store_open(path_of("one.kam"), STORE_OPEN_READONLY, &s, err), KAM_DATABASE, "old");
    FX_OK(store_open(path_of("one.kam"), 0, &s, err));
    int64_t version = 0;
    FX_OK(store_get_int(s, "PRAGMA user_version", &version, NULL, err));
    assert_int_equal(version, STORE_SCHEMA_VERSION);
    fx_add(s, "mark", "subject_kind=account", "subject=A", "card=quality", "criterion=loyalty", "date=2024-01-01", "mark=5", "by=Li");
    assert_int_equal(fx_count(s, "mark"), 2);
    int64_t named = 0;
    FX_OK(store_get_int(s, "SELECT count(*) FROM marks WHERE by_who = 'Li'", &named, NULL, err));
    assert_int_equal(named, 1);
    FX_OK(store_undo(s, 2, NULL, err)); /* the older entry was written by the older schema */
    assert_int_equal(fx_count(s, "mark"), 0);
    FX_OK(store_redo(s, 2, NULL, err));
    assert_int_equal(fx_count(s, "mark"), 2);
    fx_close(s);
}

static void backups(void **state)
{
    (void)state;
    store *s = make("src.kam"), *b;
    fx_add(s, "account", "code=A1", "name=华为");
    char *before = fx_dump(s);
    FX_OK(store_backup(s, path_of("copy.kam"), false, err));
    FX_FAILS(store_backup(s, path_of("copy.kam"), false, err), KAM_CONSTRAINT, "exists");
    FX_FAILS(store_backup(s, path_of("src.kam"), true, err), KAM_CONSTRAINT, "exists");
    FX_FAILS(store_backup(s, path_of("no/where.kam"), false, err), KAM_IO, NULL);
    FX_OK(store_backup(s, path_of("copy.kam"), true, err));
    struct stat st;
    assert_int_equal(stat(path_of("copy.kam"), &st), 0);
    assert_int_equal(st.st_mode & 0777, 0600);
    FX_OK(store_open(path_of("copy.kam"), 0, &b, err));
    char *after = fx_dump(b);
    assert_string_equal(before, after);
    FX_OK(store_undo(b, 1, NULL, err)); /* the journal came along */
    fx_close(b);
    kam_free(before);
    kam_free(after);
    fx_close(s);
    s = fx_open();
    assert_false(store_dirty(s));
    fx_add(s, "rep", "code=R1", "name=x");
    assert_true(store_dirty(s));
    FX_OK(store_save(s, path_of("saved.kam"), false, err));
    assert_string_equal(store_path(s), path_of("saved.kam"));
    assert_false(store_dirty(s));
    fx_add(s, "rep", "code=R2", "name=x");
    FX_OK(store_undo(s, 1, NULL, err));
    fx_close(s);
    FX_OK(store_open(path_of("saved.kam"), 0, &s, err));
    assert_int_equal(fx_count(s, "rep"), 1);
    fx_close(s);
}

static kam_rc grow(store *s, kam_err *err)
{
    kam_table *t = NULL;
    kam_rc rc = store_entry_begin(s, STAMP("grow"), err);
    if (rc != KAM_OK) return rc;
    rc = store_sql(s,
                   "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 50000)"
                   " INSERT INTO reps (code, name) SELECT 'R' || i, hex(randomblob(50)) FROM n",
                   NULL, NULL, true, &t, err);
    kam_table_unref(t);
    if (rc == KAM_OK) return store_entry_commit(s, NULL, err);
    store_entry_rollback(s);
    return rc;
}

/* The file may not grow further: as a full disk. One error, nothing kept, and the store can be used on. */
static void full_disk(void **state)
{
    (void)state;
    store *s = make("full.kam");
    fx_add(s, "rep", "code=R0", "name=x");
    struct rlimit old, tight;
    getrlimit(RLIMIT_FSIZE, &old);
    tight = old;
    tight.rlim_cur = 1 << 20;
    signal(SIGXFSZ, SIG_IGN);
    setrlimit(RLIMIT_FSIZE, &tight);
    kam_err said = KAM_ERR_INIT;
    kam_rc rc = grow(s, &said);
    setrlimit(RLIMIT_FSIZE, &old);
    assert_int_equal(rc, KAM_IO);
    assert_string_equal(said.word[0], path_of("full.kam"));
    assert_int_equal(fx_count(s, "rep"), 1);
    fx_add(s, "rep", "code=R1000000", "name=y");
    kam_table *t;
    FX_OK(store_check(s, &t, err));
    assert_int_equal(kam_table_rows(t), 0);
    kam_table_unref(t);
    fx_close(s);
}

static void interrupted(void **state)
{
    (void)state;
    store *s = fx_open();
    volatile int stop = 1;
    kam_progress p = {&stop, NULL, NULL};
    store_set_progress(s, &p);
    FX_FAILS(grow(s, err), KAM_INTERRUPT, NULL);
    store_set_progress(s, NULL);
    assert_int_equal(fx_count(s, "rep"), 0);
    fx_add(s, "rep", "code=R1", "name=y");
    fx_close(s);
}

typedef struct listener {
    const char *what; /* what is listened to */
    size_t heard, with_total;
    uint64_t most, total;
    volatile int *stop; /* set at the third, when given */
} listener;

static void hear(void *ctx, const char *what, uint64_t done, uint64_t total)
{
    listener *l = ctx;
    if (strcmp(what, l->what) != 0) return;
    assert_true(total == 0 || done <= total);
    assert_true(done >= l->most);
    l->most = done;
    l->with_total += total > 0;
    if (total) l->total = total;
    if (++l->heard == 3 && l->stop) *l->stop = 1;
}

static void ask(store *s, listener *l, const char *query)
{
    kam_progress p = {NULL, hear, l};
    kam_table *t = NULL;
    *l = (listener){.what = "database"};
    store_set_progress(s, &p);
    FX_OK(store_sql(s, query, NULL, NULL, false, &t, err));
    store_set_progress(s, NULL);
    kam_table_unref(t);
}

/* 50,000 rows: a scan of one table knows how far it is, one that goes round and round only how fast, and a copy tells its pages. */
static void progress(void **state)
{
    (void)state;
    store *s = make("told.kam");
    listener l;
    FX_OK(grow(s, err));
    ask(s, &l, "SELECT count(*) FROM reps WHERE length(name) > 3");
    assert_true(l.heard >= 5 && l.with_total == l.heard);
    assert_int_equal(l.total, 50000);
    assert_true(l.most > 40000);
    ask(s, &l, "SELECT count(*) FROM reps WHERE length(name) > 3"); /* counted anew */
    assert_true(l.most > 40000 && l.with_total == l.heard);
    ask(s, &l, "SELECT count(*) FROM (SELECT 1 AS x FROM reps LIMIT 4) b, reps a WHERE length(a.name || b.x) > 3");
    assert_true(l.heard >= 5 && l.with_total < l.heard && l.most > 100000);
    ask(s, &l, "SELECT count(*) FROM reps a LEFT JOIN products b WHERE length(a.name) > 3");
    assert_true(l.heard >= 5 && l.with_total == 0 && l.most > 0);
    kam_progress p = {NULL, hear, &l};
    l = (listener){.what = "copy"};
    store_set_progress(s, &p);
    FX_OK(store_backup(s, path_of("told-copy.kam"), true, err));
    assert_true(l.heard >= 3 && l.with_total == l.heard && l.most == l.total);
    volatile int stop = 0; /* and may be stopped there: no file then */
    l = (listener){.what = "copy", .stop = &stop};
    p.interrupted = &stop;
    FX_FAILS(store_backup(s, path_of("told-stop.kam"), true, err), KAM_INTERRUPT, NULL);
    assert_int_equal(access(path_of("told-stop.kam"), F_OK), -1);
    store_set_progress(s, NULL);
    fx_close(s);
}

/* Killed while writing: all of an entry or none of it. */
static void killed(void **state)
{
    (void)state;
    fx_close(make("kill.kam"));
    for (int round = 0; round < 5; round++) {
        pid_t pid = fork();
        if (pid == 0) {
            store *c;
            if (store_open(path_of("kill.kam"), 0, &c, NULL) != KAM_OK) _exit(1);
            for (;;) {
                if (grow(c, NULL) != KAM_OK || store_undo(c, 1, NULL, NULL) != KAM_OK) _exit(1);
            }
        }
        usleep((useconds_t)(60000 + 37000 * round));
        kill(pid, SIGKILL);
        int status;
        waitpid(pid, &status, 0);
        assert_true(WIFSIGNALED(status));
        store *s;
        FX_OK(store_open(path_of("kill.kam"), 0, &s, err));
        int64_t n = fx_count(s, "rep");
        assert_true(n == 0 || n == 50000);
        kam_table *t;
        FX_OK(store_check(s, &t, err));
        assert_int_equal(kam_table_rows(t), 0);
        kam_table_unref(t);
        if (n) FX_OK(store_undo(s, 1, NULL, err));
        fx_close(s);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(made_and_opened),  cmocka_unit_test(wrong_files), cmocka_unit_test(damaged),
        cmocka_unit_test(locked),           cmocka_unit_test(read_only),   cmocka_unit_test(read_only_folder),
        cmocka_unit_test(brought_up_to_date), cmocka_unit_test(migrations),    cmocka_unit_test(from_schema_1),
        cmocka_unit_test(backups),          cmocka_unit_test(full_disk),
        cmocka_unit_test(interrupted),      cmocka_unit_test(progress),
             cmocka_unit_test(killed),
    };
    return cmocka_run_group_tests(tests, make_dir, remove_dir);
}

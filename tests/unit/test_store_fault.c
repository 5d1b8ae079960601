/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every point of writing fails once: opening, an entry, undo, a migration, a backup. Each time one error comes out, and the
 * file holds the state before or the state after, intact, never something between. */
#include "fault_vfs.h"
#include "store_db.h"
#include "store_fixture.h"
#include <sys/stat.h>
#include <unistd.h>

static char dir[100], file[160], copy[160];

static void start_over(void)
{
    char other[200];
    static const char *const tail[] = {"", "-wal", "-shm", "-journal"};
    for (int i = 0; i < 4; i++) {
        snprintf(other, sizeof other, "%s%s", file, tail[i]);
        unlink(other);
        snprintf(other, sizeof other, "%s%s", copy, tail[i]);
        unlink(other);
    }
}

static int make_dir(void **state)
{
    (void)state;
    snprintf(dir, sizeof dir, P_tmpdir "/kamsh-fault-XXXXXX");
    if (!mkdtemp(dir)) return -1;
    snprintf(file, sizeof file, "%s/f.kam", dir);
    snprintf(copy, sizeof copy, "%s/c.kam", dir);
    fault_install();
    return 0;
}

static int remove_dir(void **state)
{
    (void)state;
    start_over();
    return rmdir(dir);
}

static store *fresh(void)
{
    store *s;
    start_over();
    FX_OK(store_open(file, STORE_OPEN_CREATE, &s, err));
    fx_add(s, "account", "code=A1", "name=one");
    fx_add(s, "account", "code=A2", "name=two");
    return s;
}

static kam_rc many(store *s, kam_err *err)
{
    kam_table *t = NULL;
    kam_rc rc = store_entry_begin(s, STAMP("many"), err);
    if (rc != KAM_OK) return rc;
    rc = store_sql(s,
                   "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300)"
                   " INSERT INTO contacts (code, account_id, name) SELECT 'C' || i, 1, 'somebody' FROM n",
                   NULL, NULL, true, &t, err);
    kam_table_unref(t);
    t = NULL;
    if (rc == KAM_OK) rc = store_sql(s, "UPDATE accounts SET name = name || '!'", NULL, NULL, true, &t, err);
    kam_table_unref(t);
    t = NULL;
    if (rc == KAM_OK) return store_entry_commit(s, NULL, err);
    store_entry_rollback(s);
    return rc;
}

static kam_rc undo(store *s, kam_err *err)
{
    return store_undo(s, 1, NULL, err);
}

static kam_rc migrate(store *s, kam_err *err)
{
    const store_migration step[] = {{STORE_SCHEMA_VERSION + 1, "ALTER TABLE accounts ADD COLUMN x INTEGER; UPDATE accounts SET x = 1, name = name || '?'"}};
    return store_schema_migrate(s, step, 1, err);
}

static kam_rc back_up(store *s, kam_err *err)
{
    return store_backup(s, copy, true, err);
}

/* Under a memory checker one point in nine is enough. */
static int after(int n)
{
    return n < 4 || !getenv("KAM_SLOW_MEMORY") ? n + 1 : n + 9;
}

/* Run op with the n-th writing step failing, n = 1, 2 … until it is not reached any more. */
static void at_every_point(kam_rc (*prepare)(store *, kam_err *), kam_rc (*op)(store *, kam_err *), int code)
{
    int n = 1, failed = 0;
    for (bool hit = true; hit; n = after(n)) {
        store *s = fresh();
        if (prepare) FX_OK(prepare(s, err));
        char *before = fx_dump(s);
        kam_err said = KAM_ERR_INIT;
        fault_arm(n, code);
        kam_rc rc = op(s, &said);
        hit = fault_hit();
        fault_arm(0, 0);
        if (rc != KAM_OK) {
            failed++;
            assert_int_equal(rc, KAM_IO);
            assert_true(said.msg[0] != '\0');
            char *after = fx_dump(s);
            assert_string_equal(before, after);
            kam_free(after);
            FX_OK(op(s, err)); /* with the disk well again it goes */
        }
        char *done = fx_dump(s);
        kam_str version = KAM_STR_INIT; /* a tried migration is of no released version */
        kam_str_addf(&version, "PRAGMA user_version = %d", STORE_SCHEMA_VERSION);
        FX_OK(store_exec(s, version.s, err));
        kam_str_release(&version);
        FX_OK(store_close(s, err));
        FX_OK(store_open(file, 0, &s, err));
        char *again = fx_dump(s);
        assert_string_equal(done, again);
        kam_table *t;
        FX_OK(store_check(s, &t, err));
        assert_int_equal(kam_table_rows(t), 0);
        kam_table_unref(t);
        fx_close(s);
        kam_free(before);
        kam_free(done);
        kam_free(again);
        assert_true(n < 2000);
    }
    assert_true(failed >= 2);
    printf("# the last point was before %d; %d failures told\n", n, failed);
}

static void an_entry(void **state)
{
    (void)state;
    at_every_point(NULL, many, SQLITE_FULL);
    at_every_point(NULL, many, SQLITE_IOERR_WRITE);
}

static void an_undo(void **state)
{
    (void)state;
    at_every_point(many, undo, SQLITE_FULL);
}

static void a_migration(void **state)
{
    (void)state;
    at_every_point(NULL, migrate, SQLITE_IOERR_WRITE);
}

static void a_backup(void **state)
{
    (void)state;
    at_every_point(NULL, back_up, SQLITE_FULL);
    struct stat st;
    char partial[200];
    snprintf(partial, sizeof partial, "%s.new-%ld", copy, (long)getpid());
    assert_int_not_equal(stat(partial, &st), 0); /* nothing is left lying about */
}

/* Making a database: it fails with one error, and the same file can be opened when the disk is well. */
static void opening(void **state)
{
    (void)state;
    int n = 1;
    for (bool hit = true; hit && n < 2000; n = after(n)) {
        store *s = NULL;
        kam_err said = KAM_ERR_INIT;
        start_over();
        fault_arm(n, SQLITE_FULL);
        kam_rc rc = store_open(file, STORE_OPEN_CREATE, &s, &said);
        hit = fault_hit();
        fault_arm(0, 0);
        if (rc != KAM_OK) {
            assert_int_equal(rc, KAM_IO);
            FX_OK(store_open(file, STORE_OPEN_CREATE, &s, err));
        }
        fx_add(s, "rep", "code=R1", "name=x");
        fx_close(s);
    }
    assert_true(n > 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(opening), cmocka_unit_test(an_entry), cmocka_unit_test(an_undo),
        cmocka_unit_test(a_migration), cmocka_unit_test(a_backup),
    };
    return cmocka_run_group_tests(tests, make_dir, remove_dir);
}

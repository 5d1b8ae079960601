/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The journal: entries, nesting, undo and redo, refusal, the list of changes, what-if. */
#include "store_fixture.h"
#include <time.h>

static kam_rc sql(store *s, const char *text, kam_table **t, kam_err *err)
{
    kam_table *out = NULL;
    kam_rc rc = store_entry_begin(s, STAMP(text), err);
    if (rc != KAM_OK) return rc;
    rc = store_sql(s, text, NULL, NULL, true, &out, err);
    if (rc == KAM_OK) rc = store_entry_commit(s, NULL, err);
    else store_entry_rollback(s);
    if (t) *t = out;
    else kam_table_unref(out);
    return rc;
}

static void entries_nest(void **state)
{
    (void)state;
    store *s = fx_open();
    int64_t entry = 7;
    store_value a[] = {{"code", "R1"}, {"name", "x"}}, b[] = {{"code", "R2"}, {"name", "y"}}, c[] = {{"code", "R3"}, {"name", "z"}};
    FX_OK(store_entry_begin(s, STAMP("outer"), err));
    FX_OK(store_add(s, ENT("rep"), a, 2, 0, NULL, NULL, err));
    FX_OK(store_entry_begin(s, STAMP("inner"), err));
    FX_OK(store_add(s, ENT("rep"), b, 2, 0, NULL, NULL, err));
    store_entry_rollback(s);
    FX_OK(store_entry_begin(s, STAMP("inner"), err));
    FX_OK(store_add(s, ENT("rep"), c, 2, 0, NULL, NULL, err));
    FX_OK(store_entry_commit(s, &entry, err));
    assert_int_equal(entry, 0);
    FX_OK(store_entry_commit(s, &entry, err));
    assert_int_equal(entry, 1);
    assert_int_equal(fx_count(s, "rep"), 2);
    FX_OK(store_undo(s, 1, NULL, err));
    assert_int_equal(fx_count(s, "rep"), 0);
    FX_FAILS(store_undo(s, 1, NULL, err), KAM_NOTFOUND, "change");
    FX_OK(store_redo(s, 5, NULL, err));
    assert_int_equal(fx_count(s, "rep"), 2);
    FX_FAILS(store_redo(s, 1, NULL, err), KAM_NOTFOUND, "change");
    FX_OK(store_undo(s, 1, NULL, err));
    fx_add(s, "rep", "code=R8", "name=new"); /* after something new the way forth is closed */
    FX_FAILS(store_redo(s, 1, NULL, err), KAM_NOTFOUND, "change");
    fx_close(s);
}

/* Many states, each undone to and redone to, with rows removed and made again under the same key within one entry. */
static void to_and_fro(void **state)
{
    (void)state;
    store *s = fx_open();
    char *at[12];
    size_t n = 0;
    at[n++] = fx_dump(s);
    fx_add(s, "account", "code=A1", "name=one", "annual_spend=5");
    at[n++] = fx_dump(s);
    fx_set(s, "account", "A1", "name=uno", "annual_spend=", "employees=4");
    at[n++] = fx_dump(s);
    FX_OK(sql(s, "INSERT INTO accounts (code, name, storage_capacity) VALUES ('A2', 'two', 3), ('A3', 'three', 0.5)", NULL, err));
    at[n++] = fx_dump(s);
    FX_OK(sql(s, "UPDATE accounts SET storage_capacity = storage_capacity * 2, code = code || 'x'", NULL, err));
    at[n++] = fx_dump(s);
    FX_OK(store_entry_begin(s, STAMP("swap"), err)); /* the codes of two rows change places, and a row comes back new */
    kam_table *t;
    FX_OK(store_sql(s, "UPDATE accounts SET code = 'tmp' WHERE code = 'A1x'", NULL, NULL, true, &t, err));
    kam_table_unref(t);
    FX_OK(store_sql(s, "UPDATE accounts SET code = 'A1x' WHERE code = 'A2x'", NULL, NULL, true, &t, err));
    kam_table_unref(t);
    FX_OK(store_sql(s, "UPDATE accounts SET code = 'A2x' WHERE code = 'tmp'", NULL, NULL, true, &t, err));
    kam_table_unref(t);
    FX_OK(store_sql(s, "DELETE FROM accounts WHERE code = 'A3x'", NULL, NULL, true, &t, err));
    kam_table_unref(t);
    FX_OK(store_sql(s, "INSERT INTO accounts (code, name) VALUES ('A3x', 'again')", NULL, NULL, true, &t, err));
    kam_table_unref(t);
    FX_OK(store_sql(s, "UPDATE accounts SET id = 99 WHERE code = 'A3x'", NULL, NULL, true, &t, err));
    kam_table_unref(t);
    FX_OK(store_entry_commit(s, NULL, err));
    at[n++] = fx_dump(s);
    FX_OK(sql(s, "DELETE FROM accounts", NULL, err));
    at[n++] = fx_dump(s);
    for (int round = 0; round < 2; round++) {
        for (size_t i = n - 1; i-- > 0;) {
            FX_OK(store_undo(s, 1, NULL, err));
            char *now = fx_dump(s);
            assert_string_equal(now, at[i]);
            kam_free(now);
        }
        for (size_t i = 1; i < n; i++) {
            FX_OK(store_redo(s, 1, NULL, err));
            char *now = fx_dump(s);
            assert_string_equal(now, at[i]);
            kam_free(now);
        }
    }
    for (size_t i = 0; i < n; i++) kam_free(at[i]);
    fx_close(s);
}

static void refusal(void **state)
{
    (void)state;
    store *s = fx_open();
    fx_add(s, "account", "code=A1", "name=one");                 /* 1 */
    fx_add(s, "account", "code=A2", "name=two");                 /* 2 */
    fx_set(s, "account", "A1", "name=uno");                      /* 3 */
    fx_add(s, "contact", "code=C1", "account=A2", "name=person"); /* 4 */
    kam_err said = KAM_ERR_INIT;
    assert_int_equal(store_undo_entry(s, 1, NULL, &said), KAM_CONSTRAINT);
    assert_string_equal(said.word[0], "changed-since");
    assert_string_equal(said.word[1], "3"); /* names the later entry */
    FX_FAILS(store_undo_entry(s, 2, NULL, err), KAM_CONSTRAINT, "changed-since"); /* C1 hangs on it */
    FX_FAILS(store_undo_entry(s, 77, NULL, err), KAM_NOTFOUND, "change");
    assert_int_equal(fx_count(s, "account"), 2);
    kam_table *t;
    fx_add(s, "account", "code=A3", "name=three");                                      /* 5 */
    FX_OK(sql(s, "UPDATE accounts SET employees = 1 WHERE code IN ('A1', 'A3')", NULL, err)); /* 6 */
    fx_set(s, "account", "A2", "name=due");                                             /* 7 */
    FX_OK(store_undo_entry(s, 6, NULL, err)); /* A2 lies between the two rows, but is not one of them */
    FX_OK(store_undo_entry(s, 3, &t, err)); /* out of order, nobody touched it since */
    assert_int_equal(kam_table_rows(t), 1);
    kam_table_unref(t);
    fx_is(s, "account", "A1", "name", "one");
    fx_close(s);
}

static void the_list(void **state)
{
    (void)state;
    store *s = fx_open();
    fx_add(s, "account", "code=A1", "name=one", "annual_spend=5", "known_since=2025-01-01");
    fx_add(s, "contact", "code=C1", "account=A1", "name=王芳");
    fx_set(s, "account", "A1", "name=uno");
    fx_add(s, "interaction", "account=A1", "date=2025-01-02", "kind=visit", "contacts=C1");
    FX_OK(fx_remove_rc(s, "interaction", "1", 0, err));
    kam_table *t;
    FX_OK(store_changes(s, NULL, &t, err));
    assert_string_equal(fx_cell(t, "entry", 0), "5"); /* newest first */
    assert_string_equal(fx_cell(t, "when", 0), "2001-09-09T01:46:40Z");
    assert_string_equal(fx_cell(t, "who", 0), "tester");
    kam_table_unref(t);
    FX_OK(store_changes(s, &(store_changes_query){.entity = "account"}, &t, err));
    assert_int_equal(kam_table_rows(t), 2);
    assert_string_equal(fx_cell(t, "action", 0), "set");
    assert_string_equal(fx_cell(t, "object", 0), "A1");
    assert_string_equal(fx_cell(t, "before", 0), "name=one; sort_key=one");
    assert_string_equal(fx_cell(t, "after", 0), "name=uno; sort_key=uno");
    assert_string_equal(fx_cell(t, "action", 1), "add");
    /* as it was when it was added, not as it is now */
    assert_string_equal(fx_cell(t, "after", 1),
                        "code=A1; name=one; sort_key=one; known_since=2025-01-01; annual_spend=5.00; bad_debt=0; off_strategy=0; key_account=0");
    assert_string_equal(fx_cell(t, "before", 1), "-");
    kam_table_unref(t);
    FX_OK(store_undo(s, 1, NULL, err));
    FX_OK(store_changes(s, &(store_changes_query){.entry = 5}, &t, err));
    assert_int_equal(kam_table_rows(t), 2);
    assert_string_equal(fx_cell(t, "state", 0), "undone");
    assert_string_equal(fx_cell(t, "action", 0), "remove");
    assert_string_equal(fx_cell(t, "object", 0), "1");
    assert_string_equal(fx_cell(t, "before", 0), "account=A1; date=2025-01-02; kind=visit");
    assert_string_equal(fx_cell(t, "after", 0), "-");
    assert_string_equal(fx_cell(t, "before", 1), "contacts=C1");
    kam_table_unref(t);
    FX_FAILS(store_changes(s, &(store_changes_query){.entity = "acount"}, &t, err), KAM_NOTFOUND, "entity");
    fx_close(s);
}

static void transactions(void **state)
{
    (void)state;
    store *s = fx_open();
    FX_FAILS(store_commit(s, err), KAM_USAGE, "commit");
    FX_FAILS(store_rollback(s, err), KAM_USAGE, "rollback");
    fx_add(s, "rep", "code=R0", "name=x");
    FX_OK(store_begin(s, false, err));
    fx_add(s, "rep", "code=R1", "name=x");
    FX_OK(store_begin(s, false, err));
    fx_add(s, "rep", "code=R2", "name=x");
    assert_int_equal(store_depth(s), 2);
    FX_OK(store_rollback(s, err));
    assert_int_equal(fx_count(s, "rep"), 2);
    FX_OK(store_undo(s, 1, NULL, err)); /* inside, too */
    assert_int_equal(fx_count(s, "rep"), 1);
    FX_OK(store_redo(s, 1, NULL, err));
    FX_OK(store_commit(s, err));
    assert_int_equal(fx_count(s, "rep"), 2);
    FX_OK(store_begin(s, false, err));
    fx_add(s, "rep", "code=R3", "name=x");
    FX_OK(store_rollback(s, err));
    kam_table *t;
    FX_OK(store_changes(s, NULL, &t, err));
    assert_int_equal(kam_table_rows(t), 2);
    kam_table_unref(t);
    uint64_t version = store_version(s);
    FX_OK(store_begin(s, true, err)); /* what if */
    fx_add(s, "rep", "code=R4", "name=x");
    FX_OK(store_begin(s, false, err));
    fx_add(s, "rep", "code=R5", "name=x");
    FX_OK(store_commit(s, err));
    assert_int_equal(fx_count(s, "rep"), 4);
    FX_FAILS(store_commit(s, err), KAM_USAGE, "commit");
    FX_FAILS(store_begin(s, true, err), KAM_USAGE, "begin");
    FX_OK(store_rollback(s, err));
    assert_int_equal(fx_count(s, "rep"), 2);
    assert_true(store_version(s) > version);
    assert_int_equal(store_depth(s), 0);
    FX_OK(store_begin(s, true, err)); /* closing in the middle of it */
    fx_close(s);
}

/* An import of 200,000 rows as one entry: one line of the journal, undone and redone whole. */
static void a_big_entry(void **state)
{
    (void)state;
    store *s = fx_open();
    static const char indexes[] = "SELECT count(*) AS n FROM sqlite_schema WHERE type = 'index' AND tbl_name = 'transactions'";
    kam_table *t;
    char before[4096];
    FX_OK(store_sql(s, indexes, NULL, NULL, false, &t, err));
    snprintf(before, sizeof before, "%s", fx_cell(t, "n", 0));
    kam_table_unref(t);
    fx_add(s, "account", "code=A1", "name=one");
    clock_t start = clock();
    FX_OK(sql(s,
              "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200000)"
              " INSERT INTO transactions (account_id, day, amount_minor) SELECT 1, 15000 + i % 3000, i FROM n",
              NULL, err));
    FX_OK(store_sql(s, "SELECT count(*) AS n FROM change_rows", NULL, NULL, false, &t, err));
    assert_string_equal(fx_cell(t, "n", 0), "2");
    kam_table_unref(t);
    FX_OK(store_changes(s, NULL, &t, err));
    assert_string_equal(fx_cell(t, "object", 0), "(200000)");
    kam_table_unref(t);
    FX_OK(store_undo(s, 1, NULL, err));
    assert_int_equal(fx_count(s, "transaction"), 0);
    FX_OK(store_redo(s, 1, NULL, err));
    FX_OK(store_sql(s, "SELECT count(*) AS n, sum(amount_minor) AS total_minor, max(id) AS last FROM transactions", NULL, NULL, false, &t, err));
    assert_string_equal(fx_cell(t, "n", 0), "200000");
    assert_string_equal(fx_cell(t, "total_minor", 0), "200001000.00");
    assert_string_equal(fx_cell(t, "last", 0), "200000");
    kam_table_unref(t);
    FX_OK(store_sql(s, indexes, NULL, NULL, false, &t, err));
    assert_string_equal(fx_cell(t, "n", 0), before); /* the indexes are back */
    kam_table_unref(t);
    FX_OK(store_check(s, &t, err));
    assert_int_equal(kam_table_rows(t), 0);
    kam_table_unref(t);
    printf("# 200,000 rows in, out and in: %.2f s\n", (double)(clock() - start) / CLOCKS_PER_SEC);
    fx_close(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(entries_nest), cmocka_unit_test(to_and_fro),   cmocka_unit_test(refusal),
        cmocka_unit_test(the_list),     cmocka_unit_test(transactions), cmocka_unit_test(a_big_entry),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SQL of the user: types by origin and alias, variables, what is refused. */
#include "store_db.h"
#include "store_fixture.h"

static bool bind(void *ctx, const char *name, const char **text, bool *as_text)
{
    const char *const *pairs = ctx;
    for (; pairs[0]; pairs += 2)
        if (strcmp(pairs[0], name) == 0) {
            *text = pairs[1];
            *as_text = strcmp(name, "code") == 0;
            return true;
        }
    return false;
}

static const char *type_of(const kam_table *t, const char *column)
{
    return kam_type_name(kam_col_type(kam_table_find(t, column)));
}

static void types(void **state)
{
    (void)state;
    store *s = fx_open();
    kam_table *t;
    fx_add(s, "account", "code=007", "name=x", "annual_spend=5", "known_since=2025-01-01", "exit_cost=3");
    FX_OK(store_sql(s,
                    "SELECT code, annual_spend_minor, annual_spend_minor AS spend, known_since_day AS since, bad_debt, exit_cost,"
                    " known_since_day + 1 AS next_day, 2 * annual_spend_minor AS twice_minor, known_since_day / 2 AS half, count(*) AS n,"
                    " 1.5 AS r, 'x' AS t, NULL AS void, employees, code FROM accounts",
                    NULL, NULL, false, &t, err));
    assert_string_equal(type_of(t, "code"), "text");
    assert_string_equal(fx_cell(t, "code", 0), "007");
    assert_string_equal(type_of(t, "annual_spend_minor"), "money");
    assert_string_equal(type_of(t, "spend"), "money"); /* by its origin */
    assert_string_equal(type_of(t, "since"), "day");
    assert_string_equal(type_of(t, "bad_debt"), "flag");
    assert_string_equal(type_of(t, "exit_cost"), "real");
    assert_string_equal(type_of(t, "next_day"), "day"); /* by its alias */
    assert_string_equal(fx_cell(t, "next_day", 0), "2025-01-02");
    assert_string_equal(type_of(t, "twice_minor"), "money");
    assert_string_equal(fx_cell(t, "twice_minor", 0), "10.00");
    assert_string_equal(type_of(t, "half"), "int");
    assert_string_equal(type_of(t, "n"), "int");
    assert_string_equal(type_of(t, "r"), "real");
    assert_string_equal(type_of(t, "t"), "text");
    assert_string_equal(fx_cell(t, "void", 0), "-");
    assert_string_equal(fx_cell(t, "employees", 0), "-");
    assert_string_equal(fx_cell(t, "code_2", 0), "007");
    kam_table_unref(t);
    fx_close(s);
}

static void variables(void **state)
{
    (void)state;
    store *s = fx_open();
    kam_table *t;
    const char *pairs[] = {"code", "007", "n", "3", "r", "2.5", "nothing", NULL, NULL, NULL};
    FX_OK(store_sql(s, "SELECT :n + 1 AS a, :r * 2 AS b, typeof(:code) AS c, :nothing IS NULL AS d", bind, pairs, false, &t, err));
    assert_string_equal(fx_cell(t, "a", 0), "4");
    assert_string_equal(fx_cell(t, "b", 0), "5");
    assert_string_equal(fx_cell(t, "c", 0), "text");
    assert_string_equal(fx_cell(t, "d", 0), "1");
    kam_table_unref(t);
    FX_FAILS(store_sql(s, "SELECT :other", bind, pairs, false, &t, err), KAM_NOTFOUND, "variable");
    FX_FAILS(store_sql(s, "SELECT ?1", bind, pairs, false, &t, err), KAM_USAGE, "sql");
    fx_close(s);
}

static void refused(void **state)
{
    (void)state;
    static const char *const never[] = {
        "SELECT 1; SELECT 2", "", "  -- only a comment", "SELEC 1", "SELECT * FROM nowhere", "BEGIN", "COMMIT", "SAVEPOINT x",
        "ATTACH 'x' AS y", "PRAGMA journal_mode = DELETE", "PRAGMA writable_schema = 1", "CREATE TABLE x (a)", "DROP TABLE accounts",
        "CREATE TEMP TABLE x (a)", "ALTER TABLE accounts ADD COLUMN z", "VACUUM", "DELETE FROM change_entries", "DELETE FROM settings",
        "DELETE FROM sqlite_schema", "SELECT load_extension('x')", "REINDEX", "ANALYZE",
    };
    store *s = fx_open();
    kam_table *t;
    char *before = fx_dump(s);
    for (size_t i = 0; i < COUNT_OF(never); i++) {
        FX_FAILS(store_sql(s, never[i], NULL, NULL, false, &t, err), KAM_USAGE, "sql");
        FX_OK(store_entry_begin(s, STAMP("sql"), err));
        FX_FAILS(store_sql(s, never[i], NULL, NULL, true, &t, err), KAM_USAGE, "sql");
        store_entry_rollback(s);
    }
    FX_FAILS(store_sql(s, "INSERT INTO reps (code, name) VALUES ('a', 'b')", NULL, NULL, false, &t, err), KAM_USAGE, "sql");
    FX_FAILS(store_sql(s, "WITH x AS (SELECT 1) DELETE FROM reps", NULL, NULL, false, &t, err), KAM_USAGE, "sql");
    char *after = fx_dump(s);
    assert_string_equal(before, after);
    kam_free(before);
    kam_free(after);
    FX_OK(store_entry_begin(s, STAMP("sql"), err));
    FX_OK(store_sql(s, "INSERT INTO reps (code, name) VALUES ('a', 'b'), ('c', 'd')", NULL, NULL, true, &t, err));
    assert_string_equal(fx_cell(t, "changed", 0), "2");
    kam_table_unref(t);
    FX_FAILS(store_sql(s, "INSERT INTO reps (code, name) VALUES ('a', 'x')", NULL, NULL, true, &t, err), KAM_CONSTRAINT, "rule");
    FX_FAILS(store_sql(s, "INSERT INTO contacts (code, name, account_id) VALUES ('a', 'x', 5)", NULL, NULL, true, &t, err), KAM_CONSTRAINT, "rule");
    FX_OK(store_entry_commit(s, NULL, err));
    assert_int_equal(fx_count(s, "rep"), 2);
    fx_close(s);
}

/* Numbers in a column that turns out to be one of texts stand there as SQLite writes them; a sort gives the page cache back. */
static void mixed(void **state)
{
    (void)state;
    store *s = fx_open();
    kam_table *t;
    int64_t cache = 0;
    FX_OK(store_sql(s, "SELECT column1 AS x, column2 AS y FROM (VALUES (1, 1), (2.5, 2.5), (1e20, NULL), ('', 3), (x'00', 4), (NULL, 5)) ORDER BY y", NULL, NULL,
                    false, &t, err));
    const kam_column *x = kam_table_column(t, 0), *y = kam_table_column(t, 1);
    assert_int_equal(kam_col_type(x), KAM_TEXT);
    assert_int_equal(kam_col_type(y), KAM_REAL);
    static const char *const want[] = {"1.0e+20", "1", "2.5", "", "(binary)", ""};
    for (size_t i = 0; i < COUNT_OF(want); i++) assert_string_equal(kam_col_text(x, i), want[i]);
    assert_true(!kam_col_missing(x, 3) && kam_col_missing(x, 5) && kam_col_missing(y, 0));
    assert_true(kam_col_real(y, 1) == 1 && kam_col_real(y, 2) == 2.5);
    kam_table_unref(t);
    FX_OK(store_get_int(s, "PRAGMA cache_size", &cache, NULL, err));
    assert_int_equal(cache, -65536);
    fx_close(s);
}

/* The check finds what sql -write can break. */
static void broken_rules(void **state)
{
    (void)state;
    static const char *const breaks[] = {
        "UPDATE accounts SET kind = 'shop'", "UPDATE accounts SET exit_cost = 11", "UPDATE contacts SET reports_to_id = id",
        "UPDATE assessments SET subject_id = 77", "UPDATE accounts SET known_since_day = 99999999",
    };
    for (size_t i = 0; i < COUNT_OF(breaks); i++) {
        store *s = fx_open();
        kam_table *t;
        fx_add(s, "account", "code=A1", "name=x");
        fx_add(s, "contact", "code=C1", "account=A1", "name=x");
        fx_add(s, "assessment", "subject_kind=contact", "subject=C1", "attribute=attitude", "date=2025-01-01", "value=1");
        FX_OK(store_entry_begin(s, STAMP("sql"), err));
        FX_OK(store_sql(s, breaks[i], NULL, NULL, true, &t, err));
        kam_table_unref(t);
        FX_OK(store_entry_commit(s, NULL, err));
        FX_OK(store_check(s, &t, err));
        assert_int_equal(kam_table_rows(t), 1);
        kam_table_unref(t);
        fx_close(s);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(types), cmocka_unit_test(variables), cmocka_unit_test(refused), cmocka_unit_test(broken_rules), cmocka_unit_test(mixed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

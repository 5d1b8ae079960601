/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The schema: generated from the field table for a new database, migrated step by step for an old one.
 *
 * A new field is a line in store_model_*.c, STORE_SCHEMA_VERSION + 1 and a step here (ALTER TABLE … ADD COLUMN). A
 * column is always added at the end, so that images in the journal made before stay readable. Enum keys and ranges
 * are checked by the store and by `database check`, not by the DDL: they may widen without rebuilding a table. */
#include "store_db.h"
#include <string.h>

enum { STORE_SCHEMA_INITIALS = 4 };

static const char initials_ddl[] =
    "CREATE TABLE name_initials (\n  entity TEXT NOT NULL,\n  initials TEXT NOT NULL,\n  object_id INTEGER NOT NULL,\n"
    "  PRIMARY KEY (entity, initials, object_id)\n) STRICT, WITHOUT ROWID;\n";

static const store_migration migrations[] = {
    {2, "ALTER TABLE marks ADD COLUMN by_who TEXT"}, /* who gave a mark */
    /* saved selections of accounts (G3) */
    {3, "CREATE TABLE segments (\n  id INTEGER PRIMARY KEY,\n  code TEXT NOT NULL,\n  name TEXT,\n  script TEXT,\n  saved_day INTEGER,\n"
        "  notes TEXT\n) STRICT;\nCREATE UNIQUE INDEX segments_key ON segments(code);\n"
        "CREATE INDEX segments_name ON segments(name COLLATE NOCASE);\n"
        "CREATE TABLE segment_members (\n  id INTEGER PRIMARY KEY,\n  segment_id INTEGER NOT NULL REFERENCES segments(id),\n"
        "  account_id INTEGER NOT NULL REFERENCES accounts(id)\n) STRICT;\n"
        "CREATE UNIQUE INDEX segment_members_key ON segment_members(segment_id, account_id);\n"
        "CREATE INDEX segment_members_account ON segment_members(account_id);\n"},
    {STORE_SCHEMA_INITIALS, initials_ddl}, /* other spellings of names; store_schema_migrate fills them in */
    /* account plans as they were (J6) */
    {5, "CREATE TABLE plan_snapshots (\n  id INTEGER PRIMARY KEY,\n  code TEXT NOT NULL,\n  account_id INTEGER NOT NULL REFERENCES accounts(id),\n"
        "  number INTEGER NOT NULL,\n  day INTEGER NOT NULL,\n  name TEXT,\n  notes TEXT\n) STRICT;\n"
        "CREATE UNIQUE INDEX plan_snapshots_key ON plan_snapshots(code);\n"
        "CREATE INDEX plan_snapshots_account ON plan_snapshots(account_id, day);\n"
        "CREATE INDEX plan_snapshots_name ON plan_snapshots(name COLLATE NOCASE);\n"
        "CREATE TABLE plan_facts (\n  id INTEGER PRIMARY KEY,\n  snapshot_id INTEGER NOT NULL REFERENCES plan_snapshots(id),\n"
        "  kind TEXT NOT NULL,\n  object TEXT NOT NULL,\n  field TEXT NOT NULL,\n  name TEXT,\n  value TEXT NOT NULL,\n"
        "  since_day INTEGER,\n  by_who TEXT\n) STRICT;\n"
        "CREATE UNIQUE INDEX plan_facts_key ON plan_facts(snapshot_id, kind, object, field);\n"},
    {6, "ALTER TABLE plan_texts ADD COLUMN audience TEXT DEFAULT 'internal'"}, /* who may read a text of the plan */
};

void store_link_owner(const store_entity *e, kam_str *out)
{
    for (const char *p = e->name; *p; p++) kam_str_addc(out, *p == '-' ? '_' : *p);
    kam_str_add(out, "_id");
}

void store_link_table(const store_entity *e, const store_field *f, kam_str *out)
{
    for (const char *p = e->name; *p; p++) kam_str_addc(out, *p == '-' ? '_' : *p);
    kam_str_addf(out, "_%s", f->name);
}

const char *store_code_column(const store_entity *e)
{
    const store_field *f = &e->fields[0];
    return f->kind == STORE_CODE && store_field_positional(f) && strcmp(f->column, "code") == 0 ? "code" : NULL;
}

static const char *sql_type(store_kind k)
{
    switch (k) {
    case STORE_INT: case STORE_FLAG: case STORE_DAY: case STORE_MONEY: case STORE_REF: case STORE_SUBJECT:
        return "INTEGER";
    case STORE_REAL:
        return "REAL";
    default:
        return "TEXT";
    }
}

static void column_ddl(const store_field *f, kam_str *out)
{
    kam_str_addf(out, ",\n  %s %s", f->column, sql_type(f->kind));
    if (f->flags & STORE_REQUIRED) kam_str_add(out, " NOT NULL");
    if (f->dflt && f->kind == STORE_FLAG) kam_str_addf(out, " DEFAULT %s", f->dflt);
    if (f->dflt && f->kind == STORE_ENUM) kam_str_addf(out, " DEFAULT '%s'", f->dflt);
    if (f->kind == STORE_FLAG) kam_str_addf(out, " CHECK (%s IN (0, 1))", f->column);
    if (f->kind == STORE_REF) kam_str_addf(out, " REFERENCES %s(id)", store_entity_find(f->ref)->table);
    if (f->kind == STORE_VALUE)
        kam_str_add(out, ",\n  value_real REAL,\n  value_day INTEGER,\n  value_minor INTEGER,\n"
                         "  value_rep_id INTEGER REFERENCES reps(id)");
}

static void table_ddl(const store_entity *e, kam_str *out)
{
    kam_str_addf(out, "CREATE TABLE %s (\n  id INTEGER PRIMARY KEY", e->table);
    for (size_t i = 0; i < e->n_fields; i++)
        if (e->fields[i].kind != STORE_AUTO && e->fields[i].kind != STORE_REFS) column_ddl(&e->fields[i], out);
    kam_str_add(out, "\n) STRICT;\n");
    for (size_t i = 0; i < e->n_fields; i++) {
        const store_field *f = &e->fields[i];
        if (f->kind != STORE_REFS) continue;
        kam_str table = KAM_STR_INIT, owner = KAM_STR_INIT;
        store_link_table(e, f, &table);
        store_link_owner(e, &owner);
        kam_str_addf(out,
                     "CREATE TABLE %s (\n  id INTEGER PRIMARY KEY,\n  %s INTEGER NOT NULL REFERENCES %s(id),\n"
                     "  %s INTEGER NOT NULL REFERENCES %s(id)\n) STRICT;\n"
                     "CREATE UNIQUE INDEX %s_key ON %s(%s, %s);\nCREATE INDEX %s_other ON %s(%s);\n",
                     table.s, owner.s, e->table, f->column, store_entity_find(f->ref)->table, table.s, table.s,
                     owner.s, f->column, table.s, table.s, f->column);
        kam_str_release(&table);
        kam_str_release(&owner);
    }
}

void store_schema_sort_key_index(const store_entity *e, kam_str *out)
{
    kam_str_addf(out, "CREATE INDEX %s_sort_key ON %s(sort_key COLLATE NOCASE);\n", e->table, e->table);
}

/* The key, one index a reference (with the day where a record belongs to an account and a day), names. */
static void index_ddl(const store_entity *e, kam_str *out)
{
    bool any = false;
    for (size_t i = 0; i < e->n_fields; i++) {
        const store_field *f = &e->fields[i];
        if (!(f->flags & STORE_KEY) || f->kind == STORE_AUTO) continue;
        if (!any) kam_str_addf(out, "CREATE UNIQUE INDEX %s_key ON %s(", e->table, e->table);
        else kam_str_add(out, ", ");
        kam_str_addf(out, f->flags & STORE_REQUIRED ? "%s" : "COALESCE(%s, 0)", f->column);
        any = true;
    }
    if (any) kam_str_add(out, ");\n");
    if (strcmp(e->name, "transaction") == 0) return; /* has indexes of its own */
    const store_field *date = store_field_find(e, "date");
    for (size_t i = 0; i < e->n_fields; i++) {
        const store_field *f = &e->fields[i];
        if (f->kind == STORE_VALUE) kam_str_addf(out, "CREATE INDEX %s_rep ON %s(value_rep_id);\n", e->table, e->table);
        if (f->kind != STORE_REF || (any && i == 0)) continue;
        bool with_day = date && strcmp(f->column, "account_id") == 0;
        kam_str_addf(out, "CREATE INDEX %s_%s ON %s(%s%s);\n", e->table, f->name, e->table, f->column,
                     with_day ? ", day" : "");
    }
    if (e->flags & STORE_E_NAMED)
        kam_str_addf(out,
                     "CREATE INDEX %s_name ON %s(name COLLATE NOCASE);\n"
                     "CREATE INDEX %s_name_en ON %s(name_en COLLATE NOCASE);\n",
                     e->table, e->table, e->table, e->table);
    if (e->flags & STORE_E_NAMED) store_schema_sort_key_index(e, out);
    if (e->flags & STORE_E_NAME)
        kam_str_addf(out, "CREATE INDEX %s_name ON %s(name COLLATE NOCASE);\n", e->table, e->table);
}

static const struct {
    const char *name, *on;
} bulk_indexes[] = {
    {"transactions_ledger", "(account_id, day, amount_minor, cost_minor)"},
    /* lines whose cost comes from the product; the cost, always NULL, is there so that the index covers */
    {"transactions_uncosted", "(account_id, day, product_id, quantity, amount_minor, cost_minor) "
                              "WHERE cost_minor IS NULL AND product_id IS NOT NULL"},
    {"transactions_due", "(due_day, paid_day, account_id, day) WHERE due_day IS NOT NULL"}, /* unpaid invoices */
    {"transactions_product", "(product_id) WHERE product_id IS NOT NULL"},
    {"transactions_invoice", "(invoice_no) WHERE invoice_no IS NOT NULL"},
};

void store_schema_bulk_indexes(bool drop, kam_str *out)
{
    for (size_t i = 0; i < sizeof bulk_indexes / sizeof *bulk_indexes; i++) {
        if (drop) kam_str_addf(out, "DROP INDEX IF EXISTS %s;\n", bulk_indexes[i].name);
        else
            kam_str_addf(out, "CREATE INDEX %s ON transactions%s;\n", bulk_indexes[i].name, bulk_indexes[i].on);
    }
}

void store_schema_ddl(kam_str *out)
{
    size_t n;
    const store_entity *e = store_entities(&n);
    for (size_t i = 0; i < n; i++) {
        if (strcmp(e[i].name, "change") == 0) continue;
        table_ddl(&e[i], out);
        index_ddl(&e[i], out);
    }
    store_schema_bulk_indexes(false, out);
    kam_str_add(out, "CREATE TABLE change_entries (\n"
                     "  id INTEGER PRIMARY KEY AUTOINCREMENT,\n"
                     "  at_s INTEGER NOT NULL,\n"
                     "  who TEXT,\n"
                     "  command TEXT,\n"
                     "  state INTEGER NOT NULL DEFAULT 0,\n" /* 0 done, 1 undone, 2 undone for good */
                     "  schema INTEGER NOT NULL\n"
                     ") STRICT;\n"
                     "CREATE TABLE change_rows (\n"
                     "  id INTEGER PRIMARY KEY,\n"
                     "  entry_id INTEGER NOT NULL REFERENCES change_entries(id),\n"
                     "  tbl TEXT NOT NULL,\n"
                     "  op TEXT NOT NULL,\n" /* I, U or D */
                     "  first_row INTEGER NOT NULL,\n"
                     "  last_row INTEGER NOT NULL,\n"
                     "  n INTEGER NOT NULL,\n"
                     "  image BLOB\n"
                     ") STRICT;\n"
                     "CREATE INDEX change_rows_entry ON change_rows(entry_id);\n");
    kam_str_add(out, initials_ddl);
}

/* Where a field of an entity that is found by name stands in its table: id, then the fields (column_ddl). */
static int name_column(const store_entity *e, const char *name)
{
    const store_field *f = e->flags & (STORE_E_NAMED | STORE_E_NAME) ? store_field_find(e, name) : NULL;
    if (!f) return -1;
    int column = 1;
    for (const store_field *g = e->fields; g < f; g++) column += g->kind != STORE_AUTO && g->kind != STORE_REFS;
    return column;
}

void store_schema_tables(store *s)
{
    size_t n, k = 0;
    const store_entity *e = store_entities(&n);
    for (size_t i = 0; i < n; i++) {
        k++;
        for (size_t j = 0; j < e[i].n_fields; j++) k += e[i].fields[j].kind == STORE_REFS;
    }
    s->tables = kam_calloc(k, sizeof *s->tables);
    for (size_t i = 0; i < n; i++) {
        if (strcmp(e[i].name, "change") == 0) continue;
        s->tables[s->n_tables++] = (store_jtable){e[i].table, &e[i], NULL, name_column(&e[i], "name"), name_column(&e[i], "sort_key")};
        for (size_t j = 0; j < e[i].n_fields; j++) {
            if (e[i].fields[j].kind != STORE_REFS) continue;
            kam_str name = KAM_STR_INIT;
            store_link_table(&e[i], &e[i].fields[j], &name);
            s->tables[s->n_tables++] = (store_jtable){kam_str_detach(&name), &e[i], &e[i].fields[j], -1, -1};
        }
    }
}

static kam_rc set_version(store *s, int version, kam_err *err)
{
    kam_str sql = KAM_STR_INIT;
    kam_str_addf(&sql, "PRAGMA application_id = %d; PRAGMA user_version = %d;", STORE_APPLICATION_ID, version);
    kam_rc rc = store_exec(s, sql.s, err);
    kam_str_release(&sql);
    return rc;
}

static kam_rc create(store *s, kam_err *err)
{
    kam_rc rc = store_level_begin(s, true, err);
    if (rc != KAM_OK) return rc;
    /* Two processes may have found the file empty: the second finds the first one's schema here. */
    int64_t tables = 0;
    rc = store_get_int(s, "SELECT count(*) FROM sqlite_schema", &tables, NULL, err);
    if (rc == KAM_OK && tables == 0) {
        kam_str ddl = KAM_STR_INIT;
        store_schema_ddl(&ddl);
        rc = store_exec(s, ddl.s, err);
        kam_str_release(&ddl);
        if (rc == KAM_OK) rc = set_version(s, STORE_SCHEMA_VERSION, err);
    }
    if (rc != KAM_OK) {
        store_level_rollback(s);
        return rc;
    }
    return store_level_commit(s, err);
}

kam_rc store_schema_migrate(store *s, const store_migration *steps, size_t n, kam_err *err)
{
    for (size_t i = 0; i < n; i++) {
        kam_rc rc = store_level_begin(s, true, err);
        if (rc != KAM_OK) return rc;
        int64_t version = 0; /* read inside: another process may have been first */
        rc = store_get_int(s, "PRAGMA user_version", &version, NULL, err);
        if (rc == KAM_OK && version < steps[i].to && steps[i].sql) {
            rc = store_exec(s, steps[i].sql, err);
            if (rc == KAM_OK && steps[i].to == STORE_SCHEMA_INITIALS) rc = store_initials_rebuild(s, err);
            if (rc == KAM_OK) rc = set_version(s, steps[i].to, err);
        }
        if (rc != KAM_OK) {
            store_level_rollback(s);
            kam_err_prefix(err, "bringing %s to version %d: ", s->path ? s->path : "the database", steps[i].to);
            return rc;
        }
        rc = store_level_commit(s, err);
        if (rc != KAM_OK) return rc;
    }
    return KAM_OK;
}

static kam_rc refuse(store *s, const char *word, kam_err *err, const char *fmt, ...) __attribute__((format(printf, 4, 5)));
static kam_rc refuse(store *s, const char *word, kam_err *err, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    kam_err_vset(err, KAM_DATABASE, fmt, ap);
    va_end(ap);
    kam_err_word(err, word);
    kam_err_word(err, s->path);
    return KAM_DATABASE;
}

kam_rc store_schema_prepare(store *s, kam_err *err)
{
    int64_t id = 0, version = 0, tables = 0;
    kam_rc rc = store_get_int(s, "PRAGMA application_id", &id, NULL, err);
    if (rc == KAM_OK) rc = store_get_int(s, "PRAGMA user_version", &version, NULL, err);
    if (rc == KAM_OK) rc = store_get_int(s, "SELECT count(*) FROM sqlite_schema", &tables, NULL, err);
    if (rc != KAM_OK) return rc;
    if (id == 0 && tables == 0) {
        if (s->readonly)
            return refuse(s, "empty", err, "%s is empty; open it without -readonly once, so that kamsh can lay it out", s->path ? s->path : "the database");
        return create(s, err);
    }
    if (id != STORE_APPLICATION_ID)
        return refuse(s, "foreign", err, "%s is a SQLite database, but not one of kamsh; name another file", s->path ? s->path : "the database");
    if (version > STORE_SCHEMA_VERSION)
        return refuse(s, "newer", err, "%s was made by a newer kamsh; install that version, or open a backup", s->path ? s->path : "the database");
    if (version == STORE_SCHEMA_VERSION) return KAM_OK;
    if (s->readonly)
        return refuse(s, "old", err, "%s was made by an older kamsh; open it without -readonly once to bring it up to date", s->path ? s->path : "the database");
    return store_schema_migrate(s, migrations, sizeof migrations / sizeof *migrations, err);
}

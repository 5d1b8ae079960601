/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The writer's statements: a complete row is inserted, the columns of a row that differ are updated, a row is found. */
#include "store_writer.h"
#include <string.h>

static const char *const value_columns[STORE_VALUE_PARTS] = {"value", "value_real", "value_day", "value_minor", "value_rep_id"};

static kam_rc duplicate(store_writer *w, kam_err *err)
{
    kam_str key = KAM_STR_INIT;
    for (size_t i = 0; i < w->e->n_fields; i++)
        if ((w->e->fields[i].flags & STORE_KEY) && w->cell[i].type == STORE_C_TEXT)
            kam_str_addf(&key, "%s%s", key.len ? " " : "", w->cell[i].text);
    bool vowel = strchr("aeiou", w->e->en[0]) != NULL;
    kam_rc rc = store_bad(w->e, &w->e->fields[0], "duplicate", kam_str_cstr(&key), err, vowel ? "there is already an %s %s" : "there is already a %s %s", w->e->en,
                          key.len ? key.s : "with this key");
    kam_str_release(&key);
    return rc;
}

/* A failed write: a broken key is said by name, all else as SQLite says it. */
static kam_rc write_failed(store_writer *w, kam_rc rc, const kam_err *own, kam_err *err)
{
    int x = sqlite3_extended_errcode(w->s->db);
    if (rc == KAM_CONSTRAINT && (x == SQLITE_CONSTRAINT_UNIQUE || x == SQLITE_CONSTRAINT_PRIMARYKEY || x == SQLITE_CONSTRAINT_ROWID))
        return duplicate(w, err);
    if (err && err->code == KAM_OK) *err = *own;
    return rc;
}

/* Calls put for every SQL column the field spans. */
static size_t columns_of(const store_field *f, const char *name[STORE_VALUE_PARTS])
{
    if (f->kind == STORE_REFS) return 0;
    name[0] = f->column;
    if (f->kind != STORE_VALUE) return 1;
    memcpy(name, value_columns, sizeof value_columns);
    return STORE_VALUE_PARTS;
}

static const store_cell *part_of(const store_writer *w, size_t field, size_t k)
{
    return w->e->fields[field].kind == STORE_VALUE ? &w->parts[k] : &w->cell[field];
}

static kam_rc write_links(store_writer *w, size_t field, int64_t id, bool clear, kam_err *err)
{
    const store_field *f = &w->e->fields[field];
    const store_cell *c = &w->cell[field];
    kam_str table = KAM_STR_INIT, owner = KAM_STR_INIT, sql = KAM_STR_INIT;
    sqlite3_stmt *st;
    kam_rc rc = KAM_OK;
    store_link_table(w->e, f, &table);
    store_link_owner(w->e, &owner);
    if (clear) {
        kam_str_addf(&sql, "DELETE FROM %s WHERE %s = ?1", table.s, owner.s);
        rc = store_prepare(w->s, sql.s, &st, err);
        if (rc == KAM_OK) {
            sqlite3_bind_int64(st, 1, id);
            rc = store_run(w->s, st, err);
        }
    }
    if (rc == KAM_OK && c->n_ids > 0) {
        kam_str_clear(&sql);
        kam_str_addf(&sql, "INSERT INTO %s (%s, %s) VALUES (?1, ?2)", table.s, owner.s, f->column);
        rc = store_prepare(w->s, sql.s, &st, err);
        for (size_t i = 0; rc == KAM_OK && i < c->n_ids; i++) {
            sqlite3_bind_int64(st, 1, id);
            sqlite3_bind_int64(st, 2, c->ids[i]);
            rc = store_run(w->s, st, err);
        }
    }
    kam_str_release(&table);
    kam_str_release(&owner);
    kam_str_release(&sql);
    return rc;
}

static void insert_sql(store_writer *w)
{
    const char *name[STORE_VALUE_PARTS];
    kam_str values = KAM_STR_INIT;
    int k = 1;
    kam_str_clear(&w->insert);
    kam_str_addf(&w->insert, "INSERT INTO %s (id", w->e->table);
    kam_str_add(&values, "?1");
    for (size_t i = 0; i < w->e->n_fields; i++) {
        if (w->e->fields[i].kind == STORE_AUTO) continue;
        size_t n = columns_of(&w->e->fields[i], name);
        for (size_t j = 0; j < n; j++) {
            kam_str_addf(&w->insert, ", %s", name[j]);
            kam_str_addf(&values, ", ?%d", ++k);
        }
    }
    kam_str_addf(&w->insert, ") VALUES (%s)", values.s);
    kam_str_release(&values);
}

static void bind_row(store_writer *w, sqlite3_stmt *st)
{
    const char *name[STORE_VALUE_PARTS];
    int k = 1;
    sqlite3_bind_null(st, 1);
    for (size_t i = 0; i < w->e->n_fields; i++) {
        if (w->e->fields[i].kind == STORE_AUTO) {
            store_bind_cell(st, 1, &w->cell[i]);
            continue;
        }
        size_t n = columns_of(&w->e->fields[i], name);
        for (size_t j = 0; j < n; j++) store_bind_cell(st, ++k, part_of(w, i, j));
    }
}

kam_rc store_writer_insert(store_writer *w, int64_t *id, kam_err *err)
{
    kam_rc rc = store_writer_defaults(w, err);
    if (rc == KAM_OK) rc = store_writer_resolve(w, err);
    if (rc == KAM_OK) rc = store_writer_required(w, true, err);
    if (rc == KAM_OK) rc = store_writer_outcome(w, 0, err);
    if (rc != KAM_OK) return rc;
    store_writer_sort_key(w);
    if (!w->insert_st) { /* looked up once: the store keeps it while an entry is open */
        insert_sql(w);
        rc = store_prepare(w->s, w->insert.s, &w->insert_st, err);
        if (rc != KAM_OK) return rc;
    }
    sqlite3_stmt *st = w->insert_st;
    bind_row(w, st);
    kam_err own = KAM_ERR_INIT;
    rc = store_run(w->s, st, &own);
    if (rc != KAM_OK) rc = write_failed(w, rc, &own, err);
    store_done(st);
    if (rc != KAM_OK) return rc;
    int64_t row = sqlite3_last_insert_rowid(w->s->db);
    for (size_t i = 0; i < w->e->n_fields && rc == KAM_OK; i++)
        if (w->e->fields[i].kind == STORE_REFS && store_writer_has(w, i)) rc = write_links(w, i, row, false, err);
    if (rc == KAM_OK) *id = row;
    return rc;
}

static bool same(sqlite3_stmt *st, int i, const store_cell *c)
{
    int t = sqlite3_column_type(st, i);
    switch (c->type) {
    case STORE_C_INT:
        return t == SQLITE_INTEGER && sqlite3_column_int64(st, i) == c->i;
    case STORE_C_REAL:
        return (t == SQLITE_FLOAT || t == SQLITE_INTEGER) && !(sqlite3_column_double(st, i) < c->r) &&
               !(sqlite3_column_double(st, i) > c->r);
    case STORE_C_TEXT:
        return t == SQLITE_TEXT && strcmp((const char *)sqlite3_column_text(st, i), c->text) == 0;
    default:
        return t == SQLITE_NULL;
    }
}

static kam_rc same_links(store_writer *w, size_t field, int64_t id, bool *equal, kam_err *err)
{
    kam_str table = KAM_STR_INIT, owner = KAM_STR_INIT, sql = KAM_STR_INIT;
    sqlite3_stmt *st;
    bool row;
    size_t n = 0;
    store_link_table(w->e, &w->e->fields[field], &table);
    store_link_owner(w->e, &owner);
    kam_str_addf(&sql, "SELECT %s FROM %s WHERE %s = ?1", w->e->fields[field].column, table.s, owner.s);
    kam_rc rc = store_prepare(w->s, sql.s, &st, err);
    *equal = true;
    if (rc == KAM_OK) {
        sqlite3_bind_int64(st, 1, id);
        while ((rc = store_step(w->s, st, &row, err)) == KAM_OK && row) {
            bool found = false;
            for (size_t i = 0; i < w->cell[field].n_ids; i++) found |= w->cell[field].ids[i] == sqlite3_column_int64(st, 0);
            if (!found) *equal = false;
            n++;
        }
        store_done(st);
    }
    if (n != w->cell[field].n_ids) *equal = false;
    kam_str_release(&table);
    kam_str_release(&owner);
    kam_str_release(&sql);
    return rc;
}

/* Fields of the row that were not given but decide what given ones mean. */
static kam_rc complete_row(store_writer *w, int64_t id, kam_err *err)
{
    for (size_t i = 0; i < w->e->n_fields; i++) {
        const store_field *f = &w->e->fields[i];
        bool wanted = (f->flags & STORE_ONE_OF) || ((f->flags & STORE_KEY) && (f->kind == STORE_ENUM || f->kind == STORE_CODE));
        if (!wanted || w->cell[i].type != STORE_C_ABSENT || store_code_column(w->e)) continue;
        sqlite3_stmt *st;
        bool row;
        kam_str_clear(&w->sql);
        kam_str_addf(&w->sql, "SELECT %s FROM %s WHERE id = ?1", f->column, w->e->table);
        kam_rc rc = store_prepare(w->s, w->sql.s, &st, err);
        if (rc != KAM_OK) return rc;
        sqlite3_bind_int64(st, 1, id);
        rc = store_step(w->s, st, &row, err);
        if (rc != KAM_OK) return rc;
        if (row && sqlite3_column_type(st, 0) == SQLITE_TEXT)
            w->cell[i] = (store_cell){.type = STORE_C_TEXT,
                                      .text = kam_arena_strdup(&w->arena, (const char *)sqlite3_column_text(st, 0))};
        else if (row && sqlite3_column_type(st, 0) == SQLITE_INTEGER)
            w->cell[i] = (store_cell){.type = STORE_C_INT, .i = sqlite3_column_int64(st, 0)};
        store_done(st);
    }
    return KAM_OK;
}

/* The SET list of the columns that differ; *n of them, their cells in order. */
static kam_rc differing(store_writer *w, int64_t id, kam_str *set, const store_cell **cells, int *n, kam_err *err)
{
    const char *name[STORE_VALUE_PARTS];
    sqlite3_stmt *st;
    bool row;
    int k = 0;
    kam_str_clear(&w->sql);
    for (size_t i = 0; i < w->e->n_fields; i++) {
        if (w->cell[i].type == STORE_C_ABSENT || w->e->fields[i].kind == STORE_AUTO) continue;
        size_t m = columns_of(&w->e->fields[i], name);
        for (size_t j = 0; j < m; j++) kam_str_addf(&w->sql, "%s%s", w->sql.len ? ", " : "SELECT ", name[j]);
    }
    *n = 0;
    if (w->sql.len == 0) return KAM_OK;
    kam_str_addf(&w->sql, " FROM %s WHERE id = ?1", w->e->table);
    kam_rc rc = store_prepare(w->s, w->sql.s, &st, err);
    if (rc != KAM_OK) return rc;
    sqlite3_bind_int64(st, 1, id);
    rc = store_step(w->s, st, &row, err);
    if (rc == KAM_OK && !row) KAM_BUG("row %lld of %s is gone", (long long)id, w->e->table);
    for (size_t i = 0; rc == KAM_OK && i < w->e->n_fields; i++) {
        if (w->cell[i].type == STORE_C_ABSENT || w->e->fields[i].kind == STORE_AUTO) continue;
        size_t m = columns_of(&w->e->fields[i], name);
        for (size_t j = 0; j < m; j++) {
            if (same(st, k++, part_of(w, i, j))) continue;
            cells[(*n)++] = part_of(w, i, j);
            kam_str_addf(set, "%s%s = ?%d", set->len ? ", " : "", name[j], *n);
        }
    }
    store_done(st);
    return rc;
}

kam_rc store_writer_update(store_writer *w, int64_t id, bool *changed, kam_err *err)
{
    kam_rc rc = complete_row(w, id, err);
    if (rc == KAM_OK) rc = store_writer_resolve(w, err);
    if (rc == KAM_OK) rc = store_writer_required(w, false, err);
    if (rc == KAM_OK) rc = store_writer_outcome(w, id, err);
    if (rc == KAM_OK) rc = store_writer_cycles(w, id, err);
    if (rc != KAM_OK) return rc;
    const store_field *sk = store_field_find(w->e, "sort_key");
    if (sk && w->cell[store_writer_field(w, "name")].type == STORE_C_TEXT && w->cell[store_field_index(w->e, sk)].type == STORE_C_ABSENT)
        store_writer_sort_key(w); /* a renamed object sorts by its new name */
    const store_cell **cells = kam_calloc(w->e->n_fields + STORE_VALUE_PARTS, sizeof *cells);
    kam_str set = KAM_STR_INIT;
    int n = 0;
    sqlite3_stmt *st;
    *changed = false;
    size_t one_of = 0, given = 0;
    for (size_t i = 0; i < w->e->n_fields; i++)
        if (w->e->fields[i].flags & STORE_ONE_OF) {
            one_of++;
            given += store_writer_has(w, i);
        }
    if (one_of && given != 1) rc = store_bad(w->e, &w->e->fields[0], "one_of", NULL, err, "give exactly one of rep and account");
    if (rc == KAM_OK) rc = differing(w, id, &set, cells, &n, err);
    if (rc == KAM_OK && n > 0) {
        kam_str_clear(&w->sql);
        kam_str_addf(&w->sql, "UPDATE %s SET %s WHERE id = ?%d", w->e->table, set.s, n + 1);
        rc = store_prepare(w->s, w->sql.s, &st, err);
        if (rc == KAM_OK) {
            for (int i = 0; i < n; i++) store_bind_cell(st, i + 1, cells[i]);
            sqlite3_bind_int64(st, n + 1, id);
            kam_err own = KAM_ERR_INIT;
            rc = store_run(w->s, st, &own);
            if (rc != KAM_OK) rc = write_failed(w, rc, &own, err);
            store_done(st);
            *changed = rc == KAM_OK;
        }
    }
    for (size_t i = 0; i < w->e->n_fields && rc == KAM_OK; i++) {
        bool equal;
        if (w->e->fields[i].kind != STORE_REFS || w->cell[i].type == STORE_C_ABSENT) continue;
        rc = same_links(w, i, id, &equal, err);
        if (rc != KAM_OK || equal) continue;
        rc = write_links(w, i, id, true, err);
        *changed = true;
    }
    kam_free(cells);
    kam_str_release(&set);
    return rc;
}

kam_rc store_writer_find(store_writer *w, const size_t *fields, size_t n, int64_t *id, kam_err *err)
{
    kam_rc rc = store_writer_resolve(w, err);
    if (rc != KAM_OK) return rc;
    size_t key[16], n_key = 0;
    for (size_t i = 0; n == 0 && i < w->e->n_fields && n_key < 16; i++)
        if (w->e->fields[i].flags & STORE_KEY) key[n_key++] = i;
    const size_t *f = n ? fields : key;
    n_key = n ? n : n_key;
    kam_str_clear(&w->sql);
    kam_str_addf(&w->sql, "SELECT id FROM %s WHERE ", w->e->table);
    for (size_t i = 0; i < n_key; i++) {
        const store_field *x = &w->e->fields[f[i]];
        if (x->kind == STORE_REFS) return store_bad(w->e, x, "value", x->name, err, "a list cannot be a key");
        bool optional = (x->flags & STORE_KEY) && !(x->flags & STORE_REQUIRED) && x->kind != STORE_AUTO;
        kam_str_add(&w->sql, i ? " AND " : "");
        kam_str_addf(&w->sql, optional ? "COALESCE(%s, 0) IS ?%d" : "%s IS ?%d", x->column, (int)i + 1);
    }
    kam_str_add(&w->sql, " LIMIT 2");
    sqlite3_stmt *st;
    bool row;
    int found = 0;
    rc = store_prepare(w->s, w->sql.s, &st, err);
    if (rc != KAM_OK) return rc;
    for (size_t i = 0; i < n_key; i++) {
        const store_field *x = &w->e->fields[f[i]];
        bool optional = (x->flags & STORE_KEY) && !(x->flags & STORE_REQUIRED) && x->kind != STORE_AUTO;
        if (optional && !store_writer_has(w, f[i])) sqlite3_bind_int64(st, (int)i + 1, 0);
        else store_bind_cell(st, (int)i + 1, &w->cell[f[i]]);
    }
    *id = 0;
    while ((rc = store_step(w->s, st, &row, err)) == KAM_OK && row)
        if (found++ == 0) *id = sqlite3_column_int64(st, 0);
    store_done(st);
    if (rc == KAM_OK && found > 1) {
        kam_err_set(err, KAM_CONSTRAINT, "several %s have these values; name more fields", w->e->plural_en);
        kam_err_word(err, "ambiguous");
        return kam_err_word(err, w->e->name);
    }
    return rc;
}

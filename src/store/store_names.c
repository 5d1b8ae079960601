/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names to row numbers and back: by code, by unique name, by number. */
#include "kam_utf8.h"
#include "store_row.h"
#include <stdio.h>
#include <string.h>

enum { NEAREST_POOL = 20000 };

/* Numbers of rows for which sql (one parameter, the text) holds, at most two. */
static kam_rc two_ids(store *s, const char *sql, const char *text, int64_t *id, int *n, kam_err *err)
{
    sqlite3_stmt *st;
    bool row;
    *n = 0;
    kam_rc rc = store_prepare(s, sql, &st, err);
    if (rc != KAM_OK) return rc;
    sqlite3_bind_text(st, 1, text, -1, SQLITE_STATIC);
    while ((rc = store_step(s, st, &row, err)) == KAM_OK && row) {
        if ((*n)++ == 0) *id = sqlite3_column_int64(st, 0);
    }
    store_done(st);
    return rc;
}

static kam_rc by_number(store *s, const store_entity *e, const char *text, int64_t *id, kam_err *err)
{
    long long v;
    *id = 0;
    if (text[0] == '#') text++;
    if (!kam_parse_int(text, &v)) return KAM_OK;
    kam_str sql = KAM_STR_INIT;
    kam_str_addf(&sql, "SELECT id FROM %s WHERE id = CAST(?1 AS INTEGER)", e->table);
    int n;
    char number[32];
    snprintf(number, sizeof number, "%lld", v);
    kam_rc rc = two_ids(s, sql.s, number, id, &n, err);
    if (rc == KAM_OK && n == 0) *id = 0;
    kam_str_release(&sql);
    return rc;
}

/* Where there is one name it may hold both languages, `中文 | English`: either half names the row, too. The first half is a
 * range of the index; the second, asked for only when nothing else fits, a scan. */
static kam_rc by_half_name(store *s, const store_entity *e, const char *text, int64_t *id, int *n, kam_err *err)
{
    kam_str sql = KAM_STR_INIT;
    kam_str_addf(&sql, "SELECT id FROM %s WHERE name = ?1 COLLATE NOCASE UNION ALL SELECT id FROM %s WHERE name >= (?1 || ' | ')"
                 " COLLATE NOCASE AND name < (?1 || ' |!') COLLATE NOCASE LIMIT 2", e->table, e->table);
    kam_rc rc = two_ids(s, sql.s, text, id, n, err);
    if (rc == KAM_OK && *n == 0) {
        kam_str_clear(&sql);
        kam_str_addf(&sql, "SELECT id FROM %s WHERE substr(name, -length(?1) - 3) = (' | ' || ?1) COLLATE NOCASE LIMIT 2", e->table);
        rc = two_ids(s, sql.s, text, id, n, err);
    }
    kam_str_release(&sql);
    return rc;
}

static kam_rc by_name(store *s, const store_entity *e, const char *text, int64_t *id, kam_err *err)
{
    kam_str sql = KAM_STR_INIT;
    int n = 0;
    kam_rc rc;
    if (e->flags & STORE_E_NAMED) {
        kam_str_addf(&sql,
                     "SELECT id FROM %s WHERE name = ?1 COLLATE NOCASE UNION ALL SELECT id FROM %s WHERE name_en = ?1"
                     " COLLATE NOCASE AND name <> ?1 COLLATE NOCASE LIMIT 2", /* UNION would make a table each time */
                     e->table, e->table);
        rc = two_ids(s, sql.s, text, id, &n, err);
    } else rc = by_half_name(s, e, text, id, &n, err);
    kam_str_release(&sql);
    if (rc != KAM_OK) return rc;
    if (n == 0) *id = 0;
    if (n < 2) return KAM_OK;
    kam_err_set(err, KAM_CONSTRAINT, "several %s are named \"%s\"; use the code", e->plural_en, text);
    kam_err_word(err, "ambiguous");
    kam_err_word(err, e->name);
    return kam_err_word(err, text);
}

kam_rc store_resolve_quiet(store *s, const store_entity *e, const char *text, int64_t *id, kam_err *err)
{
    *id = 0;
    if (!kam_utf8_valid(text, strlen(text))) return KAM_OK;
    if (e->flags & STORE_E_AUTO) return by_number(s, e, text, id, err);
    if (!store_code_column(e)) KAM_BUG("%s cannot be referred to", e->name);
    kam_str sql = KAM_STR_INIT;
    int n;
    kam_str_addf(&sql, "SELECT id FROM %s WHERE code = ?1", e->table);
    kam_rc rc = two_ids(s, sql.s, text, id, &n, err);
    kam_str_release(&sql);
    if (rc != KAM_OK || n > 0) return rc;
    return e->flags & (STORE_E_NAMED | STORE_E_NAME) ? by_name(s, e, text, id, err) : KAM_OK;
}

/* Codes and names of an entity, for the nearest ones. */
static size_t name_pool(store *s, const store_entity *e, kam_arena *a, const char **names)
{
    kam_str sql = KAM_STR_INIT;
    kam_str_addf(&sql, "SELECT code FROM %s", e->table);
    if (e->flags & (STORE_E_NAMED | STORE_E_NAME)) kam_str_addf(&sql, " UNION SELECT name FROM %s WHERE name IS NOT NULL", e->table);
    if (e->flags & STORE_E_NAMED) kam_str_addf(&sql, " UNION SELECT name_en FROM %s WHERE name_en IS NOT NULL", e->table);
    kam_str_addf(&sql, " ORDER BY 1 LIMIT %d", NEAREST_POOL);
    sqlite3_stmt *st;
    bool row;
    size_t n = 0;
    if (store_prepare(s, sql.s, &st, NULL) == KAM_OK) {
        while (n < NEAREST_POOL && store_step(s, st, &row, NULL) == KAM_OK && row)
            names[n++] = kam_arena_strdup(a, (const char *)sqlite3_column_text(st, 0));
        store_done(st);
    }
    kam_str_release(&sql);
    return n;
}

kam_rc store_not_found(store *s, const store_entity *e, const char *text, kam_err *err)
{
    kam_err_set(err, KAM_NOTFOUND, "no %s \"%s\"", e->en, text);
    if (store_code_column(e)) {
        kam_arena a = KAM_ARENA_INIT;
        const char **names = kam_calloc(NEAREST_POOL, sizeof *names);
        size_t n = name_pool(s, e, &a, names), k = kam_err_nearest(err, text, names, n);
        if (n == 0) kam_err_append(err, "; there are no %s yet", e->plural_en);
        else if (k == 0) kam_err_append(err, "; `%.100s list` shows what there is", e->name);
        kam_free(names);
        kam_arena_release(&a);
    }
    kam_err_word(err, e->name);
    kam_err_word(err, text);
    return KAM_NOTFOUND;
}

kam_rc store_resolve(store *s, const store_entity *e, const char *text, int64_t *id, kam_err *err)
{
    kam_rc rc = store_resolve_quiet(s, e, text, id, err);
    if (rc != KAM_OK || *id) return rc;
    return store_not_found(s, e, text, err);
}

kam_rc store_lookup(store *s, const store_entity *e, const char *name, int64_t *id, char **code, kam_err *err)
{
    int64_t found;
    if (!store_code_column(e) && !(e->flags & STORE_E_AUTO)) KAM_BUG("%s cannot be looked up by name", e->name);
    kam_rc rc = store_resolve(s, e, name, &found, err);
    if (rc != KAM_OK) return rc;
    if (id) *id = found;
    if (code) *code = store_object_text(s, e, found);
    return KAM_OK;
}

/* The key of a row as text: its codes, days, enum keys, separated by blanks; a missing optional part is left out. */
char *store_object_text(store *s, const store_entity *e, int64_t id)
{
    kam_str sql = KAM_STR_INIT, out = KAM_STR_INIT;
    sqlite3_stmt *st;
    bool row = false;
    size_t n = 0, key[16];
    kam_str_add(&sql, "SELECT 1");
    for (size_t i = 0; i < e->n_fields && n < 16; i++) {
        if (!(e->fields[i].flags & STORE_KEY)) continue;
        key[n++] = i;
        kam_str_add(&sql, ", ");
        store_field_expr(e, &e->fields[i], &sql);
    }
    kam_str_addf(&sql, " FROM %s AS t WHERE t.id = ?1", e->table);
    if (store_prepare(s, sql.s, &st, NULL) == KAM_OK) {
        sqlite3_bind_int64(st, 1, id);
        if (store_step(s, st, &row, NULL) == KAM_OK && row) {
            for (size_t i = 0; i < n; i++) {
                if (sqlite3_column_type(st, (int)i + 1) == SQLITE_NULL) continue;
                if (out.len) kam_str_addc(&out, ' ');
                if (e->fields[key[i]].kind == STORE_DAY) {
                    char d[KAM_DATE_MAX];
                    kam_day_format(sqlite3_column_int64(st, (int)i + 1), d);
                    kam_str_add(&out, d);
                } else kam_str_add(&out, (const char *)sqlite3_column_text(st, (int)i + 1));
            }
        }
        store_done(st);
    }
    if (!row) kam_str_addf(&out, "#%lld", (long long)id);
    kam_str_release(&sql);
    return kam_str_detach(&out);
}

kam_rc store_count(store *s, const store_entity *e, int64_t *n, kam_err *err)
{
    kam_str sql = KAM_STR_INIT;
    kam_str_addf(&sql, "SELECT count(*) FROM %s", e->table);
    kam_rc rc = store_get_int(s, sql.s, n, NULL, err);
    kam_str_release(&sql);
    return rc;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Objects by the beginning of a code, a name or its spelling. Each way of finding is a range of one index, read from its
 * beginning and no further than needed: the time does not depend on how many objects there are. */
#include "store_row.h"
#include <string.h>

/* Ways of finding: the column's range in its index. `flags`: of which entities. */
static const struct {
    const char *column, *collate;
    unsigned flags;
} ways[] = {
    {"code", "", 0}, /* every entity that comes here has one */
    {"name", " COLLATE NOCASE", STORE_E_NAMED | STORE_E_NAME},
    {"name_en", " COLLATE NOCASE", STORE_E_NAMED},
    {"sort_key", " COLLATE NOCASE", STORE_E_NAMED},
};

typedef struct found {
    int64_t *id;
    size_t n, cap, limit;
    bool many;
} found;

static void way_sql(const store_entity *e, size_t way, kam_str *sql)
{
    kam_str_clear(sql);
    if (way < sizeof ways / sizeof *ways)
        kam_str_addf(sql, "SELECT id FROM %s WHERE %s >= ?1%s AND %s <= ?2%s ORDER BY %s%s", e->table, ways[way].column, ways[way].collate,
                     ways[way].column, ways[way].collate, ways[way].column, ways[way].collate);
    else
        kam_str_addf(sql, "SELECT object_id FROM name_initials WHERE entity = '%s' AND initials >= lower(?1) AND initials <= lower(?2)"
                          " ORDER BY initials", e->name);
    kam_str_add(sql, " LIMIT ?3");
}

/* Ids of one way, after those found before. With a limit no more are read than the count needs. */
static kam_rc find(store *s, const store_entity *e, size_t way, const char *from, const char *to, found *f, kam_err *err)
{
    kam_str sql = KAM_STR_INIT;
    sqlite3_stmt *st;
    bool row;
    way_sql(e, way, &sql);
    kam_rc rc = store_prepare(s, sql.s, &st, err);
    kam_str_release(&sql);
    if (rc != KAM_OK) return rc;
    size_t read = 0;
    sqlite3_bind_text(st, 1, from, -1, SQLITE_STATIC);
    sqlite3_bind_text(st, 2, to, -1, SQLITE_STATIC);
    sqlite3_bind_int64(st, 3, f->limit ? (int64_t)f->limit + STORE_COMPLETE_SEEN : -1);
    while ((rc = store_step(s, st, &row, err)) == KAM_OK && row) {
        KAM_GROW(f->id, f->cap, f->n + 1);
        f->id[f->n++] = sqlite3_column_int64(st, 0);
        read++;
    }
    if (f->limit && read == f->limit + STORE_COMPLETE_SEEN) f->many = true;
    store_done(st);
    return rc;
}

/* Each id once, where it stood first. */
static void once(found *f)
{
    size_t room = 64, kept = 0;
    while (room < f->n * 2) room *= 2;
    size_t *slot = kam_calloc(room, sizeof *slot); /* 1 + index */
    for (size_t i = 0; i < f->n; i++) {
        size_t h = (size_t)((uint64_t)f->id[i] * 0x9E3779B97F4A7C15u >> 20) & (room - 1);
        while (slot[h] && f->id[slot[h] - 1] != f->id[i]) h = (h + 1) & (room - 1);
        if (slot[h]) continue;
        f->id[kept] = f->id[i];
        slot[h] = ++kept;
    }
    f->n = kept;
    kam_free(slot);
}

static kam_rc names_of(store *s, const store_entity *e, const found *f, size_t n, kam_table **out, kam_err *err)
{
    static const char *const columns[] = {"code", "name", "name_en"};
    bool named = e->flags & STORE_E_NAMED, name = named || (e->flags & STORE_E_NAME), row;
    kam_str sql = KAM_STR_INIT;
    sqlite3_stmt *st;
    kam_str_addf(&sql, "SELECT code, %s, %s FROM %s WHERE id = ?1", name ? "name" : "NULL", named ? "name_en" : "NULL", e->table);
    kam_rc rc = store_prepare(s, sql.s, &st, err);
    kam_str_release(&sql);
    if (rc != KAM_OK) return rc;
    kam_table *t = kam_table_new();
    kam_column *c[3];
    for (int i = 0; i < 3; i++) c[i] = kam_table_add_column(t, columns[i], KAM_TEXT, NULL);
    for (size_t k = 0; k < n && rc == KAM_OK; k++) {
        sqlite3_bind_int64(st, 1, f->id[k]);
        rc = store_step(s, st, &row, err);
        for (int i = 0; i < 3 && rc == KAM_OK && row; i++) kam_col_push_text(c[i], (const char *)sqlite3_column_text(st, i));
        sqlite3_reset(st);
    }
    store_done(st);
    kam_table_seal(t);
    if (rc == KAM_OK) *out = t;
    else kam_table_unref(t);
    return rc;
}

kam_rc store_complete(store *s, const store_entity *e, const char *prefix, size_t limit, kam_table **out, size_t *more, bool *many,
                      kam_err *err)
{
    if (!store_code_column(e)) {
        kam_err_set(err, KAM_USAGE, "records of %s have no code to find them by", e->name);
        return kam_err_word(err, e->name);
    }
    bool own = false;
    found f = {.limit = limit};
    /* Up to the last text that begins so: the greatest character after it. */
    kam_str to = KAM_STR_INIT;
    kam_str_addf(&to, "%s\xF4\x8F\xBF\xBF", prefix);
    kam_rc rc = store_snapshot_begin(s, &own, err);
    if (rc != KAM_OK) own = false;
    for (size_t way = 0; rc == KAM_OK && way <= sizeof ways / sizeof *ways; way++) {
        bool has = way == sizeof ways / sizeof *ways ? (e->flags & (STORE_E_NAMED | STORE_E_NAME)) != 0
                                                    : way == 0 || (e->flags & ways[way].flags) != 0;
        if (!has || (!*prefix && way > 0)) continue; /* every object has a code */
        rc = find(s, e, way, prefix, to.s, &f, err);
    }
    if (rc == KAM_OK) {
        once(&f);
        size_t n = limit && f.n > limit ? limit : f.n;
        rc = names_of(s, e, &f, n, out, err);
        if (more) *more = f.n - n;
        if (many) *many = f.many;
    }
    store_snapshot_end(s, own);
    kam_str_release(&to);
    kam_free(f.id);
    return rc;
}

kam_rc store_schema_names(store *s, kam_table **out, kam_err *err)
{
    sqlite3_stmt *st;
    bool row;
    kam_rc rc = store_prepare(s, "SELECT t.name, c.name FROM sqlite_schema t, pragma_table_info(t.name) c WHERE t.type IN ('table', 'view')"
                                 " AND t.name NOT LIKE 'sqlite!_%' ESCAPE '!' AND t.name <> 'name_initials' ORDER BY t.rowid, c.cid", &st, err);
    if (rc != KAM_OK) return rc;
    kam_table *t = kam_table_new();
    kam_column *table = kam_table_add_column(t, "table", KAM_TEXT, NULL), *column = kam_table_add_column(t, "column", KAM_TEXT, NULL);
    while ((rc = store_step(s, st, &row, err)) == KAM_OK && row) {
        kam_col_push_text(table, (const char *)sqlite3_column_text(st, 0));
        kam_col_push_text(column, (const char *)sqlite3_column_text(st, 1));
    }
    store_done(st);
    kam_table_seal(t);
    if (rc == KAM_OK) *out = t;
    else kam_table_unref(t);
    return rc;
}

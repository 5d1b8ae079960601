/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store_db.h"

enum { MOST_NAMESAKES = 100 };

/* By the index on name_en. */
bool store_has_english(store *s, const store_entity *e)
{
    kam_str sql = KAM_STR_INIT;
    int64_t any = 0;
    bool found = false;
    kam_str_addf(&sql, "SELECT EXISTS (SELECT 1 FROM %s WHERE name_en > '' COLLATE NOCASE)", e->table);
    kam_rc rc = store_get_int(s, sql.s, &any, &found, NULL);
    kam_str_release(&sql);
    return rc == KAM_OK && found && any;
}

kam_rc store_english_name(store *s, const store_entity *e, const char *code, const char *name, char **out, kam_err *err)
{
    kam_str sql = KAM_STR_INIT;
    sqlite3_stmt *st = NULL;
    bool row = false;
    *out = NULL;
    if (code) kam_str_addf(&sql, "SELECT name_en FROM %s WHERE code = ?1 AND name = ?2 AND name_en IS NOT NULL", e->table);
    else
        kam_str_addf(&sql, "SELECT min(en) FROM (SELECT coalesce(name_en, '') AS en FROM %s WHERE name = ?2 COLLATE NOCASE AND name = ?2 LIMIT %d) "
                           "HAVING count(*) > 0 AND min(en) = max(en) AND min(en) <> ''", e->table, MOST_NAMESAKES);
    kam_rc rc = store_prepare(s, sql.s, &st, err);
    kam_str_release(&sql);
    if (rc != KAM_OK) return rc;
    if (code) sqlite3_bind_text(st, 1, code, -1, SQLITE_STATIC);
    sqlite3_bind_text(st, 2, name, -1, SQLITE_STATIC);
    rc = store_step(s, st, &row, err);
    if (rc == KAM_OK && row) *out = kam_strdup((const char *)sqlite3_column_text(st, 0));
    store_done(st);
    return rc;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which accounts questions are about: conditions in the statements of store_query*.c and store_ledger.c. */
#include "store_db.h"
#include <string.h>

bool store_scope_followed(const store *s)
{
    return !s->held || s->held_many;
}

store_scope store_scope_get(const store *s)
{
    return store_scope_followed(s) ? s->scope : (store_scope){STORE_SCOPE_ALL, 0};
}

void store_scope_set(store *s, store_scope scope)
{
    s->scope = scope;
}

/* kam_scope(): the account of the scope. A value that is asked for once a run lets SQLite use the index; and the text stays
 * the same for all accounts, so that there is one statement of each. */
static void scope_account(sqlite3_context *c, int n, sqlite3_value **v)
{
    (void)n, (void)v;
    sqlite3_result_int64(c, store_scope_get(sqlite3_user_data(c)).account);
}

int store_scope_function(store *s, sqlite3 *db)
{
    return sqlite3_create_function_v2(db, "kam_scope", 0, SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY, s, scope_account, NULL, NULL,
                                      NULL);
}

/* The condition on a column; `deal`: of a row that belongs to an opportunity. */
static void put_condition(store_scope_kind kind, bool deal, const char *column, size_t n, kam_str *out)
{
    if (kind == STORE_SCOPE_ALL || (kind == STORE_SCOPE_DEALS && deal)) {
        kam_str_addc(out, '1');
        return;
    }
    kam_str_addn(out, column, n);
    kam_str_add(out, kind == STORE_SCOPE_ACCOUNT ? " = kam_scope()" : " IN (SELECT account_id FROM opportunities)");
}

const char *store_scope_text(const store *s, const char *sql, kam_str *text)
{
    static const char mark[] = "{scope", deal[] = "-deal:";
    const store_scope_kind kind = store_scope_get(s).kind;
    const char *at = strstr(sql, mark);
    if (!at) return sql;
    for (; at; at = strstr(sql, mark)) {
        const char *column = strchr(at, ':') + 1, *end = strchr(at, '}');
        kam_str_addn(text, sql, (size_t)(at - sql));
        put_condition(kind, strncmp(at + sizeof mark - 1, deal, sizeof deal - 1) == 0, column, (size_t)(end - column), text);
        sql = end + 1;
    }
    kam_str_add(text, sql);
    return text->s;
}

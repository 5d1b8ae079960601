/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a wrong table or column of the user's SQL may have been meant to be. */
#include "store_db.h"
#include <ctype.h>
#include <string.h>
#include <strings.h>

enum { MAX_LISTED = 12 };

static bool letter(char c) { return isalnum((unsigned char)c) || c == '_' || ((unsigned char)c & 0x80); }

/* Does the query name that table? */
static bool named(const char *query, const char *table)
{
    size_t n = strlen(table);
    for (const char *at = query; *at; at++)
        if ((at == query || !letter(at[-1])) && strncasecmp(at, table, n) == 0 && !letter(at[n])) return true;
    return false;
}

typedef struct names {
    const char **name;
    size_t n, cap, tables;
} names;

static void add(names *l, const char *name)
{
    for (size_t i = 0; i < l->n; i++)
        if (strcmp(l->name[i], name) == 0) return;
    KAM_GROW(l->name, l->cap, l->n + 1);
    l->name[l->n++] = name;
}

/* Tables, or the columns of those that the query names; of all where it names none. */
static void collect(names *l, const kam_table *schema, const char *query, bool tables)
{
    const kam_column *tbl = kam_table_find(schema, "table"), *col = kam_table_find(schema, "column");
    const char *last = "";
    for (int all = 0; all < 2 && l->n == 0; all++)
        for (size_t i = 0; i < kam_table_rows(schema); i++) {
            const char *t = kam_col_text(tbl, i);
            if (tables) add(l, t);
            else if (all || named(query, t)) {
                add(l, kam_col_text(col, i));
                l->tables += strcmp(last, t) != 0;
                last = t;
            }
        }
}

static bool add_beginning(kam_err *err, const names *l, const char *word)
{
    for (size_t i = 0; i < l->n; i++)
        if (strncasecmp(l->name[i], word, strlen(word)) == 0) return kam_err_nearest(err, l->name[i], &l->name[i], 1) > 0;
    return false;
}

static void list_columns(kam_err *err, const names *l)
{
    kam_str b = KAM_STR_INIT;
    for (size_t i = 0; i < l->n && i < MAX_LISTED; i++) kam_str_addf(&b, "%s%s", i ? ", " : "", l->name[i]);
    if (l->n > MAX_LISTED) kam_str_add(&b, ", …");
    kam_err_append(err, "; there is %s", kam_str_cstr(&b));
    kam_str_release(&b);
}

void store_sql_near(store *s, const char *query, const char *message, kam_err *err)
{
    static const char no_table[] = "no such table: ", no_column[] = "no such column: ";
    bool tables = strncmp(message, no_table, strlen(no_table)) == 0;
    if (!tables && strncmp(message, no_column, strlen(no_column)) != 0) return;
    const char *word = message + (tables ? strlen(no_table) : strlen(no_column)), *dot = strrchr(word, '.');
    kam_table *schema = NULL;
    names l = {NULL, 0, 0, 0};
    if (dot) word = dot + 1;
    if (store_schema_names(s, &schema, NULL) != KAM_OK) return;
    collect(&l, schema, query, tables);
    if (kam_err_nearest(err, word, l.name, l.n) == 0 && !add_beginning(err, &l, word) && !tables && l.tables == 1) list_columns(err, &l);
    kam_free(l.name);
    kam_table_unref(schema);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Completion inside sql {…}: tables where a table must stand, elsewhere the columns of the tables the query names (on either
 * side of the cursor; of one of them after `alias.`), and the words of SQL. */
#include "cmd_complete.h"
#include "store.h"
#include "store_field.h"
#include <ctype.h>
#include <string.h>

static const char *const words[] = {"ALL", "AND", "AS", "ASC", "AVG(", "BETWEEN", "BY", "CASE", "COALESCE(", "COUNT(", "CROSS", "DATE(", "DELETE",
    "DESC", "DISTINCT", "ELSE", "END", "EXCEPT", "EXISTS", "FROM", "GROUP", "HAVING", "IN", "INNER", "INSERT", "INTERSECT", "INTO", "IS",
    "JOIN", "LEFT", "LENGTH(", "LIKE", "LIMIT", "LOWER(", "MAX(", "MIN(", "NOT", "NULL", "OFFSET", "ON", "OR", "ORDER", "OVER", "PARTITION",
    "ROUND(", "SELECT", "SET", "SUBSTR(", "SUM(", "THEN", "UNION", "UPDATE", "UPPER(", "USING", "VALUES", "WHEN", "WHERE", "WITH", NULL};

static bool letter(unsigned char c) { return isalnum(c) || c == '_' || c >= 0x80; }

/* The next word or mark at *p; false at the end. Strings and quoted names count as one. */
static bool next_token(const char **p, const char **token, size_t *n)
{
    while (isspace((unsigned char)**p)) ++*p;
    const char *from = *p;
    if (!*from) return false;
    if (*from == '\'' || *from == '"') {
        for (++*p; **p && **p != *from; ++*p) {}
        if (**p) ++*p;
    } else if (letter((unsigned char)*from)) {
        while (letter((unsigned char)**p)) ++*p;
    } else ++*p;
    *token = from;
    *n = (size_t)(*p - from);
    return true;
}

static bool is_word(const char *token, size_t n, const char *list)
{
    for (const char *w = list; *w;) {
        size_t k = strcspn(w, " ");
        if (k == n && strncasecmp(token, w, n) == 0) return true;
        w += k + (w[k] == ' ');
    }
    return false;
}

/* Words that end a list of tables, or cannot be an alias. */
static const char clause[] = "where group order having limit on using select set values union except intersect join left inner cross natural";
static const char before_table[] = "from join into update table";

typedef struct reading {
    kam_table *schema; /* tbl, col */
    const kam_column *tbl, *col;
    char *table[16], *alias[16]; /* what the query names */
    size_t n;
} reading;

static bool is_table(const reading *r, const char *name)
{
    for (size_t i = 0; i < kam_table_rows(r->schema); i++)
        if (strcasecmp(kam_col_text(r->tbl, i), name) == 0) return true;
    return false;
}

/* The tables of the query, with their aliases. */
static void read_tables(reading *r, const char *text)
{
    const char *token;
    size_t n;
    bool expected = false, in_list = false;
    while (next_token(&text, &token, &n)) {
        if (is_word(token, n, before_table)) expected = in_list = true;
        else if (is_word(token, n, clause)) expected = in_list = false;
        else if (*token == ',') expected = in_list;
        else if (expected && letter((unsigned char)*token)) {
            char *name = kam_strndup(token, n);
            expected = false;
            if (!is_table(r, name) || r->n == sizeof r->table / sizeof *r->table) {
                kam_free(name);
                continue;
            }
            r->table[r->n] = name;
            r->alias[r->n++] = NULL;
        } else if (in_list && r->n && !r->alias[r->n - 1] && letter((unsigned char)*token) && !is_word(token, n, "as"))
            r->alias[r->n - 1] = kam_strndup(token, n);
    }
}

static void read_release(reading *r)
{
    for (size_t i = 0; i < r->n; i++) {
        kam_free(r->table[i]);
        kam_free(r->alias[i]);
    }
    kam_table_unref(r->schema);
}

/* Is a table to stand after this text? */
static bool wants_table(const char *text)
{
    const char *token;
    size_t n;
    bool in_list = false, wants = false;
    while (next_token(&text, &token, &n)) {
        wants = is_word(token, n, before_table) || (in_list && *token == ',');
        if (is_word(token, n, before_table)) in_list = true;
        else if (is_word(token, n, clause) || *token == '(') in_list = false;
    }
    return wants;
}

static bool starts(const char *text, const char *prefix) { return strncasecmp(text, prefix, strlen(prefix)) == 0; }

static void add_tables(cmd_offer *o, const reading *r)
{
    bool zh = cmd_session_lang(o->s) == CMD_LANG_ZH;
    for (size_t i = 0; i < kam_table_rows(r->schema); i++) {
        const char *name = kam_col_text(r->tbl, i);
        if ((i && strcmp(kam_col_text(r->tbl, i - 1), name) == 0) || !starts(name, o->prefix)) continue;
        const store_entity *e = store_entity_of_table(name);
        cmd_offer_add(o, name, e ? (zh ? e->zh : e->plural_en) : "");
    }
}

static void add_columns(cmd_offer *o, const reading *r, const char *table)
{
    for (size_t i = 0; i < kam_table_rows(r->schema); i++)
        if ((!table || strcasecmp(kam_col_text(r->tbl, i), table) == 0) && starts(kam_col_text(r->col, i), o->prefix))
            cmd_offer_add(o, kam_col_text(r->col, i), kam_col_text(r->tbl, i));
}

/* As the user writes them: in small letters when that is how he began. */
static void add_words(cmd_offer *o)
{
    bool small = islower((unsigned char)*o->prefix);
    for (size_t i = 0; words[i] && *o->prefix; i++) {
        if (!starts(words[i], o->prefix)) continue;
        char text[24];
        size_t k = 0;
        for (; words[i][k]; k++) text[k] = small ? (char)tolower((unsigned char)words[i][k]) : words[i][k];
        text[k] = '\0';
        cmd_offer_add(o, text, "");
    }
}

/* What stands before `.`: an alias or a table. */
static const char *table_of(const reading *r, const char *owner)
{
    for (size_t i = 0; i < r->n; i++)
        if ((r->alias[i] && strcasecmp(r->alias[i], owner) == 0) || strcasecmp(r->table[i], owner) == 0) return r->table[i];
    return is_table(r, owner) ? owner : NULL;
}

static void add_after_dot(cmd_offer *o, const reading *r, const char *before, size_t n)
{
    size_t from = --n;
    while (from > 0 && letter((unsigned char)before[from - 1])) from--;
    char *owner = kam_strndup(before + from, n - from);
    const char *table = table_of(r, owner);
    if (table) add_columns(o, r, table);
    kam_free(owner);
}

const char *cmd_offer_sql(cmd_offer *o)
{
    size_t n = strlen(o->whole), from = n;
    while (from > 0 && letter((unsigned char)o->whole[from - 1])) from--;
    o->prefix = o->whole + from;
    if (from > 0 && o->whole[from - 1] == ':') return "variable";
    reading r = {NULL, NULL, NULL, {NULL}, {NULL}, 0};
    if (store_schema_names(cmd_session_store(o->s), &r.schema, NULL) != KAM_OK) return "none";
    r.tbl = kam_table_find(r.schema, "table");
    r.col = kam_table_find(r.schema, "column");
    char *before = kam_strndup(o->whole, from);
    kam_str text = KAM_STR_INIT;
    kam_str_addf(&text, "%s %s", before, o->after);
    read_tables(&r, kam_str_cstr(&text));
    if (from > 0 && before[from - 1] == '.') add_after_dot(o, &r, before, from);
    else if (wants_table(before)) add_tables(o, &r);
    else {
        for (size_t i = 0; i < r.n; i++) add_columns(o, &r, r.table[i]);
        for (size_t i = 0; i < r.n; i++)
            if (r.alias[i] && *o->prefix && starts(r.alias[i], o->prefix)) cmd_offer_add(o, r.alias[i], r.table[i]);
        if (r.n == 0 && *o->prefix) add_columns(o, &r, NULL);
        add_words(o);
    }
    kam_str_release(&text);
    kam_free(before);
    read_release(&r);
    return "part";
}

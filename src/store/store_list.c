/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading records: the SQL of a field, tables of fields, conditions. */
#include "store_row.h"
#include <string.h>

void store_field_expr(const store_entity *e, const store_field *f, kam_str *out)
{
    const store_entity *r = f->ref && f->kind != STORE_SUBJECT ? store_entity_find(f->ref) : NULL;
    switch (f->kind) {
    case STORE_AUTO:
        kam_str_add(out, "t.id");
        break;
    case STORE_REF:
        if (store_code_column(r)) kam_str_addf(out, "(SELECT r.code FROM %s AS r WHERE r.id = t.%s)", r->table, f->column);
        else kam_str_addf(out, "CAST(t.%s AS TEXT)", f->column);
        break;
    case STORE_REFS:
        kam_str_addf(out, "(SELECT group_concat(code, ';') FROM (SELECT r.code AS code FROM ");
        store_link_table(e, f, out);
        kam_str_addf(out, " AS l JOIN %s AS r ON r.id = l.%s WHERE l.", r->table, f->column);
        store_link_owner(e, out);
        kam_str_add(out, " = t.id ORDER BY r.code))");
        break;
    case STORE_SUBJECT: {
        const store_field *kind = store_field_find(e, f->ref);
        kam_str_addf(out, "CASE t.%s", kind->column);
        for (const store_enum *v = kind->values; v->name; v++) {
            const store_entity *x = store_entity_find(v->name);
            if (x) kam_str_addf(out, " WHEN '%s' THEN (SELECT r.code FROM %s AS r WHERE r.id = t.%s)", v->name, x->table, f->column);
        }
        kam_str_add(out, " ELSE '-' END");
        break;
    }
    case STORE_VALUE:
        kam_str_add(out, "COALESCE((SELECT r.code FROM reps AS r WHERE r.id = t.value_rep_id), t.value)");
        break;
    default:
        kam_str_addf(out, "t.%s", f->column);
    }
}

kam_table *store_field_table(store *s, const store_entity *e, const size_t *fields, size_t n)
{
    kam_table *t = kam_table_new();
    kam_table_set_watch(t, s->progress);
    char label[STORE_LABEL_MAX];
    kam_table_set_currency(t, store_currency(s), store_exponent(s));
    kam_table_set_title(t, e->name);
    for (size_t i = 0; i < n; i++) {
        const store_field *f = &e->fields[fields[i]];
        kam_table_add_column(t, f->name, store_kind_type(f->kind), store_field_label(e, f, label));
    }
    return t;
}

void store_push(kam_column *c, sqlite3_stmt *st, int i)
{
    if (sqlite3_column_type(st, i) == SQLITE_NULL) {
        kam_col_push_missing(c);
        return;
    }
    switch (kam_col_type(c)) {
    case KAM_TEXT: {
        const char *t = (const char *)sqlite3_column_text(st, i);
        kam_col_push_textn(c, t, (size_t)sqlite3_column_bytes(st, i));
        break;
    }
    case KAM_REAL:
        kam_col_push_real(c, sqlite3_column_double(st, i));
        break;
    default:
        kam_col_push_int(c, sqlite3_column_int64(st, i));
    }
}

static void select_sql(const store_entity *e, const size_t *fields, size_t n, kam_str *sql)
{
    for (size_t i = 0; i < n; i++) {
        kam_str_add(sql, i ? ", " : "SELECT ");
        store_field_expr(e, &e->fields[fields[i]], sql);
    }
    kam_str_addf(sql, " FROM %s AS t", e->table);
}

static kam_rc fetch(store *s, sqlite3_stmt *st, kam_table *t, size_t n, kam_err *err)
{
    bool row;
    kam_rc rc;
    kam_column *c[64];
    KAM_ASSERT(n <= 64);
    for (size_t i = 0; i < n; i++) c[i] = (kam_column *)(uintptr_t)kam_table_column(t, i);
    while ((rc = store_step(s, st, &row, err)) == KAM_OK && row)
        for (size_t i = 0; i < n; i++) store_push(c[i], st, (int)i);
    store_done(st);
    return rc;
}

kam_rc store_get_row(store *s, const store_entity *e, int64_t id, kam_table **out, kam_err *err)
{
    size_t fields[64];
    kam_str sql = KAM_STR_INIT;
    sqlite3_stmt *st;
    for (size_t i = 0; i < e->n_fields; i++) fields[i] = i;
    select_sql(e, fields, e->n_fields, &sql);
    kam_str_add(&sql, " WHERE t.id = ?1");
    kam_rc rc = store_prepare(s, sql.s, &st, err);
    kam_str_release(&sql);
    if (rc != KAM_OK) return rc;
    sqlite3_bind_int64(st, 1, id);
    kam_table *t = store_field_table(s, e, fields, e->n_fields);
    rc = fetch(s, st, t, e->n_fields, err);
    kam_table_seal(t);
    if (rc == KAM_OK) *out = t;
    else kam_table_unref(t);
    return rc;
}

kam_rc store_get(store *s, const store_entity *e, const store_value *key, size_t n_key, kam_table **out, kam_err *err)
{
    int64_t id;
    kam_rc rc = store_find_key(s, e, key, n_key, &id, err);
    return rc == KAM_OK ? store_get_row(s, e, id, out, err) : rc;
}

/* --- conditions --- */

typedef struct bound {
    store_cell *cell;
    size_t n, cap;
} bound;

static int bind_next(bound *b, store_cell c)
{
    KAM_GROW(b->cell, b->cap, b->n + 1);
    b->cell[b->n++] = c;
    return (int)b->n;
}

/* Value of a condition: typed where the column is, else text. For an equality on a reference, its number. */
static kam_rc where_value(store *s, const store_entity *e, const store_field *f, const store_where *w, kam_arena *a,
                          store_cell *out, bool *as_id, kam_err *err)
{
    *as_id = false;
    if (w->op == STORE_CONTAINS || f->kind == STORE_LIST || f->kind == STORE_REFS || f->kind == STORE_SUBJECT ||
        f->kind == STORE_VALUE) {
        *out = (store_cell){.type = STORE_C_TEXT, .text = w->text};
        return KAM_OK;
    }
    if (f->kind == STORE_REF && (w->op == STORE_EQ || w->op == STORE_NE)) {
        *as_id = true;
        *out = (store_cell){.type = STORE_C_INT};
        return store_resolve(s, store_entity_find(f->ref), w->text, &out->i, err);
    }
    if (f->kind == STORE_REF) {
        *out = (store_cell){.type = STORE_C_TEXT, .text = w->text};
        return KAM_OK;
    }
    store_field unranged = *f; /* asking for values outside the range is no error */
    unranged.flags &= ~(unsigned)STORE_RANGED;
    if (f->kind == STORE_PERIOD || f->kind == STORE_CODE) unranged.kind = STORE_TEXT;
    return store_convert(s, e, &unranged, w->text, a, out, err);
}

/* Numbers of the objects that bear the code, whatever their kind: what an index can be asked for, where the code itself is
 * known only after looking at the kind. */
static void subject_ids_sql(const store_entity *e, const store_field *f, int k, kam_str *sql)
{
    const store_field *kind = store_field_find(e, f->ref);
    kam_str_addf(sql, "t.%s IN (SELECT 0", f->column); /* 0: ourselves, "-" */
    for (const store_enum *v = kind->values; v->name; v++) {
        const store_entity *x = store_entity_find(v->name);
        if (x) kam_str_addf(sql, " UNION ALL SELECT id FROM %s WHERE code = ?%d", x->table, k);
    }
    kam_str_add(sql, ") AND ");
}

static void condition_sql(const store_entity *e, const store_field *f, store_op op, bool as_id, int k, kam_str *sql)
{
    static const char *const sign[] = {[STORE_EQ] = "IS", [STORE_NE] = "IS NOT", [STORE_LT] = "<", [STORE_LE] = "<=",
                                       [STORE_GT] = ">", [STORE_GE] = ">="};
    kam_str x = KAM_STR_INIT;
    if (as_id) kam_str_addf(&x, "t.%s", f->column);
    else store_field_expr(e, f, &x);
    bool list = f->kind == STORE_LIST || f->kind == STORE_REFS;
    if (op == STORE_MISSING) kam_str_addf(sql, "%s IS NULL", x.s);
    else if (op == STORE_PRESENT) kam_str_addf(sql, "%s IS NOT NULL", x.s);
    else if (op == STORE_CONTAINS) kam_str_addf(sql, "instr(lower(%s), lower(?%d)) > 0", x.s, k);
    else if (list && (op == STORE_EQ || op == STORE_NE))
        kam_str_addf(sql, "COALESCE(instr(';' || %s || ';', ';' || ?%d || ';'), 0) %s 0", x.s, k, op == STORE_EQ ? ">" : "=");
    else {
        if (f->kind == STORE_SUBJECT && op == STORE_EQ) subject_ids_sql(e, f, k, sql);
        kam_str_addf(sql, "%s %s ?%d", x.s, sign[op], k);
    }
    kam_str_release(&x);
}

static kam_rc where_sql(store *s, const store_entity *e, const store_query *q, kam_str *sql, bound *b, kam_arena *a,
                        kam_err *err)
{
    for (size_t i = 0; i < q->n_where; i++) {
        const store_where *w = &q->where[i];
        const store_field *f = store_field_find(e, w->field);
        if (!f) return store_unknown_field(e, w->field, err);
        store_cell c = {.type = STORE_C_NULL};
        bool as_id = false;
        int k = 0;
        if (w->op != STORE_MISSING && w->op != STORE_PRESENT) {
            if (!w->text || !*w->text)
                return store_bad(e, f, "value", "", err, "a condition needs a value (or write: %s missing)", f->name);
            kam_rc rc = where_value(s, e, f, w, a, &c, &as_id, err);
            if (rc != KAM_OK) return rc;
            k = bind_next(b, c);
        }
        kam_str_add(sql, i ? " AND " : " WHERE ");
        condition_sql(e, f, w->op, as_id, k, sql);
    }
    return KAM_OK;
}

static kam_rc order_sql(const store_entity *e, const store_query *q, kam_str *sql, kam_err *err)
{
    bool any = false;
    for (size_t i = 0; q && i < q->n_sort; i++) {
        const char *name = q->sort[i];
        bool down = name[0] == '-';
        const store_field *f = store_field_find(e, name + down);
        if (!f) return store_unknown_field(e, name + down, err);
        kam_str x = KAM_STR_INIT;
        store_field_expr(e, f, &x);
        kam_str_addf(sql, "%s%s IS NULL, %s%s", any ? ", " : " ORDER BY ", x.s, x.s, down ? " DESC" : "");
        kam_str_release(&x);
        any = true;
    }
    for (size_t i = 0; i < e->n_fields; i++) {
        if (!(e->fields[i].flags & STORE_KEY)) continue;
        kam_str_add(sql, any ? ", " : " ORDER BY ");
        store_field_expr(e, &e->fields[i], sql);
        any = true;
    }
    return KAM_OK;
}

static kam_rc list_columns(const store_entity *e, const store_query *q, size_t *fields, size_t *n, kam_err *err)
{
    *n = 0;
    for (size_t i = 0; (!q || !q->columns) && i < e->n_fields; i++)
        if (!(e->fields[i].flags & STORE_HIDDEN)) fields[(*n)++] = i;
    for (size_t i = 0; q && q->columns && i < q->n_columns; i++) {
        const store_field *f = store_field_find(e, q->columns[i]);
        if (!f) return store_unknown_field(e, q->columns[i], err);
        size_t k = store_field_index(e, f);
        for (size_t j = 0; j < *n; j++)
            if (fields[j] == k) {
                kam_err_set(err, KAM_USAGE, "the column %s is named twice", f->name);
                kam_err_word(err, e->name);
                return kam_err_word(err, f->name);
            }
        fields[(*n)++] = k;
    }
    return KAM_OK;
}

/* The journal has a reader of its own; of conditions it knows entity and object. */
static kam_rc list_changes(store *s, const store_query *q, kam_table **out, kam_err *err)
{
    store_changes_query c = {.limit = q ? q->limit : 0};
    for (size_t i = 0; q && i < q->n_where; i++) {
        const store_where *w = &q->where[i];
        if (w->op == STORE_EQ && kam_streq(w->field, "entity")) c.entity = w->text;
        else if (w->op == STORE_EQ && kam_streq(w->field, "object")) c.object = w->text;
        else {
            kam_err_set(err, KAM_USAGE, "changes can be asked for by entity = … and object = … only; use table where on the rest");
            return kam_err_word(err, "change");
        }
    }
    return store_changes(s, &c, out, err);
}

kam_rc store_list(store *s, const store_entity *e, const store_query *q, kam_table **out, kam_err *err)
{
    if (strcmp(e->name, "change") == 0) return list_changes(s, q, out, err);
    size_t fields[64], n;
    kam_str sql = KAM_STR_INIT;
    kam_arena a = KAM_ARENA_INIT;
    bound b = {0};
    sqlite3_stmt *st;
    kam_rc rc = list_columns(e, q, fields, &n, err);
    if (rc == KAM_OK) {
        select_sql(e, fields, n, &sql);
        if (q) rc = where_sql(s, e, q, &sql, &b, &a, err);
    }
    if (rc == KAM_OK) rc = order_sql(e, q, &sql, err);
    if (rc == KAM_OK && q && q->limit) kam_str_addf(&sql, " LIMIT %zu", q->limit);
    if (rc == KAM_OK) rc = store_prepare(s, sql.s, &st, err);
    if (rc == KAM_OK) {
        for (size_t i = 0; i < b.n; i++) store_bind_cell(st, (int)i + 1, &b.cell[i]);
        kam_table *t = store_field_table(s, e, fields, n);
        rc = fetch(s, st, t, n, err);
        kam_table_seal(t);
        if (rc == KAM_OK) *out = t;
        else kam_table_unref(t);
    }
    kam_free(b.cell);
    kam_arena_release(&a);
    kam_str_release(&sql);
    return rc;
}

/* --- a condition as typed --- */

static const struct {
    const char *sign;
    store_op op;
} signs[] = {{">=", STORE_GE}, {"<=", STORE_LE}, {"!=", STORE_NE}, {"==", STORE_EQ}, {"<>", STORE_NE},
             {"=", STORE_EQ},  {"<", STORE_LT},  {">", STORE_GT},  {"~", STORE_CONTAINS}};

static kam_rc bad_condition(const store_entity *e, const char *text, kam_err *err)
{
    kam_err_set(err, KAM_USAGE, "\"%s\" is no condition; write FIELD OPERATOR VALUE with = != < <= > >= ~, or FIELD missing, or FIELD present", text);
    kam_err_word(err, e->name);
    return kam_err_word(err, text);
}

kam_rc store_where_parse(const store_entity *e, const char *text, store_where *out, char **buf, kam_err *err)
{
    char *copy = kam_strdup(text), *p = kam_strtrim(copy), *q = p;
    while ((*q >= 'a' && *q <= 'z') || (*q >= '0' && *q <= '9') || *q == '_') q++;
    char *after = q;
    while (*after == ' ' || *after == '\t') after++;
    store_where w = {p, STORE_EQ, NULL};
    kam_rc rc = KAM_OK;
    bool word = strcmp(after, "missing") == 0 || strcmp(after, "present") == 0;
    if (q == p || !*after) rc = bad_condition(e, text, err);
    else if (word && after > q) w.op = after[0] == 'm' ? STORE_MISSING : STORE_PRESENT;
    else {
        size_t i = 0, n = sizeof signs / sizeof *signs;
        while (i < n && !kam_str_starts(after, signs[i].sign)) i++;
        if (i == n) rc = bad_condition(e, text, err);
        else {
            w.op = signs[i].op;
            w.text = kam_strtrim(after + strlen(signs[i].sign));
            if (!*w.text) rc = bad_condition(e, text, err);
        }
    }
    *q = '\0';
    if (rc == KAM_OK && !store_field_find(e, w.field)) rc = store_unknown_field(e, w.field, err);
    if (rc != KAM_OK) {
        kam_free(copy);
        return rc;
    }
    *out = w;
    *buf = copy;
    return KAM_OK;
}

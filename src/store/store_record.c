/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Adding, changing and removing one record from text, and what that changed as a table. */
#include "store_row.h"
#include <stdio.h>
#include <string.h>

typedef struct diff_table {
    kam_table *t;
    kam_column *c[6]; /* entity action object field before after */
} diff_table;

static diff_table diff_new(void)
{
    static const char *const name[] = {"entity", "action", "object", "field", "before", "after"};
    diff_table d = {.t = kam_table_new()};
    for (int i = 0; i < 6; i++) {
        char label[32];
        snprintf(label, sizeof label, "change.%s", name[i]);
        d.c[i] = kam_table_add_column(d.t, name[i], KAM_TEXT, i == 3 ? NULL : label);
    }
    return d;
}

static void diff_row(diff_table *d, const char *entity, const char *action, const char *object, const char *field,
                     const char *before, const char *after)
{
    const char *v[] = {entity, action, object, field, before, after};
    for (int i = 0; i < 6; i++) kam_col_push_text(d->c[i], v[i]);
}

/* Fields that differ between two one-row tables of the same entity; before may be NULL. */
static void diff_fields(diff_table *d, const store_entity *e, const char *action, const char *object,
                        const kam_table *before, const kam_table *after)
{
    for (size_t i = 0; i < kam_table_columns(after); i++) {
        char b1[KAM_CELL_MAX], b2[KAM_CELL_MAX];
        const kam_column *a = kam_table_column(after, i);
        const kam_column *b = before ? kam_table_column(before, i) : NULL;
        const char *va = kam_col_missing(a, 0) ? NULL : kam_table_cell(after, i, 0, b1);
        const char *vb = !b || kam_col_missing(b, 0) ? NULL : kam_table_cell(before, i, 0, b2);
        if (!kam_streq(va, vb)) diff_row(d, e->name, action, object, kam_col_name(a), vb, va);
    }
}

static void diff_give(diff_table *d, kam_rc rc, kam_table **out)
{
    kam_table_seal(d->t);
    if (rc == KAM_OK && out) *out = d->t;
    else kam_table_unref(d->t);
}

/* Every write is a mark, so that a failure half way leaves nothing; a dry run always takes it back. */
static kam_rc begin_write(store *s, unsigned flags, kam_err *err)
{
    if (!(flags & STORE_DRYRUN)) {
        kam_rc rc = store_need_entry(s, err);
        if (rc != KAM_OK) return rc;
    } else if (s->readonly) {
        kam_err_set(err, KAM_IO, "%s is open for reading only; open it without -readonly to try a change", s->path);
        return kam_err_word(err, s->path);
    }
    return store_mark(s, err);
}

static kam_rc end_write(store *s, unsigned flags, kam_rc rc, kam_err *err)
{
    store_setting_forget(s);
    if (rc == KAM_OK && !(flags & STORE_DRYRUN)) return store_mark_release(s, err);
    kam_rc back = store_mark_rollback(s, err);
    return rc != KAM_OK ? rc : back;
}

static kam_rc refuse_readonly(const store_entity *e, kam_err *err)
{
    kam_err_set(err, KAM_USAGE, "%s records are kept by kamsh itself", e->name);
    if (strcmp(e->name, "setting") == 0) kam_err_append(err, "; use the command setting");
    return kam_err_word(err, e->name);
}

static kam_rc put_values(store_writer *w, const store_entity *e, const store_value *v, size_t n, bool adding, kam_err *err)
{
    for (size_t i = 0; i < n; i++) {
        const store_field *f = store_field_find(e, v[i].name);
        if (!f) return store_unknown_field(e, v[i].name, err);
        size_t k = store_field_index(e, f);
        if (store_writer_cell(w, k)->type != STORE_C_ABSENT) {
            kam_err_set(err, KAM_USAGE, "%s.%s is given twice", e->name, f->name);
            kam_err_word(err, e->name);
            return kam_err_word(err, f->name);
        }
        if ((f->flags & STORE_READONLY) && !adding)
            return store_bad(e, f, "readonly", v[i].text, err, "cannot be changed");
        kam_rc rc = store_writer_put(w, k, v[i].text, err);
        if (rc != KAM_OK) return rc;
    }
    return KAM_OK;
}

kam_rc store_find_key(store *s, const store_entity *e, const store_value *key, size_t n, int64_t *id, kam_err *err)
{
    if (n == 1 && key[0].text && (store_code_column(e) || (e->flags & STORE_E_AUTO)) && kam_streq(key[0].name, e->fields[0].name))
        return store_resolve(s, e, key[0].text, id, err);
    store_writer *w = store_writer_new(s, e);
    kam_str said = KAM_STR_INIT;
    kam_rc rc = KAM_OK;
    for (size_t i = 0; i < n && rc == KAM_OK; i++) {
        const store_field *f = store_field_find(e, key[i].name);
        if (!f) rc = store_unknown_field(e, key[i].name, err);
        else if (!(f->flags & STORE_KEY)) {
            kam_err_set(err, KAM_USAGE, "%s is not part of the key of %s", f->name, e->name);
            kam_err_word(err, e->name);
            rc = kam_err_word(err, f->name);
        } else rc = store_writer_put(w, store_field_index(e, f), key[i].text, err);
        if (key[i].text) kam_str_addf(&said, "%s%s", said.len ? " " : "", key[i].text);
    }
    for (size_t i = 0; i < e->n_fields && rc == KAM_OK; i++) {
        const store_field *f = &e->fields[i];
        if (store_field_positional(f) && store_writer_cell(w, i)->type == STORE_C_ABSENT)
            rc = store_bad(e, f, "required", NULL, err, "it is part of the key");
    }
    if (rc == KAM_OK) rc = store_writer_find(w, NULL, 0, id, err);
    store_writer_free(w);
    if (rc == KAM_OK && *id == 0) rc = store_not_found(s, e, kam_str_cstr(&said), err);
    kam_str_release(&said);
    return rc;
}

kam_rc store_add(store *s, const store_entity *e, const store_value *values, size_t n, unsigned flags, char **object,
                 kam_table **diff, kam_err *err)
{
    if (e->flags & STORE_E_READONLY) return refuse_readonly(e, err);
    kam_rc rc = begin_write(s, flags, err);
    if (rc != KAM_OK) return rc;
    store_writer *w = store_writer_new(s, e);
    diff_table d = diff_new();
    char *name = NULL;
    int64_t id = 0;
    rc = put_values(w, e, values, n, true, err);
    if (rc == KAM_OK) rc = store_writer_insert(w, &id, err);
    if (rc == KAM_OK) {
        kam_table *after = NULL;
        name = store_object_text(s, e, id);
        rc = store_get_row(s, e, id, &after, err);
        if (rc == KAM_OK) diff_fields(&d, e, "add", name, NULL, after);
        kam_table_unref(after);
    }
    store_writer_free(w);
    rc = end_write(s, flags, rc, err);
    diff_give(&d, rc, diff);
    if (rc == KAM_OK && object) *object = name;
    else kam_free(name);
    return rc;
}

kam_rc store_set(store *s, const store_entity *e, const store_value *key, size_t n_key, const store_value *values,
                 size_t n, unsigned flags, kam_table **diff, kam_err *err)
{
    if (e->flags & STORE_E_READONLY) return refuse_readonly(e, err);
    kam_rc rc = begin_write(s, flags, err);
    if (rc != KAM_OK) return rc;
    store_writer *w = store_writer_new(s, e);
    diff_table d = diff_new();
    kam_table *before = NULL, *after = NULL;
    int64_t id;
    bool changed;
    rc = store_find_key(s, e, key, n_key, &id, err);
    if (rc == KAM_OK) rc = store_get_row(s, e, id, &before, err);
    if (rc == KAM_OK) rc = put_values(w, e, values, n, false, err);
    if (rc == KAM_OK) rc = store_writer_update(w, id, &changed, err);
    if (rc == KAM_OK) rc = store_get_row(s, e, id, &after, err);
    if (rc == KAM_OK) {
        char *name = store_object_text(s, e, id);
        diff_fields(&d, e, "set", name, before, after);
        kam_free(name);
    }
    kam_table_unref(before);
    kam_table_unref(after);
    store_writer_free(w);
    rc = end_write(s, flags, rc, err);
    diff_give(&d, rc, diff);
    return rc;
}

/* --- removing --- */

/* A field of entity `in` that refers to rows of another entity. */
typedef struct dependent {
    const store_entity *in;
    const store_field *field;
} dependent;

static bool refers(const store_entity *in, const store_field *f, const store_entity *to)
{
    if (f->kind == STORE_REF || f->kind == STORE_REFS) return kam_streq(f->ref, to->name);
    if (f->kind == STORE_SUBJECT) {
        for (const store_enum *v = store_field_find(in, f->ref)->values; v->name; v++)
            if (strcmp(v->name, to->name) == 0) return true;
        return false;
    }
    return f->kind == STORE_VALUE && strcmp(to->name, "rep") == 0;
}

static size_t dependents(const store_entity *to, dependent *out, size_t max)
{
    size_t n, k = 0;
    const store_entity *e = store_entities(&n);
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < e[i].n_fields; j++)
            if (refers(&e[i], &e[i].fields[j], to) && k < max) out[k++] = (dependent){&e[i], &e[i].fields[j]};
    return k;
}

/* " FROM table WHERE it refers to row ?1" */
static void dependent_sql(const dependent *d, const store_entity *to, kam_str *sql)
{
    if (d->field->kind == STORE_REFS) {
        kam_str_add(sql, " FROM ");
        store_link_table(d->in, d->field, sql);
        kam_str_addf(sql, " WHERE %s = ?1", d->field->column);
    } else if (d->field->kind == STORE_SUBJECT)
        kam_str_addf(sql, " FROM %s WHERE %s = '%s' AND %s = ?1", d->in->table,
                     store_field_find(d->in, d->field->ref)->column, to->name, d->field->column);
    else
        kam_str_addf(sql, " FROM %s WHERE %s = ?1", d->in->table,
                     d->field->kind == STORE_VALUE ? "value_rep_id" : d->field->column);
}

static kam_rc run_on(store *s, const char *sql, int64_t id, int64_t *out, kam_err *err)
{
    sqlite3_stmt *st;
    bool row;
    kam_rc rc = store_prepare(s, sql, &st, err);
    if (rc != KAM_OK) return rc;
    sqlite3_bind_int64(st, 1, id);
    rc = store_step(s, st, &row, err);
    if (rc == KAM_OK && out) *out = row ? sqlite3_column_int64(st, 0) : 0;
    store_done(st);
    return rc;
}

static kam_rc refuse_referenced(store *s, const store_entity *e, int64_t id, kam_err *err)
{
    dependent d[64];
    size_t n = dependents(e, d, 64);
    kam_str sql = KAM_STR_INIT;
    kam_rc rc = KAM_OK, refused = KAM_OK;
    bool cut = false;
    for (size_t i = 0; i < n && rc == KAM_OK; i++) {
        int64_t count = 0;
        kam_str_clear(&sql);
        kam_str_add(&sql, "SELECT count(*)");
        dependent_sql(&d[i], e, &sql);
        rc = run_on(s, sql.s, id, &count, err);
        if (!count) continue;
        if (!refused) {
            char *name = store_object_text(s, e, id);
            refused = store_bad(e, NULL, "referenced", name, err, "%s is referred to by", name);
            kam_free(name);
        } else if (err && strlen(err->msg) > 400) { /* a message has room for the first few */
            if (!cut) kam_err_append(err, ", …");
            cut = true;
            continue;
        } else {
            kam_err_append(err, ",");
        }
        kam_err_append(err, " %lld %s (%s)", (long long)count, count == 1 ? d[i].in->en : d[i].in->plural_en, d[i].field->name);
    }
    if (refused) kam_err_append(err, "; remove those first, or use -cascade");
    kam_str_release(&sql);
    return rc ? rc : refused;
}

static kam_rc remove_row(store *s, const store_entity *e, int64_t id, diff_table *d, kam_err *err);

static kam_rc remove_many(store *s, const dependent *dep, const store_entity *to, int64_t id, diff_table *diff, kam_err *err)
{
    dependent inner[1];
    kam_str sql = KAM_STR_INIT;
    int64_t count = 0;
    kam_rc rc = KAM_OK;
    bool leaf = dependents(dep->in, inner, 1) == 0;
    for (size_t i = 0; i < dep->in->n_fields; i++) leaf = leaf && dep->in->fields[i].kind != STORE_REFS;
    if (leaf) { /* nothing hangs on them: one statement */
        kam_str_add(&sql, "SELECT count(*)");
        dependent_sql(dep, to, &sql);
        rc = run_on(s, sql.s, id, &count, err);
        kam_str_clear(&sql);
        kam_str_add(&sql, "DELETE");
        dependent_sql(dep, to, &sql);
        if (rc == KAM_OK && count) rc = run_on(s, sql.s, id, NULL, err);
        char text[40];
        snprintf(text, sizeof text, "(%lld)", (long long)count);
        if (rc == KAM_OK && count) diff_row(diff, dep->in->name, "remove", text, NULL, NULL, NULL);
    } else {
        kam_str_add(&sql, "SELECT COALESCE(min(id), 0)");
        dependent_sql(dep, to, &sql);
        do {
            rc = run_on(s, sql.s, id, &count, err);
            if (rc == KAM_OK && count) rc = remove_row(s, dep->in, count, diff, err);
        } while (rc == KAM_OK && count);
    }
    kam_str_release(&sql);
    return rc;
}

static kam_rc unlink_many(store *s, const dependent *dep, const store_entity *to, int64_t id, diff_table *diff, kam_err *err)
{
    kam_str sql = KAM_STR_INIT;
    int64_t count = 0;
    kam_str_add(&sql, "SELECT count(*)");
    dependent_sql(dep, to, &sql);
    kam_rc rc = run_on(s, sql.s, id, &count, err);
    kam_str_clear(&sql);
    if (dep->field->kind == STORE_REFS) {
        kam_str_add(&sql, "DELETE");
        dependent_sql(dep, to, &sql);
    } else kam_str_addf(&sql, "UPDATE %s SET %s = NULL WHERE %s = ?1", dep->in->table, dep->field->column, dep->field->column);
    if (rc == KAM_OK && count) rc = run_on(s, sql.s, id, NULL, err);
    kam_str_release(&sql);
    char text[40];
    snprintf(text, sizeof text, "(%lld)", (long long)count);
    if (rc == KAM_OK && count) diff_row(diff, dep->in->name, "set", text, dep->field->name, NULL, NULL);
    return rc;
}

/* Remove a row, before it what cannot be without it, and take it out of what can. */
static kam_rc remove_row(store *s, const store_entity *e, int64_t id, diff_table *diff, kam_err *err)
{
    dependent d[64];
    size_t n = dependents(e, d, 64);
    kam_rc rc = KAM_OK;
    kam_str sql = KAM_STR_INIT;
    for (size_t i = 0; i < n && rc == KAM_OK; i++) {
        bool optional = d[i].field->kind == STORE_REFS ||
                        (d[i].field->kind == STORE_REF && !(d[i].field->flags & (STORE_REQUIRED | STORE_KEY)));
        rc = optional ? unlink_many(s, &d[i], e, id, diff, err) : remove_many(s, &d[i], e, id, diff, err);
    }
    char *name = store_object_text(s, e, id);
    for (size_t i = 0; i < e->n_fields && rc == KAM_OK; i++) {
        if (e->fields[i].kind != STORE_REFS) continue;
        kam_str_clear(&sql);
        kam_str_add(&sql, "DELETE FROM ");
        store_link_table(e, &e->fields[i], &sql);
        kam_str_add(&sql, " WHERE ");
        store_link_owner(e, &sql);
        kam_str_add(&sql, " = ?1");
        rc = run_on(s, sql.s, id, NULL, err);
    }
    kam_str_clear(&sql);
    kam_str_addf(&sql, "DELETE FROM %s WHERE id = ?1", e->table);
    if (rc == KAM_OK) rc = run_on(s, sql.s, id, NULL, err);
    if (rc == KAM_OK) diff_row(diff, e->name, "remove", name, NULL, NULL, NULL);
    kam_free(name);
    kam_str_release(&sql);
    return rc;
}

kam_rc store_remove(store *s, const store_entity *e, const store_value *key, size_t n_key, unsigned flags,
                    kam_table **diff, kam_err *err)
{
    if (e->flags & STORE_E_READONLY) return refuse_readonly(e, err);
    kam_rc rc = begin_write(s, flags, err);
    if (rc != KAM_OK) return rc;
    diff_table d = diff_new();
    int64_t id;
    rc = store_find_key(s, e, key, n_key, &id, err);
    if (rc == KAM_OK && !(flags & STORE_CASCADE)) rc = refuse_referenced(s, e, id, err);
    if (rc == KAM_OK) rc = remove_row(s, e, id, &d, err);
    rc = end_write(s, flags, rc, err);
    diff_give(&d, rc, diff);
    return rc;
}

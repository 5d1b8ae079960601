/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The writer of rows: converted cells, a cache of references, prepared statements. One for a command, or one for an
 * import of a million rows. Subjects and assessment values depend on other fields of the row, so their text waits
 * (`pending`) until the row is complete. */
#include "kam_money.h"
#include "store_row.h"
#include <stdio.h>
#include <string.h>

enum { CACHE_MAX = 1 << 20, VALUE_PARTS = 5 };
static const char *const value_columns[VALUE_PARTS] = {"value", "value_real", "value_day", "value_minor", "value_rep_id"};

typedef struct ref_cache {
    struct {
        char *text;
        int64_t id;
    } *slot;
    size_t n, size; /* size: power of two */
} ref_cache;

struct store_writer {
    store *s;
    const store_entity *e;
    store_cell *cell;
    const char **pending;        /* text of SUBJECT and VALUE fields */
    store_cell parts[VALUE_PARTS]; /* of the VALUE field, once resolved */
    ref_cache *refs;             /* per field */
    kam_arena arena;
    kam_str insert, sql;
};

store_writer *store_writer_new(store *s, const store_entity *e)
{
    store_writer *w = kam_zalloc(sizeof *w);
    w->s = s;
    w->e = e;
    w->cell = kam_calloc(e->n_fields, sizeof *w->cell);
    w->pending = kam_calloc(e->n_fields, sizeof *w->pending);
    w->refs = kam_calloc(e->n_fields, sizeof *w->refs);
    return w;
}

static void cache_clear(ref_cache *c)
{
    for (size_t i = 0; i < c->size; i++) kam_free(c->slot[i].text);
    kam_free(c->slot);
    *c = (ref_cache){0};
}

void store_writer_forget(store_writer *w)
{
    for (size_t i = 0; i < w->e->n_fields; i++) cache_clear(&w->refs[i]);
}

void store_writer_free(store_writer *w)
{
    if (!w) return;
    store_writer_forget(w);
    kam_arena_release(&w->arena);
    kam_str_release(&w->insert);
    kam_str_release(&w->sql);
    kam_free(w->refs);
    kam_free(w->pending);
    kam_free(w->cell);
    kam_free(w);
}

void store_writer_clear(store_writer *w)
{
    memset(w->cell, 0, w->e->n_fields * sizeof *w->cell);
    memset(w->pending, 0, w->e->n_fields * sizeof *w->pending);
    memset(w->parts, 0, sizeof w->parts);
    if (w->arena.head) {
        kam_arena_release(&w->arena);
        w->arena = (kam_arena)KAM_ARENA_INIT;
    }
}

const store_cell *store_writer_cell(const store_writer *w, size_t field)
{
    return &w->cell[field];
}

/* --- references --- */

static size_t cache_slot(const ref_cache *c, const char *text)
{
    uint64_t h = 1469598103934665603u;
    for (const char *p = text; *p; p++) h = (h ^ (unsigned char)*p) * 1099511628211u;
    size_t i = (size_t)(h ^ h >> 32) & (c->size - 1);
    while (c->slot[i].text && strcmp(c->slot[i].text, text) != 0) i = (i + 1) & (c->size - 1);
    return i;
}

static void cache_put(ref_cache *c, const char *text, int64_t id)
{
    if (c->n >= CACHE_MAX) cache_clear(c);
    if (c->n * 2 >= c->size) {
        ref_cache bigger = {NULL, c->n, c->size ? c->size * 2 : 64};
        bigger.slot = kam_calloc(bigger.size, sizeof *bigger.slot);
        for (size_t i = 0; i < c->size; i++)
            if (c->slot[i].text) bigger.slot[cache_slot(&bigger, c->slot[i].text)] = c->slot[i];
        kam_free(c->slot);
        *c = bigger;
    }
    size_t i = cache_slot(c, text);
    if (!c->slot[i].text) {
        c->slot[i].text = kam_strdup(text);
        c->n++;
    }
    c->slot[i].id = id;
}

void store_writer_learn(store_writer *w, size_t field, const char *text, int64_t id)
{
    cache_put(&w->refs[field], text, id);
}

kam_rc store_writer_ref(store_writer *w, size_t field, const char *text, int64_t *id, kam_err *err)
{
    ref_cache *c = &w->refs[field];
    if (c->size) {
        size_t i = cache_slot(c, text);
        if (c->slot[i].text) {
            *id = c->slot[i].id;
            return KAM_OK;
        }
    }
    kam_rc rc = store_resolve_quiet(w->s, store_entity_find(w->e->fields[field].ref), text, id, err);
    if (rc == KAM_OK && *id) cache_put(c, text, *id);
    return rc;
}

static kam_rc need_ref(store_writer *w, size_t field, const char *text, int64_t *id, kam_err *err)
{
    kam_rc rc = store_writer_ref(w, field, text, id, err);
    if (rc == KAM_OK && *id == 0) return store_not_found(w->s, store_entity_find(w->e->fields[field].ref), text, err);
    return rc;
}

static kam_rc put_refs(store_writer *w, size_t field, const char *text, kam_err *err)
{
    size_t n, k = 0;
    char **item = store_split(text, false, &w->arena, &n);
    int64_t *ids = kam_arena_alloc(&w->arena, (n + 1) * sizeof *ids);
    for (size_t i = 0; i < n; i++) {
        int64_t id;
        kam_rc rc = need_ref(w, field, item[i], &id, err);
        if (rc != KAM_OK) return rc;
        bool twice = false;
        for (size_t j = 0; j < k && !twice; j++) twice = ids[j] == id;
        if (!twice) ids[k++] = id;
    }
    w->cell[field] = (store_cell){.type = STORE_C_IDS, .ids = ids, .n_ids = k};
    return KAM_OK;
}

kam_rc store_writer_put(store_writer *w, size_t field, const char *text, kam_err *err)
{
    const store_field *f = &w->e->fields[field];
    store_cell *c = &w->cell[field];
    if (!text || !*text) {
        if (f->kind == STORE_REFS) *c = (store_cell){.type = STORE_C_IDS};
        else *c = (store_cell){.type = STORE_C_NULL};
        return KAM_OK;
    }
    switch (f->kind) {
    case STORE_REF: {
        int64_t id;
        kam_rc rc = need_ref(w, field, text, &id, err);
        if (rc == KAM_OK) *c = (store_cell){.type = STORE_C_INT, .i = id};
        return rc;
    }
    case STORE_REFS:
        return put_refs(w, field, text, err);
    case STORE_SUBJECT:
    case STORE_VALUE:
        w->pending[field] = kam_arena_strdup(&w->arena, text);
        *c = (store_cell){.type = STORE_C_TEXT, .text = w->pending[field]};
        return KAM_OK;
    default:
        return store_convert(w->s, w->e, f, text, &w->arena, c, err);
    }
}

/* --- fields that depend on others --- */

static size_t field_at(const store_writer *w, const char *name)
{
    const store_field *f = store_field_find(w->e, name);
    if (!f) KAM_BUG("%s has no field %s", w->e->name, name);
    return store_field_index(w->e, f);
}

static kam_rc resolve_subject(store_writer *w, size_t field, kam_err *err)
{
    const store_field *f = &w->e->fields[field];
    const store_cell *kind = &w->cell[field_at(w, f->ref)];
    if (kind->type != STORE_C_TEXT) return KAM_OK; /* its being required is checked elsewhere */
    int64_t id = 0;
    if (strcmp(kind->text, "ourselves") != 0) {
        if (!w->pending[field]) return KAM_OK;
        kam_rc rc = store_resolve(w->s, store_entity_find(kind->text), w->pending[field], &id, err);
        if (rc != KAM_OK) return rc;
    }
    w->cell[field] = (store_cell){.type = STORE_C_INT, .i = id};
    w->pending[field] = NULL;
    return KAM_OK;
}

static kam_rc unknown_attribute(store_writer *w, const store_field *f, const char *subject, const char *name, kam_err *err)
{
    size_t n, k = 0, best[3];
    const store_attribute *a = store_attributes(&n);
    const char **names = kam_calloc(n, sizeof *names);
    for (size_t i = 0; i < n; i++)
        if (strcmp(a[i].subject, subject) == 0) names[k++] = a[i].name;
    size_t m = kam_nearest(name, names, k, best, 3);
    kam_str near = KAM_STR_INIT;
    for (size_t i = 0; i < m; i++) kam_str_addf(&near, "%s%s", i ? ", " : "; did you mean ", names[best[i]]);
    for (size_t i = 0; m == 0 && i < k; i++) kam_str_addf(&near, "%s%s", i ? ", " : "; there are ", names[i]);
    kam_rc rc = store_bad(w->e, f, "value", name, err, "\"%s\" is no attribute of %s %s%s", name,
                          strchr("aeiou", subject[0]) ? "an" : "a", subject, kam_str_cstr(&near));
    kam_str_release(&near);
    kam_free(names);
    return rc;
}

static kam_rc value_parts(store_writer *w, const store_field *f, const store_attribute *a, const char *text, kam_err *err)
{
    const store_field typed = {f->name, f->column, a->kind, a->hi > a->lo ? STORE_RANGED : 0, NULL, a->values, a->lo, a->hi,
                               NULL, a->zh, a->en, "", "", NULL};
    store_cell c, *p = w->parts;
    char b[64];
    for (int i = 0; i < VALUE_PARTS; i++) p[i] = (store_cell){.type = STORE_C_NULL};
    if (a->kind == STORE_REF) {
        const store_entity *rep = store_entity_find("rep");
        kam_rc rc = store_resolve(w->s, rep, text, &c.i, err);
        if (rc != KAM_OK) return rc;
        char *code = store_object_text(w->s, rep, c.i);
        p[0] = (store_cell){.type = STORE_C_TEXT, .text = kam_arena_strdup(&w->arena, code)};
        p[4] = (store_cell){.type = STORE_C_INT, .i = c.i};
        kam_free(code);
        return KAM_OK;
    }
    kam_rc rc = store_convert(w->s, w->e, &typed, text, &w->arena, &c, err);
    if (rc != KAM_OK) return rc;
    if (a->kind == STORE_REAL) {
        kam_format_real(c.r, b);
        p[1] = c;
    } else if (a->kind == STORE_DAY) {
        kam_day_format(c.i, b);
        p[2] = c;
    } else if (a->kind == STORE_MONEY) {
        kam_money_format(c.i, store_exponent(w->s), b);
        p[3] = c;
    }
    p[0] = c.type == STORE_C_TEXT || c.type == STORE_C_NULL
               ? c
               : (store_cell){.type = STORE_C_TEXT, .text = kam_arena_strdup(&w->arena, b)};
    return KAM_OK;
}

static kam_rc resolve_value(store_writer *w, size_t field, kam_err *err)
{
    const store_field *f = &w->e->fields[field];
    size_t kind = field_at(w, "subject_kind"), attribute = field_at(w, "attribute");
    const store_cell *k = &w->cell[kind], *n = &w->cell[attribute];
    if (k->type != STORE_C_TEXT || n->type != STORE_C_TEXT) return KAM_OK;
    const store_attribute *a = store_attribute_find(k->text, n->text);
    if (!a) return unknown_attribute(w, &w->e->fields[attribute], k->text, n->text, err);
    if (!w->pending[field]) return KAM_OK;
    kam_rc rc = value_parts(w, f, a, w->pending[field], err);
    if (rc == KAM_OK) {
        w->cell[field] = w->parts[0];
        w->pending[field] = NULL;
    }
    return rc;
}

static kam_rc resolve_pending(store_writer *w, kam_err *err)
{
    kam_rc rc = KAM_OK;
    for (size_t i = 0; i < w->e->n_fields && rc == KAM_OK; i++) {
        if (w->e->fields[i].kind == STORE_SUBJECT) rc = resolve_subject(w, i, err);
        if (w->e->fields[i].kind == STORE_VALUE) rc = resolve_value(w, i, err);
    }
    return rc;
}

/* --- rules of a whole row --- */

static bool has(const store_writer *w, size_t i)
{
    store_cell c = w->cell[i];
    return c.type != STORE_C_ABSENT && c.type != STORE_C_NULL && !(c.type == STORE_C_IDS && c.n_ids == 0);
}

static kam_rc fill_defaults(store_writer *w, kam_err *err)
{
    for (size_t i = 0; i < w->e->n_fields; i++) {
        const store_field *f = &w->e->fields[i];
        if (w->cell[i].type != STORE_C_ABSENT && !(w->cell[i].type == STORE_C_NULL && (f->flags & STORE_REQUIRED))) continue;
        if (f->dflt) {
            kam_rc rc = store_writer_put(w, i, f->dflt, err);
            if (rc != KAM_OK) return rc;
        }
    }
    return KAM_OK;
}

static void derive_sort_key(store_writer *w)
{
    const store_field *f = store_field_find(w->e, "sort_key");
    if (!f || has(w, store_field_index(w->e, f))) return;
    const store_cell *name = &w->cell[field_at(w, "name")];
    if (name->type != STORE_C_TEXT) return;
    kam_str key = KAM_STR_INIT;
    store_sort_key(name->text, &key);
    w->cell[store_field_index(w->e, f)] =
        (store_cell){.type = STORE_C_TEXT, .text = kam_arena_strdup(&w->arena, kam_str_cstr(&key))};
    kam_str_release(&key);
}

static kam_rc check_required(store_writer *w, bool whole, kam_err *err)
{
    size_t one_of = 0, given = 0;
    const store_field *any = NULL;
    for (size_t i = 0; i < w->e->n_fields; i++) {
        const store_field *f = &w->e->fields[i];
        if (f->flags & STORE_ONE_OF) {
            one_of++;
            any = any ? any : f;
            given += has(w, i);
        }
        if (!(f->flags & STORE_REQUIRED) || has(w, i)) continue;
        if (!whole && w->cell[i].type == STORE_C_ABSENT) continue;
        return store_bad(w->e, f, "required", NULL, err, "a value is required");
    }
    if (whole && one_of && given != 1) return store_bad(w->e, any, "one_of", NULL, err, "give exactly one of rep and account");
    return KAM_OK;
}

static kam_rc duplicate(store_writer *w, kam_err *err)
{
    kam_str key = KAM_STR_INIT;
    for (size_t i = 0; i < w->e->n_fields; i++)
        if ((w->e->fields[i].flags & STORE_KEY) && w->cell[i].type == STORE_C_TEXT)
            kam_str_addf(&key, "%s%s", key.len ? " " : "", w->cell[i].text);
    kam_rc rc = store_bad(w->e, &w->e->fields[0], "duplicate", kam_str_cstr(&key), err, "there is already %s %s %s",
                          strchr("aeiou", w->e->en[0]) ? "an" : "a", w->e->en, key.len ? key.s : "with this key");
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

/* Walking up from `to` must not meet id. */
static kam_rc check_cycle(store_writer *w, size_t field, int64_t id, kam_err *err)
{
    const store_field *f = &w->e->fields[field];
    int64_t at = w->cell[field].i;
    kam_str sql = KAM_STR_INIT;
    sqlite3_stmt *st = NULL;
    bool row = true;
    kam_str_addf(&sql, "SELECT %s FROM %s WHERE id = ?1", f->column, w->e->table);
    kam_rc rc = store_prepare(w->s, sql.s, &st, err);
    kam_str_release(&sql);
    for (int steps = 0; rc == KAM_OK && row && at && steps < 100000; steps++) {
        if (at == id) {
            char *name = store_object_text(w->s, w->e, id);
            rc = store_bad(w->e, f, "cycle", name, err, "%s would stand above itself", name);
            kam_free(name);
            break;
        }
        sqlite3_bind_int64(st, 1, at);
        rc = store_step(w->s, st, &row, err);
        at = rc == KAM_OK && row ? sqlite3_column_int64(st, 0) : 0;
        sqlite3_reset(st);
    }
    if (rc == KAM_OK) store_done(st);
    return rc;
}

static kam_rc check_cycles(store_writer *w, int64_t id, kam_err *err)
{
    for (size_t i = 0; i < w->e->n_fields; i++) {
        const store_field *f = &w->e->fields[i];
        if (f->kind != STORE_REF || (f->flags & STORE_KEY) || !kam_streq(f->ref, w->e->name) || w->cell[i].type != STORE_C_INT)
            continue;
        kam_rc rc = check_cycle(w, i, id, err);
        if (rc != KAM_OK) return rc;
    }
    return KAM_OK;
}

/* --- writing --- */

/* Calls put for every SQL column the field spans. */
static size_t columns_of(const store_field *f, const char *name[VALUE_PARTS])
{
    if (f->kind == STORE_REFS) return 0;
    name[0] = f->column;
    if (f->kind != STORE_VALUE) return 1;
    memcpy(name, value_columns, sizeof value_columns);
    return VALUE_PARTS;
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
    const char *name[VALUE_PARTS];
    kam_str values = KAM_STR_INIT;
    int k = 1;
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
    const char *name[VALUE_PARTS];
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
    kam_rc rc = fill_defaults(w, err);
    if (rc == KAM_OK) rc = resolve_pending(w, err);
    if (rc == KAM_OK) rc = check_required(w, true, err);
    if (rc != KAM_OK) return rc;
    derive_sort_key(w);
    if (w->insert.len == 0) insert_sql(w);
    sqlite3_stmt *st;
    rc = store_prepare(w->s, w->insert.s, &st, err);
    if (rc != KAM_OK) return rc;
    bind_row(w, st);
    kam_err own = KAM_ERR_INIT;
    rc = store_run(w->s, st, &own);
    if (rc != KAM_OK) rc = write_failed(w, rc, &own, err);
    store_done(st);
    if (rc != KAM_OK) return rc;
    int64_t row = sqlite3_last_insert_rowid(w->s->db);
    for (size_t i = 0; i < w->e->n_fields && rc == KAM_OK; i++)
        if (w->e->fields[i].kind == STORE_REFS && has(w, i)) rc = write_links(w, i, row, false, err);
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
    const char *name[VALUE_PARTS];
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
    if (rc == KAM_OK) rc = resolve_pending(w, err);
    if (rc == KAM_OK) rc = check_required(w, false, err);
    if (rc == KAM_OK) rc = check_cycles(w, id, err);
    if (rc != KAM_OK) return rc;
    const store_field *sk = store_field_find(w->e, "sort_key");
    if (sk && w->cell[field_at(w, "name")].type == STORE_C_TEXT && w->cell[store_field_index(w->e, sk)].type == STORE_C_ABSENT)
        derive_sort_key(w); /* a renamed object sorts by its new name */
    const store_cell **cells = kam_calloc(w->e->n_fields + VALUE_PARTS, sizeof *cells);
    kam_str set = KAM_STR_INIT;
    int n = 0;
    sqlite3_stmt *st;
    *changed = false;
    size_t one_of = 0, given = 0;
    for (size_t i = 0; i < w->e->n_fields; i++)
        if (w->e->fields[i].flags & STORE_ONE_OF) {
            one_of++;
            given += has(w, i);
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
    kam_rc rc = resolve_pending(w, err);
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
        if (optional && !has(w, f[i])) sqlite3_bind_int64(st, (int)i + 1, 0);
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

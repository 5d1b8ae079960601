/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The writer of rows: converted cells, a cache of references, prepared statements. One for a command, or one for an
 * import of a million rows. Subjects and assessment values depend on other fields of the row, so their text waits
 * (`pending`) until the row is complete. */
#include "store_pinyin.h"
#include "kam_money.h"
#include "store_writer.h"
#include <stdio.h>
#include <string.h>

enum { CACHE_MAX = 1 << 20 };

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

size_t store_writer_field(const store_writer *w, const char *name)
{
    const store_field *f = store_field_find(w->e, name);
    if (!f) KAM_BUG("%s has no field %s", w->e->name, name);
    return store_field_index(w->e, f);
}

static kam_rc resolve_subject(store_writer *w, size_t field, kam_err *err)
{
    const store_field *f = &w->e->fields[field];
    const store_cell *kind = &w->cell[store_writer_field(w, f->ref)];
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
    size_t n, k = 0;
    const store_attribute *a = store_attributes(&n);
    const char **names = kam_calloc(n, sizeof *names);
    for (size_t i = 0; i < n; i++)
        if (strcmp(a[i].subject, subject) == 0) names[k++] = a[i].name;
    kam_rc rc = store_bad(w->e, f, "value", name, err, "the %s has no attribute \"%s\"", subject, name);
    if (kam_err_nearest(err, name, names, k) == 0 && k > 0) {
        kam_str all = KAM_STR_INIT;
        for (size_t i = 0; i < k; i++) kam_str_addf(&all, "%s%s", i ? ", " : "", names[i]);
        kam_err_append(err, "; there are %s", all.s);
        kam_str_release(&all);
    }
    kam_free(names);
    return rc;
}

static kam_rc value_parts(store_writer *w, const store_field *f, const store_attribute *a, const char *text, kam_err *err)
{
    const store_field typed = {f->name, f->column, a->kind, a->hi > a->lo ? STORE_RANGED : 0, NULL, a->values, a->lo, a->hi,
                               NULL, a->zh, a->en, "", "", NULL};
    store_cell c, *p = w->parts;
    char b[64];
    for (int i = 0; i < STORE_VALUE_PARTS; i++) p[i] = (store_cell){.type = STORE_C_NULL};
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
    size_t kind = store_writer_field(w, "subject_kind"), attribute = store_writer_field(w, "attribute");
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

kam_rc store_writer_resolve(store_writer *w, kam_err *err)
{
    kam_rc rc = KAM_OK;
    for (size_t i = 0; i < w->e->n_fields && rc == KAM_OK; i++) {
        if (w->e->fields[i].kind == STORE_SUBJECT) rc = resolve_subject(w, i, err);
        if (w->e->fields[i].kind == STORE_VALUE) rc = resolve_value(w, i, err);
    }
    return rc;
}

/* --- rules of a whole row --- */

bool store_writer_has(const store_writer *w, size_t i)
{
    store_cell c = w->cell[i];
    return c.type != STORE_C_ABSENT && c.type != STORE_C_NULL && !(c.type == STORE_C_IDS && c.n_ids == 0);
}

kam_rc store_writer_defaults(store_writer *w, kam_err *err)
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

void store_writer_sort_key(store_writer *w)
{
    const store_field *f = store_field_find(w->e, "sort_key");
    if (!f || store_writer_has(w, store_field_index(w->e, f))) return;
    const store_cell *name = &w->cell[store_writer_field(w, "name")];
    if (name->type != STORE_C_TEXT) return;
    kam_str key = KAM_STR_INIT;
    store_sort_key(name->text, &key);
    w->cell[store_field_index(w->e, f)] =
        (store_cell){.type = STORE_C_TEXT, .text = kam_arena_strdup(&w->arena, kam_str_cstr(&key))};
    kam_str_release(&key);
}

kam_rc store_writer_required(store_writer *w, bool whole, kam_err *err)
{
    size_t one_of = 0, given = 0;
    const store_field *any = NULL;
    for (size_t i = 0; i < w->e->n_fields; i++) {
        const store_field *f = &w->e->fields[i];
        if (f->flags & STORE_ONE_OF) {
            one_of++;
            any = any ? any : f;
            given += store_writer_has(w, i);
        }
        if (!(f->flags & STORE_REQUIRED) || store_writer_has(w, i)) continue;
        if (!whole && w->cell[i].type == STORE_C_ABSENT) continue;
        return store_bad(w->e, f, "required", NULL, err, "a value is required");
    }
    if (whole && one_of && given != 1) return store_bad(w->e, any, "one_of", NULL, err, "give exactly one of rep and account");
    return KAM_OK;
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

kam_rc store_writer_cycles(store_writer *w, int64_t id, kam_err *err)
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

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table name_initials: how names may be spelled besides their sort key, for completion. It is derived from the names,
 * so it is not journaled: whenever an entry commits (or is undone or redone), what the names touched by it were spelled
 * like is taken out and what they are spelled like now is put in, in the same transaction. The preupdate hook tells
 * which rows were touched; a row that was touched and taken back again is merely spelled anew.
 *
 * Only spellings other than the sort key's are there, and none where the user has chosen the sort key. Where an entity
 * has no sort key all are. Rows are written in the order of the table: a million cost a tenth of what they would cost
 * in the order of their objects. */
#include "store_db.h"
#include "store_pinyin.h"
#include <stdlib.h>
#include <string.h>

enum { BATCH = 500000 };

typedef struct spelling {
    uint64_t head; /* the first eight bytes of the text, as a number that sorts alike */
    const char *text;
    int64_t id;
} spelling;

typedef struct batch {
    kam_arena arena;
    spelling *list;
    size_t n, cap;
    int64_t id;
} batch;

static void collect(void *ctx, const char *initials)
{
    batch *b = ctx;
    uint64_t head = 0;
    const char *c = initials;
    for (int i = 0; i < 8; i++) head = head << 8 | (*c ? (unsigned char)*c++ : 0);
    KAM_GROW(b->list, b->cap, b->n + 1);
    b->list[b->n++] = (spelling){head, kam_arena_strdup(&b->arena, initials), b->id};
}

static void spell_to(const char *name, const char *key, void (*take)(void *ctx, const char *initials), void *ctx)
{
    if (!name || (key && !store_sort_key_is_own(name, key))) return;
    bool plain = true; /* a name of ASCII alone has one spelling */
    for (const char *p = name; *p && plain; p++) plain = (unsigned char)*p < 128;
    if (!plain) store_spellings(name, key, take, ctx);
}

static void spell(batch *b, int64_t id, const char *name, const char *key)
{
    b->id = id;
    spell_to(name, key, collect, b);
}

static void batch_clear(batch *b)
{
    kam_arena_release(&b->arena);
    b->arena = (kam_arena)KAM_ARENA_INIT;
    b->n = 0;
}

static void batch_release(batch *b)
{
    batch_clear(b);
    kam_free(b->list);
    *b = (batch){.n = 0};
}

static int by_text(const void *a, const void *b)
{
    const spelling *x = a, *y = b;
    if (x->head != y->head) return x->head > y->head ? 1 : -1;
    int c = strcmp(x->text, y->text);
    return c ? c : (x->id > y->id) - (x->id < y->id);
}

static kam_rc write_batch(store *s, batch *b, const char *entity, bool remove, kam_err *err)
{
    static const char *const sql[] = {"INSERT OR IGNORE INTO name_initials (entity, initials, object_id) VALUES (?1, ?2, ?3)",
                                      "DELETE FROM name_initials WHERE entity = ?1 AND initials = ?2 AND object_id = ?3"};
    sqlite3_stmt *st;
    if (b->n == 0) return KAM_OK;
    qsort(b->list, b->n, sizeof *b->list, by_text);
    kam_rc rc = store_prepare(s, sql[remove], &st, err);
    if (rc != KAM_OK) return rc;
    for (size_t i = 0; i < b->n && rc == KAM_OK; i++) {
        sqlite3_bind_text(st, 1, entity, -1, SQLITE_STATIC);
        sqlite3_bind_text(st, 2, b->list[i].text, -1, SQLITE_STATIC);
        sqlite3_bind_int64(st, 3, b->list[i].id);
        rc = store_run(s, st, err);
    }
    store_done(st);
    batch_clear(b);
    return rc;
}

/* --- what the hook tells --- */

static const char *old_text(sqlite3 *db, int column)
{
    sqlite3_value *v = NULL;
    if (column < 0 || sqlite3_preupdate_old(db, column, &v) != SQLITE_OK) return NULL;
    return (const char *)sqlite3_value_text(v);
}

static bool column_changed(sqlite3 *db, int column)
{
    sqlite3_value *new = NULL;
    const char *old = old_text(db, column);
    if (column < 0 || sqlite3_preupdate_new(db, column, &new) != SQLITE_OK) return false;
    const char *now = (const char *)sqlite3_value_text(new);
    return !kam_streq(old, now);
}

/* The row will have to be spelled (again). */
static void touch(store_capture *c, int table, int64_t row)
{
    store_touched *t = c->n_touched ? &c->touched[c->n_touched - 1] : NULL;
    if (t && !t->name && t->table == table && row >= t->first && row <= t->last + 1) {
        if (row > t->last) t->last = row;
        return;
    }
    KAM_GROW(c->touched, c->touched_cap, c->n_touched + 1);
    c->touched[c->n_touched++] = (store_touched){table, row, row, NULL, NULL};
}

/* What the row was called, whose spellings are to go. */
static void forget(store_capture *c, sqlite3 *db, const store_jtable *t, int table, int64_t row)
{
    const char *name = old_text(db, t->name_column);
    if (!name) return;
    char *kept = kam_arena_strdup(&c->names, name);
    const char *key = old_text(db, t->key_column);
    KAM_GROW(c->touched, c->touched_cap, c->n_touched + 1);
    c->touched[c->n_touched++] = (store_touched){table, row, row, kept, key ? kam_arena_strdup(&c->names, key) : NULL};
}

void store_initials_captured(store *s, int op, int table, int64_t old_row, int64_t new_row)
{
    const store_jtable *t = &s->tables[table];
    if (op == SQLITE_UPDATE && old_row == new_row && !column_changed(s->db, t->name_column) &&
        !column_changed(s->db, t->key_column))
        return;
    if (op != SQLITE_INSERT) forget(&s->cap, s->db, t, table, old_row);
    if (op != SQLITE_DELETE) touch(&s->cap, table, new_row);
}

/* --- bringing the table up to date --- */

static kam_rc spell_rows(store *s, const store_jtable *t, int64_t first, int64_t last, batch *b, kam_err *err)
{
    kam_str sql = KAM_STR_INIT;
    sqlite3_stmt *st;
    bool row;
    kam_str_addf(&sql, "SELECT id, name, %s FROM %s WHERE id BETWEEN ?1 AND ?2", t->key_column < 0 ? "NULL" : "sort_key", t->name);
    kam_rc rc = store_prepare(s, sql.s, &st, err);
    kam_str_release(&sql);
    if (rc != KAM_OK) return rc;
    sqlite3_bind_int64(st, 1, first);
    sqlite3_bind_int64(st, 2, last);
    while ((rc = store_step(s, st, &row, err)) == KAM_OK && row) {
        spell(b, sqlite3_column_int64(st, 0), (const char *)sqlite3_column_text(st, 1), (const char *)sqlite3_column_text(st, 2));
        if (b->n >= BATCH) rc = write_batch(s, b, t->entity->name, false, err);
        if (rc != KAM_OK) break;
    }
    store_done(st);
    return rc;
}

static kam_rc refresh_table(store *s, int table, kam_err *err)
{
    const store_jtable *t = &s->tables[table];
    const store_capture *c = &s->cap;
    batch b = {.arena = KAM_ARENA_INIT};
    kam_rc rc = KAM_OK;
    for (size_t i = 0; i < c->n_touched && rc == KAM_OK; i++) {
        const store_touched *x = &c->touched[i];
        if (x->table != table || !x->name) continue;
        spell(&b, x->first, x->name, x->key);
        if (b.n >= BATCH) rc = write_batch(s, &b, t->entity->name, true, err);
    }
    if (rc == KAM_OK) rc = write_batch(s, &b, t->entity->name, true, err);
    for (size_t i = 0; i < c->n_touched && rc == KAM_OK; i++) {
        const store_touched *x = &c->touched[i];
        if (x->table == table && !x->name) rc = spell_rows(s, t, x->first, x->last, &b, err);
    }
    if (rc == KAM_OK) rc = write_batch(s, &b, t->entity->name, false, err);
    batch_release(&b);
    return rc;
}

kam_rc store_initials_refresh(store *s, kam_err *err)
{
    kam_rc rc = KAM_OK;
    for (size_t i = 0; i < s->n_tables && rc == KAM_OK && s->cap.n_touched > 0; i++)
        if (s->tables[i].name_column >= 0) rc = refresh_table(s, (int)i, err);
    return rc;
}

/* While an old database is brought up to date, the tables of later versions are not there yet; they begin empty. */
static kam_rc table_there(store *s, const char *name, bool *there, kam_err *err)
{
    kam_str sql = KAM_STR_INIT;
    int64_t n = 0;
    kam_str_addf(&sql, "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = '%s'", name);
    kam_rc rc = store_get_int(s, sql.s, &n, NULL, err);
    *there = n > 0;
    kam_str_release(&sql);
    return rc;
}

kam_rc store_initials_rebuild(store *s, kam_err *err)
{
    kam_rc rc = store_exec(s, "DELETE FROM name_initials", err);
    for (size_t i = 0; i < s->n_tables && rc == KAM_OK; i++) {
        const store_jtable *t = &s->tables[i];
        batch b = {.arena = KAM_ARENA_INIT};
        bool there = false;
        if (t->name_column < 0) continue;
        rc = table_there(s, t->name, &there, err);
        if (rc != KAM_OK || !there) continue;
        rc = spell_rows(s, t, INT64_MIN, INT64_MAX, &b, err);
        if (rc == KAM_OK) rc = write_batch(s, &b, t->entity->name, false, err);
        batch_release(&b);
    }
    return rc;
}

/* --- is it up to date? --- */

/* Sums do not depend on the order: equal rows give equal sums, however they are read. */
typedef struct sum {
    uint64_t hash;
    int64_t n, id;
} sum;

static void add_row(void *ctx, const char *initials)
{
    sum *x = ctx;
    uint64_t h = 0xCBF29CE484222325u ^ (uint64_t)x->id * 0x9E3779B97F4A7C15u;
    for (; *initials; initials++) h = (h ^ (unsigned char)*initials) * 0x100000001B3u;
    x->hash += h ^ h >> 29;
    x->n++;
}

/* Both sums of one table: as the names are now, and as they were written down. */
static kam_rc sum_up(store *s, const char *sql, bool names, sum *out, kam_err *err)
{
    sqlite3_stmt *st;
    bool row;
    kam_rc rc = store_prepare(s, sql, &st, err);
    if (rc != KAM_OK) return rc;
    while ((rc = store_step(s, st, &row, err)) == KAM_OK && row) {
        out->id = sqlite3_column_int64(st, 0);
        const char *text = (const char *)sqlite3_column_text(st, 1);
        if (names) spell_to(text, (const char *)sqlite3_column_text(st, 2), add_row, out);
        else if (text) add_row(out, text);
    }
    store_done(st);
    return rc;
}

kam_rc store_initials_stale(store *s, const store_jtable *t, bool *stale, kam_err *err)
{
    sum now = {.n = 0}, written = {.n = 0};
    kam_str sql = KAM_STR_INIT;
    kam_str_addf(&sql, "SELECT id, name, %s FROM %s", t->key_column < 0 ? "NULL" : "sort_key", t->name);
    kam_rc rc = sum_up(s, sql.s, true, &now, err);
    kam_str_clear(&sql);
    kam_str_addf(&sql, "SELECT object_id, initials FROM name_initials WHERE entity = '%s'", t->entity->name);
    if (rc == KAM_OK) rc = sum_up(s, sql.s, false, &written, err);
    kam_str_release(&sql);
    *stale = now.n != written.n || now.hash != written.hash;
    return rc;
}

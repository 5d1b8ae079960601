/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The journal as a table: what each entry did, row by row, with the values before and after.
 *
 * An inserted row is not copied in the journal. What it held when it was inserted is found by walking back from the
 * row as it is now through the later records that touched it. An undone entry holds the way forth, so its records read
 * the other way round. */
#include "kam_money.h"
#include "store_image.h"
#include "store_row.h"
#include <stdio.h>
#include <string.h>

enum { LISTED_ROWS = 20, LISTED_UPDATES = 200, MAX_COLUMNS = 64 };

typedef struct state_cell {
    int type;
    int64_t i;
    double r;
    char *text;
} state_cell;

/* A row's values by SQL column. */
typedef struct state {
    bool present;
    int n;
    state_cell v[MAX_COLUMNS];
} state;

typedef struct listing {
    store *s;
    const store_changes_query *q;
    size_t limit, rows;
    kam_table *t;
    kam_column *c[10];
    int64_t entry;
    char when[32];
    const char *who, *command;
    int entry_state;
    bool fields;     /* store_entry_difference: a row a field, no bulks */
    int64_t records; /* listed */
} listing;

static void cell_set(state_cell *c, const store_image_cell *v)
{
    kam_free(c->text);
    *c = (state_cell){v->type, v->i, v->r, NULL};
    if (v->type == SQLITE_TEXT) c->text = kam_strndup(v->bytes, (size_t)v->n);
}

static void state_release(state *st)
{
    for (int i = 0; i < MAX_COLUMNS; i++) kam_free(st->v[i].text);
    *st = (state){0};
}

static kam_rc live_row(store *s, const store_jtable *t, int64_t row, state *out, kam_err *err)
{
    kam_str sql = KAM_STR_INIT;
    sqlite3_stmt *st;
    bool found;
    state_release(out);
    kam_str_addf(&sql, "SELECT * FROM %s WHERE id = ?1", t->name);
    kam_rc rc = store_prepare(s, sql.s, &st, err);
    kam_str_release(&sql);
    if (rc != KAM_OK) return rc;
    sqlite3_bind_int64(st, 1, row);
    rc = store_step(s, st, &found, err);
    out->n = sqlite3_column_count(st);
    for (int i = 0; rc == KAM_OK && found && i < out->n && i < MAX_COLUMNS; i++) {
        store_image_cell v = {sqlite3_column_type(st, i), sqlite3_column_int64(st, i), sqlite3_column_double(st, i), NULL, 0};
        v.bytes = (const char *)sqlite3_column_text(st, i);
        v.n = sqlite3_column_bytes(st, i);
        cell_set(&out->v[i], &v);
    }
    out->present = found;
    store_done(st);
    return rc;
}

/* Reads one row's image; false at the end. For op U, patches `old` and `new` (either may be NULL). */
static bool read_row(store_image_reader *r, char op, int64_t *row, state *old, state *new)
{
    if (r->bad || r->p >= r->end) return false;
    *row = store_image_read_int(r);
    int64_t n = store_image_read_int(r);
    for (int64_t i = 0; i < n && !r->bad; i++) {
        int64_t column = op == 'U' ? store_image_read_int(r) : i;
        store_image_cell a = store_image_read(r), b = a;
        if (op == 'U') b = store_image_read(r);
        if (column < 0 || column >= MAX_COLUMNS) continue;
        if (old) cell_set(&old->v[column], &a);
        if (new && op == 'U') cell_set(&new->v[column], &b);
    }
    if (op == 'D' && old) {
        old->present = true;
        old->n = (int)n;
    }
    return !r->bad;
}

/* The row right after record `id`: from now back through what came later and still holds. */
static kam_rc row_after(store *s, const store_jtable *t, int64_t row, int64_t id, state *out, kam_err *err)
{
    sqlite3_stmt *st;
    bool more;
    kam_rc rc = live_row(s, t, row, out, err);
    if (rc == KAM_OK)
        rc = store_prepare(s,
                           "SELECT r.op, r.image FROM change_rows AS r JOIN change_entries AS e ON e.id = r.entry_id"
                           " WHERE r.id > ?1 AND r.tbl = ?2 AND r.first_row <= ?3 AND r.last_row >= ?3 AND e.state = 0"
                           " ORDER BY r.entry_id DESC, r.id DESC",
                           &st, err);
    if (rc != KAM_OK) return rc;
    sqlite3_bind_int64(st, 1, id);
    sqlite3_bind_text(st, 2, t->name, -1, SQLITE_STATIC);
    sqlite3_bind_int64(st, 3, row);
    while ((rc = store_step(s, st, &more, err)) == KAM_OK && more) {
        char op = (char)*sqlite3_column_text(st, 0);
        if (op == 'I') {
            state_release(out);
            continue;
        }
        const unsigned char *p = sqlite3_column_blob(st, 1);
        store_image_reader r = {p, p + sqlite3_column_bytes(st, 1), false};
        for (int64_t at; r.p < r.end;) {
            store_image_reader look = r;
            if (!read_row(&r, op, &at, NULL, NULL)) break;
            if (at == row) read_row(&look, op, &at, out, NULL);
        }
    }
    store_done(st);
    return rc;
}

/* --- words --- */

static void reference_text(store *s, const store_entity *e, int64_t id, kam_str *out)
{
    char *name = e ? store_object_text(s, e, id) : NULL;
    kam_str_add(out, name ? name : "-");
    kam_free(name);
}

static void field_text(listing *l, const store_entity *e, const store_field *f, const state *row, int column, kam_str *out)
{
    const state_cell *v = &row->v[column];
    char b[64];
    (void)e;
    if (v->type == SQLITE_TEXT) {
        size_t n = strlen(v->text);
        kam_str_addn(out, v->text, n > 200 ? 200 : n);
        if (n > 200) kam_str_add(out, "…");
    } else if (v->type == SQLITE_FLOAT) {
        kam_format_real(v->r, b);
        kam_str_add(out, b);
    } else if (f && f->kind == STORE_DAY) {
        kam_day_format(v->i, b);
        kam_str_add(out, b);
    } else if (f && f->kind == STORE_MONEY) {
        kam_money_format(v->i, store_exponent(l->s), b);
        kam_str_add(out, b);
    } else if (f && (f->kind == STORE_REF || f->kind == STORE_REFS)) reference_text(l->s, store_entity_find(f->ref), v->i, out);
    else kam_str_addf(out, "%lld", (long long)v->i);
}

/* Index of a field's SQL column in the table; columns of the model follow `id` in field order. */
static const store_field *field_of_column(const store_entity *e, char **names, int column)
{
    for (size_t i = 0; i < e->n_fields; i++)
        if (e->fields[i].kind != STORE_REFS && kam_streq(e->fields[i].column, names[column])) return &e->fields[i];
    return NULL;
}

static int column_named(char **names, int n, const char *name)
{
    for (int i = 0; i < n; i++)
        if (kam_streq(names[i], name)) return i;
    return -1;
}

static bool cell_differs(const state_cell *a, const state_cell *b)
{
    if (a->type != b->type) return true;
    if (a->type == SQLITE_TEXT) return strcmp(a->text, b->text) != 0;
    if (a->type == SQLITE_FLOAT) return memcmp(&a->r, &b->r, sizeof a->r) != 0;
    return a->type == SQLITE_INTEGER && a->i != b->i;
}

/* What a field holds; nothing when it is missing. */
static void value_text(listing *l, const store_jtable *t, char **names, int n, const store_field *f, const state *row, int column, kam_str *out)
{
    const state_cell *v = &row->v[column];
    if (v->type == SQLITE_NULL) return;
    if (f->kind != STORE_SUBJECT) {
        field_text(l, t->entity, f, row, column, out);
        return;
    }
    int kind = column_named(names, n, store_field_find(t->entity, f->ref)->column);
    const char *k = kind >= 0 && row->v[kind].type == SQLITE_TEXT ? row->v[kind].text : "";
    reference_text(l->s, store_entity_find(k), v->i, out);
}

/* Said by the object already, made from the name, or a flag that is not set. */
static bool is_plain(const store_field *f, const state_cell *v)
{
    return (f->flags & STORE_KEY) || (f->flags & STORE_DERIVED) || (f->kind == STORE_FLAG && v->i == 0);
}

/* " | " divides the languages of a cell; among several values of one cell it would hide the rest. */
static void one_language(kam_str *out, size_t from)
{
    for (char *p = out->len ? strstr(out->s + from, " | ") : NULL; p; p = strstr(p, " | ")) p[1] = '/';
}

/* "field=value; …" of row, only where it differs from other (if that is there). */
static void values_text(listing *l, const store_jtable *t, char **names, int n, const state *row, const state *other, kam_str *out)
{
    if (!row->present) return;
    for (int i = 1; i < n && i < MAX_COLUMNS; i++) {
        const state_cell *v = &row->v[i];
        const store_field *f = t->refs ? (kam_streq(names[i], t->refs->column) ? t->refs : NULL) : field_of_column(t->entity, names, i);
        if (!f) continue;
        if (other && other->present ? !cell_differs(v, &other->v[i]) : v->type == SQLITE_NULL) continue;
        if (l->fields && is_plain(f, v)) continue;
        kam_str_addf(out, "%s%s=", out->len ? "; " : "", f->name);
        size_t from = out->len;
        value_text(l, t, names, n, f, row, i, out);
        one_language(out, from);
    }
}

/* The key of a row as it was. */
static void object_text(listing *l, const store_jtable *t, char **names, int n, const state *row, int64_t id, kam_str *out)
{
    const store_entity *e = t->entity;
    if (t->refs) { /* the row its list belongs to */
        kam_str owner = KAM_STR_INIT;
        store_link_owner(e, &owner);
        int c = column_named(names, n, owner.s);
        kam_str_release(&owner);
        if (c >= 0) reference_text(l->s, e, row->v[c].i, out);
        return;
    }
    for (size_t i = 0; i < e->n_fields; i++) {
        const store_field *f = &e->fields[i];
        if (!(f->flags & STORE_KEY)) continue;
        if (f->kind == STORE_AUTO) {
            kam_str_addf(out, "%lld", (long long)id);
            continue;
        }
        int c = column_named(names, n, f->column);
        if (c < 0 || row->v[c].type == SQLITE_NULL) continue;
        if (out->len) kam_str_addc(out, ' ');
        if (f->kind == STORE_SUBJECT) {
            int kind = column_named(names, n, store_field_find(e, f->ref)->column);
            reference_text(l->s, store_entity_find(kind >= 0 && row->v[kind].type == SQLITE_TEXT ? row->v[kind].text : ""),
                           row->v[c].i, out);
        } else field_text(l, e, f, row, c, out);
    }
}

static void put_line(listing *l, const store_jtable *t, const char *action, const char *object, const char *before, const char *after)
{
    if (l->rows >= l->limit) return;
    if (l->q->object && !kam_streq(l->q->object, object)) return;
    static const char *const states[] = {"done", "undone", "undone"};
    l->rows++;
    kam_col_push_int(l->c[0], l->entry);
    kam_col_push_text(l->c[1], l->when);
    kam_col_push_text(l->c[2], l->who);
    kam_col_push_text(l->c[3], l->command);
    kam_col_push_text(l->c[4], states[l->entry_state]);
    kam_col_push_text(l->c[5], t->entity->name);
    kam_col_push_text(l->c[6], action);
    kam_col_push_text(l->c[7], object);
    kam_col_push_text(l->c[8], before && *before ? before : NULL);
    kam_col_push_text(l->c[9], after && *after ? after : NULL);
}

static void put_field(listing *l, const store_jtable *t, const char *action, const char *object, const char *field, const char *before,
                      const char *after)
{
    const char *v[] = {t->entity->name, action, object, field, before, after};
    if (l->rows >= l->limit) return;
    l->rows++;
    for (int i = 0; i < 6; i++) kam_col_push_text(l->c[i], v[i] && *v[i] ? v[i] : NULL);
}

/* A row of the difference for each field that was changed. */
static void put_fields(listing *l, const store_jtable *t, char **names, int n, const char *object, const state *before, const state *after)
{
    for (int i = 1; i < n && i < MAX_COLUMNS; i++) {
        const store_field *f = field_of_column(t->entity, names, i);
        if (!f || !cell_differs(&before->v[i], &after->v[i])) continue;
        kam_str a = KAM_STR_INIT, b = KAM_STR_INIT;
        value_text(l, t, names, n, f, before, i, &b);
        value_text(l, t, names, n, f, after, i, &a);
        put_field(l, t, "set", object, f->name, kam_str_cstr(&b), kam_str_cstr(&a));
        kam_str_release(&a);
        kam_str_release(&b);
    }
}

static void put_row(listing *l, const store_jtable *t, char **names, int n, int64_t id, const state *before, const state *after)
{
    kam_str object = KAM_STR_INIT, b = KAM_STR_INIT, a = KAM_STR_INIT;
    const state *known = after->present ? after : before;
    const char *action = t->refs || (before->present && after->present) ? "set" : after->present ? "add" : "remove";
    object_text(l, t, names, n, known, id, &object);
    values_text(l, t, names, n, before, after, &b);
    values_text(l, t, names, n, after, before, &a);
    if (!l->fields) put_line(l, t, action, kam_str_cstr(&object), kam_str_cstr(&b), kam_str_cstr(&a));
    else if (before->present && after->present && !t->refs) put_fields(l, t, names, n, kam_str_cstr(&object), before, after);
    else put_field(l, t, action, kam_str_cstr(&object), NULL, kam_str_cstr(&b), kam_str_cstr(&a));
    l->records++;
    kam_str_release(&object);
    kam_str_release(&b);
    kam_str_release(&a);
}

/* --- records --- */

typedef struct record {
    int64_t id, first, last, n;
    char op;
    const store_jtable *t;
    unsigned char *image;
    size_t len;
} record;

static kam_rc list_record(listing *l, const record *r, kam_err *err)
{
    char **names = NULL;
    int n_names = 0;
    state before = {0}, after = {0};
    bool undone = l->entry_state != 0;
    kam_rc rc = store_column_names(l->s, r->t->name, &names, &n_names, err);
    if (rc == KAM_OK && r->op == 'I') {
        for (int64_t row = r->first; row <= r->last && l->rows < l->limit && rc == KAM_OK; row++) {
            rc = row_after(l->s, r->t, row, r->id, &after, err);
            /* an undone entry with an I record would put rows away: it removed rows, which are here again */
            if (rc == KAM_OK) put_row(l, r->t, names, n_names, row, undone ? &after : &before, undone ? &before : &after);
        }
    } else if (rc == KAM_OK) {
        store_image_reader in = {r->image, r->image + r->len, false};
        while (in.p < in.end && l->rows < l->limit && rc == KAM_OK) {
            int64_t row;
            state old = {0}, new = {0};
            store_image_reader look = in;
            if (!read_row(&in, r->op, &row, NULL, NULL)) break;
            if (r->op == 'U') { /* the columns that did not change come from the row itself */
                rc = row_after(l->s, r->t, row, r->id, &old, err);
                if (rc == KAM_OK) rc = row_after(l->s, r->t, row, r->id, &new, err);
                old.present = new.present = true;
            }
            read_row(&look, r->op, &row, &old, &new);
            if (rc == KAM_OK) put_row(l, r->t, names, n_names, row, undone ? &new : &old, undone ? &old : &new);
            state_release(&old);
            state_release(&new);
        }
    }
    state_release(&before);
    state_release(&after);
    store_free_names(names, n_names);
    return rc;
}

/* What an entry did to one table in one way. */
typedef struct bulk {
    char table[64], op;
    int64_t n;
    bool told;
} bulk;

enum { BULKS = 128 };

/* Kinds of change with more rows than are worth a line each. */
static kam_rc find_bulks(listing *l, bulk *out, size_t *n, kam_err *err)
{
    sqlite3_stmt *st;
    bool more;
    *n = 0;
    if (l->fields) return KAM_OK;
    kam_rc rc = store_prepare(l->s, "SELECT tbl, op, sum(n) FROM change_rows WHERE entry_id = ?1 GROUP BY tbl, op", &st, err);
    if (rc != KAM_OK) return rc;
    sqlite3_bind_int64(st, 1, l->entry);
    while ((rc = store_step(l->s, st, &more, err)) == KAM_OK && more && *n < BULKS) {
        bulk *b = &out[*n];
        snprintf(b->table, sizeof b->table, "%s", (const char *)sqlite3_column_text(st, 0));
        b->op = (char)*sqlite3_column_text(st, 1);
        b->n = sqlite3_column_int64(st, 2);
        b->told = false;
        if (b->n > (b->op == 'U' ? LISTED_UPDATES : LISTED_ROWS)) (*n)++;
    }
    store_done(st);
    return rc;
}

/* True when the record is one of many: the first of them says how many there are. */
static bool told_as_bulk(listing *l, bulk *b, size_t n, const char *table, char op, const store_jtable *t)
{
    for (size_t i = 0; i < n; i++) {
        if (b[i].op != op || strcmp(b[i].table, table) != 0) continue;
        char object[60];
        bool adds = (op == 'I') != (l->entry_state != 0);
        snprintf(object, sizeof object, "(%lld)", (long long)b[i].n);
        if (!b[i].told) put_line(l, t, t->refs || op == 'U' ? "set" : adds ? "add" : "remove", object, NULL, NULL);
        b[i].told = true;
        return true;
    }
    return false;
}

static kam_rc list_entry(listing *l, kam_err *err)
{
    sqlite3_stmt *st;
    bool more;
    bulk bulks[BULKS];
    size_t n_bulks;
    kam_rc rc = find_bulks(l, bulks, &n_bulks, err);
    if (rc == KAM_OK)
        rc = store_prepare(l->s, "SELECT id, tbl, op, first_row, last_row, n, image FROM change_rows WHERE entry_id = ?1 ORDER BY id",
                           &st, err);
    if (rc != KAM_OK) return rc;
    sqlite3_bind_int64(st, 1, l->entry);
    while (l->rows < l->limit && (rc = store_step(l->s, st, &more, err)) == KAM_OK && more) {
        record r = {sqlite3_column_int64(st, 0), sqlite3_column_int64(st, 3), sqlite3_column_int64(st, 4),
                    sqlite3_column_int64(st, 5), (char)*sqlite3_column_text(st, 2), NULL, NULL, 0};
        const char *table = (const char *)sqlite3_column_text(st, 1);
        for (size_t i = 0; i < l->s->n_tables; i++)
            if (strcmp(l->s->tables[i].name, table) == 0) r.t = &l->s->tables[i];
        if (!r.t || (l->q->entity && strcmp(l->q->entity, r.t->entity->name) != 0)) continue;
        if (told_as_bulk(l, bulks, n_bulks, table, r.op, r.t)) continue;
        r.len = (size_t)sqlite3_column_bytes(st, 6);
        r.image = kam_alloc(r.len + 1);
        if (r.len) memcpy(r.image, sqlite3_column_blob(st, 6), r.len);
        rc = list_record(l, &r, err);
        kam_free(r.image);
        if (rc != KAM_OK) break;
    }
    store_done(st);
    return rc;
}

kam_rc store_changes(store *s, const store_changes_query *q, kam_table **out, kam_err *err)
{
    static const char *const name[] = {"entry", "when", "who", "command", "state", "entity", "action", "object", "before", "after"};
    static const store_changes_query everything = {0};
    listing l = {.s = s, .q = q ? q : &everything, .t = kam_table_new()};
    sqlite3_stmt *st = NULL;
    bool more;
    l.limit = l.q->limit ? l.q->limit : 1000;
    kam_table_set_title(l.t, "changes");
    for (int i = 0; i < 10; i++) {
        char label[32];
        snprintf(label, sizeof label, "change.%s", name[i]);
        l.c[i] = kam_table_add_column(l.t, name[i], i ? KAM_TEXT : KAM_INT, label);
    }
    kam_rc rc = KAM_OK;
    if (l.q->entity && !store_entity_find(l.q->entity)) {
        kam_err_set(err, KAM_NOTFOUND, "no entity \"%s\"", l.q->entity);
        kam_err_word(err, "entity");
        kam_err_word(err, l.q->entity);
        rc = KAM_NOTFOUND;
    }
    if (rc == KAM_OK)
        rc = store_prepare(s,
                           "SELECT id, at_s, who, command, state FROM change_entries WHERE (?1 = 0 OR at_s >= ?1)"
                           " AND (?2 = 0 OR id = ?2) ORDER BY id DESC",
                           &st, err);
    if (rc == KAM_OK) {
        sqlite3_bind_int64(st, 1, l.q->since_s);
        sqlite3_bind_int64(st, 2, l.q->entry);
        while (l.rows < l.limit && (rc = store_step(s, st, &more, err)) == KAM_OK && more) {
            l.entry = sqlite3_column_int64(st, 0);
            store_when_text(sqlite3_column_int64(st, 1), l.when);
            l.who = (const char *)sqlite3_column_text(st, 2);
            l.command = (const char *)sqlite3_column_text(st, 3);
            l.entry_state = sqlite3_column_int(st, 4);
            rc = list_entry(&l, err);
            if (rc != KAM_OK) break;
        }
        store_done(st);
    }
    kam_table_seal(l.t);
    if (rc == KAM_OK) *out = l.t;
    else kam_table_unref(l.t);
    return rc;
}

/* --- what a dry run would do --- */

/* The journal's rows are written as if the entry was committed, read, and taken back: what came later in the entry is
 * then known to row_after. */
kam_rc store_entry_difference(store *s, size_t limit, kam_table **out, int64_t *more, kam_err *err)
{
    static const char *const name[] = {"entity", "action", "object", "field", "before", "after"};
    static const store_changes_query all = {0};
    listing l = {.s = s, .q = &all, .t = kam_table_new(), .fields = true, .limit = limit ? limit : 1000};
    int64_t changed = 0;
    KAM_ASSERT(store_entry_open(s));
    for (int i = 0; i < 6; i++) {
        char label[32];
        snprintf(label, sizeof label, "change.%s", name[i]);
        l.c[i] = kam_table_add_column(l.t, name[i], KAM_TEXT, i == 3 ? NULL : label);
    }
    for (size_t i = 0; i < s->cap.n; i++) changed += s->cap.rec[i].n;
    kam_rc rc = store_mark(s, err);
    if (rc == KAM_OK) {
        rc = store_entry_write(s, &l.entry, err);
        if (rc == KAM_OK) rc = list_entry(&l, err);
        kam_rc back = store_mark_rollback(s, rc == KAM_OK ? err : NULL);
        if (rc == KAM_OK) rc = back;
    }
    if (rc == KAM_OK) *out = l.t;
    else kam_table_unref(l.t);
    if (rc == KAM_OK && more) *more = changed - l.records;
    return rc;
}

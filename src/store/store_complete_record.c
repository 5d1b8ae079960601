/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Records without a code: found by their number, their date or what they are about, among the newest ones, so that the time does
 * not depend on how many there are. */
#include "store_row.h"
#include "kam_utf8.h"
#include <string.h>

enum { MAX_PARTS = 6, PART_CHARS = 40, MAX_GIVEN = 8, YEAR = 4 };

/* What stands beside the number: its SQL, and how the text is to be read. */
typedef struct part {
    const store_field *f;
    const store_entity *ref; /* then there are three columns: name, code, sort key */
} part;

/* The day, two objects, one kind and one text: enough to know a record again. */
static size_t parts_of(const store_entity *e, part *out)
{
    size_t n = 0, days = 0, refs = 0, kinds = 0, texts = 0;
    for (size_t i = 0; i < e->n_fields && n < MAX_PARTS; i++) {
        const store_field *f = &e->fields[i];
        const store_entity *r = f->kind == STORE_REF ? store_entity_find(f->ref) : NULL;
        bool take = (f->kind == STORE_DAY && days++ == 0) || (r && store_code_column(r) && (r->flags & (STORE_E_NAMED | STORE_E_NAME)) && refs++ < 2) ||
                    (f->kind == STORE_ENUM && kinds++ == 0) || (f->kind == STORE_TEXT && texts++ == 0);
        if (take) out[n++] = (part){f, r};
    }
    return n;
}

static void parts_sql(const part *p, size_t n, kam_str *sql)
{
    for (size_t i = 0; i < n; i++) {
        if (p[i].ref)
            kam_str_addf(sql, ", (SELECT r.name FROM %s AS r WHERE r.id = t.%s), (SELECT r.code FROM %s AS r WHERE r.id = t.%s), "
                              "(SELECT r.%s FROM %s AS r WHERE r.id = t.%s)",
                         p[i].ref->table, p[i].f->column, p[i].ref->table, p[i].f->column, p[i].ref->flags & STORE_E_NAMED ? "sort_key" : "code",
                         p[i].ref->table, p[i].f->column);
        else kam_str_addf(sql, ", t.%s", p[i].f->column);
    }
}

/* The part as it is read, into buf; NULL: it has no value. */
static const char *part_text(sqlite3_stmt *st, int column, const store_field *f, bool zh, char buf[KAM_DATE_MAX])
{
    if (sqlite3_column_type(st, column) == SQLITE_NULL) return NULL;
    if (f->kind == STORE_DAY) {
        kam_day_format((kam_day)sqlite3_column_int64(st, column), buf);
        return buf;
    }
    const char *text = (const char *)sqlite3_column_text(st, column);
    const store_enum *v = f->kind == STORE_ENUM ? store_enum_find(f->values, text) : NULL;
    return v ? (zh ? v->zh : v->en) : text;
}

/* Of a text in both languages the reader's half. */
static void add_part(kam_str *note, const char *text, bool zh)
{
    const char *bar = strstr(text, " | ");
    if (bar && !zh) text = bar + 3;
    size_t width, n = kam_utf8_fit(text, PART_CHARS, false, &width);
    if (bar && zh && n > (size_t)(bar - text)) n = (size_t)(bar - text);
    if (!n) return;
    if (note->len) kam_str_add(note, ", ");
    for (size_t i = 0; i < n; i++) kam_str_addc(note, text[i] == '\n' ? ' ' : text[i]);
}

/* Does one of the parts (or the number) begin so? Writes the note. */
static bool describe(sqlite3_stmt *st, const part *p, size_t n, const char *prefix, bool zh, kam_str *note)
{
    bool fits = kam_str_starts((const char *)sqlite3_column_text(st, 0), prefix);
    size_t len = strlen(prefix);
    int column = 1;
    kam_str_clear(note);
    for (size_t i = 0; i < n; i++) {
        char buf[KAM_DATE_MAX];
        const char *text = part_text(st, column++, p[i].f, zh, buf);
        if (text) {
            add_part(note, text, zh);
            fits |= (p[i].f->kind != STORE_DAY || len >= YEAR) && kam_str_starts(text, prefix); /* "2" is a number */
        }
        for (int k = 0; p[i].ref && k < 2; k++) {
            const char *other = (const char *)sqlite3_column_text(st, column++);
            fits |= other && kam_str_starts(other, prefix);
        }
    }
    return fits;
}

static kam_table *answer(kam_column **key, kam_column **note)
{
    kam_table *t = kam_table_new();
    *key = kam_table_add_column(t, "key", KAM_TEXT, NULL);
    *note = kam_table_add_column(t, "note", KAM_TEXT, NULL);
    return t;
}

kam_rc store_complete_record(store *s, const store_entity *e, const char *prefix, bool zh, size_t limit, kam_table **out, size_t *more,
                             bool *many, kam_err *err)
{
    part p[MAX_PARTS];
    size_t n = parts_of(e, p), found = 0, read = 0;
    kam_str sql = KAM_STR_INIT, note = KAM_STR_INIT;
    kam_column *keys, *notes;
    sqlite3_stmt *st;
    bool row;
    if (!(e->flags & STORE_E_AUTO)) {
        kam_err_set(err, KAM_USAGE, "records of %s have no number to find them by", e->name);
        return kam_err_word(err, e->name);
    }
    kam_str_add(&sql, "SELECT t.id");
    parts_sql(p, n, &sql);
    kam_str_addf(&sql, " FROM %s AS t ORDER BY t.id DESC LIMIT %d", e->table, STORE_COMPLETE_NEWEST);
    kam_rc rc = store_prepare(s, sql.s, &st, err);
    kam_str_release(&sql);
    if (rc != KAM_OK) return rc;
    kam_table *t = answer(&keys, &notes);
    while ((rc = store_step(s, st, &row, err)) == KAM_OK && row) {
        read++;
        if (!describe(st, p, n, prefix, zh, &note) || found++ >= limit) continue;
        kam_col_push_text(keys, (const char *)sqlite3_column_text(st, 0));
        kam_col_push_text(notes, kam_str_cstr(&note));
    }
    store_done(st);
    kam_str_release(&note);
    kam_table_seal(t);
    if (rc == KAM_OK) {
        *out = t;
        *more = found > limit ? found - limit : 0;
        *many = read == STORE_COMPLETE_NEWEST;
    } else kam_table_unref(t);
    return rc;
}

/* --- the values of a further part of a key ------------------------------------------------------------------------- */

/* The value of a key field as it is stored; false: there is no such object or no such value. */
static bool stored(store *s, const store_entity *e, const store_field *f, const char *text, const char *kind, kam_arena *a, store_cell *cell)
{
    const store_entity *ref = f->kind == STORE_REF ? store_entity_find(f->ref) : f->kind == STORE_SUBJECT && kind ? store_entity_find(kind) : NULL;
    if (f->kind != STORE_REF && f->kind != STORE_SUBJECT) return store_convert(s, e, f, text, a, cell, NULL) == KAM_OK;
    cell->type = STORE_C_INT;
    return ref && store_code_column(ref) && store_lookup(s, ref, text, &cell->i, NULL, NULL) == KAM_OK;
}

/* " WHERE column = ?…" of the keys given so far; their values into cell. False: one of them cannot be. */
static bool given_sql(store *s, const store_entity *e, const store_value *given, size_t n, kam_arena *a, store_cell *cell, size_t *cells, kam_str *sql)
{
    const char *kind = NULL;
    for (size_t i = 0; i < n; i++) {
        const store_field *f = store_field_find(e, given[i].name);
        if (!f || !given[i].text || *cells == MAX_GIVEN) continue;
        if (f->kind == STORE_ENUM) {
            const store_enum *v = store_enum_find(f->values, given[i].text);
            kind = v ? v->name : NULL;
        }
        if (!stored(s, e, f, given[i].text, kind, a, &cell[*cells])) return false;
        kam_str_addf(sql, "%s t.%s = ?%zu", *cells ? " AND" : " WHERE", f->column, *cells + 1);
        ++*cells;
    }
    return true;
}

kam_rc store_complete_key(store *s, const store_entity *e, const store_field *f, const store_value *given, size_t n, const char *prefix,
                          size_t limit, kam_table **out, size_t *more, kam_err *err)
{
    kam_arena a = {NULL};
    store_cell cell[MAX_GIVEN] = {{.type = STORE_C_ABSENT}};
    size_t cells = 0, found = 0;
    kam_str sql = KAM_STR_INIT;
    kam_column *keys, *notes;
    sqlite3_stmt *st;
    bool row;
    kam_table *t = answer(&keys, &notes);
    *out = t;
    *more = 0;
    kam_str_addf(&sql, "SELECT DISTINCT k FROM (SELECT t.%s AS k FROM %s AS t", f->column, e->table);
    bool possible = given_sql(s, e, given, n, &a, cell, &cells, &sql);
    kam_str_addf(&sql, " LIMIT %d) WHERE k IS NOT NULL ORDER BY k%s", STORE_COMPLETE_NEWEST, f->kind == STORE_DAY ? " DESC" : "");
    kam_rc rc = possible ? store_prepare(s, sql.s, &st, err) : KAM_OK;
    kam_str_release(&sql);
    if (possible && rc == KAM_OK) {
        for (size_t i = 0; i < cells; i++) store_bind_cell(st, (int)i + 1, &cell[i]);
        while ((rc = store_step(s, st, &row, err)) == KAM_OK && row) {
            char buf[KAM_DATE_MAX];
            const char *text = part_text(st, 0, f, false, buf);
            if (!text || !kam_str_starts(text, prefix) || found++ >= limit) continue;
            kam_col_push_text(keys, text);
            kam_col_push_text(notes, "");
        }
        store_done(st);
    }
    kam_arena_release(&a);
    kam_table_seal(t);
    if (found > limit) *more = found - limit;
    if (rc != KAM_OK) {
        kam_table_unref(t);
        *out = NULL;
    }
    return rc;
}

/* --- the values of a text field -------------------------------------------------------------------------------------- */

enum { PIECES = 20 };

/* The rows that are looked at: all of a small table, else PIECES runs of it. */
static kam_rc pieces_sql(store *s, const store_entity *e, const store_field *f, kam_str *sql, kam_err *err)
{
    kam_str max = KAM_STR_INIT;
    int64_t last = 0;
    bool found = false;
    kam_str_addf(&max, "SELECT max(id) FROM %s", e->table);
    kam_rc rc = store_get_int(s, max.s, &last, &found, err);
    kam_str_release(&max);
    if (rc != KAM_OK) return rc;
    int n = last > STORE_COMPLETE_ROWS ? PIECES : 1;
    for (int i = 0; i < n; i++)
        kam_str_addf(sql, "%sSELECT v FROM (SELECT t.%s AS v FROM %s AS t WHERE t.id > %lld LIMIT %d)", i ? " UNION ALL " : "", f->column, e->table,
                     (long long)(last / n * i), STORE_COMPLETE_ROWS / n);
    return KAM_OK;
}

static bool offerable(const char *text)
{
    size_t width;
    return *text && !strchr(text, '\n') && text[kam_utf8_fit(text, STORE_COMPLETE_COLUMNS, false, &width)] == '\0';
}

kam_rc store_complete_value(store *s, const store_entity *e, const store_field *f, const char *prefix, size_t limit, kam_table **out,
                            size_t *more, bool *many, kam_err *err)
{
    kam_str sql = KAM_STR_INIT;
    kam_column *keys, *notes;
    sqlite3_stmt *st = NULL;
    size_t found = 0, read = 0;
    bool row;
    kam_str_add(&sql, "SELECT DISTINCT v FROM (");
    kam_rc rc = pieces_sql(s, e, f, &sql, err);
    kam_str_addf(&sql, ") WHERE v IS NOT NULL%s LIMIT %d", *prefix ? " AND (substr(v, 1, length(?1)) = ?1 OR instr(v, ' | ' || ?1) > 0)" : "",
                 STORE_COMPLETE_SEEN);
    if (rc == KAM_OK) rc = store_prepare(s, sql.s, &st, err);
    kam_str_release(&sql);
    if (rc != KAM_OK) return rc;
    kam_table *t = answer(&keys, &notes);
    if (*prefix) sqlite3_bind_text(st, 1, prefix, -1, SQLITE_STATIC);
    while ((rc = store_step(s, st, &row, err)) == KAM_OK && row) {
        const char *text = (const char *)sqlite3_column_text(st, 0);
        read++;
        if (!offerable(text) || found++ >= limit) continue;
        kam_col_push_text(keys, text);
        kam_col_push_text(notes, "");
    }
    store_done(st);
    kam_table_seal(t);
    if (rc == KAM_OK) {
        *out = t;
        *more = found > limit ? found - limit : 0;
        *many = read == STORE_COMPLETE_SEEN;
    } else kam_table_unref(t);
    return rc;
}

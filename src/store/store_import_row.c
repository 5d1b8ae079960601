/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store_import_int.h"
#include "store_db.h"

#include <stdio.h>
#include <string.h>

enum { FIELDS_MAX = 64, UNKNOWN_TOLD_MAX = 50 };

/* What is wrong with a row, and where. Of further faults only the text is kept, in the job's `reason`. */
typedef struct {
    kam_err err;
    int cell; /* -1: the row as a whole */
    const store_field *field;
} row_fault;

typedef struct {
    size_t field;
    const char *text;
    import_maker *maker;
    bool made;
    int64_t id;
} row_new;

typedef struct {
    row_fault fault;
    row_new make[FIELDS_MAX]; /* objects to make before the row can be written */
    size_t n_make;
    bool off;
} row_state;

/* Not cleared as a whole: it is large, and there are a million rows. */
static void state_init(row_state *st)
{
    kam_err_clear(&st->fault.err);
    st->fault.cell = -1;
    st->fault.field = NULL;
    st->n_make = 0;
    st->off = false;
}

/* Of the row, or of everything? */
static bool is_of_row(kam_rc rc)
{
    return rc == KAM_USAGE || rc == KAM_NOTFOUND || rc == KAM_CONSTRAINT || rc == KAM_DATA;
}

static kam_rc fault_at(row_state *st, int cell, const store_field *f, kam_rc rc, kam_err *err)
{
    if (!is_of_row(rc)) {
        *err = st->fault.err;
        return rc;
    }
    st->fault.cell = cell;
    st->fault.field = f;
    return KAM_OK;
}

/* A fault in `err` while st->fault holds an earlier one. */
static void further_fault(import_job *j, const kam_err *err)
{
    kam_str_add(&j->reason, j->spec->chinese ? "；" : "; ");
    kam_str_add(&j->reason, kam_err_text(err, j->spec->chinese));
}

/* --- ids touched -------------------------------------------------------------------------------------------- */

static size_t seen_slot(const import_seen *m, int64_t id)
{
    size_t i = ((uint64_t)id * UINT64_C(0x9e3779b97f4a7c15)) >> 20 & (m->cap - 1);
    while (m->id[i] && m->id[i] != id) i = (i + 1) & (m->cap - 1);
    return i;
}

static void seen_add(import_seen *m, int64_t id, size_t line)
{
    if ((m->n + 1) * 2 > m->cap) {
        import_seen b = {.cap = m->cap ? m->cap * 2 : 1024, .n = m->n};
        b.id = kam_calloc(b.cap, sizeof *b.id);
        b.line = kam_calloc(b.cap, sizeof *b.line);
        for (size_t i = 0; i < m->cap; i++) {
            if (!m->id[i]) continue;
            size_t k = seen_slot(&b, m->id[i]);
            b.id[k] = m->id[i];
            b.line[k] = m->line[i];
        }
        kam_free(m->id);
        kam_free(m->line);
        *m = b;
    }
    size_t i = seen_slot(m, id);
    if (!m->id[i]) m->n++;
    m->id[i] = id;
    m->line[i] = line;
}

static size_t seen_line(const import_seen *m, int64_t id)
{
    return m->cap ? m->line[seen_slot(m, id)] : 0;
}

/* --- converting --------------------------------------------------------------------------------------------- */

static import_maker *maker_of(import_job *j, const store_field *f)
{
    for (size_t i = 0; i < j->spec->n_create; i++)
        if (strcmp(j->maker[i].e->name, f->ref) == 0) return &j->maker[i];
    return NULL;
}

/* A reference: known (put it), to be made (remember it), to wait for, or a fault. */
static kam_rc put_ref(import_job *j, size_t i, const char *text, bool last, row_state *st)
{
    const store_field *f = &j->e->fields[i];
    kam_err *fault = &st->fault.err;
    int64_t id = 0;
    kam_rc rc = store_writer_ref(j->w, i, text, &id, fault);
    if (rc != KAM_OK || id != 0) return rc == KAM_OK ? store_writer_put(j->w, i, text, fault) : rc;
    if (strcmp(f->ref, j->e->name) == 0 && !last) {
        st->off = true;
        return KAM_OK;
    }
    import_maker *m = maker_of(j, f);
    if (m) {
        st->make[st->n_make++] = (row_new){i, text, m, false, 0};
        return KAM_OK;
    }
    if (j->unknown_told++ < UNKNOWN_TOLD_MAX) { /* with the nearest names, which take time to find */
        rc = store_writer_put(j->w, i, text, fault);
        if (rc == KAM_NOTFOUND && j->cut && strcmp(f->ref, j->e->name) == 0)
            kam_err_append(fault, "; it may stand further down in the file, -dryrun reads it whole");
        if (rc == KAM_NOTFOUND && (strcmp(f->ref, "account") == 0 || strcmp(f->ref, "product") == 0) &&
            strlen(fault->msg) + 64 < KAM_ERR_MSG_MAX)
            kam_err_append(fault, " (-create %.40s makes unknown ones)", f->ref);
        return rc;
    }
    kam_err_set(fault, KAM_NOTFOUND, "unknown %s \"%s\"", f->ref, text);
    kam_err_word(fault, f->ref);
    return kam_err_word(fault, text);
}

static kam_rc put_day(import_job *j, size_t i, const char *text, kam_err *fault)
{
    char day[12];
    const char *hint = import_day(text, day);
    if (!hint) return store_writer_put(j->w, i, day, fault);
    return store_bad(j->e, &j->e->fields[i], "value", text, fault, "\"%s\" is not a day: %s", text, hint);
}

static bool blank_ends(const char *s)
{
    size_t n = strlen(s);
    return n > 0 && (strchr(" \t", s[0]) || strchr(" \t", s[n - 1]));
}

static kam_rc put_cell(import_job *j, size_t i, const char *text, bool last, row_state *st)
{
    const store_field *f = &j->e->fields[i];
    char *copy = NULL;
    kam_rc rc;
    if (f->kind != STORE_TEXT && f->kind != STORE_VALUE && blank_ends(text)) {
        copy = kam_strdup(text);
        text = kam_arena_strdup(&j->scratch, kam_strtrim(copy)); /* row_new keeps it */
        kam_free(copy);
    }
    if (f->kind == STORE_REF) rc = put_ref(j, i, text, last, st);
    else if (f->kind == STORE_DAY) rc = put_day(j, i, text, &st->fault.err);
    else rc = store_writer_put(j->w, i, text, &st->fault.err);
    return rc;
}

static bool needs_value(const store_field *f)
{
    return (f->flags & STORE_REQUIRED) && !f->dflt && !(f->flags & STORE_DERIVED) && f->kind != STORE_AUTO;
}

/* In the order of the field table: a subject's kind comes before the subject. All cells are looked at, whatever is wrong. */
static kam_rc put_cells(import_job *j, const import_row *r, bool last, row_state *st, kam_err *err)
{
    row_fault first;
    first.err.code = KAM_OK;
    if (j->scratch.head) kam_arena_release(&j->scratch);
    for (size_t i = 0; i < j->e->n_fields; i++) {
        int c = j->header.column[i];
        if (c == IMPORT_NO_COLUMN) continue;
        const store_field *f = &j->e->fields[i];
        const char *text = r->cell[c];
        kam_rc rc = KAM_OK;
        if (text[0]) {
            rc = put_cell(j, i, text, last, st);
        } else if (needs_value(f)) {
            rc = store_bad(j->e, f, "required", NULL, &st->fault.err, "a value is required");
        }
        if (rc == KAM_OK) continue;
        rc = fault_at(st, c, f, rc, err);
        if (rc != KAM_OK) return rc;
        if (first.err.code == KAM_OK) first = st->fault;
        else further_fault(j, &st->fault.err);
        kam_err_clear(&st->fault.err);
    }
    if (first.err.code != KAM_OK) st->fault = first;
    return KAM_OK;
}

static bool check_width(import_job *j, const import_row *r, row_state *st)
{
    size_t n = r->n;
    while (n > j->header.n && r->cell[n - 1][0] == 0) n--; /* spreadsheets pad rows */
    if (r->n >= j->header.n && n <= j->header.n) return true;
    kam_err_set(&st->fault.err, KAM_DATA, "the row has %zu cells, the header %zu", n, j->header.n);
    if (n > j->header.n) kam_err_append(&st->fault.err, ": quote cells that hold the delimiter");
    st->fault.cell = -1;
    return false;
}

/* --- writing ------------------------------------------------------------------------------------------------ */

static kam_rc make_objects(import_job *j, row_state *st, kam_err *err)
{
    for (size_t k = 0; k < st->n_make; k++) {
        row_new *m = &st->make[k];
        store_writer *w = m->maker->w;
        const store_entity *e = m->maker->e;
        const store_field *name = store_field_find(e, "name");
        kam_err *fault = &st->fault.err;
        int64_t id = 0;
        kam_rc rc = KAM_OK;
        size_t same = 0; /* a row may name the same new object in two fields */
        while (same < k && (st->make[same].maker != m->maker || strcmp(st->make[same].text, m->text) != 0)) same++;
        if (same < k) {
            store_writer_learn(j->w, m->field, m->text, st->make[same].id);
            m->id = st->make[same].id;
        } else {
            store_writer_clear(w);
            rc = store_writer_put(w, 0, m->text, fault);
            if (rc == KAM_OK && name) rc = store_writer_put(w, store_field_index(e, name), m->text, fault);
            if (rc == KAM_OK) rc = store_writer_insert(w, &id, fault);
            if (rc == KAM_OK) {
                store_writer_learn(j->w, m->field, m->text, id);
                m->made = true;
                m->id = id;
                m->maker->made++;
            }
        }
        if (rc == KAM_OK) rc = store_writer_put(j->w, m->field, m->text, fault);
        if (rc != KAM_OK) return fault_at(st, j->header.column[m->field], &j->e->fields[m->field], rc, err);
    }
    return KAM_OK;
}

/* Is the record of this row taken already? */
static kam_rc taken(import_job *j, int64_t id, kam_err *fault)
{
    const store_field *f = &j->e->fields[j->n_key ? j->key[0] : 0];
    size_t before = seen_line(&j->seen, id);
    if (before)
        return store_bad(j->e, f, "duplicate", NULL, fault, "the same %s as in line %zu: a key may occur once in a file", j->e->name, before);
    if (j->mode != STORE_IMPORT_INSERT) return KAM_OK;
    if (id > j->last_id)
        return store_bad(j->e, f, "duplicate", NULL, fault, "the same %s as in an earlier line: a key may occur once in a file", j->e->name);
    return store_bad(j->e, f, "duplicate", NULL, fault, "this %s is there already (-mode upsert changes it)", j->e->name);
}

static kam_rc write_update(import_job *j, const import_row *r, int64_t id, row_state *st, kam_err *err)
{
    kam_rc free = taken(j, id, &st->fault.err);
    if (free != KAM_OK) return fault_at(st, -1, NULL, free, err);
    for (size_t i = 0; i < j->e->n_fields; i++) { /* an empty cell is a missing value, here as in a new row */
        const store_field *f = &j->e->fields[i];
        int c = j->header.column[i];
        if (c == IMPORT_NO_COLUMN || r->cell[c][0] || (f->flags & (STORE_KEY | STORE_DERIVED)) || f->kind == STORE_AUTO)
            continue;
        kam_rc rc = store_writer_put(j->w, i, NULL, &st->fault.err);
        if (rc != KAM_OK) return fault_at(st, c, f, rc, err);
    }
    bool changed = false;
    kam_rc rc = store_writer_update(j->w, id, &changed, &st->fault.err);
    if (rc != KAM_OK) return fault_at(st, -1, NULL, rc, err);
    seen_add(&j->seen, id, r->line);
    if (changed) j->out->updated++;
    else j->out->unchanged++;
    return KAM_OK;
}

static kam_rc write_insert(import_job *j, const import_row *r, row_state *st, kam_err *err)
{
    int64_t id = 0;
    if (j->mode == STORE_IMPORT_UPDATE) {
        kam_err_set(&st->fault.err, KAM_NOTFOUND, "there is no such %s to update", j->e->name);
        kam_err_word(&st->fault.err, j->e->name);
        return fault_at(st, -1, NULL, KAM_NOTFOUND, err);
    }
    kam_rc rc = store_writer_insert(j->w, &id, &st->fault.err);
    if (rc == KAM_CONSTRAINT && strcmp(st->fault.err.word[0], "duplicate") == 0) {
        kam_err better = KAM_ERR_INIT; /* where the other one is */
        bool found = store_writer_find(j->w, NULL, 0, &id, NULL) == KAM_OK && id;
        if (found && id <= j->last_id) kam_err_append(&st->fault.err, " (-mode upsert changes it)");
        else if (found && taken(j, id, &better) != KAM_OK) st->fault.err = better;
    }
    if (rc != KAM_OK) return fault_at(st, -1, NULL, rc, err);
    if (j->match || j->preview) seen_add(&j->seen, id, r->line);
    j->out->added++;
    return KAM_OK;
}

/* Rows whose -key fields are all empty would all be one record. */
static bool key_given(import_job *j, row_state *st)
{
    if (j->n_key == 0) return true;
    for (size_t k = 0; k < j->n_key; k++) {
        const store_cell *c = store_writer_cell(j->w, j->key[k]);
        if (c->type != STORE_C_ABSENT && c->type != STORE_C_NULL) return true;
    }
    const store_field *f = &j->e->fields[j->key[0]];
    kam_err_set(&st->fault.err, KAM_CONSTRAINT, "%s is empty: a row without its -key cannot be matched", f->name);
    kam_err_word(&st->fault.err, "required");
    st->fault.cell = j->header.column[j->key[0]];
    st->fault.field = f;
    return false;
}

static kam_rc write_row(import_job *j, const import_row *r, row_state *st, kam_err *err)
{
    kam_rc rc = make_objects(j, st, err);
    if (rc != KAM_OK || st->fault.err.code != KAM_OK) return rc;
    int64_t id = 0;
    if (j->match) {
        if (!key_given(j, st)) return KAM_OK;
        rc = store_writer_find(j->w, j->key, j->n_key, &id, &st->fault.err);
        if (rc != KAM_OK) return fault_at(st, -1, NULL, rc, err);
    }
    return id ? write_update(j, r, id, st, err) : write_insert(j, r, st, err);
}

static bool given(const store_writer *w, size_t i)
{
    const store_cell *c = store_writer_cell(w, i);
    return c->type != STORE_C_ABSENT && c->type != STORE_C_NULL;
}

/* The record of that key, when the cells of the key are all right; 0: none, or it cannot be said. */
static kam_rc known_as(import_job *j, int64_t *id, kam_err *err)
{
    kam_err own = KAM_ERR_INIT;
    *id = 0;
    for (size_t i = 0; i < j->e->n_fields; i++) {
        const store_field *f = &j->e->fields[i];
        if (j->n_key == 0 && (f->flags & STORE_KEY) && needs_value(f) && !given(j->w, i)) return KAM_OK;
        if (j->n_key == 0 && (f->flags & STORE_KEY) && f->kind == STORE_AUTO && !given(j->w, i)) return KAM_OK;
    }
    for (size_t k = 0; k < j->n_key; k++)
        if (!given(j->w, j->key[k])) return KAM_OK;
    kam_rc rc = store_writer_find(j->w, j->key, j->n_key, id, &own);
    if (rc != KAM_OK) *id = 0;
    if (rc == KAM_OK || is_of_row(rc)) return KAM_OK;
    *err = own;
    return rc;
}

/* A row with bad cells may be a second one of its record as well, or lack fields for which the file has no column. */
static kam_rc look_further(import_job *j, kam_err *err)
{
    int64_t id = 0;
    kam_rc rc = known_as(j, &id, err);
    kam_err fault = KAM_ERR_INIT;
    if (rc != KAM_OK) return rc;
    if (id && taken(j, id, &fault) != KAM_OK) further_fault(j, &fault);
    for (size_t i = 0; !id && i < j->e->n_fields; i++) {
        const store_field *f = &j->e->fields[i];
        if (j->header.column[i] != IMPORT_NO_COLUMN || !needs_value(f)) continue;
        kam_err_clear(&fault);
        store_bad(j->e, f, "required", NULL, &fault, "a value is required");
        further_fault(j, &fault);
    }
    return KAM_OK;
}

static kam_rc reject(import_job *j, const import_row *r, const row_fault *f, kam_err *err)
{
    import_place at = {r->line, 1, f->field ? f->field->name : NULL, NULL};
    char buf[STORE_LABEL_MAX];
    int c = f->cell;
    for (size_t i = 0; c < 0 && f->err.n_words > 1 && i < j->e->n_fields; i++) { /* the store names the field */
        if (strcmp(f->err.word[1], store_field_label(j->e, &j->e->fields[i], buf)) != 0) continue;
        at.field = j->e->fields[i].name;
        c = j->header.column[i];
    }
    for (size_t i = 0; c < 0 && f->err.code == KAM_NOTFOUND && f->err.n_words > 1 && i < j->e->n_fields; i++) {
        int k = j->header.column[i]; /* or only the name that is unknown */
        if (k == IMPORT_NO_COLUMN || (size_t)k >= r->n || strcmp(r->cell[k], f->err.word[1]) != 0) continue;
        at.field = j->e->fields[i].name;
        c = k;
    }
    if (c >= 0 && (size_t)c < r->n) {
        at.value = r->cell[c];
        at.column = r->at ? r->at[c] : kam_csv_column(j->file.csv, (size_t)c);
    }
    j->out->rejected++;
    char *further = kam_strdup(kam_str_cstr(&j->reason));
    kam_str_clear(&j->reason);
    kam_str_add(&j->reason, kam_err_text(&f->err, j->spec->chinese));
    kam_str_add(&j->reason, further);
    kam_free(further);
    return import_rejects_add(&j->rejects, &at, j->reason.s, r->cell, r->n, err);
}

/* Objects made for a row that then turned out wrong go again. A savepoint round every such row would copy each page it
 * touches: measured, a third of the time of an import that makes 100,000 accounts. */
static kam_rc unmake(import_job *j, row_state *st, kam_err *err)
{
    kam_rc rc = KAM_OK;
    for (size_t k = 0; k < st->n_make && rc == KAM_OK; k++) {
        const row_new *m = &st->make[k];
        sqlite3_stmt *del = NULL;
        kam_str sql = KAM_STR_INIT;
        if (!m->made) continue;
        kam_str_addf(&sql, "DELETE FROM %s WHERE id = ?1", m->maker->e->table);
        rc = store_prepare(j->s, sql.s, &del, err);
        kam_str_release(&sql);
        if (rc != KAM_OK) break;
        sqlite3_bind_int64(del, 1, m->id);
        rc = store_run(j->s, del, err);
        store_done(del);
        m->maker->made--;
    }
    store_writer_forget(j->w);
    return rc;
}

/* The row is written whole or, when something is wrong with it, taken back whole. */
static kam_rc write_whole(import_job *j, const import_row *r, row_state *st, kam_err *err)
{
    kam_rc rc = j->marked ? store_mark(j->s, err) : KAM_OK;
    if (rc == KAM_OK) rc = write_row(j, r, st, err);
    if (rc != KAM_OK) return rc;
    bool bad = st->fault.err.code != KAM_OK;
    if (j->marked) rc = bad ? store_mark_rollback(j->s, err) : store_mark_release(j->s, err);
    else if (bad && st->n_make > 0) return unmake(j, st, err);
    if (rc != KAM_OK || !j->marked || !bad) return rc;
    for (size_t k = 0; k < st->n_make; k++) st->make[k].maker->made -= st->make[k].made;
    if (st->n_make > 0) store_writer_forget(j->w);
    return KAM_OK;
}

kam_rc import_row_take(import_job *j, const import_row *r, bool last, bool *off, kam_err *err)
{
    row_state st;
    kam_rc rc = KAM_OK;
    state_init(&st);
    kam_str_clear(&j->reason);
    store_writer_clear(j->w);
    *off = false;
    if (check_width(j, r, &st)) {
        rc = put_cells(j, r, last, &st, err);
        if (rc == KAM_OK && st.fault.err.code != KAM_OK) rc = look_further(j, err);
    }
    if (rc == KAM_OK && st.fault.err.code == KAM_OK) {
        *off = st.off;
        if (st.off) return KAM_OK;
        rc = write_whole(j, r, &st, err);
    }
    if (rc != KAM_OK || st.fault.err.code == KAM_OK) return rc;
    return reject(j, r, &st.fault, err);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store_import_int.h"

#include <stdio.h>
#include <string.h>

enum { STEP = 1024 };

/* --- setting up --------------------------------------------------------------------------------------------- */

static kam_rc usage(kam_err *err)
{
    return kam_err_word(err, "import");
}

static kam_rc choose_key(import_job *j, kam_err *err)
{
    const store_import_spec *spec = j->spec;
    j->key = kam_calloc(spec->n_key ? spec->n_key : 1, sizeof *j->key);
    for (size_t k = 0; k < spec->n_key; k++) {
        const store_field *f = store_field_find(j->e, spec->key[k]);
        if (!f || f->kind == STORE_REFS) {
            kam_err_set(err, KAM_USAGE, f ? "import: -key: %s cannot be told apart by the list \"%s\"" : "import: -key: %s has no field \"%s\"",
                        j->e->name, spec->key[k]);
            return usage(err);
        }
        j->key[j->n_key++] = store_field_index(j->e, f);
        if (j->header.column[store_field_index(j->e, f)] == IMPORT_NO_COLUMN) {
            kam_err_set(err, KAM_USAGE, "import: -key %s: the file has no such column (-map {%s column} names one)",
                        f->name, f->name);
            return usage(err);
        }
    }
    j->mode = spec->mode;
    if (j->mode == STORE_IMPORT_DEFAULT) j->mode = spec->n_key ? STORE_IMPORT_UPSERT : STORE_IMPORT_INSERT;
    j->match = spec->n_key > 0 || j->mode != STORE_IMPORT_INSERT;
    for (size_t i = 0; j->match && !spec->n_key && i < j->e->n_fields; i++) {
        const store_field *f = &j->e->fields[i];
        if (!(f->flags & STORE_KEY) || j->header.column[i] != IMPORT_NO_COLUMN) continue;
        if (!(f->flags & STORE_REQUIRED) && f->kind != STORE_AUTO) continue;
        kam_err_set(err, KAM_USAGE, "import: to change records the file needs the column %s, or say with -key which "
                    "fields tell records apart", f->name);
        return usage(err);
    }
    return KAM_OK;
}

/* A code and a name must be all it takes. */
static kam_rc check_creatable(const store_entity *e, kam_err *err)
{
    bool ok = e->n_fields > 0 && e->fields[0].kind == STORE_CODE && (e->fields[0].flags & STORE_KEY);
    const char *also = NULL;
    for (size_t i = 1; i < e->n_fields; i++) {
        const store_field *f = &e->fields[i];
        if ((f->flags & STORE_REQUIRED) && !f->dflt && strcmp(f->name, "name") != 0) also = f->name;
    }
    if (ok && !also) return KAM_OK;
    if (also) kam_err_set(err, KAM_USAGE, "import: -create: %s needs more than a code, namely %s: import those first", e->name, also);
    else kam_err_set(err, KAM_USAGE, "import: -create: %s needs more than a code: import those first", e->name);
    return usage(err);
}

static kam_rc make_makers(import_job *j, kam_err *err)
{
    const store_import_spec *spec = j->spec;
    j->maker = kam_calloc(spec->n_create ? spec->n_create : 1, sizeof *j->maker);
    for (size_t k = 0; k < spec->n_create; k++) {
        const store_entity *e = store_entity_find(spec->create[k]);
        if (!e) {
            kam_err_set(err, KAM_USAGE, "import: -create: there is no entity \"%s\"", spec->create[k]);
            return usage(err);
        }
        kam_rc rc = check_creatable(e, err);
        if (rc != KAM_OK) return rc;
        j->maker[k].e = e;
    }
    for (size_t k = 0; k < spec->n_create; k++) j->maker[k].w = store_writer_new(j->s, j->maker[k].e);
    return KAM_OK;
}

/* Matching a million rows by a field without an index would take forever; the index goes again with the import. */
static kam_rc key_index(import_job *j, bool make, kam_err *err)
{
    if (!make && !j->key_index) return KAM_OK;
    /* A preview pays for it only where the entity has no index of its own. */
    if (make && (j->n_key == 0 || (j->preview && (j->e->fields[j->key[0]].flags & STORE_KEY)))) return KAM_OK;
    kam_str sql = KAM_STR_INIT;
    if (make) {
        kam_str_addf(&sql, "CREATE INDEX import_key ON %s(", j->e->table);
        for (size_t k = 0; k < j->n_key; k++)
            kam_str_addf(&sql, "%s%s", k ? ", " : "", j->e->fields[j->key[k]].column);
        kam_str_addc(&sql, ')');
    } else {
        kam_str_add(&sql, "DROP INDEX import_key");
    }
    kam_rc rc = store_exec(j->s, sql.s, err);
    kam_str_release(&sql);
    j->key_index = make;
    return rc;
}

/* The reader knows lines and columns but not the file. */
static kam_rc refused(import_job *j, kam_rc rc, kam_err *err)
{
    if (rc != KAM_DATA) return rc;
    if (err->n_words > 0 && err->word[0][0] == 0) {
        snprintf(err->word[0], sizeof err->word[0], "%s", j->spec->path);
        kam_err_prefix(err, "%s: ", j->spec->path);
    }
    kam_err_append(err, "; nothing was imported");
    return rc;
}

static kam_rc job_open(import_job *j, kam_err *err)
{
    kam_rc rc = KAM_OK;
    if (j->e->flags & STORE_E_READONLY) {
        kam_err_set(err, KAM_USAGE, "import: %s cannot be imported", j->e->name);
        return usage(err);
    }
    rc = import_file_open(&j->file, j->spec, err);
    if (rc == KAM_OK) rc = refused(j, import_header_read(&j->header, j->e, j->spec, &j->file, err), err);
    if (rc == KAM_OK) rc = choose_key(j, err);
    if (rc == KAM_OK) rc = make_makers(j, err);
    if (rc != KAM_OK) return rc;
    j->w = store_writer_new(j->s, j->e);
    for (size_t i = 0; i < j->e->n_fields; i++)
        j->marked |= j->e->fields[i].kind == STORE_REFS && j->header.column[i] != IMPORT_NO_COLUMN;
    import_rejects_init(&j->rejects, j->spec, &j->header);
    if (j->spec->preview) j->preview = import_preview_new(j);
    return KAM_OK;
}

static void job_release(import_job *j)
{
    for (size_t k = 0; j->maker && k < j->spec->n_create; k++) store_writer_free(j->maker[k].w);
    store_writer_free(j->w);
    import_preview_free(j->preview);
    kam_str_release(&j->reason);
    import_rejects_release(&j->rejects);
    import_header_release(&j->header);
    import_file_close(&j->file);
    kam_arena_release(&j->arena);
    kam_arena_release(&j->scratch);
    kam_free(j->deferred);
    kam_free(j->seen.id);
    kam_free(j->seen.line);
    kam_free(j->maker);
    kam_free(j->key);
}

/* --- the rows ----------------------------------------------------------------------------------------------- */

/* A record the reader could not make sense of, but behind which it can go on. */
static kam_rc reject_record(import_job *j, kam_err *why, kam_err *err)
{
    long long line = 0, column = 0;
    if (why->n_words > 2) {
        (void)kam_parse_int(why->word[1], &line);
        (void)kam_parse_int(why->word[2], &column);
    }
    import_place at = {(size_t)line, (size_t)column, NULL, NULL};
    const char *text = kam_err_text(why, j->spec->chinese), *colon = text == why->msg ? ": " : "：";
    bool placed = strncmp(why->msg, "line ", 5) == 0; /* the place is told beside it */
    const char *reason = placed ? strstr(text, colon) : NULL;
    reason = reason ? reason + strlen(colon) : text;
    j->out->rejected++;
    kam_rc rc = import_rejects_add(&j->rejects, &at, reason, NULL, 0, err);
    if (j->preview) {
        store_writer_clear(j->w);
        import_preview_values(j->preview, NULL, (size_t)line);
        import_preview_outcome(j->preview, (size_t)j->out->read - 1, "reject", reason);
    }
    kam_err_clear(why);
    return rc;
}

/* Takes a row, and tells the preview what became of it. */
static kam_rc take(import_job *j, const import_row *r, bool again, bool last, bool *off, kam_err *err)
{
    const store_import_result before = *j->out;
    kam_rc rc = import_row_take(j, r, last, off, err);
    if (rc != KAM_OK || !j->preview) return rc;
    if (!again) import_preview_values(j->preview, r, r->line);
    if (*off) return KAM_OK;
    const char *action = j->out->added > before.added ? "add" : j->out->updated > before.updated ? "set"
                         : j->out->unchanged > before.unchanged ? "unchanged" : "reject";
    import_preview_outcome(j->preview, r->number, action, j->out->rejected > before.rejected ? j->reason.s : NULL);
    return KAM_OK;
}

static void defer(import_job *j, const import_row *r)
{
    const char **cell = kam_arena_alloc(&j->arena, r->n * sizeof *cell);
    size_t *at = kam_arena_alloc(&j->arena, r->n * sizeof *at);
    for (size_t i = 0; i < r->n; i++) {
        cell[i] = kam_arena_strdup(&j->arena, r->cell[i]);
        at[i] = kam_csv_column(j->file.csv, i);
    }
    KAM_GROW(j->deferred, j->cap_deferred, j->n_deferred + 1);
    j->deferred[j->n_deferred++] = (import_row){cell, r->n, r->line, at, r->number};
}

/* Rows that refer to records of their own entity further down: again and again, as long as that takes some in. */
static kam_rc take_deferred(import_job *j, kam_err *err)
{
    kam_rc rc = KAM_OK;
    for (bool last = false; rc == KAM_OK && j->n_deferred > 0;) {
        size_t kept = 0, n = j->n_deferred;
        for (size_t i = 0; rc == KAM_OK && i < n; i++) {
            bool off = false;
            rc = take(j, &j->deferred[i], true, last, &off, err);
            if (off) j->deferred[kept++] = j->deferred[i];
            if (rc == KAM_OK && i % STEP == 0) rc = kam_progress_step(j->spec->progress, "references", i, n, err);
        }
        last = kept == n;
        j->n_deferred = kept;
    }
    return rc;
}

static kam_rc take_rows(import_job *j, kam_err *err)
{
    kam_rc rc = KAM_OK;
    kam_err why = KAM_ERR_INIT;
    for (uint64_t n = 0; rc == KAM_OK; n++) {
        import_row r = {NULL, 0, 0, NULL, n};
        bool off = false;
        if (n % STEP == 0)
            rc = kam_progress_step(j->spec->progress, "import", store_text_bytes_read(j->file.text),
                                   store_text_size(j->file.text), err);
        if (rc != KAM_OK) return rc;
        rc = kam_csv_next(j->file.csv, &r.cell, &r.n, &why);
        if (rc != KAM_OK && (rc != KAM_DATA || kam_csv_dead(j->file.csv))) {
            *err = why;
            return refused(j, rc, err);
        }
        if (rc == KAM_OK && r.n == 0) break;
        j->cut = j->preview && n == j->spec->preview;
        if (j->cut) break;
        j->out->read++;
        if (rc == KAM_OK) {
            r.line = kam_csv_line(j->file.csv);
            rc = take(j, &r, false, false, &off, err);
            if (off) defer(j, &r);
        } else {
            rc = reject_record(j, &why, err);
        }
    }
    return rc == KAM_OK ? take_deferred(j, err) : rc;
}

/* --- results ------------------------------------------------------------------------------------------------ */

static void notes(import_job *j, kam_table *t)
{
    kam_str s = KAM_STR_INIT;
    if (j->header.left_out.len) {
        kam_str_addf(&s, j->spec->chinese ? "未用的列：%s" : "columns left out: %s", j->header.left_out.s);
        kam_table_add_note(t, s.s);
    }
    for (size_t k = 0; k < j->spec->n_create; k++) {
        if (!j->maker[k].made) continue;
        kam_str_clear(&s);
        kam_str_addf(&s, j->spec->chinese ? "新建%s：%llu" : "created %s: %llu", j->spec->chinese ? j->maker[k].e->zh : j->maker[k].e->name,
                     (unsigned long long)j->maker[k].made);
        kam_table_add_note(t, s.s);
    }
    kam_str_release(&s);
}

static void summarise(import_job *j)
{
    store_import_result *r = j->out;
    const struct {
        const char *name, *label;
        uint64_t n;
    } counts[] = {{"read", "read", r->read},          {"added", "added", r->added},
                  {"updated", "updated", r->updated}, {"unchanged", "unchanged", r->unchanged},
                  {"rejected", "rejected", r->rejected}, {"created", "created", r->created}};
    char delimiter[2] = {j->file.delimiter, 0};
    if (!r->summary) {
        kam_table *t = kam_table_new();
        kam_table_set_title(t, "import.summary");
        for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
            kam_col_push_int(kam_table_add_column(t, counts[i].name, KAM_INT, counts[i].label), (int64_t)counts[i].n);
        kam_col_push_text(kam_table_add_column(t, "encoding", KAM_TEXT, "encoding"),
                          store_text_encoding(j->file.text));
        kam_col_push_text(kam_table_add_column(t, "delimiter", KAM_TEXT, "delimiter"),
                          delimiter[0] == '\t' ? "tab" : delimiter);
        r->summary = t;
    }
    notes(j, r->summary);
    kam_table_seal(r->summary);
    kam_table_seal(j->rejects.table);
    r->rejections = kam_table_ref(j->rejects.table);
}

static kam_rc strict_error(import_job *j, kam_err *err)
{
    const kam_table *t = j->rejects.table;
    char line[KAM_CELL_MAX], column[KAM_CELL_MAX];
    const char *l = kam_table_cell(t, 0, 0, line), *c = kam_table_cell(t, 1, 0, column);
    kam_err_set(err, KAM_DATA, "%s:%s:%s: %s; %llu of %llu rows were rejected and nothing was imported (-strict)",
                j->spec->path, l, *c ? c : "1", kam_col_text(kam_table_column(t, 4), 0),
                (unsigned long long)j->out->rejected, (unsigned long long)j->out->read);
    kam_err_word(err, j->spec->path);
    kam_err_word(err, l);
    return kam_err_word(err, *c ? c : "1");
}

/* Everything that writes. */
static kam_rc write_all(import_job *j, kam_err *err)
{
    bool dropped = false;
    kam_rc rc = j->preview ? KAM_OK : store_bulk_begin(j->s, j->e, &dropped, err);
    if (rc == KAM_OK) rc = key_index(j, true, err);
    if (rc == KAM_OK) rc = take_rows(j, err);
    if (rc == KAM_OK) rc = key_index(j, false, err);
    if (rc == KAM_OK && !j->preview) rc = store_bulk_end(j->s, j->e, dropped, err);
    if (rc == KAM_OK) rc = import_rejects_finish(&j->rejects, err);
    for (size_t k = 0; k < j->spec->n_create; k++) j->out->created += j->maker[k].made;
    if (rc == KAM_OK && j->preview) j->out->summary = import_preview_table(j->preview);
    return rc;
}

/* Only a dry run (and a preview) needs a mark: it would copy every old page the import touches, and whatever fails takes the whole
 * entry back. */
static kam_rc write_dry(import_job *j, kam_err *err)
{
    kam_rc rc = store_mark(j->s, err);
    if (rc != KAM_OK) return rc;
    rc = write_all(j, err);
    if (rc == KAM_OK && !j->preview) rc = store_entry_difference(j->s, j->spec->max_difference, &j->out->difference, &j->out->more, err);
    kam_rc back = store_mark_rollback(j->s, rc == KAM_OK ? err : NULL);
    return rc == KAM_OK ? back : rc;
}

/* What has a larger number than this was made by the import. */
static kam_rc last_number(import_job *j, kam_err *err)
{
    kam_str sql = KAM_STR_INIT;
    bool found = false;
    kam_str_addf(&sql, "SELECT max(id) FROM %s", j->e->table);
    kam_rc rc = store_get_int(j->s, sql.s, &j->last_id, &found, err);
    kam_str_release(&sql);
    return rc;
}

static kam_rc run(import_job *j, kam_err *err)
{
    static const store_stamp no_stamp = {0, NULL, NULL};
    bool own = (j->spec->dryrun || j->spec->preview) && !store_entry_open(j->s);
    kam_rc rc = own ? store_entry_begin(j->s, &no_stamp, err) : KAM_OK;
    if (rc != KAM_OK) return rc;
    rc = last_number(j, err);
    if (rc == KAM_OK) rc = j->spec->dryrun || j->preview ? write_dry(j, err) : write_all(j, err);
    if (own) store_entry_rollback(j->s);
    if (rc != KAM_OK) return rc;
    summarise(j);
    return j->spec->strict && j->out->rejected > 0 && !j->spec->preview ? strict_error(j, err) : KAM_OK;
}

kam_rc store_import(store *s, const store_entity *e, const store_import_spec *spec, store_import_result *out,
                    kam_err *err)
{
    import_job j = {.s = s, .e = e, .spec = spec, .out = out, .file = IMPORT_FILE_INIT, .reason = KAM_STR_INIT, .arena = KAM_ARENA_INIT};
    kam_err own = KAM_ERR_INIT;
    if (!err) err = &own;
    *out = (store_import_result)STORE_IMPORT_RESULT_INIT;
    kam_rc rc = job_open(&j, err);
    if (rc == KAM_OK) rc = run(&j, err);
    job_release(&j);
    if (rc != KAM_OK && !out->summary) store_import_result_release(out);
    return rc;
}

void store_import_result_release(store_import_result *r)
{
    kam_table_unref(r->summary);
    kam_table_unref(r->rejections);
    kam_table_unref(r->difference);
    *r = (store_import_result)STORE_IMPORT_RESULT_INIT;
}

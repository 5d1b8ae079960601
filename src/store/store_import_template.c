/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store_import_int.h"

#include <string.h>

static const char *code_example(const char *entity)
{
    const store_entity *e = store_entity_find(entity);
    if (!e || e->n_fields == 0) return "";
    if (e->flags & STORE_E_AUTO) return "1";
    return e->fields[0].example ? e->fields[0].example : "A001";
}

/* The example of the field that says what a subject is. */
static const char *subject_example(const store_entity *e, const store_field *f)
{
    const store_field *kind = store_field_find(e, f->ref);
    if (!kind || !kind->values) return "";
    return code_example(kind->example ? kind->example : kind->values[0].name);
}

static const char *example(const store_entity *e, const store_field *f)
{
    if (f->example) return f->example;
    if (f->dflt) return f->dflt;
    switch (f->kind) {
    case STORE_TEXT: return "…";
    case STORE_CODE: return "A001";
    case STORE_INT: return "1";
    case STORE_REAL: return "5";
    case STORE_FLAG: return "1";
    case STORE_DAY: return "2025-01-31";
    case STORE_MONEY: return "1200";
    case STORE_PERIOD: return "2025-Q3";
    case STORE_ENUM: return f->values[0].name;
    case STORE_LIST: return "a;b";
    case STORE_REF: return strcmp(f->ref, e->name) == 0 ? "" : code_example(f->ref); /* not its own parent */
    case STORE_REFS: return code_example(f->ref);
    case STORE_SUBJECT: return subject_example(e, f);
    default: return "";
    }
}

kam_rc store_import_template(const store_entity *e, const char *path, bool force, kam_err *err)
{
    bool tabs = kam_str_ends(path, ".tsv") || kam_str_ends(path, ".TSV"), one_of = false;
    char delimiter = tabs ? '\t' : ',';
    kam_str head = KAM_STR_INIT, row = KAM_STR_INIT, cell = KAM_STR_INIT;
    store_atomic *f = NULL;
    if (e->flags & STORE_E_READONLY) {
        kam_err_set(err, KAM_USAGE, "import: %s cannot be imported", e->name);
        return kam_err_word(err, "import");
    }
    kam_str_add(&head, "\xef\xbb\xbf"); /* else spreadsheets take it for the system's old encoding */
    for (size_t i = 0, n = 0; i < e->n_fields; i++) {
        const store_field *fd = &e->fields[i];
        if (fd->kind == STORE_AUTO || (fd->flags & (STORE_READONLY | STORE_DERIVED))) continue;
        bool empty = one_of && (fd->flags & STORE_ONE_OF);
        one_of |= (fd->flags & STORE_ONE_OF) != 0;
        if (n++ > 0) {
            kam_str_addc(&head, delimiter);
            kam_str_addc(&row, delimiter);
        }
        kam_str_clear(&cell);
        import_header_cell(fd, &cell);
        kam_csv_put(&head, cell.s, delimiter);
        kam_csv_put(&row, empty ? "" : example(e, fd), delimiter);
    }
    kam_str_add(&head, "\r\n");
    kam_str_add(&row, "\r\n");
    kam_rc rc = store_atomic_open(path, force, &f, err);
    if (rc == KAM_OK) {
        store_atomic_write(f, head.s, head.len);
        store_atomic_write(f, row.s, row.len);
        rc = store_atomic_commit(f, err);
    }
    kam_str_release(&head);
    kam_str_release(&row);
    kam_str_release(&cell);
    return rc;
}

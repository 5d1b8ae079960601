/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store_import_int.h"

#include "kam_mem.h"
#include "kam_str.h"

#include <string.h>

enum { DEFAULT_MAX = 20 };

void import_rejects_init(import_rejects *r, const store_import_spec *spec, const import_header *h)
{
    *r = (import_rejects){.max = spec->max_rejections ? spec->max_rejections : DEFAULT_MAX,
                          .path = spec->preview ? NULL : spec->errors_path, .header = h, .line = KAM_STR_INIT};
    r->table = kam_table_new();
    kam_table_set_title(r->table, "import.rejections");
    r->col[0] = kam_table_add_column(r->table, "line", KAM_INT, "line");
    r->col[1] = kam_table_add_column(r->table, "column", KAM_INT, "column");
    r->col[2] = kam_table_add_column(r->table, "field", KAM_TEXT, "field");
    r->col[3] = kam_table_add_column(r->table, "value", KAM_TEXT, "value");
    r->col[4] = kam_table_add_column(r->table, "reason", KAM_TEXT, "reason");
}

/* The file begins with its first row, so that an import without fault leaves no file. */
static kam_rc start_file(import_rejects *r, kam_err *err)
{
    kam_rc rc = store_atomic_open(r->path, true, &r->file, err);
    if (rc != KAM_OK) return rc;
    kam_str_clear(&r->line);
    kam_str_add(&r->line, "line,column,reason");
    for (size_t i = 0; i < r->header->n; i++) {
        kam_str_addc(&r->line, ',');
        kam_csv_put(&r->line, r->header->name[i], ',');
    }
    kam_str_addc(&r->line, '\n');
    store_atomic_write(r->file, r->line.s, r->line.len);
    return KAM_OK;
}

kam_rc import_rejects_add(import_rejects *r, const import_place *at, const char *reason, const char *const *fields,
                          size_t n, kam_err *err)
{
    if (r->n++ < r->max) {
        kam_col_push_int(r->col[0], (int64_t)at->line);
        if (at->column) kam_col_push_int(r->col[1], (int64_t)at->column);
        else kam_col_push_missing(r->col[1]);
        kam_col_push_text(r->col[2], at->field);
        kam_col_push_text(r->col[3], at->value);
        kam_col_push_text(r->col[4], reason);
    }
    if (!r->path) return KAM_OK;
    if (!r->file) {
        kam_rc rc = start_file(r, err);
        if (rc != KAM_OK) return rc;
    }
    kam_str_clear(&r->line);
    kam_str_addf(&r->line, "%zu,", at->line);
    if (at->column) kam_str_addf(&r->line, "%zu", at->column);
    kam_str_addc(&r->line, ',');
    kam_csv_put(&r->line, reason, ',');
    for (size_t i = 0; i < n; i++) {
        kam_str_addc(&r->line, ',');
        kam_csv_put(&r->line, fields[i], ',');
    }
    kam_str_addc(&r->line, '\n');
    store_atomic_write(r->file, r->line.s, r->line.len);
    return KAM_OK;
}

kam_rc import_rejects_finish(import_rejects *r, kam_err *err)
{
    store_atomic *f = r->file;
    r->file = NULL;
    return f ? store_atomic_commit(f, err) : KAM_OK;
}

void import_rejects_release(import_rejects *r)
{
    store_atomic_abort(r->file);
    kam_table_unref(r->table);
    kam_str_release(&r->line);
    *r = (import_rejects){.line = KAM_STR_INIT};
}

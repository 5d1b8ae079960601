/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store_export.h"

#include "kam_csv.h"
#include "kam_mem.h"
#include "kam_str.h"
#include "store_atomic.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

/* One format: a head, a row, a foot, appended to a string that goes to the file now and then. */
typedef struct {
    const char *name;
    void (*head)(const kam_table *t, kam_str *out);
    void (*row)(const kam_table *t, size_t row, kam_str *out);
    void (*foot)(const kam_table *t, kam_str *out);
} export_format;

/* --- csv, tsv ----------------------------------------------------------------------------------------------- */

static void head_delimited(const kam_table *t, kam_str *out, char delimiter)
{
    for (size_t c = 0; c < kam_table_columns(t); c++) {
        if (c) kam_str_addc(out, delimiter);
        kam_csv_put(out, kam_col_name(kam_table_column(t, c)), delimiter);
    }
    kam_str_addc(out, '\n');
}

static void row_delimited(const kam_table *t, size_t row, kam_str *out, char delimiter)
{
    char buf[KAM_CELL_MAX];
    size_t n = kam_table_columns(t), start = out->len;
    for (size_t c = 0; c < n; c++) {
        if (c) kam_str_addc(out, delimiter);
        kam_csv_put(out, kam_table_cell(t, c, row, buf), delimiter);
    }
    if (n == 1 && out->len == start) kam_str_add(out, "\"\""); /* a blank line would be skipped by readers */
    kam_str_addc(out, '\n');
}

static void head_csv(const kam_table *t, kam_str *out) { head_delimited(t, out, ','); }
static void row_csv(const kam_table *t, size_t row, kam_str *out) { row_delimited(t, row, out, ','); }
static void head_tsv(const kam_table *t, kam_str *out) { head_delimited(t, out, '\t'); }
static void row_tsv(const kam_table *t, size_t row, kam_str *out) { row_delimited(t, row, out, '\t'); }
static void foot_none(const kam_table *t, kam_str *out) { (void)t, (void)out; }

/* --- json, jsonl -------------------------------------------------------------------------------------------- */

static void json_string(kam_str *out, const char *s)
{
    kam_str_addc(out, '"');
    for (; *s; s++) {
        unsigned char b = (unsigned char)*s;
        if (b == '"' || b == '\\') kam_str_addf(out, "\\%c", b);
        else if (b == '\n') kam_str_add(out, "\\n");
        else if (b == '\t') kam_str_add(out, "\\t");
        else if (b < 0x20 || b == 0x7f) kam_str_addf(out, "\\u%04x", b);
        else kam_str_addc(out, *s);
    }
    kam_str_addc(out, '"');
}

static void json_object(const kam_table *t, size_t row, kam_str *out)
{
    char buf[KAM_CELL_MAX];
    kam_str_addc(out, '{');
    for (size_t c = 0; c < kam_table_columns(t); c++) {
        const kam_column *col = kam_table_column(t, c);
        kam_type type = kam_col_type(col);
        if (c) kam_str_addc(out, ',');
        json_string(out, kam_col_name(col));
        kam_str_addc(out, ':');
        if (kam_col_missing(col, row)) kam_str_add(out, "null");
        else if (type == KAM_TEXT || type == KAM_DAY) json_string(out, kam_table_cell(t, c, row, buf));
        else if (type == KAM_FLAG) kam_str_add(out, kam_col_int(col, row) ? "true" : "false");
        else kam_str_add(out, kam_table_cell(t, c, row, buf));
    }
    kam_str_addc(out, '}');
}

static void head_json(const kam_table *t, kam_str *out)
{
    kam_str_add(out, kam_table_rows(t) ? "[\n" : "[]\n");
}
static void row_json(const kam_table *t, size_t row, kam_str *out)
{
    json_object(t, row, out);
    kam_str_add(out, row + 1 < kam_table_rows(t) ? ",\n" : "\n");
}
static void foot_json(const kam_table *t, kam_str *out)
{
    if (kam_table_rows(t)) kam_str_add(out, "]\n");
}
static void head_none(const kam_table *t, kam_str *out) { (void)t, (void)out; }
static void row_jsonl(const kam_table *t, size_t row, kam_str *out)
{
    json_object(t, row, out);
    kam_str_addc(out, '\n');
}

/* --- markdown ----------------------------------------------------------------------------------------------- */

static void md_cell(kam_str *out, const char *s)
{
    for (; *s; s++) {
        if (*s == '|' || *s == '\\') kam_str_addf(out, "\\%c", *s);
        else if (*s == '\n') kam_str_add(out, "<br>");
        else if (*s != '\r') kam_str_addc(out, *s);
    }
}
static bool is_number(kam_type t) { return t == KAM_INT || t == KAM_REAL || t == KAM_MONEY; }

static void head_md(const kam_table *t, kam_str *out)
{
    for (size_t c = 0; c < kam_table_columns(t); c++) {
        kam_str_add(out, "| ");
        md_cell(out, kam_col_name(kam_table_column(t, c)));
        kam_str_addc(out, ' ');
    }
    kam_str_add(out, "|\n");
    for (size_t c = 0; c < kam_table_columns(t); c++)
        kam_str_add(out, is_number(kam_col_type(kam_table_column(t, c))) ? "| ---: " : "| --- ");
    kam_str_add(out, "|\n");
}
static void row_md(const kam_table *t, size_t row, kam_str *out)
{
    char buf[KAM_CELL_MAX];
    for (size_t c = 0; c < kam_table_columns(t); c++) {
        kam_str_add(out, "| ");
        md_cell(out, kam_table_cell(t, c, row, buf));
        kam_str_addc(out, ' ');
    }
    kam_str_add(out, "|\n");
}

/* --- the file ----------------------------------------------------------------------------------------------- */

static const export_format formats[] = {
    {"csv", head_csv, row_csv, foot_none},     {"tsv", head_tsv, row_tsv, foot_none},
    {"json", head_json, row_json, foot_json},  {"jsonl", head_none, row_jsonl, foot_none},
    {"md", head_md, row_md, foot_none},
};
enum { N_FORMATS = sizeof formats / sizeof *formats, FLUSH = 1 << 16 };

const char *const *store_export_formats(void)
{
    static const char *const names[] = {"csv", "tsv", "json", "jsonl", "md", NULL};
    return names;
}

static const export_format *format_of(const char *path, kam_err *err)
{
    const char *slash = strrchr(path, '/'), *dot = strrchr(slash ? slash : path, '.');
    const char *ext = dot ? dot + 1 : "";
    for (size_t i = 0; i < N_FORMATS; i++)
        if (strcasecmp(ext, formats[i].name) == 0) return &formats[i];
    kam_str known = KAM_STR_INIT;
    for (size_t i = 0; i < N_FORMATS; i++) kam_str_addf(&known, "%s.%s", i ? " " : "", formats[i].name);
    kam_err_set(err, KAM_USAGE, "export: cannot tell the format of %s from its name: it must end in one of %s", path,
                known.s);
    kam_err_word(err, "export");
    kam_str_release(&known);
    return NULL;
}

kam_rc store_export_table(const kam_table *t, const char *path, bool force, kam_err *err)
{
    const export_format *fmt = format_of(path, err);
    store_atomic *f = NULL;
    if (!fmt) return KAM_USAGE;
    kam_rc rc = store_atomic_open(path, force, &f, err);
    if (rc != KAM_OK) return rc;
    kam_str out = KAM_STR_INIT;
    fmt->head(t, &out);
    const size_t rows = kam_table_rows(t);
    for (size_t row = 0; row < rows && !store_atomic_failed(f) && rc == KAM_OK; row++) {
        rc = kam_table_step(t, "export", row, rows, err);
        fmt->row(t, row, &out);
        if (out.len < FLUSH) continue;
        store_atomic_write(f, out.s, out.len);
        kam_str_clear(&out);
    }
    fmt->foot(t, &out);
    if (out.len && rc == KAM_OK) store_atomic_write(f, out.s, out.len);
    kam_str_release(&out);
    if (rc == KAM_OK) return store_atomic_commit(f, err);
    store_atomic_abort(f);
    return rc;
}

kam_rc store_export_bytes(const char *path, bool force, const char *s, size_t n, kam_err *err)
{
    store_atomic *f = NULL;
    kam_rc rc = store_atomic_open(path, force, &f, err);
    if (rc != KAM_OK) return rc;
    store_atomic_write(f, s, n);
    return store_atomic_commit(f, err);
}

kam_rc store_export_entity(store *s, const store_entity *e, const char *path, bool force, uint64_t *rows, kam_err *err)
{
    kam_table *t = NULL;
    if (!format_of(path, err)) return KAM_USAGE; /* before the records are read */
    const char **columns = kam_calloc(e->n_fields, sizeof *columns);
    for (size_t i = 0; i < e->n_fields; i++) columns[i] = e->fields[i].name; /* the hidden ones too */
    store_query q = {.columns = columns, .n_columns = e->n_fields};
    kam_rc rc = store_list(s, e, &q, &t, err);
    kam_free(columns);
    if (rc == KAM_OK) rc = store_export_table(t, path, force, err);
    if (rc == KAM_OK && rows) *rows = kam_table_rows(t);
    kam_table_unref(t);
    return rc;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store_import_int.h"

#include "kam_mem.h"

#include <stdio.h>
#include <string.h>

/* Same word, whatever case and whether blanks, hyphens or underscores part it. */
static bool same_word(const char *a, const char *b)
{
    for (;; a++, b++) {
        char x = *a == ' ' || *a == '-' ? '_' : *a, y = *b == ' ' || *b == '-' ? '_' : *b;
        if (x >= 'A' && x <= 'Z') x = (char)(x + 32);
        if (y >= 'A' && y <= 'Z') y = (char)(y + 32);
        if (x != y) return false;
        if (!x) return true;
    }
}

static const store_field *field_named(const store_entity *e, const char *cell)
{
    for (size_t i = 0; i < e->n_fields; i++)
        if (same_word(cell, e->fields[i].name)) return &e->fields[i];
    for (size_t i = 0; i < e->n_fields; i++)
        if (same_word(cell, e->fields[i].zh) || same_word(cell, e->fields[i].en)) return &e->fields[i];
    return NULL;
}

/* A cell as found in files: "name", "label", "name / label *". */
static const store_field *recognise(const store_entity *e, const char *cell)
{
    char *copy = kam_strdup(cell), *s = kam_strtrim(copy);
    size_t n = strlen(s);
    if (n > 0 && s[n - 1] == '*') {
        s[n - 1] = 0;
        s = kam_strtrim(s);
    }
    const store_field *f = field_named(e, s);
    char *slash = f ? NULL : strchr(s, '/');
    if (slash) {
        *slash = 0;
        f = field_named(e, kam_strtrim(s));
        if (!f) f = field_named(e, kam_strtrim(slash + 1));
    }
    kam_free(copy);
    return f;
}

void import_header_cell(const store_field *f, kam_str *out)
{
    bool star = (f->flags & STORE_REQUIRED) && !f->dflt && !(f->flags & STORE_DERIVED) && f->kind != STORE_AUTO;
    kam_str_addf(out, "%s / %s%s", f->name, f->zh, star ? " *" : "");
}

static void list_names(kam_str *s, char *const *names, size_t n)
{
    for (size_t i = 0; i < n; i++) kam_str_addf(s, "%s%s", i ? ", " : "", names[i]);
}

/* "… has no field "x" (did you mean …?)" over the fields of an entity. */
static kam_rc unknown_field(const store_entity *e, const char *name, const char *option, kam_err *err)
{
    const char **names = kam_calloc(e->n_fields, sizeof *names);
    for (size_t i = 0; i < e->n_fields; i++) names[i] = e->fields[i].name;
    kam_err_set(err, KAM_USAGE, "import: %s: %s has no field \"%s\"", option, e->name, name);
    if (kam_err_nearest(err, name, names, e->n_fields) == 0)
        kam_err_append(err, "; `describe %.100s` lists the fields", e->name);
    kam_free(names);
    return kam_err_word(err, "import");
}

static kam_rc cell_taken(const import_header *h, const store_field *f, size_t first, size_t second, kam_err *err)
{
    kam_err_set(err, KAM_USAGE, "import: columns \"%s\" and \"%s\" both name the field %s; keep one, or choose with -map",
                h->name[first], h->name[second], f->name);
    return kam_err_word(err, "import");
}

static kam_rc apply_map(import_header *h, const store_entity *e, const store_import_spec *spec, bool *used,
                        kam_err *err)
{
    for (size_t k = 0; k < spec->n_map; k++) {
        const store_field *f = recognise(e, spec->map[k].field);
        if (!f) return unknown_field(e, spec->map[k].field, "-map", err);
        size_t i = 0, fi = store_field_index(e, f);
        while (i < h->n && strcmp(h->name[i], spec->map[k].column) != 0) i++;
        for (size_t j = 0; i == h->n && j < h->n; j++)
            if (same_word(h->name[j], spec->map[k].column)) i = j;
        if (i == h->n) {
            kam_str s = KAM_STR_INIT;
            list_names(&s, h->name, h->n);
            kam_err_set(err, KAM_USAGE, "import: -map: %s has no column \"%s\"; it has %s", spec->path,
                        spec->map[k].column, kam_str_cstr(&s));
            kam_str_release(&s);
            return kam_err_word(err, "import");
        }
        if (h->column[fi] != IMPORT_NO_COLUMN) return cell_taken(h, f, (size_t)h->column[fi], i, err);
        h->column[fi] = (int)i;
        used[i] = true;
    }
    return KAM_OK;
}

static bool is_mapped(const store_entity *e, const store_import_spec *spec, const store_field *f)
{
    for (size_t k = 0; k < spec->n_map; k++)
        if (recognise(e, spec->map[k].field) == f) return true;
    return false;
}

static kam_rc apply_names(import_header *h, const store_entity *e, const store_import_spec *spec, bool *used,
                          kam_err *err)
{
    for (size_t i = 0; i < h->n; i++) {
        if (used[i]) continue;
        const store_field *f = recognise(e, h->name[i]);
        size_t fi = f ? store_field_index(e, f) : 0;
        bool taken = f && h->column[fi] != IMPORT_NO_COLUMN;
        /* A column the user mapped outright may well have a namesake; two namesakes are a mistake. */
        if (taken && !is_mapped(e, spec, f)) return cell_taken(h, f, (size_t)h->column[fi], i, err);
        if (!f || taken) {
            if (h->name[i][0]) kam_str_addf(&h->left_out, "%s%s", h->left_out.len ? ", " : "", h->name[i]);
            continue;
        }
        h->column[fi] = (int)i;
        used[i] = true;
    }
    return KAM_OK;
}

/* What every added row must have is asked for before the first one is read. */
static kam_rc check_required(const import_header *h, const store_entity *e, const store_import_spec *spec, size_t line,
                             kam_err *err)
{
    kam_str missing = KAM_STR_INIT, have = KAM_STR_INIT;
    bool any = false;
    for (size_t i = 0; i < e->n_fields; i++) {
        const store_field *f = &e->fields[i];
        any |= h->column[i] != IMPORT_NO_COLUMN;
        if (h->column[i] != IMPORT_NO_COLUMN || !(f->flags & STORE_REQUIRED) || f->dflt || f->kind == STORE_AUTO ||
            (f->flags & STORE_DERIVED) || spec->mode == STORE_IMPORT_UPDATE)
            continue;
        kam_str_addf(&missing, "%s%s (%s)", missing.len ? ", " : "", f->name, f->zh);
    }
    list_names(&have, h->name, h->n);
    if (!any)
        kam_err_set(err, KAM_DATA, "%s:%zu: no column of the header names a field of %s; the header reads: %s", spec->path,
                    line, e->name, kam_str_cstr(&have));
    else if (missing.len)
        kam_err_set(err, KAM_DATA, "%s:%zu: the header lacks %s, which every %s needs; it reads: %s. Name the column "
                    "with -map {field column}", spec->path, line, missing.s, e->name, kam_str_cstr(&have));
    bool bad = !any || missing.len > 0;
    kam_str_release(&missing);
    kam_str_release(&have);
    if (!bad) return KAM_OK;
    char l[32];
    snprintf(l, sizeof l, "%zu", line);
    kam_err_word(err, spec->path);
    kam_err_word(err, l);
    return kam_err_word(err, "1");
}

kam_rc import_header_read(import_header *h, const store_entity *e, const store_import_spec *spec, import_file *f,
                          kam_err *err)
{
    const char *const *cells = NULL;
    size_t n = 0;
    *h = (import_header){.left_out = KAM_STR_INIT};
    kam_rc rc = kam_csv_next(f->csv, &cells, &n, err);
    if (rc == KAM_OK && n == 0) {
        rc = kam_err_set(err, KAM_DATA, "%s is empty: the first line must name the columns", spec->path);
        kam_err_word(err, spec->path);
        kam_err_word(err, "1");
        kam_err_word(err, "1");
    }
    if (rc != KAM_OK) return rc;
    h->n = n;
    h->name = kam_calloc(n, sizeof *h->name);
    h->column = kam_calloc(e->n_fields, sizeof *h->column);
    for (size_t i = 0; i < n; i++) {
        char *copy = kam_strdup(cells[i]);
        h->name[i] = kam_strdup(kam_strtrim(copy));
        kam_free(copy);
    }
    for (size_t i = 0; i < e->n_fields; i++) h->column[i] = IMPORT_NO_COLUMN;
    bool *used = kam_calloc(n, sizeof *used);
    rc = apply_map(h, e, spec, used, err);
    if (rc == KAM_OK) rc = apply_names(h, e, spec, used, err);
    if (rc == KAM_OK) rc = check_required(h, e, spec, kam_csv_line(f->csv), err);
    kam_free(used);
    if (rc != KAM_OK) import_header_release(h);
    return rc;
}

void import_header_release(import_header *h)
{
    for (size_t i = 0; i < h->n; i++) kam_free(h->name[i]);
    kam_free(h->name);
    kam_free(h->column);
    kam_str_release(&h->left_out);
    *h = (import_header){.left_out = KAM_STR_INIT};
}

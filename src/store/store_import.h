/* SPDX-License-Identifier: GPL-3.0-or-later */
/* store_import: rows of a delimited text file into an entity.
 *
 * Columns. A header cell names a field by its English name ("known_since", "Known since"), its Chinese or English
 * label, or both as the template writes them ("known_since / 认识日期 *"); `map` names them outright. Columns that name no
 * field are left out and listed in a note. Delimiter: the one of , ; tab (and |) that splits the header.
 *
 * Rows. A row is taken whole or rejected with line, column and reason; values are converted exactly as `add` does,
 * but days may also be written 2024/1/5, 2024.1.5, 20240105, 2024年1月5日 and carry a time of day, which is dropped. What
 * could be day/month or month/day is rejected. The reason names everything that is wrong with the row. A key that occurs twice in one file is rejected the second time. A file
 * that cannot be read on (unterminated quote, undecodable byte, a record beyond the limits) refuses the whole import:
 * nothing of it is kept.
 *
 * Everything happens in the open journal entry (store.h); when store_import fails, the caller takes that entry back
 * (store_entry_rollback), and nothing of the import is kept. With dryrun or preview nothing is kept anyway, and no entry
 * need be open.
 *
 * Errors: KAM_IO path; KAM_DATA file line column (file refused; or a rejected row with `strict`); KAM_USAGE import
 * (unknown field, column, key, encoding); KAM_INTERRUPT; those of the store.
 * O(rows); memory: one row, the cache of references, the rejected rows kept, 16 bytes a row where keys are matched. */
#ifndef STORE_IMPORT_H
#define STORE_IMPORT_H
#include "kam_progress.h"
#include "store.h"

typedef enum {
    STORE_IMPORT_DEFAULT, /* upsert when `key` is given, else insert */
    STORE_IMPORT_INSERT,  /* a row that is there already is rejected */
    STORE_IMPORT_UPDATE,  /* a row that is not there is rejected */
    STORE_IMPORT_UPSERT
} store_import_mode;

typedef struct store_import_map {
    const char *field, *column;
} store_import_map;

typedef struct store_import_spec {
    const char *path;
    const char *encoding;          /* NULL or "auto": detect (store_text.h) */
    char delimiter;                /* 0: detect */
    const store_import_map *map;
    size_t n_map;
    const char *const *create;     /* entities (with a code) to make when a row names an unknown one: code = name */
    size_t n_create;
    const char *const *key;        /* fields that tell which record a row is; none: the entity's own key */
    size_t n_key;
    store_import_mode mode;
    const char *errors_path;       /* rejected rows as CSV: line, column, reason, then the row as it was; NULL: none */
    bool chinese;                  /* reasons in Chinese */
    bool strict;                   /* any rejected row refuses the import */
    bool dryrun;                   /* report what would happen */
    size_t preview;                /* n > 0: only the first n rows, and nothing is kept: how they are understood, what would become
                                    * of them */
    size_t max_difference;         /* dryrun: rows of `difference`; 0: 1,000 */
    size_t max_rejections;         /* rows of `rejections`; 0: 20 */
    kam_progress *progress;        /* may be NULL */
} store_import_spec;

typedef struct store_import_result {
    uint64_t read, added, updated, unchanged, rejected, created;
    /* One row: read, added, updated, unchanged, rejected, created (ints), encoding, delimiter (text). Notes: columns left
     * out, objects created. With preview one row a row of the file: line int, the fields as typed columns, action text
     * ("add", "set", "unchanged", "reject"), problem text (all of a row's faults); a note says whether the file goes on. */
    kam_table *summary;
    kam_table *difference; /* dryrun: what would change (store_entry_difference), not sealed */
    int64_t more;          /* rows of the database beyond those listed there */
    kam_table *rejections; /* line int, column int, field text, value text, reason text; may have no rows */
} store_import_result;
#define STORE_IMPORT_RESULT_INIT {0, 0, 0, 0, 0, 0, NULL, NULL, 0, NULL}

/* On failure *out is released and empty, except with `strict`, where it tells what was rejected. */
kam_rc store_import(store *s, const store_entity *e, const store_import_spec *spec, store_import_result *out,
                    kam_err *err);
void store_import_result_release(store_import_result *r);

/* A file (UTF-8 with mark, so that spreadsheets read it) with a header in both languages and one example row; columns by
 * the extension as in store_export.h (csv, tsv). Required columns carry a star. KAM_IO. */
kam_rc store_import_template(const store_entity *e, const char *path, bool force, kam_err *err);
#endif

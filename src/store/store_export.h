/* SPDX-License-Identifier: GPL-3.0-or-later */
/* store_export: an entity or a table into a file, by its name: csv, tsv, json, jsonl, md (markdown).
 *
 * Cells as kam_table_cell writes them (exact money, ISO days, shortest reals, flags 0/1, missing empty); in JSON an array
 * of objects (jsonl: one a line) with numbers as numbers, flags as booleans, missing as null. csv and tsv are UTF-8
 * without a mark, header = column names, and read back by store_import to the same records.
 *
 * The file appears whole or not at all: written beside under another name, synced, renamed; on failure (disk full, no
 * right) nothing is left behind and an existing file is untouched. Mode 0600 as the database; an existing file's
 * mode is kept.
 * Errors: KAM_USAGE export (unknown extension, naming the known ones), KAM_CONSTRAINT exists (a file is there and force is
 * not given), KAM_IO path. O(rows). */
#ifndef STORE_EXPORT_H
#define STORE_EXPORT_H
#include "store.h"

/* force: an existing file may be replaced. *rows (may be NULL): how many were written. */
kam_rc store_export_table(const kam_table *t, const char *path, bool force, kam_err *err);
kam_rc store_export_entity(store *s, const store_entity *e, const char *path, bool force, uint64_t *rows, kam_err *err);
/* A text made elsewhere, e.g. a calendar: n bytes into a file, whole or not at all, whatever its name ends in. */
kam_rc store_export_bytes(const char *path, bool force, const char *s, size_t n, kam_err *err);
/* Known extensions, NULL-ended. */
const char *const *store_export_formats(void);
#endif

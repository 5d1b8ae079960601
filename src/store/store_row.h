/* SPDX-License-Identifier: GPL-3.0-or-later */
/* store_row: text to storage by kind, and names to row numbers; shared by the writer and the lists. */
#ifndef STORE_ROW_H
#define STORE_ROW_H
#include "store_db.h"

/* Convert text (not empty) of field f into *out. Texts go into the arena. Not for REF, REFS, SUBJECT, VALUE, AUTO
 * given as "#12" (AUTO takes a plain number). KAM_CONSTRAINT with the reason. */
kam_rc store_convert(store *s, const store_entity *e, const store_field *f, const char *text, kam_arena *a,
                     store_cell *out, kam_err *err);
/* Pieces of a list separated by ';' '；' '、' or line breaks, trimmed, empty ones left out, in arena; *n of them. */
char **store_split(const char *text, bool commas, kam_arena *a, size_t *n);
kam_rc store_unknown_field(const store_entity *e, const char *name, kam_err *err);
/* Row id with every field, as store_get. */
kam_rc store_get_row(store *s, const store_entity *e, int64_t id, kam_table **out, kam_err *err);
/* The row a key names (store_set and friends); KAM_NOTFOUND. */
kam_rc store_find_key(store *s, const store_entity *e, const store_value *key, size_t n, int64_t *id, kam_err *err);
void store_bind_cell(sqlite3_stmt *st, int i, const store_cell *c);
#endif

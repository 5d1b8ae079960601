/* SPDX-License-Identifier: GPL-3.0-or-later */
/* kam_table: the one thing that flows. Typed columns of equal length with missing bits.
 *
 * Shapes and units: an int64 for KAM_INT, KAM_DAY (days since 1970-01-01), KAM_MONEY (minor units) and KAM_FLAG
 * (0/1); a double for KAM_REAL (never NaN or infinite: "not defined" is a missing bit); UTF-8 text for KAM_TEXT.
 * A column has a key (`name`, English identifier) and `label`, the message id of its heading (NULL: the name).
 *
 * Life cycle: build a table with kam_table_new, kam_table_add_column and kam_col_push_*, column by column or row
 * by row; kam_table_seal checks that all columns are equally long and fixes the table. A sealed table is never
 * changed again and is shared by reference count (kam_table_ref / kam_table_unref); columns are shared too, so
 * selecting or renaming columns copies no data. Building functions abort on a sealed table (a bug).
 *
 * Complexity: push amortised O(1); get O(1). Text is kept in one pool a column, equal neighbours share bytes.
 */
#ifndef KAM_TABLE_H
#define KAM_TABLE_H
#include "kam_progress.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum { KAM_INT, KAM_REAL, KAM_TEXT, KAM_DAY, KAM_MONEY, KAM_FLAG } kam_type;
const char *kam_type_name(kam_type t); /* int real text day money flag */
bool kam_type_parse(const char *s, kam_type *out);

typedef struct kam_column kam_column;
typedef struct kam_table kam_table;

/* --- building --- */
kam_table *kam_table_new(void); /* reference count 1, no columns */
/* Exponent and code of every money column of this table (default 2, ""). */
void kam_table_set_currency(kam_table *t, const char *code, int exponent);
/* What this table answers, as a message id or plain text, e.g. "classify.yield"; copied. May stay NULL. */
void kam_table_set_title(kam_table *t, const char *title);
/* A line said under the table (settings used, exclusions); copied; any number. */
void kam_table_add_note(kam_table *t, const char *note);
/* Whom loops over this table ask whether to stop: lent, NULL nobody, must outlive the table. Handed on to what is derived from it, so
 * that a method needs no argument for it. Of no account for the contents; may be set at any time. */
void kam_table_set_watch(kam_table *t, kam_progress *p);
kam_progress *kam_table_watch(const kam_table *t); /* t may be NULL */
/* For a loop over n rows that belongs to t: at every 2,048th i the question of kam_progress_step, else KAM_OK. */
kam_rc kam_table_step(const kam_table *t, const char *what, size_t i, size_t n, kam_err *err);
/* New empty column; the name must be new in the table. The pointer is valid until the table dies. */
kam_column *kam_table_add_column(kam_table *t, const char *name, kam_type type, const char *label);
void kam_col_push_int(kam_column *c, int64_t v);  /* KAM_INT, DAY, MONEY, FLAG */
void kam_col_push_real(kam_column *c, double v);  /* KAM_REAL; a non-finite v is pushed as missing */
void kam_col_push_text(kam_column *c, const char *s); /* KAM_TEXT; NULL is missing */
void kam_col_push_textn(kam_column *c, const char *s, size_t n);
void kam_col_push_again(kam_column *c, size_t row); /* KAM_TEXT: that of an earlier row of the column, without a copy of its bytes */
void kam_col_push_missing(kam_column *c);
void kam_col_reserve(kam_column *c, size_t rows);
void kam_col_push_from(kam_column *c, const kam_column *src, size_t row); /* same type */
/* A column of a sealed table becomes the next column here, under another name if given; shared, nothing copied, and
 * not to be pushed to. */
void kam_table_share_column(kam_table *t, const kam_column *c, const char *name);
void kam_table_seal(kam_table *t);

/* --- sharing --- */
kam_table *kam_table_ref(kam_table *t);
void kam_table_unref(kam_table *t); /* NULL is fine */

/* --- reading (everything lent, valid while the table lives) --- */
size_t kam_table_rows(const kam_table *t);
size_t kam_table_columns(const kam_table *t);
const kam_column *kam_table_column(const kam_table *t, size_t i);
const kam_column *kam_table_find(const kam_table *t, const char *name); /* NULL: absent */
int kam_table_index(const kam_table *t, const char *name);              /* -1: absent */
const char *kam_table_currency(const kam_table *t);
int kam_table_exponent(const kam_table *t);
const char *kam_table_title(const kam_table *t);
size_t kam_table_notes(const kam_table *t);
const char *kam_table_note(const kam_table *t, size_t i);

const char *kam_col_name(const kam_column *c);
const char *kam_col_label(const kam_column *c); /* message id; the name when none was given */
kam_type kam_col_type(const kam_column *c);
size_t kam_col_rows(const kam_column *c);
bool kam_col_missing(const kam_column *c, size_t row);
int64_t kam_col_int(const kam_column *c, size_t row);      /* 0 when missing */
double kam_col_real(const kam_column *c, size_t row);      /* KAM_REAL; also widens int columns; money in minor */
const char *kam_col_text(const kam_column *c, size_t row); /* "" when missing */

/* Plain text of a cell as csv/tsv write it (exact money, ISO day, shortest real, flag 0/1); empty for missing.
 * `buf` is used for numbers; the result points into buf or the column. */
enum { KAM_CELL_MAX = 64 };
const char *kam_table_cell(const kam_table *t, size_t col, size_t row, char buf[KAM_CELL_MAX]);

/* --- deriving: new sealed tables, sources untouched; title, notes, currency and watch are kept --- */
/* When the watch of t says stop, the rest of the cells of a pick are missing and the rest of an order is in any order: of the right shape, of no
 * use, and at once. Whoever can return an error asks again. */
kam_table *kam_table_pick(const kam_table *t, const size_t *rows, size_t n); /* these rows in this order */
kam_table *kam_table_select(const kam_table *t, const size_t *cols, size_t n); /* these columns, shared */
/* Same columns, other names (NULL keeps one); n = number of columns. */
kam_table *kam_table_rename(const kam_table *t, const char *const *names);
/* Rows sorted by columns; desc[i] reverses; stable; missing last either way; text by bytes (codes compare as
 * text). Returns a malloc'd permutation the caller frees. */
size_t *kam_table_order(const kam_table *t, const size_t *cols, const bool *desc, size_t n);
#endif

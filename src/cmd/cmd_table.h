/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_table: helpers shared by the files of the `table` ensemble. */
#ifndef CMD_TABLE_H
#define CMD_TABLE_H
#include "cmd_spec.h"

/* Place of a column; KAM_NOTFOUND with the nearest names. `who`: the command. */
kam_rc cmd_table_column(const kam_table *t, const char *who, const char *name, size_t *out, kam_err *err);
/* New unsealed table with t's currency, title and notes and no columns. */
kam_table *cmd_table_like(const kam_table *t);
/* Append a copy of column c under `name` (NULL: its own), with its label, rows in the given order (NULL: all). An
 * index of SIZE_MAX gives a missing cell. */
kam_column *cmd_table_copy_column(kam_table *to, const kam_column *c, const char *name, const size_t *rows, size_t n);
/* One cell from text, converted to the column's type. false: does not fit. "" is missing except for text. */
bool cmd_table_push(kam_table *t, kam_column *c, const char *text);
/* <0, 0, >0; missing last. Same type on both sides (int and real may be mixed). */
int cmd_table_compare(const kam_column *a, size_t i, const kam_column *b, size_t j);

/* Two small tables most examples use: sales (account, day, amount money, units) as $t. */
extern const char cmd_table_setup[];
#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_label: headings of columns in both languages, found by message id.
 *
 * Three sources, asked in this order: the table in cmd_label.c, the rows of the analytics (cmd_label_*.h, one a family of
 * methods) and the entities' fields (store_field). Const, no state; O(labels). */
#ifndef CMD_LABEL_H
#define CMD_LABEL_H
#include "kam_table.h"

typedef struct cmd_label {
    const char *id, *en, *zh;
} cmd_label;

const char *cmd_label_text(const char *id, int lang); /* NULL: unknown */
const char *cmd_label_column(const kam_column *c, int lang); /* the label, else the column's name; never NULL */
/* What people read in place of a key a cell holds ("top" → 重要客户): words of the analytics and of the entities' enums, in
 * Chinese only, since the keys are English. NULL: the cell as it is. O(labels) for columns that hold keys, else O(1). */
const char *cmd_label_word(const kam_column *c, const char *value, int lang);
/* Word for a kind of argument ("int") or type of column, or for the entity an argument names; else the key itself. */
const char *cmd_label_kind(const char *kind, int lang);
/* The word of a key in the `value` column of an explanation (cmd_why.h), whose rows speak of many columns: the one its sentence begins
 * with ("重要客户：…"), if that is a word of this key; else that of the entity whose record it stands in ("stage-change 7"). *n gets
 * its length. NULL: the cell as it is. meaning and source may be NULL. */
const char *cmd_label_why(const char *value, const char *meaning, const char *source, int lang, size_t *n);
/* Every row of the first two sources, a list a part, for the test that none lacks a language. */
const cmd_label *cmd_label_list(size_t part, size_t *n); /* NULL beyond the last part */
#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_render_box: the drawn formats: box (lines around), table (plain columns) and line (one field a line). */
#ifndef CMD_RENDER_BOX_H
#define CMD_RENDER_BOX_H
#include "cmd_render.h"

void cmd_render_box(const kam_table *t, const cmd_render_options *o, kam_str *out);
void cmd_render_line(const kam_table *t, const cmd_render_options *o, kam_str *out);
/* One record a block, each under a line with its number; what box and table do when the window is too narrow. */
void cmd_render_records(const kam_table *t, const cmd_render_options *o, kam_str *out);

/* For both: */
/* Rows that are drawn. */
size_t cmd_render_rows(const kam_table *t, const cmd_render_options *o);
/* A copy in which no control character but the line break is left. Caller frees. */
char *cmd_render_clean(const char *s);
/* Appends n bytes of s in a field of `width` columns; `tone` only where o->color. */
void cmd_render_put(const cmd_render_options *o, const char *s, size_t n, size_t width, bool right, cmd_tone tone, kam_str *out);
/* Which columns stay (keep, one a column) when `least`, the columns each needs, do not fit the width: for tables of commands
 * that would fill more than a screen record by record. false: leave it to records. */
bool cmd_render_brief_columns(const kam_table *t, const cmd_render_options *o, const size_t *least, bool *keep);
/* What is the same in all rows, and which columns are left out. */
void cmd_render_brief_notes(const kam_table *t, const cmd_render_options *o, const bool *keep, kam_str *out);
/* A line below a table, wrapped to the width. */
void cmd_render_note(const char *note, const cmd_render_options *o, kam_str *out);
/* How many rows there are, and the notes. */
void cmd_render_below(const kam_table *t, const cmd_render_options *o, kam_str *out);
#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_tongue: names in the reader's language, in what is drawn for people.
 *
 * The rule: a table is a value, and its column `name` is the record's field `name`, whatever the language; scripts compare it, csv,
 * tsv, json, jsonl and tcl write it. Where a table is drawn for people (box, table, line, markdown, html) in English, the cell shows
 * the record's `name_en`, if it has one: the counterpart of texts "中文 | English", whose half is chosen in the same place. Which
 * record a cell names is known by the code beside it, and only a cell that is equal to that record's name is exchanged: a name
 * a script changed, or that belongs to something else, stays. Of a command's table from which the code was left out (table select) a
 * name is exchanged if all who bear it have the same English one. A table that shows name_en itself is left as it is. */
#ifndef CMD_TONGUE_H
#define CMD_TONGUE_H
#include "cmd_render.h"
#include "cmd_session.h"

/* The table as it is to be drawn with these options: the caller's (kam_table_unref), t itself where nothing is exchanged. At
 * most the rows that will be drawn are looked up; O(rows log records). */
kam_table *cmd_tongue(cmd_session *s, const kam_table *t, const cmd_render_options *o);
/* The same for a table whose cells go into sentences in the session's language: *t is exchanged. */
void cmd_tongue_words(cmd_session *s, kam_table **t);
#endif

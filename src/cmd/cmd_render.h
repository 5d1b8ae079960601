/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_render: a table as text, for people or for programs. One renderer serves every command.
 *
 * For people (box, table, markdown, html, line): headings in the asked language, numbers with thousands marks and
 * right-aligned, missing cells as the null mark. For programs (tsv, csv, json, jsonl, tcl): English keys, exact
 * numbers, missing as empty (csv, tsv), null (json) or left out (tcl); what csv and json say reads back as the same
 * values. tsv writes tab, line break and backslash in a text as \t \n \\ and the like.
 *
 * Pure: no session, no terminal. Complexity O(cells). */
#ifndef CMD_RENDER_H
#define CMD_RENDER_H
#include "kam_str.h"
#include "kam_table.h"

typedef enum {
    CMD_F_BOX,
    CMD_F_TABLE,
    CMD_F_TSV,
    CMD_F_CSV,
    CMD_F_JSON,
    CMD_F_JSONL,
    CMD_F_MARKDOWN,
    CMD_F_HTML,
    CMD_F_LINE,
    CMD_F_TCL
} cmd_format;
/* NULL-terminated, in the enum's order; serves as the values of an argument. */
extern const char *const cmd_format_names[];
bool cmd_format_parse(const char *s, cmd_format *out);

typedef struct cmd_render_options {
    cmd_format format;
    int lang;         /* CMD_LANG_EN, CMD_LANG_ZH */
    size_t width;     /* box, table, line: columns of the window; headings and text columns wrap, and what is still too
                         wide is drawn record by record; 0: no limit */
    bool brief;       /* box, table: a long table of a command gives up its less telling columns before that, and names them */
    bool cut;         /* box, table: leave out, and name, the last columns instead of drawing record by record */
    size_t max_rows;  /* 0: all; else the rest is counted in a line below */
    const char *null_mark; /* NULL: "" */
    bool color;       /* box, table, line: dim lines, bold headings, colour by meaning (cmd_render_tone) */
    bool count;       /* box, table: the number of rows below */
    bool wide;        /* characters of ambiguous width take two columns in this terminal; lines are then drawn in ASCII */
} cmd_render_options;

/* Appends the text, ending with a line break (nothing for a table without columns in csv, tsv). */
void cmd_render(const kam_table *t, const cmd_render_options *o, kam_str *out);

/* Appends a JSON string with quotes. s must be valid UTF-8. */
void cmd_render_json_string(kam_str *out, const char *s);
/* Appends text escaped for HTML. */
void cmd_render_html_text(kam_str *out, const char *s);
/* A cell for people: thousands marks, `decimals` for reals (-1: shortest form), flags as yes and no. */
void cmd_render_cell(const kam_table *t, size_t col, size_t row, int decimals, int lang, kam_str *out);
/* What a cell means to whoever reads it, for its colour. Never the only sign: a negative number has its minus, a word says
 * what it says. */
typedef enum { CMD_TONE_PLAIN, CMD_TONE_GOOD, CMD_TONE_WARN, CMD_TONE_BAD } cmd_tone;
cmd_tone cmd_render_tone(const kam_table *t, size_t col, size_t row);
/* Decimals with which a real column is shown to people: the fewest (at most 4) that keep every value to about five
 * significant digits; -1 where only the shortest form will do. */
int cmd_render_decimals(const kam_column *c);
#endif

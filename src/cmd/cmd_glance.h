/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_glance: the lines of an object at a glance (describe NAME). Nothing is computed here: every line is asked of the command
 * that answers it at length. A line is put together piece by piece; a piece that would make it longer than a screen of 80
 * columns allows is left out, so that the screen keeps its height in either language. */
#ifndef CMD_GLANCE_H
#define CMD_GLANCE_H
#include "cmd_session.h"
#include "kam_str.h"
#include "kam_table.h"

/* GLANCE_LINE: columns of a line beside its heading in a box of 80; GLANCE_ROWS: lines that leave room in 24 for the box, the
 * note and the prompt. */
enum { CMD_GLANCE_LINE = 63, CMD_GLANCE_ROWS = 17 };

typedef struct cmd_glance {
    cmd_session *s;
    const char *code; /* of the object; lent */
    kam_table *t;
    kam_column *about, *what;
    kam_str text; /* the line that is being put together */
} cmd_glance;

/* The table a command of ours returns; NULL when it has no answer (no data, not enough of them). Words are ended by NULL; the
 * caller unrefs. */
kam_table *cmd_glance_ask(cmd_glance *g, const char *const *words);
#define CMD_GLANCE_ASK(g, ...) cmd_glance_ask((g), (const char *const[]){__VA_ARGS__, NULL})

/* One of the two in the session's language; a macro, so that the compiler sees formats. */
#define CMD_GLANCE_SAY(g, en, zh) (cmd_session_lang((g)->s) == CMD_LANG_ZH ? (zh) : (en))
/* A cell as people read it, "" when it is not there or missing; the caller frees. */
char *cmd_glance_cell(cmd_glance *g, const kam_table *t, size_t row, const char *column);
/* The exact value of a cell; NULL or `missing` when there is none. Lent by the table. */
const char *cmd_glance_text(const kam_table *t, size_t row, const char *column);
double cmd_glance_real(const kam_table *t, size_t row, const char *column, double missing);
kam_day cmd_glance_day(const kam_table *t, size_t row, const char *column, kam_day missing);

/* A further piece of the line, after a separator. false: it had no room, or was empty. */
bool cmd_glance_add(cmd_glance *g, const char *piece);
bool cmd_glance_addf(cmd_glance *g, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* The same of a cell, after `before` ("": nothing); nothing when it is missing. */
bool cmd_glance_add_cell(cmd_glance *g, const kam_table *t, size_t row, const char *column, const char *before);
/* Text that is cut to what room there is, with "…". */
void cmd_glance_add_cut(cmd_glance *g, const char *piece);
/* End the line. Without a piece it says nothing and is not added. */
void cmd_glance_line(cmd_glance *g, const char *about);

/* The last interaction that meets the condition, "account = HUAXIN", up to the as-of day; "never" is said when `always`. */
void cmd_glance_contact(cmd_glance *g, const char *condition, bool always);

void cmd_glance_account(cmd_glance *g);
#endif

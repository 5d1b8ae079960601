/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_inspect: what can be seen of a template without running it. ::kam::inspect TEXT returns a list of {LINE MESSAGE}, in the order
 * of the lines, empty when nothing is wrong: braces that are not balanced; commands, subcommands, options and words of a list of
 * words that nobody knows, with the nearest names; {page:NAME} where no heading has that name. Messages are in the language of the
 * reader.
 *
 * Only what is written out can be judged: $x may hold any word, and after {*} any option may be meant. Whether a name is known is
 * asked of the interpreter as it is, so within a confined worker (cmd_worker.h) what that refuses is unknown. Tcl's parser goes as
 * deep as the text is nested; a text nobody vouches for is inspected in a worker only. */
#ifndef CMD_INSPECT_H
#define CMD_INSPECT_H
#include "cmd_spec.h"

/* A piece of the text. */
typedef struct cmd_piece {
    const char *s;
    size_t n;
} cmd_piece;

typedef struct cmd_inspection {
    cmd_session *s;
    cmd_piece text;
    Tcl_HashTable own, headings; /* names of procs the text has, last part only; names of headings */
    bool open_commands, open_headings; /* some are made in a way that cannot be seen */
    Tcl_Obj *found;
    size_t n_found;
    bool gathering; /* the first time through: own and headings are filled, nothing is judged */
    int depth;
} cmd_inspection;

enum { CMD_WORDS_MAX = 4096 };

/* One word of a command. */
typedef struct cmd_inspected {
    cmd_piece raw;
    const char *literal; /* what it says when nothing is substituted in it, with a \0; NULL: nobody knows */
    cmd_piece braced;    /* what stands between the braces; .s NULL: no braces */
    bool expanded;       /* {*} stands before it */
    bool script;         /* was looked into as a script: no text */
} cmd_inspected;

void cmd_inspect_say(cmd_inspection *q, const char *at, kam_err *err); /* takes the error */
void cmd_inspect_script(cmd_inspection *q, cmd_piece script);
/* `strict`: it must be an expression of Tcl. */
void cmd_inspect_expr(cmd_inspection *q, cmd_piece expr, bool strict);
/* Elements of a list that stands in the text, at most max; how many. */
size_t cmd_inspect_list(cmd_piece list, cmd_piece *out, size_t max);

/* What a command is, and whether it knows its words (cmd_inspect_call.c). */
void cmd_inspect_call(cmd_inspection *q, cmd_inspected *w, size_t n);

/* The line's beginning where, to judge by the indentation, a brace is one too many or stays open; NULL: they balance.
 * *open: it stays open (cmd_inspect_brace.c). */
const char *cmd_inspect_brace(cmd_piece text, bool *open);

void cmd_inspect_create(cmd_session *s);
#endif

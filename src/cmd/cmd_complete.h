/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_complete: what the files behind ::kam::complete share; included by them only. */
#ifndef CMD_COMPLETE_H
#define CMD_COMPLETE_H
#include "cmd_session_int.h"

/* At most so many objects of a kind are named; the rest is counted. */
enum { CMD_COMPLETE_MAX = 50 };

typedef struct cmd_offer {
    cmd_session *s;
    const char *prefix; /* what is typed of the word, or of the part of it that matters (then whole != prefix) */
    const char *whole;  /* the word as far as it is typed */
    const char *after;  /* what stands behind the cursor; "" */
    Tcl_Obj *list;
    size_t more; /* objects that match and are not in the list */
    bool many;   /* and those were not counted to the end */
    bool keys;          /* what is offered is inserted, never its note */
    bool downwards;     /* columns are offered as -COLUMN */
} cmd_offer;

void cmd_offer_add(cmd_offer *o, const char *text, const char *note);
void cmd_offer_matching(cmd_offer *o, const char *text, const char *note); /* if text begins with the prefix */
void cmd_offer_objects(cmd_offer *o, const char *kinds); /* "account contact": records of these kinds */
const cmd_spec *cmd_offer_command(cmd_offer *o, Tcl_Obj **word, int n); /* the record a line of these words runs; NULL: none */
void cmd_offer_commands(cmd_offer *o, bool explained_only); /* first words of their names */
bool cmd_offer_subcommands(cmd_offer *o, const char *first); /* second words; false: there is none */

/* The place of a word: argument `a` of command c, whose words so far are word[0..n) (the name not among them). */
typedef struct cmd_place {
    const cmd_spec *c;
    const cmd_arg *a;
    Tcl_Obj **word;
    int n;
} cmd_place;
const cmd_arg *cmd_place_option(const cmd_spec *c, const char *word);
const cmd_arg *cmd_place_positional(const cmd_spec *c, size_t at);

/* Offers what may stand there; the kind of the answer (prompt_complete.h). cmd_complete_value.c */
const char *cmd_offer_values(cmd_offer *o, const cmd_place *p);
/* The values of a thing of `display set`. cmd_display.c */
void cmd_offer_display(cmd_offer *o, const char *name);
/* Tables, columns and words of SQL. cmd_complete_sql.c */
const char *cmd_offer_sql(cmd_offer *o);
#endif

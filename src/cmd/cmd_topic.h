/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_topic: help on the ideas of the domain, beside the help on commands. The texts stand in scripts/kam/help, one file a
 * topic, and are carried in the program (made into cmd_topic_text.c at build time). Const; lookups are O(topics). */
#ifndef CMD_TOPIC_H
#define CMD_TOPIC_H
#include "cmd_spec.h"
#include "kam_str.h"

typedef struct cmd_topic {
    const char *name;     /* "pyramid" */
    const char *needs;    /* a command without which the topic is not shown; "" */
    cmd_text title;
    const char *words;    /* other names, separated by blanks: "金字塔 pareto" */
    const char *commands; /* what it explains, separated by "; " */
    cmd_text body;        /* paragraphs of one line; lines that begin with two blanks are kept as they are,
                              "  - " begins an item */
} cmd_topic;

/* Ended by an entry whose name is NULL, in reading order; and their names alone. */
extern const cmd_topic cmd_topics[];
extern const char *const cmd_topic_names[];

bool cmd_topic_shown(cmd_session *s, const cmd_topic *t);
/* By name, or by one of its other names; NULL: none that is shown. ASCII case does not matter. */
const cmd_topic *cmd_topic_find(cmd_session *s, const char *name);
/* The topic that explains a command; NULL: none. */
const cmd_topic *cmd_topic_of(cmd_session *s, const char *command);

/* --- text with a left margin, for all of help (cmd_help.c) --- */
void cmd_help_wrapped(const cmd_session *s, kam_str *out, const char *text, size_t margin);
/* "  name   text", the text in a column of its own. */
void cmd_help_entry(const cmd_session *s, kam_str *out, const char *name, const char *text, size_t column);

void cmd_topic_text(cmd_session *s, const cmd_topic *t, kam_str *out);
/* All topics, a line each. */
void cmd_topic_list(cmd_session *s, kam_str *out);
/* `help -search`: topics, commands, entities and settings in which every word of `text` occurs, in either language, the
 * nearest first: name, kind, summary. A note names near names when there are none. */
kam_table *cmd_help_search(cmd_session *s, const char *text);
#endif

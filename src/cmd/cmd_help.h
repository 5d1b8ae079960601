/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_help: the texts made from the records: help for people, tables for programs, the manual page. */
#ifndef CMD_HELP_H
#define CMD_HELP_H
#include "cmd_spec.h"
#include "kam_str.h"

/* Everything about one command, in the session's language. */
void cmd_help_command(cmd_session *s, const cmd_spec *c, kam_str *out);
/* The commands whose name begins with "name " (an ensemble), one line each. */
size_t cmd_help_ensemble(cmd_session *s, const char *name, kam_str *out);
/* All commands by topic. */
void cmd_help_overview(cmd_session *s, kam_str *out);
/* The command's part of the manual page, as roff. */
void cmd_help_man(cmd_session *s, kam_str *out);
/* Title of a topic; its own name when unknown. */
const char *cmd_help_topic(const cmd_session *s, const char *topic);
#endif

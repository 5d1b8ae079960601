/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_difference: what a dry run would change, ready to be shown. */
#ifndef CMD_DIFFERENCE_H
#define CMD_DIFFERENCE_H
#include "cmd_session.h"
#include "kam_table.h"

/* A table of that shape for a command that knows itself what it changes; without a row when nothing is changed. */
kam_table *cmd_difference_one(const char *entity, const char *object, const char *field, const char *before, const char *after);
/* Finishes the table of store_entry_difference: says how many more records there are and `said` (may be NULL), and seals it. */
void cmd_difference_finish(cmd_session *s, kam_table *t, int64_t more, const char *said);
#endif

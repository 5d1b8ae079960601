/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_difference: what a dry run would change, ready to be shown. */
#ifndef CMD_DIFFERENCE_H
#define CMD_DIFFERENCE_H
#include "cmd_session.h"
#include "kam_table.h"

/* Finishes the table of store_entry_difference: says how many more records there are, `said` (may be NULL) and that nothing
 * was written, and seals it. */
void cmd_difference_finish(cmd_session *s, kam_table *t, int64_t more, const char *said);
#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_log: the record of a session at the prompt, a script that does the same again. */
#ifndef CMD_LOG_H
#define CMD_LOG_H
#include "cmd_session.h"
#include <stdbool.h>

/* After a command typed at the prompt: `shown` is what was shown for its value or error (may be NULL or coloured), code
 * Tcl's. Does nothing while no log is on. A command that failed is written within catch, for it may have done part of
 * its work; an interrupted one (undone: nothing of it was kept) as a comment. Trouble in writing ends the log and is said on standard
 * error. */
void cmd_log_record(cmd_session *s, const char *script, const char *shown, int code, bool undone);
/* The command that runs was answered yes (cmd_ask_removal): in the log it says -yes, or the answer is put before it. */
void cmd_log_confirmed(cmd_session *s);
void cmd_log_close(cmd_session *s); /* at the session's end */
#endif

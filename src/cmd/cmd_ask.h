/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_ask: questions a command puts to the person at the prompt.
 *
 * No command reads standard input. The prompt offers one way to ask (::kam::prompt::ask, prompt_loop.c) while a command
 * typed there runs; in a script, with -c and through a pipe there is none. So a command that needs answers takes each of
 * them as an option too, asks only for what was not given, and where nobody can be asked ends with KAM USAGE naming the
 * options (cmd_ask_nobody). */
#ifndef CMD_ASK_H
#define CMD_ASK_H
#include "cmd_session.h"

bool cmd_ask_possible(cmd_session *s);

/* One line in answer to the question, without blanks at its ends; "" when only Return was pressed. A blank is put after
 * the question. *answer is the caller's (kam_free). KAM_INTERRUPT: ^C, or the end of input. KAM_USAGE: nobody to ask. */
kam_rc cmd_ask_line(cmd_session *s, const char *question, char **answer, kam_err *err);

/* Takes or refuses an answer that is not "": KAM_OK, or an error whose message says why (it is shown, and the question
 * is asked again). */
typedef kam_rc (*cmd_ask_check)(void *ctx, const char *answer, kam_err *err);

/* Asks until the answer is "" or passes the check. */
kam_rc cmd_ask_until(cmd_session *s, const char *question, cmd_ask_check check, void *ctx, char **answer, kam_err *err);

/* The error of a command that got no options where nobody can be asked. `options`: those it takes, as typed. */
kam_rc cmd_ask_nobody(const char *command, const char *options, kam_err *err);
/* Before a command removes more than one record: asks, with the count, the person at the prompt; where nobody can be asked
 * `yes` must have been given (KAM_CONSTRAINT, word "confirm"). Nothing is asked for n ≤ 1, nor inside a what-if, of which
 * nothing can be kept. KAM_INTERRUPT: the answer was no. Call it before anything is written. */
kam_rc cmd_ask_removal(cmd_session *s, const char *command, int64_t n, bool yes, kam_err *err);
#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* prompt_complete: what Tab offers.
 *
 * The prompt finds out which word of which command is being typed (prompt_words) and asks the command layer
 *     ::kam::complete WORDS PREFIX
 * WORDS: the finished words of that command, unquoted; PREFIX: what is typed of the next one, unquoted. The answer is
 * a list of two elements, KIND and CANDIDATES:
 *     word      CANDIDATES is a flat list `text note text note …`: the words that may stand here (subcommands,
 *               options, values of an enumeration, codes and names of objects), each with a note shown beside it in the
 *               list (summary, option help, the name that belongs to a code) or an empty one. They need not begin
 *               with PREFIX: when the note does (a name was typed where codes are offered) the note is inserted, else
 *               (a name found by another spelling) a single candidate replaces what was typed.
 *     command   the name of a command: the prompt knows them from Tcl; notes may come in CANDIDATES
 *     file      a file name      variable  a Tcl variable      none  nothing is to be offered
 * A command ::kam::complete does not know (kind `unknown`, or an error) is completed as Tcl's own: subcommands of an
 * ensemble, else file names. After `$` the prompt offers variables without asking. */
#ifndef PROMPT_COMPLETE_H
#define PROMPT_COMPLETE_H
#include "kam_str.h"
#include <tcl.h>

/* Makes Tab ours. `pending`: the earlier lines of the command being typed; lent for the life of the prompt. */
void prompt_complete_init(Tcl_Interp *interp, const kam_str *pending);
#endif

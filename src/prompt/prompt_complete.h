/* SPDX-License-Identifier: GPL-3.0-or-later */
/* prompt_complete: what Tab offers.
 *
 * The prompt finds out which word of which command is being typed (prompt_words) and asks the command layer
 *     ::kam::complete WORDS PREFIX AFTER
 * WORDS: the finished words of that command, unquoted; PREFIX: what is typed of the next one, unquoted; AFTER: what stands
 * behind the cursor. The answer is a list of four elements, KIND, CANDIDATES, MORE and PART:
 *     word      CANDIDATES is a flat list `text note text note …`: the words that may stand here (subcommands,
 *               options, values of an enumeration, codes and names of objects), each with a note shown beside it in the
 *               list (summary, option help, the name that belongs to a code) or an empty one. They need not begin
 *               with PREFIX: such a one was found by its name or another spelling of it (the note), which is inserted
 *               in its place, provided it means one object only.
 *     key       as word, but a note says only what is meant and is never inserted (the number of a record); listed in this order
 *     list      as word; but inside braces or quotes it is PART, the last element, that is completed
 *     part      as list, with candidates that are inserted as they are (SQL)
 *     command   the name of a command: the prompt knows them from Tcl; notes may come in CANDIDATES
 *     file      a file name      variable  a Tcl variable      none  nothing is to be offered
 * MORE: how many further candidates there are, "12", "950+" (not counted to the end) or "".
 * A command ::kam::complete does not know (kind `unknown`, or an error) is completed as Tcl's own: subcommands of an
 * ensemble, else file names. After `$` the prompt offers variables without asking. */
#ifndef PROMPT_COMPLETE_H
#define PROMPT_COMPLETE_H
#include "kam_str.h"
#include <tcl.h>

/* Makes Tab ours. `pending`: the earlier lines of the command being typed; lent for the life of the prompt. */
void prompt_complete_init(Tcl_Interp *interp, const kam_str *pending, bool (*chinese)(void));

/* Whether the Tab that comes next is pasted text: then it completes nothing and stands for itself. */
void prompt_complete_paste(bool pasted);
#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_state: what main and the prompt ask about the session's database, so that they need not know the store. */
#ifndef CMD_STATE_H
#define CMD_STATE_H
#include "cmd_session.h"

const char *cmd_state_path(const cmd_session *s); /* NULL: temporary; lent */
bool cmd_state_unsaved(const cmd_session *s);     /* temporary and holds records */
bool cmd_state_readonly(const cmd_session *s);
bool cmd_state_kept(cmd_session *s); /* what the interrupted command wrote had been committed already; asked once */
bool cmd_state_empty(cmd_session *s); /* it knows no account yet */
/* What to say below the first answer of a command that is empty because nothing was entered so far, drawn; NULL: nothing. Once a
 * session; the caller sees to it that a person reads it, and frees it. */
char *cmd_state_first_step(cmd_session *s, Tcl_Obj *value);
int cmd_state_depth(const cmd_session *s); /* open begin … commit */
bool cmd_state_pending(const cmd_session *s); /* such a one is open that would keep something: no what-if */
#endif

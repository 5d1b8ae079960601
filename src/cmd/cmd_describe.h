/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_describe: an object of the user's at a glance. */
#ifndef CMD_DESCRIBE_H
#define CMD_DESCRIBE_H
#include "cmd_session.h"
#include "store.h"

/* An account, contact or opportunity by code or name, in that order; *out = NULL when there is none of that name. One row a
 * line of the screen: about, what, detail; a note names the commands that say more. KAM_CONSTRAINT when the name is ambiguous. */
kam_rc cmd_describe_glance(cmd_session *s, const char *name, kam_table **out, kam_err *err);
#endif

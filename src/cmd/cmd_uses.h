/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_uses: which settings a command reads. A record lists them once (.settings); from there come the part of `help`, the
 * footnote of results (`display set verbose 1`), what `why` may name as a setting, and the test that each of them counts. */
#ifndef CMD_USES_H
#define CMD_USES_H
#include "cmd_spec.h"

/* Is the setting read with these arguments? False when its `when` does not hold, or when the option that stands in its
 * place (cmd_arg.setting) was given. `args`: the handler's struct. */
bool cmd_uses_now(cmd_session *s, const cmd_spec *c, const void *args, const cmd_setting *u);
/* Is a setting of that name in the record's list? */
bool cmd_uses_lists(const cmd_spec *c, const char *setting);
/* The result again with a line below naming the settings used; leaves what is no table, and commands without a list. */
void cmd_uses_footnote(cmd_session *s, const cmd_spec *c, const void *args, cmd_value *v);
/* Where a setting comes from ("A4", "conventions"), in the session's language (cmd_setting.c). Lent. */
const char *cmd_setting_source(cmd_session *s, const char *source);
/* Of a command given -dryrun, a table that is its answer says that nothing was written. */
void cmd_uses_dryrun(cmd_session *s, const cmd_spec *c, const void *args, cmd_value *v);
#endif

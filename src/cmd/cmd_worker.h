/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_worker: processes of our own that make reports (cmd_worker.c says how; scripts/kam/template_work.tcl is the pool). */
#ifndef CMD_WORKER_H
#define CMD_WORKER_H
#include "cmd_session_int.h"
#include <sys/types.h>

long cmd_worker_cores(void); /* processors this process may use, at least 1 */
/* A process with a pipe to it, remembered before any script hears of it: a ^C may come at once. TCL_ERROR with its message, or
 * the result {channel pid}. */
int cmd_worker_hire(cmd_session *s, Tcl_Interp *interp, Tcl_Obj *words);
bool cmd_worker_gone(cmd_session *s, pid_t pid); /* false: it was none of ours */
/* End every hired process at once; what they write stands in a folder of its own and is dropped by the pool, which closes the
 * pipes: they are remembered until cmd_worker_forget. */
void cmd_worker_stop(cmd_session *s);
void cmd_worker_forget(cmd_session *s);
/* What was written to the file system of this folder is on the disk when this returns; 0 or an errno. */
int cmd_worker_sync(const char *folder);
#endif

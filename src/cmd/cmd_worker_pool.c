/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The session's side of ::kam::worker: which processes it has hired, and what is left to do when they are not wanted any
 * more. The pool itself is Tcl (scripts/kam/template_work.tcl), which two ^C in a row unwind without its `finally`; so a worker
 * is remembered here as well, and none outlives the command that hired it. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE /* sched_getaffinity, syncfs */
#endif
#include "cmd_worker.h"
#include "kam_progress.h"
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

long cmd_worker_cores(void)
{
    cpu_set_t set; /* what this process may use; the machine may have more */
    if (sched_getaffinity(0, sizeof set, &set) == 0 && CPU_COUNT(&set) > 0) return CPU_COUNT(&set);
    long n = sysconf(_SC_NPROCESSORS_ONLN);
    return n > 0 ? n : 1;
}

void cmd_worker_hired(cmd_session *s, pid_t pid)
{
    KAM_GROW(s->hired, s->cap_hired, s->n_hired + 1);
    s->hired[s->n_hired++] = pid;
}

bool cmd_worker_gone(cmd_session *s, pid_t pid)
{
    for (size_t i = 0; i < s->n_hired; i++) {
        if (s->hired[i] != pid) continue;
        s->hired[i] = s->hired[--s->n_hired];
        return true;
    }
    return false;
}

void cmd_worker_stop(cmd_session *s)
{
    for (size_t i = 0; i < s->n_hired; i++) kill(s->hired[i], SIGKILL);
    s->n_hired = 0;
}

int cmd_worker_sync(const char *folder)
{
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC), e = fd < 0 ? errno : 0;
    if (fd >= 0 && syncfs(fd) != 0) e = errno;
    if (fd >= 0) close(fd);
    return e;
}

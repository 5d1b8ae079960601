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
#include <sys/wait.h>
#include <time.h>
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

/* A process that was killed may be within a system call and make one more file before it is gone; so its end is waited for, but
 * not for ever: the disk may hold it. Tcl reaps it. */
static void wait_for_end(pid_t pid, int *patience_ms)
{
    for (;; --*patience_ms) {
        siginfo_t info = {0};
        if (waitid(P_PID, (id_t)pid, &info, WEXITED | WNOWAIT | WNOHANG) != 0 || info.si_pid == pid || *patience_ms <= 0) return;
        nanosleep(&(struct timespec){0, 1000000}, NULL);
    }
}

void cmd_worker_stop(cmd_session *s)
{
    int patience_ms = 500;
    for (size_t i = 0; i < s->n_hired; i++) kill(s->hired[i], SIGKILL);
    for (size_t i = 0; i < s->n_hired; i++) wait_for_end(s->hired[i], &patience_ms);
    s->n_hired = 0;
}

int cmd_worker_sync(const char *folder)
{
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC), e = fd < 0 ? errno : 0;
    if (fd >= 0 && syncfs(fd) != 0) e = errno;
    if (fd >= 0) close(fd);
    return e;
}

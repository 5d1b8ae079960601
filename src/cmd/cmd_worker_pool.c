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

/* The process behind a pipe. `pid` itself, not an evaluation of it: that would fail when a ^C came just now. */
static pid_t process_of(Tcl_Interp *interp, const char *channel)
{
    Tcl_CmdInfo info;
    long pid = 0;
    if (!Tcl_GetCommandInfo(interp, "::pid", &info) || !info.objProc) return 0;
    Tcl_Obj *word[] = {Tcl_NewStringObj("pid", -1), Tcl_NewStringObj(channel, -1)}, *first = NULL;
    for (int i = 0; i < 2; i++) Tcl_IncrRefCount(word[i]);
    if (info.objProc(info.objClientData, interp, 2, word) == TCL_OK &&
        Tcl_ListObjIndex(interp, Tcl_GetObjResult(interp), 0, &first) == TCL_OK && first &&
        Tcl_GetLongFromObj(interp, first, &pid) != TCL_OK)
        pid = 0;
    for (int i = 0; i < 2; i++) Tcl_DecrRefCount(word[i]);
    return (pid_t)pid;
}

int cmd_worker_hire(cmd_session *s, Tcl_Interp *interp, Tcl_Obj *words)
{
    const char **argv;
    int argc;
    if (Tcl_SplitList(interp, Tcl_GetString(words), &argc, &argv) != TCL_OK) return TCL_ERROR;
    /* The terminal's ^C is for the session, which ends its workers itself; the mask outlives fork and exec. */
    sigset_t keys, before;
    sigemptyset(&keys);
    sigaddset(&keys, SIGINT);
    pthread_sigmask(SIG_BLOCK, &keys, &before);
    Tcl_Channel pipe = Tcl_OpenCommandChannel(interp, argc, argv, TCL_STDIN | TCL_STDOUT | TCL_ENFORCE_MODE);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    Tcl_Free((char *)argv);
    if (!pipe) return TCL_ERROR;
    Tcl_RegisterChannel(interp, pipe);
    const char *name = Tcl_GetChannelName(pipe);
    KAM_GROW(s->hired, s->cap_hired, s->n_hired + 1);
    const struct cmd_hired h = {process_of(interp, name), kam_strdup(name)};
    s->hired[s->n_hired++] = h;
    Tcl_Obj *out[] = {Tcl_NewStringObj(name, -1), Tcl_NewWideIntObj(h.pid)};
    Tcl_SetObjResult(interp, Tcl_NewListObj(2, out));
    return TCL_OK;
}

bool cmd_worker_gone(cmd_session *s, pid_t pid)
{
    for (size_t i = 0; i < s->n_hired; i++) {
        if (s->hired[i].pid != pid) continue;
        kam_free(s->hired[i].channel);
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
    for (size_t i = 0; i < s->n_hired; i++)
        if (s->hired[i].pid > 1) kill(s->hired[i].pid, SIGKILL);
    for (size_t i = 0; i < s->n_hired; i++) {
        if (s->hired[i].pid > 1) wait_for_end(s->hired[i].pid, &patience_ms);
        s->hired[i].pid = 0;
    }
}

void cmd_worker_forget(cmd_session *s)
{
    while (s->n_hired > 0) kam_free(s->hired[--s->n_hired].channel);
}

int cmd_worker_sync(const char *folder)
{
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC), e = fd < 0 ? errno : 0;
    if (fd >= 0 && syncfs(fd) != 0) e = errno;
    if (fd >= 0) close(fd);
    return e;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* prompt_interrupt: what signals do to a running command and to the idle prompt.
 *
 * While a command runs (between _begin and _end) a ^C calls the host's stop function (a flag for C loops, the
 * store's interrupt) and has an async handler marked, which cancels the evaluation: the first ^C so that loops, vwait and after
 * stop but a `catch` can hold it, the next one unwinding everything. Outside of that a signal only wakes whoever
 * watches prompt_interrupt_fd, because a cancellation set while idle would kill the next command.
 * SIGTERM and SIGHUP count as a ^C that unwinds and are remembered (prompt_interrupt_fatal).
 * One user a process: signals are global, and so is the state behind this header. */
#ifndef PROMPT_INTERRUPT_H
#define PROMPT_INTERRUPT_H
#include <stdbool.h>
#include <tcl.h>

typedef void (*prompt_stop_fn)(void *ctx);

/* Take over SIGINT, SIGTERM and SIGHUP. `stop` tells C loops and the store to stop and must be async-signal-safe;
 * `clear` takes that back before a command starts. */
void prompt_interrupt_init(Tcl_Interp *interp, prompt_stop_fn stop, prompt_stop_fn clear, void *ctx);
/* What is written to standard error when a command still runs a second after its first ^C (a `catch` held it, or a long built-in
 * of Tcl's did not see it): `say` gives it, NULL: nothing is to be said. It is called by another thread. */
void prompt_interrupt_patience(const char *(*say)(void *ctx), void *ctx);
/* Also SIGWINCH, SIGTSTP and SIGCONT, which only a prompt needs. */
void prompt_interrupt_watch_terminal(void);
/* A line is being edited: the terminal has to be put in order before the process stops (SIGTSTP). */
void prompt_interrupt_editing(bool on);

void prompt_interrupt_begin(void);
bool prompt_interrupt_end(void); /* true: a ^C came in between */
/* A ^C came since _begin, but nothing was being evaluated that it could have stopped. */
bool prompt_interrupt_unanswered(void);
bool prompt_interrupt_answered(void);    /* one was stopped by it; holds until the next _begin */
void prompt_interrupt_wake(int signo); /* as if that signal had come while idle */
/* What is evaluated now is the prompt's own (completion): a ^C stops it, but is still meant for the line being edited. */
void prompt_interrupt_own(bool on);
int prompt_interrupt_fatal(void); /* the SIGTERM or SIGHUP that came, else 0 */

/* Becomes readable when a signal came while idle; _next takes one signal number, 0 when there is none left. */
int prompt_interrupt_fd(void);
int prompt_interrupt_next(void);

/* The result of an evaluation is that of a cancellation or of a C loop that was told to stop. */
bool prompt_interrupt_is_error(Tcl_Interp *interp, int code);
/* For a background error handler, with the options it was given: a ^C met the script of an event while a command waited
 * (vwait, a batch's workers). It is handed on to that command, which would wait on for what that script was to do; true:
 * nothing needs to be said, the command will. */
bool prompt_interrupt_hand_on(Tcl_Obj *options);
#endif

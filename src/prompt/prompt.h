/* SPDX-License-Identifier: GPL-3.0-or-later */
/* prompt: the conversation with a person at a terminal.
 *
 * A loop of our own on Readline's callback interface, fed by Tcl's notifier, so that timers and file events run
 * while the line is being edited. The prompt knows no command: names come from ::kam::complete, values are drawn
 * and errors reported by the host (main), which also says what state the session is in.
 * prompt_run takes the terminal and gives it back in order; it may be called once a process. */
#ifndef PROMPT_H
#define PROMPT_H
#include "kam_err.h"
#include <stdbool.h>
#include <tcl.h>

typedef struct prompt_state {
    const char *database; /* file name, NULL: temporary; lent until the next call */
    bool unsaved;         /* temporary and holds data */
    int depth;            /* open transactions of the user */
    bool readonly;
} prompt_state;

typedef struct prompt_host {
    Tcl_Interp *interp;
    void *ctx;
    void (*state)(void *ctx, prompt_state *out);
    /* Text to show for a value, NULL or "" for none; *text is freed with kam_free. */
    kam_rc (*present)(void *ctx, Tcl_Obj *value, char **text, kam_err *err);
    /* The evaluation of `script` failed with `code`: tell the user on standard error. */
    void (*complain)(void *ctx, const char *script, int code);
    /* Told of every command that ran: what was shown for it (may be NULL), Tcl's code. NULL: nobody wants to know. */
    void (*record)(void *ctx, const char *script, const char *shown, int code);
    /* A command of the user begins; it, and the showing of its result, are over. */
    void (*begin)(void *ctx);
    void (*end)(void *ctx);
    void (*asking)(void *ctx, bool asking); /* the command waits for an answer of the person; it goes on */
    bool (*color)(void *ctx);
    bool (*chinese)(void *ctx);
    bool (*wide)(void *ctx); /* characters of ambiguous width take two columns */
    bool pager;
    bool (*empty)(void *ctx); /* nothing to work on yet: a hint is given at the beginning */
    const char *first;   /* evaluated before the first line is read; NULL: nothing */
    const char *history; /* file; NULL: none is kept */
} prompt_host;

/* Talks until the user leaves; returns the exit status (0, or 128 + signal after SIGTERM or SIGHUP). */
int prompt_run(const prompt_host *host);
/* For the `exit` command: true when nothing would be lost or the user agreed to leave. Outside prompt_run true. */
bool prompt_may_leave(void);
/* Put the terminal in order; safe to call at any time, from an exit handler. */
void prompt_restore_terminal(void);
#endif

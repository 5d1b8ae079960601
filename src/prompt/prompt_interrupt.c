/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "prompt_interrupt.h"
#include "kam_err.h"
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#ifdef HAVE_TCLRESETCANCELLATION
/* Exported by libtcl 8.6 but declared in tclInt.h only. Without it a cancellation that unwinds would make every
 * later evaluation fail, so then only the gentle kind is used. */
extern int TclResetCancellation(Tcl_Interp *interp, int force);
#define CAN_UNWIND 1
#else
#define CAN_UNWIND 0
#endif

static struct {
    Tcl_Interp *interp;
    Tcl_AsyncHandler async;
    prompt_stop_fn stop, clear;
    void *ctx;
    volatile sig_atomic_t running, presses, fatal, editing;
    bool answered, own;
    int wake[2]; /* to the idle prompt */
    int mark[2]; /* to the marking thread */
    const char *(*say)(void *ctx);
    void *say_ctx;
    pthread_mutex_t ending; /* a command does not end, nor the next begin, while the thread says that it still runs */
    unsigned command;       /* a number for each; of the main thread, read by the other under `ending` */
} sig = {.wake = {-1, -1}, .mark = {-1, -1}, .ending = PTHREAD_MUTEX_INITIALIZER};

enum { PATIENCE_MS = 1000 };

static int on_async(ClientData data, Tcl_Interp *interp, int code)
{
    (void)data;
    (void)interp;
    if (!sig.running || sig.presses == 0) return code;
    /* Not active may also mean between two commands of a script, so cancel in any case; _end takes it back. */
    if (Tcl_InterpActive(sig.interp) && !sig.own) sig.answered = true;
    bool unwind = CAN_UNWIND && (sig.presses > 1 || sig.fatal);
    Tcl_CancelEval(sig.interp, Tcl_NewStringObj("interrupted", -1), NULL, unwind ? TCL_CANCEL_UNWIND : 0);
    return code;
}

static unsigned command_now(void)
{
    pthread_mutex_lock(&sig.ending);
    unsigned n = sig.command;
    pthread_mutex_unlock(&sig.ending);
    return n;
}

static void say_patience(unsigned command)
{
    pthread_mutex_lock(&sig.ending);
    const char *text = sig.running && sig.command == command && sig.presses == 1 && !sig.fatal && sig.say ? sig.say(sig.say_ctx) : NULL;
    if (text) dprintf(STDERR_FILENO, "\n%s\n", text);
    pthread_mutex_unlock(&sig.ending);
}

/* Tcl_AsyncMark takes the notifier's locks, so a signal handler that calls it while the very thread holds them waits for
 * ever (Tcl 8.6, seen within vwait). This thread calls it instead. */
static void *marking_thread(void *unused)
{
    char c;
    bool waiting = false; /* a ^C was passed on: does the command end? */
    unsigned command = 0;
    (void)unused;
    for (;;) {
        struct pollfd fd = {sig.mark[0], POLLIN, 0};
        if (waiting && poll(&fd, 1, PATIENCE_MS) == 0) {
            say_patience(command);
            waiting = false;
            continue;
        }
        ssize_t k = read(sig.mark[0], &c, 1);
        if (k == 1) {
            Tcl_AsyncMark(sig.async);
            command = command_now();
            waiting = true;
        } else if (k == 0 || errno != EINTR) return NULL;
    }
}

static void start_marking_thread(void)
{
    pthread_t thread;
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before); /* signals are for the main thread */
    int failed = pthread_create(&thread, NULL, marking_thread, NULL);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    if (failed) KAM_BUG("thread: %s", strerror(failed));
    pthread_detach(thread);
}

void prompt_interrupt_wake(int signo)
{
    char c = (char)signo;
    ssize_t k = write(sig.wake[1], &c, 1); /* a full pipe already wakes */
    (void)k;
}

static void on_signal(int signo)
{
    int saved = errno;
    if (signo != SIGINT) sig.fatal = signo;
    if (sig.running) {
        sig.presses++;
        sig.stop(sig.ctx);
        ssize_t k = write(sig.mark[1], "", 1);
        (void)k;
    } else {
        prompt_interrupt_wake(signo);
    }
    errno = saved;
}

static void on_terminal_signal(int signo)
{
    int saved = errno;
    /* raise, not kill: that could be taken by the notifier thread, and this one would go on for a while. */
    if (signo == SIGTSTP && !sig.editing) raise(SIGSTOP);
    else prompt_interrupt_wake(signo);
    errno = saved;
}

/* Tcl tells of an error in the script of an event when nothing else is to be done: among timers that are always due, never. So
 * a ^C that met such a script would be lost to the command that waits. */
static void before_wait(ClientData unused, int flags)
{
    static const Tcl_Time now = {0, 0};
    (void)unused;
    (void)flags;
    if (!sig.running || sig.presses == 0) return;
    if (Tcl_DoOneEvent(TCL_IDLE_EVENTS | TCL_DONT_WAIT)) Tcl_SetMaxBlockTime(&now);
}

static void no_check(ClientData unused, int flags)
{
    (void)unused;
    (void)flags;
}

static void install(int signo, void (*handler)(int))
{
    struct sigaction sa;
    memset(&sa, 0, sizeof sa);
    sa.sa_handler = handler;
    sigemptyset(&sa.sa_mask);
    sa.sa_flags = SA_RESTART;
    sigaction(signo, &sa, NULL);
}

/* `after MS`, which Tcl sleeps through in pieces of half a second; ours look for a ^C fifty times a second. Every other form is
 * Tcl's own. */
static Tcl_CmdInfo tcl_after;

static int after_command(ClientData data, Tcl_Interp *interp, int objc, Tcl_Obj *const objv[])
{
    enum { STEP_MS = 20 };
    Tcl_WideInt ms;
    Tcl_Time now, end;
    (void)data;
    if (objc != 2 || Tcl_GetWideIntFromObj(NULL, objv[1], &ms) != TCL_OK || ms <= STEP_MS || ms > INT32_MAX)
        return tcl_after.objProc(tcl_after.objClientData, interp, objc, objv);
    Tcl_GetTime(&end);
    end.sec += (long)(ms / 1000);
    end.usec += (long)(ms % 1000) * 1000;
    for (;;) {
        if (Tcl_AsyncReady() && Tcl_AsyncInvoke(interp, TCL_OK) != TCL_OK) return TCL_ERROR;
        if (Tcl_Canceled(interp, TCL_LEAVE_ERR_MSG) != TCL_OK || Tcl_LimitCheck(interp) != TCL_OK) return TCL_ERROR;
        Tcl_GetTime(&now);
        const Tcl_WideInt left = ((Tcl_WideInt)end.sec - now.sec) * 1000 + (end.usec - now.usec) / 1000;
        if (left <= 0) return TCL_OK;
        Tcl_Sleep((int)(left < STEP_MS ? left : STEP_MS));
    }
}

void prompt_interrupt_init(Tcl_Interp *interp, prompt_stop_fn stop, prompt_stop_fn clear, void *ctx)
{
    sig.interp = interp;
    sig.stop = stop;
    sig.clear = clear;
    sig.ctx = ctx;
    sig.async = Tcl_AsyncCreate(on_async, NULL);
    if (Tcl_GetCommandInfo(interp, "::after", &tcl_after) && tcl_after.objProc) Tcl_CreateObjCommand(interp, "::after", after_command, NULL, NULL);
    if (pipe2(sig.wake, O_CLOEXEC | O_NONBLOCK) != 0 || pipe2(sig.mark, O_CLOEXEC) != 0)
        KAM_BUG("pipe: %s", strerror(errno));
    start_marking_thread();
    Tcl_CreateEventSource(before_wait, no_check, NULL);
    install(SIGINT, on_signal);
    install(SIGTERM, on_signal);
    install(SIGHUP, on_signal);
}

void prompt_interrupt_patience(const char *(*say)(void *ctx), void *ctx)
{
    sig.say_ctx = ctx;
    sig.say = say;
}

void prompt_interrupt_watch_terminal(void)
{
    install(SIGWINCH, on_terminal_signal);
    install(SIGTSTP, on_terminal_signal);
    install(SIGCONT, on_terminal_signal);
}

void prompt_interrupt_own(bool on)
{
    sig.own = on;
}

void prompt_interrupt_editing(bool on)
{
    sig.editing = on;
}

void prompt_interrupt_begin(void)
{
    pthread_mutex_lock(&sig.ending);
    sig.command++;
    sig.presses = 0;
    sig.answered = false;
    sig.clear(sig.ctx);
    sig.running = 1;
    pthread_mutex_unlock(&sig.ending);
}

bool prompt_interrupt_end(void)
{
    pthread_mutex_lock(&sig.ending);
    sig.running = 0;
    pthread_mutex_unlock(&sig.ending);
#if CAN_UNWIND
    TclResetCancellation(sig.interp, 1);
#endif
    bool pressed = sig.presses > 0;
    sig.presses = 0;
    sig.clear(sig.ctx);
    return pressed;
}

bool prompt_interrupt_unanswered(void)
{
    return sig.presses > 0 && !sig.answered;
}

bool prompt_interrupt_answered(void)
{
    return sig.answered;
}

int prompt_interrupt_fatal(void)
{
    return sig.fatal;
}

int prompt_interrupt_fd(void)
{
    return sig.wake[0];
}

int prompt_interrupt_next(void)
{
    char c;
    return read(sig.wake[0], &c, 1) == 1 ? c : 0;
}

static bool is_interrupt(Tcl_Obj *errorcode)
{
    Tcl_Obj **word;
    int n;
    if (!errorcode || Tcl_ListObjGetElements(NULL, errorcode, &n, &word) != TCL_OK || n < 2) return false;
    const char *a = Tcl_GetString(word[0]), *b = Tcl_GetString(word[1]);
    return (strcmp(a, "TCL") == 0 && strcmp(b, "CANCEL") == 0) || (strcmp(a, "KAM") == 0 && strcmp(b, "INTERRUPT") == 0);
}

bool prompt_interrupt_is_error(Tcl_Interp *interp, int code)
{
    return code == TCL_ERROR && is_interrupt(Tcl_GetVar2Ex(interp, "errorCode", NULL, TCL_GLOBAL_ONLY));
}

/* Ahead of all that waits: Tcl_DoOneEvent then returns to the command that called it before any script runs, which would be what
 * is cancelled. */
static int cancel_waiting(Tcl_Event *event, int flags)
{
    (void)event;
    (void)flags;
    if (sig.running && sig.presses > 0) Tcl_CancelEval(sig.interp, Tcl_NewStringObj("interrupted", -1), NULL, 0);
    return 1;
}

bool prompt_interrupt_hand_on(Tcl_Obj *options)
{
    Tcl_Obj *key = Tcl_NewStringObj("-errorcode", -1), *code = NULL;
    Tcl_IncrRefCount(key);
    bool ours = Tcl_DictObjGet(NULL, options, key, &code) == TCL_OK && is_interrupt(code);
    Tcl_DecrRefCount(key);
    if (!ours || !sig.running || sig.presses == 0) return false;
    Tcl_Event *event = (Tcl_Event *)ckalloc(sizeof *event);
    *event = (Tcl_Event){.proc = cancel_waiting};
    Tcl_QueueEvent(event, TCL_QUEUE_HEAD);
    return true;
}

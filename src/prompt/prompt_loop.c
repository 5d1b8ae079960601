/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "kam_mem.h"
#include "kam_str.h"
#include "prompt.h"
#include "prompt_ask.h"
#include "prompt_cluster.h"
#include "prompt_complete.h"
#include "prompt_history.h"
#include "prompt_interrupt.h"
#include "prompt_mend.h"
#include "prompt_pager.h"
#include "prompt_say.h"
#include "prompt_width.h"
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include <readline/readline.h>

enum { MORE_MS = 20 }; /* in which the rest of a paste arrives */

static struct {
    const prompt_host *host;
    bool reading;    /* Readline holds the terminal */
    bool evaluating; /* a command of the user runs */
    bool leaving;
    bool history_failed;
    char *line;      /* what Readline handed over, until the loop takes it */
    bool eof;
    kam_str pending; /* lines of a command that is not complete yet */
    struct {
        int tabs;      /* Tabs read and not yet handed to Readline */
        bool text;     /* they were pasted */
        int next;      /* the key behind them, 0: none */
        bool burst;    /* the key being read was there already when the last one had been dealt with */
    } ahead;
} loop;

/* --- the line being edited ------------------------------------------------------------------------------ */

static bool chinese(void)
{
    return loop.host->chinese(loop.host->ctx);
}

static const char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

/* "kam:portfolio*> ": the file without its suffix; * inside begin … commit, ! while the data is in no file. */
static char *prompt_string(void)
{
    kam_str b = KAM_STR_INIT;
    bool color = loop.host->color(loop.host->ctx);
    prompt_width_set(loop.host->wide(loop.host->ctx));
    if (loop.pending.len > 0) {
        kam_str_add(&b, color ? "\001\033[2m\002...>\001\033[0m\002 " : "...> ");
        return kam_str_detach(&b);
    }
    prompt_state st = {NULL, false, 0, false};
    loop.host->state(loop.host->ctx, &st);
    kam_str_add(&b, color ? "\001\033[1;36m\002kam\001\033[0m\002" : "kam");
    if (st.database) {
        const char *name = base_name(st.database);
        size_t n = strlen(name);
        if (kam_str_ends(name, ".kam") && n > 4) n -= 4;
        kam_str_addc(&b, ':');
        kam_str_addn(&b, name, n);
    }
    const char *mark = st.depth > 0 ? "*" : st.unsaved ? "!" : "";
    if (*mark && color) kam_str_addf(&b, "\001\033[1;33m\002%s\001\033[0m\002", mark);
    else kam_str_add(&b, mark);
    kam_str_add(&b, "> ");
    return kam_str_detach(&b);
}

static void on_line(char *line)
{
    rl_callback_handler_remove();
    prompt_interrupt_editing(false);
    loop.reading = false;
    loop.line = line;
    loop.eof = !line;
}

/* A ^C makes the terminal forget what was typed and not yet read. A key that was announced may then be gone when it is to
 * be read, and a read that waited for the next one would leave the ^C unanswered until then: so none may wait. */
static void prepare_terminal(int meta)
{
    struct termios t;
    rl_prep_terminal(meta); /* binds the terminal's own keys, Backspace among them, each time */
    prompt_cluster_bind();
    if (tcgetattr(STDIN_FILENO, &t) != 0) return;
    t.c_cc[VMIN] = 0;
    t.c_cc[VTIME] = 0;
    tcsetattr(STDIN_FILENO, TCSANOW, &t);
}

/* A key if one comes within `wait` ms; 0: none, or ^C. */
static int key_within(int fd, int wait)
{
    struct pollfd p[2] = {{fd, POLLIN, 0}, {prompt_interrupt_fd(), POLLIN, 0}};
    unsigned char c;
    return poll(p, 2, wait) > 0 && !p[1].revents && read(fd, &c, 1) == 1 ? c : 0;
}

/* A Tab was read. A terminal without bracketed paste sends pasted text as if it were typed, but all at once: so Tabs with another
 * key right behind them are text, and those that end what came complete. Behind a Tab that came in a burst there may be more
 * on its way. */
static void take_tabs(int fd)
{
    int wait = loop.ahead.burst ? MORE_MS : 0, c;
    loop.ahead.tabs = 1;
    while ((c = key_within(fd, wait)) == '\t') loop.ahead.tabs++;
    loop.ahead.next = c;
    loop.ahead.text = c != 0;
}

static bool hands_on(void)
{
    return loop.ahead.tabs > 0 || loop.ahead.next;
}

/* The next of the keys read ahead. */
static int hand_on(void)
{
    if (loop.ahead.tabs > 0) {
        loop.ahead.tabs--;
        prompt_complete_paste(loop.ahead.text);
        return '\t';
    }
    int c = loop.ahead.next;
    loop.ahead.next = 0;
    return c;
}

/* Readline asks here. When a ^C has come, a NUL (set-mark) stands in for the key: the line is about to be dropped. */
static int read_key(FILE *in)
{
    if (hands_on()) return hand_on();
    struct pollfd fd[2] = {{fileno(in), POLLIN, 0}, {prompt_interrupt_fd(), POLLIN, 0}};
    for (;;) {
        unsigned char c;
        if (prompt_interrupt_unanswered()) return 0;
        if (poll(fd, 2, 20) <= 0) continue; /* a ^C that comes now may show only in the line above */
        if (fd[1].revents) return 0;
        ssize_t n = read(fd[0].fd, &c, 1);
        if (n == 1 && c == '\t') take_tabs(fd[0].fd);
        if (n == 1) return c == '\t' ? hand_on() : c;
        if (n < 0 && (errno == EINTR || errno == EAGAIN)) continue;
        if (n < 0 || fd[0].revents & POLLHUP || !isatty(fd[0].fd)) return EOF;
    }
}

static void on_readable(ClientData data, int mask)
{
    (void)data;
    (void)mask;
    struct pollfd fd = {STDIN_FILENO, POLLIN, 0};
    if (loop.reading && poll(&fd, 1, 0) > 0) rl_callback_read_char();
    while (loop.reading && hands_on() && !prompt_interrupt_unanswered()) rl_callback_read_char();
    loop.ahead.burst = poll(&fd, 1, 0) > 0;
}

static void start_reading(void)
{
    char *text = prompt_string();
    fflush(stdout);
    loop.reading = true;
    prompt_interrupt_editing(true);
    rl_callback_handler_install(text, on_line);
    kam_free(text);
    Tcl_CreateFileHandler(STDIN_FILENO, TCL_READABLE, on_readable, NULL);
}

static void stop_reading(void)
{
    Tcl_DeleteFileHandler(STDIN_FILENO);
    if (loop.reading) rl_callback_handler_remove();
    prompt_interrupt_editing(false);
    loop.reading = false;
}

void prompt_restore_terminal(void)
{
    if (loop.host) stop_reading();
}

/* ^C while editing: the line, and what came before it of the same command, is thrown away. */
static void drop_line(void)
{
    loop.ahead.tabs = loop.ahead.next = 0;
    if (loop.reading) {
        prompt_drop();
        stop_reading();
    }
    kam_str_clear(&loop.pending);
    start_reading();
}

static void on_wake(ClientData data, int mask)
{
    (void)data;
    (void)mask;
    for (int signo; (signo = prompt_interrupt_next()) != 0;) {
        if (signo == SIGINT && !loop.evaluating) drop_line();
        else if (signo == SIGWINCH && loop.reading) prompt_mend_resize();
        else if (signo == SIGTSTP) prompt_suspend(loop.reading);
        else if (signo == SIGTERM || signo == SIGHUP) loop.leaving = true;
    }
}

/* Scripts of timers and file events run inside Tcl_DoOneEvent. They can be stopped by ^C too: from the moment the
 * notifier has stopped waiting (check) until it waits again (setup), something of the user may be running. */
static void before_wait(ClientData data, int flags)
{
    (void)data;
    (void)flags;
    if (loop.evaluating || !loop.reading) return;
    bool idle = prompt_interrupt_end() && !prompt_interrupt_answered();
    if (idle) prompt_interrupt_wake(SIGINT);
}

static void after_wait(ClientData data, int flags)
{
    (void)data;
    (void)flags;
    if (!loop.evaluating && loop.reading) prompt_interrupt_begin();
}

/* --- questions ------------------------------------------------------------------------------------------ */

static bool terminal_is_there(void)
{
    struct termios t;
    return !prompt_interrupt_fatal() && tcgetattr(STDIN_FILENO, &t) == 0;
}

/* ::kam::prompt::ask QUESTION: how a command of the user's puts a question to the person who typed it. It exists while such
 * a command runs and at no other time, so that a script never waits for somebody who is not there. */
static int on_ask(ClientData data, Tcl_Interp *interp, int objc, Tcl_Obj *const objv[])
{
    (void)data;
    if (objc != 2) {
        Tcl_WrongNumArgs(interp, 1, objv, "question");
        return TCL_ERROR;
    }
    Tcl_Channel out = Tcl_GetStdChannel(TCL_STDOUT);
    if (out) Tcl_Flush(out);
    prompt_interrupt_end(); /* ^C answers the question */
    loop.host->asking(loop.host->ctx, true);
    char *answer = prompt_ask(Tcl_GetString(objv[1]));
    loop.host->asking(loop.host->ctx, false);
    prompt_interrupt_begin();
    if (!answer) {
        Tcl_SetObjResult(interp, Tcl_NewStringObj("interrupted", -1));
        Tcl_SetErrorCode(interp, "KAM", "INTERRUPT", NULL);
        return TCL_ERROR;
    }
    Tcl_SetObjResult(interp, Tcl_NewStringObj(answer, -1));
    kam_free(answer);
    return TCL_OK;
}

static const char ask_name[] = "::kam::prompt::ask";

/* --- one command ---------------------------------------------------------------------------------------- */

static void show_result(const char *script)
{
    const prompt_host *h = loop.host;
    Tcl_Obj *value = Tcl_GetObjResult(h->interp);
    Tcl_IncrRefCount(value);
    char *text = NULL;
    kam_err err = KAM_ERR_INIT;
    kam_rc rc = h->present(h->ctx, value, &text, &err);
    Tcl_DecrRefCount(value);
    if (rc != KAM_OK) {
        Tcl_SetObjResult(h->interp, Tcl_NewStringObj(kam_err_text(&err, h->chinese(h->ctx)), -1));
        h->complain(h->ctx, script, TCL_ERROR);
    } else if (text && *text) {
        prompt_page(text, h->pager);
    }
    if (h->record) h->record(h->ctx, script, rc == KAM_OK ? text : NULL, TCL_OK);
    kam_free(text);
}

static int evaluate(const char *script, size_t n)
{
    const prompt_host *h = loop.host;
    kam_str one = KAM_STR_INIT;
    kam_str_addn(&one, script, n);
    loop.evaluating = true;
    int code = TCL_ERROR;
    if (prompt_interrupt_unanswered()) {
        Tcl_SetObjResult(h->interp, Tcl_NewStringObj("interrupted", -1));
        Tcl_SetErrorCode(h->interp, "KAM", "INTERRUPT", NULL);
        /* No evaluation failed that would have set the variable, and it is the variable that is asked. */
        Tcl_SetVar2(h->interp, "errorCode", NULL, "KAM INTERRUPT", TCL_GLOBAL_ONLY);
    } else {
        h->begin(h->ctx);
        if (terminal_is_there()) Tcl_CreateObjCommand(h->interp, ask_name, on_ask, NULL, NULL);
        code = Tcl_EvalEx(h->interp, kam_str_cstr(&one), (int)one.len, TCL_EVAL_GLOBAL);
        Tcl_DeleteCommand(h->interp, ask_name);
    }
    prompt_width_set(h->wide(h->ctx));
    /* A ^C that came too late for this command must not meet the next one. */
    prompt_interrupt_end();
    prompt_interrupt_begin();
    Tcl_Channel out = Tcl_GetStdChannel(TCL_STDOUT);
    if (out) Tcl_Flush(out);
    if (code == TCL_OK || code == TCL_RETURN) show_result(kam_str_cstr(&one));
    else {
        Tcl_Obj *said = Tcl_GetObjResult(h->interp);
        Tcl_IncrRefCount(said);
        if (h->record) h->record(h->ctx, kam_str_cstr(&one), Tcl_GetString(said), code);
        Tcl_DecrRefCount(said);
        h->complain(h->ctx, kam_str_cstr(&one), code);
    }
    h->end(h->ctx);
    loop.evaluating = false;
    kam_str_release(&one);
    return code;
}

/* Several commands on lines of their own (a paste) are evaluated one by one, so that each value is seen; `;` joins,
 * as everywhere in Tcl. The first error stops the rest. */
static void evaluate_block(const char *text, size_t n)
{
    size_t from = 0, at = 0;
    Tcl_Parse parse;
    while (at < n && Tcl_ParseCommand(NULL, text + at, (int)(n - at), 0, &parse) == TCL_OK) {
        at = (size_t)(parse.commandStart + parse.commandSize - text);
        bool empty = parse.numWords == 0;
        Tcl_FreeParse(&parse);
        if (empty) {
            if (at >= n) break;
        } else if (text[at - 1] != ';') {
            if (evaluate(text + from, at - from) != TCL_OK) return;
            from = at;
        }
    }
    if (strspn(text + from, " \t\r\n") < n - from) evaluate(text + from, n - from);
}

static void remember(void)
{
    kam_err err = KAM_ERR_INIT;
    char *command = kam_strndup(kam_str_cstr(&loop.pending), loop.pending.len);
    size_t n = strlen(command);
    while (n > 0 && (command[n - 1] == '\n' || command[n - 1] == ' ')) command[--n] = '\0';
    const char *file = loop.history_failed ? NULL : loop.host->history;
    if (prompt_history_add(file, command, &err) != KAM_OK && !loop.history_failed) {
        fprintf(stderr, "kamsh: %s\n", kam_err_text(&err, loop.host->chinese(loop.host->ctx)));
        loop.history_failed = true;
    }
    kam_free(command);
}

/* With the line break, or a trailing backslash would count as complete. */
static void take_line(char *line)
{
    kam_str_add(&loop.pending, line);
    kam_str_addc(&loop.pending, '\n');
    free(line);
    if (!Tcl_CommandComplete(kam_str_cstr(&loop.pending))) return;
    remember();
    kam_str text = loop.pending;
    loop.pending = (kam_str)KAM_STR_INIT;
    evaluate_block(kam_str_cstr(&text), text.len);
    kam_str_release(&text);
}

/* --- leaving -------------------------------------------------------------------------------------------- */

static bool run_words(const char *const *words, int n)
{
    Tcl_Obj *command = Tcl_NewListObj(0, NULL);
    for (int i = 0; i < n; i++) Tcl_ListObjAppendElement(NULL, command, Tcl_NewStringObj(words[i], -1));
    Tcl_IncrRefCount(command);
    int code = Tcl_EvalObjEx(loop.host->interp, command, TCL_EVAL_GLOBAL);
    if (code != TCL_OK) loop.host->complain(loop.host->ctx, Tcl_GetString(command), code);
    Tcl_DecrRefCount(command);
    return code == TCL_OK;
}

/* c commits, r rolls back, anything else stays. */
static bool settle_transaction(void)
{
    char *answer = prompt_ask(chinese() ? say_transaction.zh : say_transaction.en);
    bool ok = false;
    if (kam_streq(answer, "c")) ok = run_words((const char *const[]){"::kam::commit"}, 1);
    else if (kam_streq(answer, "r")) ok = run_words((const char *const[]){"::kam::rollback"}, 1);
    kam_free(answer);
    return ok;
}

static bool settle_unsaved(void)
{
    char *answer = prompt_ask(chinese() ? say_unsaved.zh : say_unsaved.en);
    char *name = answer ? kam_strtrim(answer) : NULL;
    bool ok = false;
    if (kam_streq(name, "d")) ok = true;
    else if (name && *name) ok = run_words((const char *const[]){"::kam::database", "save", name}, 3);
    kam_free(answer);
    return ok;
}

bool prompt_may_leave(void)
{
    if (!loop.host) return true;
    bool was = loop.reading;
    stop_reading();
    prompt_interrupt_end(); /* ^C answers the question */
    bool ok = true;
    for (prompt_state st = {NULL, false, 0, false}; ok; st.depth = 0) {
        loop.host->state(loop.host->ctx, &st);
        if ((st.depth == 0 && !st.unsaved) || !terminal_is_there()) break;
        if (st.depth > 0) ok = settle_transaction();
        else if (settle_unsaved()) break;
        else ok = false;
    }
    if (loop.evaluating) prompt_interrupt_begin();
    if (!ok && was) start_reading();
    return ok;
}

/* --- the loop ------------------------------------------------------------------------------------------- */

/* An error in a timer or file event: said above the line being edited. */
static int on_background_error(ClientData data, Tcl_Interp *interp, int objc, Tcl_Obj *const objv[])
{
    (void)data;
    if (objc < 2 || (objc == 3 && loop.evaluating && prompt_interrupt_hand_on(objv[2]))) return TCL_OK;
    bool was = loop.reading;
    if (was) rl_clear_visible_line();
    fflush(rl_outstream); /* what is told goes another way */
    Tcl_SetObjResult(interp, objv[1]);
    loop.host->complain(loop.host->ctx, NULL, TCL_ERROR);
    Tcl_ResetResult(interp);
    if (!was) return TCL_OK;
    prompt_mend_forget();
    rl_forced_update_display();
    return TCL_OK;
}

static void set_up_readline(void)
{
    rl_readline_name = "kamsh";
    rl_catch_signals = 0;
    rl_getc_function = read_key;
    rl_prep_term_function = prepare_terminal;
    rl_catch_sigwinch = 0;
    rl_instream = stdin;
    rl_outstream = isatty(STDOUT_FILENO) ? stdout : stderr;
    /* Before the user's inputrc is read, which may say otherwise. */
    rl_variable_bind("show-all-if-ambiguous", "on");
    rl_variable_bind("enable-bracketed-paste", "on");
    rl_initialize();
    prompt_mend_init();
    prompt_complete_init(loop.host->interp, &loop.pending, chinese);
}

static void set_up_background_errors(void)
{
    Tcl_Interp *interp = loop.host->interp;
    Tcl_CreateObjCommand(interp, "::kam::prompt::background_error", on_background_error, NULL, NULL);
    Tcl_EvalEx(interp, "interp bgerror {} ::kam::prompt::background_error", -1, TCL_EVAL_GLOBAL);
}

static void greet(void)
{
    kam_str b = KAM_STR_INIT;
    kam_str_addf(&b, "kamsh %s. %s", PACKAGE_VERSION, chinese() ? say_welcome.zh : say_welcome.en);
    prompt_say_lines(rl_outstream, kam_str_cstr(&b));
    kam_str_release(&b);
}

int prompt_run(const prompt_host *host)
{
    kam_err err = KAM_ERR_INIT;
    loop.host = host;
    set_up_readline();
    set_up_background_errors();
    prompt_interrupt_watch_terminal();
    if (host->history && prompt_history_load(host->history, &err) != KAM_OK) {
        fprintf(stderr, "kamsh: %s\n", kam_err_text(&err, loop.host->chinese(loop.host->ctx)));
        loop.history_failed = true;
    }
    Tcl_CreateFileHandler(prompt_interrupt_fd(), TCL_READABLE, on_wake, NULL);
    Tcl_CreateEventSource(before_wait, after_wait, NULL);
    greet();
    if (host->first) {
        prompt_interrupt_begin();
        evaluate(host->first, strlen(host->first));
        prompt_interrupt_end();
    }
    if (host->empty(host->ctx)) prompt_say_lines(rl_outstream, chinese() ? say_empty.zh : say_empty.en);
    start_reading();
    while (!loop.leaving) {
        Tcl_DoOneEvent(TCL_ALL_EVENTS);
        if (prompt_interrupt_fatal()) break;
        if (loop.reading) continue;
        /* A ^C counts for the command from the moment Return was pressed (after_wait), not only from here. */
        stop_reading();
        if (loop.line) {
            take_line(loop.line);
            loop.line = NULL;
        } else if (loop.eof) {
            prompt_end_of_input();
            if (loop.pending.len > 0) kam_str_clear(&loop.pending);
            else loop.leaving = prompt_may_leave();
        }
        loop.eof = false;
        prompt_interrupt_end();
        if (prompt_interrupt_fatal()) break;
        if (!loop.leaving && !loop.reading) start_reading();
    }
    stop_reading();
    Tcl_DeleteEventSource(before_wait, after_wait, NULL);
    Tcl_DeleteFileHandler(prompt_interrupt_fd());
    kam_str_release(&loop.pending);
    loop.host = NULL;
    return prompt_interrupt_fatal() ? 128 + prompt_interrupt_fatal() : 0;
}

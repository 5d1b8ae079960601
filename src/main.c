/* SPDX-License-Identifier: GPL-3.0-or-later */
/* main: argv → mode. Wiring only: the words are sorted by main_args, errors told by main_error, commands come from
 * cmd, the conversation from prompt. */
#include "config.h"
#include "cmd_log.h"
#include "cmd_session.h"
#include "cmd_state.h"
#include "kam_mem.h"
#include "kam_str.h"
#include "kam_utf8.h"
#include "main_args.h"
#include "main_error.h"
#include "main_error_proc.h"
#include "prompt.h"
#include "prompt_interrupt.h"
#include "prompt_pager.h"
#include <dirent.h>
#include <errno.h>
#include <langinfo.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <tcl.h>
#include <time.h>
#include <unistd.h>

enum { CLOSED_PIPE_STATUS = 128 + SIGPIPE };

typedef struct app {
    main_args args;
    Tcl_Interp *interp;
    cmd_session *session;
    bool at_prompt; /* there is, or will be, a prompt */
    struct {
        double begun, ran, drawn, asked; /* seconds */
    } clock;        /* of the command that runs, for `display set timing on` */
    int values;     /* written so far by -c */
} app;

/* --- trouble before Tcl exists ---------------------------------------------------------------------------- */

static bool speaks_chinese(const app *a)
{
    return a->session ? cmd_session_lang(a->session) == CMD_LANG_ZH : cmd_start_chinese(a->args.lang);
}

static int fail(const app *a, const kam_err *err)
{
    fprintf(stderr, "kamsh: %s\n", kam_err_text(err, speaks_chinese(a)));
    return kam_rc_exit_status(err->code);
}

/* Standard output did not take what was written: nobody reads it any more, or it cannot hold it. */
static int output_failed(const app *a, int why)
{
    if (why == EPIPE) return CLOSED_PIPE_STATUS;
    kam_err err = KAM_ERR_INIT;
    kam_err_set(&err, KAM_IO, "cannot write to standard output: %s; what was written there is not complete", strerror(why));
    return fail(a, &err);
}

/* Add "did you mean …" with the files of the same folder that are named alike. */
static void add_nearest(kam_err *err, const char *path)
{
    const char *slash = strrchr(path, '/');
    char *folder = slash ? kam_strndup(path, (size_t)(slash - path) + 1) : kam_strdup("./");
    DIR *dir = opendir(folder);
    char **name = NULL;
    size_t n = 0, cap = 0, best[3];
    for (struct dirent *e; dir && (e = readdir(dir)) != NULL && n < 10000;) {
        if (e->d_name[0] == '.') continue;
        KAM_GROW(name, cap, n + 1);
        name[n++] = kam_strdup(e->d_name);
    }
    if (dir) closedir(dir);
    size_t k = n ? kam_nearest(slash ? slash + 1 : path, (const char *const *)name, n, best, 3) : 0;
    kam_str whole[3] = {KAM_STR_INIT, KAM_STR_INIT, KAM_STR_INIT};
    const char *near[3];
    for (size_t i = 0; i < k; i++) {
        kam_str_addf(&whole[i], "%s%s", slash ? folder : "", name[best[i]]);
        near[i] = whole[i].s;
    }
    kam_err_nearest(err, path, near, k);
    for (size_t i = 0; i < 3; i++) kam_str_release(&whole[i]);
    for (size_t i = 0; i < n; i++) kam_free(name[i]);
    kam_free(name);
    kam_free(folder);
}

/* A database that is not there is made at the prompt, or when asked to; a slip in a script must not make one. */
static kam_rc check_database(app *a, bool *made, kam_err *err)
{
    struct stat st;
    *made = false;
    if (a->args.fresh && stat(a->args.database, &st) == 0) {
        kam_err_set(err, KAM_CONSTRAINT, "--new: %s is there already; leave --new out to open it", a->args.database);
        return kam_err_word(err, "exists");
    }
    if (a->args.fresh && !a->at_prompt) {
        kam_err_set(err, KAM_USAGE, "--new asks questions, so it needs a terminal; in scripts: --create %s -c 'setting set currency CNY'",
                    a->args.database);
        return kam_err_word(err, "--new");
    }
    if (!a->args.database || stat(a->args.database, &st) == 0 || errno != ENOENT) return KAM_OK;
    if (a->args.create || (a->at_prompt && !a->args.readonly)) {
        *made = true;
        return KAM_OK;
    }
    kam_err_set(err, KAM_NOTFOUND, "there is no database %s", a->args.database);
    add_nearest(err, a->args.database);
    if (!a->args.readonly) kam_err_append(err, "; --create makes one");
    return KAM_NOTFOUND;
}

/* --- the world outside -------------------------------------------------------------------------------------- */

/* Text is UTF-8 whatever the locale says; numbers are never the locale's. */
static void set_locale(void)
{
    setlocale(LC_CTYPE, "");
    if (strcmp(nl_langinfo(CODESET), "UTF-8") != 0 && !setlocale(LC_CTYPE, "C.UTF-8")) setlocale(LC_CTYPE, "en_US.UTF-8");
    setlocale(LC_NUMERIC, "C");
}

/* $VARIABLE/kamsh/name, else ~/fallback/kamsh/name; NULL without a home. Caller frees. */
static char *xdg_file(const char *variable, const char *fallback, const char *name)
{
    const char *base = getenv(variable), *home = getenv("HOME");
    kam_str b = KAM_STR_INIT;
    if (base && base[0] == '/') kam_str_addf(&b, "%s/kamsh/%s", base, name);
    else if (home && *home) kam_str_addf(&b, "%s/%s/kamsh/%s", home, fallback, name);
    return b.s ? kam_str_detach(&b) : NULL;
}

static bool is_folder(const char *path)
{
    struct stat st;
    return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

/* Where templates and examples are: KAMSH_DATADIR, else the source tree the program was built in, else share/kamsh beside
 * the folder the program stands in (a moved installation), else where it was installed. Caller frees with free(). */
static char *data_folder(void)
{
    const char *said = getenv("KAMSH_DATADIR");
    if (said && *said) return kam_strdup(said);
    char exe[4096];
    ssize_t n = readlink("/proc/self/exe", exe, sizeof exe - 1);
    exe[n > 0 ? n : 0] = '\0';
    char *slash = strrchr(exe, '/'), *found = NULL;
    static const char *const beside[] = {"..", "../..", "../share/kamsh"};
    for (size_t i = 0; slash && !found && i < sizeof beside / sizeof *beside; i++) {
        kam_str b = KAM_STR_INIT, probe = KAM_STR_INIT;
        kam_str_addf(&b, "%.*s/%s", (int)(slash - exe), exe, beside[i]);
        kam_str_addf(&probe, "%s/templates/account-plan.tcl", b.s);
        if (access(probe.s, R_OK) == 0) found = realpath(b.s, NULL);
        kam_str_release(&probe);
        kam_str_release(&b);
    }
    return found ? found : kam_strdup(KAM_PKGDATADIR);
}

static void set_global(Tcl_Interp *interp, const char *name, Tcl_Obj *value)
{
    Tcl_SetVar2Ex(interp, name, NULL, value, TCL_GLOBAL_ONLY);
}

static void set_words(app *a)
{
    Tcl_Obj *list = Tcl_NewListObj(0, NULL);
    for (int i = 0; i < a->args.n_rest; i++) Tcl_ListObjAppendElement(NULL, list, Tcl_NewStringObj(a->args.rest[i], -1));
    set_global(a->interp, "argv", list);
    set_global(a->interp, "argc", Tcl_NewIntObj(a->args.n_rest));
    set_global(a->interp, "argv0", Tcl_NewStringObj(a->args.script && strcmp(a->args.script, "-") != 0 ? a->args.script : "kamsh", -1));
    set_global(a->interp, "tcl_interactive", Tcl_NewIntObj(a->at_prompt));
    char *data = data_folder();
    Tcl_EvalEx(a->interp, "namespace eval ::kam {}", -1, TCL_EVAL_GLOBAL);
    set_global(a->interp, "::kam::datadir", Tcl_NewStringObj(data, -1));
    free(data);
}

/* --- leaving -------------------------------------------------------------------------------------------------- */

static void at_exit(ClientData data)
{
    (void)data;
    prompt_restore_terminal();
}

/* A script that ends within begin … commit: what it did is lost, and that must not pass for success. */
static int settled(app *a, int status)
{
    if (!cmd_state_pending(a->session)) return status;
    fputs(speaks_chinese(a) ? "kamsh: 事务没有 commit，其中的改动已全部撤回\n" : "kamsh: a transaction was not committed; what it changed is rolled back\n", stderr);
    return status ? status : 1;
}

/* `exit` without a number ends with the session's own status (3 after rejected rows). */
static int exit_command(ClientData data, Tcl_Interp *interp, int objc, Tcl_Obj *const objv[])
{
    app *a = data;
    int status = cmd_session_exit_status(a->session);
    if (objc > 2) {
        Tcl_WrongNumArgs(interp, 1, objv, "?returnCode?");
        return TCL_ERROR;
    }
    if (objc == 2 && Tcl_GetIntFromObj(interp, objv[1], &status) != TCL_OK) return TCL_ERROR;
    if (!prompt_may_leave()) return TCL_RETURN; /* what comes after `exit` is not meant to run */
    Tcl_Exit(a->at_prompt ? status : settled(a, status));
    return TCL_OK;
}

/* --- what the prompt asks us ------------------------------------------------------------------------------------ */

static void host_state(void *ctx, prompt_state *out)
{
    app *a = ctx;
    out->database = cmd_state_path(a->session);
    out->unsaved = cmd_state_unsaved(a->session);
    out->depth = cmd_state_depth(a->session);
    out->readonly = cmd_state_readonly(a->session);
}

static double seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void host_begin(void *ctx)
{
    app *a = ctx;
    a->clock.begun = a->clock.ran = a->clock.drawn = seconds();
}

/* What a person takes to answer is not the command's time. */
static void host_asking(void *ctx, bool asking)
{
    app *a = ctx;
    if (asking) a->clock.asked = seconds();
    else a->clock.begun += seconds() - a->clock.asked;
}

static kam_rc present(app *a, Tcl_Obj *value, bool limit, char **text, kam_err *err)
{
    a->clock.ran = seconds();
    kam_rc rc = cmd_session_present(a->session, value, limit, text, err);
    char *step = rc == KAM_OK && isatty(STDOUT_FILENO) ? cmd_state_first_step(a->session, value) : NULL;
    if (step) {
        const size_t n = strlen(*text), more = strlen(step) + 1;
        *text = kam_realloc(*text, n + more);
        memcpy(*text + n, step, more);
        kam_free(step);
    }
    a->clock.drawn = seconds();
    return rc;
}

static kam_rc host_present(void *ctx, Tcl_Obj *value, char **text, kam_err *err)
{
    return present(ctx, value, true, text, err);
}

/* A command that failed was not drawn. */
static void host_end(void *ctx)
{
    app *a = ctx;
    if (!cmd_session_timing(a->session)) return;
    if (a->clock.ran <= a->clock.begun) a->clock.ran = a->clock.drawn = seconds();
    bool zh = cmd_session_lang(a->session) == CMD_LANG_ZH;
    fprintf(stderr, zh ? "用时：运行 %.3f 秒，绘制 %.3f 秒\n" : "time: %.3f s to run, %.3f s to draw\n", a->clock.ran - a->clock.begun,
            a->clock.drawn - a->clock.ran);
}

/* Called by another thread while a command runs. */
static const char *patience(void *ctx)
{
    static const char *const still[] = {"still at work; press ^C again to end it at once", "仍在运行；再按一次 ^C 立即结束"};
    const app *a = ctx;
    return isatty(STDERR_FILENO) ? still[cmd_session_lang(a->session) == CMD_LANG_ZH] : NULL;
}

static bool color_errors(const app *a) { return cmd_color_on(a->args.color, STDERR_FILENO); }

/* An interrupted command may have got as far as to have kept what it wrote. */
static void report(app *a, int code, const char *origin, const char *text)
{
    static const char *const kept[] = {"interrupted, when what it wrote had been kept already (undo takes it back)",
                                       "已中断，但写入的内容此前已保存（可用 undo 撤销）"};
    if (prompt_interrupt_is_error(a->interp, code) && cmd_state_kept(a->session))
        Tcl_SetObjResult(a->interp, Tcl_NewStringObj(kept[cmd_session_lang(a->session) == CMD_LANG_ZH], -1));
    cmd_session_tell_end(a->session);
    main_error_report(a->interp, code, origin, text, color_errors(a), speaks_chinese(a), a->session && cmd_session_wide(a->session));
    if (cmd_session_verbose(a->session)) main_error_stack(a->interp, code);
}

static void host_complain(void *ctx, const char *script, int code)
{
    app *a = ctx;
    report(a, code, NULL, script);
}

static void host_record(void *ctx, const char *script, const char *shown, int code)
{
    app *a = ctx;
    bool undone = code != TCL_OK && prompt_interrupt_is_error(a->interp, code) && !cmd_state_kept(a->session);
    cmd_log_record(a->session, script, shown, code, undone);
}

/* A timer or file event of a script failed: told as any error (the prompt, which has a line to keep, has its own way). */
static int background_error(ClientData data, Tcl_Interp *interp, int objc, Tcl_Obj *const objv[])
{
    if (objc == 3 && prompt_interrupt_hand_on(objv[2])) return TCL_OK;
    Tcl_Obj *info = NULL, *key = Tcl_NewStringObj("-errorinfo", -1);
    Tcl_IncrRefCount(key);
    if (objc == 3 && Tcl_DictObjGet(NULL, objv[2], key, &info) == TCL_OK && info) Tcl_SetVar2Ex(interp, "errorInfo", NULL, info, TCL_GLOBAL_ONLY);
    Tcl_DecrRefCount(key);
    if (objc > 1) Tcl_SetObjResult(interp, objv[1]);
    report(data, TCL_ERROR, NULL, NULL);
    Tcl_ResetResult(interp);
    return TCL_OK;
}

static bool host_color(void *ctx)
{
    return cmd_session_color(((app *)ctx)->session);
}

static bool host_wide(void *ctx)
{
    return cmd_session_wide(((app *)ctx)->session);
}

static bool host_chinese(void *ctx)
{
    return speaks_chinese(ctx);
}

static bool host_empty(void *ctx)
{
    return cmd_state_empty(((app *)ctx)->session);
}

static void stop(void *ctx)
{
    cmd_session_interrupt(((app *)ctx)->session);
}

static void clear(void *ctx)
{
    cmd_session_interrupt_clear(((app *)ctx)->session);
}

static int talk(app *a)
{
    char *history = xdg_file("XDG_STATE_HOME", ".local/state", "history");
    prompt_host host = {a->interp, a, host_state, host_present, host_complain, host_record, host_begin, host_end, host_asking, host_color, host_chinese, host_wide,
                        !a->args.no_pager, host_empty, a->args.fresh ? "::kam::first_questions" : NULL, history};
    int status = prompt_run(&host);
    kam_free(history);
    return status ? status : cmd_session_exit_status(a->session);
}

/* --- scripts -------------------------------------------------------------------------------------------------------- */

/* 0, or the errno of what `puts` had left to write. */
static int flush_tcl(void)
{
    Tcl_Channel out = Tcl_GetStdChannel(TCL_STDOUT);
    return out && Tcl_Flush(out) != TCL_OK ? Tcl_GetErrno() : 0;
}

/* 0, or the exit status of a failed evaluation, which was reported. */
static int judge(app *a, int code, const char *origin, const char *text)
{
    bool pressed = prompt_interrupt_end();
    int unwritten = flush_tcl();
    if (prompt_interrupt_fatal()) return 128 + prompt_interrupt_fatal();
    if (code == TCL_OK || code == TCL_RETURN) return unwritten ? output_failed(a, unwritten) : 0;
    if (code == TCL_ERROR && main_error_is_closed_pipe(a->interp)) return CLOSED_PIPE_STATUS;
    report(a, code, origin, text);
    int status = main_error_status(a->interp, code);
    return pressed && status == 1 ? 130 : status;
}

/* Tcl would name neither what to do nor our error code. */
static int check_script(const app *a, const char *path)
{
    if (access(path, R_OK) == 0 && !is_folder(path)) return 0;
    kam_err err = KAM_ERR_INIT;
    kam_err_set(&err, KAM_IO, "cannot read the script %s: %s", path, strerror(is_folder(path) ? EISDIR : errno));
    add_nearest(&err, path);
    return fail(a, &err);
}

static int run_file(app *a, const char *path)
{
    int status = check_script(a, path);
    if (status) return status;
    Tcl_Obj *name = Tcl_NewStringObj(path, -1);
    Tcl_IncrRefCount(name);
    prompt_interrupt_begin();
    int code = Tcl_FSEvalFileEx(a->interp, name, "utf-8");
    Tcl_DecrRefCount(name);
    return judge(a, code, path, NULL);
}

static int run_stdin(app *a)
{
    kam_str text = KAM_STR_INIT;
    char part[65536];
    enum { MOST = 64 << 20 };
    for (ssize_t k; text.len < MOST && ((k = read(STDIN_FILENO, part, sizeof part)) > 0 || (k < 0 && errno == EINTR));)
        if (k > 0) kam_str_addn(&text, part, (size_t)k);
    size_t n;
    char *clean = kam_utf8_repair(kam_str_cstr(&text), text.len, &n);
    kam_str_release(&text);
    prompt_interrupt_begin();
    int code = Tcl_EvalEx(a->interp, clean, (int)n, TCL_EVAL_GLOBAL);
    int status = judge(a, code, "stdin", clean);
    kam_free(clean);
    return status;
}

/* One -c: evaluate, write the value. Values of csv and tsv are kept apart by an empty line. */
static int run_text(app *a, const char *words)
{
    size_t n;
    char *script = kam_utf8_repair(words, strlen(words), &n), *text = NULL;
    kam_err err = KAM_ERR_INIT;
    prompt_interrupt_begin();
    host_begin(a);
    int code = Tcl_EvalEx(a->interp, script, (int)n, TCL_EVAL_GLOBAL);
    if (code == TCL_RETURN) code = TCL_OK;
    if (code == TCL_OK && present(a, Tcl_GetObjResult(a->interp), false, &text, &err) != KAM_OK) {
        prompt_interrupt_end();
        kam_free(script);
        return fail(a, &err);
    }
    int status = judge(a, code, "-c", script);
    kam_free(script);
    if (status == 0 && text && *text) {
        const char *format = cmd_session_format(a->session);
        if (a->values++ > 0 && (kam_streq(format, "csv") || kam_streq(format, "tsv"))) putchar('\n');
        if (!prompt_page(text, !a->args.no_pager)) status = output_failed(a, errno);
    }
    host_end(a);
    kam_free(text);
    return status;
}

/* Its errors are told, but do not keep anyone from working. */
static void run_startup(app *a)
{
    char *path = xdg_file("XDG_CONFIG_HOME", ".config", "init.tcl");
    if (path && !a->args.no_startup && access(path, R_OK) == 0) run_file(a, path);
    kam_free(path);
}

static int run(app *a)
{
    int status = 0;
    run_startup(a);
    for (int i = 0; i < a->args.n_texts && status == 0; i++) status = run_text(a, a->args.texts[i]);
    if (a->args.script && status == 0)
        status = strcmp(a->args.script, "-") == 0 ? run_stdin(a) : run_file(a, a->args.script);
    if (!a->args.script && a->args.n_texts == 0 && !a->at_prompt) status = run_stdin(a);
    if (a->at_prompt && !prompt_interrupt_fatal() && status != CLOSED_PIPE_STATUS) return talk(a);
    return settled(a, status ? status : cmd_session_exit_status(a->session));
}

/* --- help -------------------------------------------------------------------------------------------------------------- */

/* One line a command; an ensemble is one line with its subcommands. */
static void print_help(app *a)
{
    size_t n;
    const cmd_spec *const *spec = cmd_spec_list(a->session, &n);
    bool zh = cmd_session_lang(a->session) == CMD_LANG_ZH;
    fputs(main_args_usage(zh), stdout);
    puts(zh ? "\n命令（help 命令 查看详细说明）：\n" : "\nCommands (`help COMMAND` says more):\n");
    for (size_t i = 0; i < n;) {
        const char *name = spec[i]->name, *space = strchr(name, ' ');
        if (!space) {
            printf("  %-18s %s\n", name, cmd_session_say(a->session, spec[i]->summary));
            i++;
            continue;
        }
        size_t head = (size_t)(space - name);
        printf("  %-18.*s", (int)head, name);
        for (; i < n && strncmp(spec[i]->name, name, head + 1) == 0; i++) printf(" %s", spec[i]->name + head + 1);
        putchar('\n');
    }
}

/* --- starting ------------------------------------------------------------------------------------------------------------ */

static kam_rc open_session(app *a, kam_err *err)
{
    bool made;
    if (check_database(a, &made, err) != KAM_OK) return err->code;
    cmd_start_options o = {
        .database = a->args.database,
        .readonly = a->args.readonly,
        .create = made,
        .lang = a->args.lang,
        .asof = a->args.asof,
        .format = a->args.format,
        .color = a->args.color,
        .interactive = isatty(STDOUT_FILENO),
    };
    kam_rc rc = cmd_start(a->interp, &o, &a->session, err);
    if (rc == KAM_OK && a->args.verbose) cmd_session_set_verbose(a->session, true);
    if (rc == KAM_OK && made && a->at_prompt && !a->args.create && !a->args.fresh)
        fprintf(stderr, host_chinese(a) ? "kamsh: 新建数据库 %s\n" : "kamsh: made the new database %s\n", a->args.database);
    return rc;
}

/* Tcl writes CR LF to a terminal, as if it were a serial line. */
static void set_channels(Tcl_Interp *interp)
{
    static const int which[] = {TCL_STDOUT, TCL_STDERR};
    for (size_t i = 0; i < 2; i++) {
        Tcl_Channel channel = Tcl_GetStdChannel(which[i]);
        if (channel) Tcl_SetChannelOption(interp, channel, "-translation", "lf");
    }
}

static kam_rc make_interp(app *a, const char *program, kam_err *err)
{
    Tcl_FindExecutable(program);
    Tcl_SetSystemEncoding(NULL, "utf-8");
    set_locale();
    /* A closed pipe, and a file that may not grow further, are errors to report and not reasons to die. */
    signal(SIGPIPE, SIG_IGN);
    signal(SIGXFSZ, SIG_IGN);
    a->interp = Tcl_CreateInterp();
    if (Tcl_Init(a->interp) != TCL_OK)
        return kam_err_set(err, KAM_IO, "Tcl cannot start: %s", Tcl_GetStringResult(a->interp));
    set_channels(a->interp);
    set_words(a);
    return KAM_OK;
}

int main(int argc, char **argv)
{
    static app a;
    kam_err err = KAM_ERR_INIT;
    if (main_args_parse(&a.args, argc, argv, &err) != KAM_OK) return fail(&a, &err);
    if (a.args.version) {
        puts("kamsh " PACKAGE_VERSION);
        return fflush(stdout) == 0 ? 0 : output_failed(&a, errno);
    }
    if (a.args.help) a.args.database = NULL;
    bool nothing_said = !a.args.script && a.args.n_texts == 0;
    a.at_prompt = !a.args.help && (a.args.prompt || (nothing_said && isatty(STDIN_FILENO)));
    if (make_interp(&a, argv[0], &err) != KAM_OK || open_session(&a, &err) != KAM_OK) return fail(&a, &err);
    int status = 0;
    if (a.args.help) {
        print_help(&a);
        if (fflush(stdout) != 0) status = output_failed(&a, errno);
    } else {
        prompt_interrupt_init(a.interp, stop, clear, &a);
        prompt_interrupt_patience(patience, &a);
        Tcl_CreateExitHandler(at_exit, NULL);
        Tcl_CreateObjCommand(a.interp, "exit", exit_command, &a, NULL);
        main_error_watch(a.interp);
        Tcl_CreateObjCommand(a.interp, "::kam::background_error", background_error, &a, NULL);
        Tcl_EvalEx(a.interp, "interp bgerror {} ::kam::background_error", -1, TCL_EVAL_GLOBAL);
        status = run(&a);
        cmd_session_settle(a.session);
    }
    main_args_release(&a.args);
    Tcl_Exit(status);
}

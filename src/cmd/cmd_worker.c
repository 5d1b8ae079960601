/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_worker: what template.tcl needs of the system to run templates in processes of their own: ::kam::worker.
 *
 * Of the session (cmd_worker_pool.c):
 *   cores              processors to use
 *   hire COMMAND       start a worker: {channel pid};  kill PID  end it (SIGKILL);  gone PID  it has ended
 *   stop               end all of them: their channels, which are to be closed
 *   busy               1 while the command runs that hired them
 *   asked              1: the user wants it to end (^C), also when the script of an event or a catch got hold of that
 *   told DONE ALL      progress of a batch, as of any long work
 *   failed             some documents of a batch were not made: the process ends with status 3
 * Of the worker:
 *   begin SYNCED       load what templates need; one snapshot of the data from here on; SYNCED 0: files need not reach the disk
 *                      one by one
 *   reader LANG        errors are said in this language, whatever the report's
 *   sync FOLDER        what was written there is on the disk
 *   confine OUT MEMORY_MB CPU_S FILE_MB
 *                      from here on this process runs a template nobody vouches for: limits are set, the interpreter is made
 *                      safe (no files, no programs, no channels), commands that touch files or the session are refused
 *   finish             save the report in the making (or, when there is none, the drawing) as OUT of `confine`, and only there
 *   answer LIST        a line of hexadecimal digits on standard output, which a safe interpreter has no channel for; when confined,
 *                      once and of at most 256 KB, or it could fill the memory of the session that reads it
 *
 * A safe interpreter is not enough (one costly C command outlives a time limit, `lrepeat` can abort the process); limits are
 * not enough (they stop no reading); so it is both, in a process that holds a read-only copy of the data. */
#include "cmd_pdf.h"
#include "cmd_report.h"
#include "cmd_value.h"
#include "cmd_worker.h"
#include "store.h"
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

/* gcc says by a macro that the sanitizer is at work, clang by a feature. */
#if defined(__SANITIZE_ADDRESS__)
#define SHADOWED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SHADOWED 1
#endif
#endif

static int say(Tcl_Interp *interp, const char *code, const char *text)
{
    Tcl_SetObjResult(interp, Tcl_NewStringObj(text, -1));
    Tcl_SetErrorCode(interp, "KAM", code, "worker", (char *)NULL);
    return TCL_ERROR;
}

static bool limit(int what, rlim_t most, rlim_t hard)
{
    struct rlimit now;
    if (getrlimit(what, &now) != 0) return false;
    if (now.rlim_max != RLIM_INFINITY && now.rlim_max < hard) hard = now.rlim_max;
    struct rlimit want = {most < hard ? most : hard, hard};
    return setrlimit(what, &want) == 0;
}

static int confine(cmd_session *s, Tcl_Interp *interp, Tcl_Obj *const objv[])
{
    int memory, cpu, file;
    if (Tcl_GetIntFromObj(interp, objv[1], &memory) != TCL_OK || Tcl_GetIntFromObj(interp, objv[2], &cpu) != TCL_OK ||
        Tcl_GetIntFromObj(interp, objv[3], &file) != TCL_OK)
        return TCL_ERROR;
    if (s->confined) return say(interp, "USAGE", "confined already");
    const rlim_t mb = (rlim_t)1 << 20;
#ifdef SHADOWED
    const bool room = true; /* the sanitizer's shadow of memory takes more than any limit */
    (void)memory;
#else
    const bool room = limit(RLIMIT_AS, (rlim_t)memory * mb, (rlim_t)memory * mb);
#endif
    /* one second more before the hard end, which cannot be caught */
    if (!limit(RLIMIT_CPU, (rlim_t)cpu, (rlim_t)cpu + 1) || !limit(RLIMIT_FSIZE, (rlim_t)file * mb, (rlim_t)file * mb) ||
        !room || !limit(RLIMIT_CORE, 0, 0))
        return say(interp, "IO", "the limits of a template from elsewhere cannot be set");
    signal(SIGXCPU, SIG_DFL);
    s->confined = kam_strdup(Tcl_GetString(objv[0]));
    /* Tcl closes the standard channels and with them 0, 1 and 2, which must not become those of a file opened later */
    int out = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 10), nothing = open("/dev/null", O_RDWR | O_CLOEXEC);
    int rc = out >= 0 && nothing >= 0 ? Tcl_MakeSafe(interp) : say(interp, "IO", strerror(errno));
    dup2(nothing, STDIN_FILENO);
    dup2(out, STDOUT_FILENO);
    dup2(out, STDERR_FILENO);
    if (rc != TCL_OK) return rc;
    Tcl_SetRecursionLimit(interp, 500); /* before the C stack ends */
    return TCL_OK;
}

/* As hexadecimal digits: one line whatever the text holds. */
static int answer(Tcl_Interp *interp, Tcl_Obj *text)
{
    int n;
    const char *s = Tcl_GetStringFromObj(text, &n);
    kam_str line = KAM_STR_INIT;
    for (int i = 0; i < n; i++) kam_str_addf(&line, "%02x", (unsigned)(unsigned char)s[i]);
    kam_str_addc(&line, '\n');
    int error = 0;
    for (size_t done = 0; done < line.len && !error;) {
        ssize_t k = write(STDOUT_FILENO, line.s + done, line.len - done);
        if (k > 0) done += (size_t)k;
        else if (errno != EINTR) error = errno;
    }
    kam_str_release(&line);
    return error ? say(interp, "IO", strerror(error)) : TCL_OK;
}

/* --- the verbs ------------------------------------------------------------------------------------------------------ */

/* A process that was hired; anything else is none of ours. */
static int process(cmd_session *s, Tcl_Interp *interp, Tcl_Obj *word, pid_t *out)
{
    int pid;
    if (Tcl_GetIntFromObj(interp, word, &pid) != TCL_OK) return TCL_ERROR;
    for (size_t i = 0; i < s->n_hired && pid > 1; i++)
        if (s->hired[i].pid == (pid_t)pid) return *out = (pid_t)pid, TCL_OK;
    return say(interp, "USAGE", "no process of ours");
}
static int verb_cores(cmd_session *s, Tcl_Interp *interp, Tcl_Obj *const v[])
{
    (void)s, (void)v;
    Tcl_SetObjResult(interp, Tcl_NewLongObj(cmd_worker_cores()));
    return TCL_OK;
}
static int verb_hire(cmd_session *s, Tcl_Interp *interp, Tcl_Obj *const v[])
{
    return cmd_worker_hire(s, interp, v[0]);
}
static int verb_kill(cmd_session *s, Tcl_Interp *interp, Tcl_Obj *const v[])
{
    pid_t pid = 0;
    int rc = process(s, interp, v[0], &pid);
    if (rc == TCL_OK) kill(pid, SIGKILL);
    return rc;
}
static int verb_gone(cmd_session *s, Tcl_Interp *interp, Tcl_Obj *const v[])
{
    pid_t pid = 0;
    int rc = process(s, interp, v[0], &pid);
    if (rc == TCL_OK) cmd_worker_gone(s, pid);
    return rc;
}
static int verb_stop(cmd_session *s, Tcl_Interp *interp, Tcl_Obj *const v[])
{
    (void)v;
    cmd_worker_stop(s);
    Tcl_Obj *channels = Tcl_NewListObj(0, NULL);
    for (size_t i = 0; i < s->n_hired; i++) Tcl_ListObjAppendElement(NULL, channels, Tcl_NewStringObj(s->hired[i].channel, -1));
    cmd_worker_forget(s);
    Tcl_SetObjResult(interp, channels);
    return TCL_OK;
}
static int verb_busy(cmd_session *s, Tcl_Interp *interp, Tcl_Obj *const v[])
{
    (void)v;
    Tcl_SetObjResult(interp, Tcl_NewBooleanObj(s->batch));
    return TCL_OK;
}
/* Called by a timer, which cannot be refused: a ^C is answered by the waiting itself. */
static int verb_told(cmd_session *s, Tcl_Interp *interp, Tcl_Obj *const v[])
{
    int done, all;
    kam_err err = KAM_ERR_INIT;
    if (Tcl_GetIntFromObj(interp, v[0], &done) != TCL_OK || Tcl_GetIntFromObj(interp, v[1], &all) != TCL_OK) return TCL_ERROR;
    (void)kam_progress_step(cmd_session_progress(s), "batch", (uint64_t)done, (uint64_t)all, &err);
    kam_err_clear(&err);
    return TCL_OK;
}
static int verb_asked(cmd_session *s, Tcl_Interp *interp, Tcl_Obj *const v[])
{
    (void)v;
    Tcl_SetObjResult(interp, Tcl_NewBooleanObj(kam_progress_stopped(cmd_session_progress(s))));
    return TCL_OK;
}
static int verb_failed(cmd_session *s, Tcl_Interp *interp, Tcl_Obj *const v[])
{
    (void)interp, (void)v;
    s->exit_status = 3;
    return TCL_OK;
}
/* Who waits for the worker reads its errors in this language. */
static int verb_reader(cmd_session *s, Tcl_Interp *interp, Tcl_Obj *const v[])
{
    s->has_reader = true;
    s->reader = strcmp(Tcl_GetString(v[0]), "zh") == 0 ? CMD_LANG_ZH : CMD_LANG_EN;
    Tcl_SetVar2(interp, "::kam::template::person", NULL, s->reader == CMD_LANG_ZH ? "zh" : "en", TCL_GLOBAL_ONLY);
    return TCL_OK;
}
static int verb_begin(cmd_session *s, Tcl_Interp *interp, Tcl_Obj *const v[])
{
    kam_err err = KAM_ERR_INIT;
    int synced;
    if (Tcl_GetBooleanFromObj(interp, v[0], &synced) != TCL_OK) return TCL_ERROR;
    if (cmd_report_need(s, &err) != KAM_OK || store_hold(cmd_session_store(s), &err) != KAM_OK) return cmd_value_error(s, &err);
    s->unsynced = !synced;
    return TCL_OK;
}
static int verb_sync(cmd_session *s, Tcl_Interp *interp, Tcl_Obj *const v[])
{
    (void)s;
    int e = cmd_worker_sync(Tcl_GetString(v[0]));
    return e ? say(interp, "IO", strerror(e)) : TCL_OK;
}
static int verb_confine(cmd_session *s, Tcl_Interp *interp, Tcl_Obj *const v[])
{
    return confine(s, interp, v);
}
static int verb_finish(cmd_session *s, Tcl_Interp *interp, Tcl_Obj *const v[])
{
    kam_err err = KAM_ERR_INIT;
    kam_table *t = NULL;
    (void)v;
    if (!s->confined) return say(interp, "USAGE", "worker finish: not confined");
    bool drawn = cmd_pdf_open(s) && !cmd_report_open(s);
    if ((drawn ? cmd_pdf_write : cmd_report_write)(s, s->confined, &t, &err) != KAM_OK) return cmd_value_error(s, &err);
    Tcl_SetObjResult(interp, cmd_value_table_obj(s, t));
    kam_table_unref(t);
    return TCL_OK;
}
static int verb_answer(cmd_session *s, Tcl_Interp *interp, Tcl_Obj *const v[])
{
    enum { MOST = 256 << 10 };
    int n;
    Tcl_GetStringFromObj(v[0], &n);
    if (s->confined && (s->answered || n > MOST)) return say(interp, "USAGE", "worker answer: once, of at most 256 KB");
    s->answered = true;
    return answer(interp, v[0]);
}

static int worker_proc(ClientData data, Tcl_Interp *interp, int objc, Tcl_Obj *const objv[])
{
    static const struct {
        const char *name;
        int words;
        bool confined; /* may be called there */
        int (*run)(cmd_session *s, Tcl_Interp *interp, Tcl_Obj *const v[]);
    } verbs[] = {{"answer", 1, true, verb_answer}, {"asked", 0, false, verb_asked}, {"begin", 1, false, verb_begin}, {"busy", 0, false, verb_busy},
                 {"confine", 4, false, verb_confine}, {"cores", 0, false, verb_cores}, {"failed", 0, false, verb_failed},
                 {"finish", 0, true, verb_finish}, {"gone", 1, false, verb_gone}, {"hire", 1, false, verb_hire},
                 {"kill", 1, false, verb_kill}, {"reader", 1, false, verb_reader}, {"stop", 0, false, verb_stop}, {"sync", 1, false, verb_sync},
                 {"told", 2, false, verb_told}, {NULL, 0, false, NULL}};
    cmd_session *s = data;
    int verb;
    if (objc < 2) return say(interp, "USAGE", "worker: a verb is missing");
    if (Tcl_GetIndexFromObjStruct(interp, objv[1], verbs, sizeof *verbs, "verb", TCL_EXACT, &verb) != TCL_OK) return TCL_ERROR;
    if (objc - 2 != verbs[verb].words) return say(interp, "USAGE", "worker: wrong number of words");
    if (s->confined && !verbs[verb].confined) return say(interp, "USAGE", "not allowed in a template that is not trusted");
    return verbs[verb].run(s, interp, objv + 2);
}

void cmd_worker_create(cmd_session *s)
{
    Tcl_CreateObjCommand(s->interp, "::kam::worker", worker_proc, s, NULL);
}

/* Questions and blocks, but nothing that names files or templates, opens databases or changes the session. Writing commands
 * meet a database that is read-only. */
bool cmd_worker_allows(const cmd_session *s, const cmd_spec *c)
{
    static const char *const never[] = {"report run", "report save", "report list", "report show", "report check", "report new",
                                        "import", "export", "pdf save", NULL};
    if (!s->confined) return true;
    for (size_t i = 0; never[i]; i++)
        if (strcmp(c->name, never[i]) == 0) return false;
    return c->effect != CMD_CONTROLS || strncmp(c->name, "report ", 7) == 0 || strncmp(c->name, "pdf ", 4) == 0;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_worker: what template.tcl needs of the system to run templates in processes of their own: ::kam::worker.
 *
 *   cores              processors to use
 *   kill PID           end a worker (SIGKILL)
 *   failed             some documents of a batch were not made: the process ends with status 3
 *   confine OUT MEMORY_MB CPU_S FILE_MB
 *                      from here on this process runs a template nobody vouches for: limits are set, the interpreter is made
 *                      safe (no files, no programs, no channels), commands that touch files or the session are refused
 *   finish             save the report in the making (or, when there is none, the drawing) as OUT of `confine`, and only there
 *   answer LIST        a line of hexadecimal digits on standard output, which a safe interpreter has no channel for
 *
 * A safe interpreter is not enough (one costly C command outlives a time limit, `lrepeat` can abort the process); limits are
 * not enough (they stop no reading); so it is both, in a process that holds a read-only copy of the data. */
#include "cmd_pdf.h"
#include "cmd_report.h"
#include "cmd_session_int.h"
#include "cmd_value.h"
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

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
    /* one second more before the hard end, which cannot be caught */
    if (!limit(RLIMIT_CPU, (rlim_t)cpu, (rlim_t)cpu + 1) || !limit(RLIMIT_FSIZE, (rlim_t)file * mb, (rlim_t)file * mb) ||
        !limit(RLIMIT_AS, (rlim_t)memory * mb, (rlim_t)memory * mb) || !limit(RLIMIT_CORE, 0, 0))
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

static int end_process(Tcl_Interp *interp, Tcl_Obj *word)
{
    int pid;
    if (Tcl_GetIntFromObj(interp, word, &pid) != TCL_OK) return TCL_ERROR;
    if (pid <= 1) return say(interp, "USAGE", "no process of ours");
    kill((pid_t)pid, SIGKILL);
    return TCL_OK;
}

static int worker_proc(ClientData data, Tcl_Interp *interp, int objc, Tcl_Obj *const objv[])
{
    static const struct {
        const char *name;
        int words;
        bool confined; /* may be called there */
    } verbs[] = {{"cores", 0, false}, {"kill", 1, false}, {"failed", 0, false}, {"confine", 4, false}, {"finish", 0, true}, {"answer", 1, true}, {NULL, 0, false}};
    cmd_session *s = data;
    int verb;
    if (objc < 2) return say(interp, "USAGE", "worker: a verb is missing");
    if (Tcl_GetIndexFromObjStruct(interp, objv[1], verbs, sizeof *verbs, "verb", TCL_EXACT, &verb) != TCL_OK) return TCL_ERROR;
    if (objc - 2 != verbs[verb].words) return say(interp, "USAGE", "worker: wrong number of words");
    if (s->confined && !verbs[verb].confined) return say(interp, "USAGE", "not allowed in a template that is not trusted");
    switch (verb) {
    case 0: Tcl_SetObjResult(interp, Tcl_NewLongObj(sysconf(_SC_NPROCESSORS_ONLN))); return TCL_OK;
    case 1: return end_process(interp, objv[2]);
    case 2: s->exit_status = 3; return TCL_OK;
    case 3: return confine(s, interp, objv + 2);
    case 4: {
        if (!s->confined) return say(interp, "USAGE", "worker finish: not confined");
        kam_err err = KAM_ERR_INIT;
        kam_table *t = NULL;
        bool drawn = cmd_pdf_open(s) && !cmd_report_open(s);
        if ((drawn ? cmd_pdf_write : cmd_report_write)(s, s->confined, &t, &err) != KAM_OK) return cmd_value_error(s, &err);
        Tcl_SetObjResult(interp, cmd_value_table_obj(s, t));
        kam_table_unref(t);
        return TCL_OK;
    }
    default: return answer(interp, objv[2]);
    }
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

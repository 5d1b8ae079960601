/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "main_error_proc.h"
#include "cmd_value.h"
#include "kam_mem.h"
#include "kam_str.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_BYTES = 16 << 20, MOST_FILES = 1000 };
static const char files_variable[] = "::kam::sourced_files";

char *main_error_read(const char *path)
{
    FILE *f = fopen(path, "re");
    if (!f) return NULL;
    kam_str b = KAM_STR_INIT;
    char part[8192];
    for (size_t k; b.len < MOST_BYTES && (k = fread(part, 1, sizeof part, f)) > 0;) kam_str_addn(&b, part, k);
    fclose(f);
    return b.s ? kam_str_detach(&b) : NULL;
}

const char *main_error_line(const char *text, int line)
{
    while (line > 1 && (text = strchr(text, '\n')) != NULL) {
        text++;
        line--;
    }
    return text;
}

bool main_error_frame(const char *at, const char *kind, char **name, int *line)
{
    size_t n = strlen(kind);
    if (strncmp(at, "(", 1) != 0 || strncmp(at + 1, kind, n) != 0 || strncmp(at + 1 + n, " \"", 2) != 0) return false;
    at += n + 3;
    const char *end = strstr(at, "\" line ");
    if (!end) return false;
    *name = kam_strndup(at, (size_t)(end - at));
    *line = (int)strtol(end + strlen("\" line "), NULL, 10);
    return true;
}

void main_error_place_release(main_error_place *p)
{
    kam_free(p->origin);
    kam_free(p->text);
    *p = (main_error_place)MAIN_ERROR_PLACE_INIT;
}

/* --- which files there were --- */

/* Called before `source …`: COMMAND enter. */
static int sourced(ClientData data, Tcl_Interp *interp, int objc, Tcl_Obj *const objv[])
{
    Tcl_Obj *file = NULL, *path, *known;
    int n = 0;
    (void)data;
    const char *library = Tcl_GetVar2(interp, "tcl_library", NULL, TCL_GLOBAL_ONLY);
    if (objc < 2 || Tcl_ListObjLength(NULL, objv[1], &n) != TCL_OK || n < 2 || Tcl_ListObjIndex(NULL, objv[1], n - 1, &file) != TCL_OK) return TCL_OK;
    path = Tcl_FSGetNormalizedPath(NULL, file);
    const char *at = Tcl_GetString(path ? path : file), *end = library ? strrchr(library, '/') : NULL;
    if (end && strncmp(at, library, (size_t)(end + 1 - library)) == 0) return TCL_OK; /* Tcl's own */
    known = Tcl_GetVar2Ex(interp, files_variable, NULL, TCL_GLOBAL_ONLY);
    Tcl_Obj *pair[] = {file, path ? path : file};
    Tcl_Obj *list = known ? Tcl_DuplicateObj(known) : Tcl_NewListObj(0, NULL);
    if (Tcl_ListObjLength(NULL, list, &n) != TCL_OK || n >= MOST_FILES || Tcl_ListObjAppendElement(NULL, list, Tcl_NewListObj(2, pair)) != TCL_OK) {
        Tcl_DecrRefCount(list);
        return TCL_OK;
    }
    Tcl_SetVar2Ex(interp, files_variable, NULL, list, TCL_GLOBAL_ONLY);
    return TCL_OK;
}

void main_error_watch(Tcl_Interp *interp)
{
    Tcl_CreateObjCommand(interp, "::kam::sourced", sourced, NULL, NULL);
    Tcl_EvalEx(interp, "trace add execution source enter ::kam::sourced", -1, TCL_EVAL_GLOBAL);
    Tcl_ResetResult(interp);
}

/* --- the body in a text --- */

/* Does the body stand here, as written in braces (a backslash at a line's end and what follows is a blank to Tcl)? *line:
 * where its n-th line begins. */
static bool stands_here(const char *at, const char *body, int n, const char **line)
{
    *line = at;
    for (int lines = 1; *body; body++) {
        if (at[0] == '\r' && at[1] == '\n') at++;
        if (at[0] == '\\' && (at[1] == '\n' || (at[1] == '\r' && at[2] == '\n'))) {
            if (*body != ' ') return false;
            at = strchr(at, '\n') + 1;
            at += strspn(at, " \t");
            continue;
        }
        if (*at++ != *body) return false;
        if (*body == '\n' && ++lines == n) *line = at;
    }
    return *at == '}';
}

/* Of equal bodies the one behind the procedure's name. */
static const char *find_body(const char *text, const char *name, const char *body, int n)
{
    const char *found = NULL, *line, *tail = name;
    for (const char *c = name; (c = strstr(c, "::")) != NULL;) tail = c += 2;
    size_t len = strlen(tail);
    const char *named = NULL;
    for (const char *c = text; *c; c++) {
        if (strncmp(c, "proc", 4) == 0 && strchr(" \t", c[4])) {
            const char *w = c + 4 + strspn(c + 4, " \t"), *end = w + strcspn(w, " \t\n");
            named = (size_t)(end - w) >= len && strncmp(end - len, tail, len) == 0 ? c : NULL;
        }
        if (*c != '{' || !stands_here(c + 1, body, n, &line)) continue;
        if (named) return line;
        if (!found) found = line;
    }
    return found;
}

static bool find_in(const char *origin, const char *text, const char *name, const char *body, int n, main_error_place *p)
{
    const char *line = text ? find_body(text, name, body, n) : NULL;
    if (!line) return false;
    p->origin = kam_strdup(origin);
    p->text = kam_strdup(text);
    p->line = p->text + (line - text);
    return true;
}

static bool find_in_file(const char *shown, const char *path, const char *name, const char *body, int n, main_error_place *p)
{
    char *text = main_error_read(path);
    bool found = find_in(shown, text, name, body, n, p);
    kam_free(text);
    return found;
}

static bool find_anywhere(Tcl_Interp *interp, const char *info, const char *origin, const char *text, const char *name, const char *body, int n,
                          main_error_place *p)
{
    if (find_in(origin ? origin : "", text, name, body, n, p)) {
        if (!origin) main_error_place_release(p); /* it was typed just now */
        return origin != NULL;
    }
    if (origin && !text && find_in_file(origin, origin, name, body, n, p)) return true;
    for (const char *at = info; (at = strstr(at, "\n    (file \"")) != NULL; at++) {
        char *file = NULL;
        int line;
        bool found = main_error_frame(at + 5, "file", &file, &line) && find_in_file(file, file, name, body, n, p);
        kam_free(file);
        if (found) return true;
    }
    Tcl_Obj *list = Tcl_GetVar2Ex(interp, files_variable, NULL, TCL_GLOBAL_ONLY), **file, **pair;
    int files = 0, two;
    if (!list || Tcl_ListObjGetElements(NULL, list, &files, &file) != TCL_OK) return false;
    for (int i = files - 1; i >= 0; i--) { /* the newest definition is the one that holds */
        if (Tcl_ListObjGetElements(NULL, file[i], &two, &pair) != TCL_OK || two != 2) continue;
        if (find_in_file(Tcl_GetString(pair[0]), Tcl_GetString(pair[1]), name, body, n, p)) return true;
    }
    return false;
}

/* --- the procedure --- */

/* The bodies of the procedures of that name, which Tcl gives as it was called, perhaps without its namespace. Those of kamsh and
 * of Tcl's library are none of the user's. */
static const char bodies_script[] =
    "apply {{name} {\n"
    "    set bodies {}\n"
    "    set spaces ::\n"
    "    while {[llength $spaces]} {\n"
    "        set spaces [lassign $spaces space]\n"
    "        lappend spaces {*}[namespace children $space]\n"
    "        foreach p [info procs [string trimright $space :]::[string trimleft $name :]] {\n"
    "            if {[string match {::kam::*} $p] || [string match {::tcl::*} $p] || [string match {::auto_*} $p] ||\n"
    "                $p in {::unknown ::parray ::tclLog ::tclPkgUnknown ::tclPkgSetup}} continue\n"
    "            lappend bodies [info body $p]\n"
    "        }\n"
    "    }\n"
    "    return $bodies\n"
    "}}";

static Tcl_Obj *bodies_of(Tcl_Interp *interp, const char *name)
{
    Tcl_Obj *call[] = {Tcl_NewStringObj(bodies_script, -1), Tcl_NewStringObj(name, -1)}, *script = Tcl_ConcatObj(1, call), *found = NULL;
    Tcl_IncrRefCount(script);
    Tcl_ListObjAppendElement(NULL, script, call[1]);
    Tcl_InterpState state = Tcl_SaveInterpState(interp, TCL_OK);
    if (Tcl_EvalObjEx(interp, script, TCL_EVAL_GLOBAL | TCL_EVAL_DIRECT) == TCL_OK) {
        found = Tcl_GetObjResult(interp);
        Tcl_IncrRefCount(found);
    }
    Tcl_RestoreInterpState(interp, state);
    Tcl_DecrRefCount(script);
    return found;
}

static bool locate(Tcl_Interp *interp, const char *info, const char *origin, const char *text, const char *name, int n, main_error_place *p)
{
    Tcl_Obj *bodies = bodies_of(interp, name), **body;
    int count = 0;
    bool found = false;
    kam_str hold = KAM_STR_INIT;
    if (bodies && Tcl_ListObjGetElements(NULL, bodies, &count, &body) != TCL_OK) count = 0;
    for (int i = 0; i < count && !found; i++) found = find_anywhere(interp, info, origin, text, name, cmd_value_text(body[i], &hold), n, p);
    if (!found && count == 1) {
        kam_str b = KAM_STR_INIT;
        kam_str_addf(&b, "proc %s", name);
        p->origin = kam_str_detach(&b);
        p->text = kam_strdup(cmd_value_text(body[0], &hold));
        p->line = main_error_line(p->text, n);
        found = p->line != NULL;
        if (!found) main_error_place_release(p);
    }
    kam_str_release(&hold);
    if (bodies) Tcl_DecrRefCount(bodies);
    return found;
}

bool main_error_proc(Tcl_Interp *interp, const char *info, const char *origin, const char *text, main_error_place *p)
{
    const char *file = strstr(info, "\n    (file \"");
    for (const char *at = info; (at = strstr(at, "\n    (procedure \"")) != NULL && (!file || at < file); at++) {
        char *name = NULL;
        int line = 0;
        bool found = main_error_frame(at + 5, "procedure", &name, &line) && locate(interp, info, origin, text, name, line, p);
        kam_free(name);
        if (found) return true;
    }
    return false;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_unknown: what happens to a word that is no command. Tcl's own `unknown` would run programs of the system at a
 * prompt and names neither what is near nor a code of ours; this one loads what packages promise, then refuses. */
#include "cmd_bind.h"
#include "cmd_session_int.h"
#include "cmd_value.h"
#include "kam_str.h"
#include <string.h>

/* A package may promise to define the command when it is first used. */
static int load(Tcl_Interp *interp, Tcl_Obj *name, bool *loaded)
{
    Tcl_CmdInfo info;
    *loaded = false;
    if (!Tcl_GetCommandInfo(interp, "auto_load", &info)) return TCL_OK;
    Tcl_Obj *words[] = {Tcl_NewStringObj("::auto_load", -1), name};
    for (int i = 0; i < 2; i++) Tcl_IncrRefCount(words[i]);
    int code = Tcl_EvalObjv(interp, 2, words, TCL_EVAL_GLOBAL), yes = 0;
    if (code == TCL_OK) Tcl_GetBooleanFromObj(NULL, Tcl_GetObjResult(interp), &yes);
    for (int i = 0; i < 2; i++) Tcl_DecrRefCount(words[i]);
    *loaded = yes != 0;
    return code;
}

/* `list`: a script that gives the names there are. */
static void add_nearest(Tcl_Interp *interp, const char *list_names, const char *word, kam_err *err)
{
    Tcl_Obj **el = NULL, *list = NULL;
    int n = 0;
    if (Tcl_EvalEx(interp, list_names, -1, TCL_EVAL_GLOBAL) != TCL_OK) return;
    list = Tcl_GetObjResult(interp);
    Tcl_IncrRefCount(list);
    if (Tcl_ListObjGetElements(NULL, list, &n, &el) == TCL_OK) {
        const char **names = kam_calloc((size_t)n + 1, sizeof *names);
        for (int i = 0; i < n; i++) names[i] = Tcl_GetString(el[i]);
        kam_err_nearest(err, word, names, (size_t)n);
        kam_free(names);
    }
    Tcl_DecrRefCount(list);
    Tcl_ResetResult(interp);
}

static int unknown_proc(ClientData data, Tcl_Interp *interp, int objc, Tcl_Obj *const objv[])
{
    cmd_session *s = data;
    bool loaded = false;
    if (objc < 2) return TCL_OK;
    int code = load(interp, objv[1], &loaded);
    if (code != TCL_OK) return code;
    if (loaded) return Tcl_EvalObjv(interp, objc - 1, objv + 1, 0);
    kam_err err = KAM_ERR_INIT;
    kam_str hold = KAM_STR_INIT;
    const char *word = cmd_value_text(objv[1], &hold);
    static const char functions[] = "tcl::mathfunc::"; /* where expr looks for max(…) */
    bool function = kam_str_starts(word, functions);
    if (function) {
        word += strlen(functions);
        kam_err_set(&err, KAM_NOTFOUND, "there is no function \"%.100s\" for expressions", word);
        add_nearest(interp, "info functions", word, &err);
    } else {
        kam_err_set(&err, KAM_NOTFOUND, "there is no command \"%.100s\"", word);
        add_nearest(interp, "info commands", word, &err);
        kam_err_append(&err, "; help lists them");
    }
    kam_err_word(&err, function ? "function" : "command");
    kam_err_word(&err, word);
    kam_str_release(&hold);
    return cmd_value_error(s, &err);
}

void cmd_unknown_create(cmd_session *s)
{
    Tcl_CreateObjCommand(s->interp, "::unknown", unknown_proc, s, NULL);
}

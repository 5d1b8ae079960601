/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The argument binder: the first line names a command ("account list"; any other text chooses one), every further line
 * is a word. All commands are bound; those that only read, and take neither scripts nor expressions, are run as well.
 * Every error has a code of ours and says something; a word is also tried as a period. */
#include "fuzz.h"
#include "cmd_bind.h"
#include "cmd_session.h"
#include "kam_mem.h"
#include "kam_str.h"
#include "kam_utf8.h"
#include <string.h>

enum { MOST_WORDS = 40 };

static cmd_session *session(Tcl_Interp **interp)
{
    static Tcl_Interp *tcl;
    static cmd_session *s;
    static const char setup[] = "namespace eval ::kam {variable datadir /}; " /* which main sets */
                                "account add A1 -name 华为技术; account add A2 -name {Nord Pumps}; product add P1 -name Pump; "
                                "contact add C1 -account A1 -name 李雷; "
                                "transaction add -account A1 -date 2025-01-02 -amount 10.5; "
                                "transaction add -account A1 -date 2025-03-02 -amount 20";
    if (!s) {
        kam_err err = KAM_ERR_INIT;
        cmd_start_options o = {.asof = "2025-06-30", .lang = "en", .format = "tsv"};
        Tcl_FindExecutable(NULL);
        tcl = Tcl_CreateInterp();
        FUZZ_MUST(Tcl_Init(tcl) == TCL_OK);
        if (cmd_start(tcl, &o, &s, &err) != KAM_OK) KAM_BUG("%s", err.msg);
        if (Tcl_Eval(tcl, setup) != TCL_OK) KAM_BUG("%s", Tcl_GetStringResult(tcl));
    }
    *interp = tcl;
    return s;
}

static const cmd_spec *choose(cmd_session *s, const char *name)
{
    size_t n, sum = 0;
    const cmd_spec *c = cmd_spec_find(s, name);
    const cmd_spec *const *all = cmd_spec_list(s, &n);
    for (const char *p = name; *p; p++) sum = sum * 31 + (unsigned char)*p;
    return c ? c : all[sum % n];
}

/* Writing to standard output would disturb whoever reads ours; a script could do anything. */
static bool harmless(const cmd_spec *c)
{
    if (c->effect != CMD_READS || kam_streq(c->name, "show") || kam_streq(c->name, "sql")) return false;
    for (const cmd_arg *a = c->args; a && a->name; a++)
        if (a->kind == CMD_SCRIPT || a->kind == CMD_EXPR || a->kind == CMD_FILE) return false;
    return true;
}

static void bind(cmd_session *s, const cmd_spec *c, int n, Tcl_Obj **word)
{
    cmd_bound b;
    kam_err err = KAM_ERR_INIT;
    memset(&b, 0, sizeof b);
    kam_rc rc = cmd_bind(s, c, n, word, &b, &err);
    FUZZ_MUST(rc == err.code);
    if (rc != KAM_OK) FUZZ_MUST(err.msg[0] && err.n_words > 0 && kam_utf8_valid(err.msg, strlen(err.msg)));
    cmd_bound_release(&b);
}

static void run(Tcl_Interp *interp, const cmd_spec *c, int n, Tcl_Obj **word)
{
    Tcl_Obj *command = Tcl_NewStringObj(c->name, -1), *list = Tcl_NewListObj(0, NULL), *code;
    Tcl_IncrRefCount(list);
    Tcl_IncrRefCount(command);
    FUZZ_MUST(Tcl_ListObjAppendList(interp, list, command) == TCL_OK);
    for (int i = 0; i < n; i++) Tcl_ListObjAppendElement(interp, list, word[i]);
    int rc = Tcl_EvalObjEx(interp, list, TCL_EVAL_GLOBAL | TCL_EVAL_DIRECT);
    FUZZ_MUST(rc == TCL_OK || rc == TCL_ERROR);
    if (rc == TCL_ERROR) {
        code = Tcl_GetVar2Ex(interp, "errorCode", NULL, TCL_GLOBAL_ONLY);
        if (!code || strncmp(Tcl_GetString(code), "KAM ", 4) != 0)
            KAM_BUG("%s: error code %s: %s", c->name, code ? Tcl_GetString(code) : "?", Tcl_GetStringResult(interp));
        FUZZ_MUST(Tcl_GetStringResult(interp)[0]);
    }
    Tcl_DecrRefCount(command);
    Tcl_DecrRefCount(list);
    Tcl_ResetResult(interp);
}

static void period(const char *w)
{
    cmd_period p = {false, 0, 0, 0};
    if (!cmd_period_parse(w, 20000, &p)) return;
    FUZZ_MUST(p.set && p.first <= p.last && p.days == p.last - p.first + 1);
    FUZZ_MUST(p.first >= KAM_DAY_MIN && p.last <= KAM_DAY_MAX);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Tcl_Interp *interp;
    cmd_session *s = session(&interp);
    size_t len;
    char *text = kam_utf8_repair((const char *)data, size, &len), *next = strchr(text, '\n');
    Tcl_Obj *word[MOST_WORDS];
    int n = 0;
    if (next) *next++ = '\0';
    const cmd_spec *c = choose(s, text);
    while (next && *next && n < MOST_WORDS) {
        char *end = strchr(next, '\n');
        if (end) *end++ = '\0';
        period(next);
        word[n] = Tcl_NewStringObj(next, -1);
        Tcl_IncrRefCount(word[n++]);
        next = end;
    }
    bind(s, c, n, word);
    if (harmless(c)) run(interp, c, n, word);
    for (int i = 0; i < n; i++) Tcl_DecrRefCount(word[i]);
    kam_free(text);
    return 0;
}

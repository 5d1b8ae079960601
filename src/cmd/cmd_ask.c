/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cmd_ask.h"
#include "cmd_log.h"
#include "cmd_value.h"
#include "kam_mem.h"
#include "kam_str.h"
#include "store.h"
#include <stdio.h>

static const char ask_name[] = "::kam::prompt::ask";

bool cmd_ask_possible(cmd_session *s)
{
    return Tcl_FindCommand(cmd_session_interp(s), ask_name, NULL, TCL_GLOBAL_ONLY) != NULL;
}

kam_rc cmd_ask_line(cmd_session *s, const char *question, char **answer, kam_err *err)
{
    if (!cmd_ask_possible(s)) return kam_err_set(err, KAM_USAGE, "there is nobody to ask: no command typed at the prompt is running");
    Tcl_Interp *interp = cmd_session_interp(s);
    Tcl_Obj *words[2] = {Tcl_NewStringObj(ask_name, -1), Tcl_NewStringObj(question, -1)};
    Tcl_AppendToObj(words[1], " ", 1);
    for (int i = 0; i < 2; i++) Tcl_IncrRefCount(words[i]);
    int code = Tcl_EvalObjv(interp, 2, words, TCL_EVAL_GLOBAL);
    for (int i = 0; i < 2; i++) Tcl_DecrRefCount(words[i]);
    if (code != TCL_OK) {
        Tcl_ResetResult(interp);
        return kam_err_set(err, KAM_INTERRUPT, "interrupted");
    }
    kam_str hold = KAM_STR_INIT;
    char *copy = kam_strdup(cmd_value_text(Tcl_GetObjResult(interp), &hold));
    kam_str_release(&hold);
    Tcl_ResetResult(interp);
    *answer = kam_strdup(kam_strtrim(copy));
    kam_free(copy);
    return KAM_OK;
}

kam_rc cmd_ask_until(cmd_session *s, const char *question, cmd_ask_check check, void *ctx, char **answer, kam_err *err)
{
    for (;;) {
        kam_rc rc = cmd_ask_line(s, question, answer, err);
        if (rc || !**answer) return rc;
        kam_err wrong = KAM_ERR_INIT;
        if (check(ctx, *answer, &wrong) == KAM_OK) return KAM_OK;
        kam_free(*answer);
        *answer = NULL;
        fprintf(stderr, "%s\n", kam_err_text(&wrong, cmd_session_lang(s) == CMD_LANG_ZH)); /* part of the talk, as the question is */
    }
}

kam_rc cmd_ask_nobody(const char *command, const char *options, kam_err *err)
{
    kam_err_set(err, KAM_USAGE, "%s: nobody can be asked outside the prompt; give the answers as options: %s", command, options);
    return kam_err_word(err, command);
}

kam_rc cmd_ask_removal(cmd_session *s, const char *command, int64_t n, bool yes, kam_err *err)
{
    if (n <= 1 || yes || store_in_what_if(cmd_session_store(s))) return KAM_OK;
    if (!cmd_ask_possible(s)) {
        kam_err_set(err, KAM_CONSTRAINT, "%s: this would remove %lld records; look with -dryrun, then give -yes", command, (long long)n);
        return kam_err_word(err, "confirm");
    }
    bool zh = cmd_session_lang(s) == CMD_LANG_ZH;
    kam_str question = KAM_STR_INIT;
    kam_str_addf(&question, zh ? "%s：将删除 %lld 条记录（%s 可恢复）。y = 删除，其他 = 不删：" : "%s: this removes %lld records (%s brings them back). y = remove them, anything else = no:",
                 command, (long long)n, kam_streq(command, "undo") ? "redo" : "undo");
    char *answer = NULL;
    kam_rc rc = cmd_ask_line(s, question.s, &answer, err);
    kam_str_release(&question);
    if (rc != KAM_OK) return rc;
    bool agreed = kam_streq(answer, "y") || kam_streq(answer, "yes") || kam_streq(answer, "是");
    kam_free(answer);
    if (agreed) cmd_log_confirmed(s);
    return agreed ? KAM_OK : kam_err_set(err, KAM_INTERRUPT, "%s: not confirmed; nothing was changed", command);
}

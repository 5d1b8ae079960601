/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_watch: a question asked again and again, until ^C. */
#include "cmd_session_int.h"
#include "cmd_spec.h"
#include "cmd_value.h"
#include "kam_str.h"
#include <math.h>
#include <stddef.h>
#include <stdio.h>

struct watch_args {
    double seconds;
    Tcl_Obj *script;
    int64_t times;
};

/* What the script returned, as the prompt would show it, under the time of day. */
static kam_rc show_once(cmd_session *s, bool first, kam_err *err)
{
    Tcl_Channel chan = Tcl_GetStdChannel(TCL_STDOUT);
    Tcl_Obj *value = Tcl_GetObjResult(s->interp);
    char clock[CMD_CLOCK_MAX], *text = NULL;
    Tcl_IncrRefCount(value);
    kam_rc rc = cmd_session_present(s, value, s->interactive, &text, err);
    Tcl_DecrRefCount(value);
    if (rc != KAM_OK) return rc;
    kam_str b = KAM_STR_INIT;
    cmd_session_clock(clock);
    /* Programs that read on get the values alone. */
    if (s->interactive) kam_str_addf(&b, "%s%s\n", first ? "" : "\n", clock);
    kam_str_add(&b, text);
    bool bad = !chan || Tcl_WriteChars(chan, kam_str_cstr(&b), -1) < 0 || Tcl_Flush(chan) != TCL_OK;
    kam_str_release(&b);
    kam_free(text);
    if (!bad) return KAM_OK;
    kam_err_set(err, KAM_IO, "watch: cannot write to standard output");
    return kam_err_word(err, "stdout");
}

/* Tcl's own `after` waits, since ^C ends it. */
static kam_rc wait_for(cmd_session *s, double seconds, kam_err *err)
{
    kam_str b = KAM_STR_INIT;
    kam_str_addf(&b, "::after %lld", llround(seconds * 1000));
    int code = Tcl_EvalEx(s->interp, b.s, (int)b.len, TCL_EVAL_GLOBAL);
    kam_str_release(&b);
    return code == TCL_OK ? KAM_OK : cmd_value_from_tcl(s, code, err);
}

static kam_rc watch_run(cmd_session *s, const void *args, cmd_value *out, kam_err *err)
{
    const struct watch_args *a = args;
    kam_rc rc = KAM_OK;
    (void)out;
    for (int64_t i = 0; rc == KAM_OK && (a->times == 0 || i < a->times); i++) {
        if (i > 0) rc = wait_for(s, a->seconds, err);
        if (rc != KAM_OK) break;
        int code = Tcl_EvalObjEx(s->interp, a->script, 0); /* in the caller's scope, as the body of a loop */
        if (code != TCL_OK && code != TCL_RETURN) {
            if (code == TCL_BREAK) break;
            return cmd_value_from_tcl(s, code, err);
        }
        rc = show_once(s, i == 0, err);
    }
    Tcl_ResetResult(s->interp);
    return rc;
}

static const cmd_arg watch_arg[] = {
    {.name = "seconds", .kind = CMD_REAL, .offset = offsetof(struct watch_args, seconds), .flags = CMD_REQUIRED, .min = 0.01, .max = 86400,
     .help = {"how long to wait between two times", "两次之间等待的秒数"}},
    {.name = "script", .kind = CMD_SCRIPT, .offset = offsetof(struct watch_args, script), .flags = CMD_REQUIRED,
     .help = {"what to do each time; `break` ends it", "每次执行的脚本；break 结束"}},
    {.name = "-times", .kind = CMD_INT, .offset = offsetof(struct watch_args, times), .def = "0", .min = 0, .max = 1e9,
     .help = {"so many times; 0: until ^C", "次数；0 为直到按 ^C"}},
    CMD_ARGS_END};

static const cmd_example watch_examples[] = {
    {{"Twice, a hundredth of a second apart.", "执行两次，间隔百分之一秒。"}, "set n 0; watch 0.01 {incr n; set none {}} -times 2; set n", "2"},
    {{"Until something has come true.", "直到条件成立。"}, "set n 0; watch 0.01 {if {[incr n] == 3} break; set none {}}; set n", "3"},
    CMD_EXAMPLES_END};

const cmd_spec cmd_watch_spec = {
    .name = "watch",
    .summary = {"Show something again and again.", "反复执行并显示。"},
    .detail = {"Evaluates the script, shows its value as the prompt does, waits, and begins again, until ^C, an error, `break` or -times. "
               "Another program may write to the same database meanwhile; each time sees what is there then.",
               "执行脚本，按提示符的方式显示结果，等待后再来，直到按 ^C、出错、break 或达到 -times。其间其他程序可写同一数据库，每次看到的是当时的数据。"},
    .effect = CMD_CONTROLS,
    .args_size = sizeof(struct watch_args),
    .args = watch_arg,
    .returns = {"nothing", "无"},
    .examples = watch_examples,
    .run = watch_run,
    .topic = "session"};

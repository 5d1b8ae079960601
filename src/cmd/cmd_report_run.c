/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_report_run: templates and handouts by name. What a template is and how it is found and evaluated is written in Tcl
 * (scripts/kam/template.tcl), because templates are Tcl; here are only the records and the hand-over. */
#include "cmd_report.h"
#include "cmd_session_int.h"
#include "cmd_spec.h"
#include "cmd_value.h"
#include "cmd_worker.h"
#include "kam_date.h"
#include <stddef.h>
#include <string.h>

static const char *const LANGS[] = {"en", "zh", NULL};
static const char *const EDITIONS[] = {"participant", "trainer", NULL};

extern const char cmd_template_script[]; /* scripts/kam/template.tcl and handout.tcl */

kam_rc cmd_report_need(cmd_session *s, kam_err *err)
{
    Tcl_Interp *interp = cmd_session_interp(s);
    if (Tcl_FindNamespace(interp, "::kam::template", NULL, 0)) return KAM_OK;
    int code = Tcl_EvalEx(interp, cmd_template_script, -1, TCL_EVAL_GLOBAL);
    return code == TCL_OK ? KAM_OK : cmd_value_from_tcl(s, code, err);
}

/* Calls ::kam::template::PROC word…; its value is the interpreter's result. Takes the words. */
static kam_rc evaluate(cmd_session *s, const char *proc, int n, Tcl_Obj **word, kam_err *err)
{
    Tcl_Interp *interp = cmd_session_interp(s);
    Tcl_Obj *list = Tcl_NewListObj(0, NULL);
    Tcl_IncrRefCount(list);
    kam_rc rc = cmd_report_need(s, err);
    Tcl_Obj *name = Tcl_NewStringObj("::kam::template::", -1);
    Tcl_AppendToObj(name, proc, -1);
    Tcl_ListObjAppendElement(NULL, list, name);
    for (int i = 0; i < n; i++) Tcl_ListObjAppendElement(NULL, list, word[i]);
    int code = rc ? TCL_OK : Tcl_EvalObjEx(interp, list, TCL_EVAL_DIRECT | TCL_EVAL_GLOBAL);
    Tcl_DecrRefCount(list);
    if (rc) return rc;
    return code == TCL_OK ? KAM_OK : cmd_value_from_tcl(s, code, err);
}

static kam_rc call(cmd_session *s, const char *proc, int n, Tcl_Obj **word, cmd_value *out, kam_err *err)
{
    kam_rc rc = evaluate(s, proc, n, word, err);
    if (!rc) cmd_value_set_obj(out, Tcl_GetObjResult(cmd_session_interp(s)));
    return rc;
}

/* The same, with the questions a template asks answered in the language of the report. */
static kam_rc call_words(cmd_session *s, int lang, const char *proc, int n, Tcl_Obj **word, cmd_value *out, kam_err *err)
{
    int before = cmd_session_lang(s), reads = cmd_session_reader(s);
    bool within = s->has_reader; /* a report that runs a report */
    Tcl_Interp *interp = cmd_session_interp(s);
    kam_rc rc = cmd_report_need(s, err);
    Tcl_SetVar2(interp, "::kam::template::person", NULL, reads == CMD_LANG_ZH ? "zh" : "en", TCL_GLOBAL_ONLY);
    s->has_reader = true;
    s->reader = reads;
    if (lang >= 0) cmd_session_set_lang(s, lang == 0 ? CMD_LANG_EN : CMD_LANG_ZH);
    if (!rc) rc = call(s, proc, n, word, out, err);
    cmd_session_set_lang(s, before);
    s->has_reader = within;
    if (!within) Tcl_SetVar2(interp, "::kam::template::person", NULL, "", TCL_GLOBAL_ONLY);
    return rc;
}

static kam_rc call_in(cmd_session *s, int lang, const char *proc, Tcl_Obj **word, cmd_value *out, kam_err *err)
{
    return call_words(s, lang, proc, 2, word, out, err);
}

bool cmd_report_ask(cmd_session *s, const char *proc, const char *const *word, int n, Tcl_Obj **out)
{
    Tcl_Interp *interp = cmd_session_interp(s);
    kam_err err = KAM_ERR_INIT;
    Tcl_Obj *objs[4];
    Tcl_InterpState before = Tcl_SaveInterpState(interp, TCL_OK);
    for (int i = 0; i < n && i < 4; i++) objs[i] = Tcl_NewStringObj(word[i], -1);
    bool ok = evaluate(s, proc, n, objs, &err) == KAM_OK;
    if (ok) Tcl_IncrRefCount(*out = Tcl_GetObjResult(interp));
    Tcl_RestoreInterpState(interp, before);
    kam_err_clear(&err);
    return ok;
}

static void put(Tcl_Obj *dict, const char *key, Tcl_Obj *value)
{
    Tcl_DictObjPut(NULL, dict, Tcl_NewStringObj(key, -1), value);
}
static void put_text(Tcl_Obj *dict, const char *key, const char *value)
{
    if (value) put(dict, key, Tcl_NewStringObj(value, -1));
}
static void put_common(cmd_session *s, Tcl_Obj *dict, int lang, const char *theme, kam_day asof, const char *outfile)
{
    char day[KAM_DATE_MAX];
    kam_day_format(asof, day);
    put_text(dict, "lang", lang < 0 ? (cmd_session_lang(s) == CMD_LANG_ZH ? "zh" : "en") : LANGS[lang]);
    put_text(dict, "theme", theme);
    put_text(dict, "asof", day);
    put_text(dict, "out", outfile);
}
static void put_tagged(Tcl_Obj *dict, int tagged)
{
    if (tagged >= 0) put_text(dict, "tagged", cmd_report_no_yes[tagged]);
}

#define ARG_LANG(type)                                                                                         \
    {.name = "-lang", .kind = CMD_ENUM, .offset = offsetof(type, lang), .values = LANGS,                       \
     .help = {"language (default: the session's)", "语言（默认：会话语言）"}}
#define ARG_THEME(type)                                                                                        \
    {.name = "-theme", .kind = CMD_STRING, .offset = offsetof(type, theme), .def = "screen",                    \
     .help = {"`screen`, `print` (black and white), or a dict of values; see `report begin`",                   \
              "screen 彩色、print 黑白，或取值字典，见 report begin"}}

/* --- report run ----------------------------------------------------------------------------------------------- */
struct run_args {
    const char *name, *out, *each;
    cmd_ref account;
    int lang, tagged;
    const char *theme;
    kam_day asof;
    cmd_words with, where;
    Tcl_Obj *among;
    bool trusted;
    int64_t jobs, seconds, memory;
};
/* The codes of -among: those of a table's column account, or code; or a list of codes as it is. */
static kam_rc codes_among(cmd_session *s, Tcl_Obj *among, Tcl_Obj **codes, kam_err *err)
{
    Tcl_Obj **element;
    int n = 0, words = 0;
    if (!cmd_value_is_table(among)) {
        if (Tcl_ListObjGetElements(NULL, among, &n, &element) != TCL_OK) {
            kam_err_set(err, KAM_USAGE, "report run: -among wants a table or a list of codes");
            return kam_err_word(err, "-among");
        }
        while (words < n && !strpbrk(Tcl_GetString(element[words]), " \t\n{}")) words++;
        if (words == n) {
            *codes = Tcl_NewListObj(n, element);
            return KAM_OK;
        }
    }
    kam_table *t = NULL;
    kam_rc rc = cmd_value_table_get(s, among, &t, err);
    if (rc != KAM_OK) return rc;
    int column = kam_table_index(t, "account");
    if (column < 0) column = kam_table_index(t, "code");
    if (column < 0 && kam_table_rows(t)) {
        kam_table_unref(t);
        kam_err_set(err, KAM_USAGE, "report run: the table of -among has neither a column account nor a column code");
        return kam_err_word(err, "-among");
    }
    *codes = Tcl_NewListObj(0, NULL);
    char buf[KAM_CELL_MAX];
    for (size_t i = 0; column >= 0 && i < kam_table_rows(t); i++)
        if (!kam_col_missing(kam_table_column(t, (size_t)column), i))
            Tcl_ListObjAppendElement(NULL, *codes, Tcl_NewStringObj(kam_table_cell(t, (size_t)column, i, buf), -1));
    kam_table_unref(t);
    return KAM_OK;
}
/* -where and -among choose among the accounts of -each. */
static kam_rc put_choice(cmd_session *s, const struct run_args *a, Tcl_Obj *dict, kam_err *err)
{
    if (!a->each && (a->where.n || a->among)) {
        kam_err_set(err, KAM_USAGE, "report run: %s chooses accounts for -each account", a->where.n ? "-where" : "-among");
        return kam_err_word(err, a->where.n ? "-where" : "-among");
    }
    if (a->where.n) {
        Tcl_Obj *list = Tcl_NewListObj(0, NULL);
        for (size_t i = 0; i < a->where.n; i++) Tcl_ListObjAppendElement(NULL, list, Tcl_NewStringObj(a->where.word[i], -1));
        put(dict, "where", list);
    }
    Tcl_Obj *codes = NULL;
    kam_rc rc = a->among ? codes_among(s, a->among, &codes, err) : KAM_OK;
    if (codes) put(dict, "among", codes);
    return rc;
}
static kam_rc run_run(cmd_session *s, const void *args, cmd_value *out, kam_err *err)
{
    const struct run_args *a = args;
    Tcl_Obj *dict = Tcl_NewDictObj();
    put_common(s, dict, a->lang, a->theme, a->asof, a->out);
    put_tagged(dict, a->tagged);
    if (a->account.id) put_text(dict, "account", a->account.code);
    put_text(dict, "each", a->each);
    put(dict, "trusted", Tcl_NewBooleanObj(a->trusted));
    put(dict, "jobs", Tcl_NewWideIntObj(a->jobs));
    put(dict, "seconds", Tcl_NewWideIntObj(a->seconds));
    put(dict, "memory", Tcl_NewWideIntObj(a->memory));
    kam_rc rc = put_choice(s, a, dict, err);
    if (rc == KAM_OK && a->with.n % 2) {
        kam_err_set(err, KAM_USAGE, "report run: -with takes pairs: parameter value …");
        rc = kam_err_word(err, "report run");
    }
    if (rc != KAM_OK) {
        Tcl_DecrRefCount(dict);
        return rc;
    }
    for (size_t i = 0; i + 1 < a->with.n; i += 2) put_text(dict, a->with.word[i], a->with.word[i + 1]);
    Tcl_Obj *word[] = {Tcl_NewStringObj(a->name, -1), dict};
    bool within = s->batch;
    s->batch = true;
    rc = call_in(s, a->lang, "run", word, out, err);
    s->batch = within;
    if (!within) cmd_worker_leave(s); /* one is left only when the pool was left in a hurry */
    return rc;
}
static const char *const EACH[] = {"account", NULL};
static const cmd_arg run_args_[] = {
    {.name = "template", .kind = CMD_STRING, .offset = offsetof(struct run_args, name), .flags = CMD_REQUIRED,
     .help = {"name of a template (see `report list`), or a template file", "模板名（见 report list）或模板文件"}},
    {.name = "-account", .kind = CMD_REF, .offset = offsetof(struct run_args, account), .of = "account",
     .help = {"the account it is about", "对象客户"}},
    ARG_LANG(struct run_args),
    {.name = "-out", .kind = CMD_FILE, .offset = offsetof(struct run_args, out),
     .help = {"file to write, or a folder (with -each); default: TEMPLATE-ACCOUNT.LANG.pdf here",
              "输出文件；配合 -each 时为文件夹。默认：当前目录下 模板-客户.语言.pdf"}},
    {.name = "-each", .kind = CMD_STRING, .offset = offsetof(struct run_args, each), .values = EACH,
     .help = {"`account`: one file for every account, into the folder -out", "account：每个客户一个文件，写入 -out 文件夹"}},
    {.name = "-where", .kind = CMD_STRING, .offset = offsetof(struct run_args, where), .flags = CMD_MANY, .of = "account",
     .help = {"with -each: only accounts with FIELD OP VALUE, as in `account list`; may be repeated, all must hold",
              "配合 -each：只为满足“字段 运算符 值”的客户，同 account list；可重复，须全部满足"}},
    {.name = "-among", .kind = CMD_VALUE, .offset = offsetof(struct run_args, among),
     .help = {"with -each: only these accounts, in their order: a list of codes, or a table with a column account (or code)",
              "配合 -each：只为这些客户，按其次序：代码列表，或带 account（或 code）列的表"}},
    ARG_THEME(struct run_args),
    REPORT_TAGGED(struct run_args),
    {.name = "-trusted", .kind = CMD_FLAG, .offset = offsetof(struct run_args, trusted),
     .help = {"run a template from elsewhere without confining it: it may then do whatever you may", "不加限制地运行外来模板：它将拥有你的全部权限"}},
    {.name = "-jobs", .kind = CMD_INT, .offset = offsetof(struct run_args, jobs), .def = "0", .min = 0, .max = 256,
     .help = {"with -each: worker processes; 0: one a processor", "配合 -each：工作进程数；0 为每个处理器一个"}},
    {.name = "-seconds", .kind = CMD_INT, .offset = offsetof(struct run_args, seconds), .def = "30", .min = 1, .max = 3600,
     .help = {"processor time a template from elsewhere may use", "外来模板可用的处理器时间（秒）"}},
    {.name = "-memory", .kind = CMD_INT, .offset = offsetof(struct run_args, memory), .def = "1024", .min = 256, .max = 65536,
     .help = {"memory it may use, in megabytes", "外来模板可用的内存（MB）"}},
    {.name = "-with", .kind = CMD_LIST, .offset = offsetof(struct run_args, with), .flags = CMD_OPEN,
     .help = {"further parameters of the template: name value …; `-NAME VALUE` does the same", "模板的其他参数：名称 值 …；也可直接写 -名称 值"}},
    CMD_ARG_ASOF(struct run_args),
    CMD_ARGS_END};
static const cmd_column run_columns[] = {
    {"account", KAM_TEXT, {"whom it is about", "客户"}, "-each"},
    {"file", KAM_TEXT, {"what was written", "写入的文件"}, NULL},
    {"pages", KAM_INT, {"its pages", "页数"}, NULL},
    {"bytes", KAM_INT, {"its size", "字节数"}, NULL},
    {"missing_characters", KAM_INT, {"characters no font has", "字体中缺少的字符数"}, NULL},
    CMD_REPORT_WARNINGS,
    {"error", KAM_TEXT, {"why it could not be made", "未能生成的原因"}, "-each"},
    CMD_COLUMNS_END};
static const cmd_example run_examples[] = {
    {{"a plan for each account of a class (here of none)", "为某一类的每个客户各生成一份计划（此处没有）"},
     "table rows [report run account-plan -each account -among [table where [classify] {$class eq {nobody}}] -out .]", "0"},
    {{"an unknown template names the nearest", "未知模板会提示相近的名称"}, "report run acount-plan",
     "error: KAM NOTFOUND template acount-plan"},
    CMD_EXAMPLES_END};
const cmd_spec cmd_report_run_spec = {
    .name = "report run",
    .summary = {"make a report from a template", "用模板生成报告"},
    .detail = {"The same data, the same -asof, the same fonts and library versions give the same bytes. A file appears whole or "
               "not at all. What a template declares as its parameters is typed as options: -edition customer; `report list` "
               "names them. A template that stands neither in your own folder of templates nor among the installed ones runs in a process "
               "of its own that can read the data and write its one PDF, nothing else. With -each all documents show one state of "
               "the data; one that cannot be made stands in the result with its reason, and the program ends with status 3.",
               "相同的数据、截止日期、字体与库版本得到逐字节相同的文件；文件要么完整出现，要么不出现。"
               "模板声明的参数写作选项：-edition customer；report list 列出各模板的参数。既不在个人模板目录也不在安装目录的模板，在独立"
               "进程中运行：只能读取数据并写出自己的一个 PDF。使用 -each 时所有文件取自同一数据版本；无法生成的列出原因，程序以状态 3 结束。"},
    .effect = CMD_CONTROLS,
    .args_size = sizeof(struct run_args),
    .args = run_args_,
    .columns = run_columns,
    .examples = run_examples,
    .run = run_run,
    .topic = "output"};

/* --- report list, show, check --------------------------------------------------------------------------------- */
static kam_rc run_list(cmd_session *s, const void *args, cmd_value *out, kam_err *err)
{
    (void)args;
    Tcl_Obj *word[] = {Tcl_NewStringObj(cmd_session_lang(s) == CMD_LANG_ZH ? "zh" : "en", -1)};
    return call(s, "catalogue", 1, word, out, err);
}
static const cmd_column list_columns[] = {
    {"name", KAM_TEXT, {"name to use with `report run`", "用于 report run 的名称"}, NULL},
    {"summary", KAM_TEXT, {"what it makes", "内容"}, NULL},
    {"parameters", KAM_TEXT, {"what it must be given", "所需参数"}, NULL},
    {"file", KAM_TEXT, {"where it stands", "文件位置"}, NULL},
    CMD_COLUMNS_END};
static const cmd_example list_examples[] = {
    {{"is the account plan there?", "有没有客户计划模板？"},
     "table rows [table where [report list] {$name eq \"account-plan\"}]", "1"},
    CMD_EXAMPLES_END};
const cmd_spec cmd_report_list_spec = {.name = "report list",
                                  .summary = {"the templates at hand", "可用的模板"},
                                  .detail = {"Your own folder of templates (~/.config/kamsh/templates) comes before those installed.",
                                             "个人模板目录（~/.config/kamsh/templates）优先于安装目录。"},
                                  .effect = CMD_READS,
                                  .columns = list_columns,
                                  .examples = list_examples,
                                  .run = run_list,
                                  .topic = "output"};

struct name_args {
    const char *name;
};
static const cmd_arg name_args_[] = {{.name = "template", .kind = CMD_STRING, .offset = offsetof(struct name_args, name),
                                      .flags = CMD_REQUIRED, .help = {"its name or file", "模板名或文件"}},
                                     CMD_ARGS_END};
static kam_rc run_show(cmd_session *s, const void *args, cmd_value *out, kam_err *err)
{
    Tcl_Obj *word[] = {Tcl_NewStringObj(((const struct name_args *)args)->name, -1)};
    return call(s, "source_text", 1, word, out, err);
}
static const cmd_example show_examples[] = {
    {{"its first word", "首个词"}, "expr {[string first {template account-plan} [report show account-plan]] > 0}", "1"},
    CMD_EXAMPLES_END};
const cmd_spec cmd_report_show_spec = {.name = "report show",
                                  .summary = {"the text of a template", "模板原文"},
                                  .detail = {"`report new NAME -from TEMPLATE` copies it into your own folder of templates, to be changed there.",
                                             "report new NAME -from TEMPLATE 可将其复制到个人模板目录后修改。"},
                                  .effect = CMD_READS,
                                  .args_size = sizeof(struct name_args),
                                  .args = name_args_,
                                  .returns = {"its Tcl text", "Tcl 文本"},
                                  .examples = show_examples,
                                  .run = run_show,
                                  .topic = "output"};

struct check_args {
    const char *name;
    bool run, trusted;
    int64_t seconds;
    cmd_ref account;
    int lang;
    kam_day asof;
    cmd_words with;
};
static const cmd_arg check_args_[] = {
    {.name = "template", .kind = CMD_STRING, .offset = offsetof(struct check_args, name), .flags = CMD_REQUIRED,
     .help = {"its name or file", "模板名或文件"}},
    {.name = "-run", .kind = CMD_FLAG, .offset = offsetof(struct check_args, run),
     .help = {"also lay it out, without writing a file: texts that overlap or leave the page are an error",
              "同时试排而不写文件：文字重叠或超出页面即报错"}},
    {.name = "-account", .kind = CMD_REF, .offset = offsetof(struct check_args, account), .of = "account",
     .help = {"the account it is about, with -run", "配合 -run 的对象客户"}},
    {.name = "-trusted", .kind = CMD_FLAG, .offset = offsetof(struct check_args, trusted),
     .help = {"load a file from elsewhere here and not in a confined process: loading runs it", "在本进程而非受限进程中载入外来文件：载入即运行其声明部分"}},
    {.name = "-seconds", .kind = CMD_INT, .offset = offsetof(struct check_args, seconds), .def = "30", .min = 1, .max = 3600,
     .help = {"processor time a template from elsewhere may use", "外来模板可用的处理器时间（秒）"}},
    {.name = "-with", .kind = CMD_LIST, .offset = offsetof(struct check_args, with), .flags = CMD_OPEN,
     .help = {"with -run: further parameters of the template, as in `report run`", "配合 -run：模板的其他参数，同 report run"}},
    ARG_LANG(struct check_args),
    CMD_ARG_ASOF(struct check_args),
    CMD_ARGS_END};
static kam_rc run_check(cmd_session *s, const void *args, cmd_value *out, kam_err *err)
{
    const struct check_args *a = args;
    Tcl_Obj *dict = Tcl_NewDictObj();
    if (a->run) {
        put_common(s, dict, a->lang, "screen", a->asof, NULL);
        if (a->account.id) put_text(dict, "account", a->account.code);
        for (size_t i = 0; i + 1 < a->with.n; i += 2) put_text(dict, a->with.word[i], a->with.word[i + 1]);
    }
    Tcl_Obj *word[] = {Tcl_NewStringObj(a->name, -1), dict, Tcl_NewBooleanObj(a->trusted), Tcl_NewWideIntObj(a->seconds)};
    bool within = s->checking, batch = s->batch;
    s->checking = a->run;
    s->batch = true; /* it may take a worker */
    kam_rc rc = call_words(s, a->lang, "check", 4, word, out, err);
    s->checking = within;
    s->batch = batch;
    if (!batch) cmd_worker_leave(s);
    return rc;
}
static const cmd_example check_examples[] = {
    {{"a sound template returns ok", "正常的模板返回 ok"}, "report check account-plan", "ok"}, CMD_EXAMPLES_END};
const cmd_spec cmd_report_check_spec = {.name = "report check",
                                   .summary = {"what is wrong with a template, without running it", "不运行模板而检查其中的错误"},
                                   .detail = {"Reads it: braces that do not balance; commands, subcommands, options and words of a list of words that nobody "
                                              "knows, with the nearest names; {page:NAME} without its heading. Each with its line. Then loads it: name, summary in "
                                              "both languages, parameters; a file from elsewhere in a process that may do nothing else. With -run its body runs too and "
                                              "the pages are looked over; no file is written, even where it says `report save`.",
                                              "先读原文：花括号是否配对；不存在的命令、子命令、选项与取值（提示相近的名称）；{page:名称} 是否有对应标题；均给出行号。"
                                              "再载入：名称、双语说明、参数；外来文件在受限进程中载入。加 -run 时还运行正文并检查版面；即使正文中有 report save 也不写文件。"},
                                   .effect = CMD_READS,
                                   .args_size = sizeof(struct check_args),
                                   .args = check_args_,
                                   .returns = {"ok, or an error", "ok 或错误"},
                                   .examples = check_examples,
                                   .run = run_check,
                                   .topic = "output"};

/* --- report new ----------------------------------------------------------------------------------------------- */
struct new_args {
    const char *name, *out, *from;
    bool trusted;
};
static kam_rc run_new(cmd_session *s, const void *args, cmd_value *out, kam_err *err)
{
    const struct new_args *a = args;
    Tcl_Obj *word[] = {Tcl_NewStringObj(a->name, -1), Tcl_NewStringObj(a->out ? a->out : "", -1),
                       Tcl_NewStringObj(a->from ? a->from : "", -1), Tcl_NewBooleanObj(a->trusted)};
    return call(s, "create", 4, word, out, err);
}
static const cmd_arg new_args_[] = {
    {.name = "name", .kind = CMD_STRING, .offset = offsetof(struct new_args, name), .flags = CMD_REQUIRED,
     .help = {"name of the new template: small letters, digits, dashes", "新模板名：小写字母、数字、短横线"}},
    {.name = "-from", .kind = CMD_STRING, .offset = offsetof(struct new_args, from),
     .help = {"template to copy, by name or file; without it a small commented skeleton", "要复制的模板（名称或文件）；不给则写出带注释的小骨架"}},
    {.name = "-out", .kind = CMD_FILE, .offset = offsetof(struct new_args, out),
     .help = {"file to write (default: NAME.tcl in your folder of templates)", "输出文件（默认：个人模板目录下的 NAME.tcl）"}},
    {.name = "-trusted", .kind = CMD_FLAG, .offset = offsetof(struct new_args, trusted),
     .help = {"with -from: you have read this file from elsewhere; a copy in your folder runs unconfined",
              "配合 -from：您已读过这一外来文件；放入个人模板目录的副本运行时不受限"}},
    CMD_ARGS_END};
static const cmd_example new_examples[] = {
    {{"a name must be plain", "名称须为普通字母"}, "report new {My page}", "error: KAM USAGE {report new}"},
    {{"there must be something to copy", "要复制的模板须存在"}, "report new my-plan -from acount-plan", "error: KAM NOTFOUND template acount-plan"},
    CMD_EXAMPLES_END};
const cmd_spec cmd_report_new_spec = {
    .name = "report new",
    .summary = {"a template of your own: a commented skeleton, or a copy of another one", "新建自己的模板：带注释的骨架，或另一模板的副本"},
    .detail = {"Writes a small working template with parameters, tiles, a table and a word for what is missing. With -from it is a copy of a "
               "template, the program's or yours, under the new name: it makes the same document, and its procs are its own, so that "
               "changing them changes nothing else. A file that is there already is not overwritten.",
               "写出一个可运行的小模板，含参数、关键数字、表格与缺失说明。加 -from 则以新名称复制一个模板（程序自带的或个人的）：生成的文档相同，"
               "其中的过程归副本所有，改动不影响其他模板。已有文件不会被覆盖。"},
    .effect = CMD_CONTROLS,
    .args_size = sizeof(struct new_args),
    .args = new_args_,
    .returns = {"the file", "文件名"},
    .examples = new_examples,
    .run = run_new,
    .topic = "output"};

/* --- handout -------------------------------------------------------------------------------------------------- */
struct handout_args {
    cmd_words modules;
    int edition, lang, tagged;
    const char *theme;
    bool live, names;
    int64_t seed;
    kam_day asof;
    const char *out;
};
static kam_rc run_handout(cmd_session *s, const void *args, cmd_value *out, kam_err *err)
{
    const struct handout_args *a = args;
    Tcl_Obj *dict = Tcl_NewDictObj();
    Tcl_Obj *modules = Tcl_NewListObj(0, NULL);
    for (size_t i = 0; i < a->modules.n; i++)
        Tcl_ListObjAppendElement(NULL, modules, Tcl_NewStringObj(a->modules.word[i], -1));
    put_common(s, dict, a->lang, a->theme, a->asof, a->out);
    put_tagged(dict, a->tagged);
    put_text(dict, "edition", EDITIONS[a->edition]);
    put(dict, "live", Tcl_NewBooleanObj(a->live));
    put(dict, "names", Tcl_NewBooleanObj(a->names));
    put(dict, "seed", Tcl_NewWideIntObj(a->seed));
    Tcl_Obj *word[] = {modules, dict};
    return call_in(s, a->lang, "handout", word, out, err);
}
static const cmd_arg handout_args_[] = {
    {.name = "modules", .kind = CMD_STRING, .offset = offsetof(struct handout_args, modules), .flags = CMD_REQUIRED | CMD_REST,
     .help = {"one or more modules, or `list` for what there is", "一个或多个课程模块；list 列出全部"}},
    {.name = "-edition", .kind = CMD_ENUM, .offset = offsetof(struct handout_args, edition), .values = EDITIONS,
     .def = "participant",
     .help = {"participant (room to write) or trainer (keys, timing, notes)", "participant 学员版（留白书写）或 trainer 讲师版（答案、时间、提示）"}},
    ARG_LANG(struct handout_args),
    {.name = "-live", .kind = CMD_FLAG, .offset = offsetof(struct handout_args, live),
     .help = {"exercises from the open database instead of the built-in example", "练习取自当前数据库，而非内置示例"}},
    {.name = "-names", .kind = CMD_FLAG, .offset = offsetof(struct handout_args, names),
     .help = {"with -live: print the accounts' names (else they are anonymised)", "配合 -live：印出客户名（默认匿名）"}},
    {.name = "-seed", .kind = CMD_INT, .offset = offsetof(struct handout_args, seed), .def = "1", .min = 0, .max = 2147483647,
     .help = {"which accounts an exercise draws", "练习抽样的种子"}},
    {.name = "-out", .kind = CMD_FILE, .offset = offsetof(struct handout_args, out),
     .help = {"file to write; default: handout-MODULE.LANG.pdf here", "输出文件；默认：当前目录下 handout-模块.语言.pdf"}},
    ARG_THEME(struct handout_args),
    REPORT_TAGGED(struct handout_args),
    CMD_ARG_ASOF(struct handout_args),
    CMD_ARGS_END};
static const cmd_column handout_columns[] = {
    {"file", KAM_TEXT, {"what was written", "写入的文件"}, NULL},
    {"pages", KAM_INT, {"its pages", "页数"}, NULL},
    {"bytes", KAM_INT, {"its size", "字节数"}, NULL},
    {"missing_characters", KAM_INT, {"characters no font has", "字体中缺少的字符数"}, NULL},
    CMD_REPORT_WARNINGS,
    CMD_COLUMNS_END};
static const cmd_example handout_examples[] = {
    {{"which modules are there?", "有哪些模块？"},
     "table rows [table where [handout list] {$name eq \"classification\"}]", "1"},
    CMD_EXAMPLES_END};
const cmd_spec cmd_handout_spec = {
    .name = "handout",
    .summary = {"print course material whose exercises and keys come from data", "打印课程讲义，练习与答案由数据计算"},
    .detail = {"The participant's edition has room to write; the trainer's adds timing, notes and the computed answer key under the "
               "same numbers. `handout list` names the modules.",
               "学员版留有书写空间；讲师版在同样的编号下加入时间、提示与计算所得的答案。handout list 列出模块。"},
    .effect = CMD_CONTROLS,
    .args_size = sizeof(struct handout_args),
    .args = handout_args_,
    .columns = handout_columns,
    .examples = handout_examples,
    .run = run_handout,
    .topic = "output"};

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_report: the report in the making, and the small language of templates.
 *
 * `report begin` starts a flow (src/pdf/pdf_flow.h), block commands (`report heading`, `report table` …) add to it, and
 * `report save` writes the PDF and ends it. One report is in the making per interpreter; it hangs on the interpreter and
 * dies with it. Templates are Tcl files that call these commands; `report run` (cmd_report_run.c) finds and evaluates them.
 * Texts arrive in the language of the report; column headings without a label of their own are translated here. */
#ifndef CMD_REPORT_H
#define CMD_REPORT_H
#include "cmd_spec.h"
#include "pdf_flow.h"

/* The flow in the making. KAM_USAGE when none was begun. Lent. */
kam_rc cmd_report_flow(cmd_session *s, pdf_flow **out, kam_err *err);
/* CMD_LANG_EN or CMD_LANG_ZH of the report in the making (the session's when there is none). */
int cmd_report_lang(cmd_session *s);

/* Save the report in the making and end it; *out: file, pages, bytes, missing characters, for the caller to unref. */
kam_rc cmd_report_write(cmd_session *s, const char *file, kam_table **out, kam_err *err);
/* That table, with a column of warnings where there is something to say; the caller's to unref. */
kam_table *cmd_report_made(const cmd_session *s, const char *path, const pdf_report *made);
/* Is a report in the making? */
bool cmd_report_open(cmd_session *s);
/* "screen", "print", or a dict of single values over one of them; *logo is the caller's to free. */
kam_rc cmd_report_theme(Tcl_Interp *interp, const char *text, pdf_theme *th, char **logo, kam_err *err);
/* The Tcl part of templates, loaded when it is first wanted. */
kam_rc cmd_report_need(cmd_session *s, kam_err *err);
/* For completion: the value of ::kam::template::PROC word…, with a reference held for the caller; false: an error. */
bool cmd_report_ask(cmd_session *s, const char *proc, const char *const *word, int n, Tcl_Obj **out);

/* The column of warnings, in the records of all commands that save. */
#define CMD_REPORT_WARNINGS                                                                                    \
    {"warnings", KAM_TEXT, {"characters no font has, references to no heading", "字体中没有的字符、没有对应标题的页码引用"}, "when there are any"}

/* How numbers are written; in the order of pdf_format. */
extern const char *const cmd_report_formats[];

/* Shorthand for the argument records of this family. */
#define REPORT_STR(type, field, option, en_, zh_)                                                              \
    {.name = option, .kind = CMD_STRING, .offset = offsetof(type, field), .help = {en_, zh_}}
#define REPORT_FLAG(type, field, option, en_, zh_)                                                             \
    {.name = option, .kind = CMD_FLAG, .offset = offsetof(type, field), .help = {en_, zh_}}
/* How lines stand: `type` has `int align`; in the order of pdf_para. */
#define REPORT_ALIGNS {"auto", "justified", "ragged", "centre", "right", NULL}
#define REPORT_ALIGN(type, list)                                                                               \
    {.name = "-align", .kind = CMD_ENUM, .offset = offsetof(type, align), .values = list, .def = "auto",         \
     .help = {"how its lines stand (auto: as the theme says; Han justified, Latin ragged)",                     \
              "各行的对齐（auto：按主题；中文两端对齐，西文左对齐）"}}
/* `type` has `int tagged`: -1 = as the setting says. The option's words, in their order. */
extern const char *const cmd_report_no_yes[];
#define REPORT_TAGGED(type)                                                                                    \
    {.name = "-tagged", .kind = CMD_ENUM, .offset = offsetof(type, tagged), .values = cmd_report_no_yes,        \
     .setting = "report-tagged",                                                                               \
     .help = {"`yes`: with a structure tree (headings, lists, tables, what figures show), for screen readers; default: setting report-tagged", \
              "yes：带结构标签（标题、列表、表格、图的文字说明），供读屏软件使用；默认：设置 report-tagged"}}
/* What every block command says of its result, and the example prelude. */
#define REPORT_NOTHING {"nothing; the block is added to the report in the making", "无；内容块加入正在编写的报告"}
#define REPORT_SETUP "report begin -lang en"
#endif

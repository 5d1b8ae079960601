/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_report_figure: what the records of all figures of a report share (cmd_report_chart.c, cmd_report_figure.c). */
#ifndef CMD_REPORT_FIGURE_H
#define CMD_REPORT_FIGURE_H
#include "cmd_report.h"

/* The heading of a column in the language of the report; NULL when there is no such column. Lent by the table or const. */
const char *cmd_report_title(cmd_session *s, const kam_table *t, const char *name);
/* The numbers of an option that takes `want` of them or none: out is left as it is. `command` and `option` are for the error (KAM_USAGE). */
kam_rc cmd_report_reals(const char *command, const char *option, cmd_words w, size_t want, double *out, kam_err *err);

/* The figure just added with what it says when there is nothing to draw; rc goes through. */
kam_rc cmd_report_or_say(pdf_flow *f, const char *empty, kam_rc rc);

#define FIGURE_EMPTY(type) REPORT_STR(type, empty, "-empty", "said where there is nothing to draw: what is missing", "没有可画的内容时的说明：缺少什么")
#define FIGURE_TABLE(type)                                                                                     \
    {.name = "table", .kind = CMD_TABLE, .offset = offsetof(type, table), .flags = CMD_REQUIRED,               \
     .help = {"the data", "数据表"}}
#define FIGURE_COLUMN(type, field, option, flag, en_, zh_)                                                     \
    {.name = option, .kind = CMD_COLUMN, .offset = offsetof(type, field), .flags = flag, .help = {en_, zh_}}
#define FIGURE_FORMAT(type, field, option)                                                                     \
    {.name = option, .kind = CMD_ENUM, .offset = offsetof(type, field), .values = cmd_report_formats, .def = "auto", \
     .help = {"how its numbers are written", "数字格式"}}
#define FIGURE_SPEC(id, name_, en_, zh_, detail_en, detail_zh, type, argv_, examples_, run_)                   \
    const cmd_spec id = {.name = name_,                                                                        \
                         .summary = {en_, zh_},                                                                \
                         .detail = {detail_en, detail_zh},                                                     \
                         .effect = CMD_CONTROLS,                                                               \
                         .args_size = sizeof(type),                                                            \
                         .args = argv_,                                                                        \
                         .returns = REPORT_NOTHING,                                                            \
                         .setup = REPORT_SETUP,                                                                \
                         .examples = examples_,                                                                \
                         .run = run_,                                                                          \
                         .topic = "output"}
#endif

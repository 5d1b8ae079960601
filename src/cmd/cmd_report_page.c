/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_report_page: room to write on, and the structure of pages: lines, choices, breaks, contents, columns. */
#include "cmd_report.h"
#include "cmd_session.h"
#include "cmd_value.h"
#include "kam_str.h"
#include <stddef.h>

/* --- lines --- */
struct lines_args {
    int64_t lines;
    const char *prompt;
};
static kam_rc run_lines(cmd_session *s, const void *args, cmd_value *out, kam_err *err)
{
    const struct lines_args *a = args;
    pdf_flow *f = NULL;
    (void)out;
    kam_rc rc = cmd_report_flow(s, &f, err);
    if (!rc) pdf_flow_answer_lines(f, a->prompt, (int)a->lines);
    return rc;
}
static const cmd_arg lines_args[] = {
    {.name = "lines", .kind = CMD_INT, .offset = offsetof(struct lines_args, lines), .flags = CMD_REQUIRED, .min = 1, .max = 60,
     .help = {"how many", "行数"}},
    REPORT_STR(struct lines_args, prompt, "-prompt", "the question above them", "上方的问题"),
    CMD_ARGS_END};
static const cmd_example lines_examples[] = {
    {{"room for an answer", "留出作答空间"}, "report lines 3 -prompt {What would you do this month?}", ""}, CMD_EXAMPLES_END};
const cmd_spec cmd_report_lines_spec = {.name = "report lines",
                                   .summary = {"ruled lines to write on", "书写横线"},
                                   .detail = {"8.5 mm apart, for handouts.", "行距 8.5 毫米，用于讲义。"},
                                   .effect = CMD_CONTROLS,
                                   .args_size = sizeof(struct lines_args),
                                   .args = lines_args,
                                   .returns = REPORT_NOTHING,
                                   .setup = REPORT_SETUP,
                                   .examples = lines_examples,
                                   .run = run_lines,
                                   .topic = "output"};

/* --- choices --- */
struct choices_args {
    const char *prompt;
    cmd_words choices;
};
static kam_rc run_choices(cmd_session *s, const void *args, cmd_value *out, kam_err *err)
{
    const struct choices_args *a = args;
    pdf_flow *f = NULL;
    (void)out;
    kam_rc rc = cmd_report_flow(s, &f, err);
    if (!rc) pdf_flow_choices(f, a->prompt, a->choices.word, a->choices.n);
    return rc;
}
static const cmd_arg choices_args[] = {
    {.name = "prompt", .kind = CMD_STRING, .offset = offsetof(struct choices_args, prompt), .flags = CMD_REQUIRED,
     .help = {"the question", "问题"}},
    {.name = "choices", .kind = CMD_LIST, .offset = offsetof(struct choices_args, choices), .flags = CMD_REQUIRED,
     .help = {"the answers to tick", "可勾选的答案"}},
    CMD_ARGS_END};
static const cmd_example choices_examples[] = {
    {{"yes or no", "是或否"}, "report choices {Did it buy in the last year?} {yes no}", ""}, CMD_EXAMPLES_END};
const cmd_spec cmd_report_choices_spec = {.name = "report choices",
                                     .summary = {"a question with boxes to tick", "带勾选框的问题"},
                                     .detail = {"One row of boxes, each with its text.", "一行勾选框，各有文字。"},
                                     .effect = CMD_CONTROLS,
                                     .args_size = sizeof(struct choices_args),
                                     .args = choices_args,
                                     .returns = REPORT_NOTHING,
                                     .setup = REPORT_SETUP,
                                     .examples = choices_examples,
                                     .run = run_choices,
                                     .topic = "output"};

/* --- break --- */
struct break_args {
    double unless_mm, space_mm;
    bool rule, landscape, portrait;
};
static kam_rc run_break(cmd_session *s, const void *args, cmd_value *out, kam_err *err)
{
    const struct break_args *a = args;
    pdf_flow *f = NULL;
    (void)out;
    kam_rc rc = cmd_report_flow(s, &f, err);
    if (rc) return rc;
    if (a->landscape || a->portrait) {
        if (!a->landscape != !a->portrait && pdf_flow_turn(f, a->landscape)) return KAM_OK;
        kam_err_set(err, KAM_USAGE, "report break: the paper cannot be turned within columns, nor both ways at once");
        return kam_err_word(err, "report break");
    }
    if (a->rule) pdf_flow_rule(f);
    else if (a->space_mm > 0) pdf_flow_spacer(f, PDF_MM(a->space_mm));
    else if (a->unless_mm > 0) pdf_flow_need(f, PDF_MM(a->unless_mm));
    else pdf_flow_page_break(f);
    return KAM_OK;
}
static const cmd_arg break_args[] = {
    {.name = "-unless", .kind = CMD_REAL, .offset = offsetof(struct break_args, unless_mm), .def = "0", .min = 0, .max = 400,
     .help = {"a new page only if less than so many millimetres are left", "仅当剩余不足若干毫米时换页"}},
    {.name = "-space", .kind = CMD_REAL, .offset = offsetof(struct break_args, space_mm), .def = "0", .min = 0, .max = 400,
     .help = {"no new page, only so many millimetres of room", "不换页，只留若干毫米空白"}},
    REPORT_FLAG(struct break_args, rule, "-rule", "no new page, only a hairline", "不换页，只画一条细线"),
    REPORT_FLAG(struct break_args, landscape, "-landscape", "landscape pages from here on", "此后为横向页面"),
    REPORT_FLAG(struct break_args, portrait, "-portrait", "portrait pages from here on", "此后为纵向页面"),
    CMD_ARGS_END};
static const cmd_example break_examples[] = {
    {{"a new page", "换页"}, "report break", ""},
    {{"a landscape page for a map", "为关系图改用横向页面"},
     "report break -landscape; report text Map; report break -portrait; report text On", ""},
    CMD_EXAMPLES_END};
const cmd_spec cmd_report_break_spec = {.name = "report break",
                                   .summary = {"a page break, some room, or a line", "换页、留白或分隔线"},
                                   .detail = {"Without options: a new page. Maps and wide tables stand better on landscape pages within a portrait report.",
                                              "无选项时换页。关系图与宽表格可在纵向报告中改用横向页面。"},
                                   .effect = CMD_CONTROLS,
                                   .args_size = sizeof(struct break_args),
                                   .args = break_args,
                                   .returns = REPORT_NOTHING,
                                   .setup = REPORT_SETUP,
                                   .examples = break_examples,
                                   .run = run_break,
                                   .topic = "output"};

/* --- image --- */
struct image_args {
    const char *file, *caption;
    double width_mm;
};
static kam_rc run_image(cmd_session *s, const void *args, cmd_value *out, kam_err *err)
{
    const struct image_args *a = args;
    pdf_flow *f = NULL;
    (void)out;
    kam_rc rc = cmd_report_flow(s, &f, err);
    return rc ? rc : pdf_flow_image(f, a->file, PDF_MM(a->width_mm), a->caption, err);
}
static const cmd_arg image_args[] = {
    {.name = "file", .kind = CMD_FILE, .offset = offsetof(struct image_args, file), .flags = CMD_REQUIRED,
     .help = {"a PNG or JPEG file", "PNG 或 JPEG 文件"}},
    {.name = "-width", .kind = CMD_REAL, .offset = offsetof(struct image_args, width_mm), .def = "0", .min = 0, .max = 400,
     .help = {"width in millimetres (default: 150 pixels to the inch, at most the column)", "宽度（毫米）；默认每英寸 150 像素，不超过栏宽"}},
    REPORT_STR(struct image_args, caption, "-caption", "words above it", "图题"),
    CMD_ARGS_END};
static const cmd_example image_examples[] = {
    {{"a file that is not there", "文件不存在"}, "report image no-such.png", "error: KAM NOTFOUND image no-such.png"}, CMD_EXAMPLES_END};
const cmd_spec cmd_report_image_spec = {.name = "report image",
                                   .summary = {"a picture from a file", "插入图片"},
                                   .detail = {"PNG of every kind, with transparency; JPEG as it is. A damaged file is refused.",
                                              "支持各类 PNG（含透明）与 JPEG；损坏的文件会被拒绝。"},
                                   .effect = CMD_CONTROLS,
                                   .args_size = sizeof(struct image_args),
                                   .args = image_args,
                                   .returns = REPORT_NOTHING,
                                   .setup = REPORT_SETUP,
                                   .examples = image_examples,
                                   .run = run_image,
                                   .topic = "output"};

/* --- contents --- */
struct contents_args {
    const char *title;
    int64_t levels, beyond;
};
static kam_rc run_contents(cmd_session *s, const void *args, cmd_value *out, kam_err *err)
{
    const struct contents_args *a = args;
    pdf_flow *f = NULL;
    (void)out;
    kam_rc rc = cmd_report_flow(s, &f, err);
    if (rc) return rc;
    pdf_flow_toc(f, a->title, (int)a->levels);
    pdf_flow_toc_beyond(f, (size_t)a->beyond);
    return rc;
}
static const cmd_arg contents_args[] = {
    REPORT_STR(struct contents_args, title, "-title", "its heading", "目录标题"),
    {.name = "-levels", .kind = CMD_INT, .offset = offsetof(struct contents_args, levels), .def = "2", .min = 1, .max = 3,
     .help = {"heading levels shown", "显示的标题级数"}},
    {.name = "-beyond", .kind = CMD_INT, .offset = offsetof(struct contents_args, beyond), .def = "0", .min = 0, .max = 10000,
     .help = {"only in a report of more pages than that; 0: always", "仅当全文超过该页数时列出；0 为总是列出"}},
    CMD_ARGS_END};
static const cmd_example contents_examples[] = {{{"a list of contents", "目录"}, "report contents", ""},
                                                 {{"only where there is something to look up", "仅在长文中列出"}, "report contents -levels 1 -beyond 8", ""},
                                                 CMD_EXAMPLES_END};
const cmd_spec cmd_report_contents_spec = {.name = "report contents",
                                      .summary = {"list of contents with page numbers and links", "目录，含页码与链接"},
                                      .detail = {"Made of the headings of the whole report. With -beyond it is left out of a short one; its own pages do not count.",
                                                 "由全文标题生成。给出 -beyond 时短文不列目录，目录自身的页不计。"},
                                      .effect = CMD_CONTROLS,
                                      .args_size = sizeof(struct contents_args),
                                      .args = contents_args,
                                      .returns = REPORT_NOTHING,
                                      .setup = REPORT_SETUP,
                                      .examples = contents_examples,
                                      .run = run_contents,
                                      .topic = "output"};

/* --- columns --- */
struct columns_args {
    cmd_words weights;
    cmd_objs scripts;
};
enum { COLUMNS_MAX = 4 };
static kam_rc weights_parse(const struct columns_args *a, double *w, kam_err *err)
{
    for (size_t i = 0; i < a->scripts.n; i++) {
        w[i] = 1;
        if (i < a->weights.n && (!kam_parse_real(a->weights.word[i], &w[i]) || w[i] <= 0)) {
            kam_err_set(err, KAM_USAGE, "report columns: weight `%s` is not a positive number", a->weights.word[i]);
            return kam_err_word(err, "report columns");
        }
    }
    return KAM_OK;
}
static kam_rc run_columns(cmd_session *s, const void *args, cmd_value *out, kam_err *err)
{
    const struct columns_args *a = args;
    pdf_flow *f = NULL;
    double w[COLUMNS_MAX];
    (void)out;
    kam_rc rc = cmd_report_flow(s, &f, err);
    if (rc) return rc;
    if (a->scripts.n > COLUMNS_MAX) {
        kam_err_set(err, KAM_USAGE, "report columns: at most %d columns", COLUMNS_MAX);
        return kam_err_word(err, "report columns");
    }
    rc = weights_parse(a, w, err);
    if (rc) return rc;
    if (pdf_flow_in_columns(f)) {
        kam_err_set(err, KAM_USAGE, "report columns: a column cannot hold columns; give the outer one more of them");
        return kam_err_word(err, "report columns");
    }
    pdf_flow_columns_begin(f, a->scripts.n, w);
    for (size_t i = 0; i < a->scripts.n; i++) {
        if (i) pdf_flow_columns_next(f);
        int code = Tcl_EvalObjEx(cmd_session_interp(s), a->scripts.obj[i], 0);
        if (code != TCL_OK && !rc) rc = cmd_value_from_tcl(s, code, err);
        pdf_flow *now = NULL;
        if (cmd_report_flow(s, &now, NULL) || now != f) { /* a column must not end or restart the report it stands in */
            if (rc) return rc;
            kam_err_set(err, KAM_USAGE, "report columns: a column began or ended a report");
            return kam_err_word(err, "report columns");
        }
    }
    pdf_flow_columns_end(f);
    return rc;
}
static const cmd_arg columns_args[] = {
    {.name = "-weights", .kind = CMD_LIST, .offset = offsetof(struct columns_args, weights),
     .help = {"relative widths", "相对宽度"}},
    {.name = "scripts", .kind = CMD_SCRIPT, .offset = offsetof(struct columns_args, scripts), .flags = CMD_REQUIRED | CMD_REST,
     .help = {"one script of blocks a column", "每栏一段脚本"}},
    CMD_ARGS_END};
static const cmd_example columns_examples[] = {
    {{"two columns", "两栏"}, "report columns {report text Left} {report text Right}", ""}, CMD_EXAMPLES_END};
const cmd_spec cmd_report_columns_spec = {.name = "report columns",
                                     .summary = {"blocks side by side", "并排的内容块"},
                                     .detail = {"Each script adds the blocks of one column; kept on one page where it fits, else every column goes on by itself on the pages that follow.",
                                                "每段脚本添加一栏的内容；放得下时保持在同一页，否则各栏分别延续到后面的页。"},
                                     .effect = CMD_CONTROLS,
                                     .args_size = sizeof(struct columns_args),
                                     .args = columns_args,
                                     .returns = REPORT_NOTHING,
                                     .setup = REPORT_SETUP,
                                     .examples = columns_examples,
                                     .run = run_columns,
                                     .topic = "output"};

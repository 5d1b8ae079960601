/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_show: values turned into something to look at: `render` returns text, `show` writes it to standard output. */
#include "cmd_session_int.h"
#include "cmd_spec.h"
#include "cmd_tongue.h"
#include "cmd_value.h"
#include "kam_str.h"
#include <string.h>

/* --- render ------------------------------------------------------------------------------------------------------ */

struct render_args {
    const kam_table *table;
    int as, lang;
    int64_t width, rows;
    const char *null_mark;
    bool brief, cut;
};

static const char *const langs[] = {"en", "zh", NULL};

static kam_rc render_run(cmd_session *s, const void *args, cmd_value *out, kam_err *err)
{
    const struct render_args *a = args;
    cmd_render_options o = {.format = (cmd_format)a->as, .lang = a->lang < 0 ? cmd_session_lang(s) : a->lang};
    o.width = (size_t)a->width;
    o.max_rows = (size_t)a->rows;
    o.null_mark = a->null_mark ? a->null_mark : s->null_mark;
    o.cut = a->cut;
    o.brief = a->brief;
    o.wide = s->wide;
    kam_str b = KAM_STR_INIT;
    kam_table *shown = cmd_tongue(s, a->table, &o);
    cmd_render(shown, &o, &b);
    kam_table_unref(shown);
    if (kam_progress_stopped(&s->progress)) { /* before a large text that nobody gets is copied */
        kam_str_release(&b);
        return kam_err_set(err, KAM_INTERRUPT, "interrupted");
    }
    /* A value of a script: the last line break belongs to whoever writes it. */
    if (b.len && b.s[b.len - 1] == '\n') b.s[--b.len] = '\0';
    cmd_value_set_text(out, kam_str_cstr(&b));
    kam_str_release(&b);
    return KAM_OK;
}

static const cmd_arg render_arg[] = {
    {.name = "table", .kind = CMD_TABLE, .offset = offsetof(struct render_args, table), .flags = CMD_REQUIRED,
     .help = {"the table", "表"}},
    {.name = "-as", .kind = CMD_ENUM, .offset = offsetof(struct render_args, as), .values = cmd_format_names,
     .def = "box", .help = {"the format", "格式"}},
    {.name = "-lang", .kind = CMD_ENUM, .offset = offsetof(struct render_args, lang), .values = langs,
     .help = {"language of the headings; else the session's", "标题的语言；默认用会话语言"}},
    {.name = "-width", .kind = CMD_INT, .offset = offsetof(struct render_args, width), .def = "0", .min = 0,
     .max = 10000, .help = {"box and table: columns of the window, 0 without limit", "框和表：窗口宽度，0 为不限"}},
    {.name = "-rows", .kind = CMD_INT, .offset = offsetof(struct render_args, rows), .def = "0", .min = 0, .max = 1e9,
     .help = {"draw at most so many rows (formats for people), 0 without limit", "最多画多少行（供人看的格式），0 为不限"}},
    {.name = "-null", .kind = CMD_STRING, .offset = offsetof(struct render_args, null_mark),
     .help = {"what stands for a missing cell in formats for people", "缺失值在供人看的格式中的写法"}},
    {.name = "-brief", .kind = CMD_FLAG, .offset = offsetof(struct render_args, brief),
     .help = {"box and table: leave out, and name, the less telling columns of a long table of a command instead of drawing record by record",
              "框和表：宽度不够时，命令得出的长表省去并注明次要的列，而不是逐条竖排"}},
    {.name = "-cut", .kind = CMD_FLAG, .offset = offsetof(struct render_args, cut),
     .help = {"box and table: leave out, and name, the last columns where the width is too small, instead of drawing record by record",
              "框和表：宽度不够时省去并注明末尾的列，而不是逐条竖排"}},
    CMD_ARGS_END};

static const char list_setup[] = "set t {{account A1 name 华夏 orders 1200} {account A2 name Nord}}";

static const cmd_example render_examples[] = {
    {{"A box with Chinese text lines up.", "中文也能对齐的框。"}, "render $t",
     "┌─────────┬──────┬────────┐\n"
     "│ account │ name │ orders │\n"
     "├─────────┼──────┼────────┤\n"
     "│ A1      │ 华夏 │  1,200 │\n"
     "│ A2      │ Nord │        │\n"
     "└─────────┴──────┴────────┘"},
    {{"JSON keeps types; a missing cell is null.", "JSON 保留类型；缺失为 null。"}, "render $t -as json",
     "[{\"account\": \"A1\", \"name\": \"华夏\", \"orders\": 1200},\n"
     " {\"account\": \"A2\", \"name\": \"Nord\", \"orders\": null}]"},
    {{"Markdown for a document.", "写进文档的 Markdown。"}, "render $t -as markdown -null –",
     "| account | name | orders |\n| --- | --- | ---: |\n| A1 | 华夏 | 1,200 |\n| A2 | Nord | – |"},
    CMD_EXAMPLES_END};

const cmd_spec cmd_render_spec = {
    .name = "render",
    .summary = {"Turn a table into text.", "把表变成文本。"},
    .detail = {"Formats for people (box, table, markdown, html, line) have headings in the session's language, thousands "
               "marks and right-aligned numbers. Formats for programs (tsv, csv, json, jsonl, tcl) have English keys and "
               "exact values that read back the same.",
               "供人看的格式（box、table、markdown、html、line）用会话语言的标题、千分位，数字右对齐。供程序读的格式"
               "（tsv、csv、json、jsonl、tcl）用英文键和精确值，读回后相同。"},
    .args_size = sizeof(struct render_args),
    .args = render_arg,
    .returns = {"the text, without a line break at its end", "文本，末尾没有换行"},
    .setup = list_setup,
    .examples = render_examples,
    .run = render_run,
    .topic = "tables"};

/* --- show ---------------------------------------------------------------------------------------------------------- */

struct show_args {
    Tcl_Obj *value;
    int as;
    bool all;
};

/* Several values: csv and tsv are separated by an empty line, the others follow each other. */
static kam_rc show_run(cmd_session *s, const void *args, cmd_value *out, kam_err *err)
{
    const struct show_args *a = args;
    (void)out;
    cmd_format before = s->format;
    if (a->as >= 0) s->format = (cmd_format)a->as;
    char *text;
    kam_rc rc = cmd_session_present(s, a->value, !a->all && s->interactive, &text, err);
    bool delimited = s->format == CMD_F_CSV || s->format == CMD_F_TSV;
    s->format = before;
    if (rc != KAM_OK) return rc;
    Tcl_Channel chan = Tcl_GetStdChannel(TCL_STDOUT);
    bool bad = !chan;
    if (chan && *text) {
        bool gap = delimited && cmd_value_is_table(a->value) && s->shown_table;
        if (gap) bad = Tcl_WriteChars(chan, "\n", 1) < 0;
        bad = bad || Tcl_WriteChars(chan, text, -1) < 0 || Tcl_Flush(chan) != TCL_OK;
        s->shown_table = delimited && cmd_value_is_table(a->value);
    }
    kam_free(text);
    if (bad) {
        kam_err_set(err, KAM_IO, "show: cannot write to standard output");
        return kam_err_word(err, "stdout");
    }
    return KAM_OK;
}

static const cmd_arg show_arg[] = {
    {.name = "value", .kind = CMD_VALUE, .offset = offsetof(struct show_args, value), .flags = CMD_REQUIRED,
     .help = {"a table or any text", "表或任意文本"}},
    {.name = "-as", .kind = CMD_ENUM, .offset = offsetof(struct show_args, as), .values = cmd_format_names,
     .help = {"the format; else the session's", "格式；默认用会话的格式"}},
    {.name = "-all", .kind = CMD_FLAG, .offset = offsetof(struct show_args, all),
     .help = {"all rows, also at a terminal", "在终端上也显示所有行"}},
    CMD_ARGS_END};

static const cmd_example show_examples[] = {
    {{"Writes; returns nothing.", "写到标准输出，无返回值。"}, "show {}", ""},
    CMD_EXAMPLES_END};

const cmd_spec cmd_show_spec = {
    .name = "show",
    .summary = {"Write a value to standard output.", "把一个值写到标准输出。"},
    .detail = {"A table is written in the session's format (--format), anything else as text (json: a JSON string). "
               "Scripts given with -f write only what show or puts writes.",
               "表按会话格式（--format）写出，其他按文本（json 格式时为 JSON 字符串）。用 -f 运行的脚本只写出 show 或 puts 的内容。"},
    .effect = CMD_CONTROLS,
    .args_size = sizeof(struct show_args),
    .args = show_arg,
    .returns = {"nothing", "无"},
    .examples = show_examples,
    .run = show_run,
    .topic = "tables"};

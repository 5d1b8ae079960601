/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_report_table: a table in a report. Columns are named as a list; each may carry options of its own:
 *   {account {name -label Name -weight 2} {revenue -format short -total}} */
#include "cmd_label.h"
#include "cmd_report.h"
#include "cmd_session.h"
#include "cmd_value.h"
#include "kam_mem.h"
#include "kam_str.h"
#include <stddef.h>
#include <string.h>

enum { TABLE_COLS_MAX = 64 };

struct table_args {
    const kam_table *table;
    cmd_words columns;
    const char *caption, *totals, *subtotals, *subtotal_label, *empty;
    bool totals_last, zebra, compact, blank, no_notes;
    double row_mm;
};

static kam_rc bad_column(kam_err *err, const char *spec, const char *why)
{
    kam_err_set(err, KAM_USAGE, "report table: column `%s`: %s", spec, why);
    return kam_err_word(err, "report table");
}

static int word_index(const char *const *list, const char *word)
{
    for (int i = 0; list[i]; i++)
        if (strcmp(list[i], word) == 0) return i;
    return -1;
}

static const char *const ALIGNS[] = {"auto", "left", "right", "centre", NULL};

/* One option of a column; *step = words used. */
static kam_rc column_option(const char *spec, const char **w, int left, pdf_col *c, int *step, kam_err *err)
{
    *step = 1;
    if (strcmp(w[0], "-bold") == 0) return c->bold = true, KAM_OK;
    if (strcmp(w[0], "-total") == 0) return c->total = true, KAM_OK;
    if (left < 2) return bad_column(err, spec, "an option lacks its value");
    *step = 2;
    double x = 0;
    if (strcmp(w[0], "-label") == 0) return c->label = w[1], KAM_OK;
    if (strcmp(w[0], "-align") == 0) {
        int i = word_index(ALIGNS, w[1]);
        return i < 0 ? bad_column(err, spec, "-align is auto, left, right or centre") : (c->align = (pdf_align)i, KAM_OK);
    }
    if (strcmp(w[0], "-format") == 0) {
        int i = word_index(cmd_report_formats, w[1]);
        return i < 0 ? bad_column(err, spec, "-format is auto, plain, percent, signed or short")
                     : (c->format = (pdf_format)i, KAM_OK);
    }
    if (strcmp(w[0], "-tone") == 0) return c->tone_col = w[1], KAM_OK;
    if (!kam_parse_real(w[1], &x)) return bad_column(err, spec, "a number is needed");
    if (strcmp(w[0], "-width") == 0) return c->width_pt = PDF_MM(x), KAM_OK;
    if (strcmp(w[0], "-weight") == 0) return c->weight = x, KAM_OK;
    if (strcmp(w[0], "-decimals") == 0) return c->decimals = x == 0 ? -1 : (int)x, KAM_OK;
    if (strcmp(w[0], "-lines") == 0) return c->lines = x < 1 ? 0 : x > 999 ? 999 : (int)x, KAM_OK;
    return bad_column(err, spec, "options are -label -width (mm) -weight -lines -align -format -decimals -tone -bold -total");
}

static kam_rc column_parse(Tcl_Interp *interp, const char *spec, pdf_col *c, const char ***words, kam_err *err)
{
    int n;
    if (Tcl_SplitList(interp, spec, &n, words) != TCL_OK || n < 1) return bad_column(err, spec, "not a list");
    c->name = (*words)[0];
    for (int i = 1, step = 1; i < n; i += step) {
        kam_rc rc = column_option(spec, *words + i, n - i, c, &step, err);
        if (rc) return rc;
    }
    return KAM_OK;
}

/* Headings of columns without a label of their own, in the language of the report. */
static void columns_translate(cmd_session *s, const kam_table *t, pdf_col *cols, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const kam_column *c = kam_table_find(t, cols[i].name);
        if (!cols[i].label && c) cols[i].label = cmd_label_column(c, cmd_report_lang(s));
    }
}

/* An empty list of dicts knows no columns: give it those asked for, so that it prints as an empty table. */
static kam_table *with_columns(const kam_table *t, const pdf_col *cols, size_t n)
{
    if (kam_table_rows(t) || kam_table_columns(t)) return kam_table_ref((kam_table *)t);
    kam_table *empty = kam_table_new();
    for (size_t i = 0; i < n; i++) {
        if (!kam_table_find(empty, cols[i].name)) kam_table_add_column(empty, cols[i].name, KAM_TEXT, NULL);
    }
    kam_table_seal(empty);
    return empty;
}

static kam_rc run_table(cmd_session *s, const void *args, cmd_value *out, kam_err *err)
{
    const struct table_args *a = args;
    Tcl_Interp *interp = cmd_session_interp(s);
    pdf_flow *f = NULL;
    (void)out;
    kam_rc rc = cmd_report_flow(s, &f, err);
    if (rc) return rc;
    bool all = a->columns.n == 0;
    size_t n = all ? kam_table_columns(a->table) : a->columns.n;
    if (n > TABLE_COLS_MAX) return bad_column(err, "…", "at most 64 columns");
    pdf_col cols[TABLE_COLS_MAX];
    const char **words[TABLE_COLS_MAX] = {NULL};
    memset(cols, 0, sizeof cols);
    for (size_t i = 0; !rc && i < n; i++) {
        if (all) cols[i].name = kam_col_name(kam_table_column(a->table, i));
        else rc = column_parse(interp, a->columns.word[i], &cols[i], &words[i], err);
    }
    if (!rc) {
        kam_table *table = with_columns(a->table, cols, n);
        columns_translate(s, table, cols, n);
        pdf_table_opts o = {.cols = cols, .n_cols = n, .caption = a->caption, .totals_label = a->totals, .subtotal_col = a->subtotals,
                            .subtotal_label = a->subtotal_label,
                            .totals_last_row = a->totals_last, .zebra = a->zebra, .compact = a->compact,
                            .blank_rows = a->blank, .min_row_pt = PDF_MM(a->row_mm), .empty = a->empty,
                            .no_notes = a->no_notes};
        rc = pdf_flow_table(f, table, &o, err);
        kam_table_unref(table);
    }
    for (size_t i = 0; i < n; i++)
        if (words[i]) Tcl_Free((char *)words[i]);
    return rc;
}

static const cmd_arg table_args[] = {
    {.name = "table", .kind = CMD_TABLE, .offset = offsetof(struct table_args, table), .flags = CMD_REQUIRED,
     .help = {"any table", "任意表"}},
    {.name = "-columns", .kind = CMD_LIST, .offset = offsetof(struct table_args, columns),
     .help = {"columns to print, each NAME or {NAME ?-label L? ?-width MM? ?-weight W? ?-lines N? ?-align A? ?-format F? ?-decimals N? "
              "?-tone COLUMN? ?-bold? ?-total?}; -tone names a text column with good, warn, bad or unknown: a coloured sign; "
              "-lines cuts what needs more lines than N and ends it in …",
              "要印的列：列名或 {列名 ?-label 标题? ?-width 毫米? ?-weight 权重? ?-lines 行数? ?-align 对齐? ?-format 格式? ?-decimals 位数? "
              "?-tone 列? ?-bold? ?-total?}；-tone 指一文本列，取值 good、warn、bad 或 unknown：印彩色符号；"
              "-lines 超出 N 行的文字截断并以…结尾"}},
    REPORT_STR(struct table_args, caption, "-caption", "words above the table", "表题"),
    REPORT_STR(struct table_args, totals, "-totals", "label of a totals row over the columns marked -total",
               "合计行的名称，对标有 -total 的列求和"),
    REPORT_STR(struct table_args, subtotals, "-subtotals",
               "column of the table: after each run of rows with the same value a row sums the columns marked -total",
               "表中某列：该列取值相同的相邻各行之后加一行小计，对标有 -total 的列求和"),
    REPORT_STR(struct table_args, subtotal_label, "-subtotal-label", "word before the value in such a row", "小计行的名称"),
    REPORT_STR(struct table_args, empty, "-empty", "said when there are no rows", "无数据时的说明"),
    REPORT_FLAG(struct table_args, totals_last, "-totals-last", "the last row is the totals row", "末行即合计行"),
    REPORT_FLAG(struct table_args, zebra, "-zebra", "tint every second row", "隔行着色"),
    REPORT_FLAG(struct table_args, compact, "-compact", "smaller print, tighter rows", "小字紧排"),
    REPORT_FLAG(struct table_args, blank, "-blank", "a grid to write in: missing cells stay blank", "书写表格：缺失单元格留空"),
    REPORT_FLAG(struct table_args, no_notes, "-no-notes", "leave out the table's notes", "不印表注"),
    {.name = "-row", .kind = CMD_REAL, .offset = offsetof(struct table_args, row_mm), .def = "0", .min = 0, .max = 100,
     .help = {"least height of a row in millimetres", "行的最小高度（毫米）"}},
    CMD_ARGS_END};
static const cmd_example table_examples[] = {
    {{"two columns, the second summed", "两列，第二列求和"},
     "report table {{class A count 3} {class B count 5}} -columns {class {count -total}} -totals Sum", ""},
    {{"a row after each class", "每类之后一行小计"},
     "report table {{class A who x count 3} {class A who y count 4} {class B who z count 5}} "
     "-columns {who {count -total}} -subtotals class -totals Sum; regexp -all subtotal [report dump]", "2"},
    {{"a sign of the state before each name", "名称前的状态符号"},
     "report table {{who x state good} {who y state bad}} -columns {{who -tone state}}; regexp -all {oval|rect [^\\n]*fill=#c62828} [report dump]", "2"},
    CMD_EXAMPLES_END};
const cmd_spec cmd_report_table_spec = {
    .name = "report table",
    .summary = {"a table that breaks over pages with repeated heads", "表格；跨页时重复表头"},
    .detail = {"Columns without a label of their own are headed in the language of the report. Numbers stand right, text wraps.",
               "未指定标题的列按报告语言取名。数字右对齐，文字自动换行。"},
    .effect = CMD_CONTROLS,
    .args_size = sizeof(struct table_args),
    .args = table_args,
    .returns = REPORT_NOTHING,
    .setup = REPORT_SETUP,
    .examples = table_examples,
    .run = run_table,
    .topic = "output"};

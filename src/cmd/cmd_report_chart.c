/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_report_chart: figures of a report, drawn from tables. */
#include "cmd_label.h"
#include "cmd_report_figure.h"
#include "cmd_session.h"
#include "cmd_value.h"
#include <stddef.h>
#include <string.h>

#define CHART_HEIGHT(type)                                                                                     \
    {.name = "-height", .kind = CMD_REAL, .offset = offsetof(type, height_mm), .def = "0", .min = 0, .max = 250, \
     .help = {"height in millimetres; 0: by content", "高度（毫米）；0 为自动"}}
#define CHART_SPEC(id, name_, en_, zh_, type, argv_, examples_, run_)                                          \
    FIGURE_SPEC(id, name_, en_, zh_, "Missing values are left out and counted under the figure. Colours have a second sign.", \
                "缺失值不画，并在图下计数。颜色另有符号标记。", type, argv_, examples_, run_)

const char *cmd_report_title(cmd_session *s, const kam_table *t, const char *name)
{
    const kam_column *c = name ? kam_table_find(t, name) : NULL;
    return c ? cmd_label_column(c, cmd_report_lang(s)) : NULL;
}

kam_rc cmd_report_or_say(pdf_flow *f, const char *empty, kam_rc rc)
{
    if (!rc) pdf_flow_empty(f, empty);
    return rc;
}

kam_rc cmd_report_reals(const char *command, const char *option, cmd_words w, size_t want, double *out, kam_err *err)
{
    for (size_t i = 0; i < w.n; i++) {
        if (w.n != want || !kam_parse_real(w.word[i], &out[i])) {
            kam_err_set(err, KAM_USAGE, "%s: %s takes %zu numbers", command, option, want);
            return kam_err_word(err, command);
        }
    }
    return KAM_OK;
}

/* Value columns and their names, at most PDF_SERIES. */
static kam_rc series_fill(cmd_session *s, const kam_table *t, cmd_words values, cmd_words names, const char **cols,
                          const char **series, size_t *n, kam_err *err)
{
    if (values.n < 1 || values.n > PDF_SERIES) {
        kam_err_set(err, KAM_USAGE, "-values takes 1 to %d columns", PDF_SERIES);
        return kam_err_word(err, "report");
    }
    *n = values.n;
    for (size_t i = 0; i < values.n; i++) {
        cols[i] = values.word[i];
        series[i] = i < names.n ? names.word[i] : cmd_report_title(s, t, values.word[i]);
    }
    return KAM_OK;
}

/* --- bar --- */
struct bar_args {
    const kam_table *table;
    const char *label, *tone, *caption, *empty, *axis;
    cmd_words values, series;
    bool vertical, stacked;
    int format;
    int64_t max;
    double height_mm;
};
static kam_rc run_bar(cmd_session *s, const void *args, cmd_value *out, kam_err *err)
{
    const struct bar_args *a = args;
    pdf_flow *f = NULL;
    (void)out;
    kam_rc rc = cmd_report_flow(s, &f, err);
    if (rc) return rc;
    pdf_bar_opts o = {.label_col = a->label, .vertical = a->vertical, .stacked = a->stacked, .format = (pdf_format)a->format,
                      .caption = a->caption, .axis = a->axis, .tone_col = a->tone, .max_bars = (size_t)a->max,
                      .height_pt = PDF_MM(a->height_mm)};
    rc = series_fill(s, a->table, a->values, a->series, o.value_cols, o.series, &o.n_values, err);
    return rc ? rc : cmd_report_or_say(f, a->empty, pdf_flow_bar(f, (kam_table *)a->table, &o, err));
}
static const cmd_arg bar_args[] = {
    FIGURE_TABLE(struct bar_args),
    FIGURE_COLUMN(struct bar_args, label, "-label", CMD_REQUIRED, "column of names", "名称列"),
    {.name = "-values", .kind = CMD_LIST, .offset = offsetof(struct bar_args, values), .flags = CMD_REQUIRED,
     .help = {"columns of numbers, one a series", "数值列，每列一个系列"}},
    {.name = "-series", .kind = CMD_LIST, .offset = offsetof(struct bar_args, series),
     .help = {"their names in the legend", "图例名称"}},
    FIGURE_COLUMN(struct bar_args, tone, "-tone", 0, "column of good, warn, bad that colours single bars",
                 "着色列：good、warn、bad"),
    REPORT_STR(struct bar_args, caption, "-caption", "words above the figure", "图题"),
    FIGURE_EMPTY(struct bar_args),
    REPORT_STR(struct bar_args, axis, "-axis", "what is measured", "坐标说明"),
    REPORT_FLAG(struct bar_args, vertical, "-vertical", "standing bars", "竖直条形"),
    REPORT_FLAG(struct bar_args, stacked, "-stacked", "series on top of each other", "堆叠"),
    FIGURE_FORMAT(struct bar_args, format, "-format"),
    {.name = "-max", .kind = CMD_INT, .offset = offsetof(struct bar_args, max), .def = "0", .min = 0, .max = 200,
     .help = {"most bars; the others are summed", "最多条数，其余合并"}},
    CHART_HEIGHT(struct bar_args),
    CMD_ARGS_END};
static const cmd_example bar_examples[] = {
    {{"two bars", "两条"}, "report bar {{class A count 3} {class B count 5}} -label class -values count", ""}, CMD_EXAMPLES_END};
CHART_SPEC(cmd_report_bar_spec, "report bar", "a bar chart", "条形图", struct bar_args, bar_args, bar_examples, run_bar);

/* --- funnel --- */
struct funnel_args {
    const kam_table *table;
    const char *label, *value, *second, *value_label, *second_label, *rate, *caption, *empty;
    int format, second_format;
    double height_mm;
};
static kam_rc run_funnel(cmd_session *s, const void *args, cmd_value *out, kam_err *err)
{
    const struct funnel_args *a = args;
    pdf_flow *f = NULL;
    (void)out;
    kam_rc rc = cmd_report_flow(s, &f, err);
    if (rc) return rc;
    pdf_funnel_opts o = {.label_col = a->label, .value_col = a->value, .second_col = a->second,
                         .value_label = a->value_label ? a->value_label : cmd_report_title(s, a->table, a->value),
                         .second_label = a->second_label ? a->second_label : cmd_report_title(s, a->table, a->second),
                         .rate_label = a->rate,
                         .format = (pdf_format)a->format, .second_format = (pdf_format)a->second_format,
                         .caption = a->caption, .height_pt = PDF_MM(a->height_mm)};
    return cmd_report_or_say(f, a->empty, pdf_flow_funnel(f, (kam_table *)a->table, &o, err));
}
static const cmd_arg funnel_args[] = {
    FIGURE_TABLE(struct funnel_args),
    FIGURE_COLUMN(struct funnel_args, label, "-label", CMD_REQUIRED, "column of stages, widest first", "阶段列，自上而下"),
    FIGURE_COLUMN(struct funnel_args, value, "-value", CMD_REQUIRED, "column that decides the widths", "决定宽度的列"),
    FIGURE_COLUMN(struct funnel_args, second, "-second", 0, "column printed beside it", "旁注列"),
    REPORT_STR(struct funnel_args, value_label, "-value-label", "heading of the value", "数值的标题"),
    REPORT_STR(struct funnel_args, second_label, "-second-label", "heading of the column beside it", "旁注列的标题"),
    REPORT_STR(struct funnel_args, rate, "-rate", "print the share of the stage before, under this name", "印出与上一阶段之比，以此命名"),
    REPORT_STR(struct funnel_args, caption, "-caption", "words above the figure", "图题"),
    FIGURE_EMPTY(struct funnel_args),
    FIGURE_FORMAT(struct funnel_args, format, "-format"),
    FIGURE_FORMAT(struct funnel_args, second_format, "-second-format"),
    CHART_HEIGHT(struct funnel_args),
    CMD_ARGS_END};
static const cmd_example funnel_examples[] = {
    {{"three stages", "三个阶段"}, "report funnel {{stage lead n 9} {stage intent n 5} {stage won n 2}} -label stage -value n", ""},
    CMD_EXAMPLES_END};
CHART_SPEC(cmd_report_funnel_spec, "report funnel", "a funnel", "漏斗图", struct funnel_args, funnel_args, funnel_examples, run_funnel);

/* --- quadrant --- */
struct quadrant_args {
    const kam_table *table;
    const char *x, *y, *label, *size, *group, *caption, *empty, *x_label, *y_label;
    cmd_words corners, split, range;
    int x_format, y_format;
    double height_mm;
};
static kam_rc run_quadrant(cmd_session *s, const void *args, cmd_value *out, kam_err *err)
{
    const struct quadrant_args *a = args;
    pdf_flow *f = NULL;
    double split[2] = {0, 0}, range[4] = {0, 0, 0, 0};
    (void)out;
    kam_rc rc = cmd_report_flow(s, &f, err);
    if (!rc) rc = cmd_report_reals("report quadrant", "-split", a->split, 2, split, err);
    if (!rc) rc = cmd_report_reals("report quadrant", "-range", a->range, 4, range, err);
    if (rc) return rc;
    pdf_quadrant_opts o = {.x_col = a->x, .y_col = a->y, .label_col = a->label, .size_col = a->size, .group_col = a->group,
                           .x_label = a->x_label ? a->x_label : cmd_report_title(s, a->table, a->x),
                           .y_label = a->y_label ? a->y_label : cmd_report_title(s, a->table, a->y),
                           .x_split = split[0], .y_split = split[1], .split_given = a->split.n == 2,
                           .x_min = range[0], .x_max = range[1], .y_min = range[2], .y_max = range[3],
                           .x_format = (pdf_format)a->x_format, .y_format = (pdf_format)a->y_format,
                           .caption = a->caption, .height_pt = PDF_MM(a->height_mm)};
    for (size_t i = 0; i < 4 && i < a->corners.n; i++) o.corner[i] = a->corners.word[i];
    return cmd_report_or_say(f, a->empty, pdf_flow_quadrant(f, (kam_table *)a->table, &o, err));
}
static const cmd_arg quadrant_args[] = {
    FIGURE_TABLE(struct quadrant_args),
    FIGURE_COLUMN(struct quadrant_args, x, "-x", CMD_REQUIRED, "column across", "横轴列"),
    FIGURE_COLUMN(struct quadrant_args, y, "-y", CMD_REQUIRED, "column upwards", "纵轴列"),
    FIGURE_COLUMN(struct quadrant_args, label, "-label", CMD_REQUIRED, "column of names", "名称列"),
    FIGURE_COLUMN(struct quadrant_args, size, "-size", 0, "column for the area of the bubbles", "气泡面积列"),
    FIGURE_COLUMN(struct quadrant_args, group, "-group", 0, "column for colour and shape", "分组列（颜色与形状）"),
    REPORT_STR(struct quadrant_args, x_label, "-x-label", "name of the axis across", "横轴名称"),
    REPORT_STR(struct quadrant_args, y_label, "-y-label", "name of the axis upwards", "纵轴名称"),
    FIGURE_FORMAT(struct quadrant_args, x_format, "-x-format"),
    FIGURE_FORMAT(struct quadrant_args, y_format, "-y-format"),
    {.name = "-corners", .kind = CMD_LIST, .offset = offsetof(struct quadrant_args, corners),
     .help = {"names of the quadrants: top left, top right, bottom left, bottom right", "四象限名称：左上、右上、左下、右下"}},
    {.name = "-split", .kind = CMD_LIST, .offset = offsetof(struct quadrant_args, split),
     .help = {"where the cross stands: x y", "十字位置：x y"}},
    {.name = "-range", .kind = CMD_LIST, .offset = offsetof(struct quadrant_args, range),
     .help = {"ends of the axes: x-low x-high y-low y-high", "坐标范围：x 低 x 高 y 低 y 高"}},
    REPORT_STR(struct quadrant_args, caption, "-caption", "words above the figure", "图题"),
    FIGURE_EMPTY(struct quadrant_args),
    CHART_HEIGHT(struct quadrant_args),
    CMD_ARGS_END};
static const cmd_example quadrant_examples[] = {
    {{"two people", "两个人"},
     "report quadrant {{who Zhao x 2 y 8} {who Qian x 7 y 3}} -x x -y y -label who -split {5 5} -range {0 10 0 10}", ""},
    CMD_EXAMPLES_END};
CHART_SPEC(cmd_report_quadrant_spec, "report quadrant", "a quadrant picture", "四象限图", struct quadrant_args, quadrant_args,
           quadrant_examples, run_quadrant);

/* --- line --- */
struct line_args {
    const kam_table *table;
    const char *x, *caption, *empty, *x_label, *y_label;
    cmd_words values, series;
    bool zero, pareto;
    int format;
    double height_mm;
};
static kam_rc run_line(cmd_session *s, const void *args, cmd_value *out, kam_err *err)
{
    const struct line_args *a = args;
    pdf_flow *f = NULL;
    (void)out;
    kam_rc rc = cmd_report_flow(s, &f, err);
    if (rc) return rc;
    pdf_line_opts o = {.x_col = a->x, .from_zero = a->zero, .pareto = a->pareto, .format = (pdf_format)a->format,
                       .caption = a->caption, .x_label = a->x_label, .y_label = a->y_label,
                       .height_pt = PDF_MM(a->height_mm)};
    rc = series_fill(s, a->table, a->values, a->series, o.value_cols, o.series, &o.n_values, err);
    return rc ? rc : cmd_report_or_say(f, a->empty, pdf_flow_line(f, (kam_table *)a->table, &o, err));
}
static const cmd_arg line_args[] = {
    FIGURE_TABLE(struct line_args),
    FIGURE_COLUMN(struct line_args, x, "-x", CMD_REQUIRED, "column across", "横轴列"),
    {.name = "-values", .kind = CMD_LIST, .offset = offsetof(struct line_args, values), .flags = CMD_REQUIRED,
     .help = {"columns of numbers, one a line", "数值列，每列一条线"}},
    {.name = "-series", .kind = CMD_LIST, .offset = offsetof(struct line_args, series),
     .help = {"their names in the legend", "图例名称"}},
    REPORT_FLAG(struct line_args, zero, "-from-zero", "the upright axis starts at 0", "纵轴从 0 开始"),
    REPORT_FLAG(struct line_args, pareto, "-pareto", "bars as given and the cumulative share", "柱形加累计占比曲线"),
    FIGURE_FORMAT(struct line_args, format, "-format"),
    REPORT_STR(struct line_args, x_label, "-x-label", "name of the axis across", "横轴名称"),
    REPORT_STR(struct line_args, y_label, "-y-label", "name of the axis upwards", "纵轴名称"),
    REPORT_STR(struct line_args, caption, "-caption", "words above the figure", "图题"),
    FIGURE_EMPTY(struct line_args),
    CHART_HEIGHT(struct line_args),
    CMD_ARGS_END};
static const cmd_example line_examples[] = {
    {{"a line over months", "逐月折线"}, "report line {{month 2026-01 n 3} {month 2026-02 n 5}} -x month -values n -from-zero", ""},
    CMD_EXAMPLES_END};
CHART_SPEC(cmd_report_line_spec, "report line", "a line chart, or a Pareto chart", "折线图或帕累托图", struct line_args, line_args,
           line_examples, run_line);

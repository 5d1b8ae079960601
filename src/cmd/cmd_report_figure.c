/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_report_figure: the figures of account work (src/pdf/pdf_figure.h) as blocks of a report. */
#include "pdf_figure.h"
#include "cmd_label.h"
#include "cmd_report_figure.h"
#include "cmd_session.h"
#include "cmd_value.h"
#include "kam_date.h"
#include <stddef.h>
#include <string.h>

#define FIG_HEIGHT(type)                                                                                       \
    {.name = "-height", .kind = CMD_REAL, .offset = offsetof(type, height_mm), .def = "0", .min = 0, .max = 250, \
     .help = {"height in millimetres; 0: the usual one", "高度（毫米）；0 为常用高度"}}
static const char *title_of(cmd_session *s, const kam_table *t, const char *given, const char *name)
{
    return given ? given : cmd_report_title(s, t, name);
}

/* --- people --- */
struct people_args {
    const kam_table *table, *links;
    const char *id, *name, *title, *role, *reports, *influence, *attitude, *coverage, *decider, *star, *caption, *empty, *turned;
};
static kam_rc run_people(cmd_session *s, const void *args, cmd_value *out, kam_err *err)
{
    const struct people_args *a = args;
    pdf_flow *f = NULL;
    (void)out;
    kam_rc rc = cmd_report_flow(s, &f, err);
    if (rc) return rc;
    pdf_people_opts o = {.id_col = a->id, .name_col = a->name, .title_col = a->title, .role_col = a->role,
                         .reports_col = a->reports, .influence_col = a->influence, .attitude_col = a->attitude,
                         .coverage_col = a->coverage, .decider_col = a->decider, .star_col = a->star,
                         .links = (kam_table *)a->links, .caption = a->caption, .turned = a->turned};
    return cmd_report_or_say(f, a->empty, pdf_flow_people(f, (kam_table *)a->table, &o, err));
}
static const cmd_arg people_args_[] = {
    FIGURE_TABLE(struct people_args),
    FIGURE_COLUMN(struct people_args, id, "-id", CMD_REQUIRED, "column of codes", "编码列"),
    FIGURE_COLUMN(struct people_args, name, "-name", CMD_REQUIRED, "column of names", "姓名列"),
    FIGURE_COLUMN(struct people_args, title, "-title", 0, "column of job titles", "职务列"),
    FIGURE_COLUMN(struct people_args, role, "-role", 0, "column of roles in the decision", "决策角色列"),
    FIGURE_COLUMN(struct people_args, reports, "-reports-to", 0, "column with the code of the superior", "上级编码列"),
    FIGURE_COLUMN(struct people_args, influence, "-influence", 0, "column of influence, 0 to 10", "影响力列，0–10"),
    FIGURE_COLUMN(struct people_args, attitude, "-attitude", 0, "column of attitude: above 0 supporter, 0 neutral, below 0 opponent",
               "态度列：大于 0 支持，0 中立，小于 0 反对"),
    FIGURE_COLUMN(struct people_args, coverage, "-coverage", 0, "column of coverage, 0 to 4 dots", "覆盖列，0–4 个圆点"),
    FIGURE_COLUMN(struct people_args, decider, "-decider", 0, "flag column: double border", "标志列：双边框"),
    FIGURE_COLUMN(struct people_args, star, "-star", 0, "flag column: a star (champion, coach)", "标志列：星号（倡导者、向导）"),
    {.name = "-links", .kind = CMD_TABLE, .offset = offsetof(struct people_args, links),
     .help = {"lines: a table with from, to (codes) and kind: influence, conflict or informal",
              "连线表：from、to（编码）与 kind：influence、conflict 或 informal"}},
    REPORT_STR(struct people_args, caption, "-caption", "words above the figure", "图题"),
    FIGURE_EMPTY(struct people_args),
    REPORT_STR(struct people_args, turned, "-turned", "words above it where it stands apart, at the head of the next page or on a landscape page, since it would be cut here",
               "此处放不下整图而移到下页上方或横页时的图题"),
    CMD_ARGS_END};
static const cmd_example people_examples[] = {
    {{"a superior and two reports", "一位上级与两位下属"},
     "report people {{id A name Zhao} {id B name Qian up A} {id C name Sun up A}} -id id -name name -reports-to up "
     "-links {{from B to C kind influence}}", ""},
    CMD_EXAMPLES_END};
FIGURE_SPEC(cmd_report_people_spec, "report people", "an organisation chart and relationship map", "组织结构与关系图",
         "Cards on a grid with reporting lines; lines of influence, conflict and informal ties run in the gaps. Cards are as small as keeps "
         "the map in one picture; a tree that is too large for a page is cut into numbered parts. With -turned a map that would be cut here stands whole at the "
         "head of the next page or on a landscape page behind this one, while the text goes on. Leave out -attitude, -influence and -links for the customer's edition.",
         "卡片按网格排列并画出汇报线；影响、冲突与私交线走卡片之间的空隙。必要时缩小卡片以保持整图；超出一页的组织分为带编号的分图。给出 -turned 时，此处放不下的图整幅放到下页上方或紧随其后的横页，正文照常继续。客户版请省略 "
         "-attitude、-influence 与 -links。",
         struct people_args, people_args_, people_examples, run_people);

/* --- heat --- */
struct heat_args {
    const kam_table *table;
    const char *row, *col, *value, *state, *note, *row_label, *caption, *empty;
    int format;
    bool totals;
};
static kam_rc run_heat(cmd_session *s, const void *args, cmd_value *out, kam_err *err)
{
    const struct heat_args *a = args;
    pdf_flow *f = NULL;
    (void)out;
    kam_rc rc = cmd_report_flow(s, &f, err);
    if (rc) return rc;
    pdf_heat_opts o = {.row_col = a->row, .col_col = a->col, .value_col = a->value, .state_col = a->state, .note_col = a->note,
                       .format = (pdf_format)a->format, .totals = a->totals,
                       .row_label = title_of(s, a->table, a->row_label, a->row), .caption = a->caption};
    return cmd_report_or_say(f, a->empty, pdf_flow_heat(f, (kam_table *)a->table, &o, err));
}
static const cmd_arg heat_args_[] = {
    FIGURE_TABLE(struct heat_args),
    FIGURE_COLUMN(struct heat_args, row, "-row", CMD_REQUIRED, "column that names the grid's rows", "行名列"),
    FIGURE_COLUMN(struct heat_args, col, "-column", CMD_REQUIRED, "column that names the grid's columns", "列名列"),
    FIGURE_COLUMN(struct heat_args, value, "-value", 0, "column of numbers, printed; without -state it gives the tone",
               "数值列，印出；无 -state 时决定深浅"),
    FIGURE_COLUMN(struct heat_args, state, "-state", 0, "column of owned, pipeline, gap, competitor, blocked",
               "状态列：owned、pipeline、gap、competitor、blocked"),
    FIGURE_COLUMN(struct heat_args, note, "-note", 0, "column of words in the cell", "格内文字列"),
    REPORT_STR(struct heat_args, row_label, "-row-label", "heading of the rows", "行标题"),
    REPORT_FLAG(struct heat_args, totals, "-totals", "with -state: the share owned, by row and column", "配合 -state：按行列给出占有率"),
    FIGURE_FORMAT(struct heat_args, format, "-format"),
    REPORT_STR(struct heat_args, caption, "-caption", "words above the figure", "图题"),
    FIGURE_EMPTY(struct heat_args),
    CMD_ARGS_END};
static const cmd_example heat_examples[] = {
    {{"white space of one account", "一个客户的空白"},
     "report heat {{a ACME p Pumps s owned} {a ACME p Valves s gap}} -row a -column p -state s -totals", ""},
    CMD_EXAMPLES_END};
FIGURE_SPEC(cmd_report_heat_spec, "report heat", "a heat grid: white space, or numbers in tones", "热力格：空白机会，或按深浅显示数值",
         "One row of the table is one cell. Owned is dark, the pipeline mid tone, a gap white with a dashed border, a competitor "
         "hatched, blocked grey. Columns that do not fit side by side follow below.",
         "表中一行对应一格：已占有为深色，在谈为中间色，空白为白底虚框，竞争对手为斜线，不可行为灰色。放不下的列排在下方。",
         struct heat_args, heat_args_, heat_examples, run_heat);

/* --- whale --- */
struct whale_args {
    const kam_table *table;
    const char *value, *caption, *empty, *x_label, *y_label;
    double height_mm;
};
static kam_rc run_whale(cmd_session *s, const void *args, cmd_value *out, kam_err *err)
{
    const struct whale_args *a = args;
    pdf_flow *f = NULL;
    (void)out;
    kam_rc rc = cmd_report_flow(s, &f, err);
    if (rc) return rc;
    pdf_whale_opts o = {.value_col = a->value, .caption = a->caption, .x_label = a->x_label, .y_label = a->y_label,
                        .height_pt = PDF_MM(a->height_mm)};
    return cmd_report_or_say(f, a->empty, pdf_flow_whale(f, (kam_table *)a->table, &o, err));
}
static const cmd_arg whale_args_[] = {
    FIGURE_TABLE(struct whale_args),
    FIGURE_COLUMN(struct whale_args, value, "-value", CMD_REQUIRED, "column of numbers, in any order", "数值列，次序不限"),
    REPORT_STR(struct whale_args, x_label, "-x-label", "name of the axis across", "横轴名称"),
    REPORT_STR(struct whale_args, y_label, "-y-label", "name of the axis upwards", "纵轴名称"),
    REPORT_STR(struct whale_args, caption, "-caption", "words above the figure", "图题"),
    FIGURE_EMPTY(struct whale_args),
    FIG_HEIGHT(struct whale_args),
    CMD_ARGS_END};
static const cmd_example whale_examples[] = {
    {{"three accounts, one of which costs more than it brings", "三个客户，其中一个亏损"},
     "report whale {{a A m 70} {a B m 40} {a C m -10}} -value m", ""},
    CMD_EXAMPLES_END};
FIGURE_SPEC(cmd_report_whale_spec, "report whale", "a whale curve: the cumulated share of the ranked rows", "鲸鱼曲线：排序后的累计占比",
         "Also the Pareto curve: it marks how many rows bring 80 %, and the peak after which rows lower the total.",
         "亦即帕累托曲线：标出带来 80 % 的行数，以及其后各行减少合计的最高点。", struct whale_args, whale_args_, whale_examples, run_whale);

/* --- histogram --- */
struct histogram_args {
    const kam_table *table;
    const char *value, *caption, *empty, *x_label, *y_label, *interval_label, *mark_label;
    cmd_words interval, mark;
    int format;
    double height_mm;
};
static kam_rc run_histogram(cmd_session *s, const void *args, cmd_value *out, kam_err *err)
{
    const struct histogram_args *a = args;
    pdf_flow *f = NULL;
    double interval[2] = {0, 0}, mark = 0;
    (void)out;
    kam_rc rc = cmd_report_flow(s, &f, err);
    if (!rc) rc = cmd_report_reals("report histogram", "-interval", a->interval, 2, interval, err);
    if (!rc) rc = cmd_report_reals("report histogram", "-mark", a->mark, 1, &mark, err);
    if (rc) return rc;
    pdf_histogram_opts o = {.value_col = a->value, .has_interval = a->interval.n == 2, .has_mark = a->mark.n == 1,
                            .low = interval[0], .high = interval[1], .mark = mark, .interval_label = a->interval_label,
                            .mark_label = a->mark_label, .format = (pdf_format)a->format, .caption = a->caption,
                            .x_label = title_of(s, a->table, a->x_label, a->value), .y_label = a->y_label,
                            .height_pt = PDF_MM(a->height_mm)};
    return cmd_report_or_say(f, a->empty, pdf_flow_histogram(f, (kam_table *)a->table, &o, err));
}
static const cmd_arg histogram_args_[] = {
    FIGURE_TABLE(struct histogram_args),
    FIGURE_COLUMN(struct histogram_args, value, "-value", CMD_REQUIRED, "column of numbers", "数值列"),
    {.name = "-interval", .kind = CMD_LIST, .offset = offsetof(struct histogram_args, interval),
     .help = {"two numbers: a shaded interval", "两个数：阴影区间"}},
    REPORT_STR(struct histogram_args, interval_label, "-interval-label", "its name", "区间名称"),
    {.name = "-mark", .kind = CMD_LIST, .offset = offsetof(struct histogram_args, mark),
     .help = {"a number: an upright line", "一个数：竖线"}},
    REPORT_STR(struct histogram_args, mark_label, "-mark-label", "its name", "竖线名称"),
    FIGURE_FORMAT(struct histogram_args, format, "-format"),
    REPORT_STR(struct histogram_args, x_label, "-x-label", "name of the axis across", "横轴名称"),
    REPORT_STR(struct histogram_args, y_label, "-y-label", "name of the axis upwards", "纵轴名称"),
    REPORT_STR(struct histogram_args, caption, "-caption", "words above the figure", "图题"),
    FIGURE_EMPTY(struct histogram_args),
    FIG_HEIGHT(struct histogram_args),
    CMD_ARGS_END};
static const cmd_example histogram_examples[] = {
    {{"five values with an interval", "五个数值与区间"},
     "report histogram {{x 1} {x 2} {x 2} {x 3} {x 9}} -value x -interval {1 4} -interval-label {usual range} -mark 2", ""},
    CMD_EXAMPLES_END};
FIGURE_SPEC(cmd_report_histogram_spec, "report histogram", "a histogram with an interval", "带区间的直方图",
         "Classes have round ends; the number of classes grows with the logarithm of the rows (Sturges).",
         "组界取整，组数随行数的对数增长（Sturges）。", struct histogram_args, histogram_args_, histogram_examples, run_histogram);

/* --- timeline --- */
struct timeline_args {
    const kam_table *table;
    const char *label, *due, *start, *owner, *tone, *caption, *empty, *today_label;
    kam_day today;
};
static kam_rc run_timeline(cmd_session *s, const void *args, cmd_value *out, kam_err *err)
{
    const struct timeline_args *a = args;
    pdf_flow *f = NULL;
    (void)out;
    kam_rc rc = cmd_report_flow(s, &f, err);
    if (rc) return rc;
    bool zh = cmd_report_lang(s) == CMD_LANG_ZH;
    pdf_timeline_opts o = {.label_col = a->label, .due_col = a->due, .start_col = a->start, .owner_col = a->owner,
                           .tone_col = a->tone, .has_today = true, .today = a->today,
                           .today_label = a->today_label ? a->today_label : zh ? "截止日" : "as of", .caption = a->caption};
    return cmd_report_or_say(f, a->empty, pdf_flow_timeline(f, (kam_table *)a->table, &o, err));
}
static const cmd_arg timeline_args_[] = {
    FIGURE_TABLE(struct timeline_args),
    FIGURE_COLUMN(struct timeline_args, label, "-label", CMD_REQUIRED, "column of names", "名称列"),
    FIGURE_COLUMN(struct timeline_args, due, "-due", CMD_REQUIRED, "column of days due", "期限列（日期）"),
    FIGURE_COLUMN(struct timeline_args, start, "-start", 0, "column of days begun: a bar", "开始日列：画成横条"),
    FIGURE_COLUMN(struct timeline_args, owner, "-owner", 0, "column of names printed beside", "负责人列"),
    FIGURE_COLUMN(struct timeline_args, tone, "-tone", 0, "column of good, warn, bad, unknown: colour and shape of the sign",
               "着色列：good、warn、bad、unknown，决定颜色与形状"),
    REPORT_STR(struct timeline_args, today_label, "-today-label", "name of the line at the as-of day", "截止日竖线的名称"),
    REPORT_STR(struct timeline_args, caption, "-caption", "words above the figure", "图题"),
    FIGURE_EMPTY(struct timeline_args),
    {.name = "-asof", .kind = CMD_DATE, .offset = offsetof(struct timeline_args, today), .def = "asof",
     .help = {"the day of the line", "竖线所在日期"}},
    CMD_ARGS_END};
static const cmd_example timeline_examples[] = {
    {{"two steps", "两个步骤"},
     "report timeline [table make {what text due day} {{what Call due 2026-02-01} {what Visit due 2026-03-10}}] -label what -due due",
     ""},
    CMD_EXAMPLES_END};
FIGURE_SPEC(cmd_report_timeline_spec, "report timeline", "actions on a scale of days", "行动时间轴",
         "A row an action: a bar from start to due, a sign at the due day. The scale is repeated on every page; rows without a due "
         "day are counted below.",
         "每行一项行动：自开始日至期限的横条，期限处有符号。每页重复刻度；没有期限的行在图下计数。", struct timeline_args,
         timeline_args_, timeline_examples, run_timeline);

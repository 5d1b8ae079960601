/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_plot: figures in the terminal, drawn from any table: which columns are meant, and their numbers as arrays; the
 * drawing itself is in cmd_plot_draw.c and cmd_plot_canvas.c. */
#include "cmd_label.h"
#include "cmd_plot_draw.h"
#include "cmd_render.h"
#include "cmd_session.h"
#include "cmd_table.h"
#include "cmd_value.h"
#include "kam_mem.h"
#include "kam_money.h"
#include <math.h>
#include <stddef.h>
#include <string.h>

enum { WIDTH = 80, ROWS = 16, BARS = 40, FILLS = 4 };

struct plot_args {
    const kam_table *table;
    const char *x, *label, *title;
    cmd_words y;
    int64_t width, height;
};

typedef enum { BAR, FUNNEL, LINE, SCATTER, SPARK } shape;
static const char *const NAME[] = {"plot bar", "plot funnel", "plot line", "plot scatter", "plot spark"};

/* Tables whose first columns are not what one wants to see. `total`: the label of a row that sums up the others. */
static const struct hint {
    const char *title;
    const char *x, *y[3];
    const char *total;
} hints[] = {
    {"lifetime-value.fit", "repeat_purchases", {"actual", "expected"}, "total"},
    {"lifetime-value.holdout", "repeat_purchases", {"actual_mean", "expected_mean"}, "all"},
    {"lifetime-value.tracking", "until", {"actual", "expected"}, NULL},
    {"classify.rfm", "recency", {"monetary"}, NULL},
    {"classify.pyramid.pareto", "account_share", {"cumulative_share"}, NULL},
    {"classify.pyramid.whale", "account_share", {"cumulative"}, NULL},
};

/* What is to be drawn: columns, and the rows without a row of totals. */
typedef struct plan {
    cmd_session *s;
    const kam_table *t;
    const struct hint *hint;
    int lang;
    int x;                       /* -1: the rows' numbers */
    size_t y[CMD_PLOT_SERIES], n_y;
    size_t *row, n;
} plan;

/* Arrays for the drawing; texts of the first n_text rows only. */
typedef struct picture {
    size_t n, n_text;
    double *x;
    char **label;
    cmd_plot_series s[CMD_PLOT_SERIES];
    double *v[CMD_PLOT_SERIES], *low[CMD_PLOT_SERIES], *high[CMD_PLOT_SERIES];
    char **text[CMD_PLOT_SERIES];
} picture;

/* --- which columns -------------------------------------------------------------------------------------------------- */

static bool is_number(kam_type t) { return t == KAM_INT || t == KAM_REAL || t == KAM_MONEY; }

static kam_rc usage(shape f, const char *why, kam_err *err)
{
    kam_err_set(err, KAM_USAGE, "%s cannot draw this: %s", NAME[f], why);
    return kam_err_word(err, NAME[f]);
}

static kam_rc not_numbers(shape f, const char *column, kam_err *err)
{
    kam_err_set(err, KAM_USAGE, "%s: column \"%.100s\" holds text, and numbers are wanted", NAME[f], column);
    return kam_err_word(err, NAME[f]);
}

static int first_of(const kam_table *t, kam_type type)
{
    for (size_t i = 0; i < kam_table_columns(t); i++)
        if (kam_col_type(kam_table_column(t, i)) == type) return (int)i;
    return -1;
}

static int first_number(const kam_table *t, int but)
{
    for (size_t i = 0; i < kam_table_columns(t); i++)
        if ((int)i != but && is_number(kam_col_type(kam_table_column(t, i)))) return (int)i;
    return -1;
}

static int default_x(const plan *p, shape f)
{
    const bool day_first = f == LINE;
    if (p->hint && f != SPARK && (f == SCATTER || strcmp(p->hint->title, "classify.rfm") != 0)) {
        int i = kam_table_index(p->t, p->hint->x);
        if (i >= 0) return i;
    }
    if (f == SCATTER) return first_number(p->t, -1);
    int day = first_of(p->t, KAM_DAY), text = first_of(p->t, KAM_TEXT);
    if (day_first && day >= 0) return day;
    if (text >= 0) return text;
    if (day >= 0) return day;
    int number = first_number(p->t, -1);
    return f == LINE && number >= 0 && first_number(p->t, number) >= 0 ? number : -1;
}

static kam_rc default_y(plan *p, shape f, kam_err *err)
{
    if (p->hint && (f == SCATTER || strcmp(p->hint->title, "classify.rfm") != 0))
        for (size_t k = 0; k < 3 && p->hint->y[k]; k++) {
            int i = kam_table_index(p->t, p->hint->y[k]);
            if (i >= 0 && (f == BAR || f == LINE || f == SPARK || p->n_y == 0)) p->y[p->n_y++] = (size_t)i;
        }
    if (p->n_y) return KAM_OK;
    int i = first_number(p->t, p->x);
    if (i < 0) return usage(f, f == SCATTER ? "the table needs two columns of numbers" : "the table has no column of numbers", err);
    p->y[p->n_y++] = (size_t)i;
    return KAM_OK;
}

static kam_rc named_y(plan *p, shape f, const cmd_words *y, kam_err *err)
{
    const size_t most = f == BAR ? FILLS : f == LINE || f == SPARK ? CMD_PLOT_SERIES : 1;
    if (y->n > most) {
        kam_err_set(err, KAM_USAGE, "%s: -y takes at most %zu columns", NAME[f], most);
        return kam_err_word(err, NAME[f]);
    }
    for (size_t k = 0; k < y->n; k++) {
        size_t i = 0;
        kam_rc rc = cmd_table_column(p->t, NAME[f], y->word[k], &i, err);
        if (rc) return rc;
        if (kam_col_type(kam_table_column(p->t, i)) == KAM_TEXT) return not_numbers(f, y->word[k], err);
        p->y[p->n_y++] = i;
    }
    return KAM_OK;
}

static kam_rc choose(plan *p, const struct plot_args *a, shape f, kam_err *err)
{
    const char *x = f == BAR || f == FUNNEL ? a->label : a->x;
    size_t i = 0;
    for (size_t h = 0; h < sizeof hints / sizeof *hints; h++)
        if (kam_streq(hints[h].title, kam_table_title(p->t))) p->hint = &hints[h];
    kam_rc rc = x ? cmd_table_column(p->t, NAME[f], x, &i, err) : KAM_OK;
    if (rc) return rc;
    p->x = x ? (int)i : default_x(p, f);
    if (f == SCATTER && x && kam_col_type(kam_table_column(p->t, i)) == KAM_TEXT)
        return not_numbers(f, x, err);
    return a->y.n ? named_y(p, f, &a->y, err) : default_y(p, f, err);
}

static void choose_rows(plan *p)
{
    const size_t n = kam_table_rows(p->t);
    const char *total = p->hint ? p->hint->total : NULL;
    const kam_column *c = total && p->x >= 0 ? kam_table_column(p->t, (size_t)p->x) : NULL;
    p->row = kam_alloc((n + 1) * sizeof *p->row);
    for (size_t r = 0; r < n; r++)
        if (!c || kam_col_type(c) != KAM_TEXT || strcmp(kam_col_text(c, r), total) != 0) p->row[p->n++] = r;
}

/* --- arrays ----------------------------------------------------------------------------------------------------------- */

static double number_at(const plan *p, size_t col, size_t i)
{
    const kam_column *c = kam_table_column(p->t, col);
    if (kam_col_missing(c, p->row[i])) return NAN;
    if (kam_col_type(c) == KAM_MONEY) return kam_money_to_major(kam_col_int(c, p->row[i]), kam_table_exponent(p->t));
    return kam_col_real(c, p->row[i]);
}

static double *numbers(const plan *p, size_t col)
{
    double *v = kam_alloc((p->n + 1) * sizeof *v);
    for (size_t i = 0; i < p->n; i++) v[i] = number_at(p, col, i);
    return v;
}

static char **texts(const plan *p, int col, size_t n)
{
    char **out = kam_calloc(n + 1, sizeof *out);
    const kam_column *c = col >= 0 ? kam_table_column(p->t, (size_t)col) : NULL;
    const int decimals = c && kam_col_type(c) == KAM_REAL ? cmd_render_decimals(c) : 0;
    for (size_t i = 0; i < n; i++) {
        kam_str b = KAM_STR_INIT;
        if (!c) kam_str_addf(&b, "%zu", i + 1);
        else if (kam_col_missing(c, p->row[i])) kam_str_add(&b, "–");
        else cmd_render_cell(p->t, (size_t)col, p->row[i], decimals, p->lang, &b);
        out[i] = kam_strdup(kam_str_cstr(&b));
        kam_str_release(&b);
    }
    return out;
}

static void texts_free(char **t, size_t n)
{
    for (size_t i = 0; t && i < n; i++) kam_free(t[i]);
    kam_free(t);
}

static const char *heading(const plan *p, int col)
{
    return col < 0 ? "" : cmd_label_column(kam_table_column(p->t, (size_t)col), p->lang);
}

/* The column of one end of an interval: conversion_low, future_low for future_value, or plain low. */
static int end_column(const plan *p, size_t y, const char *end)
{
    const kam_column *c = kam_table_column(p->t, y);
    const char *name = kam_col_name(c), *cut = strrchr(name, '_');
    char buf[160];
    const size_t stem[] = {strlen(name), cut ? (size_t)(cut - name) : 0};
    for (size_t k = 0; k < 2; k++) {
        if (stem[k] == 0 || stem[k] > 140) continue;
        snprintf(buf, sizeof buf, "%.*s_%s", (int)stem[k], name, end);
        int i = kam_table_index(p->t, buf);
        if (i >= 0 && (size_t)i != y && kam_col_type(kam_table_column(p->t, (size_t)i)) == kam_col_type(c)) return i;
    }
    /* plain low and high belong to the one estimate before them */
    int i = kam_table_index(p->t, end);
    return i >= 0 && first_number(p->t, -1) == (int)y && (size_t)i != y &&
                   kam_col_type(kam_table_column(p->t, (size_t)i)) == kam_col_type(c)
               ? i
               : -1;
}

static void picture_make(const plan *p, shape f, size_t n_text, picture *g)
{
    memset(g, 0, sizeof *g);
    g->n = p->n;
    g->n_text = n_text < p->n ? n_text : p->n;
    const bool bars = f == BAR || f == FUNNEL, by_name = p->x < 0 || kam_col_type(kam_table_column(p->t, (size_t)p->x)) == KAM_TEXT;
    if (bars) g->label = texts(p, p->x, g->n_text);
    else if (f == LINE && by_name && p->x >= 0) g->label = texts(p, p->x, g->n);
    if (f == LINE && by_name) {
        g->x = kam_alloc((p->n + 1) * sizeof *g->x);
        for (size_t i = 0; i < p->n; i++) g->x[i] = (double)(p->x < 0 ? i + 1 : i);
    } else if (f == LINE || f == SCATTER) {
        g->x = numbers(p, (size_t)p->x);
    }
    for (size_t k = 0; k < p->n_y; k++) {
        const int low = f == BAR ? end_column(p, p->y[k], "low") : -1, high = f == BAR ? end_column(p, p->y[k], "high") : -1;
        g->v[k] = numbers(p, p->y[k]);
        if (low >= 0 && high >= 0) g->low[k] = numbers(p, (size_t)low), g->high[k] = numbers(p, (size_t)high);
        if (bars || f == SPARK) g->text[k] = texts(p, (int)p->y[k], f == SPARK ? g->n : g->n_text);
        g->s[k] = (cmd_plot_series){heading(p, (int)p->y[k]), g->v[k], g->low[k], g->high[k], (const char *const *)g->text[k]};
    }
}

static void picture_release(const plan *p, shape f, picture *g)
{
    texts_free(g->label, f == LINE ? g->n : g->n_text);
    for (size_t k = 0; k < p->n_y; k++) {
        texts_free(g->text[k], f == SPARK ? g->n : g->n_text);
        kam_free(g->v[k]);
        kam_free(g->low[k]);
        kam_free(g->high[k]);
    }
    kam_free(g->x);
}

static bool nothing(const plan *p, const picture *g)
{
    for (size_t k = 0; k < p->n_y; k++)
        for (size_t i = 0; i < g->n; i++)
            if (isfinite(g->v[k][i]) && (!g->x || isfinite(g->x[i]))) return false;
    return true;
}

/* --- groups of points --------------------------------------------------------------------------------------------------- */

typedef struct grouping {
    uint8_t *of;
    char *name[CMD_PLOT_SERIES];
    size_t n;
} grouping;

/* The first seven different texts are groups of their own, all others are one. */
static void group_by(const plan *p, size_t col, grouping *g)
{
    char **text = texts(p, (int)col, p->n);
    g->of = kam_calloc(p->n + 1, 1);
    for (size_t i = 0; i < p->n; i++) {
        size_t k = 0;
        while (k < g->n && strcmp(g->name[k], text[i]) != 0) k++;
        if (k == g->n && k < CMD_PLOT_SERIES - 1) g->name[g->n++] = kam_strdup(text[i]);
        else if (k == g->n && k == CMD_PLOT_SERIES - 1)
            g->name[g->n++] = kam_strdup(cmd_session_say(p->s, (cmd_text){"others", "其他"}));
        else if (k == g->n) k = CMD_PLOT_SERIES - 1;
        g->of[i] = (uint8_t)k;
    }
    texts_free(text, p->n);
}

static void grouping_release(grouping *g)
{
    for (size_t i = 0; i < g->n; i++) kam_free(g->name[i]);
    kam_free(g->of);
}

/* --- drawing ---------------------------------------------------------------------------------------------------------- */

static cmd_plot_axis axis_of(const plan *p, int col, const char *const *text)
{
    if (col < 0) return (cmd_plot_axis){cmd_session_say(p->s, (cmd_text){"row", "行"}), KAM_INT, NULL};
    const kam_type t = kam_col_type(kam_table_column(p->t, (size_t)col));
    return (cmd_plot_axis){heading(p, col), t, text};
}

/* One axis serves several columns: of their type if they are of one, else of plain numbers. */
static cmd_plot_axis y_axis(const plan *p)
{
    cmd_plot_axis a = axis_of(p, (int)p->y[0], NULL);
    for (size_t k = 1; k < p->n_y; k++)
        if (kam_col_type(kam_table_column(p->t, p->y[k])) != a.type) a.type = KAM_REAL;
    return a;
}

static kam_rc draw_points(const plan *p, const struct plot_args *a, const cmd_plot_look *k, const picture *g, kam_str *out,
                          kam_err *err)
{
    const cmd_plot_axis ax = axis_of(p, p->x, NULL), ay = axis_of(p, (int)p->y[0], NULL);
    grouping by = {NULL, {NULL}, 0};
    if (a->label) {
        size_t col = 0;
        kam_rc rc = cmd_table_column(p->t, NAME[SCATTER], a->label, &col, err);
        if (rc) return rc;
        group_by(p, col, &by);
    }
    cmd_plot_scatter(k, g->n, &ax, g->x, &ay, g->v[0], by.of, (const char *const *)by.name, by.n, out);
    grouping_release(&by);
    return KAM_OK;
}

static kam_rc draw_funnel(const plan *p, const cmd_plot_look *k, const picture *g, kam_str *out, kam_err *err)
{
    for (size_t i = 0; i < g->n; i++)
        if (g->v[0][i] < 0) return usage(FUNNEL, "a funnel takes values of 0 or more; try `plot bar`", err);
    /* the conversion of a stage says more than its width */
    const int rate = kam_table_index(p->t, "conversion");
    char **beside = NULL;
    if (rate >= 0 && kam_col_type(kam_table_column(p->t, (size_t)rate)) == KAM_REAL) {
        beside = kam_calloc(g->n_text + 1, sizeof *beside);
        for (size_t i = 0; i < g->n_text; i++) {
            char buf[32] = "";
            const double r = number_at(p, (size_t)rate, i);
            if (isfinite(r)) snprintf(buf, sizeof buf, "→ %.0f %%", r * 100);
            beside[i] = kam_strdup(buf);
        }
    }
    cmd_plot_funnel(k, g->n, (const char *const *)g->label, &g->s[0], (const char *const *)beside, out);
    texts_free(beside, g->n_text);
    return KAM_OK;
}

static kam_rc draw(const plan *p, const struct plot_args *a, shape f, const cmd_plot_look *k, const picture *g, kam_str *out,
                   kam_err *err)
{
    const char *const *label = (const char *const *)g->label;
    switch (f) {
    case BAR: cmd_plot_bar(k, g->n, label, p->n_y, g->s, out); return KAM_OK;
    case FUNNEL: return draw_funnel(p, k, g, out, err);
    case SPARK: cmd_plot_spark(k, g->n, p->n_y, g->s, out); return KAM_OK;
    case SCATTER: return draw_points(p, a, k, g, out, err);
    default: break;
    }
    const cmd_plot_axis ax = axis_of(p, p->x, label), ay = y_axis(p);
    cmd_plot_line(k, g->n, &ax, g->x, &ay, p->n_y, g->s, out);
    return KAM_OK;
}

static void say_nothing(const plan *p, const cmd_plot_look *k, kam_str *out)
{
    kam_str b = KAM_STR_INIT;
    if (!p->n_y) kam_str_add(&b, k->chinese ? "没有可画的内容：表中没有记录。" : "Nothing to draw: the table has no rows.");
    else kam_str_addf(&b, k->chinese ? "没有可画的内容：%s没有数值。" : "Nothing to draw: %s has no values.", heading(p, (int)p->y[0]));
    cmd_plot_sentence(k, kam_str_cstr(&b), out);
    kam_str_release(&b);
}

static kam_rc run(cmd_session *s, const struct plot_args *a, shape f, cmd_value *out, kam_err *err)
{
    plan p = {.s = s, .t = a->table, .x = -1, .lang = cmd_session_lang(s)};
    const size_t window = cmd_session_width(s) ? cmd_session_width(s) : WIDTH;
    const bool bars = f == BAR || f == FUNNEL;
    cmd_plot_look k = {.width = a->width != CMD_UNSET_INT ? (size_t)a->width : window < CMD_PLOT_WIDTH_MIN ? CMD_PLOT_WIDTH_MIN : window,
                       .height = a->height != CMD_UNSET_INT ? (size_t)a->height : bars ? BARS : ROWS,
                       .color = cmd_session_color(s), .wide = cmd_session_wide(s), .chinese = p.lang == CMD_LANG_ZH, .title = a->title};
    kam_rc rc = kam_table_rows(a->table) ? choose(&p, a, f, err) : KAM_OK;
    if (rc) return rc;
    picture g;
    kam_str b = KAM_STR_INIT;
    choose_rows(&p);
    picture_make(&p, f, k.height, &g);
    if (nothing(&p, &g)) say_nothing(&p, &k, &b);
    else rc = draw(&p, a, f, &k, &g, &b, err);
    if (k.wide) cmd_plot_narrow(&b, 0);
    picture_release(&p, f, &g);
    kam_free(p.row);
    while (b.len && b.s[b.len - 1] == '\n') b.s[--b.len] = '\0';
    if (!rc) cmd_value_set_text(out, kam_str_cstr(&b));
    kam_str_release(&b);
    return rc;
}

static kam_rc run_bar(cmd_session *s, const void *a, cmd_value *out, kam_err *err) { return run(s, a, BAR, out, err); }
static kam_rc run_funnel(cmd_session *s, const void *a, cmd_value *out, kam_err *err) { return run(s, a, FUNNEL, out, err); }
static kam_rc run_line(cmd_session *s, const void *a, cmd_value *out, kam_err *err) { return run(s, a, LINE, out, err); }
static kam_rc run_scatter(cmd_session *s, const void *a, cmd_value *out, kam_err *err) { return run(s, a, SCATTER, out, err); }
static kam_rc run_spark(cmd_session *s, const void *a, cmd_value *out, kam_err *err) { return run(s, a, SPARK, out, err); }

/* --- records ------------------------------------------------------------------------------------------------------------ */

#define ARG_TABLE                                                                                              \
    {.name = "table", .kind = CMD_TABLE, .offset = offsetof(struct plot_args, table), .flags = CMD_REQUIRED,   \
     .help = {"the data", "数据表"}}
#define ARG_COLUMN(field, option, en_, zh_)                                                                    \
    {.name = option, .kind = CMD_COLUMN, .offset = offsetof(struct plot_args, field), .help = {en_, zh_}}
#define ARG_Y(en_, zh_) {.name = "-y", .kind = CMD_LIST, .offset = offsetof(struct plot_args, y), .help = {en_, zh_}}
#define ARG_LOOK                                                                                               \
    {.name = "-title", .kind = CMD_STRING, .offset = offsetof(struct plot_args, title),                        \
     .help = {"words above the figure", "图题"}},                                                              \
    {.name = "-width", .kind = CMD_INT, .offset = offsetof(struct plot_args, width), .min = 20, .max = 1000, \
     .help = {"columns; else those of the window, or 80", "宽度（列）；默认为窗口宽度或 80"}}
#define ARG_HEIGHT(en_, zh_)                                                                                   \
    {.name = "-height", .kind = CMD_INT, .offset = offsetof(struct plot_args, height), .min = 3, .max = 1000, .help = {en_, zh_}}

static const cmd_arg bar_args[] = {
    ARG_TABLE,
    ARG_COLUMN(label, "-label", "column of names; else the first text", "名称列；默认第一个文本列"),
    ARG_Y("columns of numbers, at most four; else the first", "数值列，最多四列；默认第一个"),
    ARG_LOOK,
    ARG_HEIGHT("most rows drawn; else 40", "最多画多少行；默认 40"),
    CMD_ARGS_END};
static const cmd_arg funnel_args[] = {
    ARG_TABLE,
    ARG_COLUMN(label, "-label", "column of names; else the first text", "名称列；默认第一个文本列"),
    ARG_Y("column of numbers of 0 or more; else the first", "数值列，不小于零；默认第一个"),
    ARG_LOOK,
    ARG_HEIGHT("most rows drawn; else 40", "最多画多少行；默认 40"),
    CMD_ARGS_END};
static const cmd_arg line_args[] = {
    ARG_TABLE,
    ARG_COLUMN(x, "-x", "column of the horizontal axis; else the first of days, of text, of numbers",
               "横轴列；默认依次取第一个日期列、文本列、数值列"),
    ARG_Y("columns of numbers, at most eight, a line each; else the first", "数值列，最多八列，每列一条线；默认第一个"),
    ARG_LOOK,
    ARG_HEIGHT("rows of the drawing; else 16", "图的行数；默认 16"),
    CMD_ARGS_END};
static const cmd_arg scatter_args[] = {
    ARG_TABLE,
    ARG_COLUMN(x, "-x", "column of numbers of the horizontal axis; else the first", "横轴数值列；默认第一个"),
    ARG_Y("column of numbers of the vertical axis; else the next", "纵轴数值列；默认下一个"),
    ARG_COLUMN(label, "-label", "column that groups the points; each of up to seven groups has a mark of its own",
               "分组列；最多七组，每组一种符号"),
    ARG_LOOK,
    ARG_HEIGHT("rows of the drawing; else 16", "图的行数；默认 16"),
    CMD_ARGS_END};
static const cmd_arg spark_args[] = {
    ARG_TABLE,
    ARG_Y("columns of numbers, at most eight, a line each; else the first", "数值列，最多八列，每列一行；默认第一个"),
    ARG_LOOK,
    CMD_ARGS_END};

static const char SETUP[] = "set t {{stage 线索 count 9 amount 120} {stage 意向 count 4 amount 95} {stage 成交 count 2 amount 40}}";

static const cmd_example bar_examples[] = {
    {{"A bar a row, the value beside its name.", "每行一条，数值在名称旁。"}, "plot bar $t -width 30",
     "█ count\n线索 9 │██████████████████████\n意向 4 │█████████▊\n成交 2 │████▉"},
    {{"The first text is the label; there must be numbers.", "第一个文本列作名称；须有数值列。"}, "plot bar {{name x}}",
     "error: KAM USAGE {plot bar}"},
    CMD_EXAMPLES_END};
static const cmd_example funnel_examples[] = {
    {{"The stages of a sale.", "销售各阶段。"}, "plot funnel $t -width 30",
     "█ count\n线索 9 ██████████████████████\n意向 4       ██████████\n成交 2         ▐████▌"},
    CMD_EXAMPLES_END};
static const cmd_example line_examples[] = {
    {{"Two columns over a third.", "两列相对于第三列。"}, "llength [split [plot line $t -y {count amount} -height 8] \\n]", "12"},
    CMD_EXAMPLES_END};
static const cmd_example scatter_examples[] = {
    {{"Two columns of numbers.", "两个数值列。"}, "llength [split [plot scatter $t -x count -y amount -height 6] \\n]", "10"},
    CMD_EXAMPLES_END};
static const cmd_example spark_examples[] = {
    {{"A course in one line.", "一行看走势。"}, "plot spark {{n 1} {n 3} {n 2} {n 8}}", "n ▁▃▂█  least 1, most 8, last 8"},
    CMD_EXAMPLES_END};

#define PLOT(id, name_, en_, zh_, den_, dzh_, args_, examples_, run_)                                          \
    const cmd_spec id = {.name = name_, .summary = {en_, zh_}, .detail = {den_, dzh_}, .effect = CMD_READS,    \
                         .args_size = sizeof(struct plot_args), .args = args_, .setup = SETUP,                 \
                         .returns = {"the figure, a text", "图（文本）"}, .examples = examples_, .run = run_,   \
                         .topic = "tables"}

PLOT(cmd_plot_bar_spec, "plot bar", "draw bars in the terminal", "在终端画条形图",
     "Values below 0 point to the left. Where the table holds the ends of an interval (Y_low and Y_high, or low and high) they are "
     "drawn over the bar. Missing values are left out and counted in a last line; so are rows beyond -height.",
     "负值向左。表中有区间两端（Y_low 与 Y_high，或 low 与 high）时叠画在条上。缺失值不画，在末行计数；超出 -height 的行亦然。",
     bar_args, bar_examples, run_bar);
PLOT(cmd_plot_funnel_spec, "plot funnel", "draw a funnel in the terminal", "在终端画漏斗图",
     "Bars in the middle, in the order of the rows. A column conversion is written beside them.",
     "居中的条形，按行序排列。有 conversion 列时写在旁边。", funnel_args, funnel_examples, run_funnel);
PLOT(cmd_plot_line_spec, "plot line", "draw lines in the terminal", "在终端画折线图",
     "Lines are drawn in braille dots; where there are several, each carries a mark of its own. Rows are joined in the order of x, a "
     "missing value interrupts the line. The horizontal axis begins and ends with the data.",
     "用盲文点画线；有多条时各带符号。按横轴次序连接，缺失处断开。横轴以数据首尾为界。", line_args, line_examples, run_line);
PLOT(cmd_plot_scatter_spec, "plot scatter", "draw points in the terminal", "在终端画散点图",
     "A point a row; a digit says how many lie in one place, + ten or more. With -label every group has its own mark.",
     "每行一点；数字表示同一处的点数，+ 表示十个以上。用 -label 时每组一种符号。", scatter_args, scatter_examples, run_scatter);
PLOT(cmd_plot_spark_spec, "plot spark", "draw the course of numbers in one line", "用一行画出走势",
     "Eight levels from the least to the greatest value, with both and the last in figures. More rows than columns: means of "
     "neighbours. A gap is a missing value.",
     "从最小到最大分八级，并写出最小、最大与最后值。行数多于列数时取相邻均值。空白为缺失。", spark_args, spark_examples, run_spark);

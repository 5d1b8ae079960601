/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a figure shows, for who does not see it: its caption, what kind of figure it is, and its data: all of them where they
 * are few, else how many, the highest and the lowest. */
#include "kam_utf8.h"
#include "pdf_block.h"
#include "pdf_figure.h"
#include "pdf_format.h"
#include "pdf_sign.h"
#include "pdf_tag.h"
#include <string.h>

enum { FEW = 12, MANY = 60, PEOPLE = 200 }; /* values, points or rows, people that are told one by one */

typedef struct alt {
    const pdf_ctx *cx;
    const kam_table *t;
    bool chinese;
    kam_str out, cell;
} alt;

static const char *pick(const alt *a, const char *zh, const char *en)
{
    return a->chinese ? zh : en;
}

/* A cell as the figure prints it; "" when missing or when there is no such column. Lent until the next. */
static const char *cell_of(alt *a, const char *col, size_t row, pdf_format format)
{
    kam_str_clear(&a->cell);
    long k = col ? kam_table_index(a->t, col) : -1;
    const kam_column *c = k >= 0 ? kam_table_column(a->t, (size_t)k) : NULL;
    if (c && !kam_col_missing(c, row))
        pdf_format_cell(&a->cell, a->t, (size_t)k, row, a->cx->lang, a->cx->word, format, pdf_column_decimals(c, format));
    return kam_str_cstr(&a->cell);
}

static void say(alt *a, const char *col, size_t row, const char *before, pdf_format format)
{
    const char *text = cell_of(a, col, row, format);
    if (*text) kam_str_addf(&a->out, "%s%s", before, text);
}

/* "柱形图，24 项" / "Bar chart, 24 items" */
static void kind(alt *a, const char *zh, const char *en, size_t n)
{
    if (a->chinese) kam_str_addf(&a->out, "%s，%zu 项", zh, n);
    else kam_str_addf(&a->out, "%s, %zu item%s", en, n, n == 1 ? "" : "s");
}

static void rest(alt *a, size_t n, size_t told)
{
    if (n <= told) return;
    if (a->chinese) kam_str_addf(&a->out, "；另有 %zu 项", n - told);
    else kam_str_addf(&a->out, "; %zu more", n - told);
}

/* --- values --- */
static void labelled(alt *a, const char *label, const char *value, size_t row, pdf_format format)
{
    say(a, label, row, "", PDF_FORMAT_AUTO);
    const char *v = cell_of(a, value, row, format);
    kam_str_addf(&a->out, "%s%s", label ? " " : "", *v ? v : pick(a, "缺失", "missing"));
}

static void extremes(alt *a, const char *label, const char *value, pdf_format format)
{
    const kam_column *c = kam_table_find(a->t, value);
    size_t rows = kam_table_rows(a->t), high = rows, low = rows, known = 0;
    for (size_t r = 0; r < rows; r++) {
        if (kam_col_missing(c, r)) continue;
        known++;
        if (high == rows || kam_col_real(c, r) > kam_col_real(c, high)) high = r;
        if (low == rows || kam_col_real(c, r) < kam_col_real(c, low)) low = r;
    }
    if (known == 0) {
        kam_str_add(&a->out, pick(a, "无数据", "no data"));
        return;
    }
    kam_str_add(&a->out, pick(a, "最高 ", "highest "));
    labelled(a, label, value, high, format);
    kam_str_add(&a->out, pick(a, "，最低 ", ", lowest "));
    labelled(a, label, value, low, format);
    if (known == rows) return;
    if (a->chinese) kam_str_addf(&a->out, "，缺失 %zu", rows - known);
    else kam_str_addf(&a->out, ", %zu missing", rows - known);
}

static void series(alt *a, const char *label, const char *const *values, const char *const *names, size_t n, pdf_format format)
{
    size_t rows = kam_table_rows(a->t);
    for (size_t k = 0; k < n; k++) {
        kam_str_add(&a->out, k ? pick(a, "；", "; ") : pick(a, "：", ": "));
        if (names && names[k] && n > 1) kam_str_addf(&a->out, "%s%s", names[k], pick(a, "：", ": "));
        if (rows > FEW || !label) extremes(a, label, values[k], format);
        else
            for (size_t r = 0; r < rows; r++) {
                if (r) kam_str_add(&a->out, pick(a, "，", ", "));
                labelled(a, label, values[k], r, format);
            }
    }
}

static void funnel(alt *a, const pdf_funnel_opts *o)
{
    size_t n = kam_table_rows(a->t);
    for (size_t r = 0; r < n && r < MANY; r++) {
        kam_str_add(&a->out, r ? pick(a, "；", "; ") : pick(a, "：", ": "));
        labelled(a, o->label_col, o->value_col, r, o->format);
        say(a, o->second_col, r, pick(a, "，", ", "), o->second_format);
    }
    rest(a, n, MANY);
}

/* The rank at which four fifths of the sum are reached. */
static void four_fifths(alt *a, const char *value)
{
    const kam_column *c = kam_table_find(a->t, value);
    double sum = 0, part = 0;
    size_t rows = kam_table_rows(a->t), rank = 0;
    for (size_t r = 0; r < rows; r++) sum += kam_col_missing(c, r) ? 0 : kam_col_real(c, r);
    for (; rank < rows && part < 0.8 * sum; rank++) part += kam_col_missing(c, rank) ? 0 : kam_col_real(c, rank);
    if (sum <= 0) return;
    if (a->chinese) kam_str_addf(&a->out, "；前 %zu 项达到合计的 80%%", rank);
    else kam_str_addf(&a->out, "; the first %zu reach 80 %% of the sum", rank);
}

/* --- rows told one by one --- */
static void points(alt *a, const pdf_quadrant_opts *o)
{
    size_t n = kam_table_rows(a->t);
    if (o->x_label) kam_str_addf(&a->out, "%s%s", pick(a, "，横轴：", ", across: "), o->x_label);
    if (o->y_label) kam_str_addf(&a->out, "%s%s", pick(a, "，纵轴：", ", up: "), o->y_label);
    for (size_t r = 0; r < n && r < MANY; r++) {
        say(a, o->label_col, r, r ? pick(a, "；", "; ") : pick(a, "。", ". "), PDF_FORMAT_AUTO);
        say(a, o->x_col, r, " ", o->x_format);
        say(a, o->y_col, r, " / ", o->y_format);
    }
    rest(a, n, MANY);
}

/* A key that is drawn as a colour or ground, in words. */
static void keyed(alt *a, const char *col, size_t row, const char *before)
{
    static const char *const states[][2] = {{"owned", "已占有"}, {"pipeline", "在谈"}, {"gap", "空白"}, {"competitor", "竞争对手"}, {"blocked", "不可行"}};
    const char *text = cell_of(a, col, row, PDF_FORMAT_PLAIN), *word = pdf_tone_word(a->cx->lang, text);
    for (size_t i = 0; a->chinese && !word && i < sizeof states / sizeof *states; i++)
        if (strcmp(states[i][0], text) == 0) word = states[i][1];
    if (word) kam_str_addf(&a->out, "%s%s", before, word);
    else say(a, col, row, before, PDF_FORMAT_AUTO);
}

static void actions(alt *a, const pdf_timeline_opts *o)
{
    size_t n = kam_table_rows(a->t);
    for (size_t r = 0; r < n && r < MANY; r++) {
        say(a, o->label_col, r, r ? pick(a, "；", "; ") : pick(a, "：", ": "), PDF_FORMAT_AUTO);
        say(a, o->owner_col, r, pick(a, "，", ", "), PDF_FORMAT_AUTO);
        say(a, o->start_col, r, pick(a, "，自 ", ", from "), PDF_FORMAT_AUTO);
        say(a, o->due_col, r, pick(a, "，期限 ", ", due "), PDF_FORMAT_AUTO);
        keyed(a, o->tone_col, r, pick(a, "，", ", "));
    }
    rest(a, n, MANY);
}

static void grid(alt *a, const pdf_heat_opts *o)
{
    size_t n = kam_table_rows(a->t);
    for (size_t r = 0; r < n && r < 2 * MANY; r++) {
        say(a, o->row_col, r, r ? pick(a, "；", "; ") : pick(a, "：", ": "), PDF_FORMAT_AUTO);
        say(a, o->col_col, r, " – ", PDF_FORMAT_AUTO);
        keyed(a, o->state_col, r, " ");
        say(a, o->value_col, r, " ", o->format);
        say(a, o->note_col, r, pick(a, "，", ", "), PDF_FORMAT_AUTO);
    }
    rest(a, n, 2 * MANY);
}

/* --- people --- */
static size_t row_of(const alt *a, const kam_column *ids, const char *id)
{
    size_t r = 0, n = kam_table_rows(a->t);
    while (r < n && (kam_col_missing(ids, r) || strcmp(kam_col_text(ids, r), id) != 0)) r++;
    return r;
}

static void attitude(alt *a, const char *col, size_t row)
{
    const kam_column *c = col ? kam_table_find(a->t, col) : NULL;
    if (!c) return;
    double v = kam_col_missing(c, row) ? 0 : kam_col_real(c, row);
    const char *word = kam_col_missing(c, row) ? pick(a, "态度不明", "attitude unknown") : v > 0 ? pick(a, "支持", "supporter")
                     : v < 0 ? pick(a, "反对", "opponent") : pick(a, "中立", "neutral");
    kam_str_addf(&a->out, "%s%s", pick(a, "，", ", "), word);
}

static void people(alt *a, const pdf_people_opts *o)
{
    size_t n = kam_table_rows(a->t);
    const kam_column *ids = kam_table_find(a->t, o->id_col), *up = o->reports_col ? kam_table_find(a->t, o->reports_col) : NULL;
    bool texts = kam_col_type(ids) == KAM_TEXT && up && kam_col_type(up) == KAM_TEXT;
    for (size_t r = 0; r < n && r < PEOPLE; r++) {
        say(a, o->name_col, r, r ? pick(a, "；", "; ") : pick(a, "：", ": "), PDF_FORMAT_AUTO);
        say(a, o->title_col, r, pick(a, "，", ", "), PDF_FORMAT_AUTO);
        say(a, o->role_col, r, pick(a, "，", ", "), PDF_FORMAT_AUTO);
        attitude(a, o->attitude_col, r);
        if (!texts || kam_col_missing(up, r)) continue;
        size_t above = row_of(a, ids, kam_col_text(up, r));
        if (above < n && above != r) say(a, o->name_col, above, pick(a, "，上级：", ", reports to "), PDF_FORMAT_AUTO);
    }
    rest(a, n, PEOPLE);
}

/* --- */
static const char *caption_of(const pdf_block *b)
{
    switch (b->kind) {
    case PDF_B_BAR: return b->u.bar->caption;
    case PDF_B_FUNNEL: return b->u.funnel->caption;
    case PDF_B_QUADRANT: return b->u.quadrant->caption;
    case PDF_B_LINE: return b->u.line->caption;
    case PDF_B_PEOPLE: return ((const pdf_people_opts *)b->u.figure)->caption;
    case PDF_B_HEAT: return ((const pdf_heat_opts *)b->u.figure)->caption;
    case PDF_B_WHALE: return ((const pdf_whale_opts *)b->u.figure)->caption;
    case PDF_B_HISTOGRAM: return ((const pdf_histogram_opts *)b->u.figure)->caption;
    case PDF_B_TIMELINE: return ((const pdf_timeline_opts *)b->u.figure)->caption;
    default: return b->title;
    }
}

static void describe(alt *a, const pdf_block *b)
{
    size_t n = a->t ? kam_table_rows(a->t) : 0;
    if (a->t && n == 0) {
        kam_str_add(&a->out, b->empty ? b->empty : pick(a, "没有记录。", "Nothing on record."));
        return;
    }
    switch (b->kind) {
    case PDF_B_BAR:
        kind(a, "柱形图", "Bar chart", n);
        series(a, b->u.bar->label_col, b->u.bar->value_cols, b->u.bar->series, b->u.bar->n_values, b->u.bar->format);
        break;
    case PDF_B_LINE:
        kind(a, "折线图", "Line chart", n);
        series(a, b->u.line->x_col, b->u.line->value_cols, b->u.line->series, b->u.line->n_values, b->u.line->format);
        break;
    case PDF_B_FUNNEL: kind(a, "漏斗图", "Funnel", n), funnel(a, b->u.funnel); break;
    case PDF_B_QUADRANT: kind(a, "象限图", "Quadrant chart", n), points(a, b->u.quadrant); break;
    case PDF_B_PEOPLE: kind(a, "关系图", "Map of people", n), people(a, b->u.figure); break;
    case PDF_B_HEAT: kind(a, "矩阵图", "Matrix", n), grid(a, b->u.figure); break;
    case PDF_B_TIMELINE: kind(a, "时间线", "Timeline", n), actions(a, b->u.figure); break;
    case PDF_B_WHALE: {
        const pdf_whale_opts *o = b->u.figure;
        kind(a, "累计曲线", "Cumulated curve", n);
        series(a, NULL, &o->value_col, NULL, 1, PDF_FORMAT_SHORT);
        four_fifths(a, o->value_col);
        break;
    }
    case PDF_B_HISTOGRAM: {
        const pdf_histogram_opts *o = b->u.figure;
        kind(a, "直方图", "Histogram", n);
        series(a, NULL, &o->value_col, NULL, 1, o->format);
        break;
    }
    default: kam_str_add(&a->out, pick(a, "图片", "Picture"));
    }
    kam_str_add(&a->out, pick(a, "。", "."));
}

const char *pdf_alt_of(const pdf_ctx *cx, const pdf_block *b)
{
    alt a = {.cx = cx, .t = b->table, .chinese = cx->lang == PDF_ZH, .out = KAM_STR_INIT, .cell = KAM_STR_INIT};
    const char *caption = caption_of(b);
    if (caption && *caption) kam_str_addf(&a.out, "%s%s", caption, pick(&a, "。", ". "));
    describe(&a, b);
    const char *kept = kam_arena_strdup(cx->arena, kam_str_cstr(&a.out));
    kam_str_release(&a.out);
    kam_str_release(&a.cell);
    return kept;
}

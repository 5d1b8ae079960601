/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bar chart, lying or standing, grouped or stacked. */
#include "pdf_chart.h"
#include "pdf_format.h"
#include <math.h>
#include <string.h>

typedef struct bars {
    pdf_fig f;
    const pdf_bar_opts *o;
    size_t label, tone, col[PDF_SERIES], n_series;
    size_t shown, rows;   /* bars drawn from rows; the rest are one more bar, "others" */
    bool others;
    size_t skipped;
    kam_axis axis;
} bars;

static size_t n_bars(const bars *b)
{
    return b->shown + (b->others ? 1 : 0);
}

/* Value of bar i in series k; "others" sums what has no bar of its own. */
static bool bar_value(const bars *b, size_t i, size_t k, double *v)
{
    if (i < b->shown) return pdf_fig_value(&b->f, b->col[k], i, v);
    *v = 0;
    bool any = false;
    for (size_t r = b->shown; r < b->rows; r++) {
        double x;
        if (!pdf_fig_value(&b->f, b->col[k], r, &x)) continue;
        *v += x;
        any = true;
    }
    return any;
}

static const char *bar_label(bars *b, size_t i)
{
    if (i < b->shown) return pdf_fig_label(&b->f, b->label, i);
    kam_str_clear(&b->f.s);
    kam_str_addf(&b->f.s, b->f.lang == PDF_ZH ? "其他 %zu 项" : "%zu others", b->rows - b->shown);
    return kam_str_cstr(&b->f.s);
}

static void scale(bars *b)
{
    double lo = 0, hi = 0;
    bool whole = b->o->format != PDF_FORMAT_PERCENT;
    for (size_t i = 0; i < n_bars(b); i++) {
        double up = 0, down = 0;
        for (size_t k = 0; k < b->n_series; k++) {
            double v;
            if (!bar_value(b, i, k, &v)) {
                b->skipped++;
                continue;
            }
            whole = whole && v == floor(v);
            if (!b->o->stacked) up = down = 0;
            if (v > 0) up += v;
            else down += v;
            hi = fmax(hi, up);
            lo = fmin(lo, down);
        }
    }
    if (whole) kam_axis_make_whole(&b->axis, lo, hi, 5); /* there are no two and a half visits */
    else kam_axis_make(&b->axis, lo, hi, 5, true);
}

static const char *tick_text(bars *b, double v)
{
    int d = b->axis.decimals ? b->axis.decimals : -1;
    return pdf_fig_number(&b->f, b->col[0], v, b->o->format == PDF_FORMAT_SIGNED ? PDF_FORMAT_AUTO : b->o->format,
                          b->o->format == PDF_FORMAT_PERCENT ? (b->axis.step >= 0.01 ? -1 : 1) : d);
}

static const char *value_text(bars *b, size_t k, double v)
{
    const kam_column *c = kam_table_column(b->f.t, b->col[k]);
    int d = pdf_column_decimals(c, b->o->format);
    if (kam_col_type(c) == KAM_MONEY && b->o->format == PDF_FORMAT_AUTO) d = -1;
    return pdf_fig_number(&b->f, b->col[k], v, b->o->format, d);
}

static void put_bar(bars *b, size_t i, size_t k, double x, double y, double w, double h)
{
    pdf_rgb colour;
    pdf_sign sign;
    const char *tone = b->o->tone_col && i < b->shown ? kam_col_text(kam_table_column(b->f.t, b->tone), i) : "";
    if (b->n_series == 1 && pdf_tone_of(b->f.th, tone, &colour, &sign)) {
        pdf_put_rect(b->f.o, x, y, w, h, colour);
        if (h > 6) pdf_put_sign(b->f.o, sign, x + 6, y + h / 2, 2.4, 0xFFFFFF, PDF_NONE);
    } else if (i >= b->shown) pdf_put_rect(b->f.o, x, y, w, h, b->f.th->unknown);
    else pdf_put_series_rect(b->f.o, b->f.th, k, x, y, w, h);
}

/* --- lying --- */
static double label_width(bars *b)
{
    double w = 0;
    for (size_t i = 0; i < n_bars(b); i++) w = fmax(w, pdf_measure(b->f.m, b->f.size, bar_label(b, i)));
    return fmin(w + 0.2, b->f.w * 0.34);
}

static void lying_axis(bars *b, double x0, double x1, double y0, double y1)
{
    double last = -INFINITY; /* where the words of the line before end */
    for (size_t i = 0; i < b->axis.n; i++) {
        double x = kam_axis_map(&b->axis, b->axis.tick[i], x0, x1);
        bool zero = b->axis.tick[i] == 0;
        pdf_put_line(b->f.o, x, y0, x, y1, zero ? b->f.th->muted : b->f.th->faint, zero ? 0.8 : 0.5);
        const char *text = tick_text(b, b->axis.tick[i]);
        double w = pdf_measure(b->f.m, b->f.size, text), at = pdf_fig_centre(&b->f, x, text);
        if (at - w / 2 < last + 4) continue; /* long numbers: every other line has its own */
        pdf_fig_text(&b->f, at, y1 + b->f.size + 3, b->f.th->muted, text, PDF_SET_CENTRE, 0);
        last = at + w / 2;
    }
}

static void lying_bar(bars *b, size_t i, double x0, double x1, double y, double h)
{
    double at_up = 0, at_down = 0, zero = kam_axis_map(&b->axis, 0, x0, x1), total = 0, end = zero;
    double each = b->o->stacked ? h : h / (double)b->n_series;
    bool any = false;
    for (size_t k = 0; k < b->n_series; k++) {
        double v;
        if (!bar_value(b, i, k, &v)) continue;
        double *at = v >= 0 ? &at_up : &at_down, from = b->o->stacked ? *at : 0;
        double xa = kam_axis_map(&b->axis, from, x0, x1), xb = kam_axis_map(&b->axis, from + v, x0, x1);
        *at += v;
        total += v;
        any = true;
        double top = b->o->stacked ? y : y + (double)k * each;
        put_bar(b, i, k, fmin(xa, xb), top, fabs(xb - xa), b->o->stacked ? each : each - (b->n_series > 1 ? 1 : 0));
        end = fmax(xa, xb);
        if (!b->o->stacked)
            pdf_fig_text(&b->f, end + 4, top + each / 2 + b->f.size * 0.35, b->f.th->ink, value_text(b, k, v), PDF_SET_LEFT, 0);
    }
    if (b->o->stacked && any)
        pdf_fig_text(&b->f, kam_axis_map(&b->axis, fmax(at_up, 0), x0, x1) + 4, y + h / 2 + b->f.size * 0.35, b->f.th->ink,
                     value_text(b, 0, total), PDF_SET_LEFT, 0);
}

static double widest_value(bars *b)
{
    double w = 0;
    for (size_t i = 0; i < n_bars(b); i++)
        for (size_t k = 0; k < b->n_series; k++) {
            double v;
            if (bar_value(b, i, k, &v)) w = fmax(w, pdf_measure(b->f.m, b->f.size, value_text(b, k, v)));
        }
    return w;
}

static double bar_thickness(const bars *b)
{
    return b->o->stacked || b->n_series == 1 ? 11 : 10.5 * (double)b->n_series;
}

static double draw_lying(bars *b, double top)
{
    double lw = label_width(b), x0 = lw + 8, x1 = b->f.w - widest_value(b) - 8;
    double thick = bar_thickness(b), gap = thick > 12 ? 9 : 6.5;
    if (b->o->height_pt > 0) {
        double room = (pdf_fig_height(&b->f, b->o->height_pt, 0) - top - 30) / (double)n_bars(b);
        thick = fmax(b->f.size + 0.5, room * 0.63), gap = fmax(2, room - thick);
    }
    double y0 = top + 2, y1 = y0 + gap / 2 + (thick + gap) * (double)n_bars(b);
    lying_axis(b, x0, x1, y0, y1);
    for (size_t i = 0; i < n_bars(b); i++) {
        double y = y0 + gap * 0.75 + (thick + gap) * (double)i;
        pdf_fig_text(&b->f, x0 - 6, y + thick / 2 + b->f.size * 0.35, b->f.th->ink, bar_label(b, i), PDF_SET_RIGHT, lw);
        lying_bar(b, i, x0, x1, y, thick);
    }
    double h = y1 + b->f.size + 5;
    if (b->o->axis) pdf_fig_text(&b->f, (x0 + x1) / 2, h + b->f.size + 1, b->f.th->muted, b->o->axis, PDF_SET_CENTRE, x1 - x0), h += b->f.size + 3;
    return h;
}

/* --- standing --- */
static double standing_axis(bars *b, double y0, double y1)
{
    double w = 0;
    for (size_t i = 0; i < b->axis.n; i++) w = fmax(w, pdf_measure(b->f.m, b->f.size, tick_text(b, b->axis.tick[i])));
    double x0 = w + 7;
    for (size_t i = 0; i < b->axis.n; i++) {
        double y = kam_axis_map(&b->axis, b->axis.tick[i], y1, y0);
        bool zero = b->axis.tick[i] == 0;
        pdf_put_line(b->f.o, x0, y, b->f.w, y, zero ? b->f.th->muted : b->f.th->faint, zero ? 0.8 : 0.5);
        pdf_fig_text(&b->f, x0 - 5, y + b->f.size * 0.35, b->f.th->muted, tick_text(b, b->axis.tick[i]), PDF_SET_RIGHT, 0);
    }
    return x0;
}

/* Values stand over the bars when each has room for its own: all or none. */
static bool values_fit(bars *b, double each)
{
    return !b->o->stacked && widest_value(b) <= each + (b->n_series > 1 ? -1 : 6);
}

static void standing_bar(bars *b, size_t i, double x, double w, double y0, double y1, bool values)
{
    double up = 0, down = 0, each = b->o->stacked ? w : w / (double)b->n_series;
    for (size_t k = 0; k < b->n_series; k++) {
        double v;
        if (!bar_value(b, i, k, &v)) continue;
        double *at = v >= 0 ? &up : &down, from = b->o->stacked ? *at : 0;
        double ya = kam_axis_map(&b->axis, from, y1, y0), yb = kam_axis_map(&b->axis, from + v, y1, y0);
        *at += v;
        double left = b->o->stacked ? x : x + (double)k * each;
        put_bar(b, i, k, left, fmin(ya, yb), each - (b->n_series > 1 && !b->o->stacked ? 0.8 : 0), fabs(yb - ya));
        if (values)
            pdf_fig_text(&b->f, left + each / 2, fmin(ya, yb) - 3, b->f.th->ink, value_text(b, k, v), PDF_SET_CENTRE, 0);
    }
}

static double draw_standing(bars *b, double top)
{
    double height = pdf_fig_height(&b->f, b->o->height_pt, 190), y0 = top + 12, y1 = height - b->f.size - 8;
    if (b->o->axis) {
        pdf_fig_text(&b->f, 0, top + b->f.size, b->f.th->muted, b->o->axis, PDF_SET_LEFT, b->f.w);
        y0 += b->f.size + 2;
    }
    y1 = fmax(y1, y0 + 60);
    double x0 = standing_axis(b, y0, y1), step = (b->f.w - x0) / (double)n_bars(b), widest = 0;
    for (size_t i = 0; i < n_bars(b); i++) widest = fmax(widest, pdf_measure(b->f.m, b->f.size, bar_label(b, i)));
    size_t every = (size_t)fmax(1, ceil((fmin(widest, 90) + 6) / step));
    double w = fmin(step * 0.72, b->n_series > 1 ? 90 : 46);
    bool values = values_fit(b, b->o->stacked ? w : w / (double)b->n_series);
    for (size_t i = 0; i < n_bars(b); i++) {
        double x = x0 + step * (double)i;
        standing_bar(b, i, x + (step - w) / 2, w, y0, y1, values);
        if (i % every == 0)
            pdf_fig_text(&b->f, x + step / 2, y1 + b->f.size + 3, b->f.th->ink, bar_label(b, i), PDF_SET_CENTRE, step * (double)every - 4);
    }
    return y1 + b->f.size + 6;
}

void pdf_set_bar(pdf_galley *g, const pdf_block *block)
{
    bars b = {.o = block->u.bar};
    pdf_fig_open(&b.f, g, block, b.o->caption);
    b.label = pdf_fig_col(&b.f, b.o->label_col);
    b.n_series = b.o->n_values;
    for (size_t k = 0; k < b.n_series; k++) b.col[k] = pdf_fig_col(&b.f, b.o->value_cols[k]);
    if (b.o->tone_col) b.tone = pdf_fig_col(&b.f, b.o->tone_col);
    b.rows = kam_table_rows(b.f.t);
    size_t most = b.o->max_bars ? b.o->max_bars : 20, fit = 60;
    if (!b.o->vertical) fit = (size_t)((g->cx->body_h - 120) / (bar_thickness(&b) + 9)); /* what a page holds */
    if (most > fit) most = fit;
    if (most < 2) most = 2;
    b.others = b.rows > most;
    b.shown = b.others ? most - 1 : b.rows;
    if (b.rows == 0) {
        pdf_fig_empty(&b.f);
        return;
    }
    scale(&b);
    double top = 0;
    if (b.n_series > 1) top = pdf_fig_legend(&b.f, 0, 0, b.f.w, b.o->series, b.n_series, PDF_KEY_AREA) + 2;
    double h = b.o->vertical ? draw_standing(&b, top) : draw_lying(&b, top);
    pdf_fig_close(&b.f, h, b.skipped);
}

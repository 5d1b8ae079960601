/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Histogram: counts in round classes; an interval behind them and a line across, both named above the area. */
#include "pdf_chart_plot.h"
#include "pdf_figure.h"
#include <math.h>
#include <stdio.h>

enum { MAX_BINS = 24 };

typedef struct histogram {
    pdf_fig f;
    const pdf_histogram_opts *o;
    pdf_plot p;
    size_t col, skipped, n;
    double count[MAX_BINS], most;
    size_t bins;
} histogram;

static void scale(histogram *h)
{
    double lo = INFINITY, hi = -INFINITY, v;
    for (size_t r = 0; r < kam_table_rows(h->f.t); r++) {
        if (!pdf_fig_value(&h->f, h->col, r, &v)) {
            h->skipped++;
            continue;
        }
        lo = fmin(lo, v), hi = fmax(hi, v);
        h->n++;
    }
    if (h->n == 0) return;
    if (h->o->has_interval) lo = fmin(lo, h->o->low), hi = fmax(hi, h->o->high);
    if (h->o->has_mark) lo = fmin(lo, h->o->mark), hi = fmax(hi, h->o->mark);
    int want = (int)ceil(log2((double)h->n)) + 2; /* Sturges, and one for round ends */
    kam_axis_make(&h->p.ax, lo, hi, want < 4 ? 4 : want > 12 ? 12 : want, false);
    h->bins = (size_t)(lround((h->p.ax.max - h->p.ax.min) / h->p.ax.step));
    if (h->bins > MAX_BINS) h->bins = MAX_BINS;
    if (h->bins < 1) h->bins = 1;
}

static void count(histogram *h)
{
    double v;
    for (size_t r = 0; r < kam_table_rows(h->f.t); r++) {
        if (!pdf_fig_value(&h->f, h->col, r, &v)) continue;
        size_t k = (size_t)fmax(0, floor((v / 2 - h->p.ax.min / 2) / (h->p.ax.step / 2))); /* by halves: their difference is a number */
        if (k >= h->bins) k = h->bins - 1; /* the upper end belongs to the last class */
        h->most = fmax(h->most, ++h->count[k]);
    }
    kam_axis_make(&h->p.ay, 0, h->most, 5, true);
    if (h->p.ay.step < 1) kam_axis_make(&h->p.ay, 0, fmax(2, h->most), 2, true);
    h->p.whole_y = true;
}

static double put_key_words(histogram *h)
{
    double x = 0;
    const pdf_theme *th = h->f.th;
    if (h->o->has_interval && h->o->interval_label) {
        pdf_op *op = pdf_put_rect(h->f.o, 0.5, 1.5, 14, 8, th->tint);
        op->stroke = th->accent, op->line = 0.6, op->dash = 2;
        x = 18 + pdf_fig_text(&h->f, 18, 9, th->ink, h->o->interval_label, PDF_SET_LEFT, h->f.w * 0.45) + 14;
    }
    if (h->o->has_mark && h->o->mark_label) {
        pdf_put_line(h->f.o, x + 1, 5.5, x + 15, 5.5, th->bad, 1.4);
        x += 19 + pdf_fig_text(&h->f, x + 19, 9, th->ink, h->o->mark_label, PDF_SET_LEFT, h->f.w * 0.4);
    }
    return x > 0 ? 14 : 0;
}

/* The lower end of class k; by halves, whose sum is a number. */
static double edge(const kam_axis *a, size_t k)
{
    return fmin(2 * fmin(a->min / 2 + (double)k * (a->step / 2), a->max / 2), a->max);
}

static void put_bars(histogram *h)
{
    const pdf_plot *p = &h->p;
    const pdf_theme *th = h->f.th;
    if (h->o->has_interval) {
        double a = pdf_plot_x(p, h->o->low), b = pdf_plot_x(p, h->o->high);
        pdf_op *op = pdf_put_rect(h->f.o, fmin(a, b), p->y0, fabs(b - a), p->y1 - p->y0, th->tint);
        op->stroke = th->accent, op->line = 0.6, op->dash = 2;
    }
    for (size_t k = 0; k < h->bins; k++) {
        double a = pdf_plot_x(p, edge(&p->ax, k)), b = pdf_plot_x(p, edge(&p->ax, k + 1));
        double y = pdf_plot_y(p, h->count[k]);
        if (h->count[k] > 0) pdf_put_series_rect(h->f.o, th, 0, a + 0.8, y, b - a - 1.6, p->y1 - y);
    }
    if (h->o->has_mark) {
        double x = pdf_plot_x(p, h->o->mark);
        pdf_put_line(h->f.o, x, p->y0, x, p->y1, th->bad, 1.4);
    }
}

void pdf_set_histogram(pdf_galley *g, const pdf_block *b)
{
    histogram h = {.o = b->u.figure};
    pdf_fig_open(&h.f, g, b, h.o->caption);
    h.col = pdf_fig_col(&h.f, h.o->value_col);
    scale(&h);
    if (h.n == 0) {
        pdf_fig_empty(&h.f);
        return;
    }
    count(&h);
    h.p.x_format = h.o->format;
    double top = put_key_words(&h);
    size_t op0 = h.f.o->n;
    pdf_plot_open(&h.f, &h.p, pdf_fig_height(&h.f, h.o->height_pt, h.f.w * 0.36) - top, h.o->x_label, h.o->y_label);
    put_bars(&h);
    pdf_ops_shift(h.f.o, op0, 0, top);
    pdf_fig_close(&h.f, h.p.foot + top, h.skipped);
}

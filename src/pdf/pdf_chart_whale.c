/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whale curve: the cumulated share of the total over the rows ranked by value. */
#include "pdf_chart_plot.h"
#include "pdf_figure.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static int falling(const void *a, const void *b)
{
    const double *x = a, *y = b;
    return (*x < *y) - (*x > *y);
}

typedef struct whale {
    pdf_fig f;
    const pdf_whale_opts *o;
    pdf_plot p;
    double *cum; /* share after 1, 2 … rows */
    size_t n, skipped, peak, most; /* rows to the peak; rows to 80 % of the total, 0: never */
    double total;
} whale;

static void collect(whale *w)
{
    size_t rows = kam_table_rows(w->f.t), col = pdf_fig_col(&w->f, w->o->value_col);
    w->cum = kam_calloc(rows + 1, sizeof *w->cum);
    for (size_t r = 0; r < rows; r++) {
        double v;
        if (pdf_fig_value(&w->f, col, r, &v)) w->cum[w->n++] = v, w->total += v;
        else w->skipped++;
    }
    if (w->n) qsort(w->cum, w->n, sizeof *w->cum, falling);
    double sum = 0;
    for (size_t i = 0; i < w->n && w->total > 0; i++) {
        sum += w->cum[i];
        w->cum[i] = sum / w->total;
        if (w->peak == 0 || w->cum[i] > w->cum[w->peak - 1] + 1e-12) w->peak = i + 1;
        if (w->most == 0 && w->cum[i] >= 0.8 - 1e-12) w->most = i + 1;
    }
}

/* A dot on the curve with its words in a free corner: right below it, for the curve bends to the upper left. */
static void put_point(whale *w, size_t rank, const char *text, double dy)
{
    double x = pdf_plot_x(&w->p, (double)rank), y = pdf_plot_y(&w->p, w->cum[rank - 1]);
    pdf_put_sign(w->f.o, PDF_SIGN_DISC, x, y, 3, w->f.th->bad, 0xFFFFFF);
    double room = pdf_measure(w->f.m, w->f.size, text), tx = fmin(x + 8, w->p.x1 - room - 2), ty = y + dy;
    pdf_put_line(w->f.o, x, y, tx + 2, ty - w->f.size, w->f.th->muted, 0.4);
    pdf_put_rect(w->f.o, tx - 1, ty - w->f.size + 0.5, room + 2, w->f.size + 2, 0xFFFFFF);
    pdf_fig_text(&w->f, tx, ty, w->f.th->ink, text, PDF_SET_LEFT, 0);
}

static void put_curve(whale *w)
{
    enum { MOST = 400 }; /* points; more cannot be seen */
    double xy[2 * (MOST + 2)];
    size_t k = 0, step = w->n / MOST + 1;
    for (size_t i = 0; i <= w->n; i += step) {
        xy[2 * k] = pdf_plot_x(&w->p, (double)i), xy[2 * k + 1] = pdf_plot_y(&w->p, i ? w->cum[i - 1] : 0);
        k++;
    }
    if ((w->n % step) != 0) {
        xy[2 * k] = pdf_plot_x(&w->p, (double)w->n), xy[2 * k + 1] = pdf_plot_y(&w->p, w->cum[w->n - 1]);
        k++;
    }
    pdf_put_poly(w->f.o, xy, k, false, PDF_NONE, w->f.th->series[0], 1.6);
}

static void put_words(whale *w)
{
    char line[120];
    bool zh = w->f.lang == PDF_ZH;
    double share = 100.0 * (double)w->most / (double)w->n;
    if (w->most && w->most < w->n) {
        snprintf(line, sizeof line, zh ? "前 %zu 个（%.0f %%）带来 80 %%" : "the first %zu (%.0f %%) bring 80 %%", w->most, share);
        put_point(w, w->most, line, 26);
    }
    if (w->peak && w->peak < w->n && w->cum[w->peak - 1] > 1.005) {
        snprintf(line, sizeof line, zh ? "最高 %.0f %%：其后 %zu 个在减少合计" : "peak %.0f %%: the %zu after it lower the total",
                 100 * w->cum[w->peak - 1], w->n - w->peak);
        put_point(w, w->peak, line, 50);
    }
}

void pdf_set_whale(pdf_galley *g, const pdf_block *b)
{
    whale w = {.o = b->u.figure};
    pdf_fig_open(&w.f, g, b, w.o->caption);
    collect(&w);
    if (w.n == 0 || w.total <= 0) pdf_fig_empty(&w.f);
    else {
        double low = 0, high = 1;
        for (size_t i = 0; i < w.n; i++) low = fmin(low, w.cum[i]), high = fmax(high, w.cum[i]);
        kam_axis_make(&w.p.ay, low, high, 6, true);
        kam_axis_make_whole(&w.p.ax, 0, (double)w.n, 8);
        w.p.ax.max = fmax((double)w.n, 1);
        while (w.p.ax.n > 1 && w.p.ax.tick[w.p.ax.n - 1] > w.p.ax.max + 1e-9) w.p.ax.n--;
        w.p.y_format = PDF_FORMAT_PERCENT;
        w.p.whole_x = true;
        pdf_plot_open(&w.f, &w.p, pdf_fig_height(&w.f, w.o->height_pt, w.f.w * 0.42), w.o->x_label, w.o->y_label);
        double xy[] = {pdf_plot_x(&w.p, 0), pdf_plot_y(&w.p, 0), pdf_plot_x(&w.p, (double)w.n), pdf_plot_y(&w.p, 1)};
        pdf_put_poly(w.f.o, xy, 2, false, PDF_NONE, w.f.th->unknown, 0.7)->dash = 3; /* all alike */
        put_curve(&w);
        put_words(&w);
        pdf_fig_close(&w.f, w.p.foot, w.skipped);
    }
    kam_free(w.cum);
}

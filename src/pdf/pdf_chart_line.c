/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Line chart over numbers, days or names, and the Pareto curve (bars with their running share). */
#include "pdf_chart.h"
#include "kam_date.h"
#include "pdf_format.h"
#include <math.h>
#include <stdio.h>

typedef struct lines {
    pdf_fig f;
    const pdf_line_opts *o;
    size_t xc, col[PDF_SERIES], n, skipped;
    kam_type xt;
    kam_axis ax, ay;
    double x0, x1, y0, y1;
    double x_lo, x_hi; /* days: the ends of the scale */
} lines;

static bool by_name(const lines *l)
{
    return l->xt == KAM_TEXT || l->xt == KAM_FLAG || l->o->pareto;
}

static bool x_of(const lines *l, size_t row, double *x)
{
    if (by_name(l)) {
        *x = l->x0 + (l->x1 - l->x0) * ((double)row + 0.5) / (double)l->n;
        return true;
    }
    double v;
    if (!pdf_fig_value(&l->f, l->xc, row, &v)) return false;
    if (l->xt == KAM_DAY) *x = l->x0 + (l->x1 - l->x0) * (l->x_hi > l->x_lo ? (v - l->x_lo) / (l->x_hi - l->x_lo) : 0.5);
    else *x = kam_axis_map(&l->ax, v, l->x0, l->x1);
    return true;
}

static const char *tick(lines *l, double v)
{
    int d = l->ay.decimals ? l->ay.decimals : -1;
    if (l->o->format == PDF_FORMAT_PERCENT) d = l->ay.step >= 0.01 ? -1 : 1;
    return pdf_fig_number(&l->f, l->col[0], v, l->o->format, d);
}

static void scales(lines *l)
{
    double lo = INFINITY, hi = -INFINITY, xl = INFINITY, xh = -INFINITY, v;
    for (size_t r = 0; r < l->n; r++) {
        if (!by_name(l) && pdf_fig_value(&l->f, l->xc, r, &v)) xl = fmin(xl, v), xh = fmax(xh, v);
        for (size_t k = 0; k < l->o->n_values; k++) {
            if (pdf_fig_value(&l->f, l->col[k], r, &v)) lo = fmin(lo, v), hi = fmax(hi, v);
            else l->skipped++;
        }
    }
    kam_axis_make(&l->ay, lo, hi, 5, l->o->from_zero || l->o->pareto);
    if (!by_name(l) && l->xt != KAM_DAY) kam_axis_make(&l->ax, xl, xh, 6, false);
    l->x_lo = xl, l->x_hi = xh;
}

/* --- axes --- */
static void y_axis(lines *l)
{
    double w = 0;
    for (size_t i = 0; i < l->ay.n; i++) w = fmax(w, pdf_measure(l->f.m, l->f.size, tick(l, l->ay.tick[i])));
    l->x0 = w + 7;
    for (size_t i = 0; i < l->ay.n; i++) {
        double y = kam_axis_map(&l->ay, l->ay.tick[i], l->y1, l->y0);
        bool base = l->ay.tick[i] == 0 || (i == 0 && l->ay.min > 0);
        pdf_put_line(l->f.o, l->x0, y, l->x1, y, base ? l->f.th->muted : l->f.th->faint, base ? 0.8 : 0.5);
        pdf_fig_text(&l->f, l->x0 - 5, y + l->f.size * 0.35, l->f.th->muted, tick(l, l->ay.tick[i]), PDF_SET_RIGHT, 0);
    }
}

static void x_mark(lines *l, double x, const char *text, double room)
{
    pdf_put_line(l->f.o, x, l->y1, x, l->y1 + 2.5, l->f.th->muted, 0.5);
    /* the outermost labels stay inside the figure */
    double w = fmin(pdf_measure(l->f.m, l->f.size, text), room > 0 ? room : l->f.w), at = fmin(fmax(x, w / 2), l->f.w - w / 2);
    pdf_fig_text(&l->f, at, l->y1 + l->f.size + 4, l->f.th->ink, text, PDF_SET_CENTRE, room);
}

/* Months on the first of a month, as many as there is room for; short spans by days. */
static void day_marks(lines *l)
{
    static const int steps[] = {1, 2, 3, 6, 12, 24, 60, 120, 600, 1200, 2400, 6000, 12000, 24000};
    double span = l->x_hi - l->x_lo;
    char day[KAM_DATE_MAX];
    if (span < 62) {
        size_t n = span < 1 ? 1 : span < 7 ? (size_t)span + 1 : 6;
        for (size_t i = 0; i < n; i++) {
            double d = n > 1 ? round(l->x_lo + span * (double)i / (double)(n - 1)) : l->x_lo;
            kam_day_format((kam_day)d, day);
            x_mark(l, l->x0 + (l->x1 - l->x0) * (span > 0 ? (d - l->x_lo) / span : 0.5), day, 0);
        }
        return;
    }
    double most = floor((l->x1 - l->x0) / 52), months = span / 30.44;
    size_t k = 0;
    while (k + 1 < sizeof steps / sizeof *steps && months / steps[k] > most) k++;
    kam_day d = kam_day_month_start((kam_day)l->x_lo);
    if ((double)d < l->x_lo) d = kam_day_add_months(d, 1);
    for (; (double)d <= l->x_hi; d = kam_day_add_months(d, steps[k])) {
        kam_day_format(d, day);
        day[7] = '\0';
        x_mark(l, l->x0 + (l->x1 - l->x0) * ((double)d - l->x_lo) / span, day, 0);
        if (d > KAM_DAY_MAX - 40000) break;
    }
}

static void x_axis(lines *l)
{
    double x, widest = 0;
    if (l->xt == KAM_DAY && !by_name(l)) {
        day_marks(l);
    } else if (by_name(l)) {
        for (size_t r = 0; r < l->n; r++) widest = fmax(widest, pdf_measure(l->f.m, l->f.size, pdf_fig_label(&l->f, l->xc, r)));
        double step = (l->x1 - l->x0) / (double)l->n;
        size_t every = (size_t)fmax(1, ceil((fmin(widest, 80) + 6) / step));
        for (size_t r = 0; r < l->n; r += every)
            if (x_of(l, r, &x)) x_mark(l, x, pdf_fig_label(&l->f, l->xc, r), step * (double)every - 4);
    } else {
        for (size_t i = 0; i < l->ax.n; i++)
            x_mark(l, kam_axis_map(&l->ax, l->ax.tick[i], l->x0, l->x1),
                   pdf_fig_number(&l->f, l->xc, l->ax.tick[i], PDF_FORMAT_AUTO, l->ax.decimals ? l->ax.decimals : -1), 0);
    }
}

/* --- curves --- */
/* A missing value interrupts the line: nothing is invented between. */
static void put_series(lines *l, size_t k)
{
    double *xy = kam_calloc(l->n + 1, 2 * sizeof *xy);
    size_t m = 0;
    for (size_t r = 0; r <= l->n; r++) {
        double x, v;
        if (r < l->n && x_of(l, r, &x) && pdf_fig_value(&l->f, l->col[k], r, &v)) {
            xy[2 * m] = x;
            xy[2 * m + 1] = kam_axis_map(&l->ay, v, l->y1, l->y0);
            m++;
        } else {
            if (m > 0) pdf_fig_series_line(&l->f, k, xy, m);
            m = 0;
        }
    }
    kam_free(xy);
}

/* Bars, and over them the running share of the total on a percent scale at the right. The share may pass 100 %
 * where values below zero follow (whale curve): its scale goes as far as it must. */
static void put_pareto(lines *l)
{
    const pdf_theme *th = l->f.th;
    double total = 0, sum = 0, top = 1, v, x;
    for (size_t r = 0; r < l->n; r++)
        if (pdf_fig_value(&l->f, l->col[0], r, &v)) total += v;
    double zero = kam_axis_map(&l->ay, 0, l->y1, l->y0), w = (l->x1 - l->x0) / (double)l->n * 0.7;
    double *xy = kam_calloc(l->n + 1, 2 * sizeof *xy);
    size_t m = 0;
    for (size_t r = 0; r < l->n; r++) {
        if (!x_of(l, r, &x) || !pdf_fig_value(&l->f, l->col[0], r, &v)) continue;
        double y = kam_axis_map(&l->ay, v, l->y1, l->y0);
        pdf_put_series_rect(l->f.o, th, 0, x - w / 2, fmin(y, zero), w, fabs(y - zero));
        sum += v;
        xy[2 * m] = x, xy[2 * m + 1] = total > 0 ? sum / total : 0;
        top = fmax(top, xy[2 * m + 1]);
        m++;
    }
    kam_axis share;
    kam_axis_make(&share, 0, top, 5, true);
    for (size_t i = 0; i < share.n && total > 0; i++) {
        char text[16];
        snprintf(text, sizeof text, "%d%%", (int)lround(share.tick[i] * 100));
        pdf_fig_text(&l->f, l->x1 + 5, kam_axis_map(&share, share.tick[i], zero, l->y0) + l->f.size * 0.35, th->muted, text, PDF_SET_LEFT, 0);
    }
    for (size_t i = 0; i < m; i++) xy[2 * i + 1] = kam_axis_map(&share, xy[2 * i + 1], zero, l->y0);
    if (total > 0) pdf_fig_series_line(&l->f, 1, xy, m);
    kam_free(xy);
}

static double put_legend(lines *l, double top)
{
    if (l->o->pareto) {
        const char *share[] = {l->o->series[0], l->f.lang == PDF_ZH ? "累计占比" : "running share"};
        double w = pdf_measure(l->f.m, l->f.size, share[0]);
        double h = pdf_fig_legend(&l->f, 0, top, l->f.w, share, 1, PDF_KEY_AREA);
        double mid = top + pdf_baseline(l->f.size * 1.7, l->f.size) - l->f.size * 0.34, x = w + 34;
        pdf_fig_series_line(&l->f, 1, (double[]){x, mid, x + 9, mid, x + 18, mid}, 3);
        pdf_fig_text(&l->f, x + 23, mid + l->f.size * 0.34, l->f.th->ink, share[1], PDF_SET_LEFT, 0);
        return h;
    }
    return l->o->n_values > 1 ? pdf_fig_legend(&l->f, 0, top, l->f.w, l->o->series, l->o->n_values, PDF_KEY_LINE) : 0;
}

void pdf_set_line(pdf_galley *g, const pdf_block *block)
{
    lines l = {.o = block->u.line};
    pdf_fig_open(&l.f, g, block, l.o->caption);
    l.xc = pdf_fig_col(&l.f, l.o->x_col);
    l.xt = kam_col_type(kam_table_column(l.f.t, l.xc));
    for (size_t k = 0; k < l.o->n_values; k++) l.col[k] = pdf_fig_col(&l.f, l.o->value_cols[k]);
    l.n = kam_table_rows(l.f.t);
    scales(&l);
    if (l.n == 0 || l.skipped == l.n * l.o->n_values) {
        pdf_fig_empty(&l.f);
        return;
    }
    double top = put_legend(&l, 0), height = pdf_fig_height(&l.f, l.o->height_pt, 185);
    if (l.o->y_label) pdf_fig_text(&l.f, 0, top + l.f.size + 2, l.f.th->muted, l.o->y_label, PDF_SET_LEFT, l.f.w), top += l.f.size + 4;
    l.y0 = top + 8, l.y1 = fmax(height - l.f.size - 8, l.y0 + 60), l.x1 = l.f.w - (l.o->pareto ? 34 : 4);
    y_axis(&l);
    if (l.o->pareto) put_pareto(&l);
    else
        for (size_t k = 0; k < l.o->n_values; k++) put_series(&l, k);
    x_axis(&l);
    double h = l.y1 + l.f.size + 7;
    if (l.o->x_label) pdf_fig_text(&l.f, (l.x0 + l.x1) / 2, h + l.f.size, l.f.th->muted, l.o->x_label, PDF_SET_CENTRE, l.f.w), h += l.f.size + 3;
    pdf_fig_close(&l.f, h, l.skipped);
}

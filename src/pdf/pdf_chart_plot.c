/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pdf_chart_plot.h"
#include <math.h>

double pdf_plot_x(const pdf_plot *p, double v)
{
    return kam_axis_map(&p->ax, v, p->x0, p->x1);
}

double pdf_plot_y(const pdf_plot *p, double v)
{
    return kam_axis_map(&p->ay, v, p->y1, p->y0);
}

static const char *tick(pdf_fig *f, const pdf_plot *p, bool x, double v)
{
    const kam_axis *a = x ? &p->ax : &p->ay;
    pdf_format format = x ? p->x_format : p->y_format;
    int d = a->decimals ? a->decimals : -1;
    if (format == PDF_FORMAT_PERCENT) d = a->step >= 0.01 ? -1 : 1;
    kam_str_clear(&f->s);
    pdf_format_value(&f->s, f->lang, KAM_REAL, v, 0, format, (x ? p->whole_x : p->whole_y) ? -1 : d);
    return kam_str_cstr(&f->s);
}

void pdf_plot_open(pdf_fig *f, pdf_plot *p, double height, const char *x_label, const char *y_label)
{
    const pdf_theme *th = f->th;
    double top = 4, left = 0, last = -INFINITY;
    if (y_label) {
        pdf_fig_text(f, 0, f->size, th->muted, y_label, PDF_SET_LEFT, f->w);
        top = f->size + 10;
    }
    for (size_t i = 0; i < p->ay.n; i++) left = fmax(left, pdf_measure(f->m, f->size, tick(f, p, false, p->ay.tick[i])));
    p->x0 = left + 7, p->x1 = f->w - 12, p->y0 = top, p->y1 = fmax(height - f->size * 3, top + 60);
    for (size_t i = 0; i < p->ay.n; i++) {
        double y = pdf_plot_y(p, p->ay.tick[i]);
        pdf_put_line(f->o, p->x0, y, p->x1, y, th->faint, 0.5);
        pdf_fig_text(f, p->x0 - 5, y + f->size * 0.35, th->muted, tick(f, p, false, p->ay.tick[i]), PDF_SET_RIGHT, 0);
    }
    for (size_t i = 0; i < p->ax.n; i++) {
        double x = pdf_plot_x(p, p->ax.tick[i]);
        const char *s = tick(f, p, true, p->ax.tick[i]);
        double w = pdf_measure(f->m, f->size, s);
        pdf_put_line(f->o, x, p->y1, x, p->y1 + 2.5, th->unknown, 0.5);
        if (x < w / 2) x = pdf_fig_centre(f, x, s);
        if (x - w / 2 < last + 4 || x + w / 2 > f->w) continue;
        pdf_fig_text(f, x, p->y1 + f->size + 4, th->muted, s, PDF_SET_CENTRE, 0);
        last = x + w / 2;
    }
    pdf_put_line(f->o, p->x0, p->y1, p->x1, p->y1, th->unknown, 0.7);
    p->foot = p->y1 + f->size + 7;
    if (!x_label) return;
    pdf_fig_text(f, (p->x0 + p->x1) / 2, p->foot + f->size, th->muted, x_label, PDF_SET_CENTRE, p->x1 - p->x0);
    p->foot += f->size + 4;
}

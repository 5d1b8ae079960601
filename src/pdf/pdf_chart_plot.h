/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pdf_chart_plot: the frame that the whale curve and the histogram stand in: two number axes with grid lines. */
#ifndef PDF_CHART_PLOT_H
#define PDF_CHART_PLOT_H
#include "pdf_chart.h"

typedef struct pdf_plot {
    double x0, y0, x1, y1; /* of the area */
    kam_axis ax, ay;
    size_t x_col, y_col;   /* whose numbers the ticks are written as */
    pdf_format x_format, y_format;
    bool whole_x, whole_y; /* counts: no decimals */
    double foot;           /* below everything */
} pdf_plot;

/* Area of a figure of that height with labels; axes must be made before. */
void pdf_plot_open(pdf_fig *f, pdf_plot *p, double height, const char *x_label, const char *y_label);
double pdf_plot_x(const pdf_plot *p, double v);
double pdf_plot_y(const pdf_plot *p, double v);
#endif

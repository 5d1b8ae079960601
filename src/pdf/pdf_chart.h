/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pdf_chart: what the figures share. A chart is pure geometry in one item of the galley; its type is small but never
 * under 8 pt; what colour tells, a shape, a dash or a hatch tells too. */
#ifndef PDF_CHART_H
#define PDF_CHART_H
#include "kam_axis.h"
#include "pdf_block.h"
#include "pdf_sign.h"

typedef struct pdf_fig {
    pdf_galley *g;
    const pdf_theme *th;
    const pdf_metrics *m;
    pdf_lang lang;
    const kam_table *t;
    pdf_ops *o;
    double w, size; /* full width; size of small type */
    const char *empty; /* what to say where there is nothing to draw; may be NULL */
    size_t op0;
    kam_str s;      /* scratch for labels */
} pdf_fig;

void pdf_fig_open(pdf_fig *f, pdf_galley *g, const pdf_block *b, const char *caption);
/* Closes the item; `skipped` values left out are said in a line under it. */
void pdf_fig_close(pdf_fig *f, double height, size_t skipped);
/* One more line of small print under the figure just closed. */
void pdf_fig_remark(pdf_galley *g, const char *text);
/* The height asked for, or the usual one; never more than a page holds. */
double pdf_fig_height(const pdf_fig *f, double asked, double usual);
/* Nothing to draw: a quiet frame that says so. */
void pdf_fig_empty(pdf_fig *f);

double pdf_fig_text(pdf_fig *f, double x, double baseline, pdf_rgb colour, const char *text, pdf_set set, double max_w);
double pdf_fig_bold(pdf_fig *f, double x, double baseline, pdf_rgb colour, const char *text, pdf_set set, double max_w);

/* Where a text that ought to be centred at x is, so that it stays inside the figure. */
double pdf_fig_centre(const pdf_fig *f, double x, const char *text);

/* Column access by name: index is found once. Money in major units. false: missing. */
bool pdf_fig_value(const pdf_fig *f, size_t col, size_t row, double *v);
size_t pdf_fig_col(const pdf_fig *f, const char *name);
const char *pdf_fig_label(pdf_fig *f, size_t col, size_t row); /* lent until the next label; months as YYYY-MM */
/* A value of a column, or a tick of its axis, as text; lent until the next label. */
const char *pdf_fig_number(pdf_fig *f, size_t col, double v, pdf_format format, int decimals);

/* One line of legend at y, wrapping; returns the height used. */
typedef enum { PDF_KEY_AREA, PDF_KEY_LINE, PDF_KEY_SIGN } pdf_key;
double pdf_fig_legend(pdf_fig *f, double x, double y, double w, const char *const *names, size_t n, pdf_key key);
pdf_rgb pdf_fig_blend(pdf_rgb a, pdf_rgb b, double t); /* t = 0: a; 1: b */
void pdf_fig_series_line(pdf_fig *f, size_t k, const double *xy, size_t n); /* poly-line in the look of series k */
#endif

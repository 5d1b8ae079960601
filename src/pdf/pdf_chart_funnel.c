/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Funnel: a trapezium a stage, as wide as its value; the numbers stand in columns beside it, where they can be read
 * and compared. */
#include "pdf_chart.h"
#include "pdf_format.h"
#include <math.h>
#include <stdio.h>

typedef struct funnel {
    pdf_fig f;
    const pdf_funnel_opts *o;
    size_t label, value, second, n;
    double max, label_w, x0, x1, col_w[3]; /* value, second, rate */
} funnel;

static double value_at(const funnel *u, size_t row)
{
    double v;
    return row < u->n && pdf_fig_value(&u->f, u->value, row, &v) && v > 0 ? v : 0;
}

static const char *text_of(funnel *u, size_t col, size_t row, pdf_format format)
{
    double v;
    if (!pdf_fig_value(&u->f, col, row, &v)) return "–";
    const kam_column *c = kam_table_column(u->f.t, col);
    int d = pdf_column_decimals(c, format);
    if (kam_col_type(c) == KAM_MONEY && d == 0) d = -1;
    return pdf_fig_number(&u->f, col, v, format, d);
}

static const char *rate_text(funnel *u, size_t row)
{
    double before = row > 0 ? value_at(u, row - 1) : 0;
    if (before <= 0) return "";
    kam_str_clear(&u->f.s);
    pdf_format_value(&u->f.s, u->f.lang, KAM_REAL, value_at(u, row) / before, 0, PDF_FORMAT_PERCENT, -1);
    return kam_str_cstr(&u->f.s);
}

static double measure_column(funnel *u, int which, const char *head)
{
    double w = head ? pdf_measure(u->f.m, u->f.size, head) : 0;
    for (size_t r = 0; r < u->n; r++) {
        const char *s = which == 0 ? text_of(u, u->value, r, u->o->format)
                      : which == 1 ? text_of(u, u->second, r, u->o->second_format) : rate_text(u, r);
        w = fmax(w, pdf_measure(u->f.m, u->f.size, s));
    }
    return fmin(w, u->f.w * 0.2) + 14;
}

static void arrange(funnel *u)
{
    u->max = 0;
    for (size_t r = 0; r < u->n; r++) {
        u->max = fmax(u->max, value_at(u, r));
        u->label_w = fmax(u->label_w, pdf_measure(u->f.m, u->f.size, pdf_fig_label(&u->f, u->label, r)));
    }
    u->label_w = fmin(u->label_w + 0.2, u->f.w * 0.3);
    u->col_w[0] = measure_column(u, 0, u->o->value_label);
    u->col_w[1] = u->o->second_col ? measure_column(u, 1, u->o->second_label) : 0;
    u->col_w[2] = u->o->rate_label ? measure_column(u, 2, u->o->rate_label) : 0;
    u->x0 = u->label_w + 12;
    u->x1 = u->f.w - u->col_w[0] - u->col_w[1] - u->col_w[2] - 4;
}

static void put_heads(funnel *u, double base)
{
    double x = u->x1 + 4 + u->col_w[0];
    pdf_rgb c = u->f.th->muted;
    pdf_fig_text(&u->f, x, base, c, u->o->value_label, PDF_SET_RIGHT, u->col_w[0] - 4);
    if (u->o->second_col) pdf_fig_text(&u->f, x += u->col_w[1], base, c, u->o->second_label, PDF_SET_RIGHT, u->col_w[1] - 4);
    if (u->o->rate_label) pdf_fig_text(&u->f, x + u->col_w[2], base, c, u->o->rate_label, PDF_SET_RIGHT, u->col_w[2] - 4);
}

static void put_stage(funnel *u, size_t r, double y, double h)
{
    const pdf_theme *th = u->f.th;
    double room = u->x1 - u->x0, mid = (u->x0 + u->x1) / 2, base = y + h / 2 + u->f.size * 0.35;
    double top = fmax(room * (u->max > 0 ? value_at(u, r) / u->max : 0), 3);
    double next = r + 1 < u->n ? fmax(room * (u->max > 0 ? value_at(u, r + 1) / u->max : 0), 3) : top * 0.86;
    double foot = top + (fmin(next, top) - top) * 0.55; /* a hint of the way down; never wider below */
    double shade = u->n > 1 ? 0.55 * (double)r / (double)(u->n - 1) : 0;
    pdf_put_poly(u->f.o, (double[]){mid - top / 2, y, mid + top / 2, y, mid + foot / 2, y + h, mid - foot / 2, y + h}, 4, true,
                 pdf_fig_blend(th->series[0], 0xFFFFFF, shade), th->hatch ? th->ink : PDF_NONE, 0.5);
    pdf_fig_text(&u->f, u->label_w, base, th->ink, pdf_fig_label(&u->f, u->label, r), PDF_SET_RIGHT, u->label_w);
    double x = u->x1 + 4 + u->col_w[0];
    pdf_fig_bold(&u->f, x, base, th->ink, text_of(u, u->value, r, u->o->format), PDF_SET_RIGHT, u->col_w[0]);
    if (u->o->second_col)
        pdf_fig_text(&u->f, x += u->col_w[1], base, th->ink, text_of(u, u->second, r, u->o->second_format), PDF_SET_RIGHT, u->col_w[1]);
    /* what passed from the stage above stands between the two */
    if (u->o->rate_label)
        pdf_fig_text(&u->f, x + u->col_w[2], y - 1.5 + u->f.size * 0.35, th->muted, rate_text(u, r), PDF_SET_RIGHT, u->col_w[2]);
}

void pdf_set_funnel(pdf_galley *g, const pdf_block *block)
{
    funnel u = {.o = block->u.funnel};
    pdf_fig_open(&u.f, g, block, u.o->caption);
    u.label = pdf_fig_col(&u.f, u.o->label_col);
    u.value = pdf_fig_col(&u.f, u.o->value_col);
    if (u.o->second_col) u.second = pdf_fig_col(&u.f, u.o->second_col);
    u.n = kam_table_rows(u.f.t);
    if (u.n == 0) {
        pdf_fig_empty(&u.f);
        return;
    }
    size_t skipped = 0;
    for (size_t r = 0; r < u.n; r++) skipped += kam_col_missing(kam_table_column(u.f.t, u.value), r);
    arrange(&u);
    double gap = 3, head = u.f.size + 8, least = u.f.size + 4;
    size_t most = (size_t)((pdf_fig_height(&u.f, 0, 1e6) - head) / (least + gap)), left_out = u.n > most ? u.n - most : 0;
    u.n -= left_out;
    double h = (pdf_fig_height(&u.f, u.o->height_pt, head + (25 + gap) * (double)u.n) - head) / (double)u.n - gap;
    h = fmax(h, least);
    put_heads(&u, u.f.size + 1);
    for (size_t r = 0; r < u.n; r++) put_stage(&u, r, head + (h + gap) * (double)r, h);
    pdf_fig_close(&u.f, head + (h + gap) * (double)u.n, skipped);
    if (left_out == 0) return;
    char line[96];
    if (g->cx->lang == PDF_ZH) snprintf(line, sizeof line, "另有 %zu 个阶段未画出。", left_out);
    else snprintf(line, sizeof line, "%zu more stages are not drawn.", left_out);
    pdf_fig_remark(g, line);
}

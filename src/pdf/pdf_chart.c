/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pdf_chart.h"
#include "kam_date.h"
#include "pdf_format.h"
#include <math.h>
#include <stdio.h>
#include <string.h>

void pdf_fig_open(pdf_fig *f, pdf_galley *g, const pdf_block *b, const char *caption)
{
    pdf_set_caption(g, caption);
    if (!caption) g->gap = fmax(g->gap, g->cx->th->block_gap);
    *f = (pdf_fig){.g = g, .th = g->cx->th, .m = g->cx->m, .lang = g->cx->lang, .t = b->table, .o = &g->ops,
                   .w = g->width, .size = fmax(8, g->cx->th->small_pt), .empty = b->empty, .op0 = g->ops.n, .s = KAM_STR_INIT};
}

void pdf_fig_close(pdf_fig *f, double height, size_t skipped)
{
    pdf_galley *g = f->g;
    pdf_galley_item(g, f->op0, height)->after = f->th->block_gap + 4;
    kam_str_release(&f->s);
    if (skipped == 0) return;
    char line[96];
    if (f->lang == PDF_ZH) snprintf(line, sizeof line, "未画出 %zu 个缺失值。", skipped);
    else snprintf(line, sizeof line, "%zu missing value%s not drawn.", skipped, skipped == 1 ? "" : "s");
    pdf_fig_remark(g, line);
}

void pdf_fig_remark(pdf_galley *g, const char *text)
{
    g->v[g->n - 1].keep = true;
    g->v[g->n - 1].after = 2;
    pdf_set_small(g, NULL, text);
    g->v[g->n - 1].after = g->cx->th->block_gap + 4;
}

double pdf_fig_height(const pdf_fig *f, double asked, double usual)
{
    const double caption = 40; /* and a line below */
    return fmin(isfinite(asked) && asked > 0 ? asked : usual, f->g->cx->body_h - caption);
}

void pdf_fig_empty(pdf_fig *f)
{
    const double step = f->size * 1.35, edge = 18;
    const char *text = f->empty ? f->empty : f->lang == PDF_ZH ? "此图尚无记录可画。" : "Nothing is on record that this figure could show.";
    const double h = 2 * edge + step * (double)pdf_set_centred(f->g, 2 + edge + f->size, f->size, step, text);
    pdf_op *op = pdf_put_frame(f->o, 0.3, 2, f->w - 0.6, h, f->th->faint, 0.6);
    op->dash = 2;
    pdf_fig_close(f, h + 4, 0);
}

double pdf_fig_text(pdf_fig *f, double x, double baseline, pdf_rgb colour, const char *text, pdf_set set, double max_w)
{
    return pdf_put_text(f->o, f->m, x, baseline, f->size, 0, colour, text, set, max_w);
}

double pdf_fig_bold(pdf_fig *f, double x, double baseline, pdf_rgb colour, const char *text, pdf_set set, double max_w)
{
    return pdf_put_text(f->o, f->m, x, baseline, f->size, PDF_BOLD, colour, text, set, max_w);
}

/* --- values and labels --- */
size_t pdf_fig_col(const pdf_fig *f, const char *name)
{
    return (size_t)kam_table_index(f->t, name);
}

bool pdf_fig_value(const pdf_fig *f, size_t col, size_t row, double *v)
{
    const kam_column *c = kam_table_column(f->t, col);
    if (kam_col_missing(c, row)) return false;
    *v = kam_col_real(c, row);
    if (kam_col_type(c) == KAM_MONEY) *v /= pow(10, kam_table_exponent(f->t));
    return true;
}

static bool all_months(const kam_column *c)
{
    for (size_t i = 0; i < kam_col_rows(c); i++) {
        kam_day d = kam_col_int(c, i);
        if (!kam_col_missing(c, i) && d != kam_day_month_start(d)) return false;
    }
    return true;
}

const char *pdf_fig_label(pdf_fig *f, size_t col, size_t row)
{
    kam_str_clear(&f->s);
    const kam_column *c = kam_table_column(f->t, col);
    pdf_format_cell(&f->s, f->t, col, row, f->lang, f->g->cx->word, PDF_FORMAT_AUTO, pdf_column_decimals(c, PDF_FORMAT_AUTO));
    if (kam_col_type(c) == KAM_DAY && f->s.len == 10 && all_months(c)) f->s.s[f->s.len = 7] = '\0';
    return kam_str_cstr(&f->s);
}

const char *pdf_fig_number(pdf_fig *f, size_t col, double v, pdf_format format, int decimals)
{
    kam_str_clear(&f->s);
    kam_type type = kam_col_type(kam_table_column(f->t, col));
    /* values here are in major units: a money column reads as a real */
    pdf_format_value(&f->s, f->lang, type == KAM_MONEY ? KAM_REAL : type, v, 0, format, decimals);
    return kam_str_cstr(&f->s);
}

double pdf_fig_centre(const pdf_fig *f, double x, const char *text)
{
    double half = fmin(pdf_measure(f->m, f->size, text), f->w) / 2;
    return fmin(fmax(x, half), f->w - half);
}

/* --- looks --- */
pdf_rgb pdf_fig_blend(pdf_rgb a, pdf_rgb b, double t)
{
    pdf_rgb out = 0;
    for (int shift = 0; shift <= 16; shift += 8) {
        double x = (a >> shift & 255) * (1 - t) + (b >> shift & 255) * t;
        out |= (pdf_rgb)(x + 0.5) << shift;
    }
    return out;
}

/* Of points that follow each other within a quarter of a point of length the first, the highest, the lowest and the last, in their order:
 * the line looks the same. out has room for n points; how many there are. */
static size_t thinned(const double *xy, size_t n, double *out)
{
    size_t m = 0;
    for (size_t from = 0, to; from < n; from = to) {
        size_t keep[4] = {from, from, from, from};
        for (to = from; to < n && floor(4 * xy[2 * to]) == floor(4 * xy[2 * from]); to++) {
            if (xy[2 * to + 1] < xy[2 * keep[1] + 1]) keep[1] = to;
            if (xy[2 * to + 1] > xy[2 * keep[2] + 1]) keep[2] = to;
            keep[3] = to;
        }
        if (to == from) to++; /* no number */
        if (keep[1] > keep[2]) {
            size_t later = keep[1];
            keep[1] = keep[2], keep[2] = later;
        }
        for (int i = 0; i < 4; i++)
            if (i == 0 || keep[i] != keep[i - 1]) out[2 * m] = xy[2 * keep[i]], out[2 * m + 1] = xy[2 * keep[i] + 1], m++;
    }
    return m;
}

void pdf_fig_series_line(pdf_fig *f, size_t k, const double *xy, size_t n)
{
    static const double dashes[PDF_SERIES] = {0, 4, 1.5, 7, 0, 2.5};
    enum { MANY = 4000 };
    double *few = n > MANY ? kam_calloc(2 * n, sizeof *few) : NULL;
    if (few) n = thinned(xy, n, few), xy = few;
    pdf_rgb c = f->th->series[k % PDF_SERIES];
    if (f->th->hatch) c = f->th->ink; /* pale greys are for areas; lines differ by dash and sign */
    if (n > 1) pdf_put_poly(f->o, xy, n, false, PDF_NONE, c, 1.4)->dash = dashes[k % PDF_SERIES];
    for (size_t i = 0; i < n && n <= 40; i++)
        pdf_put_sign(f->o, (pdf_sign)(k % PDF_SIGN_RING), xy[2 * i], xy[2 * i + 1], 2.1, c, 0xFFFFFF);
    kam_free(few);
}

static double put_key(pdf_fig *f, double x, double mid, size_t k, pdf_key key)
{
    double xy[] = {x, mid, x + 9, mid, x + 18, mid};
    switch (key) {
    case PDF_KEY_AREA: pdf_put_series_rect(f->o, f->th, k, x, mid - 3.5, 9, 7); return 13;
    case PDF_KEY_SIGN:
        pdf_put_sign(f->o, (pdf_sign)(k % PDF_SIGN_RING), x + 4, mid, 3.2, f->th->series[k % PDF_SERIES], f->th->ink);
        return 12;
    case PDF_KEY_LINE: pdf_fig_series_line(f, k, xy, 3); return 23;
    }
    return 0;
}

double pdf_fig_legend(pdf_fig *f, double x, double y, double w, const char *const *names, size_t n, pdf_key key)
{
    double line_h = f->size * 1.7, left = x, top = y;
    for (size_t k = 0; k < n; k++) {
        double text = fmin(pdf_measure(f->m, f->size, names[k]), w * 0.45);
        if (left > x && left + 24 + text > x + w) {
            left = x;
            top += line_h;
        }
        double base = top + pdf_baseline(line_h, f->size);
        left += put_key(f, left, base - f->size * 0.34, k, key);
        left += pdf_fig_text(f, left, base, f->th->ink, names[k], PDF_SET_LEFT, text + 0.1) + 16;
    }
    return top + line_h - y;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pdf_sign.h"
#include <math.h>

void pdf_put_sign(pdf_ops *o, pdf_sign s, double cx, double cy, double r, pdf_rgb fill, pdf_rgb edge)
{
    pdf_op *op = NULL;
    const double line = edge == PDF_NONE ? 0 : 0.6;
    /* shapes of about equal weight: a triangle must be larger than a square to look as large */
    const double q = r * 0.88, d = r * 1.22, t = r * 1.2;
    switch (s) {
    case PDF_SIGN_DISC: op = pdf_put_oval(o, cx, cy, r, r, fill); break;
    case PDF_SIGN_SQUARE: op = pdf_put_rect(o, cx - q, cy - q, 2 * q, 2 * q, fill); break;
    case PDF_SIGN_TRIANGLE:
        op = pdf_put_poly(o, (double[]){0, -t, t, t * 0.8, -t, t * 0.8}, 3, true, fill, PDF_NONE, 0);
        break;
    case PDF_SIGN_DOWN:
        op = pdf_put_poly(o, (double[]){0, t, t, -t * 0.8, -t, -t * 0.8}, 3, true, fill, PDF_NONE, 0);
        break;
    case PDF_SIGN_DIAMOND:
        op = pdf_put_poly(o, (double[]){0, -d, d, 0, 0, d, -d, 0}, 4, true, fill, PDF_NONE, 0);
        break;
    case PDF_SIGN_RING:
        op = pdf_put_oval(o, cx, cy, r * 0.85, r * 0.85, PDF_NONE);
        op->stroke = fill, op->line = fmax(0.7, r * 0.32);
        return;
    case PDF_SIGN_CROSS:
        pdf_put_line(o, cx - q, cy - q, cx + q, cy + q, fill, fmax(0.8, r * 0.4));
        pdf_put_line(o, cx - q, cy + q, cx + q, cy - q, fill, fmax(0.8, r * 0.4));
        return;
    case PDF_SIGNS: return;
    }
    if (op->kind == PDF_OP_POLY) op->x = cx, op->y = cy;
    op->stroke = edge, op->line = line;
}

bool pdf_tone_of(const pdf_theme *th, const char *word, pdf_rgb *colour, pdf_sign *sign)
{
    const struct {
        const char *word;
        pdf_rgb colour;
        pdf_sign sign;
    } tones[] = {
        {"good", th->good, PDF_SIGN_DISC},
        {"warn", th->warn, PDF_SIGN_TRIANGLE},
        {"bad", th->bad, PDF_SIGN_SQUARE},
        {"unknown", th->unknown, PDF_SIGN_RING},
    };
    for (size_t i = 0; i < sizeof tones / sizeof *tones; i++)
        if (kam_streq(tones[i].word, word)) {
            *colour = tones[i].colour;
            *sign = tones[i].sign;
            return true;
        }
    return false;
}

const char *pdf_tone_word(pdf_lang lang, const char *word)
{
    static const char *const words[][3] = {{"good", "良好", "good"}, {"warn", "注意", "watch"}, {"bad", "不佳", "bad"}, {"unknown", "不明", "unknown"}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (kam_streq(words[i][0], word)) return words[i][lang == PDF_ZH ? 1 : 2];
    return NULL;
}

/* 45° strokes clipped to the rectangle by arithmetic: lines x + y = c (or x − y = c). */
static void slanted(pdf_ops *o, double x, double y, double w, double h, double gap, bool falling, pdf_rgb colour)
{
    for (double c = gap / 2; c < w + h; c += gap) {
        double x1 = fmin(c, w), y1 = c - x1, y2 = fmin(c, h), x2 = c - y2;
        if (falling) pdf_put_line(o, x + w - x1, y + y1, x + w - x2, y + y2, colour, 0.5);
        else pdf_put_line(o, x + x1, y + y1, x + x2, y + y2, colour, 0.5);
    }
}

void pdf_put_hatch(pdf_ops *o, size_t pattern, double x, double y, double w, double h, pdf_rgb colour)
{
    const double gap = 4;
    if (w <= 0 || h <= 0) return;
    switch (pattern % 5) {
    case 0: break; /* solid */
    case 1: slanted(o, x, y, w, h, gap, false, colour); break;
    case 2: slanted(o, x, y, w, h, gap, true, colour); break;
    case 3:
        for (double k = gap / 2; k < h; k += gap) pdf_put_line(o, x, y + k, x + w, y + k, colour, 0.5);
        break;
    case 4:
        slanted(o, x, y, w, h, gap * 1.3, false, colour);
        slanted(o, x, y, w, h, gap * 1.3, true, colour);
        break;
    }
}

void pdf_put_series_rect(pdf_ops *o, const pdf_theme *th, size_t k, double x, double y, double w, double h)
{
    pdf_op *op = pdf_put_rect(o, x, y, w, h, th->series[k % PDF_SERIES]);
    if (!th->hatch) return;
    op->stroke = th->ink;
    op->line = 0.5;
    pdf_put_hatch(o, k, x, y, w, h, th->ink);
}

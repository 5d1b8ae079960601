/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pdf_text: from runs of text to lines. Shaping (widths, kerning, the quarter em between Han and Latin, squeezed
 * punctuation), breaking, alignment. Pure.
 *
 * A pdf_text is made from runs (pdf_text_init), wrapped to a width any number of times (pdf_text_wrap) and put out
 * line by line. Inside, widths are integers of 1/1000 em, as the PDF has them, so that viewers and layout agree to
 * the last digit. Complexity: linear in the characters for each wrap. */
#ifndef PDF_TEXT_H
#define PDF_TEXT_H
#include "pdf_list.h"
#include "pdf_metrics.h"

/* Room added after a character that comes so often that fonts get glyphs of that width (pdf_draw), 1/1000 em. */
enum {
    PDF_GAP = 250,    /* between Han and Latin */
    PDF_DOT = -180,    /* between a blank and a full-width middle dot */
    PDF_SQUEEZE = -440 /* between two full-width marks: half an em would do, but large brackets would touch */
};

typedef struct pdf_run {
    const char *text; /* valid UTF-8 */
    uint8_t style;
    pdf_rgb colour;
} pdf_run;

typedef struct pdf_char {
    uint32_t cp;
    int16_t adv, extra; /* 1/1000 em; extra: room after it when a character follows on the same line */
    uint8_t style;
    bool narrow;        /* a quotation mark or ellipsis in Latin text: put out with U+FE00 behind it */
    char brk;           /* PDF_BRK_… after it */
    pdf_rgb colour;
} pdf_char;

typedef struct pdf_line {
    size_t from, to; /* characters, trailing blanks left out */
    int32_t width;   /* 1/1000 em; a stop at the end may count half */
    int16_t shift;   /* of the start: an opening mark at the start of a line loses its blank half */
    bool last;       /* ends a paragraph or a forced line */
} pdf_line;

typedef enum { PDF_SET_LEFT, PDF_SET_RIGHT, PDF_SET_CENTRE, PDF_SET_JUSTIFY } pdf_set;

typedef struct pdf_text {
    pdf_char *c;
    size_t n;
    pdf_line *line;
    size_t n_lines, cap_lines;
} pdf_text;

void pdf_text_init(pdf_text *t, const pdf_metrics *m, const pdf_run *runs, size_t n_runs);
void pdf_text_release(pdf_text *t);
void pdf_text_wrap(pdf_text *t, double size, double width);
/* Justified text, broken as a whole (pdf_para.c): the lines differ as little as they can from their natural width, a line may be
 * set narrower by a few blanks, gaps and marks, no single character stands on the last one. O(n · characters of a line). */
void pdf_text_fill(pdf_text *t, double size, double width);
double pdf_text_demerits(const pdf_text *t, double size, double width); /* of its lines when justified; infinite where a character is wider than a line */
/* Wrapped into as few lines as `width` allows, and these as even as they can be: heads, titles. */
void pdf_text_even(pdf_text *t, double size, double width);
/* What is wrapped cut to so many lines; the last one ends in "…". For text that stands in full elsewhere. */
void pdf_text_cut(pdf_text *t, const pdf_metrics *m, double size, double width, size_t lines);
double pdf_text_natural(const pdf_text *t, double size); /* width of the widest forced line, unwrapped */
double pdf_text_longest(const pdf_text *t, double size); /* width of the widest piece that should not be broken */
double pdf_text_halves(const pdf_text *t, double size);  /* width of the narrowest column that holds it in two lines */
/* Line i with its left edge at x; `width` is what it is aligned in. Returns the x after its last character. */
double pdf_text_put(const pdf_text *t, size_t i, pdf_ops *o, double x, double baseline, double size, double width,
                    pdf_set set);

/* One line of plain text, not wrapped; x is its left edge, right edge or middle by `set`. Longer than max_width (if
 * > 0) it is cut and ends in "…". Returns its width. */
double pdf_put_text(pdf_ops *o, const pdf_metrics *m, double x, double baseline, double size, uint8_t style,
                    pdf_rgb colour, const char *text, pdf_set set, double max_width);
double pdf_measure(const pdf_metrics *m, double size, const char *text);

/* Where the baseline stands in a line box of the given height: the em box is centred. */
double pdf_baseline(double line_height, double size);

/* Split marked text (**bold**, __emphasis__, backslash) into runs. The result lives in the arena. */
size_t pdf_mark_parse(kam_arena *a, const char *text, uint8_t style, pdf_rgb colour, pdf_rgb emphasis,
                      pdf_run **runs);
#endif

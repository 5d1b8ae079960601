/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pdf_line: what breaking a text into lines, first fit (pdf_text.c) or as a whole (pdf_para.c), and setting them share. Inside
 * the layer only. All widths in 1/1000 em. */
#ifndef PDF_LINE_H
#define PDF_LINE_H
#include "pdf_text.h"

/* What a blank may grow by, and to in a line that can stretch at blanks only: wider ones would make holes. */
enum { PDF_STRETCH_SPACE = 260, PDF_MOST_SPACE = 650 };

int32_t pdf_line_limit(double size, double width); /* a width in points */
bool pdf_line_blank(uint32_t cp);
int32_t pdf_line_shift(const pdf_text *t, size_t i); /* an opening mark that begins a line loses its blank half: ≤ 0 */
int32_t pdf_line_squeeze(const pdf_char *c);         /* what a stop may lose at the end of a line */
void pdf_line_add(pdf_text *t, size_t from, size_t to, int32_t limit, bool last); /* appends a line, without blanks at its end */
/* What may be added after character i within a line, and what may be taken away there, to fill the measure. */
int pdf_line_room(const pdf_text *t, size_t i);
int pdf_line_give(const pdf_text *t, size_t i);
#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pdf_format: numbers and table cells as people read them. Locale-free. */
#ifndef PDF_FORMAT_H
#define PDF_FORMAT_H
#include "pdf_flow.h"

/* v with exactly `decimals` (0–9) digits, rounded half away from zero, "-0" never; group: thousands marks. */
void pdf_put_fixed(kam_str *out, double v, int decimals, bool group);
/* Same, but trailing zeros and the point are cut: for drawing operators and short labels. */
void pdf_put_trim(kam_str *out, double v, int decimals);

/* Decimals that suit all values of a real column (0 when all are whole). */
int pdf_column_decimals(const kam_column *c, pdf_format format);
/* One cell; "–" when missing; a text through `word` (may be NULL), and the reader's half of "中文 | English", both unless PLAIN. decimals as in pdf_col after 0 was resolved by pdf_column_decimals (-1 or n). */
void pdf_format_cell(kam_str *out, const kam_table *t, size_t col, size_t row, pdf_lang lang, pdf_word_fn word,
                     pdf_format format, int decimals);
#endif

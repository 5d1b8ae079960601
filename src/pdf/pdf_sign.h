/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pdf_sign: small drawn signs, so that a colour never carries a meaning alone; and hatched fills. Pure geometry. */
#ifndef PDF_SIGN_H
#define PDF_SIGN_H
#include "pdf_list.h"

typedef enum { PDF_SIGN_DISC, PDF_SIGN_SQUARE, PDF_SIGN_TRIANGLE, PDF_SIGN_DIAMOND, PDF_SIGN_RING, PDF_SIGN_CROSS,
               PDF_SIGN_DOWN /* triangle on its tip */, PDF_SIGNS } pdf_sign;

/* The sign in a circle of radius r about (cx, cy); fill, with a thin edge when edge is not PDF_NONE. */
void pdf_put_sign(pdf_ops *o, pdf_sign s, double cx, double cy, double r, pdf_rgb fill, pdf_rgb edge);

/* "good" "warn" "bad" "unknown" (or ""): colour and sign. false: not a tone. */
bool pdf_tone_of(const pdf_theme *th, const char *word, pdf_rgb *colour, pdf_sign *sign);
/* What a tone is called where it cannot be seen; NULL: not a tone. */
const char *pdf_tone_word(pdf_lang lang, const char *word);

/* A filled rectangle in the colour of series k, hatched in its own way when the theme asks for it. */
void pdf_put_series_rect(pdf_ops *o, const pdf_theme *th, size_t k, double x, double y, double w, double h);
void pdf_put_hatch(pdf_ops *o, size_t pattern, double x, double y, double w, double h, pdf_rgb colour);
#endif

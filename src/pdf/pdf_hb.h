/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pdf_hb: what HarfBuzz does for us, the only file that knows it: outlines of CFF fonts as plain charstrings, their
 * extents, kerning out of GPOS. Built without HarfBuzz every function says no, and CFF fonts are refused. */
#ifndef PDF_HB_H
#define PDF_HB_H
#include "kam_str.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct pdf_hb pdf_hb;

bool pdf_hb_built(void); /* with HarfBuzz? */
/* The bytes must outlive it. NULL: built without, or HarfBuzz finds no glyphs in it. */
pdf_hb *pdf_hb_open(const void *font, size_t n, int face);
void pdf_hb_close(pdf_hb *h); /* NULL is fine */
/* xMin yMin xMax yMax of a glyph in units of the font; false: blank or unknown. */
bool pdf_hb_bounds(pdf_hb *h, int glyph, int box[4]);
bool pdf_hb_has_kern(const pdf_hb *h);
/* Room between two characters that stand as these two glyphs, in units of the font; kept once asked for. */
int pdf_hb_kern(pdf_hb *h, uint32_t left, int left_glyph, uint32_t right, int right_glyph);
/* The CFF table of these glyphs alone, without subroutines and hints; to[i] is the place of glyph[i] in it. false:
 * HarfBuzz could not. */
bool pdf_hb_charstrings(pdf_hb *h, const uint16_t *glyph, size_t n, uint16_t *to, kam_str *cff);
#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pdf_cff: the slots of a subset as a small CFF font whose CID is the number of the slot.
 *
 * The outlines come as plain charstrings (pdf_hb_charstrings: no subroutines, no hints), possibly from a damaged font:
 * every read is checked. A slot is the charstring of its glyph with the slot's own width in front and its first point
 * moved by the slot's shift; a second spacing of a glyph repeats the charstring, which deflate makes short. One font
 * dictionary serves all: what those of the font differ in is hinting and the widths written here anew.
 * Format: Adobe Technical Notes 5176 (CFF) and 5177 (Type 2 charstrings). */
#ifndef PDF_CFF_H
#define PDF_CFF_H
#include "pdf_subset.h"

/* Can the table be walked, and has it that many charstrings? */
bool pdf_cff_sound(pdf_span cff, int n_glyphs);
/* glyph[i] is the place of slot i in `cff`. false: `cff` cannot be understood; out is as it was. */
bool pdf_cff_write(const pdf_subset *s, pdf_span cff, const uint16_t *glyph, kam_str *out);
#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pdf_subset: the glyphs a document uses, renumbered from 0, and the small TrueType file made of them (glyf head hhea
 * hmtx loca maxp; instructions dropped).
 *
 * Every *slot* is one character in one spacing: (character, form, extra). Extra is room that belongs to the glyph's
 * own advance: the quarter em between Han and Latin, the half em a squeezed comma gives up. Keeping it in the width
 * of a glyph, not between glyphs, means that text taken out of the PDF shows no blanks there. A slot whose outline
 * is in the subset already is a composite of 16 bytes that points to it; so are two characters that share a glyph,
 * which keeps the way back from glyph to character unique. */
#ifndef PDF_SUBSET_H
#define PDF_SUBSET_H
#include "kam_str.h"
#include "pdf_sfnt.h"

typedef struct pdf_slot {
    uint32_t cp;      /* 0: only a component of others */
    uint16_t glyph;   /* in the font */
    int16_t extra;    /* 1/1000 em */
    int16_t advance, shift, drop; /* 1/1000 em, of the form it is set in, without extra */
    bool narrow;
} pdf_slot;

typedef struct pdf_subset {
    const pdf_sfnt *font;
    pdf_slot *slot;   /* 0 is .notdef */
    size_t n, cap;
    uint32_t *hash;   /* slot numbers + 1, open addressing */
    size_t hash_size;
    uint16_t *base;   /* glyph of the font → the slot that holds its outline; 0: none yet */
} pdf_subset;

void pdf_subset_init(pdf_subset *s, const pdf_sfnt *font);
void pdf_subset_release(pdf_subset *s);
/* The number under which (cp, extra) is drawn; 0 when the subset is full (65,000 slots). */
unsigned pdf_subset_use(pdf_subset *s, uint32_t cp, int glyph, bool narrow, int extra);
int pdf_slot_width(const pdf_subset *s, size_t slot); /* advance + extra, 1/1000 em */
/* Appends the font file: TrueType, or bare CFF for a font with such outlines (pdf_cff). Adds the components of composite glyphs to the slots while it walks. Call once. */
void pdf_subset_write(pdf_subset *s, kam_str *out);
#endif

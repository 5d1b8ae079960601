/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pdf_sfnt: a reader of TrueType and OpenType files and collections, for fonts nobody vouches for: every read is checked against
 * the table it belongs to, a read outside gives 0, every loop is bounded by sizes already checked.
 *
 * Understood: cmap formats 4 and 12, hmtx, loca, glyf, kern format 0, OS/2 (embedding licence, cap height), name
 * (PostScript name); CFF outlines and the kerning of GPOS through HarfBuzz (pdf_hb). Refused with KAM_PDF font: CFF
 * outlines without HarfBuzz, missing tables, a licence (fsType) that forbids embedding or subsetting. Opening costs
 * one pass over the cmap. */
#ifndef PDF_SFNT_H
#define PDF_SFNT_H
#include "kam_err.h"
#include "pdf_hb.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct pdf_span {
    const uint8_t *p;
    size_t n;
} pdf_span;

/* Big-endian reads; 0 outside of the span. */
uint16_t pdf_u16(pdf_span s, size_t at);
uint32_t pdf_u32(pdf_span s, size_t at);
static inline int pdf_i16(pdf_span s, size_t at)
{
    return (int16_t)pdf_u16(s, at);
}
pdf_span pdf_sub(pdf_span s, size_t at, size_t n); /* empty when it does not fit */

typedef struct pdf_sfnt {
    pdf_span file;
    bool mapped;
    pdf_span head, hhea, maxp, hmtx, loca, glyf, kern;
    int upem, n_glyphs, n_hmetrics;
    bool long_loca, cff; /* cff: outlines through hb, loca and glyf are empty */
    bool gpos;           /* has such a table; opened when kerning is first asked for */
    int face;
    struct pdf_outlines *outlines; /* those read so far; NULL: the font is in memory as a whole */
    pdf_hb *hb;          /* NULL: not open */
    uint16_t *map;       /* glyph of every BMP character */
    pdf_span groups;     /* format 12 groups, for characters beyond */
    int ascent, descent, cap_height, bbox[4]; /* 1/1000 em */
    char name[64];       /* PostScript name, fit for a PDF name */
} pdf_sfnt;

kam_rc pdf_sfnt_open(pdf_sfnt *f, const char *path, int face, kam_err *err);
/* `data` must outlive f. `what` names the font in errors. */
kam_rc pdf_sfnt_open_mem(pdf_sfnt *f, const void *data, size_t n, int face, const char *what, kam_err *err);
void pdf_sfnt_close(pdf_sfnt *f);

int pdf_sfnt_glyph(const pdf_sfnt *f, uint32_t cp);        /* 0: missing */
int pdf_sfnt_advance(const pdf_sfnt *f, int glyph);        /* 1/1000 em */
int pdf_sfnt_kern(const pdf_sfnt *f, int left, int right); /* 1/1000 em, from the table kern */
/* The same for two characters and their glyphs, out of kern or, when there is none, GPOS. */
int pdf_sfnt_kern_pair(pdf_sfnt *f, uint32_t left, int left_glyph, uint32_t right, int right_glyph);
/* How a character is set with that glyph. Brackets that stand in the middle of their em move to the half they belong
 * to (opening right, closing left), so that squeezing the other half never cuts into ink; `narrow` is the Latin form
 * of a full-width quotation mark or ellipsis: its ink with a little room on both sides, and the dots of an ellipsis that stand in the
 * middle of the line, as Chinese wants them, brought down to its foot. */
typedef struct pdf_form {
    int advance, shift, drop; /* 1/1000 em; the outline moves right by shift and down by drop */
} pdf_form;
pdf_form pdf_sfnt_form(const pdf_sfnt *f, uint32_t cp, int glyph, bool narrow);
/* Lent until the font is closed; empty: blank glyph, or CFF. Of a file each is read when it is first wanted and kept: the
 * outlines a report needs lie all over the file, and through the mapping most of it would become resident. */
pdf_span pdf_sfnt_outline(const pdf_sfnt *f, int glyph);
#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The inside of pdf_fonts for the drawing half of the layer: which font of the chain draws a character. */
#ifndef PDF_FONTS_INT_H
#define PDF_FONTS_INT_H
#include "pdf_metrics.h"
#include "pdf_sfnt.h"
#include "pdf.h"

enum { PDF_CHAIN_MAX = 16 };

typedef struct pdf_face {
    char *path;
    int index;
    enum { PDF_FACE_CLOSED, PDF_FACE_OPEN, PDF_FACE_BAD } state; /* opened when first needed */
    pdf_sfnt sfnt;
    bool heavy;   /* a bold font: bold text needs no help */
    bool partner; /* only the bold of another; not tried for itself */
    int bold;     /* the face that draws bold text of this one; -1: none, it is made heavier when drawn */
} pdf_face;

struct pdf_fonts {
    pdf_face face[PDF_CHAIN_MAX];
    size_t n;
};

/* Font and glyph of a character, of the font's bold where there is one and it has the character; glyph 0 of font 0 when none has it (false). Characters that draw nothing (joiners,
 * variation selectors) have no place: *face is -1, and true is returned. */
bool pdf_fonts_find(pdf_fonts *f, uint32_t cp, bool bold, int *face, int *glyph);
pdf_metrics pdf_fonts_metrics(pdf_fonts *f);
#endif

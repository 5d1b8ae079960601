/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The inside of pdf_fonts for the drawing half of the layer: which font of the chain draws a character. */
#ifndef PDF_FONTS_INT_H
#define PDF_FONTS_INT_H
#include "pdf_metrics.h"
#include "pdf_sfnt.h"
#include "pdf.h"

enum { PDF_CHAIN_MAX = 32 };

typedef struct pdf_face {
    char *path;
    int index;
    enum { PDF_FACE_CLOSED, PDF_FACE_OPEN, PDF_FACE_BAD } state; /* opened when first needed */
    pdf_sfnt sfnt;
    bool heavy;   /* a bold font: bold text needs no help */
    bool partner; /* only the bold of another, or one that texts name; not tried for itself */
    int bold;     /* the face that draws bold text of this one; -1: none, it is made heavier when drawn */
} pdf_face;

typedef struct pdf_fonts_view { /* the chain with a font of pdf_fonts_name_face before it; 0: alone */
    pdf_fonts *fonts;
    int named;
} pdf_fonts_view;

struct pdf_fonts {
    pdf_face face[PDF_CHAIN_MAX];
    size_t n;
    pdf_fonts_view whole; /* the chain itself, for metrics */
};

/* Font and glyph of a character: of the named font (pdf_fonts_name_face; 0: none), else of the first of the chain that has it,
 * of its bold where there is one and it has the character; glyph 0 of font 0 when none has it (false). Characters that draw
 * nothing (joiners, variation selectors) have no place: *face is -1, and true is returned. */
bool pdf_fonts_find(pdf_fonts *f, int named, uint32_t cp, bool bold, int *face, int *glyph);
pdf_metrics pdf_fonts_metrics(pdf_fonts *f);
/* *v is what the metrics look into: it must outlive them. */
pdf_metrics pdf_fonts_view_metrics(pdf_fonts_view *v);
#endif

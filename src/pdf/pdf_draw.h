/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pdf_draw: the display list as content streams. Turns the page over (PDF's y grows upwards), splits text by font of
 * the chain, keeps the graphics state so that only changes are written. Includes <hpdf.h>: only for .c files of this
 * layer. */
#ifndef PDF_DRAW_H
#define PDF_DRAW_H
#include "pdf_flow.h"
#include "pdf_fonts_int.h"
#include "pdf_image.h"
#include "pdf_list.h"
#include "pdf_struct.h"
#include "pdf_type0.h"

typedef struct pdf_placed { /* an image that is in the document already */
    const pdf_image *image;
    HPDF_Dict object;
} pdf_placed;

typedef struct pdf_drawing {
    HPDF_Doc doc;
    pdf_fonts *fonts;
    pdf_type0 type0[PDF_CHAIN_MAX]; /* font NULL: not used yet */
    pdf_deflater deflater;
    pdf_report report;              /* missing characters are counted here */
    uint32_t *missing;              /* all of them, for counting each once */
    size_t cap_missing;
    pdf_struct *tree;               /* NULL: the document is not tagged */
    pdf_placed *placed;
    size_t n_placed, cap_placed;
} pdf_drawing;

void pdf_draw_page(pdf_drawing *d, HPDF_Page page, const pdf_ops *ops, double page_h);
#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pdf_type0: one font of the chain inside one document, as libharu objects: Type0 font, descendant (CIDFontType2,
 * for CFF outlines CIDFontType0) with the widths of used glyphs, descriptor, subset, ToUnicode. Made without libharu's own font code, which loses strokes
 * of Chinese characters and embeds tables of the whole font. Includes <hpdf.h>: only for .c files of this layer. */
#ifndef PDF_TYPE0_H
#define PDF_TYPE0_H
#include "kam_progress.h"
#include "pdf_subset.h"
#include <hpdf.h>

typedef struct pdf_type0 {
    pdf_subset sub;
    HPDF_Dict font; /* belongs to the document */
} pdf_type0;

/* One compressor for all streams of a document: setting one up costs more than compressing a page. */
typedef struct pdf_deflater {
    void *z; /* of libdeflate or zlib; NULL until first used */
    kam_str out;
    kam_progress *watch;    /* asked whether to stop whenever a stream is written; may be NULL */
} pdf_deflater;
void pdf_deflater_release(pdf_deflater *d);
void pdf_deflate(pdf_deflater *d, const char *bytes, size_t n); /* into d->out */

void pdf_type0_init(pdf_type0 *t, HPDF_Doc doc, const pdf_sfnt *sfnt);
/* Once, after the last glyph was used and before the document is saved. */
void pdf_type0_finish(pdf_type0 *t, HPDF_Doc doc, pdf_deflater *z);
void pdf_type0_release(pdf_type0 *t);

/* Give a stream object its bytes, deflated at once. (libharu would deflate at its own level while saving.) */
void pdf_stream_set(HPDF_Dict stream, pdf_deflater *d, const char *bytes, size_t n);
/* A text string of any characters: UTF-16 with mark, as PDF wants it outside of content. */
HPDF_Binary pdf_text_string(HPDF_MMgr mm, const char *utf8);
#endif

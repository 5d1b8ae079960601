/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pdf_jpeg: a JPEG nobody vouches for, made fit to stand in a PDF. It is decoded to its last line by libjpeg, so that a cut or
 * damaged file is refused here and not found by the reader of the document; what goes into the PDF are its own coefficients
 * (no second loss, no larger file), without what cameras and programs wrote about it (place, owner, preview). */
#ifndef PDF_JPEG_H
#define PDF_JPEG_H
#include "pdf_image.h"

enum { PDF_JPEG_SCANS = 64 }; /* of a progressive picture: usual are ten, and each costs a pass over all pixels */

/* Fills *m; its data lie in the arena. NULL when all is well, else why not (a row of the catalogue of messages). */
const char *pdf_jpeg_read(kam_arena *a, const uint8_t *p, size_t n, pdf_image *m);
#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pdf_image: pictures of files nobody vouches for, read without libharu (which ends the process at a cut PNG). PNG of every
 * kind is decoded by libpng into 8 bits a channel, transparency kept apart; a JPEG is decoded as proof and goes into the PDF as
 * it is (pdf_jpeg.h). Everything lives in the arena. */
#ifndef PDF_IMAGE_H
#define PDF_IMAGE_H
#include "kam_err.h"
#include "kam_mem.h"
#include <stdbool.h>
#include <stdint.h>

enum { PDF_IMAGE_PIXELS = 40000000, PDF_IMAGE_BYTES = 64 << 20 };

typedef struct pdf_image {
    int w, h, channels;   /* as it is looked at; 1 gray, 3 RGB, 4 CMYK (JPEG only) */
    bool jpeg, inverted;  /* data are those of the file; its CMYK counts from white */
    bool as_stored;       /* JPEG: its channels are RGB or CMYK, not YCbCr or YCCK */
    int turn;             /* JPEG: Exif orientation 1–8; from 5 on the lines of the file are columns. Else 0 */
    const uint8_t *data;
    size_t n;
    const uint8_t *alpha; /* w × h; NULL: opaque */
} pdf_image;

/* KAM_NOTFOUND or KAM_IO path; KAM_PDF image: not a PNG or JPEG, damaged, too large. `what` names it in errors. */
kam_rc pdf_image_load(kam_arena *a, const char *path, const pdf_image **out, kam_err *err);
kam_rc pdf_image_decode(kam_arena *a, const void *bytes, size_t n, const char *what, const pdf_image **out, kam_err *err);
#endif

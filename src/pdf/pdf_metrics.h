/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pdf_metrics: all that layout knows of fonts. pdf_fonts provides one from real files; goldens and unit tests use the
 * synthetic one, so that they do not depend on which fonts a system has. Widths are in 1/1000 em. */
#ifndef PDF_METRICS_H
#define PDF_METRICS_H
#include <stdbool.h>
#include <stdint.h>

typedef struct pdf_metrics {
    void *ctx;
    int (*advance)(void *ctx, uint32_t cp, bool bold);
    int (*narrow)(void *ctx, uint32_t cp, bool bold); /* of a quotation mark or an ellipsis as Latin text wants it; many
                                              Chinese fonts have them a full em wide */
    int (*kern)(void *ctx, uint32_t left, uint32_t right, bool bold); /* NULL: no kerning */
} pdf_metrics;

/* Every Han, kana, full-width and CJK punctuation character 1000, Latin by rough class, marks and joiners 0. */
const pdf_metrics *pdf_metrics_synthetic(void);
#endif

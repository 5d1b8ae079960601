/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pdf_metrics.h"
#include "kam_utf8.h"
#include <string.h>

static int synthetic_advance(void *ctx, uint32_t cp, bool bold)
{
    (void)ctx, (void)bold;
    if (cp == ' ' || cp == 0xA0) return 280;
    if (cp < 0x80) {
        char c = (char)cp;
        if (strchr("ijl.,:;'|!", c)) return 260;
        if (strchr("ft()[]r-/\\\"", c)) return 360;
        if (strchr("mwMW%@", c)) return 860;
        if (c >= 'A' && c <= 'Z') return 640;
        return 540;
    }
    if (cp >= 0x2018 && cp <= 0x201D) return 1000; /* as in most Chinese fonts */
    if (cp == 0x2014 || cp == 0x2026) return 1000;
    int w = kam_cp_width(cp, false);
    return w == 2 ? 1000 : w == 1 ? 560 : 0;
}

static int synthetic_narrow(void *ctx, uint32_t cp, bool bold)
{
    (void)ctx, (void)bold;
    if (cp == 0x2026) return 860;
    return cp == 0x2018 || cp == 0x2019 ? 220 : 400;
}

const pdf_metrics *pdf_metrics_synthetic(void)
{
    static const pdf_metrics m = {NULL, synthetic_advance, synthetic_narrow, NULL};
    return &m;
}

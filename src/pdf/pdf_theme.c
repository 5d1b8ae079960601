/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kam_str.h"
#include "pdf.h"

/* Both themes share type scale and spacing: a page breaks at the same places on screen and on paper. Body 10.5 pt is
 * the Chinese size 五号; the heads step by about 1.25. Margins near 20 mm leave 170 mm of line on A4, 46 Han
 * characters at body size. */
#define TYPE_AND_SPACE                                                                                      \
    .title_pt = 23, .heading_pt = {15.5, 12.5, 10.8}, .body_pt = 10.3, .table_pt = 9, .small_pt = 8.2,      \
    .leading = 1.62, .margin_left = PDF_MM(21), .margin_right = PDF_MM(21), .margin_top = PDF_MM(24),       \
    .margin_bottom = PDF_MM(22), .para_gap = 6, .heading_before = {20, 14, 10}, .heading_after = {7, 5, 3}, \
    .block_gap = 10

const pdf_theme *pdf_theme_screen(void)
{
    static const pdf_theme t = {
        .ink = 0x22272E, .muted = 0x5B6673, .faint = 0xD3DAE2,
        .accent = 0x1F5A8C, .accent_dark = 0x17405F,
        .tint = 0xF2F6FA, .zebra = 0xF6F8FB, .head_fill = 0xE6EEF5, .head_ink = 0x17405F,
        .good = 0x2E7D32, .warn = 0xB86E00, .bad = 0xC62828, .unknown = 0x8A929C,
        .series = {0x1F5A8C, 0xE09A3E, 0x3F9488, 0xA4506C, 0x7C8BB8, 0x8F9A3D},
        TYPE_AND_SPACE,
    };
    return &t;
}

const pdf_theme *pdf_theme_print(void)
{
    static const pdf_theme t = {
        .ink = 0x000000, .muted = 0x3C3C3C, .faint = 0xB8B8B8,
        .accent = 0x000000, .accent_dark = 0x000000,
        .tint = 0xF4F4F4, .zebra = 0xF6F6F6, .head_fill = 0xE9E9E9, .head_ink = 0x000000,
        .good = 0x000000, .warn = 0x000000, .bad = 0x000000, .unknown = 0x6A6A6A,
        .series = {0x5C5C5C, 0xD2D2D2, 0x8C8C8C, 0xE6E6E6, 0x3A3A3A, 0xB4B4B4},
        .hatch = true,
        TYPE_AND_SPACE,
    };
    return &t;
}

const pdf_theme *pdf_theme_find(const char *name)
{
    if (kam_streq(name, "screen")) return pdf_theme_screen();
    if (kam_streq(name, "print")) return pdf_theme_print();
    return NULL;
}

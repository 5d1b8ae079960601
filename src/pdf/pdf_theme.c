/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kam_str.h"
#include "pdf.h"
#include <stddef.h>
#include <string.h>

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

/* --- single values by name --- */
typedef enum { COLOUR, POINTS, FACTOR, MM, SWITCH } value_kind;
typedef struct theme_key {
    const char *name;
    value_kind kind;
    size_t offset;
    double min, max;
} theme_key;

#define KEY(name_, kind_, field, min_, max_) {name_, kind_, offsetof(pdf_theme, field), min_, max_}
static const theme_key keys[] = {
    KEY("ink", COLOUR, ink, 0, 0), KEY("muted", COLOUR, muted, 0, 0), KEY("faint", COLOUR, faint, 0, 0),
    KEY("accent", COLOUR, accent, 0, 0), KEY("accent-dark", COLOUR, accent_dark, 0, 0), KEY("tint", COLOUR, tint, 0, 0),
    KEY("zebra", COLOUR, zebra, 0, 0), KEY("head-fill", COLOUR, head_fill, 0, 0), KEY("head-ink", COLOUR, head_ink, 0, 0),
    KEY("good", COLOUR, good, 0, 0), KEY("warn", COLOUR, warn, 0, 0), KEY("bad", COLOUR, bad, 0, 0),
    KEY("unknown", COLOUR, unknown, 0, 0), KEY("series-1", COLOUR, series[0], 0, 0), KEY("series-2", COLOUR, series[1], 0, 0),
    KEY("series-3", COLOUR, series[2], 0, 0), KEY("series-4", COLOUR, series[3], 0, 0), KEY("series-5", COLOUR, series[4], 0, 0),
    KEY("series-6", COLOUR, series[5], 0, 0), KEY("hatch", SWITCH, hatch, 0, 1), KEY("ragged", SWITCH, ragged, 0, 1),
    KEY("justified", SWITCH, justified, 0, 1),
    KEY("title", POINTS, title_pt, 8, 60), KEY("heading-1", POINTS, heading_pt[0], 7, 40),
    KEY("heading-2", POINTS, heading_pt[1], 7, 40), KEY("heading-3", POINTS, heading_pt[2], 7, 40),
    KEY("body", POINTS, body_pt, 6, 24), KEY("table", POINTS, table_pt, 6, 20), KEY("small", POINTS, small_pt, 5, 16),
    KEY("leading", FACTOR, leading, 1.2, 2.5), KEY("margin-left", MM, margin_left, 5, 60),
    KEY("margin-right", MM, margin_right, 5, 60), KEY("margin-top", MM, margin_top, 15, 60),
    KEY("margin-bottom", MM, margin_bottom, 15, 60), KEY("para-gap", POINTS, para_gap, 0, 40),
    KEY("block-gap", POINTS, block_gap, 0, 60),
};
enum { N_KEYS = sizeof keys / sizeof *keys };

static kam_rc bad_key(const char *key, kam_err *err)
{
    kam_str names = KAM_STR_INIT;
    for (size_t i = 0; i < N_KEYS; i++) kam_str_addf(&names, "%s%s", i ? " " : "", keys[i].name);
    kam_err_set(err, KAM_USAGE, "theme: no value is called %s; there are %s", key, kam_str_cstr(&names));
    kam_str_release(&names);
    kam_err_word(err, "theme");
    kam_err_word(err, key);
    return KAM_USAGE;
}

static int hex_digit(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

static bool parse_colour(const char *text, pdf_rgb *out)
{
    pdf_rgb v = 0;
    if (text[0] != '#' || strlen(text) != 7) return false;
    for (int i = 1; i < 7; i++) {
        int d = hex_digit(text[i]);
        if (d < 0) return false;
        v = v << 4 | (pdf_rgb)d;
    }
    *out = v;
    return true;
}

kam_rc pdf_colour_parse(const pdf_theme *th, const char *text, pdf_rgb *out, kam_err *err)
{
    const char *names[N_KEYS + 3] = {"black", "white", "none"};
    const pdf_rgb fixed[] = {0x000000, 0xFFFFFF, PDF_NONE};
    size_t n = sizeof fixed / sizeof *fixed;
    for (size_t i = 0; i < n; i++)
        if (kam_streq(text, names[i])) return *out = fixed[i], KAM_OK;
    for (size_t i = 0; i < N_KEYS; i++) {
        if (keys[i].kind != COLOUR) continue;
        if (kam_streq(text, keys[i].name)) return *out = *(const pdf_rgb *)((const char *)th + keys[i].offset), KAM_OK;
        names[n++] = keys[i].name;
    }
    if (text[0] == '#' && strlen(text) == 4 && hex_digit(text[1]) >= 0 && hex_digit(text[2]) >= 0 && hex_digit(text[3]) >= 0) {
        *out = (pdf_rgb)(hex_digit(text[1]) * 0x110000 + hex_digit(text[2]) * 0x1100 + hex_digit(text[3]) * 0x11);
        return KAM_OK;
    }
    if (parse_colour(text, out)) return KAM_OK;
    kam_err_set(err, KAM_USAGE, "%.100s is no colour: write #rrggbb, black, white, none or a colour of the theme", text);
    kam_err_nearest(err, text, names, n);
    kam_err_word(err, "colour");
    return kam_err_word(err, text);
}

kam_rc pdf_theme_set(pdf_theme *th, const char *key, const char *value, kam_err *err)
{
    const theme_key *k = NULL;
    for (size_t i = 0; i < N_KEYS && !k; i++)
        if (kam_streq(keys[i].name, key)) k = &keys[i];
    if (!k) return bad_key(key, err);
    void *at = (char *)th + k->offset;
    double v = 0;
    if (k->kind == COLOUR) {
        if (parse_colour(value, at)) return KAM_OK;
        kam_err_set(err, KAM_USAGE, "theme: %s is a colour like #1f5a8c, not %s", key, value);
    } else if (kam_parse_real(value, &v) && v >= k->min && v <= k->max) {
        if (k->kind == SWITCH) *(bool *)at = v != 0;
        else *(double *)at = k->kind == MM ? PDF_MM(v) : v;
        return KAM_OK;
    } else kam_err_set(err, KAM_USAGE, "theme: %s is a number from %g to %g, not %s", key, k->min, k->max, value);
    kam_err_word(err, "theme");
    kam_err_word(err, key);
    return KAM_USAGE;
}

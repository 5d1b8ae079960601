/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pdf_break.h"
#include "kam_mem.h"
#include <linebreak.h>
#include <string.h>

bool pdf_is_han(uint32_t c)
{
    return (c >= 0x2E80 && c <= 0x2FDF) || (c >= 0x3005 && c <= 0x3007) || (c >= 0x3021 && c <= 0x3029) ||
           (c >= 0x3041 && c <= 0x30FF) || (c >= 0x3105 && c <= 0x312F) || (c >= 0x3400 && c <= 0x4DBF) ||
           (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0xAC00 && c <= 0xD7A3) || (c >= 0xF900 && c <= 0xFAFF) ||
           (c >= 0x20000 && c <= 0x3FFFF);
}

static bool is_digit(uint32_t c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(uint32_t c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= 0xC0 && c <= 0x24F && c != 0xD7 && c != 0xF7) ||
           (c >= 0x370 && c <= 0x52F) || (c >= 0x1E00 && c <= 0x1FFF);
}

bool pdf_is_western(uint32_t c)
{
    return is_digit(c) || is_letter(c) || c == '%' || c == '$' || c == 0xA5 || c == 0x20AC || c == 0xA3 || c == '@' ||
           c == '#' || c == '+' || c == '&' || c == 0xB0 || c == 0x2212;
}

bool pdf_is_half_blank(uint32_t c)
{
    switch (c) {
    case 0x3001: case 0x3002: case 0xFF0C: case 0xFF0E: case 0xFF09: case 0x3009: case 0x300B: case 0x300D:
    case 0x300F: case 0x3011: case 0x3015: case 0x3017: case 0x201D: case 0x2019: return true;
    default: return false;
    }
}

bool pdf_is_closing(uint32_t c)
{
    return pdf_is_half_blank(c) || c == 0xFF1A || c == 0xFF1B || c == 0xFF01 || c == 0xFF1F;
}

bool pdf_is_opening(uint32_t c)
{
    switch (c) {
    case 0xFF08: case 0x3008: case 0x300A: case 0x300C: case 0x300E: case 0x3010: case 0x3014: case 0x3016:
    case 0x201C: case 0x2018: return true;
    default: return false;
    }
}

/* Units and counters that stay with the number before them: 年月日时分秒个万亿千百元角号点岁名家位次章节项条页种台件套周天季期倍户笔 ％℃ */
static bool is_counter(uint32_t c)
{
    static const uint16_t units[] = {
        0x5E74, 0x6708, 0x65E5, 0x65F6, 0x5206, 0x79D2, 0x4E2A, 0x4E07, 0x4EBF, 0x5343, 0x767E, 0x5143, 0x89D2,
        0x53F7, 0x70B9, 0x5C81, 0x540D, 0x5BB6, 0x4F4D, 0x6B21, 0x7AE0, 0x8282, 0x9879, 0x6761, 0x9875, 0x79CD,
        0x53F0, 0x4EF6, 0x5957, 0x5468, 0x5929, 0x5B63, 0x671F, 0x500D, 0x6237, 0x7B14, 0xFF05, 0x2103,
    };
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (units[i] == c) return true;
    return false;
}

static bool is_joiner(uint32_t c)
{
    return c == '+' || c == '/' || c == '#' || c == '&';
}

/* Bytes of printable ASCII without blanks around i; long ones (addresses) may break after a slash. */
static bool in_short_token(const uint32_t *cp, size_t n, size_t i)
{
    enum { SHORT = 12 };
    size_t a = i, b = i;
    while (a > 0 && cp[a - 1] > 0x20 && cp[a - 1] < 0x7F && i - a <= SHORT) a--;
    while (b + 1 < n && cp[b + 1] > 0x20 && cp[b + 1] < 0x7F && b - i <= SHORT) b++;
    return b - a < SHORT;
}

static bool forbidden(const uint32_t *cp, size_t n, size_t i)
{
    uint32_t a = cp[i], b = cp[i + 1];
    if (b == 0xB7 || b == 0x2014 || b == 0x2026 || b == 0x22EF) return true;
    if ((a == 0x2019 || a == '\'') && is_letter(b)) return true;
    if (a > 0x20 && a < 0x7F && b > 0x20 && b < 0x7F && (is_joiner(a) || is_joiner(b)) && in_short_token(cp, n, i))
        return true;
    if (is_digit(a) && is_counter(b)) return true;
    if (a == '-' && is_letter(b) && (i == 0 || cp[i - 1] == ' ' || cp[i - 1] == 0xA0 || pdf_is_han(cp[i - 1]))) return true; /* -option: LB20a of Unicode 15.1 */
    return a == 0x7B2C && is_digit(b);
}

void pdf_break_init(void)
{
    init_linebreak();
}

static bool is_regional(uint32_t c)
{
    return c >= 0x1F1E6 && c <= 0x1F1FF;
}

/* libunibreak (5.1) fails an assertion, and so ends the program, at a regional indicator, of which flags are made, and
 * at U+FFFF. A flag breaks like an ideograph and never inside: that is what the library gets to see. NULL: all is well. */
static uint32_t *without_fatal(const uint32_t *cp, size_t n)
{
    uint32_t *copy = NULL;
    for (size_t i = 0; i < n; i++) {
        if (!is_regional(cp[i]) && cp[i] != 0xFFFF) continue;
        if (!copy) {
            copy = kam_calloc(n, sizeof *copy);
            memcpy(copy, cp, n * sizeof *copy);
        }
        copy[i] = 0x4E00;
        if (is_regional(cp[i]) && i + 1 < n && is_regional(cp[i + 1])) copy[++i] = 0x0301;
    }
    return copy;
}

void pdf_break_find(const uint32_t *cp, size_t n, char *brk)
{
    if (n == 0) return;
    bool han = false;
    for (size_t i = 0; i < n && !han; i++) han = pdf_is_han(cp[i]);
    uint32_t *shown = without_fatal(cp, n);
    /* with "zh", curly quotes open and close; in Latin text ’ is mostly an apostrophe */
    set_linebreaks_utf32((const utf32_t *)(shown ? shown : cp), n, han ? "zh" : "en", brk);
    kam_free(shown);
    for (size_t i = 0; i < n; i++) {
        switch (brk[i]) {
        case LINEBREAK_MUSTBREAK: brk[i] = PDF_BRK_MUST; break;
        case LINEBREAK_ALLOWBREAK: brk[i] = PDF_BRK_MAY; break;
        default: brk[i] = PDF_BRK_NO;
        }
        if (brk[i] == PDF_BRK_MAY && i + 1 < n && forbidden(cp, n, i)) brk[i] = PDF_BRK_NO;
    }
    brk[n - 1] = PDF_BRK_MAY;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kam_utf8.h"
#include "kam_mem.h"
#include "kam_utf8_tables.h"
#include <string.h>

enum { REPLACEMENT = 0xFFFD };

static inline bool is_tail(unsigned char c)
{
    return (c & 0xC0) == 0x80;
}

uint32_t kam_utf8_next(const char *s, size_t n, size_t *used)
{
    const unsigned char *p = (const unsigned char *)s;
    *used = 1;
    if (p[0] < 0x80) return p[0];
    if (p[0] >= 0xC2 && p[0] <= 0xDF) {
        if (n < 2 || !is_tail(p[1])) return REPLACEMENT;
        *used = 2;
        return (uint32_t)(p[0] & 0x1F) << 6 | (p[1] & 0x3F);
    }
    if (p[0] >= 0xE0 && p[0] <= 0xEF) {
        if (n < 3 || !is_tail(p[1]) || !is_tail(p[2])) return REPLACEMENT;
        uint32_t cp = (uint32_t)(p[0] & 0x0F) << 12 | (uint32_t)(p[1] & 0x3F) << 6 | (p[2] & 0x3F);
        if (cp < 0x800 || (cp >= 0xD800 && cp <= 0xDFFF)) return REPLACEMENT;
        *used = 3;
        return cp;
    }
    if (p[0] >= 0xF0 && p[0] <= 0xF4) {
        if (n < 4 || !is_tail(p[1]) || !is_tail(p[2]) || !is_tail(p[3])) return REPLACEMENT;
        uint32_t cp = (uint32_t)(p[0] & 0x07) << 18 | (uint32_t)(p[1] & 0x3F) << 12 |
                      (uint32_t)(p[2] & 0x3F) << 6 | (p[3] & 0x3F);
        if (cp < 0x10000 || cp > 0x10FFFF) return REPLACEMENT;
        *used = 4;
        return cp;
    }
    return REPLACEMENT;
}

int kam_utf8_put(uint32_t cp, char out[4])
{
    if (cp > 0x10FFFF || (cp >= 0xD800 && cp <= 0xDFFF)) cp = REPLACEMENT;
    if (cp < 0x80) {
        out[0] = (char)cp;
        return 1;
    }
    if (cp < 0x800) {
        out[0] = (char)(0xC0 | cp >> 6);
        out[1] = (char)(0x80 | (cp & 0x3F));
        return 2;
    }
    if (cp < 0x10000) {
        out[0] = (char)(0xE0 | cp >> 12);
        out[1] = (char)(0x80 | (cp >> 6 & 0x3F));
        out[2] = (char)(0x80 | (cp & 0x3F));
        return 3;
    }
    out[0] = (char)(0xF0 | cp >> 18);
    out[1] = (char)(0x80 | (cp >> 12 & 0x3F));
    out[2] = (char)(0x80 | (cp >> 6 & 0x3F));
    out[3] = (char)(0x80 | (cp & 0x3F));
    return 4;
}

bool kam_utf8_valid(const char *s, size_t n)
{
    size_t i = 0, used;
    while (i < n) {
        if ((unsigned char)s[i] < 0x80) {
            if (s[i] == '\0') return false;
            i++;
            continue;
        }
        /* U+FFFD itself is three bytes: a bad byte is the one that uses one. */
        if (kam_utf8_next(s + i, n - i, &used) == REPLACEMENT && used == 1) return false;
        i += used;
    }
    return true;
}

size_t kam_utf8_count(const char *s)
{
    size_t count = 0, left = strlen(s), used;
    for (; left > 0; s += used, left -= used) {
        kam_utf8_next(s, left, &used);
        count++;
    }
    return count;
}

/* A surrogate in three bytes (ED A0 80 … ED BF BF), or 0. */
static uint32_t surrogate_at(const unsigned char *p, size_t n)
{
    if (n < 3 || p[0] != 0xED || p[1] < 0xA0 || !is_tail(p[1]) || !is_tail(p[2])) return 0;
    return 0xD000u | (uint32_t)(p[1] & 0x3F) << 6 | (p[2] & 0x3F);
}

char *kam_utf8_repair(const char *s, size_t n, size_t *len_out)
{
    /* The worst case is one bad byte becoming the three of U+FFFD. */
    char *out = kam_reallocarray(NULL, n + 1, 3);
    size_t len = 0, used;
    for (size_t i = 0; i < n; i += used) {
        const unsigned char *p = (const unsigned char *)s + i;
        uint32_t cp = kam_utf8_next(s + i, n - i, &used);
        uint32_t high = surrogate_at(p, n - i);
        if (high != 0) {
            uint32_t low = high < 0xDC00 ? surrogate_at(p + 3, n - i - 3) : 0;
            used = 3;
            if (low >= 0xDC00) {
                cp = 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00);
                used = 6;
            }
        } else if (p[0] == 0xC0 && n - i >= 2 && p[1] == 0x80) {
            used = 2;
        } else if (p[0] == 0) {
            cp = REPLACEMENT;
        }
        len += (size_t)kam_utf8_put(cp, out + len);
    }
    out[len] = '\0';
    if (len_out != NULL) *len_out = len;
    return kam_realloc(out, len + 1);
}

/* --- width --------------------------------------------------------------------------------------------------- */

static bool in_table(const kam_interval *t, size_t n, uint32_t cp)
{
    size_t lo = 0, hi = n;
    if (cp < t[0].lo || cp > t[n - 1].hi) return false;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        if (cp > t[mid].hi)
            lo = mid + 1;
        else if (cp < t[mid].lo)
            hi = mid;
        else
            return true;
    }
    return false;
}
#define IN(table, cp) in_table(table, sizeof(table) / sizeof(table)[0], cp)

int kam_cp_width(uint32_t cp, bool ambiguous_wide)
{
    if (cp < 0x20 || (cp >= 0x7F && cp < 0xA0)) return 0;
    if (cp < 0x7F) return 1;
    /* The bulk of Chinese text, without a search. */
    if (cp >= 0x4E00 && cp <= 0x9FFF) return 2;
    if (IN(kam_cp_zero_width, cp)) return 0;
    if (IN(kam_cp_wide, cp)) return 2;
    if (ambiguous_wide && IN(kam_cp_ambiguous, cp)) return 2;
    return 1;
}

enum { JOINER = 0x200D, EMOJI_SELECTOR = 0xFE0F, KEYCAP = 0x20E3 };

static bool is_regional(uint32_t cp)
{
    return cp >= 0x1F1E6 && cp <= 0x1F1FF;
}

static bool is_skin_tone(uint32_t cp)
{
    return cp >= 0x1F3FB && cp <= 0x1F3FF;
}

/* One cluster at s (n > 0): a base with its marks, selectors, skin tone and joined emoji, or a flag. Returns its
 * bytes. This is not UAX #29 in full: it is what decides columns. */
static size_t cluster(const char *s, size_t n, bool ambiguous_wide, size_t *width)
{
    size_t used, at;
    uint32_t base = kam_utf8_next(s, n, &used);
    bool emoji = base >= 0x80 && IN(kam_cp_emoji, base);
    *width = (size_t)kam_cp_width(base, ambiguous_wide);
    at = used;
    if (is_regional(base)) {
        *width = 1;
        if (at < n && is_regional(kam_utf8_next(s + at, n - at, &used))) {
            at += used;
            *width = 2;
        }
    }
    if (base < 0x20 || base == 0x7F) return at;
    while (at < n && (unsigned char)s[at] >= 0x80) {
        uint32_t cp = kam_utf8_next(s + at, n - at, &used);
        if (cp == EMOJI_SELECTOR || cp == KEYCAP) {
            if (emoji || cp == KEYCAP || (base < 0x80 && *width == 1 && strchr("0123456789#*", (int)base) != NULL))
                *width = 2;
        } else if (cp == JOINER) {
            size_t next_used = 0;
            at += used;
            if (emoji && at < n && IN(kam_cp_emoji, kam_utf8_next(s + at, n - at, &next_used))) at += next_used;
            continue;
        } else if (!(emoji && is_skin_tone(cp)) && kam_cp_width(cp, false) != 0) {
            break;
        } else if (cp < 0xA0) {
            break; /* a C1 control is a cluster of its own */
        }
        at += used;
    }
    return at;
}

size_t kam_utf8_cluster(const char *s, size_t n)
{
    size_t width;
    return cluster(s, n, false, &width);
}

size_t kam_utf8_width(const char *s, bool ambiguous_wide)
{
    size_t total;
    kam_utf8_fit(s, (size_t)-1, ambiguous_wide, &total);
    return total;
}

size_t kam_utf8_fit(const char *s, size_t columns, bool ambiguous_wide, size_t *width)
{
    size_t n = strlen(s), at = 0, total = 0, w;
    while (at < n) {
        size_t bytes = cluster(s + at, n - at, ambiguous_wide, &w);
        if (w > columns - total) break;
        at += bytes;
        total += w;
    }
    if (width != NULL) *width = total;
    return at;
}

/* --- wrapping --- */
static bool one_of(uint32_t cp, const char *marks)
{
    for (size_t used, left = strlen(marks); left > 0; marks += used, left -= used)
        if (kam_utf8_next(marks, left, &used) == cp) return true;
    return false;
}

static bool no_start(uint32_t cp)
{
    return one_of(cp, "，。；：！？、）》〉」』】〕〗”’…—·％℃,.;:!?)]}%");
}

/* Of scripts that part words by blanks: Latin, Greek, Cyrillic and their neighbours. */
static bool of_a_word(uint32_t cp)
{
    return cp < 0x80 || (cp >= 0xC0 && cp < 0x1100) || (cp >= 0x1E00 && cp < 0x2000);
}

/* May a line end between a, the marks of which were passed over, and b? */
static bool breaks(uint32_t a, uint32_t b, bool wide)
{
    if (a == ' ' || b == ' ') return true;
    if (kam_cp_width(b, wide) == 0 || a == 0x200D) return false;
    if (of_a_word(a) && of_a_word(b)) return false;
    return !no_start(b) && !one_of(a, "（《〈「『【〔〖“‘([{");
}

/* The last place up to `fit` where the line may end; 0: none. */
static size_t last_break(const char *s, size_t n, size_t fit, bool wide)
{
    size_t best = 0, used;
    uint32_t before = 0;
    for (size_t at = 0; at <= fit && at < n; at += used) {
        uint32_t cp = kam_utf8_next(s + at, n - at, &used);
        if (at > 0 && breaks(before, cp, wide)) best = at;
        if (at == 0 || cp == 0x200D || kam_cp_width(cp, wide) != 0) before = cp;
    }
    return best;
}

/* Columns of the word that begins at s, counted as far as one more than `most`. */
static size_t word_width(const char *s, size_t n, size_t most, bool wide)
{
    size_t width = 0, used;
    uint32_t before = 0;
    for (size_t at = 0; at < n && width <= most; at += used) {
        uint32_t cp = kam_utf8_next(s + at, n - at, &used);
        if (cp == ' ' || (at > 0 && breaks(before, cp, wide))) break;
        if (at == 0 || cp == 0x200D || kam_cp_width(cp, wide) != 0) before = cp;
        width += (size_t)kam_cp_width(cp, wide);
    }
    return width;
}

size_t kam_utf8_line(const char *s, size_t columns, bool ambiguous_wide, size_t *skip)
{
    size_t line = strcspn(s, "\n"), used;
    char *one = kam_strndup(s, line);
    size_t fit = kam_utf8_fit(one, columns, ambiguous_wide, &used);
    kam_free(one);
    *skip = 0;
    if (fit == line) {
        *skip = s[line] == '\n';
        return line;
    }
    if (fit == 0) { /* a wide character in a column of one: never loop */
        kam_utf8_next(s, line, &fit);
        return fit;
    }
    size_t at = last_break(s, line, fit, ambiguous_wide);
    if (at == 0 || word_width(s + at, line - at, columns, ambiguous_wide) > columns) { /* no place, or before a word that no line holds: within it */
        at = fit;
        if (at > 1 && (unsigned char)s[at - 1] < 0x80 && no_start(kam_utf8_next(s + at, line - at, &used))) at--;
    }
    if (s[at] == ' ') *skip = 1;
    else if (at > 1 && s[at - 1] == ' ') *skip = 1, at--;
    return at;
}

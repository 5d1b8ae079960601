/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kam_str.h"
#include "kam_mem.h"
#include "kam_utf8.h"
#include <ctype.h>
#include <errno.h>
#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void make_room(kam_str *b, size_t more)
{
    size_t need;
    if (__builtin_add_overflow(b->len, more, &need) || __builtin_add_overflow(need, 1, &need))
        need = SIZE_MAX; /* ends in out of memory */
    KAM_GROW(b->s, b->cap, need);
}

void kam_str_addn(kam_str *b, const char *s, size_t n)
{
    make_room(b, n);
    if (n > 0) memcpy(b->s + b->len, s, n);
    b->len += n;
    b->s[b->len] = '\0';
}

void kam_str_add(kam_str *b, const char *s)
{
    kam_str_addn(b, s, strlen(s));
}

void kam_str_addc(kam_str *b, char c)
{
    make_room(b, 1);
    b->s[b->len++] = c;
    b->s[b->len] = '\0';
}

void kam_str_vaddf(kam_str *b, const char *fmt, va_list ap)
{
    va_list again;
    va_copy(again, ap);
    make_room(b, 64);
    size_t room = b->cap - b->len;
    int n = vsnprintf(b->s + b->len, room, fmt, ap);
    if (n >= 0 && (size_t)n >= room) {
        make_room(b, (size_t)n);
        n = vsnprintf(b->s + b->len, b->cap - b->len, fmt, again);
    }
    va_end(again);
    if (n > 0) b->len += (size_t)n;
    b->s[b->len] = '\0';
}

void kam_str_addf(kam_str *b, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    kam_str_vaddf(b, fmt, ap);
    va_end(ap);
}

void kam_str_pad(kam_str *b, char c, size_t n)
{
    make_room(b, n);
    memset(b->s + b->len, c, n);
    b->len += n;
    b->s[b->len] = '\0';
}

void kam_str_clear(kam_str *b)
{
    b->len = 0;
    if (b->s != NULL) b->s[0] = '\0';
}

void kam_str_release(kam_str *b)
{
    kam_free(b->s);
    *b = (kam_str)KAM_STR_INIT;
}

char *kam_str_detach(kam_str *b)
{
    char *s = b->s != NULL ? b->s : kam_strdup("");
    *b = (kam_str)KAM_STR_INIT;
    return s;
}

const char *kam_str_cstr(const kam_str *b)
{
    return b->s != NULL ? b->s : "";
}

bool kam_streq(const char *a, const char *b)
{
    if (a == NULL || b == NULL) return a == b;
    return strcmp(a, b) == 0;
}

bool kam_str_starts(const char *s, const char *prefix)
{
    return strncmp(s, prefix, strlen(prefix)) == 0;
}

bool kam_str_ends(const char *s, const char *suffix)
{
    size_t n = strlen(s), k = strlen(suffix);
    return k <= n && memcmp(s + n - k, suffix, k) == 0;
}

static bool is_blank(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

char *kam_strtrim(char *s)
{
    while (is_blank(*s))
        s++;
    size_t n = strlen(s);
    while (n > 0 && is_blank(s[n - 1]))
        n--;
    s[n] = '\0';
    return s;
}

/* --- numbers: only LC_CTYPE is ever set (main), so the C library's decimal point is '.' ------------------------ */

/* Up to four decimals and 15 digits, as most numbers are that people see: a decimal of no more than 15 digits is the one "%.15g" gives of the number
 * nearest to it. */
static bool format_short(double v, char *out)
{
    static const double scale[] = {1, 10, 100, 1000, 10000};
    for (int d = 0; d <= 4; d++) {
        const double whole = nearbyint(v * scale[d]);
        if (!(fabs(whole) < 1e15)) return false; /* NaN, too */
        if (whole / scale[d] != v) continue;
        char digits[24];
        int n = 0;
        for (uint64_t k = (uint64_t)fabs(whole); k > 0 || n <= d; k /= 10) digits[n++] = (char)('0' + k % 10);
        if (v < 0) *out++ = '-';
        while (n > 0) {
            if (n == d) *out++ = '.';
            *out++ = digits[--n];
        }
        *out = '\0';
        return true;
    }
    return false;
}

void kam_format_real(double v, char out[KAM_NUM_MAX])
{
    if (v == 0) v = 0; /* "-0" is of no use to a reader, and not every reader reads it back */
    if (format_short(v, out)) return;
    for (int digits = 15; digits <= 17; digits++) {
        snprintf(out, KAM_NUM_MAX, "%.*g", digits, v);
        if (digits == 17 || strtod(out, NULL) == v) return;
    }
}

bool kam_parse_int(const char *s, long long *out)
{
    const char *p = s + (*s == '-' || *s == '+');
    if (!isdigit((unsigned char)*p)) return false;
    char *end;
    errno = 0;
    long long v = strtoll(s, &end, 10);
    if (errno != 0 || *end != '\0') return false;
    *out = v;
    return true;
}

/* strtod alone would take blanks, hexadecimal, "inf" and "nan". */
bool kam_parse_real(const char *s, double *out)
{
    const char *p = s + (*s == '-' || *s == '+');
    size_t digits = strspn(p, "0123456789");
    p += digits;
    if (*p == '.') {
        size_t more = strspn(p + 1, "0123456789");
        digits += more;
        p += 1 + more;
    }
    if (digits == 0) return false;
    if (*p == 'e' || *p == 'E') {
        p += 1 + (p[1] == '-' || p[1] == '+');
        size_t more = strspn(p, "0123456789");
        if (more == 0) return false;
        p += more;
    }
    if (*p != '\0') return false;
    double v = strtod(s, NULL);
    if (!isfinite(v)) return false;
    *out = v;
    return true;
}

/* --- nearest names ------------------------------------------------------------------------------------------- */

enum { NEAREST_LEN = 128, NEAREST_FAR = 1 << 20 };

static size_t fold_characters(const char *s, uint32_t *out)
{
    size_t n = 0, left = strlen(s), used;
    for (; left > 0 && n < NEAREST_LEN; s += used, left -= used) {
        uint32_t cp = kam_utf8_next(s, left, &used);
        out[n++] = cp >= 'A' && cp <= 'Z' ? cp + 32 : cp;
    }
    return left > 0 ? NEAREST_LEN + 1 : n;
}

/* Edit distance with neighbours swapped as one slip (optimal string alignment). *begins: the least distance from a to
 * any beginning of b. */
static int edit_distance(const uint32_t *a, size_t n, const uint32_t *b, size_t m, int *begins)
{
    int rows[3][NEAREST_LEN + 1];
    int *before = rows[0], *last = rows[1], *now = rows[2];
    for (size_t j = 0; j <= m; j++)
        last[j] = (int)j;
    for (size_t i = 1; i <= n; i++) {
        now[0] = (int)i;
        for (size_t j = 1; j <= m; j++) {
            int d = last[j - 1] + (a[i - 1] != b[j - 1]);
            if (last[j] + 1 < d) d = last[j] + 1;
            if (now[j - 1] + 1 < d) d = now[j - 1] + 1;
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] && before[j - 2] + 1 < d)
                d = before[j - 2] + 1;
            now[j] = d;
        }
        int *spare = before;
        before = last;
        last = now;
        now = spare;
    }
    *begins = last[m];
    for (size_t j = 0; j < m; j++)
        if (last[j] < *begins) *begins = last[j];
    return last[m];
}

static int slip_distance(const uint32_t *word, size_t n, const uint32_t *name, size_t m)
{
    int begins, d = edit_distance(word, n, name, m, &begins);
    size_t longest = n > m ? n : m;
    int limit = (int)((longest + 2) / 3);
    if (d <= limit && (size_t)d < longest) return d;
    /* A part of a long name is a plausible slip too: 华为 for 华为技术有限公司, "stage" for "stage-change". */
    for (size_t at = 0; n >= 2 && at + n <= m; at++)
        if (memcmp(word, name + at, n * sizeof *word) == 0) return limit + (at > 0);
    /* And a slip in its beginning: 华为枝术 for 华为技术有限公司. */
    if (begins <= (int)(n / 4)) return limit + 1 + begins;
    return NEAREST_FAR;
}

size_t kam_nearest(const char *word, const char *const *names, size_t n, size_t *best, size_t max)
{
    uint32_t want[NEAREST_LEN], have[NEAREST_LEN];
    size_t len = fold_characters(word, want), found = 0;
    if (len == 0 || len > NEAREST_LEN || max == 0) return 0;
    int *dist = kam_calloc(max, sizeof *dist);
    for (size_t i = 0; i < n; i++) {
        size_t m = fold_characters(names[i], have);
        if (m == 0 || m > NEAREST_LEN) continue;
        int d = slip_distance(want, len, have, m);
        if (d >= NEAREST_FAR || (found == max && d >= dist[max - 1])) continue;
        size_t at = found < max ? found++ : max - 1;
        for (; at > 0 && dist[at - 1] > d; at--) {
            dist[at] = dist[at - 1];
            best[at] = best[at - 1];
        }
        dist[at] = d;
        best[at] = i;
    }
    kam_free(dist);
    return found;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* kam_str: a growing byte string, always NUL-terminated, plus the few string helpers everyone needs.
 * KAM_STR_INIT does not allocate; _release frees; _clear keeps the room; _detach gives the buffer away
 * (caller frees with kam_free). */
#ifndef KAM_STR_H
#define KAM_STR_H
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

typedef struct kam_str {
    char *s; /* never NULL once anything was added; use kam_str_cstr to read */
    size_t len, cap;
} kam_str;
#define KAM_STR_INIT {NULL, 0, 0}

void kam_str_add(kam_str *b, const char *s);
void kam_str_addn(kam_str *b, const char *s, size_t n);
void kam_str_addc(kam_str *b, char c);
void kam_str_addf(kam_str *b, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void kam_str_vaddf(kam_str *b, const char *fmt, va_list ap) __attribute__((format(printf, 2, 0)));
void kam_str_pad(kam_str *b, char c, size_t n); /* append c n times */
void kam_str_clear(kam_str *b);
void kam_str_release(kam_str *b);
char *kam_str_detach(kam_str *b);
const char *kam_str_cstr(const kam_str *b); /* "" when empty */

bool kam_streq(const char *a, const char *b); /* NULL equals only NULL */
bool kam_str_starts(const char *s, const char *prefix);
bool kam_str_ends(const char *s, const char *suffix);
char *kam_strtrim(char *s); /* in place: returns a pointer into s without ASCII blanks at both ends */

/* Number → text, locale-independent. Real: the shortest form that reads back the same ("0.1", "1e+300"). */
enum { KAM_NUM_MAX = 40 };
void kam_format_real(double v, char out[KAM_NUM_MAX]);

/* Text → number, whole string, locale-independent, no blanks. false: not a number or out of range; NaN and
 * infinity are refused. */
bool kam_parse_int(const char *s, long long *out);
bool kam_parse_real(const char *s, double *out);

/* Nearest names: fills best[] with up to `max` indices into names[0..n) closest to `word` by edit distance over
 * characters (case-folded ASCII), best first, only those near enough to be a plausible slip; returns how many.
 * O(n · len²). */
size_t kam_nearest(const char *word, const char *const *names, size_t n, size_t *best, size_t max);
#endif

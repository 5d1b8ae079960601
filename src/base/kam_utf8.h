/* SPDX-License-Identifier: GPL-3.0-or-later */
/* kam_utf8: decoding, validity, repair and terminal width of UTF-8 text.
 * Width follows UAX #11 (wide and fullwidth 2; ambiguous 1 unless asked), combining marks, variation selectors
 * and joiners 0, emoji sequences 2. */
#ifndef KAM_UTF8_H
#define KAM_UTF8_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Next code point of s[0..n); *used = bytes consumed (1 on a bad byte, which yields U+FFFD). n must be > 0. */
uint32_t kam_utf8_next(const char *s, size_t n, size_t *used);
int kam_utf8_put(uint32_t cp, char out[4]); /* returns bytes written; bad code points become U+FFFD */
bool kam_utf8_valid(const char *s, size_t n); /* well-formed, no surrogates; NUL bytes are not valid text */
size_t kam_utf8_count(const char *s);         /* code points */

/* A clean copy (caller frees): every bad byte, half surrogate (ED A0 80…) and NUL (C0 80) becomes U+FFFD; a CESU
 * surrogate pair as Tcl 8.6 may hand out is joined to its character. */
char *kam_utf8_repair(const char *s, size_t n, size_t *len_out);

int kam_cp_width(uint32_t cp, bool ambiguous_wide);       /* 0, 1 or 2; control characters 0 */
size_t kam_utf8_width(const char *s, bool ambiguous_wide); /* columns of a whole string */

/* Bytes of what a person sees as one character at s (n > 0): a base with its marks, variation selectors, skin tone and emoji joined to
 * it, or the two letters of a flag; of bad bytes one. UAX #29, without Hangul jamo and Indic conjuncts. */
size_t kam_utf8_cluster(const char *s, size_t n);

/* Bytes of the longest prefix of whole grapheme-ish clusters that fits in `columns`; *width = its width. */
size_t kam_utf8_fit(const char *s, size_t columns, bool ambiguous_wide, size_t *width);

/* Bytes of the next line of s when it is wrapped to `columns` in a terminal: broken at blanks or beside Han, never within a word
 * that fits into a line, no closing mark at the start of the next and no opening one at the end (避头尾), unless there is no other
 * way. *skip: bytes behind it that are not drawn (the blank, the line break). Never 0 unless s is empty or begins with a line
 * break. O(line). */
size_t kam_utf8_line(const char *s, size_t columns, bool ambiguous_wide, size_t *skip);
#endif

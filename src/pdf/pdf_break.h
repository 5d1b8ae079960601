/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pdf_break: where a line may end (UAX #14 through libunibreak, plus what Chinese typesetting and commercial text ask
 * for on top), and the few character classes that spacing needs. Pure.
 *
 * On top of UAX #14: no break before · (中·文 stays together at its front), none before or inside —— and ……, none inside
 * short ASCII tokens joined by + / # (C++, A/B, T+1, 24/7), none after an apostrophe, none between a number and the
 * unit or counter after it (10月, 18.5%, 300万元) nor between 第 and its number. */
#ifndef PDF_BREAK_H
#define PDF_BREAK_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { PDF_BRK_NO, PDF_BRK_MAY, PDF_BRK_MUST };

/* Tables of libunibreak; call once before the first pdf_break_find of a layout. Idempotent. */
void pdf_break_init(void);
/* brk[i] says what holds after character i. The last character always gets PDF_BRK_MAY. */
void pdf_break_find(const uint32_t *cp, size_t n, char *brk);

bool pdf_is_han(uint32_t cp);     /* ideographs, kana, hangul: set solid */
bool pdf_is_western(uint32_t cp); /* letters, digits and the signs that belong to numbers */
bool pdf_is_closing(uint32_t cp); /* full-width closing punctuation and stops */
bool pdf_is_opening(uint32_t cp); /* full-width opening punctuation */
/* Closing punctuation whose right half is blank: may lose that half. */
bool pdf_is_half_blank(uint32_t cp);
#endif

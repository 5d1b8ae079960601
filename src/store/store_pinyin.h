/* SPDX-License-Identifier: GPL-3.0-or-later */
/* store_pinyin: the letters that the readings of Chinese characters begin with. Pure; the table is made at build time
 * from Unihan (scripts/dev/pinyin.tcl says which readings count). */
#ifndef STORE_PINYIN_H
#define STORE_PINYIN_H
#include "kam_str.h"
#include <stdbool.h>
#include <stdint.h>

/* Letters a … z as bits 0 … 25; *primary: the letter of the usual reading. 0: no reading is known. */
uint32_t store_pinyin_letters(uint32_t cp, char *primary);

/* Adds the sort key of a name: letters (lower case) and digits of ASCII, one letter for a Chinese character, other
 * characters as they are; blanks and marks of ASCII are left out. O(n). */
void store_sort_key(const char *name, kam_str *out);
/* `key` is what store_sort_key makes of the name, now or with an older table (which left characters as they are that it
 * did not know): nobody chose it. */
bool store_sort_key_is_own(const char *name, const char *key);

/* Calls fn with every other spelling of the name's beginning: all combinations of the readings of its characters but
 * the one that begins the sort key `key` (NULL: none is left out). At most STORE_SPELLINGS; the first characters are those that
 * vary when there are more. A spelling has at most STORE_SPELLED characters: who typed more has found what there is. */
enum { STORE_SPELLINGS = 16, STORE_SPELLED = 8 };
void store_spellings(const char *name, const char *key, void (*fn)(void *ctx, const char *initials), void *ctx);
#endif

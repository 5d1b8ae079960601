/* SPDX-License-Identifier: GPL-3.0-or-later */
/* calc_text: the short sentences results carry ("why", notes, evidence), in the language the caller asks for.
 *
 * calc has no locale: every params struct carries a calc_lang, and a sentence is a const record with its id and
 * both wordings side by side. "{1}" … "{9}" in a wording stand for the arguments. Nothing here is fallible.
 * After an argument of 1 the English words "days", "purchase days" and "repeat purchase days" become one day.
 */
#ifndef CALC_TEXT_H
#define CALC_TEXT_H
#include "kam_str.h"
#include <stddef.h>
#include <stdint.h>

typedef enum { CALC_EN = 0, CALC_ZH = 1 } calc_lang;

typedef struct calc_text {
    const char *id; /* e.g. "yield.bought" */
    const char *en, *zh;
} calc_text;

/* One argument of a sentence, already written as text; made by the functions below. */
enum { CALC_ARG_MAX = 64 };
typedef struct calc_arg {
    const char *s;         /* long text, lent; NULL: buf */
    char buf[CALC_ARG_MAX];
} calc_arg;
calc_arg calc_arg_text(const char *s); /* lends s; NULL is written as "?" */
calc_arg calc_arg_int(int64_t v);
calc_arg calc_arg_real(double v, int decimals); /* rounded, trailing zeros dropped */
calc_arg calc_arg_pct(double frac);             /* 0.123 → "12.3 %" */
calc_arg calc_arg_day(int64_t day);
calc_arg calc_arg_money(int64_t minor, int exponent);

/* Append the sentence to *out. O(length). */
void calc_say(kam_str *out, calc_lang lang, const calc_text *t, const calc_arg *args, size_t n);
/* Append the reader's half of a text that may hold both languages ("中文 | English"), or all of it. */
void calc_say_half(kam_str *out, calc_lang lang, const char *s);
#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* prompt_say: the few sentences the prompt says by itself, in both languages side by side. */
#ifndef PROMPT_SAY_H
#define PROMPT_SAY_H
#include <stdio.h>

typedef struct prompt_text {
    const char *en, *zh;
} prompt_text;

extern const prompt_text say_transaction;
extern const prompt_text say_unsaved;
extern const prompt_text say_welcome, say_empty;
extern const prompt_text say_and, say_more; /* around a number: … and 12 more */
/* A text, its lines wrapped to the window of `out` between words. */
void prompt_say_lines(FILE *out, const char *text);
#endif

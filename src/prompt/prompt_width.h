/* SPDX-License-Identifier: GPL-3.0-or-later */
/* prompt_width: how many columns a character takes, the same for tables, the pager and the line being edited.
 *
 * Readline asks the C library's wcwidth, which knows nothing of a terminal that draws characters of ambiguous width (…, ①, ─,
 * Greek, Cyrillic) two columns wide, and which may be older or newer than our tables. The program therefore has a wcwidth of its
 * own; the dynamic linker gives it to Readline as well. */
#ifndef PROMPT_WIDTH_H
#define PROMPT_WIDTH_H
#include <stdbool.h>

/* Characters of ambiguous width take two columns from now on (display set ambiguous-width). */
void prompt_width_set(bool wide);
bool prompt_width_wide(void);
#endif

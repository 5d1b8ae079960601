/* SPDX-License-Identifier: GPL-3.0-or-later */
/* prompt_mend: combining marks in the line being edited.
 *
 * Readline 8 redraws a line byte by byte: where what changed begins within é written as e and a mark, or where such a letter ends a
 * row of the screen, the mark is written to the wrong place and is not seen (the text itself is right). So rows that hold
 * marks are written once more after Readline is done. Widths are those of prompt_width.h. */
#ifndef PROMPT_MEND_H
#define PROMPT_MEND_H

void prompt_mend_init(void); /* before the first line is read: installs itself as rl_redisplay_function */
/* In place of rl_resize_terminal, which puts the cursor back only when the redisplay function is its own. */
void prompt_mend_resize(void);
/* Before the line is drawn from nothing by rl_forced_update_display: what was mended is gone. */
void prompt_mend_forget(void);
#endif

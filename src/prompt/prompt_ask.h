/* SPDX-License-Identifier: GPL-3.0-or-later */
/* prompt_ask: a question to the person at the terminal, answered with the same keys as a command: a terminal's own line editing
 * takes half of a Chinese character away, or a byte of it. Also what questions and the prompt do alike. */
#ifndef PROMPT_ASK_H
#define PROMPT_ASK_H
#include <stdbool.h>

/* A line typed in answer (kam_free); NULL: ^C, the end of input, or a signal that ends the program. To be called while nothing is
 * read and no ^C is on its way to a command (prompt_interrupt_end). The terminal is in its ordinary mode before and after. */
char *prompt_ask(const char *question);
/* ^Z: stops the process; reading: a line is being edited, and is shown again afterwards. */
void prompt_suspend(bool reading);
/* The line being edited is thrown away, seen as such; Readline goes on with nothing. */
void prompt_drop(void);
/* A line was ended by ^D: the cursor goes to the next one, unless Readline has done that (8.1 and later, with bracketed paste). */
void prompt_end_of_input(void);
#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* prompt_pager: text for a person, through a pager when it is taller or wider than the screen.
 * The pager is $KAMSH_PAGER, else $PAGER, else `less`; LESS is set to FRSX unless it is set. */
#ifndef PROMPT_PAGER_H
#define PROMPT_PAGER_H
#include <stdbool.h>

/* Lines and columns of the terminal on file descriptor `fd`; false: not a terminal. */
bool prompt_screen_size(int fd, int *rows, int *columns);

/* Write text (a line end is added when missing) to standard output. The pager is used only when `allowed`, and
 * standard output is a terminal, and the text needs more lines than it has. false: standard output is closed. */
bool prompt_page(const char *text, bool allowed);
#endif

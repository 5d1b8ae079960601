/* SPDX-License-Identifier: GPL-3.0-or-later */
/* prompt_history: what was typed, kept between runs.
 *
 * The file is ours and nobody else's to read (0600, its folder 0700): one entry a line, a whole command each, with
 * line breaks as \n and backslashes doubled. Entries are appended as they are typed, so that two prompts open at once
 * lose nothing; loading keeps the last of equal entries and at most PROMPT_HISTORY_MAX, and rewrites the file
 * (beside it, then renamed) when that made it shorter. A line that begins with a blank is not kept.
 * Failures are not fatal: the prompt then has no memory; the first one is said once by the caller. */
#ifndef PROMPT_HISTORY_H
#define PROMPT_HISTORY_H
#include "kam_err.h"

enum { PROMPT_HISTORY_MAX = 5000 };

kam_rc prompt_history_load(const char *path, kam_err *err); /* into Readline's list */
/* Add one command to the list and, unless path is NULL, to the file. */
kam_rc prompt_history_add(const char *path, const char *command, kam_err *err);
#endif

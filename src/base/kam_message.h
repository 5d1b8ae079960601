/* SPDX-License-Identifier: GPL-3.0-or-later */
/* kam_message: the Chinese of every error message, found by its English format (as gettext does, but const and without a
 * locale). The rows stand in kam_message_LAYER.h, one file a layer that says them; `make lint` fails where a message of
 * the source has no row, or where a row and its English do not have the same holes.
 *
 * A row: {"no %s \"%s\"; nearest: %s", "没有{1}“{2}”；相近的有 {3}"}: {N} stands for the N-th conversion of the English
 * format ('*' widths and precisions do not count). A text argument that is a row itself ("a whole number", the name of an
 * entity, a reason of the system) is translated too, unless the format quotes it ("\"%s\"") or cuts it ("%.100s"): then it is
 * the user's word. A row
 * of kam_message_system.h or _entity.h needs no format in the source. KAM_MSG (kam_err.h) marks a text that reaches an error by detours;
 * lint reads the marks. No state; lookup is O(rows), done only when something failed. */
#ifndef KAM_MESSAGE_H
#define KAM_MESSAGE_H
#include "kam_str.h"
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

typedef struct kam_message {
    const char *en, *zh;
} kam_message;

/* Chinese pattern of an English format; NULL: none. */
const char *kam_message_zh(const char *en);

/* The message in Chinese, written into out (cap bytes, cut on a character boundary). Falls back to English where there is
 * no row. `ap` is the argument list of fmt; it is used up. */
void kam_message_vformat(char *out, size_t cap, const char *fmt, va_list ap);

/* Adds the Chinese of a finished text that Tcl, SQLite or the system said ("can't read \"x\": no such variable") to out; false, and
 * out as it was: no row of kam_message_foreign.h (nor of the catalogue) fits. For the place where an error is shown: what a
 * script sees of Tcl's own errors stays as Tcl says it. O(rows × text). */
bool kam_message_foreign(const char *text, kam_str *out);
#endif

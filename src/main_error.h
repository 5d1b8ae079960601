/* SPDX-License-Identifier: GPL-3.0-or-later */
/* main_error: an uncaught Tcl error, told to a person and to the shell. */
#ifndef MAIN_ERROR_H
#define MAIN_ERROR_H
#include "kam_err.h"
#include <stdbool.h>
#include <tcl.h>

/* Write the error in `interp` to standard error: "kamsh: FILE:LINE: message", the source line and a caret under the
 * word that is meant, as far as they can be found; of an error within a procedure of the user's the line in there ("proc NAME:LINE"
 * where no file has it), and below it the line that called. `origin` is what the text is called ("-c", a file name); NULL: it
 * was typed at the prompt; then no place is named but that in a file it sourced or in a procedure, and the line is shown again only to point at one of its
 * words, or when there were several lines. `text` may be NULL. `wide`: characters of ambiguous
 * width take two columns. */
void main_error_report(Tcl_Interp *interp, int code, const char *origin, const char *text, bool color, bool chinese, bool wide);

/* Tcl's stack of that error (errorInfo) without its first line, which was told; nothing for an interruption. */
void main_error_stack(Tcl_Interp *interp, int code);

/* Exit status by the error code (COMMANDS.md); 130 for an interruption. */
int main_error_status(Tcl_Interp *interp, int code);

/* The error says that nobody reads our output any more. */
bool main_error_is_closed_pipe(Tcl_Interp *interp);
#endif

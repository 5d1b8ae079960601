/* SPDX-License-Identifier: GPL-3.0-or-later */
/* main_error_proc: the line of an error that happened in a procedure. Tcl counts it from the beginning of the procedure's body
 * and does not say in which file that stands; so the body is looked for in the texts the user gave: the script, what it
 * sourced, what was sourced earlier. */
#ifndef MAIN_ERROR_PROC_H
#define MAIN_ERROR_PROC_H
#include <stdbool.h>
#include <tcl.h>

/* From now on remember which files are sourced. */
void main_error_watch(Tcl_Interp *interp);

typedef struct main_error_place {
    char *origin; /* the file, "-c", or "proc NAME" where the body stands in none of the texts */
    char *text;   /* of the whole of it */
    const char *line; /* within text: where the line begins */
} main_error_place;
#define MAIN_ERROR_PLACE_INIT {NULL, NULL, NULL}
void main_error_place_release(main_error_place *p);

/* The innermost procedure of the user's that errorInfo `info` went through before it left a file; false: none. `origin` and
 * `text` as in main_error_report. */
bool main_error_proc(Tcl_Interp *interp, const char *info, const char *origin, const char *text, main_error_place *p);

char *main_error_read(const char *path); /* caller frees; NULL: it cannot be read */
const char *main_error_line(const char *text, int line); /* NULL: there are not so many */
/* "NAME", N out of `(KIND "NAME" line N)`, which `at` begins with; false: it is not that. Caller frees. */
bool main_error_frame(const char *at, const char *kind, char **name, int *line);
#endif

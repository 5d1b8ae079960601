/* SPDX-License-Identifier: GPL-3.0-or-later */
/* main_args: the words of the command line, sorted out. Nothing is opened or evaluated here.
 * All strings are lent from argv. */
#ifndef MAIN_ARGS_H
#define MAIN_ARGS_H
#include "cmd_session.h"
#include "kam_err.h"
#include <stdbool.h>

typedef struct main_args {
    const char *database; /* NULL: temporary */
    const char **texts;   /* -c, in order */
    int n_texts;
    const char *script; /* -f; "-" is standard input */
    char **rest;        /* what followed the script */
    int n_rest;
    bool prompt;     /* -i */
    bool no_startup; /* -X */
    bool create, fresh; /* --new: make it and ask what it should know */
    bool readonly, help, version;
    bool verbose;
    bool no_pager;
    const char *format, *lang, *asof;
    cmd_color color;
} main_args;

/* KAM_USAGE with what to do. *out is to be released either way. */
kam_rc main_args_parse(main_args *out, int argc, char **argv, kam_err *err);
void main_args_release(main_args *a);

/* What `--help` says about the program's own words. */
const char *main_args_usage(bool chinese);
#endif

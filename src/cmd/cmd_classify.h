/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_classify: what the command and its explanation (cmd_why_classify.c) share. */
#ifndef CMD_CLASSIFY_H
#define CMD_CLASSIFY_H
#include "cmd_why.h"

enum { CMD_BY_YIELD, CMD_BY_PYRAMID, CMD_BY_RFM, CMD_BY_LIFECYCLE, CMD_BY_LADDER };

typedef struct cmd_classify_args {
    int by, of, basis, show;
    cmd_ref account;
    int64_t window;
    bool summary;
    kam_day since, asof;
} cmd_classify_args;

/* Why an account is in its class, by method. KAM_USAGE for -summary, -since and what is not a row an account. */
kam_rc cmd_classify_why(cmd_session *s, const void *args, cmd_why *w, kam_err *err);
#endif

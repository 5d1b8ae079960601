/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_classify: what the command and its explanation (cmd_why_classify.c) share. */
#ifndef CMD_CLASSIFY_H
#define CMD_CLASSIFY_H
#include "cmd_facts.h"
#include "cmd_why.h"

enum { CMD_OF_ACCOUNTS, CMD_OF_PRODUCTS, CMD_OF_REPS };
enum { CMD_BY_YIELD, CMD_BY_PYRAMID, CMD_BY_RFM, CMD_BY_LIFECYCLE, CMD_BY_LADDER };

typedef struct cmd_classify_args {
    int by, of, basis, show;
    cmd_ref account;
    int64_t window;
    bool summary;
    kam_day since, asof;
} cmd_classify_args;

/* All rows of the classification, without -account; new, the caller unrefs. */
kam_rc cmd_classify_rows(cmd_session *s, const cmd_classify_args *a, kam_table **out, kam_err *err);
void cmd_classify_pyramid(cmd_session *s, const cmd_classify_args *a, calc_pyramid_params *p);

/* The methods (cmd_why_pyramid.c, cmd_why_rfm.c, cmd_why_lifecycle.c, cmd_why_ladder.c). */
kam_rc cmd_why_pyramid(cmd_session *s, const cmd_classify_args *a, cmd_why *w, kam_err *err);
kam_rc cmd_why_rfm(cmd_session *s, const cmd_classify_args *a, cmd_why *w, kam_err *err);
kam_rc cmd_why_lifecycle(cmd_session *s, const cmd_classify_args *a, cmd_why *w, kam_err *err);
kam_rc cmd_why_ladder(cmd_session *s, const cmd_classify_args *a, cmd_why *w, kam_err *err);

/* The setting `window`, or -window where it was given. */
void cmd_classify_why_window(cmd_why *w, const cmd_classify_args *a);
/* A day as text; lends buf. */
const char *cmd_classify_day(kam_day d, char buf[KAM_DATE_MAX]);
/* Is any cost known in the ledger of the day? Then a purchase without one has no margin. */
bool cmd_classify_costs_known(cmd_session *s, kam_day asof);
/* Exact decimal money as commands take it; lends buf. */
const char *cmd_classify_money(cmd_session *s, int64_t minor, char buf[KAM_CELL_MAX]);

/* Why an account is in its class, by method. KAM_USAGE for -summary, -since and what is not a row an account. */
kam_rc cmd_classify_why(cmd_session *s, const void *args, cmd_why *w, kam_err *err);
#endif

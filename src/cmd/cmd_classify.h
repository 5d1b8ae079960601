/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_classify: what the command and its explanation (cmd_why_classify.c) share. */
#ifndef CMD_CLASSIFY_H
#define CMD_CLASSIFY_H
#include "cmd_cards.h"
#include "cmd_facts.h"
#include "cmd_why.h"

enum { CMD_OF_ACCOUNTS, CMD_OF_PRODUCTS, CMD_OF_REPS };
enum { CMD_BY_YIELD, CMD_BY_PYRAMID, CMD_BY_RFM, CMD_BY_LIFECYCLE, CMD_BY_LADDER,
       CMD_BY_QUALITY, CMD_BY_FIT, CMD_BY_POTENTIAL, CMD_BY_SEGMENTS, CMD_BY_DISCIPLINE, CMD_BY_KEY };
enum { CMD_SHOW_ROWS, CMD_SHOW_MEASURES, CMD_SHOW_CURVE, CMD_SHOW_CRITERIA, CMD_SHOW_SEGMENTS };

typedef struct cmd_classify_args {
    int by, of, basis, show;
    cmd_ref account;
    int64_t window;
    bool summary, key, compare;
    kam_day since, asof;
    cmd_words columns; /* -by segments */
    const char *cross;
    int64_t k, seed;
} cmd_classify_args;

/* All rows of the classification, without -account; new, the caller unrefs. */
kam_rc cmd_classify_rows(cmd_session *s, const cmd_classify_args *a, kam_table **out, kam_err *err);
/* The row of a->account, or none; no more is read than that takes. The scope stays. */
kam_rc cmd_classify_one(cmd_session *s, const cmd_classify_args *a, kam_table **out, kam_err *err);
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

/* What a method is to the command. rows: the classification of one date, a row an account. measures, show: may be NULL. basis
 * NULL: nothing to add up; classes NULL: not known beforehand (segments). */
typedef struct cmd_method {
    const char *basis;
    const char *const *classes;
    kam_rc (*rows)(cmd_session *s, const cmd_classify_args *a, kam_day asof, kam_table **rows, kam_err *err);
    kam_rc (*measures)(cmd_session *s, const cmd_classify_args *a, const kam_table *rows, kam_table **out, kam_err *err);
    kam_rc (*show)(cmd_session *s, const cmd_classify_args *a, const kam_table *rows, kam_table **out, kam_err *err);
    int shows; /* the -show `show` answers */
} cmd_method;
extern const cmd_method cmd_method_quality, cmd_method_fit, cmd_method_potential, cmd_method_discipline, cmd_method_key; /* cmd_classify_card.c */
extern const cmd_method cmd_method_segments;                                                   /* cmd_classify_segment.c */
/* The options of segments, checked (columns, criteria, k): KAM_NOTFOUND with the nearest names. */
kam_rc cmd_segment_options(cmd_session *s, const cmd_classify_args *a, kam_day asof, calc_segment_params *p, kam_err *err);

/* Why, of the methods on score cards (cmd_why_card.c, cmd_why_key.c). */
kam_rc cmd_why_quality(cmd_session *s, const cmd_classify_args *a, cmd_why *w, kam_err *err);
kam_rc cmd_why_fit(cmd_session *s, const cmd_classify_args *a, cmd_why *w, kam_err *err);
kam_rc cmd_why_potential(cmd_session *s, const cmd_classify_args *a, cmd_why *w, kam_err *err);
kam_rc cmd_why_discipline(cmd_session *s, const cmd_classify_args *a, cmd_why *w, kam_err *err);
kam_rc cmd_why_segments(cmd_session *s, const cmd_classify_args *a, cmd_why *w, kam_err *err);
kam_rc cmd_why_key(cmd_session *s, const cmd_classify_args *a, cmd_why *w, kam_err *err);

/* The class depends on the account alone, not on its rank among all: a question about one account reads only that. */
bool cmd_classify_alone(const cmd_classify_args *a);
/* Why an account is in its class, by method. KAM_USAGE for -summary, -since and what is not a row an account. */
kam_rc cmd_classify_why(cmd_session *s, const void *args, cmd_why *w, kam_err *err);
#endif

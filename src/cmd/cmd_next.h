/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_next: what the questions about what is next (DOMAIN G) and their explanations (cmd_why_next.c) share: the words each
 * was asked with, the thresholds from the settings, and the facts several of them read. */
#ifndef CMD_NEXT_H
#define CMD_NEXT_H
#include "calc_campaign.h"
#include "calc_cross.h"
#include "calc_look.h"
#include "calc_remind.h"
#include "calc_wallet.h"
#include "calc_white.h"
#include "cmd_facts.h"
#include "cmd_why.h"
#include "store_next.h"

/* Accounts, products and what was bought of them, of one day. Zero, load, release. */
typedef struct cmd_next_sales {
    kam_table *accounts, *products;
    kam_sales sales;
} cmd_next_sales;
kam_rc cmd_next_sales_load(cmd_session *s, kam_day asof, cmd_next_sales *out, kam_err *err);
void cmd_next_sales_release(cmd_next_sales *x);
/* Place of a code in a table's text column; SIZE_MAX: absent. O(rows). */
size_t cmd_next_place(const kam_table *t, const char *column, const char *code);
/* KAM_USAGE "COMMAND: sentence". */
kam_rc cmd_next_usage(const char *command, const char *sentence, kam_err *err);
/* A setting that always has a value. */
int cmd_next_int(cmd_session *s, const char *setting);
double cmd_next_real(cmd_session *s, const char *setting);

/* --- cross-sell (G1) --- */
enum { CMD_CROSS_OFFERS, CMD_CROSS_RULES };
typedef struct cmd_cross_args {
    int show, basket;
    cmd_ref account;
    double support;
    int64_t top;
    kam_day asof;
} cmd_cross_args;
kam_rc cmd_cross_why(cmd_session *s, const void *args, cmd_why *w, kam_err *err);

/* --- lookalike (G2) --- */
enum { CMD_LOOK_ACCOUNTS, CMD_LOOK_COLUMNS };
typedef struct cmd_look_args {
    cmd_ref product, account;
    cmd_words weights;
    int64_t top;
    int show;
    kam_day asof;
} cmd_look_args;
/* The space of all accounts and who is in the group and who a candidate. Zero, load, release. */
typedef struct cmd_look {
    kam_table *profiles;
    calc_look space;
    calc_look_params p;
    uint8_t *role;
} cmd_look;
kam_rc cmd_look_params(cmd_session *s, const cmd_words *weights, const char *command, calc_look_params *p, kam_err *err);
kam_rc cmd_look_load(cmd_session *s, const cmd_look_args *a, cmd_look *out, kam_err *err);
void cmd_look_release(cmd_look *k);
kam_rc cmd_look_why(cmd_session *s, const void *args, cmd_why *w, kam_err *err);

/* --- wallet-share, whitespace (G5) --- */
enum { CMD_WALLET_ACCOUNTS, CMD_WALLET_MEASURES };
typedef struct cmd_wallet_args {
    cmd_ref account;
    int64_t window;
    int show;
    kam_day asof;
} cmd_wallet_args;
void cmd_wallet_params(cmd_session *s, kam_day asof, int64_t window, calc_wallet_params *p);
kam_rc cmd_wallet_why(cmd_session *s, const void *args, cmd_why *w, kam_err *err);
typedef struct cmd_white_args {
    cmd_ref account;
    const char *category;
    bool grid;
    int64_t window;
    kam_day asof;
} cmd_white_args;
kam_rc cmd_white_why(cmd_session *s, const void *args, cmd_why *w, kam_err *err);

/* --- reminders (G4) --- */
typedef struct cmd_remind_args {
    int64_t days;
    cmd_ref rep, account;
    cmd_words kinds;
    const char *out;
    bool force;
    kam_day asof;
} cmd_remind_args;
kam_rc cmd_remind_why(cmd_session *s, const void *args, cmd_why *w, kam_err *err);

/* --- campaign (G6) --- */
enum { CMD_CAMPAIGN_MEASURES, CMD_CAMPAIGN_ACCOUNTS };
typedef struct cmd_campaign_args {
    cmd_ref mailing;
    int64_t days;
    int show;
    kam_day asof;
} cmd_campaign_args;
kam_rc cmd_campaign_why(cmd_session *s, const void *args, cmd_why *w, kam_err *err);
#endif

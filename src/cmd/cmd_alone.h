/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_alone: one account's facts as a portfolio of one, which may then be changed: what `why` needs to say what another
 * purchase, or a settled complaint, would make of the account, without touching the database and without going through a
 * million accounts again. Only for methods in which an account's class hangs on no other account (A1, A4, A5). */
#ifndef CMD_ALONE_H
#define CMD_ALONE_H
#include "cmd_facts.h"

enum { CMD_ALONE_TABLES = 8 };

/* `facts` points into the rest; its tables may be set to NULL (none on record) or replaced. Release after use. */
typedef struct cmd_alone {
    calc_facts facts;
    kam_ledger ledger;
    kam_table *accounts, *owned[CMD_ALONE_TABLES];
} cmd_alone;

/* Row of the account with this code; SIZE_MAX: not among them. */
size_t cmd_alone_row(const cmd_facts *f, const char *code);
/* Copies the account's entries and rows. `row` in the accounts of f. */
void cmd_alone_take(const cmd_facts *f, size_t row, cmd_alone *out);
void cmd_alone_release(cmd_alone *a);

/* A purchase or return of that day, netted with what the day has. Its cost is 0 where costs are known at all. */
void cmd_alone_buy(cmd_alone *a, kam_day day, int64_t net_minor);
/* Forget everything dated after the day. */
void cmd_alone_until(cmd_alone *a, kam_day day);

/* Purchase days (net > 0) of an account of the ledger, first and last of them. */
typedef struct cmd_alone_days {
    int64_t n, net_minor; /* and their sum */
    kam_day first, second, last;
    int64_t last_net_minor;
} cmd_alone_days;
cmd_alone_days cmd_alone_bought(const kam_ledger *l, size_t account);
#endif

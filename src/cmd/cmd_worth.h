/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_worth: the arguments of the questions on C4–C8, for their files and for cmd_why_worth.c. */
#ifndef CMD_WORTH_H
#define CMD_WORTH_H
#include "calc_next.h"
#include "calc_complaint.h"
#include "cmd_spec.h"
#include "cmd_why.h"

enum { CMD_SERVE_ACCOUNTS, CMD_SERVE_WHALE, CMD_SERVE_MEASURES };
typedef struct cmd_serve_args {
    cmd_ref account;
    int64_t window;
    int show;
    bool kinds;
    kam_day asof;
} cmd_serve_args;

enum { CMD_COMPLAINT_REGISTER, CMD_COMPLAINT_ACCOUNTS, CMD_COMPLAINT_MEASURES, CMD_COMPLAINT_RECOVERY };
typedef struct cmd_complaint_args {
    cmd_ref account;
    int show;
    bool open;
    kam_day asof;
} cmd_complaint_args;

enum { CMD_WHAT_IF_EFFECT, CMD_WHAT_IF_KEEP };
enum { CMD_WHAT_IF_CONTRACTUAL = 4 }; /* of model */
typedef struct cmd_what_if_args {
    double retention, margin, discount, acquisition, level;
    int64_t horizon;
    int model, value, show;
    kam_day asof;
} cmd_what_if_args;

enum { CMD_NEXT_CALLS, CMD_NEXT_COLLECTIONS, CMD_NEXT_PAYERS, CMD_NEXT_RHYTHM };
typedef struct cmd_next_args {
    cmd_ref account;
    int show;
    int64_t days;
    double level;
    bool all;
    kam_day asof;
} cmd_next_args;

enum { CMD_LEVELS_LEVELS, CMD_LEVELS_MEASURES };
typedef struct cmd_levels_args {
    cmd_ref account;
    int show;
    kam_day asof;
} cmd_levels_args;

/* Settings and options of the calls, whose method is run again for an explanation. */
void cmd_next_params(cmd_session *s, const cmd_next_args *a, calc_next_params *p);

/* What is kept of all accounts for the call of the next one (cmd_session_keep); NULL: nothing that fits p. version: of the facts they were
 * read at. */
const calc_next_frame *cmd_rhythm_kept(cmd_session *s, const calc_next_params *p);
void cmd_rhythm_keep(cmd_session *s, uint64_t version, const calc_next_params *p, const calc_next_frame *frame);

extern const cmd_spec cmd_what_if_spec;

/* `why` of each (cmd_why_worth.c). */
kam_rc cmd_serve_why(cmd_session *s, const void *args, cmd_why *w, kam_err *err);
kam_rc cmd_complaint_why(cmd_session *s, const void *args, cmd_why *w, kam_err *err);
kam_rc cmd_what_if_why(cmd_session *s, const void *args, cmd_why *w, kam_err *err);
kam_rc cmd_purchase_why(cmd_session *s, const void *args, cmd_why *w, kam_err *err);
kam_rc cmd_levels_why(cmd_session *s, const void *args, cmd_why *w, kam_err *err);
#endif

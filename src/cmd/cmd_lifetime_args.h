/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_lifetime_args: the words of `lifetime-value`, shared by the files that answer it and by nobody else:
 * cmd_lifetime_value.c (the record), cmd_lifetime_contract.c (C2), cmd_lifetime_show.c (C3, one view a function),
 * cmd_lifetime_future.c (views of the time ahead, and the comparison of models). */
#ifndef CMD_LIFETIME_ARGS_H
#define CMD_LIFETIME_ARGS_H
#include "cmd_lifetime.h"
#include "cmd_spec.h"
#include "cmd_value.h"
#include "cmd_why.h"

/* In the order of the names in the record. */
enum { LIFETIME_ACCOUNTS, LIFETIME_MODEL, LIFETIME_SPEND, LIFETIME_FIT, LIFETIME_PORTFOLIO, LIFETIME_TRACKING, LIFETIME_HOLDOUT,
       LIFETIME_NEW, LIFETIME_RESIDUAL, LIFETIME_MONTHS, LIFETIME_COUNTS, LIFETIME_MODELS };

struct lifetime_args {
    cmd_ref account;
    int model, unit, value, show;
    int64_t horizon, margin;
    double discount, level, retention, growth, ahead;
    kam_day holdout, asof;
};

/* C2: by formula from -margin and -retention, or from contract records. `months` is the horizon. */
kam_rc cmd_lifetime_formula(cmd_session *s, const struct lifetime_args *a, double discount, int months, cmd_value *out,
                            kam_err *err);
kam_rc cmd_lifetime_contracts(cmd_session *s, const struct lifetime_args *a, double discount, cmd_value *out, kam_err *err);
/* C3: one view, with the notes that say which model speaks. */
kam_rc cmd_lifetime_show(cmd_session *s, const struct lifetime_args *a, const cmd_lifetime *l, const cmd_lifetime_spec *spec,
                         int show, kam_table **out, kam_err *err);

enum { LIFETIME_CONTRACTUAL = 4 }; /* of -model */
/* Settings and options together; *show gets what is to be shown. KAM_USAGE. */
kam_rc cmd_lifetime_spec_of(cmd_session *s, const struct lifetime_args *a, cmd_lifetime_spec *spec, int *show, kam_err *err);
/* What the fit cannot tell, in words; empty where it is an ordinary one. */
cmd_text cmd_lifetime_flag(const calc_btyd_fit *fit);
/* What an account's values come from (cmd_why_lifetime.c). */
kam_rc cmd_lifetime_why(cmd_session *s, const void *args, cmd_why *w, kam_err *err);
/* The views from LIFETIME_NEW on. */
kam_rc cmd_lifetime_future(cmd_session *s, const struct lifetime_args *a, const cmd_lifetime *l, const cmd_lifetime_spec *spec,
                           int show, kam_table **out, kam_err *err);
#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_care: what the questions on contentment (F) share: their thresholds from the settings, and the arguments `why` reads. */
#ifndef CMD_CARE_H
#define CMD_CARE_H
#include "calc_behaviour.h"
#include "calc_churn.h"
#include "calc_complaint.h"
#include "calc_desk.h"
#include "calc_retention.h"
#include "calc_satisfaction.h"
#include "calc_silence.h"
#include "cmd_facts.h"
#include "cmd_spec.h"

/* One setting into an int; what was there stays when it is not set. */
void cmd_care_days(cmd_session *s, const char *name, int *out);
void cmd_care_real(cmd_session *s, const char *name, double *out);

void cmd_complaint_params(cmd_session *s, kam_day asof, calc_complaint_params *p);
void cmd_silence_params(cmd_session *s, kam_day asof, calc_silence_params *p);
void cmd_satisfaction_params(cmd_session *s, kam_day asof, int window, calc_satisfaction_params *p);
void cmd_churn_params(cmd_session *s, kam_day asof, calc_churn_params *p);
void cmd_desk_params(cmd_session *s, kam_day asof, calc_desk_params *p);
/* Lost by A4: settings lifecycle-lost-days, lifecycle-lost-gaps. */
void cmd_spell_rule(cmd_session *s, calc_spell_rule *r);

typedef struct cmd_satisfaction_args {
    cmd_ref account;
    int show, by;
    int64_t window;
    kam_day asof;
} cmd_satisfaction_args;
enum { CMD_SAT_ACCOUNTS, CMD_SAT_TIME, CMD_SAT_FACTORS, CMD_SAT_RATES, CMD_SAT_BEHAVIOUR, CMD_SAT_AUDIT, CMD_SAT_SHIFTS };
typedef struct cmd_silence_args {
    cmd_ref account;
    bool summary;
    kam_day asof;
} cmd_silence_args;
typedef struct cmd_churn_args {
    cmd_ref account;
    int show;
    kam_day asof;
} cmd_churn_args;
enum { CMD_CHURN_ACCOUNTS, CMD_CHURN_ALIVE, CMD_CHURN_REASONS, CMD_CHURN_MODEL, CMD_CHURN_CALIBRATION, CMD_CHURN_MEASURES };
typedef struct cmd_complaints_args {
    cmd_ref account, owner;
    bool open, overdue;
    const char *search;
    int show;
    kam_day asof;
} cmd_complaints_args;
enum { CMD_DESK_CASES, CMD_DESK_CLOCKS, CMD_DESK_OWNERS, CMD_DESK_RECOVERY };

/* Everything churn-risk reads, held until released. */
typedef struct cmd_churn_input {
    cmd_facts facts;
    kam_table *contacts, *invoices;
    calc_churn_in in; /* points into this struct: do not copy it */
} cmd_churn_input;
kam_rc cmd_churn_load(cmd_session *s, kam_day asof, cmd_churn_input *c, kam_err *err);
void cmd_churn_release(cmd_churn_input *c);

/* The seven questions of the audit, and the two cards of self-assessment (F8, F6). */
kam_rc cmd_satisfaction_audit(cmd_session *s, kam_day asof, int window, kam_table **out, kam_err *err);
kam_rc cmd_satisfaction_shifts(cmd_session *s, kam_day asof, int window, kam_table **out, kam_err *err);

kam_rc cmd_satisfaction_why(cmd_session *s, const void *args, cmd_why *w, kam_err *err);
kam_rc cmd_silence_why(cmd_session *s, const void *args, cmd_why *w, kam_err *err);
kam_rc cmd_churn_risk_why(cmd_session *s, const void *args, cmd_why *w, kam_err *err);
/* The as-of day a handler of retention was given (defined beside it). */
kam_day cmd_retention_asof(const void *args);
kam_rc cmd_retention_why(cmd_session *s, const void *args, cmd_why *w, kam_err *err);
kam_rc cmd_complaints_why(cmd_session *s, const void *args, cmd_why *w, kam_err *err);
#endif

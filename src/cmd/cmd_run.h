/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_run: what the questions on running the portfolio (DOMAIN E, J2, J3) read, fetched once in the shapes calc wants, and
 * their thresholds. Shared by the handlers and their explanations (cmd_why_run.c). */
#ifndef CMD_RUN_H
#define CMD_RUN_H
#include "calc_allocation.h"
#include "calc_audit.h"
#include "calc_care.h"
#include "calc_competence.h"
#include "calc_complete.h"
#include "calc_coverage.h"
#include "calc_effort.h"
#include "calc_health.h"
#include "calc_loop.h"
#include "calc_portfolio.h"
#include "cmd_facts.h"
#include "cmd_why.h"

/* The tables, by bit, in the order of cmd_run's members. */
enum {
    CMD_RUN_OWNERS, CMD_RUN_REPS, CMD_RUN_TOUCHED, CMD_RUN_PROFILE, CMD_RUN_PLAN, CMD_RUN_ACTIONS, CMD_RUN_RISKS, CMD_RUN_OBJECTIVES,
    CMD_RUN_POST_MORTEMS, CMD_RUN_BIDS, CMD_RUN_STEPS, CMD_RUN_EXCEPTIONS, CMD_RUN_WORK, CMD_RUN_MAILED, CMD_RUN_LIFECYCLE, CMD_RUN_PYRAMID,
    CMD_RUN_KEY, CMD_RUN_TABLES
};
#define CMD_RUN_BIT(x) (1u << (x))

/* Of one day. t[x] is NULL when not asked for. lifecycle, pyramid and key are rows in the order of accounts. Release after use. */
typedef struct cmd_run {
    kam_day asof;
    cmd_facts facts;
    kam_table *t[CMD_RUN_TABLES];
} cmd_run;
#define CMD_RUN_INIT {0, CMD_FACTS_INIT, {NULL}}
/* which: facts (STORE_F_…); tables: bits; work_days: how far back work and mailings are read; 0: all. */
kam_rc cmd_run_load(cmd_session *s, kam_day asof, unsigned which, unsigned tables, int64_t work_days, cmd_run *out, kam_err *err);
void cmd_run_release(cmd_run *r);
/* Place of an account of the day; SIZE_MAX: not known then. */
size_t cmd_run_row(const cmd_run *r, const char *account);

int64_t cmd_run_int(cmd_session *s, const char *setting);
int cmd_run_window(cmd_session *s, int64_t asked); /* 0: the setting `window` */
/* Reads n numbers of a setting; leaves out as it is when there are not so many. */
void cmd_run_reals(cmd_session *s, const char *setting, double *out, size_t n);

/* Keep rows whose account is key when `key` is set. *t is replaced. */
kam_rc cmd_run_keep_key(cmd_session *s, kam_table **t, bool key, kam_day asof, kam_err *err);
/* kam_err_set KAM_USAGE with the command as word; returns its code. */
kam_rc cmd_run_usage(kam_err *err, const char *command, const char *why);

/* The people of accounts, one row each that has some: row INT · people INT · filled INT · seats INT (winning circle) · org_fit, person_fit REAL
 * (the account's, B4). only: one account's row, or SIZE_MAX. */
kam_rc cmd_run_circle(cmd_session *s, const cmd_run *r, size_t only, kam_table **out, kam_err *err);

/* Thresholds of the methods. */
void cmd_coverage_params(cmd_session *s, kam_day asof, calc_coverage_params *p);
void cmd_effort_params(cmd_session *s, kam_day asof, int64_t window, calc_effort_params *p);
void cmd_bid_params(cmd_session *s, calc_bid_params *p);
void cmd_audit_params(cmd_session *s, kam_day asof, calc_audit_params *p);
void cmd_portfolio_params(cmd_session *s, kam_day asof, int64_t window, calc_portfolio_params *p);
void cmd_health_params(cmd_session *s, kam_day asof, calc_health_params *p);
void cmd_loop_params(cmd_session *s, kam_day asof, calc_loop_params *p);
void cmd_care_params(cmd_session *s, kam_day asof, calc_care_params *p);
void cmd_competence_params(cmd_session *s, calc_competence_params *p);

/* The one answer of several commands to others: rows of calc_coverage_accounts; of calc_health (all, or one account). */
kam_rc cmd_coverage_accounts(cmd_session *s, kam_day asof, cmd_run *r, kam_table **out, kam_err *err);
kam_rc cmd_health_rows(cmd_session *s, kam_day asof, const char *account, kam_table **out, kam_err *err);
/* Rows of calc_complete, the sections of one account. KAM_CALC NODATA: it was not known then. */
kam_rc cmd_completeness_sections(cmd_session *s, kam_day asof, const char *account, kam_table **out, kam_err *err);

/* `why` of each (cmd_why_run.c). */
kam_rc cmd_coverage_why(cmd_session *s, const void *args, cmd_why *w, kam_err *err);
kam_rc cmd_effort_why(cmd_session *s, const void *args, cmd_why *w, kam_err *err);
kam_rc cmd_allocation_list_why(cmd_session *s, const void *args, cmd_why *w, kam_err *err);
kam_rc cmd_allocation_bids_why(cmd_session *s, const void *args, cmd_why *w, kam_err *err);
kam_rc cmd_audit_why(cmd_session *s, const void *args, cmd_why *w, kam_err *err);
kam_rc cmd_portfolio_why(cmd_session *s, const void *args, cmd_why *w, kam_err *err);
kam_rc cmd_health_why(cmd_session *s, const void *args, cmd_why *w, kam_err *err);
kam_rc cmd_completeness_why(cmd_session *s, const void *args, cmd_why *w, kam_err *err);
kam_rc cmd_next_step_why(cmd_session *s, const void *args, cmd_why *w, kam_err *err);
kam_rc cmd_competence_why(cmd_session *s, const void *args, cmd_why *w, kam_err *err);
kam_rc cmd_care_why(cmd_session *s, const void *args, cmd_why *w, kam_err *err);
/* The day each was asked for: every args struct of these commands begins with it. */
static inline kam_day cmd_run_asof(const void *args) { return *(const kam_day *)args; }
#endif

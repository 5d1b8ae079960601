/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_lifetime: the run of models behind `lifetime-value`, for every question that needs what accounts are worth. */
#ifndef CMD_LIFETIME_H
#define CMD_LIFETIME_H
#include "calc_spend.h"
#include "calc_summary.h"
#include "calc_value.h"
#include "cmd_facts.h"

enum { CMD_LIFETIME_AUTO = -1 }; /* model: the best of three by AIC */

typedef struct cmd_lifetime_spec {
    kam_day asof;  /* day of the values */
    kam_day end;   /* last day used for fitting; asof unless a holdout is wanted */
    int model;     /* a calc_btyd_model, or CMD_LIFETIME_AUTO */
    calc_unit unit;
    calc_basis basis;
    int horizon_months;
    double discount_year, level;
} cmd_lifetime_spec;

/* Everything fitted and scored for one portfolio; members not computed are zero. Release after use. */
typedef struct cmd_lifetime {
    cmd_facts facts;
    calc_summary summary;
    calc_btyd_data data; /* points into summary */
    calc_btyd_fit fit;
    calc_btyd_fit tried[3]; /* the models fit was chosen from by AIC, when it was */
    size_t n_tried;
    calc_spend_fit spend;
    bool has_spend;
    bool amount_for_margin; /* no cost is known anywhere: amounts stand for margins */
    calc_value_spec value;
    const calc_value_frame *frame; /* lent; NULL: the summary is of all accounts */
} cmd_lifetime;

/* Summary and model of purchases; spend too when any account has a positive one. KAM_CALC NODATA without buyers. */
kam_rc cmd_lifetime_fit(cmd_session *s, const cmd_lifetime_spec *spec, cmd_lifetime *out, kam_err *err);
/* The same with the facts and the summary of one account only, whose scope is set from here on; the model is that of all accounts. Where
 * cmd_facts_narrow says so. */
kam_rc cmd_lifetime_fit_one(cmd_session *s, const cmd_lifetime_spec *spec, const cmd_ref *account, cmd_lifetime *out, kam_err *err);
void cmd_lifetime_release(cmd_lifetime *l);

/* Past value of every account in minor units (n accounts), caller frees with kam_free. */
kam_rc cmd_lifetime_past(cmd_session *s, const cmd_lifetime *l, const cmd_lifetime_spec *spec, double **out, kam_err *err);
/* The accounts table of `lifetime-value` (calc_value_table) with its notes. */
kam_rc cmd_lifetime_accounts(cmd_session *s, const cmd_lifetime *l, const cmd_lifetime_spec *spec, kam_table **out,
                             kam_err *err);

/* The `lifetime` table of calc_facts.h with the settings' defaults: row INT, value MONEY. */
kam_rc cmd_lifetime_values(cmd_session *s, kam_day asof, kam_table **out, kam_err *err);
/* Retention from contract records (store_query_contracts): renewals lived through give a shifted-beta-geometric fit. */
kam_rc cmd_lifetime_sbg(const kam_table *contracts, calc_sbg_fit *fit, kam_err *err);
double cmd_lifetime_months(const char *period); /* of a contract's period; a year where it is unknown */
/* The same table with lines saying which model speaks (chosen: by AIC) and what it cannot tell. Takes t. */
kam_table *cmd_lifetime_noted(cmd_session *s, const cmd_lifetime *l, bool chosen, kam_table *t);
/* Settings: discount, horizon, level, time-unit. */
void cmd_lifetime_defaults(cmd_session *s, kam_day asof, cmd_lifetime_spec *spec);
#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* calc_whatif: C6, what if: retention, margin, discount or acquisition cost were another one: the change of customer equity on this
 * portfolio (levers after Gupta, Lehmann & Stuart 2004, "Valuing Customers"); and keeping against acquiring.
 *
 * WHAT "+5 POINTS OF RETENTION" MEANS. No model here has a yearly retention rate as a parameter. Retention is S, the expected
 * share of the accounts alive on D that is still alive a year later: S = Σ P(alive at D + 1 year) / Σ P(alive at D) over all accounts; of running
 * contracts, the mean survival of one year. The lever multiplies the hazard of leaving of every account by one common
 * factor c, from D on (the past stays as it was), such that S rises by the points. Because a model's hazard of leaving is constant while
 * an account lives (BG/NBD and MBG/NBD: rate × p; Pareto/NBD: mu; contracts: −ln(1 − theta) a period), this slows the clock of
 * leaving: survival S_i(t) becomes S_i(c·t), and expected purchases of an account that is alive E_i(t) become E_i(c·t)/c, exactly,
 * whatever the distribution over accounts. Buying rates do not change. S cannot exceed 1: c = 0, which is said.
 *
 * Money is in minor units. Values are expectations: low and high hold the uncertainty of the parameters of both models (cubature points of
 * calc_value_int.h for purchases, the delta method for spend), not the luck of single accounts. */
#ifndef CALC_WHATIF_H
#define CALC_WHATIF_H
#include "calc_text.h"
#include "calc_value.h"

typedef struct calc_whatif_levers {
    double retention;      /* points, 5 = five of a hundred; 0: not asked */
    double margin;         /* fraction, 0.05; 0: not asked */
    double discount_year;  /* the new rate; NAN: not asked */
    double acquisition;    /* fraction of the acquisition cost, -0.1; 0: not asked */
} calc_whatif_levers;
#define CALC_WHATIF_LEVERS {0, 0, NAN, 0}

/* What it costs to win an account, and how many are won a year. */
typedef struct calc_whatif_winning {
    double cost_minor; /* mean known acquisition cost of an account won; NAN: unknown */
    size_t n;          /* accounts whose cost is known */
    size_t won;        /* accounts whose first purchase lies in the last year */
} calc_whatif_winning;

/* Rows for what is asked, in this order: retention, margin, discount, together (when more than one of these is asked), acquisition:
 *   lever TEXT · from REAL, to REAL (retention: S; margin: 1 is today's; discount: a year; acquisition: cost of one, major units) · before
 *   MONEY, after MONEY, difference MONEY, low MONEY, high MONEY (of the difference), relative REAL (difference / before) · n INT
 * before is customer equity within the horizon; of `acquisition` it is the net value of one year's new accounts, won × (value of a new
 * account − cost): what past accounts cost is spent. spend must be given. KAM_USAGE: a lever out of range. */
kam_rc calc_whatif(const calc_summary *s, const calc_btyd_fit *fit, const calc_spend_fit *spend, const calc_value_spec *spec,
                   double discount_year, const calc_whatif_levers *levers, const calc_whatif_winning *won, calc_lang lang,
                   const kam_table *like, kam_table **out, kam_err *err);

/* One running contract. */
typedef struct calc_whatif_contract {
    int32_t survived;      /* renewals lived through */
    double price_minor;    /* a period */
    double periods_a_year;
} calc_whatif_contract;
/* The same table for running contracts, without limit of time (Σ over periods while any is worth counting) and without low and
 * high. discount_year > 0. */
kam_rc calc_whatif_contracts(size_t n, const calc_whatif_contract *c, const calc_sbg_fit *fit, double discount_year,
                             const calc_whatif_levers *levers, calc_lang lang, const kam_table *like, kam_progress *progress, kam_table **out,
                             kam_err *err);

/* The factor c that lifts the one-year survival of the accounts of s by so many points; *now gets S today. false: nobody leaves in
 * this model, nobody is there, or all would leave; *c is then 1. Beyond 100 % c is near 0. */
bool calc_whatif_pace(const calc_summary *s, const calc_btyd_fit *fit, double year_units, double points, double *c, double *now);

/* Value of an account on the day of its first purchase: that purchase and the discounted expected ones of the horizon. */
double calc_whatif_new_value(const calc_btyd_fit *fit, const calc_spend_fit *spend, const calc_value_spec *spec);

/* Keep against acquire. An attempt at winning an account costs `ratio` times an attempt at keeping one; a recorded
 * acquisition cost is that of an account won, so of 1/success_acquire attempts. A success keeps an account that would have left (worth the
 * mean future value of an account that is alive) or wins one (worth calc_whatif_new_value).
 * Rows keep, acquire: way TEXT · success_rate REAL · attempt_cost MONEY · cost MONEY (of one success) · value MONEY (of one success) ·
 * per_money REAL (value / cost) · advantage REAL (per_money against acquiring; defined without known costs) · n INT */
typedef struct calc_whatif_rates {
    double ratio, keep, acquire; /* settings keep-acquire-cost-ratio, keep-success, acquire-success */
} calc_whatif_rates;
kam_rc calc_whatif_keep(const calc_summary *s, const calc_btyd_fit *fit, const calc_spend_fit *spend, const calc_value_spec *spec,
                        const calc_whatif_rates *rates, const calc_whatif_winning *won, calc_lang lang, const kam_table *like,
                        kam_table **out, kam_err *err);
#endif

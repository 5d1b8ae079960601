/* SPDX-License-Identifier: GPL-3.0-or-later */
/* calc_satisfaction: F1 perceived − expected 感知减期望, over time and by factor, and F2 the rates that surveys and purchases give.
 *
 * gap = perceived − expectation; class dissatisfied < 0, satisfied = 0, delighted > 0. Of several surveys of an account on one day the
 * worst counts, so that the order of rows does not matter. Days after D are passed over.
 *
 * Reads facts: accounts; for rates also ledger and referrals. Tables of the store (store_query_care.c), rows in any order:
 * answers  row INT · survey INT · date DAY · expectation, perceived, recommend REAL · buy_again, named_first, favourable FLAG
 * factors  row INT · date DAY · factor TEXT · importance, expectation, perceived REAL
 * Any of the marks may be missing. */
#ifndef CALC_SATISFACTION_H
#define CALC_SATISFACTION_H
#include "calc_class.h"
#include "calc_facts.h"
#include "calc_retention.h"

typedef struct calc_satisfaction_params {
    kam_day asof;
    calc_lang lang;
    int window_days;   /* 365; setting window */
    double level;      /* 0.8; setting level */
    double promoter;   /* 9; setting nps-promoter: from this mark on */
    double detractor;  /* 6; setting nps-detractor: up to this mark */
    calc_span by;      /* for calc_satisfaction_time */
} calc_satisfaction_params;
#define CALC_SATISFACTION_PARAMS(asof, lang) {(asof), (lang), 365, 0.8, 9, 6, CALC_BY_QUARTER}

extern const char *const calc_satisfaction_classes[]; /* dissatisfied satisfied delighted */
extern const char *const calc_factor_classes[];       /* improve keep later less */

/* One row an account with a survey of both marks, worst first (gap, then code): account, name, class, why TEXT, date DAY, age_days INT, survey INT,
 * expectation, perceived, gap REAL, previous DAY (the survey before, on an earlier day), change REAL (of the gap since), surveys INT.
 * O(rows log rows). */
kam_rc calc_satisfaction_accounts(const calc_facts *f, const kam_table *answers, const calc_satisfaction_params *p, kam_table **out, kam_err *err);

/* One row a period of the calendar in which anybody was asked, ascending; in each an account counts once, with its latest survey: period TEXT,
 * accounts INT, expectation, perceived, gap REAL (means), gap_low, gap_high REAL (Student's t; missing below two), dissatisfied, satisfied,
 * delighted INT, delighted_share REAL. */
kam_rc calc_satisfaction_time(const calc_facts *f, const kam_table *answers, const calc_satisfaction_params *p, kam_table **out, kam_err *err);

/* Importance × performance (Martilla and James, Journal of Marketing 41, 1977): one row a factor, of the accounts' latest marks of it in the
 * window; a factor is important or strong when its mean is not below the mean of the factors' means. class improve (important, weak), keep
 * (important, strong), later (neither), less (strong, not important); missing without importance or performance. By class, then importance
 * descending, then key: factor, class, accounts INT, importance, expectation, perceived, gap, gap_low, gap_high REAL. */
kam_rc calc_satisfaction_factors(const calc_facts *f, const kam_table *factors, const calc_satisfaction_params *p, kam_table **out, kam_err *err);

/* Measures, each with n and an interval at `level`:
 *  repurchase   of accounts that bought in the window before, those that bought in the window        Wilson
 *  buy_again    would buy again (latest answer in the window, as all that follow)                     Wilson
 *  referral     of accounts that bought in the window, those that referred somebody in it             Wilson
 *  named_first 指名度, favourable 美誉度                                                                Wilson
 *  nps          promoters − detractors, in points −100 … 100; the interval is an adjusted Wald one: three answers are added, a quarter of them
 *               promoters, half passive, a quarter detractors (after Rocks, The American Statistician 70, 2016), because the plain one is too short
 *  promoters, detractors                                                                              Wilson
 *  gap          mean of the accounts' latest gaps                                                     Student's t
 *  dissatisfied share of accounts whose latest gap in the window is below 0                           Wilson */
kam_rc calc_satisfaction_rates(const calc_facts *f, const kam_table *answers, const calc_satisfaction_params *p, kam_table **out, kam_err *err);

/* NPS in points with its interval, of n answers; false: n = 0. */
bool calc_nps(int64_t promoters, int64_t detractors, int64_t n, double level, double *nps, double *low, double *high);
/* Mean of n values with Student's interval at the level: from Σx and Σx². false: n = 0; *low and *high NAN for n = 1. */
bool calc_mean_interval(double sum, double sum2, int64_t n, double level, double *mean, double *low, double *high);
#endif

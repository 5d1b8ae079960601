/* SPDX-License-Identifier: GPL-3.0-or-later */
/* calc_complaint: C5, what a complaint costs 投诉的代价: the complaint register priced, word of mouth, service recovery.
 *
 * Price of a complaint = mean annual revenue of its account × factor (setting complaint-factor, 25): an *upper bound* on what
 * stands behind one dissatisfied customer. Mean annual revenue = Σ net up to D ÷ years since the first purchase day, at least one
 * year (two good months are no year); an account without a purchase day or with a sum ≤ 0 gets the mean over the accounts
 * that have one, and the row says so. One customer is dissatisfied once however often it complains: sums over the
 * portfolio count an account once.
 *
 * Reads facts: accounts, ledger, complaints (row · date · resolved_on · owner TEXT (opt)). */
#ifndef CALC_COMPLAINT_H
#define CALC_COMPLAINT_H
#include "calc_class.h"
#include "calc_facts.h"
#include "kam_date.h"

typedef struct calc_complaint_params {
    kam_day asof;
    calc_lang lang;
    double factor;             /* 25; setting complaint-factor */
    double good, bad;          /* 8, 25; settings word-of-mouth-good, word-of-mouth-bad */
    int written, visit, filed; /* 3, 7, 10 days; settings complaint-written-days, complaint-visit-days, complaint-filed-days */
    int follow_days;           /* 90; setting recovery-days: a purchase within so many days after the complaint counts */
    double quoted;             /* 0.70; setting service-recovery */
    double level;              /* 0.8; setting level */
} calc_complaint_params;
#define CALC_COMPLAINT_PARAMS(asof, lang) {(asof), (lang), 25, 8, 25, 3, 7, 10, 90, 0.70, 0.8}

/* -show register: one row a complaint, by date, then account: account TEXT, name TEXT, date DAY, resolved_on DAY, days INT (to the
 * resolution, or open so far), open FLAG, owner TEXT, annual_revenue MONEY, revenue_of TEXT (account, portfolio; missing when
 * neither has any), upper_bound MONEY. O(entries + complaints log complaints). */
kam_rc calc_complaint_register(const calc_facts *f, const calc_complaint_params *p, kam_table **out, kam_err *err);

/* -show accounts: one row an account with a complaint, by upper_bound descending, then code: account, name, complaints INT, open
 * INT, oldest_open DAY, annual_revenue MONEY, revenue_of TEXT, upper_bound MONEY (once an account; missing while nothing is open). */
kam_rc calc_complaint_accounts(const calc_facts *f, const calc_complaint_params *p, kam_table **out, kam_err *err);

/* -show measures: complaints, open_complaints, open_accounts (counts); open_revenue (annual revenue of the accounts with an open
 * complaint), open_upper_bound (times the factor), people_touched (accounts × bad), chances_if_settled (accounts × good). Money in
 * major units. The factor and the word of mouth are two pictures of one thing and are never multiplied. */
kam_rc calc_complaint_measures(const calc_facts *f, const calc_complaint_params *p, kam_table **out, kam_err *err);

/* -show recovery: did the account buy again within follow_days after its complaint? Rows fast (resolved within `written` days),
 * normal (`visit`), slow (`filed`), late (later), unresolved (as of D), total: class TEXT, within_days INT, complaints INT, repurchased INT,
 * share REAL, low, high REAL (Wilson), quoted REAL (for resolved ones). Left out and counted in notes: complaints so young that follow_days
 * are not over, and accounts that had not bought before they complained. */
kam_rc calc_complaint_recovery(const calc_facts *f, const calc_complaint_params *p, kam_table **out, kam_err *err);

/* What each account buys a year, its own or the portfolio's mean, in minor units; NAN: nobody ever bought. Another question's price
 * of its rows (calc_desk.h). One value an account; the caller frees with kam_free. */
kam_rc calc_complaint_revenue(const calc_facts *f, const calc_complaint_params *p, double **annual, kam_err *err);
#endif

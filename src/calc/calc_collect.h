/* SPDX-License-Identifier: GPL-3.0-or-later */
/* calc_collect: C7, when does each account usually pay? Ask for money when there is money.
 *
 * Delay = day paid − day due (negative: early) of paid invoices. Account means are pooled with the portfolio (one-way random effects, ANOVA
 * estimator of the variances for unequal groups: Searle, Casella & McCulloch 1992, "Variance Components", §3.6): with r = within
 * variance / between variance an account with n paid invoices has the usual delay (n·own mean + r·portfolio's) / (n + r). An open invoice is
 * expected at due + usual delay, moved to the next usual pay day of the account where one is on record; range from the normal
 * distribution of one payment, not moved.
 *
 * Reads facts: accounts; and (NULL: none on record)
 *   payments  row INT · invoice_no TEXT · date DAY · due DAY · paid_on DAY (missing: open on D) · amount MONEY
 *   habits    row INT · pay_day INT (1–31; the last day of shorter months) */
#ifndef CALC_COLLECT_H
#define CALC_COLLECT_H
#include "calc_class.h"
#include "calc_facts.h"
#include "kam_date.h"

typedef struct calc_collect_params {
    kam_day asof;
    calc_lang lang;
    double level;  /* 0.8; setting level */
    int64_t days;  /* only expected on or before asof + days; < 0: all */
} calc_collect_params;
#define CALC_COLLECT_PARAMS(asof, lang) {(asof), (lang), 0.8, -1}

/* The delays of a portfolio, pooled; n = 0: nobody ever paid an invoice with a due date. */
typedef struct calc_delays {
    double mean, within, between; /* days, days², days²; within NAN: no account paid twice */
    size_t n, accounts;
} calc_delays;
/* n[i], sum[i], squares[i]: paid invoices of account i, Σ delay, Σ delay². */
void calc_delays_fit(size_t accounts, const double *n, const double *sum, const double *squares, calc_delays *out);
/* Usual delay of an account; *sd (may be NULL) of one payment. NAN when unknown. */
double calc_delays_usual(const calc_delays *d, double n, double sum, double *sd);

/* First day on or after d that is the account's pay day of the month. */
kam_day calc_pay_day(kam_day d, int day_of_month);

/* -show collections: one row an open invoice with a positive amount, by expected day, then account, due day: account TEXT, name TEXT,
 * class TEXT (not-due; due: D is past the due day and within its habit; chase: later than the range, or than expected where there
 * is none), invoice_no TEXT, date DAY, due DAY, amount MONEY, late_days INT (0 before the due day), pay_day INT, paid INT (invoices paid so
 * far), mean_delay REAL (own), usual_delay REAL (pooled), expected DAY, earliest DAY, latest DAY. O(payments log payments). */
kam_rc calc_collect_invoices(const calc_facts *f, const kam_table *payments, const kam_table *habits, const calc_collect_params *p,
                             kam_table **out, kam_err *err);

/* -show payers: one row an account with an invoice or a pay day, by code: account, name, pay_day, paid INT, mean_delay REAL, usual_delay REAL,
 * low REAL, high REAL (of one payment), open INT, open_amount MONEY, late_amount MONEY (past due), next_expected DAY. */
kam_rc calc_collect_payers(const calc_facts *f, const kam_table *payments, const kam_table *habits, const calc_collect_params *p,
                           kam_table **out, kam_err *err);
#endif

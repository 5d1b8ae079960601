/* SPDX-License-Identifier: GPL-3.0-or-later */
/* calc_summary: a ledger turned into what the "buy till you die" models read: per account the number of repeat
 * purchases x, the time of the last one t_x and the age T, both counted from the first purchase (Fader, Hardie & Lee
 * 2005). One pass over the ledger, no sorting.
 *
 * Rules: a purchase is a day on or before `end` whose lines net to 0 or more; purchases of one day are one (the ledger
 * already nets by day); the first purchase is not counted in x nor in the spend. (A day of net 0 is a free order: it
 * says that the account is alive, and the published reference values count it; it is no spend. Everywhere else a
 * purchase day has net > 0.) Days of net < 0 are returns: left out and counted in days_negative. Times are real days divided by the days of
 * the unit (1, 7, 30.4375), never calendar months. The spend of an account is the mean of its repeat purchase days
 * by amount, or by margin with CALC_BASIS_MARGIN: days whose spend is unknown or ≤ 0 then still count as purchases
 * but not as spend, and are counted in `days_without_spend`.
 *
 * Ownership: the summary owns its arrays; release with calc_summary_release. O(entries) time. */
#ifndef CALC_SUMMARY_H
#define CALC_SUMMARY_H
#include "kam_date.h"
#include "kam_err.h"
#include "kam_ledger.h"
#include <stdbool.h>

typedef enum { CALC_UNIT_DAY, CALC_UNIT_WEEK, CALC_UNIT_MONTH } calc_unit;
double calc_unit_days(calc_unit u); /* 1, 7, 30.4375 */

typedef enum { CALC_BASIS_AMOUNT, CALC_BASIS_MARGIN } calc_basis;

/* Arrays are n long, in the ledger's account order. x[i] = -1: the account had not bought by `end`; its other
 * fields are 0 and every later function gives "missing" for it. */
typedef struct calc_summary {
    size_t n;
    calc_unit unit;
    double unit_days;
    kam_day end;
    calc_basis basis;      /* as used: a ledger without any cost falls back to the amount */
    int32_t *x;            /* repeat purchase days, or -1 */
    double *tx, *T;        /* in the unit; 0 ≤ tx ≤ T */
    int32_t *first_day, *last_day;
    int32_t *spend_days;   /* repeat purchase days with a spend > 0 */
    double *spend;         /* their mean in major units of the currency; 0 when spend_days is 0 */
    size_t customers;      /* accounts with x ≥ 0 */
    size_t repeaters;      /* accounts with x > 0 */
    uint64_t purchase_days, days_negative, days_without_spend;
} calc_summary;
#define CALC_SUMMARY_INIT {0, CALC_UNIT_DAY, 1.0, 0, CALC_BASIS_AMOUNT, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 0, 0, 0, 0, 0}

/* `exponent`: minor digits of the currency. Never fails: an empty ledger gives an empty summary. */
void calc_summary_build(const kam_ledger *l, kam_day end, calc_unit unit, calc_basis basis, int exponent,
                        calc_summary *out);
void calc_summary_release(calc_summary *s);

/* Purchase days of each account in (from, to]: what really happened in a holdout. counts is l->n_accounts long;
 * spend_major (may be NULL) gets the sum of their net amounts or margins in major units. */
void calc_summary_count(const kam_ledger *l, kam_day from, kam_day to, calc_basis basis, int exponent,
                        int32_t *counts, double *spend_major);
#endif

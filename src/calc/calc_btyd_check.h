/* SPDX-License-Identifier: GPL-3.0-or-later */
/* calc_btyd_check: how good is the model? Actual against expected, as tables (new, sealed, the caller unrefs). */
#ifndef CALC_BTYD_CHECK_H
#define CALC_BTYD_CHECK_H
#include "calc_btyd.h"
#include "calc_summary.h"
#include "kam_table.h"

/* -show fit: repeat_purchases text ("0" … "6", "7+"), actual int, expected real, chi_square real; a last row "total"
 * with the chi-square sum, and a note with degrees of freedom and p-value. expected = Σ_i P(X(T_i) = k). */
kam_table *calc_btyd_check_counts(const calc_btyd_fit *fit, const calc_btyd_data *d);

/* -show tracking: period int (1 …), until day, actual int, expected real, cumulative_actual int,
 * cumulative_expected real. Periods are `unit` long (day data: weeks) from the earliest first purchase to `to`; `in_fit`
 * flag says whether the period ended on or before the summary's end. Cohort: the accounts of the summary. */
kam_table *calc_btyd_check_tracking(const calc_btyd_fit *fit, const calc_summary *s, const kam_ledger *l, kam_day to);

/* -holdout: repeat_purchases text ("0" … "7+", "all"), accounts int, actual_mean real, expected_mean real, mae real,
 * rmse real, covered real (share of accounts whose count lies in the interval of that level). Holdout is (s->end, to]. */
kam_table *calc_btyd_check_holdout(const calc_btyd_fit *fit, const calc_summary *s, const kam_ledger *l, kam_day to,
                                   double level);
#endif

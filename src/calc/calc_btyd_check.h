/* SPDX-License-Identifier: GPL-3.0-or-later */
/* calc_btyd_check: how good is the model? Actual against expected, as tables (new, sealed, the caller unrefs). */
#ifndef CALC_BTYD_CHECK_H
#define CALC_BTYD_CHECK_H
#include "calc_btyd.h"
#include "calc_summary.h"
#include "calc_text.h"
#include "kam_table.h"

/* Language of the notes, and the borders their words turn at. */
typedef struct calc_check_spec {
    calc_lang lang;
    double significance; /* of the chi-square test, e.g. 0.05 */
} calc_check_spec;

/* -show fit: repeat_purchases text ("0" … "6", "7+"), actual int, expected real, chi_square real; a last row "total" with
 * the sums, and a note with degrees of freedom and p-value, or why there is no test. expected = Σ_i P(X(T_i) = k). Where
 * more than a quarter of the accounts have 7 or more, these are told apart in growing ranges ("10–14"); neighbouring
 * counts are pooled until 5 accounts are expected in each (Cochran 1954). Degrees of freedom: rows − 1 − parameters. */
kam_table *calc_btyd_check_counts(const calc_btyd_fit *fit, const calc_btyd_data *d, const calc_check_spec *spec);

/* -show tracking: period int (1 …), until day, actual int, expected real, cumulative_actual int,
 * cumulative_expected real. Periods are `unit` long (day data: weeks) from the earliest first purchase to `to`; `in_fit`
 * flag says whether the period ended on or before the summary's end. Notes: the totals of the fitted time and of what
 * came after. Cohort: the accounts of the summary. */
kam_table *calc_btyd_check_tracking(const calc_btyd_fit *fit, const calc_summary *s, const kam_ledger *l, kam_day to,
                                    const calc_check_spec *spec);

/* -holdout: repeat_purchases text ("0" … "7+", ranges as above, "all"), accounts int, actual_mean real, expected_mean
 * real, mae real, rmse real, covered real (share of accounts whose count lies in the interval of that level), and a note
 * with the totals. Holdout is (s->end, to]. */
kam_table *calc_btyd_check_holdout(const calc_btyd_fit *fit, const calc_summary *s, const kam_ledger *l, kam_day to,
                                   double level, const calc_check_spec *spec);
#endif

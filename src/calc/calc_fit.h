/* SPDX-License-Identifier: GPL-3.0-or-later */
/* calc_fit: A7, match of rank 门当户对: what the customer is worth against what we can do for it.
 *
 * Value V, 0–100: mean of those known of the A2 percentile by revenue, A8's potential × 10 and reputation × 10.
 * Delivered value, 0–100: 50 + 1.25 × (Σ four values − Σ four costs) of the card `fit` (calc_card_balance). Limit, 0–100: ten
 * times the lowest of our four capability marks for it (card `capability`; marks of ourselves stand in). Capability C: the lower of
 * the two; delivered value alone where no capability mark is known; missing without delivered value.
 * class: pursue (V ≥ cut, C ≥ cut), overreach (V ≥ cut > C: a suitor out of our league), serve-cheaply (C ≥ cut > V), pass;
 * missing: V or C unknown. Reads facts: accounts.
 */
#ifndef CALC_FIT_H
#define CALC_FIT_H
#include "calc_marks.h"

typedef struct calc_fit_params {
    kam_day asof;
    calc_lang lang;
    double cut; /* 50; setting fit-cut */
} calc_fit_params;
#define CALC_FIT_PARAMS(asof, lang) {(asof), (lang), 50}

/* Per account, NaN: missing. Lent. */
typedef struct calc_fit_facts {
    const double *percentile; /* A2, 0–100 */
    const double *potential;  /* A8, 0–10 */
    const calc_marks *fit, *capability;
} calc_fit_facts;

extern const char *const calc_fit_classes[]; /* pursue overreach serve-cheaply pass */

/* Out, by account: account, name, class, why TEXT · value REAL (V) · capability REAL (C) · coverage REAL (share of the fifteen
 * parts known: three of V, eight marks, four capability marks) · percentile, potential, reputation REAL · delivered REAL · limit
 * REAL · weakest TEXT (criterion of the lowest capability mark). O(n). */
kam_rc calc_fit(const calc_facts *f, const calc_fit_facts *x, const calc_fit_params *p, kam_table **out, kam_err *err);
#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* calc_rhythm: how long does what was bought last? Gaps between purchases with partial pooling to the portfolio.
 *
 * Model. An order of the usual size lasts a gamma-distributed time of shape k and rate lambda; one of w times that size has the
 * shape k·w (w = 1 where quantities are unknown). k is common to all series (an account, or an account and a product); lambda differs
 * between series as a gamma distribution of shape a and rate b. This is the gamma-gamma structure of Fader & Hardie's note 025 on gaps
 * instead of spends (conjugate, so everything below is closed form). Of a series with n gaps of S days in all:
 *   rate of use  lambda^ = (a + k·n) / (b + S)
 *   days the last order lasts = k·w / lambda^ = w·(n·own mean gap + p·portfolio's gap) / (n + p),  p = a/k, portfolio's gap = k·b/a
 * so the portfolio counts as much as p gaps of the series' own: that is the shrinkage. The gap itself, given the record, is (b + S)
 * times a beta-prime variable of k·w and a + k·n, which gives the range and the probability of a longer silence.
 *
 * Fit (empirical Bayes). k solves the unbiased moment equation Σ Q = Σ n(n−1)/(k·n + 1), with Q = Σ_j (g_j − w_j·S/n)² / (w_j·(S/n)²) of each
 * series, which does not depend on the lambdas; one pseudo series of two gaps with k = 1 keeps few regular gaps from claiming to be clockwork; a, b by maximum likelihood of the S given k, with walls "all alike" (a → ∞) and "no
 * pooling". O(series) an iteration. */
#ifndef CALC_RHYTHM_H
#define CALC_RHYTHM_H
#include "kam_progress.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Sufficient statistics of one series; start from zeros. */
typedef struct calc_rhythm_series {
    int32_t n;         /* gaps */
    double days;       /* S = Σ g */
    double units;      /* Σ q of the orders that began these gaps; n where quantities are unknown */
    double spread;     /* Σ g²/q */
} calc_rhythm_series;
void calc_rhythm_add(calc_rhythm_series *s, double gap, double units); /* gap, units > 0 */

typedef enum {
    CALC_RHYTHM_OK,
    CALC_RHYTHM_ALIKE,   /* series do not differ: everybody's gap is the portfolio's (a at its wall) */
    CALC_RHYTHM_APART,   /* series have nothing in common: nothing is pooled (a at its other wall) */
    CALC_RHYTHM_FEW,     /* fewer than two series with a gap: own gaps alone, k = 1 unless known */
    CALC_RHYTHM_NONE     /* no gap anywhere: nothing can be said */
} calc_rhythm_flag;

typedef struct calc_rhythm_fit {
    double k, a, b;
    size_t n_series, n_gaps; /* with at least one gap; their gaps */
    bool k_known;            /* false: no series has two gaps, k = 1 (at random) is assumed */
    calc_rhythm_flag flag;
} calc_rhythm_fit;
void calc_rhythm_fit_model(size_t n, const calc_rhythm_series *s, calc_rhythm_fit *fit);
/* The same, asking at each pass whether to go on: KAM_INTERRUPT leaves *fit untouched. */
kam_rc calc_rhythm_fit_asking(size_t n, const calc_rhythm_series *s, kam_progress *progress, calc_rhythm_fit *fit, kam_err *err);

double calc_rhythm_prior_gaps(const calc_rhythm_fit *f); /* p = a/k */
double calc_rhythm_prior_days(const calc_rhythm_fit *f); /* k·b/a */

/* How long the last order lasts: w times the usual one (1: unknown), level of the range in (0, 1). */
typedef struct calc_rhythm_next {
    double days, low, high;
    double own_weight; /* n / (n + p) */
} calc_rhythm_next;
calc_rhythm_next calc_rhythm_expect(const calc_rhythm_fit *f, const calc_rhythm_series *s, double w, double level);
/* Days from now in which the next order is as likely as not to come, given a silence of `days` so far. */
double calc_rhythm_still(const calc_rhythm_fit *f, const calc_rhythm_series *s, double w, double days);
/* P(gap > days). */
double calc_rhythm_longer(const calc_rhythm_fit *f, const calc_rhythm_series *s, double w, double days);
#endif

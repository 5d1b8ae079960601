/* SPDX-License-Identifier: GPL-3.0-or-later */
/* calc_logit: logistic regression with an L2 penalty on standardised columns, and how well a score tells two classes apart.
 *
 *   maximise (1/n) Σ [y η − log(1 + e^η)] − λ/2 Σ β²      η = b0 + Σ β (x − mean) / sd
 *
 * The intercept is not penalised. mean and sd (divisor n) are those of the known values of the rows used; an unknown value (NaN) is taken
 * as the mean and adds nothing to η. A column without two different values is left out (used false, β 0). Newton's method (IRLS) with step
 * halving; the objective is concave, so it has one optimum whenever λ > 0. Standard errors: (H + λ)⁻¹ H (H + λ)⁻¹ / n with H the mean
 * observed information; for λ → 0 the usual ones. Sources: Hosmer and Lemeshow, Applied Logistic Regression; le Cessie and van Houwelingen,
 * Applied Statistics 41 (1992) for the ridge and its variance. Pure; O(n p²) an iteration, about six of them. */
#ifndef CALC_LOGIT_H
#define CALC_LOGIT_H
#include "kam_err.h"
#include "kam_progress.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { CALC_LOGIT_MAX = 16 };

typedef struct calc_logit_data {
    size_t n, p;           /* rows; columns ≤ CALC_LOGIT_MAX */
    const double *x;       /* n × p by rows; NaN: unknown */
    const uint8_t *y;      /* 0, 1 */
    const uint8_t *use;    /* rows to take; NULL: all */
    kam_progress *progress; /* asked within a fit's passes (KAM_INTERRUPT); NULL: a fit cannot be stopped */
} calc_logit_data;

typedef struct calc_logit {
    size_t p, n, events;
    double lambda, b0, se0;
    double beta[CALC_LOGIT_MAX], se[CALC_LOGIT_MAX]; /* a standard deviation */
    double mean[CALC_LOGIT_MAX], sd[CALC_LOGIT_MAX], known[CALC_LOGIT_MAX]; /* known: share of rows with a value */
    bool used[CALC_LOGIT_MAX];
    double log_likelihood;
    int iterations;
} calc_logit;

/* start: a fit of the same columns to begin from, or NULL. KAM_CALC NODATA: one class is empty; UNIDENTIFIED: no optimum (λ = 0 and the
 * classes are separated, or columns repeat each other). */
kam_rc calc_logit_fit(const calc_logit_data *d, double lambda, const calc_logit *start, calc_logit *out, kam_err *err);
/* β × standardised value of column j; 0 where unknown or unused. */
double calc_logit_part(const calc_logit *m, size_t j, double x);
double calc_logit_predict(const calc_logit *m, const double *x); /* probability */

/* λ with the least mean deviance of the rows left out, of `n` candidates in descending order; fold[i] of 0 … folds − 1 of each row. A fold
 * without both classes outside is passed over. KAM_CALC NODATA when none could be fitted. *deviance (may be NULL): that mean. */
kam_rc calc_logit_choose(const calc_logit_data *d, const uint8_t *fold, int folds, const double *lambda, size_t n, kam_progress *progress,
                         double *best, double *deviance, kam_err *err);

/* Area under the ROC curve: P(score of an event > of a non-event) + ½ P(equal), by mid-ranks, with the interval of DeLong et al. (Biometrics
 * 44, 1988) in the form of Sun and Xu (2014): O(n log n). false: one class is empty. low and high NaN below two of either. */
bool calc_auc(const double *score, const uint8_t *y, size_t n, double level, double *auc, double *low, double *high);

/* Calibration: rows by rising prediction in up to `bins` groups as equal as equal predictions allow. */
typedef struct calc_calibration {
    size_t n, events;
    double predicted, from, to; /* mean, least and greatest prediction */
} calc_calibration;
size_t calc_calibrate(const double *predicted, const uint8_t *y, size_t n, size_t bins, calc_calibration *out);
#endif

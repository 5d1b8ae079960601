/* SPDX-License-Identifier: GPL-3.0-or-later */
/* calc_newton: maximise a smooth function of up to CALC_NEWTON_MAX variables in a box by a damped Newton method with
 * exact derivatives. Coordinates that reach a bound with the gradient pointing outward are held there (active set).
 * The last steps are undamped and judged by the gradient alone, because differences of log-likelihoods drown in
 * rounding long before the parameters do. Pure; O(iterations) calls of the function. */
#ifndef CALC_NEWTON_H
#define CALC_NEWTON_H
#include "kam_progress.h"
#include <stdbool.h>

enum { CALC_NEWTON_MAX = 4 };

/* Value, gradient and full Hessian at v; all finite inside the box. */
typedef void (*calc_newton_fn)(void *ctx, const double *v, double *f, double *g, double H[][CALC_NEWTON_MAX]);

typedef struct calc_newton {
    int n;                           /* in */
    double lo[CALC_NEWTON_MAX], hi[CALC_NEWTON_MAX]; /* in */
    double v[CALC_NEWTON_MAX];       /* in: start; out: optimum */
    double f;                        /* out */
    bool active[CALC_NEWTON_MAX];    /* out: held at a bound */
    bool pd;                         /* out: −H positive definite on the free coordinates */
    double cov[CALC_NEWTON_MAX][CALC_NEWTON_MAX]; /* out: (−H)⁻¹ on the free coordinates, else 0 */
    bool converged;                  /* out */
    int evaluations;                 /* in/out: added to */
} calc_newton;

/* An objective that can be told to stop asks at each pass over the data; the search itself cannot fail. */
typedef struct calc_newton_watch {
    kam_progress *progress;
    uint64_t passes;
    kam_rc rc; /* KAM_OK to begin with; what the search was stopped by */
    kam_err *err;
} calc_newton_watch;
/* true: go on. false, from the first time on: f is NaN and g and H (n variables) zero, a value that no step betters, so that the search ends
 * without another pass. */
bool calc_newton_pass(calc_newton_watch *w, int n, double *f, double *g, double H[][CALC_NEWTON_MAX]);

void calc_newton_maximise(calc_newton *s, calc_newton_fn fn, void *ctx);

/* Cholesky solve of the symmetric positive definite A (n × n); false when it is not one. x may be b. */
bool calc_newton_solve(int n, const double A[][CALC_NEWTON_MAX], const double *b, double *x);
#endif

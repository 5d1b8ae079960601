/* SPDX-License-Identifier: GPL-3.0-or-later */
/* calc_whatif_int: what the files of C6 share and nobody else includes. */
#ifndef CALC_WHATIF_INT_H
#define CALC_WHATIF_INT_H
#include "calc_btyd_int.h"
#include "calc_value_int.h"
#include "calc_whatif.h"

/* "Nobody leaves any more": small enough to make no difference, large enough to divide by. */
#define WHATIF_PACE_MIN 1e-6

/* Factor c with survive(ctx, c·year) = *now + gain, where *now = survive(ctx, year), to the relative tolerance `near` of the hazard. false: nobody
 * leaves, or all would. */
bool calc_whatif_solve(double (*survive)(const void *, double), const void *ctx, double year, double gain, double near, double *c, double *now);
kam_rc calc_whatif_check(const calc_whatif_levers *l, kam_err *err);

enum { WHATIF_COLS = 10 };
extern const char *const calc_whatif_lever[];
kam_table *calc_whatif_table(const kam_table *like, kam_column **c);
/* half: half the interval of the difference; NAN: none. */
void calc_whatif_push(kam_column **c, const char *lever, double from, double to, double before, double after, double half, size_t n);

/* Accounts by (x, T), on which everything but P(alive) depends. */
typedef struct whatif_pairs {
    calc_btyd_groups by;   /* of the groups by (x, t_x, T) */
    double *alive, *money; /* by.n: Σ P(alive), Σ P(alive)·value of a purchase in minor units, at the parameters weighed last */
    kam_progress *progress; /* asked in every sum; when it says stop, what comes out is of no use and the caller asks again */
} whatif_pairs;
typedef struct whatif_work {
    calc_btyd_groups g;        /* by (x, t_x, T) */
    calc_btyd_prep prep;       /* of g */
    double *value, *now;       /* g.n: Σ value of a purchase; P(alive) */
    double *slope;             /* g.n by parameter of the spend model: Σ of the value's slopes in its logarithm; NULL without one */
    whatif_pairs fine, rough;  /* rough (for the uncertainty): where there are many, else empty */
} whatif_work;

/* The portfolio's value of purchases in the next t units, M(t) = Σ money·E(t | alive), for all t up to `until`: a polynomial for M(t)/t in
 * ln(1 + t/scale), in which E is smooth over its whole range, through as many points as `near` (relative) takes. */
enum { WHATIF_CURVE_MAX = 128 };
typedef struct whatif_curve {
    int n;
    double scale, until, coef[WHATIF_CURVE_MAX + 1];
} whatif_curve;
void whatif_curve_build(const whatif_pairs *p, const calc_btyd_fit *fit, double until, double near, whatif_curve *out);
double whatif_curve_at(const whatif_curve *c, double t);
/* Expected discounted value of the portfolio when the hazard of leaving is multiplied by `pace`. */
double whatif_equity(const whatif_curve *c, const calc_value_spec *spec, double pace, double discount_year);
#endif

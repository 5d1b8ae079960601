/* SPDX-License-Identifier: GPL-3.0-or-later */
/* calc_btyd_int: what the files of the calc_btyd family share and nobody else includes.
 *
 * The fit works on a *prepared* data set: times divided by their mean (so that bounds and starts do not depend on the
 * unit), groups that refer to tables of the few distinct x and distinct times, and sums per table row, so that
 * everything but the drop-out term costs only as much as there are distinct values. */
#ifndef CALC_BTYD_INT_H
#define CALC_BTYD_INT_H
#include "calc_btyd.h"
#include "calc_newton.h"

/* Distinct (x, time) pairs and each group's index among them. */
typedef struct calc_btyd_pairs {
    size_t n;
    uint32_t *ix, *it, *of;
} calc_btyd_pairs;

typedef struct calc_btyd_prep {
    size_t n;                       /* groups */
    uint32_t *ix, *itx, *iT;        /* into xs, ts */
    double *w;                      /* accounts in the group */
    size_t nx, nt;
    double *xs, *ts;                /* distinct x (ascending), distinct scaled times */
    double *wx;                     /* accounts by distinct x */
    double *wT, *xT;                /* by distinct time: accounts of that age, and their repeat purchases */
    double scale;                   /* unit times = scale × scaled times */
    double sum_w, sum_x, sum_tx, sum_T, repeaters;
    bool lent;                      /* xs and ts belong to another */
    kam_progress *progress;         /* asked within long passes; when it says stop their result is of no use and the caller asks again */
    calc_btyd_pairs pairs_T, pairs_x; /* for Pareto/NBD, when calc_btyd_prep_pairs was called; of = NULL: not there */
} calc_btyd_prep;

void calc_btyd_prep_build(const calc_btyd_groups *g, calc_btyd_prep *p);
void calc_btyd_prep_release(calc_btyd_prep *p);
/* What has the size of the groups goes; scale, distinct values and pairs stay. */
void calc_btyd_prep_forget(calc_btyd_prep *p);
/* About one group in `step` ≥ 1, spread evenly over x, t_x and T, with their weights: *out lends xs and ts from p. */
void calc_btyd_prep_sample(const calc_btyd_prep *p, uint32_t step, calc_btyd_prep *out);
void calc_btyd_prep_pairs(calc_btyd_prep *p);

enum { P4 = CALC_BTYD_PARAMS };

/* Log-likelihood of the prepared data with gradient and Hessian in ln(parameters). */
void calc_bg_loglik(const calc_btyd_prep *p, bool modified, const double *lnpar, double *f, double *g,
                    double H[][CALC_NEWTON_MAX]);
void calc_pareto_loglik(const calc_btyd_prep *p, const double *lnpar, double *f, double *g,
                        double H[][CALC_NEWTON_MAX]);
/* The logarithm of what a pair contributes, with gradient and Hessian (lower triangle, row by row) in ln r, ln α, ln s,
 * ln β. */
typedef struct calc_pareto_pair {
    double l, d[4], dd[10];
} calc_pareto_pair;
/* Fills A for pairs_T and B for pairs_x without the series, any α and β; false where that would cost too much. */
bool calc_pareto_chain(const calc_btyd_prep *q, const double *param, calc_pareto_pair *A, calc_pareto_pair *B);
/* Adds Σ w·ln S of the Pareto/NBD by tables (lower triangle of H); false when the tables are not there or the series
 * would be long: the caller then integrates. */
bool calc_pareto_tables(const calc_btyd_prep *p, const double *param, double *f, double *g,
                        double H[][CALC_NEWTON_MAX]);
void calc_nbd_loglik(const calc_btyd_prep *p, const double *lnpar, double *f, double *g,
                     double H[][CALC_NEWTON_MAX]);

/* Purchases while alive in (T, T+t], conditional on being alive at T: P(X > k) for k = 0 … , written to sf[0..max);
 * stops when what is left is below eps of the sum or at max. Returns the number written. *alive_end (may be NULL) gets
 * P(alive at T+t | alive at T). */
size_t calc_bg_alive_tail(const double *par, bool modified, int32_t x, double T, double t, double eps, double *sf,
                          size_t max, double *sum, double *alive_end);

/* The same for any model; sf must have room for max. */
size_t calc_btyd_alive_tail(const calc_btyd_fit *f, int32_t x, double T, double t, double eps, double *sf, size_t max);
/* ln of (expected purchases in (T, T+t] | alive at T), any model. */
double calc_btyd_log_mean_alive(const calc_btyd_fit *f, int32_t x, double T, double t);

/* ln of (expected purchases in (T, T+t] | alive at T). */
double calc_bg_log_mean_alive(const double *par, bool modified, int32_t x, double T, double t);
double calc_pareto_log_mean_alive(const double *par, int32_t x, double T, double t);

/* One account: log-likelihood, and ln P(alive) alone. */
double calc_bg_loglik1(const double *par, bool modified, int32_t x, double tx, double T);
double calc_bg_ln_alive(const double *par, bool modified, int32_t x, double tx, double T);
double calc_pareto_loglik1(const double *par, int32_t x, double tx, double T);
double calc_pareto_ln_alive(const double *par, int32_t x, double tx, double T);
/* c_T at (x, T) and c_x at (x, t_x) of calc_btyd_pareto.c; alpha and beta not too far apart, or the series are long. */
double calc_pareto_c_T(const double *par, double x, double T);
double calc_pareto_c_x(const double *par, double x, double tx);
/* P(alive) of every group, out[p->n]; for Pareto/NBD p should have its pairs. */
void calc_btyd_alive_all(const calc_btyd_fit *f, const calc_btyd_prep *p, double *out);
/* The same of one of the accounts p was made of, to the last bit, from p's scale, xs, ts and pairs (without .of) and what calc_btyd_alive_logs made of
 * them while .of was there: the caller frees; NULL: not needed, or not to be had. */
double *calc_btyd_alive_logs(const calc_btyd_fit *f, const calc_btyd_prep *p);
double calc_btyd_alive_one(const calc_btyd_fit *f, const calc_btyd_prep *p, const double *logs, int32_t x, double tx, double T);
/* −ln P(alive) by quadrature: right for every valid parameter, slower than the series. */
double calc_pareto_ln_integral(const double *par, int32_t x, double tx, double T);
double calc_nbd_loglik1(const double *par, int32_t x, double T);
#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* calc_special: the few special functions the value models need, re-entrant (no signgam), finite for every valid
 * argument, and without the cancellation of a difference of two lnΓ. O(1) unless said. */
#ifndef CALC_SPECIAL_H
#define CALC_SPECIAL_H
#include <stdint.h>

double calc_ln_gamma(double x);  /* x > 0 */
double calc_digamma(double x);   /* x > 0; relative error near 1e-15 away from the root */
double calc_trigamma(double x);  /* x > 0 */
double calc_ln_beta(double a, double b); /* a, b > 0, no cancellation for large arguments */

/* ln (a)_n = lnΓ(a+n) − lnΓ(a) with first and second derivative in a, by products for n ≤ 64 and Stirling
 * differences beyond. a > 0, n ≥ 0. */
typedef struct calc_rising {
    double f, d1, d2;
} calc_rising;
calc_rising calc_ln_rising(double a, double n);

double calc_softplus(double y); /* ln(1+e^y) */
double calc_sigmoid(double y);
/* −expm1(e·l)/e, continued by −l at e = 0. */
double calc_expm1_ratio(double e, double l);

double calc_normal_cdf(double z);
double calc_normal_quantile(double p);            /* 0 < p < 1 */
double calc_gamma_p(double a, double x);          /* regularised lower incomplete gamma; a > 0, x ≥ 0 */
double calc_gamma_quantile(double a, double p);   /* of Gamma(a, 1); 0 ≤ p < 1 */
double calc_chi2_tail(double x, double dof);

/* Seeded random numbers (xoshiro256**), the state is the caller's. */
typedef struct calc_rng {
    uint64_t s[4];
} calc_rng;
void calc_rng_seed(calc_rng *r, uint64_t seed);
double calc_rng_uniform(calc_rng *r); /* in (0, 1) */
double calc_rng_normal(calc_rng *r);
double calc_rng_exp(calc_rng *r);
double calc_rng_gamma(calc_rng *r, double shape); /* scale 1 */
double calc_rng_beta(calc_rng *r, double a, double b);
#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Special functions against table values (Abramowitz & Stegun; the C library's lgamma) and against each other; Newton
 * on a function with a known maximum, inside the box and at its wall. */
#include "unit.h"
/* after unit.h */
#include "btyd_fixture.h"
#include "calc_newton.h"

static void test_gamma_family(void **state)
{
    (void)state;
    ASSERT_DIGITS(calc_digamma(1), -0.57721566490153286, 14);
    ASSERT_DIGITS(calc_digamma(0.5), -1.96351002602142348, 14);
    ASSERT_DIGITS(calc_trigamma(1), M_PI * M_PI / 6, 14);
    ASSERT_DIGITS(calc_trigamma(0.5), M_PI * M_PI / 2, 14);
    ASSERT_DIGITS(calc_ln_beta(3, 4), log(1.0 / 60), 13);
    ASSERT_DIGITS(calc_ln_beta(.5, .5), log(M_PI), 13);
    ASSERT_DIGITS(calc_ln_beta(20, 30), calc_ln_gamma(20) + calc_ln_gamma(30) - calc_ln_gamma(50), 12);
    ASSERT_DIGITS(calc_ln_beta(.3, 1e9), calc_ln_gamma(.3) - .3 * log(1e9), 8);
    for (double a = .01; a < 1e6; a *= 7) { /* by products and by differences must meet */
        const calc_rising p = calc_ln_rising(a, 64), q = calc_ln_rising(a, 65);
        ASSERT_DIGITS(q.f, p.f + log(a + 64), 12);
        ASSERT_DIGITS(q.d1, p.d1 + 1 / (a + 64), 12);
        ASSERT_DIGITS(q.d2, p.d2 - 1 / ((a + 64) * (a + 64)), 12);
    }
}

static void test_distributions(void **state)
{
    (void)state;
    ASSERT_DIGITS(calc_normal_quantile(.975), 1.95996398454005424, 14);
    ASSERT_DIGITS(calc_normal_quantile(.001), -3.09023230616781354, 13);
    ASSERT_DIGITS(calc_normal_cdf(1), 0.84134474606854293, 14);
    ASSERT_DIGITS(calc_gamma_p(1, 2), 1 - exp(-2), 14);
    ASSERT_DIGITS(calc_gamma_p(3, 2.5), 1 - exp(-2.5) * (1 + 2.5 + 3.125), 13);
    ASSERT_DIGITS(calc_gamma_p(.5, 1), erf(1), 14);
    ASSERT_NEAR(calc_chi2_tail(5.99146454710798, 2), .05, 1e-13);
    for (double a = .02; a < 1e5; a *= 3.7)
        for (double p = .001; p < 1; p += .0999) {
            const double x = calc_gamma_quantile(a, p);
            if (x > 1e-290) ASSERT_NEAR(calc_gamma_p(a, x), p, 1e-9);
        }
    assert_true(calc_gamma_quantile(2, 0) == 0);
}

static void test_small_helpers(void **state)
{
    (void)state;
    ASSERT_DIGITS(calc_expm1_ratio(0, -.5), .5, 15);
    ASSERT_DIGITS(calc_expm1_ratio(1e-9, -.5), .5 * (1 - .25e-9), 14);
    ASSERT_DIGITS(calc_expm1_ratio(2, -.5), (1 - exp(-1)) / 2, 14);
    ASSERT_DIGITS(calc_softplus(0), M_LN2, 15);
    assert_true(calc_softplus(800) == 800 && calc_softplus(-800) >= 0 && calc_sigmoid(-800) >= 0 && calc_sigmoid(800) == 1);
}

static void test_draws(void **state)
{
    (void)state;
    calc_rng r, again;
    calc_rng_seed(&r, 12);
    calc_rng_seed(&again, 12);
    double g = 0, b = 0, z = 0;
    const int n = 200000;
    for (int i = 0; i < n; i++) {
        const double u = calc_rng_uniform(&r);
        assert_true(u > 0 && u < 1);
        assert_true(u == calc_rng_uniform(&again));
    }
    for (int i = 0; i < n; i++) {
        g += calc_rng_gamma(&r, .3) / n;
        b += calc_rng_beta(&r, 2, 6) / n;
        z += calc_rng_normal(&r) / n;
    }
    ASSERT_NEAR(g, .3, 5 * sqrt(.3 / n));
    ASSERT_NEAR(b, .25, 5 * sqrt(.0208 / n));
    ASSERT_NEAR(z, 0, 5 / sqrt(n));
}

/* −ln cosh(x−1) − (y−2x)⁴ − (y−2x)²/10: maximum 0 at (1, 2). */
static void ridge(void *ctx, const double *v, double *f, double *g, double H[][CALC_NEWTON_MAX])
{
    (void)ctx;
    const double t = tanh(v[0] - 1), w = v[1] - 2 * v[0], d = -4 * w * w * w - w / 5, dd = -12 * w * w - .2;
    *f = -log(cosh(v[0] - 1)) - w * w * w * w - w * w / 10;
    g[0] = -t - 2 * d;
    g[1] = d;
    H[0][0] = -(1 - t * t) + 4 * dd;
    H[0][1] = H[1][0] = -2 * dd;
    H[1][1] = dd;
}

static void test_newton(void **state)
{
    (void)state;
    calc_newton s = {.n = 2, .lo = {-9, -9}, .hi = {9, 9}, .v = {-8, 8}};
    calc_newton_maximise(&s, ridge, NULL);
    assert_true(s.converged && s.pd && !s.active[0] && !s.active[1]);
    ASSERT_NEAR(s.v[0], 1, 1e-9);
    ASSERT_NEAR(s.v[1], 2, 1e-9);
    ASSERT_DIGITS(s.cov[0][0], 1, 6); /* inverse of {{1.8, -.4}, {-.4, .2}} */
    ASSERT_DIGITS(s.cov[1][1], 9, 6);
    calc_newton wall = {.n = 2, .lo = {-9, -9}, .hi = {.5, 9}, .v = {-8, 8}};
    calc_newton_maximise(&wall, ridge, NULL);
    assert_true(wall.active[0] && !wall.active[1]);
    assert_true(wall.v[0] == .5);
    ASSERT_NEAR(wall.v[1], 1, 1e-6);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_gamma_family), cmocka_unit_test(test_distributions), cmocka_unit_test(test_small_helpers),
        cmocka_unit_test(test_draws),        cmocka_unit_test(test_newton),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

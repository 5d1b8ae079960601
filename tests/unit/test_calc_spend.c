/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Gamma-Gamma against Fader & Hardie's note 025, BTYD and 40-digit values; limits; simulated truth. */
#include "unit.h"
/* after unit.h */
#include "btyd_fixture.h"
#include "calc_spend.h"

static void test_cdnow_fit(void **state)
{
    (void)state;
    static const double par[3] = {6.24957227131, 3.74422466717, 15.4435209628}, se[3] = {1.19006, .290133, 4.15942};
    kam_ledger l;
    calc_summary s;
    calc_spend_fit f;
    if (!read_cdnow(&l)) SKIP_BECAUSE("no shared data");
    calc_summary_build(&l, kam_day_from_ymd(1997, 9, 30), CALC_UNIT_WEEK, CALC_BASIS_AMOUNT, 2, &s);
    assert_int_equal(calc_spend_fit_model(s.n, s.spend_days, s.spend, &f, NULL), KAM_OK);
    assert_int_equal(f.n_accounts, 946);
    assert_int_equal(f.flag, CALC_SPEND_OK);
    ASSERT_NEAR(f.log_likelihood, -4055.9176947979, 1e-7);
    for (int i = 0; i < 3; i++) {
        ASSERT_DIGITS(f.param[i], par[i], 9);
        ASSERT_DIGITS(f.std_error[i], se[i], 5);
    }
    /* note 025: the first ten customers, with the parameters of the note */
    static const double first[10] = {24.65, 18.91, 35.17, 35.17, 35.17, 71.46, 18.91, 35.17, 27.28, 35.17};
    for (int i = 0; i < 10; i++) ASSERT_NEAR(calc_spend_expected(&f, s.spend_days[i], s.spend[i]), first[i], .0051);
    calc_summary_release(&s);
    kam_ledger_release(&l);
}

static void test_given(void **state)
{
    (void)state;
    calc_spend_fit f;
    assert_int_equal(calc_spend_fit_given(6.25, 3.74, 15.44, &f, NULL), KAM_OK);
    ASSERT_DIGITS(calc_spend_expected(&f, 3, 35), 35.0279199628, 11);
    ASSERT_DIGITS(calc_spend_expected(&f, 0, 0), 35.2189781022, 11);
    ASSERT_DIGITS(calc_spend_loglik1(&f, 3, 35), -4.06396137547, 11);
    assert_int_equal(calc_spend_fit_given(6.25, -1, 15.44, &f, NULL), KAM_USAGE);
}

typedef struct spends {
    int32_t days[600];
    double mean[600];
} spends;

static void draw(spends *s, size_t n, double p, double q, double v, uint64_t seed)
{
    calc_rng r;
    calc_rng_seed(&r, seed);
    for (size_t i = 0; i < n; i++) {
        const double nu = calc_rng_gamma(&r, q) / v;
        s->days[i] = 1 + (int32_t)(6 * calc_rng_uniform(&r));
        s->mean[i] = 0;
        for (int k = 0; k < s->days[i]; k++) s->mean[i] += calc_rng_gamma(&r, p) / nu / s->days[i];
    }
}

/* The truth lies within four standard errors, and the unit of money does not matter. */
static void test_recovers_truth(void **state)
{
    (void)state;
    static const double truth[3] = {4, 3, 200};
    spends s;
    calc_spend_fit f, g;
    draw(&s, 600, truth[0], truth[1], truth[2], 11);
    assert_int_equal(calc_spend_fit_model(600, s.days, s.mean, &f, NULL), KAM_OK);
    for (int i = 0; i < 3; i++) ASSERT_NEAR(f.param[i], truth[i], 4 * f.std_error[i]);
    double ll = 0;
    for (int i = 0; i < 600; i++) ll += calc_spend_loglik1(&f, s.days[i], s.mean[i]);
    ASSERT_DIGITS(f.log_likelihood, ll, 11);
    for (int i = 0; i < 600; i++) s.mean[i] *= 1e6;
    assert_int_equal(calc_spend_fit_model(600, s.days, s.mean, &g, NULL), KAM_OK);
    ASSERT_DIGITS(g.param[0], f.param[0], 8);
    ASSERT_DIGITS(g.param[1], f.param[1], 8);
    ASSERT_DIGITS(g.param[2], f.param[2] * 1e6, 8);
}

static void check(const calc_spend_fit *f)
{
    for (int i = 0; i < 3; i++) assert_true(isfinite(f->param[i]) && f->param[i] > 0 && isfinite(f->std_error[i]));
    assert_true(isfinite(f->population_mean) && f->population_mean > 0);
    for (int32_t d = 0; d < 100; d = 2 * d + 1) {
        const double e = calc_spend_expected(f, d, d ? 50 : 0);
        assert_true(isfinite(e) && e > 0);
    }
}

static void test_limits(void **state)
{
    (void)state;
    calc_spend_fit f;
    kam_err err = KAM_ERR_INIT;
    const int32_t none[] = {0, 3, -1}, two[] = {2, 5};
    const double no[] = {10, 0, -4}, some[] = {10, 20};
    assert_int_equal(calc_spend_fit_model(3, none, no, &f, &err), KAM_CALC);
    assert_string_equal(err.word[0], "NODATA");
    assert_int_equal(calc_spend_fit_model(2, two, some, &f, NULL), KAM_OK);
    assert_int_equal(f.flag, CALC_SPEND_FEW);
    ASSERT_DIGITS(calc_spend_expected(&f, 2, 10), 15, 5);
    check(&f);
    spends s;
    /* every account always spends the same, but accounts differ: its own mean is its expectation */
    for (int i = 0; i < 50; i++) {
        s.days[i] = 2 + i % 4;
        s.mean[i] = 20 + 7 * (i % 11);
    }
    assert_int_equal(calc_spend_fit_model(50, s.days, s.mean, &f, NULL), KAM_OK);
    check(&f);
    /* accounts that do not differ at all */
    for (int i = 0; i < 50; i++) s.mean[i] = 30;
    assert_int_equal(calc_spend_fit_model(50, s.days, s.mean, &f, NULL), KAM_OK);
    check(&f);
    ASSERT_DIGITS(calc_spend_expected(&f, 3, 30), 30, 3);
    /* purchases scatter, accounts do not */
    calc_rng r;
    calc_rng_seed(&r, 5);
    int equal = 0;
    for (int k = 0; k < 6; k++) {
        for (int i = 0; i < 200; i++) {
            s.days[i] = 1 + i % 5;
            s.mean[i] = 40 * calc_rng_gamma(&r, 3.0 * s.days[i]) / (3.0 * s.days[i]);
        }
        assert_int_equal(calc_spend_fit_model(200, s.days, s.mean, &f, NULL), KAM_OK);
        check(&f);
        equal += f.flag == CALC_SPEND_EQUAL;
    }
    assert_true(equal > 0);
    /* tails so heavy that no mean exists */
    draw(&s, 400, 3, .6, 10, 3);
    assert_int_equal(calc_spend_fit_model(400, s.days, s.mean, &f, NULL), KAM_OK);
    assert_int_equal(f.flag, CALC_SPEND_HEAVY_TAIL);
    check(&f);
}

/* Posterior moments against simulation of the model itself. */
static void test_variance(void **state)
{
    (void)state;
    calc_spend_fit f;
    double of_purchase, of_mean;
    assert_int_equal(calc_spend_fit_given(5, 6, 50, &f, NULL), KAM_OK);
    assert_true(calc_spend_variance(&f, 3, 30, &of_purchase, &of_mean));
    calc_rng r;
    calc_rng_seed(&r, 9);
    double s1 = 0, s2 = 0, p1 = 0, p2 = 0;
    const int n = 400000;
    for (int i = 0; i < n; i++) {
        const double nu = calc_rng_gamma(&r, 5 * 3 + 6) / (50 + 3 * 30), mu = 5 / nu, m = calc_rng_gamma(&r, 5) / nu;
        s1 += mu;
        s2 += mu * mu;
        p1 += m;
        p2 += m * m;
    }
    ASSERT_DIGITS(s1 / n, calc_spend_expected(&f, 3, 30), 2.5);
    ASSERT_DIGITS(s2 / n - s1 / n * s1 / n, of_mean, 2);
    ASSERT_DIGITS(p2 / n - p1 / n * p1 / n, of_purchase, 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cdnow_fit), cmocka_unit_test(test_given),  cmocka_unit_test(test_recovers_truth),
        cmocka_unit_test(test_limits),    cmocka_unit_test(test_variance),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

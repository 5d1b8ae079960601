/* SPDX-License-Identifier: GPL-3.0-or-later */
/* BG/BB against Fader, Hardie & Shang 2010, the BTYD manual and a 40-digit fit. */
#include "unit.h"
/* after unit.h */
#include "btyd_fixture.h"
#include "calc_btyd_bgbb.h"

typedef struct rows {
    int32_t x[64], tx[64], n[64];
    double w[64];
    calc_bgbb_data d;
} rows;

static bool donations(rows *r)
{
    FILE *f = open_shared("donations.csv");
    char line[128];
    if (!f) return false;
    r->d = (calc_bgbb_data){0, r->x, r->tx, r->n, r->w};
    while (r->d.n < 64 && fgets(line, sizeof line, f))
        if (sscanf(line, "%d,%d,%d,%lf", &r->x[r->d.n], &r->tx[r->d.n], &r->n[r->d.n], &r->w[r->d.n]) == 4) r->d.n++;
    fclose(f);
    return true;
}

static void test_donations(void **state)
{
    (void)state;
    static const double par[4] = {1.2035223516, 0.749716358173, 0.656718208442, 2.78344223258};
    static const double se[4] = {.0693914, .0294477, .0510099, .320819};
    rows r;
    calc_bgbb_fit f;
    if (!donations(&r)) SKIP_BECAUSE("no shared data");
    assert_int_equal(r.d.n, 22);
    assert_int_equal(calc_bgbb_fit_model(&r.d, &f, NULL), KAM_OK);
    assert_int_equal(f.flag, CALC_FIT_OK);
    ASSERT_NEAR(f.log_likelihood, -33225.581274347, 1e-7);
    for (int i = 0; i < 4; i++) {
        ASSERT_DIGITS(f.param[i], par[i], 8);
        ASSERT_DIGITS(f.std_error[i], se[i], 5);
    }
    ASSERT_NEAR(calc_bgbb_expected_new(&f, 10), 3.179805, 2e-4);
    ASSERT_NEAR(calc_bgbb_expected(&f, 0, 0, 6, 10), .1302169, 2e-5);
    ASSERT_NEAR(calc_bgbb_expected(&f, 4, 5, 6, 10), 3.627858, 2e-4);
    ASSERT_NEAR(calc_bgbb_p_alive(&f, 0, 0, 6, 1), .11, .005);
    ASSERT_NEAR(calc_bgbb_p_alive(&f, 2, 4, 6, 1), .59, .005);
    ASSERT_NEAR(calc_bgbb_p_alive(&f, 6, 6, 6, 1), .93, .005);
    double total = 0;
    for (size_t i = 0; i < r.d.n; i++) total += r.w[i] * calc_bgbb_expected(&f, r.x[i], r.tx[i], 6, 5);
    ASSERT_NEAR(total, 12884.2, .6);
    ASSERT_NEAR(11104 * calc_bgbb_pmf_new(&f, 0, 6), 3454.9, .1);
    ASSERT_NEAR(11104 * calc_bgbb_pmf_new(&f, 6, 6), 1253.1, .1);
}

static void test_manual(void **state)
{
    (void)state;
    static const double par[4] = {1.20, .75, .66, 2.78};
    static const double pmf[7] = {.3126834614, .1703954899, .1214302209, .1000471512,
                                  .0913243972, .0920213485, .1120979308};
    calc_bgbb_fit f;
    double dert, sum = 0, mean = 0;
    assert_int_equal(calc_bgbb_fit_given(par, &f, NULL), KAM_OK);
    ASSERT_DIGITS(calc_bgbb_loglik1(&f, 3, 4, 6), -5.06086817507, 11);
    ASSERT_DIGITS(calc_bgbb_p_alive(&f, 3, 4, 6, 1), .438343854585, 11);
    ASSERT_DIGITS(calc_bgbb_expected(&f, 3, 4, 6, 10), 1.84081270242, 11);
    assert_int_equal(calc_bgbb_dert(&f, 3, 4, 6, .1, &dert, NULL), KAM_OK);
    ASSERT_DIGITS(dert, 1.62137918584, 11);
    for (int x = 0; x <= 6; x++) {
        ASSERT_NEAR(calc_bgbb_pmf_new(&f, x, 6), pmf[x], 1e-10);
        sum += pmf[x];
        mean += x * calc_bgbb_pmf_new(&f, x, 6);
    }
    ASSERT_DIGITS(mean, calc_bgbb_expected_new(&f, 6), 12);
    ASSERT_NEAR(sum, 1, 1e-9);
}

/* gamma = 1, where the printed closed form divides by zero; and counts that overflow a gamma function. */
static void test_extremes(void **state)
{
    (void)state;
    static const double one[4] = {1.2, .75, 1, 2.78}, near[4] = {1.2, .75, 1 + 1e-9, 2.78}, zero[4] = {1, 0, 1, 1};
    calc_bgbb_fit f, g;
    assert_int_equal(calc_bgbb_fit_given(one, &f, NULL), KAM_OK);
    assert_int_equal(calc_bgbb_fit_given(near, &g, NULL), KAM_OK);
    ASSERT_DIGITS(calc_bgbb_expected(&f, 3, 4, 6, 10), calc_bgbb_expected(&g, 3, 4, 6, 10), 8);
    assert_true(isfinite(calc_bgbb_loglik1(&f, 900, 950, 1000)));
    assert_true(isfinite(calc_bgbb_expected(&f, 900, 950, 1000, 5000)));
    assert_int_equal(calc_bgbb_fit_given(zero, &f, NULL), KAM_USAGE);
    const int32_t x[] = {0, 2}, tx[] = {0, 1}, n[] = {5, 5}, none[] = {0, 0};
    const calc_bgbb_data bad = {2, x, tx, n, NULL}, empty = {2, none, none, n, NULL};
    kam_err err = KAM_ERR_INIT;
    assert_int_equal(calc_bgbb_fit_model(&bad, &f, &err), KAM_DATA);
    assert_int_equal(calc_bgbb_fit_model(&empty, &f, NULL), KAM_CALC);
    /* accounts that always buy: no drop-out to be seen */
    const int32_t full[] = {5, 5}, five[] = {5, 5};
    const calc_bgbb_data always = {2, full, five, n, NULL};
    assert_int_equal(calc_bgbb_fit_model(&always, &f, NULL), KAM_OK);
    assert_int_equal(f.flag, CALC_FIT_NO_DROPOUT);
    for (int i = 0; i < 4; i++) assert_true(isfinite(f.param[i]) && isfinite(f.std_error[i]));
    ASSERT_DIGITS(calc_bgbb_expected(&f, 5, 5, 5, 3), 3, 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_donations),
        cmocka_unit_test(test_manual),
        cmocka_unit_test(test_extremes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

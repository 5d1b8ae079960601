/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whatever the record and the parameters, sane or not: a value in its range or a named error, in bounded time. */
#include "unit.h"
/* after unit.h */
#include "btyd_fixture.h"
#include "calc_spend.h"
#include "calc_value.h"

static double wild(calc_rng *r, double lo, double hi)
{
    const double u = calc_rng_uniform(r);
    if (u < .05) return lo;
    if (u > .95) return hi;
    return lo * exp(log(hi / lo) * calc_rng_uniform(r));
}

typedef struct record {
    int32_t x;
    double tx, T;
} record;

static record wild_record(calc_rng *r, double t_max)
{
    record c = {0, 0, wild(r, 1e-3, t_max)};
    if (calc_rng_uniform(r) < .8) {
        c.x = (int32_t)wild(r, 1, 100000);
        c.tx = calc_rng_uniform(r) < .2 ? c.T : c.T * calc_rng_uniform(r);
    }
    return c;
}

static void test_scores(void **state)
{
    (void)state;
    calc_rng r;
    calc_rng_seed(&r, 2024);
    for (int k = 0; k < (slow_memory() ? 300 : 3000); k++) {
        const double par[4] = {wild(&r, 1e-6, 1e8), wild(&r, 1e-4, 1e10), wild(&r, 1e-6, 1e9), wild(&r, 1e-6, 1e10)};
        const record c = wild_record(&r, 1e5);
        const double t = wild(&r, 1e-3, 1e5);
        for (int m = 0; m < CALC_BTYD_MODELS; m++) {
            calc_btyd_fit f;
            assert_int_equal(calc_btyd_fit_given((calc_btyd_model)m, par, &f, NULL), KAM_OK);
            const double ll = calc_btyd_loglik1(&f, c.x, c.tx, c.T), la = calc_btyd_log_p_alive(&f, c.x, c.tx, c.T);
            const double e = calc_btyd_log_expected(&f, c.x, c.tx, c.T, t);
            const double bound = log((par[0] + c.x) / (par[1] + c.T)) + log(t); /* nobody buys more than who never leaves */
            if (!isfinite(ll) || !isfinite(la) || la > 0 || !isfinite(e) || e > bound + 1e-6 + la)
                fail_msg("%s r %g alpha %g %g %g, x %d t_x %g T %g, t %g: ll %g, ln alive %g, ln expected %g (<= %g)",
                         calc_btyd_model_name((calc_btyd_model)m), par[0], par[1], par[2], par[3], (int)c.x, c.tx, c.T,
                         t, ll, la, e, bound + la);
        }
    }
}

static void test_new_customers(void **state)
{
    (void)state;
    calc_rng r;
    calc_rng_seed(&r, 7);
    for (int k = 0; k < (slow_memory() ? 100 : 1000); k++) {
        const double par[4] = {wild(&r, 1e-4, 1e4), wild(&r, 1e-2, 1e6), wild(&r, 1e-4, 1e4), wild(&r, 1e-4, 1e4)};
        const double t = wild(&r, 1e-2, 1e4);
        for (int m = 0; m < CALC_BTYD_MODELS; m++) {
            calc_btyd_fit f;
            double sum = 0;
            assert_int_equal(calc_btyd_fit_given((calc_btyd_model)m, par, &f, NULL), KAM_OK);
            for (int j = 0; j < 8; j++) {
                const double p = calc_btyd_pmf_new(&f, j, t);
                assert_true(p >= 0 && p <= 1 + 1e-9);
                sum += p;
            }
            if (!(sum <= 1 + 1e-8))
                fail_msg("%s %g %g %g %g, t %g: %.12g", calc_btyd_model_name((calc_btyd_model)m), par[0], par[1], par[2],
                         par[3], t, sum);
        }
    }
}

/* Records no model would make. */
static void test_fits(void **state)
{
    (void)state;
    calc_rng r;
    calc_rng_seed(&r, 99);
    for (int k = 0; k < (slow_memory() ? 10 : 60); k++) {
        int32_t x[40];
        double tx[40], T[40];
        const size_t n = 1 + (size_t)(39 * calc_rng_uniform(&r));
        for (size_t i = 0; i < n; i++) {
            const record c = wild_record(&r, 1000);
            x[i] = k % 2 ? c.x % 30 : c.x;
            tx[i] = x[i] ? c.tx : 0;
            T[i] = c.T;
        }
        const calc_btyd_data d = {n, x, tx, T, NULL};
        for (int m = 0; m < CALC_BTYD_MODELS; m++) {
            calc_btyd_fit f;
            assert_int_equal(calc_btyd_fit_model(&d, (calc_btyd_model)m, &f, NULL), KAM_OK);
            for (int i = 0; i < f.n_params; i++)
                if (!isfinite(f.param[i]) || !(f.param[i] > 0) || !isfinite(f.std_error[i]))
                    fail_msg("set %d, %s: parameter %d = %g (%g)", k, calc_btyd_model_name((calc_btyd_model)m), i,
                             f.param[i], f.std_error[i]);
            assert_true(isfinite(f.log_likelihood));
        }
    }
}

static void test_values(void **state)
{
    (void)state;
    calc_rng r;
    calc_rng_seed(&r, 3);
    for (int k = 0; k < (slow_memory() ? 10 : 60); k++) {
        calc_summary s = CALC_SUMMARY_INIT;
        int32_t x[5], days[5];
        double tx[5], T[5], spend[5];
        for (int i = 0; i < 5; i++) {
            const record c = wild_record(&r, 5000);
            x[i] = i == 4 ? -1 : c.x;
            tx[i] = c.tx;
            T[i] = c.T;
            days[i] = x[i] > 0 ? x[i] : 0;
            spend[i] = x[i] > 0 ? wild(&r, .01, 1e9) : 0;
        }
        s.n = 5;
        s.x = x;
        s.tx = tx;
        s.T = T;
        s.spend_days = days;
        s.spend = spend;
        const double par[4] = {wild(&r, 1e-2, 1e3), wild(&r, 1e-1, 1e5), wild(&r, 1e-3, 1e3), wild(&r, 1e-2, 1e4)};
        const calc_value_spec spec = {1 + (int)(36 * calc_rng_uniform(&r)), wild(&r, .1, 31), wild(&r, 1e-4, 1), .8, 2, NULL};
        calc_btyd_fit f;
        calc_spend_fit g;
        calc_value_scores v;
        calc_equity e;
        assert_int_equal(calc_btyd_fit_given((calc_btyd_model)(k % 4), par, &f, NULL), KAM_OK);
        for (int i = 0; i < f.n_params; i++) f.cov_log[i][i] = wild(&r, 1e-6, 100);
        assert_int_equal(calc_spend_fit_given(wild(&r, .05, 1e4), wild(&r, .1, 1e4), wild(&r, 1e-3, 1e9), &g, NULL), KAM_OK);
        assert_int_equal(calc_value_score(&s, &f, &g, &spec, &v, NULL), KAM_OK);
        for (int i = 0; i < 5; i++) {
            assert_int_equal(v.known[i], x[i] >= 0);
            assert_true(v.p_alive[i] >= 0 && v.p_alive[i] <= 1);
            const double all[] = {v.expected[i],     v.expected_low[i],     v.expected_high[i],    v.value_minor[i],
                                  v.future_minor[i], v.future_low_minor[i], v.future_high_minor[i]};
            for (size_t j = 0; j < COUNT_OF(all); j++)
                if (!isfinite(all[j]) || all[j] < 0)
                    fail_msg("case %d %s account %d (x %d t_x %g T %g), result %zu: %g", k,
                             calc_btyd_model_name(f.model), i, (int)x[i], tx[i], T[i], j, all[j]);
            assert_true(v.expected_low[i] <= v.expected_high[i] && v.future_low_minor[i] <= v.future_high_minor[i]);
        }
        assert_int_equal(calc_value_equity(&s, &f, &g, &spec, 1, 200, &e, NULL), KAM_OK);
        assert_true(isfinite(e.future_minor) && isfinite(e.future_low_minor) && isfinite(e.future_high_minor));
        calc_value_scores_release(&v);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_scores),
        cmocka_unit_test(test_new_customers),
        cmocka_unit_test(test_fits),
        cmocka_unit_test(test_values),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The time ahead: scores against published figures, closed forms and each other. */
#include "unit.h"
#include "btyd_fixture.h"
#include "calc_build.h"
#include "calc_future.h"

static const struct {
    calc_btyd_model model;
    double par[4];
} MODELS[] = {{CALC_BTYD_BG, {0.243, 4.414, 0.793, 2.426}},
              {CALC_BTYD_MBG, {0.525, 6.183, 0.891, 1.614}},
              {CALC_BTYD_PARETO, {0.553, 10.578, 0.606, 11.669}},
              {CALC_BTYD_NBD, {0.385, 12.072, 0, 0}}};

static calc_btyd_fit given(size_t m)
{
    calc_btyd_fit f;
    assert_int_equal(calc_btyd_fit_given(MODELS[m].model, MODELS[m].par, &f, NULL), KAM_OK);
    return f;
}

static calc_spend_fit spend_of(void)
{
    calc_spend_fit f;
    assert_int_equal(calc_spend_fit_given(6.25, 3.74, 15.44, &f, NULL), KAM_OK);
    return f;
}

/* Three accounts in weeks: (2, 30.43, 38.86), one that never bought, (0, 0, 39). */
static void summary(calc_summary *s)
{
    *s = (calc_summary)CALC_SUMMARY_INIT;
    s->n = 3;
    s->unit_days = 7;
    s->end = day_of("2025-06-30");
    s->x = kam_calloc(3, sizeof *s->x);
    s->tx = kam_calloc(3, sizeof *s->tx);
    s->T = kam_calloc(3, sizeof *s->T);
    s->first_day = kam_calloc(3, sizeof *s->first_day);
    s->last_day = kam_calloc(3, sizeof *s->last_day);
    s->spend_days = kam_calloc(3, sizeof *s->spend_days);
    s->spend = kam_calloc(3, sizeof *s->spend);
    s->x[0] = 2, s->tx[0] = 30.43, s->T[0] = 38.86, s->spend_days[0] = 2, s->spend[0] = 35;
    s->x[1] = -1;
    s->T[2] = 39;
}

static const calc_value_spec SPEC = {12, 4.345, 0.01, 0.8, 2, NULL};

/* Survival against the general way of calc_btyd, and Pareto/NBD's closed form. */
static void survival(void **state)
{
    (void)state;
    static const double xT[][2] = {{0, 1}, {0, 39}, {2, 39}, {26, 31}, {132, 200}, {400, 600}};
    for (size_t m = 0; m < COUNT_OF(MODELS); m++) {
        calc_btyd_fit f = given(m);
        for (size_t i = 0; i < COUNT_OF(xT); i++)
            for (double t = 0; t < 600; t = t * 3 + 1) {
                int32_t x = (int32_t)xT[i][0];
                double T = xT[i][1], tx = x ? T : 0, now = calc_btyd_p_alive(&f, x, tx, T), got = calc_future_stay(&f, x, T, t);
                ASSERT_DIGITS(got, calc_btyd_p_alive_ahead(&f, x, tx, T, t) / now, 8);
                assert_true(got > 0 && got <= 1);
            }
    }
    /* All leave alike (a, b run off together): p is a number, and E[(1 + p z)^-r] = (1 + p z)^-r. */
    const double alike[4] = {0.8, 6.5, 1e8, 9e8};
    calc_btyd_fit f;
    assert_int_equal(calc_btyd_fit_given(CALC_BTYD_BG, alike, &f, NULL), KAM_OK);
    ASSERT_DIGITS(calc_future_stay(&f, 3, 20, 30), pow(1 + 0.1 * 30 / 26.5, -3.8), 7);
    calc_btyd_fit p = given(2);
    ASSERT_DIGITS(calc_future_stay(&p, 5, 20, 30), pow((11.669 + 20) / (11.669 + 50), 0.606), 12);
}

static void ahead_and_residual(void **state)
{
    (void)state;
    kam_table *acc = build_accounts("A B C"), *t;
    calc_summary s;
    calc_spend_fit spend = spend_of();
    summary(&s);
    calc_btyd_fit bg = given(0), pareto = given(2), nbd = given(3);
    t = calc_future_ahead(acc, &s, &bg, 0);
    ASSERT_DIGITS(real_of(t, 0, "p_alive_ahead"), 0.726578570081, 9); /* Fader, Hardie & Lee's customer, t = 0 */
    assert_cell(t, 1, "p_alive_ahead", "-");
    ASSERT_NEAR(real_of(t, 2, "p_alive_ahead"), 1, 1e-12);
    kam_table_unref(t);
    /* DERT of the same customer at 0.0027 a week, from 40-digit arithmetic: 6.48377356773. (1+d)^(1/52.14) − 1 with d as below. */
    double d = expm1(0.0027 * 12 * SPEC.month_units);
    assert_int_equal(calc_future_residual(acc, &s, &pareto, &spend, &SPEC, d, &t, NULL), KAM_OK);
    ASSERT_DIGITS(real_of(t, 0, "residual_purchases"), 6.48377356773, 9);
    ASSERT_DIGITS(real_of(t, 2, "residual_purchases"), 0.474983907491, 9);
    assert_cell(t, 0, "endless", "1");
    assert_cell(t, 1, "residual_value", "-");
    ASSERT_NEAR(real_of(t, 0, "residual_value"), 6.48377356773 * calc_spend_expected(&spend, 2, 35) * 100, 1);
    kam_table_unref(t);
    assert_int_equal(calc_future_residual(acc, &s, &nbd, NULL, &SPEC, d, &t, NULL), KAM_OK);
    ASSERT_DIGITS(real_of(t, 0, "residual_purchases"), (0.385 + 2) / (12.072 + 38.86) / 0.0027, 9);
    assert_cell(t, 0, "residual_value", "-"); /* no spend fit */
    kam_table_unref(t);
    /* BG/NBD has no endless form: its discounted year, 51.555540382 at a mean spend of 35 */
    assert_int_equal(calc_future_residual(acc, &s, &bg, &spend, &SPEC, d, &t, NULL), KAM_OK);
    assert_cell(t, 0, "endless", "0");
    ASSERT_DIGITS(real_of(t, 0, "residual_purchases"), calc_value_discounted(&bg, &SPEC, 2, 30.43, 38.86), 12);
    kam_table_unref(t);
    kam_err err = KAM_ERR_INIT;
    assert_int_equal(calc_future_residual(acc, &s, &pareto, &spend, &SPEC, 0, &t, &err), KAM_USAGE);
    calc_summary_release(&s);
    kam_table_unref(acc);
}

/* The months add up to the horizon; of one account they are the published 51.555540382. */
static void months(void **state)
{
    (void)state;
    kam_table *acc = build_accounts("A B C"), *t;
    calc_summary s;
    calc_spend_fit spend = spend_of();
    calc_btyd_fit bg = given(0);
    summary(&s);
    assert_int_equal(calc_future_months(&s, &bg, &spend, &SPEC, 0, acc, &t, NULL), KAM_OK);
    assert_int_equal(kam_table_rows(t), 12);
    ASSERT_NEAR(real_of(t, 11, "cumulative"), 5155.5540382, 0.5); /* minor units */
    ASSERT_DIGITS(real_of(t, 11, "cumulative_purchases"), calc_btyd_expected(&bg, 2, 30.43, 38.86, 12 * 4.345), 10);
    assert_cell(t, 0, "until", "2025-07-30"); /* 4.345 weeks are 30.4 days */
    kam_table_unref(t);
    assert_int_equal(calc_future_months(&s, &bg, NULL, &SPEC, SIZE_MAX, acc, &t, NULL), KAM_OK);
    ASSERT_DIGITS(real_of(t, 11, "cumulative_purchases"),
                  calc_btyd_expected(&bg, 2, 30.43, 38.86, 12 * 4.345) + calc_btyd_expected(&bg, 0, 0, 39, 12 * 4.345), 10);
    assert_cell(t, 0, "value", "-");
    kam_table_unref(t);
    calc_summary_release(&s);
    kam_table_unref(acc);
}

/* E[X(t)] of Hardie's sheet at t = 52 weeks (here 12 × 4.3333…), and an interval that closes where parameters are certain. */
static void new_account(void **state)
{
    (void)state;
    kam_table *acc = build_accounts(""), *t;
    calc_value_spec spec = {12, 52.0 / 12, 0.01, 0.8, 2, NULL};
    calc_spend_fit spend = spend_of();
    calc_btyd_fit bg = given(0);
    t = calc_future_new(&bg, &spend, &spec, acc);
    assert_int_equal(kam_table_rows(t), 13);
    ASSERT_DIGITS(real_of(t, 12, "expected_purchases"), calc_btyd_expected_new(&bg, 52), 12);
    ASSERT_NEAR(real_of(t, 12, "expected_purchases"), 1.446, 0.002);
    assert_cell(t, 12, "low", "-"); /* given parameters carry no uncertainty of their own: none is claimed */
    assert_cell(t, 0, "value", "0.00");
    kam_table_unref(t);
    sim m = simulate(CALC_BTYD_BG, MODELS[0].par, 400, 20, 80, 1, 5);
    assert_int_equal(calc_btyd_fit_model(&(calc_btyd_data){m.n, m.x, m.tx, m.T, NULL}, CALC_BTYD_BG, &bg, NULL), KAM_OK);
    t = calc_future_new(&bg, &spend, &spec, acc);
    for (size_t k = 1; k < 13; k++) {
        double e = real_of(t, k, "expected_purchases");
        assert_true(real_of(t, k, "low") < e && e < real_of(t, k, "high"));
        assert_true(e > real_of(t, k - 1, "expected_purchases"));
    }
    kam_table_unref(t);
    kam_table_unref(acc);
    sim_release(&m);
}

/* The interval of the new-account curve holds the truth: 80 % of 300 fits within four standard errors. */
static void new_account_coverage(void **state)
{
    (void)state;
    const int rounds = slow_memory() ? 20 : 300;
    kam_table *acc = build_accounts("");
    calc_value_spec spec = {12, 52.0 / 12, 0.01, 0.8, 2, NULL};
    const double par[4] = {0.8, 6, 1.2, 4};
    calc_btyd_fit truth, fit;
    assert_int_equal(calc_btyd_fit_given(CALC_BTYD_BG, par, &truth, NULL), KAM_OK);
    double want = calc_btyd_expected_new(&truth, 52), covered = 0;
    for (int i = 0; i < rounds; i++) {
        sim m = simulate(CALC_BTYD_BG, par, 500, 30, 90, 0, 1000 + (uint64_t)i);
        assert_int_equal(calc_btyd_fit_model(&(calc_btyd_data){m.n, m.x, m.tx, m.T, NULL}, CALC_BTYD_BG, &fit, NULL), KAM_OK);
        kam_table *t = calc_future_new(&fit, NULL, &spec, acc);
        covered += real_of(t, 12, "low") <= want && want <= real_of(t, 12, "high");
        kam_table_unref(t);
        sim_release(&m);
    }
    ASSERT_NEAR(covered / rounds, 0.8, 4 * sqrt(0.16 / rounds));
    kam_table_unref(acc);
}

static void counts(void **state)
{
    (void)state;
    calc_summary s;
    kam_table *t;
    kam_err err = KAM_ERR_INIT;
    summary(&s);
    for (size_t m = 0; m < COUNT_OF(MODELS); m++) {
        calc_btyd_fit f = given(m);
        assert_int_equal(calc_future_counts(&s, &f, &SPEC, 0, &t, NULL), KAM_OK);
        double sum = 0, mean = 0;
        size_t n = kam_table_rows(t);
        for (size_t k = 0; k < n; k++) {
            ASSERT_NEAR(real_of(t, k, "at_least"), 1 - sum, 1e-9);
            sum += real_of(t, k, "probability");
            mean += (double)k * real_of(t, k, "probability");
        }
        assert_true(sum > 0.9999 - 1e-12 && sum <= 1 + 1e-9);
        ASSERT_NEAR(mean, calc_btyd_expected(&f, 2, 30.43, 38.86, 12 * 4.345), 0.01); /* less the tail that is not shown */
        kam_table_unref(t);
    }
    calc_btyd_fit f = given(0);
    assert_int_equal(calc_future_counts(&s, &f, &SPEC, 1, &t, &err), KAM_CALC);
    calc_summary_release(&s);
}

/* AICs by hand: 10, 11, 14, 13: weights of e^0, e^-.5, e^-2, e^-1.5. */
static void models(void **state)
{
    (void)state;
    calc_btyd_fit f[CALC_BTYD_MODELS] = {given(0), given(1), given(2), given(3)};
    const double aic[] = {10, 11, 14, 13};
    for (int m = 0; m < CALC_BTYD_MODELS; m++) f[m].aic = aic[m];
    kam_table *t = calc_future_models(f, CALC_BTYD_BG, true, CALC_EN);
    static const char *const order[] = {"bg-nbd", "mbg-nbd", "nbd", "pareto-nbd"};
    for (size_t i = 0; i < 4; i++) {
        assert_cell(t, i, "model", order[i]);
        assert_cell(t, i, "chosen", i == 0 ? "1" : "0");
    }
    ASSERT_NEAR(real_of(t, 1, "weight"), exp(-0.5) / (1 + exp(-0.5) + exp(-2) + exp(-1.5)), 5.1e-5);
    assert_string_equal(kam_table_note(t, 0), "bg-nbd is used: least AIC of the models in which accounts leave, by 1");
    assert_string_equal(kam_table_note(t, 2), "leaving is visible in the data: without it (nbd) the AIC is 3 higher");
    kam_table_unref(t);
    f[3].aic = 9;
    t = calc_future_models(f, CALC_BTYD_MBG, false, CALC_EN);
    assert_cell(t, 0, "model", "nbd");
    assert_string_equal(kam_table_note(t, 0), "mbg-nbd is used because it was named");
    assert_true(strncmp(kam_table_note(t, 1), "leaving is not visible", 22) == 0);
    kam_table_unref(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(survival),    cmocka_unit_test(ahead_and_residual), cmocka_unit_test(months),
                                       cmocka_unit_test(new_account), cmocka_unit_test(new_account_coverage), cmocka_unit_test(counts),
                                       cmocka_unit_test(models)};
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}

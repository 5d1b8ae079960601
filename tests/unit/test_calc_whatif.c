/* SPDX-License-Identifier: GPL-3.0-or-later */
/* C6: the levers against formulas, against each other and against simulated lives. */
#include "unit.h"
#include "btyd_fixture.h"
#include "calc_build.h"
#include "calc_whatif.h"

#define YEAR 52.178571 /* weeks */

/* The summary of n accounts from arrays; spends are 10 everywhere. */
static calc_summary summary_of(const sim *s)
{
    calc_summary out = CALC_SUMMARY_INIT;
    out.n = s->n;
    out.x = kam_calloc(s->n + 1, sizeof *out.x);
    out.tx = kam_calloc(s->n + 1, sizeof *out.tx);
    out.T = kam_calloc(s->n + 1, sizeof *out.T);
    out.first_day = kam_calloc(s->n + 1, sizeof *out.first_day);
    out.last_day = kam_calloc(s->n + 1, sizeof *out.last_day);
    out.spend_days = kam_calloc(s->n + 1, sizeof *out.spend_days);
    out.spend = kam_calloc(s->n + 1, sizeof *out.spend);
    for (size_t i = 0; i < s->n; i++) {
        out.x[i] = s->x[i];
        out.tx[i] = s->tx[i];
        out.T[i] = s->T[i];
    }
    return out;
}

static const calc_value_spec SPEC = {36, YEAR / 12, 0.008, 0.8, 2, NULL};
static const struct {
    calc_btyd_model model;
    double par[4];
} MODELS[] = {{CALC_BTYD_BG, {0.5, 4, 0.8, 6}}, {CALC_BTYD_MBG, {0.8, 6, 0.9, 5}}, {CALC_BTYD_PARETO, {0.6, 8, 1.2, 40}}};

static double lever(const calc_summary *s, const calc_btyd_fit *fit, const calc_spend_fit *spend, calc_whatif_levers l, const char *row,
                    const char *column)
{
    kam_table *like = build_accounts(""), *t = NULL;
    calc_whatif_winning won = {2000, 3, 7};
    assert_int_equal(calc_whatif(s, fit, spend, &SPEC, 0.1, &l, &won, CALC_EN, like, &t, NULL), KAM_OK);
    double v = real_of(t, row_where(t, "lever", row), column);
    kam_table_unref(t);
    kam_table_unref(like);
    return v;
}

/* Of one account with gamma-distributed mu (Pareto/NBD) everything is a formula: S(t) = (B/(B + t))^s with B = beta + T, so a target
 * S' needs c = B (S'^(-1/s) - 1) / year; purchases ahead with hazard c·mu are those with B/c in the place of B. */
static void one_account_by_formula(void **state)
{
    (void)state;
    const double *par = MODELS[2].par, T = 60, B = par[3] + T, s = par[2];
    sim one = simulate(CALC_BTYD_PARETO, par, 1, T, T, 0, 3);
    one.x[0] = 4;
    one.tx[0] = 50;
    calc_summary sum = summary_of(&one);
    calc_btyd_fit fit;
    calc_spend_fit spend;
    assert_int_equal(calc_btyd_fit_given(CALC_BTYD_PARETO, par, &fit, NULL), KAM_OK);
    assert_int_equal(calc_spend_fit_given(6, 4, 15, &spend, NULL), KAM_OK);
    double now, c, S = pow(B / (B + YEAR), s), want = S + 0.05;
    assert_true(calc_whatif_pace(&sum, &fit, YEAR, 5, &c, &now));
    ASSERT_DIGITS(now, S, 9);
    ASSERT_DIGITS(c, B * (pow(want, -1 / s) - 1) / YEAR, 8);
    double alive = calc_btyd_p_alive(&fit, 4, 50, T), rate = (par[0] + 4) / (par[1] + T), value = calc_spend_expected(&spend, 0, 0) * 100;
    double before = 0, equity = 0, Bc = B / c;
    for (int k = 1; k <= SPEC.horizon_months; k++) { /* ∫ (Bc/(Bc+u))^s du */
        double t = k * SPEC.month_units, e = rate * Bc / (s - 1) * (1 - pow(Bc / (Bc + t), s - 1));
        equity += (e - before) / pow(1 + calc_discount_month(0.1), k);
        before = e;
    }
    calc_whatif_levers l = CALC_WHATIF_LEVERS;
    l.retention = 5;
    ASSERT_NEAR(lever(&sum, &fit, &spend, l, "retention", "after"), equity * alive * value, 1.0); /* half a minor unit of rounding */
    ASSERT_DIGITS(lever(&sum, &fit, &spend, l, "retention", "to"), want, 9);
    calc_summary_release(&sum);
    sim_release(&one);
}

/* Lives simulated with the hazard of leaving multiplied by c: survivors after a year and purchases agree with what the lever says.
 * Accounts are drawn from the model, their record made by the model, those alive on D live on with p·c or mu·c. */
static void against_simulated_lives(void **state)
{
    (void)state;
    size_t n = slow_memory() ? 2000 : 20000;
    for (size_t m = 0; m < COUNT_OF(MODELS); m++) {
        sim s = simulate(MODELS[m].model, MODELS[m].par, n, 20, 80, 0, 77 + m);
        calc_summary sum = summary_of(&s);
        calc_btyd_fit fit;
        double c, now;
        assert_int_equal(calc_btyd_fit_given(MODELS[m].model, MODELS[m].par, &fit, NULL), KAM_OK);
        assert_true(calc_whatif_pace(&sum, &fit, YEAR, 5, &c, &now));
        double ahead = 0, at = 0; /* S from the scores of single accounts */
        for (size_t i = 0; i < 200; i++) {
            sim one = {1, &s.x[i], &s.tx[i], &s.T[i], NULL, NULL, NULL, NULL};
            calc_summary single = summary_of(&one);
            double c1, now1;
            calc_whatif_pace(&single, &fit, YEAR, 1, &c1, &now1);
            at += now1 * calc_btyd_p_alive(&fit, s.x[i], s.tx[i], s.T[i]);
            ahead += calc_btyd_p_alive_ahead(&fit, s.x[i], s.tx[i], s.T[i], YEAR);
            calc_summary_release(&single);
        }
        ASSERT_DIGITS(at, ahead, 9);
        double target = now + 0.05;
        assert_true(c < 1 && c > 0.3);
        calc_rng r;
        calc_rng_seed(&r, 5 + m);
        double alive = 0, stay = 0, bought = 0, squares = 0;
        for (size_t i = 0; i < n; i++) {
            if (!s.alive[i]) continue;
            alive++;
            s.leave[i] *= c;
            int k = sim_live(&s, MODELS[m].model, i, YEAR, &r);
            bought += k;
            squares += (double)k * k;
            stay += s.alive[i];
        }
        double share = stay / alive, error = sqrt(share * (1 - share) / alive);
        ASSERT_NEAR(share, target, 4 * error);
        double expected = 0; /* E_i(c·year)/c over the records: what the lever computes */
        for (size_t i = 0; i < n; i++) expected += calc_btyd_expected(&fit, s.x[i], s.tx[i], s.T[i], c * YEAR) / c;
        ASSERT_NEAR(bought, expected, 4 * sqrt(squares));
        calc_summary_release(&sum);
        sim_release(&s);
    }
}

/* The curve of the portfolio against the same sum month by month over single accounts, as calc_value_discounted does it: young and old,
 * rare and very frequent buyers together, also with so many ages that the uncertainty is taken from rough ones. Relative to
 * the difference the interval of these and of fewer, without rough ages, is about the same: it holds the parameters' uncertainty only. */
static void curve_is_the_sum(void **state)
{
    (void)state;
    for (size_t m = 0; m < COUNT_OF(MODELS); m++) {
        size_t n = slow_memory() ? 500 : 6000;
        sim s = simulate(MODELS[m].model, MODELS[m].par, n, 0.01, 900, 0, 5 + m);
        for (size_t i = 0; i < 5; i++) {
            s.x[i] = 400 * (int32_t)i;
            s.T[i] = 60 + (double)i;
            s.tx[i] = i ? s.T[i] - 1 : 0;
        }
        calc_summary sum = summary_of(&s), few = sum;
        few.n = n * 2 / 3;
        calc_btyd_fit fit;
        calc_spend_fit spend;
        assert_int_equal(calc_btyd_fit_given(MODELS[m].model, MODELS[m].par, &fit, NULL), KAM_OK);
        assert_int_equal(calc_spend_fit_given(6, 4, 15, &spend, NULL), KAM_OK);
        for (int k = 0; k < fit.n_params; k++) fit.cov_log[k][k] = 0.0004;
        double direct = 0, value = calc_spend_expected(&spend, 0, 0) * 100;
        for (size_t i = 0; i < n; i++) direct += calc_value_discounted(&fit, &SPEC, s.x[i], s.tx[i], s.T[i]) * value;
        calc_whatif_levers l = {5, 0, NAN, 0};
        calc_value_spec spec = SPEC;
        double year = pow(1 + spec.discount_month, 12) - 1, part[2];
        kam_table *like = build_accounts(""), *t = NULL;
        calc_whatif_winning won = {NAN, 0, 0};
        for (int k = 0; k < 2; k++) { /* of 6,000 accounts with ages of their own, and of 4,000 */
            assert_int_equal(calc_whatif(k ? &few : &sum, &fit, &spend, &spec, year, &l, &won, CALC_EN, like, &t, NULL), KAM_OK);
            if (!k) ASSERT_NEAR(real_of(t, 0, "before"), direct, 0.51); /* a cell is whole */
            part[k] = (real_of(t, 0, "high") - real_of(t, 0, "low")) / real_of(t, 0, "difference");
            kam_table_unref(t);
        }
        assert_true(part[0] > 0 && fabs(part[0] / part[1] - 1) < 0.1);
        kam_table_unref(like);
        calc_summary_release(&sum);
        sim_release(&s);
    }
}

/* Of a portfolio whose purchase model is known all but exactly, what is left in low and high comes from the spend model. Five per cent more margin is
 * five per cent of equity, which is a sum over accounts of discounted purchases × expected spend; its slopes in ln p, ln q, ln v by differences
 * and the covariance give its variance. Cells are whole and the discount of a month is rounded: two thousandths. */
static void spend_in_the_interval(void **state)
{
    (void)state;
    for (size_t m = 0; m < COUNT_OF(MODELS); m++) {
        sim s = simulate(MODELS[m].model, MODELS[m].par, 400, 20, 90, 0, 21 + m);
        calc_summary sum = summary_of(&s);
        calc_btyd_fit fit;
        calc_spend_fit spend;
        for (size_t i = 0; i < sum.n; i++) {
            sum.spend_days[i] = sum.x[i];
            sum.spend[i] = sum.x[i] ? 10 + (double)(i * 29 % 61) : 0;
        }
        assert_int_equal(calc_btyd_fit_given(MODELS[m].model, MODELS[m].par, &fit, NULL), KAM_OK);
        for (int k = 0; k < fit.n_params; k++) fit.cov_log[k][k] = 1e-20; /* not zero, which would be "not known" */
        assert_int_equal(calc_spend_fit_model(sum.n, sum.spend_days, sum.spend, &spend, NULL), KAM_OK);
        assert_int_equal(spend.flag, CALC_SPEND_OK);
        double slope[3], var = 0;
        for (int j = 0; j < 3; j++) {
            double at[2] = {0, 0};
            for (int side = 0; side < 2; side++) {
                double par[3] = {spend.param[0], spend.param[1], spend.param[2]};
                calc_spend_fit g;
                par[j] *= exp(side ? -1e-4 : 1e-4);
                assert_int_equal(calc_spend_fit_given(par[0], par[1], par[2], &g, NULL), KAM_OK);
                for (size_t i = 0; i < sum.n; i++)
                    at[side] += calc_value_discounted(&fit, &SPEC, sum.x[i], sum.tx[i], sum.T[i]) * calc_spend_expected(&g, sum.spend_days[i], sum.spend[i]) * 100;
            }
            slope[j] = 0.05 * (at[0] - at[1]) / 2e-4;
        }
        for (int i = 0; i < 3; i++)
            for (int j = 0; j < 3; j++) var += slope[i] * spend.cov_log[i][j] * slope[j];
        calc_whatif_levers l = CALC_WHATIF_LEVERS;
        l.margin = 0.05;
        const double half = (lever(&sum, &fit, &spend, l, "margin", "high") - lever(&sum, &fit, &spend, l, "margin", "low")) / 2;
        ASSERT_NEAR(half / (calc_normal_quantile(0.9) * sqrt(var)), 1, 2e-3);
        calc_summary_release(&sum);
        sim_release(&s);
    }
}

/* No change is no difference; margin is linear; more retention, less discount are worth more; acquisition by arithmetic. */
static void properties(void **state)
{
    (void)state;
    for (size_t m = 0; m < COUNT_OF(MODELS); m++) {
        sim s = simulate(MODELS[m].model, MODELS[m].par, 300, 20, 80, 1, 9 + m);
        calc_summary sum = summary_of(&s);
        calc_btyd_fit fit;
        calc_spend_fit spend;
        assert_int_equal(calc_btyd_fit_model(&(calc_btyd_data){sum.n, sum.x, sum.tx, sum.T, NULL}, MODELS[m].model, &fit, NULL), KAM_OK);
        assert_int_equal(calc_spend_fit_given(6, 4, 15, &spend, NULL), KAM_OK);
        calc_whatif_levers l = CALC_WHATIF_LEVERS;
        l.margin = 0.05;
        ASSERT_NEAR(lever(&sum, &fit, &spend, l, "margin", "relative"), 0.05, 1e-12);
        assert_true(lever(&sum, &fit, &spend, l, "margin", "low") < lever(&sum, &fit, &spend, l, "margin", "difference"));
        l.retention = 2;
        double two = lever(&sum, &fit, &spend, l, "retention", "difference"), both = lever(&sum, &fit, &spend, l, "together", "after");
        double base = lever(&sum, &fit, &spend, l, "retention", "before");
        assert_true(two > 0);
        ASSERT_NEAR(both, (base + two) * 1.05, 2);
        l.retention = 4;
        assert_true(lever(&sum, &fit, &spend, l, "retention", "difference") > two);
        l.retention = 1e-7;
        ASSERT_NEAR(lever(&sum, &fit, &spend, l, "retention", "relative"), 0, 1e-6);
        l.retention = -3;
        assert_true(lever(&sum, &fit, &spend, l, "retention", "difference") < 0);
        l.retention = 99; /* nobody leaves any more: buying at the posterior rate for ever */
        double all = 0;
        for (size_t i = 0; i < sum.n; i++) {
            double annuity = 0, rate = (fit.param[0] + sum.x[i]) / (fit.param[1] + sum.T[i]);
            for (int k = 1; k <= 36; k++) annuity += SPEC.month_units / pow(1 + calc_discount_month(0.1), k);
            all += calc_btyd_p_alive(&fit, sum.x[i], sum.tx[i], sum.T[i]) * rate * annuity * calc_spend_expected(&spend, 0, 0) * 100;
        }
        ASSERT_DIGITS(lever(&sum, &fit, &spend, l, "retention", "after"), all, 4);
        ASSERT_NEAR(lever(&sum, &fit, &spend, l, "retention", "to"), 1, 0);
        l = (calc_whatif_levers)CALC_WHATIF_LEVERS;
        l.discount_year = 0.05;
        assert_true(lever(&sum, &fit, &spend, l, "discount", "difference") > 0);
        l.discount_year = 0.1;
        ASSERT_NEAR(lever(&sum, &fit, &spend, l, "discount", "difference"), 0, 0);
        l.acquisition = -0.5; /* seven accounts at 2000 */
        ASSERT_NEAR(lever(&sum, &fit, &spend, l, "acquisition", "difference"), 7 * 1000, 1);
        calc_summary_release(&sum);
        sim_release(&s);
    }
}

/* Where nobody leaves there is nothing to win, and it is said; a lever out of range is a word, not a number. */
static void limits(void **state)
{
    (void)state;
    const double par[2] = {0.5, 4};
    sim s = simulate(CALC_BTYD_NBD, par, 20, 20, 80, 1, 4);
    calc_summary sum = summary_of(&s);
    calc_btyd_fit fit;
    calc_spend_fit spend;
    double c, now;
    assert_int_equal(calc_btyd_fit_given(CALC_BTYD_NBD, par, &fit, NULL), KAM_OK);
    assert_int_equal(calc_spend_fit_given(6, 4, 15, &spend, NULL), KAM_OK);
    assert_false(calc_whatif_pace(&sum, &fit, YEAR, -10, &c, &now));
    ASSERT_NEAR(now, 1, 0);
    calc_whatif_levers l = CALC_WHATIF_LEVERS;
    l.retention = 5;
    ASSERT_NEAR(lever(&sum, &fit, &spend, l, "retention", "difference"), 0, 0);
    kam_table *like = build_accounts(""), *t = NULL;
    calc_whatif_winning won = {NAN, 0, 0};
    l.retention = 101;
    assert_int_equal(calc_whatif(&sum, &fit, &spend, &SPEC, 0.1, &l, &won, CALC_EN, like, &t, &(kam_err)KAM_ERR_INIT), KAM_USAGE);
    l.retention = NAN;
    assert_int_equal(calc_whatif(&sum, &fit, &spend, &SPEC, 0.1, &l, &won, CALC_EN, like, &t, &(kam_err)KAM_ERR_INIT), KAM_USAGE);
    l = (calc_whatif_levers){0, -1, NAN, 0};
    assert_int_equal(calc_whatif(&sum, &fit, &spend, &SPEC, 0.1, &l, &won, CALC_EN, like, &t, &(kam_err)KAM_ERR_INIT), KAM_USAGE);
    assert_null(t);
    l = (calc_whatif_levers){0, 0, NAN, 0.1}; /* no acquisition cost on record: an empty row, not 0 */
    assert_int_equal(calc_whatif(&sum, &fit, &spend, &SPEC, 0.1, &l, &won, CALC_EN, like, &t, NULL), KAM_OK);
    assert_cell(t, 0, "difference", "-");
    kam_table_unref(t);
    kam_table_unref(like);
    calc_summary_release(&sum);
    sim_release(&s);
}

/* Contracts by hand: b → beta(1, 1), survived 0: E[(1−θ)^k] = 1/(1+k). Yearly: S = 1/2, to 0.6: 1/(1+c) = 0.6, c = 2/3;
 * worth Σ 1/(1+ck)·1.25^−k, here by direct summation. */
static void contracts(void **state)
{
    (void)state;
    calc_sbg_fit fit = {.a = 1, .b = 1, .n = 2, .ended = 1};
    const calc_whatif_contract c[] = {{0, 300, 1}};
    calc_whatif_levers l = CALC_WHATIF_LEVERS;
    kam_table *like = build_accounts(""), *t = NULL;
    double before = 0, after = 0;
    for (int k = 1; k < 400; k++) {
        before += 300 / (1.0 + k) * pow(1.25, -k);
        after += 300 / (1 + 2.0 / 3 * k) * pow(1.25, -k);
    }
    l.retention = 10;
    assert_int_equal(calc_whatif_contracts(1, c, &fit, 0.25, &l, CALC_EN, like, NULL, &t, NULL), KAM_OK);
    ASSERT_NEAR(real_of(t, 0, "from"), 0.5, 1e-12);
    ASSERT_NEAR(real_of(t, 0, "to"), 0.6, 1e-12);
    ASSERT_NEAR(real_of(t, 0, "before"), before, 0.5);
    ASSERT_NEAR(real_of(t, 0, "after"), after, 0.5);
    kam_table_unref(t);
    assert_int_equal(calc_whatif_contracts(0, c, &fit, 0.25, &l, CALC_EN, like, NULL, &t, NULL), KAM_OK);
    assert_cell(t, 0, "from", "-"); /* no running contract: nothing stays, nothing leaves */
    kam_table_unref(t);
    assert_int_equal(calc_whatif_contracts(1, c, &fit, 0, &l, CALC_EN, like, NULL, &t, &(kam_err)KAM_ERR_INIT), KAM_USAGE);
    l.retention = -60;
    assert_int_equal(calc_whatif_contracts(1, c, &fit, 0.25, &l, CALC_EN, like, NULL, &t, &(kam_err)KAM_ERR_INIT), KAM_USAGE);
    kam_table_unref(like);
}

/* Ratio 5, success .5 and .15, cost of an account won 2000: an attempt costs 300, at keeping 60, a kept one 120. */
static void keep_or_acquire(void **state)
{
    (void)state;
    sim s = simulate(CALC_BTYD_BG, MODELS[0].par, 200, 20, 80, 1, 12);
    calc_summary sum = summary_of(&s);
    calc_btyd_fit fit;
    calc_spend_fit spend;
    assert_int_equal(calc_btyd_fit_given(CALC_BTYD_BG, MODELS[0].par, &fit, NULL), KAM_OK);
    assert_int_equal(calc_spend_fit_given(6, 4, 15, &spend, NULL), KAM_OK);
    calc_whatif_rates r = {5, 0.5, 0.15};
    calc_whatif_winning won = {2000, 3, 7};
    kam_table *like = build_accounts(""), *t = NULL;
    assert_int_equal(calc_whatif_keep(&sum, &fit, &spend, &SPEC, &r, &won, CALC_EN, like, &t, NULL), KAM_OK);
    assert_cell(t, 0, "attempt_cost", "0.60");
    assert_cell(t, 0, "cost", "1.20");
    assert_cell(t, 1, "attempt_cost", "3.00");
    assert_cell(t, 1, "cost", "20.00");
    double kept = real_of(t, 0, "value"), fresh = real_of(t, 1, "value");
    ASSERT_NEAR(fresh, calc_whatif_new_value(&fit, &spend, &SPEC), 0.5);
    ASSERT_NEAR(real_of(t, 0, "per_money"), kept / 120, 1e-2);
    ASSERT_DIGITS(real_of(t, 0, "advantage"), real_of(t, 0, "per_money") / real_of(t, 1, "per_money"), 9);
    kam_table_unref(t);
    won.cost_minor = NAN; /* costs unknown: the comparison stands all the same */
    assert_int_equal(calc_whatif_keep(&sum, &fit, &spend, &SPEC, &r, &won, CALC_EN, like, &t, NULL), KAM_OK);
    assert_cell(t, 0, "per_money", "-");
    ASSERT_NEAR(real_of(t, 0, "advantage"), kept / fresh * 0.5 / 0.15 * 5, 1e-2);
    kam_table_unref(t);
    kam_table_unref(like);
    calc_summary_release(&sum);
    sim_release(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(one_account_by_formula), cmocka_unit_test(against_simulated_lives),
                                       cmocka_unit_test(curve_is_the_sum), cmocka_unit_test(spend_in_the_interval), cmocka_unit_test(properties), cmocka_unit_test(limits), cmocka_unit_test(contracts),
                                       cmocka_unit_test(keep_or_acquire)};
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* C1, C2, sBG, discounted value and its intervals, equity, and the tables. */
#include "unit.h"
/* after unit.h */
#include "btyd_fixture.h"
#include "calc_btyd_check.h"
#include "calc_value.h"

static calc_btyd_fit given(calc_btyd_model m, double a, double b, double c, double d)
{
    const double par[4] = {a, b, c, d};
    calc_btyd_fit f;
    assert_int_equal(calc_btyd_fit_given(m, par, &f, NULL), KAM_OK);
    return f;
}

/* --- C1: worked by hand ---------------------------------------------------------------------------------------------- */
static void test_past_value(void **state)
{
    (void)state;
    log_row row[] = {{1, 0, 100000}, {1, 365, 50000}, {2, 730, 20000}, {2, 800, 99999}};
    kam_ledger l = ledger_of_rows(row, COUNT_OF(row));
    const size_t account[] = {0, 1, 0};
    const kam_day day[] = {0, 365, 731};
    const int64_t amount[] = {-30000, -1000, -777};
    const calc_flows flows = {3, account, day, amount};
    double v[2];
    assert_int_equal(calc_value_past(&l, NULL, 730, CALC_BASIS_MARGIN, 0, v), 0);
    ASSERT_NEAR(v[0], 150000, 1e-9);
    ASSERT_NEAR(v[1], 20000, 1e-9);
    calc_value_past(&l, &flows, 730, CALC_BASIS_AMOUNT, 0.1, v);
    /* 700.00·1.1^(730/365.25) + 500.00·1.1^(365/365.25) */
    ASSERT_DIGITS(v[0], 70000 * 1.2098421395 + 50000 * 1.0999282432, 8);
    ASSERT_DIGITS(v[1], 20000 - 1000 * 1.0999282432, 8);
    int64_t margin[] = {40000, 10000, 5000, 1};
    uint8_t missing[] = {0, 1, 0, 0};
    l.margin_minor = margin;
    l.margin_missing = missing;
    assert_int_equal(calc_value_past(&l, NULL, 730, CALC_BASIS_MARGIN, 0, v), 1);
    ASSERT_NEAR(v[0], 40000, 1e-9);
    ASSERT_NEAR(v[1], 5000, 1e-9);
    l.margin_minor = NULL;
    l.margin_missing = NULL;
    kam_ledger_release(&l);
}

/* --- C2 ---------------------------------------------------------------------------------------------------------------- */
static void test_contract(void **state)
{
    (void)state;
    double v;
    kam_err err = KAM_ERR_INIT;
    assert_int_equal(calc_contract_endless(100, .8, .1, &v, NULL), KAM_OK);
    ASSERT_DIGITS(v, 800.0 / 3, 14); /* 100·0.8/0.3 */
    assert_int_equal(calc_contract_horizon(100, .8, .1, 2, &v, NULL), KAM_OK);
    ASSERT_DIGITS(v, 80 / 1.1 + 64 / 1.21, 14);
    assert_int_equal(calc_contract_horizon(100, 1, 0, 7, &v, NULL), KAM_OK);
    ASSERT_DIGITS(v, 700, 14);
    assert_int_equal(calc_contract_horizon(100, 0, .1, 7, &v, NULL), KAM_OK);
    assert_true(v == 0);
    assert_int_equal(calc_contract_horizon(100, .8, .1, 1000, &v, NULL), KAM_OK);
    ASSERT_DIGITS(v, 800.0 / 3, 12);
    assert_int_equal(calc_contract_growing(100, .8, .1, .05, &v, NULL), KAM_OK);
    ASSERT_DIGITS(v, 80 / .26, 13);
    assert_int_equal(calc_contract_endless(100, 1, 0, &v, &err), KAM_USAGE);
    assert_string_equal(err.word[0], "lifetime-value");
    assert_int_equal(calc_contract_growing(100, .9, .1, .3, &v, NULL), KAM_USAGE);
    assert_int_equal(calc_contract_endless(100, 1.1, .1, &v, NULL), KAM_USAGE);
    assert_int_equal(calc_contract_endless(NAN, .5, .1, &v, NULL), KAM_USAGE);
    assert_int_equal(calc_contract_horizon(100, .5, -1, 3, &v, NULL), KAM_USAGE);
    ASSERT_DIGITS(pow(1 + calc_discount_month(.1), 12), 1.1, 14);
}

/* Fader & Hardie 2007, table 1: survivors of 1,000 "high end" and "regular" customers in years 1 … 7 of fitting;
 * published a, b: high end 0.668, 3.806 (LL −1611.2), regular 0.704, 1.182 (LL −1680.3). */
static void sbg_case(const int *alive, int years, double a, double b, double ll)
{
    int32_t periods[1000];
    uint8_t ended[1000];
    size_t n = 0;
    int before = 1000;
    for (int t = 1; t <= years; before = alive[t - 1], t++)
        for (int k = alive[t - 1]; k < before; k++) {
            periods[n] = t;
            ended[n++] = 1;
        }
    for (; n < 1000; n++) {
        periods[n] = years;
        ended[n] = 0;
    }
    calc_sbg_fit f;
    assert_int_equal(calc_sbg_fit_model(1000, periods, ended, &f, NULL), KAM_OK);
    assert_int_equal(f.flag, CALC_FIT_OK);
    ASSERT_NEAR(f.a, a, .0006);
    ASSERT_NEAR(f.b, b, .0006);
    ASSERT_NEAR(f.log_likelihood, ll, .06);
    assert_true(f.has_se && f.se_a > 0 && f.se_b > 0);
    double direct = 0, s0 = calc_sbg_survival(&f, 3);
    for (int k = 1; k < 4000; k++) direct += calc_sbg_survival(&f, 3 + k) / s0 / pow(1.1, k);
    double v;
    assert_int_equal(calc_sbg_residual(&f, 3, .1, &v, NULL), KAM_OK);
    ASSERT_DIGITS(v, direct, 11);
    ASSERT_DIGITS(calc_sbg_retention(&f, 2), calc_sbg_survival(&f, 2) / calc_sbg_survival(&f, 1), 13);
}

static void test_sbg(void **state)
{
    (void)state;
    static const int high[] = {869, 743, 653, 593, 551, 517, 491}, regular[] = {631, 468, 382, 326, 289, 262, 241};
    sbg_case(high, 7, .668, 3.806, -1611.2);
    sbg_case(regular, 7, .704, 1.182, -1680.3);
    const int32_t p[] = {3, 4, 5}, zero[] = {0};
    const uint8_t none[] = {0, 0, 0}, bad[] = {1};
    calc_sbg_fit f;
    assert_int_equal(calc_sbg_fit_model(3, p, none, &f, NULL), KAM_OK);
    assert_int_equal(f.flag, CALC_FIT_NO_DROPOUT);
    assert_true(calc_sbg_survival(&f, 10) > .999);
    assert_int_equal(calc_sbg_fit_model(1, zero, bad, &f, NULL), KAM_DATA);
    assert_int_equal(calc_sbg_fit_model(1, zero, none, &f, NULL), KAM_CALC);
}

/* --- C3: discounted value at fixed parameters (40-digit references) ------------------------------------------------- */
typedef struct value_row {
    int32_t x;
    double tx, T, bg, pn;
} value_row;

static const value_row value[] = {
    {0, 0, 39, 8.34521628321, 4.5048949333},
    {1, 5, 39, 12.6883706604, 10.8672972293},
    {2, 30.43, 38.86, 51.555540382, 61.2172028926},
    {7, 29.43, 38.86, 138.902366849, 156.056895963},
    {26, 30.86, 31, 852.996413146, 841.589937446},
    {23, 39, 39, 649.577746455, 647.606506494},
    {0, 0, 1, 42.2732496727, 43.9076727746},
    {132, 200, 200, 1006.8998098, 1007.50305505},
    {221, 103.42857, 103.57143, 2979.77135678, 2956.40638169},
    {254, 97.14286, 97.28571, 3606.32888904, 3573.73668568},
    {204, 98.57143, 99.42857, 2800.30695285, 2791.76409275},
    {400, 5, 6, 4.15164294327e-11, 0.000264552999824},
};
static const calc_value_spec spec12 = {12, 4.345, .01, .8, 2};

static void test_discounted(void **state)
{
    (void)state;
    const calc_btyd_fit bg = given(CALC_BTYD_BG, .243, 4.414, .793, 2.426);
    const calc_btyd_fit pn = given(CALC_BTYD_PARETO, .553, 10.578, .606, 11.669);
    calc_spend_fit gg;
    assert_int_equal(calc_spend_fit_given(6.25, 3.74, 15.44, &gg, NULL), KAM_OK);
    for (size_t i = 0; i < COUNT_OF(value); i++) {
        const value_row *r = &value[i];
        const double m = calc_spend_expected(&gg, r->x, 35);
        ASSERT_DIGITS(m * calc_value_discounted(&bg, &spec12, r->x, r->tx, r->T), r->bg, 10);
        ASSERT_DIGITS(m * calc_value_discounted(&pn, &spec12, r->x, r->tx, r->T), r->pn, 10);
    }
}

static void test_cdnow_value(void **state)
{
    (void)state;
    kam_ledger l;
    calc_summary s;
    if (!read_cdnow(&l)) SKIP_BECAUSE("no shared data");
    calc_summary_build(&l, kam_day_from_ymd(1997, 9, 30), CALC_UNIT_WEEK, CALC_BASIS_AMOUNT, 2, &s);
    const calc_btyd_fit f[2] = {given(CALC_BTYD_BG, .243, 4.414, .793, 2.426),
                                given(CALC_BTYD_PARETO, .553, 10.578, .606, 11.669)};
    const double sum[2] = {71559.0343494, 72347.4984418};
    calc_spend_fit gg;
    assert_int_equal(calc_spend_fit_given(6.25, 3.74, 15.44, &gg, NULL), KAM_OK);
    for (int m = 0; m < 2; m++) {
        calc_value_scores v;
        calc_equity e;
        double total = 0;
        assert_int_equal(calc_value_score(&s, &f[m], &gg, &spec12, &v, NULL), KAM_OK);
        for (size_t i = 0; i < s.n; i++) {
            total += v.future_minor[i];
            assert_true(v.future_low_minor[i] >= 0 && v.future_low_minor[i] <= v.future_high_minor[i]);
            assert_true(v.expected_low[i] <= v.expected_high[i]);
        }
        ASSERT_DIGITS(total / 100, sum[m], 11);
        assert_int_equal(calc_value_equity(&s, &f[m], &gg, &spec12, 1, 1000, &e, NULL), KAM_OK);
        ASSERT_DIGITS(e.future_minor, total, 12);
        assert_true(e.future_low_minor < e.future_minor && e.future_minor < e.future_high_minor);
        calc_value_scores_release(&v);
    }
    calc_summary_release(&s);
    kam_ledger_release(&l);
}

/* BTYD vignette: cumulative repeat purchases of weeks 20 … 25. Its expectations count a customer's age to the end of the
 * week; ours to its last day, as the fit does, so they are what BTYD gives a day earlier (1 % less). At the end of the
 * fit they add up to Σ E[X(T)]. */
static void test_cdnow_tracking(void **state)
{
    (void)state;
    static const double actual[] = {1359, 1414, 1484, 1517, 1573, 1672};
    static const double expected[] = {1308.856, 1385.275, 1459.923, 1532.906, 1604.32, 1674.253};
    kam_ledger l;
    calc_summary s;
    if (!read_cdnow(&l)) SKIP_BECAUSE("no shared data");
    calc_summary_build(&l, kam_day_from_ymd(1997, 9, 30), CALC_UNIT_WEEK, CALC_BASIS_AMOUNT, 2, &s);
    const calc_btyd_fit pn = given(CALC_BTYD_PARETO, .5533971, 10.5801985, .6060625, 11.6562237);
    kam_table *t = calc_btyd_check_tracking(&pn, &s, &l, kam_day_from_ymd(1998, 6, 30));
    const kam_column *ca = kam_table_find(t, "cumulative_actual"), *ce = kam_table_find(t, "cumulative_expected");
    assert_int_equal(kam_table_rows(t), 78);
    for (size_t i = 0; i < 6; i++) {
        assert_true(kam_col_int(ca, 19 + i) == actual[i]);
        const double day = (kam_col_real(ce, 20 + i) - kam_col_real(ce, 19 + i)) / 7;
        ASSERT_DIGITS(kam_col_real(ce, 19 + i) + day, expected[i], 3.2);
    }
    double sum = 0;
    for (size_t i = 0; i < s.n; i++) sum += calc_btyd_expected_new(&pn, s.T[i]);
    ASSERT_DIGITS(kam_col_real(ce, 38), sum, 12);
    assert_int_equal(kam_col_int(ca, 38), 2457);
    assert_int_equal(kam_col_int(ca, 77), 6696 - 2357);
    assert_int_equal(kam_col_int(kam_table_find(t, "in_fit"), 38), 1);
    assert_int_equal(kam_col_int(kam_table_find(t, "in_fit"), 39), 0);
    kam_table_unref(t);
    calc_summary_release(&s);
    kam_ledger_release(&l);
}

/* BTYD vignette: mean holdout purchases by past frequency. */
static void test_cdnow_holdout(void **state)
{
    (void)state;
    static const double actual[] = {.237, .697, 1.393, 1.56, 2.532, 2.947, 3.862, 6.359};
    static const double expected[] = {.138, .6, 1.196, 1.714, 2.399, 2.907, 3.819, 6.403};
    kam_ledger l;
    calc_summary s;
    if (!read_cdnow(&l)) SKIP_BECAUSE("no shared data");
    calc_summary_build(&l, kam_day_from_ymd(1997, 9, 30), CALC_UNIT_WEEK, CALC_BASIS_AMOUNT, 2, &s);
    const calc_btyd_fit pn = given(CALC_BTYD_PARETO, .5533971, 10.5801985, .6060625, 11.6562237);
    kam_table *t = calc_btyd_check_holdout(&pn, &s, &l, kam_day_from_ymd(1998, 6, 30), .8);
    assert_int_equal(kam_table_rows(t), 9);
    for (size_t i = 0; i < 8; i++) {
        ASSERT_NEAR(kam_col_real(kam_table_find(t, "actual_mean"), i), actual[i], .0006);
        ASSERT_NEAR(kam_col_real(kam_table_find(t, "expected_mean"), i), expected[i], .002);
    }
    assert_true(kam_col_real(kam_table_find(t, "covered"), 8) > .78);
    kam_table_unref(t);
    t = calc_btyd_check_counts(&pn, &(calc_btyd_data){s.n, s.x, s.tx, s.T});
    assert_int_equal(kam_table_rows(t), 9);
    ASSERT_DIGITS(kam_col_real(kam_table_find(t, "expected"), 8), 2357, 12);
    assert_int_equal(kam_col_int(kam_table_find(t, "actual"), 0), 1411);
    kam_table_unref(t);
    calc_summary_release(&s);
    kam_ledger_release(&l);
}

/* --- the accounts table, with an account that never bought ------------------------------------------------------------- */
static void test_accounts_table(void **state)
{
    (void)state;
    log_row row[] = {{1, 10, 1000}, {1, 40, 3000}, {1, 70, 5000}, {2, 95, 200}, {3, 200, 100}};
    kam_ledger l = ledger_of_rows(row, COUNT_OF(row));
    calc_summary s;
    calc_summary_build(&l, 100, CALC_UNIT_DAY, CALC_BASIS_AMOUNT, 2, &s);
    assert_int_equal(s.x[0], 2);
    assert_int_equal(s.x[1], 0);
    assert_int_equal(s.x[2], -1);
    ASSERT_NEAR(s.spend[0], 40, 1e-12);
    assert_true(s.tx[0] == 60 && s.T[0] == 90);
    const calc_btyd_fit f = given(CALC_BTYD_BG, 1, 30, .8, 2.4);
    calc_spend_fit gg;
    calc_value_scores v;
    assert_int_equal(calc_spend_fit_given(6.25, 3.74, 15.44, &gg, NULL), KAM_OK);
    const calc_value_spec spec = {12, 30.4375, .008, .8, 2};
    assert_int_equal(calc_value_score(&s, &f, &gg, &spec, &v, NULL), KAM_OK);
    kam_table *accounts = kam_table_new();
    kam_column *c = kam_table_add_column(accounts, "account", KAM_TEXT, NULL);
    kam_col_push_text(c, "A");
    kam_col_push_text(c, "B");
    kam_col_push_text(c, "C");
    kam_table_seal(accounts);
    const double past[] = {9000.4, 200, 0};
    kam_table *t = calc_value_table(accounts, &s, &v, past, "CNY", 2);
    static const char *const column[] = {
        "account",       "repeat_purchases", "last_purchase_at", "age",         "p_alive",    "expected_purchases",
        "expected_purchases_low", "expected_purchases_high", "expected_value", "future_value", "future_low",
        "future_high",   "past_value",       "lifetime_value"};
    assert_int_equal(kam_table_columns(t), COUNT_OF(column));
    for (size_t i = 0; i < COUNT_OF(column); i++) assert_int_equal(kam_table_index(t, column[i]), i);
    assert_int_equal(kam_table_rows(t), 3);
    assert_int_equal(kam_col_int(kam_table_find(t, "last_purchase_at"), 0), 70);
    assert_int_equal(kam_col_int(kam_table_find(t, "lifetime_value"), 0),
                     kam_col_int(kam_table_find(t, "past_value"), 0) +
                         kam_col_int(kam_table_find(t, "future_value"), 0));
    for (size_t i = 1; i < 12; i++) assert_true(kam_col_missing(kam_table_column(t, i), 2));
    assert_false(kam_col_missing(kam_table_find(t, "past_value"), 2));
    assert_true(kam_col_real(kam_table_find(t, "p_alive"), 1) == 1);
    kam_table_unref(t);
    kam_table_unref(accounts);
    calc_value_scores_release(&v);
    const calc_value_spec bad = {0, 30, .01, .8, 2}, worse = {12, 30, .01, 1, 2};
    assert_int_equal(calc_value_score(&s, &f, &gg, &bad, &v, NULL), KAM_USAGE);
    assert_int_equal(calc_value_score(&s, &f, &gg, &worse, &v, NULL), KAM_USAGE);
    calc_summary_release(&s);
    kam_ledger_release(&l);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_past_value),     cmocka_unit_test(test_contract),
        cmocka_unit_test(test_sbg),            cmocka_unit_test(test_discounted),
        cmocka_unit_test(test_cdnow_value),    cmocka_unit_test(test_cdnow_tracking),
        cmocka_unit_test(test_cdnow_holdout),  cmocka_unit_test(test_accounts_table),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

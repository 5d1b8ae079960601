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
static const calc_value_spec spec12 = {12, 4.345, .01, .8, 2, NULL};

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

static const calc_check_spec english = {CALC_EN, .05};

/* BTYD vignette: cumulative repeat purchases of weeks 20 … 25 (its rows 40–45 count half weeks). It takes an account's age at the
 * end of the week, 7k − b days when it was born on day b; ours is the age on the week's last day, one day less, as in the fit.
 * Both are the same sum Σ E[X(age)], which is checked against each. */
static double expected_at(const calc_btyd_fit *f, const calc_summary *s, kam_day start, double days)
{
    double sum = 0;
    for (size_t i = 0; i < s->n; i++) {
        const double age = days - (double)(s->first_day[i] - start);
        if (age > 0) sum += calc_btyd_expected_new(f, age / 7);
    }
    return sum;
}

static void test_cdnow_tracking(void **state)
{
    (void)state;
    static const double actual[] = {1359, 1414, 1484, 1517, 1573, 1672};
    static const double pareto[] = {1308.856, 1385.275, 1459.923, 1532.906, 1604.32, 1674.253};
    static const double bgnbd[] = {1312.458, 1387.346, 1460.392, 1531.713, 1601.418, 1669.6};
    kam_ledger l;
    calc_summary s;
    if (!read_cdnow(&l)) SKIP_BECAUSE("no shared data");
    const kam_day start = kam_day_from_ymd(1997, 1, 1);
    calc_summary_build(&l, kam_day_from_ymd(1997, 9, 30), CALC_UNIT_WEEK, CALC_BASIS_AMOUNT, 2, &s);
    const calc_btyd_fit pn = given(CALC_BTYD_PARETO, .5533971, 10.5801985, .6060625, 11.6562237);
    const calc_btyd_fit bg = given(CALC_BTYD_BG, .2425967, 4.413659, .7929869, 2.426164);
    kam_table *t = calc_btyd_check_tracking(&pn, &s, &l, kam_day_from_ymd(1998, 6, 30), &english);
    const kam_column *ca = kam_table_find(t, "cumulative_actual"), *ce = kam_table_find(t, "cumulative_expected");
    assert_int_equal(kam_table_rows(t), 78);
    for (size_t i = 0; i < 6; i++) {
        assert_true(kam_col_int(ca, 19 + i) == actual[i]);
        ASSERT_DIGITS(expected_at(&pn, &s, start, 7.0 * (double)(20 + i)), pareto[i], 3.8); /* of its printed parameters */
        ASSERT_DIGITS(expected_at(&bg, &s, start, 7.0 * (double)(20 + i)), bgnbd[i], 6);
        ASSERT_DIGITS(kam_col_real(ce, 19 + i), expected_at(&pn, &s, start, 7.0 * (double)(20 + i) - 1), 12);
    }
    assert_int_equal(kam_table_notes(t), 2);
    assert_non_null(strstr(kam_table_note(t, 0), "1997-09-30: 2457 repeat purchases"));
    assert_non_null(strstr(kam_table_note(t, 1), "1998-06-30: 1882 repeat purchases"));
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
    kam_table *t = calc_btyd_check_holdout(&pn, &s, &l, kam_day_from_ymd(1998, 6, 30), .8, &english);
    assert_int_equal(kam_table_rows(t), 9);
    for (size_t i = 0; i < 8; i++) {
        ASSERT_NEAR(kam_col_real(kam_table_find(t, "actual_mean"), i), actual[i], .0006);
        ASSERT_NEAR(kam_col_real(kam_table_find(t, "expected_mean"), i), expected[i], .002);
    }
    assert_true(kam_col_real(kam_table_find(t, "covered"), 8) > .78);
    assert_non_null(strstr(kam_table_note(t, 0), "2357 accounts made 1882 purchases"));
    kam_table_unref(t);
    static const double bgnbd[] = {.2250893, .5231364, 1.044126, 1.520256, 2.163824, 2.653789, 3.503957, 6.157036};
    const calc_btyd_fit bg = given(CALC_BTYD_BG, .2425967, 4.413659, .7929869, 2.426164);
    t = calc_btyd_check_holdout(&bg, &s, &l, kam_day_from_ymd(1998, 6, 30), .8, &english);
    for (size_t i = 0; i < 8; i++) ASSERT_DIGITS(kam_col_real(kam_table_find(t, "expected_mean"), i), bgnbd[i], 4.5);
    kam_table_unref(t);
    t = calc_btyd_check_counts(&pn, &(calc_btyd_data){s.n, s.x, s.tx, s.T, NULL}, &english);
    assert_int_equal(kam_table_rows(t), 9);
    ASSERT_DIGITS(kam_col_real(kam_table_find(t, "expected"), 8), 2357, 12);
    assert_int_equal(kam_col_int(kam_table_find(t, "actual"), 0), 1411);
    kam_table_unref(t);
    calc_summary_release(&s);
    kam_ledger_release(&l);
}

/* --- counts by hand --------------------------------------------------------------------------------------------------- */
/* NBD with r = 1, alpha = 1, age 1: P(X = k) = (1/2)^(k+1). 40 accounts: 20, 10, 5, then 2.5 + 1.25 + … = 5 expected with 3 or
 * more; so the rows are 0, 1, 2, 3+. Observed 25, 5, 5, 5: chi-square 25/20 + 25/10 = 3.75, dof 4 − 1 − 2 = 1, p = .0528. */
static void test_counts_pooled(void **state)
{
    (void)state;
    int32_t x[40];
    double tx[40], T[40];
    for (int i = 0; i < 40; i++) {
        x[i] = i < 25 ? 0 : i < 30 ? 1 : i < 35 ? 2 : 4;
        tx[i] = x[i] ? .5 : 0;
        T[i] = 1;
    }
    const calc_btyd_fit f = given(CALC_BTYD_NBD, 1, 1, 0, 0);
    const calc_btyd_data d = {40, x, tx, T, NULL};
    const calc_check_spec chinese = {CALC_ZH, .06};
    kam_table *t = calc_btyd_check_counts(&f, &d, &english);
    static const char *const row[] = {"0", "1", "2", "3+", "total"};
    static const double expected[] = {20, 10, 5, 5, 40}, chi[] = {1.25, 2.5, 0, 0, 3.75};
    assert_int_equal(kam_table_rows(t), 5);
    for (size_t i = 0; i < 5; i++) {
        assert_string_equal(kam_col_text(kam_table_find(t, "repeat_purchases"), i), row[i]);
        ASSERT_NEAR(kam_col_real(kam_table_find(t, "expected"), i), expected[i], 1e-9);
        ASSERT_NEAR(kam_col_real(kam_table_find(t, "chi_square"), i), chi[i], 1e-9);
    }
    assert_string_equal(kam_table_note(t, 0), "chi-square 3.75, 1 degrees of freedom, p = 0.053: no more than chance explains");
    kam_table_unref(t);
    t = calc_btyd_check_counts(&f, &d, &chinese);
    assert_string_equal(kam_table_note(t, 0), "卡方 3.75，自由度 1，p = 0.053：与模型的差异超出偶然，看是哪些行");
    kam_table_unref(t);
    /* four accounts: nothing reaches five, one row, no test */
    t = calc_btyd_check_counts(&f, &(calc_btyd_data){4, x, tx, T, NULL}, &english);
    assert_int_equal(kam_table_rows(t), 2);
    assert_string_equal(kam_col_text(kam_table_find(t, "repeat_purchases"), 0), "0+");
    assert_non_null(strstr(kam_table_note(t, 0), "no test: 1 rows"));
    kam_table_unref(t);
    t = calc_btyd_check_counts(&f, &(calc_btyd_data){0, x, tx, T, NULL}, &english);
    ASSERT_NEAR(kam_col_real(kam_table_find(t, "expected"), kam_table_rows(t) - 1), 0, 0);
    kam_table_unref(t);
}

/* Accounts that buy often are told apart in ranges; whatever the model, the rows add up to the accounts and each but a lone one
 * has 5 expected. */
static void test_counts_of_frequent_buyers(void **state)
{
    (void)state;
    enum { n = 300 };
    int32_t x[n];
    double tx[n], T[n];
    for (int i = 0; i < n; i++) {
        x[i] = i % 120;
        T[i] = 100;
        tx[i] = x[i] ? 90 : 0;
    }
    const calc_btyd_data d = {n, x, tx, T, NULL};
    for (int m = 0; m < 4; m++) {
        const double p[] = {.9, 1.5, .5, m == CALC_BTYD_PARETO ? 80 : 30};
        const calc_btyd_fit f = given(m, p[0], p[1], p[2], p[3]);
        kam_table *t = calc_btyd_check_counts(&f, &d, &english);
        const size_t rows = kam_table_rows(t);
        const kam_column *e = kam_table_find(t, "expected"), *a = kam_table_find(t, "actual"), *c = kam_table_find(t, "repeat_purchases");
        int64_t sum = 0;
        double mass = 0;
        assert_true(rows > 5);
        for (size_t i = 0; i + 1 < rows; i++) {
            assert_true(kam_col_real(e, i) >= 5);
            sum += kam_col_int(a, i);
            mass += kam_col_real(e, i);
        }
        assert_int_equal(sum, n);
        ASSERT_NEAR(mass, n, 1e-9);
        assert_non_null(strstr(kam_col_text(c, rows - 2), "+"));
        /* the first row's expectation by the closed form of one count */
        if (kam_streq(kam_col_text(c, 0), "0")) ASSERT_NEAR(kam_col_real(e, 0), n * calc_btyd_pmf_new(&f, 0, 100), 1e-8);
        kam_table_unref(t);
    }
}

/* Fisher: r = .5, n = 28: atanh = .549306, ± 1.281552/5 = .256310 → tanh .292996 = .284890 to tanh .805616 = .667165 at 80 %. */
static void test_spend_independence(void **state)
{
    (void)state;
    calc_spend_fit f;
    assert_int_equal(calc_spend_fit_given(6.25, 3.74, 15.44, &f, NULL), KAM_OK);
    f.n_accounts = 28;
    f.has_correlation = true;
    static const struct {
        double r, limit;
        const char *word;
    } row[] = {{.5, .2, "spends more"}, {-.5, .2, "spends less"}, {.5, .6, "weakly"}, {.1, .2, "no dependence"}};
    for (size_t k = 0; k < COUNT_OF(row); k++) {
        f.correlation = row[k].r;
        kam_table *t = calc_spend_fit_table(&f, .8, row[k].limit, CALC_EN);
        assert_non_null(strstr(kam_table_note(t, 0), row[k].word));
        for (size_t i = 0; k == 0 && i < kam_table_rows(t); i++) {
            if (!kam_streq(kam_col_text(kam_table_find(t, "parameter"), i), "correlation")) continue;
            ASSERT_NEAR(kam_col_real(kam_table_find(t, "low"), i), .284890, 1e-5);
            ASSERT_NEAR(kam_col_real(kam_table_find(t, "high"), i), .667165, 1e-5);
        }
        kam_table_unref(t);
    }
    f.n_accounts = 3; /* no interval, no sentence */
    kam_table *t = calc_spend_fit_table(&f, .8, .2, CALC_EN);
    assert_int_equal(kam_table_notes(t), 0);
    kam_table_unref(t);
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
    const calc_value_spec spec = {12, 30.4375, .008, .8, 2, NULL};
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
    const calc_value_spec bad = {0, 30, .01, .8, 2, NULL}, worse = {12, 30, .01, 1, 2, NULL};
    assert_int_equal(calc_value_score(&s, &f, &gg, &bad, &v, NULL), KAM_USAGE);
    assert_int_equal(calc_value_score(&s, &f, &gg, &worse, &v, NULL), KAM_USAGE);
    calc_summary_release(&s);
    kam_ledger_release(&l);
}

enum { MANY = 60, SCORES = 8 };
static void scores_of(const calc_value_scores *v, size_t i, double out[SCORES])
{
    const double *of[SCORES] = {v->p_alive, v->expected, v->expected_low, v->expected_high, v->value_minor, v->future_minor, v->future_low_minor, v->future_high_minor};
    for (int k = 0; k < SCORES; k++) out[k] = of[k][i];
}

/* Every account scored by itself within its portfolio is scored, to the last bit, as among all of them. */
static void assert_within(const calc_summary *all, const calc_btyd_fit *fit)
{
    calc_spend_fit gg;
    calc_value_scores v, own;
    calc_value_frame *frame = NULL;
    assert_int_equal(calc_spend_fit_given(6.25, 3.74, 15.44, &gg, NULL), KAM_OK);
    assert_int_equal(calc_value_score(all, fit, &gg, &spec12, &v, NULL), KAM_OK);
    assert_int_equal(calc_value_frame_build(all, fit, NULL, &frame, NULL), KAM_OK);
    for (size_t i = 0; i < all->n; i++) {
        calc_summary one = *all; /* lent: the arrays from the account on */
        one.n = 1, one.x += i, one.tx += i, one.T += i, one.first_day += i, one.last_day += i, one.spend_days += i, one.spend += i;
        double a[SCORES], b[SCORES];
        assert_int_equal(calc_value_score_within(frame, &one, fit, &gg, &spec12, &own, NULL), KAM_OK);
        assert_int_equal(own.known[0], v.known[i]);
        scores_of(&v, i, a);
        scores_of(&own, 0, b);
        for (int k = 0; k < SCORES; k++)
            if (memcmp(&a[k], &b[k], sizeof a[k]) != 0) fail_msg("%s: account %zu, score %d: %a among all, %a by itself", calc_btyd_model_name(fit->model), i, k, a[k], b[k]);
        calc_value_scores_release(&own);
    }
    calc_value_frame_free(frame);
    calc_value_scores_release(&v);
}

static void test_within(void **state)
{
    (void)state;
    log_row row[MANY * 9];
    size_t n = 0;
    for (int i = 0; i < MANY; i++) /* one in seven never bought; the others now and then, from different days on */
        for (int k = 0, day = 7 * (i * i % 40); k < i % 7 + i % 3 && n < COUNT_OF(row); k++, day += 3 + (i * 31 + k * 17) % 90)
            row[n++] = (log_row){i + 1, day, 500 + 37 * ((i + k) % 50)};
    kam_ledger l = ledger_of_rows(row, n);
    calc_summary s;
    calc_summary_build(&l, 700, CALC_UNIT_WEEK, CALC_BASIS_AMOUNT, 2, &s);
    const calc_btyd_data data = {s.n, s.x, s.tx, s.T, NULL};
    /* by series, by the chain (α and β far apart), and with the limits of what is fitted and its uncertainty */
    const calc_btyd_fit given_fits[] = {given(CALC_BTYD_BG, .243, 4.414, .793, 2.426), given(CALC_BTYD_MBG, .243, 4.414, .793, 2.426),
                                        given(CALC_BTYD_PARETO, .553, 10.578, .606, 11.669), given(CALC_BTYD_PARETO, .9, 4, .3, 4000)};
    for (size_t i = 0; i < COUNT_OF(given_fits); i++) assert_within(&s, &given_fits[i]);
    for (int m = 0; m < CALC_BTYD_MODELS; m++) {
        calc_btyd_fit f;
        assert_int_equal(calc_btyd_fit_model(&data, (calc_btyd_model)m, &f, NULL), KAM_OK);
        assert_within(&s, &f);
    }
    calc_summary_release(&s);
    kam_ledger_release(&l);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_past_value),     cmocka_unit_test(test_contract),
        cmocka_unit_test(test_sbg),            cmocka_unit_test(test_discounted),
        cmocka_unit_test(test_cdnow_value),    cmocka_unit_test(test_cdnow_tracking),
        cmocka_unit_test(test_counts_pooled),  cmocka_unit_test(test_counts_of_frequent_buyers),
        cmocka_unit_test(test_spend_independence),
        cmocka_unit_test(test_cdnow_holdout),  cmocka_unit_test(test_accounts_table),
        cmocka_unit_test(test_within),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

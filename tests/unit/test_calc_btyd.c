/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Purchase models against published and 40-digit reference values (the source of each row is named in the value
 * notes of the project: Fader, Hardie & Lee 2005; the tests of lifetimes, BTYD and CLVTools; own high-precision runs). */
#include "unit.h"
/* after unit.h */
#include "btyd_fixture.h"
#include "calc_spend.h"

static calc_btyd_fit given(calc_btyd_model m, double a, double b, double c, double d)
{
    const double par[4] = {a, b, c, d};
    calc_btyd_fit f;
    assert_int_equal(calc_btyd_fit_given(m, par, &f, NULL), KAM_OK);
    return f;
}

/* --- CDNOW --------------------------------------------------------------------------------------------------------- */
static bool cdnow(kam_ledger *l, calc_summary *s, calc_unit unit)
{
    if (!read_cdnow(l)) return false;
    calc_summary_build(l, kam_day_from_ymd(1997, 9, 30), unit, CALC_BASIS_AMOUNT, 2, s);
    return true;
}

static void test_cdnow_summary(void **state)
{
    (void)state;
    kam_ledger l;
    calc_summary s;
    if (!cdnow(&l, &s, CALC_UNIT_WEEK)) SKIP_BECAUSE("no shared data");
    double sx = 0, stx = 0, sT = 0;
    for (size_t i = 0; i < s.n; i++) {
        sx += s.x[i];
        stx += s.tx[i];
        sT += s.T[i];
    }
    assert_int_equal(s.customers, 2357);
    assert_int_equal(s.repeaters, 946);
    assert_true(sx == 2457);
    ASSERT_NEAR(stx, 16135.5714286, 1e-6);
    ASSERT_NEAR(sT, 77111.2857143, 1e-6);
    calc_summary_release(&s);
    kam_ledger_release(&l);
}

typedef struct gold {
    calc_btyd_model model;
    double par[4], se[4], ll;
} gold;

static void test_cdnow_fits(void **state)
{
    (void)state;
    static const gold g[] = {
        {CALC_BTYD_BG, {0.24259452243, 4.41360201901, 0.792922017226, 2.42590677683},
         {.0125574, .378224, .185734, .705414}, -9582.4292066739},
        {CALC_BTYD_MBG, {0.524843159106, 6.18308527958, 0.891359390732, 1.61400224017},
         {.0832682, .695621, .15479, .537495}, -9582.1357155537},
        {CALC_BTYD_PARETO, {0.553277046853, 10.5776834633, 0.606239989128, 11.6687352889},
         {.0476279, .842723, .187281, 6.21111}, -9594.9761789395},
    };
    kam_ledger l;
    calc_summary s;
    if (!cdnow(&l, &s, CALC_UNIT_WEEK)) SKIP_BECAUSE("no shared data");
    const calc_btyd_data d = {s.n, s.x, s.tx, s.T, NULL};
    for (size_t i = 0; i < COUNT_OF(g); i++) {
        calc_btyd_fit f;
        assert_int_equal(calc_btyd_fit_model(&d, g[i].model, &f, NULL), KAM_OK);
        assert_int_equal(f.flag, CALC_FIT_OK);
        ASSERT_NEAR(f.log_likelihood, g[i].ll, 1e-7);
        ASSERT_DIGITS(f.aic, 8 - 2 * g[i].ll, 11);
        for (int k = 0; k < 4; k++) {
            ASSERT_DIGITS(f.param[k], g[i].par[k], 8);
            assert_true(f.has_se[k]);
            ASSERT_DIGITS(f.std_error[k], g[i].se[k], 5);
        }
    }
    calc_btyd_fit nbd;
    assert_int_equal(calc_btyd_fit_model(&d, CALC_BTYD_NBD, &nbd, NULL), KAM_OK);
    /* FHL 2005 print r .385, alpha 12.072. Values in circulation to nine digits (.384765875, 12.072013732) end 8e-11 below
     * the greatest log-likelihood; these are the root of both scores by Newton in 50-digit arithmetic (mpmath, step
     * below 1e-45) over the distinct (x, T) of the sample. */
    ASSERT_NEAR(nbd.log_likelihood, -9763.65761467261524, 1e-8);
    ASSERT_DIGITS(nbd.param[0], 0.38476613576878486, 9);
    ASSERT_DIGITS(nbd.param[1], 12.072022844836905, 9);
    calc_summary_release(&s);
    kam_ledger_release(&l);
}

/* The answer must not know the unit of time. */
static void test_cdnow_unit_free(void **state)
{
    (void)state;
    kam_ledger l;
    calc_summary w, d;
    if (!cdnow(&l, &w, CALC_UNIT_WEEK)) SKIP_BECAUSE("no shared data");
    calc_summary_build(&l, kam_day_from_ymd(1997, 9, 30), CALC_UNIT_DAY, CALC_BASIS_AMOUNT, 2, &d);
    const calc_btyd_data dw = {w.n, w.x, w.tx, w.T, NULL}, dd = {d.n, d.x, d.tx, d.T, NULL};
    for (int m = 0; m < CALC_BTYD_MODELS; m++) {
        calc_btyd_fit fw, fd;
        assert_int_equal(calc_btyd_fit_model(&dw, (calc_btyd_model)m, &fw, NULL), KAM_OK);
        assert_int_equal(calc_btyd_fit_model(&dd, (calc_btyd_model)m, &fd, NULL), KAM_OK);
        ASSERT_DIGITS(fd.param[0], fw.param[0], 8);
        ASSERT_DIGITS(fd.param[1], 7 * fw.param[1], 8);
        if (m == CALC_BTYD_NBD) continue;
        ASSERT_DIGITS(fd.param[2], fw.param[2], 8);
        ASSERT_DIGITS(fd.param[3], (m == CALC_BTYD_PARETO ? 7 : 1) * fw.param[3], 8);
    }
    calc_summary_release(&w);
    calc_summary_release(&d);
    kam_ledger_release(&l);
}

static void test_cdnow_sums(void **state)
{
    (void)state;
    kam_ledger l;
    calc_summary s;
    if (!cdnow(&l, &s, CALC_UNIT_WEEK)) SKIP_BECAUSE("no shared data");
    const calc_btyd_fit f[2] = {given(CALC_BTYD_BG, .243, 4.414, .793, 2.426),
                                given(CALC_BTYD_PARETO, .553, 10.578, .606, 11.669)};
    const double cet[2] = {1653.94125932, 1665.69316069}, alive[2] = {1917.21714588, 1052.23751991};
    for (int m = 0; m < 2; m++) {
        double sc = 0, sa = 0;
        for (size_t i = 0; i < s.n; i++) {
            sc += calc_btyd_expected(&f[m], s.x[i], s.tx[i], s.T[i], 39);
            sa += calc_btyd_p_alive(&f[m], s.x[i], s.tx[i], s.T[i]);
        }
        ASSERT_DIGITS(sc, cet[m], 11);
        ASSERT_DIGITS(sa, alive[m], 11);
    }
    calc_summary_release(&s);
    kam_ledger_release(&l);
}

/* --- scores at fixed parameters ------------------------------------------------------------------------------------ */
typedef struct score_row {
    int32_t x;
    double tx, T, bg_ll, bg_alive, bg_cet, pn_ll, pn_alive, pn_cet, pn_dert;
} score_row;

static const score_row score[] = {
    {0, 0.0, 39.0, -0.555498160841, 1.0, 0.194530721703, -0.521507418877, 0.294467031015, 0.106526713177,
     0.474983907491},
    {1, 5.0, 39.0, -4.86518516744, 0.313920427569, 0.299884547216, -4.86979147995, 0.254043787647, 0.258093313545,
     1.15079276276},
    {2, 30.43, 38.86, -9.45860630707, 0.726578570081, 1.22602817477, -9.55428324515, 0.869167559153, 1.45512319326,
     6.48377356773},
    {7, 29.43, 38.86, -21.8632762715, 0.641756345946, 3.33705327485, -21.5946432181, 0.749501407667, 3.71225138047,
     16.5411406326},
    {26, 30.86, 31.0, -37.7265794734, 0.968915649718, 20.7497261409, -39.1316715403, 0.997918731055, 20.1170260774,
     86.0564936012},
    {23, 39.0, 39.0, -41.2327959683, 0.968555454221, 15.6853987008, -41.8007822943, 1.0, 15.4078822391, 68.7010412114},
    {0, 0.0, 1.0, -0.0496222726559, 1.0, 1.0406158915, -0.0487103506468, 0.950213040303, 1.07981716988, 3.57186665168},
    {132, 200.0, 200.0, -195.525168799, 0.99409174558, 23.3977792769, -196.358883587, 1.0, 23.2997245156,
     146.371229842},
    {221, 103.42857, 103.57143, -68.9044487542, 0.995244269664, 70.175691234, -76.9677415856, 0.999134071588,
     69.029810282, 376.694626789},
    {254, 97.14286, 97.28571, -27.8193462809, 0.995581371777, 85.0633583352, -38.3572479168, 0.999054909192,
     83.5340447666, 449.679487701},
    {204, 98.57143, 99.42857, -72.3185895354, 0.979450474768, 66.0129372115, -79.9369766129, 0.988503075876,
     65.2310679814, 352.818140346},
    {400, 5.0, 6.0, 1087.27131917, 1.43326541633e-15, 1.05608615314e-12, 892.010669076, 1.02725514043e-8,
     6.48658192015e-6, 2.28445928311e-5},
};

static void test_scores(void **state)
{
    (void)state;
    const calc_btyd_fit bg = given(CALC_BTYD_BG, .243, 4.414, .793, 2.426);
    const calc_btyd_fit pn = given(CALC_BTYD_PARETO, .553, 10.578, .606, 11.669);
    for (size_t i = 0; i < COUNT_OF(score); i++) {
        const score_row *r = &score[i];
        double dert;
        ASSERT_DIGITS(calc_btyd_loglik1(&bg, r->x, r->tx, r->T), r->bg_ll, 10);
        ASSERT_DIGITS(calc_btyd_p_alive(&bg, r->x, r->tx, r->T), r->bg_alive, 10);
        ASSERT_DIGITS(calc_btyd_expected(&bg, r->x, r->tx, r->T, 39), r->bg_cet, 10);
        ASSERT_DIGITS(calc_btyd_loglik1(&pn, r->x, r->tx, r->T), r->pn_ll, 10);
        ASSERT_DIGITS(calc_btyd_p_alive(&pn, r->x, r->tx, r->T), r->pn_alive, 10);
        ASSERT_DIGITS(calc_btyd_expected(&pn, r->x, r->tx, r->T, 39), r->pn_cet, 10);
        assert_int_equal(calc_btyd_dert(&pn, r->x, r->tx, r->T, .0027, &dert, NULL), KAM_OK);
        ASSERT_DIGITS(dert, r->pn_dert, 10);
    }
}

/* (500, 1, 37): values below what a double holds are right in the log. */
static void test_scores_extreme(void **state)
{
    (void)state;
    const calc_btyd_fit bg = given(CALC_BTYD_BG, .243, 4.414, .793, 2.426);
    const calc_btyd_fit pn = given(CALC_BTYD_PARETO, .553, 10.578, .606, 11.669);
    ASSERT_DIGITS(calc_btyd_loglik1(&bg, 500, 1, 37), 1750.05324799, 10);
    ASSERT_DIGITS(calc_btyd_log_p_alive(&bg, 500, 1, 37), log(5.91218436151) - 440 * M_LN10, 12);
    ASSERT_DIGITS(calc_btyd_log_expected(&bg, 500, 1, 37, 39), log(2.10550188977) - 437 * M_LN10, 12);
    ASSERT_DIGITS(calc_btyd_loglik1(&pn, 500, 1, 37), 1376.61671286, 10);
    ASSERT_DIGITS(calc_btyd_p_alive(&pn, 500, 1, 37), 2.37982102785e-305, 9);
    ASSERT_DIGITS(calc_btyd_log_expected(&pn, 500, 1, 37, 39), log(8.07106408151) - 303 * M_LN10, 12);
}

static void test_expected_new(void **state)
{
    (void)state;
    static const double t[] = {1, 10, 39, 52, 78, 520, 5200};
    static const double bg_e[] = {0.0532678911717, 0.432413362234, 1.19672319332, 1.4460505954,
                                  1.86051905794,   4.97461786185,  12.1481190264};
    static const double pn_e[] = {0.050979843246, 0.427601142832, 1.21300284428, 1.47299680338, 1.90939812931,
                                  5.42357448521};
    const calc_btyd_fit bg = given(CALC_BTYD_BG, .243, 4.414, .793, 2.426);
    const calc_btyd_fit pn = given(CALC_BTYD_PARETO, .553, 10.578, .606, 11.669);
    for (size_t i = 0; i < COUNT_OF(t); i++) {
        ASSERT_DIGITS(calc_btyd_expected_new(&bg, t[i]), bg_e[i], 10);
        if (i < COUNT_OF(pn_e)) ASSERT_DIGITS(calc_btyd_expected_new(&pn, t[i]), pn_e[i], 10);
    }
}

static void test_pmf_new(void **state)
{
    (void)state;
    const calc_btyd_fit bg = given(CALC_BTYD_BG, .243, 4.414, .793, 2.426);
    const calc_btyd_fit mbg = given(CALC_BTYD_MBG, .525, 6.183, .891, 1.614);
    ASSERT_DIGITS(calc_btyd_pmf_new(&bg, 10, 2), 1.07868964036e-07, 10);
    ASSERT_DIGITS(calc_btyd_pmf_new(&bg, 0, 39), 0.573786352096, 10);
    ASSERT_NEAR(calc_btyd_pmf_new(&bg, 11, 30), .001999521447, 1e-12);
    ASSERT_NEAR(calc_btyd_pmf_new(&bg, 12, 30), .001517023630, 1e-12);
    ASSERT_NEAR(calc_btyd_pmf_new(&bg, 13, 30), .001163315007, 1e-12);
    ASSERT_NEAR(calc_btyd_pmf_new(&mbg, 0, 30), .6105244611, 1e-10);
    ASSERT_NEAR(calc_btyd_pmf_new(&mbg, 1, 30), .1817361951, 1e-10);
    ASSERT_NEAR(calc_btyd_pmf_new(&mbg, 2, 30), .0830436905, 1e-10);
    double sum = 0, mean = 0;
    for (int k = 0; k < 3000; k++) {
        const double p = calc_btyd_pmf_new(&bg, k, 39);
        sum += p;
        mean += k * p;
    }
    ASSERT_DIGITS(sum, 1, 12);
    ASSERT_DIGITS(mean, 1.19672319332, 10);
}

/* The distribution of an account's purchases sums to one and has the closed-form mean, for every model. */
static void test_pmf_given_record(void **state)
{
    (void)state;
    const calc_btyd_fit f[] = {
        given(CALC_BTYD_BG, .243, 4.414, .793, 2.426), given(CALC_BTYD_MBG, .525, 6.183, .891, 1.614),
        given(CALC_BTYD_PARETO, .553, 10.578, .606, 11.669), given(CALC_BTYD_PARETO, .6, 3, 2.5, 40),
        given(CALC_BTYD_NBD, .385, 12.072, 1, 1)};
    double *pmf = kam_calloc(6000, sizeof *pmf);
    for (size_t m = 0; m < COUNT_OF(f); m++)
        for (size_t i = 0; i < 11; i++) {
            const score_row *r = &score[i];
            double mass = calc_btyd_pmf(&f[m], r->x, r->tx, r->T, 39, pmf, 6000), mean = 0;
            for (int k = 0; k < 6000; k++) {
                assert_true(pmf[k] >= 0);
                mass += pmf[k];
                mean += k * pmf[k];
            }
            ASSERT_DIGITS(mass, 1, 12);
            ASSERT_DIGITS(mean, calc_btyd_expected(&f[m], r->x, r->tx, r->T, 39), 9);
        }
    kam_free(pmf);
}

/* --- the pitfalls of other implementations, by name -------------------------------------------------------------------- */
static void test_pitfall_a_is_one(void **state)
{
    (void)state;
    const calc_btyd_fit f = given(CALC_BTYD_BG, .243, 4.414, 1, 2.426);
    ASSERT_DIGITS(calc_btyd_expected(&f, 2, 30, 39, 39), 1.08672996503131, 13);
}

static void test_pitfall_a_plus_b_below_one(void **state)
{
    (void)state;
    const calc_btyd_fit f = given(CALC_BTYD_BG, .11, 2.24, .31, .5), g = given(CALC_BTYD_BG, .243, 4.414, .4, .6);
    ASSERT_DIGITS(calc_btyd_expected(&f, 0, 0, 1, 30), 0.564588615532785, 13);
    ASSERT_DIGITS(calc_btyd_expected_new(&g, 39), 1.08152427860578, 13);
    ASSERT_DIGITS(calc_btyd_expected(&g, 0, 0, 39, 39), 0.18426822782056, 13);
}

static void test_pitfall_s_is_one(void **state)
{
    (void)state;
    const calc_btyd_fit f = given(CALC_BTYD_PARETO, .553, 10.578, 1, 11.669);
    ASSERT_DIGITS(calc_btyd_expected_new(&f, 39), 0.895763236886432, 13);
}

static void test_pitfall_alpha_is_beta(void **state)
{
    (void)state;
    const calc_btyd_fit at = given(CALC_BTYD_PARETO, .6, 11, .6, 11);
    const calc_btyd_fit up = given(CALC_BTYD_PARETO, .6, 11, .6, 11 * (1 + 1e-13));
    const calc_btyd_fit down = given(CALC_BTYD_PARETO, .6, 11, .6, 11 * (1 - 1e-13));
    ASSERT_DIGITS(calc_btyd_loglik1(&up, 3, 10, 30), calc_btyd_loglik1(&at, 3, 10, 30), 11);
    ASSERT_DIGITS(calc_btyd_loglik1(&down, 3, 10, 30), calc_btyd_loglik1(&at, 3, 10, 30), 11);
}

static void test_pitfall_last_purchase_today(void **state)
{
    (void)state;
    const calc_btyd_fit f = given(CALC_BTYD_PARETO, .553, 10.578, .606, 11.669);
    assert_true(calc_btyd_p_alive(&f, 23, 39, 39) == 1 || fabs(calc_btyd_p_alive(&f, 23, 39, 39) - 1) < 1e-14);
    ASSERT_DIGITS(calc_btyd_p_alive(&f, 23, 39 - 1e-9, 39), 1, 8);
}

static void test_pitfall_large_counts(void **state)
{
    (void)state;
    const calc_btyd_fit f = given(CALC_BTYD_PARETO, .55, 10.58, .61, 11.67);
    ASSERT_DIGITS(calc_btyd_expected(&f, 132, 200, 200, 10), 6.20605178896, 10);
    ASSERT_DIGITS(calc_btyd_expected(&f, 133, 200, 200, 10), 6.25287224757, 10);
    for (int m = 0; m < CALC_BTYD_MODELS; m++) {
        const calc_btyd_fit g = given((calc_btyd_model)m, .5, 10, .6, 3);
        for (int x = 1; x <= 1000000; x *= 10) {
            assert_true(isfinite(calc_btyd_loglik1(&g, x, 100, 10000)));
            assert_true(calc_btyd_log_p_alive(&g, x, 100, 10000) <= 0);
            assert_true(isfinite(calc_btyd_log_expected(&g, x, 100, 10000, 365)));
        }
    }
    const calc_btyd_fit o = given(CALC_BTYD_PARETO, 10.465, .00798565181, 3.0516, 2.82);
    assert_true(isfinite(calc_btyd_loglik1(&o, 400, 5, 6)));
    assert_true(isfinite(calc_btyd_loglik1(&o, 500, 1, 37)));
}

static void test_published_expectations(void **state)
{
    (void)state;
    const calc_btyd_fit bg = given(CALC_BTYD_BG, .243, 4.414, .793, 2.426);
    static const double five[] = {.12217179876, .12810414990, .12753655633, .12136994218};
    static const double alive[] = {.705626847, .687091133, .663866181, .636545642};
    ASSERT_DIGITS(calc_btyd_expected(&bg, 10, 35, 39, 2), 0.391569207091, 10);
    for (int i = 0; i < 4; i++) {
        ASSERT_DIGITS(calc_btyd_expected(&bg, 5 + i, 25, 39, 2), five[i], 10);
        ASSERT_DIGITS(calc_btyd_p_alive(&bg, 5 + i, 30, 39), alive[i], 8);
    }
    ASSERT_DIGITS(calc_btyd_loglik1(&bg, 3, 4, 6), -7.97738121216, 11);
    const calc_btyd_fit mbg = given(CALC_BTYD_MBG, .525, 6.183, .891, 1.614);
    ASSERT_DIGITS(calc_btyd_expected(&mbg, 2, 30.43, 38.86, 39), 1.26296062327, 10);
    ASSERT_DIGITS(calc_btyd_p_alive(&mbg, 0, 0, 39), .389347648664, 10);
    ASSERT_DIGITS(calc_btyd_expected_new(&mbg, 10), .4334674151566, 11);
    const calc_btyd_fit p = given(CALC_BTYD_PARETO, .5629966, 12.5590370, .4081095, 10.5148048);
    static const double dert[] = {2.199155450, 2.843534406, 2.867128391, 2.445410079, 1.840501924};
    double v;
    assert_int_equal(calc_btyd_dert(&p, 7, 35, 77.86, .0027, &v, NULL), KAM_OK);
    ASSERT_DIGITS(v, 1.86418332807, 10);
    for (int i = 0; i < 5; i++) {
        assert_int_equal(calc_btyd_dert(&p, i + 1, 30, 77.86, .0027, &v, NULL), KAM_OK);
        ASSERT_DIGITS(v, dert[i], 8);
    }
}

/* --- data that cannot identify the model ---------------------------------------------------------------------------- */
static void check_finite(const calc_btyd_fit *f)
{
    for (int i = 0; i < f->n_params; i++) {
        assert_true(isfinite(f->param[i]) && f->param[i] > 0);
        assert_true(isfinite(f->std_error[i]));
    }
    assert_true(isfinite(f->log_likelihood) && isfinite(f->aic));
    assert_true(isfinite(calc_btyd_expected(f, 2, 10, 30, 12)));
    assert_true(isfinite(calc_btyd_expected_new(f, 365)));
}

static void test_unidentified(void **state)
{
    (void)state;
    const int32_t none[] = {0, 0, 0}, one[] = {4}, skip[] = {-1, -1};
    const double zero[] = {0, 0, 0}, age[] = {10, 20, 30}, tx[] = {8};
    for (int m = 0; m < CALC_BTYD_MODELS; m++) {
        calc_btyd_fit f;
        kam_err err = KAM_ERR_INIT;
        const calc_btyd_data a = {3, none, zero, age, NULL}, b = {1, one, tx, age, NULL}, c = {2, skip, zero, zero, NULL},
                             e = {0, NULL, NULL, NULL, NULL};
        assert_int_equal(calc_btyd_fit_model(&a, (calc_btyd_model)m, &f, NULL), KAM_OK);
        assert_int_equal(f.flag, CALC_FIT_NO_REPEAT);
        ASSERT_DIGITS(calc_btyd_expected(&f, 0, 0, 20, 12), 12 * 0.5 / 60, 6);
        check_finite(&f);
        assert_int_equal(calc_btyd_fit_model(&b, (calc_btyd_model)m, &f, NULL), KAM_OK);
        assert_int_equal(f.flag, CALC_FIT_ONE_ACCOUNT);
        ASSERT_DIGITS(calc_btyd_expected(&f, 4, 8, 10, 5), 2, 6);
        check_finite(&f);
        assert_int_equal(calc_btyd_fit_model(&c, (calc_btyd_model)m, &f, &err), KAM_CALC);
        assert_string_equal(err.word[0], "NODATA");
        assert_int_equal(calc_btyd_fit_model(&e, (calc_btyd_model)m, &f, NULL), KAM_CALC);
    }
}

static void test_bad_rows(void **state)
{
    (void)state;
    const int32_t x[] = {1, 2};
    const double tx[][2] = {{1, 5}, {1, -1}, {1, NAN}, {1, 2}}, T[][2] = {{2, 4}, {2, 3}, {2, 3}, {2, INFINITY}};
    for (size_t i = 0; i < COUNT_OF(tx); i++) {
        const calc_btyd_data d = {2, x, tx[i], T[i], NULL};
        calc_btyd_fit f;
        kam_err err = KAM_ERR_INIT;
        assert_int_equal(calc_btyd_fit_model(&d, CALC_BTYD_BG, &f, &err), KAM_DATA);
        assert_non_null(strstr(err.msg, "row 2"));
    }
}

/* Customers simulated without drop-out, with equal drop-out, with equal rates: the limit is found and named, and its
 * likelihood is at least that of the truth. */
static void test_boundaries(void **state)
{
    (void)state;
    const double nbd[4] = {.8, 8, 1, 1}, alike[4] = {.8, 8, 4e5, 16e5}, same_rate[4] = {1e6, 1e7, .8, 2.4};
    calc_btyd_fit f;
    sim s = simulate(CALC_BTYD_NBD, nbd, 400, 20, 60, 0, 7);
    calc_btyd_data d = {s.n, s.x, s.tx, s.T, NULL};
    assert_int_equal(calc_btyd_fit_model(&d, CALC_BTYD_BG, &f, NULL), KAM_OK);
    assert_int_equal(f.flag, CALC_FIT_NO_DROPOUT);
    check_finite(&f);
    calc_btyd_fit base;
    assert_int_equal(calc_btyd_fit_model(&d, CALC_BTYD_NBD, &base, NULL), KAM_OK);
    ASSERT_NEAR(f.log_likelihood, base.log_likelihood, 1e-6);
    sim_release(&s);
    int alike_found = 0, rate_found = 0;
    for (uint64_t seed = 1; seed <= 10; seed++) {
        double ll;
        s = simulate(CALC_BTYD_BG, alike, 400, 20, 60, 0, seed);
        d = (calc_btyd_data){s.n, s.x, s.tx, s.T, NULL};
        const calc_btyd_fit truth = given(CALC_BTYD_BG, alike[0], alike[1], alike[2], alike[3]);
        assert_int_equal(calc_btyd_fit_model(&d, CALC_BTYD_BG, &f, NULL), KAM_OK);
        assert_int_equal(calc_btyd_loglik(&truth, &d, &ll, NULL), KAM_OK);
        assert_true(f.log_likelihood >= ll - 1e-6);
        check_finite(&f);
        alike_found += f.flag == CALC_FIT_EQUAL_DROPOUT;
        sim_release(&s);
        s = simulate(CALC_BTYD_BG, same_rate, 400, 20, 60, 0, seed);
        d = (calc_btyd_data){s.n, s.x, s.tx, s.T, NULL};
        assert_int_equal(calc_btyd_fit_model(&d, CALC_BTYD_BG, &f, NULL), KAM_OK);
        check_finite(&f);
        rate_found += f.flag == CALC_FIT_EQUAL_RATE;
        sim_release(&s);
    }
    assert_true(alike_found >= 2 && rate_found >= 2); /* about half of such samples lie at the limit */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cdnow_summary),
        cmocka_unit_test(test_cdnow_fits),
        cmocka_unit_test(test_cdnow_unit_free),
        cmocka_unit_test(test_cdnow_sums),
        cmocka_unit_test(test_scores),
        cmocka_unit_test(test_scores_extreme),
        cmocka_unit_test(test_expected_new),
        cmocka_unit_test(test_pmf_new),
        cmocka_unit_test(test_pmf_given_record),
        cmocka_unit_test(test_pitfall_a_is_one),
        cmocka_unit_test(test_pitfall_a_plus_b_below_one),
        cmocka_unit_test(test_pitfall_s_is_one),
        cmocka_unit_test(test_pitfall_alpha_is_beta),
        cmocka_unit_test(test_pitfall_last_purchase_today),
        cmocka_unit_test(test_pitfall_large_counts),
        cmocka_unit_test(test_published_expectations),
        cmocka_unit_test(test_unidentified),
        cmocka_unit_test(test_bad_rows),
        cmocka_unit_test(test_boundaries),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Do the intervals hold what they promise? Portfolios with known truth are simulated, fitted and scored, then their
 * future is simulated from each account's own rate, and counted: 80 % intervals of an account must cover at least 78 %
 * (counts are whole numbers, so a little more), the randomised position of the count in its distribution must lie in
 * the middle 80 % in 78–82 % of cases, and the interval of the whole portfolio's value must hold in 76–84 %.
 *
 * KAM_COVERAGE = how many hundredths of the full run (make check-coverage sets 100); a single hundredth, which make
 * check runs, can only be held against correspondingly wider limits. */
#include "unit.h"
/* after unit.h */
#include "btyd_fixture.h"
#include "calc_value.h"

static int hundredths(void)
{
    const char *s = getenv("KAM_COVERAGE");
    const int n = s ? atoi(s) : 1;
    return n < 1 ? 1 : n > 100 ? 100 : n;
}

typedef struct world {
    calc_btyd_model model;
    double par[4], spend[3]; /* p, q, v */
} world;

static const world worlds[] = {
    {CALC_BTYD_BG, {.6, 40, .8, 2.5}, {5, 6, 300}},
    {CALC_BTYD_MBG, {.9, 50, .9, 2.5}, {3, 5, 200}},
    {CALC_BTYD_PARETO, {1.1, 60, 1.3, 250}, {6, 8, 400}},
};

typedef struct tally {
    double accounts, covered, pit_inside, money, portfolios, equity, purchases;
} tally;

typedef struct portfolio {
    sim s;
    double *nu;
    calc_summary sum;
} portfolio;

static portfolio make(const world *w, size_t n, uint64_t seed)
{
    portfolio p = {.s = simulate(w->model, w->par, n, 60, 730, 0, seed), .sum = CALC_SUMMARY_INIT};
    calc_rng r;
    calc_rng_seed(&r, seed ^ 0x5eed5eed0001u);
    p.nu = kam_calloc(n, sizeof *p.nu);
    p.sum.spend_days = kam_calloc(n, sizeof(int32_t));
    p.sum.n = n;
    p.sum.unit_days = 1;
    p.sum.x = p.s.x;
    p.sum.tx = p.s.tx;
    p.sum.T = p.s.T;
    p.sum.spend = p.s.spend;
    for (size_t i = 0; i < n; i++) {
        p.nu[i] = calc_rng_gamma(&r, w->spend[1]) / w->spend[2];
        p.sum.spend_days[i] = p.s.x[i];
        for (int k = 0; k < p.s.x[i]; k++) p.s.spend[i] += calc_rng_gamma(&r, w->spend[0]) / p.nu[i] / p.s.x[i];
    }
    return p;
}

static void release(portfolio *p)
{
    kam_free(p->nu);
    kam_free(p->sum.spend_days);
    sim_release(&p->s);
}

/* Where the count lies in its predictive distribution, randomised within its own step. */
static double position(const calc_btyd_fit *f, const sim *s, size_t i, double t, int count, double u)
{
    double pmf[512], below = 0;
    calc_btyd_pmf(f, s->x[i], s->tx[i], s->T[i], t, pmf, COUNT_OF(pmf));
    for (int k = 0; k < count && k < (int)COUNT_OF(pmf); k++) below += pmf[k];
    return below + u * (count < (int)COUNT_OF(pmf) ? pmf[count] : 0);
}

static void run(const world *w, size_t n, uint64_t seed, tally *t)
{
    static const calc_value_spec spec = {12, 30.4375, .008, .8, 2, NULL};
    portfolio p = make(w, n, seed);
    const calc_btyd_data d = {n, p.s.x, p.s.tx, p.s.T, NULL};
    calc_btyd_fit f;
    calc_spend_fit g;
    calc_value_scores v;
    calc_equity e;
    assert_int_equal(calc_btyd_fit_model(&d, w->model, &f, NULL), KAM_OK);
    assert_int_equal(calc_spend_fit_model(n, p.sum.spend_days, p.sum.spend, &g, NULL), KAM_OK);
    assert_int_equal(calc_value_score(&p.sum, &f, &g, &spec, &v, NULL), KAM_OK);
    assert_int_equal(calc_value_equity(&p.sum, &f, &g, &spec, seed, 1000, &e, NULL), KAM_OK);
    calc_rng r;
    calc_rng_seed(&r, seed ^ 0x5eed5eed0002u);
    double total = 0;
    for (size_t i = 0; i < n; i++) {
        double worth = 0;
        int count = 0;
        for (int k = 1; k <= spec.horizon_months; k++) { /* month by month, for the discount; the clock is memoryless */
            const int c = sim_live(&p.s, w->model, i, spec.month_units, &r);
            for (int j = 0; j < c; j++)
                worth += 100 * calc_rng_gamma(&r, w->spend[0]) / p.nu[i] / pow(1 + spec.discount_month, k);
            count += c;
        }
        total += worth;
        const double at = position(&f, &p.s, i, spec.horizon_months * spec.month_units, count, calc_rng_uniform(&r));
        t->accounts += 1;
        t->purchases += count;
        t->covered += count >= v.expected_low[i] && count <= v.expected_high[i];
        t->pit_inside += at > .1 && at < .9;
        t->money += worth >= v.future_low_minor[i] && worth <= v.future_high_minor[i];
    }
    t->portfolios += 1;
    t->equity += total >= e.future_low_minor && total <= e.future_high_minor;
    calc_value_scores_release(&v);
    release(&p);
}

/* `share` within [low, high] widened by three standard deviations of a binomial of n cases beyond the full run's. */
static void expect_share(const char *what, double hits, double n, double low, double high, double full_n)
{
    const double share = hits / n, slack = n >= full_n ? 0 : 3.5 * sqrt(.16 / n);
    print_message("# %s: %.4f of %.0f\n", what, share, n);
    if (!(share >= low - slack && share <= high + slack)) fail_msg("%s: %.4f not in [%g, %g]", what, share, low, high);
}

static void test_coverage(void **state)
{
    (void)state;
    const int part = hundredths();
    tally all = {0};
    for (size_t k = 0; k < COUNT_OF(worlds); k++) {
        tally t = {0};
        const int portfolios = (2000 * part / 100 + (int)COUNT_OF(worlds) - 1) / (int)COUNT_OF(worlds);
        for (int i = 0; i < portfolios; i++)
            run(&worlds[k], 300 + 37 * (size_t)(i % 5), 1000003 * (k + 1) + 17 * (uint64_t)i, &t);
        print_message("# %s: accounts %.4f, position %.4f, money %.4f, equity %.4f, mean purchases %.3f\n",
                      calc_btyd_model_name(worlds[k].model), t.covered / t.accounts, t.pit_inside / t.accounts,
                      t.money / t.accounts, t.equity / t.portfolios, t.purchases / t.accounts);
        all.accounts += t.accounts;
        all.covered += t.covered;
        all.pit_inside += t.pit_inside;
        all.money += t.money;
        all.portfolios += t.portfolios;
        all.equity += t.equity;
    }
    /* parameter error is common to a portfolio, so accounts are not independent: count portfolios as well */
    expect_share("account intervals", all.covered, all.accounts, .78, 1, 600000);
    expect_share("account value intervals", all.money, all.accounts, .78, 1, 600000);
    expect_share("randomised position", all.pit_inside, all.accounts, .78, .82, 600000);
    expect_share("portfolio value intervals", all.equity, all.portfolios, .76, .84, 2000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_coverage),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

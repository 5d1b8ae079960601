/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fitting as such: our own seeded log against 113-bit reference values (scripts/dev/btyd-reference.c), and 200 small
 * simulated portfolios on which every fit must end in the optimum or in a named limit. */
#include "unit.h"
/* after unit.h */
#include "btyd_fixture.h"
#include "calc_btyd_int.h"
#include "calc_spend.h"

/* --- the seeded log ------------------------------------------------------------------------------------------------- */
static kam_ledger seeded_log(void)
{
    const char *src = getenv("KAM_SRCDIR");
    char path[1024], line[128];
    snprintf(path, sizeof path, "%s/tests/data/seeded_log.csv", src ? src : ".");
    FILE *f = fopen(path, "r");
    if (!f) fail_msg("%s is missing (set KAM_SRCDIR)", path);
    log_row *row = NULL;
    size_t n = 0, cap = 0;
    while (f && fgets(line, sizeof line, f)) {
        int id, day;
        long long minor;
        if (sscanf(line, "%d,%d,%lld", &id, &day, &minor) != 3) continue;
        KAM_GROW(row, cap, n + 1);
        row[n++] = (log_row){id, day, minor};
    }
    fclose(f);
    kam_ledger l = ledger_of_rows(row, n);
    kam_free(row);
    return l;
}

typedef struct reference {
    double par[4], se[4], ll;
} reference;

static const reference expected[CALC_BTYD_MODELS] = {
    [CALC_BTYD_BG] = {{0.5912806874308064, 27.65552575482, 0.5933452715396447, 1.528155384544103},
     {0.053414233, 3.7269058, 0.130695, 0.45372199},
     -6188.743804165642},
    [CALC_BTYD_MBG] = {{1.031341203481725, 41.46822483728918, 1.235982538886637, 4.455215600873132},
     {0.13726678, 6.1946675, 0.28515761, 1.3337386},
     -6207.743401633355},
    [CALC_BTYD_PARETO] = {{1.101759589020388, 63.56002476478313, 1.264491510198382, 267.1943965924625},
     {0.12995381, 8.2840312, 0.68285518, 188.15337},
     -6223.188590025251},
    [CALC_BTYD_NBD] = {{0.7686191151784688, 80.23655448546765},
     {0.070489709, 8.9589988},
     -6404.149529124975},
};

static void test_seeded_models(void **state)
{
    (void)state;
    kam_ledger l = seeded_log();
    calc_summary s;
    calc_summary_build(&l, 364, CALC_UNIT_DAY, CALC_BASIS_AMOUNT, 2, &s);
    const calc_btyd_data d = {s.n, s.x, s.tx, s.T, NULL};
    assert_int_equal(s.customers, 400);
    for (int m = 0; m < CALC_BTYD_MODELS; m++) {
        const reference *e = &expected[m];
        calc_btyd_fit f;
        assert_int_equal(calc_btyd_fit_model(&d, (calc_btyd_model)m, &f, NULL), KAM_OK);
        ASSERT_NEAR(f.log_likelihood, e->ll, 1e-8);
        for (int i = 0; i < f.n_params; i++) {
            ASSERT_DIGITS(f.param[i], e->par[i], 9);
            ASSERT_DIGITS(f.std_error[i], e->se[i], 7);
        }
    }
    calc_btyd_fit best, all[3];
    assert_int_equal(calc_btyd_fit_best(&d, &best, all, NULL), KAM_OK);
    assert_int_equal(best.model, CALC_BTYD_BG); /* the model the log was made with */
    for (int i = 0; i < 3; i++) assert_true(best.aic <= all[i].aic);
    calc_summary_release(&s);
    kam_ledger_release(&l);
}

static void test_seeded_spend(void **state)
{
    (void)state;
    static const reference e = {{5.228120249209818, 4.30048270764765, 310.0316393409344},
     {1.5461303, 0.58928676, 131.63803},
     -2135.382825709729};
    kam_ledger l = seeded_log();
    calc_summary s;
    calc_spend_fit f;
    calc_summary_build(&l, 364, CALC_UNIT_DAY, CALC_BASIS_AMOUNT, 2, &s);
    assert_int_equal(calc_spend_fit_model(s.n, s.spend_days, s.spend, &f, NULL), KAM_OK);
    ASSERT_NEAR(f.log_likelihood, e.ll, 1e-8);
    for (int i = 0; i < 3; i++) {
        ASSERT_DIGITS(f.param[i], e.par[i], 9);
        ASSERT_DIGITS(f.std_error[i], e.se[i], 7);
    }
    calc_summary_release(&s);
    kam_ledger_release(&l);
}

/* --- 200 small portfolios ------------------------------------------------------------------------------------------- */
static double log_uniform(calc_rng *r, double lo, double hi)
{
    return lo * exp(log(hi / lo) * calc_rng_uniform(r));
}

/* No parameter vector near the fit, nor the truth, is more likely than it by what a limit can cost. */
static void check_optimum(const calc_btyd_fit *f, const calc_btyd_data *d, const calc_btyd_fit *truth, calc_rng *r)
{
    double ll;
    for (int i = 0; i < f->n_params; i++) {
        assert_true(isfinite(f->param[i]) && f->param[i] > 0);
        assert_true(isfinite(f->std_error[i]) && f->std_error[i] >= 0);
    }
    assert_int_equal(calc_btyd_loglik(f, d, &ll, NULL), KAM_OK);
    ASSERT_NEAR(ll, f->log_likelihood, 1e-6 * (1 + fabs(ll)));
    if (f->flag == CALC_FIT_NO_REPEAT) return; /* a named refusal: not a maximum but a cautious rate */
    if (truth) {
        assert_int_equal(calc_btyd_loglik(truth, d, &ll, NULL), KAM_OK);
        assert_true(ll <= f->log_likelihood + 1e-3);
    }
    for (int k = 0; k < 12; k++) {
        calc_btyd_fit g = *f;
        const double size = k < 4 ? .02 : k < 8 ? .3 : 1.5;
        for (int i = 0; i < g.n_params; i++) g.param[i] *= exp(size * calc_rng_normal(r));
        assert_int_equal(calc_btyd_loglik(&g, d, &ll, NULL), KAM_OK);
        assert_true(ll <= f->log_likelihood + 1e-3);
    }
    for (int x = 0; x < 20; x += 4) {
        const double e = calc_btyd_expected(f, x, x ? 100 : 0, 300, 365), p = calc_btyd_p_alive(f, x, x ? 100 : 0, 300);
        assert_true(isfinite(e) && e >= 0 && p >= 0 && p <= 1);
    }
}

static void portfolio(int k, calc_rng *r, int flags[CALC_BTYD_MODELS])
{
    const calc_btyd_model made_by = (calc_btyd_model)(k % 3);
    const size_t n = 20 + (size_t)(480 * calc_rng_uniform(r));
    double par[4];
    par[0] = log_uniform(r, .03, 30);
    par[1] = par[0] / log_uniform(r, .003, .3);
    par[2] = log_uniform(r, .03, 30);
    par[3] = log_uniform(r, .03, 30) * (made_by == CALC_BTYD_PARETO ? 100 : 1);
    sim s = simulate(made_by, par, n, 30, 730, 1, 1000 + (uint64_t)k);
    const calc_btyd_data d = {s.n, s.x, s.tx, s.T, NULL};
    for (int m = 0; m < CALC_BTYD_MODELS; m++) {
        calc_btyd_fit f, truth;
        assert_int_equal(calc_btyd_fit_model(&d, (calc_btyd_model)m, &f, NULL), KAM_OK);
        assert_int_equal(calc_btyd_fit_given((calc_btyd_model)m, par, &truth, NULL), KAM_OK);
        check_optimum(&f, &d, m == (int)made_by ? &truth : NULL, r);
        flags[m] += f.flag == CALC_FIT_OK;
    }
    sim_release(&s);
}

static void test_small_portfolios(void **state)
{
    (void)state;
    int flags[CALC_BTYD_MODELS] = {0};
    calc_rng r;
    calc_rng_seed(&r, 42);
    const int n = slow_memory() ? 30 : 200;
    for (int k = 0; k < n; k++) portfolio(k, &r, flags);
    assert_true(flags[CALC_BTYD_BG] > .4 * n && flags[CALC_BTYD_MBG] > .4 * n); /* limits are named, not a way out */
}

/* Some accounts never come back, the others never leave: s and beta go to 0 together, and the likelihood rises towards that of
 *   L(x > 0) = (1 − pi)·NBD(x, T),  L(0) = pi + (1 − pi)·NBD(0, T),
 * which no s and beta reach: those that stayed may still leave, which costs about s for each account. The fit must end where s is as small as
 * it can be, some thousandths an account below at most, not in the bend of the ridge (at beta = e^{-23} it was 0.005 to 0.05). At the fit's own r
 * and alpha, and the best pi by golden section. */
static void test_leave_at_once_or_never(void **state)
{
    (void)state;
    for (int k = 0; k < (slow_memory() ? 3 : 12); k++) {
        calc_rng r;
        calc_rng_seed(&r, 31 + (uint64_t)k);
        const double par[4] = {log_uniform(&r, 1, 6), log_uniform(&r, 5, 20), 1, 1}, gone = .2 + .5 * calc_rng_uniform(&r);
        sim s = simulate(CALC_BTYD_NBD, par, 60 + 20 * (size_t)k, 40, 90, k % 2, 500 + (uint64_t)k);
        for (size_t i = 0; i < s.n; i++)
            if (calc_rng_uniform(&r) < gone) s.x[i] = 0, s.tx[i] = 0;
        const calc_btyd_data d = {s.n, s.x, s.tx, s.T, NULL};
        calc_btyd_fit f;
        assert_int_equal(calc_btyd_fit_model(&d, CALC_BTYD_PARETO, &f, NULL), KAM_OK);
        double lo = 0, hi = 1, best = -INFINITY;
        for (int step = 0; step < 80; step++) {
            double ll[2] = {0, 0};
            for (int side = 0; side < 2; side++) {
                const double pi = lo + (hi - lo) * (side ? .618 : .382);
                for (size_t i = 0; i < s.n; i++) {
                    const double nbd = calc_nbd_loglik1(f.param, s.x[i], s.T[i]);
                    ll[side] += s.x[i] > 0 ? log1p(-pi) + nbd : log(pi + (1 - pi) * exp(nbd));
                }
                best = fmax(best, ll[side]);
            }
            if (ll[0] < ll[1]) lo += (hi - lo) * .382;
            else hi -= (hi - lo) * .382;
        }
        assert_true(f.log_likelihood > best - 0.004 * (double)s.n);
        if (f.flag == CALC_FIT_POLAR_DROPOUT) assert_true(f.log_likelihood < best + 1e-6); /* from below */
        sim_release(&s);
    }
}

/* The quadrature form of the Pareto/NBD likelihood, used by the fit, against the series used by the scores. */
static void test_pareto_two_forms(void **state)
{
    (void)state;
    calc_rng r;
    calc_rng_seed(&r, 8);
    for (int k = 0; k < 300; k++) {
        const double alpha = log_uniform(&r, 1, 100);
        const double par[4] = {log_uniform(&r, .05, 20), alpha, log_uniform(&r, .05, 20), alpha * log_uniform(&r, .2, 5)};
        const double T = log_uniform(&r, 1, 300), tx = T * calc_rng_uniform(&r);
        const int32_t x = (int32_t)log_uniform(&r, 1, 200);
        calc_btyd_fit f;
        assert_int_equal(calc_btyd_fit_given(CALC_BTYD_PARETO, par, &f, NULL), KAM_OK);
        ASSERT_NEAR(calc_pareto_ln_integral(par, x, tx, T), -calc_btyd_log_p_alive(&f, x, tx, T), 1e-11);
    }
}

/* The tables against the quadrature, on both sides of alpha = beta, at it, and as far apart as only the chain reaches. */
static void test_pareto_tables(void **state)
{
    (void)state;
    const double par[4] = {.6, 25, .9, 60};
    sim s = simulate(CALC_BTYD_PARETO, par, 600, 30, 130, 2, 4);
    const calc_btyd_data d = {s.n, s.x, s.tx, s.T, NULL};
    calc_btyd_groups g;
    calc_btyd_prep p;
    assert_int_equal(calc_btyd_group(&d, &g, NULL), KAM_OK);
    calc_btyd_prep_build(&g, &p);
    static const double shift[] = {-12, -4, -2, -.5, -1e-9, 0, 1e-9, .5, 2, 4, 12};
    for (size_t k = 0; k < COUNT_OF(shift); k++) {
        const double v[4] = {-.3, -1.2, .2, -1.2 + shift[k]};
        double f[2], gr[2][4], H[2][4][CALC_NEWTON_MAX];
        calc_btyd_pairs keep_T = p.pairs_T, keep_x = p.pairs_x;
        p.pairs_T.of = NULL;
        calc_pareto_loglik(&p, v, &f[0], gr[0], H[0]);
        p.pairs_T = keep_T;
        p.pairs_x = keep_x;
        calc_btyd_prep_pairs(&p);
        calc_pareto_pair *pair = kam_alloc((p.pairs_T.n + p.pairs_x.n) * sizeof *pair);
        const double natural[4] = {exp(v[0]), exp(v[1]), exp(v[2]), exp(v[3])};
        assert_true(calc_pareto_chain(&p, natural, pair, pair + p.pairs_T.n));
        kam_free(pair);
        calc_pareto_loglik(&p, v, &f[1], gr[1], H[1]);
        ASSERT_DIGITS(f[1], f[0], 12);
        for (int i = 0; i < 4; i++) {
            ASSERT_NEAR(gr[1][i], gr[0][i], 1e-9 * (1 + fabs(gr[0][i])));
            for (int j = 0; j < 4; j++) ASSERT_NEAR(H[1][i][j], H[0][i][j], 1e-8 * (1 + fabs(H[0][i][j])));
        }
    }
    calc_btyd_prep_release(&p);
    calc_btyd_groups_release(&g);
    sim_release(&s);
}

/* Either the next purchase comes first or the end: A + B = 1 at every (x, t), and so the derivatives of both cancel. From
 * alpha far above beta to the limit where all drop out alike. */
static void test_pareto_chain(void **state)
{
    (void)state;
    static const int32_t repeats[] = {1, 2, 3, 20, 120};
    static const double shift[] = {-12, -2, 0, .5, 2, 12, 25};
    enum { DAYS = 60, N = DAYS * (int)COUNT_OF(repeats) };
    int32_t x[N];
    double t[N];
    for (int i = 0; i < N; i++) {
        x[i] = repeats[i / DAYS];
        t[i] = 1 + i % DAYS;
    }
    const calc_btyd_data d = {N, x, t, t, NULL};
    calc_btyd_groups g;
    calc_btyd_prep p;
    assert_int_equal(calc_btyd_group(&d, &g, NULL), KAM_OK);
    calc_btyd_prep_build(&g, &p);
    calc_btyd_prep_pairs(&p);
    calc_pareto_pair *A = kam_alloc((p.pairs_T.n + p.pairs_x.n) * sizeof *A), *B = A + p.pairs_T.n;
    for (size_t k = 0; k < COUNT_OF(shift); k++) {
        const double par[4] = {.7, .3, k + 1 == COUNT_OF(shift) ? 1.2 * exp(25) : 1.2, .3 * exp(shift[k])};
        assert_true(calc_pareto_chain(&p, par, A, B));
        for (size_t i = 0; i < g.n; i++) {
            const calc_pareto_pair *a = &A[p.pairs_T.of[i]], *b = &B[p.pairs_x.of[i]];
            const double ea = exp(a->l), eb = exp(b->l);
            ASSERT_NEAR(ea + eb, 1, 3e-12);
            for (int j = 0, m = 0; j < 4; j++) {
                ASSERT_NEAR(ea * a->d[j] + eb * b->d[j], 0, 3e-11);
                for (int l = 0; l <= j; l++, m++)
                    ASSERT_NEAR(ea * (a->dd[m] + a->d[j] * a->d[l]) + eb * (b->dd[m] + b->d[j] * b->d[l]), 0, 3e-10);
            }
        }
    }
    const double never[4] = {1e-3, .3, 1e-3, .3};
    assert_false(calc_pareto_chain(&p, never, A, B));
    kam_free(A);
    calc_btyd_prep_release(&p);
    calc_btyd_groups_release(&g);
}

/* P(alive) of all groups by tables against one account at a time: both sides of alpha = beta, at it, so far apart that the
 * chain is used (there the account's own quadrature is good to 2e-11, the chain to 2e-13 of a 30-digit integral), and without
 * tables; x up to some dozens, where (r+x)·1e-16 is what rounding costs. */
static void test_alive_of_all(void **state)
{
    (void)state;
    static const struct {
        calc_btyd_model model;
        double par[4];
    } at[] = {{CALC_BTYD_BG, {.6, 5, .9, 3}},        {CALC_BTYD_BG, {.6, 5, 1e-9, 1e9}}, {CALC_BTYD_MBG, {.6, 5, .9, 3}},
              {CALC_BTYD_PARETO, {.6, 5, .9, 60}},   {CALC_BTYD_PARETO, {.6, 60, .9, 5}}, {CALC_BTYD_PARETO, {.6, 5, .9, 5}},
              {CALC_BTYD_PARETO, {.6, 5, .9e6, 6e7}}, {CALC_BTYD_PARETO, {.6, 25, 1e-6, 24}}, {CALC_BTYD_NBD, {.6, 5, 0, 0}}};
    const double par[4] = {.6, 5, .9, 60};
    sim s = simulate(CALC_BTYD_PARETO, par, 1500, 30, 130, 2, 4);
    const calc_btyd_data d = {s.n, s.x, s.tx, s.T, NULL};
    calc_btyd_groups g;
    calc_btyd_prep p;
    assert_int_equal(calc_btyd_group(&d, &g, NULL), KAM_OK);
    calc_btyd_prep_build(&g, &p);
    double *alive = kam_alloc(g.n * sizeof *alive);
    for (int pairs = 0; pairs < 2; pairs++) {
        if (pairs) {
            calc_btyd_prep_pairs(&p);
            assert_true(p.nx * p.nt <= 8 * (p.pairs_T.n + p.pairs_x.n));
        }
        for (size_t k = 0; k < COUNT_OF(at); k++) {
            calc_btyd_fit f;
            memset(&f, 0, sizeof f);
            f.model = at[k].model;
            f.n_params = calc_btyd_n_params(f.model);
            memcpy(f.param, at[k].par, sizeof f.param);
            calc_btyd_alive_all(&f, &p, alive);
            for (size_t i = 0; i < g.n; i++) {
                assert_true(alive[i] >= 0 && alive[i] <= 1);
                ASSERT_DIGITS(alive[i], calc_btyd_p_alive(&f, g.x[i], g.tx[i], g.T[i]), f.param[3] > 1e6 ? 10 : 12);
            }
        }
    }
    kam_free(alive);
    calc_btyd_prep_release(&p);
    calc_btyd_groups_release(&g);
    sim_release(&s);
}

/* Derivatives in closed form against difference quotients. */
static void test_derivatives(void **state)
{
    (void)state;
    const double par[4] = {.6, 25, .9, 3};
    sim s = simulate(CALC_BTYD_BG, par, 200, 30, 300, 1, 4);
    const calc_btyd_data d = {s.n, s.x, s.tx, s.T, NULL};
    calc_btyd_groups g;
    calc_btyd_prep p;
    assert_int_equal(calc_btyd_group(&d, &g, NULL), KAM_OK);
    calc_btyd_prep_build(&g, &p);
    for (int m = 0; m < 4; m++) { /* 2: Pareto/NBD by quadrature, 3: by tables */
        if (m == 3) calc_btyd_prep_pairs(&p);
        const double at[4] = {-.3, -1.2, .2, m >= 2 ? -.4 : 1.4};
        double f[3], gr[3][4], H[3][4][CALC_NEWTON_MAX];
        for (int i = 0; i < 4; i++) {
            for (int k = 0; k < 3; k++) {
                double v[4];
                memcpy(v, at, sizeof v);
                v[i] += (k - 1) * 1e-4;
                if (m >= 2) calc_pareto_loglik(&p, v, &f[k], gr[k], H[k]);
                else calc_bg_loglik(&p, m == 1, v, &f[k], gr[k], H[k]);
            }
            ASSERT_NEAR((f[2] - f[0]) / 2e-4, gr[1][i], 1e-4 * (1 + fabs(gr[1][i])));
            for (int j = 0; j < 4; j++)
                ASSERT_NEAR((gr[2][j] - gr[0][j]) / 2e-4, H[1][i][j], 1e-5 * (1 + fabs(H[1][i][j])));
        }
    }
    calc_btyd_prep_release(&p);
    calc_btyd_groups_release(&g);
    sim_release(&s);
}

/* Rows of every group are equal in x, t_x and T, groups come in their order, and nobody is lost. Whole days (few distinct
 * times, many equal rows), then exact times (all distinct, ranks of two digits). */
static void test_grouping(void **state)
{
    (void)state;
    const double par[4] = {.6, 25, .9, 3};
    for (int exact = 0; exact < 2; exact++) {
        sim s = simulate(CALC_BTYD_BG, par, 3000, 30, 300, exact ? 0 : 1, 8);
        for (size_t i = 0; i < s.n; i += 7) s.x[i] = -1;
        const calc_btyd_data d = {s.n, s.x, s.tx, s.T, NULL};
        calc_btyd_groups g;
        assert_int_equal(calc_btyd_group(&d, &g, NULL), KAM_OK);
        double *left = kam_calloc(g.n, sizeof *left);
        size_t rows = 0, repeaters = 0;
        for (size_t i = 0; i < s.n; i++) {
            if (s.x[i] < 0) {
                assert_int_equal(g.of[i], UINT32_MAX);
                continue;
            }
            const uint32_t k = g.of[i];
            assert_true(k < g.n && g.x[k] == s.x[i] && g.tx[k] == s.tx[i] && g.T[k] == s.T[i]);
            left[k]++;
            rows++;
            repeaters += s.x[i] > 0;
        }
        for (size_t k = 0; k < g.n; k++) {
            assert_true(left[k] == g.weight[k] && left[k] > 0);
            assert_true(g.xs[g.ix[k]] == g.x[k] && g.ts[g.itx[k]] == g.tx[k] && g.ts[g.iT[k]] == g.T[k]);
            if (k == 0) continue;
            assert_true(g.x[k - 1] < g.x[k] || (g.x[k - 1] == g.x[k] && g.T[k - 1] < g.T[k]) ||
                        (g.x[k - 1] == g.x[k] && g.T[k - 1] == g.T[k] && g.tx[k - 1] < g.tx[k]));
        }
        for (size_t k = 1; k < g.nx; k++) assert_true(g.xs[k - 1] < g.xs[k]);
        for (size_t k = 1; k < g.nt; k++) assert_true(g.ts[k - 1] < g.ts[k]);
        assert_int_equal(g.n_accounts, rows);
        assert_int_equal(g.n_repeaters, repeaters);
        if (exact) assert_true(g.nt > 2048);
        kam_free(left);
        calc_btyd_groups_release(&g);
        sim_release(&s);
    }
}

/* Where a sample gives the start: the fit still ends in the optimum (every score below 1e-6 of its own standard
 * deviation), in few passes; and a portfolio without drop-out is still recognised as one. */
static void test_many_groups(void **state)
{
    (void)state;
    if (slow_memory()) return;
    static const double par[CALC_BTYD_MODELS][4] = {
        [CALC_BTYD_BG] = {.6, 25, .9, 3}, [CALC_BTYD_MBG] = {.9, 25, .9, 3}, [CALC_BTYD_PARETO] = {.7, 25, .8, 90},
        [CALC_BTYD_NBD] = {.8, 25, 0, 0}};
    for (int m = 0; m < CALC_BTYD_MODELS; m++) {
        sim s = simulate((calc_btyd_model)m, par[m], 100000, 100, 400, .05, 5);
        const calc_btyd_data d = {s.n, s.x, s.tx, s.T, NULL};
        calc_btyd_groups g;
        calc_btyd_prep p;
        calc_btyd_fit f;
        assert_int_equal(calc_btyd_fit_model(&d, (calc_btyd_model)m, &f, NULL), KAM_OK);
        assert_true(f.n_groups > 40000);
        assert_int_equal(f.flag, CALC_FIT_OK);
        assert_true(f.starts == 1 && f.evaluations <= 6);
        assert_int_equal(calc_btyd_group(&d, &g, NULL), KAM_OK);
        calc_btyd_prep_build(&g, &p);
        double v[4] = {0}, ll, gr[4], H[4][CALC_NEWTON_MAX];
        for (int i = 0; i < f.n_params; i++) v[i] = log(f.param[i]);
        v[1] -= log(p.scale);
        if (m == CALC_BTYD_PARETO) v[3] -= log(p.scale);
        if (m == CALC_BTYD_PARETO) calc_pareto_loglik(&p, v, &ll, gr, H);
        else if (m == CALC_BTYD_NBD) calc_nbd_loglik(&p, v, &ll, gr, H);
        else calc_bg_loglik(&p, m == CALC_BTYD_MBG, v, &ll, gr, H);
        for (int i = 0; i < f.n_params; i++) {
            assert_true(fabs(gr[i]) < 1e-6 * sqrt(-H[i][i]));
            assert_true(fabs(log(f.param[i] / par[m][i])) < 5 * f.std_error[i] / f.param[i]);
        }
        if (m == CALC_BTYD_NBD) {
            calc_btyd_fit bg;
            assert_int_equal(calc_btyd_fit_model(&d, CALC_BTYD_BG, &bg, NULL), KAM_OK);
            assert_true(bg.log_likelihood > f.log_likelihood - 1e-6);
        }
        calc_btyd_prep_release(&p);
        calc_btyd_groups_release(&g);
        sim_release(&s);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_seeded_models),    cmocka_unit_test(test_seeded_spend),
        cmocka_unit_test(test_small_portfolios), cmocka_unit_test(test_leave_at_once_or_never),
        cmocka_unit_test(test_pareto_two_forms),
        cmocka_unit_test(test_pareto_tables),    cmocka_unit_test(test_derivatives),
        cmocka_unit_test(test_pareto_chain),     cmocka_unit_test(test_alive_of_all),
        cmocka_unit_test(test_grouping),         cmocka_unit_test(test_many_groups),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

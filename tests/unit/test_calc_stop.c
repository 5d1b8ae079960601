/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ^C within the long computations: each asks often enough, stops at whichever of its questions the answer is yes, says KAM_INTERRUPT, leaves
 * its outputs untouched and nothing behind (the sanitizers see to that). */
#include "unit.h"
/* after unit.h */
#include "btyd_fixture.h"
#include "calc_build.h"
#include "calc_cross.h"
#include "calc_key.h"
#include "calc_lifecycle.h"
#include "calc_logit.h"
#include "calc_next.h"
#include "calc_pyramid.h"
#include "calc_rfm.h"
#include "calc_segment.h"
#include "calc_serve.h"
#include "calc_wallet.h"
#include "calc_whatif.h"
#include "calc_yield.h"
#include "sales_build.h"

typedef struct patience {
    volatile int flag;
    size_t asked, stop_at; /* 0: never */
} patience;

static void ask(void *ctx, const char *what, uint64_t done, uint64_t total)
{
    patience *p = ctx;
    assert_non_null(what);
    assert_true(total == 0 || done <= total);
    if (++p->asked == p->stop_at) p->flag = 1;
}

typedef kam_rc (*work_fn)(kam_progress *p, kam_err *err);

/* Counts the questions of a run to the end; then stops at each of them, at most thirty, spread over the run. */
static size_t stops_everywhere(work_fn work)
{
    patience all = {0, 0, 0};
    kam_progress p = {&all.flag, ask, &all};
    kam_err err = KAM_ERR_INIT;
    assert_int_equal(work(&p, &err), KAM_OK);
    const size_t step = all.asked / 30 + 1;
    for (size_t k = 1; k <= all.asked; k += step) {
        patience one = {0, 0, k};
        kam_progress q = {&one.flag, ask, &one};
        kam_err e = KAM_ERR_INIT;
        const kam_rc rc = work(&q, &e);
        if (k == all.asked && rc == KAM_OK) continue; /* after the last question there was no other to say no to */
        assert_int_equal(rc, KAM_INTERRUPT);
        assert_int_equal(e.code, KAM_INTERRUPT);
        assert_int_equal(one.asked, k); /* whoever was told to stop tells no more */
    }
    return all.asked;
}

/* --- the portfolio of the value models -------------------------------------------------------------------------------- */
enum { N = 300 };
static calc_summary portfolio;
static calc_btyd_fit fits[2];
static calc_spend_fit spend;
static const calc_value_spec SPEC = {24, 52.178571 / 12, 0.008, 0.8, 2, NULL};

static int setup(void **state)
{
    (void)state;
    static const double par[4] = {.6, 8, 1.2, 40};
    sim s = simulate(CALC_BTYD_PARETO, par, N, 20, 90, 1, 12);
    calc_summary *o = &portfolio;
    o->n = N;
    o->x = kam_calloc(N, sizeof *o->x);
    o->tx = kam_calloc(N, sizeof *o->tx);
    o->T = kam_calloc(N, sizeof *o->T);
    o->first_day = kam_calloc(N, sizeof *o->first_day);
    o->last_day = kam_calloc(N, sizeof *o->last_day);
    o->spend_days = kam_calloc(N, sizeof *o->spend_days);
    o->spend = kam_calloc(N, sizeof *o->spend);
    for (size_t i = 0; i < N; i++) {
        o->x[i] = o->spend_days[i] = s.x[i];
        o->tx[i] = s.tx[i];
        o->T[i] = s.T[i];
        o->spend[i] = s.x[i] ? 20 + (double)(i * 37 % 101) : 0;
    }
    sim_release(&s);
    const calc_btyd_data d = {N, o->x, o->tx, o->T, NULL};
    static const calc_btyd_model model[2] = {CALC_BTYD_BG, CALC_BTYD_PARETO};
    for (int m = 0; m < 2; m++)
        if (calc_btyd_fit_model(&d, model[m], &fits[m], NULL) != KAM_OK) return -1;
    return calc_spend_fit_model(N, o->spend_days, o->spend, &spend, NULL) == KAM_OK ? 0 : -1;
}

static int teardown(void **state)
{
    (void)state;
    calc_summary_release(&portfolio);
    return 0;
}

static kam_rc fit_all(kam_progress *p, kam_err *err)
{
    const calc_btyd_data d = {N, portfolio.x, portfolio.tx, portfolio.T, p};
    calc_btyd_fit best = {.evaluations = -7};
    const kam_rc rc = calc_btyd_fit_best(&d, &best, NULL, err);
    assert_true((rc == KAM_OK) == (best.evaluations != -7));
    return rc;
}

static kam_rc fit_spend(kam_progress *p, kam_err *err)
{
    calc_spend_fit f = {.evaluations = -7};
    const kam_rc rc = calc_spend_fit_asking(N, portfolio.spend_days, portfolio.spend, p, &f, err);
    assert_true((rc == KAM_OK) == (f.evaluations != -7));
    if (rc == KAM_OK) assert_true(f.log_likelihood == spend.log_likelihood); /* asking changes nothing */
    return rc;
}

static const calc_btyd_fit *fit_now;

static kam_rc score(kam_progress *p, kam_err *err)
{
    calc_value_spec spec = SPEC;
    calc_value_scores v = CALC_VALUE_SCORES_INIT;
    spec.progress = p;
    const kam_rc rc = calc_value_score(&portfolio, fit_now, &spend, &spec, &v, err);
    assert_true((rc == KAM_OK) == (v.n == N));
    calc_value_scores_release(&v);
    return rc;
}

static kam_rc equity(kam_progress *p, kam_err *err)
{
    calc_value_spec spec = SPEC;
    calc_equity e = {.draws = -7};
    spec.progress = p;
    const kam_rc rc = calc_value_equity(&portfolio, fit_now, &spend, &spec, 1, 200, &e, err);
    assert_int_equal(e.draws, rc == KAM_OK ? 200 : -7);
    return rc;
}

static kam_rc levers(kam_progress *p, kam_err *err)
{
    calc_value_spec spec = SPEC;
    calc_whatif_levers l = {5, .05, .08, -.1};
    calc_whatif_winning won = {2000, 3, 7};
    kam_table *like = build_accounts(""), *t = NULL;
    spec.progress = p;
    const kam_rc rc = calc_whatif(&portfolio, fit_now, &spend, &spec, .1, &l, &won, CALC_EN, like, &t, err);
    assert_true((rc == KAM_OK) == (t != NULL));
    kam_table_unref(t);
    kam_table_unref(like);
    return rc;
}

static kam_rc keeping(kam_progress *p, kam_err *err)
{
    calc_value_spec spec = SPEC;
    calc_whatif_rates r = {5, .5, .15};
    calc_whatif_winning won = {2000, 3, 7};
    kam_table *like = build_accounts(""), *t = NULL;
    spec.progress = p;
    const kam_rc rc = calc_whatif_keep(&portfolio, fit_now, &spend, &spec, &r, &won, CALC_EN, like, &t, err);
    assert_true((rc == KAM_OK) == (t != NULL));
    kam_table_unref(t);
    kam_table_unref(like);
    return rc;
}

static void value_models(void **state)
{
    (void)state;
    assert_true(stops_everywhere(fit_all) > 30);
    assert_true(stops_everywhere(fit_spend) > 5);
    for (int m = 0; m < 2; m++) {
        fit_now = &fits[m];
        assert_true(stops_everywhere(score) > 8);
        assert_true(stops_everywhere(equity) > 8);
        assert_true(stops_everywhere(levers) > 3);
        assert_true(stops_everywhere(keeping) > 2);
    }
}

/* --- questions with rows ------------------------------------------------------------------------------------------------ */
static kam_table *accounts;
static kam_ledger ledger;
static kam_sales sales;
static kam_table *products;

/* 1,100 accounts, so that row loops ask more than once: four purchases each, two of three products. */
static void build_world(void)
{
    enum { MANY = 1100 };
    kam_str codes = KAM_STR_INIT, days = KAM_STR_INIT, lines = KAM_STR_INIT;
    for (int i = 0; i < MANY; i++) {
        kam_str_addf(&codes, "A%04d ", i);
        kam_str_addf(&days, "2025-01-%02d 500 2025-02-%02d 700 2025-03-%02d 900 2025-05-%02d %d\n", 1 + i % 28, 1 + i % 13, 1 + i % 17, 1 + i % 19, 100 + i);
        kam_str_addf(&lines, i % 2 ? "0 2025-01-%02d 5 1 2025-02-%02d 5\n" : "2 2025-01-%02d 5 2 2025-02-%02d 5\n", 1 + i % 28, 1 + i % 13);
    }
    accounts = build_accounts(kam_str_cstr(&codes));
    ledger = build_ledger(kam_str_cstr(&days));
    sales = build_sales(3, kam_str_cstr(&lines));
    products = build_products("P Q R");
    kam_str_release(&codes);
    kam_str_release(&days);
    kam_str_release(&lines);
}

static kam_rc calls(kam_progress *p, kam_err *err)
{
    calc_next_params np = CALC_NEXT_PARAMS(day_of("2025-06-30"), CALC_EN);
    kam_table *t = NULL;
    np.progress = p;
    np.all = true;
    const kam_rc rc = calc_next_calls(&(calc_facts){.accounts = accounts, .ledger = &ledger}, NULL, NULL, &np, &t, err);
    assert_true((rc == KAM_OK) == (t != NULL));
    kam_table_unref(t);
    return rc;
}

static kam_rc segments(kam_progress *p, kam_err *err)
{
    calc_segment_params sp = CALC_SEGMENT_PARAMS(day_of("2025-06-30"), CALC_EN);
    calc_segment_facts x = {NULL, NULL, NULL};
    kam_table *t = NULL, *s = NULL;
    sp.kmeans.progress = p;
    sp.kmeans.sample = 100;
    const kam_rc rc = calc_segment(&(calc_facts){.accounts = accounts, .ledger = &ledger}, &x, &sp, &t, &s, err);
    assert_true((rc == KAM_OK) == (t != NULL && s != NULL));
    kam_table_unref(t);
    kam_table_unref(s);
    return rc;
}

static kam_rc cross(kam_progress *p, kam_err *err)
{
    calc_cross_params cp = CALC_CROSS_PARAMS(day_of("2025-06-30"), CALC_EN);
    calc_cross c;
    kam_table *t = NULL;
    cp.progress = p;
    cp.basket = CALC_BASKET_DAY;
    kam_rc rc = calc_cross_build(&sales, &cp, &c, err);
    if (rc) return rc;
    rc = calc_cross_offers(&c, accounts, products, SIZE_MAX, &t, err);
    assert_true((rc == KAM_OK) == (t != NULL));
    kam_table_unref(t);
    calc_cross_release(&c);
    return rc;
}

/* What asks whom the table of accounts says. */
static kam_rc by_table(kam_progress *p, kam_err *err, kam_rc (*method)(const calc_facts *f, kam_table **out, kam_err *err))
{
    kam_table *t = NULL;
    kam_table_set_watch(accounts, p);
    const kam_rc rc = method(&(calc_facts){.accounts = accounts, .ledger = &ledger}, &t, err);
    kam_table_set_watch(accounts, NULL);
    assert_true((rc == KAM_OK) == (t != NULL));
    kam_table_unref(t);
    return rc;
}

#define METHOD(name, type, init)                                                                  \
    static kam_rc name##_of(const calc_facts *f, kam_table **out, kam_err *err)                   \
    {                                                                                             \
        type p = init(day_of("2025-06-30"), CALC_EN);                                             \
        return calc_##name(f, &p, out, err);                                                      \
    }                                                                                             \
    static kam_rc name(kam_progress *p, kam_err *err) { return by_table(p, err, name##_of); }
METHOD(yield, calc_yield_params, CALC_YIELD_PARAMS)
METHOD(rfm, calc_rfm_params, CALC_RFM_PARAMS)
METHOD(lifecycle, calc_lifecycle_params, CALC_LIFECYCLE_PARAMS)
METHOD(ladder, calc_ladder_params, CALC_LADDER_PARAMS)
METHOD(key, calc_key_params, CALC_KEY_PARAMS)
METHOD(wallet, calc_wallet_params, CALC_WALLET_PARAMS)

static kam_rc serve_of(const calc_facts *f, kam_table **out, kam_err *err)
{
    calc_serve_params p = CALC_SERVE_PARAMS(day_of("2025-06-30"), CALC_EN);
    return calc_serve(f, NULL, &p, out, err);
}
static kam_rc serve(kam_progress *p, kam_err *err) { return by_table(p, err, serve_of); }

static kam_rc pyramid_of(const calc_facts *f, kam_table **out, kam_err *err)
{
    calc_pyramid_params p = CALC_PYRAMID_PARAMS(day_of("2025-06-30"), CALC_EN);
    kam_table *items = NULL;
    kam_rc rc = calc_pyramid_items(f, &p, &items, err);
    if (rc == KAM_OK) rc = calc_pyramid(items, &p, out, err);
    kam_table_unref(items);
    return rc;
}
static kam_rc pyramid(kam_progress *p, kam_err *err) { return by_table(p, err, pyramid_of); }

static const work_fn tabled[] = {yield, rfm, lifecycle, ladder, key, wallet, serve, pyramid};

/* 4,000 rows of three columns, one in three an event the first column speaks for. */
static kam_rc logit(kam_progress *p, kam_err *err)
{
    enum { ROWS = 4000, COLS = 3, FOLD = 5 };
    static const double grid[] = {1, 0.1, 0.01};
    static double x[ROWS * COLS];
    static uint8_t y[ROWS], fold[ROWS];
    for (size_t i = 0; i < ROWS; i++) {
        for (size_t j = 0; j < COLS; j++) x[i * COLS + j] = (double)((i * 7919 + j * 104729) % 1009) / 1009;
        y[i] = (i * 7919) % 1009 < 200 || i % 5 == 0;
        fold[i] = (uint8_t)(i % FOLD);
    }
    const calc_logit_data d = {ROWS, COLS, x, y, NULL, p};
    double lambda;
    calc_logit fit;
    kam_rc rc = calc_logit_choose(&d, fold, FOLD, grid, COUNT_OF(grid), p, &lambda, NULL, err);
    if (!rc) rc = calc_logit_fit(&d, lambda, NULL, &fit, err);
    return rc;
}

static void rows(void **state)
{
    (void)state;
    build_world();
    assert_true(stops_everywhere(calls) > 10);
    assert_true(stops_everywhere(segments) >= 3);
    assert_true(stops_everywhere(cross) > 6);
    assert_true(stops_everywhere(logit) > 15);
    for (size_t i = 0; i < COUNT_OF(tabled); i++) assert_true(stops_everywhere(tabled[i]) >= 2);
    kam_table_unref(accounts);
    kam_table_unref(products);
    kam_ledger_release(&ledger);
    kam_sales_release(&sales);
}

/* A flag that is up from the beginning, without anybody who counts: also what only asks within its loops stops. */
static void at_once(void **state)
{
    (void)state;
    static const work_fn work[] = {fit_all, fit_spend, score, equity, levers, keeping};
    volatile int up = 1;
    kam_progress p = {&up, NULL, NULL};
    fit_now = &fits[1];
    for (size_t i = 0; i < COUNT_OF(work); i++) assert_int_equal(work[i](&p, NULL), KAM_INTERRUPT);
    build_world();
    assert_int_equal(calls(&p, NULL), KAM_INTERRUPT);
    assert_int_equal(segments(&p, NULL), KAM_INTERRUPT);
    assert_int_equal(cross(&p, NULL), KAM_INTERRUPT);
    assert_int_equal(logit(&p, NULL), KAM_INTERRUPT);
    for (size_t i = 0; i < COUNT_OF(tabled); i++) assert_int_equal(tabled[i](&p, NULL), KAM_INTERRUPT);
    kam_table_unref(accounts);
    kam_table_unref(products);
    kam_ledger_release(&ledger);
    kam_sales_release(&sales);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(value_models), cmocka_unit_test(rows), cmocka_unit_test(at_once)};
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, setup, teardown);
}

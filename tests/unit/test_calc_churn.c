/* SPDX-License-Identifier: GPL-3.0-or-later */
/* F4: the panel, no leakage, known truth, refusal. */
#include "unit.h"
#include "calc_build.h"
#include "calc_churn.h"
#include "calc_churn_int.h"
#include <math.h>

/* A portfolio whose losses are drawn from known log odds. Everybody buys every 30 days, last 5 days before each cut day D − 730, D − 365. At a cut an
 * account has `c` complaints of the year before (0, 1, 2) and a survey gap g (−3 … 3); with probability logistic(B0 + BC·log(1 + c) + BG·g) it never buys
 * again: its last purchase is 5 days before the cut and A4 calls it lost 361 days after it, within the horizon. */
static const double B0 = -1.2, BC = 1.5, BG = -0.5;
typedef struct world {
    kam_day asof;
    kam_table *acc, *complaints, *surveys;
    kam_ledger l;
    double *eta;   /* of every row at risk */
    uint8_t *y;
    size_t rows;
    calc_facts f;
    calc_churn_in in;
} world;

static void build_world(world *w, size_t n, uint64_t seed, bool later)
{
    kam_str complaints = KAM_STR_INIT, surveys = KAM_STR_INIT;
    size_t cap = 0;
    memset(w, 0, sizeof *w);
    w->asof = day_of("2025-12-31");
    w->acc = random_accounts(n);
    w->eta = kam_calloc(2 * n, sizeof *w->eta);
    w->y = kam_calloc(2 * n, 1);
    w->l.start = kam_calloc(n + 1, sizeof *w->l.start);
    for (size_t i = 0; i < n; i++) {
        kam_day gone = w->asof + 1;
        for (int k = 2; k >= 1 && gone > w->asof; k--) {
            kam_day cut = w->asof - 365 * k;
            int c = (int)(rnd(&seed) % 3), g = (int)(rnd(&seed) % 7) - 3;
            char day[KAM_DATE_MAX];
            for (int j = 0; j < c; j++) {
                kam_day_format(cut - 10 - 50 * j, day);
                kam_str_addf(&complaints, "%zu|%s|%s\n", i, day, day);
            }
            kam_day_format(cut - 20, day);
            kam_str_addf(&surveys, "%zu|%s|5|%d\n", i, day, 5 + g);
            double eta = B0 + BC * log1p(c) + BG * g;
            bool lost = rnd_unit(&seed) < 1 / (1 + exp(-eta));
            w->eta[w->rows] = eta;
            w->y[w->rows++] = lost;
            if (lost) gone = cut;
        }
        for (kam_day d = w->asof - 735 - 360; d <= w->asof && d < gone; d += 30) {
            char amount[] = "1000/300";
            build_entry(&w->l, &cap, d, amount);
        }
        w->l.start[++w->l.n_accounts] = w->l.n_entries;
        if (later) kam_str_addf(&surveys, "%zu|2025-06-01|9|%d\n", i, (int)(i % 10)); /* dated after the last cut day */
        if (later) kam_str_addf(&complaints, "%zu|2025-07-01|-\n", i);
    }
    w->complaints = build_table("row:int date:day resolved_on:day", kam_str_cstr(&complaints));
    w->surveys = build_table("row:int date:day expectation:real perceived:real", kam_str_cstr(&surveys));
    w->f = (calc_facts){.accounts = w->acc, .ledger = &w->l, .complaints = w->complaints, .surveys = w->surveys};
    w->in = (calc_churn_in){&w->f, NULL, NULL};
    kam_str_release(&complaints);
    kam_str_release(&surveys);
}

static void free_world(world *w)
{
    kam_table_unref(w->acc);
    kam_table_unref(w->complaints);
    kam_table_unref(w->surveys);
    kam_ledger_release(&w->l);
    kam_free(w->eta);
    kam_free(w->y);
}

static void known_truth(void **state)
{
    (void)state;
    world w;
    calc_churn_model m;
    build_world(&w, 8000, 99, false);
    calc_churn_params p = CALC_CHURN_PARAMS(w.asof, CALC_EN);
    p.level = 0.95;
    p.lambda = 1e-3; /* with less, the oldest cut, at which nobody is lost, separates the classes by tenure */
    assert_int_equal(calc_churn_fit(&w.in, &p, &m, NULL), KAM_OK);
    assert_int_equal(m.periods, 3); /* the first purchase lies on day D − 1095 */
    size_t lost = 0;
    for (size_t i = 0; i < w.rows; i++) lost += w.y[i];
    assert_int_equal(m.lost, lost); /* each planted loss is counted once */
    assert_int_equal(m.rows, w.rows + 8000); /* at the oldest cut all are at risk, nobody is lost */
    free_world(&w);

    /* Without the oldest cut, where nothing was planted: the purchases begin a day later. */
    build_world(&w, 8000, 99, false);
    for (size_t i = 0; i < w.l.n_accounts; i++) w.l.net_minor[w.l.start[i]] = 0;
    p.lambda = 1e-8;
    assert_int_equal(calc_churn_fit(&w.in, &p, &m, NULL), KAM_OK);
    assert_int_equal(m.periods, 2);
    assert_int_equal(m.rows, w.rows);
    double c = m.fit.beta[CALC_TRAIT_COMPLAINTS] / m.fit.sd[CALC_TRAIT_COMPLAINTS], g = m.fit.beta[CALC_TRAIT_GAP] / m.fit.sd[CALC_TRAIT_GAP];
    assert_true(fabs(c - BC) < 3 * m.fit.se[CALC_TRAIT_COMPLAINTS] / m.fit.sd[CALC_TRAIT_COMPLAINTS]);
    assert_true(fabs(g - BG) < 3 * m.fit.se[CALC_TRAIT_GAP] / m.fit.sd[CALC_TRAIT_GAP]);
    double best, low, high;
    assert_true(calc_auc(w.eta, w.y, w.rows, 0.95, &best, &low, &high));
    assert_true(m.tested && best > 0.7);
    assert_true(fabs(m.auc - best) < 0.02);
    assert_true(m.brier < m.brier_base);
    assert_true(m.test_rows > m.rows / 4 && m.test_rows < m.rows * 35 / 100);
    for (size_t k = 0; k < m.bins; k++) {
        double q = m.bin[k].predicted, se = sqrt(q * (1 - q) / (double)m.bin[k].n);
        assert_true(fabs((double)m.bin[k].events / (double)m.bin[k].n - q) < 4 * se);
    }
    /* Chosen λ and a sample tell the same story. */
    p.lambda = NAN;
    p.sample = 4000;
    calc_churn_model s;
    assert_int_equal(calc_churn_fit(&w.in, &p, &s, NULL), KAM_OK);
    assert_true(s.chosen && s.used_rows > 3500 && s.used_rows < 4500 && s.rows == m.rows);
    assert_true(fabs(s.auc - best) < 0.05);
    free_world(&w);
}

/* What is dated after the last cut day changes no coefficient. */
static void no_leakage(void **state)
{
    (void)state;
    world a, b;
    calc_churn_model m, n;
    build_world(&a, 600, 3, false);
    build_world(&b, 600, 3, true);
    calc_churn_params p = CALC_CHURN_PARAMS(a.asof, CALC_EN);
    assert_int_equal(calc_churn_fit(&a.in, &p, &m, NULL), KAM_OK);
    assert_int_equal(calc_churn_fit(&b.in, &p, &n, NULL), KAM_OK);
    assert_memory_equal(m.fit.beta, n.fit.beta, sizeof m.fit.beta);
    assert_true(m.auc == n.auc);
    /* Today's risk does see it. */
    kam_table *x, *y;
    assert_int_equal(calc_churn_accounts(&a.in, &p, &m, NULL, &x, NULL), KAM_OK);
    assert_int_equal(calc_churn_accounts(&b.in, &p, &n, NULL, &y, NULL), KAM_OK);
    assert_non_null(difference(x, y, "account"));
    kam_table_unref(x);
    kam_table_unref(y);
    free_world(&a);
    free_world(&b);
}

/* Traits by hand on 2025-06-30: purchases 2025-01-01 (100.00) and 2025-03-02 (40.00): silent 120, mean gap 60; recent half (from 2025-01-02) 40, prior 100 on 01-01. */
static void traits(void **state)
{
    (void)state;
    kam_day t = day_of("2025-06-30");
    kam_table *acc = build_accounts("A B");
    kam_ledger l = build_ledger("2025-01-01 10000 2025-03-02 4000 2025-07-05 99\n2025-06-30 500\n");
    kam_table *complaints = build_table("row:int date:day resolved_on:day", "0|2025-06-01|2025-07-02\n0|2025-05-01|2025-06-30\n0|2024-06-30|-\n0|2025-07-01|-");
    kam_table *surveys = build_table("row:int date:day expectation:real perceived:real", "0|2025-05-01|5|8\n0|2025-06-30|5|4\n0|2025-07-01|5|9");
    kam_table *sightings = build_table("row:int date:day kind:text", "0|2025-06-30|order\n0|2025-06-30|rumour\n0|2025-01-30|advert\n0|2025-07-01|order");
    kam_table *contacts = build_table("row:int date:day kind:text", "0|2025-06-30|visit\n0|2025-06-30|complaint\n0|2025-07-30|call");
    kam_table *invoices = build_table("row:int due:day paid_on:day", "0|2025-06-29|2025-07-09\n0|2025-06-30|-\n0|2025-06-01|2025-06-30\n0|2025-05-01|-");
    calc_facts f = {.accounts = acc, .ledger = &l, .complaints = complaints, .surveys = surveys, .sightings = sightings};
    calc_churn_in in = {&f, contacts, invoices};
    calc_churn_params p = CALC_CHURN_PARAMS(day_of("2025-12-31"), CALC_EN);
    churn_data d;
    double x[CALC_TRAITS], v[CALC_TRAITS];
    assert_int_equal(churn_data_init(&in, &p, &d, NULL), KAM_OK);
    churn_traits(&d, 0, t, x, v);
    const double want[CALC_TRAITS] = {120, 121.0 / 61, 2, (40.0 - 100) / 140, 140, 180, 2, 2, -1, 2, 2, 1};
    /* unresolved: 06-01 (settled after t) and 2024-06-30; overdue: 06-29 and 05-01 */
    for (int k = 0; k < CALC_TRAITS; k++) assert_float_equal(v[k], want[k], 1e-9);
    assert_float_equal(x[CALC_TRAIT_SILENCE], log(121), 1e-12);
    assert_float_equal(x[CALC_TRAIT_TREND], -60.0 / 140, 1e-12);
    churn_traits(&d, 1, t, x, v);
    assert_true(isnan(x[CALC_TRAIT_GAP_RATIO]) && isnan(x[CALC_TRAIT_GAP])); /* one purchase day, no survey: unknown, not 0 */
    assert_float_equal(x[CALC_TRAIT_SILENCE], 0, 0);
    churn_data_release(&d);
    kam_table *all[] = {acc, complaints, surveys, sightings, contacts, invoices};
    for (size_t i = 0; i < 6; i++) kam_table_unref(all[i]);
    kam_ledger_release(&l);
}

static void tables(void **state)
{
    (void)state;
    world w;
    calc_churn_model m;
    kam_table *t;
    build_world(&w, 600, 3, false);
    calc_churn_params p = CALC_CHURN_PARAMS(w.asof, CALC_ZH);
    assert_int_equal(calc_churn_fit(&w.in, &p, &m, NULL), KAM_OK);
    assert_int_equal(calc_churn_accounts(&w.in, &p, &m, NULL, &t, NULL), KAM_OK);
    size_t n = kam_table_rows(t);
    assert_true(n > 100 && n < 600); /* those lost are not there */
    for (size_t i = 1; i < n; i++) assert_true(real_of(t, i - 1, "risk") >= real_of(t, i, "risk"));
    double risk = real_of(t, 0, "risk");
    size_t row = 0;
    while (strcmp(kam_col_text(kam_table_find(w.acc, "account"), row), cell_of(t, 0, "account"))) row++;
    kam_table_unref(t);
    /* The contributions and the base add up to the log odds of the risk. */
    assert_int_equal(calc_churn_reasons(&w.in, &p, &m, row, &t, NULL), KAM_OK);
    assert_int_equal(kam_table_rows(t), CALC_TRAITS + 2);
    double sum = 0, last = INFINITY;
    for (size_t i = 0; i <= CALC_TRAITS; i++) sum += real_of(t, i, "contribution");
    for (size_t i = 0; i < CALC_TRAITS; i++) {
        assert_true(fabs(real_of(t, i, "contribution")) <= last);
        last = fabs(real_of(t, i, "contribution"));
    }
    assert_float_equal(sum, real_of(t, CALC_TRAITS + 1, "contribution"), 1e-9);
    assert_float_equal(1 / (1 + exp(-sum)), risk, 1e-12);
    kam_table_unref(t);
    assert_int_equal(calc_churn_reasons(&w.in, &p, &m, SIZE_MAX, &t, NULL), KAM_OK);
    assert_int_equal(kam_table_rows(t), 0);
    kam_table_unref(t);
    calc_churn_model_table(&w.in, &p, &m, &t);
    assert_int_equal(kam_table_rows(t), CALC_TRAITS + 1);
    assert_cell(t, row_where(t, "trait", "rivals"), "used", "0"); /* nobody ever saw one */
    assert_cell(t, row_where(t, "trait", "rivals"), "coefficient", "-");
    kam_table_unref(t);
    calc_churn_calibration(&w.in, &p, &m, &t);
    assert_int_equal(sum_of(t, "accounts"), (int64_t)m.test_rows);
    assert_int_equal(sum_of(t, "lost"), (int64_t)m.test_lost);
    kam_table_unref(t);
    calc_churn_measures(&w.in, &p, &m, &t);
    assert_float_equal(real_of(t, row_where(t, "measure", "lost"), "value"), (double)m.lost, 0);
    kam_table_unref(t);
    /* By P(alive) alone. */
    double *alive = kam_calloc(600, sizeof *alive);
    for (size_t i = 0; i < 600; i++) alive[i] = i % 2 ? 0.9 : NAN;
    assert_int_equal(calc_churn_accounts(&w.in, &p, NULL, alive, &t, NULL), KAM_OK);
    assert_cell(t, 0, "class", "low");
    assert_cell(t, 0, "risk", "-");
    assert_cell(t, kam_table_rows(t) - 1, "class", "-"); /* unknown comes last */
    kam_table_unref(t);
    kam_free(alive);
    free_world(&w);
}

static void refuses(void **state)
{
    (void)state;
    calc_churn_model m;
    kam_err err = KAM_ERR_INIT;
    kam_table *acc = build_accounts(""), *t;
    kam_ledger l = build_ledger("");
    calc_facts f = {.accounts = acc, .ledger = &l};
    calc_churn_in in = {&f, NULL, NULL};
    calc_churn_params p = CALC_CHURN_PARAMS(day_of("2025-12-31"), CALC_EN);
    assert_int_equal(calc_churn_fit(&in, &p, &m, &err), KAM_CALC);
    assert_string_equal(err.word[0], "NODATA");
    assert_int_equal(calc_churn_accounts(&in, &p, NULL, NULL, &t, NULL), KAM_OK);
    assert_int_equal(kam_table_rows(t), 0);
    kam_table_unref(t);
    kam_table_unref(acc);
    kam_ledger_release(&l);
    acc = build_accounts("A"); /* one account, lost: one loss is too few */
    l = build_ledger("2022-01-01 100\n");
    f = (calc_facts){.accounts = acc, .ledger = &l};
    kam_err_clear(&err);
    assert_int_equal(calc_churn_fit(&in, &p, &m, &err), KAM_CALC);
    assert_string_equal(err.word[0], "NODATA");
    assert_non_null(strstr(err.msg, "losses 1, "));
    kam_table_unref(acc);
    kam_ledger_release(&l);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(known_truth), cmocka_unit_test(no_leakage), cmocka_unit_test(traits), cmocka_unit_test(tables),
                                       cmocka_unit_test(refuses)};
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}

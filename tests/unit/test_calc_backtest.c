/* SPDX-License-Identifier: GPL-3.0-or-later */
/* D8 = J8. D = 2025-04-30: January to April are over. */
#include "unit.h"
#include "calc_build.h"
#include "calc_backtest.h"
#include <math.h>

#define OPPS "row:int opportunity:text name:text result:text stage:text opened_on:day closed_on:day expected_close:day amount:money rep:text"
#define VALUES "opportunity:int date:day attribute:text amount:money day:day rep:text probability:real"

typedef struct data {
    kam_table *acc, *opps, *stages, *values;
    calc_facts f;
} data;

/* O1 is expected in February at stage intent (.3) on 01-31, slips to March at proposal (.5) on 02-28, is won in March.
 * O2 is expected in February at proposal (.5) and lost in February. O3 opened in March, won in April without ever having been
 * expected then. O4 still open, expected in April at lead. */
static data fixture(void)
{
    data d = {.acc = build_accounts("A B")};
    d.opps = build_table(OPPS, "0|O1|-|won|won|2025-01-10|2025-03-20|2025-03-15|1000|R1\n0|O2|-|lost|proposal|2025-01-12|2025-02-20|2025-02-25|400|R2\n"
                               "1|O3|-|won|won|2025-03-05|2025-04-10|2025-06-01|70|R1\n1|O4|-|open|lead|2025-03-06|-|2025-04-20|-|-");
    d.stages = build_table("opportunity:int date:day stage:text", "0|2025-01-10|intent\n0|2025-02-10|proposal\n0|2025-03-20|won\n1|2025-01-12|proposal\n"
                                                                  "2|2025-03-05|negotiation\n2|2025-04-10|won\n3|2025-03-06|lead");
    d.values = build_table(VALUES, "0|2025-01-10|amount|800|-|-|-\n0|2025-01-10|expected_close|-|2025-02-15|-|-\n0|2025-01-10|owner|-|-|R2|-\n"
                                   "0|2025-02-20|expected_close|-|2025-03-15|-|-\n0|2025-02-20|amount|1000|-|-|-\n0|2025-02-25|owner|-|-|R1|-\n"
                                   "0|2025-02-28|forecast|-|-|-|0.8\n"
                                   "1|2025-01-12|amount|400|-|-|-\n1|2025-01-12|expected_close|-|2025-02-25|-|-\n1|2025-01-12|owner|-|-|R2|-\n"
                                   "2|2025-03-05|expected_close|-|2025-06-01|-|-\n2|2025-03-05|amount|70|-|-|-\n2|2025-03-05|owner|-|-|R1|-\n"
                                   "3|2025-03-06|expected_close|-|2025-04-20|-|-\n3|2025-04-05|forecast|-|-|-|0.2");
    d.f = (calc_facts){.accounts = d.acc, .opportunities = d.opps, .stages = d.stages};
    return d;
}

static void release(data *d)
{
    kam_table_unref(d->acc);
    kam_table_unref(d->opps);
    kam_table_unref(d->stages);
    kam_table_unref(d->values);
}

static void history(void **state)
{
    (void)state;
    data d = fixture();
    kam_table *o, *s;
    size_t *place;
    assert_int_equal(calc_history_at(&d.f, d.values, day_of("2025-02-28"), &o, &s, &place, NULL), KAM_OK);
    assert_int_equal(kam_table_rows(o), 2); /* O3 and O4 are not opened yet */
    assert_cell(o, 0, "result", "open");    /* won later */
    assert_cell(o, 0, "closed_on", "-");
    assert_cell(o, 0, "stage", "proposal");
    assert_cell(o, 0, "amount", "10.00");
    assert_cell(o, 0, "expected_close", "2025-03-15");
    assert_cell(o, 0, "rep", "R1");
    assert_cell(o, 0, "forecast", "0.8");
    assert_cell(o, 1, "result", "lost");
    assert_cell(o, 1, "forecast", "-");
    assert_int_equal(kam_table_rows(s), 3);
    assert_int_equal(place[1], 1);
    kam_table_unref(o);
    kam_table_unref(s);
    kam_free(place);
    assert_int_equal(calc_history_at(&d.f, d.values, day_of("2025-03-31"), &o, &s, &place, NULL), KAM_OK);
    assert_int_equal(kam_table_rows(o), 4);
    assert_cell(o, 0, "result", "won");
    assert_cell(o, 3, "rep", "-");
    kam_table_unref(o);
    kam_table_unref(s);
    kam_free(place);
    release(&d);
}

/* 01-31 for February: O1 .3 no, O2 .5 no; 02-28 for March: O1 .5 yes; 03-31 for April: O4 .1 no.
 * Brier = (.09 + .25 + .25 + .01) / 4 = .15; predicted 1.4 / 4 = .35; observed .25; bias .1; base .25 · .75 = .1875. */
static void in_month(void **state)
{
    (void)state;
    data d = fixture();
    calc_backtest_params p = CALC_BACKTEST_PARAMS(day_of("2025-04-30"), CALC_EN);
    kam_table *t, *s;
    assert_int_equal(calc_backtest(&d.f, d.values, &p, &t, NULL), KAM_OK);
    static const struct { const char *origin, *opp, *period, *stage, *rep, *p, *came; } want[] = {
        {"2025-01-31", "O1", "2025-02", "intent", "R2", "0.3", "0"},   {"2025-01-31", "O2", "2025-02", "proposal", "R2", "0.5", "0"},
        {"2025-02-28", "O1", "2025-03", "proposal", "R1", "0.5", "1"}, {"2025-03-31", "O4", "2025-04", "lead", "-", "0.1", "0"}};
    assert_int_equal(kam_table_rows(t), COUNT_OF(want));
    for (size_t i = 0; i < COUNT_OF(want); i++) {
        assert_cell(t, i, "origin", want[i].origin);
        assert_cell(t, i, "opportunity", want[i].opp);
        assert_cell(t, i, "period", want[i].period);
        assert_cell(t, i, "stage", want[i].stage);
        assert_cell(t, i, "rep", want[i].rep);
        assert_cell(t, i, "probability", want[i].p);
        assert_cell(t, i, "came_true", want[i].came);
    }
    assert_int_equal(calc_backtest_scores(t, &p, &s, NULL), KAM_OK);
    assert_int_equal(kam_table_rows(s), 1 + 3 + 3);
    assert_cell(s, 0, "n", "4");
    assert_cell(s, 0, "deals", "3");
    assert_true(fabs(real_of(s, 0, "brier") - 0.15) < 1e-12 && fabs(real_of(s, 0, "predicted") - 0.35) < 1e-12);
    assert_true(fabs(real_of(s, 0, "bias") - 0.1) < 1e-12 && fabs(real_of(s, 0, "brier_base") - 0.1875) < 1e-12);
    assert_cell(s, 0, "predicted_amount", "9.40"); /* .3 · 8 + .5 · 4 + .5 · 10 */
    assert_cell(s, 0, "won_amount", "10.00");
    assert_cell(s, 1, "group", "lead");
    assert_cell(s, 3, "group", "proposal");
    assert_cell(s, 3, "observed", "0.5");
    assert_cell(s, 3, "bias", "0");
    assert_cell(s, 4, "group", "R1");
    assert_cell(s, 6, "group", "-");
    assert_string_equal(kam_table_note(s, 0), "4 forecasts of 3 opportunities: a deal counts at each origin anew, so the intervals are too narrow");
    int64_t n = sum_of(s, "n");
    assert_int_equal(n, 3 * 4); /* all, by stage, by rep: the same forecasts */
    kam_table_unref(s);
    assert_int_equal(calc_backtest_calibration(t, &p, &s, NULL), KAM_OK);
    assert_int_equal(kam_table_rows(s), 3);
    assert_cell(s, 1, "p_from", "0.3"); /* .3 belongs to the tenth it begins */
    assert_cell(s, 2, "n", "2");
    assert_cell(s, 2, "observed", "0.5");
    assert_int_equal(sum_of(s, "n"), 4);
    kam_table_unref(s);
    kam_table_unref(t);
    p.since = day_of("2025-02-28");
    assert_int_equal(calc_backtest(&d.f, d.values, &p, &t, NULL), KAM_OK);
    assert_int_equal(kam_table_rows(t), 2);
    kam_table_unref(t);
    p.since = INT64_MIN;
    p.ahead = 1; /* 01-31 for March: nothing; 02-28 for April: nothing */
    assert_int_equal(calc_backtest(&d.f, d.values, &p, &t, NULL), KAM_OK);
    assert_int_equal(kam_table_rows(t), 0);
    assert_int_equal(calc_backtest_scores(t, &p, &s, NULL), KAM_OK);
    assert_cell(s, 0, "n", "0");
    assert_cell(s, 0, "brier", "-");
    kam_table_unref(s);
    kam_table_unref(t);
    release(&d);
}

/* Ever: every open one on every eve; O4 has no end yet and is left out. 01-31 O1 yes, O2 no; 02-28 O1 yes; 03-31 O3 yes. */
static void ever_and_kept(void **state)
{
    (void)state;
    data d = fixture();
    calc_backtest_params p = CALC_BACKTEST_PARAMS(day_of("2025-04-30"), CALC_ZH);
    kam_table *t;
    p.event = CALC_EVENT_EVER;
    assert_int_equal(calc_backtest(&d.f, d.values, &p, &t, NULL), KAM_OK);
    assert_int_equal(kam_table_rows(t), 4);
    assert_cell(t, 3, "opportunity", "O3");
    assert_cell(t, 3, "came_true", "1");
    assert_string_equal(kam_table_note(t, 0), "尚无结果、未计入：1 个");
    kam_table_unref(t);
    p.kept = true; /* O1 on 02-28 at .8, yes; O4 on 04-05 has no end */
    assert_int_equal(calc_backtest(&d.f, d.values, &p, &t, NULL), KAM_OK);
    assert_int_equal(kam_table_rows(t), 1);
    assert_cell(t, 0, "probability", "0.8");
    kam_table_unref(t);
    p.event = CALC_EVENT_IN_MONTH; /* April is over: O4 did not come true at .2 */
    assert_int_equal(calc_backtest(&d.f, d.values, &p, &t, NULL), KAM_OK);
    assert_int_equal(kam_table_rows(t), 2);
    assert_cell(t, 1, "error", "0.04000000000000001");
    kam_table_unref(t);
    release(&d);
}

/* Months: what calc_forecast says on the eve, and what was won. April: O3 was won though not forecast for it. */
static void months(void **state)
{
    (void)state;
    data d = fixture();
    calc_backtest_params p = CALC_BACKTEST_PARAMS(day_of("2025-04-30"), CALC_EN);
    kam_table *t;
    assert_int_equal(calc_backtest_months(&d.f, d.values, &p, &t, NULL), KAM_OK);
    assert_int_equal(kam_table_rows(t), 3);
    assert_cell(t, 0, "period", "2025-02");
    assert_cell(t, 0, "weighted", "4.40"); /* .3 · 8 + .5 · 4 */
    assert_cell(t, 0, "p90", "12.00");      /* P(12) = .15: the 90 % point is the top */
    assert_cell(t, 0, "actual", "0.00");
    assert_cell(t, 0, "inside", "1");
    assert_cell(t, 1, "weighted", "5.00");
    assert_cell(t, 1, "actual", "10.00");
    assert_cell(t, 1, "surprise", "0.00");
    assert_cell(t, 1, "error", "-5.00");
    assert_cell(t, 2, "weighted", "-"); /* only an opportunity without an amount */
    assert_cell(t, 2, "actual", "0.70");
    assert_cell(t, 2, "surprise", "0.70");
    kam_table_unref(t);
    release(&d);
}

static void nothing_and_order(void **state)
{
    (void)state;
    kam_table *acc = build_accounts(""), *t, *u;
    calc_facts none = {.accounts = acc};
    calc_backtest_params p = CALC_BACKTEST_PARAMS(day_of("2025-04-30"), CALC_EN);
    assert_int_equal(calc_backtest(&none, NULL, &p, &t, NULL), KAM_OK);
    assert_int_equal(kam_table_rows(t), 0);
    kam_table_unref(t);
    assert_int_equal(calc_backtest_months(&none, NULL, &p, &t, NULL), KAM_OK);
    assert_int_equal(kam_table_rows(t), 0);
    kam_table_unref(t);
    kam_table_unref(acc);
    data d = fixture();
    kam_table *back = reversed_table(d.stages);
    calc_facts g = d.f;
    g.stages = back; /* stages of one day would be another matter; here the days differ */
    assert_int_equal(calc_backtest(&d.f, d.values, &p, &t, NULL), KAM_OK);
    assert_int_equal(calc_backtest(&g, d.values, &p, &u, NULL), KAM_OK);
    for (size_t i = 0; i < kam_table_rows(t); i++) assert_true(real_of(t, i, "error") == real_of(u, i, "error"));
    kam_table_unref(t);
    kam_table_unref(u);
    kam_table_unref(back);
    kam_table *bad = build_table("opportunity:int", "0");
    assert_int_equal(calc_backtest(&d.f, bad, &p, &t, NULL), KAM_CALC);
    kam_table_unref(bad);
    release(&d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(history), cmocka_unit_test(in_month), cmocka_unit_test(ever_and_kept), cmocka_unit_test(months),
                                       cmocka_unit_test(nothing_and_order)};
    return cmocka_run_group_tests_name("calc_backtest", tests, NULL, NULL);
}

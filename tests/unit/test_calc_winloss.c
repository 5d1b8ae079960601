/* SPDX-License-Identifier: GPL-3.0-or-later */
/* D10. D = 2025-12-31. */
#include "unit.h"
#include "calc_build.h"
#include "calc_winloss.h"
#include <math.h>

#define OPPS "row:int opportunity:text name:text result:text opened_on:day closed_on:day amount:money rep:text"

static void fixture(kam_table *t[5])
{
    t[0] = build_accounts("A B");
    t[1] = build_table(OPPS, "0|O1|one|won|2025-01-01|2025-03-02|100|R1\n0|O2|two|lost|2025-01-01|2025-02-01|300|R1\n"
                             "1|O3|three|lost|2025-01-01|2025-02-01|-|R2\n1|O4|four|lost|-|2024-12-31|50|-\n"
                             "1|O5|five|open|2025-01-01|-|70|R2\n1|O6|six|won|2025-01-01|2026-01-01|9|R2\n9|O7|-|won|2025-01-01|-|9|R2");
    t[2] = build_table("opportunity:int date:day stage:text", "0|2025-01-01|lead\n0|2025-01-05|proposal\n0|2025-03-02|won\n1|2025-01-02|lead\n1|2025-01-03|intent\n"
                                                              "2|2025-01-05|intent\n2|2025-01-04|negotiation\n4|2025-01-05|intent\n1|2026-01-05|negotiation");
    t[3] = build_table("opportunity:int reason:text lesson:text", "0|pilot|early\n1|price|-\n2|price|ask\n3|-|-");
    t[4] = build_table("opportunity:int competitor:text", "0|K1\n1|K1\n1|K2\n4|K2");
}

static void release(kam_table *t[5])
{
    for (int i = 0; i < 5; i++) kam_table_unref(t[i]);
}

static void deals(void **state)
{
    (void)state;
    kam_table *x[5], *t;
    fixture(x);
    calc_facts f = {.accounts = x[0], .opportunities = x[1], .stages = x[2]};
    calc_winloss_params p = CALC_WINLOSS_PARAMS(day_of("2025-12-31"), CALC_EN);
    assert_int_equal(calc_winloss_deals(&f, x[3], x[4], &p, &t, NULL), KAM_OK);
    static const struct { const char *opp, *cycle, *stage, *rivals, *flag; } want[] = {
        {"O1", "60", "proposal", "K1", "-"},            /* the stage before won */
        {"O2", "31", "intent", "K1;K2", "no-lesson"},
        {"O3", "31", "intent", "-", "-"},               /* it went back from negotiation */
        {"O4", "-", "lead", "-", "no-reason-no-lesson"}};
    assert_int_equal(kam_table_rows(t), COUNT_OF(want));
    for (size_t i = 0; i < COUNT_OF(want); i++) {
        assert_cell(t, i, "opportunity", want[i].opp);
        assert_cell(t, i, "cycle_days", want[i].cycle);
        assert_cell(t, i, "last_stage", want[i].stage);
        assert_cell(t, i, "competitors", want[i].rivals);
        assert_cell(t, i, "flag", want[i].flag);
    }
    kam_table_unref(t);
    p.window_days = 365; /* (2024-12-31, 2025-12-31] */
    assert_int_equal(calc_winloss_deals(&f, x[3], x[4], &p, &t, NULL), KAM_OK);
    assert_int_equal(kam_table_rows(t), 3);
    kam_table_unref(t);
    release(x);
}

static void rates(void **state)
{
    (void)state;
    kam_table *x[5], *d, *t;
    fixture(x);
    calc_facts f = {.accounts = x[0], .opportunities = x[1], .stages = x[2]};
    calc_winloss_params p = CALC_WINLOSS_PARAMS(day_of("2025-12-31"), CALC_EN);
    assert_int_equal(calc_winloss_deals(&f, x[3], x[4], &p, &d, NULL), KAM_OK);
    assert_int_equal(calc_winloss(&f, d, CALC_WINLOSS_REASON, &p, &t, NULL), KAM_OK);
    assert_int_equal(kam_table_rows(t), 3);
    assert_cell(t, 0, "reason", "pilot");
    assert_cell(t, 0, "share", "1");
    assert_cell(t, 1, "reason", "price");
    assert_cell(t, 1, "n", "2");
    assert_cell(t, 1, "amount", "3.00");
    assert_cell(t, 2, "reason", "-");
    assert_true(fabs(real_of(t, 1, "share") + real_of(t, 2, "share") - 1) < 1e-12);
    kam_table_unref(t);
    assert_int_equal(calc_winloss(&f, d, CALC_WINLOSS_COMPETITOR, &p, &t, NULL), KAM_OK);
    assert_cell(t, 0, "competitor", "K1");
    assert_cell(t, 0, "win_rate", "0.5");
    assert_true(fabs(real_of(t, 0, "win_low") - 0.0945) < 1e-4 && fabs(real_of(t, 0, "win_high") - 0.9055) < 1e-4); /* Wilson 1 of 2 */
    assert_cell(t, 1, "win_rate", "0");
    assert_cell(t, 2, "competitor", "-");
    assert_cell(t, 2, "n", "2");
    kam_table_unref(t);
    /* in lead: O1, O2, O4 (no change: lead); intent: O2, O3; proposal: O1; negotiation: O3, which left it again */
    assert_int_equal(calc_winloss(&f, d, CALC_WINLOSS_STAGE, &p, &t, NULL), KAM_OK);
    static const char *const want[4][3] = {{"3", "1", "1"}, {"2", "0", "2"}, {"1", "1", "0"}, {"1", "0", "0"}};
    for (size_t i = 0; i < 4; i++) {
        assert_cell(t, i, "n", want[i][0]);
        assert_cell(t, i, "won", want[i][1]);
        assert_cell(t, i, "lost_here", want[i][2]);
    }
    assert_cell(t, 3, "lost_amount", "-"); /* the only one has no amount */
    kam_table_unref(t);
    assert_int_equal(calc_winloss(&f, d, CALC_WINLOSS_REP, &p, &t, NULL), KAM_OK);
    assert_int_equal(kam_table_rows(t), 3);
    assert_cell(t, 2, "rep", "-");
    assert_int_equal(sum_of(t, "n"), 4);
    kam_table_unref(t);
    /* the order of the deals does not matter */
    kam_table *back = reversed_table(d), *u;
    for (int by = 0; by < 4; by++) {
        assert_int_equal(calc_winloss(&f, d, (calc_winloss_by)by, &p, &t, NULL), KAM_OK);
        assert_int_equal(calc_winloss(&f, back, (calc_winloss_by)by, &p, &u, NULL), KAM_OK);
        assert_int_equal(kam_table_rows(t), kam_table_rows(u));
        for (size_t i = 0; i < kam_table_rows(t); i++) /* both are sorted, so rows correspond */
            for (size_t c = 0; c < kam_table_columns(t); c++) {
                char a[KAM_CELL_MAX], b[KAM_CELL_MAX];
                assert_string_equal(kam_table_cell(t, c, i, a), kam_table_cell(u, c, i, b));
            }
        kam_table_unref(t);
        kam_table_unref(u);
    }
    kam_table_unref(back);
    kam_table_unref(d);
    release(x);
}

static void nothing(void **state)
{
    (void)state;
    kam_table *acc = build_accounts(""), *d, *t;
    calc_facts f = {.accounts = acc};
    calc_winloss_params p = CALC_WINLOSS_PARAMS(day_of("2025-12-31"), CALC_EN);
    assert_int_equal(calc_winloss_deals(&f, NULL, NULL, &p, &d, NULL), KAM_OK);
    assert_int_equal(kam_table_rows(d), 0);
    for (int by = 0; by < 4; by++) {
        assert_int_equal(calc_winloss(&f, d, (calc_winloss_by)by, &p, &t, NULL), KAM_OK);
        assert_int_equal(kam_table_rows(t), by == CALC_WINLOSS_STAGE ? 4 : 0);
        if (by == CALC_WINLOSS_STAGE) assert_cell(t, 0, "win_rate", "-");
        kam_table_unref(t);
    }
    kam_table_unref(d);
    kam_table *bad = build_table("opportunity:int", "0");
    assert_int_equal(calc_winloss_deals(&f, bad, NULL, &p, &d, NULL), KAM_CALC);
    kam_table_unref(bad);
    kam_table_unref(acc);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(deals), cmocka_unit_test(rates), cmocka_unit_test(nothing)};
    return cmocka_run_group_tests_name("calc_winloss", tests, NULL, NULL);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* D3, the plan of July 2025 on D = 2025-06-30. */
#include "unit.h"
#include "calc_build.h"
#include "calc_plan.h"

#define DEALS "opportunity:text name:text account:text stage:text amount:money probability:real weighted:money age:int stuck:flag expected_close:day rep:text"
#define STEPS "row:int kind:text due:day rep:text what:text opportunity:text record:int"

static void month(void **state)
{
    (void)state;
    kam_table *acc = build_accounts("A B"), *t, *u;
    calc_facts f = {.accounts = acc};
    calc_plan_params p = {day_of("2025-06-30"), CALC_EN, day_of("2025-07-01"), day_of("2025-07-31")};
    kam_table *deals = build_table(DEALS,
        "O1|-|A|proposal|100|.5|50|9|0|2025-07-31|R2\n"  /* in the month */
        "O2|-|A|lead|100|.1|10|9|0|2025-06-29|R2\n"      /* overdue */
        "O3|-|A|lead|-|.1|-|9|1|-|R1\n"                   /* no date comes before stuck */
        "O4|-|A|intent|100|.3|30|99|1|2025-12-31|R2\n"    /* stuck */
        "O5|-|A|intent|100|.3|30|9|0|2025-08-01|R2\n"     /* nothing to do */
        "O6|-|A|intent|100|.3|30|9|0|2025-06-30|R2");     /* expected today, before the month: not yet overdue, not this month's */
    kam_table *steps = build_table(STEPS,
        "0|visit|2025-07-08|R2|show|-|1\n1|visit|2025-08-01|R2|later|-|2\n1|action|2025-06-01|-|late|-|3\n1|action|2025-07-31|R1|on time|O3|4\n"
        "1|action|2025-08-01|R1|next month|-|5\n9|action|2025-07-02|R1|of nobody|-|6\n0|visit|2025-06-30|R2|today|-|7");
    assert_int_equal(calc_plan(&f, deals, steps, &p, &t, NULL), KAM_OK);
    static const struct { const char *rep, *kind, *what, *status, *due; } want[] = {
        {"R1", "deal", "at stage lead without an expected close: give it a date", "undated", "-"},
        {"R1", "action", "of nobody", "due", "2025-07-02"},
        {"R1", "action", "on time", "due", "2025-07-31"},
        {"R2", "deal", "expected on 2025-06-29, still at stage lead: a new date or an end", "overdue", "2025-06-29"},
        {"R2", "deal", "bring it to a close from stage proposal (50 %)", "close", "2025-07-31"},
        {"R2", "deal", "stuck at stage intent for 99 days: move it or drop it", "stuck", "2025-12-31"},
        {"R2", "visit", "show", "due", "2025-07-08"},
        {"-", "action", "late", "overdue", "2025-06-01"}};
    assert_int_equal(kam_table_rows(t), COUNT_OF(want));
    for (size_t i = 0; i < COUNT_OF(want); i++) {
        assert_cell(t, i, "rep", want[i].rep);
        assert_cell(t, i, "kind", want[i].kind);
        assert_cell(t, i, "what", want[i].what);
        assert_cell(t, i, "status", want[i].status);
        assert_cell(t, i, "due", want[i].due);
    }
    assert_cell(t, 1, "account", "-"); /* an account not known */
    kam_table *back = reversed_table(deals);
    assert_int_equal(calc_plan(&f, back, steps, &p, &u, NULL), KAM_OK);
    assert_null(difference(t, u, "what"));
    kam_table_unref(u);
    kam_table_unref(back);
    kam_table_unref(t);
    p.lang = CALC_ZH;
    assert_int_equal(calc_plan(&f, deals, NULL, &p, &t, NULL), KAM_OK);
    assert_cell(t, 2, "what", "推动成交，现处方案阶段（50 %）");
    kam_table_unref(t);
    assert_int_equal(calc_plan(&f, NULL, NULL, &p, &t, NULL), KAM_OK);
    assert_int_equal(kam_table_rows(t), 0);
    kam_table_unref(t);
    kam_table_unref(deals);
    kam_table_unref(steps);
    kam_table_unref(acc);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(month)};
    return cmocka_run_group_tests_name("calc_plan", tests, NULL, NULL);
}

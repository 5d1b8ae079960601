/* SPDX-License-Identifier: GPL-3.0-or-later */
/* F5. D = 2025-06-30; clocks 1, 3, 7, 10 days. */
#include "unit.h"
#include "calc_build.h"
#include "calc_desk.h"

#define CASES "row:int complaint:int date:day topic:text owner:text progress_on:day written_on:day visited_on:day filed_on:day resolved_on:day resolution:text lesson:text notes:text"

/* 1: all done, on the last day each: met, closed. 2: progress a day late, nothing else, 20 days old: overdue, next written due 06-13. 3: of today: all running,
 * next progress due 07-01. 4: done and resolved, not yet filed, filed due 07-01: running. 5: on the 27th: progress due 28th passed: overdue, written due on D itself:
 * still running. */
static kam_table *cases(void)
{
    return build_table(CASES, "0|1|2025-06-01|Late Delivery|R1|2025-06-02|2025-06-04|2025-06-08|2025-06-11|2025-06-05|replaced|check stock|-\n"
                              "0|2|2025-06-10|-|R1|2025-06-12|-|-|-|-|-|-|-\n1|3|2025-06-30|wrong invoice|-|-|-|-|-|-|-|-|delivery again\n"
                              "1|4|2025-06-21|defect|R2|2025-06-22|2025-06-25|2025-06-28|-|2025-06-28|repaired|-|-\n"
                              "2|5|2025-06-27|defect|R2|-|-|-|-|2025-07-02|-|-|-\n9|6|2025-06-01|-|-|-|-|-|-|-|-|-|-\n0|7|2025-07-01|-|-|-|-|-|-|-|-|-|-");
}

static void desk(void **state)
{
    (void)state;
    kam_table *acc = build_accounts("A B C"), *in = cases(), *t, *by;
    kam_ledger l = build_ledger("2025-01-01 1000\n2025-01-01 200\n\n");
    calc_facts f = {.accounts = acc, .ledger = &l};
    calc_desk_params p = {.price = CALC_COMPLAINT_PARAMS(day_of("2025-06-30"), CALC_EN), .progress = 1};
    assert_int_equal(calc_desk(&f, in, &p, &t, NULL), KAM_OK);
    static const char *const column[] = {"complaint", "class", "next", "due", "progress", "written", "visit", "filed", "age_days", "upper_bound"};
    static const char *const want[5][10] = {
        {"2", "overdue", "written", "2025-06-13", "late", "overdue", "overdue", "overdue", "20", "250.00"},
        {"5", "overdue", "progress", "2025-06-28", "overdue", "running", "running", "running", "3", "150.00"}, /* C never bought: the mean of 10 and 2 a year, 6.00 × 25 */
        {"3", "running", "progress", "2025-07-01", "running", "running", "running", "running", "0", "50.00"},
        {"4", "running", "filed", "2025-07-01", "met", "late", "met", "running", "7", "-"},
        {"1", "closed", "-", "-", "met", "met", "met", "met", "4", "-"}};
    assert_int_equal(kam_table_rows(t), 5); /* an unknown account and one after D are not there */
    for (size_t i = 0; i < 5; i++)
        for (size_t k = 0; k < 10; k++) assert_cell(t, i, column[k], want[i][k]);
    assert_int_equal(calc_desk_by_clock(t, &p, &by, NULL), KAM_OK);
    assert_cell(by, 0, "met", "2"); /* progress: 1 and 4 met, 2 late, 5 overdue, 3 running */
    assert_cell(by, 0, "late", "1");
    assert_cell(by, 0, "overdue", "1");
    assert_cell(by, 0, "running", "1");
    assert_float_equal(real_of(by, 0, "share"), 0.5, 1e-12);
    kam_table_unref(by);
    assert_int_equal(calc_desk_by_owner(t, &p, &by, NULL), KAM_OK);
    assert_int_equal(kam_table_rows(by), 3);
    assert_cell(by, 0, "owner", "R1");
    assert_cell(by, 0, "open", "1");
    assert_cell(by, 0, "median_days", "4"); /* resolved after 4 days, the other censored at 20: S(4) = 1/2 */
    assert_cell(by, 1, "owner", "R2");
    assert_cell(by, 1, "oldest_open", "2025-06-27");
    assert_cell(by, 2, "owner", "-");
    assert_cell(by, 2, "median_days", "-");
    kam_table_unref(by);
    kam_table_unref(t);
    kam_table_unref(in);
    kam_table_unref(acc);
    kam_ledger_release(&l);
}

static void search(void **state)
{
    (void)state;
    kam_table *acc = build_accounts("A B C"), *in = cases(), *t;
    kam_ledger l = build_ledger("\n\n\n");
    calc_facts f = {.accounts = acc, .ledger = &l};
    calc_desk_params p = {.price = CALC_COMPLAINT_PARAMS(day_of("2025-06-30"), CALC_ZH), .progress = 1, .search = "DELIVERY"};
    assert_int_equal(calc_desk(&f, in, &p, &t, NULL), KAM_OK);
    assert_int_equal(kam_table_rows(t), 2); /* the topic of 1, the notes of 3 */
    assert_cell(t, 0, "complaint", "3");
    assert_cell(t, 0, "upper_bound", "-"); /* nobody ever bought: no price, not 0 */
    kam_table_unref(t);
    p.search = "stock";
    assert_int_equal(calc_desk(&f, in, &p, &t, NULL), KAM_OK);
    assert_int_equal(kam_table_rows(t), 1);
    kam_table_unref(t);
    p.search = "no such text";
    assert_int_equal(calc_desk(&f, in, &p, &t, NULL), KAM_OK);
    assert_int_equal(kam_table_rows(t), 0);
    kam_table *by;
    assert_int_equal(calc_desk_by_clock(t, &p, &by, NULL), KAM_OK);
    assert_int_equal(kam_table_rows(by), 4);
    assert_cell(by, 0, "share", "-");
    kam_table_unref(by);
    assert_int_equal(calc_desk_by_owner(t, &p, &by, NULL), KAM_OK);
    assert_int_equal(kam_table_rows(by), 0);
    kam_table_unref(by);
    kam_table_unref(t);
    kam_table_unref(in);
    kam_table_unref(acc);
    kam_ledger_release(&l);
}

static void nothing(void **state)
{
    (void)state;
    kam_table *acc = build_accounts(""), *t;
    kam_ledger l = build_ledger("");
    calc_desk_params p = {.price = CALC_COMPLAINT_PARAMS(day_of("2025-06-30"), CALC_EN), .progress = 1};
    assert_int_equal(calc_desk(&(calc_facts){.accounts = acc, .ledger = &l}, NULL, &p, &t, NULL), KAM_OK);
    assert_int_equal(kam_table_rows(t), 0);
    kam_table_unref(t);
    kam_table_unref(acc);
    kam_ledger_release(&l);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(desk), cmocka_unit_test(search), cmocka_unit_test(nothing)};
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* C7 call list. D = 2025-06-30. */
#include "unit.h"
#include "calc_build.h"
#include "calc_next.h"

#define QUANTITIES "row:int product:text date:day quantity:real"
#define HABITS "row:int storage_capacity:real pay_day:int"

static kam_table *calls(const char *accounts, const char *ledger, const char *quantities, const char *habits, calc_next_params p)
{
    kam_table *acc = build_accounts(accounts), *q = build_table(QUANTITIES, quantities), *h = build_table(HABITS, habits), *t = NULL;
    kam_ledger l = build_ledger(ledger);
    assert_int_equal(calc_next_calls(&(calc_facts){.accounts = acc, .ledger = &l}, q, h, &p, &t, NULL), KAM_OK);
    kam_table_unref(acc);
    kam_table_unref(q);
    kam_table_unref(h);
    kam_ledger_release(&l);
    return t;
}

static calc_next_params params(void) { return (calc_next_params)CALC_NEXT_PARAMS(day_of("2025-06-30"), CALC_EN); }

/* One account, so its own rhythm alone decides: 24 bags on 03-01, 03-31, 04-30 last 30 days each, so a bag lasts 1.25 days; the 36 bags of
 * 05-30 last 45 days, to 07-14. Usual order (24+24+24+36)/4 = 27, but the jar holds 25. */
static void rice_jar(void **state)
{
    (void)state;
    kam_table *t = calls("A", "2025-03-01 9 2025-03-31 9 2025-04-30 9 2025-05-30 9\n",
                         "0|RICE|2025-03-01|24\n0|RICE|2025-03-31|24\n0|RICE|2025-04-30|24\n0|RICE|2025-05-30|36", "0|25|-", params());
    assert_cell(t, 0, "basis", "quantity");
    assert_cell(t, 0, "product", "RICE");
    assert_cell(t, 0, "expected", "2025-07-14");
    assert_cell(t, 0, "overdue", "0");
    assert_cell(t, 0, "quantity", "25");
    assert_cell(t, 0, "last_quantity", "36");
    assert_float_equal(real_of(t, 0, "own_days"), 45, 1e-9);
    assert_string_equal(cell_of(t, 0, "why"), "bought 36 of RICE on 2025-05-30, uses 0.8 a day");
    kam_table_unref(t);
    /* Without capacity the usual order is proposed; without quantities nothing is, and the mean gap of 30 days decides. */
    t = calls("A", "2025-03-01 9 2025-03-31 9 2025-04-30 9 2025-05-30 9\n",
              "0|RICE|2025-03-01|24\n0|RICE|2025-03-31|24\n0|RICE|2025-04-30|24\n0|RICE|2025-05-30|36", "", params());
    assert_cell(t, 0, "quantity", "27");
    kam_table_unref(t);
    t = calls("A", "2025-03-01 9 2025-03-31 9 2025-04-30 9 2025-05-30 9\n", "", "0|25|-", params());
    assert_cell(t, 0, "basis", "gaps");
    assert_cell(t, 0, "expected", "2025-06-29");
    assert_cell(t, 0, "overdue", "1");
    assert_cell(t, 0, "quantity", "-");
    assert_cell(t, 0, "product", "-");
    kam_table_unref(t);
}

/* The earliest of two products counts; a return is taken off the order before it; a product not bought for very long is left aside. */
static void products(void **state)
{
    (void)state;
    kam_table *t = calls("A", "2025-03-01 9 2025-05-30 9\n",
                         "0|OIL|2025-03-01|10\n0|OIL|2025-04-30|10\n"
                         "0|OLD|2020-01-01|1\n0|OLD|2020-01-05|1\n0|OLD|2020-01-09|1\n0|OLD|2020-01-13|1\n0|OLD|2020-01-17|1\n"
                         "0|RICE|2025-04-30|20\n0|RICE|2025-05-30|80",
                         "", params());
    assert_int_equal(kam_table_rows(t), 1);
    assert_cell(t, 0, "product", "OIL"); /* 10 last about 60 days, to the end of June; the rice for about 120 more */
    kam_table_unref(t);
    t = calls("A", "2025-03-01 9 2025-05-30 9\n", "0|RICE|2025-04-30|24\n0|RICE|2025-05-10|-4\n0|RICE|2025-05-30|20", "", params());
    assert_float_equal(real_of(t, 0, "own_days"), 30, 1e-9); /* 20 lasted 30 days, and 20 were bought: not 24 and 20 */
    assert_float_equal(real_of(t, 0, "quantity"), 20, 1e-9);
    kam_table_unref(t);
    t = calls("A", "2025-03-01 9 2025-04-30 9\n", "0|RICE|2025-03-01|24\n0|RICE|2025-04-30|24\n0|RICE|2025-05-01|-24", "", params());
    assert_cell(t, 0, "basis", "gaps"); /* the last order came back: nothing is being used up */
    kam_table_unref(t);
}

/* A buys every 10 days, B every 10 days but stopped two years ago, C bought once, D never. */
static void call_list(void **state)
{
    (void)state;
    const char *ledger = "2025-05-21 9 2025-05-31 9 2025-06-10 9 2025-06-20 9\n2023-01-01 9 2023-01-12 9 2023-01-20 9 2023-01-30 9\n2025-06-29 9\n\n";
    calc_next_params p = params();
    kam_table *t = calls("A B C D", ledger, "", "", p);
    assert_int_equal(kam_table_rows(t), 2);
    assert_cell(t, 0, "account", "A");
    assert_cell(t, 0, "expected", "2025-06-30");
    assert_cell(t, 0, "class", "due");
    assert_cell(t, 1, "account", "C");
    assert_cell(t, 1, "basis", "portfolio");
    assert_cell(t, 1, "own_days", "-");
    assert_float_equal(real_of(t, 1, "own_weight"), 0, 0);
    assert_cell(t, 1, "class", "waiting");
    kam_table_unref(t);
    p.all = true;
    t = calls("A B C D", ledger, "", "", p);
    assert_int_equal(kam_table_rows(t), 3);
    assert_cell(t, 0, "account", "B");
    assert_cell(t, 0, "class", "lost");
    kam_table_unref(t);
    p.all = false;
    p.days = 2;
    t = calls("A B C D", ledger, "", "", p);
    assert_int_equal(kam_table_rows(t), 1);
    assert_cell(t, 0, "account", "A");
    kam_table_unref(t);
    p.asof = day_of("2025-06-15"); /* what comes after the day is not read */
    p.days = -1;
    t = calls("A B C D", ledger, "", "", p);
    assert_int_equal(kam_table_rows(t), 1);
    assert_cell(t, 0, "last_purchase", "2025-06-10");
    kam_table_unref(t);
}

static void nobody(void **state)
{
    (void)state;
    kam_table *t = calls("", "", "", "", params());
    assert_int_equal(kam_table_rows(t), 0);
    kam_table_unref(t);
    t = calls("A", "2025-06-01 9\n", "", "", params()); /* one purchase in all the world */
    assert_int_equal(kam_table_rows(t), 1);
    assert_cell(t, 0, "expected", "-");
    assert_cell(t, 0, "class", "-");
    assert_cell(t, 0, "why", "-");
    kam_table_unref(t);
    kam_table *acc = build_accounts("A");
    kam_ledger l = build_ledger("2025-06-01 9\n");
    calc_next_params p = params();
    assert_int_equal(calc_next_rhythm(&(calc_facts){.accounts = acc, .ledger = &l}, NULL, &p, &t, NULL), KAM_OK);
    assert_cell(t, 0, "value", "-");
    assert_cell(t, 0, "n", "0");
    kam_table_unref(t);
    kam_table_unref(acc);
    kam_ledger_release(&l);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(rice_jar), cmocka_unit_test(products), cmocka_unit_test(call_list), cmocka_unit_test(nobody)};
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}

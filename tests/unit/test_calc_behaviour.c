/* SPDX-License-Identifier: GPL-3.0-or-later */
/* F7. D = 2025-12-31, W = (2024-12-31, D], B = (2024-01-01, 2024-12-31]. */
#include "unit.h"
#include "calc_build.h"
#include "calc_behaviour.h"

/* A: everything yes. B: everything no. C: first bought in W: nothing to compare. D never bought: no row. E: bought of old, not in W. */
static void marks(void **state)
{
    (void)state;
    kam_table *acc = build_accounts("A B C D E"), *t;
    kam_ledger l = build_ledger("2023-12-01 10 2024-06-01 100 2025-06-01 150\n2023-12-01 10 2024-06-01 100 2025-06-01 100\n2025-06-01 10\n\n2023-01-01 10\n");
    kam_table *answers = build_table("row:int date:day favourable:flag recommend:real", "0|2025-06-01|0|9\n1|2025-06-01|1|-\n1|2025-07-01|0|-\n1|2025-07-01|-|8\n2|2024-06-01|1|10\n2|2026-01-01|1|10");
    kam_table *lines = build_table("row:int line:text first:day", "0|control|2023-12-01\n0|sensors|2025-06-01\n1|control|2023-12-01\n1|sensors|2024-06-01\n2|control|2025-06-01");
    kam_table *prices = build_table("row:int paid:money list:money paid_before:money list_before:money", "0|90|100|45|50\n1|89|100|90|100\n2|90|100|-|-");
    kam_table *contacts = build_table("row:int date:day kind:text", "0|2025-01-01|suggestion\n0|2025-02-01|visit\n1|2025-01-01|visit\n1|2024-12-31|suggestion\n2|2024-01-01|visit");
    kam_table *costs = build_table("row:int date:day kind:text amount:money", "0|2025-01-01|serve|14\n0|2024-06-01|maintain|10\n0|2024-06-01|promote|99\n1|2025-01-01|serve|10\n1|2024-06-01|serve|10\n"
                                                                               "2|2025-06-01|serve|1");
    calc_facts f = {.accounts = acc, .ledger = &l, .service_costs = costs};
    calc_behaviour_in in = {answers, lines, prices, contacts};
    calc_behaviour_params p = CALC_BEHAVIOUR_PARAMS(day_of("2025-12-31"), CALC_EN);
    assert_int_equal(calc_behaviour(&f, &in, &p, &t, NULL), KAM_OK);
    static const char *const column[] = {"account", "more", "lines", "speaks", "price", "ideas", "cheaper", "yes", "known"};
    static const char *const want[4][9] = {{"A", "1", "1", "1", "1", "1", "1", "6", "6"}, {"B", "0", "0", "0", "0", "0", "0", "0", "6"},
                                           {"E", "0", "-", "-", "-", "-", "-", "0", "1"}, {"C", "-", "-", "-", "-", "-", "-", "0", "0"}};
    assert_int_equal(kam_table_rows(t), 4);
    for (size_t i = 0; i < 4; i++)
        for (size_t k = 0; k < 9; k++) assert_cell(t, i, column[k], want[i][k]);
    assert_string_equal(cell_of(t, 1, "why"), "none of the known marks");
    assert_cell(t, 3, "why", "-");
    assert_cell(t, 3, "share", "-");
    kam_table_unref(t);
    /* A referral alone says that it speaks well. */
    kam_table *referrals = build_table("row:int date:day", "1|2025-03-01\n2|2024-03-01");
    f.referrals = referrals;
    assert_int_equal(calc_behaviour(&f, &in, &p, &t, NULL), KAM_OK);
    assert_cell(t, row_where(t, "account", "B"), "speaks", "1");
    assert_cell(t, row_where(t, "account", "C"), "speaks", "-");
    kam_table_unref(t);
    kam_table *all[] = {referrals, answers, lines, prices, contacts, costs, acc};
    for (size_t i = 0; i < 7; i++) kam_table_unref(all[i]);
    kam_ledger_release(&l);
}

static void nothing(void **state)
{
    (void)state;
    kam_table *acc = build_accounts(""), *t;
    kam_ledger l = build_ledger("");
    calc_behaviour_in in = {NULL, NULL, NULL, NULL};
    calc_behaviour_params p = CALC_BEHAVIOUR_PARAMS(day_of("2025-12-31"), CALC_ZH);
    assert_int_equal(calc_behaviour(&(calc_facts){.accounts = acc, .ledger = &l}, &in, &p, &t, NULL), KAM_OK);
    assert_int_equal(kam_table_rows(t), 0);
    kam_table_unref(t);
    kam_table_unref(acc);
    kam_ledger_release(&l);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(marks), cmocka_unit_test(nothing)};
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* D6. D = 2025-12-31. Lists are drawn on 1970-01-05 + 14 k: … 2025-12-08, 2025-12-22, 2026-01-05 (day 20444 = 4 + 14 · 1460). */
#include "unit.h"
#include "calc_build.h"
#include "calc_watch.h"

#define SEEN "row:int date:day competitor:text name:text kind:text truth:text what:text answered_on:day explanation:text sighting:int"

static void lists(void **state)
{
    (void)state;
    kam_table *acc = build_accounts("A B C D"), *t;
    kam_ledger l = build_ledger("2025-01-01 100\n"  /* A: nothing for a year */
                                "2025-10-03 100\n"  /* B: 89 days ago, a current order */
                                "\n"                /* C: nobody owns it */
                                "2025-10-02 100\n"); /* D: 90 days ago: not current */
    kam_table *owners = build_table("row:int owner:text", "0|R2\n1|R1\n3|R1\n2|-");
    kam_table *seen = build_table(SEEN,
        "0|2025-12-08|K1|x|order|true|lines|-|-|1\n"      /* on the list of that day, due 12-22, nine days late */
        "0|2025-12-09|K1|x|advert|unknown|-|-|-|2\n"      /* list of 12-22, due 01-05: open */
        "0|2025-12-01|K2|x|order|-|-|2025-12-10|why|3\n"  /* answered */
        "0|2025-09-01|K2|x|order|-|-|2025-09-10|why|4\n"  /* answered long ago: gone */
        "0|2025-01-02|K2|x|order|-|-|-|-|5\n"             /* never answered: still there */
        "0|2025-12-08|K1|x|rumour|-|-|-|-|6\n0|2025-12-08|K1|x|order|false|-|-|-|7\n" /* a rumour; not true */
        "1|2025-12-08|K1|x|order|-|-|-|-|8\n2|2025-12-08|K1|x|order|-|-|-|-|9\n3|2025-12-08|K1|x|order|-|-|-|-|10\n"
        "0|2026-01-01|K1|x|order|-|-|-|-|11\n-|2025-12-08|K1|x|order|-|-|-|-|12");
    calc_facts f = {.accounts = acc, .ledger = &l};
    calc_watch_params p = CALC_WATCH_PARAMS(day_of("2025-12-31"), CALC_EN);
    assert_int_equal(calc_watch(&f, seen, owners, &p, &t, NULL), KAM_OK);
    static const struct { const char *rep, *sighting, *status, *list_on, *due, *late; } want[] = {
        {"R1", "10", "overdue", "2025-12-08", "2025-12-22", "9"},
        {"R2", "5", "overdue", "2025-01-06", "2025-01-20", "345"},
        {"R2", "1", "overdue", "2025-12-08", "2025-12-22", "9"},
        {"R2", "2", "open", "2025-12-22", "2026-01-05", "-"},
        {"R2", "3", "answered", "2025-12-08", "2025-12-22", "-"}};
    assert_int_equal(kam_table_rows(t), COUNT_OF(want));
    for (size_t i = 0; i < COUNT_OF(want); i++) {
        assert_cell(t, i, "rep", want[i].rep);
        assert_cell(t, i, "sighting", want[i].sighting);
        assert_cell(t, i, "status", want[i].status);
        assert_cell(t, i, "list_on", want[i].list_on);
        assert_cell(t, i, "due", want[i].due);
        assert_cell(t, i, "days_late", want[i].late);
    }
    assert_cell(t, 0, "why", "seen with K1 on 2025-12-08; no order with us for 90 days");
    assert_string_equal(kam_table_note(t, 0), "left out, since nobody owns the account: 1");
    kam_table_unref(t);
    p.answer_days = 23;
    p.lang = CALC_ZH;
    assert_int_equal(calc_watch(&f, seen, owners, &p, &t, NULL), KAM_OK);
    assert_cell(t, 0, "status", "open"); /* the last day is not overdue yet */
    assert_cell(t, 0, "why", "2025-12-08 见于 K1；已 90 天没有我方订单");
    kam_table_unref(t);
    kam_table_unref(seen);
    kam_table_unref(owners);
    kam_table_unref(acc);
    kam_ledger_release(&l);
}

static void rivals(void **state)
{
    (void)state;
    kam_table *acc = build_accounts("A B"), *t;
    kam_table *seen = build_table(SEEN, "0|2025-12-08|K2|x|order|-|-|-|-|1\n0|2025-12-09|K1|x|advert|-|-|-|-|2\n0|2025-11-09|K1|x|order|-|-|-|-|3\n"
                                        "0|2025-12-10|K1|x|order|false|-|-|-|4\n0|2026-01-10|K1|x|order|-|-|-|-|5");
    kam_table *opps = build_table("row:int result:text amount:money", "0|open|700\n0|won|5\n0|lost|6\n1|open|-\n1|open|-\n0|open|50");
    kam_table *taking_part = build_table("opportunity:int competitor:text", "0|K1\n1|K1\n2|K1\n3|K2\n4|K2\n5|K1\n9|K1");
    calc_facts f = {.accounts = acc, .opportunities = opps};
    calc_watch_params p = CALC_WATCH_PARAMS(day_of("2025-12-31"), CALC_EN);
    assert_int_equal(calc_watch_rivals(&f, seen, taking_part, &p, &t, NULL), KAM_OK);
    assert_int_equal(kam_table_rows(t), 3);
    assert_cell(t, 0, "competitor", "K1");
    assert_cell(t, 0, "orders", "1");
    assert_cell(t, 0, "adverts", "1");
    assert_cell(t, 0, "last_seen", "2025-12-09");
    assert_cell(t, 0, "open_deals", "2");
    assert_cell(t, 0, "open_amount", "7.50");
    assert_cell(t, 0, "won_deals", "1");
    assert_cell(t, 0, "lost_deals", "1");
    assert_cell(t, 1, "open_amount", "0.00");
    assert_cell(t, 2, "account", "B");
    assert_cell(t, 2, "last_seen", "-");
    assert_cell(t, 2, "open_amount", "-"); /* two deals, no amount known */
    kam_table_unref(t);
    kam_table *back = reversed_table(seen), *u;
    assert_int_equal(calc_watch_rivals(&f, seen, taking_part, &p, &t, NULL), KAM_OK);
    assert_int_equal(calc_watch_rivals(&f, back, taking_part, &p, &u, NULL), KAM_OK);
    for (size_t i = 0; i < kam_table_rows(t); i++) { /* sorted, so rows correspond */
        static const char *const columns[] = {"account", "competitor", "orders", "last_seen", "open_amount"};
        for (size_t k = 0; k < COUNT_OF(columns); k++) {
            char *was = kam_strdup(cell_of(t, i, columns[k]));
            assert_cell(u, i, columns[k], was);
            kam_free(was);
        }
    }
    kam_table_unref(t);
    kam_table_unref(u);
    kam_table_unref(back);
    kam_table_unref(seen);
    kam_table_unref(opps);
    kam_table_unref(taking_part);
    kam_table_unref(acc);
}

static void nobody(void **state)
{
    (void)state;
    kam_table *acc = build_accounts(""), *t;
    kam_ledger l = build_ledger("");
    calc_facts f = {.accounts = acc, .ledger = &l};
    calc_watch_params p = CALC_WATCH_PARAMS(day_of("2025-12-31"), CALC_EN);
    assert_int_equal(calc_watch(&f, NULL, NULL, &p, &t, NULL), KAM_OK);
    assert_int_equal(kam_table_rows(t), 0);
    assert_int_equal(kam_table_notes(t), 0);
    kam_table_unref(t);
    assert_int_equal(calc_watch_rivals(&f, NULL, NULL, &p, &t, NULL), KAM_OK);
    assert_int_equal(kam_table_rows(t), 0);
    kam_table_unref(t);
    kam_table *bad = build_table("row:int", "0");
    assert_int_equal(calc_watch(&f, bad, NULL, &p, &t, NULL), KAM_CALC);
    kam_table_unref(bad);
    kam_table_unref(acc);
    kam_ledger_release(&l);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(lists), cmocka_unit_test(rivals), cmocka_unit_test(nobody)};
    return cmocka_run_group_tests_name("calc_watch", tests, NULL, NULL);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A1, and what all classifications share: summaries and migrations. D = 2025-12-31; the window begins 2025-01-01. */
#include "unit.h"
#include "calc_build.h"
#include "calc_yield.h"

#define OPPS "row:int opportunity:text result:text stage:text amount:money"

static void fixture(kam_table **accounts, kam_ledger *l, kam_table **opps, kam_table **progress)
{
    *accounts = build_accounts("A1 A2 A3 B1 B2 B3 C1 C2 C3 C4");
    *l = build_ledger("2025-12-31 100\n"             /* A1 on the day itself */
                      "2025-01-01 100\n"             /* A2 on the first day of the window */
                      "2024-05-05 500 2025-03-01 300 2025-03-02 -50\n" /* A3 */
                      "2024-12-31 100\n"             /* B1 one day too early, intent */
                      "\n"                           /* B2 advance on the first day that counts */
                      "2025-06-01 0 2025-06-02 -10\n" /* B3 only refunds: no purchase day; proposal */
                      "2024-12-31 100\n"             /* C1 lapsed */
                      "\n"                           /* C2 a lead */
                      "\n"                           /* C3 progress a day too old, and a continuation */
                      "\n");                         /* C4 a won and a lost opportunity */
    *opps = build_table(OPPS, "3|O1|open|intent|5000\n5|O3|open|proposal|-\n7|O4|open|lead|700\n9|O5|won|won|900\n"
                              "9|O6|lost|negotiation|900\n3|O0|open|intent|2000\n99|O9|open|won|1\n-|O8|open|won|1");
    *progress = build_table("row:int date:day outcome:text",
                            "4|2025-07-05|advance\n8|2025-07-04|order\n8|2025-12-01|continuation");
}

static void rule_by_rule(void **state)
{
    (void)state;
    kam_table *acc, *opps, *progress, *t, *m;
    kam_ledger l;
    fixture(&acc, &l, &opps, &progress);
    calc_facts f = {.accounts = acc, .ledger = &l, .opportunities = opps, .progress = progress};
    calc_yield_params p = CALC_YIELD_PARAMS(day_of("2025-12-31"), CALC_EN);
    assert_int_equal(calc_yield(&f, &p, &t, NULL), KAM_OK);
    const kam_column *code = kam_table_find(t, "account"), *cls = kam_table_find(t, "class");
    for (size_t i = 0; i < 10; i++) assert_int_equal(kam_col_text(cls, i)[0], kam_col_text(code, i)[0]);
    assert_cell(t, 0, "why", "bought on 2025-12-31, within the last 365 days");
    assert_cell(t, 2, "window_revenue", "2.50");
    assert_cell(t, 2, "lapsed", "0");
    assert_cell(t, 3, "why", "open opportunity O0 at stage intent"); /* equally far: the smaller code */
    assert_cell(t, 3, "open_amount", "70.00");
    assert_cell(t, 3, "lapsed", "1");
    assert_cell(t, 3, "last_purchase", "2024-12-31");
    assert_cell(t, 4, "why", "agreed on a concrete step on 2025-07-05");
    assert_cell(t, 5, "last_purchase", "-");
    assert_cell(t, 5, "window_revenue", "-0.10");
    assert_cell(t, 5, "open_amount", "-");
    assert_cell(t, 6, "why", "last bought on 2024-12-31, no progress since");
    assert_cell(t, 7, "why", "never bought, open opportunity O4 is only a lead");
    assert_cell(t, 9, "open_amount", "0.00");

    kam_table *s;
    assert_int_equal(calc_class_summary(t, "class", "window_revenue", calc_yield_classes, &s, NULL), KAM_OK);
    assert_int_equal(kam_table_rows(s), 3);
    assert_cell(s, 0, "count", "3");
    assert_cell(s, 1, "count", "3");
    assert_cell(s, 2, "count", "4");
    assert_cell(s, 0, "share", "0.3");
    assert_cell(s, 0, "basis", "4.50"); /* 1 + 1 + 2.50 */
    assert_cell(s, 1, "basis", "-0.10");
    assert_int_equal(calc_yield_measures(t, &p, &m, NULL), KAM_OK);
    assert_cell(m, row_where(m, "measure", "diagnosis"), "reading", "healthy");
    assert_cell(m, row_where(m, "measure", "lapsed"), "value", "2");
    assert_string_equal(kam_table_note(m, 0), "healthy: each class feeds the one after it");
    assert_int_equal(kam_table_notes(m), 1);
    assert_cell(m, row_where(m, "measure", "count_c"), "value", "4");
    assert_int_equal(kam_table_rows(m), 8);
    kam_table_unref(m);
    kam_table_unref(s);
    kam_table_unref(t);
    p.lang = CALC_ZH;
    assert_int_equal(calc_yield(&f, &p, &t, NULL), KAM_OK);
    assert_cell(t, 5, "why", "未结商机 O3，处于方案阶段");
    kam_table_unref(t);
    kam_table_unref(acc);
    kam_table_unref(opps);
    kam_table_unref(progress);
    kam_ledger_release(&l);
}

/* Which of several facts is named, whatever the order of the rows; facts of D count, of the day after do not. */
static void newest_progress(void **state)
{
    (void)state;
    static const char *const rows[] = {
        "0|2025-12-31|advance\n0|2025-11-01|order\n1|2025-12-01|advance\n1|2025-12-01|order\n2|2026-01-01|order\n9|2025-12-01|order\n-|2025-12-01|order",
        "-|2025-12-01|order\n9|2025-12-01|order\n2|2026-01-01|order\n1|2025-12-01|order\n1|2025-12-01|advance\n0|2025-11-01|order\n0|2025-12-31|advance"};
    for (size_t k = 0; k < COUNT_OF(rows); k++) {
        kam_table *acc = build_accounts("A B C"), *progress = build_table("row:int date:day outcome:text", rows[k]), *t;
        kam_ledger l = build_ledger("\n\n\n");
        calc_yield_params p = CALC_YIELD_PARAMS(day_of("2025-12-31"), CALC_EN);
        assert_int_equal(calc_yield(&(calc_facts){.accounts = acc, .ledger = &l, .progress = progress}, &p, &t, NULL), KAM_OK);
        assert_cell(t, 0, "why", "agreed on a concrete step on 2025-12-31");
        assert_cell(t, 1, "why", "an interaction of 2025-12-01 ended in an order");
        assert_cell(t, 2, "class", "C");
        kam_table_unref(t);
        kam_table_unref(progress);
        kam_table_unref(acc);
        kam_ledger_release(&l);
    }
}

static void furthest_opportunity(void **state)
{
    (void)state;
    static const char *const rows[] = {"0|O2|open|proposal|1\n0|O3|open|proposal|1\n0|O1|open|intent|1\n0|O4|open|strange|1",
                                       "0|O4|open|strange|1\n0|O1|open|intent|1\n0|O3|open|proposal|1\n0|O2|open|proposal|1"};
    for (size_t k = 0; k < COUNT_OF(rows); k++) {
        kam_table *acc = build_accounts("A"), *opps = build_table(OPPS, rows[k]), *t;
        kam_ledger l = build_ledger("\n");
        calc_yield_params p = CALC_YIELD_PARAMS(day_of("2025-12-31"), CALC_EN);
        assert_int_equal(calc_yield(&(calc_facts){.accounts = acc, .ledger = &l, .opportunities = opps}, &p, &t, NULL), KAM_OK);
        assert_cell(t, 0, "why", "open opportunity O2 at stage proposal");
        kam_table_unref(t);
        kam_table_unref(opps);
        kam_table_unref(acc);
        kam_ledger_release(&l);
    }
}

static void diagnoses(void **state)
{
    (void)state;
    assert_null(calc_yield_diagnosis(0, 0, 0));
    assert_string_equal(calc_yield_diagnosis(0, 3, 9), "barren");
    assert_string_equal(calc_yield_diagnosis(2, 3, 3), "healthy");
    assert_string_equal(calc_yield_diagnosis(2, 2, 2), "healthy");
    assert_string_equal(calc_yield_diagnosis(2, 5, 4), "starved"); /* fewer than B */
    assert_string_equal(calc_yield_diagnosis(5, 1, 4), "starved"); /* fewer than A */
    assert_string_equal(calc_yield_diagnosis(4, 1, 4), "blocked");
    assert_string_equal(calc_yield_diagnosis(4, 0, 9), "blocked");
}

static void nobody(void **state)
{
    (void)state;
    kam_table *acc = build_accounts(""), *t, *s, *m;
    kam_ledger l = build_ledger("");
    calc_facts f = {.accounts = acc, .ledger = &l};
    calc_yield_params p = CALC_YIELD_PARAMS(day_of("2025-12-31"), CALC_ZH);
    assert_int_equal(calc_yield(&f, &p, &t, NULL), KAM_OK);
    assert_int_equal(kam_table_rows(t), 0);
    assert_int_equal(calc_class_summary(t, "class", "window_revenue", calc_yield_classes, &s, NULL), KAM_OK);
    assert_int_equal(kam_table_rows(s), 3);
    assert_cell(s, 1, "count", "0");
    assert_cell(s, 1, "share", "-");
    assert_cell(s, 1, "basis", "0.00");
    assert_int_equal(calc_yield_measures(t, &p, &m, NULL), KAM_OK);
    const kam_column *names = kam_table_find(m, "measure");
    for (size_t i = 0; i < kam_table_rows(m); i++) assert_string_not_equal(kam_col_text(names, i), "diagnosis");
    kam_table_unref(m);
    kam_table_unref(s);
    kam_table_unref(t);
    kam_table_unref(acc);
    kam_ledger_release(&l);
}

static void migration(void **state)
{
    (void)state;
    kam_table *then = build_table("account:text class:text", "a|A\nb|A\nc|B\nd|C"), *m;
    kam_table *now = build_table("account:text class:text", "e|C\nd|B\nc|A\nb|C\na|A\nf|-");
    assert_int_equal(calc_class_migration(then, now, "class", calc_yield_classes, &m, NULL), KAM_OK);
    assert_int_equal(kam_table_rows(m), 9 + 2);
    static const struct { const char *from, *to, *count, *share; } want[] = {
        {"A", "A", "1", "0.5"}, {"A", "B", "0", "0"}, {"A", "C", "1", "0.5"}, {"B", "A", "1", "1"},
        {"B", "B", "0", "0"},   {"B", "C", "0", "0"}, {"C", "A", "0", "0"},   {"C", "B", "1", "1"},
        {"C", "C", "0", "0"},   {"none", "C", "1", "0.5"}, {"none", "none", "1", "0.5"}};
    for (size_t i = 0; i < COUNT_OF(want); i++) {
        assert_cell(m, i, "from", want[i].from);
        assert_cell(m, i, "to", want[i].to);
        assert_cell(m, i, "count", want[i].count);
        assert_cell(m, i, "share", want[i].share);
    }
    kam_table_unref(m);
    kam_table_unref(now);
    kam_table_unref(then);
}

static void bad_input(void **state)
{
    (void)state;
    kam_table *acc = build_accounts("A"), *opps = build_table("row:int", "0"), *t = NULL;
    kam_ledger l = build_ledger("2025-01-01 1\n");
    calc_facts f = {.accounts = acc, .ledger = &l, .opportunities = opps};
    calc_yield_params p = CALC_YIELD_PARAMS(day_of("2025-12-31"), CALC_EN);
    kam_err err = KAM_ERR_INIT;
    assert_int_equal(calc_yield(&f, &p, &t, &err), KAM_CALC);
    assert_string_equal(err.word[0], "NODATA");
    assert_null(t);
    assert_string_equal(err.msg, "table opportunities lacks the column opportunity");
    kam_table_unref(opps);
    kam_table_unref(acc);
    kam_ledger_release(&l);
}

static void partition_and_order(void **state)
{
    (void)state;
    uint64_t seed = 7;
    enum { N = 300 };
    kam_day asof = day_of("2025-12-31");
    kam_table *acc = random_accounts(N), *back = reversed_table(acc), *a, *b, *s;
    kam_ledger l = random_ledger(N, asof, &seed), r = reversed_ledger(&l);
    kam_str rows = KAM_STR_INIT, rev = KAM_STR_INIT;
    for (int i = 0; i < 150; i++) {
        int at = (int)(rnd(&seed) % N), stage = (int)(rnd(&seed) % 4);
        static const char *const stages[] = {"lead", "intent", "proposal", "negotiation"};
        kam_str_addf(&rows, "%d|O%03d|open|%s|%d\n", at, i, stages[stage], i * 100);
        kam_str_addf(&rev, "%d|O%03d|open|%s|%d\n", N - 1 - at, i, stages[stage], i * 100);
    }
    kam_table *opps = build_table(OPPS, kam_str_cstr(&rows)), *fwd = build_table(OPPS, kam_str_cstr(&rev)), *spp = reversed_table(fwd);
    calc_yield_params p = CALC_YIELD_PARAMS(asof, CALC_EN);
    calc_facts f = {.accounts = acc, .ledger = &l, .opportunities = opps}, g = {.accounts = back, .ledger = &r, .opportunities = spp};
    assert_int_equal(calc_yield(&f, &p, &a, NULL), KAM_OK);
    assert_int_equal(calc_yield(&g, &p, &b, NULL), KAM_OK);
    assert_int_equal(kam_table_rows(a), N);
    assert_null(difference(a, b, "account"));
    assert_int_equal(calc_class_summary(a, "class", NULL, calc_yield_classes, &s, NULL), KAM_OK);
    assert_int_equal(kam_table_rows(s), 3);
    assert_int_equal(sum_of(s, "count"), N);
    for (size_t i = 0; i < 3; i++) assert_true(real_of(s, i, "count") > 0);
    kam_table_unref(s);
    kam_table_unref(a);
    kam_table_unref(b);
    kam_table_unref(opps);
    kam_table_unref(fwd);
    kam_table_unref(spp);
    kam_table_unref(acc);
    kam_table_unref(back);
    kam_ledger_release(&l);
    kam_ledger_release(&r);
    kam_str_release(&rows);
    kam_str_release(&rev);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rule_by_rule), cmocka_unit_test(newest_progress), cmocka_unit_test(furthest_opportunity), cmocka_unit_test(diagnoses), cmocka_unit_test(nobody),
        cmocka_unit_test(migration),    cmocka_unit_test(bad_input), cmocka_unit_test(partition_and_order),
    };
    return cmocka_run_group_tests_name("calc_yield", tests, NULL, NULL);
}

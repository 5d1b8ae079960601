/* SPDX-License-Identifier: GPL-3.0-or-later */
/* D5 phases, D9 buying factors, D11 kinds of sale. */
#include "unit.h"
#include "calc_build.h"
#include "calc_sale.h"

static void phases(void **state)
{
    (void)state;
    static const struct { int stage; bool past, stuck; int phase; } want[] = {
        {0, false, false, 0}, {0, true, false, 0}, {1, false, false, 0}, {1, true, false, 1}, {1, true, true, 0},
        {2, false, false, 1}, {2, true, false, 2}, {2, true, true, 1},   {3, false, false, 2}, {3, true, false, 2}, {4, false, false, 2}};
    for (size_t i = 0; i < COUNT_OF(want); i++) assert_int_equal(calc_phase_of(want[i].stage, want[i].past, want[i].stuck), want[i].phase);
    kam_table *deals = build_table("opportunity:text name:text account:text stage:text age:int median_stay:real stuck:flag rep:text",
                                   "O1|-|A|intent|11|10|0|R1\nO2|-|A|intent|10|10|0|R1\nO3|-|A|intent|25|10|1|-\nO4|-|A|proposal|-|10|-|-\nO5|-|A|proposal|9|-|-|-"), *t;
    assert_int_equal(calc_phases(deals, CALC_EN, &t, NULL), KAM_OK);
    static const char *const phase[] = {"solution", "needs", "needs", "solution", "solution"};
    for (size_t i = 0; i < COUNT_OF(phase); i++) assert_cell(t, i, "phase", phase[i]);
    assert_cell(t, 0, "why", "11 days at stage intent, longer than the usual 10: thoughts have moved on");
    assert_cell(t, 1, "why", "at stage intent"); /* exactly the median is not longer */
    assert_cell(t, 2, "why", "stuck at stage intent for 25 days: still in this phase");
    kam_table_unref(t);
    assert_int_equal(calc_phases(deals, CALC_ZH, &t, NULL), KAM_OK);
    assert_cell(t, 2, "why", "在意向阶段停滞 25 天：仍在本期");
    kam_table_unref(t);
    kam_table_unref(deals);
    assert_int_equal(calc_phases(NULL, CALC_EN, &t, NULL), KAM_OK);
    assert_int_equal(kam_table_rows(t), 0);
    kam_table_unref(t);
    for (int k = 0; k < CALC_PHASES; k++) {
        size_t n;
        assert_non_null(calc_phase_topics(k, &n));
        assert_true(n >= 3);
    }
}

#define FACTORS "contact:text name:text attribute:text date:day value:real evidence:text"

static void factors(void **state)
{
    (void)state;
    kam_table *in = build_table(FACTORS, "B|Bob|trusts|2025-01-01|4|-\nB|Bob|needs|2025-01-01|4|-\nA|Ann|knows|2025-01-01|9|-\nA|Ann|needs|2025-01-01|8|-\n"
                                         "A|Ann|worth|2025-01-01|7|-\nA|Ann|trusts|2025-01-01|6|-\nA|Ann|satisfied|2025-01-01|5|-\nC|Cid|worth|2025-01-01|-|-"), *t, *u;
    assert_int_equal(calc_factors(in, CALC_EN, &t, NULL), KAM_OK);
    assert_int_equal(kam_table_rows(t), 3);
    assert_cell(t, 0, "lowest", "satisfied");
    assert_cell(t, 0, "force", "exceed");
    assert_cell(t, 0, "coverage", "1");
    assert_cell(t, 1, "lowest", "needs"); /* 4 and 4: what comes first in selling */
    assert_cell(t, 1, "force", "bring-out-need");
    assert_cell(t, 1, "knows", "-");
    assert_cell(t, 1, "coverage", "0.4");
    assert_cell(t, 1, "why", "feels the need least (4): bring it out");
    assert_cell(t, 2, "lowest", "-");
    assert_cell(t, 2, "coverage", "0");
    kam_table *back = reversed_table(in);
    assert_int_equal(calc_factors(back, CALC_EN, &u, NULL), KAM_OK);
    assert_null(difference(t, u, "contact"));
    kam_table_unref(back);
    kam_table_unref(u);
    kam_table_unref(t);
    assert_int_equal(calc_factors(in, CALC_ZH, &t, NULL), KAM_OK);
    assert_cell(t, 1, "why", "需要最不明显（4）：挖掘需求");
    kam_table_unref(t);
    kam_table_unref(in);
    assert_int_equal(calc_factors(NULL, CALC_EN, &t, NULL), KAM_OK);
    assert_int_equal(kam_table_rows(t), 0);
    kam_table_unref(t);
}

/* Every force is called for by its factor. */
static void each_force(void **state)
{
    (void)state;
    for (int k = 0; k < CALC_FACTORS; k++) {
        kam_str rows = KAM_STR_INIT;
        for (int i = 0; i < CALC_FACTORS; i++) kam_str_addf(&rows, "%sA|Ann|%s|2025-01-01|%d|-", i ? "\n" : "", calc_factor_keys[i], i == k ? 2 : 3);
        kam_table *in = build_table(FACTORS, kam_str_cstr(&rows)), *t;
        assert_int_equal(calc_factors(in, CALC_EN, &t, NULL), KAM_OK);
        assert_cell(t, 0, "force", calc_force_keys[k]);
        kam_table_unref(t);
        kam_table_unref(in);
        kam_str_release(&rows);
    }
}

#define OPPS "row:int opportunity:text name:text result:text opened_on:day closed_on:day expected_close:day"

static void kinds(void **state)
{
    (void)state;
    kam_table *acc = build_accounts("A B"), *t;
    kam_ledger l = build_ledger("2025-06-01 1 2025-07-01 1\n\n");
    /* O1: 100 days to the expected close, 2 purchase days, 3 deciders, features: three of four. O2: closed after 89 days, no purchase: 0 of 2.
     * O3: overdue, so up to D: 365 days; 0 purchases: 1 of 2 is half. O4: account unknown, opened on an unknown day: nothing known. */
    kam_table *opps = build_table(OPPS, "0|O1|-|open|2025-12-01|-|2026-03-11\n1|O2|-|won|2025-01-01|2025-03-31|-\n1|O3|-|open|2024-12-31|-|2025-12-01\n-|O4|-|lost|-|-|-");
    kam_table *signs = build_table("opportunity:int deciders:int buys_for:text", "0|3|features\n1|-|-\n7|9|value");
    calc_facts f = {.accounts = acc, .ledger = &l, .opportunities = opps};
    calc_kind_params p = CALC_KIND_PARAMS(day_of("2025-12-31"), CALC_EN);
    assert_int_equal(calc_kind(&f, signs, &p, &t, NULL), KAM_OK);
    static const struct { const char *class, *cycle, *deciders, *repeats, *signs, *known; } want[] = {
        {"key", "100", "3", "2", "3", "4"}, {"ordinary", "89", "-", "0", "0", "2"}, {"key", "365", "-", "0", "1", "2"}, {"-", "-", "-", "-", "0", "0"}};
    for (size_t i = 0; i < COUNT_OF(want); i++) {
        assert_cell(t, i, "class", want[i].class);
        assert_cell(t, i, "cycle_days", want[i].cycle);
        assert_cell(t, i, "deciders", want[i].deciders);
        assert_cell(t, i, "repeats", want[i].repeats);
        assert_cell(t, i, "signs", want[i].signs);
        assert_cell(t, i, "known", want[i].known);
    }
    assert_cell(t, 3, "why", "none of the four signs is known");
    kam_table_unref(t);
    p.long_cycle_days = 89;
    p.lang = CALC_ZH;
    assert_int_equal(calc_kind(&f, signs, &p, &t, NULL), KAM_OK);
    assert_cell(t, 1, "class", "key"); /* at the border counts, and one of two is half */
    assert_cell(t, 1, "why", "2 项已知特征中有 1 项表明是大客户销售");
    kam_table_unref(t);
    kam_table_unref(opps);
    kam_table_unref(signs);
    calc_facts none = {.accounts = acc};
    assert_int_equal(calc_kind(&none, NULL, &p, &t, NULL), KAM_OK);
    assert_int_equal(kam_table_rows(t), 0);
    kam_table_unref(t);
    kam_table_unref(acc);
    kam_ledger_release(&l);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(phases), cmocka_unit_test(factors), cmocka_unit_test(each_force), cmocka_unit_test(kinds)};
    return cmocka_run_group_tests_name("calc_sale", tests, NULL, NULL);
}

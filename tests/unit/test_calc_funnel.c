/* SPDX-License-Identifier: GPL-3.0-or-later */
/* D2. D = 2025-12-31. */
#include "unit.h"
#include "calc_build.h"
#include "calc_funnel.h"
#include <math.h>

#define OPPS "row:int opportunity:text name:text result:text stage:text opened_on:day closed_on:day expected_close:day amount:money rep:text"
#define STAGES "opportunity:int date:day stage:text"
#define PARAMS CALC_FUNNEL_PARAMS(day_of("2025-12-31"), CALC_EN)

/* Worked by hand:
 *   0 lead 10 days → proposal 20 days → won 2025-01-31 (in the window)      1 lead 20 days → lost
 *   2 lead 30 days → intent, open there for 41 days                         3 lead, open for 61 days: > 2 × 20? see below
 *   4 lead 40 days → intent 10 days → back to lead, open for 20 days        5 won long ago, without stage changes
 *   6 open without stage changes: proposal since it was opened, 5 days      7 lost without a closing day: no stay, but it left */
static const char *const opps = "0|o0|n|won|won|2025-01-01|2025-01-31|-|1000|r\n"
                                "0|o1|n|lost|lead|2025-03-01|2025-03-21|-|2000|r\n"
                                "1|o2|n|open|intent|2025-10-22|-|2026-02-01|3000|r\n"
                                "2|o3|n|open|lead|2025-10-31|-|-|-|-\n"
                                "3|o4|n|open|lead|2025-10-22|-|-|500|s\n"
                                "4|o5|n|won|won|2023-01-01|2023-06-01|-|7000|s\n"
                                "9|o6|n|open|proposal|2025-12-26|-|-|10000|s\n"
                                "4|o7|n|lost|lead|2025-01-01|-|-|1|s";
static const char *const changes = "0|2025-01-01|lead\n0|2025-01-11|proposal\n"
                                   "1|2025-03-01|lead\n1|2025-03-05|lead\n" /* said twice: one stay */
                                   "2|2025-11-20|intent\n2|2025-10-21|lead\n" /* out of order */
                                   "3|2025-10-31|proposal\n3|2025-10-31|lead\n" /* of one day the last counts */
                                   "4|2025-10-22|lead\n4|2025-12-01|intent\n4|2025-12-11|lead\n"
                                   "7|2025-01-01|lead\n77|2025-01-01|lead\n6|2026-01-01|won";

static calc_facts facts(void)
{
    calc_facts f = CALC_FACTS_INIT;
    f.accounts = build_accounts("A B C D E F G");
    f.opportunities = build_table(OPPS, opps);
    f.stages = build_table(STAGES, changes);
    return f;
}

static void release(calc_facts *f)
{
    kam_table_unref((kam_table *)f->accounts);
    kam_table_unref((kam_table *)f->opportunities);
    kam_table_unref((kam_table *)f->stages);
}

static void stages(void **state)
{
    (void)state;
    calc_facts f = facts();
    calc_funnel_params p = PARAMS;
    kam_table *t;
    assert_int_equal(calc_funnel(&f, &p, &t, NULL), KAM_OK);
    /* Lead stays: 10, 20, 30, 40 ended, 61 and 20 running (and none of o7). At risk 6: S(10) = 5/6; 5: S(20) = 4/6 (the running
     * 20 is still at risk); 3: S(30) = 4/9 ≤ ½. Median 30, so o3 with 61 > 60 is stuck.
     * Intent: 10 ended, 41 running: S(10) = ½, median 10; o2 with 41 is stuck. Proposal: 20 ended, 5 running: median 20. */
    static const char *const want[][9] = {
        /* stage, count, amount, no_amount, weighted, age, median_stay, stuck, left */
        {"pool", "4", "-", "-", "-", "-", "-", "-", "-"}, /* A, E, F and G: B, C and D have open ones; o6's account is not among them */
        {"lead", "2", "5.00", "1", "0.50", "40.5", "30", "1", "5"},
        {"intent", "1", "30.00", "0", "9.00", "41", "10", "1", "1"},
        {"proposal", "1", "100.00", "0", "50.00", "5", "20", "0", "1"},
        {"negotiation", "0", "0.00", "0", "0.00", "-", "-", "-", "0"},
        {"won", "1", "10.00", "0", "10.00", "-", "-", "-", "-"}};
    static const char *const names[] = {"stage", "count", "amount", "no_amount", "weighted", "age", "median_stay", "stuck", "left"};
    for (size_t i = 0; i < COUNT_OF(want); i++)
        for (size_t k = 0; k < COUNT_OF(names); k++) assert_cell(t, i, names[k], want[i][k]);
    /* Lead was left by o0 (jumped to proposal, won), o1 and o7 (lost), o2 and o4 (reached intent; o4 came back): 3 of 5.
     * o3 stands there still. Intent was left by o4 only, backwards: 0 of 1. */
    assert_cell(t, 1, "conversion", "0.6");
    assert_cell(t, 2, "conversion", "0");
    assert_cell(t, 3, "conversion", "1");
    assert_cell(t, 4, "conversion", "-");
    assert_cell(t, 5, "conversion", "-");
    assert_true(real_of(t, 1, "conversion_low") > 0.2 && real_of(t, 1, "conversion_high") < 0.9);
    kam_table_unref(t);
    /* Who buys is no target either. */
    kam_ledger l = build_ledger("2025-06-01 5\n\n\n\n\n2024-06-01 5\n\n");
    f.ledger = &l;
    assert_int_equal(calc_funnel(&f, &p, &t, NULL), KAM_OK);
    assert_cell(t, 0, "count", "3");
    kam_table_unref(t);
    kam_ledger_release(&l);
    release(&f);
}

static void open_ones(void **state)
{
    (void)state;
    calc_facts f = facts();
    calc_funnel_params p = PARAMS;
    kam_table *t;
    assert_int_equal(calc_funnel_opportunities(&f, &p, &t, NULL), KAM_OK);
    static const char *const want[][6] = {{"o2", "B", "intent", "41", "1", "9.00"}, {"o3", "C", "lead", "61", "1", "-"},
                                          {"o4", "D", "lead", "20", "0", "0.50"}, {"o6", "-", "proposal", "5", "0", "50.00"}};
    static const char *const names[] = {"opportunity", "account", "stage", "age", "stuck", "weighted"};
    assert_int_equal(kam_table_rows(t), COUNT_OF(want));
    for (size_t i = 0; i < COUNT_OF(want); i++)
        for (size_t k = 0; k < COUNT_OF(names); k++) assert_cell(t, i, names[k], want[i][k]);
    assert_cell(t, 1, "why", "61 days at stage lead, more than 2 × the median stay of 30");
    assert_cell(t, 3, "why", "5 days at stage proposal; half of the others leave within 20");
    kam_table_unref(t);
    release(&f);
}

/* Running stays count as censored, and by their true length. Days are counted back from D = 2025-12-31. */
static void censoring_and_edges(void **state)
{
    (void)state;
    kam_str rows = KAM_STR_INIT, ch = KAM_STR_INIT;
    /* lead: 10 20 30 40 50 ended (lost), 91 ended (R4), three running for 15: S(10) = 8/9, S(20) = 8/9·4/5 (5 at risk), S(30) = 8/15,
     * S(40) = 16/45 ≤ ½. intent: 10 20 30 ended, two running for 25: 4/5, 3/5, 0: median 30; were they left out, 20. */
    static const char *const closed[] = {"2025-01-11", "2025-01-21", "2025-01-31", "2025-02-10", "2025-02-20"};
    for (int i = 0; i < 5; i++) kam_str_addf(&rows, "0|L%d|n|lost|lead|2025-01-01|%s|-|-|r\n", i, closed[i]);
    for (int i = 0; i < 3; i++) kam_str_addf(&rows, "0|I%d|n|lost|intent|2025-01-01|%s|-|-|r\n", i, closed[i]);
    kam_str_add(&rows, "0|R0|n|open|lead|2025-12-16|-|-|-|r\n0|R1|n|open|lead|2025-12-16|-|-|-|r\n" /* 8, 9 */
                       "0|R2|n|open|intent|2025-12-06|-|-|-|r\n0|R3|n|open|intent|2025-12-06|-|-|-|r\n"
                       "0|R4|n|open|proposal|2025-10-01|-|-|-|r\n"  /* 12: entered on D, from a lead of 91 days by the changes */
                       "0|R5|n|open|intent|-|-|-|-|r\n"             /* nobody knows since when */
                       "0|R6|n|lost|intent|-|2025-05-05|-|-|r\n"
                       "0|R7|n|open|strange|2025-12-16|-|-|-|r\n"   /* no stage we know: a lead */
                       "0|W0|n|won|won|2024-06-01|2025-01-01|-|100|r\n0|W1|n|won|won|2024-06-01|2024-12-31|-|100|r\n"
                       "0|W2|n|won|won|2024-06-01|-|-|100|r\n"
                       "0|X|n|lost|proposal|2025-01-01|2025-12-31|-|-|r\n"); /* closed on D */
    kam_str_add(&ch, "12|2025-12-31|proposal\n12|2025-10-01|lead\n-|2025-01-01|intent\n0|-|intent\n0|2025-01-05|nonsense");
    calc_facts f = CALC_FACTS_INIT;
    f.accounts = build_accounts("A");
    f.opportunities = build_table(OPPS, kam_str_cstr(&rows));
    f.stages = build_table(STAGES, kam_str_cstr(&ch));
    calc_funnel_params p = PARAMS;
    kam_table *t;
    assert_int_equal(calc_funnel(&f, &p, &t, NULL), KAM_OK);
    assert_cell(t, 1, "median_stay", "40");
    assert_cell(t, 1, "count", "3");
    assert_cell(t, 1, "amount", "-"); /* none of them has one */
    assert_cell(t, 1, "weighted", "-");
    assert_cell(t, 2, "median_stay", "30");
    assert_cell(t, 2, "age", "25"); /* of those whose stay is known */
    assert_cell(t, 2, "count", "3");
    assert_cell(t, 3, "age", "0");
    assert_cell(t, 3, "median_stay", "364");
    assert_cell(t, 5, "count", "1"); /* only W0 in (D − 365, D] */
    kam_table_unref(t);
    assert_int_equal(calc_funnel_opportunities(&f, &p, &t, NULL), KAM_OK);
    size_t r5 = row_where(t, "opportunity", "R5");
    assert_cell(t, r5, "age", "-");
    assert_cell(t, r5, "stuck", "-");
    assert_cell(t, r5, "why", "? days at stage intent; half of the others leave within 30");
    assert_cell(t, row_where(t, "opportunity", "R7"), "stage", "lead");
    kam_table_unref(t);
    release(&f);
    /* Twice the median exactly is not stuck, a day more is: median 10, ages 20 and 21. */
    kam_str_clear(&rows);
    kam_str_add(&rows, "0|a|n|lost|lead|2025-01-01|2025-01-11|-|-|r\n0|b|n|lost|lead|2025-01-01|2025-01-11|-|-|r\n"
                       "0|c|n|open|lead|2025-12-11|-|-|-|r\n0|d|n|open|lead|2025-12-10|-|-|-|r\n");
    f = (calc_facts){.accounts = build_accounts("A"), .opportunities = build_table(OPPS, kam_str_cstr(&rows))};
    assert_int_equal(calc_funnel_opportunities(&f, &p, &t, NULL), KAM_OK);
    assert_cell(t, 0, "stuck", "0");
    assert_cell(t, 1, "stuck", "1");
    kam_table_unref(t);
    release(&f);
    kam_str_release(&rows);
    kam_str_release(&ch);
}

static void from_history(void **state)
{
    (void)state;
    calc_facts f = facts();
    calc_funnel_params p = PARAMS;
    double prob[CALC_STAGES];
    assert_int_equal(calc_funnel_probability(&f, &p, prob, NULL), KAM_OK);
    assert_true(prob[0] == 0.10 && prob[4] == 1.0);
    p.reestimate = true;
    assert_int_equal(calc_funnel_probability(&f, &p, prob, NULL), KAM_OK);
    assert_true(fabs(prob[0] - (20 * 0.1 + 1) / 23) < 1e-12); /* o0 won, o1 and o7 lost */
    assert_true(fabs(prob[1] - 0.3) < 1e-12);
    assert_true(fabs(prob[2] - (20 * 0.5 + 1) / 21) < 1e-12);
    assert_true(prob[4] == 1.0);
    release(&f);
}

static void empty(void **state)
{
    (void)state;
    calc_facts f = CALC_FACTS_INIT;
    f.accounts = build_accounts("");
    calc_funnel_params p = PARAMS;
    kam_table *t;
    assert_int_equal(calc_funnel(&f, &p, &t, NULL), KAM_OK);
    assert_int_equal(kam_table_rows(t), 6);
    assert_int_equal(sum_of(t, "count"), 0);
    kam_table_unref(t);
    assert_int_equal(calc_funnel_opportunities(&f, &p, &t, NULL), KAM_OK);
    assert_int_equal(kam_table_rows(t), 0);
    kam_table_unref(t);
    release(&f);
}

/* Random histories: each open opportunity stands in one stage, conversions are shares, and rows may come in any order. */
static void partition_and_order(void **state)
{
    (void)state;
    enum { N = 300 };
    uint64_t seed = 41;
    kam_str rows = KAM_STR_INIT, ch = KAM_STR_INIT, hc = KAM_STR_INIT;
    static const char *const res[] = {"open", "open", "lost", "won"};
    int64_t open = 0;
    for (int i = 0; i < N; i++) {
        const char *r = res[rnd(&seed) % 4];
        open += *r == 'o';
        kam_str_addf(&rows, "%d|O%03d|n|%s|-|2025-01-01|%s|-|%d|r\n", i % 7, i, r, *r == 'o' ? "-" : "2025-12-30", i);
        for (int k = 0, month = 1; k < 5 && month < 12; k++, month += 1 + (int)(rnd(&seed) % 4)) {
            const char *s = calc_stage_keys[rnd(&seed) % 4];
            kam_str_addf(&ch, "%d|2025-%02d-10|%s\n", i, month, s);
            kam_str_addf(&hc, "%d|2025-%02d-10|%s\n", N - 1 - i, month, s);
        }
    }
    calc_facts f = CALC_FACTS_INIT, g = CALC_FACTS_INIT;
    f.accounts = g.accounts = build_accounts("A B C D E F G");
    f.opportunities = build_table(OPPS, kam_str_cstr(&rows));
    g.opportunities = reversed_table(f.opportunities);
    f.stages = build_table(STAGES, kam_str_cstr(&ch));
    kam_table *mirrored = build_table(STAGES, kam_str_cstr(&hc));
    g.stages = reversed_table(mirrored);
    calc_funnel_params p = PARAMS;
    kam_table *a, *b, *d;
    assert_int_equal(calc_funnel(&f, &p, &a, NULL), KAM_OK);
    assert_int_equal(calc_funnel(&g, &p, &b, NULL), KAM_OK);
    assert_null(difference(a, b, "stage"));
    assert_int_equal(calc_funnel_opportunities(&f, &p, &d, NULL), KAM_OK);
    assert_int_equal(kam_table_rows(d), open);
    int64_t standing = 0;
    for (size_t i = 1; i <= 4; i++) {
        standing += kam_col_int(kam_table_find(a, "count"), i);
        double c = real_of(a, i, "conversion");
        assert_true(c >= 0 && c <= 1 && c >= real_of(a, i, "conversion_low") && c <= real_of(a, i, "conversion_high"));
    }
    assert_int_equal(standing, open);
    kam_table *all[] = {a, b, d, mirrored, (kam_table *)g.opportunities, (kam_table *)g.stages};
    for (size_t i = 0; i < COUNT_OF(all); i++) kam_table_unref(all[i]);
    release(&f);
    kam_str_release(&rows);
    kam_str_release(&ch);
    kam_str_release(&hc);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(stages), cmocka_unit_test(open_ones),           cmocka_unit_test(from_history), cmocka_unit_test(censoring_and_edges),
        cmocka_unit_test(empty),  cmocka_unit_test(partition_and_order),
    };
    return cmocka_run_group_tests_name("calc_funnel", tests, NULL, NULL);
}

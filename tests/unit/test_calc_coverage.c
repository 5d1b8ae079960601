/* SPDX-License-Identifier: GPL-3.0-or-later */
/* E1 load, E2 sponsors, E3 effort mix, E4 bids. D = 2025-12-31. */
#include "unit.h"
#include <math.h>
#include "calc_allocation.h"
#include "calc_build.h"
#include "calc_coverage.h"
#include "calc_effort.h"

#define WORK                                                                                                                              \
    "row:int date:day kind:text rep:text activity:text hours:real cost:money duty_call:flag resolved_on:day owner:text opportunity:text own:flag"

typedef struct world {
    kam_table *accounts, *owners, *reps, *touched, *work, *key, *deals;
} world;

static calc_coverage_in in_of(const world *w)
{
    return (calc_coverage_in){.accounts = w->accounts, .key = w->key, .owners = w->owners, .reps = w->reps, .touched = w->touched, .work = w->work, .opportunities = w->deals};
}

static void done(world *w)
{
    kam_table *const t[] = {w->accounts, w->owners, w->reps, w->touched, w->work, w->key, w->deals};
    for (size_t k = 0; k < COUNT_OF(t); k++) kam_table_unref(t[k]);
}

/* R1 owns A B C (capacity 2), R2 owns D, E has nobody; X is an executive who sponsors A and B. */
static world fixture(void)
{
    return (world){
        .accounts = build_table("account:text name:text known_since:day", "A|a|2020-01-01\nB|b|2020-01-01\nC|c|2025-12-01\nD|d|-\nE|e|2020-01-01"),
        .owners = build_table("row:int owner:text sponsor:text", "0|R1|X\n1|R1|X\n2|R1|-\n3|R2|-"),
        .reps = build_table("rep:text name:text executive:flag capacity:int", "R1|one|0|2\nR2|two|0|-\nX|boss|1|-"),
        .touched = build_table("row:int date:day", "0|2025-07-05\n1|2025-07-04"), /* 179 and 180 days ago */
        .work = build_table(WORK, "0|2025-10-03|visit|X|process|2|-|1|-|-|O1|0\n" /* 89 days ago: kept */
                                  "1|2025-10-02|visit|X|process|1|-|1|-|-|-|0\n"  /* 90 days ago: due again */
                                  "1|2025-11-01|visit|R1|process|1|-|1|-|-|-|1\n" /* not the sponsor */
                                  "2|2025-06-01|complaint|-|-|-|-|0|2025-06-05|X|-|-\n3|2025-07-01|complaint|-|-|-|-|0|-|X|-|-\n"
                                  "0|2024-12-31|meeting|X|-|5|-|0|-|-|-|0"), /* a day before the window */
        .key = build_table("class:text", "key\nordinary\nordinary\nordinary\nkey"),
        .deals = build_table("row:int opportunity:text result:text", "0|O1|open\n1|O2|open\n0|O3|won\n3|O4|open")};
}

static void load(void **state)
{
    (void)state;
    world w = fixture();
    calc_coverage_in in = in_of(&w);
    calc_coverage_params p = CALC_COVERAGE_PARAMS(day_of("2025-12-31"), CALC_EN);
    kam_table *t;
    assert_int_equal(calc_coverage_reps(&in, &p, &t, NULL), KAM_OK);
    assert_int_equal(kam_table_rows(t), 3); /* R1, R2, nobody; the executive without accounts is left out */
    assert_cell(t, 0, "accounts", "3");
    assert_cell(t, 0, "status", "over"); /* 3 > capacity 2 */
    assert_cell(t, 0, "room", "-1");
    assert_cell(t, 0, "key_accounts", "1");
    assert_cell(t, 0, "unworked", "1"); /* B; C is known for 30 days only */
    assert_cell(t, 0, "last_contact", "2025-07-05");
    assert_cell(t, 0, "why", "3 owned, capacity is 2");
    assert_cell(t, 1, "status", "under"); /* 1 < 30 */
    assert_cell(t, 1, "room", "39");
    assert_cell(t, 1, "unworked", "1"); /* D: never touched, known since nobody knows when */
    assert_cell(t, 2, "rep", "-");
    assert_cell(t, 2, "status", "unowned");
    assert_cell(t, 2, "accounts", "1");
    assert_int_equal(sum_of(t, "accounts"), 5); /* every account is in one row */
    kam_table_unref(t);
    p.low = 1;
    p.high = 1;
    assert_int_equal(calc_coverage_reps(&in, &p, &t, NULL), KAM_OK);
    assert_cell(t, 0, "why", "3 owned, more than 1"); /* load-high below the capacity */
    assert_cell(t, 0, "room", "-1");                  /* the capacity is what may be given */
    assert_cell(t, 1, "status", "within");
    kam_table_unref(t);
    assert_int_equal(calc_coverage_accounts(&in, &p, &t, NULL), KAM_OK);
    static const char *const status[] = {"owned", "unworked", "owned", "unworked", "unowned"}, *const days[] = {"179", "180", "-", "-", "-"};
    for (size_t i = 0; i < 5; i++) {
        assert_cell(t, i, "status", status[i]);
        assert_cell(t, i, "days", days[i]);
    }
    kam_table_unref(t);
    done(&w);
}

static void sponsors(void **state)
{
    (void)state;
    world w = fixture();
    calc_coverage_in in = in_of(&w);
    calc_coverage_params p = CALC_COVERAGE_PARAMS(day_of("2025-12-31"), CALC_EN);
    kam_table *t;
    assert_int_equal(calc_coverage_sponsors(&in, &p, &t, NULL), KAM_OK);
    assert_int_equal(kam_table_rows(t), 1);
    assert_cell(t, 0, "rep", "X");
    assert_cell(t, 0, "accounts", "2");
    assert_cell(t, 0, "duty_calls", "2");
    assert_cell(t, 0, "overdue", "1"); /* B */
    assert_cell(t, 0, "deals", "2");   /* O1, O2 */
    assert_cell(t, 0, "deals_followed", "1");
    assert_cell(t, 0, "escalated", "2");
    assert_cell(t, 0, "settled", "1");
    assert_cell(t, 0, "hours", "3"); /* 2 + 1; the meeting of last year is outside */
    assert_cell(t, 0, "hours_per_account", "1.5");
    kam_table_unref(t);
    assert_int_equal(calc_coverage_duty(&in, &p, &t, NULL), KAM_OK);
    assert_int_equal(kam_table_rows(t), 2);
    assert_cell(t, 0, "account", "B");
    assert_cell(t, 0, "status", "overdue");
    assert_cell(t, 0, "due_on", "2025-12-31"); /* 90 days after 2025-10-02 */
    assert_cell(t, 1, "status", "kept");
    assert_cell(t, 1, "due_on", "2026-01-01");
    assert_cell(t, 1, "overdue_days", "0");
    kam_table_unref(t);
    kam_table_unref(w.work); /* nobody ever called */
    w.work = NULL;
    in = in_of(&w);
    assert_int_equal(calc_coverage_duty(&in, &p, &t, NULL), KAM_OK);
    assert_cell(t, 0, "last_call", "-");
    assert_cell(t, 0, "why", "no duty call by X on record");
    kam_table_unref(t);
    done(&w);
}

static void nobody(void **state)
{
    (void)state;
    kam_table *acc = build_table("account:text name:text known_since:day", ""), *t;
    calc_coverage_in in = {.accounts = acc};
    calc_coverage_params p = CALC_COVERAGE_PARAMS(day_of("2025-12-31"), CALC_ZH);
    static kam_rc (*const view[])(const calc_coverage_in *, const calc_coverage_params *, kam_table **, kam_err *) = {calc_coverage_reps, calc_coverage_accounts,
                                                                                                                      calc_coverage_sponsors, calc_coverage_duty};
    for (size_t k = 0; k < COUNT_OF(view); k++) {
        assert_int_equal(view[k](&in, &p, &t, NULL), KAM_OK);
        assert_int_equal(kam_table_rows(t), 0);
        kam_table_unref(t);
    }
    kam_table_unref(acc);
}

static void effort(void **state)
{
    (void)state;
    kam_table *work = build_table(WORK, "0|2025-12-01|call|R1|selection|4|100|0|-|-|-|1\n0|2025-12-01|call|R1|process|3|-|0|-|-|-|1\n"
                                        "1|2025-12-01|call|R1|administration|3|300|0|-|-|-|-\n" /* nobody owns it: counts as own */
                                        "0|2025-12-01|call|R2|process|2|50|0|-|-|-|0\n"         /* support */
                                        "0|2025-12-01|call|R1|-|7|-|0|-|-|-|1\n"                /* no activity noted */
                                        "0|2025-12-01|call|R1|process|-|-|0|-|-|-|1\n"          /* no hours noted */
                                        "0|2024-12-31|call|R1|process|99|-|0|-|-|-|1"),         /* outside the window */
             *t;
    calc_effort_params p = CALC_EFFORT_PARAMS(day_of("2025-12-31"), CALC_EN);
    assert_int_equal(calc_effort_mix(work, &p, &t, NULL), KAM_OK);
    /* own hours 4 + 3 + 3 = 10; support 2 of them; cost of the three 400 */
    static const char *const want[][5] = {{"selection", "4", "0.4", "0.25", "0"}, {"process", "3", "0.3", "-", "0"}, {"administration", "3", "0.3", "0.75", "0"},
                                          {"support", "2", "0.2", "0.125", "-0.1"}, {"unknown", "7", "-", "-", "-"}};
    for (size_t i = 0; i < COUNT_OF(want); i++) {
        assert_cell(t, i, "activity", want[i][0]);
        assert_cell(t, i, "hours", want[i][1]);
        assert_cell(t, i, "hours_share", want[i][2]);
        assert_cell(t, i, "cost_share", want[i][3]);
        if (i != 3) assert_cell(t, i, "gap", want[i][4]);
        else assert_true(fabs(real_of(t, i, "gap") + 0.1) < 1e-12);
    }
    assert_cell(t, 0, "why", "as the model has it");
    assert_string_equal(kam_table_note(t, 0), "nearest of the models: 40/30/30 (chosen: 40/30/30)");
    assert_string_equal(kam_table_note(t, 1), "1 of 6 interactions have no hours noted");
    double sum = 0;
    for (size_t i = 0; i < 3; i++) sum += real_of(t, i, "hours_share");
    assert_true(fabs(sum - 1) < 1e-12);
    kam_table_unref(t);
    kam_table *reps = build_table("rep:text name:text", "R1|one\nR2|two\nR3|idle");
    assert_int_equal(calc_effort_by(work, reps, true, &p, &t, NULL), KAM_OK);
    assert_int_equal(kam_table_rows(t), 2); /* R3 did nothing */
    assert_cell(t, 0, "nearest", "40/30/30");
    assert_cell(t, 0, "distance", "0");
    assert_cell(t, 1, "hours", "0");     /* all R2 did is support */
    assert_cell(t, 1, "nearest", "-");
    assert_cell(t, 1, "support_hours", "2");
    kam_table_unref(t);
    kam_table_unref(reps);
    kam_table_unref(work);
    assert_int_equal(calc_effort_mix(NULL, &p, &t, NULL), KAM_OK);
    assert_int_equal(kam_table_rows(t), 4);
    assert_cell(t, 0, "hours", "-"); /* nothing noted is missing, not zero */
    assert_cell(t, 0, "hours_share", "-");
    assert_cell(t, 0, "why", "no hours noted");
    kam_table_unref(t);
}

static void nearest(void **state)
{
    (void)state;
    calc_effort_params p = CALC_EFFORT_PARAMS(day_of("2025-12-31"), CALC_EN);
    assert_int_equal(calc_effort_nearest((double[]){.4, .3, .3}, &p), 0);
    assert_int_equal(calc_effort_nearest((double[]){.2, .6, .2}, &p), 1);
    assert_int_equal(calc_effort_nearest((double[]){0, 1, 0}, &p), 2);
    assert_int_equal(calc_effort_nearest((double[]){.15, .7, .15}, &p), 1); /* half way: the first */
}

static void bids(void **state)
{
    (void)state;
    /* A (food) is up; R1 owns B (food, 300) of capacity 2, R2 owns C (steel, 100) of 1, R3 owns nobody. */
    kam_table *acc = build_table("account:text name:text industry:text", "A|a|food\nB|b|food\nC|c|steel"), *owners = build_table("row:int owner:text", "1|R1\n2|R2");
    kam_table *reps = build_table("rep:text capacity:int", "R1|2\nR2|1\nR3|-"), *revenue = build_table("window_revenue:money", "0\n300\n100"), *t;
    kam_table *b = build_table("row:int rep:text date:day plan:text", "0|R3|2025-12-01|-\n0|R2|2025-12-01|-\n0|R1|2025-12-01|go\n1|R1|2025-12-01|-\n9|R1|2025-12-01|-\n0|R9|2025-12-01|-");
    calc_bid_params p = CALC_BID_PARAMS(CALC_EN);
    assert_int_equal(calc_bids(b, acc, owners, reps, revenue, &p, &t, NULL), KAM_OK);
    assert_int_equal(kam_table_rows(t), 4);
    /* R3: load (40 − 0 − 1) ÷ 40 = 97.5, nothing else known: score 97.5, coverage .3 */
    assert_cell(t, 0, "rep", "R3");
    assert_cell(t, 0, "score", "97.5");
    assert_cell(t, 0, "coverage", "0.3");
    /* R1: yield rank 2 of 2: 75; load (2 − 1 − 1) ÷ 2 = 0; sector 100: (40·75 + 0 + 30·100) ÷ 100 = 60 */
    assert_cell(t, 1, "rep", "R1");
    assert_cell(t, 1, "yield", "75");
    assert_cell(t, 1, "load", "0");
    assert_cell(t, 1, "sector", "100");
    assert_cell(t, 1, "score", "60");
    assert_cell(t, 1, "rank", "2");
    assert_cell(t, 1, "plan", "go");
    assert_cell(t, 2, "can_win", "0"); /* R2 has 1 of 1 */
    assert_cell(t, 2, "rank", "-");
    assert_cell(t, 2, "why", "1 accounts of 1: no room for another");
    assert_cell(t, 3, "why", "owns it already");
    kam_table_unref(t);
    kam_table *coverage = build_table("account:text name:text owner:text status:text last_contact:day why:text",
                                      "A|a|-|unowned|-|x\nB|b|R1|owned|2025-12-01|y\nC|c|R2|unworked|2025-01-01|z");
    assert_int_equal(calc_up_for_bids(coverage, acc, revenue, b, &t, NULL), KAM_OK);
    assert_int_equal(kam_table_rows(t), 2);
    assert_cell(t, 0, "account", "C"); /* worth more */
    assert_cell(t, 1, "bids", "4");    /* R9's too: a bid is a bid */
    kam_table_unref(t);
    kam_table *const all[] = {acc, owners, reps, revenue, b, coverage};
    for (size_t k = 0; k < COUNT_OF(all); k++) kam_table_unref(all[k]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(load),   cmocka_unit_test(sponsors), cmocka_unit_test(nobody),
                                       cmocka_unit_test(effort), cmocka_unit_test(nearest),  cmocka_unit_test(bids)};
    return cmocka_run_group_tests_name("calc_coverage", tests, NULL, NULL);
}

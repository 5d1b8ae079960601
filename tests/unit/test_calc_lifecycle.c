/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A4. D = 2025-12-31: 180 days back is 2025-07-04, 360 is 2025-01-05, 365 is 2024-12-31. */
#include "unit.h"
#include "calc_build.h"
#include "calc_lifecycle.h"

#define PARAMS CALC_LIFECYCLE_PARAMS(day_of("2025-12-31"), CALC_EN)

/* One account "A" with this history; the other inputs as rows without the leading account row. */
typedef struct case_of {
    const char *what, *history, *opp, *complaint, *invoice, *survey, *cost, *class, *phase;
} case_of;

static kam_table *table_or_null(const char *columns, const char *rows) { return rows ? build_table(columns, rows) : NULL; }

static kam_table *run_case(const case_of *k)
{
    kam_table *acc = build_accounts("A"), *t;
    kam_ledger l = build_ledger(k->history);
    calc_facts f = {.accounts = acc, .ledger = &l};
    f.opportunities = table_or_null("row:int opportunity:text result:text", k->opp);
    f.complaints = table_or_null("row:int date:day resolved_on:day", k->complaint);
    f.invoices = table_or_null("row:int due:day paid_on:day", k->invoice);
    f.surveys = table_or_null("row:int date:day expectation:real perceived:real", k->survey);
    f.service_costs = table_or_null("row:int date:day kind:text amount:money", k->cost);
    calc_lifecycle_params p = PARAMS;
    assert_int_equal(calc_lifecycle(&f, &p, &t, NULL), KAM_OK);
    const kam_table *in[] = {acc, f.opportunities, f.complaints, f.invoices, f.surveys, f.service_costs};
    for (size_t i = 0; i < COUNT_OF(in); i++) kam_table_unref((kam_table *)in[i]);
    kam_ledger_release(&l);
    return t;
}

#define OLD "2024-06-01 100/50 2025-03-01 100/50 2025-09-01 100/50" /* stable, with a margin */
static const case_of cases[] = {
    {"never bought", "\n", NULL, NULL, NULL, NULL, NULL, "potential", "potential"},
    {"only refunds", "2025-05-01 -5\n", NULL, NULL, NULL, NULL, NULL, "potential", "potential"},
    {"a closed opportunity", "\n", "0|O|lost", NULL, NULL, NULL, NULL, "potential", "potential"},
    {"an open one", "\n", "0|O|open", NULL, NULL, NULL, NULL, "selling", "selling"},
    /* one purchase day: lost after 365 days, not at 365 */
    {"silent 365", "2024-12-31 100\n", NULL, NULL, NULL, NULL, NULL, "no-value", "relationship"},
    {"silent 366", "2024-12-30 100\n", NULL, NULL, NULL, NULL, NULL, "lost", "lost"},
    {"winning back", "2024-12-30 100\n", "0|O|open", NULL, NULL, NULL, NULL, "lost", "lost"},
    /* mean gap 200: patience 600; 2024-05-10 is 600 days ago, 2024-05-09 is 601 */
    {"within three gaps", "2023-10-23 100 2024-05-10 100\n", NULL, NULL, NULL, NULL, NULL, "no-value", "relationship"},
    {"beyond three gaps", "2023-10-22 100 2024-05-09 100\n", NULL, NULL, NULL, NULL, NULL, "lost", "lost"},
    {"short gaps do not shorten it", "2025-01-01 100 2025-01-02 100\n", NULL, NULL, NULL, NULL, NULL, "stable", "relationship"},
    /* new: 180 days ago is, 181 is not (and too young for a trend) */
    {"180 days", "2025-07-04 100\n", NULL, NULL, NULL, NULL, NULL, "new", "relationship"},
    {"181 days", "2025-07-03 100\n", NULL, NULL, NULL, NULL, NULL, "stable", "relationship"},
    {"new comes before problem", "2025-07-04 100\n", NULL, "0|2025-08-01|-", NULL, NULL, NULL, "new", "relationship"},
    /* no value: what is left is 100 of margin */
    {"cost eats it", OLD "\n", NULL, NULL, NULL, NULL, "0|2025-02-01|serve|60\n0|2025-02-02|maintain|40", "no-value", "relationship"},
    {"a little left", OLD "\n", NULL, NULL, NULL, NULL, "0|2025-02-01|serve|60\n0|2025-02-02|maintain|39", "stable", "relationship"},
    {"other kinds and times", OLD "\n", NULL, NULL, NULL, NULL, "0|2025-02-01|attract|900\n0|2025-02-01|promote|900\n0|2024-12-31|serve|900",
     "stable", "relationship"},
    {"cost of the day itself", OLD "\n", NULL, NULL, NULL, NULL, "0|2025-12-31|serve|100", "no-value", "relationship"},
    {"cost of the day after", OLD "\n", NULL, NULL, NULL, NULL, "0|2026-01-01|serve|100", "stable", "relationship"},
    {"nobody's facts", OLD "\n", "7|O|open", "7|2025-01-01|-\n-|2025-01-01|-\n0|-|-", "7|2025-01-01|-\n0|-|-",
     "7|2025-05-01|8|6\n0|2025-05-01|8|-\n0|-|8|6\n0|2025-05-02|-|6", "7|2025-02-01|serve|900\n0|2025-02-01|serve|-\n0|-|serve|900", "stable",
     "relationship"},
    {"margin unknown", "2024-06-01 100/50 2025-03-01 100/? 2025-09-01 100/-500\n", NULL, NULL, NULL, NULL, NULL, "stable", "relationship"},
    {"no value comes before problem", OLD "\n", NULL, "0|2025-08-01|-", NULL, NULL, "0|2025-02-01|serve|100", "no-value", "relationship"},
    /* problem: 14 days is not yet, 15 is; resolved is none; overdue 30 and 31 */
    {"complaint 14", OLD "\n", NULL, "0|2025-12-17|-", NULL, NULL, NULL, "stable", "relationship"},
    {"complaint 15", OLD "\n", NULL, "0|2025-12-17|-\n0|2025-12-16|-", NULL, NULL, NULL, "problem", "relationship"},
    {"resolved", OLD "\n", NULL, "0|2025-01-16|2025-12-31", NULL, NULL, NULL, "stable", "relationship"},
    {"overdue 30", OLD "\n", NULL, NULL, "0|2025-12-01|-", NULL, NULL, "stable", "relationship"},
    {"overdue 31", OLD "\n", NULL, NULL, "0|2025-11-30|-\n0|2025-01-01|2025-02-02", NULL, NULL, "problem", "relationship"},
    {"the last survey decides", OLD "\n", NULL, NULL, NULL, "0|2025-05-01|8|6\n0|2025-06-01|7|7\n0|2025-07-01|-|2", NULL, "stable", "relationship"},
    {"unhappy", OLD "\n", NULL, NULL, NULL, "0|2025-05-01|8|9\n0|2025-06-01|7|6.9", NULL, "problem", "relationship"},
    {"survey of the day itself", OLD "\n", NULL, NULL, NULL, "0|2025-12-31|8|6", NULL, "problem", "relationship"},
    {"survey of the day after", OLD "\n", NULL, NULL, NULL, "0|2026-01-01|8|6", NULL, "stable", "relationship"},
    {"two surveys a day: the worse", OLD "\n", NULL, NULL, NULL, "0|2025-12-01|2|6\n0|2025-12-01|9|8\n0|2025-12-01|4|4", NULL, "problem", "relationship"},
    /* trend: recent is (2025-07-04, D], prior (2025-01-05, 2025-07-04] */
    {"115 %", "2024-01-01 1 2025-07-04 100 2025-07-05 115\n", NULL, NULL, NULL, NULL, NULL, "growing", "relationship"},
    {"114 %", "2024-01-01 1 2025-07-04 100 2025-07-05 114\n", NULL, NULL, NULL, NULL, NULL, "stable", "relationship"},
    {"86 %", "2024-01-01 1 2025-07-04 100 2025-07-05 86\n", NULL, NULL, NULL, NULL, NULL, "stable", "relationship"},
    {"85 %", "2024-01-01 1 2025-07-04 100 2025-07-05 85\n", NULL, NULL, NULL, NULL, NULL, "declining", "relationship"},
    {"nothing recent", "2024-01-01 1 2025-01-06 100\n", NULL, NULL, NULL, NULL, NULL, "declining", "relationship"},
    {"from nothing", "2024-01-01 1 2025-08-01 5\n", NULL, NULL, NULL, NULL, NULL, "growing", "relationship"},
    {"refunds pull down", "2024-01-01 1 2025-03-01 100 2025-08-01 100 2025-08-02 -20\n", NULL, NULL, NULL, NULL, NULL, "declining", "relationship"},
    {"quiet both", "2024-01-01 1 2025-01-05 100\n", NULL, NULL, NULL, NULL, NULL, "stable", "relationship"},
    {"360 days ago", "2025-01-05 1 2025-03-01 100 2025-08-01 900\n", NULL, NULL, NULL, NULL, NULL, "growing", "relationship"},
    {"359 days ago", "2025-01-06 1 2025-03-01 100 2025-08-01 900\n", NULL, NULL, NULL, NULL, NULL, "stable", "relationship"},
};

static void rule_by_rule(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        kam_table *t = run_case(&cases[i]);
        if (strcmp(cell_of(t, 0, "class"), cases[i].class) != 0)
            fail_msg("%s: %s, not %s (%s)", cases[i].what, cell_of(t, 0, "class"), cases[i].class, cell_of(t, 0, "why"));
        assert_cell(t, 0, "phase", cases[i].phase);
        assert_cell(t, 0, "winning_back", strcmp(cases[i].what, "winning back") == 0 ? "1" : "0");
        kam_table_unref(t);
    }
}

static void words_and_numbers(void **state)
{
    (void)state;
    static const struct { const char *what, *why; } want[] = {
        {"winning back", "silent for 366 days, more than 365; winning back with opportunity O"},
        {"beyond three gaps", "silent for 601 days, more than 600"},
        {"cost eats it", "margin of the last 365 days 1.00, cost to maintain and serve 1.00: nothing left"},
        {"complaint 15", "complaint of 2025-12-16 open for 15 days"},
        {"overdue 31", "invoice due 2025-11-30 unpaid for 31 days"},
        {"unhappy", "survey of 2025-06-01: perceived 6.9 below expected 7"},
        {"115 %", "last 180 days at 115 % of the 180 days before"}};
    for (size_t k = 0; k < COUNT_OF(want); k++)
        for (size_t i = 0; i < COUNT_OF(cases); i++) {
            if (strcmp(cases[i].what, want[k].what) != 0) continue;
            kam_table *t = run_case(&cases[i]);
            assert_cell(t, 0, "why", want[k].why);
            kam_table_unref(t);
        }
    kam_table *t = run_case(&(case_of){.history = "2024-06-01 100/50 2025-03-01 100/? 2025-09-01 100/50\n"});
    assert_cell(t, 0, "window_margin", "-");
    assert_cell(t, 0, "window_revenue", "2.00");
    assert_cell(t, 0, "first_purchase", "2024-06-01");
    assert_cell(t, 0, "silent_days", "121");
    assert_cell(t, 0, "recent_revenue", "1.00");
    assert_int_equal(kam_table_notes(t), 0);
    assert_cell(t, 0, "lost_after", "685.5"); /* 3 × 457 / 2 */
    kam_table_unref(t);
    t = run_case(&(case_of){.history = "\n", .opp = "0|O3|open\n0|O1|open\n0|O2|open"});
    assert_cell(t, 0, "why", "never bought, open opportunity O1");
    assert_cell(t, 0, "first_purchase", "-");
    assert_cell(t, 0, "silent_days", "-");
    assert_cell(t, 0, "lost_after", "-");
    kam_table_unref(t);
    t = run_case(&(case_of){.history = "2025-12-21 100\n"});
    assert_cell(t, 0, "why", "first bought 10 days ago, at most 180");
    assert_cell(t, 0, "lost_after", "365");
    kam_table_unref(t);
    t = run_case(&(case_of){.history = "2025-09-01 100\n"});
    assert_cell(t, 0, "window_margin", "1.00"); /* the amount stands for it */
    assert_string_equal(kam_table_note(t, 0), "no cost is on record: the amount stands for the margin");
    kam_table_unref(t);
}

static void empty(void **state)
{
    (void)state;
    kam_table *acc = build_accounts(""), *t, *s;
    kam_ledger l = build_ledger("");
    calc_lifecycle_params p = PARAMS;
    assert_int_equal(calc_lifecycle(&(calc_facts){.accounts = acc, .ledger = &l}, &p, &t, NULL), KAM_OK);
    assert_int_equal(calc_class_summary(t, "class", "window_revenue", calc_lifecycle_classes, &s, NULL), KAM_OK);
    assert_int_equal(kam_table_rows(s), 9);
    assert_int_equal(sum_of(s, "count"), 0);
    kam_table_unref(s);
    kam_table_unref(t);
    kam_table_unref(acc);
    kam_ledger_release(&l);
}

static void partition_and_order(void **state)
{
    (void)state;
    enum { N = 400 };
    uint64_t seed = 23;
    kam_day asof = day_of("2025-12-31");
    kam_table *acc = random_accounts(N), *back = reversed_table(acc), *a, *b, *s;
    kam_ledger l = random_ledger(N, asof, &seed), r = reversed_ledger(&l);
    kam_str fwd = KAM_STR_INIT, rev = KAM_STR_INIT;
    for (int i = 0; i < 200; i++) {
        int at = (int)(rnd(&seed) % N), month = 1 + (int)(rnd(&seed) % 12), gap = (int)(rnd(&seed) % 5) - 2;
        kam_str_addf(&fwd, "%d|2025-%02d-03|5|%d\n", at, month, 5 + gap);
        kam_str_addf(&rev, "%d|2025-%02d-03|5|%d\n", N - 1 - at, month, 5 + gap);
    }
    kam_table *sa = build_table("row:int date:day expectation:real perceived:real", kam_str_cstr(&fwd));
    kam_table *sf = build_table("row:int date:day expectation:real perceived:real", kam_str_cstr(&rev)), *sb = reversed_table(sf);
    calc_lifecycle_params p = PARAMS;
    assert_int_equal(calc_lifecycle(&(calc_facts){.accounts = acc, .ledger = &l, .surveys = sa}, &p, &a, NULL), KAM_OK);
    assert_int_equal(calc_lifecycle(&(calc_facts){.accounts = back, .ledger = &r, .surveys = sb}, &p, &b, NULL), KAM_OK);
    assert_null(difference(a, b, "account"));
    assert_int_equal(calc_class_summary(a, "class", NULL, calc_lifecycle_classes, &s, NULL), KAM_OK);
    assert_int_equal(kam_table_rows(s), 9);
    assert_int_equal(sum_of(s, "count"), N);
    kam_table_unref(s);
    assert_int_equal(calc_class_summary(a, "phase", NULL, calc_lifecycle_phases, &s, NULL), KAM_OK);
    assert_int_equal(kam_table_rows(s), 4);
    assert_int_equal(sum_of(s, "count"), N);
    kam_table *all[] = {s, a, b, sa, sf, sb, acc, back};
    for (size_t i = 0; i < COUNT_OF(all); i++) kam_table_unref(all[i]);
    kam_ledger_release(&l);
    kam_ledger_release(&r);
    kam_str_release(&fwd);
    kam_str_release(&rev);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rule_by_rule), cmocka_unit_test(words_and_numbers), cmocka_unit_test(empty),
        cmocka_unit_test(partition_and_order),
    };
    return cmocka_run_group_tests_name("calc_lifecycle", tests, NULL, NULL);
}

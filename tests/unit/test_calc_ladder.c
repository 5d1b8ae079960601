/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A5. D = 2025-12-31; the window begins 2025-01-01. */
#include "unit.h"
#include "calc_build.h"
#include "calc_ladder.h"
#include <math.h>

#define PARAMS CALC_LADDER_PARAMS(day_of("2025-12-31"), CALC_EN)
#define ACCOUNTS "account:text name:text known_since:day member_since:day annual_spend:money"

/* Two purchase days of 40 in the window (80 of wallet) unless the line says otherwise. */
#define TWO "2025-02-01 40 2025-03-01 40"
static const struct { const char *row, *history, *class; } people[] = {
    {"a|a|2025-01-01|-|100", "", "prospect"},
    {"b|b|2025-01-01|-|100", "2025-01-11 100", "first-time"},
    {"c|c|2025-01-01|-|-", TWO, "repeat"},                       /* wallet unknown */
    {"d|d|2025-01-01|-|101", TWO, "repeat"},                     /* 79.2 % */
    {"e|e|2025-01-01|-|100", TWO, "loyal"},                      /* exactly 80 %, no member */
    {"f|f|2025-01-01|-|100", TWO, "repeat"},                     /* competitor order in the window */
    {"g|g|2025-01-01|-|100", TWO, "loyal"},                      /* order too old, a rumour, and one that proved false */
    {"h|h|2025-01-01|2025-03-11|100", TWO, "member"},
    {"i|i|2025-01-01|2025-03-21|100", TWO, "advocate"},
    {"j|j|2025-01-01|2026-01-01|100", TWO, "loyal"},             /* becomes a member after D */
    {"k|k|2025-01-01|-|100", TWO, "loyal"},                      /* refers, but is no member */
    {"l|l|2025-01-01|2025-03-11|100", TWO, "member"},            /* referred before the window */
    {"m|m|-|2025-03-11|0", TWO, "repeat"},                       /* a wallet of 0 says nothing */
    {"n|n|2025-01-01|-|100", "2023-01-01 90 2023-02-01 90", "repeat"}, /* 0 % of the window */
    {"o|o|2025-02-01|2025-12-31|100", TWO, "advocate"},          /* joined, and referred, on D; known since the first purchase */
    {"p|p|-|-|100", TWO, "repeat"},                              /* competitor order on D */
};
static const char *const sightings = "5|2025-01-01|order|true\n6|2024-12-31|order|true\n6|2025-05-01|rumour|unknown\n"
                                     "6|2025-05-01|order|false\n5|2025-04-01|order|-\n"
                                     "15|2025-12-31|order|-\n14|2026-01-01|order|-\n99|2025-05-01|order|-\n14|-|order|-";
static const char *const referrals = "8|2025-06-01|-\n8|2025-04-10|-\n10|2025-04-10|-\n11|2024-12-31|-\n"
                                     "14|2025-12-31|-\n7|2026-01-01|-\n99|2025-05-01|-\n7|-|-";

static void population(kam_table **acc, kam_ledger *l, bool programme)
{
    kam_str rows = KAM_STR_INIT, lines = KAM_STR_INIT;
    for (size_t i = 0; i < COUNT_OF(people); i++) {
        kam_str_addf(&rows, "%s\n", people[i].row);
        kam_str_addf(&lines, "%s\n", people[i].history);
    }
    *acc = build_table(programme ? ACCOUNTS : "account:text name:text known_since:day ignored:day annual_spend:money",
                       kam_str_cstr(&rows));
    *l = build_ledger(kam_str_cstr(&lines));
    kam_str_release(&rows);
    kam_str_release(&lines);
}

static kam_table *climb(bool programme)
{
    kam_table *acc, *t;
    kam_ledger l;
    population(&acc, &l, programme);
    calc_facts f = {.accounts = acc, .ledger = &l};
    f.sightings = build_table("row:int date:day kind:text truth:text", sightings);
    f.referrals = build_table("row:int date:day note:text", referrals);
    calc_ladder_params p = PARAMS;
    assert_int_equal(calc_ladder(&f, &p, &t, NULL), KAM_OK);
    kam_table_unref((kam_table *)f.sightings);
    kam_table_unref((kam_table *)f.referrals);
    kam_table_unref(acc);
    kam_ledger_release(&l);
    return t;
}

static void rungs(void **state)
{
    (void)state;
    kam_table *t = climb(true), *s;
    for (size_t i = 0; i < COUNT_OF(people); i++) {
        if (strcmp(cell_of(t, i, "class"), people[i].class) != 0)
            fail_msg("%s is %s (%s), not %s", people[i].row, cell_of(t, i, "class"), cell_of(t, i, "why"), people[i].class);
        assert_cell(t, i, "wallet_unknown", i == 2 || i == 12 ? "1" : "0");
    }
    assert_cell(t, 2, "wallet_share", "-");
    assert_cell(t, 4, "wallet_share", "0.8");
    assert_cell(t, 5, "competitor_order", "2025-04-01"); /* the last one */
    assert_cell(t, 5, "why", "2 purchase days, but an order to a competitor was seen on 2025-04-01");
    assert_cell(t, 3, "why", "2 purchase days, share of wallet 79.2 % is below 80 %");
    assert_cell(t, 8, "why", "loyal with a share of wallet of 80 %, referred someone on 2025-06-01");
    assert_cell(t, 8, "first_referral", "2025-04-10");
    assert_cell(t, 11, "first_referral", "2024-12-31");
    assert_cell(t, 11, "referred", "0");
    assert_cell(t, 10, "referred", "1");
    assert_cell(t, 9, "member_since", "-");
    assert_cell(t, 0, "first_purchase", "-");
    assert_cell(t, 1, "first_purchase", "2025-01-11");
    assert_cell(t, 1, "second_purchase", "-");
    assert_cell(t, 7, "first_referral", "-");
    assert_cell(t, 15, "competitor_order", "2025-12-31");
    assert_int_equal(calc_class_summary(t, "class", "window_revenue", calc_ladder_classes, &s, NULL), KAM_OK);
    assert_int_equal(sum_of(s, "count"), COUNT_OF(people));
    assert_cell(s, 2, "count", "6");
    kam_table_unref(s);
    kam_table_unref(t);
}

static void conversions(void **state)
{
    (void)state;
    kam_table *t = climb(true), *m;
    calc_ladder_params p = PARAMS;
    assert_int_equal(calc_ladder_measures(t, &p, &m, NULL), KAM_OK);
    /* 16 accounts; 15 bought; 14 repeat; 8 loyal or more (e g h i j k l o); 4 members or more (h i l o); 2 advocates */
    static const struct { const char *measure; double value; const char *n; } want[] = {
        {"conversion_first-time", 15.0 / 16, "16"}, {"conversion_repeat", 14.0 / 15, "15"}, {"conversion_loyal", 8.0 / 14, "14"},
        {"conversion_member", 4.0 / 8, "8"},        {"conversion_advocate", 2.0 / 4, "4"},
        /* known since → first: 10 (b), ten times 31, 0 (o); m and p unknown and n bought before it was known */
        {"days_first-time", 31, "12"},
        {"days_repeat", 28, "14"},
        {"days_member", 10, "5"},                   /* 10 (h), 20 (i), 10 (l), 10 (m), 305 (o) */
        {"days_advocate", 10, "2"}};                /* i: 2025-03-21 → 2025-04-10, 20; o: 0; l referred before */
    assert_int_equal(kam_table_rows(m), COUNT_OF(want));
    for (size_t i = 0; i < COUNT_OF(want); i++) {
        assert_cell(m, i, "measure", want[i].measure);
        assert_cell(m, i, "n", want[i].n);
        assert_true(fabs(real_of(m, i, "value") - want[i].value) < 1e-12);
    }
    assert_true(real_of(m, 2, "low") < 8.0 / 14 && real_of(m, 2, "high") > 8.0 / 14);
    kam_table_unref(m);
    kam_table_unref(t);
}

static void without_programme(void **state)
{
    (void)state;
    kam_table *t = climb(false), *m;
    assert_cell(t, 7, "class", "loyal");
    assert_cell(t, 8, "class", "advocate");
    assert_cell(t, 10, "class", "advocate"); /* no rung in between now */
    calc_ladder_params p = PARAMS;
    assert_int_equal(calc_ladder_measures(t, &p, &m, NULL), KAM_OK);
    assert_int_equal(kam_table_rows(m), 7);
    size_t at = row_where(m, "measure", "conversion_advocate");
    assert_true(fabs(real_of(m, at, "value") - 3.0 / 8) < 1e-12);
    at = row_where(m, "measure", "days_advocate"); /* second purchase 2025-03-01 → 2025-04-10 (i, k), 2025-12-31 (o) */
    assert_cell(m, at, "value", "40");
    assert_cell(m, at, "n", "3");
    kam_table_unref(m);
    kam_table_unref(t);
}

static void empty(void **state)
{
    (void)state;
    kam_table *acc = build_accounts(""), *t, *m;
    kam_ledger l = build_ledger("");
    calc_ladder_params p = PARAMS;
    assert_int_equal(calc_ladder(&(calc_facts){.accounts = acc, .ledger = &l}, &p, &t, NULL), KAM_OK);
    assert_int_equal(kam_table_rows(t), 0);
    assert_int_equal(calc_ladder_measures(t, &p, &m, NULL), KAM_OK);
    assert_cell(m, 0, "value", "-");
    assert_cell(m, 0, "n", "0");
    kam_table_unref(m);
    kam_table_unref(t);
    kam_table_unref(acc);
    kam_ledger_release(&l);
}

static void partition_and_order(void **state)
{
    (void)state;
    enum { N = 300 };
    uint64_t seed = 31;
    kam_str rows = KAM_STR_INIT, fwd = KAM_STR_INIT, rev = KAM_STR_INIT;
    for (int i = 0; i < N; i++) {
        kam_str_addf(&rows, "A%04d|n|2023-01-01|%s|", i, rnd(&seed) % 3 ? "2024-06-01" : "-");
        kam_str_addf(&rows, rnd(&seed) % 4 ? "%d\n" : "-\n", (int)(rnd(&seed) % 20000));
        int at = (int)(rnd(&seed) % N);
        kam_str_addf(&fwd, "%d|2025-0%d-01\n", at, 1 + i % 9);
        kam_str_addf(&rev, "%d|2025-0%d-01\n", N - 1 - at, 1 + i % 9);
    }
    kam_table *acc = build_table(ACCOUNTS, kam_str_cstr(&rows)), *back = reversed_table(acc), *a, *b, *s;
    kam_ledger l = random_ledger(N, day_of("2025-12-31"), &seed), r = reversed_ledger(&l);
    calc_facts f = {.accounts = acc, .ledger = &l, .referrals = build_table("row:int date:day", kam_str_cstr(&fwd))};
    kam_table *rv = build_table("row:int date:day", kam_str_cstr(&rev));
    calc_facts g = {.accounts = back, .ledger = &r, .referrals = reversed_table(rv)};
    calc_ladder_params p = PARAMS;
    assert_int_equal(calc_ladder(&f, &p, &a, NULL), KAM_OK);
    assert_int_equal(calc_ladder(&g, &p, &b, NULL), KAM_OK);
    assert_null(difference(a, b, "account"));
    assert_int_equal(calc_class_summary(a, "class", NULL, calc_ladder_classes, &s, NULL), KAM_OK);
    assert_int_equal(kam_table_rows(s), 6);
    assert_int_equal(sum_of(s, "count"), N);
    for (size_t i = 0; i < 6; i++) assert_true(real_of(s, i, "count") > 0);
    kam_table *all[] = {s, a, b, rv, acc, back, (kam_table *)f.referrals, (kam_table *)g.referrals};
    for (size_t i = 0; i < COUNT_OF(all); i++) kam_table_unref(all[i]);
    kam_ledger_release(&l);
    kam_ledger_release(&r);
    kam_str_release(&rows);
    kam_str_release(&fwd);
    kam_str_release(&rev);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rungs), cmocka_unit_test(conversions),         cmocka_unit_test(without_programme),
        cmocka_unit_test(empty), cmocka_unit_test(partition_and_order),
    };
    return cmocka_run_group_tests_name("calc_ladder", tests, NULL, NULL);
}

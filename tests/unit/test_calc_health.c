/* SPDX-License-Identifier: GPL-3.0-or-later */
/* J2 health and J3 completeness. D = 2025-12-31. */
#include "unit.h"
#include <math.h>
#include "calc_build.h"
#include "calc_complete.h"
#include "calc_health.h"

#define PROFILE                                                                                                                            \
    "row:int kind:flag industry:flag region:flag ownership:flag source:flag known_since:flag employees:flag annual_spend:flag pay_day:flag contacts:int"

static void near(const kam_table *t, size_t row, const char *column, double want)
{
    double got = real_of(t, row, column);
    if (fabs(got - want) > 1e-9) fail_msg("%s of row %zu is %.12g, not %.12g", column, row, got, want);
}

static void ingredients(void **state)
{
    (void)state;
    kam_table *acc = build_table("account:text name:text known_since:day", "A|a|2020-01-01\nB|b|2025-10-02\nC|c|-"), *t;
    kam_table *profile = build_table(PROFILE, "0|1|1|1|1|0|1|0|0|0|3\n1|0|0|0|0|0|1|0|0|0|0\n2|0|0|0|0|0|0|0|0|0|0");
    kam_table *circle = build_table("row:int people:int filled:int seats:int org_fit:real person_fit:real", "0|5|3|4|8|6");
    kam_table *surveys = build_table("row:int date:day expectation:real perceived:real", "0|2025-06-01|7|8\n0|2025-03-01|7|7\n0|2024-12-31|9|0");
    kam_table *touched = build_table("row:int date:day", "0|2025-10-17"); /* 75 days: (180 − 75) ÷ 150 = 70 */
    kam_table *lifecycle = build_table("class:text first_purchase:day recent_revenue:money prior_revenue:money", "stable|2023-01-01|900|1000\nlost|2020-01-01|0|0\npotential|-|0|0");
    kam_table *risks = build_table("row:int date:day likelihood:real effect:real open:flag", "0|2025-01-01|5|6|1\n0|2025-01-01|9|9|0\n0|-|2|-|1");
    kam_table *complaints = build_table("row:int date:day resolved_on:day", "0|2025-12-01|-\n0|2025-12-20|-\n0|2025-01-01|2025-02-01");
    kam_table *invoices = build_table("row:int due:day", "0|2025-11-01\n0|2025-12-15\n1|2025-12-30");
    calc_health_in in = {acc, profile, circle, surveys, touched, lifecycle, risks, complaints, invoices, SIZE_MAX};
    calc_health_params p = CALC_HEALTH_PARAMS(day_of("2025-12-31"), CALC_EN);
    assert_int_equal(calc_health(&in, &p, &t, NULL), KAM_OK);
    static const struct { const char *name; double score; } want[] = {
        {"profile", 60},        /* 5 fields and a contact, of 10 */
        {"circle", 75},         /* 3 of 4 */
        {"relationship", 70},   /* mean of 8 and 6 */
        {"satisfaction", 77.5}, /* 70 + 15 · ½; the third survey is outside the window */
        {"activity", 70}, {"orders", 72}, /* 80 · .9 */
        {"risks", 40}};         /* 100 − 30 − one complaint of 30 days 20 − one invoice of 60 days 10 */
    double sum = 0, all = 0;
    for (size_t k = 0; k < COUNT_OF(want); k++) {
        near(t, 0, want[k].name, want[k].score);
        sum += p.weight[k] * want[k].score;
        all += p.weight[k];
    }
    near(t, 0, "health", sum / all);
    assert_cell(t, 0, "coverage", "1");
    assert_cell(t, 0, "class", "watch"); /* 68.3 */
    assert_cell(t, 0, "weakest", "risks"); /* 60 · .10 costs 6; satisfaction 22.5 · .2 = 4.5; activity 30 · .15 = 4.5 */
    /* B: profile 10, activity since known 90 days: 60, lost 0, an unpaid invoice not yet overdue: risks 100; the rest unknown: weights 10 15 15 10 */
    near(t, 1, "health", (10.0 * 10 + 15 * 60 + 15 * 0 + 10 * 100) / 50);
    near(t, 1, "coverage", .5);
    assert_cell(t, 1, "circle", "-");
    assert_cell(t, 1, "weakest", "orders");
    /* C: nothing but an empty profile is known */
    near(t, 2, "health", 0);
    near(t, 2, "coverage", .1);
    assert_cell(t, 2, "activity", "-");
    assert_cell(t, 2, "orders", "-");
    assert_cell(t, 2, "class", "poor");
    /* One account alone gives its row of all. */
    kam_table *one, *parts;
    in.only = 1;
    assert_int_equal(calc_health(&in, &p, &one, NULL), KAM_OK);
    assert_int_equal(kam_table_rows(one), 1);
    assert_cell(one, 0, "health", cell_of(t, 1, "health"));
    assert_int_equal(calc_health_parts(t, 0, one, SIZE_MAX, &p, &parts, NULL), KAM_OK);
    double points = 0, lost = 0;
    for (size_t i = 0; i < CALC_HEALTH_PARTS; i++) {
        points += real_of(parts, i, "points");
        lost += real_of(parts, i, "lost");
        assert_cell(parts, i, "before", "-");
    }
    near(parts, CALC_HEALTH_PARTS, "score", points); /* the points are the whole */
    assert_true(fabs(points + lost - 100) < 1e-9);
    kam_table_unref(parts);
    assert_int_equal(calc_health_parts(t, 1, t, 0, &p, &parts, NULL), KAM_OK);
    assert_cell(parts, 1, "weight", "-"); /* unknown: its weight goes to the others */
    near(parts, 0, "weight", .2);
    near(parts, 0, "change", -50);
    assert_cell(parts, 1, "change", "-");
    kam_table_unref(parts);
    kam_table *change;
    assert_int_equal(calc_health_change(t, one, &change, NULL), KAM_OK);
    assert_cell(change, 0, "before", "-"); /* was not known then */
    near(change, 1, "change", 0);
    assert_cell(change, 1, "weakest", "orders");
    kam_table *const tables[] = {acc, profile, circle, surveys, touched, lifecycle, risks, complaints, invoices, t, one, change};
    for (size_t k = 0; k < COUNT_OF(tables); k++) kam_table_unref(tables[k]);
}

/* Weights 0 take an ingredient away; more of what is good never lowers health; scores stay in 0 … 100. */
static void properties(void **state)
{
    (void)state;
    uint64_t seed = 5;
    for (int round = 0; round < 500; round++) {
        double score[CALC_HEALTH_PARTS], weight[CALC_HEALTH_PARTS], total = NAN, more, coverage, same;
        for (int k = 0; k < CALC_HEALTH_PARTS; k++) {
            score[k] = rnd(&seed) % 4 ? rnd_unit(&seed) * 100 : NAN;
            weight[k] = rnd_unit(&seed) * 30;
        }
        if (!calc_health_total(score, weight, &total, &coverage)) continue;
        assert_true(total >= 0 && total <= 100 && coverage > 0 && coverage <= 1 + 1e-12);
        int k = (int)(rnd(&seed) % CALC_HEALTH_PARTS);
        double was = score[k];
        if (!isnan(was)) {
            score[k] = was + (100 - was) / 2;
            assert_true(calc_health_total(score, weight, &more, &same));
            assert_true(more >= total - 1e-9);
            assert_true(fabs(same - coverage) < 1e-12);
        }
    }
    double none[CALC_HEALTH_PARTS], total, coverage;
    calc_health_params p = CALC_HEALTH_PARAMS(day_of("2025-12-31"), CALC_EN);
    for (int k = 0; k < CALC_HEALTH_PARTS; k++) none[k] = NAN;
    assert_false(calc_health_total(none, p.weight, &total, &coverage));
    assert_true(coverage == 0);
    assert_string_equal(calc_health_band(70, &p), "good");
    assert_string_equal(calc_health_band(69.9, &p), "watch");
    assert_string_equal(calc_health_band(39.9, &p), "poor");
}

static void order_scores(void **state)
{
    (void)state;
    kam_table *acc = build_accounts("A B C D E"), *t;
    kam_table *lifecycle = build_table("class:text first_purchase:day recent_revenue:money prior_revenue:money",
                                       "stable|2023-01-01|2000|1000\n" /* 160 is cut at 100 */
                                       "new|2025-07-05|100|0\n"        /* 179 days ago */
                                       "stable|2025-07-04|100|0\n"     /* 180 days ago: nothing before, something now */
                                       "stable|2023-01-01|0|0\ndeclining|2023-01-01|-50|1000");
    calc_health_in in = {.accounts = acc, .lifecycle = lifecycle, .only = SIZE_MAX};
    calc_health_params p = CALC_HEALTH_PARAMS(day_of("2025-12-31"), CALC_EN);
    assert_int_equal(calc_health(&in, &p, &t, NULL), KAM_OK);
    static const char *const want[] = {"100", "100", "100", "0", "0"};
    for (size_t i = 0; i < COUNT_OF(want); i++) assert_cell(t, i, "orders", want[i]);
    kam_table_unref(t);
    kam_table_unref(lifecycle);
    kam_table_unref(acc);
    acc = build_accounts("");
    in = (calc_health_in){.accounts = acc, .only = SIZE_MAX};
    assert_int_equal(calc_health(&in, &p, &t, NULL), KAM_OK);
    assert_int_equal(kam_table_rows(t), 0);
    kam_table_unref(t);
    kam_table_unref(acc);
}

static void completeness(void **state)
{
    (void)state;
    kam_table *acc = build_accounts("A B"), *t, *each;
    kam_table *profile = build_table(PROFILE, "0|1|1|1|1|1|1|1|1|1|2\n1|0|1|0|0|0|0|0|0|0|0");
    kam_table *plan = build_table("row:int section:text", "0|profile\n0|environment\n0|value-choose\n0|needs\n0|strategy\n1|environment-suppliers\n1|other");
    kam_table *circle = build_table("row:int filled:int seats:int", "0|4|4"), *owners = build_table("row:int owner:text sponsor:text", "0|R1|X");
    kam_table *deals = build_table("row:int result:text amount:money expected_close:day rep:text", "0|open|100|2026-01-01|R1\n0|open|-|2026-01-01|R1\n0|won|-|-|-");
    kam_table *objectives = build_table("row:int measurable:flag owner:text agreed_on:day", "0|1|R1|2025-01-01\n0|1|-|2025-01-01");
    kam_table *actions = build_table("row:int open:flag owner:text due:day", "0|1|R1|2025-12-31\n0|1|R1|2025-12-30\n0|0|-|-");
    kam_table *risks = build_table("row:int open:flag has_answer:flag", "0|1|1\n0|0|0"), *steps = build_table("row:int source:text step:text", "0|value-note|value");
    calc_complete_in in = {acc, profile, plan, circle, owners, deals, objectives, actions, risks, steps};
    calc_complete_params p = {day_of("2025-12-31"), CALC_EN};
    assert_int_equal(calc_complete(&in, 0, &p, &t, NULL), KAM_OK);
    static const char *const want[][4] = {{"profile", "9", "9", "-"}, {"environment", "6", "6", "-"}, {"value-chain", "1", "3", "provide the value, tell the value"},
                                          {"needs", "2", "2", "-"}, {"relationships", "4", "4", "-"}, {"opportunities", "3", "4", "amounts"},
                                          {"objectives", "4", "5", "owners"}, {"actions", "3", "4", "no action overdue"}, {"risks", "2", "2", "-"}};
    for (size_t i = 0; i < COUNT_OF(want); i++) {
        assert_cell(t, i, "section", want[i][0]);
        assert_cell(t, i, "filled", want[i][1]);
        assert_cell(t, i, "needed", want[i][2]);
        assert_cell(t, i, "missing", want[i][3]);
    }
    assert_cell(t, 2, "status", "part");
    assert_cell(t, 0, "status", "complete");
    assert_int_equal(calc_complete_each(&in, &p, &each, NULL), KAM_OK);
    assert_cell(each, 0, "filled", "34");
    assert_cell(each, 0, "needed", "39");
    assert_int_equal(real_of(each, 0, "filled"), sum_of(t, "filled")); /* both forms agree */
    assert_cell(each, 0, "weakest", "value-chain");
    kam_table_unref(t);
    assert_int_equal(calc_complete(&in, 1, &p, &t, NULL), KAM_OK);
    assert_cell(t, 1, "filled", "1");
    assert_cell(t, 5, "needed", "1"); /* without a deal nothing is asked about amounts */
    assert_cell(t, 5, "missing", "an open opportunity");
    assert_cell(t, 5, "status", "missing");
    assert_cell(each, 1, "weakest", "value-chain"); /* of equally empty ones the first */
    kam_table_unref(t);
    kam_table_unref(each);
    kam_table *const all[] = {acc, profile, plan, circle, owners, deals, objectives, actions, risks, steps};
    for (size_t k = 0; k < COUNT_OF(all); k++) kam_table_unref(all[k]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(ingredients), cmocka_unit_test(properties), cmocka_unit_test(order_scores), cmocka_unit_test(completeness)};
    return cmocka_run_group_tests_name("calc_health", tests, NULL, NULL);
}

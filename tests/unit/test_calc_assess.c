/* SPDX-License-Identifier: GPL-3.0-or-later */
/* D1: sums, verdicts and what to work on, of the card `opportunity`. */
#include "unit.h"
#include "calc_assess.h"
#include "calc_build.h"
#include <math.h>

#define MARKS "criterion:text opponent:text date:day mark:real control:text evidence:text"

static calc_assessment assess(const char *rows, const char *opponent)
{
    calc_assess_params p = CALC_ASSESS_PARAMS(CALC_EN);
    kam_table *m = build_table(MARKS, rows);
    calc_assessment a;
    assert_int_equal(calc_assess(m, opponent, &p, &a, NULL), KAM_OK);
    kam_table_unref(m);
    return a;
}

static const char *criterion(size_t i) { return calc_card_find("opportunity")->criteria[i].key; }

/* Question 1: +1 +1 0 −1 and one unmarked = 1; 2: five +1 = 5; 3: nothing = 0; 4: −1 = −1 → below 0: walk away.
 * Unknown: q1 one 0 and one unmarked, q3 five, q4 four = 11. */
static void by_hand(void **state)
{
    (void)state;
    calc_assessment a = assess("project|-|2025-01-01|1|-|x\nbusiness|-|2025-01-01|1|-|x\nfinances|-|2025-01-01|0|-|x\nfunding|-|2025-01-01|-1|no|x\n"
                               "decision-criteria|-|2025-01-01|1|-|x\nsolution-fit|-|2025-01-01|1|-|x\nsales-resources|-|2025-01-01|1|-|x\n"
                               "relationship|-|2025-01-01|1|-|x\nunique-value|-|2025-01-01|1|-|x\nrisk|-|2025-01-01|-1|yes|x\n"
                               "project|K1|2025-01-01|-1|-|x\nno-such-criterion|-|2025-01-01|-1|-|x", NULL);
    assert_true(a.sum[0] == 1 && a.sum[1] == 5 && a.sum[2] == 0 && a.sum[3] == -1);
    assert_int_equal(a.unknown, 11);
    assert_string_equal(a.verdict, "walk-away");
    /* risk is bad and ours; then what nobody said is ours or not: finances (0) and unmarked ones in the card's order; funding is not ours */
    assert_int_equal(a.n_work, 13);
    assert_string_equal(criterion(a.work[0]), "risk");
    assert_string_equal(criterion(a.work[1]), "finances");
    assert_string_equal(criterion(a.work[2]), "urgency");
    assert_string_equal(criterion(a.work[12]), "funding");
    a = assess("project|-|2025-01-01|1|-|x\nproject|K1|2025-01-01|-1|-|x", "K1");
    assert_true(a.sum[0] == -1);
}

/* A card with the marks of a string of + 0 - . (not marked), twenty of them in the card's order. */
static calc_assessment card(const char *marks)
{
    kam_str b = KAM_STR_INIT;
    size_t i = 0;
    for (const char *s = marks; *s; s++) {
        if (*s == ' ') continue;
        if (*s != '.') kam_str_addf(&b, "%s%s|-|2025-01-01|%s|-|x", b.len ? "\n" : "", criterion(i), *s == '+' ? "1" : *s == '0' ? "0" : "-1");
        i++;
    }
    assert_int_equal(i, 20);
    calc_assessment a = assess(kam_str_cstr(&b), NULL);
    kam_str_release(&b);
    return a;
}

static void verdicts(void **state)
{
    (void)state;
    static const struct { const char *marks, *verdict; } want[] = {
        {"..... ..... ..... .....", "qualify"},   /* nothing known decides nothing */
        {"+++++ +++++ +++++ +++++", "pursue"},
        {"++000 ++.00 +++++ +++++", "qualify"},   /* sums 2 2 5 5, six unknown */
        {"++00+ ++.0+ +++++ +++++", "pursue"},    /* sums 3 3, four unknown */
        {"++00+ ++.00 +++++ +++++", "pursue"},    /* five unknown are still allowed */
        {"+-00+ +++++ +++++ +++++", "qualify"},   /* question 1 sums to 1 */
        {"+--00 +++++ +++++ +++++", "walk-away"},
        {"+++++ ----- ----- +++++", "qualify"},   /* 2 and 3 below 0 are no reason to walk away */
        {"+++++ +++++ +++++ ---++", "walk-away"},
        {"+-+-0 +++++ +++++ +-+-0", "qualify"},   /* exactly 0 is not below 0 */
    };
    for (size_t i = 0; i < COUNT_OF(want); i++) assert_string_equal(card(want[i].marks).verdict, want[i].verdict);
}

static void latest_and_ties(void **state)
{
    (void)state;
    assert_true(assess("project|-|2025-01-01|1|-|x\nproject|-|2025-02-01|-1|-|x", NULL).mark[0] == -1);
    assert_true(assess("project|-|2025-02-01|-1|-|x\nproject|-|2025-01-01|1|-|x", NULL).mark[0] == -1);
    calc_assessment a = assess("", NULL);
    for (size_t i = 0; i < CALC_CRITERIA; i++) assert_true(isnan(a.mark[i]));
    assert_int_equal(a.unknown, 20);
}

static void tables(void **state)
{
    (void)state;
    calc_assess_params p = CALC_ASSESS_PARAMS(CALC_EN);
    kam_table *m = build_table(MARKS, "project|-|2025-01-01|1|yes|tender\nfunding|-|2025-01-02|-1|no|cut\nfunding|K1|2025-01-02|1|-|y"), *t;
    static const char *const sides[] = {"K1", "ours", NULL};
    assert_int_equal(calc_assess_card(m, NULL, &p, &t, NULL), KAM_OK);
    assert_int_equal(kam_table_rows(t), 20);
    assert_cell(t, 0, "mark", "1");
    assert_cell(t, 0, "evidence", "tender");
    assert_cell(t, 1, "mark", "-");
    assert_cell(t, 1, "date", "-");
    kam_table_unref(t);
    assert_int_equal(calc_assess_compare(m, sides, &p, &t, NULL), KAM_OK); /* a rival called "ours" does not take our column */
    assert_int_equal(kam_table_rows(t), 24);
    assert_cell(t, 3, "ours", "-1");
    assert_cell(t, 3, "K1", "1");
    assert_cell(t, 5, "criterion", "-");
    assert_cell(t, 5, "ours", "0");
    assert_cell(t, 5, "K1", "1");
    assert_cell(t, 5, "ours_", "-"); /* no mark, no sum */
    kam_table_unref(t);
    assert_int_equal(calc_assess_verdict(m, "D1", &p, &t, NULL), KAM_OK);
    assert_cell(t, 0, "opportunity", "D1");
    assert_cell(t, 0, "verdict", "qualify");
    assert_cell(t, 0, "why", "\"Is there an opportunity?\" sums to 0, below 2");
    kam_table_unref(t);
    assert_int_equal(calc_assess_work(m, &p, &t, NULL), KAM_OK);
    assert_int_equal(kam_table_rows(t), 19);
    assert_cell(t, 18, "criterion", "funding");
    kam_table_unref(t);
    p.lang = CALC_ZH;
    assert_int_equal(calc_assess_verdict(m, "D1", &p, &t, NULL), KAM_OK);
    assert_cell(t, 0, "why", "“有没有机会？”合计 0，低于 2");
    kam_table_unref(t);
    kam_table_unref(m);
    m = build_table(MARKS, "project|-|2025-01-01|0|-|x\nrisk|-|2025-01-02|1|-|y"); /* 0: asked, and not known */
    assert_int_equal(calc_assess_verdict(m, "D1", &p, &t, NULL), KAM_OK);
    assert_cell(t, 0, "why", "“有没有机会？”尚一无所知");
    kam_table_unref(t);
    kam_table_unref(m);
    kam_table *bad = build_table("criterion:text", "project");
    kam_err err = KAM_ERR_INIT;
    assert_int_equal(calc_assess_work(bad, &p, &t, &err), KAM_CALC);
    kam_table_unref(bad);
}

/* A mark raised never makes the verdict worse: walk-away < qualify < pursue. */
static int grade(const char *verdict) { return verdict[0] == 'w' ? 0 : verdict[0] == 'q' ? 1 : 2; }

static void better_marks_never_hurt(void **state)
{
    (void)state;
    uint64_t seed = 3;
    calc_assess_params p = CALC_ASSESS_PARAMS(CALC_EN);
    for (int round = 0; round < 300; round++) {
        char marks[21] = {0};
        for (int i = 0; i < 20; i++) marks[i] = "++0-."[rnd(&seed) % 5];
        calc_assessment a = card(marks), b = a;
        size_t i = rnd(&seed) % 20;
        b.mark[i] = 1;
        calc_assess_judge(&b, &p);
        assert_true(grade(b.verdict) >= grade(a.verdict));
        assert_true(b.unknown <= a.unknown);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(by_hand), cmocka_unit_test(verdicts), cmocka_unit_test(latest_and_ties), cmocka_unit_test(tables),
        cmocka_unit_test(better_marks_never_hurt),
    };
    return cmocka_run_group_tests_name("calc_assess", tests, NULL, NULL);
}

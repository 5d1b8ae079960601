/* SPDX-License-Identifier: GPL-3.0-or-later */
/* J4 coverage, B10 relation, B4 over time, B9 behaviour × feeling. D = 2025-12-31. */
#include "unit.h"
#include "people_build.h"
#include "calc_feeling.h"
#include <math.h>

/* --- J4 -------------------------------------------------------------------------------------------------------------- */

#define LEVELS "rep:text rep_name:text contact:text date:day present:text wanted:text"

static kam_table *coverage_of(const char *people, const char *levels, calc_lang lang)
{
    calc_people f = CALC_PEOPLE_INIT;
    calc_stakeholder_params p = PARAMS;
    kam_table *t;
    p.lang = lang;
    f.people = build_people(people);
    f.levels = levels ? build_table(LEVELS, levels) : NULL;
    assert_int_equal(calc_people_coverage(&f, &p, &t, NULL), KAM_OK);
    kam_table_unref((kam_table *)f.people);
    kam_table_unref((kam_table *)f.levels);
    return t;
}

/* R1 with a: vendor in January, credible source in March, problem solver wanted since February: one step left, since March. R2 with a:
 * trusted adviser, no wish noted. R1 with b: present above wanted: nothing to climb. c is looked after by nobody, s is a seat. */
static void coverage(void **state)
{
    (void)state;
    static const char people[] = "a|-|-|-|-|-|-|-|-|0\nb|-|-|-|-|-|-|-|-|0\nc|-|-|-|-|-|-|-|-|0\ns|-|-|-|-|-|-|-|-|1";
    static const char levels[] = "R1|Li|a|2025-03-01|credible-source|-\nR2|Wu|a|2025-01-01|trusted-adviser|-\nR1|Li|a|2025-01-01|vendor|-\n"
                                 "R1|Li|a|2025-02-01|-|problem-solver\nR1|Li|b|2025-01-01|problem-solver|vendor\nR1|Li|b|2026-01-01|vendor|vendor\n"
                                 "R1|Li|gone|2025-01-01|vendor|vendor";
    kam_table *t = coverage_of(people, levels, CALC_EN);
    static const char *const want[][6] = {{"a", "R1", "credible-source", "problem-solver", "1", "2025-03-01"},
                                          {"a", "R2", "trusted-adviser", "-", "-", "2025-01-01"},
                                          {"b", "R1", "problem-solver", "vendor", "0", "2025-01-01"},
                                          {"c", "-", "-", "-", "-", "-"},
                                          {"s", "-", "-", "-", "-", "-"}};
    static const char *const column[] = {"contact", "rep", "present", "wanted", "steps", "date"};
    assert_int_equal(kam_table_rows(t), 5);
    for (size_t i = 0; i < 5; i++)
        for (size_t k = 0; k < 6; k++) assert_cell(t, i, column[k], want[i][k]);
    assert_cell(t, 0, "next_step", "take on one problem of this person and solve it");
    assert_cell(t, 2, "next_step", "-");
    assert_cell(t, 3, "next_step", "find somebody of ours for this person");
    assert_cell(t, 4, "placeholder", "1");
    assert_string_equal(kam_table_note(t, 0), "2 of 4 people are looked after by one of ours; steps to climb: 1");
    kam_table_unref(t);
    t = coverage_of(people, NULL, CALC_ZH);
    assert_int_equal(kam_table_rows(t), 4);
    assert_string_equal(kam_table_note(t, 0), "4 人中有 0 人由我方人员负责；还需提升 0 级");
    kam_table_unref(t);
    t = coverage_of("", levels, CALC_EN);
    assert_int_equal(kam_table_rows(t), 0);
    kam_table_unref(t);
}

/* --- B10 ------------------------------------------------------------------------------------------------------------- */

static const char *relation_of(const char *rows)
{
    static char buf[256];
    calc_people f = CALC_PEOPLE_INIT;
    calc_stakeholder_params p = PARAMS;
    kam_table *t;
    f.relations = rows ? build_table("attribute:text date:day value:text by:text evidence:text", rows) : NULL;
    assert_int_equal(calc_people_relation(&f, &p, &t, NULL), KAM_OK);
    assert_int_equal(kam_table_rows(t), 1);
    snprintf(buf, sizeof buf, "%s %s %s %s", cell_of(t, 0, "relation_present"), cell_of(t, 0, "present_on"), cell_of(t, 0, "relation_wanted"), cell_of(t, 0, "steps"));
    if (strcmp(cell_of(t, 0, "steps"), "2") == 0) {
        assert_cell(t, 0, "present_evidence", "orders");
        assert_cell(t, 0, "next_step", "work on a common task: joint project, shared planning");
    }
    kam_table_unref((kam_table *)f.relations);
    kam_table_unref(t);
    return buf;
}

static void relation(void **state)
{
    (void)state;
    assert_string_equal(relation_of(NULL), "- - - -");
    assert_string_equal(relation_of("relation_present|2025-01-01|trade|-|-"), "trade 2025-01-01 - -");
    /* preferred → alliance: two steps; the later of two counts, of one day the later row; the order of days does not matter */
    assert_string_equal(relation_of("relation_wanted|2025-02-01|alliance|-|-\nrelation_present|2025-03-01|preferred|-|orders\nrelation_present|2025-01-01|trade|-|-"),
                        "preferred 2025-03-01 alliance 2");
    assert_string_equal(relation_of("relation_present|2025-03-01|alliance|-|-\nrelation_present|2025-03-01|cooperation|-|-\nrelation_wanted|2025-02-01|trade|-|-"),
                        "cooperation 2025-03-01 trade -2");
}

/* --- B4 over time ------------------------------------------------------------------------------------------------------ */

#define HISTORY "contact:text name:text attribute:text date:day mark:real from:day until:day"

static kam_table *course_of(const char *history)
{
    calc_people f = CALC_PEOPLE_INIT;
    calc_stakeholder_params p = PARAMS;
    kam_table *t;
    f.history = build_table(HISTORY, history);
    assert_int_equal(calc_people_course(&f, &p, &t, NULL), KAM_OK);
    kam_table_unref((kam_table *)f.history);
    return t;
}

/* 1 January: a has 4 and 8, weight 1: friend. 1 February: a's authority 3. 1 March: b 8 and -, weight 1: organisation
 * (3·4 + 8)/4 = 5, person 8: partner. 1 April: the same marks again: no row. 1 May: a leaves: 8 and -. */
static void course(void **state)
{
    (void)state;
    kam_table *t = course_of("a|Ann|org_fit|2025-01-01|4|-|2025-05-01\na|Ann|person_fit|2025-01-01|8|-|2025-05-01\na|Ann|authority|2025-02-01|3|-|2025-05-01\n"
                             "b|Bo|org_fit|2025-03-01|8|-|-\nb|Bo|org_fit|2025-04-01|8|-|-\nb|Bo|org_fit|2026-01-01|1|-|-");
    static const char *const want[][6] = {{"2025-01-01", "4", "8", "friend", "1", "Ann"},
                                          {"2025-03-01", "5", "8", "partner", "2", "Bo"},
                                          {"2025-05-01", "8", "-", "-", "1", "Ann"}};
    static const char *const column[] = {"date", "org_fit", "person_fit", "relationship", "people", "changed"};
    assert_int_equal(kam_table_rows(t), 3);
    for (size_t i = 0; i < 3; i++)
        for (size_t k = 0; k < 6; k++) assert_cell(t, i, column[k], want[i][k]);
    kam_table_unref(t);
    t = course_of("");
    assert_int_equal(kam_table_rows(t), 0);
    kam_table_unref(t);
    /* many on one day: five names and how many more */
    t = course_of("a|A|org_fit|2025-01-01|4|-|-\nb|B|org_fit|2025-01-01|4|-|-\nc|C|org_fit|2025-01-01|4|-|-\nd|D|org_fit|2025-01-01|4|-|-\n"
                  "e|E|org_fit|2025-01-01|4|-|-\nf|F|org_fit|2025-01-01|4|-|-\nf|F|person_fit|2025-01-01|4|-|-\ng|G|org_fit|2025-01-01|4|-|-");
    assert_cell(t, 0, "changed", "A, B, C, D, E … +2");
    kam_table_unref(t);
}

/* Random histories: on each day of the course its row is what `needs` says of the marks in force that day. */
static void course_agrees_with_needs(void **state)
{
    (void)state;
    static const char *const attribute[] = {"org_fit", "person_fit", "authority"};
    uint64_t seed = 8;
    for (int round = 0; round < 30; round++) {
        enum { N = 6, EVENTS = 40 };
        double mark[N][3], days[EVENTS][N][3];
        kam_str history = KAM_STR_INIT;
        for (int i = 0; i < N; i++)
            for (int k = 0; k < 3; k++) mark[i][k] = NAN;
        kam_day first = day_of("2025-01-01");
        for (int e = 0; e < EVENTS; e++) {
            int who = (int)(rnd(&seed) % N), what = (int)(rnd(&seed) % 3);
            char day[KAM_DATE_MAX];
            mark[who][what] = (double)(rnd(&seed) % 11);
            kam_day_format(first + e, day);
            kam_str_addf(&history, "p%d|P%d|%s|%s|%g|-|-\n", who, who, attribute[what], day, mark[who][what]);
            memcpy(days[e], mark, sizeof mark);
        }
        kam_table *t = course_of(kam_str_cstr(&history));
        for (size_t r = 0; r < kam_table_rows(t); r++) {
            kam_day day = (kam_day)kam_col_int(kam_table_find(t, "date"), r);
            kam_str people = KAM_STR_INIT;
            for (int i = 0; i < N; i++) {
                char c[3][16];
                for (int k = 0; k < 3; k++) snprintf(c[k], sizeof c[k], isnan(days[day - first][i][k]) ? "-" : "%g", days[day - first][i][k]);
                kam_str_addf(&people, "p%d|-|-|%s|-|-|%s|%s|-|0\n", i, c[2], c[0], c[1]);
            }
            kam_table *needs = view_of(calc_people_needs, kam_str_cstr(&people), NULL, (calc_stakeholder_params)PARAMS);
            static const char *const same[] = {"org_fit", "person_fit", "relationship"};
            for (int k = 0; k < 3; k++) {
                const kam_column *a = kam_table_find(t, same[k]), *b = kam_table_find(needs, same[k]);
                size_t last = kam_table_rows(needs) - 1;
                assert_int_equal(kam_col_missing(a, r), kam_col_missing(b, last));
                if (k == 2) assert_string_equal(kam_col_text(a, r), kam_col_text(b, last));
                else assert_true(fabs(kam_col_real(a, r) - kam_col_real(b, last)) < 1e-9);
            }
            kam_table_unref(needs);
            kam_str_release(&people);
        }
        kam_table_unref(t);
        kam_str_release(&history);
    }
}

/* --- B9 -------------------------------------------------------------------------------------------------------------- */

#define ACCOUNTS "account:text name:text recent:money before:money purchase_days:int annual_spend:money exit_cost:real survey_gap:real survey_on:day"

static kam_table *feeling_table(const char *accounts, const char *attitudes, const calc_feeling_params *p)
{
    kam_table *a = build_table(ACCOUNTS, accounts), *l = attitudes ? build_table("row:int attitude:real authority:real", attitudes) : NULL, *t;
    assert_int_equal(calc_feeling(a, l, p, &t, NULL), KAM_OK);
    kam_table_unref(a);
    kam_table_unref(l);
    return t;
}

/* Class of one account, "captive!" when it is easy to lose, "captive?" when its exit cost is not known. */
static const char *feeling_of(const char *account, const char *attitudes)
{
    static char buf[32];
    calc_feeling_params p = CALC_FEELING_PARAMS(CALC_EN);
    kam_table *t = feeling_table(account, attitudes, &p);
    const char *risk = cell_of(t, 0, "at_risk"), *class = cell_of(t, 0, "feeling");
    snprintf(buf, sizeof buf, "%s%s", class, strcmp(risk, "1") == 0 ? "!" : *risk == '-' && *class != '-' ? "?" : "");
    kam_table_unref(t);
    return buf;
}

static void feelings(void **state)
{
    (void)state;
    /* a trend of 100/100 buys, 84/100 does not, 85/100 does; a share of wallet of half outweighs it; nothing to compare with buys */
    assert_string_equal(feeling_of("a|A|100|100|2|-|-|0|2025-06-01", NULL), "sound");
    assert_string_equal(feeling_of("a|A|84|100|2|-|-|0|2025-06-01", NULL), "unfinished");
    assert_string_equal(feeling_of("a|A|85|100|2|-|-|0|2025-06-01", NULL), "sound");
    assert_string_equal(feeling_of("a|A|50|100|2|100|-|0|2025-06-01", NULL), "sound");
    assert_string_equal(feeling_of("a|A|49|100|2|100|-|0|2025-06-01", NULL), "unfinished");
    assert_string_equal(feeling_of("a|A|10|-|1|-|-|0|2025-06-01", NULL), "sound");
    assert_string_equal(feeling_of("a|A|10|0|1|-|-|0|2025-06-01", NULL), "sound");
    /* refunds only: no purchase day */
    assert_string_equal(feeling_of("a|A|-10|-|0|-|-|0|2025-06-01", NULL), "unfinished");
    assert_string_equal(feeling_of("a|A|-|-|0|-|-|-1|2025-06-01", NULL), "none");
    /* captive: easy to lose below an exit cost of 5; of an unknown one nothing is said */
    assert_string_equal(feeling_of("a|A|100|100|2|-|4.9|-1|2025-06-01", NULL), "captive!");
    assert_string_equal(feeling_of("a|A|100|100|2|-|5|-1|2025-06-01", NULL), "captive");
    assert_string_equal(feeling_of("a|A|100|100|2|-|-|-1|2025-06-01", NULL), "captive?");
    /* the survey goes before attitudes; without one their mean, (8·−2 + 1·5)/9 < 0, decides; 0 is not liking; nobody: unknown */
    assert_string_equal(feeling_of("a|A|100|100|2|-|5|1|2025-06-01", "0|-5|9"), "sound");
    assert_string_equal(feeling_of("a|A|100|100|2|-|5|-|-", "0|-2|8\n0|5|-"), "captive");
    assert_string_equal(feeling_of("a|A|100|100|2|-|5|-|-", "0|0|8"), "captive");
    assert_string_equal(feeling_of("a|A|100|100|2|-|5|-|-", "0|1|8"), "sound");
    assert_string_equal(feeling_of("a|A|100|100|2|-|5|-|-", "0|-|8"), "-");
    assert_string_equal(feeling_of("a|A|100|100|2|-|5|-|-", NULL), "-");
}

static void feelings_of_many(void **state)
{
    (void)state;
    calc_feeling_params p = CALC_FEELING_PARAMS(CALC_ZH);
    kam_table *t = feeling_table("", "0|1|1", &p);
    assert_int_equal(kam_table_rows(t), 0);
    kam_table_unref(t);
    /* attitudes find their account; a row of none is left out; a window of half a year takes half of the yearly spend */
    p.window_days = 73;
    t = feeling_table("a|A|100|-|1|1000|-|-|-\nb|B|100|-|1|1000|-|-|-", "1|2|0.5\n1|4|3\n7|5|5", &p);
    assert_cell(t, 0, "feeling", "-");
    assert_cell(t, 1, "feeling", "sound");
    assert_true(fabs(real_of(t, 1, "attitude") - (2 + 12) / 4.0) < 1e-12);
    assert_cell(t, 1, "people", "2");
    assert_true(fabs(real_of(t, 0, "wallet_share") - 0.5) < 1e-12); /* 100 / (1000 · 73/365) */
    assert_cell(t, 0, "why", "客户份额 50 %；统计期内没有调查，也没有已知态度");
    kam_table_unref(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(coverage), cmocka_unit_test(relation), cmocka_unit_test(course), cmocka_unit_test(course_agrees_with_needs),
        cmocka_unit_test(feelings), cmocka_unit_test(feelings_of_many),
    };
    return cmocka_run_group_tests_name("calc_people_levels", tests, NULL, NULL);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* D7: objections with their answers, what is raised again and again, rumours. D = 2025-12-31. */
#include "unit.h"
#include "calc_build.h"
#include "calc_brief.h"
#include <string.h>

#define TALKS "id:int date:day kind:text topic:text objections:text answers:text"
static const char rows[] =
    "1|2025-03-01|visit|price|too dear; slow|total cost; stock nearby\n" /* two and two: paired */
    "2|2025-04-01|visit|price| too dear |-\n"
    "3|2025-05-01|call|x|slow；too dear|one answer for both\n"           /* two and one: for both */
    "4|2024-12-31|visit|x|old|-\n5|2026-01-01|visit|x|too dear|-\n"     /* out of the window; after D */
    "6|2025-06-01|complaint|noise|-|-\n7|2025-07-01|suggestion|noise|-|-\n8|2025-07-01|visit|noise|;|-";

static void objections(void **state)
{
    (void)state;
    kam_table *in = build_table(TALKS, rows), *back = reversed_table(in), *t, *u;
    calc_brief_params p = {day_of("2025-12-31"), CALC_EN, 365, 2};
    assert_int_equal(calc_brief_objections(in, &p, &t, NULL), KAM_OK);
    assert_int_equal(kam_table_rows(t), 2);
    assert_cell(t, 0, "objection", "too dear");
    assert_cell(t, 0, "times", "3");
    assert_cell(t, 0, "last", "2025-05-01");
    assert_cell(t, 0, "answer", "one answer for both");
    assert_cell(t, 0, "answered_in", "3");
    assert_cell(t, 1, "objection", "slow");
    assert_int_equal(calc_brief_objections(back, &p, &u, NULL), KAM_OK);
    assert_null(difference(t, u, "objection"));
    kam_table_unref(t);
    kam_table_unref(u);
    p.asof = day_of("2025-04-15");
    assert_int_equal(calc_brief_objections(in, &p, &t, NULL), KAM_OK);
    assert_cell(t, 0, "answer", "total cost"); /* the last visit had none; the one before did */
    assert_cell(t, 0, "answered_in", "1");
    assert_cell(t, 0, "last_in", "2");
    assert_cell(t, 1, "answer", "stock nearby");
    kam_table_unref(t);
    kam_table_unref(in);
    kam_table_unref(back);
}

static void repeated(void **state)
{
    (void)state;
    kam_table *in = build_table(TALKS, rows), *t;
    calc_brief_params p = {day_of("2025-12-31"), CALC_EN, 365, 2};
    assert_int_equal(calc_brief_repeated(in, &p, &t, NULL), KAM_OK);
    assert_int_equal(kam_table_rows(t), 3); /* price was our topic; noise was raised twice by them */
    assert_cell(t, 0, "topic", "too dear");
    assert_cell(t, 1, "topic", "noise");   /* 2 each: the later one first */
    assert_cell(t, 1, "last_in", "7");
    assert_cell(t, 2, "topic", "slow");
    kam_table_unref(t);
    p.repeat = 3;
    assert_int_equal(calc_brief_repeated(in, &p, &t, NULL), KAM_OK);
    assert_int_equal(kam_table_rows(t), 1);
    kam_table_unref(t);
    assert_int_equal(calc_brief_repeated(NULL, &p, &t, NULL), KAM_OK);
    assert_int_equal(kam_table_rows(t), 0);
    kam_table_unref(t);
    kam_table *bad = build_table("id:int", "1");
    assert_int_equal(calc_brief_objections(bad, &p, &t, NULL), KAM_CALC);
    kam_table_unref(bad);
    kam_table_unref(in);
}

static void rumours(void **state)
{
    (void)state;
    static const char *const truth[] = {"true", "false", "unknown", NULL};
    for (int i = 0; i < 4; i++)
        for (int k = 0; k < i; k++) /* each its own advice; not said is not known */
            assert_true((strcmp(calc_rumour_advice(truth[i], CALC_EN), calc_rumour_advice(truth[k], CALC_EN)) == 0) == (i == 3 && k == 2));
    assert_string_not_equal(calc_rumour_advice("true", CALC_EN), calc_rumour_advice("true", CALC_ZH));
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(objections), cmocka_unit_test(repeated), cmocka_unit_test(rumours)};
    return cmocka_run_group_tests_name("calc_brief", tests, NULL, NULL);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* B1–B5 and the reporting tree of B8. D = 2025-12-31; the last 90 days begin 2025-10-03. */
#include "unit.h"
#include "calc_build.h"
#include "calc_stakeholder.h"
#include <math.h>

#define PEOPLE                                                                                                          \
    "contact:text name:text title:text reports_to:text known_since:day placeholder:flag has_means:flag layer:text "     \
    "buying_role:text authority:real participation:real attitude:real org_need:text org_fit:real person_need:text "     \
    "person_fit:real last_met:day last_visit:day role_changed:day open_actions:int"
#define PARAMS CALC_STAKEHOLDER_PARAMS(day_of("2025-12-31"), CALC_EN)

/* A sound account: every role filled, everything known, everybody met: no flag at all. */
static const char *const sound =
    "c1|Ann|MD|-|2020-01-01|0|1|decision|decider|9|8|3|financial|8|power|6|2025-12-01|2025-12-01|-|0\n"
    "c2|Bo|CTO|c1|2020-01-01|0|1|implementation|gatekeeper|5|4.9|1|performance|5|order|4.9|2025-10-03|2025-10-03|-|0\n"
    "c3|Cy|Buyer|c1|2020-01-01|0|1|implementation|purchaser|4.9|5|0|financial|4|acceptance|5|2025-11-01|2025-11-01|-|-\n"
    "c4|Di|User|c2|2020-01-01|0|1|use|user,coach|2|2|4|performance|2|achievement|2|2025-12-30|2025-12-30|-|0";

static kam_table *flags_of(const char *rows, const char *opps, const char *policy)
{
    calc_people f = CALC_PEOPLE_INIT;
    f.people = build_table(PEOPLE, rows);
    f.opportunities = opps ? build_table("opportunity:text name:text competitor_facts:int", opps) : NULL;
    if (policy) {
        f.has_policy_review = true;
        f.policy_review = day_of(policy);
    }
    calc_stakeholder_params p = PARAMS;
    kam_table *t;
    assert_int_equal(calc_people_flags(&f, &p, &t, NULL), KAM_OK);
    kam_table_unref((kam_table *)f.people);
    kam_table_unref((kam_table *)f.opportunities);
    return t;
}

/* The flags as "1 2:c3 …"; unref's the table. */
static const char *listed(kam_table *t)
{
    static char buf[512];
    buf[0] = 0;
    for (size_t i = 0; i < kam_table_rows(t); i++) {
        const char *who = cell_of(t, i, "contact"), *opp = cell_of(t, i, "opportunity");
        size_t at = strlen(buf);
        const char *about = *who != '-' ? who : opp;
        snprintf(buf + at, sizeof buf - at, "%s%s%s%s", at ? " " : "", cell_of(t, i, "flag"), *about == '-' ? "" : ":",
                 *about == '-' ? "" : about);
    }
    kam_table_unref(t);
    return buf;
}

#define OTHERS                                                                                                         \
    "c2|Bo|CTO|c1|2020-01-01|0|1|implementation|gatekeeper|5|5|1|performance|5|order|5|2025-12-01|2025-12-01|-|0\n"    \
    "c3|Cy|Buyer|c1|2020-01-01|0|1|implementation|purchaser|4|5|0|financial|4|order|5|2025-12-01|2025-12-01|-|0\n"     \
    "c4|Di|User|c2|2020-01-01|0|1|use|user coach|2|2|4|performance|2|order|2|2025-12-01|2025-12-01|-|0\n"

static void each_flag(void **state)
{
    (void)state;
    assert_string_equal(listed(flags_of(sound, NULL, NULL)), "");
    assert_string_equal(listed(flags_of("", NULL, NULL)), "1 1 1 1 3");
    /* 1: the decider's seat is only a placeholder, which has no marks to be missing */
    assert_string_equal(listed(flags_of(OTHERS "c5|Seat|MD|-|-|1|-|-|decider|-|-|-|-|-|-|-|-|-|-|-", NULL, NULL)), "1");
    /* 2: each thing that can be missing; an unknown role makes the decider unknown too, authority keeps the person core */
    static const struct { const char *row, *want, *evidence; } missing[] = {
        {"c1|Ann|MD|-|-|0|1|-|-|9|8|3|f|8|p|6|2025-12-01|2025-12-01|-|0", "1 2:c1", "missing on Ann: role"},
        {"c1|Ann|MD|-|-|0|1|-|decider|-|8|3|f|8|p|6|2025-12-01|2025-12-01|-|0", "2:c1", "missing on Ann: authority"},
        {"c1|Ann|MD|-|-|0|1|-|decider|9|8|-|f|8|p|6|2025-12-01|2025-12-01|-|0", "2:c1", "missing on Ann: attitude"},
        {"c1|Ann|MD|-|-|0|1|-|decider|9|8|3|f|8|-|6|2025-12-01|2025-12-01|-|0", "2:c1", "missing on Ann: needs"},
        {"c1|Ann|MD|-|-|0|0|-|decider|9|8|3|-|8|p|6|2025-12-01|2025-12-01|-|0", "2:c1", "missing on Ann: needs, contact means"}};
    for (size_t i = 0; i < COUNT_OF(missing); i++) {
        kam_str rows = KAM_STR_INIT;
        kam_str_addf(&rows, "%s\n%s", missing[i].row, OTHERS);
        kam_table *t = flags_of(kam_str_cstr(&rows), NULL, NULL);
        assert_cell(t, row_where(t, "flag", "2"), "evidence", missing[i].evidence);
        assert_string_equal(listed(t), missing[i].want);
        kam_str_release(&rows);
    }
    static const struct { const char *c1, *want; } one[] = {
        /* 3 is below. 4a: never visited, but met elsewhere; never met at all is 4a only */
        {"c1|Ann|MD|-|2020-01-01|0|1|-|decider|9|8|3|f|8|p|6|2025-12-01|-|-|0", "4a:c1"},
        {"c1|Ann|MD|-|2020-01-01|0|1|-|decider|9|8|3|f|8|p|6|-|-|-|0", "4a:c1"},
        /* 4b: 91 days ago by (D − 90, D] is out */
        {"c1|Ann|MD|-|2020-01-01|0|1|-|decider|9|8|3|f|8|p|6|2025-10-02|2025-10-02|-|0", "4b:c1"},
        {"c1|Ann|MD|-|2020-01-01|0|1|-|decider|9|8|3|f|8|p|6|2025-10-02|-|-|0", "4a:c1 4b:c1"},
        /* 5: changed the day after the meeting; a meeting on the day of the change is since */
        {"c1|Ann|MD|-|2020-01-01|0|1|-|decider|9|8|3|f|8|p|6|2025-12-01|2025-12-01|2025-12-02|0", "5:c1"},
        {"c1|Ann|MD|-|2020-01-01|0|1|-|decider|9|8|3|f|8|p|6|2025-12-01|2025-12-01|2025-12-01|0", ""},
        /* 6: new and not met (never visited either) */
        {"c1|Ann|MD|-|2025-12-20|0|1|-|decider|9|8|3|f|8|p|6|-|-|-|0", "4a:c1 6:c1"},
        {"c1|Ann|MD|-|2025-12-20|0|1|-|decider|9|8|3|f|8|p|6|2025-12-20|2025-12-20|-|0", ""},
        /* 8: −2 without an action; −1.9 is not; an open action settles it */
        {"c1|Ann|MD|-|2020-01-01|0|1|-|decider|9|8|-2|f|8|p|6|2025-12-01|2025-12-01|-|0", "8:c1"},
        {"c1|Ann|MD|-|2020-01-01|0|1|-|decider|9|8|-1.9|f|8|p|6|2025-12-01|2025-12-01|-|0", ""},
        {"c1|Ann|MD|-|2020-01-01|0|1|-|decider|9|8|-5|f|8|p|6|2025-12-01|2025-12-01|-|1", ""}};
    for (size_t i = 0; i < COUNT_OF(one); i++) {
        kam_str rows = KAM_STR_INIT;
        kam_str_addf(&rows, "%s\n%s", one[i].c1, OTHERS);
        assert_string_equal(listed(flags_of(kam_str_cstr(&rows), NULL, NULL)), one[i].want);
        kam_str_release(&rows);
    }
    /* someone neither core by role nor by authority is not missed */
    kam_str rows = KAM_STR_INIT;
    kam_str_addf(&rows, "%s\nc9|Zed|Driver|-|2020-01-01|0|1|use|coach|1|1|-4|f|1|p|1|-|-|2025-12-01|0", sound);
    assert_string_equal(listed(flags_of(kam_str_cstr(&rows), NULL, NULL)), "");
    kam_str_release(&rows);
    /* 3 */
    assert_string_equal(listed(flags_of("c1|Ann|MD|-|-|0|1|-|decider user|9|8|3|f|8|p|6|2025-12-01|2025-12-01|-|0\n"
                                        "c2|Bo|CTO|-|-|0|1|-|gatekeeper,purchaser|5|5|1|f|5|o|5|2025-12-01|2025-12-01|-|0",
                                        NULL, NULL)), "3");
    /* 7 and 9 only with an open opportunity; 180 days before D is 2025-07-04, out of (D − 180, D] */
    assert_string_equal(listed(flags_of(sound, "O1|Deal|0\nO2|Deal|2", "2025-07-05")), "7:O1");
    assert_string_equal(listed(flags_of(sound, "O1|Deal|1", "2025-07-04")), "9:O1");
    assert_string_equal(listed(flags_of(sound, "O1|Deal|-", NULL)), "7:O1 9:O1");
    assert_string_equal(listed(flags_of(sound, "", NULL)), "");
}

static void core_and_words(void **state)
{
    (void)state;
    static const struct { const char *c9, *want; } more[] = {
        /* authority of 5 is a core buyer without any role, 4.9 is not; a word that only begins like a role is none */
        {"c9|Zed|X|-|2020-01-01|0|1|use|coach|5|1|0|f|1|p|1|-|-|-|0", "4a:c9"},
        {"c9|Zed|X|-|2020-01-01|0|1|use|coach|4.9|1|0|f|1|p|1|-|-|-|0", ""},
        {"c9|Zed|X|-|2020-01-01|0|1|use|userx,use|1|1|0|f|1|p|1|-|-|-|0", ""},
        {"c9|Zed|X|-|2020-01-01|0|1|use|coach  user|1|1|0|f|1|p|1|-|-|-|0", "4a:c9"},
        /* known for 90 days is no longer new, for 89 it is */
        {"c9|Zed|X|-|2025-10-02|0|1|use|user|1|1|0|f|1|p|1|-|-|-|0", "4a:c9"},
        {"c9|Zed|X|-|2025-10-03|0|1|use|user|1|1|0|f|1|p|1|-|-|-|0", "4a:c9 6:c9"}};
    for (size_t i = 0; i < COUNT_OF(more); i++) {
        kam_str rows = KAM_STR_INIT;
        kam_str_addf(&rows, "%s\n%s", sound, more[i].c9);
        assert_string_equal(listed(flags_of(kam_str_cstr(&rows), NULL, NULL)), more[i].want);
        kam_str_release(&rows);
    }
    kam_table *t = flags_of("c1|Ann|MD|-|2020-01-01|0|1|-|decider|9|8|3|f|8|p|6|2025-10-02|2025-10-02|-|0\n" OTHERS, NULL, NULL);
    assert_cell(t, 0, "evidence", "Ann was last met on 2025-10-02, 90 days ago");
    assert_cell(t, 0, "next_step", "meet Ann");
    assert_cell(t, 0, "kind", "not-met");
    kam_table_unref(t);
    calc_people f = CALC_PEOPLE_INIT;
    calc_stakeholder_params p = PARAMS;
    p.lang = CALC_ZH;
    f.people = build_table(PEOPLE, "c1|安|总|-|-|0|0|-|user|-|8|3|f|8|p|6|2025-12-01|2025-12-01|-|0");
    assert_int_equal(calc_people_flags(&f, &p, &t, NULL), KAM_OK);
    assert_cell(t, 0, "evidence", "没有已知的决策人");
    assert_cell(t, 3, "evidence", "安缺少信息：权力、联系方式");
    kam_table_unref(t);
    kam_table_unref((kam_table *)f.people);
}

static void quadrants_and_relations(void **state)
{
    (void)state;
    calc_people f = CALC_PEOPLE_INIT;
    f.people = build_table(PEOPLE, sound);
    calc_stakeholder_params p = PARAMS;
    kam_table *t;
    assert_int_equal(calc_people_map(&f, &p, &t, NULL), KAM_OK);
    static const char *const want[][2] = {{"owner", "partner"}, {"approver", "supplier"}, {"champion", "friend"}, {"adviser", "outsider"}};
    for (size_t i = 0; i < 4; i++) {
        assert_cell(t, i, "quadrant", want[i][0]);
        assert_cell(t, i, "relationship", want[i][1]);
    }
    assert_cell(t, 1, "why", "authority 5, participation 4.9; fit to the organisation 5, to the person 4.9");
    kam_table_unref(t);
    /* weights 9, 5, 4.9, 2: organisation (72+25+19.6+4)/20.9 = 5.770…, person (54+24.5+24.5+4)/20.9 = 5.119… */
    assert_int_equal(calc_people_needs(&f, &p, &t, NULL), KAM_OK);
    assert_int_equal(kam_table_rows(t), 5);
    assert_cell(t, 4, "contact", "-");
    assert_true(fabs(real_of(t, 4, "org_fit") - 120.6 / 20.9) < 1e-12);
    assert_true(fabs(real_of(t, 4, "person_fit") - 107.0 / 20.9) < 1e-12);
    assert_cell(t, 4, "relationship", "partner");
    kam_table_unref(t);
    assert_int_equal(calc_people_grid(&f, &p, &t, NULL), KAM_OK);
    assert_int_equal(kam_table_rows(t), 4);
    assert_cell(t, row_where(t, "quadrant", "approver"), "names", "Bo");
    kam_table_unref(t);
    kam_table_unref((kam_table *)f.people);

    /* A missing fit is left out of its own mean; authority below 1 and missing weigh 1; a missing mark is no quadrant. */
    f.people = build_table(PEOPLE, "a|A|-|-|-|0|1|-|-|0.5|-|-|-|10|-|-|-|-|-|-\nb|B|-|-|-|0|1|-|-|-|5|-|-|4|-|2|-|-|-|-\n"
                                   "c|C|-|-|-|0|1|-|-|3|5|-|-|-|-|6|-|-|-|-\nd|D|-|-|-|1|-|-|-|9|9|-|-|9|-|9|-|-|-|-");
    assert_int_equal(calc_people_needs(&f, &p, &t, NULL), KAM_OK);
    assert_cell(t, 3, "org_fit", "7");    /* (10 + 4) / 2 */
    assert_cell(t, 3, "person_fit", "5"); /* (2·1 + 6·3) / 4 */
    assert_cell(t, 3, "relationship", "partner");
    assert_cell(t, 0, "relationship", "-");
    kam_table_unref(t);
    assert_int_equal(calc_people_grid(&f, &p, &t, NULL), KAM_OK);
    assert_cell(t, row_where(t, "quadrant", "unknown"), "count", "2");
    assert_cell(t, row_where(t, "quadrant", "owner"), "count", "0"); /* a placeholder is nobody yet */
    kam_table_unref(t);
    kam_table_unref((kam_table *)f.people);
}

static void layers_roles_coaches(void **state)
{
    (void)state;
    calc_people f = CALC_PEOPLE_INIT;
    kam_str rows = KAM_STR_INIT;
    kam_str_addf(&rows, "%s\nc5|Ed|Boss|-|-|0|1|decision|decider|7|1|4|f|1|order|1|2025-12-31|-|-|0\n"
                        "c6|Flo|Boss|-|-|0|1|-|-|7|1|4|f|1|achievement|1|2025-12-01|-|-|0\n"
                        "c7|Seat|Boss|-|-|1|-|image|user|-|-|-|-|-|-|-|-|-|-|-\n"
                        "c8|Gus|Old|-|-|0|1|decision|-|1|1|0.9|f|1|achievement|1|2025-10-02|-|-|0", sound);
    f.people = build_table(PEOPLE, kam_str_cstr(&rows));
    calc_stakeholder_params p = PARAMS;
    kam_table *t;
    assert_int_equal(calc_people_layers(&f, &p, &t, NULL), KAM_OK);
    assert_int_equal(kam_table_rows(t), 5);
    assert_cell(t, 0, "known", "0");
    assert_cell(t, 0, "seats", "1");
    assert_cell(t, 0, "share_met", "-");
    assert_cell(t, 1, "known", "3");
    assert_cell(t, 1, "met", "2"); /* Gus 91 days ago */
    assert_cell(t, 1, "names", "Ann, Ed, Gus");
    assert_cell(t, 2, "met", "2"); /* Bo on the first of the 90 days */
    assert_cell(t, 4, "layer", "unknown");
    kam_table_unref(t);
    assert_int_equal(calc_people_roles(&f, &p, &t, NULL), KAM_OK);
    assert_cell(t, row_where(t, "buying_role", "decider"), "known", "2");
    assert_cell(t, row_where(t, "buying_role", "user"), "known", "1");
    assert_cell(t, row_where(t, "buying_role", "coach"), "names", "Di");
    kam_table_unref(t);
    /* attitude 4: Di and Flo look for achievement, Di met later; then Ed; then 3, 1. Gus at 0.9 and Cy at 0 are none */
    assert_int_equal(calc_people_coaches(&f, &p, &t, NULL), KAM_OK);
    static const char *const order[] = {"c4", "c6", "c5", "c1", "c2"};
    assert_int_equal(kam_table_rows(t), COUNT_OF(order));
    for (size_t i = 0; i < COUNT_OF(order); i++) assert_cell(t, i, "contact", order[i]);
    assert_cell(t, 0, "coach", "1");
    assert_cell(t, 1, "coach", "0");
    kam_table_unref(t);
    kam_table_unref((kam_table *)f.people);
    kam_str_release(&rows);
}

static void tree_and_influence(void **state)
{
    (void)state;
    calc_people f = CALC_PEOPLE_INIT;
    f.people = build_table(PEOPLE, sound);
    calc_stakeholder_params p = PARAMS;
    kam_table *t;
    /* Di 2 → Bo 5 + 1 = 6; Cy 4.9; Ann 9 + 3 + 2.45 = 14.45 */
    assert_int_equal(calc_people_tree(&f, &p, &t, NULL), KAM_OK);
    static const char *const want[][3] = {{"0", "Ann", "14.45"}, {"1", "├─ Bo", "6"}, {"2", "│  └─ Di", "2"}, {"1", "└─ Cy", "4.9"}};
    for (size_t i = 0; i < 4; i++) {
        assert_cell(t, i, "depth", want[i][0]);
        assert_cell(t, i, "line", want[i][1]);
        assert_true(fabs(real_of(t, i, "influence") - strtod(want[i][2], NULL)) < 1e-9);
    }
    kam_table_unref(t);
    /* Di also listens to Cy: half of her half each: Bo 5.5, Cy 5.4, Ann 9 + 2.75 + 2.7 = 14.45; a conflict line is none */
    f.links = build_table("contact:text other:text kind:text", "c4|c3|influence\nc1|c3|conflict\nc4|nobody|influence\nc4|c4|influence");
    assert_int_equal(calc_people_map(&f, &p, &t, NULL), KAM_OK);
    assert_true(fabs(real_of(t, 0, "influence") - 14.45) < 1e-9);
    assert_true(fabs(real_of(t, 1, "influence") - 5.5) < 1e-9);
    assert_true(fabs(real_of(t, 2, "influence") - 5.4) < 1e-9);
    kam_table_unref(t);
    kam_table_unref((kam_table *)f.links);
    kam_table_unref((kam_table *)f.people);
    /* a → b → a (a cycle) with c under b: a = 4 + b/2, b = 2 + a/2 + c/2, c = 0 missing: a = 20/3, b = 16/3. Cut at a. */
    f.links = NULL;
    f.people = build_table(PEOPLE, "c|C|-|b|-|0|1|-|-|-|-|-|-|-|-|-|-|-|-|-\nb|B|-|a|-|0|1|-|-|2|-|-|-|-|-|-|-|-|-|-\n"
                                   "a|A|-|b|-|0|1|-|-|4|-|-|-|-|-|-|-|-|-|-\nz|Z|-|gone|-|1|1|-|-|1|-|-|-|-|-|-|-|-|-|-");
    assert_int_equal(calc_people_tree(&f, &p, &t, NULL), KAM_OK);
    assert_int_equal(kam_table_rows(t), 4);
    assert_cell(t, 0, "line", "(Z)");
    assert_cell(t, 1, "line", "A");
    assert_cell(t, 2, "line", "└─ B");
    assert_cell(t, 3, "line", "   └─ C");
    assert_cell(t, 3, "influence", "-");
    assert_true(fabs(real_of(t, 1, "influence") - 20.0 / 3) < 1e-9);
    assert_true(fabs(real_of(t, 2, "influence") - 16.0 / 3) < 1e-9);
    kam_table_unref(t);
    kam_table_unref((kam_table *)f.people);
    /* Rows in any order; one without an authority has what its followers give: b = 0 + 6/2 */
    f.people = build_table(PEOPLE, "d|D|-|b|-|0|1|-|-|6|-|-|-|-|-|-|-|-|-|-\nb|B|-|-|-|0|1|-|-|-|-|-|-|-|-|-|-|-|-|-\n"
                                   "e|E|-|d|-|0|1|-|-|0|-|-|-|-|-|-|-|-|-|-\na|A|-|d|-|0|1|-|-|0|-|-|-|-|-|-|-|-|-|-\n"
                                   "c|C|-|d|-|0|1|-|-|0|-|-|-|-|-|-|-|-|-|-");
    assert_int_equal(calc_people_tree(&f, &p, &t, NULL), KAM_OK);
    static const char *const lines[] = {"B", "└─ D", "   ├─ A", "   ├─ C", "   └─ E"};
    for (size_t i = 0; i < COUNT_OF(lines); i++) assert_cell(t, i, "line", lines[i]);
    assert_cell(t, 0, "influence", "3");
    assert_cell(t, 0, "authority", "-");
    kam_table_unref(t);
    kam_table_unref((kam_table *)f.people);
    f.people = build_table(PEOPLE, "");
    assert_int_equal(calc_people_tree(&f, &p, &t, NULL), KAM_OK);
    assert_int_equal(kam_table_rows(t), 0);
    kam_table_unref(t);
    kam_table_unref((kam_table *)f.people);
}

/* Random crowds: everybody stands once in the tree, once in a layer and once in the grid; row order is of no account. */
static void everybody_once(void **state)
{
    (void)state;
    uint64_t seed = 3;
    calc_stakeholder_params p = PARAMS;
    for (int round = 0; round < 20; round++) {
        enum { N = 40 };
        kam_str rows = KAM_STR_INIT;
        static const char *const layers[] = {"image", "decision", "implementation", "use", "-"};
        for (int i = 0; i < N; i++) {
            kam_str_addf(&rows, "p%02d|N%02d|-|p%02d|-|0|1|%s|-|", i, i, (int)(rnd(&seed) % (N + 10)), layers[rnd(&seed) % 5]);
            for (int k = 0; k < 2; k++) kam_str_addf(&rows, rnd(&seed) % 5 ? "%d|" : "-|", (int)(rnd(&seed) % 11));
            kam_str_add(&rows, "-|-|-|-|-|-|-|-|-\n");
        }
        kam_table *people = build_table(PEOPLE, kam_str_cstr(&rows)), *back = reversed_table(people), *a, *b, *t;
        calc_people f = CALC_PEOPLE_INIT, g = CALC_PEOPLE_INIT;
        f.people = people;
        g.people = back;
        assert_int_equal(calc_people_tree(&f, &p, &a, NULL), KAM_OK);
        assert_int_equal(calc_people_tree(&g, &p, &b, NULL), KAM_OK);
        assert_int_equal(kam_table_rows(a), N);
        for (size_t i = 0; i < N; i++) assert_string_equal(cell_of(a, i, "line"), cell_of(b, i, "line"));
        kam_table_unref(a);
        kam_table_unref(b);
        assert_int_equal(calc_people_layers(&f, &p, &t, NULL), KAM_OK);
        assert_int_equal(sum_of(t, "known"), N);
        kam_table_unref(t);
        assert_int_equal(calc_people_grid(&f, &p, &t, NULL), KAM_OK);
        assert_int_equal(sum_of(t, "count"), N);
        kam_table_unref(t);
        kam_table_unref(people);
        kam_table_unref(back);
        kam_str_release(&rows);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_flag), cmocka_unit_test(core_and_words),          cmocka_unit_test(quadrants_and_relations), cmocka_unit_test(layers_roles_coaches),
        cmocka_unit_test(tree_and_influence), cmocka_unit_test(everybody_once),
    };
    return cmocka_run_group_tests_name("calc_stakeholder", tests, NULL, NULL);
}

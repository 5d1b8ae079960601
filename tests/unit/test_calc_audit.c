/* SPDX-License-Identifier: GPL-3.0-or-later */
/* E6 the eight rules, E7 the loop, E10 competence, E11 care by grade. D = 2025-12-31. */
#include "unit.h"
#include "calc_audit.h"
#include "calc_build.h"
#include "calc_care.h"
#include "calc_card.h"
#include "calc_competence.h"
#include "calc_loop.h"

#define PROFILE "row:int industry:flag region:flag source:flag known_since:flag contacts:int bad_debt:flag"
#define WORK "row:int date:day kind:text prepared:flag debriefed:flag resolved_on:day has_resolution:flag interaction:int answered_on:day"

/* A keeps every rule that can be kept, B breaks every one. */
static kam_table *accounts, *owners, *profile, *invoices, *exceptions, *touched, *work, *post_mortems, *lifecycle, *pyramid, *key;
static calc_audit_in input(void)
{
    return (calc_audit_in){accounts, owners, profile, invoices, exceptions, touched, work, post_mortems, lifecycle, pyramid, key};
}

static void build(void)
{
    accounts = build_accounts("A B");
    owners = build_table("row:int owner:text", "0|R1");
    profile = build_table(PROFILE, "0|1|1|1|1|2|0\n1|1|0|1|1|0|1");
    invoices = build_table("row:int due:day invoice_no:text amount:money", "0|2025-12-01|F0|100\n1|2025-11-30|F1|250\n1|2025-11-30|F1|50\n1|2025-12-31|F2|9");
    exceptions = build_table("row:int date:day what:text approved:flag exception:int", "0|2025-05-01|ok|1|1\n1|2024-05-01|more days|0|2");
    touched = build_table("row:int date:day", "0|2025-01-01\n1|2024-12-31");
    work = build_table(WORK, "0|2025-06-01|visit|1|1|-|0|10|-\n0|2025-12-29|visit|1|-|-|0|11|-\n" /* two days ago: not yet due */
                             "0|2025-12-17|complaint|-|-|-|0|12|-\n"                              /* 14 days: not yet */
                             "0|2025-01-02|complaint|-|-|2025-01-05|1|13|-\n"
                             "1|2025-06-01|visit|0|1|-|0|20|-\n1|2025-12-28|visit|1|-|-|0|21|-\n1|2025-06-02|visit|-|-|-|0|22|-\n1|2024-12-31|visit|0|0|-|0|23|-\n"
                             "1|2025-12-16|complaint|-|-|-|0|24|-\n1|2025-01-02|complaint|-|-|2025-01-05|0|25|-");
    post_mortems = build_table("row:int date:day", "0|2024-06-02\n1|2025-02-01");
    lifecycle = build_table("class:text last_purchase:day", "lost|2024-06-01\nlost|2025-02-01");
    pyramid = build_table("class:text", "small\nordinary");
    key = build_table("class:text", "key\nkey");
}

static void drop(void)
{
    kam_table *const all[] = {accounts, owners, profile, invoices, exceptions, touched, work, post_mortems, lifecycle, pyramid, key};
    for (size_t k = 0; k < COUNT_OF(all); k++) kam_table_unref(all[k]);
}

static void eight(void **state)
{
    (void)state;
    kam_table *t, *s;
    build();
    calc_audit_in in = input();
    calc_audit_params p = CALC_AUDIT_PARAMS(day_of("2025-12-31"), CALC_EN);
    assert_int_equal(calc_audit(&in, &p, &t, &s, NULL), KAM_OK);
    /* rule: checked, offences, accounts. receivables: F0 is 30 days over, the two lines of F1 are one invoice, 31 days over, F2 is due today. */
    static const char *const want[][4] = {{"file", "2", "1", "1"},   {"receivables", "3", "1", "1"}, {"exceptions", "3", "2", "1"},   {"thanks", "2", "1", "1"},
                                          {"visits", "5", "3", "1"}, {"complaints", "4", "2", "1"},  {"post-mortems", "2", "1", "1"}, {"largest", "2", "1", "1"}};
    for (size_t i = 0; i < COUNT_OF(want); i++) {
        assert_cell(s, i, "rule", want[i][0]);
        assert_cell(s, i, "checked", want[i][1]);
        assert_cell(s, i, "offences", want[i][2]);
        assert_cell(s, i, "accounts", want[i][3]);
        assert_cell(s, i, "status", "fail");
    }
    for (size_t i = 0; i < kam_table_rows(t); i++) assert_cell(t, i, "account", "B"); /* A keeps them all */
    assert_int_equal(kam_table_rows(t), sum_of(s, "offences"));
    assert_cell(t, 0, "why", "missing: region, a contact, an owner");
    size_t r = row_where(t, "rule", "receivables");
    assert_cell(t, r, "why", "F1 3.00 due on 2025-11-30, overdue for 31 days");
    assert_cell(t, row_where(t, "record", "exception 2"), "why", "exception \"more days\" approved by nobody");
    assert_cell(t, row_where(t, "record", "interaction 20"), "why", "visit of 2025-06-01: not prepared");
    assert_cell(t, row_where(t, "record", "interaction 21"), "why", "visit of 2025-12-28: not debriefed");
    assert_cell(t, row_where(t, "record", "interaction 22"), "why", "visit of 2025-06-02: neither prepared nor debriefed");
    assert_cell(t, row_where(t, "record", "interaction 24"), "why", "complaint of 2025-12-16 open for 15 days");
    assert_cell(t, row_where(t, "record", "interaction 25"), "why", "complaint of 2025-01-02 resolved without a word on how");
    assert_cell(t, row_where(t, "rule", "post-mortems"), "next_step", "write it: post-mortem add B DATE -text …");
    assert_cell(t, row_where(t, "rule", "largest"), "why", "key account, breaks: file, receivables, exceptions, thanks, visits, complaints, post-mortems");
    kam_table_unref(t);
    kam_table_unref(s);
    drop();
}

static void nothing(void **state)
{
    (void)state;
    kam_table *acc = build_accounts(""), *t, *s;
    calc_audit_in in = {.accounts = acc};
    calc_audit_params p = CALC_AUDIT_PARAMS(day_of("2025-12-31"), CALC_ZH);
    assert_int_equal(calc_audit(&in, &p, &t, &s, NULL), KAM_OK);
    assert_int_equal(kam_table_rows(t), 0);
    assert_int_equal(kam_table_rows(s), CALC_AUDIT_RULES);
    for (size_t i = 0; i < CALC_AUDIT_RULES; i++) assert_cell(s, i, "status", "nothing");
    kam_table_unref(t);
    kam_table_unref(s);
    kam_table_unref(acc);
}

static void loop(void **state)
{
    (void)state;
    kam_table *acc = build_accounts("A B C"), *t;
    kam_table *steps = build_table("row:int step:text date:day source:text",
                                   "0|value|2025-01-01|mark\n0|differentiate|2025-06-01|mark\n0|strategy|2025-12-31|plan-text\n0|monitor|2025-10-03|survey\n"
                                   "0|monitor|2025-01-01|action\n1|value|2024-12-31|mark\n1|strategy|2025-06-01|plan-text\n7|value|2025-12-01|mark");
    calc_loop_params p = CALC_LOOP_PARAMS(day_of("2025-12-31"), CALC_EN);
    assert_int_equal(calc_loop(acc, steps, &p, &t, NULL), KAM_OK);
    assert_cell(t, 0, "current", "4"); /* 364 days and 89 days are current */
    assert_cell(t, 0, "next_step", "-");
    assert_cell(t, 0, "monitor", "2025-10-03");
    assert_cell(t, 1, "next_step", "value"); /* 365 days old */
    assert_cell(t, 1, "current", "1");
    assert_true(strstr(cell_of(t, 1, "why"), "older than 365 days") != NULL);
    assert_cell(t, 2, "current", "0");
    assert_cell(t, 2, "value", "-");
    kam_table_unref(t);
    p.days[3] = 89;
    assert_int_equal(calc_loop(acc, steps, &p, &t, NULL), KAM_OK);
    assert_cell(t, 0, "next_step", "monitor");
    kam_table_unref(t);
    kam_table_unref(steps);
    kam_table_unref(acc);
}

static void care(void **state)
{
    (void)state;
    /* A top: 12 visits promised, 11 made; B small known 200 days: 1 · 200/365 → 0 promised; C ordinary kept exactly; D inactive. */
    kam_table *acc = build_table("account:text name:text known_since:day", "A|a|2020-01-01\nB|b|2025-06-14\nC|c|-\nD|d|2020-01-01"), *t, *s;
    kam_table *grade = build_table("class:text", "top\nsmall\nordinary\ninactive"), *own = build_table("row:int sponsor:text", "0|X");
    kam_str rows = KAM_STR_INIT;
    for (int i = 0; i < 11; i++) kam_str_addf(&rows, "0|2025-06-01|visit|1|1|-|0|%d|-\n", i);
    for (int i = 0; i < 5; i++) kam_str_addf(&rows, "0|2025-06-01|call|1|1|-|0|%d|-\n", i);
    kam_str_add(&rows, "0|2025-06-01|complaint|-|-|-|0|90|2025-06-02\n0|2025-07-01|complaint|-|-|-|0|91|2025-07-02\n"
                       "2|2025-06-01|meeting|-|-|-|0|92|-\n2|2025-06-01|visit|-|-|-|0|93|-\n2|2025-06-01|mail|-|-|-|0|94|-\n2|2025-06-01|call|-|-|-|0|95|-\n"
                       "2|2025-12-28|complaint|-|-|-|0|96|-\n2|2024-12-31|complaint|-|-|-|0|97|-"); /* unanswered for 3 days; one outside the window */
    kam_table *w = build_table(WORK, kam_str_cstr(&rows)), *mailed = build_table("row:int date:day", "0|2025-03-01\n0|2024-12-31");
    kam_str_release(&rows);
    calc_care_in in = {acc, grade, own, w, mailed};
    calc_care_params p = CALC_CARE_PARAMS(day_of("2025-12-31"), CALC_EN);
    assert_int_equal(calc_care(&in, &p, &t, NULL), KAM_OK);
    assert_int_equal(kam_table_rows(t), 3);
    assert_cell(t, 0, "visits", "11");
    assert_cell(t, 0, "visits_promised", "12");
    assert_cell(t, 0, "attentions", "6"); /* 5 calls, one mailing */
    assert_cell(t, 0, "answer_days", "1");
    assert_cell(t, 0, "broken", "visits");
    assert_cell(t, 0, "why", "not kept: visits 11 of 12");
    assert_cell(t, 1, "visits_promised", "0");
    assert_cell(t, 1, "kept", "1");
    assert_cell(t, 1, "answer_days", "-");
    assert_cell(t, 2, "kept", "1"); /* 3 of 3 days */
    assert_cell(t, 2, "answer_days", "3");
    assert_int_equal(calc_care_summary(t, &p, &s, NULL), KAM_OK);
    assert_cell(s, 0, "share", "0");
    assert_cell(s, 1, "share", "-"); /* nobody is major */
    assert_cell(s, 3, "kept", "1");
    assert_int_equal(sum_of(s, "accounts"), 3);
    kam_table_unref(s);
    kam_table_unref(t);
    p.answer[2] = 2;
    assert_int_equal(calc_care(&in, &p, &t, NULL), KAM_OK);
    assert_cell(t, 2, "why", "not kept: answer after 3 days instead of 2");
    kam_table_unref(t);
    kam_table *const all[] = {acc, grade, own, w, mailed};
    for (size_t k = 0; k < COUNT_OF(all); k++) kam_table_unref(all[k]);
}

static void competence(void **state)
{
    (void)state;
    kam_table *reps = build_table("rep:text name:text", "R1|one\nR2|two"), *t;
    kam_table *marks = build_table("rep:text criterion:text date:day mark:real",
                                   "R1|product|2025-01-01|5\nR1|company|2025-01-01|5\nR1|attitude|2025-02-01|9\nR1|no-such|2025-01-01|0\nR9|product|2025-01-01|1");
    calc_competence_params p = CALC_COMPETENCE_PARAMS(CALC_EN);
    assert_int_equal(calc_competence(reps, marks, &p, &t, NULL), KAM_OK);
    assert_true(real_of(t, 0, "score") > 6.3 && real_of(t, 0, "score") < 6.4); /* 19 ÷ 3 */
    assert_cell(t, 0, "coverage", "0.5");
    assert_cell(t, 0, "weakest", "product"); /* of equal marks the first of the card */
    assert_cell(t, 0, "training", "training: products and their benefits; training: our resources and how to ask for them");
    assert_cell(t, 0, "why", "2 of 3 marks below 6");
    assert_cell(t, 1, "score", "-");
    assert_cell(t, 1, "training", "-");
    kam_table_unref(t);
    assert_int_equal(calc_competence_card(marks, "R1", &p, &t, NULL), KAM_OK);
    assert_int_equal(kam_table_rows(t), calc_card_find("competence")->n);
    assert_cell(t, 0, "low", "1");
    assert_cell(t, 2, "mark", "-");
    assert_cell(t, 2, "low", "-");
    kam_table_unref(t);
    kam_table_unref(marks);
    kam_table_unref(reps);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(eight), cmocka_unit_test(nothing), cmocka_unit_test(loop), cmocka_unit_test(care), cmocka_unit_test(competence)};
    return cmocka_run_group_tests_name("calc_audit", tests, NULL, NULL);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* D4: rates with n and interval, and the two flags. D = 2025-12-31; 60 days back begins 2025-11-02. */
#include "unit.h"
#include "calc_build.h"
#include "calc_outcomes.h"
#include <math.h>

#define TALKS "row:int date:day kind:text rep:text outcome:text opportunity:text confirmed:flag next_step:text next_on:day interaction:int"
#define OPPS "row:int opportunity:text name:text result:text rep:text"

static const char talks_text[] =
    "0|2025-12-01|call|R1|continuation|O1|-|-|-|1\n0|2025-11-02|call|R1|continuation|O1|-|-|-|2\n" /* O1: kind words only */
    "0|2025-11-01|call|R1|advance|O1|1|-|-|3\n"                                                     /* a day too old to count */
    "1|2025-12-05|call|R2|order|O2|-|-|-|4\n1|2025-12-06|call|R2|continuation|O2|-|-|-|5\n"         /* O2: progress among them */
    "1|2025-12-07|call|R2|refusal|O3|-|-|-|6\n"                                                     /* O3: refused */
    "1|2025-12-08|call|-|advance|-|0|trial|2026-01-05|7\n"                                          /* no rep, no opportunity, not confirmed */
    "1|2026-01-01|call|R2|order|O2|-|-|-|8\n1|2024-12-31|call|R2|order|O2|-|-|-|9\n"                 /* after D; out of the window */
    "1|2025-12-09|mail|R2|-|O2|-|-|-|10\n9|2025-12-09|call|R2|order|-|-|-|-|11\n-|2025-12-09|call|R2|order|-|-|-|-|12\n1|2025-12-09|call|R2|great|-|-|-|-|13";
static const char opps_text[] = "0|O1|one|open|R1\n1|O2|two|open|R2\n1|O3|three|open|R2\n0|O4|four|open|-\n0|O5|five|won|R1";

static void fixture(kam_table **acc, kam_table **talks, kam_table **opps)
{
    *acc = build_accounts("A B");
    *talks = build_table(TALKS, talks_text);
    *opps = build_table(OPPS, opps_text);
}

/* R1: 3 talks, 1 advance: 1/3, Wilson 95 % = (.0615, .7923). R2: order, continuation, refusal: 1/3. Nobody: 1 of 1. */
static void rates(void **state)
{
    (void)state;
    kam_table *acc, *talks, *opps, *t;
    fixture(&acc, &talks, &opps);
    calc_facts f = {.accounts = acc, .opportunities = opps};
    calc_outcomes_params p = CALC_OUTCOMES_PARAMS(day_of("2025-12-31"), CALC_EN);
    assert_int_equal(calc_outcomes(&f, talks, CALC_OUTCOMES_REP, &p, &t, NULL), KAM_OK);
    assert_int_equal(kam_table_rows(t), 3);
    assert_cell(t, 0, "rep", "R1");
    assert_cell(t, 0, "talks", "3");
    assert_cell(t, 0, "advances", "1");
    assert_true(fabs(real_of(t, 0, "advance_low") - 0.0615) < 1e-4 && fabs(real_of(t, 0, "advance_high") - 0.7923) < 1e-4);
    assert_cell(t, 1, "orders", "1");
    assert_cell(t, 1, "refusals", "1");
    assert_cell(t, 2, "rep", "-");
    assert_cell(t, 2, "unconfirmed", "1");
    assert_cell(t, 0, "unconfirmed", "0");
    assert_int_equal(sum_of(t, "talks"), 7);
    kam_table_unref(t);
    assert_int_equal(calc_outcomes(&f, talks, CALC_OUTCOMES_ACCOUNT, &p, &t, NULL), KAM_OK);
    assert_cell(t, 1, "account", "B");
    assert_cell(t, 1, "talks", "4");
    kam_table_unref(t);
    assert_int_equal(calc_outcomes(&f, talks, CALC_OUTCOMES_ALL, &p, &t, NULL), KAM_OK);
    assert_cell(t, 0, "talks", "7");
    kam_table_unref(t);
    kam_table_unref(acc);
    kam_table_unref(talks);
    kam_table_unref(opps);
}

static void flags(void **state)
{
    (void)state;
    kam_table *acc, *talks, *opps, *t;
    fixture(&acc, &talks, &opps);
    calc_facts f = {.accounts = acc, .opportunities = opps};
    calc_outcomes_params p = CALC_OUTCOMES_PARAMS(day_of("2025-12-31"), CALC_EN);
    assert_int_equal(calc_outcomes_deals(&f, talks, &p, &t, NULL), KAM_OK);
    assert_int_equal(kam_table_rows(t), 4); /* open ones */
    assert_cell(t, 0, "flag", "continuation-only");
    assert_cell(t, 0, "why", "2 talks in the last 60 days, kind words only; the customer did nothing");
    assert_cell(t, 0, "last_progress", "2025-11-01");
    assert_cell(t, 1, "flag", "-");
    assert_cell(t, 1, "why", "the customer acted on 2025-12-05: an order");
    assert_cell(t, 2, "why", "refused on 2025-12-07");
    assert_cell(t, 3, "why", "not talked about in the last 60 days");
    assert_cell(t, 3, "last_talk", "-");
    assert_string_equal(kam_table_note(t, 0), "talks in the last 60 days that name no opportunity: 1");
    kam_table_unref(t);
    assert_int_equal(calc_outcomes_flags(&f, talks, &p, &t, NULL), KAM_OK);
    assert_int_equal(kam_table_rows(t), 2);
    assert_cell(t, 0, "opportunity", "O1");
    assert_cell(t, 0, "interaction", "1");
    assert_cell(t, 1, "flag", "unconfirmed");
    assert_cell(t, 1, "interaction", "7");
    assert_cell(t, 1, "next_step", "trial");
    kam_table_unref(t);
    p.continuation_days = 61; /* the advance of 11-01 comes in: no flag */
    p.lang = CALC_ZH;
    assert_int_equal(calc_outcomes_deals(&f, talks, &p, &t, NULL), KAM_OK);
    assert_cell(t, 0, "flag", "-");
    assert_cell(t, 0, "why", "客户于 2025-11-01 有行动：进展");
    kam_table_unref(t);
    kam_table_unref(acc);
    kam_table_unref(talks);
    kam_table_unref(opps);
}

static void nobody(void **state)
{
    (void)state;
    kam_table *acc = build_accounts(""), *t;
    calc_facts f = {.accounts = acc};
    calc_outcomes_params p = CALC_OUTCOMES_PARAMS(day_of("2025-12-31"), CALC_EN);
    assert_int_equal(calc_outcomes(&f, NULL, CALC_OUTCOMES_REP, &p, &t, NULL), KAM_OK);
    assert_int_equal(kam_table_rows(t), 0);
    kam_table_unref(t);
    assert_int_equal(calc_outcomes(&f, NULL, CALC_OUTCOMES_ALL, &p, &t, NULL), KAM_OK);
    assert_cell(t, 0, "talks", "0");
    assert_cell(t, 0, "advance_rate", "-");
    kam_table_unref(t);
    assert_int_equal(calc_outcomes_flags(&f, NULL, &p, &t, NULL), KAM_OK);
    assert_int_equal(kam_table_rows(t), 0);
    kam_table_unref(t);
    kam_table *bad = build_table("row:int", "0");
    assert_int_equal(calc_outcomes(&f, bad, CALC_OUTCOMES_REP, &p, &t, NULL), KAM_CALC);
    kam_table_unref(bad);
    kam_table_unref(acc);
}

/* The order of rows does not matter, and all groups together are all talks. */
static void order_of_rows(void **state)
{
    (void)state;
    uint64_t seed = 2;
    kam_table *acc = build_accounts("A B C"), *a, *b, *all;
    kam_str rows = KAM_STR_INIT;
    for (int i = 0; i < 300; i++)
        kam_str_addf(&rows, "%s%d|2025-%02d-%02d|call|R%d|%s|-|-|-|-|%d", i ? "\n" : "", (int)(rnd(&seed) % 3), 1 + (int)(rnd(&seed) % 12),
                     1 + (int)(rnd(&seed) % 28), (int)(rnd(&seed) % 5), calc_outcome_keys[rnd(&seed) % 4], i);
    kam_table *talks = build_table(TALKS, kam_str_cstr(&rows)), *back = reversed_table(talks);
    calc_facts f = {.accounts = acc};
    calc_outcomes_params p = CALC_OUTCOMES_PARAMS(day_of("2025-12-31"), CALC_EN);
    assert_int_equal(calc_outcomes(&f, talks, CALC_OUTCOMES_REP, &p, &a, NULL), KAM_OK);
    assert_int_equal(calc_outcomes(&f, back, CALC_OUTCOMES_REP, &p, &b, NULL), KAM_OK);
    assert_null(difference(a, b, "rep"));
    assert_int_equal(calc_outcomes(&f, talks, CALC_OUTCOMES_ALL, &p, &all, NULL), KAM_OK);
    assert_int_equal(sum_of(a, "talks"), sum_of(all, "talks"));
    assert_int_equal(sum_of(a, "continuations"), sum_of(all, "continuations"));
    kam_table_unref(all);
    kam_table_unref(a);
    kam_table_unref(b);
    kam_table_unref(talks);
    kam_table_unref(back);
    kam_table_unref(acc);
    kam_str_release(&rows);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(rates), cmocka_unit_test(flags), cmocka_unit_test(nobody), cmocka_unit_test(order_of_rows)};
    return cmocka_run_group_tests_name("calc_outcomes", tests, NULL, NULL);
}

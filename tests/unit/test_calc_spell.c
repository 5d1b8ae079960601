/* SPDX-License-Identifier: GPL-3.0-or-later */
/* When an account is ours and when it is lost (A4, day by day). */
#include "unit.h"
#include "calc_build.h"
#include "calc_lifecycle.h"
#include "calc_spell.h"

static const calc_spell_rule RULE = {365, 3.0};

/* One purchase 2020-01-01: silent 365 days on 2020-12-31 (2020 is a leap year: day 365 after is 2020-12-31), lost on 2021-01-01. Two purchases
 * 200 days apart: 3 × 200 = 600 days allowed, lost on day 601 after the second. */
static void by_hand(void **state)
{
    (void)state;
    kam_ledger l = build_ledger("2020-01-01 100\n2020-01-01 100 2020-07-19 100\n2020-01-01 -5\n\n2020-01-01 100 2021-06-01 50\n");
    calc_spell s;
    calc_spell_walk w = {0};
    assert_true(calc_spell_next(&l, 0, &RULE, day_of("2021-01-01"), &w, &s));
    assert_int_equal(s.from, day_of("2020-01-01"));
    assert_int_equal(s.lost, day_of("2021-01-01"));
    assert_false(calc_spell_next(&l, 0, &RULE, day_of("2021-01-01"), &w, &s));
    assert_true(calc_spell_ours(&l, 0, &RULE, day_of("2020-12-31")));
    assert_false(calc_spell_ours(&l, 0, &RULE, day_of("2021-01-01")));
    assert_false(calc_spell_ours(&l, 0, &RULE, day_of("2019-12-31"))); /* had not bought */
    assert_true(calc_spell_ours(&l, 1, &RULE, day_of("2020-07-19") + 600));
    assert_false(calc_spell_ours(&l, 1, &RULE, day_of("2020-07-19") + 601));
    assert_false(calc_spell_ours(&l, 2, &RULE, day_of("2020-02-01"))); /* a refund is no purchase */
    assert_false(calc_spell_ours(&l, 3, &RULE, day_of("2020-02-01")));
    w = (calc_spell_walk){0}; /* lost, then won back: two spells */
    assert_true(calc_spell_next(&l, 4, &RULE, day_of("2021-12-31"), &w, &s));
    assert_int_equal(s.lost, day_of("2021-01-01"));
    assert_true(calc_spell_next(&l, 4, &RULE, day_of("2021-12-31"), &w, &s));
    assert_int_equal(s.from, day_of("2021-06-01"));
    assert_int_equal(s.lost, CALC_SPELL_NEVER);
    assert_false(calc_spell_next(&l, 4, &RULE, day_of("2021-12-31"), &w, &s));
    kam_ledger_release(&l);
}

/* A purchase on the very day that would have been the first lost one: never lost. */
static void on_the_day(void **state)
{
    (void)state;
    kam_ledger l = build_ledger("2020-01-01 100 2021-01-01 100\n2020-01-01 100 2021-01-02 100\n");
    calc_spell s;
    calc_spell_walk w = {0};
    assert_true(calc_spell_next(&l, 0, &RULE, day_of("2021-02-01"), &w, &s));
    assert_int_equal(s.lost, CALC_SPELL_NEVER);
    w = (calc_spell_walk){0};
    assert_true(calc_spell_next(&l, 1, &RULE, day_of("2021-02-01"), &w, &s));
    assert_int_equal(s.lost, day_of("2021-01-01"));
    kam_ledger_release(&l);
}

/* On every day of three years the life cycle says the same of 60 random accounts. */
static void as_the_life_cycle(void **state)
{
    (void)state;
    uint64_t seed = 7;
    kam_day asof = day_of("2025-12-31");
    kam_ledger l = random_ledger(60, asof - 400, &seed);
    kam_table *acc = random_accounts(60), *t;
    size_t lost_days = 0;
    for (kam_day d = asof - 1100; d <= asof; d += 11) {
        calc_lifecycle_params p = CALC_LIFECYCLE_PARAMS(d, CALC_EN);
        kam_ledger cut = l; /* the method wants days ≤ D: cut each account's entries */
        cut.start = kam_calloc(l.n_accounts + 1, sizeof *cut.start);
        cut.day = kam_calloc(l.n_entries + 1, sizeof *cut.day);
        cut.net_minor = kam_calloc(l.n_entries + 1, sizeof *cut.net_minor);
        cut.margin_minor = NULL, cut.margin_missing = NULL, cut.n_entries = 0;
        for (size_t i = 0; i < l.n_accounts; i++) {
            for (size_t k = l.start[i]; k < l.start[i + 1]; k++) {
                if (l.day[k] > d) continue;
                cut.day[cut.n_entries] = l.day[k];
                cut.net_minor[cut.n_entries++] = l.net_minor[k];
            }
            cut.start[i + 1] = cut.n_entries;
        }
        assert_int_equal(calc_lifecycle(&(calc_facts){.accounts = acc, .ledger = &cut}, &p, &t, NULL), KAM_OK);
        for (size_t i = 0; i < 60; i++) {
            bool ours = strcmp(cell_of(t, i, "phase"), "relationship") == 0;
            assert_int_equal(calc_spell_ours(&l, i, &RULE, d), ours);
            lost_days += strcmp(cell_of(t, i, "phase"), "lost") == 0;
        }
        kam_table_unref(t);
        kam_ledger_release(&cut);
    }
    assert_true(lost_days > 100); /* else nothing was tried */
    kam_table_unref(acc);
    kam_ledger_release(&l);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(by_hand), cmocka_unit_test(on_the_day), cmocka_unit_test(as_the_life_cycle)};
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}

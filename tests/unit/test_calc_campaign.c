/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Campaigns by hand. Intervals: Newcombe's against his own example (Statistics in Medicine 17, 1998, p. 873: 56/70 − 48/80, method 10:
 * 0.0524 to 0.3339); Welch's against a numerical integration of Student's density (Python 3.11, Simpson's rule, bisection), run once. */
#include "unit.h"
/* after unit.h */
#include "calc_build.h"
#include "calc_campaign.h"
#include <math.h>

static void intervals(void **state)
{
    (void)state;
    double low, high;
    assert_true(calc_newcombe(56, 70, 48, 80, .95, &low, &high));
    assert_true(fabs(low - .0524) < 5e-5 && fabs(high - .3339) < 5e-5);
    assert_false(calc_newcombe(0, 0, 1, 2, .95, &low, &high));
    /* changes 10 20 30 and 0 2 4 6: means 20 and 3, squared deviations 200 and 20, df 2.2013, t(.9) 1.81196 */
    assert_true(calc_welch(3, 20, 200, 4, 3, 20, .8, &low, &high));
    assert_true(fabs(low - 6.2803257149459775) < 1e-6 && fabs(high - 27.719674285054023) < 1e-6);
    assert_true(calc_welch(2, 5, 0, 2, 3, 0, .8, &low, &high)); /* no spread: the difference itself */
    assert_true(low == 2 && high == 2);
    assert_false(calc_welch(1, 5, 0, 9, 3, 1, .8, &low, &high));
}

#define MAIL "mailing:text name:text date:day cost:money"
#define TO "row:int mailing:text contact:text sent_on:day responded:flag"

/* D = 2025-06-30, 10 days. M1 of 2025-06-01: A touched on the 3rd (and again on the 5th), B on the 4th, C and D not; E not known yet.
 * A: days (3, 13]: buys 50 on the 13th, before (24 May, 3 June] 20 on the 3rd: change 30, one order. B: nothing, before 10: −10.
 * C: days (1, 11]: 7 on the 11th and 5 on the 2nd; before (22 May, 1 June]: 0: change 12. D: a return of −4 on the 5th: −4, no order.
 * Orders 1 of 2 against 1 of 2; mean change 10 against 4: uplift 6 an account, 12 in all. */
typedef struct world {
    kam_table *acc, *mail, *to;
    kam_ledger l;
    calc_campaign_in in;
} world;

static world make(void)
{
    world w = {build_table("account:text name:text known_since:day", "A|a|-\nB|b|2025-01-01\nC|c|-\nD|d|2025-06-01\nE|e|2025-06-02"),
               build_table(MAIL, "M1|Spring|2025-06-01|9000\nM2|Empty|2025-06-02|-\nM3|Undated|-|100"),
               build_table(TO, "0|M1|A1|2025-06-05|0\n0|M1|A2|2025-06-03|1\n1|M1|B1|2025-06-04|0\n0|M3|A1|2025-06-28|0\n2|M1|C9|2025-07-01|1\n9|M1|X|2025-06-01|1"),
               build_ledger("2025-05-24 99 2025-06-03 20 2025-06-13 50 2025-06-14 70\n2025-05-26 4 2025-06-04 6\n2025-06-02 5 2025-06-11 7 2025-06-12 9\n"
                            "2025-06-05 -4\n2025-06-10 1000\n"),
               {{0}, NULL, NULL}};
    return w;
}
static void aim(world *w)
{
    w->in = (calc_campaign_in){{.accounts = w->acc, .ledger = &w->l}, w->mail, w->to};
}
static void done(world *w)
{
    kam_table_unref(w->acc);
    kam_table_unref(w->mail);
    kam_table_unref(w->to);
    kam_ledger_release(&w->l);
}
static double measure(const kam_table *m, const char *name, const char *column) { return real_of(m, row_where(m, "measure", name), column); }

static void by_hand(void **state)
{
    (void)state;
    world w = make();
    kam_table *t, *m;
    aim(&w);
    calc_campaign_params p = CALC_CAMPAIGN_PARAMS(day_of("2025-06-30"), CALC_EN);
    p.days = 10;
    assert_int_equal(calc_campaign_accounts(&w.in, &p, 0, &t, NULL), KAM_OK);
    static const struct { const char *account, *touched, *responded, *from, *until, *orders, *revenue, *before; } want[] = {
        {"A", "1", "1", "2025-06-03", "2025-06-13", "1", "0.50", "0.20"}, {"B", "1", "0", "2025-06-04", "2025-06-14", "0", "0.00", "0.10"},
        {"C", "0", "-", "2025-06-01", "2025-06-11", "2", "0.12", "0.00"}, {"D", "0", "-", "2025-06-01", "2025-06-11", "0", "-0.04", "0.00"}};
    assert_int_equal(kam_table_rows(t), COUNT_OF(want));
    for (size_t i = 0; i < COUNT_OF(want); i++) {
        assert_cell(t, i, "account", want[i].account);
        assert_cell(t, i, "touched", want[i].touched);
        assert_cell(t, i, "responded", want[i].responded);
        assert_cell(t, i, "from", want[i].from);
        assert_cell(t, i, "until", want[i].until);
        assert_cell(t, i, "orders", want[i].orders);
        assert_cell(t, i, "revenue", want[i].revenue);
        assert_cell(t, i, "before", want[i].before);
    }
    kam_table_unref(t);
    assert_int_equal(calc_campaign_measures(&w.in, &p, 0, &m, NULL), KAM_OK);
    assert_true(measure(m, "contacts", "value") == 3);
    assert_true(measure(m, "accounts", "value") == 2 && measure(m, "untouched", "value") == 2);
    assert_true(fabs(measure(m, "response_rate", "value") - 1.0 / 3) < 1e-12);
    assert_true(measure(m, "order_rate", "value") == .5 && measure(m, "difference", "value") == 0);
    assert_true(fabs(measure(m, "difference", "low") + measure(m, "difference", "high")) < 1e-12);
    assert_true(fabs(measure(m, "uplift_account", "value") - .06) < 1e-12);
    assert_true(fabs(measure(m, "uplift", "value") - .12) < 1e-12);
    assert_true(measure(m, "cost_per_contact", "value") == 30 && measure(m, "cost_per_order", "value") == 90 && measure(m, "cost_per_response", "value") == 90);
    assert_cell(m, row_where(m, "measure", "cost_per_extra_order"), "value", "-"); /* no extra order */
    assert_true(fabs(measure(m, "return", "value") - .12 / 90) < 1e-12);
    kam_table_unref(m);
    assert_int_equal(calc_campaign(&w.in, &p, &t, NULL), KAM_OK);
    assert_int_equal(kam_table_rows(t), 3);
    assert_cell(t, 0, "contacts", "3");
    assert_cell(t, 0, "uplift", "0.12");
    assert_cell(t, 0, "complete", "1");
    assert_cell(t, 1, "contacts", "0"); /* nothing sent: nothing known */
    assert_cell(t, 1, "order_rate", "-");
    assert_cell(t, 1, "uplift", "-");
    assert_cell(t, 1, "complete", "-");
    assert_cell(t, 2, "complete", "0"); /* 2 of 10 days */
    assert_cell(t, 2, "uplift_low", "-"); /* one touched account */
    assert_cell(t, 2, "cost_per_order", "-");
    assert_int_equal(kam_table_notes(t), 2);
    kam_table_unref(t);
    /* seen from 5 June: A's second mail and B's are there, D's return too, and the days are cut on both sides */
    p.asof = day_of("2025-06-05");
    assert_int_equal(calc_campaign_accounts(&w.in, &p, 0, &t, NULL), KAM_OK);
    assert_cell(t, 0, "until", "2025-06-05");
    assert_cell(t, 0, "before", "0.20"); /* (1, 3] */
    assert_cell(t, 3, "revenue", "-0.04");
    kam_table_unref(t);
    done(&w);
}

static void nobody(void **state)
{
    (void)state;
    world w = {build_accounts(""), build_table(MAIL, ""), build_table(TO, ""), build_ledger(""), {{0}, NULL, NULL}};
    kam_table *t;
    aim(&w);
    calc_campaign_params p = CALC_CAMPAIGN_PARAMS(day_of("2025-06-30"), CALC_ZH);
    assert_int_equal(calc_campaign(&w.in, &p, &t, NULL), KAM_OK);
    assert_int_equal(kam_table_rows(t), 0);
    kam_table_unref(t);
    kam_table_unref(w.mail);
    w.mail = build_table("mailing:text", "M");
    aim(&w);
    kam_err err = KAM_ERR_INIT;
    assert_int_equal(calc_campaign(&w.in, &p, &t, &err), KAM_CALC);
    done(&w);
    /* everybody touched: no one to compare with */
    w = (world){build_accounts("A"), build_table(MAIL, "M|m|2025-01-01|-"), build_table(TO, "0|M|A1|2025-01-01|1"), build_ledger("2025-01-05 5\n"), {{0}, NULL, NULL}};
    aim(&w);
    assert_int_equal(calc_campaign(&w.in, &p, &t, NULL), KAM_OK);
    assert_cell(t, 0, "order_rate", "1");
    assert_cell(t, 0, "difference", "-");
    assert_cell(t, 0, "difference_low", "-");
    assert_cell(t, 0, "uplift", "-");
    kam_table_unref(t);
    done(&w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(intervals), cmocka_unit_test(by_hand), cmocka_unit_test(nobody)};
    return cmocka_run_group_tests_name("calc_campaign", tests, NULL, NULL);
}

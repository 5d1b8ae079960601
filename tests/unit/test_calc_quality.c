/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A6: quality, poor flags, risks of large accounts, small but good. D = 2025-12-31; the window begins 2025-01-01. */
#include "unit.h"
#include "calc_build.h"
#include "calc_quality.h"
#include <math.h>

#define assert_near(got, want) assert_true(fabs((got) - (want)) < 1e-9)
#define MARKS "row:int criterion:text date:day mark:real"

typedef struct world {
    kam_table *accounts, *marks, *risks, *payments, *exceptions, *invoices, *surveys, *costs, *sightings;
    kam_ledger ledger;
    double *alive, *before, *lifetime;
} world;

static kam_table *run(world *w, const calc_quality_params *p)
{
    size_t n = kam_table_rows(w->accounts);
    calc_facts f = {.accounts = w->accounts, .ledger = &w->ledger, .invoices = w->invoices, .surveys = w->surveys,
                    .service_costs = w->costs, .sightings = w->sightings};
    calc_marks m, r;
    kam_table *t = NULL;
    assert_int_equal(calc_marks_read(calc_card_find("quality"), w->marks, n, &m, NULL), KAM_OK);
    assert_int_equal(calc_marks_read(calc_card_find("risks"), w->risks, n, &r, NULL), KAM_OK);
    calc_quality_facts q = {w->payments, w->exceptions, &r, w->alive, w->before, w->lifetime};
    assert_int_equal(calc_quality(&f, &q, p, &m, &t, NULL), KAM_OK);
    calc_marks_release(&m);
    calc_marks_release(&r);
    return t;
}

static void drop(world *w)
{
    kam_table *const t[] = {w->accounts, w->marks, w->risks, w->payments, w->exceptions, w->invoices, w->surveys, w->costs, w->sightings};
    for (size_t i = 0; i < COUNT_OF(t); i++) kam_table_unref(t[i]);
    kam_ledger_release(&w->ledger);
}

/* Four accounts of the window: A sells 1,000 with margin 400 (rate .4), B 1,000 with 300 (.3), C 1,000 with 300 (.3), D nothing.
 * Margin rates .4 .3 .3: mid-ranks 3, 1.5, 1.5 of 3, marks 10·(3−½)/3 = 8.3333 and 10·(1.5−½)/3 = 3.3333.
 * Delays: A 30 days in 10 lines = 3, B 0: reversed, B best: ranks A 2, B 1 of 2: A 10·(1−1.5/2) = 2.5, B 10·(1−.5/2) = 7.5.
 * margin-payment: A (8.3333+2.5)/2 = 5.416667, B (3.3333+7.5)/2 = 5.416667, C 3.333333 (rate only).
 * Cost to serve: A 100 → .1, B 300 → .3: reversed marks A 7.5, B 2.5; the 999 to attract A are no cost to serve. C has no cost on
 * record: missing, not 0.
 * P(alive): A .9, B .5, C .5: A 8.3333, B and C 3.3333; no growth. loyalty = that.
 * A: entered buying-power 8 (the later of two; a mark after D does not come here), teaches missing; a mark of `loyalty` entered as 1
 *   gives way to the data. quality = (25·8 + 25·5.416667 + 20·7.5 + 20·8.333333) / 90 = 652.083333/90 = 7.245370, coverage .9.
 * B: (25·5.416667 + 20·2.5 + 20·3.333333)/65 = 252.083333/65 = 3.878205, coverage .65. D: nothing known. */
static void by_hand(void **state)
{
    (void)state;
    double alive[] = {.9, .5, .5, NAN};
    world w = {.accounts = build_accounts("A B C D"),
               .ledger = build_ledger("2025-03-01 100000/40000\n2025-03-01 100000/30000\n2025-03-01 100000/30000\n\n"),
               .marks = build_table(MARKS, "0|buying-power|2025-01-01|2\n0|buying-power|2025-06-01|8\n0|loyalty|2025-06-01|1\n"
                                           "0|nonsense|2025-06-01|1\n1|teaches|2025-06-01|99"),
               .payments = build_table("row:int invoices:int delay_days:int", "0|10|30\n1|4|0"),
               .costs = build_table("row:int date:day kind:text amount:money",
                                    "0|2025-04-01|serve|4000\n0|2025-04-01|maintain|6000\n0|2025-04-01|attract|99900\n"
                                    "1|2025-04-01|serve|30000\n2|2024-04-01|serve|777"),
               .alive = alive};
    calc_quality_params p = CALC_QUALITY_PARAMS(day_of("2025-12-31"), CALC_EN);
    kam_table *t = run(&w, &p);
    assert_near(real_of(t, 0, "margin_payment"), 65.0 / 12);
    assert_near(real_of(t, 1, "margin_payment"), 65.0 / 12);
    assert_near(real_of(t, 2, "margin_payment"), 10.0 / 3);
    assert_near(real_of(t, 0, "cost_to_serve"), 7.5);
    assert_near(real_of(t, 1, "cost_to_serve"), 2.5);
    assert_cell(t, 2, "cost_to_serve", "-");
    assert_near(real_of(t, 0, "loyalty"), 25.0 / 3);
    assert_near(real_of(t, 0, "quality"), (200 + 25 * 65.0 / 12 + 150 + 500.0 / 3) / 90);
    assert_near(real_of(t, 0, "coverage"), 0.9);
    assert_near(real_of(t, 1, "quality"), (25 * 65.0 / 12 + 50 + 200.0 / 3) / 65);
    assert_cell(t, 0, "how", "e m m m -");
    assert_cell(t, 1, "how", "- m m m -"); /* a mark out of range is none */
    assert_cell(t, 0, "class", "good");
    assert_cell(t, 0, "why", "quality 7.2 of 10, from 90 % of the card");
    assert_cell(t, 3, "class", "-");
    assert_cell(t, 3, "quality", "-");
    assert_cell(t, 3, "coverage", "0");
    assert_cell(t, 3, "why", "nothing is known of it yet");
    assert_near(real_of(t, 0, "payment_delay"), 3);
    assert_near(real_of(t, 1, "serve_rate"), 0.3);
    kam_table_unref(t);
    p.good = 7.3; /* another setting, another class */
    p.lang = CALC_ZH;
    t = run(&w, &p);
    assert_cell(t, 0, "class", "fair");
    assert_cell(t, 0, "why", "质量分 7.2（满分 10），依据评分卡的 90 %");
    kam_table_unref(t);
    drop(&w);
}

/* P(alive) of A and B agrees to ten digits, as fits in days and in weeks do: equal ranks, 1.5 of 3 both, whichever is the greater by that much,
 * and equal cells. C is told apart. */
static void unit_of_time(void **state)
{
    (void)state;
    char first[3][32];
    for (int k = 0; k < 2; k++) {
        double alive[] = {k ? .40000000001 : .4, k ? .4 : .40000000002, .4001}, before[] = {.6000000000001, .6, .5};
        world w = {.accounts = build_accounts("A B C"), .ledger = build_ledger("2024-01-01 100\n2024-01-01 100\n2024-01-01 100\n"),
                   .alive = alive, .before = before};
        calc_quality_params p = CALC_QUALITY_PARAMS(day_of("2025-12-31"), CALC_EN);
        kam_table *t = run(&w, &p);
        static const double mark[] = {10.0 / 3, 10.0 / 3, 25.0 / 3};
        for (size_t i = 0; i < 3; i++) {
            assert_near(real_of(t, i, "loyalty"), mark[i]);
            if (!k) snprintf(first[i], sizeof first[i], "%s", cell_of(t, i, "p_alive"));
            else assert_cell(t, i, "p_alive", first[i]);
        }
        assert_cell(t, 0, "p_alive_before", "0.6");
        kam_table_unref(t);
        drop(&w);
    }
}

/* Flags, one account each. S: revenue 10 at or below the middle of (10 100 100 100 100 5000) = 100, cost to serve 3 > .2·10. N: only
 * costs, bought before the window. D: noted. I: three invoices overdue, one of two lines, and one not due. J: only two. O: off strategy.
 * U: three surveys below. V: entered 7. W: the newest is met. */
static void poor_flags(void **state)
{
    (void)state;
    world w = {
        .accounts = build_table("account:text name:text bad_debt:flag off_strategy:flag",
                                "D|d|1|0\nI|i|0|0\nJ|j|0|-\nN|n|-|-\nO|o|0|1\nS|s|0|0\nU|u|0|0\nV|v|0|0\nW|w|0|0"),
        .ledger = build_ledger("2025-03-01 10000\n2025-03-01 10000\n2025-03-01 10000\n2024-03-01 10000\n2025-03-01 10000\n2025-03-01 1000\n"
                               "2025-03-01 500000\n\n\n"),
        .costs = build_table("row:int date:day kind:text amount:money", "5|2025-04-01|serve|300\n3|2025-04-01|maintain|1\n6|2025-04-01|serve|400000"),
        .invoices = build_table("row:int due:day paid_on:day date:day invoice_no:text amount:money",
                                "1|2025-10-01|-|2025-09-01|F1|100\n1|2025-10-01|-|2025-09-01|F1|100\n1|2025-11-01|-|2025-10-01|F2|100\n"
                                "1|2025-12-01|-|2025-11-01|-|100\n1|2026-01-05|-|2025-12-05|F9|100\n2|2025-10-01|-|2025-09-01|F3|100\n"
                                "2|2025-10-01|-|2025-09-01|F3|100\n2|2025-12-30|-|2025-12-01|F4|100\n2|2025-12-31|-|2025-12-01|F5|100"),
        .surveys = build_table("row:int date:day expectation:real perceived:real",
                               "6|2025-01-01|7|6\n6|2025-05-01|7|5\n6|2025-09-01|7|3\n8|2025-01-01|7|3\n8|2025-05-01|7|3\n8|2025-07-01|7|3\n8|2025-09-01|7|7"),
        .risks = build_table(MARKS, "7|unhappy|2025-06-01|7\n8|unhappy|2025-06-01|6.9")};
    calc_quality_params p = CALC_QUALITY_PARAMS(day_of("2025-12-31"), CALC_EN);
    kam_table *t = run(&w, &p);
    const char *const flag[][2] = {{"D", "bad_debt"}, {"I", "bad_debt"}, {"J", NULL}, {"N", "small_slice"}, {"O", "off_strategy"},
                                   {"S", "small_slice"}, {"U", "unhappy"}, {"V", "unhappy"}, {"W", NULL}};
    static const char *const all[] = {"small_slice", "bad_debt", "off_strategy", "unhappy"};
    for (size_t i = 0; i < COUNT_OF(flag); i++)
        for (size_t k = 0; k < COUNT_OF(all); k++) {
            bool on = flag[i][1] && strcmp(flag[i][1], all[k]) == 0;
            if (strcmp(cell_of(t, i, all[k]), on ? "1" : "0") != 0) fail_msg("%s of %s", all[k], flag[i][0]);
            if (on) assert_cell(t, i, "class", "poor");
        }
    assert_cell(t, 1, "overdue", "3");
    assert_cell(t, 2, "overdue", "2"); /* due on D is not overdue */
    assert_cell(t, 6, "why", "unhappy after every effort; quality 2.5 of 10, from 20 % of the card");
    kam_table_unref(t);
    p.stop_invoices = 2;
    t = run(&w, &p);
    assert_cell(t, 2, "bad_debt", "1");
    kam_table_unref(t);
    drop(&w);
}

/* Ten buyers of 100 … 1,000: the top 20 % are I and J (and nobody tied with them). J: a receivable of 90 days is none, of 91 is one; I: 31 % of
 * the year. Margin rate of all: J .1, the others .4: Σ margin = .4·4500 + .1·1000 = 1900 of 5500 = .34545; J is below half of it. */
static void large_accounts(void **state)
{
    (void)state;
    double alive[] = {1, 1, 1, 1, 1, 1, 1, 1, .5, .9}, before[] = {0, 1, 1, 1, 1, 1, 1, 1, .71, 1}, value[] = {9, 1, 2, 3, 4, 5, 6, 7, 8, 10};
    world w = {.accounts = build_accounts("A B C D E F G H I J"),
               .ledger = build_ledger("2025-03-01 100/40\n2025-03-01 200/80\n2025-03-01 300/120\n2025-03-01 400/160\n2025-03-01 500/200\n"
                                      "2025-03-01 600/240\n2025-03-01 700/280\n2025-03-01 800/320\n2025-03-01 900/360\n2025-03-01 1000/100\n"),
               .invoices = build_table("row:int due:day paid_on:day date:day invoice_no:text amount:money",
                                       "9|2025-12-30|-|2025-10-02|F1|5\n8|2026-01-30|-|2025-12-30|F2|280\n0|2025-01-30|-|2025-01-02|F3|100"),
               .exceptions = build_table("row:int date:day approved:flag", "9|2025-02-01|1\n8|2025-02-01|0\n0|2025-02-01|0\n9|2024-12-31|0"),
               .sightings = build_table("row:int date:day kind:text truth:text", "9|2025-05-01|rumour|false\n9|2024-05-01|order|true"),
               .marks = build_table(MARKS, "0|buying-power|2025-06-01|10\n0|teaches|2025-06-01|10\n1|buying-power|2025-06-01|10"),
               .alive = alive,
               .before = before,
               .lifetime = value};
    calc_quality_params p = CALC_QUALITY_PARAMS(day_of("2025-12-31"), CALC_EN);
    kam_table *t = run(&w, &p);
    for (size_t i = 0; i < 8; i++) assert_cell(t, i, "large", "0");
    assert_cell(t, 7, "risk_churn", "-"); /* not large: no question */
    assert_cell(t, 8, "large", "1");
    assert_cell(t, 9, "risk_financial", "0"); /* 90 days are not more than 90 */
    assert_cell(t, 8, "risk_financial", "1"); /* 280 > .3 · 900 */
    assert_cell(t, 9, "risk_profit", "1");
    assert_cell(t, 8, "risk_profit", "0");
    assert_cell(t, 9, "risk_management", "0");
    assert_cell(t, 8, "risk_management", "1");
    assert_cell(t, 9, "risk_churn", "0"); /* .1 is no fall, the sighting false or old */
    assert_cell(t, 8, "risk_churn", "1"); /* fell by .21 */
    /* A: lifetime value 9 of ten, rank 9: (9 − ½)/10 = 85 ≥ 80. */
    assert_near(real_of(t, 0, "lifetime_percentile"), 85);
    p.good = 5;
    kam_table_unref(t);
    t = run(&w, &p);
    assert_cell(t, 0, "small_good", "1");
    assert_cell(t, 1, "small_good", "0"); /* percentile 5 */
    assert_cell(t, 9, "small_good", "0"); /* large */
    kam_table_unref(t);
    p.receivable_days = 89;
    p.churn_drop = 0.22;
    t = run(&w, &p);
    assert_cell(t, 9, "risk_financial", "1");
    assert_cell(t, 8, "risk_churn", "0");
    kam_table *m;
    assert_int_equal(calc_quality_measures(t, &m, NULL), KAM_OK);
    assert_cell(m, row_where(m, "measure", "large_at_risk"), "value", "2");
    assert_cell(m, row_where(m, "measure", "large_at_risk"), "n", "2");
    assert_cell(m, row_where(m, "measure", "small_good"), "value", "1");
    kam_table_unref(m);
    kam_table_unref(t);
    drop(&w);
}

static void none_and_one(void **state)
{
    (void)state;
    world w = {.accounts = build_accounts(""), .ledger = build_ledger("")};
    calc_quality_params p = CALC_QUALITY_PARAMS(day_of("2025-12-31"), CALC_EN);
    kam_table *t = run(&w, &p), *s, *m;
    assert_int_equal(kam_table_rows(t), 0);
    assert_int_equal(calc_class_summary(t, "class", "window_revenue", calc_quality_classes, &s, NULL), KAM_OK);
    assert_int_equal(kam_table_rows(s), 3);
    assert_cell(s, 0, "count", "0");
    assert_int_equal(calc_quality_measures(t, &m, NULL), KAM_OK);
    assert_cell(m, row_where(m, "measure", "quality_mean"), "value", "-");
    kam_table_unref(m);
    kam_table_unref(s);
    kam_table_unref(t);
    drop(&w);
    /* One account: its margin rate is the middle of itself, mark 10·(1−½)/1 = 5. */
    w = (world){.accounts = build_accounts("A"), .ledger = build_ledger("2025-03-01 100/40\n")};
    t = run(&w, &p);
    assert_near(real_of(t, 0, "quality"), 5);
    assert_near(real_of(t, 0, "coverage"), 0.25);
    assert_cell(t, 0, "large", "1");
    kam_table_unref(t);
    drop(&w);
}

/* Marks lie within 0 … 10, equal values get equal marks, and the order of the rows of a fact does not matter. */
static void properties(void **state)
{
    (void)state;
    uint64_t seed = 7;
    enum { N = 60 };
    double v[N], m[N], r[N];
    for (int round = 0; round < 50; round++) {
        size_t known = 0;
        for (size_t i = 0; i < N; i++) {
            v[i] = rnd(&seed) % 5 == 0 ? NAN : (double)(rnd(&seed) % 12);
            known += !isnan(v[i]);
        }
        calc_rank_marks(v, N, 10, false, m);
        calc_rank_marks(v, N, 10, true, r);
        double sum = 0;
        for (size_t i = 0; i < N; i++) {
            assert_int_equal(isnan(v[i]) != 0, isnan(m[i]) != 0);
            if (isnan(v[i])) continue;
            assert_true(m[i] > 0 && m[i] < 10);
            assert_near(m[i] + r[i], 10);
            sum += m[i];
            for (size_t j = 0; j < N; j++)
                if (!isnan(v[j])) assert_true((v[i] < v[j]) == (m[i] < m[j]));
        }
        if (known) assert_near(sum / (double)known, 5); /* mid-ranks are fair */
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(by_hand), cmocka_unit_test(unit_of_time), cmocka_unit_test(poor_flags), cmocka_unit_test(large_accounts),
                                       cmocka_unit_test(none_and_one), cmocka_unit_test(properties)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}

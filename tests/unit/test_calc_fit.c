/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A7 match of rank, A8 potential, A11 value disciplines: from the same marks. */
#include "unit.h"
#include "calc_build.h"
#include "calc_discipline.h"
#include "calc_fit.h"
#include "calc_potential.h"
#include <math.h>

#define assert_near(got, want) assert_true(fabs((got) - (want)) < 1e-9)
#define MARKS "row:int criterion:text date:day mark:real"

static calc_marks marks_of(const char *card, const char *rows, size_t n)
{
    calc_marks m;
    kam_table *t = build_table(MARKS, rows);
    assert_int_equal(calc_marks_read(calc_card_find(card), t, n, &m, NULL), KAM_OK);
    kam_table_unref(t);
    return m;
}

/* Values 8 8 8 8, costs 2 2 2 2: delivered 50 + 1.25·(32 − 8) = 80. Ourselves: 7 6 7 7, limit 60; B has finance 3 of its own: 30.
 * A: V = mean(90, 10·7, 10·8) = 80, C = min(80, 60) = 60: pursue. B: V 80, C 30: overreach. C: V = 20 (percentile only), delivered
 * 80 → C 60: serve-cheaply. D: V = 10·2 = 20, values 4, costs 6: 50 + 1.25·(16−24) = 40: pass. E: no marks: V 90 but C missing. F: no V.
 * coverage of A: 3 + 8 + 4 of 15 = 1; of C: 1 + 8 + 4 = 13/15; of E: 1 + 0 + 4. */
static void cells(void **state)
{
    (void)state;
    kam_table *acc = build_accounts("A B C D E F"), *t, *s;
    kam_str rows = KAM_STR_INIT;
    static const char *const keys[] = {"product", "service", "people", "image", "money", "time", "energy", "effort"};
    for (int i = 0; i < 6; i++)
        for (int k = 0; k < 8; k++) {
            if (i == 4) continue;
            int v = i == 3 ? (k < 4 ? 4 : 6) : (k < 4 ? 8 : 2);
            kam_str_addf(&rows, "%d|%s|2025-01-01|%d\n", i, keys[k], v);
        }
    kam_str_add(&rows, "0|reputation|2025-01-01|8\n1|reputation|2025-01-01|8");
    calc_marks fit = marks_of("fit", kam_str_cstr(&rows), 6), cap = marks_of("capability", "1|finance|2025-01-01|3", 6);
    kam_table *own = build_table("criterion:text date:day mark:real",
                                 "technology|2025-01-01|7\npeople|2025-01-01|6\nfinance|2025-01-01|7\nmanagement|2025-01-01|7\nmagic|2025-01-01|1");
    assert_int_equal(calc_marks_general(&cap, own, NULL), KAM_OK);
    assert_int_equal(calc_marks_how(&cap, 1, 2), CALC_MARK_ENTERED);
    assert_int_equal(calc_marks_how(&cap, 0, 2), CALC_MARK_GENERAL);
    double percentile[] = {90, 90, 20, NAN, 90, NAN}, potential[] = {7, 7, NAN, 2, NAN, NAN};
    calc_fit_facts x = {percentile, potential, &fit, &cap};
    calc_fit_params p = CALC_FIT_PARAMS(day_of("2025-12-31"), CALC_EN);
    assert_int_equal(calc_fit(&(calc_facts){.accounts = acc}, &x, &p, &t, NULL), KAM_OK);
    static const char *const want[] = {"pursue", "overreach", "serve-cheaply", "pass", "-", "-"};
    for (size_t i = 0; i < 6; i++) assert_cell(t, i, "class", want[i]);
    assert_near(real_of(t, 0, "value"), 80);
    assert_near(real_of(t, 0, "capability"), 60);
    assert_near(real_of(t, 0, "delivered"), 80);
    assert_cell(t, 0, "weakest", "people");
    assert_cell(t, 1, "weakest", "finance");
    assert_near(real_of(t, 1, "limit"), 30);
    assert_near(real_of(t, 3, "capability"), 40);
    assert_near(real_of(t, 0, "coverage"), 1);
    assert_near(real_of(t, 2, "coverage"), 13.0 / 15);
    assert_near(real_of(t, 4, "coverage"), 5.0 / 15);
    assert_cell(t, 1, "why", "value 80, capability 30 (held down by our finance), cut 50");
    assert_cell(t, 3, "why", "value 20, capability 40, cut 50");
    assert_cell(t, 4, "why", "what it gets from us is unknown: no marks on the card `fit`");
    assert_cell(t, 5, "why", "its value is unknown: no purchases, no potential, no reputation");
    assert_int_equal(calc_class_summary(t, "class", NULL, calc_fit_classes, &s, NULL), KAM_OK);
    assert_int_equal(kam_table_rows(s), 5); /* and `unknown` */
    kam_table_unref(s);
    kam_table_unref(t);
    p.cut = 60; /* equal to the cut is high */
    p.lang = CALC_ZH;
    assert_int_equal(calc_fit(&(calc_facts){.accounts = acc}, &x, &p, &t, NULL), KAM_OK);
    assert_cell(t, 0, "class", "pursue");
    assert_cell(t, 1, "why", "价值 80，能力 30（受我方资金能力所限），分界 60");
    kam_table_unref(t);
    kam_str_release(&rows);
    kam_table_unref(own);
    calc_marks_release(&fit);
    calc_marks_release(&cap);
    kam_table_unref(acc);
}

/* Growth over 180 days: A 300 against 200 = +.5, B 100 against 200 = −.5, C first bought 200 days ago: none. Marks of growth 7.5 and 2.5.
 * A: research 9, strategy 8: (9 + 8 + 7.5)/3 = 8.1667 high; B: growth alone 2.5 low; C: 5: middle; D: nothing. With the weight of growth
 * set to 0: A 8.5, B nothing known at all. */
static void potential(void **state)
{
    (void)state;
    kam_table *acc = build_accounts("A B C D"), *t;
    kam_ledger l = build_ledger("2024-12-01 5 2025-03-01 200 2025-10-01 300\n2024-12-01 5 2025-03-01 200 2025-10-01 100\n"
                                "2025-06-14 100 2025-10-01 500\n\n");
    calc_facts f = {.accounts = acc, .ledger = &l};
    calc_potential_params p = CALC_POTENTIAL_PARAMS(day_of("2025-12-31"), CALC_EN);
    const char *rows = "0|research|2025-01-01|9\n0|strategy|2025-01-01|8\n2|culture|2025-01-01|5\n1|growth|2025-01-01|10\n2|growth|2025-01-01|5";
    calc_marks m = marks_of("potential", rows, 4);
    assert_int_equal(calc_potential(&f, &p, &m, &t, NULL), KAM_OK);
    static const char *const want[] = {"high", "low", "middle", "-"};
    for (size_t i = 0; i < 4; i++) assert_cell(t, i, "class", want[i]);
    assert_near(real_of(t, 0, "potential"), 24.5 / 3);
    assert_near(real_of(t, 0, "coverage"), 3.0 / 8);
    assert_near(real_of(t, 0, "growth"), 7.5);
    assert_near(real_of(t, 1, "growth"), 2.5); /* data take the place of the entered 10 */
    assert_near(real_of(t, 2, "growth"), 5);   /* no data: the entered one */
    assert_near(real_of(t, 0, "growth_rate"), 0.5);
    assert_cell(t, 2, "growth_rate", "-");
    assert_cell(t, 3, "why", "no criterion of the card is known");
    kam_table_unref(t);
    calc_marks_release(&m);
    m = marks_of("potential", rows, 4);
    p.weights[6] = 0;
    assert_int_equal(calc_potential(&f, &p, &m, &t, NULL), KAM_OK);
    assert_near(real_of(t, 0, "potential"), 8.5);
    assert_cell(t, 1, "class", "-");
    kam_table_unref(t);
    calc_marks_release(&m);
    kam_ledger_release(&l);
    kam_table_unref(acc);
}

/* A sees us as intimate (8 over 5, 4), wants product 9: gap there 9 − 5 = 4, the widest. B: 7 and 7 tie. C: only one known. D: none given, but
 * wanted. E: what it gets is what it wants. */
static void disciplines(void **state)
{
    (void)state;
    kam_table *acc = build_accounts("A B C D E"), *t;
    calc_marks m = marks_of("discipline",
                            "0|operations-given|2025-01-01|4\n0|product-given|2025-01-01|5\n0|intimacy-given|2025-01-01|8\n"
                            "0|operations-wanted|2025-01-01|3\n0|product-wanted|2025-01-01|9\n0|intimacy-wanted|2025-01-01|8\n"
                            "1|operations-given|2025-01-01|7\n1|product-given|2025-01-01|6\n1|intimacy-given|2025-01-01|7\n"
                            "2|product-given|2025-01-01|2\n3|intimacy-wanted|2025-01-01|6\n"
                            "4|operations-given|2025-01-01|9\n4|operations-wanted|2025-01-01|7\n4|product-given|2025-01-01|3\n4|product-wanted|2025-01-01|1",
                            5);
    assert_int_equal(calc_discipline(&(calc_facts){.accounts = acc}, &m, CALC_EN, &t, NULL), KAM_OK);
    static const char *const want[] = {"intimacy", "tied", "product", "-", "operations"};
    for (size_t i = 0; i < 5; i++) assert_cell(t, i, "class", want[i]);
    assert_cell(t, 0, "wanted", "product");
    assert_cell(t, 0, "match", "0");
    assert_near(real_of(t, 0, "gap"), 4);
    assert_cell(t, 0, "gap_in", "product");
    assert_cell(t, 1, "wanted", "-");
    assert_cell(t, 1, "match", "-");
    assert_cell(t, 3, "wanted", "intimacy");
    assert_cell(t, 3, "gap", "-");
    assert_cell(t, 4, "match", "1");
    assert_near(real_of(t, 4, "widest"), -2); /* more than it wants everywhere */
    assert_near(real_of(t, 4, "coverage"), 4.0 / 6);
    assert_cell(t, 0, "why", "sees us as customer intimacy, wants product leadership; widest gap 4 in product leadership");
    assert_cell(t, 2, "why", "sees us as product leadership; what it wants is not marked");
    assert_cell(t, 3, "why", "it has not been asked how it sees us");
    kam_table_unref(t);
    calc_marks_release(&m);
    kam_table_unref(acc);
}

static void empty(void **state)
{
    (void)state;
    kam_table *acc = build_accounts(""), *t;
    kam_ledger l = build_ledger("");
    calc_facts f = {.accounts = acc, .ledger = &l};
    calc_marks fit = marks_of("fit", "", 0), cap = marks_of("capability", "", 0), pot = marks_of("potential", "", 0), d = marks_of("discipline", "", 0);
    calc_fit_facts x = {NULL, NULL, &fit, &cap};
    calc_fit_params fp = CALC_FIT_PARAMS(0, CALC_EN);
    calc_potential_params pp = CALC_POTENTIAL_PARAMS(0, CALC_EN);
    assert_int_equal(calc_fit(&f, &x, &fp, &t, NULL), KAM_OK);
    assert_int_equal(kam_table_rows(t), 0);
    kam_table_unref(t);
    assert_int_equal(calc_potential(&f, &pp, &pot, &t, NULL), KAM_OK);
    assert_int_equal(kam_table_rows(t), 0);
    kam_table_unref(t);
    assert_int_equal(calc_discipline(&f, &d, CALC_EN, &t, NULL), KAM_OK);
    assert_int_equal(kam_table_rows(t), 0);
    kam_table_unref(t);
    calc_marks_release(&fit);
    calc_marks_release(&cap);
    calc_marks_release(&pot);
    calc_marks_release(&d);
    kam_ledger_release(&l);
    kam_table_unref(acc);
}

/* A better mark of a value never lowers V's or C's side, a higher cost never raises it; never above our weakest capability. */
static void monotone(void **state)
{
    (void)state;
    uint64_t seed = 3;
    kam_table *acc = build_accounts("A"), *t;
    for (int round = 0; round < 200; round++) {
        double before = 0;
        calc_marks fit = marks_of("fit", "", 1), cap = marks_of("capability", "", 1);
        double lowest = 10, percentile = 50;
        for (int k = 0; k < 8; k++) fit.mark[k] = (double)(rnd(&seed) % 11);
        for (int k = 0; k < 4; k++) {
            cap.mark[k] = (double)(rnd(&seed) % 11);
            lowest = fmin(lowest, cap.mark[k]);
        }
        calc_fit_facts x = {&percentile, NULL, &fit, &cap};
        calc_fit_params p = CALC_FIT_PARAMS(0, CALC_EN);
        for (int better = 0; better < 2; better++) {
            assert_int_equal(calc_fit(&(calc_facts){.accounts = acc}, &x, &p, &t, NULL), KAM_OK);
            double c = real_of(t, 0, "capability");
            assert_true(c <= 10 * lowest && c <= 100 && c >= 0);
            if (better) assert_true(c >= before);
            before = c;
            kam_table_unref(t);
            int k = (int)(rnd(&seed) % 8);
            fit.mark[k] = k < 4 ? 10 : 0;
        }
        calc_marks_release(&fit);
        calc_marks_release(&cap);
    }
    kam_table_unref(acc);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(cells), cmocka_unit_test(potential), cmocka_unit_test(disciplines),
                                       cmocka_unit_test(empty), cmocka_unit_test(monotone)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}

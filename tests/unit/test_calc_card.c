/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Score cards: the table itself, totals and coverage; A9's table of temperaments. */
#include "unit.h"
#include "calc_card.h"
#include "calc_temperament.h"
#include <math.h>
#include <string.h>

/* Equal to so much. */
#define assert_near(got, want, by) assert_true(fabs((got) - (want)) <= (by))

static void both_languages(const calc_text *t)
{
    assert_non_null(t->en);
    assert_non_null(t->zh);
    assert_true(strlen(t->en) > 0);
    bool han = false; /* a Chinese wording holds characters beyond ASCII */
    for (const char *p = t->zh; *p; p++) han = han || (unsigned char)*p >= 0xe4;
    assert_true(han);
}

static void table(void **state)
{
    (void)state;
    size_t n;
    const calc_card *const *cards = calc_cards(&n);
    assert_true(n >= 10);
    for (size_t i = 0; i < n; i++) {
        const calc_card *c = cards[i];
        both_languages(&c->name);
        both_languages(&c->purpose);
        assert_ptr_equal(calc_card_find(c->key), c);
        for (size_t g = 0; g < c->n_groups; g++) both_languages(&c->groups[g]);
        for (size_t k = 0; k < c->n; k++) {
            const calc_criterion *x = &c->criteria[k];
            both_languages(&x->name);
            both_languages(&x->ask);
            if (x->advice.en) both_languages(&x->advice);
            assert_true(x->lo < x->hi && x->lo >= -10 && x->hi <= 10); /* the range of the store's field */
            assert_true(x->weight > 0);
            assert_true(x->group == 0 || (size_t)x->group < c->n_groups);
            assert_ptr_equal(calc_card_criterion(c, x->key), x); /* also: no key twice */
        }
    }
    const struct {
        const char *card;
        size_t n;
    } want[] = {{"quality", 5}, {"risks", 2}, {"fit", 9}, {"capability", 4}, {"potential", 8}, {"discipline", 6}, {"opportunity", 20},
                {"buying-factors", 5}, {"competence", 6}, {"shifts", 4}, {"practice", 5}, {"audit", 7}};
    for (size_t i = 0; i < COUNT_OF(want); i++) assert_int_equal(calc_card_find(want[i].card)->n, want[i].n);
    const calc_card *d1 = calc_card_find("opportunity");
    for (int g = 0; g < 4; g++) { /* five criteria a question */
        int in = 0;
        for (size_t k = 0; k < d1->n; k++) in += d1->criteria[k].group == g;
        assert_int_equal(in, 5);
    }
    assert_null(calc_card_find("qualiti"));
    assert_true(calc_card_takes(calc_card_find("capability"), "ourselves"));
    assert_false(calc_card_takes(calc_card_find("capability"), "our"));
    assert_false(calc_card_takes(d1, "account"));
}

static void nearest(void **state)
{
    (void)state;
    const char *near[3];
    assert_true(calc_card_nearest(NULL, "qualitty", near, 3) >= 1);
    assert_string_equal(near[0], "quality");
    assert_true(calc_card_nearest(calc_card_find("quality"), "loyal", near, 3) >= 1);
    assert_string_equal(near[0], "loyalty");
    assert_int_equal(calc_card_nearest(NULL, "zzzzzzzzzz", near, 3), 0);
}

/* Quality, weights 25/25/20/20/10, marks 8 · 6 · missing · 5 · missing: known weight 70 of 100, total
 * (25·8 + 25·6 + 20·5) / 70 = 450/70 = 6.428571… */
static void mean_and_coverage(void **state)
{
    (void)state;
    const calc_card *q = calc_card_find("quality");
    double marks[5] = {8, 6, NAN, 5, NAN}, total = -1, coverage = -1;
    assert_true(calc_card_score(q, NULL, marks, &total, &coverage));
    assert_near(total, 450.0 / 70, 1e-12);
    assert_near(coverage, 0.7, 1e-12);
    double ten[5] = {250, 250, 200, 200, 100}, again, c2; /* the scale of the weights does not matter */
    assert_true(calc_card_score(q, ten, marks, &again, &c2));
    assert_near(again, total, 1e-12);
    assert_near(c2, coverage, 1e-12);
    double none[5] = {NAN, NAN, NAN, NAN, NAN};
    total = -1;
    assert_false(calc_card_score(q, NULL, none, &total, &coverage));
    assert_near(coverage, 0, 0);
    assert_near(total, -1, 0); /* left alone */
    for (int v = 0; v <= 10; v++) {    /* property: equal marks give that mark, and a better mark never a worse total */
        double same[5] = {v, v, NAN, v, v};
        assert_true(calc_card_score(q, NULL, same, &total, &coverage));
        assert_near(total, v, 1e-12);
        double before = total;
        same[3] = v + 1;
        assert_true(calc_card_score(q, NULL, same, &total, &coverage));
        assert_true(total > before);
    }
}

/* Fit: values 8 7 6 5 = 26, costs 4 3 2 1 = 10: 50 + 1.25·16 = 70. Reputation is not weighed in it. With two values (8, 6)
 * and one cost (3) known: 50 + 1.25·(7·4 − 3·4) = 70, coverage 3 of 8. */
static void balance(void **state)
{
    (void)state;
    const calc_card *f = calc_card_find("fit");
    double all[9] = {8, 7, 6, 5, 4, 3, 2, 1, NAN}, total, coverage;
    assert_true(calc_card_score(f, NULL, all, &total, &coverage));
    assert_near(total, 70, 1e-12);
    assert_near(coverage, 1, 1e-12);
    double some[9] = {8, NAN, 6, NAN, NAN, 3, NAN, NAN, 9};
    assert_true(calc_card_score(f, NULL, some, &total, &coverage));
    assert_near(total, 70, 1e-12);
    assert_near(coverage, 3.0 / 8, 1e-12);
    double one_side[9] = {8, 7, 6, 5, NAN, NAN, NAN, NAN, 5};
    assert_false(calc_card_score(f, NULL, one_side, &total, &coverage));
    double best[8] = {10, 10, 10, 10, 0, 0, 0, 0}, worst[8] = {0, 0, 0, 0, 10, 10, 10, 10};
    assert_true(calc_card_balance(best, 4, best + 4, 4, &total));
    assert_near(total, 100, 1e-12);
    assert_true(calc_card_balance(worst, 4, worst + 4, 4, &total));
    assert_near(total, 0, 1e-12);
}

/* D1, question 1: +1 0 −1 +1 missing: sum 1, one unknown by mark, one missing. Whole card: sum of all known. */
static void sums_and_lowest(void **state)
{
    (void)state;
    const calc_card *d1 = calc_card_find("opportunity");
    double marks[20], total, coverage;
    for (size_t i = 0; i < 20; i++) marks[i] = NAN;
    assert_false(calc_card_score(d1, NULL, marks, &total, &coverage));
    const double first[5] = {1, 0, -1, 1, NAN};
    memcpy(marks, first, sizeof first);
    marks[19] = 1;
    size_t missing, zero;
    assert_near(calc_card_group_sum(d1, 0, marks, &missing, &zero), 1, 0);
    assert_int_equal(missing, 1);
    assert_int_equal(zero, 1);
    assert_near(calc_card_group_sum(d1, 1, marks, &missing, &zero), 0, 0);
    assert_int_equal(missing, 5);
    assert_true(calc_card_score(d1, NULL, marks, &total, &coverage));
    assert_near(total, 2, 0);
    assert_near(coverage, 5.0 / 20, 1e-12);
    double four[4] = {7, NAN, 3, 9};
    assert_true(calc_card_score(calc_card_find("capability"), NULL, four, &total, &coverage));
    assert_near(total, 3, 0);
    assert_near(coverage, 0.75, 1e-12);
    double six[6] = {1, 2, 3, 4, 5, 6};
    assert_false(calc_card_score(calc_card_find("discipline"), NULL, six, &total, &coverage));
    assert_near(coverage, 1, 0);
}

static void temperaments(void **state)
{
    (void)state;
    size_t n;
    const calc_temperament *t = calc_temperaments(&n);
    assert_int_equal(n, 8);
    for (size_t i = 0; i < n; i++) {
        both_languages(&t[i].name);
        both_languages(&t[i].looks);
        both_languages(&t[i].hint);
        both_languages(&t[i].avoid);
        assert_ptr_equal(calc_temperament_find(t[i].key), &t[i]);
    }
    assert_null(calc_temperament_find("cheerful"));
    assert_null(calc_temperament_find(NULL));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(table),   cmocka_unit_test(nearest),         cmocka_unit_test(mean_and_coverage),
        cmocka_unit_test(balance), cmocka_unit_test(sums_and_lowest), cmocka_unit_test(temperaments),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rules: hand-worked tables, a brute-force count of random baskets, planted rules, and shuffled data that must show none.
 *
 * Fisher's probabilities are exact sums of binomial coefficients in rational arithmetic (Python 3.11, fractions and
 * math.comb: sum(Fraction(comb(n1,i)*comb(n-n1,t-i), comb(n,t)) for i in range(k, min(n1,t)+1))), run once.
 *
 * KAM_COVERAGE = hundredths of the full run, as in test_calc_value_coverage: planted rules in 1,000,000 baskets of 10,000
 * items and 1,000 shuffles; make check does a hundredth of the baskets and 200 shuffles of smaller data. */
#include "unit.h"
/* after unit.h */
#include "calc_build.h"
#include "calc_rules.h"
#include <math.h>

static int hundredths(void)
{
    const char *s = getenv("KAM_COVERAGE");
    const int n = s ? atoi(s) : 1;
    return n < 1 ? 1 : n > 100 ? 100 : n;
}

static void fisher(void **state)
{
    (void)state;
    static const struct { uint32_t k, n1, n, t; double p; } want[] = {
        {3, 4, 8, 4, 17.0 / 70}, {8, 10, 24, 12, 134.0 / 7429}, {30, 100, 1000, 150, 3.923910147920791e-05},
        {60, 5000, 1000000, 4000, 2.957424433592611e-13}, {1, 2, 5, 2, .7}, {5, 5, 5, 5, 1}, {0, 3, 9, 2, 1}, {4, 3, 9, 5, 0}};
    for (size_t i = 0; i < COUNT_OF(want); i++) {
        double p = calc_fisher_greater(want[i].k, want[i].n1, want[i].n, want[i].t);
        assert_true(fabs(p - want[i].p) <= 1e-9 * want[i].p);
    }
}

/* p sorted .005 .01 .03 .04. Of 4 tests: .02 .02 .04 .04; of 10: .05 .05 .1 .1; ties share a value; never above 1. */
static void fdr(void **state)
{
    (void)state;
    const double p[4] = {.01, .04, .03, .005}, of4[4] = {.02, .04, .04, .02}, of10[4] = {.05, .1, .1, .05};
    double q[4];
    calc_fdr(p, 4, 4, q);
    for (int i = 0; i < 4; i++) assert_true(fabs(q[i] - of4[i]) < 1e-12);
    calc_fdr(p, 4, 10, q);
    for (int i = 0; i < 4; i++) assert_true(fabs(q[i] - of10[i]) < 1e-12);
    const double same[2] = {.02, .02}, large[2] = {.9, .8};
    calc_fdr(same, 2, 2, q);
    assert_true(q[0] == .02 && q[1] == .02);
    calc_fdr(large, 2, 50, q);
    assert_true(q[0] == 1 && q[1] == 1);
    calc_fdr(NULL, 0, 0, q);
}

typedef struct baskets {
    calc_baskets b;
    size_t *start, n_entries, cap, cap_when, cap_start;
    uint32_t *item;
    int32_t *when;
} baskets;

static void basket_put(baskets *k, uint32_t item, int32_t when)
{
    KAM_GROW(k->item, k->cap, k->n_entries + 1);
    KAM_GROW(k->when, k->cap_when, k->n_entries + 1);
    k->item[k->n_entries] = item;
    k->when[k->n_entries++] = when;
    if (item >= k->b.n_items) k->b.n_items = item + 1;
}
static void basket_end(baskets *k)
{
    KAM_GROW(k->start, k->cap_start, k->b.n + 2);
    if (k->b.n == 0) k->start[0] = 0;
    k->start[++k->b.n] = k->n_entries;
    k->b.start = k->start;
    k->b.item = k->item;
    k->b.when = k->when;
}
static void baskets_release(baskets *k)
{
    kam_free(k->start);
    kam_free(k->item);
    kam_free(k->when);
    *k = (baskets){0};
}
/* "ab ba- c": baskets between blanks; a letter is an item; ',' begins a later day. */
static baskets baskets_of(const char *s)
{
    baskets k = {0};
    int32_t day = 0;
    for (; *s; s++) {
        if (*s == ' ') basket_end(&k), day = 0;
        else if (*s == ',') day++;
        else if (*s != '-') basket_put(&k, (uint32_t)(*s - 'a'), day);
    }
    basket_end(&k);
    return k;
}
static calc_rules mine(const baskets *k, double support, double q, int sequences)
{
    calc_rules r = CALC_RULES_INIT;
    const calc_rules_params p = {support, q, NULL};
    assert_int_equal(calc_rules_mine(&k->b, &p, sequences, &r, NULL), KAM_OK);
    return r;
}
static const calc_rule *rule_of(const calc_rules *r, char x, char y)
{
    for (size_t i = 0; i < r->n; i++)
        if (r->rule[i].x == (uint32_t)(x - 'a') && r->rule[i].y == (uint32_t)(y - 'a')) return &r->rule[i];
    return NULL;
}

/* Eight baskets: a in 4, b in 4, together in 3: p = 17/70. c in 2, d in 1. With a minimum of 2 only a, b, c are frequent:
 * three tests; a-c occurs together twice: 4·3/(8·7)·… p = P(both c in the 4 a) = C(4,2)/C(8,2) = 6/28; q = min(3·p…):
 * sorted 6/28 (.2143), 17/70 (.2429): q = min(3·.2143/1, 3·.2429/2) = .3643 for both. */
static void pairs_by_hand(void **state)
{
    (void)state;
    baskets k = baskets_of("abc abc ab a b d - -");
    calc_rules r = mine(&k, 2, 1, 0);
    assert_int_equal(r.n_baskets, 8);
    assert_int_equal(r.n_frequent, 3);
    assert_true(r.tests == 3);
    const calc_rule *ab = rule_of(&r, 'a', 'b'), *ac = rule_of(&r, 'a', 'c'), *bc = rule_of(&r, 'b', 'c');
    assert_int_equal(r.n, 3);
    assert_true(ab && ac && bc);
    assert_int_equal(ab->n_x, 4);
    assert_int_equal(ab->n_y, 4);
    assert_int_equal(ab->n_xy, 3);
    assert_true(fabs(ab->p - 17.0 / 70) < 1e-12);
    assert_true(fabs(ac->p - 6.0 / 28) < 1e-12);
    /* three of them: 6/28, 6/28, 17/70 → q of the largest 3·p/3, of the others the same minimum of 3·p/2 and that */
    assert_true(fabs(ab->q - 17.0 / 70) < 1e-12);
    assert_true(fabs(ac->q - 17.0 / 70) < 1e-12);
    calc_rules_release(&r);
    r = mine(&k, .3, 1, 0); /* a share: ceil(.3 · 8) = 3 baskets */
    assert_int_equal(r.n_frequent, 2);
    assert_int_equal(r.n, 1);
    calc_rules_release(&r);
    r = mine(&k, 2, .1, 0);
    assert_int_equal(r.n, 0);
    calc_rules_release(&r);
    baskets_release(&k);
}

/* Ten accounts: a then b in 4; b then a in 1; both on one day in 1; a alone 1; b alone 0; neither 3. For a→b the two where b
 * came before or with a are left out: of 8 accounts 5 have a, 4 have b, all 4 after a: p = C(5,4)/C(8,4) = 5/70. */
static void sequences_by_hand(void **state)
{
    (void)state;
    baskets k = baskets_of("a,b a,b a,b a,,b b,a ab a - - -");
    calc_rules r = mine(&k, 1, 1, 1);
    const calc_rule *ab = rule_of(&r, 'a', 'b');
    assert_true(r.tests == 2);
    assert_non_null(ab);
    assert_int_equal(ab->n_xy, 4);
    assert_int_equal(ab->n_before, 2);
    assert_int_equal(ab->n_x, 7);
    assert_int_equal(ab->n_y, 6);
    assert_true(fabs(ab->p - 5.0 / 70) < 1e-12);
    assert_true(fabs(ab->q - 10.0 / 70) < 1e-12);
    /* b→a: 5 accounts left out; of the other 5 one has b, two have a (1 after b): p = P(the one b is an a) = 2/5. */
    const calc_rule *ba = rule_of(&r, 'b', 'a');
    assert_non_null(ba);
    assert_int_equal(ba->n_before, 5);
    assert_true(fabs(ba->p - .4) < 1e-12);
    calc_rules_release(&r);
    baskets_release(&k);
}

static void nothing(void **state)
{
    (void)state;
    baskets none = {0};
    size_t zero[1] = {0};
    none.b.start = zero;
    for (int sequences = 0; sequences < 2; sequences++) {
        calc_rules r = mine(&none, 1, 1, sequences);
        assert_int_equal(r.n, 0);
        calc_rules_release(&r);
        baskets one = baskets_of("abc");
        r = mine(&one, 1, 1, sequences); /* one basket: nothing is commoner than chance */
        assert_int_equal(r.n, 0);
        calc_rules_release(&r);
        baskets_release(&one);
        baskets lone = baskets_of("a a b");
        r = mine(&lone, 1, 1, sequences);
        assert_int_equal(r.n, 0);
        calc_rules_release(&r);
        baskets_release(&lone);
    }
}

/* Baskets of independent items, item i with its own probability; days random. */
static baskets random_baskets(size_t n, size_t items, double mean, uint64_t *seed)
{
    baskets k = {0};
    k.b.n_items = items;
    for (size_t i = 0; i < n; i++) {
        for (uint32_t j = 0; j < items; j++) {
            double p = mean / (double)items * 2 * (double)(j + 1) / (double)(items + 1);
            if (rnd_unit(seed) < p) basket_put(&k, j, (int32_t)(rnd(seed) % 5));
        }
        basket_end(&k);
    }
    return k;
}

static size_t naive(const baskets *k, uint32_t x, uint32_t y, int sequences, size_t *before)
{
    size_t n = 0;
    *before = 0;
    for (size_t i = 0; i < k->b.n; i++) {
        int32_t dx = -1, dy = -1;
        for (size_t e = k->start[i]; e < k->start[i + 1]; e++) {
            if (k->item[e] == x) dx = k->when[e];
            if (k->item[e] == y) dy = k->when[e];
        }
        if (dx < 0 || dy < 0) continue;
        if (!sequences || dy > dx) n++;
        else (*before)++;
    }
    return n;
}

/* Every pair the miner reports has the counts a double loop finds, and it leaves out none that reaches support and lift. */
static void against_brute_force(void **state)
{
    (void)state;
    uint64_t seed = 11;
    for (int sequences = 0; sequences < 2; sequences++) {
        baskets k = random_baskets(600, 40, 8, &seed);
        calc_rules r = mine(&k, 4, 1, sequences);
        size_t want = 0, count[40] = {0};
        for (size_t e = 0; e < k.n_entries; e++) count[k.item[e]]++;
        for (uint32_t x = 0; x < 40; x++)
            for (uint32_t y = sequences ? 0 : x + 1; y < 40; y++) {
                size_t before, n = x == y ? 0 : naive(&k, x, y, sequences, &before);
                if (n < 4 || n * (600 - before) <= (count[x] - before) * (count[y] - before)) continue;
                const calc_rule *found = NULL;
                for (size_t i = 0; i < r.n; i++)
                    if (r.rule[i].x == x && r.rule[i].y == y) found = &r.rule[i];
                assert_non_null(found);
                assert_int_equal(found->n_xy, n);
                assert_int_equal(found->n_before, before);
                assert_int_equal(found->n_x, count[x]);
                assert_int_equal(found->n_y, count[y]);
                want++;
            }
        assert_int_equal(r.n, want);
        assert_true(want > 10);
        calc_rules_release(&r);
        baskets_release(&k);
    }
}

/* The order of the entries in a basket, of the baskets and of the items' numbers changes nothing but the numbers. */
static void order_is_nothing(void **state)
{
    (void)state;
    uint64_t seed = 5;
    baskets k = random_baskets(200, 30, 5, &seed), back = {0};
    for (size_t i = k.b.n; i-- > 0;) {
        for (size_t e = k.start[i + 1]; e-- > k.start[i];) basket_put(&back, 29 - k.item[e], k.when[e]);
        basket_end(&back);
    }
    for (int sequences = 0; sequences < 2; sequences++) {
        calc_rules a = mine(&k, 3, 1, sequences), b = mine(&back, 3, 1, sequences);
        assert_int_equal(a.n, b.n);
        for (size_t i = 0; i < a.n; i++) {
            const calc_rule *x = &a.rule[i], *y = NULL;
            for (size_t j = 0; j < b.n; j++) {
                uint32_t bx = 29 - b.rule[j].x, by = 29 - b.rule[j].y;
                if ((bx == x->x && by == x->y) || (!sequences && bx == x->y && by == x->x)) y = &b.rule[j];
            }
            assert_non_null(y);
            assert_int_equal(x->n_xy, y->n_xy);
            assert_true(fabs(x->p - y->p) <= 1e-12 && fabs(x->q - y->q) <= 1e-9);
        }
        calc_rules_release(&a);
        calc_rules_release(&b);
    }
    baskets_release(&k);
    baskets_release(&back);
}

/* Twenty planted pairs (2i, 2i+1): whoever takes the first takes the second as well with probability .4, among items that are
 * otherwise taken by chance, four a basket. All are found, and of what is found at least 95 % (q = .05) are planted ones. */
static void planted(void **state)
{
    (void)state;
    const size_t n = (size_t)hundredths() * 10000, items = (size_t)hundredths() * 100;
    uint64_t seed = 2026;
    baskets k = {0};
    k.b.n_items = items;
    uint8_t *in = kam_calloc(items, 1);
    for (size_t i = 0; i < n; i++) {
        size_t from = k.n_entries, size = 2 + rnd(&seed) % 4;
        for (size_t j = 0; j < size; j++) {
            uint32_t x = (uint32_t)(rnd(&seed) % items);
            if (!in[x]++) basket_put(&k, x, 0);
            if (x < 40 && x % 2 == 0 && rnd_unit(&seed) < .4 && !in[x + 1]++) basket_put(&k, x + 1, 0);
        }
        for (size_t e = from; e < k.n_entries; e++) in[k.item[e]] = 0;
        basket_end(&k);
    }
    calc_rules r = mine(&k, 5, .05, 0);
    size_t hits = 0;
    for (size_t i = 0; i < r.n; i++) hits += r.rule[i].x < 40 && r.rule[i].x % 2 == 0 && r.rule[i].y == r.rule[i].x + 1;
    assert_int_equal(hits, 20);
    assert_true(r.n <= 21); /* one in twenty may be wrong */
    calc_rules_release(&r);
    kam_free(in);
    baskets_release(&k);
}

/* Items thrown into random baskets, each as often as before: any rule is a false one. At most 5 % of the seeds show one. */
static void shuffled(void **state)
{
    (void)state;
    const size_t seeds = hundredths() >= 100 ? 1000 : 200;
    enum { N = 400, ITEMS = 50 };
    for (int sequences = 0; sequences < 2; sequences++) {
        size_t false_alarms = 0;
        for (size_t s = 0; s < seeds; s++) {
            uint64_t seed = 7000 + s;
            baskets k = random_baskets(N, ITEMS, 6, &seed);
            calc_rules r = mine(&k, 3, .05, sequences);
            false_alarms += r.n > 0;
            calc_rules_release(&r);
            baskets_release(&k);
        }
        printf("# %zu of %zu shuffles show a %s\n", false_alarms, seeds, sequences ? "sequence" : "pair");
        assert_true(false_alarms * 20 <= seeds);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fisher), cmocka_unit_test(fdr), cmocka_unit_test(pairs_by_hand), cmocka_unit_test(sequences_by_hand),
        cmocka_unit_test(nothing), cmocka_unit_test(against_brute_force), cmocka_unit_test(order_is_nothing),
        cmocka_unit_test(planted), cmocka_unit_test(shuffled),
    };
    return cmocka_run_group_tests_name("calc_rules", tests, NULL, NULL);
}

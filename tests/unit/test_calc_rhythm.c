/* SPDX-License-Identifier: GPL-3.0-or-later */
/* C7, the model behind the rice-jar rule: worked by hand, its distribution against closed forms, and simulation with known truth. */
#include "unit.h"
#include "calc_rhythm.h"
#include "calc_special.h"
#include "kam_mem.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define NEAR(a, b, tolerance)                                                                            \
    do {                                                                                                 \
        const double a_ = (a), b_ = (b);                                                                 \
        if (!(fabs(a_ - b_) <= (tolerance)))                                                             \
            fail_msg("%s:%d: %s = %.12g, expected %.12g", __FILE__, __LINE__, #a, a_, b_);               \
    } while (0)

/* k = 2, a = 4, b = 40: the portfolio's gap is 2·40/4 = 20 days and counts as 4/2 = 2 own gaps. Three own gaps of 90 days in all: mean
 * 30, so (3·30 + 2·20)/5 = 26 days, with own weight 3/5; half the usual order lasts half as long. */
static void by_hand(void **state)
{
    (void)state;
    const calc_rhythm_fit f = {2, 4, 40, 5, 20, true, CALC_RHYTHM_OK};
    calc_rhythm_series s = {0, 0, 0, 0};
    calc_rhythm_add(&s, 20, 1);
    calc_rhythm_add(&s, 30, 1);
    calc_rhythm_add(&s, 40, 1);
    NEAR(calc_rhythm_prior_days(&f), 20, 1e-12);
    NEAR(calc_rhythm_prior_gaps(&f), 2, 1e-12);
    calc_rhythm_next n = calc_rhythm_expect(&f, &s, 1, 0.8);
    NEAR(n.days, 26, 1e-12);
    NEAR(n.own_weight, 0.6, 1e-12);
    NEAR(calc_rhythm_expect(&f, &s, 0.5, 0.8).days, 13, 1e-12);
    assert_true(n.low < n.days && n.days < n.high);
    NEAR(calc_rhythm_longer(&f, &s, 1, n.low), 0.9, 1e-8);
    NEAR(calc_rhythm_longer(&f, &s, 1, n.high), 0.1, 1e-8);
    NEAR(calc_rhythm_longer(&f, &s, 1, 0), 1, 0);
}

/* k = 1 and no own gap: P(gap > t) = (b/(b+t))^a (Lomax), so the range is a formula. Large a: exponential with mean b/a. */
static void closed_forms(void **state)
{
    (void)state;
    const double a = 2.5, b = 30;
    const calc_rhythm_fit f = {1, a, b, 5, 20, true, CALC_RHYTHM_OK}, alike = {1, 1e5, 1e5 * 7, 5, 20, true, CALC_RHYTHM_ALIKE};
    const calc_rhythm_series none = {0, 0, 0, 0};
    calc_rhythm_next n = calc_rhythm_expect(&f, &none, 1, 0.8);
    NEAR(n.low, b * (pow(0.9, -1 / a) - 1), 1e-6);
    NEAR(n.high, b * (pow(0.1, -1 / a) - 1), 1e-6);
    NEAR(n.own_weight, 0, 0);
    NEAR(calc_rhythm_longer(&f, &none, 1, 12), pow(b / (b + 12), a), 1e-12);
    /* After 12 days of silence it is Lomax of b + 12: the median grows with the silence. */
    NEAR(calc_rhythm_still(&f, &none, 1, 12), (b + 12) * (pow(2, 1 / a) - 1), 1e-6);
    NEAR(calc_rhythm_still(&f, &none, 1, 0), b * (pow(2, 1 / a) - 1), 1e-6);
    n = calc_rhythm_expect(&alike, &none, 1, 0.9);
    NEAR(n.low, -7 * log(0.95), 1e-4);
    NEAR(n.high, -7 * log(0.05), 1e-3);
    /* For many shapes and levels the quantile is where the distribution says. */
    for (double k = 0.1; k < 2000; k *= 3)
        for (double prior = 0.05; prior < 1e5; prior *= 10)
            for (int j = 0; j < 40; j += 13) {
                const calc_rhythm_fit g = {k, prior, prior * 10, 5, 20, true, CALC_RHYTHM_OK};
                const calc_rhythm_series s = {j, j * 12.0, j, j * 144.0};
                n = calc_rhythm_expect(&g, &s, 1, 0.8);
                assert_true(isfinite(n.low) && isfinite(n.high) && n.low < n.high);
                if (n.high < 1e12) NEAR(calc_rhythm_longer(&g, &s, 1, n.high), 0.1, 1e-5);
                if (n.low > 1e-12) NEAR(calc_rhythm_longer(&g, &s, 1, n.low), 0.9, 1e-5);
            }
}

/* Two series {10, 20} and {30, 60}: Q = 2·2·(100 + 400)/900 − 2 = 2/9 each; Σ 2/(2k + 1) = 4/(2k + 1). With the
 * pseudo series, 2/3 and 2/(2k + 1): 6/(2k + 1) = 10/9, so k = 2.2. */
static void shape_by_hand(void **state)
{
    (void)state;
    calc_rhythm_series s[2] = {{0, 0, 0, 0}, {0, 0, 0, 0}};
    calc_rhythm_fit f;
    calc_rhythm_add(&s[0], 10, 1);
    calc_rhythm_add(&s[0], 20, 1);
    calc_rhythm_add(&s[1], 30, 5); /* the size of an order does not matter where it never changes */
    calc_rhythm_add(&s[1], 60, 5);
    calc_rhythm_fit_model(2, s, &f);
    NEAR(f.k, 2.2, 1e-9);
    assert_true(f.k_known);
    assert_int_equal(f.n_gaps, 4);
}

static void degenerate(void **state)
{
    (void)state;
    calc_rhythm_series s[3] = {{0, 0, 0, 0}, {0, 0, 0, 0}, {0, 0, 0, 0}};
    calc_rhythm_fit f;
    calc_rhythm_fit_model(0, s, &f);
    assert_int_equal(f.flag, CALC_RHYTHM_NONE);
    assert_true(isnan(calc_rhythm_expect(&f, &s[0], 1, 0.8).days));
    assert_true(isnan(calc_rhythm_longer(&f, &s[0], 1, 5)));
    calc_rhythm_add(&s[0], 25, 1); /* one series with one gap: its own gap, exponential */
    calc_rhythm_fit_model(3, s, &f);
    assert_int_equal(f.flag, CALC_RHYTHM_FEW);
    assert_false(f.k_known);
    NEAR(calc_rhythm_expect(&f, &s[0], 1, 0.8).days, 25, 1e-9);
    NEAR(calc_rhythm_expect(&f, &s[1], 1, 0.8).days, 25, 1e-9); /* another account knows nothing else */
    for (int i = 0; i < 3; i++) /* equal gaps everywhere: regular and alike */
        for (int j = 0; j < 5; j++) calc_rhythm_add(&s[i], 25, 1);
    calc_rhythm_fit_model(3, s, &f);
    assert_int_equal(f.flag, CALC_RHYTHM_ALIKE);
    NEAR(calc_rhythm_expect(&f, &s[1], 1, 0.8).days, 25, 0.01);
}

/* n accounts with gamma rates and gamma gaps of sizes w; the last gap is kept back as the truth. */
typedef struct sim {
    size_t n;
    calc_rhythm_series *s;
    double *truth, *w, *mean;
} sim;

static sim simulate(size_t n, double k, double a, double b, bool sizes, uint64_t seed)
{
    sim x = {n, kam_calloc(n, sizeof *x.s), kam_calloc(n, sizeof(double)), kam_calloc(n, sizeof(double)), kam_calloc(n, sizeof(double))};
    calc_rng r;
    calc_rng_seed(&r, seed);
    for (size_t i = 0; i < n; i++) {
        double rate = calc_rng_gamma(&r, a) / b, usual = 10 + 50 * calc_rng_uniform(&r), size = 1;
        int gaps = 1 + (int)(6 * calc_rng_uniform(&r));
        for (int j = 0; j <= gaps; j++) {
            size = sizes ? 0.5 + calc_rng_uniform(&r) : 1; /* mean 1 */
            double g = calc_rng_gamma(&r, k * size) / rate;
            if (j < gaps) calc_rhythm_add(&x.s[i], g, usual * size);
            else x.truth[i] = g;
        }
        x.w[i] = sizes ? size * usual * gaps / x.s[i].units : 1;
        x.mean[i] = k / rate;
    }
    return x;
}

static void sim_release(sim *x)
{
    kam_free(x->s);
    kam_free(x->truth);
    kam_free(x->w);
    kam_free(x->mean);
}

/* The truth is found again, the range holds what it says, and the pooled estimate is nearer than the own mean. */
static void known_truth(void **state)
{
    (void)state;
    static const struct {
        double k, a, b;
        bool sizes;
    } world[] = {{1, 3, 60, false}, {2.5, 4, 50, false}, {6, 8, 40, true}, {0.7, 2.5, 90, true}};
    const size_t n = getenv("KAM_SLOW_MEMORY") ? 2000 : 20000;
    for (size_t m = 0; m < COUNT_OF(world); m++) {
        sim x = simulate(n, world[m].k, world[m].a, world[m].b, world[m].sizes, 100 + m);
        calc_rhythm_fit f;
        calc_rhythm_fit_model(n, x.s, &f);
        NEAR(f.k / world[m].k, 1, 0.08);
        NEAR(f.a / world[m].a, 1, world[m].sizes ? 0.25 : 0.12); /* the usual size is estimated too */
        double covered = 0, own = 0, pooled = 0, own_rate = 0, pooled_rate = 0;
        for (size_t i = 0; i < n; i++) {
            calc_rhythm_next e = calc_rhythm_expect(&f, &x.s[i], x.w[i], 0.8);
            covered += x.truth[i] >= e.low && x.truth[i] <= e.high;
            double mine = x.s[i].days / x.s[i].n * x.w[i];
            own += pow(mine - x.truth[i], 2);
            pooled += pow(e.days - x.truth[i], 2);
            own_rate += pow(log(mine / x.w[i] / x.mean[i]), 2);
            pooled_rate += pow(log(e.days / x.w[i] / x.mean[i]), 2);
        }
        /* 80 % within four standard errors; where sizes vary the usual size is known from a few orders only and a little is lost. */
        NEAR(covered / (double)n, 0.8, 4 * sqrt(0.16 / (double)n) + (world[m].sizes ? 0.02 : 0));
        assert_true(sqrt(pooled) < sqrt(own));
        assert_true(sqrt(pooled_rate) < 0.9 * sqrt(own_rate)); /* of the true mean gap */
        sim_release(&x);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(by_hand), cmocka_unit_test(closed_forms), cmocka_unit_test(shape_by_hand),
                                       cmocka_unit_test(degenerate), cmocka_unit_test(known_truth)};
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}

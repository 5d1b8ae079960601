/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Logistic regression, penalty, AUC, calibration. Reference values: tests/data/logit_reference.R, run once with R 4.2.2 (glm, optim, and the AUC written out). */
#include "unit.h"
#include "calc_build.h"
#include "calc_logit.h"
#include <math.h>

static double logistic(double eta) { return 1 / (1 + exp(-eta)); }

/* The 200 rows of the R script. */
static void reference_rows(double *x, uint8_t *y)
{
    for (int i = 1; i <= 200; i++) {
        double x1 = (i * 37) % 101 / 10.0, x2 = (i * 53) % 97 / 7.0, u = (i * 71) % 89 / 89.0;
        x[2 * (i - 1)] = x1;
        x[2 * (i - 1) + 1] = x2;
        y[i - 1] = u < logistic(-1 + 0.6 * (x1 - 5) - 0.3 * (x2 - 7));
    }
}

static void as_glm(void **state)
{
    (void)state;
    double x[400];
    uint8_t y[200];
    calc_logit m, ridge;
    reference_rows(x, y);
    calc_logit_data d = {200, 2, x, y, NULL, NULL};
    assert_int_equal(calc_logit_fit(&d, 0, NULL, &m, NULL), KAM_OK);
    assert_int_equal(m.events, 74);
    assert_float_equal(m.b0, -0.953383004819392, 1e-9);
    assert_float_equal(m.beta[0], 1.783742471239953, 1e-9);
    assert_float_equal(m.beta[1], -1.162567002629473, 1e-9);
    assert_float_equal(m.se0, 0.214945973969629, 1e-7);
    assert_float_equal(m.se[0], 0.259921569091974, 1e-7);
    assert_float_equal(m.se[1], 0.231241481530026, 1e-7);
    assert_float_equal(m.log_likelihood, -82.8668001297765, 1e-9);
    assert_int_equal(calc_logit_fit(&d, 0.1, &m, &ridge, NULL), KAM_OK);
    assert_float_equal(ridge.b0, -0.652794973168441, 1e-6);
    assert_float_equal(ridge.beta[0], 0.876136884022450, 1e-6);
    assert_float_equal(ridge.beta[1], -0.526184350692121, 1e-6);
    /* λ → 0 leads to the unpenalised fit, and where one starts makes no difference. */
    double before = 1;
    for (double lambda = 1e-2; lambda > 1e-9; lambda /= 10) {
        assert_int_equal(calc_logit_fit(&d, lambda, NULL, &ridge, NULL), KAM_OK);
        assert_true(fabs(ridge.beta[0] - m.beta[0]) < before);
        before = fabs(ridge.beta[0] - m.beta[0]);
    }
    assert_true(before < 1e-6);
}

static double normal(uint64_t *seed)
{
    double s = 0;
    for (int k = 0; k < 12; k++) s += rnd_unit(seed);
    return s - 6;
}

/* Known truth: log odds −1.5 + 0.8 a − 0.5 b + 0·c on 20,000 rows; in raw units β/sd within 3 standard errors; on fresh rows the AUC is within 0.02 of the
 * one the true log odds reach. */
static void known_truth(void **state)
{
    (void)state;
    enum { N = 20000 };
    const double truth[3] = {0.8, -0.5, 0};
    uint64_t seed = 2026;
    double *x = kam_calloc(3 * N, sizeof *x), *score = kam_calloc(N, sizeof *score), *best = kam_calloc(N, sizeof *best);
    uint8_t *y = kam_calloc(N, 1);
    calc_logit m;
    for (int round = 0; round < 2; round++) {
        for (size_t i = 0; i < N; i++) {
            best[i] = -1.5;
            for (size_t j = 0; j < 3; j++) {
                x[3 * i + j] = normal(&seed) * (double)(j + 1) + 10; /* other scales, other centres */
                best[i] += truth[j] * (x[3 * i + j] - 10) / (double)(j + 1);
            }
            y[i] = rnd_unit(&seed) < logistic(best[i]);
        }
        if (round) break;
        assert_int_equal(calc_logit_fit(&(calc_logit_data){N, 3, x, y, NULL, NULL}, 1e-9, NULL, &m, NULL), KAM_OK);
        for (size_t j = 0; j < 3; j++) assert_true(fabs(m.beta[j] / m.sd[j] * (double)(j + 1) - truth[j]) < 3 * m.se[j] / m.sd[j] * (double)(j + 1));
    }
    double auc, optimum, low, high;
    for (size_t i = 0; i < N; i++) score[i] = calc_logit_predict(&m, x + 3 * i);
    assert_true(calc_auc(score, y, N, 0.95, &auc, &low, &high));
    assert_true(low < auc && auc < high && high - low < 0.03);
    assert_true(calc_auc(best, y, N, 0.95, &optimum, &low, &high));
    assert_true(optimum > 0.7 && fabs(auc - optimum) < 0.02);
    /* Said and seen agree: in each tenth the observed share is within 4 standard errors of the predicted one. */
    calc_calibration bin[10];
    assert_int_equal(calc_calibrate(score, y, N, 10, bin), 10);
    size_t sum = 0;
    for (size_t k = 0; k < 10; k++) {
        double p = bin[k].predicted, se = sqrt(p * (1 - p) / (double)bin[k].n);
        assert_true(fabs((double)bin[k].events / (double)bin[k].n - p) < 4 * se);
        sum += bin[k].n;
    }
    assert_int_equal(sum, N);
    kam_free(x);
    kam_free(score);
    kam_free(best);
    kam_free(y);
}

/* Noise alone: cross-validation chooses a strong penalty and the coefficients stay near 0; with a signal it chooses a weaker one. */
static void penalty(void **state)
{
    (void)state;
    enum { N = 300, P = 8 };
    static const double grid[] = {1, 0.1, 0.01, 0.001, 0.0001};
    uint64_t seed = 4;
    double x[N * P], noise, signal;
    uint8_t y[N], z[N], fold[N];
    for (size_t i = 0; i < N; i++) {
        for (size_t j = 0; j < P; j++) x[i * P + j] = normal(&seed);
        y[i] = rnd_unit(&seed) < 0.3;
        z[i] = rnd_unit(&seed) < logistic(2 * x[i * P]);
        fold[i] = (uint8_t)(i % 5);
    }
    assert_int_equal(calc_logit_choose(&(calc_logit_data){N, P, x, y, NULL, NULL}, fold, 5, grid, 5, NULL, &noise, NULL, NULL), KAM_OK);
    assert_int_equal(calc_logit_choose(&(calc_logit_data){N, P, x, z, NULL, NULL}, fold, 5, grid, 5, NULL, &signal, NULL, NULL), KAM_OK);
    assert_true(noise > signal);
    assert_true(noise >= 0.1);
}

/* Unknown values add nothing; a constant column is left out; a repeated one and separated classes are said when λ = 0 and no trouble with λ > 0. */
static void degenerate(void **state)
{
    (void)state;
    double x[] = {1, 5, 1, 2, 5, 2, NAN, 5, NAN, 4, 5, 4, 5, 5, 5, 6, 5, 6};
    uint8_t y[] = {0, 1, 0, 1, 0, 1}, sep[] = {0, 0, 0, 1, 1, 1}, one[] = {1, 1, 1, 1, 1, 1};
    calc_logit m;
    kam_err err = KAM_ERR_INIT;
    calc_logit_data d = {6, 3, x, y, NULL, NULL};
    assert_int_equal(calc_logit_fit(&d, 0, NULL, &m, &err), KAM_CALC);
    assert_string_equal(err.word[0], "UNIDENTIFIED");
    assert_int_equal(calc_logit_fit(&d, 0.1, NULL, &m, NULL), KAM_OK);
    assert_false(m.used[1]);
    assert_float_equal(m.known[0], 5.0 / 6, 1e-12);
    assert_float_equal(m.beta[0], m.beta[2], 1e-9); /* twins share the weight */
    assert_float_equal(calc_logit_part(&m, 0, NAN), 0, 0);
    assert_float_equal(calc_logit_part(&m, 1, 77), 0, 0);
    d.y = sep;
    double lone[] = {1, 2, 3, 4, 5, 6};
    kam_err_clear(&err);
    assert_int_equal(calc_logit_fit(&(calc_logit_data){6, 1, lone, sep, NULL, NULL}, 0, NULL, &m, &err), KAM_CALC);
    assert_string_equal(err.word[0], "UNIDENTIFIED");
    assert_int_equal(calc_logit_fit(&(calc_logit_data){6, 1, lone, sep, NULL, NULL}, 0.01, NULL, &m, NULL), KAM_OK);
    assert_true(m.beta[0] > 0 && isfinite(m.se[0]));
    kam_err_clear(&err);
    assert_int_equal(calc_logit_fit(&(calc_logit_data){6, 1, lone, one, NULL, NULL}, 0.01, NULL, &m, &err), KAM_CALC);
    assert_string_equal(err.word[0], "NODATA");
    kam_err_clear(&err);
    assert_int_equal(calc_logit_fit(&(calc_logit_data){0, 1, lone, one, NULL, NULL}, 0.01, NULL, &m, &err), KAM_CALC);
}

static void auc(void **state)
{
    (void)state;
    double a, low, high, x[400], score[200];
    uint8_t y[200];
    reference_rows(x, y);
    for (int i = 0; i < 200; i++) score[i] = x[2 * i] - 0.5 * nearbyint(x[2 * i + 1]);
    assert_true(calc_auc(score, y, 200, 0.95, &a, &low, &high)); /* R: 0.876823251823252, se 0.0239378175539181 */
    assert_float_equal(a, 0.8768232518232518, 1e-12);
    assert_float_equal(high - a, 1.959963984540054 * 0.0239378175539181, 1e-9);
    /* By hand: events 3, 2; others 2, 1: pairs 3>2, 3>1, 2=2, 2>1: (1 + 1 + .5 + 1) / 4. */
    double s[] = {3, 2, 2, 1}, same[] = {1, 1, 1, 1};
    uint8_t e[] = {1, 1, 0, 0}, none[] = {0, 0, 0, 0};
    assert_true(calc_auc(s, e, 4, 0.95, &a, &low, &high));
    assert_float_equal(a, 0.875, 1e-12);
    assert_true(calc_auc(same, e, 4, 0.95, &a, &low, &high));
    assert_float_equal(a, 0.5, 1e-12);
    assert_false(calc_auc(s, none, 4, 0.95, &a, &low, &high));
    assert_false(calc_auc(NULL, NULL, 0, 0.95, &a, &low, &high));
    assert_true(calc_auc(s + 1, e + 1, 2, 0.95, &a, &low, &high)); /* one of each: no interval */
    assert_true(isnan(low) && isnan(high));
    for (int i = 0; i < 4; i++) s[i] = exp(s[i]); /* only the order counts */
    assert_true(calc_auc(s, e, 4, 0.95, &a, &low, &high));
    assert_float_equal(a, 0.875, 1e-12);
}

/* Equal predictions are never torn apart. */
static void calibration(void **state)
{
    (void)state;
    double p[] = {0.1, 0.1, 0.1, 0.1, 0.5, 0.9};
    uint8_t y[] = {0, 0, 1, 0, 1, 1};
    calc_calibration b[3];
    assert_int_equal(calc_calibrate(p, y, 6, 3, b), 3);
    assert_int_equal(b[0].n, 4);
    assert_int_equal(b[0].events, 1);
    assert_int_equal(b[1].n, 1);
    assert_float_equal(b[2].predicted, 0.9, 1e-12);
    assert_int_equal(calc_calibrate(p, y, 0, 3, b), 0);
    assert_int_equal(calc_calibrate(p, y, 1, 3, b), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(as_glm), cmocka_unit_test(known_truth), cmocka_unit_test(penalty), cmocka_unit_test(degenerate),
                                       cmocka_unit_test(auc), cmocka_unit_test(calibration)};
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}

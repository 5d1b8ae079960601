/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "unit.h"
#include "kam_axis.h"
#include <float.h>
#include <math.h>

static void test_known_axes(void **state)
{
    (void)state;
    kam_axis a;
    kam_axis_make(&a, 0, 97, 5, true); /* 97/5 = 19.4 → step 20 */
    assert_true(a.step == 20 && a.min == 0 && a.max == 100 && a.n == 6 && a.decimals == 0);
    kam_axis_make(&a, 0.12, 0.47, 5, false); /* 0.07 → step 0.1 */
    assert_true(fabs(a.step - 0.1) < 1e-12 && fabs(a.min - 0.1) < 1e-12 && fabs(a.max - 0.5) < 1e-12 && a.decimals == 1);
    kam_axis_make(&a, -30, 70, 5, true); /* 20 → -40 … 80 */
    assert_true(a.min == -40 && a.max == 80 && a.n == 7 && a.tick[2] == 0);
    kam_axis_make(&a, 0, 1.2, 5, true); /* 0.24 → 0.25 needs two decimals */
    assert_true(fabs(a.step - 0.25) < 1e-12 && a.decimals == 2);
}

static void test_whole_axes(void **state)
{
    (void)state;
    kam_axis a;
    kam_axis_make_whole(&a, 0, 11, 5); /* 2.2 → 2.5 is not whole; four ticks: 2.75 → 5 */
    assert_true(a.step == 5 && a.max == 15 && a.decimals == 0);
    kam_axis_make_whole(&a, 0, 1, 5); /* no step below 1: the scale grows */
    assert_true(a.step == 1 && a.min == 0 && a.max == 2 && a.decimals == 0);
    kam_axis_make_whole(&a, -1, 0, 5);
    assert_true(a.decimals == 0 && a.min <= -1);
    kam_axis_make_whole(&a, 0, 97, 5); /* whole at once */
    assert_true(a.step == 20 && a.max == 100);
    for (int hi = 0; hi < 2000; hi++)
        for (int lo = -3; lo <= 0; lo++) {
            kam_axis_make_whole(&a, lo, hi, 8);
            assert_true(a.decimals == 0 && a.min <= lo && a.max >= hi && a.n >= 2);
            for (size_t i = 0; i < a.n; i++) assert_true(a.tick[i] == floor(a.tick[i]));
        }
}

static void test_axis_properties(void **state)
{
    (void)state;
    const double v[] = {0, 1, -1, 1e-9, 1e9, 3.7e15, -2.2e-5, 0.999999, 123456.789, 1e300, -1e300, 1e308, -1.7e308, DBL_MAX, -DBL_MAX, 1e-308, -2e-308, 4e-324};
    for (size_t i = 0; i < COUNT_OF(v); i++)
        for (size_t k = 0; k < COUNT_OF(v); k++)
            for (int zero = 0; zero <= 1; zero++)
                for (int want = 2; want <= 12; want += 5) {
                    kam_axis a;
                    kam_axis_make(&a, v[i], v[k], want, zero);
                    double lo = fmin(v[i], v[k]), hi = fmax(v[i], v[k]);
                    assert_true(a.n >= 2 && a.n <= KAM_TICKS_MAX && a.max > a.min && a.step > 0);
                    assert_true(isfinite(a.min) && isfinite(a.max) && isfinite(a.step));
                    assert_true(a.min <= lo + a.step * 1e-6 && a.max >= hi - a.step * 1e-6);
                    if (zero) assert_true(a.min <= 0 && a.max >= 0);
                    /* whatever is on the scale is drawn within it */
                    const double on[] = {lo, hi, a.min, a.max, a.tick[0], a.tick[a.n - 1]};
                    for (size_t j = 0; j < COUNT_OF(on); j++) {
                        double x = kam_axis_map(&a, on[j], 10, 110);
                        assert_true(x > 10 - 1e-3 && x < 110 + 1e-3);
                    }
                }
    kam_axis a;
    kam_axis_make(&a, NAN, INFINITY, 5, true);
    assert_true(a.n >= 2 && a.min == 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_known_axes), cmocka_unit_test(test_whole_axes), cmocka_unit_test(test_axis_properties)};
    return cmocka_run_group_tests_name("base_axis", tests, NULL, NULL);
}

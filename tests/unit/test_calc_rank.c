/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "unit.h"
#include "calc_build.h"
#include "calc_rank.h"
#include "calc_text.h"
#include <math.h>

static void midranks(void **state)
{
    (void)state;
    const double x[] = {5, 1, 5, 3, 5, 1};
    int64_t r[6];
    calc_midrank2(x, 6, r); /* 1 1 3 5 5 5 → 1.5 1.5 3 5 5 5 */
    static const int64_t want[] = {10, 3, 10, 6, 10, 3};
    for (int i = 0; i < 6; i++) assert_int_equal(r[i], want[i]);
    calc_midrank2(x, 0, r);
}

static void scores_in_parts(void **state)
{
    (void)state;
    /* 1 + floor(5 (rank − ½) / n): of five one each; of ten two each; one alone and all equal stand in the middle */
    for (int i = 1; i <= 5; i++) assert_int_equal(calc_rank_score(2 * i, 5, 5), i);
    for (int i = 1; i <= 10; i++) assert_int_equal(calc_rank_score(2 * i, 10, 5), (i + 1) / 2);
    assert_int_equal(calc_rank_score(2, 1, 5), 3);
    assert_int_equal(calc_rank_score(8, 7, 5), 3);  /* seven equal: mid-rank 4 → 2.5 → 3 */
    assert_int_equal(calc_rank_score(3, 2, 5), 3);  /* two equal */
    assert_int_equal(calc_rank_score(14, 7, 5), 5);
}

static void medians(void **state)
{
    (void)state;
    double odd[] = {9, 1, 4}, even[] = {4, 1, 9, 6}, m = -1;
    assert_true(calc_median(odd, 3, &m));
    assert_true(m == 4);
    assert_true(calc_median(even, 4, &m));
    assert_true(m == 5);
    assert_false(calc_median(even, 0, &m));
}

static void wilson(void **state)
{
    (void)state;
    double low, high;
    /* 10 of 100 at 95 %: Brown, Cai & DasGupta's formula gives 0.05522914, 0.17436566 */
    assert_true(calc_wilson(10, 100, 0.95, &low, &high));
    assert_true(fabs(low - 0.05522914) < 1e-7 && fabs(high - 0.17436566) < 1e-7);
    /* 0 of 10: high = z²/(10 + z²) = 3.841459/13.841459 */
    assert_true(calc_wilson(0, 10, 0.95, &low, &high));
    assert_true(low == 0 && fabs(high - 3.8414588 / 13.8414588) < 1e-7);
    assert_true(calc_wilson(10, 10, 0.95, &low, &high));
    assert_true(high == 1 && fabs(low - 10 / 13.8414588) < 1e-7);
    assert_false(calc_wilson(0, 0, 0.95, &low, &high));
}

static void kaplan_meier(void **state)
{
    (void)state;
    int64_t m = -1;
    /* Without censoring: the ordinary (lower) median. */
    const int64_t t1[] = {40, 10, 30, 20};
    const uint8_t all[] = {1, 1, 1, 1};
    assert_true(calc_km_median(t1, all, 4, &m));
    assert_int_equal(m, 20); /* S(20) = ½ exactly */
    /* 6, 6, 6, 6*, 7, 9*, 10, 10*, 11*, 13 …: the 6-MP arm of Freireich et al. 1963, 21 patients, median 23 */
    const int64_t t2[] = {6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35};
    const uint8_t e2[] = {1, 1, 1, 0, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0};
    assert_true(calc_km_median(t2, e2, 21, &m));
    assert_int_equal(m, 23);
    /* Censored at the time of an event: still at risk there. 1 of 2 leaves at 5 → S = ½ */
    const int64_t t3[] = {5, 5};
    const uint8_t e3[] = {0, 1};
    assert_true(calc_km_median(t3, e3, 2, &m));
    assert_int_equal(m, 5);
    const uint8_t none[] = {0, 0};
    assert_false(calc_km_median(t3, none, 2, &m));
    assert_false(calc_km_median(NULL, NULL, 0, &m));
}

static void gini(void **state)
{
    (void)state;
    double g, one[] = {5}, equal[] = {0.1, 0.1, 0.1}, winner[] = {0, 10, 0, 0}, zero[] = {0, 0};
    assert_true(calc_gini(one, 1, &g) && g == 0);
    assert_true(calc_gini(equal, 3, &g) && fabs(g) < 1e-12);
    assert_true(calc_gini(winner, 4, &g) && fabs(g - 0.75) < 1e-12); /* (n − 1) / n */
    assert_false(calc_gini(zero, 2, &g));
}

static const char *said(calc_lang lang, calc_arg a)
{
    static char out[128];
    kam_str b = KAM_STR_INIT;
    static const calc_text t = {"t", "<{1}>", "《{1}》"};
    calc_say(&b, lang, &t, &a, 1);
    snprintf(out, sizeof out, "%s", kam_str_cstr(&b));
    kam_str_release(&b);
    return out;
}

static void one_day(void **state)
{
    (void)state;
    static const calc_text t = {"t", "{1} days ago, {2} purchase days; {1} accounts in {1} days", "{1} 天前，购买日 {2} 个；{1} 天内 {1} 个客户"};
    const struct {
        int64_t n;
        calc_lang lang;
        const char *want;
    } cases[] = {
        {1, CALC_EN, "1 day ago, 1 purchase day; 1 accounts in 1 day"},
        {2, CALC_EN, "2 days ago, 2 purchase days; 2 accounts in 2 days"},
        {11, CALC_EN, "11 days ago, 11 purchase days; 11 accounts in 11 days"},
        {1, CALC_ZH, "1 天前，购买日 1 个；1 天内 1 个客户"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        kam_str b = KAM_STR_INIT;
        const calc_arg args[] = {calc_arg_int(cases[i].n), calc_arg_int(cases[i].n)};
        calc_say(&b, cases[i].lang, &t, args, 2);
        assert_string_equal(kam_str_cstr(&b), cases[i].want);
        kam_str_release(&b);
    }
}

static void sentences(void **state)
{
    (void)state;
    assert_string_equal(said(CALC_EN, calc_arg_int(-7)), "<-7>");
    assert_string_equal(said(CALC_ZH, calc_arg_real(2.349, 2)), "《2.35》");
    assert_string_equal(said(CALC_EN, calc_arg_real(-0.01, 1)), "<0>");
    assert_string_equal(said(CALC_EN, calc_arg_pct(0.1234)), "<12.3 %>");
    assert_string_equal(said(CALC_EN, calc_arg_day(0)), "<1970-01-01>");
    assert_string_equal(said(CALC_EN, calc_arg_day(INT64_MAX)), "<?>");
    assert_string_equal(said(CALC_EN, calc_arg_money(-1234567, 2)), "<-12,345.67>");
    assert_string_equal(said(CALC_EN, calc_arg_text(NULL)), "<?>");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(midranks),     cmocka_unit_test(scores_in_parts), cmocka_unit_test(medians), cmocka_unit_test(wilson),
        cmocka_unit_test(kaplan_meier), cmocka_unit_test(gini),            cmocka_unit_test(one_day), cmocka_unit_test(sentences),
    };
    return cmocka_run_group_tests_name("calc_rank", tests, NULL, NULL);
}

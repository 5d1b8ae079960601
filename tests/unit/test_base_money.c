/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "unit.h"
#include "kam_money.h"
#include <math.h>
#include <string.h>

static void exponents(void **state)
{
    (void)state;
    assert_int_equal(kam_currency_exponent("CNY"), 2);
    assert_int_equal(kam_currency_exponent("JPY"), 0);
    assert_int_equal(kam_currency_exponent("KWD"), 3);
    assert_int_equal(kam_currency_exponent("CLF"), 4);
    assert_int_equal(kam_currency_exponent("EUR"), 2);
    static const char *const bad[] = {"", "cny", "XXZ", "CN", "CNYX", "NY ", "Y K", " CN"};
    for (size_t i = 0; i < COUNT_OF(bad); i++)
        assert_int_equal(kam_currency_exponent(bad[i]), -1);
}

static void parsed(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int exponent;
        int64_t minor;
    } want[] = {{"0", 2, 0}, {"-0", 2, 0}, {"1", 2, 100}, {"1.5", 2, 150}, {"1.50", 2, 150}, {"1.5000", 2, 150},
                {"1234.56", 2, 123456}, {"1,234.56", 2, 123456}, {"1,234,567", 0, 1234567}, {"-1,234.567", 3, -1234567},
                {"12,345", 2, 1234500}, {"123,456", 2, 12345600}, {"007.10", 2, 710}, {"100.000", 0, 100},
                {"92233720368547758.07", 2, INT64_MAX}, {"-92233720368547758.08", 2, INT64_MIN},
                {"9223372036854775807", 0, INT64_MAX}, {"922337203685477.5807", 4, INT64_MAX}};
    for (size_t i = 0; i < COUNT_OF(want); i++) {
        int64_t got = 7;
        if (!kam_money_parse(want[i].text, want[i].exponent, &got) || got != want[i].minor)
            fail_msg("%s gave %lld", want[i].text, (long long)got);
    }
}

static void refused(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int exponent;
    } bad[] = {{"", 2}, {"-", 2}, {"1.", 2}, {".5", 2}, {"1.005", 2}, {"1.5", 0}, {"+1", 2}, {" 1", 2}, {"1 ", 2},
               {"1,23", 2}, {"1234,567", 2}, {",123", 2}, {"1,,234", 2}, {"1,234,", 2}, {"12,34,567", 2}, {"1.234,567", 3},
               {"1e3", 2}, {"--1", 2}, {"1-", 2}, {"0x1", 2}, {"92233720368547758.08", 2}, {"-92233720368547758.09", 2},
               {"9223372036854775808", 0}, {"99999999999999999999999999", 2}, {"1.2.3", 2}, {"abc", 2}, {"NaN", 2},
               {"¥1", 2}, {"1,234.5.", 2}};
    int64_t v = 42;
    for (size_t i = 0; i < COUNT_OF(bad); i++)
        if (kam_money_parse(bad[i].text, bad[i].exponent, &v)) fail_msg("took %s", bad[i].text);
    assert_int_equal(v, 42);
}

static void formatted(void **state)
{
    (void)state;
    static const struct {
        int64_t minor;
        int exponent;
        const char *plain, *grouped;
    } want[] = {{0, 2, "0.00", "0.00"}, {5, 2, "0.05", "0.05"}, {-5, 2, "-0.05", "-0.05"},
                {123456, 2, "1234.56", "1,234.56"}, {-123450, 2, "-1234.50", "-1,234.50"}, {999, 0, "999", "999"},
                {1000, 0, "1000", "1,000"}, {100000, 2, "1000.00", "1,000.00"}, {99999, 2, "999.99", "999.99"},
                {1234567, 3, "1234.567", "1,234.567"}, {-100000000, 0, "-100000000", "-100,000,000"}, {1, 4, "0.0001", "0.0001"},
                {INT64_MAX, 2, "92233720368547758.07", "92,233,720,368,547,758.07"},
                {INT64_MIN, 0, "-9223372036854775808", "-9,223,372,036,854,775,808"}};
    for (size_t i = 0; i < COUNT_OF(want); i++) {
        char out[KAM_MONEY_MAX];
        int64_t back;
        kam_money_format(want[i].minor, want[i].exponent, out);
        assert_string_equal(out, want[i].plain);
        assert_true(kam_money_parse(out, want[i].exponent, &back));
        assert_true(back == want[i].minor);
        kam_money_format_grouped(want[i].minor, want[i].exponent, out);
        assert_string_equal(out, want[i].grouped);
        assert_true(kam_money_parse(out, want[i].exponent, &back));
        assert_true(back == want[i].minor);
    }
}

static void from_and_to_real(void **state)
{
    (void)state;
    int64_t v = 42;
    assert_true(kam_money_to_major(123456, 2) == 1234.56);
    assert_true(kam_money_to_major(-5, 0) == -5);
    assert_true(kam_money_from_major(0.125, 2, &v) && v == 13); /* exactly half: away from zero */
    assert_true(kam_money_from_major(-0.125, 2, &v) && v == -13);
    assert_true(kam_money_from_major(2.5, 0, &v) && v == 3);
    assert_true(kam_money_from_major(1234.56, 2, &v) && v == 123456);
    assert_true(kam_money_from_major(-0x1p63, 0, &v) && v == INT64_MIN);
    v = 42;
    assert_false(kam_money_from_major(0x1p63, 0, &v));
    assert_false(kam_money_from_major(1e300, 2, &v));
    assert_false(kam_money_from_major(NAN, 2, &v));
    assert_false(kam_money_from_major(INFINITY, 2, &v));
    assert_false(kam_money_from_major(-INFINITY, 2, &v));
    assert_int_equal(v, 42);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(exponents), cmocka_unit_test(parsed),           cmocka_unit_test(refused),
        cmocka_unit_test(formatted), cmocka_unit_test(from_and_to_real),
    };
    return cmocka_run_group_tests_name("base_money", tests, NULL, NULL);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "unit.h"
#include "kam_date.h"

/* An independent calendar: one day after the other, by the Gregorian rule, over the whole range. */
static void whole_range_day_by_day(void **state)
{
    (void)state;
    static const int len[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int y = 1, m = 1, d = 1, weekday = 1; /* 0001-01-01 was a Monday */
    for (kam_day day = KAM_DAY_MIN; day <= KAM_DAY_MAX; day++) {
        int yy, mm, dd;
        kam_day_to_ymd(day, &yy, &mm, &dd);
        if (yy != y || mm != m || dd != d || kam_day_from_ymd(y, m, d) != day || kam_day_weekday(day) != weekday)
            fail_msg("day %lld is %d-%d-%d, not %d-%d-%d", (long long)day, yy, mm, dd, y, m, d);
        int leap = (y % 4 == 0 && y % 100 != 0) || y % 400 == 0;
        weekday = weekday % 7 + 1;
        if (++d > len[m - 1] + (m == 2 && leap)) {
            d = 1;
            if (++m > 12) {
                m = 1;
                y++;
            }
        }
    }
    assert_int_equal(y, 10000);
}

static void text_round_trip(void **state)
{
    (void)state;
    for (kam_day day = KAM_DAY_MIN; day <= KAM_DAY_MAX; day += 97) {
        char text[KAM_DATE_MAX];
        kam_day back;
        kam_day_format(day, text);
        if (!kam_day_parse(text, &back) || back != day) fail_msg("%s", text);
    }
    char text[KAM_DATE_MAX];
    kam_day_format(0, text);
    assert_string_equal(text, "1970-01-01");
    kam_day_format(KAM_DAY_MIN, text);
    assert_string_equal(text, "0001-01-01");
    kam_day_format(KAM_DAY_MAX, text);
    assert_string_equal(text, "9999-12-31");
    kam_day_format(19782, text);
    assert_string_equal(text, "2024-02-29");
    kam_day_format(-1, text);
    assert_string_equal(text, "1969-12-31");
}

static void refused(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "", "2023-02-29", "1900-02-29", "2100-02-29", "2024-13-01", "2024-00-10", "2024-01-00", "2024-04-31", "0000-01-01",
        "2024-1-1", "2024/01/01", "2024-01-01 ", " 2024-01-01", "20240101", "2024-01-011", "+024-01-01", "2024-01-0a",
        "-2024-01-01", "10000-01-01", "2024-01", "2024-", "２０２４-01-01"};
    kam_day d = 42;
    for (size_t i = 0; i < COUNT_OF(bad); i++)
        if (kam_day_parse(bad[i], &d)) fail_msg("took %s", bad[i]);
    assert_int_equal(d, 42);
    assert_true(kam_day_parse("2000-02-29", &d));
    assert_false(kam_ymd_valid(2023, 2, 29));
    assert_false(kam_ymd_valid(10000, 1, 1));
    assert_false(kam_ymd_valid(2023, -1, 1));
}

static kam_day day_of(const char *s)
{
    kam_day d = 0;
    assert_true(kam_day_parse(s, &d));
    return d;
}

static void months(void **state)
{
    (void)state;
    static const struct {
        const char *from;
        int months;
        const char *to;
    } want[] = {{"2024-01-31", 1, "2024-02-29"}, {"2023-01-31", 1, "2023-02-28"}, {"2024-02-29", 12, "2025-02-28"},
                {"2024-03-31", -1, "2024-02-29"}, {"2024-05-31", 1, "2024-06-30"}, {"2024-12-15", 1, "2025-01-15"},
                {"2024-01-15", -1, "2023-12-15"}, {"2024-02-29", 48, "2028-02-29"}, {"2024-06-30", 0, "2024-06-30"},
                {"2024-01-31", -13, "2022-12-31"}, {"0001-01-15", -1, "0001-01-01"}, {"9999-12-15", 1, "9999-12-31"},
                {"2024-01-01", 2000000000, "9999-12-31"}, {"2024-01-01", -2000000000, "0001-01-01"}};
    for (size_t i = 0; i < COUNT_OF(want); i++) {
        char got[KAM_DATE_MAX];
        kam_day_format(kam_day_add_months(day_of(want[i].from), want[i].months), got);
        assert_string_equal(got, want[i].to);
    }
    assert_int_equal(kam_day_month_start(day_of("2024-02-29")), day_of("2024-02-01"));
    assert_int_equal(kam_day_month_start(day_of("1969-12-31")), day_of("1969-12-01"));
}

static void weekdays(void **state)
{
    (void)state;
    assert_int_equal(kam_day_weekday(day_of("1970-01-01")), 4);
    assert_int_equal(kam_day_weekday(day_of("1969-12-31")), 3);
    assert_int_equal(kam_day_weekday(day_of("2000-01-01")), 6);
    assert_int_equal(kam_day_weekday(day_of("2024-02-29")), 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whole_range_day_by_day), cmocka_unit_test(text_round_trip), cmocka_unit_test(refused),
        cmocka_unit_test(months),                 cmocka_unit_test(weekdays),
    };
    return cmocka_run_group_tests_name("base_date", tests, NULL, NULL);
}

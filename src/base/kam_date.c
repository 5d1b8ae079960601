/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kam_date.h"
#include "kam_err.h"

/* Counting from 1 March makes the leap day the last of its year, so that one linear formula fits every month; 400
 * years are 146097 days. Method: H. Hinnant, "chrono-Compatible Low-Level Date Algorithms". */
enum { DAYS_400 = 146097, EPOCH_SHIFT = 719468 /* 0000-03-01 to 1970-01-01 */ };

static bool is_leap(int y)
{
    return y % 4 == 0 && (y % 100 != 0 || y % 400 == 0);
}

static int month_length(int y, int m)
{
    static const int len[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return m == 2 && is_leap(y) ? 29 : len[m - 1];
}

bool kam_ymd_valid(int year, int month, int day)
{
    return year >= 1 && year <= 9999 && month >= 1 && month <= 12 && day >= 1 && day <= month_length(year, month);
}

kam_day kam_day_from_ymd(int year, int month, int day)
{
    KAM_ASSERT(kam_ymd_valid(year, month, day));
    int64_t y = month > 2 ? year : year - 1;
    int64_t era = y / 400;
    int64_t yoe = y - era * 400;
    int64_t doy = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return era * DAYS_400 + yoe * 365 + yoe / 4 - yoe / 100 + doy - EPOCH_SHIFT;
}

void kam_day_to_ymd(kam_day d, int *year, int *month, int *day)
{
    int64_t z = d + EPOCH_SHIFT;
    int64_t era = (z >= 0 ? z : z - (DAYS_400 - 1)) / DAYS_400;
    int64_t doe = z - era * DAYS_400;
    int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / (DAYS_400 - 1)) / 365;
    int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    int64_t mp = (5 * doy + 2) / 153;
    *day = (int)(doy - (153 * mp + 2) / 5 + 1);
    *month = (int)(mp < 10 ? mp + 3 : mp - 9);
    *year = (int)(yoe + era * 400 + (*month <= 2));
}

static bool digits(const char *s, int n, int *out)
{
    int v = 0;
    for (int i = 0; i < n; i++) {
        if (s[i] < '0' || s[i] > '9') return false;
        v = v * 10 + (s[i] - '0');
    }
    *out = v;
    return true;
}

bool kam_day_parse(const char *s, kam_day *out)
{
    int y, m, d;
    if (!digits(s, 4, &y) || s[4] != '-' || !digits(s + 5, 2, &m) || s[7] != '-' || !digits(s + 8, 2, &d) ||
        s[10] != '\0')
        return false;
    if (!kam_ymd_valid(y, m, d)) return false;
    *out = kam_day_from_ymd(y, m, d);
    return true;
}

void kam_day_format(kam_day d, char out[KAM_DATE_MAX])
{
    KAM_ASSERT(d >= KAM_DAY_MIN && d <= KAM_DAY_MAX);
    int y, m, day;
    kam_day_to_ymd(d, &y, &m, &day);
    for (int i = 3; i >= 0; i--, y /= 10)
        out[i] = (char)('0' + y % 10);
    out[4] = out[7] = '-';
    out[5] = (char)('0' + m / 10);
    out[6] = (char)('0' + m % 10);
    out[8] = (char)('0' + day / 10);
    out[9] = (char)('0' + day % 10);
    out[10] = '\0';
}

int kam_day_weekday(kam_day d)
{
    int64_t w = (d + 3) % 7; /* day 0 was a Thursday */
    return (int)(w < 0 ? w + 7 : w) + 1;
}

kam_day kam_day_add_months(kam_day d, int months)
{
    int y, m, day;
    kam_day_to_ymd(d, &y, &m, &day);
    int64_t n = (int64_t)y * 12 + (m - 1) + months;
    /* Beyond the calendar there is no month: stay at its ends. */
    if (n < 12) return KAM_DAY_MIN;
    if (n > (int64_t)9999 * 12 + 11) return KAM_DAY_MAX;
    y = (int)(n / 12);
    m = (int)(n % 12) + 1;
    int last = month_length(y, m);
    return kam_day_from_ymd(y, m, day < last ? day : last);
}

kam_day kam_day_month_start(kam_day d)
{
    int y, m, day;
    kam_day_to_ymd(d, &y, &m, &day);
    return d - (day - 1);
}

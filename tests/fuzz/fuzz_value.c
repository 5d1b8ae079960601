/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Single values: day, money, numbers, UTF-8 repair and width, nearest names. What is taken is written and taken
 * again the same. */
#include "fuzz.h"
#include "kam_date.h"
#include "kam_err.h"
#include "kam_mem.h"
#include "kam_money.h"
#include "kam_str.h"
#include "kam_utf8.h"
#include <string.h>

static void numbers(const char *s)
{
    kam_day day, day2;
    if (kam_day_parse(s, &day)) {
        char text[KAM_DATE_MAX];
        kam_day_format(day, text);
        FUZZ_MUST(strcmp(text, s) == 0);
        day2 = kam_day_add_months(day, (int)(day % 50));
        FUZZ_MUST(day2 >= KAM_DAY_MIN && day2 <= KAM_DAY_MAX);
        FUZZ_MUST(kam_day_month_start(day) <= day);
    }
    for (int exponent = 0; exponent <= 4; exponent++) {
        int64_t minor, again;
        char text[KAM_MONEY_MAX];
        if (!kam_money_parse(s, exponent, &minor)) continue;
        kam_money_format(minor, exponent, text);
        FUZZ_MUST(kam_money_parse(text, exponent, &again) && again == minor);
        kam_money_format_grouped(minor, exponent, text);
        FUZZ_MUST(kam_money_parse(text, exponent, &again) && again == minor);
    }
    double v, w;
    if (kam_parse_real(s, &v)) {
        char text[KAM_NUM_MAX];
        kam_format_real(v, text);
        FUZZ_MUST(kam_parse_real(text, &w) && w == v);
    }
    long long n;
    if (kam_parse_int(s, &n)) FUZZ_MUST(kam_parse_real(s, &v));
}

static void text(const char *s, size_t n)
{
    size_t len, w;
    char *fixed = kam_utf8_repair(s, n, &len);
    FUZZ_MUST(kam_utf8_valid(fixed, len));
    FUZZ_MUST(strlen(fixed) == len);
    size_t total = kam_utf8_width(fixed, false);
    FUZZ_MUST(kam_utf8_fit(fixed, total, false, &w) == len && w == total);
    size_t half = kam_utf8_fit(fixed, total / 2, false, &w);
    FUZZ_MUST(w <= total / 2 && kam_utf8_valid(fixed, half));
    static const char *const names[] = {"classify", "华为技术有限公司", "lifetime-value"};
    size_t best[2];
    FUZZ_MUST(kam_nearest(fixed, names, 3, best, 2) <= 2);
    kam_free(fixed);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *s = kam_alloc(size + 1);
    if (size > 0) memcpy(s, data, size);
    s[size] = '\0';
    numbers(s);
    text(s, size);
    kam_free(s);
    return 0;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store_import_int.h"

#include "kam_date.h"

#include <stdio.h>
#include <string.h>

static bool digit(char c) { return c >= '0' && c <= '9'; }

/* Up to `max` digits; 0 read: not a number. */
static size_t number(const char **s, size_t max, int *out)
{
    size_t n = 0;
    int v = 0;
    while (n < max && digit((*s)[n])) v = v * 10 + ((*s)[n++] - '0');
    *s += n;
    *out = v;
    return n;
}

static bool skip(const char **s, const char *what)
{
    size_t n = strlen(what);
    if (strncmp(*s, what, n) != 0) return false;
    *s += n;
    return true;
}

/* Nothing, or a time of day: 13:22, 13:22:10, 13:22:10.123, with Z or +08:00 behind. */
static bool rest_is_time(const char *s)
{
    if (!*s) return true;
    if (*s != ' ' && *s != 'T') return false;
    while (*s == ' ' || *s == 'T') s++;
    int h = 0, m = 0;
    if (!*s) return true;
    if (!number(&s, 2, &h) || h > 24 || !skip(&s, ":") || number(&s, 2, &m) != 2 || m > 59) return false;
    return s[strspn(s, "0123456789:.Z+- ")] == 0;
}

static bool year_first(const char *s, int *y, int *m, int *d)
{
    size_t n = number(&s, 4, y);
    if (n != 4) return false;
    if (digit(*s)) return number(&s, 2, m) == 2 && number(&s, 2, d) == 2 && !digit(*s) && rest_is_time(s);
    static const char *const marks[][3] = {{"-", "-", ""}, {"/", "/", ""}, {".", ".", ""}, {"年", "月", "日"}};
    for (size_t i = 0; i < 4; i++) {
        if (!skip(&s, marks[i][0])) continue;
        if (!number(&s, 2, m) || !skip(&s, marks[i][1]) || !number(&s, 2, d)) return false;
        skip(&s, marks[i][2]);
        return rest_is_time(s);
    }
    return false;
}

/* 31/12/2024 or 12/31/2024; *plain: only one of the two readings is a day. */
static bool year_last(const char *s, bool *plain)
{
    int a = 0, b = 0, y = 0;
    if (!number(&s, 2, &a)) return false;
    char mark = *s;
    if (mark != '/' && mark != '-' && mark != '.') return false;
    s++;
    if (!number(&s, 2, &b) || *s != mark) return false;
    s++;
    *plain = a > 12 || b > 12;
    return number(&s, 4, &y) >= 2 && rest_is_time(s);
}

const char *import_day(const char *s, char out[12])
{
    int y = 0, m = 0, d = 0;
    if (year_first(s, &y, &m, &d)) {
        if (!kam_ymd_valid(y, m, d)) return KAM_MSG("there is no such day");
        kam_day_format(kam_day_from_ymd(y, m, d), out);
        return NULL;
    }
    bool plain = false;
    if (year_last(s, &plain))
        return plain ? KAM_MSG("write days as YYYY-MM-DD, for in other rows of this form day and month cannot be told apart")
                     : KAM_MSG("day and month cannot be told apart: write days as YYYY-MM-DD");
    if (strlen(s) == 5 && strspn(s, "0123456789") == 5)
        return KAM_MSG("this looks like a spreadsheet's number of a day: format the column as YYYY-MM-DD");
    return KAM_MSG("write days as YYYY-MM-DD");
}

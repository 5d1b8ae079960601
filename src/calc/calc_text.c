/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calc_text.h"
#include "kam_date.h"
#include "kam_err.h"
#include "kam_money.h"
#include <math.h>
#include <stdio.h>
#include <string.h>

calc_arg calc_arg_text(const char *s)
{
    calc_arg a = {s ? s : "?", {0}};
    return a;
}

calc_arg calc_arg_int(int64_t v)
{
    calc_arg a = {NULL, {0}};
    snprintf(a.buf, sizeof a.buf, "%lld", (long long)v);
    return a;
}

calc_arg calc_arg_real(double v, int decimals)
{
    calc_arg a = {NULL, {0}};
    char num[KAM_NUM_MAX];
    double scale = pow(10.0, decimals);
    double rounded = round(v * scale) / scale;
    if (!isfinite(rounded)) rounded = v; /* far too large to have decimals */
    kam_format_real(rounded == 0.0 ? 0.0 : rounded, num); /* no "-0" */
    snprintf(a.buf, sizeof a.buf, "%s", num);
    return a;
}

calc_arg calc_arg_pct(double frac)
{
    calc_arg num = calc_arg_real(frac * 100.0, 1), a = {NULL, {0}};
    snprintf(a.buf, sizeof a.buf, "%.*s %%", KAM_NUM_MAX, num.buf);
    return a;
}

calc_arg calc_arg_day(int64_t day)
{
    calc_arg a = {NULL, {0}};
    if (day < KAM_DAY_MIN || day > KAM_DAY_MAX) return calc_arg_text(NULL);
    kam_day_format(day, a.buf);
    return a;
}

calc_arg calc_arg_money(int64_t minor, int exponent)
{
    calc_arg a = {NULL, {0}};
    kam_money_format_grouped(minor, exponent, a.buf);
    return a;
}

/* Chinese puts a blank beside a code or a number, none between characters: "与 R01 会面", "与李癸会面". */
static bool chinese_begins(const char *s) /* the lead bytes of U+3000 … U+9FFF and of the full-width forms */
{
    unsigned char c = (unsigned char)*s;
    return (c >= 0xE3 && c <= 0xE9) || c == 0xEF;
}

static bool chinese_ends(const char *s, size_t n)
{
    return n >= 3 && ((unsigned char)s[n - 1] & 0xC0) == 0x80 && ((unsigned char)s[n - 2] & 0xC0) == 0x80 && chinese_begins(s + n - 3);
}

static bool between_chinese(const kam_str *out, const char *arg)
{
    return chinese_begins(arg) && out->len >= 1 && out->s[out->len - 1] == ' ' && chinese_ends(out->s, out->len - 1);
}

/* "{1} days ago" of one day is "1 day ago". Returns how much of the sentence is said by that. */
static size_t one_only(kam_str *out, const char *arg, const char *s)
{
    static const char *const plural[] = {" days", " purchase days", " repeat purchase days"};
    if (strcmp(arg, "1") != 0) return 0;
    for (size_t i = 0; i < sizeof plural / sizeof *plural; i++) {
        size_t n = strlen(plural[i]);
        if (strncmp(s, plural[i], n) != 0 || (s[n] >= 'a' && s[n] <= 'z')) continue;
        kam_str_addn(out, s, n - 1);
        return n;
    }
    return 0;
}

void calc_say(kam_str *out, calc_lang lang, const calc_text *t, const calc_arg *args, size_t n)
{
    const char *s = lang == CALC_ZH ? t->zh : t->en;
    while (*s) {
        const char *open = strchr(s, '{');
        if (!open) {
            kam_str_add(out, s);
            return;
        }
        kam_str_addn(out, s, (size_t)(open - s));
        if (open[1] < '1' || open[1] > '9' || open[2] != '}') KAM_BUG("malformed sentence %s", t->id);
        size_t k = (size_t)(open[1] - '1');
        if (k >= n) KAM_BUG("sentence %s wants argument %zu of %zu", t->id, k + 1, n);
        const char *arg = args[k].s ? args[k].s : args[k].buf;
        if (lang == CALC_ZH && between_chinese(out, arg)) out->s[--out->len] = '\0';
        kam_str_add(out, arg);
        s = open + 3;
        if (lang == CALC_EN) s += one_only(out, arg, s);
        if (lang == CALC_ZH && *s == ' ' && chinese_ends(kam_str_cstr(out), out->len) && chinese_begins(s + 1)) s++;
    }
}

void calc_say_half(kam_str *out, calc_lang lang, const char *s)
{
    const char *bar = strstr(s, " | ");
    if (bar && lang == CALC_ZH) kam_str_addn(out, s, (size_t)(bar - s));
    else kam_str_add(out, bar ? bar + 3 : s);
}

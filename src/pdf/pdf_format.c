/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pdf_format.h"
#include "kam_money.h"
#include <math.h>
#include <string.h>

static const double power10[] = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9};

void pdf_put_fixed(kam_str *out, double v, int decimals, bool group)
{
    bool fine = decimals > 9 && v != 0; /* 1e-12 rather than nothing but zeros */
    if (decimals < 0) decimals = 0;
    if (decimals > 9) decimals = 9;
    double scaled = round(fabs(v) * power10[decimals]);
    if (fine || !(scaled < 9e15)) { /* or beyond what a double holds digit by digit */
        char buf[KAM_NUM_MAX];
        kam_format_real(isfinite(v) ? v : 0, buf);
        kam_str_add(out, buf);
        return;
    }
    uint64_t n = (uint64_t)scaled;
    char digits[40];
    int k = 0, place = 0;
    if (v < 0 && n > 0) kam_str_addc(out, '-');
    do {
        if (decimals > 0 && place == decimals) digits[k++] = '.';
        int whole = place - decimals;
        if (group && whole > 0 && whole % 3 == 0) digits[k++] = ',';
        digits[k++] = (char)('0' + n % 10);
        n /= 10;
        place++;
    } while (n > 0 || place <= decimals);
    while (k > 0) kam_str_addc(out, digits[--k]);
}

void pdf_put_trim(kam_str *out, double v, int decimals)
{
    pdf_put_fixed(out, v, decimals, false);
    if (decimals <= 0 || !memchr(out->s, '.', out->len)) return;
    size_t n = out->len;
    while (n > 0 && out->s[n - 1] == '0') n--;
    if (n > 0 && out->s[n - 1] == '.') n--;
    out->len = n;
    out->s[n] = '\0';
}

static const char NO_BREAK[] = "\xC2\xA0"; /* the blank between a number and its unit: no line ends there */

/* The minus sign in place of the hyphen a number at `at` begins with. */
static void true_minus(kam_str *out, size_t at)
{
    if (out->len <= at || out->s[at] != '-') return;
    kam_str tail = KAM_STR_INIT;
    kam_str_add(&tail, out->s + at + 1);
    out->len = at;
    kam_str_add(out, "−");
    kam_str_add(out, kam_str_cstr(&tail));
    kam_str_release(&tail);
}

/* 1,234万 · 1.2亿 / 12.3 M: three digits or so, zeros cut. */
static void put_short(kam_str *out, double v, pdf_lang lang)
{
    static const struct {
        double unit;
        const char *sign;
    } zh[] = {{1e8, "亿"}, {1e4, "万"}}, en[] = {{1e9, "B"}, {1e6, "M"}, {1e3, "k"}};
    double a = fabs(v), unit = 1;
    const char *sign = "";
    size_t n = lang == PDF_ZH ? 2 : 3;
    for (size_t i = 0; i < n; i++) {
        double u = lang == PDF_ZH ? zh[i].unit : en[i].unit;
        if (a >= u * 0.9995) {
            unit = u;
            sign = lang == PDF_ZH ? zh[i].sign : en[i].sign;
            break;
        }
    }
    double x = v / unit, ax = fabs(x);
    int decimals = ax >= 99.95 ? 0 : ax >= 9.995 ? 1 : 2;
    kam_str t = KAM_STR_INIT;
    if (decimals == 0) pdf_put_fixed(&t, x, 0, true);
    else pdf_put_trim(&t, x, decimals);
    kam_str_add(out, kam_str_cstr(&t));
    if (*sign && lang == PDF_EN) kam_str_add(out, NO_BREAK); /* a Han unit gets its quarter em from the setting */
    kam_str_add(out, sign);
    kam_str_release(&t);
}

/* What is not quite all must not print as 100 %, what is not quite nothing not as 0 %. */
static void put_share(kam_str *out, double v, int decimals)
{
    const double step = power10[decimals < 0 ? 0 : decimals], rounded = round(v * step) / step;
    const bool rough = fabs(rounded - v) > 1e-9;
    if (rough && rounded == 0) {
        kam_str_add(out, v > 0 ? "< " : "> −");
        pdf_put_fixed(out, 1 / step, decimals, true);
    } else if (rough && rounded == 100 && v < 100) {
        kam_str_add(out, "> ");
        pdf_put_fixed(out, 100 - 1 / step, decimals, true);
    } else {
        pdf_put_fixed(out, v, decimals, true);
    }
}

static int auto_decimals(double a)
{
    if (a == floor(a)) return 0;
    return a >= 1000 ? 0 : a >= 100 ? 1 : a >= 0.1 ? 2 : 4;
}

static void put_value(kam_str *out, pdf_lang lang, kam_type type, double v, int exponent, pdf_format format, int decimals)
{
    if (type == KAM_MONEY) v /= power10[exponent < 0 ? 0 : exponent > 9 ? 9 : exponent];
    if (format == PDF_FORMAT_SHORT) {
        put_short(out, v, lang);
        return;
    }
    if (format == PDF_FORMAT_SIGNED && v > 0) kam_str_addc(out, '+');
    if (format == PDF_FORMAT_PERCENT) {
        put_share(out, v * 100, decimals == 0 ? 1 : decimals);
        kam_str_add(out, NO_BREAK);
        kam_str_addc(out, '%');
        return;
    }
    if (decimals == 0) decimals = type == KAM_MONEY ? exponent : type == KAM_REAL ? auto_decimals(fabs(v)) : 0;
    pdf_put_fixed(out, v, decimals, true);
}

void pdf_format_value(kam_str *out, pdf_lang lang, kam_type type, double v, int exponent, pdf_format format,
                      int decimals)
{
    size_t at = out->len;
    put_value(out, lang, type, v, exponent, format, decimals);
    true_minus(out, at);
}

int pdf_column_decimals(const kam_column *c, pdf_format format)
{
    if (format == PDF_FORMAT_PERCENT) return 1;
    if (kam_col_type(c) != KAM_REAL) return 0;
    double max = 0;
    bool whole = true;
    for (size_t i = 0; i < kam_col_rows(c); i++) {
        if (kam_col_missing(c, i)) continue;
        double a = fabs(kam_col_real(c, i));
        if (a > max) max = a;
        if (a != floor(a)) whole = false;
    }
    if (whole) return -1;
    return max >= 1000 ? -1 : max >= 100 ? 1 : max >= 0.1 ? 2 : 4;
}

/* A text that holds both languages, "中文 | English", shows the reader's. */
static void add_text(kam_str *out, const char *s, pdf_lang lang)
{
    const char *bar = strstr(s, " | ");
    if (!bar) kam_str_add(out, s);
    else if (lang == PDF_ZH) kam_str_addn(out, s, (size_t)(bar - s));
    else kam_str_add(out, bar + 3);
}

void pdf_format_cell(kam_str *out, const kam_table *t, size_t col, size_t row, pdf_lang lang, pdf_word_fn word,
                     pdf_format format, int decimals)
{
    const kam_column *c = kam_table_column(t, col);
    kam_type type = kam_col_type(c);
    char buf[KAM_CELL_MAX];
    if (kam_col_missing(c, row)) kam_str_add(out, "–");
    else if (type == KAM_TEXT && format != PDF_FORMAT_PLAIN) {
        const char *text = kam_col_text(c, row), *said = word ? word(c, text, lang) : NULL;
        add_text(out, said ? said : text, lang);
    }
    else if (type == KAM_TEXT) kam_str_add(out, kam_col_text(c, row));
    else if (format == PDF_FORMAT_PLAIN || type == KAM_DAY) kam_str_add(out, kam_table_cell(t, col, row, buf));
    else if (type == KAM_FLAG) kam_str_add(out, kam_col_int(c, row) ? "✓" : "–");
    else {
        int64_t n = type == KAM_REAL ? 0 : kam_col_int(c, row);
        /* whole money and counts beyond 2^53 must not pass through a double */
        if (type == KAM_MONEY && format == PDF_FORMAT_AUTO && decimals == 0) {
            char money[KAM_MONEY_MAX];
            size_t at = out->len;
            kam_money_format_grouped(n, kam_table_exponent(t), money);
            kam_str_add(out, money);
            true_minus(out, at);
        } else pdf_format_value(out, lang, type, kam_col_real(c, row), kam_table_exponent(t), format, decimals);
    }
}

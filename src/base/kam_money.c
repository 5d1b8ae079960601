/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kam_money.h"
#include "kam_err.h"
#include <math.h>
#include <string.h>

/* ISO 4217, active codes by exponent; each code is three letters and a blank. */
static const struct {
    int exponent;
    const char *codes;
} currencies[] = {
    {0, "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF "},
    {2, "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF "
        "CHE CHF CHW CNY COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD "
        "HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT "
        "MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR "
        "SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU "
        "UZS VED VES WST XCD YER ZAR ZMW ZWL "},
    {3, "BHD IQD JOD KWD LYD OMR TND "},
    {4, "CLF UYW "},
};

enum { EXPONENT_MAX = 4 };
static const int64_t power10[EXPONENT_MAX + 1] = {1, 10, 100, 1000, 10000};

int kam_currency_exponent(const char *code)
{
    if (strlen(code) != 3 || strchr(code, ' ') != NULL) return -1;
    for (size_t i = 0; i < sizeof currencies / sizeof currencies[0]; i++)
        for (const char *p = currencies[i].codes; *p != '\0'; p += 4)
            if (memcmp(p, code, 3) == 0) return currencies[i].exponent;
    return -1;
}

static bool add_digit(uint64_t *v, char c)
{
    return !__builtin_mul_overflow(*v, 10u, v) && !__builtin_add_overflow(*v, (uint64_t)(c - '0'), v);
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* The whole part with optional thousands marks; returns the first character after it, NULL if malformed. */
static const char *whole_part(const char *p, uint64_t *v)
{
    size_t run = 0;
    bool grouped = false;
    for (;; p++) {
        if (is_digit(*p)) {
            if (!add_digit(v, *p)) return NULL;
            run++;
        } else if (*p == ',') {
            if (run == 0 || run > 3 || (grouped && run != 3)) return NULL;
            grouped = true;
            run = 0;
        } else {
            break;
        }
    }
    if (run == 0 || (grouped && run != 3)) return NULL;
    return p;
}

bool kam_money_parse(const char *s, int exponent, int64_t *minor)
{
    KAM_ASSERT(exponent >= 0 && exponent <= EXPONENT_MAX);
    bool negative = *s == '-';
    uint64_t v = 0;
    const char *p = whole_part(s + negative, &v);
    if (p == NULL) return false;
    int decimals = 0;
    if (*p == '.') {
        p++;
        if (!is_digit(*p)) return false;
        for (; is_digit(*p); p++) {
            if (decimals < exponent) {
                if (!add_digit(&v, *p)) return false;
                decimals++;
            } else if (*p != '0') {
                return false;
            }
        }
    }
    if (*p != '\0') return false;
    for (; decimals < exponent; decimals++)
        if (!add_digit(&v, '0')) return false;
    if (v > (uint64_t)INT64_MAX + negative) return false;
    *minor = negative ? (int64_t)(0 - v) : (int64_t)v;
    return true;
}

/* Written from the right; `out` has room for 19 digits, 6 marks, point, sign and the end. */
static void format(int64_t minor, int exponent, bool grouped, char out[KAM_MONEY_MAX])
{
    KAM_ASSERT(exponent >= 0 && exponent <= EXPONENT_MAX);
    char buf[KAM_MONEY_MAX];
    size_t at = sizeof buf;
    uint64_t v = minor < 0 ? 0 - (uint64_t)minor : (uint64_t)minor;
    buf[--at] = '\0';
    for (int i = 0; i < exponent; i++, v /= 10)
        buf[--at] = (char)('0' + v % 10);
    if (exponent > 0) buf[--at] = '.';
    int written = 0;
    do {
        if (grouped && written > 0 && written % 3 == 0) buf[--at] = ',';
        buf[--at] = (char)('0' + v % 10);
        v /= 10;
        written++;
    } while (v > 0);
    if (minor < 0) buf[--at] = '-';
    memcpy(out, buf + at, sizeof buf - at);
}

void kam_money_format(int64_t minor, int exponent, char out[KAM_MONEY_MAX])
{
    format(minor, exponent, false, out);
}

void kam_money_format_grouped(int64_t minor, int exponent, char out[KAM_MONEY_MAX])
{
    format(minor, exponent, true, out);
}

double kam_money_to_major(int64_t minor, int exponent)
{
    KAM_ASSERT(exponent >= 0 && exponent <= EXPONENT_MAX);
    return (double)minor / (double)power10[exponent];
}

bool kam_money_from_major(double major, int exponent, int64_t *minor)
{
    KAM_ASSERT(exponent >= 0 && exponent <= EXPONENT_MAX);
    double v = round(major * (double)power10[exponent]);
    /* 2^63 is a double; INT64_MAX is not. The comparison is false for NaN. */
    if (!(v >= -0x1p63 && v < 0x1p63)) return false;
    *minor = (int64_t)v;
    return true;
}

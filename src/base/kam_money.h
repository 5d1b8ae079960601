/* SPDX-License-Identifier: GPL-3.0-or-later */
/* kam_money: exact amounts in integer minor units of one currency (ISO 4217 exponent 0–4). */
#ifndef KAM_MONEY_H
#define KAM_MONEY_H
#include <stdbool.h>
#include <stdint.h>

enum { KAM_MONEY_MAX = 48 };

/* Decimal exponent of a currency code (CNY 2, JPY 0, KWD 3); -1 for a code we do not know. */
int kam_currency_exponent(const char *code);

/* "[-]digits[.digits]" with at most `exponent` decimals (more decimals only if they are zeros); thousands marks
 * ',' accepted only in well-formed groups of three. false: not an amount, too precise or out of range. */
bool kam_money_parse(const char *s, int exponent, int64_t *minor);

/* Plain decimal "-1234.50" (exact, for csv/json). */
void kam_money_format(int64_t minor, int exponent, char out[KAM_MONEY_MAX]);
/* With thousands marks "-1,234.50" (for people). */
void kam_money_format_grouped(int64_t minor, int exponent, char out[KAM_MONEY_MAX]);

double kam_money_to_major(int64_t minor, int exponent);
/* Rounded half away from zero; false when out of range or not finite. */
bool kam_money_from_major(double major, int exponent, int64_t *minor);
#endif

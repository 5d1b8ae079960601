/* SPDX-License-Identifier: GPL-3.0-or-later */
/* calc_levels: C8, levels of value 价值层次: basic 基本 (the product does what it should), expected 期望 (the customer's own aims beyond the
 * product), beyond 超越期望; what each account looks for, what we deliver, and what is missing.
 *
 * Of notes on the same level and kind the latest counts (an undated one is the oldest; of equal days the later row). A level is *covered*
 * when one of its notes says what we deliver; a level without a note is a gap, and so is a note that says what the customer looks for but
 * not what we deliver.
 * Reads accounts and
 *   notes  row INT · date DAY (missing: undated) · level TEXT basic|expected|beyond · kind TEXT use|safety|commercial|emotional|opportunity
 *          (opt) · aim TEXT (what it looks for) · delivered TEXT; NULL: none */
#ifndef CALC_LEVELS_H
#define CALC_LEVELS_H
#include "calc_class.h"
#include "calc_facts.h"
#include "kam_date.h"

enum { CALC_LEVELS = 3, CALC_VALUE_KINDS = 5 };
extern const char *const calc_level_names[CALC_LEVELS + 1];     /* basic expected beyond */
extern const char *const calc_value_kinds[CALC_VALUE_KINDS + 1]; /* use safety commercial emotional opportunity */

typedef struct calc_levels_params {
    kam_day asof;
    calc_lang lang;
} calc_levels_params;

/* One row an account, by code: account TEXT, name TEXT, basic, expected, beyond INT (notes that count), delivered INT (of them with
 * a delivery), kinds TEXT (looked for, joined by ';' in the order above; missing: none known), missing TEXT (levels not covered,
 * joined by ';'; missing: none), coverage REAL (share of the three levels covered). O(accounts + notes log notes). */
kam_rc calc_levels_accounts(const calc_facts *f, const kam_table *notes, const calc_levels_params *p, kam_table **out, kam_err *err);

/* The notes that count of one account (row in accounts) and its gaps: level TEXT, kind TEXT, aim TEXT, delivered TEXT, date DAY, gap FLAG,
 * why TEXT; by level, kinds in order, unknown kind last; a level without a note is one row with gap. */
kam_rc calc_levels_account(const calc_facts *f, const kam_table *notes, size_t row, const calc_levels_params *p, kam_table **out, kam_err *err);

/* Measures, each a share with its Wilson 95 % interval: noted (accounts with any note, of all), covered_basic, covered_expected, covered_beyond (share of the
 * accounts with a note, n = these), kind_use … kind_opportunity (share of the accounts with a note that look for it). */
kam_rc calc_levels_measures(const calc_facts *f, const kam_table *notes, const calc_levels_params *p, kam_table **out, kam_err *err);
#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* calc_key: A12, who is a key account 大客户界定, and by which lens. E1, E3, E8 and `-key` on every command use it.
 *
 * Key: named by us with a reason (a flag without a reason is no naming and is said), or at least min_lenses of the three lenses
 *   margin   margin of the window in the top `share`
 *   loyalty  `loyal` or higher on the ladder (A5)
 *   profit   margin after the window's service costs (all kinds) in the top `share`
 * or window revenue ≥ the setting key-account-revenue, where it is set. Top share: of the n accounts with a value > 0 those whose
 * value is at least that of place max(1, round(share · n)); equal values are on the same side. Margin as in A2: Σ known
 * margin; missing when the account has lines in the window and none has one; the amount where no cost is known anywhere.
 * Reads facts: accounts (key_account, key_reason, member_since, annual_spend), ledger, service_costs, sightings, referrals.
 */
#ifndef CALC_KEY_H
#define CALC_KEY_H
#include "calc_ladder.h"

typedef struct calc_key_params {
    calc_ladder_params ladder; /* also as-of day, language and window */
    double share;              /* 0.2; setting key-account-share */
    int min_lenses;            /* 2; setting key-account-lenses */
    bool has_revenue;          /* setting key-account-revenue is set */
    int64_t revenue_minor;
    bool terse;            /* no sentences: `why` is missing */
} calc_key_params;
#define CALC_KEY_PARAMS(asof, lang) {CALC_LADDER_PARAMS(asof, lang), 0.2, 2, false, 0, false}

extern const char *const calc_key_classes[]; /* key ordinary */

/* Out, one row an account in the order of `accounts`: account, name, class (key, ordinary), why TEXT · lenses INT (passed, of the
 * three) · named FLAG · by_margin, by_loyalty, by_profit FLAG (missing: the value is unknown) · by_revenue FLAG (missing: setting not
 * set) · reason TEXT · ladder TEXT · window_revenue, window_margin, service_cost, profit MONEY. O(n log n + rows).
 * Summary: calc_class_summary(out, "class", "window_revenue", calc_key_classes). */
kam_rc calc_key(const calc_facts *f, const calc_key_params *p, kam_table **out, kam_err *err);

/* Is the account of this row of calc_key's result key? */
bool calc_key_row(const kam_table *rows, size_t row);
/* The same by code; rows of calc_key are by code. O(log n); false for an unknown code. */
bool calc_key_has(const kam_table *rows, const char *account);
#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* kam_ledger: what every account bought, netted per account and day, in one block. store/ fills it in one scan of
 * the covering index; calc/ reads it; neither knows the other.
 *
 * Shape (compressed rows): account i owns the entries start[i] … start[i+1]-1, days ascending and distinct, nothing
 * dated after the as-of day it was read for. Accounts are in the order of the accounts table it came with (by
 * code); an account without transactions owns no entries. A *purchase day* is an entry with net_minor > 0; the
 * others count in sums only (DOMAIN, Conventions).
 *
 * Margin (amount − cost) is per entry: margin_minor[k] is defined unless margin_missing[k]. When no cost is known
 * anywhere, margin_minor and margin_missing are NULL and margin methods use the amount and say so.
 * Units: days since 1970-01-01, money in minor units. */
#ifndef KAM_LEDGER_H
#define KAM_LEDGER_H
#include <stddef.h>
#include <stdint.h>

typedef struct kam_ledger {
    size_t n_accounts;
    size_t n_entries;
    size_t *start;           /* n_accounts + 1 */
    int32_t *day;            /* n_entries */
    int64_t *net_minor;      /* n_entries */
    int64_t *margin_minor;   /* n_entries or NULL */
    uint8_t *margin_missing; /* n_entries or NULL; 1 = at least one line of that day has no known margin */
    uint64_t lines;          /* transaction lines read */
    uint64_t lines_no_cost;  /* of these, lines without a known cost */
} kam_ledger;
#define KAM_LEDGER_INIT {0, 0, NULL, NULL, NULL, NULL, NULL, 0, 0}

void kam_ledger_release(kam_ledger *l);
#endif

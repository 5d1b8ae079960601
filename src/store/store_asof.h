/* SPDX-License-Identifier: GPL-3.0-or-later */
/* store_asof: the accounts known on a day, in the order of their codes, with their ledger; inside store/ only.
 * Kept in the store's cache (store_ledger.h says how long). Within STORE_SCOPE_DEALS the ledger may be empty: ask store_ledger. */
#ifndef STORE_ASOF_H
#define STORE_ASOF_H
#include "store_int.h"
#include "store_ledger.h"

typedef struct store_asof {
    kam_day asof;
    size_t n;
    int64_t *id;  /* n: account of each row */
    kam_ledger ledger;
    /* id -> row: dense when ids are, else by search in sorted ids. */
    size_t n_dense;
    uint32_t *dense; /* row + 1, 0: none */
    int64_t *sorted;
    uint32_t *sorted_row;
} store_asof;

enum { STORE_NO_ROW = -1 };
kam_rc store_asof_get(store *s, kam_day asof, const store_asof **out, kam_err *err);
int64_t store_asof_row(const store_asof *a, int64_t account_id); /* STORE_NO_ROW: not known on that day */

/* Unit costs of the products that have one. quantity × unit cost, rounded; false: unknown product or out of range. */
typedef struct store_unit_costs {
    size_t n, cap, cap_cost;
    int64_t *id; /* ascending */
    int64_t *cost_minor;
} store_unit_costs;
kam_rc store_unit_costs_read(store *s, store_unit_costs *p, kam_err *err);
bool store_unit_cost(const store_unit_costs *p, int64_t product, double quantity, int64_t *cost_minor);
void store_unit_costs_release(store_unit_costs *p);
#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* store_ledger: what every account bought up to a day (kam_ledger.h), from one scan of the covering index of the
 * transactions, and the accounts that go with it.
 *
 * Population: accounts known since a day ≤ D, in the order of their codes (bytes). One without "known since" counts
 * from its first dated record (transaction, interaction, opportunity, contract, cost, complaint, survey …), and always
 * when it has none at all.
 * Cost rule (DOMAIN, Conventions): cost; else quantity × unit cost of the product; else amount × (1 − default-margin)
 * if that setting is set; else missing. A line without quantity but with a product is missing its cost. The lines
 * that need the product are few or in an index of their own, read beside the first in the same order.
 *
 * Kept per data version, as-of day and default-margin (the last four): a second call costs nothing. Lent results live
 * until the data change and another is asked for, or the store closes: use them within one command. */
#ifndef STORE_LEDGER_H
#define STORE_LEDGER_H
#include "kam_ledger.h"
#include "store.h"

kam_rc store_ledger(store *s, kam_day asof, const kam_ledger **out, kam_err *err);

/* Row of an account in the order of the ledger; false: unknown on that day (or at all). */
bool store_ledger_row(store *s, kam_day asof, int64_t account_id, size_t *row);
#endif

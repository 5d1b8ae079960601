/* SPDX-License-Identifier: GPL-3.0-or-later */
/* calc_facts: the inputs of the portfolio methods A1–A5, D2 and D3, the same few tables for all of them.
 *
 * The caller fills a calc_facts with what its method reads (each method's header names it) and leaves the rest
 * NULL. A NULL table means "none on record", the same as a table without rows. Tables are lent, sealed, never changed.
 * Columns are found by name, so their order and further columns do not matter; a listed column that is absent or
 * has another type is KAM_CALC NODATA naming table and column (a column marked (opt) may be absent: all missing).
 *
 * THE AS-OF DAY D. The store returns only what was known on D: no row dated after D, values that change over time
 * (stage, amount, owner …) as of their latest entry ≤ D, a closing, payment or resolution after D as missing (the
 * thing was still open on D). Methods do not check this again.
 *
 * accounts       one row an account known since a day ≤ D (one without "known since" counts from its first dated
 *                record), by code ascending by bytes, the order of the ledger:
 *                  account TEXT code · name TEXT · known_since DAY (opt) · member_since DAY (opt, ≤ D else missing) ·
 *                  annual_spend MONEY (opt; what it spends a year in our category)
 *                Its currency and exponent become those of every result.
 * ledger         kam_ledger of the same accounts and order, all days ≤ D.
 *
 * In every table below `row` INT is the account's row in `accounts` (0-based), rows in any order:
 * opportunities  one row an opportunity opened on a day ≤ D, open or closed:
 *                  row · opportunity TEXT code · name TEXT (opt) · result TEXT open|won|lost as of D ·
 *                  stage TEXT lead|intent|proposal|negotiation|won as of D (missing: unknown) · opened_on DAY ·
 *                  closed_on DAY (missing while open) · expected_close DAY · amount MONEY · rep TEXT (owner's code)
 * stages         one row a stage change ≤ D:  opportunity INT (row in `opportunities`) · date DAY · stage TEXT
 * progress       one row an interaction with outcome `advance` or `order` (older ones may be left out if the newest
 *                of the account is there):  row · date DAY · outcome TEXT
 * complaints     one row a complaint:  row · date DAY · resolved_on DAY (missing: open on D)
 * invoices       one row an invoice or transaction with a due date, unpaid on D (paid ones may be left out):
 *                  row · due DAY · paid_on DAY (missing: unpaid on D)
 * surveys        one row a survey with both marks known:  row · date DAY · expectation REAL · perceived REAL
 * service_costs  one row a cost:  row · date DAY · kind TEXT attract|promote|maintain|serve · amount MONEY
 * sightings      one row a sighting at the account:  row · date DAY · kind TEXT order|advert|rumour ·
 *                  truth TEXT true|false|unknown (opt)
 * referrals      one row a referral the account gave:  row · date DAY
 * lifetime       lifetime value where it could be computed (only for -basis lifetime-value):  row · value MONEY
 */
#ifndef CALC_FACTS_H
#define CALC_FACTS_H
#include "kam_err.h"
#include "kam_ledger.h"
#include "kam_table.h"

typedef struct calc_facts {
    const kam_table *accounts;
    const kam_ledger *ledger;
    const kam_table *opportunities, *stages, *progress, *complaints, *invoices, *surveys, *service_costs, *sightings,
        *referrals, *lifetime;
} calc_facts;
#define CALC_FACTS_INIT {NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL}
#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* calc_complete: J3, completeness of an account plan (E5): per section what is missing.
 *
 * Nine sections, each a list of items that are on record or not:
 *   profile         kind, industry, region, ownership, source, known since, employees, annual spend; the text `profile`
 *   environment     customer, its customers, competitors, intermediaries, suppliers, ourselves: plan texts environment-customer … -ourselves; one
 *                   text `environment` covers them all
 *   value-chain     choose, provide, tell: plan texts value-choose, value-provide, value-tell; one text `value` covers them all
 *   needs           the text `needs`; a value note (C8)
 *   relationships   somebody known; winning circle complete (B6); an owner; the wanted relation (B10) or a sponsor
 *   opportunities   an open one; on each an amount, an expected close, an owner (asked only where there is one)
 *   objectives      one; each measurable, owned, agreed with the customer; the text `strategy`
 *   actions         an open one; each with an owner and a due date; none overdue
 *   risks           one noted; each open one with an answer
 */
#ifndef CALC_COMPLETE_H
#define CALC_COMPLETE_H
#include "calc_text.h"
#include "kam_date.h"
#include "kam_err.h"
#include "kam_table.h"

enum { CALC_SECTIONS = 9 };
extern const char *const calc_section_keys[];

/* Of one account, all of D. Tables of store_query_run with `row`, of which only those of row `only` are read; circle: as in calc_health.h, and its
 * column people INT. */
typedef struct calc_complete_in {
    const kam_table *accounts, *profile, *plan, *circle, *owners, *opportunities, *objectives, *actions, *risks, *steps;
} calc_complete_in;
typedef struct calc_complete_params {
    kam_day asof;
    calc_lang lang;
} calc_complete_params;

/* One row a section of the account in row `only`: section TEXT · filled INT · needed INT · share REAL · status TEXT (complete, part, missing) ·
 * missing TEXT (the items, in words). A note: the whole. */
kam_rc calc_complete(const calc_complete_in *in, size_t only, const calc_complete_params *p, kam_table **out, kam_err *err);
/* All accounts: account, name TEXT · share REAL (filled ÷ needed) · filled, needed INT · the share of each section REAL (profile … risks) · weakest TEXT
 * (first section with the lowest share; missing: all complete). O(rows). */
kam_rc calc_complete_each(const calc_complete_in *in, const calc_complete_params *p, kam_table **out, kam_err *err);
#endif

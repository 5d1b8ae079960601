/* SPDX-License-Identifier: GPL-3.0-or-later */
/* calc_sale: which way of selling a deal calls for: D5 the buyer's phase, D9 the five buying factors, D11 key or ordinary sale. */
#ifndef CALC_SALE_H
#define CALC_SALE_H
#include "calc_funnel.h"

/* --- D5 buyer concerns 采购周期 --- */
enum { CALC_PHASES = 3 };
extern const char *const calc_phase_keys[]; /* needs solution risk: what leads in phase 1, 2, 3 */
/* Phase of a stage: lead and intent 1, proposal 2, negotiation 3 (0-based here). A deal that has been at intent or proposal for longer than
 * the stage's median stay, but is not stuck, has a buyer who already thinks of what comes next: one phase on. A lead stays in phase 1. */
int calc_phase_of(int stage, bool past_median, bool stuck);
/* Topics for the next visit in a phase; a sentence each, NULL-terminated by id NULL. */
const calc_text *calc_phase_topics(int phase, size_t *n);
/* `deals` is calc_funnel_opportunities. opportunity, name, account, stage TEXT, age INT, median_stay REAL, phase TEXT, why TEXT, topics TEXT,
 * rep TEXT; in its order. */
kam_rc calc_phases(const kam_table *deals, calc_lang lang, kam_table **out, kam_err *err);

/* --- D9 five buying factors 采购要素 --- */
enum { CALC_FACTORS = 5 };
extern const char *const calc_factor_keys[]; /* knows needs worth trusts satisfied, NULL */
extern const char *const calc_force_keys[];  /* introduce bring-out-need show-value build-trust exceed, NULL */
/* `factors`: contact TEXT · name TEXT · attribute TEXT · date DAY · value REAL 0–10 · evidence TEXT, the latest of each. One row a contact
 * in order of code: contact, name TEXT, knows … satisfied REAL (missing: unknown), lowest TEXT (factor; of equal ones the one that
 * comes first in selling), force TEXT, coverage REAL (known ÷ 5), why TEXT. */
kam_rc calc_factors(const kam_table *factors, calc_lang lang, kam_table **out, kam_err *err);

/* --- D11 key or ordinary sale --- */
typedef struct calc_kind_params {
    kam_day asof;
    calc_lang lang;
    int window_days;     /* 365: repeat orders */
    int long_cycle_days; /* 90; setting key-sale-days */
    int many_deciders;   /* 3; setting key-sale-deciders */
    int many_repeats;    /* 2; setting key-sale-repeats */
} calc_kind_params;
#define CALC_KIND_PARAMS(asof, lang) {(asof), (lang), 365, 90, 3, 2}
extern const char *const calc_kind_keys[]; /* key ordinary, NULL */
/* Reads facts: accounts, ledger, opportunities; signs table: opportunity INT · deciders INT · buys_for TEXT (value features).
 * Four signs speak for a key sale: cycle ≥ long_cycle_days, deciders ≥ many_deciders, repeat orders of the account in the window ≥
 * many_repeats, buys for value. class key: at least half of the known signs; ordinary: fewer; missing: none known.
 * Cycle: from opening to closing; of an open one to the expected close, or to D where that is later or unknown.
 * One row an opportunity: opportunity, name, account TEXT, class TEXT, why TEXT, cycle_days INT, deciders INT, repeats INT, buys_for TEXT,
 * signs INT (for a key sale), known INT (of 4). */
kam_rc calc_kind(const calc_facts *f, const kam_table *signs, const calc_kind_params *p, kam_table **out, kam_err *err);
#endif

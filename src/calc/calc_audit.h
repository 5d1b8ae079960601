/* SPDX-License-Identifier: GPL-3.0-or-later */
/* calc_audit: E6, eight rules as queries with their offenders.
 *
 *   file          every account has a file: industry, region, source and known since on record, an owner, and a person we know
 *   receivables   receivables are clear: nothing unpaid longer than overdue_days after it was due
 *   exceptions    nobody gets an exception without a record: an exception nobody approved; purchases in the window of an account with bad
 *                 debt without an exception on record in the window
 *   thanks        small accounts (A2 small or ordinary) are thanked: touched once in thank_days
 *   visits        every visit of the window is prepared and debriefed (debrief_days to do it); not noted is not done
 *   complaints    every complaint has an outcome: none open longer than complaint_days, none resolved without a resolution written down
 *   post-mortems  every lost account (A4) has a post-mortem dated after its last purchase
 *   largest       the rules bind the largest too: a key account (A12) that breaks any of the others
 */
#ifndef CALC_AUDIT_H
#define CALC_AUDIT_H
#include "calc_text.h"
#include "kam_date.h"
#include "kam_err.h"
#include "kam_table.h"

enum { CALC_AUDIT_RULES = 8 };
extern const char *const calc_audit_keys[]; /* in the order above; NULL-ended */
const calc_text *calc_audit_rule(int rule); /* the rule in words; id is the key */

/* Everything as of D; `row` is the place in accounts. Tables from store_query and store_query_run; lifecycle, pyramid and key are rows of
 * calc_lifecycle, calc_pyramid and calc_key in the order of accounts. NULL: none on record. */
typedef struct calc_audit_in {
    const kam_table *accounts, *owners, *profile, *invoices, *exceptions, *touched, *work, *post_mortems, *lifecycle, *pyramid, *key;
} calc_audit_in;

typedef struct calc_audit_params {
    kam_day asof;
    calc_lang lang;
    int window_days, overdue_days, thank_days, debrief_days, complaint_days;
} calc_audit_params;
#define CALC_AUDIT_PARAMS(asof, lang) {(asof), (lang), 365, 30, 365, 3, 14}

/* Out, by rule, then account: rule TEXT · account, name, owner TEXT · date DAY (of the fact) · record TEXT ("interaction 12"; missing: none) ·
 * why TEXT · next_step TEXT. *summary (may be NULL), one row a rule: rule TEXT · text TEXT · checked INT (what the rule was asked of) ·
 * offences INT · accounts INT (that break it) · status TEXT (pass, fail, nothing: nothing to check) · why TEXT. O(rows log). */
kam_rc calc_audit(const calc_audit_in *in, const calc_audit_params *p, kam_table **out, kam_table **summary, kam_err *err);
#endif

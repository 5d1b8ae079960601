/* SPDX-License-Identifier: GPL-3.0-or-later */
/* calc_watch: D6, competitor watch and accountability 问责.
 *
 * Reads facts: accounts, ledger, opportunities (rivals only); seen table: row INT · date DAY · competitor TEXT code · kind TEXT (order advert
 * rumour) · truth TEXT · what TEXT · answered_on DAY · explanation TEXT · sighting INT; owners table: row INT · owner TEXT;
 * rivals table: opportunity INT (row) · competitor TEXT.
 * A sighting is on the list when it is an order or advert that is not known to be false, the account has an owner, and the account has no
 * current order with us (no purchase day in the last current_days). Lists are drawn every every_days days, counted from Monday
 * 1970-01-05; an explanation is due answer_days after the list. Answered ones stay for current_days.
 */
#ifndef CALC_WATCH_H
#define CALC_WATCH_H
#include "calc_facts.h"
#include "calc_text.h"
#include "kam_date.h"

typedef struct calc_watch_params {
    kam_day asof;
    calc_lang lang;
    int current_days; /* 90; setting owned-watch-days */
    int every_days;   /* 14; setting watch-list-days */
    int answer_days;  /* 14; setting watch-answer-days */
} calc_watch_params;
#define CALC_WATCH_PARAMS(asof, lang) {(asof), (lang), 90, 14, 14}

/* rep TEXT, account TEXT, name TEXT, status TEXT (overdue open answered), competitor TEXT, kind TEXT, date DAY, what TEXT, list_on DAY,
 * due DAY, days_late INT (missing unless overdue), last_order DAY (ours), why TEXT, explanation TEXT, sighting INT. By rep, status, due,
 * account. O(seen log + ledger). */
kam_rc calc_watch(const calc_facts *f, const kam_table *seen, const kam_table *owners, const calc_watch_params *p, kam_table **out,
                  kam_err *err);
/* One row an account and competitor: account TEXT, name TEXT, competitor TEXT, orders, adverts, rumours INT (false ones left out),
 * last_seen DAY, open_deals INT (our open opportunities it takes part in), open_amount MONEY, won_deals INT, lost_deals INT. */
kam_rc calc_watch_rivals(const calc_facts *f, const kam_table *seen, const kam_table *rivals, const calc_watch_params *p,
                         kam_table **out, kam_err *err);
#endif

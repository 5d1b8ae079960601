/* SPDX-License-Identifier: GPL-3.0-or-later */
/* calc_winloss: D10, why opportunities were won and lost.
 *
 * Reads facts: accounts, opportunities, stages; notes table: opportunity INT (row) · reason TEXT · lesson TEXT; rivals table: opportunity
 * INT · competitor TEXT. Closed ones with closed_on in (D − window, D] (window 0: all ever closed). Rates are won ÷ closed with a Wilson
 * interval and n. The stage an opportunity stood in last is its last stage before `won`; without a stage change that is lead.
 */
#ifndef CALC_WINLOSS_H
#define CALC_WINLOSS_H
#include "calc_funnel.h"

typedef enum { CALC_WINLOSS_REASON, CALC_WINLOSS_COMPETITOR, CALC_WINLOSS_STAGE, CALC_WINLOSS_REP } calc_winloss_by;
extern const char *const calc_winloss_by_keys[];

typedef struct calc_winloss_params {
    kam_day asof;
    calc_lang lang;
    int window_days; /* 0: all */
    double level;    /* 0.95 */
} calc_winloss_params;
#define CALC_WINLOSS_PARAMS(asof, lang) {(asof), (lang), 0, 0.95}

/* One row a closed opportunity, newest first: opportunity, name, account TEXT, rep TEXT, result TEXT, closed_on DAY, cycle_days INT,
 * amount MONEY, last_stage TEXT, competitors TEXT ("A;B"), reason TEXT, lesson TEXT, flag TEXT (no-reason, no-lesson, no-reason-no-lesson or
 * missing), why TEXT. */
kam_rc calc_winloss_deals(const calc_facts *f, const kam_table *notes, const kam_table *rivals, const calc_winloss_params *p,
                          kam_table **out, kam_err *err);
/* From the above (its order does not matter). reason: result TEXT, reason TEXT (missing: none noted), n INT, share (of that result),
 * share_low, share_high REAL, amount MONEY; won before lost, most frequent first.
 * competitor (missing: none took part; one with several counts for each), stage (of those that were in it: lost_here INT too), rep: the
 * key, n INT, won INT, lost INT, win_rate, win_low, win_high REAL, won_amount, lost_amount MONEY. `stages` as in facts. */
kam_rc calc_winloss(const calc_facts *f, const kam_table *deals, calc_winloss_by by, const calc_winloss_params *p, kam_table **out,
                    kam_err *err);
#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calc_spell.h"
#include <math.h>

kam_day calc_spell_lost_day(const calc_spell_rule *r, kam_day first, kam_day last, int64_t days)
{
    double after = r->lost_days;
    if (days > 1) after = fmax(after, r->lost_gaps * (double)(last - first) / (double)(days - 1));
    /* beyond any calendar nobody is ever lost */
    return after >= 1e8 ? (kam_day)INT32_MAX : last + (kam_day)floor(after) + 1;
}

bool calc_spell_next(const kam_ledger *l, size_t account, const calc_spell_rule *r, kam_day asof, calc_spell_walk *w, calc_spell *out)
{
    if (!w->begun) {
        w->at = l->start[account];
        w->begun = true;
    }
    bool open = false;
    for (; w->at < l->start[account + 1] && l->day[w->at] <= asof; w->at++) {
        if (l->net_minor[w->at] <= 0) continue;
        kam_day day = l->day[w->at];
        if (open) {
            kam_day lost = calc_spell_lost_day(r, w->first, w->last, w->days);
            if (day > lost) { /* bought again after the loss: the next spell begins here */
                out->lost = lost;
                return true;
            }
        } else {
            out->from = day;
            open = true;
        }
        if (w->days++ == 0) w->first = day;
        w->last = day;
    }
    if (!open) return false;
    kam_day lost = calc_spell_lost_day(r, w->first, w->last, w->days);
    out->lost = lost <= asof ? lost : CALC_SPELL_NEVER;
    return true;
}

bool calc_spell_ours(const kam_ledger *l, size_t account, const calc_spell_rule *r, kam_day day)
{
    calc_spell_walk w = {0};
    calc_spell s;
    bool ours = false;
    while (calc_spell_next(l, account, r, day, &w, &s)) ours = s.lost == CALC_SPELL_NEVER;
    return ours;
}

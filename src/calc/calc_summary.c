/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calc_summary.h"
#include "kam_mem.h"
#include "kam_money.h"

double calc_unit_days(calc_unit u)
{
    switch (u) {
    case CALC_UNIT_WEEK: return 7.0;
    case CALC_UNIT_MONTH: return 30.4375;
    case CALC_UNIT_DAY: break;
    }
    return 1.0;
}

/* The spend of entry k by the basis; false when it is not known. */
static bool entry_value(const kam_ledger *l, size_t k, calc_basis basis, int64_t *minor)
{
    if (basis == CALC_BASIS_AMOUNT) {
        *minor = l->net_minor[k];
        return true;
    }
    *minor = l->margin_minor[k];
    return !(l->margin_missing && l->margin_missing[k]);
}

static void summarise_account(const kam_ledger *l, size_t i, calc_summary *s, double major)
{
    int32_t x = -1;
    double sum = 0;
    for (size_t k = l->start[i]; k < l->start[i + 1] && l->day[k] <= s->end; k++) {
        if (l->net_minor[k] < 0) {
            s->days_negative++;
            continue;
        }
        s->purchase_days++;
        if (++x == 0) {
            s->first_day[i] = l->day[k];
        } else {
            int64_t v;
            if (entry_value(l, k, s->basis, &v) && v > 0) {
                s->spend_days[i]++;
                sum += (double)v;
            } else {
                s->days_without_spend++;
            }
        }
        s->last_day[i] = l->day[k];
    }
    s->x[i] = x;
    if (x < 0) return;
    s->customers++;
    if (x > 0) s->repeaters++;
    s->tx[i] = (s->last_day[i] - s->first_day[i]) / s->unit_days;
    s->T[i] = (double)(s->end - s->first_day[i]) / s->unit_days;
    if (s->spend_days[i] > 0) s->spend[i] = sum * major / s->spend_days[i];
}

void calc_summary_build(const kam_ledger *l, kam_day end, calc_unit unit, calc_basis basis, int exponent,
                        calc_summary *out)
{
    calc_summary s = CALC_SUMMARY_INIT;
    const size_t n = s.n = l->n_accounts;
    s.unit = unit;
    s.unit_days = calc_unit_days(unit);
    s.end = end;
    s.basis = l->margin_minor ? basis : CALC_BASIS_AMOUNT;
    s.x = kam_calloc(n, sizeof *s.x);
    s.tx = kam_calloc(n, sizeof *s.tx);
    s.T = kam_calloc(n, sizeof *s.T);
    s.first_day = kam_calloc(n, sizeof *s.first_day);
    s.last_day = kam_calloc(n, sizeof *s.last_day);
    s.spend_days = kam_calloc(n, sizeof *s.spend_days);
    s.spend = kam_calloc(n, sizeof *s.spend);
    const double major = kam_money_to_major(1, exponent);
    for (size_t i = 0; i < n; i++) summarise_account(l, i, &s, major);
    *out = s;
}

void calc_summary_release(calc_summary *s)
{
    kam_free(s->x);
    kam_free(s->tx);
    kam_free(s->T);
    kam_free(s->first_day);
    kam_free(s->last_day);
    kam_free(s->spend_days);
    kam_free(s->spend);
    *s = (calc_summary)CALC_SUMMARY_INIT;
}

void calc_summary_count(const kam_ledger *l, kam_day from, kam_day to, calc_basis basis, int exponent,
                        int32_t *counts, double *spend_major)
{
    const double major = kam_money_to_major(1, exponent);
    if (!l->margin_minor) basis = CALC_BASIS_AMOUNT;
    for (size_t i = 0; i < l->n_accounts; i++) {
        int32_t c = 0;
        double sum = 0;
        for (size_t k = l->start[i]; k < l->start[i + 1] && l->day[k] <= to; k++) {
            if (l->day[k] <= from || l->net_minor[k] < 0) continue;
            int64_t v;
            if (entry_value(l, k, basis, &v)) sum += (double)v;
            c++;
        }
        counts[i] = c;
        if (spend_major) spend_major[i] = sum * major;
    }
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calc_holding.h"
#include "kam_mem.h"

static void put(calc_holdings *h, size_t *cap, const calc_holding *x)
{
    if (x->days == 0) return;
    KAM_GROW(h->at, *cap, h->n + 1);
    h->at[h->n++] = *x;
}

void calc_holdings_build(const kam_sales *s, kam_day asof, int window_days, calc_holdings *out)
{
    calc_holdings h = {s->n_accounts, s->n_products, 0, kam_calloc(s->n_accounts + 1, sizeof *h.start), NULL};
    size_t cap = 0;
    for (size_t a = 0; a < s->n_accounts; a++) {
        calc_holding x = {0};
        for (size_t k = s->start[a]; k < s->start[a + 1]; k++) {
            if (k == s->start[a] || s->product[k] != x.product) {
                put(&h, &cap, &x);
                x = (calc_holding){.product = s->product[k]};
            }
            if (s->day[k] > asof) continue;
            bool bought = s->net_minor[k] > 0, recent = s->day[k] > asof - window_days;
            if (bought) {
                if (x.days++ == 0) x.first = s->day[k];
                x.last = s->day[k];
            }
            if (recent) {
                x.window_days += bought;
                x.window_minor += s->net_minor[k];
            }
        }
        put(&h, &cap, &x);
        h.start[a + 1] = h.n;
    }
    *out = h;
}

void calc_holdings_release(calc_holdings *h)
{
    kam_free(h->start);
    kam_free(h->at);
    *h = (calc_holdings)CALC_HOLDINGS_INIT;
}

const calc_holding *calc_holdings_find(const calc_holdings *h, size_t account, uint32_t product)
{
    size_t lo = h->start[account], hi = h->start[account + 1], end = hi;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        if (h->at[mid].product < product) lo = mid + 1;
        else hi = mid;
    }
    return lo < end && h->at[lo].product == product ? &h->at[lo] : NULL;
}

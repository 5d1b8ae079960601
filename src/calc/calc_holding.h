/* SPDX-License-Identifier: GPL-3.0-or-later */
/* calc_holding: what each account holds of each product, from kam_sales: the first and last purchase, how often, and how much
 * in the window. The base of cross-selling, likeness to the buyers of a product, and white space.
 *
 * Only products with a purchase (a day with net > 0) up to `asof` are held; account i owns the entries start[i] …
 * start[i+1]-1, by product ascending. O(lines). */
#ifndef CALC_HOLDING_H
#define CALC_HOLDING_H
#include "kam_date.h"
#include "kam_sales.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct calc_holding {
    uint32_t product;
    int32_t first, last;   /* purchase days */
    uint32_t days;         /* purchase days */
    uint32_t window_days;  /* purchase days in the window */
    int64_t window_minor;  /* Σ net in the window, returns taken off */
} calc_holding;

typedef struct calc_holdings {
    size_t n_accounts, n_products, n;
    size_t *start;
    calc_holding *at;
} calc_holdings;
#define CALC_HOLDINGS_INIT {0, 0, 0, NULL, NULL}

void calc_holdings_build(const kam_sales *s, kam_day asof, int window_days, calc_holdings *out);
void calc_holdings_release(calc_holdings *h);
/* NULL: never bought. O(log). */
const calc_holding *calc_holdings_find(const calc_holdings *h, size_t account, uint32_t product);
#endif

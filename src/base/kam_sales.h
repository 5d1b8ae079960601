/* SPDX-License-Identifier: GPL-3.0-or-later */
/* kam_sales: what every account bought of every product, netted per account, product and day, in one block. store/ fills
 * it in one scan of the transactions; calc/ reads it; neither knows the other. The ledger (kam_ledger.h) is the same
 * without products.
 *
 * Shape (compressed rows): account i owns the lines start[i] … start[i+1]-1, by product and then day ascending, each
 * (product, day) once, nothing dated after the as-of day it was read for. Accounts are in the order of the accounts table
 * it came with (by code), products in the order of the products table it came with (by SKU). A line with net > 0 is a
 * purchase; the others count in sums only (DOMAIN, Conventions). Units: days since 1970-01-01, money in minor units. */
#ifndef KAM_SALES_H
#define KAM_SALES_H
#include <stddef.h>
#include <stdint.h>

typedef struct kam_sales {
    size_t n_accounts;
    size_t n_products;
    size_t n_lines;
    size_t *start;      /* n_accounts + 1 */
    uint32_t *product;  /* n_lines */
    int32_t *day;       /* n_lines */
    int64_t *net_minor; /* n_lines */
    uint64_t read, no_product; /* transactions read; of these, those that name no product and are left out */
} kam_sales;
#define KAM_SALES_INIT {0, 0, 0, NULL, NULL, NULL, NULL, 0, 0}

void kam_sales_release(kam_sales *s);
#endif

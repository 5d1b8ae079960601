/* SPDX-License-Identifier: GPL-3.0-or-later */
/* calc_white: G5, white space 空白: which account buys which product, and what the empty cells may be worth.
 *
 * State of a cell, the first that fits: `sold` (a purchase day of it in the window), `open` (an open opportunity for it), `competitor`
 * (an opportunity for it lost in the window with a competitor on record), else `untouched`. A product bought before the window only is not
 * sold; last_purchase tells.
 * Estimate of a cell that is not sold: among the account's k nearest customers (calc_look; customers: a purchase day in
 * the window) the median of what those that buy the product spent on it in the window; n = how many of them do, of = k or as many as could be
 * compared. n 0: missing. Time: accounts × (customers, at most the sample, × columns) + cells. */
#ifndef CALC_WHITE_H
#define CALC_WHITE_H
#include "calc_holding.h"
#include "calc_look.h"

/* The customers an account is compared with: all of them, or every so-manieth. */
typedef struct calc_white_group {
    size_t *row;   /* m of the accounts, ascending */
    size_t m, all; /* all: customers there are */
} calc_white_group;
void calc_white_customers(const calc_holdings *h, int sample, calc_white_group *out); /* the caller frees row */

typedef struct calc_white_in {
    const kam_table *accounts;      /* account, name */
    const kam_table *products;      /* product, name */
    const calc_holdings *holdings;  /* of the same accounts, products and the window */
    const kam_table *opportunities; /* row, product, opportunity, result */
    const kam_table *rivals;        /* row, product, competitor, date */
    const calc_look *look;          /* of the same accounts */
    const calc_white_group *group;  /* NULL; else one account is asked about: accounts is it alone, as are opportunities and rivals, */
    const calc_holdings *own;       /* own what it holds, holdings and look are of the group, and look has it at `place` */
    size_t place;
} calc_white_in;

typedef struct calc_white_params {
    kam_day asof;
    calc_lang lang;
    int window_days;          /* 365; setting window */
    calc_look_params look;    /* neighbours, sample, coverage */
    size_t only;              /* one account's place, or SIZE_MAX: all */
    const uint8_t *products;  /* which products, by place; NULL: all */
} calc_white_params;

/* One row a cell, by account, then product: account · name · product · product_name · state TEXT · amount MONEY (bought in the window;
 * missing unless sold) · last_purchase DAY · opportunity TEXT (open) · competitor TEXT · estimate MONEY · n · of INT.
 * KAM_CALC NODATA: a column is absent. KAM_INTERRUPT. */
kam_rc calc_white(const calc_white_in *in, const calc_white_params *p, kam_table **out, kam_err *err);
/* The same rows as a grid: account · name · a TEXT column a product (named by SKU, labelled with the product's name) with ● sold ◐ open × competitor
 * · untouched · estimate MONEY (Σ of the cells that are not sold; missing when none has one). */
kam_table *calc_white_grid(const kam_table *rows, calc_lang lang);
#endif

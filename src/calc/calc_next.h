/* SPDX-License-Identifier: GPL-3.0-or-later */
/* calc_next: C7, when will the account order again? The rice-jar rule 米缸法则: the jar is empty when what was bought is used up.
 *
 * Where quantities are known: per product, last quantity ÷ own rate of use (quantity bought before the last order ÷ days), and of the
 * account's products the earliest: the one whose median remaining time, given that it was not bought since, is least (a product that should
 * have come long ago is not the next one for that reason). Else the own mean gap between purchase days. Both are pooled with the
 * portfolio (calc_rhythm.h, one fit for products, one for gaps), with a range. A net return is taken off the order before it. A
 * product or an account whose silence is longer than all but a share `lost` of gaps would last is no longer waited for (class lost); where the
 * account's purchase days say so, its products are not asked.
 *
 * Reads facts: accounts, ledger; and (NULL: none on record)
 *   quantities  row INT · product TEXT · date DAY · quantity REAL; by row, product (each in one run), date
 *   habits      row INT · storage_capacity REAL */
#ifndef CALC_NEXT_H
#define CALC_NEXT_H
#include "calc_class.h"
#include "calc_facts.h"
#include "calc_rhythm.h"
#include "kam_date.h"

/* What the call of one account takes from all of them, and what the notes say of all. */
typedef struct calc_next_frame {
    calc_rhythm_fit by_gaps, by_products;
    bool products;        /* somebody's quantities are known */
    int64_t lost, capped; /* accounts; of the same days and all */
} calc_next_frame;

typedef struct calc_next_params {
    kam_day asof;
    calc_lang lang;
    double level;     /* 0.8; setting level */
    double lost;      /* 0.01; setting next-purchase-lost */
    int64_t days;     /* only expected on or before asof + days; < 0: all */
    bool all;         /* lost ones too */
    kam_progress *progress; /* NULL: cannot be stopped */
    size_t only;      /* the row of this account alone, the notes are of all; SIZE_MAX: all */
    bool terse;       /* no sentences: `why` is missing */
    const calc_next_frame *frame; /* NULL; else the facts are those of one account, and this is of all */
    calc_next_frame *learn;       /* gets that of all; may be NULL */
} calc_next_params;
#define CALC_NEXT_PARAMS(asof, lang) {(asof), (lang), 0.8, 0.01, -1, false, NULL, SIZE_MAX, false, NULL, NULL}

/* waiting: D is before the range; due: within it; overdue: after it; lost. */
extern const char *const calc_next_classes[];

/* -show calls: one row an account that bought, by expected day, then code: account TEXT, name TEXT, class TEXT, why TEXT, basis TEXT
 * (quantity, gaps: own; portfolio: bought once, the portfolio's gap), product TEXT (basis quantity), last_purchase DAY, last_quantity REAL,
 * gaps INT (own), own_days REAL (days the last order lasts at the own rate; missing without a gap), days REAL (pooled), own_weight REAL,
 * expected DAY, earliest DAY, latest DAY, overdue FLAG (expected before D), quantity REAL (proposed: the mean own order of that product, whole where
 * all its quantities are, never above the storage capacity), storage_capacity REAL. Accounts that never bought are not there. O(entries + quantities). */
kam_rc calc_next_calls(const calc_facts *f, const kam_table *quantities, const kam_table *habits, const calc_next_params *p,
                       kam_table **out, kam_err *err);

/* The call of the account of that row on the day `on` ≥ p->asof, as the fits stand, without a purchase in between; with units (of a product
 * it bought before; NULL: of an unknown one) after an order of so many on p->asof. *known false: nothing can be expected. The product
 * is lent by `quantities`. */
typedef struct calc_next_then {
    const char *class_, *product;
    kam_day expected;
    bool known;
} calc_next_then;
kam_rc calc_next_if(const calc_facts *f, const kam_table *quantities, const calc_next_params *p, size_t row, const char *product,
                    double units, kam_day on, calc_next_then *out, kam_err *err);

/* -show rhythm: measures of both fits: gaps_typical and products_typical (days of the portfolio, n = gaps), gaps_prior and
 * products_prior (own gaps the portfolio counts as, n = series), gaps_shape and products_shape. */
kam_rc calc_next_rhythm(const calc_facts *f, const kam_table *quantities, const calc_next_params *p, kam_table **out, kam_err *err);
#endif

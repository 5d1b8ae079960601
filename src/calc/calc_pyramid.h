/* SPDX-License-Identifier: GPL-3.0-or-later */
/* calc_pyramid: A2, the customer pyramid 客户金字塔, with Pareto curve, Gini and whale curve; of accounts, products
 * or reps.
 *
 * Two steps: items (who has which basis), then the pyramid of any items.
 * items table: key TEXT (code) · name TEXT · basis MONEY (missing: unknown) · bought FLAG (a purchase day on record).
 * For products and reps the store returns such a table itself.
 */
#ifndef CALC_PYRAMID_H
#define CALC_PYRAMID_H
#include "calc_class.h"
#include "calc_facts.h"
#include "kam_date.h"

typedef enum { CALC_PYRAMID_REVENUE, CALC_PYRAMID_MARGIN, CALC_PYRAMID_LIFETIME } calc_pyramid_basis;

typedef struct calc_pyramid_params {
    kam_day asof;
    calc_lang lang;
    int window_days;       /* 365; setting window */
    calc_pyramid_basis basis;      /* revenue; option -basis */
    double top, major, ordinary; /* cumulative shares .01 .05 .20; setting pyramid-split (1/19/30/50 is .01 .20 .50) */
    double pareto_share;   /* 0.20: share held by the best 20 % */
    double pareto_goal;    /* 0.80: smallest share of accounts holding 80 % */
    int curve_points;      /* 100: at most so many steps of the curve */
    const char *key_name;  /* first column of the result: "account" (default), "product", "rep" */
    bool terse;            /* no sentences: `why` is missing */
} calc_pyramid_params;
#define CALC_PYRAMID_PARAMS(asof, lang) \
    {(asof), (lang), 365, CALC_PYRAMID_REVENUE, 0.01, 0.05, 0.20, 0.20, 0.80, 100, "account", false}

/* Items of accounts. Reads facts: accounts, ledger; lifetime for CALC_PYRAMID_LIFETIME. Basis: Σ net, or Σ known margin,
 * of the window (margin missing when the account has lines in it and none has a known margin; when no cost is known
 * anywhere the amount is used and a note says so), or the lifetime value. bought: a purchase day in the window
 * (lifetime: ever). Notes: basis, window, lines without cost. */
kam_rc calc_pyramid_items(const calc_facts *f, const calc_pyramid_params *p, kam_table **out, kam_err *err);

/* Out, ranked items first by rank, then the rest by key: account|product|rep TEXT, name TEXT, class TEXT, why TEXT,
 * rank INT (missing unless basis > 0), basis MONEY, basis_share REAL (of Σ basis > 0), cumulative_share REAL,
 * percentile REAL (0–100, mid-rank share among basis > 0).
 * Ranks: basis descending, ties by key. class: top i ≤ max(1, round(top·n)), major i ≤ max(2, round(major·n)), ordinary
 * i ≤ max(3, round(ordinary·n)), else small; bought but basis ≤ 0 small; not bought inactive; bought but basis unknown:
 * missing. O(n log n). */
kam_rc calc_pyramid(const kam_table *items, const calc_pyramid_params *p, kam_table **out, kam_err *err);

/* The row of one account: what calc_pyramid says of it among all of them, without a table of all. f->accounts holds that account alone (or
 * none: no row then), f->ledger everybody; `row` is its place there, in the order of codes. Not for CALC_PYRAMID_LIFETIME. O(entries). */
kam_rc calc_pyramid_one(const calc_facts *f, size_t row, const calc_pyramid_params *p, kam_table **out, kam_err *err);

/* Where an item stands, and where it would stand with another basis. `rows` are calc_pyramid's, all of them. cut[k]: last rank
 * of top, major, ordinary. O(n). */
typedef struct calc_pyramid_place {
    size_t n;                 /* items with basis > 0 */
    size_t cut[3];
    int level;                /* 0 top, 1 major, 2 ordinary, 3 small */
    bool can_rise, can_fall;
    int64_t rise_to, fall_to; /* the basis with which it just enters the level above, just drops to the one below */
    size_t rise_past, fall_past; /* rows whose bases these are: the last of the level above, the first of the one below */
} calc_pyramid_place;
/* `row` must have a rank. */
void calc_pyramid_find(const kam_table *rows, size_t row, const calc_pyramid_params *p, calc_pyramid_place *out);
/* Class of row `row` if its basis were `basis` and it had bought (the others unchanged). */
const char *calc_pyramid_if(const kam_table *rows, size_t row, int64_t basis, const calc_pyramid_params *p);

/* Summary of calc_pyramid's rows, shaped like calc_class_summary's, with basis and basis_share over basis > 0 only; a note
 * names the excluded sum where there is one. */
kam_rc calc_pyramid_summary(const kam_table *rows, const calc_pyramid_params *p, kam_table **out, kam_err *err);

/* Measures over basis > 0: pareto_share, pareto_accounts (share of accounts holding pareto_goal), gini, total,
 * excluded (Σ basis ≤ 0, n = how many), unknown (n). Money values are in major units. */
kam_rc calc_pyramid_measures(const kam_table *rows, const calc_pyramid_params *p, kam_table **out, kam_err *err);

/* Curve over all rows with known basis, best first: rank INT, account_share REAL, cumulative MONEY, cumulative_share REAL
 * (of the net total; above 1 is the whale's back). With basis > 0 only (positive_only) it is the Pareto curve. At most
 * curve_points + 1 rows, starting at rank 0. */
kam_rc calc_pyramid_curve(const kam_table *rows, const calc_pyramid_params *p, bool positive_only, kam_table **out,
                          kam_err *err);
#endif

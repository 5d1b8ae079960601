/* SPDX-License-Identifier: GPL-3.0-or-later */
/* calc_look: G2, likeness of accounts by what is known of them before they buy, and who is most like a chosen group.
 *
 * Columns (in this order everywhere): industry, kind, ownership, region, source (words); employees, annual_spend (numbers, as
 * ln(1 + x)), exit_cost (number). Each is standardised over all accounts so that the mean squared difference of two accounts
 * taken at random is 2: a number by its standard deviation (n − 1 in the divisor), a word by counting a difference as 2 ÷ (chance that two differ). A
 * column in which all known values agree says nothing and is left out. Distance of two accounts, after Gower (1971):
 *     d² = Σ w δ² ÷ Σ w   over the columns known of both;   likeness = 1 − d²/2
 * 1 is alike in all that is known, 0 as two accounts at random, below 0 less alike than that. Coverage = Σ w known ÷ Σ w; pairs
 * below the least coverage are not compared.
 * A candidate's likeness to a group is the mean over its k nearest in the group (as many as there are). Of a larger group than `sample` every
 * so-manieth in the order of codes is taken. Time: candidates × group × columns, with a heap of k, pairs given up as soon as they
 * are farther than the k-th; 4 k bytes a candidate. */
#ifndef CALC_LOOK_H
#define CALC_LOOK_H
#include "calc_text.h"
#include "kam_err.h"
#include "kam_progress.h"
#include "kam_table.h"
#include <stdbool.h>

enum { CALC_LOOK_WORDS = 5, CALC_LOOK_COLUMNS = 8 };
extern const char *const calc_look_columns[]; /* names; NULL-ended */

typedef struct calc_look_params {
    calc_lang lang;
    double weight[CALC_LOOK_COLUMNS]; /* ≥ 0; settings lookalike-weights */
    int neighbours;                   /* k; setting lookalike-neighbours */
    int sample;                       /* setting lookalike-sample */
    double coverage;                  /* least coverage; setting lookalike-coverage */
    int top;                          /* rows of the result; 0: all */
    kam_progress *progress;
} calc_look_params;
#define CALC_LOOK_PARAMS(lang) {(lang), {1, 1, 1, 1, 1, 1, 1, 1}, 5, 1000, 0.5, 0, NULL}

typedef struct calc_look {
    size_t n;
    const kam_table *profiles;        /* lent */
    double *z[CALC_LOOK_COLUMNS];     /* numbers standardised, or the word's number; NAN: missing; NULL: says nothing */
    double unequal[CALC_LOOK_WORDS];  /* what a difference of words counts */
    double weight[CALC_LOOK_COLUMNS]; /* 0 where the column says nothing */
    double total;                     /* Σ weight */
    double middle[CALC_LOOK_COLUMNS], spread[CALC_LOOK_COLUMNS]; /* of the numbers: mean and standard deviation */
} calc_look;
/* profiles: account, name and the columns, as store_query_profiles gives them; missing cells are unknown. KAM_CALC NODATA: a column is
 * absent. O(n log n). */
kam_rc calc_look_build(const kam_table *profiles, const double weight[CALC_LOOK_COLUMNS], calc_look *out, kam_err *err);
void calc_look_release(calc_look *l);
/* The same space with only these rows of it, in this order, and behind them a place for one account more. profiles (lent): theirs. */
void calc_look_few(const calc_look *all, const size_t *rows, size_t m, const kam_table *profiles, calc_look *out);
/* The account of this one-row table of profiles takes that place: its distances from the others are those of the whole space it belongs to. */
kam_rc calc_look_put(calc_look *few, const kam_table *one, kam_err *err);

/* d² of two accounts; *coverage. false: nothing is known of both. */
bool calc_look_distance2(const calc_look *l, size_t a, size_t b, double *d2, double *coverage);

/* The k of group[0..m) nearest to `a` (itself left out), nearest first, equal ones in the order of the group. Returns how many. */
size_t calc_look_nearest(const calc_look *l, size_t a, const size_t *group, size_t m, size_t k, double least, size_t *near, double *d2);

/* role[i] of each account: 0 neither, 1 of the group, 2 candidate. One row a candidate that can be compared, best first:
 * rank INT · account · name TEXT · likeness · coverage REAL · n INT (neighbours) · nearest · nearest_name TEXT · columns TEXT (the up to three
 * that made it so, by what they add) · why TEXT. Without comparable ones no rows. KAM_INTERRUPT. */
kam_rc calc_look_rank(const calc_look *l, const uint8_t *role, const calc_look_params *p, kam_table **out, kam_err *err);
/* The same column by column: account · column TEXT · value TEXT · nearest TEXT · nearest_value TEXT · weight REAL · likeness REAL (1 −
 * mean δ²/2 over the neighbours; missing: unknown of either) · adds REAL (to the account's likeness; they sum to it up to coverage). */
kam_rc calc_look_detail(const calc_look *l, const uint8_t *role, const calc_look_params *p, size_t account, kam_table **out, kam_err *err);
#endif

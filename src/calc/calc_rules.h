/* SPDX-License-Identifier: GPL-3.0-or-later */
/* calc_rules: association rules between two items: what is bought together (pairs) and what is bought later (sequences),
 * by support, confidence and lift, each tested and the tests corrected for their number.
 *
 * Support n(X∧Y)/N, confidence n(X∧Y)/n(X), lift = confidence ÷ (n(Y)/N) (Agrawal, Imieliński & Swami 1993). A pair is
 * tested by Fisher's exact test, one-sided: the chance of n(X∧Y) or more common baskets given n(X), n(Y) and N
 * (hypergeometric, GSL). A sequence X→Y counts baskets in which Y first comes on a later day than X; its test compares,
 * among the baskets in which Y did not come before or with X, those with X against those without: again Fisher's test.
 * (Under independence the order in which two things come makes the first group poorer in Y, so the test errs on the safe side.)
 * q-values are those of Benjamini & Hochberg (1995) over ALL pairs of frequent items, whether they occur together or not: which
 * items are frequent depends on the margins only, which the test conditions on, so that choosing them biases nothing.
 *
 * How it counts. Items below the minimum support cannot be in a rule and are dropped; the others are renumbered by falling
 * frequency. A list for each item says where in the data it stands; for one item after the other its baskets are walked
 * and one array of counters, as long as there are items, is filled and emptied again. Memory: the baskets, once more the
 * positions (4 bytes an entry), one counter array and the rules that reach the minimum support; never a table of
 * all pairs. Time: O(Σ k²) over baskets of k frequent items, plus a test for each pair that reaches the minimum support with
 * lift > 1. Nothing is random, no order of input matters. */
#ifndef CALC_RULES_H
#define CALC_RULES_H
#include "kam_err.h"
#include "kam_progress.h"
#include <stddef.h>
#include <stdint.h>

/* n baskets; basket i holds item[start[i]] … item[start[i+1]-1], each item once, items below n_items. `when` is the first
 * day of each entry (sequences; NULL: pairs only). Fewer than 2^31 entries. */
typedef struct calc_baskets {
    size_t n;
    size_t n_items;
    const size_t *start;
    const uint32_t *item;
    const int32_t *when;
} calc_baskets;

typedef struct calc_rules_params {
    double min_support; /* < 1: share of the baskets; ≥ 1: their number */
    double q;           /* rules with a q-value ≤ this are kept */
    kam_progress *progress;
} calc_rules_params;

typedef struct calc_rule {
    uint32_t x, y;             /* x < y in a pair; x first in a sequence */
    uint32_t n_x, n_y, n_xy;   /* baskets with x, with y, with both (with y after x) */
    uint32_t n_before;         /* sequence: baskets with y before or with x; 0 in a pair */
    double p, q;
} calc_rule;

typedef struct calc_rules {
    size_t n;
    calc_rule *rule;     /* by x, y */
    size_t n_baskets, n_frequent;
    size_t n_supported;  /* pairs that reach the minimum support, whatever their lift */
    double tests;        /* pairs the correction counts */
} calc_rules;
#define CALC_RULES_INIT {0, NULL, 0, 0, 0, 0}

/* Pairs, or with `sequences` ordered ones (needs `when`). KAM_INTERRUPT; KAM_LIMIT: too many entries. */
kam_rc calc_rules_mine(const calc_baskets *b, const calc_rules_params *p, int sequences, calc_rules *out, kam_err *err);
void calc_rules_release(calc_rules *r);

/* P(H ≥ k) for the hypergeometric H: n1 of a kind among n, draws of t. 1 for k = 0. */
double calc_fisher_greater(uint32_t k, uint32_t n1, uint32_t n, uint32_t t);
/* Benjamini–Hochberg: p[i] of n known ones among m tests (the rest count as 1) → q[i]. O(n log n). */
void calc_fdr(const double *p, size_t n, double m, double *q);
#endif

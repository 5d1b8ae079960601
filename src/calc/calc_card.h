/* SPDX-License-Identifier: GPL-3.0-or-later */
/* calc_card: score cards 评分卡: which criteria each has, how they are asked, ranged, weighted and added up (DOMAIN A6–A8,
 * A11, D1, D9, E10, F6).
 *
 * One const table. A mark (store entity `mark`) names a card and a criterion of it by key; the latest mark dated on or before
 * the as-of day counts. What is not known is missing, never zero: totals go over what is known and say which share of the
 * weight that is (coverage). All texts are ours, in both languages, static and alive for ever; lookups are linear in a few
 * dozen records. Nothing here allocates but what calc_card_nearest is given to fill.
 */
#ifndef CALC_CARD_H
#define CALC_CARD_H
#include "calc_text.h"
#include <stdbool.h>

typedef enum {
    CALC_CARD_MEAN,     /* weighted mean of the marks, in their range */
    CALC_CARD_SUM,      /* sum of the marks */
    CALC_CARD_LOWEST,   /* the lowest mark: a chain is as strong as its weakest link */
    CALC_CARD_BALANCE,  /* A7: 50 + 1.25 × (Σ values − Σ costs), 0–100; see calc_card_balance */
    CALC_CARD_PROFILE   /* no total: the marks are compared with each other (A11) */
} calc_card_total;

/* Texts here carry no arguments; id is the key. */
typedef struct calc_criterion {
    const char *key;      /* "cost-to-serve"; unique within the card */
    calc_text name;       /* short name */
    calc_text ask;        /* the question to answer, and what to look for */
    calc_text advice;     /* what a low mark calls for (D9: the selling force; E10: training); en NULL: none */
    double lo, hi;        /* range of a mark */
    bool reversed;        /* a high mark is a burden, not a merit (costs) */
    bool measured;        /* data answer it where they can; an entered mark stands in else */
    double weight;        /* default; of a card with a weight setting, the setting's number at the same place counts */
    int group;            /* index into the card's groups */
} calc_criterion;

typedef struct calc_card {
    const char *key;             /* "quality" */
    const char *source;          /* DOMAIN code, "A6" */
    const char *subjects;        /* kinds a mark of it may have, first the usual one: "account", "ourselves account" */
    calc_text name, purpose;
    calc_card_total total;
    const char *weight_setting;  /* NULL: the criteria's own weights */
    const calc_text *groups;     /* NULL: one group without a name */
    size_t n_groups;
    const calc_criterion *criteria;
    size_t n;
} calc_card;

/* Text of a name, purpose, question or advice in a language; NULL where there is none. */
const char *calc_card_text(const calc_text *t, calc_lang lang);

const calc_card *const *calc_cards(size_t *n);
const calc_card *calc_card_find(const char *key);                              /* NULL: absent */
const calc_criterion *calc_card_criterion(const calc_card *c, const char *key); /* NULL: absent */
bool calc_card_takes(const calc_card *c, const char *subject_kind);

/* Up to `max` keys near `word`, best first: of cards (c NULL) or of the criteria of c. Returns how many. */
size_t calc_card_nearest(const calc_card *c, const char *word, const char **out, size_t max);

/* Total over marks[0..c->n), NaN where missing; weights NULL: the criteria's own (weights are not negative; their scale does
 * not matter). *coverage: share of the weight that is known, 0 … 1; of a card of sums, lowest and profile, share of the
 * criteria. false: no total (nothing known, a profile, or a balance with one side unknown); *coverage is set all the same. */
bool calc_card_score(const calc_card *c, const double *weights, const double *marks, double *total, double *coverage);
/* Sum of the known marks of one group and how many of them are missing and how many are 0 (D1: unknown). */
double calc_card_group_sum(const calc_card *c, int group, const double *marks, size_t *missing, size_t *zero);
/* A7: 50 + 1.25 × (mean known value × 4 − mean known cost × 4): with all eight known exactly 50 + 1.25 × (Σ values − Σ costs);
 * an unknown mark is taken as the mean of the known ones of its side. NaN marks are missing; false: a side has none. */
bool calc_card_balance(const double *values, size_t n_values, const double *costs, size_t n_costs, double *out);
#endif

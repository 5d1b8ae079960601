/* SPDX-License-Identifier: GPL-3.0-or-later */
/* calc_segment: A10, segments 市场细分: by k-means on standardised columns (calc_kmeans.h), or by crossing criteria; each described
 * by what sets it apart and tested for the four rules of a usable segment.
 *
 * Columns (calc_segment_columns): recency, purchase_days, window_revenue, mean_purchase, margin_rate, growth, serve_rate,
 * wallet_share, employees, annual_spend, known_days. Each is standardised (mean 0, deviation 1) over the accounts that have all
 * chosen ones; the others are in no segment (class missing) and are counted in a note.
 * Criteria for crossing (calc_segment_criteria): industry, region, kind, ownership, source, size (by employees), grade (A2), key
 * (A12). A missing criterion is a value of its own, `unknown`.
 * The four rules: large enough (share of accounts, or of the window's revenue, ≥ min_share: a key account may be a segment of its
 * own) · alike inside (spread ≤ max_spread: mean variance of the standardised columns inside, 1 being that of all) · tied to buying
 * (pull ≥ min_pull or ≤ 1 / min_pull: revenue an account against that of all) · reachable (share with a contact ≥ min_reach).
 * Reads facts: accounts (known_since, annual_spend, industry, region, kind, ownership, source, employees: all opt), ledger,
 * service_costs.
 */
#ifndef CALC_SEGMENT_H
#define CALC_SEGMENT_H
#include "calc_class.h"
#include "calc_facts.h"
#include "calc_kmeans.h"
#include "kam_date.h"

typedef struct calc_segment_column {
    const char *key;
    calc_text name;
    bool money; /* in minor units */
} calc_segment_column;
const calc_segment_column *calc_segment_columns(size_t *n);
const calc_segment_column *calc_segment_column_find(const char *key);     /* NULL: absent */
const calc_text *calc_segment_criteria(size_t *n);                        /* id is the key */
const calc_text *calc_segment_criterion_find(const char *key);            /* NULL: absent */

enum { CALC_SEGMENT_COLUMNS = 16, CALC_SEGMENT_CRITERIA = 8 };
typedef struct calc_segment_params {
    kam_day asof;
    calc_lang lang;
    int window_days, trend_days;  /* 365, 180; settings window, lifecycle-trend-days */
    size_t n_columns;             /* 0: recency, purchase_days, window_revenue */
    const calc_segment_column *columns[CALC_SEGMENT_COLUMNS];
    size_t n_cross;               /* 0: k-means */
    const calc_text *cross[CALC_SEGMENT_CRITERIA];
    calc_kmeans_spec kmeans;      /* settings segment-max, segment-sample */
    double size_small, size_large; /* 100, 1000 employees; setting segment-size */
    double min_share;             /* 0.05; setting segment-min-share */
    double max_spread;            /* 0.7; setting segment-max-spread */
    double min_pull;              /* 1.5; setting segment-min-pull */
    double min_reach;             /* 0.5; setting segment-min-reach */
    double distinct;              /* 0.5; setting segment-distinct: deviations from the mean that set a segment apart */
} calc_segment_params;
#define CALC_SEGMENT_PARAMS(asof, lang) \
    {(asof), (lang), 365, 180, 0, {NULL}, 0, {NULL}, CALC_KMEANS_SPEC, 100, 1000, 0.05, 0.7, 1.5, 0.5, 0.5}

/* Beside the facts; NULL: none. Arrays are as long as the accounts; texts lent, NULL: unknown. */
typedef struct calc_segment_facts {
    const kam_table *reach;      /* row INT · contacts INT */
    const char *const *grade;    /* A2 class */
    const char *const *key;      /* A12 class */
} calc_segment_facts;

/* *rows, by account: account, name, class (segment: S1 the largest …, or the criteria's values), why TEXT · the columns used, REAL or
 * MONEY · distance REAL (to the middle of its segment, k-means only) · window_revenue MONEY where it is no column already.
 * *segments (may be NULL), by count: segment TEXT · count INT · share REAL · value MONEY (window revenue) · value_share REAL · growth REAL
 * (Σ recent / Σ prior − 1) · spread, pull, reach REAL · large_enough, alike, tied, reachable, usable FLAG · description TEXT.
 * A missing test is one that cannot be made. Title and notes on both. O(n log n) beside the clustering. */
kam_rc calc_segment(const calc_facts *f, const calc_segment_facts *x, const calc_segment_params *p, kam_table **rows,
                    kam_table **segments, kam_err *err);
#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* calc_rank: ranks, quantiles, shares with intervals and waiting times: the small statistics several methods share.
 * Nothing here fails; arrays are lent; n = 0 is legal and gives "missing" (false) or nothing. */
#ifndef CALC_RANK_H
#define CALC_RANK_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Twice the mid-rank (1-based, ascending) of each value: equal values get equal ranks, and twice keeps it an
 * integer. O(n log n). */
void calc_midrank2(const double *x, size_t n, int64_t *rank2);

/* 1 + floor(parts · (mid-rank − ½) / n), exact in integers. rank2 as above, 1 ≤ result ≤ parts. */
int calc_rank_score(int64_t rank2, size_t n, int parts);

/* Median (mean of the two middle values); sorts x in place. false when n = 0. */
bool calc_median(double *x, size_t n, double *out);

/* Wilson score interval of k of n at the given two-sided level (0.95). false when n = 0. */
bool calc_wilson(double k, double n, double level, double *low, double *high);

/* Kaplan–Meier median: smallest time t with S(t) ≤ ½; event[i] = 0 is censored at time[i] (censored after the
 * events of the same day). false when S never falls to ½ (nobody, or too many censored). O(n log n). */
bool calc_km_median(const int64_t *time, const uint8_t *event, size_t n, int64_t *out);

/* Gini coefficient of non-negative values, sorts x ascending in place: 2 Σ i·x(i) / (n Σ x) − (n+1)/n. false when
 * n = 0 or the sum is 0. */
bool calc_gini(double *x, size_t n, double *out);
#endif

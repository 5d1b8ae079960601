/* SPDX-License-Identifier: GPL-3.0-or-later */
/* worth_peer: lifetime value the plain way, to compare speed and results with: the likelihoods as the papers print them,
 * summed row by row, maximised by Nelder and Mead's simplex in log parameters from 1, 1, 1, 1, as the packages people
 * use do; the summary as one SQL statement. Independent of src/calc. */
#ifndef WORTH_PEER_H
#define WORTH_PEER_H
#include <stddef.h>
#include <stdint.h>

typedef struct peer_rows { /* lent */
    size_t n;
    const int32_t *x;
    const double *tx, *T;
    const int32_t *spend_days;
    const double *spend;
} peer_rows;

/* Fit; the greatest log-likelihood found. *evaluations of it were made. */
double peer_bg(const peer_rows *r, double par[4], int *evaluations);
double peer_pareto(const peer_rows *r, double par[4], int *evaluations);
double peer_spend(const peer_rows *r, double par[3], int *evaluations);

/* Sum over accounts of the purchases expected in 12 months by BG/NBD, month by month, one 2F1 each. No interval. */
double peer_bg_scores(const peer_rows *r, const double par[4], double month);

/* Rows of "SELECT account_id, count(DISTINCT day), min(day), max(day), sum(amount_minor) … GROUP BY account_id". */
size_t peer_sql_summary(const char *database);
#endif

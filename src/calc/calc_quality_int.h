/* SPDX-License-Identifier: GPL-3.0-or-later */
/* calc_quality_int: what the files of A6 share. */
#ifndef CALC_QUALITY_INT_H
#define CALC_QUALITY_INT_H
#include "calc_quality.h"
#include "calc_use.h"

/* What is known of one account. */
typedef struct quality_fact {
    int64_t revenue;          /* of the window */
    double margin_rate, delay, serve_rate, growth;
    double alive, before;     /* P(alive) on D and some time before, rounded: see calc_quality_facts.c */
    int64_t serve_cost;       /* maintain and serve, of the window */
    int64_t receivable, oldest; /* unpaid on D; day of the oldest */
    int32_t overdue, violations, surveys, unhappy; /* unhappy: of the last surveys, perceived < expectation in all */
    bool bought, costs_known, has_receivable, debt_noted, off_strategy, sighted;
    bool small_slice, bad_debt, is_unhappy, large;
} quality_fact;

typedef struct quality_work {
    const calc_facts *f;
    const calc_quality_facts *q;
    const calc_quality_params *p;
    size_t n;
    quality_fact *a;
    double portfolio_rate; /* margin rate of all accounts; NaN: unknown */
    bool no_costs;         /* the ledger knows no cost at all */
} quality_work;

kam_rc calc_quality_collect(quality_work *w, kam_err *err);        /* calc_quality_facts.c: fills w->a */
void calc_quality_mark(const quality_work *w, calc_marks *marks);  /* measured marks */
#endif

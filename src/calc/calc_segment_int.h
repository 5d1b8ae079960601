/* SPDX-License-Identifier: GPL-3.0-or-later */
/* calc_segment_int: what the files of A10 share. */
#ifndef CALC_SEGMENT_INT_H
#define CALC_SEGMENT_INT_H
#include "calc_segment.h"
#include "calc_use.h"
#include "kam_str.h"

/* What the columns are computed from, for all accounts; x[i * d + j] as measured, NaN: missing; z standardised. */
typedef struct segment_work {
    const calc_facts *f;
    const calc_segment_facts *e;
    const calc_segment_params *p;
    size_t n, d;
    const calc_segment_column *col[CALC_SEGMENT_COLUMNS];
    double *x, *z;
    double mean[CALC_SEGMENT_COLUMNS]; /* over the accounts that have all columns */
    int64_t *revenue, *recent, *prior;
    int32_t *of;      /* segment, −1: none */
    double *distance; /* k-means */
    size_t k;
    char **label;     /* of each segment, owned */
    double silhouette;
    size_t left_out;
} segment_work;

kam_rc calc_segment_measure(segment_work *w, kam_err *err);   /* calc_segment_columns.c: x, z, revenue, recent, prior */
kam_rc calc_segment_cross(segment_work *w, kam_err *err);     /* calc_segment_cross.c: of, k, label */
kam_table *calc_segment_table(const segment_work *w, const int64_t *contacts, char **description); /* calc_segment_table.c */
#endif

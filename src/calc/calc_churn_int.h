/* SPDX-License-Identifier: GPL-3.0-or-later */
/* calc_churn_int: the traits of an account on a day; shared by calc_churn*.c alone. */
#ifndef CALC_CHURN_INT_H
#define CALC_CHURN_INT_H
#include "calc_churn.h"
#include "calc_use.h"

/* Facts of one kind gathered by account: those of account i are at[start[i]] … at[start[i + 1] − 1], in the order of their table. */
typedef struct churn_fact {
    int32_t day, until; /* until: when it was settled; INT32_MAX: not by D */
    float value;
} churn_fact;
typedef struct churn_facts {
    size_t *start;
    churn_fact *at;
} churn_facts;

enum { CHURN_COMPLAINTS, CHURN_SURVEYS, CHURN_RIVALS, CHURN_CONTACTS, CHURN_INVOICES, CHURN_KINDS };

typedef struct churn_data {
    const calc_churn_in *in;
    const calc_churn_params *p;
    const kam_column *acc[CALC_ACC_COLS];
    size_t n;
    double unit; /* minor units of a major one */
    churn_facts facts[CHURN_KINDS];
} churn_data;

kam_rc churn_data_init(const calc_churn_in *in, const calc_churn_params *p, churn_data *d, kam_err *err);
void churn_data_release(churn_data *d);
/* The traits on day t as they enter the regression, NaN where unknown; `plain` (may be NULL): as people say them. */
void churn_traits(const churn_data *d, size_t account, kam_day t, double x[CALC_TRAITS], double plain[CALC_TRAITS]);
/* Equal for equal codes, spread evenly over 64 bits. */
uint64_t churn_hash(const char *code);
#endif

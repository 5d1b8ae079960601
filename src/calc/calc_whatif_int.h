/* SPDX-License-Identifier: GPL-3.0-or-later */
/* calc_whatif_int: what calc_whatif.c and calc_whatif_contract.c share and nobody else includes. */
#ifndef CALC_WHATIF_INT_H
#define CALC_WHATIF_INT_H
#include "calc_whatif.h"

/* "Nobody leaves any more": small enough to make no difference, large enough to divide by. */
#define WHATIF_PACE_MIN 1e-6

/* Factor c with survive(ctx, c·year) = *now + gain, where *now = survive(ctx, year), to the relative tolerance `near` of the hazard. false: nobody
 * leaves, or all would. */
bool calc_whatif_solve(double (*survive)(const void *, double), const void *ctx, double year, double gain, double near, double *c, double *now);
kam_rc calc_whatif_check(const calc_whatif_levers *l, kam_err *err);

enum { WHATIF_COLS = 10 };
extern const char *const calc_whatif_lever[];
kam_table *calc_whatif_table(const kam_table *like, kam_column **c);
/* half: half the interval of the difference; NAN: none. */
void calc_whatif_push(kam_column **c, const char *lever, double from, double to, double before, double after, double half, size_t n);
#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* calc_run_int: small things the methods on running the portfolio share; for calc's own .c files. */
#ifndef CALC_RUN_INT_H
#define CALC_RUN_INT_H
#include "calc_use.h"
#include <string.h>

/* Place of a code in a column sorted by bytes; SIZE_MAX: absent or NULL. */
static inline size_t calc_run_find(const kam_column *sorted, const char *code)
{
    size_t lo = 0, hi = code && sorted ? kam_col_rows(sorted) : 0;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        int c = strcmp(kam_col_text(sorted, mid), code);
        if (c == 0) return mid;
        if (c < 0) lo = mid + 1;
        else hi = mid;
    }
    return SIZE_MAX;
}
#endif

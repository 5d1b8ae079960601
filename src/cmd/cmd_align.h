/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_align: columns of one result in the order of another's accounts. Methods put rows in their own order (the pyramid by rank, a
 * date with fewer accounts); what builds on them wants one value an account. O(n log n); arrays are freed with kam_free. */
#ifndef CMD_ALIGN_H
#define CMD_ALIGN_H
#include "kam_table.h"

/* For each row of `accounts` (column `account`) the row of `rows` with the same account; SIZE_MAX: none. */
size_t *cmd_align(const kam_table *accounts, const kam_table *rows);
/* Numbers of a column (money in minor units), NaN where missing or absent. */
double *cmd_align_real(const kam_table *accounts, const kam_table *rows, const char *column);
/* Texts of a column, lent by `rows`; NULL where missing. */
const char **cmd_align_text(const kam_table *accounts, const kam_table *rows, const char *column);
#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_expr: a Tcl expression evaluated for every row of a table, with the columns as variables.
 *
 * The expression runs in the caller's frame, so its own variables are seen too; the variables named like columns are
 * put back afterwards. An expression that reads a missing cell has no value on that row; `missing(COLUMN)` tests
 * without reading. `==` and `!=` on a text column are refused (codes compare with eq and ne: "007" == 7 would hold).
 * Money is a decimal number in the expression; cmd_expr_type says whether the result is an amount again. */
#ifndef CMD_EXPR_H
#define CMD_EXPR_H
#include "cmd_spec.h"

typedef struct cmd_expr cmd_expr;

/* who: the command, for messages. KAM_USAGE (syntax, == on text), KAM_NOTFOUND (missing() of no column). */
kam_rc cmd_expr_open(cmd_session *s, const char *who, const kam_table *t, Tcl_Obj *text, cmd_expr **out, kam_err *err);
/* Value on one row: *out lent until the next call, NULL when a missing cell was read. */
kam_rc cmd_expr_eval(cmd_expr *x, size_t row, Tcl_Obj **out, kam_err *err);
/* Type the result has by the form of the expression: money for sums and multiples of money, the column's type for a
 * bare column, flag for comparisons. false: look at the values. */
bool cmd_expr_type(const cmd_expr *x, kam_type *out);
void cmd_expr_close(cmd_expr *x);
#endif

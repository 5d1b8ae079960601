/* SPDX-License-Identifier: GPL-3.0-or-later */
/* calc_class: what all classifications share: class keys, summary tables, migrations (DOMAIN, Conventions).
 *
 * A classification is a table with a `class` TEXT column of English keys. Its summary has one row a class, zeros
 * too, in the order of the class list; a row `unknown` follows only when accounts have a missing class.
 */
#ifndef CALC_CLASS_H
#define CALC_CLASS_H
#include "calc_text.h"
#include "kam_err.h"
#include "kam_table.h"

/* Class keys of each method, best-known order; NULL-ended. */
extern const char *const calc_yield_classes[];     /* A B C */
extern const char *const calc_pyramid_classes[];   /* top major ordinary small inactive */
extern const char *const calc_rfm_classes[];       /* value develop keep win-back general-value … */
extern const char *const calc_lifecycle_classes[]; /* potential selling new growing stable declining problem no-value lost */
extern const char *const calc_lifecycle_phases[];  /* potential selling relationship lost */
extern const char *const calc_ladder_classes[];    /* prospect first-time repeat loyal member advocate */

/* Summary of `rows` by `class_column` ("class"; A4 also "phase"). basis_column: a MONEY column to add up (NULL: no
 * basis, the columns stay missing). Each method's header names its basis.
 * Out: class TEXT, count INT, share REAL (of all rows), basis MONEY (missing cells left out), basis_share REAL
 * (missing when the total is ≤ 0). No rows: zeros, shares missing. O(rows · classes). KAM_CALC NODATA: column absent. */
kam_rc calc_class_summary(const kam_table *rows, const char *class_column, const char *basis_column,
                          const char *const *classes, kam_table **out, kam_err *err);

/* Migration between two classifications of one method made at two dates, joined by `account` code (both any order).
 * Out: from TEXT, to TEXT, count INT, share REAL (of the from-class): all pairs of classes, zeros too, in class
 * order; then only where they occur pairs with `none`: not in the population on that date (unknown account, no
 * purchase in the window of A3, missing class). O(n log n). */
kam_rc calc_class_migration(const kam_table *before, const kam_table *after, const char *class_column,
                            const char *const *classes, kam_table **out, kam_err *err);

/* Scalar results have one shape in every method ("measures"):
 *   measure TEXT, value REAL, low REAL, high REAL, n INT, reading TEXT (a word or sentence; missing where none). */
#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* calc_discipline: A11, value disciplines 价值法则 (Treacy and Wiersema, The Discipline of Market Leaders): the card `discipline`,
 * each of three marked as the account sees us and as it wants it.
 *
 * class: the discipline with the highest mark given: operations, product, intimacy; tied when two share it; missing: none
 * marked. wanted: the same of what it wants. Gap of a discipline = wanted − given where both are known; gap_in names the
 * widest (ties: in the order of the card). Reads facts: accounts.
 */
#ifndef CALC_DISCIPLINE_H
#define CALC_DISCIPLINE_H
#include "calc_marks.h"

extern const char *const calc_discipline_classes[]; /* operations product intimacy tied */

/* Out, by account: account, name, class, why TEXT · wanted TEXT · match FLAG (class = wanted; missing: one unknown or tied) · gap
 * REAL (of the discipline wanted) · gap_in TEXT · widest REAL (its gap) · coverage REAL · operations_given, product_given,
 * intimacy_given, operations_wanted, product_wanted, intimacy_wanted REAL. O(n). */
kam_rc calc_discipline(const calc_facts *f, const calc_marks *marks, calc_lang lang, kam_table **out, kam_err *err);
#endif

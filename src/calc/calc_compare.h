/* SPDX-License-Identifier: GPL-3.0-or-later */
/* calc_compare: two answers to the same question side by side (J7: a what-if against the committed state). */
#ifndef CALC_COMPARE_H
#define CALC_COMPARE_H
#include "calc_text.h"
#include "kam_err.h"
#include "kam_table.h"

enum { CALC_COMPARE_KEYS = 2 };
/* Rows are matched by one or two text columns `keys` (NULL-terminated; a key neither table has is passed over), numbers by name:
 * keys TEXT, measure TEXT (column), before, after, difference MONEY. Only what differs; a row one side lacks has a missing cell there
 * and no difference. In the order of `after`, then what only `before` has; within a row in the order of `measures`. A note says when
 * nothing differs. O(n log n). KAM_CALC NODATA when a column is absent. */
kam_rc calc_compare_money(const kam_table *before, const kam_table *after, const char *const *keys, const char *const *measures,
                          calc_lang lang, kam_table **out, kam_err *err);
/* Rows whose text column `column` differs: key TEXT, name TEXT (where there is one), before, after TEXT, why TEXT (of after). */
kam_rc calc_compare_text(const kam_table *before, const kam_table *after, const char *key, const char *column, calc_lang lang,
                         kam_table **out, kam_err *err);
#endif

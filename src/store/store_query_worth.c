/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What C7 and C8 read: habits and notes of value; quantities and payments are in store_query_lines.c. */
#include "store_query_int.h"

kam_rc store_query_habits(store *s, kam_day asof, kam_table **out, kam_err *err)
{
    static const query_col cols[] = {{"row", KAM_INT}, {"storage_capacity", KAM_REAL}, {"pay_day", KAM_INT}};
    return query_by_account(s, asof,
                            "SELECT id, storage_capacity, pay_day_of_month FROM accounts "
                            "WHERE {scope:id} AND (storage_capacity IS NOT NULL OR pay_day_of_month IS NOT NULL)",
                            QUERY_COLS(cols), out, err);
}

kam_rc store_query_value_notes(store *s, kam_day asof, kam_table **out, kam_err *err)
{
    static const query_col cols[] = {{"row", KAM_INT},   {"date", KAM_DAY}, {"level", KAM_TEXT},
                                     {"kind", KAM_TEXT}, {"aim", KAM_TEXT}, {"delivered", KAM_TEXT}};
    return query_by_account(s, asof,
                            "SELECT account_id, day, level, kind, aim, delivered FROM value_notes WHERE day IS NULL OR day <= ?1 "
                            "ORDER BY day, id",
                            QUERY_COLS(cols), out, err);
}

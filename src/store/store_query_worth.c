/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What C7 and C8 read: quantities, payments, habits, notes of value. */
#include "store_query_int.h"

kam_rc store_query_habits(store *s, kam_day asof, kam_table **out, kam_err *err)
{
    static const query_col cols[] = {{"row", KAM_INT}, {"storage_capacity", KAM_REAL}, {"pay_day", KAM_INT}};
    return query_by_account(s, asof,
                            "SELECT id, storage_capacity, pay_day_of_month FROM accounts "
                            "WHERE storage_capacity IS NOT NULL OR pay_day_of_month IS NOT NULL",
                            QUERY_COLS(cols), out, err);
}

/* Grouped before products are looked up, so that their names are fetched once a group. */
kam_rc store_query_quantities(store *s, kam_day asof, kam_table **out, kam_err *err)
{
    static const query_col cols[] = {{"row", KAM_INT}, {"product", KAM_TEXT}, {"date", KAM_DAY}, {"quantity", KAM_REAL}};
    return query_by_account(s, asof,
                            "SELECT g.account_id, (SELECT p.code FROM products p WHERE p.id = g.product_id), g.day, g.units FROM "
                            "(SELECT account_id, product_id, day, sum(quantity) AS units FROM transactions "
                            "WHERE quantity IS NOT NULL AND product_id IS NOT NULL AND day <= ?1 GROUP BY 1, 2, 3) g "
                            "ORDER BY g.account_id, g.product_id, g.day",
                            QUERY_COLS(cols), out, err);
}

kam_rc store_query_payments(store *s, kam_day asof, kam_table **out, kam_err *err)
{
    static const query_col cols[] = {{"row", KAM_INT}, {"invoice_no", KAM_TEXT}, {"date", KAM_DAY},
                                     {"due", KAM_DAY}, {"paid_on", KAM_DAY},     {"amount", KAM_MONEY}};
    return query_by_account(s, asof,
                            "SELECT account_id, invoice_no, min(day), due_day, CASE WHEN paid_day <= ?1 THEN paid_day END AS paid, "
                            "sum(amount_minor) FROM transactions WHERE due_day IS NOT NULL AND day <= ?1 "
                            "GROUP BY account_id, due_day, invoice_no, paid, CASE WHEN invoice_no IS NULL THEN id END "
                            "ORDER BY due_day, invoice_no, min(id)",
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

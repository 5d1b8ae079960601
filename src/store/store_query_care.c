/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What F reads: answers to surveys, marks of factors, the complaint desk, first purchases by line, prices against the list. */
#include "store_query_int.h"

kam_rc store_query_answers(store *s, kam_day asof, kam_table **out, kam_err *err)
{
    static const query_col cols[] = {{"row", KAM_INT},        {"survey", KAM_INT},      {"date", KAM_DAY},
                                     {"expectation", KAM_REAL}, {"perceived", KAM_REAL}, {"recommend", KAM_REAL},
                                     {"buy_again", KAM_FLAG}, {"named_first", KAM_FLAG}, {"favourable", KAM_FLAG}};
    return query_by_account(s, asof,
                            "SELECT account_id, id, day, expectation, perceived, recommend, buy_again, named_first, favourable "
                            "FROM surveys WHERE {scope:account_id} AND day <= ?1 ORDER BY day, id",
                            QUERY_COLS(cols), out, err);
}

kam_rc store_query_survey_factors(store *s, kam_day asof, kam_table **out, kam_err *err)
{
    static const query_col cols[] = {{"row", KAM_INT},         {"date", KAM_DAY},         {"factor", KAM_TEXT},
                                     {"importance", KAM_REAL}, {"expectation", KAM_REAL}, {"perceived", KAM_REAL}};
    return query_by_account(s, asof,
                            "SELECT v.account_id, v.day, f.factor, f.importance, f.expectation, f.perceived FROM survey_factors f "
                            "JOIN surveys v ON v.id = f.survey_id WHERE v.day <= ?1 ORDER BY v.day, v.id, f.factor",
                            QUERY_COLS(cols), out, err);
}

#define UP_TO_D(column) "CASE WHEN i." column " <= ?1 THEN i." column " END"

kam_rc store_query_cases(store *s, kam_day asof, kam_table **out, kam_err *err)
{
    static const query_col cols[] = {{"row", KAM_INT},         {"complaint", KAM_INT},  {"date", KAM_DAY},        {"topic", KAM_TEXT},
                                     {"owner", KAM_TEXT},      {"progress_on", KAM_DAY}, {"written_on", KAM_DAY}, {"visited_on", KAM_DAY},
                                     {"filed_on", KAM_DAY},    {"resolved_on", KAM_DAY}, {"resolution", KAM_TEXT}, {"lesson", KAM_TEXT},
                                     {"notes", KAM_TEXT}};
    return query_by_account(s, asof,
                            "SELECT i.account_id, i.id, i.day, i.topic, r.code, " UP_TO_D("progress_day") ", " UP_TO_D("written_day") ", "
                            UP_TO_D("visited_day") ", " UP_TO_D("filed_day") ", " UP_TO_D("resolved_day") ", "
                            "CASE WHEN i.resolved_day <= ?1 THEN i.resolution END, i.lesson, i.notes "
                            "FROM interactions i LEFT JOIN reps r ON r.id = i.complaint_owner_id "
                            "WHERE {scope:i.account_id} AND i.kind = 'complaint' AND i.day <= ?1 ORDER BY i.day, i.id",
                            QUERY_COLS(cols), out, err);
}

/* A line is a category, a product without one is a line of its own. */
kam_rc store_query_lines(store *s, kam_day asof, kam_table **out, kam_err *err)
{
    static const query_col cols[] = {{"row", KAM_INT}, {"line", KAM_TEXT}, {"first", KAM_DAY}};
    return query_by_account(s, asof,
                            "SELECT g.account_id, coalesce(p.category, p.code) AS line, min(g.first) FROM "
                            "(SELECT account_id, product_id, min(day) AS first FROM transactions WHERE product_id IS NOT NULL AND amount_minor > 0 "
                            "AND day <= ?1 GROUP BY 1, 2) g JOIN products p ON p.id = g.product_id GROUP BY 1, 2 ORDER BY 1, 2",
                            QUERY_COLS(cols), out, err);
}

kam_rc store_query_prices(store *s, kam_day asof, int window_days, kam_table **out, kam_err *err)
{
    static const query_col cols[] = {{"row", KAM_INT},           {"paid", KAM_MONEY},       {"list", KAM_MONEY},
                                     {"paid_before", KAM_MONEY}, {"list_before", KAM_MONEY}};
    /* the window is written into the statement: query_by_account binds the day alone */
    kam_str sql = KAM_STR_INIT;
    kam_str_addf(&sql,
                 "SELECT t.account_id, sum(CASE WHEN t.day > ?1 - %d THEN t.amount_minor END), "
                 "CAST(round(sum(CASE WHEN t.day > ?1 - %d THEN t.quantity * p.list_price_minor END)) AS INTEGER), "
                 "sum(CASE WHEN t.day <= ?1 - %d THEN t.amount_minor END), "
                 "CAST(round(sum(CASE WHEN t.day <= ?1 - %d THEN t.quantity * p.list_price_minor END)) AS INTEGER) "
                 "FROM transactions t JOIN products p ON p.id = t.product_id WHERE t.day <= ?1 AND t.day > ?1 - 2 * %d AND t.quantity > 0 "
                 "AND t.amount_minor > 0 AND p.list_price_minor > 0 GROUP BY 1 ORDER BY 1",
                 window_days, window_days, window_days, window_days, window_days);
    kam_rc rc = query_by_account(s, asof, kam_str_cstr(&sql), QUERY_COLS(cols), out, err);
    kam_str_release(&sql);
    return rc;
}

kam_rc store_query_promises(store *s, kam_day asof, kam_table **out, kam_err *err)
{
    static const query_col cols[] = {{"row", KAM_INT}, {"due", KAM_DAY}, {"done_on", KAM_DAY}};
    return query_by_account(s, asof,
                            "SELECT account_id, due_day, CASE WHEN done_day <= ?1 THEN done_day END FROM actions "
                            "WHERE due_day <= ?1 AND coalesce(status, 'open') <> 'dropped' ORDER BY due_day, id",
                            QUERY_COLS(cols), out, err);
}

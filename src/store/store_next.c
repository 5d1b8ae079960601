/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is next (G): profiles, people, renewals, steps, mailings. */
#include "store_next.h"
#include "store_query_int.h"

kam_rc store_query_profiles(store *s, kam_day asof, kam_table **out, kam_err *err)
{
    static const query_col cols[] = {{"row", KAM_INT},       {"account", KAM_TEXT}, {"name", KAM_TEXT},
                                     {"industry", KAM_TEXT}, {"kind", KAM_TEXT},    {"ownership", KAM_TEXT},
                                     {"region", KAM_TEXT},   {"source", KAM_TEXT},  {"employees", KAM_INT},
                                     {"annual_spend", KAM_MONEY}, {"exit_cost", KAM_REAL}};
    return query_accounts(s, asof,
                          "SELECT code, name, industry, kind, ownership, region, source, employees, annual_spend_minor, exit_cost, id "
                          "FROM accounts WHERE {scope:id} ORDER BY id",
                          QUERY_COLS(cols), out, err);
}

kam_rc store_query_rivals(store *s, kam_day asof, kam_table **out, kam_err *err)
{
    static const query_col cols[] = {
        {"row", KAM_INT}, {"product", KAM_TEXT}, {"competitor", KAM_TEXT}, {"opportunity", KAM_TEXT}, {"date", KAM_DAY}};
    return query_by_account(s, asof,
                            "SELECT o.account_id, p.code, (SELECT group_concat(v.code, ';') FROM (SELECT c.code AS code FROM "
                            "opportunity_competitors x JOIN competitors c ON c.id = x.competitor_id WHERE x.opportunity_id = o.id "
                            "ORDER BY c.code) AS v) AS rivals, o.code, o.closed_day "
                            "FROM opportunities o JOIN products p ON p.id = o.product_id WHERE {scope:o.account_id} AND o.result = 'lost' AND o.closed_day <= ?1 "
                            "AND EXISTS (SELECT 1 FROM opportunity_competitors y WHERE y.opportunity_id = o.id) ORDER BY o.closed_day, o.code",
                            QUERY_COLS(cols), out, err);
}

kam_rc store_query_persons(store *s, kam_day asof, kam_table **out, kam_err *err)
{
    static const query_col cols[] = {{"row", KAM_INT},    {"contact", KAM_TEXT}, {"name", KAM_TEXT},  {"name_en", KAM_TEXT},
                                     {"title", KAM_TEXT}, {"email", KAM_TEXT},   {"phone", KAM_TEXT}, {"birthday", KAM_DAY}};
    return query_by_account(s, asof,
                            "SELECT account_id, code, name, name_en, title, email, phone, birthday_day FROM contacts "
                            "WHERE {scope:account_id} AND coalesce(placeholder, 0) = 0 AND (left_day IS NULL OR left_day > ?1) "
                            "AND (known_since_day IS NULL OR known_since_day <= ?1) ORDER BY code",
                            QUERY_COLS(cols), out, err);
}

kam_rc store_query_renewals(store *s, kam_day asof, kam_table **out, kam_err *err)
{
    static const query_col cols[] = {{"row", KAM_INT}, {"contract", KAM_TEXT}, {"renewal", KAM_DAY}, {"end", KAM_DAY}};
    return query_by_account(s, asof,
                            "SELECT account_id, code, renewal_day, end_day FROM contracts WHERE {scope:account_id} AND start_day <= ?1 ORDER BY code",
                            QUERY_COLS(cols), out, err);
}

kam_rc store_query_due_steps(store *s, kam_day asof, kam_table **out, kam_err *err)
{
    static const query_col cols[] = {
        {"row", KAM_INT}, {"source", KAM_TEXT}, {"rep", KAM_TEXT}, {"what", KAM_TEXT}, {"due", KAM_DAY}};
    static const size_t row_due_source[] = {0, 4, 1};
    return query_by_account_sorted(s, asof, NULL, 0,
                            "SELECT k.account_id, 'action ' || k.id, r.code, k.what, k.due_day AS due FROM actions k "
                            "LEFT JOIN reps r ON r.id = k.owner_id WHERE {scope:k.account_id} AND k.due_day IS NOT NULL AND k.status IS NOT 'dropped' AND "
                            "(k.done_day > ?1 OR (k.done_day IS NULL AND k.status IS NOT 'done')) UNION ALL "
                            "SELECT i.account_id, 'interaction ' || i.id, r.code, i.next_step, i.next_day FROM interactions i "
                            "LEFT JOIN reps r ON r.id = i.rep_id WHERE {scope:i.account_id} AND i.next_day IS NOT NULL AND i.day <= ?1 AND NOT EXISTS "
                            "(SELECT 1 FROM interactions j WHERE j.account_id = i.account_id AND j.day >= i.next_day AND j.day <= ?1)",
                            QUERY_COLS(cols), row_due_source, 3, out, err);
}

kam_rc store_query_mailings(store *s, kam_day asof, kam_table **out, kam_err *err)
{
    static const query_col cols[] = {{"mailing", KAM_TEXT}, {"name", KAM_TEXT}, {"date", KAM_DAY}, {"cost", KAM_MONEY}};
    return query_plain(s, asof, NULL, 0,
                       "SELECT code, name, day, cost_minor FROM mailings WHERE day IS NULL OR day <= ?1 ORDER BY code",
                       QUERY_COLS(cols), out, err);
}

static const char recipients_sql[] =
    "SELECT c.account_id, m.code, c.code, r.sent_day, CASE WHEN r.responded_day IS NOT NULL THEN r.responded_day <= ?1 ELSE "
    "coalesce(lower(trim(r.response)), '') NOT IN ('', 'none', 'no', '无') END "
    "FROM recipients r JOIN mailings m ON m.id = r.mailing_id JOIN contacts c ON c.id = r.contact_id "
    "WHERE r.sent_day <= ?1 ORDER BY m.code, c.code";

kam_rc store_query_recipients(store *s, kam_day asof, const char *mailing, kam_table **out, kam_err *err)
{
    static const query_col cols[] = {
        {"row", KAM_INT}, {"mailing", KAM_TEXT}, {"contact", KAM_TEXT}, {"sent_on", KAM_DAY}, {"responded", KAM_FLAG}};
    kam_table *t = NULL;
    kam_rc rc = query_by_account(s, asof, recipients_sql, QUERY_COLS(cols), &t, err);
    if (rc != KAM_OK || !mailing) {
        if (rc == KAM_OK) *out = t;
        return rc;
    }
    const kam_column *code = kam_table_find(t, "mailing");
    size_t n = 0, *rows = kam_calloc(kam_table_rows(t) + 1, sizeof *rows);
    for (size_t i = 0; i < kam_table_rows(t); i++)
        if (kam_streq(kam_col_text(code, i), mailing)) rows[n++] = i;
    *out = kam_table_pick(t, rows, n);
    kam_free(rows);
    kam_table_unref(t);
    return KAM_OK;
}

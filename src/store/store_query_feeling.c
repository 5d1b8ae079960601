/* SPDX-License-Identifier: GPL-3.0-or-later */
/* B9 (calc_feeling.h): what accounts bought lately and before, what they said in surveys, what we think they think of us. */
#include "store_query_int.h"

/* ?1 the day, ?2 the account's number, ?3 days of the window. */
#define NET(from, to)                                                                                                  \
    "(SELECT sum(t.amount_minor) FROM transactions t WHERE t.account_id = a.id AND t.day > " from " AND t.day <= " to ")"
#define SURVEY(value)                                                                                                  \
    "(SELECT " value " FROM surveys v WHERE v.account_id = a.id AND v.day > ?1 - ?3 AND v.day <= ?1 "                   \
    "AND v.perceived IS NOT NULL AND v.expectation IS NOT NULL ORDER BY v.day DESC, v.id DESC LIMIT 1)"
static const query_col account_cols[] = {
    {"account", KAM_TEXT},      {"name", KAM_TEXT},     {"recent", KAM_MONEY},   {"before", KAM_MONEY}, {"purchase_days", KAM_INT},
    {"annual_spend", KAM_MONEY}, {"exit_cost", KAM_REAL}, {"survey_gap", KAM_REAL}, {"survey_on", KAM_DAY}};
#define ACCOUNTS                                                                                                       \
    "SELECT a.code, a.name, " NET("?1 - ?3", "?1") ", " NET("?1 - 2 * ?3", "?1 - ?3") ", "                              \
    "(SELECT count(*) FROM (SELECT 1 FROM transactions t WHERE t.account_id = a.id AND t.day > ?1 - ?3 AND t.day <= ?1 "  \
    "GROUP BY t.day HAVING sum(t.amount_minor) > 0)), a.annual_spend_minor, a.exit_cost, "                              \
    SURVEY("v.perceived - v.expectation") ", " SURVEY("v.day") " FROM accounts a WHERE a.id = ?2"

/* The latest general value of each person still there. */
#define LATEST(attribute)                                                                                              \
    "(SELECT s.value_real FROM assessments s WHERE s.subject_kind = 'contact' AND s.subject_id = c.id AND s.attribute = '" \
    attribute "' AND s.day <= ?1 AND coalesce(s.opportunity_id, 0) = 0 ORDER BY s.day DESC LIMIT 1)"
static const query_col attitude_cols[] = {{"row", KAM_INT}, {"attitude", KAM_REAL}, {"authority", KAM_REAL}};
#define ATTITUDES                                                                                                      \
    "SELECT 0, " LATEST("attitude") " AS attitude, " LATEST("authority") " FROM contacts c WHERE "           \
    "(c.left_day IS NULL OR c.left_day > ?1) AND (c.known_since_day IS NULL OR c.known_since_day <= ?1) "              \
    "AND coalesce(c.placeholder, 0) = 0 AND c.account_id = ?2 AND attitude IS NOT NULL ORDER BY c.code"

static kam_rc one(store *s, kam_day asof, int64_t account, int window, const char *sql, const query_col *cols, size_t n,
                  kam_table **out, kam_err *err)
{
    sqlite3_stmt *st = NULL;
    bool row = false;
    kam_rc rc = store_prepare(s, sql, &st, err);
    if (rc != KAM_OK) return rc;
    sqlite3_bind_int64(st, 1, asof);
    sqlite3_bind_int64(st, 2, account);
    if (sqlite3_bind_parameter_count(st) > 2) sqlite3_bind_int64(st, 3, window);
    kam_table *t = query_table(s, cols, n);
    while ((rc = store_step(s, st, &row, err)) == KAM_OK && row)
        for (size_t i = 0; i < n; i++) query_push(t, i, cols[i].type, st, (int)i);
    store_done(st);
    kam_table_seal(t);
    if (rc == KAM_OK) *out = t;
    else kam_table_unref(t);
    return rc;
}

kam_rc store_query_feeling(store *s, kam_day asof, const char *account, int window_days, kam_table **accounts,
                           kam_table **attitudes, kam_err *err)
{
    bool own = false;
    int64_t id = 0;
    kam_table *a = NULL, *l = NULL;
    kam_rc rc = store_snapshot_begin(s, &own, err);
    if (rc != KAM_OK) return rc;
    rc = store_lookup(s, store_entity_find("account"), account, &id, NULL, err);
    if (rc == KAM_OK) rc = one(s, asof, id, window_days, ACCOUNTS, QUERY_COLS(account_cols), &a, err);
    if (rc == KAM_OK) rc = one(s, asof, id, window_days, ATTITUDES, QUERY_COLS(attitude_cols), &l, err);
    store_snapshot_end(s, own);
    if (rc != KAM_OK) {
        kam_table_unref(a);
        kam_table_unref(l);
        return rc;
    }
    *accounts = a;
    *attitudes = l;
    return KAM_OK;
}

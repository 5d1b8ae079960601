/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The records an account plan rests on, as single values (J6). */
#include "kam_money.h"
#include "kam_str.h"
#include "store_query_int.h"
#include "store_query_run.h"

/* Every part gives: kind, object, name, field, form, value, since, by. `form` says what the value is (t text, d day, m money in
 * minor units, r real). ?1 the day, ?2 the code of the account. */
#define HERE "(SELECT id FROM accounts WHERE code = ?2)"
#define OF_ACCOUNT(field, form, column)                                                                                       \
    "SELECT 'account', code, name, '" field "', '" form "', " column ", NULL, NULL FROM accounts WHERE code = ?2 UNION ALL "
static const char account_sql[] =
    OF_ACCOUNT("industry", "t", "industry") OF_ACCOUNT("region", "t", "region") OF_ACCOUNT("kind", "t", "kind")
    OF_ACCOUNT("ownership", "t", "ownership") OF_ACCOUNT("employees", "t", "employees") OF_ACCOUNT("annual_spend", "m", "annual_spend_minor")
    "SELECT 'account', c.code, c.name, a.attribute, 't', coalesce(r.code, a.value), a.day, a.by_who FROM accounts c JOIN assessments a "
    "ON a.subject_kind = 'account' AND a.subject_id = c.id AND a.attribute IN ('owner', 'sponsor', 'relation_present', 'relation_wanted') "
    "AND a.opportunity_id IS NULL AND a.day = (SELECT max(b.day) FROM assessments b WHERE b.subject_kind = 'account' AND b.subject_id = c.id "
    "AND b.attribute = a.attribute AND b.opportunity_id IS NULL AND b.day <= ?1) LEFT JOIN reps r ON r.id = a.value_rep_id WHERE c.code = ?2 "
    "UNION ALL SELECT 'text', p.section, p.section, 'text', 't', p.text, p.day, NULL FROM plan_texts p WHERE p.account_id = " HERE
    " AND p.day = (SELECT max(q.day) FROM plan_texts q WHERE q.account_id = p.account_id AND q.section = p.section AND q.day <= ?1) "
    /* the latest that is meant for the customer's eyes */
    "UNION ALL SELECT 'text', p.section, p.section, 'shared', 't', p.text, p.day, NULL FROM plan_texts p WHERE p.account_id = " HERE
    " AND p.audience = 'customer' AND p.day = (SELECT max(q.day) FROM plan_texts q WHERE q.account_id = p.account_id AND q.section = p.section "
    "AND q.audience = 'customer' AND q.day <= ?1)";

/* People who are there on the day; what is derived of them (quadrant, influence …) comes from the methods. */
static const char people_sql[] =
    "WITH c AS (SELECT * FROM contacts WHERE account_id = " HERE " AND (left_day IS NULL OR left_day > ?1) "
    "AND (known_since_day IS NULL OR known_since_day <= ?1)) "
    "SELECT 'person', code, name, 'name', 't', name, NULL, NULL FROM c UNION ALL " /* somebody is known of whom nothing else is */
    "SELECT 'person', code, name, 'ours', 't', '1', NULL, NULL FROM c WHERE placeholder = 1 UNION ALL " /* a seat is what we do not know */
    "SELECT 'person', code, name, 'title', 't', title, NULL, NULL FROM c UNION ALL "
    "SELECT 'person', code, name, 'department', 't', department, NULL, NULL FROM c UNION ALL "
    "SELECT 'person', c.code, c.name, 'reports_to', 't', b.code, NULL, NULL FROM c JOIN contacts b ON b.id = c.reports_to_id UNION ALL "
    "SELECT 'person', c.code, c.name, a.attribute, CASE WHEN a.attribute IN ('layer', 'buying_role') THEN 't' ELSE 'r' END, "
    "coalesce(a.value_real, replace(a.value, ';', ',')), a.day, a.by_who FROM c JOIN assessments a ON a.subject_kind = 'contact' "
    "AND a.subject_id = c.id AND a.attribute IN ('layer', 'buying_role', 'attitude', 'authority', 'participation') AND a.opportunity_id IS NULL "
    "AND a.day = (SELECT max(b.day) FROM assessments b WHERE b.subject_kind = 'contact' AND b.subject_id = c.id "
    "AND b.attribute = a.attribute AND b.opportunity_id IS NULL AND b.day <= ?1)";

/* An opportunity that is closed on the day says how; one that is open where it stands. */
#define OPEN "(o.result = 'open' OR o.closed_day > ?1)"
#define OF_DEAL(field, form, column, day, when)                                                                               \
    "SELECT 'opportunity', o.code, coalesce(o.name, o.code), '" field "', '" form "', " column ", " day ", NULL FROM o WHERE " when " UNION ALL "
static const char deal_sql[] =
    "WITH o AS (SELECT * FROM opportunities WHERE account_id = " HERE " AND opened_day <= ?1) "
    OF_DEAL("result", "t", "CASE WHEN " OPEN " THEN 'open' ELSE o.result END", "CASE WHEN " OPEN " THEN o.opened_day ELSE o.closed_day END", "1")
    OF_DEAL("reason", "t", "o.reason", "o.closed_day", "NOT " OPEN)
    OF_DEAL("stage", "t", "coalesce((SELECT s.stage FROM stage_changes s WHERE s.opportunity_id = o.id AND s.day <= ?1 ORDER BY s.day DESC, s.id DESC "
            "LIMIT 1), 'lead')", "(SELECT max(s.day) FROM stage_changes s WHERE s.opportunity_id = o.id AND s.day <= ?1)", OPEN)
    OF_DEAL("amount", "m", QUERY_LATEST("value_minor", "amount"), QUERY_LATEST("day", "amount"), OPEN)
    OF_DEAL("expected_close", "d", QUERY_LATEST("value_day", "expected_close"), QUERY_LATEST("day", "expected_close"), OPEN)
    "SELECT 'opportunity', o.code, coalesce(o.name, o.code), 'owner', 't', (SELECT r.code FROM reps r WHERE r.id = " QUERY_LATEST("value_rep_id", "owner") "), "
    QUERY_LATEST("day", "owner") ", NULL FROM o WHERE " OPEN " UNION ALL "
    "SELECT 'opportunity', o.code, coalesce(o.name, o.code), 'competitors', 't', (SELECT group_concat(code, ',') FROM (SELECT k.code FROM "
    "opportunity_competitors x JOIN competitors k ON k.id = x.competitor_id WHERE x.opportunity_id = o.id ORDER BY k.code)), NULL, NULL FROM o WHERE " OPEN;

#define OF_GOAL(field, form, column)                                                                                          \
    "SELECT 'objective', g.code, coalesce(g.measure, g.code), '" field "', '" form "', " column ", NULL, NULL FROM g UNION ALL "
#define OF_ACTION(field, form, column)                                                                                        \
    "SELECT 'action', cast(k.id AS TEXT), k.what, '" field "', '" form "', " column ", NULL, NULL FROM k UNION ALL "
static const char work_sql[] =
    "WITH g AS (SELECT * FROM objectives WHERE account_id = " HERE "), k AS (SELECT * FROM actions WHERE account_id = " HERE ") "
    OF_GOAL("measure", "t", "coalesce(g.measure, g.code)") OF_GOAL("target", "t", "g.target")
    OF_GOAL("owner", "t", "(SELECT r.code FROM reps r WHERE r.id = g.owner_id)")
    OF_GOAL("agreed_on", "d", "CASE WHEN g.agreed_day <= ?1 THEN g.agreed_day END")
    OF_ACTION("what", "t", "k.what")
    "SELECT 'action', cast(k.id AS TEXT), k.what, 'status', 't', CASE WHEN k.done_day <= ?1 THEN 'done' WHEN k.done_day > ?1 THEN 'open' "
    "ELSE coalesce(k.status, 'open') END, CASE WHEN k.done_day <= ?1 THEN k.done_day END, (SELECT r.code FROM reps r WHERE r.id = k.owner_id) FROM k UNION ALL "
    OF_ACTION("due", "d", "k.due_day") OF_ACTION("owner", "t", "(SELECT r.code FROM reps r WHERE r.id = k.owner_id)")
    OF_ACTION("objective", "t", "(SELECT g.code FROM g WHERE g.id = k.objective_id)")
    /* about a person or a deal of ours, and nobody of the customer's does it: not for his eyes */
    OF_ACTION("ours", "t", "CASE WHEN k.customer_owner_id IS NULL AND (k.contact_id IS NOT NULL OR k.opportunity_id IS NOT NULL) THEN '1' END")
    "SELECT 'action', cast(k.id AS TEXT), k.what, 'agreed_on', 'd', (SELECT g.agreed_day FROM g WHERE g.id = k.objective_id AND g.agreed_day <= ?1), NULL, NULL FROM k";

#define OF_RISK(field, form, column)                                                                                          \
    "SELECT 'risk', cast(x.id AS TEXT), x.what, '" field "', '" form "', " column ", x.day, NULL FROM x UNION ALL "
#define OF_CASE(field, form, column)                                                                                          \
    "SELECT 'complaint', cast(i.id AS TEXT), coalesce(i.topic, cast(i.id AS TEXT)), '" field "', '" form "', " column ", i.day, "       \
    "(SELECT r.code FROM reps r WHERE r.id = i.complaint_owner_id) FROM i UNION ALL "
static const char trouble_sql[] =
    "WITH x AS (SELECT * FROM risks WHERE account_id = " HERE " AND (day IS NULL OR day <= ?1)), "
    "i AS (SELECT * FROM interactions WHERE account_id = " HERE " AND kind = 'complaint' AND day <= ?1), "
    "w AS (SELECT w.*, k.code AS rival, k.name AS rival_name FROM sightings w JOIN competitors k ON k.id = w.competitor_id "
    "WHERE w.account_id = " HERE " AND w.day <= ?1) "
    OF_RISK("state", "t", "CASE WHEN x.closed_day <= ?1 THEN 'closed' ELSE 'open' END")
    OF_RISK("likelihood", "r", "x.likelihood") OF_RISK("effect", "r", "x.effect") OF_RISK("answer", "t", "x.answer")
    OF_CASE("state", "t", "CASE WHEN i.resolved_day <= ?1 THEN 'resolved' ELSE 'open' END")
    OF_CASE("resolution", "t", "CASE WHEN i.resolved_day <= ?1 THEN i.resolution END")
    "SELECT 'rival', rival, min(rival_name), 'sightings', 't', cast(count(*) AS TEXT), max(day), NULL FROM w GROUP BY rival";

static const query_col cols[] = {{"kind", KAM_TEXT},  {"object", KAM_TEXT}, {"name", KAM_TEXT}, {"field", KAM_TEXT},
                                 {"value", KAM_TEXT}, {"since", KAM_DAY},   {"by", KAM_TEXT}};

static void push_value(store *s, kam_column *c, sqlite3_stmt *st, int i, char form)
{
    char buf[KAM_MONEY_MAX + KAM_NUM_MAX]; /* either fits */
    switch (form) {
    case 'd': kam_day_format(sqlite3_column_int64(st, i), buf); break;
    case 'm': kam_money_format(sqlite3_column_int64(st, i), store_exponent(s), buf); break;
    case 'r': kam_format_real(sqlite3_column_double(st, i), buf); break;
    default: kam_col_push_text(c, (const char *)sqlite3_column_text(st, i)); return;
    }
    kam_col_push_text(c, buf);
}

/* Rows of one statement; a missing or blank value is no row. */
static kam_rc part(store *s, kam_day asof, const char *account, const char *sql, kam_table *t, kam_err *err)
{
    sqlite3_stmt *st = NULL;
    bool row = false;
    kam_rc rc = store_prepare(s, sql, &st, err);
    if (rc != KAM_OK) return rc;
    sqlite3_bind_int64(st, 1, asof);
    sqlite3_bind_text(st, 2, account, -1, SQLITE_STATIC);
    while ((rc = store_step(s, st, &row, err)) == KAM_OK && row) {
        const char *form = (const char *)sqlite3_column_text(st, 4);
        if (sqlite3_column_type(st, 5) == SQLITE_NULL || !*(const char *)sqlite3_column_text(st, 5)) continue;
        for (size_t i = 0; i < 4; i++) query_push(t, i, KAM_TEXT, st, (int)i);
        push_value(s, query_column(t, 4), st, 5, form[0]);
        query_push(t, 5, KAM_DAY, st, 6);
        query_push(t, 6, KAM_TEXT, st, 7);
    }
    store_done(st);
    return rc;
}

kam_rc store_query_plan_state(store *s, kam_day asof, const char *account, kam_table **out, kam_err *err)
{
    static const char *const parts[] = {account_sql, people_sql, deal_sql, work_sql, trouble_sql};
    kam_table *t = query_table(s, QUERY_COLS(cols));
    kam_rc rc = KAM_OK;
    for (size_t i = 0; rc == KAM_OK && i < sizeof parts / sizeof *parts; i++) rc = part(s, asof, account, parts[i], t, err);
    kam_table_seal(t);
    if (rc == KAM_OK) *out = t;
    else kam_table_unref(t);
    return rc;
}

kam_rc store_query_plan_snapshots(store *s, kam_day asof, const char *account, kam_table **out, kam_err *err)
{
    static const query_col list[] = {{"number", KAM_INT}, {"snapshot", KAM_TEXT}, {"account", KAM_TEXT}, {"account_name", KAM_TEXT},
                                     {"date", KAM_DAY},   {"name", KAM_TEXT},     {"note", KAM_TEXT},    {"facts", KAM_INT}};
    const char *const text[] = {account};
    /* CROSS: not the accounts one by one, of which few have any */
#define SNAPSHOTS "SELECT p.number, p.code, a.code, a.name, p.day, p.name, p.notes, (SELECT count(*) FROM plan_facts f WHERE f.snapshot_id = p.id) FROM "
#define OF_DAY "ON a.id = p.account_id WHERE p.day <= ?1 "
    return query_plain(s, asof, text, account ? 1 : 0,
                       account ? SNAPSHOTS "accounts a JOIN plan_snapshots p " OF_DAY "AND a.code = ?2 ORDER BY p.number"
                               : SNAPSHOTS "plan_snapshots p CROSS JOIN accounts a " OF_DAY "ORDER BY a.code, p.number",
                       QUERY_COLS(list), out, err);
#undef SNAPSHOTS
#undef OF_DAY
}

kam_rc store_query_plan_facts(store *s, kam_day asof, const char *snapshot, kam_table **out, kam_err *err)
{
    const char *const text[] = {snapshot};
    return query_plain(s, asof, text, 1,
                       "SELECT f.kind, f.object, f.name, f.field, f.value, f.since_day, f.by_who FROM plan_facts f JOIN plan_snapshots p "
                       "ON p.id = f.snapshot_id WHERE p.code = ?2 AND p.day <= ?1 ORDER BY f.id",
                       QUERY_COLS(cols), out, err);
}

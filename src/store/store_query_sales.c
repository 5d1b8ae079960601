/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the questions on talks, rivals and past forecasts read (D4, D6, D8–D11). */
#include "store_query_int.h"

/* Rows of a statement whose first column is an opportunity's id, which becomes its row in `opps`; others are left out. */
/* ?1 the day; ?2 `border`, where the query has one. */
static kam_rc by_opportunity(store *s, kam_day asof, double border, const kam_table *opps, const char *sql, const query_col *cols, size_t n,
                             kam_table **out, kam_err *err)
{
    sqlite3_stmt *st = NULL;
    bool row = false;
    query_ids ids;
    kam_rc rc = store_prepare(s, sql, &st, err);
    if (rc != KAM_OK) return rc;
    if (sqlite3_bind_parameter_count(st) > 0) sqlite3_bind_int64(st, 1, asof);
    if (sqlite3_bind_parameter_count(st) > 1) sqlite3_bind_double(st, 2, border);
    query_ids_init(&ids, kam_table_find(opps, "opportunity_id"));
    kam_table *t = query_table(s, cols, n);
    while ((rc = store_step(s, st, &row, err)) == KAM_OK && row) {
        int64_t r = query_ids_row(&ids, sqlite3_column_int64(st, 0));
        if (r < 0) continue;
        kam_col_push_int(query_column(t, 0), r);
        for (size_t i = 1; i < n; i++) query_push(t, i, cols[i].type, st, (int)i);
    }
    store_done(st);
    query_ids_release(&ids);
    kam_table_seal(t);
    if (rc == KAM_OK) *out = t;
    else kam_table_unref(t);
    return rc;
}

kam_rc store_query_deal_values(store *s, kam_day asof, const kam_table *opps, kam_table **out, kam_err *err)
{
    static const query_col cols[] = {{"opportunity", KAM_INT}, {"date", KAM_DAY}, {"attribute", KAM_TEXT}, {"amount", KAM_MONEY},
                                     {"day", KAM_DAY},         {"rep", KAM_TEXT}, {"probability", KAM_REAL}};
    return by_opportunity(s, asof, 0, opps,
        "SELECT a.subject_id, a.day, a.attribute, CASE WHEN a.attribute = 'amount' THEN a.value_minor END, "
        "CASE WHEN a.attribute = 'expected_close' THEN a.value_day END, r.code, "
        "CASE WHEN a.attribute = 'forecast' THEN a.value_real END "
        "FROM assessments a LEFT JOIN reps r ON r.id = a.value_rep_id WHERE a.subject_kind = 'opportunity' AND a.day <= ?1 "
        "AND a.attribute IN ('amount', 'expected_close', 'owner', 'forecast') "
        "AND (a.opportunity_id IS NULL OR a.opportunity_id = a.subject_id) ORDER BY a.subject_id, a.day, a.id",
        QUERY_COLS(cols), out, err);
}

kam_rc store_query_deal_rivals(store *s, const kam_table *opps, kam_table **out, kam_err *err)
{
    static const query_col cols[] = {{"opportunity", KAM_INT}, {"competitor", KAM_TEXT}};
    return by_opportunity(s, 0, 0, opps,
        "SELECT x.opportunity_id, k.code FROM opportunity_competitors x JOIN competitors k ON k.id = x.competitor_id "
        "ORDER BY x.opportunity_id, k.code", QUERY_COLS(cols), out, err);
}

kam_rc store_query_deal_notes(store *s, kam_day asof, const kam_table *opps, kam_table **out, kam_err *err)
{
    static const query_col cols[] = {{"opportunity", KAM_INT}, {"reason", KAM_TEXT}, {"lesson", KAM_TEXT}};
    return by_opportunity(s, asof, 0, opps,
        "SELECT id, nullif(trim(reason), ''), nullif(trim(lesson), '') FROM opportunities WHERE result <> 'open' AND closed_day <= ?1 "
        "ORDER BY id", QUERY_COLS(cols), out, err);
}

kam_rc store_query_talks(store *s, kam_day asof, kam_table **out, kam_err *err)
{
    static const query_col cols[] = {{"row", KAM_INT},       {"date", KAM_DAY},        {"kind", KAM_TEXT},
                                     {"rep", KAM_TEXT},      {"outcome", KAM_TEXT},    {"opportunity", KAM_TEXT},
                                     {"confirmed", KAM_FLAG}, {"next_step", KAM_TEXT}, {"next_on", KAM_DAY},
                                     {"interaction", KAM_INT}};
    return query_by_day(s, asof, 0,
        "SELECT i.account_id, i.day, i.kind, r.code, i.outcome, o.code, i.confirmed, i.next_step, i.next_day, i.id "
        "FROM interactions i LEFT JOIN reps r ON r.id = i.rep_id LEFT JOIN opportunities o ON o.id = i.opportunity_id "
        "WHERE i.day <= ?1 AND i.outcome IS NOT NULL ORDER BY i.id", QUERY_COLS(cols), out, err);
}

kam_rc store_query_steps(store *s, kam_day asof, kam_table **out, kam_err *err)
{
    static const query_col cols[] = {{"row", KAM_INT},  {"kind", KAM_TEXT}, {"due", KAM_DAY},        {"rep", KAM_TEXT},
                                     {"what", KAM_TEXT}, {"opportunity", KAM_TEXT}, {"record", KAM_INT}};
    return query_by_account(s, asof,
        "SELECT account, kind, due, rep, what, opportunity, record FROM ("
        "SELECT i.account_id AS account, 'visit' AS kind, i.next_day AS due, r.code AS rep, i.next_step AS what, "
        "o.code AS opportunity, i.id AS record FROM interactions i LEFT JOIN reps r ON r.id = i.rep_id "
        "LEFT JOIN opportunities o ON o.id = i.opportunity_id WHERE i.day <= ?1 AND i.next_day IS NOT NULL AND i.next_day > ?1 "
        "UNION ALL SELECT k.account_id, 'action', k.due_day, r.code, k.what, o.code, k.id FROM actions k "
        "LEFT JOIN reps r ON r.id = k.owner_id LEFT JOIN opportunities o ON o.id = k.opportunity_id "
        "WHERE k.due_day IS NOT NULL AND k.status IS NOT 'dropped' AND (k.done_day > ?1 OR (k.done_day IS NULL AND k.status IS NOT 'done'))"
        ") AS s ORDER BY due, kind, record", QUERY_COLS(cols), out, err);
}

kam_rc store_query_seen(store *s, kam_day asof, kam_table **out, kam_err *err)
{
    static const query_col cols[] = {{"row", KAM_INT},    {"date", KAM_DAY},  {"competitor", KAM_TEXT},
                                     {"name", KAM_TEXT},  {"kind", KAM_TEXT}, {"truth", KAM_TEXT},
                                     {"what", KAM_TEXT},  {"answered_on", KAM_DAY}, {"explanation", KAM_TEXT},
                                     {"sighting", KAM_INT}};
    return query_by_day(s, asof, 0,
        "SELECT g.account_id, g.day, k.code, k.name, g.kind, g.truth, g.what, CASE WHEN g.answered_day <= ?1 THEN g.answered_day END, "
        "CASE WHEN g.answered_day <= ?1 THEN g.explanation END, g.id FROM sightings g JOIN competitors k ON k.id = g.competitor_id "
        "WHERE g.day <= ?1 ORDER BY g.id", QUERY_COLS(cols), out, err);
}

/* ?1 the day, ?2 the opportunity's code. The opportunity's own assessment comes before the general ones, which may be marks of the card
 * buying-factors too. */
kam_rc store_query_factors(store *s, kam_day asof, const char *opportunity, kam_table **out, kam_err *err)
{
    static const query_col cols[] = {{"contact", KAM_TEXT}, {"name", KAM_TEXT}, {"name_en", KAM_TEXT}, {"attribute", KAM_TEXT},
                                     {"date", KAM_DAY},     {"value", KAM_REAL}, {"evidence", KAM_TEXT}, {"own", KAM_FLAG}};
    const char *text[] = {opportunity};
    return query_plain(s, asof, text, 1,
        "SELECT contact, name, name_en, attribute, day, value, evidence, own FROM (SELECT c.code AS contact, c.name AS name, "
        "c.name_en AS name_en, v.attribute AS attribute, v.day AS day, v.value AS value, v.evidence AS evidence, "
        "v.opportunity_id IS NOT NULL AS own, row_number() OVER (PARTITION BY c.id, v.attribute "
        "ORDER BY v.opportunity_id IS NULL, v.day DESC, v.place DESC, v.id DESC) AS nth "
        "FROM opportunities o JOIN contacts c ON c.account_id = o.account_id JOIN ("
        "SELECT subject_id, attribute, day, value_real AS value, evidence, opportunity_id, 1 AS place, id FROM assessments "
        "WHERE subject_kind = 'contact' AND attribute IN ('knows', 'needs', 'worth', 'trusts', 'satisfied') "
        "UNION ALL SELECT subject_id, criterion, day, mark, evidence, NULL, 0, id FROM marks "
        "WHERE subject_kind = 'contact' AND card = 'buying-factors' AND opponent_id IS NULL) AS v ON v.subject_id = c.id "
        "WHERE o.code = ?2 AND v.day <= ?1 AND (v.opportunity_id IS NULL OR v.opportunity_id = o.id) "
        "AND (c.left_day IS NULL OR c.left_day > ?1)) AS latest WHERE nth = 1 ORDER BY contact, attribute",
        QUERY_COLS(cols), out, err);
}

/* The latest value of a person's attribute: the deal's own, or the one that holds everywhere. */
#define OF_PERSON(value, attribute, person, deal)                                                                          \
    "(SELECT a." value " FROM assessments a WHERE a.subject_kind = 'contact' AND a.subject_id = " person                   \
    " AND a.attribute = '" attribute "' AND a.day <= ?1 AND a.opportunity_id " deal " ORDER BY a.day DESC, a.id DESC LIMIT 1)"
#define KNOWN(role, power) "(" role " IS NOT NULL OR " power " IS NOT NULL)"
#define DECIDES(role, power) "(coalesce(" role " = 'decider', 0) OR coalesce(" power " >= ?2, 0))"

/* People are counted once an account by what holds everywhere, and a deal's own judgements change that count: many deals with
 * many people are not gone through pair by pair. */
kam_rc store_query_deal_signs(store *s, kam_day asof, double authority, const kam_table *opps, kam_table **out, kam_err *err)
{
    static const query_col cols[] = {{"opportunity", KAM_INT}, {"deciders", KAM_INT}, {"buys_for", KAM_TEXT}};
    return by_opportunity(s, asof, authority, opps,
        "WITH person AS MATERIALIZED (SELECT c.id AS id, c.account_id AS account_id, " OF_PERSON("value", "buying_role", "c.id", "IS NULL") " AS role, "
        OF_PERSON("value_real", "authority", "c.id", "IS NULL") " AS power FROM contacts c "
        "WHERE (c.left_day IS NULL OR c.left_day > ?1) AND (c.known_since_day IS NULL OR c.known_since_day <= ?1)), "
        "everywhere AS MATERIALIZED (SELECT account_id, sum(" KNOWN("role", "power") ") AS known, sum(" DECIDES("role", "power") ") AS n "
        "FROM person GROUP BY account_id), "
        "own AS MATERIALIZED (SELECT d.opportunity_id AS opportunity_id, p.role AS role, p.power AS power, "
        "coalesce(" OF_PERSON("value", "buying_role", "p.id", "= d.opportunity_id") ", p.role) AS own_role, "
        "coalesce(" OF_PERSON("value_real", "authority", "p.id", "= d.opportunity_id") ", p.power) AS own_power "
        "FROM (SELECT DISTINCT opportunity_id, subject_id FROM assessments WHERE subject_kind = 'contact' AND opportunity_id IS NOT NULL "
        "AND attribute IN ('buying_role', 'authority') AND day <= ?1) d JOIN person p ON p.id = d.subject_id "
        "JOIN opportunities o ON o.id = d.opportunity_id AND o.account_id = p.account_id), "
        "here AS MATERIALIZED (SELECT opportunity_id, sum(" KNOWN("own_role", "own_power") " - " KNOWN("role", "power") ") AS known, "
        "sum(" DECIDES("own_role", "own_power") " - " DECIDES("role", "power") ") AS n FROM own GROUP BY opportunity_id) "
        "SELECT o.id, CASE WHEN coalesce(e.known, 0) + coalesce(h.known, 0) > 0 THEN coalesce(e.n, 0) + coalesce(h.n, 0) END, "
        QUERY_LATEST("value", "buys_for")
        " FROM opportunities o LEFT JOIN everywhere e ON e.account_id = o.account_id LEFT JOIN here h ON h.opportunity_id = o.id "
        "WHERE o.opened_day <= ?1 ORDER BY o.id", QUERY_COLS(cols), out, err);
}

/* ?1 the day, ?2 the opportunity's code. The latest mark of each criterion and side. */
kam_rc store_query_deal_marks(store *s, kam_day asof, const char *opportunity, kam_table **out, kam_err *err)
{
    static const query_col cols[] = {{"criterion", KAM_TEXT}, {"opponent", KAM_TEXT}, {"date", KAM_DAY},
                                     {"mark", KAM_REAL},      {"control", KAM_TEXT},  {"evidence", KAM_TEXT}};
    const char *text[] = {opportunity};
    return query_plain(s, asof, text, 1,
        "SELECT criterion, opponent, day, mark, control, evidence FROM (SELECT m.criterion AS criterion, k.code AS opponent, m.day AS day, "
        "m.mark AS mark, m.control AS control, m.evidence AS evidence, "
        "row_number() OVER (PARTITION BY m.criterion, m.opponent_id ORDER BY m.day DESC, m.id DESC) AS nth "
        "FROM marks m JOIN opportunities o ON o.id = m.subject_id LEFT JOIN competitors k ON k.id = m.opponent_id "
        "WHERE m.subject_kind = 'opportunity' AND m.card = 'opportunity' AND m.day <= ?1 AND o.code = ?2) AS latest WHERE nth = 1 "
        "ORDER BY opponent, criterion", QUERY_COLS(cols), out, err);
}

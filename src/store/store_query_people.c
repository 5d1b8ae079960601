/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The people of one account (calc_stakeholder.h). */
#include "store_query_int.h"

#include <string.h>

/* ?2 account, ?3 opportunity or NULL; both numbers of rows. The opportunity's own assessment comes before the general. The
 * key of assessments ends in (…, day, opportunity), so the latest is one step in its index. */
#define LATEST_FOR(column, attribute, opportunity)                                                                     \
    "(SELECT a." column " FROM assessments a WHERE a.subject_kind = 'contact' AND a.subject_id = c.id AND "           \
    "a.attribute = '" attribute "' AND a.day <= ?1 AND coalesce(a.opportunity_id, 0) = " opportunity                    \
    " ORDER BY a.day DESC LIMIT 1)"
#define LATEST(column, attribute)                                                                                      \
    "coalesce(CASE WHEN ?3 IS NOT NULL THEN " LATEST_FOR(column, attribute, "?3") " END, "                              \
    LATEST_FOR(column, attribute, "0") ")"
#define LAST_MET(kinds)                                                                                                \
    "(SELECT max(i.day) FROM interaction_contacts x JOIN interactions i ON i.id = x.interaction_id "                  \
    "WHERE x.contact_id = c.id AND i.day <= ?1 AND i.kind IN (" kinds "))"

static const query_col people_cols[] = {
    {"contact", KAM_TEXT},      {"name", KAM_TEXT},         {"title", KAM_TEXT},        {"reports_to", KAM_TEXT},
    {"known_since", KAM_DAY},   {"placeholder", KAM_FLAG},  {"has_means", KAM_FLAG},    {"layer", KAM_TEXT},
    {"buying_role", KAM_TEXT},  {"account_role", KAM_TEXT}, {"authority", KAM_REAL},    {"participation", KAM_REAL},
    {"attitude", KAM_REAL},     {"org_need", KAM_TEXT},     {"org_fit", KAM_REAL},      {"person_need", KAM_TEXT},
    {"person_fit", KAM_REAL},   {"last_met", KAM_DAY},      {"last_visit", KAM_DAY},    {"role_changed", KAM_DAY},
    {"open_actions", KAM_INT},  {"name_en", KAM_TEXT},      {"department", KAM_TEXT},   {"thinking", KAM_TEXT},
    {"temperament", KAM_TEXT},  {"coach_win", KAM_TEXT},
};
static const char people_sql[] =
    "SELECT c.code, c.name, c.title, (SELECT b.code FROM contacts b WHERE b.id = c.reports_to_id), c.known_since_day, "
    "coalesce(c.placeholder, 0), coalesce(c.email, '') <> '' OR coalesce(c.phone, '') <> '', "
    LATEST("value", "layer") ", replace(" LATEST("value", "buying_role") ", ';', ','), "
    LATEST("value", "account_role") ", " LATEST("value_real", "authority") ", "
    LATEST("value_real", "participation") ", " LATEST("value_real", "attitude") ", "
    LATEST("value", "org_need") ", " LATEST("value_real", "org_fit") ", "
    LATEST("value", "person_need") ", " LATEST("value_real", "person_fit") ", "
    LAST_MET("'visit', 'meeting'") ", " LAST_MET("'visit'") ", "
    "(SELECT max(v.day) FROM (SELECT a.day AS day, a.value AS value, "
    "lag(a.value) OVER (PARTITION BY a.attribute ORDER BY a.day, a.id) AS before FROM assessments a "
    "WHERE a.subject_kind = 'contact' AND a.subject_id = c.id AND a.attribute IN ('buying_role', 'account_role', 'layer') "
    "AND a.opportunity_id IS NULL AND a.day <= ?1) AS v WHERE v.before <> v.value), "
    "(SELECT count(*) FROM actions k WHERE k.contact_id = c.id AND k.status IS NOT 'dropped' AND "
    "(k.done_day > ?1 OR (k.done_day IS NULL AND k.status IS NOT 'done'))), "
    "c.name_en, c.department, " LATEST("value", "thinking") ", c.temperament, c.coach_win "
    "FROM contacts c WHERE c.account_id = ?2 AND (c.left_day IS NULL OR c.left_day > ?1) "
    "AND (c.known_since_day IS NULL OR c.known_since_day <= ?1) ORDER BY c.code";

static const query_col link_cols[] = {{"contact", KAM_TEXT}, {"other", KAM_TEXT}, {"kind", KAM_TEXT}};
static const char link_sql[] =
    "SELECT c.code, d.code, l.kind FROM links l JOIN contacts c ON c.id = l.contact_id JOIN contacts d ON d.id = l.other_id "
    "WHERE c.account_id = ?2 AND d.account_id = ?2 AND (l.since_day IS NULL OR l.since_day <= ?1) "
    "AND (l.until_day IS NULL OR l.until_day >= ?1) ORDER BY c.code, d.code, l.kind";

static const query_col opportunity_cols[] = {{"opportunity", KAM_TEXT}, {"name", KAM_TEXT}, {"competitor_facts", KAM_INT}};
static const char opportunity_sql[] =
    "SELECT o.code, o.name, (SELECT count(*) FROM opportunity_competitors x WHERE x.opportunity_id = o.id) + "
    "(SELECT count(*) FROM sightings g WHERE g.account_id = ?2 AND g.day <= ?1) FROM opportunities o "
    "WHERE o.account_id = ?2 AND o.opened_day <= ?1 AND (o.result = 'open' OR o.closed_day > ?1) ORDER BY o.code";

static const query_col level_cols[] = {{"rep", KAM_TEXT},  {"rep_name", KAM_TEXT}, {"contact", KAM_TEXT},
                                       {"date", KAM_DAY}, {"present", KAM_TEXT},  {"wanted", KAM_TEXT}};
static const char level_sql[] =
    "SELECT r.code, r.name, c.code, l.day, l.present, l.wanted FROM contacts c JOIN relationships l ON l.contact_id = c.id "
    "JOIN reps r ON r.id = l.rep_id WHERE c.account_id = ?2 AND l.day <= ?1 ORDER BY c.code, r.code, l.day";

/* The day of a value counts, not the order in which it was written down; of one day the later entry. */
static const query_col history_cols[] = {{"contact", KAM_TEXT}, {"name", KAM_TEXT}, {"attribute", KAM_TEXT}, {"date", KAM_DAY},
                                         {"mark", KAM_REAL},    {"from", KAM_DAY},  {"until", KAM_DAY}};
static const char history_sql[] =
    "SELECT c.code, c.name, a.attribute, a.day, a.value_real, c.known_since_day, c.left_day FROM contacts c JOIN assessments a "
    "ON a.subject_kind = 'contact' AND a.subject_id = c.id AND a.attribute IN ('org_fit', 'person_fit', 'authority') "
    "WHERE c.account_id = ?2 AND a.day <= ?1 AND a.opportunity_id IS NULL AND coalesce(c.placeholder, 0) = 0 "
    "ORDER BY a.day, a.id";

static const query_col relation_cols[] = {{"attribute", KAM_TEXT}, {"date", KAM_DAY}, {"value", KAM_TEXT}, {"by", KAM_TEXT},
                                          {"evidence", KAM_TEXT}};
static const char relation_sql[] =
    "SELECT a.attribute, a.day, a.value, a.by_who, a.evidence FROM assessments a WHERE a.subject_kind = 'account' "
    "AND a.subject_id = ?2 AND a.attribute IN ('relation_present', 'relation_wanted') AND a.day <= ?1 ORDER BY a.day, a.id";

static const query_col policy_cols[] = {{"reviewed", KAM_DAY}};
static const char policy_sql[] =
    "SELECT max(p.reviewed_day) FROM policy_notes p, accounts a WHERE a.id = ?2 AND p.reviewed_day <= ?1 "
    "AND (p.industry = a.industry OR p.region = a.region)";

/* ?1 the day, ?2 the account, ?3 the opportunity (0: none). */
static kam_rc people_query(store *s, kam_day asof, int64_t account, int64_t opportunity, const char *sql,
                           const query_col *cols, size_t n, kam_table **out, kam_err *err)
{
    sqlite3_stmt *st = NULL;
    bool row = false;
    kam_rc rc = store_prepare(s, sql, &st, err);
    if (rc != KAM_OK) return rc;
    sqlite3_bind_int64(st, 1, asof);
    sqlite3_bind_int64(st, 2, account);
    if (sqlite3_bind_parameter_count(st) > 2 && opportunity) sqlite3_bind_int64(st, 3, opportunity);
    kam_table *t = query_table(s, cols, n);
    while ((rc = store_step(s, st, &row, err)) == KAM_OK && row)
        for (size_t i = 0; i < n; i++) query_push(t, i, cols[i].type, st, (int)i);
    store_done(st);
    kam_table_seal(t);
    if (rc == KAM_OK) *out = t;
    else kam_table_unref(t);
    return rc;
}

/* The opportunity must be one of the account's. */
static kam_rc find_both(store *s, const char *account, const char *opportunity, int64_t *a, int64_t *o, kam_err *err)
{
    kam_rc rc = store_lookup(s, store_entity_find("account"), account, a, NULL, err);
    *o = 0;
    if (rc != KAM_OK || !opportunity || !*opportunity) return rc;
    rc = store_lookup(s, store_entity_find("opportunity"), opportunity, o, NULL, err);
    if (rc != KAM_OK) return rc;
    sqlite3_stmt *st = NULL;
    bool row = false;
    rc = store_prepare(s, "SELECT 1 FROM opportunities WHERE id = ?1 AND account_id = ?2", &st, err);
    if (rc != KAM_OK) return rc;
    sqlite3_bind_int64(st, 1, *o);
    sqlite3_bind_int64(st, 2, *a);
    rc = store_step(s, st, &row, err);
    store_done(st);
    if (rc != KAM_OK || row) return rc;
    kam_err_set(err, KAM_NOTFOUND, "opportunity %s does not belong to account %s", opportunity, account);
    kam_err_word(err, "opportunity");
    return kam_err_word(err, opportunity);
}

/* The tables only some views read. */
static kam_rc load_more(store *s, int64_t account, kam_day asof, unsigned which, store_people *p, kam_err *err)
{
    kam_rc rc = KAM_OK;
    if (which & STORE_P_LEVELS) rc = people_query(s, asof, account, 0, level_sql, QUERY_COLS(level_cols), &p->levels, err);
    if (rc == KAM_OK && (which & STORE_P_HISTORY))
        rc = people_query(s, asof, account, 0, history_sql, QUERY_COLS(history_cols), &p->history, err);
    if (rc == KAM_OK && (which & STORE_P_RELATIONS))
        rc = people_query(s, asof, account, 0, relation_sql, QUERY_COLS(relation_cols), &p->relations, err);
    return rc;
}

kam_rc store_people_load(store *s, const char *account, const char *opportunity, kam_day asof, unsigned which,
                         store_people *out, kam_err *err)
{
    store_people p = STORE_PEOPLE_INIT;
    kam_table *policy = NULL;
    int64_t a = 0, o = 0;
    bool own = false;
    kam_rc rc = store_snapshot_begin(s, &own, err);
    if (rc != KAM_OK) return rc;
    rc = find_both(s, account, opportunity, &a, &o, err);
    if (rc == KAM_OK) rc = people_query(s, asof, a, o, people_sql, QUERY_COLS(people_cols), &p.people, err);
    if (rc == KAM_OK) rc = people_query(s, asof, a, o, link_sql, QUERY_COLS(link_cols), &p.links, err);
    if (rc == KAM_OK)
        rc = people_query(s, asof, a, o, opportunity_sql, QUERY_COLS(opportunity_cols), &p.opportunities, err);
    if (rc == KAM_OK) rc = people_query(s, asof, a, o, policy_sql, QUERY_COLS(policy_cols), &policy, err);
    if (rc == KAM_OK) rc = load_more(s, a, asof, which, &p, err);
    store_snapshot_end(s, own);
    if (rc == KAM_OK && kam_table_rows(policy) == 1 && !kam_col_missing(kam_table_column(policy, 0), 0)) {
        p.has_policy_review = true;
        p.policy_review = kam_col_int(kam_table_column(policy, 0), 0);
    }
    kam_table_unref(policy);
    if (rc == KAM_OK) *out = p;
    else store_people_release(&p);
    return rc;
}

void store_people_release(store_people *p)
{
    kam_table_unref(p->people);
    kam_table_unref(p->links);
    kam_table_unref(p->opportunities);
    kam_table_unref(p->levels);
    kam_table_unref(p->history);
    kam_table_unref(p->relations);
    *p = (store_people)STORE_PEOPLE_INIT;
}

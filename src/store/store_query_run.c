/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Running the portfolio: work done, files, plans, steps, bids (DOMAIN E, J2, J3). */
#include "store_query_run.h"
#include "store_query_int.h"

/* A day of the record that had not come yet on the as-of day is missing. */
#define UNTIL(column) "CASE WHEN i." column " <= ?1 THEN i." column " END"
#define FAR "9223372036854775807"

kam_rc store_query_work(store *s, kam_day asof, kam_day after, kam_table **out, kam_err *err)
{
    static const query_col cols[] = {
        {"row", KAM_INT},        {"date", KAM_DAY},         {"kind", KAM_TEXT},      {"rep", KAM_TEXT},        {"executive", KAM_FLAG},
        {"activity", KAM_TEXT},  {"hours", KAM_REAL},       {"cost", KAM_MONEY},     {"prepared", KAM_FLAG},   {"debriefed", KAM_FLAG},
        {"duty_call", KAM_FLAG}, {"resolved_on", KAM_DAY},  {"has_resolution", KAM_FLAG}, {"owner", KAM_TEXT}, {"answered_on", KAM_DAY},
        {"opportunity", KAM_TEXT}, {"own", KAM_FLAG},       {"interaction", KAM_INT}};
    return query_by_day(s, asof, after,
        "SELECT i.account_id, i.day, i.kind, r.code, coalesce(r.executive, 0), i.activity, i.hours, i.cost_minor, i.prepared, i.debriefed, "
        "coalesce(i.duty_call, 0), " UNTIL("resolved_day") ", coalesce(trim(i.resolution), '') <> '', w.code, "
        "nullif(min(coalesce(" UNTIL("progress_day") ", " FAR "), coalesce(" UNTIL("written_day") ", " FAR "), "
        "coalesce(" UNTIL("visited_day") ", " FAR "), coalesce(" UNTIL("resolved_day") ", " FAR ")), " FAR "), o.code, "
        "i.rep_id = (SELECT a.value_rep_id FROM assessments a WHERE a.subject_kind = 'account' AND a.subject_id = i.account_id "
        "AND a.attribute = 'owner' AND a.opportunity_id IS NULL AND a.day <= i.day ORDER BY a.day DESC, a.id DESC LIMIT 1), i.id "
        "FROM interactions i LEFT JOIN reps r ON r.id = i.rep_id LEFT JOIN reps w ON w.id = i.complaint_owner_id "
        "LEFT JOIN opportunities o ON o.id = i.opportunity_id WHERE {scope:i.account_id} AND i.day <= ?1 AND i.day > ?2 ORDER BY i.id",
        QUERY_COLS(cols), out, err);
}

kam_rc store_query_audited(store *s, kam_day asof, kam_day after, kam_table **out, kam_err *err)
{
    static const query_col cols[] = {{"row", KAM_INT},        {"date", KAM_DAY},        {"kind", KAM_TEXT},            {"prepared", KAM_FLAG},
                                     {"debriefed", KAM_FLAG}, {"resolved_on", KAM_DAY}, {"has_resolution", KAM_FLAG}, {"interaction", KAM_INT}};
    return query_by_day(s, asof, after,
        "SELECT i.account_id, i.day, i.kind, i.prepared, i.debriefed, " UNTIL("resolved_day") ", coalesce(trim(i.resolution), '') <> '', i.id "
        "FROM interactions i WHERE {scope:i.account_id} AND i.day <= ?1 AND (i.kind = 'complaint' OR (i.kind = 'visit' AND i.day > ?2)) ORDER BY i.id",
        QUERY_COLS(cols), out, err);
}

kam_rc store_query_touched(store *s, kam_day asof, kam_table **out, kam_err *err)
{
    static const query_col cols[] = {{"row", KAM_INT}, {"date", KAM_DAY}};
    return query_by_account(s, asof,
                            "SELECT account_id, max(day) FROM interactions WHERE {scope:account_id} AND day <= ?1 AND kind <> 'complaint' GROUP BY account_id",
                            QUERY_COLS(cols), out, err);
}

#define HAS(column) "coalesce(trim(a." column "), '') <> ''"
kam_rc store_query_profile(store *s, kam_day asof, kam_table **out, kam_err *err)
{
    static const query_col cols[] = {
        {"row", KAM_INT},       {"kind", KAM_FLAG},         {"industry", KAM_FLAG},  {"region", KAM_FLAG},       {"ownership", KAM_FLAG},
        {"source", KAM_FLAG},   {"known_since", KAM_FLAG},  {"employees", KAM_FLAG}, {"annual_spend", KAM_FLAG}, {"pay_day", KAM_FLAG},
        {"contacts", KAM_INT},  {"bad_debt", KAM_FLAG}};
    return query_by_account(s, asof,
        "SELECT a.id, " HAS("kind") ", " HAS("industry") ", " HAS("region") ", " HAS("ownership") ", " HAS("source") ", "
        "a.known_since_day IS NOT NULL, a.employees IS NOT NULL, a.annual_spend_minor IS NOT NULL, a.pay_day_of_month IS NOT NULL, "
        "(SELECT count(*) FROM contacts c WHERE c.account_id = a.id AND (c.left_day IS NULL OR c.left_day > ?1) "
        "AND (c.known_since_day IS NULL OR c.known_since_day <= ?1) AND coalesce(c.placeholder, 0) = 0), coalesce(a.bad_debt, 0) "
        "FROM accounts a WHERE {scope:a.id}", QUERY_COLS(cols), out, err);
}

kam_rc store_query_assessed(store *s, kam_day asof, kam_table **out, kam_err *err)
{
    static const query_col cols[] = {{"row", KAM_INT}};
    return query_by_account(s, asof,
                            "SELECT DISTINCT c.account_id FROM assessments a JOIN contacts c ON c.id = a.subject_id "
                            "WHERE {scope:c.account_id} AND a.subject_kind = 'contact' AND a.day <= ?1",
                            QUERY_COLS(cols), out, err);
}

kam_rc store_query_plan(store *s, kam_day asof, kam_table **out, kam_err *err)
{
    static const query_col cols[] = {{"row", KAM_INT}, {"section", KAM_TEXT}, {"date", KAM_DAY}};
    return query_by_account(s, asof,
                            "SELECT account_id, section, max(day) FROM plan_texts WHERE {scope:account_id} AND day <= ?1 AND trim(text) <> '' "
                            "GROUP BY account_id, section ORDER BY account_id, section",
                            QUERY_COLS(cols), out, err);
}

kam_rc store_query_actions(store *s, kam_day asof, kam_table **out, kam_err *err)
{
    static const query_col cols[] = {{"row", KAM_INT},   {"due", KAM_DAY},   {"done_on", KAM_DAY}, {"open", KAM_FLAG},
                                     {"owner", KAM_TEXT}, {"has_due", KAM_FLAG}, {"action", KAM_INT}};
    return query_by_account(s, asof,
                            "SELECT k.account_id, k.due_day, CASE WHEN k.done_day <= ?1 THEN k.done_day END, "
                            "CASE WHEN k.done_day IS NOT NULL THEN k.done_day > ?1 ELSE k.status IS NOT 'done' END, r.code, "
                            "k.due_day IS NOT NULL, k.id FROM actions k LEFT JOIN reps r ON r.id = k.owner_id "
                            "WHERE {scope:k.account_id} AND k.status IS NOT 'dropped' ORDER BY k.due_day, k.id",
                            QUERY_COLS(cols), out, err);
}

kam_rc store_query_risks(store *s, kam_day asof, kam_table **out, kam_err *err)
{
    static const query_col cols[] = {{"row", KAM_INT},         {"date", KAM_DAY},  {"likelihood", KAM_REAL}, {"effect", KAM_REAL},
                                     {"has_answer", KAM_FLAG}, {"open", KAM_FLAG}, {"risk", KAM_INT}};
    return query_by_account(s, asof,
                            "SELECT account_id, day, likelihood, effect, coalesce(trim(answer), '') <> '', "
                            "closed_day IS NULL OR closed_day > ?1, id FROM risks WHERE {scope:account_id} AND (day IS NULL OR day <= ?1) ORDER BY day, id",
                            QUERY_COLS(cols), out, err);
}

kam_rc store_query_objectives(store *s, kam_day asof, kam_table **out, kam_err *err)
{
    static const query_col cols[] = {{"row", KAM_INT}, {"objective", KAM_TEXT}, {"measurable", KAM_FLAG}, {"owner", KAM_TEXT},
                                     {"agreed_on", KAM_DAY}};
    return query_by_account(s, asof,
                            "SELECT o.account_id, o.code, coalesce(trim(o.measure), '') <> '' AND coalesce(trim(o.target), '') <> '', r.code, "
                            "CASE WHEN o.agreed_day <= ?1 THEN o.agreed_day END FROM objectives o LEFT JOIN reps r ON r.id = o.owner_id "
                            "WHERE {scope:o.account_id} ORDER BY o.code",
                            QUERY_COLS(cols), out, err);
}

kam_rc store_query_post_mortems(store *s, kam_day asof, kam_table **out, kam_err *err)
{
    static const query_col cols[] = {{"row", KAM_INT}, {"date", KAM_DAY}};
    return query_by_account(s, asof, "SELECT account_id, max(day) FROM post_mortems WHERE day <= ?1 GROUP BY account_id",
                            QUERY_COLS(cols), out, err);
}

kam_rc store_query_bids(store *s, kam_day asof, kam_table **out, kam_err *err)
{
    static const query_col cols[] = {{"row", KAM_INT}, {"rep", KAM_TEXT}, {"date", KAM_DAY}, {"plan", KAM_TEXT}};
    return query_by_account(s, asof,
                            "SELECT b.account_id, r.code, b.day, b.plan FROM bids b JOIN reps r ON r.id = b.rep_id WHERE b.day <= ?1 "
                            "AND NOT EXISTS (SELECT 1 FROM bids c WHERE c.account_id = b.account_id AND c.rep_id = b.rep_id "
                            "AND c.day > b.day AND c.day <= ?1) ORDER BY r.code",
                            QUERY_COLS(cols), out, err);
}

kam_rc store_query_mailed(store *s, kam_day asof, kam_day after, kam_table **out, kam_err *err)
{
    static const query_col cols[] = {{"row", KAM_INT}, {"date", KAM_DAY}};
    return query_by_account_with(s, asof, NULL, after,
                            "SELECT c.account_id, p.sent_day FROM recipients p JOIN contacts c ON c.id = p.contact_id "
                            "WHERE {scope:c.account_id} AND p.sent_day <= ?1 AND p.sent_day > ?2 ORDER BY p.sent_day",
                            QUERY_COLS(cols), out, err);
}

kam_rc store_query_loop(store *s, kam_day asof, kam_table **out, kam_err *err)
{
    static const query_col cols[] = {{"row", KAM_INT}, {"step", KAM_TEXT}, {"date", KAM_DAY}, {"source", KAM_TEXT}};
    return query_by_account(s, asof,
        "SELECT account_id, 'value', max(day), 'value-note' FROM value_notes WHERE {scope:account_id} AND day <= ?1 GROUP BY 1 UNION ALL "
        "SELECT subject_id, 'value', max(day), 'mark' FROM marks WHERE subject_kind = 'account' AND {scope:subject_id} AND day <= ?1 AND opponent_id IS NULL "
        "AND card IN ('quality', 'potential', 'fit') GROUP BY 1 UNION ALL "
        "SELECT subject_id, 'differentiate', max(day), 'mark' FROM marks WHERE subject_kind = 'account' AND {scope:subject_id} AND day <= ?1 "
        "AND opponent_id IS NULL AND card = 'discipline' GROUP BY 1 UNION ALL "
        "SELECT subject_id, 'differentiate', max(day), 'assessment' FROM assessments WHERE subject_kind = 'account' AND {scope:subject_id} AND day <= ?1 "
        "AND attribute IN ('relation_wanted', 'sponsor') GROUP BY 1 UNION ALL "
        "SELECT account_id, 'strategy', max(day), 'plan-text' FROM plan_texts WHERE {scope:account_id} AND day <= ?1 GROUP BY 1 UNION ALL "
        "SELECT account_id, 'strategy', max(agreed_day), 'objective' FROM objectives WHERE {scope:account_id} AND agreed_day <= ?1 GROUP BY 1 UNION ALL "
        "SELECT account_id, 'monitor', max(day), 'interaction' FROM interactions WHERE {scope:account_id} AND day <= ?1 AND debriefed = 1 GROUP BY 1 UNION ALL "
        "SELECT account_id, 'monitor', max(day), 'survey' FROM surveys WHERE {scope:account_id} AND day <= ?1 GROUP BY 1 UNION ALL "
        "SELECT account_id, 'monitor', max(done_day), 'action' FROM actions WHERE {scope:account_id} AND done_day <= ?1 GROUP BY 1",
        QUERY_COLS(cols), out, err);
}

kam_rc store_query_rep_marks(store *s, kam_day asof, const char *card, kam_table **out, kam_err *err)
{
    static const query_col cols[] = {{"rep", KAM_TEXT}, {"criterion", KAM_TEXT}, {"date", KAM_DAY}, {"mark", KAM_REAL}};
    const char *text[] = {card};
    return query_plain(s, asof, text, 1,
                       "SELECT r.code, m.criterion, m.day, m.mark FROM marks m JOIN reps r ON r.id = m.subject_id "
                       "WHERE m.subject_kind = 'rep' AND m.card = ?2 AND m.opponent_id IS NULL AND m.day <= ?1 AND NOT EXISTS "
                       "(SELECT 1 FROM marks n WHERE n.subject_kind = 'rep' AND n.subject_id = m.subject_id AND n.card = ?2 "
                       "AND n.criterion = m.criterion AND n.opponent_id IS NULL AND n.day > m.day AND n.day <= ?1) "
                       "ORDER BY r.code, m.criterion",
                       QUERY_COLS(cols), out, err);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Marks of score cards and the further facts of quality and segments (A6–A10). */
#include "store_query_int.h"

#include <string.h>

/* ?1 the day, ?2 the card. A later row of the same account and criterion takes the place of an earlier one; on the same day
 * the mark that of the assessment. The latest of each by the unique key of marks. */
static const char marks_sql[] =
    "SELECT m.subject_id, m.criterion, m.day, m.mark, m.control, m.evidence, m.by_who, 'mark' FROM marks m "
    "WHERE m.subject_kind = 'account' AND m.card = ?2 AND m.opponent_id IS NULL AND m.day <= ?1 AND NOT EXISTS "
    "(SELECT 1 FROM marks n WHERE n.subject_kind = 'account' AND n.subject_id = m.subject_id AND n.card = ?2 "
    "AND n.criterion = m.criterion AND n.opponent_id IS NULL AND n.day > m.day AND n.day <= ?1) "
    "UNION ALL SELECT a.subject_id, 'reputation', a.day, a.value_real, NULL, a.evidence, a.by_who, 'assessment' FROM assessments a "
    "WHERE ?2 = 'fit' AND a.subject_kind = 'account' AND a.attribute = 'reputation' AND a.day <= ?1 "
    "AND a.opportunity_id IS NULL AND NOT EXISTS (SELECT 1 FROM assessments b WHERE b.subject_kind = 'account' "
    "AND b.subject_id = a.subject_id AND b.attribute = 'reputation' AND b.opportunity_id IS NULL AND b.day > a.day "
    "AND b.day <= ?1) ORDER BY 1, 2, 3, 8";

static const query_col marks_cols[] = {{"row", KAM_INT},      {"criterion", KAM_TEXT}, {"date", KAM_DAY}, {"mark", KAM_REAL},
                                       {"control", KAM_TEXT}, {"evidence", KAM_TEXT},  {"by", KAM_TEXT},
                                        {"record", KAM_TEXT}};
enum { MARK_COLS = sizeof marks_cols / sizeof *marks_cols };

/* Of neighbours with the same row and criterion the last one stays. */
static kam_table *last_of_each(kam_table *t)
{
    const kam_column *row = kam_table_find(t, "row"), *criterion = kam_table_find(t, "criterion");
    size_t n = kam_table_rows(t), k = 0, *keep = kam_calloc(n + 1, sizeof *keep);
    for (size_t i = 0; i < n; i++)
        if (i + 1 == n || kam_col_int(row, i) != kam_col_int(row, i + 1) ||
            strcmp(kam_col_text(criterion, i), kam_col_text(criterion, i + 1)) != 0)
            keep[k++] = i;
    kam_table *picked = k == n ? kam_table_ref(t) : kam_table_pick(t, keep, k);
    kam_free(keep);
    kam_table_unref(t);
    return picked;
}

kam_rc store_query_marks(store *s, kam_day asof, const char *card, kam_table **out, kam_err *err)
{
    kam_table *t = NULL;
    kam_rc rc = query_by_account_with(s, asof, card, 0, marks_sql, marks_cols, MARK_COLS, &t, err);
    if (rc == KAM_OK) *out = last_of_each(t);
    return rc;
}

kam_rc store_query_own_marks(store *s, kam_day asof, const char *card, kam_table **out, kam_err *err)
{
    static const query_col cols[] = {{"criterion", KAM_TEXT}, {"date", KAM_DAY}, {"mark", KAM_REAL}};
    const char *text[] = {card};
    return query_plain(s, asof, text, 1,
                       "SELECT m.criterion, m.day, m.mark FROM marks m WHERE m.subject_kind = 'ourselves' AND m.card = ?2 "
                       "AND m.opponent_id IS NULL AND m.day <= ?1 AND NOT EXISTS (SELECT 1 FROM marks n "
                       "WHERE n.subject_kind = 'ourselves' AND n.subject_id = m.subject_id AND n.card = ?2 "
                       "AND n.criterion = m.criterion AND n.opponent_id IS NULL AND n.day > m.day AND n.day <= ?1) "
                       "ORDER BY m.criterion",
                       QUERY_COLS(cols), out, err);
}

kam_rc store_query_exceptions(store *s, kam_day asof, kam_table **out, kam_err *err)
{
    static const query_col cols[] = {
        {"row", KAM_INT}, {"date", KAM_DAY}, {"what", KAM_TEXT}, {"approved", KAM_FLAG}, {"exception", KAM_INT}};
    return query_by_account(s, asof,
                            "SELECT account_id, day, what, coalesce(approved_by, '') <> '', id FROM exceptions "
                            "WHERE day <= ?1 ORDER BY day, id",
                            QUERY_COLS(cols), out, err);
}

kam_rc store_query_payment_delay(store *s, kam_day asof, int window_days, kam_table **out, kam_err *err)
{
    static const query_col cols[] = {{"row", KAM_INT}, {"invoices", KAM_INT}, {"delay_days", KAM_INT}};
    return query_by_account_with(s, asof, NULL, window_days,
                      "SELECT account_id, count(*), sum(CASE WHEN paid_day <= ?1 THEN paid_day ELSE ?1 END - due_day) "
                      "FROM transactions WHERE due_day IS NOT NULL AND due_day <= ?1 AND due_day > ?1 - ?2 AND day <= ?1 "
                      "GROUP BY account_id",
                      QUERY_COLS(cols), out, err);
}

kam_rc store_query_reach(store *s, kam_day asof, kam_table **out, kam_err *err)
{
    static const query_col cols[] = {{"row", KAM_INT}, {"contacts", KAM_INT}};
    return query_by_account(s, asof,
                            "SELECT account_id, count(*) FROM contacts WHERE (left_day IS NULL OR left_day > ?1) "
                            "AND (known_since_day IS NULL OR known_since_day <= ?1) AND coalesce(placeholder, 0) = 0 "
                            "GROUP BY account_id",
                            QUERY_COLS(cols), out, err);
}

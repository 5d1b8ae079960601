/* SPDX-License-Identifier: GPL-3.0-or-later */
/* store_query_int: how the store_query_*.c turn statements into tables. Included by them only. */
#ifndef STORE_QUERY_INT_H
#define STORE_QUERY_INT_H
#include "store_asof.h"
#include "store_query.h"
#include "store_setting.h"

typedef struct query_col {
    const char *name;
    kam_type type;
} query_col;
#define QUERY_COLS(a) (a), sizeof(a) / sizeof((a)[0])

/* An unsealed table with these columns and the database's currency. */
kam_table *query_table(store *s, const query_col *cols, size_t n);
/* Column i of a table being built. */
kam_column *query_column(kam_table *t, size_t i);
void query_push(kam_table *t, size_t i, kam_type type, sqlite3_stmt *st, int c);

/* The rows of a statement whose first column is an account's id, which becomes its `row` (cols[0]); rows of accounts
 * not known on the day are left out. ?1 is the as-of day where the statement has it. By row, then in the order of the
 * statement. */
kam_rc query_by_account(store *s, kam_day asof, const char *sql, const query_col *cols, size_t n, kam_table **out,
                        kam_err *err);
/* The same with ?2: `text`, or `number` when that is NULL. */
kam_rc query_by_account_with(store *s, kam_day asof, const char *text, int64_t number, const char *sql, const query_col *cols, size_t n,
                             kam_table **out, kam_err *err);
/* The same by row, then by the second column, which is a day, then by number; the statement says ORDER BY id. SQLite's sorter cannot be
 * interrupted, ours can. */
kam_rc query_by_day(store *s, kam_day asof, int64_t number, const char *sql, const query_col *cols, size_t n, kam_table **out, kam_err *err);
/* The same by these columns, then in the order of the statement. */
kam_rc query_by_account_sorted(store *s, kam_day asof, const char *text, int64_t number, const char *sql, const query_col *cols, size_t n,
                               const size_t *key, size_t n_keys, kam_table **out, kam_err *err);
/* All accounts of the day, a row each, in their order (by code). sql: the columns (without cols[0] where that is `row`), then the id, ORDER BY id: read as
 * they lie in the file, which costs no look-up a row, but a copy of the columns where codes and ids have different orders. */
kam_rc query_accounts(store *s, kam_day asof, const char *sql, const query_col *cols, size_t n, kam_table **out, kam_err *err);
/* One row an account: the statement gives (account's id, which of two, text), by account, the latest of each last. By row. */
kam_rc query_latest_two(store *s, kam_day asof, const char *sql, const query_col cols[3], kam_table **out, kam_err *err);
/* The rows of a statement as they come; text bindings for ?2, ?3 … (NULL binds NULL). */
kam_rc query_plain(store *s, kam_day asof, const char *const *text, size_t n_text, const char *sql,
                   const query_col *cols, size_t n, kam_table **out, kam_err *err);
/* One question after the other reads the same: what `load` says is kept until the data change, unless it is large. */
kam_rc query_kept(store *s, kam_rc (*load)(store *s, kam_day asof, kam_table **out, kam_err *err), kam_day asof, kam_table **out, kam_err *err);
/* Has the table any row? Whatever the scope; kept. */
kam_rc query_any(store *s, kam_rc (*load)(store *s, kam_day asof, kam_table **out, kam_err *err), kam_day asof, bool *out, kam_err *err);
/* Row 0-based of an id in an int column; -1: absent. O(log n) after query_ids_init. */
typedef struct query_ids {
    size_t n;
    int64_t (*pair)[2];
} query_ids;
void query_ids_init(query_ids *q, const kam_column *ids);
int64_t query_ids_row(const query_ids *q, int64_t id);
void query_ids_release(query_ids *q);
/* SQL of the latest value <= ?1 of an opportunity's attribute; the row in question is o. */
#define QUERY_LATEST(column, attribute)                                                                                \
    "(SELECT a." column " FROM assessments a WHERE a.subject_kind = 'opportunity' AND a.subject_id = o.id AND "       \
    "a.attribute = '" attribute "' AND a.day <= ?1 AND (a.opportunity_id IS NULL OR a.opportunity_id = o.id) "        \
    "ORDER BY a.day DESC, a.id DESC LIMIT 1)"
#endif

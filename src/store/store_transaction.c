/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The user's begin, commit and rollback, and what-if: a private copy of the database in which anything may be tried.
 *
 * A what-if copy is an in-memory database filled by SQLite's backup; the connection is exchanged until the matching
 * rollback. The database proper is not locked meanwhile. */
#include "store_db.h"
#include <string.h>

int store_depth(const store *s)
{
    return s->user_depth;
}

static kam_rc no_transaction(const char *what, kam_err *err)
{
    kam_err_set(err, KAM_USAGE, "%s: no transaction is open (begin opens one)", what);
    return kam_err_word(err, what);
}

/* What is wrong with the source is told of the source, anything else of the copy. */
static kam_rc copy_error(store *s, sqlite3 *to, const char *to_path, int rc, kam_err *err)
{
    int kind = rc & 0xff;
    if (kind == SQLITE_NOTADB || kind == SQLITE_CORRUPT || kind == SQLITE_INTERRUPT) return store_sql_error(s, rc, "copy", err);
    return store_sql_error_at(to, to_path, rc, "copy", err);
}

kam_rc store_copy_database(store *s, sqlite3 *from, sqlite3 *to, const char *to_path, kam_err *err)
{
    sqlite3_backup *b = sqlite3_backup_init(to, "main", from, "main");
    if (!b) return copy_error(s, to, to_path, sqlite3_extended_errcode(to), err);
    int rc;
    kam_rc stop = KAM_OK;
    do {
        rc = sqlite3_backup_step(b, 1024);
        stop = kam_progress_step(s->progress, "copy", (uint64_t)(sqlite3_backup_pagecount(b) - sqlite3_backup_remaining(b)),
                                 (uint64_t)sqlite3_backup_pagecount(b), err);
        if (rc == SQLITE_BUSY || rc == SQLITE_LOCKED) break;
    } while (rc == SQLITE_OK && stop == KAM_OK);
    int end = sqlite3_backup_finish(b);
    if (stop != KAM_OK) return stop;
    if (rc == SQLITE_DONE) return KAM_OK;
    return copy_error(s, to, to_path, rc != SQLITE_OK ? rc : end, err);
}

static kam_rc begin_what_if(store *s, kam_err *err)
{
    sqlite3 *copy;
    if (s->real) {
        kam_err_set(err, KAM_USAGE, "a what-if is open already; rollback ends it");
        return kam_err_word(err, "begin");
    }
    int rc = sqlite3_open_v2(":memory:", &copy, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, NULL);
    kam_rc out = rc == SQLITE_OK ? store_configure(s, copy, err) : store_sql_error(s, rc, "begin -what-if", err);
    if (out == KAM_OK) out = store_copy_database(s, s->db, copy, "a private copy", err);
    if (out != KAM_OK) {
        sqlite3_close(copy);
        return out;
    }
    store_forget_statements(s);
    sqlite3_preupdate_hook(s->db, NULL, NULL);
    s->real = s->db;
    s->real_level = s->level;
    s->real_readonly = s->readonly;
    s->what_if_depth = s->user_depth + 1;
    s->db = copy;
    s->level = 0;
    s->readonly = false;
    store_capture_init(s);
    store_set_progress(s, s->progress);
    return KAM_OK;
}

bool store_in_what_if(const store *s)
{
    return s->real != NULL;
}

void store_look_back(store *s)
{
    if (!s->real) KAM_BUG("look back outside a what-if");
    sqlite3 *db = s->db;
    int level = s->level;
    store_forget_statements(s);
    s->db = s->real;
    s->level = s->real_level;
    s->real = db;
    s->real_level = level;
    store_set_progress(s, s->progress);
    store_setting_forget(s);
    s->version++;
}

static void end_what_if(store *s)
{
    store_forget_statements(s);
    sqlite3_close(s->db);
    s->db = s->real;
    s->real = NULL;
    s->level = s->real_level;
    s->readonly = s->real_readonly;
    s->what_if_depth = 0;
    store_capture_init(s);
    store_set_progress(s, s->progress);
    store_setting_forget(s);
    s->version++;
}

kam_rc store_begin(store *s, bool what_if, kam_err *err)
{
    if (s->entry_depth > 0) KAM_BUG("begin inside a journal entry");
    if (what_if) {
        kam_rc rc = begin_what_if(s, err);
        if (rc != KAM_OK) return rc;
    }
    kam_rc rc = store_level_begin(s, true, err);
    if (rc == KAM_OK) s->user_depth++;
    else if (what_if) end_what_if(s);
    s->version++;
    return rc;
}

kam_rc store_commit(store *s, kam_err *err)
{
    if (s->user_depth == 0) return no_transaction("commit", err);
    if (s->real && s->user_depth == s->what_if_depth) {
        kam_err_set(err, KAM_USAGE, "a what-if cannot be committed; rollback ends it");
        return kam_err_word(err, "commit");
    }
    s->user_depth--;
    return store_level_commit(s, err);
}

kam_rc store_rollback(store *s, kam_err *err)
{
    if (s->user_depth == 0) return no_transaction("rollback", err);
    store_level_rollback(s);
    if (s->real && s->user_depth == s->what_if_depth) end_what_if(s);
    s->user_depth--;
    return KAM_OK;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rule of the complaint desk (F5): nothing closes without an outcome. A complaint that is given a day of resolution
 * says how it was resolved. */
#include "store_writer.h"

/* What the row will hold after the change: the cell given, else what is stored. */
typedef struct outcome {
    bool complaint, resolved, resolution;
} outcome;

static kam_rc stored(store_writer *w, int64_t id, outcome *o, kam_err *err)
{
    sqlite3_stmt *st;
    bool row;
    kam_rc rc = store_prepare(w->s, "SELECT kind = 'complaint', resolved_day IS NOT NULL, resolution IS NOT NULL "
                                    "FROM interactions WHERE id = ?1", &st, err);
    if (rc != KAM_OK) return rc;
    sqlite3_bind_int64(st, 1, id);
    rc = store_step(w->s, st, &row, err);
    if (rc == KAM_OK && row) {
        o->complaint = sqlite3_column_int(st, 0);
        o->resolved = sqlite3_column_int(st, 1);
        o->resolution = sqlite3_column_int(st, 2);
    }
    store_done(st);
    return rc;
}

kam_rc store_writer_outcome(store_writer *w, int64_t id, kam_err *err)
{
    outcome o = {false, false, false};
    if (!kam_streq(w->e->name, "interaction")) return KAM_OK;
    size_t kind = store_writer_field(w, "kind"), on = store_writer_field(w, "resolved_on"), how = store_writer_field(w, "resolution");
    if (w->cell[kind].type == STORE_C_ABSENT && w->cell[on].type == STORE_C_ABSENT && w->cell[how].type == STORE_C_ABSENT)
        return KAM_OK; /* an old record may be corrected elsewhere without being completed */
    if (id) {
        kam_rc rc = stored(w, id, &o, err);
        if (rc != KAM_OK) return rc;
    }
    if (w->cell[kind].type != STORE_C_ABSENT)
        o.complaint = store_writer_has(w, kind) && kam_streq(w->cell[kind].text, "complaint");
    if (w->cell[on].type != STORE_C_ABSENT) o.resolved = store_writer_has(w, on);
    if (w->cell[how].type != STORE_C_ABSENT) o.resolution = store_writer_has(w, how);
    if (!o.complaint || !o.resolved || o.resolution) return KAM_OK;
    return store_bad(w->e, &w->e->fields[how], "outcome", NULL, err,
                     "a complaint closes with an outcome only: give resolution with resolved_on");
}

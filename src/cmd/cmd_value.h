/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_value: the border between C values and Tcl values. Only this file makes Tcl errors from kam_err.
 *
 * A kam_table as a Tcl value is an object type of its own and is shared by reference: passing it through
 * procs, `set`, lists and `table each` keeps types, labels, notes and currency and copies nothing. Its string form
 * is a list of dicts (missing cells left out), made only when somebody asks for it and refused above the setting
 * max-list-rows. Where a table is needed a list of dicts is accepted too: a column gets the type every value of it
 * parses as (int, real, day), else text.
 *
 * All text that comes from Tcl is repaired to valid UTF-8 here (Tcl 8.6 can hand out cut surrogates and C0 80). */
#ifndef CMD_VALUE_H
#define CMD_VALUE_H
#include "cmd_spec.h"
#include "kam_str.h"

/* What a handler returns. Starts empty (the command then returns an empty string). The last set wins. */
struct cmd_value {
    Tcl_Obj *obj; /* NULL: empty */
};
void cmd_value_take_table(cmd_value *v, kam_table *t); /* sealed; takes the caller's reference */
void cmd_value_set_text(cmd_value *v, const char *s);
void cmd_value_set_int(cmd_value *v, int64_t n);
void cmd_value_set_real(cmd_value *v, double x);
void cmd_value_set_flag(cmd_value *v, bool b);
void cmd_value_set_words(cmd_value *v, const char *const *words, size_t n);
void cmd_value_set_obj(cmd_value *v, Tcl_Obj *obj); /* keeps a reference of its own */

/* Table ↔ Tcl. cmd_value_table_obj takes a reference of its own to the sealed table; new object, count 0. */
Tcl_Obj *cmd_value_table_obj(cmd_session *s, kam_table *t);
/* The table in obj, or one made from its list of dicts: a new reference the caller unrefs. KAM_DATA: neither. The
 * object itself is left as it was. */
kam_rc cmd_value_table_get(cmd_session *s, Tcl_Obj *obj, kam_table **out, kam_err *err);
bool cmd_value_is_table(Tcl_Obj *obj); /* true only for a real table value; never converts */

/* A cell as a Tcl value: int, real, text, ISO day, exact decimal money, 0/1. NULL when missing. */
Tcl_Obj *cmd_value_cell(const kam_table *t, size_t col, size_t row);

/* Dict of one row, missing cells left out; cols NULL: the first n columns. New object, count 0. */
Tcl_Obj *cmd_value_row(const kam_table *t, const size_t *cols, size_t n, size_t row);
/* Give a table value made in a handler the session's limit for its string form. */
void cmd_value_limit(cmd_session *s, Tcl_Obj *obj);

/* Repaired UTF-8 text of obj. `hold` keeps a copy alive where repair was needed (kam_str_release it later). */

const char *cmd_value_text(Tcl_Obj *obj, kam_str *hold);
/* New object from UTF-8 text that need not be valid. */
Tcl_Obj *cmd_value_text_obj(const char *s, size_t n);

/* kam_err → Tcl: result = message in the session's language, errorCode = KAM CODE word…; returns TCL_ERROR. */
int cmd_value_error(cmd_session *s, const kam_err *err);
/* A script the handler evaluated ended with rc ≠ TCL_OK (error, return, break …): keep its result and return
 * options, so that the command ends in exactly that way when the handler returns the code given back here. */
kam_rc cmd_value_from_tcl(cmd_session *s, int rc, kam_err *err);
/* Before a command runs / after its handler failed: forget, or give back, what cmd_value_from_tcl kept. */
void cmd_value_pending_clear(cmd_session *s);
bool cmd_value_pending_restore(cmd_session *s, int *rc); /* false: nothing was kept */
#endif

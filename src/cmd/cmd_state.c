/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cmd_state.h"
#include "cmd_render_box.h"
#include "cmd_session_int.h"
#include "cmd_value.h"
#include "kam_str.h"
#include "store.h"

/* Asking does not make the temporary database. */
const char *cmd_state_path(const cmd_session *s) { return s->db ? store_path(s->db) : NULL; }
bool cmd_state_unsaved(const cmd_session *s) { return s->db && store_dirty(s->db); }
bool cmd_state_readonly(const cmd_session *s) { return s->db ? store_readonly(s->db) : s->readonly; }
int cmd_state_depth(const cmd_session *s) { return s->db ? store_depth(s->db) : 0; }

bool cmd_state_empty(cmd_session *s)
{
    int64_t n = 0;
    kam_err none = KAM_ERR_INIT;
    return !s->db || (store_count(s->db, store_entity_find("account"), &n, &none) == KAM_OK && n == 0);
}

char *cmd_state_first_step(cmd_session *s, Tcl_Obj *value)
{
    static const cmd_text hint = {"no customers yet: import account FILE (with -template: writes the columns), or account add CODE -name NAME; help tour",
                                  "还没有客户：import account 文件（加 -template 则写出列名），或 account add 编码 -name 名称；help tour 入门"};
    kam_table *t = NULL;
    kam_str out = KAM_STR_INIT;
    const cmd_render_options o = cmd_session_render_options(s, true);
    if (o.format != CMD_F_BOX && o.format != CMD_F_TABLE && o.format != CMD_F_LINE) return NULL;
    if (s->hinted || !cmd_value_is_table(value) || cmd_value_table_get(s, value, &t, NULL) != KAM_OK) return NULL;
    /* what has a title is the answer of a command, not a table of the user's making */
    s->hinted = kam_table_rows(t) == 0 && kam_table_title(t) && cmd_state_empty(s);
    kam_table_unref(t);
    if (s->hinted) cmd_render_note(cmd_session_say(s, hint), &o, &out);
    return out.s ? kam_str_detach(&out) : NULL;
}

bool cmd_state_kept(cmd_session *s)
{
    bool kept = s->kept;
    s->kept = false;
    return kept;
}

bool cmd_state_pending(const cmd_session *s)
{
    return s->db && store_depth(s->db) > 0 && !store_in_what_if(s->db) && !store_readonly(s->db);
}

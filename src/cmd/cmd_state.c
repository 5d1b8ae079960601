/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cmd_state.h"
#include "cmd_session_int.h"
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

bool cmd_state_kept(cmd_session *s)
{
    bool kept = s->kept;
    s->kept = false;
    return kept;
}

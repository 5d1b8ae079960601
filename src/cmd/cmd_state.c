/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cmd_state.h"
#include "cmd_session_int.h"
#include "store.h"

const char *cmd_state_path(const cmd_session *s) { return store_path(cmd_session_store(s)); }
bool cmd_state_unsaved(const cmd_session *s) { return store_dirty(cmd_session_store(s)); }
bool cmd_state_readonly(const cmd_session *s) { return store_readonly(cmd_session_store(s)); }
int cmd_state_depth(const cmd_session *s) { return store_depth(cmd_session_store(s)); }

bool cmd_state_kept(cmd_session *s)
{
    bool kept = s->kept;
    s->kept = false;
    return kept;
}

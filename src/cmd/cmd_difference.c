/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cmd_difference.h"
#include "kam_str.h"

kam_table *cmd_difference_one(const char *entity, const char *object, const char *field, const char *before, const char *after)
{
    static const char *const names[] = {"entity", "action", "object", "field", "before", "after"};
    static const char *const labels[] = {"change.entity", "change.action", "change.object", NULL, "change.before", "change.after"};
    const char *const v[] = {entity, "set", object, field, before, after};
    kam_table *t = kam_table_new();
    for (int i = 0; i < 6; i++) {
        kam_column *c = kam_table_add_column(t, names[i], KAM_TEXT, labels[i]);
        if (!kam_streq(before, after)) kam_col_push_text(c, v[i]);
    }
    return t;
}

void cmd_difference_finish(cmd_session *s, kam_table *t, int64_t more, const char *said)
{
    bool zh = cmd_session_lang(s) == CMD_LANG_ZH;
    if (more > 0) {
        kam_str b = KAM_STR_INIT;
        kam_str_addf(&b, zh ? "另有 %lld 条记录也会变动，未列出" : "and %lld more records that are not listed", (long long)more);
        kam_table_add_note(t, b.s);
        kam_str_release(&b);
    }
    if (said) kam_table_add_note(t, said);
    kam_table_seal(t);
}

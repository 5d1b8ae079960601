/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cmd_uses.h"
#include "cmd_bind.h"
#include "cmd_session.h"
#include "cmd_state.h"
#include "cmd_value.h"
#include "kam_str.h"
#include "store_setting.h"
#include <math.h>
#include <string.h>

static const void *place(const void *args, const cmd_arg *a) { return (const char *)args + a->offset; }

/* Was the option given? An int whose default is 0 says "not given" so. */
static bool given(const cmd_arg *a, const void *args)
{
    const void *at = place(args, a);
    switch (a->kind) {
    case CMD_FLAG: return *(const bool *)at;
    case CMD_ENUM: return *(const int *)at >= 0;
    case CMD_REAL: return !isnan(*(const double *)at);
    case CMD_INT: return *(const int64_t *)at != CMD_UNSET_INT && !(kam_streq(a->def, "0") && *(const int64_t *)at == 0);
    case CMD_MONEY: return *(const int64_t *)at != CMD_UNSET_INT;
    case CMD_DATE: return *(const kam_day *)at != CMD_UNSET_DAY;
    default: return *(const char *const *)at != NULL;
    }
}

static const cmd_arg *option(const cmd_spec *c, const char *name, size_t n)
{
    for (const cmd_arg *a = c->args; a && a->name; a++)
        if (strncmp(a->name, name, n) == 0 && !a->name[n]) return a;
    KAM_BUG("%s: a setting hangs on an option it does not have: %s", c->name, name);
}

/* Does the enum have one of the words "a,b"? An option that was not given has the value of its setting. */
static bool one_of(cmd_session *s, const cmd_arg *a, const void *args, const char *words, size_t n)
{
    int i = *(const int *)place(args, a);
    const char *v = i >= 0 ? a->values[i] : a->setting ? store_setting_text(cmd_session_store(s), a->setting) : NULL;
    for (const char *w = words; v && w < words + n;) {
        size_t len = strcspn(w, ", ");
        if (strlen(v) == len && strncmp(v, w, len) == 0) return true;
        w += len + 1;
    }
    return false;
}

/* "-by pyramid -basis lifetime-value": every option has one of its words; "-reestimate": it was given. */
static bool holds(cmd_session *s, const cmd_spec *c, const void *args, const char *when)
{
    while (when && *when) {
        size_t n = strcspn(when, " ");
        const cmd_arg *a = option(c, when, n);
        when += n + (when[n] == ' ');
        if (a->kind == CMD_FLAG) {
            if (!given(a, args)) return false;
            continue;
        }
        n = strcspn(when, " ");
        if (!one_of(s, a, args, when, n)) return false;
        when += n + (when[n] == ' ');
    }
    return true;
}

bool cmd_uses_now(cmd_session *s, const cmd_spec *c, const void *args, const cmd_setting *u)
{
    for (const cmd_arg *a = c->args; a && a->name; a++)
        if (a->setting && kam_streq(a->setting, u->name) && given(a, args)) return false;
    return holds(s, c, args, u->when);
}

bool cmd_uses_lists(const cmd_spec *c, const char *setting)
{
    for (const cmd_setting *u = c->settings; u && u->name; u++)
        if (kam_streq(u->name, setting)) return true;
    return false;
}

/* "settings: window = 90 (default 365), pyramid-split = 1/4/15/80" */
static void say(cmd_session *s, const cmd_spec *c, const void *args, kam_str *out)
{
    bool zh = cmd_session_lang(s) == CMD_LANG_ZH;
    for (const cmd_setting *u = c->settings; u && u->name; u++) {
        bool again = false; /* a setting may be listed once for each circumstance it is read in */
        for (const cmd_setting *v = c->settings; v < u; v++) again |= kam_streq(v->name, u->name) && cmd_uses_now(s, c, args, v);
        if (again || !cmd_uses_now(s, c, args, u)) continue;
        const char *value = store_setting_text(cmd_session_store(s), u->name), *dflt = store_setting_find(u->name)->dflt;
        kam_str_add(out, !out->len ? (zh ? "设置：" : "settings: ") : zh ? "，" : ", ");
        kam_str_addf(out, "%s = %s", u->name, value ? value : zh ? "无" : "none");
        if (!store_setting_is_default(cmd_session_store(s), u->name))
            kam_str_addf(out, zh ? "（默认 %s）" : " (default %s)", dflt ? dflt : zh ? "无" : "none");
    }
}

static void add_note(cmd_session *s, cmd_value *v, const char *line)
{
    kam_table *t = NULL;
    if (cmd_value_table_get(s, v->obj, &t, NULL) == KAM_OK) {
        kam_table *noted = kam_table_new();
        kam_table_set_currency(noted, kam_table_currency(t), kam_table_exponent(t));
        if (kam_table_title(t)) kam_table_set_title(noted, kam_table_title(t));
        for (size_t i = 0; i < kam_table_columns(t); i++) kam_table_share_column(noted, kam_table_column(t, i), NULL);
        for (size_t i = 0; i < kam_table_notes(t); i++) kam_table_add_note(noted, kam_table_note(t, i));
        kam_table_add_note(noted, line);
        kam_table_seal(noted);
        cmd_value_take_table(v, noted);
        kam_table_unref(t);
    }
}

void cmd_uses_footnote(cmd_session *s, const cmd_spec *c, const void *args, cmd_value *v)
{
    kam_str line = KAM_STR_INIT;
    if (c->settings && v->obj && cmd_value_is_table(v->obj)) say(s, c, args, &line);
    if (line.len) add_note(s, v, line.s);
    kam_str_release(&line);
}

void cmd_uses_dryrun(cmd_session *s, const cmd_spec *c, const void *args, cmd_value *v)
{
    static const cmd_text said = {"dry run: nothing was written", "试运行：未写入任何数据"};
    for (const cmd_arg *a = c->args; a && a->name; a++)
        if (strcmp(a->name, "-dryrun") == 0 && *(const bool *)((const char *)args + a->offset) && v->obj && cmd_value_is_table(v->obj))
            add_note(s, v, cmd_session_say(s, said));
}

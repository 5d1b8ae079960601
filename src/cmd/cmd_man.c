/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_man: the commands' part of kamsh(1) as roff, from the records, in the language of the session. */
#include "cmd_bind.h"
#include "cmd_entity.h"
#include "cmd_help.h"
#include "cmd_label.h"
#include "cmd_session.h"
#include "kam_mem.h"
#include "store_field.h"
#include <string.h>

/* Text that roff leaves alone. */
static void put(kam_str *out, const char *s)
{
    bool start = !out->len || out->s[out->len - 1] == '\n';
    for (; *s; s++) {
        if (start && (*s == '.' || *s == '\'')) kam_str_add(out, "\\&");
        if (*s == '\\') kam_str_add(out, "\\e");
        else if (*s == '-') kam_str_add(out, "\\-");
        else kam_str_addc(out, *s);
        start = *s == '\n';
    }
}

static void put_arguments(cmd_session *s, const cmd_spec *c, kam_str *out)
{
    bool zh = cmd_session_lang(s) == CMD_LANG_ZH;
    for (const cmd_arg *a = c->args; a && a->name; a++) {
        if (a->kind == CMD_SELF) continue;
        kam_str_add(out, ".IP \"");
        put(out, a->name);
        if (cmd_arg_is_option(a) && a->kind != CMD_FLAG) kam_str_addf(out, " %s", cmd_label_kind(cmd_kind_name(a), cmd_session_lang(s)));
        kam_str_add(out, "\" 4\n");
        put(out, cmd_session_say(s, a->help));
        if (a->kind == CMD_ENUM) {
            kam_str_add(out, zh ? "；取值：" : ": ");
            for (size_t i = 0; a->values[i]; i++) {
                if (i) kam_str_add(out, ", ");
                put(out, a->values[i]);
            }
        }
        if (a->def && *a->def) {
            kam_str_add(out, zh ? "（默认 " : " (default ");
            put(out, a->def);
            kam_str_add(out, zh ? "）" : ")");
        }
        kam_str_addc(out, '\n');
    }
}

static void put_command(cmd_session *s, const cmd_spec *c, kam_str *out)
{
    char *usage = cmd_spec_usage(c);
    kam_str_add(out, ".SS \"");
    put(out, c->name);
    kam_str_add(out, "\"\n");
    put(out, cmd_session_say(s, c->summary));
    kam_str_add(out, "\n.PP\n.B ");
    put(out, usage);
    kam_str_add(out, "\n.PP\n");
    put(out, cmd_session_say(s, c->detail));
    kam_str_addc(out, '\n');
    put_arguments(s, c, out);
    if (c->examples && c->examples->script) {
        kam_str_add(out, ".PP\n.nf\n");
        for (const cmd_example *x = c->examples; x->script; x++) {
            kam_str_add(out, "    ");
            put(out, x->script);
            kam_str_addc(out, '\n');
        }
        kam_str_add(out, ".fi\n");
    }
    kam_free(usage);
}

/* Record keeping is the same for every entity: described once, with the list of entities. */
static void put_entities(bool zh, kam_str *out)
{
    size_t n;
    const store_entity *e = store_entities(&n);
    kam_str_add(out, zh ? ".SS \"记录的维护\"\n" : ".SS \"Record keeping\"\n");
    kam_str_add(out, ".B ENTITY add|set|show|list|remove|changes\n.PP\n");
    kam_str_add(out, zh ? "ENTITY 为下列之一；help ENTITY add 列出其字段。\n"
                        : "ENTITY is one of the following; `help ENTITY add` lists the fields.\n");
    for (size_t i = 0; i < n; i++) {
        if (e[i].flags & STORE_E_READONLY) continue;
        kam_str_add(out, ".IP ");
        put(out, e[i].name);
        kam_str_add(out, " 4\n");
        put(out, zh ? (e[i].help_zh ? e[i].help_zh : e[i].zh) : e[i].help_en ? e[i].help_en : e[i].en);
        kam_str_addc(out, '\n');
    }
}

void cmd_help_man(cmd_session *s, kam_str *out)
{
    size_t n;
    const cmd_spec *const *all = cmd_spec_list(s, &n);
    bool zh = cmd_session_lang(s) == CMD_LANG_ZH;
    kam_str_add(out, zh ? ".SH 命令\n" : ".SH COMMANDS\n");
    put_entities(zh, out);
    for (size_t i = 0; i < n; i++) {
        if (!cmd_entity_made(all[i])) put_command(s, all[i], out);
    }
}

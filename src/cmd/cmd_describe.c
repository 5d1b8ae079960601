/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_describe: what an entity, a command or the whole program is made of, as a table; or a customer at a glance. */
#include "cmd_bind.h"
#include "cmd_describe.h"
#include "cmd_session.h"
#include "cmd_spec.h"
#include "cmd_value.h"
#include "kam_mem.h"
#include "kam_str.h"
#include "store_field.h"
#include <string.h>

struct describe_args {
    cmd_words name;
};

static const char *const effects[] = {"reads", "writes", "controls"};

static kam_table *all_commands(cmd_session *s)
{
    size_t n;
    const cmd_spec *const *all = cmd_spec_list(s, &n);
    kam_table *t = kam_table_new();
    kam_column *name = kam_table_add_column(t, "name", KAM_TEXT, NULL);
    kam_column *topic = kam_table_add_column(t, "topic", KAM_TEXT, NULL);
    kam_column *effect = kam_table_add_column(t, "effect", KAM_TEXT, NULL);
    kam_column *summary = kam_table_add_column(t, "summary", KAM_TEXT, NULL);
    for (size_t i = 0; i < n; i++) {
        kam_col_push_text(name, all[i]->name);
        kam_col_push_text(topic, all[i]->topic);
        kam_col_push_text(effect, effects[all[i]->effect]);
        kam_col_push_text(summary, cmd_session_say(s, all[i]->summary));
    }
    kam_table_seal(t);
    return t;
}

struct part_columns {
    kam_column *name, *kind, *required, *values, *dflt, *help;
};

static struct part_columns part_table(kam_table *t)
{
    struct part_columns c;
    c.name = kam_table_add_column(t, "name", KAM_TEXT, NULL);
    c.kind = kam_table_add_column(t, "kind", KAM_TEXT, NULL);
    c.required = kam_table_add_column(t, "required", KAM_FLAG, NULL);
    c.values = kam_table_add_column(t, "values", KAM_TEXT, NULL);
    c.dflt = kam_table_add_column(t, "default", KAM_TEXT, NULL);
    c.help = kam_table_add_column(t, "help", KAM_TEXT, "argument.help");
    return c;
}

static kam_table *entity(cmd_session *s, const store_entity *e)
{
    kam_table *t = kam_table_new();
    struct part_columns c = part_table(t);
    bool zh = cmd_session_lang(s) == CMD_LANG_ZH;
    for (size_t i = 0; i < e->n_fields; i++) {
        const store_field *f = &e->fields[i];
        kam_str values = KAM_STR_INIT;
        for (const store_enum *v = f->values; v && v->name; v++)
            kam_str_addf(&values, "%s%s", v == f->values ? "" : " ", v->name);
        kam_col_push_text(c.name, f->name);
        kam_col_push_text(c.kind, f->kind == STORE_REF || f->kind == STORE_REFS ? f->ref : store_kind_name(f->kind));
        kam_col_push_int(c.required, (f->flags & STORE_REQUIRED) != 0);
        kam_col_push_text(c.values, values.len ? values.s : NULL);
        kam_col_push_text(c.dflt, f->dflt);
        const char *help = zh ? f->help_zh : f->help_en;
        kam_col_push_text(c.help, help ? help : zh ? f->zh : f->en);
        kam_str_release(&values);
    }
    kam_table_add_note(t, zh ? e->help_zh : e->help_en);
    kam_table_seal(t);
    return t;
}

static kam_table *command(cmd_session *s, const cmd_spec *spec)
{
    kam_table *t = kam_table_new();
    struct part_columns c = part_table(t);
    for (const cmd_arg *a = spec->args; a && a->name; a++) {
        if (a->kind == CMD_SELF) continue;
        kam_str values = KAM_STR_INIT;
        for (size_t i = 0; a->values && a->values[i]; i++) kam_str_addf(&values, "%s%s", i ? " " : "", a->values[i]);
        kam_col_push_text(c.name, a->name);
        kam_col_push_text(c.kind, cmd_kind_name(a));
        kam_col_push_int(c.required, (a->flags & CMD_REQUIRED) != 0);
        kam_col_push_text(c.values, values.len ? values.s : NULL);
        kam_col_push_text(c.dflt, a->def);
        kam_col_push_text(c.help, cmd_session_say(s, a->help));
        kam_str_release(&values);
    }
    kam_table_seal(t);
    return t;
}

static kam_rc describe_run(cmd_session *s, const void *args, cmd_value *out, kam_err *err)
{
    const struct describe_args *a = args;
    kam_str name = KAM_STR_INIT;
    for (size_t i = 0; i < a->name.n; i++) kam_str_addf(&name, "%s%s", i ? " " : "", a->name.word[i]);
    const store_entity *e = store_entity_find(kam_str_cstr(&name));
    const cmd_spec *c = cmd_spec_find(s, kam_str_cstr(&name));
    kam_table *glance = NULL;
    kam_rc rc = KAM_OK;
    if (!name.len) cmd_value_take_table(out, all_commands(s));
    else if (c) cmd_value_take_table(out, command(s, c));
    else if (e) cmd_value_take_table(out, entity(s, e));
    else if ((rc = cmd_describe_glance(s, kam_str_cstr(&name), &glance, err)) == KAM_OK && glance) cmd_value_take_table(out, glance);
    else if (rc == KAM_OK) {
        size_t n, m;
        const cmd_spec *const *all = cmd_spec_list(s, &n);
        const store_entity *entities = store_entities(&m);
        const char **names = kam_calloc(n + m + 1, sizeof *names);
        for (size_t i = 0; i < n; i++) names[i] = all[i]->name;
        for (size_t i = 0; i < m; i++) names[n + i] = entities[i].name;
        kam_err_set(err, KAM_NOTFOUND, "describe: \"%.100s\" is no entity, command, account, contact or opportunity", kam_str_cstr(&name));
        kam_err_nearest(err, kam_str_cstr(&name), names, n + m);
        kam_free(names);
        kam_err_word(err, "name");
        rc = kam_err_word(err, kam_str_cstr(&name));
    }
    kam_str_release(&name);
    return rc;
}

static const cmd_arg describe_arg[] = {
    {.name = "name", .kind = CMD_COMMAND, .offset = offsetof(struct describe_args, name), .flags = CMD_REST,
     .help = {"an entity, a command, or an account, contact or opportunity by code or name; nothing: all commands",
              "对象类型、命令，或客户、联系人、商机的编码或名称；不给则列出全部命令"}},
    CMD_ARGS_END};
static const cmd_column describe_columns[] = {
    {"name", KAM_TEXT, {"field, argument or command", "字段、参数或命令"}, NULL},
    {"kind", KAM_TEXT, {"what it holds", "类型"}, "NAME"},
    {"required", KAM_FLAG, {"must be given", "是否必填"}, "NAME"},
    {"values", KAM_TEXT, {"the words it may be", "可取的值"}, "NAME"},
    {"default", KAM_TEXT, {"when it is not given", "默认值"}, "NAME"},
    {"help", KAM_TEXT, {"what it means", "说明"}, "NAME"},
    {"about", KAM_TEXT, {"what the line is about: owner, class, sales, health, deals, people, red flags, to do …", "该行说什么：负责人、分类、销售额、健康度、商机、关键人、雷区、要做的事……"}, "ACCOUNT, CONTACT, OPP"},
    {"what", KAM_TEXT, {"the answer", "结论"}, "ACCOUNT, CONTACT, OPP"},
    {"topic", KAM_TEXT, {"group in help", "帮助中的分组"}, "without NAME"},
    {"effect", KAM_TEXT, {"reads, writes, or controls the session", "读取、写入或控制会话"}, "without NAME"},
    {"summary", KAM_TEXT, {"what it is for", "用途"}, "without NAME"},
    CMD_COLUMNS_END};
static const cmd_example describe_examples[] = {
    {{"The first field of an entity.", "某类对象的第一个字段。"}, "table get [describe rep] 0 name", "code"},
    {{"A command's arguments.", "命令的参数。"}, "table select [describe hello] name kind",
     "name\tkind\nname\tstring\n-tone\tenum\n-times\tint\n-table\tflag"},
    {{"An account at a glance.", "一个客户的概览。"}, "account add A1 -name Nordwind; table select [table head [describe Nordwind] 1] about what",
     "about\twhat\naccount\tNordwind (A1)"},
    CMD_EXAMPLES_END};
const cmd_spec cmd_describe_spec = {
    .name = "describe",
    .summary = {"The fields of an entity, the arguments of a command, or a customer at a glance.", "对象的字段、命令的参数，或一个客户的概览。"},
    .detail = {"As a table, for people and scripts; help says the same as a text. An account, contact or opportunity is shown on one "
               "screen of 80 columns. Of an account: owner, classes, sales of twelve months against the year before with their course, "
               "worth, health and what costs most of it, deals, who is for and against us, red flags, complaints, and what to do next.",
               "以表返回，供人和脚本使用；help 以文本说明。客户、联系人、商机显示为一屏概览（80 列）。客户概览包括：负责人、分类、十二个月销售额及同比与走势、"
               "价值、健康度与主要失分项、商机、支持者与反对者、雷区、投诉，以及要做的事。"},
    .args_size = sizeof(struct describe_args), .args = describe_arg, .columns = describe_columns,
    .examples = describe_examples, .run = describe_run, .topic = "session"};

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cmd_help.h"
#include "cmd_bind.h"
#include "cmd_entity.h"
#include "cmd_render.h"
#include "cmd_session.h"
#include "cmd_value.h"
#include "kam_utf8.h"
#include "store_field.h"
#include "store_setting.h"
#include <string.h>
#include <strings.h>

enum { WIDTH = 96 };

static const struct topic {
    const char *name;
    cmd_text title;
} topics[] = {
    {"questions", {"Questions", "分析"}},
    {"data", {"Data", "数据"}},
    {"tables", {"Tables and looking", "表与查看"}},
    {"output", {"Reports and teaching", "报告与培训"}},
    {"session", {"Session and help", "会话与帮助"}},
};
enum { N_TOPICS = sizeof topics / sizeof *topics };

const char *cmd_help_topic(const cmd_session *s, const char *topic)
{
    for (size_t i = 0; i < N_TOPICS; i++)
        if (kam_streq(topics[i].name, topic)) return cmd_session_say(s, topics[i].title);
    return topic ? topic : "";
}

/* --- text with a left margin ------------------------------------------------------------------------------------ */

/* Text in lines of at most WIDTH columns, broken at blanks, or anywhere between Chinese characters. */
static void add_wrapped(kam_str *out, const char *text, size_t margin)
{
    size_t room = WIDTH - margin;
    for (const char *p = text; *p;) {
        size_t line = strcspn(p, "\n"), used;
        char *one = kam_strndup(p, line);
        size_t fit = kam_utf8_fit(one, room, false, &used);
        if (fit < line) {
            size_t back = fit;
            while (back > 0 && one[back] != ' ' && (unsigned char)one[back] < 0x80) back--;
            if (back > 0) fit = back;
        }
        kam_str_pad(out, ' ', margin);
        kam_str_addn(out, one, fit);
        kam_str_addc(out, '\n');
        p += fit;
        while (*p == ' ') p++;
        if (*p == '\n') p++;
        kam_free(one);
    }
}

/* "  name   text", the text in a column of its own. */
static void add_entry(kam_str *out, const char *name, const char *text, size_t column)
{
    size_t w = 2 + kam_utf8_width(name, false);
    kam_str_addf(out, "  %s", name);
    if (w + 1 > column) {
        kam_str_addc(out, '\n');
        w = 0;
    }
    kam_str body = KAM_STR_INIT;
    add_wrapped(&body, text, column);
    const char *b = kam_str_cstr(&body);
    kam_str_add(out, b + (w < strlen(b) ? w : strlen(b)));
    if (!*b) kam_str_addc(out, '\n');
    kam_str_release(&body);
}

static void add_heading(kam_str *out, const cmd_session *s, const char *en, const char *zh)
{
    kam_str_addf(out, "\n%s\n", cmd_session_lang(s) == CMD_LANG_ZH ? zh : en);
}

/* --- one command --------------------------------------------------------------------------------------------------- */

static void add_argument(cmd_session *s, const cmd_arg *a, kam_str *out)
{
    bool zh = cmd_session_lang(s) == CMD_LANG_ZH;
    kam_str name = KAM_STR_INIT, text = KAM_STR_INIT;
    kam_str_add(&name, a->name);
    if (cmd_arg_is_option(a) && a->kind != CMD_FLAG) kam_str_addf(&name, " %s", cmd_kind_name(a));
    kam_str_add(&text, cmd_session_say(s, a->help));
    if (a->values && a->kind != CMD_FLAG) {
        kam_str_add(&text, zh ? ";取值:" : "; one of ");
        for (size_t i = 0; a->values[i]; i++) kam_str_addf(&text, "%s%s", i ? ", " : "", a->values[i]);
    }
    if (a->def && *a->def) kam_str_addf(&text, zh ? "(默认 %s)" : " (default %s)", a->def);
    if (a->flags & CMD_REQUIRED && cmd_arg_is_option(a)) kam_str_add(&text, zh ? "(必填)" : " (required)");
    if (a->flags & (CMD_MANY | CMD_REST)) kam_str_add(&text, zh ? "(可多个)" : " (any number)");
    add_entry(out, name.s, kam_str_cstr(&text), 24);
    kam_str_release(&name);
    kam_str_release(&text);
}

static void add_arguments(cmd_session *s, const cmd_spec *c, kam_str *out)
{
    if (cmd_arg_count(c) == 0) return;
    add_heading(out, s, "Arguments", "参数");
    for (int options = 0; options < 2; options++)
        for (const cmd_arg *a = c->args; a->name; a++)
            if (a->kind != CMD_SELF && cmd_arg_is_option(a) == (options == 1)) add_argument(s, a, out);
}

static void add_result(cmd_session *s, const cmd_spec *c, kam_str *out)
{
    if (c->returns.en) {
        add_heading(out, s, "Returns", "返回");
        add_wrapped(out, cmd_session_say(s, c->returns), 2);
    }
    if (!c->columns) return;
    add_heading(out, s, "Result columns", "结果列");
    for (const cmd_column *k = c->columns; k->name; k++) {
        kam_str text = KAM_STR_INIT;
        kam_str_add(&text, cmd_session_say(s, k->help));
        if (strcmp(k->name, "…") != 0) kam_str_addf(&text, " [%s]", kam_type_name(k->type));
        if (k->when) kam_str_addf(&text, " (%s)", k->when);
        add_entry(out, k->name, kam_str_cstr(&text), 24);
        kam_str_release(&text);
    }
}

static void add_indented(kam_str *out, const char *text, const char *first, const char *rest)
{
    for (const char *p = text;;) {
        size_t n = strcspn(p, "\n");
        kam_str_addf(out, "%s%.*s\n", p == text ? first : rest, (int)n, p);
        if (!p[n]) break;
        p += n + 1;
    }
}

static void add_examples(cmd_session *s, const cmd_spec *c, kam_str *out)
{
    if (!c->examples || !c->examples->script) return;
    add_heading(out, s, "Examples", "例子");
    if (c->setup && *c->setup) add_indented(out, c->setup, "  % ", "  % ");
    for (const cmd_example *x = c->examples; x->script; x++) {
        kam_str_addc(out, '\n');
        if (x->says.en) add_wrapped(out, cmd_session_say(s, x->says), 2);
        add_indented(out, x->script, "  % ", "    ");
        if (x->result && *x->result) add_indented(out, x->result, "  ", "  ");
    }
}

void cmd_help_command(cmd_session *s, const cmd_spec *c, kam_str *out)
{
    cmd_entity_examples(s, c);
    char *usage = cmd_spec_usage(c);
    kam_str_addf(out, "%s\n\n", cmd_session_say(s, c->summary));
    add_wrapped(out, usage, 2);
    kam_free(usage);
    kam_str_addc(out, '\n');
    add_wrapped(out, cmd_session_say(s, c->detail), 0);
    add_arguments(s, c, out);
    add_result(s, c, out);
    add_examples(s, c, out);
}

/* --- lists of commands ---------------------------------------------------------------------------------------------- */

size_t cmd_help_ensemble(cmd_session *s, const char *name, kam_str *out)
{
    size_t n, found = 0, len = strlen(name);
    const cmd_spec *const *all = cmd_spec_list(s, &n);
    for (size_t i = 0; i < n; i++) {
        if (strncmp(all[i]->name, name, len) != 0 || all[i]->name[len] != ' ') continue;
        add_entry(out, all[i]->name, cmd_session_say(s, all[i]->summary), 28);
        found++;
    }
    return found;
}

/* Entities are many: one line names them all. */
static void add_entities(cmd_session *s, kam_str *out)
{
    size_t n;
    const store_entity *e = store_entities(&n);
    kam_str b = KAM_STR_INIT;
    for (size_t i = 0; i < n; i++)
        if (!(e[i].flags & STORE_E_READONLY)) kam_str_addf(&b, "%s%s", b.len ? ", " : "", e[i].name);
    add_entry(out, "ENTITY add|set|show|list|remove|changes",
              cmd_session_lang(s) == CMD_LANG_ZH ? "记录管理;ENTITY 为以下之一:" : "record keeping; ENTITY is one of", 28);
    add_wrapped(out, kam_str_cstr(&b), 28);
    kam_str_release(&b);
}

void cmd_help_overview(cmd_session *s, kam_str *out)
{
    size_t n;
    const cmd_spec *const *all = cmd_spec_list(s, &n);
    for (size_t t = 0; t < N_TOPICS; t++) {
        if (t) kam_str_addc(out, '\n');
        kam_str_addf(out, "%s\n", cmd_session_say(s, topics[t].title));
        if (kam_streq(topics[t].name, "data")) add_entities(s, out);
        for (size_t i = 0; i < n; i++) {
            if (!kam_streq(all[i]->topic, topics[t].name) || cmd_entity_made(all[i])) continue;
            add_entry(out, all[i]->name, cmd_session_say(s, all[i]->summary), 28);
        }
    }
    kam_str_addf(out, "\n%s\n", cmd_session_lang(s) == CMD_LANG_ZH ? "help 命令:详细说明;help -search 文本:查找;describe 名称:字段与参数。"
                                                                    : "help COMMAND says more; help -search TEXT looks for words; describe NAME lists fields and arguments.");
}

/* --- the command help ---------------------------------------------------------------------------------------------------- */

struct help_args {
    cmd_words topic;
    const char *search;
};

/* ASCII case does not matter. */
static bool contains(const char *text, const char *word)
{
    size_t n = strlen(word);
    for (; text && *text; text++)
        if (strncasecmp(text, word, n) == 0) return true;
    return false;
}

static bool spec_contains(const cmd_spec *c, const char *w)
{
    const cmd_text *t[] = {&c->summary, &c->detail};
    if (contains(c->name, w)) return true;
    for (size_t i = 0; i < 2; i++)
        if (contains(t[i]->en, w) || contains(t[i]->zh, w)) return true;
    for (const cmd_arg *a = c->args; a && a->name; a++)
        if (contains(a->name, w) || contains(a->help.en, w) || contains(a->help.zh, w)) return true;
    return false;
}

static kam_rc search(cmd_session *s, const char *word, cmd_value *out)
{
    size_t n;
    const cmd_spec *const *all = cmd_spec_list(s, &n);
    kam_table *t = kam_table_new();
    kam_column *name = kam_table_add_column(t, "name", KAM_TEXT, NULL);
    kam_column *kind = kam_table_add_column(t, "kind", KAM_TEXT, NULL);
    kam_column *summary = kam_table_add_column(t, "summary", KAM_TEXT, NULL);
    for (size_t i = 0; i < n; i++) {
        if (!spec_contains(all[i], word)) continue;
        kam_col_push_text(name, all[i]->name);
        kam_col_push_text(kind, "command");
        kam_col_push_text(summary, cmd_session_say(s, all[i]->summary));
    }
    const store_setting *set = store_settings(&n);
    for (size_t i = 0; i < n; i++) {
        if (!contains(set[i].name, word) && !contains(set[i].en, word) && !contains(set[i].zh, word)) continue;
        kam_col_push_text(name, set[i].name);
        kam_col_push_text(kind, "setting");
        kam_col_push_text(summary, cmd_session_say(s, (cmd_text){set[i].en, set[i].zh}));
    }
    kam_table_seal(t);
    cmd_value_take_table(out, t);
    return KAM_OK;
}

static kam_rc unknown_topic(cmd_session *s, const char *name, kam_err *err)
{
    size_t n;
    const cmd_spec *const *all = cmd_spec_list(s, &n);
    const char **names = kam_calloc(n + 1, sizeof *names);
    for (size_t i = 0; i < n; i++) names[i] = all[i]->name;
    char near[KAM_ERR_WORD_MAX];
    cmd_nearest(name, names, n, near);
    kam_free(names);
    kam_err_set(err, KAM_NOTFOUND, "help: there is no command \"%.100s\"%s; help -search %.100s looks in all texts", name, near, name);
    kam_err_word(err, "command");
    return kam_err_word(err, name);
}

static kam_rc help_run(cmd_session *s, const void *args, cmd_value *out, kam_err *err)
{
    const struct help_args *a = args;
    if (a->search) return search(s, a->search, out);
    kam_str name = KAM_STR_INIT, b = KAM_STR_INIT;
    for (size_t i = 0; i < a->topic.n; i++) kam_str_addf(&name, "%s%s", i ? " " : "", a->topic.word[i]);
    kam_rc rc = KAM_OK;
    const cmd_spec *c = cmd_spec_find(s, kam_str_cstr(&name));
    if (!name.len) cmd_help_overview(s, &b);
    else if (c) cmd_help_command(s, c, &b);
    else if (cmd_help_ensemble(s, name.s, &b) == 0) rc = unknown_topic(s, name.s, err);
    if (rc == KAM_OK) {
        while (b.len && b.s[b.len - 1] == '\n') b.s[--b.len] = '\0';
        cmd_value_set_text(out, kam_str_cstr(&b));
    }
    kam_str_release(&name);
    kam_str_release(&b);
    return rc;
}

static const cmd_arg help_arg[] = {
    {.name = "command", .kind = CMD_COMMAND, .offset = offsetof(struct help_args, topic), .flags = CMD_REST,
     .help = {"a command, or the first word of several", "命令,或若干命令的首词"}},
    {.name = "-search", .kind = CMD_STRING, .offset = offsetof(struct help_args, search),
     .help = {"look for this text in all commands and settings", "在全部命令和设置中查找"}},
    CMD_ARGS_END};
static const cmd_column help_columns[] = {{"name", KAM_TEXT, {"command or setting", "命令或设置"}, "-search"},
                                          {"kind", KAM_TEXT, {"which of the two", "是命令还是设置"}, "-search"},
                                          {"summary", KAM_TEXT, {"what it is for", "用途"}, "-search"},
                                          CMD_COLUMNS_END};
static const cmd_example help_examples[] = {
    {{"Look for a word.", "查找。"}, "table get [help -search {specimen of a command}] 0 name", "hello"},
    {{"No such command.", "没有这个命令。"}, "help clasify", "error: KAM NOTFOUND command clasify"},
    CMD_EXAMPLES_END};
const cmd_spec cmd_help_spec = {
    .name = "help",
    .summary = {"What there is and how it is used.", "有什么、怎么用。"},
    .detail = {"Without a word: all commands by topic. Everything is made from the records the commands are checked by.",
               "不带参数:按主题列出全部命令。内容由检查命令所用的同一份记录生成。"},
    .args_size = sizeof(struct help_args), .args = help_arg, .columns = help_columns,
    .returns = {"a text, or with -search a table", "文本;用 -search 时为表"},
    .examples = help_examples, .run = help_run, .topic = "session"};

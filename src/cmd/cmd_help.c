/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cmd_help.h"
#include "cmd_bind.h"
#include "cmd_entity.h"
#include "cmd_label.h"
#include "cmd_render.h"
#include "cmd_session.h"
#include "cmd_topic.h"
#include "cmd_value.h"
#include "kam_utf8.h"
#include "store_field.h"
#include "store_setting.h"
#include <string.h>
#include <strings.h>

/* Columns of a text: what reads well, or the window if that is narrower; names get a line of their own where the rest
 * would have less than ROOM. */
enum { WIDTH = 96, LEAST_WIDTH = 30, ROOM = 30, NARROW_MARGIN = 6 };

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

static size_t text_width(const cmd_session *s)
{
    size_t window = cmd_session_width(s);
    if (window == 0 || window > WIDTH) return WIDTH;
    return window < LEAST_WIDTH ? LEAST_WIDTH : window;
}

static size_t margin_for(const cmd_session *s, size_t margin)
{
    return text_width(s) >= margin + ROOM || margin < NARROW_MARGIN ? margin : NARROW_MARGIN;
}

/* Text in lines that fit the window. */
void cmd_help_wrapped(const cmd_session *s, kam_str *out, const char *text, size_t margin)
{
    margin = margin_for(s, margin);
    size_t room = text_width(s) - margin;
    for (const char *p = text; *p;) {
        size_t skip, fit = kam_utf8_line(p, room, cmd_session_wide(s), &skip), shown = fit;
        kam_str_pad(out, ' ', margin);
        while (shown > 0 && p[shown - 1] == ' ') shown--;
        kam_str_addn(out, p, shown);
        kam_str_addc(out, '\n');
        p += fit;
        bool ended = *p == '\n' && skip;
        p += skip;
        if (!ended)
            while (*p == ' ') p++;
    }
}

void cmd_help_entry(const cmd_session *s, kam_str *out, const char *name, const char *text, size_t column)
{
    size_t w = 2 + kam_utf8_width(name, cmd_session_wide(s));
    column = margin_for(s, column);
    kam_str_addf(out, "  %s", name);
    if (w + 1 > column) {
        kam_str_addc(out, '\n');
        w = 0;
    }
    kam_str body = KAM_STR_INIT;
    cmd_help_wrapped(s, &body, text, column);
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
    if (cmd_arg_is_option(a) && a->kind != CMD_FLAG) kam_str_addf(&name, " %s", cmd_label_kind(cmd_kind_name(a), cmd_session_lang(s)));
    kam_str_add(&text, cmd_session_say(s, a->help));
    if (a->values && a->kind != CMD_FLAG && a->kind != CMD_COMMAND) {
        kam_str_add(&text, zh ? "；取值：" : "; one of ");
        for (size_t i = 0; a->values[i]; i++) kam_str_addf(&text, "%s%s", !i ? "" : zh ? "、" : ", ", a->values[i]);
    }
    if (a->def && *a->def) kam_str_addf(&text, zh ? "（默认 %s）" : " (default %s)", a->def);
    if (a->flags & CMD_REQUIRED && cmd_arg_is_option(a)) kam_str_add(&text, zh ? "（必填）" : " (required)");
    if (a->flags & (CMD_MANY | CMD_REST)) kam_str_add(&text, zh ? "（可多个）" : " (any number)");
    cmd_help_entry(s, out, name.s, kam_str_cstr(&text), 24);
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

/* " (-by yield, rfm)", "（-by yield、rfm）" */
static void add_when(const char *when, bool zh, kam_str *out)
{
    kam_str_add(out, zh ? "（" : " (");
    if (zh && kam_str_starts(when, "without ")) kam_str_add(out, "不给 "), when += strlen("without ");
    for (const char *p = when; *p; p++) {
        if (zh && p[0] == ',' && p[1] == ' ') kam_str_add(out, "、"), p++;
        else kam_str_addc(out, *p);
    }
    kam_str_add(out, zh ? "）" : ")");
}

static void add_result(cmd_session *s, const cmd_spec *c, kam_str *out)
{
    if (c->returns.en) {
        add_heading(out, s, "Returns", "返回");
        cmd_help_wrapped(s, out, cmd_session_say(s, c->returns), 2);
    }
    if (!c->columns) return;
    add_heading(out, s, "Result columns", "结果列");
    for (const cmd_column *k = c->columns; k->name; k++) {
        kam_str text = KAM_STR_INIT;
        kam_str_add(&text, cmd_session_say(s, k->help));
        if (strcmp(k->name, "…") != 0) kam_str_addf(&text, " [%s]", cmd_label_kind(kam_type_name(k->type), cmd_session_lang(s)));
        if (k->when) add_when(k->when, cmd_session_lang(s) == CMD_LANG_ZH, &text);
        cmd_help_entry(s, out, k->name, kam_str_cstr(&text), 24);
        kam_str_release(&text);
    }
}

static void add_settings(cmd_session *s, const cmd_spec *c, kam_str *out)
{
    if (!c->settings) return;
    bool zh = cmd_session_lang(s) == CMD_LANG_ZH;
    add_heading(out, s, "Settings", "设置");
    for (const cmd_setting *u = c->settings; u->name; u++) {
        bool first = true; /* listed once for each circumstance: said together */
        for (const cmd_setting *v = c->settings; v < u; v++) first &= !kam_streq(v->name, u->name);
        if (!first) continue;
        const store_setting *set = store_setting_find(u->name);
        const char *value = store_setting_text(cmd_session_store(s), u->name);
        kam_str text = KAM_STR_INIT;
        kam_str_addf(&text, "%s = %s", zh ? set->zh : set->en, value ? value : "–");
        for (const cmd_setting *v = u; v->name; v++)
            if (v->when && kam_streq(v->name, u->name)) kam_str_addf(&text, " (%s)", v->when);
        cmd_help_entry(s, out, u->name, kam_str_cstr(&text), 24);
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
        if (x->says.en) cmd_help_wrapped(s, out, cmd_session_say(s, x->says), 2);
        add_indented(out, x->script, "  % ", "    ");
        if (x->result && *x->result) add_indented(out, x->result, "  ", "  ");
    }
}

void cmd_help_command(cmd_session *s, const cmd_spec *c, kam_str *out)
{
    cmd_entity_examples(s, c);
    char *usage = cmd_spec_usage(c);
    cmd_help_wrapped(s, out, cmd_session_say(s, c->summary), 0);
    kam_str_addc(out, '\n');
    cmd_help_wrapped(s, out, usage, 2);
    kam_free(usage);
    kam_str_addc(out, '\n');
    cmd_help_wrapped(s, out, cmd_session_say(s, c->detail), 0);
    add_arguments(s, c, out);
    add_result(s, c, out);
    add_settings(s, c, out);
    add_examples(s, c, out);
    const cmd_topic *topic = cmd_topic_of(s, c->name);
    if (!topic) return;
    add_heading(out, s, "The idea behind it", "背后的道理");
    kam_str_addf(out, "  help %s%s    %s\n", cmd_spec_find(s, topic->name) ? "-topic " : "", topic->name, cmd_session_say(s, topic->title));
}

/* --- lists of commands ---------------------------------------------------------------------------------------------- */

size_t cmd_help_ensemble(cmd_session *s, const char *name, kam_str *out)
{
    size_t n, found = 0, len = strlen(name);
    const cmd_spec *const *all = cmd_spec_list(s, &n);
    for (size_t i = 0; i < n; i++) {
        if (strncmp(all[i]->name, name, len) != 0 || all[i]->name[len] != ' ') continue;
        cmd_help_entry(s, out, all[i]->name, cmd_session_say(s, all[i]->summary), 28);
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
    cmd_help_entry(s, out, "ENTITY add|set|show|list|remove|changes",
              cmd_session_lang(s) == CMD_LANG_ZH ? "记录管理；ENTITY 为以下之一：" : "record keeping; ENTITY is one of", 28);
    cmd_help_wrapped(s, out, kam_str_cstr(&b), 28);
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
            cmd_help_entry(s, out, all[i]->name, cmd_session_say(s, all[i]->summary), 28);
        }
    }
    add_heading(out, s, "Topics (help TOPIC)", "主题（help 主题）");
    cmd_topic_list(s, out);
    kam_str_addf(out, "\n%s\n", cmd_session_lang(s) == CMD_LANG_ZH
        ? "help tour：一分钟入门；help 命令：详细说明；help -topic 名称：主题；help -search 文本：查找；describe 名称：字段与参数。"
        : "help tour: one minute to begin; help COMMAND says more; help -topic NAME: a topic; help -search TEXT looks for words; "
          "describe NAME lists fields and arguments.");
}

/* --- the command help ---------------------------------------------------------------------------------------------------- */

struct help_args {
    cmd_words word;
    const char *topic, *search;
};

/* Names of commands and topics, or of topics alone. */
static kam_rc unknown(cmd_session *s, const char *name, bool topics_only, kam_err *err)
{
    size_t n, m = 0, k = 0;
    const cmd_spec *const *all = cmd_spec_list(s, &n);
    while (cmd_topic_names[k]) k++;
    const char **names = kam_calloc(n + k + 1, sizeof *names);
    for (const cmd_topic *t = cmd_topics; t->name; t++)
        if (cmd_topic_shown(s, t)) names[m++] = t->name;
    for (size_t i = 0; i < n && !topics_only; i++) names[m++] = all[i]->name;
    kam_err_set(err, KAM_NOTFOUND, topics_only ? "help: there is no topic \"%.100s\"" : "help: there is no command or topic \"%.100s\"", name);
    kam_err_nearest(err, name, names, m);
    kam_free(names);
    if (topics_only) kam_err_append(err, "; help lists them");
    else kam_err_append(err, "; help -search %.100s looks in all texts", name);
    kam_err_word(err, topics_only ? "topic" : "command");
    return kam_err_word(err, name);
}

static kam_rc one_topic(cmd_session *s, const char *name, kam_str *out, kam_err *err)
{
    const cmd_topic *t = cmd_topic_find(s, name);
    if (!t) t = cmd_topic_of(s, name);
    if (!t) return unknown(s, name, true, err);
    cmd_topic_text(s, t, out);
    return KAM_OK;
}

/* A command, the first word of several, or a topic. */
static kam_rc one_thing(cmd_session *s, const char *name, kam_str *out, kam_err *err)
{
    const cmd_spec *c = cmd_spec_find(s, name);
    if (c) {
        cmd_help_command(s, c, out);
        return KAM_OK;
    }
    const cmd_topic *t = cmd_topic_find(s, name);
    if (t) cmd_topic_text(s, t, out);
    else if (cmd_help_ensemble(s, name, out) == 0) return unknown(s, name, false, err);
    return KAM_OK;
}

static kam_rc help_run(cmd_session *s, const void *args, cmd_value *out, kam_err *err)
{
    const struct help_args *a = args;
    kam_str name = KAM_STR_INIT, b = KAM_STR_INIT;
    kam_rc rc = KAM_OK;
    if (a->search) {
        cmd_value_take_table(out, cmd_help_search(s, a->search));
        return KAM_OK;
    }
    for (size_t i = 0; i < a->word.n; i++) kam_str_addf(&name, "%s%s", i ? " " : "", a->word.word[i]);
    if (a->topic) rc = one_topic(s, a->topic, &b, err);
    else if (name.len) rc = one_thing(s, name.s, &b, err);
    else cmd_help_overview(s, &b);
    if (rc == KAM_OK) {
        while (b.len && b.s[b.len - 1] == '\n') b.s[--b.len] = '\0';
        cmd_value_set_text(out, kam_str_cstr(&b));
    }
    kam_str_release(&name);
    kam_str_release(&b);
    return rc;
}

static const cmd_arg help_arg[] = {
    {.name = "command", .kind = CMD_COMMAND, .offset = offsetof(struct help_args, word), .flags = CMD_REST, .values = cmd_topic_names,
     .help = {"a command, the first word of several, or a topic", "命令、若干命令的首词，或主题"}},
    {.name = "-topic", .kind = CMD_STRING, .offset = offsetof(struct help_args, topic), .values = cmd_topic_names,
     .help = {"the topic of this name, also where a command has the same", "该名称的主题，即使有同名命令"}},
    {.name = "-search", .kind = CMD_STRING, .offset = offsetof(struct help_args, search),
     .help = {"look for these words in topics, commands, entities and settings, in either language",
              "在主题、命令、实体和设置中查找这些词，中英文均可"}},
    CMD_ARGS_END};
static const cmd_column help_columns[] = {{"name", KAM_TEXT, {"what was found, the nearest first", "找到的名称，最贴近的在前"}, "-search"},
                                          {"kind", KAM_TEXT, {"topic, command, entity or setting", "主题、命令、实体或设置"}, "-search"},
                                          {"summary", KAM_TEXT, {"what it is for", "用途"}, "-search"},
                                          CMD_COLUMNS_END};
static const cmd_example help_examples[] = {
    {{"Look for a word.", "查找。"}, "table get [help -search {specimen of a command}] 0 name", "hello"},
    {{"In Chinese as well.", "中文也可以。"}, "table get [help -search 漏斗] 0", "name funnel kind topic summary {The sales funnel}"},
    {{"No such command.", "没有这个命令。"}, "help clasify", "error: KAM NOTFOUND command clasify"},
    CMD_EXAMPLES_END};
const cmd_spec cmd_help_spec = {
    .name = "help",
    .summary = {"What there is and how it is used.", "有什么、怎么用。"},
    .detail = {"Without a word: all commands and topics. A topic explains an idea of the field: what a number means and when not to trust "
               "it; a command's help points at it. What is said of commands is made from the records they are checked by.",
               "不带参数：列出全部命令与主题。主题讲道理：数值是什么意思，何时不可信；命令的说明会指向它。命令的说明由检查命令所用的同一份记录生成。"},
    .args_size = sizeof(struct help_args), .args = help_arg, .columns = help_columns,
    .returns = {"a text, or with -search a table", "文本；用 -search 时为表"},
    .examples = help_examples, .run = help_run, .topic = "session"};

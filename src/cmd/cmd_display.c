/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_display: how this session shows things; per user, not in the database. */
#include "cmd_bind.h"
#include "cmd_complete.h"
#include "cmd_session_int.h"
#include "cmd_value.h"
#include "kam_str.h"
#include <string.h>

struct display_args {
    const char *name, *value;
};

/* One entry per thing that can be set; get writes the value, set returns false when it does not fit. */
struct display {
    const char *name;
    cmd_text help;
    const char *wants;
    void (*get)(const cmd_session *s, kam_str *out);
    bool (*set)(cmd_session *s, const char *value);
    const char *const *values; /* those worth offering; NULL: as it is now */
};

static void get_format(const cmd_session *s, kam_str *out) { kam_str_add(out, cmd_format_names[s->format]); }
static bool set_format(cmd_session *s, const char *v) { return cmd_format_parse(v, &s->format); }
static void get_lang(const cmd_session *s, kam_str *out) { kam_str_add(out, s->lang == CMD_LANG_ZH ? "zh" : "en"); }
static bool set_lang(cmd_session *s, const char *v)
{
    if (strcmp(v, "zh") != 0 && strcmp(v, "en") != 0) return false;
    s->lang = v[0] == 'z' ? CMD_LANG_ZH : CMD_LANG_EN;
    s->lang_said = true;
    return true;
}
static void get_null(const cmd_session *s, kam_str *out) { kam_str_add(out, s->null_mark); }
static bool set_null(cmd_session *s, const char *v)
{
    kam_free(s->null_mark);
    s->null_mark = kam_strdup(v);
    return true;
}
static bool whole(const char *v, long long max, long long *out)
{
    return kam_parse_int(v, out) && *out >= 0 && *out <= max;
}
static void get_rows(const cmd_session *s, kam_str *out) { kam_str_addf(out, "%zu", s->max_rows); }
static bool set_rows(cmd_session *s, const char *v)
{
    long long n;
    if (!whole(v, 1000000000, &n)) return false;
    s->max_rows = (size_t)n;
    return true;
}
static void get_width(const cmd_session *s, kam_str *out)
{
    if (s->width < 0) kam_str_add(out, "auto");
    else kam_str_addf(out, "%lld", (long long)s->width);
}
static bool set_width(cmd_session *s, const char *v)
{
    long long n = -1;
    if (strcmp(v, "auto") != 0 && !whole(v, 10000, &n)) return false;
    s->width = n;
    return true;
}
static void get_verbose(const cmd_session *s, kam_str *out) { kam_str_add(out, s->verbose ? "1" : "0"); }
static bool set_verbose(cmd_session *s, const char *v)
{
    if (strcmp(v, "0") != 0 && strcmp(v, "1") != 0) return false;
    s->verbose = *v == '1';
    return true;
}
/* Things with two values; the first is 0. */
struct pair {
    const char *word[2];
};
static const struct pair off_on = {{"off", "on"}}, one_two = {{"1", "2"}};
static bool choose(const struct pair *p, const char *v, bool *at)
{
    for (int i = 0; i < 2; i++)
        if (strcmp(v, p->word[i]) == 0) {
            *at = i == 1;
            return true;
        }
    return false;
}
static void get_count(const cmd_session *s, kam_str *out) { kam_str_add(out, off_on.word[s->count]); }
static bool set_count(cmd_session *s, const char *v) { return choose(&off_on, v, &s->count); }
static void get_timing(const cmd_session *s, kam_str *out) { kam_str_add(out, off_on.word[s->timing]); }
static bool set_timing(cmd_session *s, const char *v) { return choose(&off_on, v, &s->timing); }
static void get_ambiguous(const cmd_session *s, kam_str *out) { kam_str_add(out, one_two.word[s->wide]); }
static bool set_ambiguous(cmd_session *s, const char *v) { return choose(&one_two, v, &s->wide); }
static const char *const wides[] = {"brief", "records", "cut", NULL};
static void get_cut(const cmd_session *s, kam_str *out) { kam_str_add(out, wides[s->cut ? 2 : s->records]); }
static bool set_cut(cmd_session *s, const char *v)
{
    for (int i = 0; i < 3; i++)
        if (strcmp(v, wides[i]) == 0) {
            s->records = i == 1;
            s->cut = i == 2;
            return true;
        }
    return false;
}
static const char *const colors[] = {"auto", "always", "never", NULL};
static void get_color(const cmd_session *s, kam_str *out) { kam_str_add(out, colors[s->color]); }
static bool set_color(cmd_session *s, const char *v)
{
    for (int i = 0; i < 3; i++)
        if (strcmp(v, colors[i]) == 0) {
            s->color = (cmd_color)i;
            return true;
        }
    return false;
}
static void get_asof(const cmd_session *s, kam_str *out)
{
    char day[KAM_DATE_MAX];
    if (!s->asof_set) return;
    kam_day_format(s->asof, day);
    kam_str_add(out, day);
}
static bool set_asof(cmd_session *s, const char *v)
{
    s->asof_set = *v != '\0';
    return !*v || kam_day_parse(v, &s->asof);
}

static const char *const offered_ambiguous[] = {"1", "2", NULL}, *const offered_lang[] = {"en", "zh", NULL}, *const offered_off_on[] = {"off", "on", NULL},
                         *const offered_rows[] = {"0", NULL}, *const offered_verbose[] = {"0", "1", NULL}, *const offered_width[] = {"0", "auto", NULL};

static const struct display displays[] = {
    {"ambiguous-width", {"columns a character of ambiguous width (…, ①, ─) takes in this terminal", "歧义宽度字符（…、①、─）在此终端占几列"},
     KAM_MSG("1 or 2"), get_ambiguous, set_ambiguous, offered_ambiguous},
    {"asof", {"the day from which everything is seen; empty: the database's, else today", "截止日期；空为数据库的设置，否则今天"},
     KAM_MSG("a date or empty"), get_asof, set_asof, NULL},
    {"color", {"colours", "颜色"}, KAM_MSG("auto, always or never"), get_color, set_color, colors},
    {"format", {"format of tables", "表的格式"}, KAM_MSG("one of box table tsv csv json jsonl markdown html line tcl"), get_format, set_format, cmd_format_names},
    {"lang", {"language of headings and help", "标题与帮助的语言"}, KAM_MSG("zh or en"), get_lang, set_lang, offered_lang},
    {"max-rows", {"rows the prompt draws; 0: all", "提示符最多画多少行；0 为全部"}, KAM_MSG("a whole number"), get_rows, set_rows, offered_rows},
    {"null-mark", {"what stands for a missing cell", "缺失值的写法"}, KAM_MSG("a text"), get_null, set_null, NULL},
    {"row-count", {"the number of rows below each table at the prompt", "提示符下在表后注明行数"}, KAM_MSG("on or off"), get_count, set_count, offered_off_on},
    {"timing", {"how long each command took to run, and its result to draw", "注明每条命令的运行用时与绘制用时"}, KAM_MSG("on or off"), get_timing, set_timing, offered_off_on},
    {"verbose", {"1: a line under each result names the settings it used, and errors show Tcl's stack", "1：每个结果下注明所用的设置，出错时显示 Tcl 调用栈"}, KAM_MSG("0 or 1"), get_verbose, set_verbose, offered_verbose},
    {"wide-tables", {"a table wider than the window, when wrapping does not help: brief, a long one without its less telling columns (named below), "
                     "else record by record; records, always that; cut, without its last columns",
                     "折行后仍宽于窗口的表：brief，长表省去次要的列（在表下注明），否则逐条竖排；records，一律逐条竖排；cut，省去末尾的列"},
     KAM_MSG("brief, records or cut"), get_cut, set_cut, wides},
    {"width", {"columns of the window; auto: ask the terminal, 0: no limit", "窗口宽度；auto 为询问终端，0 为不限"}, KAM_MSG("auto or a whole number"),
     get_width, set_width, offered_width},
};
enum { N_DISPLAYS = sizeof displays / sizeof *displays };
static const char *const names[] = {"ambiguous-width", "asof", "color", "format", "lang", "max-rows", "null-mark",
                                     "row-count", "timing", "verbose", "wide-tables", "width", NULL};

void cmd_offer_display(cmd_offer *o, const char *name)
{
    const char *as_is = cmd_session_say(o->s, (cmd_text){"as it is", "现值"});
    for (size_t i = 0; name && i < N_DISPLAYS; i++) {
        const struct display *d = &displays[i];
        if (strcmp(d->name, name) != 0) continue;
        kam_str now = KAM_STR_INIT;
        bool listed = false;
        d->get(o->s, &now);
        for (size_t k = 0; d->values && d->values[k]; k++) {
            bool same = kam_streq(d->values[k], kam_str_cstr(&now));
            cmd_offer_matching(o, d->values[k], same ? as_is : "");
            listed |= same;
        }
        if (!listed && now.len) cmd_offer_matching(o, now.s, as_is);
        kam_str_release(&now);
    }
}

static kam_rc find(const char *who, const char *name, const struct display **out, kam_err *err)
{
    for (size_t i = 0; i < N_DISPLAYS; i++)
        if (strcmp(displays[i].name, name) == 0) {
            *out = &displays[i];
            return KAM_OK;
        }
    kam_err_set(err, KAM_NOTFOUND, "%s: there is no \"%.100s\"", who, name);
    kam_err_nearest(err, name, names, N_DISPLAYS);
    kam_err_word(err, "display");
    return kam_err_word(err, name);
}

static kam_rc get_run(cmd_session *s, const void *args, cmd_value *out, kam_err *err)
{
    const struct display_args *a = args;
    const struct display *d;
    kam_rc rc = find("display get", a->name, &d, err);
    if (rc != KAM_OK) return rc;
    kam_str b = KAM_STR_INIT;
    d->get(s, &b);
    cmd_value_set_text(out, kam_str_cstr(&b));
    kam_str_release(&b);
    return KAM_OK;
}

static kam_rc set_run(cmd_session *s, const void *args, cmd_value *out, kam_err *err)
{
    const struct display_args *a = args;
    const struct display *d;
    (void)out;
    kam_rc rc = find("display set", a->name, &d, err);
    if (rc != KAM_OK) return rc;
    if (d->set(s, a->value)) return KAM_OK;
    kam_err_set(err, KAM_USAGE, "display set %s: \"%.100s\" does not fit; give %s", d->name, a->value, d->wants);
    return kam_err_word(err, "display set");
}

static kam_rc list_run(cmd_session *s, const void *args, cmd_value *out, kam_err *err)
{
    (void)args;
    (void)err;
    kam_table *t = kam_table_new();
    kam_column *name = kam_table_add_column(t, "name", KAM_TEXT, NULL);
    kam_column *value = kam_table_add_column(t, "value", KAM_TEXT, NULL);
    kam_column *meaning = kam_table_add_column(t, "meaning", KAM_TEXT, NULL);
    for (size_t i = 0; i < N_DISPLAYS; i++) {
        kam_str b = KAM_STR_INIT;
        displays[i].get(s, &b);
        kam_col_push_text(name, displays[i].name);
        kam_col_push_text(value, kam_str_cstr(&b));
        kam_col_push_text(meaning, cmd_session_say(s, displays[i].help));
        kam_str_release(&b);
    }
    kam_table_seal(t);
    cmd_value_take_table(out, t);
    return KAM_OK;
}

#define NAME_ARG                                                                                              \
    {                                                                                                         \
        .name = "name", .kind = CMD_STRING, .offset = offsetof(struct display_args, name), .values = names,   \
        .flags = CMD_REQUIRED, .help = {"what to look at", "项目"}                                            \
    }
static const cmd_arg get_arg[] = {NAME_ARG, CMD_ARGS_END};
static const cmd_arg set_arg[] = {
    NAME_ARG,
    {.name = "value", .kind = CMD_STRING, .offset = offsetof(struct display_args, value), .flags = CMD_REQUIRED,
     .help = {"the new value", "新值"}},
    CMD_ARGS_END};
static const cmd_column list_columns[] = {{"name", KAM_TEXT, {"what can be set", "项目"}, NULL},
                                          {"value", KAM_TEXT, {"as it is now", "现值"}, NULL},
                                          {"meaning", KAM_TEXT, {"what it means", "含义"}, NULL},
                                          CMD_COLUMNS_END};
static const cmd_example get_examples[] = {{{"A limit.", "一个上限。"}, "display get max-rows", "200"}, CMD_EXAMPLES_END};
static const cmd_example set_examples[] = {
    {{"Mark missing cells.", "标出缺失值。"}, "display set null-mark –; display get null-mark", "–"},
    {{"How long things take.", "看看用时。"}, "display set timing on; display get timing", "on"},
    {{"A value that does not fit.", "无效的值。"}, "display set width wide", "error: KAM USAGE {display set}"},
    CMD_EXAMPLES_END};
static const cmd_example list_examples[] = {
    {{"All names.", "全部名称。"}, "table rows [display list]", "12"}, CMD_EXAMPLES_END};

const cmd_spec cmd_display_get_spec = {
    .name = "display get",
    .summary = {"How the session shows something.", "会话的一项显示方式。"},
    .detail = {"See display list.", "见 display list。"},
    .args_size = sizeof(struct display_args), .args = get_arg, .returns = {"the value", "值"},
    .examples = get_examples, .run = get_run, .topic = "session"};
const cmd_spec cmd_display_set_spec = {
    .name = "display set",
    .summary = {"Change how the session shows something.", "修改会话的显示方式。"},
    .detail = {"Holds until the program ends; put it into ~/.config/kamsh/init.tcl to keep it.",
               "到程序结束为止；写入 ~/.config/kamsh/init.tcl 可长期保留。"},
    .effect = CMD_CONTROLS, .args_size = sizeof(struct display_args), .args = set_arg, .returns = {"nothing", "无"},
    .examples = set_examples, .run = set_run, .topic = "session"};
const cmd_spec cmd_display_list_spec = {
    .name = "display list",
    .summary = {"All ways of showing and their values.", "全部显示方式及现值。"},
    .detail = {"They belong to the user, not to the database.", "属于用户，不存入数据库。"},
    .columns = list_columns, .examples = list_examples, .run = list_run, .topic = "session"};

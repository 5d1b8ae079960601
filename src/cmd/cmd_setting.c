/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_setting: the thresholds of the methods, kept in the database; and `display`, the session's own ways of showing. */
#include "cmd_bind.h"
#include "cmd_difference.h"
#include "cmd_session_int.h"
#include "cmd_uses.h"
#include "cmd_value.h"
#include "kam_str.h"
#include "store_setting.h"
#include <string.h>

struct setting_args {
    const char *name, *value;
    bool dryrun, quiet;
};

/* --- setting get, list ------------------------------------------------------------------------------------------ */

static kam_rc get_run(cmd_session *s, const void *args, cmd_value *out, kam_err *err)
{
    const struct setting_args *a = args;
    (void)err;
    const char *v = store_setting_text(cmd_session_store(s), a->name);
    cmd_value_set_text(out, v ? v : "");
    return KAM_OK;
}

#define NAME_ARG                                                                                              \
    {                                                                                                         \
        .name = "name", .kind = CMD_SETTING, .offset = offsetof(struct setting_args, name),                   \
        .flags = CMD_REQUIRED, .help = {"name of the setting", "设置名"}                                      \
    }
static const cmd_arg get_arg[] = {NAME_ARG, CMD_ARGS_END};
static const cmd_example get_examples[] = {
    {{"The default, as long as nothing else was set.", "未设置时为默认值。"}, "setting get window", "365"},
    {{"A slip of the pen.", "写错名称。"}, "setting get windows", "error: KAM NOTFOUND setting windows"},
    CMD_EXAMPLES_END};
const cmd_spec cmd_setting_get_spec = {
    .name = "setting get",
    .summary = {"The value of a setting.", "一个设置的值。"},
    .detail = {"Empty where the setting has neither a value nor a default.", "既无值也无默认值时为空。"},
    .args_size = sizeof(struct setting_args), .args = get_arg, .returns = {"the value", "值"},
    .examples = get_examples, .run = get_run, .topic = "data"};

/* Units and sources as the table of settings has them, in Chinese. */
static const cmd_text WORDS[] = {
    {"share", "比例"}, {"days", "天"}, {"a year", "每年"}, {"percent", "百分比"}, {"cases", "案例"}, {"months", "月"},
    {"accounts", "客户"}, {"rows", "行"}, {"people", "人"}, {"chances", "机会"}, {"conventions", "通例"}, {"DESIGN 1", "设计 1"}};

static const char *in_words(cmd_session *s, const char *word)
{
    for (size_t i = 0; word && i < sizeof WORDS / sizeof *WORDS; i++)
        if (kam_streq(WORDS[i].en, word)) return cmd_session_say(s, WORDS[i]);
    return word;
}

/* One meaning column in the session's language instead of two, last, so that it can stand under its row. */
static kam_table *in_language(cmd_session *s, const kam_table *t)
{
    static const char *const from[] = {"name", "value", "default", "unit", "source", "meaning_en", "meaning_zh"};
    enum { N = 6, UNIT = 3 };
    kam_table *out = kam_table_new();
    kam_table_set_title(out, "setting.list");
    for (size_t k = 0; k < N; k++) {
        const kam_column *c = kam_table_find(t, from[k == N - 1 && cmd_session_lang(s) == CMD_LANG_ZH ? N : k]);
        kam_column *to = kam_table_add_column(out, k == N - 1 ? "meaning" : from[k], KAM_TEXT, k == N - 1 ? NULL : kam_col_label(c));
        for (size_t i = 0; i < kam_col_rows(c); i++) {
            const char *cell = kam_col_missing(c, i) ? NULL : kam_col_text(c, i);
            kam_col_push_text(to, k >= UNIT && k < N - 1 ? in_words(s, cell) : cell);
        }
    }
    kam_table_seal(out);
    return out;
}

const char *cmd_setting_source(cmd_session *s, const char *source) { return in_words(s, source); }

static kam_rc list_run(cmd_session *s, const void *args, cmd_value *out, kam_err *err)
{
    const struct setting_args *a = args;
    kam_table *t = NULL;
    kam_rc rc = store_setting_list(cmd_session_store(s), a->name, &t, err);
    if (rc != KAM_OK) return rc;
    cmd_value_take_table(out, in_language(s, t));
    kam_table_unref(t);
    return KAM_OK;
}

static const cmd_arg list_arg[] = {
    {.name = "name", .kind = CMD_SETTING, .offset = offsetof(struct setting_args, name),
     .help = {"only this one", "只看这一个"}},
    CMD_ARGS_END};
static const cmd_column list_columns[] = {
    {"name", KAM_TEXT, {"name of the setting", "设置名"}, NULL},
    {"value", KAM_TEXT, {"its value", "值"}, NULL},
    {"default", KAM_TEXT, {"its default", "默认值"}, NULL},
    {"unit", KAM_TEXT, {"unit of the value", "单位"}, NULL},
    {"source", KAM_TEXT, {"the method that uses it", "使用它的方法"}, NULL},
    {"meaning", KAM_TEXT, {"what it decides", "作用"}, NULL},
    CMD_COLUMNS_END};
static const cmd_example list_examples[] = {
    {{"One of them.", "其中之一。"}, "table select [setting list window] name value default", "name\tvalue\tdefault\nwindow\t365\t365"},
    CMD_EXAMPLES_END};
const cmd_spec cmd_setting_list_spec = {
    .name = "setting list",
    .summary = {"All settings with their meaning.", "全部设置及含义。"},
    .detail = {"Every threshold of the methods is here. Results name the settings they used.", "各方法的阈值都在这里。结果会说明用了哪些设置。"},
    .args_size = sizeof(struct setting_args), .args = list_arg, .columns = list_columns,
    .examples = list_examples, .run = list_run, .topic = "data"};

/* --- setting set, reset -------------------------------------------------------------------------------------------- */

static void difference(cmd_session *s, const char *name, const char *before, const char *after, cmd_value *out)
{
    kam_table *t = cmd_difference_one("setting", name, "value", before, after);
    cmd_difference_finish(s, t, 0, NULL);
    cmd_value_take_table(out, t);
}

/* `value` NULL resets. A dry run is a write that is taken back. */
static kam_rc change(cmd_session *s, const struct setting_args *a, const char *value, cmd_value *out, kam_err *err)
{
    kam_rc rc = cmd_write_begin(s, err);
    if (rc != KAM_OK) return rc;
    char *before = kam_strdup(store_setting_text(cmd_session_store(s), a->name));
    rc = value ? store_setting_set(cmd_session_store(s), a->name, value, err)
               : store_setting_reset(cmd_session_store(s), a->name, err);
    if (rc == KAM_OK && !a->quiet) {
        const char *now = store_setting_text(cmd_session_store(s), a->name);
        if (a->dryrun) difference(s, a->name, before, now, out);
        else cmd_value_set_text(out, now ? now : "");
    }
    kam_free(before);
    if (rc == KAM_OK && !a->dryrun) return cmd_write_end(s, NULL, err);
    cmd_write_abort(s);
    return rc;
}

static kam_rc set_run(cmd_session *s, const void *args, cmd_value *out, kam_err *err)
{
    const struct setting_args *a = args;
    return change(s, a, a->value, out, err);
}

static kam_rc reset_run(cmd_session *s, const void *args, cmd_value *out, kam_err *err)
{
    return change(s, args, NULL, out, err);
}

#define SET_RETURNS {"the value it has now; with -dryrun the difference: entity, action, object, field, before, after", \
                     "现在的值；-dryrun 时为差异：entity、action、object、field、before、after"}
static const cmd_arg set_arg[] = {
    NAME_ARG,
    {.name = "value", .kind = CMD_STRING, .offset = offsetof(struct setting_args, value), .flags = CMD_REQUIRED,
     .help = {"the new value", "新值"}},
    CMD_ARG_DRYRUN(struct setting_args), CMD_ARG_QUIET(struct setting_args), CMD_ARGS_END};
static const cmd_example set_examples[] = {
    {{"A longer window.", "更长的统计期。"}, "setting set window 730; setting get window", "730"},
    {{"What would change.", "会改什么。"}, "table select [setting set window 730 -dryrun] object before after", "object\tbefore\tafter\nwindow\t365\t730"},
    {{"A value that makes no sense.", "无效的值。"}, "setting set window tomorrow", "error: KAM CONSTRAINT *"},
    CMD_EXAMPLES_END};
const cmd_spec cmd_setting_set_spec = {
    .name = "setting set",
    .summary = {"Change a setting.", "修改一个设置。"},
    .detail = {"Kept in the database and journaled like any other change.", "保存在数据库中，和其他改动一样记入日志。"},
    .effect = CMD_WRITES, .args_size = sizeof(struct setting_args), .args = set_arg, .returns = SET_RETURNS,
    .examples = set_examples, .run = set_run, .topic = "data"};

static const cmd_arg reset_arg[] = {NAME_ARG, CMD_ARG_DRYRUN(struct setting_args), CMD_ARG_QUIET(struct setting_args),
                                    CMD_ARGS_END};
static const cmd_example reset_examples[] = {
    {{"Back to the default.", "恢复默认值。"}, "setting set window 730; setting reset window", "365"},
    CMD_EXAMPLES_END};
const cmd_spec cmd_setting_reset_spec = {
    .name = "setting reset",
    .summary = {"Give a setting its default again.", "恢复设置的默认值。"},
    .detail = {"The default is what `setting list` shows.", "默认值见 setting list。"},
    .effect = CMD_WRITES, .args_size = sizeof(struct setting_args), .args = reset_arg, .returns = SET_RETURNS,
    .examples = reset_examples, .run = reset_run, .topic = "data"};

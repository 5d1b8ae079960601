/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_hello: the specimen. A command is one file: the struct its handler gets, the handler, the record. Copy this
 * file, give the record another name, add that name to cmd_all.c and the file to Makefile.am, and write
 * tests/tcl/NAME.test. */
#include "cmd_session.h"
#include "cmd_spec.h"
#include "cmd_value.h"
#include "kam_str.h"

struct hello_args {
    const char *name;
    int tone;
    int64_t times;
    bool table;
};

/* The order of `tones` is the order of this enum. */
enum { TONE_PLAIN, TONE_WARM };
static const char *const tones[] = {"plain", "warm", NULL};

/* The greeting as text, or as a table: analytics build one the same way. */
static kam_rc hello_run(cmd_session *s, const void *args, cmd_value *out, kam_err *err)
{
    const struct hello_args *a = args;
    static const cmd_text words[] = {{"Hello, %s.", "您好，%s。"}, {"Good to see you, %s!", "很高兴见到您，%s!"}};
    if (!a->name[0]) return kam_err_set(err, KAM_CONSTRAINT, "hello: the name is empty; give a name");

    const char *pattern = cmd_session_say(s, words[a->tone == TONE_WARM]);
    const char *hole = pattern;
    while (hole[0] != '%' || hole[1] != 's') hole++;
    kam_str line = KAM_STR_INIT;
    kam_str_addn(&line, pattern, (size_t)(hole - pattern));
    kam_str_add(&line, a->name);
    kam_str_add(&line, hole + 2);

    if (!a->table && a->times == 1) {
        cmd_value_set_text(out, kam_str_cstr(&line));
    } else {
        kam_table *t = kam_table_new();
        kam_column *number = kam_table_add_column(t, "number", KAM_INT, NULL);
        kam_column *greeting = kam_table_add_column(t, "greeting", KAM_TEXT, NULL);
        for (int64_t i = 1; i <= a->times; i++) {
            kam_col_push_int(number, i);
            kam_col_push_text(greeting, kam_str_cstr(&line));
        }
        kam_table_seal(t);
        cmd_value_take_table(out, t);
    }
    kam_str_release(&line);
    return KAM_OK;
}

static const cmd_arg hello_arg[] = {
    {.name = "name", .kind = CMD_STRING, .offset = offsetof(struct hello_args, name), .flags = CMD_REQUIRED,
     .help = {"whom to greet", "向谁问好"}},
    {.name = "-tone", .kind = CMD_ENUM, .offset = offsetof(struct hello_args, tone), .values = tones, .def = "plain",
     .help = {"how to say it", "语气"}},
    {.name = "-times", .kind = CMD_INT, .offset = offsetof(struct hello_args, times), .def = "1", .min = 1,
     .max = 1000, .help = {"how often; more than one gives a table", "次数；大于一时返回表"}},
    {.name = "-table", .kind = CMD_FLAG, .offset = offsetof(struct hello_args, table),
     .help = {"return a table also for one greeting", "只有一句时也返回表"}},
    CMD_ARGS_END};

static const cmd_column hello_columns[] = {
    {"number", KAM_INT, {"number of the greeting", "序号"}, "-table"},
    {"greeting", KAM_TEXT, {"the greeting", "问候语"}, "-table"},
    CMD_COLUMNS_END};

static const cmd_example hello_examples[] = {
    {{"One greeting is a text.", "一句问候是文本。"}, "hello 王芳", "Hello, 王芳."},
    {{"Several are a table.", "多句问候是表。"}, "hello Ann -tone warm -times 2",
     "number\tgreeting\n1\tGood to see you, Ann!\n2\tGood to see you, Ann!"},
    CMD_EXAMPLES_END};

const cmd_spec cmd_hello_spec = {
    .name = "hello",
    .summary = {"Greet somebody; the specimen of a command.", "问好；命令的样本。"},
    .detail = {"Shows how a command is made: a text or a table comes back, in the session's language.",
               "演示命令的写法：按会话语言返回文本或表。"},
    .effect = CMD_READS,
    .args_size = sizeof(struct hello_args),
    .args = hello_arg,
    .columns = hello_columns,
    .returns = {"the greeting", "问候语"},
    .examples = hello_examples,
    .run = hello_run,
    .topic = "session"};

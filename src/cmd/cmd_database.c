/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_database: the database file: open, save, info, check, backup, close. */
#include "cmd_session_int.h"
#include "cmd_value.h"
#include "store.h"

struct database_args {
    const char *file;
    bool readonly, create, force;
};

#define FILE_ARG(en, zh)                                                                                      \
    {                                                                                                         \
        .name = "file", .kind = CMD_FILE, .offset = offsetof(struct database_args, file),                     \
        .flags = CMD_REQUIRED, .help = {en, zh}                                                               \
    }
#define FORCE_ARG                                                                                             \
    {                                                                                                         \
        .name = "-force", .kind = CMD_FLAG, .offset = offsetof(struct database_args, force),                  \
        .help = {"replace a file that is there", "覆盖已有文件"}                                              \
    }

/* Leaving a temporary database with records in it would lose them: not without a word. */
static kam_rc may_leave(cmd_session *s, const struct database_args *a, const char *who, kam_err *err)
{
    if (a->force || !store_dirty(s->db)) return KAM_OK;
    kam_err_set(err, KAM_CONSTRAINT, "%s: the temporary database holds records that would be lost; keep them with `database save "
                "FILE` or give -force", who);
    return kam_err_word(err, "unsaved");
}

static kam_rc open_run(cmd_session *s, const void *args, cmd_value *out, kam_err *err)
{
    const struct database_args *a = args;
    (void)out;
    kam_rc rc = may_leave(s, a, "database open", err);
    if (rc != KAM_OK) return rc;
    return cmd_session_open(s, a->file, (a->readonly ? STORE_OPEN_READONLY : 0) | (a->create ? STORE_OPEN_CREATE : 0), err);
}

static kam_rc close_run(cmd_session *s, const void *args, cmd_value *out, kam_err *err)
{
    const struct database_args *a = args;
    (void)out;
    kam_rc rc = may_leave(s, a, "database close", err);
    return rc == KAM_OK ? cmd_session_open(s, NULL, 0, err) : rc;
}

static kam_rc save_run(cmd_session *s, const void *args, cmd_value *out, kam_err *err)
{
    const struct database_args *a = args;
    (void)out;
    return store_save(cmd_session_store(s), a->file, a->force, err);
}

static kam_rc backup_run(cmd_session *s, const void *args, cmd_value *out, kam_err *err)
{
    const struct database_args *a = args;
    (void)out;
    return store_backup(cmd_session_store(s), a->file, a->force, err);
}

static kam_rc info_run(cmd_session *s, const void *args, cmd_value *out, kam_err *err)
{
    kam_table *t = NULL;
    (void)args;
    kam_rc rc = store_info(cmd_session_store(s), &t, err);
    if (rc == KAM_OK) cmd_value_take_table(out, t);
    return rc;
}

static kam_rc check_run(cmd_session *s, const void *args, cmd_value *out, kam_err *err)
{
    kam_table *t = NULL;
    (void)args;
    kam_rc rc = store_check_said(cmd_session_store(s), cmd_session_lang(s) == CMD_LANG_ZH, &t, err);
    if (rc == KAM_OK) cmd_value_take_table(out, t);
    return rc;
}

static kam_rc repair_run(cmd_session *s, const void *args, cmd_value *out, kam_err *err)
{
    kam_table *t = NULL;
    (void)args;
    kam_rc rc = store_repair(cmd_session_store(s), &t, err);
    if (rc == KAM_OK) cmd_value_take_table(out, t);
    return rc;
}

static const cmd_arg open_arg[] = {
    FILE_ARG("the database", "数据库文件"),
    {.name = "-readonly", .kind = CMD_FLAG, .offset = offsetof(struct database_args, readonly),
     .help = {"change nothing in it", "只读"}},
    {.name = "-create", .kind = CMD_FLAG, .offset = offsetof(struct database_args, create),
     .help = {"make it when it does not exist", "不存在时新建"}},
    {.name = "-force", .kind = CMD_FLAG, .offset = offsetof(struct database_args, force),
     .help = {"drop the records of a temporary database", "放弃临时数据库中的记录"}},
    CMD_ARGS_END};
static const cmd_arg close_arg[] = {
    {.name = "-force", .kind = CMD_FLAG, .offset = offsetof(struct database_args, force),
     .help = {"drop the records of a temporary database", "放弃临时数据库中的记录"}},
    CMD_ARGS_END};
static const cmd_arg copy_arg[] = {FILE_ARG("the file to write", "要写的文件"), FORCE_ARG, CMD_ARGS_END};

static const cmd_column info_columns[] = {{"measure", KAM_TEXT, {"what is measured", "项目"}, NULL},
                                          {"value", KAM_TEXT, {"its value", "值"}, NULL},
                                          CMD_COLUMNS_END};
static const cmd_column check_columns[] = {{"check", KAM_TEXT, {"which check", "检查项"}, NULL},
                                           {"object", KAM_TEXT, {"which object", "对象"}, NULL},
                                           {"problem", KAM_TEXT, {"what is wrong", "问题"}, NULL},
                                           CMD_COLUMNS_END};

static const cmd_column repair_columns[] = {{"part", KAM_TEXT, {"what was made anew", "重建的部分"}, NULL},
                                            {"count", KAM_INT, {"how many of them", "数量"}, NULL},
                                            CMD_COLUMNS_END};

static const cmd_example open_examples[] = {
    {{"A file that is not there.", "文件不存在。"}, "database open nowhere.kam", "error: KAM NOTFOUND *"}, CMD_EXAMPLES_END};
static const cmd_example close_examples[] = {
    {{"Go on with an empty temporary database.", "改用空的临时数据库。"}, "database close", ""},
    {{"Records are not dropped silently.", "不会悄悄丢掉记录。"}, "account add A1 -name X; database close",
     "error: KAM CONSTRAINT unsaved"},
    CMD_EXAMPLES_END};
static const cmd_example save_examples[] = {
    {{"A name of nothing.", "空文件名。"}, "database save {}", "error: KAM USAGE {database save}"}, CMD_EXAMPLES_END};
static const cmd_example backup_examples[] = {
    {{"A name of nothing.", "空文件名。"}, "database backup {}", "error: KAM USAGE {database backup}"}, CMD_EXAMPLES_END};
static const cmd_example info_examples[] = {
    {{"The number of accounts.", "客户数。"}, "account add A1 -name X; table get [table where [database info] {$measure eq {account}}] 0 value", "1"},
    CMD_EXAMPLES_END};
static const cmd_example check_examples[] = {
    {{"All is well.", "一切正常。"}, "table rows [database check]", "0"}, CMD_EXAMPLES_END};
static const cmd_example repair_examples[] = {
    {{"Spellings of a name with a character of two readings.", "含多音字的名称的拼法。"}, "account add A1 -name 银行; table get [database repair] 1 count", "1"},
    CMD_EXAMPLES_END};

#define NOTHING {"nothing", "无"}

const cmd_spec cmd_database_open_spec = {
    .name = "database open",
    .summary = {"Go on with another database.", "改用另一个数据库。"},
    .detail = {"The present one is closed. One that does not exist is an error unless -create is given.",
               "当前数据库随之关闭。文件不存在即为错误，除非加 -create。"},
    .effect = CMD_CONTROLS, .args_size = sizeof(struct database_args), .args = open_arg, .returns = NOTHING,
    .examples = open_examples, .run = open_run, .topic = "data"};
const cmd_spec cmd_database_close_spec = {
    .name = "database close",
    .summary = {"Close the database and go on with an empty temporary one.", "关闭数据库，改用空的临时数据库。"},
    .detail = {"The file is complete afterwards and may be copied.", "关闭后文件完整，可以复制。"},
    .effect = CMD_CONTROLS, .args_size = sizeof(struct database_args), .args = close_arg, .returns = NOTHING,
    .examples = close_examples, .run = close_run, .topic = "data"};
const cmd_spec cmd_database_save_spec = {
    .name = "database save",
    .summary = {"Keep the database in a file.", "把数据库存入文件。"},
    .detail = {"A temporary database goes on as that file; another one is copied.", "临时数据库随后即以该文件继续；其他情况为复制。"},
    .effect = CMD_CONTROLS, .args_size = sizeof(struct database_args), .args = copy_arg, .returns = NOTHING,
    .examples = save_examples, .run = save_run, .topic = "data"};
const cmd_spec cmd_database_backup_spec = {
    .name = "database backup",
    .summary = {"Copy the database into a file.", "把数据库备份到文件。"},
    .detail = {"The copy is whole and consistent, also while others use the database.", "即使他人正在使用，副本也是完整一致的。"},
    .effect = CMD_CONTROLS, .args_size = sizeof(struct database_args), .args = copy_arg, .returns = NOTHING,
    .examples = backup_examples, .run = backup_run, .topic = "data"};
const cmd_spec cmd_database_info_spec = {
    .name = "database info",
    .summary = {"What the database holds.", "数据库概况。"},
    .detail = {"File, size, version, currency, as-of date and the number of records of every kind.", "文件、大小、版本、货币、截止日期和各类记录数。"},
    .columns = info_columns, .examples = info_examples, .run = info_run, .topic = "data"};
const cmd_spec cmd_database_check_spec = {
    .name = "database check",
    .summary = {"Look for damage and broken rules.", "检查损坏与违规。"},
    .detail = {"Integrity of the file, references, and kamsh's own rules; whether names were changed by another program "
               "(`database repair` helps). An empty table means that all is well.",
               "检查文件完整性、引用和 kamsh 自己的规则，以及名称是否被其他程序改过（可用 database repair 修复）。空表表示一切正常。"},
    .columns = check_columns, .examples = check_examples, .run = check_run, .topic = "data"};
const cmd_spec cmd_database_repair_spec = {
    .name = "database repair",
    .summary = {"Make anew what is derived from the records.", "重建由记录派生的数据。"},
    .detail = {"Indexes, and the spellings of names by which Tab finds them. Of use after another program wrote the file; `database check` "
               "says when. No record is changed, so there is nothing to undo.",
               "重建索引，以及 Tab 查找名称所用的拼音首字母。其他程序写过文件之后有用；何时需要由 database check 说明。不改动任何记录，因此无需撤销。"},
    .effect = CMD_CONTROLS, .columns = repair_columns, .examples = repair_examples, .run = repair_run, .topic = "data"};

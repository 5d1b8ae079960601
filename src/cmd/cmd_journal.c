/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_journal: undo, redo, changes, and the user's transactions begin, commit, rollback. */
#include "cmd_ask.h"
#include "cmd_session.h"
#include "cmd_spec.h"
#include "cmd_value.h"
#include "kam_mem.h"
#include "store.h"
#include "store_field.h"

static const char two_accounts[] = "account add A1 -name 华东精工\naccount add A2 -name Nordwind";

static const cmd_column taken_columns[] = {
    {"entry", KAM_INT, {"number of the journal entry", "流水号"}, NULL},
    {"when", KAM_TEXT, {"when it was made (UTC)", "时间（UTC）"}, NULL},
    {"command", KAM_TEXT, {"the command as typed", "所用命令"}, NULL},
    {"rows", KAM_INT, {"records touched", "涉及的记录数"}, NULL},
    CMD_COLUMNS_END};

/* --- undo, redo ------------------------------------------------------------------------------------------------ */

struct undo_args {
    int64_t count, entry;
    bool dryrun, quiet, yes;
};

/* A dry run does it inside a transaction that is rolled back. */
static kam_rc step(cmd_session *s, const struct undo_args *a, bool redo, kam_table **t, kam_err *err)
{
    store *db = cmd_session_store(s);
    if (!redo && a->entry != CMD_UNSET_INT) return store_undo_entry(db, a->entry, t, err);
    return redo ? store_redo(db, (size_t)a->count, t, err) : store_undo(db, (size_t)a->count, t, err);
}

/* Taking back what was added removes it. */
static kam_rc confirm(cmd_session *s, const struct undo_args *a, bool redo, kam_err *err)
{
    int64_t n = 0, entry = !redo && a->entry != CMD_UNSET_INT ? a->entry : 0;
    if (a->yes) return KAM_OK;
    kam_rc rc = store_undo_removes(cmd_session_store(s), (size_t)a->count, redo, entry, &n, err);
    return rc == KAM_OK ? cmd_ask_removal(s, redo ? "redo" : "undo", n, false, err) : rc;
}

static kam_rc undo_or_redo(cmd_session *s, const struct undo_args *a, bool redo, cmd_value *out, kam_err *err)
{
    kam_table *t = NULL;
    kam_rc rc = a->dryrun ? KAM_OK : confirm(s, a, redo, err);
    if (rc != KAM_OK) return rc;
    if (a->dryrun) {
        kam_err ignored = KAM_ERR_INIT;
        rc = store_begin(cmd_session_store(s), false, err);
        if (rc != KAM_OK) return rc;
        rc = step(s, a, redo, &t, err);
        kam_rc back = store_rollback(cmd_session_store(s), rc == KAM_OK ? err : &ignored);
        if (rc == KAM_OK) rc = back;
    } else {
        rc = step(s, a, redo, &t, err);
    }
    if (rc == KAM_OK && !a->quiet && t) cmd_value_take_table(out, kam_table_ref(t));
    kam_table_unref(t);
    return rc;
}

static kam_rc undo_run(cmd_session *s, const void *args, cmd_value *out, kam_err *err)
{
    return undo_or_redo(s, args, false, out, err);
}

static kam_rc redo_run(cmd_session *s, const void *args, cmd_value *out, kam_err *err)
{
    return undo_or_redo(s, args, true, out, err);
}

#define COUNT_ARG(en, zh)                                                                                     \
    {                                                                                                         \
        .name = "count", .kind = CMD_INT, .offset = offsetof(struct undo_args, count), .def = "1", .min = 1,  \
        .max = 1e9, .help = {en, zh}                                                                          \
    }

#define ARG_YES                                                                                               \
    {                                                                                                         \
        .name = "-yes", .kind = CMD_FLAG, .offset = offsetof(struct undo_args, yes),                          \
        .help = {"remove more than one record without being asked; scripts need it", "删除多条记录时不再询问；脚本中必须给出"} \
    }

static const cmd_arg undo_arg[] = {
    COUNT_ARG("how many entries, newest first", "撤销多少条，从最新起"),
    {.name = "-entry", .kind = CMD_INT, .offset = offsetof(struct undo_args, entry), .min = 1, .max = 9e15,
     .help = {"this entry alone; refused when later ones touched its records", "只撤销这一条；若其后另有改动则拒绝"}},
    ARG_YES, CMD_ARG_DRYRUN(struct undo_args), CMD_ARG_QUIET(struct undo_args), CMD_ARGS_END};
static const cmd_example undo_examples[] = {
    {{"Take back the last change.", "撤销最近一次改动。"}, "undo; table rows [account list]", "1"},
    {{"What would be taken back.", "看看会撤销什么。"}, "table rows [undo 2 -dryrun]", "2"},
    CMD_EXAMPLES_END};
const cmd_spec cmd_undo_spec = {
    .name = "undo",
    .summary = {"Take back the last changes.", "撤销最近的改动。"},
    .detail = {"Every writing command is one journal entry and one step of undo, an import of a million rows too. Refused, "
               "naming the later entry, when its records were changed since by something else. `changes` lists the entries. Before more "
               "than one record is removed it asks; in scripts it needs -yes.",
               "每个写入命令是一条流水，也是一步撤销，百万行导入也如此。若其记录此后另被改动则拒绝，并说明是哪一条。"
               "changes 列出流水。删除多条记录之前会询问；脚本中须加 -yes。"},
    .effect = CMD_WRITES, .args_size = sizeof(struct undo_args), .args = undo_arg, .columns = taken_columns,
    .setup = two_accounts, .examples = undo_examples, .run = undo_run, .topic = "data"};

static const cmd_arg redo_arg[] = {
    COUNT_ARG("how many entries", "重做多少条"),
    ARG_YES, CMD_ARG_DRYRUN(struct undo_args), CMD_ARG_QUIET(struct undo_args), CMD_ARGS_END};
static const cmd_example redo_examples[] = {
    {{"Bring back what was taken back.", "恢复被撤销的改动。"}, "undo; redo; table rows [account list]", "2"},
    CMD_EXAMPLES_END};
const cmd_spec cmd_redo_spec = {
    .name = "redo",
    .summary = {"Do again what was undone.", "重做被撤销的改动。"},
    .detail = {"Possible until something else is written. Asks as undo does.", "在写入其他内容之前可用。与 undo 一样会询问。"},
    .effect = CMD_WRITES, .args_size = sizeof(struct undo_args), .args = redo_arg, .columns = taken_columns,
    .setup = two_accounts, .examples = redo_examples, .run = redo_run, .topic = "data"};

/* --- changes ------------------------------------------------------------------------------------------------------ */

struct changes_args {
    kam_day since;
    const char *entity;
    int64_t entry, limit;
};

static kam_rc changes_run(cmd_session *s, const void *args, cmd_value *out, kam_err *err)
{
    const struct changes_args *a = args;
    store_changes_query q = {.entity = a->entity, .limit = (size_t)a->limit};
    if (a->since != CMD_UNSET_DAY) q.since_s = a->since * 86400;
    if (a->entry != CMD_UNSET_INT) q.entry = a->entry;
    kam_table *t = NULL;
    kam_rc rc = store_changes(cmd_session_store(s), &q, &t, err);
    if (rc == KAM_OK) cmd_value_take_table(out, t);
    return rc;
}

static const cmd_arg changes_arg[] = {
    {.name = "-since", .kind = CMD_DATE, .offset = offsetof(struct changes_args, since),
     .help = {"only changes made on or after this day", "只看该日及以后的变更"}},
    {.name = "-entity", .kind = CMD_ENTITY, .offset = offsetof(struct changes_args, entity),
     .help = {"only changes of such records", "只看这类记录"}},
    {.name = "-entry", .kind = CMD_INT, .offset = offsetof(struct changes_args, entry), .min = 1, .max = 9e15,
     .help = {"only this journal entry", "只看这条流水"}},
    {.name = "-limit", .kind = CMD_INT, .offset = offsetof(struct changes_args, limit), .def = "1000", .min = 1,
     .max = 1e9, .help = {"at most so many rows", "最多多少行"}},
    CMD_ARGS_END};
static const cmd_column changes_columns[] = {
    {"entry", KAM_INT, {"number of the journal entry", "流水号"}, NULL},
    {"when", KAM_TEXT, {"when it was made (UTC)", "时间（UTC）"}, NULL},
    {"who", KAM_TEXT, {"who made it", "操作人"}, NULL},
    {"command", KAM_TEXT, {"the command as typed", "所用命令"}, NULL},
    {"state", KAM_TEXT, {"done or undone", "已做或已撤销"}, NULL},
    {"entity", KAM_TEXT, {"what kind of record", "记录类型"}, NULL},
    {"action", KAM_TEXT, {"add, set or remove", "新增、修改或删除"}, NULL},
    {"object", KAM_TEXT, {"which record", "哪条记录"}, NULL},
    {"before", KAM_TEXT, {"values before", "变更前"}, NULL},
    {"after", KAM_TEXT, {"values after", "变更后"}, NULL},
    CMD_COLUMNS_END};
static const cmd_example changes_examples[] = {
    {{"The newest first.", "新的在前。"}, "table select [changes] action object", "action\tobject\nadd\tA2\nadd\tA1"},
    CMD_EXAMPLES_END};
const cmd_spec cmd_changes_spec = {
    .name = "changes",
    .summary = {"The journal: who changed what, when.", "变更日志：谁在何时改了什么。"},
    .detail = {"Newest first. The journal serves undo and audit only; no method reads it.", "新的在前。日志只用于撤销和审计，分析方法不读它。"},
    .args_size = sizeof(struct changes_args), .args = changes_arg, .columns = changes_columns,
    .setup = two_accounts, .examples = changes_examples, .run = changes_run, .topic = "data"};

/* --- begin, commit, rollback ------------------------------------------------------------------------------------------- */

struct begin_args {
    bool what_if;
};

static kam_rc begin_run(cmd_session *s, const void *args, cmd_value *out, kam_err *err)
{
    const struct begin_args *a = args;
    kam_rc rc = store_begin(cmd_session_store(s), a->what_if, err);
    if (rc == KAM_OK) cmd_value_set_int(out, store_depth(cmd_session_store(s)));
    return rc;
}

static kam_rc commit_run(cmd_session *s, const void *args, cmd_value *out, kam_err *err)
{
    (void)args;
    kam_rc rc = store_commit(cmd_session_store(s), err);
    if (rc == KAM_OK) cmd_value_set_int(out, store_depth(cmd_session_store(s)));
    return rc;
}

static kam_rc rollback_run(cmd_session *s, const void *args, cmd_value *out, kam_err *err)
{
    (void)args;
    kam_rc rc = store_rollback(cmd_session_store(s), err);
    if (rc == KAM_OK) cmd_value_set_int(out, store_depth(cmd_session_store(s)));
    return rc;
}

#define DEPTH_RETURNS {"how many transactions are open", "未结束的事务数"}
static const cmd_arg begin_arg[] = {
    {.name = "-what-if", .kind = CMD_FLAG, .offset = offsetof(struct begin_args, what_if),
     .help = {"work on a private copy that can only be rolled back", "在私有副本上试算，只能回滚"}},
    CMD_ARGS_END};
static const cmd_example begin_examples[] = {
    {{"Try something and drop it.", "试一试再放弃。"},
     "begin -what-if; account remove A1; set n [table rows [account list]]; rollback; list $n [table rows [account list]]", "1 2"},
    CMD_EXAMPLES_END};
const cmd_spec cmd_begin_spec = {
    .name = "begin",
    .summary = {"Begin a transaction.", "开始事务。"},
    .detail = {"Everything until the matching commit or rollback holds together; transactions nest. With -what-if nobody else is held "
               "up, and nothing can be kept.",
               "到相应的 commit 或 rollback 为止的改动为一体；可嵌套。加 -what-if 时不妨碍他人，也不会保留任何改动。"},
    .effect = CMD_CONTROLS, .args_size = sizeof(struct begin_args), .args = begin_arg, .returns = DEPTH_RETURNS,
    .setup = two_accounts, .examples = begin_examples, .run = begin_run, .topic = "data"};

static const cmd_example commit_examples[] = {
    {{"Keep what was done.", "保留改动。"}, "begin; account remove A1; commit; table rows [account list]", "1"},
    CMD_EXAMPLES_END};
const cmd_spec cmd_commit_spec = {
    .name = "commit",
    .summary = {"Keep what was done since begin.", "保留 begin 以来的改动。"},
    .detail = {"Refused for begin -what-if.", "begin -what-if 时拒绝。"},
    .effect = CMD_CONTROLS, .returns = DEPTH_RETURNS, .setup = two_accounts, .examples = commit_examples,
    .run = commit_run, .topic = "data"};

static const cmd_example rollback_examples[] = {
    {{"Drop what was done.", "放弃改动。"}, "begin; account remove A1; rollback; table rows [account list]", "2"},
    CMD_EXAMPLES_END};
const cmd_spec cmd_rollback_spec = {
    .name = "rollback",
    .summary = {"Drop what was done since begin.", "放弃 begin 以来的改动。"},
    .detail = {"The database is as it was at the matching begin.", "数据库恢复到相应 begin 时的状态。"},
    .effect = CMD_CONTROLS, .returns = DEPTH_RETURNS, .setup = two_accounts, .examples = rollback_examples,
    .run = rollback_run, .topic = "data"};

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_sql: a question in SQL; the store decides what is allowed. */
#include "cmd_ask.h"
#include "cmd_difference.h"
#include "cmd_session_int.h"
#include "cmd_value.h"
#include "kam_str.h"
#include "store.h"

struct sql_args {
    const char *query;
    bool write, dryrun, quiet, yes;
};

struct variables {
    Tcl_Interp *interp;
    kam_str hold;
    Tcl_Obj *value; /* of the last variable; kept until the next */
    int64_t removes; /* records the statement would remove, when that has to be confirmed */
};

/* A Tcl variable of the caller. What Tcl holds as text stays text: '007' is a code. */
static bool bind(void *ctx, const char *name, const char **text, bool *as_text)
{
    struct variables *v = ctx;
    Tcl_Obj *obj = Tcl_GetVar2Ex(v->interp, name, NULL, 0);
    if (!obj) return false;
    *text = cmd_value_text(obj, &v->hold);
    long long i;
    double r;
    char buf[KAM_NUM_MAX];
    *as_text = true;
    if (kam_parse_int(*text, &i)) {
        snprintf(buf, sizeof buf, "%lld", i);
        *as_text = !kam_streq(buf, *text);
    } else if (kam_parse_real(*text, &r)) {
        *as_text = false;
    }
    return true;
}

/* In place of what the statement returned, what it would have changed. */
static kam_rc difference(cmd_session *s, kam_table **t, kam_err *err)
{
    kam_table *d = NULL;
    int64_t more = 0;
    kam_rc rc = store_entry_difference(cmd_session_store(s), cmd_session_max_rows(s), &d, &more, err);
    if (rc != KAM_OK) return rc;
    cmd_difference_finish(s, d, more, NULL);
    kam_table_unref(*t);
    *t = d;
    return KAM_OK;
}

/* Runs the statement. Without `agreed`, one that removed more than one record is taken back: KAM_CONSTRAINT, v->removes. */
static kam_rc once(cmd_session *s, const struct sql_args *a, struct variables *v, bool agreed, kam_table **t, kam_err *err)
{
    kam_rc rc = a->write ? cmd_write_begin(s, err) : KAM_OK;
    if (rc != KAM_OK) return rc;
    v->removes = 0;
    rc = store_sql(cmd_session_store(s), a->query, bind, v, a->write, t, err);
    if (!a->write) return rc;
    int64_t n = store_entry_removed(cmd_session_store(s));
    if (rc == KAM_OK && !a->dryrun && !agreed && n > 1 && !store_in_what_if(cmd_session_store(s))) {
        v->removes = n;
        kam_table_unref(*t);
        *t = NULL;
        rc = kam_err_set(err, KAM_CONSTRAINT, "%s: not confirmed; nothing was changed", "sql");
    }
    if (rc == KAM_OK && !a->dryrun) return cmd_write_end(s, NULL, err);
    if (rc == KAM_OK) rc = difference(s, t, err);
    cmd_write_abort(s);
    return rc;
}

static kam_rc sql_run(cmd_session *s, const void *args, cmd_value *out, kam_err *err)
{
    const struct sql_args *a = args;
    struct variables v = {s->interp, KAM_STR_INIT, NULL, 0};
    kam_table *t = NULL;
    kam_rc rc = KAM_OK;
    if (a->dryrun && !a->write) {
        kam_err_set(err, KAM_USAGE, "sql: -dryrun goes with -write");
        return kam_err_word(err, "sql");
    }
    rc = once(s, a, &v, a->yes, &t, err);
    if (rc == KAM_CONSTRAINT && v.removes > 1) { /* it was taken back: whoever else writes does not wait for the answer */
        kam_err_clear(err);
        rc = cmd_ask_removal(s, "sql", v.removes, false, err);
        if (rc == KAM_OK) rc = once(s, a, &v, true, &t, err);
    }
    if (rc == KAM_OK && !a->quiet) cmd_value_take_table(out, kam_table_ref(t));
    kam_table_unref(t);
    kam_str_release(&v.hold);
    return rc;
}

static const cmd_arg sql_arg[] = {
    {.name = "query", .kind = CMD_STRING, .offset = offsetof(struct sql_args, query), .flags = CMD_REQUIRED,
     .help = {"one statement; :name is the Tcl variable of that name", "一条语句；:name 为同名 Tcl 变量"}},
    {.name = "-write", .kind = CMD_FLAG, .offset = offsetof(struct sql_args, write),
     .help = {"let it change records; journaled and undone like any change", "允许修改；与其他改动一样记入日志、可撤销"}},
    CMD_ARG_YES(struct sql_args), CMD_ARG_DRYRUN(struct sql_args), CMD_ARG_QUIET(struct sql_args), CMD_ARGS_END};
static const cmd_column sql_columns[] = {
    {"…", KAM_TEXT, {"the columns of the query; -dryrun: entity, action, object, field, before, after", "查询的列；-dryrun：entity、action、object、field、before、after"}, NULL},
    CMD_COLUMNS_END};
static const cmd_example sql_examples[] = {
    {{"Values come from variables, never from pasted text.", "值来自变量，不要拼接文本。"},
     "set who A1; sql {SELECT code, name FROM accounts WHERE code = :who}", "code\tname\nA1\t华东精工"},
    {{"An alias ending in _day or _minor types an expression.", "别名以 _day、_minor 结尾可定类型。"},
     "table get [sql {SELECT 20269 AS d_day}] 0", "d_day 2025-06-30"},
    {{"What a change would do, before it does.", "先看改动会造成什么。"},
     "table select [sql {UPDATE accounts SET industry = 'Steel'} -write -dryrun] object field before after",
     "object\tfield\tbefore\tafter\nA1\tindustry\t\tSteel"},
    {{"Writing must be asked for.", "写入须明说。"}, "sql {DELETE FROM accounts}", "error: KAM *"},
    CMD_EXAMPLES_END};
const cmd_spec cmd_sql_spec = {
    .name = "sql",
    .summary = {"Ask the database in SQL.", "用 SQL 查询数据库。"},
    .detail = {"Columns that end in _day hold days and those in _minor amounts in the smallest unit; results show them as dates and "
               "money. Without -write nothing can be changed.",
               "以 _day 结尾的列为日期，以 _minor 结尾的列为最小货币单位的金额；结果中显示为日期和金额。没有 -write 不能修改。"},
    .effect = CMD_WRITES, .args_size = sizeof(struct sql_args), .args = sql_arg, .columns = sql_columns,
    .setup = "account add A1 -name 华东精工", .examples = sql_examples, .run = sql_run, .topic = "data"};

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_plan: J6, versions of an account plan: kept, listed, looked at, compared. */
#include "cmd_facts.h"
#include "cmd_plan.h"
#include "cmd_spec.h"
#include "cmd_value.h"
#include "kam_str.h"
#include "store_query_run.h"
#include <stddef.h>
#include <stdio.h>

static kam_rc misuse(const char *command, const char *why, kam_err *err)
{
    kam_err_set(err, KAM_USAGE, "%s: %s", command, why);
    return kam_err_word(err, command);
}

/* --- snapshot ---------------------------------------------------------------------------------------------------------- */

struct snapshot_args {
    cmd_ref account;
    const char *name, *note;
    kam_day asof;
    bool dryrun, quiet;
};

/* A name must not read as a number, a day or a word of plan diff, and no other snapshot of the account may bear it. */
static kam_rc check_name(const struct snapshot_args *a, const kam_table *kept, kam_err *err)
{
    long long n;
    kam_day day;
    if (!a->name) return KAM_OK;
    if (kam_parse_int(a->name, &n) || kam_day_parse(a->name, &day) || kam_streq(a->name, "now") || kam_streq(a->name, "last"))
        return misuse("plan snapshot", "a name must not be a number, a day, `now` or `last`, which plan diff reads otherwise", err);
    const kam_column *name = kam_table_find(kept, "name"), *number = kam_table_find(kept, "number");
    for (size_t r = 0; r < kam_table_rows(kept); r++) {
        if (kam_col_missing(name, r) || !kam_streq(kam_col_text(name, r), a->name)) continue;
        kam_err_set(err, KAM_CONSTRAINT, "plan snapshot: snapshot %lld of %.100s is named \"%.100s\" already; take another name",
                    (long long)kam_col_int(number, r), a->account.code, a->name);
        kam_err_word(err, "duplicate");
        kam_err_word(err, "plan-snapshot.name");
        return kam_err_word(err, a->name);
    }
    return KAM_OK;
}

static kam_rc add_facts(cmd_session *s, const char *code, const kam_table *state, kam_err *err)
{
    static const char *const names[] = {"kind", "object", "field", "name", "value", "since", "by"};
    enum { N = sizeof names / sizeof *names };
    const store_entity *e = store_entity_find("plan-fact");
    kam_rc rc = KAM_OK;
    for (size_t r = 0; r < kam_table_rows(state) && !rc; r++) {
        store_value v[N + 1] = {{"snapshot", code}};
        char day[KAM_DATE_MAX];
        size_t n = 1;
        for (size_t i = 0; i < N; i++) {
            const kam_column *c = kam_table_find(state, names[i]);
            if (kam_col_missing(c, r)) continue;
            if (kam_col_type(c) == KAM_DAY) kam_day_format(kam_col_int(c, r), day);
            v[n++] = (store_value){names[i], kam_col_type(c) == KAM_DAY ? day : kam_col_text(c, r)};
        }
        rc = store_add(cmd_session_store(s), e, v, n, 0, NULL, NULL, err);
    }
    return rc;
}

static kam_rc add_all(cmd_session *s, const struct snapshot_args *a, const char *code, const char *number, const kam_table *state, kam_err *err)
{
    char day[KAM_DATE_MAX];
    kam_day_format(a->asof, day);
    store_value v[6] = {{"code", code}, {"account", a->account.code}, {"number", number}, {"date", day}};
    size_t n = 4;
    if (a->name) v[n++] = (store_value){"name", a->name};
    if (a->note) v[n++] = (store_value){"notes", a->note};
    unsigned flags = a->dryrun ? STORE_DRYRUN : 0;
    const store_aside aside = store_aside_begin(cmd_session_store(s)); /* the next account's plan is made of the same data */
    kam_rc rc = a->dryrun ? KAM_OK : cmd_write_begin(s, err);
    if (rc) return rc;
    rc = store_add(cmd_session_store(s), store_entity_find("plan-snapshot"), v, n, flags, NULL, NULL, err);
    if (!rc && !a->dryrun) rc = add_facts(s, code, state, err);
    if (!rc && !a->dryrun) rc = cmd_write_end(s, NULL, err);
    else if (!a->dryrun) cmd_write_abort(s);
    store_aside_end(cmd_session_store(s), aside);
    return rc;
}

static kam_table *snapshot_table(const struct snapshot_args *a, const char *code, int64_t number, size_t facts)
{
    kam_table *t = kam_table_new();
    kam_table_set_title(t, "version.snapshot.title");
    kam_col_push_text(kam_table_add_column(t, "snapshot", KAM_TEXT, "version.snapshot"), code);
    kam_col_push_int(kam_table_add_column(t, "number", KAM_INT, "version.number"), number);
    kam_col_push_text(kam_table_add_column(t, "account", KAM_TEXT, "version.account"), a->account.code);
    kam_col_push_int(kam_table_add_column(t, "date", KAM_DAY, "version.date"), a->asof);
    kam_col_push_text(kam_table_add_column(t, "name", KAM_TEXT, "version.version"), a->name);
    kam_col_push_int(kam_table_add_column(t, "facts", KAM_INT, "version.facts"), (int64_t)facts);
    kam_table_seal(t);
    return t;
}

static kam_rc snapshot_run(cmd_session *s, const void *args, cmd_value *out, kam_err *err)
{
    const struct snapshot_args *a = args;
    kam_table *kept = NULL, *state = NULL;
    kam_str code = KAM_STR_INIT;
    char number[KAM_NUM_MAX];
    kam_rc rc = store_query_plan_snapshots(cmd_session_store(s), KAM_DAY_MAX, a->account.code, &kept, err);
    if (rc) return rc;
    size_t n = kam_table_rows(kept);
    int64_t next = n ? kam_col_int(kam_table_find(kept, "number"), n - 1) + 1 : 1;
    snprintf(number, sizeof number, "%lld", (long long)next);
    kam_str_addf(&code, "%s-%s", a->account.code, number);
    rc = check_name(a, kept, err);
    if (!rc) rc = cmd_plan_state(s, &a->account, a->asof, &state, err);
    if (!rc) rc = add_all(s, a, code.s, number, state, err);
    if (!rc && !a->quiet) cmd_value_take_table(out, snapshot_table(a, code.s, next, kam_table_rows(state)));
    kam_table_unref(kept);
    kam_table_unref(state);
    kam_str_release(&code);
    return rc;
}

#define ACCOUNT(struct_type, flag, en, zh)                                                                                          \
    {                                                                                                                               \
        .name = "account", .kind = CMD_REF, .offset = offsetof(struct_type, account), .of = "account", .flags = (flag), .help = {en, zh} \
    }
static const cmd_arg snapshot_args_[] = {
    ACCOUNT(struct snapshot_args, CMD_REQUIRED, "the account", "客户"),
    {.name = "-name", .kind = CMD_STRING, .offset = offsetof(struct snapshot_args, name), .help = {"what to call it later; else it has its number only", "名称，供日后引用；缺省只有序号"}},
    {.name = "-note", .kind = CMD_STRING, .offset = offsetof(struct snapshot_args, note), .help = {"why it is kept", "备注"}},
    CMD_ARG_ASOF(struct snapshot_args), CMD_ARG_DRYRUN(struct snapshot_args), CMD_ARG_QUIET(struct snapshot_args), CMD_ARGS_END};
static const cmd_column snapshot_columns[] = {
    {"snapshot", KAM_TEXT, {"its code: the account's and its number", "代码：客户编码与序号"}, NULL},
    {"number", KAM_INT, {"number among the account's", "在该客户快照中的序号"}, NULL},
    {"account", KAM_TEXT, {"the account", "客户"}, NULL},
    {"date", KAM_DAY, {"day whose state it keeps", "留存的是哪一天的状态"}, NULL},
    {"name", KAM_TEXT, {"its name", "名称"}, NULL},
    {"facts", KAM_INT, {"values kept", "留存的值的个数"}, NULL},
    CMD_COLUMNS_END};
#define SETUP                                                                                                                     \
    "account add ACME -name Acme -known_since 2024-01-01; contact add WANG -account ACME -name Wang -known_since 2024-02-01\n"        \
    "assessment add contact WANG attitude 2025-01-10 -value -2 -by Ann; opportunity add D1 -account ACME -opened_on 2025-02-01 -name Pumps\n" \
    "action add -account ACME -what {Send the offer} -due 2025-04-30"
#define LATER                                                                                                                      \
    SETUP "\nplan snapshot ACME -name spring -asof 2025-03-31 -quiet\n"                                                                \
          "assessment add contact WANG attitude 2025-05-20 -value 1 -by Ann; action set 1 -done_on 2025-05-02 -status done\n"              \
          "stage-change add D1 2025-04-15 -stage proposal"
static const cmd_example snapshot_examples[] = {
    {{"Keep the plan as it stands today.", "留存今日的计划。"}, "table select [plan snapshot ACME -name {before the visit}] snapshot number date name",
     "snapshot\tnumber\tdate\tname\nACME-1\t1\t2025-06-30\tbefore the visit"},
    CMD_EXAMPLES_END};
const cmd_spec cmd_plan_snapshot_spec = {
    .name = "plan snapshot",
    .summary = {"keep an account plan as it is, to see later what changed", "留存客户计划的现状，日后可看有何变化"},
    .detail = {"Keeps every value the plan is made of on the as-of day: figures (revenue, share of wallet, health, completeness, pipeline), classes A1 to A5, "
               "opportunities with stage, amount and probability, people with role, attitude, influence and level of relationship, objectives, actions, risks, "
               "complaints, red flags, rivals, texts, and the settings that differ from their default. A snapshot is data: entities plan-snapshot and "
               "plan-fact, one row a value, exported, imported, journaled and undone like everything else; `plan-snapshot remove CODE -cascade` takes one away. "
               "With an earlier -asof it keeps what dated records say of that day; what carries no date is kept as it is now.",
               "留存截止日计划所依据的每个值：数字（收入、客户份额、健康度、完整度、商机）、类别 A1 至 A5、商机的阶段金额与概率、人员的角色态度影响力与关系层次、"
               "目标、行动、风险、投诉、雷区、对手、文字，以及与缺省不同的设置。快照是数据：plan-snapshot 与 plan-fact 两种对象，每个值一行，与其他记录一样可导出、导入、"
               "记入流水和撤销；plan-snapshot remove 代码 -cascade 可删除。-asof 更早时按带日期的记录留存那一天的状态，没有日期的内容按现状留存。"},
    .effect = CMD_WRITES, .args_size = sizeof(struct snapshot_args), .args = snapshot_args_, .columns = snapshot_columns, .setup = SETUP,
    .examples = snapshot_examples, .run = snapshot_run, .topic = "questions"};

/* --- list --------------------------------------------------------------------------------------------------------------- */

struct list_args {
    cmd_ref account;
    kam_day asof;
};

static kam_rc list_run(cmd_session *s, const void *args, cmd_value *out, kam_err *err)
{
    const struct list_args *a = args;
    kam_table *t = NULL;
    kam_rc rc = store_query_plan_snapshots(cmd_session_store(s), a->asof, a->account.id ? a->account.code : NULL, &t, err);
    if (!rc) cmd_value_take_table(out, cmd_plan_headed(t, "version.list"));
    return rc;
}

static const cmd_arg list_args_[] = {ACCOUNT(struct list_args, 0, "only of this account", "只看该客户"), CMD_ARG_ASOF(struct list_args), CMD_ARGS_END};
static const cmd_column list_columns[] = {
    {"number", KAM_INT, {"number among the account's", "在该客户快照中的序号"}, NULL},
    {"snapshot", KAM_TEXT, {"its code", "代码"}, NULL},
    {"account", KAM_TEXT, {"the account", "客户"}, NULL},
    {"account_name", KAM_TEXT, {"its name", "客户名称"}, NULL},
    {"date", KAM_DAY, {"day whose state it keeps", "留存的是哪一天的状态"}, NULL},
    {"name", KAM_TEXT, {"its name", "名称"}, NULL},
    {"note", KAM_TEXT, {"why it was kept", "备注"}, NULL},
    {"facts", KAM_INT, {"values kept", "留存的值的个数"}, NULL},
    CMD_COLUMNS_END};
static const cmd_example list_examples[] = {
    {{"Which were kept?", "留存了哪些？"}, "table select [plan list ACME] number snapshot date name", "number\tsnapshot\tdate\tname\n1\tACME-1\t2025-03-31\tspring"},
    CMD_EXAMPLES_END};
const cmd_spec cmd_plan_list_spec = {
    .name = "plan list",
    .summary = {"snapshots of account plans", "客户计划的快照"},
    .detail = {"By account and number; those dated after the as-of day are not shown.", "按客户与序号；晚于截止日期的不列。"},
    .effect = CMD_READS, .args_size = sizeof(struct list_args), .args = list_args_, .columns = list_columns, .setup = LATER, .examples = list_examples,
    .run = list_run, .topic = "questions"};

/* --- show --------------------------------------------------------------------------------------------------------------- */

struct show_args {
    cmd_ref account;
    const char *version;
    kam_day asof;
};

static kam_rc show_run(cmd_session *s, const void *args, cmd_value *out, kam_err *err)
{
    const struct show_args *a = args;
    cmd_plan_version v = CMD_PLAN_VERSION_INIT;
    kam_table *t = NULL;
    kam_rc rc = cmd_plan_find(s, a->account.code, a->version, a->asof, &v, err);
    if (!rc) rc = cmd_plan_load(s, &a->account, &v, a->asof, &t, err);
    cmd_plan_version_release(&v);
    if (!rc) cmd_value_take_table(out, t);
    return rc;
}

#define VERSION_EN "a number, a name, a code, a day (the last snapshot on or before it), `last` or `now`"
#define VERSION_ZH "序号、名称、代码、日期（该日及以前最近的快照）、last 或 now"
static const cmd_arg show_args_[] = {
    ACCOUNT(struct show_args, CMD_REQUIRED, "the account", "客户"),
    {.name = "version", .kind = CMD_STRING, .offset = offsetof(struct show_args, version), .help = {VERSION_EN "; default: the last one", VERSION_ZH "；缺省为最近的快照"}},
    CMD_ARG_ASOF(struct show_args), CMD_ARGS_END};
static const cmd_column show_columns[] = {
    {"kind", KAM_TEXT, {"part of the plan: figure, class, opportunity, person …", "计划的哪一部分：数字、类别、商机、人员等"}, NULL},
    {"object", KAM_TEXT, {"what in it: a code, the number of a record, a section", "其中的对象：代码、记录编号或章节"}, NULL},
    {"name", KAM_TEXT, {"what it was called", "当时的名称"}, NULL},
    {"field", KAM_TEXT, {"which of its fields", "字段"}, NULL},
    {"value", KAM_TEXT, {"its value: days ISO, money decimal, classes by their keys", "值：日期为 ISO，金额为十进制，类别为代码"}, NULL},
    {"since", KAM_DAY, {"from which day it holds, where data say so", "该值自何日起有效（数据中有的话）"}, NULL},
    {"by", KAM_TEXT, {"whose judgement it is, or who does it", "谁的判断或由谁负责"}, NULL},
    CMD_COLUMNS_END};
static const cmd_example show_examples[] = {
    {{"What was held of Wang in spring?", "春天时对 Wang 的判断？"}, "table select [table where [plan show ACME spring] {$field eq {attitude}}] object value since by",
     "object\tvalue\tsince\tby\nWANG\t-2\t2025-01-10\tAnn"},
    CMD_EXAMPLES_END};
const cmd_spec cmd_plan_show_spec = {
    .name = "plan show",
    .summary = {"what a snapshot of an account plan keeps", "客户计划快照的内容"},
    .detail = {"One row a value. `now` shows what a snapshot would keep.", "每个值一行。now 显示此刻的快照会留存什么。"},
    .effect = CMD_READS, .args_size = sizeof(struct show_args), .args = show_args_, .columns = show_columns, .setup = LATER, .examples = show_examples,
    .run = show_run, .topic = "questions"};

/* --- diff --------------------------------------------------------------------------------------------------------------- */

struct diff_args {
    cmd_ref account;
    const char *from, *to;
    int edition;
    kam_day asof;
};
static const char *const EDITION[] = {"internal", "customer", NULL};

/* "2025-03-31 (1, spring)", "2025-06-30 (now)". */
static void say_version(kam_str *out, const cmd_plan_version *v, bool zh)
{
    char day[KAM_DATE_MAX];
    kam_day_format(v->day, day);
    kam_str_addf(out, zh ? "%s（" : "%s (", day);
    if (v->snapshot) kam_str_addf(out, "%lld%s%s", (long long)v->number, !v->name ? "" : zh ? "，" : ", ", v->name ? v->name : "");
    else kam_str_add(out, zh ? "现在" : "now");
    kam_str_add(out, zh ? "）" : ")");
}

/* The table with a line that says what was compared. */
static kam_table *noted(cmd_session *s, kam_table *t, const cmd_plan_version *from, const cmd_plan_version *to)
{
    static const calc_text compared = {"plan.compared", "{1} against {2}", "{1} → {2}"};
    kam_str b = KAM_STR_INIT, f = KAM_STR_INIT, u = KAM_STR_INIT;
    bool zh = cmd_session_lang(s) == CMD_LANG_ZH;
    size_t n = kam_table_columns(t);
    kam_table *out = kam_table_new();
    say_version(&f, from, zh);
    say_version(&u, to, zh);
    const calc_arg args[] = {calc_arg_text(f.s), calc_arg_text(u.s)};
    calc_say(&b, cmd_facts_lang(s), &compared, args, 2);
    kam_table_set_title(out, kam_table_title(t));
    kam_table_set_currency(out, kam_table_currency(t), kam_table_exponent(t));
    for (size_t i = 0; i < n; i++) kam_table_share_column(out, kam_table_column(t, i), NULL);
    kam_table_add_note(out, b.s);
    for (size_t i = 0; i < kam_table_notes(t); i++) kam_table_add_note(out, kam_table_note(t, i));
    kam_table_seal(out);
    kam_table_unref(t);
    kam_str_release(&b);
    kam_str_release(&f);
    kam_str_release(&u);
    return out;
}

static kam_rc compare(cmd_session *s, const struct diff_args *a, const cmd_plan_version *from, const cmd_plan_version *to, kam_table **out, kam_err *err)
{
    const calc_version_params p = {.lang = cmd_facts_lang(s), .customer = a->edition == 1, .word = cmd_plan_word};
    kam_table *before = NULL, *after = NULL;
    kam_rc rc = cmd_plan_load(s, &a->account, from, a->asof, &before, err);
    if (!rc) rc = cmd_plan_load(s, &a->account, to, a->asof, &after, err);
    if (!rc) rc = calc_version_diff(before, after, &p, out, err);
    kam_table_unref(before);
    kam_table_unref(after);
    if (!rc) *out = noted(s, *out, from, to);
    return rc;
}

static kam_rc diff_run(cmd_session *s, const void *args, cmd_value *out, kam_err *err)
{
    const struct diff_args *a = args;
    cmd_plan_version from = CMD_PLAN_VERSION_INIT, to = CMD_PLAN_VERSION_INIT;
    kam_table *t = NULL;
    if (kam_streq(a->from, "now") && !a->to) return misuse("plan diff", "FROM is `now`: name the version to compare it with", err);
    kam_rc rc = cmd_plan_find(s, a->account.code, a->from, a->asof, &from, err);
    if (!rc) rc = cmd_plan_find(s, a->account.code, a->to ? a->to : "now", a->asof, &to, err);
    if (!rc) rc = compare(s, a, &from, &to, &t, err);
    cmd_plan_version_release(&from);
    cmd_plan_version_release(&to);
    if (!rc) cmd_value_take_table(out, t);
    return rc;
}

static const cmd_arg diff_args_[] = {
    ACCOUNT(struct diff_args, CMD_REQUIRED, "the account", "客户"),
    {.name = "from", .kind = CMD_STRING, .offset = offsetof(struct diff_args, from), .help = {VERSION_EN "; default: the last one", VERSION_ZH "；缺省为最近的快照"}},
    {.name = "to", .kind = CMD_STRING, .offset = offsetof(struct diff_args, to), .help = {"the same; default: now", "同上；缺省为现在"}},
    {.name = "-edition", .kind = CMD_ENUM, .offset = offsetof(struct diff_args, edition), .values = EDITION, .def = "internal",
     .help = {"customer: without attitudes, politics, deals, rivals and what was not agreed with the customer", "customer 客户版：不含态度、内部关系、商机、对手及未与客户商定的内容"}},
    CMD_ARG_ASOF(struct diff_args), CMD_ARGS_END};
static const cmd_column diff_columns[] = {
    {"kind", KAM_TEXT, {"part of the plan: figure, class, opportunity, person …", "计划的哪一部分：数字、类别、商机、人员等"}, NULL},
    {"object", KAM_TEXT, {"what in it: a code, the number of a record, a section", "其中的对象：代码、记录编号或章节"}, NULL},
    {"name", KAM_TEXT, {"what it is called", "名称"}, NULL},
    {"field", KAM_TEXT, {"which of its fields; missing: all of it came or went", "字段；空为整个对象新增或删除"}, NULL},
    {"change", KAM_TEXT, {"added, removed or changed", "added 新增、removed 删除、changed 变更"}, NULL},
    {"sign", KAM_TEXT, {"better or worse for us; missing: neither", "better 好转、worse 变差；空为不论好坏"}, NULL},
    {"before", KAM_TEXT, {"value before", "变更前"}, NULL},
    {"after", KAM_TEXT, {"value after", "变更后"}, NULL},
    {"difference", KAM_REAL, {"after − before of numbers, money (in whole units) and days", "数字、金额（元）与日期之差"}, NULL},
    {"since", KAM_DAY, {"from which day the new value holds, where data say so", "新值自何日起有效（数据中有的话）"}, NULL},
    {"by", KAM_TEXT, {"whose judgement it is, or who did it", "谁的判断或由谁完成"}, NULL},
    {"text", KAM_TEXT, {"the change in a sentence", "一句话说明"}, NULL},
    CMD_COLUMNS_END};
static const cmd_example diff_examples[] = {
    {{"What happened since the last snapshot?", "自上次快照以来发生了什么？"}, "table select [table where [plan diff ACME] {$kind in {person action}}] change sign since by text",
     "change\tsign\tsince\tby\ttext\nchanged\tbetter\t2025-05-20\tAnn\tWang: attitude −2 → +1\nchanged\tbetter\t2025-05-02\t\tdone: Send the offer"},
    CMD_EXAMPLES_END};
const cmd_spec cmd_plan_diff_spec = {
    .name = "plan diff",
    .summary = {"what changed in an account plan between two snapshots, or since one", "客户计划两个快照之间（或自某快照以来）的变化"},
    .detail = {"Compares value by value and says which changes are for the better and which for the worse; a deal won or an action done is told as one change. "
               "Who and when come from the records themselves (assessments, stage changes, actions), not from the journal; `changes` shows that one. Values of "
               "estimates are kept rounded, so that a last digit is no change. A class may change because a setting did: changed settings stand in the list.",
               "逐个值比较，并说明哪些好转、哪些变差；赢单或完成的行动只算一处变化。何人何时取自记录本身（评估、阶段变更、行动），不取流水；流水见 changes。"
               "估计值按四舍五入留存，末位数字不算变化。类别可能因设置而变：改动的设置也在列表之中。"},
    .effect = CMD_READS, .args_size = sizeof(struct diff_args), .args = diff_args_, .columns = diff_columns, .setup = LATER, .examples = diff_examples,
    .run = diff_run, .topic = "questions"};

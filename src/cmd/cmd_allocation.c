/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_allocation: E4, accounts put up for bids, bids scored, and an account handed to another rep. */
#include "cmd_run.h"
#include "cmd_value.h"
#include "kam_str.h"
#include "store_query_run.h"
#include <stddef.h>

/* --- list and bids -------------------------------------------------------------------------------------------------- */

struct allocation_args {
    kam_day asof; /* first: cmd_run_asof */
    cmd_ref account;
    bool key;
};

enum { TABLES = CMD_RUN_BIT(CMD_RUN_OWNERS) | CMD_RUN_BIT(CMD_RUN_REPS) | CMD_RUN_BIT(CMD_RUN_TOUCHED) | CMD_RUN_BIT(CMD_RUN_BIDS) |
              CMD_RUN_BIT(CMD_RUN_LIFECYCLE) };

static kam_rc list_run(cmd_session *s, const void *args, cmd_value *out, kam_err *err)
{
    const struct allocation_args *a = args;
    cmd_run r;
    kam_table *coverage = NULL, *t = NULL;
    kam_rc rc = cmd_run_load(s, a->asof, 0, TABLES, 0, &r, err);
    if (rc) return rc;
    rc = cmd_coverage_accounts(s, a->asof, &r, &coverage, err);
    if (!rc) rc = calc_up_for_bids(coverage, r.facts.held.accounts, r.t[CMD_RUN_LIFECYCLE], r.t[CMD_RUN_BIDS], &t, err);
    if (!rc) rc = cmd_run_keep_key(s, &t, a->key, a->asof, err);
    kam_table_unref(coverage);
    cmd_run_release(&r);
    if (rc) kam_table_unref(t);
    else cmd_value_take_table(out, t);
    return rc;
}

static kam_rc bids_run(cmd_session *s, const void *args, cmd_value *out, kam_err *err)
{
    const struct allocation_args *a = args;
    cmd_run r;
    calc_bid_params p;
    kam_table *t = NULL;
    kam_rc rc = cmd_run_load(s, a->asof, 0, TABLES, 0, &r, err);
    if (rc) return rc;
    cmd_bid_params(s, &p);
    rc = calc_bids(r.t[CMD_RUN_BIDS], r.facts.held.accounts, r.t[CMD_RUN_OWNERS], r.t[CMD_RUN_REPS], r.t[CMD_RUN_LIFECYCLE], &p, &t, err);
    if (!rc) cmd_rows_keep(&t, "account", a->account.code);
    cmd_run_release(&r);
    if (!rc) cmd_value_take_table(out, t);
    return rc;
}

static const cmd_arg list_args[] = {
    {.name = "-key", .kind = CMD_FLAG, .offset = offsetof(struct allocation_args, key), .help = {"only key accounts (A12)", "只看大客户（A12）"}},
    CMD_ARG_ASOF(struct allocation_args),
    CMD_ARGS_END};
static const cmd_column list_columns[] = {
    {"account", KAM_TEXT, {"code", "客户编码"}, NULL},
    {"name", KAM_TEXT, {"name", "客户名称"}, NULL},
    {"status", KAM_TEXT, {"unowned, or unworked: owned and not touched for unworked-days", "无人负责，或无人经营（超过 unworked-days 天没有接触）"}, NULL},
    {"owner", KAM_TEXT, {"who owns it now", "现负责人"}, NULL},
    {"industry", KAM_TEXT, {"its industry", "行业"}, NULL},
    {"window_revenue", KAM_MONEY, {"revenue of the window; worth most first", "统计期收入，高者在前"}, NULL},
    {"last_contact", KAM_DAY, {"last contact", "最近接触"}, NULL},
    {"bids", KAM_INT, {"bids for it", "竞标数"}, NULL},
    {"why", KAM_TEXT, {"in words", "说明"}, NULL},
    CMD_COLUMNS_END};
#define SETUP                                                                                                                             \
    "rep add R1 -name Ann -capacity 2; rep add R2 -name Bob -capacity 1\n"                                                                  \
    "foreach {a i} {ACME Food BETA Food CORP Steel} {account add $a -name $a -known_since 2023-01-01 -industry $i}\n"                         \
    "assessment add account ACME owner 2024-01-01 -value R1; assessment add account CORP owner 2024-01-01 -value R2\n"                       \
    "foreach a {ACME CORP} {interaction add -account $a -date 2025-06-01 -kind call}\n"                                                      \
    "transaction add -account ACME -date 2025-05-02 -amount 1200\n"                                                                          \
    "bid add BETA R1 2025-06-20 -plan {visit in a week}; bid add BETA R2 2025-06-21"
static const cmd_setting list_settings[] = {
    {"unworked-days", NULL},
    {"window", NULL},
    CMD_SETTINGS_END};
static const cmd_example list_examples[] = {
    {{"Up for bids: nobody owns or works it.", "可竞标：无人负责或无人经营。"}, "table select [allocation list] account status bids", "account\tstatus\tbids\nBETA\tunowned\t2"},
    CMD_EXAMPLES_END};
const cmd_spec cmd_allocation_list_spec = {
    .name = "allocation list",
    .summary = {"accounts nobody owns or works, put up for bids", "无人负责或无人经营、可供竞标的客户"},
    .detail = {"What `coverage -view accounts` calls unowned or unworked, worth most first. A bid is a record: bid add ACCOUNT REP DATE -plan …",
               "即 coverage -view accounts 中无人负责或无人经营的客户，收入高者在前。竞标是一条记录：bid add 客户 客户经理 日期 -plan …"},
    .effect = CMD_READS, .args_size = sizeof(struct allocation_args), .args = list_args, .columns = list_columns, .setup = SETUP,
    .examples = list_examples, .run = list_run, .why = cmd_allocation_list_why, .settings = list_settings, .topic = "questions"};

static const cmd_arg bids_args[] = {
    {.name = "account", .kind = CMD_REF, .offset = offsetof(struct allocation_args, account), .of = "account", .help = {"only for this account", "只看该客户的竞标"}},
    CMD_ARG_ASOF(struct allocation_args),
    CMD_ARGS_END};
static const cmd_column bids_columns[] = {
    {"account", KAM_TEXT, {"code", "客户编码"}, NULL},
    {"name", KAM_TEXT, {"name", "客户名称"}, NULL},
    {"rep", KAM_TEXT, {"who bids", "竞标人"}, NULL},
    {"rank", KAM_INT, {"place among the bids that can win", "在可中标者中的名次"}, NULL},
    {"score", KAM_REAL, {"0–100, weighted mean of what is known", "0–100，已知各项的加权平均"}, NULL},
    {"coverage", KAM_REAL, {"share of the weight that is known", "已知部分占权重"}, NULL},
    {"yield", KAM_REAL, {"past yield: rank of the revenue of the accounts owned", "业绩：所负责客户收入的名次"}, NULL},
    {"load", KAM_REAL, {"room left after taking it", "接下后剩余的余量"}, NULL},
    {"sector", KAM_REAL, {"share of the accounts owned in the same industry", "所负责客户中同行业的比例"}, NULL},
    {"room", KAM_INT, {"accounts that may be added now", "现在还可接的客户数"}, NULL},
    {"can_win", KAM_FLAG, {"has room, and does not own it already", "有余量且尚未负责"}, NULL},
    {"date", KAM_DAY, {"day of the bid", "竞标日期"}, NULL},
    {"plan", KAM_TEXT, {"what the bidder means to do", "方案"}, NULL},
    {"why", KAM_TEXT, {"in words", "说明"}, NULL},
    CMD_COLUMNS_END};
static const cmd_setting bids_settings[] = {
    {"bid-weights", NULL},
    {"load-high", NULL},
    {"window", NULL},
    CMD_SETTINGS_END};
static const cmd_example bids_examples[] = {
    {{"Whose bid is best? R2 has no room.", "谁的竞标最好？R2 已满。"}, "table select [allocation bids BETA] rep rank yield load sector can_win",
     "rep\trank\tyield\tload\tsector\tcan_win\nR1\t1\t75\t0\t100\t1\nR2\t\t25\t0\t0\t0"},
    CMD_EXAMPLES_END};
const cmd_spec cmd_allocation_bids_spec = {
    .name = "allocation bids",
    .summary = {"bids for accounts, scored by past yield, room and sector", "竞标评分：业绩、余量与行业"},
    .detail = {"Each mark is 0–100; the score is their mean weighted by the setting bid-weights (40/30/30) over what is known. Who is at capacity cannot win.",
               "每项 0–100 分；总分按设置 bid-weights（40/30/30）对已知各项加权平均。容量已满者不能中标。"},
    .effect = CMD_READS, .args_size = sizeof(struct allocation_args), .args = bids_args, .columns = bids_columns, .setup = SETUP,
    .examples = bids_examples, .run = bids_run, .why = cmd_allocation_bids_why, .settings = bids_settings, .topic = "questions"};

/* --- transfer ------------------------------------------------------------------------------------------------------- */

struct transfer_args {
    cmd_ref account, rep;
    kam_day date;
    const char *evidence;
    bool dryrun, quiet;
};

typedef struct transfer {
    kam_str from; /* code of the owner so far; empty: nobody */
    int64_t accounts, most;
} transfer;

/* Who owns the account on the day, and how many the new owner has. */
static kam_rc look(cmd_session *s, const struct transfer_args *a, transfer *x, kam_err *err)
{
    cmd_run r;
    kam_rc rc = cmd_run_load(s, a->date, 0, CMD_RUN_BIT(CMD_RUN_OWNERS) | CMD_RUN_BIT(CMD_RUN_REPS), 0, &r, err);
    if (rc) return rc;
    const kam_column *row = kam_table_find(r.t[CMD_RUN_OWNERS], "row"), *owner = kam_table_find(r.t[CMD_RUN_OWNERS], "owner");
    const kam_column *rep = kam_table_find(r.t[CMD_RUN_REPS], "rep"), *capacity = kam_table_find(r.t[CMD_RUN_REPS], "capacity");
    size_t account = cmd_run_row(&r, a->account.code);
    for (size_t i = 0; i < kam_col_rows(row); i++) {
        if (kam_col_missing(owner, i)) continue;
        x->accounts += kam_streq(kam_col_text(owner, i), a->rep.code);
        if ((size_t)kam_col_int(row, i) == account) kam_str_add(&x->from, kam_col_text(owner, i));
    }
    for (size_t i = 0; i < kam_col_rows(rep); i++)
        if (kam_streq(kam_col_text(rep, i), a->rep.code))
            x->most = calc_rep_most(!kam_col_missing(capacity, i), kam_col_int(capacity, i), (int)cmd_run_int(s, "load-high"));
    cmd_run_release(&r);
    return KAM_OK;
}

static kam_rc check(const struct transfer_args *a, const transfer *x, kam_err *err)
{
    if (x->from.len && kam_streq(kam_str_cstr(&x->from), a->rep.code)) {
        kam_err_set(err, KAM_CONSTRAINT, "allocation transfer: %.100s owns %.100s already", a->rep.code, a->account.code);
        kam_err_word(err, "owner");
        return kam_err_word(err, a->account.code);
    }
    if (x->accounts < x->most) return KAM_OK;
    kam_err_set(err, KAM_CONSTRAINT,
                "allocation transfer: %.100s has %lld accounts and can serve %lld; choose another, or raise it: rep set %.100s -capacity %lld", a->rep.code,
                (long long)x->accounts, (long long)x->most, a->rep.code, (long long)x->accounts + 1);
    kam_err_word(err, "capacity");
    return kam_err_word(err, a->rep.code);
}

/* The assessment `owner` of that day, new or changed: an earlier transfer of the same day is corrected. */
static kam_rc write_owner(cmd_session *s, const struct transfer_args *a, kam_err *err)
{
    char date[KAM_DATE_MAX];
    const store_entity *e = store_entity_find("assessment");
    kam_day_format(a->date, date);
    const store_where same[] = {{"subject_kind", STORE_EQ, "account"}, {"subject", STORE_EQ, a->account.code}, {"attribute", STORE_EQ, "owner"},
                                {"date", STORE_EQ, date}, {"opportunity", STORE_MISSING, NULL}};
    const store_query q = {.where = same, .n_where = 5, .limit = 1};
    const store_value v[] = {{"subject_kind", "account"}, {"subject", a->account.code}, {"attribute", "owner"}, {"date", date},
                             {"value", a->rep.code},      {"evidence", a->evidence}};
    kam_table *t = NULL;
    kam_rc rc = store_list(cmd_session_store(s), e, &q, &t, err);
    if (rc) return rc;
    bool there = kam_table_rows(t) > 0;
    kam_table_unref(t);
    unsigned flags = a->dryrun ? STORE_DRYRUN : 0;
    if (there) return store_set(cmd_session_store(s), e, v, 4, v + 4, a->evidence ? 2 : 1, flags, NULL, err);
    return store_add(cmd_session_store(s), e, v, a->evidence ? 6 : 5, flags, NULL, NULL, err);
}

static kam_table *answer(const struct transfer_args *a, const transfer *x)
{
    kam_table *t = kam_table_new();
    kam_table_set_title(t, "run.transfer");
    kam_col_push_text(kam_table_add_column(t, "account", KAM_TEXT, "run.account"), a->account.code);
    kam_col_push_text(kam_table_add_column(t, "from", KAM_TEXT, "run.from_rep"), x->from.len ? kam_str_cstr(&x->from) : NULL);
    kam_col_push_text(kam_table_add_column(t, "to", KAM_TEXT, "run.to_rep"), a->rep.code);
    kam_col_push_int(kam_table_add_column(t, "date", KAM_DAY, "run.date"), a->date);
    kam_col_push_int(kam_table_add_column(t, "accounts", KAM_INT, "run.accounts"), x->accounts + 1);
    kam_col_push_int(kam_table_add_column(t, "room", KAM_INT, "run.room"), x->most - x->accounts - 1);
    kam_table_seal(t);
    return t;
}

static kam_rc transfer_run(cmd_session *s, const void *args, cmd_value *out, kam_err *err)
{
    const struct transfer_args *a = args;
    transfer x = {KAM_STR_INIT, 0, 0};
    kam_rc rc = look(s, a, &x, err);
    if (!rc) rc = check(a, &x, err);
    if (!rc && !a->dryrun) rc = cmd_write_begin(s, err);
    if (!rc) {
        rc = write_owner(s, a, err);
        if (rc && !a->dryrun) cmd_write_abort(s);
        else if (!a->dryrun) rc = cmd_write_end(s, NULL, err);
    }
    if (!rc && !a->quiet) cmd_value_take_table(out, answer(a, &x));
    kam_str_release(&x.from);
    return rc;
}

static const cmd_arg transfer_args_[] = {
    {.name = "account", .kind = CMD_REF, .offset = offsetof(struct transfer_args, account), .of = "account", .flags = CMD_REQUIRED,
     .help = {"the account", "客户"}},
    {.name = "rep", .kind = CMD_REF, .offset = offsetof(struct transfer_args, rep), .of = "rep", .flags = CMD_REQUIRED, .help = {"who takes it", "接手人"}},
    {.name = "-date", .kind = CMD_DATE, .offset = offsetof(struct transfer_args, date), .def = "asof", .help = {"from this day", "从哪天起"}},
    {.name = "-evidence", .kind = CMD_STRING, .offset = offsetof(struct transfer_args, evidence), .help = {"why, for the record", "理由（留存）"}},
    CMD_ARG_DRYRUN(struct transfer_args),
    CMD_ARG_QUIET(struct transfer_args),
    CMD_ARGS_END};
static const cmd_column transfer_columns[] = {
    {"account", KAM_TEXT, {"code", "客户编码"}, NULL},
    {"from", KAM_TEXT, {"owner so far; missing: nobody", "原负责人；空为无人"}, NULL},
    {"to", KAM_TEXT, {"new owner", "新负责人"}, NULL},
    {"date", KAM_DAY, {"from this day", "从哪天起"}, NULL},
    {"accounts", KAM_INT, {"accounts of the new owner with this one", "新负责人连同本客户的客户数"}, NULL},
    {"room", KAM_INT, {"accounts that may still be added", "还可接的客户数"}, NULL},
    CMD_COLUMNS_END};
static const cmd_setting transfer_settings[] = {
    {"load-high", NULL},
    CMD_SETTINGS_END};
static const cmd_example transfer_examples[] = {
    {{"The winner takes it.", "中标者接手。"}, "table select [allocation transfer BETA R1 -evidence {best bid}] account from to accounts room",
     "account\tfrom\tto\taccounts\troom\nBETA\t\tR1\t2\t0"},
    {{"Never above capacity.", "绝不超过容量。"}, "allocation transfer BETA R2", "error: KAM CONSTRAINT capacity R2"},
    CMD_EXAMPLES_END};
const cmd_spec cmd_allocation_transfer_spec = {
    .name = "allocation transfer",
    .summary = {"hand an account to a rep, on the record and never above capacity", "把客户交给客户经理，留有记录且不超容量"},
    .detail = {"Writes the account's assessment `owner` of that day: one entry of the journal, which `undo` takes back. A rep at capacity (capacity, or load-high "
               "where none is noted) is refused.",
               "写入该客户当日的评估 owner：日志一条，可用 undo 撤回。已达容量（capacity，未填时为 load-high）的客户经理不能接手。"},
    .effect = CMD_WRITES, .args_size = sizeof(struct transfer_args), .args = transfer_args_, .columns = transfer_columns, .setup = SETUP,
    .examples = transfer_examples, .run = transfer_run, .settings = transfer_settings, .topic = "questions"};

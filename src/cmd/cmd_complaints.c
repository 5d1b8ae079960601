/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_complaints: F5, the complaint desk: what is open, whose it is, which clock runs out. */
#include "cmd_care.h"
#include "cmd_value.h"
#include "kam_mem.h"
#include <stddef.h>

static const char *const SHOW[] = {"cases", "clocks", "owners", "recovery", NULL};

void cmd_desk_params(cmd_session *s, kam_day asof, calc_desk_params *p)
{
    *p = (calc_desk_params){.progress = 1};
    cmd_complaint_params(s, asof, &p->price);
    cmd_care_days(s, "complaint-progress-days", &p->progress);
}

static bool wanted(const kam_table *t, size_t row, const cmd_complaints_args *a)
{
    const kam_column *owner = kam_table_find(t, "owner");
    if (a->account.id && !kam_streq(kam_col_text(kam_table_find(t, "account"), row), a->account.code)) return false;
    if (a->owner.id && (kam_col_missing(owner, row) || !kam_streq(kam_col_text(owner, row), a->owner.code))) return false;
    if (a->open && !kam_col_missing(kam_table_find(t, "resolved_on"), row)) return false;
    return !a->overdue || kam_streq(kam_col_text(kam_table_find(t, "class"), row), "overdue");
}

static kam_table *narrowed(kam_table *t, const cmd_complaints_args *a)
{
    size_t n = 0, *rows = kam_calloc(kam_table_rows(t) + 1, sizeof *rows);
    for (size_t i = 0; i < kam_table_rows(t); i++)
        if (wanted(t, i, a)) rows[n++] = i;
    kam_table *picked = kam_table_pick(t, rows, n);
    kam_free(rows);
    kam_table_unref(t);
    return picked;
}

static kam_rc check(const cmd_complaints_args *a, kam_err *err)
{
    if (a->show != CMD_DESK_RECOVERY || !(a->account.id || a->owner.id || a->open || a->overdue || a->search)) return KAM_OK;
    kam_err_set(err, KAM_USAGE, "complaints: -show recovery is of all complaints; leave the selection out");
    return kam_err_word(err, "complaints");
}

static kam_rc answer(const cmd_complaints_args *a, const calc_facts *f, const kam_table *cases, const calc_desk_params *p, kam_table **out, kam_err *err)
{
    kam_table *rows = NULL;
    if (a->show == CMD_DESK_RECOVERY) return calc_complaint_recovery(f, &p->price, out, err);
    kam_rc rc = calc_desk(f, cases, p, &rows, err);
    if (rc) return rc;
    rows = narrowed(rows, a);
    if (a->show == CMD_DESK_CLOCKS) rc = calc_desk_by_clock(rows, p, out, err);
    else if (a->show == CMD_DESK_OWNERS) rc = calc_desk_by_owner(rows, p, out, err);
    else *out = kam_table_ref(rows);
    kam_table_unref(rows);
    return rc;
}

static kam_rc run(cmd_session *s, const void *args, cmd_value *out, kam_err *err)
{
    const cmd_complaints_args *a = args;
    cmd_facts f = CMD_FACTS_INIT;
    calc_desk_params p;
    kam_table *cases = NULL, *t = NULL;
    cmd_desk_params(s, a->asof, &p);
    p.search = a->search;
    kam_rc rc = check(a, err);
    if (!rc && a->show != CMD_DESK_RECOVERY) cmd_scope_account(s, &a->account);
    if (!rc) rc = cmd_facts_load(s, a->asof, STORE_F_LEDGER | STORE_F_COMPLAINTS, &f, err);
    if (!rc) rc = store_query_cases(cmd_session_store(s), a->asof, &cases, err);
    if (!rc) rc = answer(a, &f.calc, cases, &p, &t, err);
    kam_table_unref(cases);
    cmd_facts_release(&f);
    if (!rc) cmd_value_take_table(out, t);
    return rc;
}

static const cmd_arg spec_args[] = {
    {.name = "-account", .kind = CMD_REF, .offset = offsetof(cmd_complaints_args, account), .of = "account",
     .help = {"only this account", "只看该客户"}},
    {.name = "-owner", .kind = CMD_REF, .offset = offsetof(cmd_complaints_args, owner), .of = "rep",
     .help = {"only what this representative answers for", "只看该客户经理负责的"}},
    {.name = "-open", .kind = CMD_FLAG, .offset = offsetof(cmd_complaints_args, open), .help = {"only what is not resolved", "只看未解决的"}},
    {.name = "-overdue", .kind = CMD_FLAG, .offset = offsetof(cmd_complaints_args, overdue), .help = {"only where a clock is overdue", "只看有时钟逾期的"}},
    {.name = "-search", .kind = CMD_STRING, .offset = offsetof(cmd_complaints_args, search),
     .help = {"only cases with this text in topic, resolution, lesson or notes", "只看话题、处理结果、教训或备注中含此文字的案例"}},
    {.name = "-show", .kind = CMD_ENUM, .offset = offsetof(cmd_complaints_args, show), .values = SHOW, .def = "cases",
     .help = {"cases; clocks: each met, late, running, overdue; owners; recovery: bought again, by speed of the answer",
              "cases 逐件；clocks 各时钟达成、迟延、计时中、逾期；owners 按负责人；recovery 按答复快慢看再次购买"}},
    CMD_ARG_ASOF(cmd_complaints_args),
    CMD_ARGS_END};

static const cmd_column columns[] = {
    {"complaint", KAM_INT, {"number of the interaction", "接触编号"}, "cases"},
    {"account", KAM_TEXT, {"code of the account", "客户编码"}, "cases"},
    {"name", KAM_TEXT, {"its name", "名称"}, "cases"},
    {"class", KAM_TEXT, {"overdue, running or closed (recovery: speed of the answer)", "overdue 逾期、running 处理中、closed 已结（recovery 时为答复快慢）"}, "cases, recovery"},
    {"date", KAM_DAY, {"day of the complaint", "投诉日期"}, "cases"},
    {"topic", KAM_TEXT, {"what it is about", "内容"}, "cases"},
    {"owner", KAM_TEXT, {"who answers for it", "负责人"}, "cases, owners"},
    {"age_days", KAM_INT, {"days open, or to the resolution", "未结天数，或至解决的天数"}, "cases"},
    {"due", KAM_DAY, {"the earliest clock not done is due", "最早未完成时钟的到期日"}, "cases"},
    {"next", KAM_TEXT, {"that clock: progress, written, visit, filed", "该时钟：progress 通报、written 书面、visit 回访、filed 归档"}, "cases"},
    {"progress", KAM_TEXT, {"progress call: met, late, running, overdue", "进度通报：met 达成、late 迟延、running 计时中、overdue 逾期"}, "cases"},
    {"written", KAM_TEXT, {"written result", "书面答复"}, "cases"},
    {"visit", KAM_TEXT, {"visit", "回访"}, "cases"},
    {"filed", KAM_TEXT, {"filed as a lesson", "归档为教训"}, "cases"},
    {"resolved_on", KAM_DAY, {"day it was resolved", "解决日期"}, "cases"},
    {"resolution", KAM_TEXT, {"how", "处理结果"}, "cases"},
    {"lesson", KAM_TEXT, {"what we learned", "教训"}, "cases"},
    {"upper_bound", KAM_MONEY, {"price of an unresolved one (complaint-cost)", "未解决者的代价上限（complaint-cost）"}, "cases"},
    {"clock", KAM_TEXT, {"which clock", "时钟"}, "clocks"},
    {"days", KAM_INT, {"its days", "天数"}, "clocks"},
    {"complaints", KAM_INT, {"how many", "件数"}, "clocks, owners, recovery"},
    {"met", KAM_INT, {"done in time", "按时完成"}, "clocks"},
    {"late", KAM_INT, {"done too late", "迟延完成"}, "clocks"},
    {"running", KAM_INT, {"not done, still time", "未完成、未到期"}, "clocks"},
    {"overdue", KAM_INT, {"not done, time is over (owners: cases with such a clock)", "未完成、已逾期（owners 时为有逾期时钟的件数）"}, "clocks, owners"},
    {"share", KAM_REAL, {"met of those that could be judged (recovery: bought again)", "可判定者中按时的占比（recovery 时为再次购买）"}, "clocks, recovery"},
    {"low", KAM_REAL, {"low end of the Wilson interval", "Wilson 区间下限"}, "clocks, recovery"},
    {"high", KAM_REAL, {"high end", "区间上限"}, "clocks, recovery"},
    {"open", KAM_INT, {"not resolved", "未解决"}, "owners"},
    {"oldest_open", KAM_DAY, {"day of the oldest open one", "最早未结投诉的日期"}, "owners"},
    {"median_days", KAM_REAL, {"median days to the resolution, open ones censored", "解决用时中位数（未结者按删失）"}, "owners"},
    CMD_COLUMNS_END};

static const cmd_setting settings[] = {
    {"complaint-progress-days", NULL},
    {"complaint-written-days", NULL},
    {"complaint-visit-days", NULL},
    {"complaint-filed-days", NULL},
    {"complaint-factor", "-show cases"},
    {"level", "-show clocks,recovery"},
    {"recovery-days", "-show recovery"},
    {"service-recovery", "-show recovery"},
    CMD_SETTINGS_END};

static const cmd_example examples[] = {
    {{"what is on the desk", "投诉台上有什么"}, "table select [complaints] account class next due progress written",
     "account\tclass\tnext\tdue\tprogress\twritten\nACME\toverdue\twritten\t2025-06-13\tlate\toverdue"},
    {{"how the clocks are kept", "各时钟执行如何"}, "table select [complaints -show clocks] clock days met late overdue",
     "clock\tdays\tmet\tlate\toverdue\nprogress\t1\t0\t1\t0\nwritten\t3\t0\t0\t1\nvisit\t7\t0\t0\t1\nfiled\t10\t0\t0\t1"},
    {{"nothing closes without an outcome", "没有结果不得结案"}, "interaction set 1 -resolved_on 2025-06-20", "error: KAM CONSTRAINT outcome interaction.resolution"},
    CMD_EXAMPLES_END};

const cmd_spec cmd_complaints_spec = {
    .name = "complaints",
    .summary = {"the complaint desk: open, age, owner, what is due, four clocks, outcome and price", "投诉台：未结、时长、负责人、到期、四个时钟、结果与代价"},
    .detail = {"Four clocks run from the day of a complaint: a progress call, the written result, the visit, filed as a lesson (settings complaint-progress-days, "
               "complaint-written-days, complaint-visit-days, complaint-filed-days). A clock is met, late, running or overdue. A complaint cannot be resolved without a "
               "resolution. Filed cases are searchable. An unresolved one carries the upper bound of `complaint-cost`.",
               "自投诉之日起有四个时钟：进度通报、书面答复、回访、归档为教训（设置 complaint-progress-days、complaint-written-days、complaint-visit-days、"
               "complaint-filed-days）。时钟分为达成、迟延、计时中、逾期。没有处理结果不得结案。归档案例可检索。未解决者附 complaint-cost 的代价上限。"},
    .effect = CMD_READS,
    .args_size = sizeof(cmd_complaints_args),
    .args = spec_args,
    .columns = columns,
    .setup = "account add ACME -name Acme -known_since 2023-01-01; transaction add -account ACME -date 2025-05-02 -amount 1200; "
             "interaction add -account ACME -date 2025-06-10 -kind complaint -topic {late delivery} -progress_on 2025-06-13",
    .examples = examples,
    .run = run,
    .why = cmd_complaints_why,
    .settings = settings,
    .topic = "questions"};

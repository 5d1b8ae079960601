/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_reminders: G4, what is to be thought of in the next days, as a table and as a calendar. */
#include "calc_ics.h"
#include "cmd_next.h"
#include "cmd_spec.h"
#include "cmd_value.h"
#include "cmd_worth.h"
#include "store_export.h"
#include <stddef.h>
#include <string.h>

/* Words of -kinds into bits. */
static kam_rc read_kinds(const cmd_words *w, unsigned *kinds, kam_err *err)
{
    *kinds = 0;
    for (size_t i = 0; i < w->n; i++) {
        unsigned k = 0;
        while (k < CALC_REMIND_KINDS && !kam_streq(calc_remind_kinds[k], w->word[i])) k++;
        if (k == CALC_REMIND_KINDS)
            return cmd_next_usage("reminders", "-kinds: give birthday, festival, known, member, renewal, end, step or purchase", err);
        *kinds |= 1u << k;
    }
    return KAM_OK;
}

/* Is what all accounts say of the next purchase of one of them at hand? */
static bool learnt(cmd_session *s, const cmd_remind_args *a, calc_remind_params *p)
{
    calc_next_params np;
    calc_remind_next(p, &np);
    p->frame = a->account.id && cmd_facts_narrow(s) ? cmd_rhythm_kept(s, &np) : NULL;
    return p->frame != NULL;
}

static void keep(cmd_session *s, uint64_t version, calc_remind_params *p, const calc_next_frame *all)
{
    calc_next_params np;
    calc_remind_next(p, &np);
    cmd_rhythm_keep(s, version, &np, all);
}

static kam_rc gather(cmd_session *s, const cmd_remind_args *a, calc_remind_params *p, kam_table **out, kam_err *err)
{
    store *st = cmd_session_store(s);
    cmd_facts f = CMD_FACTS_INIT;
    kam_table *persons = NULL, *renewals = NULL, *steps = NULL, *owners = NULL, *quantities = NULL, *habits = NULL;
    /* only the next purchase is learnt from the others */
    const bool purchases = !p->kinds || (p->kinds & (1u << CALC_REMIND_PURCHASE)), kept = purchases && learnt(s, a, p);
    calc_next_frame all = {0};
    const uint64_t version = store_facts_version(st);
    if (!purchases || kept) cmd_scope_account(s, &a->account);
    if (purchases && a->account.id && !kept) p->learn = &all;
    kam_rc rc = cmd_facts_load(s, a->asof, STORE_F_LEDGER | STORE_F_FEW, &f, err);
    if (rc) return rc;
    rc = store_query_persons(st, a->asof, &persons, err);
    if (!rc) rc = store_query_renewals(st, a->asof, &renewals, err);
    if (!rc) rc = store_query_due_steps(st, a->asof, &steps, err);
    if (!rc) rc = store_query_owners(st, a->asof, &owners, err);
    if (!rc && purchases) rc = store_query_quantities(st, a->asof, &quantities, err);
    if (!rc) rc = store_query_habits(st, a->asof, &habits, err);
    if (!rc) {
        const calc_remind_in in = {f.calc, persons, renewals, steps, owners, quantities, habits};
        p->only = a->account.id ? cmd_next_place(f.held.accounts, "account", a->account.code) : SIZE_MAX;
        if (a->account.id && p->only == SIZE_MAX) p->only = kam_table_rows(f.held.accounts); /* not known on that day: festivals only */
        rc = calc_remind(&in, p, out, err);
    }
    if (!rc && p->learn) keep(s, version, p, &all);
    kam_table_unref(persons);
    kam_table_unref(renewals);
    kam_table_unref(steps);
    kam_table_unref(owners);
    kam_table_unref(quantities);
    kam_table_unref(habits);
    cmd_facts_release(&f);
    return rc;
}

/* A calendar when the name says so, else a table as `export` writes it. */
static kam_rc write_file(cmd_session *s, const cmd_remind_args *a, const kam_table *t, kam_err *err)
{
    size_t n = strlen(a->out);
    if (n < 4 || !kam_streq(a->out + n - 4, ".ics")) return store_export_table(t, a->out, a->force, err);
    if (kam_table_rows(t) == 0) {
        kam_err_set(err, KAM_CALC, "reminders: nothing is due, and a calendar must hold something; no file was written. Take more -days");
        return kam_err_word(err, "NODATA");
    }
    const calc_ics_params p = {a->asof, cmd_facts_lang(s), cmd_next_int(s, "reminder-alarm-days")};
    kam_str text = KAM_STR_INIT;
    kam_rc rc = calc_ics(t, &p, &text, err);
    if (!rc) rc = store_export_bytes(a->out, a->force, kam_str_cstr(&text), text.len, err);
    kam_str_release(&text);
    return rc;
}

static kam_rc run(cmd_session *s, const void *args, cmd_value *out, kam_err *err)
{
    const cmd_remind_args *a = args;
    calc_remind_params p = CALC_REMIND_PARAMS(a->asof, cmd_facts_lang(s));
    p.days = a->days >= 0 ? (int)a->days : cmd_next_int(s, "reminder-days");
    p.purchases = cmd_next_int(s, "reminder-purchases");
    p.lost = cmd_next_real(s, "next-purchase-lost");
    p.rep = a->rep.id ? a->rep.code : NULL;
    kam_table *t = NULL;
    kam_rc rc = read_kinds(&a->kinds, &p.kinds, err);
    if (!rc) rc = gather(s, a, &p, &t, err);
    if (!rc && a->out) rc = write_file(s, a, t, err);
    if (!rc) cmd_value_take_table(out, t);
    else kam_table_unref(t);
    return rc;
}

static const cmd_arg spec_args[] = {
    {.name = "-days", .setting = "reminder-days", .kind = CMD_INT, .offset = offsetof(cmd_remind_args, days), .def = "-1", .min = -1, .max = 3660,
     .help = {"days looked ahead; -1: the setting reminder-days", "向前看的天数；-1 为设置 reminder-days"}},
    {.name = "-rep", .kind = CMD_REF, .offset = offsetof(cmd_remind_args, rep), .of = "rep",
     .help = {"only what is this representative's: accounts he owns, steps he is to do; festivals stay", "只看该客户经理的：所负责客户与本人的步骤；节日保留"}},
    {.name = "-account", .kind = CMD_REF, .offset = offsetof(cmd_remind_args, account), .of = "account", .help = {"only this account; festivals stay", "只看该客户；节日保留"}},
    {.name = "-kinds", .kind = CMD_LIST, .offset = offsetof(cmd_remind_args, kinds), .values = calc_remind_kinds,
     .help = {"which: birthday festival known member renewal end step purchase; else all", "种类：birthday festival known member renewal end step purchase；缺省为全部"}},
    {.name = "-out", .kind = CMD_FILE, .offset = offsetof(cmd_remind_args, out),
     .help = {"write them into this file too: FILE.ics a calendar, else as `export` does by its name", "同时写入该文件：以 .ics 结尾为日历，其余同 export"}},
    {.name = "-force", .kind = CMD_FLAG, .offset = offsetof(cmd_remind_args, force), .help = {"replace a file that is there", "覆盖已有文件"}},
    CMD_ARG_ASOF(cmd_remind_args),
    CMD_ARGS_END};

static const cmd_column columns[] = {
    {"date", KAM_DAY, {"when", "日期"}, NULL},
    {"in_days", KAM_INT, {"days from the as-of day; below 0: overdue", "距今天数；负数为逾期"}, NULL},
    {"reminder", KAM_TEXT, {"birthday, festival, known, member, renewal, end, step or purchase", "种类"}, NULL},
    {"account", KAM_TEXT, {"the account; none for a festival", "客户；节日则无"}, NULL},
    {"name", KAM_TEXT, {"its name", "名称"}, NULL},
    {"contact", KAM_TEXT, {"whose birthday", "寿星"}, NULL},
    {"person", KAM_TEXT, {"the name", "姓名"}, NULL},
    {"rep", KAM_TEXT, {"the account's owner, or who is to do the step", "客户负责人，或步骤的执行人"}, NULL},
    {"what", KAM_TEXT, {"in words", "内容"}, NULL},
    {"source", KAM_TEXT, {"the record it stands in", "来源记录"}, NULL},
    {"uid", KAM_TEXT, {"the same for the same thing whenever it is asked", "同一事项始终不变的标识"}, NULL},
    CMD_COLUMNS_END};

static const cmd_example examples[] = {
    {{"the next ten days", "今后十天"}, "table select [reminders -days 10] date reminder account what",
     "date\treminder\taccount\twhat\n2025-06-27\tstep\tACME\tHand over the offer\n2025-07-04\tbirthday\tACME\tAnn turns 40"},
    {{"as a calendar for the phone", "写成手机日历"},
     "reminders -kinds birthday -out kamsh-example.ics; set f [open kamsh-example.ics]; set line [gets $f]; close $f; file delete kamsh-example.ics; "
     "string trim $line", "BEGIN:VCALENDAR"},
    CMD_EXAMPLES_END};

static const cmd_setting used[] = {
    {"reminder-days", NULL},
    {"reminder-purchases", NULL},
    {"next-purchase-lost", NULL},
    CMD_SETTINGS_END};

const cmd_spec cmd_reminders_spec = {
    .name = "reminders",
    .summary = {"birthdays, festivals, anniversaries, renewals, steps and purchases of the next days; also as .ics", "今后若干天的生日、节日、纪念日、续签、步骤与预计采购；也可输出 .ics"},
    .detail = {"Birthdays and anniversaries of 29 February are kept on 28 February in common years. Overdue steps and renewals that have passed "
               "while the contract runs are always shown. A purchase is due when `next-purchase` expects it. Lunar festivals are "
               "known for 2020–2040. A calendar read again moves its events, since a reminder's uid never changes; the same data, day and "
               "language give the same bytes.",
               "2 月 29 日的生日与纪念日在平年记于 2 月 28 日。逾期步骤及已过续签日而合同仍在执行者总是列出。预计采购日取自 next-purchase。"
               "农历节日收录 2020–2040 年。标识不变，再次导入日历只会移动事件；同样的数据、日期与语言得到同样的字节。"},
    .effect = CMD_READS,
    .args_size = sizeof(cmd_remind_args),
    .args = spec_args,
    .columns = columns,
    .setup = "account add ACME -name Acme -known_since 2023-01-15; rep add R1 -name Rita; "
             "contact add A1 -account ACME -name Ann -birthday 1985-07-04; action add -account ACME -what {Hand over the offer} -due 2025-06-27 -owner R1",
    .settings = used,
    .examples = examples,
    .run = run,
    .why = cmd_remind_why,
    .topic = "questions"};

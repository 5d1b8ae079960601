/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_competitor_watch: D6, our accounts seen with a rival, who has to explain it and by when; and rivals per account. */
#include "cmd_deals.h"
#include "cmd_value.h"
#include <stddef.h>

enum { SHOW_LIST, SHOW_RIVALS };
static const char *const SHOW[] = {"list", "rivals", NULL};
static const cmd_setting SETTINGS[] = {{"owned-watch-days", "-show list"}, {"watch-list-days", "-show list"}, {"watch-answer-days", "-show list"}, CMD_SETTINGS_END};

struct watch_args {
    int show;
    cmd_ref account, rep, competitor;
    kam_day asof;
};

static kam_rc ask(cmd_session *s, const struct watch_args *a, const cmd_facts *f, kam_table **t, kam_err *err)
{
    calc_watch_params p;
    kam_table *seen = NULL, *other = NULL;
    cmd_watch_params(s, a->asof, &p);
    kam_rc rc = store_query_seen(cmd_session_store(s), a->asof, &seen, err);
    if (!rc && a->show == SHOW_LIST) {
        rc = store_query_owners(cmd_session_store(s), a->asof, &other, err);
        if (!rc) rc = calc_watch(&f->calc, seen, other, &p, t, err);
    } else if (!rc) {
        rc = store_query_deal_rivals(cmd_session_store(s), f->held.opportunities, &other, err);
        if (!rc) rc = calc_watch_rivals(&f->calc, seen, other, &p, t, err);
    }
    kam_table_unref(seen);
    kam_table_unref(other);
    return rc;
}

static kam_rc run(cmd_session *s, const void *args, cmd_value *out, kam_err *err)
{
    const struct watch_args *a = args;
    cmd_facts f = CMD_FACTS_INIT;
    kam_table *t = NULL;
    kam_rc rc = cmd_facts_load(s, a->asof, STORE_F_LEDGER | STORE_F_OPPORTUNITIES, &f, err);
    if (rc) return rc;
    rc = ask(s, a, &f, &t, err);
    cmd_facts_release(&f);
    if (rc) return rc;
    cmd_rows_keep(&t, "account", a->account.code);
    cmd_rows_keep(&t, "competitor", a->competitor.code);
    if (a->show == SHOW_LIST) cmd_rows_keep(&t, "rep", a->rep.code);
    cmd_value_take_table(out, t);
    return KAM_OK;
}

kam_day cmd_watch_asof(const void *args) { return ((const struct watch_args *)args)->asof; }

static const cmd_arg args_[] = {
    {.name = "-show", .kind = CMD_ENUM, .offset = offsetof(struct watch_args, show), .values = SHOW, .def = "list",
     .help = {"who has to explain what, or rivals per account", "问责清单，或各客户的竞争对手"}},
    {.name = "-account", .kind = CMD_REF, .offset = offsetof(struct watch_args, account), .of = "account", .help = {"only this account", "只看该客户"}},
    {.name = "-rep", .kind = CMD_REF, .offset = offsetof(struct watch_args, rep), .of = "rep", .help = {"only this rep's list", "只看该客户经理的清单"}},
    {.name = "-competitor", .kind = CMD_REF, .offset = offsetof(struct watch_args, competitor), .of = "competitor", .help = {"only this rival", "只看该对手"}},
    CMD_ARG_ASOF(struct watch_args),
    CMD_ARGS_END};
static const cmd_column columns[] = {
    {"rep", KAM_TEXT, {"owner of the account, who has to explain", "客户负责人，须作解释"}, "list"},
    {"account", KAM_TEXT, {"the account", "客户"}, NULL},
    {"name", KAM_TEXT, {"its name", "名称"}, NULL},
    {"status", KAM_TEXT, {"overdue, open, answered", "逾期、待答、已答"}, "list"},
    {"competitor", KAM_TEXT, {"the rival", "竞争对手"}, NULL},
    {"kind", KAM_TEXT, {"order or advert", "订单或广告"}, "list"},
    {"date", KAM_DAY, {"when it was seen", "发现日期"}, "list"},
    {"what", KAM_TEXT, {"what was seen", "内容"}, "list"},
    {"list_on", KAM_DAY, {"day of the list it is on (every second week)", "列入哪一期清单（每两周一期）"}, "list"},
    {"due", KAM_DAY, {"explanation due", "解释期限"}, "list"},
    {"days_late", KAM_INT, {"days overdue", "逾期天数"}, "list"},
    {"last_order", KAM_DAY, {"last order with us", "最近我方订单"}, "list"},
    {"why", KAM_TEXT, {"in words", "说明"}, "list"},
    {"explanation", KAM_TEXT, {"what was explained", "解释"}, "list"},
    {"sighting", KAM_INT, {"number of the sighting", "动态编号"}, "list"},
    {"orders", KAM_INT, {"orders seen", "订单数"}, "rivals"},
    {"adverts", KAM_INT, {"adverts seen", "广告数"}, "rivals"},
    {"rumours", KAM_INT, {"rumours heard, false ones left out", "传闻数，不实者除外"}, "rivals"},
    {"last_seen", KAM_DAY, {"last of these", "最近一次"}, "rivals"},
    {"open_deals", KAM_INT, {"our open opportunities it takes part in", "其参与的进行中商机"}, "rivals"},
    {"open_amount", KAM_MONEY, {"their amount", "金额"}, "rivals"},
    {"won_deals", KAM_INT, {"won against it", "胜过它的次数"}, "rivals"},
    {"lost_deals", KAM_INT, {"lost with it taking part", "有它参与而丢单的次数"}, "rivals"},
    CMD_COLUMNS_END};
#define SETUP                                                                                                             \
    "account add ACME -name Acme; rep add R1 -name Rita; competitor add K1 -name Rival\n"                                  \
    "assessment add account ACME owner 2025-01-01 -value R1\n"                                                             \
    "sighting add -account ACME -competitor K1 -date 2025-05-06 -kind order -what {two lines of theirs}"
static const cmd_example examples[] = {
    {{"Rita should have explained it by now.", "Rita 早该作出解释。"}, "table select [competitor-watch] rep account status list_on due days_late",
     "rep\taccount\tstatus\tlist_on\tdue\tdays_late\nR1\tACME\toverdue\t2025-05-12\t2025-05-26\t35"},
    {{"Rivals per account.", "各客户的竞争对手。"}, "table select [competitor-watch -show rivals] account competitor orders open_deals",
     "account\tcompetitor\torders\topen_deals\nACME\tK1\t1\t0"},
    CMD_EXAMPLES_END};
const cmd_spec cmd_competitor_watch_spec = {
    .name = "competitor-watch",
    .summary = {"our accounts seen with a rival: who has to explain it, by when; rivals per account", "竞争问责：谁须在何时解释；各客户的竞争对手"},
    .detail = {"An order or advert of a rival at an account somebody owns and that has no current order with us (setting "
               "owned-watch-days) comes on the next list (one every watch-list-days, counted from a Monday); its owner explains it within "
               "watch-answer-days (`sighting set N -answered_on DATE -explanation TEXT`). Sightings known to be false and rumours stay out.",
               "有人负责、近期（设置 owned-watch-days）没有我方订单的客户，若见到对手的订单或广告，即列入下一期清单（每 watch-list-days 天一期，"
               "自周一起算），负责人须在 watch-answer-days 天内解释（sighting set N -answered_on 日期 -explanation 文字）。不实者与传闻不列入。"},
    .effect = CMD_READS,
    .args_size = sizeof(struct watch_args),
    .args = args_,
    .columns = columns,
    .setup = SETUP,
    .examples = examples,
    .run = run,
    .why = cmd_competitor_watch_why, .settings = SETTINGS,
    .topic = "questions"};

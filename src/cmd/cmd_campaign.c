/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_campaign: G6, what a mailing brought, against the accounts it did not touch. */
#include "cmd_next.h"
#include "cmd_spec.h"
#include "cmd_value.h"
#include <stddef.h>

static const char *const SHOW[] = {"measures", "accounts", NULL};

static kam_rc run(cmd_session *s, const void *args, cmd_value *out, kam_err *err)
{
    const cmd_campaign_args *a = args;
    store *st = cmd_session_store(s);
    if (a->show == CMD_CAMPAIGN_ACCOUNTS && !a->mailing.id) return cmd_next_usage("campaign", "-show accounts wants -mailing", err);
    cmd_facts f = CMD_FACTS_INIT;
    kam_table *mailings = NULL, *recipients = NULL, *t = NULL;
    kam_rc rc = cmd_facts_load(s, a->asof, STORE_F_LEDGER, &f, err);
    if (rc) return rc;
    rc = store_query_mailings(st, a->asof, &mailings, err);
    if (!rc) rc = store_query_recipients(st, a->asof, a->mailing.id ? a->mailing.code : NULL, &recipients, err);
    if (!rc) {
        calc_campaign_params p = CALC_CAMPAIGN_PARAMS(a->asof, cmd_facts_lang(s));
        const calc_campaign_in in = {f.calc, mailings, recipients};
        p.days = a->days > 0 ? (int)a->days : cmd_next_int(s, "campaign-days");
        p.level = cmd_next_real(s, "level");
        size_t at = a->mailing.id ? cmd_next_place(mailings, "mailing", a->mailing.code) : 0;
        if (at == SIZE_MAX) rc = cmd_next_usage("campaign", "the mailing is dated after the as-of day", err);
        else if (!a->mailing.id) rc = calc_campaign(&in, &p, &t, err);
        else if (a->show == CMD_CAMPAIGN_ACCOUNTS) rc = calc_campaign_accounts(&in, &p, at, &t, err);
        else rc = calc_campaign_measures(&in, &p, at, &t, err);
    }
    kam_table_unref(mailings);
    kam_table_unref(recipients);
    cmd_facts_release(&f);
    if (!rc) cmd_value_take_table(out, t);
    return rc;
}

static const cmd_arg spec_args[] = {
    {.name = "-mailing", .kind = CMD_REF, .offset = offsetof(cmd_campaign_args, mailing), .of = "mailing",
     .help = {"measures of this mailing; else one row a mailing", "该活动的指标；缺省为每个活动一行"}},
    {.name = "-days", .setting = "campaign-days", .kind = CMD_INT, .offset = offsetof(cmd_campaign_args, days), .def = "0", .min = 0, .max = 3660,
     .help = {"days after sending in which orders count; 0: the setting campaign-days", "寄送后计入订单的天数；0 为设置 campaign-days"}},
    {.name = "-show", .kind = CMD_ENUM, .offset = offsetof(cmd_campaign_args, show), .values = SHOW, .def = "measures",
     .help = {"measures, or the accounts they stand on", "指标，或所依据的客户"}},
    CMD_ARG_ASOF(cmd_campaign_args),
    CMD_ARGS_END};

static const cmd_column columns[] = {
    {"mailing", KAM_TEXT, {"the mailing", "活动"}, "without -mailing"},
    {"name", KAM_TEXT, {"its name; the account's with -show accounts", "名称；-show accounts 时为客户名称"}, NULL},
    {"date", KAM_DAY, {"its date", "日期"}, "without -mailing"},
    {"cost", KAM_MONEY, {"what it cost", "费用"}, "without -mailing"},
    {"contacts", KAM_INT, {"people it was sent to", "寄送人数"}, "without -mailing"},
    {"accounts", KAM_INT, {"accounts touched", "触达客户数"}, "without -mailing"},
    {"responses", KAM_INT, {"people who responded", "回应人数"}, "without -mailing"},
    {"response_rate", KAM_REAL, {"responses ÷ contacts", "回应率"}, "without -mailing"},
    {"order_rate", KAM_REAL, {"touched accounts with an order in the days after", "触达客户下单率"}, "without -mailing"},
    {"order_rate_rest", KAM_REAL, {"the same of the untouched", "未触达客户下单率"}, "without -mailing"},
    {"difference", KAM_REAL, {"of the two rates", "两者之差"}, "without -mailing"},
    {"difference_low", KAM_REAL, {"its interval (Newcombe)", "区间下限（Newcombe）"}, "without -mailing"},
    {"difference_high", KAM_REAL, {"its interval", "区间上限"}, "without -mailing"},
    {"uplift", KAM_MONEY, {"revenue of the touched beyond what the untouched let expect", "触达客户相对未触达客户的增收"}, "without -mailing"},
    {"uplift_low", KAM_MONEY, {"its interval (Welch)", "区间下限（Welch）"}, "without -mailing"},
    {"uplift_high", KAM_MONEY, {"its interval", "区间上限"}, "without -mailing"},
    {"cost_per_order", KAM_MONEY, {"cost ÷ touched accounts that ordered", "每个下单客户的费用"}, "without -mailing"},
    {"complete", KAM_FLAG, {"the days have passed for everybody", "观察期已全部结束"}, "without -mailing"},
    {"measure", KAM_TEXT, {"what is measured", "指标"}, "-mailing"},
    {"value", KAM_REAL, {"its value; money in major units", "值；金额以元计"}, "-mailing"},
    {"low", KAM_REAL, {"interval", "区间下限"}, "-mailing"},
    {"high", KAM_REAL, {"interval", "区间上限"}, "-mailing"},
    {"n", KAM_INT, {"what it stands on", "样本数"}, "-mailing"},
    {"reading", KAM_TEXT, {"not used", "未用"}, "-mailing"},
    {"account", KAM_TEXT, {"an account that counts", "计入的客户"}, "-show accounts"},
    {"touched", KAM_FLAG, {"the mailing was sent to somebody there", "已触达"}, "-show accounts"},
    {"responded", KAM_FLAG, {"somebody responded", "有回应"}, "-show accounts"},
    {"from", KAM_DAY, {"its days begin after this one", "观察期自该日之后"}, "-show accounts"},
    {"until", KAM_DAY, {"last of its days", "观察期末日"}, "-show accounts"},
    {"orders", KAM_INT, {"purchase days among them", "其间购买日数"}, "-show accounts"},
    {"revenue", KAM_MONEY, {"net of these days", "其间净额"}, "-show accounts"},
    {"before", KAM_MONEY, {"net of as many days before", "之前同样天数的净额"}, "-show accounts"},
    {"change", KAM_MONEY, {"revenue − before", "变化"}, "-show accounts"},
    CMD_COLUMNS_END};

static const cmd_example examples[] = {
    {{"two touched, one of them ordered; of two others none did", "触达两家，一家下单；另两家均未下单"},
     "table select [campaign] mailing contacts responses order_rate order_rate_rest difference cost_per_order",
     "mailing\tcontacts\tresponses\torder_rate\torder_rate_rest\tdifference\tcost_per_order\nM1\t2\t1\t0.5\t0\t0.5\t90.00"},
    {{"who ordered after it", "其后谁下了单"}, "table select [table where [campaign -mailing M1 -show accounts] {$orders > 0}] account revenue change",
     "account\trevenue\tchange\nA\t500.00\t400.00"},
    CMD_EXAMPLES_END};

static const cmd_setting used[] = {
    {"campaign-days", NULL},
    {"level", NULL},
    CMD_SETTINGS_END};

const cmd_spec cmd_campaign_spec = {
    .name = "campaign",
    .summary = {"what a mailing brought: responses, and orders against the accounts it did not touch", "营销活动成效：回应，以及与未触达客户相比的订单"},
    .detail = {"Touched accounts are watched for so many days after sending, the others from the mailing's date on. The revenue of each is taken against "
               "as many days before, so that large customers being chosen does not look like success. Nobody was drawn by lot: a difference is a hint, "
               "no proof. A response is one with a day, or a word other than none, no or 无.",
               "触达客户自寄送日起观察若干天，其余客户自活动日期起。收入均与此前同样天数相减，以免把“挑了大客户”当成效果。客户并非随机抽取：差异只是线索，不足为证。"
               "有回应日，或回应不为 none、no、无者，计为回应。"},
    .effect = CMD_READS,
    .args_size = sizeof(cmd_campaign_args),
    .args = spec_args,
    .columns = columns,
    .setup = "foreach a {A B C D} {account add $a -name $a -known_since 2024-01-01; contact add $a-1 -account $a -name P$a}; "
             "mailing add M1 -name Spring -date 2025-03-01 -cost 90; recipient add M1 A-1 -sent_on 2025-03-02 -response attended; "
             "recipient add M1 B-1 -sent_on 2025-03-02 -response none; transaction add -account A -date 2025-03-20 -amount 500; "
             "transaction add -account A -date 2025-02-20 -amount 100",
    .settings = used,
    .examples = examples,
    .run = run,
    .why = cmd_campaign_why,
    .topic = "questions"};

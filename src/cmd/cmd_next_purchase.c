/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_next_purchase: C7, when will each account order again, and when will it pay? */
#include "calc_collect.h"
#include "calc_next.h"
#include "cmd_facts.h"
#include "cmd_next.h"
#include "cmd_spec.h"
#include "cmd_value.h"
#include "cmd_worth.h"
#include "kam_mem.h"
#include "store_setting.h"
#include <math.h>
#include <stddef.h>

static const char *const SHOW[] = {"calls", "collections", "payers", "rhythm", NULL};

static double level_of(cmd_session *s, double asked)
{
    double level = 0.8;
    if (!isnan(asked)) return asked;
    store_setting_real(cmd_session_store(s), "level", &level);
    return level;
}

void cmd_next_params(cmd_session *s, const cmd_next_args *a, calc_next_params *p)
{
    *p = (calc_next_params)CALC_NEXT_PARAMS(a->asof, cmd_facts_lang(s));
    p->progress = cmd_session_progress(s);
    p->level = level_of(s, a->level);
    p->days = a->days == CMD_UNSET_INT ? -1 : a->days;
    p->all = a->all;
    store_setting_real(cmd_session_store(s), "next-purchase-lost", &p->lost);
}

/* What all accounts say of the next one that is asked about. */
typedef struct kept_rhythm {
    uint64_t version;
    kam_day asof;
    double level, lost;
    int64_t days;
    bool all;
    calc_next_frame frame;
} kept_rhythm;

const calc_next_frame *cmd_rhythm_kept(cmd_session *s, const calc_next_params *p)
{
    const kept_rhythm *k = cmd_session_kept(s, CMD_KEEP_RHYTHM);
    return k && k->version == store_facts_version(cmd_session_store(s)) && k->asof == p->asof && k->level == p->level && k->lost == p->lost &&
                   k->days == p->days && k->all == p->all
               ? &k->frame
               : NULL;
}

/* The call of one account, with what is kept of all; *out stays NULL when there is nothing kept, or another process changed the data. */
static kam_rc one_call(cmd_session *s, const cmd_next_args *a, kam_table **out, kam_err *err)
{
    calc_next_params p;
    cmd_facts f = CMD_FACTS_INIT;
    kam_table *quantities = NULL, *habits = NULL;
    cmd_next_params(s, a, &p);
    p.frame = cmd_rhythm_kept(s, &p);
    if (!p.frame) return KAM_OK;
    cmd_scope_account(s, &a->account);
    kam_rc rc = cmd_facts_load(s, a->asof, STORE_F_LEDGER | STORE_F_FEW, &f, err);
    if (!rc) rc = store_query_habits(cmd_session_store(s), a->asof, &habits, err);
    if (!rc) rc = store_query_quantities(cmd_session_store(s), a->asof, &quantities, err);
    if (!rc && cmd_rhythm_kept(s, &p)) rc = calc_next_calls(&f.calc, quantities, habits, &p, out, err);
    cmd_scope_all(s);
    kam_table_unref(quantities);
    kam_table_unref(habits);
    cmd_facts_release(&f);
    return rc;
}

void cmd_rhythm_keep(cmd_session *s, uint64_t version, const calc_next_params *p, const calc_next_frame *frame)
{
    kept_rhythm *k = kam_alloc(sizeof *k);
    *k = (kept_rhythm){version, p->asof, p->level, p->lost, p->days, p->all, *frame};
    cmd_session_keep(s, CMD_KEEP_RHYTHM, k, kam_free);
}

static kam_rc calls(cmd_session *s, const cmd_next_args *a, const calc_facts *f, const kam_table *habits, kam_table **out, kam_err *err)
{
    calc_next_params p;
    kam_table *quantities = NULL;
    cmd_next_params(s, a, &p);
    if (a->account.id) {
        p.only = cmd_next_place(f->accounts, "account", a->account.code);
        if (p.only == SIZE_MAX) p.only = kam_table_rows(f->accounts); /* not known on that day */
    }
    calc_next_frame all;
    const uint64_t version = store_facts_version(cmd_session_store(s));
    if (a->account.id) p.learn = &all;
    kam_rc rc = store_query_quantities(cmd_session_store(s), a->asof, &quantities, err);
    if (!rc && a->show == CMD_NEXT_CALLS) rc = calc_next_calls(f, quantities, habits, &p, out, err);
    else if (!rc) rc = calc_next_rhythm(f, quantities, &p, out, err);
    if (!rc && a->show == CMD_NEXT_CALLS && a->account.id) cmd_rhythm_keep(s, version, &p, &all);
    kam_table_unref(quantities);
    return rc;
}

static kam_rc money(cmd_session *s, const cmd_next_args *a, const calc_facts *f, const kam_table *habits, kam_table **out, kam_err *err)
{
    calc_collect_params p = CALC_COLLECT_PARAMS(a->asof, cmd_facts_lang(s));
    kam_table *payments = NULL;
    p.level = level_of(s, a->level);
    p.days = a->days == CMD_UNSET_INT ? -1 : a->days;
    kam_rc rc = store_query_payments(cmd_session_store(s), a->asof, &payments, err);
    if (!rc && a->show == CMD_NEXT_COLLECTIONS) rc = calc_collect_invoices(f, payments, habits, &p, out, err);
    else if (!rc) rc = calc_collect_payers(f, payments, habits, &p, out, err);
    kam_table_unref(payments);
    return rc;
}

static kam_rc check(const cmd_next_args *a, kam_err *err)
{
    const char *why = NULL;
    if (a->all && a->show != CMD_NEXT_CALLS) why = "-all belongs to -show calls";
    else if (a->show == CMD_NEXT_RHYTHM && (a->account.id || a->days != CMD_UNSET_INT)) why = "-account and -days belong to lists, not to -show rhythm";
    if (!why) return KAM_OK;
    kam_err_set(err, KAM_USAGE, "next-purchase: %s", why);
    return kam_err_word(err, "next-purchase");
}

static kam_rc run(cmd_session *s, const void *args, cmd_value *out, kam_err *err)
{
    const cmd_next_args *a = args;
    cmd_facts f = CMD_FACTS_INIT;
    kam_table *habits = NULL, *t = NULL;
    kam_rc rc = check(a, err);
    if (!rc && a->account.id && a->show == CMD_NEXT_CALLS && cmd_facts_narrow(s)) rc = one_call(s, a, &t, err);
    if (rc || t) {
        if (!rc) cmd_value_take_table(out, t);
        return rc;
    }
    rc = cmd_facts_load(s, a->asof, STORE_F_LEDGER | STORE_F_FEW, &f, err);
    if (!rc) rc = store_query_habits(cmd_session_store(s), a->asof, &habits, err);
    bool paying = a->show == CMD_NEXT_COLLECTIONS || a->show == CMD_NEXT_PAYERS;
    if (!rc) rc = (paying ? money : calls)(s, a, &f.calc, habits, &t, err);
    kam_table_unref(habits);
    cmd_facts_release(&f);
    if (rc) return rc;
    cmd_rows_keep(&t, "account", a->account.code);
    cmd_value_take_table(out, t);
    return KAM_OK;
}

static const cmd_arg spec_args[] = {
    {.name = "-account", .kind = CMD_REF, .offset = offsetof(cmd_next_args, account), .of = "account",
     .help = {"only this account (pooled with all)", "只看该客户（仍与全体合并估计）"}},
    {.name = "-days", .kind = CMD_INT, .offset = offsetof(cmd_next_args, days), .min = 0, .max = 36500,
     .help = {"only what is expected within so many days, overdue ones too", "只列出此天数内预计的，含已过期的"}},
    {.name = "-level", .kind = CMD_REAL, .offset = offsetof(cmd_next_args, level), .setting = "level", .min = 0.01, .max = 0.999,
     .help = {"level of the range (default: the setting `level`, 0.8)", "区间水平（默认设置 level，0.8）"}},
    {.name = "-all", .kind = CMD_FLAG, .offset = offsetof(cmd_next_args, all),
     .help = {"accounts too that are no longer waited for (class lost)", "也列出已不再等待的客户（lost）"}},
    {.name = "-show", .kind = CMD_ENUM, .offset = offsetof(cmd_next_args, show), .values = SHOW, .def = "calls",
     .help = {"calls: who will order when; collections: open invoices with the day they will be paid; payers: how each account pays; rhythm: the portfolio's",
              "calls 谁何时再订；collections 未付发票与预计付款日；payers 各客户付款习惯；rhythm 全体节奏"}},
    CMD_ARG_ASOF(cmd_next_args),
    CMD_ARGS_END};

static const cmd_column columns[] = {
    {"account", KAM_TEXT, {"code of the account", "客户编码"}, NULL},
    {"name", KAM_TEXT, {"its name", "名称"}, NULL},
    {"class", KAM_TEXT, {"calls: waiting, due, overdue, lost; collections: not-due, due, chase", "calls：waiting、due、overdue、lost；collections：not-due、due、chase"}, "calls, collections"},
    {"why", KAM_TEXT, {"the facts in a sentence", "一句话说明"}, "calls"},
    {"basis", KAM_TEXT, {"quantity, gaps (own), or portfolio (bought once)", "依据：quantity 数量、gaps 自身间隔、portfolio 全体"}, "calls"},
    {"product", KAM_TEXT, {"the product that runs out first", "最先用完的产品"}, "calls"},
    {"last_purchase", KAM_DAY, {"last order (of that product)", "最近一次购买（该产品）"}, "calls"},
    {"last_quantity", KAM_REAL, {"its quantity", "最近购量"}, "calls"},
    {"gaps", KAM_INT, {"own gaps it rests on", "自身间隔数"}, "calls"},
    {"own_days", KAM_REAL, {"days the last order lasts at the own rate", "按自身用速可用天数"}, "calls"},
    {"days", KAM_REAL, {"the same, pooled with the portfolio", "与全体合并后的天数"}, "calls"},
    {"own_weight", KAM_REAL, {"share of the own rhythm in it", "自身节奏所占权重"}, "calls"},
    {"expected", KAM_DAY, {"expected order, or payment", "预计订货（付款）日"}, "calls, collections"},
    {"earliest", KAM_DAY, {"low end of the range", "区间下限"}, "calls, collections"},
    {"latest", KAM_DAY, {"high end", "区间上限"}, "calls, collections"},
    {"overdue", KAM_FLAG, {"expected before the as-of day", "预计日已过"}, "calls"},
    {"quantity", KAM_REAL, {"proposed quantity, never above the storage capacity", "建议数量，不超过仓储能力"}, "calls"},
    {"storage_capacity", KAM_REAL, {"units it can store", "仓储能力"}, "calls"},
    {"invoice_no", KAM_TEXT, {"the invoice", "发票号"}, "collections"},
    {"due", KAM_DAY, {"due day", "到期日"}, "collections"},
    {"amount", KAM_MONEY, {"open amount", "未付金额"}, "collections"},
    {"late_days", KAM_INT, {"days past due", "逾期天数"}, "collections"},
    {"pay_day", KAM_INT, {"usual pay day of the month", "惯常付款日"}, "collections, payers"},
    {"paid", KAM_INT, {"invoices paid so far", "已付发票数"}, "collections, payers"},
    {"mean_delay", KAM_REAL, {"own mean delay, days after the due day", "自身平均延迟（天）"}, "collections, payers"},
    {"usual_delay", KAM_REAL, {"the same, pooled with the portfolio", "与全体合并后的惯常延迟"}, "collections, payers"},
    {"open_amount", KAM_MONEY, {"sum of open invoices", "未付合计"}, "payers"},
    {"late_amount", KAM_MONEY, {"of it past due", "其中逾期"}, "payers"},
    {"next_expected", KAM_DAY, {"next expected payment", "下次预计付款"}, "payers"},
    CMD_COLUMNS_END};

/* Thresholds read; cmd_uses.h. */
static const cmd_setting settings[] = {
    {"level", NULL},
    {"next-purchase-lost", "-show calls"},
    CMD_SETTINGS_END};

static const cmd_example examples[] = {
    {{"who runs out, and how much to bring", "谁快用完，该送多少"}, "table select [next-purchase] account product expected quantity",
     "account\tproduct\texpected\tquantity\nACME\tRICE\t2025-07-04\t20"},
    {{"within a week", "一周之内"}, "table rows [next-purchase -days 7]", "1"},
    {{"when will the open invoice be paid?", "未付发票何时收到？"}, "table select [next-purchase -show collections] account due usual_delay expected",
     "account\tdue\tusual_delay\texpected\nACME\t2025-07-10\t5\t2025-07-15"},
    CMD_EXAMPLES_END};

const cmd_spec cmd_next_purchase_spec = {
    .name = "next-purchase",
    .summary = {"the rice-jar rule: when each account will order again, how much to bring, when it will pay", "米缸法则：客户何时再订、送多少、何时付款"},
    .detail = {"The jar is empty when what was bought is used up: last quantity / own rate of use, per product, and of the account's products the earliest; where "
               "quantities are unknown the own mean gap between purchase days. A short record is pooled with the portfolio (gamma-distributed gaps, "
               "empirical Bayes: the portfolio counts as a few own gaps), so one odd gap does not decide. Never bring more than the jar holds: the "
               "proposed quantity ends at the storage capacity. Collections: due day + usual delay, moved to the usual pay day.",
               "买来的东西用完，米缸就空了：每种产品以最近购量 ÷ 自身用速推算，取最早的一种；数量未知则用自身购买日的平均间隔。记录短的客户与全体部分合并"
               "（间隔服从伽马分布，经验贝叶斯：全体相当于几个自身间隔），一次反常不至于左右结果。送货绝不超过米缸容量：建议数量以仓储能力为限。"
               "收款：到期日 + 惯常延迟，顺延至惯常付款日。"},
    .effect = CMD_READS,
    .args_size = sizeof(cmd_next_args),
    .args = spec_args,
    .columns = columns,
    .setup = "account add ACME -name Acme -storage_capacity 20; product add RICE -name Rice; foreach d {2025-03-01 2025-03-31 2025-04-30 2025-05-30} "
             "{transaction add -account ACME -date $d -amount 100 -product RICE -quantity 24}; transaction add -account ACME -date 2025-06-09 -amount 100 "
             "-product RICE -quantity 24 -due_on 2025-07-10; transaction add -account ACME -date 2025-01-09 -amount 100 -due_on 2025-02-10 -paid_on 2025-02-15",
    .examples = examples,
    .run = run,
    .why = cmd_purchase_why,
    .settings = settings,
    .topic = "questions"};

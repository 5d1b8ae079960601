/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_sale: which way of selling a deal calls for: the buyer's phase (D5), the five buying factors (D9), key or ordinary sale (D11).
 * Three small questions about the same thing, one file. */
#include "cmd_deals.h"
#include "cmd_value.h"
#include "store_setting.h"
#include <stddef.h>

#define SETUP                                                                                                             \
    "account add ACME -name Acme; contact add C1 -account ACME -name Ann\n"                                                \
    "opportunity add D1 -account ACME -opened_on 2025-01-10; stage-change add D1 2025-06-20 -stage proposal\n"             \
    "assessment add opportunity D1 buys_for 2025-02-01 -value value\n"                                                     \
    "foreach {a v} {knows 8 needs 6 worth 3} {assessment add contact C1 $a 2025-06-01 -opportunity D1 -value $v -evidence talk}"

/* Phase and kind are asked of all opportunities, of an account's or of one. */
struct deals_args {
    cmd_ref account, opportunity;
    kam_day asof;
};
static const cmd_arg deals_arg[] = {
    {.name = "-account", .kind = CMD_REF, .offset = offsetof(struct deals_args, account), .of = "account", .help = {"only this account", "只看该客户"}},
    {.name = "-opportunity", .kind = CMD_REF, .offset = offsetof(struct deals_args, opportunity), .of = "opportunity", .help = {"only this opportunity", "只看该商机"}},
    CMD_ARG_ASOF(struct deals_args),
    CMD_ARGS_END};

static kam_rc answer(const struct deals_args *a, kam_rc rc, kam_table *t, cmd_value *out)
{
    if (rc) return rc;
    cmd_rows_keep(&t, "account", a->account.code);
    cmd_rows_keep(&t, "opportunity", a->opportunity.code);
    cmd_value_take_table(out, t);
    return KAM_OK;
}

kam_day cmd_phase_asof(const void *args) { return ((const struct deals_args *)args)->asof; }
kam_day cmd_kind_asof(const void *args) { return ((const struct deals_args *)args)->asof; }

/* --- buying-phase ------------------------------------------------------------------------------------------------------ */
static const cmd_setting PHASE_SETTINGS[] = {{"funnel-stuck-factor", NULL}, CMD_SETTINGS_END};

static kam_rc run_phase(cmd_session *s, const void *args, cmd_value *out, kam_err *err)
{
    const struct deals_args *a = args;
    cmd_facts f = CMD_FACTS_INIT;
    calc_funnel_params p;
    kam_table *deals = NULL, *t = NULL;
    cmd_scope_deals(s);
    kam_rc rc = cmd_facts_load(s, a->asof, STORE_F_OPPORTUNITIES | STORE_F_STAGES, &f, err);
    if (rc) return rc;
    cmd_funnel_params(s, a->asof, 0, &p);
    rc = calc_funnel_opportunities(&f.calc, &p, &deals, err);
    if (!rc) rc = calc_phases(deals, cmd_facts_lang(s), &t, err);
    kam_table_unref(deals);
    cmd_facts_release(&f);
    return answer(a, rc, t, out);
}

static const cmd_column phase_columns[] = {
    {"opportunity", KAM_TEXT, {"open opportunity", "进行中的商机"}, NULL},
    {"name", KAM_TEXT, {"its name", "名称"}, NULL},
    {"account", KAM_TEXT, {"the account", "客户"}, NULL},
    {"stage", KAM_TEXT, {"stage of the funnel", "漏斗阶段"}, NULL},
    {"age", KAM_INT, {"days in the stage", "阶段停留天数"}, NULL},
    {"median_stay", KAM_REAL, {"usual stay in it", "通常停留天数"}, NULL},
    {"phase", KAM_TEXT, {"what leads the buyer's thoughts: needs (and cost), solution, risk (and cost)", "买方关注：需求（与成本）、方案、风险（与成本）"}, NULL},
    {"why", KAM_TEXT, {"in words", "说明"}, NULL},
    {"topics", KAM_TEXT, {"topics for the next visit", "下次拜访的话题"}, NULL},
    {"rep", KAM_TEXT, {"owner", "客户经理"}, NULL},
    CMD_COLUMNS_END};
static const cmd_example phase_examples[] = {
    {{"A proposal lies there: the solution leads.", "方案已提交：方案为先。"}, "table select [buying-phase] opportunity stage phase", "opportunity\tstage\tphase\nD1\tproposal\tsolution"},
    CMD_EXAMPLES_END};
const cmd_spec cmd_buying_phase_spec = {
    .name = "buying-phase",
    .summary = {"what concerns the buyer of each open opportunity now, and topics for the next visit", "采购周期：买方此时关心什么，以及下次拜访的话题"},
    .detail = {"Phase 1: needs and cost lead; phase 2: the solution; phase 3: risk and cost. It follows from the stage (lead and intent 1, "
               "proposal 2, negotiation 3); a deal that has stayed at intent or proposal for longer than the stage's median, and is not stuck, "
               "has a buyer who thinks one phase on already.",
               "第一期需求与成本为先，第二期方案为先，第三期风险与成本为先。由阶段得出（潜在、意向为一，方案为二，商务谈判为三）；"
               "在意向或方案阶段停留超过中位数而未停滞者，买方的心思已到下一期。"},
    .effect = CMD_READS, .args_size = sizeof(struct deals_args), .args = deals_arg, .columns = phase_columns, .setup = SETUP,
    .examples = phase_examples, .run = run_phase, .why = cmd_buying_phase_why, .settings = PHASE_SETTINGS, .topic = "questions"};

/* --- buying-factors ---------------------------------------------------------------------------------------------------- */
struct factor_args {
    cmd_ref opportunity;
    kam_day asof;
};

static kam_rc run_factors(cmd_session *s, const void *args, cmd_value *out, kam_err *err)
{
    const struct factor_args *a = args;
    kam_table *factors = NULL, *t = NULL;
    kam_rc rc = store_query_factors(cmd_session_store(s), a->asof, a->opportunity.code, &factors, err);
    if (!rc) rc = calc_factors(factors, cmd_facts_lang(s), &t, err);
    kam_table_unref(factors);
    if (!rc) cmd_value_take_table(out, t);
    return rc;
}

kam_day cmd_factors_asof(const void *args) { return ((const struct factor_args *)args)->asof; }
const char *cmd_factors_opportunity(const void *args) { return ((const struct factor_args *)args)->opportunity.code; }

static const cmd_arg factor_arg[] = {
    {.name = "opportunity", .kind = CMD_REF, .offset = offsetof(struct factor_args, opportunity), .of = "opportunity", .flags = CMD_REQUIRED,
     .help = {"the opportunity", "商机"}},
    CMD_ARG_ASOF(struct factor_args),
    CMD_ARGS_END};
static const cmd_column factor_columns[] = {
    {"contact", KAM_TEXT, {"person", "联系人"}, NULL},
    {"name", KAM_TEXT, {"name", "姓名"}, NULL},
    {"knows", KAM_REAL, {"knows us, 0–10", "了解我们 0–10"}, NULL},
    {"needs", KAM_REAL, {"needs it", "需要"}, NULL},
    {"worth", KAM_REAL, {"finds it worth the money", "值得"}, NULL},
    {"trusts", KAM_REAL, {"trusts us", "相信"}, NULL},
    {"satisfied", KAM_REAL, {"was satisfied before", "以往满意"}, NULL},
    {"lowest", KAM_TEXT, {"the lowest of the known; of equal ones the first in this order", "已知中最低者；相等时取次序在前者"}, NULL},
    {"force", KAM_TEXT, {"what to apply: introduce, bring-out-need, show-value, build-trust, exceed", "销售力：介绍、挖掘需求、展示价值、建立信任、超出期望"}, NULL},
    {"coverage", KAM_REAL, {"share of the five that is known", "五项中已知的比例"}, NULL},
    {"why", KAM_TEXT, {"in words", "说明"}, NULL},
    CMD_COLUMNS_END};
static const cmd_example factor_examples[] = {
    {{"Ann doubts that it is worth the money.", "Ann 觉得不够值得。"}, "table select [buying-factors D1] contact lowest force coverage", "contact\tlowest\tforce\tcoverage\nC1\tworth\tshow-value\t0.6"},
    CMD_EXAMPLES_END};
const cmd_spec cmd_buying_factors_spec = {
    .name = "buying-factors",
    .summary = {"the five buying factors of an opportunity person by person, and the selling force each calls for", "采购五要素：逐人列出，以及应施加的销售力"},
    .detail = {"Knows us, needs it, finds it worth the money, trusts us, was satisfied: 0–10 each, entered as assessments of the person "
               "(`assessment add contact C1 trusts 2025-06-01 -opportunity D1 -value 4 -evidence …`; without -opportunity they hold for all). "
               "The lowest names the force to apply. Unknown stays unknown; coverage says how much is known.",
               "了解、需要、值得、相信、满意，各 0–10 分，作为对人的评估录入（assessment add contact C1 trusts 2025-06-01 -opportunity D1 -value 4 "
               "-evidence …；不写 -opportunity 则对所有商机有效）。最低的一项决定应施加的销售力。不详者仍为不详，coverage 为已知比例。"},
    .effect = CMD_READS, .args_size = sizeof(struct factor_args), .args = factor_arg, .columns = factor_columns, .setup = SETUP,
    .examples = factor_examples, .run = run_factors, .why = cmd_buying_factors_why, .topic = "questions"};

/* --- deal-kind --------------------------------------------------------------------------------------------------------- */
static const cmd_setting KIND_SETTINGS[] = {{"key-sale-days", NULL}, {"key-sale-deciders", NULL}, {"key-sale-repeats", NULL}, {"stakeholder-cut", NULL}, {"window", NULL},
                                             CMD_SETTINGS_END};
static kam_rc run_kind(cmd_session *s, const void *args, cmd_value *out, kam_err *err)
{
    const struct deals_args *a = args;
    cmd_facts f = CMD_FACTS_INIT;
    calc_kind_params p;
    kam_table *signs = NULL, *t = NULL;
    cmd_scope_deals(s);
    kam_rc rc = cmd_facts_load(s, a->asof, STORE_F_LEDGER | STORE_F_OPPORTUNITIES, &f, err);
    if (rc) return rc;
    cmd_kind_params(s, a->asof, &p);
    double authority = 5;
    store_setting_real(cmd_session_store(s), "stakeholder-cut", &authority);
    rc = store_query_deal_signs(cmd_session_store(s), a->asof, authority, f.held.opportunities, &signs, err);
    if (!rc) rc = calc_kind(&f.calc, signs, &p, &t, err);
    kam_table_unref(signs);
    cmd_facts_release(&f);
    return answer(a, rc, t, out);
}

static const cmd_column kind_columns[] = {
    {"opportunity", KAM_TEXT, {"opportunity, open or closed", "商机，含已结"}, NULL},
    {"name", KAM_TEXT, {"its name", "名称"}, NULL},
    {"account", KAM_TEXT, {"the account", "客户"}, NULL},
    {"class", KAM_TEXT, {"key or ordinary; missing when no sign is known", "大客户销售或普通销售；特征均不详时为空"}, NULL},
    {"why", KAM_TEXT, {"in words", "说明"}, NULL},
    {"cycle_days", KAM_INT, {"length of the cycle in days", "销售周期天数"}, NULL},
    {"deciders", KAM_INT, {"people whose buying role is decider or whose authority reaches stakeholder-cut", "采购角色为决策人或权力达到 stakeholder-cut 的人数"}, NULL},
    {"repeats", KAM_INT, {"purchase days of the account in the window", "统计期内的购买日数"}, NULL},
    {"buys_for", KAM_TEXT, {"value or features (assessment buys_for)", "价值或功能（评估 buys_for）"}, NULL},
    {"signs", KAM_INT, {"signs that speak for a key sale", "表明大客户销售的特征数"}, NULL},
    {"known", KAM_INT, {"known signs, of four", "已知特征数（共四项）"}, NULL},
    CMD_COLUMNS_END};
static const cmd_example kind_examples[] = {
    {{"A long cycle and a buyer of value; nobody's role is known.", "周期长、买的是价值；无人角色已知。"}, "table select [deal-kind] opportunity class cycle_days signs known", "opportunity\tclass\tcycle_days\tsigns\tknown\nD1\tkey\t171\t2\t3"},
    CMD_EXAMPLES_END};
const cmd_spec cmd_deal_kind_spec = {
    .name = "deal-kind",
    .summary = {"key or ordinary sale: which way of selling each opportunity calls for", "大客户销售还是普通销售：商机应采用哪种销售方式"},
    .detail = {"Four signs of a key sale: a long cycle (setting key-sale-days), many deciders (key-sale-deciders; by buying role, or by authority from stakeholder-cut on), repeat "
               "orders of the account (key-sale-repeats in the window), and that it buys for value, not features (`assessment add opportunity "
               "D1 buys_for DATE -value value`). Half of the known signs or more make it a key sale.",
               "大客户销售的四项特征：周期长（设置 key-sale-days）、决策人多（key-sale-deciders；按采购角色，或权力达到 stakeholder-cut）、重复订货（统计期内 key-sale-repeats 次）、"
               "为价值而非功能购买（assessment add opportunity D1 buys_for 日期 -value value）。已知特征中达到一半即为大客户销售。"},
    .effect = CMD_READS, .args_size = sizeof(struct deals_args), .args = deals_arg, .columns = kind_columns, .setup = SETUP,
    .examples = kind_examples, .run = run_kind, .why = cmd_deal_kind_why, .settings = KIND_SETTINGS, .topic = "questions"};

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every threshold of the domain: name, kind, default, range, unit, meaning, source. Sorted by name. */
#include "store_setting.h"

#define S_INT(name, dflt, lo, hi, unit, zh, en, source) {name, STORE_S_INT, dflt, lo, hi, 0, NULL, unit, zh, en, source}
#define S_REAL(name, dflt, lo, hi, unit, zh, en, source) {name, STORE_S_REAL, dflt, lo, hi, 0, NULL, unit, zh, en, source}

static const store_enum unit_of_time[] = {{"day", "日", "day"}, {"week", "周", "week"}, {"month", "月", "month"}, {0}};
static const store_enum basis[] = {{"revenue", "收入", "revenue"}, {"margin", "毛利", "margin"},
    {"lifetime-value", "终身价值", "lifetime value"}, {0}};

static const store_setting settings[] = {
    S_REAL("acquire-success", "0.15", 0, 1, "share", "获得新客户的成功率", "success rate of winning a new customer", "C6"),
    {"asof", STORE_S_DAY, NULL, 0, 0, 0, NULL, "", "基准日；缺省为今天", "as-of date; today when not set", "conventions"},
    S_REAL("complaint-factor", "25", 0, 10000, "", "一个不满客户背后的客户数（上限）", "customers who may stand behind one dissatisfied one (upper bound)", "C5"),
    S_INT("complaint-filed-days", "10", 0, 3650, "days", "投诉归档期限", "complaint filed as a lesson within", "F5"),
    S_INT("complaint-progress-days", "1", 0, 3650, "days", "投诉进度通报期限", "progress call within", "F5"),
    S_INT("complaint-visit-days", "7", 0, 3650, "days", "投诉回访期限", "visit within", "F5"),
    S_INT("complaint-written-days", "3", 0, 3650, "days", "投诉书面答复期限", "written result within", "F5"),
    S_INT("continuation-days", "60", 1, 3650, "days", "只有延续结果的天数即预警", "an opportunity with only continuations for so long is flagged", "D4"),
    {"currency", STORE_S_CURRENCY, "CNY", 0, 0, 0, NULL, "ISO 4217", "数据库的货币；没有金额时才能改", "currency of the database; can be changed only while no money is stored", "conventions"},
    {"default-margin", STORE_S_REAL, NULL, 0, 1, 0, NULL, "share", "没有成本时假定的毛利率", "margin rate taken where no cost is known", "conventions"},
    S_REAL("discount", "0.1", 0, 10, "a year", "折现率", "discount rate", "C1"),
    {"effort-model", STORE_S_REALS, "40/30/30", 0, 100, 3, NULL, "percent", "投入模式：大客户选择/营销过程/销售管理", "effort model: selection / selling process / sales administration", "E3"},
    S_REAL("exit-cost-low", "3", 0, 10, "", "逃离代价低于此为低", "an exit cost below this is low", "B9"),
    S_REAL("fit-cut", "50", 0, 100, "", "门当户对的高低分界", "border of low and high value and capability", "A7"),
    S_REAL("funnel-prior-cases", "20", 0, 1e6, "cases", "用历史重估阶段概率时先验相当的案例数", "weight of the stage's prior, in cases, when probabilities are re-estimated", "D2"),
    S_REAL("funnel-stuck-factor", "2", 0.1, 100, "", "停留超过中位数的几倍算停滞", "an opportunity older than so many median stays is stuck", "D2"),
    S_INT("horizon", "36", 1, 600, "months", "未来价值的期限", "horizon of future value", "C3"),
    S_REAL("keep-acquire-cost-ratio", "5", 0, 1000, "", "获客与留客的成本比", "cost of winning a customer against keeping one", "C6"),
    S_REAL("keep-success", "0.5", 0, 1, "share", "留住老客户的成功率", "success rate of keeping a customer", "C6"),
    {"key-account-revenue", STORE_S_MONEY, NULL, 0, 1e13, 0, NULL, "", "窗口收入达到此数即为大客户的一个标准", "window revenue that counts as one lens of a key account", "A12"},
    S_REAL("key-account-share", "0.2", 0, 1, "share", "大客户界定的前多少比例", "top share of accounts by margin in the lenses of a key account", "A12"),
    S_REAL("ladder-loyal-share", "0.8", 0, 1, "share", "忠诚客户的最低客户份额", "least share of wallet of a loyal account", "A5"),
    S_REAL("level", "0.8", 0.5, 0.999, "share", "区间的置信水平", "level of intervals of estimates", "C3"),
    S_INT("lifecycle-complaint-days", "14", 0, 3650, "days", "投诉未解决超过此数为问题客户", "a complaint open longer makes a problem account", "A4"),
    S_REAL("lifecycle-declining-ratio", "0.85", 0, 1, "", "衰退：近期不超过前期的倍数", "declining: recent at most this times prior", "A4"),
    S_REAL("lifecycle-growing-ratio", "1.15", 1, 100, "", "成长：近期至少为前期的倍数", "growing: recent at least this times prior", "A4"),
    S_INT("lifecycle-lost-days", "365", 1, 36500, "days", "沉默超过此数为流失", "silent for longer is lost", "A4"),
    S_REAL("lifecycle-lost-gaps", "3", 0, 1000, "", "流失：沉默超过平均购买间隔的倍数", "lost: silent for more than this times the own mean gap", "A4"),
    S_INT("lifecycle-new-days", "180", 1, 36500, "days", "首次购买不超过此数为新客户", "a first purchase at most so long ago makes a new account", "A4"),
    S_INT("lifecycle-overdue-days", "30", 0, 3650, "days", "发票逾期超过此数为问题客户", "an invoice overdue longer makes a problem account", "A4"),
    S_INT("lifecycle-trend-days", "180", 1, 3650, "days", "成长与衰退比较的天数", "days of the two halves compared for growth", "A4"),
    S_INT("load-high", "40", 1, 100000, "accounts", "每位客户经理的客户数上限", "accounts a representative can serve at most", "E1"),
    S_INT("load-low", "30", 0, 100000, "accounts", "每位客户经理的客户数下限", "accounts a representative should serve at least", "E1"),
    {"market-share", STORE_S_REAL, NULL, 0, 1, 0, NULL, "share", "我们的市场份额", "our share of the market", "E8"},
    S_INT("max-list-rows", "100000", 1, 1e9, "rows", "表可以变成 Tcl 列表的最大行数", "most rows of a table that may turn into a Tcl list", "DESIGN 1"),
    S_REAL("next-purchase-lost", "0.01", 0, 0.5, "share", "沉默之久只有此比例的间隔会超过时，不再等待下次购买", "an account silent for longer than all but this share of gaps is no longer waited for", "C7"),
    S_INT("owned-watch-days", "90", 1, 3650, "days", "竞争问责：近期有我方订单的窗口", "competitor watch: window of a current order with us", "D6"),
    {"pdf-font", STORE_S_TEXT, NULL, 0, 0, 0, NULL, "", "PDF 的字体族；缺省自动选择", "font family of PDFs; chosen by itself when not set", "I"},
    {"potential-weights", STORE_S_REALS, "1/1/1/1/1/1/1/1", 0, 100, 8, NULL, "", "价值潜力八项标准的权重", "weights of the eight criteria of potential", "A8"},
    {"pyramid-basis", STORE_S_ENUM, "revenue", 0, 0, 0, basis, "", "客户金字塔的依据", "basis of the customer pyramid", "A2"},
    {"pyramid-split", STORE_S_REALS, "1/4/15/80", 0, 100, 4, NULL, "percent", "金字塔各层的客户比例，自上而下；另一种是 1/19/30/50", "per cent of accounts on each level from the top; another in use is 1/19/30/50", "A2"},
    S_REAL("quality-good", "7", 0, 10, "", "优质客户的最低质量分", "quality from which a small account may be good", "A6"),
    {"quality-weights", STORE_S_REALS, "25/25/20/20/10", 0, 100, 5, NULL, "", "客户质量五项标准的权重", "weights of the five criteria of quality", "A6"},
    S_INT("receivable-days", "90", 0, 3650, "days", "应收款超过此天数为风险", "receivables older than this are a risk", "A6"),
    S_REAL("receivable-share", "0.3", 0, 1, "share", "应收款占年收入超过此数为风险", "receivables above this share of annual revenue are a risk", "A6"),
    S_INT("recovery-days", "90", 1, 3650, "days", "投诉后多少天内再次购买算留住", "a purchase within so many days after a complaint counts as kept", "C5"),
    S_REAL("service-recovery", "0.7", 0, 1, "share", "投诉得到解决后的再购率（通行说法）", "repurchase after a settled complaint as usually quoted", "C5"),
    S_REAL("significance", "0.05", 0, 1, "", "检验的显著性水平", "level of significance of tests", "C3"),
    S_REAL("spend-correlation", "0.2", 0, 1, "", "每次金额与购买次数的相关系数达到此数即提示", "correlation of value and number of purchases that is warned of", "C3"),
    {"stage-probability", STORE_S_REALS, "0.1/0.3/0.5/0.7/1", 0, 1, 5, NULL, "share", "各阶段的成交概率：潜在、意向、方案、谈判、成交", "probability of winning by stage: lead, intent, proposal, negotiation, won", "D2"},
    S_REAL("stakeholder-bad-attitude", "-2", -5, 5, "", "态度不高于此为反对者", "an attitude at or below this is hostile", "B5"),
    S_REAL("stakeholder-coach-attitude", "1", -5, 5, "", "向导人选的最低态度", "least attitude of a coach", "B2"),
    S_REAL("stakeholder-cut", "5", 0, 10, "", "权力、参与度与满足度的高低分界", "border of low and high authority, participation and fit", "B3"),
    S_INT("stakeholder-met-days", "90", 1, 3650, "days", "超过此数未见面为预警", "not met for longer is flagged", "B1"),
    S_INT("stakeholder-new-days", "90", 1, 3650, "days", "认识不超过此数为新人", "a person known for no longer is new", "B5"),
    S_INT("stakeholder-policy-days", "180", 1, 3650, "days", "政策动态须在此期限内复核", "a policy note must have been reviewed within", "B5"),
    {"time-unit", STORE_S_ENUM, "week", 0, 0, 0, unit_of_time, "", "购买模型的时间单位", "unit of time of purchase models", "C3"},
    S_INT("window", "365", 1, 36500, "days", "分析窗口", "window of the analyses", "conventions"),
    S_INT("winning-circle-influencers", "2", 0, 10, "people", "成功圈中的影响者人数", "influencers in the winning circle", "B6"),
    S_REAL("word-of-mouth-bad", "25", 0, 1000, "people", "一个不满客户影响的人数", "people a dissatisfied customer touches", "C5"),
    S_REAL("word-of-mouth-good", "8", 0, 1000, "chances", "一个满意客户带来的机会", "chances a satisfied customer brings", "C5"),
    S_INT("yield-progress-days", "180", 1, 3650, "days", "孵化客户：近期有进展的天数", "incubating: progress within", "A1"),
};

const store_setting *store_settings(size_t *n)
{
    *n = sizeof settings / sizeof *settings;
    return settings;
}

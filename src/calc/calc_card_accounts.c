/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The cards of accounts: A6 quality, A7 fit and capability, A8 potential, A11 value disciplines. */
#include "calc_card_int.h"

/* A mark 0–10; m: data answer it where they can. */
#define MARK(key, group, weight, m, en, zh, ask_en, ask_zh)                                                                       \
    {key, {key, en, zh}, {key, ask_en, ask_zh}, {key, NULL, NULL}, 0, 10, false, m, weight, group}
#define COST(key, group, en, zh, ask_en, ask_zh)                                                                                  \
    {key, {key, en, zh}, {key, ask_en, ask_zh}, {key, NULL, NULL}, 0, 10, true, false, 1, group}
#define COUNT(a) sizeof(a) / sizeof(a)[0]

static const calc_criterion quality[] = {
    MARK("buying-power", 0, 25, false, "buying power and desire", "购买力与购买意愿",
         "Can it buy enough and does it want to? Look for its budget in our category, open needs and how it takes up new offers.",
         "它买得起、也想买吗？看品类预算、未满足的需求和对新方案的反应。"),
    MARK("margin-payment", 0, 25, true, "margin, price sensitivity and payment", "毛利、价格敏感与付款信用",
         "Does it let us earn and does it pay on time? Look for the margin rate, how often price is the only topic, and the delay of payments.",
         "它让我们有利可图并按时付款吗？看毛利率、是否只谈价格以及付款拖延。"),
    MARK("cost-to-serve", 0, 20, true, "low cost to serve", "服务成本低",
         "Does it take little to serve, for what it buys? Look for service cost against revenue, small urgent orders, returns.",
         "相对采购额，服务它费力吗？看服务成本占收入的比例、零星急单和退货。"),
    MARK("loyalty", 0, 20, true, "loyalty, low risk and prospects", "忠诚、低风险与前景",
         "Will it stay and grow? Look for how likely it is still a customer, its growth, fair dealing and safe business.",
         "它会留下并成长吗？看仍是客户的可能性、增长、待人公道和经营稳健。"),
    MARK("teaches", 0, 10, false, "teaches us to be better", "促使我们进步",
         "Does it ask for what we do well and make us do it better? Look for suggestions, joint trials, demands that others will follow.",
         "它的要求是否正合我们所长，并促使我们做得更好？看建议、联合试验以及他人将会跟进的要求。"),
};
const calc_card calc_card_quality = {
    "quality", "A6", "account",
    {"quality", "good and poor customers", "优质与劣质客户"},
    {"quality", "Is this a customer we want? Five criteria, each 0–10; what data can answer is measured, the rest is entered.",
     "是不是我们想要的客户？五项标准，各 0–10 分；数据能回答的按数据计算，其余由人评分。"},
    CALC_CARD_MEAN, "quality-weights", NULL, 0, quality, COUNT(quality)};

static const calc_criterion risks[] = {
    MARK("unhappy", 0, 1, false, "unhappy after every effort", "百般努力仍不满意",
         "Is it unhappy whatever we do? A high mark is bad. Look for complaints settled and raised again, praise that never comes.",
         "无论我们怎么做它都不满意吗？分数高表示严重。看解决后又重提的投诉和从未有过的肯定。"),
    MARK("makes-itself", 0, 1, false, "likely to make it itself", "可能自制",
         "May it make what it buys from us? A high mark is likely. Look for plans, machines bought, people hired away.",
         "它会不会自己生产向我们买的东西？分数高表示可能性大。看计划、设备采购和挖人。"),
};
const calc_card calc_card_risks = {
    "risks", "A6", "account",
    {"risks", "risks noted by hand", "人工记录的风险"},
    {"risks", "What no figure shows: each 0 (no) to 10 (certain); from the setting quality-entered-risk on it counts as a flag.",
     "数字看不出的风险：各 0（没有）至 10（肯定）分；达到设置 quality-entered-risk 即视为风险。"},
    CALC_CARD_PROFILE, NULL, NULL, 0, risks, COUNT(risks)};

static const calc_text balance_sides[] = {
    {"values", "what we give", "客户得到的价值"},
    {"costs", "what it costs the customer", "客户付出的代价"},
    {"standing", "the customer's standing", "客户的地位"},
};
static const calc_criterion fit[] = {
    MARK("product", 0, 1, false, "product value", "产品价值",
         "How good is our product for this customer, beside the best alternative? Look for function, quality and design that it uses.",
         "与最佳替代品相比，我们的产品对该客户有多好？看其真正用到的功能、质量和设计。"),
    MARK("service", 0, 1, false, "service value", "服务价值",
         "How much is our service worth to it? Look for delivery, installation, training, repair and advice.",
         "我们的服务对它有多大价值？看交付、安装、培训、维修和咨询。"),
    MARK("people", 0, 1, false, "value of our people", "人员价值",
         "What do our people bring it? Look for skill, reliability and how glad it is to see them.",
         "我们的人员给它带来什么？看能力、可靠程度以及是否受欢迎。"),
    MARK("image", 0, 1, false, "value of our image", "形象价值",
         "What does buying from us do for its standing? Look for whether it names us to others.",
         "向我们采购对它的声望有何帮助？看它是否向他人提起我们。"),
    COST("money", 1, "money cost", "货币成本",
         "How dear are we, all in, against the alternatives? A high mark is dear. Look for price, running cost and changing over.",
         "与替代品相比，总花费有多高？分数高表示贵。看价格、使用成本和转换费用。"),
    COST("time", 1, "time cost", "时间成本",
         "How long must it wait and deal with us? A high mark is long. Look for lead time, meetings, paperwork.",
         "与我们打交道要花多少时间？分数高表示久。看交期、会议和手续。"),
    COST("energy", 1, "energy cost", "精力成本",
         "How much thought and worry does buying from us take? A high mark is much. Look for comparing, learning, checking.",
         "向我们采购要费多少心思？分数高表示多。看比较、学习和检查。"),
    COST("effort", 1, "effort cost", "体力成本",
         "How much labour falls to it? A high mark is much. Look for fetching, fitting, correcting our mistakes.",
         "它要自己出多少力？分数高表示多。看提货、安装和纠正我们的差错。"),
    MARK("reputation", 2, 1, false, "reputation", "声誉",
         "What does its name add to ours? Look for how its industry speaks of it. An assessment `reputation` of the account counts too; the later one wins.",
         "它的名声能为我们增添什么？看业内评价。客户评估 reputation 同样有效，以日期较晚者为准。"),
};
const calc_card calc_card_fit = {
    "fit", "A7", "account",
    {"fit", "value delivered to the customer", "让渡价值"},
    {"fit", "What this customer gets from us less what dealing with us costs it: four values, four costs, each 0–10, and its own standing.",
     "该客户从我们得到的价值减去付出的代价：四项价值、四项成本，各 0–10 分，另记其声誉。"},
    CALC_CARD_BALANCE, NULL, balance_sides, 3, fit, COUNT(fit)};

static const calc_criterion capability[] = {
    MARK("technology", 0, 1, false, "technology", "技术能力",
         "Have we the technique this customer needs, today? Look for gaps against its requirements, not against our catalogue.",
         "我们现在具备该客户所需的技术吗？对照其需求找差距，而不是对照我们的样本。"),
    MARK("people", 0, 1, false, "people", "人员能力",
         "Have we the hands and heads to serve it? Look for free experts, language, places.",
         "我们有足够的人手和人才服务它吗？看可用专家、语言和地点。"),
    MARK("finance", 0, 1, false, "finance", "资金能力",
         "Can we carry the money it takes? Look for credit terms, stock, advance work.",
         "我们垫得起所需的资金吗？看账期、库存和前期投入。"),
    MARK("management", 0, 1, false, "management", "管理能力",
         "Can our organisation keep what we promise it? Look for quality systems, on-time delivery, who decides.",
         "我们的组织能兑现承诺吗？看质量体系、准时交付和决策权限。"),
};
const calc_card calc_card_capability = {
    "capability", "A7", "account ourselves",
    {"capability", "our capability", "我方能力"},
    {"capability", "Can we supply what this customer needs? Four marks 0–10; marks of `ourselves` hold for every customer that has none of its own.",
     "我们供得上该客户的需要吗？四项，各 0–10 分；没有单独评分的客户沿用“我们自己”的评分。"},
    CALC_CARD_LOWEST, NULL, NULL, 0, capability, COUNT(capability)};

static const calc_criterion potential[] = {
    MARK("expansion", 0, 1, false, "capacity to expand", "扩张能力",
         "Can it grow in its market? Look for sites, permits, money set aside, unused orders.",
         "它在自己的市场中还能扩大吗？看厂区、资质、预留资金和未满足的订单。"),
    MARK("research", 0, 1, false, "research and development", "研发能力",
         "Does it make new things by itself? Look for its share of new products, patents, engineers.",
         "它能自己推陈出新吗？看新产品占比、专利和工程师。"),
    MARK("market-power", 0, 1, false, "market power", "市场影响力",
         "Do others follow it? Look for its place in the market, power over prices, standards it sets.",
         "别人跟着它走吗？看市场地位、定价权和制定标准的能力。"),
    MARK("strategy", 0, 1, false, "strategy agrees with ours", "战略一致",
         "Does it go where we want to go? Look for its plans of three years beside ours.",
         "它要去的方向是我们要去的吗？把三年规划与我们的放在一起看。"),
    MARK("culture", 0, 1, false, "people and culture", "人员与文化",
         "Is it well run, and do its people stay? Look for order on the shop floor, turnover, how it treats suppliers.",
         "它管理有序、人员稳定吗？看现场秩序、流动率和对供应商的态度。"),
    MARK("technology-cycle", 0, 1, false, "life cycle of its products and technology", "产品与技术的生命周期",
         "Are its products and techniques young or ageing? A high mark is young. Look for launches, substitutes, margins.",
         "它的产品和技术处于上升期还是老化期？分数高表示年轻。看新品、替代品和利润。"),
    MARK("growth", 0, 1, true, "growth rate", "增长速度",
         "How fast does it grow? Measured by its purchases from us where two comparable periods exist; else enter its own growth.",
         "它增长多快？有两段可比期间时按其向我们的采购计算，否则录入其自身增长。"),
    MARK("deciders", 0, 1, false, "deciders' ability and preference", "决策者的能力与偏好",
         "Are its deciders able, and do they like to do business as we do? Look for their record and taste.",
         "决策者有能力吗，做生意的偏好与我们相投吗？看其业绩和偏好。"),
};
const calc_card calc_card_potential = {
    "potential", "A8", "account",
    {"potential", "potential of an organisation", "组织客户的价值潜力"},
    {"potential", "What may this organisation be worth in years to come? Eight criteria, each 0–10.",
     "该组织今后可能有多大价值？八项标准，各 0–10 分。"},
    CALC_CARD_MEAN, "potential-weights", NULL, 0, potential, COUNT(potential)};

static const calc_text discipline_sides[] = {
    {"given", "as the account sees us", "客户眼中的我们"},
    {"wanted", "what it wants", "客户想要的"},
};
static const calc_criterion discipline[] = {
    MARK("operations-given", 0, 1, false, "operational excellence, given", "经营卓越（现状）",
         "Does it find us cheap, easy and free of mistakes? Ask; do not guess.", "它是否认为我们便宜、方便、不出差错？要问，不要猜。"),
    MARK("product-given", 0, 1, false, "product leadership, given", "产品领先（现状）",
         "Does it find our products ahead of others?", "它是否认为我们的产品领先于人？"),
    MARK("intimacy-given", 0, 1, false, "customer intimacy, given", "客户亲密（现状）",
         "Does it find that we know its needs and solve all of them?", "它是否认为我们了解其需求并能全面解决？"),
    MARK("operations-wanted", 1, 1, false, "operational excellence, wanted", "经营卓越（期望）",
         "How much does it want price, ease and flawless delivery from a supplier like us? Look for what it praises and complains of.",
         "它对价格、便利和零差错交付看得多重？看它称赞和抱怨什么。"),
    MARK("product-wanted", 1, 1, false, "product leadership, wanted", "产品领先（期望）",
         "How much does it want the newest and best?", "它有多看重最新最好的产品？"),
    MARK("intimacy-wanted", 1, 1, false, "customer intimacy, wanted", "客户亲密（期望）",
         "How much does it want somebody who takes over its whole problem?", "它有多希望有人把整个问题接过去？"),
};
const calc_card calc_card_discipline = {
    "discipline", "A11", "account",
    {"discipline", "value disciplines", "价值法则"},
    {"discipline", "Operational excellence, product leadership, customer intimacy: as the account sees us and as it wants it, each 0–10.",
     "经营卓越、产品领先、客户亲密：客户眼中的现状与其期望，各 0–10 分。"},
    CALC_CARD_PROFILE, NULL, discipline_sides, 2, discipline, COUNT(discipline)};

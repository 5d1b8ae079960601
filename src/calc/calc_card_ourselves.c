/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The cards of our own people and firm: E10 competence, F6 four shifts and the second card of F6, F8 the audit of satisfaction. */
#include "calc_card_int.h"

#define MARK(key, group, en, zh, ask_en, ask_zh, advice_en, advice_zh)                                                            \
    {key, {key, en, zh}, {key, ask_en, ask_zh}, {key, advice_en, advice_zh}, 0, 10, false, false, 1, group}
#define COUNT(a) sizeof(a) / sizeof(a)[0]

static const calc_text inside_outside[] = {
    {"knowledge", "knowledge", "内在知识"},
    {"bearing", "bearing", "外在表现"},
};
static const calc_criterion competence[] = {
    MARK("product", 0, "own products", "产品知识",
         "Can this person explain what our products do for a customer, and where they do not fit? Let them explain one to you.",
         "能否讲清产品给客户带来的好处和不适用之处？请其当面讲一款。",
         "training: products and their benefits", "培训：产品及其利益"),
    MARK("company", 0, "own company", "公司知识",
         "Does the person know whom to ask for what, and what we can move for a customer? Look for help fetched lately.",
         "是否知道公司里什么事找谁、能为客户调动什么？看最近调动的资源。",
         "training: our resources and how to ask for them", "培训：公司资源及调用办法"),
    MARK("business-rules", 0, "the customer's business rules", "客户的业务规则",
         "Does the person know how the customers' trade earns, buys and decides? Look into the account files.",
         "是否了解客户行业如何赚钱、采购和决策？看客户档案。",
         "training: the customer's value chain and buying process", "培训：客户价值链与采购流程"),
    MARK("current-affairs", 0, "current affairs", "时事见闻",
         "Does the person know what happens in the customers' world: policy, prices, people? Look for topics raised in visits.",
         "是否了解客户世界里的动态：政策、行情、人事？看拜访中的话题。",
         "training: reading policy and industry news for the visit", "培训：为拜访研读政策与行业动态"),
    MARK("appearance", 1, "appearance", "仪表",
         "Does the person's look and manner suit these customers? Look for punctuality, dress and materials.",
         "仪表举止是否适合这些客户？看守时、着装和资料。",
         "training: conduct and first impression", "培训：商务礼仪与第一印象"),
    MARK("attitude", 1, "attitude", "态度",
         "Is the person liked, decided, reliable and loyal? Look for promises kept and what customers say.",
         "是否受欢迎、果断、可靠、忠诚？看承诺兑现和客户评价。",
         "training: promises, objections and self-control", "培训：承诺、异议与自我管理"),
};
const calc_card calc_card_competence = {
    "competence", "E10", "rep",
    {"competence", "competence of a representative", "客户经理胜任力"},
    {"competence", "What a key-account manager has to know and show, each 0–10; a low mark names the training it suggests.",
     "大客户经理应知应会，各 0–10 分；分数低者给出相应的培训建议。"},
    CALC_CARD_MEAN, NULL, inside_outside, 2, competence, COUNT(competence)};

static const calc_criterion shifts[] = {
    MARK("relationship", 0, "from deal to relationship", "从交易到关系",
         "Do we plan, pay and praise for lasting customers instead of single sales? Look at targets, bonuses and meeting agendas.",
         "我们的计划、薪酬和表彰是否针对长久的客户而非单笔交易？看指标、奖金和会议议程。",
         "measure retention beside sales", "在销售额之外考核保留率"),
    MARK("keeping", 0, "from attracting to keeping", "从吸引到维系",
         "Do money and time go to those who buy already? Look at the split of budget and hours.",
         "资金和时间是否投向已有客户？看预算和工时的分配。",
         "set aside a budget for keeping customers", "为维系客户单列预算"),
    MARK("customer", 0, "from product to customer", "从产品到客户",
         "Do we start from a customer's result, or from what we make? Look at how offers and reviews begin.",
         "我们从客户的成果出发，还是从自己的产品出发？看方案和回顾如何开头。",
         "open every offer with the customer's aims", "每份方案从客户目标写起"),
    MARK("equity", 0, "from brand to customer equity", "从品牌资产到客户资产",
         "Do we know what our customers are worth, and do we steer by it? Look whether customer equity is on the management's page.",
         "我们是否知道客户资产并据以决策？看管理报表中有没有客户资产。",
         "report customer equity every quarter", "按季度报告客户资产"),
};
const calc_card calc_card_shifts = {
    "shifts", "F6", "ourselves",
    {"shifts", "four shifts", "四个转变"},
    {"shifts", "How far have we moved from selling to keeping customers? Each 0 (not at all) to 10 (wholly).",
     "我们从“卖东西”到“经营客户”走了多远？各 0（未动）至 10（完成）分。"},
    CALC_CARD_MEAN, NULL, NULL, 0, shifts, COUNT(shifts)};

static const calc_criterion practice[] = {
    MARK("strategy", 0, "strategy", "战略",
         "Is it decided and written down whom we serve and whom we do not? Look for the list and for who keeps to it.",
         "我们服务谁、不服务谁，是否已有书面决定？看名单和执行情况。",
         "write down whom we serve and whom not", "写明服务谁、不服务谁"),
    MARK("tactics", 0, "tactics", "战术",
         "Has every group of customers offers, prices and care of its own? Look for what differs between grades in fact.",
         "各类客户是否有各自的方案、价格和关怀？看分级之间实际有何不同。",
         "define care by grade", "按级别规定关怀"),
    MARK("processes", 0, "processes", "流程",
         "Do sales, service, delivery and finance hand a customer on without a gap? Follow one order and one complaint.",
         "销售、服务、交付、财务之间的衔接有无断点？跟一张订单和一起投诉走一遍。",
         "name an owner for each hand-over", "为每个交接点指定负责人"),
    MARK("skills", 0, "skills", "技能",
         "Can our people do what the strategy asks? Look at the cards of competence.",
         "我们的人做得到战略的要求吗？看胜任力评分卡。",
         "train by the lowest marks of the competence card", "按胜任力最低项安排培训"),
    MARK("technique", 0, "technique", "技术手段",
         "Do data and tools answer what the people ask? Look for questions of last month that nobody could answer.",
         "数据和工具能回答人们的问题吗？看上月无人能答的问题。",
         "keep the records the open questions need", "补齐回答问题所需的记录"),
};
const calc_card calc_card_practice = {
    "practice", "F6", "ourselves",
    {"practice", "practice of customer management", "客户经营的五个方面"},
    {"practice", "Strategy, tactics, processes, skills, technique: how good are we at running customers? Each 0–10.",
     "战略、战术、流程、技能、技术手段：我们经营客户的水平如何？各 0–10 分。"},
    CALC_CARD_MEAN, NULL, NULL, 0, practice, COUNT(practice)};

static const calc_criterion audit[] = {
    MARK("view", 0, "the customer's side", "站在客户一边",
         "Do we study market and product from the customer's side? Look for work that began with a visit instead of a drawing.",
         "我们是否站在客户一边研究市场和产品？看哪些工作从拜访而不是从图纸开始。",
         "begin each product plan with three customers' days", "每份产品计划先跟访三个客户的一天"),
    MARK("built", 0, "built around the customer", "围绕客户而建",
         "Is the firm built around the customer? Follow how many doors one request has to pass.",
         "企业是否围绕客户而建？看客户的一个要求要过几道门。",
         "one door and one name for every key account", "每个大客户一个入口、一个负责人"),
    MARK("ease", 0, "at ease with us", "相处自在",
         "Does the customer feel at ease with us? Look for calls that come without a reason.",
         "客户与我们相处是否自在？看有没有无事也来的电话。",
         "ask what is tiresome with us, and take one thing away", "问清与我们打交道有何麻烦，先去掉一样"),
    MARK("share", 0, "a say in our decisions", "参与决策与开发",
         "May the customer share in decisions and in product development? Look for names of customers in the minutes.",
         "客户能否参与决策和产品开发？看会议纪要里有没有客户的名字。",
         "a customer at every review of a product", "每次产品评审请一位客户参加"),
    MARK("keep", 0, "everything to keep them", "全力留住",
         "Do we do everything to keep the customer? Look at what was done for the last three that left.",
         "我们是否尽全力留住客户？看最近三个流失客户身上做过什么。",
         "a post-mortem of every lost account", "每个流失客户都做复盘"),
    MARK("trust", 0, "trust on both sides", "相互信任",
         "Does the customer trust us, and do we trust the customer? Look for what is agreed without a paper, and held.",
         "客户信任我们吗，我们信任客户吗？看没有书面也守住的约定。",
         "keep a list of promises and read it at every visit", "列出承诺清单，每次拜访逐条核对"),
    MARK("decides", 0, "who is there may decide, fast", "在场者能快速决定",
         "May the person in front of the customer decide, and how fast is it done? Look at the time to fulfil.",
         "面对客户的人能否当场决定，多快办到？看兑现用时。",
         "a budget for decisions on the spot", "给一线人员当场决定的额度"),
};
const calc_card calc_card_audit = {
    "audit", "F8", "ourselves",
    {"audit", "audit of satisfaction", "客户满意七问"},
    {"audit", "Seven questions on ourselves: is a customer bound to be content with us? Each 0–10; the time to fulfil is measured.",
     "对自己的七问：客户在我们这里会满意吗？各 0–10 分；兑现用时由数据得出。"},
    CALC_CARD_MEAN, NULL, NULL, 0, audit, COUNT(audit)};

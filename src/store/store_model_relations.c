/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How people stand: dated assessments, lines between persons, our people and theirs, marks (DOMAIN §0, B, D1, J4). */
#include "store_model.h"
#include "kam_str.h"

const store_enum store_layers[] = {{"image", "形象层", "image"}, {"decision", "决策层", "decision"},
    {"implementation", "实施层", "implementation"}, {"use", "使用层", "use"}, {0}};
const store_enum store_buying_roles[] = {{"decider", "决策人", "decider"}, {"gatekeeper", "技术/财务把关者", "gatekeeper"},
    {"purchaser", "采购人员", "purchaser"}, {"user", "使用者", "user"}, {"coach", "向导", "coach"}, {0}};
static const store_enum account_roles[] = {{"decider", "决策人", "decider"}, {"user", "使用者", "user"},
    {"purchaser", "采购人员", "purchaser"}, {"interface", "接口人", "interface person"}, {0}};
const store_enum store_need_org[] = {{"financial", "财务", "financial"}, {"performance", "绩效", "performance"}, {"image", "形象", "image"}, {0}};
const store_enum store_need_person[] = {{"power", "权力", "power"}, {"achievement", "成就", "achievement"}, {"recognition", "被赏识", "recognition"},
    {"acceptance", "被接纳", "acceptance"}, {"order", "有条理", "order"}, {"safety", "安全感", "safety"}, {0}};
static const store_enum thinking[] = {{"A", "事实与逻辑", "facts and logic"}, {"B", "秩序与细节", "order and detail"},
    {"C", "人与感情", "people and feelings"}, {"D", "全局与未来", "big picture and future"}, {0}};
static const store_enum relation_types[] = {{"trade", "买卖", "trade"}, {"preferred", "优先供应", "preferred supplier"},
    {"cooperation", "合作", "cooperation"}, {"alliance", "战略联盟", "alliance"}, {0}};
const store_enum store_levels[] = {{"vendor", "供货者", "vendor"}, {"credible-source", "可信来源", "credible source"},
    {"problem-solver", "问题解决者", "problem solver"}, {"trusted-adviser", "可信顾问", "trusted adviser"}, {0}};
static const store_enum buys_for[] = {{"value", "价值", "value"}, {"features", "功能", "features"}, {0}};
static const store_enum assessed[] = {{"contact", "联系人", "contact"}, {"account", "客户", "account"}, {"opportunity", "商机", "opportunity"}, {0}};
static const store_enum marked[] = {{"account", "客户", "account"}, {"contact", "联系人", "contact"}, {"opportunity", "商机", "opportunity"},
    {"rep", "客户经理", "rep"}, {"ourselves", "我们自己", "ourselves"}, {0}};
static const store_enum link_kinds[] = {{"influence", "影响", "influence"}, {"conflict", "冲突", "conflict"}, {0}};
static const store_enum controls[] = {{"yes", "可控", "yes"}, {"partly", "部分可控", "partly"}, {"no", "不可控", "no"}, {0}};

const store_field store_assessment_fields[] = {
    {"subject_kind", "subject_kind", STORE_ENUM, M_KEY, NULL, assessed, 0, 0, NULL, "对象类型", "kind of subject", "联系人、客户或商机", "contact, account or opportunity", "contact"},
    {"subject", "subject_id", STORE_SUBJECT, M_KEY, "subject_kind", NULL, 0, 0, NULL, "对象", "subject", "评估的对象", "who or what is assessed", NULL},
    {"attribute", "attribute", STORE_CODE, M_KEY, NULL, NULL, 0, 0, NULL, "属性", "attribute", "评估的属性，见 describe assessment", "what is assessed; see describe assessment", "attitude"},
    {"date", "day", STORE_DAY, M_KEY, NULL, NULL, 0, 0, NULL, "日期", "date", "从哪天起有效", "day from which it holds", NULL},
    {"opportunity", "opportunity_id", STORE_REF, M_OPTKEY, "opportunity", NULL, 0, 0, NULL, "商机", "opportunity", "只对这一商机有效", "holds for this opportunity only", NULL},
    {"value", "value", STORE_VALUE, M_REQ, NULL, NULL, 0, 0, NULL, "值", "value", "按属性取值", "typed by the attribute", "3"},
    {"by", "by_who", STORE_TEXT, 0, NULL, NULL, 0, 0, NULL, "评估人", "by", "谁的判断", "whose judgement it is", NULL},
    {"evidence", "evidence", STORE_TEXT, 0, NULL, NULL, 0, 0, NULL, "依据", "evidence", "依据", "what it rests on", NULL},
};
const store_field store_link_fields[] = {
    {"contact", "contact_id", STORE_REF, M_KEY, "contact", NULL, 0, 0, NULL, "联系人", "contact", "被影响的人", "the person influenced, or one side of a conflict", NULL},
    {"other", "other_id", STORE_REF, M_KEY, "contact", NULL, 0, 0, NULL, "另一联系人", "other contact", "施加影响的人", "the person who influences, or the other side", NULL},
    {"kind", "kind", STORE_ENUM, M_KEY, NULL, link_kinds, 0, 0, NULL, "种类", "kind", "影响或冲突", "influence or conflict", NULL},
    {"since", "since_day", STORE_DAY, 0, NULL, NULL, 0, 0, NULL, "自", "since", "从哪天起", "from this day", NULL},
    {"until", "until_day", STORE_DAY, 0, NULL, NULL, 0, 0, NULL, "至", "until", "到哪天止", "up to this day", NULL},
    M_NOTES,
};
const store_field store_relationship_fields[] = {
    {"rep", "rep_id", STORE_REF, M_KEY, "rep", NULL, 0, 0, NULL, "客户经理", "representative", "我方的人", "our person", NULL},
    {"contact", "contact_id", STORE_REF, M_KEY, "contact", NULL, 0, 0, NULL, "联系人", "contact", "对方的人", "their person", NULL},
    {"date", "day", STORE_DAY, M_KEY, NULL, NULL, 0, 0, NULL, "日期", "date", "从哪天起有效", "day from which it holds", NULL},
    {"present", "present", STORE_ENUM, 0, NULL, store_levels, 0, 0, NULL, "现有层次", "present level", "现有关系层次", "present level (J4)", NULL},
    {"wanted", "wanted", STORE_ENUM, 0, NULL, store_levels, 0, 0, NULL, "目标层次", "wanted level", "希望达到的层次", "level we want", NULL},
    M_NOTES,
};
const store_field store_mark_fields[] = {
    {"subject_kind", "subject_kind", STORE_ENUM, M_KEY, NULL, marked, 0, 0, NULL, "对象类型", "kind of subject", "客户、联系人、商机、客户经理或我们自己", "account, contact, opportunity, rep or ourselves", "account"},
    {"subject", "subject_id", STORE_SUBJECT, M_KEY, "subject_kind", NULL, 0, 0, NULL, "对象", "subject", "评分的对象；我们自己写 -", "who or what is marked; for ourselves write -", NULL},
    {"card", "card", STORE_CODE, M_KEY, NULL, NULL, 0, 0, NULL, "评分卡", "card", "评分卡", "score card", "quality"},
    {"criterion", "criterion", STORE_CODE, M_KEY, NULL, NULL, 0, 0, NULL, "标准", "criterion", "标准", "criterion of the card", "loyalty"},
    {"date", "day", STORE_DAY, M_KEY, NULL, NULL, 0, 0, NULL, "日期", "date", "从哪天起有效", "day from which it holds", NULL},
    {"opponent", "opponent_id", STORE_REF, M_OPTKEY, "competitor", NULL, 0, 0, NULL, "对手", "opponent", "给竞争对手的评分", "the mark is this competitor's", NULL},
    {"mark", "mark", STORE_REAL, M_REQ | M_RANGE, NULL, NULL, -10, 10, NULL, "分数", "mark", "分数，范围由评分卡定", "mark, in the range of the card", "1"},
    {"control", "control", STORE_ENUM, 0, NULL, controls, 0, 0, NULL, "可控性", "control", "是否由我们控制", "whether it is in our control (D1)", NULL},
    {"evidence", "evidence", STORE_TEXT, 0, NULL, NULL, 0, 0, NULL, "依据", "evidence", "依据", "what it rests on", NULL},
    {"by", "by_who", STORE_TEXT, 0, NULL, NULL, 0, 0, NULL, "评分人", "by", "谁的判断", "whose judgement it is", NULL},
};


static const store_attribute attributes[] = {
    {"layer", "contact", STORE_ENUM, store_layers, 0, 0, "层次", "layer", "B1", "decision"},
    {"buying_role", "contact", STORE_LIST, store_buying_roles, 0, 0, "采购角色", "buying role", "B2", "decider"},
    {"account_role", "contact", STORE_ENUM, account_roles, 0, 0, "客户角色", "account role", "B8", "interface"},
    {"authority", "contact", STORE_REAL, NULL, 0, 10, "权力", "authority", "B3", "7"},
    {"participation", "contact", STORE_REAL, NULL, 0, 10, "参与度", "participation", "B3", "6"},
    {"attitude", "contact", STORE_REAL, NULL, -5, 5, "态度", "attitude", "B3", "3"},
    {"org_need", "contact", STORE_ENUM, store_need_org, 0, 0, "组织需要", "organisation need", "B4", "financial"},
    {"org_fit", "contact", STORE_REAL, NULL, 0, 10, "组织需要满足度", "organisation fit", "B4", "6"},
    {"person_need", "contact", STORE_ENUM, store_need_person, 0, 0, "个人需要", "personal need", "B4", "safety"},
    {"person_fit", "contact", STORE_REAL, NULL, 0, 10, "个人需要满足度", "personal fit", "B4", "4"},
    {"thinking", "contact", STORE_ENUM, thinking, 0, 0, "思维偏好", "thinking preference", "B7", "A"},
    {"knows", "contact", STORE_REAL, NULL, 0, 10, "了解我们", "knows us", "D9", "6"},
    {"needs", "contact", STORE_REAL, NULL, 0, 10, "需要", "needs it", "D9", "7"},
    {"worth", "contact", STORE_REAL, NULL, 0, 10, "值得", "finds it worth the money", "D9", "5"},
    {"trusts", "contact", STORE_REAL, NULL, 0, 10, "相信我们", "trusts us", "D9", "4"},
    {"satisfied", "contact", STORE_REAL, NULL, 0, 10, "以往满意", "was satisfied before", "D9", "8"},
    {"owner", "account", STORE_REF, NULL, 0, 0, "负责人", "owner", "E1", NULL},
    {"sponsor", "account", STORE_REF, NULL, 0, 0, "高层支持者", "sponsor", "E2", NULL},
    {"relation_present", "account", STORE_ENUM, relation_types, 0, 0, "现有关系类型", "present relation", "B10", "trade"},
    {"relation_wanted", "account", STORE_ENUM, relation_types, 0, 0, "目标关系类型", "wanted relation", "B10", "alliance"},
    {"reputation", "account", STORE_REAL, NULL, 0, 10, "声誉", "reputation", "A7", "7"},
    {"owner", "opportunity", STORE_REF, NULL, 0, 0, "负责人", "owner", "D3", NULL},
    {"amount", "opportunity", STORE_MONEY, NULL, 0, 1e13, "金额", "amount", "D2", "10000"},
    {"expected_close", "opportunity", STORE_DAY, NULL, 0, 0, "预计成交日", "expected close", "D3", "2025-12-31"},
    {"forecast", "opportunity", STORE_REAL, NULL, 0, 1, "留存的预测概率", "probability as forecast", "D8", "0.5"},
    {"buys_for", "opportunity", STORE_ENUM, buys_for, 0, 0, "为何购买", "what it buys for", "D11", "value"},
};
const store_attribute *store_attributes(size_t *n)
{
    *n = sizeof attributes / sizeof *attributes;
    return attributes;
}
const store_attribute *store_attribute_find(const char *subject, const char *name)
{
    for (size_t i = 0; i < sizeof attributes / sizeof *attributes; i++)
        if (kam_streq(attributes[i].subject, subject) && kam_streq(attributes[i].name, name)) return &attributes[i];
    return NULL;
}

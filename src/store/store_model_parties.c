/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who there is: our people, rivals, products, customers and the persons in them (DOMAIN §0, A9). */
#include "store_model.h"

static const store_enum account_kinds[] = {{"company", "企业", "company"}, {"middleman", "中间商", "middleman"},
    {"end-user", "最终用户", "end user"}, {"consumer", "消费者", "consumer"}, {0}};
static const store_enum ownerships[] = {{"private", "民营", "private"}, {"state", "国有", "state-owned"},
    {"joint-venture", "合资", "joint venture"}, {"government", "政府", "government"}, {"listed", "上市", "listed"}, {0}};
static const store_enum temperaments[] = {{"opinionated", "自以为是", "opinionated"},
    {"welcoming", "兼收并蓄", "welcomes every supplier"}, {"doubting", "将信将疑", "doubting"},
    {"would-be-expert", "冒充内行", "would-be expert"}, {"weathercock", "见风使舵", "weathercock"},
    {"ill-intentioned", "心术不正", "ill-intentioned"}, {"reserved", "性格内向", "reserved"},
    {"grand", "真假豪气", "grand manner and free promises"}, {0}};

const store_field store_rep_fields[] = {
    {"code", "code", STORE_CODE, M_KEY, NULL, NULL, 0, 0, NULL, "代码", "code", "客户经理的唯一代码", "unique code of the representative", "R01"},
    {"name", "name", STORE_TEXT, M_REQ, NULL, NULL, 0, 0, NULL, "姓名", "name", "姓名", "name", "李明"},
    {"title", "title", STORE_TEXT, 0, NULL, NULL, 0, 0, NULL, "职务", "title", "职务", "title", NULL},
    {"executive", "executive", STORE_FLAG, 0, NULL, NULL, 0, 0, "0", "高管", "executive", "是否高层主管（可作客户的高层支持者）", "is an executive, who can sponsor accounts (E2)", NULL},
    {"capacity", "capacity", STORE_INT, M_RANGE, NULL, NULL, 0, 100000, NULL, "容量", "capacity", "最多负责的客户数", "most accounts this person can serve (E1, E4)", NULL},
    M_NOTES,
};
const store_field store_competitor_fields[] = {
    {"code", "code", STORE_CODE, M_KEY, NULL, NULL, 0, 0, NULL, "代码", "code", "竞争对手的唯一代码", "unique code of the competitor", "K01"},
    {"name", "name", STORE_TEXT, M_REQ, NULL, NULL, 0, 0, NULL, "名称", "name", "名称", "name", "对手甲"},
    M_NAME_EN, M_SORT_KEY, M_NOTES,
};
const store_field store_product_fields[] = {
    {"sku", "code", STORE_CODE, M_KEY, NULL, NULL, 0, 0, NULL, "货号", "SKU", "产品的唯一货号", "unique stock-keeping code of the product", "P001"},
    {"name", "name", STORE_TEXT, M_REQ, NULL, NULL, 0, 0, NULL, "名称", "name", "名称", "name", "控制器"},
    M_NAME_EN, M_SORT_KEY,
    {"category", "category", STORE_TEXT, 0, NULL, NULL, 0, 0, NULL, "类别", "category", "产品类别", "category", NULL},
    {"list_price", "list_price_minor", STORE_MONEY, M_RANGE, NULL, NULL, 0, 1e13, NULL, "标价", "list price", "每单位标价", "price of a unit", NULL},
    {"unit_cost", "unit_cost_minor", STORE_MONEY, M_RANGE, NULL, NULL, 0, 1e13, NULL, "单位成本", "unit cost", "每单位成本；交易没有成本时用它", "cost of a unit; stands in where a transaction has no cost", NULL},
    {"use_days", "use_days", STORE_INT, M_RANGE, NULL, NULL, 0, 36500, NULL, "使用天数", "shelf or use time", "一单位可用或可存的天数", "days a unit lasts or keeps (C7)", NULL},
    M_NOTES,
};
const store_field store_account_fields[] = {
    {"code", "code", STORE_CODE, M_KEY, NULL, NULL, 0, 0, NULL, "代码", "code", "客户的唯一代码", "unique code of the account", "A001"},
    {"name", "name", STORE_TEXT, M_REQ, NULL, NULL, 0, 0, NULL, "名称", "name", "客户名称", "name of the customer", "华东精工"},
    M_NAME_EN, M_SORT_KEY,
    {"parent", "parent_id", STORE_REF, 0, "account", NULL, 0, 0, NULL, "上级客户", "parent account", "所属集团或上级单位", "group or unit it belongs to", NULL},
    {"kind", "kind", STORE_ENUM, 0, NULL, account_kinds, 0, 0, NULL, "类型", "kind", "客户类型", "what the customer is to us", NULL},
    {"industry", "industry", STORE_TEXT, 0, NULL, NULL, 0, 0, NULL, "行业", "industry", "行业", "industry", NULL},
    {"region", "region", STORE_TEXT, 0, NULL, NULL, 0, 0, NULL, "地区", "region", "地区", "region", NULL},
    {"ownership", "ownership", STORE_ENUM, 0, NULL, ownerships, 0, 0, NULL, "所有制", "ownership", "所有制", "who owns it", NULL},
    {"known_since", "known_since_day", STORE_DAY, 0, NULL, NULL, 0, 0, NULL, "相识日期", "known since", "从哪天起认识该客户；此前的分析不计入", "day we came to know it; analyses as of an earlier day leave it out", NULL},
    {"source", "source", STORE_TEXT, 0, NULL, NULL, 0, 0, NULL, "来源", "source", "客户来源：转介绍、展会、陌生拜访、媒体、数据相似……", "where it came from: referral, exhibition, cold call, media, data lookalike … (E9)", NULL},
    {"acquisition_cost", "acquisition_cost_minor", STORE_MONEY, M_RANGE, NULL, NULL, 0, 1e13, NULL, "获客成本", "acquisition cost", "获得该客户的成本", "what it cost to win it", NULL},
    {"employees", "employees", STORE_INT, M_RANGE, NULL, NULL, 0, 1e9, NULL, "员工数", "employees", "员工数", "number of employees", NULL},
    {"annual_spend", "annual_spend_minor", STORE_MONEY, M_RANGE, NULL, NULL, 0, 1e13, NULL, "品类年支出", "annual spend", "每年在我们这一品类的总支出", "what it spends a year in our category, from everyone", NULL},
    {"member_since", "member_since_day", STORE_DAY, 0, NULL, NULL, 0, 0, NULL, "入会日期", "member since", "加入忠诚计划的日期", "day it joined the loyalty programme", NULL},
    {"exit_cost", "exit_cost", STORE_REAL, M_RANGE, NULL, NULL, 0, 10, NULL, "逃离代价", "exit cost", "离开我们的代价 0–10", "what leaving us would cost it, 0–10 (B9)", NULL},
    {"storage_capacity", "storage_capacity", STORE_REAL, M_RANGE, NULL, NULL, 0, 1e12, NULL, "仓储能力", "storage capacity", "能存放的数量", "units it can store (C7)", NULL},
    {"pay_day", "pay_day_of_month", STORE_INT, M_RANGE, NULL, NULL, 1, 31, NULL, "付款日", "usual pay day", "通常在每月几号付款", "day of the month on which it usually pays", NULL},
    {"bad_debt", "bad_debt", STORE_FLAG, 0, NULL, NULL, 0, 0, "0", "坏账", "bad debt", "有坏账", "has left debts unpaid (A6)", NULL},
    {"off_strategy", "off_strategy", STORE_FLAG, 0, NULL, NULL, 0, 0, "0", "偏离战略", "off strategy", "使我们偏离战略", "pulls us off our strategy (A6)", NULL},
    {"key_account", "key_account", STORE_FLAG, 0, NULL, NULL, 0, 0, "0", "大客户", "key account", "由我们指定为大客户", "named a key account by us (A12)", NULL},
    {"key_reason", "key_reason", STORE_TEXT, M_LONG, NULL, NULL, 0, 0, NULL, "指定理由", "reason", "指定为大客户的理由", "why it was named a key account", NULL},
    {"tags", "tags", STORE_LIST, 0, NULL, NULL, 0, 0, NULL, "标签", "tags", "标签，用分号隔开", "tags, separated by ';'", NULL},
    M_NOTES,
};
const store_field store_contact_fields[] = {
    {"code", "code", STORE_CODE, M_KEY, NULL, NULL, 0, 0, NULL, "代码", "code", "联系人的唯一代码", "code of the contact, unique in the database", "C001"},
    {"account", "account_id", STORE_REF, M_REQ, "account", NULL, 0, 0, NULL, "客户", "account", "所在客户", "account the person works at", NULL},
    {"name", "name", STORE_TEXT, M_REQ, NULL, NULL, 0, 0, NULL, "姓名", "name", "姓名；空缺职位写职位名", "name; of an unfilled seat, what the seat is", "王芳"},
    M_NAME_EN, M_SORT_KEY,
    {"title", "title", STORE_TEXT, 0, NULL, NULL, 0, 0, NULL, "职务", "title", "职务", "title", NULL},
    {"department", "department", STORE_TEXT, 0, NULL, NULL, 0, 0, NULL, "部门", "department", "部门", "department", NULL},
    {"reports_to", "reports_to_id", STORE_REF, 0, "contact", NULL, 0, 0, NULL, "上级", "reports to", "直接上级", "contact this person reports to", NULL},
    {"known_since", "known_since_day", STORE_DAY, 0, NULL, NULL, 0, 0, NULL, "相识日期", "known since", "从哪天起认识", "day we came to know the person", NULL},
    {"left_on", "left_day", STORE_DAY, 0, NULL, NULL, 0, 0, NULL, "离职日期", "left on", "离开该客户的日期", "day the person left the account", NULL},
    {"placeholder", "placeholder", STORE_FLAG, 0, NULL, NULL, 0, 0, "0", "空缺", "placeholder", "尚不知由谁担任的职位", "a seat whose holder is not known yet (J4)", NULL},
    {"birthday", "birthday_day", STORE_DAY, 0, NULL, NULL, 0, 0, NULL, "生日", "birthday", "生日", "birthday", NULL},
    {"email", "email", STORE_TEXT, 0, NULL, NULL, 0, 0, NULL, "电子邮件", "email", "电子邮件", "email address", NULL},
    {"phone", "phone", STORE_TEXT, 0, NULL, NULL, 0, 0, NULL, "电话", "phone", "电话", "telephone number", NULL},
    {"preferences", "preferences", STORE_TEXT, M_LONG, NULL, NULL, 0, 0, NULL, "习惯与禁忌", "preferences and taboos", "习惯、爱好与禁忌", "preferences and taboos", NULL},
    {"temperament", "temperament", STORE_ENUM, 0, NULL, temperaments, 0, 0, NULL, "性格类型", "temperament", "八种客户类型之一", "one of eight types of persons (A9)", NULL},
    {"coach_win", "coach_win", STORE_TEXT, M_LONG, NULL, NULL, 0, 0, NULL, "向导的赢", "coach's win", "我们赢了对他有什么好处", "how our win is this person's win (B2)", NULL},
    M_NOTES,
};

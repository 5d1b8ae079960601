/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What we do: contacts with the customer, targets, objectives, actions, risks, plan texts (DOMAIN §0, D4, E3, E5, F5). */
#include "store_model.h"

static const store_enum interaction_kinds[] = {{"visit", "拜访", "visit"}, {"call", "电话", "call"}, {"meeting", "会议", "meeting"},
    {"mail", "邮件", "mail"}, {"complaint", "投诉", "complaint"}, {"service", "服务", "service"}, {"suggestion", "建议", "suggestion"}, {0}};
static const store_enum activities[] = {{"selection", "大客户选择", "selection"}, {"process", "营销过程", "selling process"},
    {"administration", "销售管理", "sales administration"}, {0}};
static const store_enum outcomes[] = {{"order", "订单", "order"}, {"advance", "进展", "advance"},
    {"continuation", "延续", "continuation"}, {"refusal", "拒绝", "refusal"}, {0}};
static const store_enum statuses[] = {{"open", "未完成", "open"}, {"done", "完成", "done"}, {"dropped", "放弃", "dropped"}, {0}};
static const store_enum audiences[] = {{"internal", "内部", "internal"}, {"customer", "客户", "customer"}, {0}};
static const store_enum value_levels[] = {{"basic", "基本价值", "basic"}, {"expected", "期望价值", "expected"}, {"beyond", "超越期望的价值", "beyond expected"}, {0}};
static const store_enum value_kinds[] = {{"use", "使用", "use"}, {"safety", "安全", "safety"}, {"commercial", "商业", "commercial"},
    {"emotional", "情感", "emotional"}, {"opportunity", "机会", "opportunity"}, {0}};

const store_field store_interaction_fields[] = {
    M_ID,
    {"account", "account_id", STORE_REF, M_REQ, "account", NULL, 0, 0, NULL, "客户", "account", "客户", "account", NULL},
    {"date", "day", STORE_DAY, M_REQ, NULL, NULL, 0, 0, NULL, "日期", "date", "日期", "day", NULL},
    {"kind", "kind", STORE_ENUM, M_REQ, NULL, interaction_kinds, 0, 0, NULL, "方式", "kind", "拜访、电话、会议、邮件、投诉、服务或建议", "visit, call, meeting, mail, complaint, service or suggestion", NULL},
    {"contacts", "contact_id", STORE_REFS, 0, "contact", NULL, 0, 0, NULL, "联系人", "contacts", "在场的人，用分号隔开", "people met, separated by ';'", NULL},
    {"rep", "rep_id", STORE_REF, 0, "rep", NULL, 0, 0, NULL, "客户经理", "representative", "我方的人", "our person", NULL},
    {"opportunity", "opportunity_id", STORE_REF, 0, "opportunity", NULL, 0, 0, NULL, "商机", "opportunity", "涉及的商机", "opportunity it was about", NULL},
    {"activity", "activity", STORE_ENUM, 0, NULL, activities, 0, 0, NULL, "活动", "activity", "投入到哪一环节", "which part of the work it was (E3)", NULL},
    {"hours", "hours", STORE_REAL, M_RANGE, NULL, NULL, 0, 10000, NULL, "小时", "hours", "花费的小时", "hours spent", NULL},
    {"cost", "cost_minor", STORE_MONEY, M_RANGE, NULL, NULL, 0, 1e13, NULL, "费用", "cost", "费用", "money spent", NULL},
    {"prepared", "prepared", STORE_FLAG, 0, NULL, NULL, 0, 0, NULL, "有准备", "prepared", "事前做了准备", "was prepared (E6)", NULL},
    {"debriefed", "debriefed", STORE_FLAG, 0, NULL, NULL, 0, 0, NULL, "已复盘", "debriefed", "事后做了复盘", "was debriefed (E6)", NULL},
    {"duty_call", "duty_call", STORE_FLAG, 0, NULL, NULL, 0, 0, NULL, "例行拜访", "duty call", "高层的例行拜访", "an executive's duty call (E2)", NULL},
    {"topic", "topic", STORE_TEXT, 0, NULL, NULL, 0, 0, NULL, "话题", "topic", "话题或投诉内容", "what it was about", NULL},
    {"objections", "objections", STORE_TEXT, M_LONG, NULL, NULL, 0, 0, NULL, "异议", "objections", "客户的异议", "objections raised", NULL},
    {"answers", "answers", STORE_TEXT, M_LONG, NULL, NULL, 0, 0, NULL, "答复", "answers", "起作用的答复", "answers that worked (D7)", NULL},
    {"outcome", "outcome", STORE_ENUM, 0, NULL, outcomes, 0, 0, NULL, "结果", "outcome", "以客户的行动判断", "judged by what the customer does (D4)", NULL},
    {"confirmed", "confirmed", STORE_FLAG, 0, NULL, NULL, 0, 0, NULL, "书面确认", "written confirmation", "约定已书面确认", "what was agreed is confirmed in writing", NULL},
    {"next_step", "next_step", STORE_TEXT, 0, NULL, NULL, 0, 0, NULL, "下一步", "next step", "约定的下一步", "next step agreed", NULL},
    {"next_on", "next_day", STORE_DAY, 0, NULL, NULL, 0, 0, NULL, "下一步日期", "next step on", "下一步的日期", "day of the next step", NULL},
    {"complaint_owner", "complaint_owner_id", STORE_REF, M_LONG, "rep", NULL, 0, 0, NULL, "投诉负责人", "complaint owner", "负责处理投诉的人", "who deals with the complaint (F5)", NULL},
    {"progress_on", "progress_day", STORE_DAY, M_LONG, NULL, NULL, 0, 0, NULL, "进度通报日", "progress call on", "电话通报进度的日期", "day of the progress call", NULL},
    {"written_on", "written_day", STORE_DAY, M_LONG, NULL, NULL, 0, 0, NULL, "书面答复日", "written result on", "书面答复的日期", "day of the written result", NULL},
    {"visited_on", "visited_day", STORE_DAY, M_LONG, NULL, NULL, 0, 0, NULL, "回访日", "visit on", "登门回访的日期", "day of the visit after the complaint", NULL},
    {"filed_on", "filed_day", STORE_DAY, M_LONG, NULL, NULL, 0, 0, NULL, "归档日", "filed on", "作为教训归档的日期", "day it was filed as a lesson", NULL},
    {"resolved_on", "resolved_day", STORE_DAY, M_LONG, NULL, NULL, 0, 0, NULL, "解决日", "resolved on", "投诉解决的日期", "day the complaint was resolved", NULL},
    {"resolution", "resolution", STORE_TEXT, M_LONG, NULL, NULL, 0, 0, NULL, "处理结果", "resolution", "怎样解决的", "how it was resolved", NULL},
    {"lesson", "lesson", STORE_TEXT, M_LONG, NULL, NULL, 0, 0, NULL, "教训", "lesson", "得到的教训", "what we learned", NULL},
    M_NOTES,
};
const store_field store_target_fields[] = {
    {"period", "period", STORE_PERIOD, M_KEY, NULL, NULL, 0, 0, NULL, "期间", "period", "年、季或月", "year, quarter or month", "2025-Q3"},
    {"rep", "rep_id", STORE_REF, M_OPTKEY | STORE_ONE_OF, "rep", NULL, 0, 0, NULL, "客户经理", "representative", "客户经理的目标", "target of this representative", NULL},
    {"account", "account_id", STORE_REF, M_OPTKEY | STORE_ONE_OF, "account", NULL, 0, 0, NULL, "客户", "account", "对客户的目标", "target for this account", NULL},
    {"amount", "amount_minor", STORE_MONEY, M_REQ | M_RANGE, NULL, NULL, 0, 1e13, NULL, "金额", "amount", "目标金额", "amount to reach", NULL},
};
const store_field store_objective_fields[] = {
    {"code", "code", STORE_CODE, M_KEY, NULL, NULL, 0, 0, NULL, "代码", "code", "目标的唯一代码", "unique code of the objective", "Z001"},
    {"account", "account_id", STORE_REF, M_REQ, "account", NULL, 0, 0, NULL, "客户", "account", "客户", "account", NULL},
    {"measure", "measure", STORE_TEXT, 0, NULL, NULL, 0, 0, NULL, "衡量", "measure", "用什么衡量", "what it is measured by", NULL},
    {"target", "target", STORE_TEXT, 0, NULL, NULL, 0, 0, NULL, "目标值", "target", "要达到的值", "value to reach", NULL},
    {"owner", "owner_id", STORE_REF, 0, "rep", NULL, 0, 0, NULL, "负责人", "owner", "负责人", "who answers for it", NULL},
    {"agreed_on", "agreed_day", STORE_DAY, 0, NULL, NULL, 0, 0, NULL, "约定日", "agreed on", "与客户商定的日期", "day it was agreed with the customer", NULL},
    M_NOTES,
};
const store_field store_action_fields[] = {
    M_ID,
    {"account", "account_id", STORE_REF, M_REQ, "account", NULL, 0, 0, NULL, "客户", "account", "客户", "account", NULL},
    {"what", "what", STORE_TEXT, M_REQ, NULL, NULL, 0, 0, NULL, "内容", "what", "要做什么", "what is to be done", NULL},
    {"opportunity", "opportunity_id", STORE_REF, 0, "opportunity", NULL, 0, 0, NULL, "商机", "opportunity", "商机", "opportunity", NULL},
    {"contact", "contact_id", STORE_REF, 0, "contact", NULL, 0, 0, NULL, "联系人", "contact", "针对的人", "person it is about", NULL},
    {"objective", "objective_id", STORE_REF, 0, "objective", NULL, 0, 0, NULL, "目标", "objective", "所属目标", "objective it serves", NULL},
    {"owner", "owner_id", STORE_REF, 0, "rep", NULL, 0, 0, NULL, "负责人", "owner", "我方负责人", "who does it on our side", NULL},
    {"customer_owner", "customer_owner_id", STORE_REF, 0, "contact", NULL, 0, 0, NULL, "客户方负责人", "owner at the customer", "客户方负责人", "who does it on their side", NULL},
    {"due", "due_day", STORE_DAY, 0, NULL, NULL, 0, 0, NULL, "期限", "due", "期限", "day it is due", NULL},
    {"done_on", "done_day", STORE_DAY, 0, NULL, NULL, 0, 0, NULL, "完成日", "done on", "完成日期", "day it was done", NULL},
    {"status", "status", STORE_ENUM, 0, NULL, statuses, 0, 0, "open", "状态", "status", "未完成、完成或放弃", "open, done or dropped", NULL},
    M_NOTES,
};
const store_field store_risk_fields[] = {
    M_ID,
    {"account", "account_id", STORE_REF, M_REQ, "account", NULL, 0, 0, NULL, "客户", "account", "客户", "account", NULL},
    {"what", "what", STORE_TEXT, M_REQ, NULL, NULL, 0, 0, NULL, "内容", "what", "什么风险", "what may happen", NULL},
    {"date", "day", STORE_DAY, 0, NULL, NULL, 0, 0, NULL, "日期", "date", "发现日期", "day it was seen", NULL},
    {"likelihood", "likelihood", STORE_REAL, M_RANGE, NULL, NULL, 0, 10, NULL, "可能性", "likelihood", "可能性 0–10", "likelihood, 0–10", NULL},
    {"effect", "effect", STORE_REAL, M_RANGE, NULL, NULL, 0, 10, NULL, "影响", "effect", "影响 0–10", "effect, 0–10", NULL},
    {"answer", "answer", STORE_TEXT, 0, NULL, NULL, 0, 0, NULL, "对策", "answer", "对策", "what we do about it", NULL},
    {"closed_on", "closed_day", STORE_DAY, 0, NULL, NULL, 0, 0, NULL, "消除日", "closed on", "风险消除的日期", "day it was over", NULL},
};
const store_field store_plan_text_fields[] = {
    {"account", "account_id", STORE_REF, M_KEY, "account", NULL, 0, 0, NULL, "客户", "account", "客户", "account", NULL},
    {"section", "section", STORE_CODE, M_KEY, NULL, NULL, 0, 0, NULL, "章节", "section", "计划的章节", "section of the plan (E5)", "environment"},
    {"date", "day", STORE_DAY, M_KEY, NULL, NULL, 0, 0, NULL, "日期", "date", "从哪天起有效", "day from which it holds", NULL},
    {"text", "text", STORE_TEXT, M_REQ, NULL, NULL, 0, 0, NULL, "文字", "text", "文字", "the text", NULL},
    {"audience", "audience", STORE_ENUM, 0, NULL, audiences, 0, 0, "internal", "读者", "audience", "仅供内部，或客户也可读：客户版只印标为 customer 的文字",
     "internal, or customer: he may read it too, and his edition of a document prints no other texts", NULL},
};
const store_field store_plan_snapshot_fields[] = {
    {"code", "code", STORE_CODE, M_KEY, NULL, NULL, 0, 0, NULL, "代码", "code", "快照的唯一代码，plan snapshot 取“客户-序号”", "unique code of the snapshot; plan snapshot takes ACCOUNT-NUMBER", "A001-1"},
    {"account", "account_id", STORE_REF, M_REQ, "account", NULL, 0, 0, NULL, "客户", "account", "客户", "account", NULL},
    {"number", "number", STORE_INT, M_REQ | M_RANGE, NULL, NULL, 1, 1e9, NULL, "序号", "number", "在该客户快照中的序号", "number among the snapshots of the account", NULL},
    {"date", "day", STORE_DAY, M_REQ, NULL, NULL, 0, 0, NULL, "日期", "date", "留存的是哪一天的状态", "day whose state it keeps", NULL},
    {"name", "name", STORE_TEXT, 0, NULL, NULL, 0, 0, NULL, "名称", "name", "名称", "what it is called", NULL},
    M_NOTES,
};
const store_field store_plan_fact_fields[] = {
    {"snapshot", "snapshot_id", STORE_REF, M_KEY, "plan-snapshot", NULL, 0, 0, NULL, "快照", "snapshot", "所属快照", "snapshot it belongs to", NULL},
    {"kind", "kind", STORE_CODE, M_KEY, NULL, NULL, 0, 0, NULL, "种类", "kind", "计划的哪一部分", "part of the plan", "person"},
    {"object", "object", STORE_CODE, M_KEY, NULL, NULL, 0, 0, NULL, "对象", "object", "该部分中的对象", "what in it: a code, a number of a record, a section", "C001"},
    {"field", "field", STORE_CODE, M_KEY, NULL, NULL, 0, 0, NULL, "字段", "field", "对象的哪一项", "which of its fields", "attitude"},
    {"name", "name", STORE_TEXT, 0, NULL, NULL, 0, 0, NULL, "名称", "name", "对象当时的名称", "what the object was called then", NULL},
    {"value", "value", STORE_TEXT, M_REQ, NULL, NULL, 0, 0, NULL, "值", "value", "当日的值", "its value on the day", "3"},
    {"since", "since_day", STORE_DAY, 0, NULL, NULL, 0, 0, NULL, "自", "since", "该值自何日起有效", "day from which the value holds", NULL},
    {"by", "by_who", STORE_TEXT, 0, NULL, NULL, 0, 0, NULL, "判断人", "by", "谁的判断", "whose judgement it is", NULL},
};
const store_field store_value_note_fields[] = {
    M_ID,
    {"account", "account_id", STORE_REF, M_REQ, "account", NULL, 0, 0, NULL, "客户", "account", "客户", "account", NULL},
    {"date", "day", STORE_DAY, 0, NULL, NULL, 0, 0, NULL, "日期", "date", "日期", "day", NULL},
    {"level", "level", STORE_ENUM, M_REQ, NULL, value_levels, 0, 0, NULL, "层次", "level", "价值层次", "level of value (C8)", NULL},
    {"kind", "kind", STORE_ENUM, 0, NULL, value_kinds, 0, 0, NULL, "种类", "kind", "价值种类", "kind of value", NULL},
    {"aim", "aim", STORE_TEXT, 0, NULL, NULL, 0, 0, NULL, "客户追求", "what it looks for", "客户追求什么", "what the customer looks for", NULL},
    {"delivered", "delivered", STORE_TEXT, 0, NULL, NULL, 0, 0, NULL, "我们给予", "what we deliver", "我们给予什么", "what we deliver", NULL},
};

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What happens around an account: rivals seen, surveys, referrals, exceptions, bids, mailings, policy (DOMAIN §0), and
 * the two read-only tables: settings and the journal. */
#include "store_model.h"

static const store_enum sighting_kinds[] = {{"order", "订单", "order"}, {"advert", "广告", "advert"}, {"rumour", "传闻", "rumour"}, {0}};
static const store_enum truths[] = {{"true", "属实", "true"}, {"false", "不实", "false"}, {"unknown", "不明", "unknown"}, {0}};

const store_field store_sighting_fields[] = {
    M_ID,
    {"account", "account_id", STORE_REF, M_REQ, "account", NULL, 0, 0, NULL, "客户", "account", "客户", "account", NULL},
    {"competitor", "competitor_id", STORE_REF, M_REQ, "competitor", NULL, 0, 0, NULL, "竞争对手", "competitor", "竞争对手", "competitor", NULL},
    {"date", "day", STORE_DAY, M_REQ, NULL, NULL, 0, 0, NULL, "日期", "date", "日期", "day", NULL},
    {"kind", "kind", STORE_ENUM, 0, NULL, sighting_kinds, 0, 0, NULL, "种类", "kind", "订单、广告或传闻", "order, advert or rumour", NULL},
    {"what", "what", STORE_TEXT, 0, NULL, NULL, 0, 0, NULL, "内容", "what", "看到了什么", "what was seen", NULL},
    {"truth", "truth", STORE_ENUM, 0, NULL, truths, 0, 0, "unknown", "真伪", "true or false", "属实、不实或不明", "true, false or unknown", NULL},
    {"answered_on", "answered_day", STORE_DAY, 0, NULL, NULL, 0, 0, NULL, "答复日", "answered on", "作出解释的日期", "day it was accounted for (D6)", NULL},
    {"explanation", "explanation", STORE_TEXT, 0, NULL, NULL, 0, 0, NULL, "解释", "explanation", "解释", "explanation", NULL},
};
const store_field store_survey_fields[] = {
    M_ID,
    {"account", "account_id", STORE_REF, M_REQ, "account", NULL, 0, 0, NULL, "客户", "account", "客户", "account", NULL},
    {"date", "day", STORE_DAY, M_REQ, NULL, NULL, 0, 0, NULL, "日期", "date", "日期", "day", NULL},
    {"contact", "contact_id", STORE_REF, 0, "contact", NULL, 0, 0, NULL, "联系人", "contact", "答卷人", "who answered", NULL},
    {"expectation", "expectation", STORE_REAL, M_RANGE, NULL, NULL, 0, 10, NULL, "期望", "expectation", "期望 0–10", "what was expected, 0–10", NULL},
    {"perceived", "perceived", STORE_REAL, M_RANGE, NULL, NULL, 0, 10, NULL, "感知", "perceived", "感知 0–10", "what was perceived, 0–10", NULL},
    {"buy_again", "buy_again", STORE_FLAG, 0, NULL, NULL, 0, 0, NULL, "会再买", "would buy again", "会再购买", "would buy again", NULL},
    {"recommend", "recommend", STORE_REAL, M_RANGE, NULL, NULL, 0, 10, NULL, "会推荐", "would recommend", "推荐的可能 0–10", "would recommend us, 0–10", NULL},
    {"named_first", "named_first", STORE_FLAG, 0, NULL, NULL, 0, 0, NULL, "首先提名", "named us first", "首先说出我们", "named us first (F2)", NULL},
    {"favourable", "favourable", STORE_FLAG, 0, NULL, NULL, 0, 0, NULL, "好评", "favourable", "给予好评", "speaks well of us (F2)", NULL},
    M_NOTES,
};
const store_field store_survey_factor_fields[] = {
    {"survey", "survey_id", STORE_REF, M_KEY, "survey", NULL, 0, 0, NULL, "调查", "survey", "调查编号", "number of the survey", NULL},
    {"factor", "factor", STORE_CODE, M_KEY, NULL, NULL, 0, 0, NULL, "因素", "factor", "因素", "factor", "delivery"},
    {"importance", "importance", STORE_REAL, M_RANGE, NULL, NULL, 0, 10, NULL, "重要性", "importance", "重要性 0–10", "importance, 0–10", NULL},
    {"expectation", "expectation", STORE_REAL, M_RANGE, NULL, NULL, 0, 10, NULL, "期望", "expectation", "期望 0–10", "what was expected, 0–10", NULL},
    {"perceived", "perceived", STORE_REAL, M_RANGE, NULL, NULL, 0, 10, NULL, "感知", "perceived", "感知 0–10", "what was perceived, 0–10", NULL},
};
const store_field store_referral_fields[] = {
    {"account", "account_id", STORE_REF, M_KEY, "account", NULL, 0, 0, NULL, "客户", "account", "介绍人", "account that referred", NULL},
    {"referred", "referred_id", STORE_REF, M_KEY, "account", NULL, 0, 0, NULL, "被介绍客户", "referred account", "被介绍的客户", "account that was referred", NULL},
    {"date", "day", STORE_DAY, M_REQ, NULL, NULL, 0, 0, NULL, "日期", "date", "日期", "day", NULL},
    M_NOTES,
};
const store_field store_exception_fields[] = {
    M_ID,
    {"account", "account_id", STORE_REF, M_REQ, "account", NULL, 0, 0, NULL, "客户", "account", "客户", "account", NULL},
    {"date", "day", STORE_DAY, M_REQ, NULL, NULL, 0, 0, NULL, "日期", "date", "日期", "day", NULL},
    {"what", "what", STORE_TEXT, M_REQ, NULL, NULL, 0, 0, NULL, "内容", "what", "例外或违规的内容", "what was allowed or broken (E6)", NULL},
    {"approved_by", "approved_by", STORE_TEXT, 0, NULL, NULL, 0, 0, NULL, "批准人", "approved by", "谁批准的", "who approved it", NULL},
};
const store_field store_post_mortem_fields[] = {
    {"account", "account_id", STORE_REF, M_KEY, "account", NULL, 0, 0, NULL, "客户", "account", "客户", "account", NULL},
    {"date", "day", STORE_DAY, M_KEY, NULL, NULL, 0, 0, NULL, "日期", "date", "日期", "day", NULL},
    {"text", "text", STORE_TEXT, M_REQ, NULL, NULL, 0, 0, NULL, "文字", "text", "为什么失去，学到什么", "why it was lost and what we learned", NULL},
};
const store_field store_bid_fields[] = {
    {"account", "account_id", STORE_REF, M_KEY, "account", NULL, 0, 0, NULL, "客户", "account", "客户", "account", NULL},
    {"rep", "rep_id", STORE_REF, M_KEY, "rep", NULL, 0, 0, NULL, "客户经理", "representative", "竞标人", "who bids", NULL},
    {"date", "day", STORE_DAY, M_KEY, NULL, NULL, 0, 0, NULL, "日期", "date", "日期", "day", NULL},
    {"plan", "plan", STORE_TEXT, 0, NULL, NULL, 0, 0, NULL, "方案", "plan", "打算怎样做", "what the bidder means to do (E4)", NULL},
};
const store_field store_mailing_fields[] = {
    {"code", "code", STORE_CODE, M_KEY, NULL, NULL, 0, 0, NULL, "代码", "code", "活动的唯一代码", "unique code of the mailing", "M001"},
    {"name", "name", STORE_TEXT, 0, NULL, NULL, 0, 0, NULL, "名称", "name", "名称", "name", NULL},
    {"date", "day", STORE_DAY, 0, NULL, NULL, 0, 0, NULL, "日期", "date", "日期", "day", NULL},
    {"cost", "cost_minor", STORE_MONEY, M_RANGE, NULL, NULL, 0, 1e13, NULL, "费用", "cost", "费用", "what it cost", NULL},
    M_NOTES,
};
const store_field store_recipient_fields[] = {
    {"mailing", "mailing_id", STORE_REF, M_KEY, "mailing", NULL, 0, 0, NULL, "活动", "mailing", "活动", "mailing", NULL},
    {"contact", "contact_id", STORE_REF, M_KEY, "contact", NULL, 0, 0, NULL, "联系人", "contact", "收件人", "who received it", NULL},
    {"sent_on", "sent_day", STORE_DAY, 0, NULL, NULL, 0, 0, NULL, "寄出日", "sent on", "寄出日期", "day it was sent", NULL},
    {"response", "response", STORE_TEXT, 0, NULL, NULL, 0, 0, NULL, "回应", "response", "回应", "response", NULL},
    {"responded_on", "responded_day", STORE_DAY, 0, NULL, NULL, 0, 0, NULL, "回应日", "responded on", "回应日期", "day of the response", NULL},
};
const store_field store_segment_fields[] = {
    {"code", "code", STORE_CODE, M_KEY, NULL, NULL, 0, 0, NULL, "代码", "code", "细分的唯一代码", "unique code of the segment", "S001"},
    {"name", "name", STORE_TEXT, 0, NULL, NULL, 0, 0, NULL, "名称", "name", "名称", "name", NULL},
    {"script", "script", STORE_TEXT, 0, NULL, NULL, 0, 0, NULL, "脚本", "script", "每次求值得到成员的 Tcl 脚本；没有则成员另存", "Tcl script whose table gives the members anew; without one they are kept", NULL},
    {"saved_on", "saved_day", STORE_DAY, 0, NULL, NULL, 0, 0, NULL, "保存日", "saved on", "保存日期", "day it was saved", NULL},
    M_NOTES,
};
const store_field store_segment_member_fields[] = {
    {"segment", "segment_id", STORE_REF, M_KEY, "segment", NULL, 0, 0, NULL, "细分", "segment", "细分", "segment", NULL},
    {"account", "account_id", STORE_REF, M_KEY, "account", NULL, 0, 0, NULL, "客户", "account", "成员客户", "account that belongs to it", NULL},
};
const store_field store_policy_note_fields[] = {
    {"code", "code", STORE_CODE, M_KEY, NULL, NULL, 0, 0, NULL, "代码", "code", "政策动态的唯一代码", "unique code of the note", "N001"},
    {"industry", "industry", STORE_TEXT, 0, NULL, NULL, 0, 0, NULL, "行业", "industry", "涉及的行业", "industry concerned", NULL},
    {"region", "region", STORE_TEXT, 0, NULL, NULL, 0, 0, NULL, "地区", "region", "涉及的地区", "region concerned", NULL},
    {"date", "day", STORE_DAY, 0, NULL, NULL, 0, 0, NULL, "日期", "date", "日期", "day", NULL},
    {"effect", "effect", STORE_TEXT, 0, NULL, NULL, 0, 0, NULL, "影响", "effect", "对我们和客户的影响", "what it means for the customer and us", NULL},
    {"reviewed_on", "reviewed_day", STORE_DAY, 0, NULL, NULL, 0, 0, NULL, "复核日", "reviewed on", "最近复核的日期", "day of the last review (B5)", NULL},
};
const store_field store_setting_fields[] = {
    {"name", "name", STORE_CODE, M_KEY, NULL, NULL, 0, 0, NULL, "名称", "name", "设置的名称", "name of the setting", "window"},
    {"value", "value", STORE_TEXT, M_REQ, NULL, NULL, 0, 0, NULL, "值", "value", "与缺省不同的值", "value that differs from the default", "365"},
};
const store_field store_change_fields[] = {
    {"entry", "id", STORE_AUTO, STORE_KEY | STORE_READONLY, NULL, NULL, 0, 0, NULL, "条目", "entry", "日志条目编号", "number of the journal entry", NULL},
    {"when", "at", STORE_TEXT, STORE_READONLY, NULL, NULL, 0, 0, NULL, "时间", "when", "时间（UTC）", "time (UTC)", NULL},
    {"who", "who", STORE_TEXT, STORE_READONLY, NULL, NULL, 0, 0, NULL, "谁", "who", "谁", "who", NULL},
    {"command", "command", STORE_TEXT, STORE_READONLY, NULL, NULL, 0, 0, NULL, "命令", "command", "命令", "command", NULL},
    {"state", "state", STORE_TEXT, STORE_READONLY, NULL, NULL, 0, 0, NULL, "状态", "state", "有效或已撤销", "done or undone", NULL},
    {"entity", "entity", STORE_TEXT, STORE_READONLY, NULL, NULL, 0, 0, NULL, "对象类型", "entity", "对象类型", "kind of record", NULL},
    {"action", "action", STORE_TEXT, STORE_READONLY, NULL, NULL, 0, 0, NULL, "动作", "action", "增、改或删", "add, set or remove", NULL},
    {"object", "object", STORE_TEXT, STORE_READONLY, NULL, NULL, 0, 0, NULL, "对象", "object", "哪个对象", "which record", NULL},
    {"before", "before", STORE_TEXT, STORE_READONLY, NULL, NULL, 0, 0, NULL, "之前", "before", "之前的值", "values before", NULL},
    {"after", "after", STORE_TEXT, STORE_READONLY, NULL, NULL, 0, 0, NULL, "之后", "after", "之后的值", "values after", NULL},
};

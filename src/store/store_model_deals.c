/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is sold and what it costs: opportunities with their stages, transactions, contracts, service (DOMAIN §0, D2). */
#include "store_model.h"

const store_enum store_stages[] = {{"lead", "潜在", "lead"}, {"intent", "意向", "intent"}, {"proposal", "方案", "proposal"},
    {"negotiation", "商务谈判", "negotiation"}, {"won", "成交", "won"}, {0}};
static const store_enum results[] = {{"open", "进行中", "open"}, {"won", "赢单", "won"}, {"lost", "丢单", "lost"}, {0}};
static const store_enum periods[] = {{"month", "月", "month"}, {"quarter", "季", "quarter"}, {"half-year", "半年", "half-year"}, {"year", "年", "year"}, {0}};
static const store_enum service_kinds[] = {{"attract", "吸引", "attract"}, {"promote", "促销", "promote"}, {"maintain", "维护", "maintain"}, {"serve", "服务", "serve"}, {0}};

const store_field store_opportunity_fields[] = {
    {"code", "code", STORE_CODE, M_KEY, NULL, NULL, 0, 0, NULL, "代码", "code", "商机的唯一代码", "unique code of the opportunity", "O001"},
    {"account", "account_id", STORE_REF, M_REQ, "account", NULL, 0, 0, NULL, "客户", "account", "客户", "account", NULL},
    {"name", "name", STORE_TEXT, 0, NULL, NULL, 0, 0, NULL, "名称", "name", "商机名称", "what it is called", NULL},
    {"product", "product_id", STORE_REF, 0, "product", NULL, 0, 0, NULL, "产品", "product", "主要产品", "main product", NULL},
    {"opened_on", "opened_day", STORE_DAY, M_REQ, NULL, NULL, 0, 0, NULL, "建立日期", "opened on", "商机建立日期", "day it was opened", NULL},
    {"closed_on", "closed_day", STORE_DAY, 0, NULL, NULL, 0, 0, NULL, "关闭日期", "closed on", "赢单或丢单的日期", "day it was won or lost", NULL},
    {"result", "result", STORE_ENUM, M_REQ, NULL, results, 0, 0, "open", "结果", "result", "进行中、赢单或丢单", "open, won or lost", NULL},
    {"reason", "reason", STORE_TEXT, 0, NULL, NULL, 0, 0, NULL, "原因", "reason", "赢或丢的原因", "why it was won or lost (D10)", NULL},
    {"lesson", "lesson", STORE_TEXT, M_LONG, NULL, NULL, 0, 0, NULL, "教训", "lesson", "得到的教训", "what we learned", NULL},
    {"competitors", "competitor_id", STORE_REFS, 0, "competitor", NULL, 0, 0, NULL, "竞争对手", "competitors", "参与竞争的对手，用分号隔开", "rivals in it, separated by ';'", NULL},
    M_NOTES,
};
const store_field store_stage_change_fields[] = {
    {"opportunity", "opportunity_id", STORE_REF, M_KEY, "opportunity", NULL, 0, 0, NULL, "商机", "opportunity", "商机", "opportunity", NULL},
    {"date", "day", STORE_DAY, M_KEY, NULL, NULL, 0, 0, NULL, "日期", "date", "进入该阶段的日期", "day it entered the stage", NULL},
    {"stage", "stage", STORE_ENUM, M_REQ, NULL, store_stages, 0, 0, NULL, "阶段", "stage", "销售漏斗的阶段", "stage of the funnel (D2)", NULL},
};
const store_field store_transaction_fields[] = {
    M_ID,
    {"account", "account_id", STORE_REF, M_REQ, "account", NULL, 0, 0, NULL, "客户", "account", "客户", "account", NULL},
    {"date", "day", STORE_DAY, M_REQ, NULL, NULL, 0, 0, NULL, "日期", "date", "交易日期", "day of the purchase", NULL},
    {"amount", "amount_minor", STORE_MONEY, M_REQ, NULL, NULL, 0, 0, NULL, "金额", "amount", "金额；退货为负", "amount; a return is negative", NULL},
    {"product", "product_id", STORE_REF, 0, "product", NULL, 0, 0, NULL, "产品", "product", "产品", "product", NULL},
    {"quantity", "quantity", STORE_REAL, 0, NULL, NULL, 0, 0, NULL, "数量", "quantity", "数量", "units", NULL},
    {"cost", "cost_minor", STORE_MONEY, 0, NULL, NULL, 0, 0, NULL, "成本", "cost", "成本；毛利 = 金额 − 成本", "cost; margin = amount − cost", NULL},
    {"invoice_no", "invoice_no", STORE_TEXT, 0, NULL, NULL, 0, 0, NULL, "发票号", "invoice number", "发票号", "invoice number", NULL},
    {"due_on", "due_day", STORE_DAY, 0, NULL, NULL, 0, 0, NULL, "到期日", "due date", "付款到期日", "day payment is due", NULL},
    {"paid_on", "paid_day", STORE_DAY, 0, NULL, NULL, 0, 0, NULL, "付款日", "paid on", "付款日期", "day it was paid", NULL},
};
const store_field store_contract_fields[] = {
    {"code", "code", STORE_CODE, M_KEY, NULL, NULL, 0, 0, NULL, "代码", "code", "合同的唯一代码", "unique code of the contract", "H001"},
    {"account", "account_id", STORE_REF, M_REQ, "account", NULL, 0, 0, NULL, "客户", "account", "客户", "account", NULL},
    {"start", "start_day", STORE_DAY, M_REQ, NULL, NULL, 0, 0, NULL, "开始", "start", "开始日期", "first day", NULL},
    {"end", "end_day", STORE_DAY, 0, NULL, NULL, 0, 0, NULL, "结束", "end", "结束日期", "last day", NULL},
    {"price", "price_minor", STORE_MONEY, M_RANGE, NULL, NULL, 0, 1e13, NULL, "每期价格", "price per period", "每期价格", "price of a period", NULL},
    {"period", "period", STORE_ENUM, 0, NULL, periods, 0, 0, NULL, "周期", "period", "计价周期", "what a period is", NULL},
    {"renewal_on", "renewal_day", STORE_DAY, 0, NULL, NULL, 0, 0, NULL, "续签日", "renewal date", "续签日期", "day of renewal", NULL},
    M_NOTES,
};
const store_field store_service_cost_fields[] = {
    M_ID,
    {"account", "account_id", STORE_REF, M_REQ, "account", NULL, 0, 0, NULL, "客户", "account", "客户", "account", NULL},
    {"date", "day", STORE_DAY, M_REQ, NULL, NULL, 0, 0, NULL, "日期", "date", "日期", "day", NULL},
    {"amount", "amount_minor", STORE_MONEY, M_REQ, NULL, NULL, 0, 0, NULL, "金额", "amount", "金额", "amount", NULL},
    {"kind", "kind", STORE_ENUM, 0, NULL, service_kinds, 0, 0, NULL, "种类", "kind", "吸引、促销、维护或服务", "to attract, promote, maintain or serve (C4)", NULL},
    M_NOTES,
};

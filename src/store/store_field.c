/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The list of entities and the look-ups in it. The fields are in store_model_*.c. */
#include "store_field.h"
#include "kam_str.h"
#include "store_model.h"
#include <stdio.h>
#include <string.h>

/* References point backwards in this list (but for an account's parent and a contact's superior). */
static const store_entity entities[] = {
    {"rep", "reps", "客户经理", "representative", "representatives", "我方负责客户的人。", "One of our people who look after accounts.", STORE_E_NAME, M_FIELDS(store_rep_fields)},
    {"competitor", "competitors", "竞争对手", "competitor", "competitors", "与我们争夺客户的企业。", "A firm that competes with us for accounts.", STORE_E_NAMED, M_FIELDS(store_competitor_fields)},
    {"product", "products", "产品", "product", "products", "我们卖的东西。", "Something we sell.", STORE_E_NAMED, M_FIELDS(store_product_fields)},
    {"account", "accounts", "客户", "account", "accounts", "一个客户：企业、中间商、最终用户或消费者。", "A customer: company, middleman, end user or consumer.", STORE_E_NAMED, M_FIELDS(store_account_fields)},
    {"contact", "contacts", "联系人", "contact", "contacts", "客户那里的一个人，或一个尚不知由谁担任的职位。", "A person at an account, or a seat whose holder is not known yet.", STORE_E_NAMED, M_FIELDS(store_contact_fields)},
    {"opportunity", "opportunities", "商机", "opportunity", "opportunities", "一次可能的成交；金额、负责人与预计成交日是评估。", "A possible sale; its amount, owner and expected close are assessments.", STORE_E_NAME, M_FIELDS(store_opportunity_fields)},
    {"stage-change", "stage_changes", "阶段变更", "stage change", "stage changes", "商机在某日进入某阶段。", "An opportunity entered a stage on a day.", 0, M_FIELDS(store_stage_change_fields)},
    {"transaction", "transactions", "交易", "transaction", "transactions", "一笔购买或退货；相同的行是合法的。", "One purchase or return; equal rows are legal.", STORE_E_AUTO, M_FIELDS(store_transaction_fields)},
    {"contract", "contracts", "合同", "contract", "contracts", "按期付款的合同。", "A contract paid by the period.", 0, M_FIELDS(store_contract_fields)},
    {"service-cost", "service_costs", "服务成本", "service cost", "service costs", "为一个客户花的钱。", "Money spent on an account.", STORE_E_AUTO, M_FIELDS(store_service_cost_fields)},
    {"assessment", "assessments", "评估", "assessment", "assessments", "某日起对人、客户或商机的判断；最新的有效。", "What we hold of a person, account or opportunity from a day on; the latest counts.", 0, M_FIELDS(store_assessment_fields)},
    {"link", "links", "关系线", "link", "links", "两个人之间的影响或冲突。", "Influence or conflict between two persons.", 0, M_FIELDS(store_link_fields)},
    {"relationship", "relationships", "我方关系", "relationship", "relationships", "我方一人与对方一人的关系层次。", "The level between one of our people and one of theirs.", 0, M_FIELDS(store_relationship_fields)},
    {"mark", "marks", "评分", "score card mark", "score card marks", "评分卡上某标准的一个分数。", "A mark on one criterion of a score card.", 0, M_FIELDS(store_mark_fields)},
    {"interaction", "interactions", "接触", "interaction", "interactions", "与客户的一次接触，包括投诉与服务。", "One contact with a customer, complaints and service included.", STORE_E_AUTO, M_FIELDS(store_interaction_fields)},
    {"target", "targets", "指标", "target", "targets", "某期间对客户经理或客户的销售指标。", "What a representative or an account is to bring in a period.", 0, M_FIELDS(store_target_fields)},
    {"objective", "objectives", "目标", "objective", "objectives", "客户计划中的一个目标。", "Something an account plan sets out to reach.", 0, M_FIELDS(store_objective_fields)},
    {"action", "actions", "行动", "action", "actions", "要做的一件事。", "Something to be done.", STORE_E_AUTO, M_FIELDS(store_action_fields)},
    {"risk", "risks", "风险", "risk", "risks", "客户关系中的一个风险。", "Something that may go wrong with an account.", STORE_E_AUTO, M_FIELDS(store_risk_fields)},
    {"plan-text", "plan_texts", "计划文字", "plan text", "plan texts", "客户计划一个章节的文字。", "The text of one section of an account plan.", 0, M_FIELDS(store_plan_text_fields)},
    {"plan-snapshot", "plan_snapshots", "计划快照", "plan snapshot", "plan snapshots", "客户计划在某日的留存；用 plan snapshot 建立。", "An account plan as it was on a day; plan snapshot makes it.", STORE_E_NAME, M_FIELDS(store_plan_snapshot_fields)},
    {"plan-fact", "plan_facts", "快照内容", "plan fact", "plan facts", "快照中的一个值。", "One value of a plan snapshot.", 0, M_FIELDS(store_plan_fact_fields)},
    {"value-note", "value_notes", "价值记录", "value note", "value notes", "客户追求与我们给予的一种价值。", "A value the customer looks for and what we deliver.", STORE_E_AUTO, M_FIELDS(store_value_note_fields)},
    {"sighting", "sightings", "竞争动态", "sighting", "sightings", "在客户那里看到的竞争对手。", "A competitor seen at an account.", STORE_E_AUTO, M_FIELDS(store_sighting_fields)},
    {"survey", "surveys", "调查", "survey", "surveys", "一份满意度答卷。", "One answered survey of satisfaction.", STORE_E_AUTO, M_FIELDS(store_survey_fields)},
    {"survey-factor", "survey_factors", "调查因素", "survey factor", "survey factors", "一份答卷中的一个因素。", "One factor of an answered survey.", 0, M_FIELDS(store_survey_factor_fields)},
    {"referral", "referrals", "转介绍", "referral", "referrals", "一个客户介绍了另一个客户。", "One account brought us another.", 0, M_FIELDS(store_referral_fields)},
    {"exception", "exceptions", "例外", "exception", "exceptions", "给予的例外或违规。", "An exception granted or a rule broken.", STORE_E_AUTO, M_FIELDS(store_exception_fields)},
    {"post-mortem", "post_mortems", "流失分析", "post-mortem", "post-mortems", "失去一个客户的原因。", "Why an account was lost.", 0, M_FIELDS(store_post_mortem_fields)},
    {"bid", "bids", "竞标", "bid", "bids", "客户经理对一个客户的竞标。", "A representative's bid for an account.", 0, M_FIELDS(store_bid_fields)},
    {"mailing", "mailings", "营销活动", "mailing", "mailings", "一次寄送或活动。", "A mailing or campaign.", STORE_E_NAME, M_FIELDS(store_mailing_fields)},
    {"recipient", "recipients", "收件人", "recipient", "recipients", "收到一次寄送的人。", "Someone who received a mailing.", 0, M_FIELDS(store_recipient_fields)},
    {"segment", "segments", "细分", "segment", "segments", "一组保存下来的客户。", "A saved selection of accounts.", STORE_E_NAME, M_FIELDS(store_segment_fields)},
    {"segment-member", "segment_members", "细分成员", "segment member", "segment members", "属于一个细分的客户。", "An account that belongs to a saved selection.", 0, M_FIELDS(store_segment_member_fields)},
    {"policy-note", "policy_notes", "政策动态", "policy note", "policy notes", "影响一个行业或地区的政策。", "A policy that concerns an industry or region.", 0, M_FIELDS(store_policy_note_fields)},
    {"setting", "settings", "设置", "setting", "settings", "与缺省不同的设置。", "A setting that differs from its default.", STORE_E_READONLY, M_FIELDS(store_setting_fields)},
    {"change", "change_entries", "变更", "change", "changes", "自动日志：谁、何时、改了什么。", "The automatic journal: who changed what and when.", STORE_E_READONLY, M_FIELDS(store_change_fields)},};
enum { N_ENTITIES = sizeof entities / sizeof *entities };

const store_entity *store_entities(size_t *n)
{
    *n = N_ENTITIES;
    return entities;
}

const store_entity *store_entity_find(const char *name)
{
    for (size_t i = 0; i < N_ENTITIES; i++)
        if (kam_streq(entities[i].name, name)) return &entities[i];
    return NULL;
}

const store_entity *store_entity_of_table(const char *table)
{
    for (size_t i = 0; i < N_ENTITIES; i++)
        if (kam_streq(entities[i].table, table)) return &entities[i];
    return NULL;
}

const store_field *store_field_find(const store_entity *e, const char *name)
{
    for (size_t i = 0; i < e->n_fields; i++)
        if (kam_streq(e->fields[i].name, name)) return &e->fields[i];
    return NULL;
}

size_t store_field_index(const store_entity *e, const store_field *f)
{
    return (size_t)(f - e->fields);
}

static bool same_ignoring_case(const char *a, const char *b)
{
    for (; *a && *b; a++, b++) {
        int ca = *a >= 'A' && *a <= 'Z' ? *a + 32 : *a, cb = *b >= 'A' && *b <= 'Z' ? *b + 32 : *b;
        if (ca != cb) return false;
    }
    return *a == *b;
}

const store_enum *store_enum_find(const store_enum *values, const char *key_or_label)
{
    for (const store_enum *v = values; v->name; v++)
        if (strcmp(v->name, key_or_label) == 0) return v;
    for (const store_enum *v = values; v->name; v++)
        if (same_ignoring_case(v->name, key_or_label) || strcmp(v->zh, key_or_label) == 0 ||
            same_ignoring_case(v->en, key_or_label))
            return v;
    return NULL;
}

static const struct {
    const char *name;
    kam_type type;
} kinds[] = {
    [STORE_TEXT] = {"text", KAM_TEXT},     [STORE_CODE] = {"code", KAM_TEXT}, [STORE_INT] = {"int", KAM_INT},
    [STORE_REAL] = {"real", KAM_REAL},     [STORE_FLAG] = {"flag", KAM_FLAG}, [STORE_DAY] = {"day", KAM_DAY},
    [STORE_MONEY] = {"money", KAM_MONEY},  [STORE_PERIOD] = {"period", KAM_TEXT}, [STORE_ENUM] = {"enum", KAM_TEXT},
    [STORE_LIST] = {"list", KAM_TEXT},     [STORE_REF] = {"reference", KAM_TEXT},
    [STORE_REFS] = {"references", KAM_TEXT}, [STORE_SUBJECT] = {"subject", KAM_TEXT},
    [STORE_VALUE] = {"value", KAM_TEXT},   [STORE_AUTO] = {"number", KAM_INT},
};

kam_type store_kind_type(store_kind k)
{
    return kinds[k].type;
}

const char *store_kind_name(store_kind k)
{
    return kinds[k].name;
}

bool store_field_positional(const store_field *f)
{
    if (f->kind == STORE_AUTO) return false;
    return (f->flags & STORE_KEY) && (f->flags & STORE_REQUIRED);
}

const char *store_field_label(const store_entity *e, const store_field *f, char buf[STORE_LABEL_MAX])
{
    snprintf(buf, STORE_LABEL_MAX, "%s.%s", e->name, f->name);
    return buf;
}

static bool label_find(const char *message_id, const store_entity **e, const store_field **f)
{
    *e = store_entity_find(message_id);
    *f = NULL;
    if (*e) return true;
    const char *dot = strchr(message_id, '.');
    const char *name = dot ? dot + 1 : message_id;
    for (size_t i = 0; i < N_ENTITIES; i++) {
        const store_entity *x = &entities[i];
        if (dot && (strncmp(x->name, message_id, (size_t)(dot - message_id)) != 0 ||
                    x->name[dot - message_id] != '\0'))
            continue;
        *f = store_field_find(x, name);
        if (*f) {
            *e = x;
            return true;
        }
        if (dot) return false;
    }
    return false;
}

const char *store_label_text(const char *message_id, bool zh)
{
    const store_entity *e;
    const store_field *f;
    if (!message_id || !label_find(message_id, &e, &f)) return NULL;
    if (f) return zh ? f->zh : f->en;
    return zh ? e->zh : e->en;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a plan version is made of, and how its values are read. */
#include "calc_version.h"
#include "kam_money.h"
#include <math.h>
#include <stdio.h>
#include <string.h>

#define CAME(key, en, zh) {"version.came." key, en, zh}
#define WENT(key, en, zh) {"version.went." key, en, zh}
#define NO_TEXT {NULL, NULL, NULL}
static const calc_version_kind kinds[] = {
    {"figure", "figures", "数字", true, true, NULL, 0, 0, NULL, NO_TEXT, NO_TEXT},
    {"class", "classes", "类别", true, false, NULL, 0, 0, NULL, NO_TEXT, NO_TEXT},
    {"opportunity", "opportunities", "商机", false, false, "result", 1, 0, "result stage amount",
     CAME("opportunity", "new opportunity: {1}{2}", "新商机：{1}{2}"), WENT("opportunity", "no longer on record: opportunity {1}", "商机记录已删除：{1}")},
    {"person", "people", "人员", false, true, NULL, 1, 0, "title buying_role",
     CAME("person", "newly known: {1}{2}", "新认识：{1}{2}"), WENT("person", "no longer there: {1}", "已离开：{1}")},
    {"objective", "objectives", "目标", false, true, NULL, 1, 0, "target",
     CAME("objective", "new objective: {1}{2}", "新目标：{1}{2}"), WENT("objective", "no longer on record: objective {1}", "目标记录已删除：{1}")},
    {"action", "actions", "行动", false, true, "status", 0, 0, "status due owner",
     CAME("action", "new action: {1}{2}", "新行动：{1}{2}"), WENT("action", "no longer on record: action {1}", "行动记录已删除：{1}")},
    {"risk", "risks", "风险", false, false, "state", -1, 0, "state answer",
     CAME("risk", "new risk: {1}{2}", "新风险：{1}{2}"), WENT("risk", "no longer on record: risk {1}", "风险记录已删除：{1}")},
    {"complaint", "complaints", "投诉", false, true, "state", -1, 0, "state",
     CAME("complaint", "new complaint: {1}{2}", "新投诉：{1}{2}"), WENT("complaint", "no longer on record: complaint {1}", "投诉记录已删除：{1}")},
    {"flag", "red flags", "雷区", false, false, NULL, -1, 1, NULL,
     CAME("flag", "new red flag: {1}{2}", "新雷区：{1}{2}"), WENT("flag", "red flag gone: {1}{2}", "雷区消除：{1}{2}")},
    {"rival", "rivals", "对手", false, false, NULL, -1, 0, NULL,
     CAME("rival", "a rival was seen: {1}{2}", "发现对手：{1}{2}"), WENT("rival", "no longer on record: rival {1}", "对手记录已删除：{1}")},
    {"text", "texts", "文字", true, true, NULL, 0, 0, NULL, NO_TEXT, NO_TEXT},
    {"account", "account", "客户", true, true, NULL, 0, 0, NULL, NO_TEXT, NO_TEXT},
    {"setting", "settings", "设置", true, false, NULL, 0, 0, NULL, NO_TEXT, NO_TEXT}, /* those that differ from the default: field is the name */
};

#define T CALC_V_TEXT
#define K CALC_V_KEY
#define D CALC_V_DAY
#define M CALC_V_MONEY
#define R CALC_V_REAL
#define S CALC_V_SIGNED
#define P CALC_V_SHARE
#define LEVELS "vendor credible-source problem-solver trusted-adviser"
#define RELATIONS "trade preferred cooperation alliance"
static const calc_version_field fields[] = {
    {"figure", "window_revenue", M, 1, NULL, true, NULL, "revenue of the window", "统计期收入"},
    {"figure", "wallet_share", P, 1, NULL, false, NULL, "share of wallet", "客户份额"},
    {"figure", "p_alive", P, 1, NULL, false, NULL, "P(still a customer)", "仍为客户的概率"},
    {"figure", "future_value", M, 1, NULL, false, NULL, "future value", "未来价值"},
    {"figure", "health", R, 1, NULL, false, NULL, "health", "健康度"},
    {"figure", "completeness", P, 1, NULL, false, NULL, "completeness of the plan", "计划完整度"},
    {"figure", "satisfaction_gap", S, 1, NULL, true, NULL, "satisfaction gap", "满意度差距"},
    {"figure", "quality", R, 1, NULL, false, NULL, "quality", "客户质量"},
    {"figure", "open_deals", R, 0, NULL, false, NULL, "open deals", "进行中商机数"},
    {"figure", "open_amount", M, 1, NULL, false, NULL, "amount of open deals", "进行中商机金额"},
    {"figure", "weighted", M, 1, NULL, false, NULL, "weighted pipeline", "加权商机"},
    {"figure", "people", R, 1, NULL, false, NULL, "people known", "认识的人数"},
    {"figure", "circle_seats", R, 1, NULL, false, NULL, "filled seats of the winning circle", "成功圈已占席位"},
    {"figure", "red_flags", R, -1, NULL, false, NULL, "red flags", "雷区数"},
    {"figure", "open_complaints", R, -1, NULL, true, NULL, "open complaints", "未结投诉数"},
    {"class", "yield", K, 1, "C B A", false, "classify.yield.class", "yield (A1)", "产出分类（A1）"},
    {"class", "pyramid", K, 1, "inactive small ordinary major top", false, "classify.pyramid.class", "pyramid (A2)", "客户金字塔（A2）"},
    {"class", "rfm", K, 0, NULL, false, "classify.rfm.class", "RFM (A3)", "RFM（A3）"},
    {"class", "lifecycle", K, 1, "lost no-value problem declining potential selling new stable growing", false, "classify.lifecycle.class", "life cycle (A4)",
     "生命周期（A4）"},
    {"class", "ladder", K, 1, "prospect first-time repeat loyal member advocate", false, "classify.ladder.class", "loyalty ladder (A5)", "忠诚阶梯（A5）"},
    {"opportunity", "result", K, 1, "lost open won", false, "field.opportunity.result", "result", "结果"},
    {"opportunity", "stage", K, 1, "lead intent proposal negotiation won", false, "field.stage-change.stage", "stage", "阶段"},
    {"opportunity", "amount", M, 1, NULL, false, NULL, "amount", "金额"},
    {"opportunity", "probability", P, 1, NULL, false, NULL, "probability", "成交概率"},
    {"opportunity", "expected_close", D, -1, NULL, false, NULL, "expected close", "预计成交日"},
    {"opportunity", "owner", T, 0, NULL, false, NULL, "owner", "负责人"},
    {"opportunity", "competitors", T, 0, NULL, false, NULL, "rivals", "竞争对手"},
    {"opportunity", "reason", T, 0, NULL, false, NULL, "reason", "原因"},
    {"person", "name", T, 0, NULL, true, NULL, "name", "姓名"},
    {"person", "ours", T, 0, NULL, false, NULL, "a seat of ours", "我方设的席位"},
    {"person", "title", T, 0, NULL, true, NULL, "title", "职务"},
    {"person", "department", T, 0, NULL, true, NULL, "department", "部门"},
    {"person", "reports_to", T, 0, NULL, false, NULL, "superior", "上级"},
    {"person", "layer", K, 0, NULL, false, "attribute.contact.layer", "layer", "层次"},
    {"person", "buying_role", K, 0, NULL, false, "attribute.contact.buying_role", "buying role", "采购角色"},
    {"person", "quadrant", K, 0, NULL, false, "quadrant", "quadrant", "象限"},
    {"person", "attitude", S, 1, NULL, false, NULL, "attitude", "态度"},
    {"person", "influence", R, 0, NULL, false, NULL, "influence", "影响力"},
    {"person", "authority", R, 0, NULL, false, NULL, "authority", "权力"},
    {"person", "participation", R, 0, NULL, false, NULL, "participation", "参与度"},
    {"person", "relationship", K, 1, "outsider friend supplier partner", false, "relationship", "how they see us", "对方眼中的我们"},
    {"person", "level", K, 1, LEVELS, false, "known_level", "level of relationship", "关系层次"},
    {"person", "level_wanted", K, 0, NULL, false, "known_level", "level wanted", "目标层次"},
    {"person", "last_met", D, 1, NULL, false, NULL, "last met", "最近会面"},
    {"objective", "measure", T, 0, NULL, true, NULL, "measure", "衡量"},
    {"objective", "target", T, 0, NULL, true, NULL, "target", "目标值"},
    {"objective", "owner", T, 0, NULL, true, NULL, "owner", "负责人"},
    {"objective", "agreed_on", D, 0, NULL, true, NULL, "agreed with the customer", "与客户商定"},
    {"action", "status", K, 1, "open done", true, "field.action.status", "status", "状态"},
    {"action", "what", T, 0, NULL, true, NULL, "what", "内容"},
    {"action", "due", D, -1, NULL, true, NULL, "due", "期限"},
    {"action", "owner", T, 0, NULL, true, NULL, "owner", "负责人"},
    {"action", "objective", T, 0, NULL, true, NULL, "objective", "所属目标"},
    {"action", "ours", T, 0, NULL, false, NULL, "for us only", "仅供内部"},
    {"action", "agreed_on", D, 0, NULL, false, NULL, "objective agreed on", "目标商定日"},
    {"risk", "state", K, 1, "open closed", false, "state", "state", "状态"},
    {"risk", "likelihood", R, -1, NULL, false, NULL, "likelihood", "可能性"},
    {"risk", "effect", R, -1, NULL, false, NULL, "effect", "影响"},
    {"risk", "answer", T, 0, NULL, false, NULL, "answer", "对策"},
    {"complaint", "state", K, 1, "open resolved", true, "state", "state", "状态"},
    {"complaint", "resolution", T, 0, NULL, true, NULL, "resolution", "处理结果"},
    {"flag", "flag", K, 0, NULL, false, "flag", "red flag", "雷区"},
    {"rival", "sightings", R, 0, NULL, false, NULL, "sightings", "出现次数"},
    {"text", "text", T, 0, NULL, false, "version.section", "text", "文字"},
    {"text", "shared", T, 0, NULL, true, "version.section", "text for the customer", "给客户的文字"},
    {"account", "industry", T, 0, NULL, true, NULL, "industry", "行业"},
    {"account", "region", T, 0, NULL, true, NULL, "region", "地区"},
    {"account", "kind", K, 0, NULL, true, "field.account.kind", "kind", "类型"},
    {"account", "ownership", K, 0, NULL, true, "field.account.ownership", "ownership", "所有制"},
    {"account", "employees", R, 0, NULL, true, NULL, "employees", "员工数"},
    {"account", "annual_spend", M, 0, NULL, false, NULL, "spend in our category, a year", "品类年支出"},
    {"account", "owner", T, 0, NULL, true, NULL, "owner", "负责人"},
    {"account", "sponsor", T, 0, NULL, true, NULL, "sponsor", "高层支持者"},
    {"account", "relation_present", K, 1, RELATIONS, false, "relation_type", "present relation", "现有关系类型"},
    {"account", "relation_wanted", K, 0, NULL, false, "relation_type", "wanted relation", "目标关系类型"},
};

const calc_version_kind *calc_version_kinds(size_t *n)
{
    *n = sizeof kinds / sizeof *kinds;
    return kinds;
}

const calc_version_kind *calc_version_kind_find(const char *key)
{
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (kam_streq(kinds[i].key, key)) return &kinds[i];
    return NULL;
}

const calc_version_field *calc_version_fields(size_t *n)
{
    *n = sizeof fields / sizeof *fields;
    return fields;
}

const calc_version_field *calc_version_field_find(const char *kind, const char *field)
{
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        if (kam_streq(fields[i].field, field) && (!kind || kam_streq(fields[i].kind, kind))) return &fields[i];
    return NULL;
}

/* Decimal money with thousands marks; any number of decimals stays. */
static void say_money(kam_str *out, const char *value)
{
    const char *digits = value + (*value == '-');
    size_t n = strcspn(digits, ".");
    if (*value == '-') kam_str_add(out, "−");
    for (size_t i = 0; i < n; i++) {
        if (i && (n - i) % 3 == 0) kam_str_addc(out, ',');
        kam_str_addc(out, digits[i]);
    }
    kam_str_add(out, digits + n);
}

/* Several keys ("decider,user") one by one. */
static void say_keys(kam_str *out, const char *words, const char *value, const calc_version_params *p)
{
    while (*value) {
        size_t n = strcspn(value, ",");
        char key[64];
        snprintf(key, sizeof key, "%.*s", (int)(n < sizeof key ? n : sizeof key - 1), value);
        const char *word = p->word ? p->word(p->ctx, words, key, p->lang) : NULL;
        kam_str_add(out, word ? word : key);
        value += n + (value[n] == ',');
        if (*value) kam_str_add(out, p->lang == CALC_ZH ? "、" : ", ");
    }
}

void calc_version_say(kam_str *out, const calc_version_field *f, const char *value, const calc_version_params *p)
{
    double x = 0;
    calc_version_form form = f ? f->form : CALC_V_TEXT;
    bool number = (form == CALC_V_SHARE || form == CALC_V_SIGNED || form == CALC_V_REAL) && kam_parse_real(value, &x);
    if (number) {
        calc_arg a = form == CALC_V_SHARE ? calc_arg_pct(x) : calc_arg_real(x, 2);
        const char *s = a.s ? a.s : a.buf;
        if (form == CALC_V_SIGNED && x > 0) kam_str_addc(out, '+');
        if (*s == '-') kam_str_add(out, "−");
        kam_str_add(out, s + (*s == '-'));
    } else if (form == CALC_V_MONEY) {
        say_money(out, value);
    } else if (form == CALC_V_KEY && f->words) {
        say_keys(out, f->words, value, p);
    } else {
        calc_say_half(out, p->lang, value);
    }
}

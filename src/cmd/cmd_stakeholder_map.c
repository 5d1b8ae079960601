/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_stakeholder_map: B1–B10 and J4, who decides at an account? */
#include "cmd_stakeholder_map.h"
#include "cmd_spec.h"
#include "cmd_value.h"
#include "kam_mem.h"
#include <stddef.h>

typedef kam_rc (*view_fn)(const calc_people *, const calc_stakeholder_params *, kam_table **, kam_err *);
static const char *const VIEW[] = {"people", "account", "layers", "roles", "coaches", "grid",     "needs",   "course", "flags",
                                   "circle", "route",   "talk",   "org",   "coverage", "feeling", "relation", NULL};
static const struct {
    view_fn fn; /* NULL: made here */
    unsigned which;
} VIEW_OF[CMD_VIEWS] = {
    [CMD_VIEW_PEOPLE] = {calc_people_map, 0},        [CMD_VIEW_LAYERS] = {calc_people_layers, 0},
    [CMD_VIEW_ROLES] = {calc_people_roles, 0},       [CMD_VIEW_COACHES] = {calc_people_coaches, 0},
    [CMD_VIEW_GRID] = {calc_people_grid, 0},         [CMD_VIEW_NEEDS] = {calc_people_needs, 0},
    [CMD_VIEW_COURSE] = {calc_people_course, STORE_P_HISTORY}, [CMD_VIEW_FLAGS] = {calc_people_flags, 0},
    [CMD_VIEW_CIRCLE] = {calc_people_circle, 0},     [CMD_VIEW_ROUTE] = {calc_people_route, 0},
    [CMD_VIEW_TALK] = {calc_people_talk, 0},         [CMD_VIEW_ORG] = {calc_people_tree, 0},
    [CMD_VIEW_COVERAGE] = {calc_people_coverage, STORE_P_LEVELS}, [CMD_VIEW_RELATION] = {calc_people_relation, STORE_P_RELATIONS}};

kam_rc cmd_map_load(cmd_session *s, const cmd_map_args *a, unsigned which, cmd_map *out, kam_err *err)
{
    store_people held = STORE_PEOPLE_INIT;
    kam_rc rc = store_people_load(cmd_session_store(s), a->account.code, a->opportunity.id ? a->opportunity.code : NULL,
                                  a->asof, which, &held, err);
    if (rc) return rc;
    out->held = held;
    out->people = (calc_people){.people = held.people, .links = held.links, .opportunities = held.opportunities,
                                .levels = held.levels, .history = held.history, .relations = held.relations,
                                .has_policy_review = held.has_policy_review, .policy_review = held.policy_review};
    cmd_stakeholder_params(s, a->asof, &out->params);
    return KAM_OK;
}

void cmd_map_release(cmd_map *m)
{
    store_people_release(&m->held);
}

kam_rc cmd_map_feeling(cmd_session *s, const char *account, kam_day asof, kam_table **out, kam_err *err)
{
    calc_feeling_params p;
    kam_table *accounts = NULL, *attitudes = NULL;
    cmd_feeling_params(s, &p);
    kam_rc rc = store_query_feeling(cmd_session_store(s), asof, account, p.window_days, &accounts, &attitudes, err);
    if (!rc) rc = calc_feeling(accounts, attitudes, &p, out, err);
    kam_table_unref(accounts);
    kam_table_unref(attitudes);
    return rc;
}

/* Names or codes of those who will be at the meeting → the walk-round list. */
static kam_rc meeting(cmd_session *s, const cmd_map_args *a, const cmd_map *m, kam_table **out, kam_err *err)
{
    size_t n = a->meeting.n;
    char **code = kam_calloc(n + 1, sizeof *code);
    const char **lent = kam_calloc(n + 1, sizeof *lent);
    kam_rc rc = KAM_OK;
    for (size_t i = 0; i < n && !rc; i++) {
        int64_t id;
        rc = store_lookup(cmd_session_store(s), store_entity_find("contact"), a->meeting.word[i], &id, &code[i], err);
        lent[i] = code[i];
    }
    if (!rc) rc = calc_people_meeting(&m->people, &m->params, lent, n, out, err);
    for (size_t i = 0; i < n; i++) kam_free(code[i]);
    kam_free(code);
    kam_free(lent);
    return rc;
}

static kam_rc run(cmd_session *s, const void *args, cmd_value *out, kam_err *err)
{
    const cmd_map_args *a = args;
    cmd_map m;
    kam_table *result = NULL;
    kam_rc rc;
    if (a->meeting.n && a->view != CMD_VIEW_TALK && a->view != CMD_VIEW_PEOPLE) {
        kam_err_set(err, KAM_USAGE, "stakeholder-map: -meeting belongs to -view talk");
        return kam_err_word(err, "stakeholder-map");
    }
    if (a->view == CMD_VIEW_ACCOUNT) rc = cmd_map_account(s, a, &result, err);
    else if (a->view == CMD_VIEW_FEELING) rc = cmd_map_feeling(s, a->account.code, a->asof, &result, err);
    else {
        rc = cmd_map_load(s, a, VIEW_OF[a->view].which, &m, err);
        if (rc) return rc;
        rc = a->meeting.n ? meeting(s, a, &m, &result, err) : VIEW_OF[a->view].fn(&m.people, &m.params, &result, err);
        cmd_map_release(&m);
    }
    if (!rc) cmd_value_take_table(out, result);
    return rc;
}

static const cmd_arg spec_args[] = {
    {.name = "account", .kind = CMD_REF, .offset = offsetof(cmd_map_args, account), .of = "account", .flags = CMD_REQUIRED,
     .help = {"the account", "客户"}},
    {.name = "-opportunity", .kind = CMD_REF, .offset = offsetof(cmd_map_args, opportunity), .of = "opportunity",
     .help = {"attributes given for this opportunity override the general ones", "针对该商机的评估优先于一般评估"}},
    {.name = "-view", .kind = CMD_ENUM, .offset = offsetof(cmd_map_args, view), .values = VIEW, .def = "people",
     .help = {"people; account: all of it in one row; layers (B1); roles, coaches (B2); grid (B3); needs, course over time (B4); flags "
              "(B5); circle, route (B6); talk (B7); org: the reporting tree (B8); feeling (B9); relation (B10); coverage by our people (J4)",
              "people 人员；account 客户一行总览；layers 层次（B1）；roles 四类买者、coaches 向导（B2）；grid 四象限（B3）；needs 关系、course 关系走势（B4）；"
              "flags 雷区（B5）；circle 成功圈、route 行动路线图（B6）；talk 谈话要点（B7）；org 组织树（B8）；feeling 行为×感觉（B9）；relation 关系类型（B10）；"
              "coverage 我方人员覆盖（J4）"}},
    {.name = "-meeting", .kind = CMD_LIST, .offset = offsetof(cmd_map_args, meeting),
     .help = {"contacts who will be at a meeting: the walk-round list for all of them (B7)", "将到会的联系人：给出兼顾全体的检查清单（B7）"}},
    CMD_ARG_ASOF(cmd_map_args),
    CMD_ARGS_END};
static const cmd_column columns[] = {
    {"contact", KAM_TEXT, {"code of the person", "联系人编码"}, "people, coaches, needs, flags, circle, talk, org, coverage"},
    {"name", KAM_TEXT, {"name", "姓名"}, "as contact"},
    {"title", KAM_TEXT, {"title", "职务"}, "people, org, coverage"},
    {"layer", KAM_TEXT, {"image, decision, implementation or use", "形象层、决策层、实施层、使用层"}, "people, layers"},
    {"buying_role", KAM_TEXT, {"decider, gatekeeper, purchaser, user, coach", "决策人、把关者、采购人员、使用者、向导"}, "people, roles, org"},
    {"quadrant", KAM_TEXT, {"champion, owner, adviser or approver", "倡导者、拥有者、建议者、审批者"}, "people, grid"},
    {"attitude", KAM_REAL, {"−5 against us to +5 for us", "态度 −5 至 +5"}, "people, coaches, circle, org, feeling (the mean)"},
    {"influence", KAM_REAL, {"authority plus half of what those who follow pass on", "影响力"}, "people, org"},
    {"last_met", KAM_DAY, {"last visit or meeting", "最近会面"}, "people, coaches, circle"},
    {"relationship", KAM_TEXT, {"outsider, friend, supplier or partner", "局外人、朋友、供应商、伙伴"}, "people, account, needs, course"},
    {"rank", KAM_INT, {"place among the candidates: attitude, need for achievement, access to a decider", "候选名次：态度、成就需求、接近决策人"}, "coaches"},
    {"win", KAM_TEXT, {"how our win is this person's", "我们赢了对此人有什么好处"}, "coaches"},
    {"flag", KAM_TEXT, {"number of the red flag; `flag act` makes an action of it", "雷区编号；flag act 可转为行动"}, "flags"},
    {"evidence", KAM_TEXT, {"what raised it", "依据"}, "flags"},
    {"next_step", KAM_TEXT, {"what to do", "下一步"}, "flags, circle, coverage, relation"},
    {"seat", KAM_TEXT, {"coach, user-side, technical-side, influencer or decider", "向导、使用方影响者、技术/财务方影响者、影响者、决策人"}, "circle, route"},
    {"filled", KAM_FLAG, {"somebody sits there, met lately and well disposed", "有人在席：近期见过且态度友好"}, "circle"},
    {"step", KAM_INT, {"number of the introduction", "第几次引见"}, "route"},
    {"from", KAM_TEXT, {"who introduces us", "引见人"}, "route"},
    {"to", KAM_TEXT, {"to whom", "被引见人"}, "route"},
    {"by", KAM_DAY, {"by when", "期限"}, "route"},
    {"thinking", KAM_TEXT, {"A facts, B order, C people, D the whole", "A 事实、B 秩序、C 人情、D 全局"}, "talk"},
    {"point", KAM_TEXT, {"a point to prepare, or a question of the walk-round", "谈话要点或检查问题"}, "talk"},
    {"follows", KAM_TEXT, {"whose word counts with this person (influence lines)", "听从谁（影响线）"}, "org"},
    {"conflicts", KAM_TEXT, {"with whom there is a conflict", "与谁有冲突"}, "org"},
    {"line", KAM_TEXT, {"the drawn tree", "树形"}, "org"},
    {"date", KAM_DAY, {"the day it holds from", "自何日起"}, "course, coverage"},
    {"rep", KAM_TEXT, {"our person", "我方人员"}, "coverage"},
    {"present", KAM_TEXT, {"vendor, credible-source, problem-solver or trusted-adviser", "供货者、可信来源、问题解决者、可信顾问"}, "coverage"},
    {"wanted", KAM_TEXT, {"the level we want", "目标层次"}, "coverage"},
    {"steps", KAM_INT, {"levels to climb", "需提升的级数"}, "coverage, relation"},
    {"feeling", KAM_TEXT, {"sound, captive, unfinished or none", "良好、无奈、欠缺、无"}, "account, feeling"},
    {"at_risk", KAM_FLAG, {"captive, and leaving is easy", "无奈且逃离代价低"}, "account, feeling"},
    {"circle", KAM_TEXT, {"seats of the winning circle filled, of how many", "成功圈已占席数/总席数"}, "account"},
    {"relation_present", KAM_TEXT, {"trade, preferred, cooperation or alliance", "买卖、优先供应、合作、战略联盟"}, "account, relation"},
    {"relation_wanted", KAM_TEXT, {"the type we want", "目标关系类型"}, "account, relation"},
    {"why", KAM_TEXT, {"in words", "说明"}, "people, coaches, circle, route, feeling"},
    CMD_COLUMNS_END};
static const cmd_setting settings[] = {
    {"stakeholder-cut", NULL},          {"stakeholder-met-days", NULL},    {"stakeholder-new-days", NULL},
    {"stakeholder-bad-attitude", NULL}, {"stakeholder-policy-days", NULL}, {"stakeholder-coach-attitude", NULL},
    {"stakeholder-influence-share", NULL}, {"winning-circle-attitude", NULL}, {"winning-circle-coaches", NULL},
    {"winning-circle-influencers", NULL}, {"winning-circle-deciders", NULL}, {"route-step-days", NULL},
    {"feeling-wallet-share", NULL}, {"lifecycle-declining-ratio", NULL}, {"exit-cost-low", NULL}, {"window", NULL},
    CMD_SETTINGS_END};
static const cmd_example examples[] = {
    {{"the people of an account", "客户的人员"}, "table select [stakeholder-map ACME] contact name quadrant",
     "contact\tname\tquadrant\nACME-1\tAnn\towner"},
    {{"its red flags", "雷区"}, "expr {[table rows [stakeholder-map ACME -view flags]] > 0}", "1"},
    {{"who is missing in the winning circle", "成功圈缺谁"}, "table select [stakeholder-map ACME -view circle] seat filled name why",
     "seat\tfilled\tname\twhy\ncoach\t0\t\tnobody known is coach\nuser-side\t0\t\tnobody known is influencer of the user side\n"
     "technical-side\t0\t\tnobody known is influencer of the technical or financial side\ndecider\t0\tAnn\tnever met; attitude unknown"},
    {{"what to prepare for somebody who thinks in facts", "为重事实的人准备什么"}, "table get [stakeholder-map ACME -view talk] 0 point",
     "open with the result in figures: cost, gain, pay-back time"},
    CMD_EXAMPLES_END};

const cmd_spec cmd_stakeholder_map_spec = {
    .name = "stakeholder-map",
    .summary = {"who decides at an account: layers, roles, quadrants, relationship, red flags, winning circle, reporting tree, coverage",
                "关键人物图：层次、买者角色、四象限、关系、雷区、成功圈、组织树、覆盖"},
    .detail = {"Reads the latest assessment on or before the as-of date of every contact that has not left. A mark that is missing "
               "leaves the quadrant missing; it is not guessed. The winning circle 1+2+1 is the assignment of people to seats that fills "
               "most; a route leads to each empty seat along reporting and influence lines, one introduction a step. Feeling goes by the "
               "last survey of the window, the customer's own word, else by our view of their attitudes.",
               "读取每位在职联系人截止日期及以前的最新评估。缺少的分值不作猜测，对应象限即为缺失。成功圈“1+2+1”取占席最多的人员安排；"
               "每个空席给出沿汇报线与影响线的路线，每步一次引见。感觉以统计期内最近一次调查（客户自己的话）为准，没有调查才看态度评估。"},
    .effect = CMD_READS,
    .args_size = sizeof(cmd_map_args),
    .args = spec_args,
    .columns = columns,
    .setup = "account add ACME -name Acme; contact add ACME-1 -account ACME -name Ann -title Director; "
             "foreach {a v} {authority 8 participation 7 buying_role decider thinking A} "
             "{assessment add contact ACME-1 $a 2025-05-01 -value $v}",
    .examples = examples,
    .run = run,
    .settings = settings,
    .why = cmd_map_why,
    .topic = "questions"};

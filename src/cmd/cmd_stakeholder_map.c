/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_stakeholder_map: B1–B5 and the reporting tree, who decides at an account? */
#include "cmd_facts.h"
#include "cmd_spec.h"
#include "cmd_value.h"
#include <stddef.h>

typedef kam_rc (*view_fn)(const calc_people *, const calc_stakeholder_params *, kam_table **, kam_err *);
static const char *const VIEW[] = {"people", "layers", "roles", "coaches", "grid", "needs", "flags", "org", NULL};
/* In the order of VIEW. */
static const view_fn VIEW_FN[] = {calc_people_map,  calc_people_layers, calc_people_roles, calc_people_coaches,
                                  calc_people_grid, calc_people_needs,  calc_people_flags, calc_people_tree};

struct map_args {
    cmd_ref account, opportunity;
    int view;
    kam_day asof;
};

static kam_rc run(cmd_session *s, const void *args, cmd_value *out, kam_err *err)
{
    const struct map_args *a = args;
    store_people held = STORE_PEOPLE_INIT;
    calc_stakeholder_params p;
    kam_table *result = NULL;
    kam_rc rc = store_people_load(cmd_session_store(s), a->account.code, a->opportunity.id ? a->opportunity.code : NULL,
                                  a->asof, &held, err);
    if (rc) return rc;
    calc_people people = {held.people, held.links, held.opportunities, held.has_policy_review, held.policy_review};
    cmd_stakeholder_params(s, a->asof, &p);
    rc = VIEW_FN[a->view](&people, &p, &result, err);
    store_people_release(&held);
    if (!rc) cmd_value_take_table(out, result);
    return rc;
}

static const cmd_arg spec_args[] = {
    {.name = "account", .kind = CMD_REF, .offset = offsetof(struct map_args, account), .of = "account", .flags = CMD_REQUIRED,
     .help = {"the account", "客户"}},
    {.name = "-opportunity", .kind = CMD_REF, .offset = offsetof(struct map_args, opportunity), .of = "opportunity",
     .help = {"attributes given for this opportunity override the general ones", "针对该商机的评估优先于一般评估"}},
    {.name = "-view", .kind = CMD_ENUM, .offset = offsetof(struct map_args, view), .values = VIEW, .def = "people",
     .help = {"people; layers (B1); roles, coaches (B2); grid (B3); needs (B4); flags (B5); org: the reporting tree",
              "people 人员；layers 层次（B1）；roles 四类买者、coaches 向导（B2）；grid 四象限（B3）；needs 关系（B4）；flags 雷区（B5）；org 组织树"}},
    CMD_ARG_ASOF(struct map_args),
    CMD_ARGS_END};
static const cmd_column columns[] = {
    {"contact", KAM_TEXT, {"code of the person", "联系人编码"}, "people, needs, flags, org"},
    {"name", KAM_TEXT, {"name", "姓名"}, "people, needs, flags, org"},
    {"title", KAM_TEXT, {"title", "职务"}, "people, org"},
    {"layer", KAM_TEXT, {"image, decision, implementation or use", "形象层、决策层、实施层、使用层"}, "people, layers"},
    {"buying_role", KAM_TEXT, {"decider, gatekeeper, purchaser, user, coach", "决策人、把关者、采购人员、使用者、向导"}, "people, roles, org"},
    {"quadrant", KAM_TEXT, {"champion, owner, adviser or approver", "倡导者、拥有者、建议者、审批者"}, "people, grid"},
    {"attitude", KAM_REAL, {"−5 against us to +5 for us", "态度 −5 至 +5"}, "people, org"},
    {"influence", KAM_REAL, {"authority plus half of what those who follow pass on", "影响力"}, "people, org"},
    {"last_met", KAM_DAY, {"last visit or meeting", "最近会面"}, "people"},
    {"relationship", KAM_TEXT, {"outsider, friend, supplier or partner", "局外人、朋友、供应商、伙伴"}, "people, needs"},
    {"flag", KAM_TEXT, {"number of the red flag", "雷区编号"}, "flags"},
    {"evidence", KAM_TEXT, {"what raised it", "依据"}, "flags"},
    {"next_step", KAM_TEXT, {"what to do", "下一步"}, "flags"},
    {"line", KAM_TEXT, {"the drawn tree", "树形"}, "org"},
    CMD_COLUMNS_END};
static const cmd_setting settings[] = {
    {"stakeholder-cut", NULL},          {"stakeholder-met-days", NULL},    {"stakeholder-new-days", NULL},
    {"stakeholder-bad-attitude", NULL}, {"stakeholder-policy-days", NULL}, {"stakeholder-coach-attitude", NULL},
    CMD_SETTINGS_END};
static const cmd_example examples[] = {
    {{"the people of an account", "客户的人员"}, "table select [stakeholder-map ACME] contact name quadrant",
     "contact\tname\tquadrant\nACME-1\tAnn\towner"},
    {{"its red flags", "雷区"}, "expr {[table rows [stakeholder-map ACME -view flags]] > 0}", "1"},
    CMD_EXAMPLES_END};

const cmd_spec cmd_stakeholder_map_spec = {
    .name = "stakeholder-map",
    .summary = {"who decides at an account: layers, roles, quadrants, relationship, red flags, reporting tree",
                "关键人物图：层次、买者角色、四象限、关系、雷区、组织树"},
    .detail = {"Reads the latest assessment on or before the as-of date of every contact that has not left. A mark that is missing "
               "leaves the quadrant missing; it is not guessed.",
               "读取每位在职联系人截止日期及以前的最新评估。缺少的分值不作猜测，对应象限即为缺失。"},
    .effect = CMD_READS,
    .args_size = sizeof(struct map_args),
    .args = spec_args,
    .columns = columns,
    .setup = "account add ACME -name Acme; contact add ACME-1 -account ACME -name Ann -title Director; "
             "foreach {a v} {authority 8 participation 7} "
             "{assessment add contact ACME-1 $a 2025-05-01 -value $v}",
    .examples = examples,
    .run = run,
    .settings = settings,
    .topic = "questions"};

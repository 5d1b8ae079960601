/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_competence: E10, the competence cards of our representatives and the training they suggest. */
#include "cmd_run.h"
#include "cmd_value.h"
#include "store_query_run.h"
#include <stddef.h>

struct competence_args {
    kam_day asof; /* first: cmd_run_asof */
    cmd_ref rep;
};

static kam_rc run(cmd_session *s, const void *args, cmd_value *out, kam_err *err)
{
    const struct competence_args *a = args;
    calc_competence_params p;
    kam_table *reps = NULL, *marks = NULL, *t = NULL;
    cmd_competence_params(s, &p);
    kam_rc rc = store_query_reps(cmd_session_store(s), a->asof, &reps, err);
    if (!rc) rc = store_query_rep_marks(cmd_session_store(s), a->asof, "competence", &marks, err);
    if (!rc) rc = a->rep.id ? calc_competence_card(marks, a->rep.code, &p, &t, err) : calc_competence(reps, marks, &p, &t, err);
    kam_table_unref(reps);
    kam_table_unref(marks);
    if (!rc) cmd_value_take_table(out, t);
    return rc;
}

static const cmd_arg args_[] = {
    {.name = "rep", .kind = CMD_REF, .offset = offsetof(struct competence_args, rep), .of = "rep", .help = {"the card of this person; else one row each", "此人的评分卡；不给则每人一行"}},
    CMD_ARG_ASOF(struct competence_args),
    CMD_ARGS_END};
static const cmd_column columns[] = {
    {"rep", KAM_TEXT, {"code", "客户经理编码"}, "without REP"},
    {"name", KAM_TEXT, {"name (of the criterion with REP)", "姓名（有 REP 时为标准名称）"}, NULL},
    {"score", KAM_REAL, {"mean of the known marks, 0–10", "已知各项均分 0–10"}, "without REP"},
    {"coverage", KAM_REAL, {"share of the criteria that are marked", "已评分的标准比例"}, "without REP"},
    {"weakest", KAM_TEXT, {"criterion with the lowest mark", "最低分的标准"}, "without REP"},
    {"criterion", KAM_TEXT, {"key of the criterion", "标准"}, "REP"},
    {"mark", KAM_REAL, {"0–10; missing: not marked", "0–10；空为未评"}, "REP"},
    {"date", KAM_DAY, {"day of the mark", "评分日期"}, "REP"},
    {"low", KAM_FLAG, {"below the setting competence-low", "低于设置 competence-low"}, "REP"},
    {"training", KAM_TEXT, {"training modules the low marks suggest", "低分建议的培训"}, NULL},
    {"why", KAM_TEXT, {"in words", "说明"}, "without REP"},
    CMD_COLUMNS_END};
static const cmd_setting settings[] = {
    {"competence-low", NULL},
    CMD_SETTINGS_END};
static const cmd_example examples[] = {
    {{"Who needs which training?", "谁需要什么培训？"}, "table select [competence] rep score weakest training",
     "rep\tscore\tweakest\ttraining\nR1\t6\tproduct\ttraining: products and their benefits"},
    {{"One card.", "一张评分卡。"}, "table select [table head [competence R1] 2] criterion mark low", "criterion\tmark\tlow\nproduct\t4\t1\ncompany\t8\t0"},
    CMD_EXAMPLES_END};
const cmd_spec cmd_competence_spec = {
    .name = "competence",
    .summary = {"competence of our representatives and the training it suggests", "客户经理胜任力及培训建议"},
    .detail = {"Marks of the card competence (`card show competence`): own products, own company, the customer's business rules, current affairs, appearance, attitude, each "
               "0–10. The latest mark counts; below the setting competence-low (6) it suggests the training of its criterion. Marks: mark add rep CODE "
               "competence CRITERION DATE -mark N -evidence …",
               "评分卡 competence（card show competence）：产品、公司、客户业务规则、时事、仪表、态度，各 0–10 分。以最近一次为准；低于设置 competence-low（6）即建议相应培训。"
               "评分：mark add rep 编码 competence 标准 日期 -mark 分数 -evidence …"},
    .effect = CMD_READS,
    .args_size = sizeof(struct competence_args),
    .args = args_,
    .columns = columns,
    .setup = "rep add R1 -name Ann; mark add rep R1 competence product 2025-06-01 -mark 4; mark add rep R1 competence company 2025-06-01 -mark 8",
    .examples = examples,
    .run = run,
    .why = cmd_competence_why,
    .settings = settings,
    .topic = "questions"};

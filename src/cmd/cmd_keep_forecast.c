/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_keep_forecast: D8, put today's forecast on record. Stages, amounts, owners and expected closes carry dates; the probabilities
 * come from settings, which do not, so these are what is kept: a dated assessment `forecast` an open opportunity. */
#include "cmd_deals.h"
#include "cmd_forecast.h"
#include "cmd_value.h"
#include "kam_money.h"
#include <stddef.h>

struct keep_args {
    bool reestimate, dryrun, quiet;
    kam_day asof;
};

/* Kept twice on one day: the later one counts. */
static kam_rc keep_one(cmd_session *s, const char *code, const char *day, double p, const char *stage, kam_err *err)
{
    char value[KAM_NUM_MAX];
    kam_err first = KAM_ERR_INIT;
    const store_entity *e = store_entity_find("assessment");
    kam_format_real(p, value);
    const store_value all[] = {{"subject_kind", "opportunity"}, {"subject", code}, {"attribute", "forecast"}, {"date", day},
                               {"value", value}, {"evidence", stage}};
    kam_rc rc = store_add(cmd_session_store(s), e, all, 6, 0, NULL, NULL, &first);
    if (rc == KAM_CONSTRAINT && kam_streq(first.word[0], "duplicate"))
        return store_set(cmd_session_store(s), e, all, 4, all + 4, 2, 0, NULL, err);
    if (rc && err) *err = first;
    return rc;
}

static kam_rc keep_all(cmd_session *s, const kam_table *deals, kam_day asof, kam_err *err)
{
    char day[KAM_DATE_MAX];
    kam_day_format(asof, day);
    const kam_column *code = kam_table_find(deals, "opportunity"), *p = kam_table_find(deals, "probability"), *stage = kam_table_find(deals, "stage");
    kam_rc rc = cmd_write_begin(s, err);
    if (rc) return rc;
    for (size_t i = 0; !rc && i < kam_table_rows(deals); i++)
        rc = keep_one(s, kam_col_text(code, i), day, kam_col_real(p, i), kam_col_text(stage, i), err);
    if (!rc) return cmd_write_end(s, NULL, err);
    cmd_write_abort(s);
    return rc;
}

static kam_rc run(cmd_session *s, const void *args, cmd_value *out, kam_err *err)
{
    const struct keep_args *a = args;
    cmd_facts f = CMD_FACTS_INIT;
    calc_funnel_params p;
    kam_table *deals = NULL;
    cmd_scope_deals(s);
    kam_rc rc = cmd_facts_load(s, a->asof, STORE_F_OPPORTUNITIES | STORE_F_STAGES | STORE_F_FEW, &f, err);
    if (rc) return rc;
    cmd_funnel_params(s, a->asof, 0, &p);
    p.reestimate = a->reestimate;
    rc = calc_funnel_opportunities(&f.calc, &p, &deals, err);
    cmd_facts_release(&f);
    if (!rc && !a->dryrun) rc = keep_all(s, deals, a->asof, err);
    if (!rc && !a->quiet) cmd_value_take_table(out, kam_table_ref(deals));
    kam_table_unref(deals);
    return rc;
}

static const cmd_arg args_[] = {
    {.name = "-reestimate", .kind = CMD_FLAG, .offset = offsetof(struct keep_args, reestimate),
     .help = {"keep the probabilities re-estimated from history instead of the setting's", "留存由历史重估的概率，而非设置值"}},
    CMD_ARG_ASOF(struct keep_args), CMD_ARG_DRYRUN(struct keep_args), CMD_ARG_QUIET(struct keep_args), CMD_ARGS_END};
static const cmd_setting SETTINGS[] = {{"stage-probability", NULL}, {"funnel-stuck-factor", NULL}, {"funnel-prior-cases", "-reestimate"}, CMD_SETTINGS_END};
static const cmd_column columns[] = {
    {"opportunity", KAM_TEXT, {"open opportunity", "进行中的商机"}, NULL},
    {"stage", KAM_TEXT, {"its stage", "阶段"}, NULL},
    {"probability", KAM_REAL, {"the probability kept", "留存的概率"}, NULL},
    {"amount", KAM_MONEY, {"its amount", "金额"}, NULL},
    {"expected_close", KAM_DAY, {"expected close", "预计成交日"}, NULL},
    CMD_COLUMNS_END};
static const cmd_example examples[] = {
    {{"One open deal, at 50 %.", "一笔进行中的商机，五成。"}, "table select [keep-forecast] opportunity stage probability", "opportunity\tstage\tprobability\nD1\tproposal\t0.5"},
    CMD_EXAMPLES_END};
const cmd_spec cmd_keep_forecast_spec = {
    .name = "keep-forecast",
    .summary = {"put the forecast of the day on record, to be judged later", "留存当日预测，以备日后检验"},
    .detail = {"Writes the probability of every open opportunity as its assessment `forecast` of the as-of date, one journal entry. "
               "`forecast -backtest -source kept` judges what was kept; without that source the past is recomputed from dated data with the "
               "probabilities in force now.",
               "把每个进行中商机的概率记为其当日的评估 forecast，一条流水。forecast -backtest -source kept 检验留存的预测；"
               "不加该来源则用带日期的数据与现行概率重算过去的预测。"},
    .effect = CMD_WRITES, .args_size = sizeof(struct keep_args), .args = args_, .columns = columns,
    .setup = "account add ACME -name Acme; opportunity add D1 -account ACME -opened_on 2025-05-01; stage-change add D1 2025-06-01 -stage proposal",
    .examples = examples, .run = run, .settings = SETTINGS, .topic = "questions"};

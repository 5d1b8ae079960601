/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_funnel: D2 and D3, can we win, and when? The funnel of opportunities and the monthly forecast. */
#include "cmd_deals.h"
#include "cmd_funnel.h"
#include "cmd_spec.h"
#include "cmd_value.h"
#include "kam_mem.h"
#include <stddef.h>

/* Facts with only one account's or rep's opportunities (and their stages), so that every number below is of these. */
void cmd_only_deals(cmd_facts *f, const char *account, const char *rep)
{
    size_t want = SIZE_MAX;
    const kam_column *code = kam_table_find(f->held.accounts, "account");
    for (size_t i = 0; account && i < kam_col_rows(code); i++)
        if (kam_streq(kam_col_text(code, i), account)) want = i;
    const kam_table *o = f->held.opportunities;
    const kam_column *row = kam_table_find(o, "row"), *owner = kam_table_find(o, "rep");
    size_t n = 0, *keep = kam_calloc(kam_table_rows(o) + 1, sizeof *keep), *place = kam_calloc(kam_table_rows(o) + 1, sizeof *place);
    for (size_t i = 0; i < kam_table_rows(o); i++) {
        place[i] = SIZE_MAX;
        bool mine = !rep || (!kam_col_missing(owner, i) && kam_streq(kam_col_text(owner, i), rep));
        if (mine && (!account || (size_t)kam_col_int(row, i) == want)) {
            place[i] = n;
            keep[n++] = i;
        }
    }
    kam_table *kept = kam_table_pick(o, keep, n);
    kam_table *stages = NULL;
    if (f->held.stages) { /* stage changes point at rows of the opportunities: re-number them */
        const kam_table *st = f->held.stages;
        const kam_column *opp = kam_table_find(st, "opportunity"), *date = kam_table_find(st, "date"),
                         *stage = kam_table_find(st, "stage");
        stages = kam_table_new();
        kam_column *c0 = kam_table_add_column(stages, "opportunity", KAM_INT, NULL),
                   *c1 = kam_table_add_column(stages, "date", KAM_DAY, NULL), *c2 = kam_table_add_column(stages, "stage", KAM_TEXT, NULL);
        for (size_t i = 0; i < kam_table_rows(st); i++) {
            size_t at = place[kam_col_int(opp, i)];
            if (at == SIZE_MAX) continue;
            kam_col_push_int(c0, (int64_t)at);
            kam_col_push_from(c1, date, i);
            kam_col_push_from(c2, stage, i);
        }
        kam_table_seal(stages);
        kam_table_unref(f->held.stages);
    }
    kam_table_unref(f->held.opportunities);
    f->held.opportunities = kept;
    f->held.stages = stages;
    f->calc.opportunities = kept;
    f->calc.stages = stages;
    kam_free(keep);
    kam_free(place);
}

/* --- funnel --------------------------------------------------------------------------------------------------- */
static const char *const SHOW[] = {"stages", "opportunities", NULL};
/* The pool is of the whole portfolio: above the funnel of one account or rep it would mislead. */
static void drop_pool(kam_table **t)
{
    size_t n = 0, *rows = kam_calloc(kam_table_rows(*t) + 1, sizeof *rows);
    const kam_column *stage = kam_table_find(*t, "stage");
    for (size_t i = 0; i < kam_table_rows(*t); i++)
        if (!kam_streq(kam_col_text(stage, i), "pool")) rows[n++] = i;
    kam_table *kept = kam_table_pick(*t, rows, n);
    kam_free(rows);
    kam_table_unref(*t);
    *t = kept;
}

static kam_rc run_funnel(cmd_session *s, const void *args, cmd_value *out, kam_err *err)
{
    const struct funnel_args *a = args;
    cmd_facts f = CMD_FACTS_INIT;
    calc_funnel_params p;
    kam_table *result = NULL;
    const bool some = a->account.id || a->rep.id;
    const bool deals = some || a->show == CMD_FUNNEL_OPPORTUNITIES; /* else the pool counts those without a deal, and what is bought of them */
    if (deals) cmd_scope_deals(s);
    kam_rc rc = cmd_facts_load(s, a->asof, (deals ? 0 : STORE_F_LEDGER) | STORE_F_FEW | STORE_F_OPPORTUNITIES | STORE_F_STAGES, &f, err);
    if (rc) return rc;
    cmd_funnel_params(s, a->asof, (int)a->window, &p);
    p.reestimate = a->reestimate;
    if (a->reestimate) { /* from the history of all accounts, also when one is shown */
        rc = calc_funnel_probability(&f.calc, &p, p.probability, err);
        p.reestimate = false;
    }
    const char *account = a->account.id ? a->account.code : NULL, *rep = a->rep.id ? a->rep.code : NULL;
    if (!rc && a->show == CMD_FUNNEL_OPPORTUNITIES) { /* how long is usual is learnt from all, whoever's deals are shown */
        rc = calc_funnel_opportunities(&f.calc, &p, &result, err);
        if (!rc) cmd_rows_keep(&result, "account", account);
        if (!rc) cmd_rows_keep(&result, "rep", rep);
    } else if (!rc) {
        if (some) cmd_only_deals(&f, account, rep);
        rc = calc_funnel(&f.calc, &p, &result, err);
    }
    cmd_facts_release(&f);
    if (rc) return rc;
    if (some && a->show == CMD_FUNNEL_STAGES) drop_pool(&result);
    cmd_value_take_table(out, result);
    return KAM_OK;
}
static const cmd_arg funnel_args_[] = {
    {.name = "-show", .kind = CMD_ENUM, .offset = offsetof(struct funnel_args, show), .values = SHOW, .def = "stages",
     .help = {"one row a stage, or one an open opportunity", "按阶段，或按进行中的商机"}},
    {.name = "-account", .kind = CMD_REF, .offset = offsetof(struct funnel_args, account), .of = "account",
     .help = {"only this account's opportunities", "只看该客户的商机"}},
    {.name = "-rep", .kind = CMD_REF, .offset = offsetof(struct funnel_args, rep), .of = "rep",
     .help = {"only this rep's opportunities", "只看该客户经理的商机"}},
    {.name = "-reestimate", .kind = CMD_FLAG, .offset = offsetof(struct funnel_args, reestimate),
     .help = {"stage probabilities from history (the setting as 20 pseudo-cases) instead of the setting", "用历史重估阶段概率（设置值作 20 个伪样本）"}},
    {.name = "-window", .kind = CMD_INT, .offset = offsetof(struct funnel_args, window), .def = "0", .setting = "window", .min = 0, .max = 36500,
     .help = {"days of won deals counted; 0: the setting `window`", "统计成交的天数；0 为设置 window"}},
    CMD_ARG_ASOF(struct funnel_args),
    CMD_ARGS_END};
static const cmd_column funnel_columns[] = {
    {"stage", KAM_TEXT, {"pool, lead, intent, proposal, negotiation, won", "目标群、潜在、意向、方案、商务谈判、成交"}, NULL},
    {"count", KAM_INT, {"opportunities in it", "商机数"}, "stages"},
    {"amount", KAM_MONEY, {"their amount", "金额"}, NULL},
    {"no_amount", KAM_INT, {"of these without an amount", "其中无金额"}, "stages"},
    {"probability", KAM_REAL, {"of winning", "赢单概率"}, NULL},
    {"weighted", KAM_MONEY, {"amount × probability", "加权金额"}, NULL},
    {"age", KAM_REAL, {"days in the stage (median)", "阶段停留天数（中位数）"}, NULL},
    {"median_stay", KAM_REAL, {"median stay, open ones too (Kaplan–Meier)", "中位停留（Kaplan–Meier）"}, NULL},
    {"stuck", KAM_INT, {"older than twice that", "停滞数"}, NULL},
    {"conversion", KAM_REAL, {"of those that left, the share that went on", "转化率"}, "stages"},
    {"left", KAM_INT, {"how many left (n)", "离开数 n"}, "stages"},
    CMD_COLUMNS_END};
#define DEAL_SETUP                                                                                                       \
    "account add ACME -name Acme; rep add R1 -name Rita; opportunity add D1 -account ACME -opened_on 2025-05-01; "       \
    "stage-change add D1 2025-06-01 -stage proposal; "                                                                   \
    "foreach {a v} {amount 1000 owner R1 expected_close 2025-08-15} "                                                    \
    "{assessment add opportunity D1 $a 2025-05-01 -value $v}"
static const cmd_setting funnel_settings[] = {
    {"stage-probability", NULL}, {"funnel-stuck-factor", NULL}, {"funnel-prior-cases", "-reestimate"},
    {"window", "-show stages"},  CMD_SETTINGS_END};
static const cmd_example funnel_examples[] = {
    {{"one deal at stage proposal: half of its amount counts", "方案阶段的商机，按一半金额计"},
     "table select [table where [funnel] {$stage eq \"proposal\"}] stage count amount weighted",
     "stage\tcount\tamount\tweighted\nproposal\t1\t1000.00\t500.00"},
    CMD_EXAMPLES_END};
const cmd_spec cmd_funnel_spec = {
    .name = "funnel",
    .summary = {"the sales funnel by stage: count, amount, weighted amount, age, stuck, conversion", "销售漏斗：数量、金额、加权金额、停留、停滞、转化率"},
    .detail = {"An opportunity is stuck when it is in its stage for longer than twice the stage's median stay (setting "
               "funnel-stuck-factor); open ones count as censored. A jump over stages counts as conversion of each.",
               "商机在某阶段停留超过该阶段中位停留的两倍（设置 funnel-stuck-factor）即为停滞；未结商机按删失处理。跨阶段跳跃计入转化。"},
    .effect = CMD_READS,
    .args_size = sizeof(struct funnel_args),
    .args = funnel_args_,
    .columns = funnel_columns,
    .setup = DEAL_SETUP,
    .examples = funnel_examples,
    .run = run_funnel,
    .why = cmd_funnel_why,
    .settings = funnel_settings,
    .topic = "questions"};

/* --- forecast ------------------------------------------------------------------------------------------------- */
static const char *const BY[] = {"month", "rep", NULL};
void cmd_forecast_params(cmd_session *s, const cmd_forecast_args *a, calc_forecast_params *p)
{
    *p = (calc_forecast_params)CALC_FORECAST_PARAMS(a->asof, cmd_facts_lang(s));
    cmd_funnel_params(s, a->asof, 0, &p->funnel);
    p->by_rep = a->by == 1;
    p->funnel.reestimate = a->reestimate;
}

kam_rc cmd_forecast_months(cmd_session *s, const cmd_forecast_args *a, kam_table **out, kam_err *err)
{
    cmd_facts f = CMD_FACTS_INIT;
    calc_forecast_params p;
    kam_table *targets = NULL;
    cmd_scope_deals(s);
    kam_rc rc = cmd_facts_load(s, a->asof, STORE_F_OPPORTUNITIES | STORE_F_STAGES | STORE_F_FEW, &f, err);
    if (rc) return rc;
    cmd_forecast_params(s, a, &p);
    if (a->reestimate) { /* from the history of all accounts, also when one is shown */
        rc = calc_funnel_probability(&f.calc, &p.funnel, p.funnel.probability, err);
        p.funnel.reestimate = false;
    }
    if (a->account.id) cmd_only_deals(&f, a->account.code, NULL);
    else if (!rc) rc = store_query_targets(cmd_session_store(s), &targets, err);
    if (!rc) rc = calc_forecast(&f.calc, targets, &p, out, err);
    kam_table_unref(targets);
    cmd_facts_release(&f);
    return rc;
}

static kam_rc run_forecast(cmd_session *s, const void *args, cmd_value *out, kam_err *err)
{
    const cmd_forecast_args *a = args;
    kam_table *t = NULL;
    kam_rc rc = cmd_forecast_check(a, err);
    if (!rc)
        rc = a->plan       ? cmd_forecast_plan(s, a, &t, err)
             : a->backtest ? cmd_forecast_past(s, a, &t, err)
             : a->compare  ? cmd_forecast_compare(s, a, &t, err)
                           : cmd_forecast_months(s, a, &t, err);
    if (rc) return rc;
    cmd_value_take_table(out, t);
    return KAM_OK;
}
static const cmd_arg forecast_args_[] = {
    {.name = "-by", .kind = CMD_ENUM, .offset = offsetof(cmd_forecast_args, by), .values = BY, .def = "month",
     .help = {"one row a month, or a month and rep", "按月，或按月与客户经理"}},
    {.name = "-account", .kind = CMD_REF, .offset = offsetof(cmd_forecast_args, account), .of = "account",
     .help = {"only this account's opportunities (no targets then)", "只看该客户的商机（不与目标比较）"}},
    {.name = "-reestimate", .kind = CMD_FLAG, .offset = offsetof(cmd_forecast_args, reestimate),
     .help = {"stage probabilities from history instead of the setting", "用历史重估阶段概率"}},
    {.name = "-plan", .kind = CMD_FLAG, .offset = offsetof(cmd_forecast_args, plan),
     .help = {"each rep's plan of the month: deals to move, visits agreed, actions due", "每位客户经理的当月计划：待推动的商机、约定的拜访、到期的行动"}},
    {.name = "-month", .kind = CMD_STRING, .offset = offsetof(cmd_forecast_args, month),
     .help = {"month of the plan, YYYY-MM; default: the one of the day after the as-of date", "计划的月份 YYYY-MM；默认为截止日期次日所在月"}},
    {.name = "-rep", .kind = CMD_REF, .offset = offsetof(cmd_forecast_args, rep), .of = "rep",
     .help = {"only this rep's plan or past forecasts", "只看该客户经理的计划或以往预测"}},
    {.name = "-backtest", .kind = CMD_FLAG, .offset = offsetof(cmd_forecast_args, backtest),
     .help = {"past forecasts against what came true", "以往预测与实际对照"}},
    {.name = "-show", .kind = CMD_ENUM, .offset = offsetof(cmd_forecast_args, show), .values = cmd_forecast_show, .def = "scores",
     .help = {"of -backtest: scores, calibration, months, or every forecast", "-backtest 的视图：评分、校准、各月、逐次预测"}},
    {.name = "-event", .kind = CMD_ENUM, .offset = offsetof(cmd_forecast_args, event), .values = calc_event_keys, .def = "in-month",
     .help = {"what has to come true: won in the month it was forecast for, or won ever", "何为应验：在预测的月份赢单，或终究赢单"}},
    {.name = "-source", .kind = CMD_ENUM, .offset = offsetof(cmd_forecast_args, source), .values = cmd_forecast_source, .def = "recomputed",
     .help = {"recomputed from dated data on the eve of each month, or as kept by keep-forecast", "在每月前一日由带日期的数据重算，或用 keep-forecast 留存的预测"}},
    {.name = "-ahead", .kind = CMD_INT, .offset = offsetof(cmd_forecast_args, ahead), .def = "0", .min = 0, .max = 60,
     .help = {"how many months later the month forecast begins", "提前几个月预测"}},
    {.name = "-since", .kind = CMD_DATE, .offset = offsetof(cmd_forecast_args, since),
     .help = {"only forecasts made on or after this day", "只看该日及以后作出的预测"}},
    {.name = "-compare", .kind = CMD_FLAG, .offset = offsetof(cmd_forecast_args, compare),
     .help = {"inside `begin -what-if`: what differs from the committed state", "在 begin -what-if 中：与已提交状态的差别"}},
    CMD_ARG_ASOF(cmd_forecast_args),
    CMD_ARGS_END};
static const cmd_column forecast_columns[] = {
    {"period", KAM_TEXT, {"month; overdue and undated ones come first and go to no month", "月份；逾期与无日期者在前，不计入任何月"}, NULL},
    {"rep", KAM_TEXT, {"owner", "客户经理"}, "-by rep"},
    {"count", KAM_INT, {"open opportunities", "进行中商机数"}, NULL},
    {"no_amount", KAM_INT, {"of these without an amount", "其中无金额"}, NULL},
    {"committed", KAM_MONEY, {"won in the month", "当月已成交"}, NULL},
    {"weighted", KAM_MONEY, {"committed + Σ amount × probability", "已成交 + 加权"}, NULL},
    {"p10", KAM_MONEY, {"with probability 90 % at least this", "九成把握达到"}, NULL},
    {"p50", KAM_MONEY, {"median", "中位"}, NULL},
    {"p90", KAM_MONEY, {"with probability 10 % more than this", "一成可能超过"}, NULL},
    {"target", KAM_MONEY, {"target of the month", "目标"}, NULL},
    {"gap", KAM_MONEY, {"target − weighted", "缺口"}, NULL},
    {"p_target", KAM_REAL, {"chance to reach the target", "达标概率"}, NULL},
    {"kind", KAM_TEXT, {"deal, visit, action", "商机、拜访、行动"}, "-plan"},
    {"due", KAM_DAY, {"expected close, day of the visit, due day", "预计成交日、拜访日、期限"}, "-plan"},
    {"what", KAM_TEXT, {"what to do", "要做什么"}, "-plan"},
    {"status", KAM_TEXT, {"close, overdue, undated, stuck, due", "待成交、逾期、无日期、停滞、到期"}, "-plan"},
    {"by", KAM_TEXT, {"all, stage, rep", "合计、阶段、客户经理"}, "-backtest"},
    {"group", KAM_TEXT, {"which stage or rep", "哪个阶段或客户经理"}, "-backtest"},
    {"n", KAM_INT, {"forecasts judged", "检验的预测数"}, "-backtest"},
    {"deals", KAM_INT, {"different opportunities among them", "其中不同的商机数"}, "-backtest"},
    {"predicted", KAM_REAL, {"mean probability forecast", "预测概率的均值"}, "-backtest"},
    {"observed", KAM_REAL, {"share that came true, with its 95 % interval in observed_low and observed_high", "应验比例；observed_low、observed_high 为 95 % 区间"}, "-backtest"},
    {"bias", KAM_REAL, {"predicted − observed; above 0: too hopeful", "预测 − 实际；大于 0 为过于乐观"}, "-backtest"},
    {"brier", KAM_REAL, {"mean squared error (Brier score); 0 is perfect", "布里尔分数（均方误差）；0 为完美"}, "-backtest"},
    {"brier_base", KAM_REAL, {"the same for always saying the share observed", "总以应验比例作预测时的分数"}, "-backtest"},
    {"actual", KAM_MONEY, {"won in the month", "当月实际赢单"}, "-backtest -show months"},
    {"surprise", KAM_MONEY, {"of it by opportunities not forecast for the month", "其中未列入当月预测者"}, "-backtest -show months"},
    {"inside", KAM_FLAG, {"between the 10 % and 90 % points", "落在 10 % 与 90 % 分位点之间"}, "-backtest -show months"},
    {"origin", KAM_DAY, {"day of the forecast", "预测日"}, "-backtest -show months, deals"},
    {"came_true", KAM_FLAG, {"it came true", "是否应验"}, "-backtest -show deals"},
    {"measure", KAM_TEXT, {"which number differs", "哪个数不同"}, "-compare"},
    {"before", KAM_MONEY, {"committed state", "已提交状态"}, "-compare"},
    {"after", KAM_MONEY, {"what-if", "假设状态"}, "-compare"},
    {"difference", KAM_MONEY, {"after − before", "之后 − 之前"}, "-compare"},
    CMD_COLUMNS_END};
static const cmd_setting forecast_settings[] = {
    {"stage-probability", NULL}, {"funnel-prior-cases", "-reestimate"}, {"funnel-stuck-factor", "-plan"}, CMD_SETTINGS_END};
static const cmd_example forecast_examples[] = {
    {{"August: one deal of 1,000 at 50 %", "八月：一笔 1000，概率五成"},
     "table select [table where [forecast] {$period eq \"2025-08\"}] period weighted p10 p90",
     "period\tweighted\tp10\tp90\n2025-08\t500.00\t0.00\t1000.00"},
    {{"What if the deal were at the negotiating table?", "若该商机已进入商务谈判？"},
     "begin -what-if; stage-change add D1 2025-06-30 -stage negotiation -quiet; set t [forecast -compare]; rollback; table select [table head $t 1] measure before after difference",
     "measure\tbefore\tafter\tdifference\nweighted\t500.00\t700.00\t200.00"},
    {{"What Rita has to do in August.", "Rita 八月要做的事。"},
     "table select [forecast -plan -month 2025-08] rep kind due opportunity status", "rep\tkind\tdue\topportunity\tstatus\nR1\tdeal\t2025-08-15\tD1\tclose"},
    CMD_EXAMPLES_END};
const cmd_spec cmd_forecast_spec = {
    .name = "forecast",
    .summary = {"the monthly forecast with the exact distribution of each month's total", "月度预测，含每月总额的精确分布"},
    .detail = {"Every open opportunity closes in its month with the probability of its stage or not at all, independently of the "
               "others; p10, p50 and p90 are points of the exact distribution of the sum. Overdue and undated ones go to no month. "
               "-plan says what each rep has to move, visit and do in a month. -backtest judges past forecasts: what was forecast on the eve of "
               "each month is computed again from what was known then (stages and values carry dates) and held against what was won: Brier "
               "score, bias and calibration by stage and rep. -compare, inside `begin -what-if`, shows what the change does to the forecast.",
               "每笔进行中的商机以其阶段概率在预计月份成交，彼此独立；p10、p50、p90 是总额精确分布的分位点。逾期与无日期的商机不计入任何月份。"
               "-plan 列出每位客户经理当月要推动、拜访、完成的事。-backtest 检验以往预测：以每月前一日所知（阶段与数值都有日期）重算当时的预测，"
               "与实际赢单对照，给出布里尔分数、偏差与按阶段、按客户经理的校准。-compare 在 begin -what-if 中显示改动对预测的影响。"},
    .effect = CMD_READS,
    .args_size = sizeof(cmd_forecast_args),
    .args = forecast_args_,
    .columns = forecast_columns,
    .setup = DEAL_SETUP,
    .examples = forecast_examples,
    .run = run_forecast,
    .why = cmd_forecast_why,
    .settings = forecast_settings,
    .topic = "questions"};

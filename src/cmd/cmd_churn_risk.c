/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_churn_risk: F4, who will be lost? P(alive) and a logistic regression on the traits of the lost. */
#include "calc_value.h"
#include "cmd_care.h"
#include "cmd_lifetime.h"
#include "cmd_value.h"
#include "kam_mem.h"
#include <math.h>
#include <stddef.h>
#include <string.h>

static const char *const SHOW[] = {"accounts", "alive", "reasons", "model", "calibration", "measures", NULL};

void cmd_churn_params(cmd_session *s, kam_day asof, calc_churn_params *p)
{
    *p = (calc_churn_params)CALC_CHURN_PARAMS(asof, cmd_facts_lang(s));
    cmd_spell_rule(s, &p->rule);
    cmd_care_days(s, "window", &p->window_days);
    cmd_care_days(s, "lifecycle-trend-days", &p->trend_days);
    cmd_care_days(s, "churn-horizon-days", &p->horizon_days);
    cmd_care_days(s, "churn-min-lost", &p->min_lost);
    cmd_care_days(s, "churn-sample", &p->sample);
    cmd_care_real(s, "churn-holdout", &p->holdout);
    cmd_care_real(s, "churn-lambda", &p->lambda);
    cmd_care_real(s, "churn-high", &p->high);
    cmd_care_real(s, "churn-watch", &p->watch);
    cmd_care_real(s, "level", &p->level);
    p->progress = cmd_session_progress(s);
}

kam_rc cmd_churn_load(cmd_session *s, kam_day asof, cmd_churn_input *c, kam_err *err)
{
    store *db = cmd_session_store(s);
    memset(c, 0, sizeof *c);
    kam_rc rc = cmd_facts_load(s, asof, STORE_F_LEDGER | STORE_F_COMPLAINTS | STORE_F_SURVEYS | STORE_F_SIGHTINGS, &c->facts, err);
    if (!rc) rc = store_query_interactions(db, asof, &c->contacts, err);
    if (!rc) rc = store_query_payments(db, asof, &c->invoices, err);
    c->in = (calc_churn_in){&c->facts.calc, c->contacts, c->invoices};
    if (rc) cmd_churn_release(c);
    return rc;
}

void cmd_churn_release(cmd_churn_input *c)
{
    cmd_facts_release(&c->facts);
    kam_table_unref(c->contacts);
    kam_table_unref(c->invoices);
    memset(c, 0, sizeof *c);
}

/* P(alive) by account row, to nine digits, to which fits in days, weeks and months agree; *p stays NULL where no model of purchases can be fitted: that is no error here. */
static kam_rc alive(cmd_session *s, kam_day asof, double **p, kam_err *err)
{
    cmd_lifetime_spec spec;
    cmd_lifetime l;
    calc_value_scores scores = CALC_VALUE_SCORES_INIT;
    kam_err own = KAM_ERR_INIT;
    *p = NULL;
    cmd_lifetime_defaults(s, asof, &spec);
    kam_rc rc = cmd_lifetime_fit(s, &spec, &l, &own);
    if (!rc) {
        rc = calc_value_score(&l.summary, &l.fit, NULL, &l.value, &scores, &own);
        if (!rc) {
            *p = kam_calloc(scores.n + 1, sizeof **p);
            for (size_t i = 0; i < scores.n; i++) (*p)[i] = scores.known[i] ? round(scores.p_alive[i] * 1e9) / 1e9 : NAN;
        }
        calc_value_scores_release(&scores);
        cmd_lifetime_release(&l);
    }
    if (rc == KAM_CALC) return KAM_OK;
    if (rc && err && err->code == KAM_OK) *err = own;
    return rc;
}

static kam_rc check(const cmd_churn_args *a, kam_err *err)
{
    const char *why = NULL;
    if (a->show == CMD_CHURN_REASONS && !a->account.id) why = "-show reasons is of one account: give -account";
    else if (a->show > CMD_CHURN_REASONS && a->account.id) why = "the model is of all accounts; leave -account out";
    if (!why) return KAM_OK;
    kam_err_set(err, KAM_USAGE, "churn-risk: %s", why);
    return kam_err_word(err, "churn-risk");
}

static kam_rc reasons(const cmd_churn_args *a, const cmd_churn_input *c, const calc_churn_params *p, const calc_churn_model *m, kam_table **out,
                      kam_err *err)
{
    const kam_column *code = kam_table_find(c->facts.held.accounts, "account");
    size_t i = 0;
    while (i < kam_col_rows(code) && !kam_streq(kam_col_text(code, i), a->account.code)) i++;
    return calc_churn_reasons(&c->in, p, m, i, out, err);
}

static kam_rc answer(cmd_session *s, const cmd_churn_args *a, const cmd_churn_input *c, kam_table **out, kam_err *err)
{
    calc_churn_params p;
    calc_churn_model m;
    double *p_alive = NULL;
    bool model = a->show != CMD_CHURN_ALIVE;
    cmd_churn_params(s, a->asof, &p);
    kam_rc rc = model ? calc_churn_fit(&c->in, &p, &m, err) : KAM_OK;
    if (rc) return rc;
    switch (a->show) {
    case CMD_CHURN_REASONS: return reasons(a, c, &p, &m, out, err);
    case CMD_CHURN_MODEL: return calc_churn_model_table(&c->in, &p, &m, out);
    case CMD_CHURN_CALIBRATION: return calc_churn_calibration(&c->in, &p, &m, out);
    case CMD_CHURN_MEASURES: return calc_churn_measures(&c->in, &p, &m, out);
    default: break;
    }
    rc = alive(s, a->asof, &p_alive, err);
    if (!rc) rc = calc_churn_accounts(&c->in, &p, model ? &m : NULL, p_alive, out, err);
    kam_free(p_alive);
    return rc;
}

static kam_rc run(cmd_session *s, const void *args, cmd_value *out, kam_err *err)
{
    const cmd_churn_args *a = args;
    cmd_churn_input c;
    kam_table *t = NULL;
    kam_rc rc = check(a, err);
    if (!rc) rc = cmd_churn_load(s, a->asof, &c, err);
    if (rc) return rc;
    rc = answer(s, a, &c, &t, err);
    cmd_churn_release(&c);
    if (rc) return rc;
    if (a->show != CMD_CHURN_REASONS) cmd_rows_keep(&t, "account", a->account.code);
    cmd_value_take_table(out, t);
    return KAM_OK;
}

static const cmd_arg spec_args[] = {
    {.name = "-account", .kind = CMD_REF, .offset = offsetof(cmd_churn_args, account), .of = "account",
     .help = {"only this account (scored among all)", "只看该客户（仍在全体中评分）"}},
    {.name = "-show", .kind = CMD_ENUM, .offset = offsetof(cmd_churn_args, show), .values = SHOW, .def = "accounts",
     .help = {"accounts; alive: by P(alive) alone, which needs no losses; reasons: every trait's contribution for one account; model: the coefficients; "
              "calibration: said and seen on accounts held out; measures: AUC, Brier score, counts",
              "accounts 按客户；alive 只按活跃概率，无需流失样本；reasons 单个客户各特征的贡献；model 系数；calibration 留出客户的预测与实际；measures AUC、Brier 分与计数"}},
    CMD_ARG_ASOF(cmd_churn_args),
    CMD_ARGS_END};

static const cmd_column columns[] = {
    {"account", KAM_TEXT, {"code of the account", "客户编码"}, "accounts, alive"},
    {"name", KAM_TEXT, {"its name", "名称"}, "accounts, alive"},
    {"class", KAM_TEXT, {"high, watch or low by the settings churn-high, churn-watch", "按设置 churn-high、churn-watch 分为 high 高、watch 关注、low 低"}, "accounts, alive"},
    {"why", KAM_TEXT, {"the three traits that move it most, with their contributions", "影响最大的三项特征及其贡献"}, "accounts, alive"},
    {"risk", KAM_REAL, {"probability to be called lost within churn-horizon-days", "在 churn-horizon-days 天内判为流失的概率"}, "accounts"},
    {"p_alive", KAM_REAL, {"P(alive) of the model of purchases", "购买模型的活跃概率"}, "accounts, alive"},
    {"last_purchase", KAM_DAY, {"last purchase day", "最近购买日"}, "accounts, alive"},
    {"silent_days", KAM_INT, {"days since", "距今天数"}, "accounts, alive"},
    {"window_revenue", KAM_MONEY, {"net revenue of the window", "统计期净销售额"}, "accounts, alive"},
    {"at_risk", KAM_MONEY, {"risk × that revenue", "风险 × 该收入"}, "accounts, alive"},
    {"trait", KAM_TEXT, {"the trait", "特征"}, "reasons, model"},
    {"meaning", KAM_TEXT, {"its value in words", "取值说明"}, "reasons"},
    {"value", KAM_REAL, {"its value: days, counts, money (measures: the value)", "取值：天数、次数、金额（measures 时为指标值）"}, "reasons, measures"},
    {"standardised", KAM_REAL, {"in standard deviations from the mean of the panel", "相对面板均值的标准差数"}, "reasons"},
    {"coefficient", KAM_REAL, {"log odds a standard deviation", "每标准差的对数几率"}, "reasons, model"},
    {"contribution", KAM_REAL, {"coefficient × standardised value", "系数 × 标准化值"}, "reasons"},
    {"std_error", KAM_REAL, {"standard error of the coefficient", "系数的标准误"}, "model"},
    {"odds_ratio", KAM_REAL, {"e^coefficient", "几率比"}, "model"},
    {"mean", KAM_REAL, {"mean of the trait as it enters (mostly a logarithm)", "特征入模值（多为对数）的均值"}, "model"},
    {"sd", KAM_REAL, {"its standard deviation", "标准差"}, "model"},
    {"known", KAM_REAL, {"share of rows with a value", "有值的行占比"}, "model"},
    {"used", KAM_FLAG, {"0: the same for everybody, left out", "0 表示全体相同而未用"}, "model"},
    {"group", KAM_INT, {"group of accounts held out, by rising prediction", "留出客户的分组，按预测递增"}, "calibration"},
    {"from", KAM_REAL, {"least prediction", "最小预测"}, "calibration"},
    {"to", KAM_REAL, {"greatest", "最大预测"}, "calibration"},
    {"predicted", KAM_REAL, {"mean prediction", "平均预测"}, "calibration"},
    {"accounts", KAM_INT, {"rows in the group", "组内行数"}, "calibration"},
    {"lost", KAM_INT, {"of these lost", "其中流失"}, "calibration"},
    {"observed", KAM_REAL, {"share lost", "实际流失占比"}, "calibration"},
    {"measure", KAM_TEXT, {"what is measured", "指标"}, "measures"},
    {"low", KAM_REAL, {"low end of the interval", "区间下限"}, "model, calibration, measures"},
    {"high", KAM_REAL, {"high end", "区间上限"}, "model, calibration, measures"},
    CMD_COLUMNS_END};

static const cmd_setting settings[] = {
    {"churn-high", "-show accounts,alive"},
    {"churn-watch", "-show accounts,alive"},
    {"churn-horizon-days", NULL},
    {"churn-min-lost", NULL},
    {"churn-sample", NULL},
    {"churn-holdout", NULL},
    {"churn-lambda", NULL},
    {"window", NULL},
    {"lifecycle-trend-days", NULL},
    {"lifecycle-lost-days", NULL},
    {"lifecycle-lost-gaps", NULL},
    {"level", "-show model,calibration,measures"},
    CMD_SETTINGS_END};

static const cmd_example examples[] = {
    {{"too few were lost for a model", "流失太少，不能建模"}, "churn-risk", "error: KAM CALC NODATA"},
    {{"P(alive) needs no losses", "活跃概率无需流失样本"}, "table select [churn-risk -show alive] account last_purchase silent_days", "account\tlast_purchase\tsilent_days\nACME\t2025-05-02\t59"},
    CMD_EXAMPLES_END};

const cmd_spec cmd_churn_risk_spec = {
    .name = "churn-risk",
    .summary = {"who will be lost? P(alive), and a regularised logistic regression on the traits of the lost, with reasons, holdout AUC and calibration", "谁会流失？活跃概率与流失者特征的正则化逻辑回归，附理由、留出样本 AUC 与校准表"},
    .detail = {"A row of the panel is an account that was ours at the beginning of a period of churn-horizon-days; it counts as lost when the life cycle first calls it lost within "
               "the period. Traits are measured from what was dated up to the beginning alone. Standardised, with an L2 penalty (setting churn-lambda, else by cross-validation). "
               "AUC, Brier score and the calibration table come from whole accounts held out (churn-holdout). With fewer losses than churn-min-lost it refuses. Contributions say "
               "how an account is like those lost before; they are no causes.",
               "面板的一行是某期（churn-horizon-days 天）开始时属于我方的客户；若生命周期在该期内首次判其流失，即记为流失。特征只取期初及以前的数据，标准化，带 L2 惩罚"
               "（设置 churn-lambda，缺省由交叉验证选择）。AUC、Brier 分与校准表来自整体留出的客户（churn-holdout）。流失少于 churn-min-lost 时拒绝建模。"
               "贡献说明客户与以往流失者的相像之处，不代表因果。"},
    .effect = CMD_READS,
    .args_size = sizeof(cmd_churn_args),
    .args = spec_args,
    .columns = columns,
    .setup = "account add ACME -name Acme -known_since 2023-01-01; transaction add -account ACME -date 2023-02-01 -amount 300; "
             "transaction add -account ACME -date 2025-05-02 -amount 1200",
    .examples = examples,
    .run = run,
    .why = cmd_churn_risk_why,
    .settings = settings,
    .topic = "questions"};

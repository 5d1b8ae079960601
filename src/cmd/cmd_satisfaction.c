/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_satisfaction: F1, F2, F6–F8: perceived against expected, the rates, factors, behaviour, and how we see ourselves. */
#include "cmd_care.h"
#include "cmd_value.h"
#include <stddef.h>

static const char *const SHOW[] = {"accounts", "time", "factors", "rates", "behaviour", "audit", "shifts", NULL};
static const char *const BY[] = {"month", "quarter", "year", NULL}; /* in the order of calc_span */

void cmd_satisfaction_params(cmd_session *s, kam_day asof, int window, calc_satisfaction_params *p)
{
    *p = (calc_satisfaction_params)CALC_SATISFACTION_PARAMS(asof, cmd_facts_lang(s));
    cmd_care_days(s, "window", &p->window_days);
    if (window > 0) p->window_days = window;
    cmd_care_real(s, "level", &p->level);
    cmd_care_real(s, "nps-promoter", &p->promoter);
    cmd_care_real(s, "nps-detractor", &p->detractor);
}

static kam_rc behaviour(cmd_session *s, const cmd_facts *f, const kam_table *answers, const calc_satisfaction_params *sp, kam_table **out, kam_err *err)
{
    store *db = cmd_session_store(s);
    calc_behaviour_params p = {sp->asof, sp->lang, sp->window_days, sp->promoter};
    kam_table *lines = NULL, *prices = NULL, *contacts = NULL;
    kam_rc rc = store_query_lines(db, p.asof, &lines, err);
    if (!rc) rc = store_query_prices(db, p.asof, p.window_days, &prices, err);
    if (!rc) rc = store_query_interactions(db, p.asof, &contacts, err);
    calc_behaviour_in in = {answers, lines, prices, contacts};
    if (!rc) rc = calc_behaviour(&f->calc, &in, &p, out, err);
    kam_table_unref(contacts);
    kam_table_unref(prices);
    kam_table_unref(lines);
    return rc;
}

static kam_rc factors(cmd_session *s, const cmd_facts *f, const calc_satisfaction_params *p, kam_table **out, kam_err *err)
{
    kam_table *t = NULL;
    kam_rc rc = store_query_survey_factors(cmd_session_store(s), p->asof, &t, err);
    if (!rc) rc = calc_satisfaction_factors(&f->calc, t, p, out, err);
    kam_table_unref(t);
    return rc;
}

static kam_rc answer(cmd_session *s, const cmd_satisfaction_args *a, const calc_satisfaction_params *p, kam_table **out, kam_err *err)
{
    unsigned which = a->show == CMD_SAT_RATES       ? STORE_F_LEDGER | STORE_F_REFERRALS
                     : a->show == CMD_SAT_BEHAVIOUR ? STORE_F_LEDGER | STORE_F_REFERRALS | STORE_F_SERVICE_COSTS
                                                    : 0;
    cmd_facts f = CMD_FACTS_INIT;
    kam_table *answers = NULL;
    kam_rc rc = cmd_facts_load(s, a->asof, which, &f, err);
    if (!rc) rc = store_query_answers(cmd_session_store(s), a->asof, &answers, err);
    if (!rc) switch (a->show) {
        case CMD_SAT_TIME: rc = calc_satisfaction_time(&f.calc, answers, p, out, err); break;
        case CMD_SAT_FACTORS: rc = factors(s, &f, p, out, err); break;
        case CMD_SAT_RATES: rc = calc_satisfaction_rates(&f.calc, answers, p, out, err); break;
        case CMD_SAT_BEHAVIOUR: rc = behaviour(s, &f, answers, p, out, err); break;
        default: rc = calc_satisfaction_accounts(&f.calc, answers, p, out, err);
        }
    kam_table_unref(answers);
    cmd_facts_release(&f);
    return rc;
}

static kam_rc check(const cmd_satisfaction_args *a, kam_err *err)
{
    if (!a->account.id || a->show == CMD_SAT_ACCOUNTS || a->show == CMD_SAT_BEHAVIOUR) return KAM_OK;
    kam_err_set(err, KAM_USAGE, "satisfaction: -account belongs to -show accounts or behaviour");
    return kam_err_word(err, "satisfaction");
}

static kam_rc run(cmd_session *s, const void *args, cmd_value *out, kam_err *err)
{
    const cmd_satisfaction_args *a = args;
    calc_satisfaction_params p;
    kam_table *t = NULL;
    cmd_satisfaction_params(s, a->asof, (int)a->window, &p);
    p.by = (calc_span)a->by;
    kam_rc rc = check(a, err);
    if (!rc && a->show == CMD_SAT_AUDIT) rc = cmd_satisfaction_audit(s, a->asof, p.window_days, &t, err);
    else if (!rc && a->show == CMD_SAT_SHIFTS) rc = cmd_satisfaction_shifts(s, a->asof, p.window_days, &t, err);
    else if (!rc) rc = answer(s, a, &p, &t, err);
    if (rc) return rc;
    cmd_rows_keep(&t, "account", a->account.code);
    cmd_value_take_table(out, t);
    return KAM_OK;
}

static const cmd_arg spec_args[] = {
    {.name = "-account", .kind = CMD_REF, .offset = offsetof(cmd_satisfaction_args, account), .of = "account",
     .help = {"only this account", "只看该客户"}},
    {.name = "-show", .kind = CMD_ENUM, .offset = offsetof(cmd_satisfaction_args, show), .values = SHOW, .def = "accounts",
     .help = {"accounts; time: the gap by period; factors: importance × performance; rates: repurchase, referral, first-named, favour, NPS; behaviour: six "
              "measured marks; audit: seven questions on ourselves; shifts: two cards of self-assessment",
              "accounts 按客户；time 各期差距；factors 重要性 × 表现；rates 再购、转介绍、指名度、美誉度与 NPS；behaviour 六项行为；audit 七问；shifts 两张自评卡"}},
    {.name = "-by", .kind = CMD_ENUM, .offset = offsetof(cmd_satisfaction_args, by), .values = BY, .def = "quarter",
     .help = {"periods of -show time", "-show time 的期间"}},
    {.name = "-window", .kind = CMD_INT, .offset = offsetof(cmd_satisfaction_args, window), .def = "0", .min = 0, .max = 36500,
     .help = {"days looked back; 0: the setting `window` (365)", "回看天数；0 为设置 window（365）"}},
    CMD_ARG_ASOF(cmd_satisfaction_args),
    CMD_ARGS_END};

static const cmd_column columns[] = {
    {"account", KAM_TEXT, {"code of the account", "客户编码"}, "accounts, behaviour"},
    {"name", KAM_TEXT, {"its name (audit, shifts: of the question)", "名称（audit、shifts 时为问题的名称）"}, "accounts, behaviour, audit, shifts"},
    {"class", KAM_TEXT, {"dissatisfied, satisfied, delighted (factors: improve, keep, later, less)", "dissatisfied 不满意、satisfied 满意、delighted 惊喜（factors：improve 优先改进、keep 保持、later 次要、less 过度）"}, "accounts, factors"},
    {"why", KAM_TEXT, {"the fact that decided", "判定事实"}, "accounts, behaviour"},
    {"date", KAM_DAY, {"day of the survey (audit, shifts: of the mark)", "调查日期（audit、shifts 时为评分日期）"}, "accounts, audit, shifts"},
    {"age_days", KAM_INT, {"days since", "距今天数"}, "accounts"},
    {"survey", KAM_INT, {"its number", "调查编号"}, "accounts"},
    {"expectation", KAM_REAL, {"expected, 0–10", "期望 0–10"}, "accounts, time, factors"},
    {"perceived", KAM_REAL, {"perceived, 0–10", "感知 0–10"}, "accounts, time, factors"},
    {"gap", KAM_REAL, {"perceived − expected", "感知 − 期望"}, "accounts, time, factors"},
    {"previous", KAM_DAY, {"day of the survey (mark) before", "上一次的日期"}, "accounts"},
    {"change", KAM_REAL, {"change since", "变化"}, "accounts, audit, shifts"},
    {"surveys", KAM_INT, {"surveys of the account", "调查次数"}, "accounts"},
    {"period", KAM_TEXT, {"the period", "期间"}, "time"},
    {"accounts", KAM_INT, {"accounts asked", "调查客户数"}, "time, factors"},
    {"gap_low", KAM_REAL, {"low end of the mean gap", "平均差距的区间下限"}, "time, factors"},
    {"gap_high", KAM_REAL, {"high end", "区间上限"}, "time, factors"},
    {"dissatisfied", KAM_INT, {"accounts below expectation", "不满意客户数"}, "time"},
    {"satisfied", KAM_INT, {"as expected", "满意客户数"}, "time"},
    {"delighted", KAM_INT, {"above", "惊喜客户数"}, "time"},
    {"delighted_share", KAM_REAL, {"share delighted", "惊喜占比"}, "time"},
    {"factor", KAM_TEXT, {"the factor asked about", "因素"}, "factors"},
    {"importance", KAM_REAL, {"mean importance", "平均重要性"}, "factors"},
    {"measure", KAM_TEXT, {"what is measured", "指标"}, "rates"},
    {"value", KAM_REAL, {"its value", "值"}, "rates"},
    {"low", KAM_REAL, {"low end of its interval", "区间下限"}, "rates"},
    {"high", KAM_REAL, {"high end", "区间上限"}, "rates"},
    {"n", KAM_INT, {"accounts it rests on", "样本数"}, "rates"},
    {"more", KAM_FLAG, {"buys more and longer", "买得更多更久"}, "behaviour"},
    {"lines", KAM_FLAG, {"buys other lines", "购买其他品类"}, "behaviour"},
    {"speaks", KAM_FLAG, {"speaks well of us", "说我们的好话"}, "behaviour"},
    {"price", KAM_FLAG, {"less price-sensitive", "价格不敏感"}, "behaviour"},
    {"ideas", KAM_FLAG, {"brings ideas", "提出建议"}, "behaviour"},
    {"cheaper", KAM_FLAG, {"cheaper to deal with", "交易成本更低"}, "behaviour"},
    {"yes", KAM_INT, {"marks that are yes", "为“是”的项数"}, "behaviour"},
    {"known", KAM_INT, {"marks that could be measured", "可衡量的项数"}, "behaviour"},
    {"share", KAM_REAL, {"yes ÷ known", "占比"}, "behaviour"},
    {"card", KAM_TEXT, {"the card", "评分卡"}, "audit, shifts"},
    {"criterion", KAM_TEXT, {"key of the question", "问题键"}, "audit, shifts"},
    {"mark", KAM_REAL, {"latest mark, 0–10; the last row of a card its mean", "最新评分 0–10；每卡末行为均值"}, "audit, shifts"},
    {"advice", KAM_TEXT, {"what a low mark calls for", "低分对策"}, "audit, shifts"},
    {"fulfil_days", KAM_REAL, {"measured: median days until a complaint is resolved", "实测：投诉解决用时中位数（天）"}, "audit"},
    {"kept_share", KAM_REAL, {"measured: actions due in the window that were done in time", "实测：统计期内到期的行动按时完成的占比"}, "audit"},
    CMD_COLUMNS_END};

static const cmd_setting settings[] = {
    {"window", "-show factors,rates,behaviour,audit,shifts"},
    {"level", "-show time,factors,rates"},
    {"nps-promoter", "-show rates,behaviour"},
    {"nps-detractor", "-show rates"},
    CMD_SETTINGS_END};

static const cmd_example examples[] = {
    {{"who is content?", "谁满意？"}, "table select [satisfaction] account class gap change", "account\tclass\tgap\tchange\nACME\tdissatisfied\t-1\t-2"},
    {{"rates with n and interval", "比率、样本数与区间"}, "table select [table where [satisfaction -show rates] {$measure eq \"nps\"}] value n", "value\tn\n-100\t1"},
    {{"what to improve first", "先改进什么"}, "table select [satisfaction -show factors] factor class importance perceived",
     "factor\tclass\timportance\tperceived\ndelivery\timprove\t9\t4\nmanual\tless\t3\t8"},
    CMD_EXAMPLES_END};

const cmd_spec cmd_satisfaction_spec = {
    .name = "satisfaction",
    .summary = {"are they content? the gap between perceived and expected, rates with intervals, factors, behaviour, and how we see ourselves", "客户满意吗？感知与期望的差距、附区间的比率、因素、行为与自我评估"},
    .detail = {"An account is dissatisfied, satisfied or delighted by perceived − expected of its latest survey. Rates carry n and an interval (setting level): Wilson's for shares, "
               "an adjusted Wald one for NPS. Factors fall into four cells by importance and performance. Behaviour is measured, not asked: what cannot be measured "
               "is missing. The audit and the shifts are score cards of ourselves (`card set audit - CRITERION MARK`).",
               "客户按最近调查的感知减期望分为不满意、满意、惊喜。比率附样本数与区间（设置 level）：占比用 Wilson 区间，NPS 用修正 Wald 区间。因素按重要性与表现分为四格。"
               "行为靠衡量而非询问：无法衡量即为缺失。七问与转变为我方自评评分卡（card set audit - 标准 分数）。"},
    .effect = CMD_READS,
    .args_size = sizeof(cmd_satisfaction_args),
    .args = spec_args,
    .columns = columns,
    .setup = "account add ACME -name Acme -known_since 2023-01-01; survey add -account ACME -date 2025-01-10 -expectation 7 -perceived 8; "
             "survey add -account ACME -date 2025-05-10 -expectation 7 -perceived 6 -recommend 5; "
             "survey-factor add 2 delivery -importance 9 -perceived 4; survey-factor add 2 manual -importance 3 -perceived 8",
    .examples = examples,
    .run = run,
    .why = cmd_satisfaction_why,
    .settings = settings,
    .topic = "questions"};

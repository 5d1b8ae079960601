/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_what_if: C6, what would another retention, margin, discount or acquisition cost be worth on this portfolio? */
#include "calc_whatif.h"
#include "cmd_lifetime.h"
#include "cmd_spec.h"
#include "cmd_value.h"
#include "cmd_worth.h"
#include "kam_mem.h"
#include "store_setting.h"
#include <math.h>
#include <stddef.h>

static const char *const MODEL[] = {"auto", "bg-nbd", "mbg-nbd", "pareto-nbd", "contractual", NULL};
static const int MODEL_ID[] = {CMD_LIFETIME_AUTO, CALC_BTYD_BG, CALC_BTYD_MBG, CALC_BTYD_PARETO, 0};
static const char *const VALUE[] = {"amount", "margin", NULL};
static const char *const SHOW[] = {"effect", "keep", NULL};
enum { POINTS_ASKED_MOST = 5 }; /* what is shown when no lever is named */

static kam_rc usage(kam_err *err, const char *why)
{
    kam_err_set(err, KAM_USAGE, "what-if: %s", why);
    return kam_err_word(err, "what-if");
}

static bool any_lever(const cmd_what_if_args *a)
{
    return !isnan(a->retention) || !isnan(a->margin) || !isnan(a->discount) || !isnan(a->acquisition);
}

static calc_whatif_levers levers_of(const cmd_what_if_args *a)
{
    calc_whatif_levers l = CALC_WHATIF_LEVERS;
    l.retention = !isnan(a->retention) ? a->retention : any_lever(a) ? 0 : POINTS_ASKED_MOST;
    if (!isnan(a->margin)) l.margin = a->margin;
    if (!isnan(a->acquisition)) l.acquisition = a->acquisition;
    l.discount_year = a->discount;
    return l;
}

/* Mean known acquisition cost, and the accounts whose first purchase lies in the last year. */
static calc_whatif_winning winning_of(const cmd_lifetime *l, kam_day asof)
{
    calc_whatif_winning w = {NAN, 0, 0};
    double sum = 0;
    const kam_column *cost = kam_table_find(l->facts.calc.accounts, "acquisition_cost");
    for (size_t i = 0; i < l->summary.n; i++) {
        w.won += l->summary.x[i] >= 0 && l->summary.first_day[i] > asof - 365;
        if (!cost || kam_col_missing(cost, i)) continue;
        sum += (double)kam_col_int(cost, i);
        w.n++;
    }
    if (w.n) w.cost_minor = sum / (double)w.n;
    return w;
}

static kam_rc by_contracts(cmd_session *s, const cmd_what_if_args *a, double discount, kam_table **out, kam_err *err)
{
    kam_table *t = NULL;
    calc_sbg_fit fit;
    calc_whatif_levers levers = levers_of(a);
    kam_rc rc = store_query_contracts(cmd_session_store(s), a->asof, &t, err);
    if (!rc && !kam_table_rows(t)) {
        kam_err_set(err, KAM_CALC, "what-if: no contracts on or before the as-of date; add some (`contract add`) or choose another -model");
        rc = kam_err_word(err, "NODATA");
    }
    if (!rc) rc = cmd_lifetime_sbg(t, &fit, err);
    if (rc) {
        kam_table_unref(t);
        return rc;
    }
    const kam_column *ended = kam_table_find(t, "ended"), *price = kam_table_find(t, "price"), *periods = kam_table_find(t, "periods"),
                     *period = kam_table_find(t, "period");
    calc_whatif_contract *c = kam_calloc(kam_table_rows(t) + 1, sizeof *c);
    size_t n = 0;
    for (size_t i = 0; i < kam_table_rows(t); i++)
        if (!kam_col_int(ended, i) && !kam_col_missing(price, i))
            c[n++] = (calc_whatif_contract){(int32_t)kam_col_int(periods, i), (double)kam_col_int(price, i), 12 / cmd_lifetime_months(kam_col_text(period, i))};
    rc = calc_whatif_contracts(n, c, &fit, discount, &levers, cmd_facts_lang(s), t, cmd_session_progress(s), out, err);
    kam_free(c);
    kam_table_unref(t);
    return rc;
}

static kam_rc by_purchases(cmd_session *s, const cmd_what_if_args *a, const cmd_lifetime_spec *spec, kam_table **out, kam_err *err)
{
    cmd_lifetime l;
    kam_rc rc = cmd_lifetime_fit(s, spec, &l, err);
    if (rc) return rc;
    calc_whatif_winning won = winning_of(&l, a->asof);
    const kam_table *like = l.facts.calc.accounts;
    calc_lang lang = cmd_facts_lang(s);
    kam_table *t = NULL;
    if (!l.has_spend) {
        kam_err_set(err, KAM_CALC, "what-if: no account has a repeat purchase with a positive value, so equity cannot be estimated");
        rc = kam_err_word(err, "NODATA");
    } else if (a->show == CMD_WHAT_IF_KEEP) {
        calc_whatif_rates r = {5, 0.5, 0.15};
        store_setting_real(cmd_session_store(s), "keep-acquire-cost-ratio", &r.ratio);
        store_setting_real(cmd_session_store(s), "keep-success", &r.keep);
        store_setting_real(cmd_session_store(s), "acquire-success", &r.acquire);
        rc = calc_whatif_keep(&l.summary, &l.fit, &l.spend, &l.value, &r, &won, lang, like, &t, err);
    } else {
        calc_whatif_levers levers = levers_of(a);
        rc = calc_whatif(&l.summary, &l.fit, &l.spend, &l.value, spec->discount_year, &levers, &won, lang, like, &t, err);
    }
    if (!rc) *out = cmd_lifetime_noted(s, &l, spec->model == CMD_LIFETIME_AUTO, t);
    cmd_lifetime_release(&l);
    return rc;
}

static kam_rc run(cmd_session *s, const void *args, cmd_value *out, kam_err *err)
{
    const cmd_what_if_args *a = args;
    cmd_lifetime_spec spec;
    kam_table *t = NULL;
    if (a->show == CMD_WHAT_IF_KEEP && (any_lever(a) || a->model == CMD_WHAT_IF_CONTRACTUAL))
        return usage(err, "-show keep takes no lever and no contracts; its rates are settings");
    cmd_lifetime_defaults(s, a->asof, &spec);
    spec.model = MODEL_ID[a->model];
    spec.basis = a->value == 0 ? CALC_BASIS_AMOUNT : CALC_BASIS_MARGIN;
    if (a->horizon != CMD_UNSET_INT) spec.horizon_months = (int)a->horizon;
    if (!isnan(a->level)) spec.level = a->level;
    kam_rc rc = a->model == CMD_WHAT_IF_CONTRACTUAL ? by_contracts(s, a, spec.discount_year, &t, err) : by_purchases(s, a, &spec, &t, err);
    if (!rc) cmd_value_take_table(out, t);
    return rc;
}

static const cmd_arg spec_args[] = {
    {.name = "-retention", .kind = CMD_REAL, .offset = offsetof(cmd_what_if_args, retention), .min = -100, .max = 100,
     .help = {"points of yearly retention more: 5 lifts 83 % to 88 % (without any lever: 5)", "年保留率增加的百分点：5 即由 83 % 升至 88 %（不给任何杠杆时为 5）"}},
    {.name = "-margin", .kind = CMD_REAL, .offset = offsetof(cmd_what_if_args, margin), .min = -0.99, .max = 100,
     .help = {"margin of a purchase more, as a fraction of today's: 0.05", "每次购买毛利的增幅：0.05"}},
    {.name = "-discount", .kind = CMD_REAL, .offset = offsetof(cmd_what_if_args, discount), .min = -0.5, .max = 10,
     .help = {"another discount rate a year: 0.08", "另一年折现率：0.08"}},
    {.name = "-acquisition", .kind = CMD_REAL, .offset = offsetof(cmd_what_if_args, acquisition), .min = -1, .max = 100,
     .help = {"acquisition cost more, as a fraction: -0.1; effect on a year's new accounts", "获客成本的变动：-0.1；作用于一年的新增客户"}},
    {.name = "-model", .kind = CMD_ENUM, .offset = offsetof(cmd_what_if_args, model), .values = MODEL, .def = "auto",
     .help = {"auto: the best by AIC; contractual: the running contracts", "auto 按 AIC 选优；contractual 依据现行合同"}},
    {.name = "-horizon", .kind = CMD_INT, .offset = offsetof(cmd_what_if_args, horizon), .setting = "horizon", .min = 1, .max = 1200,
     .help = {"months ahead (default: the setting `horizon`, 36)", "展望月数（默认设置 horizon，36）"}},
    {.name = "-value", .kind = CMD_ENUM, .offset = offsetof(cmd_what_if_args, value), .values = VALUE, .def = "margin",
     .help = {"what a purchase is worth; amount is used when no cost is known anywhere", "每次购买的价值；全无成本时以金额代替"}},
    {.name = "-level", .kind = CMD_REAL, .offset = offsetof(cmd_what_if_args, level), .setting = "level", .min = 0.01, .max = 0.999,
     .help = {"level of the interval (default: the setting `level`, 0.8)", "区间水平（默认设置 level，0.8）"}},
    {.name = "-show", .kind = CMD_ENUM, .offset = offsetof(cmd_what_if_args, show), .values = SHOW, .def = "effect",
     .help = {"effect: equity before and after each lever; keep: keeping against acquiring, per unit of money",
              "effect 各杠杆前后的客户资产；keep 留客与获客每元所得的对比"}},
    CMD_ARG_ASOF(cmd_what_if_args),
    CMD_ARGS_END};

static const cmd_column columns[] = {
    {"lever", KAM_TEXT, {"retention, margin, discount, together, acquisition", "杠杆：retention、margin、discount、together、acquisition"}, "effect"},
    {"from", KAM_REAL, {"today (retention: survival of a year; margin: 1; discount: a year; acquisition: cost of an account)", "现值（保留率、毛利为 1、年折现率、每户获客成本）"}, "effect"},
    {"to", KAM_REAL, {"after the change", "变动后"}, "effect"},
    {"before", KAM_MONEY, {"customer equity today", "现有客户资产"}, "effect"},
    {"after", KAM_MONEY, {"after the change", "变动后"}, "effect"},
    {"difference", KAM_MONEY, {"after - before", "差额"}, "effect"},
    {"low", KAM_MONEY, {"low end of the difference", "差额下限"}, "effect"},
    {"high", KAM_MONEY, {"high end", "差额上限"}, "effect"},
    {"relative", KAM_REAL, {"difference / before", "相对变动"}, "effect"},
    {"n", KAM_INT, {"accounts or contracts it rests on", "所依据的客户或合同数"}, NULL},
    {"way", KAM_TEXT, {"keep or acquire", "keep 留客、acquire 获客"}, "keep"},
    {"success_rate", KAM_REAL, {"of one attempt (a setting)", "一次努力的成功率（设置）"}, "keep"},
    {"attempt_cost", KAM_MONEY, {"cost of one attempt", "一次努力的成本"}, "keep"},
    {"cost", KAM_MONEY, {"cost of one success", "一次成功的成本"}, "keep"},
    {"value", KAM_MONEY, {"equity gained by one success", "一次成功所得的客户资产"}, "keep"},
    {"per_money", KAM_REAL, {"equity gained per unit of money", "每元所得客户资产"}, "keep"},
    {"advantage", KAM_REAL, {"the same against acquiring", "相对获客的倍数"}, "keep"},
    CMD_COLUMNS_END};

/* Thresholds read; cmd_uses.h. */
static const cmd_setting settings[] = {
    {"discount", NULL},
    {"horizon", "-model auto,bg-nbd,mbg-nbd,pareto-nbd"},
    {"level", "-show effect -model auto,bg-nbd,mbg-nbd,pareto-nbd"},
       {"default-margin", "-model auto,bg-nbd,mbg-nbd,pareto-nbd"},
    {"keep-acquire-cost-ratio", "-show keep"},
    {"keep-success", "-show keep"},
    {"acquire-success", "-show keep"},
    CMD_SETTINGS_END};

static const cmd_example examples[] = {
    {{"five per cent more margin is five per cent more equity", "毛利增 5 %，客户资产增 5 %"}, "format %.4f [table get [what-if -margin 0.05 -model bg-nbd] 0 relative]", "0.0500"},
    {{"an order that quoted figures already decide", "通行数字已定的高下"}, "table select [what-if -show keep -model bg-nbd] way success_rate", "way\tsuccess_rate\nkeep\t0.5\nacquire\t0.15"},
    CMD_EXAMPLES_END};

const cmd_spec cmd_what_if_spec = {
    .name = "what-if",
    .summary = {"what another retention, margin, discount or acquisition cost would be worth on this portfolio; keeping against acquiring", "若保留率、毛利、折现率或获客成本改变，客户资产变动多少；留客与获客之比"},
    .detail = {"Customer equity before and after, computed with the model that fits this portfolio. Points of retention: retention is the expected "
               "share of the accounts alive today that is still alive in a year. No model has it as a parameter, so every account's hazard of "
               "leaving (BG/NBD and MBG/NBD: buying rate x probability of leaving after a purchase; Pareto/NBD: rate of leaving; contracts: "
               "-ln(1 - theta) a period) is multiplied by one common factor, from today on, chosen so that this share rises by the points. Buying "
               "rates stay as they are. Past acquisition cost is spent: -acquisition changes the net value of one year's new accounts. "
               "Intervals hold the uncertainty of the parameters of both models, purchases and spend, not the luck of single accounts.",
               "用拟合本客户群的模型计算变动前后的客户资产。保留率的百分点：保留率指今日仍存续的客户一年后仍存续的预期比例。模型没有这个参数，因此自今日起把每个客户的流失强度"
               "（BG/NBD 与 MBG/NBD：购买频率 × 购后流失概率；Pareto/NBD：流失率；合同：每期 -ln(1 - theta)）乘以同一系数，使该比例上升所给百分点；购买频率不变。"
               "已发生的获客成本不可追回：-acquisition 作用于一年新增客户的净值。区间含购买与消费两个模型参数的不确定性，不含单个客户的偶然。"},
    .effect = CMD_READS,
    .args_size = sizeof(cmd_what_if_args),
    .args = spec_args,
    .columns = columns,
    .setup = "account add ACME -name Acme; account add BETA -name Beta; foreach {a d} {ACME 2024-01-05 ACME 2024-06-05 ACME 2025-01-05 ACME 2025-05-05 "
             "BETA 2024-03-01 BETA 2024-04-01 BETA 2024-05-01} {transaction add -account $a -date $d -amount 100 -cost 60}",
    .examples = examples,
    .run = run,
    .why = cmd_what_if_why,
    .settings = settings,
    .topic = "questions"};

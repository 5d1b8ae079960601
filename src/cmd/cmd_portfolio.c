/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_portfolio: E8 and E9, the portfolio as a whole: key accounts' share, concentration, the flow between two days, sources. */
#include "cmd_run.h"
#include "cmd_value.h"
#include <stddef.h>

enum { BY_KEY, BY_SOURCE };
static const char *const BY[] = {"key", "source", NULL};
enum { SHOW_MEASURES, SHOW_FLOW, SHOW_MOVES };
static const char *const SHOW[] = {"measures", "flow", "moves", NULL};

struct portfolio_args {
    kam_day asof; /* first: cmd_run_asof */
    int by, show;
    int64_t window;
    kam_day since;
};

/* The life cycle of a day; its window is the one asked for. */
static kam_rc phases(cmd_session *s, kam_day asof, int window, kam_table **out, kam_err *err)
{
    cmd_facts f = CMD_FACTS_INIT;
    calc_lifecycle_params p;
    cmd_lifecycle_params(s, asof, window, &p);
    kam_rc rc = cmd_facts_load(s, asof, STORE_F_LEDGER | STORE_F_OPPORTUNITIES | STORE_F_COMPLAINTS | STORE_F_INVOICES | STORE_F_SURVEYS | STORE_F_SERVICE_COSTS, &f, err);
    if (rc) return rc;
    rc = calc_lifecycle(&f.calc, &p, out, err);
    cmd_facts_release(&f);
    return rc;
}

static kam_rc flow(cmd_session *s, const struct portfolio_args *a, calc_portfolio_params *p, kam_table **out, kam_err *err)
{
    kam_table *before = NULL, *after = NULL;
    p->since = a->since == CMD_UNSET_DAY ? a->asof - p->window_days : a->since;
    if (p->since >= a->asof) return cmd_run_usage(err, "portfolio", "-since must be a day before the as-of date");
    kam_rc rc = phases(s, p->since, p->window_days, &before, err);
    if (!rc) rc = phases(s, a->asof, p->window_days, &after, err);
    if (!rc) rc = a->show == SHOW_FLOW ? calc_portfolio_flow(before, after, p, out, err) : calc_portfolio_moves(before, after, out, err);
    kam_table_unref(before);
    kam_table_unref(after);
    return rc;
}

static kam_rc run(cmd_session *s, const void *args, cmd_value *out, kam_err *err)
{
    const struct portfolio_args *a = args;
    calc_portfolio_params p;
    cmd_run r;
    kam_table *t = NULL;
    if (a->by >= 0 && a->show != SHOW_MEASURES) return cmd_run_usage(err, "portfolio", "-by and -show exclude each other");
    if (a->since != CMD_UNSET_DAY && (a->by >= 0 || a->show == SHOW_MEASURES)) return cmd_run_usage(err, "portfolio", "-since goes with -show flow or moves");
    cmd_portfolio_params(s, a->asof, a->window, &p);
    kam_rc rc = KAM_OK;
    if (a->show != SHOW_MEASURES) rc = flow(s, a, &p, &t, err);
    else {
        rc = cmd_run_load(s, a->asof, STORE_F_LEDGER, a->by == BY_SOURCE ? 0 : CMD_RUN_BIT(CMD_RUN_KEY), 0, &r, err);
        if (rc) return rc;
        if (a->by == BY_SOURCE) rc = calc_portfolio_sources(&r.facts.calc, &p, &t, err);
        else rc = (a->by == BY_KEY ? calc_portfolio_by_key : calc_portfolio)(&r.facts.calc, r.t[CMD_RUN_KEY], &p, &t, err);
        cmd_run_release(&r);
    }
    if (!rc) cmd_value_take_table(out, t);
    return rc;
}

static const cmd_arg args_[] = {
    {.name = "-by", .kind = CMD_ENUM, .offset = offsetof(struct portfolio_args, by), .values = BY,
     .help = {"key: key accounts and the rest; source: where accounts came from (E9)", "key 大客户与其余；source 客户来源（E9）"}},
    {.name = "-show", .kind = CMD_ENUM, .offset = offsetof(struct portfolio_args, show), .values = SHOW, .def = "measures",
     .help = {"measures; flow: opening + new + won back − lost = closing; moves: the accounts behind it", "measures 指标；flow 期初＋新增＋赢回－流失＝期末；moves 背后的客户"}},
    {.name = "-window", .kind = CMD_INT, .offset = offsetof(struct portfolio_args, window), .def = "0", .min = 0, .max = 36500,
     .help = {"days of revenue; 0: the setting `window`", "收入的天数；0 为设置 window"}},
    {.name = "-since", .kind = CMD_DATE, .offset = offsetof(struct portfolio_args, since),
     .help = {"flow, moves: from this day (default: a window ago)", "flow、moves：从哪天起（默认一个统计期之前）"}},
    CMD_ARG_ASOF(struct portfolio_args),
    CMD_ARGS_END};
static const cmd_column columns[] = {
    {"measure", KAM_TEXT, {"what is measured", "项目"}, "measures"},
    {"value", KAM_REAL, {"its value; shares 0–1, revenue in the currency (flow: money)", "值；比例为 0–1，收入为货币单位（flow 为金额）"}, "measures, flow"},
    {"low", KAM_REAL, {"of its interval", "下限"}, "measures"},
    {"high", KAM_REAL, {"of its interval", "上限"}, "measures"},
    {"n", KAM_INT, {"accounts it rests on", "所依据的客户数"}, "measures, -by source"},
    {"reading", KAM_TEXT, {"market_rule: healthy, opening, thin, right, dependent, no-rule", "市场份额规则的解读"}, "measures"},
    {"class", KAM_TEXT, {"key or ordinary", "大客户或其他"}, "-by key"},
    {"count", KAM_INT, {"accounts (flow: how many customers it adds up to)", "客户数"}, "-by key, flow"},
    {"share", KAM_REAL, {"of all accounts", "占全部客户"}, "-by key"},
    {"revenue", KAM_MONEY, {"of the window", "统计期收入"}, "-by key, source"},
    {"revenue_share", KAM_REAL, {"of all revenue", "占全部收入"}, "-by key"},
    {"prior_revenue", KAM_MONEY, {"of the window before", "前一统计期收入"}, "-by key"},
    {"growth", KAM_REAL, {"against the window before", "与前一统计期相比"}, "-by key"},
    {"source", KAM_TEXT, {"as noted of the account; missing: not noted", "客户来源；空为未记录"}, "-by source"},
    {"customers", KAM_INT, {"of them ever bought", "其中有过购买的"}, "-by source"},
    {"yield", KAM_REAL, {"customers ÷ accounts", "成交比例"}, "-by source"},
    {"yield_low", KAM_REAL, {"its 95 % interval (Wilson), low", "95 % 区间下限"}, "-by source"},
    {"yield_high", KAM_REAL, {"high", "上限"}, "-by source"},
    {"cost", KAM_MONEY, {"acquisition cost, where noted", "获客成本（有记录者）"}, "-by source"},
    {"cost_n", KAM_INT, {"accounts whose cost is noted", "有成本记录的客户数"}, "-by source"},
    {"cost_per_customer", KAM_MONEY, {"cost ÷ customers, where every cost is noted", "每个成交客户的成本（成本均有记录时）"}, "-by source"},
    {"days_to_first", KAM_REAL, {"median days from known to first order", "从相识到首单天数的中位数"}, "-by source"},
    {"days_n", KAM_INT, {"accounts it rests on", "所依据的客户数"}, "-by source"},
    {"flow", KAM_TEXT, {"opening, new, won-back, grown, shrunk, lost, closing", "期初、新增、赢回、增长、缩减、流失、期末"}, "flow, moves"},
    {"accounts", KAM_INT, {"accounts concerned", "涉及的客户数"}, "flow"},
    {"why", KAM_TEXT, {"in words", "说明"}, "flow"},
    {"account", KAM_TEXT, {"code", "客户编码"}, "moves"},
    {"name", KAM_TEXT, {"name", "客户名称"}, "moves"},
    {"before", KAM_MONEY, {"revenue then", "期初收入"}, "moves"},
    {"after", KAM_MONEY, {"revenue now", "期末收入"}, "moves"},
    {"change", KAM_MONEY, {"after − before", "变化"}, "moves"},
    CMD_COLUMNS_END};
static const cmd_setting settings[] = {
    {"key-account-share", "-show measures"},
    {"key-account-lenses", "-show measures"},
    {"key-account-revenue", "-show measures"},
    {"lifecycle-lost-days", "-show flow,moves"},
    {"lifecycle-lost-gaps", "-show flow,moves"},
    {"window", NULL},
    {"market-share", "-show measures"},
    {"market-rule-low", "-show measures"},
    {"market-rule-high", "-show measures"},
    CMD_SETTINGS_END};
static const cmd_example examples[] = {
    {{"How much hangs on how few? (effective number of equal accounts)", "集中在几个客户上？（折合等量客户数）"},
     "table select [table where [portfolio] {$measure in {revenue effective_accounts top_1_share}}] measure value",
     "measure\tvalue\nrevenue\t400\neffective_accounts\t1.6\ntop_1_share\t0.75"},
    {{"The leaky bucket: who came, who left.", "漏桶：谁来了，谁走了。"}, "table select [portfolio -show flow] flow count value",
     "flow\tcount\tvalue\nopening\t2\t300.00\nnew\t1\t300.00\nwon-back\t0\t0.00\ngrown\t\t0.00\nshrunk\t\t100.00\nlost\t1\t100.00\nclosing\t2\t400.00"},
    {{"Where do customers come from?", "客户从哪里来？"}, "table select [portfolio -by source] source n customers yield",
     "source\tn\tcustomers\tyield\nfair\t2\t2\t1\nreferral\t2\t1\t0.5"},
    CMD_EXAMPLES_END};
const cmd_spec cmd_portfolio_spec = {
    .name = "portfolio",
    .summary = {"the portfolio as a whole: key accounts' share, concentration, the flow of customers, sources", "客户组合：大客户占比、集中度、客户流量、来源"},
    .detail = {"Key accounts are those of A12. Concentration is Herfindahl's index of revenue shares and its inverse. The rule that reads key share together "
               "with our market share needs the setting market-share; its pairs are market-rule-low (30–40 % of the market: above 40 an opening, from 50 "
               "healthy) and market-rule-high (from 60: 40 give or take 5 is right). The flow counts A4's relationship accounts on two days: opening + new + "
               "won back − lost = closing; by value those that stayed and grew or shrank come in.",
               "大客户按 A12。集中度为收入占比的赫芬达尔指数及其倒数。大客户占比与市场份额一起解读，需设置 market-share；配对见 market-rule-low"
               "（市场份额 30–40 %：大客户占比高于 40 为机会，达到 50 为健康）与 market-rule-high（60 起：40 上下 5 点为宜）。"
               "流量按两天的 A4 关系客户计：期初＋新增＋赢回－流失＝期末；按金额还计入留下者的增减。"},
    .effect = CMD_READS,
    .args_size = sizeof(struct portfolio_args),
    .args = args_,
    .columns = columns,
    .setup = "foreach {a since source} {ACME 2023-01-01 fair BETA 2023-01-01 fair CORP 2025-01-01 referral DELTA 2025-01-01 referral} {\n"
             "account add $a -name $a -known_since $since -source $source}\n"
             "foreach {a day amount} {ACME 2024-05-01 200 ACME 2025-05-01 100 BETA 2024-04-01 100 CORP 2025-06-01 300} {\n"
             "transaction add -account $a -date $day -amount $amount}",
    .examples = examples,
    .run = run,
    .why = cmd_portfolio_why,
    .settings = settings,
    .topic = "questions"};

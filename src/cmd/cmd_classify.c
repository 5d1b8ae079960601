/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_classify: A1–A5, who are our customers? One row an account with its class and the fact that decided; summaries, measures
 * and migrations between two dates of the same method. */
#include "cmd_classify.h"
#include "cmd_facts.h"
#include "cmd_lifetime.h"
#include "cmd_spec.h"
#include "cmd_value.h"
#include "kam_str.h"
#include "store_setting.h"
#include <stddef.h>

static const char *const BY[] = {"yield", "pyramid", "rfm", "lifecycle", "ladder", NULL};
static const char *const OF[] = {"accounts", "products", "reps", NULL};
static const char *const BASIS[] = {"revenue", "margin", "lifetime-value", NULL};
enum { SHOW_ROWS, SHOW_MEASURES, SHOW_CURVE };
static const char *const SHOW[] = {"classes", "measures", "curve", NULL};

/* What every method is, so that nothing below asks for a method by name twice. */
static const struct method {
    unsigned which; /* facts it reads */
    const char *basis;
    const char *const *classes;
} METHOD[] = {
    [CMD_BY_YIELD] = {STORE_F_LEDGER | STORE_F_OPPORTUNITIES | STORE_F_PROGRESS, "window_revenue", calc_yield_classes},
    [CMD_BY_PYRAMID] = {STORE_F_LEDGER, "basis", calc_pyramid_classes},
    [CMD_BY_RFM] = {STORE_F_LEDGER, "window_revenue", calc_rfm_classes},
    [CMD_BY_LIFECYCLE] = {STORE_F_LEDGER | STORE_F_OPPORTUNITIES | STORE_F_COMPLAINTS | STORE_F_INVOICES | STORE_F_SURVEYS |
                          STORE_F_SERVICE_COSTS,
                      "window_revenue", calc_lifecycle_classes},
    [CMD_BY_LADDER] = {STORE_F_LEDGER | STORE_F_SIGHTINGS | STORE_F_REFERRALS, "window_revenue", calc_ladder_classes},
};

/* -basis, else the setting. */
static calc_pyramid_basis basis_of(cmd_session *s, const cmd_classify_args *a)
{
    const char *word = store_setting_text(cmd_session_store(s), "pyramid-basis");
    int basis = a->basis;
    for (int i = 0; basis < 0 && BASIS[i]; i++)
        if (kam_streq(word, BASIS[i])) basis = i;
    return (calc_pyramid_basis)(basis < 0 ? CALC_PYRAMID_REVENUE : basis);
}

static kam_rc pyramid_items(cmd_session *s, const cmd_classify_args *a, const calc_pyramid_params *p, calc_facts *f,
                            kam_table **items, kam_err *err)
{
    if (a->of != CMD_OF_ACCOUNTS)
        return store_query_items(cmd_session_store(s), p->asof, a->of == CMD_OF_PRODUCTS ? "product" : "rep", p->window_days,
                                 p->basis == CALC_PYRAMID_MARGIN, items, err);
    kam_table *lifetime = NULL;
    if (p->basis == CALC_PYRAMID_LIFETIME) {
        kam_rc rc = cmd_lifetime_values(s, p->asof, &lifetime, err);
        if (rc) return rc;
        f->lifetime = lifetime;
    }
    kam_rc rc = calc_pyramid_items(f, p, items, err);
    f->lifetime = NULL;
    kam_table_unref(lifetime);
    return rc;
}

static kam_rc pyramid_rows(cmd_session *s, const cmd_classify_args *a, const calc_pyramid_params *p, calc_facts *f,
                           kam_table **rows, kam_err *err)
{
    kam_table *items = NULL;
    kam_rc rc = pyramid_items(s, a, p, f, &items, err);
    if (!rc) rc = calc_pyramid(items, p, rows, err);
    kam_table_unref(items);
    return rc;
}

static void pyramid_params(cmd_session *s, const cmd_classify_args *a, kam_day asof, calc_pyramid_params *p)
{
    cmd_pyramid_params(s, asof, (int)a->window, p);
    p->basis = basis_of(s, a);
    p->key_name = a->of == CMD_OF_PRODUCTS ? "product" : a->of == CMD_OF_REPS ? "rep" : "account";
}

/* The classification of one date: one row an account. */
static kam_rc rows_at(cmd_session *s, const cmd_classify_args *a, kam_day asof, kam_table **rows, kam_err *err)
{
    cmd_facts f = CMD_FACTS_INIT;
    int window = (int)a->window;
    union {
        calc_yield_params yield;
        calc_pyramid_params pyramid;
        calc_rfm_params rfm;
        calc_lifecycle_params lifecycle;
        calc_ladder_params ladder;
    } p;
    kam_rc rc = cmd_facts_load(s, asof, METHOD[a->by].which, &f, err);
    if (rc) return rc;
    switch (a->by) {
    case CMD_BY_YIELD:
        cmd_yield_params(s, asof, window, &p.yield);
        rc = calc_yield(&f.calc, &p.yield, rows, err);
        break;
    case CMD_BY_PYRAMID:
        pyramid_params(s, a, asof, &p.pyramid);
        rc = pyramid_rows(s, a, &p.pyramid, &f.calc, rows, err);
        break;
    case CMD_BY_RFM:
        cmd_rfm_params(s, asof, window, &p.rfm);
        rc = calc_rfm(&f.calc, &p.rfm, rows, err);
        break;
    case CMD_BY_LIFECYCLE:
        cmd_lifecycle_params(s, asof, window, &p.lifecycle);
        rc = calc_lifecycle(&f.calc, &p.lifecycle, rows, err);
        break;
    default:
        cmd_ladder_params(s, asof, window, &p.ladder);
        rc = calc_ladder(&f.calc, &p.ladder, rows, err);
    }
    cmd_facts_release(&f);
    return rc;
}

kam_rc cmd_classify_rows(cmd_session *s, const cmd_classify_args *a, kam_table **out, kam_err *err)
{
    return rows_at(s, a, a->asof, out, err);
}

void cmd_classify_pyramid(cmd_session *s, const cmd_classify_args *a, calc_pyramid_params *p)
{
    pyramid_params(s, a, a->asof, p);
}

static kam_rc no_measures(kam_err *err)
{
    kam_err_set(err, KAM_USAGE, "classify: the life cycle has no measures; use -summary or -since");
    return kam_err_word(err, "classify");
}

static kam_rc measures(cmd_session *s, const cmd_classify_args *a, const kam_table *rows, kam_table **out, kam_err *err)
{
    int window = (int)a->window;
    calc_yield_params yield;
    calc_pyramid_params pyramid;
    calc_rfm_params rfm;
    calc_ladder_params ladder;
    switch (a->by) {
    case CMD_BY_YIELD: cmd_yield_params(s, a->asof, window, &yield); return calc_yield_measures(rows, &yield, out, err);
    case CMD_BY_PYRAMID: pyramid_params(s, a, a->asof, &pyramid); return calc_pyramid_measures(rows, &pyramid, out, err);
    case CMD_BY_RFM: cmd_rfm_params(s, a->asof, window, &rfm); return calc_rfm_measures(rows, &rfm, out, err);
    case CMD_BY_LADDER: cmd_ladder_params(s, a->asof, window, &ladder); return calc_ladder_measures(rows, &ladder, out, err);
    default: return no_measures(err);
    }
}

/* The pyramid's shares go over basis > 0 only, and the excluded sum is said. */
static kam_rc summary(cmd_session *s, const cmd_classify_args *a, const kam_table *rows, kam_table **out, kam_err *err)
{
    calc_pyramid_params p;
    if (a->by != CMD_BY_PYRAMID)
        return calc_class_summary(rows, "class", METHOD[a->by].basis, METHOD[a->by].classes, out, err);
    pyramid_params(s, a, a->asof, &p);
    return calc_pyramid_summary(rows, &p, out, err);
}

static kam_rc curve(cmd_session *s, const cmd_classify_args *a, const kam_table *rows, kam_table **out, kam_err *err)
{
    if (a->by != CMD_BY_PYRAMID) {
        kam_err_set(err, KAM_USAGE, "classify: -show curve belongs to -by pyramid");
        return kam_err_word(err, "classify");
    }
    calc_pyramid_params p;
    pyramid_params(s, a, a->asof, &p);
    return calc_pyramid_curve(rows, &p, false, out, err);
}

static kam_rc migration(cmd_session *s, const cmd_classify_args *a, const kam_table *now, kam_table **out, kam_err *err)
{
    kam_table *before = NULL;
    if (a->since >= a->asof) {
        kam_err_set(err, KAM_USAGE, "classify: -since must be a day before the as-of date");
        return kam_err_word(err, "classify");
    }
    kam_rc rc = rows_at(s, a, a->since, &before, err);
    if (!rc) rc = calc_class_migration(before, now, "class", METHOD[a->by].classes, out, err);
    kam_table_unref(before);
    return rc;
}

static kam_rc check(cmd_session *s, const cmd_classify_args *a, kam_err *err)
{
    const char *why = NULL;
    if (a->by != CMD_BY_PYRAMID && a->of != CMD_OF_ACCOUNTS) why = "-of belongs to -by pyramid";
    else if (a->by != CMD_BY_PYRAMID && a->basis >= 0) why = "-basis belongs to -by pyramid";
    else if (a->of != CMD_OF_ACCOUNTS && basis_of(s, a) == CALC_PYRAMID_LIFETIME)
        why = "-basis lifetime-value is for accounts; give -basis revenue or margin";
    else if (a->of != CMD_OF_ACCOUNTS && a->since != CMD_UNSET_DAY) why = "-since is for accounts";
    else if ((a->summary ? 1 : 0) + (a->show != SHOW_ROWS) + (a->since != CMD_UNSET_DAY) > 1)
        why = "-summary, -show and -since exclude each other";
    if (!why) return KAM_OK;
    kam_err_set(err, KAM_USAGE, "classify: %s", why);
    return kam_err_word(err, "classify");
}

static kam_rc run(cmd_session *s, const void *args, cmd_value *out, kam_err *err)
{
    const cmd_classify_args *a = args;
    kam_table *rows = NULL, *result = NULL;
    kam_rc rc = check(s, a, err);
    if (!rc) rc = rows_at(s, a, a->asof, &rows, err);
    if (rc) return rc;
    if (a->since != CMD_UNSET_DAY) rc = migration(s, a, rows, &result, err);
    else if (a->summary) rc = summary(s, a, rows, &result, err);
    else if (a->show == SHOW_MEASURES) rc = measures(s, a, rows, &result, err);
    else if (a->show == SHOW_CURVE) rc = curve(s, a, rows, &result, err);
    else if (a->account.id) result = cmd_rows_where(rows, "account", a->account.code);
    else result = kam_table_ref(rows);
    kam_table_unref(rows);
    if (!rc) cmd_value_take_table(out, result);
    return rc;
}

static const cmd_arg spec_args[] = {
    {.name = "-by", .kind = CMD_ENUM, .offset = offsetof(cmd_classify_args, by), .values = BY, .def = "yield",
     .help = {"the method: yield A/B/C (A1), pyramid (A2), rfm (A3), lifecycle (A4), ladder (A5)",
              "方法：yield 产出/孵化/潜在（A1）、pyramid 金字塔（A2）、rfm（A3）、lifecycle 生命周期（A4）、ladder 忠诚阶梯（A5）"}},
    {.name = "-account", .kind = CMD_REF, .offset = offsetof(cmd_classify_args, account), .of = "account",
     .help = {"only this account (classified among all)", "只看该客户（仍在全体中分类）"}},
    {.name = "-window", .kind = CMD_INT, .offset = offsetof(cmd_classify_args, window), .def = "0", .min = 0, .max = 36500,
     .setting = "window",
     .help = {"days looked back; 0: the setting `window` (365)", "回看天数；0 为设置 window（365）"}},
    {.name = "-basis", .kind = CMD_ENUM, .offset = offsetof(cmd_classify_args, basis), .values = BASIS,
     .setting = "pyramid-basis",
     .help = {"pyramid: what accounts are ranked by (default: the setting `pyramid-basis`, revenue)", "金字塔的排序依据（默认设置 pyramid-basis，收入）"}},
    {.name = "-of", .kind = CMD_ENUM, .offset = offsetof(cmd_classify_args, of), .values = OF, .def = "accounts",
     .help = {"pyramid: of accounts, products or reps", "金字塔的对象：客户、产品或客户经理"}},
    {.name = "-summary", .kind = CMD_FLAG, .offset = offsetof(cmd_classify_args, summary),
     .help = {"count and share of each class", "各类别的数量与占比"}},
    {.name = "-show", .kind = CMD_ENUM, .offset = offsetof(cmd_classify_args, show), .values = SHOW, .def = "classes",
     .help = {"classes, measures (diagnosis, Pareto share, Gini, conversion), or curve (pyramid)",
              "classes 类别、measures 指标（诊断、二八占比、基尼、转化率）或 curve 曲线（金字塔）"}},
    {.name = "-since", .kind = CMD_DATE, .offset = offsetof(cmd_classify_args, since),
     .help = {"migration table from that day to the as-of day", "自该日至截止日期的迁移表"}},
    CMD_ARG_ASOF(cmd_classify_args),
    CMD_ARGS_END};

static const cmd_column columns[] = {
    {"account", KAM_TEXT, {"code of the account (product or rep with -of)", "客户编码（-of 时为产品或客户经理）"}, NULL},
    {"name", KAM_TEXT, {"its name", "名称"}, NULL},
    {"class", KAM_TEXT, {"its class, by English key", "类别（英文键）"}, NULL},
    {"why", KAM_TEXT, {"the fact that decided", "判定事实"}, NULL},
    {"last_purchase", KAM_DAY, {"last purchase day", "最近购买日"}, "-by yield, lifecycle"},
    {"window_revenue", KAM_MONEY, {"net revenue of the window", "窗口净收入"}, "-by yield, rfm, lifecycle, ladder"},
    {"open_amount", KAM_MONEY, {"amount of open opportunities", "进行中商机金额"}, "-by yield"},
    {"lapsed", KAM_FLAG, {"bought before the window, not in it", "窗口前买过，窗口内未买"}, "-by yield"},
    {"rank", KAM_INT, {"place by the basis", "名次"}, "-by pyramid"},
    {"basis", KAM_MONEY, {"revenue, margin or lifetime value", "收入、毛利或终身价值"}, "-by pyramid"},
    {"basis_share", KAM_REAL, {"share of the sum over basis > 0", "占比"}, "-by pyramid"},
    {"cumulative_share", KAM_REAL, {"share of this and all better ones", "累计占比"}, "-by pyramid"},
    {"percentile", KAM_REAL, {"0–100 by mid-rank", "百分位（中位秩）"}, "-by pyramid"},
    {"recency", KAM_INT, {"days since the last purchase", "距最近购买天数"}, "-by rfm"},
    {"frequency", KAM_INT, {"purchase days in the window", "窗口内购买日数"}, "-by rfm"},
    {"monetary", KAM_MONEY, {"mean net of a purchase day", "每购买日平均净额"}, "-by rfm"},
    {"cell", KAM_TEXT, {"scores r, f, m as one word", "RFM 单元"}, "-by rfm"},
    {"phase", KAM_TEXT, {"potential, selling, relationship or lost", "潜在、销售、关系或流失"}, "-by lifecycle"},
    {"winning_back", KAM_FLAG, {"lost, with an open opportunity", "流失但有进行中商机"}, "-by lifecycle"},
    {"purchase_days", KAM_INT, {"purchase days ever", "历史购买日数"}, "-by ladder"},
    {"wallet_share", KAM_REAL, {"our share of what it spends", "客户份额"}, "-by ladder"},
    {"count", KAM_INT, {"accounts in the class", "该类客户数"}, "-summary, -since"},
    {"share", KAM_REAL, {"of all (of the class they came from with -since)", "占比（-since 时占原类别）"}, "-summary, -since"},
    CMD_COLUMNS_END};

static const cmd_setting settings[] = {
    {"window", NULL},
    {"yield-progress-days", "-by yield"},
    {"pyramid-basis", "-by pyramid"},
    {"pyramid-split", "-by pyramid"},
    {"lifecycle-lost-days", "-by lifecycle"},
    {"lifecycle-lost-gaps", "-by lifecycle"},
    {"lifecycle-new-days", "-by lifecycle"},
    {"lifecycle-complaint-days", "-by lifecycle"},
    {"lifecycle-overdue-days", "-by lifecycle"},
    {"lifecycle-trend-days", "-by lifecycle"},
    {"lifecycle-growing-ratio", "-by lifecycle"},
    {"lifecycle-declining-ratio", "-by lifecycle"},
    {"ladder-loyal-share", "-by ladder"},
    {"default-margin", "-by lifecycle"},
    {"default-margin", "-by pyramid -basis margin,lifetime-value"},
    {"discount", "-by pyramid -basis lifetime-value"},
    {"horizon", "-by pyramid -basis lifetime-value"},
    CMD_SETTINGS_END};

static const cmd_example examples[] = {
    {{"count and share of each class", "各类别的数量与占比"}, "table select [classify -summary] class count share",
     "class\tcount\tshare\nA\t1\t0.5\nB\t0\t0\nC\t1\t0.5"},
    {{"why is ACME in its class?", "ACME 为何属于该类？"}, "table get [classify -account ACME] 0 class", "A"},
    {{"who moved since last year?", "与去年相比谁变了？"},
     "table rows [table where [classify -since 2024-06-30] {$count > 0}]", "2"},
    CMD_EXAMPLES_END};

const cmd_spec cmd_classify_spec = {
    .name = "classify",
    .summary = {"who are our customers? classes by yield, pyramid, RFM, life cycle or loyalty", "客户分类：产出、金字塔、RFM、生命周期、忠诚阶梯"},
    .detail = {"One row an account with its class and the fact that decided it. Nothing dated after the as-of date is read. "
               "Thresholds are settings (`setting list`); equal values get equal ranks; what is unknown is missing, never zero.",
               "每个客户一行，给出类别与判定事实。不读取截止日期之后的数据。阈值均为设置项（setting list）；数值相同则名次相同；未知即缺失，绝不当作零。"},
    .effect = CMD_READS,
    .args_size = sizeof(cmd_classify_args),
    .args = spec_args,
    .columns = columns,
    .setup = "account add ACME -name Acme -known_since 2023-01-01; account add BETA -name Beta -known_since 2023-01-01; "
             "transaction add -account ACME -date 2025-05-02 -amount 1200",
    .examples = examples,
    .run = run,
    .why = cmd_classify_why,
    .settings = settings,
    .topic = "questions"};

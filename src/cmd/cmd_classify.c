/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_classify: A1–A8 and A10–A12, who are our customers? One row an account with its class and the fact that decided; summaries, measures
 * and migrations between two dates of the same method. */
#include "cmd_classify.h"
#include "calc_compare.h"
#include "cmd_classify_columns.h"
#include "cmd_deals.h"
#include "cmd_forecast.h"
#include "cmd_lifetime.h"
#include "cmd_spec.h"
#include "cmd_value.h"
#include "kam_str.h"
#include "store_setting.h"
#include <stddef.h>

static const char *const BY[] = {"yield", "pyramid", "rfm", "lifecycle", "ladder",
                                "quality", "fit", "potential", "segments", "discipline", "key", NULL};
static const char *const OF[] = {"accounts", "products", "reps", NULL};
static const char *const BASIS[] = {"revenue", "margin", "lifetime-value", NULL};
static const char *const SHOW[] = {"classes", "measures", "curve", "criteria", "segments", NULL};

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

static kam_rc yield_rows(cmd_session *s, const cmd_classify_args *a, kam_day asof, kam_table **rows, kam_err *err)
{
    cmd_facts f = CMD_FACTS_INIT;
    calc_yield_params p;
    kam_rc rc = cmd_facts_load(s, asof, STORE_F_LEDGER | STORE_F_OPPORTUNITIES | STORE_F_PROGRESS, &f, err);
    if (rc) return rc;
    cmd_yield_params(s, asof, (int)a->window, &p);
    rc = calc_yield(&f.calc, &p, rows, err);
    cmd_facts_release(&f);
    return rc;
}

static kam_rc rfm_rows(cmd_session *s, const cmd_classify_args *a, kam_day asof, kam_table **rows, kam_err *err)
{
    cmd_facts f = CMD_FACTS_INIT;
    calc_rfm_params p;
    kam_rc rc = cmd_facts_load(s, asof, STORE_F_LEDGER | STORE_F_FEW, &f, err);
    if (rc) return rc;
    cmd_rfm_params(s, asof, (int)a->window, &p);
    rc = calc_rfm(&f.calc, &p, rows, err);
    cmd_facts_release(&f);
    return rc;
}

enum { LIFECYCLE_FACTS = STORE_F_LEDGER | STORE_F_OPPORTUNITIES | STORE_F_COMPLAINTS | STORE_F_INVOICES | STORE_F_SURVEYS |
                         STORE_F_SERVICE_COSTS };
static kam_rc lifecycle_rows(cmd_session *s, const cmd_classify_args *a, kam_day asof, kam_table **rows, kam_err *err)
{
    cmd_facts f = CMD_FACTS_INIT;
    calc_lifecycle_params p;
    kam_rc rc = cmd_facts_load(s, asof, LIFECYCLE_FACTS, &f, err);
    if (rc) return rc;
    cmd_lifecycle_params(s, asof, (int)a->window, &p);
    rc = calc_lifecycle(&f.calc, &p, rows, err);
    cmd_facts_release(&f);
    return rc;
}

static kam_rc ladder_rows(cmd_session *s, const cmd_classify_args *a, kam_day asof, kam_table **rows, kam_err *err)
{
    cmd_facts f = CMD_FACTS_INIT;
    calc_ladder_params p;
    kam_rc rc = cmd_facts_load(s, asof, STORE_F_LEDGER | STORE_F_SIGHTINGS | STORE_F_REFERRALS, &f, err);
    if (rc) return rc;
    cmd_ladder_params(s, asof, (int)a->window, &p);
    rc = calc_ladder(&f.calc, &p, rows, err);
    cmd_facts_release(&f);
    return rc;
}

static kam_rc pyramid_rows_at(cmd_session *s, const cmd_classify_args *a, kam_day asof, kam_table **rows, kam_err *err)
{
    cmd_facts f = CMD_FACTS_INIT;
    calc_pyramid_params p;
    kam_rc rc = cmd_facts_load(s, asof, STORE_F_LEDGER | STORE_F_FEW, &f, err);
    if (rc) return rc;
    pyramid_params(s, a, asof, &p);
    rc = pyramid_rows(s, a, &p, &f.calc, rows, err);
    cmd_facts_release(&f);
    return rc;
}

static kam_rc yield_measures(cmd_session *s, const cmd_classify_args *a, const kam_table *rows, kam_table **out, kam_err *err)
{
    calc_yield_params p;
    cmd_yield_params(s, a->asof, (int)a->window, &p);
    return calc_yield_measures(rows, &p, out, err);
}

static kam_rc rfm_measures(cmd_session *s, const cmd_classify_args *a, const kam_table *rows, kam_table **out, kam_err *err)
{
    calc_rfm_params p;
    cmd_rfm_params(s, a->asof, (int)a->window, &p);
    return calc_rfm_measures(rows, &p, out, err);
}

static kam_rc ladder_measures(cmd_session *s, const cmd_classify_args *a, const kam_table *rows, kam_table **out, kam_err *err)
{
    calc_ladder_params p;
    cmd_ladder_params(s, a->asof, (int)a->window, &p);
    return calc_ladder_measures(rows, &p, out, err);
}

static kam_rc pyramid_measures(cmd_session *s, const cmd_classify_args *a, const kam_table *rows, kam_table **out, kam_err *err)
{
    calc_pyramid_params p;
    pyramid_params(s, a, a->asof, &p);
    return calc_pyramid_measures(rows, &p, out, err);
}

static kam_rc pyramid_curve(cmd_session *s, const cmd_classify_args *a, const kam_table *rows, kam_table **out, kam_err *err)
{
    calc_pyramid_params p;
    pyramid_params(s, a, a->asof, &p);
    return calc_pyramid_curve(rows, &p, false, out, err);
}

static const cmd_method of_yield = {"window_revenue", calc_yield_classes, yield_rows, yield_measures, NULL, 0};
static const cmd_method of_pyramid = {"basis", calc_pyramid_classes, pyramid_rows_at, pyramid_measures, pyramid_curve, CMD_SHOW_CURVE};
static const cmd_method of_rfm = {"window_revenue", calc_rfm_classes, rfm_rows, rfm_measures, NULL, 0};
static const cmd_method of_lifecycle = {"window_revenue", calc_lifecycle_classes, lifecycle_rows, NULL, NULL, 0};
static const cmd_method of_ladder = {"window_revenue", calc_ladder_classes, ladder_rows, ladder_measures, NULL, 0};
static const cmd_method *const METHOD[] = {
    [CMD_BY_YIELD] = &of_yield,         [CMD_BY_PYRAMID] = &of_pyramid,
    [CMD_BY_RFM] = &of_rfm,             [CMD_BY_LIFECYCLE] = &of_lifecycle,
    [CMD_BY_LADDER] = &of_ladder,       [CMD_BY_QUALITY] = &cmd_method_quality,
    [CMD_BY_FIT] = &cmd_method_fit,     [CMD_BY_POTENTIAL] = &cmd_method_potential,
    [CMD_BY_SEGMENTS] = &cmd_method_segments, [CMD_BY_DISCIPLINE] = &cmd_method_discipline,
    [CMD_BY_KEY] = &cmd_method_key,
};

/* The classification of one date; with -key only key accounts, of all that were classified together. */
static kam_rc rows_at(cmd_session *s, const cmd_classify_args *a, kam_day asof, kam_table **rows, kam_err *err)
{
    kam_table *all = NULL, *key = NULL;
    kam_rc rc = METHOD[a->by]->rows(s, a, asof, a->key ? &all : rows, err);
    if (rc || !a->key) return rc;
    rc = cmd_key_rows(s, a->asof, (int)a->window, &key, err);
    if (!rc) *rows = cmd_key_only(all, key);
    kam_table_unref(key);
    kam_table_unref(all);
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

static kam_rc misuse(kam_err *err, const char *why)
{
    kam_err_set(err, KAM_USAGE, "classify: %s", why);
    return kam_err_word(err, "classify");
}

/* The pyramid's shares go over basis > 0 only, and the excluded sum is said. */
static kam_rc summary(cmd_session *s, const cmd_classify_args *a, const kam_table *rows, kam_table **out, kam_err *err)
{
    calc_pyramid_params p;
    if (!METHOD[a->by]->classes) return METHOD[a->by]->show(s, a, rows, out, err); /* segments: their own table */
    if (a->by != CMD_BY_PYRAMID)
        return calc_class_summary(rows, "class", METHOD[a->by]->basis, METHOD[a->by]->classes, out, err);
    pyramid_params(s, a, a->asof, &p);
    return calc_pyramid_summary(rows, &p, out, err);
}

static kam_rc show(cmd_session *s, const cmd_classify_args *a, const kam_table *rows, kam_table **out, kam_err *err)
{
    const cmd_method *m = METHOD[a->by];
    if (a->show == CMD_SHOW_MEASURES && m->measures) return m->measures(s, a, rows, out, err);
    if (a->show == m->shows && m->show) return m->show(s, a, rows, out, err);
    switch (a->show) {
    case CMD_SHOW_CURVE: return misuse(err, "-show curve belongs to -by pyramid");
    case CMD_SHOW_CRITERIA: return misuse(err, "-show criteria belongs to the methods on score cards: quality, fit, potential, discipline");
    case CMD_SHOW_SEGMENTS: return misuse(err, "-show segments belongs to -by segments");
    default: return misuse(err, "this method has no measures; use -summary or -since");
    }
}

static kam_rc migration(cmd_session *s, const cmd_classify_args *a, const kam_table *now, kam_table **out, kam_err *err)
{
    kam_table *before = NULL;
    if (a->since >= a->asof) return misuse(err, "-since must be a day before the as-of date");
    kam_rc rc = rows_at(s, a, a->since, &before, err);
    if (!rc) rc = calc_class_migration(before, now, "class", METHOD[a->by]->classes, out, err);
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
    else if (a->of != CMD_OF_ACCOUNTS && a->key) why = "-key is for accounts";
    else if (a->key && (a->show == CMD_SHOW_SEGMENTS || (a->summary && a->by == CMD_BY_SEGMENTS)))
        why = "-key picks accounts, not segments; use -cross key";
    else if (a->by != CMD_BY_SEGMENTS && (a->columns.n || a->cross || a->k || a->seed != 1))
        why = "-columns, -cross, -k and -seed belong to -by segments";
    else if (a->by == CMD_BY_SEGMENTS && a->since != CMD_UNSET_DAY) why = "segments of two dates are not the same segments; -since is for classes";
    else if ((a->summary ? 1 : 0) + (a->show != CMD_SHOW_ROWS) + (a->since != CMD_UNSET_DAY) > 1)
        why = "-summary, -show and -since exclude each other";
    else if (a->compare && (a->summary || a->show != CMD_SHOW_ROWS || a->since != CMD_UNSET_DAY))
        why = "-compare is about classes, without -summary, -show and -since";
    return why ? misuse(err, why) : KAM_OK;
}

/* J7: the classes that a what-if changes, against the committed state. */
static kam_rc compare(cmd_session *s, const cmd_classify_args *a, const kam_table *after, kam_table **out, kam_err *err)
{
    kam_table *before = NULL;
    kam_rc rc = cmd_look_back_begin(s, "classify", err);
    if (rc) return rc;
    rc = rows_at(s, a, a->asof, &before, err);
    cmd_look_back_end(s);
    const char *key = kam_col_name(kam_table_column(after, 0));
    if (!rc) rc = calc_compare_text(before, after, key, "class", cmd_facts_lang(s), out, err);
    kam_table_unref(before);
    if (!rc && a->account.id) cmd_rows_keep(out, "account", a->account.code);
    return rc;
}

/* Rows as they are, of one day. */
static bool plain(const cmd_classify_args *a)
{
    return !a->compare && a->since == CMD_UNSET_DAY && !a->summary && a->show == CMD_SHOW_ROWS && !a->key;
}

bool cmd_classify_alone(const cmd_classify_args *a)
{
    return (a->by == CMD_BY_YIELD || a->by == CMD_BY_LIFECYCLE || a->by == CMD_BY_LADDER) && plain(a);
}

/* The account's own row of a method that ranks it among all of them. */
static bool among(cmd_session *s, const cmd_classify_args *a)
{
    return a->account.id && plain(a) && cmd_facts_narrow(s) &&
           (a->by == CMD_BY_RFM || (a->by == CMD_BY_PYRAMID && a->of == CMD_OF_ACCOUNTS && basis_of(s, a) != CALC_PYRAMID_LIFETIME));
}

static kam_rc one_row(cmd_session *s, const cmd_classify_args *a, kam_table **out, kam_err *err)
{
    cmd_facts f = CMD_FACTS_INIT;
    calc_pyramid_params pyramid;
    calc_rfm_params rfm;
    size_t row = SIZE_MAX;
    kam_rc rc = cmd_facts_among(s, a->asof, &a->account, STORE_F_FEW, &f, &row, err);
    if (rc) return rc;
    if (a->by == CMD_BY_RFM) {
        cmd_rfm_params(s, a->asof, (int)a->window, &rfm);
        rc = calc_rfm_one(&f.calc, row, &rfm, out, err);
    } else {
        pyramid_params(s, a, a->asof, &pyramid);
        rc = calc_pyramid_one(&f.calc, row, &pyramid, out, err);
    }
    cmd_facts_release(&f);
    return rc;
}

kam_rc cmd_classify_one(cmd_session *s, const cmd_classify_args *a, kam_table **out, kam_err *err)
{
    if (among(s, a)) return one_row(s, a, out, err);
    if (cmd_classify_alone(a)) cmd_scope_account(s, &a->account);
    kam_rc rc = rows_at(s, a, a->asof, out, err);
    cmd_scope_all(s);
    if (!rc) cmd_rows_keep(out, "account", a->account.code);
    return rc;
}

static kam_rc run(cmd_session *s, const void *args, cmd_value *out, kam_err *err)
{
    const cmd_classify_args *a = args;
    kam_table *rows = NULL, *result = NULL;
    kam_rc rc = check(s, a, err);
    if (!rc && cmd_classify_alone(a)) cmd_scope_account(s, &a->account);
    if (!rc) rc = among(s, a) ? one_row(s, a, &rows, err) : rows_at(s, a, a->asof, &rows, err);
    if (rc) return rc;
    if (a->compare) rc = compare(s, a, rows, &result, err);
    else if (a->since != CMD_UNSET_DAY) rc = migration(s, a, rows, &result, err);
    else if (a->summary) rc = summary(s, a, rows, &result, err);
    else if (a->show != CMD_SHOW_ROWS) rc = show(s, a, rows, &result, err);
    else if (a->account.id) result = cmd_rows_where(rows, "account", a->account.code);
    else result = kam_table_ref(rows);
    kam_table_unref(rows);
    if (!rc) cmd_value_take_table(out, result);
    return rc;
}

static const cmd_arg spec_args[] = {
    {.name = "-by", .kind = CMD_ENUM, .offset = offsetof(cmd_classify_args, by), .values = BY, .def = "yield",
     .help = {"the method: yield A/B/C (A1), pyramid (A2), rfm (A3), lifecycle (A4), ladder (A5), quality good and poor (A6), fit match of "
              "rank (A7), potential (A8), segments (A10), discipline (A11), key accounts (A12)",
              "方法：yield 产出/孵化/潜在（A1）、pyramid 金字塔（A2）、rfm（A3）、lifecycle 生命周期（A4）、ladder 忠诚阶梯（A5）、"
              "quality 优质/劣质（A6）、fit 门当户对（A7）、potential 价值潜力（A8）、segments 市场细分（A10）、discipline 价值法则（A11）、key 大客户（A12）"}},
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
     .help = {"classes, measures (diagnosis, Pareto share, Gini, conversion), curve (pyramid), criteria (every mark of a score card), or "
              "segments (what each segment is)",
              "classes 类别、measures 指标（诊断、二八占比、基尼、转化率）、curve 曲线（金字塔）、criteria 评分卡的每一项评分，或 segments 各细分的说明"}},
    {.name = "-since", .kind = CMD_DATE, .offset = offsetof(cmd_classify_args, since),
     .help = {"migration table from that day to the as-of day", "自该日至截止日期的迁移表"}},
    {.name = "-key", .kind = CMD_FLAG, .offset = offsetof(cmd_classify_args, key),
     .help = {"only key accounts (A12), classified among all", "只看大客户（A12），仍在全体中分类"}},
    {.name = "-columns", .kind = CMD_LIST, .offset = offsetof(cmd_classify_args, columns),
     .help = {"segments: columns to group by: recency, purchase_days, window_revenue, mean_purchase, margin_rate, growth, serve_rate, "
              "wallet_share, employees, annual_spend, known_days; the first three unless given",
              "细分：聚类所用的列：recency、purchase_days、window_revenue、mean_purchase、margin_rate、growth、serve_rate、wallet_share、"
              "employees、annual_spend、known_days；缺省为前三个"}},
    {.name = "-cross", .kind = CMD_STRING, .offset = offsetof(cmd_classify_args, cross),
     .help = {"segments: cross criteria instead of grouping, with commas between: industry, region, kind, ownership, source, size, grade, key",
              "细分：不聚类而按标准交叉，用逗号隔开：industry 行业、region 地区、kind 类型、ownership 所有制、source 来源、size 规模、grade 级别、key 大客户"}},
    {.name = "-k", .kind = CMD_INT, .offset = offsetof(cmd_classify_args, k), .def = "0", .min = 0, .max = 50,
     .help = {"segments: how many; 0: the number with the best silhouette", "细分：个数；0 为轮廓系数最好的个数"}},
    {.name = "-seed", .kind = CMD_INT, .offset = offsetof(cmd_classify_args, seed), .def = "1", .min = 0, .max = 1e15,
     .help = {"segments: seed of the random draws", "细分：随机种子"}},
    {.name = "-compare", .kind = CMD_FLAG, .offset = offsetof(cmd_classify_args, compare),
     .help = {"inside `begin -what-if`: whose class differs from the committed state", "在 begin -what-if 中：类别与已提交状态不同者"}},
    CMD_ARG_ASOF(cmd_classify_args),
    CMD_ARGS_END};

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
    {"quality-weights", "-by quality"},
    {"quality-good", "-by quality"},
    {"quality-poor", "-by quality"},
    {"quality-serve-share", "-by quality"},
    {"quality-stop-invoices", "-by quality"},
    {"quality-unhappy-surveys", "-by quality"},
    {"quality-entered-risk", "-by quality"},
    {"large-share", "-by quality"},
    {"receivable-days", "-by quality"},
    {"receivable-share", "-by quality"},
    {"risk-margin-ratio", "-by quality"},
    {"risk-alive-drop", "-by quality"},
    {"risk-alive-days", "-by quality"},
    {"small-good-percentile", "-by quality"},
    {"small-good-growth", "-by quality"},
    {"lifecycle-trend-days", "-by quality,fit,potential,segments"},
    {"discount", "-by quality"},
    {"horizon", "-by quality"},
    {"fit-cut", "-by fit"},
    {"potential-weights", "-by fit,potential"},
    {"potential-high", "-by potential"},
    {"potential-low", "-by potential"},
    {"segment-max", "-by segments"},
    {"segment-sample", "-by segments"},
    {"segment-size", "-by segments"},
    {"segment-min-share", "-by segments"},
    {"segment-max-spread", "-by segments"},
    {"segment-min-pull", "-by segments"},
    {"segment-min-reach", "-by segments"},
    {"segment-distinct", "-by segments"},
    {"key-account-share", "-by key"},
    {"key-account-lenses", "-by key"},
    {"key-account-revenue", "-by key"},
    {"ladder-loyal-share", "-by key"},
    {"key-account-share", "-key"},
    {"key-account-lenses", "-key"},
    {"key-account-revenue", "-key"},
    {"ladder-loyal-share", "-key"},
    {"default-margin", "-by quality,key"},
    {"default-margin", "-by lifecycle"},
    {"default-margin", "-by pyramid -basis margin,lifetime-value"},
    {"discount", "-by pyramid -basis lifetime-value"},
    {"horizon", "-by pyramid -basis lifetime-value"},
    CMD_SETTINGS_END};

static const cmd_example examples[] = {
    {{"count and share of each class", "各类别的数量与占比"}, "table select [classify -summary] class count share",
     "class\tcount\tshare\nA\t1\t0.5\nB\t0\t0\nC\t1\t0.5"},
    {{"what is known of the quality of ACME, and from where", "ACME 的质量分及其依据"},
     "card set quality ACME teaches 8 -quiet; table select [classify -by quality -account ACME] account class quality coverage how",
     "account\tclass\tquality\tcoverage\thow\nACME\tfair\t6\t0.3\t- - - m e"},
    {{"only key accounts", "只看大客户"}, "account set ACME -key_account 1 -key_reason pilot; table select [classify -by key -key] account why",
     "account\twhy\nACME\tnamed by us: pilot; margin in the top 20 %; margin after service cost in the top 20 %"},
    {{"segments by crossing criteria", "按标准交叉细分"}, "table select [classify -by segments -cross kind -show segments] segment count",
     "segment\tcount\n未知 | unknown\t2"},
    {{"why is ACME in its class?", "ACME 为何属于该类？"}, "table get [classify -account ACME] 0 class", "A"},
    {{"who moved since last year?", "与去年相比谁变了？"},
     "table rows [table where [classify -since 2024-06-30] {$count > 0}]", "2"},
    CMD_EXAMPLES_END};

const cmd_spec cmd_classify_spec = {
    .name = "classify",
    .summary = {"who are our customers? classes by yield, pyramid, RFM, life cycle, loyalty, quality, fit, potential, segment, value discipline or as key accounts",
                "客户分类：产出、金字塔、RFM、生命周期、忠诚阶梯、优劣、门当户对、潜力、细分、价值法则、大客户"},
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
    .of_account = "-account",
    .why = cmd_classify_why,
    .settings = settings,
    .topic = "questions"};

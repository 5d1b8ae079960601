/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_lookalike: G2, prospects most like the loyal accounts; with -product, those without it most like its buyers. */
#include "cmd_next.h"
#include "cmd_spec.h"
#include "cmd_value.h"
#include "kam_mem.h"
#include "store_setting.h"
#include <stddef.h>

static const char *const SHOW[] = {"accounts", "columns", NULL};

static kam_rc read_weights(const cmd_words *w, const char *command, double *weight, kam_err *err)
{
    if (w->n % 2) return cmd_next_usage(command, "-weights: give pairs of column and weight", err);
    for (size_t i = 0; i < w->n; i += 2) {
        int k = 0;
        while (calc_look_columns[k] && !kam_streq(calc_look_columns[k], w->word[i])) k++;
        if (!calc_look_columns[k])
            return cmd_next_usage(command, "-weights: the columns are industry, kind, ownership, region, source, employees, annual_spend and exit_cost", err);
        if (!kam_parse_real(w->word[i + 1], &weight[k]) || weight[k] < 0)
            return cmd_next_usage(command, "-weights: a weight is a number from 0 on", err);
    }
    return KAM_OK;
}

kam_rc cmd_look_params(cmd_session *s, const cmd_words *weights, const char *command, calc_look_params *p, kam_err *err)
{
    *p = (calc_look_params)CALC_LOOK_PARAMS(cmd_facts_lang(s));
    double v[CALC_LOOK_COLUMNS];
    if (store_setting_reals(cmd_session_store(s), "lookalike-weights", v, CALC_LOOK_COLUMNS) == CALC_LOOK_COLUMNS)
        for (int k = 0; k < CALC_LOOK_COLUMNS; k++) p->weight[k] = v[k];
    p->neighbours = cmd_next_int(s, "lookalike-neighbours");
    p->sample = cmd_next_int(s, "lookalike-sample");
    p->coverage = cmd_next_real(s, "lookalike-coverage");
    p->progress = cmd_session_progress(s);
    return weights ? read_weights(weights, command, p->weight, err) : KAM_OK;
}

/* The loyal and those above them; the others that never bought are candidates. */
static kam_rc loyal_roles(cmd_session *s, kam_day asof, uint8_t *role, kam_err *err)
{
    cmd_facts f = CMD_FACTS_INIT;
    calc_ladder_params p;
    kam_table *t = NULL;
    kam_rc rc = cmd_facts_load(s, asof, STORE_F_LEDGER | STORE_F_SIGHTINGS | STORE_F_REFERRALS, &f, err);
    if (rc) return rc;
    cmd_ladder_params(s, asof, 0, &p);
    rc = calc_ladder(&f.calc, &p, &t, err);
    const kam_column *class = t ? kam_table_find(t, "class") : NULL;
    for (size_t i = 0; class && i < kam_table_rows(t); i++) {
        const char *c = kam_col_text(class, i);
        role[i] = kam_streq(c, "prospect") ? 2 : kam_streq(c, "loyal") || kam_streq(c, "member") || kam_streq(c, "advocate");
    }
    kam_table_unref(t);
    cmd_facts_release(&f);
    return rc;
}

static kam_rc buyer_roles(cmd_session *s, const cmd_look_args *a, uint8_t *role, kam_err *err)
{
    cmd_next_sales x;
    calc_holdings h;
    kam_rc rc = cmd_next_sales_load(s, a->asof, &x, err);
    if (rc) return rc;
    calc_holdings_build(&x.sales, a->asof, 1, &h);
    uint32_t product = (uint32_t)cmd_next_place(x.products, "product", a->product.code);
    for (size_t i = 0; i < h.n_accounts; i++) role[i] = calc_holdings_find(&h, i, product) ? 1 : 2;
    calc_holdings_release(&h);
    cmd_next_sales_release(&x);
    return KAM_OK;
}

static kam_rc nobody(const cmd_look_args *a, kam_err *err)
{
    char day[KAM_DATE_MAX];
    kam_day_format(a->asof, day);
    if (a->product.id)
        kam_err_set(err, KAM_CALC, "lookalike: nobody has bought %.60s up to %s, so nobody can be like its buyers; name another product", a->product.code, day);
    else
        kam_err_set(err, KAM_CALC, "lookalike: no account is loyal on %s (see classify -by ladder); enter annual_spend, or use -product", day);
    return kam_err_word(err, "NODATA");
}

kam_rc cmd_look_load(cmd_session *s, const cmd_look_args *a, cmd_look *out, kam_err *err)
{
    cmd_look k = {0};
    kam_rc rc = cmd_look_params(s, &a->weights, "lookalike", &k.p, err);
    k.p.top = (int)a->top;
    if (!rc) rc = store_query_profiles(cmd_session_store(s), a->asof, &k.profiles, err);
    if (!rc) {
        size_t n = kam_table_rows(k.profiles), group = 0;
        k.role = kam_calloc(n + 1, 1);
        rc = a->product.id ? buyer_roles(s, a, k.role, err) : loyal_roles(s, a->asof, k.role, err);
        for (size_t i = 0; i < n; i++) group += k.role[i] == 1;
        if (!rc && group == 0) rc = nobody(a, err);
    }
    if (!rc) rc = calc_look_build(k.profiles, k.p.weight, &k.space, err);
    if (!rc) *out = k;
    else cmd_look_release(&k);
    return rc;
}

void cmd_look_release(cmd_look *k)
{
    calc_look_release(&k->space);
    kam_table_unref(k->profiles);
    kam_free(k->role);
    *k = (cmd_look){0};
}

static kam_rc run(cmd_session *s, const void *args, cmd_value *out, kam_err *err)
{
    const cmd_look_args *a = args;
    if (a->show == CMD_LOOK_COLUMNS && !a->account.id) return cmd_next_usage("lookalike", "-show columns wants -account", err);
    cmd_look k = {0};
    kam_table *t = NULL;
    kam_rc rc = cmd_look_load(s, a, &k, err);
    if (rc) return rc;
    size_t at = a->account.id ? cmd_next_place(k.profiles, "account", a->account.code) : SIZE_MAX;
    if (a->account.id && at == SIZE_MAX) { /* not known on the day */
        for (size_t i = 0; i < kam_table_rows(k.profiles); i++) k.role[i] = k.role[i] == 1;
        rc = calc_look_rank(&k.space, k.role, &k.p, &t, err);
    } else if (a->show == CMD_LOOK_COLUMNS) {
        rc = calc_look_detail(&k.space, k.role, &k.p, at, &t, err);
    } else {
        rc = calc_look_rank(&k.space, k.role, &k.p, &t, err);
    }
    if (!rc && a->show == CMD_LOOK_ACCOUNTS) cmd_rows_keep(&t, "account", a->account.code); /* ranked among all */
    if (!rc) cmd_value_take_table(out, t);
    cmd_look_release(&k);
    return rc;
}

static const cmd_arg spec_args[] = {
    {.name = "-product", .kind = CMD_REF, .offset = offsetof(cmd_look_args, product), .of = "product",
     .help = {"those that never bought it, most like its buyers; else prospects most like the loyal", "未购该产品者中最像其买家的；缺省为最像忠诚客户的潜在客户"}},
    {.name = "-account", .kind = CMD_REF, .offset = offsetof(cmd_look_args, account), .of = "account",
     .help = {"only this account (ranked among all)", "只看该客户（名次仍在全体中）"}},
    {.name = "-weights", .setting = "lookalike-weights", .kind = CMD_LIST, .offset = offsetof(cmd_look_args, weights),
     .help = {"pairs of column and weight, e.g. {industry 2 region 0}; else the setting lookalike-weights", "列与权重成对，如 {industry 2 region 0}；缺省为设置 lookalike-weights"}},
    {.name = "-top", .kind = CMD_INT, .offset = offsetof(cmd_look_args, top), .def = "0", .min = 0, .max = 1e9,
     .help = {"the first so many; 0: all", "只取前若干名；0 为全部"}},
    {.name = "-show", .kind = CMD_ENUM, .offset = offsetof(cmd_look_args, show), .values = SHOW, .def = "accounts",
     .help = {"accounts, or with -account column by column", "客户，或（用 -account）逐列"}},
    CMD_ARG_ASOF(cmd_look_args),
    CMD_ARGS_END};

static const cmd_column columns[] = {
    {"rank", KAM_INT, {"place by likeness", "名次"}, "accounts"},
    {"account", KAM_TEXT, {"the account", "客户"}, NULL},
    {"name", KAM_TEXT, {"its name", "名称"}, "accounts"},
    {"likeness", KAM_REAL, {"1: alike in all that is known; 0: as two accounts at random", "相似度：1 为已知项全同，0 为与随机两客户无异"}, NULL},
    {"coverage", KAM_REAL, {"share of the weights known of both", "双方已知列的权重占比"}, "accounts"},
    {"n", KAM_INT, {"accounts it was compared with", "比较的近邻数"}, "accounts"},
    {"nearest", KAM_TEXT, {"the nearest account of the group", "参照组中最近的客户"}, NULL},
    {"nearest_name", KAM_TEXT, {"its name", "名称"}, "accounts"},
    {"columns", KAM_TEXT, {"the columns that made it so", "主要相似列"}, "accounts"},
    {"why", KAM_TEXT, {"the same in words", "理由"}, "accounts"},
    {"column", KAM_TEXT, {"column of the profile", "列"}, "columns"},
    {"value", KAM_TEXT, {"its value here", "该客户的值"}, "columns"},
    {"nearest_value", KAM_TEXT, {"its value at the nearest", "最近客户的值"}, "columns"},
    {"weight", KAM_REAL, {"its weight; 0 where all known values agree", "权重；已知值全同时为 0"}, "columns"},
    {"adds", KAM_REAL, {"what it adds to the likeness, weights known or not", "对相似度的贡献"}, "columns"},
    CMD_COLUMNS_END};

#define LOOK_SETUP                                                                                                        \
    "product add P -name P; foreach {a i e} {L1 steel 500 L2 steel 600 P1 steel 550 P2 tourism 20} "                     \
    "{account add $a -name $a -known_since 2024-01-01 -industry $i -employees $e -annual_spend 1000}; "                   \
    "foreach a {L1 L2} {foreach d {2025-01-10 2025-03-10} {transaction add -account $a -date $d -amount 500 -product P}}"
static const cmd_example examples[] = {
    {{"two loyal steel makers; which prospect is like them?", "两家忠诚的钢铁客户；哪家潜在客户最像？"},
     "table select [lookalike] rank account nearest columns", "rank\taccount\tnearest\tcolumns\n1\tP1\tL2\tindustry, employees\n2\tP2\tL1\t"},
    {{"nobody bought it", "无人购买"}, "product add Q -name Q; lookalike -product Q", "error: KAM CALC NODATA"},
    CMD_EXAMPLES_END};

static const cmd_setting used[] = {
    {"lookalike-weights", NULL},
    {"lookalike-neighbours", NULL},
    {"lookalike-sample", NULL},
    {"lookalike-coverage", NULL},
    {"window", NULL},
    {"ladder-loyal-share", NULL},
    CMD_SETTINGS_END};

const cmd_spec cmd_lookalike_spec = {
    .name = "lookalike",
    .summary = {"prospects most like the loyal accounts, or non-buyers most like a product's buyers", "最像忠诚客户的潜在客户，或最像某产品买家的未购客户"},
    .detail = {"Accounts are compared by what is known before they buy: industry, kind, ownership, region, source, employees, annual spend and exit "
               "cost, each standardised and weighted. What is missing of either is left out and shown as coverage. A candidate's likeness is "
               "the mean over its nearest accounts of the group (setting lookalike-neighbours). Loyal: loyal, member or advocate on the ladder.",
               "按购买之前已知的信息比较：行业、类型、所有制、地区、来源、员工数、品类年支出与逃离代价，各列标准化并加权；任一方缺失的列不计，以覆盖率示之。"
               "相似度取参照组中最近几个客户的平均（设置 lookalike-neighbours）。忠诚指忠诚阶梯上的忠诚、成员或拥护者。"},
    .effect = CMD_READS,
    .args_size = sizeof(cmd_look_args),
    .args = spec_args,
    .columns = columns,
    .setup = LOOK_SETUP,
    .settings = used,
    .examples = examples,
    .run = run,
    .why = cmd_look_why,
    .topic = "questions"};

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_whitespace: G5, account × product: sold, open, competitor, untouched, with an estimate from similar accounts. */
#include "cmd_bind.h"
#include "cmd_next.h"
#include "cmd_spec.h"
#include "cmd_value.h"
#include "kam_mem.h"
#include <stddef.h>
#include <string.h>

/* "中文 | English" is named by the whole or by either half. */
static bool category_is(const char *text, const char *word)
{
    const char *bar = strstr(text, " | ");
    if (kam_streq(text, word)) return true;
    return bar && (kam_streq(bar + 3, word) || (strlen(word) == (size_t)(bar - text) && strncmp(text, word, strlen(word)) == 0));
}

/* Which products are of the category; KAM_NOTFOUND category. */
static kam_rc of_category(const kam_table *products, const char *word, uint8_t *want, kam_err *err)
{
    const kam_column *c = kam_table_find(products, "category");
    size_t n = kam_table_rows(products), found = 0;
    const char **names = kam_calloc(n + 1, sizeof *names);
    for (size_t i = 0; i < n; i++) {
        names[i] = kam_col_text(c, i);
        want[i] = !kam_col_missing(c, i) && category_is(names[i], word);
        found += want[i];
    }
    if (!found) {
        kam_err_set(err, KAM_NOTFOUND, "whitespace: no product is of the category \"%.60s\"", word);
        kam_err_nearest(err, word, names, n);
    }
    kam_free(names);
    if (found) return KAM_OK;
    kam_err_word(err, "category");
    return kam_err_word(err, word);
}

static kam_rc too_many(double cells, double limit, kam_err *err)
{
    kam_err_set(err, KAM_LIMIT, "whitespace: %.0f cells are more than whitespace-max-rows (%.0f); name -account or -category", cells, limit);
    return kam_err_word(err, "whitespace-max-rows");
}

typedef struct facts {
    cmd_next_sales x;
    calc_holdings h;
    kam_table *profiles, *opportunities, *rivals;
    calc_look look;
    uint8_t *want;
} facts;

static kam_rc load(cmd_session *s, const cmd_white_args *a, calc_white_params *p, facts *f, kam_err *err)
{
    store *st = cmd_session_store(s);
    kam_rc rc = cmd_next_sales_load(s, a->asof, &f->x, err);
    if (rc) return rc;
    f->want = kam_calloc(kam_table_rows(f->x.products) + 1, 1);
    if (a->category) rc = of_category(f->x.products, a->category, f->want, err);
    double products = 0;
    for (size_t i = 0; i < kam_table_rows(f->x.products); i++) products += !a->category || f->want[i];
    p->products = a->category ? f->want : NULL;
    p->only = a->account.id ? cmd_next_place(f->x.accounts, "account", a->account.code) : SIZE_MAX;
    double cells = products * (a->account.id ? 1 : (double)kam_table_rows(f->x.accounts)), limit = cmd_next_real(s, "whitespace-max-rows");
    if (!rc && cells > limit) rc = too_many(cells, limit, err);
    if (!rc) rc = store_query_profiles(st, a->asof, &f->profiles, err);
    if (!rc) rc = store_query_opportunities(st, a->asof, &f->opportunities, err);
    if (!rc) rc = store_query_rivals(st, a->asof, &f->rivals, err);
    if (!rc) rc = calc_look_build(f->profiles, p->look.weight, &f->look, err);
    if (!rc) calc_holdings_build(&f->x.sales, a->asof, p->window_days, &f->h);
    return rc;
}

static void release(facts *f)
{
    calc_holdings_release(&f->h);
    calc_look_release(&f->look);
    kam_table_unref(f->profiles);
    kam_table_unref(f->opportunities);
    kam_table_unref(f->rivals);
    kam_free(f->want);
    cmd_next_sales_release(&f->x);
}

/* --- one account ------------------------------------------------------------------------------------------------------ */

/* The customers accounts are compared with, in the space of all: the same for every account asked about. */
typedef struct frame {
    uint64_t version;
    kam_day asof;
    int window_days, sample;
    double weight[CALC_LOOK_COLUMNS];
    calc_white_group group;
    kam_table *profiles; /* of the group */
    calc_look look;
    calc_holdings holdings;
} frame;

static void frame_drop(void *block)
{
    frame *f = block;
    calc_look_release(&f->look);
    calc_holdings_release(&f->holdings);
    kam_table_unref(f->profiles);
    kam_free(f->group.row);
    kam_free(f);
}

static frame *frame_kept(cmd_session *s, kam_day asof, const calc_white_params *p)
{
    frame *f = cmd_session_kept(s, CMD_KEEP_LIKENESS);
    const bool good = f && f->version == store_facts_version(cmd_session_store(s)) && f->asof == asof && f->window_days == p->window_days &&
                      f->sample == p->look.sample && memcmp(f->weight, p->look.weight, sizeof f->weight) == 0;
    return good ? f : NULL;
}

static void holdings_few(const calc_holdings *all, const calc_white_group *g, calc_holdings *out)
{
    calc_holdings h = {g->m, all->n_products, 0, kam_calloc(g->m + 1, sizeof *h.start), NULL};
    for (size_t i = 0; i < g->m; i++) h.start[i + 1] = h.start[i] + all->start[g->row[i] + 1] - all->start[g->row[i]];
    h.n = h.start[g->m];
    h.at = kam_calloc(h.n + 1, sizeof *h.at);
    for (size_t i = 0; i < g->m; i++)
        memcpy(h.at + h.start[i], all->at + all->start[g->row[i]], (h.start[i + 1] - h.start[i]) * sizeof *h.at);
    *out = h;
}

static kam_rc frame_make(cmd_session *s, kam_day asof, const calc_white_params *p, frame **out, kam_err *err)
{
    store *st = cmd_session_store(s);
    const uint64_t version = store_facts_version(st); /* before it is read */
    kam_sales sales = KAM_SALES_INIT;
    calc_holdings all = CALC_HOLDINGS_INIT;
    calc_look look = {0};
    kam_table *products = NULL, *profiles = NULL;
    kam_rc rc = store_sales(st, asof, &sales, &products, err);
    if (!rc) rc = store_query_profiles(st, asof, &profiles, err);
    if (!rc) rc = calc_look_build(profiles, p->look.weight, &look, err);
    if (!rc) {
        frame *f = kam_zalloc(sizeof *f);
        *f = (frame){.version = version, .asof = asof, .window_days = p->window_days, .sample = p->look.sample};
        memcpy(f->weight, p->look.weight, sizeof f->weight);
        calc_holdings_build(&sales, asof, p->window_days, &all);
        calc_white_customers(&all, p->look.sample, &f->group);
        holdings_few(&all, &f->group, &f->holdings);
        f->profiles = kam_table_pick(profiles, f->group.row, f->group.m);
        calc_look_few(&look, f->group.row, f->group.m, f->profiles, &f->look);
        cmd_session_keep(s, CMD_KEEP_LIKENESS, f, frame_drop);
        *out = f;
    }
    calc_holdings_release(&all);
    calc_look_release(&look);
    kam_table_unref(profiles);
    kam_table_unref(products);
    kam_sales_release(&sales);
    return rc;
}

/* Its place in the group, or the one behind it. */
static kam_rc place_in(frame *f, const kam_table *profile, size_t *place, kam_err *err)
{
    *place = f->group.m;
    if (kam_table_rows(profile) == 0) return KAM_OK; /* not known on that day */
    const char *code = kam_col_text(kam_table_find(profile, "account"), 0);
    const kam_column *c = kam_table_find(f->profiles, "account");
    for (size_t i = 0; i < f->group.m; i++)
        if (kam_streq(kam_col_text(c, i), code)) return *place = i, KAM_OK;
    return calc_look_put(&f->look, profile, err);
}

/* *out stays NULL when another process changed the data meanwhile. */
static kam_rc one(cmd_session *s, const cmd_white_args *a, calc_white_params *p, kam_table **out, kam_err *err)
{
    facts f = {.x = {NULL, NULL, KAM_SALES_INIT}, .h = CALC_HOLDINGS_INIT};
    size_t place = 0;
    frame *all = frame_kept(s, a->asof, p);
    kam_rc rc = all ? KAM_OK : frame_make(s, a->asof, p, &all, err);
    if (rc) return rc;
    cmd_scope_account(s, &a->account);
    rc = load(s, a, p, &f, err);
    cmd_scope_all(s);
    if (rc || all->version != store_facts_version(cmd_session_store(s))) return release(&f), rc;
    rc = place_in(all, f.profiles, &place, err);
    if (!rc) {
        const calc_white_in in = {f.x.accounts, f.x.products, &all->holdings, f.opportunities, f.rivals, &all->look, &all->group, &f.h, place};
        p->only = 0;
        rc = calc_white(&in, p, out, err);
    }
    release(&f);
    return rc;
}

static kam_rc whole(cmd_session *s, const cmd_white_args *a, calc_white_params *p, kam_table **out, kam_err *err)
{
    facts f = {.x = {NULL, NULL, KAM_SALES_INIT}, .h = CALC_HOLDINGS_INIT};
    kam_rc rc = load(s, a, p, &f, err);
    if (!rc) {
        const calc_white_in in = {.accounts = f.x.accounts, .products = f.x.products, .holdings = &f.h, .opportunities = f.opportunities,
                                  .rivals = f.rivals, .look = &f.look};
        bool unknown = a->account.id && p->only == SIZE_MAX; /* not known on that day: no rows */
        if (unknown) p->only = kam_table_rows(f.x.accounts);
        rc = calc_white(&in, p, out, err);
    }
    release(&f);
    return rc;
}

static kam_rc run(cmd_session *s, const void *args, cmd_value *out, kam_err *err)
{
    const cmd_white_args *a = args;
    calc_white_params p = {.asof = a->asof, .lang = cmd_facts_lang(s), .window_days = a->window > 0 ? (int)a->window : cmd_next_int(s, "window")};
    kam_table *t = NULL;
    kam_rc rc = cmd_look_params(s, NULL, "whitespace", &p.look, err);
    if (!rc && a->account.id && cmd_facts_narrow(s)) rc = one(s, a, &p, &t, err);
    if (!rc && !t) rc = whole(s, a, &p, &t, err);
    if (rc) return rc;
    if (a->grid) {
        kam_table *grid = calc_white_grid(t, p.lang);
        kam_table_unref(t);
        t = grid;
    }
    cmd_value_take_table(out, t);
    return KAM_OK;
}

static const cmd_arg spec_args[] = {
    {.name = "-account", .kind = CMD_REF, .offset = offsetof(cmd_white_args, account), .of = "account", .help = {"only this account", "只看该客户"}},
    {.name = "-category", .kind = CMD_STRING, .offset = offsetof(cmd_white_args, category), .help = {"only products of this category", "只看该类别的产品"}},
    {.name = "-grid", .kind = CMD_FLAG, .offset = offsetof(cmd_white_args, grid),
     .help = {"a row an account, a column a product: ● sold ◐ open × competitor · untouched", "每客户一行、每产品一列：● 已售 ◐ 进行中 × 竞争对手 · 未触及"}},
    {.name = "-window", .setting = "window", .kind = CMD_INT, .offset = offsetof(cmd_white_args, window), .def = "0", .min = 0, .max = 36500,
     .help = {"days looked back; 0: the setting `window` (365)", "回看天数；0 为设置 window（365）"}},
    CMD_ARG_ASOF(cmd_white_args),
    CMD_ARGS_END};

static const cmd_column columns[] = {
    {"account", KAM_TEXT, {"the account", "客户"}, NULL},
    {"name", KAM_TEXT, {"its name", "名称"}, NULL},
    {"product", KAM_TEXT, {"the product", "产品"}, "without -grid"},
    {"product_name", KAM_TEXT, {"its name", "产品名称"}, "without -grid"},
    {"state", KAM_TEXT, {"sold, open, competitor or untouched", "sold 已售、open 进行中、competitor 竞争对手、untouched 未触及"}, "without -grid"},
    {"amount", KAM_MONEY, {"net bought in the window, if sold", "期内净购买额（已售时）"}, "without -grid"},
    {"last_purchase", KAM_DAY, {"last purchase of it, also before the window", "最近购买日（含期前）"}, "without -grid"},
    {"opportunity", KAM_TEXT, {"open opportunity for it", "进行中的商机"}, "without -grid"},
    {"competitor", KAM_TEXT, {"who took it, by the last lost opportunity of the window", "期内最近丢单的竞争对手"}, "without -grid"},
    {"estimate", KAM_MONEY, {"median spend of similar accounts that buy it; in the grid the sum over the cells not sold", "相似客户中购买者的支出中位数；网格中为未售格之和"}, NULL},
    {"n", KAM_INT, {"similar accounts that buy it", "购买它的相似客户数"}, "without -grid"},
    {"of", KAM_INT, {"similar accounts looked at", "所看的相似客户数"}, "without -grid"},
    CMD_COLUMNS_END};

static const cmd_example examples[] = {
    {{"what P1 may spend: the median of those like it", "P1 可能的支出：相似客户的中位数"},
     "table select [whitespace -account P1] product state estimate n of",
     "product\tstate\testimate\tn\tof\nP\tuntouched\t1000.00\t2\t2\nQ\topen\t\t0\t2"},
    {{"as a grid", "网格"}, "whitespace -grid -account L1", "account\tname\tP\tQ\testimate\nL1\tL1\t●\t·\t"},
    CMD_EXAMPLES_END};

static const cmd_setting used[] = {
    {"window", NULL},
    {"lookalike-weights", NULL},
    {"lookalike-neighbours", NULL},
    {"lookalike-sample", NULL},
    {"lookalike-coverage", NULL},
    {"whitespace-max-rows", NULL},
    CMD_SETTINGS_END};

const cmd_spec cmd_whitespace_spec = {
    .name = "whitespace",
    .summary = {"account × product: sold, open, competitor, untouched, with an estimate from similar accounts", "客户 × 产品：已售、进行中、竞争对手、未触及，并按相似客户估计"},
    .detail = {"Sold: bought in the window. Open: an open opportunity for the product. Competitor: an opportunity for it lost in the window with a competitor "
               "on record. The estimate is the median spend of those of the nearest customers (lookalike's distance, setting "
               "lookalike-neighbours) that buy the product; n tells how many do: an estimate from one account is a hint, not a forecast.",
               "已售：期内购买过；进行中：有该产品的未结商机；竞争对手：期内该产品的商机丢给了记录在案的竞争对手。估计值取最相似客户（距离同 lookalike，设置 "
               "lookalike-neighbours）中购买该产品者的支出中位数，n 为其家数：仅一家时只是线索，不是预测。"},
    .effect = CMD_READS,
    .args_size = sizeof(cmd_white_args),
    .args = spec_args,
    .columns = columns,
    .setup = "product add P -name 泵; product add Q -name 阀; foreach {a i} {L1 steel L2 steel P1 steel X tourism} "
             "{account add $a -name $a -known_since 2024-01-01 -industry $i}; transaction add -account L1 -date 2025-01-10 -amount 800 -product P; "
             "transaction add -account L2 -date 2025-01-10 -amount 1200 -product P; opportunity add O1 -account P1 -product Q -opened_on 2025-05-01",
    .settings = used,
    .examples = examples,
    .run = run,
    .why = cmd_white_why,
    .topic = "questions"};

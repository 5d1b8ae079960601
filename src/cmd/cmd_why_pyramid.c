/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_why_pyramid: why an account, product or rep is on its level of the pyramid (J1 for A2), by how much money it holds its
 * place, and what would lift it. */
#include "cmd_alone.h"
#include "cmd_classify.h"
#include "kam_mem.h"
#include <string.h>

/* Everything the explanation looks at. */
struct asked {
    cmd_session *s;
    const cmd_classify_args *a;
    cmd_why *w;
    calc_pyramid_params p;
    const kam_table *rows; /* all of them */
    size_t row;
    int exponent;
};

static const char *level_name(const struct asked *q, const char *key) { return cmd_why_label(q->w, "classify.pyramid.class", key); }

static calc_arg money(const struct asked *q, int64_t minor) { return calc_arg_money(minor, q->exponent); }

static int64_t basis_of(const struct asked *q, size_t row) { return kam_col_int(kam_table_find(q->rows, "basis"), row); }

static const char *key_of(const struct asked *q, size_t row) { return kam_col_text(kam_table_column(q->rows, 0), row); }

/* --- what it was applied to ---------------------------------------------------------------------------------------- */

static cmd_text basis_name(const struct asked *q)
{
    static const cmd_text names[] = {{"revenue of the window", "统计期销售额"}, {"margin of the window", "统计期毛利"},
                                     {"lifetime value", "终身价值"}};
    return names[q->p.basis];
}

/* The newest purchases the basis is the sum of; a rep's are those of the accounts he owns. */
static kam_rc purchases(const struct asked *q, kam_err *err)
{
    char from[KAM_DATE_MAX], to[KAM_DATE_MAX];
    cmd_classify_day(q->p.asof - q->p.window_days, from);
    cmd_classify_day(q->p.asof, to);
    const char *field = q->a->of == CMD_OF_PRODUCTS ? "product" : "account";
    store_where where[] = {{field, STORE_EQ, cmd_why_code(q->w)}, {"date", STORE_GT, from}, {"date", STORE_LE, to}};
    size_t found;
    kam_rc rc = cmd_why_records(q->w, (cmd_text){"one of the newest purchases", "最近的购买之一"}, "transaction", where, 3, "amount",
                                "date", 3, &found, err);
    if (!rc && found == 0 && q->p.basis != CALC_PYRAMID_LIFETIME)
        cmd_why_fact(q->w, (cmd_text){"purchases", "购买"}, NULL, CMD_UNSET_DAY, NULL,
                     (cmd_text){"none from {1} to {2}", "{1} 至 {2} 没有"}, CMD_WHY_ARGS(calc_arg_day(q->p.asof - q->p.window_days + 1),
                     calc_arg_day(q->p.asof)));
    return rc;
}

/* A rep's accounts on the as-of day; *one gets one of them (NULL: none), lent from accounts. */
static kam_rc owned_accounts(const struct asked *q, kam_table **accounts, const char **one, kam_err *err)
{
    kam_table *owners = NULL;
    *one = NULL;
    *accounts = NULL;
    kam_rc rc = store_query_accounts(cmd_session_store(q->s), q->p.asof, accounts, err);
    if (!rc) rc = store_query_owners(cmd_session_store(q->s), q->p.asof, &owners, err);
    if (rc) return rc;
    const kam_column *row = kam_table_find(owners, "row"), *owner = kam_table_find(owners, "owner");
    size_t shown = 0;
    for (size_t i = 0; i < kam_table_rows(owners); i++) {
        if (!kam_streq(kam_col_text(owner, i), cmd_why_code(q->w))) continue;
        const char *code = kam_col_text(kam_table_find(*accounts, "account"), (size_t)kam_col_int(row, i));
        if (!*one) *one = code;
        if (shown++ >= 5) continue;
        kam_str source = KAM_STR_INIT;
        store_where where[] = {{"subject_kind", STORE_EQ, "account"}, {"subject", STORE_EQ, code}, {"attribute", STORE_EQ, "owner"}};
        rc = cmd_why_source(q->w, "assessment", where, 3, "-date", &source, err);
        if (!rc) cmd_why_input(q->w, (cmd_text){"an account it owns", "所负责的客户"}, code, CMD_UNSET_DAY, kam_str_cstr(&source));
        kam_str_release(&source);
        if (rc) break;
    }
    kam_table_unref(owners);
    return rc;
}

static void standing(const struct asked *q, const calc_pyramid_place *at)
{
    char rank[32];
    snprintf(rank, sizeof rank, "%zu", q->row + 1);
    cmd_why_fact(q->w, (cmd_text){"rank", "名次"}, rank, q->p.asof, NULL,
                 (cmd_text){"of {1} with a basis above 0; top goes to rank {2}, major to {3}, ordinary to {4}",
                            "共 {1} 个依据大于零；重要到第 {2} 名，主要到第 {3} 名，普通到第 {4} 名"},
                 CMD_WHY_ARGS(calc_arg_int((int64_t)at->n), calc_arg_int((int64_t)at->cut[0]), calc_arg_int((int64_t)at->cut[1]),
                              calc_arg_int((int64_t)at->cut[2])));
    if (at->can_rise)
        cmd_why_fact(q->w, (cmd_text){"the last one of the level above", "上一层的最后一名"}, key_of(q, at->rise_past), q->p.asof, NULL,
                     (cmd_text){"has {1}, so {2} was missing", "有 {1}，差 {2}"},
                     CMD_WHY_ARGS(money(q, basis_of(q, at->rise_past)), money(q, at->rise_to - basis_of(q, q->row))));
    if (at->can_fall)
        cmd_why_fact(q->w, (cmd_text){"the first one below its level", "其层之下的第一名"}, key_of(q, at->fall_past), q->p.asof, NULL,
                     (cmd_text){"has {1}: the level is held by {2}", "有 {1}：以 {2} 保住本层"},
                     CMD_WHY_ARGS(money(q, basis_of(q, at->fall_past)), money(q, basis_of(q, q->row) - basis_of(q, at->fall_past))));
}

/* --- what would change it ------------------------------------------------------------------------------------------- */

/* The command that adds `minor` to the basis today; false: there is none. */
static bool add_to_basis(const struct asked *q, const char *account, int64_t minor, kam_str *try)
{
    char amount[KAM_CELL_MAX], date[KAM_DATE_MAX];
    cmd_classify_day(q->p.asof, date);
    if (q->p.basis == CALC_PYRAMID_LIFETIME) {
        /* The one thing that moves it without moving the model: a cost of today, or one taken back. */
        cmd_why_try(try, "service-cost add", "-account", cmd_why_code(q->w), "-date", date, "-kind", "serve", "-amount",
                    cmd_classify_money(q->s, -minor, amount), NULL);
        return true;
    }
    if (!account) return false;
    kam_str line = KAM_STR_INIT;
    cmd_why_try(&line, "transaction add", "-account", account, "-date", date, "-amount", cmd_classify_money(q->s, minor, amount), NULL);
    if (q->a->of == CMD_OF_PRODUCTS) kam_str_addf(&line, " -product %s", cmd_why_code(q->w));
    /* Where costs are known a purchase without one would have no margin; where none is, a first one would change the basis. */
    if (q->p.basis == CALC_PYRAMID_MARGIN && cmd_classify_costs_known(q->s, q->p.asof)) kam_str_add(&line, " -cost 0");
    cmd_why_try(try, kam_str_cstr(&line), NULL);
    kam_str_release(&line);
    return true;
}

static void change_to(const struct asked *q, const char *account, int64_t basis, cmd_text more, cmd_text less)
{
    const kam_column *b = kam_table_find(q->rows, "basis"), *c = kam_table_find(q->rows, "class");
    int64_t step = basis - (kam_col_missing(b, q->row) ? 0 : kam_col_int(b, q->row));
    const char *then = calc_pyramid_if(q->rows, q->row, basis, &q->p);
    if (kam_streq(then, kam_col_text(c, q->row))) return;
    kam_str try = KAM_STR_INIT;
    bool can = add_to_basis(q, account, step, &try);
    cmd_why_change(q->w, can ? kam_str_cstr(&try) : NULL, step > 0 ? more : less,
                   CMD_WHY_ARGS(money(q, step > 0 ? step : -step), calc_arg_text(level_name(q, then)), money(q, basis)));
    kam_str_release(&try);
}

/* A rep without accounts: the first account that bought in the window, given to it. */
static void give_account(const struct asked *q)
{
    cmd_facts f = CMD_FACTS_INIT;
    kam_str try = KAM_STR_INIT;
    char date[KAM_DATE_MAX];
    if (cmd_facts_load(q->s, q->p.asof, STORE_F_LEDGER, &f, NULL)) return;
    const kam_ledger *l = f.calc.ledger;
    for (size_t i = 0; i < l->n_accounts && !try.len; i++) {
        cmd_alone_days d = cmd_alone_bought(l, i);
        if (d.n && d.last > q->p.asof - q->p.window_days)
            cmd_why_try(&try, "assessment add", "account", kam_col_text(kam_table_find(f.held.accounts, "account"), i), "owner",
                        cmd_classify_day(q->p.asof, date), "-value", cmd_why_code(q->w), NULL);
    }
    cmd_why_change(q->w, try.len ? kam_str_cstr(&try) : NULL,
                   (cmd_text){"it owns no account on that day; one that buys would give it a level", "当日没有负责的客户；有一个购买的客户即可分层"}, NULL, 0);
    kam_str_release(&try);
    cmd_facts_release(&f);
}

/* Lifetime value of an account that never bought: a purchase gives it one; how much, the model has to say. */
static void first_purchase(const struct asked *q, int64_t minor)
{
    char date[KAM_DATE_MAX], amount[KAM_CELL_MAX];
    kam_str try = KAM_STR_INIT;
    cmd_why_try(&try, "transaction add", "-account", cmd_why_code(q->w), "-date", cmd_classify_day(q->p.asof, date), "-amount",
                cmd_classify_money(q->s, minor, amount), NULL);
    cmd_why_change(q->w, kam_str_cstr(&try), (cmd_text){"a purchase would give it a lifetime value and a level", "有购买即有终身价值并可分层"}, NULL, 0);
    kam_str_release(&try);
}

static void changes(const struct asked *q, const char *account, const calc_pyramid_place *at)
{
    static const cmd_text more = {"{1} more (a basis of {3}) would make it {2}", "再多 {1}（依据 {3}）即为{2}"},
                          less = {"{1} less (a basis of {3}) would make it {2}", "少 {1}（依据 {3}）即为{2}"},
                          first = {"a purchase of {1} would make it {2}", "一次 {1} 的购买即为{2}"};
    const char *class = cmd_why_cell(q->w, "class");
    if (!class)
        cmd_why_change(q->w, NULL, (cmd_text){"a known cost, or the setting default-margin, would give it a level",
                                              "知道成本，或设定 default-margin，即可分层"}, NULL, 0);
    else if (kam_streq(class, "inactive")) {
        int64_t unit = 1;
        for (int i = 0; i < q->exponent; i++) unit *= 10;
        if (q->p.basis == CALC_PYRAMID_LIFETIME) first_purchase(q, 1000 * unit);
        else if (account) change_to(q, account, basis_of(q, q->row) + 1000 * unit, first, first);
        else if (q->a->of == CMD_OF_REPS) give_account(q);
        else cmd_why_change(q->w, NULL, (cmd_text){"a purchase would give it a level", "有购买即可分层"}, NULL, 0);
    } else if (kam_col_missing(kam_table_find(q->rows, "rank"), q->row)) {
        change_to(q, account, at->n >= at->cut[2] && at->cut[2] > 0 ? basis_of(q, at->cut[2] - 1) + 1 : 1, more, less);
    } else {
        if (at->can_rise) change_to(q, account, at->rise_to, more, less);
        if (at->can_fall) change_to(q, account, at->fall_to, more, less);
        if (!at->can_rise && !at->can_fall)
            cmd_why_change(q->w, NULL, (cmd_text){"with so few in the ranking, no amount changes its level", "排名者太少，金额多少都不改变层次"},
                           NULL, 0);
    }
}

static void place_without_rank(const struct asked *q, calc_pyramid_place *at)
{
    const kam_column *rank = kam_table_find(q->rows, "rank");
    if (kam_table_rows(q->rows) && !kam_col_missing(rank, 0)) calc_pyramid_find(q->rows, 0, &q->p, at);
    at->can_rise = at->can_fall = false;
}

static kam_rc explain(const struct asked *q, kam_err *err)
{
    calc_pyramid_place at = {0};
    kam_table *accounts = NULL;
    const char *account = cmd_why_code(q->w);
    kam_rc rc = KAM_OK;
    cmd_why_input_cell(q->w, basis_name(q), "basis", q->p.asof);
    if (kam_col_missing(kam_table_find(q->rows, "rank"), q->row)) place_without_rank(q, &at);
    else {
        calc_pyramid_find(q->rows, q->row, &q->p, &at);
        standing(q, &at);
    }
    if (q->a->of == CMD_OF_REPS) rc = owned_accounts(q, &accounts, &account, err);
    else rc = purchases(q, err);
    kam_str buyer = KAM_STR_INIT;
    if (!rc && q->a->of == CMD_OF_PRODUCTS) rc = cmd_why_source(q->w, "account", NULL, 0, NULL, &buyer, err);
    if (q->a->of == CMD_OF_PRODUCTS) account = buyer.len ? strchr(buyer.s, ' ') + 1 : NULL;
    if (!rc) changes(q, account, &at);
    kam_str_release(&buyer);
    kam_table_unref(accounts);
    return rc;
}

static void settings(const struct asked *q)
{
    static const char *const bases[] = {"revenue", "margin", "lifetime-value"};
    cmd_why_setting(q->w, "pyramid-split");
    cmd_why_setting_or(q->w, "pyramid-basis", "-basis", q->a->basis < 0 ? NULL : bases[q->a->basis]);
    if (q->p.basis == CALC_PYRAMID_LIFETIME) {
        cmd_why_setting(q->w, "discount");
        cmd_why_setting(q->w, "horizon");
        cmd_why_setting(q->w, "default-margin");
        return;
    }
    cmd_classify_why_window(q->w, q->a);
    if (q->p.basis == CALC_PYRAMID_MARGIN) cmd_why_setting(q->w, "default-margin");
}

kam_rc cmd_why_pyramid(cmd_session *s, const cmd_classify_args *a, cmd_why *w, kam_err *err)
{
    struct asked q = {.s = s, .a = a, .w = w, .exponent = cmd_session_exponent(s)};
    kam_table *rows = NULL;
    kam_rc rc = KAM_OK;
    cmd_classify_pyramid(s, a, &q.p);
    cmd_why_rule(w, "A2", (cmd_text){"customer pyramid", "客户金字塔"},
                 (cmd_text){"those with a basis above 0 are ranked by it (ties by code); top, major and ordinary take the shares of the "
                            "setting pyramid-split, at least 1, 2 and 3; the rest is small, and inactive without a purchase",
                            "依据大于零者按其排名（相同按编码）；重要、主要、普通按设置 pyramid-split 的比例取，至少 1、2、3 名；其余为小客户，没有购买为未购买"});
    settings(&q);
    if (cmd_why_rows(w) == 0) return KAM_OK;
    if (a->account.id) rc = cmd_classify_rows(s, a, &rows, err); /* the result has only its row */
    if (rc) return rc;
    q.rows = rows ? rows : cmd_why_table(w);
    const kam_column *key = kam_table_column(q.rows, 0);
    while (q.row < kam_table_rows(q.rows) && !kam_streq(kam_col_text(key, q.row), cmd_why_code(w))) q.row++;
    rc = explain(&q, err);
    kam_table_unref(rows);
    return rc;
}

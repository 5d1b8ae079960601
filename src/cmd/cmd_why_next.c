/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_why_next: why an account got its offer, rank, share, state or reminder (J1 for G1–G6). */
#include "cmd_label.h"
#include "cmd_next.h"
#include "kam_mem.h"
#include <string.h>

static const char *day_text(kam_day d, char buf[KAM_DATE_MAX])
{
    kam_day_format(d, buf);
    return buf;
}

static kam_rc not_a_row(const char *sentence, kam_err *err)
{
    kam_err_set(err, KAM_USAGE, "why: %s", sentence);
    return kam_err_word(err, "why");
}

/* A copy of a cell of the subject's first row; NULL: missing. The caller frees. */
static char *cell_copy(cmd_why *w, const char *column)
{
    const char *c = cmd_why_cell(w, column);
    return c ? kam_strdup(c) : NULL;
}

/* --- G1 -------------------------------------------------------------------------------------------------------------- */

kam_rc cmd_cross_why(cmd_session *s, const void *args, cmd_why *w, kam_err *err)
{
    const cmd_cross_args *a = args;
    (void)s;
    if (a->show != CMD_CROSS_OFFERS) return not_a_row("a rule belongs to no account; ask about the offers", err);
    cmd_why_rule(w, "G1", (cmd_text){"cross-selling", "交叉销售"},
                 (cmd_text){"a product the account never bought, by the rule with the highest confidence whose first product it has; rules pass "
                            "Fisher's exact test with the false ones held at cross-sell-q",
                            "客户从未买过的产品，取其已购产品所在规则中置信度最高者；规则须通过费希尔精确检验，误报比例不超过 cross-sell-q"});
    char *because = cell_copy(w, "because"), *product = cell_copy(w, "product"), date[KAM_DATE_MAX];
    kam_rc rc = KAM_OK;
    if (because && product) {
        store_where where[] = {{"account", STORE_EQ, cmd_why_code(w)}, {"product", STORE_EQ, because},
                               {"date", STORE_LE, day_text(a->asof, date)}};
        rc = cmd_why_records(w, (cmd_text){"purchase of the first product", "前一产品的购买"}, "transaction", where, 3, "amount", "date", 3, NULL, err);
        cmd_why_input(w, (cmd_text){"confidence", "置信度"}, cmd_why_cell(w, "confidence"), CMD_UNSET_DAY, NULL);
        cmd_why_input(w, (cmd_text){"lift", "提升度"}, cmd_why_cell(w, "lift"), CMD_UNSET_DAY, NULL);
        cmd_why_input(w, (cmd_text){"q-value", "q 值"}, cmd_why_cell(w, "q"), CMD_UNSET_DAY, NULL);
        cmd_why_input(w, (cmd_text){"usual lag in days", "通常间隔天数"}, cmd_why_cell(w, "lag_days"), CMD_UNSET_DAY, NULL);
        kam_str try = KAM_STR_INIT;
        kam_str_addf(&try, "transaction add -account {%s} -product {%s} -date %s -amount 1", cmd_why_code(w), product, date);
        cmd_why_change(w, kam_str_cstr(&try), (cmd_text){"once it has bought {1} the offer is gone", "购买 {1} 之后不再推荐"},
                       CMD_WHY_ARGS(calc_arg_text(product)));
        kam_str_release(&try);
    } else {
        cmd_why_note(w, (cmd_text){"no rule leads from what it has to something it lacks", "没有规则由其已购产品指向未购产品"}, NULL, 0);
    }
    cmd_why_setting(w, "cross-sell-support");
    cmd_why_setting(w, "cross-sell-q");
    cmd_why_setting(w, "cross-sell-offers");
    kam_free(because);
    kam_free(product);
    return rc;
}

/* --- G2 -------------------------------------------------------------------------------------------------------------- */

kam_rc cmd_look_why(cmd_session *s, const void *args, cmd_why *w, kam_err *err)
{
    const cmd_look_args *a = args;
    cmd_look k = {0};
    kam_table *t = NULL;
    cmd_why_rule(w, "G2", (cmd_text){"likeness", "相似度"},
                 (cmd_text){"mean over the nearest of the group of 1 − d²/2, d² the weighted mean of standardised squared differences in the "
                            "columns known of both",
                            "对参照组中最近几个客户取 1 − d²/2 的平均，d² 为双方已知各列标准化平方差的加权平均"});
    kam_rc rc = cmd_look_load(s, a, &k, err);
    if (rc) return rc;
    size_t at = cmd_next_place(k.profiles, "account", cmd_why_code(w));
    if (at != SIZE_MAX) rc = calc_look_detail(&k.space, k.role, &k.p, at, &t, err);
    for (size_t i = 0; t && !rc && i < kam_table_rows(t); i++) {
        const kam_column *value = kam_table_find(t, "value"), *adds = kam_table_find(t, "adds"), *name = kam_table_find(t, "column");
        const char *column = kam_col_text(name, i);
        kam_str source = KAM_STR_INIT, item = KAM_STR_INIT;
        kam_str_addf(&source, "account.%s", column);
        const char *word = cmd_label_text(kam_str_cstr(&source), cmd_session_lang(s));
        kam_str_clear(&source);
        kam_str_addf(&source, "account %s", cmd_why_code(w));
        kam_str_add(&item, word ? word : column);
        if (!kam_col_missing(adds, i)) kam_str_addf(&item, " (%.3f)", kam_col_real(adds, i));
        cmd_why_input(w, (cmd_text){kam_str_cstr(&item), kam_str_cstr(&item)}, kam_col_missing(value, i) ? NULL : kam_col_text(value, i),
                      CMD_UNSET_DAY, kam_str_cstr(&source));
        kam_str_release(&source);
        kam_str_release(&item);
    }
    if (t && !rc && kam_table_rows(t)) {
        char *nearest = cell_copy(w, "nearest");
        cmd_why_note(w, (cmd_text){"in brackets: what a column adds to the likeness; the nearest account is {1}", "括号内为该列对相似度的贡献；最近的客户为 {1}"},
                     CMD_WHY_ARGS(calc_arg_text(nearest)));
        kam_free(nearest);
    } else if (!rc) {
        cmd_why_note(w, (cmd_text){"it is no candidate, or too little is known of it to be compared", "它不是候选，或已知信息太少无法比较"}, NULL, 0);
    }
    cmd_why_setting(w, "lookalike-weights");
    cmd_why_setting(w, "lookalike-neighbours");
    cmd_why_setting(w, "lookalike-coverage");
    if (!a->product.id) cmd_why_setting(w, "ladder-loyal-share");
    kam_table_unref(t);
    cmd_look_release(&k);
    return rc;
}

/* --- G5 -------------------------------------------------------------------------------------------------------------- */

kam_rc cmd_wallet_why(cmd_session *s, const void *args, cmd_why *w, kam_err *err)
{
    const cmd_wallet_args *a = args;
    calc_wallet_params p;
    char from[KAM_DATE_MAX], to[KAM_DATE_MAX];
    if (a->show != CMD_WALLET_ACCOUNTS) return not_a_row("measures are of the whole portfolio; ask about an account", err);
    cmd_wallet_params(s, a->asof, a->window, &p);
    cmd_why_rule(w, "G5", (cmd_text){"share of wallet", "客户份额"},
                 (cmd_text){"net of the window, as a year, divided by the annual spend in our category", "期内净额折合全年，除以品类年支出"});
    kam_str source = KAM_STR_INIT, try = KAM_STR_INIT;
    kam_str_addf(&source, "account %s", cmd_why_code(w));
    cmd_why_input(w, (cmd_text){"annual spend", "品类年支出"}, cmd_why_cell(w, "annual_spend"), CMD_UNSET_DAY, kam_str_cstr(&source));
    cmd_why_input(w, (cmd_text){"ours in the window", "期内我方"}, cmd_why_cell(w, "ours"), CMD_UNSET_DAY, NULL);
    cmd_why_input(w, (cmd_text){"ours in the window before", "前一期我方"}, cmd_why_cell(w, "before"), CMD_UNSET_DAY, NULL);
    store_where where[] = {{"account", STORE_EQ, cmd_why_code(w)}, {"date", STORE_GT, day_text(a->asof - p.window_days, from)},
                           {"date", STORE_LE, day_text(a->asof, to)}};
    kam_rc rc = cmd_why_records(w, (cmd_text){"purchase in the window", "期内购买"}, "transaction", where, 3, "amount", "date", 5, NULL, err);
    cmd_why_setting(w, "window");
    cmd_why_setting(w, "lifecycle-growing-ratio");
    cmd_why_setting(w, "lifecycle-declining-ratio");
    double ours;
    if (!rc && cmd_why_number(w, "ours", &ours) && ours > 0) {
        calc_arg spend = calc_arg_money((int64_t)(ours * 2 * 365 / p.window_days), cmd_session_exponent(s));
        kam_str_addf(&try, "account set {%s} -annual_spend %s", cmd_why_code(w), spend.buf);
        cmd_why_change(w, kam_str_cstr(&try), (cmd_text){"an annual spend of {1} would make the share one half", "品类年支出若为 {1}，份额即为一半"},
                       CMD_WHY_ARGS(spend));
    }
    kam_str_release(&source);
    kam_str_release(&try);
    return rc;
}

/* The cells that are worth most among those not sold. */
static void white_cells(cmd_why *w)
{
    const kam_table *t = cmd_why_table(w);
    const kam_column *state = kam_table_find(t, "state"), *product = kam_table_find(t, "product"), *worth = kam_table_find(t, "estimate"),
                     *opportunity = kam_table_find(t, "opportunity"), *last = kam_table_find(t, "last_purchase");
    for (size_t i = 0; i < cmd_why_rows(w); i++) {
        size_t r = cmd_why_row(w, i);
        const char *what = kam_col_text(state, r), *code = kam_col_text(product, r);
        kam_str item = KAM_STR_INIT, source = KAM_STR_INIT;
        const char *word = cmd_label_word(state, what, cmd_session_lang(cmd_why_session(w)));
        kam_str_addf(&item, "%s: %s", code, word ? word : what);
        if (!kam_col_missing(opportunity, r)) kam_str_addf(&source, "opportunity %s", kam_col_text(opportunity, r));
        char cell[KAM_CELL_MAX];
        bool missing = kam_col_missing(worth, r), sold = kam_streq(what, "sold");
        const char *value = sold ? kam_table_cell(t, (size_t)kam_table_index(t, "amount"), r, cell)
                          : missing ? NULL : kam_table_cell(t, (size_t)kam_table_index(t, "estimate"), r, cell);
        cmd_why_input(w, (cmd_text){kam_str_cstr(&item), kam_str_cstr(&item)}, value, kam_col_missing(last, r) ? CMD_UNSET_DAY : kam_col_int(last, r),
                      source.len ? kam_str_cstr(&source) : NULL);
        kam_str_release(&item);
        kam_str_release(&source);
    }
}

kam_rc cmd_white_why(cmd_session *s, const void *args, cmd_why *w, kam_err *err)
{
    const cmd_white_args *a = args;
    (void)s;
    if (a->grid) return not_a_row("a row of the grid holds many states; ask without -grid", err);
    cmd_why_rule(w, "G5", (cmd_text){"white space", "空白"},
                 (cmd_text){"sold: a purchase in the window; open: an open opportunity for the product; competitor: one lost in the window with a "
                            "competitor on record; else untouched. Values: amount if sold, else the estimate",
                            "已售：期内有购买；进行中：该产品有未结商机；竞争对手：期内丢给记录在案的竞争对手；否则未触及。值：已售为金额，否则为估计"});
    white_cells(w);
    const kam_table *t = cmd_why_table(w);
    const kam_column *state = kam_table_find(t, "state"), *product = kam_table_find(t, "product");
    for (size_t i = 0; i < cmd_why_rows(w); i++) {
        size_t r = cmd_why_row(w, i);
        char date[KAM_DATE_MAX];
        if (kam_streq(kam_col_text(state, r), "sold")) continue;
        kam_str try = KAM_STR_INIT;
        kam_str_addf(&try, "transaction add -account {%s} -product {%s} -date %s -amount 1", cmd_why_code(w), kam_col_text(product, r), day_text(a->asof, date));
        cmd_why_change(w, kam_str_cstr(&try), (cmd_text){"a purchase would make {1} sold", "购买一次，{1} 即为已售"}, CMD_WHY_ARGS(calc_arg_text(kam_col_text(product, r))));
        kam_str_release(&try);
        break;
    }
    cmd_why_setting(w, "window");
    cmd_why_setting(w, "lookalike-neighbours");
    cmd_why_setting(w, "lookalike-weights");
    return KAM_OK;
}

/* --- G4 -------------------------------------------------------------------------------------------------------------- */

/* The record a reminder stands in: "action 7", "contract C1", "contact H-1", "account A". */
static kam_rc remind_record(cmd_why *w, size_t row, kam_err *err)
{
    static const struct { const char *reminder, *entity, *key, *day; } kinds[] = {
        {"birthday", "contact", "code", "birthday"}, {"known", "account", "code", "known_since"}, {"member", "account", "code", "member_since"},
        {"renewal", "contract", "code", "renewal_on"}, {"end", "contract", "code", "end"}};
    const kam_table *t = cmd_why_table(w);
    const char *reminder = kam_col_text(kam_table_find(t, "reminder"), row), *source = kam_col_text(kam_table_find(t, "source"), row);
    const char *key = strchr(source, ' ');
    const char *what = kam_col_text(kam_table_find(t, "what"), row);
    for (size_t i = 0; key && i < sizeof kinds / sizeof *kinds; i++) {
        if (!kam_streq(kinds[i].reminder, reminder)) continue;
        store_where where[] = {{kinds[i].key, STORE_EQ, key + 1}};
        return cmd_why_records(w, (cmd_text){what, what}, kinds[i].entity, where, 1, kinds[i].day, kinds[i].day, 1, NULL, err);
    }
    if (kam_streq(reminder, "step") && key) {
        bool action = strncmp(source, "action", 6) == 0;
        store_where where[] = {{"id", STORE_EQ, key + 1}};
        return cmd_why_records(w, (cmd_text){what, what}, action ? "action" : "interaction", where, 1, action ? "due" : "next_on",
                               action ? "due" : "next_on", 1, NULL, err);
    }
    return KAM_OK;
}

kam_rc cmd_remind_why(cmd_session *s, const void *args, cmd_why *w, kam_err *err)
{
    const cmd_remind_args *a = args;
    kam_rc rc = KAM_OK;
    bool buys = false;
    char date[KAM_DATE_MAX];
    (void)s;
    cmd_why_rule(w, "G4", (cmd_text){"reminders", "提醒"},
                 (cmd_text){"days from the as-of day to so many days ahead; overdue steps always; a purchase is due when next-purchase expects it",
                            "截止日期起若干天之内；逾期步骤总是列出；预计采购日取自 next-purchase"});
    for (size_t i = 0; !rc && i < cmd_why_rows(w); i++) {
        size_t row = cmd_why_row(w, i);
        buys |= kam_streq(kam_col_text(kam_table_find(cmd_why_table(w), "reminder"), row), "purchase");
        rc = remind_record(w, row, err);
    }
    if (!rc && buys) {
        store_where where[] = {{"account", STORE_EQ, cmd_why_code(w)}, {"date", STORE_LE, day_text(a->asof, date)}};
        rc = cmd_why_records(w, (cmd_text){"purchase", "购买"}, "transaction", where, 2, "amount", "date", 5, NULL, err);
        kam_str try = KAM_STR_INIT;
        kam_str_addf(&try, "transaction add -account {%s} -date %s -amount 1", cmd_why_code(w), date);
        cmd_why_change(w, kam_str_cstr(&try), (cmd_text){"a purchase on the as-of day moves the next one on", "当日购买一次，下次预计日随之后移"}, NULL, 0);
        kam_str_release(&try);
    }
    cmd_why_setting(w, "reminder-days");
    if (buys) cmd_why_setting(w, "reminder-purchases");
    if (buys) cmd_why_setting(w, "next-purchase-lost");
    return rc;
}

/* --- G6 -------------------------------------------------------------------------------------------------------------- */

kam_rc cmd_campaign_why(cmd_session *s, const void *args, cmd_why *w, kam_err *err)
{
    const cmd_campaign_args *a = args;
    double from, until;
    char after[KAM_DATE_MAX], last[KAM_DATE_MAX];
    (void)s;
    if (a->show != CMD_CAMPAIGN_ACCOUNTS) return not_a_row("measures belong to no account; ask with -show accounts", err);
    cmd_why_rule(w, "G6", (cmd_text){"campaign", "营销活动"},
                 (cmd_text){"touched: the mailing was sent to somebody there; orders and net of the days after, against as many days before",
                            "触达：该客户有人收到；计其后若干天的订单与净额，并与此前同样天数相比"});
    cmd_why_input(w, (cmd_text){"touched", "触达"}, cmd_why_cell(w, "touched"), CMD_UNSET_DAY, NULL);
    kam_rc rc = KAM_OK;
    if (cmd_why_number(w, "from", &from) && cmd_why_number(w, "until", &until)) {
        store_where where[] = {{"account", STORE_EQ, cmd_why_code(w)}, {"date", STORE_GT, day_text((kam_day)from, after)},
                               {"date", STORE_LE, day_text((kam_day)until, last)}};
        rc = cmd_why_records(w, (cmd_text){"purchase in these days", "其间购买"}, "transaction", where, 3, "amount", "date", 5, NULL, err);
        if (until > from) {
            kam_str try = KAM_STR_INIT;
            kam_str_addf(&try, "transaction add -account {%s} -date %s -amount 1", cmd_why_code(w), last);
            cmd_why_change(w, kam_str_cstr(&try), (cmd_text){"a purchase on {1} would count", "{1} 的购买会计入"}, CMD_WHY_ARGS(calc_arg_day((kam_day)until)));
            kam_str_release(&try);
        }
    }
    cmd_why_setting(w, "campaign-days");
    cmd_why_setting(w, "level");
    return rc;
}

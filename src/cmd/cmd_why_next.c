/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_why_next: why an account got its offer, rank, share, state or reminder (J1 for G1–G6). */
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
        char num[KAM_NUM_MAX] = "-";
        if (!kam_col_missing(adds, i)) kam_format_real(kam_col_real(adds, i), num);
        kam_str_addf(&source, "account %s", cmd_why_code(w));
        kam_str_addf(&item, "%s (%s)", column, num);
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

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

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* C2 of `lifetime-value`: what contracts are worth. */
#include "cmd_lifetime_args.h"
#include "kam_mem.h"
#include "kam_money.h"
#include "kam_str.h"
#include <math.h>

static void measure(kam_column **c, const char *name, double value, bool known)
{
    kam_col_push_text(c[0], name);
    if (known) kam_col_push_real(c[1], value);
    else kam_col_push_missing(c[1]);
}

/* By formula from -margin and -retention: one period is a year, the discount is that of a year. */
kam_rc cmd_lifetime_formula(cmd_session *s, const struct lifetime_args *a, double discount, int months, cmd_value *out,
                            kam_err *err)
{
    double m = kam_money_to_major(a->margin, cmd_session_exponent(s)), endless, horizon, growing = 0;
    int periods = (months + 11) / 12;
    kam_rc rc = calc_contract_endless(m, a->retention, discount, &endless, err);
    if (!rc) rc = calc_contract_horizon(m, a->retention, discount, periods, &horizon, err);
    if (!rc && !isnan(a->growth)) rc = calc_contract_growing(m, a->retention, discount, a->growth, &growing, err);
    if (rc) return rc;
    kam_table *t = kam_table_new();
    kam_column *c[] = {kam_table_add_column(t, "measure", KAM_TEXT, "measure.measure"),
                       kam_table_add_column(t, "value", KAM_REAL, "measure.value")};
    measure(c, "endless", endless, true);
    measure(c, "horizon", horizon, true);
    measure(c, "growing", growing, !isnan(a->growth));
    kam_table_add_note(t, cmd_session_say(s, (cmd_text){
        "margin at the end of each year, the first one survived with the retention rate: m·r/(1+d−r) (C2)",
        "每年末收取，首期以保留率计：m·r/(1+d−r)（C2）"}));
    kam_table_seal(t);
    cmd_value_take_table(out, t);
    return KAM_OK;
}

/* From contract records: renewals lived through give a shifted-beta-geometric retention. */
kam_rc cmd_lifetime_sbg(const kam_table *contracts, calc_sbg_fit *fit, kam_err *err)
{
    size_t n = kam_table_rows(contracts), m = 0;
    int32_t *periods = kam_calloc(n + 1, sizeof *periods);
    uint8_t *ended = kam_calloc(n + 1, sizeof *ended);
    const kam_column *lived = kam_table_find(contracts, "periods"), *over = kam_table_find(contracts, "ended");
    for (size_t i = 0; i < n; i++) {
        bool end = kam_col_int(over, i) != 0;
        int64_t k = kam_col_int(lived, i);
        if (end && k < 1) k = 1;
        periods[m] = (int32_t)k;
        ended[m++] = end;
    }
    kam_rc rc = calc_sbg_fit_model(m, periods, ended, fit, err);
    kam_free(periods);
    kam_free(ended);
    return rc;
}

double cmd_lifetime_months(const char *period)
{
    return kam_streq(period, "month") ? 1 : kam_streq(period, "quarter") ? 3 : kam_streq(period, "half-year") ? 6 : 12;
}

/* What contracts can leave open; calc_sbg_fit_model has no other flags. */
static const cmd_text SBG_TEXT[CALC_FIT_FLAT + 1] = {
    [CALC_FIT_NO_DROPOUT] = {"no contract has ended: what is left is an upper bound", "没有合同终止过：剩余价值是上限"},
    [CALC_FIT_EQUAL_DROPOUT] = {"these data show no contracts that hold longer than others: one retention for all",
                                "数据中看不出哪些合同更持久：所有合同用同一个续约率"},
    [CALC_FIT_POLAR_DROPOUT] = {"in these data a contract ends at once or never", "数据中合同要么立即终止要么从不终止"},
};

kam_rc cmd_lifetime_contracts(cmd_session *s, const struct lifetime_args *a, double discount, cmd_value *out, kam_err *err)
{
    kam_table *contracts = NULL, *accounts = NULL;
    calc_sbg_fit fit;
    kam_rc rc = store_query_contracts(cmd_session_store(s), a->asof, &contracts, err);
    if (!rc) rc = store_query_accounts(cmd_session_store(s), a->asof, &accounts, err);
    if (!rc && !kam_table_rows(contracts)) {
        kam_err_set(err, KAM_CALC, "lifetime-value: no contracts on or before the as-of date; add some (`contract add`) or give "
                                   "-margin and -retention");
        rc = kam_err_word(err, "NODATA");
    }
    if (!rc) rc = cmd_lifetime_sbg(contracts, &fit, err);
    if (rc) {
        kam_table_unref(contracts);
        kam_table_unref(accounts);
        return rc;
    }
    kam_table *t = kam_table_new();
    kam_table_set_currency(t, cmd_session_currency(s), cmd_session_exponent(s));
    kam_column *account = kam_table_add_column(t, "account", KAM_TEXT, NULL),
               *contract = kam_table_add_column(t, "contract", KAM_TEXT, NULL),
               *price = kam_table_add_column(t, "price", KAM_MONEY, "contract.price"),
               *survived = kam_table_add_column(t, "periods", KAM_INT, "lifetime.periods"),
               *ended = kam_table_add_column(t, "ended", KAM_FLAG, "lifetime.ended"),
               *retention = kam_table_add_column(t, "retention", KAM_REAL, "lifetime.retention"),
               *residual = kam_table_add_column(t, "residual_periods", KAM_REAL, "lifetime.residual_periods"),
               *future = kam_table_add_column(t, "future_value", KAM_MONEY, "lifetime.future_value");
    const kam_column *code = kam_table_find(accounts, "account");
    for (size_t i = 0; !rc && i < kam_table_rows(contracts); i++) {
        const char *who = kam_col_text(code, (size_t)kam_col_int(kam_table_find(contracts, "row"), i));
        if (a->account.id && !kam_streq(who, a->account.code)) continue;
        int32_t k = (int32_t)kam_col_int(kam_table_find(contracts, "periods"), i);
        bool over = kam_col_int(kam_table_find(contracts, "ended"), i) != 0;
        double months = cmd_lifetime_months(kam_col_text(kam_table_find(contracts, "period"), i)), left = 0;
        if (!over) rc = calc_sbg_residual(&fit, k, pow(1 + discount, months / 12) - 1, &left, err);
        if (rc) break;
        int64_t minor = kam_col_int(kam_table_find(contracts, "price"), i);
        kam_col_push_text(account, who);
        kam_col_push_from(contract, kam_table_find(contracts, "contract"), i);
        kam_col_push_from(price, kam_table_find(contracts, "price"), i);
        kam_col_push_int(survived, k);
        kam_col_push_int(ended, over);
        if (over) kam_col_push_missing(retention);
        else kam_col_push_real(retention, calc_sbg_retention(&fit, k + 1));
        kam_col_push_real(residual, left);
        kam_col_push_int(future, (int64_t)llround((double)minor * left));
    }
    kam_table_unref(contracts);
    kam_table_unref(accounts);
    if (SBG_TEXT[fit.flag].en) {
        kam_str note = KAM_STR_INIT;
        kam_str_addf(&note, "%s%s", cmd_session_say(s, (cmd_text){"sBG: ", "sBG："}), cmd_session_say(s, SBG_TEXT[fit.flag]));
        kam_table_add_note(t, kam_str_cstr(&note));
        kam_str_release(&note);
    }
    kam_table_seal(t);
    if (rc) kam_table_unref(t);
    else cmd_value_take_table(out, t);
    return rc;
}

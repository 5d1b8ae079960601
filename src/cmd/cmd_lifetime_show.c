/* SPDX-License-Identifier: GPL-3.0-or-later */
/* C3 of `lifetime-value`: the views of the fitted model, and what the model says of itself. */
#include "calc_btyd_check.h"
#include "calc_future.h"
#include "cmd_lifetime_args.h"
#include "kam_str.h"
#include "store_setting.h"
#include <math.h>
#include <string.h>

static const calc_text note_horizon = {"lifetime.horizon", "the next {1} months at {2} a year; intervals at level {3} (settings horizon, discount, level)",
                                       "未来 {1} 个月，年折现率 {2}；区间水平 {3}（设置 horizon、discount、level）"};
static const calc_text note_endless = {"lifetime.endless", "without end, at {1} a year (setting discount)", "不设期限，年折现率 {1}（设置 discount）"};
static const calc_text note_no_value = {"lifetime.novalue",
    "{1} repeat purchase days without a positive value (free, without margin or of unknown cost) count as purchases, not in the values",
    "{1} 个重复购买日没有正的金额或毛利（赠送、无毛利或成本未知）：算作购买，不计入金额模型"};
static const calc_text note_returns = {"lifetime.returns", "{1} days of more returned than bought are left out",
                                       "{1} 个退货多于购买的日子不计"};
enum { EQUITY_SEED = 20050501, EQUITY_DRAWS = 400 };

/* In the order of calc_fit_flag. */
static const cmd_text FLAG_TEXT[] = {
    [CALC_FIT_OK] = {"", ""},
    [CALC_FIT_NO_REPEAT] = {"no account bought twice: a common small rate is assumed; do not rank accounts by these figures",
                            "没有客户重复购买：假定一个共同的低频率；不要据此给客户排名"},
    [CALC_FIT_ONE_ACCOUNT] = {"one account only: its own mean rate is used and no drop-out is assumed",
                              "只有一个客户：用其自身平均频率，并假定不会流失"},
    [CALC_FIT_NO_DROPOUT] = {"these data show no drop-out: the figures are those of the model without churn",
                             "数据中看不出流失：数值取自无流失的模型"},
    [CALC_FIT_EQUAL_DROPOUT] = {"all accounts drop out alike in these data: two parameters run off together and only their ratio counts",
                                "数据中各客户流失倾向相同：两个参数一同趋于无穷，只有其比值有意义"},
    [CALC_FIT_EQUAL_RATE] = {"all accounts buy at the same rate in these data: r and alpha run off together and only their ratio counts",
                             "数据中各客户购买频率相同：r 与 alpha 一同趋于无穷，只有其比值有意义"},
    [CALC_FIT_EQUAL_BOTH] = {"all accounts buy at the same rate and drop out alike in these data: only ratios of the parameters count",
                             "数据中各客户购买频率与流失倾向都相同：只有参数之比有意义"},
    [CALC_FIT_POLAR_DROPOUT] = {"in these data an account leaves at once or never: a parameter runs to 0",
                                "数据中客户要么立即流失要么从不流失：某个参数趋于 0"},
    [CALC_FIT_FLAT] = {"several parameter sets explain these data equally well: trust the expectations, not the single parameters",
                       "多组参数对数据的解释一样好：可信的是预期值，而非单个参数"},
};

/* In the order of calc_spend_flag. */
static const cmd_text SPEND_TEXT[] = {
    [CALC_SPEND_OK] = {"", ""},
    [CALC_SPEND_FEW] = {"fewer than three accounts with the value of a repeat purchase: the plain mean of all purchases stands for every account",
                        "有重复购买金额的客户不足三个：所有客户都用全部购买的简单平均"},
    [CALC_SPEND_EQUAL] = {"accounts do not differ in the value of a purchase: q and v run off together, and all have the common mean",
                          "各客户每次购买的金额没有差别：q 与 v 一同趋于无穷，所有客户都取共同平均"},
    [CALC_SPEND_CONSTANT] = {"means of few purchases scatter no more than means of many: p runs off, and an account's own mean is what it is expected to spend",
                             "少数几次购买的平均并不比多次购买的更分散：p 趋于无穷，预期金额即客户自身的平均"},
    [CALC_SPEND_HEAVY_TAIL] = {"values of purchases differ so much between accounts that the model has no mean (q is 1 or less): the observed mean "
                               "stands for accounts without repeat purchases",
                               "客户之间每次购买的金额相差太大，模型没有平均值（q 不大于 1）：没有重复购买的客户用观察到的平均"},
};

cmd_text cmd_lifetime_flag(const calc_btyd_fit *fit) { return FLAG_TEXT[fit->flag]; }

static bool has_money(const kam_table *t)
{
    for (size_t i = 0; i < kam_table_columns(t); i++)
        if (kam_col_type(kam_table_column(t, i)) == KAM_MONEY) return true;
    return false;
}

/* What the model of values could not tell, and which days it did not see; under other tables of money only what stands in for it. */
static void say_spend(cmd_session *s, const cmd_lifetime *l, kam_table *t)
{
    const calc_spend_flag flag = l->has_spend ? l->spend.flag : CALC_SPEND_OK;
    const bool shown = kam_table_title(t) && strcmp(kam_table_title(t), "lifetime-value.spend") == 0;
    const bool stand_in = flag == CALC_SPEND_FEW || flag == CALC_SPEND_HEAVY_TAIL;
    if (flag != CALC_SPEND_OK && (shown || (stand_in && has_money(t)))) kam_table_add_note(t, cmd_session_say(s, SPEND_TEXT[flag]));
    if (!shown) return;
    const struct {
        uint64_t n;
        const calc_text *text;
    } left_out[] = {{l->summary.days_without_spend, &note_no_value}, {l->summary.days_negative, &note_returns}};
    for (size_t i = 0; i < sizeof left_out / sizeof *left_out; i++) {
        kam_str b = KAM_STR_INIT;
        if (!left_out[i].n) continue;
        calc_say(&b, cmd_facts_lang(s), left_out[i].text, (const calc_arg[]){calc_arg_int((int64_t)left_out[i].n)}, 1);
        kam_table_add_note(t, kam_str_cstr(&b));
        kam_str_release(&b);
    }
}

/* The same table with a line saying which model speaks and what it cannot tell. Takes t. */
kam_table *cmd_lifetime_noted(cmd_session *s, const cmd_lifetime *l, bool chosen, kam_table *t)
{
    kam_table *noted = kam_table_new();
    kam_str b = KAM_STR_INIT;
    kam_table_set_currency(noted, kam_table_currency(t), kam_table_exponent(t));
    if (kam_table_title(t)) kam_table_set_title(noted, kam_table_title(t));
    for (size_t i = 0; i < kam_table_columns(t); i++) kam_table_share_column(noted, kam_table_column(t, i), NULL);
    for (size_t i = 0; i < kam_table_notes(t); i++) kam_table_add_note(noted, kam_table_note(t, i));
    kam_str_addf(&b, "%s%s", cmd_session_say(s, (cmd_text){"model: ", "模型："}), calc_btyd_model_name(l->fit.model));
    if (chosen) kam_str_add(&b, cmd_session_say(s, (cmd_text){" (least AIC)", "（AIC 最小）"}));
    kam_table_add_note(noted, kam_str_cstr(&b));
    if (l->fit.flag != CALC_FIT_OK) kam_table_add_note(noted, cmd_session_say(s, FLAG_TEXT[l->fit.flag]));
    say_spend(s, l, noted);
    if (l->amount_for_margin)
        kam_table_add_note(noted, cmd_session_say(s, (cmd_text){"no cost is known anywhere: amounts stand for margins",
                                                                "全无成本数据：以金额代替毛利"}));
    kam_table_seal(noted);
    kam_str_release(&b);
    kam_table_unref(t);
    return noted;
}

static kam_rc equity(cmd_session *s, const cmd_lifetime *l, kam_table **out, kam_err *err)
{
    calc_equity e;
    kam_rc rc = calc_value_equity(&l->summary, &l->fit, l->has_spend ? &l->spend : NULL, &l->value, EQUITY_SEED, EQUITY_DRAWS,
                                  &e, err);
    if (!rc) *out = calc_equity_table(&e, cmd_session_exponent(s));
    return rc;
}

static kam_rc spend_table(cmd_session *s, const cmd_lifetime *l, double level, kam_table **out, kam_err *err)
{
    if (!l->has_spend) {
        kam_err_set(err, KAM_CALC, "lifetime-value: no account has a repeat purchase with a positive value, so the value of a "
                                   "purchase cannot be estimated");
        return kam_err_word(err, "NODATA");
    }
    double limit = 0.2;
    store_setting_real(cmd_session_store(s), "spend-correlation", &limit);
    *out = calc_spend_fit_table(&l->spend, level, limit, cmd_facts_lang(s));
    return KAM_OK;
}

static kam_rc accounts(cmd_session *s, const cmd_lifetime *l, const cmd_lifetime_spec *spec, const struct lifetime_args *a,
                       kam_table **out, kam_err *err)
{
    kam_table *all = NULL;
    kam_rc rc = cmd_lifetime_accounts(s, l, spec, &all, err);
    if (rc) return rc;
    if (!isnan(a->ahead)) {
        kam_table *plain = all;
        all = calc_future_ahead(plain, &l->summary, &l->fit, a->ahead);
        kam_table_unref(plain);
    }
    *out = a->account.id ? cmd_rows_where(all, "account", a->account.code) : kam_table_ref(all);
    kam_table_unref(all);
    return KAM_OK;
}

static kam_rc shown(cmd_session *s, const struct lifetime_args *a, const cmd_lifetime *l, const cmd_lifetime_spec *spec,
                    int show, kam_table **out, kam_err *err)
{
    const kam_ledger *ledger = l->facts.calc.ledger;
    calc_check_spec check = {cmd_facts_lang(s), 0.05};
    store_setting_real(cmd_session_store(s), "significance", &check.significance);
    switch (show) {
    case LIFETIME_MODEL: *out = calc_btyd_fit_table(&l->fit, spec->level); return KAM_OK;
    case LIFETIME_SPEND: return spend_table(s, l, spec->level, out, err);
    case LIFETIME_FIT: *out = calc_btyd_check_counts(&l->fit, &l->data, &check); return KAM_OK;
    case LIFETIME_PORTFOLIO: return equity(s, l, out, err);
    case LIFETIME_TRACKING: *out = calc_btyd_check_tracking(&l->fit, &l->summary, ledger, spec->asof, &check); return KAM_OK;
    case LIFETIME_HOLDOUT: *out = calc_btyd_check_holdout(&l->fit, &l->summary, ledger, spec->asof, spec->level, &check); return KAM_OK;
    case LIFETIME_ACCOUNTS: return accounts(s, l, spec, a, out, err);
    default: return cmd_lifetime_future(s, a, l, spec, show, out, err);
    }
}

/* Views of the future say how far they look and at which rate. Takes t. */
static kam_table *with_horizon(cmd_session *s, const cmd_lifetime *l, const cmd_lifetime_spec *spec, int show, kam_table *t)
{
    bool endless = show == LIFETIME_RESIDUAL && l->fit.model == CALC_BTYD_PARETO;
    bool ahead = show == LIFETIME_ACCOUNTS || show == LIFETIME_PORTFOLIO || (show >= LIFETIME_NEW && show < LIFETIME_MODELS);
    if (!ahead) return t;
    kam_table *noted = kam_table_new();
    kam_str b = KAM_STR_INIT;
    kam_table_set_currency(noted, kam_table_currency(t), kam_table_exponent(t));
    if (kam_table_title(t)) kam_table_set_title(noted, kam_table_title(t));
    for (size_t i = 0; i < kam_table_columns(t); i++) kam_table_share_column(noted, kam_table_column(t, i), NULL);
    for (size_t i = 0; i < kam_table_notes(t); i++) kam_table_add_note(noted, kam_table_note(t, i));
    if (endless) calc_say(&b, cmd_facts_lang(s), &note_endless, (const calc_arg[]){calc_arg_pct(spec->discount_year)}, 1);
    else
        calc_say(&b, cmd_facts_lang(s), &note_horizon,
                 (const calc_arg[]){calc_arg_int(spec->horizon_months), calc_arg_pct(spec->discount_year), calc_arg_pct(spec->level)}, 3);
    kam_table_add_note(noted, kam_str_cstr(&b));
    kam_table_seal(noted);
    kam_str_release(&b);
    kam_table_unref(t);
    return noted;
}

kam_rc cmd_lifetime_show(cmd_session *s, const struct lifetime_args *a, const cmd_lifetime *l, const cmd_lifetime_spec *spec,
                         int show, kam_table **out, kam_err *err)
{
    kam_table *t = NULL;
    kam_rc rc = shown(s, a, l, spec, show, &t, err);
    if (!rc) *out = cmd_lifetime_noted(s, l, spec->model == CMD_LIFETIME_AUTO, with_horizon(s, l, spec, show, t));
    return rc;
}

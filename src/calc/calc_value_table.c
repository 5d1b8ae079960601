/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fits, scores and equity as tables: the columns of `lifetime-value` are spelled here and nowhere else. */
#include "calc_special.h"
#include "calc_value.h"
#include "kam_mem.h"
#include "kam_money.h"
#include <math.h>

static void push_minor(kam_column *c, double minor, bool known)
{
    int64_t v;
    if (known && kam_money_from_major(minor, 0, &v)) kam_col_push_int(c, v);
    else kam_col_push_missing(c);
}

static void push_real(kam_column *c, double v, bool known)
{
    if (known) kam_col_push_real(c, v);
    else kam_col_push_missing(c);
}

static kam_column *column(kam_table *t, const char *name, kam_type type, size_t rows)
{
    kam_column *c = kam_table_add_column(t, name, type, NULL);
    kam_col_reserve(c, rows);
    return c;
}

/* A column of reals or amounts from an array, which is not needed afterwards. */
static void fill(kam_column *c, double **values, const uint8_t *known, size_t n)
{
    const bool money = kam_col_type(c) == KAM_MONEY;
    for (size_t i = 0; i < n; i++) {
        if (money) push_minor(c, (*values)[i], known && known[i]);
        else push_real(c, (*values)[i], known[i]);
    }
    kam_free(*values);
    *values = NULL;
}

static void fill_ages(kam_column *x, kam_column *last, kam_column *age, const calc_summary *s, const uint8_t *known)
{
    for (size_t i = 0; i < s->n; i++) {
        if (known[i]) {
            kam_col_push_int(x, s->x[i]);
            kam_col_push_int(last, s->last_day[i]);
        } else {
            kam_col_push_missing(x);
            kam_col_push_missing(last);
        }
        push_real(age, s->T[i], known[i]);
    }
}

/* Past and lifetime value; this the sum of the rounded parts, so that the row adds up on paper. */
static void fill_sums(kam_column *past_column, kam_column *lifetime, const calc_value_scores *v, const uint8_t *money, const double *past)
{
    for (size_t i = 0; i < v->n; i++) {
        push_minor(past_column, past ? past[i] : 0, past != NULL);
        push_minor(lifetime, past ? round(past[i]) + round(v->future_minor[i]) : 0, past && money && money[i]);
    }
}

kam_table *calc_value_table(const kam_table *accounts, const calc_summary *s, calc_value_scores *v, const double *past_minor,
                            const char *currency, int exponent)
{
    const size_t n = v->n;
    const uint8_t *money = v->has_value ? v->known : NULL;
    kam_table *t = kam_table_new();
    kam_table_set_currency(t, currency, exponent);
    kam_table_set_title(t, "lifetime-value.accounts");
    kam_table_share_column(t, kam_table_column(accounts, 0), "account");
    kam_column *x = column(t, "repeat_purchases", KAM_INT, n), *last = column(t, "last_purchase_at", KAM_DAY, n), *age = column(t, "age", KAM_REAL, n);
    fill_ages(x, last, age, s, v->known);
    fill(column(t, "p_alive", KAM_REAL, n), &v->p_alive, v->known, n);
    fill(column(t, "expected_purchases", KAM_REAL, n), &v->expected, v->known, n);
    fill(column(t, "expected_purchases_low", KAM_REAL, n), &v->expected_low, v->known, n);
    fill(column(t, "expected_purchases_high", KAM_REAL, n), &v->expected_high, v->known, n);
    fill(column(t, "expected_value", KAM_MONEY, n), &v->value_minor, money, n);
    kam_column *future = column(t, "future_value", KAM_MONEY, n);
    fill(column(t, "future_low", KAM_MONEY, n), &v->future_low_minor, money, n);
    fill(column(t, "future_high", KAM_MONEY, n), &v->future_high_minor, money, n);
    kam_column *past = column(t, "past_value", KAM_MONEY, n), *lifetime = column(t, "lifetime_value", KAM_MONEY, n);
    fill_sums(past, lifetime, v, money, past_minor);
    fill(future, &v->future_minor, money, n);
    kam_table_seal(t);
    return t;
}

/* --- fits ------------------------------------------------------------------------------------------------------------ */
typedef struct fit_columns {
    kam_column *name, *estimate, *se, *low, *high;
} fit_columns;

static fit_columns add_fit_columns(kam_table *t)
{
    return (fit_columns){
        .name = kam_table_add_column(t, "parameter", KAM_TEXT, NULL),
        .estimate = kam_table_add_column(t, "estimate", KAM_REAL, NULL),
        .se = kam_table_add_column(t, "std_error", KAM_REAL, NULL),
        .low = kam_table_add_column(t, "low", KAM_REAL, NULL),
        .high = kam_table_add_column(t, "high", KAM_REAL, NULL),
    };
}

static void push_fit(const fit_columns *c, const char *name, double estimate, bool has_se, double se, double level)
{
    kam_col_push_text(c->name, name);
    kam_col_push_real(c->estimate, estimate);
    push_real(c->se, se, has_se);
    const double reach = has_se ? calc_normal_quantile((1 + level) / 2) * se / estimate : 0;
    push_real(c->low, estimate * exp(-reach), has_se);
    push_real(c->high, estimate * exp(reach), has_se);
}

kam_table *calc_btyd_fit_table(const calc_btyd_fit *fit, double level)
{
    kam_table *t = kam_table_new();
    kam_table_set_title(t, "lifetime-value.model");
    const fit_columns c = add_fit_columns(t);
    for (int i = 0; i < fit->n_params; i++)
        push_fit(&c, calc_btyd_param_name(fit->model, i), fit->param[i], fit->has_se[i], fit->std_error[i], level);
    push_fit(&c, "log_likelihood", fit->log_likelihood, false, 0, level);
    push_fit(&c, "aic", fit->aic, false, 0, level);
    kam_table_seal(t);
    return t;
}

/* Fisher's transform: atanh r is nearly normal with variance 1/(n−3). */
static bool correlation_interval(const calc_spend_fit *fit, double level, double *low, double *high)
{
    if (!fit->has_correlation || fit->n_accounts <= 3 || !(fabs(fit->correlation) < 1)) return false;
    const double z = atanh(fit->correlation), reach = calc_normal_quantile((1 + level) / 2) / sqrt((double)fit->n_accounts - 3);
    *low = tanh(z - reach);
    *high = tanh(z + reach);
    return true;
}

static void say_correlation(kam_table *t, const calc_spend_fit *fit, double low, double high, double limit, calc_lang lang)
{
    static const calc_text none = {"spend.independent",
        "value and number of purchases show no dependence (correlation {1}, {2} to {3}), as the model of values assumes",
        "每次金额与购买次数看不出关联（相关系数 {1}，{2} 至 {3}），符合金额模型的假定"};
    static const calc_text weak = {"spend.weak",
        "value and number of purchases depend on each other weakly (correlation {1}, {2} to {3}): of little effect on the values",
        "每次金额与购买次数略有关联（相关系数 {1}，{2} 至 {3}）：对价值影响很小"};
    static const calc_text more = {"spend.more",
        "who buys more often also spends more a purchase (correlation {1}, {2} to {3}), against the model's assumption: values of rare "
        "buyers are rather too high, of frequent ones rather too low",
        "买得越勤的每次也买得越多（相关系数 {1}，{2} 至 {3}），与模型假定不符：少买客户的价值偏高，常买客户的偏低"};
    static const calc_text less = {"spend.less",
        "who buys more often spends less a purchase (correlation {1}, {2} to {3}), against the model's assumption: values of rare buyers "
        "are rather too low, of frequent ones rather too high",
        "买得越勤的每次买得越少（相关系数 {1}，{2} 至 {3}），与模型假定不符：少买客户的价值偏低，常买客户的偏高"};
    const bool strong = fabs(fit->correlation) >= limit, clear = low > 0 || high < 0;
    const calc_text *text = !clear ? &none : !strong ? &weak : fit->correlation > 0 ? &more : &less;
    kam_str b = KAM_STR_INIT;
    calc_say(&b, lang, text, (calc_arg[]){calc_arg_real(fit->correlation, 2), calc_arg_real(low, 2), calc_arg_real(high, 2)}, 3);
    kam_table_add_note(t, kam_str_cstr(&b));
    kam_str_release(&b);
}

kam_table *calc_spend_fit_table(const calc_spend_fit *fit, double level, double limit, calc_lang lang)
{
    kam_table *t = kam_table_new();
    kam_table_set_title(t, "lifetime-value.spend");
    const fit_columns c = add_fit_columns(t);
    for (int i = 0; i < CALC_SPEND_PARAMS; i++)
        push_fit(&c, calc_spend_param_name(i), fit->param[i], fit->has_se[i], fit->std_error[i], level);
    if (fit->flag != CALC_SPEND_FEW) {
        push_fit(&c, "log_likelihood", fit->log_likelihood, false, 0, level);
        push_fit(&c, "aic", fit->aic, false, 0, level);
    }
    push_fit(&c, "population_mean", fit->population_mean, false, 0, level);
    push_fit(&c, "observed_mean", fit->observed_mean, false, 0, level);
    if (fit->has_correlation) {
        double low = 0, high = 0;
        const bool known = correlation_interval(fit, level, &low, &high);
        kam_col_push_text(c.name, "correlation");
        kam_col_push_real(c.estimate, fit->correlation);
        kam_col_push_missing(c.se);
        push_real(c.low, low, known);
        push_real(c.high, high, known);
        if (known) say_correlation(t, fit, low, high, limit, lang);
    }
    push_fit(&c, "accounts", (double)fit->n_accounts, false, 0, level);
    kam_table_seal(t);
    return t;
}

kam_table *calc_equity_table(const calc_equity *e, int exponent)
{
    const double major = kam_money_to_major(1, exponent);
    const struct {
        const char *measure;
        double value, low, high;
        bool interval;
    } row[] = {
        {"customer_equity", e->future_minor * major, e->future_low_minor * major, e->future_high_minor * major, true},
        {"expected_purchases", e->expected, e->expected_low, e->expected_high, true},
        {"alive", e->p_alive_sum, 0, 0, false},
        {"probably_alive", (double)e->n_alive_half, 0, 0, false},
    };
    kam_table *t = kam_table_new();
    kam_table_set_title(t, "lifetime-value.portfolio");
    kam_column *measure = kam_table_add_column(t, "measure", KAM_TEXT, NULL);
    kam_column *value = kam_table_add_column(t, "value", KAM_REAL, NULL);
    kam_column *low = kam_table_add_column(t, "low", KAM_REAL, NULL);
    kam_column *high = kam_table_add_column(t, "high", KAM_REAL, NULL);
    kam_column *n = kam_table_add_column(t, "n", KAM_INT, "measures.n");
    for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
        kam_col_push_text(measure, row[i].measure);
        kam_col_push_real(value, row[i].value);
        push_real(low, row[i].low, row[i].interval);
        push_real(high, row[i].high, row[i].interval);
        kam_col_push_int(n, (int64_t)e->n);
    }
    kam_table_seal(t);
    return t;
}

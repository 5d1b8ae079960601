/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calc_future.h"
#include "calc_btyd_int.h"
#include "calc_special.h"
#include "calc_use.h"
#include "calc_value_int.h"
#include "kam_mem.h"
#include <math.h>
#include <stdlib.h>

double calc_future_stay(const calc_btyd_fit *f, int32_t x, double T, double t)
{
    const double *p = f->param, z = t / (p[1] + T), w = z / (1 + z), r = p[0] + x;
    if (f->model == CALC_BTYD_NBD) return 1;
    if (f->model == CALC_BTYD_PARETO) return exp(-p[2] * log1p(t / (p[3] + T)));
    const double a = p[2], b = p[3] + x + (f->model == CALC_BTYD_MBG), c = a + b;
    const bool by_rate = r < a; /* the smaller of both stays small in the sum */
    const double u = by_rate ? r : a, v = by_rate ? b : c - r;
    double term = 1, sum = 1;
    for (int n = 0; v > -20 && u * log1p(z) < 600 && n < 5000; n++) {
        term *= (u + n) * (v + n) / ((c + n) * (n + 1)) * w;
        sum += term;
        if (fabs(term) < 1e-14 * sum * (1 - w)) return fmin(1, sum * exp(-u * log1p(z)));
    }
    const double tx = x > 0 ? T : 0, now = calc_btyd_p_alive(f, x, tx, T); /* at t_x = T far from underflow */
    return now > 0 ? calc_btyd_p_alive_ahead(f, x, tx, T, t) / now : 0;
}

/* Accounts by (x, t_x, T), and these by (x, T), on which everything but P(alive) depends. */
typedef struct groups {
    calc_btyd_groups g, xT;
} groups;

static kam_rc groups_build(const calc_summary *s, groups *w, kam_err *err)
{
    kam_rc rc = calc_btyd_group(&(calc_btyd_data){s->n, s->x, s->tx, s->T, NULL}, &w->g, err);
    if (rc) return rc;
    double *last = kam_calloc(w->g.n + 1, sizeof *last); /* t_x made equal, so that only (x, T) tells rows apart */
    for (size_t i = 0; i < w->g.n; i++) last[i] = w->g.x[i] > 0 ? w->g.T[i] : 0;
    rc = calc_btyd_group(&(calc_btyd_data){w->g.n, w->g.x, last, w->g.T, NULL}, &w->xT, err);
    kam_free(last);
    if (rc) calc_btyd_groups_release(&w->g);
    return rc;
}

static void groups_release(groups *w)
{
    calc_btyd_groups_release(&w->g);
    calc_btyd_groups_release(&w->xT);
}

static void push_minor(kam_column *c, bool known, double v)
{
    bool good = known && isfinite(v) && fabs(v) < 9e18;
    calc_push_opt(c, good, good ? llround(v) : 0);
}

kam_table *calc_future_ahead(const kam_table *accounts, const calc_summary *s, const calc_btyd_fit *fit, double t)
{
    kam_table *out = kam_table_new();
    kam_table_set_currency(out, kam_table_currency(accounts), kam_table_exponent(accounts));
    if (kam_table_title(accounts)) kam_table_set_title(out, kam_table_title(accounts));
    for (size_t i = 0; i < kam_table_columns(accounts); i++) kam_table_share_column(out, kam_table_column(accounts, i), NULL);
    for (size_t i = 0; i < kam_table_notes(accounts); i++) kam_table_add_note(out, kam_table_note(accounts, i));
    kam_column *c = kam_table_add_column(out, "p_alive_ahead", KAM_REAL, "lifetime.p_alive_ahead");
    groups w;
    bool any = groups_build(s, &w, NULL) == KAM_OK;
    double *stay = kam_calloc(any ? w.xT.n + 1 : 1, sizeof *stay);
    for (size_t k = 0; any && k < w.xT.n; k++) stay[k] = calc_future_stay(fit, w.xT.x[k], w.xT.T[k], t);
    for (size_t i = 0; i < kam_table_rows(accounts); i++) {
        if (!any || w.g.of[i] == UINT32_MAX) kam_col_push_missing(c);
        else kam_col_push_real(c, calc_btyd_p_alive(fit, s->x[i], s->tx[i], s->T[i]) * stay[w.xT.of[w.g.of[i]]]);
    }
    kam_table_seal(out);
    kam_free(stay);
    if (any) groups_release(&w);
    return out;
}

/* --- a new account ------------------------------------------------------------------------------------------------- */
typedef struct curve {
    double *n, *money; /* by month, 0 … horizon: repeat purchases so far, discounted ones */
} curve;

static curve curve_of(const calc_btyd_fit *fit, const calc_value_spec *spec)
{
    size_t months = (size_t)spec->horizon_months + 1;
    curve c = {kam_calloc(months, sizeof(double)), kam_calloc(months, sizeof(double))};
    double v = 1, step = 1 / (1 + spec->discount_month);
    for (size_t k = 1; k < months; k++) {
        v *= step;
        c.n[k] = calc_btyd_expected_new(fit, (double)k * spec->month_units);
        c.money[k] = c.money[k - 1] + (c.n[k] - c.n[k - 1]) * v;
    }
    return c;
}

static void curve_release(curve *c)
{
    kam_free(c->n);
    kam_free(c->money);
}

/* Σ of squared slopes of ln n and ln money over the parameter points, by month. */
static void add_slopes(const calc_btyd_fit *fit, const calc_value_spec *spec, double *var_n, double *var_money)
{
    calc_points pt;
    calc_points_build(fit, &pt);
    for (int j = 0; j < pt.n / 2; j++) {
        curve up = curve_of(&pt.at[2 * j], spec), down = curve_of(&pt.at[2 * j + 1], spec);
        for (int k = 1; k <= spec->horizon_months; k++) {
            double a = log(up.n[k] / down.n[k]) / (2 * pt.reach[2 * j]), b = log(up.money[k] / down.money[k]) / (2 * pt.reach[2 * j]);
            var_n[k] += isfinite(a) ? a * a : 0;
            var_money[k] += isfinite(b) ? b * b : 0;
        }
        curve_release(&up);
        curve_release(&down);
    }
    if (pt.n == 0)
        for (int k = 0; k <= spec->horizon_months; k++) var_n[k] = var_money[k] = NAN; /* a fit without covariance */
}

kam_table *calc_future_new(const calc_btyd_fit *fit, const calc_spend_fit *spend, const calc_value_spec *spec, const kam_table *like)
{
    static const calc_col cols[] = {
        {"month", KAM_INT, "lifetime.month"},           {"expected_purchases", KAM_REAL, "lifetime.repeat_so_far"},
        {"low", KAM_REAL, "measures.low"},              {"high", KAM_REAL, "measures.high"},
        {"value", KAM_MONEY, "lifetime.value_so_far"},  {"value_low", KAM_MONEY, "lifetime.value_so_far_low"},
        {"value_high", KAM_MONEY, "lifetime.value_so_far_high"}};
    size_t months = (size_t)spec->horizon_months + 1;
    double *var_n = kam_calloc(2 * months, sizeof *var_n), *var_money = var_n + months;
    double one = spend ? calc_spend_expected(spend, 0, 0) * pow(10, spec->exponent) : NAN, z = calc_normal_quantile((1 + spec->level) / 2);
    curve c = curve_of(fit, spec);
    add_slopes(fit, spec, var_n, var_money);
    kam_column *col[CALC_COUNT(cols)];
    kam_table *t = calc_out_new("lifetime-value.new", like, cols, CALC_COUNT(cols), col);
    for (size_t k = 0; k < months; k++) {
        double sd = sqrt(var_n[k]), sd_money = spend ? sqrt(var_money[k] + calc_spend_log_variance(spend, 0, 0)) : NAN, money = c.money[k] * one;
        kam_col_push_int(col[0], (int64_t)k);
        kam_col_push_real(col[1], c.n[k]);
        kam_col_push_real(col[2], c.n[k] * exp(-z * sd));
        kam_col_push_real(col[3], c.n[k] * exp(z * sd));
        push_minor(col[4], spend, money);
        push_minor(col[5], spend, money * exp(-z * sd_money));
        push_minor(col[6], spend, money * exp(z * sd_money));
    }
    kam_table_seal(t);
    curve_release(&c);
    kam_free(var_n);
    return t;
}

/* --- residual ------------------------------------------------------------------------------------------------------ */
kam_rc calc_future_residual(const kam_table *accounts, const calc_summary *s, const calc_btyd_fit *fit, const calc_spend_fit *spend,
                            const calc_value_spec *spec, double discount_year, kam_table **out, kam_err *err)
{
    static const calc_col cols[] = {
        {"account", KAM_TEXT, "classify.account"},          {"p_alive", KAM_REAL, "p_alive"},
        {"residual_purchases", KAM_REAL, "lifetime.residual_purchases"}, {"expected_value", KAM_MONEY, "expected_value"},
        {"residual_value", KAM_MONEY, "lifetime.residual_value"},        {"endless", KAM_FLAG, "lifetime.endless"}};
    const bool endless = fit->model == CALC_BTYD_PARETO || fit->model == CALC_BTYD_NBD;
    const double delta = log1p(discount_year) / (12 * spec->month_units); /* a unit */
    groups w;
    kam_rc rc = calc_value_check(s, spec, err);
    if (!rc) rc = groups_build(s, &w, err);
    if (rc) return rc;
    const calc_btyd_groups *g = &w.g;
    double *left = kam_calloc(g->n + w.xT.n + 1, sizeof *left), *alive = left + g->n;
    for (size_t k = 0; !endless && k < w.xT.n; k++) alive[k] = calc_discounted_alive(fit, spec, w.xT.x[k], w.xT.T[k], NULL);
    for (size_t i = 0; !rc && i < g->n; i++) {
        if (endless) rc = calc_btyd_dert(fit, g->x[i], g->tx[i], g->T[i], delta, &left[i], err);
        else left[i] = calc_btyd_p_alive(fit, g->x[i], g->tx[i], g->T[i]) * alive[w.xT.of[i]];
    }
    if (!rc) {
        kam_column *c[CALC_COUNT(cols)];
        kam_table *t = calc_out_new("lifetime-value.residual", accounts, cols, CALC_COUNT(cols), c);
        for (size_t i = 0; i < s->n; i++) {
            bool known = g->of[i] != UINT32_MAX;
            double n = known ? left[g->of[i]] : NAN;
            double one = known && spend ? calc_spend_expected(spend, s->spend_days[i], s->spend[i]) * pow(10, spec->exponent) : NAN;
            kam_col_push_from(c[0], kam_table_column(accounts, 0), i);
            kam_col_push_real(c[1], known ? calc_btyd_p_alive(fit, s->x[i], s->tx[i], s->T[i]) : NAN);
            kam_col_push_real(c[2], n);
            push_minor(c[3], known && spend, one);
            push_minor(c[4], known && spend, n * one);
            kam_col_push_int(c[5], endless);
        }
        kam_table_seal(t);
        *out = t;
    }
    kam_free(left);
    groups_release(&w);
    return rc;
}

/* --- by month ------------------------------------------------------------------------------------------------------ */
kam_rc calc_future_months(const calc_summary *s, const calc_btyd_fit *fit, const calc_spend_fit *spend, const calc_value_spec *spec,
                          size_t only, const kam_table *like, kam_table **out, kam_err *err)
{
    static const calc_col cols[] = {
        {"month", KAM_INT, "lifetime.month"},                {"until", KAM_DAY, "until"},
        {"expected_purchases", KAM_REAL, "lifetime.in_month"}, {"cumulative_purchases", KAM_REAL, "lifetime.so_far"},
        {"value", KAM_MONEY, "lifetime.value_in_month"},     {"cumulative", KAM_MONEY, "lifetime.value_so_far"}};
    groups w;
    kam_rc rc = calc_value_check(s, spec, err);
    if (!rc) rc = groups_build(s, &w, err);
    if (rc) return rc;
    size_t months = (size_t)spec->horizon_months + 1;
    double *n = kam_calloc(2 * months, sizeof *n), *money = n + months;
    double *alive = kam_calloc(2 * w.xT.n + 1, sizeof *alive), *worth = alive + w.xT.n; /* Σ P(alive), Σ P(alive)·value of a purchase */
    for (size_t i = 0; i < s->n; i++) {
        if (w.g.of[i] == UINT32_MAX || (only != SIZE_MAX && i != only)) continue;
        double p = calc_btyd_p_alive(fit, s->x[i], s->tx[i], s->T[i]);
        uint32_t k = w.xT.of[w.g.of[i]];
        alive[k] += p;
        if (spend) worth[k] += p * calc_spend_expected(spend, s->spend_days[i], s->spend[i]) * pow(10, spec->exponent);
    }
    for (size_t i = 0; i < w.xT.n; i++) {
        if (!(alive[i] > 0)) continue;
        for (size_t k = 1; k < months; k++) {
            double e = exp(calc_btyd_log_mean_alive(fit, w.xT.x[i], w.xT.T[i], (double)k * spec->month_units));
            n[k] += alive[i] * e;
            money[k] += worth[i] * e;
        }
    }
    kam_column *c[CALC_COUNT(cols)];
    kam_table *t = calc_out_new("lifetime-value.months", like, cols, CALC_COUNT(cols), c);
    double sum = 0, v = 1;
    for (size_t k = 1; k < months; k++) {
        v /= 1 + spec->discount_month;
        sum += (money[k] - money[k - 1]) * v;
        kam_col_push_int(c[0], (int64_t)k);
        kam_col_push_int(c[1], s->end + llround((double)k * spec->month_units * s->unit_days));
        kam_col_push_real(c[2], n[k] - n[k - 1]);
        kam_col_push_real(c[3], n[k]);
        push_minor(c[4], spend, (money[k] - money[k - 1]) * v);
        push_minor(c[5], spend, sum);
    }
    kam_table_seal(t);
    kam_free(n);
    kam_free(alive);
    groups_release(&w);
    *out = t;
    return KAM_OK;
}

/* --- counts of one account ----------------------------------------------------------------------------------------- */
kam_rc calc_future_counts(const calc_summary *s, const calc_btyd_fit *fit, const calc_value_spec *spec, size_t i, kam_table **out, kam_err *err)
{
    enum { MOST = 5000 };
    static const calc_col cols[] = {{"purchases", KAM_INT, "lifetime.count"}, {"probability", KAM_REAL, "lifetime.probability"},
                                    {"at_least", KAM_REAL, "lifetime.at_least"}};
    kam_rc rc = calc_value_check(s, spec, err);
    if (rc) return rc;
    if (i >= s->n || s->x[i] < 0) {
        kam_err_set(err, KAM_CALC, "lifetime-value: the account had not bought by then, so nothing can be said of its purchases");
        return kam_err_word(err, "NODATA");
    }
    double *pmf = kam_calloc(MOST, sizeof *pmf), above = 1;
    calc_btyd_pmf(fit, s->x[i], s->tx[i], s->T[i], spec->horizon_months * spec->month_units, pmf, MOST);
    kam_column *c[CALC_COUNT(cols)];
    kam_table *t = calc_out_new("lifetime-value.counts", NULL, cols, CALC_COUNT(cols), c);
    for (size_t k = 0; k < MOST && above > 1e-4; k++) {
        kam_col_push_int(c[0], (int64_t)k);
        kam_col_push_real(c[1], pmf[k]);
        kam_col_push_real(c[2], above);
        above -= pmf[k];
    }
    kam_table_seal(t);
    kam_free(pmf);
    *out = t;
    return KAM_OK;
}

/* --- models --------------------------------------------------------------------------------------------------------- */
static const calc_text note_chosen = {"future.chosen", "{1} is used: least AIC of the models in which accounts leave, by {2}", "采用 {1}：在客户会流失的各模型中 AIC 最小，领先 {2}"};
static const calc_text note_named = {"future.named", "{1} is used because it was named", "采用 {1}：由使用者指定"};
static const calc_text note_near = {"future.near", "a difference below 2 says little: the next model explains these data about as well", "相差不足 2 说明不了什么：次优模型对数据的解释几乎一样好"};
static const calc_text note_leaving = {"future.leaving", "leaving is visible in the data: without it (nbd) the AIC is {1} higher", "数据中看得出流失：无流失模型（nbd）的 AIC 高出 {1}"};
static const calc_text note_no_leaving = {"future.no-leaving", "leaving is not visible in the data: without it (nbd) the AIC is {1} lower; do not read much into the probability of being a customer still",
                                          "数据中看不出流失：无流失模型（nbd）的 AIC 低 {1}；“仍为客户概率”不必深究"};

static int by_aic(const void *a, const void *b)
{
    const calc_btyd_fit *const *x = a, *const *y = b;
    if ((*x)->aic != (*y)->aic) return (*x)->aic < (*y)->aic ? -1 : 1;
    return (int)(*x)->model - (int)(*y)->model;
}

kam_table *calc_future_models(const calc_btyd_fit *fits, calc_btyd_model chosen, bool by_choice, calc_lang lang)
{
    static const calc_col cols[] = {
        {"model", KAM_TEXT, "lifetime.model"},   {"parameters", KAM_INT, "lifetime.parameters"},
        {"log_likelihood", KAM_REAL, "lifetime.log_likelihood"}, {"aic", KAM_REAL, "lifetime.aic"},
        {"aic_difference", KAM_REAL, "lifetime.aic_difference"}, {"weight", KAM_REAL, "lifetime.weight"},
        {"flag", KAM_TEXT, "lifetime.flag"},     {"chosen", KAM_FLAG, "lifetime.chosen"}};
    const calc_btyd_fit *order[CALC_BTYD_MODELS];
    double sum = 0, next = INFINITY;
    for (int m = 0; m < CALC_BTYD_MODELS; m++) order[m] = &fits[m];
    qsort(order, CALC_BTYD_MODELS, sizeof *order, by_aic);
    for (int m = 0; m < CALC_BTYD_MODELS; m++) {
        sum += exp((order[0]->aic - order[m]->aic) / 2);
        if (order[m]->model != chosen && order[m]->model != CALC_BTYD_NBD) next = fmin(next, order[m]->aic);
    }
    kam_column *c[CALC_COUNT(cols)];
    kam_table *t = calc_out_new("lifetime-value.models", NULL, cols, CALC_COUNT(cols), c);
    for (int m = 0; m < CALC_BTYD_MODELS; m++) {
        const calc_btyd_fit *f = order[m];
        kam_col_push_text(c[0], calc_btyd_model_name(f->model));
        kam_col_push_int(c[1], f->n_params);
        kam_col_push_real(c[2], f->log_likelihood);
        kam_col_push_real(c[3], f->aic);
        kam_col_push_real(c[4], f->aic - order[0]->aic);
        kam_col_push_real(c[5], round(exp((order[0]->aic - f->aic) / 2) / sum * 1e4) / 1e4); /* more digits would claim more than it tells */
        kam_col_push_text(c[6], calc_fit_flag_name(f->flag));
        kam_col_push_int(c[7], f->model == chosen);
    }
    double lead = next - fits[chosen].aic, nbd = fits[CALC_BTYD_NBD].aic - fits[chosen].aic;
    calc_arg name = calc_arg_text(calc_btyd_model_name(chosen));
    if (by_choice) calc_note_say(t, lang, &note_chosen, CALC_ARGS(name, calc_arg_real(lead, 2)));
    else calc_note_say(t, lang, &note_named, CALC_ARGS(name));
    if (by_choice && lead < 2) calc_note_say(t, lang, &note_near, NULL, 0);
    if (chosen != CALC_BTYD_NBD) calc_note_say(t, lang, nbd > 0 ? &note_leaving : &note_no_leaving, CALC_ARGS(calc_arg_real(fabs(nbd), 2)));
    kam_table_seal(t);
    return t;
}

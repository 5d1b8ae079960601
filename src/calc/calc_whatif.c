/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Levers on accounts without a contract, and keeping against acquiring. Everything is a sum over distinct (x, T); only P(alive), which
 * the levers do not touch, needs the distinct (x, t_x, T). */
#include "calc_future.h"
#include "calc_special.h"
#include "calc_use.h"
#include "calc_whatif_int.h"
#include "kam_mem.h"
#include <math.h>
#include <string.h>

static const calc_text note_retention = {"whatif.retention",
    "retention: expected share of the accounts alive today that is alive in a year; its change multiplies every account's hazard of leaving by {1}, from today on",
    "保留率：今日仍存续的客户一年后仍存续的预期比例；其变动即自今日起把每个客户的流失强度乘以 {1}"};
static const calc_text note_capped = {"whatif.capped", "retention cannot exceed 100 %: nobody leaves any more", "保留率不能超过 100 %：不再有人流失"};
static const calc_text note_no_leaving = {"whatif.no-leaving", "in this model nobody leaves: retention is 100 % already and cannot rise",
                                          "该模型中无人流失：保留率已是 100 %，无法再升"};
static const calc_text note_horizon = {"whatif.horizon", "equity: expected value of the next {1} months at {2} a year (settings horizon, discount)",
                                       "客户资产：未来 {1} 个月的预期价值，年折现率 {2}（设置 horizon、discount）"};
static const calc_text note_interval = {"whatif.interval", "low and high hold the uncertainty of both models' parameters (purchases, spend) at level {1}, not the luck of single accounts",
                                        "上下限含购买与消费两个模型参数的不确定性（水平 {1}），不含单个客户的偶然"};
static const calc_text note_winning = {"whatif.winning", "acquisition: the {1} accounts won in the last year, worth {2} each on their first day; mean known cost of {3} accounts",
                                       "获客：最近一年新增 {1} 个客户，首购当日每个值 {2}；成本为 {3} 个已知客户的均值"};
static const calc_text note_no_cost = {"whatif.no-cost", "no acquisition cost is on record, so its row is empty", "没有获客成本记录，该行为空"};
static const calc_text note_rates = {"whatif.rates", "an attempt at winning costs {1} times an attempt at keeping; success {2} and {3} (settings keep-acquire-cost-ratio, acquire-success, keep-success): quoted figures, replace them by your own",
                                     "获客一次的成本是留客一次的 {1} 倍；成功率 {2} 与 {3}（设置 keep-acquire-cost-ratio、acquire-success、keep-success）：均为通行说法，请换成自己的数据"};
static const calc_text note_worth = {"whatif.worth", "a kept account is worth the mean future value of one that is alive ({1} expected alive); a new one its first purchase and what follows within the horizon",
                                     "留住一个客户值一个存续客户的平均未来价值（预期存续 {1} 个）；新客户值首次购买及展望期内的后续"};

static kam_rc usage(kam_err *err, const char *what)
{
    kam_err_set(err, KAM_USAGE, "what-if: %s", what);
    return kam_err_word(err, "what-if");
}

/* --- the portfolio by (x, T) --------------------------------------------------------------------------------------- */
static void work_release(whatif_work *w)
{
    calc_btyd_groups_release(&w->g);
    calc_btyd_prep_release(&w->prep);
    whatif_pairs *const p[] = {&w->fine, &w->rough};
    for (int i = 0; i < 2; i++) {
        calc_btyd_groups_release(&p[i]->by);
        kam_free(p[i]->alive);
        kam_free(p[i]->money);
    }
    kam_free(w->value);
    kam_free(w->now);
    kam_free(w->slope);
}

static kam_rc pair_up(const int32_t *x, const double *T, size_t n, whatif_pairs *out, kam_err *err)
{
    double *last = kam_calloc(n + 1, sizeof *last); /* t_x made equal, so that only (x, T) tells rows apart */
    for (size_t i = 0; i < n; i++) last[i] = x[i] > 0 ? T[i] : 0;
    kam_rc rc = calc_btyd_group(&(calc_btyd_data){n, x, last, T, NULL}, &out->by, err);
    kam_free(last);
    out->alive = kam_calloc(out->by.n + 1, sizeof *out->alive);
    out->money = kam_calloc(out->by.n + 1, sizeof *out->money);
    return rc;
}

/* Ages within three per cent of each other made one, their mean: for what is wanted to two digits. */
static kam_rc pair_roughly(whatif_work *w, kam_err *err)
{
    enum { BY_E = 32 };
    const calc_btyd_groups *g = &w->g;
    double *T = kam_calloc(g->n + 1, sizeof *T), least = INFINITY;
    for (size_t i = 0; i < g->n; i++) least = g->T[i] > 0 ? fmin(least, g->T[i]) : least;
    for (size_t i = 0; i < g->n; i++) T[i] = g->T[i] > 0 ? least * exp((floor(BY_E * log(g->T[i] / least)) + 0.5) / BY_E) : 0;
    kam_rc rc = pair_up(g->x, T, g->n, &w->rough, err);
    kam_free(T);
    if (rc) return rc;
    calc_btyd_groups *r = &w->rough.by;
    double *sum = kam_calloc(r->n + 1, sizeof *sum), *weight = kam_calloc(r->n + 1, sizeof *weight);
    for (size_t i = 0; i < g->n; i++) {
        sum[r->of[i]] += g->weight[i] * g->T[i];
        weight[r->of[i]] += g->weight[i];
    }
    for (size_t k = 0; k < r->n; k++) r->T[k] = sum[k] / weight[k];
    kam_free(sum);
    kam_free(weight);
    return KAM_OK;
}


static kam_rc work_build(const calc_summary *s, const calc_btyd_fit *fit, const calc_spend_fit *spend, double minor, kam_progress *progress,
                         whatif_work *w, kam_err *err)
{
    enum { MANY = 4096 };
    memset(w, 0, sizeof *w);
    w->fine.progress = w->rough.progress = progress;
    kam_rc rc = calc_btyd_group(&(calc_btyd_data){s->n, s->x, s->tx, s->T, NULL}, &w->g, err);
    if (rc) return rc;
    size_t n = w->g.n;
    rc = kam_progress_step(progress, "what-if", 0, 0, err);
    if (!rc) rc = pair_up(w->g.x, w->g.T, n, &w->fine, err);
    if (!rc && w->fine.by.n > MANY) rc = pair_roughly(w, err);
    w->value = kam_calloc(n + 1, sizeof *w->value);
    w->now = kam_calloc(n + 1, sizeof *w->now);
    if (spend) w->slope = kam_calloc(CALC_SPEND_PARAMS * n + 1, sizeof *w->slope);
    if (!rc) rc = kam_progress_step(progress, "what-if", 0, 0, err);
    for (size_t i = 0; !rc && spend && i < s->n; i++) {
        const size_t g = w->g.of[i];
        if (g == UINT32_MAX) continue;
        const double value = calc_spend_expected(spend, s->spend_days[i], s->spend[i]) * minor;
        double slope[CALC_SPEND_PARAMS];
        calc_spend_log_slope(spend, s->spend_days[i], s->spend[i], slope);
        w->value[g] += value;
        for (size_t j = 0; j < CALC_SPEND_PARAMS; j++) w->slope[j * n + g] += value * slope[j];
    }
    if (rc) {
        work_release(w);
        return rc;
    }
    calc_btyd_prep_build(&w->g, &w->prep);
    w->prep.progress = progress;
    if (fit->model == CALC_BTYD_PARETO) calc_btyd_prep_pairs(&w->prep);
    return KAM_OK;
}

static void weigh(whatif_work *w, const calc_btyd_fit *fit, whatif_pairs *p)
{
    memset(p->alive, 0, p->by.n * sizeof *p->alive);
    memset(p->money, 0, p->by.n * sizeof *p->money);
    if (kam_progress_stopped(p->progress)) return;
    calc_btyd_alive_all(fit, &w->prep, w->now);
    for (size_t i = 0; i < w->g.n; i++) {
        p->alive[p->by.of[i]] += w->now[i] * w->g.weight[i];
        p->money[p->by.of[i]] += w->now[i] * w->value[i];
    }
}

/* Share of those alive that is alive t later. */
static double survival(const whatif_pairs *p, const calc_btyd_fit *fit, double t)
{
    double all = 0, left = 0;
    for (size_t k = 0; k < p->by.n; k++) {
        if (k % 1024 == 0 && kam_progress_stopped(p->progress)) break;
        if (!(p->alive[k] > 0)) continue;
        all += p->alive[k];
        left += p->alive[k] * calc_future_stay(fit, p->by.x[k], p->by.T[k], t);
    }
    return all > 0 ? left / all : NAN;
}

typedef struct pace_of_fit {
    const whatif_pairs *pairs;
    const calc_btyd_fit *fit;
} pace_of_fit;

static double portfolio_survival(const void *ctx, double t)
{
    const pace_of_fit *c = ctx;
    return survival(c->pairs, c->fit, t);
}

static const double EXACT = 1e-11;

/* −ln S(c·year) grows about like a power of c: a secant in logarithms, kept inside a bracket. */
bool calc_whatif_solve(double (*survive)(const void *, double), const void *ctx, double year, double gain, double near, double *c, double *now)
{
    double lo = WHATIF_PACE_MIN, hi = 1e4, at = 1, h, power = 1;
    *c = 1;
    *now = survive(ctx, year);
    h = -log(*now);
    if (!isfinite(*now) || !(h > 1e-14) || *now + gain <= 0) return false;
    const double target = *now + gain;
    if (target >= 1) {
        *c = WHATIF_PACE_MIN;
        return true;
    }
    const double want = -log(target);
    for (int i = 0; i < 100 && fabs(h / want - 1) > near; i++) {
        if (h > want) hi = at;
        else lo = at;
        double next = at * pow(want / h, 1 / power);
        if (!(next > lo && next < hi)) next = sqrt(lo * hi);
        double there = -log(survive(ctx, next * year));
        double slope = log(there / h) / log(next / at);
        power = slope > 0.05 && slope < 20 ? slope : 1;
        at = next;
        h = there;
        if (hi / lo < 1 + 1e-13) break;
    }
    *c = at;
    return true;
}

bool calc_whatif_pace(const calc_summary *s, const calc_btyd_fit *fit, double year_units, double points, double *c, double *now)
{
    whatif_work w;
    *c = 1;
    *now = NAN;
    if (work_build(s, fit, NULL, 1, NULL, &w, NULL)) return false;
    weigh(&w, fit, &w.fine);
    bool found = calc_whatif_solve(portfolio_survival, &(pace_of_fit){&w.fine, fit}, year_units, points / 100, EXACT, c, now);
    work_release(&w);
    return found;
}

/* --- levers at one set of parameters ---------------------------------------------------------------------------------- */
enum { RETENTION, MARGIN, DISCOUNT, TOGETHER, LEVERS };
typedef struct effect {
    double base, after[LEVERS]; /* after[k] only where lever k is asked */
    double s_now, s_then, c;
    bool leaves;
} effect;

static bool asked(const calc_whatif_levers *l, int k)
{
    const bool one[] = {l->retention != 0, l->margin != 0, !isnan(l->discount_year)};
    return k < TOGETHER ? one[k] : one[0] + one[1] + one[2] > 1;
}

/* Equity before and after, with the money weighed last and the clock e->c. */
static void equities(const whatif_pairs *p, const calc_btyd_fit *fit, const calc_value_spec *spec, double discount, const calc_whatif_levers *l,
                     double near, effect *e)
{
    double rate = asked(l, DISCOUNT) ? l->discount_year : discount, more = 1 + l->margin;
    whatif_curve curve;
    whatif_curve_build(p, fit, fmax(1, e->c) * spec->horizon_months * spec->month_units, near, &curve);
    e->base = whatif_equity(&curve, spec, 1, discount);
    if (asked(l, RETENTION)) e->after[RETENTION] = whatif_equity(&curve, spec, e->c, discount);
    if (asked(l, MARGIN)) e->after[MARGIN] = e->base * more;
    if (asked(l, DISCOUNT)) e->after[DISCOUNT] = whatif_equity(&curve, spec, 1, rate);
    if (asked(l, TOGETHER)) e->after[TOGETHER] = whatif_equity(&curve, spec, e->c, rate) * more;
}

static void effect_at(whatif_work *w, whatif_pairs *p, const calc_btyd_fit *fit, const calc_value_spec *spec, double discount,
                      const calc_whatif_levers *l, double near, effect *e)
{
    double year = 12 * spec->month_units;
    weigh(w, fit, p);
    *e = (effect){.c = 1};
    if (asked(l, RETENTION)) {
        e->leaves = calc_whatif_solve(portfolio_survival, &(pace_of_fit){p, fit}, year, l->retention / 100, near, &e->c, &e->s_now);
        e->s_then = e->leaves ? fmin(1, e->s_now + l->retention / 100) : e->s_now;
    }
    equities(p, fit, spec, discount, l, near, e);
}

/* Variance of each difference over the spend model's parameters by the delta method. A difference is linear in what purchases are worth, so
 * its slope in a parameter is the difference with the slopes of these in their place. At most a factor of e either way: nearer to the edge of
 * a finite mean the slope says more about itself than about the data. */
static void spread_of_spend(whatif_work *w, const calc_btyd_fit *fit, const calc_spend_fit *spend, const calc_value_spec *spec, double discount,
                            const calc_whatif_levers *l, const effect *at, double var[LEVERS])
{
    whatif_pairs *p = w->rough.by.n ? &w->rough : &w->fine;
    double slope[CALC_SPEND_PARAMS][LEVERS], *value = w->value;
    for (int j = 0; j < CALC_SPEND_PARAMS; j++) {
        effect e = *at;
        w->value = w->slope + (size_t)j * w->g.n;
        weigh(w, fit, p);
        equities(p, fit, spec, discount, l, 1e-4, &e);
        for (int k = 0; k < LEVERS; k++) slope[j][k] = e.after[k] - e.base;
    }
    w->value = value;
    for (int k = 0; k < LEVERS; k++) {
        const double d = at->after[k] - at->base;
        var[k] = 0;
        for (int i = 0; i < CALC_SPEND_PARAMS; i++)
            for (int j = 0; j < CALC_SPEND_PARAMS; j++) var[k] += slope[i][k] * spend->cov_log[i][j] * slope[j][k];
        var[k] = fmin(fmax(var[k], 0), d * d);
    }
}

/* Standard deviation of each difference over the parameters of both models, which are fitted to different data: purchases by slopes between
 * opposite points, for which four digits will do. */
static void spread(whatif_work *w, const calc_btyd_fit *fit, const calc_spend_fit *spend, const calc_value_spec *spec, double discount,
                   const calc_whatif_levers *l, const effect *at, double sd[LEVERS])
{
    calc_points pt;
    double var[LEVERS];
    whatif_pairs *p = w->rough.by.n ? &w->rough : &w->fine;
    calc_points_build(fit, &pt);
    for (int k = 0; k < LEVERS; k++) sd[k] = pt.n ? 0 : NAN;
    for (int j = 0; j < pt.n / 2; j++) {
        effect up, down;
        kam_progress_step(p->progress, "what-if", (uint64_t)j, (uint64_t)pt.n / 2 + 1, NULL); /* that it may stop is seen within the sums */
        effect_at(w, p, &pt.at[2 * j], spec, discount, l, 1e-4, &up);
        effect_at(w, p, &pt.at[2 * j + 1], spec, discount, l, 1e-4, &down);
        for (int k = 0; k < LEVERS; k++) {
            double slope = ((up.after[k] - up.base) - (down.after[k] - down.base)) / (2 * pt.reach[2 * j]);
            sd[k] += slope * slope;
        }
    }
    spread_of_spend(w, fit, spend, spec, discount, l, at, var);
    for (int k = 0; k < LEVERS; k++) sd[k] = sqrt(sd[k] + var[k]);
}

/* --- the table ---------------------------------------------------------------------------------------------------------- */
kam_table *calc_whatif_table(const kam_table *like, kam_column **c)
{
    static const calc_col cols[WHATIF_COLS] = {
        {"lever", KAM_TEXT, "what-if.lever"},           {"from", KAM_REAL, "what-if.from"},
        {"to", KAM_REAL, "what-if.to"},                 {"before", KAM_MONEY, "what-if.before"},
        {"after", KAM_MONEY, "what-if.after"},          {"difference", KAM_MONEY, "what-if.difference"},
        {"low", KAM_MONEY, "measures.low"},             {"high", KAM_MONEY, "measures.high"},
        {"relative", KAM_REAL, "what-if.relative"},     {"n", KAM_INT, "measures.n"}};
    return calc_out_new("what-if", like, cols, WHATIF_COLS, c);
}

static void push_minor(kam_column *c, double v)
{
    calc_push_opt(c, isfinite(v) && fabs(v) < 9e18, isfinite(v) && fabs(v) < 9e18 ? llround(v) : 0);
}

void calc_whatif_push(kam_column **c, const char *lever, double from, double to, double before, double after, double half, size_t n)
{
    kam_col_push_text(c[0], lever);
    kam_col_push_real(c[1], from);
    kam_col_push_real(c[2], to);
    push_minor(c[3], before);
    push_minor(c[4], after);
    /* of the rounded cells, so that the row adds up on paper */
    push_minor(c[5], round(after) - round(before));
    push_minor(c[6], after - before - half);
    push_minor(c[7], after - before + half);
    kam_col_push_real(c[8], before != 0 ? (after - before) / before : NAN);
    kam_col_push_int(c[9], (int64_t)n);
}

const char *const calc_whatif_lever[] = {"retention", "margin", "discount", "together", "acquisition"};

kam_rc calc_whatif_check(const calc_whatif_levers *l, kam_err *err)
{
    if (!isfinite(l->retention) || fabs(l->retention) > 100) return usage(err, "-retention takes points between -100 and 100");
    if (!isfinite(l->margin) || l->margin <= -1) return usage(err, "-margin takes a fraction above -1, such as 0.05");
    if (!isnan(l->discount_year) && (!(l->discount_year > -1) || !isfinite(l->discount_year)))
        return usage(err, "-discount takes the new rate a year, above -1");
    if (!isfinite(l->acquisition) || l->acquisition < -1) return usage(err, "-acquisition takes a fraction of -1 or more, such as -0.1");
    return KAM_OK;
}

static void push_winning(kam_column **c, const calc_whatif_levers *l, const calc_whatif_winning *won, double value, double unit)
{
    double n = (double)won->won, cost = won->cost_minor, later = cost * (1 + l->acquisition);
    calc_whatif_push(c, "acquisition", cost / unit, later / unit, n * (value - cost), n * (value - later), NAN, won->won);
}

static void say(kam_table *t, calc_lang lang, const calc_whatif_levers *l, const effect *e, const calc_value_spec *spec, double discount)
{
    if (asked(l, RETENTION)) {
        if (!e->leaves) calc_note_say(t, lang, &note_no_leaving, NULL, 0);
        else calc_note_say(t, lang, &note_retention, CALC_ARGS(calc_arg_real(e->c, 4)));
        if (e->leaves && e->s_then >= 1) calc_note_say(t, lang, &note_capped, NULL, 0);
    }
    calc_note_say(t, lang, &note_horizon, CALC_ARGS(calc_arg_int(spec->horizon_months), calc_arg_pct(discount)));
    calc_note_say(t, lang, &note_interval, CALC_ARGS(calc_arg_pct(spec->level)));
}

kam_rc calc_whatif(const calc_summary *s, const calc_btyd_fit *fit, const calc_spend_fit *spend, const calc_value_spec *spec,
                   double discount_year, const calc_whatif_levers *l, const calc_whatif_winning *won, calc_lang lang,
                   const kam_table *like, kam_table **out, kam_err *err)
{
    whatif_work w;
    effect e;
    double sd[LEVERS], unit = pow(10, spec->exponent);
    kam_rc rc = calc_whatif_check(l, err);
    if (!rc) rc = calc_value_check(s, spec, err);
    if (!rc) rc = work_build(s, fit, spend, unit, spec->progress, &w, err);
    if (rc) return rc;
    effect_at(&w, &w.fine, fit, spec, discount_year, l, EXACT, &e);
    rc = kam_progress_step(spec->progress, "what-if", 0, 0, err);
    if (rc) {
        work_release(&w);
        return rc;
    }
    if (asked(l, RETENTION) && e.s_now + l->retention / 100 <= 0) {
        work_release(&w);
        return usage(err, "-retention: so many points less would leave nobody after a year");
    }
    spread(&w, fit, spend, spec, discount_year, l, &e, sd);
    rc = kam_progress_step(spec->progress, "what-if", 0, 0, err);
    if (rc) {
        work_release(&w);
        return rc;
    }
    kam_column *c[WHATIF_COLS];
    kam_table *t = calc_whatif_table(like, c);
    double z = calc_normal_quantile((1 + spec->level) / 2);
    const double from[LEVERS] = {e.s_now, 1, discount_year, NAN}, to[LEVERS] = {e.s_then, 1 + l->margin, l->discount_year, NAN};
    for (int k = 0; k < LEVERS; k++)
        if (asked(l, k)) calc_whatif_push(c, calc_whatif_lever[k], from[k], to[k], e.base, e.after[k], z * sd[k], w.g.n_accounts);
    say(t, lang, l, &e, spec, discount_year);
    if (l->acquisition != 0) {
        double value = calc_whatif_new_value(fit, spend, spec);
        push_winning(c, l, won, value, unit);
        if (isnan(won->cost_minor)) calc_note_say(t, lang, &note_no_cost, NULL, 0);
        else
            calc_note_say(t, lang, &note_winning, CALC_ARGS(calc_arg_int((int64_t)won->won), calc_arg_money(llround(value), spec->exponent),
                                                            calc_arg_int((int64_t)won->n)));
    }
    kam_table_seal(t);
    work_release(&w);
    *out = t;
    return KAM_OK;
}

/* --- keep against acquire -------------------------------------------------------------------------------------------------- */
double calc_whatif_new_value(const calc_btyd_fit *fit, const calc_spend_fit *spend, const calc_value_spec *spec)
{
    double one = calc_spend_expected(spend, 0, 0) * pow(10, spec->exponent);
    return one * (1 + calc_value_discounted(fit, spec, 0, 0, 0));
}

static void push_way(kam_column **c, const char *way, double success, double attempt, double value, double advantage, size_t n)
{
    kam_col_push_text(c[0], way);
    kam_col_push_real(c[1], success);
    push_minor(c[2], attempt);
    push_minor(c[3], attempt / success);
    push_minor(c[4], value);
    kam_col_push_real(c[5], attempt > 0 ? value * success / attempt : NAN);
    kam_col_push_real(c[6], advantage);
    kam_col_push_int(c[7], (int64_t)n);
}

kam_rc calc_whatif_keep(const calc_summary *s, const calc_btyd_fit *fit, const calc_spend_fit *spend, const calc_value_spec *spec,
                        const calc_whatif_rates *r, const calc_whatif_winning *won, calc_lang lang, const kam_table *like,
                        kam_table **out, kam_err *err)
{
    static const calc_col cols[] = {
        {"way", KAM_TEXT, "what-if.way"},           {"success_rate", KAM_REAL, "what-if.success_rate"},
        {"attempt_cost", KAM_MONEY, "what-if.attempt_cost"}, {"cost", KAM_MONEY, "what-if.cost"},
        {"value", KAM_MONEY, "what-if.value"},      {"per_money", KAM_REAL, "what-if.per_money"},
        {"advantage", KAM_REAL, "what-if.advantage"}, {"n", KAM_INT, "measures.n"}};
    whatif_work w;
    kam_rc rc = calc_value_check(s, spec, err);
    if (!rc) rc = work_build(s, fit, spend, pow(10, spec->exponent), spec->progress, &w, err);
    if (rc) return rc;
    whatif_curve curve;
    weigh(&w, fit, &w.fine);
    double alive = 0, future = 0;
    for (size_t k = 0; k < w.fine.by.n; k++) alive += w.fine.alive[k];
    whatif_curve_build(&w.fine, fit, spec->horizon_months * spec->month_units, EXACT, &curve);
    future = whatif_equity(&curve, spec, 1, expm1(12 * log1p(spec->discount_month)));
    rc = kam_progress_step(spec->progress, "what-if", 0, 0, err);
    if (rc) {
        work_release(&w);
        return rc;
    }
    double kept = alive > 0 ? future / alive : NAN, fresh = calc_whatif_new_value(fit, spend, spec);
    double attempt = won->cost_minor * r->acquire, keeping = r->ratio > 0 ? attempt / r->ratio : NAN;
    double ahead = r->acquire > 0 && fresh > 0 ? kept / fresh * r->keep / r->acquire * r->ratio : NAN;
    kam_column *c[CALC_COUNT(cols)];
    kam_table *t = calc_out_new("what-if.keep", like, cols, CALC_COUNT(cols), c);
    push_way(c, "keep", r->keep, keeping, kept, ahead, w.g.n_accounts);
    push_way(c, "acquire", r->acquire, attempt, fresh, 1, won->n);
    calc_note_say(t, lang, &note_rates, CALC_ARGS(calc_arg_real(r->ratio, 2), calc_arg_pct(r->acquire), calc_arg_pct(r->keep)));
    calc_note_say(t, lang, &note_worth, CALC_ARGS(calc_arg_real(alive, 1)));
    if (isnan(won->cost_minor)) calc_note_say(t, lang, &note_no_cost, NULL, 0);
    kam_table_seal(t);
    work_release(&w);
    *out = t;
    return KAM_OK;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Scores of all accounts. Everything that depends on (x, T) alone (the distribution of purchases of an account that
 * is alive, its discounted mean) is computed once per distinct (x, T); what depends on t_x as well (P(alive), the
 * quantiles) once per distinct (x, t_x, T); only the spend is per account. */
#include "calc_btyd_int.h"
#include "calc_special.h"
#include "calc_value_int.h"
#include "kam_mem.h"
#include <math.h>
#include <string.h>

enum { TAIL_MAX = 4096 };

void calc_points_build(const calc_btyd_fit *fit, calc_points *out)
{
    double L[P4][P4] = {{0}};
    const int n = fit->n_params;
    out->n = 0;
    /* Cholesky that lets a direction of no variance (a parameter held at its limit) be zero */
    for (int j = 0; j < n; j++) {
        double d = fit->cov_log[j][j];
        for (int k = 0; k < j; k++) d -= L[j][k] * L[j][k];
        if (!(d > 1e-12 * (fit->cov_log[j][j] + 1e-12))) continue;
        L[j][j] = sqrt(d);
        for (int i = j + 1; i < n; i++) {
            double s = fit->cov_log[i][j];
            for (int k = 0; k < j; k++) s -= L[i][k] * L[j][k];
            L[i][j] = s / L[j][j];
        }
    }
    int columns = 0;
    for (int j = 0; j < n; j++) columns += L[j][j] > 0;
    for (int j = 0; j < n; j++) {
        if (!(L[j][j] > 0)) continue;
        double reach = 0;
        for (int i = j; i < n; i++) reach = fmax(reach, sqrt(columns) * fabs(L[i][j]));
        /* Beyond a factor of e² the likelihood is no longer near its parabola; a longer step would say more about
         * the approximation than about the data. */
        const double shrink = reach > 2 ? 2 / reach : 1;
        for (int side = 0; side < 2; side++) {
            out->reach[out->n] = sqrt(columns) * shrink;
            calc_btyd_fit *f = &out->at[out->n++];
            *f = *fit;
            for (int i = j; i < n; i++)
                f->param[i] = fit->param[i] * exp((side ? -1 : 1) * sqrt(columns) * shrink * L[i][j]);
        }
    }
}

void calc_spend_log_slope(const calc_spend_fit *f, double days, double spend, double slope[CALC_SPEND_PARAMS])
{
    const double p = f->param[0], q = f->param[1], v = f->param[2], n = days > 0 && spend > 0 ? days : 0, den = p * n + q - 1;
    memset(slope, 0, CALC_SPEND_PARAMS * sizeof *slope);
    if (n > 0 ? den < 0.02 * p * n : q <= 1.02) return; /* its own mean, or that of all, stands in (calc_spend_expected) */
    slope[0] = 1 - p * n / den;
    slope[1] = -q / den;
    slope[2] = v / (v + n * spend);
}

double calc_spend_log_variance(const calc_spend_fit *f, double days, double spend)
{
    const double p = f->param[0], q = f->param[1], v = f->param[2], den = p * days + q - 1;
    if (!(den > 0.02)) return 0;
    const double g[3] = {1 - p * days / den, -q / den, v / (v + days * spend)};
    double sum = 0;
    for (int i = 0; i < 3; i++)
        for (int j = 0; j < 3; j++) sum += g[i] * f->cov_log[i][j] * g[j];
    return fmax(0, fmin(sum, 1));
}

void calc_spend_relative(const calc_spend_fit *f, double days, double *within, double *between)
{
    const double p = f->param[0], shape = fmax(p * days + f->param[1], 2.5); /* below 2 no variance exists */
    *between = 1 / (shape - 2);
    *within = (shape - 1) / (shape - 2) / p;
}

double calc_discounted_alive(const calc_btyd_fit *fit, const calc_value_spec *spec, int32_t x, double T, double *plain)
{
    double before = 0, sum = 0, v = 1;
    const double step = 1 / (1 + spec->discount_month);
    for (int k = 1; k <= spec->horizon_months; k++) {
        const double now = exp(calc_btyd_log_mean_alive(fit, x, T, k * spec->month_units));
        v *= step;
        sum += (now - before) * v;
        before = now;
    }
    if (plain) *plain = before;
    return sum;
}

double calc_value_discounted(const calc_btyd_fit *fit, const calc_value_spec *spec, int32_t x, double tx, double T)
{
    return exp(calc_btyd_log_p_alive(fit, x, tx, T) + log(calc_discounted_alive(fit, spec, x, T, NULL)));
}

kam_rc calc_value_check(const calc_summary *s, const calc_value_spec *spec, kam_err *err)
{
    const char *what = NULL;
    if (spec->horizon_months < 1 || spec->horizon_months > 1200) what = "the horizon must be 1 to 1200 months";
    else if (!(spec->month_units > 0 && isfinite(spec->month_units))) what = "the length of a month must be positive";
    else if (!(spec->discount_month > -1 && isfinite(spec->discount_month)))
        what = "the discount rate must be greater than -1";
    else if (!(spec->level > 0 && spec->level < 1)) what = "the level must lie between 0 and 1";
    if (!what) return KAM_OK;
    (void)s;
    kam_err_set(err, KAM_USAGE, "%s", what);
    kam_err_word(err, "lifetime-value");
    return KAM_USAGE;
}

/* --- distribution of counts --------------------------------------------------------------------------------------- */
typedef struct tails { /* of one (x, T), for every parameter point */
    int n;
    size_t len[CALC_POINTS_MAX];
    double *sf[CALC_POINTS_MAX]; /* P(X > k | alive) */
    double m1[CALC_POINTS_MAX], m2[CALC_POINTS_MAX]; /* E[X], E[X²] given alive */
    double mean, discounted; /* at the estimate itself */
} tails;

typedef struct group_score {
    double p_alive, low, high, any, m1, m2; /* any = P(X > 0); predictive moments */
    uint32_t xT;
    double q_days, q_low, q_high; /* relative money quantiles of an account with q_days spend days; −1: not yet */
} group_score;

static void tails_fill(tails *t, const calc_points *pt, int32_t x, double T, double horizon)
{
    t->n = pt->n;
    for (int j = 0; j < pt->n; j++) {
        t->len[j] = calc_btyd_alive_tail(&pt->at[j], x, T, horizon, 1e-9, t->sf[j], TAIL_MAX);
        double m1 = 0, m2 = 0;
        for (size_t k = 0; k < t->len[j]; k++) {
            m1 += t->sf[j][k];
            m2 += (2.0 * (double)k + 1) * t->sf[j][k];
        }
        if (t->len[j] == TAIL_MAX) { /* thousands of purchases ahead: a gamma-distributed rate is all that matters */
            m1 = exp(calc_btyd_log_mean_alive(&pt->at[j], x, T, horizon));
            m2 = m1 * m1 * (1 + 1 / (pt->at[j].param[0] + x)) + m1;
        }
        t->m1[j] = m1;
        t->m2[j] = m2;
    }
}

/* P(X > k) over alive or not and over the parameter points. */
static double above(const tails *t, const double *alive, size_t k)
{
    double s = 0;
    for (int j = 0; j < t->n; j++)
        if (k < t->len[j]) s += alive[j] * t->sf[j][k];
    return s / t->n;
}

/* Smallest k with P(X ≤ k) ≥ p. */
static double count_quantile(const tails *t, const double *alive, double p, const group_score *g)
{
    size_t lo = 0, longest = 0;
    for (int j = 0; j < t->n; j++) longest = t->len[j] > longest ? t->len[j] : longest;
    while (lo < longest && above(t, alive, lo) > 1 - p) lo++;
    if (lo < TAIL_MAX) return (double)lo;
    const double var = g->m2 - g->m1 * g->m1, shape = g->m1 * g->m1 / var;
    return fmax((double)TAIL_MAX, floor(calc_gamma_quantile(shape, p) * var / g->m1));
}

/* alive: P(alive) at each parameter point. */
static void score_group(const tails *t, const double *alive, double level, group_score *g)
{
    g->any = g->m1 = g->m2 = 0;
    for (int j = 0; j < t->n; j++) {
        g->m1 += alive[j] * t->m1[j] / t->n;
        g->m2 += alive[j] * t->m2[j] / t->n;
    }
    g->any = above(t, alive, 0);
    g->low = count_quantile(t, alive, (1 - level) / 2, g);
    g->high = count_quantile(t, alive, (1 + level) / 2, g);
    g->q_days = -1;
}

/* Quantile of what the purchases ahead are worth in units of one expected purchase: none with probability 1 − any,
 * else gamma with the moments of a random number of spends. */
static double money_quantile(const group_score *g, double within, double between, double p)
{
    if (!(g->any > 0) || p <= 1 - g->any) return 0;
    const double m = g->m1 / g->any, m2 = (g->m1 * within + g->m2 * (1 + between)) / g->any;
    const double var = fmax(m2 - m * m, 1e-12 * m * m);
    return calc_gamma_quantile(m * m / var, (p - (1 - g->any)) / g->any) * var / m;
}

static void money_interval(const calc_spend_fit *spend, double days, double level, group_score *g)
{
    double within, between;
    calc_spend_relative(spend, days, &within, &between);
    between += calc_spend_log_variance(spend, days, spend->observed_mean);
    g->q_days = days;
    g->q_low = money_quantile(g, within, between, (1 - level) / 2);
    g->q_high = money_quantile(g, within, between, (1 + level) / 2);
}

/* --- all accounts --------------------------------------------------------------------------------------------------- */
typedef struct work {
    calc_btyd_groups g, xT;      /* by (x, t_x, T), and these by (x, T) */
    group_score *score;          /* g.n */
    double *mean, *discounted;   /* xT.n, given alive */
    uint32_t *order, *first;     /* groups by xT: order[first[k] … first[k+1]) */
    calc_btyd_prep prep;         /* g, for P(alive) of all */
} work;

static void work_release(work *w)
{
    calc_btyd_groups_release(&w->g);
    calc_btyd_groups_release(&w->xT);
    calc_btyd_prep_release(&w->prep);
    kam_free(w->score);
    kam_free(w->mean);
    kam_free(w->discounted);
    kam_free(w->order);
    kam_free(w->first);
}

static kam_rc work_build(const calc_summary *s, calc_btyd_model model, kam_progress *progress, work *w, kam_err *err)
{
    const calc_btyd_data d = {s->n, s->x, s->tx, s->T, NULL};
    memset(w, 0, sizeof *w);
    kam_rc rc = calc_btyd_group(&d, &w->g, err);
    if (rc != KAM_OK) return rc;
    const size_t n = w->g.n;
    double *last = kam_alloc((n + 1) * sizeof *last); /* t_x made equal, so that grouping sees (x, T) only */
    for (size_t i = 0; i < n; i++) last[i] = w->g.x[i] > 0 ? w->g.T[i] : 0;
    const calc_btyd_data dd = {n, w->g.x, last, w->g.T, NULL};
    rc = calc_btyd_group(&dd, &w->xT, err);
    kam_free(last);
    if (rc != KAM_OK) {
        work_release(w);
        return rc;
    }
    calc_btyd_prep_build(&w->g, &w->prep);
    w->prep.progress = progress;
    if (model == CALC_BTYD_PARETO) calc_btyd_prep_pairs(&w->prep);
    const size_t m = w->xT.n;
    w->score = kam_calloc(n + 1, sizeof *w->score);
    w->mean = kam_calloc(m + 1, sizeof *w->mean);
    w->discounted = kam_calloc(m + 1, sizeof *w->discounted);
    w->order = kam_calloc(n + 1, sizeof *w->order);
    w->first = kam_calloc(m + 2, sizeof *w->first);
    for (size_t i = 0; i < n; i++) w->first[w->xT.of[i] + 1]++;
    for (size_t k = 0; k < m; k++) w->first[k + 1] += w->first[k];
    for (size_t i = 0; i < n; i++) w->order[w->first[w->xT.of[i]]++] = (uint32_t)i;
    for (size_t k = m; k > 0; k--) w->first[k] = w->first[k - 1];
    w->first[0] = 0;
    return KAM_OK;
}

struct calc_value_frame {
    calc_btyd_prep prep; /* scale, xs, ts, pairs */
    double *logs[CALC_POINTS_MAX + 1]; /* at the points, then at the estimate */
};

/* Where parameters are uncertain: the estimate alone where nothing is known of that. */
static void points_of(const calc_btyd_fit *fit, calc_points *pt)
{
    calc_points_build(fit, pt);
    if (pt->n > 0) return;
    pt->n = 1;
    pt->at[0] = *fit;
}

kam_rc calc_value_frame_build(const calc_summary *all, const calc_btyd_fit *fit, kam_progress *progress, calc_value_frame **out, kam_err *err)
{
    const calc_btyd_data d = {all->n, all->x, all->tx, all->T, NULL};
    calc_btyd_groups g = CALC_BTYD_GROUPS_INIT;
    calc_points pt;
    kam_rc rc = calc_btyd_group(&d, &g, err);
    if (rc != KAM_OK) return rc;
    calc_value_frame *f = kam_zalloc(sizeof *f);
    calc_btyd_prep_build(&g, &f->prep);
    calc_btyd_groups_release(&g);
    f->prep.progress = progress;
    if (fit->model == CALC_BTYD_PARETO) calc_btyd_prep_pairs(&f->prep);
    points_of(fit, &pt);
    for (int j = 0; j <= pt.n && rc == KAM_OK; j++) {
        rc = kam_progress_step(progress, "alive", (uint64_t)j, (uint64_t)pt.n + 1, err);
        if (rc == KAM_OK) f->logs[j] = calc_btyd_alive_logs(j < pt.n ? &pt.at[j] : fit, &f->prep);
    }
    if (rc == KAM_OK) rc = kam_progress_step(progress, "alive", (uint64_t)pt.n + 1, (uint64_t)pt.n + 1, err);
    calc_btyd_prep_forget(&f->prep);
    if (rc == KAM_OK) *out = f;
    else calc_value_frame_free(f);
    return rc;
}

void calc_value_frame_free(calc_value_frame *f)
{
    if (!f) return;
    for (int j = 0; j <= CALC_POINTS_MAX; j++) kam_free(f->logs[j]);
    calc_btyd_prep_release(&f->prep);
    kam_free(f);
}

/* P(alive) of all groups at the j-th set of parameters. */
static void alive_at(const work *w, const calc_value_frame *f, int j, const calc_btyd_fit *fit, double *out)
{
    if (!f) calc_btyd_alive_all(fit, &w->prep, out);
    for (size_t i = 0; f && i < w->g.n; i++) out[i] = calc_btyd_alive_one(fit, &f->prep, f->logs[j], w->g.x[i], w->g.tx[i], w->g.T[i]);
}

static kam_rc score_all_groups(work *w, const calc_value_frame *f, const calc_btyd_fit *fit, const calc_value_spec *spec, kam_err *err)
{
    kam_rc rc = KAM_OK;
    calc_points pt;
    tails t;
    const double horizon = spec->horizon_months * spec->month_units;
    points_of(fit, &pt);
    const size_t n = w->g.n;
    double *alive[CALC_POINTS_MAX], *now = kam_alloc((n + 1) * sizeof *now);
    for (int j = 0; j < pt.n; j++) {
        t.sf[j] = kam_alloc(TAIL_MAX * sizeof(double));
        alive[j] = kam_alloc((n + 1) * sizeof(double));
        if (rc == KAM_OK) rc = kam_progress_step(spec->progress, "alive", (uint64_t)j, (uint64_t)pt.n + 1, err);
        if (rc == KAM_OK) alive_at(w, f, j, &pt.at[j], alive[j]);
    }
    if (rc == KAM_OK) rc = kam_progress_step(spec->progress, "alive", (uint64_t)pt.n, (uint64_t)pt.n + 1, err);
    if (rc == KAM_OK) alive_at(w, f, pt.n, fit, now);
    for (size_t k = 0; k < w->xT.n && rc == KAM_OK; k++) {
        if (k % 64 == 0) rc = kam_progress_step(spec->progress, "score", k, w->xT.n, err);
        const int32_t x = w->xT.x[k];
        const double T = w->xT.T[k];
        w->discounted[k] = calc_discounted_alive(fit, spec, x, T, &w->mean[k]);
        tails_fill(&t, &pt, x, T, horizon);
        for (uint32_t o = w->first[k]; o < w->first[k + 1]; o++) {
            const uint32_t i = w->order[o];
            double at[CALC_POINTS_MAX];
            for (int j = 0; j < pt.n; j++) at[j] = alive[j][i];
            w->score[i].xT = (uint32_t)k;
            w->score[i].p_alive = now[i];
            score_group(&t, at, spec->level, &w->score[i]);
        }
    }
    for (int j = 0; j < pt.n; j++) {
        kam_free(t.sf[j]);
        kam_free(alive[j]);
    }
    kam_free(now);
    return rc;
}

static void scores_alloc(calc_value_scores *v, size_t n, bool has_value)
{
    *v = (calc_value_scores)CALC_VALUE_SCORES_INIT;
    v->n = n;
    v->has_value = has_value;
    v->known = kam_calloc(n + 1, 1);
    double **const column[] = {&v->p_alive,     &v->expected,     &v->expected_low,     &v->expected_high,
                               &v->value_minor, &v->future_minor, &v->future_low_minor, &v->future_high_minor};
    for (size_t i = 0; i < sizeof column / sizeof *column; i++) *column[i] = kam_calloc(n + 1, sizeof(double));
}

void calc_value_scores_release(calc_value_scores *v)
{
    kam_free(v->known);
    kam_free(v->p_alive);
    kam_free(v->expected);
    kam_free(v->expected_low);
    kam_free(v->expected_high);
    kam_free(v->value_minor);
    kam_free(v->future_minor);
    kam_free(v->future_low_minor);
    kam_free(v->future_high_minor);
    *v = (calc_value_scores)CALC_VALUE_SCORES_INIT;
}

kam_rc calc_value_score(const calc_summary *s, const calc_btyd_fit *fit, const calc_spend_fit *spend,
                        const calc_value_spec *spec, calc_value_scores *out, kam_err *err)
{
    return calc_value_score_within(NULL, s, fit, spend, spec, out, err);
}

kam_rc calc_value_score_within(const calc_value_frame *f, const calc_summary *s, const calc_btyd_fit *fit, const calc_spend_fit *spend,
                               const calc_value_spec *spec, calc_value_scores *out, kam_err *err)
{
    work w;
    kam_rc rc = calc_value_check(s, spec, err);
    if (rc != KAM_OK) return rc;
    rc = work_build(s, fit->model, spec->progress, &w, err);
    if (rc != KAM_OK) return rc;
    rc = score_all_groups(&w, f, fit, spec, err);
    if (rc != KAM_OK) {
        work_release(&w);
        return rc;
    }
    calc_value_scores v;
    scores_alloc(&v, s->n, spend != NULL);
    const double minor = pow(10, spec->exponent);
    for (size_t i = 0; i < s->n && rc == KAM_OK; i++) {
        if (i % 16384 == 0) rc = kam_progress_step(spec->progress, "money", i, s->n, err);
        if (w.g.of[i] == UINT32_MAX) continue;
        group_score *g = &w.score[w.g.of[i]];
        v.known[i] = 1;
        v.p_alive[i] = g->p_alive;
        v.expected[i] = g->p_alive * w.mean[g->xT];
        v.expected_low[i] = g->low;
        v.expected_high[i] = g->high;
        if (!spend) continue;
        const double value = calc_spend_expected(spend, s->spend_days[i], s->spend[i]) * minor;
        const double fade = w.mean[g->xT] > 0 ? w.discounted[g->xT] / w.mean[g->xT] : 1;
        if (g->q_days != s->spend_days[i]) money_interval(spend, s->spend_days[i], spec->level, g);
        v.value_minor[i] = value;
        v.future_minor[i] = g->p_alive * w.discounted[g->xT] * value;
        v.future_low_minor[i] = g->q_low * fade * value;
        v.future_high_minor[i] = g->q_high * fade * value;
    }
    work_release(&w);
    if (rc == KAM_OK) *out = v;
    else calc_value_scores_release(&v);
    return rc;
}

/* --- customer equity ------------------------------------------------------------------------------------------------ */
typedef struct sums {
    double expected, future, var_expected, var_future;
} sums;

/* How far the sums over the portfolio are: of so many at so many sets of parameters. */
typedef struct equity_watch {
    kam_progress *progress;
    uint64_t done, total;
} equity_watch;

static bool stopped(equity_watch *u, uint64_t done)
{
    return kam_progress_step(u->progress, "equity", u->done + done, u->total, NULL) != KAM_OK;
}

/* Sums over accounts at one set of parameters. `moments`: variances too (second moments from the distribution). When it is to stop, what
 * comes out is of no use: the caller asks again. */
static sums sum_at(const work *w, const calc_summary *s, const double *value, const calc_spend_fit *spend,
                   const calc_btyd_fit *fit, const calc_value_spec *spec, bool moments, equity_watch *u)
{
    sums r = {0, 0, 0, 0};
    const size_t n = w->g.n, m = w->xT.n;
    double *mean = kam_calloc(3 * m + n + 1, sizeof *mean), *disc = mean + m, *second = disc + m, *alive = second + m;
    double *sf = kam_alloc(TAIL_MAX * sizeof *sf);
    bool stop = false;
    for (size_t k = 0; k < m && !stop; k++) {
        if (k % 64 == 0) stop = stopped(u, k);
        disc[k] = calc_discounted_alive(fit, spec, w->xT.x[k], w->xT.T[k], &mean[k]);
        if (!moments) continue;
        const size_t len = calc_btyd_alive_tail(fit, w->xT.x[k], w->xT.T[k], spec->horizon_months * spec->month_units,
                                                1e-9, sf, TAIL_MAX);
        for (size_t j = 0; j < len; j++) second[k] += (2.0 * (double)j + 1) * sf[j];
        if (len == TAIL_MAX) second[k] = mean[k] * mean[k] * (1 + 1 / (fit->param[0] + w->xT.x[k])) + mean[k];
    }
    stop = stop || stopped(u, m);
    if (!stop) calc_btyd_alive_all(fit, &w->prep, alive);
    stop = stop || stopped(u, m);
    u->done += m;
    for (size_t i = 0; i < s->n && !stop; i++) {
        const uint32_t gi = w->g.of[i];
        if (gi == UINT32_MAX) continue;
        const uint32_t k = w->xT.of[gi];
        const double e1 = alive[gi] * mean[k], f1 = alive[gi] * disc[k] * value[i];
        r.expected += e1;
        r.future += f1;
        if (!moments) continue;
        const double e2 = alive[gi] * second[k], fade = mean[k] > 0 ? disc[k] / mean[k] * value[i] : 0;
        double within = 0, between = 0;
        if (spend) calc_spend_relative(spend, s->spend_days[i], &within, &between);
        r.var_expected += fmax(0, e2 - e1 * e1);
        r.var_future += fmax(0, fade * fade * (e1 * within + e2 * (1 + between)) - f1 * f1);
    }
    kam_free(sf);
    kam_free(mean);
    return r;
}

static void sort_doubles(double *v, size_t n)
{
    for (size_t gap = n / 2; gap > 0; gap /= 2) /* Shell: a few thousand draws */
        for (size_t i = gap; i < n; i++) {
            const double t = v[i];
            size_t j = i;
            for (; j >= gap && v[j - gap] > t; j -= gap) v[j] = v[j - gap];
            v[j] = t;
        }
}

/* Draws: the parameters move the mean of the whole portfolio (log-linear between opposite points), lives and spends
 * add independent noise per account, whose sum is gamma-shaped by its two moments. */
static void draw(calc_rng *rng, double mean, double var, const double *slope, int n_slopes, double extra_sd, int draws,
                 double level, double *low, double *high)
{
    double *v = kam_alloc((size_t)draws * sizeof *v);
    for (int d = 0; d < draws; d++) {
        double shift = extra_sd * calc_rng_normal(rng), half = extra_sd * extra_sd / 2;
        for (int j = 0; j < n_slopes; j++) {
            shift += slope[j] * calc_rng_normal(rng);
            half += slope[j] * slope[j] / 2;
        }
        const double m = mean * exp(shift - half), vv = var * exp(shift - half);
        v[d] = m > 0 && vv > 0 ? calc_rng_gamma(rng, m * m / vv) * vv / m : m;
    }
    sort_doubles(v, (size_t)draws);
    const double a = (1 - level) / 2 * (draws - 1), b = (1 + level) / 2 * (draws - 1);
    *low = v[(size_t)floor(a + 0.5)];
    *high = v[(size_t)floor(b + 0.5)];
    kam_free(v);
}

/* Standard deviation of ln(equity) from the spend model's parameters, weighted by what each account is worth. */
static double spend_sd(const calc_summary *s, const calc_spend_fit *f, const work *w, const double *value)
{
    double g[3] = {0, 0, 0}, total = 0, var = 0;
    for (size_t i = 0; i < s->n; i++) {
        if (w->g.of[i] == UINT32_MAX) continue;
        const group_score *q = &w->score[w->g.of[i]];
        const double weight = q->p_alive * w->mean[q->xT] * value[i];
        const double p = f->param[0], n = s->spend_days[i], den = fmax(p * n + f->param[1] - 1, 0.02);
        g[0] += weight * (1 - p * n / den);
        g[1] -= weight * f->param[1] / den;
        g[2] += weight * f->param[2] / (f->param[2] + n * s->spend[i]);
        total += weight;
    }
    if (!(total > 0)) return 0;
    for (int i = 0; i < 3; i++)
        for (int j = 0; j < 3; j++) var += g[i] * f->cov_log[i][j] * g[j];
    return fmin(1, sqrt(fmax(0, var)) / total);
}

kam_rc calc_value_equity(const calc_summary *s, const calc_btyd_fit *fit, const calc_spend_fit *spend,
                         const calc_value_spec *spec, uint64_t seed, int draws, calc_equity *out, kam_err *err)
{
    work w;
    kam_rc rc = calc_value_check(s, spec, err);
    if (rc == KAM_OK && (draws < 100 || draws > 1000000)) {
        kam_err_set(err, KAM_USAGE, "the number of draws must be 100 to 1000000");
        kam_err_word(err, "lifetime-value");
        rc = KAM_USAGE;
    }
    if (rc == KAM_OK) rc = work_build(s, fit->model, spec->progress, &w, err);
    if (rc != KAM_OK) return rc;
    const double minor = pow(10, spec->exponent);
    double *value = kam_calloc(s->n + 1, sizeof *value), *alive = kam_alloc((w.g.n + 1) * sizeof *alive);
    calc_equity e;
    memset(&e, 0, sizeof e);
    for (size_t i = 0; i < s->n; i++)
        if (spend) value[i] = calc_spend_expected(spend, s->spend_days[i], s->spend[i]) * minor;
    calc_btyd_alive_all(fit, &w.prep, alive);
    for (size_t i = 0; i < w.g.n; i++) {
        group_score *q = &w.score[i];
        q->xT = w.xT.of[i];
        q->p_alive = alive[i];
        e.n += (size_t)w.g.weight[i];
        if (q->p_alive >= 0.5) e.n_alive_half += (size_t)w.g.weight[i];
        e.p_alive_sum += w.g.weight[i] * q->p_alive;
    }
    for (size_t k = 0; k < w.xT.n; k++) w.mean[k] = exp(calc_btyd_log_mean_alive(fit, w.xT.x[k], w.xT.T[k], spec->horizon_months * spec->month_units));
    calc_points pt;
    double slope_n[P4], slope_f[P4];
    calc_points_build(fit, &pt);
    equity_watch u = {spec->progress, 0, ((uint64_t)pt.n + 1) * w.xT.n};
    const sums at = sum_at(&w, s, value, spend, fit, spec, true, &u);
    for (int j = 0; j < pt.n / 2; j++) {
        const sums up = sum_at(&w, s, value, spend, &pt.at[2 * j], spec, false, &u);
        const sums down = sum_at(&w, s, value, spend, &pt.at[2 * j + 1], spec, false, &u);
        const double reach = 2 * pt.reach[2 * j];
        slope_n[j] = up.expected > 0 && down.expected > 0 ? log(up.expected / down.expected) / reach : 0;
        slope_f[j] = up.future > 0 && down.future > 0 ? log(up.future / down.future) / reach : 0;
    }
    calc_rng rng;
    calc_rng_seed(&rng, seed);
    e.draws = draws;
    e.expected = at.expected;
    e.future_minor = at.future;
    rc = kam_progress_step(spec->progress, "equity", u.total, u.total, err);
    if (rc == KAM_OK) {
        draw(&rng, at.expected, at.var_expected, slope_n, pt.n / 2, 0, draws, spec->level, &e.expected_low, &e.expected_high);
        draw(&rng, at.future, at.var_future, slope_f, pt.n / 2, spend ? spend_sd(s, spend, &w, value) : 0, draws, spec->level,
             &e.future_low_minor, &e.future_high_minor);
        *out = e;
    }
    kam_free(alive);
    kam_free(value);
    work_release(&w);
    return rc;
}

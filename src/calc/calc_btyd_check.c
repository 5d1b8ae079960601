/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calc_btyd_check.h"
#include "calc_btyd_int.h"
#include "calc_special.h"
#include "calc_value_int.h"
#include "kam_mem.h"
#include <math.h>
#include <stdio.h>
#include <string.h>

/* --- counts in rows ------------------------------------------------------------------------------------------------------ */
enum { SINGLE = 8 /* 0 … 6 and 7+ */, MOST = 17 };
static const int32_t START[MOST] = {0, 1, 2, 3, 4, 5, 6, 7, 10, 15, 20, 30, 50, 70, 100, 150, 200};

typedef struct bins {
    int n;
    int32_t lo[MOST]; /* each reaches to the next; the last is open */
} bins;

/* Frequent buyers are told apart only where they are many: else the published rows 0 … 7+. */
static bins bins_for(const int32_t *x, size_t n)
{
    size_t all = 0, frequent = 0;
    int32_t most = 0;
    for (size_t i = 0; i < n; i++) {
        if (x[i] < 0) continue;
        all++;
        frequent += x[i] >= SINGLE - 1;
        if (x[i] > most) most = x[i];
    }
    bins b = {SINGLE, {0}};
    while (frequent > all / 4 && b.n < MOST && START[b.n] <= most) b.n++;
    memcpy(b.lo, START, sizeof START);
    return b;
}

static int bin_of(const bins *b, int32_t x)
{
    int k = b->n - 1;
    while (k > 0 && x < b->lo[k]) k--;
    return k;
}

static const char *bin_name(const bins *b, int k, char buf[32])
{
    if (k == b->n - 1) snprintf(buf, 32, "%d+", (int)b->lo[k]);
    else if (b->lo[k + 1] - b->lo[k] == 1) snprintf(buf, 32, "%d", (int)b->lo[k]);
    else snprintf(buf, 32, "%d–%d", (int)b->lo[k], (int)b->lo[k + 1] - 1);
    return buf;
}

static void say(kam_table *t, const calc_check_spec *spec, const calc_text *text, const calc_arg *args, size_t n)
{
    kam_str b = KAM_STR_INIT;
    calc_say(&b, spec->lang, text, args, n);
    kam_table_add_note(t, kam_str_cstr(&b));
    kam_str_release(&b);
}

/* "+3.2 %": how far what happened lies above (below) what was expected. */
static calc_arg deviation(double actual, double expected)
{
    if (!(expected > 0)) return calc_arg_text("–");
    calc_arg p = calc_arg_pct(actual / expected - 1), a = {NULL, {0}};
    snprintf(a.buf, sizeof a.buf, "%s%.*s", p.buf[0] == '-' ? "" : "+", (int)sizeof a.buf - 2, p.buf);
    return a;
}

/* --- actual against expected counts of repeat purchases ---------------------------------------------------------------- */
enum { LEAST_EXPECTED = 5 };

static void expected_cells(const calc_btyd_fit *fit, const calc_btyd_data *d, const bins *b, double *actual, double *expected)
{
    double *ages = kam_alloc((d->n + 1) * sizeof *ages); /* distinct ages only: group with x = 0 */
    int32_t *zero = kam_calloc(d->n + 1, sizeof *zero);
    double *zeros = kam_calloc(d->n + 1, sizeof *zeros);
    size_t n = 0;
    for (size_t i = 0; i < d->n; i++) {
        if (d->x[i] < 0) continue;
        actual[bin_of(b, d->x[i])] += 1;
        ages[n++] = d->T[i];
    }
    const calc_btyd_data by_age = {n, zero, zeros, ages, NULL};
    const size_t below = (size_t)b->lo[b->n - 1]; /* counts before the open end */
    double *pmf = kam_calloc(below + 1, sizeof *pmf);
    calc_btyd_groups g;
    if (calc_btyd_group(&by_age, &g, NULL) == KAM_OK) {
        for (size_t i = 0; i < g.n; i++) {
            const double rest = calc_btyd_pmf(fit, 0, 0, 0, g.T[i], pmf, below);
            for (size_t k = 0; k < below; k++) expected[bin_of(b, (int32_t)k)] += g.weight[i] * pmf[k];
            expected[b->n - 1] += g.weight[i] * fmax(0, rest);
        }
        calc_btyd_groups_release(&g);
    }
    kam_free(pmf);
    kam_free(zeros);
    kam_free(zero);
    kam_free(ages);
}

/* Neighbours are put together until each has LEAST_EXPECTED; what is left at the end joins the last. */
static bins pool(const bins *b, double *actual, double *expected)
{
    bins p = {0, {0}};
    double a = 0, e = 0;
    int32_t lo = 0;
    for (int k = 0; k < b->n; k++) {
        if (a == 0 && e == 0) lo = b->lo[k];
        a += actual[k];
        e += expected[k];
        const bool last = k == b->n - 1;
        if (e < LEAST_EXPECTED && !last) continue;
        if (last && e < LEAST_EXPECTED && p.n) {
            actual[p.n - 1] += a;
            expected[p.n - 1] += e;
            break;
        }
        p.lo[p.n] = p.n ? lo : 0;
        actual[p.n] = a;
        expected[p.n++] = e;
        a = e = 0;
    }
    return p;
}

static void say_test(kam_table *t, const calc_check_spec *spec, double chi, int rows, int n_params)
{
    static const calc_text chance = {"btyd.fit.chance", "chi-square {1}, {2} degrees of freedom, p = {3}: no more than chance explains",
                                     "卡方 {1}，自由度 {2}，p = {3}：差异未超出偶然"};
    static const calc_text misfit = {"btyd.fit.misfit", "chi-square {1}, {2} degrees of freedom, p = {3}: the counts differ from the model by "
                                     "more than chance; see in the rows where", "卡方 {1}，自由度 {2}，p = {3}：与模型的差异超出偶然，看是哪些行"};
    static const calc_text few = {"btyd.fit.few", "no test: {1} rows in which at least {2} accounts are expected, {3} are needed",
                                  "无法检验：预期不少于 {2} 个客户的只有 {1} 行，需要 {3} 行"};
    const int dof = rows - 1 - n_params;
    if (dof <= 0) {
        say(t, spec, &few, (calc_arg[]){calc_arg_int(rows), calc_arg_int(LEAST_EXPECTED), calc_arg_int(n_params + 2)}, 3);
        return;
    }
    const double p = calc_chi2_tail(chi, dof);
    say(t, spec, p < spec->significance ? &misfit : &chance,
        (calc_arg[]){calc_arg_real(chi, 2), calc_arg_int(dof), p < 0.001 ? calc_arg_text("<0.001") : calc_arg_real(p, 3)}, 3);
}

kam_table *calc_btyd_check_counts(const calc_btyd_fit *fit, const calc_btyd_data *d, const calc_check_spec *spec)
{
    double actual[MOST] = {0}, expected[MOST] = {0}, chi = 0, sum_a = 0, sum_e = 0;
    char name[32];
    bins b = bins_for(d->x, d->n);
    expected_cells(fit, d, &b, actual, expected);
    b = pool(&b, actual, expected);
    kam_table *t = kam_table_new();
    kam_table_set_title(t, "lifetime-value.fit");
    kam_column *cell = kam_table_add_column(t, "repeat_purchases", KAM_TEXT, NULL);
    kam_column *a = kam_table_add_column(t, "actual", KAM_INT, NULL);
    kam_column *e = kam_table_add_column(t, "expected", KAM_REAL, NULL);
    kam_column *c = kam_table_add_column(t, "chi_square", KAM_REAL, NULL);
    for (int k = 0; k < b.n; k++) {
        const double diff = actual[k] - expected[k];
        kam_col_push_text(cell, bin_name(&b, k, name));
        kam_col_push_int(a, (int64_t)actual[k]);
        kam_col_push_real(e, expected[k]);
        if (expected[k] > 0) kam_col_push_real(c, diff * diff / expected[k]);
        else kam_col_push_missing(c);
        if (expected[k] > 0) chi += diff * diff / expected[k];
        sum_a += actual[k];
        sum_e += expected[k];
    }
    kam_col_push_text(cell, "total");
    kam_col_push_int(a, (int64_t)sum_a);
    kam_col_push_real(e, sum_e);
    kam_col_push_real(c, chi);
    say_test(t, spec, chi, b.n, fit->n_params);
    kam_table_seal(t);
    return t;
}

/* --- tracking ---------------------------------------------------------------------------------------------------------- */
/* Accounts by their first day relative to `start`, and repeat purchases by day. */
static void daily(const calc_summary *s, const kam_ledger *l, kam_day start, kam_day to, double *born, double *bought)
{
    for (size_t i = 0; i < s->n; i++) {
        if (s->x[i] < 0) continue;
        born[s->first_day[i] - start] += 1;
        bool first = true;
        for (size_t k = l->start[i]; k < l->start[i + 1] && l->day[k] <= to; k++) {
            if (l->net_minor[k] < 0) continue;
            if (!first) bought[l->day[k] - start] += 1;
            first = false;
        }
    }
}

static kam_day earliest(const calc_summary *s)
{
    kam_day first = KAM_DAY_MAX;
    for (size_t i = 0; i < s->n; i++)
        if (s->x[i] >= 0 && s->first_day[i] < first) first = s->first_day[i];
    return first;
}

typedef struct tracking_columns {
    kam_column *period, *until, *actual, *expected, *cum_actual, *cum_expected, *in_fit;
} tracking_columns;

typedef struct totals {
    double actual, expected;
} totals;

/* Returns the totals of the periods that ended within the fitted time in *fitted and of all in *all. */
static void track(const tracking_columns *c, const calc_btyd_fit *fit, const calc_summary *s, kam_day start,
                  kam_day to, const double *born, const double *bought, totals *fitted, totals *all)
{
    const size_t days = (size_t)(to - start) + 1;
    const double step = s->unit == CALC_UNIT_MONTH ? calc_unit_days(CALC_UNIT_MONTH) : 7;
    double *mean = kam_alloc((days + 1) * sizeof *mean); /* E[X(t)] of a new account by age in days */
    mean[0] = 0;
    for (size_t j = 1; j <= days; j++) mean[j] = calc_btyd_expected_new(fit, (double)j / s->unit_days);
    double seen = 0, before = 0, counted = 0;
    size_t done = 0;
    for (int period = 1; done < days; period++) {
        const size_t until = (size_t)fmin((double)days, floor(period * step + 1e-9)); /* days of the period: [done, until) */
        for (size_t j = done; j < until; j++) counted += bought[j];
        double expected = 0;
        for (size_t j = 0; j < until; j++)
            if (born[j] > 0) expected += born[j] * mean[until - 1 - j];
        kam_col_push_int(c->period, period);
        kam_col_push_int(c->until, start + (kam_day)until - 1);
        kam_col_push_int(c->actual, (int64_t)(counted - seen));
        kam_col_push_real(c->expected, expected - before);
        kam_col_push_int(c->cum_actual, (int64_t)counted);
        kam_col_push_real(c->cum_expected, expected);
        kam_col_push_int(c->in_fit, start + (kam_day)until - 1 <= s->end);
        *all = (totals){counted, expected};
        if (start + (kam_day)until - 1 <= s->end) *fitted = *all;
        seen = counted;
        before = expected;
        done = until;
    }
    kam_free(mean);
}

static void say_tracking(kam_table *t, const calc_check_spec *spec, const totals *fitted, const totals *all, kam_day end, kam_day to)
{
    static const calc_text in = {"btyd.tracking.fitted", "fitted time, to {1}: {2} repeat purchases, {3} expected ({4})",
                                 "拟合期，至 {1}：重复购买 {2} 次，预期 {3} 次（{4}）"};
    static const calc_text out = {"btyd.tracking.after", "after it, to {1}: {2} repeat purchases, {3} expected ({4})",
                                  "其后，至 {1}：重复购买 {2} 次，预期 {3} 次（{4}）"};
    const totals after = {all->actual - fitted->actual, all->expected - fitted->expected};
    say(t, spec, &in, (calc_arg[]){calc_arg_day(end < to ? end : to), calc_arg_int((int64_t)fitted->actual),
        calc_arg_real(fitted->expected, 1), deviation(fitted->actual, fitted->expected)}, 4);
    if (to > end)
        say(t, spec, &out, (calc_arg[]){calc_arg_day(to), calc_arg_int((int64_t)after.actual), calc_arg_real(after.expected, 1),
            deviation(after.actual, after.expected)}, 4);
}

kam_table *calc_btyd_check_tracking(const calc_btyd_fit *fit, const calc_summary *s, const kam_ledger *l, kam_day to,
                                    const calc_check_spec *spec)
{
    kam_table *t = kam_table_new();
    kam_table_set_title(t, "lifetime-value.tracking");
    const tracking_columns c = {
        .period = kam_table_add_column(t, "period", KAM_INT, NULL),
        .until = kam_table_add_column(t, "until", KAM_DAY, NULL),
        .actual = kam_table_add_column(t, "actual", KAM_INT, NULL),
        .expected = kam_table_add_column(t, "expected", KAM_REAL, NULL),
        .cum_actual = kam_table_add_column(t, "cumulative_actual", KAM_INT, NULL),
        .cum_expected = kam_table_add_column(t, "cumulative_expected", KAM_REAL, NULL),
        .in_fit = kam_table_add_column(t, "in_fit", KAM_FLAG, NULL),
    };
    const kam_day start = earliest(s);
    if (start <= to && to <= KAM_DAY_MAX) {
        const size_t days = (size_t)(to - start) + 1;
        double *born = kam_calloc(2 * days, sizeof *born);
        daily(s, l, start, to, born, born + days);
        totals fitted = {0, 0}, all = {0, 0};
        track(&c, fit, s, start, to, born, born + days, &fitted, &all);
        say_tracking(t, spec, &fitted, &all, s->end, to);
        kam_free(born);
    }
    kam_table_seal(t);
    return t;
}

/* --- holdout ----------------------------------------------------------------------------------------------------------- */
typedef struct holdout_sum {
    double n, actual, expected, abs_error, sq_error, covered;
} holdout_sum;

enum { HOLDOUT_COLUMNS = 7 };

static void push_holdout(kam_column *const *c, const char *name, const holdout_sum *h)
{
    kam_col_push_text(c[0], name);
    kam_col_push_int(c[1], (int64_t)h->n);
    const double v[5] = {h->actual / h->n, h->expected / h->n, h->abs_error / h->n, sqrt(h->sq_error / h->n),
                         h->covered / h->n};
    for (int i = 0; i < 5; i++) {
        if (h->n > 0) kam_col_push_real(c[i + 2], v[i]);
        else kam_col_push_missing(c[i + 2]);
    }
}

static void add_up(holdout_sum *h, double actual, double expected, bool covered)
{
    h->n += 1;
    h->actual += actual;
    h->expected += expected;
    h->abs_error += fabs(actual - expected);
    h->sq_error += (actual - expected) * (actual - expected);
    h->covered += covered;
}

static holdout_sum holdout_rows(kam_column *const *c, const calc_summary *s, const calc_value_scores *v, const int32_t *count)
{
    holdout_sum cell[MOST + 1];
    char name[32];
    const bins b = bins_for(s->x, s->n);
    memset(cell, 0, sizeof cell);
    for (size_t i = 0; i < s->n; i++) {
        if (!v->known[i]) continue;
        const bool covered = count[i] >= v->expected_low[i] && count[i] <= v->expected_high[i];
        add_up(&cell[bin_of(&b, s->x[i])], count[i], v->expected[i], covered);
        add_up(&cell[MOST], count[i], v->expected[i], covered);
    }
    for (int k = 0; k < b.n; k++) push_holdout(c, bin_name(&b, k, name), &cell[k]);
    push_holdout(c, "all", &cell[MOST]);
    return cell[MOST];
}

static void say_holdout(kam_table *t, const calc_check_spec *spec, const holdout_sum *h, double level)
{
    static const calc_text text = {"btyd.holdout", "{1} accounts made {2} purchases, {3} expected ({4}); {5} of the counts lie in the {6} interval",
                                   "{1} 个客户购买 {2} 次，预期 {3} 次（{4}）；{5} 的实际次数落在 {6} 区间内"};
    if (h->n > 0)
        say(t, spec, &text, (calc_arg[]){calc_arg_int((int64_t)h->n), calc_arg_int((int64_t)h->actual), calc_arg_real(h->expected, 1),
            deviation(h->actual, h->expected), calc_arg_pct(h->covered / h->n), calc_arg_pct(level)}, 6);
}

kam_table *calc_btyd_check_holdout(const calc_btyd_fit *fit, const calc_summary *s, const kam_ledger *l, kam_day to,
                                   double level, const calc_check_spec *spec)
{
    kam_table *t = kam_table_new();
    kam_table_set_title(t, "lifetime-value.holdout");
    static const char *const real[] = {"actual_mean", "expected_mean", "mae", "rmse", "covered"};
    kam_column *c[HOLDOUT_COLUMNS];
    c[0] = kam_table_add_column(t, "repeat_purchases", KAM_TEXT, NULL);
    c[1] = kam_table_add_column(t, "accounts", KAM_INT, NULL);
    for (int i = 0; i < 5; i++) c[i + 2] = kam_table_add_column(t, real[i], KAM_REAL, NULL);
    if (to > s->end) {
        /* the whole holdout as one "month" without discount: the scores then are its purchases and interval */
        const calc_value_spec whole = {1, (double)(to - s->end) / s->unit_days, 0, level, 0, NULL};
        calc_value_scores v;
        int32_t *count = kam_calloc(s->n + 1, sizeof *count);
        calc_summary_count(l, s->end, to, CALC_BASIS_AMOUNT, 0, count, NULL);
        if (calc_value_score(s, fit, NULL, &whole, &v, NULL) == KAM_OK) {
            const holdout_sum h = holdout_rows(c, s, &v, count);
            say_holdout(t, spec, &h, level);
            calc_value_scores_release(&v);
        }
        kam_free(count);
    }
    kam_table_seal(t);
    return t;
}

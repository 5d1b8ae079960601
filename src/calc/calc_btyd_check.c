/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calc_btyd_check.h"
#include "calc_btyd_int.h"
#include "calc_special.h"
#include "calc_value_int.h"
#include "kam_mem.h"
#include <math.h>
#include <stdio.h>
#include <string.h>

enum { CELLS = 8 }; /* 0 … 6 and 7+ */

static const char *cell_name(int k)
{
    static const char *const name[CELLS] = {"0", "1", "2", "3", "4", "5", "6", "7+"};
    return name[k];
}

/* --- actual against expected counts of repeat purchases ---------------------------------------------------------------- */
static void expected_cells(const calc_btyd_fit *fit, const calc_btyd_data *d, double *actual, double *expected)
{
    double *ages = kam_alloc((d->n + 1) * sizeof *ages); /* distinct ages only: group with x = 0 */
    int32_t *zero = kam_calloc(d->n + 1, sizeof *zero);
    double *zeros = kam_calloc(d->n + 1, sizeof *zeros);
    size_t n = 0;
    for (size_t i = 0; i < d->n; i++) {
        if (d->x[i] < 0) continue;
        actual[d->x[i] < CELLS - 1 ? d->x[i] : CELLS - 1] += 1;
        ages[n++] = d->T[i];
    }
    const calc_btyd_data by_age = {n, zero, zeros, ages};
    calc_btyd_groups g;
    if (calc_btyd_group(&by_age, &g, NULL) == KAM_OK) {
        for (size_t i = 0; i < g.n; i++) {
            double rest = 1;
            for (int k = 0; k < CELLS - 1; k++) {
                const double p = calc_btyd_pmf_new(fit, k, g.T[i]);
                expected[k] += g.weight[i] * p;
                rest -= p;
            }
            expected[CELLS - 1] += g.weight[i] * fmax(0, rest);
        }
        calc_btyd_groups_release(&g);
    }
    kam_free(zeros);
    kam_free(zero);
    kam_free(ages);
}

kam_table *calc_btyd_check_counts(const calc_btyd_fit *fit, const calc_btyd_data *d)
{
    double actual[CELLS] = {0}, expected[CELLS] = {0}, chi = 0, sum_a = 0, sum_e = 0;
    int used = 0;
    expected_cells(fit, d, actual, expected);
    kam_table *t = kam_table_new();
    kam_table_set_title(t, "lifetime-value.fit");
    kam_column *cell = kam_table_add_column(t, "repeat_purchases", KAM_TEXT, NULL);
    kam_column *a = kam_table_add_column(t, "actual", KAM_INT, NULL);
    kam_column *e = kam_table_add_column(t, "expected", KAM_REAL, NULL);
    kam_column *c = kam_table_add_column(t, "chi_square", KAM_REAL, NULL);
    for (int k = 0; k < CELLS; k++) {
        kam_col_push_text(cell, cell_name(k));
        kam_col_push_int(a, (int64_t)actual[k]);
        kam_col_push_real(e, expected[k]);
        const double diff = actual[k] - expected[k];
        if (expected[k] > 1e-9) {
            kam_col_push_real(c, diff * diff / expected[k]);
            chi += diff * diff / expected[k];
            used++;
        } else {
            kam_col_push_missing(c);
        }
        sum_a += actual[k];
        sum_e += expected[k];
    }
    kam_col_push_text(cell, "total");
    kam_col_push_int(a, (int64_t)sum_a);
    kam_col_push_real(e, sum_e);
    kam_col_push_real(c, chi);
    const int dof = used - 1 - fit->n_params;
    if (dof > 0) {
        char note[160];
        snprintf(note, sizeof note, "chi-square %.2f, %d degrees of freedom, p = %.3f", chi, dof,
                 calc_chi2_tail(chi, dof));
        kam_table_add_note(t, note);
    }
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

static void track(const tracking_columns *c, const calc_btyd_fit *fit, const calc_summary *s, kam_day start,
                  kam_day to, const double *born, const double *bought)
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
        seen = counted;
        before = expected;
        done = until;
    }
    kam_free(mean);
}

kam_table *calc_btyd_check_tracking(const calc_btyd_fit *fit, const calc_summary *s, const kam_ledger *l, kam_day to)
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
        track(&c, fit, s, start, to, born, born + days);
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

static void holdout_rows(kam_column *const *c, const calc_summary *s, const calc_value_scores *v, const int32_t *count)
{
    holdout_sum cell[CELLS + 1];
    memset(cell, 0, sizeof cell);
    for (size_t i = 0; i < s->n; i++) {
        if (!v->known[i]) continue;
        const bool covered = count[i] >= v->expected_low[i] && count[i] <= v->expected_high[i];
        add_up(&cell[s->x[i] < CELLS - 1 ? s->x[i] : CELLS - 1], count[i], v->expected[i], covered);
        add_up(&cell[CELLS], count[i], v->expected[i], covered);
    }
    for (int k = 0; k < CELLS; k++) push_holdout(c, cell_name(k), &cell[k]);
    push_holdout(c, "all", &cell[CELLS]);
}

kam_table *calc_btyd_check_holdout(const calc_btyd_fit *fit, const calc_summary *s, const kam_ledger *l, kam_day to,
                                   double level)
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
        const calc_value_spec spec = {1, (double)(to - s->end) / s->unit_days, 0, level, 0};
        calc_value_scores v;
        int32_t *count = kam_calloc(s->n + 1, sizeof *count);
        calc_summary_count(l, s->end, to, CALC_BASIS_AMOUNT, 0, count, NULL);
        if (calc_value_score(s, fit, NULL, &spec, &v, NULL) == KAM_OK) {
            holdout_rows(c, s, &v, count);
            calc_value_scores_release(&v);
        }
        kam_free(count);
    }
    kam_table_seal(t);
    return t;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Scores of forecasts: one pass that adds every row to its groups. */
#include "calc_backtest.h"
#include "calc_rank.h"
#include "calc_use.h"
#include "kam_mem.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const calc_text note_again = {"backtest.again", "{1} forecasts of {2} opportunities: a deal counts at each origin anew, so the intervals are too narrow",
                                     "{2} 个商机的 {1} 次预测：同一商机在每个时点各计一次，故区间偏窄"};

enum { F_OPP, F_STAGE, F_REP, F_P, F_AMOUNT, F_TRUE, F_COLS };
static const calc_use want[F_COLS] = {{"opportunity", KAM_TEXT, false}, {"stage", KAM_TEXT, false},  {"rep", KAM_TEXT, false},
                                      {"probability", KAM_REAL, false}, {"amount", KAM_MONEY, false}, {"came_true", KAM_FLAG, false}};

typedef struct tally {
    int64_t n, deals, amount_won;
    double predicted, observed, brier, amount_predicted;
} tally;

static void add(tally *t, const kam_column **c, size_t r)
{
    double p = kam_col_real(c[F_P], r), y = (double)kam_col_int(c[F_TRUE], r);
    t->n++;
    t->predicted += p;
    t->observed += y;
    t->brier += (p - y) * (p - y);
    if (!calc_known(c[F_AMOUNT], r)) return;
    t->amount_predicted += p * (double)kam_col_int(c[F_AMOUNT], r);
    if (y > 0) t->amount_won += kam_col_int(c[F_AMOUNT], r);
}

static int by_text(const void *a, const void *b)
{
    const char *x = *(const char *const *)a, *y = *(const char *const *)b;
    if (!x || !y) return (x == NULL) - (y == NULL);
    return strcmp(x, y);
}

/* The different values of a column, missing last as NULL. */
static const char **distinct(const kam_column *c, size_t rows, size_t *n)
{
    const char **v = kam_calloc(rows + 1, sizeof *v);
    for (size_t r = 0; r < rows; r++) v[r] = calc_text_at(c, r);
    if (rows) qsort(v, rows, sizeof *v, by_text);
    *n = 0;
    for (size_t r = 0; r < rows; r++)
        if (*n == 0 || by_text(&v[*n - 1], &v[r]) != 0) v[(*n)++] = v[r];
    return v;
}

enum { G_BY, G_GROUP, G_N, G_DEALS, G_PREDICTED, G_OBSERVED, G_LOW, G_HIGH, G_BIAS, G_BRIER, G_BASE, G_AMOUNT, G_WON, G_COLS };
static const calc_col score_cols[G_COLS] = {
    {"by", KAM_TEXT, "backtest.by"},                 {"group", KAM_TEXT, "backtest.group"},
    {"n", KAM_INT, "backtest.n"},                    {"deals", KAM_INT, "backtest.deals_count"},
    {"predicted", KAM_REAL, "backtest.predicted"},   {"observed", KAM_REAL, "backtest.observed"},
    {"observed_low", KAM_REAL, "backtest.observed_low"}, {"observed_high", KAM_REAL, "backtest.observed_high"},
    {"bias", KAM_REAL, "backtest.bias"},             {"brier", KAM_REAL, "backtest.brier"},
    {"brier_base", KAM_REAL, "backtest.brier_base"}, {"predicted_amount", KAM_MONEY, "backtest.predicted_amount"},
    {"won_amount", KAM_MONEY, "backtest.won_amount"}};

static void push_group(kam_column **c, const char *by, const char *group, const tally *t, double level)
{
    double n = (double)t->n, observed = t->n ? t->observed / n : NAN, low = NAN, high = NAN;
    calc_wilson(t->observed, n, level, &low, &high);
    kam_col_push_text(c[G_BY], by);
    kam_col_push_text(c[G_GROUP], group);
    kam_col_push_int(c[G_N], t->n);
    kam_col_push_int(c[G_DEALS], t->deals);
    kam_col_push_real(c[G_PREDICTED], t->n ? t->predicted / n : NAN);
    kam_col_push_real(c[G_OBSERVED], observed);
    kam_col_push_real(c[G_LOW], low);
    kam_col_push_real(c[G_HIGH], high);
    kam_col_push_real(c[G_BIAS], t->n ? (t->predicted - t->observed) / n : NAN);
    kam_col_push_real(c[G_BRIER], t->n ? t->brier / n : NAN);
    kam_col_push_real(c[G_BASE], observed * (1 - observed));
    calc_push_opt(c[G_AMOUNT], t->n > 0, llround(t->amount_predicted));
    calc_push_opt(c[G_WON], t->n > 0, t->amount_won);
}

/* Sum the rows whose cell in `key` is the group's (NULL key: all rows). Deals are counted by the sorted codes of those rows. */
static tally sum_group(const kam_column **c, size_t rows, const kam_column *key, const char *group)
{
    tally t = {0};
    const char **code = kam_calloc(rows + 1, sizeof *code);
    for (size_t r = 0; r < rows; r++) {
        if (key && !kam_streq(calc_text_at(key, r), group)) continue;
        code[t.n] = calc_text_at(c[F_OPP], r);
        add(&t, c, r);
    }
    if (t.n) qsort(code, (size_t)t.n, sizeof *code, by_text);
    for (int64_t i = 0; i < t.n; i++) t.deals += i == 0 || by_text(&code[i - 1], &code[i]) != 0;
    kam_free(code);
    return t;
}

kam_rc calc_backtest_scores(const kam_table *forecasts, const calc_backtest_params *p, kam_table **out, kam_err *err)
{
    const kam_column *c[F_COLS];
    kam_rc rc = calc_use_table(forecasts, "forecasts", want, F_COLS, c, err);
    if (rc) return rc;
    size_t rows = calc_use_rows(forecasts), reps;
    kam_column *o[G_COLS];
    kam_table *t = calc_out_new("backtest.scores", forecasts, score_cols, G_COLS, o);
    tally all = sum_group(c, rows, NULL, NULL);
    push_group(o, "all", NULL, &all, p->level);
    for (int k = 0; k < CALC_STAGES; k++) {
        tally s = sum_group(c, rows, c[F_STAGE], calc_stage_keys[k]);
        if (s.n) push_group(o, "stage", calc_stage_keys[k], &s, p->level);
    }
    const char **rep = distinct(c[F_REP], rows, &reps);
    for (size_t k = 0; k < reps; k++) {
        tally s = sum_group(c, rows, c[F_REP], rep[k]);
        push_group(o, "rep", rep[k], &s, p->level);
    }
    kam_free(rep);
    for (size_t i = 0; i < kam_table_notes(forecasts); i++) kam_table_add_note(t, kam_table_note(forecasts, i));
    if (all.n > all.deals) calc_note_say(t, p->forecast.lang, &note_again, CALC_ARGS(calc_arg_int(all.n), calc_arg_int(all.deals)));
    kam_table_seal(t);
    *out = t;
    return KAM_OK;
}

kam_rc calc_backtest_calibration(const kam_table *forecasts, const calc_backtest_params *p, kam_table **out, kam_err *err)
{
    enum { FROM, TO, N, PREDICTED, OBSERVED, LOW, HIGH, COLS, BINS = 10 };
    static const calc_col cols[COLS] = {
        {"p_from", KAM_REAL, "backtest.p_from"},         {"p_to", KAM_REAL, "backtest.p_to"},
        {"n", KAM_INT, "backtest.n"},                    {"predicted", KAM_REAL, "backtest.predicted"},
        {"observed", KAM_REAL, "backtest.observed"},     {"observed_low", KAM_REAL, "backtest.observed_low"},
        {"observed_high", KAM_REAL, "backtest.observed_high"}};
    const kam_column *c[F_COLS];
    kam_rc rc = calc_use_table(forecasts, "forecasts", want, F_COLS, c, err);
    if (rc) return rc;
    tally bin[BINS] = {{0}};
    for (size_t r = 0, rows = calc_use_rows(forecasts); r < rows; r++) {
        int k = (int)floor(kam_col_real(c[F_P], r) * BINS + 1e-9); /* 0.3 belongs to the bin it begins, whatever 0.3 · 10 gives */
        add(&bin[k >= BINS ? BINS - 1 : k < 0 ? 0 : k], c, r);
    }
    kam_column *o[COLS];
    kam_table *t = calc_out_new("backtest.calibration", forecasts, cols, COLS, o);
    for (int k = 0; k < BINS; k++) {
        if (bin[k].n == 0) continue;
        double n = (double)bin[k].n, low = NAN, high = NAN;
        calc_wilson(bin[k].observed, n, p->level, &low, &high);
        kam_col_push_real(o[FROM], k / 10.0);
        kam_col_push_real(o[TO], (k + 1) / 10.0);
        kam_col_push_int(o[N], bin[k].n);
        kam_col_push_real(o[PREDICTED], bin[k].predicted / n);
        kam_col_push_real(o[OBSERVED], bin[k].observed / n);
        kam_col_push_real(o[LOW], low);
        kam_col_push_real(o[HIGH], high);
    }
    for (size_t i = 0; i < kam_table_notes(forecasts); i++) kam_table_add_note(t, kam_table_note(forecasts, i));
    kam_table_seal(t);
    *out = t;
    return KAM_OK;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The past is rebuilt as tables and handed to the methods that serve the present, so that there is one forecast, not two. */
#include "calc_backtest.h"
#include "calc_use.h"
#include "kam_mem.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *const calc_event_keys[] = {"in-month", "ever", NULL};
static const calc_text note_open = {"backtest.open", "not yet decided and left out: {1}", "尚无结果、未计入：{1} 个"};

/* --- the past -------------------------------------------------------------------------------------------------------- */

enum { O_ROW, O_CODE, O_NAME, O_RESULT, O_STAGE, O_OPENED, O_CLOSED, O_EXPECTED, O_AMOUNT, O_REP, O_COLS };
static const calc_use opp_use[O_COLS] = {
    {"row", KAM_INT, false},       {"opportunity", KAM_TEXT, false}, {"name", KAM_TEXT, true},
    {"result", KAM_TEXT, false},   {"stage", KAM_TEXT, false},       {"opened_on", KAM_DAY, false},
    {"closed_on", KAM_DAY, false}, {"expected_close", KAM_DAY, false}, {"amount", KAM_MONEY, false},
    {"rep", KAM_TEXT, false}};
enum { V_OPP, V_DATE, V_ATTRIBUTE, V_AMOUNT, V_DAY, V_REP, V_P, V_COLS };
static const calc_use value_use[V_COLS] = {{"opportunity", KAM_INT, false}, {"date", KAM_DAY, false}, {"attribute", KAM_TEXT, false},
                                           {"amount", KAM_MONEY, false},    {"day", KAM_DAY, false},  {"rep", KAM_TEXT, false},
                                           {"probability", KAM_REAL, true}};
enum { S_OPP, S_DATE, S_STAGE, S_COLS };
static const calc_use stage_use[S_COLS] = {{"opportunity", KAM_INT, false}, {"date", KAM_DAY, false}, {"stage", KAM_TEXT, false}};

typedef struct history {
    const kam_column *o[O_COLS], *v[V_COLS], *s[S_COLS];
    size_t n, values, stages;
} history;

static kam_rc history_open(const calc_facts *f, const kam_table *values, history *h, kam_err *err)
{
    kam_rc rc = calc_use_table(f->opportunities, "opportunities", opp_use, O_COLS, h->o, err);
    if (!rc) rc = calc_use_table(values, "values", value_use, V_COLS, h->v, err);
    if (!rc) rc = calc_use_table(f->stages, "stages", stage_use, S_COLS, h->s, err);
    h->n = calc_use_rows(f->opportunities);
    h->values = calc_use_rows(values);
    h->stages = calc_use_rows(f->stages);
    return rc;
}

/* Row of the last entry ≤ day of each attribute and of the stage; SIZE_MAX: none. */
typedef struct latest {
    size_t amount, expected, owner, stage, kept; /* kept: a forecast kept on that very day */
} latest;

static latest *find_latest(const history *h, kam_day day)
{
    latest *at = kam_calloc(h->n, sizeof *at);
    for (size_t i = 0; i < h->n; i++) at[i] = (latest){SIZE_MAX, SIZE_MAX, SIZE_MAX, SIZE_MAX, SIZE_MAX};
    for (size_t r = 0; r < h->values; r++) {
        size_t i = calc_row_at(h->v[V_OPP], r, h->n);
        if (i == SIZE_MAX || !calc_known(h->v[V_DATE], r) || kam_col_int(h->v[V_DATE], r) > day) continue;
        if (calc_text_is(h->v[V_ATTRIBUTE], r, "amount")) at[i].amount = r;
        else if (calc_text_is(h->v[V_ATTRIBUTE], r, "expected_close")) at[i].expected = r;
        else if (calc_text_is(h->v[V_ATTRIBUTE], r, "owner")) at[i].owner = r;
        else if (kam_col_int(h->v[V_DATE], r) == day) at[i].kept = r;
    }
    for (size_t r = 0; r < h->stages; r++) {
        size_t i = calc_row_at(h->s[S_OPP], r, h->n);
        if (i == SIZE_MAX || !calc_known(h->s[S_DATE], r) || kam_col_int(h->s[S_DATE], r) > day) continue;
        if (at[i].stage == SIZE_MAX || kam_col_int(h->s[S_DATE], r) >= kam_col_int(h->s[S_DATE], at[i].stage)) at[i].stage = r;
    }
    return at;
}

static void push_at(kam_column *to, const kam_column *from, size_t row)
{
    if (row == SIZE_MAX || !from) kam_col_push_missing(to);
    else kam_col_push_from(to, from, row);
}

enum { THEN_FORECAST = O_COLS, THEN_COLS };
static const calc_col then_cols[THEN_COLS] = {
    {"row", KAM_INT, NULL},       {"opportunity", KAM_TEXT, NULL}, {"name", KAM_TEXT, NULL},      {"result", KAM_TEXT, NULL},
    {"stage", KAM_TEXT, NULL},    {"opened_on", KAM_DAY, NULL},    {"closed_on", KAM_DAY, NULL},  {"expected_close", KAM_DAY, NULL},
    {"amount", KAM_MONEY, NULL},  {"rep", KAM_TEXT, NULL},         {"forecast", KAM_REAL, NULL}};

static void push_then(const history *h, size_t i, kam_day day, const latest *at, kam_column **c)
{
    bool closed = calc_known(h->o[O_CLOSED], i);
    bool later = closed && kam_col_int(h->o[O_CLOSED], i) > day;
    push_at(c[O_ROW], h->o[O_ROW], i);
    push_at(c[O_CODE], h->o[O_CODE], i);
    push_at(c[O_NAME], h->o[O_NAME], i);
    if (later) kam_col_push_text(c[O_RESULT], "open");
    else push_at(c[O_RESULT], h->o[O_RESULT], i);
    push_at(c[O_STAGE], h->s[S_STAGE], at->stage);
    push_at(c[O_OPENED], h->o[O_OPENED], i);
    push_at(c[O_CLOSED], h->o[O_CLOSED], closed && !later ? i : SIZE_MAX);
    push_at(c[O_EXPECTED], h->v[V_DAY], at->expected);
    push_at(c[O_AMOUNT], h->v[V_AMOUNT], at->amount);
    push_at(c[O_REP], h->v[V_REP], at->owner);
    push_at(c[THEN_FORECAST], h->v[V_P], at->kept);
}

static void rebuild(const calc_facts *f, const history *h, kam_day day, kam_table **opps, kam_table **stages, size_t **place)
{
    kam_column *c[THEN_COLS], *d[S_COLS];
    static const calc_col cols[S_COLS] = {{"opportunity", KAM_INT, NULL}, {"date", KAM_DAY, NULL}, {"stage", KAM_TEXT, NULL}};
    latest *at = find_latest(h, day);
    size_t n = 0, *now = kam_calloc(h->n, sizeof *now), *was = kam_calloc(h->n, sizeof *was);
    *opps = calc_out_new(NULL, f->opportunities ? f->opportunities : f->accounts, then_cols, THEN_COLS, c);
    *stages = calc_out_new(NULL, NULL, cols, S_COLS, d);
    for (size_t i = 0; i < h->n; i++) {
        now[i] = SIZE_MAX;
        if (!calc_known(h->o[O_OPENED], i) || kam_col_int(h->o[O_OPENED], i) > day) continue;
        push_then(h, i, day, &at[i], c);
        was[n] = i;
        now[i] = n++;
    }
    for (size_t r = 0; r < h->stages; r++) {
        size_t i = calc_row_at(h->s[S_OPP], r, h->n);
        if (i == SIZE_MAX || now[i] == SIZE_MAX || !calc_known(h->s[S_DATE], r) || kam_col_int(h->s[S_DATE], r) > day) continue;
        kam_col_push_int(d[S_OPP], (int64_t)now[i]);
        kam_col_push_from(d[S_DATE], h->s[S_DATE], r);
        push_at(d[S_STAGE], h->s[S_STAGE], r);
    }
    kam_table_seal(*opps);
    kam_table_seal(*stages);
    kam_free(at);
    kam_free(now);
    *place = was;
}

kam_rc calc_history_at(const calc_facts *f, const kam_table *values, kam_day day, kam_table **opps, kam_table **stages,
                       size_t **place, kam_err *err)
{
    history h;
    kam_rc rc = history_open(f, values, &h, err);
    if (!rc) rebuild(f, &h, day, opps, stages, place);
    return rc;
}

/* --- origins --------------------------------------------------------------------------------------------------------- */

static int month_number(kam_day d)
{
    int y, m, day;
    kam_day_to_ymd(d, &y, &m, &day);
    return y * 12 + m - 1;
}

static kam_day month_start(int month)
{
    return kam_day_from_ymd(month / 12, month % 12 + 1, 1);
}

static int by_day(const void *a, const void *b)
{
    const kam_day x = *(const kam_day *)a, y = *(const kam_day *)b;
    return (x > y) - (x < y);
}

/* Eves of months from the first opportunity on whose target month is over on D; or the days forecasts were kept on. */
static kam_day *find_origins(const history *h, const calc_backtest_params *p, size_t *count)
{
    size_t n = 0, cap = 0;
    kam_day *at = NULL, first = INT64_MAX, asof = p->forecast.asof;
    for (size_t r = 0; p->kept && r < h->values; r++) {
        if (!calc_text_is(h->v[V_ATTRIBUTE], r, "forecast") || !calc_known(h->v[V_P], r)) continue;
        KAM_GROW(at, cap, n + 1);
        at[n++] = kam_col_int(h->v[V_DATE], r);
    }
    for (size_t i = 0; !p->kept && i < h->n; i++)
        if (calc_known(h->o[O_OPENED], i) && kam_col_int(h->o[O_OPENED], i) < first) first = kam_col_int(h->o[O_OPENED], i);
    if (first != INT64_MAX)
        for (int m = month_number(first) + 1; month_start(m) - 1 < asof; m++) {
            if (p->event == CALC_EVENT_IN_MONTH && month_start(m + p->ahead + 1) - 1 > asof) break;
            KAM_GROW(at, cap, n + 1);
            at[n++] = month_start(m) - 1;
        }
    if (n) qsort(at, n, sizeof *at, by_day);
    size_t k = 0;
    for (size_t i = 0; i < n; i++)
        if (at[i] >= p->since && (k == 0 || at[k - 1] != at[i])) at[k++] = at[i];
    *count = k;
    return at;
}

/* --- forecasts ------------------------------------------------------------------------------------------------------- */

enum { F_ORIGIN, F_OPP, F_ACCOUNT, F_PERIOD, F_STAGE, F_REP, F_P, F_AMOUNT, F_TRUE, F_ERROR, F_COLS };
static const calc_col forecast_cols[F_COLS] = {
    {"origin", KAM_DAY, "backtest.origin"},       {"opportunity", KAM_TEXT, "funnel.opportunity"},
    {"account", KAM_TEXT, "classify.account"},    {"period", KAM_TEXT, "forecast.period"},
    {"stage", KAM_TEXT, "funnel.stage"},          {"rep", KAM_TEXT, "funnel.rep"},
    {"probability", KAM_REAL, "funnel.probability"}, {"amount", KAM_MONEY, "funnel.amount"},
    {"came_true", KAM_FLAG, "backtest.came_true"}, {"error", KAM_REAL, "backtest.error"}};

typedef struct run {
    const calc_facts *f;
    const kam_table *values;
    const calc_backtest_params *p;
    history h;
    kam_column *c[F_COLS];
    const kam_column *account;
    size_t accounts;
    int64_t undecided;
} run;

/* Did it come true? false: not decided on D. */
static bool decided(const run *r, size_t i, int month, bool *came_true)
{
    const history *h = &r->h;
    bool closed = calc_known(h->o[O_CLOSED], i), won = closed && calc_text_is(h->o[O_RESULT], i, "won");
    if (r->p->event == CALC_EVENT_EVER) {
        *came_true = won;
        return closed;
    }
    *came_true = won && month_number(kam_col_int(h->o[O_CLOSED], i)) == month;
    return month_start(month + 1) - 1 <= r->p->forecast.asof;
}

static void push_forecast(run *r, kam_day origin, const kam_table *opps, size_t row, size_t i, double prob)
{
    const kam_column *expected = kam_table_find(opps, "expected_close"), *stage = kam_table_find(opps, "stage");
    bool dated = calc_known(expected, row), came_true = false;
    int month = dated ? month_number(kam_col_int(expected, row)) : 0;
    if (r->p->event == CALC_EVENT_IN_MONTH && (!dated || kam_col_int(expected, row) <= origin)) return; /* goes to no month */
    if (!decided(r, i, month, &came_true)) {
        r->undecided++;
        return;
    }
    char period[32];
    snprintf(period, sizeof period, "%04d-%02d", month / 12, month % 12 + 1);
    size_t account = calc_row_at(r->h.o[O_ROW], i, r->accounts);
    kam_col_push_int(r->c[F_ORIGIN], origin);
    kam_col_push_from(r->c[F_OPP], r->h.o[O_CODE], i);
    push_at(r->c[F_ACCOUNT], r->account, account);
    kam_col_push_text(r->c[F_PERIOD], dated ? period : NULL);
    kam_col_push_text(r->c[F_STAGE], calc_known(stage, row) ? kam_col_text(stage, row) : calc_stage_keys[0]);
    kam_col_push_from(r->c[F_REP], kam_table_find(opps, "rep"), row);
    kam_col_push_real(r->c[F_P], prob);
    kam_col_push_from(r->c[F_AMOUNT], kam_table_find(opps, "amount"), row);
    kam_col_push_int(r->c[F_TRUE], came_true);
    kam_col_push_real(r->c[F_ERROR], (prob - came_true) * (prob - came_true));
}

static kam_rc one_origin(run *r, kam_day origin, kam_err *err)
{
    kam_table *opps, *stages;
    size_t *place;
    double prob[CALC_STAGES];
    calc_funnel_params fp = r->p->forecast.funnel;
    fp.asof = origin;
    rebuild(r->f, &r->h, origin, &opps, &stages, &place);
    calc_facts then = {.accounts = r->f->accounts, .opportunities = opps, .stages = stages};
    kam_rc rc = calc_funnel_probability(&then, &fp, prob, err);
    const kam_column *result = kam_table_find(opps, "result"), *stage = kam_table_find(opps, "stage"),
                     *expected = kam_table_find(opps, "expected_close"), *kept = kam_table_find(opps, "forecast");
    int want = month_number(origin + 1) + r->p->ahead;
    for (size_t row = 0; !rc && row < kam_table_rows(opps); row++) {
        if (!calc_text_is(result, row, "open")) continue;
        int k = calc_known(stage, row) ? calc_stage_index(kam_col_text(stage, row)) : 0;
        if (r->p->kept && !calc_known(kept, row)) continue;
        double q = r->p->kept ? kam_col_real(kept, row) : prob[k < 0 ? 0 : k];
        bool other = !calc_known(expected, row) || month_number(kam_col_int(expected, row)) != want;
        if (!r->p->kept && r->p->event == CALC_EVENT_IN_MONTH && other) continue;
        push_forecast(r, origin, opps, row, place[row], q);
    }
    kam_table_unref(opps);
    kam_table_unref(stages);
    kam_free(place);
    return rc;
}

kam_rc calc_backtest(const calc_facts *f, const kam_table *values, const calc_backtest_params *p, kam_table **out, kam_err *err)
{
    run r = {.f = f, .values = values, .p = p};
    const kam_column *acc[CALC_ACC_COLS];
    kam_rc rc = calc_use_accounts(f, false, acc, &r.accounts, err);
    if (!rc) rc = history_open(f, values, &r.h, err);
    if (rc) return rc;
    r.account = acc[CALC_ACC_CODE];
    kam_table *t = calc_out_new("backtest.deals", f->accounts, forecast_cols, F_COLS, r.c);
    size_t n;
    kam_day *origin = find_origins(&r.h, p, &n);
    for (size_t i = 0; !rc && i < n; i++) rc = one_origin(&r, origin[i], err);
    if (r.undecided) calc_note_say(t, p->forecast.lang, &note_open, CALC_ARGS(calc_arg_int(r.undecided)));
    kam_table_seal(t);
    kam_free(origin);
    if (!rc) *out = t;
    else kam_table_unref(t);
    return rc;
}

/* --- months ---------------------------------------------------------------------------------------------------------- */

enum { M_PERIOD, M_ORIGIN, M_COUNT, M_WEIGHTED, M_P10, M_P50, M_P90, M_ACTUAL, M_SURPRISE, M_ERROR, M_INSIDE, M_COLS };
static const calc_col month_cols[M_COLS] = {
    {"period", KAM_TEXT, "forecast.period"},   {"origin", KAM_DAY, "backtest.origin"},
    {"count", KAM_INT, "forecast.count"},      {"weighted", KAM_MONEY, "forecast.weighted"},
    {"p10", KAM_MONEY, "forecast.p10"},        {"p50", KAM_MONEY, "forecast.p50"},
    {"p90", KAM_MONEY, "forecast.p90"},        {"actual", KAM_MONEY, "backtest.actual"},
    {"surprise", KAM_MONEY, "backtest.surprise"}, {"error", KAM_MONEY, "backtest.month_error"},
    {"inside", KAM_FLAG, "backtest.inside"}};

/* Won in the month; of it by opportunities that were not forecast for it on the origin. */
static void won_in(const run *r, int month, const kam_table *opps, const size_t *place, int64_t *won, int64_t *surprise)
{
    const history *h = &r->h;
    uint8_t *expected_then = kam_calloc(h->n, 1);
    const kam_column *expected = kam_table_find(opps, "expected_close");
    for (size_t row = 0; row < kam_table_rows(opps); row++)
        if (calc_known(expected, row)) expected_then[place[row]] = month_number(kam_col_int(expected, row)) == month;
    *won = *surprise = 0;
    for (size_t i = 0; i < h->n; i++) {
        if (!calc_text_is(h->o[O_RESULT], i, "won") || !calc_known(h->o[O_CLOSED], i) || !calc_known(h->o[O_AMOUNT], i)) continue;
        if (month_number(kam_col_int(h->o[O_CLOSED], i)) != month) continue;
        *won += kam_col_int(h->o[O_AMOUNT], i);
        if (!expected_then[i]) *surprise += kam_col_int(h->o[O_AMOUNT], i);
    }
    kam_free(expected_then);
}

static void push_month(kam_column **c, kam_day origin, int month, const kam_table *forecast, int64_t won, int64_t surprise)
{
    char period[32];
    snprintf(period, sizeof period, "%04d-%02d", month / 12, month % 12 + 1);
    const kam_column *at = kam_table_find(forecast, "period");
    size_t row = SIZE_MAX;
    for (size_t i = 0; i < kam_table_rows(forecast); i++)
        if (calc_text_is(at, i, period)) row = i;
    static const char *const from[] = {"weighted", "p10", "p50", "p90"};
    int64_t v[4] = {0, 0, 0, 0};
    bool known = true;
    for (int k = 0; k < 4 && row != SIZE_MAX; k++) {
        const kam_column *col = kam_table_find(forecast, from[k]);
        known = known && calc_known(col, row);
        v[k] = kam_col_int(col, row);
    }
    kam_col_push_text(c[M_PERIOD], period);
    kam_col_push_int(c[M_ORIGIN], origin);
    kam_col_push_int(c[M_COUNT], row == SIZE_MAX ? 0 : kam_col_int(kam_table_find(forecast, "count"), row));
    for (int k = 0; k < 4; k++) calc_push_opt(c[M_WEIGHTED + k], known, v[k]);
    kam_col_push_int(c[M_ACTUAL], won);
    kam_col_push_int(c[M_SURPRISE], surprise);
    calc_push_opt(c[M_ERROR], known, v[0] - won);
    calc_push_opt(c[M_INSIDE], known, won >= v[1] && won <= v[3]);
}

kam_rc calc_backtest_months(const calc_facts *f, const kam_table *values, const calc_backtest_params *p, kam_table **out,
                            kam_err *err)
{
    run r = {.f = f, .values = values, .p = p};
    calc_backtest_params eve = *p;
    eve.kept = false;
    eve.event = CALC_EVENT_IN_MONTH;
    kam_rc rc = history_open(f, values, &r.h, err);
    if (rc) return rc;
    kam_column *c[M_COLS];
    kam_table *t = calc_out_new("backtest.months", f->accounts, month_cols, M_COLS, c);
    size_t n;
    kam_day *origin = find_origins(&r.h, &eve, &n);
    for (size_t i = 0; !rc && i < n; i++) {
        kam_table *opps, *stages, *forecast = NULL;
        size_t *place;
        int64_t won, surprise;
        calc_forecast_params fp = p->forecast;
        fp.asof = fp.funnel.asof = origin[i];
        fp.by_rep = false;
        int month = month_number(origin[i] + 1) + p->ahead;
        rebuild(f, &r.h, origin[i], &opps, &stages, &place);
        calc_facts then = {.accounts = f->accounts, .opportunities = opps, .stages = stages};
        rc = calc_forecast(&then, NULL, &fp, &forecast, err);
        won_in(&r, month, opps, place, &won, &surprise);
        if (!rc) push_month(c, origin[i], month, forecast, won, surprise);
        kam_table_unref(forecast);
        kam_table_unref(opps);
        kam_table_unref(stages);
        kam_free(place);
    }
    kam_table_seal(t);
    kam_free(origin);
    if (!rc) *out = t;
    else kam_table_unref(t);
    return rc;
}

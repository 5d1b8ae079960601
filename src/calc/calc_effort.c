/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calc_effort.h"
#include "calc_run_int.h"
#include "kam_mem.h"
#include <math.h>
#include <stdio.h>

const char *const calc_effort_keys[] = {"selection", "process", "administration", NULL};

static const calc_text why_more = {"effort.more", "{1} points more than the model", "比模式多 {1} 个百分点"};
static const calc_text why_less = {"effort.less", "{1} points less than the model", "比模式少 {1} 个百分点"};
static const calc_text why_equal = {"effort.equal", "as the model has it", "与模式一致"};
static const calc_text why_support = {"effort.support", "by others than the owner of the account; comes on top", "由负责人以外的人投入，另计"};
static const calc_text why_unknown = {"effort.unknown", "no activity noted; not in the shares", "没有记录环节，不计入比例"};
static const calc_text why_no_hours = {"effort.no-hours", "no hours noted", "没有记录工时"};
static const calc_text note_nearest = {"effort.nearest", "nearest of the models: {1} (chosen: {2})", "最接近的模式：{1}（选定：{2}）"};
static const calc_text note_missing = {"effort.missing", "{1} of {2} interactions have no hours noted", "{2} 次接触中有 {1} 次没有记录工时"};
static const calc_text why_row = {"effort.row", "nearest to {1}, {2} points from the chosen {3}", "最接近 {1}，与选定的 {3} 相差 {2} 个百分点"};

enum { SUPPORT = CALC_EFFORTS, UNKNOWN, PARTS };

typedef struct effort {
    int64_t n[PARTS], cost[PARTS], no_hours, all;
    double hours[PARTS];
    bool any_hours, any_cost[PARTS];
} effort;

enum { ROW, DATE, REP, ACTIVITY, HOURS, COST, OWN, COLS };
static kam_rc use_work(const kam_table *work, const kam_column *c[COLS], kam_err *err)
{
    static const calc_use want[COLS] = {{"row", KAM_INT, false},      {"date", KAM_DAY, false},  {"rep", KAM_TEXT, false}, {"activity", KAM_TEXT, false},
                                        {"hours", KAM_REAL, false}, {"cost", KAM_MONEY, false}, {"own", KAM_FLAG, false}};
    return calc_use_table(work, "work", want, COLS, c, err);
}

static int part_of(const kam_column *const c[COLS], size_t r)
{
    if (calc_known(c[OWN], r) && !kam_col_int(c[OWN], r)) return SUPPORT;
    for (int k = 0; k < CALC_EFFORTS; k++)
        if (calc_text_is(c[ACTIVITY], r, calc_effort_keys[k])) return k;
    return UNKNOWN;
}

static void add_work(effort *e, const kam_column *const c[COLS], size_t r)
{
    int k = part_of(c, r);
    e->n[k]++;
    e->all++;
    if (calc_known(c[HOURS], r)) {
        e->hours[k] += kam_col_real(c[HOURS], r);
        e->any_hours = true;
    } else
        e->no_hours++;
    if (calc_known(c[COST], r)) {
        e->cost[k] += kam_col_int(c[COST], r);
        e->any_cost[k] = true;
    }
}

static bool in_window(const kam_column *const c[COLS], size_t r, const calc_effort_params *p)
{
    return calc_known(c[DATE], r) && kam_col_int(c[DATE], r) <= p->asof && kam_col_int(c[DATE], r) > p->asof - p->window_days;
}

/* Shares of the three by hours; false: no hours of them. */
static bool shares_of(const effort *e, double share[CALC_EFFORTS], double *total)
{
    *total = e->hours[0] + e->hours[1] + e->hours[2];
    for (int k = 0; k < CALC_EFFORTS; k++) share[k] = *total > 0 ? e->hours[k] / *total : 0;
    return *total > 0;
}

int calc_effort_nearest(const double share[CALC_EFFORTS], const calc_effort_params *p)
{
    int best = 0;
    double least = INFINITY;
    for (int m = 0; m < CALC_EFFORT_MODELS; m++) {
        double d = 0;
        for (int k = 0; k < CALC_EFFORTS; k++) d += (share[k] - p->known[m][k] / 100) * (share[k] - p->known[m][k] / 100);
        if (d < least - 1e-12) {
            least = d;
            best = m;
        }
    }
    return best;
}

const char *calc_effort_name(const double model[CALC_EFFORTS], char buf[48])
{
    snprintf(buf, 48, "%.4g/%.4g/%.4g", model[0], model[1], model[2]);
    return buf;
}

/* The chosen model's support; NaN when the chosen one is none of the known. */
static double support_share(const calc_effort_params *p)
{
    for (int m = 0; m < CALC_EFFORT_MODELS; m++)
        if (fabs(p->known[m][0] - p->model[0]) < 1e-9 && fabs(p->known[m][1] - p->model[1]) < 1e-9 && fabs(p->known[m][2] - p->model[2]) < 1e-9)
            return p->support[m] / 100;
    return NAN;
}

enum { O_ACTIVITY, O_N, O_HOURS, O_HSHARE, O_COST, O_CSHARE, O_MODEL, O_GAP, O_WHY, O_COLS };
static const calc_col mix_cols[O_COLS] = {
    {"activity", KAM_TEXT, "run.effort.activity"}, {"interactions", KAM_INT, "run.interactions"}, {"hours", KAM_REAL, "run.hours"},
    {"hours_share", KAM_REAL, "run.hours_share"}, {"cost", KAM_MONEY, "run.cost"}, {"cost_share", KAM_REAL, "run.cost_share"},
    {"model_share", KAM_REAL, "run.model_share"}, {"gap", KAM_REAL, "run.gap"}, {"why", KAM_TEXT, "run.why"}};

static void say_gap(kam_column *c, kam_str *buf, calc_lang lang, double gap)
{
    double points = round(gap * 1000) / 10;
    if (points == 0) calc_push_say(c, buf, lang, &why_equal, NULL, 0);
    else calc_push_say(c, buf, lang, points > 0 ? &why_more : &why_less, CALC_ARGS(calc_arg_real(fabs(points), 1)));
}

static void push_mix(kam_column **c, kam_str *buf, const effort *e, int k, const calc_effort_params *p)
{
    static const char *const names[PARTS] = {"selection", "process", "administration", "support", "unknown"};
    double share[CALC_EFFORTS], total, want = k < CALC_EFFORTS ? p->model[k] / 100 : k == SUPPORT ? support_share(p) : NAN;
    bool known = shares_of(e, share, &total);
    double own_cost = (double)(e->cost[0] + e->cost[1] + e->cost[2]);
    double got = !known || k == UNKNOWN ? NAN : e->hours[k] / total;
    kam_col_push_text(c[O_ACTIVITY], names[k]);
    kam_col_push_int(c[O_N], e->n[k]);
    kam_col_push_real(c[O_HOURS], e->any_hours ? e->hours[k] : NAN);
    kam_col_push_real(c[O_HSHARE], got);
    calc_push_opt(c[O_COST], e->any_cost[k], e->cost[k]);
    kam_col_push_real(c[O_CSHARE], own_cost > 0 && k != UNKNOWN && e->any_cost[k] ? (double)e->cost[k] / own_cost : NAN);
    kam_col_push_real(c[O_MODEL], want);
    kam_col_push_real(c[O_GAP], got - want);
    if (k == UNKNOWN) calc_push_say(c[O_WHY], buf, p->lang, &why_unknown, NULL, 0);
    else if (!known) calc_push_say(c[O_WHY], buf, p->lang, &why_no_hours, NULL, 0);
    else if (isnan(want)) calc_push_say(c[O_WHY], buf, p->lang, &why_support, NULL, 0);
    else say_gap(c[O_WHY], buf, p->lang, got - want);
}

kam_rc calc_effort_mix(const kam_table *work, const calc_effort_params *p, kam_table **out, kam_err *err)
{
    const kam_column *in[COLS];
    kam_rc rc = use_work(work, in, err);
    if (rc) return rc;
    effort e = {0};
    for (size_t r = 0; r < calc_use_rows(work); r++)
        if (in_window(in, r, p)) add_work(&e, in, r);
    kam_column *c[O_COLS];
    kam_table *t = calc_out_new("run.effort.title", work, mix_cols, O_COLS, c);
    kam_str buf = KAM_STR_INIT;
    double share[CALC_EFFORTS], total;
    char near[48], chosen[48];
    for (int k = 0; k < PARTS; k++)
        if (k != UNKNOWN || e.n[k]) push_mix(c, &buf, &e, k, p);
    if (shares_of(&e, share, &total))
        calc_note_say(t, p->lang, &note_nearest, CALC_ARGS(calc_arg_text(calc_effort_name(p->known[calc_effort_nearest(share, p)], near)),
                                                           calc_arg_text(calc_effort_name(p->model, chosen))));
    if (e.no_hours) calc_note_say(t, p->lang, &note_missing, CALC_ARGS(calc_arg_int(e.no_hours), calc_arg_int(e.all)));
    kam_str_release(&buf);
    return calc_out_done(t, out, err);
}

enum { B_KEY, B_NAME, B_N, B_HOURS, B_SELECTION, B_PROCESS, B_ADMIN, B_SUPPORT, B_COST, B_NEAREST, B_DISTANCE, B_WHY, B_COLS };
static const calc_col by_cols[B_COLS] = {
    {"rep", KAM_TEXT, "run.rep"},       {"name", KAM_TEXT, "run.name"},        {"interactions", KAM_INT, "run.interactions"},
    {"hours", KAM_REAL, "run.hours"},   {"selection", KAM_REAL, "run.effort.activity.selection"}, {"process", KAM_REAL, "run.effort.activity.process"},
    {"administration", KAM_REAL, "run.effort.activity.administration"}, {"support_hours", KAM_REAL, "run.support_hours"}, {"cost", KAM_MONEY, "run.cost"},
    {"nearest", KAM_TEXT, "run.nearest"}, {"distance", KAM_REAL, "run.distance"}, {"why", KAM_TEXT, "run.why"}};

static void push_by(kam_column **c, kam_str *buf, const effort *e, const calc_effort_params *p)
{
    double share[CALC_EFFORTS], total, d = 0;
    char near[48], chosen[48];
    int64_t cost = 0;
    bool any = false, known = shares_of(e, share, &total);
    for (int k = 0; k < PARTS; k++) {
        cost += e->cost[k];
        any |= e->any_cost[k];
    }
    for (int k = 0; k < CALC_EFFORTS; k++) d += (share[k] * 100 - p->model[k]) * (share[k] * 100 - p->model[k]);
    kam_col_push_int(c[B_N], e->all);
    kam_col_push_real(c[B_HOURS], known || e->any_hours ? total : NAN);
    for (int k = 0; k < CALC_EFFORTS; k++) kam_col_push_real(c[B_SELECTION + k], known ? share[k] : NAN);
    kam_col_push_real(c[B_SUPPORT], e->any_hours ? e->hours[SUPPORT] : NAN);
    calc_push_opt(c[B_COST], any, cost);
    if (!known) {
        kam_col_push_missing(c[B_NEAREST]);
        kam_col_push_missing(c[B_DISTANCE]);
        calc_push_say(c[B_WHY], buf, p->lang, &why_no_hours, NULL, 0);
        return;
    }
    d = sqrt(d / CALC_EFFORTS);
    calc_effort_name(p->known[calc_effort_nearest(share, p)], near);
    kam_col_push_text(c[B_NEAREST], near);
    kam_col_push_real(c[B_DISTANCE], d);
    calc_push_say(c[B_WHY], buf, p->lang, &why_row,
                  CALC_ARGS(calc_arg_text(near), calc_arg_real(d, 1), calc_arg_text(calc_effort_name(p->model, chosen))));
}

kam_rc calc_effort_by(const kam_table *work, const kam_table *names, bool by_rep, const calc_effort_params *p, kam_table **out, kam_err *err)
{
    const calc_use want[] = {{by_rep ? "rep" : "account", KAM_TEXT, false}, {"name", KAM_TEXT, false}};
    const kam_column *in[COLS], *who[2];
    kam_rc rc = use_work(work, in, err);
    if (!rc) rc = calc_use_table(names, by_rep ? "reps" : "accounts", want, 2, who, err);
    if (rc) return rc;
    size_t n = calc_use_rows(names);
    effort *e = kam_calloc(n + 1, sizeof *e);
    for (size_t r = 0; r < calc_use_rows(work); r++) {
        size_t i = by_rep ? calc_run_find(who[0], calc_text_at(in[REP], r)) : calc_row_at(in[ROW], r, n);
        if (i != SIZE_MAX && in_window(in, r, p)) add_work(&e[i], in, r);
    }
    calc_col cols[B_COLS];
    memcpy(cols, by_cols, sizeof cols);
    if (!by_rep) cols[B_KEY] = (calc_col){"account", KAM_TEXT, "run.account"};
    kam_column *c[B_COLS];
    kam_table *t = calc_out_new("run.effort.title", work, cols, B_COLS, c);
    kam_str buf = KAM_STR_INIT;
    for (size_t i = 0; i < n; i++) {
        if (!e[i].all) continue;
        kam_col_push_from(c[B_KEY], who[0], i);
        kam_col_push_from(c[B_NAME], who[1], i);
        push_by(c, &buf, &e[i], p);
    }
    kam_str_release(&buf);
    kam_free(e);
    return calc_out_done(t, out, err);
}

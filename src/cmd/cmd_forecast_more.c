/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The other views of `forecast`: each rep's plan of the month (D3), past forecasts against what came true (D8 = J8), and the
 * difference a what-if makes (J7). */
#include "calc_backtest.h"
#include "calc_compare.h"
#include "calc_plan.h"
#include "cmd_deals.h"
#include "cmd_forecast.h"
#include "kam_str.h"
#include <stdio.h>
#include <string.h>

const char *const cmd_forecast_show[] = {"scores", "calibration", "months", "deals", NULL};
const char *const cmd_forecast_source[] = {"recomputed", "kept", NULL};

static kam_rc wrong(const char *why, kam_err *err)
{
    kam_err_set(err, KAM_USAGE, "forecast: %s", why);
    return kam_err_word(err, "forecast");
}

kam_rc cmd_forecast_check(const cmd_forecast_args *a, kam_err *err)
{
    if (a->plan + a->backtest + a->compare > 1) return wrong("-plan, -backtest and -compare are different views; ask for one of them", err);
    if (a->month && !a->plan) return wrong("-month belongs to -plan", err);
    if (a->rep.id && !a->plan && !a->backtest) return wrong("-rep belongs to -plan and -backtest; use -by rep", err);
    if (!a->backtest && (a->since != CMD_UNSET_DAY || a->ahead != 0 || a->source != 0 || a->event != 0 || a->show != 0))
        return wrong("-show, -event, -source, -ahead and -since belong to -backtest", err);
    if (a->source != 0 && a->show == CMD_PAST_MONTHS) return wrong("months are recomputed; -source kept has scores, calibration and deals", err);
    if (a->source != 0 && a->ahead != 0) return wrong("-ahead says which months are recomputed; kept forecasts have their own", err);
    if (a->backtest && a->account.id) return wrong("-backtest is about all accounts", err);
    return KAM_OK;
}

/* --- look back --------------------------------------------------------------------------------------------------------- */

kam_rc cmd_look_back_begin(cmd_session *s, const char *command, kam_err *err)
{
    if (!store_in_what_if(cmd_session_store(s))) {
        kam_err_set(err, KAM_USAGE, "%s: -compare shows what a what-if changes; open one with `begin -what-if`", command);
        return kam_err_word(err, command);
    }
    store_look_back(cmd_session_store(s));
    return KAM_OK;
}

void cmd_look_back_end(cmd_session *s) { store_look_back(cmd_session_store(s)); }

kam_rc cmd_forecast_compare(cmd_session *s, const cmd_forecast_args *a, kam_table **out, kam_err *err)
{
    static const char *const keys[] = {"period", "rep", NULL};
    static const char *const measures[] = {"committed", "weighted", "p10", "p50", "p90", "target", NULL};
    kam_table *before = NULL, *after = NULL;
    kam_rc rc = cmd_look_back_begin(s, "forecast", err);
    if (rc) return rc;
    rc = cmd_forecast_months(s, a, &before, err);
    cmd_look_back_end(s);
    if (!rc) rc = cmd_forecast_months(s, a, &after, err);
    if (!rc) rc = calc_compare_money(before, after, keys, measures, cmd_facts_lang(s), out, err);
    kam_table_unref(before);
    kam_table_unref(after);
    return rc;
}

/* --- plan -------------------------------------------------------------------------------------------------------------- */

static kam_rc month_bounds(const cmd_forecast_args *a, calc_plan_params *p, kam_err *err)
{
    int y, m, d;
    kam_day_to_ymd(a->asof + 1, &y, &m, &d);
    if (a->month) {
        char day[KAM_DATE_MAX + 8];
        kam_day first;
        snprintf(day, sizeof day, "%.7s-01", a->month);
        if (strlen(a->month) != 7 || !kam_day_parse(day, &first)) return wrong("-month wants YYYY-MM, as in 2026-07", err);
        kam_day_to_ymd(first, &y, &m, &d);
    }
    p->first = kam_day_from_ymd(y, m, 1);
    p->last = kam_day_add_months(p->first, 1) - 1;
    return KAM_OK;
}

kam_rc cmd_forecast_plan(cmd_session *s, const cmd_forecast_args *a, kam_table **out, kam_err *err)
{
    calc_plan_params p = {.asof = a->asof, .lang = cmd_facts_lang(s)};
    calc_funnel_params fp;
    cmd_facts f = CMD_FACTS_INIT;
    kam_table *deals = NULL, *steps = NULL;
    kam_rc rc = month_bounds(a, &p, err);
    if (!rc) rc = cmd_facts_load(s, a->asof, STORE_F_OPPORTUNITIES | STORE_F_STAGES | STORE_F_FEW, &f, err);
    if (rc) return rc;
    cmd_funnel_params(s, a->asof, 0, &fp);
    fp.reestimate = a->reestimate;
    rc = calc_funnel_opportunities(&f.calc, &fp, &deals, err);
    if (!rc) rc = store_query_steps(cmd_session_store(s), a->asof, &steps, err);
    if (!rc) rc = calc_plan(&f.calc, deals, steps, &p, out, err);
    kam_table_unref(deals);
    kam_table_unref(steps);
    cmd_facts_release(&f);
    if (rc) return rc;
    cmd_rows_keep(out, "account", a->account.code);
    cmd_rows_keep(out, "rep", a->rep.code);
    return KAM_OK;
}

/* --- the past ---------------------------------------------------------------------------------------------------------- */

static kam_rc ask_past(const cmd_forecast_args *a, const cmd_facts *f, const kam_table *values, const calc_backtest_params *p,
                       kam_table **out, kam_err *err)
{
    kam_table *deals = NULL;
    if (a->show == CMD_PAST_MONTHS) return calc_backtest_months(&f->calc, values, p, out, err);
    kam_rc rc = calc_backtest(&f->calc, values, p, &deals, err);
    if (rc) return rc;
    cmd_rows_keep(&deals, "rep", a->rep.code);
    if (a->show == CMD_PAST_DEALS) *out = kam_table_ref(deals);
    else if (a->show == CMD_PAST_CALIBRATION) rc = calc_backtest_calibration(deals, p, out, err);
    else rc = calc_backtest_scores(deals, p, out, err);
    kam_table_unref(deals);
    return rc;
}

kam_rc cmd_forecast_past(cmd_session *s, const cmd_forecast_args *a, kam_table **out, kam_err *err)
{
    cmd_facts f = CMD_FACTS_INIT;
    calc_backtest_params p = CALC_BACKTEST_PARAMS(a->asof, cmd_facts_lang(s));
    kam_table *values = NULL;
    cmd_scope_deals(s);
    kam_rc rc = cmd_facts_load(s, a->asof, STORE_F_OPPORTUNITIES | STORE_F_STAGES, &f, err);
    if (rc) return rc;
    cmd_forecast_params(s, a, &p.forecast);
    p.event = (calc_event)a->event;
    p.kept = a->source == 1;
    p.ahead = (int)a->ahead;
    if (a->since != CMD_UNSET_DAY) p.since = a->since;
    rc = store_query_deal_values(cmd_session_store(s), a->asof, f.held.opportunities, &values, err);
    if (!rc) rc = ask_past(a, &f, values, &p, out, err);
    kam_table_unref(values);
    cmd_facts_release(&f);
    return rc;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cmd_facts.h"
#include "kam_mem.h"
#include "kam_str.h"
#include "store_setting.h"
#include <string.h>

/* What calc reads is what the store holds. */
static void lend(cmd_facts *f)
{
    const store_facts *h = &f->held;
    f->calc = (calc_facts){.accounts = h->accounts, .ledger = h->ledger, .opportunities = h->opportunities,
                           .stages = h->stages, .progress = h->progress, .complaints = h->complaints,
                           .invoices = h->invoices, .surveys = h->surveys, .service_costs = h->service_costs,
                           .sightings = h->sightings, .referrals = h->referrals, .lifetime = NULL};
}

kam_rc cmd_facts_load(cmd_session *s, kam_day asof, unsigned which, cmd_facts *out, kam_err *err)
{
    kam_rc rc = store_facts_load(cmd_session_store(s), asof, which, &out->held, err);
    if (!rc) lend(out);
    return rc;
}

bool cmd_facts_narrow(cmd_session *s) { return store_scope_followed(cmd_session_store(s)); }

kam_rc cmd_facts_among(cmd_session *s, kam_day asof, const cmd_ref *account, unsigned which, cmd_facts *out, size_t *row, kam_err *err)
{
    kam_rc rc = store_facts_among(cmd_session_store(s), asof, account->id, which, &out->held, row, err);
    if (!rc) lend(out);
    return rc;
}

void cmd_facts_release(cmd_facts *f)
{
    store_facts_release(&f->held);
}

void cmd_scope_account(cmd_session *s, const cmd_ref *account)
{
    if (account->id) store_scope_set(cmd_session_store(s), (store_scope){STORE_SCOPE_ACCOUNT, account->id});
}

void cmd_scope_all(cmd_session *s)
{
    store_scope_set(cmd_session_store(s), (store_scope){STORE_SCOPE_ALL, 0});
}

void cmd_scope_deals(cmd_session *s)
{
    store_scope_set(cmd_session_store(s), (store_scope){STORE_SCOPE_DEALS, 0});
}

calc_lang cmd_facts_lang(const cmd_session *s)
{
    return cmd_session_lang(s) == CMD_LANG_ZH ? CALC_ZH : CALC_EN;
}

/* Each reader leaves the default standing when the setting is not there. */
static void days(cmd_session *s, const char *name, int *out)
{
    int64_t v;
    if (store_setting_int(cmd_session_store(s), name, &v)) *out = (int)v;
}
static void real(cmd_session *s, const char *name, double *out)
{
    double v;
    if (store_setting_real(cmd_session_store(s), name, &v)) *out = v;
}
static int window_days(cmd_session *s, int asked)
{
    int w = asked;
    if (w <= 0) {
        w = 365;
        days(s, "window", &w);
    }
    return w;
}

void cmd_yield_params(cmd_session *s, kam_day asof, int window, calc_yield_params *p)
{
    *p = (calc_yield_params)CALC_YIELD_PARAMS(asof, cmd_facts_lang(s));
    p->window_days = window_days(s, window);
    days(s, "yield-progress-days", &p->progress_days);
}

void cmd_pyramid_params(cmd_session *s, kam_day asof, int window, calc_pyramid_params *p)
{
    *p = (calc_pyramid_params)CALC_PYRAMID_PARAMS(asof, cmd_facts_lang(s));
    p->window_days = window_days(s, window);
    double split[4];
    /* Per cent of each level from the top; the classes go by cumulative shares. */
    if (store_setting_reals(cmd_session_store(s), "pyramid-split", split, 4) == 4) {
        p->top = split[0] / 100;
        p->major = p->top + split[1] / 100;
        p->ordinary = p->major + split[2] / 100;
    }
}

void cmd_rfm_params(cmd_session *s, kam_day asof, int window, calc_rfm_params *p)
{
    *p = (calc_rfm_params)CALC_RFM_PARAMS(asof, cmd_facts_lang(s));
    p->window_days = window_days(s, window);
}

void cmd_lifecycle_params(cmd_session *s, kam_day asof, int window, calc_lifecycle_params *p)
{
    *p = (calc_lifecycle_params)CALC_LIFECYCLE_PARAMS(asof, cmd_facts_lang(s));
    p->window_days = window_days(s, window);
    days(s, "lifecycle-lost-days", &p->lost_days);
    real(s, "lifecycle-lost-gaps", &p->lost_gaps);
    days(s, "lifecycle-new-days", &p->new_days);
    days(s, "lifecycle-complaint-days", &p->complaint_days);
    days(s, "lifecycle-overdue-days", &p->overdue_days);
    days(s, "lifecycle-trend-days", &p->trend_days);
    real(s, "lifecycle-growing-ratio", &p->growing_ratio);
    real(s, "lifecycle-declining-ratio", &p->declining_ratio);
}

void cmd_ladder_params(cmd_session *s, kam_day asof, int window, calc_ladder_params *p)
{
    *p = (calc_ladder_params)CALC_LADDER_PARAMS(asof, cmd_facts_lang(s));
    p->window_days = window_days(s, window);
    real(s, "ladder-loyal-share", &p->loyal_share);
    store *db = cmd_session_store(s);
    if (store_scope_get(db).kind == STORE_SCOPE_ALL) return;
    if (store_query_programme(db, asof, &p->programme, NULL) != KAM_OK) p->programme = false;
}

void cmd_stakeholder_params(cmd_session *s, kam_day asof, calc_stakeholder_params *p)
{
    *p = (calc_stakeholder_params)CALC_STAKEHOLDER_PARAMS(asof, cmd_facts_lang(s));
    real(s, "stakeholder-cut", &p->cut);
    days(s, "stakeholder-met-days", &p->met_days);
    days(s, "stakeholder-new-days", &p->new_days);
    real(s, "stakeholder-bad-attitude", &p->bad_attitude);
    days(s, "stakeholder-policy-days", &p->policy_days);
    real(s, "stakeholder-coach-attitude", &p->coach_attitude);
    real(s, "stakeholder-influence-share", &p->influence_share);
    real(s, "winning-circle-attitude", &p->circle_attitude);
    days(s, "winning-circle-coaches", &p->coaches);
    days(s, "winning-circle-influencers", &p->influencers);
    days(s, "winning-circle-deciders", &p->deciders);
    days(s, "route-step-days", &p->route_days);
}

void cmd_feeling_params(cmd_session *s, calc_feeling_params *p)
{
    *p = (calc_feeling_params)CALC_FEELING_PARAMS(cmd_facts_lang(s));
    p->window_days = window_days(s, 0);
    real(s, "feeling-wallet-share", &p->wallet_share);
    real(s, "lifecycle-declining-ratio", &p->trend);
    real(s, "exit-cost-low", &p->exit_cost);
}

void cmd_funnel_params(cmd_session *s, kam_day asof, int window, calc_funnel_params *p)
{
    *p = (calc_funnel_params)CALC_FUNNEL_PARAMS(asof, cmd_facts_lang(s));
    p->window_days = window_days(s, window);
    double probability[CALC_STAGES];
    if (store_setting_reals(cmd_session_store(s), "stage-probability", probability, CALC_STAGES) == CALC_STAGES)
        memcpy(p->probability, probability, sizeof probability);
    real(s, "funnel-stuck-factor", &p->stuck_factor);
    real(s, "funnel-prior-cases", &p->prior_cases);
}

kam_table *cmd_rows_where(const kam_table *t, const char *column, const char *value)
{
    const kam_column *c = kam_table_find(t, column);
    size_t n = 0, *rows = kam_calloc(kam_table_rows(t) + 1, sizeof *rows);
    for (size_t i = 0; c && i < kam_table_rows(t); i++)
        if (!kam_col_missing(c, i) && kam_streq(kam_col_text(c, i), value)) rows[n++] = i;
    kam_table *picked = kam_table_pick(t, rows, n);
    kam_free(rows);
    return picked;
}

void cmd_rows_keep(kam_table **t, const char *column, const char *value)
{
    if (!value) return;
    kam_table *kept = cmd_rows_where(*t, column, value);
    kam_table_unref(*t);
    *t = kept;
}

void cmd_rows_keep_known(kam_table **t, const char *column)
{
    const kam_column *c = kam_table_find(*t, column);
    size_t n = 0, *rows = kam_calloc(kam_table_rows(*t) + 1, sizeof *rows);
    for (size_t i = 0; c && i < kam_table_rows(*t); i++)
        if (!kam_col_missing(c, i)) rows[n++] = i;
    kam_table *kept = kam_table_pick(*t, rows, n);
    kam_free(rows);
    kam_table_unref(*t);
    *t = kept;
}

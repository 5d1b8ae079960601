/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cmd_run.h"
#include "cmd_align.h"
#include "cmd_cards.h"
#include "cmd_stakeholder_map.h"
#include "kam_mem.h"
#include "kam_str.h"
#include "store_query_run.h"
#include "store_setting.h"
#include <math.h>

/* --- loading ---------------------------------------------------------------------------------------------------------- */

/* Rows of a classification in the order of the accounts; an account it leaves out becomes a row of missing cells by picking none, so
 * methods that rank (the pyramid has every account) only. */
static kam_table *aligned(const kam_table *accounts, kam_table *rows)
{
    size_t *at = cmd_align(accounts, rows), n = kam_table_rows(accounts), found = 0;
    while (found < n && at[found] != SIZE_MAX) found++;
    if (found < n) { /* told to stop while sorting: whoever called throws away what is made of it */
        KAM_ASSERT(kam_progress_stopped(kam_table_watch(accounts)) || kam_progress_stopped(kam_table_watch(rows)));
        kam_free(at);
        return rows;
    }
    kam_table *t = kam_table_pick(rows, at, n);
    kam_free(at);
    kam_table_unref(rows);
    return t;
}

/* Of what a method says of a million accounts only what is read of it is kept. Takes the reference. */
static kam_table *only(kam_table *t, const char *const *names)
{
    size_t cols[8], n = 0;
    for (; names[n]; n++) cols[n] = (size_t)kam_table_index(t, names[n]);
    kam_table *kept = kam_table_select(t, cols, n);
    kam_table_unref(t);
    return kept;
}
static const char *const classes[] = {"account", "class", NULL};

static kam_rc load_pyramid(cmd_session *s, cmd_run *r, kam_err *err)
{
    calc_pyramid_params p;
    kam_table *items = NULL, *rows = NULL;
    cmd_pyramid_params(s, r->asof, 0, &p);
    p.terse = true;
    kam_rc rc = calc_pyramid_items(&r->facts.calc, &p, &items, err);
    if (!rc) rc = calc_pyramid(items, &p, &rows, err);
    kam_table_unref(items);
    if (!rc) r->t[CMD_RUN_PYRAMID] = aligned(r->facts.held.accounts, only(rows, classes));
    return rc;
}

static kam_rc load_methods(cmd_session *s, unsigned tables, cmd_run *r, kam_err *err)
{
    kam_rc rc = KAM_OK;
    if (tables & CMD_RUN_BIT(CMD_RUN_LIFECYCLE)) {
        calc_lifecycle_params p;
        cmd_lifecycle_params(s, r->asof, 0, &p);
        rc = calc_lifecycle(&r->facts.calc, &p, &r->t[CMD_RUN_LIFECYCLE], err);
    }
    if (!rc && (tables & CMD_RUN_BIT(CMD_RUN_PYRAMID))) rc = load_pyramid(s, r, err);
    if (!rc && (tables & CMD_RUN_BIT(CMD_RUN_KEY))) {
        calc_key_params p;
        cmd_key_params(s, r->asof, 0, &p);
        p.terse = true;
        rc = calc_key(&r->facts.calc, &p, &r->t[CMD_RUN_KEY], err);
        if (!rc) r->t[CMD_RUN_KEY] = only(r->t[CMD_RUN_KEY], classes);
    }
    return rc;
}

kam_rc cmd_run_load(cmd_session *s, kam_day asof, unsigned which, unsigned tables, int64_t work_days, cmd_run *out, kam_err *err)
{
    static kam_rc (*const query[])(store *, kam_day, kam_table **, kam_err *) = {
        store_query_owners,  store_query_reps,       store_query_touched,      store_query_profile, store_query_plan,  store_query_actions,
        store_query_risks,   store_query_objectives, store_query_post_mortems, store_query_bids,    store_query_loop, store_query_exceptions};
    store *db = cmd_session_store(s);
    kam_day after = work_days ? asof - work_days : INT64_MIN / 2;
    *out = (cmd_run)CMD_RUN_INIT;
    out->asof = asof;
    if (tables & CMD_RUN_BIT(CMD_RUN_LIFECYCLE))
        which |= STORE_F_LEDGER | STORE_F_OPPORTUNITIES | STORE_F_COMPLAINTS | STORE_F_INVOICES | STORE_F_SURVEYS | STORE_F_SERVICE_COSTS;
    if (tables & CMD_RUN_BIT(CMD_RUN_PYRAMID)) which |= STORE_F_LEDGER;
    if (tables & CMD_RUN_BIT(CMD_RUN_KEY)) which |= STORE_F_LEDGER | STORE_F_SERVICE_COSTS | STORE_F_SIGHTINGS | STORE_F_REFERRALS;
    kam_rc rc = cmd_facts_load(s, asof, which, &out->facts, err);
    for (int k = 0; !rc && k <= CMD_RUN_EXCEPTIONS; k++)
        if (tables & CMD_RUN_BIT(k)) rc = query[k](db, asof, &out->t[k], err);
    if (!rc && (tables & CMD_RUN_BIT(CMD_RUN_WORK))) rc = store_query_work(db, asof, after, &out->t[CMD_RUN_WORK], err);
    if (!rc && (tables & CMD_RUN_BIT(CMD_RUN_MAILED))) rc = store_query_mailed(db, asof, after, &out->t[CMD_RUN_MAILED], err);
    if (!rc) rc = load_methods(s, tables, out, err);
    if (rc) cmd_run_release(out);
    return rc;
}

void cmd_run_release(cmd_run *r)
{
    for (int k = 0; k < CMD_RUN_TABLES; k++) {
        kam_table_unref(r->t[k]);
        r->t[k] = NULL;
    }
    cmd_facts_release(&r->facts);
}

size_t cmd_run_row(const cmd_run *r, const char *account)
{
    const kam_column *code = kam_table_find(r->facts.held.accounts, "account");
    for (size_t i = 0; i < kam_col_rows(code); i++)
        if (kam_streq(kam_col_text(code, i), account)) return i;
    return SIZE_MAX;
}

/* --- people ----------------------------------------------------------------------------------------------------------- */

struct circles {
    cmd_session *s;
    const cmd_run *r;
    calc_stakeholder_params params;
    kam_column *c[6];
};

static void push_circle(const struct circles *q, size_t row, int64_t people, int64_t filled)
{
    kam_col_push_int(q->c[0], (int64_t)row);
    kam_col_push_int(q->c[1], people);
    kam_col_push_int(q->c[2], filled);
    kam_col_push_int(q->c[3], (int64_t)q->params.coaches + q->params.influencers + q->params.deciders);
}

static kam_rc circle_of(const struct circles *q, size_t row, kam_err *err)
{
    kam_table *circle = NULL, *needs = NULL;
    store_people held = STORE_PEOPLE_INIT;
    const char *account = kam_col_text(kam_table_find(q->r->facts.held.accounts, "account"), row);
    kam_rc rc = store_people_load(cmd_session_store(q->s), account, NULL, q->r->asof, 0, &held, err);
    if (rc) return rc;
    const calc_people crowd = {.people = held.people, .links = held.links};
    int64_t people = 0, filled = 0;
    const kam_column *empty = kam_table_find(held.people, "placeholder");
    for (size_t i = 0; i < kam_table_rows(held.people); i++) people += !kam_col_int(empty, i);
    if (people) rc = calc_people_circle(&crowd, &q->params, &circle, err);
    if (people && !rc) rc = calc_people_needs(&crowd, &q->params, &needs, err);
    if (people && !rc) {
        const kam_column *f = kam_table_find(circle, "filled");
        size_t last = kam_table_rows(needs) - 1; /* the account's */
        for (size_t i = 0; i < kam_table_rows(circle); i++) filled += kam_col_int(f, i);
        push_circle(q, row, people, filled);
        kam_col_push_from(q->c[4], kam_table_find(needs, "org_fit"), last);
        kam_col_push_from(q->c[5], kam_table_find(needs, "person_fit"), last);
    }
    kam_table_unref(circle);
    kam_table_unref(needs);
    store_people_release(&held);
    return rc;
}

/* Nobody of whom nothing was noted takes a seat (a seat wants a known attitude), and fits are unknown: no need to look at each. */
static void unnoted(const struct circles *q, size_t row, int64_t people)
{
    if (people == 0) return;
    push_circle(q, row, people, 0);
    kam_col_push_missing(q->c[4]);
    kam_col_push_missing(q->c[5]);
}

kam_rc cmd_run_circle(cmd_session *s, const cmd_run *r, size_t only, kam_table **out, kam_err *err)
{
    static const struct {
        const char *name;
        kam_type type;
    } cols[] = {{"row", KAM_INT}, {"people", KAM_INT}, {"filled", KAM_INT}, {"seats", KAM_INT}, {"org_fit", KAM_REAL}, {"person_fit", KAM_REAL}};
    struct circles q = {.s = s, .r = r};
    size_t n = kam_table_rows(r->facts.held.accounts);
    kam_table *noted = NULL, *t = kam_table_new();
    for (int k = 0; k < 6; k++) q.c[k] = kam_table_add_column(t, cols[k].name, cols[k].type, NULL);
    cmd_stakeholder_params(s, r->asof, &q.params);
    const kam_table *profile = r->t[CMD_RUN_PROFILE];
    kam_rc rc = only == SIZE_MAX && profile ? store_query_assessed(cmd_session_store(s), r->asof, &noted, err) : KAM_OK;
    bool *look = kam_calloc(n + 1, sizeof *look);
    for (size_t i = 0; i < (noted ? kam_table_rows(noted) : 0); i++) look[kam_col_int(kam_table_find(noted, "row"), i)] = true;
    int64_t *people = kam_calloc(n + 1, sizeof *people);
    for (size_t i = 0; i < (noted ? kam_table_rows(profile) : 0); i++)
        people[kam_col_int(kam_table_find(profile, "row"), i)] = kam_col_int(kam_table_find(profile, "contacts"), i);
    for (size_t i = only == SIZE_MAX ? 0 : only; !rc && i < n && (only == SIZE_MAX || i == only); i++) {
        if (noted && !look[i]) unnoted(&q, i, people[i]);
        else rc = circle_of(&q, i, err);
        if (!rc) rc = kam_progress_step(cmd_session_progress(s), "people", i, n, err);
    }
    kam_free(look);
    kam_free(people);
    kam_table_unref(noted);
    kam_table_seal(t);
    if (rc) kam_table_unref(t);
    else *out = t;
    return rc;
}

/* --- small things ----------------------------------------------------------------------------------------------------- */

int64_t cmd_run_int(cmd_session *s, const char *setting)
{
    int64_t v = 0;
    store_setting_int(cmd_session_store(s), setting, &v);
    return v;
}
int cmd_run_window(cmd_session *s, int64_t asked) { return (int)(asked > 0 ? asked : cmd_run_int(s, "window")); }

void cmd_run_reals(cmd_session *s, const char *setting, double *out, size_t n)
{
    double v[16];
    if (store_setting_reals(cmd_session_store(s), setting, v, 16) != n) return;
    for (size_t k = 0; k < n; k++) out[k] = v[k];
}

kam_rc cmd_run_keep_key(cmd_session *s, kam_table **t, bool key, kam_day asof, kam_err *err)
{
    kam_table *rows = NULL;
    if (!key) return KAM_OK;
    kam_rc rc = cmd_key_rows(s, asof, 0, &rows, err);
    if (rc) return rc;
    kam_table *kept = cmd_key_only(*t, rows);
    kam_table_unref(rows);
    kam_table_unref(*t);
    *t = kept;
    return KAM_OK;
}

kam_rc cmd_run_usage(kam_err *err, const char *command, const char *why)
{
    kam_err_set(err, KAM_USAGE, "%s: %s", command, why);
    return kam_err_word(err, command);
}

/* --- thresholds ------------------------------------------------------------------------------------------------------- */

void cmd_coverage_params(cmd_session *s, kam_day asof, calc_coverage_params *p)
{
    *p = (calc_coverage_params)CALC_COVERAGE_PARAMS(asof, cmd_facts_lang(s));
    p->low = (int)cmd_run_int(s, "load-low");
    p->high = (int)cmd_run_int(s, "load-high");
    p->unworked_days = (int)cmd_run_int(s, "unworked-days");
    p->duty_days = (int)cmd_run_int(s, "duty-call-days");
    p->window_days = cmd_run_window(s, 0);
}

void cmd_effort_params(cmd_session *s, kam_day asof, int64_t window, calc_effort_params *p)
{
    *p = (calc_effort_params)CALC_EFFORT_PARAMS(asof, cmd_facts_lang(s));
    p->window_days = cmd_run_window(s, window);
    cmd_run_reals(s, "effort-model", p->model, CALC_EFFORTS);
    cmd_run_reals(s, "effort-models", p->known[0], (size_t)CALC_EFFORTS * CALC_EFFORT_MODELS);
    cmd_run_reals(s, "effort-support", p->support, CALC_EFFORT_MODELS);
}

void cmd_bid_params(cmd_session *s, calc_bid_params *p)
{
    *p = (calc_bid_params)CALC_BID_PARAMS(cmd_facts_lang(s));
    p->high = (int)cmd_run_int(s, "load-high");
    cmd_run_reals(s, "bid-weights", p->weight, 3);
}

void cmd_audit_params(cmd_session *s, kam_day asof, calc_audit_params *p)
{
    *p = (calc_audit_params)CALC_AUDIT_PARAMS(asof, cmd_facts_lang(s));
    p->window_days = cmd_run_window(s, 0);
    p->overdue_days = (int)cmd_run_int(s, "lifecycle-overdue-days");
    p->thank_days = (int)cmd_run_int(s, "audit-thank-days");
    p->debrief_days = (int)cmd_run_int(s, "audit-debrief-days");
    p->complaint_days = (int)cmd_run_int(s, "lifecycle-complaint-days");
}

void cmd_portfolio_params(cmd_session *s, kam_day asof, int64_t window, calc_portfolio_params *p)
{
    *p = (calc_portfolio_params)CALC_PORTFOLIO_PARAMS(asof, cmd_facts_lang(s));
    p->window_days = cmd_run_window(s, window);
    p->has_market = store_setting_real(cmd_session_store(s), "market-share", &p->market);
    cmd_run_reals(s, "market-rule-low", p->low, 4);
    cmd_run_reals(s, "market-rule-high", p->high, 3);
}

void cmd_health_params(cmd_session *s, kam_day asof, calc_health_params *p)
{
    *p = (calc_health_params)CALC_HEALTH_PARAMS(asof, cmd_facts_lang(s));
    cmd_run_reals(s, "health-weights", p->weight, CALC_HEALTH_PARTS);
    cmd_run_reals(s, "health-bands", p->band, 2);
    cmd_run_reals(s, "health-gap", p->gap, 2);
    cmd_run_reals(s, "health-activity-days", p->activity, 2);
    store_setting_real(cmd_session_store(s), "health-order-level", &p->order_level);
    cmd_run_reals(s, "health-risk-points", p->risk, 2);
    p->window_days = cmd_run_window(s, 0);
    p->trend_days = (int)cmd_run_int(s, "lifecycle-trend-days");
    p->complaint_days = (int)cmd_run_int(s, "lifecycle-complaint-days");
    p->overdue_days = (int)cmd_run_int(s, "lifecycle-overdue-days");
}

void cmd_loop_params(cmd_session *s, kam_day asof, calc_loop_params *p)
{
    *p = (calc_loop_params)CALC_LOOP_PARAMS(asof, cmd_facts_lang(s));
    cmd_run_reals(s, "loop-days", p->days, CALC_LOOP_STEPS);
}

void cmd_care_params(cmd_session *s, kam_day asof, calc_care_params *p)
{
    *p = (calc_care_params)CALC_CARE_PARAMS(asof, cmd_facts_lang(s));
    p->window_days = cmd_run_window(s, 0);
    cmd_run_reals(s, "care-visits", p->visits, CALC_GRADES);
    cmd_run_reals(s, "care-answer-days", p->answer, CALC_GRADES);
    cmd_run_reals(s, "care-sponsor", p->sponsor, CALC_GRADES);
    cmd_run_reals(s, "care-attentions", p->attentions, CALC_GRADES);
}

void cmd_competence_params(cmd_session *s, calc_competence_params *p)
{
    *p = (calc_competence_params)CALC_COMPETENCE_PARAMS(cmd_facts_lang(s));
    store_setting_real(cmd_session_store(s), "competence-low", &p->low);
}

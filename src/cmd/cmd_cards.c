/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cmd_cards.h"
#include "cmd_align.h"
#include "cmd_lifetime.h"
#include "kam_mem.h"
#include "store_setting.h"
#include <math.h>
#include <string.h>

/* --- thresholds ----------------------------------------------------------------------------------------------------- */

static void whole(cmd_session *s, const char *name, int *out)
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
    int w = 365;
    whole(s, "window", &w);
    return asked > 0 ? asked : w;
}

void cmd_quality_params(cmd_session *s, kam_day asof, int window, calc_quality_params *p)
{
    *p = (calc_quality_params)CALC_QUALITY_PARAMS(asof, cmd_facts_lang(s));
    p->window_days = window_days(s, window);
    whole(s, "lifecycle-trend-days", &p->trend_days);
    cmd_card_weights(s, calc_card_find("quality"), p->weights);
    real(s, "quality-good", &p->good);
    real(s, "quality-poor", &p->poor);
    real(s, "quality-serve-share", &p->serve_share);
    whole(s, "quality-stop-invoices", &p->stop_invoices);
    whole(s, "quality-unhappy-surveys", &p->unhappy_surveys);
    real(s, "quality-entered-risk", &p->entered_risk);
    real(s, "large-share", &p->large_share);
    whole(s, "receivable-days", &p->receivable_days);
    real(s, "receivable-share", &p->receivable_share);
    real(s, "risk-margin-ratio", &p->profit_ratio);
    real(s, "risk-alive-drop", &p->churn_drop);
    whole(s, "risk-alive-days", &p->churn_days);
    real(s, "small-good-percentile", &p->small_percentile);
    real(s, "small-good-growth", &p->small_growth);
}

void cmd_potential_params(cmd_session *s, kam_day asof, calc_potential_params *p)
{
    *p = (calc_potential_params)CALC_POTENTIAL_PARAMS(asof, cmd_facts_lang(s));
    whole(s, "lifecycle-trend-days", &p->trend_days);
    cmd_card_weights(s, calc_card_find("potential"), p->weights);
    real(s, "potential-high", &p->high);
    real(s, "potential-low", &p->low);
}

void cmd_fit_params(cmd_session *s, kam_day asof, calc_fit_params *p)
{
    *p = (calc_fit_params)CALC_FIT_PARAMS(asof, cmd_facts_lang(s));
    real(s, "fit-cut", &p->cut);
}

void cmd_segment_params(cmd_session *s, kam_day asof, int window, calc_segment_params *p)
{
    double border[2];
    int64_t sample;
    *p = (calc_segment_params)CALC_SEGMENT_PARAMS(asof, cmd_facts_lang(s));
    p->window_days = window_days(s, window);
    whole(s, "lifecycle-trend-days", &p->trend_days);
    whole(s, "segment-max", &p->kmeans.max_k);
    p->kmeans.progress = cmd_session_progress(s);
    if (store_setting_int(cmd_session_store(s), "segment-sample", &sample)) p->kmeans.sample = (size_t)sample;
    if (store_setting_reals(cmd_session_store(s), "segment-size", border, 2) == 2) {
        p->size_small = border[0];
        p->size_large = border[1];
    }
    real(s, "segment-min-share", &p->min_share);
    real(s, "segment-max-spread", &p->max_spread);
    real(s, "segment-min-pull", &p->min_pull);
    real(s, "segment-min-reach", &p->min_reach);
    real(s, "segment-distinct", &p->distinct);
}

void cmd_key_params(cmd_session *s, kam_day asof, int window, calc_key_params *p)
{
    *p = (calc_key_params)CALC_KEY_PARAMS(asof, cmd_facts_lang(s));
    cmd_ladder_params(s, asof, window, &p->ladder);
    real(s, "key-account-share", &p->share);
    whole(s, "key-account-lenses", &p->min_lenses);
    p->has_revenue = store_setting_money(cmd_session_store(s), "key-account-revenue", &p->revenue_minor);
}

bool cmd_card_weights(cmd_session *s, const calc_card *card, double *out)
{
    for (size_t k = 0; k < card->n; k++) out[k] = card->criteria[k].weight;
    if (!card->weight_setting) return false;
    double set[16];
    if (store_setting_reals(cmd_session_store(s), card->weight_setting, set, 16) != card->n) return false;
    memcpy(out, set, card->n * sizeof *out);
    return true;
}

/* --- marks ---------------------------------------------------------------------------------------------------------- */

static kam_rc load_marks(cmd_session *s, const char *card, kam_day asof, size_t n, kam_table **t, calc_marks *m, kam_err *err)
{
    kam_rc rc = store_query_marks(cmd_session_store(s), asof, card, t, err);
    return rc ? rc : calc_marks_read(calc_card_find(card), *t, n, m, err);
}

/* Facts and the marks of one card. */
static kam_rc start(cmd_session *s, const char *card, kam_day asof, unsigned which, cmd_card_run *r, kam_err *err)
{
    const calc_card *c = calc_card_find(card);
    kam_rc rc = cmd_facts_load(s, asof, which, &r->facts, err);
    if (!rc) rc = load_marks(s, card, asof, kam_table_rows(r->facts.held.accounts), &r->marks_table, &r->marks, err);
    r->weighted = c->total == CALC_CARD_MEAN;
    if (!rc) cmd_card_weights(s, c, r->weights);
    return rc;
}

void cmd_card_run_release(cmd_card_run *r)
{
    cmd_facts_release(&r->facts);
    kam_table_unref(r->marks_table);
    kam_table_unref(r->risks_table);
    kam_table_unref(r->capability_table);
    kam_table_unref(r->rows);
    calc_marks_release(&r->marks);
    calc_marks_release(&r->risks);
    calc_marks_release(&r->capability);
    *r = (cmd_card_run)CMD_CARD_RUN_INIT;
}

/* --- P(alive) and lifetime value ------------------------------------------------------------------------------------- */

static double *all_missing(size_t n)
{
    double *v = kam_calloc(n + 1, sizeof *v);
    for (size_t i = 0; i < n; i++) v[i] = NAN;
    return v;
}

/* P(alive) of a day, in the order of `accounts`. value (may be NULL): lifetime value too. */
static kam_rc alive(cmd_session *s, kam_day asof, const kam_table *accounts, double **p, double **value, kam_err *err)
{
    cmd_lifetime_spec spec;
    cmd_lifetime l;
    kam_err none = KAM_ERR_INIT;
    cmd_lifetime_defaults(s, asof, &spec);
    *p = NULL;
    if (value) *value = NULL;
    kam_rc rc = cmd_lifetime_fit(s, &spec, &l, &none);
    if (rc == KAM_OK && value) {
        kam_table *t = NULL;
        rc = cmd_lifetime_accounts(s, &l, &spec, &t, &none);
        if (!rc) {
            *p = cmd_align_real(accounts, t, "p_alive");
            *value = cmd_align_real(accounts, t, "lifetime_value");
        }
        kam_table_unref(t);
    } else if (rc == KAM_OK) {
        size_t *at = cmd_align(accounts, l.facts.held.accounts), n = kam_table_rows(accounts);
        *p = all_missing(n);
        for (size_t i = 0; i < n; i++)
            if (at[i] != SIZE_MAX && l.summary.x[at[i]] >= 0)
                (*p)[i] = calc_btyd_p_alive(&l.fit, l.summary.x[at[i]], l.summary.tx[at[i]], l.summary.T[at[i]]);
        kam_free(at);
    }
    cmd_lifetime_release(&l);
    if (rc == KAM_CALC) rc = KAM_OK; /* a model that cannot be fitted is no error here */
    else if (rc && err && err->code == KAM_OK) *err = none;
    if (!rc && !*p) *p = all_missing(kam_table_rows(accounts));
    if (!rc && value && !*value) *value = all_missing(kam_table_rows(accounts));
    return rc;
}

/* --- the methods ----------------------------------------------------------------------------------------------------- */

kam_rc cmd_quality_run(cmd_session *s, kam_day asof, int window, cmd_card_run *r, kam_err *err)
{
    calc_quality_params p;
    calc_quality_facts q = {NULL, NULL, &r->risks, NULL, NULL, NULL};
    kam_table *payments = NULL, *exceptions = NULL;
    double *now = NULL, *before = NULL, *value = NULL;
    *r = (cmd_card_run)CMD_CARD_RUN_INIT;
    cmd_quality_params(s, asof, window, &p);
    kam_rc rc = start(s, "quality", asof, STORE_F_LEDGER | STORE_F_INVOICES | STORE_F_SURVEYS | STORE_F_SERVICE_COSTS | STORE_F_SIGHTINGS,
                      r, err);
    const kam_table *accounts = r->facts.held.accounts;
    if (!rc) rc = load_marks(s, "risks", asof, kam_table_rows(accounts), &r->risks_table, &r->risks, err);
    if (!rc) rc = store_query_payment_delay(cmd_session_store(s), asof, p.window_days, &payments, err);
    if (!rc) rc = store_query_exceptions(cmd_session_store(s), asof, &exceptions, err);
    if (!rc) rc = alive(s, asof - p.churn_days, accounts, &before, NULL, err);
    if (!rc) rc = alive(s, asof, accounts, &now, &value, err);
    q.payments = payments;
    q.exceptions = exceptions;
    q.p_alive = now;
    q.p_alive_before = before;
    q.lifetime_minor = value;
    /* the ledger lent to the facts may have made room for that of the earlier day */
    if (!rc) rc = store_ledger(cmd_session_store(s), asof, &r->facts.calc.ledger, err);
    if (!rc) rc = calc_quality(&r->facts.calc, &q, &p, &r->marks, &r->rows, err);
    kam_table_unref(payments);
    kam_table_unref(exceptions);
    kam_free(now);
    kam_free(before);
    kam_free(value);
    if (rc) cmd_card_run_release(r);
    return rc;
}

typedef struct qualities {
    uint64_t version;
    kam_day asof;
    size_t n;
    double of[]; /* by row of the ledger */
} qualities;

static qualities *quality_kept(cmd_session *s, kam_day asof)
{
    qualities *k = cmd_session_kept(s, CMD_KEEP_QUALITY);
    return k && k->version == store_facts_version(cmd_session_store(s)) && k->asof == asof ? k : NULL;
}

static kam_rc quality_keep(cmd_session *s, kam_day asof, qualities **out, kam_err *err)
{
    cmd_card_run r;
    const uint64_t version = store_facts_version(cmd_session_store(s));
    kam_rc rc = cmd_quality_run(s, asof, 0, &r, err);
    if (rc) return rc;
    const kam_column *c = kam_table_find(r.rows, "quality");
    const size_t n = kam_table_rows(r.rows);
    qualities *k = kam_alloc(sizeof *k + n * sizeof k->of[0]);
    *k = (qualities){version, asof, n};
    for (size_t i = 0; i < n; i++) k->of[i] = kam_col_missing(c, i) ? NAN : kam_col_real(c, i);
    cmd_card_run_release(&r);
    cmd_session_keep(s, CMD_KEEP_QUALITY, k, kam_free);
    *out = k;
    return KAM_OK;
}

kam_rc cmd_quality_of(cmd_session *s, kam_day asof, int64_t account, double *out, kam_err *err)
{
    size_t row;
    qualities *k = quality_kept(s, asof);
    kam_rc rc = k ? KAM_OK : quality_keep(s, asof, &k, err);
    if (!rc) *out = store_ledger_row(cmd_session_store(s), asof, account, &row) && row < k->n ? k->of[row] : NAN;
    return rc;
}

kam_rc cmd_potential_run(cmd_session *s, kam_day asof, cmd_card_run *r, kam_err *err)
{
    calc_potential_params p;
    *r = (cmd_card_run)CMD_CARD_RUN_INIT;
    cmd_potential_params(s, asof, &p);
    kam_rc rc = start(s, "potential", asof, STORE_F_LEDGER, r, err);
    if (!rc) rc = calc_potential(&r->facts.calc, &p, &r->marks, &r->rows, err);
    if (rc) cmd_card_run_release(r);
    return rc;
}

static kam_rc load_capability(cmd_session *s, kam_day asof, cmd_card_run *r, kam_err *err)
{
    kam_table *own = NULL;
    kam_rc rc = load_marks(s, "capability", asof, kam_table_rows(r->facts.held.accounts), &r->capability_table, &r->capability, err);
    if (!rc) rc = store_query_own_marks(cmd_session_store(s), asof, "capability", &own, err);
    if (!rc) rc = calc_marks_general(&r->capability, own, err);
    kam_table_unref(own);
    return rc;
}

/* A2 percentile by revenue, in the order of the accounts. */
static kam_rc percentiles(cmd_session *s, kam_day asof, int window, const calc_facts *f, double **out, kam_err *err)
{
    calc_pyramid_params p;
    kam_table *items = NULL, *rows = NULL;
    cmd_pyramid_params(s, asof, window, &p);
    kam_rc rc = calc_pyramid_items(f, &p, &items, err);
    if (!rc) rc = calc_pyramid(items, &p, &rows, err);
    if (!rc) *out = cmd_align_real(f->accounts, rows, "percentile");
    kam_table_unref(items);
    kam_table_unref(rows);
    return rc;
}

kam_rc cmd_fit_run(cmd_session *s, kam_day asof, int window, cmd_card_run *r, kam_err *err)
{
    calc_fit_params p;
    double *percentile = NULL, *potential = NULL;
    cmd_card_run a8 = CMD_CARD_RUN_INIT;
    *r = (cmd_card_run)CMD_CARD_RUN_INIT;
    cmd_fit_params(s, asof, &p);
    kam_rc rc = start(s, "fit", asof, STORE_F_LEDGER, r, err);
    if (!rc) rc = load_capability(s, asof, r, err);
    if (!rc) rc = percentiles(s, asof, window, &r->facts.calc, &percentile, err);
    if (!rc) rc = cmd_potential_run(s, asof, &a8, err);
    if (!rc) {
        potential = cmd_align_real(r->facts.held.accounts, a8.rows, "potential");
        calc_fit_facts x = {percentile, potential, &r->marks, &r->capability};
        rc = calc_fit(&r->facts.calc, &x, &p, &r->rows, err);
    }
    cmd_card_run_release(&a8);
    kam_free(percentile);
    kam_free(potential);
    if (rc) cmd_card_run_release(r);
    return rc;
}

kam_rc cmd_discipline_run(cmd_session *s, kam_day asof, cmd_card_run *r, kam_err *err)
{
    *r = (cmd_card_run)CMD_CARD_RUN_INIT;
    kam_rc rc = start(s, "discipline", asof, 0, r, err);
    if (!rc) rc = calc_discipline(&r->facts.calc, &r->marks, cmd_facts_lang(s), &r->rows, err);
    if (rc) cmd_card_run_release(r);
    return rc;
}

kam_rc cmd_card_run_of(cmd_session *s, const calc_card *card, kam_day asof, cmd_card_run *r, kam_err *err)
{
    if (kam_streq(card->key, "quality")) return cmd_quality_run(s, asof, 0, r, err);
    if (kam_streq(card->key, "potential")) return cmd_potential_run(s, asof, r, err);
    kam_table *own = NULL;
    *r = (cmd_card_run)CMD_CARD_RUN_INIT;
    kam_rc rc = start(s, card->key, asof, 0, r, err);
    if (!rc && calc_card_takes(card, "ourselves")) {
        rc = store_query_own_marks(cmd_session_store(s), asof, card->key, &own, err);
        if (!rc) rc = calc_marks_general(&r->marks, own, err);
    }
    kam_table_unref(own);
    if (rc) cmd_card_run_release(r);
    return rc;
}

/* --- key accounts ---------------------------------------------------------------------------------------------------- */

kam_rc cmd_key_rows(cmd_session *s, kam_day asof, int window, kam_table **rows, kam_err *err)
{
    cmd_facts f = CMD_FACTS_INIT;
    calc_key_params p;
    cmd_key_params(s, asof, window, &p);
    kam_rc rc = cmd_facts_load(s, asof, STORE_F_LEDGER | STORE_F_SERVICE_COSTS | STORE_F_SIGHTINGS | STORE_F_REFERRALS, &f, err);
    if (rc) return rc;
    rc = calc_key(&f.calc, &p, rows, err);
    cmd_facts_release(&f);
    return rc;
}

kam_table *cmd_key_only(const kam_table *t, const kam_table *key_rows)
{
    size_t *at = cmd_align(t, key_rows), n = kam_table_rows(t), k = 0, *keep = kam_calloc(n + 1, sizeof *keep);
    for (size_t i = 0; i < n; i++)
        if (at[i] != SIZE_MAX && calc_key_row(key_rows, at[i])) keep[k++] = i;
    kam_table *picked = kam_table_pick(t, keep, k);
    kam_free(at);
    kam_free(keep);
    return picked;
}

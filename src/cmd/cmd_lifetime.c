/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cmd_lifetime.h"
#include "cmd_session_int.h"
#include "kam_mem.h"
#include "kam_str.h"
#include "store.h"
#include "store_setting.h"
#include <string.h>

void cmd_lifetime_defaults(cmd_session *s, kam_day asof, cmd_lifetime_spec *spec)
{
    store *db = cmd_session_store(s);
    int64_t months;
    double v;
    *spec = (cmd_lifetime_spec){.asof = asof, .end = asof, .model = CMD_LIFETIME_AUTO, .unit = CALC_UNIT_WEEK,
                                .basis = CALC_BASIS_MARGIN, .horizon_months = 36, .discount_year = 0.10, .level = 0.8};
    if (store_setting_real(db, "discount", &v)) spec->discount_year = v;
    if (store_setting_real(db, "level", &v)) spec->level = v;
    if (store_setting_int(db, "horizon", &months)) spec->horizon_months = (int)months;
    if (store_setting_real(db, "level", &v)) spec->level = v;
    const char *unit = store_setting_text(db, "time-unit");
    if (unit) spec->unit = kam_streq(unit, "day") ? CALC_UNIT_DAY : kam_streq(unit, "month") ? CALC_UNIT_MONTH : CALC_UNIT_WEEK;
}

/* The fitted models of the last questions: fitting is most of what a million accounts cost, `why` asks the same again, and the quality of
 * accounts asks for two days. */
enum { KEPT = 4 };
struct kept_fit {
    uint64_t version;
    kam_day asof, end;
    int model;
    calc_unit unit;
    calc_basis basis;
    calc_btyd_fit fit, tried[3];
    calc_spend_fit spend;
    bool has_spend;
    calc_value_frame *frame; /* NULL: was not asked for */
};
struct kept_fits {
    size_t n, next; /* the oldest makes room */
    struct kept_fit at[KEPT];
};

static void drop_fits(void *block)
{
    struct kept_fits *all = block;
    for (size_t i = 0; i < all->n; i++) calc_value_frame_free(all->at[i].frame);
    kam_free(all);
}

static struct kept_fit *find_kept(cmd_session *s, const cmd_lifetime_spec *spec)
{
    const uint64_t version = store_facts_version(cmd_session_store(s));
    struct kept_fits *all = cmd_session_kept(s, CMD_KEEP_FITS);
    for (size_t i = 0; all && i < all->n; i++) {
        struct kept_fit *k = &all->at[i];
        if (k->version == version && k->asof == spec->asof && k->end == spec->end && k->model == spec->model && k->unit == spec->unit &&
            k->basis == spec->basis)
            return k;
    }
    return NULL;
}

static void take_kept(const struct kept_fit *k, cmd_lifetime *l)
{
    l->fit = k->fit;
    memcpy(l->tried, k->tried, sizeof l->tried);
    l->spend = k->spend;
    l->has_spend = k->has_spend;
}

static struct kept_fit *keep(cmd_session *s, const cmd_lifetime_spec *spec, uint64_t version, const cmd_lifetime *l)
{
    struct kept_fits *all = cmd_session_kept(s, CMD_KEEP_FITS);
    if (!all) cmd_session_keep(s, CMD_KEEP_FITS, all = kam_zalloc(sizeof *all), drop_fits);
    struct kept_fit *k = &all->at[all->next];
    all->next = (all->next + 1) % KEPT;
    if (all->n < KEPT) all->n++;
    calc_value_frame_free(k->frame);
    *k = (struct kept_fit){.version = version, .asof = spec->asof, .end = spec->end, .model = spec->model,
                           .unit = spec->unit, .basis = spec->basis, .fit = l->fit, .spend = l->spend, .has_spend = l->has_spend};
    memcpy(k->tried, l->tried, sizeof k->tried);
    return k;
}

/* The facts were read at `version`. */
static kam_rc fit(cmd_session *s, const cmd_lifetime_spec *spec, uint64_t version, cmd_lifetime *l, struct kept_fit **at, kam_err *err)
{
    *at = find_kept(s, spec);
    if (spec->model == CMD_LIFETIME_AUTO) l->n_tried = 3;
    if (*at) return take_kept(*at, l), KAM_OK;
    kam_rc rc = spec->model == CMD_LIFETIME_AUTO ? calc_btyd_fit_best(&l->data, &l->fit, l->tried, err)
                                                 : calc_btyd_fit_model(&l->data, (calc_btyd_model)spec->model, &l->fit, err);
    if (rc) return rc;
    kam_err none = KAM_ERR_INIT;
    rc = calc_spend_fit_asking(l->summary.n, l->summary.spend_days, l->summary.spend, cmd_session_progress(s), &l->spend, &none);
    l->has_spend = rc == KAM_OK;
    if (rc == KAM_INTERRUPT) return kam_progress_step(cmd_session_progress(s), "fit", 0, 0, err);
    *at = keep(s, spec, version, l);
    return KAM_OK;
}

/* The summary of the facts, and how values are made of it. */
static void summarise(cmd_session *s, const cmd_lifetime_spec *spec, cmd_lifetime *l)
{
    const kam_ledger *ledger = l->facts.calc.ledger;
    l->amount_for_margin = spec->basis == CALC_BASIS_MARGIN && !ledger->margin_minor;
    calc_summary_build(ledger, spec->end, spec->unit, spec->basis, cmd_session_exponent(s), &l->summary);
    l->data = (calc_btyd_data){l->summary.n, l->summary.x, l->summary.tx, l->summary.T, cmd_session_progress(s)};
    l->value = (calc_value_spec){.horizon_months = spec->horizon_months, .month_units = 30.4375 / l->summary.unit_days,
                                 .discount_month = calc_discount_month(spec->discount_year), .level = spec->level,
                                 .exponent = cmd_session_exponent(s), .progress = cmd_session_progress(s)};
}

static kam_rc fit_all(cmd_session *s, const cmd_lifetime_spec *spec, cmd_lifetime *l, struct kept_fit **at, kam_err *err)
{
    const uint64_t version = store_facts_version(cmd_session_store(s));
    memset(l, 0, sizeof *l);
    kam_rc rc = cmd_facts_load(s, spec->asof, STORE_F_LEDGER | STORE_F_FEW, &l->facts, err);
    if (rc) return rc;
    summarise(s, spec, l);
    rc = fit(s, spec, version, l, at, err);
    if (rc) cmd_lifetime_release(l);
    return rc;
}

kam_rc cmd_lifetime_fit(cmd_session *s, const cmd_lifetime_spec *spec, cmd_lifetime *l, kam_err *err)
{
    struct kept_fit *at;
    return fit_all(s, spec, l, &at, err);
}

/* The model of all accounts with its frame, which needs no names; kept. */
static kam_rc framed(cmd_session *s, const cmd_lifetime_spec *spec, const cmd_ref *account, struct kept_fit **at, kam_err *err)
{
    size_t row;
    cmd_lifetime all;
    const uint64_t version = store_facts_version(cmd_session_store(s));
    *at = find_kept(s, spec);
    if (*at && (*at)->frame) return KAM_OK;
    memset(&all, 0, sizeof all);
    kam_rc rc = cmd_facts_among(s, spec->asof, account, STORE_F_FEW, &all.facts, &row, err);
    if (rc) return rc;
    summarise(s, spec, &all);
    rc = fit(s, spec, version, &all, at, err);
    if (!rc) rc = calc_value_frame_build(&all.summary, &all.fit, cmd_session_progress(s), &(*at)->frame, err);
    cmd_lifetime_release(&all);
    return rc;
}

kam_rc cmd_lifetime_fit_one(cmd_session *s, const cmd_lifetime_spec *spec, const cmd_ref *account, cmd_lifetime *l, kam_err *err)
{
    struct kept_fit *at;
    memset(l, 0, sizeof *l);
    kam_rc rc = framed(s, spec, account, &at, err);
    if (rc) return rc;
    cmd_scope_account(s, account);
    rc = cmd_facts_load(s, spec->asof, STORE_F_LEDGER | STORE_F_FEW, &l->facts, err);
    if (rc) return rc;
    if (at->version != store_facts_version(cmd_session_store(s))) { /* another process changed the data */
        cmd_lifetime_release(l);
        cmd_scope_all(s);
        return cmd_lifetime_fit(s, spec, l, err);
    }
    summarise(s, spec, l);
    take_kept(at, l);
    l->frame = at->frame;
    if (spec->model == CMD_LIFETIME_AUTO) l->n_tried = 3;
    return KAM_OK;
}

void cmd_lifetime_release(cmd_lifetime *l)
{
    calc_summary_release(&l->summary);
    cmd_facts_release(&l->facts);
    memset(l, 0, sizeof *l);
}

kam_rc cmd_lifetime_past(cmd_session *s, const cmd_lifetime *l, const cmd_lifetime_spec *spec, double **out, kam_err *err)
{
    kam_table *t = NULL;
    kam_rc rc = store_query_flows(cmd_session_store(s), spec->asof, &t, err);
    if (rc) return rc;
    size_t n = kam_table_rows(t);
    size_t *account = kam_calloc(n + 1, sizeof *account);
    kam_day *day = kam_calloc(n + 1, sizeof *day);
    int64_t *amount = kam_calloc(n + 1, sizeof *amount);
    const kam_column *row = kam_table_find(t, "row"), *date = kam_table_find(t, "date"), *money = kam_table_find(t, "amount");
    for (size_t i = 0; i < n; i++) {
        account[i] = (size_t)kam_col_int(row, i);
        day[i] = kam_col_int(date, i);
        amount[i] = kam_col_int(money, i);
    }
    calc_flows flows = {n, account, day, amount};
    double *past = kam_calloc(l->summary.n + 1, sizeof *past);
    calc_value_past(l->facts.calc.ledger, &flows, spec->asof, spec->basis, spec->discount_year, past);
    kam_table_unref(t);
    kam_free(account);
    kam_free(day);
    kam_free(amount);
    *out = past;
    return KAM_OK;
}

/* All a worker's documents ask of one snapshot: the table is made for the first and kept for the others. */
typedef struct kept_key {
    uint64_t version;
    cmd_lifetime_spec spec;
} kept_key;

static kept_key key_of(cmd_session *s, const cmd_lifetime_spec *spec)
{
    kept_key k;
    memset(&k, 0, sizeof k); /* compared byte by byte */
    k.version = store_facts_version(cmd_session_store(s));
    k.spec.asof = spec->asof, k.spec.end = spec->end, k.spec.model = spec->model, k.spec.unit = spec->unit, k.spec.basis = spec->basis;
    k.spec.horizon_months = spec->horizon_months, k.spec.discount_year = spec->discount_year, k.spec.level = spec->level;
    return k;
}

static kam_rc values_of(cmd_session *s, const cmd_lifetime *l, const cmd_lifetime_spec *spec, kam_table **out, kam_err *err);

kam_rc cmd_lifetime_accounts(cmd_session *s, const cmd_lifetime *l, const cmd_lifetime_spec *spec, kam_table **out,
                             kam_err *err)
{
    if (!s->unsynced || store_scope_get(cmd_session_store(s)).kind != STORE_SCOPE_ALL) return values_of(s, l, spec, out, err);
    kept_key key = key_of(s, spec);
    if (s->batch_kept.values && memcmp(s->batch_kept.key, &key, sizeof key) == 0) return *out = kam_table_ref(s->batch_kept.values), KAM_OK;
    kam_rc rc = values_of(s, l, spec, out, err);
    if (rc) return rc;
    kam_table_unref(s->batch_kept.values);
    if (!s->batch_kept.key) s->batch_kept.key = kam_alloc(sizeof key);
    memcpy(s->batch_kept.key, &key, sizeof key);
    s->batch_kept.values = kam_table_ref(*out);
    return KAM_OK;
}

static kam_rc values_of(cmd_session *s, const cmd_lifetime *l, const cmd_lifetime_spec *spec, kam_table **out, kam_err *err)
{
    calc_value_scores scores = CALC_VALUE_SCORES_INIT;
    double *past = NULL;
    kam_rc rc = calc_value_score_within(l->frame, &l->summary, &l->fit, l->has_spend ? &l->spend : NULL, &l->value, &scores, err);
    if (!rc) rc = cmd_lifetime_past(s, l, spec, &past, err);
    if (!rc)
        *out = calc_value_table(l->facts.calc.accounts, &l->summary, &scores, past, cmd_session_currency(s),
                                cmd_session_exponent(s));
    calc_value_scores_release(&scores);
    kam_free(past);
    return rc;
}

kam_rc cmd_lifetime_values(cmd_session *s, kam_day asof, kam_table **out, kam_err *err)
{
    cmd_lifetime_spec spec;
    cmd_lifetime l;
    kam_table *accounts = NULL;
    cmd_lifetime_defaults(s, asof, &spec);
    kam_rc rc = cmd_lifetime_fit(s, &spec, &l, err);
    if (rc) return rc;
    rc = cmd_lifetime_accounts(s, &l, &spec, &accounts, err);
    cmd_lifetime_release(&l);
    if (rc) return rc;
    kam_table *t = kam_table_new();
    kam_table_set_currency(t, cmd_session_currency(s), cmd_session_exponent(s));
    kam_column *row = kam_table_add_column(t, "row", KAM_INT, NULL), *value = kam_table_add_column(t, "value", KAM_MONEY, NULL);
    const kam_column *lifetime = kam_table_find(accounts, "lifetime_value");
    for (size_t i = 0; i < kam_table_rows(accounts); i++) {
        if (kam_col_missing(lifetime, i)) continue;
        kam_col_push_int(row, (int64_t)i);
        kam_col_push_int(value, kam_col_int(lifetime, i));
    }
    kam_table_seal(t);
    kam_table_unref(accounts);
    *out = t;
    return KAM_OK;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_plan_state: what a plan snapshot keeps: the records of an account and what the methods make of them on one day. */
#include "cmd_cards.h"
#include "cmd_classify.h"
#include "cmd_lifetime.h"
#include "cmd_plan.h"
#include "cmd_run.h"
#include "cmd_stakeholder_map.h"
#include "kam_money.h"
#include "kam_str.h"
#include "store_query_run.h"
#include "store_setting.h"
#include <math.h>
#include <string.h>

enum { C_KIND, C_OBJECT, C_NAME, C_FIELD, C_VALUE, C_SINCE, C_BY, COLS };

typedef struct plan {
    cmd_session *s;
    cmd_ref ref;
    const char *account; /* its code */
    kam_str name;
    kam_day asof;
    kam_table *t;
    kam_column *c[COLS];
} plan;

static void put(plan *p, const char *kind, const char *object, const char *name, const char *field, const char *value)
{
    if (!value || !*value) return;
    const char *cells[] = {kind, object, name, field, value};
    for (int i = 0; i < 5; i++) kam_col_push_text(p->c[i], cells[i]);
    kam_col_push_missing(p->c[C_SINCE]);
    kam_col_push_missing(p->c[C_BY]);
}

/* Rounded, so that the last digits of an estimate are no change. */
static void put_real(plan *p, const char *kind, const char *object, const char *name, const char *field, double v, int decimals)
{
    char number[KAM_NUM_MAX];
    double scale = pow(10, decimals), rounded = round(v * scale) / scale;
    kam_format_real(rounded == 0 ? 0 : rounded, number);
    put(p, kind, object, name, field, number);
}

static void put_figure(plan *p, const char *field, double v, int decimals) { put_real(p, "figure", p->account, kam_str_cstr(&p->name), field, v, decimals); }

static void put_money(plan *p, const char *field, int64_t minor)
{
    char money[KAM_MONEY_MAX];
    kam_money_format(minor, cmd_session_exponent(p->s), money);
    put(p, "figure", p->account, kam_str_cstr(&p->name), field, money);
}

/* A cell of the result of a method as a figure; a missing one is left out. */
static void put_cell(plan *p, const char *field, const kam_table *t, const char *column, size_t row, int decimals)
{
    const kam_column *c = kam_table_find(t, column);
    if (!c || row >= kam_table_rows(t) || kam_col_missing(c, row)) return;
    if (kam_col_type(c) == KAM_MONEY) put_money(p, field, kam_col_int(c, row));
    else put_figure(p, field, kam_col_real(c, row), decimals);
}

/* No answer of a method is none of the plan's: too few purchases, nobody known. */
static kam_rc no_answer(kam_rc rc, const kam_err *own, kam_err *err)
{
    if (rc && rc != KAM_CALC && err) *err = *own;
    return rc == KAM_CALC ? KAM_OK : rc;
}

/* --- parts -------------------------------------------------------------------------------------------------------------- */

static void copy_records(plan *p, const kam_table *t)
{
    static const char *const names[COLS] = {"kind", "object", "name", "field", "value", "since", "by"};
    const kam_column *from[COLS];
    for (int i = 0; i < COLS; i++) from[i] = kam_table_find(t, names[i]);
    for (size_t r = 0; r < kam_table_rows(t); r++)
        for (int i = 0; i < COLS; i++) kam_col_push_from(p->c[i], from[i], r);
}

static int64_t count_records(const kam_table *t, const char *kind, const char *field, const char *value)
{
    const kam_column *k = kam_table_find(t, "kind"), *f = kam_table_find(t, "field"), *v = kam_table_find(t, "value");
    int64_t n = 0;
    for (size_t r = 0; r < kam_table_rows(t); r++)
        n += kam_streq(kam_col_text(k, r), kind) && kam_streq(kam_col_text(f, r), field) && kam_streq(kam_col_text(v, r), value);
    return n;
}

static kam_rc put_class(plan *p, int by, const char *field, const char *figure, const char *column, kam_err *err)
{
    const cmd_classify_args a = {.by = by, .account = p->ref, .basis = -1, .since = CMD_UNSET_DAY, .asof = p->asof};
    kam_table *one = NULL;
    kam_err own = KAM_ERR_INIT;
    kam_rc rc = cmd_classify_one(p->s, &a, &one, &own);
    if (rc) return no_answer(rc, &own, err);
    if (kam_table_rows(one)) {
        if (field) put(p, "class", p->account, kam_str_cstr(&p->name), field, kam_col_text(kam_table_find(one, "class"), 0));
        if (figure) put_cell(p, figure, one, column, 0, 3);
    }
    kam_table_unref(one);
    return KAM_OK;
}

static kam_rc put_quality(plan *p, kam_err *err)
{
    kam_err own = KAM_ERR_INIT;
    double quality = NAN;
    kam_rc rc = cmd_quality_of(p->s, p->asof, p->ref.id, &quality, &own);
    if (!rc && !isnan(quality)) put_figure(p, "quality", quality, 3);
    return no_answer(rc, &own, err);
}

static kam_rc put_classes(plan *p, kam_err *err)
{
    static const struct {
        int by;
        const char *field, *figure, *column;
    } of[] = {{CMD_BY_YIELD, "yield", "window_revenue", "window_revenue"}, {CMD_BY_PYRAMID, "pyramid", NULL, NULL}, {CMD_BY_RFM, "rfm", NULL, NULL},
              {CMD_BY_LIFECYCLE, "lifecycle", NULL, NULL}, {CMD_BY_LADDER, "ladder", "wallet_share", "wallet_share"}};
    kam_rc rc = KAM_OK;
    for (size_t i = 0; !rc && i < sizeof of / sizeof *of; i++) rc = put_class(p, of[i].by, of[i].field, of[i].figure, of[i].column, err);
    return rc ? rc : put_quality(p, err);
}

static kam_rc put_health(plan *p, kam_err *err)
{
    kam_table *t = NULL;
    kam_err own = KAM_ERR_INIT;
    cmd_scope_account(p->s, &p->ref);
    kam_rc rc = cmd_health_rows(p->s, p->asof, p->account, &t, &own);
    if (!rc && kam_table_rows(t)) put_cell(p, "health", t, "health", 0, 1);
    kam_table_unref(t);
    if (!rc) rc = cmd_completeness_sections(p->s, p->asof, p->account, &t, &own);
    cmd_scope_all(p->s);
    if (rc) return no_answer(rc, &own, err);
    int64_t filled = 0, needed = 0;
    for (size_t i = 0; i < kam_table_rows(t); i++) {
        filled += kam_col_int(kam_table_find(t, "filled"), i);
        needed += kam_col_int(kam_table_find(t, "needed"), i);
    }
    if (needed) put_figure(p, "completeness", (double)filled / (double)needed, 3);
    kam_table_unref(t);
    return KAM_OK;
}

static kam_rc put_worth(plan *p, kam_err *err)
{
    cmd_lifetime_spec spec;
    cmd_lifetime l;
    kam_table *t = NULL;
    kam_err own = KAM_ERR_INIT;
    cmd_lifetime_defaults(p->s, p->asof, &spec);
    kam_rc rc = cmd_lifetime_fit_one(p->s, &spec, &p->ref, &l, &own);
    if (!rc) {
        rc = cmd_lifetime_accounts(p->s, &l, &spec, &t, &own);
        cmd_lifetime_release(&l);
    }
    cmd_scope_all(p->s);
    if (rc) return no_answer(rc, &own, err);
    kam_table *one = cmd_rows_where(t, "account", p->account);
    const kam_column *future = kam_table_find(one, "future_value");
    put_cell(p, "p_alive", one, "p_alive", 0, 3);
    if (kam_table_rows(one) && future && !kam_col_missing(future, 0)) { /* whole units: it is an estimate */
        int64_t unit = 1;
        for (int i = 0; i < cmd_session_exponent(p->s); i++) unit *= 10;
        put_money(p, "future_value", (int64_t)llround(kam_col_real(future, 0) / (double)unit) * unit);
    }
    kam_table_unref(one);
    kam_table_unref(t);
    return KAM_OK;
}

/* What the methods say of each person. */
static void put_people(plan *p, const kam_table *map)
{
    static const struct {
        const char *column, *field;
        int decimals; /* −1: text; −2: a day */
    } of[] = {{"quadrant", "quadrant", -1}, {"influence", "influence", 1}, {"relationship", "relationship", -1}, {"last_met", "last_met", -2}};
    const kam_column *contact = kam_table_find(map, "contact"), *name = kam_table_find(map, "name");
    for (size_t r = 0; r < kam_table_rows(map); r++)
        for (size_t i = 0; i < sizeof of / sizeof *of; i++) {
            const kam_column *c = kam_table_find(map, of[i].column);
            const char *who = kam_col_text(contact, r), *called = kam_col_text(name, r);
            char day[KAM_DATE_MAX];
            if (kam_col_missing(c, r)) continue;
            if (of[i].decimals == -2) kam_day_format(kam_col_int(c, r), day);
            if (of[i].decimals >= 0) put_real(p, "person", who, called, of[i].field, kam_col_real(c, r), of[i].decimals);
            else put(p, "person", who, called, of[i].field, of[i].decimals == -2 ? day : kam_col_text(c, r));
        }
}

static int level_of(const char *key)
{
    static const char *const order[] = {"vendor", "credible-source", "problem-solver", "trusted-adviser"};
    for (int i = 0; i < 4; i++)
        if (kam_streq(order[i], key)) return i;
    return -1;
}

/* J4: the best level one of ours has with a person; rows are by contact. */
static void put_levels(plan *p, const kam_table *cover)
{
    const kam_column *contact = kam_table_find(cover, "contact"), *name = kam_table_find(cover, "name");
    static const char *const columns[] = {"present", "wanted"}, *const fields[] = {"level", "level_wanted"};
    for (int k = 0; k < 2; k++) {
        const kam_column *c = kam_table_find(cover, columns[k]);
        const char *best = NULL;
        for (size_t r = 0; r < kam_table_rows(cover); r++) {
            if (!kam_col_missing(c, r) && (!best || level_of(kam_col_text(c, r)) > level_of(best))) best = kam_col_text(c, r);
            if (r + 1 < kam_table_rows(cover) && kam_streq(kam_col_text(contact, r), kam_col_text(contact, r + 1))) continue;
            put(p, "person", kam_col_text(contact, r), kam_col_text(name, r), fields[k], best);
            best = NULL;
        }
    }
}

/* The next buying role nobody is known in, in the order in which the flags tell them; NULL: none is left. */
static const char *next_unfilled(const kam_table *roles, size_t *at)
{
    const kam_column *role = kam_table_find(roles, "buying_role"), *n = kam_table_find(roles, "known");
    for (; *at < kam_table_rows(roles); (*at)++)
        if (kam_col_int(n, *at) == 0 && !kam_streq(kam_col_text(role, *at), "coach")) return kam_col_text(role, (*at)++);
    return NULL;
}

/* A flag is known by its number and whom it is about: a person, an opportunity, a role. */
static void put_flags(plan *p, const kam_table *flags, const kam_table *roles)
{
    const kam_column *flag = kam_table_find(flags, "flag"), *kind = kam_table_find(flags, "kind"), *contact = kam_table_find(flags, "contact"),
                     *name = kam_table_find(flags, "name"), *deal = kam_table_find(flags, "opportunity");
    kam_str object = KAM_STR_INIT;
    size_t at = 0;
    for (size_t r = 0; r < kam_table_rows(flags); r++) {
        const char *role = kam_streq(kam_col_text(kind, r), "role-unfilled") ? next_unfilled(roles, &at) : NULL;
        kam_str_clear(&object);
        kam_str_add(&object, kam_col_text(flag, r));
        if (!kam_col_missing(contact, r)) kam_str_addf(&object, ":%s", kam_col_text(contact, r));
        if (!kam_col_missing(deal, r)) kam_str_addf(&object, ":%s", kam_col_text(deal, r));
        if (role) kam_str_addf(&object, ":%s", role);
        const char *about = role ? role : !kam_col_missing(name, r) ? kam_col_text(name, r) : !kam_col_missing(deal, r) ? kam_col_text(deal, r) : object.s;
        put(p, "flag", object.s, about, "flag", kam_col_text(kind, r));
    }
    kam_str_release(&object);
    put_figure(p, "red_flags", (double)kam_table_rows(flags), 0);
}

static kam_rc put_stakeholders(plan *p, kam_err *err)
{
    const cmd_map_args a = {.account = {1, p->account}, .asof = p->asof};
    cmd_map m;
    kam_table *map = NULL, *cover = NULL, *flags = NULL, *circle = NULL, *roles = NULL;
    kam_rc rc = cmd_map_load(p->s, &a, STORE_P_LEVELS, &m, err);
    if (rc) return rc;
    rc = calc_people_map(&m.people, &m.params, &map, err);
    if (!rc) rc = calc_people_coverage(&m.people, &m.params, &cover, err);
    if (!rc) rc = calc_people_flags(&m.people, &m.params, &flags, err);
    if (!rc) rc = calc_people_circle(&m.people, &m.params, &circle, err);
    if (!rc) rc = calc_people_roles(&m.people, &m.params, &roles, err);
    if (!rc) {
        int64_t people = 0, filled = 0;
        const kam_column *empty = kam_table_find(map, "placeholder"), *f = kam_table_find(circle, "filled");
        for (size_t i = 0; i < kam_table_rows(map); i++) people += !kam_col_int(empty, i);
        for (size_t i = 0; i < kam_table_rows(circle); i++) filled += kam_col_int(f, i);
        put_people(p, map);
        put_levels(p, cover);
        put_flags(p, flags, roles);
        put_figure(p, "people", (double)people, 0);
        put_figure(p, "circle_seats", (double)filled, 0);
    }
    kam_table *all[] = {map, cover, flags, circle, roles};
    for (int i = 0; i < 5; i++) kam_table_unref(all[i]);
    cmd_map_release(&m);
    return rc;
}

static kam_rc put_deals(plan *p, kam_err *err)
{
    cmd_facts f = CMD_FACTS_INIT;
    calc_funnel_params params;
    kam_table *all = NULL;
    cmd_scope_deals(p->s); /* how long is usual is learnt from all of them */
    kam_rc rc = cmd_facts_load(p->s, p->asof, STORE_F_OPPORTUNITIES | STORE_F_STAGES | STORE_F_FEW, &f, err);
    cmd_scope_all(p->s);
    if (rc) return rc;
    cmd_funnel_params(p->s, p->asof, 0, &params);
    rc = calc_funnel_opportunities(&f.calc, &params, &all, err);
    cmd_facts_release(&f);
    if (rc) return rc;
    kam_table *t = cmd_rows_where(all, "account", p->account);
    const kam_column *code = kam_table_find(t, "opportunity"), *name = kam_table_find(t, "name"), *probability = kam_table_find(t, "probability"),
                     *amount = kam_table_find(t, "amount"), *weighted = kam_table_find(t, "weighted");
    int64_t sum = 0, expected = 0;
    for (size_t r = 0; r < kam_table_rows(t); r++) {
        const char *called = kam_col_missing(name, r) ? kam_col_text(code, r) : kam_col_text(name, r);
        if (!kam_col_missing(probability, r)) put_real(p, "opportunity", kam_col_text(code, r), called, "probability", kam_col_real(probability, r), 3);
        sum += kam_col_int(amount, r);
        expected += kam_col_int(weighted, r);
    }
    put_figure(p, "open_deals", (double)kam_table_rows(t), 0);
    put_money(p, "open_amount", sum);
    put_money(p, "weighted", expected);
    kam_table_unref(t);
    kam_table_unref(all);
    return KAM_OK;
}

/* The last survey that has both marks. */
static kam_rc put_survey(plan *p, kam_err *err)
{
    kam_table *t = NULL;
    kam_rc rc = store_query_answers(cmd_session_store(p->s), p->asof, &t, err);
    if (rc) return rc;
    const kam_column *e = kam_table_find(t, "expectation"), *g = kam_table_find(t, "perceived");
    double gap = NAN;
    for (size_t r = 0; r < kam_table_rows(t); r++)
        if (!kam_col_missing(e, r) && !kam_col_missing(g, r))
            gap = kam_col_real(g, r) - kam_col_real(e, r);
    if (!isnan(gap)) put_figure(p, "satisfaction_gap", gap, 2);
    kam_table_unref(t);
    return KAM_OK;
}

/* Thresholds that differ from their default: a class may change because the rule did. */
static kam_rc put_settings(plan *p, kam_err *err)
{
    kam_table *t = NULL;
    kam_rc rc = store_setting_list(cmd_session_store(p->s), NULL, &t, err);
    if (rc) return rc;
    const kam_column *name = kam_table_find(t, "name"), *value = kam_table_find(t, "value");
    for (size_t r = 0; r < kam_table_rows(t); r++) {
        const char *key = kam_col_text(name, r);
        if (kam_streq(key, "asof") || kam_streq(key, "currency") || store_setting_is_default(cmd_session_store(p->s), key)) continue;
        put(p, "setting", p->account, kam_str_cstr(&p->name), key, kam_col_text(value, r));
    }
    kam_table_unref(t);
    return KAM_OK;
}

/* The name of the account; KAM_CALC NODATA when it was not known on the day. */
static kam_rc known(plan *p, kam_err *err)
{
    cmd_facts f = CMD_FACTS_INIT;
    cmd_scope_account(p->s, &p->ref);
    kam_rc rc = cmd_facts_load(p->s, p->asof, STORE_F_FEW, &f, err);
    if (rc) return rc; /* the command has ended */
    if (kam_table_rows(f.held.accounts) == 0) {
        char date[KAM_DATE_MAX];
        kam_day_format(p->asof, date);
        kam_err_set(err, KAM_CALC, "plan: %.100s was not known on %s", p->account, date);
        rc = kam_err_word(err, "NODATA");
    } else {
        kam_str_add(&p->name, kam_col_text(kam_table_find(f.held.accounts, "name"), 0));
        rc = put_survey(p, err);
    }
    cmd_scope_all(p->s);
    cmd_facts_release(&f);
    return rc;
}

kam_rc cmd_plan_state(cmd_session *s, const cmd_ref *account, kam_day asof, kam_table **out, kam_err *err)
{
    static const char *const names[COLS] = {"kind", "object", "name", "field", "value", "since", "by"};
    static const char *const labels[COLS] = {"version.kind", "version.object", "version.name", "version.field", "version.value", "version.since", "version.by"};
    plan p = {.s = s, .ref = *account, .account = account->code, .name = KAM_STR_INIT, .asof = asof, .t = kam_table_new()};
    kam_table *records = NULL;
    for (int i = 0; i < COLS; i++) p.c[i] = kam_table_add_column(p.t, names[i], i == C_SINCE ? KAM_DAY : KAM_TEXT, labels[i]);
    kam_table_set_title(p.t, "version.show");
    kam_rc rc = known(&p, err);
    if (!rc) rc = store_query_plan_state(cmd_session_store(s), asof, account->code, &records, err);
    if (!rc) rc = put_classes(&p, err);
    if (!rc) rc = put_health(&p, err);
    if (!rc) rc = put_worth(&p, err);
    if (!rc) rc = put_deals(&p, err);
    if (!rc) rc = put_stakeholders(&p, err);
    if (!rc) rc = put_settings(&p, err);
    if (!rc) {
        copy_records(&p, records);
        put_figure(&p, "open_complaints", (double)count_records(records, "complaint", "state", "open"), 0);
    }
    kam_table_unref(records);
    kam_table_seal(p.t);
    if (rc) kam_table_unref(p.t);
    else *out = p.t;
    kam_str_release(&p.name);
    return rc;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The views of `lifetime-value` that look ahead (a new account, what is left, month by month, counts), and its models compared. */
#include "calc_future.h"
#include "cmd_lifetime_args.h"
#include "kam_mem.h"
#include "kam_str.h"

/* The account's place in the summary; SIZE_MAX: no account was named, or it is not known yet. */
static size_t place_of(const cmd_lifetime *l, const cmd_ref *account)
{
    const kam_column *code = kam_table_find(l->facts.held.accounts, "account");
    for (size_t i = 0; account->id && i < kam_col_rows(code); i++)
        if (kam_streq(kam_col_text(code, i), account->code)) return i;
    return SIZE_MAX;
}

static kam_rc named(const struct lifetime_args *a, size_t place, const char *view, kam_err *err)
{
    if (place != SIZE_MAX) return KAM_OK;
    if (!a->account.id) {
        kam_err_set(err, KAM_USAGE, "lifetime-value: -show %s is of one account; name it with -account", view);
        return kam_err_word(err, "lifetime-value");
    }
    kam_err_set(err, KAM_NOTFOUND, "lifetime-value: account %s is not known yet on the as-of date", a->account.code);
    kam_err_word(err, "account");
    return kam_err_word(err, a->account.code);
}

static kam_rc residual(const struct lifetime_args *a, const cmd_lifetime *l, const cmd_lifetime_spec *spec, kam_table **out, kam_err *err)
{
    kam_table *all = NULL;
    kam_rc rc = calc_future_residual(l->facts.held.accounts, &l->summary, &l->fit, l->has_spend ? &l->spend : NULL, &l->value,
                                     spec->discount_year, &all, err);
    if (rc) return rc;
    *out = a->account.id ? cmd_rows_where(all, "account", a->account.code) : kam_table_ref(all);
    kam_table_unref(all);
    return KAM_OK;
}

static kam_rc months(const struct lifetime_args *a, const cmd_lifetime *l, kam_table **out, kam_err *err)
{
    size_t only = place_of(l, &a->account);
    kam_rc rc = a->account.id ? named(a, only, "months", err) : KAM_OK;
    if (rc) return rc;
    return calc_future_months(&l->summary, &l->fit, l->has_spend ? &l->spend : NULL, &l->value, only, l->facts.held.accounts, out, err);
}

static kam_rc counts(const struct lifetime_args *a, const cmd_lifetime *l, kam_table **out, kam_err *err)
{
    size_t i = place_of(l, &a->account);
    kam_rc rc = named(a, i, "counts", err);
    return rc ? rc : calc_future_counts(&l->summary, &l->fit, &l->value, i, out, err);
}

/* The model in use is fitted already; the others are fitted for the comparison. */
static kam_rc models(cmd_session *s, const cmd_lifetime *l, const cmd_lifetime_spec *spec, kam_table **out, kam_err *err)
{
    calc_btyd_fit all[CALC_BTYD_MODELS];
    for (int m = 0; m < CALC_BTYD_MODELS; m++) {
        if (m == (int)l->fit.model) {
            all[m] = l->fit;
            continue;
        }
        kam_rc rc = calc_btyd_fit_model(&l->data, (calc_btyd_model)m, &all[m], err);
        if (rc) return rc;
    }
    *out = calc_future_models(all, l->fit.model, spec->model == CMD_LIFETIME_AUTO, cmd_facts_lang(s));
    return KAM_OK;
}

kam_rc cmd_lifetime_future(cmd_session *s, const struct lifetime_args *a, const cmd_lifetime *l, const cmd_lifetime_spec *spec,
                           int show, kam_table **out, kam_err *err)
{
    const calc_spend_fit *spend = l->has_spend ? &l->spend : NULL;
    switch (show) {
    case LIFETIME_NEW: *out = calc_future_new(&l->fit, spend, &l->value, l->facts.held.accounts); return KAM_OK;
    case LIFETIME_RESIDUAL: return residual(a, l, spec, out, err);
    case LIFETIME_MONTHS: return months(a, l, out, err);
    case LIFETIME_COUNTS: return counts(a, l, out, err);
    default: return models(s, l, spec, out, err);
    }
}

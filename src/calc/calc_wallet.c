/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calc_wallet.h"
#include "calc_use.h"
#include <math.h>
#include <string.h>

static const calc_text note_unknown = {"wallet.unknown", "{1} of {2} accounts have no annual spend on record", "{2} 个客户中 {1} 个没有品类年支出记录"};
static const calc_text note_over = {"wallet.over", "{1} accounts bought more of us than their annual spend says: it is out of date", "{1} 个客户向我方的购买超过其品类年支出：该数字已过时"};

/* NULL: nothing to compare. */
static const char *trend(const calc_wallet_params *p, int64_t ours, int64_t before)
{
    if (before <= 0) return ours > 0 ? "growing" : NULL;
    double ratio = (double)ours / (double)before;
    return ratio >= p->growing_ratio ? "growing" : ratio <= p->declining_ratio ? "declining" : "stable";
}

static const calc_col cols[] = {
    {"account", KAM_TEXT, "wallet.account"},   {"name", KAM_TEXT, "wallet.name"},   {"ours", KAM_MONEY, "wallet.ours"},
    {"before", KAM_MONEY, "wallet.before"},    {"annual_spend", KAM_MONEY, "wallet.annual_spend"}, {"share", KAM_REAL, "wallet.share"},
    {"share_before", KAM_REAL, "wallet.share_before"}, {"change", KAM_REAL, "wallet.change"}, {"gap", KAM_MONEY, "wallet.gap"},
    {"trend", KAM_TEXT, "wallet.trend"}};
enum { ACCOUNT, NAME, OURS, BEFORE, SPEND, SHARE, SHARE_BEFORE, CHANGE, GAP, TREND };

kam_rc calc_wallet(const calc_facts *f, const calc_wallet_params *p, kam_table **out, kam_err *err)
{
    static const calc_use want[] = {{"annual_spend", KAM_MONEY, true}};
    const kam_column *acc[CALC_ACC_COLS], *spend[1];
    kam_column *c[CALC_COUNT(cols)];
    size_t n;
    int64_t unknown = 0, over = 0;
    kam_rc rc = calc_use_accounts(f, true, acc, &n, err);
    if (!rc) rc = calc_use_table(f->accounts, "accounts", want, 1, spend, err);
    if (rc) return rc;
    kam_table *t = calc_out_new("wallet.title", f->accounts, cols, CALC_COUNT(cols), c);
    double year = 365.0 / p->window_days;
    for (size_t i = 0; i < n && calc_goes_on(t, i, n); i++) {
        kam_day middle = p->asof - p->window_days;
        int64_t ours = calc_net_between(f->ledger, i, middle, p->asof), before = calc_net_between(f->ledger, i, middle - p->window_days, middle);
        bool known = calc_known(spend[0], i) && kam_col_int(spend[0], i) > 0;
        double whole = known ? (double)kam_col_int(spend[0], i) : NAN, a_year = (double)ours * year;
        double gap = whole - a_year;
        unknown += !known;
        over += known && gap < 0;
        kam_col_push_from(c[ACCOUNT], acc[CALC_ACC_CODE], i);
        kam_col_push_from(c[NAME], acc[CALC_ACC_NAME], i);
        kam_col_push_int(c[OURS], ours);
        kam_col_push_int(c[BEFORE], before);
        calc_push_opt(c[SPEND], known, known ? kam_col_int(spend[0], i) : 0);
        kam_col_push_real(c[SHARE], a_year / whole);
        kam_col_push_real(c[SHARE_BEFORE], (double)before * year / whole);
        kam_col_push_real(c[CHANGE], (a_year - (double)before * year) / whole);
        calc_push_opt(c[GAP], known, gap > 0 ? llround(gap) : 0);
        kam_col_push_text(c[TREND], trend(p, ours, before));
    }
    if (unknown) calc_note_say(t, p->lang, &note_unknown, CALC_ARGS(calc_arg_int(unknown), calc_arg_int((int64_t)n)));
    if (over) calc_note_say(t, p->lang, &note_over, CALC_ARGS(calc_arg_int(over)));
    return calc_out_done(t, out, err);
}

kam_rc calc_wallet_measures(const kam_table *rows, const calc_wallet_params *p, kam_table **out, kam_err *err)
{
    static const calc_use want[] = {{"ours", KAM_MONEY, false}, {"before", KAM_MONEY, false}, {"annual_spend", KAM_MONEY, false},
                                    {"gap", KAM_MONEY, false}, {"trend", KAM_TEXT, false}};
    static const char *const trends[] = {"growing", "stable", "declining"};
    const kam_column *in[CALC_COUNT(want)];
    kam_rc rc = calc_use_table(rows, "rows", want, CALC_COUNT(want), in, err);
    if (rc) return rc;
    size_t n = kam_table_rows(rows);
    int64_t known = 0, moving = 0, count[3] = {0};
    double ours = 0, before = 0, spend = 0, gap = 0, year = 365.0 / p->window_days, unit = pow(10, kam_table_exponent(rows));
    for (size_t i = 0; i < n; i++) {
        for (int k = 0; k < 3; k++)
            if (calc_text_is(in[4], i, trends[k])) count[k]++, moving++;
        if (!calc_known(in[2], i)) continue;
        known++;
        ours += (double)kam_col_int(in[0], i) * year;
        before += (double)kam_col_int(in[1], i) * year;
        spend += (double)kam_col_int(in[2], i);
        gap += (double)kam_col_int(in[3], i);
    }
    calc_measures m;
    calc_measures_start(&m, "wallet.measures", rows);
    calc_measures_value(&m, "share", spend > 0 ? ours / spend : NAN, known);
    calc_measures_value(&m, "share_before", spend > 0 ? before / spend : NAN, known);
    calc_measures_value(&m, "ours", ours / unit, known);
    calc_measures_value(&m, "spend", spend / unit, known);
    calc_measures_value(&m, "gap", gap / unit, known);
    calc_measures_value(&m, "known", n ? (double)known / (double)n : NAN, (int64_t)n);
    for (int k = 0; k < 3; k++) calc_measures_value(&m, trends[k], moving ? (double)count[k] / (double)moving : NAN, moving);
    kam_table_seal(m.t);
    *out = m.t;
    return KAM_OK;
}

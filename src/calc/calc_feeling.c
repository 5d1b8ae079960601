/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calc_feeling.h"
#include "calc_use.h"
#include "kam_mem.h"
#include <math.h>

const char *const calc_feeling_classes[] = {"sound", "captive", "unfinished", "none", NULL};

static const calc_text no_purchase = {"feeling.no-purchase", "no purchase in the window", "统计期内没有购买"},
    bought = {"feeling.bought", "bought, nothing to compare with", "有购买，尚无可比"},
    share = {"feeling.share", "share of wallet {1}", "客户份额 {1}"},
    trend = {"feeling.trend", "revenue {1} of the window before", "收入为上期的 {1}"},
    survey = {"feeling.survey", "survey of {2}: perceived − expected {1}", "{2} 调查：感知减期望 {1}"},
    attitude = {"feeling.attitude", "mean attitude {1} of {2} people", "{2} 人平均态度 {1}"},
    unknown = {"feeling.unknown", "no survey in the window and no attitude known", "统计期内没有调查，也没有已知态度"};

enum { A_CODE, A_NAME, A_RECENT, A_BEFORE, A_DAYS, A_SPEND, A_EXIT, A_GAP, A_SURVEY, A_COLS };
enum { F_ACCOUNT, F_NAME, F_FEELING, F_WHY, F_BUYS, F_LIKES, F_RECENT, F_BEFORE, F_TREND, F_SHARE, F_GAP, F_SURVEY, F_ATTITUDE,
       F_PEOPLE, F_EXIT, F_RISK, F_COLS };

typedef struct liking {
    double sum, weight;
    int64_t people;
} liking;

typedef struct feeling {
    const calc_feeling_params *p;
    const kam_column *a[A_COLS];
    kam_column *c[F_COLS];
    kam_str why;
} feeling;

static kam_rc read_attitudes(const kam_table *attitudes, liking *l, size_t n, kam_err *err)
{
    static const calc_use want[] = {{"row", KAM_INT, false}, {"attitude", KAM_REAL, false}, {"authority", KAM_REAL, false}};
    const kam_column *u[3];
    kam_rc rc = calc_use_table(attitudes, "attitudes", want, 3, u, err);
    if (rc) return rc;
    for (size_t r = 0; r < calc_use_rows(attitudes); r++) {
        size_t i = calc_row_at(u[0], r, n);
        if (i == SIZE_MAX || !calc_known(u[1], r)) continue;
        double weight = calc_known(u[2], r) ? fmax(kam_col_real(u[2], r), 1.0) : 1.0;
        l[i].sum += weight * kam_col_real(u[1], r);
        l[i].weight += weight;
        l[i].people++;
    }
    return KAM_OK;
}

static void add(feeling *f, const calc_text *t, const calc_arg *args, size_t n)
{
    if (f->why.len) kam_str_add(&f->why, f->p->lang == CALC_ZH ? "；" : "; ");
    calc_say(&f->why, f->p->lang, t, args, n);
}

static double ratio_of(double part, double whole) { return whole > 0 ? part / whole : NAN; }

static bool buys(feeling *f, size_t i, double *grown, double *wallet)
{
    double recent = calc_known(f->a[A_RECENT], i) ? kam_col_real(f->a[A_RECENT], i) : 0;
    *grown = calc_known(f->a[A_BEFORE], i) ? ratio_of(recent, kam_col_real(f->a[A_BEFORE], i)) : NAN;
    *wallet = calc_known(f->a[A_SPEND], i) ? ratio_of(recent, kam_col_real(f->a[A_SPEND], i) * f->p->window_days / 365.0) : NAN;
    if (!calc_known(f->a[A_DAYS], i) || kam_col_int(f->a[A_DAYS], i) == 0) {
        add(f, &no_purchase, NULL, 0);
        return false;
    }
    if (!isnan(*wallet)) add(f, &share, CALC_ARGS(calc_arg_pct(*wallet)));
    if (!isnan(*grown)) add(f, &trend, CALC_ARGS(calc_arg_pct(*grown)));
    if (isnan(*wallet) && isnan(*grown)) add(f, &bought, NULL, 0);
    return (isnan(*wallet) && isnan(*grown)) || *wallet >= f->p->wallet_share || *grown >= f->p->trend;
}

/* −1: unknown. */
static int likes(feeling *f, size_t i, const liking *l)
{
    if (calc_known(f->a[A_GAP], i)) {
        double gap = kam_col_real(f->a[A_GAP], i);
        bool dated = calc_known(f->a[A_SURVEY], i);
        add(f, &survey, CALC_ARGS(calc_arg_real(gap, 1), dated ? calc_arg_day(kam_col_int(f->a[A_SURVEY], i)) : calc_arg_text(NULL)));
        return gap >= 0;
    }
    if (l->people == 0) {
        add(f, &unknown, NULL, 0);
        return -1;
    }
    add(f, &attitude, CALC_ARGS(calc_arg_real(l->sum / l->weight, 1), calc_arg_int(l->people)));
    return l->sum > 0;
}

static void push_account(feeling *f, size_t i, const liking *l)
{
    static const int copied[][2] = {{F_ACCOUNT, A_CODE}, {F_NAME, A_NAME}, {F_RECENT, A_RECENT}, {F_BEFORE, A_BEFORE}};
    static const int copied_opt[][2] = {{F_GAP, A_GAP}, {F_SURVEY, A_SURVEY}, {F_EXIT, A_EXIT}};
    double grown, wallet;
    kam_str_clear(&f->why);
    bool b = buys(f, i, &grown, &wallet);
    int like = likes(f, i, l);
    bool captive = b && like == 0, exit_known = calc_known(f->a[A_EXIT], i);
    for (size_t k = 0; k < CALC_COUNT(copied); k++) kam_col_push_from(f->c[copied[k][0]], f->a[copied[k][1]], i);
    for (size_t k = 0; k < CALC_COUNT(copied_opt); k++) kam_col_push_from(f->c[copied_opt[k][0]], f->a[copied_opt[k][1]], i);
    kam_col_push_text(f->c[F_FEELING], like < 0 ? NULL : calc_feeling_classes[like ? (b ? 0 : 2) : b ? 1 : 3]);
    kam_col_push_text(f->c[F_WHY], kam_str_cstr(&f->why));
    kam_col_push_int(f->c[F_BUYS], b);
    calc_push_opt(f->c[F_LIKES], like >= 0, like);
    kam_col_push_real(f->c[F_TREND], grown);
    kam_col_push_real(f->c[F_SHARE], wallet);
    kam_col_push_real(f->c[F_ATTITUDE], l->people ? l->sum / l->weight : NAN);
    kam_col_push_int(f->c[F_PEOPLE], l->people);
    calc_push_opt(f->c[F_RISK], like >= 0 && (!captive || exit_known), captive && exit_known && kam_col_real(f->a[A_EXIT], i) < f->p->exit_cost);
}

kam_rc calc_feeling(const kam_table *accounts, const kam_table *attitudes, const calc_feeling_params *p, kam_table **out,
                    kam_err *err)
{
    static const calc_use want[A_COLS] = {
        {"account", KAM_TEXT, false}, {"name", KAM_TEXT, false}, {"recent", KAM_MONEY, false}, {"before", KAM_MONEY, false},
        {"purchase_days", KAM_INT, false}, {"annual_spend", KAM_MONEY, false}, {"exit_cost", KAM_REAL, false},
        {"survey_gap", KAM_REAL, false}, {"survey_on", KAM_DAY, false}};
    static const calc_col cols[F_COLS] = {
        {"account", KAM_TEXT, "classify.account"},   {"name", KAM_TEXT, "classify.name"},
        {"feeling", KAM_TEXT, "feeling.feeling"},    {"why", KAM_TEXT, "classify.why"},
        {"buys", KAM_FLAG, "feeling.buys"},          {"likes", KAM_FLAG, "feeling.likes"},
        {"recent", KAM_MONEY, "feeling.recent"},     {"before", KAM_MONEY, "feeling.before"},
        {"trend", KAM_REAL, "feeling.trend"},        {"wallet_share", KAM_REAL, "feeling.wallet_share"},
        {"survey_gap", KAM_REAL, "feeling.survey_gap"}, {"survey_on", KAM_DAY, "feeling.survey_on"},
        {"attitude", KAM_REAL, "feeling.attitude"},  {"people", KAM_INT, "feeling.people"},
        {"exit_cost", KAM_REAL, "feeling.exit_cost"}, {"at_risk", KAM_FLAG, "feeling.at_risk"}};
    feeling f = {.p = p, .why = KAM_STR_INIT};
    size_t n = calc_use_rows(accounts);
    kam_rc rc = calc_use_table(accounts, "accounts", want, A_COLS, f.a, err);
    if (rc) return rc;
    liking *l = kam_calloc(n + 1, sizeof *l);
    rc = read_attitudes(attitudes, l, n, err);
    if (!rc) {
        kam_table *t = calc_out_new("feeling.title", accounts, cols, F_COLS, f.c);
        for (size_t i = 0; i < n; i++) push_account(&f, i, &l[i]);
        kam_table_seal(t);
        *out = t;
    }
    kam_free(l);
    kam_str_release(&f.why);
    return rc;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* F2: what customers do and say, as rates with n and interval. */
#include "calc_rank.h"
#include "calc_satisfaction.h"
#include "calc_use.h"
#include "kam_mem.h"
#include <gsl/gsl_cdf.h>
#include <math.h>

#define SAY(name, id, en, zh) static const calc_text name = {"satisfaction." id, en, zh}
SAY(note_rates, "rates", "answers of the last {1} days (setting window), the latest of each account; intervals at {2} (setting level)",
    "最近 {1} 天（设置 window）的回答，各客户取最新；区间水平 {2}（设置 level）");
SAY(note_nps, "nps", "promoter from {1}, detractor up to {2} (settings nps-promoter, nps-detractor)", "推荐者：不低于 {1}，贬损者：不高于 {2}（设置 nps-promoter、nps-detractor）");

bool calc_nps(int64_t promoters, int64_t detractors, int64_t n, double level, double *nps, double *low, double *high)
{
    if (n <= 0) return false;
    double m = (double)n + 3, p = ((double)promoters + 0.75) / m, d = ((double)detractors + 0.75) / m, mid = p - d;
    double half = gsl_cdf_ugaussian_Pinv(0.5 + level / 2) * sqrt((p + d - mid * mid) / m);
    *nps = 100.0 * (double)(promoters - detractors) / (double)n;
    *low = fmax(-100, 100 * (mid - half));
    *high = fmin(100, 100 * (mid + half));
    return true;
}

/* What is asked, in one order for all accounts: the latest known answer of each in the window. */
enum { Q_AGAIN, Q_FIRST, Q_FAVOUR, Q_RECOMMEND, Q_GAP, QUESTIONS };

typedef struct answer {
    bool known[QUESTIONS];
    int64_t day[QUESTIONS];
    double value[QUESTIONS];
} answer;

enum { A_ROW, A_DATE, A_EXPECTATION, A_PERCEIVED, A_RECOMMEND, A_AGAIN, A_FIRST, A_FAVOUR, A_COLS };

/* The later answer counts; of one day the worse one, so that the order of rows does not matter. */
static void hear(answer *a, int q, int64_t day, double value)
{
    if (a->known[q] && (day < a->day[q] || (day == a->day[q] && value >= a->value[q]))) return;
    a->known[q] = true;
    a->day[q] = day;
    a->value[q] = value;
}

static kam_rc answers_of(const kam_table *answers, size_t n, const calc_satisfaction_params *p, answer *a, kam_err *err)
{
    static const calc_use want[A_COLS] = {{"row", KAM_INT, false},       {"date", KAM_DAY, false},      {"expectation", KAM_REAL, true},
                                          {"perceived", KAM_REAL, true}, {"recommend", KAM_REAL, true}, {"buy_again", KAM_FLAG, true},
                                          {"named_first", KAM_FLAG, true}, {"favourable", KAM_FLAG, true}};
    static const struct {
        int question, column;
    } plain[] = {{Q_AGAIN, A_AGAIN}, {Q_FIRST, A_FIRST}, {Q_FAVOUR, A_FAVOUR}, {Q_RECOMMEND, A_RECOMMEND}};
    const kam_column *c[A_COLS];
    kam_rc rc = calc_use_table(answers, "answers", want, A_COLS, c, err);
    if (rc) return rc;
    for (size_t r = 0, rows = calc_use_rows(answers); r < rows; r++) {
        size_t i = calc_row_at(c[A_ROW], r, n);
        if (i == SIZE_MAX || !calc_known(c[A_DATE], r)) continue;
        int64_t day = kam_col_int(c[A_DATE], r);
        if (day > p->asof || day <= p->asof - p->window_days) continue;
        for (size_t k = 0; k < CALC_COUNT(plain); k++)
            if (calc_known(c[plain[k].column], r)) hear(&a[i], plain[k].question, day, kam_col_real(c[plain[k].column], r));
        if (calc_known(c[A_EXPECTATION], r) && calc_known(c[A_PERCEIVED], r))
            hear(&a[i], Q_GAP, day, kam_col_real(c[A_PERCEIVED], r) - kam_col_real(c[A_EXPECTATION], r));
    }
    return KAM_OK;
}

static void share(calc_measures *m, const char *name, int64_t k, int64_t n, double level)
{
    double low = NAN, high = NAN;
    if (!calc_wilson((double)k, (double)n, level, &low, &high)) low = high = NAN;
    calc_measures_range(m, name, n ? (double)k / (double)n : NAN, low, high, n);
}

static void of_flag(calc_measures *m, const char *name, const answer *a, size_t n, int q, double level)
{
    int64_t known = 0, yes = 0;
    for (size_t i = 0; i < n; i++) {
        known += a[i].known[q];
        yes += a[i].known[q] && a[i].value[q] > 0;
    }
    share(m, name, yes, known, level);
}

/* Repurchase: who bought in the window before, and again in the window. */
static void repurchase(calc_measures *m, const calc_facts *f, size_t n, const calc_satisfaction_params *p)
{
    int64_t before = 0, again = 0;
    for (size_t i = 0; i < n; i++) {
        calc_buys b, old;
        calc_buys_scan(f->ledger, i, p->asof - p->window_days, p->window_days, &old);
        if (!old.window_days) continue;
        calc_buys_scan(f->ledger, i, p->asof, p->window_days, &b);
        before++;
        again += b.window_days > 0;
    }
    share(m, "repurchase", again, before, p->level);
}

static kam_rc referral(calc_measures *m, const calc_facts *f, size_t n, const calc_satisfaction_params *p, kam_err *err)
{
    static const calc_use want[] = {{"row", KAM_INT, false}, {"date", KAM_DAY, false}};
    const kam_column *c[2];
    kam_rc rc = calc_use_table(f->referrals, "referrals", want, 2, c, err);
    if (rc) return rc;
    unsigned char *gave = kam_calloc(n + 1, 1);
    int64_t buyers = 0, k = 0;
    for (size_t r = 0, rows = calc_use_rows(f->referrals); r < rows; r++) {
        size_t i = calc_row_at(c[0], r, n);
        if (i == SIZE_MAX || !calc_known(c[1], r)) continue;
        int64_t day = kam_col_int(c[1], r);
        if (day <= p->asof && day > p->asof - p->window_days) gave[i] = 1;
    }
    for (size_t i = 0; i < n; i++) {
        calc_buys b;
        calc_buys_scan(f->ledger, i, p->asof, p->window_days, &b);
        if (!b.window_days) continue;
        buyers++;
        k += gave[i];
    }
    share(m, "referral", k, buyers, p->level);
    kam_free(gave);
    return KAM_OK;
}

static void recommend(calc_measures *m, const answer *a, size_t n, const calc_satisfaction_params *p)
{
    int64_t known = 0, up = 0, down = 0;
    double nps, low, high;
    for (size_t i = 0; i < n; i++) {
        if (!a[i].known[Q_RECOMMEND]) continue;
        known++;
        up += a[i].value[Q_RECOMMEND] >= p->promoter;
        down += a[i].value[Q_RECOMMEND] <= p->detractor;
    }
    if (!calc_nps(up, down, known, p->level, &nps, &low, &high)) nps = low = high = NAN;
    calc_measures_range(m, "nps", nps, low, high, known);
    share(m, "promoters", up, known, p->level);
    share(m, "detractors", down, known, p->level);
}

static void gaps(calc_measures *m, const answer *a, size_t n, const calc_satisfaction_params *p)
{
    int64_t known = 0, below = 0;
    double sum = 0, sum2 = 0, mid, low, high;
    for (size_t i = 0; i < n; i++) {
        if (!a[i].known[Q_GAP]) continue;
        double g = a[i].value[Q_GAP];
        known++;
        below += g < 0;
        sum += g;
        sum2 += g * g;
    }
    if (!calc_mean_interval(sum, sum2, known, p->level, &mid, &low, &high)) mid = NAN;
    calc_measures_range(m, "gap", mid, low, high, known);
    share(m, "dissatisfied", below, known, p->level);
}

kam_rc calc_satisfaction_rates(const calc_facts *f, const kam_table *answers, const calc_satisfaction_params *p, kam_table **out, kam_err *err)
{
    const kam_column *acc[CALC_ACC_COLS];
    calc_measures m;
    size_t n;
    kam_rc rc = calc_use_accounts(f, true, acc, &n, err);
    if (rc) return rc;
    answer *a = kam_calloc(n + 1, sizeof *a);
    calc_measures_start(&m, "satisfaction.rates", f->accounts);
    rc = answers_of(answers, n, p, a, err);
    if (!rc) {
        repurchase(&m, f, n, p);
        of_flag(&m, "buy_again", a, n, Q_AGAIN, p->level);
        rc = referral(&m, f, n, p, err);
    }
    if (!rc) {
        of_flag(&m, "named_first", a, n, Q_FIRST, p->level);
        of_flag(&m, "favourable", a, n, Q_FAVOUR, p->level);
        recommend(&m, a, n, p);
        gaps(&m, a, n, p);
        calc_note_say(m.t, p->lang, &note_rates, CALC_ARGS(calc_arg_int(p->window_days), calc_arg_pct(p->level)));
        calc_note_say(m.t, p->lang, &note_nps, CALC_ARGS(calc_arg_real(p->promoter, 2), calc_arg_real(p->detractor, 2)));
    }
    kam_table_seal(m.t);
    kam_free(a);
    if (!rc) *out = m.t;
    else kam_table_unref(m.t);
    return rc;
}

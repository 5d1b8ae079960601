/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The panel of the past, the choice of the penalty, the holdout, the fit. */
#include "calc_churn_int.h"
#include "kam_mem.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { FOLDS = 5, MAX_PERIODS = 200 };
/* Penalties tried, from strong to weak, a factor of √10 apart. */
static const double PENALTY[] = {1, 0.316, 0.1, 0.0316, 0.01, 0.00316, 0.001, 0.000316, 0.0001};

/* One account's rows in the panel. */
typedef struct member {
    size_t account;
    uint64_t hash;
    bool lost;       /* in any row */
    bool test;
    uint8_t fold;
    size_t rows;
} member;

typedef struct panel {
    kam_day cut[MAX_PERIODS]; /* ascending */
    size_t cuts;
    member *who;
    size_t n_who;
    size_t n, lost;
    double *x;
    uint8_t *y, *train, *test, *fold;
} panel;

/* Cut days D − H, D − 2H … not before anybody's first purchase; ascending. */
static void cut_days(const churn_data *d, panel *q)
{
    const kam_ledger *l = d->in->facts->ledger;
    kam_day first = d->p->asof;
    size_t n = 0;
    for (size_t i = 0; i < d->n; i++)
        for (size_t k = l->start[i]; k < l->start[i + 1] && l->day[k] < first; k++)
            if (l->net_minor[k] > 0) {
                first = l->day[k];
                break;
            }
    while (n < MAX_PERIODS && d->p->asof - (kam_day)(n + 1) * d->p->horizon_days >= first) n++;
    for (size_t k = 0; k < n; k++) q->cut[k] = d->p->asof - (kam_day)(n - k) * d->p->horizon_days;
    q->cuts = n;
}

/* For each cut day: is the account at risk, and lost within the horizon? bit k of the masks is cut k. Returns how many at risk. */
static size_t history(const churn_data *d, const panel *q, size_t i, uint8_t *risk, uint8_t *lost)
{
    calc_spell_walk w = {0};
    calc_spell s;
    size_t k = 0, n = 0;
    memset(risk, 0, q->cuts);
    memset(lost, 0, q->cuts);
    while (k < q->cuts && calc_spell_next(d->in->facts->ledger, i, &d->p->rule, d->p->asof, &w, &s)) {
        while (k < q->cuts && q->cut[k] < s.from) k++;
        for (; k < q->cuts && q->cut[k] < s.lost; k++) {
            risk[k] = 1;
            lost[k] = s.lost <= q->cut[k] + d->p->horizon_days;
            n++;
        }
    }
    return n;
}

/* Who is in the panel, and how large it is. */
static void members(const churn_data *d, panel *q, calc_churn_model *m)
{
    uint8_t risk[MAX_PERIODS], lost[MAX_PERIODS];
    q->who = kam_calloc(d->n + 1, sizeof *q->who);
    for (size_t i = 0; i < d->n && (i % 16384 || !kam_progress_stopped(d->p->progress)); i++) {
        size_t rows = history(d, q, i, risk, lost), events = 0;
        if (!rows) continue;
        for (size_t k = 0; k < q->cuts; k++) events += lost[k];
        q->who[q->n_who++] = (member){.account = i, .hash = churn_hash(kam_col_text(d->acc[CALC_ACC_CODE], i)), .lost = events > 0, .rows = rows};
        m->rows += rows;
        m->lost += events;
    }
    m->accounts = q->n_who;
    m->periods = q->cuts;
}

/* A panel too large: accounts whose hash lies below the share stay. */
static void sample(const churn_data *d, panel *q, const calc_churn_model *m)
{
    if (m->rows <= (size_t)d->p->sample) return;
    double share = (double)d->p->sample / (double)m->rows;
    size_t k = 0;
    for (size_t i = 0; i < q->n_who; i++)
        if ((double)q->who[i].hash < share * 18446744073709551616.0) q->who[k++] = q->who[i];
    q->n_who = k;
}

static int by_hash(const void *a, const void *b)
{
    const member *x = a, *y = b;
    /* lost ones first; the hash decides, remixed so that a sample's low hashes are not all on one side */
    if (x->lost != y->lost) return x->lost ? -1 : 1;
    uint64_t hx = x->hash * 0x9e3779b97f4a7c15u, hy = y->hash * 0x9e3779b97f4a7c15u;
    if (hx != hy) return hx < hy ? -1 : 1;
    return x->account < y->account ? -1 : x->account > y->account;
}

/* Holdout and folds, of accounts with and without a loss alike. */
static void split(panel *q, double holdout)
{
    qsort(q->who, q->n_who, sizeof *q->who, by_hash);
    for (size_t lo = 0, hi; lo < q->n_who; lo = hi) {
        for (hi = lo; hi < q->n_who && q->who[hi].lost == q->who[lo].lost; hi++) {}
        size_t held = (size_t)llround(holdout * (double)(hi - lo));
        for (size_t i = lo; i < hi; i++) {
            q->who[i].test = i - lo < held;
            q->who[i].fold = (uint8_t)((i - lo) % FOLDS);
        }
    }
}

static kam_rc rows_of(const churn_data *d, panel *q, kam_err *err)
{
    uint8_t risk[MAX_PERIODS], lost[MAX_PERIODS];
    size_t total = 0, r = 0;
    for (size_t i = 0; i < q->n_who; i++) total += q->who[i].rows;
    q->x = kam_calloc(total * CALC_TRAITS + 1, sizeof *q->x);
    q->y = kam_calloc(total + 1, 1);
    q->train = kam_calloc(total + 1, 1);
    q->test = kam_calloc(total + 1, 1);
    q->fold = kam_calloc(total + 1, 1);
    for (size_t i = 0; i < q->n_who; i++) {
        const member *w = &q->who[i];
        kam_rc rc = i % 4096 ? KAM_OK : kam_progress_step(d->p->progress, "traits", i, q->n_who, err);
        if (rc) return rc;
        history(d, q, w->account, risk, lost);
        for (size_t k = 0; k < q->cuts; k++) {
            if (!risk[k]) continue;
            churn_traits(d, w->account, q->cut[k], q->x + r * CALC_TRAITS, NULL);
            q->y[r] = lost[k];
            q->test[r] = w->test;
            q->train[r] = !w->test;
            q->fold[r] = w->fold;
            q->lost += lost[k];
            r++;
        }
    }
    q->n = r;
    return KAM_OK;
}

static void panel_release(panel *q)
{
    kam_free(q->who);
    kam_free(q->x);
    kam_free(q->y);
    kam_free(q->train);
    kam_free(q->test);
    kam_free(q->fold);
}

static kam_rc too_few(const churn_data *d, const calc_churn_model *m, size_t lost, size_t rows, kam_err *err)
{
    if (m->periods == 0)
        kam_err_set(err, KAM_CALC, "churn: the log is younger than one horizon of %d days (setting churn-horizon-days), so nobody could be seen leaving; "
                    "P(alive) needs no losses: -show alive", d->p->horizon_days);
    else
        kam_err_set(err, KAM_CALC, "churn: losses %zu, accounts kept %zu, periods %zu; at least %d losses and as many kept are needed (setting churn-min-lost); "
                    "P(alive) needs no losses: -show alive", lost, rows - lost, m->periods, d->p->min_lost);
    return kam_err_word(err, "NODATA");
}

/* What the coefficients of the training part say about the accounts held out. */
static void test(const panel *q, const calc_churn_params *p, const calc_logit *fit, calc_churn_model *m)
{
    double *score = kam_calloc(q->n + 1, sizeof *score), sum = 0;
    uint8_t *y = kam_calloc(q->n + 1, 1);
    size_t n = 0;
    for (size_t r = 0; r < q->n; r++) {
        if (!q->test[r]) continue;
        score[n] = calc_logit_predict(fit, q->x + r * CALC_TRAITS);
        y[n] = q->y[r];
        m->test_lost += q->y[r];
        sum += (score[n] - y[n]) * (score[n] - y[n]);
        n++;
    }
    m->test_rows = n;
    m->tested = calc_auc(score, y, n, p->level, &m->auc, &m->auc_low, &m->auc_high);
    if (n) {
        double base = (double)m->test_lost / (double)n;
        m->brier = sum / (double)n;
        m->brier_base = base * (1 - base);
        m->bins = calc_calibrate(score, y, n, n < 10 * CALC_CHURN_BINS ? (n + 9) / 10 : CALC_CHURN_BINS, m->bin);
    }
    kam_free(y);
    kam_free(score);
}

static kam_rc fit(const panel *q, const calc_churn_params *p, calc_churn_model *m, kam_err *err)
{
    calc_logit_data all = {q->n, CALC_TRAITS, q->x, q->y, NULL, p->progress}, train = {q->n, CALC_TRAITS, q->x, q->y, q->train, p->progress};
    double lambda = p->lambda;
    kam_rc rc = KAM_OK;
    calc_logit part;
    m->chosen = isnan(lambda);
    if (m->chosen) rc = calc_logit_choose(&train, q->fold, FOLDS, PENALTY, CALC_COUNT(PENALTY), p->progress, &lambda, NULL, err);
    if (!rc) rc = calc_logit_fit(&train, lambda, NULL, &part, err);
    if (rc) return rc;
    m->train_rows = part.n;
    m->train_lost = part.events;
    test(q, p, &part, m);
    return calc_logit_fit(&all, lambda, &part, &m->fit, err);
}

kam_rc calc_churn_fit(const calc_churn_in *in, const calc_churn_params *p, calc_churn_model *out, kam_err *err)
{
    churn_data d;
    panel q;
    calc_churn_model m;
    memset(&q, 0, sizeof q);
    memset(&m, 0, sizeof m);
    m.auc = m.auc_low = m.auc_high = m.brier = m.brier_base = NAN;
    kam_rc rc = churn_data_init(in, p, &d, err);
    if (rc) return rc;
    cut_days(&d, &q);
    members(&d, &q, &m);
    rc = kam_progress_step(p->progress, "traits", 0, 0, err);
    if (rc) {
        panel_release(&q);
        churn_data_release(&d);
        return rc;
    }
    if (m.lost < (size_t)p->min_lost || m.rows - m.lost < (size_t)p->min_lost || m.periods == 0) rc = too_few(&d, &m, m.lost, m.rows, err);
    if (!rc) {
        sample(&d, &q, &m);
        split(&q, p->holdout);
        rc = rows_of(&d, &q, err);
    }
    m.used_rows = q.n;
    m.used_lost = q.lost;
    if (!rc && (q.lost < (size_t)p->min_lost || q.n - q.lost < (size_t)p->min_lost)) rc = too_few(&d, &m, q.lost, q.n, err);
    if (!rc) rc = fit(&q, p, &m, err);
    panel_release(&q);
    churn_data_release(&d);
    if (!rc) *out = m;
    return rc;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calc_fit.h"
#include "calc_use.h"
#include "kam_mem.h"
#include <math.h>

const char *const calc_fit_classes[] = {"pursue", "overreach", "serve-cheaply", "pass", NULL};

#define SAY(name, id, en, zh) static const calc_text name = {"fit." id, en, zh}
SAY(why_cell, "cell", "value {1}, capability {2}, cut {3}", "价值 {1}，能力 {2}，分界 {3}");
SAY(why_limited, "limited", "value {1}, capability {2} (held down by our {3}), cut {4}", "价值 {1}，能力 {2}（受我方{3}所限），分界 {4}");
SAY(why_no_value, "no-value", "its value is unknown: no purchases, no potential, no reputation", "价值未知：没有购买、潜力和声誉");
SAY(why_no_delivered, "no-delivered", "what it gets from us is unknown: no marks on the card `fit`", "让渡价值未知：评分卡 fit 上没有评分");

enum { VALUES = 4, COSTS = 4, REPUTATION = VALUES + COSTS, V_PARTS = 3 };

typedef struct cell {
    double value, capability, delivered, limit, reputation, coverage;
    const calc_criterion *weakest;
} cell;

/* Mean of the known; NaN when none is. */
static double mean_of(const double *x, size_t n, size_t *known)
{
    double sum = 0;
    *known = 0;
    for (size_t i = 0; i < n; i++) {
        if (isnan(x[i])) continue;
        sum += x[i];
        (*known)++;
    }
    return *known ? sum / (double)*known : NAN;
}

static size_t count_known(const double *x, size_t n)
{
    size_t k;
    mean_of(x, n, &k);
    return k;
}

static cell weigh(const calc_fit_facts *x, size_t i)
{
    const double *fit = calc_marks_of(x->fit, i), *own = calc_marks_of(x->capability, i);
    const calc_card *card = x->capability->card;
    cell c = {.delivered = NAN, .limit = NAN, .reputation = fit[REPUTATION]};
    const double parts[V_PARTS] = {x->percentile ? x->percentile[i] : NAN, x->potential ? 10 * x->potential[i] : NAN, 10 * c.reputation};
    size_t known;
    c.value = mean_of(parts, V_PARTS, &known);
    calc_card_balance(fit, VALUES, fit + VALUES, COSTS, &c.delivered);
    for (size_t k = 0; k < card->n; k++) {
        if (isnan(own[k]) || 10 * own[k] >= c.limit) continue;
        c.limit = 10 * own[k];
        c.weakest = &card->criteria[k];
    }
    c.capability = c.limit < c.delivered ? c.limit : c.delivered;
    known += count_known(fit, VALUES + COSTS) + count_known(own, card->n);
    c.coverage = (double)known / (double)(V_PARTS + VALUES + COSTS + card->n);
    return c;
}

enum { O_ACCOUNT, O_NAME, O_CLASS, O_WHY, O_VALUE, O_CAPABILITY, O_COVERAGE, O_PERCENTILE, O_POTENTIAL, O_REPUTATION, O_DELIVERED,
       O_LIMIT, O_WEAKEST, O_COLS };
static const calc_col out_cols[O_COLS] = {
    {"account", KAM_TEXT, "classify.account"},
    {"name", KAM_TEXT, "classify.name"},
    {"class", KAM_TEXT, "fit.class"},
    {"why", KAM_TEXT, "classify.why"},
    {"value", KAM_REAL, "fit.value"},
    {"capability", KAM_REAL, "fit.capability"},
    {"coverage", KAM_REAL, "card.coverage"},
    {"percentile", KAM_REAL, "fit.percentile"},
    {"potential", KAM_REAL, "potential.potential"},
    {"reputation", KAM_REAL, "fit.reputation"},
    {"delivered", KAM_REAL, "fit.delivered"},
    {"limit", KAM_REAL, "fit.limit"},
    {"weakest", KAM_TEXT, "fit.weakest"},
};

static void push_class(kam_column **col, kam_str *buf, const calc_fit_params *p, const cell *c)
{
    calc_arg v = calc_arg_real(c->value, 0), k = calc_arg_real(c->capability, 0), cut = calc_arg_real(p->cut, 0);
    bool known = !isnan(c->value) && !isnan(c->capability);
    if (!known) kam_col_push_missing(col[O_CLASS]);
    else
        kam_col_push_text(col[O_CLASS], c->value >= p->cut ? (c->capability >= p->cut ? "pursue" : "overreach")
                                                           : (c->capability >= p->cut ? "serve-cheaply" : "pass"));
    if (isnan(c->value)) calc_push_say(col[O_WHY], buf, p->lang, &why_no_value, NULL, 0);
    else if (!known) calc_push_say(col[O_WHY], buf, p->lang, &why_no_delivered, NULL, 0);
    else if (c->limit < c->delivered)
        calc_push_say(col[O_WHY], buf, p->lang, &why_limited,
                      CALC_ARGS(v, k, calc_arg_text(calc_card_text(&c->weakest->name, p->lang)), cut));
    else calc_push_say(col[O_WHY], buf, p->lang, &why_cell, CALC_ARGS(v, k, cut));
}

kam_rc calc_fit(const calc_facts *f, const calc_fit_facts *x, const calc_fit_params *p, kam_table **out, kam_err *err)
{
    const kam_column *acc[CALC_ACC_COLS];
    size_t n;
    kam_rc rc = calc_use_accounts(f, false, acc, &n, err);
    if (rc) return rc;
    KAM_ASSERT(x->fit->n == n && x->capability->n == n && x->fit->card->n == REPUTATION + 1);
    kam_column *c[O_COLS];
    kam_table *t = calc_out_new("fit.title", f->accounts, out_cols, O_COLS, c);
    kam_str buf = KAM_STR_INIT;
    for (size_t i = 0; i < n && calc_goes_on(t, i, n); i++) {
        cell k = weigh(x, i);
        kam_col_push_from(c[O_ACCOUNT], acc[CALC_ACC_CODE], i);
        kam_col_push_from(c[O_NAME], acc[CALC_ACC_NAME], i);
        push_class(c, &buf, p, &k);
        kam_col_push_real(c[O_VALUE], k.value);
        kam_col_push_real(c[O_CAPABILITY], k.capability);
        kam_col_push_real(c[O_COVERAGE], k.coverage);
        kam_col_push_real(c[O_PERCENTILE], x->percentile ? x->percentile[i] : NAN);
        kam_col_push_real(c[O_POTENTIAL], x->potential ? x->potential[i] : NAN);
        kam_col_push_real(c[O_REPUTATION], k.reputation);
        kam_col_push_real(c[O_DELIVERED], k.delivered);
        kam_col_push_real(c[O_LIMIT], k.limit);
        kam_col_push_text(c[O_WEAKEST], k.weakest ? k.weakest->key : NULL);
    }
    kam_str_release(&buf);
    return calc_out_done(t, out, err);
}

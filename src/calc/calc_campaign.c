/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calc_campaign.h"
#include "calc_rank.h"
#include "calc_use.h"
#include "kam_mem.h"
#include <gsl/gsl_cdf.h>
#include <math.h>
#include <string.h>

/* --- intervals ---------------------------------------------------------------------------------------------------------- */

bool calc_newcombe(double k1, double n1, double k0, double n0, double level, double *low, double *high)
{
    double l1, u1, l0, u0;
    if (!calc_wilson(k1, n1, level, &l1, &u1) || !calc_wilson(k0, n0, level, &l0, &u0)) return false;
    double p1 = k1 / n1, p0 = k0 / n0;
    *low = p1 - p0 - hypot(p1 - l1, u0 - p0);
    *high = p1 - p0 + hypot(u1 - p1, p0 - l0);
    return true;
}

bool calc_welch(double n1, double m1, double q1, double n0, double m0, double q0, double level, double *low, double *high)
{
    if (n1 < 2 || n0 < 2) return false;
    double v1 = q1 / (n1 - 1) / n1, v0 = q0 / (n0 - 1) / n0, v = v1 + v0, half = 0;
    if (v > 0) half = gsl_cdf_tdist_Pinv((1 + level) / 2, v * v / (v1 * v1 / (n1 - 1) + v0 * v0 / (n0 - 1))) * sqrt(v);
    *low = m1 - m0 - half;
    *high = m1 - m0 + half;
    return true;
}

/* --- one mailing -------------------------------------------------------------------------------------------------------- */

/* One account in a campaign. */
typedef struct part {
    bool counts, touched, responded;
    kam_day from, until;  /* its days are (from, until] */
    int64_t orders;       /* purchase days */
    int64_t revenue, before;
} part;

/* Mean and sum of squared deviations, one value after the other (Welford 1962). */
typedef struct moments {
    double n, mean, q;
} moments;

static void moments_add(moments *m, double x)
{
    double d = x - m->mean;
    m->n++;
    m->mean += d / m->n;
    m->q += d * (x - m->mean);
}

typedef struct outcome {
    int64_t contacts, responses;
    double n[2], orders[2]; /* [0] untouched, [1] touched */
    moments change[2];
    bool complete;
} outcome;

typedef struct world {
    const calc_campaign_in *in;
    const calc_campaign_params *p;
    const kam_column *acc[CALC_ACC_COLS], *known[1], *mail[4], *to[5];
    size_t n;
    part *part;
} world;

static kam_rc use(world *w, kam_err *err)
{
    static const calc_use known[] = {{"known_since", KAM_DAY, true}};
    static const calc_use mail[] = {{"mailing", KAM_TEXT, false}, {"name", KAM_TEXT, false}, {"date", KAM_DAY, false}, {"cost", KAM_MONEY, false}};
    static const calc_use to[] = {{"row", KAM_INT, false}, {"mailing", KAM_TEXT, false}, {"contact", KAM_TEXT, false}, {"sent_on", KAM_DAY, false},
                                  {"responded", KAM_FLAG, false}};
    kam_rc rc = calc_use_accounts(&w->in->facts, true, w->acc, &w->n, err);
    if (!rc) rc = calc_use_table(w->in->facts.accounts, "accounts", known, 1, w->known, err);
    if (!rc) rc = calc_use_table(w->in->mailings, "mailings", mail, 4, w->mail, err);
    if (!rc) rc = calc_use_table(w->in->recipients, "recipients", to, 5, w->to, err);
    return rc;
}

/* Who was touched when; returns the day on which the untouched begin, or false: nothing was sent. */
static bool touched(world *w, size_t mailing, outcome *o, kam_day *begin)
{
    const char *code = kam_col_text(w->mail[0], mailing);
    bool any = false;
    for (size_t i = 0; i < calc_use_rows(w->in->recipients); i++) {
        size_t a = calc_row_at(w->to[0], i, w->n);
        if (a == SIZE_MAX || !calc_known(w->to[3], i) || !calc_text_is(w->to[1], i, code)) continue;
        kam_day sent = kam_col_int(w->to[3], i);
        if (sent > w->p->asof) continue;
        part *x = &w->part[a];
        bool answered = calc_known(w->to[4], i) && kam_col_int(w->to[4], i);
        o->contacts++;
        o->responses += answered;
        x->responded |= answered;
        if (!x->touched || sent < x->from) x->from = sent;
        x->touched = true;
        if (!any || sent < *begin) *begin = sent;
        any = true;
    }
    if (any && calc_known(w->mail[2], mailing)) *begin = kam_col_int(w->mail[2], mailing);
    return any;
}

static void observe(const world *w, size_t a, outcome *o)
{
    part *x = &w->part[a];
    const kam_ledger *l = w->in->facts.ledger;
    kam_day end = x->from + w->p->days;
    x->until = end < w->p->asof ? end : w->p->asof;
    if (x->touched && end > w->p->asof) o->complete = false;
    kam_day length = x->until - x->from;
    x->revenue = calc_net_between(l, a, x->from, x->until);
    x->before = calc_net_between(l, a, x->from - length, x->from);
    for (size_t k = l->start[a]; k < l->start[a + 1]; k++)
        x->orders += l->net_minor[k] > 0 && l->day[k] > x->from && l->day[k] <= x->until;
    o->n[x->touched]++;
    o->orders[x->touched] += x->orders > 0;
    moments_add(&o->change[x->touched], (double)(x->revenue - x->before));
}

static outcome run(world *w, size_t mailing)
{
    outcome o = {.complete = true};
    kam_day begin = 0;
    memset(w->part, 0, w->n * sizeof *w->part);
    bool any = touched(w, mailing, &o, &begin);
    for (size_t a = 0; a < w->n && any; a++) {
        part *x = &w->part[a];
        if (!x->touched) {
            if (calc_known(w->known[0], a) && kam_col_int(w->known[0], a) > begin) continue;
            x->from = begin < w->p->asof ? begin : w->p->asof;
        }
        x->counts = true;
        observe(w, a, &o);
    }
    return o;
}

/* --- tables ------------------------------------------------------------------------------------------------------------- */

static void push_money(kam_column *c, double v)
{
    calc_push_opt(c, isfinite(v), isfinite(v) ? llround(v) : 0);
}

static double cost_of(const world *w, size_t mailing) { return calc_known(w->mail[3], mailing) ? (double)kam_col_int(w->mail[3], mailing) : NAN; }

static double ratio(double a, double b) { return b > 0 ? a / b : NAN; }

/* Difference of the mean changes, with its interval; NANs where there is none. */
static void uplift(const outcome *o, double level, double *d, double *low, double *high)
{
    *d = o->n[0] && o->n[1] ? o->change[1].mean - o->change[0].mean : NAN;
    *low = *high = NAN;
    calc_welch(o->change[1].n, o->change[1].mean, o->change[1].q, o->change[0].n, o->change[0].mean, o->change[0].q, level, low, high);
}

static const calc_text note_rule = {"campaign.rule", "orders within {1} days of sending; intervals at {2}; the untouched were not drawn by lot, so a difference is no proof",
                                    "寄送后 {1} 天内的订单；区间水平 {2}；未触达客户并非随机抽取，差异不足为证"};
static const calc_text note_open = {"campaign.open", "not all of the days have passed for everybody", "部分客户的观察期尚未结束"};

static void add_notes(const world *w, kam_table *t, bool complete)
{
    calc_note_say(t, w->p->lang, &note_rule, CALC_ARGS(calc_arg_int(w->p->days), calc_arg_pct(w->p->level)));
    if (!complete) calc_note_say(t, w->p->lang, &note_open, NULL, 0);
}

static const calc_col cols[] = {
    {"mailing", KAM_TEXT, "campaign.mailing"}, {"name", KAM_TEXT, "campaign.name"}, {"date", KAM_DAY, "campaign.date"}, {"cost", KAM_MONEY, "campaign.cost"},
    {"contacts", KAM_INT, "campaign.contacts"}, {"accounts", KAM_INT, "campaign.measure.accounts"}, {"responses", KAM_INT, "campaign.responses"},
    {"response_rate", KAM_REAL, "campaign.response_rate"}, {"order_rate", KAM_REAL, "campaign.order_rate"},
    {"order_rate_rest", KAM_REAL, "campaign.order_rate_rest"}, {"difference", KAM_REAL, "campaign.difference"},
    {"difference_low", KAM_REAL, "campaign.difference_low"}, {"difference_high", KAM_REAL, "campaign.difference_high"}, {"uplift", KAM_MONEY, "campaign.uplift"},
    {"uplift_low", KAM_MONEY, "campaign.uplift_low"}, {"uplift_high", KAM_MONEY, "campaign.uplift_high"}, {"cost_per_order", KAM_MONEY, "campaign.cost_per_order"},
    {"complete", KAM_FLAG, "campaign.complete"}};

static void push_mailing(const world *w, size_t i, const outcome *o, kam_column **c)
{
    double low = NAN, high = NAN, d, l, h;
    calc_newcombe(o->orders[1], o->n[1], o->orders[0], o->n[0], w->p->level, &low, &high);
    uplift(o, w->p->level, &d, &l, &h);
    for (int k = 0; k < 4; k++) {
        if (calc_known(w->mail[k], i)) kam_col_push_from(c[k], w->mail[k], i);
        else kam_col_push_missing(c[k]);
    }
    kam_col_push_int(c[4], o->contacts);
    kam_col_push_int(c[5], (int64_t)o->n[1]);
    kam_col_push_int(c[6], o->responses);
    kam_col_push_real(c[7], ratio((double)o->responses, (double)o->contacts));
    kam_col_push_real(c[8], ratio(o->orders[1], o->n[1]));
    kam_col_push_real(c[9], ratio(o->orders[0], o->n[0]));
    kam_col_push_real(c[10], ratio(o->orders[1], o->n[1]) - ratio(o->orders[0], o->n[0]));
    kam_col_push_real(c[11], low);
    kam_col_push_real(c[12], high);
    push_money(c[13], d * o->n[1]);
    push_money(c[14], l * o->n[1]);
    push_money(c[15], h * o->n[1]);
    push_money(c[16], ratio(cost_of(w, i), o->orders[1]));
    calc_push_opt(c[17], o->contacts > 0, o->complete);
}

static kam_rc start(world *w, const calc_campaign_in *in, const calc_campaign_params *p, kam_err *err)
{
    *w = (world){.in = in, .p = p};
    kam_rc rc = use(w, err);
    if (!rc) w->part = kam_calloc(w->n + 1, sizeof *w->part);
    return rc;
}

kam_rc calc_campaign(const calc_campaign_in *in, const calc_campaign_params *p, kam_table **out, kam_err *err)
{
    world w;
    kam_column *c[CALC_COUNT(cols)];
    bool complete = true;
    kam_rc rc = start(&w, in, p, err);
    if (rc) return rc;
    kam_table *t = calc_out_new("campaign.title", in->facts.accounts, cols, CALC_COUNT(cols), c);
    for (size_t i = 0; i < calc_use_rows(in->mailings); i++) {
        outcome o = run(&w, i);
        complete &= o.complete;
        push_mailing(&w, i, &o, c);
    }
    add_notes(&w, t, complete);
    kam_table_seal(t);
    kam_free(w.part);
    *out = t;
    return KAM_OK;
}

static void rate(calc_measures *m, const char *name, double k, double n, double level)
{
    double low = NAN, high = NAN;
    if (n > 0) calc_wilson(k, n, level, &low, &high);
    calc_measures_range(m, name, ratio(k, n), low, high, (int64_t)n);
}

kam_rc calc_campaign_measures(const calc_campaign_in *in, const calc_campaign_params *p, size_t mailing, kam_table **out, kam_err *err)
{
    world w;
    kam_rc rc = start(&w, in, p, err);
    if (rc) return rc;
    outcome o = run(&w, mailing);
    calc_measures m;
    double unit = pow(10, kam_table_exponent(in->facts.accounts)), cost = cost_of(&w, mailing) / unit, low = NAN, high = NAN, d, l, h;
    int64_t n1 = (int64_t)o.n[1], n0 = (int64_t)o.n[0], all = n1 + n0;
    calc_measures_start(&m, "campaign.measures", in->facts.accounts);
    calc_measures_value(&m, "contacts", (double)o.contacts, o.contacts);
    calc_measures_value(&m, "accounts", o.n[1], n1);
    calc_measures_value(&m, "untouched", o.n[0], n0);
    calc_measures_value(&m, "responses", (double)o.responses, o.contacts);
    rate(&m, "response_rate", (double)o.responses, (double)o.contacts, p->level);
    rate(&m, "order_rate", o.orders[1], o.n[1], p->level);
    rate(&m, "order_rate_rest", o.orders[0], o.n[0], p->level);
    calc_newcombe(o.orders[1], o.n[1], o.orders[0], o.n[0], p->level, &low, &high);
    double difference = ratio(o.orders[1], o.n[1]) - ratio(o.orders[0], o.n[0]);
    calc_measures_range(&m, "difference", difference, low, high, all);
    calc_measures_value(&m, "revenue", n1 ? o.change[1].mean / unit : NAN, n1);
    calc_measures_value(&m, "revenue_rest", n0 ? o.change[0].mean / unit : NAN, n0);
    uplift(&o, p->level, &d, &l, &h);
    calc_measures_range(&m, "uplift_account", d / unit, l / unit, h / unit, all);
    calc_measures_range(&m, "uplift", d * o.n[1] / unit, l * o.n[1] / unit, h * o.n[1] / unit, all);
    calc_measures_value(&m, "cost", cost, o.contacts);
    calc_measures_value(&m, "cost_per_contact", ratio(cost, (double)o.contacts), o.contacts);
    calc_measures_value(&m, "cost_per_response", ratio(cost, (double)o.responses), o.responses);
    calc_measures_value(&m, "cost_per_order", ratio(cost, o.orders[1]), (int64_t)o.orders[1]);
    calc_measures_value(&m, "cost_per_extra_order", ratio(cost, difference * o.n[1]), all);
    calc_measures_value(&m, "return", ratio(d * o.n[1] / unit, cost), all);
    add_notes(&w, m.t, o.complete);
    kam_table_seal(m.t);
    kam_free(w.part);
    *out = m.t;
    return KAM_OK;
}

kam_rc calc_campaign_accounts(const calc_campaign_in *in, const calc_campaign_params *p, size_t mailing, kam_table **out, kam_err *err)
{
    static const calc_col shape[] = {
        {"account", KAM_TEXT, "campaign.account"}, {"name", KAM_TEXT, "campaign.account_name"}, {"touched", KAM_FLAG, "campaign.touched"},
        {"responded", KAM_FLAG, "campaign.responded"}, {"from", KAM_DAY, "campaign.from"}, {"until", KAM_DAY, "campaign.until"},
        {"orders", KAM_INT, "campaign.orders"}, {"revenue", KAM_MONEY, "campaign.revenue"}, {"before", KAM_MONEY, "campaign.before"},
        {"change", KAM_MONEY, "campaign.change"}};
    world w;
    kam_column *c[CALC_COUNT(shape)];
    kam_rc rc = start(&w, in, p, err);
    if (rc) return rc;
    outcome o = run(&w, mailing);
    kam_table *t = calc_out_new("campaign.accounts", in->facts.accounts, shape, CALC_COUNT(shape), c);
    for (size_t a = 0; a < w.n; a++) {
        const part *x = &w.part[a];
        if (!x->counts) continue;
        kam_col_push_from(c[0], w.acc[CALC_ACC_CODE], a);
        kam_col_push_from(c[1], w.acc[CALC_ACC_NAME], a);
        kam_col_push_int(c[2], x->touched);
        calc_push_opt(c[3], x->touched, x->responded);
        kam_col_push_int(c[4], x->from);
        kam_col_push_int(c[5], x->until);
        kam_col_push_int(c[6], x->orders);
        kam_col_push_int(c[7], x->revenue);
        kam_col_push_int(c[8], x->before);
        kam_col_push_int(c[9], x->revenue - x->before);
    }
    add_notes(&w, t, o.complete);
    kam_table_seal(t);
    kam_free(w.part);
    *out = t;
    return KAM_OK;
}

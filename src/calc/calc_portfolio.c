/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calc_portfolio.h"
#include "calc_rank.h"
#include "calc_run_int.h"
#include "kam_mem.h"
#include <math.h>
#include <stdlib.h>

static const calc_text readings[] = {
    {"healthy", "healthy: with {1} of the market, {2} of revenue comes from key accounts", "健康：市场份额 {1}，大客户占收入 {2}"},
    {"opening", "an opening: with {1} of the market, {2} of revenue comes from key accounts", "有机会：市场份额 {1}，大客户占收入 {2}"},
    {"thin", "thin: with {1} of the market, only {2} of revenue comes from key accounts", "偏薄：市场份额 {1}，大客户只占收入 {2}"},
    {"right", "right: with {1} of the market, {2} of revenue from key accounts is about what it should be", "合适：市场份额 {1}，大客户占收入 {2}"},
    {"dependent", "dependent: with {1} of the market, {2} of revenue hangs on key accounts", "过于依赖：市场份额 {1}，大客户占收入 {2}"},
    {"no-rule", "no rule for {1} of the market (key accounts: {2} of revenue)", "市场份额 {1} 没有对应的规则（大客户占收入 {2}）"},
};
static const calc_text no_market = {"market.none", "our market share is not known; set it: setting set market-share 0.35",
                                    "不知道我们的市场份额；请设置：setting set market-share 0.35"};

const char *calc_market_rule(double key_share, double market, const calc_portfolio_params *p)
{
    const double k = key_share * 100, m = market * 100, eps = 1e-9;
    if (m >= p->low[0] - eps && m <= p->low[1] + eps) return k >= p->low[3] - eps ? "healthy" : k > p->low[2] + eps ? "opening" : "thin";
    if (m >= p->high[0] - eps) return k > p->high[1] + p->high[2] + eps ? "dependent" : k < p->high[1] - p->high[2] - eps ? "thin" : "right";
    return "no-rule";
}

/* --- revenue ---------------------------------------------------------------------------------------------------------- */

typedef struct sums {
    size_t n;
    int64_t *now, *prior; /* by account */
    int64_t total, total_prior, key, key_prior;
    int64_t customers, keys;
    const kam_column *key_class;
} sums;

static kam_rc read_sums(const calc_facts *f, const kam_table *key, const calc_portfolio_params *p, sums *s, kam_err *err)
{
    static const calc_use cls[] = {{"class", KAM_TEXT, false}};
    const kam_column *acc[CALC_ACC_COLS], *k[1];
    size_t n;
    kam_rc rc = calc_use_accounts(f, true, acc, &n, err);
    if (!rc) rc = calc_use_table(key, "key", cls, 1, k, err);
    if (rc) return rc;
    *s = (sums){.n = n, .now = kam_calloc(n + 1, sizeof(int64_t)), .prior = kam_calloc(n + 1, sizeof(int64_t)), .key_class = k[0]};
    for (size_t i = 0; i < n; i++) {
        calc_buys b;
        calc_buys_scan(f->ledger, i, p->asof, p->window_days, &b);
        s->now[i] = b.window_net;
        s->prior[i] = calc_net_between(f->ledger, i, p->asof - 2 * p->window_days, p->asof - p->window_days);
        s->customers += b.window_days > 0;
        s->total += s->now[i];
        s->total_prior += s->prior[i];
        if (!calc_text_is(s->key_class, i, "key")) continue;
        s->keys++;
        s->key += s->now[i];
        s->key_prior += s->prior[i];
    }
    return KAM_OK;
}

static void release(sums *s)
{
    kam_free(s->now);
    kam_free(s->prior);
}

static double ratio(int64_t a, int64_t b) { return b > 0 ? (double)a / (double)b : NAN; }
static double growth(int64_t now, int64_t prior) { return prior > 0 ? (double)(now - prior) / (double)prior : NAN; }

static int descending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? 1 : x > y ? -1 : 0;
}

static void push_concentration(calc_measures *m, const sums *s)
{
    static const struct {
        const char *name;
        size_t n;
    } top[] = {{"top_1_share", 1}, {"top_5_share", 5}, {"top_10_share", 10}};
    double *x = kam_calloc(s->n + 1, sizeof *x), total = 0, h = 0, run = 0;
    size_t n = 0, at = 0;
    for (size_t i = 0; i < s->n; i++)
        if (s->now[i] > 0) total += x[n++] = (double)s->now[i];
    for (size_t i = 0; i < n; i++) h += x[i] / total * (x[i] / total);
    calc_measures_value(m, "herfindahl", n ? h : NAN, (int64_t)n);
    calc_measures_value(m, "effective_accounts", n ? 1 / h : NAN, (int64_t)n);
    if (n) qsort(x, n, sizeof *x, descending);
    for (size_t k = 0; k < CALC_COUNT(top); k++) {
        for (; at < n && at < top[k].n; at++) run += x[at];
        calc_measures_value(m, top[k].name, n ? run / total : NAN, (int64_t)n);
    }
    kam_free(x);
}

static void push_rule(calc_measures *m, double key_share, const calc_portfolio_params *p)
{
    calc_measures_value(m, "market_share", p->has_market ? p->market : NAN, 0);
    if (!p->has_market) {
        calc_note_say(m->t, p->lang, &no_market, NULL, 0);
        return;
    }
    if (isnan(key_share)) return;
    const char *word = calc_market_rule(key_share, p->market, p);
    calc_measures_word(m, "market_rule", word);
    for (size_t k = 0; k < CALC_COUNT(readings); k++)
        if (strcmp(readings[k].id, word) == 0)
            calc_note_say(m->t, p->lang, &readings[k], CALC_ARGS(calc_arg_pct(p->market), calc_arg_pct(key_share)));
}

kam_rc calc_portfolio(const calc_facts *f, const kam_table *key, const calc_portfolio_params *p, kam_table **out, kam_err *err)
{
    sums s;
    kam_rc rc = read_sums(f, key, p, &s, err);
    if (rc) return rc;
    calc_measures m;
    calc_measures_start(&m, "run.portfolio.title", f->accounts);
    double unit = pow(10, kam_table_exponent(f->accounts)), low, high;
    bool keyed = s.key_class != NULL;
    int64_t n = (int64_t)s.n;
    double key_share = keyed ? ratio(s.key, s.total) : NAN;
    calc_measures_value(&m, "accounts", (double)n, n);
    calc_measures_value(&m, "customers", (double)s.customers, n);
    calc_measures_value(&m, "revenue", (double)s.total / unit, s.customers);
    calc_measures_value(&m, "growth", growth(s.total, s.total_prior), s.customers);
    calc_measures_value(&m, "key_accounts", keyed ? (double)s.keys : NAN, n);
    if (keyed && calc_wilson((double)s.keys, (double)n, 0.95, &low, &high))
        calc_measures_range(&m, "key_count_share", (double)s.keys / (double)n, low, high, n);
    else calc_measures_value(&m, "key_count_share", NAN, n);
    calc_measures_value(&m, "key_revenue_share", key_share, s.keys);
    calc_measures_value(&m, "key_growth", keyed ? growth(s.key, s.key_prior) : NAN, s.keys);
    calc_measures_value(&m, "other_growth", keyed ? growth(s.total - s.key, s.total_prior - s.key_prior) : NAN, n - s.keys);
    push_concentration(&m, &s);
    push_rule(&m, key_share, p);
    release(&s);
    return calc_out_done(m.t, out, err);
}

enum { K_CLASS, K_COUNT, K_SHARE, K_REVENUE, K_RSHARE, K_PRIOR, K_GROWTH, K_COLS };
static const calc_col key_cols[K_COLS] = {
    {"class", KAM_TEXT, "run.key.class"},     {"count", KAM_INT, "run.accounts"},      {"share", KAM_REAL, "run.share"}, {"revenue", KAM_MONEY, "run.window_revenue"},
    {"revenue_share", KAM_REAL, "run.revenue_share"}, {"prior_revenue", KAM_MONEY, "run.prior_revenue"}, {"growth", KAM_REAL, "run.growth"}};

kam_rc calc_portfolio_by_key(const calc_facts *f, const kam_table *key, const calc_portfolio_params *p, kam_table **out, kam_err *err)
{
    sums s;
    kam_rc rc = read_sums(f, key, p, &s, err);
    if (rc) return rc;
    kam_column *c[K_COLS];
    kam_table *t = calc_out_new("run.portfolio.by-key", f->accounts, key_cols, K_COLS, c);
    for (int k = 0; k < 2; k++) {
        int64_t count = k ? (int64_t)s.n - s.keys : s.keys, now = k ? s.total - s.key : s.key, prior = k ? s.total_prior - s.key_prior : s.key_prior;
        kam_col_push_text(c[K_CLASS], k ? "ordinary" : "key");
        kam_col_push_int(c[K_COUNT], count);
        kam_col_push_real(c[K_SHARE], ratio(count, (int64_t)s.n));
        kam_col_push_int(c[K_REVENUE], now);
        kam_col_push_real(c[K_RSHARE], ratio(now, s.total));
        kam_col_push_int(c[K_PRIOR], prior);
        kam_col_push_real(c[K_GROWTH], growth(now, prior));
    }
    release(&s);
    return calc_out_done(t, out, err);
}

/* --- the flow --------------------------------------------------------------------------------------------------------- */

enum { OPENING, NEW, WON_BACK, GROWN, SHRUNK, LOST, CLOSING, FLOWS };
static const char *const flow_keys[FLOWS] = {"opening", "new", "won-back", "grown", "shrunk", "lost", "closing"};
static const calc_text flow_why[FLOWS] = {
    {"", "customers on {1}, with the revenue of the {2} days before", "{1} 的客户及其此前 {2} 天的收入"},
    {"", "bought for the first time since", "此后首次购买"},
    {"", "were lost, buy again", "曾流失，现又购买"},
    {"", "stayed and bought more", "留下且买得更多"},
    {"", "stayed and bought less", "留下但买得更少"},
    {"", "silent for too long; the revenue they had", "沉默过久；其原有收入"},
    {"", "customers on {1}, with the revenue of the {2} days before", "{1} 的客户及其此前 {2} 天的收入"},
};

typedef struct move {
    size_t before, after; /* rows; SIZE_MAX: not known on that day */
    int flow;             /* FLOWS: no customer on either day; CLOSING: kept at the same value */
    int64_t was, is;
} move;

typedef struct moves {
    const kam_column *code[2], *name[2];
    move *v;
    size_t n;
} moves;

static int flow_of(const char *was, const char *is)
{
    bool customer_then = was && strcmp(was, "relationship") == 0, customer_now = is && strcmp(is, "relationship") == 0;
    if (customer_then && customer_now) return CLOSING;
    if (customer_then) return LOST;
    if (customer_now) return was && strcmp(was, "lost") == 0 ? WON_BACK : NEW;
    return FLOWS;
}

static void fill_move(move *m, size_t b, size_t a, const kam_column *const phase[2], const kam_column *const revenue[2])
{
    m->before = b;
    m->after = a;
    m->flow = flow_of(b == SIZE_MAX ? NULL : calc_text_at(phase[0], b), a == SIZE_MAX ? NULL : calc_text_at(phase[1], a));
    bool then = m->flow == CLOSING || m->flow == LOST, now = m->flow == CLOSING || m->flow == NEW || m->flow == WON_BACK;
    m->was = then ? kam_col_int(revenue[0], b) : 0;
    m->is = now ? kam_col_int(revenue[1], a) : 0;
    if (m->flow == CLOSING && m->is != m->was) m->flow = m->is > m->was ? GROWN : SHRUNK;
}

/* Both tables are by code: one walk along the two. */
static kam_rc read_moves(const kam_table *before, const kam_table *after, moves *m, kam_err *err)
{
    static const calc_use want[] = {{"account", KAM_TEXT, false}, {"name", KAM_TEXT, false}, {"phase", KAM_TEXT, false}, {"window_revenue", KAM_MONEY, false}};
    const kam_column *b[4], *a[4];
    kam_rc rc = calc_use_table(before, "before", want, 4, b, err);
    if (!rc) rc = calc_use_table(after, "after", want, 4, a, err);
    if (rc) return rc;
    const kam_column *phase[2] = {b[2], a[2]}, *revenue[2] = {b[3], a[3]};
    size_t i = 0, j = 0, nb = calc_use_rows(before), na = calc_use_rows(after);
    *m = (moves){.code = {b[0], a[0]}, .name = {b[1], a[1]}, .v = kam_calloc(nb + na + 1, sizeof *m->v)};
    while (i < nb || j < na) {
        int order = i == nb ? 1 : j == na ? -1 : strcmp(kam_col_text(b[0], i), kam_col_text(a[0], j));
        fill_move(&m->v[m->n++], order <= 0 ? i : SIZE_MAX, order >= 0 ? j : SIZE_MAX, phase, revenue);
        i += order <= 0;
        j += order >= 0;
    }
    return KAM_OK;
}

enum { F_FLOW, F_COUNT, F_VALUE, F_ACCOUNTS, F_WHY, F_COLS };
static const calc_col flow_cols[F_COLS] = {{"flow", KAM_TEXT, "run.flow.flow"}, {"count", KAM_INT, "run.count"}, {"value", KAM_MONEY, "run.value"},
                                           {"accounts", KAM_INT, "run.concerned"}, {"why", KAM_TEXT, "run.why"}};

kam_rc calc_portfolio_flow(const kam_table *before, const kam_table *after, const calc_portfolio_params *p, kam_table **out, kam_err *err)
{
    moves m;
    int64_t count[FLOWS] = {0}, value[FLOWS] = {0};
    kam_rc rc = read_moves(before, after, &m, err);
    if (rc) return rc;
    for (size_t k = 0; k < m.n; k++) {
        const move *v = &m.v[k];
        if (v->flow == FLOWS) continue;
        bool then = v->flow != NEW && v->flow != WON_BACK, now = v->flow != LOST;
        count[OPENING] += then;
        value[OPENING] += v->was;
        count[CLOSING] += now;
        value[CLOSING] += v->is;
        if (v->flow == CLOSING) continue;
        count[v->flow]++;
        value[v->flow] += v->flow == LOST ? v->was : v->flow == SHRUNK ? v->was - v->is : v->is - v->was;
    }
    kam_column *c[F_COLS];
    kam_table *t = calc_out_new("run.flow.title", after, flow_cols, F_COLS, c);
    kam_str buf = KAM_STR_INIT;
    for (int k = 0; k < FLOWS; k++) {
        kam_col_push_text(c[F_FLOW], flow_keys[k]);
        calc_push_opt(c[F_COUNT], k != GROWN && k != SHRUNK, count[k]);
        kam_col_push_int(c[F_VALUE], value[k]);
        kam_col_push_int(c[F_ACCOUNTS], count[k]);
        calc_push_say(c[F_WHY], &buf, p->lang, &flow_why[k], CALC_ARGS(calc_arg_day(k == OPENING ? p->since : p->asof), calc_arg_int(p->window_days)));
    }
    kam_str_release(&buf);
    kam_free(m.v);
    return calc_out_done(t, out, err);
}

enum { M_ACCOUNT, M_NAME, M_FLOW, M_BEFORE, M_AFTER, M_CHANGE, M_COLS };
static const calc_col move_cols[M_COLS] = {{"account", KAM_TEXT, "run.account"}, {"name", KAM_TEXT, "run.name"}, {"flow", KAM_TEXT, "run.flow.flow"},
                                           {"before", KAM_MONEY, "run.before"},  {"after", KAM_MONEY, "run.after"}, {"change", KAM_MONEY, "run.change"}};

kam_rc calc_portfolio_moves(const kam_table *before, const kam_table *after, kam_table **out, kam_err *err)
{
    moves m;
    kam_rc rc = read_moves(before, after, &m, err);
    if (rc) return rc;
    kam_column *c[M_COLS];
    kam_table *t = calc_out_new("run.moves.title", after, move_cols, M_COLS, c);
    for (int flow = NEW; flow < CLOSING; flow++)
        for (size_t k = 0; k < m.n; k++) {
            const move *v = &m.v[k];
            if (v->flow != flow) continue;
            int side = v->after == SIZE_MAX ? 0 : 1;
            size_t row = side ? v->after : v->before;
            kam_col_push_from(c[M_ACCOUNT], m.code[side], row);
            kam_col_push_from(c[M_NAME], m.name[side], row);
            kam_col_push_text(c[M_FLOW], flow_keys[flow]);
            kam_col_push_int(c[M_BEFORE], v->was);
            kam_col_push_int(c[M_AFTER], v->is);
            kam_col_push_int(c[M_CHANGE], v->is - v->was);
        }
    kam_free(m.v);
    return calc_out_done(t, out, err);
}

/* --- sources ---------------------------------------------------------------------------------------------------------- */

typedef struct entry {
    const char *source; /* NULL: not on record */
    size_t account;
} entry;

static int by_source(const void *u, const void *v)
{
    const entry *a = u, *b = v;
    if (!a->source != !b->source) return a->source ? -1 : 1;
    int c = a->source ? strcmp(a->source, b->source) : 0;
    return c ? c : a->account < b->account ? -1 : a->account > b->account;
}

enum { S_SOURCE, S_N, S_CUSTOMERS, S_YIELD, S_LOW, S_HIGH, S_REVENUE, S_COST, S_COST_N, S_EACH, S_DAYS, S_DAYS_N, S_COLS };
static const calc_col source_cols[S_COLS] = {
    {"source", KAM_TEXT, "run.source"},  {"n", KAM_INT, "run.accounts"},          {"customers", KAM_INT, "run.customers"}, {"yield", KAM_REAL, "run.yield"},
    {"yield_low", KAM_REAL, "low"},      {"yield_high", KAM_REAL, "high"},        {"revenue", KAM_MONEY, "run.window_revenue"}, {"cost", KAM_MONEY, "run.acquisition"},
    {"cost_n", KAM_INT, "run.cost_n"},   {"cost_per_customer", KAM_MONEY, "run.cost_per_customer"}, {"days_to_first", KAM_REAL, "run.days_to_first"},
    {"days_n", KAM_INT, "run.days_n"}};

static void push_source(kam_column **c, const calc_facts *f, const calc_portfolio_params *p, const entry *e, size_t n, const kam_column *const in[3],
                        double *days)
{
    int64_t customers = 0, revenue = 0, cost = 0, cost_n = 0;
    size_t timed = 0;
    double low = NAN, high = NAN, median;
    for (size_t k = 0; k < n; k++) {
        calc_buys b;
        size_t i = e[k].account;
        calc_buys_scan(f->ledger, i, p->asof, p->window_days, &b);
        revenue += b.window_net;
        customers += b.days > 0;
        if (calc_known(in[2], i)) {
            cost += kam_col_int(in[2], i);
            cost_n++;
        }
        if (b.days > 0 && calc_known(in[1], i) && b.first >= kam_col_int(in[1], i)) days[timed++] = (double)(b.first - kam_col_int(in[1], i));
    }
    calc_wilson((double)customers, (double)n, 0.95, &low, &high);
    kam_col_push_text(c[S_SOURCE], e[0].source);
    kam_col_push_int(c[S_N], (int64_t)n);
    kam_col_push_int(c[S_CUSTOMERS], customers);
    kam_col_push_real(c[S_YIELD], (double)customers / (double)n);
    kam_col_push_real(c[S_LOW], low);
    kam_col_push_real(c[S_HIGH], high);
    kam_col_push_int(c[S_REVENUE], revenue);
    calc_push_opt(c[S_COST], cost_n > 0, cost);
    kam_col_push_int(c[S_COST_N], cost_n);
    bool whole = cost_n == (int64_t)n && customers > 0;
    calc_push_opt(c[S_EACH], whole, whole ? (cost + customers / 2) / customers : 0);
    kam_col_push_real(c[S_DAYS], calc_median(days, timed, &median) ? median : NAN);
    kam_col_push_int(c[S_DAYS_N], (int64_t)timed);
}

kam_rc calc_portfolio_sources(const calc_facts *f, const calc_portfolio_params *p, kam_table **out, kam_err *err)
{
    static const calc_use want[] = {{"source", KAM_TEXT, false}, {"known_since", KAM_DAY, false}, {"acquisition_cost", KAM_MONEY, false}};
    const kam_column *acc[CALC_ACC_COLS], *in[3];
    size_t n;
    kam_rc rc = calc_use_accounts(f, true, acc, &n, err);
    if (!rc) rc = calc_use_table(f->accounts, "accounts", want, 3, in, err);
    if (rc) return rc;
    entry *e = kam_calloc(n + 1, sizeof *e);
    double *days = kam_calloc(n + 1, sizeof *days);
    for (size_t i = 0; i < n; i++) e[i] = (entry){calc_text_at(in[0], i), i};
    if (n) qsort(e, n, sizeof *e, by_source);
    kam_column *c[S_COLS];
    kam_table *t = calc_out_new("run.sources.title", f->accounts, source_cols, S_COLS, c);
    for (size_t k = 0, m; k < n; k = m) {
        for (m = k + 1; m < n && !e[m].source == !e[k].source && (!e[k].source || strcmp(e[m].source, e[k].source) == 0); m++) continue;
        push_source(c, f, p, &e[k], m - k, in, days);
    }
    kam_free(e);
    kam_free(days);
    kam_table_seal(t);
    const size_t by[] = {S_CUSTOMERS, S_SOURCE};
    const bool down[] = {true, false};
    size_t *order = kam_table_order(t, by, down, 2);
    *out = kam_table_pick(t, order, kam_table_rows(t));
    kam_free(order);
    kam_table_unref(t);
    return KAM_OK;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calc_allocation.h"
#include "calc_rank.h"
#include "calc_run_int.h"
#include "kam_mem.h"
#include <math.h>
#include <stdlib.h>

static const calc_text why_bid = {"bid.why", "yield {1}, room {2}, sector {3}", "业绩 {1}，余量 {2}，行业 {3}"};
static const calc_text why_full = {"bid.full", "{1} accounts of {2}: no room for another", "已有 {1} 个客户，上限 {2}，不能再接"};
static const calc_text why_owner = {"bid.owner", "owns it already", "已由其负责"};

enum { YIELD, LOAD, SECTOR, MARKS };

/* What a rep owns. */
typedef struct rep_has {
    int64_t accounts, limit, revenue;
    double yield; /* NaN: owns none */
} rep_has;

typedef struct book {
    size_t n, n_reps;
    const kam_column *code, *name, *industry, *rep, *revenue;
    size_t *owner; /* rep of each account; SIZE_MAX: nobody */
    rep_has *has;
    size_t *first, *owned; /* rep k owns the accounts owned[first[k]] … owned[first[k + 1] - 1] */
} book;

static void release_book(book *b)
{
    kam_free(b->owner);
    kam_free(b->has);
    kam_free(b->first);
    kam_free(b->owned);
}

/* Accounts by owner, by counting: a bid looks at one rep's only. */
static void list_owned(book *b)
{
    b->first = kam_calloc(b->n_reps + 2, sizeof *b->first);
    b->owned = kam_calloc(b->n + 1, sizeof *b->owned);
    for (size_t i = 0; i < b->n; i++)
        if (b->owner[i] != SIZE_MAX) b->first[b->owner[i] + 1]++;
    for (size_t k = 0; k < b->n_reps; k++) b->first[k + 1] += b->first[k];
    size_t *next = kam_calloc(b->n_reps + 1, sizeof *next);
    for (size_t k = 0; k < b->n_reps; k++) next[k] = b->first[k];
    for (size_t i = 0; i < b->n; i++)
        if (b->owner[i] != SIZE_MAX) b->owned[next[b->owner[i]]++] = i;
    kam_free(next);
}

static void rank_yields(book *b)
{
    double *x = kam_calloc(b->n_reps + 1, sizeof *x);
    int64_t *rank2 = kam_calloc(b->n_reps + 1, sizeof *rank2);
    size_t n = 0;
    for (size_t r = 0; r < b->n_reps; r++)
        if (b->has[r].accounts) x[n++] = (double)b->has[r].revenue;
    calc_midrank2(x, n, rank2);
    for (size_t r = 0, k = 0; r < b->n_reps; r++)
        b->has[r].yield = b->has[r].accounts ? 100 * ((double)rank2[k++] / 2 - 0.5) / (double)n : NAN;
    kam_free(x);
    kam_free(rank2);
}

static kam_rc read_book(const kam_table *accounts, const kam_table *owners, const kam_table *reps, const kam_table *revenue, int high, book *b,
                        kam_err *err)
{
    static const calc_use acc[] = {{"account", KAM_TEXT, false}, {"name", KAM_TEXT, false}, {"industry", KAM_TEXT, true}};
    static const calc_use own[] = {{"row", KAM_INT, false}, {"owner", KAM_TEXT, true}};
    static const calc_use rep[] = {{"rep", KAM_TEXT, false}, {"capacity", KAM_INT, true}}, rev[] = {{"window_revenue", KAM_MONEY, false}};
    const kam_column *a[3], *o[2], *r[2], *v[1];
    kam_rc rc = calc_use_table(accounts, "accounts", acc, 3, a, err);
    if (!rc) rc = calc_use_table(owners, "owners", own, 2, o, err);
    if (!rc) rc = calc_use_table(reps, "reps", rep, 2, r, err);
    if (!rc) rc = calc_use_table(revenue, "revenue", rev, 1, v, err);
    if (rc) return rc;
    *b = (book){.n = calc_use_rows(accounts), .n_reps = calc_use_rows(reps), .code = a[0], .name = a[1], .industry = a[2], .rep = r[0], .revenue = v[0]};
    b->owner = kam_calloc(b->n + 1, sizeof *b->owner);
    b->has = kam_calloc(b->n_reps + 1, sizeof *b->has);
    for (size_t i = 0; i < b->n; i++) b->owner[i] = SIZE_MAX;
    for (size_t q = 0; q < calc_use_rows(owners); q++) {
        size_t i = calc_row_at(o[0], q, b->n), k = calc_run_find(b->rep, calc_text_at(o[1], q));
        if (i == SIZE_MAX || k == SIZE_MAX) continue;
        b->owner[i] = k;
        b->has[k].accounts++;
        if (calc_known(b->revenue, i)) b->has[k].revenue += kam_col_int(b->revenue, i);
    }
    for (size_t k = 0; k < b->n_reps; k++) {
        bool known = calc_known(r[1], k);
        b->has[k].limit = calc_rep_most(known, known ? kam_col_int(r[1], k) : 0, high);
    }
    rank_yields(b);
    list_owned(b);
    return KAM_OK;
}

/* Share of what the rep owns that is of the account's industry, in per cent; NaN: unknown. */
static double sector_mark(const book *b, size_t account, size_t rep)
{
    const char *industry = calc_text_at(b->industry, account);
    int64_t same = 0;
    if (!industry || !b->has[rep].accounts) return NAN;
    for (size_t k = b->first[rep]; k < b->first[rep + 1]; k++) same += calc_text_is(b->industry, b->owned[k], industry);
    return 100 * (double)same / (double)b->has[rep].accounts;
}

typedef struct bid {
    size_t row, account, rep;
    double mark[MARKS], score, coverage;
    bool can_win, owns;
    int64_t rank;
} bid;

static void score_bid(bid *x, const book *b, const calc_bid_params *p)
{
    const rep_has *h = &b->has[x->rep];
    double sum = 0, known = 0, all = 0;
    x->owns = b->owner[x->account] == x->rep;
    int64_t left = h->limit - h->accounts - (x->owns ? 0 : 1);
    x->can_win = left >= 0 && !x->owns;
    x->mark[YIELD] = h->yield;
    x->mark[LOAD] = left < 0 || h->limit <= 0 ? 0 : 100 * (double)left / (double)h->limit;
    x->mark[SECTOR] = sector_mark(b, x->account, x->rep);
    for (int k = 0; k < MARKS; k++) {
        all += p->weight[k];
        if (isnan(x->mark[k])) continue;
        sum += p->weight[k] * x->mark[k];
        known += p->weight[k];
    }
    x->score = known > 0 ? sum / known : NAN;
    x->coverage = all > 0 ? known / all : NAN;
}

/* By account; inside it those that can win first, best score first, then by rep (reps are in code order). */
static int by_merit(const void *u, const void *v)
{
    const bid *a = u, *b = v;
    if (a->account != b->account) return a->account < b->account ? -1 : 1;
    if (a->can_win != b->can_win) return a->can_win ? -1 : 1;
    double x = isnan(a->score) ? -1 : a->score, y = isnan(b->score) ? -1 : b->score;
    if (x > y || x < y) return x > y ? -1 : 1;
    return a->rep < b->rep ? -1 : a->rep > b->rep;
}

enum { O_ACCOUNT, O_NAME, O_REP, O_RANK, O_SCORE, O_COVERAGE, O_YIELD, O_LOAD, O_SECTOR, O_ROOM, O_CAN, O_DATE, O_PLAN, O_WHY, O_COLS };
static const calc_col bid_cols[O_COLS] = {
    {"account", KAM_TEXT, "run.account"}, {"name", KAM_TEXT, "run.name"},     {"rep", KAM_TEXT, "run.bidder"},  {"rank", KAM_INT, "run.rank"},
    {"score", KAM_REAL, "run.score"},     {"coverage", KAM_REAL, "run.coverage"}, {"yield", KAM_REAL, "run.bid.yield"}, {"load", KAM_REAL, "run.bid.load"},
    {"sector", KAM_REAL, "run.bid.sector"}, {"room", KAM_INT, "run.room"},    {"can_win", KAM_FLAG, "run.can_win"}, {"date", KAM_DAY, "run.date"},
    {"plan", KAM_TEXT, "run.plan"},       {"why", KAM_TEXT, "run.why"}};

static calc_arg mark_arg(double x) { return isnan(x) ? calc_arg_text(NULL) : calc_arg_real(x, 0); }

static void push_bid(kam_column **c, kam_str *buf, const book *b, const bid *x, const kam_column *const in[4], calc_lang lang)
{
    const rep_has *h = &b->has[x->rep];
    kam_col_push_from(c[O_ACCOUNT], b->code, x->account);
    kam_col_push_from(c[O_NAME], b->name, x->account);
    kam_col_push_from(c[O_REP], b->rep, x->rep);
    calc_push_opt(c[O_RANK], x->can_win, x->rank);
    kam_col_push_real(c[O_SCORE], x->score);
    kam_col_push_real(c[O_COVERAGE], x->coverage);
    for (int k = 0; k < MARKS; k++) kam_col_push_real(c[O_YIELD + k], x->mark[k]);
    kam_col_push_int(c[O_ROOM], h->limit - h->accounts);
    kam_col_push_int(c[O_CAN], x->can_win);
    kam_col_push_from(c[O_DATE], in[2], x->row);
    kam_col_push_from(c[O_PLAN], in[3], x->row);
    if (x->owns) calc_push_say(c[O_WHY], buf, lang, &why_owner, NULL, 0);
    else if (!x->can_win) calc_push_say(c[O_WHY], buf, lang, &why_full, CALC_ARGS(calc_arg_int(h->accounts), calc_arg_int(h->limit)));
    else
        calc_push_say(c[O_WHY], buf, lang, &why_bid, CALC_ARGS(mark_arg(x->mark[YIELD]), mark_arg(x->mark[LOAD]), mark_arg(x->mark[SECTOR])));
}

static void rank_bids(bid *x, size_t n)
{
    int64_t rank = 0;
    if (n) qsort(x, n, sizeof *x, by_merit);
    for (size_t k = 0; k < n; k++) {
        rank = k && x[k].account == x[k - 1].account ? rank + 1 : 1;
        x[k].rank = rank;
    }
}

kam_rc calc_bids(const kam_table *bids, const kam_table *accounts, const kam_table *owners, const kam_table *reps, const kam_table *revenue,
                 const calc_bid_params *p, kam_table **out, kam_err *err)
{
    static const calc_use want[] = {{"row", KAM_INT, false}, {"rep", KAM_TEXT, false}, {"date", KAM_DAY, false}, {"plan", KAM_TEXT, true}};
    const kam_column *in[4];
    book b;
    kam_rc rc = calc_use_table(bids, "bids", want, 4, in, err);
    if (!rc) rc = read_book(accounts, owners, reps, revenue, p->high, &b, err);
    if (rc) return rc;
    size_t n = 0;
    bid *x = kam_calloc(calc_use_rows(bids) + 1, sizeof *x);
    for (size_t r = 0; r < calc_use_rows(bids); r++) {
        size_t i = calc_row_at(in[0], r, b.n), k = calc_run_find(b.rep, calc_text_at(in[1], r));
        if (i == SIZE_MAX || k == SIZE_MAX) continue;
        x[n] = (bid){.row = r, .account = i, .rep = k};
        score_bid(&x[n++], &b, p);
    }
    rank_bids(x, n);
    kam_column *c[O_COLS];
    kam_table *t = calc_out_new("run.bids", accounts, bid_cols, O_COLS, c);
    kam_str buf = KAM_STR_INIT;
    for (size_t k = 0; k < n; k++) push_bid(c, &buf, &b, &x[k], in, p->lang);
    kam_str_release(&buf);
    kam_free(x);
    release_book(&b);
    return calc_out_done(t, out, err);
}

/* --- up for bids ---------------------------------------------------------------------------------------------------- */

enum { U_ACCOUNT, U_NAME, U_STATUS, U_OWNER, U_INDUSTRY, U_REVENUE, U_LAST, U_BIDS, U_WHY, U_COLS };
static const calc_col up_cols[U_COLS] = {
    {"account", KAM_TEXT, "run.account"},   {"name", KAM_TEXT, "run.name"},   {"status", KAM_TEXT, "run.coverage.status"},
    {"owner", KAM_TEXT, "run.owner"},       {"industry", KAM_TEXT, "run.industry"}, {"window_revenue", KAM_MONEY, "run.window_revenue"},
    {"last_contact", KAM_DAY, "run.last_contact"}, {"bids", KAM_INT, "run.bid_count"}, {"why", KAM_TEXT, "run.why"}};

kam_rc calc_up_for_bids(const kam_table *coverage, const kam_table *accounts, const kam_table *revenue, const kam_table *bids,
                        kam_table **out, kam_err *err)
{
    enum { ACCOUNT, NAME, OWNER, STATUS, LAST, WHY, COLS };
    static const calc_use cov[COLS] = {{"account", KAM_TEXT, false}, {"name", KAM_TEXT, false},        {"owner", KAM_TEXT, false},
                                       {"status", KAM_TEXT, false},  {"last_contact", KAM_DAY, false}, {"why", KAM_TEXT, false}};
    static const calc_use ind[] = {{"industry", KAM_TEXT, true}}, rev[] = {{"window_revenue", KAM_MONEY, false}}, bid_row[] = {{"row", KAM_INT, false}};
    const kam_column *v[COLS], *industry[1], *worth[1], *b[1];
    kam_rc rc = calc_use_table(coverage, "coverage", cov, COLS, v, err);
    if (!rc) rc = calc_use_table(accounts, "accounts", ind, 1, industry, err);
    if (!rc) rc = calc_use_table(revenue, "revenue", rev, 1, worth, err);
    if (!rc) rc = calc_use_table(bids, "bids", bid_row, 1, b, err);
    if (rc) return rc;
    size_t n = calc_use_rows(coverage);
    int64_t *count = kam_calloc(n + 1, sizeof *count);
    for (size_t r = 0; r < calc_use_rows(bids); r++) {
        size_t i = calc_row_at(b[0], r, n);
        if (i != SIZE_MAX) count[i]++;
    }
    kam_column *c[U_COLS];
    kam_table *t = calc_out_new("run.up-for-bids", accounts, up_cols, U_COLS, c);
    for (size_t i = 0; i < n && calc_goes_on(t, i, n); i++) {
        if (calc_text_is(v[STATUS], i, "owned")) continue;
        kam_col_push_from(c[U_ACCOUNT], v[ACCOUNT], i);
        kam_col_push_from(c[U_NAME], v[NAME], i);
        kam_col_push_from(c[U_STATUS], v[STATUS], i);
        kam_col_push_from(c[U_OWNER], v[OWNER], i);
        kam_col_push_text(c[U_INDUSTRY], calc_text_at(industry[0], i));
        kam_col_push_from(c[U_REVENUE], worth[0], i);
        kam_col_push_from(c[U_LAST], v[LAST], i);
        kam_col_push_int(c[U_BIDS], count[i]);
        kam_col_push_from(c[U_WHY], v[WHY], i);
    }
    kam_free(count);
    kam_table_seal(t);
    const size_t by[] = {U_REVENUE, U_ACCOUNT};
    const bool down[] = {true, false};
    size_t *order = kam_table_order(t, by, down, 2);
    kam_table *sorted = kam_table_pick(t, order, kam_table_rows(t));
    kam_free(order);
    kam_table_unref(t);
    rc = kam_progress_step(kam_table_watch(sorted), "rows", n, n, err);
    if (!rc) *out = sorted;
    else kam_table_unref(sorted);
    return rc;
}

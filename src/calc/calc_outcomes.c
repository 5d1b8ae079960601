/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Talks are read once into an array and sorted by what they are grouped by. */
#include "calc_outcomes.h"
#include "calc_rank.h"
#include "calc_use.h"
#include "kam_mem.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

const char *const calc_outcome_keys[] = {"order", "advance", "continuation", "refusal", NULL};
enum { ORDER, ADVANCE, CONTINUATION, REFUSAL };

static const calc_text why_only = {"outcomes.only", "{1} talks in the last {2} days, kind words only; the customer did nothing",
                                   "近 {2} 天谈过 {1} 次，只有好话，客户没有行动"};
static const calc_text why_progress = {"outcomes.progress", "the customer acted on {1}: {2}", "客户于 {1} 有行动：{2}"};
static const calc_text why_refused = {"outcomes.refused", "refused on {1}", "{1} 被拒绝"};
static const calc_text why_silent = {"outcomes.silent", "not talked about in the last {1} days", "近 {1} 天没有谈过"};
static const calc_text why_unconfirmed = {"outcomes.unconfirmed", "agreed on {1}, not confirmed in writing", "{1} 约定，未书面确认"};
static const calc_text note_unnamed = {"outcomes.unnamed", "talks in the last {2} days that name no opportunity: {1}",
                                       "近 {2} 天未写明商机的谈话：{1} 次"};

enum { T_ROW, T_DATE, T_REP, T_OUTCOME, T_OPP, T_CONFIRMED, T_NEXT, T_ID, T_COLS };
static const calc_use talk_use[T_COLS] = {{"row", KAM_INT, false},         {"date", KAM_DAY, false},  {"rep", KAM_TEXT, false},
                                          {"outcome", KAM_TEXT, false},    {"opportunity", KAM_TEXT, true}, {"confirmed", KAM_FLAG, true},
                                          {"next_step", KAM_TEXT, true},   {"interaction", KAM_INT, true}};

typedef struct talk {
    size_t row, at; /* account; row in the table */
    kam_day date;
    const char *rep, *opp;
    int outcome;
    bool unconfirmed;
} talk;

typedef struct talks {
    const kam_column *c[T_COLS];
    talk *at;
    size_t n;
} talks;

static int outcome_index(const kam_column *c, size_t r)
{
    for (int k = 0; k < CALC_OUTCOMES; k++)
        if (calc_text_is(c, r, calc_outcome_keys[k])) return k;
    return -1;
}

static kam_rc read_talks(const kam_table *t, size_t accounts, kam_day asof, talks *out, kam_err *err)
{
    kam_rc rc = calc_use_table(t, "talks", talk_use, T_COLS, out->c, err);
    if (rc) return rc;
    size_t rows = calc_use_rows(t);
    out->at = kam_calloc(rows, sizeof *out->at);
    out->n = 0;
    for (size_t r = 0; r < rows; r++) {
        talk x = {.row = calc_row_at(out->c[T_ROW], r, accounts), .at = r, .outcome = outcome_index(out->c[T_OUTCOME], r)};
        if (x.row == SIZE_MAX || x.outcome < 0 || !calc_known(out->c[T_DATE], r)) continue;
        x.date = kam_col_int(out->c[T_DATE], r);
        if (x.date > asof) continue;
        x.rep = calc_text_at(out->c[T_REP], r);
        x.opp = calc_text_at(out->c[T_OPP], r);
        x.unconfirmed = x.outcome == ADVANCE && !(calc_known(out->c[T_CONFIRMED], r) && kam_col_int(out->c[T_CONFIRMED], r));
        out->at[out->n++] = x;
    }
    return KAM_OK;
}

static int cmp_text(const char *a, const char *b) /* missing last */
{
    return a && b ? strcmp(a, b) : (a == NULL) - (b == NULL);
}
static int by_rep(const void *a, const void *b) { return cmp_text(((const talk *)a)->rep, ((const talk *)b)->rep); }
static int by_account(const void *a, const void *b)
{
    const talk *x = a, *y = b;
    return (x->row > y->row) - (x->row < y->row);
}
static int by_opp(const void *a, const void *b)
{
    const talk *x = a, *y = b;
    int cmp = cmp_text(x->opp, y->opp);
    if (cmp) return cmp;
    if (x->date != y->date) return x->date < y->date ? -1 : 1;
    return (x->at > y->at) - (x->at < y->at);
}
static int by_date(const void *a, const void *b)
{
    const talk *x = a, *y = b;
    if (x->date != y->date) return x->date < y->date ? -1 : 1;
    return (x->at > y->at) - (x->at < y->at);
}

/* --- rates ------------------------------------------------------------------------------------------------------------ */

enum { R_TALKS, R_ORDERS, R_ADVANCES, R_CONTINUATIONS, R_REFUSALS, R_RATE, R_LOW, R_HIGH, R_UNCONFIRMED, R_COLS };
static const calc_col rate_cols[R_COLS] = {
    {"talks", KAM_INT, "outcomes.talks"},               {"orders", KAM_INT, "outcomes.orders"},
    {"advances", KAM_INT, "outcomes.advances"},         {"continuations", KAM_INT, "outcomes.continuations"},
    {"refusals", KAM_INT, "outcomes.refusals"},         {"advance_rate", KAM_REAL, "outcomes.advance_rate"},
    {"advance_low", KAM_REAL, "outcomes.advance_low"},  {"advance_high", KAM_REAL, "outcomes.advance_high"},
    {"unconfirmed", KAM_INT, "outcomes.unconfirmed"}};

static void push_rates(kam_column **c, const talk *at, size_t n, double level)
{
    int64_t count[CALC_OUTCOMES] = {0}, unconfirmed = 0;
    double low = NAN, high = NAN;
    for (size_t i = 0; i < n; i++) {
        count[at[i].outcome]++;
        unconfirmed += at[i].unconfirmed;
    }
    double progress = (double)(count[ORDER] + count[ADVANCE]);
    calc_wilson(progress, (double)n, level, &low, &high);
    kam_col_push_int(c[R_TALKS], (int64_t)n);
    for (int k = 0; k < CALC_OUTCOMES; k++) kam_col_push_int(c[R_ORDERS + k], count[k]);
    kam_col_push_real(c[R_RATE], n ? progress / (double)n : NAN);
    kam_col_push_real(c[R_LOW], low);
    kam_col_push_real(c[R_HIGH], high);
    kam_col_push_int(c[R_UNCONFIRMED], unconfirmed);
}

kam_rc calc_outcomes(const calc_facts *f, const kam_table *table, calc_outcomes_by by, const calc_outcomes_params *p,
                     kam_table **out, kam_err *err)
{
    static const calc_col rep_col = {"rep", KAM_TEXT, "funnel.rep"}, account_col = {"account", KAM_TEXT, "classify.account"},
                          name_col = {"name", KAM_TEXT, "classify.name"};
    const kam_column *acc[CALC_ACC_COLS];
    size_t accounts, n = 0, k = 0;
    talks t = {.at = NULL};
    kam_rc rc = calc_use_accounts(f, false, acc, &accounts, err);
    if (!rc) rc = read_talks(table, accounts, p->asof, &t, err);
    if (rc) return rc;
    for (size_t i = 0; i < t.n; i++)
        if (t.at[i].date > p->asof - p->window_days) t.at[n++] = t.at[i];
    if (n && by != CALC_OUTCOMES_ALL) qsort(t.at, n, sizeof *t.at, by == CALC_OUTCOMES_REP ? by_rep : by_account);
    calc_col cols[R_COLS + 2];
    if (by == CALC_OUTCOMES_REP) cols[k++] = rep_col;
    if (by == CALC_OUTCOMES_ACCOUNT) {
        cols[k++] = account_col;
        cols[k++] = name_col;
    }
    memcpy(cols + k, rate_cols, sizeof rate_cols);
    kam_column *c[R_COLS + 2];
    kam_table *o = calc_out_new("outcomes", f->accounts, cols, k + R_COLS, c);
    if (by == CALC_OUTCOMES_ALL) push_rates(c, t.at, n, p->level);
    for (size_t i = 0, j; by != CALC_OUTCOMES_ALL && i < n; i = j) {
        for (j = i + 1; j < n && (by == CALC_OUTCOMES_REP ? by_rep : by_account)(&t.at[i], &t.at[j]) == 0;) j++;
        if (by == CALC_OUTCOMES_REP) kam_col_push_text(c[0], t.at[i].rep);
        else {
            kam_col_push_from(c[0], acc[CALC_ACC_CODE], t.at[i].row);
            kam_col_push_from(c[1], acc[CALC_ACC_NAME], t.at[i].row);
        }
        push_rates(c + k, t.at + i, j - i, p->level);
    }
    kam_table_seal(o);
    kam_free(t.at);
    *out = o;
    return KAM_OK;
}

/* --- opportunities ---------------------------------------------------------------------------------------------------- */

enum { O_ROW, O_CODE, O_NAME, O_RESULT, O_REP, O_COLS };
static const calc_use opp_use[O_COLS] = {{"row", KAM_INT, false}, {"opportunity", KAM_TEXT, false}, {"name", KAM_TEXT, true},
                                         {"result", KAM_TEXT, false}, {"rep", KAM_TEXT, false}};

typedef struct course { /* what talks on one opportunity came to; pointers into the sorted talks */
    int64_t talks, continuations;
    const talk *last, *progress, *refusal; /* refusal: the last one within the days */
} course;

/* talks sorted by_opp. */
static course follow(const talks *t, const char *opp, const calc_outcomes_params *p)
{
    course k = {0};
    size_t lo = 0, hi = t->n;
    while (lo < hi) {
        size_t mid = (lo + hi) / 2;
        if (cmp_text(t->at[mid].opp, opp) < 0) lo = mid + 1;
        else hi = mid;
    }
    for (; lo < t->n && cmp_text(t->at[lo].opp, opp) == 0; lo++) {
        const talk *x = &t->at[lo];
        k.last = x;
        if (x->outcome <= ADVANCE) k.progress = x;
        if (x->date <= p->asof - p->continuation_days) continue;
        k.talks++;
        k.continuations += x->outcome == CONTINUATION;
        if (x->outcome == REFUSAL) k.refusal = x;
    }
    return k;
}

static bool only_words(const course *k) { return k->talks > 0 && k->continuations == k->talks; }

static void say_course(kam_str *b, const course *k, const calc_outcomes_params *p)
{
    static const char *const act[2][2] = {{"an order", "订单"}, {"an advance", "进展"}};
    kam_str_clear(b);
    if (only_words(k)) calc_say(b, p->lang, &why_only, CALC_ARGS(calc_arg_int(k->talks), calc_arg_int(p->continuation_days)));
    else if (k->refusal && (!k->progress || k->progress->date < k->refusal->date))
        calc_say(b, p->lang, &why_refused, CALC_ARGS(calc_arg_day(k->refusal->date)));
    else if (k->talks == 0) calc_say(b, p->lang, &why_silent, CALC_ARGS(calc_arg_int(p->continuation_days)));
    else calc_say(b, p->lang, &why_progress, CALC_ARGS(calc_arg_day(k->progress->date), calc_arg_text(act[k->progress->outcome][p->lang == CALC_ZH])));
}

typedef struct deals {
    const kam_column *acc[CALC_ACC_COLS], *o[O_COLS];
    size_t accounts, n;
    talks t;
} deals;

static kam_rc deals_open(const calc_facts *f, const kam_table *table, kam_day asof, deals *d, kam_err *err)
{
    kam_rc rc = calc_use_accounts(f, false, d->acc, &d->accounts, err);
    if (!rc) rc = calc_use_table(f->opportunities, "opportunities", opp_use, O_COLS, d->o, err);
    if (!rc) rc = read_talks(table, d->accounts, asof, &d->t, err);
    if (rc) return rc;
    d->n = calc_use_rows(f->opportunities);
    if (d->t.n) qsort(d->t.at, d->t.n, sizeof *d->t.at, by_opp);
    return KAM_OK;
}

static void push_account(kam_column *c, const deals *d, size_t row)
{
    if (row == SIZE_MAX) kam_col_push_missing(c);
    else kam_col_push_from(c, d->acc[CALC_ACC_CODE], row);
}

kam_rc calc_outcomes_deals(const calc_facts *f, const kam_table *table, const calc_outcomes_params *p, kam_table **out, kam_err *err)
{
    enum { CODE, NAME, ACCOUNT, REP, TALKS, CONTINUATIONS, LAST, PROGRESS, FLAG, WHY, COLS };
    static const calc_col cols[COLS] = {
        {"opportunity", KAM_TEXT, "funnel.opportunity"}, {"name", KAM_TEXT, "funnel.name"}, {"account", KAM_TEXT, "classify.account"},
        {"rep", KAM_TEXT, "funnel.rep"},                 {"talks", KAM_INT, "outcomes.talks"}, {"continuations", KAM_INT, "outcomes.continuations"},
        {"last_talk", KAM_DAY, "outcomes.last_talk"},    {"last_progress", KAM_DAY, "outcomes.last_progress"}, {"flag", KAM_TEXT, "outcomes.flag"},
        {"why", KAM_TEXT, "classify.why"}};
    deals d;
    kam_rc rc = deals_open(f, table, p->asof, &d, err);
    if (rc) return rc;
    kam_column *c[COLS];
    kam_table *o = calc_out_new("outcomes.deals", f->accounts, cols, COLS, c);
    kam_str b = KAM_STR_INIT;
    int64_t unnamed = 0;
    for (size_t i = 0; i < d.t.n; i++) unnamed += !d.t.at[i].opp && d.t.at[i].date > p->asof - p->continuation_days;
    for (size_t i = 0; i < d.n; i++) {
        if (!calc_text_is(d.o[O_RESULT], i, "open")) continue;
        course k = follow(&d.t, kam_col_text(d.o[O_CODE], i), p);
        kam_col_push_from(c[CODE], d.o[O_CODE], i);
        kam_col_push_text(c[NAME], calc_text_at(d.o[O_NAME], i));
        push_account(c[ACCOUNT], &d, calc_row_at(d.o[O_ROW], i, d.accounts));
        kam_col_push_from(c[REP], d.o[O_REP], i);
        kam_col_push_int(c[TALKS], k.talks);
        kam_col_push_int(c[CONTINUATIONS], k.continuations);
        calc_push_opt(c[LAST], k.last != NULL, k.last ? k.last->date : 0);
        calc_push_opt(c[PROGRESS], k.progress != NULL, k.progress ? k.progress->date : 0);
        kam_col_push_text(c[FLAG], only_words(&k) ? "continuation-only" : NULL);
        say_course(&b, &k, p);
        kam_col_push_text(c[WHY], kam_str_cstr(&b));
    }
    if (unnamed) calc_note_say(o, p->lang, &note_unnamed, CALC_ARGS(calc_arg_int(unnamed), calc_arg_int(p->continuation_days)));
    kam_table_seal(o);
    kam_str_release(&b);
    kam_free(d.t.at);
    *out = o;
    return KAM_OK;
}

/* --- flags ------------------------------------------------------------------------------------------------------------ */

enum { G_FLAG, G_ACCOUNT, G_OPP, G_REP, G_DATE, G_EVIDENCE, G_NEXT, G_ID, G_COLS };
static const calc_col flag_cols[G_COLS] = {
    {"flag", KAM_TEXT, "outcomes.flag"}, {"account", KAM_TEXT, "classify.account"}, {"opportunity", KAM_TEXT, "funnel.opportunity"},
    {"rep", KAM_TEXT, "funnel.rep"},     {"date", KAM_DAY, "outcomes.date"},        {"evidence", KAM_TEXT, "outcomes.evidence"},
    {"next_step", KAM_TEXT, "outcomes.next_step"}, {"interaction", KAM_INT, "outcomes.interaction"}};

static void push_only_words(const deals *d, const calc_outcomes_params *p, kam_column **c, kam_str *b)
{
    for (size_t i = 0; i < d->n; i++) {
        if (!calc_text_is(d->o[O_RESULT], i, "open")) continue;
        course k = follow(&d->t, kam_col_text(d->o[O_CODE], i), p);
        if (!only_words(&k)) continue;
        say_course(b, &k, p);
        kam_col_push_text(c[G_FLAG], "continuation-only");
        push_account(c[G_ACCOUNT], d, calc_row_at(d->o[O_ROW], i, d->accounts));
        kam_col_push_from(c[G_OPP], d->o[O_CODE], i);
        kam_col_push_from(c[G_REP], d->o[O_REP], i);
        kam_col_push_int(c[G_DATE], k.last->date);
        kam_col_push_text(c[G_EVIDENCE], kam_str_cstr(b));
        kam_col_push_text(c[G_NEXT], calc_text_at(d->t.c[T_NEXT], k.last->at));
        calc_push_opt(c[G_ID], calc_known(d->t.c[T_ID], k.last->at), d->t.c[T_ID] ? kam_col_int(d->t.c[T_ID], k.last->at) : 0);
    }
}

static void push_unconfirmed(deals *d, const calc_outcomes_params *p, kam_column **c, kam_str *b)
{
    if (d->t.n) qsort(d->t.at, d->t.n, sizeof *d->t.at, by_date);
    for (size_t i = 0; i < d->t.n; i++) {
        const talk *x = &d->t.at[i];
        if (!x->unconfirmed || x->date <= p->asof - p->window_days) continue;
        kam_str_clear(b);
        calc_say(b, p->lang, &why_unconfirmed, CALC_ARGS(calc_arg_day(x->date)));
        kam_col_push_text(c[G_FLAG], "unconfirmed");
        push_account(c[G_ACCOUNT], d, x->row);
        kam_col_push_text(c[G_OPP], x->opp);
        kam_col_push_text(c[G_REP], x->rep);
        kam_col_push_int(c[G_DATE], x->date);
        kam_col_push_text(c[G_EVIDENCE], kam_str_cstr(b));
        kam_col_push_text(c[G_NEXT], calc_text_at(d->t.c[T_NEXT], x->at));
        calc_push_opt(c[G_ID], calc_known(d->t.c[T_ID], x->at), d->t.c[T_ID] ? kam_col_int(d->t.c[T_ID], x->at) : 0);
    }
}

kam_rc calc_outcomes_flags(const calc_facts *f, const kam_table *table, const calc_outcomes_params *p, kam_table **out, kam_err *err)
{
    deals d;
    kam_rc rc = deals_open(f, table, p->asof, &d, err);
    if (rc) return rc;
    kam_column *c[G_COLS];
    kam_table *o = calc_out_new("outcomes.flags", f->accounts, flag_cols, G_COLS, c);
    kam_str b = KAM_STR_INIT;
    push_only_words(&d, p, c, &b);
    push_unconfirmed(&d, p, c, &b);
    kam_table_seal(o);
    kam_str_release(&b);
    kam_free(d.t.at);
    *out = o;
    return KAM_OK;
}

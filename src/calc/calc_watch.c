/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calc_watch.h"
#include "calc_use.h"
#include "kam_mem.h"
#include <stdlib.h>
#include <string.h>

static const calc_text why_seen = {"watch.seen", "seen with {1} on {2}; no order with us for {3} days", "{2} 见于 {1}；已 {3} 天没有我方订单"};
static const calc_text why_never = {"watch.never", "seen with {1} on {2}; never ordered with us", "{2} 见于 {1}；从未向我方订货"};
static const calc_text note_unowned = {"watch.unowned", "left out, since nobody owns the account: {1}", "客户无负责人、未列入：{1} 条"};

enum { S_ROW, S_DATE, S_COMPETITOR, S_KIND, S_TRUTH, S_WHAT, S_ANSWERED, S_EXPLANATION, S_ID, S_COLS };
static const calc_use seen_use[S_COLS] = {
    {"row", KAM_INT, false},      {"date", KAM_DAY, false},       {"competitor", KAM_TEXT, false}, {"kind", KAM_TEXT, false},
    {"truth", KAM_TEXT, true},    {"what", KAM_TEXT, true},       {"answered_on", KAM_DAY, true},  {"explanation", KAM_TEXT, true},
    {"sighting", KAM_INT, true}};

enum { OVERDUE, OPEN, ANSWERED };
static const char *const statuses[] = {"overdue", "open", "answered"};

typedef struct entry {
    const char *rep, *account;
    size_t row, at;
    int status;
    kam_day date, list_on, due;
} entry;

static int in_order(const void *a, const void *b)
{
    const entry *x = a, *y = b;
    int cmp = strcmp(x->rep, y->rep);
    if (cmp) return cmp;
    if (x->status != y->status) return x->status - y->status;
    if (x->due != y->due) return x->due < y->due ? -1 : 1;
    cmp = strcmp(x->account, y->account);
    return cmp ? cmp : (x->at > y->at) - (x->at < y->at);
}

/* The first list drawn on or after the day. */
static kam_day list_after(kam_day d, int every)
{
    const kam_day first = 4; /* Monday 1970-01-05 */
    int64_t past = (d - first) % every;
    if (past < 0) past += every;
    return past == 0 ? d : d + every - past;
}

static kam_rc read_owners(const kam_table *owners, size_t n, const char ***out, kam_err *err)
{
    static const calc_use want[] = {{"row", KAM_INT, false}, {"owner", KAM_TEXT, false}};
    const kam_column *c[2];
    kam_rc rc = calc_use_table(owners, "owners", want, 2, c, err);
    if (rc) return rc;
    const char **owner = kam_calloc(n + 1, sizeof *owner);
    for (size_t r = 0, rows = calc_use_rows(owners); r < rows; r++) {
        size_t i = calc_row_at(c[0], r, n);
        if (i != SIZE_MAX) owner[i] = calc_text_at(c[1], r);
    }
    *out = owner;
    return KAM_OK;
}

static bool counts(const kam_column **s, size_t r, const calc_watch_params *p)
{
    if (!calc_known(s[S_DATE], r) || kam_col_int(s[S_DATE], r) > p->asof || calc_text_is(s[S_TRUTH], r, "false")) return false;
    return calc_text_is(s[S_KIND], r, "order") || calc_text_is(s[S_KIND], r, "advert");
}

enum { L_REP, L_ACCOUNT, L_NAME, L_STATUS, L_COMPETITOR, L_KIND, L_DATE, L_WHAT, L_LIST, L_DUE, L_LATE, L_LAST, L_WHY, L_EXPLANATION, L_ID, L_COLS };
static const calc_col list_cols[L_COLS] = {
    {"rep", KAM_TEXT, "funnel.rep"},       {"account", KAM_TEXT, "classify.account"}, {"name", KAM_TEXT, "classify.name"},
    {"status", KAM_TEXT, "watch.status"},  {"competitor", KAM_TEXT, "watch.competitor"}, {"kind", KAM_TEXT, "sighting.kind"},
    {"date", KAM_DAY, "watch.date"},       {"what", KAM_TEXT, "watch.what"},          {"list_on", KAM_DAY, "watch.list_on"},
    {"due", KAM_DAY, "watch.due"},         {"days_late", KAM_INT, "watch.days_late"}, {"last_order", KAM_DAY, "watch.last_order"},
    {"why", KAM_TEXT, "classify.why"},     {"explanation", KAM_TEXT, "watch.explanation"}, {"sighting", KAM_INT, "watch.sighting"}};

static void push_entry(const entry *e, const calc_facts *f, const kam_column **acc, const kam_column **s, const calc_watch_params *p,
                       kam_column **c, kam_str *b)
{
    calc_buys buys = {0};
    if (f->ledger) calc_buys_scan(f->ledger, e->row, p->asof, p->current_days, &buys);
    kam_col_push_text(c[L_REP], e->rep);
    kam_col_push_text(c[L_ACCOUNT], e->account);
    kam_col_push_from(c[L_NAME], acc[CALC_ACC_NAME], e->row);
    kam_col_push_text(c[L_STATUS], statuses[e->status]);
    kam_col_push_from(c[L_COMPETITOR], s[S_COMPETITOR], e->at);
    kam_col_push_from(c[L_KIND], s[S_KIND], e->at);
    kam_col_push_int(c[L_DATE], e->date);
    kam_col_push_text(c[L_WHAT], calc_text_at(s[S_WHAT], e->at));
    kam_col_push_int(c[L_LIST], e->list_on);
    kam_col_push_int(c[L_DUE], e->due);
    calc_push_opt(c[L_LATE], e->status == OVERDUE, p->asof - e->due);
    calc_push_opt(c[L_LAST], buys.days > 0, buys.last);
    calc_push_say(c[L_WHY], b, p->lang, buys.days ? &why_seen : &why_never,
                  CALC_ARGS(calc_arg_text(calc_text_at(s[S_COMPETITOR], e->at)), calc_arg_day(e->date), calc_arg_int(p->asof - buys.last)));
    kam_col_push_text(c[L_EXPLANATION], calc_text_at(s[S_EXPLANATION], e->at));
    calc_push_opt(c[L_ID], calc_known(s[S_ID], e->at), s[S_ID] ? kam_col_int(s[S_ID], e->at) : 0);
}

/* Entries of the list, unsorted; *unowned counts those without an owner. */
static entry *find_entries(const calc_facts *f, const kam_column **acc, size_t accounts, const kam_column **s, size_t rows,
                           const char **owner, const calc_watch_params *p, size_t *n, int64_t *unowned)
{
    entry *e = kam_calloc(rows + 1, sizeof *e);
    *n = 0;
    *unowned = 0;
    for (size_t r = 0; r < rows; r++) {
        size_t i = calc_row_at(s[S_ROW], r, accounts);
        calc_buys buys = {0};
        if (i == SIZE_MAX || !counts(s, r, p)) continue;
        kam_day date = kam_col_int(s[S_DATE], r);
        bool answered = calc_known(s[S_ANSWERED], r) && kam_col_int(s[S_ANSWERED], r) <= p->asof;
        if (answered && date <= p->asof - p->current_days) continue;
        if (f->ledger) calc_buys_scan(f->ledger, i, p->asof, p->current_days, &buys);
        if (buys.window_days > 0) continue;
        if (!owner[i]) {
            ++*unowned;
            continue;
        }
        kam_day list_on = list_after(date, p->every_days), due = list_on + p->answer_days;
        e[(*n)++] = (entry){owner[i], kam_col_text(acc[CALC_ACC_CODE], i), i, r,
                            answered ? ANSWERED : p->asof > due ? OVERDUE : OPEN, date, list_on, due};
    }
    return e;
}

kam_rc calc_watch(const calc_facts *f, const kam_table *seen, const kam_table *owners, const calc_watch_params *p, kam_table **out,
                  kam_err *err)
{
    const kam_column *acc[CALC_ACC_COLS], *s[S_COLS];
    const char **owner = NULL;
    size_t accounts, n;
    int64_t unowned;
    kam_rc rc = calc_use_accounts(f, f->ledger != NULL, acc, &accounts, err);
    if (!rc) rc = calc_use_table(seen, "sightings", seen_use, S_COLS, s, err);
    if (!rc) rc = read_owners(owners, accounts, &owner, err);
    if (rc) return rc;
    entry *e = find_entries(f, acc, accounts, s, calc_use_rows(seen), owner, p, &n, &unowned);
    if (n) qsort(e, n, sizeof *e, in_order);
    kam_column *c[L_COLS];
    kam_table *t = calc_out_new("watch.list", f->accounts, list_cols, L_COLS, c);
    kam_str b = KAM_STR_INIT;
    for (size_t i = 0; i < n; i++) push_entry(&e[i], f, acc, s, p, c, &b);
    if (unowned) calc_note_say(t, p->lang, &note_unowned, CALC_ARGS(calc_arg_int(unowned)));
    kam_table_seal(t);
    kam_str_release(&b);
    kam_free(owner);
    kam_free(e);
    *out = t;
    return KAM_OK;
}

/* --- rivals ------------------------------------------------------------------------------------------------------------ */

typedef struct rival { /* one fact; runs of an account and competitor are added up */
    size_t row;
    const char *competitor;
    int64_t orders, adverts, rumours, open, won, lost, amount;
    bool seen, has_amount;
    kam_day last;
} rival;

static int by_rival(const void *a, const void *b)
{
    const rival *x = a, *y = b;
    if (x->row != y->row) return x->row < y->row ? -1 : 1;
    return strcmp(x->competitor, y->competitor);
}

static size_t seen_facts(const kam_column **s, size_t rows, size_t accounts, kam_day asof, rival *out)
{
    size_t n = 0;
    for (size_t r = 0; r < rows; r++) {
        rival x = {.row = calc_row_at(s[S_ROW], r, accounts), .competitor = calc_text_at(s[S_COMPETITOR], r), .seen = true};
        if (x.row == SIZE_MAX || !x.competitor || !calc_known(s[S_DATE], r) || calc_text_is(s[S_TRUTH], r, "false")) continue;
        x.last = kam_col_int(s[S_DATE], r);
        if (x.last > asof) continue;
        x.orders = calc_text_is(s[S_KIND], r, "order");
        x.adverts = calc_text_is(s[S_KIND], r, "advert");
        x.rumours = calc_text_is(s[S_KIND], r, "rumour");
        out[n++] = x;
    }
    return n;
}

static kam_rc deal_facts(const calc_facts *f, const kam_table *rivals, size_t accounts, rival *out, size_t *n, kam_err *err)
{
    static const calc_use opp_use[] = {{"row", KAM_INT, false}, {"result", KAM_TEXT, false}, {"amount", KAM_MONEY, false}};
    static const calc_use rival_use[] = {{"opportunity", KAM_INT, false}, {"competitor", KAM_TEXT, false}};
    const kam_column *o[3], *v[2];
    kam_rc rc = calc_use_table(f->opportunities, "opportunities", opp_use, 3, o, err);
    if (!rc) rc = calc_use_table(rivals, "rivals", rival_use, 2, v, err);
    if (rc) return rc;
    for (size_t r = 0, rows = calc_use_rows(rivals); r < rows; r++) {
        size_t i = calc_row_at(v[0], r, calc_use_rows(f->opportunities));
        if (i == SIZE_MAX) continue;
        rival x = {.row = calc_row_at(o[0], i, accounts), .competitor = calc_text_at(v[1], r)};
        if (x.row == SIZE_MAX || !x.competitor) continue;
        x.won = calc_text_is(o[1], i, "won");
        x.lost = calc_text_is(o[1], i, "lost");
        x.open = !x.won && !x.lost;
        x.has_amount = x.open && calc_known(o[2], i);
        x.amount = x.has_amount ? kam_col_int(o[2], i) : 0;
        out[(*n)++] = x;
    }
    return KAM_OK;
}

enum { V_ACCOUNT, V_NAME, V_COMPETITOR, V_ORDERS, V_ADVERTS, V_RUMOURS, V_LAST, V_OPEN, V_AMOUNT, V_WON, V_LOST, V_COLS };
static const calc_col rival_cols[V_COLS] = {
    {"account", KAM_TEXT, "classify.account"}, {"name", KAM_TEXT, "classify.name"},     {"competitor", KAM_TEXT, "watch.competitor"},
    {"orders", KAM_INT, "watch.orders"},       {"adverts", KAM_INT, "watch.adverts"},   {"rumours", KAM_INT, "watch.rumours"},
    {"last_seen", KAM_DAY, "watch.last_seen"}, {"open_deals", KAM_INT, "watch.open_deals"}, {"open_amount", KAM_MONEY, "watch.open_amount"},
    {"won_deals", KAM_INT, "watch.won_deals"}, {"lost_deals", KAM_INT, "watch.lost_deals"}};

static void push_rival(const rival *at, size_t n, const kam_column **acc, kam_column **c)
{
    rival sum = {0};
    for (size_t i = 0; i < n; i++) {
        const rival *x = &at[i];
        sum.orders += x->orders;
        sum.adverts += x->adverts;
        sum.rumours += x->rumours;
        sum.open += x->open;
        sum.won += x->won;
        sum.lost += x->lost;
        sum.amount += x->amount;
        sum.has_amount |= x->has_amount;
        if (x->seen && (!sum.seen || x->last > sum.last)) sum.last = x->last;
        sum.seen |= x->seen;
    }
    kam_col_push_from(c[V_ACCOUNT], acc[CALC_ACC_CODE], at->row);
    kam_col_push_from(c[V_NAME], acc[CALC_ACC_NAME], at->row);
    kam_col_push_text(c[V_COMPETITOR], at->competitor);
    kam_col_push_int(c[V_ORDERS], sum.orders);
    kam_col_push_int(c[V_ADVERTS], sum.adverts);
    kam_col_push_int(c[V_RUMOURS], sum.rumours);
    calc_push_opt(c[V_LAST], sum.seen, sum.last);
    kam_col_push_int(c[V_OPEN], sum.open);
    calc_push_opt(c[V_AMOUNT], sum.has_amount || sum.open == 0, sum.amount);
    kam_col_push_int(c[V_WON], sum.won);
    kam_col_push_int(c[V_LOST], sum.lost);
}

kam_rc calc_watch_rivals(const calc_facts *f, const kam_table *seen, const kam_table *rivals, const calc_watch_params *p,
                         kam_table **out, kam_err *err)
{
    const kam_column *acc[CALC_ACC_COLS], *s[S_COLS];
    size_t accounts;
    kam_rc rc = calc_use_accounts(f, false, acc, &accounts, err);
    if (!rc) rc = calc_use_table(seen, "sightings", seen_use, S_COLS, s, err);
    if (rc) return rc;
    rival *at = kam_calloc(calc_use_rows(seen) + calc_use_rows(rivals) + 1, sizeof *at);
    size_t n = seen_facts(s, calc_use_rows(seen), accounts, p->asof, at);
    rc = deal_facts(f, rivals, accounts, at, &n, err);
    if (!rc) {
        kam_column *c[V_COLS];
        kam_table *t = calc_out_new("watch.rivals", f->accounts, rival_cols, V_COLS, c);
        if (n) qsort(at, n, sizeof *at, by_rival);
        for (size_t i = 0, j; i < n; i = j) {
            for (j = i + 1; j < n && by_rival(&at[i], &at[j]) == 0;) j++;
            push_rival(at + i, j - i, acc, c);
        }
        kam_table_seal(t);
        *out = t;
    }
    kam_free(at);
    return rc;
}

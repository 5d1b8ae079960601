/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calc_coverage.h"
#include "calc_run_int.h"
#include "kam_mem.h"
#include <stdlib.h>

static const calc_text why_over_capacity = {"coverage.over-capacity", "{1} owned, capacity is {2}", "负责 {1} 个客户，容量为 {2}"};
static const calc_text why_over = {"coverage.over", "{1} owned, more than {2}", "负责 {1} 个客户，多于 {2}"};
static const calc_text why_under = {"coverage.under", "{1} owned, fewer than {2}", "负责 {1} 个客户，少于 {2}"};
static const calc_text why_within = {"coverage.within", "{1} owned, room for {2} more", "负责 {1} 个客户，还可接 {2} 个"};
static const calc_text why_unowned = {"coverage.unowned", "without an owner: {1}; see `allocation list`", "{1} 个客户无人负责，见 allocation list"};
static const calc_text acc_unowned = {"coverage.no-owner", "nobody owns it", "无人负责"};
static const calc_text acc_never = {"coverage.never", "owned by {1}, never touched", "由{1}负责，从未接触"};
static const calc_text acc_unworked = {"coverage.unworked", "owned by {1}, not touched for {2} days", "由{1}负责，已 {2} 天未接触"};
static const calc_text acc_owned = {"coverage.owned", "owned by {1}, touched {2} days ago", "由{1}负责，{2} 天前有接触"};

enum { STATUS_OWNED, STATUS_UNWORKED, STATUS_UNOWNED };
static const char *const status_keys[] = {"owned", "unworked", "unowned"};

/* The inputs read once: who owns and sponsors what, and when it was touched last. */
typedef struct loads {
    size_t n, n_reps;
    const kam_column *code, *name, *known, *rep, *rep_name, *executive, *capacity, *key_class;
    const char **owner, **sponsor; /* codes, lent; NULL: nobody */
    size_t *owner_at, *sponsor_at; /* rows of reps; SIZE_MAX: nobody (or not in reps) */
    bool *touched;
    kam_day *last;
} loads;

static void release(loads *l)
{
    kam_free(l->owner);
    kam_free(l->sponsor);
    kam_free(l->owner_at);
    kam_free(l->sponsor_at);
    kam_free(l->touched);
    kam_free(l->last);
}

static void read_touched(const kam_column *const c[2], size_t rows, loads *l)
{
    for (size_t r = 0; r < rows; r++) {
        size_t i = calc_row_at(c[0], r, l->n);
        if (i == SIZE_MAX || !calc_known(c[1], r)) continue;
        if (!l->touched[i] || kam_col_int(c[1], r) > l->last[i]) l->last[i] = kam_col_int(c[1], r);
        l->touched[i] = true;
    }
}

static kam_rc read_loads(const calc_coverage_in *in, loads *l, kam_err *err)
{
    static const calc_use acc[] = {{"account", KAM_TEXT, false}, {"name", KAM_TEXT, false}, {"known_since", KAM_DAY, true}};
    static const calc_use own[] = {{"row", KAM_INT, false}, {"owner", KAM_TEXT, true}, {"sponsor", KAM_TEXT, true}};
    static const calc_use rep[] = {{"rep", KAM_TEXT, false}, {"name", KAM_TEXT, false}, {"executive", KAM_FLAG, true}, {"capacity", KAM_INT, true}};
    static const calc_use key[] = {{"class", KAM_TEXT, false}}, tou[] = {{"row", KAM_INT, false}, {"date", KAM_DAY, false}};
    const kam_column *a[3], *o[3], *r[4], *k[1], *t[2];
    kam_rc rc = calc_use_table(in->accounts, "accounts", acc, 3, a, err);
    if (!rc) rc = calc_use_table(in->owners, "owners", own, 3, o, err);
    if (!rc) rc = calc_use_table(in->reps, "reps", rep, 4, r, err);
    if (!rc) rc = calc_use_table(in->key, "key", key, 1, k, err);
    if (!rc) rc = calc_use_table(in->touched, "touched", tou, 2, t, err);
    if (rc) return rc;
    *l = (loads){.n = calc_use_rows(in->accounts), .n_reps = calc_use_rows(in->reps), .code = a[0], .name = a[1], .known = a[2],
                 .rep = r[0], .rep_name = r[1], .executive = r[2], .capacity = r[3], .key_class = k[0]};
    l->owner = kam_calloc(l->n + 1, sizeof *l->owner);
    l->sponsor = kam_calloc(l->n + 1, sizeof *l->sponsor);
    l->owner_at = kam_calloc(l->n + 1, sizeof *l->owner_at);
    l->sponsor_at = kam_calloc(l->n + 1, sizeof *l->sponsor_at);
    l->touched = kam_calloc(l->n + 1, sizeof *l->touched);
    l->last = kam_calloc(l->n + 1, sizeof *l->last);
    for (size_t i = 0; i < l->n; i++) l->owner_at[i] = l->sponsor_at[i] = SIZE_MAX;
    for (size_t q = 0; q < calc_use_rows(in->owners); q++) {
        size_t i = calc_row_at(o[0], q, l->n);
        if (i == SIZE_MAX) continue;
        l->owner[i] = calc_text_at(o[1], q);
        l->sponsor[i] = calc_text_at(o[2], q);
        l->owner_at[i] = calc_run_find(l->rep, l->owner[i]);
        l->sponsor_at[i] = calc_run_find(l->rep, l->sponsor[i]);
    }
    read_touched(t, calc_use_rows(in->touched), l);
    return KAM_OK;
}

static bool is_key(const loads *l, size_t i) { return calc_text_is(l->key_class, i, "key"); }

static int status_of(const loads *l, size_t i, const calc_coverage_params *p)
{
    if (!l->owner[i]) return STATUS_UNOWNED;
    if (l->touched[i]) return l->last[i] > p->asof - p->unworked_days ? STATUS_OWNED : STATUS_UNWORKED;
    /* Somebody who came to us lately has had no time to be worked. */
    return calc_known(l->known, i) && kam_col_int(l->known, i) > p->asof - p->unworked_days ? STATUS_OWNED : STATUS_UNWORKED;
}

/* --- E1 ------------------------------------------------------------------------------------------------------------- */

int64_t calc_rep_limit(bool has_capacity, int64_t capacity, int high)
{
    return has_capacity && capacity < high ? capacity : high;
}

int64_t calc_rep_most(bool has_capacity, int64_t capacity, int high)
{
    return has_capacity ? capacity : high;
}

typedef struct rep_sum {
    int64_t accounts, key, unworked;
    kam_day last;
    bool touched;
} rep_sum;

static void add_account(const loads *l, size_t i, const calc_coverage_params *p, rep_sum *s)
{
    s->accounts++;
    s->key += is_key(l, i);
    s->unworked += status_of(l, i, p) == STATUS_UNWORKED;
    if (l->touched[i] && (!s->touched || l->last[i] > s->last)) s->last = l->last[i];
    s->touched |= l->touched[i];
}

enum { R_REP, R_NAME, R_ACCOUNTS, R_KEY, R_CAPACITY, R_ROOM, R_STATUS, R_UNWORKED, R_LAST, R_WHY, R_COLS };
static const calc_col rep_cols[R_COLS] = {
    {"rep", KAM_TEXT, "run.rep"},           {"name", KAM_TEXT, "run.rep_name"},      {"accounts", KAM_INT, "run.accounts"},
    {"key_accounts", KAM_INT, "run.key_accounts"}, {"capacity", KAM_INT, "run.capacity"}, {"room", KAM_INT, "run.room"},
    {"status", KAM_TEXT, "run.coverage.status"}, {"unworked", KAM_INT, "run.unworked"}, {"last_contact", KAM_DAY, "run.last_contact"},
    {"why", KAM_TEXT, "run.why"}};

static void push_rep(kam_column **c, kam_str *buf, const loads *l, size_t r, const rep_sum *s, const calc_coverage_params *p)
{
    bool has = calc_known(l->capacity, r);
    int64_t cap = has ? kam_col_int(l->capacity, r) : 0, limit = calc_rep_limit(has, cap, p->high), low = limit < p->low ? limit : p->low;
    const calc_text *why = &why_within;
    const char *status = "within";
    int64_t beside = calc_rep_most(has, cap, p->high) - s->accounts;
    if (s->accounts > limit) {
        status = "over";
        why = has && limit == cap ? &why_over_capacity : &why_over;
        beside = limit;
    } else if (s->accounts < low) {
        status = "under";
        why = &why_under;
        beside = low;
    }
    kam_col_push_from(c[R_REP], l->rep, r);
    kam_col_push_from(c[R_NAME], l->rep_name, r);
    kam_col_push_int(c[R_ACCOUNTS], s->accounts);
    calc_push_opt(c[R_KEY], l->key_class != NULL, s->key);
    calc_push_opt(c[R_CAPACITY], has, cap);
    kam_col_push_int(c[R_ROOM], calc_rep_most(has, cap, p->high) - s->accounts);
    kam_col_push_text(c[R_STATUS], status);
    kam_col_push_int(c[R_UNWORKED], s->unworked);
    calc_push_opt(c[R_LAST], s->touched, s->last);
    calc_push_say(c[R_WHY], buf, p->lang, why, CALC_ARGS(calc_arg_int(s->accounts), calc_arg_int(beside)));
}

static void push_unowned(kam_column **c, kam_str *buf, const loads *l, const rep_sum *s, calc_lang lang)
{
    static const int none[] = {R_REP, R_NAME, R_CAPACITY, R_ROOM, R_UNWORKED};
    for (size_t k = 0; k < CALC_COUNT(none); k++) kam_col_push_missing(c[none[k]]);
    kam_col_push_int(c[R_ACCOUNTS], s->accounts);
    calc_push_opt(c[R_KEY], l->key_class != NULL, s->key);
    kam_col_push_text(c[R_STATUS], "unowned");
    calc_push_opt(c[R_LAST], s->touched, s->last);
    calc_push_say(c[R_WHY], buf, lang, &why_unowned, CALC_ARGS(calc_arg_int(s->accounts)));
}

kam_rc calc_coverage_reps(const calc_coverage_in *in, const calc_coverage_params *p, kam_table **out, kam_err *err)
{
    loads l;
    kam_rc rc = read_loads(in, &l, err);
    if (rc) return rc;
    rep_sum *sum = kam_calloc(l.n_reps + 1, sizeof *sum);
    for (size_t i = 0; i < l.n; i++) add_account(&l, i, p, &sum[l.owner_at[i] == SIZE_MAX ? l.n_reps : l.owner_at[i]]);
    kam_column *c[R_COLS];
    kam_table *t = calc_out_new("run.coverage.reps", in->accounts, rep_cols, R_COLS, c);
    kam_str buf = KAM_STR_INIT;
    for (size_t r = 0; r < l.n_reps; r++)
        if (sum[r].accounts || !calc_known(l.executive, r) || !kam_col_int(l.executive, r)) push_rep(c, &buf, &l, r, &sum[r], p);
    if (sum[l.n_reps].accounts) push_unowned(c, &buf, &l, &sum[l.n_reps], p->lang);
    kam_str_release(&buf);
    kam_free(sum);
    release(&l);
    return calc_out_done(t, out, err);
}

enum { A_ACCOUNT, A_NAME, A_OWNER, A_SPONSOR, A_STATUS, A_KEY, A_LAST, A_DAYS, A_WHY, A_COLS };
static const calc_col account_cols[A_COLS] = {
    {"account", KAM_TEXT, "run.account"}, {"name", KAM_TEXT, "run.name"},           {"owner", KAM_TEXT, "run.owner"},
    {"sponsor", KAM_TEXT, "run.sponsor"}, {"status", KAM_TEXT, "run.coverage.status"}, {"key", KAM_FLAG, "run.key"},
    {"last_contact", KAM_DAY, "run.last_contact"}, {"days", KAM_INT, "run.days_since"}, {"why", KAM_TEXT, "run.why"}};

kam_rc calc_coverage_accounts(const calc_coverage_in *in, const calc_coverage_params *p, kam_table **out, kam_err *err)
{
    loads l;
    kam_rc rc = read_loads(in, &l, err);
    if (rc) return rc;
    kam_column *c[A_COLS];
    kam_table *t = calc_out_new("run.coverage.accounts", in->accounts, account_cols, A_COLS, c);
    kam_str buf = KAM_STR_INIT;
    for (size_t i = 0; i < l.n && calc_goes_on(t, i, l.n); i++) {
        int status = status_of(&l, i, p);
        const calc_text *why = status == STATUS_UNOWNED ? &acc_unowned : !l.touched[i] ? &acc_never : status == STATUS_OWNED ? &acc_owned : &acc_unworked;
        kam_col_push_from(c[A_ACCOUNT], l.code, i);
        kam_col_push_from(c[A_NAME], l.name, i);
        kam_col_push_text(c[A_OWNER], l.owner[i]);
        kam_col_push_text(c[A_SPONSOR], l.sponsor[i]);
        kam_col_push_text(c[A_STATUS], status_keys[status]);
        calc_push_opt(c[A_KEY], calc_known(l.key_class, i), is_key(&l, i));
        calc_push_opt(c[A_LAST], l.touched[i], l.last[i]);
        calc_push_opt(c[A_DAYS], l.touched[i], p->asof - l.last[i]);
        calc_push_say(c[A_WHY], &buf, p->lang, why, CALC_ARGS(calc_arg_text(l.owner[i]), calc_arg_int(p->asof - l.last[i])));
    }
    kam_str_release(&buf);
    release(&l);
    return calc_out_done(t, out, err);
}

/* --- E2 ------------------------------------------------------------------------------------------------------------- */

static const calc_text why_sponsor = {"coverage.sponsor", "{1} of {2} duty calls overdue; {3} of {4} complaints settled",
                                      "{2} 个客户中 {1} 个例行拜访逾期；上报 {4} 件投诉，已解决 {3} 件"};
static const calc_text duty_never = {"coverage.duty-never", "no duty call by {1} on record", "没有{1}的例行拜访记录"};
static const calc_text duty_late = {"coverage.duty-late", "{1} called last on {2}, due on {3}", "{1}上次拜访在 {2}，应于 {3} 前再访"};
static const calc_text duty_kept = {"coverage.duty-kept", "{1} called on {2}, next due on {3}", "{1}于 {2} 拜访，下次不晚于 {3}"};

typedef struct exec_sum {
    int64_t accounts, calls, overdue, deals, followed, escalated, settled;
    double hours;
    bool has_hours;
} exec_sum;

/* Last duty call of each account's sponsor, and what every rep did with customers in the window. */
static kam_rc read_work(const calc_coverage_in *in, const calc_coverage_params *p, const loads *l, kam_day *call, bool *called, exec_sum *sum,
                        kam_err *err)
{
    enum { ROW, DATE, KIND, REP, HOURS, DUTY, RESOLVED, OWNER, COLS };
    static const calc_use want[COLS] = {{"row", KAM_INT, false},      {"date", KAM_DAY, false},   {"kind", KAM_TEXT, false},
                                        {"rep", KAM_TEXT, false},     {"hours", KAM_REAL, false}, {"duty_call", KAM_FLAG, false},
                                        {"resolved_on", KAM_DAY, false}, {"owner", KAM_TEXT, false}};
    const kam_column *c[COLS];
    kam_rc rc = calc_use_table(in->work, "work", want, COLS, c, err);
    if (rc) return rc;
    for (size_t r = 0, rows = calc_use_rows(in->work); r < rows; r++) {
        size_t i = calc_row_at(c[ROW], r, l->n), who = calc_run_find(l->rep, calc_text_at(c[REP], r));
        if (i == SIZE_MAX || !calc_known(c[DATE], r)) continue;
        kam_day day = kam_col_int(c[DATE], r);
        bool window = day > p->asof - p->window_days, duty = calc_known(c[DUTY], r) && kam_col_int(c[DUTY], r);
        if (duty && who != SIZE_MAX && who == l->sponsor_at[i] && (!called[i] || day > call[i])) {
            called[i] = true;
            call[i] = day;
        }
        if (!window) continue;
        if (calc_text_is(c[KIND], r, "complaint")) {
            size_t desk = calc_run_find(l->rep, calc_text_at(c[OWNER], r));
            if (desk == SIZE_MAX) continue;
            sum[desk].escalated++;
            sum[desk].settled += calc_known(c[RESOLVED], r);
            continue;
        }
        if (who == SIZE_MAX) continue;
        sum[who].calls += duty;
        if (calc_known(c[HOURS], r)) {
            sum[who].hours += kam_col_real(c[HOURS], r);
            sum[who].has_hours = true;
        }
    }
    return KAM_OK;
}

static int by_text(const void *a, const void *b) { return strcmp(*(const char *const *)a, *(const char *const *)b); }

/* Open deals at sponsored accounts, and those the sponsor met somebody about in the window. */
static kam_rc read_deals(const calc_coverage_in *in, const calc_coverage_params *p, const loads *l, exec_sum *sum, kam_err *err)
{
    static const calc_use want[] = {{"row", KAM_INT, false}, {"opportunity", KAM_TEXT, false}, {"result", KAM_TEXT, false}};
    static const calc_use talk[] = {{"date", KAM_DAY, false}, {"rep", KAM_TEXT, false}, {"opportunity", KAM_TEXT, false}};
    const kam_column *c[3], *w[3];
    kam_rc rc = calc_use_table(in->opportunities, "opportunities", want, 3, c, err);
    if (!rc) rc = calc_use_table(in->work, "work", talk, 3, w, err);
    if (rc) return rc;
    size_t rows = calc_use_rows(in->opportunities), n = 0;
    const char **met = kam_calloc(calc_use_rows(in->work) + 1, sizeof *met);
    for (size_t r = 0; r < l->n_reps; r++) {
        if (!sum[r].accounts) continue;
        n = 0;
        for (size_t k = 0; k < calc_use_rows(in->work); k++)
            if (calc_text_is(w[1], k, kam_col_text(l->rep, r)) && calc_known(w[2], k) && kam_col_int(w[0], k) > p->asof - p->window_days)
                met[n++] = kam_col_text(w[2], k);
        if (n) qsort(met, n, sizeof *met, by_text);
        for (size_t k = 0; k < rows; k++) {
            size_t i = calc_row_at(c[0], k, l->n);
            if (i == SIZE_MAX || l->sponsor_at[i] != r || !calc_text_is(c[2], k, "open")) continue;
            const char *code = kam_col_text(c[1], k);
            sum[r].deals++;
            sum[r].followed += n && bsearch(&code, met, n, sizeof *met, by_text) != NULL;
        }
    }
    kam_free(met);
    return KAM_OK;
}

/* Never called: due today; since when the sponsor has owed one is not on record. */
static kam_day due_on(bool called, kam_day call, const calc_coverage_params *p) { return called ? call + p->duty_days : p->asof; }
static bool is_overdue(bool called, kam_day call, const calc_coverage_params *p) { return !called || call <= p->asof - p->duty_days; }

enum { S_REP, S_NAME, S_ACCOUNTS, S_CALLS, S_OVERDUE, S_DEALS, S_FOLLOWED, S_ESCALATED, S_SETTLED, S_HOURS, S_EACH, S_WHY, S_COLS };
static const calc_col sponsor_cols[S_COLS] = {
    {"rep", KAM_TEXT, "run.rep"},           {"name", KAM_TEXT, "run.rep_name"},      {"accounts", KAM_INT, "run.sponsored"},
    {"duty_calls", KAM_INT, "run.duty_calls"}, {"overdue", KAM_INT, "run.overdue"},  {"deals", KAM_INT, "run.deals"},
    {"deals_followed", KAM_INT, "run.deals_followed"}, {"escalated", KAM_INT, "run.escalated"}, {"settled", KAM_INT, "run.settled"},
    {"hours", KAM_REAL, "run.hours"},       {"hours_per_account", KAM_REAL, "run.hours_per_account"}, {"why", KAM_TEXT, "run.why"}};

static void push_sponsor(kam_column **c, kam_str *buf, const loads *l, size_t r, const exec_sum *s, calc_lang lang)
{
    kam_col_push_from(c[S_REP], l->rep, r);
    kam_col_push_from(c[S_NAME], l->rep_name, r);
    const int64_t v[] = {s->accounts, s->calls, s->overdue, s->deals, s->followed, s->escalated, s->settled};
    for (int k = 0; k < 7; k++) kam_col_push_int(c[S_ACCOUNTS + k], v[k]);
    if (s->has_hours) kam_col_push_real(c[S_HOURS], s->hours);
    else kam_col_push_missing(c[S_HOURS]);
    if (s->has_hours && s->accounts) kam_col_push_real(c[S_EACH], s->hours / (double)s->accounts);
    else kam_col_push_missing(c[S_EACH]);
    calc_push_say(c[S_WHY], buf, lang, &why_sponsor,
                  CALC_ARGS(calc_arg_int(s->overdue), calc_arg_int(s->accounts), calc_arg_int(s->settled), calc_arg_int(s->escalated)));
}

kam_rc calc_coverage_sponsors(const calc_coverage_in *in, const calc_coverage_params *p, kam_table **out, kam_err *err)
{
    loads l;
    kam_rc rc = read_loads(in, &l, err);
    if (rc) return rc;
    exec_sum *sum = kam_calloc(l.n_reps + 1, sizeof *sum);
    kam_day *call = kam_calloc(l.n + 1, sizeof *call);
    bool *called = kam_calloc(l.n + 1, sizeof *called);
    rc = read_work(in, p, &l, call, called, sum, err);
    for (size_t i = 0; !rc && i < l.n; i++) {
        if (l.sponsor_at[i] == SIZE_MAX) continue;
        sum[l.sponsor_at[i]].accounts++;
        sum[l.sponsor_at[i]].overdue += is_overdue(called[i], call[i], p);
    }
    if (!rc) rc = read_deals(in, p, &l, sum, err);
    if (!rc) {
        kam_column *c[S_COLS];
        kam_table *t = calc_out_new("run.coverage.sponsors", in->accounts, sponsor_cols, S_COLS, c);
        kam_str buf = KAM_STR_INIT;
        for (size_t r = 0; r < l.n_reps; r++)
            if (sum[r].accounts || (calc_known(l.executive, r) && kam_col_int(l.executive, r))) push_sponsor(c, &buf, &l, r, &sum[r], p->lang);
        kam_str_release(&buf);
        rc = calc_out_done(t, out, err);
    }
    kam_free(sum);
    kam_free(call);
    kam_free(called);
    release(&l);
    return rc;
}

enum { D_ACCOUNT, D_NAME, D_SPONSOR, D_CALL, D_DUE, D_OVERDUE, D_STATUS, D_WHY, D_COLS };
static const calc_col duty_cols[D_COLS] = {
    {"account", KAM_TEXT, "run.account"},  {"name", KAM_TEXT, "run.name"},    {"sponsor", KAM_TEXT, "run.sponsor"},
    {"last_call", KAM_DAY, "run.last_call"}, {"due_on", KAM_DAY, "run.due_on"}, {"overdue_days", KAM_INT, "run.overdue_days"},
    {"status", KAM_TEXT, "run.duty.status"}, {"why", KAM_TEXT, "run.why"}};

static kam_table *most_overdue_first(kam_table *t)
{
    const size_t by[] = {D_STATUS, D_OVERDUE, D_ACCOUNT};
    const bool down[] = {true, true, false};
    kam_table_seal(t);
    size_t *order = kam_table_order(t, by, down, 3);
    kam_table *sorted = kam_table_pick(t, order, kam_table_rows(t));
    kam_free(order);
    kam_table_unref(t);
    return sorted;
}

kam_rc calc_coverage_duty(const calc_coverage_in *in, const calc_coverage_params *p, kam_table **out, kam_err *err)
{
    loads l;
    kam_rc rc = read_loads(in, &l, err);
    if (rc) return rc;
    exec_sum *sum = kam_calloc(l.n_reps + 1, sizeof *sum);
    kam_day *call = kam_calloc(l.n + 1, sizeof *call);
    bool *called = kam_calloc(l.n + 1, sizeof *called);
    rc = read_work(in, p, &l, call, called, sum, err);
    if (!rc) {
        kam_column *c[D_COLS];
        kam_table *t = calc_out_new("run.coverage.duty", in->accounts, duty_cols, D_COLS, c);
        kam_str buf = KAM_STR_INIT;
        for (size_t i = 0; i < l.n; i++) {
            if (!l.sponsor[i]) continue;
            bool late = is_overdue(called[i], call[i], p);
            kam_day due = due_on(called[i], call[i], p);
            kam_col_push_from(c[D_ACCOUNT], l.code, i);
            kam_col_push_from(c[D_NAME], l.name, i);
            kam_col_push_text(c[D_SPONSOR], l.sponsor[i]);
            calc_push_opt(c[D_CALL], called[i], call[i]);
            kam_col_push_int(c[D_DUE], due);
            kam_col_push_int(c[D_OVERDUE], late && due < p->asof ? p->asof - due : 0);
            kam_col_push_text(c[D_STATUS], late ? "overdue" : "kept");
            calc_push_say(c[D_WHY], &buf, p->lang, !called[i] ? &duty_never : late ? &duty_late : &duty_kept,
                          CALC_ARGS(calc_arg_text(l.sponsor[i]), calc_arg_day(call[i]), calc_arg_day(due)));
        }
        kam_str_release(&buf);
        *out = most_overdue_first(t);
    }
    kam_free(sum);
    kam_free(call);
    kam_free(called);
    release(&l);
    return rc;
}

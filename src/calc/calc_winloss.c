/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A table of closed opportunities first; every rate is a sum over its rows. */
#include "calc_winloss.h"
#include "calc_rank.h"
#include "calc_use.h"
#include "kam_mem.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

const char *const calc_winloss_by_keys[] = {"reason", "competitor", "stage", "rep", NULL};
static const calc_text why_full = {"winloss.full", "reason and lesson are on record", "原因与教训均已记录"};
static const calc_text why_lacks[3] = {{"winloss.no-reason", "closed, but nobody wrote down why", "已关闭，但没有写明原因"},
                                       {"winloss.no-lesson", "closed, but nobody wrote down what it teaches", "已关闭，但没有写明教训"},
                                       {"winloss.neither", "closed, with neither reason nor lesson", "已关闭，原因与教训均缺"}};
static const char *const flags[3] = {"no-reason", "no-lesson", "no-reason-no-lesson"};

enum { O_ROW, O_CODE, O_NAME, O_RESULT, O_OPENED, O_CLOSED, O_AMOUNT, O_REP, O_COLS };
static const calc_use opp_use[O_COLS] = {{"row", KAM_INT, false},       {"opportunity", KAM_TEXT, false}, {"name", KAM_TEXT, true},
                                         {"result", KAM_TEXT, false},   {"opened_on", KAM_DAY, false},    {"closed_on", KAM_DAY, false},
                                         {"amount", KAM_MONEY, false},  {"rep", KAM_TEXT, false}};

typedef struct extra { /* what the other tables say of an opportunity; rows, SIZE_MAX: none */
    size_t note;
    int stage;
    kam_day since;
    uint8_t seen; /* a bit a stage */
} extra;

static kam_rc read_stages(const calc_facts *f, size_t n, kam_day asof, extra *e, kam_err *err)
{
    static const calc_use want[] = {{"opportunity", KAM_INT, false}, {"date", KAM_DAY, false}, {"stage", KAM_TEXT, false}};
    const kam_column *c[3];
    kam_rc rc = calc_use_table(f->stages, "stages", want, 3, c, err);
    if (rc) return rc;
    for (size_t r = 0, rows = calc_use_rows(f->stages); r < rows; r++) {
        size_t i = calc_row_at(c[0], r, n);
        int stage = calc_known(c[2], r) ? calc_stage_index(kam_col_text(c[2], r)) : -1;
        if (i == SIZE_MAX || stage < 0 || !calc_known(c[1], r) || kam_col_int(c[1], r) > asof) continue;
        e[i].seen |= (uint8_t)(1u << stage);
        if (stage == CALC_STAGES - 1) continue;
        if (e[i].stage >= 0 && kam_col_int(c[1], r) < e[i].since) continue; /* of one day the last counts */
        e[i].stage = stage;
        e[i].since = kam_col_int(c[1], r);
    }
    return KAM_OK;
}

/* "A;B" of each opportunity; NULL: none. Each is kam_alloc'd. */
static kam_rc read_rivals(const kam_table *rivals, size_t n, char ***out, kam_err *err)
{
    static const calc_use want[] = {{"opportunity", KAM_INT, false}, {"competitor", KAM_TEXT, false}};
    const kam_column *c[2];
    kam_rc rc = calc_use_table(rivals, "rivals", want, 2, c, err);
    if (rc) return rc;
    kam_str *names = kam_calloc(n + 1, sizeof *names);
    for (size_t r = 0, rows = calc_use_rows(rivals); r < rows; r++) {
        size_t i = calc_row_at(c[0], r, n);
        if (i != SIZE_MAX && calc_known(c[1], r)) kam_str_addf(&names[i], "%s%s", names[i].len ? ";" : "", kam_col_text(c[1], r));
    }
    char **text = kam_calloc(n + 1, sizeof *text);
    for (size_t i = 0; i < n; i++) text[i] = names[i].len ? kam_str_detach(&names[i]) : NULL;
    for (size_t i = 0; i < n; i++) kam_str_release(&names[i]);
    kam_free(names);
    *out = text;
    return KAM_OK;
}

enum { D_CODE, D_NAME, D_ACCOUNT, D_REP, D_RESULT, D_CLOSED, D_CYCLE, D_AMOUNT, D_STAGE, D_RIVALS, D_REASON, D_LESSON, D_FLAG, D_WHY, D_COLS };
static const calc_col deal_cols[D_COLS] = {
    {"opportunity", KAM_TEXT, "funnel.opportunity"}, {"name", KAM_TEXT, "funnel.name"},        {"account", KAM_TEXT, "classify.account"},
    {"rep", KAM_TEXT, "funnel.rep"},                 {"result", KAM_TEXT, "opportunity.result"}, {"closed_on", KAM_DAY, "opportunity.closed_on"},
    {"cycle_days", KAM_INT, "winloss.cycle_days"},   {"amount", KAM_MONEY, "funnel.amount"},   {"last_stage", KAM_TEXT, "winloss.last_stage"},
    {"competitors", KAM_TEXT, "opportunity.competitors"}, {"reason", KAM_TEXT, "opportunity.reason"}, {"lesson", KAM_TEXT, "opportunity.lesson"},
    {"flag", KAM_TEXT, "winloss.flag"},              {"why", KAM_TEXT, "classify.why"}};

typedef struct reading {
    const kam_column *acc[CALC_ACC_COLS], *o[O_COLS], *note[3];
    size_t accounts, n;
    extra *e;
    char **rivals;
} reading;

static kam_rc open_reading(const calc_facts *f, const kam_table *notes, const kam_table *rivals, kam_day asof, reading *r, kam_err *err)
{
    static const calc_use note_use[] = {{"opportunity", KAM_INT, false}, {"reason", KAM_TEXT, false}, {"lesson", KAM_TEXT, false}};
    kam_rc rc = calc_use_accounts(f, false, r->acc, &r->accounts, err);
    if (!rc) rc = calc_use_table(f->opportunities, "opportunities", opp_use, O_COLS, r->o, err);
    if (!rc) rc = calc_use_table(notes, "notes", note_use, 3, r->note, err);
    if (rc) return rc;
    r->n = calc_use_rows(f->opportunities);
    r->e = kam_calloc(r->n + 1, sizeof *r->e);
    for (size_t i = 0; i < r->n; i++) r->e[i] = (extra){SIZE_MAX, -1, 0, 0};
    for (size_t k = 0, rows = calc_use_rows(notes); k < rows; k++) {
        size_t i = calc_row_at(r->note[0], k, r->n);
        if (i != SIZE_MAX) r->e[i].note = k;
    }
    rc = read_stages(f, r->n, asof, r->e, err);
    if (!rc) rc = read_rivals(rivals, r->n, &r->rivals, err);
    return rc;
}

static void close_reading(reading *r)
{
    for (size_t i = 0; r->rivals && i < r->n; i++) kam_free(r->rivals[i]);
    kam_free(r->rivals);
    kam_free(r->e);
}

static void push_deal(const reading *r, size_t i, const calc_winloss_params *p, kam_column **c, kam_str *b)
{
    const extra *e = &r->e[i];
    size_t account = calc_row_at(r->o[O_ROW], i, r->accounts);
    const char *reason = e->note == SIZE_MAX ? NULL : calc_text_at(r->note[1], e->note);
    const char *lesson = e->note == SIZE_MAX ? NULL : calc_text_at(r->note[2], e->note);
    int lacks = !reason && !lesson ? 2 : !reason ? 0 : !lesson ? 1 : -1;
    bool opened = calc_known(r->o[O_OPENED], i);
    kam_day closed = kam_col_int(r->o[O_CLOSED], i);
    kam_col_push_from(c[D_CODE], r->o[O_CODE], i);
    kam_col_push_text(c[D_NAME], calc_text_at(r->o[O_NAME], i));
    if (account == SIZE_MAX) kam_col_push_missing(c[D_ACCOUNT]);
    else kam_col_push_from(c[D_ACCOUNT], r->acc[CALC_ACC_CODE], account);
    kam_col_push_from(c[D_REP], r->o[O_REP], i);
    kam_col_push_from(c[D_RESULT], r->o[O_RESULT], i);
    kam_col_push_int(c[D_CLOSED], closed);
    calc_push_opt(c[D_CYCLE], opened, opened ? closed - kam_col_int(r->o[O_OPENED], i) : 0);
    kam_col_push_from(c[D_AMOUNT], r->o[O_AMOUNT], i);
    kam_col_push_text(c[D_STAGE], calc_stage_keys[e->stage < 0 ? 0 : e->stage]);
    kam_col_push_text(c[D_RIVALS], r->rivals[i]);
    kam_col_push_text(c[D_REASON], reason);
    kam_col_push_text(c[D_LESSON], lesson);
    kam_col_push_text(c[D_FLAG], lacks < 0 ? NULL : flags[lacks]);
    calc_push_say(c[D_WHY], b, p->lang, lacks < 0 ? &why_full : &why_lacks[lacks], NULL, 0);
}

kam_rc calc_winloss_deals(const calc_facts *f, const kam_table *notes, const kam_table *rivals, const calc_winloss_params *p,
                          kam_table **out, kam_err *err)
{
    reading r = {.e = NULL};
    kam_rc rc = open_reading(f, notes, rivals, p->asof, &r, err);
    if (rc) {
        close_reading(&r);
        return rc;
    }
    kam_column *c[D_COLS];
    kam_table *t = calc_out_new("winloss.deals", f->accounts, deal_cols, D_COLS, c);
    kam_str b = KAM_STR_INIT;
    for (size_t i = 0; i < r.n; i++) {
        if (!calc_text_is(r.o[O_RESULT], i, "won") && !calc_text_is(r.o[O_RESULT], i, "lost")) continue;
        if (!calc_known(r.o[O_CLOSED], i) || kam_col_int(r.o[O_CLOSED], i) > p->asof) continue;
        if (p->window_days > 0 && kam_col_int(r.o[O_CLOSED], i) <= p->asof - p->window_days) continue;
        push_deal(&r, i, p, c, &b);
    }
    kam_str_release(&b);
    kam_table_seal(t);
    close_reading(&r);
    const size_t by[] = {D_CLOSED, D_CODE};
    const bool down[] = {true, false};
    size_t *order = kam_table_order(t, by, down, 2);
    *out = kam_table_pick(t, order, kam_table_rows(t));
    kam_free(order);
    kam_table_unref(t);
    return KAM_OK;
}

/* --- rates ------------------------------------------------------------------------------------------------------------- */

typedef struct tally {
    const char *key; /* NULL: missing */
    int stage;
    int64_t won, lost, lost_here, won_amount, lost_amount, known_won, known_lost;
} tally;

typedef struct item { /* one deal under one key */
    char *key;
    size_t row;
} item;

static int cmp_key(const char *a, const char *b)
{
    return a && b ? strcmp(a, b) : (a == NULL) - (b == NULL);
}
static int by_key(const void *a, const void *b) { return cmp_key(((const item *)a)->key, ((const item *)b)->key); }

static void add_deal(tally *t, const kam_table *deals, size_t row)
{
    const kam_column *amount = kam_table_find(deals, "amount");
    bool won = calc_text_is(kam_table_find(deals, "result"), row, "won"), known = calc_known(amount, row);
    t->won += won;
    t->lost += !won;
    if (!known) return;
    if (won) t->won_amount += kam_col_int(amount, row);
    else t->lost_amount += kam_col_int(amount, row);
    t->known_won += won;
    t->known_lost += !won;
}

enum { K_KEY, K_N, K_WON, K_LOST, K_RATE, K_LOW, K_HIGH, K_WON_AMOUNT, K_LOST_AMOUNT, K_HERE, K_COLS };

static kam_table *rates_table(const kam_table *deals, calc_winloss_by by, kam_column **c)
{
    static const calc_col keys[] = {[CALC_WINLOSS_COMPETITOR] = {"competitor", KAM_TEXT, "watch.competitor"},
                                    [CALC_WINLOSS_STAGE] = {"stage", KAM_TEXT, "funnel.stage"},
                                    [CALC_WINLOSS_REP] = {"rep", KAM_TEXT, "funnel.rep"}};
    calc_col cols[K_COLS] = {keys[by],
                             {"n", KAM_INT, "winloss.n"},
                             {"won", KAM_INT, "winloss.won"},
                             {"lost", KAM_INT, "winloss.lost"},
                             {"win_rate", KAM_REAL, "winloss.win_rate"},
                             {"win_low", KAM_REAL, "winloss.win_low"},
                             {"win_high", KAM_REAL, "winloss.win_high"},
                             {"won_amount", KAM_MONEY, "winloss.won_amount"},
                             {"lost_amount", KAM_MONEY, "winloss.lost_amount"},
                             {"lost_here", KAM_INT, "winloss.lost_here"}};
    return calc_out_new("winloss.rates", deals, cols, by == CALC_WINLOSS_STAGE ? K_COLS : K_HERE, c);
}

static void push_rate(kam_column **c, const tally *t, const calc_winloss_params *p, bool here)
{
    int64_t n = t->won + t->lost;
    double low = NAN, high = NAN;
    calc_wilson((double)t->won, (double)n, p->level, &low, &high);
    kam_col_push_text(c[K_KEY], t->key);
    kam_col_push_int(c[K_N], n);
    kam_col_push_int(c[K_WON], t->won);
    kam_col_push_int(c[K_LOST], t->lost);
    kam_col_push_real(c[K_RATE], n ? (double)t->won / (double)n : NAN);
    kam_col_push_real(c[K_LOW], low);
    kam_col_push_real(c[K_HIGH], high);
    calc_push_opt(c[K_WON_AMOUNT], t->won == 0 || t->known_won > 0, t->won_amount);
    calc_push_opt(c[K_LOST_AMOUNT], t->lost == 0 || t->known_lost > 0, t->lost_amount);
    if (here) kam_col_push_int(c[K_HERE], t->lost_here);
}

/* Deals under the keys of a column, a list of keys separated by ';' counting for each. */
static item *items_of(const kam_table *deals, const char *column, bool list, size_t *count)
{
    const kam_column *c = kam_table_find(deals, column);
    size_t n = 0, cap = 0;
    item *at = NULL;
    for (size_t r = 0; r < kam_table_rows(deals); r++) {
        const char *s = calc_text_at(c, r);
        do {
            const char *end = s && list ? strchr(s, ';') : NULL;
            KAM_GROW(at, cap, n + 1);
            at[n++] = (item){s ? kam_strndup(s, end ? (size_t)(end - s) : strlen(s)) : NULL, r};
            s = end ? end + 1 : NULL;
        } while (s);
    }
    if (n) qsort(at, n, sizeof *at, by_key);
    *count = n;
    return at;
}

static void free_items(item *at, size_t n)
{
    for (size_t i = 0; i < n; i++) kam_free(at[i].key);
    kam_free(at);
}

static kam_table *by_column(const kam_table *deals, calc_winloss_by by, const calc_winloss_params *p)
{
    kam_column *c[K_COLS];
    size_t n;
    kam_table *t = rates_table(deals, by, c);
    item *at = items_of(deals, by == CALC_WINLOSS_REP ? "rep" : "competitors", by == CALC_WINLOSS_COMPETITOR, &n);
    for (size_t i = 0, j; i < n; i = j) {
        tally k = {.key = at[i].key};
        for (j = i; j < n && cmp_key(at[i].key, at[j].key) == 0; j++) add_deal(&k, deals, at[j].row);
        push_rate(c, &k, p, false);
    }
    free_items(at, n);
    return t;
}

/* Every stage an opportunity was in; the one it stood in when it was lost. */
static kam_rc by_stage(const calc_facts *f, const kam_table *deals, const calc_winloss_params *p, kam_table **out, kam_err *err)
{
    const kam_column *o[O_COLS];
    kam_rc rc = calc_use_table(f->opportunities, "opportunities", opp_use, O_COLS, o, err);
    if (rc) return rc;
    size_t n = calc_use_rows(f->opportunities), count;
    extra *e = kam_calloc(n + 1, sizeof *e);
    for (size_t i = 0; i < n; i++) e[i].stage = -1;
    rc = read_stages(f, n, p->asof, e, err);
    item *at = items_of(deals, "opportunity", false, &count);
    tally k[CALC_STAGES] = {{0}};
    for (size_t i = 0; !rc && i < n; i++) {
        const item key = {.key = (char *)kam_col_text(o[O_CODE], i)};
        const item *hit = count ? bsearch(&key, at, count, sizeof *at, by_key) : NULL;
        if (!hit) continue;
        unsigned seen = e[i].seen & ((1u << (CALC_STAGES - 1)) - 1);
        for (int s = 0; s < CALC_STAGES - 1; s++) {
            if (!((seen ? seen : 1u) & (1u << s))) continue;
            add_deal(&k[s], deals, hit->row);
            k[s].lost_here += s == (e[i].stage < 0 ? 0 : e[i].stage) && !calc_text_is(o[O_RESULT], i, "won");
        }
    }
    if (!rc) {
        kam_column *c[K_COLS];
        *out = rates_table(deals, CALC_WINLOSS_STAGE, c);
        for (int s = 0; s < CALC_STAGES - 1; s++) {
            k[s].key = calc_stage_keys[s];
            push_rate(c, &k[s], p, true);
        }
    }
    free_items(at, count);
    kam_free(e);
    return rc;
}

enum { W_RESULT, W_REASON, W_N, W_SHARE, W_LOW, W_HIGH, W_AMOUNT, W_COLS };
static const calc_col reason_cols[W_COLS] = {
    {"result", KAM_TEXT, "opportunity.result"}, {"reason", KAM_TEXT, "opportunity.reason"}, {"n", KAM_INT, "winloss.n"},
    {"share", KAM_REAL, "winloss.share"},       {"share_low", KAM_REAL, "winloss.share_low"}, {"share_high", KAM_REAL, "winloss.share_high"},
    {"amount", KAM_MONEY, "funnel.amount"}};

static int most_first(const void *a, const void *b)
{
    const tally *x = a, *y = b;
    int64_t n = x->won + x->lost, m = y->won + y->lost;
    return n != m ? (n < m ? 1 : -1) : cmp_key(x->key, y->key);
}

static void push_reasons(kam_column **c, const kam_table *deals, const item *at, size_t n, bool won, const calc_winloss_params *p)
{
    tally *k = kam_calloc(n + 1, sizeof *k);
    size_t groups = 0;
    int64_t total = 0;
    for (size_t i = 0, j; i < n; i = j) {
        tally x = {.key = at[i].key};
        for (j = i; j < n && cmp_key(at[i].key, at[j].key) == 0; j++)
            if (calc_text_is(kam_table_find(deals, "result"), at[j].row, "won") == won) add_deal(&x, deals, at[j].row);
        total += x.won + x.lost;
        if (x.won + x.lost) k[groups++] = x;
    }
    if (groups) qsort(k, groups, sizeof *k, most_first);
    for (size_t i = 0; i < groups; i++) {
        int64_t count = k[i].won + k[i].lost;
        double low = NAN, high = NAN;
        calc_wilson((double)count, (double)total, p->level, &low, &high);
        kam_col_push_text(c[W_RESULT], won ? "won" : "lost");
        kam_col_push_text(c[W_REASON], k[i].key);
        kam_col_push_int(c[W_N], count);
        kam_col_push_real(c[W_SHARE], (double)count / (double)total);
        kam_col_push_real(c[W_LOW], low);
        kam_col_push_real(c[W_HIGH], high);
        calc_push_opt(c[W_AMOUNT], k[i].known_won + k[i].known_lost > 0, k[i].won_amount + k[i].lost_amount);
    }
    kam_free(k);
}

static kam_table *by_reason(const kam_table *deals, const calc_winloss_params *p)
{
    kam_column *c[W_COLS];
    size_t n;
    kam_table *t = calc_out_new("winloss.reasons", deals, reason_cols, W_COLS, c);
    item *at = items_of(deals, "reason", false, &n);
    push_reasons(c, deals, at, n, true, p);
    push_reasons(c, deals, at, n, false, p);
    free_items(at, n);
    return t;
}

kam_rc calc_winloss(const calc_facts *f, const kam_table *deals, calc_winloss_by by, const calc_winloss_params *p, kam_table **out,
                    kam_err *err)
{
    kam_table *t = NULL;
    if (by == CALC_WINLOSS_STAGE) {
        kam_rc rc = by_stage(f, deals, p, &t, err);
        if (rc) return rc;
    } else t = by == CALC_WINLOSS_REASON ? by_reason(deals, p) : by_column(deals, by, p);
    kam_table_seal(t);
    *out = t;
    return KAM_OK;
}

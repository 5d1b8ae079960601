/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calc_ladder.h"
#include "calc_rank.h"
#include "calc_use.h"
#include "kam_mem.h"
#include <math.h>
#include <string.h>

#define SAY(name, id, en, zh) static const calc_text name = {"ladder." id, en, zh}
SAY(why_prospect, "prospect", "has not bought yet", "尚未购买");
SAY(why_first, "first-time", "one purchase day, {1}", "只有一个购买日，{1}");
SAY(why_rival, "rival", "{1} purchase days, but an order to a competitor was seen on {2}", "购买日 {1} 个，但 {2} 见到竞争对手的订单");
SAY(why_wallet, "wallet", "{1} purchase days, share of wallet {2} is below {3}", "购买日 {1} 个，客户份额 {2} 低于 {3}");
SAY(why_wallet_unknown, "wallet-unknown", "{1} purchase days, share of wallet unknown", "购买日 {1} 个，客户份额未知");
SAY(why_loyal, "loyal", "{1} purchase days, share of wallet {2}, no order to a competitor seen",
    "购买日 {1} 个，客户份额 {2}，未见竞争对手的订单");
SAY(why_member, "member", "loyal with a share of wallet of {1}, member since {2}", "忠诚（客户份额 {1}），{2} 成为成员");
SAY(why_advocate, "advocate", "loyal with a share of wallet of {1}, referred someone on {2}", "忠诚（客户份额 {1}），{2} 推荐了新客户");

typedef struct witness {
    bool rival, referred, ever_referred;
    int32_t rival_day, referred_day, first_referral; /* last in the window, last in the window, first ever */
} witness;

typedef struct reader {
    const calc_facts *f;
    const calc_ladder_params *p;
    size_t n;
    witness *w;
    const kam_column *known_since, *member_since, *annual_spend;
    bool programme;
} reader;

static bool in_window(const calc_ladder_params *p, int64_t day) { return day > p->asof - p->window_days && day <= p->asof; }

static kam_rc read_accounts(reader *d, kam_err *err)
{
    static const calc_use want[] = {{"known_since", KAM_DAY, true}, {"member_since", KAM_DAY, true}, {"annual_spend", KAM_MONEY, true}};
    const kam_column *c[3];
    kam_rc rc = calc_use_table(d->f->accounts, "accounts", want, 3, c, err);
    if (rc) return rc;
    d->known_since = c[0];
    d->member_since = c[1];
    d->annual_spend = c[2];
    d->programme = d->p->programme;
    for (size_t i = 0; i < d->n && !d->programme; i++)
        d->programme = calc_known(c[1], i) && kam_col_int(c[1], i) <= d->p->asof;
    return KAM_OK;
}

static kam_rc read_witnesses(reader *d, kam_err *err)
{
    static const calc_use sightings[] = {{"row", KAM_INT, false}, {"date", KAM_DAY, false}, {"kind", KAM_TEXT, false},
                                         {"truth", KAM_TEXT, true}};
    const kam_column *c[4];
    kam_rc rc = calc_use_table(d->f->sightings, "sightings", sightings, 4, c, err);
    if (rc) return rc;
    for (size_t r = 0, rows = calc_use_rows(d->f->sightings); r < rows; r++) {
        size_t i = calc_row_at(c[0], r, d->n);
        if (i == SIZE_MAX || !calc_known(c[1], r) || !calc_text_is(c[2], r, "order") || calc_text_is(c[3], r, "false")) continue;
        int64_t day = kam_col_int(c[1], r);
        witness *w = &d->w[i];
        if (!in_window(d->p, day) || (w->rival && day <= w->rival_day)) continue;
        w->rival = true;
        w->rival_day = (int32_t)day;
    }
    rc = calc_use_table(d->f->referrals, "referrals", sightings, 2, c, err); /* row and date, the same two */
    if (rc) return rc;
    for (size_t r = 0, rows = calc_use_rows(d->f->referrals); r < rows; r++) {
        size_t i = calc_row_at(c[0], r, d->n);
        if (i == SIZE_MAX || !calc_known(c[1], r) || kam_col_int(c[1], r) > d->p->asof) continue;
        int64_t day = kam_col_int(c[1], r);
        witness *w = &d->w[i];
        if (!w->ever_referred || day < w->first_referral) w->first_referral = (int32_t)day;
        w->ever_referred = true;
        if (!in_window(d->p, day) || (w->referred && day <= w->referred_day)) continue;
        w->referred = true;
        w->referred_day = (int32_t)day;
    }
    return KAM_OK;
}

enum { PROSPECT, FIRST_TIME, REPEAT, LOYAL, MEMBER, ADVOCATE, RUNGS };

static bool wallet_share(const reader *d, size_t i, const calc_buys *b, double *share)
{
    if (!calc_known(d->annual_spend, i) || kam_col_int(d->annual_spend, i) <= 0) return false;
    *share = (double)b->window_net / ((double)kam_col_int(d->annual_spend, i) * d->p->window_days / 365.0);
    return true;
}

static int rung_of(const reader *d, const calc_buys *b, const witness *w, bool wallet_known, double share, bool member)
{
    if (b->days < 2) return (int)b->days;
    if (w->rival || !wallet_known || share < d->p->loyal_share * (1 - 1e-12)) return REPEAT;
    if (d->programme && !member) return LOYAL;
    return w->referred ? ADVOCATE : d->programme ? MEMBER : LOYAL;
}

static void push_why(const reader *d, kam_column *why, kam_str *buf, int rung, const calc_buys *b, const witness *w,
                     bool wallet_known, double share, int64_t member_since)
{
    calc_lang lang = d->p->lang;
    if (d->p->terse) {
        kam_col_push_missing(why);
        return;
    }
    const calc_arg none = calc_arg_text(NULL), days = rung < REPEAT ? none : calc_arg_int(b->days),
                   wallet = rung < REPEAT || !wallet_known ? none : calc_arg_pct(share); /* of a million most are not said */
    switch (rung) {
    case PROSPECT: calc_push_say(why, buf, lang, &why_prospect, NULL, 0); break;
    case FIRST_TIME: calc_push_say(why, buf, lang, &why_first, CALC_ARGS(calc_arg_day(b->first))); break;
    case REPEAT:
        if (w->rival) calc_push_say(why, buf, lang, &why_rival, CALC_ARGS(days, calc_arg_day(w->rival_day)));
        else if (!wallet_known) calc_push_say(why, buf, lang, &why_wallet_unknown, CALC_ARGS(days));
        else calc_push_say(why, buf, lang, &why_wallet, CALC_ARGS(days, wallet, calc_arg_pct(d->p->loyal_share)));
        break;
    case LOYAL: calc_push_say(why, buf, lang, &why_loyal, CALC_ARGS(days, wallet)); break;
    case MEMBER: calc_push_say(why, buf, lang, &why_member, CALC_ARGS(wallet, calc_arg_day(member_since))); break;
    default: calc_push_say(why, buf, lang, &why_advocate, CALC_ARGS(wallet, calc_arg_day(w->referred_day)));
    }
}

enum { OUT_ACCOUNT, OUT_NAME, OUT_CLASS, OUT_WHY, OUT_DAYS, OUT_FIRST, OUT_SECOND, OUT_MEMBER, OUT_REFERRAL, OUT_WALLET,
       OUT_UNKNOWN, OUT_RIVAL, OUT_REFERRED, OUT_KNOWN, OUT_REVENUE, OUT_COLS };
static const calc_col out_cols[OUT_COLS] = {
    {"account", KAM_TEXT, "classify.account"},
    {"name", KAM_TEXT, "classify.name"},
    {"class", KAM_TEXT, "classify.class"},
    {"why", KAM_TEXT, "classify.why"},
    {"purchase_days", KAM_INT, "classify.ladder.purchase_days"},
    {"first_purchase", KAM_DAY, "classify.first_purchase"},
    {"second_purchase", KAM_DAY, "classify.ladder.second_purchase"},
    {"member_since", KAM_DAY, "classify.ladder.member_since"},
    {"first_referral", KAM_DAY, "classify.ladder.first_referral"},
    {"wallet_share", KAM_REAL, "classify.ladder.wallet_share"},
    {"wallet_unknown", KAM_FLAG, "classify.ladder.wallet_unknown"},
    {"competitor_order", KAM_DAY, "classify.ladder.competitor_order"},
    {"referred", KAM_FLAG, "classify.ladder.referred"},
    {"known_since", KAM_DAY, "classify.ladder.known_since"},
    {"window_revenue", KAM_MONEY, "classify.window_revenue"},
};

static void push_row(const reader *d, size_t i, kam_column **c, kam_str *buf)
{
    calc_buys b;
    const witness *w = &d->w[i];
    double share = 0.0;
    calc_buys_scan(d->f->ledger, i, d->p->asof, d->p->window_days, &b);
    bool known = wallet_share(d, i, &b, &share);
    bool member = calc_known(d->member_since, i) && kam_col_int(d->member_since, i) <= d->p->asof;
    int64_t since = member ? kam_col_int(d->member_since, i) : 0;
    int rung = rung_of(d, &b, w, known, share, member);
    kam_col_push_text(c[OUT_CLASS], calc_ladder_classes[rung]);
    push_why(d, c[OUT_WHY], buf, rung, &b, w, known, share, since);
    kam_col_push_int(c[OUT_DAYS], b.days);
    calc_push_opt(c[OUT_FIRST], b.days > 0, b.first);
    calc_push_opt(c[OUT_SECOND], b.days > 1, b.second);
    calc_push_opt(c[OUT_MEMBER], member, since);
    calc_push_opt(c[OUT_REFERRAL], w->ever_referred, w->first_referral);
    if (known) kam_col_push_real(c[OUT_WALLET], share);
    else kam_col_push_missing(c[OUT_WALLET]);
    kam_col_push_int(c[OUT_UNKNOWN], rung == REPEAT && !known && !w->rival);
    calc_push_opt(c[OUT_RIVAL], w->rival, w->rival_day);
    kam_col_push_int(c[OUT_REFERRED], w->referred);
    bool since_known = calc_known(d->known_since, i);
    calc_push_opt(c[OUT_KNOWN], since_known, since_known ? kam_col_int(d->known_since, i) : 0);
    kam_col_push_int(c[OUT_REVENUE], b.window_net);
}

kam_rc calc_ladder(const calc_facts *f, const calc_ladder_params *p, kam_table **out, kam_err *err)
{
    const kam_column *acc[CALC_ACC_COLS];
    reader d = {.f = f, .p = p};
    kam_rc rc = calc_use_accounts(f, true, acc, &d.n, err);
    if (!rc) rc = read_accounts(&d, err);
    if (rc) return rc;
    d.w = kam_calloc(d.n, sizeof *d.w);
    rc = read_witnesses(&d, err);
    if (rc) {
        kam_free(d.w);
        return rc;
    }
    kam_column *c[OUT_COLS];
    kam_table *t = calc_out_new("classify.ladder", f->accounts, out_cols, OUT_COLS, c);
    kam_str buf = KAM_STR_INIT;
    for (size_t i = 0; i < d.n && calc_goes_on(t, i, d.n); i++) {
        kam_col_push_from(c[OUT_ACCOUNT], acc[CALC_ACC_CODE], i);
        kam_col_push_from(c[OUT_NAME], acc[CALC_ACC_NAME], i);
        push_row(&d, i, c, &buf);
    }
    kam_str_release(&buf);
    kam_free(d.w);
    return calc_out_done(t, out, err);
}

static void push_conversion(calc_measures *m, const char *measure, int64_t from, int64_t to, double level)
{
    double low = NAN, high = NAN;
    calc_wilson((double)to, (double)from, level, &low, &high);
    calc_measures_range(m, measure, from ? (double)to / (double)from : NAN, low, high, from);
}

static void push_median_days(calc_measures *m, const char *measure, const kam_column *from, const kam_column *to, double *scratch)
{
    size_t n = 0;
    for (size_t i = 0, rows = kam_col_rows(from); i < rows; i++) {
        if (kam_col_missing(from, i) || kam_col_missing(to, i)) continue;
        int64_t days = kam_col_int(to, i) - kam_col_int(from, i);
        if (days >= 0) scratch[n++] = (double)days;
    }
    double median = NAN;
    if (!calc_median(scratch, n, &median)) median = NAN;
    calc_measures_value(m, measure, median, (int64_t)n);
}

kam_rc calc_ladder_measures(const kam_table *rows, const calc_ladder_params *p, kam_table **out, kam_err *err)
{
    enum { CLASS, KNOWN, FIRST, SECOND, MEMBER_SINCE, REFERRAL, COLS };
    static const calc_use want[COLS] = {{"class", KAM_TEXT, false},           {"known_since", KAM_DAY, false},
                                        {"first_purchase", KAM_DAY, false},   {"second_purchase", KAM_DAY, false},
                                        {"member_since", KAM_DAY, false},     {"first_referral", KAM_DAY, false}};
    static const char *const conversion[RUNGS] = {NULL, "conversion_first-time", "conversion_repeat", "conversion_loyal",
                                                  "conversion_member", "conversion_advocate"};
    const kam_column *c[COLS];
    kam_rc rc = calc_use_table(rows, "rows", want, COLS, c, err);
    if (rc) return rc;
    size_t n = kam_table_rows(rows);
    int64_t reached[RUNGS] = {0}; /* on this rung or higher */
    bool programme = false;
    for (size_t i = 0; i < n; i++) {
        for (int k = 0; k < RUNGS; k++) {
            reached[k]++;
            if (strcmp(kam_col_text(c[CLASS], i), calc_ladder_classes[k]) == 0) break;
        }
        programme = programme || !kam_col_missing(c[MEMBER_SINCE], i);
    }
    calc_measures m;
    calc_measures_start(&m, "classify.ladder.measures", rows);
    for (int k = FIRST_TIME; k < RUNGS; k++) {
        if (k == MEMBER && !programme) continue;
        int below = k == ADVOCATE && !programme ? LOYAL : k - 1;
        push_conversion(&m, conversion[k], reached[below], reached[k], p->level);
    }
    double *scratch = kam_calloc(n, sizeof *scratch);
    push_median_days(&m, "days_first-time", c[KNOWN], c[FIRST], scratch);
    push_median_days(&m, "days_repeat", c[FIRST], c[SECOND], scratch);
    if (programme) push_median_days(&m, "days_member", c[SECOND], c[MEMBER_SINCE], scratch);
    push_median_days(&m, "days_advocate", c[programme ? MEMBER_SINCE : SECOND], c[REFERRAL], scratch);
    kam_free(scratch);
    kam_table_seal(m.t);
    *out = m.t;
    return KAM_OK;
}

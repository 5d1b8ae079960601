/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calc_behaviour.h"
#include "calc_use.h"
#include "kam_mem.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

const char *const calc_behaviour_marks[] = {"more", "lines", "speaks", "price", "ideas", "cheaper", NULL};

static const calc_text words[CALC_MARK_COUNT] = {
    {"behaviour.more", "buys more and longer", "买得更多更久"}, {"behaviour.lines", "buys other lines", "购买其他品类"},
    {"behaviour.speaks", "speaks well of us", "说我们的好话"},   {"behaviour.price", "less price-sensitive", "价格不敏感"},
    {"behaviour.ideas", "brings ideas", "提出建议"},           {"behaviour.cheaper", "cheaper to deal with", "交易成本更低"}};
static const calc_text word_none = {"behaviour.none", "none of the known marks", "已知各项均无"};
static const calc_text note_window = {"behaviour.window", "the last {1} days against the {1} before (setting window); a mark that cannot be measured is missing, not no",
                                      "最近 {1} 天与此前 {1} 天比较（设置 window）；无法衡量的一项为缺失，而非“否”"};

enum { UNKNOWN, NO, YES };

typedef struct doer {
    size_t row;
    const char *code;
    unsigned char mark[CALC_MARK_COUNT];
    int yes, known;
    calc_buys now, before;
    int64_t cost_now, cost_before;
    bool cost_now_known, cost_before_known, old_line, new_line;
    int64_t favour_day, recommend_day;
    double favour, recommend; /* NAN: not answered */
} doer;

static bool in_window(const calc_behaviour_params *p, int64_t day) { return day <= p->asof && day > p->asof - p->window_days; }
static bool in_before(const calc_behaviour_params *p, int64_t day)
{
    return day <= p->asof - p->window_days && day > p->asof - 2 * (int64_t)p->window_days;
}

static kam_rc read_lines(const kam_table *t, const calc_behaviour_params *p, size_t n, doer *d, kam_err *err)
{
    static const calc_use want[] = {{"row", KAM_INT, false}, {"line", KAM_TEXT, false}, {"first", KAM_DAY, false}};
    const kam_column *c[3];
    kam_rc rc = calc_use_table(t, "lines", want, 3, c, err);
    for (size_t r = 0, rows = calc_use_rows(t); !rc && r < rows; r++) {
        size_t i = calc_row_at(c[0], r, n);
        if (i == SIZE_MAX || !calc_known(c[2], r)) continue;
        int64_t first = kam_col_int(c[2], r);
        if (in_window(p, first)) d[i].new_line = true;
        else if (first <= p->asof - p->window_days) d[i].old_line = true;
    }
    return rc;
}

/* The latest answer; of one day the better one counts for `speaks` only if the worse agrees: the worse is kept. */
static void hear(double *value, int64_t *at, int64_t day, double v)
{
    if (!isnan(*value) && (day < *at || (day == *at && v >= *value))) return;
    *value = v;
    *at = day;
}

static kam_rc read_speech(const calc_facts *f, const kam_table *t, const calc_behaviour_params *p, size_t n, doer *d, kam_err *err)
{
    static const calc_use want[] = {{"row", KAM_INT, false}, {"date", KAM_DAY, false}, {"favourable", KAM_FLAG, true}, {"recommend", KAM_REAL, true}};
    const kam_column *c[4];
    kam_rc rc = calc_use_table(t, "answers", want, 4, c, err);
    if (rc) return rc;
    for (size_t r = 0, rows = calc_use_rows(t); r < rows; r++) {
        size_t i = calc_row_at(c[0], r, n);
        if (i == SIZE_MAX || !calc_known(c[1], r) || !in_window(p, kam_col_int(c[1], r))) continue;
        int64_t day = kam_col_int(c[1], r);
        if (calc_known(c[2], r)) hear(&d[i].favour, &d[i].favour_day, day, kam_col_real(c[2], r));
        if (calc_known(c[3], r)) hear(&d[i].recommend, &d[i].recommend_day, day, kam_col_real(c[3], r));
    }
    for (size_t i = 0; i < n; i++) {
        if (isnan(d[i].favour) && isnan(d[i].recommend)) continue;
        bool well = d[i].favour > 0 || d[i].recommend >= p->promoter;
        d[i].mark[CALC_MARK_SPEAKS] = well ? YES : NO;
    }
    rc = calc_use_table(f->referrals, "referrals", want, 2, c, err);
    for (size_t r = 0, rows = calc_use_rows(f->referrals); !rc && r < rows; r++) {
        size_t i = calc_row_at(c[0], r, n);
        if (i != SIZE_MAX && calc_known(c[1], r) && in_window(p, kam_col_int(c[1], r))) d[i].mark[CALC_MARK_SPEAKS] = YES;
    }
    return rc;
}

static kam_rc read_prices(const kam_table *t, size_t n, doer *d, kam_err *err)
{
    static const calc_use want[] = {{"row", KAM_INT, false}, {"paid", KAM_MONEY, false}, {"list", KAM_MONEY, false}, {"paid_before", KAM_MONEY, false},
                                    {"list_before", KAM_MONEY, false}};
    const kam_column *c[5];
    kam_rc rc = calc_use_table(t, "prices", want, 5, c, err);
    for (size_t r = 0, rows = calc_use_rows(t); !rc && r < rows; r++) {
        size_t i = calc_row_at(c[0], r, n);
        double v[4];
        bool whole = i != SIZE_MAX;
        for (int k = 0; k < 4; k++) {
            whole = whole && calc_known(c[k + 1], r) && kam_col_real(c[k + 1], r) > 0;
            v[k] = kam_col_real(c[k + 1], r);
        }
        if (!whole) continue;
        double now = v[0] / v[1], before = v[2] / v[3];
        d[i].mark[CALC_MARK_PRICE] = now >= before - 1e-9 ? YES : NO; /* 1e-9: 0.9 of list is not exact in binary */
    }
    return rc;
}

static kam_rc read_contacts(const kam_table *t, const calc_behaviour_params *p, size_t n, doer *d, kam_err *err)
{
    static const calc_use want[] = {{"row", KAM_INT, false}, {"date", KAM_DAY, false}, {"kind", KAM_TEXT, false}};
    const kam_column *c[3];
    kam_rc rc = calc_use_table(t, "contacts", want, 3, c, err);
    for (size_t r = 0, rows = calc_use_rows(t); !rc && r < rows; r++) {
        size_t i = calc_row_at(c[0], r, n);
        if (i == SIZE_MAX || !calc_known(c[1], r) || !in_window(p, kam_col_int(c[1], r))) continue;
        if (calc_text_is(c[2], r, "suggestion")) d[i].mark[CALC_MARK_IDEAS] = YES;
        else if (d[i].mark[CALC_MARK_IDEAS] == UNKNOWN) d[i].mark[CALC_MARK_IDEAS] = NO;
    }
    return rc;
}

static kam_rc read_costs(const calc_facts *f, const calc_behaviour_params *p, size_t n, doer *d, kam_err *err)
{
    static const calc_use want[] = {{"row", KAM_INT, false}, {"date", KAM_DAY, false}, {"kind", KAM_TEXT, false}, {"amount", KAM_MONEY, false}};
    const kam_column *c[4];
    kam_rc rc = calc_use_table(f->service_costs, "service_costs", want, 4, c, err);
    for (size_t r = 0, rows = calc_use_rows(f->service_costs); !rc && r < rows; r++) {
        size_t i = calc_row_at(c[0], r, n);
        if (i == SIZE_MAX || !calc_known(c[1], r) || !calc_known(c[3], r)) continue;
        if (!calc_text_is(c[2], r, "maintain") && !calc_text_is(c[2], r, "serve")) continue;
        int64_t day = kam_col_int(c[1], r);
        if (in_window(p, day)) {
            d[i].cost_now += kam_col_int(c[3], r);
            d[i].cost_now_known = true;
        } else if (in_before(p, day)) {
            d[i].cost_before += kam_col_int(c[3], r);
            d[i].cost_before_known = true;
        }
    }
    return rc;
}

/* What the ledger answers, once the tables are read. */
static void weigh(const calc_facts *f, const calc_behaviour_params *p, doer *d)
{
    calc_buys_scan(f->ledger, d->row, p->asof, p->window_days, &d->now);
    calc_buys_scan(f->ledger, d->row, p->asof - p->window_days, p->window_days, &d->before);
    if (d->now.days && d->now.first <= p->asof - 2 * (int64_t)p->window_days)
        d->mark[CALC_MARK_MORE] = d->now.window_days && d->before.window_days && d->now.window_net > d->before.window_net ? YES : NO;
    if (d->old_line) d->mark[CALC_MARK_LINES] = d->new_line ? YES : NO;
    if (d->cost_now_known && d->cost_before_known && d->now.window_net > 0 && d->before.window_net > 0) {
        double now = (double)d->cost_now / (double)d->now.window_net, before = (double)d->cost_before / (double)d->before.window_net;
        d->mark[CALC_MARK_CHEAPER] = now < before - 1e-12 ? YES : NO;
    }
    for (int k = 0; k < CALC_MARK_COUNT; k++) {
        d->known += d->mark[k] != UNKNOWN;
        d->yes += d->mark[k] == YES;
    }
}

static int best_first(const void *a, const void *b)
{
    const doer *x = a, *y = b;
    if (x->yes != y->yes) return y->yes - x->yes;
    if (x->known != y->known) return y->known - x->known;
    return strcmp(x->code, y->code);
}

static const calc_col cols[] = {
    {"account", KAM_TEXT, "classify.account"}, {"name", KAM_TEXT, "classify.name"},     {"more", KAM_FLAG, "behaviour.more"},
    {"lines", KAM_FLAG, "behaviour.lines"},    {"speaks", KAM_FLAG, "behaviour.speaks"}, {"price", KAM_FLAG, "behaviour.price"},
    {"ideas", KAM_FLAG, "behaviour.ideas"},    {"cheaper", KAM_FLAG, "behaviour.cheaper"}, {"yes", KAM_INT, "behaviour.yes"},
    {"known", KAM_INT, "behaviour.known"},     {"share", KAM_REAL, "behaviour.share"},   {"why", KAM_TEXT, "classify.why"}};

static void push_doer(kam_column **c, kam_str *buf, const kam_column *name, const doer *d, calc_lang lang)
{
    kam_col_push_text(c[0], d->code);
    kam_col_push_from(c[1], name, d->row);
    kam_str_clear(buf);
    for (int k = 0; k < CALC_MARK_COUNT; k++) {
        calc_push_opt(c[2 + k], d->mark[k] != UNKNOWN, d->mark[k] == YES);
        if (d->mark[k] != YES) continue;
        if (buf->len) kam_str_add(buf, lang == CALC_ZH ? "、" : ", ");
        calc_say(buf, lang, &words[k], NULL, 0);
    }
    if (!buf->len) calc_say(buf, lang, &word_none, NULL, 0);
    kam_col_push_int(c[8], d->yes);
    kam_col_push_int(c[9], d->known);
    kam_col_push_real(c[10], d->known ? (double)d->yes / d->known : NAN);
    kam_col_push_text(c[11], d->known ? kam_str_cstr(buf) : NULL);
}

static kam_rc read_all(const calc_facts *f, const calc_behaviour_in *in, const calc_behaviour_params *p, size_t n, doer *d, kam_err *err)
{
    kam_rc rc = read_lines(in->lines, p, n, d, err);
    if (!rc) rc = read_speech(f, in->answers, p, n, d, err);
    if (!rc) rc = read_prices(in->prices, n, d, err);
    if (!rc) rc = read_contacts(in->contacts, p, n, d, err);
    if (!rc) rc = read_costs(f, p, n, d, err);
    return rc;
}

kam_rc calc_behaviour(const calc_facts *f, const calc_behaviour_in *in, const calc_behaviour_params *p, kam_table **out, kam_err *err)
{
    const kam_column *acc[CALC_ACC_COLS];
    kam_column *c[CALC_COUNT(cols)];
    size_t n, m = 0;
    kam_rc rc = calc_use_accounts(f, true, acc, &n, err);
    if (rc) return rc;
    doer *d = kam_calloc(n + 1, sizeof *d);
    for (size_t i = 0; i < n; i++) {
        d[i].row = i;
        d[i].code = kam_col_text(acc[CALC_ACC_CODE], i);
        d[i].favour = d[i].recommend = NAN;
    }
    rc = read_all(f, in, p, n, d, err);
    for (size_t i = 0; i < n && !rc; i++) {
        weigh(f, p, &d[i]);
        if (d[i].now.days) d[m++] = d[i];
    }
    if (!rc) {
        kam_str buf = KAM_STR_INIT;
        qsort(d, m, sizeof *d, best_first);
        kam_table *t = calc_out_new("satisfaction.behaviour", f->accounts, cols, CALC_COUNT(cols), c);
        for (size_t k = 0; k < m; k++) push_doer(c, &buf, acc[CALC_ACC_NAME], &d[k], p->lang);
        calc_note_say(t, p->lang, &note_window, CALC_ARGS(calc_arg_int(p->window_days)));
        kam_table_seal(t);
        kam_str_release(&buf);
        *out = t;
    }
    kam_free(d);
    return rc;
}

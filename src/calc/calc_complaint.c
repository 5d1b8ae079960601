/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calc_complaint.h"
#include "calc_rank.h"
#include "calc_use.h"
#include "kam_mem.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const calc_text note_bound = {"complaint.bound", "upper bound: mean annual revenue × {1} (setting complaint-factor), as of {2}; not a forecast of loss",
                                     "上限 = 年均销售额 × {1}（设置 complaint-factor），截至 {2}；并非损失预测"};
static const calc_text note_portfolio = {"complaint.portfolio", "accounts without revenue of their own take the portfolio's mean, {1} ({2} accounts)",
                                         "自身没有销售额的客户采用全体平均值 {1}（{2} 个客户）"};
static const calc_text note_mouth = {"complaint.mouth", "word of mouth: {1} people touched by one dissatisfied account, {2} chances from one satisfied (settings word-of-mouth-bad, word-of-mouth-good); never multiply these by the factor",
                                     "口碑：一个不满客户影响 {1} 人，一个满意客户带来 {2} 个机会（设置 word-of-mouth-bad、word-of-mouth-good）；切勿再与系数相乘"};
static const calc_text note_once = {"complaint.once", "an account counts once, however many complaints it has open", "同一客户无论有多少未结投诉，只计一次"};
static const calc_text note_follow = {"complaint.follow", "bought again within {1} days after the complaint (setting recovery-days); speeds: settings complaint-written-days, complaint-visit-days, complaint-filed-days",
                                      "投诉后 {1} 天内再次购买（设置 recovery-days）；快慢界限：设置 complaint-written-days、complaint-visit-days、complaint-filed-days"};
static const calc_text note_left_out = {"complaint.left-out", "left out: {1} complaints not yet {2} days old, {3} of accounts that had not bought before",
                                        "未计入：投诉未满 {2} 天的 {1} 件，投诉前未购买的 {3} 件"};
static const calc_text note_quoted = {"complaint.quoted", "beside the {1} usually quoted (setting service-recovery); a difference between rows is no proof that speed caused it",
                                      "与通行说法 {1} 对照（设置 service-recovery）；各行差异并不证明由速度造成"};

typedef struct complaint {
    size_t row;
    const char *code;
    int64_t date, resolved;
    bool open;
    size_t source; /* row in the complaints table */
} complaint;

typedef struct work {
    const kam_column *acc[CALC_ACC_COLS], *owner;
    size_t n, n_complaints, n_portfolio;
    complaint *c;       /* by date, then account */
    double *annual;     /* minor units; NAN: none of its own */
    double portfolio;   /* NAN: nobody has any */
} work;

static int by_date(const void *a, const void *b)
{
    const complaint *x = a, *y = b;
    if (x->date != y->date) return x->date < y->date ? -1 : 1;
    int k = strcmp(x->code, y->code);
    return k ? k : x->source < y->source ? -1 : x->source > y->source;
}

static double annual_of(const kam_ledger *l, size_t i, kam_day asof)
{
    double sum = 0;
    int64_t first = INT64_MAX;
    for (size_t k = l->start[i]; k < l->start[i + 1] && l->day[k] <= asof; k++) {
        sum += (double)l->net_minor[k];
        if (l->net_minor[k] > 0 && first == INT64_MAX) first = l->day[k];
    }
    if (first == INT64_MAX || !(sum > 0)) return NAN;
    return sum / fmax(1, (double)(asof - first + 1) / 365.25);
}

static void work_release(work *w)
{
    kam_free(w->c);
    kam_free(w->annual);
}

static kam_rc work_build(const calc_facts *f, const calc_complaint_params *p, work *w, kam_err *err)
{
    static const calc_use want[] = {{"row", KAM_INT, false}, {"date", KAM_DAY, false}, {"resolved_on", KAM_DAY, false}, {"owner", KAM_TEXT, true}};
    const kam_column *in[4];
    memset(w, 0, sizeof *w);
    kam_rc rc = calc_use_accounts(f, true, w->acc, &w->n, err);
    if (!rc) rc = calc_use_table(f->complaints, "complaints", want, 4, in, err);
    if (rc) return rc;
    w->owner = in[3];
    w->annual = kam_calloc(w->n + 1, sizeof *w->annual);
    double sum = 0;
    for (size_t i = 0; i < w->n; i++) {
        w->annual[i] = annual_of(f->ledger, i, p->asof);
        if (isnan(w->annual[i])) continue;
        sum += w->annual[i];
        w->n_portfolio++;
    }
    w->portfolio = w->n_portfolio ? sum / (double)w->n_portfolio : NAN;
    size_t rows = calc_use_rows(f->complaints);
    w->c = kam_calloc(rows + 1, sizeof *w->c);
    for (size_t r = 0; r < rows; r++) {
        size_t i = calc_row_at(in[0], r, w->n);
        if (i == SIZE_MAX || !calc_known(in[1], r) || kam_col_int(in[1], r) > p->asof) continue;
        bool open = !calc_known(in[2], r) || kam_col_int(in[2], r) > p->asof;
        w->c[w->n_complaints++] = (complaint){i, kam_col_text(w->acc[CALC_ACC_CODE], i), kam_col_int(in[1], r), kam_col_int(in[2], r), open, r};
    }
    qsort(w->c, w->n_complaints, sizeof *w->c, by_date);
    return KAM_OK;
}

/* What the account buys a year, its own or the portfolio's. */
static double revenue_of(const work *w, size_t row, const char **whose)
{
    bool own = !isnan(w->annual[row]);
    *whose = own ? "account" : isnan(w->portfolio) ? NULL : "portfolio";
    return own ? w->annual[row] : w->portfolio;
}

kam_rc calc_complaint_revenue(const calc_facts *f, const calc_complaint_params *p, double **annual, kam_err *err)
{
    work w;
    kam_rc rc = work_build(f, p, &w, err);
    if (rc) return rc;
    for (size_t i = 0; i < w.n; i++)
        if (isnan(w.annual[i])) w.annual[i] = w.portfolio;
    *annual = w.annual;
    w.annual = NULL;
    work_release(&w);
    return KAM_OK;
}

static void push_minor(kam_column *c, double v)
{
    calc_push_opt(c, isfinite(v) && fabs(v) < 9e18, isfinite(v) && fabs(v) < 9e18 ? llround(v) : 0);
}

static void price_notes(kam_table *t, const work *w, const calc_complaint_params *p)
{
    calc_note_say(t, p->lang, &note_bound, CALC_ARGS(calc_arg_real(p->factor, 2), calc_arg_day(p->asof)));
    if (w->n_portfolio)
        calc_note_say(t, p->lang, &note_portfolio,
                      CALC_ARGS(calc_arg_money(llround(w->portfolio), kam_table_exponent(t)), calc_arg_int((int64_t)w->n_portfolio)));
}

kam_rc calc_complaint_register(const calc_facts *f, const calc_complaint_params *p, kam_table **out, kam_err *err)
{
    static const calc_col cols[] = {
        {"account", KAM_TEXT, "classify.account"},         {"name", KAM_TEXT, "classify.name"},
        {"date", KAM_DAY, "complaint-cost.date"},          {"resolved_on", KAM_DAY, "complaint-cost.resolved_on"},
        {"days", KAM_INT, "complaint-cost.days"},          {"open", KAM_FLAG, "complaint-cost.open"},
        {"owner", KAM_TEXT, "complaint-cost.owner"},       {"annual_revenue", KAM_MONEY, "complaint-cost.annual_revenue"},
        {"revenue_of", KAM_TEXT, "complaint-cost.revenue_of"}, {"upper_bound", KAM_MONEY, "complaint-cost.upper_bound"}};
    work w;
    kam_rc rc = work_build(f, p, &w, err);
    if (rc) return rc;
    kam_column *c[CALC_COUNT(cols)];
    kam_table *t = calc_out_new("complaint-cost.register", f->accounts, cols, CALC_COUNT(cols), c);
    for (size_t k = 0; k < w.n_complaints; k++) {
        const complaint *x = &w.c[k];
        const char *whose;
        double revenue = revenue_of(&w, x->row, &whose);
        kam_col_push_text(c[0], x->code);
        kam_col_push_from(c[1], w.acc[CALC_ACC_NAME], x->row);
        kam_col_push_int(c[2], x->date);
        calc_push_opt(c[3], !x->open, x->resolved);
        kam_col_push_int(c[4], (x->open ? p->asof : x->resolved) - x->date);
        kam_col_push_int(c[5], x->open);
        kam_col_push_text(c[6], calc_text_at(w.owner, x->source));
        push_minor(c[7], revenue);
        kam_col_push_text(c[8], whose);
        push_minor(c[9], revenue * p->factor);
    }
    price_notes(t, &w, p);
    kam_table_seal(t);
    work_release(&w);
    *out = t;
    return KAM_OK;
}

typedef struct of_account {
    size_t row;
    const char *code;
    int64_t complaints, open, oldest;
    double revenue;
} of_account;

static int dearest_first(const void *a, const void *b)
{
    const of_account *x = a, *y = b;
    if ((x->open > 0) != (y->open > 0)) return x->open > 0 ? -1 : 1;
    if (x->revenue > y->revenue) return -1;
    if (x->revenue < y->revenue) return 1;
    return strcmp(x->code, y->code);
}

/* Complaints gathered by account; n of them, in a block the caller frees. */
static of_account *by_account(const work *w, size_t *n)
{
    of_account *a = kam_calloc(w->n + 1, sizeof *a);
    for (size_t k = 0; k < w->n_complaints; k++) {
        of_account *x = &a[w->c[k].row];
        x->complaints++;
        if (!w->c[k].open) continue;
        if (x->open++ == 0) x->oldest = w->c[k].date; /* complaints come by date */
    }
    size_t m = 0;
    for (size_t i = 0; i < w->n; i++) {
        if (!a[i].complaints) continue;
        const char *whose;
        of_account x = a[i];
        x.row = i;
        x.code = kam_col_text(w->acc[CALC_ACC_CODE], i);
        x.revenue = revenue_of(w, i, &whose);
        a[m++] = x;
    }
    *n = m;
    return a;
}

kam_rc calc_complaint_accounts(const calc_facts *f, const calc_complaint_params *p, kam_table **out, kam_err *err)
{
    static const calc_col cols[] = {
        {"account", KAM_TEXT, "classify.account"},           {"name", KAM_TEXT, "classify.name"},
        {"complaints", KAM_INT, "complaint-cost.complaints"}, {"open", KAM_INT, "complaint-cost.open_complaints"},
        {"oldest_open", KAM_DAY, "complaint-cost.oldest_open"}, {"annual_revenue", KAM_MONEY, "complaint-cost.annual_revenue"},
        {"revenue_of", KAM_TEXT, "complaint-cost.revenue_of"}, {"upper_bound", KAM_MONEY, "complaint-cost.upper_bound"}};
    work w;
    size_t n;
    kam_rc rc = work_build(f, p, &w, err);
    if (rc) return rc;
    of_account *a = by_account(&w, &n);
    qsort(a, n, sizeof *a, dearest_first);
    kam_column *c[CALC_COUNT(cols)];
    kam_table *t = calc_out_new("complaint-cost.accounts", f->accounts, cols, CALC_COUNT(cols), c);
    for (size_t k = 0; k < n; k++) {
        const char *whose;
        double revenue = revenue_of(&w, a[k].row, &whose);
        kam_col_push_text(c[0], a[k].code);
        kam_col_push_from(c[1], w.acc[CALC_ACC_NAME], a[k].row);
        kam_col_push_int(c[2], a[k].complaints);
        kam_col_push_int(c[3], a[k].open);
        calc_push_opt(c[4], a[k].open > 0, a[k].oldest);
        push_minor(c[5], revenue);
        kam_col_push_text(c[6], whose);
        push_minor(c[7], a[k].open ? revenue * p->factor : NAN);
    }
    price_notes(t, &w, p);
    calc_note_say(t, p->lang, &note_once, NULL, 0);
    kam_table_seal(t);
    kam_free(a);
    work_release(&w);
    *out = t;
    return KAM_OK;
}

kam_rc calc_complaint_measures(const calc_facts *f, const calc_complaint_params *p, kam_table **out, kam_err *err)
{
    work w;
    size_t n;
    kam_rc rc = work_build(f, p, &w, err);
    if (rc) return rc;
    of_account *a = by_account(&w, &n);
    int64_t open = 0, accounts = 0, priced = 0;
    double revenue = 0;
    for (size_t k = 0; k < n; k++) {
        open += a[k].open;
        accounts += a[k].open > 0;
        if (!a[k].open || isnan(a[k].revenue)) continue;
        priced++;
        revenue += a[k].revenue;
    }
    double unit = pow(10.0, kam_table_exponent(f->accounts));
    bool known = priced > 0 || accounts == 0;
    calc_measures m;
    calc_measures_start(&m, "complaint-cost.measures", f->accounts);
    calc_measures_value(&m, "complaints", (double)w.n_complaints, (int64_t)n);
    calc_measures_value(&m, "open_complaints", (double)open, (int64_t)w.n_complaints);
    calc_measures_value(&m, "open_accounts", (double)accounts, (int64_t)n);
    calc_measures_value(&m, "open_revenue", known ? revenue / unit : NAN, priced);
    calc_measures_value(&m, "open_upper_bound", known ? revenue * p->factor / unit : NAN, priced);
    calc_measures_value(&m, "people_touched", (double)accounts * p->bad, accounts);
    calc_measures_value(&m, "chances_if_settled", (double)accounts * p->good, accounts);
    price_notes(m.t, &w, p);
    calc_note_say(m.t, p->lang, &note_once, NULL, 0);
    calc_note_say(m.t, p->lang, &note_mouth, CALC_ARGS(calc_arg_real(p->bad, 2), calc_arg_real(p->good, 2)));
    kam_table_seal(m.t);
    kam_free(a);
    work_release(&w);
    *out = m.t;
    return KAM_OK;
}

/* --- service recovery ------------------------------------------------------------------------------------------- */
enum { FAST, NORMAL, SLOW, LATE, UNRESOLVED, TOTAL, SPEEDS };
static const char *const SPEED[SPEEDS] = {"fast", "normal", "slow", "late", "unresolved", "total"};

/* Did the account buy before the day, and in (day, day + follow]? */
static void bought(const kam_ledger *l, size_t i, int64_t day, int follow, bool *before, bool *after)
{
    *before = *after = false;
    size_t lo = l->start[i], hi = l->start[i + 1], end = hi;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        if (l->day[mid] > day) hi = mid;
        else lo = mid + 1;
    }
    for (size_t k = lo; k < end && l->day[k] <= day + follow && !*after; k++) *after = l->net_minor[k] > 0;
    for (size_t k = lo; k-- > l->start[i] && !*before;) *before = l->net_minor[k] > 0;
}

static int speed_of(const complaint *x, const calc_complaint_params *p)
{
    if (x->open) return UNRESOLVED;
    int64_t d = x->resolved - x->date;
    return d <= p->written ? FAST : d <= p->visit ? NORMAL : d <= p->filed ? SLOW : LATE;
}

static void recovery_row(kam_column **c, int speed, int64_t n, int64_t k, const calc_complaint_params *p)
{
    const int within[SPEEDS] = {p->written, p->visit, p->filed, 0, 0, 0};
    double low = NAN, high = NAN;
    if (!calc_wilson((double)k, (double)n, p->level, &low, &high)) low = high = NAN;
    kam_col_push_text(c[0], SPEED[speed]);
    calc_push_opt(c[1], speed <= SLOW, within[speed]);
    kam_col_push_int(c[2], n);
    kam_col_push_int(c[3], k);
    kam_col_push_real(c[4], n ? (double)k / (double)n : NAN);
    kam_col_push_real(c[5], low);
    kam_col_push_real(c[6], high);
    kam_col_push_real(c[7], speed < UNRESOLVED ? p->quoted : NAN);
}

kam_rc calc_complaint_recovery(const calc_facts *f, const calc_complaint_params *p, kam_table **out, kam_err *err)
{
    static const calc_col cols[] = {
        {"class", KAM_TEXT, "complaint-cost.speed"},          {"within_days", KAM_INT, "complaint-cost.within_days"},
        {"complaints", KAM_INT, "complaint-cost.complaints"}, {"repurchased", KAM_INT, "complaint-cost.repurchased"},
        {"share", KAM_REAL, "complaint-cost.share"},          {"low", KAM_REAL, "measures.low"},
        {"high", KAM_REAL, "measures.high"},                  {"quoted", KAM_REAL, "complaint-cost.quoted"}};
    work w;
    kam_rc rc = work_build(f, p, &w, err);
    if (rc) return rc;
    int64_t n[SPEEDS] = {0}, k[SPEEDS] = {0}, young = 0, strangers = 0;
    for (size_t i = 0; i < w.n_complaints; i++) {
        bool before, after;
        bought(f->ledger, w.c[i].row, w.c[i].date, p->follow_days, &before, &after);
        if (w.c[i].date + p->follow_days > p->asof) young++;
        else if (!before) strangers++;
        else {
            int speed = speed_of(&w.c[i], p);
            n[speed]++, n[TOTAL]++;
            k[speed] += after, k[TOTAL] += after;
        }
    }
    kam_column *c[CALC_COUNT(cols)];
    kam_table *t = calc_out_new("complaint-cost.recovery", f->accounts, cols, CALC_COUNT(cols), c);
    for (int speed = 0; speed < SPEEDS; speed++) recovery_row(c, speed, n[speed], k[speed], p);
    calc_note_say(t, p->lang, &note_follow, CALC_ARGS(calc_arg_int(p->follow_days)));
    if (young || strangers)
        calc_note_say(t, p->lang, &note_left_out, CALC_ARGS(calc_arg_int(young), calc_arg_int(p->follow_days), calc_arg_int(strangers)));
    calc_note_say(t, p->lang, &note_quoted, CALC_ARGS(calc_arg_pct(p->quoted)));
    kam_table_seal(t);
    work_release(&w);
    *out = t;
    return KAM_OK;
}

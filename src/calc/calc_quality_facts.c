/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A6: what the records say about each account, and the marks measured from it. */
#include "calc_quality_int.h"
#include "kam_mem.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

static bool in_window(const quality_work *w, int64_t day) { return day > w->p->asof - w->p->window_days && day <= w->p->asof; }

/* P(alive) to nine digits. Fits agree only to about that much over the units of time they are made in, and accounts told apart by less
 * would change their order, and with it their marks, with the unit. */
static double steady(const double *p, size_t i) { return p && !isnan(p[i]) ? round(p[i] * 1e9) / 1e9 : NAN; }

static kam_rc read_accounts(quality_work *w, kam_err *err)
{
    static const calc_use want[] = {{"bad_debt", KAM_FLAG, true}, {"off_strategy", KAM_FLAG, true}};
    const kam_column *c[2];
    kam_rc rc = calc_use_table(w->f->accounts, "accounts", want, 2, c, err);
    double margin = 0, base = 0;
    for (size_t i = 0; !rc && i < w->n && calc_goes_on(w->f->accounts, i, w->n); i++) {
        quality_fact *x = &w->a[i];
        calc_buys b;
        double m = 0, s = 0;
        calc_buys_scan(w->f->ledger, i, w->p->asof, w->p->window_days, &b);
        x->revenue = b.window_net;
        x->bought = b.days > 0;
        x->debt_noted = calc_known(c[0], i) && kam_col_int(c[0], i);
        x->off_strategy = calc_known(c[1], i) && kam_col_int(c[1], i);
        x->alive = steady(w->q->p_alive, i);
        x->before = steady(w->q->p_alive_before, i);
        x->margin_rate = x->growth = x->delay = x->serve_rate = NAN;
        calc_margin_rate(w->f->ledger, i, w->p->asof, w->p->window_days, &x->margin_rate, &m, &s);
        calc_growth(w->f->ledger, i, w->p->asof, w->p->trend_days, &x->growth);
        margin += m;
        base += s;
    }
    w->portfolio_rate = base > 0 ? margin / base : NAN;
    w->no_costs = !w->f->ledger->margin_minor && w->f->ledger->n_entries > 0;
    return rc;
}

static kam_rc read_payments(quality_work *w, kam_err *err)
{
    static const calc_use want[] = {{"row", KAM_INT, false}, {"invoices", KAM_INT, false}, {"delay_days", KAM_INT, false}};
    const kam_column *c[3];
    kam_rc rc = calc_use_table(w->q->payments, "payments", want, 3, c, err);
    for (size_t r = 0, rows = rc ? 0 : calc_use_rows(w->q->payments); r < rows; r++) {
        size_t i = calc_row_at(c[0], r, w->n);
        if (i == SIZE_MAX || !calc_known(c[1], r) || !calc_known(c[2], r) || kam_col_int(c[1], r) <= 0) continue;
        w->a[i].delay = (double)kam_col_int(c[2], r) / (double)kam_col_int(c[1], r);
    }
    return rc;
}

static kam_rc read_costs(quality_work *w, kam_err *err)
{
    static const calc_use want[] = {
        {"row", KAM_INT, false}, {"date", KAM_DAY, false}, {"kind", KAM_TEXT, false}, {"amount", KAM_MONEY, false}};
    const kam_column *c[4];
    kam_rc rc = calc_use_table(w->f->service_costs, "service_costs", want, 4, c, err);
    for (size_t r = 0, rows = rc ? 0 : calc_use_rows(w->f->service_costs); r < rows; r++) {
        size_t i = calc_row_at(c[0], r, w->n);
        if (i == SIZE_MAX || !calc_known(c[1], r) || !calc_known(c[3], r) || !in_window(w, kam_col_int(c[1], r))) continue;
        w->a[i].costs_known = true;
        if (calc_text_is(c[2], r, "maintain") || calc_text_is(c[2], r, "serve")) w->a[i].serve_cost += kam_col_int(c[3], r);
    }
    for (size_t i = 0; i < w->n; i++)
        if (w->a[i].costs_known && w->a[i].revenue > 0) w->a[i].serve_rate = (double)w->a[i].serve_cost / (double)w->a[i].revenue;
    return rc;
}

/* One number of an invoice is one invoice, however many lines it has; a line without a number is one of its own. */
typedef struct overdue_line {
    size_t account;
    const char *no;
} overdue_line;

static int by_invoice(const void *a, const void *b)
{
    const overdue_line *x = a, *y = b;
    if (x->account != y->account) return x->account < y->account ? -1 : 1;
    if (!x->no || !y->no) return (x->no != NULL) - (y->no != NULL);
    return strcmp(x->no, y->no);
}

static void count_overdue(quality_work *w, overdue_line *l, size_t n)
{
    qsort(l, n, sizeof *l, by_invoice);
    for (size_t k = 0; k < n; k++)
        if (k == 0 || l[k].account != l[k - 1].account || !l[k].no || !l[k - 1].no || strcmp(l[k].no, l[k - 1].no) != 0)
            w->a[l[k].account].overdue++;
}

static kam_rc read_invoices(quality_work *w, kam_err *err)
{
    enum { ROW, DUE, PAID, DATE, NO, AMOUNT, COLS };
    static const calc_use want[COLS] = {{"row", KAM_INT, false}, {"due", KAM_DAY, false},        {"paid_on", KAM_DAY, false},
                                        {"date", KAM_DAY, true}, {"invoice_no", KAM_TEXT, true}, {"amount", KAM_MONEY, true}};
    const kam_column *c[COLS];
    kam_rc rc = calc_use_table(w->f->invoices, "invoices", want, COLS, c, err);
    size_t rows = rc ? 0 : calc_use_rows(w->f->invoices), n = 0;
    overdue_line *late = kam_calloc(rows + 1, sizeof *late);
    for (size_t r = 0; r < rows; r++) {
        size_t i = calc_row_at(c[ROW], r, w->n);
        if (i == SIZE_MAX || !calc_known(c[DUE], r) || calc_known(c[PAID], r)) continue;
        quality_fact *x = &w->a[i];
        if (kam_col_int(c[DUE], r) < w->p->asof) late[n++] = (overdue_line){i, calc_text_at(c[NO], r)};
        if (!calc_known(c[AMOUNT], r) || kam_col_int(c[AMOUNT], r) <= 0) continue; /* a credit note is no receivable */
        int64_t day = calc_known(c[DATE], r) ? kam_col_int(c[DATE], r) : kam_col_int(c[DUE], r);
        if (!x->has_receivable || day < x->oldest) x->oldest = day;
        x->has_receivable = true;
        x->receivable += kam_col_int(c[AMOUNT], r);
    }
    count_overdue(w, late, n);
    kam_free(late);
    return rc;
}

typedef struct survey {
    size_t account;
    int64_t day;
    bool below;
} survey;

static int newest_first(const void *a, const void *b)
{
    const survey *x = a, *y = b;
    if (x->account != y->account) return x->account < y->account ? -1 : 1;
    if (x->day != y->day) return x->day > y->day ? -1 : 1;
    return (int)x->below - (int)y->below;
}

/* How many of the newest surveys in a row were below expectation. */
static kam_rc read_surveys(quality_work *w, kam_err *err)
{
    static const calc_use want[] = {
        {"row", KAM_INT, false}, {"date", KAM_DAY, false}, {"expectation", KAM_REAL, false}, {"perceived", KAM_REAL, false}};
    const kam_column *c[4];
    kam_rc rc = calc_use_table(w->f->surveys, "surveys", want, 4, c, err);
    size_t rows = rc ? 0 : calc_use_rows(w->f->surveys), n = 0;
    survey *s = kam_calloc(rows + 1, sizeof *s);
    for (size_t r = 0; r < rows; r++) {
        size_t i = calc_row_at(c[0], r, w->n);
        if (i == SIZE_MAX || !calc_known(c[1], r) || !calc_known(c[2], r) || !calc_known(c[3], r)) continue;
        s[n++] = (survey){i, kam_col_int(c[1], r), kam_col_real(c[3], r) < kam_col_real(c[2], r)};
    }
    qsort(s, n, sizeof *s, newest_first);
    for (size_t k = 0; k < n; k++) {
        quality_fact *x = &w->a[s[k].account];
        if (x->unhappy == x->surveys++ && s[k].below) x->unhappy++;
    }
    kam_free(s);
    return rc;
}

static kam_rc read_signs(quality_work *w, kam_err *err)
{
    static const calc_use want[] = {{"row", KAM_INT, false}, {"date", KAM_DAY, false}, {"truth", KAM_TEXT, true}};
    static const calc_use want2[] = {{"row", KAM_INT, false}, {"date", KAM_DAY, false}, {"approved", KAM_FLAG, false}};
    const kam_column *c[3];
    kam_rc rc = calc_use_table(w->f->sightings, "sightings", want, 3, c, err);
    for (size_t r = 0, rows = rc ? 0 : calc_use_rows(w->f->sightings); r < rows; r++) {
        size_t i = calc_row_at(c[0], r, w->n);
        if (i == SIZE_MAX || !calc_known(c[1], r) || !in_window(w, kam_col_int(c[1], r))) continue;
        if (!calc_text_is(c[2], r, "false")) w->a[i].sighted = true;
    }
    if (!rc) rc = calc_use_table(w->q->exceptions, "exceptions", want2, 3, c, err);
    for (size_t r = 0, rows = rc ? 0 : calc_use_rows(w->q->exceptions); r < rows; r++) {
        size_t i = calc_row_at(c[0], r, w->n);
        if (i == SIZE_MAX || !calc_known(c[1], r) || !in_window(w, kam_col_int(c[1], r))) continue;
        if (!(calc_known(c[2], r) && kam_col_int(c[2], r))) w->a[i].violations++;
    }
    return rc;
}

kam_rc calc_quality_collect(quality_work *w, kam_err *err)
{
    kam_rc rc = read_accounts(w, err);
    if (!rc) rc = read_payments(w, err);
    if (!rc) rc = read_costs(w, err);
    if (!rc) rc = read_invoices(w, err);
    if (!rc) rc = read_surveys(w, err);
    if (!rc) rc = read_signs(w, err);
    return rc;
}

/* The mean of those of two marks that are known. */
static double mean2(double a, double b)
{
    if (isnan(a)) return b;
    return isnan(b) ? a : (a + b) / 2;
}

/* calc_quality throws away what is not finished then. */
static bool stopped(const quality_work *w) { return kam_progress_stopped(kam_table_watch(w->f->accounts)); }

void calc_quality_mark(const quality_work *w, calc_marks *marks)
{
    double *x = kam_calloc(w->n + 1, sizeof *x), *y = kam_calloc(w->n + 1, sizeof *y);
    for (size_t i = 0; i < w->n; i++) {
        x[i] = w->a[i].margin_rate;
        y[i] = w->a[i].delay;
    }
    calc_rank_marks(x, w->n, 10, false, x);
    if (stopped(w)) goto done;
    calc_rank_marks(y, w->n, 10, true, y);
    for (size_t i = 0; i < w->n; i++) x[i] = mean2(x[i], y[i]);
    calc_marks_measured(marks, "margin-payment", x);
    if (stopped(w)) goto done;
    for (size_t i = 0; i < w->n; i++) x[i] = w->a[i].serve_rate;
    calc_rank_marks(x, w->n, 10, true, x);
    calc_marks_measured(marks, "cost-to-serve", x);
    if (stopped(w)) goto done;
    for (size_t i = 0; i < w->n; i++) {
        x[i] = w->a[i].alive;
        y[i] = w->a[i].growth;
    }
    calc_rank_marks(x, w->n, 10, false, x);
    if (stopped(w)) goto done;
    calc_rank_marks(y, w->n, 10, false, y);
    for (size_t i = 0; i < w->n; i++) x[i] = mean2(x[i], y[i]);
    calc_marks_measured(marks, "loyalty", x);
done:
    kam_free(x);
    kam_free(y);
}

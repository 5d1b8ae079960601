/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calc_use.h"
#include <math.h>
#include <string.h>

kam_rc calc_use_table(const kam_table *t, const char *what, const calc_use *want, size_t n, const kam_column **out,
                      kam_err *err)
{
    for (size_t i = 0; i < n; i++) {
        out[i] = t ? kam_table_find(t, want[i].name) : NULL;
        if (!t) continue;
        if (!out[i]) {
            if (want[i].optional) continue;
            kam_err_set(err, KAM_CALC, "table %s lacks the column %s", what, want[i].name);
            return kam_err_word(err, "NODATA"), KAM_CALC;
        }
        kam_type type = kam_col_type(out[i]);
        if (type != want[i].type && !(want[i].type == KAM_REAL && type == KAM_INT)) {
            kam_err_set(err, KAM_CALC, "column %s of table %s is %s, not %s", want[i].name, what, kam_type_name(type),
                        kam_type_name(want[i].type));
            return kam_err_word(err, "NODATA"), KAM_CALC;
        }
    }
    return KAM_OK;
}

size_t calc_use_rows(const kam_table *t) { return t ? kam_table_rows(t) : 0; }

bool calc_known(const kam_column *c, size_t row) { return c && !kam_col_missing(c, row); }

const char *calc_text_at(const kam_column *c, size_t row) { return calc_known(c, row) ? kam_col_text(c, row) : NULL; }

bool calc_text_is(const kam_column *c, size_t row, const char *word)
{
    return calc_known(c, row) && strcmp(kam_col_text(c, row), word) == 0;
}

size_t calc_row_at(const kam_column *c, size_t row, size_t n)
{
    if (!calc_known(c, row)) return SIZE_MAX;
    int64_t v = kam_col_int(c, row);
    return v >= 0 && (uint64_t)v < n ? (size_t)v : SIZE_MAX;
}

kam_rc calc_use_accounts(const calc_facts *f, bool want_ledger, const kam_column *cols[CALC_ACC_COLS], size_t *n,
                         kam_err *err)
{
    static const calc_use want[CALC_ACC_COLS] = {{"account", KAM_TEXT, false}, {"name", KAM_TEXT, false}};
    KAM_ASSERT(f->accounts);
    kam_rc rc = calc_use_table(f->accounts, "accounts", want, CALC_ACC_COLS, cols, err);
    if (rc) return rc;
    *n = kam_table_rows(f->accounts);
    if (want_ledger) {
        KAM_ASSERT(f->ledger);
        if (f->ledger->n_accounts != *n)
            KAM_BUG("ledger of %zu accounts beside a table of %zu", f->ledger->n_accounts, *n);
    }
    return KAM_OK;
}

void calc_buys_scan(const kam_ledger *l, size_t account, kam_day asof, int window, calc_buys *out)
{
    calc_buys b = {0};
    for (size_t k = l->start[account]; k < l->start[account + 1]; k++) {
        int64_t day = l->day[k], net = l->net_minor[k];
        if (day > asof) break;
        if (net > 0) {
            if (b.days == 0) b.first = day;
            if (b.days == 1) b.second = day;
            b.days++;
            b.last = day;
        }
        if (day <= asof - window) continue;
        b.window_entries++;
        b.window_net += net;
        if (net > 0) {
            b.window_days++;
            b.window_bought += net;
        }
        if (!l->margin_minor) b.window_margin += net;
        else if (l->margin_missing && l->margin_missing[k]) b.window_no_margin++;
        else b.window_margin += l->margin_minor[k];
    }
    *out = b;
}

int64_t calc_net_between(const kam_ledger *l, size_t account, kam_day from, kam_day to)
{
    size_t lo = l->start[account], end = l->start[account + 1], hi = end;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        if (l->day[mid] > from) hi = mid;
        else lo = mid + 1;
    }
    int64_t sum = 0;
    for (; lo < end && l->day[lo] <= to; lo++) sum += l->net_minor[lo];
    return sum;
}

kam_table *calc_out_new(const char *title, const kam_table *like, const calc_col *cols, size_t n, kam_column **c)
{
    kam_table *t = kam_table_new();
    kam_table_set_title(t, title);
    if (like) kam_table_set_currency(t, kam_table_currency(like), kam_table_exponent(like));
    kam_table_set_watch(t, kam_table_watch(like));
    for (size_t i = 0; i < n; i++) c[i] = kam_table_add_column(t, cols[i].name, cols[i].type, cols[i].label);
    return t;
}

bool calc_goes_on(const kam_table *t, size_t i, size_t n) { return kam_table_step(t, "rows", i, n, NULL) == KAM_OK; }

kam_rc calc_out_done(kam_table *t, kam_table **out, kam_err *err)
{
    kam_table_seal(t);
    const size_t n = kam_table_rows(t);
    const kam_rc rc = kam_progress_step(kam_table_watch(t), "rows", n, n, err);
    if (rc == KAM_OK) *out = t;
    else kam_table_unref(t);
    return rc;
}

void calc_push_opt(kam_column *c, bool known, int64_t v)
{
    if (known) kam_col_push_int(c, v);
    else kam_col_push_missing(c);
}

void calc_measures_start(calc_measures *m, const char *title, const kam_table *like)
{
    static const calc_col cols[] = {
        {"measure", KAM_TEXT, "measures.measure"}, {"value", KAM_REAL, "measures.value"},
        {"low", KAM_REAL, "measures.low"},         {"high", KAM_REAL, "measures.high"},
        {"n", KAM_INT, "measures.n"},              {"reading", KAM_TEXT, "measures.reading"},
    };
    m->t = calc_out_new(title, like, cols, CALC_COUNT(cols), m->c);
}

void calc_measures_range(calc_measures *m, const char *measure, double value, double low, double high, int64_t n)
{
    kam_col_push_text(m->c[0], measure);
    kam_col_push_real(m->c[1], value);
    kam_col_push_real(m->c[2], low);
    kam_col_push_real(m->c[3], high);
    kam_col_push_int(m->c[4], n);
    kam_col_push_missing(m->c[5]);
}

void calc_measures_value(calc_measures *m, const char *measure, double value, int64_t n)
{
    calc_measures_range(m, measure, value, NAN, NAN, n);
}

void calc_measures_word(calc_measures *m, const char *measure, const char *reading)
{
    kam_col_push_text(m->c[0], measure);
    for (int i = 1; i < 5; i++) kam_col_push_missing(m->c[i]);
    kam_col_push_text(m->c[5], reading);
}

void calc_push_say(kam_column *c, kam_str *buf, calc_lang lang, const calc_text *t, const calc_arg *args, size_t n)
{
    kam_str_clear(buf);
    calc_say(buf, lang, t, args, n);
    kam_col_push_textn(c, kam_str_cstr(buf), buf->len);
}

void calc_note_say(kam_table *t, calc_lang lang, const calc_text *s, const calc_arg *args, size_t n)
{
    kam_str buf = KAM_STR_INIT;
    calc_say(&buf, lang, s, args, n);
    kam_table_add_note(t, kam_str_cstr(&buf));
    kam_str_release(&buf);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* calc_build: inputs of calc's methods written as text, and looking into their results.
 *
 * A table: columns "name:type name:type …", then rows of cells separated by '|', rows by '\n'; "-" is missing, days are
 * ISO dates, money is in minor units. A ledger: one line an account, each ended by '\n', "day net day net …"; "day net/margin" gives a
 * margin and "day net/?" says that it is unknown. Aborts on a malformed text. */
#ifndef CALC_BUILD_H
#define CALC_BUILD_H
#include "kam_date.h"
#include "kam_err.h"
#include "kam_ledger.h"
#include "kam_mem.h"
#include "kam_str.h"
#include "kam_table.h"
#include <stdlib.h>
#include <string.h>

static inline kam_day day_of(const char *s)
{
    kam_day d;
    if (!kam_day_parse(s, &d)) KAM_BUG("not a day: %s", s);
    return d;
}

static inline void build_cell(kam_column *c, const char *cell)
{
    long long v;
    double r;
    if (strcmp(cell, "-") == 0) kam_col_push_missing(c);
    else if (kam_col_type(c) == KAM_TEXT) kam_col_push_text(c, cell);
    else if (kam_col_type(c) == KAM_DAY) kam_col_push_int(c, day_of(cell));
    else if (kam_col_type(c) == KAM_REAL && kam_parse_real(cell, &r)) kam_col_push_real(c, r);
    else if (kam_parse_int(cell, &v)) kam_col_push_int(c, v);
    else KAM_BUG("not a cell: %s", cell);
}

/* Cuts *rest at the next `sep`; NULL at the end. */
static inline char *next_part(char **rest, char sep)
{
    char *at = *rest;
    if (!at) return NULL;
    char *end = strchr(at, sep);
    if (end) *end++ = 0;
    *rest = end;
    return at;
}

static inline kam_table *build_table(const char *columns, const char *rows)
{
    kam_table *t = kam_table_new();
    kam_table_set_currency(t, "CNY", 2);
    char *copy = kam_strdup(columns), *rest = copy, *word;
    kam_column *c[32];
    size_t n = 0;
    while ((word = next_part(&rest, ' '))) {
        char *type = strchr(word, ':');
        kam_type k;
        *type++ = 0;
        if (!kam_type_parse(type, &k)) KAM_BUG("not a type: %s", type);
        c[n++] = kam_table_add_column(t, word, k, NULL);
    }
    kam_free(copy);
    rest = copy = kam_strdup(rows);
    char *line;
    while ((line = next_part(&rest, '\n'))) {
        if (!*line) continue;
        for (size_t i = 0; i < n; i++) {
            char *cell = next_part(&line, '|');
            if (!cell) KAM_BUG("a row of %zu cells, not %zu", i, n);
            build_cell(c[i], cell);
        }
    }
    kam_free(copy);
    kam_table_seal(t);
    return t;
}

/* Accounts "CODE\n…" with the name "Name CODE". */
static inline kam_table *build_accounts(const char *codes)
{
    kam_str rows = KAM_STR_INIT;
    char *copy = kam_strdup(codes), *rest = copy, *code;
    while ((code = next_part(&rest, ' ')))
        if (*code) kam_str_addf(&rows, "%s|Name %s\n", code, code);
    kam_table *t = build_table("account:text name:text", kam_str_cstr(&rows));
    kam_str_release(&rows);
    kam_free(copy);
    return t;
}

static inline void build_entry(kam_ledger *l, size_t *cap, kam_day day, char *amount)
{
    if (l->n_entries == *cap) {
        *cap = *cap ? *cap * 2 : 16;
        l->day = kam_reallocarray(l->day, *cap, sizeof *l->day);
        l->net_minor = kam_reallocarray(l->net_minor, *cap, sizeof *l->net_minor);
        l->margin_minor = kam_reallocarray(l->margin_minor, *cap, sizeof *l->margin_minor);
        l->margin_missing = kam_reallocarray(l->margin_missing, *cap, 1);
    }
    char *margin = strchr(amount, '/');
    size_t k = l->n_entries++;
    if (margin) *margin++ = 0;
    l->day[k] = (int32_t)day;
    l->net_minor[k] = atoll(amount);
    l->margin_missing[k] = !margin || *margin == '?';
    l->margin_minor[k] = l->margin_missing[k] ? 0 : atoll(margin);
    l->lines++;
    l->lines_no_cost += l->margin_missing[k];
}

/* Without any '/' in the text the ledger knows no cost at all (margin_minor NULL). */
static inline kam_ledger build_ledger(const char *lines)
{
    kam_ledger l = KAM_LEDGER_INIT;
    char *copy = kam_strdup(lines), *rest = copy, *line, *word;
    size_t cap = 0;
    l.start = kam_calloc(strlen(lines) + 2, sizeof *l.start);
    while (rest && *rest && (line = next_part(&rest, '\n'))) {
        while ((word = next_part(&line, ' '))) {
            if (!*word) continue;
            char *amount = next_part(&line, ' ');
            build_entry(&l, &cap, day_of(word), amount);
        }
        l.start[++l.n_accounts] = l.n_entries;
    }
    if (!strchr(lines, '/')) {
        kam_free(l.margin_minor);
        kam_free(l.margin_missing);
        l.margin_minor = NULL;
        l.margin_missing = NULL;
    }
    kam_free(copy);
    return l;
}

/* The row whose `column` is `word`; aborts when there is none. */
static inline size_t row_where(const kam_table *t, const char *column, const char *word)
{
    const kam_column *c = kam_table_find(t, column);
    for (size_t i = 0; c && i < kam_table_rows(t); i++)
        if (!kam_col_missing(c, i) && strcmp(kam_col_text(c, i), word) == 0) return i;
    KAM_BUG("no row with %s = %s", column, word);
}

/* A cell as text ("-" for missing), good until the fifth call after. */
static inline const char *cell_of(const kam_table *t, size_t row, const char *column)
{
    static char buf[4][1024];
    static int next;
    char num[KAM_CELL_MAX], *to = buf[next++ & 3];
    int col = kam_table_index(t, column);
    if (col < 0) KAM_BUG("no column %s", column);
    if (kam_col_missing(kam_table_column(t, (size_t)col), row)) return "-";
    snprintf(to, sizeof buf[0], "%s", kam_table_cell(t, (size_t)col, row, num));
    return to;
}

static inline double real_of(const kam_table *t, size_t row, const char *column)
{
    const kam_column *c = kam_table_find(t, column);
    if (!c || kam_col_missing(c, row)) KAM_BUG("no value of %s in row %zu", column, row);
    return kam_col_real(c, row);
}

#define assert_cell(t, row, column, want) assert_string_equal(cell_of((t), (row), (column)), (want))

/* Seeded random numbers (splitmix64), the same on every system. */
static inline uint64_t rnd(uint64_t *seed)
{
    uint64_t z = (*seed += 0x9e3779b97f4a7c15u);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}
static inline double rnd_unit(uint64_t *seed) { return (double)(rnd(seed) >> 11) / 9007199254740992.0; }

/* A random portfolio of n accounts "A0000 …": purchases over 900 days before `asof`, refunds among them. */
static inline kam_ledger random_ledger(size_t n, kam_day asof, uint64_t *seed)
{
    kam_ledger l = KAM_LEDGER_INIT;
    size_t cap = 0;
    l.start = kam_calloc(n + 1, sizeof *l.start);
    for (size_t i = 0; i < n; i++) {
        int gap = 1 + (int)(rnd(seed) % 400);
        for (kam_day d = asof - (kam_day)(rnd(seed) % 900); d <= asof; d += 1 + (kam_day)(rnd(seed) % (uint64_t)gap)) {
            char amount[64];
            int net = (int)(rnd(seed) % 9) * 1000 - 1000;
            snprintf(amount, sizeof amount, "%d/%d", net, net / 3);
            build_entry(&l, &cap, d, amount);
        }
        l.start[++l.n_accounts] = l.n_entries;
    }
    return l;
}

static inline kam_table *random_accounts(size_t n)
{
    kam_str codes = KAM_STR_INIT;
    for (size_t i = 0; i < n; i++) kam_str_addf(&codes, "A%04zu ", i);
    kam_table *t = build_accounts(kam_str_cstr(&codes));
    kam_str_release(&codes);
    return t;
}

/* Accounts and ledger reversed: what a permutation of the population looks like to a method. */
static inline kam_ledger reversed_ledger(const kam_ledger *l)
{
    kam_ledger r = KAM_LEDGER_INIT;
    size_t cap = 0;
    r.start = kam_calloc(l->n_accounts + 1, sizeof *r.start);
    for (size_t i = l->n_accounts; i-- > 0;) {
        for (size_t k = l->start[i]; k < l->start[i + 1]; k++) {
            char amount[64];
            snprintf(amount, sizeof amount, "%lld/%lld", (long long)l->net_minor[k], (long long)l->margin_minor[k]);
            build_entry(&r, &cap, l->day[k], amount);
        }
        r.start[++r.n_accounts] = r.n_entries;
    }
    return r;
}

static inline kam_table *reversed_table(const kam_table *t)
{
    size_t n = kam_table_rows(t), *rows = kam_calloc(n, sizeof *rows);
    for (size_t i = 0; i < n; i++) rows[i] = n - 1 - i;
    kam_table *r = kam_table_pick(t, rows, n);
    kam_free(rows);
    return r;
}

/* Every row of `a` is in `b` under the same key with the same cells; returns the name of the first column that differs. */
static inline const char *difference(const kam_table *a, const kam_table *b, const char *key)
{
    if (kam_table_rows(a) != kam_table_rows(b)) return "rows";
    const kam_column *keys = kam_table_find(a, key);
    for (size_t i = 0; i < kam_table_rows(a); i++) {
        size_t j = row_where(b, key, kam_col_text(keys, i));
        for (size_t k = 0; k < kam_table_columns(a); k++) {
            const char *name = kam_col_name(kam_table_column(a, k));
            if (strcmp(cell_of(a, i, name), cell_of(b, j, name)) != 0) return name;
        }
    }
    return NULL;
}

/* Σ of an int column. */
static inline int64_t sum_of(const kam_table *t, const char *column)
{
    const kam_column *c = kam_table_find(t, column);
    int64_t sum = 0;
    for (size_t i = 0; i < kam_table_rows(t); i++) sum += kam_col_int(c, i);
    return sum;
}

/* Every cell of the row of `one`, or none where `whole` has none, and the same notes. */
static inline void assert_row_of(const kam_table *whole, size_t row, const kam_table *one)
{
    char a[KAM_CELL_MAX], b[KAM_CELL_MAX];
    assert_int_equal(kam_table_rows(one), row == SIZE_MAX ? 0 : 1);
    assert_int_equal(kam_table_columns(one), kam_table_columns(whole));
    assert_int_equal(kam_table_notes(one), kam_table_notes(whole));
    for (size_t i = 0; i < kam_table_notes(whole); i++) assert_string_equal(kam_table_note(one, i), kam_table_note(whole, i));
    for (size_t c = 0; row != SIZE_MAX && c < kam_table_columns(whole); c++) {
        assert_int_equal(kam_col_missing(kam_table_column(one, c), 0), kam_col_missing(kam_table_column(whole, c), row));
        assert_string_equal(kam_table_cell(one, c, 0, b), kam_table_cell(whole, c, row, a));
    }
}
#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A column is a name over shared data. Integers take four bytes a row until a value needs eight; text takes a
 * four-byte offset into the column's pool until the pool passes 4 GB; missing bits exist from the first missing cell
 * on. Ten million rows of days, amounts and codes thus stay in the low hundreds of megabytes. */
#include "kam_table.h"
#include "kam_date.h"
#include "kam_err.h"
#include "kam_mem.h"
#include "kam_money.h"
#include "kam_str.h"
#include <math.h>
#include <stdio.h>
#include <string.h>

enum { ASK_EVERY = 2048 };

typedef struct column_data {
    size_t refs;
    kam_type type;
    bool wide; /* v64 instead of v32: integers, and text offsets */
    bool sealed;
    size_t rows, cap; /* cap: rows there is room for */
    union {
        int32_t *v32;
        uint32_t *off32;
        int64_t *v64;
        uint64_t *off64;
        double *real;
        void *any;
    } u;
    uint64_t *missing; /* bit set = missing; NULL: none is */
    size_t missing_cap; /* words */
    char *pool;
    size_t pool_len, pool_cap;
    size_t last_off, last_len; /* the newest text, for sharing with an equal neighbour */
} column_data;

struct kam_column {
    char *name, *label; /* label may be NULL */
    column_data *data;
};

struct kam_table {
    size_t refs;
    bool sealed;
    size_t rows, n_columns, columns_cap;
    kam_column **columns; /* pointers: a kam_column must not move while others are added */
    char currency[8];
    int exponent;
    char *title;
    char **notes;
    size_t n_notes, notes_cap;
    kam_progress *watch;
};

static const char *const type_names[] = {"int", "real", "text", "day", "money", "flag"};

const char *kam_type_name(kam_type t)
{
    KAM_ASSERT((unsigned)t <= KAM_FLAG);
    return type_names[t];
}

bool kam_type_parse(const char *s, kam_type *out)
{
    for (int i = KAM_INT; i <= KAM_FLAG; i++) {
        if (kam_streq(s, type_names[i])) {
            *out = (kam_type)i;
            return true;
        }
    }
    return false;
}

/* --- column data ----------------------------------------------------------------------------------------------- */

static void data_unref(column_data *d)
{
    if (--d->refs > 0) return;
    kam_free(d->u.any);
    kam_free(d->missing);
    kam_free(d->pool);
    kam_free(d);
}

static size_t cell_size(const column_data *d)
{
    return d->type == KAM_REAL || d->wide ? 8 : 4;
}

static void reserve(column_data *d, size_t rows)
{
    if (rows <= d->cap) return;
    d->u.any = kam_reallocarray(d->u.any, rows, cell_size(d));
    d->cap = rows;
}

static void widen(column_data *d)
{
    int64_t *wide = kam_reallocarray(NULL, d->cap, sizeof *wide);
    for (size_t i = 0; i < d->rows; i++)
        wide[i] = d->type == KAM_TEXT ? (int64_t)d->u.off32[i] : d->u.v32[i];
    kam_free(d->u.any);
    d->u.v64 = wide;
    d->wide = true;
}

/* Room for one more row of a column that may still grow; counts it. */
static size_t next_row(column_data *d)
{
    KAM_ASSERT(!d->sealed);
    if (d->rows == d->cap) reserve(d, d->cap ? d->cap + d->cap / 2 + 16 : 16);
    if (d->missing != NULL && d->rows / 64 >= d->missing_cap) {
        size_t words = d->missing_cap * 2;
        d->missing = kam_reallocarray(d->missing, words, sizeof *d->missing);
        memset(d->missing + d->missing_cap, 0, (words - d->missing_cap) * sizeof *d->missing);
        d->missing_cap = words;
    }
    return d->rows++;
}

static void mark_missing(column_data *d, size_t row)
{
    if (d->missing == NULL) {
        d->missing_cap = d->cap / 64 + 1;
        d->missing = kam_calloc(d->missing_cap, sizeof *d->missing);
    }
    d->missing[row / 64] |= UINT64_C(1) << row % 64;
}

static bool is_missing(const column_data *d, size_t row)
{
    return d->missing != NULL && (d->missing[row / 64] >> row % 64 & 1);
}

static int64_t int_at(const column_data *d, size_t row)
{
    return d->wide ? d->u.v64[row] : d->u.v32[row];
}

static const char *text_at(const column_data *d, size_t row)
{
    return d->pool + (d->wide ? d->u.off64[row] : d->u.off32[row]);
}

static void push_int(column_data *d, int64_t v)
{
    size_t row = next_row(d);
    if (!d->wide) {
        if (v == (int32_t)v) {
            d->u.v32[row] = (int32_t)v;
            return;
        }
        widen(d);
    }
    d->u.v64[row] = v;
}

static size_t pool_text(column_data *d, const char *s, size_t n)
{
    if (d->pool != NULL && n == d->last_len && memcmp(d->pool + d->last_off, s, n) == 0) return d->last_off;
    KAM_GROW(d->pool, d->pool_cap, d->pool_len + n + 1);
    d->last_off = d->pool_len;
    d->last_len = n;
    memcpy(d->pool + d->pool_len, s, n);
    d->pool_len += n;
    d->pool[d->pool_len++] = '\0';
    return d->last_off;
}

static void push_text(column_data *d, const char *s, size_t n)
{
    size_t off = pool_text(d, s, n), row = next_row(d);
    if (!d->wide && off > UINT32_MAX) widen(d);
    if (d->wide)
        d->u.off64[row] = off;
    else
        d->u.off32[row] = (uint32_t)off;
}

static void push_real(column_data *d, double v)
{
    size_t row = next_row(d); /* before u.real is read: it may move */
    d->u.real[row] = v;
}

static void push_missing(column_data *d)
{
    if (d->type == KAM_REAL)
        push_real(d, 0);
    else if (d->type == KAM_TEXT)
        push_text(d, "", 0);
    else
        push_int(d, 0);
    mark_missing(d, d->rows - 1);
}

/* Up to `rows` rows, for which there is room, as missing. */
static void fill_missing(column_data *d, size_t rows)
{
    if (d->rows >= rows) return;
    push_missing(d);
    for (const size_t first = d->rows - 1; d->rows < rows; d->rows++) {
        if (cell_size(d) == 8) d->u.v64[d->rows] = d->u.v64[first];
        else d->u.v32[d->rows] = d->u.v32[first];
        mark_missing(d, d->rows);
    }
}

/* Doubling leaves room nobody will use; large columns give it back. */
static void seal_data(column_data *d)
{
    if (d->sealed) return;
    d->sealed = true;
    if (d->rows < d->cap) {
        d->cap = d->rows;
        d->u.any = kam_reallocarray(d->u.any, d->rows, cell_size(d));
    }
    if (d->pool_len < d->pool_cap) {
        d->pool_cap = d->pool_len;
        d->pool = kam_realloc(d->pool, d->pool_len);
    }
}

/* --- building -------------------------------------------------------------------------------------------------- */

kam_table *kam_table_new(void)
{
    kam_table *t = kam_zalloc(sizeof *t);
    t->refs = 1;
    t->exponent = 2;
    return t;
}

void kam_table_set_currency(kam_table *t, const char *code, int exponent)
{
    KAM_ASSERT(!t->sealed && exponent >= 0 && exponent <= 4);
    snprintf(t->currency, sizeof t->currency, "%s", code != NULL ? code : "");
    t->exponent = exponent;
}

void kam_table_set_title(kam_table *t, const char *title)
{
    KAM_ASSERT(!t->sealed);
    char *copy = kam_strdup(title);
    kam_free(t->title);
    t->title = copy;
}

void kam_table_add_note(kam_table *t, const char *note)
{
    KAM_ASSERT(!t->sealed);
    KAM_GROW(t->notes, t->notes_cap, t->n_notes + 1);
    t->notes[t->n_notes++] = kam_strdup(note);
}

void kam_table_set_watch(kam_table *t, kam_progress *p)
{
    t->watch = p;
}

kam_progress *kam_table_watch(const kam_table *t)
{
    return t != NULL ? t->watch : NULL;
}

kam_rc kam_table_step(const kam_table *t, const char *what, size_t i, size_t n, kam_err *err)
{
    return i % ASK_EVERY == 0 ? kam_progress_step(kam_table_watch(t), what, i, n, err) : KAM_OK;
}

/* Takes over the caller's reference to `data`. */
static kam_column *append_column(kam_table *t, const char *name, const char *label, column_data *data)
{
    KAM_ASSERT(!t->sealed && name != NULL);
    if (kam_table_index(t, name) >= 0) KAM_BUG("column %s is in the table already", name);
    kam_column *c = kam_zalloc(sizeof *c);
    c->name = kam_strdup(name);
    c->label = kam_strdup(label);
    c->data = data;
    KAM_GROW(t->columns, t->columns_cap, t->n_columns + 1);
    t->columns[t->n_columns++] = c;
    return c;
}

kam_column *kam_table_add_column(kam_table *t, const char *name, kam_type type, const char *label)
{
    column_data *d = kam_zalloc(sizeof *d);
    d->refs = 1;
    d->type = type;
    return append_column(t, name, label, d);
}

void kam_table_share_column(kam_table *t, const kam_column *c, const char *name)
{
    KAM_ASSERT(c->data->sealed);
    c->data->refs++;
    append_column(t, name != NULL ? name : c->name, c->label, c->data);
}

void kam_col_push_int(kam_column *c, int64_t v)
{
    KAM_ASSERT(c->data->type != KAM_REAL && c->data->type != KAM_TEXT);
    push_int(c->data, v);
}

void kam_col_push_real(kam_column *c, double v)
{
    KAM_ASSERT(c->data->type == KAM_REAL);
    if (isfinite(v))
        push_real(c->data, v);
    else
        push_missing(c->data);
}

void kam_col_push_text(kam_column *c, const char *s)
{
    if (s == NULL)
        kam_col_push_missing(c);
    else
        kam_col_push_textn(c, s, strlen(s));
}

void kam_col_push_textn(kam_column *c, const char *s, size_t n)
{
    KAM_ASSERT(c->data->type == KAM_TEXT);
    push_text(c->data, s, strnlen(s, n));
}

void kam_col_push_again(kam_column *c, size_t row)
{
    column_data *d = c->data;
    KAM_ASSERT(d->type == KAM_TEXT && row < d->rows && !is_missing(d, row));
    const size_t to = next_row(d);
    if (d->wide) d->u.off64[to] = d->u.off64[row];
    else d->u.off32[to] = d->u.off32[row];
}

void kam_col_push_missing(kam_column *c)
{
    push_missing(c->data);
}

void kam_col_reserve(kam_column *c, size_t rows)
{
    KAM_ASSERT(!c->data->sealed);
    reserve(c->data, rows);
}

static void push_cell(column_data *d, const column_data *src, size_t row)
{
    if (is_missing(src, row)) {
        push_missing(d);
    } else if (d->type == KAM_REAL) {
        push_real(d, src->u.real[row]);
    } else if (d->type == KAM_TEXT) {
        const char *s = text_at(src, row);
        push_text(d, s, strlen(s));
    } else {
        push_int(d, int_at(src, row));
    }
}

void kam_col_push_from(kam_column *c, const kam_column *src, size_t row)
{
    KAM_ASSERT(c->data->type == src->data->type && c->data != src->data && row < src->data->rows);
    push_cell(c->data, src->data, row);
}

void kam_table_seal(kam_table *t)
{
    KAM_ASSERT(!t->sealed);
    for (size_t i = 0; i < t->n_columns; i++) {
        column_data *d = t->columns[i]->data;
        if (i == 0)
            t->rows = d->rows;
        else if (d->rows != t->rows)
            KAM_BUG("column %s has %zu rows, %s has %zu", t->columns[0]->name, t->rows, t->columns[i]->name, d->rows);
        seal_data(d);
    }
    t->sealed = true;
}

/* --- sharing --------------------------------------------------------------------------------------------------- */

kam_table *kam_table_ref(kam_table *t)
{
    KAM_ASSERT(t->sealed);
    t->refs++;
    return t;
}

void kam_table_unref(kam_table *t)
{
    if (t == NULL || --t->refs > 0) return;
    for (size_t i = 0; i < t->n_columns; i++) {
        kam_column *c = t->columns[i];
        data_unref(c->data);
        kam_free(c->name);
        kam_free(c->label);
        kam_free(c);
    }
    for (size_t i = 0; i < t->n_notes; i++)
        kam_free(t->notes[i]);
    kam_free(t->notes);
    kam_free(t->columns);
    kam_free(t->title);
    kam_free(t);
}

/* --- reading --------------------------------------------------------------------------------------------------- */

size_t kam_table_rows(const kam_table *t)
{
    return t->sealed || t->n_columns == 0 ? t->rows : t->columns[0]->data->rows;
}

size_t kam_table_columns(const kam_table *t)
{
    return t->n_columns;
}

const kam_column *kam_table_column(const kam_table *t, size_t i)
{
    KAM_ASSERT(i < t->n_columns);
    return t->columns[i];
}

int kam_table_index(const kam_table *t, const char *name)
{
    for (size_t i = 0; i < t->n_columns; i++)
        if (strcmp(t->columns[i]->name, name) == 0) return (int)i;
    return -1;
}

const kam_column *kam_table_find(const kam_table *t, const char *name)
{
    int i = kam_table_index(t, name);
    return i < 0 ? NULL : t->columns[i];
}

const char *kam_table_currency(const kam_table *t)
{
    return t->currency;
}

int kam_table_exponent(const kam_table *t)
{
    return t->exponent;
}

const char *kam_table_title(const kam_table *t)
{
    return t->title;
}

size_t kam_table_notes(const kam_table *t)
{
    return t->n_notes;
}

const char *kam_table_note(const kam_table *t, size_t i)
{
    KAM_ASSERT(i < t->n_notes);
    return t->notes[i];
}

const char *kam_col_name(const kam_column *c)
{
    return c->name;
}

const char *kam_col_label(const kam_column *c)
{
    return c->label != NULL ? c->label : c->name;
}

kam_type kam_col_type(const kam_column *c)
{
    return c->data->type;
}

size_t kam_col_rows(const kam_column *c)
{
    return c->data->rows;
}

bool kam_col_missing(const kam_column *c, size_t row)
{
    KAM_ASSERT(row < c->data->rows);
    return is_missing(c->data, row);
}

int64_t kam_col_int(const kam_column *c, size_t row)
{
    const column_data *d = c->data;
    KAM_ASSERT(row < d->rows && d->type != KAM_REAL && d->type != KAM_TEXT);
    return int_at(d, row);
}

double kam_col_real(const kam_column *c, size_t row)
{
    const column_data *d = c->data;
    KAM_ASSERT(row < d->rows && d->type != KAM_TEXT);
    return d->type == KAM_REAL ? d->u.real[row] : (double)int_at(d, row);
}

const char *kam_col_text(const kam_column *c, size_t row)
{
    KAM_ASSERT(row < c->data->rows && c->data->type == KAM_TEXT);
    return text_at(c->data, row);
}

const char *kam_table_cell(const kam_table *t, size_t col, size_t row, char buf[KAM_CELL_MAX])
{
    const kam_column *c = kam_table_column(t, col);
    const column_data *d = c->data;
    if (kam_col_missing(c, row)) return "";
    switch (d->type) {
    case KAM_TEXT: return text_at(d, row);
    case KAM_REAL: kam_format_real(d->u.real[row], buf); break;
    case KAM_DAY: kam_day_format(int_at(d, row), buf); break;
    case KAM_MONEY: kam_money_format(int_at(d, row), t->exponent, buf); break;
    case KAM_INT:
    case KAM_FLAG: snprintf(buf, KAM_CELL_MAX, "%lld", (long long)int_at(d, row)); break;
    }
    return buf;
}

/* --- deriving -------------------------------------------------------------------------------------------------- */

static kam_table *derive(const kam_table *t)
{
    KAM_ASSERT(t->sealed);
    kam_table *n = kam_table_new();
    memcpy(n->currency, t->currency, sizeof n->currency);
    n->exponent = t->exponent;
    n->watch = t->watch;
    n->title = kam_strdup(t->title);
    for (size_t i = 0; i < t->n_notes; i++)
        kam_table_add_note(n, t->notes[i]);
    return n;
}

kam_table *kam_table_pick(const kam_table *t, const size_t *rows, size_t n)
{
    kam_table *out = derive(t);
    for (size_t i = 0; i < n; i++)
        KAM_ASSERT(rows[i] < t->rows);
    for (size_t i = 0; i < t->n_columns; i++) {
        const kam_column *c = t->columns[i];
        column_data *d = kam_table_add_column(out, c->name, c->data->type, c->label)->data;
        reserve(d, n);
        for (size_t k = 0; k < n && (k % ASK_EVERY != 0 || !kam_progress_stopped(t->watch)); k++)
            push_cell(d, c->data, rows[k]);
        fill_missing(d, n);
    }
    kam_table_seal(out);
    if (t->n_columns == 0) out->rows = n;
    return out;
}

kam_table *kam_table_select(const kam_table *t, const size_t *cols, size_t n)
{
    kam_table *out = derive(t);
    for (size_t i = 0; i < n; i++)
        kam_table_share_column(out, kam_table_column(t, cols[i]), NULL);
    kam_table_seal(out);
    out->rows = t->rows;
    return out;
}

kam_table *kam_table_rename(const kam_table *t, const char *const *names)
{
    kam_table *out = derive(t);
    for (size_t i = 0; i < t->n_columns; i++)
        kam_table_share_column(out, t->columns[i], names[i]);
    kam_table_seal(out);
    out->rows = t->rows;
    return out;
}

/* --- order ----------------------------------------------------------------------------------------------------- */

typedef struct sort_key {
    const column_data *data;
    bool desc;
} sort_key;

static int compare_cells(const sort_key *k, size_t a, size_t b)
{
    const column_data *d = k->data;
    bool ma = is_missing(d, a), mb = is_missing(d, b);
    if (ma || mb) return ma - mb;
    int r;
    if (d->type == KAM_TEXT) {
        r = strcmp(text_at(d, a), text_at(d, b));
    } else if (d->type == KAM_REAL) {
        r = (d->u.real[a] > d->u.real[b]) - (d->u.real[a] < d->u.real[b]);
    } else {
        int64_t x = int_at(d, a), y = int_at(d, b);
        r = (x > y) - (x < y);
    }
    return k->desc ? -r : r;
}

static bool goes_after(const sort_key *keys, size_t n, size_t a, size_t b)
{
    for (size_t i = 0; i < n; i++) {
        int r = compare_cells(&keys[i], a, b);
        if (r != 0) return r > 0;
    }
    return false;
}

/* Sorts v[0..n) with the help of tmp[0..n/2]; a merge sort, because equal rows must keep their order. Wherever it is stopped v holds the
 * same numbers. */
static void merge_sort(size_t *v, size_t n, size_t *tmp, const sort_key *keys, size_t n_keys, const kam_progress *watch)
{
    if (n <= 12) {
        for (size_t i = 1; i < n; i++) {
            size_t x = v[i], j = i;
            for (; j > 0 && goes_after(keys, n_keys, v[j - 1], x); j--)
                v[j] = v[j - 1];
            v[j] = x;
        }
        return;
    }
    size_t half = n / 2;
    merge_sort(v, half, tmp, keys, n_keys, watch);
    merge_sort(v + half, n - half, tmp, keys, n_keys, watch);
    if (n > ASK_EVERY && kam_progress_stopped(watch)) return;
    if (!goes_after(keys, n_keys, v[half - 1], v[half])) return;
    memcpy(tmp, v, half * sizeof *v);
    size_t i = 0, j = half, k = 0;
    while (i < half && j < n && (k % ASK_EVERY != 0 || !kam_progress_stopped(watch)))
        v[k++] = goes_after(keys, n_keys, tmp[i], v[j]) ? v[j++] : tmp[i++];
    memcpy(v + k, tmp + i, (half - i) * sizeof *v);
}

size_t *kam_table_order(const kam_table *t, const size_t *cols, const bool *desc, size_t n)
{
    size_t rows = kam_table_rows(t);
    size_t *order = kam_reallocarray(NULL, rows ? rows : 1, sizeof *order);
    size_t *tmp = kam_reallocarray(NULL, rows / 2 + 1, sizeof *tmp);
    sort_key *keys = kam_calloc(n, sizeof *keys);
    for (size_t i = 0; i < n; i++)
        keys[i] = (sort_key){kam_table_column(t, cols[i])->data, desc != NULL && desc[i]};
    for (size_t i = 0; i < rows; i++)
        order[i] = i;
    if (n > 0) merge_sort(order, rows, tmp, keys, n, t->watch);
    kam_free(keys);
    kam_free(tmp);
    return order;
}

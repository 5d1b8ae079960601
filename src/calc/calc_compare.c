/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of both sides are found through an index of `before` sorted by its key text. */
#include "calc_compare.h"
#include "calc_use.h"
#include "kam_mem.h"
#include <stdlib.h>
#include <string.h>

static const calc_text note_same = {"compare.same", "no difference to the committed state", "与已提交的状态没有差别"};

typedef struct entry {
    char *key;
    size_t row;
    bool matched;
} entry;

static int by_key(const void *a, const void *b)
{
    const entry *x = a, *y = b;
    int cmp = strcmp(x->key, y->key);
    return cmp ? cmp : (x->row > y->row) - (x->row < y->row);
}

/* Key cells joined by a byte no text holds; a missing one is another byte. */
static char *key_of(const kam_column *const *c, size_t n, size_t row)
{
    kam_str b = KAM_STR_INIT;
    for (size_t i = 0; i < n; i++) kam_str_addf(&b, "%s\x1f", calc_known(c[i], row) ? kam_col_text(c[i], row) : "\x1e");
    return kam_str_detach(&b);
}

typedef struct lookup {
    entry *at;
    size_t n;
} lookup;

static lookup lookup_of(const kam_table *t, const kam_column *const *c, size_t n)
{
    lookup x = {kam_calloc(kam_table_rows(t) + 1, sizeof(entry)), kam_table_rows(t)};
    for (size_t r = 0; r < x.n; r++) x.at[r] = (entry){key_of(c, n, r), r, false};
    if (x.n) qsort(x.at, x.n, sizeof *x.at, by_key);
    return x;
}

/* Row in the indexed table with the same key, marked; SIZE_MAX: none. */
static size_t match(lookup *x, const kam_column *const *c, size_t n, size_t row)
{
    char *key = key_of(c, n, row);
    size_t lo = 0, hi = x->n, found = SIZE_MAX;
    while (lo < hi) {
        size_t mid = (lo + hi) / 2;
        if (strcmp(x->at[mid].key, key) < 0) lo = mid + 1;
        else hi = mid;
    }
    if (lo < x->n && strcmp(x->at[lo].key, key) == 0) {
        x->at[lo].matched = true;
        found = x->at[lo].row;
    }
    kam_free(key);
    return found;
}

static void lookup_release(lookup *x)
{
    for (size_t i = 0; i < x->n; i++) kam_free(x->at[i].key);
    kam_free(x->at);
}

static int by_row(const void *a, const void *b)
{
    const entry *x = a, *y = b;
    return (x->row > y->row) - (x->row < y->row);
}

static kam_rc lacks(const char *column, kam_err *err)
{
    kam_err_set(err, KAM_CALC, "the answers to be compared lack the column %s", column);
    kam_err_word(err, "NODATA");
    return KAM_CALC;
}


typedef struct money_out {
    kam_column *key[CALC_COMPARE_KEYS], *measure, *before, *after, *difference;
    size_t keys;
} money_out;

/* One row: the key from whichever side has it, and each measure that differs. */
static void push_money(money_out *o, const kam_table *before, size_t b, const kam_table *after, size_t a, const kam_column *const *key,
                       size_t key_row, const char *const *measures)
{
    for (size_t m = 0; measures[m]; m++) {
        const kam_column *cb = kam_table_find(before, measures[m]), *ca = kam_table_find(after, measures[m]);
        bool kb = b != SIZE_MAX && calc_known(cb, b), ka = a != SIZE_MAX && calc_known(ca, a);
        int64_t vb = kb ? kam_col_int(cb, b) : 0, va = ka ? kam_col_int(ca, a) : 0;
        if (kb == ka && vb == va) continue;
        for (size_t i = 0; i < o->keys; i++) kam_col_push_from(o->key[i], key[i], key_row);
        kam_col_push_text(o->measure, measures[m]);
        calc_push_opt(o->before, kb, vb);
        calc_push_opt(o->after, ka, va);
        calc_push_opt(o->difference, kb && ka, va - vb);
    }
}

kam_rc calc_compare_money(const kam_table *before, const kam_table *after, const char *const *keys, const char *const *measures,
                          calc_lang lang, kam_table **out, kam_err *err)
{
    const kam_column *kb[CALC_COMPARE_KEYS], *ka[CALC_COMPARE_KEYS];
    money_out o = {.keys = 0};
    for (size_t m = 0; measures[m]; m++)
        if (!kam_table_find(before, measures[m]) || !kam_table_find(after, measures[m])) return lacks(measures[m], err);
    for (size_t i = 0; keys[i]; i++) {
        ka[o.keys] = kam_table_find(after, keys[i]);
        kb[o.keys] = kam_table_find(before, keys[i]);
        if (ka[o.keys] && kb[o.keys]) o.keys++;
    }
    kam_table *t = kam_table_new();
    kam_table_set_title(t, "compare");
    kam_table_set_currency(t, kam_table_currency(after), kam_table_exponent(after));
    for (size_t i = 0; i < o.keys; i++)
        o.key[i] = kam_table_add_column(t, kam_col_name(ka[i]), KAM_TEXT, kam_col_label(ka[i]));
    o.measure = kam_table_add_column(t, "measure", KAM_TEXT, "compare.measure");
    o.before = kam_table_add_column(t, "before", KAM_MONEY, "compare.before");
    o.after = kam_table_add_column(t, "after", KAM_MONEY, "compare.after");
    o.difference = kam_table_add_column(t, "difference", KAM_MONEY, "compare.difference");
    lookup x = lookup_of(before, kb, o.keys);
    for (size_t r = 0; r < kam_table_rows(after); r++) push_money(&o, before, match(&x, ka, o.keys, r), after, r, ka, r, measures);
    if (x.n) qsort(x.at, x.n, sizeof *x.at, by_row);
    for (size_t i = 0; i < x.n; i++)
        if (!x.at[i].matched) push_money(&o, before, x.at[i].row, after, SIZE_MAX, kb, x.at[i].row, measures);
    lookup_release(&x);
    if (kam_col_rows(o.measure) == 0) calc_note_say(t, lang, &note_same, NULL, 0);
    kam_table_seal(t);
    *out = t;
    return KAM_OK;
}

enum { T_KEY, T_NAME, T_BEFORE, T_AFTER, T_WHY, T_COLS };

static void push_text(kam_column **c, const kam_table *side, size_t row, const char *key, const char *before, const char *after, bool why)
{
    kam_col_push_from(c[T_KEY], kam_table_find(side, key), row);
    kam_col_push_text(c[T_NAME], calc_text_at(kam_table_find(side, "name"), row));
    kam_col_push_text(c[T_BEFORE], before);
    kam_col_push_text(c[T_AFTER], after);
    kam_col_push_text(c[T_WHY], why ? calc_text_at(kam_table_find(side, "why"), row) : NULL);
}

kam_rc calc_compare_text(const kam_table *before, const kam_table *after, const char *key, const char *column, calc_lang lang,
                         kam_table **out, kam_err *err)
{
    const kam_column *kb = kam_table_find(before, key), *ka = kam_table_find(after, key), *cb = kam_table_find(before, column),
                     *ca = kam_table_find(after, column), *c[1];
    if (!kb || !ka) return lacks(key, err);
    if (!cb || !ca) return lacks(column, err);
    const calc_col cols[T_COLS] = {{key, KAM_TEXT, kam_col_label(ka)}, {"name", KAM_TEXT, "classify.name"}, {"before", KAM_TEXT, "compare.before"},
                                   {"after", KAM_TEXT, "compare.after"}, {"why", KAM_TEXT, "classify.why"}};
    kam_column *o[T_COLS];
    kam_table *t = calc_out_new("compare", after, cols, T_COLS, o);
    c[0] = kb;
    lookup x = lookup_of(before, c, 1);
    c[0] = ka;
    for (size_t r = 0; r < kam_table_rows(after); r++) {
        size_t b = match(&x, c, 1, r);
        const char *was = b == SIZE_MAX ? NULL : calc_text_at(cb, b), *is = calc_text_at(ca, r);
        if (!kam_streq(was, is)) push_text(o, after, r, key, was, is, true);
    }
    if (x.n) qsort(x.at, x.n, sizeof *x.at, by_row);
    for (size_t i = 0; i < x.n; i++)
        if (!x.at[i].matched && calc_known(cb, x.at[i].row)) push_text(o, before, x.at[i].row, key, kam_col_text(cb, x.at[i].row), NULL, false);
    lookup_release(&x);
    if (kam_col_rows(o[T_KEY]) == 0) calc_note_say(t, lang, &note_same, NULL, 0);
    kam_table_seal(t);
    *out = t;
    return KAM_OK;
}

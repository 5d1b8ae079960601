/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calc_levels.h"
#include "calc_rank.h"
#include "calc_use.h"
#include "kam_mem.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *const calc_level_names[CALC_LEVELS + 1] = {"basic", "expected", "beyond", NULL};
const char *const calc_value_kinds[CALC_VALUE_KINDS + 1] = {"use", "safety", "commercial", "emotional", "opportunity", NULL};

static const calc_text note_rule = {"levels.rule", "as of {1}; of notes on the same level and kind the latest counts; a level is covered when a note says what we deliver",
                                    "截至 {1}；同一层次与种类以最新记录为准；记录写明我们给予什么，该层次才算覆盖"};
static const calc_text note_unknown = {"levels.unknown", "notes whose level is not known and that were left out: {1}", "层次不明而未计入的记录：{1}"};
static const calc_text why_no_note = {"levels.no-note", "no note on this level: ask what it looks for", "该层次没有记录：请了解客户追求什么"};
static const calc_text why_no_delivery = {"levels.no-delivery", "it looks for something and we deliver nothing", "客户有追求，而我们没有给予"};
static const calc_text why_delivered = {"levels.delivered", "delivered", "已给予"};

typedef struct note {
    size_t row, source;
    int level, kind; /* kind CALC_VALUE_KINDS: unknown */
    int64_t date;    /* INT64_MIN: undated */
    bool delivered;
} note;

enum { IN_ROW, IN_DATE, IN_LEVEL, IN_KIND, IN_AIM, IN_DELIVERED, IN_COLS };
typedef struct work {
    const kam_column *acc[CALC_ACC_COLS], *in[IN_COLS];
    size_t n, n_notes;
    int64_t unknown;
    note *v; /* by account, level, kind: the one that counts of each */
} work;

static int by_place(const void *a, const void *b)
{
    const note *x = a, *y = b;
    if (x->row != y->row) return x->row < y->row ? -1 : 1;
    if (x->level != y->level) return x->level - y->level;
    if (x->kind != y->kind) return x->kind - y->kind;
    if (x->date != y->date) return x->date < y->date ? -1 : 1;
    return x->source < y->source ? -1 : x->source > y->source;
}

static int place_of(const char *word, const char *const *words)
{
    int i = 0;
    while (words[i] && (!word || strcmp(words[i], word) != 0)) i++;
    return i;
}

static kam_rc work_build(const calc_facts *f, const kam_table *notes, const calc_levels_params *p, work *w, kam_err *err)
{
    static const calc_use want[IN_COLS] = {{"row", KAM_INT, false}, {"date", KAM_DAY, true}, {"level", KAM_TEXT, false},
                                           {"kind", KAM_TEXT, true}, {"aim", KAM_TEXT, false}, {"delivered", KAM_TEXT, false}};
    memset(w, 0, sizeof *w);
    kam_rc rc = calc_use_accounts(f, false, w->acc, &w->n, err);
    if (!rc) rc = calc_use_table(notes, "notes", want, IN_COLS, w->in, err);
    if (rc) return rc;
    size_t rows = calc_use_rows(notes), m = 0;
    w->v = kam_calloc(rows + 1, sizeof *w->v);
    for (size_t r = 0; r < rows; r++) {
        size_t i = calc_row_at(w->in[IN_ROW], r, w->n);
        bool dated = calc_known(w->in[IN_DATE], r);
        if (i == SIZE_MAX || (dated && kam_col_int(w->in[IN_DATE], r) > p->asof)) continue;
        int level = place_of(calc_text_at(w->in[IN_LEVEL], r), calc_level_names);
        if (level == CALC_LEVELS) {
            w->unknown++;
            continue;
        }
        w->v[m++] = (note){i, r, level, place_of(calc_text_at(w->in[IN_KIND], r), calc_value_kinds),
                           dated ? kam_col_int(w->in[IN_DATE], r) : INT64_MIN, calc_known(w->in[IN_DELIVERED], r)};
    }
    if (m) qsort(w->v, m, sizeof *w->v, by_place);
    for (size_t k = 0; k < m; k++) { /* the last of each account, level and kind */
        bool last = k + 1 == m || w->v[k + 1].row != w->v[k].row || w->v[k + 1].level != w->v[k].level || w->v[k + 1].kind != w->v[k].kind;
        if (last) w->v[w->n_notes++] = w->v[k];
    }
    return KAM_OK;
}

static void say_notes(kam_table *t, const work *w, const calc_levels_params *p)
{
    calc_note_say(t, p->lang, &note_rule, CALC_ARGS(calc_arg_day(p->asof)));
    if (w->unknown) calc_note_say(t, p->lang, &note_unknown, CALC_ARGS(calc_arg_int(w->unknown)));
}

/* What is known of one account; *k is its first note and moves past its last. */
typedef struct known {
    int64_t notes[CALC_LEVELS], all, delivered;
    bool covered[CALC_LEVELS], kind[CALC_VALUE_KINDS + 1];
} known;

static known gather(const work *w, size_t row, size_t *k)
{
    known a = {{0}, 0, 0, {false}, {false}};
    while (*k < w->n_notes && w->v[*k].row < row) ++*k;
    for (; *k < w->n_notes && w->v[*k].row == row; ++*k) {
        const note *v = &w->v[*k];
        a.notes[v->level]++;
        a.all++;
        a.delivered += v->delivered;
        a.covered[v->level] |= v->delivered;
        a.kind[v->kind] = true;
    }
    return a;
}

static void push_joined(kam_column *c, const char *const *words, const bool *which, int n, bool wanted)
{
    kam_str b = KAM_STR_INIT;
    for (int i = 0; i < n; i++)
        if (which[i] == wanted) kam_str_addf(&b, "%s%s", b.len ? ";" : "", words[i]);
    kam_col_push_text(c, b.len ? kam_str_cstr(&b) : NULL);
    kam_str_release(&b);
}

kam_rc calc_levels_accounts(const calc_facts *f, const kam_table *notes, const calc_levels_params *p, kam_table **out, kam_err *err)
{
    static const calc_col cols[] = {
        {"account", KAM_TEXT, "classify.account"},  {"name", KAM_TEXT, "classify.name"},
        {"basic", KAM_INT, "value-levels.basic"},   {"expected", KAM_INT, "value-levels.expected"},
        {"beyond", KAM_INT, "value-levels.beyond"}, {"delivered", KAM_INT, "value-levels.delivered"},
        {"kinds", KAM_TEXT, "value-levels.kinds"},  {"missing", KAM_TEXT, "value-levels.missing"},
        {"coverage", KAM_REAL, "value-levels.coverage"}};
    work w;
    kam_rc rc = work_build(f, notes, p, &w, err);
    if (rc) return rc;
    kam_column *c[CALC_COUNT(cols)];
    kam_table *t = calc_out_new("value-levels", f->accounts, cols, CALC_COUNT(cols), c);
    for (size_t i = 0, k = 0; i < w.n; i++) {
        known a = gather(&w, i, &k);
        int covered = 0;
        kam_col_push_from(c[0], w.acc[CALC_ACC_CODE], i);
        kam_col_push_from(c[1], w.acc[CALC_ACC_NAME], i);
        for (int level = 0; level < CALC_LEVELS; level++) {
            kam_col_push_int(c[2 + level], a.notes[level]);
            covered += a.covered[level];
        }
        kam_col_push_int(c[5], a.delivered);
        push_joined(c[6], calc_value_kinds, a.kind, CALC_VALUE_KINDS, true);
        push_joined(c[7], calc_level_names, a.covered, CALC_LEVELS, false);
        kam_col_push_real(c[8], (double)covered / CALC_LEVELS);
    }
    say_notes(t, &w, p);
    kam_table_seal(t);
    kam_free(w.v);
    *out = t;
    return KAM_OK;
}

static void push_note(const work *w, kam_column **c, const note *v, int level, const calc_levels_params *p)
{
    kam_str b = KAM_STR_INIT;
    kam_col_push_text(c[0], calc_level_names[level]);
    kam_col_push_text(c[1], v && v->kind < CALC_VALUE_KINDS ? calc_value_kinds[v->kind] : NULL);
    kam_col_push_text(c[2], v ? calc_text_at(w->in[IN_AIM], v->source) : NULL);
    kam_col_push_text(c[3], v ? calc_text_at(w->in[IN_DELIVERED], v->source) : NULL);
    calc_push_opt(c[4], v && v->date != INT64_MIN, v ? v->date : 0);
    kam_col_push_int(c[5], !v || !v->delivered);
    calc_push_say(c[6], &b, p->lang, !v ? &why_no_note : v->delivered ? &why_delivered : &why_no_delivery, NULL, 0);
    kam_str_release(&b);
}

kam_rc calc_levels_account(const calc_facts *f, const kam_table *notes, size_t row, const calc_levels_params *p, kam_table **out, kam_err *err)
{
    static const calc_col cols[] = {
        {"level", KAM_TEXT, "value-note.level"}, {"kind", KAM_TEXT, "value-note.kind"}, {"aim", KAM_TEXT, "value-note.aim"},
        {"delivered", KAM_TEXT, "value-note.delivered"}, {"date", KAM_DAY, "value-note.date"}, {"gap", KAM_FLAG, "value-levels.gap"},
        {"why", KAM_TEXT, "classify.why"}};
    work w;
    kam_rc rc = work_build(f, notes, p, &w, err);
    if (rc) return rc;
    kam_column *c[CALC_COUNT(cols)];
    kam_table *t = calc_out_new("value-levels.account", f->accounts, cols, CALC_COUNT(cols), c);
    size_t k = 0;
    while (k < w.n_notes && w.v[k].row < row) k++;
    for (int level = 0; level < CALC_LEVELS; level++) {
        size_t first = k;
        for (; k < w.n_notes && w.v[k].row == row && w.v[k].level == level; k++) push_note(&w, c, &w.v[k], level, p);
        if (k == first) push_note(&w, c, NULL, level, p);
    }
    say_notes(t, &w, p);
    kam_table_seal(t);
    kam_free(w.v);
    *out = t;
    return KAM_OK;
}

static void push_share(calc_measures *m, const char *name, int64_t k, int64_t n)
{
    double low = NAN, high = NAN;
    if (!calc_wilson((double)k, (double)n, 0.95, &low, &high)) low = high = NAN;
    calc_measures_range(m, name, n ? (double)k / (double)n : NAN, low, high, n);
}

kam_rc calc_levels_measures(const calc_facts *f, const kam_table *notes, const calc_levels_params *p, kam_table **out, kam_err *err)
{
    work w;
    kam_rc rc = work_build(f, notes, p, &w, err);
    if (rc) return rc;
    int64_t noted = 0, covered[CALC_LEVELS] = {0}, kinds[CALC_VALUE_KINDS] = {0};
    for (size_t i = 0, k = 0; i < w.n; i++) {
        known a = gather(&w, i, &k);
        noted += a.all > 0;
        for (int level = 0; level < CALC_LEVELS; level++) covered[level] += a.covered[level];
        for (int kind = 0; kind < CALC_VALUE_KINDS; kind++) kinds[kind] += a.kind[kind];
    }
    calc_measures m;
    calc_measures_start(&m, "value-levels.measures", f->accounts);
    push_share(&m, "noted", noted, (int64_t)w.n);
    for (int level = 0; level < CALC_LEVELS; level++) {
        char name[32];
        snprintf(name, sizeof name, "covered_%s", calc_level_names[level]);
        push_share(&m, name, covered[level], noted);
    }
    for (int kind = 0; kind < CALC_VALUE_KINDS; kind++) {
        char name[32];
        snprintf(name, sizeof name, "kind_%s", calc_value_kinds[kind]);
        push_share(&m, name, kinds[kind], noted);
    }
    say_notes(m.t, &w, p);
    kam_table_seal(m.t);
    kam_free(w.v);
    *out = m.t;
    return KAM_OK;
}

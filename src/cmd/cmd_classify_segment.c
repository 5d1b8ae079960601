/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_classify_segment: the method `segments` of `classify` (A10). */
#include "cmd_align.h"
#include "cmd_bind.h"
#include "cmd_classify.h"
#include "kam_mem.h"
#include <string.h>

static kam_rc unknown(kam_err *err, const char *what, const char *word, const char *const *names, size_t n)
{
    kam_err_set(err, KAM_NOTFOUND, "classify: no %s \"%.60s\"", what, word);
    kam_err_nearest(err, word, names, n);
    kam_err_word(err, what);
    return kam_err_word(err, word);
}

static kam_rc add_column(calc_segment_params *p, const char *word, kam_err *err)
{
    size_t n;
    const calc_segment_column *c = calc_segment_columns(&n), *hit = calc_segment_column_find(word);
    const char *names[CALC_SEGMENT_COLUMNS];
    for (size_t i = 0; i < n; i++) names[i] = c[i].key;
    if (!hit) return unknown(err, "column", word, names, n);
    for (size_t i = 0; i < p->n_columns; i++)
        if (p->columns[i] == hit) return KAM_OK; /* named twice counts once */
    p->columns[p->n_columns++] = hit;
    return KAM_OK;
}

static kam_rc add_criterion(calc_segment_params *p, const char *word, kam_err *err)
{
    size_t n;
    const calc_text *c = calc_segment_criteria(&n), *hit = calc_segment_criterion_find(word);
    const char *names[CALC_SEGMENT_CRITERIA];
    for (size_t i = 0; i < n; i++) names[i] = c[i].id;
    if (!hit) return unknown(err, "criterion", word, names, n);
    for (size_t i = 0; i < p->n_cross; i++)
        if (p->cross[i] == hit) return KAM_OK;
    p->cross[p->n_cross++] = hit;
    return KAM_OK;
}

kam_rc cmd_segment_options(cmd_session *s, const cmd_classify_args *a, kam_day asof, calc_segment_params *p, kam_err *err)
{
    cmd_segment_params(s, asof, (int)a->window, p);
    p->kmeans.k = (int)a->k;
    p->kmeans.seed = (uint64_t)a->seed;
    kam_rc rc = KAM_OK;
    for (size_t i = 0; !rc && i < a->columns.n; i++) rc = add_column(p, a->columns.word[i], err);
    char *words = kam_strdup(a->cross ? a->cross : ""), *rest = NULL;
    for (char *w = strtok_r(words, ", ", &rest); !rc && w; w = strtok_r(NULL, ", ", &rest)) rc = add_criterion(p, w, err);
    if (!rc && a->cross && p->n_cross == 0) rc = add_criterion(p, a->cross, err);
    kam_free(words);
    if (!rc && p->n_cross && a->k) {
        kam_err_set(err, KAM_USAGE, "classify: -k and -cross exclude each other: crossing gives as many cells as there are");
        return kam_err_word(err, "classify");
    }
    return rc;
}

static bool crosses(const calc_segment_params *p, const char *criterion)
{
    for (size_t i = 0; i < p->n_cross; i++)
        if (kam_streq(p->cross[i]->id, criterion)) return true;
    return false;
}

/* A2 and A12 classes, only where they are crossed. */
static kam_rc add_classes(cmd_session *s, const calc_segment_params *p, const calc_facts *f, calc_segment_facts *x, kam_table *held[2],
                          kam_err *err)
{
    kam_rc rc = KAM_OK;
    if (crosses(p, "grade")) {
        calc_pyramid_params pp;
        kam_table *items = NULL;
        cmd_pyramid_params(s, p->asof, p->window_days, &pp);
        rc = calc_pyramid_items(f, &pp, &items, err);
        if (!rc) rc = calc_pyramid(items, &pp, &held[0], err);
        kam_table_unref(items);
        if (!rc) x->grade = cmd_align_text(f->accounts, held[0], "class");
    }
    if (!rc && crosses(p, "key")) {
        rc = cmd_key_rows(s, p->asof, p->window_days, &held[1], err);
        if (!rc) x->key = cmd_align_text(f->accounts, held[1], "class");
    }
    return rc;
}

static kam_rc segment(cmd_session *s, const cmd_classify_args *a, kam_day asof, kam_table **rows, kam_table **segments, kam_err *err)
{
    calc_segment_params p;
    cmd_facts f = CMD_FACTS_INIT;
    kam_table *reach = NULL, *held[2] = {NULL, NULL};
    calc_segment_facts x = {NULL, NULL, NULL};
    kam_rc rc = cmd_segment_options(s, a, asof, &p, err);
    if (!rc) rc = cmd_facts_load(s, asof, STORE_F_LEDGER | STORE_F_SERVICE_COSTS, &f, err);
    if (!rc) rc = store_query_reach(cmd_session_store(s), asof, &reach, err);
    x.reach = reach;
    if (!rc) rc = add_classes(s, &p, &f.calc, &x, held, err);
    if (!rc) rc = calc_segment(&f.calc, &x, &p, rows, segments, err);
    kam_free((void *)x.grade);
    kam_free((void *)x.key);
    kam_table_unref(held[0]);
    kam_table_unref(held[1]);
    kam_table_unref(reach);
    cmd_facts_release(&f);
    return rc;
}

static kam_rc segment_rows(cmd_session *s, const cmd_classify_args *a, kam_day asof, kam_table **rows, kam_err *err)
{
    return segment(s, a, asof, rows, NULL, err);
}

static kam_rc segment_show(cmd_session *s, const cmd_classify_args *a, const kam_table *rows, kam_table **out, kam_err *err)
{
    kam_table *again = NULL;
    (void)rows;
    kam_rc rc = segment(s, a, a->asof, &again, out, err);
    kam_table_unref(again);
    return rc;
}

const cmd_method cmd_method_segments = {"window_revenue", NULL, segment_rows, NULL, segment_show, CMD_SHOW_SEGMENTS};

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calc_segment_int.h"
#include "kam_mem.h"
#include <math.h>
#include <string.h>

#define SAY(name, id, en, zh) static const calc_text name = {"segment." id, en, zh}
SAY(why_in, "in", "{1}: {2}", "{1}：{2}");
SAY(why_out, "out", "not grouped: {1} is unknown", "未分组：{1}未知");
SAY(note_out, "left-out", "{1} of {2} accounts lack one of the columns and are in no segment", "{2} 个客户中有 {1} 个缺少所选列，不在任何细分中");
SAY(note_fit, "fit", "k-means on {1}: {2} segments, silhouette {3}, seed {4}", "按{1}作 k 均值聚类：{2} 个细分，轮廓系数 {3}，种子 {4}");
SAY(note_cross, "cross", "crossed by {1}: {2} cells", "按{1}交叉：{2} 个单元");
SAY(note_value, "value", "value is the revenue of the last {1} days; spread and description go by {2}", "价值为最近 {1} 天的销售额；离散度与描述依据{2}");

static void work_release(segment_work *w)
{
    kam_free(w->x);
    kam_free(w->z);
    kam_free(w->revenue);
    kam_free(w->recent);
    kam_free(w->prior);
    kam_free(w->of);
    kam_free(w->distance);
    for (size_t k = 0; w->label && k < w->k; k++) kam_free(w->label[k]);
    kam_free(w->label);
}

static void work_start(segment_work *w, size_t n)
{
    enum { DEFAULT_COLUMNS = 3 }; /* the first three of the list */
    size_t all;
    const calc_segment_column *list = calc_segment_columns(&all);
    const calc_segment_params *p = w->p;
    w->n = n;
    w->d = p->n_columns ? p->n_columns : DEFAULT_COLUMNS;
    for (size_t j = 0; j < w->d; j++) w->col[j] = p->n_columns ? p->columns[j] : &list[j];
    w->x = kam_calloc(n * w->d + 1, sizeof *w->x);
    w->z = kam_calloc(n * w->d + 1, sizeof *w->z);
    w->revenue = kam_calloc(n + 1, sizeof *w->revenue);
    w->recent = kam_calloc(n + 1, sizeof *w->recent);
    w->prior = kam_calloc(n + 1, sizeof *w->prior);
    w->of = kam_calloc(n + 1, sizeof *w->of);
    w->distance = kam_calloc(n + 1, sizeof *w->distance);
    w->silhouette = NAN;
    for (size_t i = 0; i < n; i++) {
        w->of[i] = -1;
        w->distance[i] = NAN;
    }
}

static double distance_to(const double *a, const double *b, size_t d)
{
    double sum = 0;
    for (size_t j = 0; j < d; j++) sum += (a[j] - b[j]) * (a[j] - b[j]);
    return sqrt(sum);
}

/* k-means over the accounts that have every column. */
static kam_rc cluster(segment_work *w, kam_err *err)
{
    size_t m = 0, *at = kam_calloc(w->n + 1, sizeof *at);
    double *points = kam_calloc(w->n * w->d + 1, sizeof *points);
    for (size_t i = 0; i < w->n; i++) {
        if (isnan(w->z[i * w->d])) continue;
        memcpy(points + m * w->d, w->z + i * w->d, w->d * sizeof *points);
        at[m++] = i;
    }
    calc_kmeans fit;
    calc_kmeans_fit(points, m, w->d, &w->p->kmeans, &fit);
    w->k = (size_t)fit.k;
    w->silhouette = fit.silhouette;
    w->label = kam_calloc(w->k + 1, sizeof *w->label);
    for (size_t k = 0; k < w->k; k++) {
        kam_str b = KAM_STR_INIT;
        kam_str_addf(&b, "S%zu", k + 1);
        w->label[k] = kam_str_detach(&b);
    }
    for (size_t i = 0; i < m; i++) {
        w->of[at[i]] = fit.of[i];
        w->distance[at[i]] = distance_to(points + i * w->d, fit.centroid + (size_t)fit.of[i] * w->d, w->d);
    }
    calc_kmeans_release(&fit);
    kam_free(points);
    kam_free(at);
    return kam_progress_step(w->p->kmeans.progress, "segments", 0, 0, err);
}

static kam_rc read_reach(const segment_work *w, int64_t **out, kam_err *err)
{
    static const calc_use want[] = {{"row", KAM_INT, false}, {"contacts", KAM_INT, false}};
    const kam_column *c[2];
    kam_rc rc = calc_use_table(w->e->reach, "reach", want, 2, c, err);
    if (rc) return rc;
    *out = kam_calloc(w->n + 1, sizeof **out);
    for (size_t r = 0, rows = calc_use_rows(w->e->reach); r < rows; r++) {
        size_t i = calc_row_at(c[0], r, w->n);
        if (i != SIZE_MAX && calc_known(c[1], r)) (*out)[i] += kam_col_int(c[1], r);
    }
    return KAM_OK;
}

/* --- rows ------------------------------------------------------------------------------------------------------------- */

static void push_why(const segment_work *w, kam_column *c, kam_str *buf, char *const *description, size_t i)
{
    calc_lang lang = w->p->lang;
    if (w->of[i] >= 0) {
        const char *label = w->label[w->of[i]], *bar = strstr(label, " | ");
        kam_str half = KAM_STR_INIT;
        if (bar && lang == CALC_ZH) kam_str_addn(&half, label, (size_t)(bar - label));
        else kam_str_add(&half, bar ? bar + 3 : label);
        calc_push_say(c, buf, lang, &why_in, CALC_ARGS(calc_arg_text(kam_str_cstr(&half)), calc_arg_text(description[w->of[i]])));
        kam_str_release(&half);
        return;
    }
    size_t j = 0;
    while (j + 1 < w->d && !isnan(w->x[i * w->d + j])) j++;
    calc_push_say(c, buf, lang, &why_out, CALC_ARGS(calc_arg_text(lang == CALC_ZH ? w->col[j]->name.zh : w->col[j]->name.en)));
}

static void push_cell(kam_column *c, bool money, double v)
{
    if (isnan(v)) kam_col_push_missing(c);
    else if (money) kam_col_push_int(c, (int64_t)llround(v));
    else kam_col_push_real(c, v);
}

static kam_table *row_table(const segment_work *w, const kam_column *const acc[], char *const *description)
{
    static const calc_col fixed[] = {{"account", KAM_TEXT, "classify.account"}, {"name", KAM_TEXT, "classify.name"},
                                     {"class", KAM_TEXT, "segment.segment"}, {"why", KAM_TEXT, "classify.why"}};
    kam_column *c[4], *more[CALC_SEGMENT_COLUMNS], *distance = NULL, *revenue = NULL;
    kam_table *t = calc_out_new("segment.title", w->f->accounts, fixed, 4, c);
    bool has_revenue = false;
    for (size_t j = 0; j < w->d; j++) {
        kam_str label = KAM_STR_INIT;
        kam_str_addf(&label, "segment.%s", w->col[j]->key);
        more[j] = kam_table_add_column(t, w->col[j]->key, w->col[j]->money ? KAM_MONEY : KAM_REAL, kam_str_cstr(&label));
        has_revenue = has_revenue || kam_streq(w->col[j]->key, "window_revenue");
        kam_str_release(&label);
    }
    if (w->p->n_cross == 0) distance = kam_table_add_column(t, "distance", KAM_REAL, "segment.distance");
    if (!has_revenue) revenue = kam_table_add_column(t, "window_revenue", KAM_MONEY, "classify.window_revenue");
    kam_str buf = KAM_STR_INIT;
    /* where it is to stop, a whole table of the first rows: the caller asks again */
    size_t n = w->n;
    for (size_t i = 0; i < n; i++) {
        if (i % 1024 == 0 && kam_progress_step(w->p->kmeans.progress, "rows", i, w->n, NULL)) n = 0;
        kam_col_push_from(c[0], acc[CALC_ACC_CODE], i);
        kam_col_push_from(c[1], acc[CALC_ACC_NAME], i);
        kam_col_push_text(c[2], w->of[i] >= 0 ? w->label[w->of[i]] : NULL);
        push_why(w, c[3], &buf, description, i);
        for (size_t j = 0; j < w->d; j++) push_cell(more[j], w->col[j]->money, w->x[i * w->d + j]);
        if (distance) kam_col_push_real(distance, w->distance[i]);
        if (revenue) kam_col_push_int(revenue, w->revenue[i]);
    }
    kam_str_release(&buf);
    return t;
}

static void add_notes(const segment_work *w, kam_table *t)
{
    calc_lang lang = w->p->lang;
    kam_str cols = KAM_STR_INIT, crossed = KAM_STR_INIT;
    for (size_t j = 0; j < w->d; j++)
        kam_str_addf(&cols, "%s%s", !j ? "" : lang == CALC_ZH ? "、" : ", ", lang == CALC_ZH ? w->col[j]->name.zh : w->col[j]->name.en);
    for (size_t j = 0; j < w->p->n_cross; j++)
        kam_str_addf(&crossed, "%s%s", !j ? "" : lang == CALC_ZH ? "、" : ", ", lang == CALC_ZH ? w->p->cross[j]->zh : w->p->cross[j]->en);
    if (w->p->n_cross) {
        calc_note_say(t, lang, &note_cross, CALC_ARGS(calc_arg_text(kam_str_cstr(&crossed)), calc_arg_int((int64_t)w->k)));
        calc_note_say(t, lang, &note_value, CALC_ARGS(calc_arg_int(w->p->window_days), calc_arg_text(kam_str_cstr(&cols))));
    } else {
        calc_note_say(t, lang, &note_fit,
                      CALC_ARGS(calc_arg_text(kam_str_cstr(&cols)), calc_arg_int((int64_t)w->k),
                                isnan(w->silhouette) ? calc_arg_text("-") : calc_arg_real(w->silhouette, 2),
                                calc_arg_int((int64_t)w->p->kmeans.seed)));
        if (w->left_out)
            calc_note_say(t, lang, &note_out, CALC_ARGS(calc_arg_int((int64_t)w->left_out), calc_arg_int((int64_t)w->n)));
    }
    kam_str_release(&cols);
    kam_str_release(&crossed);
}

kam_rc calc_segment(const calc_facts *f, const calc_segment_facts *x, const calc_segment_params *p, kam_table **rows,
                    kam_table **segments, kam_err *err)
{
    const kam_column *acc[CALC_ACC_COLS];
    segment_work w = {.f = f, .e = x, .p = p};
    int64_t *contacts = NULL;
    size_t n;
    kam_rc rc = calc_use_accounts(f, true, acc, &n, err);
    if (rc) return rc;
    work_start(&w, n);
    rc = calc_segment_measure(&w, err);
    if (!rc && p->n_cross) rc = calc_segment_cross(&w, err);
    else if (!rc) rc = cluster(&w, err);
    if (!rc) rc = read_reach(&w, &contacts, err);
    if (!rc) {
        char **description = kam_calloc(w.k + 1, sizeof *description);
        kam_table *s = calc_segment_table(&w, contacts, description), *t = row_table(&w, acc, description);
        add_notes(&w, s);
        add_notes(&w, t);
        kam_table_seal(s);
        kam_table_seal(t);
        rc = kam_progress_step(p->kmeans.progress, "rows", n, n, err);
        if (segments && !rc) *segments = s;
        else kam_table_unref(s);
        if (!rc) *rows = t;
        else kam_table_unref(t);
        for (size_t k = 0; k < w.k; k++) kam_free(description[k]);
        kam_free(description);
    }
    kam_free(contacts);
    work_release(&w);
    return rc;
}

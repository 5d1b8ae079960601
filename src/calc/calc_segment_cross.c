/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A10: segments by crossing criteria: an account's cell is the list of its values. */
#include "calc_segment_int.h"
#include "kam_err.h"
#include "kam_mem.h"
#include <stdlib.h>
#include <string.h>

enum { X_INDUSTRY, X_REGION, X_KIND, X_OWNERSHIP, X_SOURCE, X_SIZE, X_GRADE, X_KEY, N_CRITERIA };
static const calc_text criteria[N_CRITERIA] = {
    {"industry", "industry", "行业"}, {"region", "region", "地区"}, {"kind", "kind", "类型"},    {"ownership", "ownership", "所有制"},
    {"source", "source", "来源"},     {"size", "size", "规模"},     {"grade", "grade", "级别"}, {"key", "key account", "大客户"},
};
/* Words of values that are keys; others are shown as they stand. */
static const calc_text words[] = {
    {"small", "small", "小型"},         {"medium", "medium", "中型"},       {"large", "large", "大型"},
    {"top", "VIP", "重要客户"},         {"major", "major", "主要客户"},     {"ordinary", "ordinary", "普通客户"},
    {"inactive", "inactive", "未购买"}, {"key", "key account", "大客户"},   {"unknown", "unknown", "未知"},
    {"company", "company", "企业"},     {"middleman", "middleman", "中间商"}, {"end-user", "end user", "最终用户"},
    {"consumer", "consumer", "消费者"}, {"private", "private", "民营"},     {"state", "state-owned", "国有"},
    {"joint-venture", "joint venture", "合资"}, {"government", "government", "政府"}, {"listed", "listed", "上市"},
};

const calc_text *calc_segment_criteria(size_t *n)
{
    *n = N_CRITERIA;
    return criteria;
}

const calc_text *calc_segment_criterion_find(const char *key)
{
    for (size_t i = 0; i < N_CRITERIA; i++)
        if (kam_streq(criteria[i].id, key)) return &criteria[i];
    return NULL;
}

static const char *size_of(const segment_work *w, const kam_column *employees, size_t i)
{
    if (!calc_known(employees, i)) return NULL;
    double v = kam_col_real(employees, i);
    return v < w->p->size_small ? "small" : v < w->p->size_large ? "medium" : "large";
}

static const char *value_of(const segment_work *w, const kam_column *const c[], size_t which, size_t i)
{
    if (which == X_SIZE) return size_of(w, c[X_SIZE], i);
    if (which == X_GRADE) return w->e->grade ? w->e->grade[i] : NULL;
    if (which == X_KEY) return w->e->key ? w->e->key[i] : NULL;
    const char *s = calc_text_at(c[which], i);
    return s && *s ? s : NULL;
}

/* The half of "中文 | English" for a reader. */
static void add_half(kam_str *out, const char *s, calc_lang lang)
{
    const char *bar = strstr(s, " | ");
    if (!bar) kam_str_add(out, s);
    else if (lang == CALC_ZH) kam_str_addn(out, s, (size_t)(bar - s));
    else kam_str_add(out, bar + 3);
}

static void add_value(kam_str *out, size_t which, const char *value, calc_lang lang)
{
    const char *s = value ? value : "unknown";
    bool keyed = !value || which == X_KIND || which == X_OWNERSHIP || which >= X_SIZE;
    if (which == X_GRADE && kam_streq(s, "small")) s = lang == CALC_ZH ? "小客户" : "small account"; /* not the size of a firm */
    else if (which == X_KEY && kam_streq(s, "ordinary")) s = lang == CALC_ZH ? "非大客户" : "no key account";
    else
        for (size_t k = 0; keyed && k < CALC_COUNT(words); k++)
            if (kam_streq(words[k].id, s)) {
                kam_str_add(out, lang == CALC_ZH ? words[k].zh : words[k].en);
                return;
            }
    add_half(out, s, lang);
}

/* "中文 × 大型 | English × large": one text for both readers, as the fields of the store have it. */
static char *cell_label(const segment_work *w, const kam_column *const c[], size_t i)
{
    kam_str half[2] = {KAM_STR_INIT, KAM_STR_INIT};
    for (int lang = CALC_EN; lang <= CALC_ZH; lang++)
        for (size_t j = 0; j < w->p->n_cross; j++) {
            size_t which = (size_t)(w->p->cross[j] - criteria);
            if (j) kam_str_add(&half[lang], " × ");
            add_value(&half[lang], which, value_of(w, c, which, i), (calc_lang)lang);
        }
    if (strcmp(kam_str_cstr(&half[CALC_EN]), kam_str_cstr(&half[CALC_ZH])) != 0)
        kam_str_addf(&half[CALC_ZH], " | %s", kam_str_cstr(&half[CALC_EN]));
    kam_str_release(&half[CALC_EN]);
    return kam_str_detach(&half[CALC_ZH]);
}

typedef struct tagged {
    char *label;
    size_t at, count, first;
} tagged;

static int by_label(const void *a, const void *b)
{
    const tagged *x = a, *y = b;
    int cmp = strcmp(x->label, y->label);
    return cmp ? cmp : (x->at > y->at) - (x->at < y->at);
}

static int by_count(const void *a, const void *b)
{
    const tagged *x = a, *y = b;
    if (x->count != y->count) return x->count > y->count ? -1 : 1;
    return strcmp(x->label, y->label);
}

/* Equal labels stand together: number the runs, largest first. */
static void number_cells(segment_work *w, tagged *t)
{
    qsort(t, w->n, sizeof *t, by_label);
    tagged *cell = kam_calloc(w->n + 1, sizeof *cell);
    size_t k = 0;
    for (size_t i = 0; i < w->n; i++) {
        if (i == 0 || strcmp(t[i].label, t[i - 1].label) != 0) cell[k++] = (tagged){t[i].label, 0, 0, i};
        cell[k - 1].count++;
    }
    qsort(cell, k, sizeof *cell, by_count);
    w->k = k;
    w->label = kam_calloc(k + 1, sizeof *w->label);
    for (size_t s = 0; s < k; s++) {
        w->label[s] = kam_strdup(cell[s].label);
        for (size_t i = cell[s].first; i < cell[s].first + cell[s].count; i++) w->of[t[i].at] = (int32_t)s;
    }
    kam_free(cell);
}

kam_rc calc_segment_cross(segment_work *w, kam_err *err)
{
    static const calc_use want[] = {{"industry", KAM_TEXT, true},  {"region", KAM_TEXT, true}, {"kind", KAM_TEXT, true},
                                    {"ownership", KAM_TEXT, true}, {"source", KAM_TEXT, true}, {"employees", KAM_INT, true}};
    const kam_column *c[6];
    kam_rc rc = calc_use_table(w->f->accounts, "accounts", want, 6, c, err);
    if (rc) return rc;
    tagged *t = kam_calloc(w->n + 1, sizeof *t);
    for (size_t i = 0; i < w->n; i++) t[i] = (tagged){cell_label(w, c, i), i, 0, 0};
    number_cells(w, t);
    for (size_t i = 0; i < w->n; i++) kam_free(t[i].label);
    kam_free(t);
    return KAM_OK;
}

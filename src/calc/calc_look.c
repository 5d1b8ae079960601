/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calc_look.h"
#include "calc_use.h"
#include "kam_mem.h"
#include "kam_sort.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

const char *const calc_look_columns[] = {"industry", "kind", "ownership", "region", "source", "employees", "annual_spend", "exit_cost", NULL};
static const calc_text column_words[CALC_LOOK_COLUMNS] = {
    {"look.industry", "industry", "行业"}, {"look.kind", "kind", "类型"}, {"look.ownership", "ownership", "所有制"}, {"look.region", "region", "地区"},
    {"look.source", "source", "来源"}, {"look.employees", "size", "员工规模"}, {"look.spend", "spend in the category", "品类支出"},
    {"look.exit", "exit cost", "逃离代价"}};

/* --- the space ------------------------------------------------------------------------------------------------------- */

static kam_rc use(const kam_table *profiles, const kam_column *c[CALC_LOOK_COLUMNS + 2], kam_err *err)
{
    static const calc_use want[] = {{"industry", KAM_TEXT, false}, {"kind", KAM_TEXT, false}, {"ownership", KAM_TEXT, false},
                                    {"region", KAM_TEXT, false}, {"source", KAM_TEXT, false}, {"employees", KAM_INT, false},
                                    {"annual_spend", KAM_MONEY, false}, {"exit_cost", KAM_REAL, false},
                                    {"account", KAM_TEXT, false}, {"name", KAM_TEXT, false}};
    return calc_use_table(profiles, "profiles", want, CALC_COUNT(want), c, err);
}

/* The different words of a column, of which there are few: a hash table of their numbers, in the order in which they were met. */
typedef struct words {
    const char **word;
    double *count;
    size_t n, cap, cap_count, slots; /* slots: a power of two */
    uint32_t *slot;                  /* 1 + number; 0: free */
} words;

static uint32_t *word_slot(const words *w, const char *s)
{
    uint64_t h = 0xcbf29ce484222325u; /* FNV-1a */
    for (const char *p = s; *p; p++) h = (h ^ (unsigned char)*p) * 0x100000001b3u;
    for (h ^= h >> 32;; h++) {
        uint32_t *at = &w->slot[h & (w->slots - 1)];
        if (*at == 0 || strcmp(w->word[*at - 1], s) == 0) return at;
    }
}

static void words_grow(words *w)
{
    kam_free(w->slot);
    w->slots = w->slots ? 2 * w->slots : 256;
    w->slot = kam_calloc(w->slots, sizeof *w->slot);
    for (size_t i = 0; i < w->n; i++) *word_slot(w, w->word[i]) = (uint32_t)i + 1;
}

static uint32_t number_of(words *w, const char *s)
{
    if (2 * w->n >= w->slots) words_grow(w);
    uint32_t *at = word_slot(w, s);
    if (*at) return *at - 1;
    KAM_GROW(w->word, w->cap, w->n + 1);
    KAM_GROW(w->count, w->cap_count, w->n + 1);
    w->word[w->n] = s;
    w->count[w->n] = 0;
    *at = (uint32_t)++w->n;
    return *at - 1;
}

/* Words become numbers. false: fewer than two different ones. */
static bool number_words(const kam_column *c, size_t n, const kam_progress *watch, double *z, double *unequal)
{
    words w = {NULL, NULL, 0, 0, 0, 0, NULL};
    double known = 0, same = 0;
    for (size_t i = 0; i < n; i++) {
        z[i] = NAN;
        if (i % 4096 == 0 && kam_progress_stopped(watch)) break; /* the caller asks again */
        if (!calc_known(c, i)) continue;
        const uint32_t number = number_of(&w, kam_col_text(c, i));
        z[i] = number;
        w.count[number]++;
        known++;
    }
    for (size_t i = 0; i < w.n; i++) same += w.count[i] * (w.count[i] - 1);
    kam_free(w.word);
    kam_free(w.count);
    kam_free(w.slot);
    double differ = known > 1 ? 1 - same / (known * (known - 1)) : 0; /* chance that two different accounts differ */
    if (differ <= 0) return false;
    *unequal = 2 / differ;
    return true;
}

static double number_at(const kam_column *c, size_t i, bool logarithm)
{
    const double v = calc_known(c, i) ? kam_col_real(c, i) : NAN;
    return logarithm && !isnan(v) ? log1p(v < 0 ? 0 : v) : v;
}

static bool standardise(const kam_column *c, size_t n, bool logarithm, double *z, double *middle, double *spread)
{
    double sum = 0, square = 0, m = 0;
    for (size_t i = 0; i < n; i++) {
        z[i] = number_at(c, i, logarithm);
        if (!isnan(z[i])) sum += z[i], m++;
    }
    for (size_t i = 0; i < n; i++)
        if (!isnan(z[i])) square += (z[i] - sum / m) * (z[i] - sum / m);
    double sd = m > 1 ? sqrt(square / (m - 1)) : 0;
    if (!(sd > 1e-12 * (1 + fabs(sum)))) return false;
    *middle = sum / m;
    *spread = sd;
    for (size_t i = 0; i < n; i++) z[i] = (z[i] - *middle) / sd;
    return true;
}

kam_rc calc_look_build(const kam_table *profiles, const double weight[CALC_LOOK_COLUMNS], calc_look *out, kam_err *err)
{
    const kam_column *c[CALC_LOOK_COLUMNS + 2];
    kam_rc rc = use(profiles, c, err);
    if (rc) return rc;
    calc_look l = {.n = kam_table_rows(profiles), .profiles = profiles};
    for (int k = 0; k < CALC_LOOK_COLUMNS && !rc; k++) {
        double *z = kam_calloc(l.n + 1, sizeof *z);
        bool says = weight[k] > 0 && (k < CALC_LOOK_WORDS ? number_words(c[k], l.n, kam_table_watch(profiles), z, &l.unequal[k])
                                                          : standardise(c[k], l.n, k < CALC_LOOK_COLUMNS - 1, z, &l.middle[k], &l.spread[k]));
        if (says) {
            l.z[k] = z;
            l.weight[k] = weight[k];
            l.total += weight[k];
        } else {
            kam_free(z);
        }
        rc = kam_progress_step(kam_table_watch(profiles), "lookalike", (uint64_t)k, CALC_LOOK_COLUMNS, err);
    }
    if (!rc) *out = l;
    else calc_look_release(&l);
    return rc;
}

void calc_look_release(calc_look *l)
{
    for (int k = 0; k < CALC_LOOK_COLUMNS; k++) kam_free(l->z[k]);
    *l = (calc_look){0};
}

void calc_look_few(const calc_look *all, const size_t *rows, size_t m, const kam_table *profiles, calc_look *out)
{
    calc_look l = *all;
    l.n = m + 1;
    l.profiles = profiles;
    for (int k = 0; k < CALC_LOOK_COLUMNS; k++) {
        if (!all->z[k]) continue;
        l.z[k] = kam_calloc(m + 1, sizeof *l.z[k]);
        for (size_t i = 0; i < m; i++) l.z[k][i] = all->z[k][rows[i]];
        l.z[k][m] = NAN;
    }
    *out = l;
}

/* The number of a word among the first m; a word none of them has is like no other. */
static double word_among(const kam_column *few, const double *z, size_t m, const char *word)
{
    for (size_t i = 0; i < m; i++)
        if (!isnan(z[i]) && strcmp(kam_col_text(few, i), word) == 0) return z[i];
    return -1;
}

kam_rc calc_look_put(calc_look *l, const kam_table *one, kam_err *err)
{
    const kam_column *few[CALC_LOOK_COLUMNS + 2], *c[CALC_LOOK_COLUMNS + 2];
    const size_t m = l->n - 1;
    kam_rc rc = use(l->profiles, few, err);
    if (!rc) rc = use(one, c, err);
    if (rc) return rc;
    for (int k = 0; k < CALC_LOOK_COLUMNS; k++) {
        if (!l->z[k]) continue;
        double *z = &l->z[k][m];
        if (k >= CALC_LOOK_WORDS) *z = (number_at(c[k], 0, k < CALC_LOOK_COLUMNS - 1) - l->middle[k]) / l->spread[k];
        else *z = calc_known(c[k], 0) ? word_among(few[k], l->z[k], m, kam_col_text(c[k], 0)) : NAN;
    }
    return KAM_OK;
}

/* δ² of one column; NAN: unknown of either. */
static inline double difference2(const calc_look *l, int k, size_t a, size_t b)
{
    double d = l->z[k][a] - l->z[k][b];
    if (k < CALC_LOOK_WORDS && d != 0 && !isnan(d)) return l->unequal[k];
    return d * d;
}

bool calc_look_distance2(const calc_look *l, size_t a, size_t b, double *d2, double *coverage)
{
    double sum = 0, known = 0;
    for (int k = 0; k < CALC_LOOK_COLUMNS; k++) {
        if (!l->z[k]) continue;
        double d = difference2(l, k, a, b);
        if (isnan(d)) continue;
        sum += l->weight[k] * d;
        known += l->weight[k];
    }
    if (known <= 0) return false;
    *d2 = sum / known;
    *coverage = known / l->total;
    return true;
}

/* The same, given up (false) once d² is sure to be larger than `limit`: what is unknown can only make it larger. */
static inline bool distance_within(const calc_look *l, size_t a, size_t b, double limit, double *d2, double *coverage)
{
    double sum = 0, known = 0, most = limit * l->total;
    for (int k = 0; k < CALC_LOOK_COLUMNS; k++) {
        if (!l->z[k]) continue;
        double d = difference2(l, k, a, b);
        if (isnan(d)) continue;
        sum += l->weight[k] * d;
        if (sum > most) return false;
        known += l->weight[k];
    }
    if (known <= 0) return false;
    *d2 = sum / known;
    *coverage = known / l->total;
    return true;
}

/* --- the nearest -------------------------------------------------------------------------------------------------------- */

typedef struct near {
    double d2;
    size_t at; /* place in the group */
} near;

static inline bool farther(near a, near b) { return a.d2 > b.d2 || (a.d2 == b.d2 && a.at > b.at); }

/* A heap with the farthest of the kept ones on top. */
static void sift_down(near *h, size_t n, size_t i)
{
    for (;;) {
        size_t k = 2 * i + 1;
        if (k >= n) return;
        if (k + 1 < n && farther(h[k + 1], h[k])) k++;
        if (!farther(h[k], h[i])) return;
        near x = h[k];
        h[k] = h[i];
        h[i] = x;
        i = k;
    }
}

static void sift_up(near *h, size_t i)
{
    while (i > 0 && farther(h[i], h[(i - 1) / 2])) {
        near x = h[i];
        h[i] = h[(i - 1) / 2];
        h[(i - 1) / 2] = x;
        i = (i - 1) / 2;
    }
}

size_t calc_look_nearest(const calc_look *l, size_t a, const size_t *group, size_t m, size_t k, double least, size_t *at, double *d2)
{
    near small[64], *h = k <= 64 ? small : kam_calloc(k, sizeof *h);
    size_t n = 0;
    for (size_t i = 0; i < m && k; i++) {
        double coverage;
        near x = {0, i};
        if (group[i] == a || !distance_within(l, a, group[i], n < k ? INFINITY : h[0].d2, &x.d2, &coverage) || coverage < least) continue;
        if (n < k) {
            h[n++] = x;
            sift_up(h, n - 1);
        } else if (farther(h[0], x)) {
            h[0] = x;
            sift_down(h, n, 0);
        }
    }
    for (size_t i = n; i-- > 0;) { /* take the farthest off, from behind */
        at[i] = group[h[0].at];
        d2[i] = h[0].d2;
        h[0] = h[i];
        sift_down(h, i, 0);
    }
    if (h != small) kam_free(h);
    return n;
}

/* The group the candidates are compared with: all of it, or every so-manieth. */
static size_t *group_of(const calc_look *l, const uint8_t *role, int sample, size_t *m, size_t *all)
{
    size_t *g = kam_calloc(l->n + 1, sizeof *g), n = 0;
    for (size_t i = 0; i < l->n; i++)
        if (role[i] == 1) g[n++] = i;
    *all = *m = n;
    if (sample > 0 && n > (size_t)sample) {
        for (size_t i = 0; i < (size_t)sample; i++) g[i] = g[i * n / (size_t)sample];
        *m = (size_t)sample;
    }
    return g;
}

/* --- ranking -------------------------------------------------------------------------------------------------------------- */

typedef struct scored {
    size_t account, first, n; /* its neighbours: first … first + n − 1 of all that were found */
    double d2;
} scored;

static int by_distance(const void *p, const void *q)
{
    const scored *a = p, *b = q;
    if (a->d2 != b->d2) return a->d2 < b->d2 ? -1 : 1;
    return a->account < b->account ? -1 : a->account > b->account;
}

static double mean(const double *x, size_t n)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++) sum += x[i];
    return sum / (double)n;
}

/* What each column adds to the likeness of an account with its neighbours: w (1 − mean δ²/2) ÷ Σ w; NAN: unknown. */
static void contributions(const calc_look *l, size_t a, const size_t *at, size_t n, double like[CALC_LOOK_COLUMNS], double adds[CALC_LOOK_COLUMNS])
{
    for (int k = 0; k < CALC_LOOK_COLUMNS; k++) {
        double sum = 0, m = 0;
        for (size_t i = 0; i < n && l->z[k]; i++) {
            double d = difference2(l, k, a, at[i]);
            if (!isnan(d)) sum += d, m++;
        }
        like[k] = m > 0 ? 1 - sum / m / 2 : NAN;
        adds[k] = m > 0 ? l->weight[k] / l->total * like[k] * m / (double)n : NAN;
    }
}

/* The up to three columns that add most, more than nothing. */
static size_t best_three(const double adds[CALC_LOOK_COLUMNS], int best[3])
{
    size_t n = 0;
    bool taken[CALC_LOOK_COLUMNS] = {false};
    while (n < 3) {
        int top = -1;
        for (int k = 0; k < CALC_LOOK_COLUMNS; k++)
            if (!taken[k] && adds[k] > 0 && (top < 0 || adds[k] > adds[top])) top = k;
        if (top < 0) break;
        taken[top] = true;
        best[n++] = top;
    }
    return n;
}

static const calc_text why_same = {"look.same", "same {1} ({2})", "{1}相同（{2}）"};
static const calc_text why_near = {"look.near", "{1} {2}, there {3}", "{1} {2}，对方 {3}"};
static const calc_text why_none = {"look.none", "no column is closer than chance", "没有一列比随机更接近"};

static void value_of(const calc_look *l, int k, size_t row, kam_str *out)
{
    char cell[KAM_CELL_MAX];
    int c = kam_table_index(l->profiles, calc_look_columns[k]);
    kam_str_add(out, kam_table_cell(l->profiles, (size_t)c, row, cell));
}

/* A value as a sentence says it: the reader's half of a text in both languages, and in Chinese the words of keys. */
static void spoken(const calc_look *l, int k, size_t row, calc_lang lang, kam_str *out)
{
    static const char *const keys[][2] = {{"company", "企业"}, {"middleman", "中间商"}, {"end-user", "最终用户"}, {"consumer", "消费者"},
                                          {"private", "民营"}, {"state", "国有"}, {"joint-venture", "合资"}, {"government", "政府"}, {"listed", "上市"}};
    kam_str v = KAM_STR_INIT;
    value_of(l, k, row, &v);
    const char *s = kam_str_cstr(&v);
    for (size_t i = 0; lang == CALC_ZH && (k == 1 || k == 2) && i < CALC_COUNT(keys); i++)
        if (strcmp(keys[i][0], s) == 0) s = keys[i][1];
    calc_say_half(out, lang, s);
    kam_str_release(&v);
}

static void say_why(const calc_look *l, calc_lang lang, size_t a, size_t nearest, const int *best, size_t n, kam_str *out)
{
    if (n == 0) calc_say(out, lang, &why_none, NULL, 0);
    for (size_t i = 0; i < n; i++) {
        kam_str mine = KAM_STR_INIT, theirs = KAM_STR_INIT;
        spoken(l, best[i], a, lang, &mine);
        spoken(l, best[i], nearest, lang, &theirs);
        if (i) kam_str_add(out, lang == CALC_ZH ? "；" : "; ");
        const char *word = lang == CALC_ZH ? column_words[best[i]].zh : column_words[best[i]].en;
        bool same = kam_streq(kam_str_cstr(&mine), kam_str_cstr(&theirs));
        const char *other = theirs.len ? kam_str_cstr(&theirs) : "–";
        calc_say(out, lang, same ? &why_same : &why_near,
                 CALC_ARGS(calc_arg_text(word), calc_arg_text(kam_str_cstr(&mine)), calc_arg_text(other)));
        kam_str_release(&mine);
        kam_str_release(&theirs);
    }
}

static const calc_col rank_cols[] = {
    {"rank", KAM_INT, "look.rank"},         {"account", KAM_TEXT, "look.account"}, {"name", KAM_TEXT, "look.name"},
    {"likeness", KAM_REAL, "look.likeness"}, {"coverage", KAM_REAL, "look.coverage"}, {"n", KAM_INT, "look.n"},
    {"nearest", KAM_TEXT, "look.nearest"},  {"nearest_name", KAM_TEXT, "look.nearest_name"}, {"columns", KAM_TEXT, "look.columns"},
    {"why", KAM_TEXT, "look.why"}};

static void push_candidate(const calc_look *l, const kam_column *const in[], const calc_look_params *p, int64_t rank, const scored *x,
                           const size_t *at, kam_column **o)
{
    size_t a = x->account, n = x->n;
    double coverage = 0, like[CALC_LOOK_COLUMNS], adds[CALC_LOOK_COLUMNS];
    for (size_t i = 0; i < n; i++) {
        double one, c = 0;
        calc_look_distance2(l, a, at[i], &one, &c);
        coverage += c / (double)n;
    }
    contributions(l, a, at, n, like, adds);
    int best[3];
    size_t found = best_three(adds, best);
    kam_str names = KAM_STR_INIT, why = KAM_STR_INIT;
    for (size_t i = 0; i < found; i++) kam_str_addf(&names, "%s%s", i ? ", " : "", calc_look_columns[best[i]]);
    say_why(l, p->lang, a, at[0], best, found, &why);
    kam_col_push_int(o[0], rank);
    kam_col_push_from(o[1], in[CALC_LOOK_COLUMNS], a);
    kam_col_push_from(o[2], in[CALC_LOOK_COLUMNS + 1], a);
    kam_col_push_real(o[3], 1 - x->d2 / 2);
    kam_col_push_real(o[4], coverage);
    kam_col_push_int(o[5], (int64_t)n);
    kam_col_push_from(o[6], in[CALC_LOOK_COLUMNS], at[0]);
    kam_col_push_from(o[7], in[CALC_LOOK_COLUMNS + 1], at[0]);
    kam_col_push_text(o[8], found ? kam_str_cstr(&names) : NULL);
    kam_col_push_text(o[9], kam_str_cstr(&why));
    kam_str_release(&names);
    kam_str_release(&why);
}

static const calc_text note_group = {"look.group", "{1} accounts in the group{2}; likeness 1 = alike in all that is known, 0 = as two accounts at random",
                                     "参照组 {1} 个客户{2}；相似度 1 为已知项全同，0 为与随机两客户无异"};
static const calc_text note_sample = {"look.sample", ", {1} of them taken evenly", "，等距抽取 {1} 个"};
static const calc_text note_left = {"look.left", "{1} candidates could not be compared: less than {2} of the weights known of both", "{1} 个候选无法比较：双方已知的权重不足 {2}"};

static void add_notes(kam_table *t, const calc_look_params *p, size_t all, size_t m, size_t left)
{
    kam_str sample = KAM_STR_INIT;
    if (m < all) calc_say(&sample, p->lang, &note_sample, CALC_ARGS(calc_arg_int((int64_t)m)));
    calc_note_say(t, p->lang, &note_group, CALC_ARGS(calc_arg_int((int64_t)all), calc_arg_text(kam_str_cstr(&sample))));
    if (left) calc_note_say(t, p->lang, &note_left, CALC_ARGS(calc_arg_int((int64_t)left), calc_arg_pct(p->coverage)));
    kam_str_release(&sample);
}

kam_rc calc_look_rank(const calc_look *l, const uint8_t *role, const calc_look_params *p, kam_table **out, kam_err *err)
{
    const kam_column *in[CALC_LOOK_COLUMNS + 2];
    kam_column *o[CALC_COUNT(rank_cols)];
    kam_rc rc = use(l->profiles, in, err);
    if (rc) return rc;
    size_t m, all, n = 0, left = 0, k = (size_t)(p->neighbours > 0 ? p->neighbours : 1);
    size_t *group = group_of(l, role, p->sample, &m, &all), *at = kam_calloc(k, sizeof *at);
    double *d2 = kam_calloc(k, sizeof *d2);
    scored *s = kam_calloc(l->n + 1, sizeof *s);
    uint32_t *all_near = NULL; /* k a candidate: 4 k bytes each, instead of looking for them twice */
    size_t n_near = 0, cap = 0;
    for (size_t i = 0; i < l->n && rc == KAM_OK; i++) {
        if (i % 256 == 0) rc = kam_progress_step(p->progress, "lookalike", i, l->n, err);
        if (role[i] != 2) continue;
        size_t found = calc_look_nearest(l, i, group, m, k, p->coverage, at, d2);
        if (found) s[n++] = (scored){i, n_near, found, mean(d2, found)};
        else left++;
        KAM_GROW(all_near, cap, n_near + found);
        for (size_t j = 0; j < found; j++) all_near[n_near++] = (uint32_t)at[j];
    }
    if (rc == KAM_OK) {
        if (n) kam_sort(s, n, sizeof *s, by_distance, p->progress);
        kam_table *t = calc_out_new("look.title", l->profiles, rank_cols, CALC_COUNT(rank_cols), o);
        for (size_t i = 0; i < n && (p->top <= 0 || i < (size_t)p->top) && calc_goes_on(t, i, n); i++) {
            for (size_t j = 0; j < s[i].n; j++) at[j] = all_near[s[i].first + j];
            push_candidate(l, in, p, (int64_t)i + 1, &s[i], at, o);
        }
        add_notes(t, p, all, m, left);
        rc = calc_out_done(t, out, err);
    }
    kam_free(group);
    kam_free(at);
    kam_free(d2);
    kam_free(s);
    kam_free(all_near);
    return rc;
}

kam_rc calc_look_detail(const calc_look *l, const uint8_t *role, const calc_look_params *p, size_t account, kam_table **out, kam_err *err)
{
    static const calc_col cols[] = {{"account", KAM_TEXT, "look.account"}, {"column", KAM_TEXT, "look.column"}, {"value", KAM_TEXT, "look.value"},
                                    {"nearest", KAM_TEXT, "look.nearest"}, {"nearest_value", KAM_TEXT, "look.nearest_value"},
                                    {"weight", KAM_REAL, "look.weight"}, {"likeness", KAM_REAL, "look.likeness"}, {"adds", KAM_REAL, "look.adds"}};
    const kam_column *in[CALC_LOOK_COLUMNS + 2];
    kam_column *o[CALC_COUNT(cols)];
    kam_rc rc = use(l->profiles, in, err);
    if (rc) return rc;
    size_t m, all, k = (size_t)(p->neighbours > 0 ? p->neighbours : 1), *at = kam_calloc(k, sizeof *at), *group = group_of(l, role, p->sample, &m, &all);
    double *d2 = kam_calloc(k, sizeof *d2), like[CALC_LOOK_COLUMNS], adds[CALC_LOOK_COLUMNS];
    size_t n = role[account] == 2 ? calc_look_nearest(l, account, group, m, k, p->coverage, at, d2) : 0;
    kam_table *t = calc_out_new("look.detail", l->profiles, cols, CALC_COUNT(cols), o);
    if (n) contributions(l, account, at, n, like, adds);
    for (int c = 0; c < CALC_LOOK_COLUMNS && n; c++) {
        kam_str mine = KAM_STR_INIT, theirs = KAM_STR_INIT;
        value_of(l, c, account, &mine);
        value_of(l, c, at[0], &theirs);
        kam_col_push_from(o[0], in[CALC_LOOK_COLUMNS], account);
        kam_col_push_text(o[1], calc_look_columns[c]);
        kam_col_push_text(o[2], mine.len ? kam_str_cstr(&mine) : NULL);
        kam_col_push_from(o[3], in[CALC_LOOK_COLUMNS], at[0]);
        kam_col_push_text(o[4], theirs.len ? kam_str_cstr(&theirs) : NULL);
        kam_col_push_real(o[5], l->weight[c]);
        kam_col_push_real(o[6], like[c]);
        kam_col_push_real(o[7], adds[c]);
        kam_str_release(&mine);
        kam_str_release(&theirs);
    }
    add_notes(t, p, all, m, n ? 0 : 1);
    kam_table_seal(t);
    *out = t;
    kam_free(at);
    kam_free(group);
    kam_free(d2);
    return KAM_OK;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A10: what each segment is: size, value, growth, what sets it apart, and the four rules. */
#include "calc_segment_int.h"
#include "kam_mem.h"
#include <math.h>

static const calc_text high = {"segment.high", "{1} high ({2} against {3})", "{1}高（{2}，平均 {3}）"};
static const calc_text low = {"segment.low", "{1} low ({2} against {3})", "{1}低（{2}，平均 {3}）"};
static const calc_text plain = {"segment.plain", "like the average", "与平均水平相近"};

enum { NAMED = 3 }; /* columns a description names at most */

typedef struct portrait {
    int64_t count, revenue, recent, prior, reached;
    double sum_x[CALC_SEGMENT_COLUMNS], sum_z[CALC_SEGMENT_COLUMNS], sum_zz[CALC_SEGMENT_COLUMNS];
    int64_t known[CALC_SEGMENT_COLUMNS];
} portrait;

static void gather(const segment_work *w, const int64_t *contacts, portrait *s)
{
    for (size_t i = 0; i < w->n; i++) {
        if (w->of[i] < 0) continue;
        portrait *x = &s[w->of[i]];
        x->count++;
        x->revenue += w->revenue[i];
        x->recent += w->recent[i];
        x->prior += w->prior[i];
        x->reached += contacts && contacts[i] > 0;
        for (size_t j = 0; j < w->d; j++) {
            double z = w->z[i * w->d + j];
            if (isnan(z)) continue;
            x->known[j]++;
            x->sum_x[j] += w->x[i * w->d + j];
            x->sum_z[j] += z;
            x->sum_zz[j] += z * z;
        }
    }
}

/* Mean variance inside, over the columns; NaN: nothing known. */
static double spread_of(const segment_work *w, const portrait *s)
{
    double sum = 0;
    size_t k = 0;
    for (size_t j = 0; j < w->d; j++) {
        if (!s->known[j]) continue;
        double mean = s->sum_z[j] / (double)s->known[j], v = s->sum_zz[j] / (double)s->known[j] - mean * mean;
        sum += v > 0 ? v : 0;
        k++;
    }
    return k ? sum / (double)k : NAN;
}

static calc_arg value_arg(const segment_work *w, size_t j, double v)
{
    double size = fabs(v);
    if (w->col[j]->money) return calc_arg_money((int64_t)llround(v), kam_table_exponent(w->f->accounts));
    return calc_arg_real(v, size < 10 ? 2 : size < 100 ? 1 : 0);
}

static char *describe(const segment_work *w, const portrait *s)
{
    kam_str b = KAM_STR_INIT;
    bool used[CALC_SEGMENT_COLUMNS] = {false};
    for (int named = 0; named < NAMED; named++) {
        size_t best = w->d;
        double most = 0;
        for (size_t j = 0; j < w->d; j++) {
            double z = s->known[j] ? fabs(s->sum_z[j] / (double)s->known[j]) : 0;
            if (used[j] || z < w->p->distinct || z <= most + 1e-9) continue; /* of equals the first */
            most = z;
            best = j;
        }
        if (best == w->d) break;
        used[best] = true;
        if (b.len) kam_str_add(&b, w->p->lang == CALC_ZH ? "；" : "; ");
        const calc_arg args[] = {calc_arg_text(w->p->lang == CALC_ZH ? w->col[best]->name.zh : w->col[best]->name.en),
                                 value_arg(w, best, s->sum_x[best] / (double)s->known[best]), value_arg(w, best, w->mean[best])};
        calc_say(&b, w->p->lang, s->sum_z[best] > 0 ? &high : &low, args, 3);
    }
    if (b.len == 0) calc_say(&b, w->p->lang, &plain, NULL, 0);
    return kam_str_detach(&b);
}

enum { T_SEGMENT, T_COUNT, T_SHARE, T_VALUE, T_VALUE_SHARE, T_GROWTH, T_SPREAD, T_PULL, T_REACH, T_LARGE, T_ALIKE, T_TIED,
       T_REACHABLE, T_USABLE, T_DESCRIPTION, T_COLS };
static const calc_col cols[T_COLS] = {
    {"segment", KAM_TEXT, "segment.segment"},     {"count", KAM_INT, "summary.count"},
    {"share", KAM_REAL, "summary.share"},         {"value", KAM_MONEY, "segment.value"},
    {"value_share", KAM_REAL, "segment.value_share"}, {"growth", KAM_REAL, "quality.growth"},
    {"spread", KAM_REAL, "segment.spread"},       {"pull", KAM_REAL, "segment.pull"},
    {"reach", KAM_REAL, "segment.reach"},         {"large_enough", KAM_FLAG, "segment.large_enough"},
    {"alike", KAM_FLAG, "segment.alike"},         {"tied", KAM_FLAG, "segment.tied"},
    {"reachable", KAM_FLAG, "segment.reachable"}, {"usable", KAM_FLAG, "segment.usable"},
    {"description", KAM_TEXT, "segment.description"},
};

/* All accounts in a segment; `revenue` their window's. */
typedef struct whole {
    double count, revenue;
} whole;

static void push_segment(const segment_work *w, kam_column **c, const portrait *s, const whole *all, const char *label,
                         const char *description)
{
    const calc_segment_params *p = w->p;
    double share = (double)s->count / all->count, worth = all->revenue > 0 ? (double)s->revenue / all->revenue : NAN;
    double spread = spread_of(w, s), reach = (double)s->reached / (double)s->count;
    double pull = all->revenue > 0 ? (double)s->revenue / (double)s->count / (all->revenue / all->count) : NAN;
    bool large = share >= p->min_share || worth >= p->min_share, alike = spread <= p->max_spread;
    bool tied = pull >= p->min_pull || pull <= 1 / p->min_pull, reachable = reach >= p->min_reach;
    kam_col_push_text(c[T_SEGMENT], label);
    kam_col_push_int(c[T_COUNT], s->count);
    kam_col_push_real(c[T_SHARE], share);
    kam_col_push_int(c[T_VALUE], s->revenue);
    kam_col_push_real(c[T_VALUE_SHARE], worth);
    kam_col_push_real(c[T_GROWTH], s->prior > 0 ? (double)s->recent / (double)s->prior - 1 : NAN);
    kam_col_push_real(c[T_SPREAD], spread);
    kam_col_push_real(c[T_PULL], pull);
    kam_col_push_real(c[T_REACH], reach);
    kam_col_push_int(c[T_LARGE], large);
    calc_push_opt(c[T_ALIKE], !isnan(spread), alike);
    calc_push_opt(c[T_TIED], !isnan(pull), tied);
    kam_col_push_int(c[T_REACHABLE], reachable);
    kam_col_push_int(c[T_USABLE], large && alike && tied && reachable);
    kam_col_push_text(c[T_DESCRIPTION], description);
}

kam_table *calc_segment_table(const segment_work *w, const int64_t *contacts, char **description)
{
    portrait *s = kam_calloc(w->k + 1, sizeof *s);
    whole all = {0, 0};
    gather(w, contacts, s);
    for (size_t k = 0; k < w->k; k++) {
        all.count += (double)s[k].count;
        all.revenue += (double)s[k].revenue;
    }
    kam_column *c[T_COLS];
    kam_table *t = calc_out_new("segment.segments", w->f->accounts, cols, T_COLS, c);
    for (size_t k = 0; k < w->k; k++) {
        description[k] = describe(w, &s[k]);
        push_segment(w, c, &s[k], &all, w->label[k], description[k]);
    }
    kam_free(s);
    return t;
}

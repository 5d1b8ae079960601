/* SPDX-License-Identifier: GPL-3.0-or-later */
/* J4, our people × theirs, and B10, the relation between the firms: present and wanted, and the steps in between. */
#include "calc_people.h"
#include "calc_stakeholder.h"
#include "kam_mem.h"
#include <stdlib.h>
#include <string.h>

enum { STEPS = 4 };
static const char *const levels[STEPS] = {"vendor", "credible-source", "problem-solver", "trusted-adviser"};
static const char *const relations[STEPS] = {"trade", "preferred", "cooperation", "alliance"};

/* What it takes to be on a level; the first is where one starts. */
static const calc_text level_steps[STEPS] = {
    {"level.begin", "find somebody of ours for this person", "为此人指定我方人员"},
    {"level.credible", "bring facts that prove true: references, figures, a kept promise", "拿出经得起检验的事实：案例、数字、兑现的承诺"},
    {"level.solver", "take on one problem of this person and solve it", "接下此人的一个难题并解决它"},
    {"level.adviser", "be asked before the matter is settled: give advice that is not about our product", "在事情定下来之前被请教：给出与产品无关的建议"}};
static const calc_text relation_steps[STEPS] = {
    {"relation.begin", "note how the two firms deal with each other now", "记录目前两家企业的关系类型"},
    {"relation.preferred", "keep quality and terms so that we are asked first: agree a frame contract", "保证质量与条件，让客户先找我们：签框架协议"},
    {"relation.cooperation", "work on a common task: joint project, shared planning", "共同做一件事：联合项目、共享计划"},
    {"relation.alliance", "share resources and risk: agree joint aims signed on both sides", "共享资源、共担风险：签署共同目标"}};

static int place(const char *const *list, const char *word)
{
    for (int k = 0; word && k < STEPS; k++)
        if (strcmp(list[k], word) == 0) return k;
    return -1;
}

static const char *say(calc_lang lang, const calc_text *t) { return lang == CALC_ZH ? t->zh : t->en; }

/* The sentence of the next step up; NULL where there is nothing to climb or it is not known. */
static const char *next_step(calc_lang lang, const calc_text steps[STEPS], int present, int wanted)
{
    if (present < 0) return say(lang, &steps[0]);
    return wanted > present ? say(lang, &steps[present + 1]) : NULL;
}

/* --- J4 ------------------------------------------------------------------------------------------------------------ */

typedef struct note {
    size_t person; /* row */
    const char *rep;
    int64_t day;
    size_t row;
} note;

static int by_person_rep_day(const void *a, const void *b)
{
    const note *x = a, *y = b;
    if (x->person != y->person) return x->person < y->person ? -1 : 1;
    int rep = strcmp(x->rep, y->rep);
    if (rep) return rep;
    if (x->day != y->day) return x->day < y->day ? -1 : 1;
    return x->row < y->row ? -1 : x->row > y->row;
}

enum { L_REP, L_REP_NAME, L_CONTACT, L_DATE, L_PRESENT, L_WANTED, L_COLS };
enum { O_CONTACT, O_NAME, O_TITLE, O_SEAT, O_REP, O_REP_NAME, O_PRESENT, O_WANTED, O_STEPS, O_DATE, O_NEXT, O_COLS };

typedef struct cover {
    const calc_crowd *w;
    const kam_column *l[L_COLS];
    kam_column *c[O_COLS];
    int64_t covered, climb;
} cover;

static note *collect(const cover *v, const size_t *order, size_t rows, size_t *n)
{
    note *x = kam_calloc(rows + 1, sizeof *x);
    *n = 0;
    for (size_t r = 0; r < rows; r++) {
        if (!calc_known(v->l[L_CONTACT], r) || !calc_known(v->l[L_REP], r) || !calc_known(v->l[L_DATE], r)) continue;
        size_t i = calc_crowd_find(v->w, order, kam_col_text(v->l[L_CONTACT], r));
        int64_t day = kam_col_int(v->l[L_DATE], r);
        if (i != SIZE_MAX && day <= v->w->p->asof) x[(*n)++] = (note){i, kam_col_text(v->l[L_REP], r), day, r};
    }
    qsort(x, *n, sizeof *x, by_person_rep_day);
    return x;
}

static void push_person(cover *v, size_t i)
{
    kam_col_push_from(v->c[O_CONTACT], v->w->c[P_CONTACT], i);
    kam_col_push_from(v->c[O_NAME], v->w->c[P_NAME], i);
    kam_col_push_from(v->c[O_TITLE], v->w->c[P_TITLE], i);
    kam_col_push_int(v->c[O_SEAT], calc_crowd_placeholder(v->w, i));
}

/* One of ours with one of theirs: the latest word on each of the two levels. */
static void push_pair(cover *v, const note *x, size_t n)
{
    int level[2] = {-1, -1};
    int64_t since = 0;
    for (size_t k = 0; k < n; k++)
        for (int j = 0; j < 2; j++) {
            int at = place(levels, calc_text_at(v->l[L_PRESENT + j], x[k].row));
            if (at < 0) continue;
            if (j == 0 && at != level[0]) since = x[k].day;
            level[j] = at;
        }
    push_person(v, x->person);
    kam_col_push_text(v->c[O_REP], x->rep);
    kam_col_push_from(v->c[O_REP_NAME], v->l[L_REP_NAME], x[n - 1].row);
    for (int j = 0; j < 2; j++) kam_col_push_text(v->c[O_PRESENT + j], level[j] < 0 ? NULL : levels[level[j]]);
    int steps = level[1] > level[0] ? level[1] - level[0] : 0;
    calc_push_opt(v->c[O_STEPS], level[0] >= 0 && level[1] >= 0, steps);
    calc_push_opt(v->c[O_DATE], level[0] >= 0, since);
    kam_col_push_text(v->c[O_NEXT], level[0] < 0 ? NULL : next_step(v->w->p->lang, level_steps, level[0], level[1]));
    if (level[0] >= 0 && level[1] >= 0) v->climb += steps;
}

static void push_all(cover *v, const size_t *order, const note *x, size_t n)
{
    size_t *first = kam_calloc(v->w->n + 1, sizeof *first), *end = kam_calloc(v->w->n + 1, sizeof *end);
    for (size_t k = 0; k < n; k++) {
        if (end[x[k].person] == 0) first[x[k].person] = k;
        end[x[k].person] = k + 1;
    }
    for (size_t p = 0; p < v->w->n; p++) {
        size_t i = order[p];
        if (end[i]) v->covered++;
        else {
            push_person(v, i);
            for (int k = O_REP; k < O_NEXT; k++) kam_col_push_missing(v->c[k]);
            kam_col_push_text(v->c[O_NEXT], say(v->w->p->lang, &level_steps[0]));
        }
        for (size_t k = first[i]; k < end[i];) {
            size_t m = k + 1;
            while (m < end[i] && strcmp(x[m].rep, x[k].rep) == 0) m++;
            push_pair(v, &x[k], m - k);
            k = m;
        }
    }
    kam_free(first);
    kam_free(end);
}

kam_rc calc_people_coverage(const calc_people *f, const calc_stakeholder_params *p, kam_table **out, kam_err *err)
{
    static const calc_use want[L_COLS] = {{"rep", KAM_TEXT, false},     {"rep_name", KAM_TEXT, false}, {"contact", KAM_TEXT, false},
                                          {"date", KAM_DAY, false},     {"present", KAM_TEXT, false},  {"wanted", KAM_TEXT, false}};
    static const calc_col cols[O_COLS] = {
        {"contact", KAM_TEXT, "stakeholder.contact"}, {"name", KAM_TEXT, "stakeholder.name"},
        {"title", KAM_TEXT, "stakeholder.title"},     {"placeholder", KAM_FLAG, "stakeholder.placeholder"},
        {"rep", KAM_TEXT, "coverage.rep"},            {"rep_name", KAM_TEXT, "coverage.rep_name"},
        {"present", KAM_TEXT, "coverage.present"},    {"wanted", KAM_TEXT, "coverage.wanted"},
        {"steps", KAM_INT, "coverage.steps"},         {"date", KAM_DAY, "coverage.date"},
        {"next_step", KAM_TEXT, "stakeholder.next_step"}};
    static const calc_text sum = {"coverage.sum", "{1} of {2} people are looked after by one of ours; steps to climb: {3}",
                                  "{2} 人中有 {1} 人由我方人员负责；还需提升 {3} 级"};
    calc_crowd w;
    kam_rc rc = calc_crowd_open(f, p, &w, err);
    cover v = {.w = &w};
    if (!rc) rc = calc_use_table(f->levels, "levels", want, L_COLS, v.l, err);
    if (rc) return rc;
    size_t n, *order = calc_crowd_order(&w);
    note *x = collect(&v, order, calc_use_rows(f->levels), &n);
    kam_table *t = calc_out_new("coverage.title", f->people, cols, O_COLS, v.c);
    push_all(&v, order, x, n);
    calc_note_say(t, p->lang, &sum, CALC_ARGS(calc_arg_int(v.covered), calc_arg_int((int64_t)w.n), calc_arg_int(v.climb)));
    kam_table_seal(t);
    kam_free(x);
    kam_free(order);
    *out = t;
    return KAM_OK;
}

/* --- B10 ----------------------------------------------------------------------------------------------------------- */

kam_rc calc_people_relation(const calc_people *f, const calc_stakeholder_params *p, kam_table **out, kam_err *err)
{
    static const calc_use want[] = {{"attribute", KAM_TEXT, false}, {"date", KAM_DAY, false}, {"value", KAM_TEXT, false},
                                    {"evidence", KAM_TEXT, false}};
    static const calc_col cols[] = {
        {"relation_present", KAM_TEXT, "relation.present"}, {"present_on", KAM_DAY, "relation.present_on"},
        {"present_evidence", KAM_TEXT, "relation.present_evidence"}, {"relation_wanted", KAM_TEXT, "relation.wanted"},
        {"wanted_on", KAM_DAY, "relation.wanted_on"}, {"wanted_evidence", KAM_TEXT, "relation.wanted_evidence"},
        {"steps", KAM_INT, "coverage.steps"}, {"next_step", KAM_TEXT, "stakeholder.next_step"}};
    static const char *const attribute[2] = {"relation_present", "relation_wanted"};
    const kam_column *u[4];
    kam_rc rc = calc_use_table(f->relations, "relations", want, 4, u, err);
    if (rc) return rc;
    kam_column *c[CALC_COUNT(cols)];
    kam_table *t = calc_out_new("relation.title", f->people, cols, CALC_COUNT(cols), c);
    int at[2] = {-1, -1};
    for (int j = 0; j < 2; j++) {
        size_t last = SIZE_MAX;
        for (size_t r = 0; r < calc_use_rows(f->relations); r++)
            if (calc_text_is(u[0], r, attribute[j]) && calc_known(u[1], r) &&
                (last == SIZE_MAX || kam_col_int(u[1], r) >= kam_col_int(u[1], last)))
                last = r;
        if (last == SIZE_MAX) {
            for (int k = 0; k < 3; k++) kam_col_push_missing(c[3 * j + k]);
            continue;
        }
        at[j] = place(relations, calc_text_at(u[2], last));
        kam_col_push_from(c[3 * j], u[2], last);
        kam_col_push_from(c[3 * j + 1], u[1], last);
        kam_col_push_from(c[3 * j + 2], u[3], last);
    }
    calc_push_opt(c[6], at[0] >= 0 && at[1] >= 0, at[1] - at[0]);
    kam_col_push_text(c[7], next_step(p->lang, relation_steps, at[0], at[1]));
    kam_table_seal(t);
    *out = t;
    return KAM_OK;
}

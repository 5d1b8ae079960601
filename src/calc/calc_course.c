/* SPDX-License-Identifier: GPL-3.0-or-later */
/* B4 over time, from dated assessments: the state of every person is moved on event by event, the means are taken anew on
 * each day with one. */
#include "calc_people.h"
#include "calc_stakeholder.h"
#include "kam_mem.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { ORG, PERSON, AUTHORITY, MARKS };
static const char *const marks[MARKS] = {"org_fit", "person_fit", "authority"};

typedef struct person {
    const char *code, *name;
    int64_t from, until; /* there on the days from ≤ d < until */
    double mark[MARKS];  /* NaN: not known yet */
    int64_t named;       /* the day it was named last as changed */
} person;

/* What happens on a day: a mark (row of the history), or somebody comes or leaves (row SIZE_MAX). */
typedef struct event {
    int64_t day;
    size_t row, who;
} event;

typedef struct course {
    const calc_stakeholder_params *p;
    const kam_column *u[7];
    person *people;
    size_t n_people;
    event *events;
    size_t n_events;
} course;
enum { H_CONTACT, H_NAME, H_ATTRIBUTE, H_DATE, H_MARK, H_FROM, H_UNTIL };

static int by_code(const void *a, const void *b) { return strcmp(((const person *)a)->code, ((const person *)b)->code); }

static int by_day(const void *a, const void *b)
{
    const event *x = a, *y = b;
    if (x->day != y->day) return x->day < y->day ? -1 : 1;
    return x->row < y->row ? -1 : x->row > y->row;
}

static bool usable(const course *k, size_t r)
{
    return calc_known(k->u[H_CONTACT], r) && calc_known(k->u[H_DATE], r) && calc_known(k->u[H_MARK], r) &&
           kam_col_int(k->u[H_DATE], r) <= k->p->asof;
}

/* Everybody once, sorted by code. */
static void find_people(course *k, size_t rows)
{
    k->people = kam_calloc(rows + 1, sizeof *k->people);
    for (size_t r = 0; r < rows; r++) {
        if (!usable(k, r)) continue;
        k->people[k->n_people++] = (person){
            kam_col_text(k->u[H_CONTACT], r), calc_text_at(k->u[H_NAME], r),
            calc_known(k->u[H_FROM], r) ? kam_col_int(k->u[H_FROM], r) : INT64_MIN,
            calc_known(k->u[H_UNTIL], r) ? kam_col_int(k->u[H_UNTIL], r) : INT64_MAX, {NAN, NAN, NAN}, INT64_MIN};
    }
    qsort(k->people, k->n_people, sizeof *k->people, by_code);
    size_t n = 0;
    for (size_t i = 0; i < k->n_people; i++)
        if (n == 0 || strcmp(k->people[n - 1].code, k->people[i].code) != 0) k->people[n++] = k->people[i];
    k->n_people = n;
}

static void find_events(course *k, size_t rows)
{
    k->events = kam_calloc(rows + 2 * k->n_people + 1, sizeof *k->events);
    for (size_t r = 0; r < rows; r++) {
        if (!usable(k, r)) continue;
        person key = {.code = kam_col_text(k->u[H_CONTACT], r)};
        person *who = bsearch(&key, k->people, k->n_people, sizeof key, by_code);
        k->events[k->n_events++] = (event){kam_col_int(k->u[H_DATE], r), r, (size_t)(who - k->people)};
    }
    for (size_t i = 0; i < k->n_people; i++) {
        const int64_t day[2] = {k->people[i].from, k->people[i].until};
        for (int j = 0; j < 2; j++)
            if (day[j] != INT64_MIN && day[j] <= k->p->asof) k->events[k->n_events++] = (event){day[j], SIZE_MAX, i};
    }
    qsort(k->events, k->n_events, sizeof *k->events, by_day);
}

typedef struct state {
    double fit[2];
    int64_t people;
} state;

static state state_on(const course *k, int64_t day)
{
    double sum[2] = {0}, weights[2] = {0};
    state s = {{NAN, NAN}, 0};
    for (size_t i = 0; i < k->n_people; i++) {
        const person *x = &k->people[i];
        if (day < x->from || day >= x->until) continue;
        double weight = isnan(x->mark[AUTHORITY]) ? 1.0 : fmax(x->mark[AUTHORITY], 1.0);
        for (int j = 0; j < 2; j++) {
            if (isnan(x->mark[j])) continue;
            sum[j] += weight * x->mark[j];
            weights[j] += weight;
        }
        s.people += !isnan(x->mark[ORG]) || !isnan(x->mark[PERSON]);
    }
    for (int j = 0; j < 2; j++)
        if (weights[j] > 0) s.fit[j] = sum[j] / weights[j];
    return s;
}

static bool same(double a, double b) { return (isnan(a) && isnan(b)) || a == b; }

enum { NAMED = 5 };

/* Names of those the events of one day are about, each once; of many the first and how many more. */
static void name_changed(course *k, const event *e, size_t n, int64_t day, kam_str *names)
{
    size_t more = 0, named = 0;
    kam_str_clear(names);
    for (size_t i = 0; i < n; i++) {
        person *x = &k->people[e[i].who];
        if (x->named == day) continue;
        x->named = day;
        if (named++ >= NAMED) {
            more++;
            continue;
        }
        if (names->len) kam_str_add(names, k->p->lang == CALC_ZH ? "、" : ", ");
        kam_str_add(names, x->name ? x->name : x->code);
    }
    if (more) kam_str_addf(names, " … +%zu", more);
}

static void walk(course *k, kam_column *const c[])
{
    state last = {{NAN, NAN}, 0};
    kam_str names = KAM_STR_INIT;
    for (size_t e = 0; e < k->n_events;) {
        int64_t day = k->events[e].day;
        size_t first = e;
        for (; e < k->n_events && k->events[e].day == day; e++) {
            size_t who = k->events[e].who, row = k->events[e].row;
            for (int m = 0; row != SIZE_MAX && m < MARKS; m++)
                if (calc_text_is(k->u[H_ATTRIBUTE], row, marks[m])) k->people[who].mark[m] = kam_col_real(k->u[H_MARK], row);
        }
        state now = state_on(k, day);
        if (same(now.fit[0], last.fit[0]) && same(now.fit[1], last.fit[1]) && now.people == last.people) continue;
        name_changed(k, &k->events[first], e - first, day, &names);
        kam_col_push_int(c[0], day);
        for (int j = 0; j < 2; j++) kam_col_push_real(c[1 + j], now.fit[j]);
        kam_col_push_text(c[3], isnan(now.fit[0]) || isnan(now.fit[1]) ? NULL : calc_crowd_relationship(now.fit[0], now.fit[1], k->p->cut));
        kam_col_push_int(c[4], now.people);
        kam_col_push_text(c[5], kam_str_cstr(&names));
        last = now;
    }
    kam_str_release(&names);
}

kam_rc calc_people_course(const calc_people *f, const calc_stakeholder_params *p, kam_table **out, kam_err *err)
{
    static const calc_use want[] = {{"contact", KAM_TEXT, false}, {"name", KAM_TEXT, false}, {"attribute", KAM_TEXT, false},
                                    {"date", KAM_DAY, false},     {"mark", KAM_REAL, false}, {"from", KAM_DAY, false},
                                    {"until", KAM_DAY, false}};
    static const calc_col cols[] = {{"date", KAM_DAY, "course.date"},           {"org_fit", KAM_REAL, "stakeholder.org_fit"},
                                    {"person_fit", KAM_REAL, "stakeholder.person_fit"}, {"relationship", KAM_TEXT, "stakeholder.relationship"},
                                    {"people", KAM_INT, "course.people"},       {"changed", KAM_TEXT, "course.changed"}};
    course k = {.p = p};
    kam_rc rc = calc_use_table(f->history, "history", want, CALC_COUNT(want), k.u, err);
    if (rc) return rc;
    size_t rows = calc_use_rows(f->history);
    kam_column *c[CALC_COUNT(cols)];
    kam_table *t = calc_out_new("course.title", f->people, cols, CALC_COUNT(cols), c);
    find_people(&k, rows);
    find_events(&k, rows);
    walk(&k, c);
    kam_table_seal(t);
    kam_free(k.people);
    kam_free(k.events);
    *out = t;
    return KAM_OK;
}

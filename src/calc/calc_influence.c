/* SPDX-License-Identifier: GPL-3.0-or-later */
/* B8, influence: authority, and what those who follow a person pass on along reporting and influence lines. */
#include "calc_people.h"
#include "kam_mem.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

kam_rc calc_crowd_lines(const calc_crowd *w, const calc_people *f, const size_t *order, calc_line **out, size_t *count,
                        kam_err *err)
{
    static const calc_use want[] = {{"contact", KAM_TEXT, false}, {"other", KAM_TEXT, false}, {"kind", KAM_TEXT, false}};
    const kam_column *c[3];
    kam_rc rc = calc_use_table(f->links, "links", want, 3, c, err);
    if (rc) return rc;
    size_t links = calc_use_rows(f->links), n = 0;
    calc_line *l = kam_calloc(w->n + links, sizeof *l);
    for (size_t i = 0; i < w->n; i++) {
        size_t to = calc_known(w->c[P_REPORTS], i) ? calc_crowd_find(w, order, kam_col_text(w->c[P_REPORTS], i)) : SIZE_MAX;
        if (to != SIZE_MAX && to != i) l[n++] = (calc_line){i, to, false};
    }
    for (size_t r = 0; r < links; r++) {
        if (!calc_text_is(c[2], r, "influence") || !calc_known(c[0], r) || !calc_known(c[1], r)) continue;
        size_t from = calc_crowd_find(w, order, kam_col_text(c[0], r)), to = calc_crowd_find(w, order, kam_col_text(c[1], r));
        if (from != SIZE_MAX && to != SIZE_MAX && from != to) l[n++] = (calc_line){from, to, true};
    }
    *out = l;
    *count = n;
    return KAM_OK;
}

kam_rc calc_crowd_influence(const calc_crowd *w, const calc_people *f, double *influence, uint8_t *known, kam_err *err)
{
    calc_line *l;
    size_t lines, n = w->n, *order = calc_crowd_order(w);
    kam_rc rc = calc_crowd_lines(w, f, order, &l, &lines, err);
    kam_free(order);
    if (rc) return rc;
    double *base = kam_calloc(n, sizeof *base), *next = kam_calloc(n, sizeof *next);
    size_t *out = kam_calloc(n, sizeof *out);
    for (size_t i = 0; i < n; i++) {
        known[i] = calc_known(w->c[P_AUTHORITY], i);
        base[i] = influence[i] = known[i] ? kam_col_real(w->c[P_AUTHORITY], i) : 0.0;
    }
    for (size_t k = 0; k < lines; k++) out[l[k].from]++;
    /* Each person passes on at most influence_share of what it has, so the steps shrink by that factor each round. */
    for (int round = 0; round < 200; round++) {
        double change = 0.0;
        memcpy(next, base, n * sizeof *next);
        for (size_t k = 0; k < lines; k++)
            next[l[k].to] += w->p->influence_share * influence[l[k].from] / (double)out[l[k].from];
        for (size_t i = 0; i < n; i++) {
            change = fmax(change, fabs(next[i] - influence[i]));
            influence[i] = next[i];
        }
        if (change < 1e-12) break;
    }
    for (size_t i = 0; i < n; i++) known[i] = known[i] || influence[i] > 0.0;
    kam_free(base);
    kam_free(next);
    kam_free(out);
    kam_free(l);
    return KAM_OK;
}

/* What makes up one person's influence, for who asks why. */
kam_rc calc_people_influence(const calc_people *f, const calc_stakeholder_params *p, const char *contact, kam_table **out, kam_err *err)
{
    static const calc_col cols[] = {{"contact", KAM_TEXT, "stakeholder.contact"}, {"name", KAM_TEXT, "stakeholder.name"},
                                    {"over", KAM_TEXT, "route.over"}, {"influence", KAM_REAL, "stakeholder.influence"},
                                    {"lines", KAM_INT, NULL}, {"passes", KAM_REAL, NULL}};
    calc_crowd w;
    calc_line *l = NULL;
    size_t lines = 0;
    kam_rc rc = calc_crowd_open(f, p, &w, err);
    if (rc) return rc;
    size_t *order = calc_crowd_order(&w), *outgoing = kam_calloc(w.n + 1, sizeof *outgoing);
    double *influence = kam_calloc(w.n + 1, sizeof *influence);
    uint8_t *known = kam_calloc(w.n + 1, 1);
    rc = calc_crowd_influence(&w, f, influence, known, err);
    if (!rc) rc = calc_crowd_lines(&w, f, order, &l, &lines, err);
    if (!rc) {
        kam_column *c[CALC_COUNT(cols)];
        kam_table *t = calc_out_new("stakeholder.influence", f->people, cols, CALC_COUNT(cols), c);
        size_t who = calc_crowd_find(&w, order, contact);
        for (size_t k = 0; k < lines; k++) outgoing[l[k].from]++;
        for (size_t k = 0; k < lines; k++) {
            size_t i = l[k].from;
            if (l[k].to != who) continue;
            kam_col_push_from(c[0], w.c[P_CONTACT], i);
            kam_col_push_from(c[1], w.c[P_NAME], i);
            kam_col_push_text(c[2], l[k].influence ? "influence" : "reporting");
            kam_col_push_real(c[3], known[i] ? influence[i] : NAN);
            kam_col_push_int(c[4], (int64_t)outgoing[i]);
            kam_col_push_real(c[5], p->influence_share * influence[i] / (double)outgoing[i]);
        }
        kam_table_seal(t);
        *out = t;
    }
    kam_free(l);
    kam_free(order);
    kam_free(outgoing);
    kam_free(influence);
    kam_free(known);
    return rc;
}

/* --- roads --------------------------------------------------------------------------------------------------------- */

/* a < b: ranks by code, so that nothing depends on the order of the rows. */
typedef struct road {
    size_t a, b;
    int kind;    /* conflict before reporting before influence: the first of a pair decides */
    bool up;     /* a follows b */
} road;
enum { CONFLICT, REPORTING, INFLUENCE };

static int by_pair(const void *x, const void *y)
{
    const road *p = x, *q = y;
    if (p->a != q->a) return p->a < q->a ? -1 : 1;
    if (p->b != q->b) return p->b < q->b ? -1 : 1;
    if (p->kind != q->kind) return p->kind - q->kind;
    return (int)q->up - (int)p->up;
}

static road between(size_t follows, size_t followed, int kind)
{
    return follows < followed ? (road){follows, followed, kind, true} : (road){followed, follows, kind, false};
}

/* Conflicts among these people, appended to roads. */
static kam_rc add_conflicts(const calc_crowd *w, const calc_people *f, const size_t *order, const size_t *rank, road *roads,
                            size_t *n, kam_err *err)
{
    static const calc_use want[] = {{"contact", KAM_TEXT, false}, {"other", KAM_TEXT, false}, {"kind", KAM_TEXT, false}};
    const kam_column *c[3];
    kam_rc rc = calc_use_table(f->links, "links", want, 3, c, err);
    if (rc) return rc;
    for (size_t r = 0, rows = calc_use_rows(f->links); r < rows; r++) {
        if (!calc_text_is(c[2], r, "conflict") || !calc_known(c[0], r) || !calc_known(c[1], r)) continue;
        size_t a = calc_crowd_find(w, order, kam_col_text(c[0], r)), b = calc_crowd_find(w, order, kam_col_text(c[1], r));
        if (a != SIZE_MAX && b != SIZE_MAX && a != b) roads[(*n)++] = between(rank[a], rank[b], CONFLICT);
    }
    return KAM_OK;
}

/* Both directions of each open road, grouped by where they begin. */
static void lay_out(calc_roads *r, const road *roads, size_t n_roads, const size_t *order, size_t people)
{
    r->n = people;
    r->start = kam_calloc(people + 2, sizeof *r->start);
    r->to = kam_calloc(2 * n_roads + 1, sizeof *r->to);
    r->influence = kam_calloc(2 * n_roads + 1, sizeof *r->influence);
    r->follows = kam_calloc(2 * n_roads + 1, sizeof *r->follows);
    for (size_t k = 0; k < n_roads; k++) {
        r->start[order[roads[k].a] + 2]++;
        r->start[order[roads[k].b] + 2]++;
    }
    for (size_t i = 2; i < people + 2; i++) r->start[i] += r->start[i - 1];
    for (size_t k = 0; k < n_roads; k++)
        for (int back = 0; back < 2; back++) {
            size_t from = order[back ? roads[k].b : roads[k].a], at = r->start[from + 1]++;
            r->to[at] = order[back ? roads[k].a : roads[k].b];
            r->influence[at] = roads[k].kind == INFLUENCE;
            r->follows[at] = roads[k].up != (back == 1);
        }
}

kam_rc calc_roads_open(const calc_crowd *w, const calc_people *f, calc_roads *out, kam_err *err)
{
    size_t *order = calc_crowd_order(w), *rank = kam_calloc(w->n + 1, sizeof *rank), n_lines = 0, n = 0, open = 0;
    calc_line *l = NULL;
    road *roads = NULL;
    for (size_t k = 0; k < w->n; k++) rank[order[k]] = k;
    kam_rc rc = calc_crowd_lines(w, f, order, &l, &n_lines, err);
    if (!rc) {
        roads = kam_calloc(n_lines + calc_use_rows(f->links) + 1, sizeof *roads);
        for (size_t k = 0; k < n_lines; k++) roads[n++] = between(rank[l[k].from], rank[l[k].to], l[k].influence ? INFLUENCE : REPORTING);
        rc = add_conflicts(w, f, order, rank, roads, &n, err);
    }
    if (!rc) {
        qsort(roads, n, sizeof *roads, by_pair);
        for (size_t k = 0; k < n; k++) {
            bool again = k > 0 && roads[k].a == roads[k - 1].a && roads[k].b == roads[k - 1].b;
            if (!again && roads[k].kind != CONFLICT) roads[open++] = roads[k]; /* its first row stands for a pair */
        }
        lay_out(out, roads, open, order, w->n);
    }
    kam_free(rank);
    kam_free(roads);
    kam_free(l);
    kam_free(order);
    return rc;
}

void calc_roads_release(calc_roads *r)
{
    kam_free(r->start);
    kam_free(r->to);
    kam_free(r->influence);
    kam_free(r->follows);
}

void calc_roads_walk(const calc_roads *r, const size_t *from, size_t n_from, size_t *steps, size_t *before)
{
    size_t *queue = kam_calloc(r->n + 1, sizeof *queue), head = 0, tail = 0;
    for (size_t i = 0; i < r->n; i++) {
        steps[i] = SIZE_MAX;
        if (before) before[i] = SIZE_MAX;
    }
    for (size_t k = 0; k < n_from; k++) {
        if (steps[from[k]] != SIZE_MAX) continue;
        steps[from[k]] = 0;
        queue[tail++] = from[k];
    }
    while (head < tail) {
        size_t i = queue[head++];
        for (size_t k = r->start[i]; k < r->start[i + 1]; k++) {
            size_t j = r->to[k];
            if (steps[j] != SIZE_MAX) continue;
            steps[j] = steps[i] + 1;
            if (before) before[j] = i;
            queue[tail++] = j;
        }
    }
    kam_free(queue);
}

size_t calc_roads_find(const calc_roads *r, size_t a, size_t b)
{
    for (size_t k = r->start[a]; k < r->start[a + 1]; k++)
        if (r->to[k] == b) return k;
    return SIZE_MAX;
}

/* --- disposition --------------------------------------------------------------------------------------------------- */

typedef struct disposed {
    double attitude;
    int64_t met; /* INT64_MIN: never */
    const char *code;
    size_t row;
} disposed;

static int better_disposed(const void *a, const void *b)
{
    const disposed *x = a, *y = b;
    if (x->attitude != y->attitude) return x->attitude > y->attitude ? -1 : 1;
    if (x->met != y->met) return x->met > y->met ? -1 : 1;
    return strcmp(x->code, y->code);
}

size_t *calc_crowd_disposed(const calc_crowd *w, double least, size_t *n)
{
    disposed *d = kam_calloc(w->n + 1, sizeof *d);
    size_t k = 0, *rows = kam_calloc(w->n + 1, sizeof *rows);
    for (size_t i = 0; i < w->n; i++) {
        if (calc_crowd_placeholder(w, i) || !calc_known(w->c[P_ATTITUDE], i)) continue;
        double attitude = kam_col_real(w->c[P_ATTITUDE], i);
        if (attitude < least) continue;
        d[k++] = (disposed){attitude, calc_known(w->c[P_MET], i) ? kam_col_int(w->c[P_MET], i) : INT64_MIN,
                            kam_col_text(w->c[P_CONTACT], i), i};
    }
    qsort(d, k, sizeof *d, better_disposed);
    for (size_t i = 0; i < k; i++) rows[i] = d[i].row;
    *n = k;
    kam_free(d);
    return rows;
}

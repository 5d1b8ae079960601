/* SPDX-License-Identifier: GPL-3.0-or-later */
/* B6, the route to each empty seat of the winning circle: who introduces whom, by when. */
#include "calc_circle.h"
#include "kam_mem.h"
#include <math.h>
#include <string.h>

static const calc_text introduces = {"route.introduces", "{1} introduces us to {2}: {3}", "{1} 把我们引见给 {2}：{3}"},
    reports_up = {"route.up", "{1} reports to {2}", "{1} 向 {2} 汇报"},
    listens = {"route.listens", "{1} listens to {2}", "{1} 听 {2} 的意见"},
    close_already = {"route.close", "{1} is well disposed already: meet and win for the seat", "{1} 已对我们友好：直接会面，请其入席"},
    no_way = {"route.no-way", "no line leads to {1} from anyone well disposed: approach directly", "没有友好的人通向 {1}：直接接触"},
    ask_who = {"route.ask", "ask {1} who the {2} is", "请教 {1}：谁是{2}"},
    nobody_to_ask = {"route.nobody", "nobody is well disposed who could say who the {1} is: begin with a first visit", "没有友好的人可问谁是{1}：先安排首次拜访"};

enum { R_SEAT, R_STEP, R_FROM, R_FROM_NAME, R_TO, R_TO_NAME, R_OVER, R_BY, R_WHY, R_COLS };

typedef struct route {
    const calc_crowd *w;
    const calc_circle *circle;
    const calc_roads *roads;
    const size_t *guide; /* the well disposed, best first */
    size_t n_guide;
    size_t *steps, *before; /* of one walk */
    kam_column *c[R_COLS];
    kam_str buf;
} route;

static calc_arg name_arg(const calc_crowd *w, size_t i)
{
    return calc_arg_text(calc_crowd_called(w, i));
}

static void push_person(const route *r, int column, size_t i)
{
    if (i == SIZE_MAX) {
        kam_col_push_missing(r->c[column]);
        kam_col_push_missing(r->c[column + 1]);
        return;
    }
    kam_col_push_from(r->c[column], r->w->c[P_CONTACT], i);
    kam_col_push_from(r->c[column + 1], r->w->c[P_NAME], i);
}

static void push_step(route *r, calc_seat seat, size_t step, size_t from, size_t to, const char *over, const calc_text *why,
                      const calc_arg *args, size_t n)
{
    const calc_stakeholder_params *p = r->w->p;
    kam_col_push_text(r->c[R_SEAT], calc_seat_keys[seat]);
    kam_col_push_int(r->c[R_STEP], (int64_t)step);
    push_person(r, R_FROM, from);
    push_person(r, R_TO, to);
    kam_col_push_text(r->c[R_OVER], over);
    kam_col_push_int(r->c[R_BY], p->asof + (int64_t)step * p->route_days);
    calc_push_say(r->c[R_WHY], &r->buf, p->lang, why, args, n);
}

/* One introduction along a line, whichever of the two reports or listens to the other. */
static void push_introduction(route *r, calc_seat seat, size_t step, size_t from, size_t to)
{
    size_t road = calc_roads_find(r->roads, from, to);
    bool influence = r->roads->influence[road], up = r->roads->follows[road];
    calc_arg a = name_arg(r->w, from), b = name_arg(r->w, to);
    kam_str line = KAM_STR_INIT;
    calc_say(&line, r->w->p->lang, influence ? &listens : &reports_up, up ? (const calc_arg[]){a, b} : (const calc_arg[]){b, a}, 2);
    push_step(r, seat, step, from, to, influence ? "influence" : "reporting", &introduces,
              CALC_ARGS(a, b, calc_arg_text(kam_str_cstr(&line))));
    kam_str_release(&line);
}

static bool seated(const route *r, size_t i)
{
    for (size_t k = 0; k < r->circle->n; k++)
        if (r->circle->person[k] == i) return true;
    return false;
}

/* Could sit there one day: holds the role, sits nowhere, and is not known to have too much authority. */
static bool wanted(const route *r, calc_seat seat, size_t i)
{
    if (!calc_seat_role(r->w, i, seat) || seated(r, i)) return false;
    return calc_crowd_placeholder(r->w, i) || !calc_known(r->w->c[P_AUTHORITY], i) ||
           !(calc_seat_lacks(r->w, i, seat) & LACKS_AUTHORITY);
}

/* a before b as a target: known people before placeholders, then fewer steps, then who comes nearest to the seat, then code. */
static bool before_target(const route *r, size_t nearest, size_t a, size_t b)
{
    bool pa = calc_crowd_placeholder(r->w, a), pb = calc_crowd_placeholder(r->w, b);
    if (pa != pb) return pb;
    if (r->steps[a] != r->steps[b]) return r->steps[a] < r->steps[b];
    if (a == nearest || b == nearest) return a == nearest;
    return strcmp(kam_col_text(r->w->c[P_CONTACT], a), kam_col_text(r->w->c[P_CONTACT], b)) < 0;
}

/* Whom to reach for an empty seat, of those within reach of the last walk (all: of all); SIZE_MAX: nobody. */
static size_t target(const route *r, calc_seat seat, size_t nearest, bool all)
{
    size_t best = SIZE_MAX;
    for (size_t i = 0; i < r->w->n; i++)
        if ((all || r->steps[i] != SIZE_MAX) && wanted(r, seat, i) && (best == SIZE_MAX || before_target(r, nearest, i, best))) best = i;
    return best;
}

static void push_way(route *r, calc_seat seat, size_t to)
{
    size_t n = r->steps[to], *way = kam_calloc(n + 1, sizeof *way);
    if (n == 0) push_step(r, seat, 1, SIZE_MAX, to, "direct", &close_already, CALC_ARGS(name_arg(r->w, to)));
    for (size_t k = n + 1, i = to; k-- > 0; i = r->before[i]) way[k] = i;
    for (size_t k = 0; k < n; k++) push_introduction(r, seat, k + 1, way[k], way[k + 1]);
    kam_free(way);
}

/* From the best disposed; where nothing leads on from there, from the next. */
static void find_way(route *r, size_t k)
{
    calc_seat seat = r->circle->seat[k];
    size_t nearest = r->circle->nearest[k], to = SIZE_MAX;
    calc_arg name = calc_arg_text(calc_seat_name(seat, r->w->p->lang));
    calc_roads_walk(r->roads, NULL, 0, r->steps, r->before);
    size_t any = target(r, seat, nearest, true);
    for (size_t g = 0; g < r->n_guide && any != SIZE_MAX && to == SIZE_MAX; g++) {
        if (g > 0 && r->steps[r->guide[g]] != SIZE_MAX) continue; /* the last walk went through here in vain */
        calc_roads_walk(r->roads, &r->guide[g], 1, r->steps, r->before);
        to = target(r, seat, nearest, false);
    }
    if (to != SIZE_MAX) push_way(r, seat, to);
    else if (any != SIZE_MAX) push_step(r, seat, 1, SIZE_MAX, any, "direct", &no_way, CALC_ARGS(name_arg(r->w, any)));
    else if (r->n_guide) push_step(r, seat, 1, r->guide[0], SIZE_MAX, "direct", &ask_who, CALC_ARGS(name_arg(r->w, r->guide[0]), name));
    else push_step(r, seat, 1, SIZE_MAX, SIZE_MAX, "direct", &nobody_to_ask, &name, 1);
}

static kam_table *all_ways(route *r, const calc_people *f)
{
    static const calc_col cols[R_COLS] = {
        {"seat", KAM_TEXT, "circle.seat"},       {"step", KAM_INT, "route.step"},
        {"from", KAM_TEXT, "route.from"},        {"from_name", KAM_TEXT, "route.from_name"},
        {"to", KAM_TEXT, "route.to"},            {"to_name", KAM_TEXT, "route.to_name"},
        {"over", KAM_TEXT, "route.over"},        {"by", KAM_DAY, "route.by"},
        {"why", KAM_TEXT, "classify.why"}};
    static const calc_text complete = {"route.complete", "the winning circle is complete: no route is needed", "成功圈已完整，无需路线"};
    kam_table *t = calc_out_new("route.title", f->people, cols, R_COLS, r->c);
    size_t empty = 0;
    r->steps = kam_calloc(r->w->n + 1, sizeof *r->steps);
    r->before = kam_calloc(r->w->n + 1, sizeof *r->before);
    for (size_t k = 0; k < r->circle->n; k++) {
        if (r->circle->person[k] != SIZE_MAX) continue;
        empty++;
        find_way(r, k);
    }
    if (!empty) calc_note_say(t, r->w->p->lang, &complete, NULL, 0);
    kam_table_seal(t);
    kam_free(r->steps);
    kam_free(r->before);
    kam_str_release(&r->buf);
    return t;
}

kam_rc calc_people_route(const calc_people *f, const calc_stakeholder_params *p, kam_table **out, kam_err *err)
{
    calc_crowd w;
    calc_circle circle;
    calc_roads roads = {0};
    kam_rc rc = calc_crowd_open(f, p, &w, err);
    if (!rc) rc = calc_roads_open(&w, f, &roads, err);
    if (rc) return rc;
    calc_circle_open(&w, &circle);
    route r = {.w = &w, .circle = &circle, .roads = &roads, .buf = KAM_STR_INIT};
    size_t *guide = calc_crowd_disposed(&w, p->circle_attitude, &r.n_guide);
    r.guide = guide;
    *out = all_ways(&r, f);
    kam_free(guide);
    calc_circle_release(&circle);
    calc_roads_release(&roads);
    return KAM_OK;
}

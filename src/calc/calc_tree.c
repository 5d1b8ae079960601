/* SPDX-License-Identifier: GPL-3.0-or-later */
/* B8, the reporting tree: an explicit stack, so that a long chain of superiors costs memory, not the C stack. */
#include "calc_people.h"
#include "calc_stakeholder.h"
#include "kam_mem.h"
#include <math.h>
#include <string.h>

enum { DRAWN_LEVELS = 64 }; /* deeper levels are drawn at this depth */

typedef struct node {
    size_t parent;             /* SIZE_MAX: a root */
    size_t first, next;        /* first child, next sibling; by code */
    size_t depth;
    bool placed;
    const char *prefix;        /* drawn before the children's branches */
} node;

enum { T_LINE, T_TITLE, T_ROLE, T_ATTITUDE, T_AUTHORITY, T_INFLUENCE, T_SCALED, T_FOLLOWS, T_CONFLICTS, T_SEAT, T_DEPTH, T_CONTACT,
       T_NAME, T_REPORTS, T_COLS };

typedef struct tree {
    const calc_crowd *w;
    node *at;
    size_t *order; /* rows by code */
    const double *influence;
    const uint8_t *known;
    double most;          /* the greatest influence */
    kam_str *follows, *conflicts; /* names, by row */
    kam_arena arena;
    kam_column *c[T_COLS];
} tree;

/* Names at the other end of everybody's informal lines. */
static kam_rc name_lines(tree *t, const calc_people *f, kam_err *err)
{
    static const calc_use want[] = {{"contact", KAM_TEXT, false}, {"other", KAM_TEXT, false}, {"kind", KAM_TEXT, false}};
    const calc_crowd *w = t->w;
    const kam_column *u[3];
    kam_rc rc = calc_use_table(f->links, "links", want, 3, u, err);
    if (rc) return rc;
    for (size_t r = 0; r < calc_use_rows(f->links); r++) {
        if (!calc_known(u[0], r) || !calc_known(u[1], r)) continue;
        size_t a = calc_crowd_find(w, t->order, kam_col_text(u[0], r)), b = calc_crowd_find(w, t->order, kam_col_text(u[1], r));
        if (a == SIZE_MAX || b == SIZE_MAX || a == b) continue;
        if (calc_text_is(u[2], r, "influence")) calc_crowd_name(&t->follows[a], w, b);
        if (!calc_text_is(u[2], r, "conflict")) continue;
        calc_crowd_name(&t->conflicts[a], w, b);
        calc_crowd_name(&t->conflicts[b], w, a);
    }
    return KAM_OK;
}

static void find_parents(tree *t)
{
    const calc_crowd *w = t->w;
    for (size_t i = 0; i < w->n; i++) t->at[i] = (node){SIZE_MAX, SIZE_MAX, SIZE_MAX, 0, false, ""};
    for (size_t k = w->n; k-- > 0;) { /* backwards: putting each in front leaves the children by code */
        size_t i = t->order[k];
        if (!calc_known(w->c[P_REPORTS], i)) continue;
        size_t boss = calc_crowd_find(w, t->order, kam_col_text(w->c[P_REPORTS], i));
        if (boss == SIZE_MAX || boss == i) continue;
        t->at[i].parent = boss;
        t->at[i].next = t->at[boss].first;
        t->at[boss].first = i;
    }
}

static void push_person(tree *t, size_t i, const char *branch)
{
    const calc_crowd *w = t->w;
    const node *x = &t->at[i];
    const char *name = calc_crowd_called(w, i);
    kam_col_push_int(t->c[T_DEPTH], (int64_t)x->depth);
    static const int copied[][2] = {{T_CONTACT, P_CONTACT}, {T_NAME, P_NAME}, {T_TITLE, P_TITLE}, {T_REPORTS, P_REPORTS}, {T_ROLE, P_ROLE}};
    for (size_t k = 0; k < CALC_COUNT(copied); k++) kam_col_push_from(t->c[copied[k][0]], w->c[copied[k][1]], i);
    kam_col_push_real(t->c[T_ATTITUDE], calc_known(w->c[P_ATTITUDE], i) ? kam_col_real(w->c[P_ATTITUDE], i) : NAN);
    kam_col_push_real(t->c[T_AUTHORITY], calc_known(w->c[P_AUTHORITY], i) ? kam_col_real(w->c[P_AUTHORITY], i) : NAN);
    kam_col_push_real(t->c[T_INFLUENCE], t->known[i] ? t->influence[i] : NAN);
    kam_col_push_real(t->c[T_SCALED], t->known[i] && t->most > 0 ? round(100 * t->influence[i] / t->most) : NAN);
    bool seat = calc_crowd_placeholder(w, i);
    kam_col_push_int(t->c[T_SEAT], seat);
    kam_col_push_text(t->c[T_FOLLOWS], t->follows[i].len ? kam_str_cstr(&t->follows[i]) : NULL);
    kam_col_push_text(t->c[T_CONFLICTS], t->conflicts[i].len ? kam_str_cstr(&t->conflicts[i]) : NULL);
    kam_col_push_text(t->c[T_LINE], kam_arena_printf(&t->arena, seat ? "%s(%s)" : "%s%s", branch, name));
}

/* Push the tree under `root`, depth first. `stack` has room for all people. */
static void grow(tree *t, size_t root, size_t *stack)
{
    size_t top = 0;
    t->at[root].placed = true;
    push_person(t, root, "");
    if (t->at[root].first != SIZE_MAX) stack[top++] = t->at[root].first;
    while (top) {
        size_t i = stack[top - 1];
        node *x = &t->at[i];
        top--;
        if (x->next != SIZE_MAX) stack[top++] = x->next; /* the sibling waits below the children */
        if (x->placed) continue;                         /* the person a cycle was cut at */
        const node *boss = &t->at[x->parent];
        size_t later = x->next;
        while (later != SIZE_MAX && t->at[later].placed) later = t->at[later].next;
        x->placed = true;
        x->depth = boss->depth + 1;
        push_person(t, i, kam_arena_printf(&t->arena, "%s%s", boss->prefix, later == SIZE_MAX ? "└─ " : "├─ "));
        x->prefix = x->depth >= DRAWN_LEVELS
                        ? boss->prefix
                        : kam_arena_printf(&t->arena, "%s%s", boss->prefix, later == SIZE_MAX ? "   " : "│  ");
        if (x->first != SIZE_MAX) stack[top++] = x->first;
    }
}

static kam_table *draw(tree *t, const calc_people *f)
{
    static const calc_col cols[] = {
        {"line", KAM_TEXT, "stakeholder.line"},         {"title", KAM_TEXT, "stakeholder.title"},
        {"buying_role", KAM_TEXT, "stakeholder.buying_role"}, {"attitude", KAM_REAL, "stakeholder.attitude"},
        {"authority", KAM_REAL, "stakeholder.authority"}, {"influence", KAM_REAL, "stakeholder.influence"},
        {"scaled", KAM_REAL, "stakeholder.scaled"},     {"follows", KAM_TEXT, "stakeholder.follows"},
        {"conflicts", KAM_TEXT, "stakeholder.conflicts"}, {"placeholder", KAM_FLAG, "stakeholder.placeholder"},
        {"depth", KAM_INT, "stakeholder.depth"},        {"contact", KAM_TEXT, "stakeholder.contact"},
        {"name", KAM_TEXT, "stakeholder.name"},         {"reports_to", KAM_TEXT, "stakeholder.reports_to"}};
    kam_table *out = calc_out_new("stakeholder.org", f->people, cols, CALC_COUNT(cols), t->c);
    size_t n = t->w->n, *stack = kam_calloc(n + 1, sizeof *stack);
    find_parents(t);
    for (size_t k = 0; k < n; k++)
        if (t->at[t->order[k]].parent == SIZE_MAX) grow(t, t->order[k], stack);
    for (size_t k = 0; k < n; k++) /* what is left hangs in cycles: cut at the smallest code */
        if (!t->at[t->order[k]].placed) grow(t, t->order[k], stack);
    kam_free(stack);
    kam_table_seal(out);
    return out;
}

static void release(tree *t)
{
    for (size_t i = 0; i < t->w->n; i++) {
        kam_str_release(&t->follows[i]);
        kam_str_release(&t->conflicts[i]);
    }
    kam_arena_release(&t->arena);
    kam_free(t->at);
    kam_free(t->order);
    kam_free(t->follows);
    kam_free(t->conflicts);
}

kam_rc calc_people_tree(const calc_people *f, const calc_stakeholder_params *p, kam_table **out, kam_err *err)
{
    calc_crowd w;
    kam_rc rc = calc_crowd_open(f, p, &w, err);
    if (rc) return rc;
    double *influence = kam_calloc(w.n, sizeof *influence);
    uint8_t *known = kam_calloc(w.n, 1);
    rc = calc_crowd_influence(&w, f, influence, known, err);
    if (!rc) {
        tree t = {.w = &w, .influence = influence, .known = known, .arena = KAM_ARENA_INIT};
        t.at = kam_calloc(w.n + 1, sizeof *t.at);
        t.follows = kam_calloc(w.n + 1, sizeof *t.follows);
        t.conflicts = kam_calloc(w.n + 1, sizeof *t.conflicts);
        t.order = calc_crowd_order(&w);
        for (size_t i = 0; i < w.n; i++) t.most = fmax(t.most, influence[i]);
        rc = name_lines(&t, f, err);
        if (!rc) *out = draw(&t, f);
        release(&t);
    }
    kam_free(influence);
    kam_free(known);
    return rc;
}

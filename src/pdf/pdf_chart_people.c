/* SPDX-License-Identifier: GPL-3.0-or-later */
/* People map: parts of pdf_map on shelves (a row of parts is one item of the galley), and the legend. */
#include "pdf_people.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Roomy cards; low ones, with one line of title, when that saves paper; small ones, five side by side on an upright page. */
enum { N_SIZES = 3 };
static const double CARD_MAX = 150;
static const double SIZES[N_SIZES][2] = {{56, 22}, {48, 16}, {45, 13}}, PLAIN[N_SIZES][2] = {{43, 20}, {34, 15}, {34, 13}}; /* PLAIN: nothing at the foot */
static const pdf_card_style STYLES[N_SIZES] = {
    {.min_w = 106, .h_gap = 19, .name_pt = 9, .least_pt = 8, .small = 1, .pad = 7, .sign = 1, .name = 15, .title = 27, .step = 10.2, .two = 13, .lines = 2},
    {.min_w = 106, .h_gap = 19, .name_pt = 9, .least_pt = 8, .small = 1, .pad = 7, .sign = 1, .name = 15, .title = 27, .step = 9.3, .two = 11.5, .lines = 1},
    {.min_w = 76, .h_gap = 13, .name_pt = 8.2, .least_pt = 7.4, .small = 0.88, .pad = 5, .sign = 0.8, .name = 11.7, .title = 21, .step = 8.8, .two = 10.4, .lines = 2},
};
static const double NUMBER_H = 12; /* above a part that has a number */

/* --- who is who --- */
static int by_id(const void *a, const void *b)
{
    const pdf_id *x = a, *y = b;
    int d = strcmp(x->id, y->id);
    return d ? d : (x->row > y->row) - (x->row < y->row);
}

static const kam_column *column(const pdf_people *p, const char *name)
{
    return name ? kam_table_find(p->f.t, name) : NULL;
}

const char *pdf_people_text(const kam_table *t, const char *name, size_t row, char buf[KAM_CELL_MAX])
{
    int i = name ? kam_table_index(t, name) : -1;
    if (i < 0) return "";
    const kam_column *c = kam_table_column(t, (size_t)i);
    return kam_col_type(c) == KAM_TEXT ? kam_col_text(c, row) : kam_table_cell(t, (size_t)i, row, buf);
}

size_t pdf_people_find(const pdf_people *p, const char *id)
{
    size_t lo = 0, hi = p->n;
    while (lo < hi) {
        size_t mid = (lo + hi) / 2;
        if (strcmp(p->ids[mid].id, id) < 0) lo = mid + 1;
        else hi = mid;
    }
    return lo < p->n && strcmp(p->ids[lo].id, id) == 0 ? p->ids[lo].row : p->n;
}

static void read_people(pdf_people *p)
{
    char buf[KAM_CELL_MAX];
    p->n = kam_table_rows(p->f.t);
    p->ids = kam_calloc(p->n + 1, sizeof *p->ids);
    p->at = kam_calloc(p->n + 1, sizeof *p->at);
    for (size_t i = 0; i < p->n; i++) {
        p->ids[i] = (pdf_id){kam_arena_strdup(p->f.g->cx->arena, pdf_people_text(p->f.t, p->o->id_col, i, buf)), i};
        p->at[i].shelf = -1;
    }
    qsort(p->ids, p->n, sizeof *p->ids, by_id);
}

bool pdf_people_number(const pdf_people *p, const char *name, size_t row, double *v)
{
    const kam_column *c = column(p, name);
    if (!c || kam_col_missing(c, row)) return false;
    *v = kam_col_type(c) == KAM_FLAG ? (double)kam_col_int(c, row) : kam_col_real(c, row);
    return true;
}

bool pdf_people_yes(const pdf_people *p, const char *name, size_t row)
{
    double v;
    return pdf_people_number(p, name, row, &v) && v != 0;
}

/* --- legend: what the map shows and nothing else --- */
typedef struct legend {
    pdf_people *p;
    double x, y;
    bool zh;
} legend;

/* Room for a sign `key_w` wide and its words, on the next line where this one is full. */
static const char *entry(legend *l, double key_w, const char *zh, const char *en)
{
    const char *s = l->zh ? zh : en;
    if (l->x > 0 && l->x + key_w + pdf_measure(l->p->f.m, l->p->f.size, s) > l->p->f.w) l->x = 0, l->y += 13.5;
    return s;
}

static void words(legend *l, double key_w, const char *s)
{
    l->x += key_w + pdf_fig_text(&l->p->f, l->x + key_w, l->y + 3, l->p->f.th->ink, s, PDF_SET_LEFT, 0) + 11;
}

static void legend_links(legend *l)
{
    enum { KEY_W = 22 };
    pdf_people *p = l->p;
    char buf[KAM_CELL_MAX];
    bool reports = false;
    for (size_t i = 0; p->o->reports_col && i < p->n && !reports; i++)
        reports = pdf_people_find(p, pdf_people_text(p->f.t, p->o->reports_col, i, buf)) < p->n;
    if (reports) {
        const char *s = entry(l, KEY_W, "汇报", "reports to");
        pdf_put_line(p->f.o, l->x, l->y, l->x + 18, l->y, p->f.th->muted, 0.9);
        words(l, KEY_W, s);
    }
    static const char *const zh[] = {"影响", "冲突", "私交"}, *const en[] = {"influences", "conflict", "informal"};
    for (int k = 0; k < LINK_KINDS; k++) {
        if (!pdf_people_linked(p, (pdf_link_kind)k)) continue;
        const char *s = entry(l, KEY_W, zh[k], en[k]);
        double xy[] = {l->x, l->y, l->x + 18, l->y};
        pdf_put_route(p, (pdf_link_kind)k, xy, 2);
        words(l, KEY_W, s);
    }
}

static void legend_attitudes(legend *l)
{
    static const char *const zh[] = {"不明", "支持", "中立", "反对"}, *const en[] = {"unknown", "supporter", "neutral", "opponent"};
    static const pdf_attitude order[] = {ATTITUDE_FOR, ATTITUDE_NEUTRAL, ATTITUDE_AGAINST, ATTITUDE_UNKNOWN};
    bool seen[ATTITUDES] = {false};
    if (!l->p->o->attitude_col) return;
    for (size_t i = 0; i < l->p->n; i++) seen[pdf_people_attitude(l->p, i)] = true;
    for (int i = 0; i < ATTITUDES; i++) {
        pdf_attitude a = order[i];
        if (!seen[a]) continue;
        const char *s = entry(l, 14, zh[a], en[a]);
        pdf_put_attitude(l->p, l->x + 5.5, l->y, 1, a);
        words(l, 14, s);
    }
}

/* Is there a row whose value in that column is there, and, with `flagged`, is not 0? */
static bool any(const pdf_people *p, const char *col, bool flagged)
{
    double v;
    for (size_t i = 0; col && i < p->n; i++)
        if (pdf_people_number(p, col, i, &v) && (!flagged || v != 0)) return true;
    return false;
}

static void legend_coverage(legend *l)
{
    pdf_people *p = l->p;
    bool known = any(p, p->o->coverage_col, false), unknown = false;
    double v;
    for (size_t i = 0; p->o->coverage_col && i < p->n && !unknown; i++) unknown = !pdf_people_number(p, p->o->coverage_col, i, &v);
    if (known) {
        const char *s = entry(l, 29, "覆盖 0–4", "coverage 0–4");
        pdf_put_coverage(p, l->x + 25, l->y, 1, true, 2);
        words(l, 29, s);
    }
    if (unknown) {
        const char *s = entry(l, 29, "覆盖不明", "coverage unknown");
        pdf_put_coverage(p, l->x + 25, l->y, 1, false, 0);
        words(l, 29, s);
    }
}

static void put_legend(pdf_people *p, bool torn)
{
    const pdf_theme *th = p->f.th;
    legend l = {p, 0, 7, p->f.lang == PDF_ZH};
    legend_attitudes(&l);
    if (any(p, p->o->decider_col, true)) {
        const char *s = entry(&l, 19, "决策人", "decider");
        pdf_put_frame(p->f.o, l.x + 0.5, l.y - 4.5, 14, 9, th->accent_dark, 0.8);
        pdf_put_frame(p->f.o, l.x + 2.3, l.y - 2.7, 10.4, 5.4, th->accent_dark, 0.8);
        words(&l, 19, s);
    }
    if (any(p, p->o->star_col, true)) {
        const char *s = entry(&l, 13, "倡导者或向导", "champion or coach");
        pdf_put_star(p->f.o, l.x + 5, l.y, 4.6, th->warn);
        words(&l, 13, s);
    }
    legend_coverage(&l);
    if (any(p, p->o->influence_col, false)) {
        double key = pdf_measure(p->f.m, p->f.size, "7.5") + 6;
        const char *s = entry(&l, key, "影响力 0–10", "influence 0–10");
        pdf_fig_bold(&p->f, l.x, l.y + 3, th->accent, "7.5", PDF_SET_LEFT, 0);
        words(&l, key, s);
    }
    legend_links(&l);
    if (torn) {
        const char *s = entry(&l, 19, "同一人，另见分图", "shown in another part too");
        pdf_op *op = pdf_put_rect(p->f.o, l.x + 0.5, l.y - 4.5, 14, 9, th->tint);
        op->stroke = th->unknown, op->line = 0.8, op->dash = 2.5;
        words(&l, 19, s);
    }
    if (l.x == 0) return;
    pdf_item *it = pdf_galley_item(p->f.g, p->f.op0, l.y + 10);
    it->keep = true;
    it->after = 7;
}

/* --- shelves --- */
static void put_part_number(pdf_people *p, const pdf_part *part, int dx)
{
    if (part->number == 0) return;
    char line[48];
    snprintf(line, sizeof line, p->f.lang == PDF_ZH ? "分图 %d" : "part %d", part->number);
    pdf_fig_bold(&p->f, pdf_people_x(p, part->root_col + dx), pdf_people_y(p, 0) - 4, p->f.th->accent, line, PDF_SET_LEFT, p->card_w);
}

static void put_shelf(pdf_people *p, const pdf_shelves *s, int shelf, pdf_card_size size)
{
    const pdf_shelf *sh = &s->v[shelf];
    const pdf_part *v = s->map.v + sh->at;
    size_t op0 = p->f.o->n;
    int x = 0;
    for (size_t i = 0; i < sh->n; i++) {
        pdf_put_reports(p, &v[i], x);
        for (size_t k = 0; k < v[i].n; k++) {
            const pdf_cell *c = &v[i].v[k];
            if (c->kind != PDF_CELL_STUB && (c->kind == PDF_CELL_CARD || p->at[c->person].shelf < 0))
                p->at[c->person] = (pdf_spot){shelf, c->col + x, c->row};
        }
        x += v[i].cols;
    }
    pdf_put_links(p, shelf);
    x = 0;
    bool numbered = false;
    for (size_t i = 0; i < sh->n; i++) {
        put_part_number(p, &v[i], x);
        numbered = numbered || v[i].number;
        for (size_t k = 0; k < v[i].n; k++) pdf_put_card(p, &v[i].v[k], pdf_people_x(p, v[i].v[k].col + x), pdf_people_y(p, v[i].v[k].row));
        x += v[i].cols;
    }
    const double margin = 7;
    pdf_ops_shift(p->f.o, op0, margin, numbered ? NUMBER_H : 0);
    pdf_item *it = pdf_galley_item(p->f.g, op0, pdf_shelf_height(s, sh, size, NUMBER_H));
    it->after = it->before = p->v_gap;
    if (shelf == 0) it->before = 0;
}

static size_t *superiors(const pdf_people *p)
{
    size_t *up = kam_calloc(p->n + 1, sizeof *up);
    char buf[KAM_CELL_MAX];
    for (size_t i = 0; i < p->n; i++) {
        up[i] = p->n;
        if (!p->o->reports_col) continue;
        const char *id = pdf_people_text(p->f.t, p->o->reports_col, i, buf);
        if (*id) up[i] = pdf_people_find(p, id);
        if (up[i] == i) up[i] = p->n;
    }
    return up;
}

/* What each size of cards comes to in such a width. */
static void sizes_in(const pdf_people *p, double width, pdf_card_size out[N_SIZES])
{
    for (int k = 0; k < N_SIZES; k++) {
        const double *h = p->plain ? PLAIN[k] : SIZES[k], gap = STYLES[k].h_gap;
        int cols = (int)((width - 20 + gap) / (STYLES[k].min_w + gap));
        out[k] = (pdf_card_size){h[0], h[1], cols < 2 ? 2 : cols};
    }
}

/* Without words for a page of its own a map is cut where it would leave more than a quarter of the page white. */
static pdf_shelf_room room_in(const pdf_people *p, pdf_room left, double body_h)
{
    const double quarter = 0.25;
    return (pdf_shelf_room){left.here, left.fresh, body_h, NUMBER_H, p->o->turned ? body_h : body_h * quarter};
}

/* What the legend and the heading above it leave is for the shelves; the legend of a map that is cut has a sign more. */
static void put_map(pdf_people *p, const size_t *up)
{
    const double least = 7; /* points of words on small cards */
    pdf_galley *g = p->f.g;
    const size_t items = g->n, ops = g->ops.n;
    const double before = g->gap;
    pdf_card_size sizes[N_SIZES];
    pdf_shelves s = {0};
    sizes_in(p, p->f.w, sizes);
    do {
        bool torn = s.torn;
        pdf_shelf_release(&s);
        g->n = items, g->ops.n = ops, g->gap = before;
        put_legend(p, torn);
        pdf_shelf_room room = room_in(p, pdf_page_room(g), g->cx->body_h);
        pdf_shelf_make(&s, up, p->n, sizes, N_SIZES, &room);
        if (torn) break;
    } while (s.torn);
    p->style = &STYLES[s.size];
    p->f.size = fmin(p->f.size, fmax(least, p->f.size * p->style->small));
    double gap = p->style->h_gap, width = p->f.w - 7 - gap * 0.8 /* a lane right of the last card */;
    p->card_w = fmin(CARD_MAX, (width - (s.widest - 1) * gap) / s.widest);
    p->card_h = sizes[s.size].card_h, p->v_gap = sizes[s.size].gap;
    for (size_t i = 0; i < s.n; i++) put_shelf(p, &s, (int)i, sizes[s.size]);
    pdf_shelf_release(&s);
}

static void open_people(pdf_people *p, const pdf_block *b)
{
    p->o = b->u.figure, p->links = b->links;
    p->plain = !p->o->role_col && !p->o->coverage_col;
}

/* Whole in one picture, on one page. */
static bool is_whole(const pdf_shelves *s)
{
    return !s->torn && s->pages == 0;
}

pdf_people_place pdf_people_where(const pdf_galley *g, const pdf_block *b, double width, double body_h)
{
    enum { LEGEND = 40 };
    const double little = 0.12, least = 0.3; /* of a page: room that may stay white; what a map must fill of a page of its own */
    const double page = g->cx->body_h;
    pdf_people p = {0};
    open_people(&p, b);
    if (!p.o->turned) return PDF_PEOPLE_HERE;
    p.f = (pdf_fig){.g = (pdf_galley *)g, .t = b->table}; /* only read */
    read_people(&p);
    size_t *up = superiors(&p);
    pdf_room left = pdf_page_room(g);
    pdf_shelf_room here = room_in(&p, (pdf_room){left.here - LEGEND, left.fresh - LEGEND}, page);
    pdf_shelf_room next = room_in(&p, (pdf_room){page - LEGEND, page - LEGEND}, page), there = room_in(&p, (pdf_room){body_h - LEGEND, body_h - LEGEND}, body_h);
    pdf_card_size upright[N_SIZES], wide[N_SIZES];
    pdf_shelves s, fresh, turned;
    sizes_in(&p, g->width, upright);
    sizes_in(&p, width, wide);
    pdf_shelf_make(&s, up, p.n, upright, N_SIZES, &here);
    pdf_shelf_make(&fresh, up, p.n, upright, N_SIZES, &next);
    pdf_shelf_make(&turned, up, p.n, wide, N_SIZES, &there);
    pdf_people_place place = PDF_PEOPLE_HERE;
    if (is_whole(&s)) place = PDF_PEOPLE_HERE;
    else if (is_whole(&fresh)) place = left.here > page * little ? PDF_PEOPLE_NEXT : PDF_PEOPLE_HERE;
    else if (turned.pages == 0 && turned.map.n < s.map.n && turned.used > body_h * least) place = PDF_PEOPLE_TURNED;
    pdf_shelf_release(&s);
    pdf_shelf_release(&fresh);
    pdf_shelf_release(&turned);
    kam_free(up);
    kam_free(p.ids);
    kam_free(p.at);
    return place;
}

void pdf_set_people(pdf_galley *g, const pdf_block *b)
{
    pdf_people p = {0};
    open_people(&p, b);
    pdf_fig_open(&p.f, g, b, g->aside ? p.o->turned : p.o->caption);
    read_people(&p);
    if (p.n == 0) pdf_fig_empty(&p.f);
    else {
        size_t *up = superiors(&p);
        put_map(&p, up);
        pdf_say_links(&p, g);
        g->v[g->n - 1].after = p.f.th->block_gap + 4;
        kam_free(up);
    }
    kam_str_release(&p.f.s);
    kam_free(p.ids);
    kam_free(p.at);
}

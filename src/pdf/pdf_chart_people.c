/* SPDX-License-Identifier: GPL-3.0-or-later */
/* People map: parts of pdf_map on shelves (a row of parts is one item of the galley), cards, and lines. All lines run
 * in the gaps between cards, so that no line crosses a word: from the side of one card into the gap beside it, along
 * the gaps, and into the other card from above or below. */
#include "pdf_chart.h"
#include "pdf_figure.h"
#include "pdf_format.h"
#include "pdf_shelf.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const double H_GAP = 19, CARD_MIN = 106, CARD_MAX = 150;
/* Roomy cards; tight ones, with one line of title, when that saves paper. */
enum { N_SIZES = 2 };
static const pdf_card_size SIZES[N_SIZES] = {{56, 22}, {48, 16}}, PLAIN[N_SIZES] = {{43, 20}, {34, 15}}; /* PLAIN: nothing at the foot */
static const double NUMBER_H = 12; /* above a part that has a number */

typedef enum { LINK_INFLUENCE, LINK_CONFLICT, LINK_INFORMAL, LINK_KINDS } link_kind;

typedef struct key {
    const char *id;
    size_t row;
} key;

typedef struct spot { /* where a person's card stands; shelf -1: not yet */
    int shelf, col, row;
} spot;

typedef struct people {
    pdf_fig f;
    const pdf_people_opts *o;
    const kam_table *links;
    size_t n;
    key *ids; /* sorted */
    spot *at;
    const pdf_card_size *sizes;
    double card_w, card_h, v_gap;
    int lanes;      /* links drawn: each keeps to a lane of its own in the gaps */
    bool kinds[LINK_KINDS];
} people;

/* --- who is who --- */
static int by_id(const void *a, const void *b)
{
    const key *x = a, *y = b;
    int d = strcmp(x->id, y->id);
    return d ? d : (x->row > y->row) - (x->row < y->row);
}

static const kam_column *column(const people *p, const char *name)
{
    return name ? kam_table_find(p->f.t, name) : NULL;
}

static const char *text_of(const kam_table *t, const char *name, size_t row, char buf[KAM_CELL_MAX])
{
    int i = name ? kam_table_index(t, name) : -1;
    if (i < 0) return "";
    const kam_column *c = kam_table_column(t, (size_t)i);
    return kam_col_type(c) == KAM_TEXT ? kam_col_text(c, row) : kam_table_cell(t, (size_t)i, row, buf);
}

static size_t find(const people *p, const char *id)
{
    size_t lo = 0, hi = p->n;
    while (lo < hi) {
        size_t mid = (lo + hi) / 2;
        if (strcmp(p->ids[mid].id, id) < 0) lo = mid + 1;
        else hi = mid;
    }
    return lo < p->n && strcmp(p->ids[lo].id, id) == 0 ? p->ids[lo].row : p->n;
}

static void read_people(people *p)
{
    char buf[KAM_CELL_MAX];
    p->n = kam_table_rows(p->f.t);
    p->ids = kam_calloc(p->n + 1, sizeof *p->ids);
    p->at = kam_calloc(p->n + 1, sizeof *p->at);
    for (size_t i = 0; i < p->n; i++) {
        p->ids[i] = (key){kam_arena_strdup(p->f.g->cx->arena, text_of(p->f.t, p->o->id_col, i, buf)), i};
        p->at[i].shelf = -1;
    }
    qsort(p->ids, p->n, sizeof *p->ids, by_id);
}

static bool number(const people *p, const char *name, size_t row, double *v)
{
    const kam_column *c = column(p, name);
    if (!c || kam_col_missing(c, row)) return false;
    *v = kam_col_type(c) == KAM_FLAG ? (double)kam_col_int(c, row) : kam_col_real(c, row);
    return true;
}

static bool yes(const people *p, const char *name, size_t row)
{
    double v;
    return number(p, name, row, &v) && v != 0;
}

/* --- signs --- */
typedef struct attitude {
    pdf_rgb colour;
    const char *sign;
} attitude;

static attitude attitude_of(const pdf_theme *th, bool known, double v)
{
    if (!known) return (attitude){th->unknown, "?"};
    if (v > 0) return (attitude){th->good, "+"};
    if (v < 0) return (attitude){th->bad, "−"};
    return (attitude){th->warn, "0"};
}

/* Supporter: filled; opponent: filled square; neutral and unknown: rings. The sign inside says it again. */
static void put_attitude(people *p, double cx, double cy, attitude a)
{
    pdf_ops *o = p->f.o;
    bool filled = *a.sign == '+' || (unsigned char)*a.sign > 127;
    pdf_rgb ink = filled ? 0xFFFFFF : a.colour;
    if ((unsigned char)*a.sign > 127) pdf_put_rect(o, cx - 5, cy - 5, 10, 10, a.colour);
    else if (filled) pdf_put_oval(o, cx, cy, 5.4, 5.4, a.colour);
    else {
        pdf_op *op = pdf_put_oval(o, cx, cy, 5, 5, 0xFFFFFF);
        op->stroke = a.colour, op->line = 1;
        if (*a.sign == '?') op->dash = 1.6;
    }
    if (*a.sign == '+' || (unsigned char)*a.sign > 127) { /* drawn, so that they stand in the middle in any font */
        pdf_put_line(o, cx - 2.7, cy, cx + 2.7, cy, ink, 1.3);
        if (*a.sign == '+') pdf_put_line(o, cx, cy - 2.7, cx, cy + 2.7, ink, 1.3);
    } else pdf_put_text(o, p->f.m, cx, cy + 2.9, 8, PDF_BOLD, ink, a.sign, PDF_SET_CENTRE, 0);
}

static void put_star(pdf_ops *o, double cx, double cy, double r, pdf_rgb fill)
{
    double xy[20];
    for (int i = 0; i < 10; i++) {
        double a = -M_PI / 2 + i * M_PI / 5, k = i % 2 ? r * 0.42 : r;
        xy[2 * i] = k * cos(a), xy[2 * i + 1] = k * sin(a);
    }
    pdf_op *op = pdf_put_poly(o, xy, 10, true, fill, PDF_NONE, 0);
    op->x = cx, op->y = cy;
}

/* Four dots, `filled` of them full; unknown: none, dashed. Returns the room they take. */
static double put_coverage(people *p, double right, double cy, bool known, double filled)
{
    for (int i = 0; i < 4; i++) {
        bool full = known && filled >= i + 0.5;
        pdf_op *op = pdf_put_oval(p->f.o, right - 2.2 - (3 - i) * 6.2, cy, 2.1, 2.1, full ? p->f.th->accent : 0xFFFFFF);
        op->stroke = p->f.th->accent, op->line = 0.6;
        if (!known) op->stroke = p->f.th->unknown, op->dash = 1;
    }
    return 28;
}

/* --- a card --- */
static void put_title(people *p, const char *text, double x, double y, double w)
{
    const size_t most = p->card_h < p->sizes[0].card_h ? 1 : 2;
    pdf_text t;
    pdf_text_init(&t, p->f.m, &(pdf_run){text, 0, p->f.th->muted}, 1);
    pdf_text_wrap(&t, p->f.size, w - 7);
    for (size_t i = 0; i < t.n_lines && i < most; i++) {
        double base = y + (double)i * 10.2, end = pdf_text_put(&t, i, p->f.o, x, base, p->f.size, w - 7, PDF_SET_LEFT);
        if (i + 1 == most && t.n_lines > most) pdf_fig_text(&p->f, end, base, p->f.th->muted, "…", PDF_SET_LEFT, 0);
    }
    pdf_text_release(&t);
}

static void put_frame(people *p, const pdf_cell *c, double x, double y)
{
    const pdf_theme *th = p->f.th;
    bool pointer = c->kind != PDF_CELL_CARD;
    pdf_rgb edge = pointer ? th->unknown : th->accent_dark;
    pdf_op *op = pdf_put_rect(p->f.o, x, y, p->card_w, p->card_h, pointer ? th->tint : 0xFFFFFF);
    op->stroke = edge, op->line = 0.8, op->size = 3, op->dash = pointer ? 2.5 : 0;
    if (!yes(p, p->o->decider_col, c->person)) return;
    op = pdf_put_frame(p->f.o, x + 2, y + 2, p->card_w - 4, p->card_h - 4, edge, 0.8);
    op->size = 2;
}

static void put_corner(people *p, const pdf_cell *c, double x, double y, double *left, double *right)
{
    double v;
    if (p->o->attitude_col) {
        bool known = number(p, p->o->attitude_col, c->person, &v);
        put_attitude(p, x + 11.5, y + 11.5, attitude_of(p->f.th, known, v));
        *left = x + 20;
    }
    if (number(p, p->o->influence_col, c->person, &v)) {
        kam_str s = KAM_STR_INIT;
        pdf_put_trim(&s, v, 1);
        double w = pdf_fig_bold(&p->f, *right, y + 14.5, p->f.th->accent, kam_str_cstr(&s), PDF_SET_RIGHT, 0);
        *right -= w + 3;
        kam_str_release(&s);
    }
    if (yes(p, p->o->star_col, c->person)) {
        put_star(p->f.o, *right - 4, y + 11.3, 4.6, p->f.th->warn);
        *right -= 11;
    }
}

static void put_card(people *p, const pdf_cell *c, double x, double y)
{
    char buf[KAM_CELL_MAX];
    const double pad = 7;
    put_frame(p, c, x, y);
    double left = x + pad, right = x + p->card_w - pad;
    put_corner(p, c, x, y, &left, &right);
    pdf_put_text(p->f.o, p->f.m, left, y + 15, 9, PDF_BOLD, p->f.th->ink, text_of(p->f.t, p->o->name_col, c->person, buf),
                 PDF_SET_LEFT, right - left);
    const char *title = text_of(p->f.t, p->o->title_col, c->person, buf);
    bool room = p->sizes == SIZES || c->kind != PDF_CELL_STUB; /* for a title above "see part" */
    if (*title && room) put_title(p, title, x + pad, y + 27, p->card_w - 2 * pad);
    double foot = y + p->card_h - 6.5, v = 0;
    right = x + p->card_w - pad;
    if (c->kind == PDF_CELL_STUB) {
        char line[64];
        snprintf(line, sizeof line, p->f.lang == PDF_ZH ? "▸ 见分图 %d" : "▸ see part %d", c->part);
        pdf_fig_bold(&p->f, x + pad, foot, p->f.th->accent, line, PDF_SET_LEFT, right - x - pad);
        return;
    }
    if (p->o->coverage_col) {
        bool known = number(p, p->o->coverage_col, c->person, &v);
        right -= put_coverage(p, right, foot - 2.8, known, v);
    }
    const char *role = text_of(p->f.t, p->o->role_col, c->person, buf);
    if (*role) pdf_fig_text(&p->f, x + pad, foot, p->f.th->accent_dark, role, PDF_SET_LEFT, right - x - pad);
}

/* --- lines --- */
static double cell_x(const people *p, int col)
{
    return col * (p->card_w + H_GAP);
}
static double cell_y(const people *p, int row)
{
    return row * (p->card_h + p->v_gap);
}

static void put_reports(people *p, const pdf_part *part, int dx)
{
    const pdf_rgb ink = p->f.th->muted;
    for (size_t i = 0; i < part->n; i++) {
        const pdf_cell *c = &part->v[i];
        if (c->above < 0) continue;
        const pdf_cell *up = &part->v[c->above];
        double ux = cell_x(p, up->col + dx) + p->card_w / 2, uy = cell_y(p, up->row) + p->card_h, bar = uy + p->v_gap / 2;
        double x = cell_x(p, c->col + dx), y = cell_y(p, c->row);
        if (c->stack) {
            double spine = x - 6;
            double xy[] = {ux, uy, ux, bar, spine, bar, spine, y + p->card_h / 2, x, y + p->card_h / 2};
            pdf_put_poly(p->f.o, xy, 5, false, PDF_NONE, ink, 0.9);
        } else {
            double xy[] = {ux, uy, ux, bar, x + p->card_w / 2, bar, x + p->card_w / 2, y};
            pdf_put_poly(p->f.o, xy, 4, false, PDF_NONE, ink, 0.9);
        }
    }
}

/* A poly-line with teeth. */
static void put_zigzag(people *p, const double *xy, size_t n)
{
    enum { MAX = 2000 };
    const double tooth = 2, step = 3;
    double out[2 * MAX];
    size_t k = 0;
    for (size_t i = 0; i + 1 < n; i++) {
        double dx = xy[2 * i + 2] - xy[2 * i], dy = xy[2 * i + 3] - xy[2 * i + 1], len = hypot(dx, dy);
        if (len < 0.01) continue;
        int steps = (int)fmax(1, floor(len / step));
        for (int s = 0; s < steps && k + 2 < MAX; s++) {
            double t = (double)s / steps, side = s == 0 ? 0 : s % 2 ? tooth : -tooth;
            out[2 * k] = xy[2 * i] + dx * t - dy / len * side, out[2 * k + 1] = xy[2 * i + 1] + dy * t + dx / len * side;
            k++;
        }
    }
    out[2 * k] = xy[2 * n - 2], out[2 * k + 1] = xy[2 * n - 1];
    pdf_put_poly(p->f.o, out, k + 1, false, PDF_NONE, p->f.th->bad, 1.2);
}

static void put_arrow(people *p, double x0, double y0, double x1, double y1, pdf_rgb ink)
{
    double d = hypot(x1 - x0, y1 - y0), ux = d > 0 ? (x1 - x0) / d : 0, uy = d > 0 ? (y1 - y0) / d : 1;
    double xy[] = {0, 0, -5 * ux - 2.4 * uy, -5 * uy + 2.4 * ux, -5 * ux + 2.4 * uy, -5 * uy - 2.4 * ux};
    pdf_op *op = pdf_put_poly(p->f.o, xy, 3, true, ink, PDF_NONE, 0);
    op->x = x1, op->y = y1;
}

static void put_route(people *p, link_kind kind, const double *xy, size_t n)
{
    p->kinds[kind] = true;
    if (kind == LINK_CONFLICT) {
        put_zigzag(p, xy, n);
        return;
    }
    pdf_rgb ink = kind == LINK_INFLUENCE ? p->f.th->accent : p->f.th->muted;
    pdf_put_poly(p->f.o, xy, n, false, PDF_NONE, ink, kind == LINK_INFLUENCE ? 1.2 : 0.9)->dash = kind == LINK_INFLUENCE ? 4 : 1.5;
    if (kind == LINK_INFLUENCE) put_arrow(p, xy[2 * n - 4], xy[2 * n - 3], xy[2 * n - 2], xy[2 * n - 1], ink);
}

/* From card a to card b of one shelf, through the gaps. */
static void put_link(people *p, link_kind kind, spot a, spot b)
{
    static const double lane[] = {3, 5.5, 0.5, 7.5}; /* beside the middle of the gap, where reporting lines run */
    double off = lane[p->lanes % 4] * p->v_gap / p->sizes[0].gap, end = p->card_w * (0.62 + 0.09 * (p->lanes % 4));
    p->lanes++;
    double ax = cell_x(p, a.col), ay = cell_y(p, a.row) + p->card_h * 0.62, bx = cell_x(p, b.col), by = cell_y(p, b.row);
    if (a.row == b.row && abs(a.col - b.col) == 1) { /* neighbours */
        double y = cell_y(p, a.row) + p->card_h * 0.3;
        double xy[] = {b.col > a.col ? ax + p->card_w : ax, y, b.col > a.col ? bx : bx + p->card_w, y};
        put_route(p, kind, xy, 2);
        return;
    }
    double out = ax + p->card_w, gap = out + H_GAP / 2 - 4 + off * 0.8; /* leaves to the right */
    bool below = b.row > a.row || (b.row == a.row && b.row > 0);
    double bar = below ? by - p->v_gap / 2 + 1.5 + off * 0.9 : by + p->card_h + p->v_gap / 2 - 1.5 - off * 0.9;
    double foot = below ? by : by + p->card_h;
    double xy[] = {out, ay, gap, ay, gap, bar, bx + end, bar, bx + end, foot};
    put_route(p, kind, xy, 5);
}

static bool kind_of(const char *word, link_kind *kind)
{
    static const char *const words[] = {"influence", "conflict", "informal"};
    for (int i = 0; i < LINK_KINDS; i++)
        if (kam_streq(words[i], word)) return *kind = (link_kind)i, true;
    return false;
}

/* The ends of link l; false: one of them is not on the map. */
static bool ends_of(const people *p, size_t l, size_t *from, size_t *to, link_kind *kind)
{
    *from = find(p, kam_col_text(kam_table_find(p->links, "from"), l));
    *to = find(p, kam_col_text(kam_table_find(p->links, "to"), l));
    if (!kind_of(kam_col_text(kam_table_find(p->links, "kind"), l), kind)) *kind = LINK_INFORMAL;
    return *from < p->n && *to < p->n && *from != *to;
}

static void put_links(people *p, int shelf)
{
    for (size_t l = 0; p->links && l < kam_table_rows(p->links); l++) {
        size_t a, b;
        link_kind kind;
        if (ends_of(p, l, &a, &b, &kind) && p->at[a].shelf == shelf && p->at[b].shelf == shelf) put_link(p, kind, p->at[a], p->at[b]);
    }
}

/* A name within a sentence: its first characters. */
static void add_name(people *p, kam_str *s, size_t person)
{
    enum { LONGEST = 16 };
    char buf[KAM_CELL_MAX];
    const char *name = text_of(p->f.t, p->o->name_col, person, buf), *end = name;
    for (size_t n = 0; *end && n < LONGEST; n++)
        do end++;
        while (((unsigned char)*end & 0xC0) == 0x80);
    kam_str_addn(s, name, (size_t)(end - name));
    if (*end) kam_str_add(s, "…");
}

/* Lines whose ends stand on different shelves, in words: the first dozen, and how many more there are. */
static void say_links(people *p, pdf_galley *g)
{
    enum { TOLD = 12 };
    size_t n = 0;
    static const char *const word[][LINK_KINDS] = {{"影响", "冲突", "私交"}, {"influences", "conflicts with", "is close to"}};
    kam_str s = KAM_STR_INIT;
    bool zh = p->f.lang == PDF_ZH;
    for (size_t l = 0; p->links && l < kam_table_rows(p->links); l++) {
        size_t a, b;
        link_kind kind;
        if (!ends_of(p, l, &a, &b, &kind) || p->at[a].shelf == p->at[b].shelf) continue;
        if (++n > TOLD) continue;
        if (s.len) kam_str_add(&s, zh ? "；" : "; ");
        add_name(p, &s, a);
        kam_str_addf(&s, zh ? "%s" : " %s ", word[!zh][kind]);
        add_name(p, &s, b);
    }
    if (n > TOLD) kam_str_addf(&s, zh ? "；另有 %zu 条" : "; and %zu more", n - TOLD);
    if (s.len) {
        kam_str all = KAM_STR_INIT;
        kam_str_addf(&all, zh ? "跨图关系：%s。" : "Between parts: %s.", kam_str_cstr(&s));
        pdf_fig_remark(g, kam_str_cstr(&all));
        kam_str_release(&all);
    }
    kam_str_release(&s);
}

/* --- legend --- */
typedef struct legend {
    people *p;
    double x, y;
} legend;

static void words(legend *l, double key_w, const char *zh, const char *en)
{
    const char *s = l->p->f.lang == PDF_ZH ? zh : en;
    l->x += key_w + pdf_fig_text(&l->p->f, l->x + key_w, l->y + 3, l->p->f.th->ink, s, PDF_SET_LEFT, 0) + 13;
    if (l->x > l->p->f.w - 90) l->x = 0, l->y += 13.5;
}

static bool any_link(const people *p, link_kind want)
{
    for (size_t l = 0; p->links && l < kam_table_rows(p->links); l++) {
        size_t a, b;
        link_kind kind;
        if (ends_of(p, l, &a, &b, &kind) && kind == want) return true;
    }
    return false;
}

static void legend_links(legend *l)
{
    people *p = l->p;
    if (p->o->reports_col) {
        pdf_put_line(p->f.o, l->x, l->y, l->x + 18, l->y, p->f.th->muted, 0.9);
        words(l, 22, "汇报", "reports to");
    }
    static const char *const zh[] = {"影响", "冲突", "私交"}, *const en[] = {"influences", "conflict", "informal"};
    for (int k = 0; k < LINK_KINDS; k++) {
        if (!any_link(p, (link_kind)k)) continue;
        double xy[] = {l->x, l->y, l->x + 18, l->y};
        put_route(p, (link_kind)k, xy, 2);
        words(l, 22, zh[k], en[k]);
    }
}

static void put_legend(people *p)
{
    const pdf_theme *th = p->f.th;
    legend l = {p, 0, 7};
    if (p->o->attitude_col) {
        static const struct {
            bool known;
            double v;
            const char *zh, *en;
        } a[] = {{true, 1, "支持", "supporter"}, {true, 0, "中立", "neutral"}, {true, -1, "反对", "opponent"}, {false, 0, "不明", "unknown"}};
        for (size_t i = 0; i < 4; i++) {
            put_attitude(p, l.x + 5.5, l.y, attitude_of(th, a[i].known, a[i].v));
            words(&l, 14, a[i].zh, a[i].en);
        }
    }
    if (p->o->decider_col) {
        pdf_put_frame(p->f.o, l.x + 0.5, l.y - 4.5, 14, 9, th->accent_dark, 0.8);
        pdf_put_frame(p->f.o, l.x + 2.3, l.y - 2.7, 10.4, 5.4, th->accent_dark, 0.8);
        words(&l, 19, "决策人", "decider");
    }
    if (p->o->star_col) {
        put_star(p->f.o, l.x + 5, l.y, 4.6, th->warn);
        words(&l, 13, "倡导者或向导", "champion or coach");
    }
    if (p->o->coverage_col) {
        put_coverage(p, l.x + 25, l.y, true, 2);
        words(&l, 29, "覆盖 0–4", "coverage 0–4");
    }
    if (p->o->influence_col) {
        double w = pdf_fig_bold(&p->f, l.x, l.y + 3, th->accent, "7.5", PDF_SET_LEFT, 0);
        words(&l, w + 4, "影响力 0–10", "influence 0–10");
    }
    legend_links(&l);
    double h = l.x > 0 ? l.y + 10 : l.y - 3;
    pdf_item *it = pdf_galley_item(p->f.g, p->f.op0, h);
    it->keep = true;
    it->after = 7;
}

/* --- shelves --- */
static void put_part_number(people *p, const pdf_part *part, int dx)
{
    if (part->number == 0) return;
    char line[48];
    snprintf(line, sizeof line, p->f.lang == PDF_ZH ? "分图 %d" : "part %d", part->number);
    pdf_fig_bold(&p->f, cell_x(p, part->root_col + dx), cell_y(p, 0) - 4, p->f.th->accent, line, PDF_SET_LEFT, p->card_w);
}

static void put_shelf(people *p, const pdf_shelves *s, int shelf)
{
    const pdf_shelf *sh = &s->v[shelf];
    const pdf_part *v = s->map.v + sh->at;
    size_t op0 = p->f.o->n;
    int x = 0;
    for (size_t i = 0; i < sh->n; i++) {
        put_reports(p, &v[i], x);
        for (size_t k = 0; k < v[i].n; k++) {
            const pdf_cell *c = &v[i].v[k];
            if (c->kind != PDF_CELL_STUB && (c->kind == PDF_CELL_CARD || p->at[c->person].shelf < 0))
                p->at[c->person] = (spot){shelf, c->col + x, c->row};
        }
        x += v[i].cols;
    }
    put_links(p, shelf);
    x = 0;
    bool numbered = false;
    for (size_t i = 0; i < sh->n; i++) {
        put_part_number(p, &v[i], x);
        numbered = numbered || v[i].number;
        for (size_t k = 0; k < v[i].n; k++) put_card(p, &v[i].v[k], cell_x(p, v[i].v[k].col + x), cell_y(p, v[i].v[k].row));
        x += v[i].cols;
    }
    const double margin = 7;
    pdf_ops_shift(p->f.o, op0, margin, numbered ? NUMBER_H : 0);
    pdf_item *it = pdf_galley_item(p->f.g, op0, pdf_shelf_height(s, sh, p->sizes[s->size], NUMBER_H));
    it->after = it->before = p->v_gap;
    if (shelf == 0) it->before = 0;
}

static size_t *superiors(const people *p)
{
    size_t *up = kam_calloc(p->n + 1, sizeof *up);
    char buf[KAM_CELL_MAX];
    for (size_t i = 0; i < p->n; i++) {
        up[i] = p->n;
        if (!p->o->reports_col) continue;
        const char *id = text_of(p->f.t, p->o->reports_col, i, buf);
        if (*id) up[i] = find(p, id);
        if (up[i] == i) up[i] = p->n;
    }
    return up;
}

static int columns_in(double width)
{
    int cols = (int)((width - 20 + H_GAP) / (CARD_MIN + H_GAP));
    return cols < 2 ? 2 : cols;
}

/* The legend stands already: what it and the heading above leave is for the shelves. */
static void put_shelves(people *p, const size_t *up)
{
    pdf_galley *g = p->f.g;
    pdf_room left = pdf_page_room(g);
    pdf_shelf_room room = {left.here, left.fresh, g->cx->body_h, NUMBER_H};
    pdf_shelves s;
    pdf_shelf_make(&s, up, p->n, columns_in(p->f.w), p->sizes, N_SIZES, &room);
    double width = p->f.w - 7 - (H_GAP * 0.8) /* a lane right of the last card */;
    p->card_w = fmin(CARD_MAX, (width - (s.widest - 1) * H_GAP) / s.widest);
    p->card_h = p->sizes[s.size].card_h, p->v_gap = p->sizes[s.size].gap;
    for (size_t i = 0; i < s.n; i++) put_shelf(p, &s, (int)i);
    pdf_shelf_release(&s);
}

static void open_people(people *p, const pdf_block *b)
{
    p->o = b->u.figure, p->links = b->links;
    p->sizes = p->o->role_col || p->o->coverage_col ? SIZES : PLAIN;
}

bool pdf_people_wants_turn(const pdf_galley *g, const pdf_block *b, double width, double body_h)
{
    enum { LEGEND = 40 };
    const double least = 0.4; /* of the page */
    people p = {0};
    open_people(&p, b);
    if (!p.o->turned) return false;
    p.f = (pdf_fig){.g = (pdf_galley *)g, .t = b->table}; /* only read */
    read_people(&p);
    size_t *up = superiors(&p);
    pdf_room left = pdf_page_room(g);
    pdf_shelf_room here = {left.here - LEGEND, left.fresh - LEGEND, g->cx->body_h, NUMBER_H};
    pdf_shelf_room there = {body_h - LEGEND, body_h - LEGEND, body_h, NUMBER_H};
    pdf_shelves s, turned;
    pdf_shelf_make(&s, up, p.n, columns_in(g->width), p.sizes, N_SIZES, &here);
    pdf_shelf_make(&turned, up, p.n, columns_in(width), p.sizes, N_SIZES, &there);
    bool wants = turned.map.n < s.map.n && turned.pages == 0 && turned.used > body_h * least;
    pdf_shelf_release(&s);
    pdf_shelf_release(&turned);
    kam_free(up);
    kam_free(p.ids);
    kam_free(p.at);
    return wants;
}

void pdf_set_people(pdf_galley *g, const pdf_block *b)
{
    people p = {0};
    open_people(&p, b);
    bool turned = p.o->turned && g == g->cx->body && g->cx->list->page_w > g->cx->list->page_h;
    pdf_fig_open(&p.f, g, b, turned ? p.o->turned : p.o->caption);
    read_people(&p);
    if (p.n == 0) pdf_fig_empty(&p.f);
    else {
        size_t *up = superiors(&p);
        put_legend(&p);
        put_shelves(&p, up);
        say_links(&p, g);
        g->v[g->n - 1].after = p.f.th->block_gap + 4;
        kam_free(up);
    }
    kam_str_release(&p.f.s);
    kam_free(p.ids);
    kam_free(p.at);
}

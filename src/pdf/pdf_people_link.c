/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All lines run in the gaps between cards, so that no line crosses a word: from the side of one card into the gap beside
 * it, along the gaps, and into the other card from above or below. */
#include "pdf_people.h"
#include <math.h>
#include <stdlib.h>

double pdf_people_x(const pdf_people *p, int col)
{
    return col * (p->card_w + p->style->h_gap);
}
double pdf_people_y(const pdf_people *p, int row)
{
    return row * (p->card_h + p->v_gap);
}

void pdf_put_reports(pdf_people *p, const pdf_part *part, int dx)
{
    const pdf_rgb ink = p->f.th->muted;
    for (size_t i = 0; i < part->n; i++) {
        const pdf_cell *c = &part->v[i];
        if (c->above < 0) continue;
        const pdf_cell *up = &part->v[c->above];
        double ux = pdf_people_x(p, up->col + dx) + p->card_w / 2, uy = pdf_people_y(p, up->row) + p->card_h, bar = uy + p->v_gap / 2;
        double x = pdf_people_x(p, c->col + dx), y = pdf_people_y(p, c->row);
        if (c->stack) {
            double spine = x - p->style->h_gap * 0.32;
            double xy[] = {ux, uy, ux, bar, spine, bar, spine, y + p->card_h / 2, x, y + p->card_h / 2};
            pdf_put_poly(p->f.o, xy, 5, false, PDF_NONE, ink, 0.9);
        } else {
            double xy[] = {ux, uy, ux, bar, x + p->card_w / 2, bar, x + p->card_w / 2, y};
            pdf_put_poly(p->f.o, xy, 4, false, PDF_NONE, ink, 0.9);
        }
    }
}

/* A poly-line with teeth. */
static void put_zigzag(pdf_people *p, const double *xy, size_t n)
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

static void put_arrow(pdf_people *p, double x0, double y0, double x1, double y1, pdf_rgb ink)
{
    double d = hypot(x1 - x0, y1 - y0), ux = d > 0 ? (x1 - x0) / d : 0, uy = d > 0 ? (y1 - y0) / d : 1;
    double xy[] = {0, 0, -5 * ux - 2.4 * uy, -5 * uy + 2.4 * ux, -5 * ux + 2.4 * uy, -5 * uy - 2.4 * ux};
    pdf_op *op = pdf_put_poly(p->f.o, xy, 3, true, ink, PDF_NONE, 0);
    op->x = x1, op->y = y1;
}

void pdf_put_route(pdf_people *p, pdf_link_kind kind, const double *xy, size_t n)
{
    if (kind == LINK_CONFLICT) {
        put_zigzag(p, xy, n);
        return;
    }
    pdf_rgb ink = kind == LINK_INFLUENCE ? p->f.th->accent : p->f.th->muted;
    pdf_put_poly(p->f.o, xy, n, false, PDF_NONE, ink, kind == LINK_INFLUENCE ? 1.2 : 0.9)->dash = kind == LINK_INFLUENCE ? 4 : 1.5;
    if (kind == LINK_INFLUENCE) put_arrow(p, xy[2 * n - 4], xy[2 * n - 3], xy[2 * n - 2], xy[2 * n - 1], ink);
}

/* From card a to card b of one shelf, through the gaps. */
static void put_link(pdf_people *p, pdf_link_kind kind, pdf_spot a, pdf_spot b)
{
    static const double lane[] = {3, 5.5, 0.5, 7.5}; /* beside the middle of the gap, where reporting lines run */
    const double down = p->v_gap / 22, aside = p->style->h_gap / 19; /* lanes of tight maps lie closer */
    double off = lane[p->lanes % 4], end = p->card_w * (0.62 + 0.09 * (p->lanes % 4));
    p->lanes++;
    double ax = pdf_people_x(p, a.col), ay = pdf_people_y(p, a.row) + p->card_h * 0.62, bx = pdf_people_x(p, b.col), by = pdf_people_y(p, b.row);
    if (a.row == b.row && abs(a.col - b.col) == 1) { /* neighbours */
        double y = pdf_people_y(p, a.row) + p->card_h * 0.3;
        double xy[] = {b.col > a.col ? ax + p->card_w : ax, y, b.col > a.col ? bx : bx + p->card_w, y};
        pdf_put_route(p, kind, xy, 2);
        return;
    }
    double out = ax + p->card_w, gap = out + (5.5 + off * 0.8) * aside; /* leaves to the right */
    bool below = b.row > a.row || (b.row == a.row && b.row > 0);
    double beside = 1.5 + off * 0.9 * down, bar = below ? by - p->v_gap / 2 + beside : by + p->card_h + p->v_gap / 2 - beside;
    double foot = below ? by : by + p->card_h;
    double xy[] = {out, ay, gap, ay, gap, bar, bx + end, bar, bx + end, foot};
    pdf_put_route(p, kind, xy, 5);
}

static bool kind_of(const char *word, pdf_link_kind *kind)
{
    static const char *const words[] = {"influence", "conflict", "informal"};
    for (int i = 0; i < LINK_KINDS; i++)
        if (kam_streq(words[i], word)) return *kind = (pdf_link_kind)i, true;
    return false;
}

/* The ends of link l; false: one of them is not on the map. */
static bool ends_of(const pdf_people *p, size_t l, size_t *from, size_t *to, pdf_link_kind *kind)
{
    *from = pdf_people_find(p, kam_col_text(kam_table_find(p->links, "from"), l));
    *to = pdf_people_find(p, kam_col_text(kam_table_find(p->links, "to"), l));
    if (!kind_of(kam_col_text(kam_table_find(p->links, "kind"), l), kind)) *kind = LINK_INFORMAL;
    return *from < p->n && *to < p->n && *from != *to;
}

void pdf_put_links(pdf_people *p, int shelf)
{
    for (size_t l = 0; p->links && l < kam_table_rows(p->links); l++) {
        size_t a, b;
        pdf_link_kind kind;
        if (ends_of(p, l, &a, &b, &kind) && p->at[a].shelf == shelf && p->at[b].shelf == shelf) put_link(p, kind, p->at[a], p->at[b]);
    }
}

bool pdf_people_linked(const pdf_people *p, pdf_link_kind want)
{
    for (size_t l = 0; p->links && l < kam_table_rows(p->links); l++) {
        size_t a, b;
        pdf_link_kind kind;
        if (ends_of(p, l, &a, &b, &kind) && kind == want) return true;
    }
    return false;
}

/* A name within a sentence: its first characters. */
static void add_name(pdf_people *p, kam_str *s, size_t person)
{
    enum { LONGEST = 16 };
    char buf[KAM_CELL_MAX];
    const char *name = pdf_people_text(p->f.t, p->o->name_col, person, buf), *end = name;
    for (size_t n = 0; *end && n < LONGEST; n++)
        do end++;
        while (((unsigned char)*end & 0xC0) == 0x80);
    kam_str_addn(s, name, (size_t)(end - name));
    if (*end) kam_str_add(s, "…");
}

void pdf_say_links(pdf_people *p, pdf_galley *g)
{
    enum { TOLD = 12 };
    size_t n = 0;
    static const char *const word[][LINK_KINDS] = {{"影响", "冲突", "私交"}, {"influences", "conflicts with", "is close to"}};
    kam_str s = KAM_STR_INIT;
    bool zh = p->f.lang == PDF_ZH;
    for (size_t l = 0; p->links && l < kam_table_rows(p->links); l++) {
        size_t a, b;
        pdf_link_kind kind;
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

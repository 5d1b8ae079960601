/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pdf_people.h"
#include "pdf_format.h"
#include <math.h>
#include <stdio.h>

/* --- signs --- */
pdf_attitude pdf_people_attitude(const pdf_people *p, size_t row)
{
    double v;
    if (!pdf_people_number(p, p->o->attitude_col, row, &v)) return ATTITUDE_UNKNOWN;
    return v > 0 ? ATTITUDE_FOR : v < 0 ? ATTITUDE_AGAINST : ATTITUDE_NEUTRAL;
}

/* Supporter: filled; opponent: filled square; neutral and unknown: rings. The sign inside says it again. */
void pdf_put_attitude(pdf_people *p, double cx, double cy, double scale, pdf_attitude a)
{
    const pdf_theme *th = p->f.th;
    const double r = 5.4 * scale, half = 5 * scale, arm = 2.7 * scale;
    pdf_ops *o = p->f.o;
    if (a == ATTITUDE_NEUTRAL || a == ATTITUDE_UNKNOWN) {
        pdf_rgb ink = a == ATTITUDE_NEUTRAL ? th->warn : th->unknown;
        pdf_op *op = pdf_put_oval(o, cx, cy, half, half, 0xFFFFFF);
        op->stroke = ink, op->line = 1;
        if (a == ATTITUDE_UNKNOWN) op->dash = 1.6;
        const double size = fmax(8 * scale, 7);
        pdf_put_text(o, p->f.m, cx, cy + 0.3625 * size, size, PDF_BOLD, ink, a == ATTITUDE_NEUTRAL ? "0" : "?", PDF_SET_CENTRE, 0);
        return;
    }
    if (a == ATTITUDE_AGAINST) pdf_put_rect(o, cx - half, cy - half, 2 * half, 2 * half, th->bad);
    else pdf_put_oval(o, cx, cy, r, r, th->good);
    /* drawn, so that they stand in the middle in any font */
    pdf_put_line(o, cx - arm, cy, cx + arm, cy, 0xFFFFFF, 1.3 * scale);
    if (a == ATTITUDE_FOR) pdf_put_line(o, cx, cy - arm, cx, cy + arm, 0xFFFFFF, 1.3 * scale);
}

void pdf_put_star(pdf_ops *o, double cx, double cy, double r, pdf_rgb fill)
{
    double xy[20];
    for (int i = 0; i < 10; i++) {
        double a = -M_PI / 2 + i * M_PI / 5, k = i % 2 ? r * 0.42 : r;
        xy[2 * i] = k * cos(a), xy[2 * i + 1] = k * sin(a);
    }
    pdf_op *op = pdf_put_poly(o, xy, 10, true, fill, PDF_NONE, 0);
    op->x = cx, op->y = cy;
}

/* Four dots, `filled` of them full; unknown: four dashes. */
double pdf_put_coverage(pdf_people *p, double right, double cy, double scale, bool known, double filled)
{
    const double r = 2.1 * scale, step = 6.2 * scale;
    for (int i = 0; i < 4; i++) {
        double x = right - 2.2 * scale - (3 - i) * step;
        if (!known) {
            pdf_put_line(p->f.o, x - 1.7 * scale, cy, x + 1.7 * scale, cy, p->f.th->unknown, 0.9);
            continue;
        }
        pdf_op *op = pdf_put_oval(p->f.o, x, cy, r, r, filled >= i + 0.5 ? p->f.th->accent : 0xFFFFFF);
        op->stroke = p->f.th->accent, op->line = 0.6;
    }
    return 28 * scale;
}

/* --- words --- */
/* On `most` lines at most, from baseline y on; returns how many. */
static size_t put_lines(pdf_people *p, const char *text, double size, uint8_t style, pdf_rgb ink, double x, double y, double w, size_t most)
{
    pdf_text t;
    pdf_text_init(&t, p->f.m, &(pdf_run){text, style, ink}, 1);
    pdf_text_wrap(&t, size, w);
    pdf_text_cut(&t, p->f.m, size, w, most);
    for (size_t i = 0; i < t.n_lines; i++) pdf_text_put(&t, i, p->f.o, x, y + (double)i * p->style->step, size, w, PDF_SET_LEFT);
    size_t n = t.n_lines;
    pdf_text_release(&t);
    return n;
}

/* A name in full on one line, a little smaller if it must be, or on two; returns where the title may stand. */
static double put_name(pdf_people *p, const char *name, double x, double y, double w, bool two, int *title_lines)
{
    const pdf_card_style *s = p->style;
    pdf_text t;
    pdf_text_init(&t, p->f.m, &(pdf_run){name, PDF_BOLD, 0}, 1);
    double whole = pdf_text_natural(&t, s->name_pt), longest = pdf_text_longest(&t, s->name_pt), size = s->name_pt;
    pdf_text_release(&t);
    *title_lines = s->lines;
    if (whole * s->least_pt / s->name_pt <= w || !two) {
        if (whole > w) size = fmax(s->least_pt, floor(10 * s->name_pt * w / whole) / 10);
        pdf_put_text(p->f.o, p->f.m, x, y + s->name, size, PDF_BOLD, p->f.th->ink, name, PDF_SET_LEFT, w);
        return y + s->title;
    }
    if (longest > w || whole > 2 * w) size = s->least_pt;
    size_t n = put_lines(p, name, size, PDF_BOLD, p->f.th->ink, x, y + s->two, w, 2);
    if (n > 1) *title_lines = 1;
    return n > 1 ? y + s->two + 2 * s->step : y + s->title;
}

/* --- a card --- */
static void put_frame(pdf_people *p, const pdf_cell *c, double x, double y)
{
    const pdf_theme *th = p->f.th;
    bool pointer = c->kind != PDF_CELL_CARD;
    pdf_rgb edge = pointer ? th->unknown : th->accent_dark;
    pdf_op *op = pdf_put_rect(p->f.o, x, y, p->card_w, p->card_h, pointer ? th->tint : 0xFFFFFF);
    op->stroke = edge, op->line = 0.8, op->size = 3, op->dash = pointer ? 2.5 : 0;
    if (!pdf_people_yes(p, p->o->decider_col, c->person)) return;
    op = pdf_put_frame(p->f.o, x + 2, y + 2, p->card_w - 4, p->card_h - 4, edge, 0.8);
    op->size = 2;
}

/* What stands beside the name. */
static void put_corner(pdf_people *p, const pdf_cell *c, double x, double y, double *left, double *right)
{
    const pdf_card_style *s = p->style;
    double v, middle = y + s->name - 3.6 * s->sign;
    if (p->o->attitude_col) {
        pdf_put_attitude(p, x + s->pad + 4.5 * s->sign, middle, s->sign, pdf_people_attitude(p, c->person));
        *left = x + s->pad + 13 * s->sign;
    }
    if (pdf_people_number(p, p->o->influence_col, c->person, &v)) {
        kam_str number = KAM_STR_INIT;
        pdf_put_trim(&number, v, 1);
        *right -= pdf_fig_bold(&p->f, *right, y + s->name - 0.5, p->f.th->accent, kam_str_cstr(&number), PDF_SET_RIGHT, 0) + 3;
        kam_str_release(&number);
    }
    if (pdf_people_yes(p, p->o->star_col, c->person)) {
        pdf_put_star(p->f.o, *right - 4 * s->sign, middle, 4.6 * s->sign, p->f.th->warn);
        *right -= 11 * s->sign;
    }
}

static void put_foot(pdf_people *p, const pdf_cell *c, double x, double right, double y)
{
    char buf[KAM_CELL_MAX];
    double v = 0;
    if (c->kind == PDF_CELL_STUB) {
        char line[64];
        snprintf(line, sizeof line, p->f.lang == PDF_ZH ? "▸ 见分图 %d" : "▸ see part %d", c->part);
        pdf_fig_bold(&p->f, x, y, p->f.th->accent, line, PDF_SET_LEFT, right - x);
        return;
    }
    if (p->o->coverage_col) {
        bool known = pdf_people_number(p, p->o->coverage_col, c->person, &v);
        right -= pdf_put_coverage(p, right, y - 2.8 * p->style->sign, p->style->sign, known, v);
    }
    const char *role = pdf_people_text(p->f.t, p->o->role_col, c->person, buf);
    if (*role) pdf_fig_text(&p->f, x, y, p->f.th->accent_dark, role, PDF_SET_LEFT, right - x);
}

void pdf_put_card(pdf_people *p, const pdf_cell *c, double x, double y)
{
    char buf[KAM_CELL_MAX];
    const double pad = p->style->pad;
    const bool no_title = p->plain && c->kind == PDF_CELL_STUB; /* "see part" takes its place */
    int title_lines;
    put_frame(p, c, x, y);
    double left = x + pad, right = x + p->card_w - pad;
    put_corner(p, c, x, y, &left, &right);
    double base = put_name(p, pdf_people_text(p->f.t, p->o->name_col, c->person, buf), left, y, right - left, !no_title, &title_lines);
    const char *title = pdf_people_text(p->f.t, p->o->title_col, c->person, buf);
    right = x + p->card_w - pad;
    if (*title && !no_title) put_lines(p, title, p->f.size, 0, p->f.th->muted, x + pad, base, right - x - pad, (size_t)title_lines);
    put_foot(p, c, x + pad, right, y + p->card_h - (p->style->sign < 1 ? 5 : 6.5));
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Running text: title block, headings, paragraphs, lists. */
#include "pdf_block.h"
#include "pdf_break.h"
#include "kam_utf8.h"
#include "pdf_tag.h"
#include <stdio.h>
#include <math.h>
#include <string.h>

/* Latin needs less air between lines than Han, whose characters fill their boxes. */
static double leading_of(const pdf_ctx *cx)
{
    return cx->lang == PDF_ZH ? cx->th->leading : cx->th->leading - 0.14;
}

/* Lines of t as items. Widows and orphans: the first two and the last two lines stay together. */
static void put_lines(pdf_galley *g, const pdf_text *t, double x, double size, double line_h, double width, pdf_set set)
{
    for (size_t i = 0; i < t->n_lines; i++) {
        size_t op0 = g->ops.n;
        pdf_text_put(t, i, &g->ops, x, pdf_baseline(line_h, size), size, width, set);
        pdf_item *it = pdf_galley_item(g, op0, line_h);
        it->keep = i + 1 < t->n_lines && (i == 0 || i + 2 == t->n_lines);
    }
}

static void wrap_block(pdf_galley *g, const pdf_block *b, const char *text, uint8_t style, pdf_rgb colour, double size,
                       double width, pdf_set set, pdf_text *t)
{
    pdf_run one = {text, style, colour}, *runs = &one;
    size_t n = 1;
    if (b && b->markup) n = pdf_mark_parse(g->cx->arena, pdf_ref_expand(g->cx, text), style, colour, g->cx->th->accent, &runs);
    pdf_text_init(t, g->cx->m, runs, n);
    if (set == PDF_SET_JUSTIFY) pdf_text_fill(t, size, width);
    else pdf_text_wrap(t, size, width);
}

/* A Chinese name in an English sentence does not make it Chinese. */
static bool is_chinese(const char *s)
{
    size_t n = strlen(s), han = 0, latin = 0;
    for (size_t i = 0, used; i < n; i += used) {
        uint32_t cp = kam_utf8_next(s + i, n - i, &used);
        han += pdf_is_han(cp);
        latin += cp != '%' && pdf_is_western(cp);
    }
    return han > 0 && latin <= 3 * han;
}

/* Han is set justified, Latin ragged (there is no hyphenation); in a narrow column Han is ragged too, since few
 * characters would have to take up all the slack. */
pdf_set pdf_set_of(const pdf_theme *th, const pdf_block *b, const char *text, double width, double size)
{
    enum { NARROW = 14 }; /* characters a line */
    switch (b->align) {
    case PDF_PARA_JUSTIFIED: return PDF_SET_JUSTIFY;
    case PDF_PARA_RAGGED: return PDF_SET_LEFT;
    case PDF_PARA_CENTRE: return PDF_SET_CENTRE;
    case PDF_PARA_RIGHT: return PDF_SET_RIGHT;
    case PDF_PARA_AUTO: break;
    }
    if (th->ragged) return PDF_SET_LEFT;
    return th->justified || (width >= NARROW * size && is_chinese(text)) ? PDF_SET_JUSTIFY : PDF_SET_LEFT;
}

/* First and last item of what a block added. */
static void edges(pdf_galley *g, size_t first, double before, double after)
{
    if (g->n == first) return;
    g->v[first].before = fmax(g->v[first].before, before);
    g->v[g->n - 1].after = after;
}

void pdf_set_heading(pdf_galley *g, const pdf_block *b)
{
    const pdf_theme *th = g->cx->th;
    int k = b->number - 1;
    double size = th->heading_pt[k], line_h = size * 1.35, x = 0;
    pdf_rgb colour = k == 2 ? th->ink : th->accent_dark;
    pdf_text t;
    pdf_text_init(&t, g->cx->m, &(pdf_run){b->text, PDF_BOLD, colour}, 1);
    if (k == 0) x = 11; /* room for the bar */
    pdf_text_even(&t, size, g->width - x);
    int up = pdf_tag_heading(g, b->number);
    size_t first = g->n, op0 = g->ops.n;
    pdf_op *mark = pdf_ops_add(&g->ops, PDF_OP_MARK);
    mark->target = b->mark;
    for (size_t i = 0; i < t.n_lines; i++) {
        if (i > 0) op0 = g->ops.n;
        if (k == 0) pdf_put_rect(&g->ops, 0, i ? 0 : 2.5, 3.5, line_h - (i ? 2.5 : 5), th->accent)->flags = PDF_JOIN;
        pdf_text_put(&t, i, &g->ops, x, pdf_baseline(line_h, size), size, g->width - x, PDF_SET_LEFT);
        pdf_galley_item(g, op0, line_h)->keep = true;
    }
    pdf_tag_close(g, up);
    edges(g, first, th->heading_before[k], th->heading_after[k]);
    pdf_text_release(&t);
}

void pdf_set_paragraph(pdf_galley *g, const pdf_block *b)
{
    const pdf_theme *th = g->cx->th;
    double size = th->body_pt;
    size_t first = g->n;
    pdf_text t;
    pdf_set set = pdf_set_of(th, b, b->text, g->width, size);
    int up = pdf_tag_open(g, PDF_TAG_P);
    wrap_block(g, b, b->text, 0, th->ink, size, g->width, set, &t);
    put_lines(g, &t, 0, size, size * leading_of(g->cx), g->width, set);
    pdf_tag_close(g, up);
    edges(g, first, th->para_gap, th->para_gap);
    pdf_text_release(&t);
}

size_t pdf_set_centred(pdf_galley *g, double baseline, double size, double step, const char *text)
{
    const double edge = 8;
    pdf_text t;
    pdf_text_init(&t, g->cx->m, &(pdf_run){text, 0, g->cx->th->muted}, 1);
    pdf_text_wrap(&t, size, g->width - 2 * edge);
    for (size_t i = 0; i < t.n_lines; i++)
        pdf_text_put(&t, i, &g->ops, edge, baseline + (double)i * step, size, g->width - 2 * edge, PDF_SET_CENTRE);
    size_t n = t.n_lines;
    pdf_text_release(&t);
    return n;
}

void pdf_set_small(pdf_galley *g, const pdf_block *b, const char *text)
{
    const pdf_theme *th = g->cx->th;
    size_t first = g->n;
    pdf_text t;
    pdf_set set = b && b->align != PDF_PARA_AUTO ? pdf_set_of(th, b, text, g->width, th->small_pt) : PDF_SET_LEFT;
    int up = pdf_tag_open(g, PDF_TAG_P);
    wrap_block(g, b, text, 0, th->muted, th->small_pt, g->width, set, &t);
    put_lines(g, &t, 0, th->small_pt, th->small_pt * 1.45, g->width, set);
    pdf_tag_close(g, up);
    edges(g, first, 3, th->para_gap);
    pdf_text_release(&t);
}

void pdf_set_caption(pdf_galley *g, const char *text)
{
    if (!text || !*text) return;
    const pdf_theme *th = g->cx->th;
    double size = th->table_pt + 0.3;
    size_t first = g->n;
    pdf_text t;
    int up = pdf_tag_open(g, PDF_TAG_CAPTION);
    wrap_block(g, NULL, text, PDF_BOLD, th->accent_dark, size, g->width, PDF_SET_LEFT, &t);
    put_lines(g, &t, 0, size, size * 1.45, g->width, PDF_SET_LEFT);
    pdf_tag_close(g, up);
    edges(g, first, th->block_gap, 4);
    for (size_t i = first; i < g->n; i++) g->v[i].keep = true;
    pdf_text_release(&t);
}

/* --- lists --- */
static void put_bullet(pdf_galley *g, const pdf_block *b, size_t i, double left, double indent, double size, double line_h)
{
    const pdf_theme *th = g->cx->th;
    double mid = pdf_baseline(line_h, size) - size * 0.36;
    if (b->number == PDF_CHECKS) {
        double side = PDF_MM(3.4);
        pdf_put_frame(&g->ops, left + 1, mid - side / 2, side, side, th->muted, 0.8)->size = 1;
    } else if (b->number == PDF_NUMBERS) {
        char label[32];
        snprintf(label, sizeof label, "%zu.", i + (size_t)b->start);
        int up = pdf_tag_open(g, PDF_TAG_LBL);
        pdf_put_text(&g->ops, g->cx->m, left + indent - 6, pdf_baseline(line_h, size), size, 0, th->accent, label,
                     PDF_SET_RIGHT, 0);
        pdf_tag_close(g, up);
    } else if (b->level == 1) pdf_put_oval(&g->ops, left + 6, mid, 1.7, 1.7, th->accent);
    else if (b->level == 2) {
        pdf_op *ring = pdf_put_oval(&g->ops, left + 6, mid, 1.5, 1.5, PDF_NONE);
        ring->stroke = th->accent, ring->line = 0.8;
    } else pdf_put_line(&g->ops, left + 4, mid, left + 8, mid, th->accent, 0.9);
}

/* The list's own element, within the item above it; returns what was open before. */
static int open_list(pdf_galley *g, const pdf_block *b)
{
    int before = g->ops.tag;
    if (b->level > 1 && g->items[b->level - 2]) g->ops.tag = g->items[b->level - 2];
    pdf_tag_open(g, PDF_TAG_L);
    if (pdf_tag_now(g)) pdf_tag_now(g)->span = b->number + 1;
    return before;
}

static double indent_of(const pdf_block *b)
{
    size_t last = b->n + (size_t)b->start;
    if (b->number == PDF_CHECKS) return 20;
    return b->number == PDF_NUMBERS ? (last > 1000 ? 36 : last > 100 ? 30 : last > 10 ? 24 : 19) : 15;
}

void pdf_set_list(pdf_galley *g, const pdf_block *b)
{
    const double step = 17; /* of a level */
    const pdf_theme *th = g->cx->th;
    double size = th->body_pt, line_h = size * leading_of(g->cx), left = fmin((b->level - 1) * step, g->width / 3);
    double indent = indent_of(b), room = g->width - left - indent;
    size_t start = g->n;
    int up = open_list(g, b), list = g->ops.tag;
    for (size_t i = 0; i < b->n; i++) {
        size_t first = g->n, op0 = g->ops.n;
        pdf_text t;
        pdf_set set = pdf_set_of(th, b, b->items[i], room, size);
        wrap_block(g, b, b->items[i], 0, th->ink, size, room, set, &t);
        pdf_tag_open(g, PDF_TAG_LI);
        put_bullet(g, b, i, left, indent, size, line_h);
        pdf_tag_open(g, PDF_TAG_LBODY);
        put_lines(g, &t, left + indent, size, line_h, room, set);
        if (b->level <= 2) g->items[b->level - 1] = g->ops.tag;
        pdf_tag_close(g, list);
        g->v[first].op0 = op0; /* the bullet belongs to the first line */
        edges(g, first, i ? 2 : th->para_gap * 0.6, 2);
        pdf_text_release(&t);
    }
    pdf_tag_close(g, up);
    edges(g, start, th->para_gap * 0.6, th->para_gap);
}

/* --- title block --- */
static double put_facts(pdf_galley *g, const pdf_title *ti, double y)
{
    const pdf_theme *th = g->cx->th;
    double size = th->table_pt, line_h = size * 1.6, half = g->width / 2, name_w = 0;
    for (size_t i = 0; i < ti->n_facts; i++)
        name_w = fmax(name_w, pdf_measure(g->cx->m, size, ti->facts[i].name));
    name_w = fmin(name_w, half * 0.5);
    for (size_t i = 0; i < ti->n_facts; i += 2) {
        double row_h = line_h;
        for (size_t k = i; k < i + 2 && k < ti->n_facts; k++) {
            double x = k == i ? 0 : half, vx = x + name_w + 10;
            int up = pdf_tag_open(g, PDF_TAG_P);
            pdf_put_text(&g->ops, g->cx->m, x, y + pdf_baseline(line_h, size), size, 0, th->muted, ti->facts[k].name,
                         PDF_SET_LEFT, name_w);
            pdf_text t;
            wrap_block(g, NULL, ti->facts[k].value, 0, th->ink, size, half - name_w - 22, PDF_SET_LEFT, &t);
            for (size_t l = 0; l < t.n_lines; l++)
                pdf_text_put(&t, l, &g->ops, vx, y + (double)l * line_h + pdf_baseline(line_h, size), size, half, PDF_SET_LEFT);
            row_h = fmax(row_h, (double)t.n_lines * line_h);
            pdf_tag_close(g, up);
            pdf_text_release(&t);
        }
        y += row_h;
    }
    return y;
}

/* In the upper right corner; returns the width it takes from the words. */
static double put_logo(pdf_galley *g, const pdf_image *m)
{
    const double most_w = 120, most_h = 42, gap = 14;
    if (!m) return 0;
    double scale = fmin(most_w / m->w, most_h / m->h);
    pdf_op *op = pdf_ops_add(&g->ops, PDF_OP_IMAGE);
    op->w = m->w * scale, op->h = m->h * scale, op->x = g->width - op->w, op->image = m;
    return op->w + gap;
}

void pdf_set_title(pdf_galley *g, const pdf_block *b)
{
    const pdf_theme *th = g->cx->th;
    const pdf_title *ti = b->u.title;
    size_t op0 = g->ops.n;
    double y = 0;
    const struct {
        const char *text;
        double size, line, gap;
        uint8_t style;
        pdf_rgb colour;
    } part[] = {
        {ti->kicker, th->table_pt + 0.5, 1.5, 3, PDF_BOLD, th->accent},
        {ti->title, th->title_pt, 1.3, 4, PDF_BOLD, th->accent_dark},
        {ti->subtitle, th->body_pt + 1.2, 1.5, 6, 0, th->muted},
    };
    pdf_put_rect(&g->ops, 0, 0, 46, 3.2, th->accent);
    y += 14;
    double room = g->width - put_logo(g, b->image);
    for (size_t i = 0; i < sizeof part / sizeof *part; i++) {
        if (!part[i].text || !*part[i].text) continue;
        pdf_text t;
        wrap_block(g, NULL, part[i].text, part[i].style, part[i].colour, part[i].size, room, PDF_SET_LEFT, &t);
        pdf_text_even(&t, part[i].size, room);
        double line_h = part[i].size * part[i].line;
        int up = pdf_tag_open(g, i == 1 ? PDF_TAG_TITLE : PDF_TAG_P);
        for (size_t l = 0; l < t.n_lines; l++, y += line_h)
            pdf_text_put(&t, l, &g->ops, 0, y + pdf_baseline(line_h, part[i].size), part[i].size, g->width, PDF_SET_LEFT);
        pdf_tag_close(g, up);
        y += part[i].gap;
        pdf_text_release(&t);
    }
    if (ti->n_facts > 0) {
        pdf_put_line(&g->ops, 0, y + 1, g->width, y + 1, th->faint, 0.7);
        y = put_facts(g, ti, y + 7) + 5;
    }
    pdf_put_line(&g->ops, 0, y + 1, g->width, y + 1, th->faint, 0.7);
    pdf_galley_item(g, op0, y + 2)->after = 14;
}

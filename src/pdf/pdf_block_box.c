/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Boxes: notes, tiles, room to write, contents. */
#include "pdf_block.h"
#include "pdf_sign.h"
#include "pdf_tag.h"
#include <math.h>
#include <string.h>

/* --- notes --- */
typedef struct note_look {
    pdf_rgb colour;
    pdf_sign sign;
} note_look;

static note_look look_of(const pdf_theme *th, pdf_note_kind kind)
{
    switch (kind) {
    case PDF_NOTE_GOOD: return (note_look){th->good, PDF_SIGN_DISC};
    case PDF_NOTE_WARN: return (note_look){th->warn, PDF_SIGN_TRIANGLE};
    case PDF_NOTE_BAD: return (note_look){th->bad, PDF_SIGN_SQUARE};
    case PDF_NOTE_TRAINER: return (note_look){th->warn, PDF_SIGN_DIAMOND};
    case PDF_NOTE_INFO: break;
    }
    return (note_look){th->accent, PDF_SIGN_RING};
}

/* One strip of a note: background, bar; the caller adds the text above it. */
static size_t open_strip(pdf_galley *g, double h, pdf_rgb bar)
{
    size_t op0 = g->ops.n;
    pdf_put_rect(&g->ops, 0, 0, g->width, h, g->cx->th->tint)->flags = PDF_JOIN;
    pdf_put_rect(&g->ops, 0, 0, 3, h, bar)->flags = PDF_JOIN;
    return op0;
}

/* Lines of t at x, every one on its strip; with_sign: the kind's sign in front of the first. */
static void note_lines(pdf_galley *g, const pdf_text *t, double x, double size, double line_h, double w,
                       const note_look *look, bool with_sign, pdf_set set)
{
    for (size_t i = 0; i < t->n_lines; i++) {
        size_t op0 = open_strip(g, line_h, look->colour);
        double base = pdf_baseline(line_h, size);
        if (with_sign && i == 0)
            pdf_put_sign(&g->ops, look->sign, x - 9, base - size * 0.36, 3.4, look->colour, PDF_NONE);
        pdf_text_put(t, i, &g->ops, x, base, size, w, set);
        pdf_galley_item(g, op0, line_h)->keep = true;
    }
}

void pdf_set_note(pdf_galley *g, const pdf_block *b)
{
    enum { SHORT_NOTE = 12 }; /* lines that stay together */
    const pdf_theme *th = g->cx->th;
    note_look look = look_of(th, (pdf_note_kind)b->number);
    const double pad = 8, x = 15, w = g->width - x - 12, size = th->body_pt - 0.5;
    const double line_h = size * (g->cx->lang == PDF_ZH ? th->leading : th->leading - 0.14);
    size_t first = g->n;
    size_t op0 = open_strip(g, pad, look.colour);
    pdf_galley_item(g, op0, pad)->keep = true;
    int up = pdf_tag_open(g, PDF_TAG_NOTE), note = pdf_tag_open(g, PDF_TAG_P);
    if (b->title && *b->title) {
        pdf_text t;
        pdf_text_init(&t, g->cx->m, &(pdf_run){b->title, PDF_BOLD, look.colour}, 1);
        pdf_text_wrap(&t, size, w - 13);
        note_lines(g, &t, x + 13, size, line_h, w - 13, &look, true, PDF_SET_LEFT);
        pdf_text_release(&t);
    }
    pdf_run one = {b->text, 0, th->ink}, *runs = &one;
    size_t n = 1;
    if (b->markup) n = pdf_mark_parse(g->cx->arena, pdf_ref_expand(g->cx, b->text), 0, th->ink, th->accent, &runs);
    pdf_text t;
    pdf_text_init(&t, g->cx->m, runs, n);
    pdf_set set = pdf_set_of(th, b, b->text, w, size);
    if (set == PDF_SET_JUSTIFY) pdf_text_fill(&t, size, w);
    else pdf_text_wrap(&t, size, w);
    size_t body = g->n;
    pdf_tag_close(g, note);
    pdf_tag_open(g, PDF_TAG_P);
    note_lines(g, &t, x, size, line_h, w, &look, false, set);
    if (t.n_lines > SHORT_NOTE)
        for (size_t i = body + 1; i + 3 < g->n; i++) g->v[i].keep = false;
    pdf_text_release(&t);
    pdf_tag_close(g, up);
    op0 = open_strip(g, pad, look.colour);
    pdf_galley_item(g, op0, pad);
    g->v[first].before = fmax(g->v[first].before, th->block_gap);
    g->v[g->n - 1].after = th->block_gap;
}

/* --- tiles --- */
/* Measured as it is set, bold: a figure whose end is cut off is another figure. */
static double value_size(const pdf_ctx *cx, const char *value, double room)
{
    double size = 18;
    pdf_text t;
    pdf_text_init(&t, cx->m, &(pdf_run){value, PDF_BOLD, 0}, 1);
    while (size > 7 && pdf_text_natural(&t, size) > room) size -= 0.5;
    pdf_text_release(&t);
    return size;
}

enum { TILE_LINES = 2 }; /* of a tile's label and of what stands under its value: more is cut */
static const double TILE_LINE = 10.5;

/* Lines of small print in a tile, at most two; put out when `put`. */
static size_t tile_text(pdf_galley *g, const char *text, double x, double y, double room, pdf_rgb colour, bool put)
{
    const double size = g->cx->th->small_pt;
    pdf_text t;
    pdf_text_init(&t, g->cx->m, &(pdf_run){text ? text : "", 0, colour}, 1);
    pdf_text_even(&t, size, room);
    pdf_text_cut(&t, g->cx->m, size, room, TILE_LINES);
    size_t n = t.n_lines;
    for (size_t i = 0; put && i < n; i++) pdf_text_put(&t, i, &g->ops, x, y + (double)i * TILE_LINE, size, room, PDF_SET_LEFT);
    pdf_text_release(&t);
    return n;
}

static double delta_room(const pdf_tile *t, double room)
{
    return t->tone == PDF_TONE_NONE ? room : room - 10;
}

static const char *tone_word(pdf_lang lang, pdf_tone tone)
{
    static const char *const words[][2] = {{"", ""}, {"良好", "good"}, {"注意", "watch"}, {"不佳", "bad"}, {"上升", "up"}, {"下降", "down"}};
    return words[tone][lang != PDF_ZH];
}

static void put_delta(pdf_galley *g, const pdf_tile *t, double x, double y, double room)
{
    const pdf_theme *th = g->cx->th;
    double size = th->small_pt;
    pdf_rgb colour = th->muted;
    pdf_sign sign = PDF_SIGNS;
    switch (t->tone) {
    case PDF_TONE_GOOD: colour = th->good, sign = PDF_SIGN_DISC; break;
    case PDF_TONE_WARN: colour = th->warn, sign = PDF_SIGN_TRIANGLE; break;
    case PDF_TONE_BAD: colour = th->bad, sign = PDF_SIGN_SQUARE; break;
    case PDF_TONE_UP: colour = th->good, sign = PDF_SIGN_TRIANGLE; break;
    case PDF_TONE_DOWN: colour = th->bad, sign = PDF_SIGN_DOWN; break;
    case PDF_TONE_NONE: break;
    }
    if (sign != PDF_SIGNS) {
        int up = pdf_tag_open(g, PDF_TAG_SIGN);
        if (pdf_tag_now(g)) pdf_tag_now(g)->alt = tone_word(g->cx->lang, t->tone);
        pdf_put_sign(&g->ops, sign, x + 3, y - size * 0.36, 2.5, colour, PDF_NONE);
        pdf_tag_close(g, up);
        x += 10;
    }
    int up = pdf_tag_open(g, PDF_TAG_SPAN);
    tile_text(g, t->delta, x, y, delta_room(t, room), colour, true);
    pdf_tag_close(g, up);
}

/* What all tiles of a block have in common. */
typedef struct tile_form {
    double w, size;
    size_t label, delta; /* lines */
} tile_form;

static double tile_height(const tile_form *f)
{
    return 52 + ((double)f->label - 1) * TILE_LINE + (f->delta ? 14 + ((double)f->delta - 1) * TILE_LINE : 0);
}

static void put_tile(pdf_galley *g, const pdf_tile *t, double x, const tile_form *f)
{
    const pdf_theme *th = g->cx->th;
    const double pad = 10, w = f->w, h = tile_height(f), down = ((double)f->label - 1) * TILE_LINE;
    pdf_put_rect(&g->ops, x, 0, w, h, th->tint);
    pdf_put_rect(&g->ops, x, 0, w, 2, th->accent);
    int list = pdf_tag_open(g, PDF_TAG_LI);
    pdf_tag_open(g, PDF_TAG_LBODY);
    tile_text(g, t->label, x + pad, 18, w - 2 * pad, th->muted, true);
    pdf_put_text(&g->ops, g->cx->m, x + pad, 41 + down, f->size, PDF_BOLD, th->accent_dark, t->value, PDF_SET_LEFT, w - 2 * pad);
    if (t->delta) put_delta(g, t, x + pad, 56 + down, w - 2 * pad);
    pdf_tag_close(g, list);
}

void pdf_set_tiles(pdf_galley *g, const pdf_block *b)
{
    const pdf_theme *th = g->cx->th;
    size_t rows = (b->n + 3) / 4, per = (b->n + rows - 1) / rows, first = g->n;
    if (b->n == 5) per = g->width > 400 ? 5 : per, rows = g->width > 400 ? 1 : rows;
    const double gutter = 9, w = (g->width - gutter * (double)(per - 1)) / (double)per;
    tile_form f = {.w = w, .size = 18, .label = 1};
    for (size_t i = 0; i < b->n; i++) {
        const pdf_tile *t = &b->u.tiles[i];
        size_t label = tile_text(g, t->label, 0, 0, w - 20, 0, false);
        size_t delta = t->delta ? tile_text(g, t->delta, 0, 0, delta_room(t, w - 20), 0, false) : 0;
        if (label > f.label) f.label = label;
        if (delta > f.delta) f.delta = delta;
        f.size = fmin(f.size, value_size(g->cx, t->value, w - 20));
    }
    double h = tile_height(&f);
    int up = pdf_tag_open(g, PDF_TAG_L);
    for (size_t r = 0; r < rows; r++) {
        size_t op0 = g->ops.n;
        for (size_t k = 0; k < per && r * per + k < b->n; k++)
            put_tile(g, &b->u.tiles[r * per + k], (double)k * (w + gutter), &f);
        pdf_item *it = pdf_galley_item(g, op0, h);
        it->before = r ? gutter : it->before;
        it->keep = r + 1 < rows;
    }
    pdf_tag_close(g, up);
    g->v[first].before = fmax(g->v[first].before, th->block_gap);
    g->v[g->n - 1].after = th->block_gap + 2;
}

/* --- room to write --- */
static void put_prompt(pdf_galley *g, const pdf_block *b)
{
    if (!b->text || !*b->text) return;
    size_t first = g->n;
    pdf_block p = *b;
    p.kind = PDF_B_PARAGRAPH;
    pdf_set_paragraph(g, &p);
    for (size_t i = first; i < g->n; i++) g->v[i].keep = true;
    g->v[g->n - 1].after = 0;
}

void pdf_set_lines(pdf_galley *g, const pdf_block *b)
{
    const pdf_theme *th = g->cx->th;
    const double step = PDF_MM(8.5);
    put_prompt(g, b);
    for (int i = 0; i < b->number; i++) {
        size_t op0 = g->ops.n;
        pdf_put_line(&g->ops, 0, step, g->width, step, th->unknown, 0.5);
        pdf_item *it = pdf_galley_item(g, op0, step);
        it->keep = i == 0 || i + 2 == b->number; /* no single line left over */
    }
    if (b->number > 0) {
        g->v[g->n - 1].keep = false;
        g->v[g->n - 1].after = th->block_gap;
    }
}

void pdf_set_choices(pdf_galley *g, const pdf_block *b)
{
    const pdf_theme *th = g->cx->th;
    const double side = PDF_MM(4), line_h = PDF_MM(8), size = th->body_pt - 0.3;
    put_prompt(g, b);
    double x = 0;
    size_t op0 = g->ops.n;
    int up = pdf_tag_open(g, PDF_TAG_L), list = g->ops.tag;
    for (size_t i = 0; i < b->n; i++) {
        double w = fmin(pdf_measure(g->cx->m, size, b->items[i]), g->width - side - 6);
        if (x > 0 && x + side + 6 + w > g->width) {
            pdf_galley_item(g, op0, line_h)->keep = true;
            op0 = g->ops.n;
            x = 0;
        }
        pdf_tag_open(g, PDF_TAG_LI);
        pdf_tag_open(g, PDF_TAG_LBODY);
        pdf_put_frame(&g->ops, x + 0.5, (line_h - side) / 2, side, side, th->muted, 0.8)->size = 1;
        pdf_put_text(&g->ops, g->cx->m, x + side + 6, pdf_baseline(line_h, size), size, 0, th->ink, b->items[i],
                     PDF_SET_LEFT, w + 0.1);
        pdf_tag_close(g, list);
        x += side + 6 + w + 22;
    }
    pdf_tag_close(g, up);
    pdf_galley_item(g, op0, line_h)->after = th->block_gap * 0.6;
}

/* At the width asked for, or 150 pixels to the inch; never wider than the column nor higher than two thirds of a page. */
void pdf_set_image(pdf_galley *g, const pdf_block *b)
{
    const pdf_theme *th = g->cx->th;
    const pdf_image *m = b->image;
    double w = fmin(b->height > 0 ? b->height : m->w * 72.0 / 150, g->width), h = w * m->h / m->w, most = g->cx->body_h * 2 / 3;
    if (h > most) w *= most / h, h = most;
    pdf_set_caption(g, b->title);
    size_t op0 = g->ops.n;
    pdf_op *op = pdf_ops_add(&g->ops, PDF_OP_IMAGE);
    op->w = w, op->h = h, op->image = m;
    pdf_item *it = pdf_galley_item(g, op0, h);
    if (!b->title) it->before = fmax(it->before, th->block_gap);
    it->after = th->block_gap;
}

void pdf_set_rule(pdf_galley *g)
{
    const pdf_theme *th = g->cx->th;
    size_t op0 = g->ops.n;
    pdf_put_line(&g->ops, 0, 0.5, g->width, 0.5, th->faint, 0.7);
    pdf_item *it = pdf_galley_item(g, op0, 1);
    it->before = fmax(it->before, th->block_gap);
    it->after = th->block_gap;
}

/* --- contents --- */
static void put_toc_line(pdf_galley *g, const pdf_mark *h, int target)
{
    const pdf_theme *th = g->cx->th;
    const double indent[] = {0, 16, 32};
    double size = h->level == 1 ? th->body_pt : th->body_pt - 0.6, line_h = size * 1.75, x = indent[h->level - 1];
    double room = g->width - x - 34, base = pdf_baseline(line_h, size);
    uint8_t style = h->level == 1 ? PDF_BOLD : 0;
    size_t op0 = g->ops.n;
    int up = pdf_tag_open(g, PDF_TAG_TOCI);
    pdf_tag_open(g, PDF_TAG_REFERENCE);
    pdf_tag_open(g, PDF_TAG_LINK);
    double w = pdf_put_text(&g->ops, g->cx->m, x, base, size, style, th->ink, h->text, PDF_SET_LEFT, room);
    /* leaders start on a grid of the whole page, so that their dots stand in columns */
    double from = ceil((x + w + 6) / 4) * 4;
    if (from < g->width - 24) pdf_put_line(&g->ops, from, base - 1, g->width - 24, base - 1, th->unknown, 0.6)->dash = 1;
    pdf_op *op = pdf_ops_add(&g->ops, PDF_OP_TEXT);
    op->x = g->width, op->y = base, op->size = size, op->style = style, op->fill = th->ink;
    op->text = "", op->flags = PDF_PAGE_REF, op->target = target;
    pdf_put_link(&g->ops, 0, 0, g->width, line_h, target);
    pdf_tag_close(g, up);
    pdf_item *it = pdf_galley_item(g, op0, line_h);
    if (h->level == 1) it->before = 4;
}

void pdf_set_toc(pdf_galley *g, const pdf_block *b, const pdf_mark *headings, size_t n)
{
    const pdf_theme *th = g->cx->th;
    double size = th->heading_pt[0], line_h = size * 1.35;
    size_t op0 = g->ops.n;
    int up = pdf_tag_open(g, PDF_TAG_TOC), contents = pdf_tag_open(g, PDF_TAG_CAPTION);
    pdf_put_text(&g->ops, g->cx->m, 0, pdf_baseline(line_h, size), size, PDF_BOLD, th->accent_dark, b->title, PDF_SET_LEFT,
                 g->width);
    pdf_tag_close(g, contents);
    pdf_item *it = pdf_galley_item(g, op0, line_h);
    it->keep = true;
    it->before = fmax(it->before, th->heading_before[0]);
    it->after = 8;
    for (size_t i = 0; i < n; i++)
        if (headings[i].level <= b->number) put_toc_line(g, &headings[i], (int)i);
    pdf_tag_close(g, up);
    g->v[g->n - 1].after = th->block_gap * 2;
    g->v[g->n - 1].keep = false;
}

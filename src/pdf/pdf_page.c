/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Paging: walk the galley, cut it into pages; then what is known only afterwards. */
#include "pdf_layout.h"
#include <math.h>
#include <stdio.h>
#include <string.h>

void pdf_paper_size(pdf_paper paper, double *w, double *h)
{
    static const double mm[][2] = {{210, 297}, {297, 420}, {215.9, 279.4}, {148, 210}};
    *w = PDF_MM(mm[paper][0]), *h = PDF_MM(mm[paper][1]);
}

void pdf_page_size(const pdf_doc_opts *o, bool landscape, double *w, double *h)
{
    double a, b;
    pdf_paper_size(o->paper, &a, &b);
    *w = landscape ? b : a;
    *h = landscape ? a : b;
}

typedef struct placer {
    const pdf_galley *g;
    const pdf_theme *th;
    pdf_list *list;
    const pdf_aside **wait; /* those asked for on this page: they follow it, or stand at the head of the next one */
    size_t n_wait, cap_wait;
    double left, top, bottom;
    double y;      /* foot of what was placed last */
    double after;  /* gap it asks for */
    bool fresh;    /* nothing on this page yet */
    bool head_due; /* none of the text on this page yet: a table that goes on repeats its head */
    bool dry;      /* only to see where things would stand: nothing is drawn */
    double tight;  /* gaps are so much of what they ask for */
    size_t pages;  /* begun */
} placer;

static kam_rc place_turned(placer *p, kam_err *err);

static kam_rc add_page(placer *p, kam_err *err)
{
    if (p->dry) return KAM_OK;
    kam_rc rc = place_turned(p, err);
    if (rc != KAM_OK) return rc;
    if (p->list->n_pages >= PDF_MAX_PAGES) {
        kam_err_set(err, KAM_LIMIT, "the document has more than %d pages; leave out rows or split it", PDF_MAX_PAGES);
        kam_err_word(err, "pages");
        return KAM_LIMIT;
    }
    if (pdf_watch_stop(p->g->cx->watch)) return KAM_INTERRUPT; /* told already */
    pdf_list_add_page(p->list);
    return KAM_OK;
}

static pdf_ops *page_ops(placer *p)
{
    return &p->list->pages[p->list->n_pages - 1];
}

static double head_height(const placer *p, const pdf_item *it)
{
    return it->head >= 0 ? p->g->heads[it->head].height : 0;
}

static double gap_of(const placer *p, double after, const pdf_item *it)
{
    const double least = 4.5; /* paragraphs keep apart */
    double gap = fmax(after, it->before);
    return fmax(p->tight * gap, fmin(gap, least));
}

/* It was read where it stood first. */
static void repeat_head(pdf_ops *page, const pdf_ops *src, const pdf_head *h, double x, double y)
{
    size_t at = page->n;
    pdf_ops_copy(page, src, h->op0, h->op1, x, y);
    for (; at < page->n; at++) page->v[at].tag = 0;
}

static void place_item(placer *p, const pdf_item *it)
{
    if (!p->fresh) p->y += gap_of(p, p->after, it);
    if (p->head_due && it->head >= 0) {
        const pdf_head *h = &p->g->heads[it->head];
        if (!p->dry) repeat_head(page_ops(p), &p->g->ops, h, p->left, p->y);
        p->y += h->height;
    }
    if (!p->dry) pdf_ops_copy(page_ops(p), &p->g->ops, it->op0, it->op1, p->left, p->y);
    p->y += it->height;
    p->after = it->after;
    if (it->height > 0) p->fresh = p->head_due = false;
}

/* Height of items [from, to) when placed now, or on a fresh page. */
static double run_height(const placer *p, size_t from, size_t to, bool fresh)
{
    double h = 0, after = p->after;
    bool due = fresh || p->head_due;
    for (size_t i = from; i < to; i++) {
        const pdf_item *it = &p->g->v[i];
        if (it->aside) continue;
        if (due) h += head_height(p, it);
        if (!fresh) h += gap_of(p, after, it);
        h += it->height;
        after = it->after;
        if (it->height > 0) fresh = due = false;
    }
    return h;
}

static const double slack = 0.01; /* sums of doubles */

/* What waits for the head of a page, as far as there is room; at least one finds it. */
static void place_heads(placer *p)
{
    size_t left = 0;
    for (size_t i = 0; i < p->n_wait; i++) {
        placer q = *p;
        q.g = &p->wait[i]->g;
        if (left || (!p->fresh && run_height(&q, 0, q.g->n, false) > p->bottom - p->y + slack)) {
            p->wait[left++] = p->wait[i];
            continue;
        }
        for (size_t k = 0; k < q.g->n; k++) place_item(&q, &q.g->v[k]);
        p->y = q.y, p->after = q.after, p->fresh = false;
    }
    p->n_wait = left;
}

static kam_rc open_page(placer *p, kam_err *err)
{
    kam_rc rc = add_page(p, err);
    p->y = p->top;
    p->after = 0;
    p->pages++;
    p->fresh = p->head_due = true;
    if (rc == KAM_OK) place_heads(p);
    return rc;
}

static size_t chain_end(const pdf_galley *g, size_t i)
{
    while (i + 1 < g->n && g->v[i].keep && !g->v[i + 1].new_page) i++;
    return i + 1;
}

/* Items of a column from *at on, down to the foot of the page; false: some are left for the next one. At the top of a whole page
 * (`full`) one item is placed in any case. *foot grows to where the column ends. */
static bool fill_side(const placer *p, const pdf_side *s, double top, bool full, size_t *at, double *foot)
{
    placer c = {.g = &s->g, .list = p->list, .left = p->left + s->x, .top = p->top, .bottom = p->bottom, .y = top, .fresh = true, .head_due = true, .dry = p->dry, .tight = p->tight};
    size_t i = *at;
    while (i < s->g.n) {
        size_t end = chain_end(&s->g, i);
        double room = c.bottom - c.y + slack;
        if (!c.fresh && (s->g.v[i].new_page || s->g.v[i].need > room)) break;
        bool fits = run_height(&c, i, end, c.fresh) <= room, hopeless = run_height(&c, i, end, true) > c.bottom - c.top + slack;
        if (!fits && !hopeless && !(c.fresh && full)) break; /* whole on the next page */
        size_t before = i;
        while (i < end && ((c.fresh && full) || run_height(&c, i, i + 1, c.fresh) <= c.bottom - c.y + slack)) place_item(&c, &s->g.v[i++]);
        if (i < end || i == before) break;
    }
    *at = i;
    *foot = fmax(*foot, c.y);
    return i == s->g.n;
}

static kam_rc place_sides(placer *p, const pdf_item *it, kam_err *err)
{
    size_t *at = kam_calloc(it->n_sides, sizeof *at);
    kam_rc rc = KAM_OK;
    bool full = p->fresh, left = true;
    double top = p->fresh ? p->y : p->y + gap_of(p, p->after, it);
    while (rc == KAM_OK && left) {
        double foot = top;
        left = false;
        for (size_t k = 0; k < it->n_sides; k++)
            if (!fill_side(p, &it->sides[k], top, full, &at[k], &foot)) left = true;
        p->y = foot;
        if (left) rc = open_page(p, err);
        top = left ? p->y : foot;
        full = true;
    }
    p->after = it->after;
    p->fresh = p->head_due = false;
    kam_free(at);
    return rc;
}

/* Items [0, to), which is the end of a chain. */
static kam_rc place_all(placer *p, size_t to, kam_err *err)
{
    const pdf_galley *g = p->g;
    kam_rc rc = open_page(p, err);
    for (size_t i = 0; i < to && rc == KAM_OK;) {
        size_t end = chain_end(g, i);
        double room = p->bottom - p->y + slack;
        bool forced = g->v[i].new_page || (g->v[i].need > 0 && g->v[i].need > room);
        if (!p->fresh && (forced || run_height(p, i, end, false) > room)) {
            /* a chain too tall for any page is cut where it must be, but starts here only if its first half fits */
            bool hopeless = run_height(p, i, end, true) > p->bottom - p->top + slack;
            if (forced || !hopeless || run_height(p, i, i + 1, false) > room) rc = open_page(p, err);
            if (rc != KAM_OK) break;
        }
        for (; i < end && rc == KAM_OK; i++) {
            if (!p->fresh && run_height(p, i, i + 1, false) > p->bottom - p->y + slack) rc = open_page(p, err);
            if (rc != KAM_OK || (p->dry && g->v[i].aside && g->v[i].aside->turned)) continue;
            if (g->v[i].aside) {
                KAM_GROW(p->wait, p->cap_wait, p->n_wait + 1);
                p->wait[p->n_wait++] = g->v[i].aside;
            } else if (g->v[i].sides) rc = place_sides(p, &g->v[i], err);
            else place_item(p, &g->v[i]);
        }
    }
    return rc;
}

static placer placer_of(const pdf_galley *g, const pdf_theme *th, pdf_list *list)
{
    return (placer){.g = g, .th = th, .list = list, .left = th->margin_left, .top = th->margin_top, .bottom = list->page_h - th->margin_bottom, .tight = 1};
}

/* Pages turned round come before what waits for the next page of the text. */
static kam_rc place_turned(placer *p, kam_err *err)
{
    pdf_list *list = p->list;
    const double w = list->page_w, h = list->page_h;
    kam_rc rc = KAM_OK;
    size_t left = 0;
    for (size_t i = 0; i < p->n_wait; i++) {
        const pdf_aside *a = p->wait[i];
        if (!a->turned || rc != KAM_OK) {
            p->wait[left++] = a;
            continue;
        }
        if (p->dry) continue;
        list->page_w = a->page_w, list->page_h = a->page_h;
        placer q = placer_of(&a->g, p->th, list);
        rc = place_all(&q, a->g.n, err);
    }
    p->n_wait = left;
    list->page_w = w, list->page_h = h;
    return rc;
}

/* All of it; what still waits stands on pages of its own. */
static kam_rc place_galley(placer *p, kam_err *err)
{
    kam_rc rc = place_all(p, p->g->n, err);
    if (rc == KAM_OK) rc = place_turned(p, err);
    while (rc == KAM_OK && p->n_wait) rc = open_page(p, err);
    return rc;
}

/* A last page that holds little is drawn into those before it where gaps that are somewhat smaller do that: the largest part of
 * them that does; 1 where none does, or where the galley is so long that the last page does not matter. */
static double tightness(const pdf_galley *g, const pdf_theme *th, pdf_list *list)
{
    enum { LONG = 5000 };
    static const double steps[] = {1, 0.92, 0.84, 0.76, 0.68, 0.6}, little = 0.3;
    size_t pages = 0;
    for (size_t i = 0; g->n <= LONG && i < sizeof steps / sizeof *steps; i++) {
        placer p = placer_of(g, th, list);
        p.dry = true, p.tight = steps[i];
        place_galley(&p, NULL);
        kam_free(p.wait);
        if (i > 0 ? p.pages < pages : p.pages < 2 || p.y - p.top > little * (p.bottom - p.top)) return p.tight;
        pages = p.pages;
    }
    return 1;
}

kam_rc pdf_page_place(const pdf_galley *g, const pdf_theme *th, pdf_list *list, kam_err *err)
{
    placer p = placer_of(g, th, list);
    p.tight = tightness(g, th, list);
    if (g->n == 0 && list->n_pages > 0) return KAM_OK;
    kam_rc rc = place_galley(&p, err);
    kam_free(p.wait);
    return rc;
}

pdf_room pdf_page_room(const pdf_galley *g)
{
    const pdf_ctx *cx = g->cx;
    if (g != cx->body) return (pdf_room){cx->body_h, cx->body_h};
    size_t tied = g->n;
    while (tied > 0 && g->v[tied - 1].keep) tied--;
    placer p = placer_of(g, cx->th, cx->list);
    p.dry = true;
    place_all(&p, tied, NULL);
    pdf_room room = {p.bottom - p.y, p.bottom - p.top - run_height(&p, tied, g->n, true)};
    bool forced = tied < g->n && (g->v[tied].new_page || g->v[tied].need > room.here + slack);
    room.here = forced && !p.fresh ? 0 : room.here - run_height(&p, tied, g->n, p.fresh);
    if (g->n > tied) p.after = g->v[g->n - 1].after;
    room.here -= p.after;
    if (g->n > tied) room.fresh -= p.after;
    for (size_t i = 0; i < p.n_wait; i++) { /* they come first there */
        placer q = p;
        q.g = &p.wait[i]->g;
        room.fresh -= run_height(&q, 0, q.g->n, true) + p.th->block_gap;
    }
    kam_free(p.wait);
    return room;
}

/* --- after paging --- */
/* Does strip b stand right under strip a? */
static bool continues(const pdf_op *a, const pdf_op *b)
{
    return a->kind == PDF_OP_RECT && (a->flags & PDF_JOIN) && a->fill == b->fill && fabs(a->x - b->x) < 0.01 &&
           fabs(a->w - b->w) < 0.01 && fabs(a->y + a->h - b->y) < 0.01;
}

/* A box that may break over pages comes as one strip a line; joined they have no seams. Text of the lines between
 * was drawn over its own strip and must stay above the joined one: that grows at the place of its first strip. */
static void join_rects(pdf_ops *page)
{
    enum { LOOK_BACK = 64 };
    size_t out = 0;
    for (size_t i = 0; i < page->n; i++) {
        const pdf_op op = page->v[i];
        if (op.kind == PDF_OP_RECT && (op.flags & PDF_JOIN)) {
            size_t stop = out > LOOK_BACK ? out - LOOK_BACK : 0, k = out;
            while (k > stop && !continues(&page->v[k - 1], &op)) k--;
            if (k > stop) {
                page->v[k - 1].h += op.h;
                continue;
            }
        }
        page->v[out++] = op;
    }
    page->n = out;
}

void pdf_page_resolve(pdf_list *list, const pdf_metrics *m, pdf_watch *w)
{
    for (size_t p = 0; p < list->n_pages && !pdf_watch_stop(w); p++) {
        pdf_ops *page = &list->pages[p];
        for (size_t i = 0; i < page->n; i++) {
            const pdf_op *op = &page->v[i];
            if (op->kind != PDF_OP_MARK) continue;
            list->marks[op->target].page = p;
            list->marks[op->target].y = op->y;
        }
        join_rects(page);
    }
    for (size_t p = 0; p < list->n_pages && !pdf_watch_stop(w); p++)
        for (size_t i = 0; i < list->pages[p].n; i++) {
            pdf_op *op = &list->pages[p].v[i];
            if (op->kind != PDF_OP_TEXT || !(op->flags & PDF_PAGE_REF)) continue;
            op->text = kam_arena_printf(&list->arena, "%zu", list->marks[op->target].page + 1);
            op->n_chars = strlen(op->text);
            op->w = pdf_measure(m, op->size, op->text);
            op->x -= op->w;
            op->flags &= (uint8_t)~PDF_PAGE_REF;
        }
}

static void furnish_page(pdf_list *l, size_t p, const pdf_doc_opts *o, const pdf_theme *th, const pdf_metrics *m)
{
    pdf_ops *ops = &l->pages[p];
    double left = th->margin_left, right = ops->page_w - th->margin_right, w = right - left;
    bool outer_left = o->mirrored && p % 2 == 1, plain = o->first_page_plain && p == 0;
    if (plain && o->header_right) /* whom a document is for stands on every page: a poster has no other */
        pdf_put_text(ops, m, right, th->margin_top - 22, th->small_pt, 0, th->muted, o->header_right, PDF_SET_RIGHT, w);
    if ((o->header_left || o->header_right) && !plain) {
        double y = th->margin_top - 22;
        const char *a = outer_left ? o->header_right : o->header_left, *b = outer_left ? o->header_left : o->header_right;
        double room = fmax(w * 0.4, w - 18 - (a ? pdf_measure(m, th->small_pt, a) : 0));
        double bw = pdf_put_text(ops, m, right, y, th->small_pt, 0, th->muted, b, PDF_SET_RIGHT, room);
        pdf_put_text(ops, m, left, y, th->small_pt, 0, th->muted, a, PDF_SET_LEFT, w - bw - 18);
        pdf_put_line(ops, left, y + 5.5, right, y + 5.5, th->faint, 0.6);
    }
    double y = ops->page_h - th->margin_bottom + 26;
    if (!o->no_page_numbers) {
        char number[64];
        if (o->lang == PDF_ZH) snprintf(number, sizeof number, "第 %zu 页 / 共 %zu 页", p + 1, l->n_pages);
        else snprintf(number, sizeof number, "page %zu of %zu", p + 1, l->n_pages);
        pdf_put_text(ops, m, outer_left ? left : right, y, th->small_pt, 0, th->muted, number,
                     outer_left ? PDF_SET_LEFT : PDF_SET_RIGHT, 0);
    }
    if (o->footer_left)
        pdf_put_text(ops, m, outer_left ? right : left, y, th->small_pt, 0, th->muted, o->footer_left,
                     outer_left ? PDF_SET_RIGHT : PDF_SET_LEFT, w - 110);
}

void pdf_page_furnish(pdf_list *list, const pdf_doc_opts *o, const pdf_theme *th, const pdf_metrics *m, pdf_watch *w)
{
    for (size_t p = 0; p < list->n_pages && !pdf_watch_stop(w); p++) furnish_page(list, p, o, th, m);
}

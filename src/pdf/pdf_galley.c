/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The galley, and the driver that sets all blocks of a flow into one. */
#include "pdf_block.h"
#include "pdf_break.h"
#include "pdf_tag.h"
#include <math.h>

bool pdf_watch_stop(pdf_watch *w)
{
    enum { EVERY = 64 };
    if (w->stopped || ++w->asked % EVERY != 0) return w->stopped;
    w->stopped = kam_progress_step(w->progress, "report", 0, 0, w->err) != KAM_OK;
    return w->stopped;
}

void pdf_galley_init(pdf_galley *g, const pdf_ctx *cx, double width)
{
    *g = (pdf_galley){.cx = cx, .width = width};
    pdf_ops_init(&g->ops, cx->arena);
}

static void sides_free(pdf_side *v, size_t n)
{
    for (size_t i = 0; i < n; i++) pdf_galley_release(&v[i].g);
    kam_free(v);
}

void pdf_galley_release(pdf_galley *g)
{
    for (size_t i = 0; i < g->n; i++) {
        sides_free(g->v[i].sides, g->v[i].n_sides);
        if (g->v[i].aside) pdf_galley_release(&g->v[i].aside->g);
        kam_free(g->v[i].aside);
    }
    pdf_ops_release(&g->ops);
    kam_free(g->v);
    kam_free(g->heads);
    *g = (pdf_galley){0};
}

pdf_item *pdf_galley_item(pdf_galley *g, size_t op0, double height)
{
    KAM_GROW(g->v, g->cap, g->n + 1);
    pdf_item *it = &g->v[g->n++];
    *it = (pdf_item){.height = height, .op0 = op0, .op1 = g->ops.n, .head = -1, .before = g->gap};
    g->gap = 0;
    return it;
}

static bool is_figure(pdf_block_kind kind)
{
    return (kind >= PDF_B_BAR && kind <= PDF_B_TIMELINE);
}

static void set_block(pdf_galley *g, const pdf_block *b, const pdf_list *list)
{
    int before = g->ops.tag;
    if (pdf_tag_wanted(g) && is_figure(b->kind)) {
        pdf_tag_open(g, PDF_TAG_FIGURE);
        pdf_tag_now(g)->alt = pdf_alt_of(g->cx, b);
    }
    if (b->kind != PDF_B_LIST) g->items[0] = g->items[1] = 0;
    switch (b->kind) {
    case PDF_B_TITLE: pdf_set_title(g, b); break;
    case PDF_B_HEADING: pdf_set_heading(g, b); break;
    case PDF_B_PARAGRAPH: pdf_set_paragraph(g, b); break;
    case PDF_B_SMALL: pdf_set_small(g, b, b->text); break;
    case PDF_B_LIST: pdf_set_list(g, b); break;
    case PDF_B_NOTE: pdf_set_note(g, b); break;
    case PDF_B_TILES: pdf_set_tiles(g, b); break;
    case PDF_B_LINES: pdf_set_lines(g, b); break;
    case PDF_B_CHOICES: pdf_set_choices(g, b); break;
    case PDF_B_RULE: pdf_set_rule(g); break;
    case PDF_B_TOC:
        if (!b->beyond || g->cx->pages > b->beyond) pdf_set_toc(g, b, list->marks, list->n_marks);
        break;
    case PDF_B_TABLE: pdf_set_table(g, b); break;
    case PDF_B_BAR: pdf_set_bar(g, b); break;
    case PDF_B_FUNNEL: pdf_set_funnel(g, b); break;
    case PDF_B_QUADRANT: pdf_set_quadrant(g, b); break;
    case PDF_B_LINE: pdf_set_line(g, b); break;
    case PDF_B_PEOPLE: pdf_set_people(g, b); break;
    case PDF_B_HEAT: pdf_set_heat(g, b); break;
    case PDF_B_WHALE: pdf_set_whale(g, b); break;
    case PDF_B_HISTOGRAM: pdf_set_histogram(g, b); break;
    case PDF_B_TIMELINE: pdf_set_timeline(g, b); break;
    case PDF_B_IMAGE: pdf_set_image(g, b); break;
    case PDF_B_BREAK: pdf_galley_item(g, g->ops.n, 0)->new_page = true; break;
    case PDF_B_SPACER: g->gap += b->height; break;
    case PDF_B_NEED: {
        pdf_item *it = pdf_galley_item(g, g->ops.n, 0);
        it->need = b->height;
        it->keep = true;
        break;
    }
    case PDF_B_COLUMNS: case PDF_B_COLUMNS_NEXT: case PDF_B_COLUMNS_END: case PDF_B_TURN: break; /* set_columns, set_section */
    }
    pdf_tag_close(g, before);
}

/* Stack the items of a column into one piece at x; returns its height. */
static double stack_column(pdf_galley *g, const pdf_galley *col, double x)
{
    double y = 0, after = 0;
    for (size_t i = 0; i < col->n; i++) {
        const pdf_item *it = &col->v[i];
        if (i > 0) y += fmax(after, it->before);
        pdf_ops_copy(&g->ops, &col->ops, it->op0, it->op1, x, y);
        y += it->height;
        after = it->after;
    }
    return y;
}

/* A sentence or two that lead into a table, figure or exercise stay with it. */
static bool leads_in(const struct pdf_flow *f, size_t i, size_t lines)
{
    enum { SHORT = 2 };
    if (f->v[i].kind != PDF_B_PARAGRAPH || lines > SHORT || i + 1 >= f->n) return false;
    switch (f->v[i + 1].kind) {
    case PDF_B_TABLE: case PDF_B_BAR: case PDF_B_FUNNEL: case PDF_B_QUADRANT: case PDF_B_LINE: case PDF_B_IMAGE: case PDF_B_LIST:
    case PDF_B_LINES: case PDF_B_CHOICES: case PDF_B_COLUMNS: return true;
    default: return false;
    }
}

/* Small print under a table speaks of the table: it never opens a page by itself. */
static void stay_with_table(pdf_galley *g, const struct pdf_flow *f, size_t i)
{
    if (i > 0 && f->v[i].kind == PDF_B_SMALL && f->v[i - 1].kind == PDF_B_TABLE && g->n) g->v[g->n - 1].keep = true;
}

/* What a heading leads stands nearer to it than to anything else, whatever gap it asks for elsewhere; `at` is its first item. */
static void stand_close(pdf_galley *g, size_t at, pdf_block_kind kind)
{
    const double most = 2; /* points more than the heading itself asks for */
    if (kind == PDF_B_SPACER) g->led = false;
    if (g->n == at) return;
    if (g->led && at > 0) g->v[at].before = fmin(g->v[at].before, g->v[at - 1].after + most);
    g->led = kind == PDF_B_HEADING;
}

/* Blocks [from, to) without columns in them. */
static void set_blocks(pdf_galley *g, const struct pdf_flow *f, size_t from, size_t to)
{
    for (size_t i = from; i < to && !pdf_watch_stop(g->cx->watch); i++) {
        size_t before = g->n;
        stay_with_table(g, f, i);
        set_block(g, &f->v[i], g->cx->list);
        stand_close(g, before, f->v[i].kind);
        if (g->n > before && (f->v[i].keep || leads_in(f, i, g->n - before))) g->v[g->n - 1].keep = true;
    }
}

static size_t column_end(const struct pdf_flow *f, size_t i)
{
    while (i < f->n && f->v[i].kind != PDF_B_COLUMNS_NEXT && f->v[i].kind != PDF_B_COLUMNS_END) i++;
    return i;
}

/* Side by side in one piece, or, taller than any page, each going on by itself on the pages that follow. */
static void put_sides(pdf_galley *g, pdf_side *side, size_t n)
{
    const double first_piece = 0.2; /* of a page: less room than that is left white */
    double height = 0, before = g->cx->th->block_gap;
    size_t op0 = g->ops.n;
    for (size_t k = 0; k < n; k++) {
        if (side[k].g.n) before = fmax(before, side[k].g.v[0].before); /* a heading on top keeps its distance */
        height = fmax(height, stack_column(g, &side[k].g, side[k].x));
    }
    bool whole = height <= g->cx->body_h;
    if (!whole) g->ops.n = op0;
    pdf_item *it = pdf_galley_item(g, op0, whole ? height : g->cx->body_h * first_piece);
    it->before = fmax(it->before, before);
    it->after = g->cx->th->block_gap;
    stand_close(g, g->n - 1, PDF_B_COLUMNS);
    if (whole) sides_free(side, n);
    else it->sides = side, it->n_sides = n;
}

/* The columns block at `at`; returns the index behind its end. */
static size_t set_columns(pdf_galley *g, const struct pdf_flow *f, size_t at)
{
    enum { MAX_COLUMNS = 6 };
    const double gutter = 16;
    const pdf_block *b = &f->v[at];
    size_t n = b->n > MAX_COLUMNS ? MAX_COLUMNS : b->n, used = 0;
    pdf_side *side = kam_calloc(n, sizeof *side);
    double sum = 0, x = 0;
    for (size_t k = 0; k < n; k++) sum += b->u.weights[k];
    size_t i = at + 1;
    while (used < n && i < f->n) {
        double w = (g->width - gutter * (double)(n - 1)) * b->u.weights[used] / sum;
        pdf_galley_init(&side[used].g, g->cx, w);
        side[used].x = x;
        size_t end = column_end(f, i);
        set_blocks(&side[used++].g, f, i, end);
        x += w + gutter;
        i = end + 1;
        if (end >= f->n || f->v[end].kind == PDF_B_COLUMNS_END) break;
    }
    put_sides(g, side, used);
    return i;
}

static double galley_height(const pdf_galley *g)
{
    double h = 0;
    for (size_t i = 0; i < g->n; i++) h += g->v[i].height + (i ? fmax(g->v[i - 1].after, g->v[i].before) : 0);
    return h;
}

static void say_where(pdf_galley *g, bool turned)
{
    static const char *const words[2][2] = {{"图见下页上方。", "The map stands at the head of the next page."},
                                            {"图见下一页（横向）。", "The map stands on the next page, which is turned."}};
    size_t at = g->n;
    pdf_set_small(g, NULL, words[turned][g->cx->lang != PDF_ZH]);
    stand_close(g, at, PDF_B_SMALL);
    g->v[g->n - 1].keep = true;
}

/* The block on a page turned round, or alone on one like these. */
static pdf_aside *set_apart(const struct pdf_flow *f, size_t at, pdf_ctx *cx, bool turned, double width, double height)
{
    const double page_w = cx->list->page_w, page_h = cx->list->page_h, body_h = cx->body_h;
    const pdf_galley *body = cx->body;
    pdf_aside *a = kam_zalloc(sizeof *a);
    a->turned = turned;
    a->page_w = turned ? page_h : page_w, a->page_h = turned ? page_w : page_h;
    cx->list->page_w = a->page_w, cx->list->page_h = a->page_h;
    cx->body_h = height, cx->body = &a->g;
    pdf_galley_init(&a->g, cx, width);
    a->g.aside = true;
    set_blocks(&a->g, f, at, at + 1);
    cx->list->page_w = page_w, cx->list->page_h = page_h;
    cx->body_h = body_h, cx->body = body;
    return a;
}

/* Does anything follow that can stand in the room a map leaves here? */
static bool text_follows(const struct pdf_flow *f, size_t at)
{
    return at + 1 < f->n && f->v[at + 1].kind != PDF_B_BREAK && f->v[at + 1].kind != PDF_B_TURN;
}

/* A people map that would be cut here, and is whole at the head of the next page or on one turned round, goes there. */
static bool set_aside(pdf_galley *g, const struct pdf_flow *f, size_t at, pdf_ctx *cx)
{
    const pdf_theme *th = &f->theme;
    const double page_w = cx->list->page_w, page_h = cx->list->page_h;
    const double width = page_h - th->margin_left - th->margin_right, height = page_w - th->margin_top - th->margin_bottom;
    pdf_people_place place = pdf_people_where(g, &f->v[at], width, height);
    if (place == PDF_PEOPLE_HERE || (place == PDF_PEOPLE_TURNED && page_w > page_h) || (place == PDF_PEOPLE_NEXT && !text_follows(f, at)))
        return false;
    bool turned = place == PDF_PEOPLE_TURNED;
    pdf_aside *a = set_apart(f, at, cx, turned, turned ? width : g->width, turned ? height : cx->body_h);
    if (!turned && galley_height(&a->g) > cx->body_h) {
        pdf_galley_release(&a->g);
        kam_free(a);
        return false;
    }
    say_where(g, turned);
    pdf_galley_item(g, g->ops.n, 0)->aside = a;
    return true;
}

/* Headings are counted before anything is set: contents stand before what they list. */
static void collect_marks(const struct pdf_flow *f, pdf_list *list)
{
    for (size_t i = 0; i < f->n; i++)
        if (f->v[i].kind == PDF_B_HEADING) {
            int k = pdf_list_add_mark(list, f->v[i].number, f->v[i].text);
            list->marks[k].name = f->v[i].name;
        }
}

/* The blocks from `at` up to the next turn of the paper, on pages of that form; returns where they end. */
static size_t set_section(const struct pdf_flow *f, size_t at, bool landscape, pdf_ctx *cx, kam_rc *rc, kam_err *err)
{
    const pdf_theme *th = &f->theme;
    pdf_list *list = cx->list;
    pdf_page_size(&f->opts, landscape, &list->page_w, &list->page_h);
    cx->body_h = list->page_h - th->margin_top - th->margin_bottom;
    pdf_galley g;
    pdf_galley_init(&g, cx, list->page_w - th->margin_left - th->margin_right);
    cx->body = &g;
    while (at < f->n && f->v[at].kind != PDF_B_TURN) {
        if (f->v[at].kind == PDF_B_COLUMNS) at = set_columns(&g, f, at);
        else {
            if (f->v[at].kind != PDF_B_PEOPLE || !set_aside(&g, f, at, cx)) set_blocks(&g, f, at, at + 1);
            at++;
        }
    }
    if (cx->watch->stopped) at = f->n;
    bool more = false; /* an empty section makes a page only when nothing else does */
    for (size_t i = at; i < f->n; i++) more = more || f->v[i].kind != PDF_B_TURN;
    *rc = cx->watch->stopped || (g.n == 0 && more) ? KAM_OK : pdf_page_place(&g, th, list, err);
    pdf_galley_release(&g);
    return at;
}

static kam_rc run_once(const struct pdf_flow *f, const pdf_metrics *m, const size_t *ref_pages, size_t n_pages, pdf_list *list,
                       kam_err *err)
{
    pdf_list_init(list, 0, 0);
    pdf_break_init();
    if (f->opts.tagged) pdf_tag_document(list);
    pdf_watch watch = {.progress = f->watch, .err = err};
    pdf_ctx cx = {&f->theme, m, f->opts.lang, &list->arena, 0, list, &watch, f->opts.word, ref_pages, n_pages, NULL};
    collect_marks(f, list);
    kam_rc rc = KAM_OK;
    bool landscape = f->opts.landscape;
    for (size_t i = 0; rc == KAM_OK;) {
        i = set_section(f, i, landscape, &cx, &rc, err);
        if (i >= f->n) break;
        landscape = f->v[i].number;
        i++;
    }
    if (rc == KAM_OK) {
        pdf_page_resolve(list, m, &watch);
        pdf_page_furnish(list, &f->opts, &f->theme, m, &watch);
    }
    if (watch.stopped) rc = KAM_INTERRUPT;
    if (rc != KAM_OK) pdf_list_release(list);
    return rc;
}

/* Do the pages of all marks agree with those the texts were set with? Notes the new ones. */
static bool settled(const pdf_list *list, size_t *pages, bool first)
{
    bool same = !first;
    for (size_t i = 0; i < list->n_marks; i++) {
        same = same && pages[i] == list->marks[i].page;
        pages[i] = list->marks[i].page;
    }
    return same;
}

/* Are there contents that were left out, in a document that turned out long enough for them? */
static bool contents_wait(const struct pdf_flow *f, size_t pages)
{
    for (size_t i = 0; i < f->n; i++)
        if (f->v[i].kind == PDF_B_TOC && f->v[i].beyond && pages > f->v[i].beyond) return true;
    return false;
}

/* A number that grows a digit may push its own target over a page's edge and back again: a few passes are enough for all
 * others, and then the last one stands. */
kam_rc pdf_layout_run(const struct pdf_flow *f, const pdf_metrics *m, pdf_list *list, kam_err *err)
{
    enum { PASSES = 4 };
    size_t n_pages = 0;
    kam_rc rc = run_once(f, m, NULL, 0, list, err);
    if (rc == KAM_OK && contents_wait(f, list->n_pages)) {
        n_pages = list->n_pages;
        pdf_list_release(list);
        rc = run_once(f, m, NULL, n_pages, list, err);
    }
    if (rc != KAM_OK || !pdf_ref_any(f)) return rc;
    size_t *pages = kam_calloc(list->n_marks + 1, sizeof *pages);
    for (int pass = 1; rc == KAM_OK && pass < PASSES && !settled(list, pages, pass == 1); pass++) {
        pdf_list_release(list);
        rc = run_once(f, m, pages, n_pages, list, err);
    }
    kam_free(pages);
    return rc;
}

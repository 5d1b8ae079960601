/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The galley, and the driver that sets all blocks of a flow into one. */
#include "pdf_block.h"
#include "pdf_break.h"
#include <math.h>

void pdf_galley_init(pdf_galley *g, const pdf_ctx *cx, double width)
{
    *g = (pdf_galley){.cx = cx, .width = width};
    pdf_ops_init(&g->ops, cx->arena);
}

void pdf_galley_release(pdf_galley *g)
{
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

static void set_block(pdf_galley *g, const pdf_block *b, const pdf_list *list)
{
    switch (b->kind) {
    case PDF_B_TITLE: pdf_set_title(g, b); break;
    case PDF_B_HEADING: pdf_set_heading(g, b); break;
    case PDF_B_PARAGRAPH: pdf_set_paragraph(g, b); break;
    case PDF_B_SMALL: pdf_set_small(g, b->text); break;
    case PDF_B_LIST: pdf_set_list(g, b); break;
    case PDF_B_NOTE: pdf_set_note(g, b); break;
    case PDF_B_TILES: pdf_set_tiles(g, b); break;
    case PDF_B_LINES: pdf_set_lines(g, b); break;
    case PDF_B_CHOICES: pdf_set_choices(g, b); break;
    case PDF_B_RULE: pdf_set_rule(g); break;
    case PDF_B_TOC: pdf_set_toc(g, b, list->marks, list->n_marks); break;
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
    case PDF_B_BREAK: pdf_galley_item(g, g->ops.n, 0)->new_page = true; break;
    case PDF_B_SPACER: g->gap += b->height; break;
    case PDF_B_NEED: {
        pdf_item *it = pdf_galley_item(g, g->ops.n, 0);
        it->need = b->height;
        it->keep = true;
        break;
    }
    case PDF_B_COLUMNS: case PDF_B_COLUMNS_NEXT: case PDF_B_COLUMNS_END: break; /* set_columns */
    }
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
    case PDF_B_TABLE: case PDF_B_BAR: case PDF_B_FUNNEL: case PDF_B_QUADRANT: case PDF_B_LINE: case PDF_B_LIST:
    case PDF_B_LINES: case PDF_B_CHOICES: case PDF_B_COLUMNS: return true;
    default: return false;
    }
}

/* Blocks [from, to) without columns in them. */
static void set_blocks(pdf_galley *g, const struct pdf_flow *f, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++) {
        size_t before = g->n;
        set_block(g, &f->v[i], g->cx->list);
        if (g->n > before && leads_in(f, i, g->n - before)) g->v[g->n - 1].keep = true;
    }
}

static size_t column_end(const struct pdf_flow *f, size_t i)
{
    while (i < f->n && f->v[i].kind != PDF_B_COLUMNS_NEXT && f->v[i].kind != PDF_B_COLUMNS_END) i++;
    return i;
}

/* The columns block at `at`; returns the index behind its end. */
static size_t set_columns(pdf_galley *g, const struct pdf_flow *f, size_t at)
{
    enum { MAX_COLUMNS = 6 };
    const double gutter = 16;
    const pdf_block *b = &f->v[at];
    size_t n = b->n > MAX_COLUMNS ? MAX_COLUMNS : b->n, op0 = g->ops.n;
    double sum = 0, x = 0, height = 0;
    for (size_t k = 0; k < n; k++) sum += b->u.weights[k];
    size_t i = at + 1;
    for (size_t k = 0; k < n && i < f->n; k++) {
        double w = (g->width - gutter * (double)(n - 1)) * b->u.weights[k] / sum;
        pdf_galley col;
        pdf_galley_init(&col, g->cx, w);
        size_t end = column_end(f, i);
        set_blocks(&col, f, i, end);
        height = fmax(height, stack_column(g, &col, x));
        pdf_galley_release(&col);
        x += w + gutter;
        i = end + 1;
        if (end >= f->n || f->v[end].kind == PDF_B_COLUMNS_END) break;
    }
    if (height <= g->cx->body_h) {
        pdf_item *it = pdf_galley_item(g, op0, height);
        it->before = fmax(it->before, g->cx->th->block_gap);
        it->after = g->cx->th->block_gap;
        return i;
    }
    /* too tall for any page: one after the other instead of side by side */
    g->ops.n = op0;
    set_blocks(g, f, at + 1, i);
    return i;
}

/* Headings are counted before anything is set: contents stand before what they list. */
static void collect_marks(const struct pdf_flow *f, pdf_list *list)
{
    for (size_t i = 0; i < f->n; i++)
        if (f->v[i].kind == PDF_B_HEADING) pdf_list_add_mark(list, f->v[i].number, f->v[i].text);
}

kam_rc pdf_layout_run(const struct pdf_flow *f, const pdf_metrics *m, pdf_list *list, kam_err *err)
{
    double w, h;
    pdf_page_size(&f->opts, &w, &h);
    pdf_list_init(list, w, h);
    pdf_break_init();
    const pdf_theme *th = &f->theme;
    pdf_ctx cx = {th, m, f->opts.lang, &list->arena, h - th->margin_top - th->margin_bottom, list};
    collect_marks(f, list);
    pdf_galley g;
    pdf_galley_init(&g, &cx, w - th->margin_left - th->margin_right);
    for (size_t i = 0; i < f->n;) {
        if (f->v[i].kind == PDF_B_COLUMNS) i = set_columns(&g, f, i);
        else {
            set_blocks(&g, f, i, i + 1);
            i++;
        }
    }
    kam_rc rc = pdf_page_place(&g, th, list, err);
    pdf_galley_release(&g);
    if (rc == KAM_OK) {
        pdf_page_resolve(list, m);
        pdf_page_furnish(list, &f->opts, th, m);
    } else pdf_list_release(list);
    return rc;
}

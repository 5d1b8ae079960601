/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pdf_list.h"
#include "pdf_format.h"
#include "pdf_image.h"
#include <string.h>

void pdf_ops_init(pdf_ops *o, kam_arena *arena)
{
    *o = (pdf_ops){.arena = arena};
}

void pdf_ops_release(pdf_ops *o)
{
    kam_free(o->v);
    *o = (pdf_ops){.arena = o->arena};
}

pdf_op *pdf_ops_add(pdf_ops *o, pdf_op_kind kind)
{
    KAM_GROW(o->v, o->cap, o->n + 1);
    pdf_op *op = &o->v[o->n++];
    *op = (pdf_op){.kind = kind, .target = -1, .tag = o->tag, .fill = PDF_NONE, .stroke = PDF_NONE};
    return op;
}

void pdf_ops_copy(pdf_ops *dst, const pdf_ops *src, size_t from, size_t to, double dx, double dy)
{
    if (to <= from) return;
    size_t n = to - from, at = dst->n;
    KAM_GROW(dst->v, dst->cap, dst->n + n);
    memmove(dst->v + at, src->v + from, n * sizeof *src->v); /* src may be dst: read after growing */
    dst->n += n;
    pdf_ops_shift(dst, at, dx, dy);
}

void pdf_ops_shift(pdf_ops *o, size_t from, double dx, double dy)
{
    for (size_t i = from; i < o->n; i++) {
        o->v[i].x += dx;
        o->v[i].y += dy;
    }
}

pdf_op *pdf_put_rect(pdf_ops *o, double x, double y, double w, double h, pdf_rgb fill)
{
    pdf_op *op = pdf_ops_add(o, PDF_OP_RECT);
    op->x = x, op->y = y, op->w = w, op->h = h, op->fill = fill;
    return op;
}

pdf_op *pdf_put_frame(pdf_ops *o, double x, double y, double w, double h, pdf_rgb stroke, double line)
{
    pdf_op *op = pdf_put_rect(o, x, y, w, h, PDF_NONE);
    op->stroke = stroke, op->line = line;
    return op;
}

pdf_op *pdf_put_line(pdf_ops *o, double x1, double y1, double x2, double y2, pdf_rgb stroke, double line)
{
    pdf_op *op = pdf_ops_add(o, PDF_OP_LINE);
    op->x = x1, op->y = y1, op->w = x2 - x1, op->h = y2 - y1;
    op->stroke = stroke, op->line = line;
    return op;
}

pdf_op *pdf_put_oval(pdf_ops *o, double cx, double cy, double rx, double ry, pdf_rgb fill)
{
    pdf_op *op = pdf_ops_add(o, PDF_OP_OVAL);
    op->x = cx, op->y = cy, op->w = rx, op->h = ry, op->fill = fill;
    return op;
}

pdf_op *pdf_put_poly(pdf_ops *o, const double *xy, size_t n_pts, bool closed, pdf_rgb fill, pdf_rgb stroke, double line)
{
    double *copy = kam_arena_alloc(o->arena, n_pts * 2 * sizeof *copy);
    memcpy(copy, xy, n_pts * 2 * sizeof *copy);
    pdf_op *op = pdf_ops_add(o, PDF_OP_POLY);
    op->pts = copy, op->n_pts = n_pts, op->flags = closed ? PDF_CLOSED : 0;
    op->fill = fill, op->stroke = stroke, op->line = line;
    return op;
}

pdf_op *pdf_put_link(pdf_ops *o, double x, double y, double w, double h, int target)
{
    pdf_op *op = pdf_ops_add(o, PDF_OP_LINK);
    op->x = x, op->y = y, op->w = w, op->h = h, op->target = target;
    return op;
}

void pdf_list_init(pdf_list *l, double page_w, double page_h)
{
    *l = (pdf_list){.arena = KAM_ARENA_INIT, .page_w = page_w, .page_h = page_h};
}

void pdf_list_release(pdf_list *l)
{
    for (size_t i = 0; i < l->n_pages; i++) pdf_ops_release(&l->pages[i]);
    kam_free(l->pages);
    kam_free(l->marks);
    kam_free(l->tags);
    kam_free(l->bad_refs);
    kam_arena_release(&l->arena);
    *l = (pdf_list){.arena = KAM_ARENA_INIT};
}

pdf_ops *pdf_list_add_page(pdf_list *l)
{
    KAM_GROW(l->pages, l->cap_pages, l->n_pages + 1);
    pdf_ops_init(&l->pages[l->n_pages], &l->arena);
    l->pages[l->n_pages].page_w = l->page_w, l->pages[l->n_pages].page_h = l->page_h;
    return &l->pages[l->n_pages++];
}

int pdf_list_add_mark(pdf_list *l, int level, const char *text)
{
    KAM_GROW(l->marks, l->cap_marks, l->n_marks + 1);
    l->marks[l->n_marks] = (pdf_mark){.level = level, .text = kam_arena_strdup(&l->arena, text)};
    return (int)l->n_marks++;
}

void pdf_list_bad_ref(pdf_list *l, const char *name, size_t n)
{
    for (size_t i = 0; i < l->n_bad_refs; i++)
        if (strlen(l->bad_refs[i]) == n && memcmp(l->bad_refs[i], name, n) == 0) return;
    KAM_GROW(l->bad_refs, l->cap_bad_refs, l->n_bad_refs + 1);
    l->bad_refs[l->n_bad_refs++] = kam_arena_strndup(&l->arena, name, n);
}

const char *pdf_list_near_ref(const pdf_list *l, const char *name)
{
    const char **names = kam_calloc(l->n_marks + 1, sizeof *names);
    size_t n = 0, best;
    for (size_t i = 0; i < l->n_marks; i++)
        if (l->marks[i].name) names[n++] = l->marks[i].name;
    const char *near = kam_nearest(name, names, n, &best, 1) ? names[best] : NULL;
    kam_free(names);
    return near;
}

/* --- dump --- */
/* through pdf_put_fixed, not printf: the decimal point must not follow the locale */
static void dump_num(kam_str *out, const char *name, double v)
{
    kam_str_addc(out, ' ');
    kam_str_add(out, name);
    pdf_put_fixed(out, v, 2, false);
}

static void dump_xy(kam_str *out, double a, double b)
{
    dump_num(out, "", a);
    dump_num(out, "", b);
}

static void dump_paint(kam_str *out, const pdf_op *op)
{
    if (op->fill != PDF_NONE) kam_str_addf(out, " fill=#%06x", (unsigned)op->fill);
    if (op->stroke != PDF_NONE) {
        kam_str_addf(out, " stroke=#%06x", (unsigned)op->stroke);
        dump_num(out, "line=", op->line);
    }
    if (op->dash > 0) dump_num(out, "dash=", op->dash);
    if (op->gap > 0) dump_num(out, "gap=", op->gap);
}

static void dump_quoted(kam_str *out, const char *text)
{
    kam_str_add(out, " \"");
    for (; *text; text++) {
        if (*text == '"' || *text == '\\') kam_str_addc(out, '\\');
        kam_str_addc(out, *text);
    }
    kam_str_addc(out, '"');
}

static void dump_text(kam_str *out, const pdf_op *op)
{
    dump_num(out, "w=", op->w);
    dump_num(out, "s=", op->size);
    if (op->font) kam_str_addf(out, " font=%d", op->font);
    kam_str_addf(out, "%s%s #%06x", op->style & PDF_BOLD ? " b" : "", op->style & PDF_OBLIQUE ? " o" : "",
                 (unsigned)op->fill);
    dump_quoted(out, op->text);
    for (size_t i = 0; op->adj && i < op->n_chars; i++)
        if (op->adj[i]) kam_str_addf(out, " %zu:%+d", i, op->adj[i]);
}

static void dump_op(kam_str *out, const pdf_op *op)
{
    static const char *const names[] = {"text", "rect", "line", "poly", "oval", "image", "link", "mark", "path", "push", "clip",
                                        "pop"};
    kam_str_add(out, names[op->kind]);
    dump_xy(out, op->x, op->y);
    switch (op->kind) {
    case PDF_OP_TEXT: dump_text(out, op); break;
    case PDF_OP_LINE: dump_xy(out, op->x + op->w, op->y + op->h); break;
    case PDF_OP_POLY:
        kam_str_add(out, op->flags & PDF_CLOSED ? " closed" : " open");
        for (size_t i = 0; i < op->n_pts; i++) dump_xy(out, op->pts[2 * i], op->pts[2 * i + 1]);
        break;
    case PDF_OP_LINK:
        dump_xy(out, op->w, op->h);
        if (op->target >= 0) kam_str_addf(out, " mark=%d", op->target);
        else kam_str_addf(out, " uri=%s", op->text ? op->text : "");
        break;
    case PDF_OP_RECT:
        dump_xy(out, op->w, op->h);
        if (op->size > 0) dump_num(out, "r=", op->size);
        break;
    case PDF_OP_OVAL: dump_xy(out, op->w, op->h); break;
    case PDF_OP_IMAGE:
        dump_xy(out, op->w, op->h);
        kam_str_addf(out, " %dx%d", op->image->w, op->image->h);
        break;
    case PDF_OP_MARK: kam_str_addf(out, " mark=%d", op->target); break;
    case PDF_OP_PATH: case PDF_OP_CLIP:
        kam_str_addf(out, " %s%s", op->text, op->flags & PDF_EVEN_ODD ? " even-odd" : "");
        for (size_t i = 0; i < op->n_pts; i++) dump_xy(out, op->pts[2 * i], op->pts[2 * i + 1]);
        break;
    case PDF_OP_PUSH: dump_num(out, "turn=", op->size); break;
    case PDF_OP_POP: break;
    }
    if (op->kind != PDF_OP_TEXT) dump_paint(out, op);
    kam_str_addc(out, '\n');
}

void pdf_list_dump(const pdf_list *l, kam_str *out)
{
    kam_str_add(out, "size");
    double w = l->n_pages ? l->pages[0].page_w : l->page_w, h = l->n_pages ? l->pages[0].page_h : l->page_h;
    dump_xy(out, w, h);
    kam_str_addc(out, '\n');
    for (size_t i = 0; i < l->n_marks; i++) {
        kam_str_addf(out, "outline %zu level=%d page=%zu", i, l->marks[i].level, l->marks[i].page + 1);
        dump_quoted(out, l->marks[i].text);
        kam_str_addc(out, '\n');
    }
    for (size_t p = 0; p < l->n_pages; p++) {
        kam_str_addf(out, "page %zu", p + 1);
        if (l->pages[p].page_w != w || l->pages[p].page_h != h) dump_xy(out, l->pages[p].page_w, l->pages[p].page_h);
        kam_str_addc(out, '\n');
        for (size_t i = 0; i < l->pages[p].n; i++) dump_op(out, &l->pages[p].v[i]);
    }
}

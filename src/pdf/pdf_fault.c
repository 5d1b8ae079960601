/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pdf_list.h"
#include <math.h>
#include <stdlib.h>

enum { MOST_TOLD = 50 };
static const double eps = 0.3; /* points: what rounding and tight tables may share */

typedef struct box {
    double x0, y0, x1, y1;
    bool slanting; /* turned: the box is larger than the text */
    const char *text;
} box;

/* Where the ink of a text may be: em box less what is blank above capitals and below descenders. */
static box box_of(const pdf_op *op)
{
    return (box){op->x, op->y - 0.70 * op->size, op->x + op->w, op->y + 0.10 * op->size, false, op->text};
}

/* The box about b turned as by a PUSH. */
static box turned(const box *b, const pdf_op *push)
{
    double a = push->size * (3.14159265358979323846 / 180), c = cos(a), s = sin(a);
    box r = {INFINITY, INFINITY, -INFINITY, -INFINITY, b->slanting || fabs(sin(2 * a)) > 1e-6, b->text};
    for (int k = 0; k < 4; k++) {
        double dx = (k & 1 ? b->x1 : b->x0) - push->x, dy = (k & 2 ? b->y1 : b->y0) - push->y;
        double x = push->x + dx * c + dy * s, y = push->y - dx * s + dy * c;
        r.x0 = fmin(r.x0, x), r.x1 = fmax(r.x1, x), r.y0 = fmin(r.y0, y), r.y1 = fmax(r.y1, y);
    }
    return r;
}

/* What a drawing operation that is no text covers; false: nothing. */
static bool drawn_box(const pdf_op *op, box *b)
{
    static const char *const names[] = {[PDF_OP_RECT] = "a rectangle", [PDF_OP_LINE] = "a line", [PDF_OP_POLY] = "a polygon",
                                        [PDF_OP_OVAL] = "an oval", [PDF_OP_IMAGE] = "a picture", [PDF_OP_PATH] = "a path", [PDF_OP_CLIP] = ""};
    if (op->kind >= sizeof names / sizeof *names || !names[op->kind]) return false;
    if (op->kind != PDF_OP_IMAGE && op->kind != PDF_OP_CLIP && op->fill == PDF_NONE && op->stroke == PDF_NONE) return false;
    double pen = op->stroke != PDF_NONE ? op->line / 2 : 0;
    *b = (box){op->x, op->y, op->x + op->w, op->y + op->h, false, names[op->kind]};
    if (op->kind == PDF_OP_OVAL) b->x0 -= op->w, b->y0 -= op->h;
    if (op->n_pts) {
        b->x0 = b->y0 = INFINITY, b->x1 = b->y1 = -INFINITY;
        for (size_t k = 0; k < op->n_pts; k++) {
            double x = op->x + op->pts[2 * k], y = op->y + op->pts[2 * k + 1];
            if (!isfinite(x) || !isfinite(y)) x = y = NAN; /* fmin would pass over it */
            b->x0 = isnan(x) ? x : fmin(b->x0, x), b->x1 = isnan(x) ? x : fmax(b->x1, x);
            b->y0 = isnan(y) ? y : fmin(b->y0, y), b->y1 = isnan(y) ? y : fmax(b->y1, y);
            if (isnan(x)) return true;
        }
    } else if (op->kind == PDF_OP_LINE) {
        double x0 = fmin(b->x0, b->x1), x1 = fmax(b->x0, b->x1), y0 = fmin(b->y0, b->y1), y1 = fmax(b->y0, b->y1);
        if (isfinite(b->x1) && isfinite(b->y1)) *b = (box){x0, y0, x1, y1, false, b->text};
    }
    b->x0 -= pen, b->y0 -= pen, b->x1 += pen, b->y1 += pen;
    return true;
}

/* Pushed boxes within which everything is seen: what stands outside of a clip is not. */
static box within(const box *b, const box *clip)
{
    if (!(b->x0 <= clip->x1 && b->x1 >= clip->x0 && b->y0 <= clip->y1 && b->y1 >= clip->y0)) return (box){0, 0, 0, 0, false, b->text};
    return (box){fmax(b->x0, clip->x0), fmax(b->y0, clip->y0), fmin(b->x1, clip->x1), fmin(b->y1, clip->y1), b->slanting, b->text};
}

static bool sound(const box *b) { return isfinite(b->x0) && isfinite(b->y0) && isfinite(b->x1) && isfinite(b->y1); }

/* Boxes of all texts (texts 1) or of all that is drawn beside them (0). */
static size_t boxes_of(const pdf_ops *o, bool texts, box *v)
{
    const pdf_op *open[PDF_NEST];
    box clip[PDF_NEST];
    bool clipped[PDF_NEST] = {false};
    size_t n = 0, depth = 0;
    for (size_t i = 0; i < o->n; i++) {
        const pdf_op *op = &o->v[i];
        if (op->kind == PDF_OP_PUSH) clipped[depth] = false, open[depth++] = op;
        if (op->kind == PDF_OP_POP) depth--;
        if (texts ? op->kind != PDF_OP_TEXT || op->w <= 0 : !drawn_box(op, &v[n])) continue;
        if (texts) v[n] = box_of(op);
        bool is_clip = op->kind == PDF_OP_CLIP;
        for (size_t k = depth; k-- > 0;) {
            if (clipped[k] && sound(&v[n])) v[n] = within(&v[n], &clip[k]);
            if (is_clip && k + 1 == depth) clip[k] = v[n], clipped[k] = true; /* in the coordinates of what it clips */
            if (open[k]->size != 0) v[n] = turned(&v[n], open[k]);
        }
        if (!is_clip) n++;
    }
    return n;
}

static int by_top(const void *a, const void *b)
{
    const box *x = a, *y = b;
    return x->y0 < y->y0 ? -1 : x->y0 > y->y0 ? 1 : x->x0 < y->x0 ? -1 : x->x0 > y->x0;
}

static bool over(const box *a, const box *b)
{
    return !a->slanting && !b->slanting && a->x0 + eps < b->x1 && b->x0 + eps < a->x1 && a->y0 + eps < b->y1 && b->y0 + eps < a->y1;
}

static bool inside(const pdf_ops *o, const box *b)
{
    return b->x0 >= -eps && b->y0 >= -eps && b->x1 <= o->page_w + eps && b->y1 <= o->page_h + eps;
}

static size_t faults_of_page(const pdf_ops *o, size_t page, bool all, size_t told, box *v, kam_str *out)
{
    size_t n = all ? boxes_of(o, false, v) : 0, bad = 0;
    for (size_t i = 0; i < n; i++) {
        bool there = sound(&v[i]);
        if (there && inside(o, &v[i])) continue;
        if (out && told + bad < MOST_TOLD) kam_str_addf(out, there ? "page %zu: %s leaves the page\n" : "page %zu: %s has no place\n", page, v[i].text);
        bad++;
    }
    n = boxes_of(o, true, v);
    if (n) qsort(v, n, sizeof *v, by_top);
    for (size_t i = 0; i < n; i++) {
        if (!sound(&v[i]) || !inside(o, &v[i])) {
            if (out && told + bad < MOST_TOLD) kam_str_addf(out, "page %zu: \"%s\" leaves the page\n", page, v[i].text);
            bad++;
        }
        for (size_t k = i + 1; k < n && v[k].y0 + eps < v[i].y1; k++) {
            if (!over(&v[i], &v[k])) continue;
            if (out && told + bad < MOST_TOLD) kam_str_addf(out, "page %zu: \"%s\" stands over \"%s\"\n", page, v[i].text, v[k].text);
            bad++;
        }
    }
    return bad;
}

size_t pdf_list_faults(const pdf_list *l, bool all, kam_str *out)
{
    size_t most = 0, bad = 0;
    for (size_t p = 0; p < l->n_pages; p++)
        if (l->pages[p].n > most) most = l->pages[p].n;
    box *v = kam_calloc(most + 1, sizeof *v);
    for (size_t p = 0; p < l->n_pages; p++) bad += faults_of_page(&l->pages[p], p + 1, all, bad, v, out);
    kam_free(v);
    for (size_t i = 0; i < l->n_bad_refs; i++, bad++) {
        if (!out || bad >= MOST_TOLD) continue;
        const char *near = pdf_list_near_ref(l, l->bad_refs[i]);
        kam_str_addf(out, "a text refers to the page of \"%s\"; no heading has that name", l->bad_refs[i]);
        if (near) kam_str_addf(out, " (did you mean \"%s\"?)", near);
        kam_str_addc(out, '\n');
    }
    return bad;
}

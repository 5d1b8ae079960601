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

static size_t boxes_of(const pdf_ops *o, box *v)
{
    const pdf_op *open[PDF_NEST];
    size_t n = 0, depth = 0;
    for (size_t i = 0; i < o->n; i++) {
        const pdf_op *op = &o->v[i];
        if (op->kind == PDF_OP_PUSH) open[depth++] = op;
        if (op->kind == PDF_OP_POP) depth--;
        if (op->kind != PDF_OP_TEXT || op->w <= 0) continue;
        v[n] = box_of(op);
        for (size_t k = depth; k-- > 0;)
            if (open[k]->size != 0) v[n] = turned(&v[n], open[k]);
        n++;
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

static size_t faults_of_page(const pdf_ops *o, size_t page, size_t told, box *v, kam_str *out)
{
    size_t n = boxes_of(o, v), bad = 0;
    if (n) qsort(v, n, sizeof *v, by_top);
    for (size_t i = 0; i < n; i++) {
        if (v[i].x0 < -eps || v[i].y0 < -eps || v[i].x1 > o->page_w + eps || v[i].y1 > o->page_h + eps) {
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

size_t pdf_list_faults(const pdf_list *l, kam_str *out)
{
    size_t most = 0, bad = 0;
    for (size_t p = 0; p < l->n_pages; p++)
        if (l->pages[p].n > most) most = l->pages[p].n;
    box *v = kam_calloc(most + 1, sizeof *v);
    for (size_t p = 0; p < l->n_pages; p++) bad += faults_of_page(&l->pages[p], p + 1, bad, v, out);
    kam_free(v);
    if (l->bad_ref) {
        if (out && bad < MOST_TOLD) kam_str_addf(out, "a text refers to the page of \"%s\"; no heading has that name\n", l->bad_ref);
        bad++;
    }
    return bad;
}

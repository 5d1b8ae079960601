/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pdf_map.h"
#include "kam_mem.h"
#include <string.h>

typedef struct maker {
    pdf_map *m;
    size_t n;
    size_t *first, *next; /* reports of a person as a list; n: none */
    int cols, rows;
    int flat, deep; /* so many leaves side by side at most; stacks of so many */
    int numbers;
} maker;

/* --- parts --- */
static size_t add_cell(pdf_part *p, pdf_cell c)
{
    KAM_GROW(p->v, p->cap, p->n + 1);
    p->v[p->n] = c;
    return p->n++;
}

/* Append the cells of `src` moved to the right and down; its root hangs below cell `above` of dst. */
static void merge(pdf_part *dst, pdf_part *src, int dx, int dy, int above)
{
    int base = (int)dst->n;
    for (size_t i = 0; i < src->n; i++) {
        pdf_cell c = src->v[i];
        c.col += dx, c.row += dy;
        c.above = c.above < 0 ? above : c.above + base;
        add_cell(dst, c);
    }
    if (src->cols + dx > dst->cols) dst->cols = src->cols + dx;
    if (src->rows + dy > dst->rows) dst->rows = src->rows + dy;
    kam_free(src->v);
    *src = (pdf_part){0};
}

static void push_part(pdf_map *m, pdf_part p)
{
    KAM_GROW(m->v, m->cap, m->n + 1);
    m->v[m->n++] = p;
}

/* --- a tree --- */
typedef struct brood { /* what hangs below one person */
    pdf_part *inner;
    size_t *head;  /* who leads each of them */
    size_t n_inner;
    pdf_cell *leaf; /* cards and pointers to other parts */
    size_t n_leaf, cap_leaf;
    int width;     /* of the inner ones together */
} brood;

static void add_leaf(brood *b, size_t person, pdf_cell_kind kind, int part)
{
    KAM_GROW(b->leaf, b->cap_leaf, b->n_leaf + 1);
    b->leaf[b->n_leaf++] = (pdf_cell){.person = person, .kind = kind, .part = part};
}

static int leaf_columns(const maker *k, const brood *b)
{
    const int rows = k->rows - 1, deep = k->deep < rows ? k->deep : rows;
    int n = (int)b->n_leaf, room = k->cols - b->width;
    if (n == 0) return 0;
    int least = (n + rows - 1) / rows, want = n <= k->flat && b->n_inner == 0 && n <= room ? n : (n + deep - 1) / deep;
    if (want > room) want = room;
    return want < least ? least : want;
}

/* The widest branch goes into a part of its own. */
static void detach(maker *k, brood *b)
{
    size_t at = 0;
    for (size_t i = 1; i < b->n_inner; i++)
        if (b->inner[i].cols > b->inner[at].cols || (b->inner[i].cols == b->inner[at].cols && b->inner[i].n > b->inner[at].n)) at = i;
    pdf_part p = b->inner[at];
    p.number = ++k->numbers;
    p.v[0].kind = PDF_CELL_REPEAT;
    b->width -= p.cols;
    add_leaf(b, b->head[at], PDF_CELL_STUB, p.number);
    push_part(k->m, p);
    b->n_inner--;
    memmove(b->inner + at, b->inner + at + 1, (b->n_inner - at) * sizeof *b->inner);
    memmove(b->head + at, b->head + at + 1, (b->n_inner - at) * sizeof *b->head);
}

/* Leaves beyond what a page holds go into further parts under a repeated card. */
static void overflow(maker *k, brood *b, size_t person)
{
    size_t most = (size_t)k->cols * (size_t)(k->rows - 1);
    while (b->n_leaf > most) {
        size_t take = b->n_leaf - most < most ? b->n_leaf - most : most;
        pdf_part p = {.number = 0};
        add_cell(&p, (pdf_cell){.person = person, .kind = PDF_CELL_REPEAT, .above = -1});
        brood part = {.leaf = b->leaf + (b->n_leaf - take), .n_leaf = take};
        int cols = leaf_columns(k, &part), rows = ((int)take + cols - 1) / cols;
        for (size_t i = 0; i < take; i++) {
            pdf_cell c = part.leaf[i];
            c.col = (int)i / rows, c.row = 1 + (int)i % rows, c.above = 0, c.stack = rows > 1;
            add_cell(&p, c);
        }
        p.cols = cols, p.rows = rows + 1;
        p.v[0].col = p.root_col = (cols - 1) / 2;
        push_part(k->m, p);
        b->n_leaf -= take;
    }
}

static pdf_part join(maker *k, size_t person, brood *b)
{
    pdf_part p = {0};
    size_t root = add_cell(&p, (pdf_cell){.person = person, .above = -1});
    p.rows = 1, p.cols = 1;
    int x = 0, left = -1, right = 0;
    for (size_t i = 0; i < b->n_inner; i++) {
        int w = b->inner[i].cols, centre = x + b->inner[i].root_col;
        if (left < 0) left = centre;
        right = centre;
        merge(&p, &b->inner[i], x, 1, (int)root);
        x += w;
    }
    int cols = leaf_columns(k, b);
    if (cols > 0) {
        int rows = ((int)b->n_leaf + cols - 1) / cols;
        for (size_t i = 0; i < b->n_leaf; i++) {
            pdf_cell c = b->leaf[i];
            c.col = x + (int)i / rows, c.row = 1 + (int)i % rows, c.above = (int)root, c.stack = rows > 1;
            add_cell(&p, c);
            if (left < 0) left = c.col;
            right = c.col;
            if (c.col + 1 > p.cols) p.cols = c.col + 1;
        }
        if (rows + 1 > p.rows) p.rows = rows + 1;
    }
    p.root_col = p.v[root].col = left < 0 ? 0 : (left + right) / 2;
    return p;
}

/* Depth is bounded by n; the stack of C is not the place for a chain of 2,000: trees are made from the leaves up in
 * the order that `order` gives (children before their superior). */
static pdf_part make_node(maker *k, size_t person, pdf_part *done)
{
    brood b = {0};
    size_t n = 0;
    for (size_t c = k->first[person]; c < k->n; c = k->next[c]) n++;
    b.inner = kam_calloc(n + 1, sizeof *b.inner);
    b.head = kam_calloc(n + 1, sizeof *b.head);
    for (size_t c = k->first[person]; c < k->n; c = k->next[c]) {
        if (done[c].n > 1) {
            b.inner[b.n_inner] = done[c];
            b.head[b.n_inner++] = c;
            b.width += done[c].cols;
        } else {
            add_leaf(&b, c, PDF_CELL_CARD, 0);
            kam_free(done[c].v);
        }
        done[c] = (pdf_part){0};
    }
    for (;;) { /* too wide, or a branch too tall for standing one row lower */
        int tall = 0;
        for (size_t i = 0; i < b.n_inner; i++)
            if (b.inner[i].rows > k->rows - 1) tall = 1;
        if (b.n_inner == 0 || (!tall && b.width + leaf_columns(k, &b) <= k->cols)) break;
        detach(k, &b);
    }
    overflow(k, &b, person);
    pdf_part p = join(k, person, &b);
    kam_free(b.inner);
    kam_free(b.head);
    kam_free(b.leaf);
    return p;
}

/* --- all of them --- */
/* Rings: walking up from each person; who is met again on the same walk loses his superior. */
static void cut_rings(size_t *superior, size_t n)
{
    size_t *walk = kam_calloc(n + 1, sizeof *walk);
    for (size_t i = 0; i < n; i++) {
        size_t at = i;
        while (at < n && walk[at] == 0) {
            walk[at] = i + 1;
            size_t up = superior[at];
            if (up < n && walk[up] == i + 1) superior[at] = n;
            at = superior[at];
        }
    }
    kam_free(walk);
}

/* Children before superiors: breadth first from the roots, backwards. */
static size_t *order_of(const maker *k, const size_t *superior)
{
    size_t *q = kam_calloc(k->n + 1, sizeof *q), n = 0;
    for (size_t i = 0; i < k->n; i++)
        if (superior[i] >= k->n) q[n++] = i;
    for (size_t at = 0; at < n; at++)
        for (size_t c = k->first[q[at]]; c < k->n; c = k->next[c]) q[n++] = c;
    return q;
}

static void link_children(maker *k, const size_t *superior)
{
    for (size_t i = 0; i < k->n; i++) k->first[i] = k->next[i] = k->n;
    for (size_t i = k->n; i-- > 0;) { /* backwards, so that lists keep the order of the table */
        if (superior[i] >= k->n) continue;
        k->next[i] = k->first[superior[i]];
        k->first[superior[i]] = i;
    }
}

/* Stubs point to parts by number: number them as they will be read. */
static void renumber(pdf_map *m)
{
    int *to = kam_calloc(m->n + 1, sizeof *to), next = 0;
    for (size_t i = 0; i < m->n; i++)
        if (m->v[i].number) to[m->v[i].number] = ++next, m->v[i].number = next;
    for (size_t i = 0; i < m->n; i++)
        for (size_t k = 0; k < m->v[i].n; k++)
            if (m->v[i].v[k].kind == PDF_CELL_STUB) m->v[i].v[k].part = to[m->v[i].v[k].part];
    kam_free(to);
}

/* The trees first, then the parts cut off them, then those who stand alone. */
static void arrange(pdf_map *m, const size_t *superior, size_t n, pdf_part *done)
{
    size_t cut = m->n, at = 0;
    for (size_t i = 0; i < n; i++)
        if (superior[i] >= n) push_part(m, done[i]);
    pdf_part *all = kam_calloc(m->n + 1, sizeof *all);
    for (size_t i = cut; i < m->n; i++)
        if (m->v[i].n > 1) all[at++] = m->v[i];
    for (size_t i = cut; i-- > 0;) all[at++] = m->v[i]; /* upper ones were cut last */
    for (size_t i = cut; i < m->n; i++)
        if (m->v[i].n == 1) all[at++] = m->v[i];
    kam_free(m->v);
    m->v = all, m->cap = m->n + 1;
    renumber(m);
}

static void make_with(pdf_map *m, const size_t *superior, size_t n, int cols, int rows, int flat, int deep)
{
    *m = (pdf_map){0};
    maker k = {m, n, kam_calloc(n + 1, sizeof(size_t)), kam_calloc(n + 1, sizeof(size_t)), cols, rows, flat, deep, 0};
    link_children(&k, superior);
    size_t *order = order_of(&k, superior);
    pdf_part *done = kam_calloc(n + 1, sizeof *done);
    for (size_t i = n; i-- > 0;) done[order[i]] = make_node(&k, order[i], done);
    arrange(m, superior, n, done);
    kam_free(done);
    kam_free(order);
    kam_free(k.first);
    kam_free(k.next);
}

void pdf_map_make(pdf_map *m, const size_t *superior_in, size_t n, int cols, int rows)
{
    /* side by side reads best, a whole tree in one part better still: the first way with the fewest parts */
    static const struct {
        int flat, deep;
    } ways[] = {{3, 4}, {1, 4}, {1, 7}};
    size_t *superior = kam_calloc(n + 1, sizeof *superior);
    if (n) memcpy(superior, superior_in, n * sizeof *superior);
    cut_rings(superior, n);
    cols = cols < 2 ? 2 : cols, rows = rows < 2 ? 2 : rows;
    make_with(m, superior, n, cols, rows, ways[0].flat, ways[0].deep);
    for (size_t i = 1; i < sizeof ways / sizeof *ways; i++) {
        pdf_map other;
        make_with(&other, superior, n, cols, rows, ways[i].flat, ways[i].deep);
        if (other.n < m->n) {
            pdf_map better = other;
            other = *m;
            *m = better;
        }
        pdf_map_release(&other);
    }
    kam_free(superior);
}

void pdf_map_order(pdf_map *m, const size_t *order)
{
    pdf_part *all = kam_calloc(m->n + 1, sizeof *all);
    for (size_t i = 0; i < m->n; i++) all[i] = m->v[order[i]];
    kam_free(m->v);
    m->v = all, m->cap = m->n + 1;
    renumber(m);
}

void pdf_map_release(pdf_map *m)
{
    for (size_t i = 0; i < m->n; i++) kam_free(m->v[i].v);
    kam_free(m->v);
    *m = (pdf_map){0};
}

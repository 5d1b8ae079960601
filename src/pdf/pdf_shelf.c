/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pdf_shelf.h"
#include "kam_mem.h"

typedef struct packer {
    pdf_shelves *s;
    const pdf_shelf_room *room;
    pdf_card_size size;
    bool *placed;
    size_t *order, n_order; /* parts as they stand */
    size_t next;            /* all before it are placed */
    double left;            /* room on this page */
    bool fresh;             /* nothing of the map on this page */
} packer;

static const double slack = 0.01; /* sums of doubles */

static double height(const packer *p, int rows, bool numbered)
{
    return rows * p->size.card_h + (rows - 1) * p->size.gap + (numbered ? p->room->number_h : 0);
}

double pdf_shelf_height(const pdf_shelves *s, const pdf_shelf *shelf, pdf_card_size size, double number_h)
{
    bool numbered = false;
    for (size_t i = shelf->at; i < shelf->at + shelf->n; i++) numbered = numbered || s->map.v[i].number;
    return shelf->rows * size.card_h + (shelf->rows - 1) * size.gap + (numbered ? number_h : 0);
}

/* A part that may stand here: with room for `cols` more columns, and a shelf no higher than is left. Who stands alone
 * waits for the trees. */
static size_t find_part(const packer *p, int cols, int rows, bool numbered)
{
    enum { LOOK = 64 };
    const pdf_part *v = p->s->map.v;
    const size_t n = p->s->map.n;
    for (size_t i = p->next, seen = 0; i < n && seen < LOOK; i++) {
        if (p->placed[i]) continue;
        seen++;
        if (v[i].n == 1 && i != p->next) return n;
        int r = v[i].rows > rows ? v[i].rows : rows;
        if (v[i].cols <= cols && height(p, r, numbered || v[i].number) <= p->left + slack) return i;
    }
    return n;
}

static void take(packer *p, size_t part, pdf_shelf *shelf, int *cols, bool *numbered)
{
    const pdf_part *v = &p->s->map.v[part];
    p->placed[part] = true;
    p->order[p->n_order++] = part;
    while (p->next < p->s->map.n && p->placed[p->next]) p->next++;
    shelf->n++;
    *cols += v->cols;
    if (v->rows > shelf->rows) shelf->rows = v->rows;
    *numbered = *numbered || v->number;
}

/* One shelf that begins with `part`; returns its height. */
static double fill_shelf(packer *p, size_t part)
{
    pdf_shelves *s = p->s;
    pdf_shelf shelf = {.at = p->n_order};
    int cols = 0;
    bool numbered = false;
    for (; part < s->map.n; part = find_part(p, p->size.cols - cols, shelf.rows, numbered)) take(p, part, &shelf, &cols, &numbered);
    KAM_GROW(s->v, s->cap, s->n + 1);
    s->v[s->n++] = shelf;
    if (cols > s->widest) s->widest = cols;
    return height(p, shelf.rows, numbered);
}

/* All parts on shelves and pages; returns the points of paper left white, and a little for what is used. */
static double pack(packer *p)
{
    const double filled = 0.1;
    double used = 0, white = 0;
    p->left = p->room->here;
    while (p->next < p->s->map.n) {
        size_t part = p->n_order ? find_part(p, p->size.cols, 0, false) : p->next; /* the first one leads */
        const pdf_part *first = &p->s->map.v[p->next];
        if (p->n_order == 0 && height(p, first->rows, first->number) > p->left + slack) part = p->s->map.n;
        if (part == p->s->map.n && p->fresh) part = p->next; /* higher than any page */
        if (part == p->s->map.n) {
            white += p->left > 0 ? p->left : 0;
            p->left = p->n_order ? p->room->later : p->room->fresh;
            p->fresh = true;
            p->s->pages++;
            continue;
        }
        double h = fill_shelf(p, part) + p->size.gap;
        used += h;
        p->left -= h;
        p->fresh = false;
    }
    p->s->used = used;
    return white + used * filled;
}

/* Parts that other parts point to, and those that repeat a card, come of cutting. */
static bool is_torn(const pdf_map *m)
{
    for (size_t i = 0; i < m->n; i++)
        if (m->v[i].n && m->v[i].v[0].kind == PDF_CELL_REPEAT) return true;
    return false;
}

static void make_one(pdf_shelves *s, const size_t *superior, size_t n, int rows, pdf_card_size size, const pdf_shelf_room *room)
{
    const double dear = 0.08; /* rows of cards, times parts squared */
    *s = (pdf_shelves){.widest = 1};
    pdf_map_make(&s->map, superior, n, size.cols, rows);
    s->torn = is_torn(&s->map);
    packer p = {.s = s, .room = room, .size = size, .placed = kam_calloc(s->map.n + 1, sizeof *p.placed),
                .order = kam_calloc(s->map.n + 1, sizeof *p.order)};
    s->cost = pack(&p) + (s->torn ? room->torn : 0) + dear * (size.card_h + size.gap) * (double)s->map.n * (double)s->map.n;
    pdf_map_order(&s->map, p.order);
    kam_free(p.placed);
    kam_free(p.order);
}

void pdf_shelf_make(pdf_shelves *s, const size_t *superior, size_t n, const pdf_card_size *sizes, size_t n_sizes, const pdf_shelf_room *room)
{
    enum { LEAST = 3, TRIES = 8 };
    *s = (pdf_shelves){0};
    for (size_t k = 0; k < n_sizes; k++) {
        double page = room->later > room->fresh ? room->later : room->fresh;
        int most = (int)((page + sizes[k].gap) / (sizes[k].card_h + sizes[k].gap)), step = most / TRIES + 1;
        for (int rows = most < 2 ? 2 : most; rows >= 2; rows -= step) {
            pdf_shelves one;
            make_one(&one, superior, n, rows, sizes[k], room);
            one.size = k;
            one.cost += (double)k * (sizes[0].card_h + sizes[0].gap);
            if (!s->v || one.cost < s->cost) {
                pdf_shelf_release(s);
                *s = one;
            } else pdf_shelf_release(&one);
            if (rows <= LEAST) break;
        }
    }
}

void pdf_shelf_release(pdf_shelves *s)
{
    pdf_map_release(&s->map);
    kam_free(s->v);
    *s = (pdf_shelves){0};
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pdf_layout: from blocks to pages. Pure: no font file, no libharu.
 *
 * Every block is set into a galley, an endless column of items (a line of a paragraph, a row of a table, a figure).
 * An item is what is never cut; `keep` ties it to the one after it, and a chain of tied items moves to the next page
 * together as long as it fits on one. Gaps are not items: between two items stands the larger of `after` and
 * `before`, and nothing at the top of a page; when the last page would hold little, as much of that as draws it into those before.
 * What stands aside waits for the head of the next page. Paging then walks the galley once. What depends on page numbers
 * (contents, "page x of y", targets of links) is filled in afterwards; it never changes a height.
 *
 * Ops of an item are relative to its upper left corner until it is placed. */
#ifndef PDF_LAYOUT_H
#define PDF_LAYOUT_H
#include "pdf_flow.h"
#include "pdf_list.h"
#include "pdf_metrics.h"
#include "pdf_text.h"

/* Shall we stop? Asked for every item and page; setting a block then ends early and the layout is thrown away. */
typedef struct pdf_watch {
    kam_progress *progress;
    kam_err *err; /* told there */
    unsigned asked;
    bool stopped;
} pdf_watch;
bool pdf_watch_stop(pdf_watch *w);

typedef struct pdf_ctx { /* what setting a block needs to know */
    const pdf_theme *th;
    const pdf_metrics *m;
    pdf_lang lang;
    kam_arena *arena; /* that of the list under construction */
    double body_h;    /* height of a page's body */
    pdf_list *list;
    pdf_watch *watch;
    pdf_word_fn word;
    const size_t *ref_pages; /* page of every mark in the pass before; NULL in the first */
    size_t pages;            /* of the document without contents that wait for a long one; 0 in the first pass */
    const struct pdf_galley *body; /* that of the page; others are columns */
} pdf_ctx;

typedef struct pdf_item {
    double height, before, after;
    size_t op0, op1;
    bool keep;       /* no page break after this item */
    bool new_page;   /* forced break before it */
    double need;     /* break before it unless this much room is left */
    int head;        /* index in heads, repeated when this item opens a page; -1: none */
    struct pdf_side *sides; /* columns side by side that run over pages, drawn instead of ops; height is what a first piece needs */
    size_t n_sides;
    struct pdf_aside *aside; /* no height: what goes on to the next page, while the text goes on here */
} pdf_item;

typedef struct pdf_head {
    size_t op0, op1;
    double height;
} pdf_head;

typedef struct pdf_galley {
    const pdf_ctx *cx;
    double width;
    pdf_ops ops;
    pdf_item *v;
    size_t n, cap;
    pdf_head *heads;
    size_t n_heads, cap_heads;
    double gap; /* `before` of the next item at least */
    bool aside; /* that of a pdf_aside */
    bool led;   /* a heading was set last: what follows stands close to it */
    int items[2]; /* elements of the items last set in lists of levels 1 and 2, which lists of the next level belong to; 0: none */
} pdf_galley;

typedef struct pdf_side { /* one of several columns */
    pdf_galley g;
    double x; /* its left edge */
} pdf_side;

/* At the head of the next page, above the text that goes on there; or on a page turned round behind the one it is asked for. */
typedef struct pdf_aside {
    pdf_galley g; /* of one page at most, if at the head */
    bool turned;
    double page_w, page_h;
} pdf_aside;

void pdf_galley_init(pdf_galley *g, const pdf_ctx *cx, double width);
void pdf_galley_release(pdf_galley *g);
/* Ops added to g->ops since the last item was closed (or since op0) become one item. Lent until the next item. */
pdf_item *pdf_galley_item(pdf_galley *g, size_t op0, double height);

/* Blocks: see pdf_block.h. Lay the whole flow into `list` (initialised by the call). */
struct pdf_flow;
kam_rc pdf_layout_run(const struct pdf_flow *f, const pdf_metrics *m, pdf_list *list, kam_err *err);

/* Geometry of the page and its furniture (pdf_page.c). */
/* The items of g on new pages of the list's present size; a galley without items makes none, but for the first page. */
kam_rc pdf_page_place(const pdf_galley *g, const pdf_theme *th, pdf_list *list, kam_err *err);
/* The room an item would find that is added now, tied to what the last item is tied to: on the page where all of that stands
 * (0 or less: none), and on a new one, where the tied ones go with it. In a column: a page's both times. O(items). */
typedef struct pdf_room {
    double here, fresh;
} pdf_room;
pdf_room pdf_page_room(const pdf_galley *g);
void pdf_page_resolve(pdf_list *list, const pdf_metrics *m, pdf_watch *w); /* marks, page references */
void pdf_page_furnish(pdf_list *list, const pdf_doc_opts *o, const pdf_theme *th, const pdf_metrics *m, pdf_watch *w);
void pdf_page_size(const pdf_doc_opts *o, bool landscape, double *w, double *h);
#endif

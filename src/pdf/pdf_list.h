/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pdf_list: the display list, the seam between layout (pure) and drawing (libharu). Pages of operations in final
 * order, plus outline and link targets. Coordinates in points from the page's upper left corner, y downwards.
 *
 * Ownership: an op vector and a list own their ops; texts, adjustments and points live in the arena that the vector
 * was made with and die with it. Ops are plain values: copying one from a vector to another that shares the arena is
 * free. */
#ifndef PDF_LIST_H
#define PDF_LIST_H
#include "kam_mem.h"
#include "kam_str.h"
#include "pdf.h"

typedef enum { PDF_OP_TEXT, PDF_OP_RECT, PDF_OP_LINE, PDF_OP_POLY, PDF_OP_OVAL, PDF_OP_IMAGE, PDF_OP_LINK,
               PDF_OP_MARK, /* draws nothing: here stands mark `target` */
               PDF_OP_PATH, /* lines and curves, see pdf_path.h */
               PDF_OP_PUSH, /* what follows up to the POP that belongs to it is turned by `size` degrees, anticlockwise, about x, y */
               PDF_OP_CLIP, /* … and from here up to that POP is seen within this path only */
               PDF_OP_POP } pdf_op_kind;
enum { PDF_NEST = 24 }; /* PUSH within PUSH: readers promise 28 */
enum { PDF_BOLD = 1, PDF_OBLIQUE = 2 };
enum { PDF_JOIN = 1, PDF_CLOSED = 2, PDF_PAGE_REF = 4, PDF_EVEN_ODD = 8 };

typedef struct pdf_op {
    pdf_op_kind kind;
    uint8_t style;      /* TEXT: PDF_BOLD | PDF_OBLIQUE */
    uint8_t font;       /* TEXT: pdf_fonts_name_face, tried before the chain; 0: the chain */
    uint8_t flags;      /* PATH, CLIP: PDF_EVEN_ODD; RECT: PDF_JOIN = may be merged with the one above it; POLY: PDF_CLOSED;
                           TEXT: PDF_PAGE_REF = text is the page number of `target`, right edge at x */
    int target;         /* LINK and PDF_PAGE_REF: index of a mark */
    int tag;            /* element of the structure tree it belongs to, see pdf_tag.h; 0: none, ornament */
    double x, y;        /* TEXT: start of the baseline; RECT, LINK: upper left; LINE: start; OVAL: centre */
    double w, h;        /* TEXT: w = advance width; RECT, LINK: extent; LINE: vector to the end; OVAL: radii */
    double size;        /* TEXT: type size; RECT: corner radius */
    double line, dash;  /* stroke width; dash length, 0 = solid */
    double gap;         /* between dashes; 0: 1.6 dashes */
    pdf_rgb fill, stroke;
    const char *text;   /* TEXT: UTF-8, U+FE00 asks for the narrow form of the quote or ellipsis before it; LINK: URI when target < 0;
                           PATH, CLIP: its verbs */
    const int16_t *adj; /* TEXT: room added after each character, 1/1000 em; NULL: none anywhere */
    size_t n_chars;     /* TEXT: characters of text */
    const double *pts;  /* POLY, PATH, CLIP: x0 y0 x1 y1 …, relative to x, y */
    size_t n_pts;       /* the same: points */
    const struct pdf_image *image; /* IMAGE: drawn into x, y, w, h; lent by the flow */
} pdf_op;

typedef struct pdf_ops {
    kam_arena *arena;
    pdf_op *v;
    size_t n, cap;
    int tag; /* of operations to come */
    double page_w, page_h; /* of the page these are the operations of; 0 elsewhere */
} pdf_ops;
void pdf_ops_init(pdf_ops *o, kam_arena *arena);
void pdf_ops_release(pdf_ops *o);
pdf_op *pdf_ops_add(pdf_ops *o, pdf_op_kind kind); /* zeroed, no fill, no stroke; lent until the next add */
/* Append v[from..to) of src moved by (dx, dy); src may be dst. Arenas must outlive dst. */
void pdf_ops_copy(pdf_ops *dst, const pdf_ops *src, size_t from, size_t to, double dx, double dy);
void pdf_ops_shift(pdf_ops *o, size_t from, double dx, double dy);

pdf_op *pdf_put_rect(pdf_ops *o, double x, double y, double w, double h, pdf_rgb fill);
pdf_op *pdf_put_frame(pdf_ops *o, double x, double y, double w, double h, pdf_rgb stroke, double line);
pdf_op *pdf_put_line(pdf_ops *o, double x1, double y1, double x2, double y2, pdf_rgb stroke, double line);
pdf_op *pdf_put_oval(pdf_ops *o, double cx, double cy, double rx, double ry, pdf_rgb fill);
pdf_op *pdf_put_poly(pdf_ops *o, const double *xy, size_t n_pts, bool closed, pdf_rgb fill, pdf_rgb stroke, double line);
pdf_op *pdf_put_link(pdf_ops *o, double x, double y, double w, double h, int target);

typedef struct pdf_mark { /* something that can be jumped to: headings */
    int level;            /* 1–3; 0: not in the outline */
    const char *text;
    const char *name;     /* by which texts refer to it; NULL: none */
    size_t page;          /* known after paging */
    double y;
} pdf_mark;

typedef struct pdf_list {
    kam_arena arena;
    double page_w, page_h; /* of pages to come */
    pdf_ops *pages;
    size_t n_pages, cap_pages;
    pdf_mark *marks;
    size_t n_marks, cap_marks;
    struct pdf_tag *tags; /* the structure tree, the document first; NULL: none is wanted */
    size_t n_tags, cap_tags;
    int above[3], n_above; /* levels of the headings that the last one stands under, and its own */
    const char **bad_refs; /* references to headings that are not there, each once */
    size_t n_bad_refs, cap_bad_refs;
} pdf_list;
void pdf_list_init(pdf_list *l, double page_w, double page_h);
void pdf_list_release(pdf_list *l);
pdf_ops *pdf_list_add_page(pdf_list *l); /* lent until the next page is added */
int pdf_list_add_mark(pdf_list *l, int level, const char *text);
/* Notes a reference to no heading; the name need not live on. */
void pdf_list_bad_ref(pdf_list *l, const char *name, size_t n);
/* The name of a heading that is near to one that is none; NULL: none is. Lent. */
const char *pdf_list_near_ref(const pdf_list *l, const char *name);

/* Pairs of texts that stand over each other, texts that leave their page, references to nothing, and, where `all`, lines, areas and
 * pictures that leave their page (in a drawing a sheet's edge may be meant to be crossed) or have no place. A sentence a line is appended to `out`
 * (may be NULL) for the first 50. O(n log n) a page. The box of a text is its advance width by the height of capitals
 * and descenders; what is turned by other than right angles is looked at for the page only. */
size_t pdf_list_faults(const pdf_list *l, bool all, kam_str *out);

/* One op a line: text 72.00 90.12 w=133.40 s=10.50 b #1f2328 "…" 3:+250. Two decimals. */
void pdf_list_dump(const pdf_list *l, kam_str *out);
#endif

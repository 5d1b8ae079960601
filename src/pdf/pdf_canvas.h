/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pdf_canvas: pages that are drawn on, operation by operation; the other way to a document beside pdf_flow. Same display list,
 * same shaping and fonts, same writing.
 *
 *   pdf_canvas *c = pdf_canvas_new(&(pdf_doc_opts){.title = "Map"}, fonts);
 *   rc = pdf_canvas_page(c, 595, 842, err);
 *   rc = pdf_canvas_text(c, &(pdf_say){.text = "华瑞", .x = 60, .y = 80, .size = 12}, &where, err);
 *   rc = pdf_canvas_save(c, "map.pdf", true, NULL, &report, err);
 *   pdf_canvas_free(c);
 *
 * Points, from the upper left corner of the page, y downwards; angles in degrees, anticlockwise. Texts, points and names are
 * copied. An operation that fails leaves the canvas as it was. A canvas holds at most PDF_MAX_PAGES pages and
 * PDF_CANVAS_BYTES of operations and pictures: KAM_LIMIT canvas. Drawing before the first page is KAM_USAGE page. */
#ifndef PDF_CANVAS_H
#define PDF_CANVAS_H
#include "kam_progress.h"
#include "pdf_flow.h"
#include "pdf_path.h"
#include "pdf_text.h"

enum { PDF_CANVAS_BYTES = 512 << 20 };

typedef struct pdf_canvas pdf_canvas;
/* fonts are lent and must outlive the canvas; NULL: the synthetic metrics (the canvas can then be dumped, not saved). Of opts
 * the theme, the language and what stands in the properties are used; NULL: all defaults. */
pdf_canvas *pdf_canvas_new(const pdf_doc_opts *opts, pdf_fonts *fonts);
void pdf_canvas_free(pdf_canvas *c); /* NULL is fine */
const pdf_theme *pdf_canvas_theme(const pdf_canvas *c);

/* A new page, which what follows is drawn on. Sides from 10 to 14,400 points: KAM_USAGE size. Within a clip: KAM_USAGE clip. */
kam_rc pdf_canvas_page(pdf_canvas *c, double w, double h, kam_err *err);
size_t pdf_canvas_pages(const pdf_canvas *c);
void pdf_canvas_size(const pdf_canvas *c, double *w, double *h); /* of the page drawn on; 0: there is none */

typedef enum { PDF_TOP, PDF_MIDDLE, PDF_BOTTOM } pdf_valign;
typedef struct pdf_say {
    const char *text;
    double x, y;    /* without a width: the baseline of the first line, at its start, middle or end by `set`; else the box's corner */
    double width;   /* 0: lines end at line breaks only */
    double height;  /* with a width: lines that do not fit are left out; 0: all */
    pdf_valign valign; /* with a height */
    double size, leading; /* points; factor. 0: those of the theme */
    double angle;   /* about x, y */
    uint8_t style;  /* PDF_BOLD | PDF_OBLIQUE */
    int named;      /* pdf_fonts_name_face; 0: the document's fonts */
    pdf_rgb colour;
    pdf_set set;
    bool marks;     /* **bold**, __emphasis__ */
    const char *uri; /* the text's place becomes a link; NULL: none */
    size_t to_page;  /* from 1; 0: none */
} pdf_say;
typedef struct pdf_said { /* where the text stands, before it is turned; lines of it, and bytes of text that found no room */
    double x, y, w, h;
    size_t lines;
    kam_str rest;   /* the caller's to release */
} pdf_said;
kam_rc pdf_canvas_text(pdf_canvas *c, const pdf_say *s, pdf_said *out, kam_err *err);
/* The same without drawing it; x, y count from 0. Needs no page. */
kam_rc pdf_canvas_measure(pdf_canvas *c, const pdf_say *s, pdf_said *out, kam_err *err);

typedef struct pdf_ink {
    pdf_rgb fill, stroke;     /* PDF_NONE: not */
    double line, dash, gap;   /* points; dash 0: solid */
    bool even_odd;
} pdf_ink;
kam_rc pdf_canvas_path(pdf_canvas *c, const pdf_path *p, const pdf_ink *ink, kam_err *err);
kam_rc pdf_canvas_rect(pdf_canvas *c, double x, double y, double w, double h, double radius, const pdf_ink *ink, kam_err *err);
kam_rc pdf_canvas_oval(pdf_canvas *c, double x, double y, double rx, double ry, const pdf_ink *ink, kam_err *err);

/* From clip to unclip only what lies within the path is seen. Clips stand within each other, at most PDF_NEST − 2 deep: KAM_LIMIT. */
kam_rc pdf_canvas_clip(pdf_canvas *c, const pdf_path *p, bool even_odd, kam_err *err);
void pdf_canvas_unclip(pdf_canvas *c);

/* A PNG or JPEG at x, y. w, h: 0 follows from the other one, both 0: 150 pixels to the inch; both given: as large as fits into
 * them, in the middle, unless stretched. A file is read once however often it is drawn. *w, *h, *x, *y: where it stands. */
typedef struct pdf_picture {
    const char *path;
    double x, y, w, h, angle;
    bool stretch;
    const char *uri;
    size_t to_page;
} pdf_picture;
kam_rc pdf_canvas_image(pdf_canvas *c, const pdf_picture *p, double at[4], kam_err *err);

/* A rectangle that leads to an address (http, https, mailto, tel; what is not ASCII is escaped) or to a page that may come
 * later; that it came is checked when saving. KAM_USAGE link. */
kam_rc pdf_canvas_link(pdf_canvas *c, double x, double y, double w, double h, const char *uri, size_t to_page, kam_err *err);
/* An entry of the outline that leads to y on the page drawn on. level 1–3. */
kam_rc pdf_canvas_outline(pdf_canvas *c, int level, const char *text, double y, kam_err *err);

/* synced: the file is on the disk when the call returns. KAM_USAGE: there is no page, or a link leads to one that is not there; KAM_IO, KAM_PDF, KAM_INTERRUPT. */
kam_rc pdf_canvas_save(pdf_canvas *c, const char *path, bool synced, kam_progress *progress, pdf_report *report, kam_err *err);
kam_rc pdf_canvas_bytes(pdf_canvas *c, kam_progress *progress, kam_str *out, pdf_report *report, kam_err *err);
void pdf_canvas_dump(const pdf_canvas *c, kam_str *out);
/* As pdf_flow_faults. */
size_t pdf_canvas_faults(const pdf_canvas *c, kam_str *out);
#endif

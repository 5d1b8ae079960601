/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pdf_tag: the structure tree of a tagged PDF, made while blocks are set. Pure: no libharu (that is pdf_struct).
 *
 * Elements stand in the list in the order they were opened, which is the order they are read in; each knows its parent, the
 * document is element 0. What is drawn belongs to the element that is open, unless that is the document: then it is an
 * ornament (an artifact, as PDF says) and not read at all. So are lines, fills and signs in every element but a figure or a sign: they carry nothing that
 * the words do not say. An element that nothing came to be drawn for is left out when the tree is written, but for cells.
 *
 * In a document that is not tagged all of this does nothing and costs nothing. */
#ifndef PDF_TAG_H
#define PDF_TAG_H
#include "pdf_layout.h"

typedef enum {
    PDF_TAG_DOCUMENT, PDF_TAG_TITLE, PDF_TAG_H1, PDF_TAG_H2, PDF_TAG_H3, PDF_TAG_P, PDF_TAG_CAPTION,
    PDF_TAG_L, PDF_TAG_LI, PDF_TAG_LBL, PDF_TAG_LBODY, PDF_TAG_TABLE, PDF_TAG_TR, PDF_TAG_TH, PDF_TAG_TD,
    PDF_TAG_FIGURE, PDF_TAG_NOTE, PDF_TAG_TOC, PDF_TAG_TOCI, PDF_TAG_REFERENCE, PDF_TAG_LINK,
    PDF_TAG_SPAN,
    PDF_TAG_SIGN, /* a span that is drawn: read as its words */
    PDF_TAG_KINDS
} pdf_tag_kind;

typedef struct pdf_tag {
    pdf_tag_kind kind;
    int parent;
    int span;         /* TD: columns it spans, 0 = 1; L: 1 + pdf_list_kind */
    const char *alt;  /* FIGURE: what it shows; SIGN: what it says; else NULL. In the list's arena. */
} pdf_tag;

/* The document's own element; before any other, and only in a document that is to be tagged. */
void pdf_tag_document(pdf_list *list);
/* A new element within the one that is open, and open now; the one that was open before is returned, for the close. Text that is set
 * within a figure stands beside it, but for the caption. */
int pdf_tag_open(pdf_galley *g, pdf_tag_kind kind);
void pdf_tag_close(pdf_galley *g, int before);
/* A heading of that level. Levels are those of the outline, without its holes: what stands below nothing begins at 1. */
int pdf_tag_heading(pdf_galley *g, int level);
/* An element within `parent` without opening it; 0 when the document is not tagged. */
int pdf_tag_add(pdf_galley *g, pdf_tag_kind kind, int parent);
/* The element that is open; NULL: none, or the document is not tagged. Lent until the next one is opened. */
pdf_tag *pdf_tag_now(pdf_galley *g);
bool pdf_tag_wanted(const pdf_galley *g);
/* Does what is drawn belong to its element as a line or fill too? */
bool pdf_tag_solid(pdf_tag_kind kind);

/* What a figure shows, in a few sentences made of its caption and data, in the language of the document; in the arena. */
struct pdf_block;
const char *pdf_alt_of(const pdf_ctx *cx, const struct pdf_block *b);
#endif
